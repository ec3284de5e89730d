"""Tables that people saved: CSV as spreadsheets write it, and Excel. Headings are read whatever their case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tollbook.errors import InputError
from tollbook.exports.csv import unescaped
from tollbook.inputs.sheets import headings_of, read_rows


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by heading; row numbers are those that a spreadsheet shows (the headings are row 1)."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_table(path: Path) -> Table:
    """A table from ``.csv``, ``.tsv`` or ``.xlsx``. An :class:`InputError` names the row and the column."""
    try:
        with path.open("rb") as stream:
            escaped = not stream.peek(2).startswith(b"PK")  # in Excel a text is a text and needs no apostrophe
            return _table(path.name, list(read_rows(path.name, stream)), escaped)
    except OSError as error:
        raise InputError(path.name, error.strerror or "cannot be read") from None


def _table(name: str, lines: list[tuple[int, list[str]]], escaped: bool) -> Table:
    if not lines:
        raise InputError(name, "is empty")
    headings = headings_of(name, lines[0])
    rows: list[tuple[int, Mapping[str, str]]] = []
    for number, cells in lines[1:]:
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            raise InputError(name, f"row {number}: has {len(cells)} cells under {len(headings)} headings")
        padded = [*cells, *[""] * (len(headings) - len(cells))]
        plain = [unescaped(cell) for cell in padded] if escaped else padded
        rows.append((number, {h: cell for h, cell in zip(headings, plain, strict=False) if h}))
    return Table(name, headings, tuple(rows))

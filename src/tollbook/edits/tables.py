"""Tables that people saved: CSV as spreadsheets write it, and Excel. Headings are read whatever their case."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tollbook.errors import InputError, MissingExtra
from tollbook.exports.csv import unescaped

_LARGEST = 200_000_000  # bytes of a sheet once it is unpacked: a spreadsheet of edits is no database


@dataclass(frozen=True, slots=True)
class Table:
    """Rows by heading; row numbers are those that a spreadsheet shows (the headings are row 1)."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_table(path: Path) -> Table:
    """A table from ``.csv``, ``.tsv`` or ``.xlsx``. An :class:`InputError` names the row and the column."""
    name = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(name, error.strerror or "cannot be read") from None
    lines = _sheet(name, data) if data.startswith(b"PK") else _csv(name, data)
    return _table(name, lines)


def _csv(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(name, data)
    first = text.partition("\n")[0]
    separator = max((",", ";", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    try:
        for cells in reader:
            row += 1
            yield row, [unescaped(cell.strip()) for cell in cells]
    except csv.Error as error:
        raise InputError(name, f"row {row + 1}: {error}") from None


def _decoded(name: str, data: bytes) -> str:
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        column = data[: error.start].rpartition(b"\n")[2].count(b",") + 1
        raise InputError(
            name, f"row {row}, column {column}: is no UTF-8; save the table as “CSV UTF-8” (or export with --bom)"
        ) from None


def _sheet(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        import openpyxl
    except ImportError:
        raise MissingExtra("Reading Excel files", "xlsx") from None
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
            if unpacked > _LARGEST:
                raise InputError(name, f"unpacks to {unpacked:,} bytes; an edited table is smaller than {_LARGEST:,}")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        sheet = book[book.sheetnames[0]]
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, [_cell(name, number, cell) for cell in cells]
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise InputError(name, f"is no Excel workbook: {error}") from None


def _cell(name: str, row: int, cell: Any) -> str:
    if cell.data_type == "f":
        raise InputError(name, f"row {row}, column {cell.column_letter}: holds a formula; paste its value instead")
    if cell.data_type == "e":
        raise InputError(name, f"row {row}, column {cell.column_letter}: holds the error {cell.value}")
    return "" if cell.value is None else str(cell.value)


def _table(name: str, lines: Iterable[tuple[int, list[str]]]) -> Table:
    rows: list[tuple[int, Mapping[str, str]]] = []
    headings: tuple[str, ...] = ()
    for number, cells in lines:
        if not headings:
            headings = tuple(cell.strip().lower().replace(" ", "_") for cell in cells)
            double = next((h for n, h in enumerate(headings) if h and h in headings[:n]), None)
            if double is not None:
                raise InputError(name, f"row 1: two columns are headed {double!r}")
            continue
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            raise InputError(name, f"row {number}: has {len(cells)} cells under {len(headings)} headings")
        padded = [*cells, *[""] * (len(headings) - len(cells))]
        rows.append((number, {h: cell for h, cell in zip(headings, padded, strict=False) if h}))
    if not headings:
        raise InputError(name, "is empty")
    return Table(name, headings, tuple(rows))

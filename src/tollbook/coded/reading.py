"""A table of coded records as a stream of records; every fault with its row and column.

CSV, Excel and JSON lines. Nothing is decided here of what becomes of a file with faults: the commands refuse it whole.
"""

from __future__ import annotations

import datetime as dt
import difflib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tollbook.coded.mapping import CodedMapping
from tollbook.coded.records import Coded, code_record
from tollbook.errors import InputError
from tollbook.inputs.sheets import headings_of, read_rows

_LONGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a record cannot be taken: its row as a spreadsheet numbers it, and its column."""

    row: int
    column: str | None
    reason: str

    def __str__(self) -> str:
        """In words."""
        return f"row {self.row}{f', column {self.column}' if self.column else ''}: {self.reason}"


OnFault = Callable[[Fault], None]


def read_coded(
    path: Path, mapping: CodedMapping, on_fault: OnFault, sheet: str | None = None
) -> Iterator[tuple[int, Coded]]:
    """The records of a file with their rows; a record that cannot be taken goes to ``on_fault``, the others follow.

    Raises ``InputError`` for a file that cannot be read at all, and for a column of the mapping that it does not have.
    """
    seen: dict[str, int] = {}
    faults = 0

    def tell(fault: Fault) -> None:
        nonlocal faults
        faults += 1
        on_fault(fault)

    try:
        with path.open("rb") as stream:
            for number, row in _rows(path.name, stream, mapping, tell, sheet):
                try:
                    coded = code_record(mapping, row)
                except InputError as error:
                    tell(Fault(number, error.key, error.reason))
                    continue
                first = seen.setdefault(coded.document.source.id, number)
                if first != number:
                    column = mapping.fields["record.id"].column
                    tell(Fault(number, column, f"the id stands in row {first} already"))
                    continue
                yield number, coded
    except OSError as error:
        raise InputError(path.name, error.strerror or "cannot be read") from error
    if not seen and not faults:
        on_fault(Fault(1, None, "no record in it"))


def _rows(
    name: str, stream: BinaryIO, mapping: CodedMapping, on_fault: OnFault, sheet: str | None
) -> Iterator[tuple[int, Mapping[str, str]]]:
    if name.lower().endswith((".jsonl", ".ndjson")):
        yield from _json_rows(name, stream, mapping, on_fault)
        return

    rows = read_rows(name, stream, lambda error: on_fault(_fault(error)), sheet)
    first = next(rows, None)
    if first is None:
        raise InputError(name, "is empty")
    headings = headings_of(name, first)
    check_columns(name, mapping, headings)
    for number, cells in rows:
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            on_fault(Fault(number, None, f"has {len(cells)} cells under {len(headings)} headings"))
            continue
        padded = [*cells, *[""] * (len(headings) - len(cells))]
        yield number, {heading: cell for heading, cell in zip(headings, padded, strict=False) if heading}


def _fault(error: InputError) -> Fault:
    """A row that could not be read as such: "row 3, column B: is no UTF-8"."""
    where, _, reason = error.reason.partition(": ")
    row, _, column = where.removeprefix("row ").partition(", column ")
    return Fault(int(row), column or None, reason) if row.isdecimal() else Fault(0, None, error.reason)


def check_columns(name: str, mapping: CodedMapping, headings: tuple[str, ...]) -> None:
    """Raises ``InputError`` where the mapping names columns that a table does not have."""
    lacking = []
    for column, where, optional in mapping.columns():
        if column not in headings and not optional:
            close = difflib.get_close_matches(column, headings, n=1, cutoff=0.6)
            hint = f' (did you mean "{close[0]}"?)' if close else ""
            lacking.append(f"{column!r} for {where}{hint}")
    if lacking:
        shown = ", ".join(h for h in headings[:12] if h) + (", …" if len(headings) > 12 else "")
        more = f" and {len(lacking) - 5} more" if len(lacking) > 5 else ""
        said = f"the mapping {mapping.name} names columns that are not there"
        raise InputError(name, f"row 1: {said}: {'; '.join(lacking[:5])}{more}. The file has {shown}")


def _json_rows(
    name: str, stream: BinaryIO, mapping: CodedMapping, on_fault: OnFault
) -> Iterator[tuple[int, Mapping[str, str]]]:
    known = {column for column, _, optional in mapping.columns() if not optional}
    number = 0
    while line := stream.readline(_LONGEST):
        number += 1
        if not line.strip():
            continue
        try:
            plain = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except UnicodeDecodeError:
            on_fault(Fault(number, None, "is no UTF-8"))
            continue
        except (ValueError, RecursionError) as error:
            on_fault(Fault(number, None, f"broken JSON ({str(error)[:80]})"))
            continue
        if not isinstance(plain, dict):
            on_fault(Fault(number, None, "no JSON object"))
            continue
        row = {str(key).strip().lower().replace(" ", "_"): _cell(value) for key, value in plain.items()}
        if len(row) < len(plain):
            on_fault(Fault(number, None, "has two columns of one name"))
            continue
        broken = next((key for key, cell in row.items() if not (key + cell).isprintable() and _torn(key + cell)), None)
        if broken is not None:
            on_fault(Fault(number, broken.encode("utf-8", "replace").decode(), "holds half a character"))
            continue
        lacking = sorted(known - row.keys())
        if lacking and number == 1:
            check_columns(name, mapping, tuple(row))
        if lacking:
            on_fault(Fault(number, lacking[0], "is missing"))
            continue
        yield number, row


def _torn(words: str) -> bool:
    """Whether half a character stands in the words: what JSON can spell and UTF-8 cannot."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return True
    return False


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def covers(coded: Coded, since: dt.date | None, until: dt.date | None, country: str | None) -> bool:
    """Whether a record may be of a period and of a country; one without a date is of none."""
    claim = coded.claims[0]
    date, place = claim.date, claim.place
    if (since or until) and (date is None or date.from_ is None or date.to is None):
        return False
    if date is not None and date.from_ is not None and date.to is not None:
        if since is not None and date.to < since:
            return False
        if until is not None and date.from_ > until:
            return False
    return country is None or (place is not None and place.country == country)

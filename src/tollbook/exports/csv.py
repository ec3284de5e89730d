"""CSV: one row a claim or an incident. Cells that a spreadsheet would take for a formula are escaped."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from tollbook.exports.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Cell, claim_cells, incident_cells
from tollbook.exports.contract import Material, Wants, Written
from tollbook.exports.jsonl import incident_json
from tollbook.exports.writing import Sidecar, beyond_columns, clean

NAME = "csv"
SUFFIX = ".csv"
MEANING = "one row a claim (or an incident), to look at and to edit in a spreadsheet"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def escaped(cell: Cell) -> Cell:
    """A text that begins like a formula gets an apostrophe before it; numbers stay numbers, so that -3.5 is one.

    https://owasp.org/www-community/attacks/CSV_Injection

    >>> escaped('=HYPERLINK("x")'), escaped(-3.5), escaped("12 people")
    ('\\'=HYPERLINK("x")', -3.5, '12 people')
    """
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell


def unescaped(cell: str) -> str:
    """The opposite of :func:`escaped`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes the table, and beside it what columns cannot hold."""
    with (
        out.open("w", encoding="utf-8-sig" if wants.bom else "utf-8", errors="replace", newline="") as file,
        Sidecar(out) as sidecar,
    ):
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header(wants))
        written = 0
        for cells in rows(material, wants, sidecar):
            writer.writerow(map(escaped, cells))
            written += 1
    return Written(written)


def header(wants: Wants) -> tuple[str, ...]:
    """The headings."""
    return CLAIM_COLUMNS if wants.rows == "claims" else INCIDENT_COLUMNS


def rows(material: Material, wants: Wants, sidecar: Sidecar) -> Iterator[tuple[Cell, ...]]:
    """The rows of the table; what they cannot hold goes to the sidecar."""
    if wants.rows == "claims":
        for claim in material.claims(rejected=True):
            sidecar.put(claim.id, **beyond_columns(claim))
            yield claim_cells(claim)
        return
    for incident in material.incidents():
        sidecar.put(incident.id, incident=incident_json(incident))
        yield incident_cells(incident)


def plain_lines(header: Iterable[str], rows: Iterable[Iterable[Cell]], path: Path, bom: bool = False) -> int:
    """Writes any table as CSV and returns how many rows it had."""
    written = 0
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", errors="replace", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow([escaped(clean(cell)) if isinstance(cell, str) else cell for cell in row])
            written += 1
    return written

"""CSV and Excel: what a spreadsheet opens, and that no cell of a stranger's text runs in it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.conftest import Export
from tollbook.exports.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS
from tollbook.exports.csv import escaped, unescaped
from tollbook.exports.xlsx import workbook
from tollbook.ledger import Ledger
from tollbook.sharing import export_ledger


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by heading."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_a_claim_with_empty_cells_for_what_is_not_said(export: Export, ledger: Ledger) -> None:
    """Every claim is there, rejected ones with their state; an open end is empty, not 0."""
    rows = rows_of(export("csv"))
    assert tuple(rows[0]) == CLAIM_COLUMNS
    assert len(rows) == ledger.count("claims") == 8
    at_least = next(row for row in rows if row["count_text"] == "At least 9")
    assert (at_least["count_low"], at_least["count_high"]) == ("9", "")
    assert [row["count_text"] for row in rows if row["review"] == "rejected"] == ["Dozens"]
    fixed = next(row for row in rows if row["harm"] == "injured")
    assert (fixed["count_low"], fixed["review"]) == ("8", "corrected")
    assert {row["_rev"]: ledger.revision(row["_id"]) for row in rows} == {row["_rev"]: int(row["_rev"]) for row in rows}


def test_incidents_have_no_zero_that_nobody_said(export: Export) -> None:
    """A harm that nobody counts is an empty cell; people's words stand beside the machine's sums."""
    rows = rows_of(export("csv", rows="incidents"))
    assert tuple(rows[0]) == INCIDENT_COLUMNS
    strike = next(row for row in rows if row["status"] == "confirmed")
    assert (strike["killed_low"], strike["killed_high"], strike["injured_low"]) == ("9", "12", "8")
    assert (strike["missing_low"], strike["grade"], strike["grade_note"]) == ("", "fair", "two sources")
    assert strike["claimants"] == "Valley Monitor; Syrian Ministry of Health"


def test_what_columns_cannot_hold_stands_beside(export: Export) -> None:
    """The sidecar has a line for each row: where the words stand, the whole chain, what the machine had read."""
    out = export("csv")
    beside = [json.loads(line) for line in out.with_name("csv.csv.lossy.jsonl").read_text("utf-8").splitlines()]
    assert len(beside) == 8
    fixed = [line for line in beside if "as_read" in line]
    assert [line["as_read"]["count"]["low"] for line in fixed] == [7]
    assert beside[0]["spans"]["count"] == [53, 55]
    assert beside[0]["attribution"][0]["cue"] == "said"


def test_no_cell_begins_like_a_formula(export: Export) -> None:
    """Titles that begin with = and names that begin with - are escaped in CSV and are texts in Excel."""
    rows = rows_of(export("csv"))
    assert rows[0]["title"] == "'=Air strike kills 12 in Tellhaf"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in ("=", "+", "-", "@")]
    sheet = openpyxl.load_workbook(export("xlsx")).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert any(cell.value == "=Air strike kills 12 in Tellhaf" for cell in cells)


@given(st.text(), st.sampled_from(["", "=", "+", "-", "@", "'", "\t", "＝", "'="]))
def test_escaping_is_undone(text: str, start: str) -> None:
    """Whatever the text: escaped it is no formula; unescaped it is the text, unless it looked escaped before."""
    cell = start + text
    made = escaped(cell)
    assert isinstance(made, str) and not made.startswith(("=", "+", "-", "@", "\t", "\r"))
    if not cell.startswith("'"):
        assert unescaped(made) == cell


def test_bom_for_excel(export: Export) -> None:
    """--bom puts the mark there, and only then."""
    assert export("csv", bom=True).read_bytes().startswith(b"\xef\xbb\xbf_id")
    assert export("csv").read_bytes().startswith(b"_id")


def test_excel_holds_the_same_rows_as_csv(export: Export) -> None:
    """openpyxl reads the sheet: the same values, numbers as numbers, letters of every plane."""
    plain = rows_of(export("csv"))
    sheet = openpyxl.load_workbook(export("xlsx")).active
    assert sheet is not None
    head, *lines = sheet.iter_rows(values_only=True)
    assert tuple(head) == CLAIM_COLUMNS
    low = CLAIM_COLUMNS.index("count_low")
    assert [line[low] for line in lines] == [int(row["count_low"]) for row in plain]
    quote = CLAIM_COLUMNS.index("quote")
    assert [line[quote] for line in lines] == [row["quote"] for row in plain]
    assert any("\N{MATHEMATICAL BOLD CAPITAL A} مرحبا" in str(line[quote]) for line in lines)


@given(cells=st.lists(st.one_of(st.none(), st.integers(-(2**50), 2**50), st.text(max_size=40)), min_size=1, max_size=4))
def test_any_text_makes_a_readable_workbook(cells: list[str | int | None], tmp_path_factory: object) -> None:
    """Control characters, lone surrogates, markup and _x0041_: the workbook opens, and what XML can hold comes back."""
    path = tmp_path_factory.getbasetemp() / "any.xlsx"  # type: ignore[attr-defined]
    workbook(path, "claims", ["a", "b", "c", "d"], [tuple(cells)])
    read = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    for value, found in zip(cells, read[1] if len(read) > 1 else (), strict=False):
        if isinstance(value, str) and value.isprintable() and value:
            assert found == value


def test_two_formats_of_one_name_have_a_sidecar_each(ledger: Ledger, tmp_path: Path) -> None:
    """``out.csv`` and ``out.geojson`` do not overwrite what stands beside the other."""
    for name in ("csv", "geojson"):
        export_ledger(ledger, name, tmp_path / f"out.{name}")
    assert {"out.csv.lossy.jsonl", "out.geojson.lossy.jsonl"} <= {path.name for path in tmp_path.iterdir()}

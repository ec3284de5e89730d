"""Data frames and notebooks: types that keep what is not said, and HTML in which a stranger's text stays text."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import nbclient
import nbformat
import polars as pl
import pyarrow as pa
import pytest

from tests.conftest import ROOT
from tests.exports.made import STRIKE, courier, document, fill
from tollbook import frames
from tollbook.errors import MissingExtra, UsageError
from tollbook.exports import ExportFilter, Wants
from tollbook.exports.columns import CLAIM_COLUMNS
from tollbook.ledger import Ledger
from tollbook.notebook import document_html, incident_html, show
from tollbook.sharing import LedgerMaterial


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The corpus of the exports."""
    with fill(tmp_path_factory.mktemp("frames") / "ledger.db") as opened:
        yield opened


def test_arrow_keeps_types_and_nulls(ledger: Ledger) -> None:
    """Counts are whole numbers, days are days, an open end is null; the filter holds; names are masked by default."""
    made = frames.arrow(ledger)
    assert tuple(made.column_names) == CLAIM_COLUMNS and made.num_rows == 8
    assert made.schema.field("count_high").type == pa.int64() and made.schema.field("date_from").type == pa.date32()
    assert made.column("count_high").null_count == 2
    assert frames.arrow(ledger, "incidents", ExportFilter(country="YE")).num_rows == 1
    assert "Saleh" not in str(made.to_pydict())
    assert "Saleh" in str(frames.arrow(ledger, wants=Wants(names=True)).to_pydict())
    assert frames.structs(ledger).column("count")[0].as_py() == {"low": 12, "high": 12, "qualifier": "exact"}


def test_pandas_does_not_turn_counts_into_floats(ledger: Ledger) -> None:
    """``<NA>`` in a column of whole numbers, and sums that leave it out."""
    frame = frames.pandas(ledger)
    assert str(frame["count_high"].dtype) == "Int64" and frame["count_high"].isna().sum() == 2
    assert int(frame.loc[frame.harm == "killed", "count_low"].sum()) == 12 + 3 + 1 + 9 + 24 + 10
    assert str(frame["date_from"].dtype).startswith("datetime64")


def test_polars_and_duckdb(ledger: Ledger) -> None:
    """The same rows, and a question in SQL over claims and incidents."""
    assert frames.polars(ledger).filter(pl.col("count_high").is_null()).height == 2
    asked = frames.connect(ledger).execute(
        "SELECT i.status, count(*) FROM claims c JOIN incidents i ON c.incident = i._id GROUP BY 1 ORDER BY 1"
    )
    assert asked.fetchall() == [("candidate", 3), ("confirmed", 5)]


def test_an_empty_ledger_has_frames_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No row, all columns."""
    with Ledger.open(tmp_path_factory.mktemp("empty") / "ledger.db", create=True) as empty:
        assert frames.pandas(empty).shape == (0, len(CLAIM_COLUMNS))
        assert frames.structs(empty, "incidents").num_rows == 0


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch, ledger: Ledger) -> None:
    """With the one command that installs it."""
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(MissingExtra, match=r'pip install "tollbook\[frames\]"'):
        frames.polars(ledger)


def test_records_draw_themselves(ledger: Ledger) -> None:
    """A claim with its number marked in its passage, a document with its hash, an incident with "not stated" for
    null."""
    stored = next(ledger.claims())
    page = show(stored)._repr_html_()
    assert ">12</mark> civilians" in page and "Syrian Ministry of Health" in page and "accepted" in page
    assert show(stored.record()).html.count("<mark") == 1
    doc = ledger.document(stored.document)
    assert doc.source.sha256 in show(doc).html
    row = next(row for row in LedgerMaterial(ledger).incidents() if row.id == STRIKE)
    shown = show(row).html
    assert "9–12" in shown and "confirmed, fair" in shown and shown.count("<blockquote") == 5
    assert "not stated" in show(next(ledger.incidents())).html
    with pytest.raises(UsageError, match="no claim, no document"):
        show(3)


def test_text_of_strangers_stays_text() -> None:
    """Markup, direction overrides and control characters of an article are shown, never taken."""
    doc, _ = document("<script>alert(1)</script> \u202e43 \x1b[31m killed", "<b>Post</b>", title='"><img src=x>')
    page = document_html(doc) + incident_html({"id": "i-1", "title": "<i>", "sentence": "<u>"})
    for forbidden in ("<script", "<img", "<b>Post", "\u202e", "\x1b", "<i>", "<u>"):
        assert forbidden not in page
    claims = courier()[2]
    assert document_html(courier()[0], claims).count("<mark") == 3


def test_the_example_notebook_runs() -> None:
    """Every cell of examples/ledger.ipynb runs in a fresh kernel, and the records drew themselves."""
    path = ROOT / "examples/ledger.ipynb"
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert not any(cell.get("outputs") for cell in book.cells), "clear the outputs before committing"
    ran = nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    drawn = [out["data"].get("text/html", "") for cell in ran.cells for out in cell.get("outputs", ()) if "data" in out]
    assert sum("<mark" in page for page in drawn) >= 1 and any("SHA-256 of the text" in page for page in drawn)

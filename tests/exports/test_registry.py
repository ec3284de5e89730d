"""The interface: formats by name, plug-ins, missing extras, filters, the log, and files that are whole or not there."""

from __future__ import annotations

import importlib.metadata
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from tests.exports.conftest import Export
from tests.exports.made import CLASH, STRIKE, fill
from tests.exports.test_tables import rows_of
from tollbook.cli import exporting
from tollbook.errors import MissingExtra, TollbookError, UsageError
from tollbook.exports import ExportFilter, Wants, Written, exporter, names, registry
from tollbook.ledger import Ledger
from tollbook.sharing import export_ledger


def test_the_list_says_what_the_modules_say() -> None:
    """Names, suffixes and meanings agree; the list itself loads no module."""
    for name, meaning in registry.FORMATS.items():
        chosen = exporter(name)
        assert (name, meaning) == (chosen.NAME, chosen.MEANING) and chosen.SUFFIX.startswith(".")


def test_an_unknown_format_is_told_the_nearest() -> None:
    """A slip of the finger costs one line."""
    with pytest.raises(UsageError, match='did you mean "geojson"'):
        exporter("geojsn")


def test_a_plug_in_is_a_format_like_ours(monkeypatch: pytest.MonkeyPatch, ledger: Ledger, tmp_path: Path) -> None:
    """An entry point brings a format; a broken one is named and hurts no other."""

    def write(material: object, out: Path, wants: Wants) -> Written:
        out.write_text(str(sum(1 for _ in material.claims())))  # type: ignore[attr-defined]
        return Written(1)

    made = SimpleNamespace(NAME="count", SUFFIX=".txt", MEANING="how many", write=write)
    good = SimpleNamespace(name="count", value="plugin:count", load=lambda: made)
    lacking = SimpleNamespace(name="lacking", value="plugin:lacking", load=lambda: SimpleNamespace(NAME="x"))
    monkeypatch.setattr(registry, "entry_points", lambda group: [good, lacking])
    assert names()[-2:] == ("count", "lacking")
    export_ledger(ledger, "count", tmp_path / "n.txt")
    assert (tmp_path / "n.txt").read_text() == "7"
    with pytest.raises(TollbookError, match="has no SUFFIX"):
        exporter("lacking")
    assert importlib.metadata.entry_points(group=registry.GROUP) is not None


def test_a_missing_library_says_the_one_command(
    monkeypatch: pytest.MonkeyPatch, ledger: Ledger, tmp_path: Path
) -> None:
    """And leaves nothing behind, neither a file nor a line in the log."""
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    before = ledger.head()
    with pytest.raises(MissingExtra, match=r'pip install "tollbook\[parquet\]"'):
        export_ledger(ledger, "parquet", tmp_path / "out.parquet")
    assert list(tmp_path.iterdir()) == [] and ledger.head() == before


def test_every_export_is_in_the_log(tmp_path: Path) -> None:
    """Format, filter, wishes and the sums of the files; the chain still verifies."""
    with fill(tmp_path / "ledger.db") as ledger:
        done = export_ledger(ledger, "csv", tmp_path / "out.csv", ExportFilter(country="SY"), Wants(bom=True), "Ines")
        *_, event = ledger.events()
        assert (event.kind, event.actor) == ("exported", "Ines") and event.payload is not None
        assert event.payload["filter"] == {"country": "SY"} and event.payload["wants"]["bom"] is True
        assert event.payload["files"] == {path.name: digest for path, digest in done.files.items()}
        assert ledger.verify().clean


def test_what_is_beside_tells_how_it_was_made(export: Export) -> None:
    """Filter, end of the log, what was withheld, and the credit to GeoNames."""
    out = export("csv", ExportFilter(harm="killed"))
    about = json.loads((out.parent / "csv.csv.about.json").read_text("utf-8"))
    assert about["filter"] == {"harm": "killed"} and about["rows"] == 6
    assert "GeoNames" in about["credits"] and len(about["ledger"]["hash"]) == 64
    assert about["withheld"]["inferred_blame"] == 1


def test_a_failure_leaves_what_was_there(monkeypatch: pytest.MonkeyPatch, ledger: Ledger, tmp_path: Path) -> None:
    """An export that breaks in the middle neither replaces the earlier file nor leaves half of a new one."""
    out = tmp_path / "out.csv"
    export_ledger(ledger, "csv", out)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def broken(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tollbook.exports.csv.claim_cells", broken)
    with pytest.raises(OSError):
        export_ledger(ledger, "csv", out)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    with pytest.raises(UsageError, match="there is no folder"):
        export_ledger(ledger, "csv", tmp_path / "no" / "out.csv")


@pytest.mark.parametrize(
    ("where", "claims", "incidents"),
    [
        (ExportFilter(), 8, 3),
        (ExportFilter(country="YE"), 2, 1),
        (ExportFilter(outlet="Evening Beacon"), 3, 2),
        (ExportFilter(status="confirmed"), 5, 1),
        (ExportFilter(grade="fair"), 5, 1),
        (ExportFilter(incident=CLASH), 2, 1),
        (ExportFilter(since="2031-05-04"), 2, 1),
        (ExportFilter(until="2031-05-02"), 2, 1),
        (ExportFilter(harm="injured"), 1, 1),
        (ExportFilter(harm="injured", incident=CLASH), 0, 0),
        (ExportFilter(review="none"), 5, 3),
        (ExportFilter(status="confirmed", country="YE"), 0, 0),
        (ExportFilter(document="d-0000000000000000"), 0, 0),
    ],
)
def test_filters_choose_claims_and_their_incidents(
    export: Export, where: ExportFilter, claims: int, incidents: int
) -> None:
    """The filters of the explorer; an incident is chosen if one of its claims is."""
    assert len(rows_of(export("csv", where))) == claims
    assert len(rows_of(export("csv", where, rows="incidents"))) == incidents


def test_a_day_that_is_none_is_refused(export: Export) -> None:
    """Before anything is written."""
    with pytest.raises(UsageError, match="is no day"):
        export("csv", ExportFilter(since="yesterday"))


def test_nothing_at_all_is_a_file_too(tmp_path: Path) -> None:
    """An empty ledger gives valid, empty files in every format."""
    with Ledger.open(tmp_path / "empty.db", create=True) as ledger:
        for name in names():
            done = export_ledger(ledger, name, tmp_path / f"out-{name}")
            assert done.rows == 0, name


def test_judged_incidents_are_added_up_anew(export: Export) -> None:
    """The linker's sums are taken until people change a claim; then the claims that count are added up."""
    strike = next(row for row in rows_of(export("csv", rows="incidents")) if row["_id"] == STRIKE)
    assert (strike["injured_low"], strike["injured_high"]) == ("8", "8")  # read as 7, corrected


def test_filters_on_the_command_line(tmp_path: Path) -> None:
    """The beginning of an id is enough if it is that of one; an unknown harm is refused; nothing found is said."""
    with fill(tmp_path / "ledger.db"):
        pass

    def run(*options: str) -> Result:
        out = ["csv", "--ledger", str(tmp_path / "ledger.db"), "-o", str(tmp_path / "out.csv")]
        return CliRunner().invoke(exporting.export, [*out, *options], standalone_mode=False)

    assert run("--incident", CLASH[:-1]).exception is None and len(rows_of(tmp_path / "out.csv")) == 2
    assert "the beginning of several ids" in str(run("--incident", "i-0").exception)
    assert "no incident of this ledger" in str(run("--incident", "i-ff").exception)
    assert "one of killed, injured" in str(run("--harm", "kiled").exception)
    assert "0 rows: no claim matches --country DE" in run("--country", "de").stderr
    assert "no claim matches" not in run("--country", "ye").stderr


def test_an_export_replaces_the_whole_of_the_one_before(ledger: Ledger, tmp_path: Path) -> None:
    """No judgements, names or rest of an earlier export lie beside a later one; what others put there stays."""
    (tmp_path / "out.txt").write_text("mine")
    out = tmp_path / "out.jsonl"
    export_ledger(ledger, "jsonl", out, wants=Wants(reviewers=True))
    assert (tmp_path / "out.judgements.jsonl").exists()
    export_ledger(ledger, "jsonl", out, ExportFilter(country="YE", harm="displaced"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "out.jsonl.about.json", "out.txt"]


@pytest.mark.parametrize("option", ["--status", "--grade", "--review", "--country"])
def test_a_word_that_is_on_no_list(ledger: Ledger, tmp_path: Path, option: str) -> None:
    """It is wrong use, and not an export of nothing."""
    assert ledger.location.path is not None
    arguments = ["csv", "--ledger", str(ledger.location.path), "-o", str(tmp_path / "x.csv"), option, "Nowhere"]
    done = CliRunner().invoke(exporting.export, arguments, standalone_mode=False)
    assert isinstance(done.exception, UsageError) and option in str(done.exception)

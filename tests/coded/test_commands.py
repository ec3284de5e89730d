"""`import coded`, `import mapping` and `compare`, as people run them."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from tests.coded.made import file
from tests.exports.made import fill
from tests.test_schema import validator
from tollbook.cli.coding import coded, compare, mapping
from tollbook.cli.ledger import ledger as ledger_command
from tollbook.errors import InputError, UsageError
from tollbook.exports import names
from tollbook.exports.contract import Wants
from tollbook.judgements import Judgement
from tollbook.ledger import Ledger
from tollbook.sharing import export_ledger


def run(command: object, *arguments: object) -> Result:
    """One command in this process; its return value is the exit status."""
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)  # type: ignore[arg-type]


def lines(done: Result) -> list[dict[str, object]]:
    """JSON lines."""
    assert done.exception is None, done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Path]:
    """A ledger of read reports: one strike on 3 May 2031 in Tellhaf, clashes, arrests."""
    fill(tmp_path / "ledger.db").close()
    yield tmp_path / "ledger.db"


# --- import coded ------------------------------------------------------------------------------------------------


def test_a_dry_run_comes_first(tmp_path: Path) -> None:
    """Without a ledger the records are shown, and nothing is written; with one somebody is asked."""
    path = file(tmp_path, "ged", {}, {"id": "502", "low": "3", "high": "3"})
    done = run(coded, path, "--mapping", "ged")
    assert done.return_value == 0
    assert "row 2  UCDP GED 501\n    killed 9–12\n    killed 9 civilian, part of the first" in done.stdout
    assert "3 May 2031 · Tellhaf town" in done.stdout and "according to: Ministry of Health" in done.stdout
    assert "2 records, 4 claims" in done.stderr and "nothing was written" in done.stderr
    assert "say --yes" in str(run(coded, path, "--mapping", "ged", "--ledger", tmp_path / "l.db").exception)
    looked = run(coded, path, "--mapping", "ged", "--ledger", tmp_path / "l.db", "--dry-run")
    assert looked.return_value == 0 and not (tmp_path / "l.db").exists()
    assert isinstance(run(coded, path, "--mapping", "ged", "--ledger", "x", "--jsonl").exception, UsageError)


def test_claims_as_json(tmp_path: Path) -> None:
    """What `tollbook incidents --claims` takes: no quote, a schema of its own."""
    rows = lines(run(coded, file(tmp_path, "acled", {}, {"event_id_cnty": "SYR901", "fatalities": "0"}),
                     "--mapping", "acled", "--jsonl"))  # fmt: skip
    assert [(row["quote"], row["schema"]) for row in rows] == [(None, "tollbook.coded-claim/1")]
    validator("coded-claim").validate(rows[0])


def test_nothing_is_half_imported(tmp_path: Path) -> None:
    """One wrong record: nothing is taken, row and column are named; asked for, the others are."""
    path = file(tmp_path, "ged", {}, {"id": "502", "low": "13"}, {"id": "503", "where_prec": "8"})
    where = tmp_path / "l.db"
    done = run(coded, path, "--mapping", "ged", "--ledger", where, "--yes")
    assert done.return_value == 1 and not where.exists()
    assert "row 3, column low: the low 13 is above the high 12" in done.stderr
    assert "row 4, column where_prec: unknown code '8'" in done.stderr and "nothing was taken" in done.stderr
    done = run(coded, path, "--mapping", "ged", "--ledger", where, "--yes", "--skip-faulty")
    assert done.return_value == 3 and "1 added" in done.stderr
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("a,b\n1,2\n")
    assert "names columns that are not there" in str(run(coded, wrong, "--mapping", "ged").exception)


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    """A failure in the middle of writing leaves the ledger as it was."""
    from tollbook.coded.mapping import load_mapping
    from tollbook.coded.reading import read_coded

    path = file(tmp_path, "ged", {}, {"id": "502"})
    with Ledger.open(tmp_path / "l.db", create=True) as ledger:
        before = ledger.head()

        def readings() -> Iterator[tuple[object, ...]]:
            for n, (_, record) in enumerate(read_coded(path, load_mapping("ged"), lambda fault: None)):
                if n == 1:
                    raise InputError("ged.csv", "gone")
                yield record.document, record.claims, record.raw, record.made_by

        with pytest.raises(InputError, match="gone"):
            ledger.add_all(readings)  # type: ignore[arg-type]
        assert ledger.head() == before and ledger.count("claims") == 0


def test_into_a_ledger(place: Path, tmp_path: Path) -> None:
    """Coded claims join incidents, can be judged, are superseded by a later edition, and go out in every format."""
    path = file(tmp_path, "ged", {}, {"id": "502", "date_start": "2031-09-09", "date_end": "2031-09-09"})
    done = run(coded, path, "--mapping", "ged", "--ledger", place, "--yes")
    assert done.return_value == 0 and "2 added" in done.stderr
    assert "2 known" in run(coded, path, "--mapping", "ged", "--ledger", place, "--yes").stderr
    with Ledger.open(place) as ledger:
        mine = [c for c in ledger.claims() if c.json["schema"] == "tollbook.coded-claim/1"]
        assert len(mine) == 4 and ledger.verify().damages == ()
        whole = next(c for c in mine if c.json["count"]["low"] == 9 and c.json["relation"] is None)
        ledger.judge(Judgement("accept", whole.id, "Ines Okoye", "2031-06-02T10:00:00+00:00"))
    path = file(tmp_path, "ged", {"side_a": "Tarn Front"}, {"id": "502", "high": "20"})
    assert "2 superseded" in run(coded, path, "--mapping", "ged", "--ledger", place, "--yes").stderr
    with Ledger.open(place) as ledger:
        assert sum(c.json["schema"] == "tollbook.coded-claim/1" for c in ledger.claims()) == 4
        assert any(s.judgement.subject == whole.id for s in ledger.judgements(standing=True))
        for name in names():
            export_ledger(ledger, name, tmp_path / f"out.{name}", wants=Wants(candidates=True, names=True))
    assert run(ledger_command, "verify", "--ledger", place).return_value == 0
    with zipfile.ZipFile(tmp_path / "out.pack") as pack:
        pack.extractall(tmp_path / "pack")
    checked = subprocess.run(["python3", "-I", "verify.py"], cwd=tmp_path / "pack", capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_record_in_the_browser(tmp_path: Path) -> None:
    """Its page shows the record with the words of its claims marked."""
    from tollbook.web.app import create_app
    from tollbook.web.config import Config

    where = tmp_path / "l.db"
    run(coded, file(tmp_path, "ged", {}), "--mapping", "ged", "--ledger", where, "--yes")
    with Ledger.open(where) as ledger:
        document = next(iter(ledger.documents())).id
        claim = next(iter(ledger.claims())).id
    with TestClient(create_app(Config(ledger=str(where))), base_url="http://127.0.0.1") as client:
        page = client.get(f"/documents/{document}")
        assert page.status_code == 200 and "UCDP GED 501" in page.text
        assert client.get(f"/claims/{claim}.json").status_code == 200
        assert client.get("/incidents").status_code == 200 and client.get("/review").status_code == 200


def test_mappings_are_printed() -> None:
    """The list, and one to begin with; an unknown name is wrong use."""
    assert "ged        UCDP GED: " in run(mapping).stdout
    assert 'schema = "tollbook.mapping/1"' in run(mapping, "airwars").stdout
    assert isinstance(run(mapping, "x").exception, UsageError)


# --- compare -----------------------------------------------------------------------------------------------------


def test_compare(place: Path, tmp_path: Path) -> None:
    """What both have, what one has, where numbers differ; the ledger is left as it was."""
    path = file(
        tmp_path, "ged", {"low": "40", "high": "44"},
        {"id": "502", "date_start": "2031-09-09", "date_end": "2031-09-09", "where_coordinates": "Belis",
         "latitude": "33.1", "longitude": "36.2"},
    )  # fmt: skip
    with Ledger.open(place, read_only=True) as ledger:
        before = ledger.head()
    rows = lines(run(compare, place, path, "--mapping", "ged", "--jsonl"))
    for row in rows:
        validator("comparison").validate(row)
    by_who = {str(row["who"]): row for row in rows}
    both = by_who["both"]
    assert both["differs"] and both["relations"] == {"killed": "differs"}
    assert both["monitor"]["records"] == ["UCDP GED 501"]  # type: ignore[index]
    assert both["ledger"]["place"] == "Tellhaf" and both["ledger"]["documents"] == 2  # type: ignore[index]
    assert by_who["monitor"]["monitor"]["records"] == ["UCDP GED 502"]  # type: ignore[index]
    assert sum(row["who"] == "ledger" for row in rows) == 2
    with Ledger.open(place, read_only=True) as ledger:
        assert ledger.head() == before
    svg = tmp_path / "a.svg"
    told = run(compare, place, path, "--mapping", "ged", "--svg", svg)
    assert "Both have it, numbers differ: 1" in told.stdout and "killed 40–44 ≠" in told.stdout
    assert "both 1 (numbers differ in 1), only UCDP GED 1, only the ledger 2" in told.stderr
    assert ElementTree.parse(svg).getroot().tag == "{http://www.w3.org/2000/svg}svg"
    assert len(lines(run(compare, place, path, "--mapping", "ged", "--jsonl", "--country", "ye"))) == 1
    assert len(lines(run(compare, place, path, "--mapping", "ged", "--jsonl", "--since", "2031-09-01"))) == 1


def test_a_pair_over_the_edge_of_the_window(place: Path, tmp_path: Path) -> None:
    """A monitor's event of the day before is still the ledger's incident."""
    path = file(tmp_path, "ged", {"date_start": "2031-05-02", "date_end": "2031-05-02"})
    rows = lines(run(compare, place, path, "--mapping", "ged", "--jsonl", "--since", "2031-05-03"))
    assert "both" in {row["who"] for row in rows}


def test_compare_with_itself(place: Path, tmp_path: Path) -> None:
    """What Tollbook exports in the shape of a data set is found again, each incident once, with the same numbers."""
    with Ledger.open(place) as ledger:
        export_ledger(ledger, "ged", tmp_path / "ged.csv", wants=Wants(candidates=True))
        export_ledger(ledger, "acled", tmp_path / "acled.csv", wants=Wants(candidates=True))
    for name, deadly in (("ged", 2), ("acled", 2)):
        rows = lines(run(compare, place, tmp_path / f"{name}.csv", "--mapping", name, "--jsonl"))
        both = [row for row in rows if row["who"] == "both"]
        assert len(both) == deadly and not any(row["differs"] for row in both)
        assert not any(row["who"] == "monitor" for row in rows)


def test_imported_records_are_the_monitors(place: Path, tmp_path: Path) -> None:
    """What was imported before is not compared with itself; a wrong record stops the comparison unless told."""
    path = file(tmp_path, "ged", {})
    run(coded, path, "--mapping", "ged", "--ledger", place, "--yes")
    rows = lines(run(compare, place, path, "--mapping", "ged", "--jsonl"))
    (both,) = [row for row in rows if row["who"] == "both"]
    assert both["ledger"]["documents"] == 2 and both["monitor"]["documents"] == 1  # type: ignore[index]
    bad = file(tmp_path, "ged", {}, {"id": "502", "low": "13"})
    assert "1 records have a fault" in str(run(compare, place, bad, "--mapping", "ged").exception)
    done = run(compare, place, bad, "--mapping", "ged", "--jsonl", "--skip-faulty")
    assert done.return_value == 3 and len(lines(done)) == len(rows)


def test_a_hostile_record_in_table_and_chart(place: Path, tmp_path: Path) -> None:
    """Markup, escapes and overrides in names are shown, not run."""
    evil = "</title><script>alert(1)</script>\x1b[31m\u202e&"
    path = file(tmp_path, "ged", {"where_coordinates": evil, "id": evil, "low": "40", "high": "44"})
    svg = tmp_path / "a.svg"
    done = run(compare, place, path, "--mapping", "ged", "--svg", svg)
    assert done.exception is None and "\x1b" not in done.stdout and "\u202e" not in done.stdout
    text = svg.read_text("utf-8")
    root = ElementTree.fromstring(text)
    assert "<script" not in text and not any(tag.tag.endswith("script") for tag in root.iter())
    assert "alert(1)" in text and "\x1b" not in text

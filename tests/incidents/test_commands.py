"""``incidents``, ``incident`` and ``why``: from documents, claims alone and a ledger, and what ``add`` groups."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from tests.ledger.made import judgement
from tests.link.made import claim, speaker
from tollbook.cli import ledger as ledger_commands
from tollbook.cli import linking
from tollbook.cli.incident import incident
from tollbook.errors import UsageError
from tollbook.grouping import incident_rows, regroup, ungrouped
from tollbook.ledger import Ledger

FIRST = (
    "An air strike killed 12 people in Raqqa on 3 May 2017, the Health Ministry said.\n"
    "Over the past two months, more than 150 people have been killed in air strikes in Raqqa, it added.\n"
)
SECOND = "The Health Ministry said that 12 people were killed in an air strike in Raqqa on 3 May 2017.\n"
ELSEWHERE = "A landmine wounded two shepherds near Marib in Yemen on 9 August 2018, a doctor said.\n"


def run(command: click.Command, *arguments: object) -> Result:
    """One command in this process; what it raises is the result's."""
    return CliRunner().invoke(command, [str(a) for a in arguments], standalone_mode=False)


def lines(result: Result) -> list[dict[str, Any]]:
    """The rows that a command printed; it has to have gone well."""
    assert result.exception is None and result.return_value in (0, None), result.exception
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Three reports, two of them of one event."""
    folder = tmp_path / "articles"
    folder.mkdir()
    with (folder / "news.jsonl").open("w", encoding="utf-8") as file:
        for id, text, day in (("a", FIRST, "2017-05-04"), ("b", SECOND, "2017-05-05"), ("c", ELSEWHERE, "2018-08-10")):
            file.write(json.dumps({"id": id, "text": text, "published": day, "outlet": f"Outlet {id}"}) + "\n")
    return folder


def told(rows: list[dict[str, Any]]) -> set[tuple[str, ...]]:
    """Which documents tell of each incident."""
    return {tuple(document["key"] for document in row["documents"]) for row in rows}


def test_documents(articles: Path) -> None:
    """One object an incident, with everything that the contract names."""
    rows = lines(run(linking.incidents, articles, "--jsonl"))
    assert told(rows) == {("a", "b"), ("c",)}
    (raqqa,) = [row for row in rows if len(row["documents"]) == 2]
    assert raqqa["killed"] == {"low": 12, "high": 12} and raqqa["injured"] is None
    assert (raqqa["outlets"], raqqa["origins"], raqqa["status"]) == (2, {"low": 1, "high": 1}, "candidate")
    assert raqqa["documents"][0] == {"key": "a", "rank": 0} and len(raqqa["totals"]) == 1
    assert not set(raqqa["totals"]) & set(raqqa["claims"])
    plain = run(linking.incidents, articles)
    assert "Two outlets, one origin" in plain.stdout and "covered by one total, not added" in plain.stdout
    assert "two candidate incidents, one total kept apart" in plain.stderr


def test_claims_alone(tmp_path: Path) -> None:
    """Coded claims need no text; a broken line is named."""
    file = tmp_path / "coded.jsonl"
    office = speaker("Health Office", "medical")
    coded = [
        claim("c-1", "a", attribution=office),
        claim("c-2", "b", attribution=office),
        claim("c-3", "c", town="Belis"),
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in coded), "utf-8")
    assert told(lines(run(linking.incidents, "--claims", file, "--jsonl"))) == {("a", "b"), ("c",)}
    file.write_text("[1]\n", "utf-8")
    assert "coded.jsonl:1" in str(run(linking.incidents, "--claims", file).exception)


def test_one_kind_of_input() -> None:
    """Nothing named, or two things, is wrong use."""
    assert isinstance(run(linking.incidents).exception, UsageError)
    assert isinstance(run(linking.incidents, "x", "--ledger", "y").exception, UsageError)
    assert isinstance(run(linking.why, "i-1", "x", "--claims", "y").exception, UsageError)


def test_why(articles: Path, tmp_path: Path) -> None:
    """The bits of a link add up to what it says; the chart is a picture; an unknown id is wrong use."""
    (raqqa,) = [row for row in lines(run(linking.incidents, articles, "--jsonl")) if len(row["documents"]) == 2]
    picture = tmp_path / "why.svg"
    (link,) = lines(run(linking.why, raqqa["id"][:8], articles, "--jsonl", "--svg", picture))
    assert link["bits"] == pytest.approx(link["prior"] + sum(reason["bits"] for reason in link["reasons"]))
    assert link["bits"] > 0 and {"date", "place"} <= {reason["comparison"] for reason in link["reasons"]}
    assert picture.read_text("utf-8").startswith("<svg ")
    assert "bits for one incident" in run(linking.why, raqqa["id"], articles).stdout
    assert isinstance(run(linking.why, "i-none", articles).exception, UsageError)


def test_one_incident(articles: Path, tmp_path: Path) -> None:
    """The sentence, the range by origin, how many tell of it, the total that covers it and the words of each claim; the
    same from documents and from a ledger, where corrections count. ``--json`` is the line of ``incidents``."""
    (raqqa,) = [row for row in lines(run(linking.incidents, articles, "--jsonl")) if len(row["documents"]) == 2]
    plain = run(incident, raqqa["id"][:9], articles).stdout
    assert raqqa["sentence"] in plain and raqqa["title"] in plain
    assert "\n12 killed\n    12 killed: " in plain
    assert "told by two documents of two outlets; one independent origin" in plain
    assert "covered by one total, not added:" in plain and "“Over the past two months, more than 150 people" in plain
    assert "“The Health Ministry said that 12 people were killed" in plain
    assert lines(run(incident, raqqa["id"], articles, "--json")) == [raqqa]
    assert "no incident" in str(run(incident, "i-none", articles).exception)
    assert "several" in str(run(incident, "i-", articles).exception)
    place = tmp_path / "ledger.db"
    run(ledger_commands.add, articles, "--ledger", place)
    assert run(incident, raqqa["id"] + "…", "--ledger", place).stdout == plain
    with Ledger.open(place) as ledger:
        for id in raqqa["claims"]:
            thirteen = {"low": 13, "high": 13, "qualifier": "exact"}
            ledger.judge(judgement("correct", id, field="count", value=thirteen))
    assert "\n13 killed\n    13 killed: " in run(incident, raqqa["id"], "--ledger", place).stdout


def test_what_is_added_is_grouped(articles: Path, tmp_path: Path) -> None:
    """``add`` groups at the end, once; what the ledger holds is what the documents give."""
    place = tmp_path / "ledger.db"
    assert run(ledger_commands.add, articles, "--ledger", place).return_value == 0
    with Ledger.open(place) as ledger:
        end = ledger.head()
        assert ledger.count("incidents") == 2 and not ungrouped(ledger)
    assert run(ledger_commands.add, articles, "--ledger", place).return_value == 0
    with Ledger.open(place) as ledger:
        assert ledger.head() == end, "adding again wrote something"
    rows = lines(run(linking.incidents, "--ledger", place, "--jsonl"))
    from_documents = lines(run(linking.incidents, articles, "--jsonl"))
    assert {row["id"]: row["claims"] for row in rows} == {row["id"]: row["claims"] for row in from_documents}
    assert lines(run(linking.why, rows[0]["id"], "--ledger", place, "--jsonl")) == [] or len(rows[0]["documents"]) == 2


def test_an_import_without_grouping_is_made_up_for(articles: Path, tmp_path: Path) -> None:
    """Claims that stand in no incident are linked when asked for, and grouped by the next ``add``."""
    place = tmp_path / "ledger.db"
    run(ledger_commands.add, articles, "--ledger", place, "--no-group")
    with Ledger.open(place, read_only=True) as ledger:
        assert ledger.count("incidents") == 0 and ungrouped(ledger)
    assert len(lines(run(linking.incidents, "--ledger", place, "--jsonl"))) == 2
    run(ledger_commands.add, articles, "--ledger", place)
    with Ledger.open(place, read_only=True) as ledger:
        assert ledger.count("incidents") == 2


def test_what_people_decided_holds(articles: Path, tmp_path: Path) -> None:
    """A confirmed incident says so, a rejected claim is gone, and what was called different is apart."""
    place = tmp_path / "ledger.db"
    run(ledger_commands.add, articles, "--ledger", place)
    with Ledger.open(place) as ledger:
        raqqa, other = sorted(incident_rows(ledger), key=lambda row: -len(row["documents"]))
        ledger.judge(judgement("confirm", raqqa["id"]))
        assert {row["status"] for row in incident_rows(ledger) if row["id"] == raqqa["id"]} == {"confirmed"}
        for id in other["claims"]:
            ledger.judge(judgement("reject", id))
        assert [row["id"] for row in incident_rows(ledger)] == [raqqa["id"]]
        key_of = {c.id: c.json["document"]["key"] for c in ledger.claims() if c.id in raqqa["claims"]}
        one, two = (next(id for id, key in key_of.items() if key == wanted) for wanted in "ab")
        ledger.judge(judgement("different", min(one, two), other=max(one, two)))
        assert len(incident_rows(ledger)) == 2
        assert regroup(ledger) is not None and regroup(ledger) is None
        assert len(incident_rows(ledger)) == 2 and not ungrouped(ledger)

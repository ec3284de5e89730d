"""Incidents: one event of several reports, totals apart, origins counted once, contradictions by the table."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.link.made import claim, many, reports, speaker
from tollbook.incidents import Verdict, incident_row, link_reports


def rows(*claims: dict[str, Any], verdicts: tuple[Verdict, ...] = ()) -> list[dict[str, Any]]:
    """The incidents of claims as JSON rows."""
    return [incident_row(i) for i in link_reports(reports(*claims), verdicts).incidents]


def fields(*claims: dict[str, Any]) -> set[str]:
    """In what claims that people called the same contradict each other."""
    first = claims[0]["id"]
    (row,) = rows(*claims, verdicts=tuple(Verdict(first, c["id"], True) for c in claims[1:]))
    return {c["field"] for c in row["contradictions"]}


MINISTRY, OFFICE = speaker("Ministry of the Interior"), speaker("Health Office", "medical")


def test_two_reports_of_one_ministry_are_one_origin() -> None:
    """Two outlets that quote one body are one source: agreement adds nothing."""
    (row,) = rows(claim("c-1", "a", attribution=MINISTRY), claim("c-2", "b", attribution=MINISTRY))
    assert (len(row["documents"]), row["outlets"], row["origins"]) == (2, 2, {"low": 1, "high": 1})
    assert row["contradictions"] == []


def test_nobody_named_makes_the_count_a_range() -> None:
    """A report that names nobody may be a relay or a witness of its own."""
    (row,) = rows(claim("c-1", "a", attribution=MINISTRY), claim("c-2", "b"))
    assert row["origins"] == {"low": 1, "high": 2}


def test_a_total_is_attached_and_never_a_member() -> None:
    """A total over a period and an area that cover an incident stands beside it."""
    period = {"from": "2031-02-01", "to": "2031-03-31", "precision": "month"}
    total = claim("c-9", "t", scope="total", low=200, date=period)
    (row,) = rows(claim("c-1", "a"), total)
    assert row["claims"] == ["c-1"] and row["totals"] == ["c-9"] and row["killed"] == {"low": 7, "high": 7}


def test_the_table_of_numbers() -> None:
    """'At least 20' and 43 are compatible, about 50 and 45 too; 43 and 35 of two origins are not."""

    def pair(a: dict[str, Any], b: dict[str, Any]) -> set[str]:
        return fields(claim("c-1", "a", attribution=MINISTRY, **a), claim("c-2", "b", attribution=OFFICE, **b))

    assert pair({"low": 20, "high": None, "qualifier": "at_least"}, {"low": 43}) == set()
    assert pair({"low": 50, "qualifier": "about"}, {"low": 45}) == set()
    assert pair({"low": 43}, {"low": 35}) == {"number"}


def test_killed_and_injured_apart_and_together() -> None:
    """More than 30 killed or wounded is not 11 killed and nine wounded; of 30 it may be."""

    def pair(low: int) -> set[str]:
        return fields(
            claim("c-1", "a", low=low, high=None, qualifier="more_than", harm="casualties", attribution=MINISTRY),
            claim("c-2", "b", low=11, attribution=OFFICE),
            claim("c-3", "b", low=9, harm="injured", attribution=OFFICE),
        )

    assert pair(31) == {"number"} and pair(18) == set()


def test_an_office_is_one_whoever_runs_it() -> None:
    """ "The rebel-run health office" and "the health office": one origin, and not the rebels."""
    run = speaker("rebel-run health office", "armed_group")
    run[0]["body"] = "Rebels"
    (row,) = rows(claim("c-1", "a", attribution=OFFICE), claim("c-2", "b", attribution=run))
    assert row["origins"] == {"low": 1, "high": 1}


def test_a_later_word_of_one_origin_supersedes() -> None:
    """Nine on Monday and twelve on Tuesday from one office is a toll that moved."""
    later = claim("c-2", "b", low=12, attribution=OFFICE, published="2031-03-07")
    (row,) = rows(claim("c-1", "a", low=9, attribution=OFFICE), later)
    assert row["contradictions"] == [] and row["killed"] == {"low": 12, "high": 12}
    assert [f["low"] for f in row["over_time"]] == [9, 12]


def test_status_blame_and_denial() -> None:
    """Civilians or fighters, one army or another, and whether it happened."""
    a = claim("c-1", "a", attribution=MINISTRY, status="civilian")
    assert fields(a, claim("c-2", "b", attribution=OFFICE, status="combatant")) == {"status"}
    east, west = [{"name": "Eastern Army", "basis": "accused"}], [{"name": "Western Front", "basis": "accused"}]
    assert fields({**a, "blamed": east}, claim("c-2", "b", attribution=OFFICE, blamed=west)) == {"blamed"}
    assert fields(a, claim("c-2", "b", attribution=OFFICE, stance="denied")) == {"happened"}


def test_one_incident_never_holds_what_people_called_different() -> None:
    """Even two claims of one report are parted."""
    one = claim("c-1", "a")
    other = {**claim("c-2", "a"), "document": one["document"]}
    assert len(rows(one, other)) == 1
    assert len(rows(one, other, verdicts=(Verdict("c-1", "c-2", False),))) == 2


@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_order_of_reports_does_not_matter(seed: int, chance: random.Random) -> None:
    """Incidents are the same to the byte in any order; they are a partition of the claims."""
    made = reports(*many(25, seed))
    mixed = made.copy()
    chance.shuffle(mixed)
    first = [incident_row(i) for i in link_reports(made).incidents]
    assert first == [incident_row(i) for i in link_reports(mixed).incidents]
    assert sorted(c for row in first for c in row["claims"]) == sorted(c.id for r in made for c in r.claims)
    assert len({row["id"] for row in first}) == len(first)

"""What an incident's numbers come to: the range over what is still asserted, by the rules of a report's own tally."""

from __future__ import annotations

from typing import Any

import pytest

from tests.incidents.test_incidents import MINISTRY, OFFICE, rows
from tests.link.made import claim
from tollbook.incidents import Verdict


def killed(*said: dict[str, Any]) -> dict[str, int | None]:
    """The killed of one incident: each claim in a report of its own, all called the same."""
    claims = [claim(f"c-{n}", f"doc{n}", **values) for n, values in enumerate(said)]
    (row,) = rows(*claims, verdicts=tuple(Verdict("c-0", c["id"], True) for c in claims[1:]))
    found: dict[str, int | None] = row["killed"]
    return found


AT_LEAST = {"high": None, "qualifier": "at_least"}


def test_every_origin_that_stands_counts() -> None:
    """Nine by an official, at least 13 by an elder, 21 and 40 by two papers: 9 to 40, nobody is overruled."""
    said: list[dict[str, Any]] = [
        {"low": 9, "attribution": [{"name": "an official", "body": None, "kind": "government"}]},
        {
            "low": 13, **AT_LEAST,
            "attribution": [{"name": "a local elected official and the father of the bride", "kind": "relative"}],
        },
        {"low": 21},
        {"low": 40},
    ]  # fmt: skip
    assert killed(*said) == {"low": 9, "high": 40}
    assert killed(*said[::-1]) == {"low": 9, "high": 40}


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ([{"low": 40}, {"low": 74, **AT_LEAST}], 40, None),  # "at least 74" leaves the high open
        ([{"low": 40}, {"low": 13, **AT_LEAST}], 13, 40),  # "at least 13" does not
        ([{"low": 20, **AT_LEAST}, {"low": 30, **AT_LEAST}], 30, None),
        ([{"low": 26}, {"low": 1}], 26, 26),  # a victim told of by herself is one of the 26
        ([{"low": 1}, {"low": 1}], 1, 1),
        ([{"low": None, "high": 30, "qualifier": "up_to"}, {"low": 25}], 25, 30),
        ([{"low": 0}, {"low": 25}], 0, 25),  # "nobody was killed" is a number, and no unknown
    ],
)
def test_open_ends_and_singles(said: list[dict[str, Any]], low: int | None, high: int | None) -> None:
    """Two origins, and what their numbers come to."""
    one, other = said
    assert killed({**one, "attribution": MINISTRY}, {**other, "attribution": OFFICE}) == {"low": low, "high": high}


def test_a_part_of_another_harm_counts_for_its_own() -> None:
    """ "Three were hit: two killed, one wounded": two killed, one injured and three casualties, as the tally has it."""
    three = claim("c-1", "a", low=3, harm="casualties")
    two = claim("c-2", "a", low=2, relation={"type": "part_of", "claim": "c-1"})
    child = claim("c-3", "a", low=1, relation={"type": "part_of", "claim": "c-2"})
    one = claim("c-4", "a", low=1, harm="injured", relation={"type": "part_of", "claim": "c-1"})
    (row,) = rows(three, two, child, one)
    assert (row["killed"], row["injured"]) == ({"low": 2, "high": 2}, {"low": 1, "high": 1})
    assert row["others"] == {"casualties": {"low": 3, "high": 3}}


def test_what_is_no_longer_asserted_does_not_count() -> None:
    """A denied number, a part and one that its own report corrects are not in the range."""
    first = claim("c-1", "a", low=9, attribution=MINISTRY)
    here = {"document": first["document"], "attribution": MINISTRY}
    update = {**claim("c-2", "a", low=12, relation={"type": "updates", "claim": "c-1"}), **here}
    part = {**claim("c-3", "a", low=3, relation={"type": "part_of", "claim": "c-2"}), **here}
    denied = {**claim("c-4", "a", low=90, stance="denied"), **here, "attribution": OFFICE}
    (row,) = rows(first, update, part, denied)
    assert row["killed"] == {"low": 12, "high": 12}
    assert [f["claims"] for f in row["over_time"]] == [["c-2"]]


def test_nobody_counted_is_null() -> None:
    """A harm that no report counts is unknown, not 0."""
    (row,) = rows(claim("c-1", "a", harm="injured"))
    assert row["killed"] is None and row["injured"] == {"low": 7, "high": 7}


def test_two_unnamed_speakers_of_other_kinds_are_two_origins() -> None:
    """An official and a relative who holds an office are two; two doctors may be one."""
    official = [{"name": "an official", "body": None, "kind": "government"}]
    elder = [{"name": "an elected official, father of a victim", "body": None, "kind": "relative"}]
    (row,) = rows(claim("c-1", "a", attribution=official), claim("c-2", "b", attribution=elder))
    assert row["origins"]["high"] == 2
    doctors = [[{"name": name, "body": None, "kind": "medical"}] for name in ("a doctor", "a hospital doctor")]
    (row,) = rows(claim("c-1", "a", attribution=doctors[0]), claim("c-2", "b", attribution=doctors[1]))
    assert row["origins"] == {"low": 1, "high": 1}

"""Comparisons: missing is missing, and reports of one event weigh more than reports of two."""

from __future__ import annotations

from itertools import combinations

import pytest

from tests.link.made import claim, many, reports, speaker
from tollbook.link.accounts import all_accounts
from tollbook.link.columns import Row, rows_of
from tollbook.link.compare import COMPARISONS
from tollbook.link.score import reasons, score, shipped


def two(**other: object) -> tuple[Row, Row]:
    """The rows of a claim and of the same one changed."""
    a, b = rows_of(all_accounts(reports(claim("c-1", "a"), claim("c-2", "b", **other))))
    return a, b


def test_missing_is_missing() -> None:
    """What a report does not say speaks neither for nor against."""
    a, b = two(day=None, town=None, event={"type": None}, count={"low": None, "high": None, "qualifier": "unstated"})
    named = {r.comparison for r in reasons(a, b, shipped())}
    assert not named & {"date", "place", "event", "killed", "blamed", "bodies"}


@pytest.mark.parametrize(
    "changed", [{"day": "2031-04-20"}, {"town": "Belis"}, {"low": 90}, {"event": {"type": "landmine"}}]
)
def test_a_difference_weighs_less_than_agreement(changed: dict[str, object]) -> None:
    """Another day, place, number or kind of event lowers the score, by either table of weights."""
    for kind in ("read", "coded"):
        assert score(*two(**changed), shipped(kind)) <= score(*two(), shipped(kind))


def test_scores_are_symmetric() -> None:
    """Neither account comes first."""
    rows = rows_of(all_accounts(reports(*many(60))))
    assert all(c.level(a, b) == c.level(b, a) for a, b in combinations(rows, 2) for c in COMPARISONS)


def test_levels_are_known() -> None:
    """Every level that is found is one that can have a weight."""
    rows = rows_of(all_accounts(reports(*many(80))))
    for a, b in combinations(rows, 2):
        assert all(c.level(a, b) in (None, *c.levels) for c in COMPARISONS)


def test_spellings_of_a_place_meet() -> None:
    """A place without coordinates is known by its consonants."""
    site = {"name": None, "country": "XA", "lat": None, "lon": None, "precision": "neighbourhood"}
    rows = [
        claim("c-1", "a", place={**site, "text": "al-Rashida"}),
        claim("c-2", "b", place={**site, "text": "ar-Rashidah"}),
    ]
    a, b = rows_of(all_accounts(reports(*rows)))
    assert ("place", "same name") in {(r.comparison, r.level) for r in reasons(a, b, shipped())}


def test_one_body_is_named_as_shared() -> None:
    """The body that both quote is among the reasons."""
    rows = [claim("c-1", "a", attribution=speaker("Ministry")), claim("c-2", "b", attribution=speaker("Ministry"))]
    a, b = rows_of(all_accounts(reports(*rows)))
    assert ("bodies", "shared") in {(r.comparison, r.level) for r in reasons(a, b, shipped())}

"""Values in words: unknown is said to be unknown, and nothing is averaged."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from tests.show.build import market
from tollbook.records import Attribution, Blamed, Count, Place, Relation, Victims, When
from tollbook.show.words import (
    blamed_words,
    chain_words,
    count_words,
    date_words,
    event_words,
    marks,
    mention_line,
    place_words,
    range_words,
    tally_line,
    victims_words,
)


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (43, 43, "exact", "43"),
        (31, None, "more_than", "31+"),
        (None, 30, "up_to", "≤ 30"),
        (None, 29, "fewer_than", "≤ 29"),
        (10, 15, "range", "10–15"),
        (50, 50, "about", "≈ 50"),
        (40, 50, "about", "≈ 40–50"),
        (0, 0, "exact", "0"),
        (12000, None, "at_least", "12,000+"),
        (None, None, "unstated", "not stated"),
        (2, None, "unstated", "not stated (2+)"),
    ],
)
def test_counts(low: int | None, high: int | None, qualifier: str, words: str) -> None:
    """Every shape of a count, open ends and bare plurals included."""
    assert count_words(Count("x", 0, 1, low, high, qualifier)) == words  # type: ignore[arg-type]


def test_none_is_never_zero() -> None:
    """What is not stated is never shown as a number."""
    assert range_words(None, None) == "not stated"
    assert tally_line({"key": "k", "killed": None, "injured": {"low": 0, "high": 0}}).startswith(
        "k\tkilled not stated, injured 0\t"
    )
    assert {victims_words(None), event_words(None), date_words(None), place_words(None)} == {"not stated"}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2024-03-05", "2024-03-05", "5 March 2024"),
        ("2024-03-05", "2024-03-07", "5–7 March 2024"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-02-01", "2024-02-28", "1–28 February 2024"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2024-03-30", "2024-04-02", "30 March – 2 April 2024"),
        ("2023-12-30", "2024-01-02", "30 December 2023 – 2 January 2024"),
    ],
)
def test_intervals(first: str, last: str, words: str) -> None:
    """Intervals are drawn in full; only a whole month or year is called by its name."""
    when = When("x", 0, 1, dt.date.fromisoformat(first), dt.date.fromisoformat(last), "days", "text")
    assert date_words(when) == words


def test_open_intervals_and_words_without_a_day() -> None:
    """An end that is missing is not made up."""
    assert date_words(When("June 3", 0, 6, None, None, "day", None)) == "“June 3”, year not stated"
    assert date_words(When("x", 0, 1, None, dt.date(2024, 3, 5), "longer", "text")) == "until 5 March 2024"
    assert date_words(When("x", 0, 1, dt.date(2024, 3, 5), None, "longer", "text")) == "from 5 March 2024"


def test_a_coarse_place_is_named_as_one() -> None:
    """A province is not a pin, and a place without an entry keeps its words."""
    province = Place("Raqqa province", 0, 5, "Ar-Raqqah", "SY", None, 35.9, 39.0, "admin1", "x")
    assert place_words(province) == "Raqqa province (Ar-Raqqah, SY; province)"
    assert place_words(Place("Old Mill", 0, 8, None, None, None, None, None, None, None)) == "Old Mill"


def test_blame_says_how_and_by_whom() -> None:
    """Told as fact, accused, and by somebody else than who counts."""
    parties = (Blamed("x", 0, 1, "Army", "acting", None), Blamed("y", 2, 3, "Rebels", "accused", "the mayor"))
    assert blamed_words(parties) == "Army (acting); Rebels (accused by the mayor)"
    assert blamed_words(()) == "nobody named"


def test_chain_has_arrows_and_parallel_speakers() -> None:
    """From the origin outwards; a body is not said twice."""

    def link(name: str, body: str | None, mode: str) -> Attribution:
        return Attribution("x", 0, 1, name, None, body, "unknown", None, mode)  # type: ignore[arg-type]

    chain = (
        link("Ida Holt", "Health Ministry", "direct"),
        link("a medic", None, "also"),
        link("NPA", "NPA", "relayed"),
    )
    assert chain_words(chain) == "Ida Holt (Health Ministry) + a medic → NPA"


def test_status_is_not_said_twice() -> None:
    """ "12 civilians (civilian)" would be silly."""
    assert victims_words(Victims("civilians", 0, 9, "civilian", "stated", (), None)) == "civilians"


def test_marks_name_the_other_claim_by_its_number() -> None:
    """Doubt, sums and parts stand out; a plain claim has no mark."""
    _, (killed, wounded) = market()
    numbers = {killed.id: 1, wounded.id: 2}
    assert marks(killed, numbers) == []
    other = replace(wounded, stance="denied", scope="total", relation=Relation("part_of", killed.id))
    assert marks(other, numbers) == ["denied", "total over several incidents", "part of no. 1"]
    assert marks(replace(wounded, relation=Relation("repeats", "c-gone")), numbers) == ["repeats another claim"]


def test_mentions_on_one_line() -> None:
    """A row of spans, with interrupted words and nested ones."""
    row = {
        "key": "k",
        "text": "she\nsaid",
        "start": 3,
        "end": 11,
        "cue": [{"text": "said", "start": 7, "end": 11}],
        "x": None,
    }
    assert mention_line(row) == "3–11\tshe said\tcue “said”"

"""Numbers of people: digits, words, ranges, qualifiers, vague words; and the numbers that count no people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.find.grammar.counts import find_counts


def read(text: str) -> list[tuple[str, int | None, int | None, str]]:
    """Each number as words, low, high and qualifier."""
    return [(c.text, c.low, c.high, c.qualifier) for c in find_counts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("43 people died", ("43", 43, 43, "exact")),
        ("at least 20 people", ("at least 20", 20, None, "at_least")),
        ("seven people or more", ("seven", 7, None, "at_least")),
        ("twelve young men or more", ("twelve", 12, None, "at_least")),
        ("more than 200 people", ("more than 200", 201, None, "more_than")),
        ("up to 30 people", ("up to 30", None, 30, "up_to")),
        ("it has gone up to 30 people", ("30", 30, 30, "exact")),
        ("fewer than 30 people", ("fewer than 30", None, 29, "fewer_than")),
        ("between 10 and 15 people", ("between 10 and 15", 10, 15, "range")),
        ("seven or eight people", ("seven or eight", 7, 8, "range")),
        ("some 50 people", ("some 50", 50, 50, "about")),
        ("dozens of people", ("dozens", 24, None, "vague")),
        ("half a million people", ("half a million", 500_000, 500_000, "exact")),
        ("two marines", ("two", 2, 2, "exact")),
        ("three deceased persons", ("three", 3, 3, "exact")),
        ("two hundred and six people", ("two hundred and six", 206, 206, "exact")),
        ("1,234 people", ("1,234", 1234, 1234, "exact")),
        ("half the province's population of 3 million",
         ("half the province's population of 3 million", 1_500_000, 1_500_000, "exact")),
        ("the number has exceeded 300 people", ("300", 301, None, "more_than")),
        ("as high as 300 people", ("as high as 300", None, 300, "up_to")),
        ("Toll of the day:-11 civilians", ("11", 11, 11, "exact")),
    ],
)  # fmt: skip
def test_values(text: str, expected: tuple[str, int | None, int | None, str]) -> None:
    """Low, high and qualifier of each way to give a number."""
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "the 24-year-old man",
        "Rennick, 44, was there",
        "killed taxi driver, 44",
        "A barman, then 19, spoke",
        "children ages 4, 7, and 12",
        "between the ages of 11 and 15",
        "on May 27",
        "in 2014",
        "15 km away",
        "at 10:30 a.m.",
        "$40 was paid",
        "42% of it",
        "Section 9",
    ],
)
def test_no_counts(text: str) -> None:
    """Ages, dates, measures, money, shares and labels count nobody."""
    assert read(text) == []


@pytest.mark.parametrize(
    "text",
    ["1\u00ad0", "10\u200b\u2060\u200b0", "1\u200e0", "1\u03360", "twenty\u00adone", "1O", "1\u041e", "1,000x"],
)
def test_no_part_of_a_number_is_a_number(text: str) -> None:
    """What stands between takes no room on a page, and a letter can look like a digit: a hundred is not read as 0."""
    assert read(f"{text} people were killed") == []
    assert [c.low for c in find_counts("\ufeff100\u200b people, \u200btwelve\u00ad men, 7\u200bmen")] == [100, 12, 7]


@given(st.text())
def test_spans(text: str) -> None:
    """In any text, each number is the text's own words and its ends are in order."""
    last = 0
    for c in find_counts(text):
        assert text[c.start : c.end] == c.text
        assert c.start >= last
        assert c.low is None or c.high is None or c.low <= c.high
        last = c.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Homs, 31 were killed.", ["31"]),
        ("Of the injured, 96 had inhaled gas, 31 were hit.", ["96", "31"]),
        ("Last week, 12 were abducted.", ["12"]),
        ("In Homs, Lina Aziz, 31, was killed.", []),
        ("Lina Aziz, 31 was killed.", []),
        ("It raised the toll in Tyre from four to six.", ["four", "six"]),
        ("A girl of sixteen was hurt.", []),
        ("A mother of six children was hurt.", ["six"]),
    ],
)
def test_a_number_after_an_opening_is_no_age(text: str, expected: list[str]) -> None:
    """An age follows somebody's name, not "In Homs" or "Of the injured"."""
    assert [words for words, *_ in read(text)] == expected

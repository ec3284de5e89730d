"""Noun phrases that name people, and how many people each stands for."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import findings


@pytest.mark.parametrize(
    ("text", "count", "low"),
    [
        ("A 24-year-old man was killed.", "A 24-year-old man", 1),
        ("Three children ages 4, 7, and 12 were killed.", "Three", 3),
        ("Two men, ages 20 and 27, were killed.", "Two", 2),
        ("Dozens of villagers were killed.", "Dozens", 24),
        ("Six of his relatives were killed.", "Six", 6),
        ("A family of seven was killed.", "seven", 7),
        ("The raid led to the killing of two of the latter.", "two", 2),
        ("The strike killed the farmer and another civilian.", "the farmer", 1),
        ("A gunman killed two guards and a third.", "two", 2),
        ("Shells injured an unknown number of villagers.", "an unknown number of villagers", 2),
        ("At least a nurse was killed.", "At least a nurse", 1),
    ],
)
def test_how_many(text: str, count: str, low: int) -> None:
    """The words that count and their least number; ages are no counts."""
    first = findings(text)[0]
    assert (first.count.text, first.count.low) == (count, low)


def test_a_third() -> None:
    """An ordinal with "a" is one more person."""
    assert [f.count.low for f in findings("Gunmen shot dead two teachers and wounded a third.")] == [2, 1]


def test_definite_plurals_refer_back() -> None:
    """ "The soldiers were killed" tells no number."""
    assert findings("The soldiers were killed.") == []

"""The dead and the wounded named behind the word for them, jail and exile, and what is none of it."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import harms
from tollbook.find.gate import can_hold_claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The dead included three children.", [("killed", 3, 3)]),
        ("The dead include a doctor and two nurses.", [("killed", 1, 1), ("killed", 2, 2)]),
        ("Those killed were four women and a boy.", [("killed", 4, 4), ("killed", 1, 1)]),
        ("Also killed were four women and a boy.", [("killed", 4, 4), ("killed", 1, 1)]),
        ("Injured were four women and a boy.", [("injured", 4, 4), ("injured", 1, 1)]),
        ("Three children were among those who died.", [("killed", 3, 3)]),
        ("Killed: 16. Wounded: 40.", [("killed", 16, 16), ("injured", 40, 40)]),
        ("Toll 31 in mill raid", [("killed", 31, 31)]),
        ("He gave the number of dead as 26.", [("killed", 26, 26)]),
        ("Sixteen corpses were laid out in the yard.", [("killed", 16, 16)]),
        ("Forty people have been under arrest since May.", [("detained", 40, 40)]),
        ("Forty people were thrown into jail.", [("detained", 40, 40)]),
        ("Forty people showed symptoms of suffocation.", [("injured", 40, 40)]),
        ("An officer was struck by a stone.", [("injured", 1, 1)]),
        ("Some 40,000 people have lost their homes.", [("displaced", 40000, 40000)]),
        ("An exodus of 40,000 people followed.", [("displaced", 40000, 40000)]),
        ("The war has driven 40,000 people into exile.", [("displaced", 40000, 40000)]),
    ],
)
def test_told_behind(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each way of saying so passes the gate and finds its people, its number and its harm."""
    assert can_hold_claim(text)
    assert harms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The dead were honoured with a minute of silence.",
        "The wounded are in good hands.",
        "The injured were 40 km away.",
    ],
)
def test_nobody_told_behind(text: str) -> None:
    """A verb behind "the dead" names nobody."""
    assert harms(text) == []

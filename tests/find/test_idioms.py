"""Harm told by idiom: wounds, hospitals, conditions, tolls, lives, bodies, those who end their own."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import findings, harms, shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people were taken to Mercy Hospital in critical condition.", [("injured", 3, 3)]),
        ("Two are in critical condition.", [("injured", 2, 2)]),
        ("Two men were struck by gunfire and a third was grazed by a bullet.", [("injured", 2, 2), ("injured", 1, 1)]),
        ("Officers found four men with gunshot wounds.", [("injured", 4, 4)]),
        ("Four victims suffering from gunshot wounds were found.", [("injured", 4, 4)]),
        ("A boy of 11 had lost a foot.", [("injured", 1, 1)]),
        ("His wife's leg was broken.", [("injured", 1, 1)]),
        ("Two people are dead and three others are recovering.", [("killed", 2, 2), ("injured", 3, 3)]),
        ("Four of the dead were conscripts.", [("killed", 4, 4)]),
        ("Among the dead was a boy who sold figs.", [("killed", 1, 1)]),
        ("Six of his relatives were among the civilians hurt in the attack.", [("injured", 6, 6)]),
        ("The number of people killed when a tanker blew up climbed to 31 on Monday.", [("killed", 31, 31)]),
        ("The attendant put the dead at seven or eight.", [("killed", 7, 8)]),
        ("The death toll rose to 12.", [("killed", 12, 12)]),
        ("We buried 13 of the family.", [("killed", 13, 13)]),
        ("The blast claimed the lives of five guards.", [("killed", 5, 5)]),
        ("The bodies of nine men were found in a well.", [("killed", 9, 9)]),
        ("Troops killed ten rebels and lost two of their own men.", [("killed", 10, 10), ("killed", 2, 2)]),
        ("More than 4,500 people have been driven from their homes.", [("displaced", 4501, None)]),
        ("As many as 35 women may have been carried off.", [("abducted", None, 35)]),
    ],
)
def test_idioms(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each idiom finds its people, its number and its harm."""
    assert harms(text) == expected


def test_who_ends_his_own_life() -> None:
    """The perpetrator who dies by his own hand is counted beside the others."""
    assert harms("The gunman killed two women before taking his own life.") == [("killed", 2, 2), ("killed", 1, 1)]
    assert harms("He shot and killed a clerk before turning the gun on himself.") == [
        ("killed", 1, 1),
        ("killed", 1, 1),
    ]
    assert findings("He accidentally shot himself in the foot.")[0].harm == "injured"


@pytest.mark.parametrize(
    "text",
    [
        "The bodies were taken to a hospital in Darun.",
        "The victims were taken to a hospital in Darun.",
        "The county medical examiner was called.",
        "The suspect was taken to a hospital.",
        "The road is in critical condition.",
    ],
)
def test_what_is_no_injury(text: str) -> None:
    """Bodies, references back, offices, suspects and things in hospitals and conditions are no injuries."""
    assert harms(text) == []


def test_conditions_are_shares() -> None:
    """The conditions of those injured are shares of their number."""
    text = "Nine people were injured: one is in critical condition and eight are in good condition."
    assert shares(text) == [("injured", 1), ("injured", 8)]

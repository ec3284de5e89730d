"""Harm told by a verb and the words that go with it, from the table of fates."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import harms
from tollbook.find.gate import can_hold_claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A corporal and three sappers paid the supreme price at the bridge.", [("killed", 1, 1), ("killed", 3, 3)]),
        ("Twelve citizens attained martyrdom at noon.", [("killed", 12, 12)]),
        ("Two medics gave their lives at the ford.", [("killed", 2, 2)]),
        ("A beekeeper blew up on a mine behind the mill.", [("killed", 1, 1)]),
        ("Forty porters were mown down at the pier.", [("killed", 40, 40)]),
        ("The brigade sent nine insurgents to hell, it said.", [("killed", 9, 9)]),
        ("All six weavers were burned alive in the loft.", [("killed", 6, 6)]),
        ("The raid left 14 people needing hospital treatment.", [("injured", 14, 14)]),
        ("Two tailors were cut by flying glass.", [("injured", 2, 2)]),
        ("A married couple got contusions.", [("injured", 2, 2)]),
        ("A shepherd was beaten with iron pipes.", [("injured", 1, 1)]),
        ("A constable suffered burns to his hands.", [("injured", 1, 1)]),
        ("A couple were riddled with bullets at noon.", [("killed", 2, 2)]),
        ("Thirty members of the security forces have fallen in June.", [("killed", 30, 30)]),
        ("Of the injured, 31 were hit by pellets and 14 by stones.", [("injured", 31, 31), ("injured", 14, 14)]),
        ("They detained the teacher Ana Ruiz and three of her pupils.", [("detained", 1, 1), ("detained", 3, 3)]),
        ("They published a list of 71 slain servicemen.", [("killed", 71, 71)]),
        ("Nine weavers, four of them women, killed by shells", [("killed", 9, 9)]),
        ("Sixty were killed on Friday and 50 on Saturday.", [("killed", 60, 60), ("killed", 50, 50)]),
        ("The toll rose from four to six.", [("killed", 4, 4), ("killed", 6, 6)]),
        ("Troops captured five of the rebels.", [("detained", 5, 5)]),
        ("Three nurses were snatched by masked men.", [("abducted", 3, 3)]),
        ("Close to 800 inhabitants have left their villages.", [("displaced", 800, 800)]),
        ("Seven marines fell, and the column turned back.", [("killed", 7, 7)]),
        ("He claimed 70 Ruritanians destroyed and put rebel losses at 26.", [("killed", 70, 70), ("killed", 26, 26)]),
        ("A clerk was hurt and 11 more wounded.", [("injured", 1, 1), ("injured", 11, 11)]),
        ("They hacked two of the herders to death.", [("killed", 2, 2)]),
        ("The shell left dozens of them dead and wounded.", [("casualties", 24, None)]),
        ("The clinic registered 31 war-related fatalities.", [("killed", 31, 31)]),
        ("Toll tops 20, over 60 hurt in market blast.", [("killed", 20, 20), ("injured", 61, None)]),
    ],
)
def test_fates(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each idiom passes the gate and finds its people, its number and its harm."""
    assert can_hold_claim(text)
    assert sorted(harms(text)) == sorted(expected)


@pytest.mark.parametrize(
    "text",
    [
        "The army captured two villages and a bridge.",
        "The company paid the price for its losses of 20 million dollars.",
        "The council cut down 40 trees.",
        "Prices fell in June and two shops were destroyed.",
        "The man was arrested on suspicion of murder.",
        "He faces trial for the attempted murder of two guards.",
        "Three farmers left for the market.",
        "At least eight houses were damaged. One of them was completely destroyed.",
        "With the death of the boy the week ended.",
    ],
)
def test_no_fate(text: str) -> None:
    """The same words without people, or about what is known already, state no harm."""
    assert harms(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Over 2,000 people are now taking refuge in a school.", [("displaced", 2001, None)]),
        ("Some 25 youths were picked up and taken to the brigade.", [("detained", 25, 25)]),
        ("Two tailors were caught by stray bullets.", [("injured", 2, 2)]),
        ("The radio speaks of 41 soldiers dead.", [("killed", 41, 41)]),
        ("Rebels behead four south of the river", [("killed", 4, 4)]),
    ],
)
def test_more_ways_of_saying_so(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Refuge taken, youths picked up, stray bullets, "dead" behind the dead, headlines in the present."""
    assert harms(text) == expected

"""Everyday ways of telling harm without a verb of harm beside its number: sums, states, people gone or driven out."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import harms, shares
from tollbook.find.gate import can_hold_claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Civilian casualties in May totalled 2,258, the mission said.", [("casualties", 2258, 2258)]),
        ("Deaths rose by a third to 307.", [("killed", 307, 307)]),
        ("A teacher's hand was ripped off.", [("injured", 1, 1)]),
        ("This brings the toll since March 7 to 3,206.", [("killed", 3206, 3206)]),
        ("That brings to five the number of sappers lost.", [("killed", 5, 5)]),
        ("Casualties: 3 KIA, 7 WIA; enemy losses 12.", [("killed", 3, 3), ("injured", 7, 7), ("killed", 12, 12)]),
        ("Those detained include two weavers and a clerk.", [("detained", 2, 2), ("detained", 1, 1)]),
        ("The wounded, numbering 19, were flown to Ebo.", [("injured", 19, 19)]),
        ("They evacuated four of the most seriously injured.", [("injured", 4, 4)]),
        ("Four weavers died of bullet wounds and dozens were rounded up.", [("killed", 4, 4), ("detained", 24, None)]),
        ("Five rebels fell in combat and three more were captured.", [("killed", 5, 5), ("detained", 3, 3)]),
        ("Doctors treated 31 people for gunshot wounds.", [("injured", 31, 31)]),
        ("Eleven people remain in the Ebo Medical Center.", [("injured", 11, 11)]),
        ("Two of them are on ventilators.", [("injured", 2, 2)]),
        ("A miller was left paralysed.", [("injured", 1, 1)]),
        ("She herself has a bullet lodged in her thigh.", [("injured", 1, 1)]),
        ("The driver escaped with burns.", [("injured", 1, 1)]),
        ("One had a leg amputated.", [("injured", 1, 1)]),
        ("A teacher's hand was blown off.", [("injured", 1, 1)]),
        ("A girl turned up later at a clinic with a graze wound.", [("injured", 1, 1)]),
        ("We have lost ten Kenyans here.", [("killed", 10, 10)]),
        ("40+ feared dead as jet bombs market", [("killed", 40, None)]),
        ("The agency announced that 3 more were killed.", [("killed", 3, 3)]),
        ("They freed 12 of the 30 people they took captive.", [("abducted", 30, 30)]),
        ("Raiders stormed a school and abducted 100 girls, officials said.", [("abducted", 100, 100)]),
        (
            "The dead included a visitor, a boy of 12 and three nuns.",
            [("killed", 1, 1), ("killed", 1, 1), ("killed", 3, 3)],
        ),
        ("Guards beat three clerks to death.", [("killed", 3, 3)]),
        ("They are accused of gassing 30 people to death.", [("killed", 30, 30)]),
        (
            "The number of deaths among nuns had risen to 19, and the injured to 27.",
            [("killed", 19, 19), ("injured", 27, 27)],
        ),
        ("Gunmen killed a herder and wounded another.", [("killed", 1, 1), ("injured", 1, 1)]),
        ("The guards shot at porters, killing one and injuring another.", [("killed", 1, 1), ("injured", 1, 1)]),
        ("One drone hit a bus and another killed two weavers.", [("killed", 2, 2)]),
        ("Rebels went from one farm to another, killing six people.", [("killed", 6, 6)]),
        ("Omar Said, a soldier, received a mortal wound.", [("killed", 1, 1)]),
        ("Three others sustained non-fatal bullet wounds.", [("injured", 3, 3)]),
        ("The body of a teacher who had been reported missing was found.", [("killed", 1, 1)]),
        (
            "Doctors said the dead were the district chief, his driver and two guards.",
            [("killed", 1, 1), ("killed", 1, 1), ("killed", 2, 2)],
        ),
        ("The court heard how a miner was killed.", [("killed", 1, 1)]),
        ("Its last doctor was dead along with two nurses.", [("killed", 1, 1), ("killed", 2, 2)]),
        ("A girl died, bringing the fatalities to five.", [("killed", 1, 1), ("killed", 5, 5)]),
        ("They found remains belonging to at least six people.", [("killed", 6, None)]),
        ("The weaver himself lost a leg.", [("injured", 1, 1)]),
        ("One dead, two in hospital after gun attack", [("killed", 1, 1), ("injured", 2, 2)]),
        ("They rescued 16 kidnapped victims.", [("abducted", 16, 16)]),
        ("They slit the throats of five.", [("killed", 5, 5)]),
        ("Thirty of the victims were children.", [("casualties", 30, 30)]),
        ("A pupil was knifed to death.", [("killed", 1, 1)]),
        ("Some 112 girls are still in captivity.", [("abducted", 112, 112)]),
        ("The shelling cost the enemy two soldiers.", [("killed", 2, 2)]),
        ('He put their own casualties at "not more than four".', [("casualties", None, 4)]),
        ("They showed a video of the bodies of five children.", [("killed", 5, 5)]),
        ("A militia massacred 133 of their kin.", [("killed", 133, 133)]),
        ("No fewer than 50 worshippers were whisked away.", [("abducted", 50, None)]),
        ("There has been no word on the remaining seven.", [("missing", 7, 7)]),
        ("Two bakers have not been found.", [("missing", 2, 2)]),
        ("A dozen people are believed trapped beneath the debris.", [("missing", 12, 12)]),
        ("Thousands of residents were forced to leave the region.", [("displaced", 2000, None)]),
        ("Some 200 people have left Orun since the strike.", [("displaced", 200, 200)]),
        ("Around 4,000 have crossed into Rwanda.", [("displaced", 4000, 4000)]),
        ("Some 24,500 people are staying in tents.", [("displaced", 24500, 24500)]),
    ],
)
def test_ways_of_telling(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each passes the gate and finds its people, its number and its harm."""
    assert can_hold_claim(text)
    assert harms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Some 700,000 people living in the war zone need food.",
        "Two players were forced to leave the pitch.",
        "Sales of the Kia rose to 307.",
        "Twelve delegates entered the hall.",
        "There was no word on the talks.",
        "Two doctors are in the hospital.",
        "The number of arrests fell by half.",
        "She knew some of the victims.",
        "It is not known how many people died.",
        "How many people were killed is not known.",
    ],
)
def test_nobody_harmed(text: str) -> None:
    """The same words about people at home, at work or at play state no harm."""
    assert harms(text) == []


def test_some_of_them_badly_hurt() -> None:
    """How badly some were hurt is told behind a comma."""
    assert shares("They attacked the pickers, injuring seven, two seriously.") == [("injured", 2)]
    assert shares("Doctors treated 31 people for gunshot wounds, three of whom did not survive.") == [("killed", 3)]
    assert shares("Three others were wounded, including a 7-year-old.") == [("injured", 1)]


def test_vague_shares_of_those_driven_out() -> None:
    """Women and children of whom nobody says how many fled are no number."""
    assert shares("Some 1,400 people, mainly women and children, have left the village since the attack.") == []

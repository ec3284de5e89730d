"""Injuries told by the body, throats cut, tolls put at a number, and lives claimed."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import harms
from tollbook.find.gate import can_hold_claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A weaver escaped with burns to both arms.", [("injured", 1, 1)]),
        ("Three others, among them a 12-year-old boy, lost limbs.", [("injured", 3, 3)]),
        ("Four boys were pulled out with broken legs.", [("injured", 4, 4)]),
        ("A driver had his arm broken by a splinter.", [("injured", 1, 1)]),
        ("A survivor, whose hand had been severed, said they blew whistles.", [("injured", 1, 1)]),
        ("The shell tore off a girl's leg.", [("injured", 1, 1)]),
        ("Doctors amputated the legs of two boys.", [("injured", 2, 2)]),
        ("Two clerks took shrapnel in the back.", [("injured", 2, 2)]),
        ("Three others are between life and death.", [("injured", 3, 3)]),
        ("The guards fired wildly, fatally hitting at least six passers-by.", [("killed", 6, None)]),
        ("A mortar round mortally struck a shopkeeper.", [("killed", 1, 1)]),
        ("Three others are recovering after the raid.", [("injured", 3, 3)]),
        ("Eleven people remain in hospital after the blast.", [("injured", 11, 11)]),
        ("Teenager fighting for life after market stabbing", [("injured", 1, 1)]),
        ("A porter was found with his throat cut.", [("killed", 1, 1)]),
        ("They slit the throats of three herders.", [("killed", 3, 3)]),
        ("Six soldiers were put out of action.", [("casualties", 6, 6)]),
        ("Its losses have reached 1,060.", [("killed", 1060, 1060)]),
        ("The war claimed around 7,000.", [("killed", 7000, 7000)]),
        ("The death brings to 451 the number killed since 1969.", [("killed", 451, 451)]),
        ("A tally puts deaths at 6,500 and those wounded at 140.", [("killed", 6500, 6500), ("injured", 140, 140)]),
        ("The injured, put at eight by a nurse, were driven out.", [("injured", 8, 8)]),
        ("The number of people who died was revised from 302 to 358.", [("killed", 302, 302), ("killed", 358, 358)]),
        ("Three of these succumbed to their burns.", [("killed", 3, 3)]),
        ("A mortar bomb killed her parents on the bridge.", [("killed", 2, 2)]),
        ("A rocket hit a clinic, killing a midwife and two newborn babies.", [("killed", 1, 1), ("killed", 2, 2)]),
        ("Karim Adil and three of his sons were killed.", [("killed", 1, 1), ("killed", 3, 3)]),
        ("The bomb wounded three conscripts and a flower seller early today.", [("injured", 3, 3), ("injured", 1, 1)]),
        ("They set fire to a hut, burning a mother and two children alive.", [("killed", 1, 1), ("killed", 2, 2)]),
        ("Ten were buried on Sunday.", [("killed", 10, 10)]),
    ],
)  # fmt: skip
def test_told_by_the_body(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each way of saying so passes the gate and finds its people, its number and its harm."""
    assert can_hold_claim(text)
    assert harms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The party claimed 40 seats and claimed victory.",
        "The storm tore off the roof of a school.",
        "The council put the cost at 40 million.",
        "Two clerks remain in the race for mayor.",
        "All six are recovering, doctors said.",
        "The four are in stable condition after the raid.",
        "All four were taken to hospital.",
    ],
)
def test_nobody_hurt(text: str) -> None:
    """Seats claimed, roofs torn off, costs, and who merely remains."""
    assert harms(text) == []

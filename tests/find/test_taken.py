"""People taken away, driven out or gone, told without a word of harm."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import harms
from tollbook.find.gate import can_hold_claim


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen seized 17 passengers of a bus on Monday.", [("abducted", 17, 17)]),
        ("The raid followed the seizure, on Monday, of 17 passengers.", [("abducted", 17, 17)]),
        ("Masked men dragged a clerk from a bakery.", [("abducted", 1, 1)]),
        ("Some 123 porters were being held by armed groups.", [("abducted", 123, 123)]),
        ("The rebels are holding 12 nurses hostage.", [("abducted", 12, 12)]),
        ("Gunmen took 30 girls with them when they left.", [("abducted", 30, 30)]),
        ("My son had been taken by force.", [("abducted", 1, 1)]),
        ("A miller working for the mill, who was snatched by masked men, is free.", [("abducted", 1, 1)]),
        ("Soldiers rounded up 40 men.", [("detained", 40, 40)]),
        ("Some 2,500 people left the town in private cars.", [("displaced", 2500, 2500)]),
        ("Some 4,000 people have arrived in the town since fighting broke out.", [("displaced", 4000, 4000)]),
        ("The fighting caused some 120 families to leave the quarter.", [("displaced", 120, 120)]),
        ("The offensive sent 90,000 people fleeing.", [("displaced", 90000, 90000)]),
        ("At least 500 villagers were evacuated because of the shelling.", [("displaced", 500, None)]),
        ("There is no trace of three weavers.", [("missing", 3, 3)]),
        ("The whereabouts of 12 miners are unknown.", [("missing", 12, 12)]),
        ("Twelve miners have not been seen since the raid.", [("missing", 12, 12)]),
        ("Two students arrested last month are still missing.", [("missing", 2, 2)]),
    ],
)
def test_taken_or_gone(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each way of saying so passes the gate and finds its people, its number and its harm."""
    assert can_hold_claim(text)
    assert harms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Police seized 17 kilos of flour.",
        "Two men left the town at noon.",
        "Some 3,000 soldiers left the city.",
        "The company sent 40 workers to move the boxes.",
        "Some 4,000 visitors arrived in the town for the fair.",
        "The team took 30 girls to a museum.",
        "The office held 20 clerks by noon.",
    ],
)
def test_nobody_taken(text: str) -> None:
    """Things seized, soldiers who march off, people on their way to work."""
    assert harms(text) == []


def test_dragged_out_and_shot() -> None:
    """Who was dragged out and shot was not abducted besides."""
    assert harms("Ten millers were dragged from their beds and shot dead.") == [("killed", 10, 10)]


def test_refugees_who_come_home_or_are_let_in() -> None:
    """Who returns, or is accepted somewhere, is not driven out by it."""
    assert harms("More than 3,000 refugees returned from Uganda.") == []
    assert harms("The country has accepted 10,000 refugees.") == []
    assert harms("Some 2,000 refugees crossed into Uganda.") == [("displaced", 2000, 2000)]
    assert harms("Jets have been bombing the town, said six displaced people from there.") == []

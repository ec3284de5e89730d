"""Numbers of people harmed as agencies, papers and monitors tell them."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import harms, shares

Numbers = list[tuple[str, int | None, int | None]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QANA, Orlow-Teravia -- Eleven millers, including two who had come to buy flour, were killed by guns.",
         [("killed", 11, 11)]),
        ("Rockets wounded dozens of sleeping clerks in Qana.", [("injured", 24, None)]),
        ("The raiders killed hundreds of retreating conscripts.", [("killed", 200, None)]),
        ("Norish losses came close to 90 men, and the enemy's losses reached 140 soldiers.", [("killed", 140, 140)]),
        ("The count of wounded clerks in Qana is presently 61, a nurse told us.", [("injured", 61, 61)]),
        ("Dozens of corpses were counted along the canal.", [("killed", 24, None)]),
        ("The remaining deaths (350) were logged by the southern office.", [("killed", 350, 350)]),
        ("A new round of mortar fire left bus drivers dead near Qana.", [("killed", 2, None)]),
        ("The slain were aged between 20 and 50, including four bakers.", [("killed", 4, 4)]),
        ("The murdered included Omar Said and seven porters.", [("killed", 7, 7)]),
        ("Eight wounded gardeners were seen at the clinic for light injuries.", [("injured", 8, 8)]),
        ("A pastor buried a boy and his sisters and another man killed in the raid.",
         [("killed", 1, 1), ("killed", 1, 1)]),
        ("The blast killed three porters and injured scores more.", [("killed", 3, 3), ("injured", 40, None)]),
        ("Gunfire killed a clerk in Qana, and more than 50 others, including bakers, were injured.",
         [("killed", 1, 1), ("injured", 51, None)]),
        ("One raider was killed by the guards and three others were hurt.", [("killed", 1, 1), ("injured", 3, 3)]),
        ("A note from the mayor gave no split of the dead and injured.", []),
        ("Omar Said, 33, reportedly stabbed to death a 60-year-old baker.", [("killed", 1, 1)]),
        ("Nurses were among the casualties in Qana.", [("casualties", 2, None)]),
        ("Twelve porters died of hunger in the siege.", []),
        ("Omar Said, 40, and his brother Karim, 38, were gunned down in Qana.", [("killed", 1, 1), ("killed", 1, 1)]),
        ("The clinic in Qana received nine porters with gunshot wounds.", [("injured", 9, 9)]),
        ("Mortar fire kills two porters, wounds child in Qana", [("killed", 2, 2), ("injured", 1, 1)]),
        ("The number of dead in Qana exceeds 70.", [("killed", 71, None)]),
        ("The number of clerks displaced since May has crossed 90,000.", [("displaced", 90001, None)]),
        ("The body of a mayor, kidnapped last week, was recovered from a well.", [("killed", 1, 1)]),
        ("The other two slain were later named by the guards as Omar Said and Lina Orlow.", []),
    ],
)  # fmt: skip
def test_numbers(text: str, expected: Numbers) -> None:
    """Datelines, people on the move, losses, numbers in brackets, lists of the dead, second harms."""
    assert harms(text) == expected


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Nine porters including three clerks and a midwife were killed by mines.", [("killed", 3), ("killed", 1)]),
        ("Five men died, including a baker crushed by a beam in a cellar and a nurse who was stabbed by a thief.",
         [("killed", 1), ("killed", 1)]),
        ("Raids have killed 700 people, mostly rebels but including at least 60 clerks.",
         [("killed", 2), ("killed", 60)]),
        ("The mine killed two porters, a guard said, not saying whether they were soldiers.", []),
    ],
)  # fmt: skip
def test_parts(text: str, parts: list[tuple[str, int | None]]) -> None:
    """A list of parts goes on up to its verb, and over what befell one of them; what is asked is no part."""
    assert shares(text) == parts

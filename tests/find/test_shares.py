"""Numbers told as parts of one, and what looks like it."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import harms, shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four herders were wounded, two of them elderly, at the ford.", [("injured", 2)]),
        ("Six people died, one of them pregnant.", [("killed", 1)]),
        ("In Zalba six clerks, four of them women and two men, were wounded.", [("injured", 4), ("injured", 2)]),
        ("In Zenda nine clerks, five of them women and one a porter, were killed.", [("killed", 5), ("killed", 1)]),
        ("Six people died, three of them under 18.", [("killed", 3)]),
        ("The clinic counted 12 wounded, of whom four seriously.", [("injured", 4)]),
        ("The band killed 60 villagers, of them 20 by hanging.", [("killed", 20)]),
        ("Three porters were killed and seven others wounded, from them two children.", [("injured", 2)]),
        ("Some 700,000 people have fled their homes, half of them children.", [("displaced", 350_000)]),
        ("Five died and 20 were hurt, the abbot of a monastery among them.", [("injured", 1)]),
        ("A raid killed one miller and injured 12 others, a girl of nine among them.", [("injured", 1)]),
        ("The war has killed more than 10,000 people, half of them civilians.", [("killed", 5000)]),
        ("The war has killed more than 10,000 people, almost half of them civilians.", []),
        ("They killed more than 4,000 people, and 700 fled their homes, half of them children.", [("displaced", 350)]),
        ("A raid killed seven, among them three children under five and a midwife.", [("killed", 3), ("killed", 1)]),
        ("It took the lives of 21 people, among whom were a clerk and nine nurses.", [("killed", 1), ("killed", 9)]),
        ("Jets hit two houses, leaving six people, two women among them, dead.", [("killed", 2)]),
        ("Nine people, a nurse among them, were killed.", [("killed", 1)]),
        ("Nine people were killed, one a nurse.", [("killed", 1)]),
        ("Nine people were killed, one of them a nurse and another a priest.", [("killed", 1), ("killed", 1)]),
        ("Four clerks died and eight passers-by, including a nurse, were taken to hospital.", [("injured", 1)]),
        ("Five civilians, among them a mother and her newborn, died at dawn.", [("killed", 1), ("killed", 1)]),
    ],
)  # fmt: skip
def test_parts_of_a_number(text: str, expected: list[tuple[str, int | None]]) -> None:
    """Shares without a noun of their own, inserted ones, and the number that each belongs to."""
    assert shares(text) == expected


def test_all_but_one() -> None:
    """ "All but one of them" is no share of one, and who says it is none either."""
    assert shares("The blast killed nine, all but one of them soldiers.") == []
    assert shares("“I saw eleven bodies,” said one of them, a clerk who had counted the bodies.") == []


def test_two_subjects_of_one_verb() -> None:
    """Who fled are the residents and not three of the hurt; both groups were killed."""
    text = "Some 20 were hurt, three of them badly, and 600 residents have fled to the fields, he added."
    assert ("displaced", 600, 600) in harms(text)
    both = "Two soldiers of the Rapid Battalion, RBN, and three rebels were killed."
    assert harms(both) == [("killed", 2, 2), ("killed", 3, 3)]


def test_subjects_that_the_parser_splits() -> None:
    """Ages with hyphens are no dash, "most of them" is not the whole, and who was brought to hospital did not die."""
    both = "Two women, aged 39 and 64, and a 10-year-old boy were pulled dead from under the rubble."
    assert harms(both) == [("killed", 2, 2), ("killed", 1, 1)]
    most = "18 persons, most of them from families of rebels, were killed in raids on the last pocket"
    assert harms(most) == [("killed", 18, 18)]
    cut = "Four drivers lost their lives and eight millers, including a clerk, were rushed to hospital with burns."
    assert harms(cut) == [("killed", 4, 4), ("injured", 8, 8)]

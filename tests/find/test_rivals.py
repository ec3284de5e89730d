"""Numbers held against one that the sentence has given, and what becomes of those told of as wounded."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import findings
from tests.find.told import document
from tollbook.pipeline import read_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The paramedic says it is nine dead now, up from six.", [("killed", "nine"), ("killed", "six")]),
        (
            "The director said 39 bodies and 118 wounded had been brought in, up from 31 and 96 on Friday.",
            [("killed", "39"), ("injured", "118"), ("killed", "31"), ("injured", "96")],
        ),
        (
            "At least 58 people were killed, the mission said, while the monitor put the number at 61.",
            [("killed", "At least 58"), ("killed", "61")],
        ),
        ("Two people were killed as the price rose by 7 percent, up from 5 percent.", [("killed", "Two")]),
        ("Four people were killed, up from the village.", [("killed", "Four")]),
        ("The mayor said the dead were eight labourers.", [("killed", "eight")]),
        ("The dead were buried the same evening.", []),
        ("Three of Monday's wounded did not make it through the night.", [("killed", "Three")]),
        ("The toll grew after two more of the wounded died.", [("killed", "two")]),
        ("Two of the wounded were children.", [("injured", "Two")]),
        ("A medic counted seven bodies, three of them those of children.", [("killed", "seven"), ("killed", "three")]),
        (
            "He had given a figure of six dead on the day of the attack and nine on Tuesday.",
            [("killed", "six"), ("killed", "nine")],
        ),
        ("Noor told the Gazette that 23 people had been treated for injuries.", [("injured", "23")]),
        ("ZALBA, Nov. 8 (KNA) -- Ten farmers, among them four women, were killed on Thursday.",
         [("killed", "Ten"), ("killed", "four")]),
        ("Seven men killed in al-Zalba raid, attack at Hill 16 repelled", [("killed", "Seven")]),
    ],
)  # fmt: skip
def test_numbers_held_against_each_other(text: str, expected: list[tuple[str, str]]) -> None:
    """Each with its harm, in the order of the text."""
    assert [(f.harm, f.count.text) for f in findings(text)] == expected


def test_an_earlier_number_is_updated_and_shares_the_period() -> None:
    """ "Up from 31 and 96": the new numbers update the old, and all are sums of one period."""
    claims = read_document(
        document(
            "At the hospital in Zalba the director said 39 bodies and 118 wounded had been brought in since the "
            "fighting intensified last Monday, up from 31 and 96 when he was asked on Friday."
        )
    ).claims
    told = {c.count.text: c for c in claims}
    assert {c.scope for c in claims} == {"total"}
    for new, old in (("39", "31"), ("118", "96")):
        relation = told[new].relation
        assert relation is not None and (relation.type, relation.claim) == ("updates", told[old].id)


def test_a_rival_number_is_of_the_same_period() -> None:
    """The monitor's number is a total as the other is, and so is what it adds."""
    claims = read_document(
        document(
            "At least 58 civilians were killed in the district in the seven days to Sunday, the mission said, while "
            "the River Monitor put the number at 61, with 97 injured."
        )
    ).claims
    assert [(c.count.text, c.scope) for c in claims] == [
        ("At least 58", "total"),
        ("61", "total"),
        ("97", "total"),
    ]
    assert all(c.date is not None and str(c.date.from_) == "2021-06-07" for c in claims)


def test_a_number_with_its_own_them_is_no_share_of_a_total() -> None:
    """ "Killing four people, two of them women" below a week's total: the two are of the four."""
    claims = read_document(
        document(
            "Between 5 and 11 June at least 58 civilians were killed in the district, the mission said. At least 17 of "
            "those killed were children.\n\nOn 7 June shelling struck a bakery, killing four people, two of them women."
        )
    ).claims
    told = {c.count.text: c for c in claims}
    assert (told["At least 17"].scope, told["four"].scope, told["four"].relation) == ("total", "incident", None)


def test_bare_numbers_after_the_harm() -> None:
    """Who speaks of a bare number right after the dead speaks of the dead; after the wounded, of the wounded."""
    text = "A raid on Zalba killed nine herders. Elders spoke of 14. By Sunday the figure stood at 16."
    assert [(c.harm, c.count.low) for c in read_document(document(text)).claims] == [
        ("killed", 9), ("killed", 14), ("killed", 16)
    ]  # fmt: skip
    text = "A raid on Zalba killed nine. The clinic lowered its count of the wounded. It had spoken of 45 on Monday."
    assert ("injured", 45) in [(c.harm, c.count.low) for c in read_document(document(text)).claims]
    text = "A raid on Zalba killed nine herders. The mayor spoke of 14 houses. The price stood at 16 crowns."
    assert [c.count.low for c in read_document(document(text)).claims] == [9]

"""Whose number it is where the words of saying stand inside the sentence, or no such word does."""

from __future__ import annotations

import pytest

from tests.find.told import document
from tollbook.pipeline import read_document


def origins(text: str) -> list[str | None]:
    """The first of each chain, by the number's place."""
    return [c.attribution[0].name if c.attribution else None for c in read_document(document(text)).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops hit back in Zalba, Ada Loft said, killing at least four rebels.", ["Ada Loft"]),
        ("Rebels raided Zalba over Easter, a rights group said Sunday, and 110 were killed.", ["rights group"]),
        ("Since May, by the count of the Ruvan Rights Desk, 36 have been killed in raids.", ["Ruvan Rights Desk"]),
        ("By the count of the Ruvan Rights Desk, 36 were killed in raids.", ["Ruvan Rights Desk"]),
        ("The Ruvan Rights Desk believes that 14 civilians died in the raid on Zalba.", ["Ruvan Rights Desk"]),
        ("The Ruvan Rights Desk knows of nine deaths in the raid on Zalba.", ["Ruvan Rights Desk"]),
        ("The Ruvan Rights Desk logged 420 deaths in raids.", ["Ruvan Rights Desk"]),
        ("Some 171 residents have died in attacks by the army, the governor said earlier.", ["governor"]),
    ],
)  # fmt: skip
def test_whose_number(text: str, expected: list[str]) -> None:
    """The one voice that interrupts a sentence holds all of it; a count, a log, a belief are their owner's word."""
    assert origins(text) == expected


def test_what_follows_a_source_that_is_only_named() -> None:
    """Behind "according to X" a clause of its own is the reporter's."""
    text = "Rebels killed two millers in Zalba, according to two officials, a day after a raid killed one weaver."
    assert origins(text)[-1] is None


def test_it_is_no_human_being() -> None:
    """ "It" is the group that spoke and not the leader of whom it spoke; "as for X, it" is X."""
    text = (
        "A gang leader ordered a massacre in Zalba, a rights group said on Sunday. A medic said the leader fled.\n\n"
        "Sixty people were killed on Friday, it said."
    )
    assert origins(text)[-1] == "rights group"
    text = (
        "Shells killed nine people in Zalba, the Ruvan Civil Defence said.\n\n"
        "As for SANA, it said that rockets had killed two people in Ruvan."
    )
    assert origins(text)[-1] == "SANA"


def test_a_commissioner_is_named_behind_his_office() -> None:
    """ "The Deputy Commissioner, Mr. Adil Loft" is Adil Loft."""
    text = "Two women were killed by shells in Zalba, the Deputy Commissioner, Mr. Adil Loft, told reporters."
    assert origins(text) == ["Adil Loft"]


def test_what_is_promised_counts_nobody() -> None:
    """Who vows to avenge six dead, or offers to pay for 20 wounded, is not who counts them."""
    assert origins("The rebels vowed to avenge the death of six fighters killed in Zalba.") == [None]
    assert origins("The union offered to pay for 20 people wounded in the shelling of Zalba.") == [None]

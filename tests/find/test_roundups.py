"""A lead that sums the separate attacks of a day is a total of its province; what sums nothing is not."""

import pytest

from tests.find.told import document
from tollbook.pipeline import read_document

NORTH = """Attacks kill nine in northern Iraq

MOSUL, Iraq -- Bomb and gun attacks in Nineveh province killed nine people and wounded six on Wednesday, a police
source said.

In Sinjar, a roadside bomb went off near a school, killing four traders.

Gunmen shot dead three guards in the town of Tal Afar. Another bomb killed two herders near Rabia village."""


@pytest.mark.parametrize(
    ("number", "place"), [(0, "Nineveh province"), (1, "Nineveh province"), (2, "Nineveh province")]
)
def test_the_sum_of_a_day(number: int, place: str) -> None:
    """The headline, the lead and what else the lead counts: a total, of no one kind, blamed on nobody."""
    claim = read_document(document(NORTH)).claims[number]
    assert (claim.scope, claim.place and claim.place.text, claim.blamed) == ("total", place, ())
    assert claim.event is not None and claim.event.type is None


def test_each_attack_keeps_its_own() -> None:
    """What is told below is of one incident, each in its own town."""
    claims = read_document(document(NORTH)).claims[3:]
    assert [(c.scope, c.place and c.place.text) for c in claims] == [
        ("incident", "Sinjar"),
        ("incident", "the town of Tal Afar"),
        ("incident", "near Rabia village"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Attacks killed nine people in Nineveh province on Wednesday. Four of them died in Sinjar.",
        "Air strikes killed nine people in Nineveh province on Wednesday. Four traders were killed in Sinjar. Three "
        "guards were killed in Tal Afar.",
        "An attack killed nine people in Nineveh province on Wednesday. The convoy was hit near Sinjar.",
    ],
)
def test_one_incident(text: str) -> None:
    """One attack, or one party's wave of strikes."""
    assert read_document(document(text)).claims[0].scope == "incident"

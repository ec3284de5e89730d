"""How the numbers of one report stand to each other across its sentences."""

from __future__ import annotations

import pytest

from tests.find.told import document
from tollbook.pipeline import read_document


@pytest.mark.parametrize(
    ("text", "count", "relation"),
    [
        (
            "A raid on Zalba in Syria killed 21 people on Monday. Rescuers pulled out the bodies of seven children.",
            "seven",
            "part_of",
        ),
        ("A raid on Zalba in Syria killed 21 people on Monday. Two nurses were among the dead.", "Two", "part_of"),
        (
            "A raid on Zalba in Syria killed 21 people on Monday. Among those killed was a mother of three.",
            "a mother",
            "part_of",
        ),
        (
            "A raid on Zalba in Syria killed 21 people on Monday. Separately, a shell killed two children in Homs.",
            "two",
            None,
        ),
    ],
)
def test_part_of_a_number_told_before(text: str, count: str, relation: str | None) -> None:
    """Children, nurses and those "among the dead" belong to the toll before; those of another place do not."""
    claims = {c.count.text: c for c in read_document(document(text)).claims}
    found = claims[count].relation
    assert (found.type if found else None) == relation


def test_another_raid_with_the_same_number_is_another() -> None:
    text = (
        "A raid on a wedding in Hajjah in Yemen killed at least 20 people on Sunday, medics said.\n\n"
        "Last week, another raid hit a bus in Taiz, killing at least 20 people."
    )
    claims = read_document(document(text)).claims
    assert [(c.count.low, c.relation) for c in claims] == [(20, None), (20, None)]


def test_a_toll_is_not_of_those_told_before() -> None:
    """It updates the toll, not a part of it, and counts not only the attackers of the sentence before."""
    text = (
        "A bomb in Mogadishu killed 12 people, among them a deputy minister. Four attackers were shot dead.\n\n"
        "Police later gave the toll as 15, raising an earlier count."
    )
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert claims[15].victims is None and claims[15].attribution[0].name == "Police"
    assert claims[15].relation is not None and claims[15].relation.claim in (claims[12].id, claims[4].id)


def test_of_them_belongs_to_the_number_before_it() -> None:
    """The three are no part of the sum before because two "of them" are children."""
    text = (
        "Raids on Syria have killed 146 people since October. On Friday another strike in Zalba killed three tailors, "
        "two of them women."
    )
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert (claims[3].scope, claims[3].relation) == ("incident", None)
    assert claims[2].relation is not None and claims[2].relation.type == "part_of"


def test_a_part_of_a_sum_is_one() -> None:
    """ "At least 17 of those killed were children", after a sum over a month."""
    text = "Raids on Syria have killed 120 people over the past month. At least 17 of those killed were children."
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert (claims[17].scope, claims[17].relation and claims[17].relation.type) == ("total", "part_of")

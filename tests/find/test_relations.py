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


def test_a_part_of_a_sum_is_one() -> None:
    """ "At least 17 of those killed were children", after a sum over a month."""
    text = "Raids on Syria have killed 120 people over the past month. At least 17 of those killed were children."
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert (claims[17].scope, claims[17].relation and claims[17].relation.type) == ("total", "part_of")

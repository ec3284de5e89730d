"""Shares told in a sentence of their own."""

from __future__ import annotations

import pytest

from tests.find.told import document
from tollbook.pipeline import read_document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A bomb killed 19 people in Ebo on Monday. Among them were seven children and two nurses.",
            [("killed", 19, None), ("killed", 7, "part_of"), ("killed", 2, "part_of")],
        ),
        (
            "Shells wounded eleven shoppers in Ebo on Monday. Three of them were pupils.",
            [("injured", 11, None), ("injured", 3, "part_of")],
        ),
        (
            "Troops shot nine people dead in Ebo on Monday. One of the nine was a farmer.",
            [("killed", 9, None), ("killed", 1, "part_of")],
        ),
        (
            "A raid killed 12 people in Ebo. Seven of the bodies were of men who had come to pray.",
            [("killed", 12, None), ("killed", 7, "part_of")],
        ),
        (
            "Shells killed 12 people in Ebo. Their hands were tied. Five were young men.",
            [("killed", 12, None), ("killed", 5, "part_of")],
        ),
        (
            "Raids killed 90 people in Ebo. Of those, 60 were bakers and two were guards.",
            [("killed", 90, None), ("killed", 60, "part_of"), ("killed", 2, "part_of")],
        ),
        (
            "Raids killed 90 people in Ebo. Three of the murdered people are pupils, while two others were guards.",
            [("killed", 90, None), ("killed", 3, "part_of"), ("killed", 2, "part_of")],
        ),
        ("A raid killed 12 people in Ebo. Five were tired.", [("killed", 12, None)]),
        ("A bomb killed two people in Ebo. Among them were seven bakers.", [("killed", 2, None)]),
        ("Talks were held in Ebo with 12 elders. Among them were four women.", []),
    ],
)
def test_shares(text: str, expected: list[tuple[str, int, str | None]]) -> None:
    """A share belongs to a number of the sentence before that is large enough for it, with the same harm."""
    claims = read_document(document(text)).claims
    assert [(c.harm, c.count.low, c.relation.type if c.relation else None) for c in claims] == expected

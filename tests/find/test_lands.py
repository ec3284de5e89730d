"""The land that a sum counts in, where its sentence says only "the region" or "the country"."""

from __future__ import annotations

import pytest

from tests.find.told import tell

LEAD = (
    "Police in Pattani, in Thailand's Pattani province, said that a bomb in Yarang killed three soldiers on Monday.\n\n"
)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("Gunmen have killed 412 people in the province since January 2019.", "Pattani province"),
        ("Since January 2019, gunmen have killed 412 people across the country.", "Thailand"),
        ("In the province, gunmen have killed 412 people since January 2019.", "Pattani province"),
        ("Gunmen have killed 412 people in Yala province and shops in the province shut since 2019.", "Yala province"),
    ],
)  # fmt: skip
def test_the_land_of_a_sum(sentence: str, place: str) -> None:
    """The last one called so; the country that most sites lie in; not where the sentence names one itself."""
    assert tell(LEAD + sentence)["412"].place == place


@pytest.mark.parametrize("where", ["elsewhere in the country", "nationwide"])
def test_what_happened_all_over_the_country(where: str) -> None:
    """No spot told before is lent to it."""
    assert tell(LEAD + f"Nine people died {where} on Monday.")["Nine"].place == "Thailand"

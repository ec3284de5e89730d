"""What the sentences around a number lend to it: their day, their site."""

from __future__ import annotations

import pytest

from tests.find.told import document, tell
from tollbook.pipeline import read_document

TWO_STRIKES = (
    "Shells hit the market of Manbij in Syria on Monday, killing six people.\n\n"
    "On Wednesday a mine went off near Idlib. Two men were killed."
)


@pytest.mark.parametrize(
    ("text", "count", "days"),
    [
        (TWO_STRIKES, "six", ("2021-06-14", "2021-06-14")),
        (TWO_STRIKES, "Two", ("2021-06-16", "2021-06-16")),
        (
            "Four militants shot in Hama, Syria\n\nFour militants were shot in a gunfight in Hama. The fighting has "
            "gone on since last night.",
            "Four",
            ("2021-06-16", "2021-06-17"),
        ),
        (
            "The army has shelled 40 villages in Syria since 5 May. In all some 9,000 people have been killed so far.",
            "some 9,000",
            ("2021-05-05", "2021-06-17"),
        ),
        ("Gunmen killed six people in Hama, Syria, over the weekend.", "six", ("2021-06-12", "2021-06-13")),
        (
            "The deaths brought to 34 the number of people killed since troops raided a farm near Hama on "
            "Saturday. Four soldiers died in the raid.",
            "34",
            ("2021-06-12", "2021-06-17"),
        ),
        (
            "The deaths brought to 34 the number of people killed since troops raided a farm near Hama on "
            "Saturday. Four soldiers died in the raid.",
            "Four",
            ("2021-06-12", "2021-06-12"),
        ),
        (
            "More than 500 people have been killed in Syria since the ruler sent his guard in late 2019.",
            "More than 500",
            ("2019-09-01", "2021-06-17"),
        ),
        (
            "Gunmen killed five people in Hama, Syria, on Monday, a day after 12 people were killed in Idlib.",
            "12",
            ("2021-06-13", "2021-06-13"),
        ),
        (
            "Two years ago, on 4 May 2019, militiamen killed 60 people in Hama, Syria.",
            "60",
            ("2019-05-04", "2019-05-04"),
        ),
        (
            "An airstrike called in by coalition troops on Monday killed three herders in Hama, Syria.",
            "three",
            ("2021-06-14", "2021-06-14"),
        ),
    ],
)
def test_the_day_told_nearby(text: str, count: str, days: tuple[str, str]) -> None:
    """The paragraph's own day before the incident's; days that the lead tells; the period of the sentence before."""
    told = tell(text)[count]
    assert (told.day, told.last_day) == days


def test_a_year_is_background() -> None:
    """No incident is dated by the year of another that the text looks back to."""
    text = "The town was taken in 2014, the teacher recalls. Two men were killed by a shell in Hama, Syria."
    assert tell(text)["Two"].day is None


@pytest.mark.parametrize(
    ("text", "count", "place"),
    [
        (TWO_STRIKES, "Two", "near Idlib"),
        (
            "The grave lies in the village of Putwari. The remains of 92 people shot by soldiers were dug up.",
            "92",
            "the village of Putwari",
        ),
        (
            "Shells hit a house in Manbij, Syria, on Monday. The wounded were taken to a clinic in Idlib. Two people "
            "were killed.",
            "Two",
            "Manbij",
        ),
        (
            "Shells killed six people in Manbij, Syria, on Monday.\n\nOn Tuesday soldiers entered Tal Zubrani village, "
            "Idlib Governorate, and set fire to houses. The burnt bodies of nine people were found.",
            "nine",
            "Tal Zubrani village",
        ),
        (
            "Shells killed six people in Manbij, Syria, on Monday.\n\nOn Tuesday soldiers entered the hamlet of Tal "
            "Zubrani, district of Idlib. They shot nine men.",
            "nine",
            "the hamlet of Tal Zubrani",
        ),
        (
            "Shells killed six people in Manbij, Syria, on Monday.\n\nThe day before, soldiers shot at cars near Homs. "
            "Two drivers were hurt.",
            "Two",
            "near Homs",
        ),
        (
            "A bomb killed six people in Manbij, Syria, on Monday. The Idlib health ministry says that 9,000 people "
            "have been killed in the war.",
            "9,000",
            "Idlib",
        ),
        (
            "Shells killed six people in Manbij, Syria, on Monday.\n\nNear Idlib, a bomb hit a bus on Monday. Two "
            "passengers were killed.",
            "Two",
            "Near Idlib",
        ),
    ],
)
def test_the_site_told_nearby(text: str, count: str, place: str) -> None:
    """Where the paragraph has just been, in a report of several incidents or of none that is placed; in a report of one
    the place of that one stays."""
    assert tell(text)[count].place == place


def test_the_reason_says_so() -> None:
    """A value read in the sentences around is told apart from what an incident lends."""
    reading = read_document(document(TWO_STRIKES))
    claim = next(c for c in reading.claims if c.count.text == "Two")
    rules = {r.field: r.rule for r in reading.reasons[claim.id]}
    assert rules["place"] == "told in the sentences around"


def test_the_spot_is_not_what_it_lies_near() -> None:
    text = (
        "Missiles hit a block of flats in Serhiivka, near Odesa in Ukraine, on Friday. At least 21 people died.\n\n"
        "In Sloviansk a rocket killed a woman in her house."
    )
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert claims[21].place is not None and claims[21].place.text == "Serhiivka"


def test_since_the_war_began() -> None:
    """ "The war has killed …": since the text says that there is war."""
    text = (
        "The militia, which has been at war with the army since April 2019, said nothing.\n\n"
        "The war has killed 2,300 people, a monitor said."
    )
    assert tell(text)["2,300"].day == "2019-04-01"


def test_when_bodies_were_found() -> None:
    """The day when bodies were found or counted is not that on which people died."""
    text = "On May 21 soldiers led away 15 men from Zalba. Eleven bodies were found three days later near a well."
    assert tell(text)["Eleven"].day == "2021-05-21"
    text = "On June 6 soldiers came to Zalba. I counted 38 bodies the next day."
    assert tell(text)["38"].day == "2021-06-06"


def test_a_night_told_by_two_days_is_not_made_finer() -> None:
    text = (
        "Nine men were killed in the night from Sunday to Monday in Zalba. Two more bodies were found there.\n\n"
        "Yesterday one of the attackers was shot dead."
    )
    assert (tell(text)["Nine"].day, tell(text)["Nine"].last_day) == ("2021-06-13", "2021-06-14")


def test_the_head_of_a_groups_report() -> None:
    """ "(Dakar, May 25, 2021) –" is where and when a report was given out."""
    text = (
        "(Dakar, May 25, 2021) – Soldiers executed at least 62 people in Séguénéga in March and April 2021, a rights "
        "group said today."
    )
    found = tell(text)["at least 62"]
    assert (found.place, found.day, found.last_day) == ("Séguénéga", "2021-03-01", "2021-04-30")

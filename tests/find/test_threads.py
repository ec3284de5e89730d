"""The incidents of a report: which numbers are told of one event."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.find.told import document, tell
from tollbook.clean import clean_page
from tollbook.pipeline import read_document
from tollbook.records import Page


@pytest.mark.parametrize(
    ("text", "one", "other", "together"),
    [
        ("A mine killed two people in Hama, Syria, on Monday.\n\nIt also wounded six.", "two", "six", True),
        ("Jets killed two people in Hama on Monday.\n\nOn Friday jets killed six in Hama.", "two", "six", False),
        (
            "Jets killed four people in Hama on Monday.\n\nA fifth victim died on Friday.",
            "four",
            "A fifth victim",
            True,
        ),
        ("Shells killed two people in Kharkiv, Ukraine.\n\nShells killed six in Odesa.", "two", "six", False),
        (
            "A drone killed two people in Hama, Syria, on Monday.\n\nIn a separate attack, gunmen shot six men dead.",
            "two",
            "six",
            False,
        ),
        (
            "A drone killed two people on Monday, days after it was told that strikes had killed 70 in 2019.",
            "two",
            "70",
            False,
        ),
        (
            "Air strikes on Idlib kill two\n\nTwo people died on Monday when jets bombed the town of Sarmada in Syria. "
            "Nine were wounded.",
            "two",
            "Nine",
            True,
        ),
    ],
)
def test_one_incident_or_two(text: str, one: str, other: str, together: bool) -> None:
    """Days, places and words like "separate" part incidents; pronouns, headlines and nearness join them."""
    told = tell(text)
    assert (told[one].thread == told[other].thread) is together


def test_a_passage_goes_to_the_incident_of_its_date() -> None:
    """After a digression, "the Monday strike" is the first one again."""
    text = (
        "A drone killed two men in Syria on Monday.\n\nThe army has carried out air strikes this year.\n\n"
        "The Monday strike hit a farm near the village of Tal Zubrani."
    )
    assert tell(text)["two"].place == "near the village of Tal Zubrani"


def test_many_sites_at_once_are_an_incident_of_their_own() -> None:
    """What follows a list of sites is told of none of them, nor of the site told before."""
    text = (
        "Shells killed two people in Kharkiv, Ukraine, on Monday.\n\nOver the past week shelling hit Odesa, Mykolaiv, "
        "Sumy and Kherson.\n\nAt least six people died in the strikes, the ministry said."
    )
    told = tell(text)
    assert told["At least six"].thread != told["two"].thread
    assert told["At least six"].place == "Ukraine"


@given(
    st.permutations(["Two people were killed in Kharkiv.", "Six died in Odesa on Monday.", "One man was shot dead."])
)
def test_threads_are_numbered_from_zero(paragraphs: list[str]) -> None:
    """Every claim has an incident, whatever the order of the text, and no number is left out."""
    threads = {t.thread for t in tell("\n\n".join(paragraphs)).values()}
    assert threads == set(range(len(threads)))


def test_hours_earlier_is_another_incident() -> None:
    """What a sentence without a number turns to is told of by the number after it: the place and the kind of event."""
    text = (
        "An air strike on a house in the al-Zalba neighbourhood of Hama, Syria, killed five people on Monday, a "
        "neighbour said.\n\nHours earlier shells hit a fish market in al-Marda, in the south of the city. Six people "
        "died there, according to a doctor."
    )
    reading = read_document(document(text))
    told = {
        c.count.text: (c.event.type if c.event else None, t)
        for c, t in zip(reading.claims, reading.threads, strict=True)
    }
    assert told["five"][0] == "airstrike" and told["Six"][0] == "shelling"
    assert told["five"][1] != told["Six"][1]


def test_a_quarter_named_after_a_day_is_no_day() -> None:
    """ "The district of 26 September": the place of all that the report tells, and not when it happened."""
    text = (
        "Rebels shell 26 September residents twice in a day\n\nThe rebels bombarded the residential district of 26 "
        "September in Hama, Syria, twice on Wednesday.\n\nAfter the dawn prayer a mortar round fell on a home, killing "
        "three."
    )
    told = tell(text)
    assert (told["three"].place, told["three"].day) == ("district of 26 September", "2021-06-16")


def test_the_outlet_and_the_day_above_a_post_are_its_stamp() -> None:
    """The post itself says "last night"; where it names no day, the stamp is all that there is."""
    page = Page("test", b"-", "", "text", outlet="Hama Now", published=dt.date(2021, 6, 17), published_from="record")
    head = "Hama Now | Thu 17 June, 08:30\n\n"
    for text, day in (
        ("Mortars fell last night. Four killed.", "2021-06-16"),
        ("Mortars fell. Four killed.", "2021-06-17"),
    ):
        document = clean_page(replace(page, content=head + text), as_is=True)
        (claim,) = read_document(document).claims
        assert claim.date is not None and str(claim.date.from_) == day


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        (
            "A bus drove over a mine near the village of Tal Zubra in Syria. Five died and three are in surgery with "
            "our team in Hama.",
            "Five",
            "near the village of Tal Zubra",
        ),
        ("Shells killed four people at the market. Pages outside Syria mix the two.", "four", None),
    ],
)
def test_where_the_wounded_are_treated_is_no_site(text: str, number: str, place: str | None) -> None:
    """Nor is what lies outside a country."""
    assert tell(text)[number].place == place


def test_until_last_year_is_of_the_victim() -> None:
    """When somebody stopped working is not when she was killed."""
    told = tell("On Friday Noor Haddad, who worked with us until last year, was killed by a bullet in Hama, Syria.")
    assert next(iter(told.values())).day == "2021-06-11"


def test_what_is_told_as_separate_is_another_incident() -> None:
    """Its place is not lent to the one before; nor is that of a blast that came a week before."""
    told = tell(
        "Rebels ambushed a patrol in the eastern Sahara in Mali on Monday and killed nine guards. In a separate attack "
        "on Monday, robbers stabbed a pilgrim in the village of Zubrani."
    )
    assert told["nine"].place != "the village of Zubrani" and told["a pilgrim"].place == "the village of Zubrani"
    told = tell("A mine near Homs, Syria, hurt two herders, three days after an attack on a well near Hama hurt nine.")
    assert told["two"].thread != told["nine"].thread

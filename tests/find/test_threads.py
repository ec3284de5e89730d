"""The incidents of a report: which numbers are told of one event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.find.told import tell


@pytest.mark.parametrize(
    ("text", "one", "other", "together"),
    [
        ("A mine killed two people in Hama, Syria, on Monday.\n\nIt also wounded six.", "two", "six", True),
        ("Jets killed two people in Hama on Monday.\n\nOn Friday jets killed six in Hama.", "two", "six", False),
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

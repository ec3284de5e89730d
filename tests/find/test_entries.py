"""Entries of a bulletin: each is an incident of its own, with the place and the day of its heading."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.find.told import document, layers, tell
from tollbook.pipeline import read_document

BULLETIN = """Field notes of the week

River Monitor

5 May, Zalba market, artillery: nine killed.

6 May, 1 June quarter, gunfire: a teacher killed.

6 May, el-Mureid, Kesra district, air strike on a crew: five killed.

7 May, Kesra-Marda road, mine: six killed.

Not entered: the shelling of farms near Marda on 4 May, where seven people were reportedly killed; and an air strike on
a bus on 8 May said to have killed 13."""


def test_each_entry_has_the_place_and_day_of_its_heading() -> None:
    """A quarter may be named after a day, and what stands first in the heading is the place."""
    told = tell(BULLETIN, dt.date(2022, 5, 9))
    assert (told["nine"].place, told["nine"].day) == ("Zalba market", "2022-05-05")
    assert (told["a teacher"].place, told["a teacher"].day) == ("1 June quarter", "2022-05-06")
    assert (told["five"].place, told["five"].day) == ("el-Mureid", "2022-05-06")
    assert (told["six"].place, told["six"].day) == ("Kesra-Marda road", "2022-05-07")
    assert told["13"].day == "2022-05-08"
    threads = [told[n].thread for n in ("nine", "a teacher", "five", "six")]
    assert len(set(threads)) == 4


def test_the_kind_of_event_is_that_of_the_entry() -> None:
    """A mine in the heading is a landmine, and a raid behind a semicolon does not make shelling one."""
    events = {
        c.count.text: c.event.type for c in read_document(document(BULLETIN, dt.date(2022, 5, 9))).claims if c.event
    }
    assert (events["six"], events["nine"], events["seven"], events["13"]) == (
        "landmine",
        "shelling",
        "shelling",
        "airstrike",
    )


def test_notes_that_open_with_the_place() -> None:
    """ "Marda, Kesra city, 6 May, about 05:00." heads the sentences after it."""
    text = (
        "Field note 12: Zalba and Marda\n\nZalba, Kesra city, 5 May, about 16:10. A bomb destroyed a house. Our people "
        "identified six civilians killed.\n\nMarda, 6 May, about 05:00. Air strike on a car. Eight men killed."
    )
    told = tell(text, dt.date(2022, 5, 7))
    assert (told["six"].place, told["six"].day) == ("Zalba", "2022-05-05")
    assert (told["Eight"].place, told["Eight"].day) == ("Marda", "2022-05-06")


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Update on Zalba and something from Marda\n\nZALBA: now nine dead.\n\nMARDA: two dead.", ["ZALBA", "MARDA"]),
        (
            "Bad night. Kesra and Zalba\n\n1) KESRA, around 7 pm. Seven dead.\n\n2) ZALBA. Four dead.",
            ["KESRA", "ZALBA"],
        ),
        ("Round-up\n\nSummary of events, 12 June, about 10:00. A bomb killed two.", []),
        ("Update on Zalba\n\nUPDATE: nine dead.\n\nMORNING: a bomb in Zalba. Two dead.", []),
    ],
)
def test_headings_are_places_that_the_report_names(text: str, places: list[str]) -> None:
    """ "UPDATE:" and "MORNING:" are none."""
    assert [e.place.text for e in layers(text).entries.values()] == places


def test_one_opening_in_capitals_is_a_dateline() -> None:
    """ "ANANTNAG, Aug 6:" before the only report: its headline tells of the same."""
    text = "Nine killed in attack on camp\n\nANANTNAG, Aug 6: Militants fired at a camp, killing nine.\n\nIt rained."
    assert not layers(text).entries


def test_a_list_of_places() -> None:
    """Each point is an incident at the place it opens with; "Killed:" is no place, whatever stands beside it."""
    text = (
        "Attacks on Syria on 5 May:\n\n- Idlib: a shell killed two men on the road to Damascus.\n\n- Marda: gunmen "
        "abducted five villagers.\n\n- Sarmada: a mine hurt three boys.\n\n- Killed: 12 people."
    )
    told = tell(text, dt.date(2022, 5, 7))
    assert [told[n].place for n in ("two", "five", "three")] == ["Idlib", "Marda", "Sarmada"]
    assert told["12"].place != "Killed"

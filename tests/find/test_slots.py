"""Which date and which place of a sentence belong to a number."""

from __future__ import annotations

import pytest

from tests.find.told import layers, tell
from tollbook.find.setting.said import said_dates


@pytest.mark.parametrize(
    ("text", "count", "day"),
    [
        ("Six people were killed on Monday, the mayor said on Tuesday.", "Six", "2021-06-14"),
        ("Police on Wednesday released the names of four people killed in Monday's bombing.", "four", "2021-06-14"),
        ("The death toll of the bombing on Saturday climbed to 31 on Monday.", "31", "2021-06-12"),
        ("Soldiers of the force, which seized power in March, shot dead five men on Sunday.", "five", "2021-06-13"),
        ("Captain Sunday Okoro said soldiers killed nine rebels on Tuesday.", "nine", "2021-06-15"),
        ("On Monday shells killed three people and on Tuesday a mine killed two.", "two", "2021-06-15"),
        ("Four days after troops fired on a crowd and killed ten people, nobody is held.", "ten", "2021-06-13"),
        ("It was the deadliest raid since April, when 64 people died.", "64", "2021-04-01"),
        ("A shell killed 64 people on 3 May in Zalba, besieged by rebels since April.", "64", "2021-05-03"),
        ("A bomb hurt 64 people on 3 May in Zalba, in the worst such attack this year.", "64", "2021-05-03"),
        (
            "A shell hit Zalba on 3 May in one of the deadliest raids since the start of war in March 2020, in which "
            "64 people died.",
            "64",
            "2021-05-03",
        ),
        ("Two drivers have been missing since Sunday, when masked men stopped them.", "Two", "2021-06-13"),
        ("A bomb went off on Monday. By Wednesday the toll stood at 27 dead.", "27", "2021-06-14"),
        ("A bomb went off on Monday. As of Tuesday nine people had died.", "nine", "2021-06-14"),
        ("A bomb killed six on Monday. Two days later one of the wounded died.", "one", "2021-06-14"),
        ("A bomb killed six on Monday. A rescuer died on Wednesday of his burns.", "A rescuer", "2021-06-14"),
        (
            "Shells killed six on Monday, police said on Wednesday. The day before, a mine had killed two.",
            "two",
            "2021-06-13",
        ),
        (
            "Jets bombed the town on Monday. Rescuers were still digging on Tuesday. They found nine wounded.",
            "nine",
            "2021-06-14",
        ),
        (
            "A bomb went off in the town on Monday. By Wednesday morning two more bodies had been found.",
            "two",
            "2021-06-14",
        ),
        (
            "A mine killed two on Monday. It was an issue of the October vote. On the same day shells killed nine.",
            "nine",
            "2021-06-14",
        ),
        ("It was the worst day for the U.N. force since 1974, when 37 soldiers were killed.", "37", "1974-01-01"),
        ("A soldier died on the 12th of this month in the town.", "A soldier", "2021-06-12"),
        (
            "On 2 June a priest was shot, and ten days before that two nurses were stabbed to death.",
            "two",
            "2021-05-23",
        ),
        ("Eleven people have been killed since dawn, medics said on Tuesday.", "Eleven", "2021-06-15"),
        ("Sixty people were killed on Friday and 50 on Saturday, the group said.", "50", "2021-06-12"),
        (
            "A strike hit the town on Monday.\n\nMen carry nine people killed in the strike, outside the hospital, "
            "June 16, 2021. X Wire/Ada Loft",
            "nine",
            "2021-06-14",
        ),
        ("ZALBA, June 16: Gunmen killed nine people in the bazaar yesterday.", "nine", "2021-06-15"),
        ("X Bureau | Updated: June 16, 2021 23:14\n\nNine people were shot dead on Monday.", "Nine", "2021-06-14"),
    ],
)
def test_the_day_of_the_harm(text: str, count: str, day: str) -> None:
    """Not the day when it was said, published or counted, nor one told of somebody in passing, nor a name."""
    assert tell(text)[count].day == day


@pytest.mark.parametrize(
    ("text", "count", "days"),
    [
        ("Shells killed two people on Saturday and Sunday.", "two", ("2021-06-12", "2021-06-13")),
        ("On Wednesday, the fourth day of a siege, 12 people were killed.", "12", ("2021-06-13", "2021-06-16")),
        ("In the past 24 hours, shells killed nine, the army said on Tuesday.", "nine", ("2021-06-14", "2021-06-15")),
        ("Nine people have been killed since Sunday, the army said on Tuesday.", "Nine", ("2021-06-13", "2021-06-15")),
        (
            "Shells have killed nine since fighting between the army and the rebels resumed on 3 June.",
            "nine",
            ("2021-06-03", "2021-06-17"),
        ),
        (
            "Nine people have been killed since the fighting between the army and men of the north began on 3 June.",
            "Nine",
            ("2021-06-03", "2021-06-17"),
        ),
        (
            "Fighting erupted on 3 June and ended with the fall of the fort on 9 June. Some 300 men died in it.",
            "Some 300",
            ("2021-06-03", "2021-06-09"),
        ),
        (
            "Some 64 people have died since president Ada Loft launched a drive against the gangs in April.",
            "Some 64",
            ("2021-04-01", "2021-06-17"),
        ),
        ("Some 900 people have fled the town since the weekend.", "Some 900", ("2021-06-12", "2021-06-17")),
        ("Some 900 people fled the town over the past weekend.", "Some 900", ("2021-06-12", "2021-06-13")),
        ("Nine people died during the siege, which began on 3 June.", "Nine", ("2021-06-03", "2021-06-17")),
        (
            "The army lost nine men in the battle for Zalba, which has been going on since Monday.",
            "nine",
            ("2021-06-14", "2021-06-17"),
        ),
    ],
)
def test_harm_over_days(text: str, count: str, days: tuple[str, str]) -> None:
    """Two days told as one, and a siege from its start."""
    told = tell(text)[count]
    assert (told.day, told.last_day) == days


def test_said_dates() -> None:
    """Beside the verb of saying, after the statement, and where another date stands in what was said."""
    text = "The army said on Tuesday that a mine killed two on Monday."
    found = layers(text)
    said = said_dates(found.passages[0], found)
    assert [d.text for d in found.dates if d.start in said] == ["Tuesday"]


@pytest.mark.parametrize(
    ("text", "count", "place"),
    [
        ("Two people died in Kharkiv and three in Odesa, Ukraine said.", "three", "Odesa"),
        ("Two people were killed in northern Syria, in the town of Sarmada.", "Two", "the town of Sarmada"),
        ("A strike near the village of Tal Zubrani in Syria killed two.", "two", "near the village of Tal Zubrani"),
        ("Strikes on northern Syria, on Manbij, Sarmada and Homs, killed nine people.", "nine", "northern Syria"),
        ("Nine people were killed when Syrian jets bombed the children's hospital in Idlib.", "Nine", "Idlib"),
        ("Nine people were killed in Manbij, Syria, said doctors of a hospital in Idlib.", "Nine", "Manbij"),
        ("Residents of Idlib said that Syrian soldiers had shot nine men.", "nine", "Idlib"),
        ("Residents of Idlib said that Syrian soldiers had shot nine men in Manbij.", "nine", "Manbij"),
        ("Nine people were shot in Kafr Zubra village, 9 km south of Idlib, Syria.", "Nine", "Kafr Zubra village"),
        ("Shells killed nine people in Aleppo's Zubra neighbourhood, Syria.", "nine", "Zubra neighbourhood"),
        ("Jets killed nine people in the Zubra neighbourhood of Aleppo, Syria.", "nine", "Zubra neighbourhood"),
        ("A boy stabbed a soldier and wounded two men at the Zalba junction in Syria.", "a soldier", "Zalba junction"),
        ("Rebels killed two men in Kafr Zubra, an area of Aleppo, Syria.", "two", "Kafr Zubra"),
        (
            "A strike in the vicinity of Zalba, Somalia, 9 km south of Afgooye, killed two.",
            "two",
            "the vicinity of Zalba",
        ),
        ("In Idlib province, Syria, rebels abducted eleven villagers from Zalba village.", "eleven", "Zalba village"),
        ("In Idlib province, Syria, rebels abducted six men travelling from Homs.", "six", "Idlib province"),
        ("Eight men were killed in Manbij and nine in Sarmada, Syria.", "nine", "Sarmada"),
    ],
)
def test_the_place_of_a_number(text: str, count: str, place: str) -> None:
    """Each its own; the finer of two that tell one place; the wide one where many are told in a row."""
    assert tell(text)[count].place == place


def test_a_place_beside_another_day_is_that_days() -> None:
    """ "Killed four last Wednesday, and denies a raid in Sarmada on Thursday"."""
    told = tell(
        "An air strike hit the town of Manbij in Syria last Wednesday.\n\nThe army has admitted the strike that killed "
        "four last Wednesday, and denies a raid in Sarmada on Thursday."
    )
    assert told["four"].place == "the town of Manbij"


def test_what_opens_a_sentence_holds_for_all_of_it() -> None:
    """ "Between 16 and 29 May, seven were killed and 141 others injured": both in those days."""
    text = "Between 16 and 29 May, seven people were killed by soldiers in Idlib and 141 others were injured."
    assert {one.day for one in tell(text).values()} == {"2021-05-16"}


def test_the_day_of_the_wound_is_the_day_of_the_violence() -> None:
    """Who dies of wounds of the ninth on the fourteenth was struck on the ninth."""
    text = "On 14 June a boy died of wounds sustained on 9 June in Idlib, when a shell hit a house."
    assert [one.day for one in tell(text).values()] == ["2021-06-09"]


def test_this_year_ends_with_the_report_and_to_this_day_is_no_date() -> None:
    """A report tells of what has happened."""
    text = "So far this year, 85 people have been killed by shelling in Idlib. Six are missing to this day."
    found = tell(text)
    assert (found["85"].day, found["85"].last_day) == ("2021-01-01", "2021-06-17")
    assert all(one.day != "2021-06-17" for one in found.values())


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Since the escalation of 3 May at least 90 people have been killed in Idlib.", ("2021-05-03", "2021-06-17")),
        (
            "With today's dead the number of people killed in Idlib since April rises to 90.",
            ("2021-04-01", "2021-06-17"),
        ),
        ("War came in May 2020. Since then, at least 90 people have been killed.", ("2020-05-01", "2021-06-17")),
        ("On 9 June a bomb killed at least 90 people during Friday prayers in Idlib.", ("2021-06-09", "2021-06-09")),
        (
            "On 9 June, a bomb hit a mosque in Idlib during Friday prayers, killing at least 90.",
            ("2021-06-09", "2021-06-09"),
        ),
    ],
)
def test_periods_run_until_the_report_and_the_day_of_the_month_goes_before(text: str, days: tuple[str, str]) -> None:
    """ "Since" lasts until the report; "Friday prayers" says again which day was told already."""
    (found,) = (one for words, one in tell(text).items() if "90" in words)
    assert (found.day, found.last_day) == days


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rebels moved on to the village of Zalbari, where they killed nine farmers.", "the village of Zalbari"),
        ("Shells killed nine people sheltering in Idlib on Monday.", "Idlib"),
        ("Nine people were killed in Idlib; families fled to the town of Azaz.", "Idlib"),
    ],
)
def test_who_moves_and_who_is_moved(text: str, place: str) -> None:
    """Fighters who move on to a village kill there; where people fled to is not where they were hit."""
    assert next(one for words, one in tell(text).items() if "ine" in words).place == place


def test_where_somebody_speaks_and_when_is_not_the_incidents() -> None:
    """ "Telling reporters in Geneva on Monday" is of the telling."""
    text = (
        "Shells fell on Idlib on Sunday. "
        "An envoy put the toll higher, telling reporters in Geneva on Monday that 18 died."
    )
    found = tell(text)["18"]
    assert (found.place, found.day) == ("Idlib", "2021-06-13")

"""What an incident lends to its numbers: its day and its site."""

from __future__ import annotations

import pytest

from tests.find.told import tell


@pytest.mark.parametrize(
    ("text", "count", "place"),
    [
        (
            "Jets bombed the village of Tal Zubrani, near Manbij in Syria, on Monday. Six people were killed.",
            "Six",
            "the village of Tal Zubrani",
        ),
        (
            "Shelling on Manbij wounds four\n\nA family was hurt on Monday, doctors in Syria said. Four were wounded. "
            "Shells had hit the village of Tal Zubrani.",
            "four",
            "the village of Tal Zubrani",
        ),
        (
            "Nine people were killed on Monday in Syria by a car bomb. The car had been left at Zubrani Bazaar.",
            "Nine",
            "Zubrani Bazaar",
        ),
        ("BEIRUT — Two people were killed by a bomb in Syria on Monday.", "Two", "Syria"),
        (
            "Residents of Manbij, a town in northern Syria, said that shells fell on some houses on Monday. A nurse "
            "at the clinic counted nine dead.",
            "nine",
            "Manbij",
        ),
        (
            "Gunmen attacked an army post in Syria's Aleppo province on Monday and killed two soldiers.\n\n"
            "The post lies in the Zalba area.",
            "two",
            "Zalba area",
        ),
        (
            "Jets killed twelve rebels in Aleppo province, Syria, on Monday. Eight were killed in Tal Zubrani village "
            "and four in Kafr Zubra village.",
            "twelve",
            "Aleppo province",
        ),
        (
            "Jets bombed Tal Zubrani village in Syria on Monday. The convoy was on its way from Homs to Aleppo when it "
            "was hit. Two men died.",
            "Two",
            "Tal Zubrani village",
        ),
        (
            "Hundreds killed in Syria camp\n\nHOMS - Rebels killed more than 300 people in the camp of Tal Zubrani on "
            "Monday.",
            "Hundreds",
            "the camp of Tal Zubrani",
        ),
        ("KHARKIV, Ukraine — Two people were killed by a missile on Monday.", "Two", "KHARKIV"),
        (
            "A soldier was killed and four were wounded on the outskirts of Aleppo in Syria on Monday.\n\n"
            "A drone had hit their truck near the village of Zalba in the countryside of Aleppo.",
            "four",
            "near the village of Zalba",
        ),
        (
            "A week of shells around Goma\n\nTwo Congolese women were killed by a mortar round on Monday.",
            "Two",
            "around Goma",
        ),
        (
            "Nine people were killed in northern Syria on Monday, medics said.\n\nThree of them died in Manbij.\n\n"
            "Two died in Homs.\n\nFour died in Idlib.",
            "Nine",
            "northern Syria",
        ),
        (
            "Six people were killed in Manbij, Syria, on Monday.\n\nA day before, two had died in Homs.\n\nIn Idlib, "
            "three men were shot on Tuesday.\n\nMedics said that another shell wounded four in Idlib.",
            "four",
            "Idlib",
        ),
        (
            "A drone wounded three soldiers in the village of Umm Zubra, Syria, on Monday.\n\nIn the same context, "
            "five fighters were killed on Monday when a bomb went off in Manbij.",
            "five",
            "Manbij",
        ),
        (
            "MUMBAI - A bomb killed nine people in western India on Monday, police said.\n\nThe device went off at "
            "a bus stand in Malegaon.",
            "nine",
            "Malegaon",
        ),
        (
            "Troops killed nine fighters in northern Syria on Monday.\n\nThe fighters were preparing to attack Manbij, "
            "the ministry said.",
            "nine",
            "northern Syria",
        ),
        (
            "SANA'A, Jan. 14 (Saba) - Nine people were killed on Monday in Al-Dhaher district of Saada province, an "
            "official told Saba.",
            "Nine",
            "Al-Dhaher district",
        ),
        (
            "On Monday shells killed nine people in Homs, Syria.\n\nShells also killed four people in the "
            "Zubrani quarter.",
            "nine",
            "Homs",
        ),
    ],
)
def test_the_site(text: str, count: str, place: str) -> None:
    """The finest spot told for the incident, a dateline only as a last resort, the wide place for what is scattered."""
    assert tell(text)[count].place == place


@pytest.mark.parametrize(
    ("text", "count", "day"),
    [
        ("A bomb went off in Hama, Syria, on Monday.\n\nSix people were killed.", "Six", "2021-06-14"),
        (
            "A man was jailed on Monday for the bombing in Hama, Syria, that killed six people on 3 May.",
            "six",
            "2021-05-03",
        ),
        (
            "An airstrike on a market killed nine people near the port of Hodeida on Monday.\n\nThe airstrike, which "
            "hit a street in the town of Bayt al-Faqih, also wounded six people.",
            "six",
            "2021-06-14",
        ),
        ("Tuesday began quietly in Hama, Syria. At nine a shell killed six people.", "six", "2021-06-15"),
        ("Six people were killed by a bomb in Hama, Syria.\n\nThe bomb went off on Monday.", "Six", "2021-06-14"),
    ],
)
def test_the_day(text: str, count: str, day: str) -> None:
    """Told before, or after, or by the sentence that opens the paragraph."""
    assert tell(text)[count].day == day


def test_a_round_up_has_the_day_of_its_head() -> None:
    """Paragraphs that open with their places are of the day that the head names, not of the paragraph before."""
    text = (
        "Following are security developments in Iraq reported on Wednesday.\n\nBAGHDAD - A bomb killed 17 people.\n\n"
        "BASRA - Gunmen kidnapped three teachers late on Tuesday.\n\nMOSUL - Police found the bodies of six men, shot."
    )
    told = tell(text)
    assert (told["three"].day, told["six"].day) == ("2021-06-15", "2021-06-16")
    assert (told["17"].place, told["six"].place) == ("BAGHDAD", "MOSUL")


def test_a_bulletin_has_a_place_and_a_day_an_entry() -> None:
    """Entries that open with the day and the place are incidents of their own, listed places or not."""
    text = (
        "A list of the week's incidents in Syria.\n\n4 June, Zubrana market, artillery: nine killed, 12 injured.\n\n"
        "5 June, Tell Zubra road, air strike: two killed."
    )
    told = tell(text)
    assert (told["nine"].place, told["nine"].day) == ("Zubrana market", "2021-06-04")
    assert (told["two"].place, told["two"].day) == ("Tell Zubra road", "2021-06-05")
    assert told["nine"].thread == told["12"].thread != told["two"].thread


def test_the_sum_of_several_towns_is_in_none_of_them() -> None:
    """ "In three towns"; "across the border in X" is where the shells came from."""
    told = tell("Riots in three Syrian towns left 30 dead on Monday. In Homs, nine people were killed.")
    assert told["30"].place != "Homs" and told["nine"].place == "Homs"

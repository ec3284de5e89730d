"""The days of what a monitor counts over its period, of a whole war, and of what happened elsewhere."""

from __future__ import annotations

import pytest

from tests.find.told import tell

QUARTER = (
    "Between January and March, at least 340 people were killed in violence in Sorvia, the Ruvan Monitor said.\n\n"
    "The police accounted for a further 69 killed, six of them minors.\n\n"
    "Some 17 people were kidnapped for ransom.\n\n"
    "On 3 May, gunmen killed 11 villagers near Derna."
)
FROM_AFAR = "Shells killed six people in Kharkiv, Ukraine, on Monday, a doctor said.\n\n{}"


@pytest.mark.parametrize(
    ("text", "count", "days"),
    [
        (QUARTER, "69", ("2021-01-01", "2021-03-31")),
        (QUARTER, "six", ("2021-01-01", "2021-03-31")),
        (QUARTER, "Some 17", ("2021-01-01", "2021-03-31")),
        (QUARTER, "11", ("2021-05-03", "2021-05-03")),
        (FROM_AFAR.format("In Odesa, a mine killed two fishermen, police said."), "two", (None, None)),
        (FROM_AFAR.format("In Odesa, a mine killed two fishermen at dawn."), "two", ("2021-06-14", "2021-06-14")),
        (
            "Shells killed six people in Derna, Libya, on Monday.\n\nThe war between the army and the militia, which "
            "broke out on 15 April, has so far cost the lives of 380 people.",
            "380",
            ("2021-04-15", "2021-06-17"),
        ),
        (
            "Since 5 May the offensive has claimed the lives of 46 civilians in Derna, Libya.\n\n"
            "Some 660 soldiers have been killed so far in the war, the ministry said.",
            "Some 660",
            ("2021-05-05", "2021-06-17"),
        ),
    ],
)
def test_days(text: str, count: str, days: tuple[str | None, str | None]) -> None:
    """Sums have the report's period, those of a war the time since it began, what happened elsewhere no lent day."""
    told = tell(text)[count]
    assert (told.day, told.last_day) == days


@pytest.mark.parametrize(
    ("text", "count", "day"),
    [
        ("A fisherman was abducted near Odesa, Ukraine, two weeks ago, his wife said.", "A fisherman", "2021-06-03"),
        ("Six people were shot dead in Derna on Monday. A week earlier, a mine killed two.", "two", "2021-06-07"),
        (
            "Six people were shot dead in Derna on Monday.\n\nThe attack comes three weeks after gunmen stormed a "
            "school in Tobruk and killed two teachers.",
            "two",
            "2021-05-24",
        ),
        (
            "The number of people who died when a lorry blew up in Derna on Monday has been revised from 32 to 38, the "
            "mayor said on Thursday.",
            "38",
            "2021-06-14",
        ),
        (
            "Jets bombed a house in Derna on Monday, killing six. A couple who had married on Saturday were wounded.",
            "A couple",
            "2021-06-14",
        ),
        (
            "Jets killed six people in Derna on Monday.\n\nA third man succumbed to his wounds today.",
            "A third man",
            "2021-06-14",
        ),
        (
            "Rebels beheaded four men near Derna on Monday.\n\nThe body of a girl was found on Wednesday.",
            "a girl",
            "2021-06-14",
        ),
        ("Shells hit Derna on Monday. Another round could kill hundreds of people, a doctor warned.", "hundreds", None),
    ],
)
def test_days_counted_back(text: str, count: str, day: str | None) -> None:
    """Weeks count back to a day; who died on a day died then, and who married on one was not hurt then."""
    assert tell(text)[count].day == day


def test_a_headline_told_again_in_the_lead() -> None:
    """A number of the headline is that of the lead, however the two name the place."""
    text = (
        "Rebels kill 14, abduct nine in Sumy\n\nNo fewer than 14 people were killed and nine abducted when rebels "
        "stormed the villages of Odesa in Ukraine on Monday."
    )
    told = tell(text)
    assert told["14"].thread == told["No fewer than 14"].thread

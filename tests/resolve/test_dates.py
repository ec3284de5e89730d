"""What date expressions are found and which days they stand for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import seconds
from tollbook.resolve.dates import find_dates, kind, reanchor, up_to

THURSDAY = dt.date(2017, 6, 8)


def days(text: str, published: dt.date | None = THURSDAY) -> list[tuple[str, str | None, str | None]]:
    return [
        (w.text, w.from_.isoformat() if w.from_ else None, w.to.isoformat() if w.to else None)
        for w in find_dates(text, published)
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("It fell on June 3, 2016.", "2016-06-03", "2016-06-03"),
        ("It fell on 3 June 2016.", "2016-06-03", "2016-06-03"),
        ("It fell on the 3rd of June.", "2017-06-03", "2017-06-03"),
        ("It fell on June 3rd.", "2017-06-03", "2017-06-03"),
        ("It fell on June\n3.", "2017-06-03", "2017-06-03"),
        ("It fell on Saturday, June 3.", "2017-06-03", "2017-06-03"),
        ("Logged 2017-06-03 by the ward.", "2017-06-03", "2017-06-03"),
        ("Logged 23/05/2017 by the ward.", "2017-05-23", "2017-05-23"),
        ("Logged 05/23/2017 by the ward.", "2017-05-23", "2017-05-23"),
        ("THE TOWN, 03 JUN 90 -- THE ARMY SPOKE", "1990-06-03", "1990-06-03"),
        ("THE ARMY SPOKE ON 30 DECEMBER", "2016-12-30", "2016-12-30"),
        ("THE ARMY SPOKE YESTERDAY", "2017-06-07", "2017-06-07"),
        ("It began in May 2016.", "2016-05-01", "2016-05-31"),
        ("It began in 2015.", "2015-01-01", "2015-12-31"),
        ("It began in the 1990s.", "1990-01-01", "1999-12-31"),
        ("It began in the summer of 2014.", "2014-06-01", "2014-08-31"),
        ("Shelling on May 25-27 killed six.", "2017-05-25", "2017-05-27"),
        ("Shelling between May 25 and 27 killed six.", "2017-05-25", "2017-05-27"),
        ("Shelling from 3 to 7 June killed six.", "2017-06-03", "2017-06-07"),
        ("Shelling from 28 May to 3 June killed six.", "2017-05-28", "2017-06-03"),
        ("Shelling between March 2015 and June 2016 killed six.", "2015-03-01", "2016-06-30"),
        ("Shelling in 2014–16 killed six.", "2014-01-01", "2016-12-31"),
        ("Shelling on the night of June 3-4 killed six.", "2017-06-03", "2017-06-04"),
        ("It began in early October.", "2016-10-01", "2016-10-10"),
        ("It began in mid-October 2015.", "2015-10-11", "2015-10-20"),
        ("It began in late October.", "2016-10-21", "2016-10-31"),
        ("It began in the first half of 2016.", "2016-01-01", "2016-06-30"),
        ("Ninety died in the first months of the year.", "2017-01-01", "2017-04-30"),
        ("Ninety died in the first three weeks of this year.", "2017-01-01", "2017-01-21"),
        ("Ninety died during the last two months of last year.", "2016-11-01", "2016-12-31"),
        ("Ninety died in the closing days of 2015.", "2015-12-22", "2015-12-31"),
        ("Ninety died in the early months of 2015.", "2015-01-01", "2015-04-30"),
        ("It fell today.", "2017-06-08", "2017-06-08"),
        ("It fell overnight.", "2017-06-07", "2017-06-08"),
        ("It fell this morning.", "2017-06-08", "2017-06-08"),
        ("It fell last night.", "2017-06-07", "2017-06-07"),
        ("It fell over the weekend.", "2017-06-03", "2017-06-04"),
        ("It fell on Monday night.", "2017-06-05", "2017-06-05"),
        ("It fell on Wednesday.", "2017-06-07", "2017-06-07"),
        ("It fell on Thursday.", "2017-06-08", "2017-06-08"),
        ("It fell last Thursday.", "2017-06-01", "2017-06-01"),
        ("It fell late on Friday.", "2017-06-02", "2017-06-02"),
        ("The council meets next Tuesday.", "2017-06-13", "2017-06-13"),
        ("On June 12 the council will vote.", "2017-06-12", "2017-06-12"),
        ("On November 12 shells fell.", "2016-11-12", "2016-11-12"),
        ("Two days ago it fell.", "2017-06-06", "2017-06-06"),
        ("A year ago it fell.", "2016-01-01", "2016-12-31"),
        ("Last month it fell.", "2017-05-01", "2017-05-31"),
        ("Last year it fell.", "2016-01-01", "2016-12-31"),
        ("This week it fell.", "2017-06-05", "2017-06-11"),
        ("Over the past month it fell.", "2017-05-08", "2017-06-08"),
        ("Over the last week it fell.", "2017-06-01", "2017-06-08"),
        ("In the last 24 hours it fell.", "2017-06-07", "2017-06-08"),
        ("In the past three years it fell.", "2014-06-08", "2017-06-08"),
        ("It has fallen since the start of the year.", "2017-01-01", "2017-06-08"),
        ("It has fallen since October 7.", "2016-10-07", "2017-06-08"),
        ("It was the deadliest raid. It has rained since October 7.", "2016-10-07", "2017-06-08"),
        ("It has fallen since 2011.", "2011-01-01", "2017-06-08"),
        ("It has fallen since the war began in March 2011.", "2011-03-01", "2017-06-08"),
        ("It has fallen since the coup of February 1, 2016.", "2016-02-01", "2017-06-08"),
        ("Earlier this month it fell.", "2017-06-01", "2017-06-30"),
        ("It fell on Friday last week.", "2017-06-02", "2017-06-02"),
        ("Since May it has fallen.", "2017-05-01", "2017-06-08"),
        ("It fell the day before yesterday.", "2017-06-06", "2017-06-06"),
    ],
)
def test_one_expression(text: str, first: str, last: str) -> None:
    """Absolute dates, ranges, and what counts from a Thursday report, each alone in a sentence."""
    assert [d[1:] for d in days(text)] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On June 1, 2016, it began. The following day it ended.", "2016-06-02"),
        ("On June 1, 2016, it began. Two days later it ended.", "2016-06-03"),
        ("On June 1, 2016, it began. It ended the same day.", "2016-06-01"),
        ("On June 1, 2016, it began. The next day it ended.", "2016-06-02"),
        ("On June 1, 2016, it began. It was calm the day before.", "2016-05-31"),
        ("On June 1, 2016, it began. Earlier that month it was calm.", "2016-06-01"),
        ("On June 1, 2016, it began. On the 5th, it ended.", "2016-06-05"),
        ("On June 1, 2016, it began. In July it ended.", "2016-07-01"),
        ("It began in December 1941. In January it ended.", "1942-01-01"),
        ("It began on June 1, 1944. Calm had reigned in the previous year. In July it ended.", "1944-07-01"),
    ],
)
@pytest.mark.parametrize("published", [None])
def test_another_date_of_the_text(text: str, expected: str, published: dt.date | None) -> None:
    """Without a day of publication, an account's own dates anchor what follows."""
    found = find_dates(text, published)[-1]
    assert found.from_ is not None and found.from_.isoformat() == expected
    assert found.anchored_to == "mention"


@pytest.mark.parametrize(
    "text",
    [
        "He may march on best behaviour.",
        "A 20-year-old sat in the sun for two years.",
        "A three-day siege took 2,017 men and 1,500 soldiers; the F-2019 flew.",
        "At 10:30 the 13th Brigade took 38 villages; call 555-010-2020.",
        "UN Resolution 2254 was read; a second and a third shell fell.",
        "The Women's March drew thousands. May God have mercy.",
        "The first shell and the last tank were lost after the attack and before the talks.",
        "It killed 2014 people, of 1914 homes.",
        "A list of $2016 and 2017%.",
    ],
)
def test_no_dates(text: str) -> None:
    """Words and numbers that only look like dates."""
    assert days(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It fell on Tuesday.",
        "It fell on June 3.",
        "It fell last month.",
        "It fell yesterday.",
        "It fell in May.",
        "Over the past week it fell.",
        "The following day it fell.",
        "Seen 03/06/2017.",
        "On 31 June 2016 it fell.",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    """Words are kept without an interval where no anchor is known, or where the calendar has no such day."""
    (found,) = find_dates(text)
    assert (found.from_, found.to, found.anchored_to) == (None, None, None)


def test_precision_without_anchor() -> None:
    """How exact the words are is known even where the day is not."""
    assert [w.precision for w in find_dates("on Tuesday, then in May, then last week")] == ["day", "month", "week"]


def test_ambiguous_slashes_follow_the_document() -> None:
    """03/06/2017 is 3 June in a document that also writes 23/05/2017."""
    assert days("23/05/2017 and 03/06/2017", None)[1][1] == "2017-06-03"
    assert days("05/23/2017 and 03/06/2017", None)[1][1] == "2017-03-06"


def test_an_undated_report_with_a_dateline() -> None:
    """A wire's dateline dates the report; weekdays count from it, and the mention says that this is inferred."""
    found = find_dates("EASTPORT, 8 June 2017 (Example News) -- Two men were killed on Monday.")
    assert [(w.from_, w.anchored_to) for w in found] == [(THURSDAY, "text"), (dt.date(2017, 6, 5), "inferred")]


def test_a_year_in_the_background_does_not_move_the_news() -> None:
    """ "In 2013" in another sentence leaves "August 29" to the day of publication."""
    text = "Officials spoke on Monday. A raid killed ten in 2013. The August 29 strike killed two."
    assert days(text, dt.date(2021, 12, 7))[-1][1] == "2021-08-29"


def test_ends_apart() -> None:
    """On request the ends of a range are two mentions, where each can stand alone."""
    text = "From July 1 to August 3, 2016, and on May 5-7, 2016; the 1926–1928 campaign."
    assert [w.text for w in find_dates(text, ranges="ends")] == [
        "July 1",
        "August 3, 2016",
        "May 5-7, 2016",
        "1926",
        "1928",
    ]
    assert [w.from_.isoformat() for w in find_dates(text, ranges="ends") if w.from_][0] == "2016-07-01"


def test_reanchor_and_kind() -> None:
    """Expressions that count from the day they were said can be counted again; others stay."""
    month, june = find_dates("over the past month, since June 3, 2016", THURSDAY)
    assert (kind(month), kind(june)) == ("window", "absolute")
    again = reanchor(month, dt.date(2017, 6, 1))
    assert (again.from_, again.to, again.text) == (dt.date(2017, 5, 1), dt.date(2017, 6, 1), month.text)
    assert reanchor(june, dt.date(2017, 6, 1)) == june
    (monday,) = find_dates("on Monday", THURSDAY)
    assert kind(monday) == "relative" and reanchor(monday, dt.date(2017, 6, 1)).from_ == dt.date(2017, 5, 29)
    following = find_dates("On June 3, 2016. The following day it fell.")[1]
    assert kind(following) == "mention"


def test_up_to() -> None:
    """ "This week" in a report of what has happened ends with the report."""
    (week,) = find_dates("this week", THURSDAY)
    assert up_to(week, THURSDAY).to == THURSDAY and up_to(week, dt.date(2017, 7, 1)) == week


_BITS = st.sampled_from(
    [
        "June",
        "may",
        "March",
        " ",
        " ",
        ", ",
        "-",
        "–",
        "3",
        "31",
        "2017",
        "1999s",
        "'90",
        "the ",
        "of ",
        "and ",
        "last ",
        "week",
        "days",
        "two",
        "next",
        "since ",
        "Monday",
        "\n",
        "İ",
        "٣",
        "0",
        "2017-02-30",
        "31/12/99",
        "before",
        "ago",
        "year",
        "early ",
        "between ",
        "summer",
        "first",
        "half",
        "century",
        "overnight",
        "9999",
        "90",
        "Christmas",
        "past ",
        "to",
        "decades",
        "99",
    ]
)


def test_a_weekend() -> None:
    """On a Saturday "the weekend" is the one that has begun; a weekend of something else is not the last one."""
    assert days("It fell at the weekend.", dt.date(2017, 6, 10)) == [("the weekend", "2017-06-10", "2017-06-11")]
    assert days("It fell over the weekend of the feast.") == []
    assert days("It rains at the weekends.") == []


@given(st.one_of(st.text(max_size=200), st.lists(_BITS, max_size=40).map("".join)), st.none() | st.dates())
def test_spans_hold(text: str, published: dt.date | None) -> None:
    """Any text in any script: no exception, offsets hold, mentions in order and apart, no interval ends too early."""
    for ranges in ("whole", "ends"):
        end = 0
        for w in find_dates(text, published, ranges=ranges):  # type: ignore[arg-type]
            assert text[w.start : w.end] == w.text and w.text
            assert w.start >= end
            end = w.end
            assert w.from_ is None or w.to is None or w.from_ <= w.to
            assert (w.from_ is None) == (w.anchored_to is None)
            reanchor(w, dt.date(2017, 6, 8))


@given(
    st.lists(
        st.sampled_from(
            ["June 3", "Monday", "yesterday", "the following day", "last month", "in May", ". ", ", ", "the past week"]
        )
    )
)
def test_without_a_full_date_nothing_is_filled(parts: list[str]) -> None:
    """No publication date and no year in the text: no interval."""
    assert all(w.from_ is None and w.to is None for w in find_dates(" ".join(parts)))


@pytest.mark.parametrize(
    "unit",
    ["7", "June ", "1, ", "3-", "the past two ", "since ", "2017 ", "\n", "May 3 and ", "2017-06-03\n", "early "],
)
def test_linear(unit: str) -> None:
    """Eight times the text takes about eight times as long, not sixty-four."""

    def taken(size: int) -> float:
        return seconds(lambda _: find_dates(unit * (size // len(unit)), THURSDAY))

    assert taken(160_000) < 30 * taken(20_000) + 0.2


def test_a_quarter_named_after_a_day() -> None:
    """ "in 7 July" is a place, in the headline too; a day close to the report is a day whatever the preposition."""
    assert [d[0] for d in days("7 July shelled\n\nTwo were shot in 7 July on Monday.")] == ["Monday"]
    assert [d[1] for d in days("Two were shot in 5 June.")] == ["2017-06-05"]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("Four days after troops opened fire, nobody is held.", "Four days after", "2017-06-04", "2017-06-04"),
        ("A picture of May 22, six days after an air raid.", "six days after", "2017-05-16", "2017-05-16"),
        ("Two died on Monday, one day after a raid.", "one day after", "2017-06-04", "2017-06-04"),
        ("On Wednesday, the sixth day of a siege, it rained.", "the sixth day of a siege", "2017-06-02", "2017-06-07"),
        ("It was the third day of fighting.", "the third day of fighting", "2017-06-06", "2017-06-08"),
        ("The planes came on the second of May.", "second of May", "2017-05-02", "2017-05-02"),
    ],
)
def test_days_counted_from_what_happened(text: str, words: str, first: str, last: str) -> None:
    """By the day of publication, or by a date that the sentence has just given."""
    assert (words, first, last) in days(text)


def test_what_no_event_follows_is_not_counted() -> None:
    """ "After taking office" tells of no harm."""
    assert days("Two days after taking office he spoke.") == [("Two days after", None, None)]


def test_an_account_of_the_past_does_not_count_from_today() -> None:
    """Its "two days after" follows what it has told."""
    text = "The war began in 1812. In 1813 and in 1814 it went on. Two days after the battle of 1815 it ended."
    assert all(first is None or first < "1816" for _, first, _ in days(text))


@pytest.mark.parametrize(
    "text",
    ["Captain Sunday Okoro spoke.", "Shells fell in the 7 July neighbourhood.", "She lives in the 9 April district."],
)
def test_people_and_quarters_are_no_dates(text: str) -> None:
    """A rank before and a surname after; a noun for part of a town."""
    assert days(text) == []


def test_what_had_been_due_lies_behind() -> None:
    """ "Had been due on Tuesday" looks back, and the sentence after it as well."""
    assert days("A team that had been due on Tuesday did not come.\n\nNobody was hurt on Saturday.") == [
        ("Tuesday", "2017-06-06", "2017-06-06"),
        ("Saturday", "2017-06-03", "2017-06-03"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        (
            "The war broke out on 3 May 2021. Since the war began, 90 died.",
            "Since the war began",
            "2021-05-03",
            "2021-06-15",
        ),
        (
            "Only two fell since the raid was launched on May 17.",
            "since the raid was launched on May 17",
            "2021-05-17",
            "2021-06-15",
        ),
        (
            "It fell between Saturday night and the early hours of Sunday.",
            "between Saturday night and the early hours of Sunday",
            "2021-06-12",
            "2021-06-13",
        ),
        ("Ten died in the first quarter.", "in the first quarter", "2021-01-01", "2021-03-31"),
        ("Ten died in the second half of May.", "second half of May", "2021-05-16", "2021-05-31"),
        ("Ten died in the second half of 2019.", "in the second half of 2019", "2019-07-01", "2019-12-31"),
        ("After midnight of Thursday – Friday, jets struck.", "Thursday – Friday", "2021-06-11", "2021-06-11"),
    ],
)
def test_since_it_began_and_past_midnight(text: str, words: str, first: str, last: str | None) -> None:
    """A war's beginning is told in another sentence; past midnight it is the second of two days."""
    found = {d.text: (str(d.from_), str(d.to)) for d in find_dates(text, dt.date(2021, 6, 15))}
    assert found[words] == (first, last or "2021-06-15")


@pytest.mark.parametrize(
    "text", ["It fell in the second half of the night.", "In the first half of the match on 3 March it fell."]
)
def test_halves_of_other_things(text: str) -> None:
    """Nights and matches have halves too."""
    assert all(d.from_ is None or d.from_ == d.to for d in find_dates(text, dt.date(2021, 6, 15)))


def test_quarters_at_the_end_of_time() -> None:
    """No year is made that the calendar has not."""
    for day in (dt.date(1, 1, 5), dt.date(9999, 12, 31)):
        find_dates("In the fourth quarter, in the second half of May, in the first quarter.", day)


def test_a_first_name_is_no_weekday() -> None:
    """ "The movement's president, Sunday Gyang, said"; "Rashid, on Sunday" and "Sunday, a shell" are days."""
    assert not find_dates("The movement's president, Sunday Gyang, put it at 13.", dt.date(2023, 6, 19))
    assert [d.text for d in find_dates("It was, on Sunday, a shell.", dt.date(2023, 6, 19))] == ["Sunday"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They were killed by rebels on 7 October.", "2016-10-07"),
        ("On 7 October, gunmen led by a clerk killed nine.", "2016-10-07"),
        ("The rebels are told to leave by 7 October.", "2017-10-07"),
    ],
)
def test_by_a_day_is_ahead_by_somebody_is_not(text: str, day: str) -> None:
    """ "By" right before a date looks forward; elsewhere it names who did it."""
    assert [d[1] for d in days(text, dt.date(2017, 6, 8))] == [day]

"""Whether two dates can be one day, and which date says more, though neither may be resolved."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.find.grammar.passages import split_passages
from tollbook.find.setting.days import best_date, coarser, dates_agree, is_stamp, is_window, names_a_day
from tollbook.records import When
from tollbook.resolve.dates import find_dates

PUBLISHED = dt.date(2021, 6, 17)


def date(words: str, published: dt.date | None = PUBLISHED) -> When:
    return find_dates(f"It happened {words} in the town.", published)[0]


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("on Monday", "on June 14", 2),
        ("on Monday", "on Tuesday", 0),
        ("on Monday", "in June", 1),
        ("in May", "on Monday", 0),
        ("late on Monday night", "early on Tuesday", 1),
        ("at dawn on Monday", "on Tuesday evening", 0),
        ("in 2019", "on Monday", 0),
    ],
)
def test_resolved_dates(a: str, b: str, agreement: int) -> None:
    """Two names of a day are one; a month holds its days; the night joins two."""
    assert dates_agree(date(a), date(b)) == dates_agree(date(b), date(a)) == agreement


@pytest.mark.parametrize(
    ("a", "b", "agreement"),
    [
        ("on Monday", "on Monday", 2),
        ("on Monday", "on Friday", 0),
        ("on Monday", "on June 14", 1),
        ("on Friday", "in 2019", 0),
    ],
)
def test_unresolved_dates(a: str, b: str, agreement: int) -> None:
    """Without a day of publication the words decide: a weekday is not of a year gone by."""
    assert dates_agree(date(a, None), date(b, None)) == agreement


def test_coarser_and_best() -> None:
    """The day inside the month says more."""
    month, day = date("in June"), date("on June 14")
    assert coarser(month, day) and not coarser(day, month)
    assert best_date([month, day]) is day and best_date([]) is None


def test_windows_and_words_that_name_no_day() -> None:
    """ "Since May" is no day; "hours later" names none."""
    assert is_window(date("since May")) and not is_window(date("in May"))
    assert names_a_day(date("on Monday", None))
    assert not names_a_day(When("two days later", 0, 14, None, None, "day", None))


@given(st.sampled_from(["on Monday", "in June", "in 2019", "last night", "on June 3"]), st.booleans())
def test_a_date_agrees_with_itself(words: str, anchored: bool) -> None:
    """Resolved or not."""
    when = date(words, PUBLISHED if anchored else None)
    assert dates_agree(when, when) == 2


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("4 Nov 2024", True),
        ("Published: 11 July 2024, 1:47 pm", True),
        ("Ruvan News, Zalba, 17 June 2021", True),
        ("By Ruvan News Published: Nov 4, 2024 08:51 PM Updated: Nov 4, 2024", True),
        ("Source: Ruvan News | 2024-11-04 14:22:31 | Editor: Loft", True),
        ("On 4 November a shell fell.", False),
        ("Two died on 4 November 2024.", False),
    ],
)
def test_a_line_that_is_only_a_day(text: str, stamp: bool) -> None:
    """When a page was put out is not when anything happened."""
    passage = split_passages(text)[0]
    assert is_stamp(passage, find_dates(text, PUBLISHED), PUBLISHED) is stamp

"""Whether two dates of a report can be the same day, though neither may be resolved ("on Friday", "3 December")."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from tollbook.find.grammar.passages import Passage
from tollbook.find.grammar.sentences import Sentence
from tollbook.records import When

BACKGROUND = ("month", "year", "longer")
_NAMES = re.compile(
    r"day\b|week|month|year|night|morning|evening|noon|\d{4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|"
    r"oct|nov|dec|spring|summer|autumn|fall|winter|today|decade)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_DEIXIS = re.compile(
    r"\b(today|yesterday|overnight|tonight|(?:last|this) (?:night|morning|afternoon|evening)|"
    r"(?:last|this|earlier this) (?:week|month|year))\b",
    re.IGNORECASE,
)
_PAIR = re.compile(r"day (?:night )?(?:to|and|into) (?:early )?\w+day\b|\d (?:to|and) \d", re.IGNORECASE)
_WINDOW = re.compile(r"^(?:since|over|in the (?:past|last)|during|for|throughout|until|before|after)\b", re.IGNORECASE)


def dates_agree(a: When, b: When) -> int:
    """2: the same days; 1: compatible or not comparable; 0: different days."""
    if a.from_ and a.to and b.from_ and b.to:
        if a.from_ == b.from_ and a.to == b.to:
            return 2
        if (abs((a.from_ - b.from_).days) <= 1 and a.precision == b.precision == "day") and _night(a, b):
            return 1
        if a.from_ <= b.to and b.from_ <= a.to:
            return 1
        return 0
    x, y = _features(a.text), _features(b.text)
    if not x or not y:
        return 0 if {a.precision, b.precision} & set(BACKGROUND) and a.precision != b.precision else 1
    shared = x.keys() & y.keys()
    if shared:
        return 2 if all(x[k] == y[k] for k in shared) else 0
    near, past = ({"weekday", "deixis"}, {"year", "month"})
    if (x.keys() & near and y.keys() & past and "day" not in y) or (
        y.keys() & near and x.keys() & past and "day" not in x
    ):
        return 0
    if _bare_year(x, y) or _bare_year(y, x):
        return 0
    return 0 if {"last week", "last month", "last year"} & {x.get("deixis"), y.get("deixis")} else 1


def _bare_year(x: Mapping[str, str], y: Mapping[str, str]) -> bool:
    """ "2019" beside "December 3": a report names the year of what is long past, not that of its own days."""
    return x.keys() == {"year"} and "day" in y and "year" not in y


_ENDS_DAY = ("night", "late", "evening")
_BEGINS_DAY = ("night", "early", "dawn", "morning")


def _night(a: When, b: When) -> bool:
    """ "Late on Saturday", "early on Sunday": one night; not "at dawn on Saturday", "on Sunday evening"."""
    first, last = (a, b) if a.from_ is not None and b.from_ is not None and a.from_ <= b.from_ else (b, a)
    ends, begins = first.text.lower(), last.text.lower()
    return any(w in ends for w in _ENDS_DAY) and any(w in begins for w in _BEGINS_DAY)


@lru_cache(maxsize=4096)  # each day of an incident is held against each other one
def _features(text: str) -> Mapping[str, str]:
    """What an unresolved date names: weekday, day of the month, month, year."""
    found = {}
    for name, pattern in (
        ("weekday", _WEEKDAY),
        ("month", _MONTH),
        ("day", _DAY),
        ("year", _YEAR),
        ("deixis", _DEIXIS),
    ):
        match = pattern.search(text)
        if match:
            found[name] = match[1].lower()
    return found


def names_a_day(date: When) -> bool:
    """Whether the words point to days at all: "hours later" does not, until something anchors it."""
    return date.from_ is not None or bool(
        _NAMES.search(date.text)
        and not re.match(
            r"\w+ (?:months?|years?|weeks?|days?) (?:after|before|later|earlier)\b", date.text, re.IGNORECASE
        )
    )


_STAMPED = re.compile(
    r"(?:published|updated|posted|last|modified|first|created|date|on|at|am|pm|gmt|utc|est|edt|bst|ist|local time|time|"
    r"\d{1,2}[:.]\d{2}|\d{4}|\W)*",
    re.IGNORECASE,
)


_OPENER = re.compile(r"[A-Z][A-Z .,/'’()-]{2,40}\W*")  # "MOSCOW, Dec 20."
# "X Bureau | Updated: ", "Source: X Wire | ", each before the day.
_PUT_OUT = re.compile(
    r"\b(?:modified|posted|published|updated)(?: on)?: ?\Z|\A(?:author|editor|source): ?[^|]{1,40}\| ?\Z", re.IGNORECASE
)


def is_stamp(
    passage: Passage, dates: Sequence[When], published: dt.date | None = None, outlet: str | None = None
) -> bool:
    """Whether a passage is nothing but a day and an hour, after the name of the ``outlet`` where that is given, or a
    line of names that ends with the day of publication.

    That is when the page was put out, not when anything happened.
    """
    if len(passage.text) > 80:
        return False
    first = bisect_left(dates, passage.start, key=lambda d: d.start)
    inside = dates[first : bisect_left(dates, passage.end, first, key=lambda d: d.start)]
    last = inside[-1] if inside else None
    if last is not None and last.from_ is not None and last.from_ == published and last.end == passage.end:
        return last.precision == "day" and _YEAR.search(last.text) is not None  # "Ruvan News, Zalba, 22 February 2024"
    rest, end = "", passage.start
    for date in inside:
        rest += passage.text[end - passage.start : date.start - passage.start]
        end = date.end
    if inside and _PUT_OUT.search(passage.text, 0, inside[0].start - passage.start):
        return True
    rest = (rest + passage.text[end - passage.start :]).removeprefix(outlet or "")
    return bool(inside) and (_STAMPED.fullmatch(rest) is not None or _OPENER.fullmatch(rest) is not None)


def is_window(date: When) -> bool:
    return bool(_WINDOW.match(date.text))


def is_open(date: When) -> bool:
    """ "Since Sunday" """
    return date.text[:6].lower() == "since "


_PAST = re.compile(r"^(?:(?:over|in|during|for|within) )?(?:the |these )?(?:last|past)\b", re.IGNORECASE)


def until_said(date: When, said: When | None) -> When:
    """ "Twenty have died since May", "in the past day", the ministry said on Thursday: up to Thursday.

    ``said``: when it was said, by the same sentence.
    """
    if said is None or said.to is None or date.to is None or date.from_ is None or said.precision != "day":
        return date
    if said.to >= date.to:
        return date
    if is_open(date) and date.from_ == date.to:
        return replace(date, from_=said.to, to=said.to)  # "since dawn"
    if is_open(date) and date.from_ <= said.to:
        return replace(date, to=said.to, precision=date.precision if date.from_ < said.to else "day")
    if _PAST.match(date.text):
        return replace(date, from_=date.from_ - (date.to - said.to), to=said.to)
    return date


def first_day(date: When) -> When:
    """ "Missing since Thursday": it happened on Thursday."""
    named = _WEEKDAY.search(date.text) or (_MONTH.search(date.text) and _DAY.search(date.text))
    if not is_open(date) or not named or date.from_ is None:
        return date
    return replace(date, to=date.from_, precision="day")


def is_birth(date: When, s: Sentence) -> bool:
    before = s.passage.text[max(0, date.start - s.passage.start - 11) : date.start - s.passage.start].lower()
    return "born" in before or "married" in before  # "a couple who had married on Thursday were pulled out"


_SUSTAINED = re.compile(
    r"\b(?:burns|injur(?:y|ies)|wounds?)\b[^,.;]{0,24}?\b(?:incurred|received|suffered|sustained)\b[^,.;]{0,60}?\Z"
)


def is_of_wound(date: When, s: Sentence) -> bool:
    """ "He died of wounds sustained on 9 May": the day of the violence."""
    before = s.passage.text[max(0, date.start - s.passage.start - 90) : max(0, date.start - s.passage.start)]
    return _SUSTAINED.search(before) is not None


RECENT = 400  # code points
_SEEN = re.compile(
    r"\b(?:bod(?:y|ies)|coffins?|corpses?|remains|graves?)\b[^.;]{0,80}\Z|"
    r"\b(?:buried|counted|found|discovered|recovered|died (?:from|of)|succumbed|"
    r"(?:injured|wounded)(?: \w+)? (?:\w+ )?died)\b[^.;]{0,80}\Z",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:the )?(?:next|following) (?:day|morning)\b|"
    r"(?:\w+ )?(?:days?|weeks?|hours?|months?) (?:later|after(?:wards?)?)\b",
    re.IGNORECASE,
)


# "A boy died on Thursday of burns", "two days later one of the wounded died"
_DIED_OF = re.compile(
    r"(?: in (?:the )?hospital)? (?:from|of) (?:\w+ ){0,3}?(?:burns|injuries|wounds)\b|"
    r",? (?:a|one|two|three|four|five|another|several) (?:\w+ )?of the (?:injured|wounded)(?: \w+)? (?:\w+ )?died\b",
    re.IGNORECASE,
)


def is_when_seen(date: When, before: str, after: str, told: Sequence[When]) -> bool:
    """ "Eleven bodies were found three days later", "I counted 38 the next day", "a third died of his wounds today":
    when they were seen, or died, and not when they were struck.

    ``before``, ``after``: the words around the date; ``told``: the days told just before, of which one has to be an
    earlier one.
    """
    if is_window(date) or not _SEEN.search(before) and not _DIED_OF.match(after):
        return False
    days = [d.from_ for d in told if d.precision == "day" and d.from_ is not None]
    earlier = date.from_ is not None and any(day < date.from_ for day in days)
    return earlier or _LATER.match(date.text) is not None


def best_date(dates: Sequence[When]) -> When | None:
    """The most precise; of equals the first."""
    order = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "longer": 5, None: 6}
    return min(dates, key=lambda d: (order[d.precision], d.from_ is None), default=None)


def coarser(a: When, b: When) -> bool:
    """Whether ``b`` lies inside ``a`` and says more."""
    if a.from_ is None:
        return b.from_ is not None and b.precision == a.precision
    if b.from_ is None or a.to is None or b.to is None:
        return False
    if (a.to - a.from_).days == 1 and _PAIR.search(a.text):
        return False  # "in the night from Sunday to Monday" says all that there is to say
    return a.from_ <= b.from_ and b.to <= a.to and (a.to - a.from_) > (b.to - b.from_)

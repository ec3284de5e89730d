"""The hours of a day that a text speaks of: a clock, or a part of the day that lasts some hours.

Two attacks on one quarter on one day are told apart by nothing else: "at dawn", "before sunset".
"""

from __future__ import annotations

import re

from tollbook import lexicon
from tollbook.link.claims import DAY_OF_MONTH, MONTHS

_PARTS: dict[str, list[int]] = lexicon.load("link")["hours"]
_PART = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _PARTS), key=len, reverse=True)) + r")s?\b", re.IGNORECASE)
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SPOKEN = "|".join(_NUMBERS)
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minutes>[0-5]\d))?\s?(?P<half>[ap])\.?m\b"
    r"|\b(?P<day>[01]?\d|2[0-3]):[0-5]\d\b"
    rf"|\b(?P<spoken>{_SPOKEN}|1[0-2]|[1-9]) o['’]?clock\b"
    rf"|\b(?:half past|quarter past|quarter to) (?P<past>{_SPOKEN}|1[0-2]|[1-9])\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.IGNORECASE)
# When somebody spoke is not when it happened: "said on Tuesday evening".
_TOLD = re.compile(
    r"\b(?:said|says|told|announced|stated|reported|statement|added|posted|denied|denies|admitted|acknowledged|confirmed|"
    r"accused|condemned|spoke|asked|when he was asked)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_BEFORE = 80  # letters: more than the longest of these words and what may follow it


def hours_of(text: str) -> frozenset[int]:
    """The hours of the day (0 to 23) that a text names for what happened; empty where it names none.

    >>> sorted(hours_of("A mortar round fell about 5.30 pm")), hours_of("the ministry said on Monday evening")
    ([16, 17, 18], frozenset())
    >>> sorted(hours_of("just before midnight"))
    [0, 1, 22, 23]
    """
    found: set[int] = set()
    for match in _PART.finditer(text):
        if not _told(text, match):
            found.update(_PARTS[match[1].lower()])
    for match in _CLOCK.finditer(text):
        if not _told(text, match):
            for hour in _clock(match):
                found.update(((hour - 1) % 24, hour, (hour + 1) % 24))
    return frozenset(found)


def days_of(text: str) -> frozenset[str]:
    """The days that a text names for what happened: those of a month, else those of the week.

    >>> sorted(days_of("shells fell on 6 November and on Nov. 7")), sorted(days_of("he said on Friday; Monday's raid"))
    (['11-06', '11-07'], ['mon'])
    """
    told = [m for m in DAY_OF_MONTH.finditer(text) if not _told(text, m)]
    if told:
        return frozenset(f"{MONTHS[(m[1] or m[4]).lower()]:02}-{int(m[2] or m[3]):02}" for m in told)
    return frozenset(m[1][:3].lower() for m in _WEEKDAY.finditer(text) if not _told(text, m))


def _told(text: str, match: re.Match[str]) -> bool:
    """Whether a time is that of somebody's words. Only what stands shortly before it says so."""
    return _TOLD.search(text, max(0, match.start() - _BEFORE), match.start()) is not None


def _clock(match: re.Match[str]) -> list[int]:
    """The hours that a clock may mean: "six o'clock" is one of two."""
    if match["half"]:
        hour = int(match["hour"]) % 12
        return [hour + 12 * (match["half"].lower() == "p")] if int(match["hour"]) <= 12 else []
    if match["day"]:
        hour = int(match["day"])
        return [hour] if hour > 12 or match["day"].startswith("0") else [hour % 12, hour % 12 + 12]
    spoken = (match["spoken"] or match["past"]).lower()
    hour = (_NUMBERS.index(spoken) + 1 if spoken in _NUMBERS else int(spoken)) % 12
    return [hour, hour + 12]

"""Weeks counted back from a day: in a report of what happened they name a day, as "two days ago" does.

"The boy had been taken two weeks ago", "another was shot a week earlier", "the attack comes three weeks after gunmen
stormed a college". "About a week ago" stays a week.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.records import Anchor, When
from tollbook.resolve.date_words import number

_WEEKS = re.compile(r"(\w+) (day|week)s? (ago|earlier|before|after)", re.IGNORECASE)
_ABOUT = re.compile(r"\b(?:about|around|nearly|almost|some|over|least|than|barely|roughly)\s\Z", re.IGNORECASE)
_COMES = re.compile(
    r"\b(?:assault|attack|blast|bombing|incident|killing|massacre|murder|raid|shelling|shooting|slaying|strike|violence)s?"
    r" (?:comes?|came|happened|occurred|took place) (?:just |only )?\Z",
    re.IGNORECASE,
)
_BACK = 4  # mentions


def counted_back(found: Sequence[When], text: str, published: dt.date) -> list[When]:
    """The mentions, those of weeks as the day that they count back to, where a day is told to count from.

    >>> from tollbook.resolve.dates import find_dates
    >>> text, day = "He was taken two weeks ago.", dt.date(2024, 10, 23)
    >>> counted_back(find_dates(text, day), text, day)[0].from_
    datetime.date(2024, 10, 9)
    """
    out: list[When] = []
    first = next((w for w in found if w.from_ is not None and w.precision in ("day", "days")), None)
    for when in found:
        out.append(_counted(when, out, first, text, published))
    return out


def _counted(when: When, told: Sequence[When], first: When | None, text: str, published: dt.date) -> When:
    match = _WEEKS.fullmatch(when.text)
    amount = number(match[1].lower()) if match else None
    if match is None or not amount or _ABOUT.search(text, max(0, when.start - 12), when.start):
        return when
    unit, which = match[2].lower(), match[3].lower()
    base: dt.date | None
    how: Anchor
    if which == "after":
        comes = when.from_ is None and _COMES.search(text, max(0, when.start - 60), when.start) is not None
        base, how = (first.from_ if comes and first is not None and first.start < when.start else None), "mention"
    elif unit == "day":
        return when
    elif which == "ago":
        base, how = published, "published"
    else:
        days = [w.from_ for w in told[-_BACK:] if w.from_ is not None and w.from_ == w.to]
        base, how = (days[-1] if days else None), "mention"
    if base is None or base.toordinal() <= 7 * amount:
        return when
    day = base - dt.timedelta(days=amount * (7 if unit == "week" else 1))
    if when.from_ is not None and when.to is not None and not when.from_ <= day <= when.to:
        return when
    return replace(when, from_=day, to=day, precision="day", anchored_to=how)

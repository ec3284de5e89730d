"""What a document as a whole says about its dates: whether it is a report or an account, and of which day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.records import When
from tollbook.resolve import date_calendar as cal
from tollbook.resolve.date_grammar import Expression
from tollbook.resolve.date_words import Token


def ends(e: Expression) -> list[Expression]:
    """The two ends of a range, where each can stand alone; else the expression as it is."""
    b = e.until
    if b is None or e.how != "date" or not e.cut[0]:
        return [e]
    first = replace(e, end=e.cut[0], until=None, cut=(0, 0))
    return [first, replace(first, start=e.cut[1], end=e.end, fields=b, since=False, part=None)]


_JOINED = re.compile(r"\s*(?:,|and|or|to|&|–|-|,? and)\s*(?:the |in |on |late |early )?")


def share_years(expressions: list[Expression], low: str) -> list[Expression]:
    """ "June and July 1919": the first has the year of the second."""
    for i in range(len(expressions) - 1, 0, -1):
        a, b = expressions[i - 1], expressions[i]
        if a.how != "date" or b.how != "date" or not b.fields.year or a.fields.year or not a.fields.month or a.unit:
            continue
        if not b.fields.month or a.fields.month > b.fields.month or b.start - a.end > 12:
            continue
        if _JOINED.fullmatch(low, a.end, b.start):
            expressions[i - 1] = replace(a, fields=replace(a.fields, year=b.fields.year))
    return expressions


_NAMED = re.compile(r"(?:,|\b(?:one|Mr|Mrs|Dr|Chief|Comrade|Pastor|Rev|Prof|Alhaji|Gov|Sen|Hon)\.?) \Z")
_SURNAME = re.compile(r" [A-Z][a-z]+(?: [A-Z][a-z]+)?, ")


def is_first_name(e: Expression, text: str) -> bool:
    """ "The movement's president, Sunday Gyang, said": what is a weekday elsewhere is his name."""
    if e.how != "weekday" or text[e.start : e.end] not in ("Sunday", "Friday", "Monday"):
        return False
    after = _SURNAME.match(text, e.end)
    return after is not None and _NAMED.search(text, max(0, e.start - 12), e.start) is not None


_QUARTER = re.compile(r" (?:neighbou?rhood|district|quarter|area|street|square|bridge|camp|suburb|avenue|roundabout)\b")


def without_places(expressions: list[Expression], low: str, published: dt.date | None) -> list[Expression]:
    """Quarters are named after days: "shot in 7 July". Far from the report, it is a place."""

    def bare(e: Expression) -> tuple[int, int] | None:
        f = e.fields
        named = e.how == "date" and f.month and f.day and not (f.year or f.weekday is not None or e.until or e.unit)
        return (f.month or 0, f.day or 0) if named else None

    places = {
        day for e in expressions if low[max(0, e.start - 3) : e.start] == "in " and (day := bare(e)) and not e.night
    }
    quarters = {day for e in expressions if _QUARTER.match(low, e.end) and (day := bare(e))}
    expressions = [e for e in expressions if not (_QUARTER.match(low, e.end) and bare(e))]
    places |= quarters
    if published is None or not places:
        return expressions
    ordinal = published.toordinal()
    near = {dt.date.fromordinal(n) for n in range(max(1, ordinal - 21), min(dt.date.max.toordinal(), ordinal + 21))}
    places -= {(day.month, day.day) for day in near}
    return [e for e in expressions if bare(e) not in places]


def _full(expression: Expression) -> dt.date | None:
    f = expression.fields
    if expression.how == "date" and f.year and f.month and f.day and f.month > 0:
        return cal.day(f.year, f.month, f.day)
    return None


_WIRE = re.compile(r"\s*(?:\([^()\n]{2,60}\)\s*)?(?:--|—|–|-\s|\|)")  # "AL-BAYDA, 2 Aug 89 (Example News) -- "


def dateline(expressions: list[Expression], text: str) -> dt.date | None:
    """The latest day in a line of its own ("Published: 4 October 2023 10:15", a quoted post's stamp), or the wire's."""
    days = []
    for expression in expressions:
        date = _full(expression)
        if date is None:
            continue
        if expression.start < 160 and _WIRE.match(text, expression.end):
            return date
        line_start = text.rfind("\n", max(0, expression.start - 90), expression.start) + 1
        line_end = text.find("\n", expression.end, expression.end + 60)
        if not line_start and expression.start > 80 or line_end < 0 and len(text) - expression.end > 40:
            continue
        before, after = (
            text[line_start : expression.start],
            text[expression.end : line_end if line_end >= 0 else len(text)],
        )
        if (
            (line_start or line_end >= 0)
            and not re.search(r"\b(?:on|in|of|since|by|from|until)\s+\Z|[a-z][.,]", before)
            and not re.search(r"[a-z]{4}", after)
        ):
            days.append(date)
    return max(days, default=None)


_OPENS = re.compile(r"^[A-Z][\w.'’/-]*(?:[ ,-]{1,2}[A-Z][\w.'’/-]*){0,5}, \Z", re.MULTILINE)
_BEGINS = re.compile(r"\s*(?:\([^()\n]{2,60}\)\s*)?(?:--|—|–|-\s|\||:|\.\s)")
_LATE = 3  # days from the writing to the printing


def day_written(found: Sequence[When], text: str, published: dt.date) -> dt.date | None:
    """The day of the dateline, where that is one of the days before the report was published: a newspaper's "ZALBA,
    Oct 25: ..." of the 26th, whose "yesterday" is the 24th."""
    for when in found[:4]:
        day = when.from_
        if day is None or when.precision != "day" or not 0 < (published - day).days <= _LATE:
            continue
        if _BEGINS.match(text, when.end) and _OPENS.search(text, max(0, when.start - 80), when.start):
            return day
    return None


def stated(expressions: list[Expression]) -> dt.date | None:
    """The first full date at the head of a report not dated otherwise: a caption's, or that of the event itself."""
    return next((date for e in expressions if e.start < 600 and (date := _full(e))), None)


def is_narrative(expressions: list[Expression], published: dt.date | None) -> bool:
    """An account of the past, whose "in June" follows its own years, and not a report of the day."""
    daily = [
        e.how in ("weekday", "day") or (e.toward == "published" and e.how in ("calendar", "window"))
        for e in expressions
    ]
    news = sum(daily)
    years = [e.fields.year for e in expressions if e.how == "date" and e.fields.year]
    if any(daily[:2]) or any(d and e.start < 700 for d, e in zip(daily, expressions, strict=True)):
        return False
    if published is None:
        return len(years) > 2 * news
    far = sum(y != published.year for y in years)
    return far >= 3 and far > 3 * (len(years) - far) and far > 2 * news


def dates_ahead(expressions: list[Expression]) -> list[tuple[int, dt.date] | None]:
    """For each expression, the next one that spells out year and month."""
    ahead: list[tuple[int, dt.date] | None] = [None] * len(expressions)
    following: tuple[int, dt.date] | None = None
    for i in range(len(expressions) - 1, -1, -1):
        ahead[i] = following
        f = expressions[i].fields
        if expressions[i].how == "date" and f.year and f.month and f.month > 0:
            date = cal.day(f.year, f.month, f.day or 1)
            following = (expressions[i].start, date) if date else following
    return ahead


def day_first(tokens: list[Token], published: dt.date | None) -> bool | None:
    """Whether 03/06/2017 is 3 June here: what the document's other such dates or its publication date decide."""
    for token in tokens:
        if token.kind == "S" and "/" in token.value:
            a, b, year = (int(x) for x in token.value.split("/"))
            if (a > 12) != (b > 12):
                return a > 12
            near = published is not None and a != b and year in (published.year, published.year % 100)
            if near and published and (published.day, published.month) in ((a, b), (b, a)):
                return (published.day, published.month) == (a, b)
    return None

"""Date expressions of a text as intervals of days: ``find_dates``.

Three things can anchor what a text leaves out: the day of publication (news: "on Wednesday", "last month"), an earlier
date of the text ("the following day", and "in June" in an account that named the year a page before), or nothing, and
then the words are kept and ``from_`` and ``to`` stay ``None``.

>>> [w.from_.isoformat() for w in find_dates("Raided on Monday; June 3 was worse.", dt.date(2017, 6, 8)) if w.from_]
['2017-06-05', '2017-06-03']
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Literal

from tollbook.records import Anchor, DatePrecision, When
from tollbook.resolve import date_calendar as cal
from tollbook.resolve.date_grammar import Expression, Fields, parse
from tollbook.resolve.date_words import Token, find_tokens, shadow

Kind = Literal["absolute", "relative", "window", "mention"]


@dataclass(slots=True)
class _Context:
    """What is known while the text is read from its first word to its last."""

    text: str
    low: str
    published: dt.date | None
    narrative: bool
    known: Anchor = "published"  # how the publication date itself is known
    day_first: bool | None = None
    current: cal.Interval | None = None  # the last date told
    current_end: int = 0
    explicit_year: int | None = None  # the last year that the text spelled out
    explicit_end: int = 0
    explicit_month: bool = False
    stated: dt.date | None = None  # a full date at the head of an undated report
    index: int = 0
    ahead: list[tuple[int, dt.date] | None] = field(default_factory=list)  # the next spelled-out month or day, and where
    told: list[dt.date] = field(default_factory=list)  # how far the account has come, and how far it had before a leap


def find_dates(
    text: str, published: dt.date | None = None, *, ranges: Literal["whole", "ends"] = "whole"
) -> tuple[When, ...]:
    """Every date expression in order, never overlapping; unknown ends are ``None``, nothing is invented.

    ``ranges="ends"`` tells the two ends of a range apart where each can stand alone ("July 1 to August 3", "1926–1928"), as
    TimeML does; "May 25–27" is one expression either way.

    >>> find_dates("It happened on Tuesday.")[0].from_ is None
    True
    >>> find_dates("over the past month", dt.date(2017, 6, 8))[0].from_
    datetime.date(2017, 5, 8)
    """
    low = shadow(text)
    tokens, row = find_tokens(text, low)
    expressions = list(parse(tokens, row, low))
    if ranges == "ends":
        expressions = [end for e in expressions for end in _ends(e)]
    expressions = _share_years(expressions, low)
    known: Anchor = "published"
    if published is None:
        published = _dateline(expressions, text)
        known = "inferred"
    context = _Context(text, low, published, _is_narrative(expressions, published), known, _day_first(tokens, published))
    found = []
    context.stated = _stated(expressions) if published is None else None
    context.ahead = _dates_ahead(expressions) if context.narrative else []
    for context.index, expression in enumerate(expressions):
        when = _resolve(expression, context)
        if when is not None:
            found.append(when)
    return tuple(found)


# ---- the document as a whole


def _ends(e: Expression) -> list[Expression]:
    a, b = e.fields, e.until
    if b is None or e.how != "date" or not e.cut[0]:
        return [e]
    first = replace(e, end=e.cut[0], until=None, cut=(0, 0))
    return [first, replace(first, start=e.cut[1], end=e.end, fields=b, since=False, part=None)]


def _share_years(expressions: list[Expression], low: str) -> list[Expression]:
    """"June and July 1919": the first has the year of the second."""
    for i in range(len(expressions) - 1, 0, -1):
        a, b = expressions[i - 1], expressions[i]
        if a.how != "date" or b.how != "date" or not b.fields.year or a.fields.year or not a.fields.month or a.unit:
            continue
        if b.start - a.end <= 12 and re.fullmatch(r"\s*(?:,|and|or|to|&|–|-|,? and)\s*(?:the |in |on |late |early )?", low[a.end : b.start]):
            if b.fields.month and a.fields.month <= b.fields.month:
                expressions[i - 1] = replace(a, fields=replace(a.fields, year=b.fields.year))
    return expressions


def _full(expression: Expression) -> dt.date | None:
    f = expression.fields
    if expression.how == "date" and f.year and f.month and f.day and f.month > 0:
        return cal.day(f.year, f.month, f.day)
    return None


_WIRE = re.compile(r"\s*(?:\([^()\n]{2,60}\)\s*)?(?:--|—|–|-\s|\|)")  # "AL-BAYDA, 2 Aug 89 (Example News) -- "


def _dateline(expressions: list[Expression], text: str) -> dt.date | None:
    """The latest day that stands in a line of its own: "Published: 4 October 2023 10:15", the stamp of a quoted post."""
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
        before, after = text[line_start : expression.start], text[expression.end : line_end if line_end >= 0 else len(text)]
        if (line_start or line_end >= 0) and not re.search(r"\b(?:on|in|of|since|by|from|until)\s+\Z|[a-z][.,]", before) and not re.search(r"[a-z]{4}", after):
            days.append(date)
    return max(days, default=None)


def _stated(expressions: list[Expression]) -> dt.date | None:
    """The one full date at the head of a report that is not dated otherwise: a caption's, or that of the event itself."""
    return next((date for e in expressions if e.start < 600 and (date := _full(e))), None)


def _is_narrative(expressions: list[Expression], published: dt.date | None) -> bool:
    """An account of the past, whose "in June" follows its own years, and not a report of the day."""
    daily = [e.how in ("weekday", "day") or (e.toward == "published" and e.how in ("calendar", "window")) for e in expressions]
    news = sum(daily)
    years = [e.fields.year for e in expressions if e.how == "date" and e.fields.year]
    if any(daily[:2]) or any(d and e.start < 700 for d, e in zip(daily, expressions, strict=True)):
        return False
    if published is None:
        return len(years) > 2 * news
    far = sum(y != published.year for y in years)
    return far >= 3 and far > 3 * (len(years) - far) and far > 2 * news


def _dates_ahead(expressions: list[Expression]) -> list[tuple[int, dt.date] | None]:
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


def _day_first(tokens: list[Token], published: dt.date | None) -> bool | None:
    """Whether 03/06/2017 is 3 June here: what the document's other such dates or its publication date decide."""
    for token in tokens:
        if token.kind == "S" and "/" in token.value:
            a, b, year = (int(x) for x in token.value.split("/"))
            if (a > 12) != (b > 12):
                return a > 12
            if published and a != b and year in (published.year, published.year % 100):
                if (published.day, published.month) in ((a, b), (b, a)):
                    return (published.day, published.month) == (a, b)
    return None


# ---- one expression


def _resolve(e: Expression, c: _Context) -> When | None:
    try:
        interval, anchor = _interval(e, c)
    except (ValueError, OverflowError):
        interval, anchor = None, None
    if interval is None:
        anchor = None
        if e.how in ("date", "weekday", "day"):
            c.current = None  # "the following day" must not count from the date before
    precision = cal.precision(interval) if interval else _precision_of_words(e)
    first, last = interval if interval else (None, None)
    text = c.text[e.start : e.end]
    if interval:
        _remember(e, c, interval)
        if e.since and not c.narrative and first:
            last = c.published if c.published and c.published >= first else None
            precision = cal.precision((first, last)) if last else precision
    return When(text, e.start, e.end, first, last, precision, anchor)


def _remember(e: Expression, c: _Context, interval: cal.Interval) -> None:
    if e.how == "window" or (e.how == "date" and e.fields.decade):
        return
    c.current, c.current_end = interval, e.end
    if c.narrative:
        _tell(e, c, interval)
    if e.fields.year or e.fields.two_digit_year:
        c.explicit_year, c.explicit_end, c.explicit_month = interval[0].year, e.end, e.fields.month is not None


_OPENING = re.compile(r"(?:\A|[.!?][”\"')]*\s+|\n\s*)(?:(?:in|by|during|throughout|only in|early in|late in|later in)\s+(?:the\s)?)?\Z")


def _tell(e: Expression, c: _Context, interval: cal.Interval) -> None:
    """How far an account has come. A bare year in mid-sentence ("the war of 1812") says little of it."""
    f = e.fields
    if f.month or e.how != "date":
        if e.how != "date" and c.told and interval[0] < c.told[-1]:
            return  # "than in the previous year"
        if f.year and c.told:
            c.told = [c.told[-1], interval[0]]
        else:
            c.told = [*c.told[:-1], interval[0]]
        return
    year = interval[0].year
    opening = _OPENING.search(c.low, max(0, e.start - 24), e.start)
    if not c.told or opening or year in (c.told[-1].year, c.told[-1].year + 1) and not e.since:
        if not c.told or c.told[-1].year != year:
            c.told = [*c.told[-1:], dt.date(year, 1, 1)]


def _precision_of_words(e: Expression) -> DatePrecision | None:
    if e.how == "date":
        f = e.fields
        return "day" if f.day and not e.until else "days" if f.day else "month" if f.month else "year" if f.year else None
    if e.how in ("weekday", "day"):
        return "day"
    if e.how == "season":
        return "year"
    units: dict[str, DatePrecision] = {"h": "day", "u": "day", "w": "week", "m": "month", "c": "year", "k": "longer", "g": "days"}
    if e.how == "window" and abs(e.amount) != 1:
        return None if not e.amount else cal.precision((dt.date(2000, 1, 1), cal.shift(dt.date(2000, 1, 1), e.unit or "u", min(abs(e.amount), 99))))
    return units.get(e.unit or "")


Result = tuple[cal.Interval | None, Anchor | None]


def _interval(e: Expression, c: _Context) -> Result:
    if e.how == "date":
        return _date(e, c)
    if e.how == "weekday":
        return _weekday(e, c)
    if e.how == "season":
        return _season(e, c)
    if e.of is not None:
        base, anchor = _date(replace(e, how="date", fields=e.of, of=None, unit=None, amount=0), c)
    else:
        base, anchor = _anchor(e, c)
    if base is None:
        return None, None
    interval = _relative(e, base, c.published)
    return interval, anchor


def _anchor(e: Expression, c: _Context) -> Result:
    """The day or interval that a relative expression counts from."""
    mention: Result = (c.current, "mention")
    report: Result = ((c.published, c.published), c.known) if c.published else (None, None)
    if e.toward == "published":
        if c.narrative and e.how != "day" and c.current and e.how != "window":
            return mention
        return report if c.published else mention if e.how != "day" and c.narrative and False else report
    if e.toward == "either":
        return mention if c.narrative and c.current else report
    if c.current is None:
        return (report[0], "inferred") if report[0] and e.how != "calendar" else (None, None)
    return mention


def _relative(e: Expression, base: cal.Interval, published: dt.date | None) -> cal.Interval | None:
    unit = e.unit or "u"
    if e.how == "day":
        first, last = e.share or (e.amount, e.amount)
        return base[0] + dt.timedelta(days=first), base[1] + dt.timedelta(days=last)
    if e.how == "unit" and e.share:
        return _shared(cal.around(base[0], e.part or "c"), e.share, unit)
    if e.how == "calendar":
        if unit == "u":
            return cal.shift(base[0], "u", e.amount), cal.shift(base[1] if e.amount <= 0 else base[0] if base[0] == base[1] else base[1], "u", e.amount)
        if unit == "g" and e.amount < 0 and base[0].weekday() < 5:
            e = replace(e, amount=e.amount)
        interval = cal.around(cal.shift(base[0], unit, e.amount), unit)
        return cal.third(interval, e.part) if e.part else interval
    if not e.amount:
        return base if unit == "h" and (base[1] - base[0]).days <= 1 else None
    if e.how == "window":
        other = cal.shift(base[1] if e.amount < 0 else base[0], unit, e.amount)
        return (other, base[1]) if e.amount < 0 else (base[0], other)
    start = cal.shift(base[0], unit, e.amount)
    if unit in "uh" :
        return start, cal.shift(base[1], unit, e.amount) if (base[1] - base[0]).days < 7 else start
    return cal.around(start, unit)


def _date(e: Expression, c: _Context) -> Result:
    f = e.fields
    if f.decade is not None:
        start = f.decade if f.decade > 99 else 1900 + f.decade
        interval = (dt.date(start, 1, 1), dt.date(start + 9, 12, 31))
        return (cal.third(interval, e.part) if e.part else interval), "text"
    if f.month is not None and f.month < 0:
        if c.day_first is None:
            return None, None
        first, second = -f.month, -(f.day or 0)
        f = replace(f, day=first, month=second) if c.day_first else replace(f, day=second, month=first)
    two = _two_digits(f, c)
    if f.month is None and f.day is not None and c.current and not f.year:  # the 20th
        f = replace(f, month=c.current[1].month, year=c.current[1].year)
        found = _named(f, f.year or 0, e)
        return found, "mention"
    year = f.year or two
    if year:
        return _until(e, c, _named(f, year, e), year), "text"
    if not f.month:
        return None, None
    year, anchor = _year_for(e, f, c)
    if year is None:
        return None, None
    return _until(e, c, _named(f, year, e), year), anchor


def _two_digits(f: Fields, c: _Context) -> int | None:
    """'89: the century of the text's own years."""
    if f.two_digit_year is None:
        return None
    near = c.current[0].year if c.current else c.published.year if c.published else 1970
    return min((near // 100 * 100 + k * 100 + f.two_digit_year for k in (-1, 0, 1)), key=lambda y: (y > max(near, c.published.year if c.published else 2100), abs(y - near)))


def _named(f: Fields, year: int, e: Expression) -> cal.Interval | None:
    if f.day and f.month:
        date = cal.day(year, f.month, f.day) or (cal.day(year + 1, 2, 29) if f.year is None and (f.month, f.day) == (2, 29) else None)
        return (date, date) if date else None
    interval = cal.month(year, f.month) if f.month else cal.year(year)
    if e.share:
        return _shared(interval, e.share, e.unit or "u")
    return cal.third(interval, e.part) if e.part else interval


def _until(e: Expression, c: _Context, first: cal.Interval | None, year: int) -> cal.Interval | None:
    """The end of a range, which lacks what its start names."""
    if e.until is None or first is None:
        return first
    u = e.until
    end_year = u.year or _two_digits(u, c) or year
    last = _named(u, end_year, e)
    if last is None:
        return None
    if last[1] < first[0] and not u.year and u.month:
        last = _named(u, end_year + 1, e)
    return (first[0], last[1]) if last and first[0] <= last[1] else None


def _shared(interval: cal.Interval, share: tuple[int, int], unit: str) -> cal.Interval | None:
    """The second half, the third quarter; the first week, the last day."""
    nth, parts = share
    first, last = interval
    days = (last - first).days + 1
    if parts:
        nth = parts if nth < 0 else nth
        if nth > parts:
            return None
        if days >= 365:
            months = 12 // parts
            start = cal.add_months(first, months * (nth - 1))
            return start, cal.add_months(start, months) - dt.timedelta(days=1)
        return first + dt.timedelta(days=days * (nth - 1) // parts), first + dt.timedelta(days=days * nth // parts - 1)
    step = {"u": 1, "w": 7, "g": 7}.get(unit, 1)
    if nth < 0:
        return last - dt.timedelta(days=step - 1), last
    start = first + dt.timedelta(days=step * (nth - 1))
    if unit == "g":
        start += dt.timedelta(days=(5 - start.weekday()) % 7)
        return start, start + dt.timedelta(days=1)
    return (start, start + dt.timedelta(days=step - 1)) if start <= last else None


_FUTURE = re.compile(r"\b(?:will|shall|scheduled|upcoming|deadline|expected to|is to|are to|due to|plans? to|next|set to|slated|ahead of|by)\b")


def _future(e: Expression, c: _Context) -> bool:
    """Whether the sentence around looks forward: "on June 12 the court will …"."""
    start = max(c.low.rfind(". ", max(0, e.start - 120), e.start), c.low.rfind("\n", max(0, e.start - 120), e.start), e.start - 120, 0)
    stops = [i for i in (c.low.find(". ", e.end, e.end + 80), c.low.find("\n", e.end, e.end + 80)) if i >= 0]
    return bool(_FUTURE.search(c.low, start, min([*stops, e.end + 80])))


def _year_for(e: Expression, f: Fields, c: _Context) -> tuple[int | None, Anchor | None]:
    """The year of a month or day that names none."""
    month = f.month or 1
    if e.unit == "c" and not e.share:  # "of that year", "last year"
        base = c.current[0].year if c.current and (c.narrative or e.amount == 0) else c.published.year if c.published else None
        return (base + e.amount if base else None), ("mention" if c.current and (c.narrative or e.amount == 0) else c.known)
    if c.narrative:
        return _year_told(e, month, c)
    if c.published is None:
        if c.stated is None or e.direction:
            return None, None
        return c.stated.year - ((month, f.day or 0) > (c.stated.month, c.stated.day)), "inferred"
    if c.explicit_year and c.explicit_year < c.published.year and _same_breath(e, c) and not e.direction:
        return c.explicit_year, "mention"
    p = c.published
    at = (p.year, p.month, p.day if f.day else 0)
    wanted = (p.year, month, f.day or 0)
    if e.direction > 0:
        return p.year + (wanted <= at), c.known
    if e.direction < 0:
        return p.year - (wanted >= at), c.known
    if wanted > at:
        ahead = (month - p.month) % 12
        return p.year - (not (ahead <= 6 and _future(e, c))), c.known
    if _future(e, c) and wanted < at and (month - p.month) % 12 <= 3 and month != p.month:
        return p.year + 1, c.known
    return p.year, c.known


def _same_breath(e: Expression, c: _Context) -> bool:
    """Whether the last spelled-out year still holds: for a month or day in its paragraph, for a bare year in its sentence."""
    if e.start - c.explicit_end > 400:
        return False
    between = c.text[c.explicit_end : e.start]
    return "\n" not in between and (c.explicit_month or not re.search(r"[.!?][”\"']?\s", between))


def _year_told(e: Expression, month: int, c: _Context) -> tuple[int | None, Anchor | None]:
    """In an account: the year that it has reached, with the next spelled-out date as a check from the other side."""
    if not c.told:
        return None, None
    ahead = c.ahead[c.index] if c.index < len(c.ahead) else None
    limit = ahead[1] if ahead and ahead[0] - e.start < 8000 else None
    base = c.told[-1]
    if limit and len(c.told) > 1 and not _fits(base, limit) and _fits(c.told[0], limit):
        base = c.told[0]  # the last date was a look ahead or back
    year = base.year
    if e.direction:
        return year + (e.direction if (e.direction > 0) == (month <= base.month) else 0), "mention"
    if base.month - month >= 6 and (limit is None or (year + 1, month) <= (limit.year, limit.month)):
        year += 1
    return year, "mention"


def _fits(date: dt.date, limit: dt.date) -> bool:
    return date <= limit and (limit - date).days < 1000


def _weekday(e: Expression, c: _Context) -> Result:
    wanted = e.fields.weekday or 0
    if c.narrative and not (c.published and c.current is None):
        if c.current is None or (c.current[1] - c.current[0]).days > 6:
            return None, None
        base, anchor = c.current[0], "mention"
    elif c.published is not None:
        base, anchor = c.published, c.known
        if e.toward == "mention" and c.current:
            base, anchor = c.current[1], "mention"
    elif c.stated is not None and c.stated.weekday() == wanted and not (e.direction or e.unit or e.until):
        return (c.stated, c.stated), "inferred"
    else:
        return None, None
    if e.unit == "w":
        monday = base - dt.timedelta(days=base.weekday()) + dt.timedelta(days=7 * e.amount)
        day = monday + dt.timedelta(days=wanted)
        return (day, day), anchor  # type: ignore[return-value]
    back = (base.weekday() - wanted) % 7
    if e.direction > 0 or anchor == "mention" and not e.direction:
        ahead = (wanted - base.weekday()) % 7
        day = base + dt.timedelta(days=ahead or (7 if e.direction > 0 else 0))
    elif e.direction < 0:
        day = base - dt.timedelta(days=back or 7)
    elif back and _weekday_ahead(e, c):
        day = base + dt.timedelta(days=7 - back)
    else:
        day = base - dt.timedelta(days=back)
    if e.until and e.until.weekday is not None:
        span = (e.until.weekday - wanted) % 7
        if e.direction == 0 and day + dt.timedelta(days=span) > base:
            day -= dt.timedelta(days=7)
        return (day, day + dt.timedelta(days=span)), anchor  # type: ignore[return-value]
    return (day, day), anchor  # type: ignore[return-value]


_WILL = re.compile(r"\b(?:will|shall|due|scheduled|is to|are to|due to|set to|slated|tomorrow)\b")


def _weekday_ahead(e: Expression, c: _Context) -> bool:
    """"The council will meet on Friday": the clause itself looks forward."""
    start = max(c.low.rfind(". ", max(0, e.start - 80), e.start), c.low.rfind(",", max(0, e.start - 80), e.start), e.start - 80, 0)
    return bool(_WILL.search(c.low, start, e.start))


def _season(e: Expression, c: _Context) -> Result:
    f, first_month = e.fields, e.amount
    year = f.year or _two_digits(f, c)
    anchor: Anchor | None = "text"
    if not year:
        if e.unit == "c":
            reference = e.share[0] if e.share else 0
            base = c.current[0] if c.current and (c.narrative or not reference) else c.published
            year, anchor = (base.year + reference if base else None), "mention"
        elif c.narrative:
            year, anchor = (c.current[0].year if c.current else None), "mention"
        elif c.published:
            p, anchor = c.published, c.known
            year = p.year + e.direction if e.direction > 0 and first_month <= p.month else p.year - (first_month > p.month)
            if e.direction < 0 and cal.season(year, first_month)[1] >= p:
                year -= 1
    if not year:
        return None, None
    interval = cal.season(year, first_month)
    return (cal.third(interval, e.part) if e.part else interval), anchor


# ---- what a reader asks of a mention


def kind(mention: When) -> Kind:
    """What a mention needs: nothing (``absolute``), the day it was said (``relative``: "on Monday", "last month", "June 3";
    ``window``: "over the past month"), or another date of the text (``mention``: "the following day").

    >>> kind(find_dates("over the past month")[0])
    'window'
    """
    e = _parse_one(mention.text)
    if e is None or e.fields.decade is not None:
        return "absolute"
    if e.how == "window":
        return "window"
    if e.how in ("date", "season") and (e.fields.year or e.fields.two_digit_year is not None):
        return "absolute"
    return "mention" if e.toward == "mention" or e.unit == "c" and e.how == "date" and not e.amount else "relative"


def reanchor(mention: When, anchor: dt.date) -> When:
    """The same words counted from another day, such as the day when the speaker said them; absolute dates stay.

    >>> said = dt.date(2017, 6, 8)
    >>> reanchor(find_dates("over the past month", dt.date(2017, 7, 1))[0], said).from_
    datetime.date(2017, 5, 8)
    """
    if kind(mention) not in ("relative", "window"):
        return mention
    e = _parse_one(mention.text)
    if e is None:
        return mention
    again = _resolve(e, _Context(mention.text, shadow(mention.text), anchor, narrative=False))
    if again is None or again.from_ is None:
        return mention
    return replace(mention, from_=again.from_, to=again.to, precision=again.precision, anchored_to="mention")


def up_to(mention: When, day: dt.date) -> When:
    """A mention cut at a day that it holds: "this week" in a report of what has happened ends with the report."""
    if mention.from_ is None or mention.to is None or not mention.from_ <= day < mention.to:
        return mention
    return replace(mention, to=day, precision=cal.precision((mention.from_, day)))


def _parse_one(words: str) -> Expression | None:
    low = shadow(words)
    tokens, row = find_tokens(words, low)
    return next(parse(tokens, row, low), None)

"""From an expression to an interval: what a date leaves out is taken from the day of publication or the text so far."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from tollbook.records import Anchor, DatePrecision, When
from tollbook.resolve import date_calendar as cal
from tollbook.resolve.date_grammar import Expression, Fields

Result = tuple[cal.Interval | None, Anchor | None]


@dataclass(slots=True)
class Context:
    """What is known while the text is read from its first word to its last."""

    text: str
    low: str
    published: dt.date | None
    narrative: bool
    known: Anchor = "published"  # how the publication date itself is known
    day_first: bool | None = None
    current: cal.Interval | None = None  # the last date told
    day: cal.Interval | None = None  # the last day or few days told
    explicit_year: int | None = None  # the last year that the text spelled out
    explicit_end: int = 0
    explicit_month: bool = False
    stated: dt.date | None = None  # a full date at the head of an undated report
    index: int = 0
    ahead: list[tuple[int, dt.date] | None] = field(
        default_factory=list
    )  # the next spelled-out month or day, and where
    told: list[dt.date] = field(default_factory=list)  # how far the account has come, and how far it had before a leap


def resolve(e: Expression, c: Context) -> When | None:
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


# "... on Tuesday, police said on Wednesday. The day before, ...": counted from what happened.
_SAID = re.compile(
    r"\b(?:said|says|told (?:[\w’'-]+ ){1,4}|announced|reported|stated|added|confirmed|wrote|communiqu[eé]|statement|"
    r"television|radio|reporters|journalists)(?: (?:late|early|earlier|on|in a statement))* \Z"
)


def _remember(e: Expression, c: Context, interval: cal.Interval) -> None:
    if c.current and not c.narrative and e.how == "weekday" and _SAID.search(c.low, max(0, e.start - 60), e.start):
        return
    if e.how == "window" or (e.how == "date" and e.fields.decade):
        return
    c.current = interval
    if (interval[1] - interval[0]).days <= 6:
        c.day = interval
    if c.narrative:
        _tell(e, c, interval)
    if e.fields.year or e.fields.two_digit_year:
        c.explicit_year, c.explicit_end, c.explicit_month = interval[0].year, e.end, e.fields.month is not None


_OPENING = re.compile(
    r"(?:\A|[.!?][”\"')]*\s+|\n\s*)(?:(?:in|by|during|throughout|only in|early in|late in|later in)\s+(?:the\s)?)?\Z"
)


def _tell(e: Expression, c: Context, interval: cal.Interval) -> None:
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
    follows = bool(c.told) and year in (c.told[-1].year, c.told[-1].year + 1) and not e.since
    if (opening or follows or not c.told) and (not c.told or c.told[-1].year != year):
        c.told = [*c.told[-1:], dt.date(year, 1, 1)]


def _precision_of_words(e: Expression) -> DatePrecision | None:
    if e.how == "date":
        f = e.fields
        return (
            "day" if f.day and not e.until else "days" if f.day else "month" if f.month else "year" if f.year else None
        )
    if e.how in ("weekday", "day"):
        return "day"
    if e.how == "season":
        return "year"
    units: dict[str, DatePrecision] = {
        "h": "day",
        "u": "day",
        "w": "week",
        "m": "month",
        "c": "year",
        "k": "longer",
        "g": "days",
    }
    if e.how == "window" and abs(e.amount) != 1:
        return (
            None
            if not e.amount
            else cal.precision(
                (dt.date(2000, 1, 1), cal.shift(dt.date(2000, 1, 1), e.unit or "u", min(abs(e.amount), 99)))
            )
        )
    return units.get(e.unit or "")


def _interval(e: Expression, c: Context) -> Result:
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


def _anchor(e: Expression, c: Context) -> Result:
    """The day or interval that a relative expression counts from."""
    # "in the October elections … on the same day": a day is counted from a day
    of_days = e.unit in ("u", "h") and c.day is not None and c.current is not None and not c.narrative
    mention: Result = (c.day if of_days else c.current, "mention")
    report: Result = ((c.published, c.published), c.known) if c.published else (None, None)
    if e.toward == "published":
        if c.narrative and e.how != "day" and c.current and e.how != "window":
            return mention
        return report
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
            return cal.shift(base[0], "u", e.amount), cal.shift(base[1], "u", e.amount)
        interval = cal.around(cal.shift(base[0], unit, e.amount), unit)
        if unit == "g" and e.direction < 0 and interval[0] > base[0]:  # "over the weekend", said on a Tuesday
            interval = cal.around(cal.shift(base[0], unit, -1), unit)
        return cal.third(interval, e.part) if e.part else interval
    if not e.amount:
        return base if unit == "h" and (base[1] - base[0]).days <= 1 else None
    if e.how == "window":
        other = cal.shift(base[1] if e.amount < 0 else base[0], unit, e.amount)
        return (other, base[1]) if e.amount < 0 else (base[0], other)
    start = cal.shift(base[0], unit, e.amount)
    if unit in "uh":
        return start, cal.shift(base[1], unit, e.amount) if (base[1] - base[0]).days < 7 else start
    return cal.around(start, unit)


def _date(e: Expression, c: Context) -> Result:
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
    if f.month is None and f.day is not None and c.published and e.toward == "published":  # the 12th of this month
        return _named(replace(f, month=c.published.month), c.published.year, e), c.known
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


def _two_digits(f: Fields, c: Context) -> int | None:
    """'89: the century of the text's own years."""
    if f.two_digit_year is None:
        return None
    near = c.current[0].year if c.current else c.published.year if c.published else 1970
    return min(
        (near // 100 * 100 + k * 100 + f.two_digit_year for k in (-1, 0, 1)),
        key=lambda y: (y > max(near, c.published.year if c.published else 2100), abs(y - near)),
    )


def _named(f: Fields, year: int, e: Expression) -> cal.Interval | None:
    if f.day and f.month:
        date = cal.day(year, f.month, f.day) or (
            cal.day(year + 1, 2, 29) if f.year is None and (f.month, f.day) == (2, 29) else None
        )
        return (date, date) if date else None
    interval = cal.month(year, f.month) if f.month else cal.year(year)
    if e.share:
        return _shared(interval, e.share, e.unit or "u")
    return cal.third(interval, e.part) if e.part else interval


def _until(e: Expression, c: Context, first: cal.Interval | None, year: int) -> cal.Interval | None:
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


_FUTURE = re.compile(
    r"\b(?:will|shall|scheduled|upcoming|deadline|expected to|is to|are to|due to|plans? to|next|set to|slated"
    r"|ahead of)\b"
)
_BY = re.compile(r"\bby (?:(?:the|about|around|early|late|mid-) ?)?\Z")


def _future(e: Expression, c: Context) -> bool:
    """Whether the sentence around looks forward: "on June 12 the court will …"."""
    start = max(
        c.low.rfind(". ", max(0, e.start - 120), e.start),
        c.low.rfind("\n", max(0, e.start - 120), e.start),
        e.start - 120,
        0,
    )
    stops = [i for i in (c.low.find(". ", e.end, e.end + 80), c.low.find("\n", e.end, e.end + 80)) if i >= 0]
    by = _BY.search(c.low, max(0, e.start - 24), e.start)  # not "on 7 October gunmen led by him"
    return bool(by or _FUTURE.search(c.low, start, min([*stops, e.end + 80])))


def _year_for(e: Expression, f: Fields, c: Context) -> tuple[int | None, Anchor | None]:
    """The year of a month or day that names none."""
    month = f.month or 1
    if e.unit == "c" and not e.share:  # "of that year", "last year"
        base = (
            c.current[0].year
            if c.current and (c.narrative or e.amount == 0)
            else c.published.year
            if c.published
            else None
        )
        return (base + e.amount if base else None), (
            "mention" if c.current and (c.narrative or e.amount == 0) else c.known
        )
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


def _same_breath(e: Expression, c: Context) -> bool:
    """Whether the last spelled-out year still holds: a date's for its paragraph, a bare year for its sentence."""
    if e.start - c.explicit_end > 400:
        return False
    between = c.text[c.explicit_end : e.start]
    return "\n" not in between and (c.explicit_month or not re.search(r"[.!?][”\"']?\s", between))


def _year_told(e: Expression, month: int, c: Context) -> tuple[int | None, Anchor | None]:
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


def _weekday(e: Expression, c: Context) -> Result:
    wanted = e.fields.weekday or 0
    anchor: Anchor
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
        return (day, day), anchor
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
        return (day, day + dt.timedelta(days=span)), anchor
    return (day, day), anchor


_WILL = re.compile(
    r"(?<!had been )(?<!was )(?<!were )\b(?:will|shall|due|scheduled|is to|are to|due to|set to|slated|tomorrow)\b"
)


def _weekday_ahead(e: Expression, c: Context) -> bool:
    """ "The council will meet on Friday": the clause itself looks forward."""
    start = max(
        c.low.rfind(". ", max(0, e.start - 80), e.start),
        c.low.rfind("\n", max(0, e.start - 80), e.start),
        c.low.rfind(",", max(0, e.start - 80), e.start),
        e.start - 80,
        0,
    )
    return bool(_WILL.search(c.low, start, e.start))


def _season(e: Expression, c: Context) -> Result:
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
            year = (
                p.year + e.direction if e.direction > 0 and first_month <= p.month else p.year - (first_month > p.month)
            )
            if e.direction < 0 and cal.season(year, first_month)[1] >= p:
                year -= 1
    if not year:
        return None, None
    interval = cal.season(year, first_month)
    return (cal.third(interval, e.part) if e.part else interval), anchor

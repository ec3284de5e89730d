"""Intervals of days: units of the calendar, thirds, shifts. Nothing here knows a text."""

from __future__ import annotations

import calendar
import datetime as dt

from tollbook.records import DatePrecision

Interval = tuple[dt.date, dt.date]


def day(year: int, month: int, number: int) -> dt.date | None:
    """A day, or ``None`` where the calendar has none such (31 June)."""
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def month(year: int, number: int) -> Interval:
    """
    >>> month(2020, 2)[1].day
    29
    """
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


def year(number: int) -> Interval:
    """The days of a year."""
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


def season(number: int, first_month: int) -> Interval:
    """Three months; the winter of 2014 begins in December 2014."""
    end = add_months(dt.date(number, first_month, 1), 2)
    return dt.date(number, first_month, 1), month(end.year, end.month)[1]


def add_months(date: dt.date, amount: int) -> dt.date:
    """The same day so many months away, or the month's last where it has none such.

    >>> add_months(dt.date(2017, 3, 31), -1)
    datetime.date(2017, 2, 28)
    """
    index = date.year * 12 + date.month - 1 + amount
    y, m = divmod(index, 12)
    return dt.date(y, m + 1, min(date.day, calendar.monthrange(y, m + 1)[1]))


_DAYS = {"u": 1, "w": 7, "f": 14, "g": 7}
_MONTHS = {"m": 1, "c": 12, "k": 120}


def shift(date: dt.date, unit: str, amount: int) -> dt.date:
    """A date so many units away. Raises ``OverflowError`` or ``ValueError`` outside the calendar."""
    if unit in _MONTHS:
        return add_months(date, _MONTHS[unit] * amount)
    if unit == "h":
        return date + dt.timedelta(days=-(-abs(amount) // 24) * (1 if amount > 0 else -1) if abs(amount) >= 24 else 0)
    return date + dt.timedelta(days=_DAYS[unit] * amount)


def around(date: dt.date, unit: str) -> Interval:
    """The unit that holds the date: its week from Monday, its month, its decade."""
    if unit in "wf":
        monday = date - dt.timedelta(days=date.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "g":
        saturday = date - dt.timedelta(days=date.weekday()) + dt.timedelta(days=5)
        return saturday, saturday + dt.timedelta(days=1)
    if unit == "m":
        return month(date.year, date.month)
    if unit == "c":
        return year(date.year)
    if unit == "k":
        first = date.year // 10 * 10
        return dt.date(first, 1, 1), dt.date(first + 9, 12, 31)
    return date, date


def third(interval: Interval, part: str) -> Interval:
    """The early, mid or late third: 1–10, 11–20 and 21–end of a month, four months of a year, tenths of a decade.

    >>> [d.day for d in third(month(2017, 10), "late")]
    [21, 31]
    """
    first, last = interval
    days = (last - first).days + 1
    if days <= 6:
        return interval
    if 28 <= days <= 31 and first.day == 1:
        a, b = dt.timedelta(days=10), dt.timedelta(days=20)
        cuts = (first, first + a, first + b)
    elif first.month == 1 and first.day == 1 and last.month == 12 and days < 367:
        cuts = (first, dt.date(first.year, 5, 1), dt.date(first.year, 9, 1))
    elif days > 3000:
        cuts = (first, dt.date(first.year + 4, 1, 1), dt.date(first.year + 7, 1, 1))
    else:
        step = days // 3
        cuts = (first, first + dt.timedelta(days=step), first + dt.timedelta(days=2 * step))
    ends = (cuts[1] - dt.timedelta(days=1), cuts[2] - dt.timedelta(days=1), last)
    at = {"early": 0, "mid": 1, "late": 2}[part]
    return cuts[at], ends[at]


def precision(interval: Interval) -> DatePrecision:
    """The class of an interval's length; a window has one day more than its unit ("the past week": 8 days)."""
    days = (interval[1] - interval[0]).days + 1
    if days == 1:
        return "day"
    if days <= 6:
        return "days"
    if days <= 8:
        return "week"
    if days <= 32:
        return "month"
    return "year" if days <= 367 else "longer"

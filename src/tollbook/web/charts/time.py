"""Time: bars of how many begin when, or, where the stretch is narrow, a dot for each incident."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tollbook.web import words
from tollbook.web.charts.axes import Tick
from tollbook.web.index.overview import Bin

MOST_DOTS = 250
_DAYS = 100  # a longer stretch is drawn in bars
_WIDTH, _TALLEST = 900, 170  # pixels: how wide a screen is taken to be, and how high dots may be stacked
_UNKNOWN = 5.0  # the size of an incident whose toll is not stated


@dataclass(frozen=True, slots=True)
class Column:
    """A bar of the timeline: where, how high (in per cent), what it says and the days it stands for."""

    x: float
    width: float
    height: float
    label: str
    since: str
    until: str
    count: int


def columns(unit: str, bins: Sequence[Bin]) -> tuple[list[Column], list[Tick]]:
    """A histogram over time; stretches without anything stay empty."""
    if not bins:
        return [], []
    first, last = _number(unit, bins[0].start), _number(unit, bins[-1].start)
    span = max(last - first + 1, 6)
    tallest = max(one.count for one in bins)
    made = []
    for one in bins:
        since, until = _days(unit, one.start)
        x = 100 * (_number(unit, one.start) - first) / span
        made.append(
            Column(round(x, 3), round(100 / span * 0.86, 3), round(max(6.0, 100 * one.count / tallest), 1),
                   f"{one.start}: {one.count:,}", since, until, one.count)
        )  # fmt: skip
    step = max(1, -(-span // 8))
    ticks = [Tick(round(100 * n / span, 2), _label(unit, first + n)) for n in range(0, span, step)]
    return made, ticks


def _number(unit: str, start: str) -> int:
    if unit == "year":
        return int(start[:4])
    if unit == "month":
        return int(start[:4]) * 12 + int(start[5:7]) - 1
    return dt.date.fromisoformat(start).toordinal()


def _label(unit: str, number: int) -> str:
    if unit == "year":
        return str(number)
    if unit == "month":
        return f"{number // 12}-{number % 12 + 1:02d}"
    return dt.date.fromordinal(number).isoformat()


def _days(unit: str, start: str) -> tuple[str, str]:
    if unit == "year":
        return f"{start}-01-01", f"{start}-12-31"
    if unit == "month":
        year, month = int(start[:4]), int(start[5:7])
        following = dt.date(year + month // 12, month % 12 + 1, 1) if year < 9999 else dt.date(year, 12, 31)
        return f"{start}-01", (following - dt.timedelta(days=1)).isoformat()
    return start, start


@dataclass(frozen=True, slots=True)
class Dot:
    """An incident: its middle and half of the stretch in which it lies, in per cent; its height and size in pixels.

    ``known``: whether its toll is stated; its size shows it then.
    """

    x: float
    half: float
    y: float
    r: float
    known: bool
    label: str
    id: str


@dataclass(frozen=True, slots=True)
class Dots:
    """A narrow timeline, and how high its stack is in pixels."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    height: float
    first: str
    last: str


def dots(rows: Sequence[Mapping[str, Any]], since: str | None = None, until: str | None = None) -> Dots | None:
    """Incidents as dots, stacked where they would cover each other; ``None`` where there is no room for that.

    The area of a dot grows with the killed; a toll that is not stated has a look and a size of its own. A date that is
    known to a few days only is as wide as these. ``since`` and ``until``: the stretch that was chosen.
    """
    dated = [row for row in rows if row["date_from"] or row["date_to"]]
    stretches = [sorted(filter(None, (row["date_from"], row["date_to"]))) for row in dated]
    if not dated or len(dated) > MOST_DOTS:
        return None
    first = dt.date.fromisoformat(since if since and until else min(one[0] for one in stretches))
    last = dt.date.fromisoformat(until if since and until else max(one[-1] for one in stretches))
    if not (since and until) and (last - first).days < 6:  # some air around a single day
        first, last = first - dt.timedelta(days=3), last + dt.timedelta(days=3)
    span = (last - first).days + 1
    if not 0 < span <= _DAYS:
        return None
    made: list[Dot] = []
    for (begins, ends), row in sorted(
        (((one[0], one[-1]), row) for one, row in zip(stretches, dated, strict=True)), key=lambda pair: pair[0]
    ):
        start, end = (min(max((dt.date.fromisoformat(day) - first).days, 0), span - 1) for day in (begins, ends))
        low = row["killed_low"] if row["killed_low"] is not None else row["killed_high"]
        label = f"{words.days(begins, ends)}, {row['place'] or 'place not stated'}: killed {words.toll(row, 'killed')}"
        dot = Dot(
            round(100 * (start + end + 1) / 2 / span, 3), round(100 * (end - start) / 2 / span, 3), 0.0,
            round(min(3 + 1.6 * low**0.5, 16.0), 1) if low is not None else _UNKNOWN, low is not None, label, row["id"],
        )  # fmt: skip
        y = _room(dot, made)
        if y + dot.r > _TALLEST:
            return None
        made.append(replace(dot, y=y))
    step = max(1, -(-span // 8))
    ticks = tuple(Tick(round(100 * (n + 0.5) / span, 2), (first + dt.timedelta(days=n)).isoformat())
                  for n in range(0, span, step))  # fmt: skip
    return Dots(
        tuple(made), ticks, max(60.0, max(dot.y + dot.r for dot in made) + 2), first.isoformat(), last.isoformat()
    )


def _room(dot: Dot, placed: Sequence[Dot]) -> float:
    """The lowest height at which a dot covers no other."""

    def reach(one: Dot) -> float:
        return max(one.r, one.half * _WIDTH / 100) + 1

    near = [one for one in placed if abs(one.x - dot.x) * _WIDTH / 100 < reach(one) + reach(dot)]
    for y in sorted({dot.r + 2, *(one.y + one.r + dot.r + 1 for one in near)}):
        if all(abs(one.y - y) >= one.r + dot.r + 1 - 1e-6 for one in near):
            return round(y, 1)
    raise AssertionError("above all of them there is room")

"""Geometry of the pictures, in per cent of the width, so that their words keep their size on any screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.web.index.ask import Bin


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A range on an axis. An open end runs to where the axis ends and is drawn with an arrow."""

    x: float
    width: float
    open_low: bool
    open_high: bool
    label: str
    href: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear axis from 0 to ``top``."""

    top: float
    ticks: tuple[Tick, ...]

    def at(self, value: float) -> float:
        """Where a value stands, in per cent."""
        return round(100 * value / self.top, 2)

    def bar(self, low: int | None, high: int | None, label: str, href: str = "", tone: str = "") -> Bar:
        """A range on this axis."""
        x = self.at(low or 0)
        end = self.at(high) if high is not None else 100.0
        return Bar(x, round(max(end - x, 0.0), 2), low is None, high is None, label, href, tone)


def scale(values: Sequence[int]) -> Scale:
    """An axis on which every value finds room, with round marks.

    >>> [tick.label for tick in scale([43]).ticks]
    ['0', '10', '20', '30', '40', '50']
    """
    top = max([*values, 1])
    step = 1
    while top / step > 6:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    count = -(-top * 108 // (100 * step))  # some air to the right, for open ends
    return Scale(count * step, tuple(Tick(round(100 * n / count, 2), f"{n * step:,}") for n in range(count + 1)))


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

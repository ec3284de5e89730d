"""Axes and ranges, in per cent of the width, so that their words keep their size on any screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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

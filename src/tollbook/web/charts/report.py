"""Whole pictures for reports: a timeline, the ranges of an incident, a map. Geometry in, SVG out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.web.charts import world
from tollbook.web.charts.axes import Bar, Scale, Tick
from tollbook.web.charts.locator import PINNED, town_names
from tollbook.web.charts.svg import BAR, COUNT, INK, LINE, PALE, SOFT, Svg, cut, document, tag, words, wrapped
from tollbook.web.charts.time import Column, Dots

_EDGE = 24.0  # pixels of paper around a picture


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands over a picture (what it shows) and under it (what it leaves out, where it comes from)."""

    title: str
    about: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map and how many incidents stand there; ``metres``: how far around it they may lie."""

    lat: float
    lon: float
    precision: str | None
    rows: int
    metres: int


@dataclass(frozen=True, slots=True)
class Ranges:
    """The figures of one harm: each line a name, a note on it and a bar."""

    harm: str
    axis: Scale
    lines: tuple[tuple[str, str, Bar], ...]


def timeline(
    caption: Caption, columns: Sequence[Column], ticks: Sequence[Tick], dots: Dots | None, width: float
) -> str:
    """How many begin when, or each incident as a dot."""
    inner, tall = width - 2 * _EDGE, max(dots.height, 60.0) if dots else 150.0
    head, top = _head(caption, width)
    base = top + tall
    parts = [head, tag("line", x1=_EDGE, x2=width - _EDGE, y1=base, y2=base, stroke=SOFT)]

    def at(x: float) -> float:
        return _EDGE + inner * x / 100

    for dot in dots.dots if dots else ():
        y = base - dot.y
        if dot.half:
            parts.append(tag("line", x1=at(dot.x - dot.half), x2=at(dot.x + dot.half), y1=y, y2=y, stroke=BAR,
                             stroke_width=3, stroke_opacity="0.45", stroke_linecap="round"))  # fmt: skip
        look = {"fill": BAR, "fill_opacity": "0.85"} if dot.known else {
            "fill": "#ffffff", "stroke": BAR, "stroke_width": 1.6, "stroke_dasharray": "3 2.4"}  # fmt: skip
        parts.append(tag("circle", tag("title", dot.label), cx=at(dot.x), cy=y, r=dot.r, **look))
    for column in () if dots else columns:
        high = column.height * tall / 100
        parts.append(tag("rect", tag("title", column.label), x=at(column.x), y=base - high,
                         width=inner * column.width / 100, height=high, fill=BAR))  # fmt: skip
    for tick in dots.ticks if dots else ticks:
        parts.append(words(tick.label, at(tick.x), base + 16, 11, fill=SOFT, text_anchor="middle" if dots else None))
    if not dots and columns:
        most = max(column.count for column in columns)
        parts.insert(1, tag("line", x1=_EDGE, x2=width - _EDGE, y1=top, y2=top, stroke=LINE))
        parts.append(words(f"{most:,}", width - _EDGE, top - 5, 11, fill=SOFT, text_anchor="end"))
    legend = ("A dot is an incident, its area grows with the killed; a dashed ring: killed not stated; a line: "
              "somewhere between",) if dots else ()  # fmt: skip
    foot, height = _foot((*legend, *caption.notes), base + 44, width)
    return document(width, height, caption.title, caption.about, *parts, foot)


def ranges(caption: Caption, groups: Sequence[Ranges], width: float) -> str:
    """Each figure as a range on one axis, by whom it comes from."""
    head, y = _head(caption, width)
    left, right = _EDGE + (width - 2 * _EDGE) * 0.32, width - _EDGE - (width - 2 * _EDGE) * 0.17
    parts = [head]
    for group in groups:
        parts.append(words(group.harm.capitalize(), _EDGE, y + 8, 15, font_weight="bold"))
        y += 20
        first = y
        lines = list[Svg]()
        for name, note, bar in group.lines:
            lines.append(words(cut(name, 13, left - _EDGE - 12), _EDGE, y + 14))
            lines.append(words(cut(note, 11, left - _EDGE - 12), _EDGE, y + 29, 11, fill=SOFT))
            lines += _bar(bar, left, right - left, y + 15)
            lines.append(words(bar.label, right + 14, y + 20, 13, font_weight="bold"))
            y += 40
        for tick in group.axis.ticks:
            x = left + (right - left) * tick.x / 100
            parts.append(tag("line", x1=x, x2=x, y1=first, y2=y, stroke=LINE))
            parts.append(words(tick.label, x, y + 15, 11, fill=SOFT, text_anchor="middle"))
        parts += lines
        y += 42
    foot, height = _foot(caption.notes, y, width)
    return document(width, height, caption.title, caption.about, *parts, foot)


def _bar(bar: Bar, left: float, room: float, y: float) -> list[Svg]:
    x, end = left + room * bar.x / 100, left + room * (bar.x + bar.width) / 100
    dashes = {"fill": "#ffffff", "stroke": BAR, "stroke_dasharray": "4 3"} if bar.tone else None
    if bar.width < 0.8 and not bar.open_low and not bar.open_high:
        return [tag("circle", cx=x, cy=y, r=6, **(dashes or {"fill": BAR}))]
    open_end = bar.open_low or bar.open_high
    drawn = [
        tag("rect", x=x, y=y - 5, width=end - x, height=10, rx=3, **(dashes or {"fill": PALE if open_end else BAR}))
    ]
    drawn += [tag("line", x1=at, x2=at, y1=y - 9, y2=y + 9, stroke=BAR, stroke_width=3)
              for at, is_open in ((x, bar.open_low), (end, bar.open_high)) if not is_open]  # fmt: skip
    return drawn


def map_(caption: Caption, spots: Sequence[Spot], towns: Sequence[tuple[str, float, float]], width: float) -> str:
    """Where they are: a disc for a place, a dashed circle for an area within which they lie somewhere."""
    head, top = _head(caption, width)
    view = world.view_of([(spot.lon, spot.lat) for spot in spots], width - 2 * _EDGE, (width - 2 * _EDGE) * 0.62)
    sheet = [
        tag("rect", width=view.width, height=view.height, fill="#dbe7ee"),
        tag("path", d=world.land(view), fill="#f1f0ea", stroke="#b9b7ab", stroke_width=0.7, stroke_linejoin="round",
            fill_rule="evenodd"),
        tag("path", d=world.lakes(view), fill="#dbe7ee", stroke="#a9c8da", stroke_width=0.5),
        tag("path", d=world.rivers(view), fill="none", stroke="#a9c8da", stroke_width=1),
        *town_names(view, towns, [(spot.lon, spot.lat) for spot in spots]),
    ]  # fmt: skip
    most = max((spot.rows for spot in spots), default=1)
    for spot in sorted(spots, key=lambda one: (one.precision in PINNED, -one.rows, one.lat, one.lon)):
        x, y = view.at(spot.lon, spot.lat)
        says = tag("title", f"{spot.rows:,}")
        if spot.precision in PINNED:
            r = 4.0 if most == 1 else 3.5 + 11 * (spot.rows / most) ** 0.5
            sheet.append(tag("circle", says, cx=x, cy=y, r=r, fill=COUNT, fill_opacity="0.75", stroke="#ffffff",
                             stroke_width=1))  # fmt: skip
        else:
            sheet.append(tag("circle", says, cx=x, cy=y, r=max(spot.metres * view.metre, 6.0), fill=COUNT,
                             fill_opacity="0.07", stroke=COUNT, stroke_width=1.3, stroke_dasharray="5 4"))  # fmt: skip
    box = tag("svg", *sheet, x=_EDGE, y=top, width=view.width, height=view.height)
    frame = tag("rect", x=_EDGE, y=top, width=view.width, height=view.height, fill="none", stroke=LINE)
    legend = "A disc is a place, as large as it has incidents; a dashed circle an area: somewhere within"
    foot, height = _foot((legend, *caption.notes, "Map: Natural Earth. Places: GeoNames (CC BY 4.0)"),
                         top + view.height + 18, width)  # fmt: skip
    return document(width, height, caption.title, caption.about, head, box, frame, foot)


def _head(caption: Caption, width: float) -> tuple[Svg, float]:
    lines = [words(line, _EDGE, 40 + 24 * n, 19, font_weight="bold", fill=INK)
             for n, line in enumerate(wrapped(caption.title, 19, (width - 2 * _EDGE) * 0.9))]  # fmt: skip
    y = 40 + 24 * (len(lines) - 1) + 24
    for line in wrapped(caption.about, 13, width - 2 * _EDGE):
        lines.append(words(line, _EDGE, y, 13, fill=SOFT))
        y += 19
    return Svg("".join(lines)), y + 12


def _foot(notes: Sequence[str], y: float, width: float) -> tuple[Svg, float]:
    lines = []
    for note in notes:
        for line in wrapped(note, 11, width - 2 * _EDGE):
            lines.append(words(line, _EDGE, y, 11, fill=SOFT))
            y += 16
    return Svg("".join(lines)), y + 6

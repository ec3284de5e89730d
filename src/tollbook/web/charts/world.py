"""The outline of the world with its rivers and lakes, cut to a piece of it and drawn as paths.

The files are those that the browser's map draws (``vendor.lock.json``): TopoJSON, whose arcs are shared between
neighbours and written as steps. Degrees become pixels by an equirectangular projection that is true to scale in the
middle of the picture.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tollbook.errors import LedgerError

_FOLDER = Path(__file__).parent.parent / "static/vendor"
Point = tuple[float, float]
Line = list[Point]


@dataclass(frozen=True, slots=True)
class View:
    """A piece of the world on a sheet: west, south, east and north in degrees, width and height in pixels."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    def at(self, lon: float, lat: float) -> Point:
        """Where a place stands on the sheet."""
        x = (lon - self.west) / (self.east - self.west) * self.width
        return x, (self.north - lat) / (self.north - self.south) * self.height

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a place is on the sheet."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    @property
    def metre(self) -> float:
        """How many pixels a metre is, north to south."""
        return self.height / (self.north - self.south) / 111_320


def view_of(places: Sequence[Point], width: float, height: float) -> View:
    """The piece of the world that holds some places (longitude, latitude) with some room around them."""
    lons, lats = [lon for lon, _ in places] or [-170.0, 170.0], [lat for _, lat in places] or [-55.0, 75.0]
    middle = (min(lats) + max(lats)) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)  # how long a degree eastward is against one northward
    tall = max((max(lats) - min(lats)) * 1.25, 3.0)
    wide = max((max(lons) - min(lons)) * 1.2, 3.0)
    tall = min(max(tall, wide * squeeze * height / width), 170.0)
    wide = min(max(tall / squeeze * width / height, (max(lons) - min(lons)) * 1.04), 360.0)
    east_west = min(max((min(lons) + max(lons)) / 2, -180 + wide / 2), 180 - wide / 2)
    middle = min(max(middle, -88 + tall / 2), 88 - tall / 2)
    return View(east_west - wide / 2, middle - tall / 2, east_west + wide / 2, middle + tall / 2, width, height)


@cache
def _topology(name: str) -> tuple[dict[str, Any], list[Line]]:
    path = _FOLDER / name
    if not path.is_file():
        raise LedgerError(f"the base map is missing ({path}); in a checkout: python scripts/vendor.py")
    known = json.loads(path.read_text("utf-8"))
    (sx, sy), (dx, dy) = known["transform"]["scale"], known["transform"]["translate"]
    arcs = []
    for arc in known["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * sx + dx, y * sy + dy))
        arcs.append(line)
    return known["objects"], arcs


def _joined(arcs: Sequence[Line], numbers: Iterable[int]) -> Line:
    line: Line = []
    for number in numbers:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line += part[1:] if line else part
    return line


@dataclass(frozen=True, slots=True)
class _Shape:
    """A ring or a line in degrees, and the box in which it lies."""

    points: Line
    west: float
    south: float
    east: float
    north: float

    def near(self, view: View) -> bool:
        """Whether it can be on the sheet at all."""
        return (
            self.west <= view.east and self.east >= view.west and self.south <= view.north and self.north >= view.south
        )


@cache
def _shapes(name: str, layer: str) -> list[_Shape]:
    """Every ring or line of a layer."""
    objects, arcs = _topology(name)
    made = []
    for shape in objects[layer]["geometries"]:
        for numbers in _rings(shape.get("arcs", [])):
            line = _joined(arcs, numbers)
            for points in _unrolled(line) if layer == "countries" else [line]:
                lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
                made.append(_Shape(points, min(lons), min(lats), max(lons), max(lats)))
    return made


def _lines(name: str, layer: str, view: View) -> Iterator[Line]:
    return (shape.points for shape in _shapes(name, layer) if shape.near(view))


def _rings(nested: list[Any]) -> Iterator[list[int]]:
    """The lists of numbers, however deep they lie: a line, rings of a polygon, rings of several."""
    if nested and isinstance(nested[0], int):
        yield nested
    else:
        for part in nested:
            yield from _rings(part)


def is_there() -> bool:
    """Whether the files are there: a wheel brings them, a checkout may lack them."""
    return all((_FOLDER / name).is_file() for name in ("countries-50m.json", "water-50m.json"))


def load() -> None:
    """Reads the files, which takes a fifth of a second, before the first picture is asked for."""
    for name, layer in (("countries-50m.json", "countries"), ("water-50m.json", "lakes"), ("water-50m.json", "rivers")):
        _shapes(name, layer)


def land(view: View) -> str:
    """Countries, as the data of one path."""
    return "".join(_area(line, view) for line in _lines("countries-50m.json", "countries", view))


def lakes(view: View) -> str:
    """Lakes."""
    return "".join(_area(line, view) for line in _lines("water-50m.json", "lakes", view))


def rivers(view: View) -> str:
    """Rivers."""
    return "".join(_path(part, view, close=False) for line in _lines("water-50m.json", "rivers", view)
                   for part in _inside(line, view))  # fmt: skip


def _unrolled(ring: Line) -> list[Line]:
    """A ring across the 180th meridian in one piece, on either side of the map; one around the pole closed below it."""
    turn, beyond = 0, False
    points: Line = []
    for at, (lon, lat) in enumerate(ring):
        jump = lon - ring[at - 1][0] if at else 0
        if abs(jump) > 180:
            turn, beyond = turn - 360 * (1 if jump > 0 else -1), True
        points.append((lon + turn, lat))
    if abs(points[0][0] - points[-1][0]) > 180:
        points += [(points[-1][0], -89.9), (points[0][0], -89.9)]
    return [[(lon + shift, lat) for lon, lat in points] for shift in ((0, -360, 360) if beyond else (0,))]


def _area(ring: Line, view: View) -> str:
    """A ring cut to the sheet, edge by edge (Sutherland and Hodgman)."""
    edges = ((0, view.west, 1), (0, view.east, -1), (1, view.south, 1), (1, view.north, -1))
    for axis, edge, side in edges:
        kept: Line = []
        for at, point in enumerate(ring):
            before = ring[at - 1]
            inside, was = (point[axis] - edge) * side >= 0, (before[axis] - edge) * side >= 0
            if inside != was:
                share = (edge - before[axis]) / (point[axis] - before[axis])
                kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
            if inside:
                kept.append(point)
        ring = kept
        if not ring:
            return ""
    return _path(ring, view, close=True)


def _inside(line: Line, view: View) -> Iterator[Line]:
    """The stretches of a line that touch the sheet; the sheet itself cuts off what sticks out."""
    part: Line = []
    for at, (lon, lat) in enumerate(line):
        if view.holds(lon, lat) or any(view.holds(*line[n]) for n in (at - 1, at + 1) if 0 <= n < len(line)):
            part.append((lon, lat))
        elif part:
            yield part
            part = []
    if part:
        yield part


def _path(line: Line, view: View, *, close: bool) -> str:
    """Path data, without points that lie within half a pixel of the one before."""
    shown: Line = []
    for lon, lat in line:
        x, y = view.at(lon, lat)
        if not shown or abs(x - shown[-1][0]) + abs(y - shown[-1][1]) >= 0.5:
            shown.append((round(x, 1), round(y, 1)))
    if len(shown) < (3 if close else 2):
        return ""
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in shown) + ("Z" if close else "")

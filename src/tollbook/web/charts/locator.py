"""A small map of one place, for the page of its incident: coloured by the page, so that it is light or dark with it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tollbook.web.charts import world
from tollbook.web.charts.svg import SOFT, Svg, tag, words

PINNED = frozenset({"exact", "neighbourhood", "town", "city"})
_TOWNS = 28  # names on a map
_DEGREE = 111_320  # metres


def locator(
    lat: float, lon: float, precision: str | None, metres: int, towns: Sequence[tuple[str, float, float]]
) -> Svg:
    """Where a place is: a disc, or the area within which it lies somewhere. Text is the page's; this is only seen."""
    width, height = 340.0, 220.0
    pinned = precision in PINNED
    reach = 1.2 if pinned else min(metres / _DEGREE * 1.15, 40)
    aside = reach / max(math.cos(math.radians(lat)), 0.2)
    corners = [(lon - aside, lat - reach), (lon + aside, lat + reach)]
    view = world.view_of(corners, width, height)
    x, y = view.at(lon, lat)
    spot = tag("circle", class_="spot", cx=x, cy=y, r=6) if pinned else tag(
        "circle", class_="area", cx=x, cy=y, r=max(metres * view.metre, 6.0))  # fmt: skip
    return tag(
        "svg", tag("path", class_="land", d=world.land(view), fill_rule="evenodd"),
        tag("path", class_="lake", d=world.lakes(view)), tag("path", class_="river", d=world.rivers(view)),
        *town_names(view, towns, [] if not pinned else [(lon, lat)], "town-name"), spot,
        class_="locator", viewBox=f"0 0 {width:g} {height:g}", aria_hidden="true",
    )  # fmt: skip


def town_names(
    view: world.View, towns: Sequence[tuple[str, float, float]], spots: Sequence[world.Point], look: str | None = None
) -> list[Svg]:
    """Names of the largest towns, where they have room and none of the spots covers them; ``look``: a class."""
    drawn = list[Svg]()
    taken = [(x - 14, x + 14, y) for x, y in (view.at(lon, lat) for lon, lat in spots[:1_000])]
    colour = None if look else SOFT
    for name, lat, lon in towns:
        if len(drawn) == 2 * _TOWNS:
            break
        if not view.holds(lon, lat):
            continue
        x, y = view.at(lon, lat)
        wide = 12 + len(name) * 6.2
        free = all(abs(y - other) > 22 or x + wide < start or x - 8 > end for start, end, other in taken)
        if free and 6 < y < view.height - 6 and x + wide < view.width:
            taken.append((x - 8, x + wide, y))
            drawn.append(tag("circle", class_=look, cx=x, cy=y, r=1.6, fill=colour))
            drawn.append(words(name, x + 5, y + 3.5, 10.5, fill=colour, class_=look))
    return drawn

"""Names, distances and areas of places, for whoever compares them."""

from __future__ import annotations

import math
import re

from tollbook import lexicon
from tollbook.link.claims import WIDE, Site
from tollbook.link.words import ARTICLES, fold, skeleton

# Words of a place's kind and position: two places do not share a name because both are towns.
_PLACE_KINDS = frozenset(lexicon.words("link", "place_kinds"))
_NAME = re.compile(r"[^\W_][\w'’]*")


def place_names(site: Site) -> set[str]:
    """The names of a place, spelling aside; none for a whole country.

    >>> sorted(place_names(Site("al-Rabsa market", None, None, "YE", None, None, None, "neighbourhood", None)))
    ['rbs']
    """
    if site.precision in WIDE:
        return set()
    found = set()
    for name in (site.name, site.text, site.detail):
        for match in _NAME.finditer(name or ""):
            plain = fold(match[0])
            if plain not in _PLACE_KINDS and plain not in ARTICLES and (len(plain) > 1 or plain.isdigit()):
                found.add(skeleton(plain) or plain)
    return found


def distance(a: Site, b: Site) -> float | None:
    """Kilometres between the points of two places; ``None`` where one has none."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    la, lb = math.radians(a.lat), math.radians(b.lat)
    north, east = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    h = math.sin(north / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(east / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(1.0, h)))


def covers(area: Site | None, spot: Site | None) -> bool | None:
    """Whether an area holds a spot; ``None`` where that cannot be told."""
    if area is None or spot is None:
        return None
    if area.country and spot.country and area.country != spot.country:
        return False
    if area.precision in WIDE:
        return True if area.country and area.country == spot.country else None
    if spot.precision in WIDE:
        return None
    apart = distance(area, spot)
    if apart is None or area.radius is None:
        return None
    outskirts = 25.0  # "Raqqa and its outskirts"
    return apart <= area.radius + outskirts or bool(
        area.precision == "admin1" and area.admin1 and area.admin1 == spot.admin1
    )

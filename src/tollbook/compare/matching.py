"""Whether two claims speak of one thing, and how their numbers stand to each other.

The rules are those of docs/statements.md: "at least 20" does not contradict 43; "about 50" is 40 to 60; another number
for the same people does contradict.
"""

from __future__ import annotations

import math
import re
from typing import Literal

from tollbook.link.claims import RADIUS, WIDE, Days, LinkClaim, Site
from tollbook.link.words import fold

Fit = Literal["same", "vague", "other"]
Numbers = Literal["supports", "compatible", "contradicts"]

_ABOUT = 0.2
_LEAD = re.compile(
    r"^(?:(?:near|outside|around|in|at|the|town|city|village|camp|district|outskirts|countryside|of|"
    r"(?:north|south|east|west)(?:ern)?)\s+)+",
    re.IGNORECASE,
)
# One event is told under several types: planes fire missiles, soldiers raid and shoot.
_FAMILIES = (
    frozenset({"airstrike", "bombing", "drone_strike", "missile_strike", "shelling"}),
    frozenset({"clash", "execution", "ground_attack", "shooting"}),
)


def numbers(asked: LinkClaim, told: LinkClaim) -> Numbers:
    """How a number that is told stands to one that is asked for.

    >>> from tollbook.link.claims import link_claim
    >>> def of(low, high, qualifier="exact"):
    ...     count = {"low": low, "high": high, "qualifier": qualifier}
    ...     return link_claim({"id": "c", "document": {"key": "a"}, "harm": "killed", "count": count})
    >>> numbers(of(43, 43), of(20, None, "at_least")), numbers(of(20, None, "at_least"), of(43, 43))
    ('compatible', 'supports')
    >>> numbers(of(43, 43), of(35, 35)), numbers(of(45, 45), of(50, 50, "about"))
    ('contradicts', 'compatible')
    """
    a, b = _range(asked), _range(told)
    if a[0] > b[1] or b[0] > a[1]:
        return "contradicts"
    return "supports" if a[0] <= b[0] and b[1] <= a[1] else "compatible"


def _range(claim: LinkClaim) -> tuple[float, float]:
    low = 0.0 if claim.low is None else float(claim.low)
    high = math.inf if claim.high is None else float(claim.high)
    if claim.qualifier == "about":
        return math.floor(low * (1 - _ABOUT)), math.ceil(high * (1 + _ABOUT)) if high < math.inf else high
    return low, high


def same_event(asked: LinkClaim, told: LinkClaim) -> Fit:
    """Whether a claim is about what another is about: ``vague`` where it says too little of when or where to tell.

    What the asking claim leaves open restricts nothing, but of day and place one has to be given.
    """
    if asked.harm != told.harm or not _kin(asked.event, told.event):
        return "other"
    fits = (_days(asked.date, told.date), _place(asked.site, told.site))
    if "other" in fits or (asked.date is None and asked.site is None):
        return "other"
    return "vague" if "vague" in fits else "same"


def _kin(a: str | None, b: str | None) -> bool:
    return a is None or b is None or "other" in (a, b) or a == b or any(a in f and b in f for f in _FAMILIES)


def _days(asked: Days | None, told: Days | None) -> Fit:
    if asked is None:
        return "same"
    if told is None:
        return "vague"
    if asked.last < told.first or told.last < asked.first:
        return "other"
    broad = told.last - told.first > max(6, asked.last - asked.first)
    return "vague" if broad else "same"


def _place(asked: Site | None, told: Site | None) -> Fit:
    if asked is None:
        return "same"
    if told is None:
        return "vague"
    if asked.country and told.country and asked.country != told.country:
        return "other"
    if _one_name(asked, told):
        return "same"
    if asked.precision in WIDE:
        return "same"  # asked of a country: whatever lies in it
    if told.precision in WIDE or (told.precision == "admin1" and told.admin1 == asked.admin1):
        return "vague"
    apart = _kilometres(asked, told)
    if apart is None:
        return "vague" if asked.lat is None and told.lat is None else "other"
    if apart > (asked.radius or 0.0) + (told.radius or 0.0):
        return "other"
    return "same" if RADIUS.get(told.precision or "city", 20.0) <= 40.0 else "vague"


def _one_name(a: Site, b: Site) -> bool:
    if a.gazetteer_id is not None and a.gazetteer_id == b.gazetteer_id:
        return True
    return bool({_bare(n) for n in (a.name, a.text) if n} & {_bare(n) for n in (b.name, b.text) if n})


def _bare(name: str) -> str:
    """ "near the town of Kobani" and "Kobani" are one name."""
    return fold(_LEAD.sub("", name))


def _kilometres(a: Site, b: Site) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    x = (b.lon - a.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return 111.2 * math.hypot(x, b.lat - a.lat)


def one_crowd(asked: LinkClaim, told: LinkClaim) -> bool:
    """Whether both count the same people, as far as they say: children are not the whole."""
    mine, theirs = set(asked.groups) - _LOOSE, set(told.groups) - _LOOSE
    return mine == theirs and not (told.relation == "part_of" and not theirs and not mine)


_LOOSE = frozenset({"militants", "soldiers", "security_forces", "police"})  # these are told by the status


def opposed(asked: LinkClaim, told: LinkClaim) -> bool:
    """Civilians on the one side, combatants on the other."""
    return {asked.status, told.status} == {"civilian", "combatant"}


def blames_others(asked: LinkClaim, told: LinkClaim) -> bool:
    """Both name who did it, and nobody is named by both."""
    mine, theirs = ([frozenset(fold(w) for w in p.name.split()) for p in c.blamed] for c in (asked, told))
    return bool(mine and theirs) and not any(x <= y or y <= x for x in mine for y in theirs)  # "coalition": any of them

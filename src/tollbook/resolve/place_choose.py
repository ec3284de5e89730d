"""Which of the places of one name is meant: what else the article names, who contains whom, nearness, size.

Every name spreads one vote over its places; the votes of the other names for a country, a region and a patch of the
map then weigh its own. Three rounds settle it. One sense a document: all mentions of a name choose together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tollbook.resolve.place_scan import Mention
from tollbook.resources.gazetteer import Entry, fold

MOST_PLACES = 40  # of one name that are weighed
ROUNDS = 3
PATCH = 1.2  # degrees
COUNTRY_WEIGHT, REGION_WEIGHT, PATCH_WEIGHT = 1.0, 1.3, 1.0


@dataclass(slots=True)
class Group:
    """All mentions of one name in one sense."""

    entries: list[Entry]
    mentions: list[Mention] = field(default_factory=list)
    prior: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    support: float = 0.0  # how much the rest of the document speaks for the choice

    @property
    def choice(self) -> Entry:
        return self.entries[max(range(len(self.votes)), key=self.votes.__getitem__)]


def choose(mentions: list[Mention], demonyms: Iterable[str], hints: Iterable[str] = ()) -> list[Group]:
    """The mentions by name, each group with its choice. ``demonyms`` and ``hints`` are countries that speak too."""
    groups = _groups(mentions)
    evidence: dict[str, float] = defaultdict(float)
    for country in demonyms:
        evidence[country] += 0.5
    for country in hints:
        evidence[country] += 2.0
    for group in groups:
        group.prior = _prior(group)
        group.votes = group.prior
    for _ in range(ROUNDS):
        _round(groups, evidence)
    return groups


def _groups(mentions: list[Mention]) -> list[Group]:
    by_name: dict[tuple[str, str], Group] = {}
    senses: dict[str, list[Entry]] = {}
    for m in mentions:  # "Paris, Texas" once: Texas throughout
        if m.within and (inside := _inside(m)):
            senses.setdefault(m.key, inside)
    for m in mentions:
        typed = "" if m.kinds is None else ",".join(sorted(m.kinds))
        entries = list(m.entries)
        if m.within and (inside := _inside(m)):
            entries = inside
        elif m.key in senses:
            entries = senses[m.key]
        entries = _typed(entries, m.kinds) if m.kinds else _settled(entries)
        sense = "|".join(e.id for e in entries[:3]) + typed
        group = by_name.get((m.key, sense))
        if group is None:
            group = by_name[m.key, sense] = Group(entries[:MOST_PLACES])
        group.mentions.append(m)
    return list(by_name.values())


def _inside(m: Mention) -> list[Entry]:
    out = []
    for holder in m.within:
        number = int(holder.id.rpartition(":")[2]) if holder.id.startswith("geonames:") else 0
        for e in m.entries:
            if e.id == holder.id:
                continue
            if holder.kind == "country":
                hit = e.country == holder.country and e.kind != "country"
            else:
                hit = number != 0 and number in (e.admin1_id, e.admin2_id)
            if hit:
                out.append(e)
    return out


def _typed(entries: list[Entry], kinds: frozenset[str]) -> list[Entry]:
    return [e for e in entries if e.kind in kinds] or entries


def _settled(entries: list[Entry]) -> list[Entry]:
    """A bare name that is a town's and its region's ("Idlib") means the town."""
    towns = {(e.admin1_id, e.country) for e in entries if e.kind in ("city", "town") and e.population > 1000}
    if not towns:
        return entries
    return [
        e for e in entries
        if not (e.kind in ("admin1", "district") and (e.admin1_id, e.country) in towns)
    ]  # fmt: skip


def _prior(group: Group) -> list[float]:
    key = group.mentions[0].key
    weights = []
    for e in group.entries:
        weight = (e.population + 300) ** 0.6
        if e.kind == "country":
            weight = max(weight, 1e5)
        elif e.kind == "region":
            weight = 6e4
        elif e.kind == "admin1":
            weight = max(weight, 3e3)
        elif e.kind == "district":
            weight *= 0.6 if fold(e.name) == key else 0.03
        elif fold(e.name) != key:
            weight *= 0.25  # known by another name
        if e.id.startswith("tollbook:") and e.kind not in ("country", "region", "admin1"):
            weight = max(weight, 2e3)
        weights.append(weight)
    total = sum(weights)
    return [x / total for x in weights]


def _round(groups: list[Group], evidence: dict[str, float]) -> None:
    countries: dict[str, float] = defaultdict(float, evidence)
    regions: dict[int, float] = defaultdict(float)
    patches: dict[tuple[int, int], float] = defaultdict(float)
    for g in groups:
        force = 1 + 0.4 * math.log(len(g.mentions))
        for e, vote in zip(g.entries, g.votes, strict=True):
            if vote < 0.01:
                continue
            v = vote * force
            if e.country:
                countries[e.country] += v
            if e.admin1_id:
                regions[e.admin1_id] += v * (2 if e.kind == "admin1" else 1)
            if e.lat is not None and e.kind not in ("country", "region", "admin1"):
                patches[_patch(e)] += v
    for g in groups:
        force = 1 + 0.4 * math.log(len(g.mentions))
        scores = []
        for e, vote, prior in zip(g.entries, g.votes, g.prior, strict=True):
            own = vote * force if vote >= 0.01 else 0.0
            country = countries.get(e.country or "", 0.0) - own
            region = regions.get(e.admin1_id, 0.0) - own * (2 if e.kind == "admin1" else 1) if e.admin1_id else 0.0
            near = _around(patches, e) - own if e.lat is not None and e.kind not in ("country", "region", "admin1") else 0.0
            support = (
                (1 + 3 * max(country, 0.0)) ** COUNTRY_WEIGHT * (1 + 4 * max(region, 0.0)) ** REGION_WEIGHT
                * (1 + 4 * max(near, 0.0)) ** PATCH_WEIGHT
            )  # fmt: skip
            scores.append(prior * support)
        total = sum(scores) or 1.0
        g.votes = [s / total for s in scores]
        best = max(range(len(scores)), key=scores.__getitem__)
        g.support = scores[best] / g.prior[best] if g.prior[best] else 0.0


def _patch(e: Entry) -> tuple[int, int]:
    return (int((e.lat or 0.0) // PATCH), int((e.lon or 0.0) // PATCH))


def _around(patches: dict[tuple[int, int], float], e: Entry) -> float:
    a, b = _patch(e)
    get = patches.get
    return sum(get((a + x, b + y), 0.0) for x in (-1, 0, 1) for y in (-1, 0, 1))

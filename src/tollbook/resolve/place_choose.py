"""Which of the places of one name is meant: what else the article names, who contains whom, nearness, size.

Every name spreads one vote over its places; the votes of the other names for a country, a region and a patch of the
map then weigh its own. Three rounds settle it. One sense a document: all mentions of a name choose together.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tollbook.resolve.place_scan import PROVINCE_KINDS, Mention
from tollbook.resources.gazetteer import Entry, fold, loose

MOST_PLACES = 40  # of one name that are weighed
ROUNDS = 3
LEAST_VOTE = 0.01
POINTS = frozenset(("city", "town", "district", "neighbourhood", "exact"))
PATCH = 0.6  # degrees
COUNTRY_FORCE, REGION_FORCE, DISTRICT_FORCE, PATCH_FORCE = 3.0, 5.0, 6.0, 5.0


@dataclass(slots=True)
class Group:
    """All mentions of one name in one sense."""

    entries: list[Entry]
    mentions: list[Mention] = field(default_factory=list)
    prior: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    force: float = 1.0  # a name said often votes more
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
        evidence[country] += 4.0
    for group in groups:
        group.prior = _prior(group)
        group.votes = group.prior
        group.force = 1 + 0.4 * math.log(len(group.mentions))
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
        entries = _typed(entries, m.kinds) if m.kinds else _settled(entries, m.key)
        sense = "|".join(e.id for e in entries[:3]) + typed
        group = by_name.get((m.key, sense))
        if group is None:
            group = by_name[m.key, sense] = Group(entries[:MOST_PLACES])
        group.mentions.append(m)
    return list(by_name.values())


def _inside(m: Mention) -> list[Entry]:
    out = []
    for holder in m.within:
        number = _number(holder)
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
    fitting = [e for e in entries if e.kind in kinds]
    if kinds == PROVINCE_KINDS:  # "the Kharkiv region" is the province, not the district of that name in it
        wide = {e.country for e in fitting if e.kind == "admin1"}
        fitting = [e for e in fitting if e.kind != "district" or e.country not in wide]
    return fitting or entries


def _settled(entries: list[Entry], key: str) -> list[Entry]:
    """A bare name: a country before the towns in it ("Guatemala"), a capital before the region ("Washington"), a chief
    town before its region ("Idlib"). A village changes nothing ("Minneota" in Minnesota)."""
    lands = {e.country for e in entries if e.kind == "country"}
    capitals = {e.country for e in entries if e.capital}
    towns = [e for e in entries if e.kind in ("city", "town")]
    if not towns:
        return entries
    out = []
    for e in entries:
        if e.kind != "country" and e.country in lands:
            continue
        region = e.kind in ("admin1", "district")
        if not (region and (e.country in capitals or any(_chief(t, e, key) for t in towns[:20]))):
            out.append(e)
    return out


def _chief(town: Entry, region: Entry, key: str) -> bool:
    """Whether a bare name means the town and not its region: Kansas City is not Kansas, nor Anchorage Alaska."""
    if 20 * town.population < region.population or not _same_area(town, region):
        return False
    own = fold(town.name)
    if own == key or (sound := loose(town.name)) and sound == loose(region.name.rpartition(" ")[0] or region.name):
        return True
    return 3 * town.population > region.population and own.startswith(key)


def _same_area(town: Entry, region: Entry) -> bool:
    if town.admin1_id == region.admin1_id and town.country == region.country:
        return True
    if town.lat is None or town.lon is None or region.lat is None or region.lon is None:
        return False
    return town.country == region.country and abs(town.lat - region.lat) < 0.7 and abs(town.lon - region.lon) < 0.7


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
            weight = max(weight, 300.0)
        elif e.kind == "district":
            weight *= 0.6 if fold(e.name) == key else 0.03
        elif fold(e.name) != key:
            weight *= 0.25 if fold(e.name)[:1] == key[:1] else 0.05  # known by another name
        if e.capital:
            weight *= 4
        if not e.id.startswith("geonames:") and e.kind not in ("country", "region", "admin1"):
            weight = max(weight, 2e3)
        weights.append(weight)
    total = sum(weights)
    return [x / total for x in weights]


def _round(groups: list[Group], evidence: dict[str, float]) -> None:
    countries: dict[str | None, float] = defaultdict(float)
    countries.update(evidence)
    holders: dict[int, float] = defaultdict(float)  # regions and districts
    patches: dict[tuple[int, int], float] = defaultdict(float)
    for g in groups:
        for e, vote in zip(g.entries, g.votes, strict=True):
            if vote < LEAST_VOTE:
                continue
            vote *= g.force
            countries[e.country] += vote
            holders[e.admin1_id] += vote
            if e.admin2_id:
                holders[e.admin2_id] += vote
            elif e.kind == "district":
                holders[_number(e)] += vote
            if e.kind in POINTS and e.lat is not None:
                patches[_patch(e)] += vote
    countries[None] = holders[0] = 0.0
    for g in groups:
        scores = []
        for e, vote, prior in zip(g.entries, g.votes, g.prior, strict=True):
            own = vote * g.force if vote >= LEAST_VOTE else 0.0
            support = 1 + COUNTRY_FORCE * max(countries.get(e.country, 0.0) - own, 0.0)
            support *= 1 + REGION_FORCE * max(holders.get(e.admin1_id, 0.0) - own, 0.0)
            district = e.admin2_id or (_number(e) if e.kind == "district" else 0)
            if district:
                support *= 1 + DISTRICT_FORCE * max(holders.get(district, 0.0) - own, 0.0)
            if e.kind in POINTS and e.lat is not None:
                support *= 1 + PATCH_FORCE * max(_around(patches, e) - own, 0.0)
            scores.append(prior * support)
        total = sum(scores) or 1.0
        g.votes = [s / total for s in scores]
        best = max(range(len(scores)), key=scores.__getitem__)
        g.support = scores[best] / g.prior[best] if g.prior[best] else 0.0


def _number(e: Entry) -> int:
    return int(e.id[9:]) if e.id.startswith("geonames:") else 0


def _patch(e: Entry) -> tuple[int, int]:
    return (int((e.lat or 0.0) // PATCH), int((e.lon or 0.0) // PATCH))


def _around(patches: dict[tuple[int, int], float], e: Entry) -> float:
    a, b = _patch(e)
    get = patches.get
    total = 0.0
    for x in (a - 1, a, a + 1):
        total += get((x, b - 1), 0.0) + get((x, b), 0.0) + get((x, b + 1), 0.0)
    return total

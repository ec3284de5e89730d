"""In what the origins of one incident differ, by the table of the methodology.

"At least 20" does not contradict 43, "about 50" not 45, a later count of the same origin replaces the earlier one. Two
outlets that quote one ministry cannot contradict each other. A denial contradicts that it happened, unless whoever
denies gives a number of their own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from tollbook.incidents.figures import HARMS, Figure, standing
from tollbook.link.claims import WIDE, LinkClaim, Site
from tollbook.link.origins import Origin
from tollbook.link.places import distance, place_names

FIELDS = ("number", "status", "date", "place", "blamed", "happened")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One field in which claims of different origins cannot both be right, and those claims."""

    field: str
    claims: tuple[str, ...]


def contradictions(
    claims: Sequence[LinkClaim], figures: Sequence[Figure], origins: Mapping[str, Origin]
) -> tuple[Contradiction, ...]:
    """What the claims of one incident contradict each other in, in the order of :data:`FIELDS`."""
    found = {
        "number": _numbers(figures),
        "status": _status(figures),
        "date": _dates(claims, origins),
        "place": _places(claims, origins),
        "blamed": _blamed(claims, origins),
        "happened": _happened(claims, origins),
    }
    return tuple(Contradiction(f, tuple(sorted(found[f]))) for f in FIELDS if found[f])


def _numbers(figures: Sequence[Figure]) -> set[str]:
    found: set[str] = set()
    for harm in HARMS:
        last = standing(figures, harm)
        for a, b in combinations(last.values(), 2):
            if not a.stated or not b.stated or 1 in (a.high, b.high):
                continue  # a single victim told of is one of them, no count
            (low, high), (less, more) = a.reach, b.reach
            if (low > more or less > high) and not _other_people(a, b):
                found.update((*a.claims, *b.claims))
    return found | _both(figures)


def _both(figures: Sequence[Figure]) -> set[str]:
    """Killed or injured together for one, killed and injured apart for the other: "more than 30 killed or wounded", "21
    killed and nine wounded"."""
    killed, injured, together = (standing(figures, harm) for harm in ("killed", "injured", "casualties"))
    found: set[str] = set()
    for key in sorted(killed.keys() & injured.keys()):
        dead, hurt = killed[key], injured[key]
        low, high = dead.reach[0] + hurt.reach[0], dead.reach[1] + hurt.reach[1]
        for other, whole in sorted(together.items()):
            stated = whole.stated and dead.stated and hurt.stated and 1 not in (whole.high, dead.high)
            apart = whole.reach[0] > high or whole.reach[1] < low
            if other != key and stated and apart and not _other_people(whole, dead):
                found.update((*whole.claims, *dead.claims, *hurt.claims))
    return found


def _other_people(a: Figure, b: Figure) -> bool:
    """Whether two figures count different sides of a fight."""
    return {a.status, b.status} == {"civilian", "combatant"} and max(a.reach[0], b.reach[0]) > 2 * min(
        a.reach[1], b.reach[1]
    )


def _status(figures: Sequence[Figure]) -> set[str]:
    """Civilians for one, fighters for the other, and about as many of them."""
    found: set[str] = set()
    for harm in ("killed", "injured", "casualties"):
        # Who says at last only how many has not taken back who they were.
        last = standing([f for f in figures if f.status in ("civilian", "combatant")], harm).values()
        for a, b in combinations(last, 2):
            if a.status != b.status and not _other_people(a, b):
                found.update((*a.claims, *b.claims))
    return found


def _dates(claims: Sequence[LinkClaim], origins: Mapping[str, Origin]) -> set[str]:
    """Days that do not meet, each given by an origin that never gives the other's."""
    days: dict[str, set[tuple[int, int]]] = defaultdict(set)
    said: dict[tuple[str, tuple[int, int]], set[str]] = defaultdict(set)
    for c in claims:
        if c.date is not None and c.date.last - c.date.first <= 1 and c.relation != "part_of":
            day = (c.date.first, c.date.last)
            days[origins[c.id].key].add(day)
            said[origins[c.id].key, day].add(c.id)
    found: set[str] = set()
    for (one, mine), (other, theirs) in combinations(sorted(days.items()), 2):
        if all(a[0] > b[1] or b[0] > a[1] for a in mine for b in theirs):
            for key, own in ((one, mine), (other, theirs)):
                for day in own:
                    found |= said[key, day]
    return found


def _places(claims: Sequence[LinkClaim], origins: Mapping[str, Origin]) -> set[str]:
    """Places that cannot be one: far apart, or two small places with different names."""
    sites: dict[str, dict[Site, set[str]]] = defaultdict(lambda: defaultdict(set))
    for c in claims:
        if c.site is not None and c.site.precision not in WIDE | {"admin1"} and c.relation != "part_of":
            sites[origins[c.id].key][c.site].add(c.id)
    found: set[str] = set()
    for (_, mine), (_, theirs) in combinations(sorted(sites.items()), 2):
        if all(_elsewhere(a, b) for a in mine for b in theirs):
            for own in (mine, theirs):
                for ids in own.values():
                    found |= ids
    return found


def _elsewhere(a: Site, b: Site) -> bool:
    if place_names(a) & place_names(b):
        return False
    apart = distance(a, b)
    if apart is None or a.radius is None or b.radius is None:
        return False
    return apart > max(a.radius, b.radius)


_SIDES = ("accused", "admitted", "acting")


def _blamed(claims: Sequence[LinkClaim], origins: Mapping[str, Origin]) -> set[str]:
    """Different parties blamed for harm to the same people; who fought whom is no contradiction."""
    parties: dict[str, set[str]] = defaultdict(set)
    said: dict[str, set[str]] = defaultdict(set)
    for c in claims:
        if c.status == "combatant" or c.event == "clash" or c.stance in ("denied", "retracted"):
            continue
        names = {p.name for p in c.blamed if p.basis in _SIDES or p.basis is None}
        if names:
            by = next((p.by for p in c.blamed if p.by), None)
            key = f"by:{by}" if by else origins[c.id].key if origins[c.id].known else f"outlet:{c.outlet}"
            parties[key] |= names
            said[key].add(c.id)
    found: set[str] = set()
    for (one, mine), (other, theirs) in combinations(sorted(parties.items()), 2):
        if not any(_one_party(a, b) for a in mine for b in theirs):
            found |= said[one] | said[other]
    return found


def _one_party(a: str, b: str) -> bool:
    """One name, or the smaller one's words all in the larger ("the coalition", "the Saudi-led coalition")."""
    x, y = place_words(a), place_words(b)
    return bool(x <= y or y <= x)


def place_words(name: str) -> set[str]:
    """The words of a party's name that carry it."""
    return {
        w for w in name.lower().replace("-", " ").split() if w not in ("the", "of", "led", "forces", "army", "military")
    }


def _happened(claims: Sequence[LinkClaim], origins: Mapping[str, Origin]) -> set[str]:
    """Somebody denies it, takes it back or says that nobody was harmed, and another asserts it."""
    asserted = {
        c.id: origins[c.id].key for c in claims if c.stance == "asserted" and (c.low or c.high or 0) > 0 and c.high != 0
    }
    if not asserted:
        return set()
    admits = set(asserted.values())
    tells = {c.document for c in claims if c.id in asserted}  # a denial may name whose number it denies
    against = {
        c.id for c in claims
        if (c.stance in ("denied", "retracted") and (origins[c.id].key not in admits or c.document not in tells))
        or (c.stance == "asserted" and c.harm == "killed" and c.high == 0)
    }  # fmt: skip
    of_killed = {c.id for c in claims if c.id in asserted and c.harm in ("killed", "casualties")}
    denied = {c.id for c in claims if c.stance in ("denied", "retracted")}
    against = {
        id for id in against if id in denied or any(origins[other].key != origins[id].key for other in of_killed)
    }
    return against | of_killed if against else set()

"""What each origin says of an incident, harm by harm, and how it moved: parts do not add, later words replace."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tollbook.link.claims import LinkClaim
from tollbook.link.origins import Origin

HARMS = ("killed", "injured", "missing", "abducted", "displaced", "detained", "casualties")
ABOUT = 0.2  # "about 50" is 40 to 60


@dataclass(frozen=True, slots=True)
class Figure:
    """What one origin says of one harm at one time: the sum of what one passage tells of disjoint groups."""

    origin: Origin
    harm: str
    low: int | None
    high: int | None
    about: bool
    stated: bool  # a number, not a bare plural
    told: int  # the day on which it was said or printed, as an ordinal; 0 where nobody says
    start: int
    document: str
    claims: tuple[str, ...]
    status: str | None

    @property
    def reach(self) -> tuple[float, float]:
        """The numbers that it leaves possible."""
        low = 0.0 if self.low is None else float(self.low)
        high = float("inf") if self.high is None else float(self.high)
        return (low * (1 - ABOUT), high * (1 + ABOUT)) if self.about else (low, high)


def figures_of(claims: Sequence[LinkClaim], origins: Mapping[str, Origin]) -> list[Figure]:
    """Every figure that is asserted, in the order in which they were told; no parts, repeats or superseded ones.

    "Three were hit, two of them killed": the two are a part of the three, and all the killed that are told of.
    """
    replaced = {c.relation_to for c in claims if c.relation == "updates"}
    harms = {c.id: c.harm for c in claims}  # what a claim repeats may be told of another event
    groups: dict[tuple[str, str, str, int], list[LinkClaim]] = defaultdict(list)
    for n, c in enumerate(claims):
        if c.stance != "asserted" or c.id in replaced:
            continue
        if c.relation == "repeats" and c.relation_to in harms:
            continue
        if c.relation == "part_of" and harms.get(c.relation_to or "") == c.harm:
            continue
        passage = c.quote[1] if c.quote is not None else -1 - n
        groups[c.document, origins[c.id].key, c.harm, passage].append(c)
    figures = [_figure(group, origins[group[0].id]) for group in groups.values()]
    return sorted(figures, key=lambda f: (f.told, f.document, f.start, f.claims))


def _figure(group: Sequence[LinkClaim], origin: Origin) -> Figure:
    numbered = [c for c in group if c.stated] or list(group)
    first = numbered[0]
    rivals = (
        len({(c.low, c.high) for c in numbered}) > 1
        and len({c.status for c in numbered} | set()) == 1
        and len({c.groups for c in numbered}) == 1
    )
    if rivals:  # one origin, one passage, one kind of victim, two numbers: the later of "six, now nine"
        numbered = [max(numbered, key=lambda c: (c.low or c.high or 0, c.id))]
    lows = [c.low for c in numbered]
    highs = [c.high for c in numbered]
    statuses = {c.status for c in numbered if c.status and c.status != "unknown"}
    told = (first.said.last if first.said else None) or first.published or 0
    return Figure(
        origin=origin,
        harm=first.harm,
        low=None if all(v is None for v in lows) else sum(v or 0 for v in lows),
        high=None if any(v is None for v in highs) else sum(v or 0 for v in highs),
        about=any(c.qualifier == "about" for c in numbered),
        stated=first.stated,
        told=told,
        start=min(c.quote[1] if c.quote else 0 for c in group),
        document=first.document,
        claims=tuple(c.id for c in group),
        status=statuses.pop() if len(statuses) == 1 else "mixed" if statuses else None,
    )


def standing(figures: Sequence[Figure], harm: str) -> dict[str, Figure]:
    """The last word of each origin on one harm: of its latest day the largest number, since tolls grow.

    A number without a speaker that somebody else has already given is a relay of it and stands for nothing of its own.
    """
    mine = [f for f in figures if f.harm == harm]
    stated = [f for f in mine if f.stated] or mine
    latest: dict[str, Figure] = {}
    for f in stated:
        before = latest.get(f.origin.key)
        if before is None or (f.told, f.low or f.high or 0) >= (before.told, before.low or before.high or 0):
            latest[f.origin.key] = f
    named = {(f.low, f.high) for f in stated if f.origin.known}
    return {key: f for key, f in latest.items() if f.origin.known or (f.low, f.high) not in named}


def span(figures: Mapping[str, Figure]) -> tuple[int | None, int | None] | None:
    """The low and the high over what origins say, by the rules of a report's own tally; ``None``: nobody counts it.

    A single victim told of is one of those whom others count. "At least 74" beside 40 leaves the high open, "at least
    13" beside 40 does not.
    """
    if not figures:
        return None
    several = [f for f in figures.values() if (f.low, f.high) != (1, 1)] or list(figures.values())
    lows = [f.low for f in several if f.low is not None]
    highs = [f.high for f in several if f.high is not None]
    if not highs:
        return (max(lows), None) if lows else (None, None)
    high = max(highs)
    if any(f.high is None and f.low is not None and f.low > high for f in several):
        return (min(lows), None)
    return (min([*lows, high]) if lows else None, high)

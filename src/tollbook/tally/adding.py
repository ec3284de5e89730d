"""What one harm adds up to over the claims of one incident, as a reader of the report would add it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tollbook.records import Claim, When
from tollbook.tally.people import Told, can_be_one, how_many, told_of


@dataclass(frozen=True, slots=True)
class Range:
    """A low and a high number of people, inclusive; ``None`` is an open end."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class _Stated:
    """What one statement adds up to; ``origin`` says it first."""

    low: int | None
    high: int | None
    exact: bool
    origin: str | None
    generic: bool
    further: bool
    start: int
    brought: bool  # counted where they were brought to
    told: tuple[Told, ...]  # of each of its numbers, what it says of them
    days: tuple[When, ...]

    @property
    def size(self) -> int:
        return (self.low if self.low is not None else self.high) or 0


def add_up(claims: Sequence[Claim], all_claims: Sequence[Claim] | None = None) -> Range | None:
    """The range of one harm over what is asserted; ``None`` where nothing is.

    ``claims`` are of one harm and incident; ``all_claims`` hold those that they are parts of (``None``: the same).
    """
    counted, repeated = _standing(claims, all_claims if all_claims is not None else claims)
    if not counted:
        return None
    statements = _statements(counted, repeated)
    wholes = [s for s in statements if s.exact and s.size != 1]
    if not wholes:
        return _without_whole(counted, statements)
    best = _best(wholes)
    rivals = [w for w in wholes if _rival(w, best)]
    low = min([best.size, *(r.size for r in rivals)])
    high = max([best.size, *(r.size for r in rivals)])
    elsewhere = 0 if rivals else how_many(_not_of(best, counted))
    low, high = low + elsewhere, high + elsewhere
    if best.further and not rivals:
        before = [
            told_of(c)
            for c in counted
            if c.count.high == 1 and c.count.start < best.start and not _together(c, best, claims, all_claims)
        ]
        low, high = low + how_many(before), high + how_many(before)
    for rank in sorted(told_of(c).rank for c in counted if c.harm == "killed"):  # a third who was shot may be of others
        if rank > 2 and low == high == rank - 1:
            low = high = rank  # "a fifth victim died on Tuesday", after four
    open_end = max((s.size for s in statements if not s.exact and s.low is not None and s.high is None), default=0)
    if open_end > high:
        return Range(low, None)
    return Range(low, high)


def _together(c: Claim, best: _Stated, claims: Sequence[Claim], all_claims: Sequence[Claim] | None) -> bool:
    """Whether the others of "a man was killed and two others wounded" are others than the man killed."""
    harm = claims[0].harm
    said = next((x for x in claims if x.count.start == best.start), None)
    if said is None or said.quote is None:
        return True
    if c.quote == said.quote:
        return True
    return any(x.harm == "killed" != harm and x.count.start < said.count.start for x in all_claims or ())


def _standing(claims: Sequence[Claim], all_claims: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """The claims that count and those that repeat one of them; parts and superseded numbers do not count."""
    standing = [c for c in claims if c.stance == "asserted"]
    by_id = {c.id: c for c in all_claims}
    updated = {c.relation.claim for c in standing if c.relation and c.relation.type == "updates"}
    counted, repeated = [], []
    for c in standing:
        relation = c.relation
        if relation and relation.type == "repeats" and relation.claim in by_id:
            if relation.claim not in updated:
                repeated.append(c)
            continue
        if relation and relation.type == "part_of":
            whole = by_id.get(relation.claim)
            if whole is not None and whole.harm == c.harm:
                continue  # a part of what is told of another incident counts in its own
        if c.id not in updated:
            counted.append(c)
    return counted, repeated


def _statements(counted: Sequence[Claim], repeated: Sequence[Claim]) -> list[_Stated]:
    """Claims of one passage add: they are about disjoint groups, or they would be parts of each other.

    What a passage says again counts beside what it adds: "killed her, then himself" after "killed her".
    """
    groups: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for c in [*counted, *repeated]:
        key = (c.quote.start, c.quote.end) if c.quote is not None else (-1, len(groups))
        if not any(_same(c, b) for b in groups[key]):
            groups[key].append(c)
    again = {id(c) for c in repeated}
    told: list[_Stated] = []
    holder: dict[str, _Stated] = {}
    for group in groups.values():
        if not all(id(c) in again for c in group):
            told.append(_stated(group))
            holder |= {c.id: told[-1] for c in group if id(c) not in again}
    sums = {t.size for t in told}
    for group in groups.values():  # what only repeats speaks for the statement that it repeats
        if all(id(c) in again for c in group):
            whole = _stated(group)
            targets = [holder[c.relation.claim] for c in group if c.relation and c.relation.claim in holder]
            told += [whole] if whole.size in sums else targets[:1]
    return told


def _same(c: Claim, before: Claim) -> bool:
    """Whether a claim repeats one of its own passage, or both repeat one."""
    target = c.relation.claim if c.relation and c.relation.type == "repeats" else None
    other = before.relation.claim if before.relation and before.relation.type == "repeats" else None
    return target is not None and target in (before.id, other)


def _stated(together: Sequence[Claim]) -> _Stated:
    numbered = [c for c in together if c.count.qualifier != "unstated"]
    group = numbered or together  # "three suffered injuries" is no five
    exact = all(  # "a couple" is two
        c.count.qualifier in ("exact", "about") or None is not c.count.low == c.count.high for c in group
    )
    lows, highs = [c.count.low for c in group], [c.count.high for c in group]
    low = sum(v or 0 for v in lows) if any(v is not None for v in lows) else None
    high = None if any(v is None for v in highs) else sum(v or 0 for v in highs)
    told = [told_of(c) for c in group]
    speaker = group[0].attribution[0] if group[0].attribution else None
    return _Stated(
        low,
        high,
        exact,
        speaker.body or speaker.name if speaker else None,
        all(t.generic for t in told),
        any(t.further for t in told),
        group[0].count.start,
        _brought(group),
        tuple(told),
        tuple(c.date for c in group if c.date is not None),
    )


_BROUGHT = re.compile(
    r"\b(?:taken|rushed|transported|brought|admitted|treated|airlifted|received|sent)\b.{0,80}\b(?:hospital|clinic|medical|trauma)|\b(?:hospital|clinic)\b.{0,60}\b(?:treat|receiv|admit)",
    re.IGNORECASE | re.DOTALL,
)


def _brought(group: Sequence[Claim]) -> bool:
    """Whether a number is of those brought to a hospital, which need not be all."""
    return any(c.quote is not None and c.harm == "injured" and bool(_BROUGHT.search(c.quote.text)) for c in group)


def _best(wholes: Sequence[_Stated]) -> _Stated:
    """The number said most often; but a larger one of anybody has those of one kind among it ("four bodies" has the
    "two children")."""
    said = Counter(w.size for w in wholes)
    best = max(wholes, key=lambda w: (said[w.size], w.size))
    if best.generic:
        return best
    return max((w for w in wholes if w.generic and w.size > best.size), key=lambda w: said[w.size], default=best)


def _not_of(best: _Stated, counted: Sequence[Claim]) -> list[Told]:
    """The persons told of one by one, none of whom the number can mean: whoever killed "three children" is not of
    them, nor is he of "his wife and daughter"."""
    if any(t.generic for t in best.told):
        return []
    single = [told_of(c) for c in counted if c.count.low == c.count.high == 1 and not _on_another_day(c, best)]
    kinds = set(best.told)  # "a man" said a hundred times is one kind
    return [t for t in single if not t.generic and not _among(kinds, replace(t, further=False))]


def _among(kinds: set[Told], one: Told) -> bool:
    return any(can_be_one(kind, one) for kind in kinds)


def _on_another_day(c: Claim, best: _Stated) -> bool:
    """Whether a person was harmed on a day that none of a number's days can be."""
    own = c.date
    if own is None or own.from_ is None or own.to is None:
        return False
    known = [(d.from_, d.to) for d in best.days if d.from_ is not None and d.to is not None]
    return bool(known) and not any(first <= own.to and own.from_ <= last for first, last in known)


def _rival(a: _Stated, best: _Stated) -> bool:
    if a.brought and a.size < best.size:
        return False
    return (
        a.size != best.size
        and a.generic
        and best.generic
        and a.origin is not None
        and best.origin is not None
        and a.origin != best.origin
    )


def _without_whole(counted: Sequence[Claim], statements: Sequence[_Stated]) -> Range:
    """No exact number of several people: open and vague ones, else the persons told of one by one."""
    singles = [c for c in counted if (c.count.low, c.count.high) == (1, 1)]
    persons = how_many([told_of(c) for c in singles])
    opened = [s for s in statements if not s.exact]
    if not opened:
        return Range(persons, persons)
    lows = [s.low for s in opened if s.low is not None]
    highs = [s.high for s in opened if s.high is not None]
    low = max([*lows, persons]) if lows or persons else None
    high = min(highs) if highs and all(s.high is not None for s in opened) else None
    return Range(low, max(high, low) if high is not None and low is not None else high)

"""What the claims of one document add up to, incident by incident.

Claims about disjoint groups in one statement add ("two soldiers and three civilians": 5); parts, repeats and
superseded numbers do not; rival numbers span a range. Totals stay out. ``None`` is "not counted", never 0.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.records import Claim, Document

COUNTED = ("killed", "injured", "missing", "abducted", "displaced", "detained", "casualties")


@dataclass(frozen=True, slots=True)
class Range:
    """A low and a high number of people, inclusive; ``None`` is an open end."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """One incident of a document. A harm that the document does not count is ``None``."""

    key: str
    killed: Range | None
    injured: Range | None
    missing: Range | None
    abducted: Range | None
    displaced: Range | None
    detained: Range | None
    casualties: Range | None
    date: dt.date | None
    place: str | None
    claims: tuple[str, ...]


def tally(document: Document, claims: Sequence[Claim], threads: Sequence[int]) -> list[Tally]:
    """The incidents of a document, the main one first: the one its opening and most of its claims speak of."""
    by_thread: dict[int, list[Claim]] = defaultdict(list)
    for claim, thread in zip(claims, threads, strict=True):
        if claim.scope == "incident":
            by_thread[thread].append(claim)
    order = sorted(by_thread, key=lambda t: (-_weight(by_thread[t], len(document.text)), t))
    return [_row(document, by_thread[t]) for t in order]


def _weight(claims: Sequence[Claim], length: int) -> float:
    """How much a document is about an incident: its claims, those near the beginning counting more."""
    return sum(1.0 if c.count.start > 0.3 * length else 2.0 for c in claims) + (3.0 if min(c.count.start for c in claims) < 0.15 * length + 200 else 0.0)


def _row(document: Document, claims: Sequence[Claim]) -> Tally:
    ranges = {harm: add_up([c for c in claims if c.harm == harm]) for harm in COUNTED}
    date = next((c.date.from_ for c in claims if c.date and c.date.from_), None)
    place = next((c.place.name for c in claims if c.place and c.place.name), None)
    return Tally(document.source.key, *(ranges[h] for h in COUNTED), date, place, tuple(c.id for c in claims))


def add_up(claims: Sequence[Claim]) -> Range | None:
    """The range of one harm over what is asserted."""
    standing = [c for c in claims if c.stance == "asserted"]
    updated = {c.relation.claim for c in standing if c.relation and c.relation.type == "updates"}
    counted = [c for c in standing if c.id not in updated and not (c.relation and c.relation.type in ("part_of", "repeats"))]
    if not counted:
        return None
    by_statement: dict[tuple[int, int], list[Claim]] = defaultdict(list)
    for c in counted:
        assert c.quote is not None
        by_statement[(c.quote.start, c.quote.end)].append(c)
    sums = [_sum(group) for group in by_statement.values()]
    stated = [s for s, group in zip(sums, by_statement.values(), strict=True) if any(c.count.qualifier not in ("unstated", "vague") for c in group)]
    sums = stated or sums
    lows = [s.low for s in sums if s.low is not None]
    highs = [s.high for s in sums]
    return Range(min(lows) if lows else None, None if any(h is None for h in highs) else max(h for h in highs if h is not None))


def _sum(claims: Sequence[Claim]) -> Range:
    lows = [c.count.low for c in claims]
    highs = [c.count.high for c in claims]
    low = sum(v or 0 for v in lows) if any(v is not None for v in lows) else None
    return Range(low, None if any(v is None for v in highs) else sum(v or 0 for v in highs))

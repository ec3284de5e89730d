"""Which words of a document a claim rests on, and a text cut wherever such words begin or end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from tollbook.records import Claim

Role = Literal["quote", "count", "victims", "event", "date", "said", "place", "blamed", "speaker"]


class Worded(Protocol):
    """Any part of a claim that has a place in the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a text that claim number ``claim`` (from 1) uses in one role."""

    start: int
    end: int
    role: Role
    claim: int


def marked(claim: Claim, number: int) -> Iterator[Marked]:
    """Every stretch that a claim rests on, the whole quote first."""
    if claim.quote is not None:
        yield Marked(claim.quote.start, claim.quote.end, "quote", number)
    single: tuple[tuple[Role, Worded | None], ...] = (
        ("count", claim.count),
        ("victims", claim.victims),
        ("event", claim.event),
        ("date", claim.date),
        ("said", claim.said),
        ("place", claim.place),
    )
    for role, found in single:
        if found is not None:
            yield Marked(found.start, found.end, role, number)
    for party in claim.blamed:
        yield Marked(party.start, party.end, "blamed", number)
    for link in claim.attribution:
        yield Marked(link.start, link.end, "speaker", number)


def segments(start: int, end: int, marks: Iterable[Marked]) -> Iterator[tuple[int, int, tuple[Marked, ...]]]:
    """The stretch from ``start`` to ``end`` in pieces, each with the marks that cover all of it, however they overlap.

    >>> a, b = Marked(0, 6, "count", 1), Marked(4, 9, "place", 2)
    >>> [(s, e, [m.role for m in ms]) for s, e, ms in segments(0, 10, [a, b])]
    [(0, 4, ['count']), (4, 6, ['count', 'place']), (6, 9, ['place']), (9, 10, [])]
    """
    inside = sorted((m for m in marks if m.start < end and m.end > start), key=lambda m: (m.start, m.end))
    cuts = sorted({start, end, *(max(m.start, start) for m in inside), *(min(m.end, end) for m in inside)})
    live: list[Marked] = []
    following = 0
    for a, b in zip(cuts, cuts[1:], strict=False):
        while following < len(inside) and inside[following].start <= a:
            live.append(inside[following])
            following += 1
        live = [m for m in live if m.end > a]
        yield a, b, tuple(live)

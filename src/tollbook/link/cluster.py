"""Accounts into incidents: a partition that holds people's judgements and does not depend on order.

Two clusters are joined only where their accounts support it: half by the mean of all pairs between them (average
linkage), so that a chain of likely pairs never joins what is unlikely end to end, half by the mean of each account's
best pair (for coded records not at all), since a line in a bulletin is like the report it was taken from and like no
other. A pair that was never looked at counts as unlikely. Accounts that say too little (no day and no place) take no
part in this: each goes at last to the one cluster that it fits clearly best.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tollbook.link.likely import Doubt, Likely, Pair, Scored

UNSEEN = -2.0  # bits of a pair that no key brought together, and the least that any pair counts: one misread date is
# no proof, and what is less likely need not be kept
BEST = 12.0
MARGIN = 1.0  # bits by which a vague account has to fit one cluster better than the next
DOUBT = 2.0  # bits around the threshold in which a pair is offered for review


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of account ids that people called the same or different."""

    same: frozenset[Pair] = frozenset()
    different: frozenset[Pair] = frozenset()


def pair_of(one: str, other: str) -> Pair:
    """A pair has one order."""
    return (one, other) if one <= other else (other, one)


def cluster(
    ids: Iterable[str],
    scores: Mapping[Pair, float],
    threshold: float,
    judged: Judged = Judged(),
    vague: frozenset[str] = frozenset(),
    by_best: float = 0.5,
) -> list[tuple[str, ...]]:
    """The clusters, each sorted, in the order of their first ids. ``scores``: bits for pairs of ids, smaller first.

    What people called the same is together whatever the scores say, what they called different never; where the two
    contradict each other through a third account, "different" holds and the join that came later by id is left out.
    ``by_best``: the share of each account's best pair in what supports a join; of all pairs the rest.

    >>> cluster(["a", "b", "c"], {("a", "b"): 5.0, ("b", "c"): 1.0}, 0.0)
    [('a', 'b'), ('c',)]
    """
    known = sorted(set(ids))
    firm = [id for id in known if id not in vague or any(id in pair for pair in judged.same)]
    state = _Clusters(known, judged.different, by_best)
    for pair in sorted(judged.same):
        if pair[0] in state.of and pair[1] in state.of and state.may_join(state.of[pair[0]], state.of[pair[1]]):
            state.join(state.of[pair[0]], state.of[pair[1]])
    inside = set(firm)
    loose = [id for id in known if id not in inside]
    for part in _parts(scores, loose, judged.same, threshold):
        state.link(part)
        _agglomerate(state, threshold)
    if loose:
        _place_vague(state, loose, scores.of(loose) if isinstance(scores, Likely) else scores, threshold)
    return sorted(tuple(sorted(members)) for members in state.members.values())


def _parts(
    scores: Mapping[Pair, float], loose: Collection[str], same: Iterable[Pair], threshold: float
) -> Iterator[Iterable[Scored]]:
    """The scores of firm accounts in the order of their pairs, in parts that no join reaches across."""
    if isinstance(scores, Likely):
        yield from scores.parts(loose, same, threshold)
    else:
        without = set(loose)
        yield sorted((p, s) for p, s in scores.items() if p[0] not in without and p[1] not in without)


class _Clusters:
    """The clusters so far: members, forbidden neighbours, the sum of bits between neighbours and how many pairs."""

    def __init__(self, ids: Sequence[str], different: Iterable[Pair], by_best: float) -> None:
        self.by_best = by_best
        self.members: dict[str, list[str]] = {id: [id] for id in ids}
        self.of: dict[str, str] = {id: id for id in ids}
        self.apart: dict[str, set[str]] = {}
        self.near: dict[str, dict[str, tuple[float, int, float]]] = {}
        self.bits: Mapping[Pair, float] = {}
        for one, other in different:
            if one in self.of and other in self.of and one != other:
                self.apart.setdefault(one, set()).add(other)
                self.apart.setdefault(other, set()).add(one)

    def link(self, scores: Iterable[Scored]) -> None:
        """Takes sorted scores of pairs of accounts in, for those before; pairs inside one cluster say nothing more."""
        self.bits, self.near = {}, {}
        if self.by_best:
            self.bits = dict(scores)
            scores = self.bits.items()
        for (one, other), bits in scores:
            x, y = self.of[one], self.of[other]
            if x == y:
                continue
            bits = min(max(bits, UNSEEN), BEST)
            here, there = self.near.setdefault(x, {}), self.near.setdefault(y, {})
            total, number, best = here.get(y, (0.0, 0, UNSEEN))
            here[y] = there[x] = (total + bits, number + 1, max(best, bits))

    def may_join(self, x: str, y: str) -> bool:
        """Whether no judgement forbids it."""
        return x != y and y not in self.apart.get(x, ())

    def support(self, x: str, y: str, threshold: float) -> float:
        """The bits that support a join, rounded so that no order of adding matters; exact where over the threshold.
        Pairs never looked at count.
        """
        total, number, best = self.near[x][y]
        mine, theirs, share = self.members[x], self.members[y], self.by_best
        pairs = len(mine) * len(theirs)
        average = (total + UNSEEN * (pairs - number)) / pairs
        if share and pairs > 1 and (1 - share) * average + share * best > threshold:
            best = self._best(mine, theirs)
        return round((1 - share) * average + share * best, 6)

    def _best(self, mine: Sequence[str], theirs: Sequence[str]) -> float:
        """The mean, over the accounts of both sides, of the best pair that each has on the other side."""
        here, there = dict.fromkeys(mine, UNSEEN), dict.fromkeys(theirs, UNSEEN)
        for one in mine:
            for other in theirs:
                bits = self.bits.get((one, other) if one < other else (other, one), UNSEEN)
                bits = min(max(bits, UNSEEN), BEST)
                if bits > here[one]:
                    here[one] = bits
                if bits > there[other]:
                    there[other] = bits
        return math.fsum((*here.values(), *there.values())) / (len(mine) + len(theirs))

    def join(self, x: str, y: str) -> str:
        """Makes one of two clusters, named after the smaller name; returns it."""
        keep, gone = (x, y) if x < y else (y, x)
        for id in self.members[gone]:
            self.of[id] = keep
        self.members[keep] += self.members.pop(gone)
        here = self.near.setdefault(keep, {})
        for other, (total, number, best) in self.near.pop(gone, {}).items():
            del self.near[other][gone]
            if other != keep:
                t, n, b = here.get(other, (0.0, 0, UNSEEN))
                here[other] = self.near[other][keep] = (t + total, n + number, max(b, best))
        for other in self.apart.pop(gone, set()):
            self.apart[other].discard(gone)
            self.apart[other].add(keep)
            self.apart.setdefault(keep, set()).add(other)
        return keep


def _agglomerate(state: _Clusters, threshold: float) -> None:
    """Joins the two clusters that support it most, again and again, ties by name."""
    heap = [
        (-bits, x, y)
        for x, near in state.near.items()
        for y in near
        if x < y and (bits := state.support(x, y, threshold)) > threshold
    ]
    heapq.heapify(heap)
    while heap:
        bits, x, y = heapq.heappop(heap)
        if x not in state.members or y not in state.members or y not in state.near[x]:
            continue
        if -bits != state.support(x, y, threshold) or not state.may_join(x, y):
            continue
        kept = state.join(x, y)
        for other in state.near[kept]:
            bits = state.support(kept, other, threshold)
            if bits > threshold:
                heapq.heappush(heap, (-bits, *pair_of(kept, other)))


def _place_vague(state: _Clusters, ids: Sequence[str], scores: Mapping[Pair, float], threshold: float) -> None:
    """Each vague account to the cluster of firm ones that it fits best, if that is clear; all are placed at once."""
    loose = set(ids)
    towards: dict[str, dict[str, list[float]]] = {id: {} for id in ids}
    among: dict[Pair, float] = {}
    for (one, other), bits in scores.items():
        if one in loose and other in loose:
            among[one, other] = bits
            continue
        for id, fixed in ((one, other), (other, one)):
            if id in loose:
                towards[id].setdefault(state.of[fixed], []).append(min(max(bits, UNSEEN), BEST))
    chosen: dict[str, str] = {}
    for id in ids:
        fits = sorted(
            (
                (-round((sum(b) + UNSEEN * (len(state.members[c]) - len(b))) / len(state.members[c]), 6), c)
                for c, b in towards[id].items()
                if state.may_join(id, c)
            )
        )
        if fits and -fits[0][0] > threshold and (len(fits) == 1 or fits[1][0] - fits[0][0] >= MARGIN):
            chosen[id] = fits[0][1]
    _join_chosen(state, chosen)
    left = [id for id in ids if id not in chosen]
    rest = set(left)
    # Those that fit no firm account may still be one text printed twice.
    state.link(sorted((p, s) for p, s in among.items() if p[0] in rest and p[1] in rest))
    _agglomerate(state, threshold)


def _join_chosen(state: _Clusters, chosen: Mapping[str, str]) -> None:
    for id, target in sorted(chosen.items()):
        now = state.of[target]
        if state.may_join(id, now):
            state.join(id, now)


def doubtful(clusters: Sequence[Sequence[str]], scores: Mapping[Pair, float], threshold: float) -> Sequence[Doubt]:
    """Pairs left apart that come near the threshold, the likeliest first: for a person to decide."""
    if isinstance(scores, Likely):
        return scores.apart(clusters, threshold - DOUBT)
    of = {id: n for n, members in enumerate(clusters) for id in members}
    found = [
        Doubt(*pair, bits)
        for pair, bits in scores.items()
        if bits > threshold - DOUBT and of.get(pair[0]) != of.get(pair[1])
    ]
    return sorted(found, key=lambda doubt: (-doubt.bits, doubt.one, doubt.other))

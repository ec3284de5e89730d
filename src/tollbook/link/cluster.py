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

from tollbook.link.likely import Around, Beside, Doubt, Likely, Met, Pair

UNSEEN = -2.0  # bits of a pair that no key brought together, and the least that any pair counts: one misread date is
# no proof, and what is less likely need not be kept
BEST = 12.0
MARGIN = 1.0  # bits by which a vague account has to fit one cluster better than the next
DOUBT = 2.0  # bits around the threshold in which a pair is offered for review
_NOWHERE = -1  # where an account is that takes no part yet

Join = tuple[float, int, int, int]  # minus the bits that support it, two clusters in order, their accounts together


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
    """The clusters, each sorted, in the order of their first ids. ``scores``: bits for pairs of ids, smaller first; as
    columns (:class:`Likely`) they have the same ids.

    What people called the same is together whatever the scores say, what they called different never; where the two
    contradict each other through a third account, "different" holds and the join that came later by id is left out.
    ``by_best``: the share of each account's best pair in what supports a join; of all pairs the rest.

    >>> cluster(["a", "b", "c"], {("a", "b"): 5.0, ("b", "c"): 1.0}, 0.0)
    [('a', 'b'), ('c',)]
    """
    known = sorted(set(ids))
    place = {id: n for n, id in enumerate(known)}  # places are in the order of the ids, and ties go by them
    around: Around = (
        scores.around(known, UNSEEN, BEST)
        if isinstance(scores, Likely)
        else Beside(((place[one], place[other], bits) for (one, other), bits in scores.items()), UNSEEN, BEST)
    )
    state = _Clusters(len(known), [(place[x], place[y]) for x, y in judged.different if x in place and y in place])
    for x, y in sorted((place[x], place[y]) for x, y in judged.same if x in place and y in place):
        if state.may_join(state.of[x], state.of[y]):
            state.join(state.of[x], state.of[y])
    firm = {id for pair in judged.same for id in pair}
    loose = [place[id] for id in sorted(vague - firm) if id in place]
    del place
    for n in loose:
        state.of[n] = _NOWHERE
    _agglomerate(state, around, threshold, by_best)
    if loose:
        left = _place_vague(state, loose, around, threshold)
        # Those that fit no firm account may still be one text printed twice.
        _agglomerate(state, left, threshold, by_best)
    found: dict[int, list[str]] = {}
    for n, home in enumerate(state.of):
        found.setdefault(home, []).append(known[n])
    return [tuple(members) for members in found.values()]


class _Clusters:
    """The clusters so far, each named after its first account: whose each account is, and who may not meet."""

    __slots__ = ("_apart", "_members", "of")

    def __init__(self, number: int, different: Iterable[tuple[int, int]]) -> None:
        self.of = list(range(number))
        self._members: dict[int, list[int]] = {}  # of those with more than one
        self._apart: dict[int, set[int]] = {}
        for one, other in different:
            if one != other:
                self._apart.setdefault(one, set()).add(other)
                self._apart.setdefault(other, set()).add(one)

    def several(self) -> list[int]:
        """The clusters of more than one account."""
        return sorted(self._members)

    def members(self, x: int) -> Sequence[int]:
        """The accounts of a cluster."""
        return self._members.get(x) or (x,)

    def may_join(self, x: int, y: int) -> bool:
        """Whether no judgement forbids it."""
        return x != y and y not in self._apart.get(x, ())

    def join(self, x: int, y: int) -> int:
        """Makes one of two clusters, named after the smaller name; returns it."""
        keep, gone = (x, y) if x < y else (y, x)
        for n in self.members(gone):
            self.of[n] = keep
        self._members.setdefault(keep, [keep]).extend(self.members(gone))
        self._members.pop(gone, None)
        for other in self._apart.pop(gone, set()):
            self._apart[other].discard(gone)
            self._apart[other].add(keep)
            self._apart.setdefault(keep, set()).add(other)
        return keep


def _agglomerate(state: _Clusters, around: Around, threshold: float, by_best: float) -> None:
    """Joins the two clusters that support it most, again and again, ties by name.

    Only the joins of what has been joined before are held as objects; those of two accounts come in order from the
    scores. A join is out of date where either cluster has grown since, or is another's.
    """
    heap = [join for x in state.several() for join in _joins(state, around, x, (threshold, by_best))]
    heapq.heapify(heap)
    fresh: Iterator[Join] = ((-bits, x, y, 2) for x, y, bits in around.over(threshold))
    coming = next(fresh, None)
    while heap or coming is not None:
        if coming is not None and (not heap or coming < heap[0]):
            best, coming = coming, next(fresh, None)
        else:
            best = heapq.heappop(heap)
        _, x, y, accounts = best
        if state.of[x] != x or state.of[y] != y or len(state.members(x)) + len(state.members(y)) != accounts:
            continue
        if state.may_join(x, y):
            for join in _joins(state, around, state.join(x, y), (threshold, by_best)):
                heapq.heappush(heap, join)


def _joins(state: _Clusters, around: Around, x: int, how: tuple[float, float]) -> Iterator[Join]:
    """What may be joined to a cluster, counted from its accounts' pairs: nothing of it is kept up to date."""
    (threshold, _), of, mine = how, state.of, state.members(x)
    beside = [(one, around.of(one)) for one in mine]
    # What no likely pair ties to it supports no join: a mean is no more than the largest.
    near = {of[other] for _, pairs in beside for other, bits in pairs if bits > threshold}
    met: dict[int, list[Met]] = {home: [] for home in near if home not in (x, _NOWHERE)}
    if not met:
        return
    for one, pairs in beside:
        for other, bits in pairs:
            if of[other] in met:
                met[of[other]].append((one, other, bits))
    for y, found in met.items():
        accounts = len(mine), len(state.members(y))
        bits = _support(found, accounts, how)
        if bits > threshold:
            yield (-bits, x, y, sum(accounts)) if x < y else (-bits, y, x, sum(accounts))


def _support(pairs: Sequence[Met], accounts: tuple[int, int], how: tuple[float, float]) -> float:
    """The bits that support a join, rounded and summed exactly so that no order of adding matters; no more than an
    upper bound where that is not over the threshold. Pairs never looked at count.
    """
    threshold, share = how
    found = [bits for _, _, bits in pairs]
    whole = accounts[0] * accounts[1]
    average, best = (math.fsum(found) + UNSEEN * (whole - len(found))) / whole, max(found)
    if share and whole > 1 and (1 - share) * average + share * best > threshold:
        best = _best(pairs, sum(accounts))
    return round((1 - share) * average + share * best, 6)


def _best(pairs: Sequence[Met], accounts: int) -> float:
    """The mean, over the accounts of both sides, of the best pair that each has on the other side."""
    best: dict[int, float] = {}
    for one, other, bits in pairs:
        if bits > best.get(one, UNSEEN):
            best[one] = bits
        if bits > best.get(other, UNSEEN):
            best[other] = bits
    return math.fsum((*best.values(), UNSEEN * (accounts - len(best)))) / accounts


def _place_vague(state: _Clusters, loose: Collection[int], around: Around, threshold: float) -> Around:
    """Each vague account to the cluster of firm ones that it fits best, if that is clear; all are placed at once.

    Returns the pairs among those that are left.
    """
    chosen: dict[int, int] = {}
    for n in loose:
        towards: dict[int, list[float]] = {}
        for other, bits in around.of(n):
            if state.of[other] != _NOWHERE:
                towards.setdefault(state.of[other], []).append(bits)
        fits = []
        for home, found in towards.items():
            if state.may_join(n, home):
                accounts = len(state.members(home))
                fits.append((-round((math.fsum(found) + UNSEEN * (accounts - len(found))) / accounts, 6), home))
        fits.sort()
        if fits and -fits[0][0] > threshold and (len(fits) == 1 or fits[1][0] - fits[0][0] >= MARGIN):
            chosen[n] = fits[0][1]
    rest = set(loose).difference(chosen)
    for n in loose:
        state.of[n] = n
    for n, target in sorted(chosen.items()):
        if state.may_join(n, state.of[target]):
            state.join(n, state.of[target])
    among = ((n, other, bits) for n in rest for other, bits in around.of(n) if n < other and other in rest)
    return Beside(among, UNSEEN, BEST)


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

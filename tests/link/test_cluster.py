"""Clusters: a partition that obeys judgements and does not depend on order."""

from __future__ import annotations

import math
import random
from itertools import combinations

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.link.cluster import BEST, UNSEEN, Judged, cluster, doubtful
from tollbook.link.likely import Beside, Doubt, Likely, Pair

IDS = [f"a{n}" for n in range(8)]
PAIRS = list(combinations(IDS, 2))
SCORES = st.dictionaries(st.sampled_from(PAIRS), st.floats(-6, 10).map(lambda x: round(x, 3)), max_size=28)
SOME = st.frozensets(st.sampled_from(PAIRS), max_size=5)
VAGUE = st.frozensets(st.sampled_from(IDS), max_size=4)


def together(clusters: list[tuple[str, ...]]) -> set[Pair]:
    """The pairs that share a cluster."""
    return {pair for members in clusters for pair in combinations(members, 2)}


@given(SCORES, SOME, SOME, VAGUE)
def test_is_a_partition(
    scores: dict[Pair, float], same: frozenset[Pair], different: frozenset[Pair], vague: frozenset[str]
) -> None:
    """Every account is in exactly one cluster."""
    found = cluster(IDS, scores, 0.0, Judged(same, different), vague)
    assert sorted(id for members in found for id in members) == IDS


@given(SCORES, SOME, SOME, VAGUE, st.randoms(use_true_random=False))
def test_order_does_not_matter(
    scores: dict[Pair, float],
    same: frozenset[Pair],
    different: frozenset[Pair],
    vague: frozenset[str],
    chance: random.Random,
) -> None:
    """Ids and scores in any order give the same clusters."""
    ids, items = IDS.copy(), list(scores.items())
    chance.shuffle(ids)
    chance.shuffle(items)
    assert cluster(ids, dict(items), 0.0, Judged(same, different), vague) == cluster(
        IDS, scores, 0.0, Judged(same, different), vague
    )


@given(SCORES, SOME, SOME, VAGUE)
def test_different_never_together(
    scores: dict[Pair, float], same: frozenset[Pair], different: frozenset[Pair], vague: frozenset[str]
) -> None:
    """What people called different is apart, whatever scores and other judgements say."""
    assert not together(cluster(IDS, scores, 0.0, Judged(same, different), vague)) & different


@given(SCORES, SOME, VAGUE)
def test_same_is_together(scores: dict[Pair, float], same: frozenset[Pair], vague: frozenset[str]) -> None:
    """What people called the same is together where nothing contradicts it; chains of it too (networkx as oracle)."""
    found = cluster(IDS, scores, 0.0, Judged(same), vague)
    graph = nx.Graph()
    graph.add_nodes_from(IDS)
    graph.add_edges_from(same)
    for component in nx.connected_components(graph):
        assert any(component <= set(members) for members in found)


def naive(scores: dict[Pair, float]) -> set[frozenset[str]]:
    """The linkage by looking at every pair of clusters again and again."""
    clusters = [frozenset([id]) for id in IDS]

    def mean(x: frozenset[str], y: frozenset[str]) -> float:
        values = {(a, b): min(max(scores.get((min(a, b), max(a, b)), UNSEEN), UNSEEN), BEST) for a in x for b in y}
        best = [max(values[a, b] for b in y) for a in x] + [max(values[a, b] for a in x) for b in y]
        return round(sum(values.values()) / len(values) / 2 + math.fsum(best) / len(best) / 2, 6)

    while True:
        options = [
            (-mean(x, y), min(min(x), min(y)), max(min(x), min(y)), x, y)
            for x, y in combinations(clusters, 2)
            if any((min(a, b), max(a, b)) in scores for a in x for b in y)
        ]
        options = [o for o in options if -o[0] > 0]
        if not options:
            return set(clusters)
        *_, x, y = min(options, key=lambda o: o[:3])
        clusters = [c for c in clusters if c not in (x, y)] + [x | y]


@given(SCORES)
def test_agrees_with_a_naive_oracle(scores: dict[Pair, float]) -> None:
    """The heap finds what comparing all clusters with all others finds."""
    assert {frozenset(m) for m in cluster(IDS, scores, 0.0)} == naive(scores)


def columns(scores: dict[Pair, float], ids: list[str]) -> Likely:
    """The same scores as columns."""
    return Likely.gathered(reversed(ids), reversed(scores.items()))


@given(SCORES, SOME, SOME, VAGUE, st.floats(-1, 2), st.sampled_from([0.0, 0.5, 1.0]))
def test_columns_give_the_same_as_a_dictionary(
    scores: dict[Pair, float],
    same: frozenset[Pair],
    different: frozenset[Pair],
    vague: frozenset[str],
    threshold: float,
    by_best: float,
) -> None:
    """Part by part or all at once: the clusters and the doubts are equal, whatever people judged."""
    many = columns(scores, IDS)
    assert dict(many) == scores and many == scores
    found = cluster(IDS, scores, threshold, Judged(same, different), vague, by_best)
    assert cluster(IDS, many, threshold, Judged(same, different), vague, by_best) == found
    assert list(doubtful(found, many, threshold)) == list(doubtful(found, scores, threshold))


@given(SCORES, st.floats(-1, 2))
def test_columns_hold_the_pairs_of_each_account(scores: dict[Pair, float], threshold: float) -> None:
    """Whose pairs are asked for and which are over a threshold, in order: as columns and as objects the same, no bits
    under or over what is given."""
    place = {id: n for n, id in enumerate(IDS)}
    few = Beside(((place[one], place[other], bits) for (one, other), bits in scores.items()), UNSEEN, 5.0)
    many = columns(scores, IDS).around(IDS, UNSEEN, 5.0)
    for n in range(len(IDS)):
        assert many.of(n) == sorted(few.of(n)) and all(UNSEEN <= bits <= 5.0 for _, bits in many.of(n))
    assert list(many.over(threshold)) == list(few.over(threshold))
    assert {(IDS[x], IDS[y]) for x, y, _ in few.over(threshold)} == {
        p for p, bits in scores.items() if bits > threshold
    }


def test_columns_of_other_accounts_are_refused() -> None:
    """Places mean nothing among other accounts."""
    with pytest.raises(ValueError, match="other accounts"):
        cluster(["a", "b"], columns({("b", "c"): 1.0}, ["b", "c"]), 0.0)


def test_no_chain_through_a_vague_account() -> None:
    """Two events are not joined because something that names no day and no place resembles both."""
    scores = {("a", "v"): 6.0, ("b", "v"): 6.0, ("a", "b"): -5.0}
    assert cluster("abv", scores, 0.0, vague=frozenset("v")) == [("a",), ("b",), ("v",)]
    assert cluster("abv", {**scores, ("b", "v"): 2.0}, 0.0, vague=frozenset("v")) == [("a", "v"), ("b",)]


def test_doubtful_pairs_are_offered() -> None:
    """A pair just below the threshold is named for review, a hopeless one is not."""
    scores = {("a", "b"): -1.0, ("c", "d"): -7.0}
    assert doubtful(cluster("abcd", scores, 0.0), scores, 0.0) == [Doubt("a", "b", -1.0)]

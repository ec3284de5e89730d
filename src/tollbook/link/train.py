"""Weights learnt from labelled pairs: penalised logistic regression on the levels of agreement.

Fellegi and Sunter's weights suppose that comparisons err independently. They do not (two reports with the same words
also have the same day), and then weights counted level by level add up to too much. Fitting all levels together keeps
the form, one number of bits a level that can be read and explained, and corrects for that.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tollbook.link.bulk import Pairs, Table, levels
from tollbook.link.columns import Row
from tollbook.link.compare import COMPARISONS
from tollbook.link.score import Weights

PENALTY = 2.0  # pulls a level that few pairs have towards weighing nothing
_STEPS = 40
TOLD_APART = -8.0  # a report that gives two events two days means two events; labels are too few to learn it from


@dataclass(frozen=True, slots=True)
class Example:
    """The levels of one candidate pair (in the order of the comparisons), and whether it is of one incident.

    ``source`` names the collection: each has a share of true pairs of its own, which is no evidence on any pair.
    """

    levels: tuple[str | None, ...]
    same: bool
    source: str
    weight: float = 1.0


def examples(
    rows: Mapping[str, Row],
    pairs: Iterable[tuple[str, str]],
    labels: Mapping[str, str],
    source: str,
    weight: float = 1.0,
) -> list[Example]:
    """The candidate pairs of accounts that both have a label."""
    import numpy as np  # comes with spaCy

    table = Table([rows[id] for id in sorted(rows)])
    at = {id: n for n, id in enumerate(table.ids)}
    known = [(a, b) for a, b in pairs if a in labels and b in labels]
    sides = [np.array([at[pair[side]] for pair in known], dtype=np.int64) for side in (0, 1)]
    found = [
        [None if n < 0 else c.levels[n] for n in levels(c, Pairs(table, sides[0], sides[1])).tolist()]
        for c in COMPARISONS
    ]
    return [
        Example(tuple(column[n] for column in found), labels[a] == labels[b], source, weight)
        for n, (a, b) in enumerate(known)
    ]


def fit(found: Sequence[Example], made_by: str, threshold: float = 0.0) -> Weights:
    """Weights in bits, to two decimals; the prior is the mean over the sources."""
    import numpy as np  # comes with spaCy

    column = {(c.name, level): n for n, (c, level) in enumerate((c, level) for c in COMPARISONS for level in c.levels)}
    sources = sorted({e.source for e in found})
    size = len(column) + len(sources)
    at: list[Any] = []
    rows: list[Any] = []
    for n, example in enumerate(found):
        ones = [column[c.name, lv] for c, lv in zip(COMPARISONS, example.levels, strict=True) if lv is not None]
        ones.append(len(column) + sources.index(example.source))
        rows.append(np.array(ones))
        at.append(np.full(len(ones), n))
    indices, owners = np.concatenate(rows), np.concatenate(at)
    truth = np.array([float(e.same) for e in found])
    weight = np.array([e.weight for e in found])
    penalty = np.full(size, PENALTY)
    penalty[len(column) :] = 1e-3
    beta = np.zeros(size)
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-np.bincount(owners, beta[indices], len(found))))
        gradient = np.bincount(indices, (weight * (truth - p))[owners], size) - penalty * beta
        hessian = np.diag(penalty)
        for ones, curve in zip(rows, weight * p * (1 - p), strict=True):
            if curve > 1e-7:
                hessian[np.ix_(ones, ones)] += curve
        step = np.linalg.solve(hessian, gradient)
        beta += step
        if float(abs(step).max()) < 1e-6:
            break
    seen = set(indices.tolist())
    bits: dict[str, dict[str, float]] = {}
    for (name, level), n in column.items():
        if n in seen:
            bits.setdefault(name, {})[level] = round(float(beta[n]) / math.log(2), 2)
    prior = float(np.mean(beta[len(column) :])) / math.log(2)
    usual = bits.get("outlet", {}).get("other outlet", 0.0)  # nearly every pair's: no evidence, but part of the prior
    if "outlet" in bits:
        bits["outlet"] = {level: round(b - usual, 2) for level, b in bits["outlet"].items()}
        prior += usual
    return Weights(round(prior, 2), threshold, sensible(bits), made_by)


# What reason says of some levels, whatever few pairs seemed to show.
_NEVER_FOR = (
    ("report", "told apart"),
    ("blamed", "different"),
    ("event", "different"),
    ("groups", "different"),
    ("hours", "different"),
    ("bodies", "different"),
    ("place", "other small place"),
    ("place", "far apart"),
    ("place", "within 100 km"),
    ("place", "other country"),
)
_NO_MORE_THAN = (
    ("date", "same busy day", "same day"), ("date", "same very busy day", "same day"), ("date", "next day", "same day"),
    ("place", "same small place, a common one", "same small place"),
    ("place", "same place, a common one", "same place"), ("place", "same place, a very common one", "same place"),
    ("place", "same name", "same small place"),
    ("report", "told apart", "told as one"),
)  # fmt: skip
# Two stated days are two events unless one was misread, whatever words the reports of one war share. Labels of single
# shootings, each with names of its own, understate that.
_AT_MOST = {
    ("date", "2 or 3 days apart, both stated"): -2.5, ("date", "4 to 7 days apart, both stated"): -4.0,
    ("date", "8 to 30 days apart, both stated"): -5.0, ("date", "over 30 days apart, both stated"): -6.0,
    ("date", "2 or 3 days apart"): -1.0, ("date", "4 to 7 days apart"): -1.0, ("date", "8 to 30 days apart"): -1.5,
    ("published", "printed before it happened"): -3.0, ("published", "printed before a stated day"): -6.0,
    ("own", "over 20"): 3.0,
    **{("whole reports", step): 5.0 for step in ("up to 19", "up to 24", "up to 32", "over 32")},
}  # fmt: skip
# A day without a year speaks for one event half as much as a date. Another day speaks against more: such reports have
# no day of printing either, which otherwise parts events of one war. No labelled collection has such days.
_YEARLESS = {"same day, no year": 1.5, "next day, no year": 0.5, "other day, no year": -10.0}
_NEVER_AGAINST = (
    ("bodies", "shared"),
    ("blamed", "shared"),
    ("event", "same"),
    ("groups", "shared"),
    ("hours", "shared"),
)


def sensible(bits: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """More shared words never weigh less than fewer, and no agreement counts against, no difference for."""
    for name in ("words", "whole reports", "own", "fields"):
        highest = -math.inf
        for level in next(c.levels for c in COMPARISONS if c.name == name):
            if level in bits.get(name, {}):
                highest = max(highest, bits[name][level])
                bits[name][level] = highest
    for name, level, other in _NO_MORE_THAN:
        if level in bits.get(name, {}) and other in bits[name]:
            bits[name][level] = min(bits[name][level], bits[name][other])
    bits.setdefault("report", {})["told apart, on other days"] = TOLD_APART
    bits.setdefault("date", {}).update(_YEARLESS)
    for (name, level), most in _AT_MOST.items():
        if level in bits.get(name, {}):
            bits[name][level] = min(bits[name][level], most)
    for name, level in _NEVER_FOR:
        if bits.get(name, {}).get(level, 0.0) > 0:
            bits[name][level] = 0.0
    for name, level in _NEVER_AGAINST:
        if bits.get(name, {}).get(level, 0.0) < 0:
            bits[name][level] = 0.0
    return bits

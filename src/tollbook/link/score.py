"""How much speaks for and against one incident, pair by pair: Fellegi–Sunter weights in bits, and why.

Each level of each comparison has a weight, log2 of how much likelier it is between two accounts of one incident than
between two of different ones. The weights of a pair add up; what neither says weighs nothing.

I. P. Fellegi, A. B. Sunter, "A theory for record linkage", JASA 64 (1969).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tollbook.errors import InputError
from tollbook.link.columns import Row
from tollbook.link.compare import COMPARISONS, Comparison

PLACES = 6  # decimals that a score is rounded to before it is held against a threshold


@dataclass(frozen=True, slots=True)
class Weights:
    """``bits[comparison][level]``; ``prior`` is what every pair starts with; ``threshold`` what an incident needs;
    ``by_best`` how far each account's best pair counts in joining clusters, rather than all its pairs.
    """

    prior: float
    threshold: float
    bits: Mapping[str, Mapping[str, float]]
    made_by: str
    by_best: float = 0.5  # see tollbook.link.cluster

    def of(self, comparison: Comparison, level: str | None) -> float:
        """The weight of a level; of silence, 0."""
        return 0.0 if level is None else self.bits.get(comparison.name, {}).get(level, 0.0)


@dataclass(frozen=True, slots=True)
class Reason:
    """One comparison of one pair: what was found and how much it weighs."""

    comparison: str
    level: str
    bits: float


@cache
def shipped(kind: str = "read") -> Weights:
    """The weights that come with the package: for claims ``read`` from texts, or ``coded`` by people in a database.

    What a machine reads errs otherwise than what a person codes. ``weights.json`` says how they were learnt.
    """
    return read_weights(json.loads((files("tollbook.link") / "weights.json").read_text("utf-8"))[kind])


def read_weights(plain: Mapping[str, Any], where: str = "weights") -> Weights:
    """Weights from their JSON; an unknown comparison or level is an error, a missing one weighs nothing."""
    known = {c.name: set(c.levels) for c in COMPARISONS}
    try:
        bits = {name: {level: float(b) for level, b in levels.items()} for name, levels in plain["bits"].items()}
        weights = Weights(
            float(plain["prior"]),
            float(plain["threshold"]),
            bits,
            str(plain.get("made_by", "")),
            float(plain.get("by_best", 0.5)),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(where, f"these are no weights for linking ({error})") from error
    for name, levels in bits.items():
        unknown = sorted(levels.keys() - known.get(name, set()))
        if name not in known or unknown:
            raise InputError(where, f"{name}: {unknown[0] if unknown else name} is not compared here")
    return weights


def weights_json(weights: Weights) -> dict[str, Any]:
    """The weights as plain JSON, in the order of the comparisons."""
    bits = {
        c.name: {level: weights.bits[c.name][level] for level in c.levels if level in weights.bits.get(c.name, {})}
        for c in COMPARISONS
    }
    return {
        "made_by": weights.made_by,
        "prior": weights.prior,
        "threshold": weights.threshold,
        "by_best": weights.by_best,
        "bits": bits,
    }


def score(a: Row, b: Row, weights: Weights) -> float:
    """The bits that speak for one incident (against it, where negative), rounded."""
    total = weights.prior
    for comparison in COMPARISONS:
        level = comparison.level(a, b)
        if level is not None:
            total += weights.of(comparison, level)
    return round(total, PLACES)


def reasons(a: Row, b: Row, weights: Weights) -> tuple[Reason, ...]:
    """Why a pair has its score, what weighs most first; the prior is not among them."""
    found = [Reason(c.name, level, weights.of(c, level)) for c in COMPARISONS if (level := c.level(a, b)) is not None]
    return tuple(sorted(found, key=lambda r: (-abs(r.bits), r.comparison)))


def score_pairs(
    rows: Sequence[Row], pairs: Iterable[tuple[str, str]], weights: Weights
) -> dict[tuple[str, str], float]:
    """The score of each pair of ids, in this process."""
    by_id = {row.id: row for row in rows}
    return {(one, other): score(by_id[one], by_id[other], weights) for one, other in pairs}

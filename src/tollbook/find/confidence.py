"""How sure the reader is that a claim is one, with the number it read: a logistic sum of a few plain signs.

The weights are fitted by ``scripts/calibrate.py`` on the project's own labelled reports and lie in
``lexicon/score.toml``; what a score is worth on reports that it was not fitted on stands in ``docs/quality.md``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

from tollbook import lexicon
from tollbook.find.setting.sites import rank
from tollbook.find.setting.story import Draft
from tollbook.records import Attribution, PlaceMention

_STRONG = frozenset(
    ["object of the verb", "number before the word of harm", "deaths counted", "the death of", "subject of the verb"]
)


def signs(draft: Draft, place: PlaceMention | None, voices: tuple[Attribution, ...]) -> Iterator[str]:
    """The names of the signs that a claim shows; each has a weight."""
    finding, phrase = draft.finding, draft.finding.phrase
    if finding.rule in _STRONG:
        yield "plain grammar"
    if finding.rule.startswith("part of"):
        yield "part of another"
    if finding.count.qualifier in ("unstated", "vague"):
        yield "no number"
    if phrase is not None:
        yield f"form {phrase.form}"
        if phrase.noun is None and phrase.form not in ("elliptic", "name", "pronoun"):
            yield "unknown noun"
        elif phrase.noun is not None and not phrase.noun.known:
            yield "guessed noun"
    if finding.harm not in ("killed", "injured"):
        yield "rarer harm"
    if draft.stance != "asserted":
        yield "not asserted"
    if draft.scope == "total":
        yield "total"
    if draft.region is not None:
        yield "outside the body"
    if draft.event is None or draft.event.type is None:
        yield "no event"
    if draft.date is None:
        yield "no date"
    if place is None or rank(place) > 4:
        yield "no spot"
    if voices:
        yield "somebody says so"


def score_of(draft: Draft, place: PlaceMention | None, voices: tuple[Attribution, ...]) -> float:
    """Between 0.01 and 0.99, two decimals."""
    weights = _weights()
    total = weights["always"] + sum(weights.get(sign, 0.0) for sign in signs(draft, place, voices))
    return round(min(0.99, max(0.01, 1.0 / (1.0 + math.exp(-total)))), 2)


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = lexicon.load("score")["weights"]
    return weights

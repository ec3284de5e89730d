"""Weights from reports: learnt from labels, or without any by Splink's expectation maximisation."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tollbook.errors import InputError
from tollbook.link.accounts import Report, all_accounts
from tollbook.link.block import block, pairs
from tollbook.link.columns import rows_of
from tollbook.link.compare import COMPARISONS
from tollbook.link.score import Weights, shipped
from tollbook.link.splink_engine import linker
from tollbook.link.train import Example, examples, fit, sensible

FEWEST = 200  # accounts below which expectation maximisation learns nothing that could be trusted


def learn_from_labels(reports: Sequence[Report], labels: Iterable[Mapping[str, Any]]) -> Weights:
    """Weights from labelled reports, see :func:`labelled`."""
    learnt, said = labelled(reports, labels)
    return fit(learnt, f"learnt from labels: {said}")


def labelled(
    reports: Sequence[Report], labels: Iterable[Mapping[str, Any]], source: str = "labels", weight: float = 1.0
) -> tuple[list[Example], str]:
    """The candidate pairs that have labels, and how many in words.

    A label is ``{"key": document, "incident": name}`` or ``{"claim": id, "incident": name}``. A key labels the main
    incident of its document; an account whose claims have different labels is left out.
    """
    by_key: dict[str, str] = {}
    by_claim: dict[str, str] = {}
    for number, label in enumerate(labels, 1):
        name = label.get("incident")
        if name is None or ("key" in label) == ("claim" in label):
            raise InputError(f"label {number}", 'needs "incident", and either "key" or "claim"')
        (by_key if "key" in label else by_claim)[str(label.get("key", label.get("claim")))] = str(name)
    accounts = all_accounts(reports)
    named = {}
    for account in accounts:
        found = {by_claim[c.id] for c in account.claims if c.id in by_claim}
        if not found and account.rank == 0 and account.key in by_key:
            found = {by_key[account.key]}
        if len(found) == 1:
            named[account.id] = found.pop()
    rows = {row.id: row for row in rows_of(accounts)}
    learnt = examples(rows, pairs(block(list(rows.values()))), named, source, weight)
    same = sum(e.same for e in learnt)
    if not same or same == len(learnt):
        raise InputError("labels", f"{len(learnt)} pairs have labels, {same} of one incident: both kinds are needed")
    return learnt, f"{len(learnt)} candidate pairs, {same} of one incident, {_kinds(named)}"


def _kinds(named: Mapping[str, str]) -> str:
    return f"{len(named)} accounts of {len(Counter(named.values()))} incidents"


def learn_unlabelled(reports: Sequence[Report], start: Weights | None = None) -> Weights:
    """Weights by expectation maximisation over a large collection; prior and threshold stay those of ``start``.

    T. Enamorado, B. Fifield, K. Imai, "Using a probabilistic model to assist merging of large-scale administrative
    records", APSR 113 (2019). Levels that the collection does not show keep the weight that they had.
    """
    start = start or shipped("read" if any(r.text is not None for r in reports) else "coded")
    rows = rows_of(all_accounts(reports))
    if len(rows) < FEWEST:
        raise InputError("claims", f"{len(rows)} accounts are too few to learn from without labels (at least {FEWEST})")
    model = linker(rows, block(rows), start)
    model.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in ('l."first" = r."first"', 'l."admin1" = r."admin1" AND l."killed_low" = r."killed_low"'):
        model.training.estimate_parameters_using_expectation_maximisation(rule)
    learnt = _bits(model.misc.save_model_to_json())
    bits = {c.name: {level: learnt.get((c.name, level), start.of(c, level)) for level in c.levels} for c in COMPARISONS}
    return Weights(start.prior, start.threshold, sensible(bits), f"expectation maximisation over {len(rows)} accounts")


def _bits(model: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    found = {}
    for comparison in model["comparisons"]:
        for level in comparison["comparison_levels"]:
            m, u = level.get("m_probability"), level.get("u_probability")
            if m and u and not level.get("is_null_level"):
                found[comparison["output_column_name"], level["label_for_charts"]] = round(
                    max(-10.0, min(10.0, math.log2(m / u))), 2
                )
    return found

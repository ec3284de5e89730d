"""Fit the weights of the extraction score on the project's own labelled reports (the open golden ones).

    python -m scripts.calibrate

For every claim that the reader makes of them it is known whether annotators have it too, with its harm and its number.
A logistic regression with a ridge (so that a sign seen five times cannot shout) gives the weights of
``lexicon/score.toml``. What they are worth is measured elsewhere, on reports that were not fitted on: docs/quality.md.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import Counter
from pathlib import Path

from tests.golden import load
from tests.quality.scorer import _pairs
from tollbook import pipeline
from tollbook.clean import clean_page
from tollbook.records import Page, claim_json

OUT = Path("src/tollbook/lexicon/score.toml")
RIDGE = 1.0
STEPS = 4000
RATE = 0.05

Row = tuple[frozenset[str], bool]


def rows() -> list[Row]:
    """Per claim read: its signs, and whether it is one with the right number."""
    found: list[Row] = []
    for report in load("open"):
        if not report.get("text"):
            continue
        text = report["text"]
        day = report.get("published")
        page = Page(
            report["id"],
            text.encode(),
            text,
            "text",
            title=report.get("title"),
            outlet=report.get("outlet"),
            published=dt.date.fromisoformat(day[:10]) if day else None,
        )
        reading = pipeline.read_document(clean_page(page))
        read = [claim_json(c) for c in reading.claims]
        gold = report["claims"]
        right = {
            j for i, j in _pairs(gold, read, report.get("aliases", ()))
            if (gold[i]["low"], gold[i]["high"]) == (read[j]["count"]["low"], read[j]["count"]["high"])
        }  # fmt: skip
        for j, claim in enumerate(reading.claims):
            reason = next(r for r in reading.reasons[claim.id] if r.field == "score")
            found.append((frozenset(filter(None, reason.rule.split(", "))), j in right))
    return found


def fit(data: list[Row]) -> dict[str, float]:
    """Weights by gradient descent; few rows and few signs need nothing cleverer."""
    signs = sorted({s for row, _ in data for s in row})
    counts = Counter(s for row, _ in data for s in row)
    weights = dict.fromkeys(["always", *signs], 0.0)
    for _ in range(STEPS):
        slope = {s: (RIDGE * w if s != "always" else 0.0) for s, w in weights.items()}
        for row, right in data:
            total = weights["always"] + sum(weights[s] for s in row)
            error = 1.0 / (1.0 + math.exp(-total)) - right
            for s in ("always", *row):
                slope[s] += error
        for s in weights:
            weights[s] -= RATE * slope[s] / max(20, counts[s])
    return weights


def main() -> None:
    data = rows()
    weights = fit(data)
    lines = [
        "# Weights of find/confidence.py, written by scripts/calibrate.py; log-odds.",
        f"# Fitted on {len(data)} claims of the open golden reports, {sum(r for _, r in data)} of them right.",
        "[weights]",
        *(f'"{name}" = {value:.2f}' for name, value in weights.items()),
    ]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"{OUT}: {len(weights)} weights from {len(data)} claims")


if __name__ == "__main__":
    main()

"""Judgements from one ledger to another, as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tollbook.errors import InputError, JudgementError
from tollbook.judgements import judgement_json, read_judgement
from tollbook.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a line: ``applied``, ``known`` (stood here already) or ``refused`` with the reason."""

    line: int
    outcome: str
    judgement: str | None
    reason: str | None = None


def export_judgements(ledger: Ledger) -> Iterator[dict[str, Any]]:
    """The public JSON of every judgement, undone ones and their undoing too, in their order."""
    for stored in ledger.judgements():
        yield judgement_json(stored.judgement)


def apply_judgements(ledger: Ledger, lines: Iterable[str]) -> Iterator[Applied]:
    """Takes judgements from another ledger, in their order; each keeps its id, so applying twice changes nothing.

    A line that does not fit here (a claim that was never read, a contradiction) is refused and named; the rest goes on.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            judgement = read_judgement(json.loads(line), f"line {number}")
            done = ledger.judge(judgement)
        except json.JSONDecodeError as error:
            yield Applied(number, "refused", None, f"no JSON: {error.msg}")
        except InputError as error:
            yield Applied(number, "refused", None, str(error))
        except JudgementError as error:
            yield Applied(number, "refused", judgement.id, str(error))
        else:
            yield Applied(number, "known" if done.known else "applied", judgement.id)

"""What we say of an incident after the judgements: never the same thing as a claim, never without a name to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tollbook.judgements import Grade, Judgement, in_force, judged_claim, review_state

AssessmentStatus = Literal["candidate", "confirmed"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """An incident as people left it.

    ``status`` is ``candidate`` until a person confirms it. ``claims`` is the public JSON of the claims that count, with
    their corrections; ``rejected`` and ``unsure`` are ids. ``reviewed`` is how many of its claims a person has judged.
    ``grade_note`` belongs to the grade.
    """

    incident: str
    status: AssessmentStatus
    grade: Grade | None
    grade_note: str | None
    claims: tuple[Mapping[str, Any], ...]
    rejected: tuple[str, ...]
    unsure: tuple[str, ...]
    reviewed: int


def assess(incident: str, claims: Sequence[Mapping[str, Any]], judgements: Sequence[Judgement]) -> Assessment:
    """The assessment of an incident from its claims (public JSON) and the judgements on it and on them.

    Judgements that were undone do not count; those on other claims and other incidents are passed over, so that all of
    a ledger's may be given. Numbers are added up elsewhere, from ``claims``: see :mod:`tollbook.tally`.

    >>> confirm = Judgement("confirm", "i-1", "Ana", "2024-05-01T10:00:00+00:00")
    >>> assess("i-1", [{"id": "c-1", "harm": "killed"}], [confirm]).status
    'confirmed'
    """
    standing = in_force(judgements)
    by_claim: dict[str, list[Judgement]] = {}
    for judgement in standing:
        by_claim.setdefault(judgement.key, []).append(judgement)
    states = {claim["id"]: review_state(by_claim.get(claim["id"], ())) for claim in claims}
    judged = [judged_claim(claim, by_claim.get(claim["id"], ())) for claim in claims]
    on_it = by_claim.get(incident, [])
    grade = next((judgement for judgement in reversed(on_it) if judgement.kind == "grade"), None)
    return Assessment(
        incident=incident,
        status="confirmed" if any(judgement.kind == "confirm" for judgement in on_it) else "candidate",
        grade=None if grade is None else grade.value,
        grade_note=None if grade is None else grade.note,
        claims=tuple(claim for claim in judged if claim is not None),
        rejected=tuple(id for id, state in states.items() if state == "rejected"),
        unsure=tuple(id for id, state in states.items() if state == "unsure"),
        reviewed=sum(state not in (None, "unsure") for state in states.values()),
    )

"""What people decide: the record of a judgement, and what a set of judgements makes of a claim.

A judgement is never overwritten and never changes a claim. ``accept`` says "read correctly", which is not "true".
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from tollbook.errors import InputError
from tollbook.records import digest

JUDGEMENT_SCHEMA = "tollbook.judgement/1"

Kind = Literal["accept", "reject", "correct", "add", "unsure", "same", "different", "confirm", "grade", "undo"]
Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]

PAIR_KINDS = frozenset({"same", "different"})
INCIDENT_KINDS = frozenset({"confirm", "grade"})
CLAIM_KINDS = frozenset({"accept", "reject", "correct", "add", "unsure"})

# The words of Airwars, as the reviewer sees them beside the button.
GRADES: Mapping[str, str] = {
    "confirmed": "a belligerent has accepted responsibility for the harm",
    "fair": "two or more credible, independent sources agree, and a belligerent was active there at the time",
    "weak": "a single source, or sources that trace back to one",
    "contested": "competing claims of responsibility, such as two belligerents blamed by different sources",
    "discounted": "those harmed were combatants, or there was no such event, on the evidence found later",
}

# What a person may correct, field by field; the values are those of the public JSON of a claim.
CORRECTABLE = (
    "harm", "count", "victims", "event", "date", "said", "place", "blamed", "attribution", "stance", "scope",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision of one person.

    ``subject`` is a claim (``c-…``), an incident (``i-…``) or, for ``undo``, a judgement (``j-…``); ``other`` the
    second claim of a pair. ``field`` and ``value`` (whole) belong to ``correct``; ``value`` alone to ``add`` (the claim
    as public JSON) and ``grade`` (a word of :data:`GRADES`). ``machine`` keeps what the machine had read in that field.
    ``basis`` are the claims that an incident held when it was judged. ``at`` is an ISO time with its offset.
    """

    kind: Kind
    subject: str
    by: str
    at: str
    other: str | None = None
    field: str | None = None
    value: Any = None
    machine: Any = None
    note: str | None = None
    basis: tuple[str, ...] = ()
    id: str = ""

    def __post_init__(self) -> None:
        """Pairs have one order; an id is derived where none is given."""
        if self.kind in PAIR_KINDS and self.other is not None and self.other < self.subject:
            first, second = self.other, self.subject
            object.__setattr__(self, "subject", first)
            object.__setattr__(self, "other", second)
        if not self.id:
            what = (self.kind, self.subject, self.other, self.field, self.value, self.note, self.by, self.at)
            object.__setattr__(self, "id", "j-" + digest(json.dumps(what, sort_keys=True)))

    @property
    def key(self) -> str:
        """What it is about: the subject, or both claims of a pair.

        >>> Judgement("same", "c-2", "Ana", "2024-05-01T10:00:00+00:00", other="c-1").key
        'c-1 c-2'
        """
        return f"{self.subject} {self.other}" if self.other else self.subject

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims that it names, an incident's apart."""
        if self.kind in CLAIM_KINDS:
            return (self.subject,)
        return (self.subject, self.other) if self.kind in PAIR_KINDS and self.other else ()


def judgement_json(judgement: Judgement) -> dict[str, Any]:
    """The public JSON of a judgement, schema first."""
    values = {field.name: getattr(judgement, field.name) for field in fields(judgement)}
    return {"schema": JUDGEMENT_SCHEMA, **values, "basis": list(judgement.basis)}


def read_judgement(value: Any, where: str = "judgement") -> Judgement:
    """A judgement from its public JSON; an :class:`InputError` names what is wrong with it."""
    if not isinstance(value, Mapping):
        raise InputError(where, "an object is needed")
    if value.get("schema") != JUDGEMENT_SCHEMA:
        raise InputError(where, f"this is no {JUDGEMENT_SCHEMA} but {value.get('schema')!r}")
    known = {field.name for field in fields(Judgement)}
    unknown = value.keys() - known - {"schema"}
    if unknown:
        raise InputError(where, f"unknown field {sorted(map(str, unknown))[0]!r}")
    given = {name: value[name] for name in known & value.keys()}
    basis = given.pop("basis", [])
    if not isinstance(basis, list):
        raise InputError(where, "basis must be a list of claim ids")
    for name in ("kind", "subject", "by", "at"):
        if not isinstance(given.get(name), str):
            raise InputError(where, f"{name} must be given, in words")
    for name in ("other", "field", "note", "id"):
        if not isinstance(given.get(name, ""), str | None):
            raise InputError(where, f"{name} must be words or null")
    if given["kind"] not in get_args(Kind):
        raise InputError(where, f"kind {given['kind']!r} is none of {', '.join(get_args(Kind))}")
    return Judgement(**{**given, "id": given.get("id") or ""}, basis=tuple(map(str, basis)))


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that were not undone, in their order; undo itself is not among them."""
    known = list(judgements)
    undone = {j.subject for j in known if j.kind == "undo"}
    return [j for j in known if j.kind != "undo" and j.id not in undone]


def review_state(standing: Iterable[Judgement]) -> str | None:
    """``rejected``, ``corrected``, ``accepted``, ``unsure`` or ``None``: where the judgements on one claim leave it."""
    kinds = {j.kind for j in standing}
    for kind, state in (("reject", "rejected"), ("correct", "corrected"), ("accept", "accepted"), ("add", "accepted")):
        if kind in kinds:
            return state
    return "unsure" if "unsure" in kinds else None


def judged_claim(claim: Mapping[str, Any], standing: Iterable[Judgement]) -> dict[str, Any] | None:
    """The public JSON of a claim with its corrections, ``None`` if it was rejected; the claim itself stays as it was.

    >>> fix = Judgement("correct", "c-1", "Ana", "2024-05-01T10:00:00+00:00", field="harm", value="injured")
    >>> judged_claim({"id": "c-1", "harm": "killed"}, [fix])
    {'id': 'c-1', 'harm': 'injured'}
    """
    result = dict(claim)
    for judgement in standing:
        if judgement.kind == "reject":
            return None
        if judgement.kind == "correct" and judgement.field is not None:
            result[judgement.field] = judgement.value
    return result

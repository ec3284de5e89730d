"""What the ledger hands out: small frozen records over its tables, and the filters that choose among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tollbook.decode import decode_claim
from tollbook.judgements import Judgement
from tollbook.records import Claim

Outcome = Literal["added", "known", "superseded", "redacted"]


@dataclass(frozen=True, slots=True)
class AddResult:
    """What adding a document did.

    ``known``: the same reading stood there already, nothing was written. ``superseded``: an earlier reading gave way to
    this one. ``redacted``: people erased or masked this document; it was not added again. ``orphaned`` are judgements
    whose words no longer make the claim they judged; ``changed`` those whose claim is the same and is read otherwise.
    """

    outcome: Outcome
    document: str
    seq: int
    carried: tuple[str, ...] = ()
    orphaned: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the corpus lists it. ``seq`` is its revision; ``state`` is ``read``, ``masked`` or ``erased``."""

    id: str
    seq: int
    first_seq: int
    readings: int
    state: str
    key: str | None
    outlet: str | None
    title: str | None
    url: str | None
    language: str | None
    published: str | None
    sha256: str | None
    raw_sha256: str | None
    raw_kept: bool
    claims: int
    statements: int


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """A claim as it was read (``json`` is its public JSON) and where judgements leave it (``review``)."""

    id: str
    seq: int
    document: str
    superseded_by: int | None
    by_hand: bool
    review: str | None
    json: Mapping[str, Any]

    def record(self) -> Claim:
        """The claim as a record."""
        return decode_claim(self.json)


@dataclass(frozen=True, slots=True)
class StoredStatement:
    """A statement as it was read."""

    id: str
    seq: int
    document: str
    superseded_by: int | None
    json: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredJudgement:
    """A judgement and what became of it. ``orphaned_by``: the event after which its words no longer made its claim;
    ``changed``: fields that are read otherwise since; ``incident``: where a judgement on an incident stands now."""

    judgement: Judgement
    seq: int
    undone_by: int | None
    orphaned_by: int | None
    changed: tuple[str, ...]
    incident: str | None

    @property
    def standing(self) -> bool:
        """Whether it counts: neither undone nor orphaned."""
        return self.undone_by is None and self.orphaned_by is None and self.judgement.kind != "undo"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One incident as a linker makes it: an id that hashes its content, its claims, and its public JSON (``summary``;
    ``date.from``, ``date.to`` and ``place.country`` in it can be asked for)."""

    id: str
    claims: tuple[str, ...]
    summary: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredIncident:
    """An incident with what people decided of it. ``seq`` is its revision."""

    id: str
    seq: int
    status: str
    grade: str | None
    claims: tuple[str, ...]
    summary: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims: every field that is given has to hold. ``since`` and ``until`` are ISO days that the claim's date
    may touch; ``review`` is a state or ``"none"`` for claims that nobody has judged; ``single``: in no incident."""

    document: str | None = None
    ids: tuple[str, ...] | None = None
    harm: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    scope: str | None = None
    stance: str | None = None
    event_type: str | None = None
    review: str | None = None
    superseded: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """Which incidents."""

    status: str | None = None
    grade: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What judging did. ``known``: the same person had said the same already, nothing was written."""

    judgement: Judgement
    seq: int
    known: bool = False

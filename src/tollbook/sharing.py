"""What a ledger gives to the exports: rows with people's corrections, filtered, with what must not leave left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import select

from tollbook.assess import Assessment, assess
from tollbook.errors import UsageError
from tollbook.exports.contract import (
    ClaimRow,
    Decision,
    ExportFilter,
    IncidentRow,
    Link,
    Stored,
    Wants,
    Withheld,
)
from tollbook.exports.masking import Masker, can_name, names_in
from tollbook.exports.public import published
from tollbook.exports.registry import Exported, export
from tollbook.incidents.assemble import uncollected
from tollbook.judgements import CLAIM_KINDS, Judgement, judged_claim, judgement_json
from tollbook.ledger import ClaimFilter, IncidentFilter, Ledger, StoredClaim, StoredIncident, StoredJudgement
from tollbook.ledger.events import unpack
from tollbook.ledger.plain import plain_json
from tollbook.ledger.tables import claims as claim_table
from tollbook.ledger.tables import payloads as payload_table
from tollbook.records import Document, to_json

_BATCH = 200  # incidents whose claims are asked for at once
_IN_SQL = ("document", "harm", "country", "since", "until", "scope", "stance", "event_type", "review")
_OF_CLAIM = (*_IN_SQL, "ids", "outlet")


class LedgerMaterial:
    """The :class:`~tollbook.exports.contract.Material` of a ledger."""

    def __init__(self, ledger: Ledger, where: ExportFilter | None = None, wants: Wants | None = None) -> None:
        self._ledger = ledger
        self._where = where or ExportFilter()
        self._wants = wants or Wants()
        self._view = self._wants.view
        self.withheld = Withheld()
        _check(self._where)

    @cached_property
    def head(self) -> tuple[int, str]:
        """Number and hash of the log's last event when the export began."""
        return self._ledger.head()

    # --- what people said ----------------------------------------------------------------------------------------

    @cached_property
    def _standing(self) -> dict[str, list[Judgement]]:
        """Judgements in force by claim."""
        found: dict[str, list[Judgement]] = {}
        for stored in self._judged:
            if stored.standing and stored.judgement.kind in CLAIM_KINDS:
                found.setdefault(stored.judgement.key, []).append(stored.judgement)
        return found

    @cached_property
    def _judged(self) -> tuple[StoredJudgement, ...]:
        return tuple(self._ledger.judgements())

    @cached_property
    def _revisions(self) -> dict[str, int]:
        """The last event that judged each claim or incident; what :meth:`Ledger.revision` says, for all at once."""
        last: dict[str, int] = {}
        for stored in self._judged:
            for key in {stored.judgement.key, stored.incident} - {None}:
                last[str(key)] = max(last.get(str(key), 0), stored.seq, stored.undone_by or 0)
        return last

    # --- names ---------------------------------------------------------------------------------------------------

    @cached_property
    def _names(self) -> dict[str, Masker]:
        """By document, where its claims are known to name a victim."""
        if self._wants.names:
            return {}
        found: dict[str, list[str]] = {}
        c = claim_table.c
        query = select(c.document, c.json).where(c.superseded_by.is_(None))
        # The rows as text: most are passed over without being parsed, which is most of the work.
        for row in self._ledger._stream(lambda connection: iter(connection.execute(query))):
            if can_name(row.json):
                found.setdefault(row.document, []).extend(names_in(plain_json(row.json)))
        return {document: Masker(named) for document, named in found.items() if named}

    def named(self, id: str) -> bool:
        """Whether a document is known to name a victim."""
        return id in self._names

    # --- rows ----------------------------------------------------------------------------------------------------

    @cached_property
    def _incident_of(self) -> dict[str, str]:
        return self._ledger.incident_of()

    @cached_property
    def _allowed(self) -> frozenset[str] | None:
        """Incidents that the filter leaves, where it speaks of incidents."""
        w = self._where
        if w.incident is None and w.status is None and w.grade is None:
            return None
        chosen = self._ledger.incidents(IncidentFilter(status=w.status, grade=w.grade))
        return frozenset(one.id for one in chosen if w.incident in (None, one.id))

    def claims(self, *, rejected: bool = False) -> Iterator[ClaimRow]:
        """The chosen claims, in the order in which they were read."""
        w = self._where
        given = {name: getattr(w, name) for name in _IN_SQL}
        if w.incident is not None:
            one = self._ledger.incident(w.incident)
            members = () if one is None else one.claims
            stored = self._by_ids([id for id in members if w.ids is None or id in w.ids], given)
        elif w.ids is not None:
            stored = self._by_ids(w.ids, given)
        else:
            stored = self._ledger.claims(ClaimFilter(**given))
        for claim in stored:
            if claim.review == "rejected" and not rejected and w.review is None:
                self.withheld.counts["rejected_claims"] += 1
            elif self._chosen(claim):
                yield self._row(claim)

    def _chosen(self, claim: StoredClaim) -> bool:
        if self._where.outlet is not None and claim.json["document"]["outlet"] != self._where.outlet:
            return False
        return self._allowed is None or self._incident_of.get(claim.id) in self._allowed

    def _by_ids(self, ids: Sequence[str], given: Mapping[str, Any]) -> Iterator[StoredClaim]:
        for n in range(0, len(ids), 500):
            yield from self._ledger.claims(ClaimFilter(ids=tuple(ids[n : n + 500]), **given))

    def _row(self, claim: StoredClaim) -> ClaimRow:
        standing = self._standing.get(claim.id)
        corrected = (judged_claim(claim.json, standing) if standing else None) or claim.json
        masker = self._names.get(claim.document)
        read = published(claim.json, self._wants, masker, self.withheld.counts)
        same = corrected is claim.json or corrected == claim.json
        judged = read if same else published(corrected, self._wants, masker, self.withheld.counts)
        rev = max(claim.seq, self._revisions.get(claim.id, 0))
        incident = self._incident_of.get(claim.id)
        return ClaimRow(claim.id, rev, claim.review, claim.by_hand, incident, judged, read, self._view)

    def incidents(self) -> Iterator[IncidentRow]:
        """The chosen incidents, the latest first: those of which a chosen claim is a part."""
        w = self._where
        wanted = IncidentFilter(w.status, w.grade)
        picked = self._picked()
        stored = (
            one
            for one in self._ledger.incidents(wanted)
            if w.incident in (None, one.id) and (picked is None or one.id in picked)
        )
        while some := list(islice(stored, _BATCH)):
            held = {claim.id: claim for claim in self._by_ids([id for one in some for id in one.claims], {})}
            for one in some:
                yield self._incident(one, [held[id] for id in one.claims if id in held])

    def _picked(self) -> frozenset[str] | None:
        """Incidents with a claim that the filter chooses, where it speaks of claims."""
        if all(getattr(self._where, name) is None for name in _OF_CLAIM):
            return None
        before = self.withheld.counts.copy()
        found = frozenset(row.incident for row in self.claims() if row.incident is not None)
        self.withheld.counts = before
        return found

    def _incident(self, stored: StoredIncident, claims: Sequence[StoredClaim]) -> IncidentRow:
        ordered = sorted(claims, key=attrgetter("seq", "id"))
        judged = [j for claim in ordered for j in self._standing.get(claim.id, ())]
        rows = {claim.id: self._row(claim) for claim in ordered}
        said: Assessment = assess(stored.id, [claim.json for claim in ordered], judged)
        counts = tuple(rows[claim["id"]] for claim in said.claims)
        changed = any(row.review in ("rejected", "corrected") for row in rows.values())
        note = next((j.note for j in self._grades.get(stored.id, ())), None)
        named = {name for claim in ordered if (m := self._names.get(claim.document)) for name in m.names}
        return IncidentRow(
            id=stored.id,
            rev=max(stored.seq, self._revisions.get(stored.id, 0)),
            status=stored.status,
            grade=stored.grade,
            grade_note=self._said(note),
            claims=counts,
            rejected=said.rejected,
            reviewed=said.reviewed,
            summary=Masker(named).apply(stored.summary) if named else stored.summary,
            touched=changed or self._wants.convention != "tollbook-1",
            view=self._view,
        )

    @cached_property
    def _grades(self) -> dict[str, list[Judgement]]:
        """Grades in force by the incident that they stand on now, the last first."""
        found: dict[str, list[Judgement]] = {}
        for stored in reversed(self._judged):
            if stored.standing and stored.judgement.kind == "grade" and stored.incident is not None:
                found.setdefault(stored.incident, []).append(stored.judgement)
        return found

    # --- documents, judgements, log ------------------------------------------------------------------------------

    @cached_property
    def _documents(self) -> frozenset[str]:
        before = self.withheld.counts.copy()
        found = frozenset(id for id, _ in groupby(row.json["document"]["id"] for row in self.claims(rejected=True)))
        self.withheld.counts = before
        return found

    def documents(self) -> Iterator[Stored]:
        """The documents that chosen claims stand in; all that are read, where nothing was filtered."""
        every = self._where == ExportFilter()
        for stored in self._ledger.documents():
            if stored.state == "erased" or not (every or stored.id in self._documents):
                continue
            source: dict[str, Any] = {name: getattr(stored, name) for name in _SOURCE} | self._more(stored.id)
            masker = self._names.get(stored.id)
            yield Stored(
                stored.id, stored.seq, stored.state, masker.apply(source) if masker else source, stored.raw_kept
            )

    def _more(self, id: str) -> dict[str, Any]:
        """What the ledger's table of documents has no column for: a claim of the document says it too, and sooner."""
        told = self._told_of.get(id)
        return told if told is not None else _more_of(to_json(self._ledger.document(id).source))

    @cached_property
    def _told_of(self) -> dict[str, dict[str, Any]]:
        c = claim_table.c
        query = select(c.document, c.json).where(c.superseded_by.is_(None), c.position == 0)
        rows = self._ledger._stream(lambda connection: iter(connection.execute(query)))
        return {row.document: _more_of(plain_json(row.json)["document"]) for row in rows}

    def document(self, id: str) -> Document:
        """One document with its text."""
        return self._ledger.document(id)

    def raw(self, id: str) -> bytes | None:
        """Its bytes, where they were kept."""
        return self._ledger.raw(id)

    def judgements(self) -> Iterator[Decision]:
        """The judgements on chosen claims and incidents, in their order; reviewers as the log's numbers for them."""
        every = self._where == ExportFilter()
        claims = frozenset() if every else frozenset(row.id for row in self._quietly())
        incidents = {self._incident_of.get(id) for id in claims}
        subjects: set[str] = set()
        for stored in self._judged:
            j = stored.judgement
            about = bool(claims & set(j.claims)) or stored.incident in incidents - {None} or j.subject in claims
            if every or about or (j.kind == "undo" and j.subject in subjects):
                subjects.add(j.id)
                yield Decision(stored.seq, stored.standing, self._told(stored))

    def _quietly(self) -> Iterator[ClaimRow]:
        before = self.withheld.counts.copy()
        yield from self.claims(rejected=True)
        self.withheld.counts = before

    def _told(self, stored: StoredJudgement) -> dict[str, Any]:
        told = judgement_json(stored.judgement)
        if not self._wants.reviewers:
            told["by"] = self._actors[stored.seq]
            self.withheld.counts["reviewers"] += 1
        if not self._wants.quotes and isinstance(told["value"], dict) and "quote" in told["value"]:
            told["value"] = {**told["value"], "quote": None}
        if isinstance(told["note"], str):
            told["note"] = self._said(told["note"])
        return told if self._wants.names else self._everybody.apply(told)

    def _said(self, note: str | None) -> str | None:
        """A reviewer's note without the names that may not leave: a colleague's, a victim's."""
        if note is None:
            return None
        if not self._wants.reviewers:
            note = self._reviewers.text(note)
        return note if self._wants.names else self._everybody.text(note)

    @cached_property
    def _reviewers(self) -> Masker:
        return Masker(stored.judgement.by for stored in self._judged)

    @cached_property
    def _everybody(self) -> Masker:
        """Every victim that any document is known to name: a reviewer's note speaks of any of them."""
        return Masker(name for masker in self._names.values() for name in masker.names)

    @cached_property
    def _actors(self) -> dict[int, str]:
        return {event.seq: event.actor_id for event in self._ledger.events(with_payload=False)}

    def chain(self, payloads: frozenset[int]) -> Iterator[Link]:
        """The whole log; payloads of the events named, of the first event and of redactions."""
        for event in self._ledger.events(with_payload=False):
            if event.seq > self.head[0]:
                return
            salt, body = None, None
            if event.seq in payloads or event.kind in ("created", "redacted"):
                salt, body = self._payload(event.seq)
            yield Link(
                event.seq, event.kind, event.at, event.actor_id, event.previous, event.digest, event.hash, salt, body
            )

    def _payload(self, seq: int) -> tuple[str | None, bytes | None]:
        query = select(payload_table.c.salt, payload_table.c.body).where(payload_table.c.seq == seq)
        # The ledger hands out payloads without their salt; whoever checks a digest needs both.
        row = self._ledger._ask(lambda connection: connection.execute(query).one_or_none())
        return (None, None) if row is None else (row.salt, unpack(row.body))


_SOURCE = ("key", "id", "sha256", "raw_sha256", "outlet", "title", "url", "language", "published")
_MORE = ("archive_url", "outlet_from", "published_from", "captured", "translation_of")


def _more_of(source: Mapping[str, Any]) -> dict[str, Any]:
    return {name: source[name] for name in _MORE}


def _check(where: ExportFilter) -> None:
    for name in ("since", "until"):
        value = getattr(where, name)
        if value is None:
            continue
        try:
            dt.date.fromisoformat(value)
        except ValueError:
            raise UsageError(f"{name}: {value!r} is no day (YYYY-MM-DD)") from None


def export_ledger(
    ledger: Ledger,
    name: str,
    out: str | Path,
    where: ExportFilter | None = None,
    wants: Wants | None = None,
    actor: str = "tollbook",
) -> Exported:
    """Exports a ledger in one format and notes it in the ledger's log: the format, the filter, the files' sums.

    Raises a :class:`~tollbook.errors.TollbookError`; then no file was left behind.
    """
    where, wants = where or ExportFilter(), wants or Wants()
    material = LedgerMaterial(ledger, where, wants)
    _ = material.head  # what stands in the log now, before the export is noted there

    def note(payload: dict[str, Any]) -> int:
        return ledger.record("exported", payload, actor)

    with uncollected():
        return export(name, material, Path(out), (where, wants), note)

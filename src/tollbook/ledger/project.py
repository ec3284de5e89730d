"""Projections: what the events add up to, in tables that can be asked.

One function a kind of event. They look only at the event, its payload and the tables made so far, never at a clock or
the world, so that playing the log again makes the same rows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from tollbook.judgements import INCIDENT_KINDS, Judgement, read_judgement, review_state
from tollbook.ledger.events import Clock, append, canonical, read_events
from tollbook.ledger.tables import (
    PROJECTION,
    PROJECTIONS,
    claims,
    documents,
    head,
    incidents,
    judgements,
    members,
    statements,
)
from tollbook.review import carry, carry_incident, misplaced_spans

Payload = Mapping[str, Any]


def project(connection: Connection, seq: int, kind: str, payload: Payload | None) -> None:
    """Brings the projections from event ``seq - 1`` to ``seq``. An erased payload adds nothing."""
    handler = _HANDLERS.get(kind)
    if handler is not None and payload is not None:
        handler(connection, seq, payload)


def record(connection: Connection, kind: str, payload: Payload, actor: str, clock: Clock) -> int:
    """Adds an event to the log and brings the projections up to it; returns its number."""
    seq = append(connection, kind, payload, actor, clock)
    project(connection, seq, kind, payload)
    return seq


def rebuild(connection: Connection) -> int:
    """Empties the projections and plays the whole log again; returns the number of events played."""
    for table in PROJECTIONS:
        connection.execute(delete(table))
    played = 0
    for event in read_events(connection):
        project(connection, event.seq, event.kind, event.payload)
        played += 1
    connection.execute(update(head).values(projection=PROJECTION))
    return played


def plain(text: Any) -> str | None:
    """Text that both engines store: no NUL, no lone surrogate. The payload keeps it as it was."""
    return None if text is None else str(text).encode("utf-8", "replace").decode().replace("\0", "\ufffd")


def _json(value: Any) -> str:
    return canonical(value).decode("ascii")


# --- documents ---------------------------------------------------------------------------------------------------


def _document(connection: Connection, seq: int, payload: Payload) -> None:
    source, document = payload["document"]["source"], payload["document"]["source"]["id"]
    row = connection.execute(select(documents).where(documents.c.id == document)).one_or_none()
    for table in (claims, statements):
        current = (table.c.document == document) & table.c.superseded_by.is_(None)
        if table is claims:
            current &= claims.c.by_hand == 0
        connection.execute(update(table).where(current).values(superseded_by=seq))
    _hand_made(connection, seq, document, payload)
    _insert_claims(connection, seq, document, payload["claims"])
    rows = [
        {"id": s["id"], "seq": seq, "position": n, "document": document, "kind": plain(s.get("kind")), "json": _json(s)}
        for n, s in enumerate(payload["statements"])
    ]
    if rows:
        connection.execute(insert(statements), rows)
    values = {name: plain(source[name]) for name in _SHOWN} | {
        "seq": seq,
        "reading": payload["reading"],
        "state": "read",
        "raw_kept": int(payload["raw_kept"]),
        "made_by": None if payload["made_by"] is None else _json(payload["made_by"]),
        "claims": len(payload["claims"]),
        "statements": len(payload["statements"]),
    }
    if row is None:
        connection.execute(insert(documents).values(id=document, first_seq=seq, readings=1, **values))
        return
    connection.execute(update(documents).where(documents.c.id == document).values(readings=row.readings + 1, **values))
    _carry_over(connection, seq, document)


_SHOWN = ("key", "outlet", "title", "url", "language", "published", "sha256", "raw_sha256")


def _hand_made(connection: Connection, seq: int, document: str, payload: Payload) -> None:
    """A claim that a person added stays while its words stand in the text, and makes way for a machine's own."""
    machine = {claim["id"] for claim in payload["claims"]}
    mine = (claims.c.document == document) & (claims.c.by_hand == 1) & claims.c.superseded_by.is_(None)
    for row in connection.execute(select(claims.c.id, claims.c.json).where(mine)).all():
        if row.id in machine or next(misplaced_spans(json.loads(row.json), payload["document"]["text"]), None):
            connection.execute(update(claims).where(mine & (claims.c.id == row.id)).values(superseded_by=seq))


def _insert_claims(
    connection: Connection, seq: int, document: str, read: Sequence[Payload], by_hand: bool = False
) -> None:
    rows = [
        _claim_row(claim) | {"seq": seq, "position": n, "document": document, "by_hand": int(by_hand)}
        for n, claim in enumerate(read)
    ]
    if not rows:
        return
    judged = select(judgements.c.key).where(judgements.c.key.in_([row["id"] for row in rows]))
    known = set(connection.execute(judged).scalars())
    for row in rows:
        row["review"] = review_state(_standing(connection, row["id"])) if row["id"] in known else None
    connection.execute(insert(claims), rows)


def _claim_row(claim: Payload) -> dict[str, Any]:
    date, place, event = claim["date"] or {}, claim["place"] or {}, claim["event"] or {}
    return {
        "id": claim["id"],
        "harm": claim["harm"],
        "low": claim["count"]["low"],
        "high": claim["count"]["high"],
        "event_type": event.get("type"),
        "date_from": date.get("from"),
        "date_to": date.get("to"),
        "country": place.get("country"),
        "stance": claim["stance"],
        "scope": claim["scope"],
        "json": _json(claim),
    }


def _carry_over(connection: Connection, seq: int, document: str) -> None:
    """Which judgements still stand on the same words after a new reading, and which do not."""
    theirs = select(claims.c.id).where(claims.c.document == document)
    touched = or_(judgements.c.subject.in_(theirs), judgements.c.other.in_(theirs))
    for row in connection.execute(select(judgements).where(touched, judgements.c.kind != "undo")).all():
        judgement, judged_as = read_judgement(json.loads(row.json)), json.loads(row.judged_as)
        results = [
            carry(judgement, before, current_claim(connection, claim))
            for claim, before in zip(judgement.claims, judged_as, strict=True)
        ]
        orphaned = any(result.orphaned for result in results)
        since = row.orphaned_by if row.orphaned_by is not None else seq
        changed = sorted({field for result in results for field in result.changed})
        values = {"orphaned_by": since if orphaned else None, "changed": _json(changed) if changed else None}
        connection.execute(update(judgements).where(judgements.c.id == row.id).values(values))
        for claim in judgement.claims:
            _restate(connection, claim)


def current_claim(connection: Connection, claim: str) -> dict[str, Any] | None:
    """The public JSON of a claim as it is read now, ``None`` where it no longer is."""
    query = select(claims.c.json).where(claims.c.id == claim, claims.c.superseded_by.is_(None))
    found = connection.execute(query).scalar()
    return None if found is None else json.loads(found)


# --- judgements --------------------------------------------------------------------------------------------------


def _judged(connection: Connection, seq: int, payload: Payload) -> None:
    judgement = read_judgement(payload["judgement"])
    if judgement.kind == "add":
        _insert_claims(connection, seq, judgement.value["document"]["id"], [judgement.value], by_hand=True)
    judged_as = [current_claim(connection, claim) for claim in judgement.claims]
    values = {"id": judgement.id, "seq": seq, "kind": judgement.kind, "key": judgement.key}
    words = {"judged_as": _json(judged_as), "json": _json(payload["judgement"])}
    connection.execute(insert(judgements).values(**values, subject=judgement.subject, other=judgement.other, **words))
    if judgement.kind == "undo":
        _undone(connection, seq, judgement)
    for claim in judgement.claims:
        _restate(connection, claim)
    if judgement.kind in INCIDENT_KINDS:
        _reassign(connection, [judgement.subject])


def _undone(connection: Connection, seq: int, undo: Judgement) -> None:
    row = connection.execute(select(judgements).where(judgements.c.id == undo.subject)).one_or_none()
    if row is None:  # its payload was erased
        return
    connection.execute(update(judgements).where(judgements.c.id == row.id).values(undone_by=seq))
    judgement = read_judgement(json.loads(row.json))
    if judgement.kind == "add":
        mine = (claims.c.id == judgement.subject) & (claims.c.by_hand == 1) & claims.c.superseded_by.is_(None)
        connection.execute(update(claims).where(mine).values(superseded_by=seq))
    for claim in judgement.claims:
        _restate(connection, claim)
    if row.incident is not None:
        _restate_incident(connection, row.incident)


def _standing(connection: Connection, claim: str) -> list[Judgement]:
    query = select(judgements.c.json).where(
        judgements.c.key == claim, judgements.c.undone_by.is_(None), judgements.c.orphaned_by.is_(None)
    )
    return [read_judgement(json.loads(text)) for text in connection.execute(query.order_by(judgements.c.seq)).scalars()]


def _restate(connection: Connection, claim: str) -> None:
    state = review_state(_standing(connection, claim))
    current = (claims.c.id == claim) & claims.c.superseded_by.is_(None)
    connection.execute(update(claims).where(current).values(review=state))


# --- incidents ---------------------------------------------------------------------------------------------------


def _clustered(connection: Connection, seq: int, payload: Payload) -> None:
    gone = list(payload["drop"]) + [incident["id"] for incident in payload["put"]]
    for some in _batches(gone):
        connection.execute(delete(members).where(members.c.incident.in_(some)))
        connection.execute(delete(incidents).where(incidents.c.id.in_(some)))
    rows = [_incident_row(seq, incident) for incident in payload["put"]]
    belongs = [{"claim": claim, "incident": i["id"]} for i in payload["put"] for claim in i["claims"]]
    if rows:
        connection.execute(insert(incidents), rows)
    if belongs:
        connection.execute(insert(members), belongs)
    _reassign(connection, [incident["id"] for incident in payload["put"]])


def _batches(items: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (items[n : n + size] for n in range(0, len(items), size))


def _incident_row(seq: int, incident: Payload) -> dict[str, Any]:
    summary = incident["summary"]
    date, place = summary.get("date") or {}, summary.get("place") or {}
    return {
        "id": incident["id"],
        "seq": seq,
        "status": "candidate",
        "claims": len(incident["claims"]),
        "date_from": date.get("from"),
        "date_to": date.get("to"),
        "country": place.get("country"),
        "json": _json(summary),
    }


def _reassign(connection: Connection, changed: Iterable[str]) -> None:
    """Lays the judgements on incidents on the incidents as they are now; ``changed`` are those made anew."""
    query = select(judgements).where(judgements.c.kind.in_(sorted(INCIDENT_KINDS)), judgements.c.undone_by.is_(None))
    rows = connection.execute(query.order_by(judgements.c.seq)).all()
    basis = {row.id: read_judgement(json.loads(row.json)).basis for row in rows}
    incident_of: dict[str, str] = {}
    for some in _batches(sorted({claim for claims_ in basis.values() for claim in claims_})):
        found = connection.execute(select(members.c.claim, members.c.incident).where(members.c.claim.in_(some)))
        incident_of |= {row.claim: row.incident for row in found}
    sizes: dict[str, int] = {}
    for some in _batches(sorted(set(incident_of.values()))):
        held = connection.execute(select(incidents.c.id, incidents.c.claims).where(incidents.c.id.in_(some)))
        sizes |= {row.id: row.claims for row in held}
    touched = set(changed)
    for row in rows:
        now = carry_incident(basis[row.id], incident_of, sizes)
        if now != row.incident:
            connection.execute(update(judgements).where(judgements.c.id == row.id).values(incident=now))
            touched |= {incident for incident in (now, row.incident) if incident is not None}
    for incident in sorted(touched & ({row.incident for row in rows} | set(sizes))):
        _restate_incident(connection, incident)


def _restate_incident(connection: Connection, incident: str) -> None:
    query = select(judgements.c.json).where(judgements.c.incident == incident, judgements.c.undone_by.is_(None))
    rows = connection.execute(query.order_by(judgements.c.seq)).scalars()
    standing = [read_judgement(json.loads(text)) for text in rows]
    confirmed = any(judgement.kind == "confirm" for judgement in standing)
    grades = [str(judgement.value) for judgement in standing if judgement.kind == "grade"]
    values = {"status": "confirmed" if confirmed else "candidate", "grade": grades[-1] if grades else None}
    connection.execute(update(incidents).where(incidents.c.id == incident).values(values))


# --- redactions --------------------------------------------------------------------------------------------------


def _redacted(connection: Connection, seq: int, payload: Payload) -> None:
    for document in payload["erased"]:
        empty = {"readings": 0, "state": "erased", "raw_kept": 0, "claims": 0, "statements": 0}
        connection.execute(insert(documents).values(id=document, seq=seq, first_seq=seq, **empty))
    for some in _batches(payload["masked"]):
        connection.execute(update(documents).where(documents.c.id.in_(some)).values(state="masked"))
    for some in _batches(payload["blobs"]):
        connection.execute(update(documents).where(documents.c.raw_sha256.in_(some)).values(raw_kept=0))


_HANDLERS: Mapping[str, Callable[[Connection, int, Payload], None]] = {
    "document_added": _document,
    "document_read": _document,
    "judged": _judged,
    "clustered": _clustered,
    "redacted": _redacted,
}

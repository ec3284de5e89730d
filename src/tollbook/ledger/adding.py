"""Adding readings of documents: what is written, and when nothing has to be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, or_, select

from tollbook.errors import InputError
from tollbook.ledger.events import Clock, canonical, lock, pack
from tollbook.ledger.project import record
from tollbook.ledger.rows import AddResult
from tollbook.ledger.tables import blobs, claims, documents, judgements
from tollbook.records import Claim, Document, MadeBy, claim_json, to_json
from tollbook.review import misplaced_spans

RESERVED = frozenset({"created", "document_added", "document_read", "judged", "clustered", "redacted", "sealed"})


def reading(
    document: Document,
    read: Sequence[Any],
    statements: Sequence[Any],
    raw: bytes | None,
    made_by: MadeBy | None = None,
) -> dict[str, Any]:
    """One reading of a document as the payload of its event; an :class:`InputError` names what does not hold."""
    key = document.source.key
    if hashlib.sha256(document.text.encode("utf-8", "replace")).hexdigest() != document.source.sha256:
        raise InputError(key, "the cleaned text is not the one that its hash names")
    if raw is not None and hashlib.sha256(raw).hexdigest() != document.source.raw_sha256:
        raise InputError(key, "the raw bytes are not those that their hash names")
    plain_claims = [_public(claim) for claim in read]
    plain_statements = [_public(statement) for statement in statements]
    for item in (*plain_claims, *plain_statements):
        misplaced = next(misplaced_spans(item, document.text), None)
        if misplaced is not None:
            raise InputError(key, f"{misplaced!r} of {item.get('id')} does not stand in the text where it says")
    seen: set[str] = set()
    for item in (*plain_claims, *plain_statements):
        if item["id"] in seen:
            raise InputError(key, f"two records have the id {item['id']}")
        seen.add(item["id"])
    by = to_json(made_by) if made_by is not None else next((claim["made_by"] for claim in plain_claims), None)
    payload = {"document": to_json(document), "claims": plain_claims, "statements": plain_statements, "made_by": by}
    return {**payload, "reading": _digest(payload), "raw_kept": raw is not None}


def versions(made_by: Any) -> str:
    """The versions of a reader as the documents table keeps them."""
    return canonical(to_json(made_by)).decode("ascii")


def _public(item: Any) -> dict[str, Any]:
    if isinstance(item, Claim):
        return claim_json(item)
    plain: dict[str, Any] = to_json(item)
    return plain


def _digest(payload: Mapping[str, Any]) -> str:
    """Says whether two readings are the same. Where a file lay and when it was fetched are no part of what was read."""
    source = {name: value for name, value in payload["document"]["source"].items() if name not in _OUTER}
    items = [
        [{name: value for name, value in item.items() if name != "document"} for item in payload[kind]]
        for kind in ("claims", "statements")
    ]
    text = {name: value for name, value in payload["document"].items() if name != "source"}
    return hashlib.sha256(canonical([source, text, *items])).hexdigest()


_OUTER = frozenset({"key", "captured"})


def add(connection: Connection, payload: Mapping[str, Any], raw: bytes | None, clock: Clock) -> AddResult:
    """Writes a reading, unless it is known or people have redacted its document."""
    lock(connection)
    source = payload["document"]["source"]
    id = source["id"]
    row = connection.execute(select(documents).where(documents.c.id == id)).one_or_none()
    if row is not None and row.state != "read":
        return AddResult("redacted", id, row.seq)
    if row is not None and row.reading == payload["reading"]:
        return AddResult("known", id, row.seq)
    if raw is not None:
        held = connection.execute(select(blobs.c.size).where(blobs.c.sha256 == source["raw_sha256"])).scalar()
        if held is None:
            connection.execute(insert(blobs).values(sha256=source["raw_sha256"], size=len(raw), body=pack(raw)))
    if row is None:
        return AddResult("added", id, record(connection, "document_added", payload, "tollbook", clock))
    kept = {"raw_kept": payload["raw_kept"] or bool(row.raw_kept)}
    seq = record(connection, "document_read", {**payload, **kept}, "tollbook", clock)
    return _superseded(connection, id, seq)


def _superseded(connection: Connection, document: str, seq: int) -> AddResult:
    theirs = select(claims.c.id).where(claims.c.document == document)
    touched = or_(judgements.c.subject.in_(theirs), judgements.c.other.in_(theirs))
    standing = judgements.c.undone_by.is_(None) & (judgements.c.kind != "undo")
    rows = connection.execute(select(judgements).where(touched, standing).order_by(judgements.c.seq)).all()
    return AddResult(
        "superseded",
        document,
        seq,
        carried=tuple(row.id for row in rows if row.orphaned_by is None),
        orphaned=tuple(row.id for row in rows if row.orphaned_by is not None),
        changed=tuple(row.id for row in rows if row.orphaned_by is None and row.changed is not None),
    )

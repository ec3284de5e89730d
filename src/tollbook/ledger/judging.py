"""Taking judgements into the ledger: the rules are those of :mod:`tollbook.review`, asked inside the transaction."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from tollbook.errors import JudgementError, RevisionError
from tollbook.judgements import CLAIM_KINDS, INCIDENT_KINDS, PAIR_KINDS, Judgement, judgement_json, read_judgement
from tollbook.ledger.events import Clock, lock, payload_of
from tollbook.ledger.project import current_claim, record
from tollbook.ledger.rows import Judged
from tollbook.ledger.tables import claims, documents, incidents, judgements, members
from tollbook.review import carry_incident, check, check_value, completed, describe


def judge(connection: Connection, judgement: Judgement, seen: int | None, clock: Clock) -> Judged:
    """Records a judgement, or says why it cannot stand; see :meth:`Ledger.judge`."""
    lock(connection)
    known = connection.execute(select(judgements.c.seq).where(judgements.c.id == judgement.id)).scalar()
    if known is not None:
        return Judged(judgement, int(known), known=True)
    if seen is not None:
        _check_revision(connection, judgement, seen)
    judgement = _grounded(connection, judgement)
    repeated = check(judgement, _standing(connection, judgement))
    if repeated is not None:
        seq = connection.execute(select(judgements.c.seq).where(judgements.c.id == repeated.id)).scalar_one()
        return Judged(repeated, int(seq), known=True)
    seq = record(connection, "judged", {"judgement": judgement_json(judgement)}, judgement.by, clock)
    return Judged(judgement, seq)


def revision(connection: Connection, key: str) -> int:
    """The number of the last event that concerned a claim, a pair, an incident or a judgement; 0 for none."""
    if key.startswith("j-"):
        found = connection.execute(select(judgements.c.key).where(judgements.c.id == key)).scalar()
        key = key if found is None else str(found)
    about = or_(judgements.c.key == key, judgements.c.incident == key)
    parts = key.split(" ")
    numbers = [
        connection.execute(select(func.max(judgements.c.seq)).where(about)).scalar(),
        connection.execute(select(func.max(judgements.c.undone_by)).where(about)).scalar(),
        connection.execute(select(func.max(claims.c.seq)).where(claims.c.id.in_(parts))).scalar(),
        connection.execute(select(func.max(claims.c.superseded_by)).where(claims.c.id.in_(parts))).scalar(),
        connection.execute(select(incidents.c.seq).where(incidents.c.id == key)).scalar(),
    ]
    return max((int(number) for number in numbers if number is not None), default=0)


def _check_revision(connection: Connection, judgement: Judgement, seen: int) -> None:
    key = judgement.subject if judgement.kind == "undo" else judgement.key
    now = revision(connection, key)
    if now <= seen:
        return
    row = connection.execute(select(judgements.c.json).where(judgements.c.seq == now)).scalar()
    undone = connection.execute(select(judgements.c.json).where(judgements.c.undone_by == now)).scalar()
    if undone is not None:
        what = f"{describe(read_judgement(json.loads(undone)))} was undone"
    else:
        what = describe(read_judgement(json.loads(row))) if row is not None else "it was read or linked anew"
    raise RevisionError(f"{key} has changed since you looked (event {now}): {what}. Look again and decide then.")


def _grounded(connection: Connection, judgement: Judgement) -> Judgement:
    """The judgement with what the ledger knows of its subject; refused where the subject is not there to be judged."""
    if judgement.kind in PAIR_KINDS:
        for one in judgement.claims:
            _claim(connection, one, judgement)
    if judgement.kind in INCIDENT_KINDS:
        return _on_incident(connection, judgement)
    if judgement.kind not in CLAIM_KINDS:
        return judgement
    if judgement.kind == "add":
        return _addition(connection, judgement)
    claim = _claim(connection, judgement.subject, judgement)
    if judgement.kind != "correct":
        return judgement
    machine = claim.get(judgement.field or "")
    value = completed(judgement.field or "", judgement.value, machine)
    if value != judgement.value or judgement.machine is None:
        same = value == judgement.value
        judgement = dataclasses.replace(judgement, value=value, machine=machine, id=judgement.id if same else "")
    check_value(judgement, claim, _text(connection, claim["document"]["id"]))
    return judgement


def _claim(connection: Connection, id: str, judgement: Judgement) -> dict[str, Any]:
    claim = current_claim(connection, id)
    if claim is not None:
        return claim
    once = connection.execute(select(func.max(claims.c.superseded_by)).where(claims.c.id == id)).scalar()
    if once is None:
        raise JudgementError(f"{judgement.kind} of {id} is refused: this ledger has no such claim")
    raise JudgementError(f"{judgement.kind} of {id} is refused: a newer reading (event {once}) makes no such claim")


def _text(connection: Connection, document: str) -> str:
    seq = connection.execute(select(documents.c.seq).where(documents.c.id == document)).scalar()
    payload = None if seq is None else payload_of(connection, int(seq))
    if payload is None or "document" not in payload:
        raise JudgementError(f"the document {document} is not in this ledger, or was erased")
    return str(payload["document"]["text"])


def _addition(connection: Connection, judgement: Judgement) -> Judgement:
    if current_claim(connection, judgement.subject) is not None:
        raise JudgementError(f"add of {judgement.subject} is refused: that claim is read already; accept or correct it")
    value = judgement.value
    document = value.get("document") if isinstance(value, dict) else None
    id = document.get("id") if isinstance(document, dict) else None
    if not isinstance(id, str):
        raise JudgementError("an added claim names its document")
    check_value(judgement, None, _text(connection, id))
    return judgement


def _on_incident(connection: Connection, judgement: Judgement) -> Judgement:
    query = select(members.c.claim).where(members.c.incident == judgement.subject).order_by(members.c.claim)
    here = tuple(connection.execute(query).scalars())
    if here and not judgement.basis:
        return dataclasses.replace(judgement, basis=here)
    if _incident_of(connection, judgement.basis) is None:
        raise JudgementError(f"{judgement.kind} of {judgement.subject} is refused: no such incident stands here")
    return judgement


def _incident_of(connection: Connection, basis: Sequence[str]) -> str | None:
    found = connection.execute(select(members).where(members.c.claim.in_(basis))).all()
    incident_of = {row.claim: row.incident for row in found}
    held = select(incidents.c.id, incidents.c.claims).where(incidents.c.id.in_(sorted(set(incident_of.values()))))
    return carry_incident(basis, incident_of, {row.id: row.claims for row in connection.execute(held)})


def _standing(connection: Connection, judgement: Judgement) -> list[Judgement]:
    """The judgements in force that can stand in the way of this one, in their order."""
    c = judgements.c
    concerned: ColumnElement[bool]
    if judgement.kind in PAIR_KINDS:
        concerned = c.kind.in_(sorted(PAIR_KINDS))
    elif judgement.kind == "undo":
        target = connection.execute(select(c.subject).where(c.id == judgement.subject)).scalar()
        concerned = or_(c.id == judgement.subject, c.subject == target, c.other == target)
    elif judgement.kind in INCIDENT_KINDS:
        concerned = or_(c.key == judgement.key, c.incident == _incident_of(connection, judgement.basis))
    else:
        concerned = c.key == judgement.key
    force = (c.undone_by.is_(None), c.kind != "undo")
    orphans = () if judgement.kind == "undo" else (c.orphaned_by.is_(None),)
    rows = connection.execute(select(c.json).where(concerned, *force, *orphans).order_by(c.seq)).scalars()
    standing = [read_judgement(json.loads(row)) for row in rows]
    if judgement.kind not in INCIDENT_KINDS:
        return standing
    # A new linking may have given the incident another id: what was said of it stands under the old one.
    return [dataclasses.replace(earlier, subject=judgement.subject) for earlier in standing]

"""Questions to the projections; every answer streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, exists, func, select

from tollbook.errors import UsageError
from tollbook.judgements import PAIR_KINDS, read_judgement
from tollbook.ledger import tables as t
from tollbook.ledger.events import payload_of
from tollbook.ledger.plain import plain_json
from tollbook.ledger.rows import (
    ClaimFilter,
    IncidentFilter,
    StoredClaim,
    StoredDocument,
    StoredIncident,
    StoredJudgement,
    StoredStatement,
)

# Judgements that can move claims between incidents when they are grouped anew.
_REGROUPING = ("same", "different", "reject", "correct", "add", "undo")
_DOCUMENT = [t.documents.c[name] for name in StoredDocument.__dataclass_fields__]


def documents(connection: Connection, ids: Sequence[str] | None = None) -> Iterator[StoredDocument]:
    """Documents in the order in which they were first added."""
    query = select(*_DOCUMENT).order_by(t.documents.c.first_seq, t.documents.c.id)
    if ids is not None:
        query = query.where(t.documents.c.id.in_(list(ids)))
    for row in connection.execute(query):
        yield StoredDocument(**{**row._mapping, "raw_kept": bool(row.raw_kept)})


def texts(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Id and cleaned text of documents, out of the events that hold their readings."""
    wanted = connection.execute(
        select(t.documents.c.id, t.documents.c.seq).where(t.documents.c.id.in_(list(ids)))
    ).all()
    held: dict[int, list[str]] = {}
    for row in wanted:
        held.setdefault(row.seq, []).append(row.id)
    for seq, some in held.items():
        document = (payload_of(connection, seq) or {}).get("document")
        if document is not None and document["source"]["id"] in some:
            yield document["source"]["id"], document["text"]


def claims(connection: Connection, where: ClaimFilter, limit: int | None, offset: int) -> Iterator[StoredClaim]:
    """Claims in the order in which they were read."""
    query = select(t.claims).where(*_conditions(where)).order_by(t.claims.c.seq, t.claims.c.position, t.claims.c.id)
    for row in connection.execute(_page(query, limit, offset)):
        plain = plain_json(row.json)
        yield StoredClaim(row.id, row.seq, row.document, row.superseded_by, bool(row.by_hand), row.review, plain)


def _conditions(where: ClaimFilter) -> Iterator[ColumnElement[bool]]:
    c = t.claims.c
    if not where.superseded:
        yield c.superseded_by.is_(None)
    if where.ids is not None:
        yield c.id.in_(where.ids)
    if where.single:
        yield ~exists().where(t.members.c.claim == c.id)
    if where.review is not None:
        yield c.review.is_(None) if where.review == "none" else c.review == where.review
    for name in ("document", "harm", "country", "scope", "stance", "event_type"):
        wanted = getattr(where, name)
        if wanted is not None:
            yield c[name] == wanted
    yield from _within(c, where)


def _within(columns: Any, where: ClaimFilter | IncidentFilter) -> Iterator[ColumnElement[bool]]:
    """Dates are intervals: one that touches the period counts; one with an open end is as long as its known end."""
    if where.since is not None:
        yield func.coalesce(columns.date_to, columns.date_from) >= where.since
    if where.until is not None:
        yield func.coalesce(columns.date_from, columns.date_to) <= where.until


def _page(query: Select[Any], limit: int | None, offset: int) -> Select[Any]:
    return query.limit(limit).offset(offset) if limit is not None else query


def statements(connection: Connection, document: str | None) -> Iterator[StoredStatement]:
    """Statements of the current readings."""
    query = select(t.statements).where(t.statements.c.superseded_by.is_(None))
    if document is not None:
        query = query.where(t.statements.c.document == document)
    for row in connection.execute(query.order_by(t.statements.c.seq, t.statements.c.position)):
        yield StoredStatement(row.id, row.seq, row.document, row.superseded_by, plain_json(row.json))


def pair_judgements(connection: Connection, claims: Sequence[str]) -> Iterator[StoredJudgement]:
    """Judgements on pairs of which one claim is among these, in their order."""
    c, found = t.judgements.c, dict[str, Row[Any]]()
    for n in range(0, len(claims), 500):
        some = claims[n : n + 500]
        query = select(t.judgements).where(c.kind.in_(sorted(PAIR_KINDS)), c.subject.in_(some) | c.other.in_(some))
        found |= {row.id: row for row in connection.execute(query)}
    yield from (stored_judgement(row) for row in sorted(found.values(), key=lambda row: int(row.seq)))


def latest_judgements(connection: Connection, most: int, before: int | None) -> Iterator[StoredJudgement]:
    """The last judgements, the latest first, those before an event where one is given."""
    query = select(t.judgements).order_by(t.judgements.c.seq.desc()).limit(most)
    if before is not None:
        query = query.where(t.judgements.c.seq < before)
    for row in connection.execute(query):
        yield stored_judgement(row)


def since_grouping(connection: Connection, after: int) -> int:
    """How many judgements that can move claims between incidents came after the incidents were last written."""
    c, e = t.judgements.c, t.events.c
    last = select(e.seq).where(e.kind == "clustered").order_by(e.seq.desc()).limit(1)  # from the end: it is seldom far
    written = max(int(connection.execute(last).scalar() or 0), after)
    return int(connection.execute(select(func.count()).where(c.seq > written, c.kind.in_(_REGROUPING))).scalar_one())


def judgements(connection: Connection, key: str | None, *, standing: bool) -> Iterator[StoredJudgement]:
    """Judgements in their order; ``key`` also finds those that a new linking brought to an incident."""
    c = t.judgements.c
    query = select(t.judgements).order_by(c.seq)
    if key is not None:
        query = query.where((c.key == key) | (c.incident == key))
    if standing:
        query = query.where(c.undone_by.is_(None), c.orphaned_by.is_(None), c.kind != "undo")
    for row in connection.execute(query):
        yield stored_judgement(row)


def stored_judgement(row: Row[Any]) -> StoredJudgement:
    """A row of the judgements table as a record."""
    changed = tuple(plain_json(row.changed)) if row.changed is not None else ()
    judgement = read_judgement(plain_json(row.json))
    return StoredJudgement(judgement, row.seq, row.undone_by, row.orphaned_by, changed, row.incident)


def incidents(
    connection: Connection, where: IncidentFilter, limit: int | None, offset: int
) -> Iterator[StoredIncident]:
    """Incidents, the latest first, those without a date last."""
    c = t.incidents.c
    query = select(t.incidents).where(*_within(c, where))
    for name in ("status", "grade", "country"):
        wanted = getattr(where, name)
        if wanted is not None:
            query = query.where(c[name] == wanted)
    ordered = query.order_by(func.coalesce(c.date_from, "").desc(), c.id)
    rows = connection.execute(_page(ordered, limit, offset)).all()
    for n in range(0, len(rows), 500):
        some = rows[n : n + 500]
        held = _members(connection, [row.id for row in some])
        for row in some:
            yield _incident(row, held.get(row.id, []))


def memberships(connection: Connection) -> Iterator[tuple[str, str]]:
    """Each claim that stands in an incident, with the incident."""
    for row in connection.execute(select(t.members.c.claim, t.members.c.incident)):
        yield row.claim, row.incident


def incident(connection: Connection, id: str) -> StoredIncident | None:
    """One incident."""
    row = connection.execute(select(t.incidents).where(t.incidents.c.id == id)).one_or_none()
    return None if row is None else _incident(row, _members(connection, [id]).get(id, []))


def incidents_like(connection: Connection, beginning: str) -> list[str]:
    """The id itself, or up to three ids that begin so."""
    c = t.incidents.c
    if connection.execute(select(c.id).where(c.id == beginning)).first() is not None:
        return [beginning]
    query = select(c.id).where(c.id.startswith(beginning, autoescape=True)).order_by(c.id).limit(3)
    return list(connection.execute(query).scalars())


def _incident(row: Row[Any], members: Sequence[str]) -> StoredIncident:
    return StoredIncident(row.id, row.seq, row.status, row.grade, tuple(members), plain_json(row.json))


def _members(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    query = select(t.members).where(t.members.c.incident.in_(ids)).order_by(t.members.c.claim)
    held: dict[str, list[str]] = {}
    for row in connection.execute(query):
        held.setdefault(row.incident, []).append(row.claim)
    return held


def count(connection: Connection, what: str) -> int:
    """How many documents (erased ones apart), current claims or statements, standing judgements, incidents."""
    conditions: dict[str, tuple[Any, ...]] = {
        "documents": (t.documents.c.state != "erased",),
        "claims": (t.claims.c.superseded_by.is_(None),),
        "statements": (t.statements.c.superseded_by.is_(None),),
        "judgements": (
            t.judgements.c.undone_by.is_(None), t.judgements.c.orphaned_by.is_(None), t.judgements.c.kind != "undo",
        ),
        "incidents": (),
    }  # fmt: skip
    if what not in conditions:
        raise UsageError(f"{what!r} cannot be counted; choose one of {', '.join(conditions)}")
    query = select(func.count()).select_from(t.metadata.tables[what]).where(*conditions[what])
    return int(connection.execute(query).scalar_one())

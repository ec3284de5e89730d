"""Filling the copy from the ledger: all of it, or what some events touched."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from tollbook.judgements import Judgement, judged_claim
from tollbook.ledger import ClaimFilter, Ledger, StoredClaim, StoredDocument, StoredIncident
from tollbook.web.facts import Facts, code, facts, origin_of
from tollbook.web.index.rows import claim_row, document_row, incident_row
from tollbook.web.index.tables import INDEXES
from tollbook.web.masks import Masks

_MANY = 2_000  # touched documents above which making everything anew is quicker
_BATCH = 1_000


@dataclass(slots=True)
class Touched:
    """What events changed, by id."""

    documents: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    incidents: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)  # incidents that a linker dropped


def touched(ledger: Ledger, after: int) -> Touched | None:
    """What has happened since event ``after``; ``None`` where the copy has to be made anew."""
    found = Touched()
    for event in ledger.events(after):
        payload = event.payload
        if event.kind == "redacted" or payload is None:
            return None
        if event.kind in ("document_added", "document_read"):
            found.documents.add(payload["document"]["source"]["id"])
        elif event.kind == "clustered":
            found.incidents.update(one["id"] for one in payload["put"])
            found.gone.update(payload["drop"])
        elif event.kind == "judged":
            _judged(payload["judgement"], found)
        if len(found.documents) + len(found.incidents) > _MANY:
            return None
    undone = {id for id in found.claims if id.startswith("j-")}
    if undone:
        found.claims -= undone
        for stored in ledger.judgements():
            if stored.judgement.id in undone:
                _about(stored.judgement, found)
    return found


def _judged(judgement: Mapping[str, Any], found: Touched) -> None:
    for id in (judgement["subject"], judgement.get("other")):
        if id is not None:
            (found.incidents if id.startswith("i-") else found.claims).add(id)
    if judgement["kind"] == "add":
        found.documents.add(judgement["value"]["document"]["id"])


def _about(judgement: Judgement, found: Touched) -> None:
    for id in (judgement.subject, judgement.other):
        if id is not None:
            (found.incidents if id.startswith("i-") else found.claims).add(id)
    if judgement.kind == "add":
        found.documents.add(judgement.value["document"]["id"])


def _standing(ledger: Ledger, only: set[str] | None = None) -> dict[str, list[Judgement]]:
    """The judgements in force on each claim."""
    found: dict[str, list[Judgement]] = defaultdict(list)
    if only is not None and len(only) < 200:
        for key in only:
            found[key] = [stored.judgement for stored in ledger.judgements(key, standing=True)]
        return found
    for stored in ledger.judgements(standing=True):
        if stored.judgement.other is None:
            found[stored.judgement.key].append(stored.judgement)
    return found


def everything(connection: sqlite3.Connection, ledger: Ledger, masks: Masks | None) -> None:
    """All documents, then each incident with its claims, then claims of none; a batch at a time is held in memory."""
    for index in _indexes():
        connection.execute(f"DROP INDEX IF EXISTS {index.split()[5]}")
    standing = _standing(ledger)
    _put_documents(connection, ledger, ledger.documents(), masks)
    for incidents in _batches(ledger.incidents(), _BATCH // 4):
        belongs = {claim: one.id for one in incidents for claim in one.claims}
        held = _Held(belongs)
        _put_claims(connection, held.rows(_claims(ledger, list(belongs)), standing, masks))
        _put_incidents(connection, incidents, held)
    for claims in _batches(ledger.claims(ClaimFilter(single=True)), _BATCH):
        _put_claims(connection, _Held({}).rows(claims, standing, masks))
    for index in _indexes():
        connection.execute(index)
    _put_reprints(connection)


@dataclass(slots=True)
class _Held:
    """The claims of some incidents as they now read, while their rows are made."""

    belongs: Mapping[str, str]
    claims: dict[str, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    origins: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    judged: set[str] = field(default_factory=set)

    def rows(
        self, claims: Iterable[StoredClaim], standing: Mapping[str, Sequence[Judgement]], masks: Masks | None
    ) -> list[tuple[Mapping[str, Any], str]]:
        """Rows of claims, each with the words that it is found by; what their incident needs of them is noted."""
        made = list[tuple[Mapping[str, Any], str]]()
        for claim in claims:
            incident, (claim, now) = self.belongs.get(claim.id), _shown(claim, standing.get(claim.id, ()), masks)
            origin = origin_of(now or claim.json)
            row, words = claim_row(claim, now, incident, origin)
            made.append((row, words))
            if incident is None:
                continue
            self.waiting[incident] += row["review"] in ("none", "unsure")
            if claim.by_hand or claim.review in ("rejected", "corrected"):
                self.judged.add(incident)
            if now is not None:
                self.claims[incident].append(now)
                self.origins[incident].append(origin.name)
        return made


def _indexes() -> list[str]:
    return [line.rstrip(";") for line in INDEXES.splitlines() if line]


def update(connection: sqlite3.Connection, ledger: Ledger, what: Touched, masks: Masks | None) -> None:
    """Brings in what some events changed."""
    if what.documents:
        _put_documents(connection, ledger, ledger.documents(sorted(what.documents)), masks)
        for document in what.documents:
            old = connection.execute("SELECT id FROM claim WHERE document = ?", (document,)).fetchall()
            what.claims.update(row["id"] for row in old)
            what.claims.update(claim.id for claim in ledger.claims(ClaimFilter(document=document)))
    before = _incidents_of(connection, what.claims)
    for gone in what.gone:
        _drop_incident(connection, gone)
    incidents = {id: one for id in what.incidents | before if (one := ledger.incident(id)) is not None}
    for id in (what.incidents | before) - incidents.keys():
        _drop_incident(connection, id)
    wanted = what.claims | {claim for one in incidents.values() for claim in one.claims}
    standing = _standing(ledger, wanted)
    found = {claim.id: claim for claim in _claims(ledger, sorted(wanted))}
    belongs = {claim: one.id for one in incidents.values() for claim in one.claims}
    for id in wanted - found.keys():
        _drop_claim(connection, id)
    held = _Held(belongs)
    _put_claims(connection, held.rows(found.values(), standing, masks))
    _put_incidents(connection, incidents.values(), held)
    if what.documents:
        _put_reprints(connection)


def _claims(ledger: Ledger, ids: Sequence[str]) -> Iterator[StoredClaim]:
    for some in _batches(ids, 500):
        yield from ledger.claims(ClaimFilter(ids=tuple(some)))


def _incidents_of(connection: sqlite3.Connection, claims: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for claim in claims:
        row = connection.execute("SELECT incident FROM claim WHERE id = ?", (claim,)).fetchone()
        if row is not None and row["incident"] is not None:
            found.add(row["incident"])
    return found


def _batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


# --- writing the copy --------------------------------------------------------------------------------------------


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    names = list(rows[0])
    unchanged = ", ".join(f"{name} = excluded.{name}" for name in names if name != "id")
    connection.executemany(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))}) "
        f"ON CONFLICT (id) DO UPDATE SET {unchanged}",
        [tuple(row.values()) for row in rows],
    )


def _insert_words(connection: sqlite3.Connection, table: str, words: Sequence[tuple[str, str]]) -> None:
    connection.executemany(
        f"INSERT OR REPLACE INTO {table}_words (rowid, body) SELECT n, ? FROM {table} WHERE id = ?",
        [(body, id) for id, body in words],
    )


def _shown(
    claim: StoredClaim, standing: Sequence[Judgement], masks: Masks | None
) -> tuple[StoredClaim, Mapping[str, Any] | None]:
    """The claim, and what judgements make of it, without victims' names; a correction can hold one too."""
    now: Mapping[str, Any] | None = judged_claim(claim.json, standing)
    if masks is None:
        return claim, now
    as_read = masks.claim(claim.json, claim.document)
    if now is not None:
        now = as_read if now == claim.json else masks.claim(now, claim.document)
    return dataclasses.replace(claim, json=as_read), now


def _put_documents(
    connection: sqlite3.Connection, ledger: Ledger, stored: Iterable[StoredDocument], masks: Masks | None
) -> None:
    for some in _batches(stored, _BATCH // 4):
        rows = [document_row(one) for one in some]
        rows = [dict(masks.source(row)) for row in rows] if masks is not None else rows
        _insert(connection, "document", rows)
        texts = dict(ledger.texts([row["id"] for row in rows if row["state"] != "erased"]))
        if masks is not None:
            texts = {id: masks.of(id).text(text) for id, text in texts.items()}
        heads = ((row["id"], [row["title"], row["outlet"], row["url"], texts.get(row["id"])]) for row in rows)
        _insert_words(connection, "document", [(id, "\n".join(filter(None, parts))) for id, parts in heads])


def _put_claims(connection: sqlite3.Connection, rows: Sequence[tuple[Mapping[str, Any], str]]) -> None:
    _insert(connection, "claim", [row for row, _ in rows])
    _insert_words(connection, "claim", [(row["id"], words) for row, words in rows])


def _put_incidents(connection: sqlite3.Connection, stored: Iterable[StoredIncident], held: _Held) -> None:
    known = [(one, facts(one.summary, held.claims[one.id], judged=one.id in held.judged)) for one in stored]
    rows = [incident_row(one, found, held.claims[one.id], held.waiting[one.id]) for one, found in known]
    _insert(connection, "incident", rows)
    _insert_words(connection, "incident", [(one.id, _incident_words(one, found, held)) for one, found in known])
    _put_many(connection, "party", "name", [(one.id, found.blamed) for one, found in known])
    _put_many(connection, "told", "outlet", [(one.id, found.outlets) for one, found in known])


def _put_many(
    connection: sqlite3.Connection, table: str, column: str, rows: Sequence[tuple[str, Sequence[str]]]
) -> None:
    """The values of a facet of which an incident can have several."""
    here = "(SELECT n FROM incident WHERE id = ?)"
    connection.executemany(f"DELETE FROM {table} WHERE incident = {here}", [(id,) for id, _ in rows])
    connection.executemany(
        f"INSERT OR IGNORE INTO {table} (incident, {column}) SELECT n, ? FROM incident WHERE id = ?",
        [(value, id) for id, values in rows for value in values],
    )


def _incident_words(one: StoredIncident, found: Facts, held: _Held) -> str:
    place, claims = found.place or {}, held.claims[one.id]
    lines = [code(one.id, found.date, place.get("country")), place.get("name"), place.get("text"), *found.blamed]
    lines += dict.fromkeys(claim["quote"]["text"] for claim in claims if claim["quote"])
    lines += dict.fromkeys(claim["document"]["title"] for claim in claims)
    lines += dict.fromkeys(held.origins[one.id])
    return "\n".join(line for line in lines if line)


def _drop_claim(connection: sqlite3.Connection, id: str) -> None:
    connection.execute("DELETE FROM claim_words WHERE rowid = (SELECT n FROM claim WHERE id = ?)", (id,))
    connection.execute("DELETE FROM claim WHERE id = ?", (id,))


def _drop_incident(connection: sqlite3.Connection, id: str) -> None:
    for table in ("party", "told"):
        connection.execute(f"DELETE FROM {table} WHERE incident = (SELECT n FROM incident WHERE id = ?)", (id,))
    connection.execute("DELETE FROM incident_words WHERE rowid = (SELECT n FROM incident WHERE id = ?)", (id,))
    connection.execute("DELETE FROM incident WHERE id = ?", (id,))
    connection.execute("UPDATE claim SET incident = NULL WHERE incident = ?", (id,))


def _put_reprints(connection: sqlite3.Connection) -> None:
    """A text that was read before is a reprint of the document that was added first."""
    connection.execute(
        "UPDATE document SET reprint_of = (SELECT other.id FROM document AS other WHERE other.sha256 = document.sha256 "
        "AND other.first_seq < document.first_seq ORDER BY other.first_seq LIMIT 1) WHERE sha256 IN "
        "(SELECT sha256 FROM document WHERE sha256 IS NOT NULL GROUP BY sha256 HAVING count(*) > 1)"
    )

"""Redaction: a document erased, or a name masked wherever it stands, with a chain that still verifies.

The hash chain covers salted digests of payloads, not the payloads. A redaction takes payloads away or puts masked ones
in their place, and its own event lists the digest of what stands there now, so that a payload that is missing or
different *without* such an event is still found by ``verify``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from sqlalchemy import Connection, Engine, delete, select

from tollbook import records
from tollbook.errors import LedgerError, UsageError
from tollbook.ledger.events import Clock, Event, append, lock, read_events, replace_payload, unpack
from tollbook.ledger.project import rebuild
from tollbook.ledger.tables import KEPT, PROJECTIONS, actors, blobs, documents

MASK = "█"


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants a redaction, and why. The reason stays readable for ever: it must not repeat what is redacted."""

    actor: str
    reason: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class Redaction:
    """What was done: the event that says so, how many payloads, which documents, raw files and actors."""

    seq: int
    payloads: int
    erased: tuple[str, ...] = ()
    masked: tuple[str, ...] = ()
    blobs: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Work:
    """A redaction in the making."""

    payloads: list[list[Any]] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)
    masked: set[str] = field(default_factory=set)
    blobs: set[str] = field(default_factory=set)
    actors: list[str] = field(default_factory=list)

    def put(self, connection: Connection, seq: int, payload: Mapping[str, Any] | None) -> None:
        self.payloads.append([seq, replace_payload(connection, seq, payload)])

    def finish(self, connection: Connection, what: str, order: Order) -> Redaction:
        for sha256 in sorted(self.blobs):
            connection.execute(delete(blobs).where(blobs.c.sha256 == sha256))
        for actor in self.actors:
            connection.execute(delete(actors).where(actors.c.id == actor))
        masked, files = tuple(sorted(self.masked)), tuple(sorted(self.blobs))
        done = {
            "what": what,
            "reason": order.reason,
            "payloads": self.payloads,
            "erased": self.erased,
            "masked": list(masked),
            "blobs": list(files),
            "actors": self.actors,
        }
        seq = append(connection, "redacted", done, order.actor, order.clock)
        rebuild(connection)
        return Redaction(seq, len(self.payloads), tuple(self.erased), masked, files, tuple(self.actors))


# --- a document --------------------------------------------------------------------------------------------------


def erase_document(connection: Connection, document: str, order: Order) -> Redaction:
    """Erases every reading of a document, its raw bytes, the judgements on its claims and the incidents that hold them
    (linking again makes these anew from what is left). The id stays as a tombstone, so that it is not added again."""
    lock(connection)
    row = connection.execute(select(documents).where(documents.c.id == document)).one_or_none()
    if row is None:
        raise LedgerError(f"there is no document {document} in this ledger; `tollbook ledger log` lists them")
    if row.state == "erased":
        raise LedgerError(f"the document {document} was erased already, by event {row.seq}")
    work, theirs, gone = _Work(erased=[document]), set[str](), set[str]()
    for event in read_events(connection):
        if event.payload is None:
            continue
        changed, payload = _without(event, document, theirs, gone)
        if changed:
            work.put(connection, event.seq, payload)
    others = select(documents.c.id).where(documents.c.raw_sha256 == row.raw_sha256, documents.c.id != document)
    others = others.where(documents.c.raw_kept == 1)
    if row.raw_kept and connection.execute(others).first() is None:
        work.blobs.add(row.raw_sha256)
    return work.finish(connection, "document", order)


def _without(event: Event, document: str, claims: set[str], gone: set[str]) -> tuple[bool, Mapping[str, Any] | None]:
    """Whether an event changes, and what is left of it. Collects the document's claims and the judgements that go."""
    payload: Mapping[str, Any] = event.payload or {}
    if event.kind in {"document_added", "document_read"} and payload["document"]["source"]["id"] == document:
        claims.update(item["id"] for item in (*payload["claims"], *payload["statements"]))
        return True, None
    if event.kind == "judged":
        judgement = payload["judgement"]
        value = judgement["value"]
        added = judgement["kind"] == "add" and value["document"]["id"] == document
        if added:
            claims.add(judgement["subject"])
        basis = set(judgement["basis"])  # the claims that a judgement on an incident was made on
        if added or {judgement["subject"], judgement["other"]} & (claims | gone) or (basis and basis <= claims):
            gone.add(judgement["id"])
            return True, None
    if event.kind == "clustered" and any(claims.intersection(incident["claims"]) for incident in payload["put"]):
        touched = [incident for incident in payload["put"] if claims.intersection(incident["claims"])]
        kept = [incident for incident in payload["put"] if incident not in touched]
        drop = sorted({*payload["drop"], *(incident["id"] for incident in touched)})
        return True, {**payload, "put": kept, "drop": drop}
    return False, payload


# --- a name ------------------------------------------------------------------------------------------------------


def mask_name(connection: Connection, name: str, order: Order) -> Redaction:
    """Puts blocks in place of a name, letter for letter, in every payload, so that all offsets still hold; erases the
    raw bytes of documents that had it, and the actor of that name."""
    pattern = name_pattern(name)
    if pattern.search(order.reason) or pattern.search(order.actor):
        raise UsageError("the reason and the name of the person who redacts stay readable: leave the redacted name out")
    lock(connection)
    work = _Work()
    for event in read_events(connection):
        if event.payload is None:
            continue
        payload = _masked(event.payload, pattern)
        if payload != event.payload:
            work.put(connection, event.seq, payload)
            if event.kind in {"document_added", "document_read"}:
                work.masked.add(payload["document"]["source"]["id"])
    work.blobs.update(_blobs_with(connection, pattern, work.masked))
    for row in connection.execute(select(actors)).all():
        if pattern.search(row.name):
            work.actors.append(row.id)
    if not (work.payloads or work.blobs or work.actors):
        raise LedgerError("that name stands nowhere in this ledger; check the spelling")
    return work.finish(connection, "name", order)


def name_pattern(name: str) -> re.Pattern[str]:
    """Finds a name as a whole, in either case, however its words are joined ("Amal Haddad", "amal-haddad", a break).

    >>> bool(name_pattern("Amal Haddad").search("/people/amal-haddad.html"))
    True
    """
    words = name.split()
    if sum(map(len, words)) < 3:
        raise UsageError("a name of at least three letters is needed: shorter ones would mask too much")
    if name.strip().lower() in _own_words():
        raise UsageError(f"{name!r} is a word of the records themselves; name the person in full")
    joined = r"(?:[\s_\-+.]|%20){1,3}"
    forms = {joined.join(map(re.escape, unicodedata.normalize(form, name).split())) for form in ("NFC", "NFD")}
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(sorted(forms))})(?![^\W_])", re.IGNORECASE)


def _own_words() -> Iterator[str]:
    for value in vars(records).values():
        yield from (str(word) for word in get_args(value) if isinstance(word, str))


def _masked(value: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return pattern.sub(lambda found: MASK * len(found[0]), value)
    if isinstance(value, list):
        return [_masked(item, pattern) for item in value]
    if isinstance(value, dict):
        return {key: _masked(item, pattern) for key, item in value.items()}
    return value


_CODECS = ("utf-8", "utf-16", "cp1252", "cp1251", "cp1256")


def _blobs_with(connection: Connection, pattern: re.Pattern[str], masked: set[str]) -> Iterator[str]:
    """Raw bytes cannot be masked without breaking them: they go as a whole, and their hash stays."""
    theirs = select(documents.c.raw_sha256).where(documents.c.id.in_(sorted(masked)))
    known = set(connection.execute(theirs).scalars())
    for sha256 in connection.execute(select(blobs.c.sha256).order_by(blobs.c.sha256)).scalars().all():
        if sha256 in known:
            yield sha256
            continue
        raw = unpack(connection.execute(select(blobs.c.body).where(blobs.c.sha256 == sha256)).scalar_one())
        if any(pattern.search(html.unescape(raw.decode(codec, "replace"))) for codec in _CODECS):
            yield sha256


# --- what is left in the files -------------------------------------------------------------------------------------


def scrub(engine: Engine) -> None:
    """Writes the database's files anew, so that erased bytes do not linger in free pages or in the write-ahead log.
    Backups, and a server's own archives, are beyond its reach."""
    raw = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            cursor = raw.cursor()
            cursor.execute("VACUUM")
            busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if busy:
                raise LedgerError(
                    "another program is reading the ledger, and so its write-ahead file cannot be emptied"
                )
            return
        connection: Any = raw.driver_connection
        connection.autocommit = True
        for table in (*KEPT, *PROJECTIONS):
            connection.execute(f"VACUUM FULL {table.name}")
        connection.autocommit = False
    finally:
        raw.close()

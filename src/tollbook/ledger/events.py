"""The event log: a chain of hashes over headers, with payloads that stand apart and can be erased.

An event's hash covers its number, kind, time, actor, the hash of the event before and a salted digest of its payload.
The salt keeps an erased payload from being guessed; it is erased with it. The actor is an id of the same make, so that
a reviewer's name can be erased too. What a redaction leaves in place of a payload is vouched for by the redaction's own
event (see :mod:`tollbook.ledger.redact`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from tollbook.errors import LedgerError
from tollbook.ledger.tables import PROJECTION, actors, events, head, payloads

GENESIS = "0" * 64
EVENT_SCHEMA = "tollbook.event/1"

Clock = Callable[[], dt.datetime]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. ``actor`` is a name, ``None`` where it was erased, as ``payload`` is."""

    seq: int
    kind: str
    at: str
    actor_id: str
    actor: str | None
    previous: str
    digest: str
    hash: str
    payload: dict[str, Any] | None


def utc_now() -> dt.datetime:
    """The system's clock. Order comes from the sequence number, never from here."""
    return dt.datetime.now(dt.UTC)


def canonical(value: Any) -> bytes:
    """JSON in one form: sorted keys, no blanks, ASCII only (so any character of any text survives), no NaN.

    >>> canonical({"b": 1, "a": "é"})
    b'{"a":"\\\\u00e9","b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False).encode("ascii")


def payload_digest(salt: str, body: bytes) -> str:
    """SHA-256 over the salt and the payload's canonical JSON."""
    return hashlib.sha256(bytes.fromhex(salt) + body).hexdigest()


def event_hash(header: tuple[int, str, str, str, str, str]) -> str:
    """SHA-256 over number, kind, time, actor id, hash before and payload digest, as a canonical JSON list."""
    return hashlib.sha256(canonical([EVENT_SCHEMA, *header])).hexdigest()


def actor_id(salt: str, name: str) -> str:
    """The id that stands in the chain for a name."""
    return "p-" + payload_digest(salt, canonical(name))[:32]


def pack(body: bytes) -> bytes:
    """Bytes as they are kept."""
    return zlib.compress(body, 6)


def unpack(body: bytes) -> bytes:
    """The opposite of :func:`pack`. Damaged bytes are a :class:`LedgerError`."""
    try:
        return zlib.decompress(body)
    except zlib.error as error:
        raise LedgerError(f"stored bytes are damaged ({error}); `tollbook ledger verify` says which") from None


def begin_chain(connection: Connection, clock: Clock) -> None:
    """Makes the first event of a new ledger; it names the ledger, so that no two chains are alike."""
    connection.execute(insert(head).values(id=1, seq=0, hash=GENESIS, projection=PROJECTION))
    append(connection, "created", {"ledger": secrets.token_hex(16)}, "tollbook", clock)


def append(connection: Connection, kind: str, payload: Mapping[str, Any], actor: str, clock: Clock) -> int:
    """Adds an event to the end of the chain and returns its number. Needs a write transaction; the end of the chain
    is a row that writers lock, so two of them queue (in SQLite the whole file is locked already)."""
    seq, previous = connection.execute(select(head.c.seq, head.c.hash).with_for_update()).one()
    seq = int(seq) + 1
    body, salt = canonical(payload), secrets.token_hex(32)
    at = clock().astimezone(dt.UTC).isoformat(timespec="microseconds")
    header = (seq, kind, at, _actor(connection, actor), previous, payload_digest(salt, body))
    names = ("seq", "kind", "at", "actor", "previous", "digest")
    connection.execute(insert(events).values(dict(zip(names, header, strict=True)) | {"hash": event_hash(header)}))
    connection.execute(insert(payloads).values(seq=seq, salt=salt, body=pack(body)))
    connection.execute(update(head).values(seq=seq, hash=event_hash(header)))
    return seq


def _actor(connection: Connection, name: str) -> str:
    name = name.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    known = connection.execute(select(actors.c.id).where(actors.c.name == name)).scalar()
    if known is not None:
        return str(known)
    salt = secrets.token_hex(32)
    made = actor_id(salt, name)
    connection.execute(insert(actors).values(id=made, salt=salt, name=name))
    return made


def lock(connection: Connection) -> int:
    """Takes the writers' lock and returns the number of the last event."""
    return int(connection.execute(select(head.c.seq).with_for_update()).scalar_one())


def payload_of(connection: Connection, seq: int) -> dict[str, Any] | None:
    """What an event says; ``None`` where it was erased."""
    body = connection.execute(select(payloads.c.body).where(payloads.c.seq == seq)).scalar()
    return None if body is None else json.loads(unpack(body))


def replace_payload(connection: Connection, seq: int, payload: Mapping[str, Any] | None) -> str | None:
    """Erases a payload, or puts what a redaction left in its place; returns the digest of what stands there now."""
    connection.execute(delete(payloads).where(payloads.c.seq == seq))
    if payload is None:
        return None
    body, salt = canonical(payload), secrets.token_hex(32)
    connection.execute(insert(payloads).values(seq=seq, salt=salt, body=pack(body)))
    return payload_digest(salt, body)


def read_events(connection: Connection, after: int = 0, *, with_payload: bool = True) -> Iterator[Event]:
    """The log in order, a few hundred events at a time, so that the transaction can write in between."""
    joined = events.outerjoin(actors, actors.c.id == events.c.actor)
    columns = [*events.c, actors.c.name]
    if with_payload:
        joined = joined.outerjoin(payloads, payloads.c.seq == events.c.seq)
        columns.append(payloads.c.body)
    query = select(*columns).select_from(joined).order_by(events.c.seq).limit(200)
    while rows := connection.execute(query.where(events.c.seq > after)).all():
        for row in rows:
            body = row.body if with_payload else None
            payload = None if body is None else json.loads(unpack(body))
            header = (row.seq, row.kind, row.at, row.actor, row.name, row.previous, row.digest, row.hash)
            yield Event(*header, payload=payload)
        after = rows[-1].seq

"""Checking a ledger: what is whole, and exactly what is not."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from tollbook.errors import LedgerError, MissingExtra
from tollbook.ledger import seal
from tollbook.ledger.engine import read
from tollbook.ledger.events import (
    GENESIS,
    actor_id,
    canonical,
    event_hash,
    payload_digest,
    payload_of,
    read_events,
    unpack,
)
from tollbook.ledger.project import project
from tollbook.ledger.tables import PROJECTIONS, actors, blobs, documents, events, head, metadata, payloads

_MOST = 100  # damages named one by one; the rest is counted


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written. ``where`` names the event, table or file; ``what`` says it in words."""

    where: str
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was checked. ``damages`` names at most a hundred; ``damaged`` counts all. ``notes`` are no damage."""

    events: int
    head: str
    payloads: int
    redacted: int
    blobs: int
    seals: int
    damaged: int
    damages: tuple[Damage, ...]
    notes: tuple[str, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether everything is as it was written."""
        return self.damaged == 0


@dataclass(slots=True)
class _State:
    """What has been seen so far."""

    events: int = 0
    hash: str = GENESIS
    payloads: int = 0
    redacted: int = 0
    blobs: int = 0
    seals: int = 0
    at: str = ""


def verify(engine: Engine, *, projections: bool) -> Report:
    """The report on the ledger behind ``engine``; see :meth:`tollbook.ledger.Ledger.verify`."""
    state, damages, notes = _State(), list[Damage](), list[str]()
    try:
        with read(engine) as connection:
            for damage in _checks(connection, state, notes, projections=projections):
                damages.append(damage)
    except (DBAPIError, SQLAlchemyError) as error:
        cause = getattr(error, "orig", None) or error
        damages.append(Damage("database", f"cannot be read further than event {state.events}: {cause}"))
    return Report(
        state.events, state.hash, state.payloads, state.redacted, state.blobs, state.seals,
        len(damages), tuple(damages[:_MOST]), tuple(notes),
    )  # fmt: skip


def _checks(connection: Connection, state: _State, notes: list[str], *, projections: bool) -> Iterator[Damage]:
    if connection.dialect.name == "sqlite":
        for (line,) in connection.exec_driver_sql("PRAGMA integrity_check").all():
            if line != "ok":
                yield Damage("file", str(line))
    yield from _chain(connection, state, notes)
    yield from _payloads(connection, state)
    yield from _actors(connection)
    yield from _blobs(connection, state)
    yield from _seals(connection, state, notes)
    if projections:
        yield from _projections(connection)


# --- the chain ---------------------------------------------------------------------------------------------------


def _chain(connection: Connection, state: _State, notes: list[str]) -> Iterator[Damage]:
    for event in read_events(connection, with_payload=False):
        if event.seq != state.events + 1:
            yield Damage(f"event {state.events + 1}", f"missing, up to event {event.seq - 1}")
        elif event.previous != state.hash:
            yield Damage(f"event {event.seq}", "does not follow from the event before: one of the two was changed")
        header = (event.seq, event.kind, event.at, event.actor_id, event.previous, event.digest)
        if event_hash(header) != event.hash:
            yield Damage(f"event {event.seq}", "changed after it was written: its hash does not fit")
        if event.at < state.at:
            notes.append(f"event {event.seq} bears an earlier time than the one before: the clock was set back")
        state.events, state.hash, state.at = event.seq, event.hash, event.at
    row = connection.execute(select(head.c.seq, head.c.hash)).one_or_none()
    if row is None:
        yield Damage("head", "missing: the end of the log is not known")
    elif (row.seq, row.hash) != (state.events, state.hash):
        yield Damage("head", f"says that the log ends with event {row.seq}, but it ends with event {state.events}")


def _payloads(connection: Connection, state: _State) -> Iterator[Damage]:
    replaced = _replaced(connection)
    query = (
        select(events.c.seq, events.c.digest, payloads.c.salt, payloads.c.body)
        .select_from(events.outerjoin(payloads, payloads.c.seq == events.c.seq))
        .order_by(events.c.seq)
    )
    for row in connection.execute(query):
        wanted = replaced.get(row.seq, row.digest)
        if row.body is None and wanted is not None:
            yield Damage(f"event {row.seq}", "its payload is missing, and no redaction says why")
        elif row.body is None:
            state.redacted += 1
        elif wanted is None:
            yield Damage(f"event {row.seq}", "a redaction erased its payload, yet there is one")
        elif _digest(row.salt, row.body) != wanted:
            yield Damage(f"event {row.seq}", "its payload was changed after it was written")
        else:
            state.payloads += 1
            state.redacted += row.seq in replaced
    orphans = select(payloads.c.seq).where(payloads.c.seq.not_in(select(events.c.seq)))
    for seq in connection.execute(orphans).scalars():
        yield Damage(f"event {seq}", "there is a payload but no event")


def _replaced(connection: Connection) -> dict[int, str | None]:
    """What the redactions left in place of payloads: number of the event → digest, ``None`` where nothing is left."""
    replaced: dict[int, str | None] = {}
    for payload in _payloads_of(connection, "redacted"):
        replaced |= {int(seq): digest for seq, digest in payload["payloads"]}
    return replaced


def _payloads_of(connection: Connection, kind: str) -> Iterator[dict[str, Any]]:
    query = select(events.c.seq).where(events.c.kind == kind).order_by(events.c.seq)
    for seq in connection.execute(query).scalars().all():
        try:
            payload = payload_of(connection, seq)
        except (LedgerError, ValueError):
            continue  # reported as a changed payload
        if payload is not None:
            yield payload


def _digest(salt: str, body: bytes) -> str | None:
    try:
        return payload_digest(salt, unpack(body))
    except (LedgerError, ValueError):
        return None


def _actors(connection: Connection) -> Iterator[Damage]:
    known = {row.id: row for row in connection.execute(select(actors))}
    for row in known.values():
        if _actor(row.salt, row.name) != row.id:
            yield Damage(f"actor {row.id}", "the name was changed")
    erased = {actor for payload in _payloads_of(connection, "redacted") for actor in payload["actors"]}
    for actor in connection.execute(select(events.c.actor).distinct()).scalars():
        if actor not in known and actor not in erased:
            yield Damage(f"actor {actor}", "the name is missing, and no redaction says why")


def _actor(salt: str, name: str) -> str | None:
    try:
        return actor_id(salt, name)
    except ValueError:
        return None


def _blobs(connection: Connection, state: _State) -> Iterator[Damage]:
    for row in connection.execute(select(blobs)):
        try:
            whole = hashlib.sha256(unpack(row.body)).hexdigest() == row.sha256
        except LedgerError:
            whole = False
        if whole:
            state.blobs += 1
        else:
            yield Damage(f"raw {row.sha256}", "the raw bytes were changed")
    held = select(blobs.c.sha256)
    missing = select(documents.c.id).where(documents.c.raw_kept == 1, documents.c.raw_sha256.not_in(held))
    for id in connection.execute(missing).scalars():
        yield Damage(f"document {id}", "its raw bytes are missing, and no redaction says why")


def _seals(connection: Connection, state: _State, notes: list[str]) -> Iterator[Damage]:
    for payload in _payloads_of(connection, "sealed"):
        try:
            found = seal.problems(connection, seal.from_payload(payload))
        except MissingExtra as error:
            notes.append(f"seals were not checked: {error}")
            return
        state.seals += not found
        for words in found:
            yield Damage(f"seal of event {payload['seal']['seq']}", words)


# --- projections -------------------------------------------------------------------------------------------------


def _projections(connection: Connection) -> Iterator[Damage]:
    """Plays the log into an empty database on the side and compares every row."""
    with tempfile.TemporaryDirectory(prefix="tollbook-") as folder:
        side = create_engine(f"sqlite:///{Path(folder) / 'replay.db'}")
        try:
            with side.connect() as other, other.begin():
                metadata.create_all(other, tables=[*PROJECTIONS, head])
                try:
                    for event in read_events(connection):
                        project(other, event.seq, event.kind, event.payload)
                except (LedgerError, ValueError, KeyError, TypeError) as error:
                    yield Damage("projections", f"the log cannot be played again: {error!r}")
                    return
                for table in PROJECTIONS:
                    yield from _differences(table, connection, other)
        finally:
            side.dispose()


def _differences(table: Table, one: Connection, other: Connection) -> Iterator[Damage]:
    here, replayed = _rows(table, one), _rows(table, other)
    for key in sorted(here.keys() | replayed.keys()):
        name = f"{table.name} {' '.join(map(str, json.loads(key)))}"
        if key not in replayed:
            yield Damage(name, "is in the table but not in the log; `tollbook ledger rebuild` mends it")
        elif key not in here:
            yield Damage(name, "is in the log but not in the table; `tollbook ledger rebuild` mends it")
        elif here[key] != replayed[key]:
            yield Damage(name, "differs from what the log says; `tollbook ledger rebuild` mends it")


def _rows(table: Table, connection: Connection) -> dict[str, bytes]:
    keys = [column.name for column in table.primary_key]
    return {
        canonical([row._mapping[key] for key in keys]).decode(): hashlib.sha256(canonical(list(row))).digest()
        for row in connection.execute(select(table))
    }

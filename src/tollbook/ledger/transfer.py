"""Copies of a whole ledger: an online backup into a file, and back from it, also from one engine to the other."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from tollbook.errors import LedgerError
from tollbook.ledger import schema
from tollbook.ledger.engine import guard, locate, make_engine, read, write
from tollbook.ledger.events import utc_now
from tollbook.ledger.project import rebuild
from tollbook.ledger.tables import KEPT, head


def backup(engine: Engine, path: Path) -> int:
    """Copies a ledger as it stands at one moment into a new SQLite file, which appears under its name only when it is
    whole. Returns the number of its last event. Raises :class:`LedgerError` where the file exists."""
    if path.exists():
        raise LedgerError(f"{path} exists already; a backup never overwrites. Name another file")
    partial = path.with_name(path.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        if engine.dialect.name == "sqlite":
            _copy_pages(engine, partial)
        else:
            _copy_rows(engine, partial)
        with open(partial, "rb") as file:
            os.fsync(file.fileno())
        last = _last(partial)
        os.link(partial, path)
    except FileExistsError:
        raise LedgerError(f"{path} exists already; a backup never overwrites. Name another file") from None
    except OSError as error:
        raise LedgerError(f"the backup {path} cannot be written: {error.strerror or error}") from None
    finally:
        for name in (partial, Path(f"{partial}-wal"), Path(f"{partial}-shm")):
            with contextlib.suppress(OSError):
                name.unlink(missing_ok=True)
    return last


def _copy_pages(engine: Engine, path: Path) -> None:
    raw = engine.raw_connection()
    try:
        source: Any = raw.driver_connection
        with contextlib.closing(sqlite3.connect(path)) as target:
            source.backup(target)
    finally:
        raw.close()


def _copy_rows(engine: Engine, path: Path) -> None:
    location = locate(path)
    target = make_engine(location, create=True, read_only=False)
    try:
        with guard(location):
            schema.migrate(target, location, utc_now)
            with read(engine) as source, write(target) as connection:
                copy(source, connection)
        raw = target.raw_connection()
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
    finally:
        target.dispose()


def _last(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT seq FROM head").fetchone()[0])


def restore(backup_file: str | Path, target: str | Path) -> int:
    """Fills a new ledger (a file, or an empty PostgreSQL database) from a backup; returns the number of events."""
    here, there = locate(backup_file), locate(target)
    if there.path is not None and there.path.exists():
        raise LedgerError(f"{target} exists already; restore into a new file, then put it in its place")
    with guard(here):
        source = make_engine(here, create=False, read_only=True)
    try:
        with guard(here):
            schema.prepare(source, here, None, create=False)
        with guard(there):
            engine = make_engine(there, create=True, read_only=False)
            try:
                schema.migrate(engine, there, utc_now)
                with read(source) as one, write(engine) as other:
                    if int(other.execute(select(head.c.seq)).scalar_one()) > 1:
                        raise LedgerError(f"{there} holds a ledger already; restore into an empty database")
                    return copy(one, other)
            finally:
                engine.dispose()
    finally:
        source.dispose()


def copy(source: Connection, target: Connection) -> int:
    """Puts everything that is kept in place of what an empty ledger begins with, and makes the projections anew."""
    for table in KEPT:
        target.execute(delete(table))
        rows: list[dict[str, Any]] = []
        for row in source.execute(select(table)):
            rows.append(dict(row._mapping))
            if len(rows) == 200:
                target.execute(insert(table), rows)
                rows = []
        if rows:
            target.execute(insert(table), rows)
    return rebuild(target)

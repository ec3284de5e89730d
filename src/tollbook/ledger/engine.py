"""Where a ledger lies, how it is opened, and what a database's errors mean for the person in front of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from tollbook.errors import LedgerError, MissingExtra, UsageError

WAIT = 30.0  # seconds that a writer waits for another one before it gives up and says so
APPLICATION = 0x546F6C6C  # "Toll": marks a SQLite file as ours (PRAGMA application_id)


@dataclass(frozen=True, slots=True)
class Location:
    """A SQLite file, or the URL of a PostgreSQL database. ``str()`` shows no password."""

    path: Path | None
    url: URL | None = None

    def __str__(self) -> str:
        return str(self.path) if self.url is None else self.url.render_as_string(hide_password=True)


def locate(where: str | Path) -> Location:
    """The location that a path or a URL names.

    >>> str(locate("postgresql://ana:secret@db/tolls"))
    'postgresql+psycopg://ana:***@db/tolls'
    """
    text = str(where)
    if "://" not in text:
        return Location(Path(text))
    try:
        url = make_url(text)
    except ArgumentError:
        raise UsageError(f"{text.split('@')[-1]!r} is neither a path nor a database URL") from None
    if url.get_backend_name() == "sqlite" and url.database:
        return Location(Path(url.database))
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise UsageError(f"a ledger lies in a file or at postgresql://…, not at {url.drivername}://")
    return Location(None, url.set(drivername="postgresql+psycopg"))


def make_engine(location: Location, *, create: bool, read_only: bool, wait: float = WAIT) -> Engine:
    """An engine whose write transactions (:func:`write`) take the lock at once and wait for it ``wait`` seconds."""
    if location.path is not None:
        return _sqlite(location.path, create=create, read_only=read_only, wait=wait)
    assert location.url is not None
    try:
        import psycopg  # noqa: F401  (SQLAlchemy's own message would not say what to install)
    except ImportError:
        raise MissingExtra("a ledger in PostgreSQL", "postgres") from None
    options = f"-c lock_timeout={int(wait * 1000)}"
    if read_only:
        options += " -c default_transaction_read_only=on"
    arguments = {"connect_timeout": 10, "options": options, "application_name": "tollbook"}
    return create_engine(location.url, pool_pre_ping=True, connect_args=arguments)


def _sqlite(path: Path, *, create: bool, read_only: bool, wait: float) -> Engine:
    if not path.exists() and not create:
        raise LedgerError(f"there is no ledger at {path}; begin one with: tollbook add PATH --ledger {path}")
    if path.is_dir():
        raise LedgerError(f"{path} is a folder; name a file in it, for example {path / 'ledger.db'}")
    if not path.parent.is_dir():
        raise LedgerError(f"the folder {path.parent} does not exist; make it first")
    mode = "ro" if read_only else "rwc" if create else "rw"

    def connect() -> sqlite3.Connection:
        name = quote(str(path.absolute()))
        arguments: dict[str, Any] = {"uri": True, "isolation_level": None, "check_same_thread": False, "timeout": wait}
        connection: sqlite3.Connection = sqlite3.connect(f"file:{name}?mode={mode}", **arguments)
        try:
            _prepare(connection, read_only)
        except sqlite3.OperationalError as error:
            connection.close()
            if not read_only or not _on_frozen_disk(error):
                raise
            # A write-ahead ledger on a read-only disk, closed properly: nothing can change it while we look.
            connection = sqlite3.connect(f"file:{name}?mode=ro&immutable=1", **arguments)
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("ledger_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _on_frozen_disk(error: sqlite3.OperationalError) -> bool:
    return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY"))


def _prepare(connection: sqlite3.Connection, read_only: bool) -> None:
    connection.execute("PRAGMA schema_version").fetchone()  # touches the file: fails here if it is no database
    connection.execute("PRAGMA foreign_keys = ON")
    if not read_only:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")  # what was reported as added outlives a power cut
        connection.execute("PRAGMA secure_delete = ON")  # what was redacted is overwritten, not only unlinked


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the write lock from its first moment; all of it is kept, or nothing."""
    with engine.connect().execution_options(ledger_write=True) as connection, connection.begin():
        yield connection


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees the ledger as it stands at one moment, and streams."""
    options: dict[str, Any] = {"stream_results": True, "yield_per": 500}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def guard(location: Location) -> Iterator[None]:
    """Turns the errors of a database into a :class:`LedgerError` that says what happened and what to do."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(_explain(location, error.orig)) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise LedgerError(_explain(location, error)) from error


def is_lost_connection(error: BaseException | None) -> bool:
    """Whether a server went away in the middle (restarted, say), so that trying again can help."""
    cause = error.__cause__ if isinstance(error, LedgerError) else error
    if not isinstance(cause, DBAPIError) or isinstance(cause.orig, sqlite3.Error):
        return False
    state = getattr(cause.orig, "sqlstate", None) or ""
    return cause.connection_invalidated or state.startswith(("57P", "08")) or not state


_SQLITE = {
    "SQLITE_BUSY": "is locked: another program has been writing to it all the while. Close it, or try again",
    "SQLITE_LOCKED": "is locked: another program has been writing to it all the while. Close it, or try again",
    "SQLITE_FULL": "cannot grow: the disk is full. Nothing of the last step was kept; make room and run it again",
    "SQLITE_READONLY": "can only be read: the file or its disk is read-only. Copy it to a place you may write to",
    "SQLITE_CORRUPT": "is damaged. `tollbook ledger verify` says where; then restore a backup (`ledger restore`)",
    "SQLITE_NOTADB": "is no Tollbook ledger, or its beginning is damaged. Name another file, or restore a backup",
    "SQLITE_IOERR": "could not be read or written: the disk reports an error or is full. Nothing half-done was kept",
    "SQLITE_CANTOPEN": "cannot be opened: check that the folder exists and that you may write to it",
}
_POSTGRES = {
    "55P03": "is locked: another program has been writing to it all the while. Try again",
    "53100": "cannot grow: the server's disk is full. Nothing of the last step was kept; make room and run it again",
    "25006": "can only be read: the server is read-only",
    "42501": "refuses: this database user lacks the right to do that",
    "28P01": "refuses the password",
    "3D000": "does not exist on that server; create the database first (createdb)",
}


def _explain(location: Location, error: BaseException | None) -> str:
    name = getattr(error, "sqlite_errorname", None)
    if name is not None or isinstance(error, sqlite3.Error):
        for code, words in _SQLITE.items():
            if (name or "").startswith(code):
                return f"the ledger {location} {words}."
        return f"the ledger {location} failed: {error}. `tollbook ledger verify` says whether it is damaged."
    state = getattr(error, "sqlstate", None)
    if state in _POSTGRES:
        return f"the ledger {location} {_POSTGRES[state]}."
    if state is None:  # refused while connecting: the driver gives words only
        for words, code in (("does not exist", "3D000"), ("password authentication failed", "28P01")):
            if words in str(error):
                return f"the ledger {location} {_POSTGRES[code]}."
    if state is None or state.startswith(("57P", "08")):
        return (
            f"the server of the ledger {location} cannot be reached or went away. What was reported as added is kept; "
            "run the command again when it is back."
        )
    return f"the ledger {location} failed: {str(error).splitlines()[0]}"

"""Brings the tables of a ledger to this version: Alembic's revisions first, then the projections if they changed."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, func, inspect, select, text

from tollbook.errors import LedgerError
from tollbook.ledger.engine import APPLICATION, Location, write
from tollbook.ledger.events import Clock, begin_chain
from tollbook.ledger.project import rebuild
from tollbook.ledger.tables import PROJECTION, head

REVISION = "0002"  # the newest file in migrations/versions; a test holds the two together
_LOCK = 7_211_953  # any number of ours: two openers of one empty PostgreSQL database queue on it


def prepare(engine: Engine, location: Location, clock: Clock | None, *, create: bool) -> None:
    """Makes sure that the tables are those of this version. ``clock``: ``None`` for a ledger opened for reading only.

    Raises :class:`LedgerError` where the place holds something else, or nothing and ``create`` is false.
    """
    with engine.connect() as connection:
        found = _revision(connection, location)
        stands = connection.execute(select(head.c.projection)).scalar() if found is not None else None
    if found is None and not create:
        raise LedgerError(f"there is no ledger at {location} yet; begin one with: tollbook add PATH --ledger …")
    if found == REVISION and stands == PROJECTION:
        return
    if clock is None:
        raise LedgerError(f"the ledger {location} is of an older version; open it for writing once to upgrade it")
    migrate(engine, location, clock)


def migrate(engine: Engine, location: Location, clock: Clock) -> None:
    """Makes the tables of an empty place, or brings those of an older version forward; all of it, or nothing."""
    with write(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        if _revision(connection, location) != REVISION:
            _upgrade(connection, REVISION)
        stands = connection.execute(select(head.c.projection)).scalar()
        if stands is None:
            begin_chain(connection, clock)
        elif stands != PROJECTION:
            rebuild(connection)


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")


def _revision(connection: Connection, location: Location) -> str | None:
    """The revision that the tables are at, ``None`` for an empty place."""
    names = inspect(connection).get_table_names()
    if not names:
        return None
    if connection.dialect.name == "sqlite":
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if mark != APPLICATION:
            raise LedgerError(f"{location} is a database, but no Tollbook ledger; name another file")
    if "alembic_version" not in names or "events" not in names:
        raise LedgerError(f"the database {location} holds other tables; give the ledger a database of its own")
    found = str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())
    if found > REVISION:
        raise LedgerError(f"the ledger {location} was made by a newer version of Tollbook; pip install -U tollbook")
    return found

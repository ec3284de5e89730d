"""The tables' history: a ledger of the previous version opens, whole; migrations and ``tables.py`` say the same."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, text

import tollbook.ledger
from tests.ledger.build_v1 import FILE
from tests.ledger.made import raw_of, reading
from tollbook.errors import LedgerError
from tollbook.ledger import Cluster, Ledger
from tollbook.ledger.engine import APPLICATION, locate, make_engine, write
from tollbook.ledger.schema import REVISION, _upgrade
from tollbook.ledger.tables import KEPT, metadata


def old_file(path: Path) -> None:
    """The fixture as a SQLite file."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(FILE.read_text("utf-8"))
        connection.execute(f"PRAGMA application_id = {APPLICATION}")


def old_ledger(place: str, tmp_path: Path) -> None:
    """The fixture at ``place``: the file itself, or its rows in a PostgreSQL database brought to version 1."""
    if "://" not in place:
        old_file(Path(place))
        return
    old_file(tmp_path / "v1.db")
    engine = make_engine(locate(place), create=True, read_only=False)
    with write(engine) as target, contextlib.closing(sqlite3.connect(tmp_path / "v1.db")) as source:
        _upgrade(target, "0001")
        source.row_factory = sqlite3.Row
        for table in KEPT:
            for row in source.execute(f"SELECT * FROM {table.name}"):
                target.execute(insert(table).values(dict(row)))
    engine.dispose()


def test_a_ledger_of_version_1_opens_whole(place: str, tmp_path: Path) -> None:
    """Upgraded and its projections made anew: the same chain, claims, judgements; and it goes on."""
    old_ledger(place, tmp_path)
    doc, claims = reading()
    with Ledger.open(place) as ledger:
        assert ledger.verify().clean and ledger.head()[0] == 3
        assert [c.record() for c in ledger.claims()] == list(claims)
        assert [c.review for c in ledger.claims()] == ["accepted", None]
        assert ledger.document(doc.source.id) == doc and ledger.raw(doc.source.id) == raw_of(doc)
        assert ledger.put_clusters([Cluster("i-1", (claims[0].id,))], "test") == 4
    with Ledger.open(place, read_only=True) as ledger:
        assert ledger.verify().clean


def test_an_older_ledger_is_not_changed_by_reading(place: str, tmp_path: Path) -> None:
    """Opened for reading only, it says what to do instead of upgrading."""
    old_ledger(place, tmp_path)
    with pytest.raises(LedgerError, match="older version"):
        Ledger.open(place, read_only=True)


def test_a_newer_ledger_says_so(place: str) -> None:
    """What a newer program made is not touched."""
    Ledger.open(place, create=True).close()
    engine = make_engine(locate(place), create=False, read_only=False)
    with write(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(LedgerError, match="newer version"):
        Ledger.open(place)


def test_migrations_and_tables_agree(place: str) -> None:
    """Alembic finds no difference between what its revisions make and what ``tables.py`` says."""
    Ledger.open(place, create=True).close()
    engine = make_engine(locate(place), create=False, read_only=False)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()
    assert found == []


def test_the_newest_revision_is_the_one_that_the_program_asks_for() -> None:
    """``schema.REVISION`` spares every opening from loading Alembic; it may not go stale."""
    script = ScriptDirectory(str(Path(tollbook.ledger.__file__).parent / "migrations"))
    assert script.get_current_head() == REVISION


def test_another_database_is_left_alone(place: str, tmp_path: Path) -> None:
    """A database with other tables, and a file that is no database, are refused and not written to."""
    engine = make_engine(locate(place), create=True, read_only=False)
    with write(engine) as connection:
        connection.execute(text("CREATE TABLE recipes (name TEXT)"))
    engine.dispose()
    with pytest.raises(LedgerError, match=r"no Tollbook ledger|holds other tables"):
        Ledger.open(place, create=True)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear editor, " * 200)
    with pytest.raises(LedgerError, match="no Tollbook ledger"):
        Ledger.open(letter, create=True)
    assert letter.read_text() == "Dear editor, " * 200

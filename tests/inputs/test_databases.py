"""Tables of SQLite databases: read, never written, never run."""

from __future__ import annotations

import hashlib
import sqlite3
from pathlib import Path

import pytest

from tests.inputs.made import WORDS, pages, read, refused, saved
from tollbook.errors import InputError
from tollbook.inputs import Given, databases


def database(path: Path, *statements: str) -> Path:
    """A database."""
    with sqlite3.connect(path) as made:
        for statement in statements:
            made.execute(statement)
    made.close()
    return path


ARTICLES = 'create table Articles (id integer primary key, "Body" text, headline text, date text, URL text, n blob)'


def test_a_table(tmp_path: Path) -> None:
    """The only one that holds pages is read, its columns by what they are called; the file stays as it was."""
    path = database(
        tmp_path / "pages.db",
        ARTICLES,
        "create table authors (name text)",
        f"insert into Articles values (7, '{WORDS}', 'Harbour hit', '2024-03-05', 'https://post.example/7', x'00')",
        f"insert into Articles values (9, '{WORDS} Again.', null, null, null, null)",
        "insert into Articles values (11, null, null, null, null, null)",
    )
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    (first, second), (error,) = read(path)
    assert (first.key, first.title, first.url, str(first.published)) == (
        "7", "Harbour hit", "https://post.example/7", "2024-03-05",
    )  # fmt: skip
    assert second.key == "9" and second.content == f"{WORDS} Again."
    assert str(error).endswith("pages.db:11: neither an address nor a text nor a saved file")
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["pages.db"]


def test_which_table(tmp_path: Path) -> None:
    """Several that hold pages: one has to be named; what is no table, or none of pages, is told."""
    path = database(tmp_path / "pages.db", "create table a (text text)", "create table b (html text)",
                    "create table c (n integer)", f"insert into b values ('<p>{WORDS}</p>')")  # fmt: skip
    assert "several tables hold pages (a, b); name one with --table" in refused(path)
    (page,) = pages(path, given=Given(table="B"))
    assert page.media == "html" and page.key.endswith("pages.db/b:1")
    assert "there is no table 'x', but a, b, c" in refused(path, Given(table="x"))
    assert "it has no column" in refused(path, Given(table="c"))
    assert "no table holds pages (n)" in refused(database(tmp_path / "n.db", "create table n (n)"))


def test_without_rowid_and_saved_files(tmp_path: Path) -> None:
    """Rows of a table without numbers are counted; saved files lie beside the database."""
    saved(tmp_path, "a.txt", WORDS)
    path = database(tmp_path / "p.sqlite", "create table t (file text primary key) without rowid",
                    "insert into t values ('a.txt'), ('../a.txt')")  # fmt: skip
    found, (error,) = read(path)
    assert len(found) == 1 and "does not lie in the folder" in str(error)


def test_hostile_databases(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Views, virtual tables and computed columns are not run; long values and damaged files are refused."""
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select x as text from n"
    path = database(
        tmp_path / "a.db",
        f"create view text as {endless}",
        "create virtual table words using fts5(text)",
        "create table t (id integer, text text generated always as (hex(zeroblob(100000000))) virtual)",
    )
    assert "no table holds pages" in refused(path)
    assert "no SQLite database" in refused(saved(tmp_path, "b.db", "nothing of the kind"))
    whole = database(tmp_path / "c.db", "create table t (text text)", *[f"insert into t values ('{WORDS * 50}')"] * 20)
    broken = bytearray(whole.read_bytes())
    broken[4096 + 8 : 4096 * 3] = bytes(range(256)) * 31 + bytes(248)
    found, errors = read(saved(tmp_path, "d.db", bytes(broken)))
    assert errors and "damaged, or no SQLite database" in str(errors[-1])
    monkeypatch.setattr(databases, "_LONGEST", 10)  # what the database says of its tables is longer
    assert "too big" in refused(whole)


def test_a_value_that_is_too_long_is_told_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By its number; a column that is called as SQLite calls its numbers changes nothing."""
    path = database(tmp_path / "a.db", "create table t (text text, rowid text)",
                    *[f"insert into t values ('{WORDS * n}', 'same')" for n in (1, 99, 2)])  # fmt: skip
    monkeypatch.setattr(databases, "_LONGEST", 90 * len(WORDS))
    found, (error,) = read(path)
    assert [page.content for page in found] == [WORDS, WORDS * 2]
    assert str(error).endswith("a.db:2: a value of more than 0 MB")


def test_nothing_is_left_beside_a_database_with_a_log(tmp_path: Path) -> None:
    """SQLite begins a log beside one that keeps one; what stands in a log that is there is read."""
    path = database(tmp_path / "a.db", "pragma journal_mode = wal", "create table t (text text)",
                    f"insert into t values ('{WORDS}')")  # fmt: skip
    assert len(pages(path)) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.db"]
    with sqlite3.connect(path) as writing:
        writing.execute(f"insert into t values ('{WORDS} Again.')")
        writing.commit()
        assert len(pages(path)) == 2
    writing.close()


def test_a_database_that_is_written_to_meanwhile(tmp_path: Path) -> None:
    """It may have been read in part before and in part after: told, not passed over."""
    path = database(tmp_path / "a.db", "pragma journal_mode = wal", "create table t (text text)",
                    f"insert into t values ('{WORDS}')")  # fmt: skip
    reading = databases.read_database("a.db", str(path), Given(), lambda error: None)
    assert next(reading).content == WORDS
    with sqlite3.connect(path) as writing:
        writing.execute("insert into t values ('more')")
        writing.commit()
        with pytest.raises(InputError, match="written to while it was read"):
            list(reading)
    writing.close()


def test_a_ledger_is_no_list_of_pages(tmp_path: Path) -> None:
    """A ledger named by mistake is told, not half read."""
    from tollbook.ledger import Ledger

    Ledger.open(tmp_path / "ledger.db", create=True).close()
    assert "a ledger of Tollbook" in refused(tmp_path / "ledger.db")

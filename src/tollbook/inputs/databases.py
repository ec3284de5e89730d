"""A table of a SQLite database, such as Datasette serves, as pages. Opened to be read, and never changed.

A database is hostile input: no views, no virtual tables and no functions of its own are run, and no value is taken that
is longer than a page may be.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any
from urllib.parse import quote

from tollbook.errors import InputError
from tollbook.inputs.bodies import LARGEST
from tollbook.inputs.lists import HOLDING, ListOf, columns_of, read_records, require_page
from tollbook.inputs.record import Given
from tollbook.records import Page

SQLITE = (".db", ".sqlite", ".sqlite3")
_LONGEST = LARGEST * 4  # bytes of a row or a value
_LEDGER = frozenset({"events", "payloads", "blobs", "head"})

OnError = Callable[[InputError], None]


def read_database(key: str, path: str, given: Given, on_error: OnError) -> Iterator[Page]:
    """The rows of the table that ``--table`` names, or of the only one that holds pages. Rows are named by ``rowid``.

    Raises ``InputError`` for what is no database, and where it is not clear which table is meant.
    """
    try:
        alone = _is_alone(path)
        with closing(_open(path, alone)) as database:
            table, columns = _table(key, database, given.table)
            listed = ListOf(key if given.table is None else f"{key}/{table}", _folder(path), given, on_error)
            yield from read_records(listed, _records(listed, database, table, columns))
        if alone and not _is_alone(path):
            raise InputError(key, "was written to while it was read: read it again")
    except sqlite3.Error as error:
        raise InputError(key, f"damaged, or no SQLite database ({error})") from error


def _is_alone(path: str) -> bool:
    """Whether it has a write-ahead log (bytes 18 and 19 of the file) that is empty: nobody has it open. SQLite would
    begin one beside it even where it only reads, and leave it there."""
    with open(path, "rb") as stream:
        logged = stream.read(20)[18:] == b"\2\2"
    return logged and not os.path.exists(f"{path}-wal")


def _open(path: str, alone: bool) -> sqlite3.Connection:
    how = "mode=ro&immutable=1" if alone else "mode=ro"
    database = sqlite3.connect(f"file:{quote(os.path.abspath(path))}?{how}", uri=True)
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    database.execute("pragma query_only = on")
    database.execute("pragma trusted_schema = off")
    database.text_factory = lambda raw: raw.decode("utf-8", "replace")
    return database


def _folder(path: str) -> str:
    return os.path.dirname(os.path.abspath(path))


def _table(key: str, database: sqlite3.Connection, wanted: str | None) -> tuple[str, Mapping[str, str]]:
    """A table and the column of each field."""
    found = {}
    for name, sql in database.execute("select name, sql from sqlite_schema where type = 'table' order by name"):
        if not name.startswith("sqlite_") and not str(sql).upper().startswith("CREATE VIRTUAL"):
            # Generated columns are left out: they are computed by whoever made the database.
            info = database.execute(f"pragma table_info({_quoted(name)})")
            found[name] = [str(column[1]) for column in info]
    if found.keys() >= _LEDGER:
        raise InputError(key, "a ledger of Tollbook, not a list of pages (--ledger opens one)")
    if wanted is not None:
        name = next((name for name in found if name.lower() == wanted.lower()), None)
        if name is None:
            raise InputError(key, f"there is no table {wanted!r}, but {', '.join(found) or 'none'}")
        require_page(f"{key}/{name}", columns_of(found[name]), found[name])
        return name, columns_of(found[name])
    holding = [name for name in found if any(field in columns_of(found[name]) for field in HOLDING)]
    if len(holding) != 1:
        shown = ", ".join(holding or found) or "none"
        said = "several tables hold pages" if holding else "no table holds pages"
        raise InputError(key, f"{said} ({shown}); name one with --table")
    return holding[0], columns_of(found[holding[0]])


def _records(
    listed: ListOf, database: sqlite3.Connection, table: str, columns: Mapping[str, str]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    chosen = ", ".join(_quoted(column) for column in columns.values())
    for number, *values in _rows(listed, database, chosen, _quoted(table)):
        yield number, {field: _plain(value) for field, value in zip(columns, values, strict=True)}


def _rows(listed: ListOf, database: sqlite3.Connection, chosen: str, table: str) -> Iterator[Any]:
    """Each row is asked for by itself, so that one that is too long does not end the table."""
    taken = {str(column[1]).lower() for column in database.execute(f"pragma table_xinfo({table})")}
    own = next((name for name in ("rowid", "_rowid_", "oid") if name not in taken), None)
    try:
        numbers = database.execute(f"select {own} from {table}") if own else None
    except sqlite3.OperationalError:  # a table WITHOUT ROWID
        numbers = None
    if numbers is None:
        yield from database.execute(f"select row_number() over (), {chosen} from {table}")
        return
    for (number,) in numbers:
        try:
            yield from database.execute(f"select {own}, {chosen} from {table} where {own} = ?", (number,))
        except sqlite3.DataError:
            listed.on_error(InputError(f"{listed.key}:{number}", f"a value of more than {_LONGEST // 1_000_000} MB"))


def _plain(value: Any) -> Any:
    """A cell as a JSON line would have it; bytes are text where they are UTF-8."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value) if isinstance(value, (int, float)) else value


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

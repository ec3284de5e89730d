"""The copy's life: made, brought up to date, asked by many threads, thrown away."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tollbook.ledger import Ledger
from tollbook.web.filters import SORTS, Kind
from tollbook.web.index import fill
from tollbook.web.index.columns import TABLE, Columns, read
from tollbook.web.index.tables import EVERYTHING, INDEXES, SCHEMA, TRIGGERS
from tollbook.web.masks import Masks

T = TypeVar("T")


class Index:
    """The copy of one ledger. Share it between threads; close it when the server ends.

    ``masks``: victims' names are masked in the copy already, so that no list, facet or search can betray one.
    """

    def __init__(self, ledger: Ledger, masks: Masks | None = None) -> None:
        self._ledger = ledger
        self._masks = masks
        self._folder = Path(tempfile.mkdtemp(prefix="tollbook-web-"))  # mode 0700
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._writing = threading.Lock()
        self._seen = 0
        self.columns: Mapping[Kind, Columns] = {}
        self._cache: dict[object, tuple[int, Any]] = {}  # question → event, answer
        self._large: dict[object, tuple[int, Any]] = {}
        connection = self._connect()
        connection.executescript(SCHEMA + INDEXES)
        self.refresh()

    @property
    def seen(self) -> int:
        """The number of the last event that the copy knows."""
        return self._seen

    def close(self) -> None:
        """Deletes the copy."""
        for connection in self._connections:
            connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._folder / "copy.db", check_same_thread=False, isolation_level=None, cached_statements=256, timeout=30
        )
        connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = OFF", "secure_delete = ON", "cache_size = -8000",
                       "temp_store = MEMORY"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        self._connections.append(connection)
        return connection

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for reading."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._connect()
        return found

    def kept(self, key: object, make: Callable[[], T], *, few: bool = False) -> T:
        """An answer, kept while the ledger stands still; ``few``: it is large, so only the latest are."""
        cache = self._large if few else self._cache
        found = cache.get(key)
        if found is not None and found[0] == self._seen:
            return found[1]  # type: ignore[no-any-return]
        seen, answer = self._seen, make()
        if len(cache) >= (8 if few else 4_000):
            cache.clear()
        cache[key] = (seen, answer)
        return answer

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One moment of the copy, however many questions are asked of it."""
        connection = self.connection()
        connection.execute("BEGIN")
        try:
            yield connection
        finally:
            connection.execute("COMMIT")

    def refresh(self) -> bool:
        """Brings the copy up to where the ledger is; says whether anything had happened."""
        head, _ = self._ledger.head()
        if head == self._seen:
            return False
        with self._writing:
            head, _ = self._ledger.head()
            if head == self._seen:
                return False
            connection = self.connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                columns = self._bring_up(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            self.columns = columns
            self._seen = head
        return True

    def _bring_up(self, connection: sqlite3.Connection) -> Mapping[Kind, Columns]:
        if self._masks is not None:
            self._masks.forget()
        touched = fill.touched(self._ledger, self._seen) if self._seen else None
        kinds: tuple[Kind, ...] = ("incidents", "claims", "documents")
        if touched is None:
            for name in TRIGGERS:
                connection.execute(f"DROP TRIGGER IF EXISTS {name}")
            for table in EVERYTHING:
                connection.execute(f"DELETE FROM {table}")
            fill.everything(connection, self._ledger, self._masks)
            for trigger in TRIGGERS.values():
                connection.execute(trigger)
            fresh = {kind: read(connection, kind) for kind in kinds}
            for kind, columns in fresh.items():
                for sort in SORTS[kind]:
                    columns.order(sort)  # sorting is what costs most: before anybody asks
            return fresh
        fill.update(connection, self._ledger, touched, self._masks)
        made = dict(self.columns)
        for kind in kinds:
            rows = connection.execute("SELECT DISTINCT n FROM changed WHERE kind = ?", (TABLE[kind],))
            if changed := [row["n"] for row in rows]:
                made[kind] = read(connection, kind, made[kind], changed)
        connection.execute("DELETE FROM changed")
        return made

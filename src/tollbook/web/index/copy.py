"""The copy's life: made, brought up to date, asked by many threads, thrown away."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tollbook.ledger import Ledger
from tollbook.web.index import fill
from tollbook.web.index.tables import EVERYTHING, INDEXES, SCHEMA
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
        self.erased = False  # whether documents were erased: their tombstones are in no list
        self._cache: dict[object, tuple[int, float, float, Any]] = {}  # key → event, when, how long it took, answer
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
        for pragma in ("journal_mode = WAL", "synchronous = OFF", "secure_delete = ON", "cache_size = -32000",
                       "mmap_size = 268435456", "temp_store = MEMORY"):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        self._connections.append(connection)
        return connection

    def connection(self) -> sqlite3.Connection:
        """This thread's connection, for reading."""
        found: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if found is None:
            found = self._local.connection = self._connect()
        return found

    def kept(self, key: object, make: Callable[[], T]) -> T:
        """An answer, kept while the ledger stands still, and after a judgement for twenty times as long as it took.

        In a small ledger that is at once; in a large one the numbers beside facets may lag some seconds behind.
        """
        now = time.monotonic()
        found = self._cache.get(key)
        if found is not None and (found[0] == self._seen or now - found[1] < 20 * found[2]):
            return found[3]  # type: ignore[no-any-return]
        seen, answer = self._seen, make()
        if len(self._cache) > 4_000:
            self._cache.clear()
        self._cache[key] = (seen, now, time.monotonic() - now, answer)
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
                self._bring_up(connection)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            found = connection.execute("SELECT 1 FROM document WHERE state = 'erased' LIMIT 1").fetchone()
            self.erased = found is not None
            self._seen = head
        return True

    def _bring_up(self, connection: sqlite3.Connection) -> None:
        if self._masks is not None:
            self._masks.forget()
        touched = fill.touched(self._ledger, self._seen) if self._seen else None
        if touched is not None:
            fill.update(connection, self._ledger, touched, self._masks)
            return
        self._cache.clear()
        for table in EVERYTHING:
            connection.execute(f"DELETE FROM {table}")
        fill.everything(connection, self._ledger, self._masks)

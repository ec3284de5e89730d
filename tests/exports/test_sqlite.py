"""The database for Datasette: complete, searchable, and served by it with its words and facets."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

from tests.exports.conftest import Export


def test_tables_views_and_full_text(export: Export) -> None:
    """Numbers are numbers, nulls are nulls, keys hold, and words are found without their accents."""
    with closing(sqlite3.connect(export("sqlite"))) as database:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert database.execute("SELECT count(*), sum(count_low) FROM claims").fetchone() == (
            8,
            12 + 3 + 1 + 9 + 8 + 24 + 10 + 4,
        )
        assert database.execute("SELECT count(*) FROM claims WHERE count_high IS NULL").fetchone() == (2,)
        found = database.execute(
            "SELECT count(*) FROM claims WHERE rowid IN (SELECT rowid FROM claims_fts WHERE claims_fts MATCH 'clash*')"
        )
        assert found.fetchone() == (2,)
        views = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        for view in views:
            assert database.execute(f"SELECT * FROM {view}").fetchall()
        assert database.execute("SELECT by FROM judgements").fetchall() != []
        read = database.execute("SELECT as_read FROM claims WHERE review = 'corrected'").fetchone()[0]
        assert json.loads(read)["count"]["low"] == 7


def test_datasette_serves_it(export: Export) -> None:
    """Datasette starts with the generated file, shows the title and description, offers facets and answers a query."""
    out = export("sqlite")
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = shutil.which("datasette", path=str(Path(sys.executable).parent))
    assert program is not None
    words = out.with_name("sqlite.datasette.yaml")
    log = (out.parent / "log").open("w")
    running = subprocess.Popen(
        [program, "serve", str(out), "-m", str(words), "-h", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
    )
    try:
        page = fetched(f"http://127.0.0.1:{port}/sqlite/claims?_facet=harm", running)
        assert "with the words that state it" in page and "facet-results" in page and "An air strike killed 12" in page
        assert "_search" in page  # full text is offered
        answer = json.loads(fetched(f"http://127.0.0.1:{port}/sqlite/numbers_differ.json?_shape=array", running))
        assert [row["killed_low"] for row in answer] == [9]  # where nobody counts the killed, nothing differs
    finally:
        running.terminate()
        running.wait(10)
        log.close()


def fetched(address: str, running: subprocess.Popen[bytes]) -> str:
    """The page, once the server answers."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                text: str = answer.read().decode()
                return text
        except urllib.error.HTTPError:
            raise
        except OSError:
            assert running.poll() is None, "datasette ended"
            time.sleep(0.1)
    raise AssertionError("datasette does not answer")

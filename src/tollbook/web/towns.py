"""The towns that the map names: the largest of the gazetteer, so that somebody finds their way."""

from __future__ import annotations

import sqlite3
from functools import cache
from urllib.parse import quote

from tollbook.resources.gazetteer import FILE, KINDS

MOST = 4_000


@cache
def towns() -> list[tuple[str, float, float]]:
    """Name, latitude and longitude, the largest first."""
    kinds = (KINDS.index("city"), KINDS.index("town"))
    connection = sqlite3.connect(f"file:{quote(str(FILE))}?mode=ro", uri=True)
    try:
        rows = connection.execute(
            "SELECT name, lat, lon FROM place WHERE kind IN (?, ?) AND lat IS NOT NULL "
            "ORDER BY capital DESC, population DESC LIMIT ?",
            (*kinds, MOST),
        ).fetchall()
    finally:
        connection.close()
    return [(name, lat / 10_000, lon / 10_000) for name, lat, lon in rows]

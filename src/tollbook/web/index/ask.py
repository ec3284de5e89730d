"""Questions to the copy. All SQL of the web application stands here; every value is bound, never pasted."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tollbook.web.filters import FACETS, NOT_STATED, PAGE, TRAYS, Filter
from tollbook.web.index.copy import Index

Row = Mapping[str, Any]
_TABLE = {"incidents": "incident", "claims": "claim", "documents": "document"}
_ORDER = {
    ("incidents", "date"): "coalesce(t.date_from, '') DESC, t.id",
    ("incidents", "oldest"): "t.date_from IS NULL, t.date_from, t.id",
    ("incidents", "toll"): "t.killed_low DESC, t.id",
    ("incidents", "conflict"): "t.contradictions DESC, t.id",
    ("claims", "date"): "t.date_from DESC, t.n DESC",
    ("claims", "oldest"): "t.date_from IS NULL, t.date_from, t.n",
    ("claims", "toll"): "coalesce(t.low, t.high) DESC, t.n",
    ("claims", "doubt"): "t.doubt DESC, t.n",
    ("documents", "added"): "t.first_seq DESC",
    ("documents", "published"): "t.published DESC, t.id DESC",
    ("documents", "claims"): "t.claims DESC, t.id DESC",
    ("documents", "outlet"): "t.outlet IS NULL, t.outlet, t.id",
}
# Facets with several values a row: facet → (table, column).
_MANY = {("incidents", "blamed"): ("party", "name"), ("incidents", "outlet"): ("told", "outlet")}
_SHOWN = 12  # values of a facet that are offered; those chosen are always among them


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many rows have it, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the most frequent first. ``more``: how many values are not shown."""

    name: str
    title: str
    values: tuple[Value, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of time with the number of rows that begin in it."""

    start: str
    count: int
    killed: int


def words_query(text: str) -> str:
    """What a person typed, as an FTS5 query: every word has to occur, the last may go on; quoted words stand together.

    >>> words_query('hospital "field of" mo')
    '"hospital" "field of" "mo"*'
    """
    parts = re.findall(r'"([^"]+)"|([^\s"]+)', text.replace("\0", " "))
    terms = [(phrase or word, bool(phrase)) for phrase, word in parts]
    terms = [(term, whole) for term, whole in terms if re.search(r"\w", term)]
    quoted = [f'"{term}"' for term, _ in terms]
    if quoted and not terms[-1][1]:
        quoted[-1] += "*"
    return " ".join(quoted)


def _where(index: Index, f: Filter) -> tuple[str, list[Any]]:
    """Conditions on ``t``, and their values."""
    table, parts, values = _TABLE[f.kind], ["1"], list[Any]()
    if f.kind == "documents" and index.erased:
        parts = ["t.state <> 'erased'"]
    for name, chosen in f.facets.items():
        stated = [value for value in chosen if value != NOT_STATED]
        many = _MANY.get((f.kind, name))
        marks = ", ".join("?" * len(stated))
        if many is not None:
            other, column = many
            inside = f"t.n IN (SELECT incident FROM {other} WHERE {column} IN ({marks}))" if stated else "0"
            none = f"NOT EXISTS (SELECT 1 FROM {other} WHERE incident = t.n AND {column} <> '')"
        else:
            inside = f"t.{name} IN ({marks})" if stated else "0"
            none = f"t.{name} IS NULL"
        parts.append(f"({inside} OR {none})" if NOT_STATED in chosen else f"({inside})")
        values += stated
    day = ("t.published", "t.published") if f.kind == "documents" else ("t.date_from", "t.date_to")
    if f.since:
        parts.append(f"coalesce({day[1]}, {day[0]}) >= ?")
        values.append(f.since)
    if f.until:
        parts.append(f"coalesce({day[0]}, {day[1]}) <= ?")
        values.append(f.until)
    if f.box and f.kind != "documents":
        west, south, east, north = f.box
        parts.append("t.lat BETWEEN ? AND ? AND t.lon BETWEEN ? AND ?")
        values += [south, north, west, east]
    if f.missing == "date":
        parts.append(f"{day[0]} IS NULL AND {day[1]} IS NULL")
    elif f.missing == "place":
        parts.append("t.lat IS NULL")
    if f.q:
        query = words_query(f.q)
        parts.append(f"t.n IN (SELECT rowid FROM {table}_words WHERE {table}_words MATCH ?)" if query else "0")
        values += [query] if query else []
    return " AND ".join(parts), values


def _rows(index: Index, sql: str, values: list[Any]) -> list[Row]:
    return [dict(row) for row in index.connection().execute(sql, values)]


# What facets, counts and the timeline of a narrowed question are counted over: its rows, put aside once.
_COLUMNS = {
    "incidents": "t.n, t.id, t.country, t.event, t.year, t.status, t.grade, t.review, t.date_from, t.date_to, t.lat, "
    "t.killed_low, t.contradictions",
    "claims": "t.n, t.harm, t.country, t.event, t.origin, t.year, t.outlet, t.stance, t.scope, t.review, t.date_from, "
    "t.date_to, t.lat, t.low, t.high, t.doubt",
    "documents": "t.n, t.id, t.outlet, t.language, t.state, t.published, t.first_seq, t.claims",
}


@contextmanager
def _rows_of(index: Index, f: Filter) -> Iterator[str]:
    """The name of a table that holds the rows of a question, and only those."""
    if not f.narrowed and not (f.kind == "documents" and index.erased):
        yield _TABLE[f.kind]
        return
    where, values = _where(index, f)
    connection = index.connection()
    connection.execute("DROP TABLE IF EXISTS temp.aside")
    connection.execute(
        f"CREATE TEMP TABLE aside AS SELECT {_COLUMNS[f.kind]} FROM {_TABLE[f.kind]} AS t WHERE {where}", values
    )
    try:
        yield "temp.aside"
    finally:
        connection.execute("DROP TABLE IF EXISTS temp.aside")


@dataclass(frozen=True, slots=True)
class Overview:
    """What a page of a list shows beside its rows."""

    total: int
    facets: list[Facet]
    trays: dict[str, int]
    unit: str
    bins: list[Bin]


def overview(index: Index, f: Filter) -> Overview:
    """How many rows, what else could be chosen, what has no place or date, and when they begin."""

    def ask() -> Overview:
        chosen = {name: _facet(index, f.without(name), name, _TABLE[f.kind]) for name in f.facets}
        with _rows_of(index, f) as table:
            found = {name: chosen[name] if name in chosen else _facet(index, f, name, table) for name in FACETS[f.kind]}
            total = index.connection().execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            unit, columns = _bins(index, f, table)
            trays = {} if f.missing else _trays(index, f, table)
        if f.missing:  # what the trays would hold is asked of the question without them
            trays = overview(index, dataclasses.replace(f, missing=None)).trays
        facets = [_offered(name, FACETS[f.kind][name], found[name], f.facets.get(name, ())) for name in FACETS[f.kind]]
        return Overview(int(total), facets, trays, unit, columns)

    return index.kept(("overview", *f.key), ask)


def count(index: Index, f: Filter) -> int:
    """How many rows there are."""
    return overview(index, f).total


def facets(index: Index, f: Filter) -> list[Facet]:
    """Every facet of a list: what else could be chosen, counted under all the other choices."""
    return overview(index, f).facets


def _facet(index: Index, f: Filter, name: str, table: str) -> list[tuple[str, int]]:
    """The values of a facet with how many rows have them; ``table`` holds the rows, or all of them."""

    def ask() -> list[tuple[str, int]]:
        many = _MANY.get((f.kind, name))
        where, values = ("1", list[Any]()) if table == "temp.aside" else _where(index, f)
        if many is not None:
            other, column = many
            limited = (
                ""
                if where == "1" and table != "temp.aside"
                else f"WHERE incident IN (SELECT t.n FROM {table} AS t WHERE {where})"
            )
            sql = f"SELECT {column} AS value, count(*) AS rows FROM {other} {limited} GROUP BY {column}"
            values = values if limited else []
        else:
            sql = f"SELECT t.{name} AS value, count(*) AS rows FROM {table} AS t WHERE {where} GROUP BY t.{name}"
        order = "value DESC" if name == "year" else "rows DESC, value"
        return [
            (NOT_STATED if row["value"] in (None, "") else str(row["value"]), int(row["rows"]))
            for row in index.connection().execute(f"{sql} ORDER BY {order}", values)
        ]

    return ask() if table == "temp.aside" else index.kept(("facet", name, *f.key), ask)


def _offered(name: str, title: str, found: list[tuple[str, int]], chosen: tuple[str, ...]) -> Facet:
    counts = dict(found)
    first = [value for value, _ in found[:_SHOWN]]
    shown = first + [value for value in chosen if value not in first]
    rows = tuple(Value(value, counts.get(value, 0), value in chosen) for value in shown)
    return Facet(name, title, rows, max(0, len(found) - len(first)))


def _trays(index: Index, f: Filter, table: str) -> dict[str, int]:
    """How many rows have no place, and how many no date: they are on no map and no timeline."""
    empty = {"place": "lat IS NULL", "date": "date_from IS NULL AND date_to IS NULL"}
    if f.kind == "documents":
        empty["date"] = "published IS NULL"
    return {
        tray: int(index.connection().execute(f"SELECT count(*) FROM {table} WHERE {empty[tray]}").fetchone()[0])
        for tray in TRAYS[f.kind]
    }


def _bins(index: Index, f: Filter, table: str) -> tuple[str, list[Bin]]:
    """How many begin when: by year, month or day, whichever gives a readable number of bars."""
    day = "published" if f.kind == "documents" else "date_from"
    toll = "sum(coalesce(killed_low, 0))" if f.kind == "incidents" else "0"
    connection = index.connection()
    span = connection.execute(f"SELECT min({day}), max({day}) FROM {table}").fetchone()
    if span[0] is None:
        return "day", []
    months = (int(span[1][:4]) - int(span[0][:4])) * 12 + int(span[1][5:7]) - int(span[0][5:7])
    unit, letters = ("day", 10) if months < 3 else ("month", 7) if months <= 120 else ("year", 4)
    rows = connection.execute(
        f"SELECT substr({day}, 1, {letters}) AS start, count(*) AS rows, {toll} AS killed FROM {table} "
        f"WHERE {day} IS NOT NULL GROUP BY 1 ORDER BY 1"
    )
    return unit, [Bin(row["start"], row["rows"], row["killed"]) for row in rows]


def page(index: Index, f: Filter) -> list[Row]:
    """One page of rows."""

    def ask() -> list[int]:
        chosen = f"ORDER BY {_ORDER[f.kind, f.sort]} LIMIT ? OFFSET ?"
        with _rows_of(index, f) as table:
            found = index.connection().execute(f"SELECT t.n FROM {table} AS t {chosen}", [PAGE, (f.page - 1) * PAGE])
            return [int(row["n"]) for row in found]

    ids = index.kept(("page", f.sort, f.page, index.seen, *f.key), ask)
    marks = ", ".join("?" * len(ids))
    rows = {row["n"]: row for row in _rows(index, f"SELECT t.* FROM {_TABLE[f.kind]} AS t WHERE t.n IN ({marks})", ids)}
    return [rows[n] for n in ids if n in rows]


def every(index: Index, f: Filter) -> Iterator[Row]:
    """All rows, streaming; for the other formats of a list."""
    where, values = _where(index, f)
    connection = index.connection()
    cursor = connection.execute(
        f"SELECT t.* FROM {_TABLE[f.kind]} AS t WHERE {where} ORDER BY {_ORDER[f.kind, f.sort]}", values
    )
    while some := cursor.fetchmany(500):
        yield from (dict(row) for row in some)


def spots(index: Index, f: Filter, most: int = 3_000) -> list[Row]:
    """Places on the map, each with how many rows stand there; the fullest first."""

    def ask() -> list[Row]:
        where, values = _where(index, f)
        toll = "sum(coalesce(t.killed_low, 0))" if f.kind == "incidents" else "0"
        return _rows(
            index,
            f"SELECT t.lat, t.lon, t.precision, min(t.place) AS place, min(t.country) AS country, count(*) AS rows, "
            f"{toll} AS killed, min(t.id) AS id FROM {_TABLE[f.kind]} AS t "
            f"WHERE {where} AND t.lat IS NOT NULL GROUP BY t.lat, t.lon, t.precision ORDER BY rows DESC LIMIT ?",
            [*values, most],
        )

    return index.kept(("spots", most, *f.key), ask)


# --- single rows -------------------------------------------------------------------------------------------------


def one(index: Index, kind: str, id: str) -> Row | None:
    """A row by its id."""
    found = _rows(index, f"SELECT t.* FROM {_TABLE[kind]} AS t WHERE t.id = ?", [id])
    return found[0] if found else None


def reprints(index: Index, document: Row) -> list[Row]:
    """The other documents with the same text."""
    if document["sha256"] is None:
        return []
    return _rows(
        index, "SELECT t.* FROM document AS t WHERE t.sha256 = ? AND t.id <> ? ORDER BY t.first_seq",
        [document["sha256"], document["id"]],
    )  # fmt: skip


def documents_of(index: Index, ids: list[str]) -> dict[str, Row]:
    """Documents by id."""
    marks = ", ".join("?" * len(ids))
    return {row["id"]: row for row in _rows(index, f"SELECT t.* FROM document AS t WHERE t.id IN ({marks})", ids)}


def incidents_of(index: Index, document: str) -> list[Row]:
    """The incidents that a document tells of."""
    return _rows(
        index,
        "SELECT t.* FROM incident AS t WHERE t.id IN (SELECT incident FROM claim WHERE document = ?) "
        "ORDER BY t.date_from, t.id",
        [document],
    )


def covering_totals(index: Index, incident: Row, named: list[str], most: int = 20) -> list[Row]:
    """Totals whose period and area cover an incident: those that its linker named, else those of its country and time.

    They are shown beside it, so that nobody adds them up.
    """
    if named:
        return [row for row in claim_rows(index, named[:most]).values() if row["review"] != "rejected"]
    if incident["date_from"] is None or incident["country"] is None:
        return []
    return _rows(
        index,
        "SELECT t.* FROM claim AS t WHERE t.scope = 'total' AND t.country = ? AND t.date_from <= ? AND t.date_to >= ? "
        "AND t.review <> 'rejected' AND t.incident IS NOT ? ORDER BY t.date_from DESC, t.n LIMIT ?",
        [
            incident["country"],
            incident["date_to"] or incident["date_from"],
            incident["date_from"],
            incident["id"],
            most,
        ],
    )


def next_claim(index: Index, after: str | None, document: str | None = None) -> Row | None:
    """The claim to look at next: nobody has judged it, and it is the least sure; ``after`` is passed over with those
    before it."""
    here = one(index, "claims", after) if after else None
    sql, values = "SELECT t.* FROM claim AS t WHERE t.review = 'none'", list[Any]()
    if document is not None:
        sql, values = sql + " AND t.document = ?", [document]
    if here is not None:
        sql += " AND (t.doubt < ? OR (t.doubt = ? AND t.n > ?))"
        values += [here["doubt"], here["doubt"], here["n"]]
    found = _rows(index, f"{sql} ORDER BY t.doubt DESC, t.n LIMIT 1", values)
    return found[0] if found else None


def waiting(index: Index, document: str | None = None) -> int:
    """How many claims nobody has judged."""
    sql = "SELECT count(*) FROM claim WHERE review = 'none'" + (" AND document = ?" if document else "")
    return int(index.connection().execute(sql, [document] if document else []).fetchone()[0])


def claim_rows(index: Index, ids: list[str]) -> dict[str, Row]:
    """Claims by id."""
    found: dict[str, Row] = {}
    for n in range(0, len(ids), 500):
        some = ids[n : n + 500]
        marks = ", ".join("?" * len(some))
        found |= {row["id"]: row for row in _rows(index, f"SELECT t.* FROM claim AS t WHERE t.id IN ({marks})", some)}
    return found


def near_incidents(index: Index, incident: Row, most: int = 6) -> list[Row]:
    """Incidents of the same country within three days: perhaps the same one."""
    if incident["date_from"] is None or incident["country"] is None:
        return []
    return _rows(
        index,
        "SELECT t.* FROM incident AS t WHERE t.country = ? AND t.id <> ? AND t.date_from BETWEEN date(?, '-3 days') "
        "AND date(?, '+3 days') ORDER BY abs(julianday(t.date_from) - julianday(?)), t.id LIMIT ?",
        [incident["country"], incident["id"], *[incident["date_from"]] * 3, most],
    )


def members(index: Index, incidents: list[str]) -> dict[str, tuple[list[str], list[Row]]]:
    """The claims of incidents, and the keys of the documents that tell of them."""
    marks = ", ".join("?" * len(incidents))
    found: dict[str, tuple[list[str], list[Row]]] = {}
    seen: set[tuple[str, str]] = set()
    sql = (
        "SELECT t.incident, t.id, t.document, d.key FROM claim AS t LEFT JOIN document AS d ON d.id = t.document "
        f"WHERE t.incident IN ({marks}) ORDER BY t.incident, t.n"
    )
    for row in _rows(index, sql, incidents):
        claims, documents = found.setdefault(row["incident"], ([], []))
        claims.append(row["id"])
        if (row["incident"], row["document"]) not in seen:
            seen.add((row["incident"], row["document"]))
            documents.append({"id": row["document"], "key": row["key"]})
    return found

"""Questions to the copy. All SQL of the web application stands here; every value is bound, never pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tollbook.web.filters import NOT_STATED, Filter
from tollbook.web.index.columns import MANY, TABLE
from tollbook.web.index.copy import Index

Row = Mapping[str, Any]
_ORDER = {
    ("incidents", "date"): "coalesce(t.date_from, '') DESC, t.id",
    ("incidents", "oldest"): "t.date_from IS NULL, t.date_from, t.id",
    ("incidents", "toll"): "t.killed_low DESC, t.id",
    ("incidents", "conflict"): "t.contradictions DESC, t.id",
    ("claims", "date"): "t.date_from DESC, t.n DESC",
    ("claims", "oldest"): "t.date_from IS NULL, t.date_from, t.n",
    ("claims", "toll"): "coalesce(t.low, t.high) DESC, t.n",
    ("claims", "doubt"): "t.doubt DESC, t.n",
    ("documents", "added"): "t.first_seq DESC, t.id DESC",
    ("documents", "published"): "t.published DESC, t.id DESC",
    ("documents", "claims"): "t.claims DESC, t.id DESC",
    ("documents", "outlet"): "t.outlet IS NULL, t.outlet, t.id",
}


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


def _where(f: Filter) -> tuple[str, list[Any]]:
    """Conditions on ``t``, and their values."""
    table, parts, values = TABLE[f.kind], ["1"], list[Any]()
    if f.kind == "documents":
        parts = ["t.state <> 'erased'"]
    for name, chosen in f.facets.items():
        stated = [value for value in chosen if value != NOT_STATED]
        many = MANY[f.kind].get(name)
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


def every(index: Index, f: Filter) -> Iterator[Row]:
    """All rows, streaming; for the other formats of a list."""
    where, values = _where(f)
    connection = index.connection()
    cursor = connection.execute(
        f"SELECT t.* FROM {TABLE[f.kind]} AS t WHERE {where} ORDER BY {_ORDER[f.kind, f.sort]}", values
    )
    while some := cursor.fetchmany(500):
        yield from (dict(row) for row in some)


# --- single rows -------------------------------------------------------------------------------------------------


def one(index: Index, kind: str, id: str) -> Row | None:
    """A row by its id."""
    found = _rows(index, f"SELECT t.* FROM {TABLE[kind]} AS t WHERE t.id = ?", [id])
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


# What a review can keep to, by the column and the index that finds it.
_WITHIN = {"document": "claim_document", "incident": "claim_incident"}


def next_claim(index: Index, after: str | None, name: str = "", id: str = "") -> Row | None:
    """The claim to look at next, one that nobody has judged; ``after`` is passed over with those before it.

    Of all claims the least sure; of one document or incident (``name`` and ``id``) the next in the order of reading.
    """
    here = one(index, "claims", after) if after else None
    if name in _WITHIN:  # not by way of the queue of all claims, in which it may stand far behind
        sql = f"SELECT t.* FROM claim AS t INDEXED BY {_WITHIN[name]} WHERE t.review = 'none' AND t.{name} = ?"
        values, order = list[Any]([id]), "t.document, t.position, t.n"
        if here is not None:
            sql += " AND (t.document, t.position, t.n) > (?, ?, ?)"
            values += [here["document"], here["position"], here["n"]]
    else:
        sql, values, order = "SELECT t.* FROM claim AS t WHERE t.review = 'none'", [], "t.doubt DESC, t.n"
        if here is not None:
            sql += " AND (t.doubt < ? OR (t.doubt = ? AND t.n > ?))"
            values += [here["doubt"], here["doubt"], here["n"]]
    found = _rows(index, f"{sql} ORDER BY {order} LIMIT 1", values)
    return found[0] if found else None


def waiting(index: Index, name: str, id: str) -> int:
    """How many claims of a document or an incident nobody has judged."""
    sql = f"SELECT count(*) FROM claim INDEXED BY {_WITHIN[name]} WHERE review = 'none' AND {name} = ?"
    return int(index.connection().execute(sql, [id]).fetchone()[0])


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

"""SQLite for Datasette: tables, views, full text, and a generated ``….datasette.yaml`` with facets and words.

``datasette OUT.db -m OUT.datasette.yaml`` (from version 1.0 on also ``-c``) is pleasant at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from importlib.resources import files
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from tollbook.exports.coding import CREDITS
from tollbook.exports.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Cell, claim_cells, incident_cells, kind_of
from tollbook.exports.contract import ClaimRow, Material, Wants, Written
from tollbook.exports.jsonl import incident_json
from tollbook.exports.writing import Sidecar, beyond_columns, clean, dumps

_CACHE_KB = 64_000

NAME = "sqlite"
SUFFIX = ".db"
MEANING = "a database for Datasette, with its datasette.yaml"

# Of a document only once; a view brings them beside its claims.
_OF_DOCUMENT = ("key", "outlet", "title", "url", "archive_url", "language", "published", "sha256", "raw_sha256")
_OF_SOURCE = (*_OF_DOCUMENT, "outlet_from", "published_from", "captured", "translation_of")
_CLAIMS = tuple(name for name in CLAIM_COLUMNS if name not in (*_OF_DOCUMENT, "note", "_view"))
_INCIDENTS = tuple(name for name in INCIDENT_COLUMNS if name not in ("note", "claims", "_view"))
_OWN = itemgetter(*(CLAIM_COLUMNS.index(name) for name in _CLAIMS))
_OWN_INCIDENT = itemgetter(*(INCIDENT_COLUMNS.index(name) for name in _INCIDENTS))
_SQL = {int: "INTEGER", float: "REAL", str: "TEXT"}

_VIEWS = """
CREATE VIEW claims_with_sources AS
  SELECT c.*, d.outlet, d.title, d.published, d.url FROM claims c JOIN documents d ON d.id = c.document;
CREATE VIEW who_says_what AS
  SELECT coalesce(c.claimant, '(the report itself)') AS claimant, c.harm, count(*) AS claims,
         count(DISTINCT c.document) AS documents, count(DISTINCT c.incident) AS incidents
  FROM claims c GROUP BY 1, 2 ORDER BY claims DESC;
CREATE VIEW incidents_by_month AS
  SELECT substr(date_from, 1, 7) AS month, country, count(*) AS incidents, sum(killed_low) AS killed_at_least
  FROM incidents WHERE date_from IS NOT NULL GROUP BY 1, 2 ORDER BY 1 DESC;
CREATE VIEW incident_sources AS
  SELECT DISTINCT c.incident, d.id AS document, d.outlet, d.published, d.title, d.url
  FROM claims c JOIN documents d ON d.id = c.document WHERE c.incident IS NOT NULL;
"""
_INDEXES = """
CREATE INDEX claims_document ON claims(document);
CREATE INDEX claims_incident ON claims(incident);
CREATE INDEX claims_harm ON claims(harm);
CREATE INDEX claims_country ON claims(country);
CREATE INDEX claims_date ON claims(date_from);
CREATE INDEX incidents_date ON incidents(date_from);
CREATE INDEX attributions_body ON attributions(body);
CREATE INDEX blamed_name ON blamed(name);
"""


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes the database and beside it ``….datasette.yaml``."""
    with closing(sqlite3.connect(out)) as database:
        # A new file that nobody else sees. Ids come in no order: their index has to stay in memory while it grows.
        database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA locking_mode=EXCLUSIVE; "
            f"PRAGMA cache_size=-{_CACHE_KB};" + _tables()
        )
        _fill(database, "documents", _documents(material))
        with Sidecar(out) as sidecar:
            _fill(database, "incidents", _incidents(material, sidecar))
        written = _claims(database, material)
        _fill(database, "judgements", _judgements(material, wants))
        database.executescript(
            _INDEXES + _VIEWS + "CREATE VIRTUAL TABLE claims_fts USING fts5(quote, victims_text, place_name, claimant, "
            "blamed, content='claims', content_rowid='rowid', tokenize='unicode61 remove_diacritics 2');"
            "INSERT INTO claims_fts(claims_fts) VALUES ('rebuild'); ANALYZE;"
        )
        database.commit()
    words = json.dumps(metadata(out.stem), ensure_ascii=False, indent=2)  # JSON is YAML
    out.with_name(out.stem + ".datasette.yaml").write_text(words + "\n", "utf-8")
    return Written(written)


def _tables() -> str:
    claims = ", ".join(_column(name, "claims") for name in _CLAIMS)
    incidents = ", ".join(_column(name, "incidents") for name in _INCIDENTS)
    own = "id TEXT PRIMARY KEY, state TEXT, " + ", ".join(f"{name} TEXT" for name in _OF_SOURCE)
    return (
        f"CREATE TABLE documents({own});"
        f"CREATE TABLE incidents({incidents});"
        f"CREATE TABLE claims({claims}, victims_status_basis TEXT, date_anchored_to TEXT, schema TEXT, spans TEXT, "
        "made_by TEXT, as_read TEXT);"
        "CREATE TABLE attributions(claim TEXT REFERENCES claims(id), position INTEGER, name TEXT, role TEXT, "
        "body TEXT, "
        "kind TEXT, cue TEXT, mode TEXT, text TEXT, start INTEGER, end INTEGER, PRIMARY KEY(claim, position));"
        "CREATE TABLE blamed(claim TEXT REFERENCES claims(id), position INTEGER, name TEXT, basis TEXT, by TEXT, "
        "text TEXT, start INTEGER, end INTEGER, PRIMARY KEY(claim, position));"
        "CREATE TABLE judgements(id TEXT PRIMARY KEY, kind TEXT, subject TEXT, other TEXT, field TEXT, value TEXT, "
        "by TEXT, at TEXT, note TEXT, standing INTEGER);"
    )


def _column(name: str, table: str) -> str:
    if name == "_id":
        return "id TEXT PRIMARY KEY"
    if name == "_rev":
        return "revision INTEGER"
    points = {"document": "documents", "incident": "incidents"}.get(name) if table == "claims" else None
    return f"{name} {_SQL[kind_of(name)]}" + (f" REFERENCES {points}(id)" if points else "")


def _documents(material: Material) -> Iterator[tuple[Cell, ...]]:
    for document in material.documents():
        yield (document.id, document.state, *(document.source[name] for name in _OF_SOURCE))


def _incidents(material: Material, sidecar: Sidecar) -> Iterator[tuple[Cell, ...]]:
    for incident in material.incidents():
        sidecar.put(incident.id, incident=incident_json(incident))
        yield _OWN_INCIDENT(incident_cells(incident))


def _claims(database: sqlite3.Connection, material: Material) -> int:
    claims, written = material.claims(rejected=True), 0
    while some := list(islice(claims, 2000)):
        _insert(database, "claims", [(*_OWN(claim_cells(c)), *_rest(c)) for c in some])
        chain = [(c.id, n, *_values(a, _CHAIN)) for c in some for n, a in enumerate(c.json["attribution"])]
        _insert(database, "attributions", chain)
        blamed = [(c.id, n, *_values(b, _BLAMED)) for c in some for n, b in enumerate(c.json["blamed"])]
        _insert(database, "blamed", blamed)
        written += len(some)
    return written


_CHAIN = ("name", "role", "body", "kind", "cue", "mode", "text", "start", "end")
_BLAMED = ("name", "basis", "by", "text", "start", "end")


def _values(item: Any, names: tuple[str, ...]) -> list[Cell]:
    return [item[name] for name in names]


def _rest(row: ClaimRow) -> tuple[str | None, ...]:
    """On what grounds victims and date were read, what kind of record it is, where the words of each slot stand, the
    versions, and what the machine read where people corrected it."""
    rest, claim = beyond_columns(row), row.json
    basis = (claim["victims"] or {}).get("status_basis")
    anchor = (claim["date"] or {}).get("anchored_to")
    read = dumps(rest["as_read"]) if rest["as_read"] else None
    spans = dumps({**rest["spans"], "said": rest["said"]})
    return basis, anchor, claim["schema"], spans, dumps(rest["made_by"]), read


def _judgements(material: Material, wants: Wants) -> Iterator[tuple[Cell, ...]]:
    for decision in material.judgements():
        j = decision.json
        value = None if j["value"] is None else json.dumps(j["value"], ensure_ascii=False)
        row = (j["id"], j["kind"], j["subject"], j["other"], j["field"], value, j["by"], j["at"], j["note"])
        yield (*row, int(decision.standing))


def _fill(database: sqlite3.Connection, table: str, rows: Iterator[tuple[Cell, ...]]) -> None:
    while some := list(islice(rows, 2000)):
        _insert(database, table, some)


def _insert(database: sqlite3.Connection, table: str, rows: list[Any]) -> None:
    if rows:
        marks = ",".join("?" * len(rows[0]))
        try:
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        except UnicodeEncodeError:  # a lone surrogate
            safe = [tuple(clean(cell) if isinstance(cell, str) else cell for cell in row) for row in rows]
            database.executemany(f"INSERT INTO {table} VALUES ({marks})", safe)


def metadata(name: str) -> dict[str, Any]:
    """What Datasette shows and offers: titles, descriptions, facets, full text, and a few questions."""
    words = (files(__package__) / "datasette.json").read_text("utf-8")
    plain: dict[str, Any] = json.loads(words.replace("{credits}", CREDITS))
    return {**plain, "databases": {name: plain["databases"]["{name}"]}}

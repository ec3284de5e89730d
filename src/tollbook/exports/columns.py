"""Claims and incidents as flat rows: the columns of CSV, Excel, SQLite and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tollbook.exports.contract import ClaimRow, IncidentRow, Json, Material, Rows
from tollbook.exports.tolls import claimant, digest, toll_of
from tollbook.incidents.figures import HARMS

Cell = str | int | float | None

CLAIM_COLUMNS = (
    "_id", "_rev", "_view", "review", "note", "harm", "count_text", "count_low", "count_high", "count_qualifier",
    "victims_text",
    "victims_status", "victims_groups", "victims_nationality", "event_type", "event_text", "date_text", "date_from",
    "date_to", "date_precision", "place_text", "place_name", "country", "admin1", "lat", "lon", "place_precision",
    "gazetteer_id", "blamed", "blamed_basis", "speaker", "speaker_role", "body", "source_kind", "claimant",
    "passed_on_by",
    "stance", "scope", "relation", "relation_claim", "score", "quote", "incident", "document", "key", "outlet", "title",
    "url", "archive_url", "language", "published", "sha256", "raw_sha256",
)  # fmt: skip

INCIDENT_COLUMNS = (
    "_id", "_rev", "_view", "status", "grade", "grade_note", "note", "date_from", "date_to", "date_precision",
    "place_name",
    "country", "admin1", "lat", "lon", "place_precision", "events",
    *(f"{harm}_{end}" for harm in HARMS for end in ("low", "high")),
    "blamed", "claimants", "outlets", "urls", "documents", "origins_low", "origins_high", "contradictions", "reviewed",
    "title", "sentence", "claims",
)  # fmt: skip

INTEGERS = frozenset(
    ["_rev", "count_low", "count_high", "documents", "origins_low", "origins_high", "contradictions", "reviewed"]
    + [f"{harm}_{end}" for harm in HARMS for end in ("low", "high")]
)
NUMBERS = frozenset(["lat", "lon", "score"])


def claim_cells(row: ClaimRow) -> tuple[Cell, ...]:
    """One claim in the order of :data:`CLAIM_COLUMNS`; what the document does not say is ``None``."""
    c: Json = row.json
    count, document = c["count"], c["document"]
    victims, event, date = c["victims"] or _NONE, c["event"] or _NONE, c["date"] or _NONE
    place, relation = c["place"] or _NONE, c["relation"] or _NONE
    first: Json = c["attribution"][0] if c["attribution"] else _NONE
    blamed = c["blamed"]
    return (
        row.id, row.rev, row.view, row.review, None, c["harm"], count["text"], count["low"], count["high"],
        count["qualifier"],
        victims.get("text"), victims.get("status"), joined(victims.get("groups") or ()), victims.get("nationality"),
        event.get("type"), event.get("text"),
        date.get("text"), date.get("from"), date.get("to"), date.get("precision"),
        place.get("text"), place.get("name"), place.get("country"), place.get("admin1"), place.get("lat"),
        place.get("lon"), place.get("precision"), place.get("gazetteer_id"),
        joined(b["name"] for b in blamed), joined(b["basis"] for b in blamed),
        first.get("name"), first.get("role"), first.get("body"), first.get("kind"), claimant(c),
        joined(link["name"] for link in c["attribution"][1:]),
        c["stance"], c["scope"], relation.get("type"), relation.get("claim"), c["score"],
        c["quote"]["text"] if c["quote"] is not None else None, row.incident,
        document["id"], document["key"], document["outlet"], document["title"], document["url"],
        document["archive_url"], document["language"], document["published"], document["sha256"],
        document["raw_sha256"],
    )  # fmt: skip


_NONE: Json = {}


def joined(values: Iterable[str]) -> str | None:
    """Several values in one cell; ``None`` for none.

    >>> joined(["children", "women"]), joined([])
    ('children; women', None)
    """
    return "; ".join(value.replace(";", ",") for value in values) or None


def incident_cells(row: IncidentRow) -> tuple[Cell, ...]:
    """One incident in the order of :data:`INCIDENT_COLUMNS`; a harm that nobody counts is ``None``, never 0."""
    d = digest(row)
    place: Json = d.place or _NONE
    tolls = [value for harm in HARMS for value in toll_of(d.tolls, harm)]
    return (
        row.id, row.rev, row.view, row.status, row.grade, row.grade_note, None, d.first, d.last, d.date_precision,
        place.get("name") or place.get("text"), place.get("country"), place.get("admin1"), place.get("lat"),
        place.get("lon"), place.get("precision"), joined(d.events), *tolls,
        joined(d.blamed), joined(d.claimants), joined(d.outlets),
        " ".join(doc["url"] for doc in d.documents if doc["url"]) or None, len(d.documents), *d.origins,
        len(d.contradictions), row.reviewed, d.sums.get("title"), d.sums.get("sentence"),
        " ".join(claim.id for claim in row.claims),
    )  # fmt: skip


def table(material: Material, rows: Rows) -> tuple[tuple[str, ...], Iterator[tuple[Cell, ...]]]:
    """Column names and rows of claims or of incidents."""
    if rows == "claims":
        return CLAIM_COLUMNS, map(claim_cells, material.claims(rejected=True))
    return INCIDENT_COLUMNS, map(incident_cells, material.incidents())


def kind_of(column: str) -> type[Any]:
    """``int``, ``float`` or ``str``."""
    return int if column in INTEGERS else float if column in NUMBERS else str

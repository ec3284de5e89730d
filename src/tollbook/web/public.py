"""What leaves the server: flat rows with our names, nested JSON, and the same without an article's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]

_INCIDENT = (
    "id", "code", "status", "grade", "date_from", "date_to", "date_precision", "place", "country", "lat", "lon",
    "precision", "event", "killed_low", "killed_high", "injured_low", "injured_high", "blamed", "documents",
    "outlets",
    "origins_low", "origins_high", "claims", "contradictions", "review",
)  # fmt: skip
_CLAIM = (
    "id", "document", "incident", "outlet", "published", "harm", "low", "high", "qualifier", "status", "event",
    "date_from", "date_to", "date_precision", "place", "country", "lat", "lon", "precision", "blamed", "origin",
    "stance", "scope",
    "review", "score",
)  # fmt: skip
_DOCUMENT = (
    "id", "state", "key", "outlet", "title", "url", "language", "published", "sha256", "raw_sha256", "readings",
    "claims", "statements", "reprint_of",
)  # fmt: skip
# What a table of each list has.
COLUMNS: Mapping[str, Sequence[str]] = {
    kind: (*names, "revision", "href")
    for kind, names in (("incidents", _INCIDENT), ("claims", _CLAIM), ("documents", _DOCUMENT))
}
# Where an article's own words can name somebody who was harmed.
_WORDED = ("quote", "count", "victims")


def claim_out(row: Row) -> Row:
    """A claim as a flat row."""
    return {**{name: row[name] for name in _CLAIM}, "revision": row["seq"], "href": f"/claims/{row['id']}"}


def document_out(row: Row) -> Row:
    """A document as a flat row."""
    return {**{name: row[name] for name in _DOCUMENT}, "revision": row["seq"], "href": f"/documents/{row['id']}"}


def incident_out(row: Row, members: tuple[Sequence[str], Sequence[Row]] | None = None) -> Row:
    """An incident as a flat row, or, with its claims and documents,
    as an object like those of ``tollbook incidents``."""
    links = {"revision": row["seq"], "href": f"/incidents/{row['id']}"}
    if members is None:
        return {**{name: row[name] for name in _INCIDENT}, **links}
    claims, documents = members
    place = {name: row[name] for name in ("country", "lat", "lon", "precision")}
    return {
        "id": row["id"],
        "code": row["code"],
        "documents": list(documents),
        "killed": {"low": row["killed_low"], "high": row["killed_high"]} if row["killed"] else None,
        "injured": {"low": row["injured_low"], "high": row["injured_high"]} if row["injured"] else None,
        "date": {"from": row["date_from"], "to": row["date_to"], "precision": row["date_precision"]}
        if row["date_from"] or row["date_to"]
        else None,
        "place": {"name": row["place"], **place} if row["place"] else None,
        "event": row["event"],
        "blamed": row["blamed"].split("; ") if row["blamed"] else [],
        "status": row["status"],
        "grade": row["grade"],
        "outlets": row["outlets"],
        "origins": {"low": row["origins_low"], "high": row["origins_high"]},
        "contradictions": row["contradictions"],
        "claims": list(claims),
        **links,
    }


def without_words(claim: Row) -> Row:
    """A claim's public JSON without the article's words where they may name a victim; where they stand is kept.

    >>> without_words({"quote": {"text": "Ana was shot", "start": 0, "end": 12}, "count": {"text": "Ana", "low": 1}})
    {'quote': {'text': None, 'start': 0, 'end': 12}, 'count': {'text': None, 'low': 1}}
    """
    return {
        name: {**value, "text": None} if name in _WORDED and isinstance(value, Mapping) else value
        for name, value in claim.items()
    }

"""schema.org: every claim as a ``Claim``; a ``ClaimReview`` of an incident's claims only after a person graded it.

https://schema.org/ClaimReview. A rating is a person's judgement: a machine's score never becomes one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tollbook.exports.contract import ClaimRow, IncidentRow, Json, Material, Wants, Written
from tollbook.exports.jsonl import incident_json
from tollbook.exports.tolls import claimant
from tollbook.exports.writing import Sidecar, line, whole
from tollbook.judgements import GRADES

NAME = "claimreview"
SUFFIX = ".jsonl"
MEANING = "schema.org Claim, and ClaimReview where a person graded the incident"

CONTEXT = "https://schema.org"
_WORDS = tuple(GRADES)  # the strongest first
BEST, WORST = len(_WORDS), 1

_SPAN: dict[str, Any] = {"type": "string", "minLength": 1}
_THING = {"type": "object", "required": ["@type", "name"], "properties": {"name": _SPAN}}
SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "What tollbook export claimreview writes, one object a line",
    "oneOf": [{"$ref": "#/$defs/Claim"}, {"$ref": "#/$defs/ClaimReview"}],
    "$defs": {
        "Claim": {
            "type": "object",
            "required": ["@context", "@type", "@id", "text", "appearance"],
            "additionalProperties": False,
            "properties": {
                "@context": {"const": CONTEXT},
                "@type": {"const": "Claim"},
                "@id": {"type": "string", "pattern": "^urn:tollbook:c-[0-9a-f]{16}$"},
                "text": _SPAN,
                "author": _THING,
                "datePublished": {"type": "string", "format": "date"},
                "appearance": {
                    "type": "object",
                    "required": ["@type", "identifier"],
                    "properties": {
                        "@type": {"const": "NewsArticle"},
                        "url": {"type": "string", "format": "uri"},
                        "identifier": _SPAN,
                        "headline": _SPAN,
                        "datePublished": {"type": "string", "format": "date"},
                        "publisher": _THING,
                    },
                },
                "about": {"type": "object", "required": ["@type", "@id"]},
            },
        },
        "ClaimReview": {
            "type": "object",
            "required": ["@context", "@type", "@id", "claimReviewed", "reviewRating", "itemReviewed"],
            "additionalProperties": False,
            "properties": {
                "@context": {"const": CONTEXT},
                "@type": {"const": "ClaimReview"},
                "@id": {"type": "string", "pattern": "^urn:tollbook:i-[0-9a-f]+#review$"},
                "claimReviewed": _SPAN,
                "datePublished": {"type": "string", "format": "date"},
                "author": _THING,
                "itemReviewed": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["@id"]}},
                "reviewBody": {"type": "string"},
                "reviewRating": {
                    "type": "object",
                    "required": ["@type", "ratingValue", "bestRating", "worstRating", "alternateName"],
                    "properties": {
                        "ratingValue": {"type": "integer", "minimum": WORST, "maximum": BEST},
                        "bestRating": {"const": BEST},
                        "worstRating": {"const": WORST},
                        "alternateName": {"enum": list(GRADES)},
                    },
                },
            },
        },
    },
}


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes claims, then reviews."""
    written = 0
    graded = _graded(material)
    with out.open("w", encoding="utf-8", newline="\n") as file, Sidecar(out) as sidecar:
        for claim in material.claims():
            sidecar.put(claim.id, **whole(claim))
            file.write(line(claim_node(claim)))
            written += 1
        for incident in material.incidents():
            if incident.grade is not None and incident.claims:
                sidecar.put(incident.id, incident=incident_json(incident))
                file.write(line(review_node(incident, graded.get(incident.id))))
                written += 1
    return Written(written)


def _graded(material: Material) -> dict[str, Json]:
    """The grade that stands, by incident."""
    return {
        decision.json["subject"]: decision.json
        for decision in material.judgements()
        if decision.standing and decision.json["kind"] == "grade"
    }


def claim_node(row: ClaimRow) -> dict[str, Any]:
    """A schema.org Claim."""
    claim = row.json
    document, who = claim["document"], claimant(claim)
    appearance: dict[str, Any] = {
        "@type": "NewsArticle",
        "identifier": f"urn:sha256:{document['sha256']}",
        "headline": document["title"],
        "url": document["url"],
        "datePublished": document["published"],
        "publisher": _organization(document["outlet"]),
    }
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Claim",
        "@id": f"urn:tollbook:{row.id}",
        "text": claim["quote"]["text"] if claim["quote"] else sentence(claim),
        "author": _organization(who),
        "datePublished": document["published"],
        "appearance": _known(appearance),
        "about": {"@type": "Event", "@id": f"urn:tollbook:{row.incident}"} if row.incident else None,
    }
    return _known(made)


def sentence(claim: Json) -> str:
    """A claim without its passage.

    >>> sentence({"harm": "killed", "count": {"text": "43"}, "victims": {"text": "civilians"}})
    'killed: 43 civilians'
    """
    victims = claim["victims"]["text"] if claim["victims"] else ""
    return f"{claim['harm']}: {claim['count']['text']} {victims}".strip()


def review_node(incident: IncidentRow, grade: Json | None) -> dict[str, Any]:
    """A schema.org ClaimReview: the person's word, with its definition."""
    word = incident.grade or ""
    rating = {
        "@type": "Rating",
        "ratingValue": BEST - _WORDS.index(word),
        "bestRating": BEST,
        "worstRating": WORST,
        "alternateName": word,
        "ratingExplanation": GRADES[incident.grade or ""],
    }
    made = {
        "@context": CONTEXT,
        "@type": "ClaimReview",
        "@id": f"urn:tollbook:{incident.id}#review",
        "claimReviewed": sentence(incident.claims[0].json),
        "datePublished": grade["at"][:10] if grade else None,
        "author": {"@type": "Person", "name": grade["by"]} if grade else None,
        "itemReviewed": [{"@type": "Claim", "@id": f"urn:tollbook:{claim.id}"} for claim in incident.claims],
        "reviewBody": incident.grade_note,
        "reviewRating": rating,
    }
    return _known(made)


def _organization(name: str | None) -> dict[str, str] | None:
    return {"@type": "Organization", "name": name} if name else None


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value != ""}

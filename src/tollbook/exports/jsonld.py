"""JSON-LD: each claim as a W3C Web Annotation on words of a text, with PROV-O for who read it from what.

The target is ``urn:sha256:`` and the hash of the cleaned text: whoever has a text with that hash finds the words by
their position and checks them by the quotation. The context is inline, so that nothing has to be fetched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tollbook.exports.contract import ClaimRow, IncidentRow, Json, Material, Stored, Wants, Written
from tollbook.exports.jsonl import incident_json
from tollbook.exports.tolls import claimant
from tollbook.exports.writing import Sidecar, dumps, line, whole

NAME = "jsonld"
SUFFIX = ".jsonld"
MEANING = "claims as W3C Web Annotations with PROV-O, for linked data"

VOCABULARY = "https://w3id.org/tollbook/ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "schema": "https://schema.org/",
    "toll": VOCABULARY,
    "xsd": XSD,
    "id": "@id",
    "type": "@type",
    "body": {"@id": "oa:hasBody"},
    "target": {"@id": "oa:hasTarget"},
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector"},
    "exact": "oa:exact",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "describing": "oa:describing",
    "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "wasAttributedTo": {"@id": "prov:wasAttributedTo"},
    "wasGeneratedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "hadPrimarySource": {"@id": "prov:hadPrimarySource"},
    "hadMember": {"@id": "prov:hadMember", "@type": "@id"},
    "name": "schema:name",
    "url": {"@id": "schema:url"},
    "title": "dcterms:title",
    "publisher": "dcterms:publisher",
    "published": {"@id": "dcterms:issued", "@type": "xsd:date"},
    "harm": "toll:harm",
    "low": {"@id": "toll:low", "@type": "xsd:nonNegativeInteger"},
    "high": {"@id": "toll:high", "@type": "xsd:nonNegativeInteger"},
    "qualifier": "toll:qualifier",
    "status": "toll:victimStatus",
    "eventType": "toll:eventType",
    "from": {"@id": "toll:from", "@type": "xsd:date"},
    "to": {"@id": "toll:to", "@type": "xsd:date"},
    "place": "toll:place",
    "country": "toll:country",
    "lat": {"@id": "schema:latitude", "@type": "xsd:decimal"},
    "lon": {"@id": "schema:longitude", "@type": "xsd:decimal"},
    "blamed": "toll:blamed",
    "basis": "toll:basis",
    "stance": "toll:stance",
    "scope": "toll:scope",
    "review": "toll:review",
    "countWords": "toll:countWords",
    "assessment": "toll:assessment",
    "grade": "toll:grade",
    "rawSha256": "toll:rawSha256",
}


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes one graph: documents, claims, incidents and the readers that made them; one node a line."""
    written = 0
    readers: dict[str, Json] = {}
    with out.open("w", encoding="utf-8", newline="\n") as file, Sidecar(out) as sidecar:
        file.write('{"@context":' + dumps(CONTEXT) + ',"@graph":[\n')
        for document in material.documents():
            file.write(line(document_node(document))[:-1] + ",\n")
        for claim in material.claims():
            made_by = claim.json["made_by"]
            readers.setdefault(reader_id(made_by), made_by)
            file.write(line(claim_node(claim))[:-1] + ",\n")
            sidecar.put(claim.id, **whole(claim))
            written += 1
        for incident in material.incidents():
            file.write(line(incident_node(incident))[:-1] + ",\n")
            sidecar.put(incident.id, incident=incident_json(incident))
        for id, made_by in readers.items():
            file.write(line({"id": id, "type": "prov:Activity", "name": " · ".join(made_by.values())})[:-1] + ",\n")
        file.write(line({"id": "urn:tollbook:export", "type": "prov:Collection", "name": "Tollbook"}) + "]}\n")
    return Written(written)


def reader_id(made_by: Json) -> str:
    """The versions of a reader as a name."""
    words = "+".join(f"{key}={value}" for key, value in sorted(made_by.items()))
    return "urn:tollbook:reading:" + "".join(c if c.isalnum() or c in "=+.-" else "_" for c in words)


def document_node(document: Stored) -> dict[str, Any]:
    """A text, named by its hash, and the report that it is the text of."""
    source = document.source
    return _known({
        "id": f"urn:tollbook:{document.id}",
        "type": ["prov:Entity", "schema:NewsArticle"],
        "title": source["title"],
        "publisher": source["outlet"],
        "published": source["published"],
        "url": source["url"],
        "rawSha256": source["raw_sha256"],
        "toll:text": {"id": f"urn:sha256:{source['sha256']}", "type": "prov:Entity"},
    })  # fmt: skip


def claim_node(row: ClaimRow) -> dict[str, Any]:
    """One annotation."""
    claim = row.json
    document, count, quote = claim["document"], claim["count"], claim["quote"]
    place, date, victims, event = (claim[name] or {} for name in ("place", "date", "victims", "event"))
    body = _known({
        "type": "toll:Claim",
        "harm": claim["harm"],
        "low": _text(count["low"]),
        "high": _text(count["high"]),
        "qualifier": count["qualifier"],
        "status": victims.get("status"),
        "eventType": event.get("type"),
        "from": date.get("from"),
        "to": date.get("to"),
        "place": _known({
            "type": "schema:Place", "name": place.get("name") or place.get("text"), "country": place.get("country"),
            "lat": _text(place.get("lat")), "lon": _text(place.get("lon")),
        }) if place else None,
        "blamed": [_known({"type": "prov:Agent", "name": b["name"], "basis": b["basis"]}) for b in claim["blamed"]],
        "hadPrimarySource": _known({"type": "prov:Agent", "name": claimant(claim)}) if claimant(claim) else None,
        "stance": claim["stance"],
        "scope": claim["scope"],
        "review": row.review,
        "countWords": None if quote is None else {**quotation(count), **position(count), "type": _BOTH},
    })  # fmt: skip
    text = f"urn:sha256:{document['sha256']}"
    selectors = [] if quote is None else [quotation(quote), position(quote)]
    target = {"type": "oa:SpecificResource", "source": text, "selector": selectors} if selectors else {"id": text}
    return {
        "id": f"urn:tollbook:{row.id}",
        "type": ["oa:Annotation", "prov:Entity"],
        "motivation": "describing",
        "body": body,
        "target": target,
        "wasDerivedFrom": f"urn:tollbook:{document['id']}",
        "wasGeneratedBy": reader_id(claim["made_by"]),
    }


def quotation(span: Json) -> dict[str, Any]:
    """The words."""
    return {"type": "oa:TextQuoteSelector", "exact": span["text"]}


def position(span: Json) -> dict[str, Any]:
    """Where they stand, in code points."""
    return {"type": "oa:TextPositionSelector", "start": str(span["start"]), "end": str(span["end"])}


_BOTH = ["oa:TextQuoteSelector", "oa:TextPositionSelector"]


def incident_node(row: IncidentRow) -> dict[str, Any]:
    """An incident: a collection of claims, and what people said of it."""
    return _known({
        "id": f"urn:tollbook:{row.id}",
        "type": ["prov:Collection", "toll:Incident"],
        "hadMember": [f"urn:tollbook:{claim.id}" for claim in row.claims],
        "assessment": row.status,
        "grade": row.grade,
    })  # fmt: skip


def _known(values: dict[str, Any]) -> dict[str, Any]:
    """Linked data says nothing of what is not known."""
    return {key: value for key, value in values.items() if value not in (None, [], {})}


def _text(number: float | None) -> str | None:
    return None if number is None else str(number)

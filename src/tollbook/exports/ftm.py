"""FollowTheMoney: articles, events, who speaks and who is blamed, addresses, and what document supports which event.

One entity a line, as ``ftm`` and OpenAleph read them. The library drops what it takes for a wrong value without a
word, so values are written in its forms and the tests compare what comes out of it. https://followthemoney.tech/explorer/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tollbook.exports.acled import note
from tollbook.exports.coding import inter_code
from tollbook.exports.contract import ClaimRow, IncidentRow, Json, Material, Stored, Wants, Written
from tollbook.exports.jsonl import incident_json
from tollbook.exports.tolls import claimant, digest
from tollbook.exports.writing import Sidecar, clean, line, whole
from tollbook.records import digest as hashed

NAME = "ftm"
SUFFIX = ".ftm.json"
MEANING = "FollowTheMoney entities, for OpenAleph and nomenklatura"

# ISO 639-1, which reports bear, to ISO 639-3, which FollowTheMoney wants; others stay out.
_LANGUAGES = {"en": "eng", "ar": "ara", "ru": "rus", "fr": "fra", "es": "spa", "de": "deu", "fa": "fas", "tr": "tur",
              "uk": "ukr", "he": "heb", "zh": "zho", "ur": "urd", "ku": "kur", "it": "ita", "pt": "por"}  # fmt: skip
_PUBLIC = frozenset({"government", "military"})

Entity = dict[str, Any]


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes entities, each id once."""
    written = 0
    seen: set[str] = set()
    with out.open("w", encoding="utf-8", newline="\n") as file, Sidecar(out) as sidecar:
        for entity in _entities(material, sidecar):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                file.write(line(entity))
                written += 1
    return Written(written)


def _entities(material: Material, sidecar: Sidecar) -> Iterator[Entity]:
    for document in material.documents():
        yield article(document)
    for incident in material.incidents():
        sidecar.put(incident.id, incident=incident_json(incident))
        yield from event(incident)
    for claim in material.claims():
        sidecar.put(claim.id, **whole(claim))
        yield from support(claim)


def entity(id: str, schema: str, properties: dict[str, Iterable[Any]]) -> Entity:
    """An entity as JSON; empty properties are left out, values are texts, each once."""
    made: dict[str, list[str]] = {}
    for name, values in properties.items():
        kept = list(dict.fromkeys(clean(str(v)).strip() for v in values if v is not None and str(v).strip()))
        if kept:
            made[name] = kept
    return {"id": f"tollbook-{id}", "schema": schema, "properties": made}


def article(document: Stored) -> Entity:
    """A report."""
    source = document.source
    return entity(
        document.id,
        "Article",
        {
            "title": [source["title"]],
            "publisher": [source["outlet"]],
            "publishedAt": [source["published"]],
            "sourceUrl": [url for url in (source["url"], source["archive_url"]) if url and url.startswith("http")],
            "language": [_LANGUAGES.get(source["language"] or "")],
            "fileName": [source["key"]],
        },
    )


def event(incident: IncidentRow) -> Iterator[Entity]:
    """An incident with its place and those blamed."""
    d = digest(incident)
    place = d.place
    where = place["country"] if place else None
    involved = [party(name, where) for name in d.blamed]
    yield from involved
    if place is not None:
        yield address(place)
    days = {"date": [d.first]} if d.first == d.last else {"startDate": [d.first], "endDate": [d.last]}
    what = (d.events[0] if d.events else "incident").replace("_", " ")
    named = (place["name"] or place["text"]) if place else None
    yield entity(
        incident.id,
        "Event",
        {
            "name": [", ".join(part for part in (what, named, d.first) if part)],
            "summary": [note(d)],
            "recordId": [incident.id],
            "country": [where.lower() if where else None],
            "location": [named],
            "addressEntity": [f"tollbook-{address_id(place)}"] if place else [],
            "involved": [one["id"] for one in involved],
            "keywords": [incident.status, incident.grade, *d.events],
            "proof": [f"tollbook-{document['id']}" for document in d.documents],
            **days,
        },
    )


def address_id(place: Json) -> str:
    """One id a place."""
    return "a-" + hashed(place["gazetteer_id"] or "", place["name"] or place["text"], place["country"] or "")


def address(place: Json) -> Entity:
    """Where it was."""
    name = place["name"] or place["text"]
    return entity(
        address_id(place),
        "Address",
        {
            "full": [", ".join(dict.fromkeys(part for part in (name, place["admin1"]) if part))],
            "city": [name if place["precision"] in ("town", "city") else None],
            "state": [place["admin1"]],
            "country": [place["country"].lower() if place["country"] else None],
            "latitude": [place["lat"]],
            "longitude": [place["lon"]],
            "remarks": [place["precision"]],
        },
    )


def party(name: str, where: str | None) -> Entity:
    """Somebody blamed: a state's forces are a public body, everybody else an organisation."""
    public = inter_code(name, where) in (1, 8)
    return entity("p-" + hashed(name), "PublicBody" if public else "Organization", {"name": [name]})


def support(row: ClaimRow) -> Iterator[Entity]:
    """That a document says a number of an incident, and who it says it from."""
    claim = row.json
    first = claim["attribution"][0] if claim["attribution"] else None
    body = claimant(claim)
    if body is not None and first is not None:
        public = first["kind"] in _PUBLIC
        person = first["body"] is None and first["kind"] in ("witness", "relative")
        schema = "Person" if person else "PublicBody" if public else "Organization"
        yield entity("p-" + hashed(body), schema, {"name": [body]})
    if row.incident is None:
        return
    count = claim["count"]
    yield entity(
        row.id,
        "Documentation",
        {
            "document": [f"tollbook-{claim['document']['id']}"],
            "entity": [f"tollbook-{row.incident}"],
            "role": [claim["harm"]],
            "summary": [claim["quote"]["text"] if claim["quote"] else None],
            "description": [f"{count['text']}: {_open(count['low'])} to {_open(count['high'])} ({count['qualifier']})"],
            "publisher": [body],
            "recordId": [row.id],
            "date": [claim["document"]["published"]],
            "status": [claim["stance"]],
        },
    )


def _open(number: int | None) -> str:
    return "not stated" if number is None else str(number)

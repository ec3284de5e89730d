"""JSON lines: the public JSON of claims and incidents as it stands, one object a line; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tollbook.exports.contract import IncidentRow, Material, Wants, Written
from tollbook.exports.tolls import digest
from tollbook.exports.writing import line
from tollbook.incidents.rows import INCIDENT_SCHEMA

NAME = "jsonl"
SUFFIX = ".jsonl"
MEANING = "the public JSON of claims (or incidents), one a line; claims as read, judgements beside them"


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes claims as they were read, and what people decided of them into ``….judgements.jsonl``."""
    written = 0
    with out.open("w", encoding="utf-8", newline="\n") as file:
        if wants.rows == "claims":
            for claim in material.claims(rejected=True):
                file.write(line(claim.as_read))
                written += 1
        else:
            for incident in material.incidents():
                file.write(line(incident_json(incident)))
                written += 1
    beside = out.with_suffix("").with_name(out.with_suffix("").name + ".judgements.jsonl")
    lines = list(judgement_lines(material))
    if lines:
        beside.write_text("".join(lines), "utf-8", newline="\n")
    return Written(written)


def judgement_lines(material: Material) -> Iterator[str]:
    """The judgements in their order, undone ones too: ``tollbook judgements apply`` takes them."""
    for decision in material.judgements():
        yield line(decision.json)


def incident_json(row: IncidentRow) -> dict[str, Any]:
    """The public JSON of an incident: what ``tollbook incidents`` prints, with what people said of it."""
    d = digest(row)
    known = d.sums
    place = d.place
    documents = row.summary.get("documents") or [{"key": document["key"], "rank": None} for document in d.documents]
    return {
        "schema": INCIDENT_SCHEMA,
        "id": row.id,
        "title": known.get("title"),
        "sentence": known.get("sentence"),
        "documents": list(documents),
        "killed": known.get("killed"),
        "injured": known.get("injured"),
        "others": dict(known.get("others") or {}),
        "date": {"from": d.first, "to": d.last, "precision": d.date_precision} if d.first else None,
        "place": None
        if place is None
        else {"name": place["name"] or place["text"], **{key: place[key] for key in _PLACE}},
        "event": d.events[0] if d.events else None,
        "blamed": list(d.blamed),
        "claimants": list(d.claimants),
        "status": row.status,
        "grade": row.grade,
        "grade_note": row.grade_note,
        "outlets": len(d.outlets),
        "origins": dict(known["origins"]),
        "by_origin": list(known.get("by_origin") or ()),
        "over_time": list(known.get("over_time") or ()),
        "contradictions": list(d.contradictions),
        "claims": sorted(claim.id for claim in row.claims),
        "totals": list(known.get("totals") or ()),
        "rejected": sorted(row.rejected),
        "revision": row.rev,
    }


_PLACE = ("country", "admin1", "lat", "lon", "precision", "gazetteer_id")

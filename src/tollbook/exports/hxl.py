"""HXL: a heading, a row of tags, the data. https://hxlstandard.org

Armed actors are ``#group``: ``#org`` is for humanitarian responders.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tollbook.exports.coding import DATE_PREC, WHERE_PREC
from tollbook.exports.columns import Cell, joined
from tollbook.exports.contract import IncidentRow, Json, Material, Wants, Written
from tollbook.exports.csv import plain_lines
from tollbook.exports.jsonl import incident_json
from tollbook.exports.tolls import Toll, digest, summed, toll_of
from tollbook.exports.writing import Sidecar

NAME = "hxl"
SUFFIX = ".csv"
MEANING = "incidents with HXL tags, for humanitarian tools"

TAGS = {
    "Event": "#event+id", "Type": "#event+type", "From": "#date+start", "To": "#date+end", "Place": "#loc+name",
    "Province": "#adm1+name", "Country": "#country+code", "Latitude": "#geo+lat", "Longitude": "#geo+lon",
    "Killed, at least": "#affected+killed+min", "Killed, at most": "#affected+killed+max",
    "Civilians killed, at least": "#affected+killed+civilians+min",
    "Civilians killed, at most": "#affected+killed+civilians+max",
    "Injured, at least": "#affected+injured+min", "Injured, at most": "#affected+injured+max",
    "Armed actor blamed": "#group+name", "Outlets": "#meta+source", "Claimants": "#meta+claimant",
    "Precision of the place": "#meta+precision+geo", "Precision of the date": "#meta+precision+date",
    "Addresses": "#meta+url", "Last report": "#date+updated",
}  # fmt: skip


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes every chosen incident; unlike GED an unknown number stays empty."""
    with Sidecar(out) as sidecar:
        written = plain_lines(TAGS, _lines(material, sidecar), out, wants.bom)
    return Written(written - 1)


def _lines(material: Material, sidecar: Sidecar) -> Iterator[tuple[Cell, ...]]:
    yield tuple(TAGS.values())
    for incident in material.incidents():
        sidecar.put(incident.id, incident=incident_json(incident))
        yield cells(incident)


def cells(incident: IncidentRow) -> tuple[Cell, ...]:
    """One incident in the order of :data:`TAGS`."""
    d = digest(incident)
    place: Json = d.place or {}
    civilians = [c.json for c in incident.claims if c.json["victims"] and c.json["victims"]["status"] == "civilian"]
    killed = toll_of(d.tolls, "killed")
    published = [document["published"] for document in d.documents if document["published"]]
    return (
        incident.id, d.events[0] if d.events else None, d.first, d.last, place.get("name") or place.get("text"),
        place.get("admin1"), place.get("country"), place.get("lat"), place.get("lon"),
        *killed, *_within(summed(civilians, "killed"), killed), *toll_of(d.tolls, "injured"),
        joined(d.blamed), joined(d.outlets), joined(d.claimants), WHERE_PREC.get(place.get("precision") or ""),
        DATE_PREC.get(d.date_precision or ""), " ".join(doc["url"] for doc in d.documents if doc["url"]) or None,
        max(published, default=None),
    )  # fmt: skip


def _within(part: Toll, whole: Toll) -> Toll:
    """The civilians as a part of all that were killed: not more of them than those, whoever counts them.

    >>> _within((12, 12), (9, 12)), _within((2, None), (None, None)), _within((188, 188), (3, None))
    ((9, 12), (2, None), (3, 188))
    """
    low, high = part
    if low is not None and whole[0] is not None:
        low = min(low, whole[0])
    if high is not None and whole[1] is not None:
        high = min(high, whole[1])
    return low, high

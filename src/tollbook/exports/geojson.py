"""GeoJSON (RFC 7946): incidents and claims in one collection, told apart by the property ``layer``.

A coarse place is a point with ``precision_m``, the distance that it may be off; where no distance says it (a country),
and where there are no coordinates, ``geometry`` is ``null``: a pin in the middle of a country would be read as a place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tollbook.exports.coding import CREDITS, METRES
from tollbook.exports.columns import CLAIM_COLUMNS, INCIDENT_COLUMNS, Cell, claim_cells, incident_cells
from tollbook.exports.contract import Material, Wants, Written
from tollbook.exports.jsonl import incident_json
from tollbook.exports.writing import Sidecar, beyond_columns, line

NAME = "geojson"
SUFFIX = ".geojson"
MEANING = "incidents and claims on a map, for QGIS and Leaflet"


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes one feature a line."""
    written = 0
    with out.open("w", encoding="utf-8", newline="\n") as file, Sidecar(out) as sidecar:
        file.write('{"type":"FeatureCollection","attribution":' + line(CREDITS).rstrip() + ',"features":[\n')
        for incident in material.incidents():
            sidecar.put(incident.id, incident=incident_json(incident))
            file.write(
                ",\n" * (written > 0) + line(feature("incident", INCIDENT_COLUMNS, incident_cells(incident)))[:-1]
            )
            written += 1
        for claim in material.claims():
            sidecar.put(claim.id, **beyond_columns(claim))
            file.write(",\n" * (written > 0) + line(feature("claim", CLAIM_COLUMNS, claim_cells(claim)))[:-1])
            written += 1
        file.write("\n]}\n")
    return Written(written)


def feature(layer: str, columns: tuple[str, ...], cells: tuple[Cell, ...]) -> dict[str, Any]:
    """One feature with flat properties."""
    properties: dict[str, Any] = dict(zip(columns, cells, strict=True))
    id, lat, lon = properties.pop("_id"), properties.pop("lat"), properties.pop("lon")
    del properties["note"], properties["_view"]
    metres = METRES.get(properties["place_precision"] or "")
    drawn = metres is not None and lat is not None and lon is not None
    return {
        "type": "Feature",
        "id": id,
        "geometry": {"type": "Point", "coordinates": [lon, lat]} if drawn else None,
        "properties": {"layer": layer, **properties, "lat": lat, "lon": lon, "precision_m": metres},
    }

"""UCDP GED: its 49 columns, in its order, with its codes, and ``x_origins`` after them.

Our events are no UCDP events: the columns for UCDP's own ids stay 0, which ``….lossy.jsonl`` names row by row, as it
does for every other null that the format turns into 0. Codebook: https://ucdp.uu.se/downloads/ged/ged241.pdf
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tollbook.exports.coding import DATE_PREC, WHERE_PREC, Country, country, priogrid
from tollbook.exports.columns import Cell, joined
from tollbook.exports.contract import IncidentRow, Json, Material, Wants, Written
from tollbook.exports.csv import plain_lines
from tollbook.exports.jsonl import incident_json
from tollbook.exports.tolls import Digest, Toll, civilians_killed, digest, highest_stated, toll_of
from tollbook.exports.writing import Sidecar

NAME = "ged"
SUFFIX = ".csv"
MEANING = "deadly incidents in the 49 columns of UCDP GED"

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity",
    "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa",
    "gwnob",
)  # fmt: skip
EXTRA = ("x_origins",)

# Numbers that GED always has: a null becomes 0, and the sidecar says so.
_ZERO = (
    "active_year", "type_of_violence", "conflict_dset_id", "conflict_new_id", "dyad_dset_id", "dyad_new_id",
    "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "country_id", "low", "best", "gwnoa", "gwnob",
)  # fmt: skip


@dataclass(slots=True)
class Coded:
    """A row, or the reason why there is none, and what did not fit."""

    values: dict[str, Cell] = field(default_factory=dict)
    nulls: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: str | None = None


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes incidents with at least one death; what is no such event is left to the other formats."""
    passed: list[str] = []
    with Sidecar(out) as sidecar:
        written = plain_lines((*COLUMNS, *EXTRA), _lines(material, wants, sidecar, passed), out, wants.bom)
    return Written(written, notes_on(passed))


def _lines(material: Material, wants: Wants, sidecar: Sidecar, passed: list[str]) -> Iterator[tuple[Cell, ...]]:
    for incident in material.incidents():
        if incident.status != "confirmed" and not wants.candidates:
            passed.append("candidate")
            continue
        coded = code(incident)
        if coded.refused is not None:
            passed.append(coded.refused)
            sidecar.put(incident.id, not_written=coded.refused, incident=incident_json(incident))
            continue
        row = tuple(coded.values.get(name) for name in (*COLUMNS, *EXTRA))
        left = incident_json(incident)
        sidecar.put(incident.id, id=coded.values["id"], null_as_zero=coded.nulls, notes=coded.notes, incident=left)
        yield row


def notes_on(passed: list[str]) -> tuple[str, ...]:
    """What was passed over, for the person who asked."""
    notes = []
    for reason in dict.fromkeys(passed):
        said = f"{passed.count(reason)} not written: {reason}"
        notes.append(
            said + (" (nobody has confirmed them; --candidates takes them too)" if reason == "candidate" else "")
        )
    return tuple(notes)


def code(incident: IncidentRow) -> Coded:
    """One incident as GED would code it."""
    coded = Coded()
    d = digest(incident)
    toll = toll_of(d.tolls, "killed")
    if not any(toll):
        coded.refused = "no death"
    elif d.first is None:
        coded.refused = "no date"
    if coded.refused is None:
        coded.values = {
            **_event(incident, d),
            **_sources(d),
            **_where(d.place, coded),
            **_deaths(incident, toll, coded),
        }
        coded.values["x_origins"] = d.origins[0]
        for name in _ZERO:
            if coded.values.get(name) is None:
                coded.values[name] = 0
                coded.nulls.append(name)
    return coded


def _event(incident: IncidentRow, d: Digest) -> dict[str, Cell]:
    first, last = d.first or "", d.last or d.first or ""
    return {
        # 52 bits of our own id: a number, as GED wants it, that no reader mistakes for one of UCDP's.
        "id": event_number(incident.id),
        "relid": incident.id,
        "year": int(first[:4]),
        "code_status": "Clear" if incident.status == "confirmed" else "Check",
        "side_a": joined(d.blamed),
        "event_clarity": 2 if any(claim.json["scope"] == "total" for claim in incident.claims) else 1,
        "date_prec": DATE_PREC[d.date_precision or "longer"],
        "date_start": f"{first} 00:00:00.000",
        "date_end": f"{last} 00:00:00.000",
    }


def event_number(id: str) -> int:
    """A number for an incident.

    >>> event_number("i-00000000000000ff")
    255
    """
    return int(id.removeprefix("i-")[-13:], 16)


def _sources(d: Digest) -> dict[str, Cell]:
    listed = [_article(document) for document in d.documents]
    return {
        "number_of_sources": len(d.outlets) or len(d.documents),
        "source_article": joined(listed),
        "source_office": joined(d.outlets),
        "source_date": joined(document["published"] for document in d.documents if document["published"]),
        "source_headline": joined(document["title"] for document in d.documents if document["title"]),
        "source_original": joined(d.claimants),
    }


def _article(document: Json) -> str:
    known = (document["outlet"], document["published"], f'"{document["title"]}"' if document["title"] else None)
    return ", ".join(part for part in known if part) or document["key"]


def _where(place: Json | None, coded: Coded) -> dict[str, Cell]:
    if place is None:
        coded.notes.append("place not stated")
        return {"where_prec": 5}
    state: Country | None = country(place["country"])
    made: dict[str, Cell] = {
        "where_prec": WHERE_PREC.get(place["precision"] or "region", 5),
        "where_coordinates": place["name"],
        "where_description": place["text"],
        "adm_1": place["admin1"],
        "country": state.ucdp_name if state else None,
        "country_id": state.gw if state else None,
        "region": state.ucdp_region if state else None,
    }
    if place["lat"] is not None and place["lon"] is not None:
        made |= {"latitude": place["lat"], "longitude": place["lon"]}
        made["geom_wkt"] = f"POINT ({place['lon']:.6f} {place['lat']:.6f})"
        made["priogrid_gid"] = priogrid(place["lat"], place["lon"])
    else:
        coded.notes.append("no coordinates")
    return made


def _deaths(incident: IncidentRow, toll: Toll, coded: Coded) -> dict[str, Cell]:
    """The low is the best; civilians as far as a claim says so, everybody else unknown, since sides are not coded."""
    low, high = toll
    best = low or 0
    civilians, combatants = civilians_killed(incident)
    if high is None:
        high = max(best, highest_stated(incident))
        coded.notes.append("high is open: the highest number that is stated stands there")
    if combatants:
        coded.notes.append(f"deaths_unknown has {combatants} fighters of a side that is not coded")
    counted = min(civilians, best)
    split: dict[str, Any] = {
        "deaths_a": 0,
        "deaths_b": 0,
        "deaths_civilians": counted,
        "deaths_unknown": best - counted,
    }
    coded.nulls.extend(("deaths_a", "deaths_b"))
    return {**split, "low": low, "best": low, "high": max(best, high)}

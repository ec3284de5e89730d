"""What facets, counts, the map and the timeline are counted over: columns of the copy as arrays, an entry for each row.

A question then costs some comparisons of whole columns: milliseconds for hundreds of thousands of rows, whether or not
somebody has asked it before. Columns are never changed once they are made; whatever the ledger brings makes new ones,
so that no reader sees half a change. They take about a hundred bytes a row.
"""

from __future__ import annotations

import operator
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np  # comes with spaCy
from numpy.typing import NDArray

from tollbook.web.filters import FACETS, NOT_STATED, Kind

Numbers = NDArray[Any]
Flags = NDArray[np.bool_]
TABLE: Mapping[str, str] = {"incidents": "incident", "claims": "claim", "documents": "document"}
# Facets of which a row can have several values: facet → (table, column).
MANY: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "incidents": {"blamed": ("party", "name"), "outlet": ("told", "outlet")}, "claims": {}, "documents": {},
}  # fmt: skip
_DAYS = {"incidents": ("date_from", "date_to"), "claims": ("date_from", "date_to"), "documents": ("published",) * 2}
# What a list can be ordered by, besides its days.
_KEYS: Mapping[str, Mapping[str, str]] = {
    "incidents": {"toll": "coalesce(killed_low, -1)", "conflict": "contradictions"},
    "claims": {"toll": "coalesce(low, high, -1)", "doubt": "doubt"},
    "documents": {"added": "first_seq", "claims": "claims"},
}  # fmt: skip
_BATCH = 20_000


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of values as numbers, 0 where nothing is stated. ``values`` and ``known`` are shared and only grow."""

    values: list[Any]
    known: dict[Any, int]
    codes: Numbers

    def number(self, values: Iterable[Any]) -> list[int]:
        """The numbers of values; those not seen before get the next ones."""
        found = []
        for value in values:
            number = self.known.get(value)
            if number is None:
                self.values.append(value)
                number = self.known[value] = len(self.values) - 1
            found.append(number)
        return found

    def among(self, chosen: Sequence[str]) -> Flags:
        """Which entries have one of the values; ``-`` stands for none."""
        wanted = np.zeros(len(self.values), np.bool_)
        wanted[[number for value in chosen if (number := self.known.get(_stated(value))) is not None]] = True
        return wanted[self.codes]

    def holding(self, codes: Numbers) -> Coded:
        """The same values for other entries."""
        return Coded(self.values, self.known, codes)

    def counted(self, among: Flags) -> list[tuple[str, int]]:
        """How many of some entries have each value."""
        counts = np.bincount(self.codes[among])
        return [(NOT_STATED if n == 0 else str(self.values[n]), int(counts[n])) for n in np.flatnonzero(counts)]


def _stated(value: str) -> str | None:
    return None if value == NOT_STATED else value


def _nothing() -> Coded:
    return Coded([None], {None: 0, "": 0}, np.zeros(0, np.int32))


@dataclass(frozen=True, slots=True)
class Pairs:
    """A facet of which a row can have several values: ``rows[i]`` has value ``values.codes[i]``."""

    values: Coded
    rows: Numbers

    def among(self, chosen: Sequence[str], length: int) -> Flags:
        """Which rows have one of the values; ``-`` stands for none."""
        found = np.zeros(length, np.bool_)
        found[self.rows[self.values.among([value for value in chosen if value != NOT_STATED])]] = True
        return found | ~self._told(length) if NOT_STATED in chosen else found

    def counted(self, among: Flags) -> list[tuple[str, int]]:
        """How many of some rows have each value."""
        found = [(value, count) for value, count in self.values.counted(among[self.rows]) if value != NOT_STATED]
        silent = int(np.count_nonzero(among & ~self._told(len(among))))
        return [*found, (NOT_STATED, silent)] if silent else found

    def _told(self, length: int) -> Flags:
        found = np.zeros(length, np.bool_)
        found[self.rows[self.values.codes > 0]] = True
        return found


@dataclass(frozen=True, slots=True)
class Columns:
    """One list. A row's entry stands at its number in the copy; ``here`` says which numbers are rows.

    ``first`` and ``last`` are the days of its date as numbers such as 20240224, 0 where it is not stated; ``spot`` is
    latitude, longitude and precision together; ``tie`` is what its id begins with, as a number.
    """

    kind: Kind
    here: Flags
    numbers: Mapping[str, Numbers]
    coded: Mapping[str, Coded]
    pairs: Mapping[str, Pairs]
    spot: Coded
    orders: dict[str, Numbers] = field(default_factory=dict)

    def order(self, sort: str) -> Numbers:
        """The numbers of all rows in an order, the same as SQL gives (:mod:`tollbook.web.index.ask`)."""
        if sort not in self.orders:
            rows = np.flatnonzero(self.here)
            keys, falling = self._keys(sort)
            found = rows[np.lexsort([key[rows] for key in reversed(keys)])]
            self.orders[sort] = found[::-1] if falling else found
        return self.orders[sort]

    def _keys(self, sort: str) -> tuple[list[Numbers], bool]:
        """What an order goes by, the weightiest first, and whether from the end."""
        number, row = self.numbers, np.arange(len(self.here))
        if sort == "outlet":
            outlet = self.coded["outlet"]
            by_name = sorted(range(1, len(outlet.values)), key=lambda n: str(outlet.values[n]).encode())
            rank = np.full(len(outlet.values), len(outlet.values))
            rank[by_name] = np.arange(len(by_name))
            return [rank[outlet.codes], number["tie"]], False
        if sort == "oldest":
            tie = number["tie"] if self.kind == "incidents" else row
            return [number["first"] == 0, number["first"], tie], False
        if self.kind == "incidents":
            return [-number["first" if sort == "date" else sort], number["tie"]], False
        if self.kind == "claims":
            return ([number["first"], row], True) if sort == "date" else ([-number[sort], row], False)
        return [number["first" if sort == "published" else sort], number["tie"]], True

    def keep_orders(self, old: Columns) -> None:
        """Takes over the orders whose columns are the same: a judgement seldom changes one, and sorting costs most."""
        for sort, order in list(old.orders.items()):
            if all(map(operator.is_, self._rests_on(sort), old._rests_on(sort))):
                self.orders[sort] = order

    def _rests_on(self, sort: str) -> list[Numbers]:
        key = self.numbers.get({"date": "first", "oldest": "first", "published": "first"}.get(sort, sort))
        return [self.here, self.numbers["tie"], self.coded["outlet"].codes if key is None else key]


def read(
    connection: sqlite3.Connection, kind: Kind, old: Columns | None = None, changed: Sequence[int] | None = None
) -> Columns:
    """The columns of a list; with ``changed``, ``old`` ones in which those rows are read again."""
    words = [name for name in FACETS[kind] if name not in MANY[kind]] + (["place"] if kind != "documents" else [])
    first, last = (f"CAST(replace(substr(coalesce({day}, '0'), 1, 10), '-', '') AS INTEGER)" for day in _DAYS[kind])
    keys = {"first": first, "last": last, **_KEYS[kind]}
    place = ("lat", "lon", "precision") if kind != "documents" else ("NULL", "NULL", "NULL")
    coded = {name: old.coded[name] if old else _nothing() for name in words}
    spot = old.spot if old else _nothing()
    parts: dict[str, list[Numbers]] = defaultdict(list)
    wanted = ["n", "id", *keys.values(), *place, *words]
    for columns in _selected(connection, TABLE[kind], "n", wanted, changed):
        parts["n"].append(np.array(columns[0]))
        parts["tie"].append(np.array([_tie(id) for id in columns[1]]))
        for name, values in zip(keys, columns[2:], strict=False):
            parts[name].append(np.array(values, np.int64))
        lats, lons, precisions = columns[2 + len(keys) : 5 + len(keys)]
        parts["lat"].append(np.array(lats, np.float64))
        parts["lon"].append(np.array(lons, np.float64))
        spots = zip(lats, lons, precisions, strict=True)
        parts["spot"].append(np.array(spot.number(None if one[0] is None else one for one in spots), np.int32))
        for name, values in zip(words, columns[5 + len(keys) :], strict=True):
            parts[f"word {name}"].append(np.array(coded[name].number(values), np.int32))
    at = np.concatenate([np.zeros(0, np.int64), *parts["n"]])
    length = max(int(at.max(initial=0)) + 1, len(old.here) if old else 0)

    def merged(name: str, before: Numbers | None, type: Any) -> Numbers:
        return _merged(before, length, at, np.concatenate([np.zeros(0, type), *parts[name]]))

    gone = np.setdiff1d(np.array(changed or [], np.int64), at)
    here = _merged(old.here if old else None, length, at, np.ones(len(at), np.bool_))
    here = _merged(here, length, gone[gone < length], np.zeros(int((gone < length).sum()), np.bool_))
    numbers = {
        name: merged(name, old.numbers[name] if old else None, np.float64 if name in ("lat", "lon") else np.int64)
        for name in ("tie", *keys, "lat", "lon")
    }
    coded = {
        name: one.holding(merged(f"word {name}", one.codes if old else None, np.int32)) for name, one in coded.items()
    }
    spot = spot.holding(merged("spot", spot.codes if old else None, np.int32))
    pairs = {name: _pairs(connection, *MANY[kind][name], old.pairs[name] if old else None, changed)
             for name in MANY[kind]}  # fmt: skip
    found = Columns(kind, here, numbers, coded, pairs, spot)
    if old is not None:
        found.keep_orders(old)
    return found


def _merged(before: Numbers | None, length: int, at: Numbers, values: Numbers) -> Numbers:
    """A column with some entries written: the very same one where that changes nothing."""
    if before is not None and len(before) == length:
        equal = np.array_equal(before[at], values, equal_nan=values.dtype.kind == "f")
        if equal:
            return before
    array = np.zeros(length, values.dtype)
    if before is not None:
        array[: len(before)] = before
    array[at] = values
    return array


def _pairs(
    connection: sqlite3.Connection, table: str, column: str, old: Pairs | None, changed: Sequence[int] | None
) -> Pairs:
    rows, codes = [], []
    values = old.values if old is not None else _nothing()
    if old is not None and changed is not None:
        stay = ~np.isin(old.rows, np.array(changed))
        rows.append(old.rows[stay])
        codes.append(old.values.codes[stay])
    for columns in _selected(connection, table, "incident", ["incident", column], changed):
        rows.append(np.array(columns[0], np.int32))
        codes.append(np.array(values.number(columns[1]), np.int32))
    empty = np.zeros(0, np.int32)
    return Pairs(values.holding(np.concatenate([empty, *codes])), np.concatenate([empty, *rows]))


def _selected(
    connection: sqlite3.Connection, table: str, by: str, wanted: Sequence[str], only: Sequence[int] | None
) -> Iterator[list[tuple[Any, ...]]]:
    """Columns of a table, in batches of rows: of all rows, or of those whose number is named."""
    sql = f"SELECT {', '.join(wanted)} FROM {table}"
    parts = [(sql, ())] if only is None else [
        (f"{sql} WHERE {by} IN ({', '.join('?' * len(some))})", tuple(some))
        for some in (only[at : at + 500] for at in range(0, len(only), 500))
    ]  # fmt: skip
    for statement, values in parts:
        cursor = connection.cursor()
        cursor.row_factory = None
        cursor.execute(statement, values)
        while rows := cursor.fetchmany(_BATCH):
            yield list(zip(*rows, strict=True))


def _tie(id: str) -> int:
    """What an id begins with as a number, so that equals stand in the order of their ids.

    >>> _tie("i-00000000000000ff") < _tie("i-0000000000000100"), _tie("i-of another making")
    (True, 0)
    """
    try:
        return int(id[2:18], 16) - 2**63
    except ValueError:
        return 0

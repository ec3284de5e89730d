"""Many pairs scored at once: the same levels and weights as pair by pair, over columns, with numpy.

Pairs are made from the keys some millions at a time and scored; those at or below :data:`FLOOR` are passed over, since
what is unlikely counts like what was never looked at (:mod:`tollbook.link.cluster`). So memory holds the likely pairs
and not all. What takes long, as shared words do, is counted only where it can still lift a pair over
the floor.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tollbook.link.cluster import UNSEEN
from tollbook.link.columns import Row
from tollbook.link.compare import COMPARISONS, EARTH, SHORT, WORD_STEPS, Comparison
from tollbook.link.likely import Likely
from tollbook.link.score import PLACES, Weights

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

FLOOR = UNSEEN
FEW = 400  # rows below which numpy is not worth its start
_AT_ONCE = 1_500_000  # pairs in hand
_WORTH = 0.8  # the share that is still likely from which the others are passed over at once
_SURE = 1e-5  # bits: more than what adding and rounding may move a score by
_SILENT = -1

_NUMBERS = (
    "first", "last", "yearless", "published", "lat", "lon", "radius",
    "killed_low", "killed_high", "injured_low", "injured_high",
)  # fmt: skip
_FLAGS = ("stated", "wide", "small", "cut")
_CODED = ("document", "outlet", "country")
_SETS = (
    "names", "events", "kin", "blamed", "bodies", "groups", "hours",
    "killed_few", "killed_many", "injured_few", "injured_many",
)  # fmt: skip
_WORDS = ("words", "own", "fields")


class Table:
    """Rows as arrays, in the order of their ids. ``None`` is NaN among numbers and -1 among codes."""

    def __init__(self, rows: Sequence[Row]) -> None:
        import numpy as np  # comes with spaCy

        self.rows = sorted(rows, key=lambda row: row.id)
        self.ids = [row.id for row in self.rows]
        self.column: dict[str, Array] = {}
        for name in _NUMBERS:
            values = [getattr(row, name) for row in self.rows]
            self.column[name] = np.array([math.nan if v is None else v for v in values], dtype=np.float64)
        for name in _FLAGS:
            self.column[name] = np.array([getattr(row, name) for row in self.rows], dtype=bool)
        for name in ("day_crowd", "place_crowd", "thread"):
            self.column[name] = np.array([getattr(row, name) for row in self.rows], dtype=np.int64)
        for name in _CODED:
            self.column[name] = self._codes([getattr(row, name) for row in self.rows])
        self.exact: dict[str, bool] = {}
        for name in _SETS:
            self.column[name] = self._masks(name)
        for name in _WORDS:
            self.column["#" + name] = np.array([len(getattr(row, name)) for row in self.rows], dtype=np.int64)

    def _codes(self, values: Sequence[str | None]) -> Array:
        import numpy as np

        known = {v: n for n, v in enumerate(sorted({v for v in values if v is not None}))}
        return np.array([-1 if v is None else known[v] for v in values], dtype=np.int64)

    def _masks(self, name: str) -> Array:
        """A bit for each value, where 64 are enough; else two hashes, whose meeting is then looked at closely."""
        import numpy as np

        sets = [getattr(row, name) for row in self.rows]
        values = sorted({v for held in sets for v in held})
        self.exact[name] = len(values) <= 64
        if self.exact[name]:
            bit = {v: (1 << n, 1 << n) for n, v in enumerate(values)}
        else:
            bit = {v: (1 << zlib.crc32(v.encode()) % 64, 1 << zlib.adler32(v.encode()) % 61) for v in values}
        masks = np.zeros((len(sets), 2), dtype=np.uint64)
        for n, held in enumerate(sets):
            one = other = 0
            for v in held:
                a, b = bit[v]
                one, other = one | a, other | b
            masks[n] = one, other
        return masks


class Pairs:
    """Pairs of rows by their numbers in a table, with what comparisons ask of them."""

    def __init__(self, table: Table, left: Array, right: Array) -> None:
        self.table, self.left, self.right = table, left, right
        self._met: dict[str, Array] = {}

    def __getitem__(self, name: str) -> tuple[Array, Array]:
        """One column of both sides."""
        column = self.table.column[name]
        return column[self.left], column[self.right]

    def take(self, chosen: Array) -> Pairs:
        """Only some of the pairs."""
        return Pairs(self.table, self.left[chosen], self.right[chosen])

    def empty(self, name: str) -> Array:
        """Where either side has nothing in a set."""
        column = self.table.column[name][:, 0] == 0
        empty: Array = column[self.left] | column[self.right]
        return empty

    def shared(self, name: str) -> Array:
        """Where both sides have something in common."""
        import numpy as np

        if name not in self._met:
            x, y = self[name]
            met = ((x & y) != 0).all(axis=1)
            if not self.table.exact[name]:
                rows = self.table.rows
                for n in np.flatnonzero(met):
                    if getattr(rows[self.left[n]], name).isdisjoint(getattr(rows[self.right[n]], name)):
                        met[n] = False
            self._met[name] = met
        return self._met[name]

    def common(self, name: str, where: Array) -> Array:
        """How many words both sides have, where that is asked; else 0."""
        import numpy as np

        found = np.zeros(len(self.left), dtype=np.int64)
        rows, chosen = self.table.rows, np.flatnonzero(where)
        mine, known = -1, frozenset[str]()
        counts = []
        for one, other in zip(self.left[chosen].tolist(), self.right[chosen].tolist(), strict=True):
            if one != mine:  # the pairs come in order: one set for all pairs of an account
                mine, known = one, frozenset(getattr(rows[one], name))
            counts.append(len(known.intersection(getattr(rows[other], name))))
        found[chosen] = counts
        return found


def levels(comparison: Comparison, pairs: Pairs) -> Array:
    """The number of each pair's level, in the order of the comparison's levels; -1 where either side is silent."""
    silent, conditions = _RULES[comparison.name](pairs)
    return _first(comparison, silent, conditions)


def _first(comparison: Comparison, silent: Array, conditions: Mapping[str, Array | bool]) -> Array:
    import numpy as np

    found = np.full(len(silent), _SILENT, dtype=np.int8)
    open_ = ~silent
    for n, name in enumerate(comparison.levels):
        hit = open_ & conditions[name]
        found[hit] = n
        open_ &= ~hit
    return found


Rule = tuple["Array", Mapping[str, "Array | bool"]]


def _gap(p: Pairs) -> tuple[Array, Array, Array]:
    """Days between, width of the wider, and where either has no date."""
    import numpy as np

    (f, g), (m, n) = p["first"], p["last"]
    undated = np.isnan(f) | np.isnan(g) | np.isnan(m) | np.isnan(n)
    return np.maximum(f - n, g - m), np.maximum(m - f, n - g), undated


def _date(p: Pairs) -> Rule:
    import numpy as np

    gap, width, undated = _gap(p)
    (a, b), (s, t), (x, y) = p["yearless"], p["stated"], p["day_crowd"]
    crowd, sure, off = np.maximum(x, y), s & t, np.abs(a - b)
    rules: dict[str, Array | bool] = {
        "same day, no year": undated & (off == 0),
        "next day, no year": undated & (off == 1),
        "other day, no year": undated,
        "same day": (gap <= 0) & (width == 0) & (crowd == 0),
        "same busy day": (gap <= 0) & (width == 0) & (crowd == 1),
        "same very busy day": (gap <= 0) & (width == 0) & (crowd == 2),
        "days overlap": (gap <= 0) & (width <= 7),
        "long period overlaps": gap <= 0,
        "outside the period": (width > 7) & (gap <= 30),
        "next day": gap <= 1,
    }
    for words, limit in (
        ("2 or 3 days apart", 3.0), ("4 to 7 days apart", 7.0), ("8 to 30 days apart", 30.0),
        ("over 30 days apart", math.inf),
    ):  # fmt: skip
        rules[words] = (gap <= limit) & ~sure
        rules[words + ", both stated"] = (gap <= limit) & sure
    return undated & (np.isnan(a) | np.isnan(b)), rules


def _published(p: Pairs) -> Rule:
    import numpy as np

    (a, b), (f, g), (s, t) = p["published"], p["first"], p["stated"]
    off, dated = np.abs(a - b), ~np.isnan(f) & ~np.isnan(g)
    left, right = b < f - 1, a < g - 1
    return np.isnan(a) | np.isnan(b), {
        "printed before a stated day": (right & t) | (left & s),
        "printed before it happened": left | right,
        "within three days": dated & (off <= 3),
        "later": dated,
        "undated, next day": off <= 1,
        "undated, 2 or 3 days": off <= 3,
        "undated, 4 to 7 days": off <= 7,
        "undated, 8 to 30 days": off <= 30,
        "undated, a year": off <= 365,
        "undated, longer": True,
    }


def _kilometres(p: Pairs) -> Array:
    import numpy as np

    (a, b), (c, d) = p["lat"], p["lon"]
    la, lb = np.radians(a), np.radians(b)
    h = np.sin(np.radians(b - a) / 2) ** 2 + np.cos(la) * np.cos(lb) * np.sin(np.radians(d - c) / 2) ** 2
    far: Array = np.round(EARTH * np.arcsin(np.sqrt(np.minimum(1.0, h))), 1)
    return far


def _place(p: Pairs) -> Rule:
    import numpy as np

    (a, b), (u, v), (s, t), (r, q), (x, y) = p["country"], p["wide"], p["small"], p["radius"], p["place_crowd"]
    km, shared, nameless = _kilometres(p), p.shared("names"), p.empty("names")
    known, wide, points = (a >= 0) & (b >= 0), u | v, ~(np.isnan(km) | np.isnan(r) | np.isnan(q))
    elsewhere, crowd, radius = known & (a != b), np.maximum(x, y), np.maximum(r, q)
    silent = ~elsewhere & ((wide & ~known) | (~wide & ~points & (nameless | ((s != t) & ~shared))))
    near = shared & (km <= 25)
    rules: dict[str, Array | bool] = {
        "other country": elsewhere,
        "only a country": wide,
        "same name": ~points & shared,
        "other small place": s & t & ~shared & (~points | ((km > 1) & (km <= 25))),
        "other name": ~points,
        "near or around": (km <= 25) | (km <= r + q),
        "within 100 km": km <= 100,
        "far apart": True,
    }
    for n, common in enumerate(("", ", a common one", ", a very common one")):
        rules["same small place" + common] = near & (radius <= 10) & (crowd == n)
        rules["same place" + common] = near & (radius > 10) & (crowd == n)
    return silent, rules


def _event(p: Pairs) -> Rule:
    return p.empty("events"), {"same": p.shared("events"), "akin": p.shared("kin"), "different": True}


def _share(name: str) -> Callable[[Pairs], Rule]:
    return lambda p: (p.empty(name), {"shared": p.shared(name), "different": True})


def _counts(harm: str) -> Callable[[Pairs], Rule]:
    def rule(p: Pairs) -> Rule:
        import numpy as np

        (a, b), (c, d) = p[f"{harm}_low"], p[f"{harm}_high"]
        x, y = np.where(np.isnan(a), c, a), np.where(np.isnan(b), d, b)
        least, most = np.minimum(x, y), np.maximum(x, y)
        equal = (a == c) & (b == d) & (a == b)
        lows = np.maximum(np.nan_to_num(a), np.nan_to_num(b))
        highs = np.minimum(np.nan_to_num(c, nan=1e9), np.nan_to_num(d, nan=1e9))
        return np.isnan(x) | np.isnan(y), {
            "none": equal & (a == 0),
            "one": equal & (a == 1),
            "equal, 5 and more": p.shared(f"{harm}_many") | (equal & (a >= 5)),
            "equal, below 5": p.shared(f"{harm}_few") | equal,
            "compatible": lows <= highs,
            "some and none": least == 0,
            "close": (2 * most <= 3 * least) | (most - least <= 1),
            "differ": most <= 3 * least,
            "far apart": True,
        }

    return rule


def _together(p: Pairs) -> Array:
    x, y = p["document"]
    same: Array = x == y
    return same


def _overlap(name: str) -> Callable[[Pairs], Rule]:
    column, limits, cut = WORD_STEPS[name]

    def rule(p: Pairs) -> Rule:
        import numpy as np

        (x, y), (c, d) = p["#" + column], p["cut"]
        silent = (x == 0) | (y == 0)
        if cut is not None:
            silent |= (c | d) != cut
        silent |= _together(p) if column != "own" else np.minimum(x, y) < SHORT
        shared = p.common(column, ~silent)
        steps: dict[str, Array | bool] = {f"up to {limit}": shared <= limit for limit in limits}
        return silent, {**steps, f"over {limits[-1]}": True}

    return rule


def _brief(p: Pairs) -> Rule:
    import numpy as np

    (x, y), (c, d) = p["#own"], p["cut"]
    least = np.minimum(x, y)
    silent = (least == 0) | (least >= SHORT) | ~(c | d)
    shared = p.common("own", ~silent)
    return silent, {
        "none": shared == 0, "half": 2 * shared >= least, "a quarter": 4 * shared >= least, "less": True,
    }  # fmt: skip


def _outlet(p: Pairs) -> Rule:
    x, y = p["outlet"]
    return (x < 0) | (y < 0) | _together(p), {"same outlet": x == y, "other outlet": True}


def _report(p: Pairs) -> Rule:
    import numpy as np

    (x, y), (a, b) = p["thread"], p["yearless"]
    gap, _, undated = _gap(p)
    otherwise = np.where(undated, ~np.isnan(a) & ~np.isnan(b) & (a != b), gap > 0)
    return ~_together(p), {"told as one": x == y, "told apart, on other days": otherwise, "told apart": True}


_RULES: Mapping[str, Callable[[Pairs], Rule]] = {
    "date": _date, "published": _published, "place": _place, "event": _event, "killed": _counts("killed"),
    "injured": _counts("injured"), "outlet": _outlet, "report": _report, "brief": _brief,
    **{name: _share(name) for name in ("hours", "blamed", "bodies", "groups")},
    **{name: _overlap(name) for name in WORD_STEPS},
}  # fmt: skip
_OF_WORDS = frozenset({*WORD_STEPS, "brief"})


def score_in_bulk(rows: Sequence[Row], keys: Mapping[str, tuple[str, ...]], weights: Weights) -> Likely:
    """The scores of the candidate pairs that are over the floor, as :func:`tollbook.link.score.score` gives them."""
    import numpy as np

    table = Table(rows)
    weighed = [c for c in COMPARISONS if any(weights.bits.get(c.name, {}).values())]
    order = sorted(weighed, key=lambda c: c.name in _OF_WORDS)  # what takes long comes last
    most = [max([0.0, *weights.bits[c.name].values()]) for c in order]
    found: list[list[Array]] = [[], [], []]
    for left, right in candidates(table.ids, keys):
        pairs = Pairs(table, left, right)
        total = np.full(len(left), weights.prior)
        for n, c in enumerate(order):
            total += _bits(c, pairs, weights)
            hope = total + sum(most[n + 1 :]) > FLOOR - _SURE
            if np.count_nonzero(hope) < _WORTH * len(hope):
                pairs, total = pairs.take(hope), total[hope]
        total = total.round(PLACES)
        kept = total > FLOOR
        found[0].append(pairs.left[kept].astype(np.int32))
        found[1].append(pairs.right[kept].astype(np.int32))
        found[2].append(total[kept])
    ids = table.ids
    del table
    left, right, bits = (
        _whole(column, kind) for column, kind in zip(found, (np.int32, np.int32, np.float64), strict=True)
    )
    return Likely(ids, left, right, bits)


def _whole(parts: list[Array], kind: type) -> Array:
    """The parts of a column in one; they are emptied."""
    import numpy as np

    whole = np.concatenate([np.empty(0, kind), *parts])
    parts.clear()
    return whole


def _bits(comparison: Comparison, pairs: Pairs, weights: Weights) -> Array:
    import numpy as np

    bits = np.array([*(weights.of(comparison, level) for level in comparison.levels), 0.0])
    found: Array = bits[levels(comparison, pairs)]  # the last for -1: silence weighs nothing
    return found


def candidates(
    ids: Sequence[str], keys: Mapping[str, tuple[str, ...]], at_once: int = _AT_ONCE
) -> Iterator[tuple[Array, Array]]:
    """The pairs of ids that share a key, each once, by their places in ``ids`` (sorted), some millions at a time."""
    import numpy as np

    known: dict[str, int] = {}
    owner, key = array("i"), array("i")
    for n, id in enumerate(ids):
        for name in keys.get(id, ()):
            owner.append(n)
            key.append(known.setdefault(name, len(known)))
    if not owner:
        return
    owners, names = np.array(owner, dtype=np.int32), np.array(key, dtype=np.int32)
    del owner, key, known
    order = np.argsort(names, kind="stable")  # the owners come in order
    owners, names = owners[order], names[order]
    del order
    ends = np.append(np.flatnonzero(names[1:] != names[:-1]) + 1, len(names))
    follow = (np.repeat(ends, np.diff(ends, prepend=0)) - np.arange(1, len(names) + 1)).astype(np.int32)
    del names, ends  # what follows an entry in its block are its partners
    by_owner = np.argsort(owners, kind="stable").astype(np.int32)
    in_order = owners[by_owner]
    running = np.cumsum(follow[by_owner])
    at = 0
    while at < len(by_owner):
        before = running[at - 1] if at else 0
        end = int(np.searchsorted(running, before + at_once, side="right"))
        end = max(end, at + 1)
        # All entries of one account go together, so that no pair comes twice.
        end = int(np.searchsorted(in_order, in_order[end - 1], side="right"))
        entries = by_owner[at:end]
        at = end
        count = follow[entries]
        starts = np.repeat(entries + 1, count)
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        right = owners[starts + within]
        code = np.repeat(owners[entries].astype(np.int64), count) * len(ids) + right
        if len(code):
            code.sort()  # several times as fast as numpy's unique, which hashes
            code = code[np.append(True, code[1:] != code[:-1])]
            yield np.divmod(code, len(ids))

"""Which pairs of accounts are looked at: those that share a day and a country, a name, a rare word, or a rare number.

Each account has keys; accounts with a key in common are candidates. A key that too many share is cut into overlapping
stretches along a fixed order, or dropped where other keys cover it, so that the number of pairs grows with the number
of accounts, not with its square. Every engine pairs by the same keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tollbook.link.columns import Row

LARGEST = 60  # accounts that one key brings together
SHORTEST = 24  # accounts of a stretch of the most crowded keys: a day of a whole country, where finer keys do the work
_NEAR_DAYS = 2  # how far apart two reporters may put one event, for a key
_LONGEST = 10  # a longer period is no key

Keys = Mapping[str, tuple[str, ...]]


def block(rows: Sequence[Row], largest: int = LARGEST) -> dict[str, tuple[str, ...]]:
    """The keys of each account by its id, none shared by more than ``largest`` accounts (twice as many where cut)."""
    holders: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for key in set(_keys(row)):
            holders[key].append(row)
    keys: dict[str, list[str]] = {row.id: [] for row in rows}
    for key in sorted(holders):
        held = holders.pop(key)
        if len(held) < 2:
            continue
        if len(held) <= largest:
            for row in held:
                keys[row.id].append(key)
        elif not key.startswith(("w|", "d|*")):
            _cut(key, held, largest, keys)
    return {id: tuple(found) for id, found in keys.items()}


def _cut(key: str, held: list[Row], largest: int, keys: dict[str, list[str]]) -> None:
    """Overlapping stretches of a crowded block, neighbours in place, kind and number staying together."""
    held = sorted(held, key=_position)
    size = min(largest, max(SHORTEST, 4 * largest * largest // len(held)))
    half = size // 2
    for start in range(0, max(len(held) - half, 1), half):
        stretch = f"{key}|{start // half}"
        for row in held[start : start + size]:
            keys[row.id].append(stretch)


def _position(row: Row) -> tuple[str, str, int, int, str]:
    return (min(row.names, default=""), min(row.events, default=""), row.killed_low or 0, row.injured_low or 0, row.id)


def _keys(row: Row) -> Iterator[str]:
    area = row.country or "*"
    for day in _days(row):
        yield f"d|{area}|{day}"
        yield f"d|*|{day}"
        for cell in _cells(row):
            yield f"c|{cell}|{day}"
        for name in row.names:
            yield f"n|{name}|{day}"
    for word in {*row.words, *row.own}:
        if word.endswith("#1"):  # of two copies and more: rare, or said again and again
            yield f"w|{word}"
    for harm, low in (("k", row.killed_low), ("i", row.injured_low)):
        if low is not None and low >= 5 and row.first is not None:
            yield f"{harm}|{low}|{area}|{row.first // 15}"
            yield f"{harm}|{low}|{area}|{row.first // 15 + 1}"


def _days(row: Row) -> range:
    """Three-day steps that an account's days touch; without a date, the days when it was printed and just before."""
    if row.first is not None and row.last is not None:
        if row.last - row.first > _LONGEST:
            return range(0)
        return range((row.first - 1) // _NEAR_DAYS, (row.last + 1) // _NEAR_DAYS + 1)
    if row.published is not None:
        return range((row.published - 3) // _NEAR_DAYS, (row.published + 1) // _NEAR_DAYS + 1)
    return range(0)


def _cells(row: Row) -> Iterator[str]:
    """Half-degree squares around the point, a quarter of a degree to each side, so that near points share one."""
    if row.lat is None or row.lon is None:
        return
    for north in {round((row.lat - 0.25) * 2), round((row.lat + 0.25) * 2)}:
        for east in {round((row.lon - 0.25) * 2), round((row.lon + 0.25) * 2)}:
            yield f"{north},{east}"


def pairs(keys: Keys) -> list[tuple[str, str]]:
    """Every pair of ids that share a key, each once, the smaller id first, sorted.

    >>> pairs({"b": ("k",), "a": ("k", "j"), "c": ("j",)})
    [('a', 'b'), ('a', 'c')]
    """
    holders: dict[str, list[str]] = defaultdict(list)
    for id in sorted(keys):
        for key in keys[id]:
            holders[key].append(id)
    found: set[tuple[str, str]] = set()
    for held in holders.values():
        for n, one in enumerate(held):
            found.update((one, other) for other in held[n + 1 :])
    return sorted(found)

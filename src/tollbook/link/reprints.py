"""Documents that print one text, or one voice's words: reprints, excerpts, shared quotations.

Texts are compared by their runs of five words. MinHash finds, without comparing each with each, which texts share
enough of them; the share itself is then counted exactly. A. Z. Broder, "On the resemblance and containment of
documents" (1997). An excerpt counts: the share is of the shorter text.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

RUN = 5  # words of a shingle
REPRINT = 0.5  # share of the shorter text's runs from which it is a reprint
FEWEST = 12  # runs that a text needs: two alerts of one line are alike by accident
QUOTED = 7  # words from which a shared quotation is one voice's own words
_BANDS, _ROWS = 40, 2
_CROWDED = 40  # documents that share one band
_FEW = 60  # documents that are all compared
_HELD = 2_000  # texts whose runs are in hand
_WORD = re.compile(r"\w+")
_QUOTATION = re.compile(r"[\"“«]([^\"“”«»\n]{20,600})[\"”»]")

Pair = tuple[str, str]


def shingles(text: str) -> frozenset[int]:
    """The runs of five words of a text, hashed.

    >>> len(shingles("one two three four five six"))
    2
    """
    words = [w.lower() for w in _WORD.findall(text)]
    return frozenset(zlib.crc32(" ".join(words[n : n + RUN]).encode()) for n in range(len(words) - RUN + 1))


def resembling(texts: Mapping[str, str]) -> list[tuple[str, str, float]]:
    """Pairs of document ids of which the shorter text stands in the longer one by half, with that share; sorted."""
    runs = lru_cache(_HELD)(lambda id: shingles(texts[id]))
    result = []
    for one, other in _candidates(sorted(texts), runs):
        x, y = runs(one), runs(other)
        share = len(x & y) / min(len(x), len(y))
        if share >= REPRINT:
            result.append((one, other, round(share, 3)))
    return sorted(result)


def _candidates(ids: Sequence[str], runs: Callable[[str], frozenset[int]]) -> list[Pair]:
    """Pairs that are alike in some band of their MinHash signatures; few documents are all compared.

    Only the signatures are kept: the runs of a text take ten times the memory of the text.
    """
    if len(ids) > _FEW:
        known = {id: _signature(found) for id in ids if len(found := runs(id)) >= FEWEST}
        if len(known) > _FEW:
            return _banded(known)
        ids = list(known)
    ids = [id for id in ids if len(runs(id)) >= FEWEST]
    return [(a, b) for n, a in enumerate(ids) for b in ids[n + 1 :]]


def _banded(signatures: Mapping[str, Array]) -> list[Pair]:
    """The pairs of sorted ids whose signatures are equal in some band, sorted."""
    import numpy as np  # comes with spaCy

    ids, rows = list(signatures), np.stack(list(signatures.values()))
    found: set[Pair] = set()
    for band in range(_BANDS):
        mine = rows[:, band * _ROWS : (band + 1) * _ROWS]
        order = np.lexsort(mine.T)
        edges = np.flatnonzero((mine[order[1:]] != mine[order[:-1]]).any(axis=1)) + 1
        for start, end in zip([0, *edges.tolist()], [*edges.tolist(), len(ids)], strict=True):
            if end - start > 1:
                held = [ids[n] for n in order[start : min(end, start + _CROWDED)].tolist()]
                found.update((one, other) for n, one in enumerate(held) for other in held[n + 1 :])
    return sorted(found)


def _signature(runs: frozenset[int]) -> Array:
    import numpy as np

    factors, offsets = _seeds()
    values = np.fromiter(runs, dtype=np.uint64, count=len(runs))
    mixed = values[:, None] * factors[None, :] + offsets[None, :]  # modulo 2**64, the high half is well mixed
    least: Array = (mixed >> np.uint64(32)).min(axis=0).astype(np.uint32)
    return least


@cache
def _seeds() -> tuple[Array, Array]:
    import numpy as np

    names = range(_BANDS * _ROWS)
    factors = np.array([zlib.crc32(f"a{n}".encode()) * 2 + 1 for n in names], dtype=np.uint64)
    return factors, np.array([zlib.crc32(f"b{n}".encode()) for n in names], dtype=np.uint64)


def quotations(text: str) -> frozenset[str]:
    """The longer quotations of a text, folded: somebody's own words, which two reports have from one voice."""
    found = set()
    for match in _QUOTATION.finditer(text):
        words = [w.lower() for w in _WORD.findall(match[1])]
        if len(words) >= QUOTED:
            found.add(" ".join(words))
    return frozenset(found)


def sharing_quotations(texts: Mapping[str, str]) -> list[Pair]:
    """Pairs of documents that hold one quotation word for word, sorted."""
    holders: dict[str, list[str]] = defaultdict(list)
    for id in sorted(texts):
        for words in quotations(texts[id]):
            holders[words].append(id)
    return sorted(
        {(a, b) for held in holders.values() for n, a in enumerate(held[:_CROWDED]) for b in held[n + 1 : _CROWDED]}
    )


def families(ids: Iterable[str], pairs: Iterable[Sequence[object]]) -> dict[str, str]:
    """For each document the smallest id among the documents it is tied to, directly or through others.

    >>> families(["a", "b", "c"], [("b", "a", 0.9)])
    {'a': 'a', 'b': 'a', 'c': 'c'}
    """
    root = {id: id for id in ids}

    def find(id: str) -> str:
        while root[id] != id:
            root[id] = root[root[id]]
            id = root[id]
        return id

    for pair in pairs:
        one, other = str(pair[0]), str(pair[1])
        if one in root and other in root:
            low, high = sorted((find(one), find(other)))
            root[high] = low
    return {id: find(id) for id in root}

"""The scores of many pairs as three columns instead of a dictionary: sixteen bytes a pair, not two hundred.

Clusters are made from the columns themselves. In a war's worst month likely pairs tie most accounts to each other
through others, so what is tied together is no part that could be held as objects.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

Pair = tuple[str, str]
Met = tuple[int, int, float]  # two accounts by their places, and the bits of the pair

_AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two accounts, each by the first of its claims, that may be of one incident and were left apart."""

    one: str
    other: str
    bits: float


class Likely(Mapping[Pair, float]):
    """Bits by pair of ids. ``ids`` are sorted, ``left`` and ``right`` are places among them, the pairs are in order."""

    __slots__ = ("bits", "ids", "left", "right")

    def __init__(self, ids: Sequence[str], left: Array, right: Array, bits: Array) -> None:
        self.ids, self.left, self.right, self.bits = ids, left, right, bits

    @classmethod
    def gathered(cls, ids: Iterable[str], scored: Iterable[tuple[Pair, float]]) -> Likely:
        """Of pairs that come one at a time, each once, in any order, the smaller id first."""
        import numpy as np

        known = sorted(ids)
        place = {id: n for n, id in enumerate(known)}
        left, right, bits = array("i"), array("i"), array("d")
        for (one, other), value in scored:
            left.append(place[one])
            right.append(place[other])
            bits.append(value)
        columns = np.array(left, np.int32), np.array(right, np.int32), np.array(bits, np.float64)
        order = np.lexsort((columns[1], columns[0]))
        return cls(known, *(column[order] for column in columns))

    def __len__(self) -> int:
        return len(self.bits)

    def __iter__(self) -> Iterator[Pair]:
        for one, other in zip(self.left, self.right, strict=True):
            yield self.ids[one], self.ids[other]

    def __getitem__(self, pair: Pair) -> float:
        import numpy as np

        one, other = map(self._place, pair)
        if one is not None and other is not None:
            start, end = np.searchsorted(self.left, (one, one + 1))
            at = start + np.searchsorted(self.right[start:end], other)
            if at < end and self.right[at] == other:
                return float(self.bits[at])
        raise KeyError(pair)

    def around(self, ids: Sequence[str], least: float, most: float) -> Columns:
        """The pairs by account, no bits under or over these. ``ids``: those that are known here."""
        if ids != self.ids:
            raise ValueError("these are other accounts than those whose pairs were scored")
        return Columns(self, least, most)

    def apart(self, clusters: Iterable[Sequence[str]], least: float) -> Doubts:
        """The pairs over ``least`` bits whose accounts are in different clusters, the likeliest first."""
        import numpy as np

        number = {id: n for n, members in enumerate(clusters) for id in members}
        group = np.fromiter((number.get(id, -1) for id in self.ids), np.int32, len(self.ids))
        del number
        chosen = np.flatnonzero((self.bits > least) & (group[self.left] != group[self.right]))
        chosen = chosen[np.argsort(-self.bits[chosen], kind="stable")]
        return Doubts(self.ids, self.left[chosen], self.right[chosen], self.bits[chosen])

    def _place(self, id: str) -> int | None:
        at = bisect_left(self.ids, id)
        return at if at < len(self.ids) and self.ids[at] == id else None


class Columns:
    """The pairs of each account, without an object for each pair: twelve bytes a pair besides the scores."""

    __slots__ = ("_back", "_backward", "_bits", "_forward", "_left", "_right")

    def __init__(self, likely: Likely, least: float, most: float) -> None:
        import numpy as np

        self._left, self._right = likely.left, likely.right
        self._bits = np.clip(likely.bits, least, most)
        places = np.arange(len(likely.ids) + 1)
        self._forward: list[int] = np.searchsorted(self._left, places).tolist()
        self._back = np.argsort(self._right, kind="stable").astype(np.int32)
        self._backward: list[int] = np.concatenate(
            ([0], np.cumsum(np.bincount(self._right, minlength=len(likely.ids))))
        ).tolist()

    def of(self, n: int) -> list[tuple[int, float]]:
        """The accounts that are paired with one, in order, and the bits of each pair."""
        before = self._back[self._backward[n] : self._backward[n + 1]]
        start, end = self._forward[n], self._forward[n + 1]
        others = self._left[before].tolist() + self._right[start:end].tolist()
        bits = self._bits[before].tolist() + self._bits[start:end].tolist()
        return list(zip(others, bits, strict=True))

    def over(self, threshold: float) -> Iterator[Met]:
        """The pairs over a threshold, the likeliest first, then in order."""
        import numpy as np

        chosen = np.flatnonzero(self._bits > threshold).astype(np.int32)
        chosen = chosen[np.argsort(-self._bits[chosen], kind="stable")]
        for start in range(0, len(chosen), _AT_ONCE):
            some = chosen[start : start + _AT_ONCE]
            columns = (self._left[some].tolist(), self._right[some].tolist(), self._bits[some].tolist())
            yield from zip(*columns, strict=True)


class Beside:
    """The same of few pairs, without numpy."""

    __slots__ = ("_beside",)

    def __init__(self, pairs: Iterable[Met], least: float, most: float) -> None:
        self._beside: dict[int, list[tuple[int, float]]] = {}
        for one, other, bits in pairs:
            bits = min(max(bits, least), most)
            self._beside.setdefault(one, []).append((other, bits))
            self._beside.setdefault(other, []).append((one, bits))

    def of(self, n: int) -> list[tuple[int, float]]:
        """As of :class:`Columns`, in no order."""
        return self._beside.get(n, [])

    def over(self, threshold: float) -> Iterator[Met]:
        """As of :class:`Columns`, rounded as whatever supports a join is."""
        chosen = [
            (one, other, rounded)
            for one, met in self._beside.items()
            for other, bits in met
            if one < other and (rounded := round(bits, 6)) > threshold
        ]
        return iter(sorted(chosen, key=lambda met: (-met[2], met[0], met[1])))


Around = Columns | Beside


class Doubts(Sequence[Doubt]):
    """Pairs for review, each made when it is asked for."""

    __slots__ = ("_bits", "_ids", "_left", "_right")

    def __init__(self, ids: Sequence[str], left: Array, right: Array, bits: Array) -> None:
        self._ids, self._left, self._right, self._bits = ids, left, right, bits

    def __len__(self) -> int:
        return len(self._bits)

    @overload
    def __getitem__(self, at: int) -> Doubt: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Doubt]: ...

    def __getitem__(self, at: int | slice) -> Doubt | Sequence[Doubt]:
        if isinstance(at, slice):
            return Doubts(self._ids, self._left[at], self._right[at], self._bits[at])
        return Doubt(self._ids[self._left[at]], self._ids[self._right[at]], float(self._bits[at]))

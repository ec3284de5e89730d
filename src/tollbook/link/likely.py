"""The scores of many pairs as three columns instead of a dictionary: sixteen bytes a pair, not two hundred.

Clusters are made of one part of them after the other: no incident reaches beyond the accounts that likely pairs tie
together, so one part is all that has to be held as objects at a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

Pair = tuple[str, str]
Scored = tuple[Pair, float]

_ROUNDED = 1e-5  # bits: more than rounding lifts a mean over the largest of what it is the mean of
_AT_ONCE = 1_000_000


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

    def parts(self, without: Collection[str], same: Iterable[Pair], threshold: float) -> Iterator[Iterator[Scored]]:
        """The pairs of accounts that likely pairs, or what people called the ``same``, tie together, group by group.

        What joins two clusters is no more than their likeliest pair, so no join is missed. ``without``: accounts that
        take no part.
        """
        import numpy as np

        inside = ~self._flags(without)
        inside = inside[self.left] & inside[self.right]
        strong = np.flatnonzero(inside & (self.bits > threshold - _ROUNDED))
        group = self._tied(strong, same)
        held = np.flatnonzero(inside & (group[self.left] == group[self.right]))
        held = held[np.argsort(group[self.left[held]], kind="stable")]
        edges = np.flatnonzero(np.diff(group[self.left[held]])) + 1
        for start, end in zip([0, *edges.tolist()], [*edges.tolist(), len(held)], strict=True):
            if start < end:
                yield self._items(held[start:end])

    def of(self, ids: Collection[str]) -> dict[Pair, float]:
        """The pairs of which at least one is among these."""
        import numpy as np

        flags = self._flags(ids)
        return dict(self._items(np.flatnonzero(flags[self.left] | flags[self.right])))

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

    def _flags(self, ids: Iterable[str]) -> Array:
        import numpy as np

        flags = np.zeros(len(self.ids), dtype=bool)
        flags[[at for id in ids if (at := self._place(id)) is not None]] = True
        return flags

    def _tied(self, strong: Array, same: Iterable[Pair]) -> Array:
        """For each id the number of its group: union-find over the strong pairs and what people called the same."""
        import numpy as np

        root = list(range(len(self.ids)))

        def tie(one: int, other: int) -> None:
            while root[one] != one:
                root[one] = one = root[root[one]]
            while root[other] != other:
                root[other] = other = root[root[other]]
            root[max(one, other)] = min(one, other)

        for pair in same:
            one, other = map(self._place, pair)
            if one is not None and other is not None:
                tie(one, other)
        for start in range(0, len(strong), _AT_ONCE):
            some = strong[start : start + _AT_ONCE]
            for x, y in zip(self.left[some].tolist(), self.right[some].tolist(), strict=True):
                tie(x, y)
        for n, above in enumerate(root):  # a root is the smallest of its group, so what is above is already right
            root[n] = root[above]
        return np.array(root, dtype=np.int32)

    def _items(self, chosen: Array) -> Iterator[Scored]:
        ids = self.ids
        for start in range(0, len(chosen), _AT_ONCE):
            some = chosen[start : start + _AT_ONCE]
            columns = (self.left[some].tolist(), self.right[some].tolist(), self.bits[some].tolist())
            for one, other, bits in zip(*columns, strict=True):
                yield (ids[one], ids[other]), bits


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

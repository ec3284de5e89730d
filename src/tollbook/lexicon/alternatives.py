"""Long lists of words as one pattern that looks at each letter once, instead of trying word after word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_OPENS = re.compile(r"([a-z])(?![?*+{])(.*)", re.DOTALL)
_OPENS_EITHER = re.compile(r"\(\?:((?:[^()\\]|\\\w)+)\)(?![?*+{])(.*)", re.DOTALL)


def either(patterns: Iterable[str], depth: int = 3) -> str:
    """A pattern for any of some patterns in lower case, grouped by their first letters.

    Whether it matches somewhere is the same as for ``"|".join``; which one matches first may not be.

    >>> either(["killed", "killing", "k[i1]lled", "(?:ki|mu)dnap"], depth=2)
    '(?:k(?:i(?:lled|lling|dnap)|[i1]lled)|mudnap)'
    """
    groups: dict[str, list[str]] = {}
    others: list[str] = []
    for pattern in _each(patterns):
        opens = _OPENS.fullmatch(pattern)
        if opens is None or depth == 0 or _splits(pattern):
            others.append(pattern)
        else:
            groups.setdefault(opens[1], []).append(opens[2])
    branches = [letter + (either(rest, depth - 1) if len(rest) > 1 else rest[0]) for letter, rest in groups.items()]
    return f"(?:{'|'.join([*branches, *others])})"


def _each(patterns: Iterable[str]) -> Iterator[str]:
    """The patterns, one for each alternative that any begins with ("(?:ki|mu)dnap"): left together it would be tried
    at every word."""
    for pattern in patterns:
        opens = _OPENS_EITHER.fullmatch(pattern)
        if opens is None or _splits(pattern):
            yield pattern
        else:
            yield from (start + opens[2] for start in opens[1].split("|"))


def _splits(pattern: str) -> bool:
    """Whether a pattern is alternatives by itself ("a|b")."""
    depth = 0
    for sign in pattern:
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "|" and depth == 0:
            return True
    return False

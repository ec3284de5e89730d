"""Where many names stand in a text that is gone through once.

A search for each name goes through the text once a name: within a report of a few that is nothing, on a page of
thousands it is all the time there is. Here a name is looked up by the word that it begins with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Group 1 is the word that a name may begin with, and the match ends before it.
_ANYWHERE = re.compile(r"\b(?=(\w*))")
_WORD = re.compile(r"\w*")
_EDGE = re.compile(r"\b")


def standing(text: str, names: Iterable[str], behind: re.Pattern[str] = _ANYWHERE) -> dict[str, list[int]]:
    r"""Where each name stands as words of their own, in order; what ``re.finditer(rf"\b{re.escape(name)}\b", text)``
    finds. ``behind``: only where this pattern ends, whose group 1 looks ahead at the word that begins there.

    >>> standing("The Falcons of Ruva met. Falconsville is in Ruva.", ["Falcons", "Ruva", "Falcons of Ruva"])
    {'Falcons': [4], 'Ruva': [15, 44], 'Falcons of Ruva': [4]}
    """
    found: dict[str, list[int]] = {name: [] for name in names}
    lengths: dict[str, set[int]] = {}
    for name in found:
        if first := _WORD.match(name):  # always: it may be empty
            lengths.setdefault(first[0], set()).add(len(name))
    for match in behind.finditer(text) if found else ():
        start = match.end()
        for length in lengths.get(match[1], ()):
            starts = found.get(text[start : start + length])
            if starts is None or not _EDGE.match(text, start + length):
                continue
            if not starts or start >= starts[-1] + length:
                starts.append(start)
    return found

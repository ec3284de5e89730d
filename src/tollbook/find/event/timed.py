"""The time that parts a verb of violence from who did it: "massacred in the night from Sunday to Monday by X"."""

from __future__ import annotations

import re

_TIME = re.compile(
    r"(?i)(?:\s(?:in|on|at|during|from|to|and|of|the|early|late|overnight|hours?|dawn|dusk|morning|afternoon|evening|"
    r"night|midnight|yesterday|today|last|this|\w+day|\d{1,4}|january|february|march|april|may|june|july|august|"
    r"september|october|november|december),?){1,12}\Z"
)
_NAMES_TIME = re.compile(r"(?i)day\b|night|morning|evening|afternoon|dawn|dusk|\d|overnight")


def without_time(words: str) -> str:
    """The words before "by", without the time that they end with.

    >>> without_time("were shot early on 3 May")
    'were shot'
    """
    timed = _TIME.search(words)
    return words[: timed.start()] if timed and _NAMES_TIME.search(timed[0]) else words

"""Whether people came to a place to attack it: "gunmen in canoes attacked the island", "an attack by men on a town".

Whoever storms a village shoots, stabs and burns there; the words for that are means, and what happened is an attack on
the ground.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from tollbook import lexicon
from tollbook.lexicon.phrases import Word

_ENDS = re.compile(r"[.!?;:]\s|\n")
_FROM_AFAR = (
    "airstrike",
    "drone_strike",
    "missile_strike",
    "shelling",
    "bombing",
    "suicide_bombing",
    "chemical_attack",
)
_WHO_BEFORE = 5  # words
_OF_WHOM = 8
_WHAT = 4
_ON_WHAT = 9
_ON = frozenset({"on", "upon", "against"})


@cache
def _set(key: str) -> frozenset[str]:
    found: Any = lexicon.load("events")["assault"][key]
    return frozenset(found)


@cache
def _blasts() -> frozenset[str]:
    """Words for what comes from afar or blows up: beside one of them an attack is one with it."""
    strong: Any = lexicon.load("events")["strong"]
    return _set("blasts") | {phrase.lower() for kind in _FROM_AFAR for phrase in strong[kind] if " " not in phrase}


def is_assault(text: str, words: tuple[Word, ...], first: int, last: int) -> bool:
    """Whether the event word, from word ``first`` to before ``last``, has people for its doers and a place for its aim.

    >>> from tollbook.lexicon.phrases import split
    >>> [is_assault(t, split(t), 1, 2) for t in ("Militants attacked a village.", "Jets attacked a village.")]
    [True, False]
    """
    key = words[first].key
    if key in _set("verbs"):
        before, after = _near(text, words, first - _WHO_BEFORE, last + _WHAT, (first, last))
        if _any(before, "who") and _any(after, "what") and not _from_afar(text, words, last):
            return True
    if key not in _set("nouns"):
        return False
    before, after = _near(text, words, first - _OF_WHOM, last + _ON_WHAT, (first, last))
    on = next((k for k, w in enumerate(after) if w.key in _ON), None)
    if on is None or not _any(after[on:], "what") or not (_any(before, "who") or _any(after, "who")):
        return False
    return not any(w.key in _blasts() for w in (*before, *after))


def _from_afar(text: str, words: tuple[Word, ...], last: int) -> bool:
    """ "Militants attacked the convoy with a roadside bomb": what came of it is the bomb's."""
    _, after = _near(text, words, last, last + _ON_WHAT, (last, last))
    by = next((k for k, w in enumerate(after) if w.key in ("using", "with")), None)
    return by is not None and any(w.key in _blasts() for w in after[by + 1 : by + 4])


def _any(words: tuple[Word, ...], key: str) -> bool:
    return any(w.key in _set(key) for w in words)


def _near(
    text: str, words: tuple[Word, ...], start: int, end: int, own: tuple[int, int]
) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """The words before and after that stand in the same sentence."""
    before, after = words[max(0, start) : own[0]], words[own[1] : end]
    here, there = words[own[0]].start, words[own[1] - 1].end
    return (
        tuple(w for w in before if _ENDS.search(text, w.end, here) is None),
        tuple(w for w in after if _ENDS.search(text, there, w.start) is None),
    )


_GUNS = r"(?:ak-?47s?|firearms|(?:[\w-]+ )?guns?|kalashnikovs?|(?:[\w-]+ )?rifles?)"
_THEN_GUNS = re.compile(rf",?(?: (?:and|or)|,) {_GUNS}\b", re.IGNORECASE)
_AFTER_GUNS = re.compile(rf"\b{_GUNS},?(?: (?:and|or)|,) (?:\w+ )?\Z", re.IGNORECASE)


def beside_guns(text: str, start: int, end: int) -> bool:
    """Whether the blades that stand here are one weapon beside guns: neither says alone how people died.

    >>> text = "men with rifles and machetes"
    >>> beside_guns(text, 20, 28), beside_guns("men with machetes", 9, 17)
    (True, False)
    """
    after = _THEN_GUNS.match(text, end, end + 40) is not None
    return after or _AFTER_GUNS.search(text, max(0, start - 40), start) is not None


_SHOTS = (
    r"(?:fir(?:ed|ing)|open(?:ed|ing) (?:\w+ )?fire|shoot(?:ing)?|shot|gunfire|"
    r"spray(?:ed|ing) (?:\w+ )?(?:bullets|with))\b"
)
_GRENADES = re.compile(r"(?:hand )?grenades?", re.IGNORECASE)
_THEN_SHOTS = re.compile(rf"[^.;,\n]{{0,40}}?,? (?:and|before|then|while) (?:\w+ ){{0,2}}?{_SHOTS}", re.IGNORECASE)
_AFTER_SHOTS = re.compile(
    rf"\b{_SHOTS}[^.;,\n]{{0,40}},? (?:and|while) (?:\w+ )?(?:hurl|lobb?|throw|threw|toss)\w* (?:\w+ )?\Z",
    re.IGNORECASE,
)


def beside_shots(text: str, start: int, end: int) -> bool:
    """Whether the grenades that stand here were thrown by people who fired as well: an attack on the ground.

    >>> text = "They hurled grenades and opened fire on the camp."
    >>> beside_shots(text, 12, 20), beside_shots("They hurled grenades.", 12, 20)
    (True, False)
    """
    if not _GRENADES.fullmatch(text, start, end):
        return False
    then = _THEN_SHOTS.match(text, end, end + 90) is not None
    return then or _AFTER_SHOTS.search(text, max(0, start - 110), start) is not None

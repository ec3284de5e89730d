"""Deaths by accident, disease or disaster, and harm in figures of speech, are no claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

from tollbook import lexicon
from tollbook.lexicon.alternatives import either
from tollbook.lexicon.phrases import Table, entry, lower, spells, table, words_of

_AROUND = 700  # code points: what a sentence that says nothing of it is judged by first
_DOCUMENT = 20_000  # code points: beyond them a long document is about something else
_KINDS = ("violent", "signs", "other", "figures", "topics", "hard", "conflict")

# Where words of each kind stand in a text, and which they are.
_Marks = dict[str, tuple[list[int], list[str]]]


def is_violence(sentence: str, document: str) -> bool:
    """Whether harm told in ``sentence`` was done by violence, judged by its words, its paragraph's, its document's.

    >>> is_violence("Three people died when the bus overturned.", "")
    False
    >>> is_violence("Three people died in the shelling.", "")
    True
    >>> is_violence("We got murdered.", "The striker scored after the break. We got murdered. A cruel league.")
    False
    """
    at = document.find(sentence)
    text = document if at >= 0 else sentence
    start, end = max(at, 0), max(at, 0) + len(sentence)
    marks = _marks(text)

    def count(kind: str, a: int, b: int) -> int:
        places = marks[kind][0]
        return bisect_left(places, b) - bisect_left(places, a)

    if count("figures", start, end) or _is_figure(marks, start, end):
        return False
    violent, other = count("violent", start, end), count("other", start, end)
    if violent and other and _is_mishap(marks, text, start, end):
        return False
    if violent and violent >= other:
        return True
    if other > violent:
        return False
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    paragraph = (max(first, start - 5000), last if 0 <= last < end + 5000 else end + 5000)
    if count("other", *paragraph) > count("violent", *paragraph) + 1:
        return False
    whole = marks if at >= 0 else _marks(document)
    return _before(whole, "violent", _DOCUMENT) >= _before(whole, "other", _DOCUMENT)


def _is_mishap(marks: _Marks, text: str, start: int, end: int) -> bool:
    """ "Six soldiers were killed when their lorry overturned": the only words of violence say who they were."""
    if any(word not in _listed("parties") for word in _words_in(marks, "violent", start, end)):
        return False
    told = set(_words_in(marks, "other", start, end))
    if not told.isdisjoint(_listed("mishaps")):
        return True
    flew = "crashed" in told and _AIRCRAFT.search(text, start, end) is not None
    return flew and _DOWNED.search(text, max(0, start - _AROUND), end + _AROUND) is None


_AIRCRAFT = re.compile(r"\b(?:aircraft|helicopter|jet|plane)s?\b", re.IGNORECASE)
_DOWNED = re.compile(r"\b(?:downed|shoot(?:ing)? down|shot (?:\w+ )?down|brought (?:\w+ )?down)\b", re.IGNORECASE)


@cache
def _listed(kind: str) -> frozenset[str]:
    return frozenset(lexicon.words("violence", kind))


def _words_in(marks: _Marks, kind: str, start: int, end: int) -> list[str]:
    places, words = marks[kind]
    return words[bisect_left(places, start) : bisect_left(places, end)]


def is_told_otherwise(sentence: str) -> bool:
    """Whether a sentence says by itself that the harm in it is none by violence, whatever stands around it.

    >>> is_told_otherwise("Three people died when the bus overturned."), is_told_otherwise("Three people died.")
    (True, False)
    """
    marks = _marks(sentence)
    return bool(marks["figures"][0]) or len(marks["other"][0]) > len(marks["violent"][0])


def is_violent(sentence: str) -> bool:
    """Whether a word of violence stands in a sentence.

    >>> is_violent("Four died when fire swept the hotel."), is_violent("Four died when shells set the hotel on fire.")
    (False, True)
    """
    return bool(_marks(sentence)["violent"][0])


def is_peaceful(document: str) -> bool:
    """Whether no word of violence and none of people harmed stands in a document: who died in it died in bed, for all
    that it says.

    >>> is_peaceful("Ada Loft, a former mayor, has died at 79."), is_peaceful("Ada Loft has died of her wounds.")
    (True, False)
    """
    marks = _marks(document)
    return _before(marks, "violent", _DOCUMENT) == _before(marks, "signs", _DOCUMENT) == 0


def is_of_conflict(document: str) -> bool:
    """Whether a document has a word of war, unrest or armed parties; in one without, arrests are a court matter.

    >>> is_of_conflict("Police arrested 14 in the night for drunken driving."), is_of_conflict("The army arrested 14.")
    (False, True)
    """
    return _before(_marks(document), "conflict", _DOCUMENT) > 0


def _before(marks: _Marks, kind: str, end: int) -> int:
    return bisect_left(marks[kind][0], end)


def _is_figure(marks: _Marks, start: int, end: int) -> bool:
    """ "We got murdered" between goals and league tables: a game, a market or a film, and no hospital in sight."""
    topics = _distinct(marks, "topics", start - _AROUND, end + _AROUND)
    if topics < 3 or _distinct(marks, "hard", start, end):
        return False
    return topics > 2 * _distinct(marks, "hard", start - _AROUND, end + _AROUND)


def _distinct(marks: _Marks, kind: str, start: int, end: int) -> int:
    return len(set(_words_in(marks, kind, start, end)))


@lru_cache(maxsize=4)
def _marks(text: str) -> _Marks:
    """Every word of the lists in a text; the last few texts are kept, because each sentence of one asks."""
    phrases, longest = _table()
    found: _Marks = {kind: ([], []) for kind in _KINDS}
    until = dict.fromkeys(_KINDS, 0)
    for match in _first().finditer(lower(text)):
        start, entries = match.start(), phrases[match[0]]
        stretch = text[start : match.end() if len(entries[0].words) == 1 else start + longest]
        words = words_of(stretch)
        for e in entries:
            if start >= until[e.sort] and spells(stretch, words, 0, e):
                until[e.sort] = start + words[len(e.words) - 1].end
                found[e.sort][0].append(start)
                found[e.sort][1].append(e.value)
    return found


@cache
def _table() -> tuple[Table, int]:
    """The phrases, and how many characters the longest may take."""
    listed = [(phrase, kind) for kind in _KINDS for phrase in lexicon.words("violence", kind)]
    longest = max(len(phrase) + 3 * phrase.count(" ") for phrase, _ in listed)
    return table(entry(phrase.lower(), kind, phrase) for phrase, kind in listed), longest


@cache
def _first() -> re.Pattern[str]:
    """Any word that a phrase begins with; one that none is alone ("in"), before the second word of one."""
    begins = []
    for word, entries in _table()[0].items():
        seconds = {e.words[1] for e in entries if len(e.words) > 1}
        alone = len(seconds) == 0 or any(len(e.words) == 1 for e in entries)
        then = "" if alone else rf"(?=[\W_]{{1,3}}{either(map(re.escape, sorted(seconds)))}(?![^\W_]))"
        begins.append(rf"{re.escape(word)}(?![^\W_]){then}")
    return re.compile(rf"(?<![^\W_])(?=[^\W\d_]){either(begins, depth=6)}")

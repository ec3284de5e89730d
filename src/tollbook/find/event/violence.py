"""Deaths by accident, disease or disaster, and harm in figures of speech, are no claims."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache, lru_cache

from tollbook import lexicon
from tollbook.lexicon.phrases import Table, Word, entry, spells, split, table, words_of

_AROUND = 700  # code points: what a sentence that says nothing of it is judged by first
_DOCUMENT = 20_000  # code points: beyond them a long document is about something else
_KINDS = ("violent", "other", "figures", "topics", "hard")

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


def is_told_otherwise(sentence: str) -> bool:
    """Whether a sentence says by itself that the harm in it is none by violence, whatever stands around it.

    >>> is_told_otherwise("Three people died when the bus overturned."), is_told_otherwise("Three people died.")
    (True, False)
    """
    marks = _marks_of(sentence)
    return bool(marks["figures"][0]) or len(marks["other"][0]) > len(marks["violent"][0])


def _before(marks: _Marks, kind: str, end: int) -> int:
    return bisect_left(marks[kind][0], end)


def _is_figure(marks: _Marks, start: int, end: int) -> bool:
    """ "We got murdered" between goals and league tables: a game, a market or a film, and no hospital in sight."""
    topics = _distinct(marks, "topics", start - _AROUND, end + _AROUND)
    if topics < 3 or _distinct(marks, "hard", start, end):
        return False
    return topics > 2 * _distinct(marks, "hard", start - _AROUND, end + _AROUND)


def _distinct(marks: _Marks, kind: str, start: int, end: int) -> int:
    places, words = marks[kind]
    return len(set(words[bisect_left(places, start) : bisect_left(places, end)]))


@lru_cache(maxsize=4)
def _marks(text: str) -> _Marks:
    """Every word of the lists in a text; the last few texts are kept, because each sentence of one asks."""
    return _found(text, split(text))


def _marks_of(sentence: str) -> _Marks:
    """The same of a stretch that is asked about once."""
    return _found(sentence, words_of(sentence))


def _found(text: str, words: tuple[Word, ...]) -> _Marks:
    phrases = _table()
    found: _Marks = {kind: ([], []) for kind in _KINDS}
    until = dict.fromkeys(_KINDS, 0)
    for i, w in enumerate(words):
        if w.key not in phrases:  # most words
            continue
        for e in phrases[w.key]:
            if w.start >= until[e.sort] and spells(text, words, i, e):
                until[e.sort] = words[i + len(e.words) - 1].end
                found[e.sort][0].append(w.start)
                found[e.sort][1].append(e.value)
    return found


@cache
def _table() -> Table:
    return table(entry(phrase.lower(), kind, phrase) for kind in _KINDS for phrase in lexicon.words("violence", kind))

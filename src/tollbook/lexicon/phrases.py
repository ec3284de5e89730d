"""Many phrases looked up in a text at once.

A phrase is found by its first word, the longest first: the time is linear in the text whatever the number of phrases.
Words are folded: lower case, no accents, no full stops ("U.S." is "us"); hyphens and apostrophes separate words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

_WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_](?!\w)\.?|[^\W_]+")
_BETWEEN = frozenset(" \t\n-–‑'’`\"“”&/\u00a0")
_COMMON = frozenset({" ", "-", "'", "’"})


class Word(NamedTuple):
    """A word as written, folded, and where it stands.

    A tuple, because a text has hundreds and a frozen dataclass takes three times as long to make.
    """

    raw: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase: its folded words, the case of each (``U`` capitals, ``C`` a capital, ``-`` any), what it means."""

    words: tuple[str, ...]
    case: str
    sort: str
    value: Any


Table = dict[str, list[Entry]]


@lru_cache(maxsize=65536)
def fold(raw: str) -> str:
    """Lower case, without accents and full stops.

    >>> fold("U.S."), fold("Türkiye")
    ('us', 'turkiye')
    """
    if not raw.isascii():
        raw = "".join(c for c in unicodedata.normalize("NFKD", raw) if not unicodedata.combining(c))
    return raw.replace(".", "").lower()


def lower(text: str) -> str:
    """In lower case, each letter where it stood: "İ" has two in lower case, and stays.

    >>> lower("3 JUNE"), len(lower("İDLİB"))
    ('3 june', 5)
    """
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=4)
def split(text: str) -> tuple[Word, ...]:
    """The words of a text, abbreviations with their full stops. The last few texts are kept: several finders ask.

    >>> [w.key for w in split("the U.S.-led raid")]
    ['the', 'us', 'led', 'raid']
    """
    return words_of(text)


def words_of(text: str) -> tuple[Word, ...]:
    """Like ``split``, for a stretch that nobody asks for twice."""
    return tuple([Word(m[0], fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)])


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether only spaces, hyphens, quotation marks and the like stand between two words, and no more than three."""
    gap = text[left.end : right.start]
    return gap in _COMMON or (len(gap) <= 3 and all(c in _BETWEEN for c in gap) and gap.count("\n") < 2)


def _case(word: str, single: bool) -> str:
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "U"
    return "C" if single and word[:1].isupper() else "-"


def entry(phrase: str, sort: str, value: Any) -> Entry:
    """A phrase that wants capitals where it has them: a word all in capitals, or a single word beginning with one."""
    raw = [w.raw for w in split(phrase)]
    return Entry(tuple(fold(w) for w in raw), "".join(_case(w, len(raw) == 1) for w in raw), sort, value)


def table(entries: Iterable[Entry]) -> Table:
    """Entries by their first word, the longest first."""
    out: Table = {}
    for e in entries:
        out.setdefault(e.words[0], []).append(e)
    for group in out.values():
        group.sort(key=lambda e: -len(e.words))
    return out


def spells(text: str, words: tuple[Word, ...], i: int, e: Entry) -> bool:
    """Whether the words of ``e``, of which the first does, stand at word ``i``, whatever their case."""
    n = len(e.words)
    if n == 1:
        return True
    if i + n > len(words) or words[i + 1].key != e.words[1]:
        return False
    return all(words[i + k].key == e.words[k] and joined(text, words[i + k - 1], words[i + k]) for k in range(1, n))

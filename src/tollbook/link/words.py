"""The words by which one account is known from another: rare ones, weighted by how rare they are.

How rare a word is comes from the documents at hand and from a list of common English words that counts as eighty
further documents: so two reports alone can be compared, and with a thousand the list hardly matters. A name that is
no listed word also counts by its consonants, since one place is "al-Salakhana", "Salakhanah" and "as-Salakhana".
"""

from __future__ import annotations

import math
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from tollbook import lexicon

PRIOR = 80  # documents that the list of common words stands for
UNLISTED = 1 / 2000  # the share of texts that hold a word which is not on the list
KEPT = 60  # words kept of a text, the most telling ones
COPIES = 4.0  # bits of rarity that one copy of a word stands for

_WORD = re.compile(r"[^\W\d_][\w'’]*|\d{2,}")
ARTICLES = frozenset(lexicon.words("link", "articles"))
# In reports of this kind these say nothing, though English at large has them seldom.
_TRADE = frozenset(lexicon.words("link", "trade"))


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Lower case without accents, apostrophes or a possessive.

    >>> fold("Ḥudaydah’s")
    'hudaydah'
    """
    plain = unicodedata.normalize("NFKD", word).replace("’", "'").lower()
    plain = "".join(c for c in plain if not unicodedata.combining(c)).removesuffix("'s")
    return plain.replace("'", "")


@lru_cache(maxsize=200_000)
def once(values: frozenset[str]) -> frozenset[str]:
    """The same set as one object for all who hold it: of a million claims most say one of few things, or nothing.

    >>> once(frozenset({"shelling"})) is once(frozenset({"shelling"}))
    True
    """
    return values


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str | None:
    """The consonants of a folded name, by which spellings of one name meet; ``None`` where too few are left.

    >>> {skeleton(w) for w in ("salakhana", "salakhanah")}, skeleton("duraihimi") == skeleton("durayhimi")
    ({'slkhn'}, True)
    """
    bare = re.sub(r"[aeiouyw]|h$", "", re.sub(r"(.)\1", r"\1", word))
    return bare if len(bare) >= 3 else None


def bag(text: str) -> Counter[str]:
    """How often a text has the words that can tell it from another; ``~`` marks the consonants of an unlisted name.

    >>> sorted(bag("Mortars hit al-Salakhana"))
    ['hit', 'mortars', 'salakhana', '~mrtrs', '~slkhn']
    """
    found: Counter[str] = Counter()
    for match in _WORD.finditer(text):
        word = match[0]
        plain = fold(word)
        if len(plain) < 2 or plain in _TRADE or plain in ARTICLES:
            continue
        found[plain] += 1
        if word[0].isupper() and plain not in _listed():
            bones = skeleton(plain)
            if bones:
                found["~" + bones] += 1
    return found


@cache
def _listed() -> Mapping[str, int]:
    table: Mapping[str, str] = lexicon.load("common")["bits"]
    return {word: int(bits) for bits, words in table.items() for word in words.split()}


def common(word: str) -> bool:
    """Whether a folded word is on the list of common English words.

    >>> common("following"), common("waleed")
    (True, False)
    """
    return word in _listed()


class Rarity:
    """How many bits a word is worth, learnt from the texts at hand on top of the list."""

    __slots__ = ("_documents", "_number")

    def __init__(self, documents: Iterable[Iterable[str]]) -> None:
        """``documents``: the words of each, see :func:`bag`."""
        self._documents: Counter[str] = Counter()
        self._number = 0
        for words in documents:
            self._documents.update(set(words))
            self._number += 1

    def bits(self, word: str) -> float:
        """-log2 of the share of documents that hold the word."""
        listed = _listed().get(word)
        prior = PRIOR * (2.0**-listed if listed is not None else UNLISTED)
        return -math.log2((self._documents[word] + prior) / (self._number + PRIOR))

    def telling(self, words: Mapping[str, int]) -> tuple[str, ...]:
        """The words that tell most, whether or not another document has them, in copies that are told apart, sorted.

        A word weighs its bits of rarity, more where it is said often; a copy stands for :data:`COPIES` of that. Of
        many reports the words are much of what is held, and a tuple takes far less than a set or a dictionary.
        """
        weighed = [(self.bits(w) * (1 + math.log(n)), w) for w, n in words.items()]
        weighed.sort(key=lambda x: (-x[0], x[1]))
        return tuple(
            sorted(sys.intern(f"{w}#{n}") for weight, w in weighed[:KEPT] for n in range(round(weight / COPIES)))
        )

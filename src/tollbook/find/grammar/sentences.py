"""A parsed passage as plain tuples, the form in which the grammar of this package reads it.

The parser is one witness of three: word order and the lexicons are the others, so the grammar wants cheap access to
words, tags and arcs by position rather than the parser's own objects.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from tollbook import lexicon
from tollbook.find.grammar.counts import find_counts
from tollbook.find.grammar.passages import Passage
from tollbook.records import Count
from tollbook.resources import nlp

if TYPE_CHECKING:
    from spacy.tokens import Doc


_AGE_BOUNDS = frozenset(["above", "below", "over", "under"])
_OF_AN_AGE = frozenset([
    "babies", "boy", "boys", "child", "children", "girl", "girls", "infants", "kids", "men", "minors", "persons",
    "pupils", "them", "those", "whom", "women", "youths",
])  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """A passage with its parse. Token positions are indexes; ``start(i)`` and ``end(i)`` are document offsets."""

    index: int
    passage: Passage
    doc: Doc

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The tokens in lower case."""
        return self._named("LOWER")

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Penn Treebank tags."""
        return self._named("TAG")

    @cached_property
    def deps(self) -> tuple[str, ...]:
        """ClearNLP dependency labels, as the English model names them."""
        return self._named("DEP")

    @cached_property
    def heads(self) -> tuple[int, ...]:
        """Index of each token's head; the root is its own head."""
        ahead = self.doc.to_array("HEAD").astype("int64")  # how far ahead the head stands; unsigned as it comes
        return tuple([i + n for i, n in enumerate(ahead.tolist())])

    @cached_property
    def _places(self) -> tuple[tuple[int, int], ...]:
        """Where each token starts and ends in the passage."""
        starts, lengths = self.doc.to_array("IDX").tolist(), self.doc.to_array("LENGTH").tolist()
        return tuple([(start, start + length) for start, length in zip(starts, lengths, strict=True)])

    def _named(self, attribute: str) -> tuple[str, ...]:
        """An attribute of all tokens. By the array: a token as an object costs more than all we want of it."""
        strings = self.doc.vocab.strings
        return tuple([strings[value] for value in self.doc.to_array(attribute).tolist()])

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """Indexes of each token's dependants, in order."""
        lists: list[list[int]] = [[] for _ in self.heads]
        for i, head in enumerate(self.heads):
            if head != i:
                lists[head].append(i)
        return tuple(map(tuple, lists))

    @cached_property
    def counts(self) -> tuple[tuple[int, int, Count], ...]:
        """Numbers of people as ``(first token, last token, Count in document offsets)``."""
        found = []
        for count in find_counts(self.passage.text):
            tokens = [i for i, (start, end) in enumerate(self._places) if start < count.end and end > count.start]
            if len(tokens) > 1 and self.words[tokens[-1]] == "+":
                tokens.pop()  # "40+ feared dead"
            if tokens and not self._is_age(tokens[0], tokens[-1]):
                shift = self.passage.start
                moved = Count(
                    count.text, count.start + shift, count.end + shift, count.low, count.high, count.qualifier
                )
                found.append((tokens[0], tokens[-1], moved))
        return tuple(found)

    def _is_age(self, first: int, last: int) -> bool:
        """ "three children under five", "one by one": no number of people."""
        if self.words[first] == "one" and self.words[first + 1 : first + 3] == ("by", "one"):
            return True  # "18,420 deaths, one by one"
        if first and self.words[first - 1] == "aged" and self.words[first] in ("between", "from"):
            return True  # "the slain were aged between 20 and 50"
        if self.words[first] not in _AGE_BOUNDS or not first or self.words[first - 1] not in _OF_AN_AGE:
            return False
        return self.tags[last + 1 : last + 2] not in (("NN",), ("NNS",))

    def start(self, token: int) -> int:
        """Document offset of the token's first character."""
        return self.passage.start + self._places[token][0]

    def end(self, token: int) -> int:
        """Document offset after the token's last character."""
        return self.passage.start + self._places[token][1]

    def between(self, start: int, end: int) -> range:
        """The tokens that stand, at least in part, between two document offsets."""
        base = self.passage.start
        places = self._places
        first = bisect_right(places, start - base, key=_ends)
        return range(first, max(first, bisect_left(places, end - base, key=_starts)))

    def ancestry(self, token: int) -> list[int]:
        """The token and what it depends on, up to the root."""
        line = [token]
        while self.heads[line[-1]] != line[-1]:
            line.append(self.heads[line[-1]])
        return line

    def text(self, first: int, last: int) -> str:
        """The document's own words from token ``first`` to token ``last`` inclusive."""
        base = self.passage.start
        return self.passage.text[self.start(first) - base : self.end(last) - base]

    def child(self, token: int, *labels: str) -> int | None:
        """The first dependant with one of the labels."""
        return next((c for c in self.children[token] if self.deps[c] in labels), None)


_starts, _ends = itemgetter(0), itemgetter(1)


def parse_passages(passages: Iterable[tuple[int, Passage]]) -> Iterator[Sentence]:
    """Parse the numbered passages, in batches."""
    numbered = list(passages)
    docs = nlp.parse(shadow(p.text) for _, p in numbered)
    for (index, passage), doc in zip(numbered, docs, strict=True):
        yield Sentence(index, passage, doc)


def shadow(text: str) -> str:
    """What the parser sees: the same length, with capitals lowered where capital letters say nothing.

    Wire copy in capitals is lowered whole (its names are found elsewhere); in a headline ("Two Soldiers Killed In
    Raid") only words that the lexicons know as common are. "IS" beside small letters is a name, which no parser knows:
    it reads another, as long.
    """
    letters = [c for c in text if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    if len(letters) > 12 and upper > 0.75 * len(letters):
        first = next(i for i, c in enumerate(text) if c.isalpha())
        return "".join(c if i == first else _lower(c) for i, c in enumerate(text))
    words = _WORD.findall(text)
    if len(words) > 3 and sum(w[0].isupper() for w in words) > 0.6 * len(words):
        text = _WORD.sub(_lower_common, text)
    if "'" in text or "‘" in text:
        text = _ONE_WORD.sub(r'"\1"', text)
    return _IS.sub("EU", text) if "IS" in text else text


# "Forces 'neutralised' nine": the parser takes the mark before the verb for an owner's.
_ONE_WORD = re.compile(r"(?<!\w)['‘](\w[\w-]{1,20})['’](?!\w)")
_IS = re.compile(r"\bIS\b(?!['’]?[A-Z])")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]+")


def _lower(char: str) -> str:
    low = char.lower()
    return low if len(low) == 1 else char


def _lower_common(match: re.Match[str]) -> str:
    word = match[0]
    return word.lower() if match.start() and word.lower() in _common() and not word.isupper() else word


@cache
def _common() -> frozenset[str]:
    """Words that are common nouns, verbs or function words in our lexicons."""
    harms, people = lexicon.load("harms"), lexicon.load("people")
    known = {w for h in harms.values() for k in h for w in h[k]}
    for key in ("civilian_stated", "civilian", "combatant", "unknown"):
        known |= {form for w in people[key]["words"] for form in (w, w + "s")}
    known |= set(people["irregular"]) | set(lexicon.load("numbers")["units"]) | set(lexicon.words("headlines"))
    return frozenset(known)

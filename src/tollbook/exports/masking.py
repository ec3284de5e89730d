"""Victims' names in what is exported: found where grammar shows them, masked letter for letter so that offsets hold.

Names are found in the words that a claim gives for its victims, before an age ("Amal Haddad, 34") and after "named as".
It finds names that a report presents as such; it cannot promise that a passage names nobody. ``Wants.quotes`` can.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from urllib.parse import quote

from tollbook import lexicon

MASK = "█"

_WORD = r"(?:al-|el-|Al-|El-|abu |bin |ibn |umm |Abu |Bin |Umm |de |van |von )?[A-ZÀ-ÞŞĞİČŠŽ][\w'’-]+"
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_BEFORE_AGE = re.compile(rf"({_NAME})(?:,? \(\d{{1,3}}\)|, \d{{1,3}}(?=[,;.]|-year| years|$)|,? aged \d{{1,3}}\b)")
_NAMED = re.compile(rf"\b(?:named|identified) (?:\w+ )?(?:as|him as|her as) ({_NAME}(?:(?:, | and |, and ){_NAME})*)")
_CAPITAL = re.compile(rf"{_WORD}")

# Capitalised words of the victims' own phrase that are no names of persons.
_NO_NAME = frozenset(lexicon.words("no-names"))
_DEMONYM = re.compile(r"(?:ian|ians|ese|ish|ans|an|i|is|ers|ic|ites?)\Z")


def can_name(text: str) -> bool:
    """Whether a claim's JSON, as text, has anything that :func:`names_in` looks for: a quick look before a slow one."""
    return _SIGN.search(text) is not None


_SIGN = re.compile(r'\(\d{1,3}\)|, \d{1,3}[^\d]|aged \d|named|identified|"high":1\b')


def names_in(claim: Mapping[str, Any]) -> list[str]:
    """Names of victims that a claim's words show.

    >>> names_in({"quote": {"text": "Omar Saleh, 34, and a girl died."}, "victims": None, "count": {"high": 1}})
    ['Omar Saleh']
    """
    found: list[str] = []
    victims, quote = claim["victims"], claim["quote"]
    if victims is not None and claim["count"]["high"] == 1:
        found += _persons(victims["text"])
    if quote is not None:
        text = quote["text"]
        found += [m[1] for m in _BEFORE_AGE.finditer(text)]
        found += [name for m in _NAMED.finditer(text) for name in re.split(r",? and |, ", m[1])]
    known = _known(claim)
    return [name for name in dict.fromkeys(found) if name not in known]


def _persons(phrase: str) -> list[str]:
    """Runs of capitalised words in a phrase for one victim: "Amal Haddad", not "Syrian", not "Islamic State
    fighter"."""
    runs = re.findall(rf"{_WORD}(?: {_WORD})*", phrase)
    names = []
    for run in runs:
        words = [w for w in run.split(" ") if not _no_name(w)]
        if not words or (len(words) == 1 and _DEMONYM.search(words[0].lower())):
            continue
        names.append(" ".join(words))
    return names


def _no_name(word: str) -> bool:
    """Old dispatches are all in capitals: THE is as little a name as The."""
    return word in _NO_NAME or word.capitalize() in _NO_NAME


def _known(claim: Mapping[str, Any]) -> set[str]:
    """Names that stand there for somebody else: who speaks, who is blamed, where it was."""
    place = claim.get("place")
    speakers = {name for link in claim.get("attribution") or () for name in (link["name"], link["body"], link["text"])}
    blamed = {party["name"] for party in claim.get("blamed") or ()}
    return speakers | blamed | ({place["name"], place["text"]} if place else set())


class Masker:
    """Puts ``█`` in place of names, letter for letter, in every text of a JSON value.

    >>> Masker(["Omar Saleh"]).apply({"text": "Omar Saleh died", "start": 0})
    {'text': '████ █████ died', 'start': 0}
    """

    def __init__(self, names: Iterable[str]) -> None:
        wanted = sorted(set(names), key=lambda name: (-len(name), name))
        words = {word for name in wanted for word in _CAPITAL.findall(name) if len(word) > 2 and not _no_name(word)}
        self.names = tuple(wanted)
        spelled = [*wanted, *sorted(words, key=lambda word: (-len(word), word))]
        self._pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, spelled)) + r")\b") if spelled else None
        self._in_addresses = _InAddresses(wanted)
        self._source: tuple[Mapping[str, Any], dict[str, Any]] | None = None

    def text(self, words: str) -> str:
        """One text with its names masked; blanks between words stay."""
        if self._pattern is None or self._pattern.search(words) is None:
            return words
        return self._pattern.sub(lambda m: re.sub(r"\S", MASK, m[0]), words)

    def address(self, words: str) -> str:
        """A file's name or an address with its names masked, in either case and however the words are joined.

        >>> Masker(["Amélie Saleh"]).address("https://news.example/amelie-saleh-34?who=Am%C3%A9lie_SALEH")
        'https://news.example/██████-█████-34?who=███████████_█████'
        """
        return self._in_addresses.mask(words)

    def claim(self, claim: Mapping[str, Any]) -> dict[str, Any]:
        """A claim's public JSON with names masked in every field that holds words of the text."""
        changed = {name: masked for name in _WORDED if (masked := self.apply(claim[name])) is not claim[name]}
        document = claim["document"]
        if self._source is None or self._source[0] != document:  # the claims of a document follow each other
            self._source = (document, self.source(document))
        return {**claim, **changed, "document": self._source[1]}

    def source(self, source: Mapping[str, Any]) -> dict[str, Any]:
        """What is known of a document, with the names masked that its title, its file's name or an address shows."""
        made = dict(source)
        if made.get("title"):
            made["title"] = self.text(made["title"])
        for field in _ADDRESSES & made.keys():
            if made[field]:
                made[field] = self.address(made[field])
        return made

    def apply(self, value: Any) -> Any:
        """A JSON value with every text in it masked; ids and hashes hold no such names and are left alone. What holds
        no name is the very same object."""
        kind = value.__class__
        if kind is str:
            return value if self._pattern is None or self._pattern.search(value) is None else self.text(value)
        if kind is dict:
            changed = {}
            for key, item in value.items():  # for each field of each claim: no call that can be done without
                if item is None or key in _KEEP:
                    continue
                named = key in _ADDRESSES and item.__class__ is str
                masked = self.address(item) if named else self.apply(item)
                if masked is not item:
                    changed[key] = masked
            return {**value, **changed} if changed else value
        if kind is list:
            made = [self.apply(item) for item in value]
            return made if any(a is not b for a, b in zip(made, value, strict=True)) else value
        return value


class _InAddresses:
    """Finds the words of names in addresses: as they are, without accents, and percent-encoded; several may stand
    there without anything between them. An address takes time by its length, however often its words repeat."""

    def __init__(self, names: Iterable[str]) -> None:
        words = {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name) if not _no_name(word)}
        forms = {form for word in words for form in (word, _plain(word), quote(word))}
        self._forms = sorted(forms, key=lambda form: (-len(form), form))
        # A name begins where no letter stands before it, or behind a sign such as "%2F", whose letter is none of it.
        self._begins = re.compile(
            r"(?:(?<![^\W\d_])|(?<=%[0-9A-Fa-f]{2}))(?:" + "|".join(map(re.escape, self._forms)) + ")", re.IGNORECASE
        )
        self._each: re.Pattern[str] | None = None

    def mask(self, words: str) -> str:
        """The address with its names masked."""
        if not self._forms or (first := self._begins.search(words)) is None:
            return words
        ends = self._ends(words)
        kept, done = [], 0
        while first is not None:
            start = first.start()
            end = ends.get(start, start)
            if end > start:
                kept += [words[done:start], MASK * (end - start)]
                done = end
            first = self._begins.search(words, max(end, start + 1))
        return "".join([*kept, words[done:]]) if kept else words

    def _ends(self, words: str) -> dict[int, int]:
        """Where the longest row of forms that begins at a place ends, no letter behind it; found from the last on."""
        if self._each is None:
            by_length = (list(same) for _, same in groupby(self._forms, key=len))
            self._each = re.compile("".join(f"(?=({'|'.join(map(re.escape, s))})|)" for s in by_length), re.IGNORECASE)
        ends: dict[int, int] = {}
        for match in reversed(list(self._each.finditer(words))):
            stops = [stop for _, stop in match.regs[1:] if stop >= 0]
            found = [ends.get(stop, 0) or (0 if _LETTER.match(words, stop) else stop) for stop in stops]
            if any(found):
                ends[match.start()] = max(found)
        return ends


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))


_LETTER = re.compile(r"[^\W\d_]")
_ADDRESSES = frozenset({"key", "url", "archive_url"})
_KEEP = frozenset(
    {
        "start", "end", "id", "sha256", "raw_sha256", "gazetteer_id", "schema", "made_by", "low", "high", "qualifier",
        "lat", "lon", "precision", "from", "to", "kind", "mode", "basis",
    }
)  # fmt: skip
_WORDED = ("quote", "count", "victims", "event", "date", "said", "place", "blamed", "attribution")

"""The lexicon of actors, compiled once into look-up tables over folded words.

A phrase is looked up by its first word, the longest phrase first; nothing is searched for twice, so the time is linear in
the text whatever the number of entries.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from tollbook import lexicon

WORD = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_](?![\w])\.?|[^\W\d_]\.(?=[^\W\d_]\.)|[^\W_]+")
_BETWEEN = frozenset(" \t\n-–‑'’`\"“”&/\u00a0")


class Word(NamedTuple):
    """A word of a text: as written, folded (lower case, no accents, no full stops), and where. A tuple, because a text has
    hundreds and a frozen dataclass takes three times as long to make."""

    raw: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Country:
    """A country as it is spoken of. ``party`` is the name under which its forces are blamed."""

    code: str
    name: str
    adjective: str
    backed: str
    party: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One named actor of ``lexicon/actors.toml``."""

    name: str
    kind: str
    role: str
    country: str | None
    where: tuple[str, ...]
    party: str | None
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase: its folded words, the letter case of each (``U`` capitals, ``C`` a capital, ``-`` any), what it means."""

    words: tuple[str, ...]
    case: str
    sort: str  # actor, name, adjective, people, seat, or a category of generic words
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


def split(text: str) -> list[Word]:
    """The words of a text, abbreviations with their full stops."""
    return [Word(m[0], fold(m[0]), m.start(), m.end()) for m in WORD.finditer(text)]


def joined(text: str, left: Word, right: Word) -> bool:
    """Whether only spaces, hyphens, quotation marks and the like stand between two words, and no more than three."""
    gap = text[left.end : right.start]
    return len(gap) <= 3 and all(c in _BETWEEN for c in gap) and gap.count("\n") < 2


def _case(word: str, single: bool) -> str:
    letters = [c for c in word if c.isalpha()]
    if len(letters) > 1 and all(c.isupper() for c in letters):
        return "U"
    if single and word[:1].isupper():
        return "C"
    return "-"


def _entry(phrase: str, sort: str, value: Any) -> Entry:
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


@cache
def countries() -> Mapping[str, Country]:
    """Countries by ISO code."""
    out = {}
    for row in lexicon.load("demonyms")["countries"]:
        adjective = "US" if row["code"] == "US" else row["adjectives"][0]
        backed = row.get("backed", adjective)
        out[row["code"]] = Country(row["code"], row["name"], adjective, backed, row.get("party", row["name"]))
    return out


def _countries() -> Iterable[Entry]:
    for row in lexicon.load("demonyms")["countries"]:
        code = row["code"]
        for sort, key in (("name", "names"), ("adjective", "adjectives"), ("people", "people"), ("seat", "seats")):
            phrases = [row["name"], *row.get("names", [])] if key == "names" else row.get(key, [])
            for phrase in phrases:
                e = _entry(phrase, sort, code)
                # "turkey" and "polish" are no countries, nor is "Central African republic" worth losing
                yield Entry(e.words, "C" * len(e.case) if "U" not in e.case else e.case, sort, code)


def _actors() -> Iterable[Entry]:
    for row in lexicon.load("actors")["actors"]:
        actor = Actor(
            row["name"], row["kind"], row["role"], row.get("country"), tuple(row.get("where", ())), row.get("party"),
            row.get("from"), row.get("to"),
        )  # fmt: skip
        for alias in dict.fromkeys([row["name"], *row["aliases"]]):
            yield _entry(alias, "actor", actor)


@cache
def main_table() -> Table:
    """Named actors, countries, generic words."""
    data = lexicon.load("actors")
    generic = (_entry(phrase, sort, phrase) for sort, phrases in data["generic"].items() for phrase in phrases)
    peoples = (_entry(phrase.lower(), "folk", phrase) for phrase in data["peoples"]["words"])
    return table([*_actors(), *_countries(), *generic, *peoples])


@cache
def head_table() -> Table:
    """What follows a country's adjective: "army", "warplanes", "regime"."""
    heads = lexicon.load("actors")["heads"].items()
    return table(_entry(phrase.lower(), sort, phrase) for sort, phrases in heads for phrase in phrases)


@cache
def ministry_table() -> Table:
    """The business of a ministry, in words: "national defence"."""
    topics = lexicon.load("actors")["ministries"].items()
    return table(_entry(phrase, topic, topic) for topic, phrases in topics for phrase in phrases)


@cache
def sets() -> Mapping[str, frozenset[str]]:
    """Small sets of folded single words."""
    data = lexicon.load("actors")
    return {
        "ambiguous": frozenset(fold(w) for w in data["ambiguous"]),
        "ties": frozenset(data["backed"]["ties"]),
        "tie fillers": frozenset(fold(w) for w in data["backed"]["fillers"]),
        "tie groups": frozenset(data["backed"]["groups"]),
        "fillers": frozenset(fold(w) for w in data["fillers"]["words"]),
        "given names": frozenset(fold(w) for w in lexicon.load("demonyms")["given_names"]),
    }


def canonical(head: str) -> str:
    """One name for one body: "military" is "army".

    >>> canonical("Armed Forces")
    'army'
    """
    found: str = lexicon.load("actors")["canonical"].get(head.lower(), head.lower())
    return found

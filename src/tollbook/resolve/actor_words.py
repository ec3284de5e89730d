"""The lexicon of actors, compiled once into look-up tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.lexicon.phrases import Entry, Table, entry, fold, table


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
                e = entry(phrase, sort, code)
                # "turkey" and "polish" are no countries, nor is "Central African republic" worth losing
                yield Entry(e.words, "C" * len(e.case) if "U" not in e.case else e.case, sort, code)


def _actors() -> Iterable[Entry]:
    for row in lexicon.load("actors")["actors"]:
        actor = Actor(
            row["name"], row["kind"], row["role"], row.get("country"), tuple(row.get("where", ())), row.get("party"),
            row.get("from"), row.get("to"),
        )  # fmt: skip
        for alias in dict.fromkeys([row["name"], *row["aliases"]]):
            yield entry(alias, "actor", actor)


@cache
def main_table() -> Table:
    """Named actors, countries, generic words."""
    data = lexicon.load("actors")
    generic = (entry(phrase, sort, phrase) for sort, phrases in data["generic"].items() for phrase in phrases)
    peoples = (entry(phrase.lower(), "folk", phrase) for phrase in data["peoples"]["words"])
    never = (entry(phrase, "never", None) for phrase in data["never"])
    return table([*_actors(), *_countries(), *generic, *peoples, *never])


@cache
def head_table() -> Table:
    """What follows a country's adjective: "army", "warplanes", "regime"."""
    heads = lexicon.load("actors")["heads"].items()
    return table(entry(phrase.lower(), sort, phrase) for sort, phrases in heads for phrase in phrases)


@cache
def ministry_table() -> Table:
    """The business of a ministry, in words: "national defence"."""
    topics = lexicon.load("actors")["ministries"].items()
    return table(entry(phrase, topic, topic) for topic, phrases in topics for phrase in phrases)


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
        "attacks": frozenset(data["attacks"]["words"]),
        "given names": frozenset(fold(w) for w in lexicon.load("demonyms")["given_names"]),
    }


def canonical(head: str) -> str:
    """One name for one body: "land forces" are "army".

    >>> canonical("Land Forces")
    'army'
    """
    found: str = lexicon.load("actors")["canonical"].get(head.lower(), head.lower())
    return found

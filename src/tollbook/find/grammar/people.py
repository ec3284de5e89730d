"""Which nouns are people, and what the noun says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.records import Status, StatusBasis

_PEOPLE = lexicon.load("people")
_NEVER = frozenset(_PEOPLE["never"]["words"])
MEASURES = frozenset(_PEOPLE["measures"]["words"])
COLLECTIVES = frozenset([
    "band", "couple", "crew", "crowd", "delegation", "duo", "family", "group", "household", "pair", "party", "staff",
    "team", "trio",
])  # fmt: skip
_AGENTIVE = re.compile(
    r"(?!three\Z)(?:\w{3,}(?:ists?|ians?|ees?|goers?|keepers?|holders?|mates?|women|men|man|woman|folk))\Z"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """What a noun for people says: status, its basis, groups, and whether it is a plural form."""

    status: Status
    basis: StatusBasis | None
    groups: tuple[str, ...]
    plural: bool
    known: bool  # in the lexicon, rather than guessed from the ending


def singular(word: str) -> tuple[str, bool]:
    """The singular form of a noun and whether the word was a plural.

    >>> singular("children"), singular("families"), singular("soldier")
    (('child', True), ('family', True), ('soldier', False))
    """
    irregular: dict[str, str] = _PEOPLE["irregular"]
    if word in irregular:
        return irregular[word], irregular[word] != word or word in ("police", "personnel", "clergy")
    if word.endswith("ies") and len(word) > 4 and word[:-3] + "y" in _nouns():
        return word[:-3] + "y", True
    if word.endswith("es") and word[:-2] in _nouns():
        return word[:-2], True
    if word.endswith("s") and not word.endswith("ss"):
        return word[:-1], True
    return word, False


@cache
def _nouns() -> dict[str, tuple[Status, StatusBasis | None]]:
    table: dict[str, tuple[Status, StatusBasis | None]] = {}
    for word in _PEOPLE["unknown"]["words"]:
        table[word] = ("unknown", None)
    for word in _PEOPLE["combatant"]["words"]:
        table[word] = ("combatant", "category")
    for word in _PEOPLE["civilian"]["words"]:
        table[word] = ("civilian", "category")
    for word in _PEOPLE["civilian_stated"]["words"]:
        table[word] = ("civilian", "stated")
    return table


@cache
def person_noun(word: str) -> Noun | None:
    """What a (lower-case) noun says of people; ``None`` if it is not known to mean people.

    >>> person_noun("children").groups, person_noun("bridge")
    (('children',), None)
    """
    base, plural = singular(word)
    if base in _NEVER:
        return None
    known = _nouns().get(base)
    if known is None:
        if not _AGENTIVE.match(word):
            return None
        return Noun("unknown", None, groups_of(base), plural, False)
    return Noun(known[0], known[1], groups_of(base), plural, True)


@cache
def groups_of(base: str) -> tuple[str, ...]:
    """The groups of the public JSON that a singular noun or modifier stands for."""
    return tuple(name for name, nouns in _PEOPLE["groups"].items() if base in nouns)


def is_thing(word: str) -> bool:
    """Whether a noun never means people, whatever happens to it ("killed the deal")."""
    return word in _NEVER or singular(word)[0] in _NEVER or word.endswith((".com", ".net", ".org"))

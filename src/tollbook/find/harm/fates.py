"""Harm told by a verb and the words that go with it ("paid the supreme price", "were mown down"): a table of idioms.

The table is lexicon/fates.toml; what no table can say stands in idioms.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.find.grammar.arguments import is_passive, left_top, objects_of, subject_of, subject_phrase
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import Phrase, next_noun, noun_phrase, told_by_role
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.tolls import Idiom
from tollbook.records import Harm

_BETWEEN = 12  # tokens: "sent 20 of the terrorists to hell"
_AFTER = 4  # tokens, where the verb's own people stand before it
_COMMON = 8  # letters
_EVERYWHERE = frozenset(["in the", "on the", "to move", "in action", "in the fighting"])
_EVERYDAY = frozenset(["had", "has", "have", "in", "received", "with"])
_OPENING = frozenset(["a", "an", "another", "his", "her", "my", "our", "their", "one", "both"])
_BREAKS = frozenset([";", ":", "--", "—", "–"])
_NOBODY = frozenset(["not", "n't", "never", "nobody"])


@dataclass(frozen=True, slots=True)
class Fate:
    """One row of the table."""

    harm: Harm
    subject: bool
    phrases: tuple[tuple[str, ...], ...]


@cache
def table() -> dict[str, tuple[Fate, ...]]:
    """The rows by the verb forms that begin them."""
    rows: dict[str, tuple[Fate, ...]] = {}
    for row in lexicon.load("fates")["fate"]:
        fate = Fate(row["harm"], row["who"] == "subject", tuple(tuple(p.split()) for p in row.get("with", ())))
        for verb in row["verbs"]:
            rows[verb] = (*rows.get(verb, ()), fate)
    return rows


@cache
def gate_patterns() -> tuple[str, ...]:
    """What a passage has to hold for one of the idioms to stand in it, as regular expressions.

    Their phrases; verb and phrase, where that is as common as "down"; the verb alone where it is enough. Not those of
    ``gate_phrases``.
    """
    found: set[str] = set()
    for verbs, phrases, short in _gated():
        found.update(re.escape(p) for p in phrases or verbs if p not in short)
        if short and _EVERYDAY.isdisjoint(verbs):
            found.add(rf"(?:{'|'.join(verbs)})\W+(?:\w+\W+){{0,5}}?(?:{'|'.join(short)})\b")
    return tuple(sorted(found))


def gate_phrases() -> dict[str, set[str]]:
    """The phrases behind verbs as common as "had", with the verbs one of which has to stand up to five words before."""
    found: dict[str, set[str]] = {}
    for verbs, _, short in _gated():
        if not _EVERYDAY.isdisjoint(verbs):
            for phrase in short:
                found.setdefault(phrase, set()).update(verbs)
    return found


def _gated() -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Verbs and phrases of each row, and which of the phrases are too common to stand alone."""
    for row in lexicon.load("fates")["fate"]:
        phrases = row.get("with", [])
        yield row["verbs"], phrases, [p for p in phrases if " " not in p and len(p) < _COMMON or p in _EVERYWHERE]


def fate(s: Sentence, i: int) -> Iterator[Idiom]:
    """Who met with the harm that the verb ``i`` and the words after it tell of; at most one idiom a verb."""
    if any(w in _NOBODY for w in s.words[max(0, i - 3) : i]):
        return
    for row in table()[s.words[i]]:
        if row.phrases and not _followed(s, i, row):
            continue
        phrase = _subject(s, i, row.harm) if row.subject else next(iter(objects_of(s, i)), None)
        if phrase is not None and _told(s, phrase, alone=not row.phrases):
            yield row.harm, i, phrase, None, "fate"
            return


def _followed(s: Sentence, i: int, row: Fate) -> bool:
    reach = _BETWEEN if not row.subject and not is_passive(s, i) else _AFTER
    end = min(len(s.words), i + 1 + reach)
    for k in range(i + 1, end):
        if s.words[k] in _BREAKS:
            return False
        if any(s.words[k : k + len(p)] == p for p in row.phrases):
            return True
    return False


def _subject(s: Sentence, i: int, harm: Harm) -> Phrase | None:
    if s.tags[i] == "IN":  # "One woman is in intensive care"
        top = subject_of(s, s.heads[i]) if s.tags[s.heads[i]][0] == "V" else s.heads[i]
    elif harm == "injured" and s.words[i] in ("left", "leaving") and not is_passive(s, i):
        top = s.child(i, "dobj")  # "leaving 14 people with fractures"
    elif s.words[i][:5] == "treat" and not is_passive(s, i):
        top = s.child(i, "dobj")  # "doctors treated 31 people for gunshot wounds"
    else:
        return subject_phrase(s, i)
    top = left_top(s, i) if top is None else top
    return noun_phrase(s, top) if top is not None and top != i else None


def _after_people(s: Sentence, phrase: Phrase) -> bool:
    """ "One rebel died and two were captured": what was counted just before are people."""
    before = [b for a, b, _ in s.counts if b < phrase.first]
    top = next_noun(s, before[-1] + 1) if before else None
    noun = person_noun(s.words[top]) if top is not None and top < phrase.first else None
    return noun is not None and noun.known


def _told(s: Sentence, phrase: Phrase, alone: bool) -> bool:
    """Whether people are told of anew: a number of them, somebody with an article, a name; "the man" refers back.

    A verb ``alone`` harms things as well: "One of them was destroyed" may be a house.
    """
    if told_by_role(s, phrase):
        return True
    if phrase.form == "pronoun":
        return False
    if phrase.form == "elliptic":
        return phrase.count is not None and (not alone or _after_people(s, phrase))
    if phrase.form == "name" and phrase.noun is None:
        return s.tags[phrase.head] == "NNP" and phrase.count is None and phrase.last > phrase.first
    if phrase.count is not None and s.tags[phrase.head] in ("NNPS", "NNP"):
        return True  # "300 Russians were destroyed"
    if phrase.noun is None or not phrase.noun.known:
        return False
    if phrase.first == 0 and s.words[-1] not in (".", "!", "?", '"'):
        return True  # a headline: "Teenager fighting for life"
    return phrase.count is not None or phrase.noun.plural or s.words[phrase.first] in _OPENING

"""The words of saying, read once from ``lexicon/cues.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tollbook import lexicon


@dataclass(frozen=True, slots=True)
class CueVerb:
    """What one verb can take as its content."""

    cue_class: str
    clause: bool
    quote: bool
    object: bool
    infinitive: bool
    prepositions: frozenset[str]


@cache
def cue_verbs() -> dict[str, CueVerb]:
    """Every form of every verb of saying.

    >>> cue_verbs()["denied"].cue_class, cue_verbs()["called"].prepositions >= {"for", "on"}
    ('deny', True)
    """
    verbs: dict[str, CueVerb] = {}
    for cue_class, table in lexicon.load("cues")["verbs"].items():
        for line in table["forms"]:
            forms, _, flags = line.partition(":")
            letters = [f for f in flags.split() if not f.startswith("+")]
            preps = frozenset(p for f in flags.split() if f.startswith("+") for p in f[1:].split(","))
            verb = CueVerb(
                cue_class, "c" in letters, "c" in letters or "q" in letters, "o" in letters, "i" in letters, preps
            )
            for form in forms.split():
                verbs.setdefault(form, verb)
    return verbs


@cache
def cue_nouns() -> dict[str, str]:
    """Nouns of saying and their classes."""
    return {noun: cue_class for cue_class, nouns in lexicon.load("cues")["nouns"].items() for noun in nouns}


@cache
def voice_classes() -> frozenset[str]:
    """Classes whose content is information that the speaker gives."""
    return frozenset(lexicon.load("cues")["voice"]["classes"])


def words_of(table: str, key: str) -> frozenset[str]:
    """One list of the lexicon as a set."""
    return frozenset(lexicon.load("cues")[table][key])


@cache
def reporting_forms() -> frozenset[str]:
    """Verb forms that hand the voice over with a clause: "said", "reported that"."""
    return frozenset(form for form, verb in cue_verbs().items() if verb.clause and verb.cue_class in voice_classes())

"""Whose dead and wounded a bare number counts: "the rebels suffered 48 casualties", "26 dead among the troops".

The number says nothing of who they were, the words around it do: who suffered or sustained them, among whom they are
counted, on whom they were inflicted, who was attacked.
"""

from __future__ import annotations

from tollbook import lexicon
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import Phrase, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence

_WORDS = lexicon.load("grammar")["bearers"]
_COUNTED: frozenset[str] = frozenset(_WORDS["counted"])
_SUFFERED: frozenset[str] = frozenset(_WORDS["suffered"])
_INFLICTED: frozenset[str] = frozenset(_WORDS["inflicted"])
_AMONG = frozenset(["among", "amongst"])
_UPON = frozenset(["on", "to", "upon"])
_BETWEEN = frozenset([",", "(", ")", "and", "or", "of", "were", "are", "have", "been"])
_THEN = frozenset(["advcl", "ccomp", "conj", "xcomp"])
_AT = frozenset(["against", "at", "into", "on", "upon"])
_CARRYING = frozenset(["carrying", "ferrying", "transporting"])
_STOPS = frozenset([";", ":", "but", "that", "while", "whereas", "which", "who"])
_REACH = 14


def bearer(s: Sentence, first: int, trigger: int) -> Phrase | None:
    """The words that name whose the number is; ``first`` is where the number begins."""
    if not _COUNTED.intersection(s.words[trigger : trigger + 2]):
        return None
    at = _behind(s, trigger)
    if at is None and first > 1 and s.words[0] in _AMONG:
        at = 1  # "Among the rebels there were 12 dead"
    if at is None:
        return _subject(s, first)
    top = next_noun(s, at)
    if top is None or s.tags[top] == "CD":
        return None
    last = next_noun(s, top + 2) if s.words[top + 1 : top + 2] == ("and",) else None
    named = last is not None and last <= top + 4 and "CD" not in s.tags[top + 2 : last + 1]
    return _phrase(s, at, top, last if last is not None and named else top)


def attacked(s: Sentence, trigger: int) -> Phrase | None:
    """ "Gunmen fired on worshippers, killing seven", "hit a bus carrying pilgrims, leaving two dead": the attacked."""
    verb = s.heads[trigger]
    if s.words[verb] == "leaving":  # "leaving two dead"
        trigger, verb = verb, s.heads[verb]
    if verb >= trigger or s.deps[trigger] not in _THEN or s.tags[verb][:1] != "V":
        return None
    for k in range(trigger - 1, verb, -1):
        top = s.heads[s.heads[k]] if s.words[s.heads[k]] == "of" else k  # "a convoy of fighters"
        above = s.heads[top]
        struck = s.deps[top] == "dobj" and (above == verb or s.words[above] in _CARRYING)
        struck |= s.deps[top] == "pobj" and s.words[above] in _AT and s.heads[above] in (verb, *s.children[verb])
        if not struck or s.tags[k][:2] != "NN":
            continue
        phrase = noun_phrase(s, k)
        if phrase is not None and phrase.noun is not None and phrase.noun.known and phrase.noun.plural:
            return phrase
    return None


def _behind(s: Sentence, trigger: int) -> int | None:
    """Where those are named among whom, or on whom, after the word of harm and those coordinated with it."""
    inflicted = not _INFLICTED.isdisjoint(s.words[max(0, trigger - 8) : trigger])
    for k in range(trigger + 1, min(len(s.words) - 1, trigger + 8)):
        word = s.words[k]
        if word in _AMONG or inflicted and word in _UPON:
            return k + 1
        if word in _INFLICTED:  # "over 100 casualties were inflicted on the rebels"
            inflicted = True
            continue
        if not (word in _BETWEEN or word in _COUNTED or s.tags[k] == "CD" or s.tags[k] in ("JJR", "IN", "RB")):
            return None
    return None


def _phrase(s: Sentence, first: int, head: int, last: int) -> Phrase:
    return Phrase(first, last, head, head, "plural", person_noun(s.words[head]), None)


def _subject(s: Sentence, first: int) -> Phrase | None:
    """Who suffered or sustained the number."""
    for k in range(first - 1, max(0, first - _REACH), -1):
        word = s.words[k]
        if word in _STOPS:
            return None
        if word in _SUFFERED:
            top = s.child(k, "nsubj")
            if top is None or top > k or s.tags[top][:2] != "NN":
                return None
            inside = [i for i in range(max(0, top - 6), top) if s.heads[i] == top and s.deps[i] != "relcl"]
            return _phrase(s, min([*inside, top]), top, top)
    return None

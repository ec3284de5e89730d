"""Harm said of a subject ("five are dead", "left two dead"), harm without a number ("causing casualties"), negation."""

from __future__ import annotations

import re

from tollbook import lexicon
from tollbook.find.grammar.arguments import left_top, subject_of
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import Phrase, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.records import Count

_WORDS = lexicon.load("grammar")["predicates"]
_CAUSE: frozenset[str] = frozenset(_WORDS["cause"])
_LEFT = frozenset(["left", "leaving", "leaves", "leave", "found", "finding", "discovered"])
_DECLARED = frozenset(["declare", "declared", "pronounce", "pronounced"])
_SAID_TO_BE = frozenset([
    "be", "being", "believed", "brought", "confirmed", "feared", "found", "left", "presumed", "pronounced", "reported",
    "still", "thought", "to",
])  # fmt: skip
_NOT = frozenset(["not", "n't", "never", "without", "neither", "nor", "no"])


def negated(s: Sentence, trigger: int) -> bool:
    """Whether a "not", "without" or "never" governs the word of harm."""
    if any(
        s.words[c] in _NOT and s.deps[c] in ("neg", "det", "preconj", "advmod") and not _elsewhere(s, c, trigger)
        for c in s.children[trigger]
    ):
        return True
    return any(s.words[k] in _NOT and not _elsewhere(s, k, trigger) for k in range(max(0, trigger - 3), trigger))


def _elsewhere(s: Sentence, k: int, trigger: int) -> bool:
    """ "whether or not it killed", "not sure they killed": the negation is not of the harm."""
    if s.words[k] not in ("not", "n't"):
        return False
    subject = s.child(trigger, "nsubj", "nsubjpass")
    return (k > 0 and s.words[k - 1] == "or") or (subject is not None and k < subject < trigger)


def _declares(s: Sentence, governor: int, i: int) -> bool:
    """ "doctors pronounced him dead": somebody stands between the two words."""
    return any(s.tags[k][:2] in ("NN", "PR") for k in range(governor + 1, i))


def predicate_subject(s: Sentence, i: int) -> list[Phrase]:
    """ "five people are dead", "left two soldiers dead", "12 remain missing", "was found dead"."""
    word = s.words[i]
    if word == "fatally" and not any(b == i - 1 for _, b, _ in s.counts):
        return []  # "one fatally", but not "the man fatally shot his brother"
    if word == "dead" and s.words[max(0, i - 1)] in ("shot", "stabbed", "gunned", "shoot", "shoots"):
        return []  # "gunmen shot dead three bakers": the verb says whom
    governor = s.heads[i]
    shooting = {"shot", "shoot", "stabbed"} & {s.words[governor], *s.words[max(0, i - 5) : i]}
    if word == "dead" and shooting and "," not in s.words[max(0, i - 5) : i]:
        return []  # "eight officers shot him dead"
    candidates: list[int] = []
    if s.deps[i] in ("acomp", "attr", "oprd", "xcomp", "ccomp", "advcl", "conj") and s.tags[governor][0] == "V":
        own = s.child(i, "nsubj", "nsubjpass")
        candidates += [own] if own is not None else []
        if (s.words[governor] in _LEFT or (s.words[governor] in _DECLARED and _declares(s, governor, i))) and s.child(
            governor, "auxpass", "nsubjpass"
        ) is None:
            candidates += [c for c in s.children[governor] if s.deps[c] == "dobj"]
        else:
            subject = s.child(governor, "nsubjpass", "nsubj")
            subject = subject_of(s, governor) if subject is not None and subject < governor else subject
            if subject is None and s.words[governor] in _DECLARED and s.deps[governor] == "conj":
                subject = subject_of(s, governor)  # "two men were shot in the head and pronounced dead"
            candidates += [subject] if subject is not None else []
    if s.deps[i] in ("amod", "acl", "relcl") and s.heads[i] < i:
        candidates.append(s.heads[i])
    if word == "missing" and s.tags[i] == "VBG" and (own := s.child(i, "nsubj", "nsubjpass")) is not None:
        candidates.append(own)  # "two students arrested last month are still missing"
    if word == "dead" and s.deps[i] == "advcl" and (aside := _left_dead(s, i)) is not None:
        candidates.insert(0, aside)
    left = i - 1
    while left >= 0 and (s.tags[left] in ("RB",) or s.words[left] in _SAID_TO_BE):
        left -= 1
    if left >= 0 and (s.tags[left][:2] in ("NN", "CD") or s.words[left] == "suspect"):  # "Five killed; suspect dead"
        candidates.insert(0 if word == "dead" and _drivers(s, left) else len(candidates), left)
    elif word in ("dead", "missing") and (top := left_top(s, i)) is not None:
        candidates.append(top)
    for c in candidates:
        if (phrase := noun_phrase(s, c)) is not None:
            return [phrase]
    return []


def _drivers(s: Sentence, left: int) -> bool:
    """ "A round of fire left drivers dead": the drivers, where the parser takes "left" for a word that describes
    them and the round for who is dead; ``left`` is the word before "dead"."""
    verb = left - 1
    while verb > 0 and s.tags[verb][:2] in ("NN", "JJ", "CD"):
        verb -= 1
    noun = person_noun(s.words[left])
    return s.words[verb] == "left" and s.deps[verb] == "amod" and noun is not None and noun.known


def _none_of_both(s: Sentence, first: int) -> int:
    """ "no military or civilian casualties", "no deaths or injuries": where the "no" of both stands."""
    if first < 2 or s.words[first - 1] not in ("and", "or", "nor"):
        return first
    k = first - 2
    while k > 0 and s.tags[k] in ("JJ", "NN", "NNS", "NNP") and s.words[k] != "no":
        k -= 1
    return k if s.words[k] == "no" else first


def _not_any(s: Sentence, first: int) -> bool:
    """ "has not resulted in any deaths", "did not cause any civilian casualties": ``first`` follows "any" or is it."""
    at = first if s.words[first] == "any" else first - 1
    if at < 1 or s.words[at] != "any":
        return False
    for k in range(at - 1, max(-1, at - 8), -1):
        if s.words[k] in _UNKNOWN:
            return False  # "not known whether there were any", "not aware of any": none of them counts nobody
        if s.words[k] in _NOT or s.words[k] == "nobody":
            return True
        if s.words[k] in (",", ";", "but", "that"):
            return False
    return False


_UNKNOWN = frozenset(["aware", "clear", "if", "know", "known", "sure", "whether"])


_TIDINGS = frozenset(["data", "details", "figures", "indication", "information", "news", "word"])


def _left_dead(s: Sentence, i: int) -> int | None:
    """ "leaving six people, two women among them, dead": the parser cuts "dead" off from what was left."""
    if s.words[i - 1] != ",":
        return None
    left = next((k for k in range(i - 2, max(-1, i - 14), -1) if s.words[k] in _LEFT), None)
    return s.child(left, "dobj") if left is not None else None


# "The casualties", "their deaths" are taken as known; "no word on casualties" tells of none.
_DEFINITE = frozenset(["about", "any", "his", "its", "on", "our", "regarding", "the", "their", "these", "those"])


# "The report did not mention casualties", "without reporting casualties".
_UNTOLD = re.compile(r"(?:\b(?:not|n['’]t)|\bwithout) (?:give|giving|indicat\w+|mention\w*|report\w*|specify\w*)\Z")


def bare_noun(s: Sentence, i: int) -> Phrase | None:
    """ "causing casualties", "a civilian casualty", "no injuries": harm without a number."""
    word = s.words[i]
    if word == "injuries" and any(
        w in ("suffered", "sustained", "received", "suffering", "sustaining") for w in s.words[max(0, i - 6) : i]
    ):
        return None  # whose they are is for wounds.py
    first = i
    while (
        first > 0
        and s.tags[first - 1] in ("JJ", "NN", "DT", "VBN", "RB")
        and s.words[first - 1] not in ("the", "these", "those", "any")
    ):
        first -= 1
        if s.tags[first] == "DT":
            break
    first = _none_of_both(s, first)
    told = s.words[max(0, first - 3) : first]
    if not _TIDINGS.isdisjoint(told) and told[-1:] in (("about",), ("of",), ("on",)) or told[-1:] == ("with",):
        return None  # "there was no information on casualties", "hospitalised with blast injuries"
    if word == "injuries" and told[-1:] == ("for",):
        return None  # "were seen for light injuries"
    if i + 1 < len(s.words) and (s.tags[i + 1][:2] == "NN" or s.words[i + 1] == "of"):
        return None
    lead = s.words[first]
    count = None
    if word in ("casualty", "fatality") and lead in ("a", "an", "one", "single"):
        count = Count(s.text(first, i), s.start(first), s.end(i), 1, 1, "exact")
    elif word in ("casualties", "injuries", "fatalities", "deaths"):
        if lead == "no" or s.words[max(0, first - 1)] in ("without", "no") or _not_any(s, first):
            count = Count(s.text(first, i), s.start(first), s.end(i), 0, 0, "exact")
        elif (
            lead not in _DEFINITE
            and s.words[max(0, first - 1)] not in _DEFINITE
            and any(w in _CAUSE for w in s.words[max(0, first - 5) : first + 1])
            and not _UNTOLD.search(" ".join(s.words[max(0, first - 4) : first]))
        ):
            count = Count(s.text(first, i), s.start(first), s.end(i), 2, None, "unstated")
    if count is None:
        return None
    return Phrase(first, i, i, i, "elliptic", None, count)

"""Harm stated by idiom rather than by a verb: tolls, lives claimed, bodies found, hostages taken, injuries suffered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tollbook.find.arguments import _left_top, _passive_subject, of_phrase, possessor_of
from tollbook.find.phrases import Phrase, noun_phrase
from tollbook.find.sentences import Sentence
from tollbook.records import Count, Harm

Idiom = tuple[Harm, int, Phrase | None, Count | None, str]

_CAUSE = frozenset(["cause", "caused", "causes", "causing", "inflict", "inflicted", "inflicting", "sustain", "sustained", "suffer", "suffered", "result", "resulted", "resulting", "led", "leading", "leads", "were", "are", "was", "produced", "left", "leaving", "possible", "report", "reported", "be", "brought", "claimed", "recorded", "no", "incurred"])  # fmt: skip
_NOT = frozenset(["not", "n't", "never", "without", "neither", "nor", "no"])
_TAKE_LIVES = frozenset(["claim", "claimed", "claiming", "claims", "took", "take", "taken", "taking", "takes", "cost", "costing", "costs", "end", "ended", "ending"])
_LOSE = frozenset(["lost", "lose", "loses", "losing", "loss", "laid"])
_FIND = frozenset("arrived arrive brought buried bury discovered dumped exhumed extracted fished found hanged hanging lay lying pulled received recovered recover recovering retrieved retrieving returned strewn transferred uncovered unearthed came come seen counted identified evacuated removed littered collected".split())
_INJURIES = frozenset(["injuries", "injury", "wounds", "wound", "burns"])
_SUFFER = frozenset(["sustain", "sustained", "sustaining", "suffer", "suffered", "suffering", "suffers", "received", "receive", "treated", "with"])
_SHARP = frozenset(["bullet", "bullets", "gunfire", "shrapnel", "shell", "fire", "gunshot", "gunshots", "splinters", "fragments", "sniper", "mine", "missile"])


def negated(s: Sentence, trigger: int) -> bool:
    """Whether a "not", "without" or "never" governs the word of harm."""
    if any(s.words[c] in _NOT and s.deps[c] in ("neg", "det", "preconj", "advmod") for c in s.children[trigger]):
        return True
    return any(w in _NOT for w in s.words[max(0, trigger - 3) : trigger])


def predicate_subject(s: Sentence, i: int) -> list[Phrase]:
    """"five people are dead", "left two soldiers dead", "12 remain missing", "was found dead"."""
    word = s.words[i]
    governor = s.heads[i]
    candidates: list[int] = []
    if s.deps[i] in ("acomp", "attr", "oprd", "xcomp", "ccomp", "advcl", "conj") and s.tags[governor][0] == "V":
        own = s.child(i, "nsubj", "nsubjpass")
        candidates += [own] if own is not None else []
        if s.words[governor] in ("left", "leaving", "leaves", "leave"):
            candidates += [c for c in s.children[governor] if s.deps[c] == "dobj"]
        else:
            subject = s.child(governor, "nsubjpass", "nsubj")
            candidates += [subject] if subject is not None else []
    if s.deps[i] in ("amod", "acl", "relcl") and s.heads[i] < i:
        candidates.append(s.heads[i])
    left = i - 1
    while left >= 0 and (s.tags[left] in ("RB",) or s.words[left] in ("feared", "reported", "pronounced", "found", "confirmed", "presumed", "left", "still", "be", "being")):
        left -= 1
    if left >= 0 and s.tags[left][:2] in ("NN", "CD"):
        candidates.append(left)
    elif word in ("dead", "missing") and (top := _left_top(s, i)) is not None:
        candidates.append(top)
    for c in candidates:
        if (phrase := noun_phrase(s, c)) is not None:
            return [phrase]
    return []


def bare_noun(s: Sentence, i: int) -> Phrase | None:
    """"causing casualties", "possible civilian casualties", "a civilian casualty", "no injuries": harm without a number."""
    word = s.words[i]
    first = i
    while first > 0 and s.tags[first - 1] in ("JJ", "NN", "DT", "VBN", "RB") and s.words[first - 1] not in ("the", "these", "those", "any"):
        first -= 1
        if s.tags[first] == "DT":
            break
    if i + 1 < len(s.words) and (s.tags[i + 1][:2] == "NN" or s.words[i + 1] == "of"):
        return None
    lead = s.words[first]
    count = None
    if word in ("casualty", "fatality") and lead in ("a", "an", "one", "single"):
        count = Count(s.text(first, i), s.start(first), s.end(i), 1, 1, "exact")
    elif word in ("casualties", "injuries", "fatalities", "deaths"):
        if lead == "no" or s.words[max(0, first - 1)] in ("without", "no") or (negated(s, i) and "any" in s.words[max(0, i - 3) : i]):
            count = Count(s.text(first, i), s.start(first), s.end(i), 0, 0, "exact")
        elif lead not in ("the", "these", "those", "its", "their", "his") and any(w in _CAUSE for w in s.words[max(0, first - 5) : first + 1]):
            count = Count(s.text(first, i), s.start(first), s.end(i), 2, None, "unstated")
    if count is None:
        return None
    return Phrase(first, i, i, i, "elliptic", None, count)


def find(s: Sentence) -> Iterator[Idiom]:
    """Harms that no single word of the lexicon states."""
    for i, word in enumerate(s.words):
        if word == "toll":
            yield from _toll(s, i)
        elif word in ("life", "lives"):
            yield from _lives(s, i)
        elif word in ("bodies", "body", "corpses", "corpse", "remains"):
            yield from _bodies(s, i)
        elif word in _INJURIES:
            yield from _injuries(s, i)
        elif word in ("hostage", "hostages", "captive") or (word == "custody" and "into" in s.words[max(0, i - 2) : i]):
            yield from _taken(s, i)
        elif word in ("martyr", "martyrs") and s.words[max(0, i - 2) : i] and any(w in ("fell", "fallen", "as") for w in s.words[max(0, i - 2) : i]):
            yield from _fell(s, i)
        elif word in ("number", "count", "total"):
            yield from _number_of(s, i)
        elif word in ("hit", "struck") and s.tags[i] == "VBN":
            yield from _hit(s, i)
        elif word == "out" and s.words[max(0, i - 1)] in ("wiped", "taken", "took", "wiping", "taking"):
            yield from _wiped_out(s, i)
        elif word in ("refugees", "idps", "evacuees"):
            yield from _refugees(s, i)
        elif re.fullmatch(r"k[i1!*][l1!*]{1,2}ed", word) and word != "killed":
            yield from _censored(s, i)


def _toll(s: Sentence, i: int) -> Iterator[Idiom]:
    before = s.words[max(0, i - 3) : i]
    harm: Harm = "injured" if "injury" in before or "wounded" in s.words[i : i + 4] else "casualties" if "casualty" in before else "killed"
    if "the" in s.words[i + 1 : i + 2]:
        return
    end = next((k for k in range(i + 1, min(len(s.words), i + 26)) if s.words[k] in (";",)), min(len(s.words), i + 26))
    links = ("to", "at", "of", "reached", "hit", "was", "is", "stands", "stood", ":", "exceeded", "passed", "surpassed", "topped", "above", "than", "over", "reaches", "reaching", "now")
    for a, b, count in s.counts:
        if not i < a < end:
            continue
        lead = s.words[max(i, a - 1)] if s.words[a] not in ("over", "above") else s.words[a]
        if lead in links or s.words[a] in links or (a - 1 > i and s.words[a - 1] in ("least", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")):
            if b + 1 < len(s.words) and s.tags[b + 1] in ("NN", "NNS") and s.words[b + 1] in ("years", "days", "hours", "weeks", "months"):
                continue
            phrase = noun_phrase(s, b) or Phrase(a, b, b, b, "elliptic", None, count)
            after = b + 1
            if after < len(s.words) and s.tags[after][:2] in ("NN", "JJ"):
                from tollbook.find.phrases import next_noun

                top = next_noun(s, b)
                better = noun_phrase(s, top) if top is not None and top > b else None
                phrase = better if better is not None and better.noun is not None else phrase
            yield harm, i, phrase, None, "toll"
            return


def _lives(s: Sentence, i: int) -> Iterator[Idiom]:
    window = range(max(0, i - 8), i)
    take = next((k for k in reversed(window) if s.words[k] in _TAKE_LIVES), None)
    lose = next((k for k in reversed(window) if s.words[k] in _LOSE), None)
    own = next((c for a, b, c in s.counts if b < i and b >= i - 3), None)
    if take is None and lose is None:
        after = s.words[i + 1 : i + 4]
        if own is not None and after[:2] in (("were", "lost"), ("have", "been")):
            yield "killed", i, Phrase(i, i, i, i, "elliptic", None, own), None, "lives lost"
        return
    trigger = take if take is not None else lose
    assert trigger is not None
    if own is not None:
        first = next(a for a, _, c in s.counts if c is own)
        yield "killed", trigger, Phrase(first, i, i, i, "elliptic", None, own), None, "lives claimed"
        return
    phrases = of_phrase(s, i) or possessor_of(s, i)
    if phrases:
        for phrase in phrases:
            yield "killed", trigger, phrase, None, "lives claimed"
    elif lose is not None and s.words[lose] in ("lost", "lose", "losing", "loses", "laid") and s.tags[i - 1] == "PRP$":
        subject = _passive_subject(s, lose)
        top = subject if subject is not None else _left_top(s, lose)
        subject_phrase = noun_phrase(s, top) if top is not None else None
        if subject_phrase is not None:
            yield "killed", lose, subject_phrase, None, "lost their lives"


def _bodies(s: Sentence, i: int) -> Iterator[Idiom]:
    if not any(w in _FIND for w in s.words):
        return
    own = next((c for a, b, c in s.counts if b < i and b >= i - 3 and all(s.tags[k][:2] in ("JJ", "NN", "VB") for k in range(b + 1, i))), None)
    if own is not None:
        first = next(a for a, _, c in s.counts if c is own)
        of = of_phrase(s, i)
        yield "killed", i, Phrase(first, of[0].last if of else i, of[0].head if of else i, i, "elliptic" if not of else of[0].form, of[0].noun if of else None, own), None, "bodies found"
        return
    for phrase in of_phrase(s, i):
        if phrase.noun is not None or phrase.count is not None or phrase.form == "name":
            yield "killed", i, phrase, None, "bodies found"


def _injuries(s: Sentence, i: int) -> Iterator[Idiom]:
    verb = next((k for k in range(i - 1, max(-1, i - 7), -1) if s.words[k] in _SUFFER and s.words[k] != "with"), None)
    if verb is None or s.tags[verb][0] != "V":
        return
    subject = _passive_subject(s, verb)
    top = subject if subject is not None else _left_top(s, verb)
    phrase = noun_phrase(s, top) if top is not None else None
    if phrase is not None and (phrase.noun is not None or phrase.count is not None or phrase.form == "name"):
        yield "injured", verb, phrase, None, "injuries suffered"


def _taken(s: Sentence, i: int) -> Iterator[Idiom]:
    harm: Harm = "detained" if s.words[i] == "custody" else "abducted"
    verb = next((k for k in range(i - 1, max(-1, i - 9), -1) if s.words[k] in ("taken", "took", "take", "taking", "held", "holding", "seized")), None)
    if verb is None:
        return
    from tollbook.find.arguments import objects_of

    for phrase in objects_of(s, verb):
        if phrase.head != i and (phrase.noun is not None or phrase.count is not None):
            yield harm, verb, phrase, None, "taken hostage"
            return
    own = next((c for a, b, c in s.counts if b == i - 1), None)
    if own is not None:
        yield harm, verb, Phrase(i - 1, i, i, i, "elliptic", None, own), None, "taken hostage"


def _fell(s: Sentence, i: int) -> Iterator[Idiom]:
    verb = next((k for k in range(i - 1, max(-1, i - 3), -1) if s.words[k] in ("fell", "fallen")), None)
    if verb is None:
        return
    subject = _passive_subject(s, verb)
    phrase = noun_phrase(s, subject) if subject is not None else None
    if phrase is not None:
        yield "killed", verb, phrase, None, "fell martyr"


def _number_of(s: Sentence, i: int) -> Iterator[Idiom]:
    """"the number of dead rose to 12", "the total number of victims was 10"."""
    of = s.words[i + 1 : i + 6]
    if not of or of[0] != "of":
        return
    kind = next((w for w in of[1:] if w in ("dead", "killed", "deaths", "fatalities", "martyrs", "victims", "wounded", "injured", "injuries", "casualties", "missing", "displaced", "detainees")), None)
    if kind is None:
        return
    harm: Harm = (
        "injured" if kind in ("wounded", "injured", "injuries") else "missing" if kind == "missing" else "casualties" if kind == "casualties"
        else "displaced" if kind == "displaced" else "detained" if kind == "detainees" else "killed"
    )  # fmt: skip
    for a, b, count in s.counts:
        if i + 2 < a < i + 24 and s.words[a - 1] in ("to", "at", "was", "reached", "is", "stands", "exceeded", "were", ":", "has", "hit", "passed", "reaching"):
            yield harm, i, Phrase(a, b, b, b, "elliptic", None, count), None, "number of dead"
            return


def _hit(s: Sentence, i: int) -> Iterator[Idiom]:
    """"was hit by shrapnel": injured, where a person is the subject."""
    if not ("by" in s.words[i + 1 : i + 3] and any(w in _SHARP for w in s.words[i + 2 : i + 7])):
        return
    subject = s.child(i, "nsubjpass")
    phrase = noun_phrase(s, subject) if subject is not None else None
    if phrase is not None and phrase.noun is not None and phrase.noun.known:
        yield "injured", i, phrase, None, "hit by shrapnel"


def _wiped_out(s: Sentence, i: int) -> Iterator[Idiom]:
    """"taken out by a missile", "wiped out three fighters": killed, where people are meant."""
    from tollbook.find.arguments import objects_of

    for phrase in objects_of(s, i - 1):
        if phrase.noun is not None and phrase.noun.known:
            yield "killed", i - 1, phrase, None, "taken out"


def _refugees(s: Sentence, i: int) -> Iterator[Idiom]:
    phrase = noun_phrase(s, i)
    if phrase is None or phrase.count is None or (phrase.count.low or 0) < 24:
        top = next((a for a, b, _ in s.counts if b == i - 2 and s.words[i - 1] == "of"), None)
        phrase = noun_phrase(s, i - 2) if top is not None else None
    if phrase is not None and phrase.count is not None and (phrase.count.low or 0) >= 24:
        yield "displaced", i, phrase, None, "refugees counted"


def _censored(s: Sentence, i: int) -> Iterator[Idiom]:
    """"ki*led": the platforms' censored spelling."""
    from tollbook.find.arguments import objects_of

    phrases = objects_of(s, i)
    own = next((c for a, b, c in s.counts if b == i - 1), None)
    if phrases:
        yield "killed", i, phrases[0], None, "censored spelling"
    elif own is not None:
        yield "killed", i, Phrase(i - 1, i - 1, i - 1, i - 1, "elliptic", None, own), None, "censored spelling"

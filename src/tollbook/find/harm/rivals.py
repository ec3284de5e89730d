"""Numbers held against one that the sentence has given: "nine dead, up from six", "the office put the number at 61"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tollbook.find.grammar.phrases import Phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.tolls import Idiom
from tollbook.records import Harm

EARLIER = "earlier number"
LATER = "later number"
RIVAL = "rival number"
Given = tuple[Harm, int]  # a number that the sentence gives: the harm, and where the number starts

_GAVE = frozenset(["gave", "given", "gives", "giving"])
_PUT = frozenset(["place", "placed", "places", "placing", "put", "puts", "putting", "sets"])
_TALLY = frozenset(["count", "figure", "number", "tally", "total"])
_THE = frozenset(["a", "an", "her", "his", "initial", "its", "previous", "preliminary", "the", "their"])
_NO_PEOPLE = frozenset(["%", "billion", "days", "hours", "million", "months", "per", "percent", "weeks", "years"])


def rivals_of(s: Sentence, given: Sequence[Given]) -> Iterator[Idiom]:
    """What a sentence says besides of the numbers that it has ``given``, in the order of the text."""
    ends = {first: last for first, last, _ in s.counts}
    for i, word in enumerate(s.words[:-2]):
        if word == "from" and i + 1 in ends and s.words[ends[i + 1] + 1 : ends[i + 1] + 2] == ("to",):
            to = ends[i + 1] + 2
            old = _number(s, i + 1)
            if old is not None and to < len(s.words):
                after = [g for g in given if g[1] == s.start(to)]
                for harm, _ in after[:1]:
                    yield harm, old.first, old, None, EARLIER
        elif word == "of" and s.words[i - 1] in _SPEAK:
            before = [g for g in given if g[1] < s.start(i)]
            phrase = _number(s, i + 1)
            if before and phrase is not None and _ends(s, phrase.last + 1):
                yield before[0][0], phrase.first, phrase, None, RIVAL
        elif word in ("up", "down") and s.words[i + 1] == "from":
            yield from _earlier(s, i, [g for g in given if g[1] < s.start(i)])
        elif word in _GAVE and s.words[i + 1] in _THE and s.words[i + 2] in _TALLY:
            yield from _on_other_days(s, i, [g for g in given if g[1] > s.start(i)])
        elif word in _PUT and s.words[i + 1] in _THE and s.words[i + 2] in _TALLY and s.words[i + 3 : i + 4] == ("at",):
            before = [g for g in given if g[1] < s.start(i)]
            phrase = _number(s, i + 4)
            if before and phrase is not None:
                yield before[0][0], phrase.first, phrase, None, RIVAL


def told_again(s: Sentence, harm: Harm) -> list[Idiom]:
    """Bare numbers of a sentence that names no harm, after one that does: "Elders spoke of 64", "by Sunday the figure
    stood at 27", "the paper has a list of its own and arrives at 52"."""
    found: list[Idiom] = []
    for a, b, _ in s.counts:
        verb, link = s.words[a - 2 : a] if a > 1 else ("", "")
        spoke = link == "of" and verb in _SPEAK
        stood = link == "at" and verb in _STAND
        phrase = _number(s, a)
        if (spoke or stood) and phrase is not None and _ends(s, b + 1):
            found.append((harm, a, phrase, None, RIVAL))
    return found


def _ends(s: Sentence, at: int) -> bool:
    """Whether nothing follows a number that it could be a number of."""
    return at >= len(s.words) or s.words[at] in _ENDS or s.tags[at] in ("CC", "IN") and s.words[at] not in ("of", "per")


_SPEAK = frozenset(["speak", "speaking", "speaks", "spoke", "spoken"])
_STAND = frozenset(["arrived", "arrives", "stands", "stood"])
_ENDS = frozenset([".", ",", ";", '"', "!", "?", ")", "dead", "killed", "now"])


def _earlier(s: Sentence, i: int, before: Sequence[Given]) -> Iterator[Idiom]:
    """ "39 bodies and 118 wounded were brought in, up from 31 and 96": each after the number that it was before."""
    at = i + 2
    while at < len(s.words) and s.words[at] in _THE:
        at += 1
    for harm, _ in sorted({harm: (harm, start) for harm, start in before}.values(), key=lambda g: g[1]):
        phrase = _number(s, at)
        if phrase is None:
            return
        yield harm, phrase.first, phrase, None, EARLIER
        if s.words[phrase.last + 1 : phrase.last + 2] != ("and",):
            return
        at = phrase.last + 2


def _on_other_days(s: Sentence, i: int, after: Sequence[Given]) -> Iterator[Idiom]:
    """ "He had given a figure of six dead on Monday and nine on Tuesday": the nine."""
    if not after:
        return
    for a, b, count in s.counts:
        if count.start > after[0][1] and s.words[a - 1] == "and" and s.words[b + 1 : b + 2] == ("on",):
            yield after[0][0], a, Phrase(a, b, b, b, "elliptic", None, count), None, LATER


def _number(s: Sentence, at: int) -> Phrase | None:
    """The bare number that begins at a word, where it is one of people."""
    span = next((x for x in s.counts if x[0] == at), None)
    if span is None or not _NO_PEOPLE.isdisjoint(s.words[span[1] + 1 : span[1] + 2]):
        return None
    return Phrase(span[0], span[1], span[1], span[1], "elliptic", None, span[2])

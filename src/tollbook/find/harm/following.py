"""Shares told in a sentence of their own: "The strike killed 19. Among them were seven children."."""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.find.grammar.phrases import Phrase, how_many, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.coordination import coordinated
from tollbook.find.harm.harms import Finding

_THEM = frozenset(["them", "these", "those"])
_BE = frozenset(["are", "is", "was", "were"])
_OPEN = 5  # tokens: how near the sentence's beginning "among them" has to stand


def shares_of(s: Sentence, own: Sequence[Finding], before: Sequence[Finding]) -> tuple[Finding, list[Finding]] | None:
    """The number that the sentence before gave, and what this sentence says of some of them.

    ``own`` are the findings of the sentence itself, ``before`` those of the one before it. ``None``: it tells of no
    shares, or there is nothing that they could be a share of.
    """
    phrases = [p for p in _among_them(s) or _of_them(s) if p.noun is not None or p.count is not None]
    taken = {f.count.start for f in own}
    found: list[Finding] = []
    whole: Finding | None = None
    for phrase in phrases:
        count = how_many(s, phrase, negated=False)
        if count is None or count.start in taken or count.qualifier == "unstated":
            continue
        whole = whole or _whole(before, count.low or 0)
        if whole is not None:
            found.append(Finding(s, whole.harm, phrase.head, count, phrase, None, "share of the sentence before"))
    return (whole, found) if whole is not None and found else None


def _whole(before: Sequence[Finding], size: int) -> Finding | None:
    """What a share of this size can belong to: the dead rather than the wounded."""
    fitting = [f for f in before if f.part_of is None and ((f.count.high or f.count.low or 0) > size)]
    return next((f for f in fitting if f.harm == "killed"), fitting[0] if fitting else None)


def _among_them(s: Sentence) -> list[Phrase]:
    """ "Among them were 96 children and 71 women"."""
    at = next((k for k in range(min(_OPEN, len(s.words))) if s.words[k] == "among"), None)
    if at is None or s.words[at + 1 : at + 2] == () or s.words[at + 1] not in _THEM or len(s.words) < at + 4:
        return []
    if s.words[at + 2] not in _BE:
        return []
    top = next_noun(s, at + 3)
    first = noun_phrase(s, top) if top is not None else None
    return coordinated(s, first, at) if first is not None and first.noun is not None else []


def _of_them(s: Sentence) -> list[Phrase]:
    """ "Three of them were foreigners", "five of those were under 18", "one of the nine was a farmer", "seven were
    children", "of those, nine were bakers and two were guards"."""
    found: list[Phrase] = []
    for a, b, count in s.counts:
        goes_on = bool(found) and s.words[a - 1] in ("and", ",", "while", "whereas")  # "… and two were guards"
        said = _predicate(s, b) if a <= _OPEN or goes_on else None
        if said is None or said >= len(s.words):
            continue
        said += s.words[said] == "of"  # "seven of the bodies were of men"
        top = next_noun(s, said)
        named = noun_phrase(s, top) if top is not None else None
        if named is None or named.noun is None:
            continue
        opens = a <= 1 or goes_on or s.words[0] == "of" and s.words[1] in _THEM and s.words[2:a] == (",",)
        if s.words[b + 1] == "of" or opens and named.noun.known and named.first == said and s.words[said] != "the":
            found.append(Phrase(a, named.last, named.head, b, "plural", named.noun, count))
    return found


def _predicate(s: Sentence, b: int) -> int | None:
    """What stands behind the "were" that says what a number of people were; ``b`` is the number's last word."""
    if s.words[b + 1 : b + 2] != ("of",):
        be = b + 1 + (s.words[b + 1 : b + 2] == ("others",))
    elif s.words[b + 2 : b + 3] and s.words[b + 2] in _THEM:
        be = b + 3
    elif s.words[b + 2 : b + 3] == ("the",):
        whole = next((last for first, last, _ in s.counts if first == b + 3), None)
        be = whole + 1 if whole is not None else _behind_told(s, b + 3)
    else:
        return None
    return be + 1 if s.words[be : be + 1] and s.words[be] in _BE else None


def _behind_told(s: Sentence, at: int) -> int:
    """The place behind "bodies" or "people killed"; the end of the sentence where it is neither."""
    killed = {*s.words[at : at + 2]} in _KILLED_PEOPLE
    return at + 1 + killed if killed or s.words[at : at + 1] in _TOLD else len(s.words)


_KILLED_PEOPLE = [{who, how} for who in ("men", "people", "victims") for how in ("dead", "killed", "murdered", "slain")]
_TOLD = (("bodies",), ("corpses",), ("fatalities",), ("slain",))

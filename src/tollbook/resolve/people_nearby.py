"""Whom a pronoun may mean by the words just before it: people and bodies that were told of without speaking."""

from __future__ import annotations

import re
from dataclasses import replace

from tollbook.resolve.people_names import starters
from tollbook.resolve.people_phrases import Phrase, listed, nation_words, roles, take_apart

NEAR = 300  # characters back in which a pronoun may find its person
_PEOPLE = frozenset(
    {"man", "woman", "boy", "girl", "youth", "teenager", "farmer", "driver", "teacher", "shopkeeper", "trader"}
)
_SOMEBODY = re.compile(r"\b(?:[Aa]n?|[Tt]he|[Oo]ne|[Oo]ur) (?:[\w-]+ )?(?P<role>[\w-]+)\b")
_WORD = r"[A-Z][\w’'-]{1,24}"
_OPENING_NAME = re.compile(
    r"(?:^|\n|[.!?][\"”’]?\s|\s[—–-]\s|\b(?:At|In|Inside|Near|On|Outside) [^.,]{3,40}, )"
    r"(?:[A-Z][\w-]{1,20} (?:[a-z]{4,14} ){1,2})?"  # "Rebel spokesman Ada Loft, calling from the hills"
    rf"({_WORD}(?: (?:{_WORD}|(?:al|el|an|as|ash)-{_WORD}|al|bin|de|van|von)){{1,3}})"
    r"(?=, | (?:had|has|was|is|were|[a-z]{2,12}ed|[a-z]{2,12}s|"
    r"came|held|knelt|lay|lost|ran|sat|saw|stood|wept|went)\b)"
)
_OPENING_PEOPLE = re.compile(
    r"(?:^|\n|[.!?][\"”’]?\s)((?:Two|Three|Four|Five|Several|Some|Many|Other|Local) (?:[a-z]{3,12} )?"
    r"(?:activists|doctors|locals|medics|neighbou?rs|officials|relatives|rescuers|residents|sources|survivors|villagers|"
    r"witnesses))\b"
)
_BODY = "|".join(sorted(map(re.escape, listed("bodies")), key=len, reverse=True))
_OPENING_BODY = re.compile(
    rf"((?:The |[A-Z][\w.’'-]{{1,24}} ){{1,3}}?(?:[a-z]{{2,14}} ){{0,2}}?(?i:{_BODY})\b"
    r"(?: (?:for|of) (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3})?)(?=,? )"
)
_OPENING_LETTERS = re.compile(r"(?:The )?([A-Z]{3,10})(?= [a-z])")
_NEXT_SENTENCE = re.compile(r"[.!?][”\"]?\s")
_TOLD_OTHERWISE = re.compile(r"\b(?:account|comment|figures?|mention|reject|silen|statement|version)")
_AS_FOR = re.compile(r"As for ((?:the )?[A-Z][\w.’'-]{1,24}(?: [A-Z][\w.’'-]{1,24}){0,4}), \Z")


def person_before(text: str, pronoun: int, known: int) -> Phrase | None:
    """Somebody introduced just before without speaking: "Ada Loft had gone out. She said …", "A man ran by".

    ``pronoun``: where it stands. ``known``: where somebody unnamed was last spoken of (-1: nobody); only a name after
    that is nearer.
    """
    first = max(0, pronoun - NEAR, known)
    before = ("" if first == 0 else "…") + text[first:pronoun]  # no name is cut open
    for m in reversed(list(_OPENING_NAME.finditer(before))):
        words = [w.lower().strip(".") for w in m[1].split()]
        if not any(w in listed("bodies") or w in nation_words() or w in starters() for w in words):
            return replace(take_apart(m[1]), person=m[1])
    if known >= 0:
        return None
    people = [m for m in _SOMEBODY.finditer(before) if m["role"].lower() in roles() or m["role"].lower() in _PEOPLE]
    return take_apart(people[-1][0]) if people else None


def people_opening(text: str, pronoun: int, spoken: int) -> Phrase | None:
    """ "Two residents gave a lower figure. They said …": people who open a sentence after whoever spoke last."""
    found = list(_OPENING_PEOPLE.finditer(text, max(0, pronoun - NEAR, spoken), pronoun))
    return take_apart(found[-1][1]) if found else None


def body_opening(text: str, pronoun: int) -> Phrase | None:
    """The body that opens the pronoun's own sentence: "The ministry put it differently: …, it said"."""
    sentence = re.split(r"[.!?][”\"]?\s|\n", text[max(0, pronoun - NEAR) : pronoun])[-1]
    if (named := _AS_FOR.match(sentence)) is not None:
        return take_apart(named[1])
    m = _OPENING_BODY.match(sentence)
    return take_apart(m[1]) if m else None


def body_before(text: str, pronoun: int, spoken: int) -> Phrase | None:
    """The body whose account the sentence before speaks of: "NATO offered another account. In a statement it said",
    "The ministry made no mention of them. It said". ``spoken``: where somebody spoke last."""
    begin = max(0, pronoun - NEAR, spoken)
    begin = max(begin, text.rfind("\n", begin, pronoun) + 1)
    starts = [begin, *(m.end() for m in _NEXT_SENTENCE.finditer(text, begin, pronoun))]
    if len(starts) < 2 or _TOLD_OTHERWISE.search(text, starts[-2], starts[-1]) is None:
        return None
    m = _OPENING_BODY.match(text, starts[-2]) or _OPENING_LETTERS.match(text, starts[-2])
    return take_apart(m[1]) if m else None

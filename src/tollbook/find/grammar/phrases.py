"""Noun phrases that name people, and how many people each stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tollbook import lexicon
from tollbook.find.grammar.people import COLLECTIVES, MEASURES, Noun, is_thing, person_noun
from tollbook.find.grammar.sentences import Sentence
from tollbook.records import Count, Qualifier

Form = Literal["singular", "plural", "name", "pronoun", "elliptic"]

PRONOUNS = frozenset(["him", "her", "he", "she", "himself", "herself"])
_NOUN_TAGS = frozenset(["NN", "NNS", "NNP", "NNPS"])
_SINGLE = frozenset(["a", "an", "another", "one", "1", "this", "that"])
_DEFINITE = frozenset(["the", "these", "those", "such"])
_POSSESSIVE = frozenset(["his", "her", "their", "my", "our", "its", "your"])
_PARENTS = (("parents",), ("grandparents",), ("twins",))
_NONE = frozenset(["no", "zero", "neither"])
_AT_LEAST = ("at", "least")
DASHES = frozenset(["-", "--", "–", "—"])
_WORDS = lexicon.load("grammar")["phrases"]
RANKS: dict[str, int] = lexicon.load("numbers")["ranks"]
ORDINALS = frozenset(RANKS)
TAGGED_ADJECTIVE = frozenset(
    ["individual", "civilian", "newborn", "male", "female", "teen", "adult"]
)  # nouns too: "another individual"
_LEFT: frozenset[str] = frozenset(_WORDS["left"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first``..``last``; ``head`` is the noun that says who, ``top`` the noun that the verb governs."""

    first: int
    last: int
    head: int
    top: int
    form: Form
    noun: Noun | None
    count: Count | None


def noun_phrase(s: Sentence, top: int) -> Phrase | None:
    """The phrase headed by token ``top`` if it can mean people."""
    top = _before_hyphens(s, _before_ages(s, top))
    word, tag = s.words[top], s.tags[top]
    if word in PRONOUNS and tag == "PRP":
        return Phrase(top, top, top, top, "pronoun", None, None)
    if tag in ("PRP", "WDT", "WP", "EX", "PRP$") or (tag == "DT" and word not in ("all", "both", "some", "another")):
        return None
    if s.words[top] == "passers" and s.words[top + 1 : top + 3] == ("-", "by"):
        first = _left_edge(s, top)
        return Phrase(first, top + 2, top, top, "plural", person_noun("passer-by"), _count_in(s, first, top))
    head = _behind_measure(s, top)
    first = _left_edge(s, top)
    if first == top > 1 and s.words[top - 1] == "-":
        first = _left_edge(s, top - 1)
    last = max(top, head)
    last += 4 * (s.words[last + 1 : last + 5] == _IN_LAW)
    count = _count_in(s, first, top) or (_count_in(s, _left_edge(s, head), head) if head != top else None)
    count = count or (_count_in(s, first, head) if head > top else None)  # "scores of thousands of civilians"
    count = _family_of(s, top) or count
    further = next((c for a, b, c in s.counts if a == top and b == top + 1 and s.words[b] == "more"), None)
    if count is None and further is not None:
        count, last = further, top + 1  # "injured scores more"
    if count is None and word == "more":  # "scores more were hurt"
        first, count = next(((a, c) for a, b, c in s.counts if b == top), (first, None))
    noun = person_noun(s.words[head])
    if noun is None and head >= 3 and s.words[head] in ("old", "olds") and s.words[head - 2] in _AGES:
        noun = person_noun("persons" if s.words[head] == "olds" else "person")  # "a 13-year-old was shot"
        first = min(first, head - 4 if head >= 4 and s.words[head - 3] == "-" else head - 3)
        first -= first > 0 and s.tags[first - 1] == "DT"
    if (
        noun is None
        and head >= 2
        and s.words[head] == "old"
        and s.words[head - 1] in _AGES
        and s.tags[head - 2] == "CD"
    ):
        noun = person_noun("person")  # "the two year old has died"
        first = min(first, head - 2)
        first -= first > 0 and s.tags[first - 1] == "DT"
    if noun is None and head >= 2 and s.words[head - 1] == "-":  # "co-chair", "passer-by"
        noun = person_noun(f"{s.words[head - 2]}-{s.words[head]}")
    if noun is None and count is None and s.words[head] in ORDINALS and s.words[head - 1] in ("a", "another"):
        return Phrase(head - 1, head, head, top, "singular", person_noun("person"), None)  # "and wounded a third"
    if word == "another" and head == top and s.words[top - 1] not in ("after", "each", "one", "or", "to"):
        told = Count(s.text(top, top), s.start(top), s.end(top), 1, 1, "exact")
        return Phrase(top, top, top, top, "elliptic", None, told)  # "killed a herder and wounded another"
    if word == "both" and head == top and noun is None and count is None:
        return Phrase(top, top, top, top, "elliptic", None, None)  # "Both were pronounced dead"
    if head == top and s.deps[top] == "compound" and noun is None:
        return None
    if noun is None and s.words[head] in ("neither", "none", "nobody"):
        first = head if s.words[first] in DASHES else first
        return Phrase(first, last, head, top, "elliptic", None, count)
    itself = count is not None and s.tags[head] == "NNS" and count.end >= s.end(head)  # "dozens were rounded up"
    if (
        noun is None
        and (itself or s.tags[head] in ("CD", "LS", "JJ", "VBN", "DT", "JJR", "RB", "NN"))
        and head == top
        and count is not None
    ):
        if count.end < s.end(head) and (is_thing(s.words[head]) or s.tags[head] in ("NN", "RB", "JJR")):
            return None
        return Phrase(first, last, head, top, "elliptic", None, count)
    form = _form(s, head, noun)
    if form is None:
        return None
    if noun is None and is_thing(s.words[head]):
        return None
    return Phrase(first, last, head, top, form, noun, count)


_AGES = frozenset(["month", "months", "year", "years"])


def _before_ages(s: Sentence, top: int) -> int:
    """ "three children ages 4, 7 and 12 were killed": the parser takes the ages for the subject."""
    if s.words[top] == "-" and top + 1 < len(s.words) and s.tags[top + 1][:2] == "NN":  # "co-chair" under its hyphen
        return top + 1
    if s.tags[top] == "CD" and s.words[top + 1 : top + 2] == (",",) and (aged := _aged(s, top + 1)) is not None:
        return aged  # "Boy, 12, shot outside school"
    k = top
    while k > 0 and (s.tags[k] == "CD" or s.words[k] in (",", "and")) and not any(a <= k <= b for a, b, _ in s.counts):
        k -= 1
    if s.words[k] not in ("ages", "aged", "age") or k == 0:
        return top
    k -= 2 if s.words[k - 1] == "," and k > 1 else 1
    return k if s.tags[k][:2] == "NN" else top


def _aged(s: Sentence, comma: int) -> int | None:
    """Whose age stands before a comma: "Boy, 12, dies"."""
    if comma < 3 or s.words[comma] != "," or s.words[comma - 2] != "," or s.tags[comma - 1] != "CD":
        return None
    noun = person_noun(s.words[comma - 3])
    return comma - 3 if noun is not None and noun.known and not noun.plural else None


def _form(s: Sentence, head: int, noun: Noun | None) -> Form | None:
    tag = s.tags[head]
    if noun is not None:
        named = noun.plural is False and tag == "NNP" and s.doc[head].text[:1].isupper() and _has_name_beside(s, head)
        return "name" if named else "plural" if noun.plural or tag in ("NNS", "NNPS") else "singular"
    if tag == "NNPS" or (tag == "NNS" and s.doc[head].text[:1].isupper() and head > 0):
        return "plural"
    if tag == "NNP":
        return "name"
    return "plural" if tag == "NNS" else "singular" if tag == "NN" else None


def _has_name_beside(s: Sentence, head: int) -> bool:
    return any(s.tags[c] == "NNP" for c in s.children[head] if s.deps[c] == "compound")


def _behind_measure(s: Sentence, top: int) -> int:
    """ "dozens of civilians", "a total of 12 men", "six of his relatives": the noun that says who."""
    seen = top
    for _ in range(3):
        if s.words[seen] not in MEASURES and s.tags[seen] not in ("CD", "DT", "JJR", "JJS"):
            break
        of = next((c for c in s.children[seen] if s.words[c] == "of" and c > seen), None)
        below = s.child(of, "pobj", "pcomp") if of is not None else None
        fleeing = below is not None and s.tags[below] == "VBG"  # "hundreds of retreating conscripts"
        if (below is None or fleeing) and seen + 2 < len(s.words) and s.words[seen + 1] == "of":
            below = next_noun(s, seen + 2)
        if below is None or below <= seen:
            break
        seen = below
    if seen != top and s.words[seen] in (
        "them",
        "us",
        "whom",
        "which",
        "it",
        "latter",
        "these",
        "those",
        "former",
        "dead",
        "wounded",
        "injured",
    ):
        return top
    return seen


def aged_before(s: Sentence, i: int) -> int | None:
    """The person whose age stands between commas right before a word, where the parser cuts the age off."""
    return _aged(s, i - 1) if i > 3 else None


_WHEN = frozenset(["earlier", "early", "last", "late", "later", "this", "today", "yesterday"])


_IN_LAW = ("-", "in", "-", "law")


def _before_hyphens(s: Sentence, top: int) -> int:
    """ "Passers-by", "his mother-in-law": the first of the words, where the parser takes the last for the head."""
    if s.words[top] == "law" and s.words[max(0, top - 3) : top + 1] == _IN_LAW:
        return top - 4
    return top - 2 if s.words[top] == "by" and s.words[max(0, top - 2) : top] == ("passers", "-") else top


def next_noun(s: Sentence, start: int) -> int | None:
    """The head of the base noun phrase that begins at ``start``, by tags alone."""
    last = None
    for i in range(start, min(len(s.words), start + 12)):
        tag = s.tags[i]
        if s.words[i] == "|" or (s.words[i] == "-" and is_spaced(s, i)):  # "kills 12 - Zalba Times"
            break
        if last is not None and s.words[i] in _WHEN:
            break  # "a flower seller early today"
        # "a 7-year-old"
        aged = tag == "JJ" and i > start + 1 and s.words[i] in ("old", "olds") and s.words[i - 2] in _AGES
        if tag in _NOUN_TAGS or tag == "CD" or aged or (tag == "JJ" and s.words[i] in TAGGED_ADJECTIVE):
            last = i
        elif tag in ("DT", "PRP$", "JJ", "JJR", "JJS", "POS", "HYPH", "VBN", "VBG", "PDT", "RB", "IN") or s.words[
            i
        ] in ('"', "'", "-", "`", "``", "''"):
            if tag in ("IN", "VBN", "VBG", "RB") and not _inside_count(s, i) and (last is not None or tag == "IN"):
                break
            if tag == "DT" and last is not None:
                break
        else:
            break
    return last


def _inside_count(s: Sentence, token: int) -> bool:
    return any(a <= token <= b for a, b, _ in s.counts)


def _left_edge(s: Sentence, head: int) -> int:
    first = head
    named = head
    while first > 0:
        left = first - 1
        if s.words[left] == ")" and first > 3 and s.words[left - 2] == "(" and s.tags[left - 1][:3] == "NNP":
            first, named = left - 2, left - 3  # "five Kachin Independence Army (KIA) fighters"
            continue
        inside = _inside_count(s, left) and any(a <= left and b >= first - 1 for a, b, _ in s.counts)
        if (
            s.words[left] in (",", ";", ":", "(", ")", "[", "]", "|")
            or s.tags[left] in ("CC", "MD", "PRP", "WDT", "WP", ".")
            and not inside
        ):
            break
        if (s.tags[left] == "IN" or _is_apart(s, left)) and not inside:
            break
        if inside or left == named or _depends(s, left, head) or (named != head and _depends(s, left, named)):
            first = left
        else:
            break
    return first if s.words[first] != "(" else head


def _is_apart(s: Sentence, left: int) -> bool:
    """ "ZALBA - A city man was shot", "shot dead constable Ana Loft": what the parser takes for a part of the name."""
    if s.words[left] in DASHES:
        return is_spaced(s, left)
    if s.words[left] == "left" and s.tags[left - 1 : left] in (("NN",), ("NNS",)):
        return True  # "a round of fire left drivers dead"
    return s.words[left] == "dead" and left > 0 and s.words[left - 1] in _SHOT


def is_spaced(s: Sentence, dash: int) -> bool:
    """Whether a dash stands between words ("ZALBA - A man"), not within one."""
    inside = 0 < dash < len(s.words) - 1
    return inside and s.end(dash - 1) < s.start(dash) and s.end(dash) < s.start(dash + 1)


_SHOT = frozenset(["gunned", "shoot", "shooting", "shoots", "shot"])


def _depends(s: Sentence, token: int, head: int) -> bool:
    """Whether ``token`` hangs under ``head`` through arcs that stay inside a base noun phrase."""
    for _ in range(5):
        if token == head:
            return True
        if s.deps[token] not in _LEFT:
            return False
        token = s.heads[token]
    return token == head


def _count_in(s: Sentence, first: int, last: int) -> Count | None:
    found = [c for a, b, c in s.counts if first <= a and b <= last]
    return found[-1] if found else None


def _family_of(s: Sentence, top: int) -> Count | None:
    """ "a family of seven": seven."""
    if s.words[top] not in COLLECTIVES or top + 2 >= len(s.words) or s.words[top + 1] != "of":
        return None
    return next(
        (
            c
            for a, b, c in s.counts
            if a == top + 2 and b == a and (b + 1 >= len(s.words) or s.tags[b + 1] not in _NOUN_TAGS)
        ),
        None,
    )


def told_by_role(s: Sentence, phrase: Phrase) -> bool:
    """ "The driver escaped with burns", "she herself has a bullet in her thigh": somebody new all the same."""
    if phrase.form == "pronoun":
        return s.words[phrase.last + 1 : phrase.last + 2] in (("himself",), ("herself",))
    alone = phrase.form == "singular" and phrase.count is None and phrase.last == phrase.first + 1
    return alone and s.words[phrase.first] == "the" and s.words[phrase.head] in _ROLES


_ROLES: frozenset[str] = frozenset(_WORDS["roles"])


def how_many(s: Sentence, phrase: Phrase, negated: bool) -> Count | None:
    """How many people a phrase stands for; ``None`` for a definite reference back ("the wounded").

    ``negated``: the phrase stands under a negation that makes it nobody ("did not kill any civilians").
    """
    words = s.words[phrase.first : phrase.head + 1]
    whole = (phrase.first, phrase.last)
    counted = phrase.count is not None and phrase.count.start <= s.start(phrase.first)  # "no fewer than 18"
    if not counted and any(w in _NONE for w in words[:2]) or s.words[phrase.top] in ("none", "nobody", "neither"):
        return _count(s, whole, 0, 0, "exact")
    if negated and any(w in ("any", "a", "an", "anyone", "single") for w in words[:3]):
        return _count(s, whole, 0, 0, "exact")
    if phrase.count is not None:
        return phrase.count
    first = words[0]
    asked = phrase.first > 0 and s.words[phrase.first - 1] == "how" and first in ("few", "many", "much")
    if first in ("any", "how") or asked:
        return None  # "it is not known how many people died"
    if phrase.form in ("name", "pronoun"):
        return _count(s, whole, 1, 1, "exact")
    if first == "both":
        return _count(s, whole, 2, 2, "exact")
    collective = s.words[phrase.head] in COLLECTIVES
    if phrase.form == "singular" and not collective:
        if first in ("a", "an", "one") and s.words[max(0, phrase.first - 2) : phrase.first] == _AT_LEAST:
            return _count(s, (phrase.first - 2, phrase.last), 1, None, "at_least")  # "at least a nurse was killed"
        return _count(s, whole, 1, 1, "exact")
    if collective:
        if s.words[phrase.head] in ("couple", "pair", "duo"):
            return _count(s, whole, 2, 2, "exact")
        return _count(s, whole, 2, None, "unstated")
    if phrase.form == "plural":
        if first in _POSSESSIVE and words[1:] in _PARENTS:
            return _count(s, whole, 2, 2, "exact")  # "a shell killed her parents"
        if words[:2] == ("all", "the"):
            return None  # "the bodies of all the victims"
        if any(w in _DEFINITE for w in words[:1]) or (first in _POSSESSIVE and len(words) > 1):
            return None
        several = "number" in words or not COLLECTIVES.isdisjoint(words)  # "a group of farmers"
        if first in _SINGLE and len(words) > 1 and not several:  # "an additional two", "another policemen"
            return _count(s, whole, 1, 1, "exact")
        return _count(s, whole, 2, None, "unstated")
    return None


def _count(s: Sentence, tokens: tuple[int, int], low: int, high: int | None, qualifier: Qualifier) -> Count:
    first, last = tokens
    text = s.text(first, last)
    return Count(text, s.start(first), s.end(last), low, high, qualifier)

"""Whether two numbers of a report can be of the same people, by the words for them."""

from __future__ import annotations

from tollbook.find.grammar.people import singular
from tollbook.find.setting.story import Draft

GENERIC = frozenset(
    [
        "person",
        "individual",
        "man",
        "woman",
        "victim",
        "other",
        "member",
        "one",
        "civilian",
        "casualty",
        "civilian casualty",
    ]
)
_TELLING = frozenset(
    ["children", "women", "men", "elderly", "medics", "journalists", "aid_workers", "perpetrators", "police"]
)


def head_of(draft: Draft) -> str:
    """The noun for those counted, in the singular; empty where nobody is named ("six were hurt")."""
    phrase = draft.finding.phrase
    if phrase is None:
        return ""
    return singular(draft.finding.sentence.words[phrase.head])[0]


def same_people(a: Draft, b: Draft) -> bool:
    """Whether the words for two equal numbers allow that they are the same people."""
    first, second = a.finding.phrase, b.finding.phrase
    x, y = head_of(a), head_of(b)
    status = {a.who.status, b.who.status}
    if {"civilian", "combatant"} <= status:
        return False
    if _is_she(a, b) and not _are_told_apart(a, b):
        return True
    if is_headline_of(a, b) or is_headline_of(b, a):
        return True
    ga, gb = set(a.who.groups) & _TELLING, set(b.who.groups) & _TELLING
    if ga != gb and (ga and gb or (a.finding.count.high == 1 or b.finding.count.high == 1)):
        return False
    if a.finding.count.high == 1 and b.finding.count.high == 1 and first and second:
        if refers_back(a):
            return second.form != "name" or bool(_name_words(a) & _name_words(b))
        if "name" in (first.form, second.form):
            return _name_words(a) & _name_words(b) != set() or "pronoun" in (first.form, second.form)
        return x == y or x in GENERIC and y in GENERIC or "pronoun" in (first.form, second.form)
    if ga != gb and not (
        x in GENERIC or y in GENERIC or "elliptic" in (first.form if first else "", second.form if second else "")
    ):
        return a.finding.count.low == b.finding.count.low and (a.finding.count.low or 0) > 4
    return True


def _is_she(a: Draft, b: Draft) -> bool:
    """ "A girl was hit … She died": one person, once by a pronoun."""
    first, second = a.finding.phrase, b.finding.phrase
    if first is None or second is None or not a.finding.count.high == b.finding.count.high == 1:
        return False
    return first.form != second.form and "pronoun" in (first.form, second.form)


# What a headline calls somebody whom the text then names more closely.
_ALIKE = (
    frozenset(
        ["boy", "child", "girl", "minor", "pupil", "schoolboy", "schoolgirl", "student", "teen", "teenager", "youth"]
    ),
    frozenset(
        ["corporal", "guard", "officer", "paratrooper", "private", "reservist", "sergeant", "serviceman", "soldier"]
    ),
    frozenset(["constable", "cop", "officer", "policeman", "policewoman"]),
)
_LEAD = 3  # sentences


def is_headline_of(head: Draft, text: Draft) -> bool:
    """ "Teenager stabbed in park" above "A 17-year-old boy was stabbed"; "Two children killed by mine" above "Two
    brothers were killed"."""
    number = head.finding.count.high
    alike = number == text.finding.count.high is not None and head.region == "title" != text.region
    if not alike or text.finding.sentence.index > _LEAD:
        return False
    if number != 1:
        return _says_once(head) and _says_once(text)
    if any(d.finding.phrase is None or d.finding.phrase.form != "singular" for d in (head, text)):
        return False
    x, y = head_of(head), head_of(text)
    return x == y or any(x in kind and y in kind for kind in _ALIKE)


def _says_once(draft: Draft) -> bool:
    """Whether no other number of the sentence is as high: "two guards and two children"."""
    count = draft.finding.count
    return sum(c.low == count.low for _, _, c in draft.finding.sentence.counts) == 1


_MALE = frozenset(["he", "him", "himself"])
_FEMALE = frozenset(["her", "herself", "she"])


def _are_told_apart(a: Draft, b: Draft) -> bool:
    """Whether "he" and "a woman", or whoever shot himself and whoever did not, cannot be one."""
    words = {head_of(d) for d in (a, b)}
    groups = set(a.who.groups) | set(b.who.groups)
    if ("perpetrators" in a.who.groups) != ("perpetrators" in b.who.groups):
        return True
    return bool(words & _MALE and ("women" in groups or _SHE & words) or words & _FEMALE and _HE & words)


_HE = frozenset(["boy", "brother", "father", "husband", "man", "son"])
_SHE = frozenset(["daughter", "girl", "mother", "sister", "wife", "woman"])


def refers_back(draft: Draft) -> bool:
    """ "the man", "the targeted individual": somebody told of before."""
    phrase, s = draft.finding.phrase, draft.finding.sentence
    return phrase is not None and phrase.form == "singular" and s.words[phrase.first] in ("the", "this", "that")


def _name_words(draft: Draft) -> set[str]:
    phrase = draft.finding.phrase
    if phrase is None:
        return set()
    s, last = draft.finding.sentence, phrase.last
    if last + 1 < len(s.words) and s.words[last + 1] == ",":
        end = last + 2  # "the group's former leader, Anton Ruvo"
        while end < len(s.words) and s.tags[end] in ("NNP", "HYPH"):
            end += 1
        last = end - 1 if end > last + 2 else last
    words = s.words[phrase.first : last + 1]
    return {w for w in words if len(w) > 2 and w.isalpha() and w not in ("the", "and", "mrs")}


def told_words(draft: Draft) -> tuple[str, ...]:
    """The words for those counted, without articles."""
    phrase = draft.finding.phrase
    if phrase is None:
        return ()
    words = draft.finding.sentence.words[phrase.first : phrase.last + 1]
    return tuple(w for w in words if w not in ("a", "an", "the"))

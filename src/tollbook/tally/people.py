"""Whether two claims can speak of the same people: what a report says of a victim's sex, age and name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook import lexicon
from tollbook.records import Claim

_AGE = re.compile(r"\b(\d{1,3})[- ]?year[- ]old|\baged? (\d{1,3})\b", re.IGNORECASE)
_AGE_AFTER = re.compile(r"\s*,\s*(?:of [A-Z]\w+, )?(\d{1,3})(?=[,;.)\s])|\s*\((\d{1,3})\)")
_FEMALE = re.compile(
    r"\b(?:wom[ae]n|girls?|females?|(?:step|grand|god)?(?:mother|daughter|sister)s?|wi(?:fe|ves)|aunts?|nieces?|"
    r"girlfriends?|she|her(?! \w)|herself)\b",
    re.IGNORECASE,
)
_MALE = re.compile(
    r"\b(?:m[ae]n|boys?|males?|(?:step|grand|god)?(?:father|son|brother)s?|husbands?|uncles?|nephews?|boyfriends?|"
    r"he|him|himself|his own)\b",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"\b(?:others?|another|additional|more|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b", re.IGNORECASE
)
_CHILD = re.compile(
    r"\b(?:boys?|girls?|child(?:ren)?|bab(?:y|ies)|toddlers?|infants?|teen\w*|kids?|juveniles?)\b", re.IGNORECASE
)
_GROWN = re.compile(
    r"\b(?:m[ae]n|wom[ae]n|fathers?|mothers?|parents?|husbands?|wi(?:fe|ves)|(?:great-)?grand(?:father|mother|parent)s?|"
    r"uncles?|aunts?|couples?|adults?|elders?|soldiers?|troops|officers?|policem[ae]n)\b",
    re.IGNORECASE,
)
_LITTLE = re.compile(
    r"\b(?:boys?|girls?|child(?:ren)?|bab(?:y|ies)|toddlers?|infants?|kids?|schoolchild(?:ren)?)\b", re.IGNORECASE
)
_YOUNG = 15  # years: above it one report's "boy" is the other's "man"
_NAME = re.compile(r"\b[A-Z][\w'’-]+")
_WORDS = lexicon.load("grammar")["told"]
_RANKS: dict[str, int] = lexicon.load("numbers")["ranks"]
_NO_NAME: frozenset[str] = frozenset(_WORDS["no_name"])


@dataclass(frozen=True, slots=True)
class Told:
    """What a claim says of its victims; ``None`` and empty where it does not say."""

    sex: str | None
    age: int | None
    child: bool
    name: frozenset[str]
    further: bool  # "another man", "three others", "a third victim": somebody besides those told before
    generic: bool  # "people", "victims", a bare number: anybody
    grown: bool = False  # "a man", "his wife", "a soldier": no child
    rank: int = 0  # "a fifth victim": 5; 0 where it does not say
    little: bool = False  # "a toddler", "a boy": no adult; of a teenager one says "man" as well


_GENERIC = re.compile(
    r"\s*+(?:(?:different|shooting|gunshot|total|of|all|the|[^\W\d]{0,20}\d\w{0,20}) )*"
    r"(?:people|persons?|victims?|individuals?|casualties|deaths|fatalities|bodies|dead|wounded|injured|lives)?\s*\Z",
    re.IGNORECASE,
)


def told_of(claim: Claim) -> Told:
    """What the words of a claim, and an age that follows them, say of its victims."""
    victims = claim.victims
    own = (
        f"{claim.count.text} {victims.text}"
        if victims is not None and victims.start >= claim.count.end
        else (victims.text if victims else claim.count.text)
    )
    sex = "f" if _FEMALE.search(own) else "m" if _MALE.search(own) else None
    if _FEMALE.search(own) and _MALE.search(own):
        sex = None
    name = frozenset(w for w in _NAME.findall(victims.text if victims else "") if w not in _NO_NAME)
    if claim.count.high != 1:
        name = frozenset()
    generic = (
        victims is None
        or bool(_GENERIC.match(victims.text.removeprefix(f"{claim.count.text} ")))
        or victims.text == claim.count.text
        and not name
        and not sex
    )
    age = _age(claim, own)
    return Told(
        sex,
        age,
        bool(_CHILD.search(own)),
        name,
        bool(_FURTHER.search(own)),
        generic,
        _is_grown(claim, own),
        next((_RANKS[w] for w in own.lower().split() if w in _RANKS), 0) if claim.count.high == 1 else 0,
        bool(_LITTLE.search(own)) and (age is None or age < _YOUNG) and not _GROWN.search(own),
    )


def _is_grown(claim: Claim, own: str) -> bool:
    """ "A man"; so is whoever kills others and then himself."""
    killer = claim.victims is not None and "perpetrators" in claim.victims.groups
    return not _LITTLE.search(own) and (killer or bool(_GROWN.search(own)))


def _age(claim: Claim, own: str) -> int | None:
    match = _AGE.search(own)
    if match is None and claim.quote is not None and claim.count.high == 1:
        end = claim.victims.end if claim.victims else claim.count.end
        match = _AGE_AFTER.match(claim.quote.text, max(0, end - claim.quote.start))
    return int(match[1] or match[2]) if match else None


def can_be_one(a: Told, b: Told) -> bool:
    """Whether two single victims can be the same person; ``b`` is told after ``a``."""
    if b.further or (a.sex and b.sex and a.sex != b.sex):
        return False
    if a.grown and b.little or a.little and b.grown:
        return False
    if a.age is not None and b.age is not None and a.age != b.age:
        return False
    if a.name and b.name:
        return bool(a.name & b.name)
    return not (a.age is not None and a.age > 19 and b.child or b.age is not None and b.age > 19 and a.child)


def how_many(told: Sequence[Told]) -> int:
    """The fewest persons that these descriptions of single victims can be.

    >>> man, woman = Told("m", None, False, frozenset(), False, False), Told("f", 30, False, frozenset(), False, False)
    >>> how_many([man, woman, man])
    2
    """
    persons: list[list[Told]] = []
    for one in told:
        known = next((p for p in persons if all(can_be_one(t, one) for t in p)), None)
        if known is None:
            persons.append([one])
        else:
            known.append(one)
    return len(persons)

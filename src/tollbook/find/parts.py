"""Numbers that the words make part of one told before: "four of the dead were children", "his wife", "as follows:"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.find.likeness import GENERIC, head_of
from tollbook.find.setting.story import Draft, in_lead
from tollbook.records import RelationType

_HARMED = (
    r"(?:\d+ )?(?:more |most )?(?:[a-z]+ly )?(?:casualties|children|dead|deaths|deceased|fallen|fatalities|"
    r"injured|killed|martyr(?:s|ed)|slain|victims|wounded)"
)
_OF_THOSE = re.compile(
    rf"\b(?:of them|of these|of whom|of the {_HARMED}|(?:of|among) those (?:injured|killed|martyred|wounded)|"
    r"among (?:them|the (?:dead|victims|casualties|killed|wounded|injured|martyrs)))\b",
    re.IGNORECASE,
)
# "The nine dead included a policeman and two nurses"
_INCLUDED = re.compile(
    r"\b(?:dead|deceased|fatalities|injured|killed|slain|wounded) (?:were said to )?include[ds]?\b[^.;:]{0,60}\Z",
    re.IGNORECASE,
)
# "Three of the wounded died": none of those dead before.
_OF_THE_HURT = re.compile(r"\A(?:[^\s,;.]+ ){0,3}?of the (?:\w+ )?(?:injured|wounded)\b", re.IGNORECASE)
# "Met raiders at the ford, killing two of them": of those met, of whom no number was told.
_SHOOTING = re.compile(
    r"\b(?:injuring|killing|neutrali[sz](?:ed|ing)|shooting|wounding)\s(?:[\w-]+ )?\Z", re.IGNORECASE
)
_WITH = re.compile(r"(?<!along )(?<!together )\bwith (?:at least )?\Z", re.IGNORECASE)
_SHARED_OUT = re.compile(
    r"\b(?:broken down|distributed|divided|spread|split)(?: up)? as follows\b|\bas follows ?:", re.IGNORECASE
)
_KINDS = frozenset(["children", "women", "elderly", "medics", "journalists"])
_FURTHER = re.compile(
    r"\b(?:later|new|second) (?:[\w-]+ )?(?:attack|blast|bombing|raid|shelling|strike)\b|"
    r"\b(?:also|another|earlier|elsewhere|more|other|others|separately|third|fourth)\b",
    re.IGNORECASE,
)
_POSSESSIVE = frozenset(["my", "his", "her", "their", "our"])
_KIN = frozenset(
    ["wife", "husband", "son", "daughter", "mother", "father", "sister", "brother", "child", "baby", "cousin", "nephew"]
)
# "She had lost two sons", "we buried my brother": those who mourn tell of some of the dead.
_MOURNED = frozenset(["bodies", "body", "buried", "bury", "grave", "lose", "lost", "mourn", "mourned", "mourning"])
_MY = frozenset(["my", "our"])
_FAR_KIN = _KIN | {
    "aunt",
    "grandchild",
    "granddaughter",
    "grandfather",
    "grandmother",
    "grandson",
    "niece",
    "parent",
    "uncle",
}
_SPOUSES_AND_PARENTS = frozenset(["father", "husband", "mother", "wife"])
_FAMILIES = frozenset(["family", "member", "relative", "family member", "household", "child", "sibling"])


@dataclass(frozen=True, slots=True)
class _Signs:
    """What the words around a number say of its being part of another."""

    telling: bool  # "four of the dead"
    definite: bool  # "the driver"
    kin: bool  # "his wife"
    mourned: bool  # "my brother", "she lost two sons"
    the_others: bool  # "Dara and the two other fighters"
    shared_out: bool  # "The wounded were spread as follows: seven in Sake, four in …"
    within: bool  # "hurts four children, with one paralysed"
    kind: bool  # children, nurses: some of "21 people"


def whole_of(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], i: int) -> int | None:
    """ "Four of the dead were children", a sentence or more after the number that they belong to."""
    signs = _signs(drafts[i])
    if signs is None:
        return None
    beside = _beside_kin(drafts, relations, i)
    if beside is None:
        beside = _listed_with(drafts, relations, i)
    if beside is not None:
        return beside
    if drafts[i].finding.harm == "killed" and _OF_THE_HURT.search(_after(drafts[i])):
        return _risen_by(drafts, i)
    if signs.kind and not signs.telling and _stands_beside(drafts, relations, i):
        return None
    held = next((j for j in range(i - 1, -1, -1) if _can_hold(drafts, relations, (i, j), signs)), None)
    if held is None and signs.telling and tells_share(drafts[i]):
        held = next((j for j in range(i - 1, -1, -1) if _of_the_last(drafts, relations, (i, j))), None)
        if held is None and in_lead(drafts[i]):
            held = next((j for j in range(i + 1, len(drafts)) if _can_hold(drafts, relations, (i, j), signs)), None)
    return held


def _stands_beside(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], i: int) -> bool:
    """ "Mortars hurt six traders. … Ten gunmen and a nurse were hurt": no more of the six than the gunmen are."""
    if not i or relations[i - 1] is not None or drafts[i - 1].who.status != "combatant":
        return False
    one, other = drafts[i - 1].finding, drafts[i].finding
    return one.sentence is other.sentence and one.trigger == other.trigger


def _risen_by(drafts: Sequence[Draft], i: int) -> int | None:
    """ "Two of the wounded died, taking the toll to five": of the five, not of the three dead before."""
    a = drafts[i].finding
    for j, b in enumerate(drafts):
        other = b.finding
        if (
            j != i
            and other.sentence is a.sentence
            and other.harm == a.harm
            and (other.count.low or 0) > (a.count.low or 0)
        ):
            return j
    return None


_BODIES = frozenset(["bodies", "dead", "deceased", "slain", "victims"])


def summed_by(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], i: int) -> tuple[int, ...]:
    """ "Shot his wife and then himself, leaving police to find the two dead": those told before in it."""
    whole, s = drafts[i].finding, drafts[i].finding.sentence
    phrase, size = whole.phrase, whole.count.low or 0
    if phrase is None or size < 2 or s.words[phrase.first] != "the" or s.words[whole.trigger] not in _BODIES:
        return ()
    told = [
        j
        for j in range(i)
        if drafts[j].finding.sentence is s and drafts[j].finding.harm == whole.harm and relations[j] is None
    ]
    return tuple(told) if sum(drafts[j].finding.count.low or 0 for j in told) <= size else ()


def _signs(a: Draft) -> _Signs | None:
    s, phrase = a.finding.sentence, a.finding.phrase
    size = a.finding.count.high or a.finding.count.low
    if phrase is None or not size:
        return None
    start = a.finding.count.start - s.passage.start
    before = s.passage.text[:start]
    begin, end = max(0, start - 25), a.finding.count.end - s.passage.start + 60
    near = s.passage.text[begin:end]
    others = {c.end + 1 - s.passage.start for _, _, c in s.counts if c.start != a.finding.count.start}
    single = phrase.form == "singular" and size == 1
    definite = s.words[phrase.first] == "the"
    return _Signs(
        # "killed three, two of them children": of the three are the two
        telling=any(
            m.start() not in others and not (m[0].lower() == "of them" and _SHOOTING.search(before))
            for m in _OF_THOSE.finditer(s.passage.text, begin, end)
        )
        or _INCLUDED.search(before) is not None,
        definite=single and definite,
        kin=single and _is_kin(a),
        mourned=head_of(a) in _FAR_KIN and _is_mourned(a) and not _FURTHER.search(near),
        the_others=definite and phrase.form == "plural" and "other" in s.words[phrase.first : phrase.head],
        shared_out=bool(_SHARED_OUT.search(before)),
        within=bool(_WITH.search(before)),
        kind=phrase.form in ("plural", "singular") and bool(set(a.who.groups) & _KINDS) and not _FURTHER.search(near),
    )


_OF_THE_DEAD = re.compile(
    rf"\A(?:[^\s,;.]+ ){{0,6}}?(?:of|among) (?:the {_HARMED}|those (?:injured|killed|martyred|wounded))\b"
)


def tells_share(draft: Draft) -> bool:
    """ "Two of those killed": some of a number told before, whatever other two the text has."""
    return _OF_THE_DEAD.search(_after(draft)) is not None


def _after(draft: Draft) -> str:
    s = draft.finding.sentence
    start = draft.finding.count.start - s.passage.start
    return s.passage.text[start : start + 60]


def _of_the_last(
    drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], pair: tuple[int, int]
) -> bool:
    """ "At least three of those killed": those told of last, though in a sentence taken for another incident's."""
    a, b = drafts[pair[0]], drafts[pair[1]]
    size = a.finding.count.high or a.finding.count.low or 0
    free = (relations[pair[1]] or ("", 0))[0] != "part_of" and b.finding.sentence is not a.finding.sentence
    return free and b.finding.harm == a.finding.harm and b.scope == a.scope and (b.finding.count.low or 0) > size


def _can_hold(
    drafts: Sequence[Draft],
    relations: Sequence[tuple[RelationType, int] | None],
    pair: tuple[int, int],
    signs: _Signs,
) -> bool:
    """Whether the second draft of the pair is a number that the first, with these signs, is part of."""
    a, b = drafts[pair[0]], drafts[pair[1]]
    s, size = a.finding.sentence, a.finding.count.high or a.finding.count.low or 0
    relation, other = relations[pair[1]], b.finding
    same = other.sentence is s
    summed = signs.telling and b.scope == "total" and 0 < s.index - other.sentence.index <= 2
    if b.thread != a.thread and not summed and not signs.shared_out:
        return False
    if (other.count.low or other.count.high or 0) <= size:
        return False
    if (relation or ("", 0))[0] == "part_of":  # "seven of the injured were flown out, two of them on ventilators"
        return same and signs.telling and other.harm == a.finding.harm
    if other.harm not in (a.finding.harm, "casualties") and a.finding.harm != "casualties":
        return False
    if "perpetrators" in a.who.groups and "soldiers" in b.who.groups:
        return False  # "drove off the raiders, shooting two of them"
    everybody = head_of(b) in GENERIC or other.phrase is None or other.phrase.form == "elliptic"
    if signs.kind and everybody and relation is None and not same and b.stance == a.stance:
        return True  # "21 people were killed. … We pulled out the bodies of seven children"
    if relation is None and (signs.telling or (signs.within and same and other.harm == a.finding.harm)):
        return True
    if signs.shared_out and not same:
        return True
    if signs.mourned and everybody and relation is None and not same and b.stance == a.stance == "asserted":
        return True
    if (signs.definite or signs.the_others) and head_of(b) == head_of(a):
        return True
    grown = head_of(a) in _SPOUSES_AND_PARENTS and head_of(b) in ("child", "sibling")  # his wife is none of them
    return signs.kin and other.phrase is not None and head_of(b) in _FAMILIES and not grown


def _beside_kin(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], i: int) -> int | None:
    """ "His wife's leg was broken, and two other family members were wounded": of the same family."""
    a = drafts[i]
    s, phrase = a.finding.sentence, a.finding.phrase
    if phrase is None or phrase.form != "plural" or head_of(a) not in _FAMILIES:
        return None
    if "other" not in s.words[phrase.first : phrase.last + 1]:
        return None
    beside = [relations[j] for j in range(i) if drafts[j].finding.sentence is s and _is_kin(drafts[j])]
    return next((r[1] for r in beside if r is not None and r[0] == "part_of"), None)


def _listed_with(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], i: int) -> int | None:
    """ "Among the dead are nine children, a nurse and two traders": what holds the children holds the traders."""
    a = drafts[i].finding
    before = relations[i - 1] if i else None
    if before is None or before[0] != "part_of" or drafts[i - 1].finding.sentence is not a.sentence:
        return None
    whole = drafts[before[1]].finding
    fits = (whole.count.low or 0) > (a.count.high or a.count.low or 0) and whole.sentence is not a.sentence
    return before[1] if fits and drafts[i - 1].finding.trigger == a.trigger else None


def _is_mourned(draft: Draft) -> bool:
    phrase, s = draft.finding.phrase, draft.finding.sentence
    if phrase is None:
        return False
    return s.words[phrase.first] in _MY or any(w in _MOURNED for w in s.words)


def _is_kin(draft: Draft) -> bool:
    """ "My son", "his wife"."""
    phrase, s = draft.finding.phrase, draft.finding.sentence
    return phrase is not None and s.words[phrase.first] in _POSSESSIVE and head_of(draft) in _KIN

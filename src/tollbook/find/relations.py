"""How the claims of one document stand to each other: part of, repeated, updated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.grammar.people import singular
from tollbook.find.harm.rivals import EARLIER
from tollbook.find.setting.days import dates_agree
from tollbook.find.setting.gathering import OTHER
from tollbook.find.setting.outcomes import settle_outcomes
from tollbook.find.setting.story import Draft
from tollbook.records import RelationType

_RISE = re.compile(
    r"\b(?:rose|risen|rises|rising|climbed|climbs|climbing|increased|increases|jumped|updated|revised|"
    r"grew|grown|bringing|brings|brought|raising|raised|now stands|up from|total number of victims)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
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
_VAGUE = ("unstated", "vague")
_OF_THOSE = re.compile(
    r"\b(?:of them|of whom|of the (?:dead|victims|casualties|wounded|injured|children|killed|slain|"
    r"deceased|martyr(?:s|ed))|(?:of|among) those (?:killed|injured|wounded|martyred)|"
    r"among (?:them|the (?:dead|victims|casualties|killed|wounded|injured|martyrs)))\b",
    re.IGNORECASE,
)


def relate(drafts: Sequence[Draft], parents: Sequence[int | None]) -> list[tuple[RelationType, int] | None]:
    """For each draft its relation to another, by index. ``parents``: what the grammar found to be part of what."""
    parents = list(parents)
    settle_outcomes(drafts, parents)
    relations: list[tuple[RelationType, int] | None] = [None] * len(drafts)
    for i in range(len(drafts)):
        parent = parents[i]
        if parent is not None:
            again = _part_again(drafts, relations, parents, i)
            relations[i] = ("part_of", parent) if again is None else ("repeats", again)
            continue
        repeated = _repeats(drafts, relations, parents, i)
        if repeated is not None:
            relations[i] = ("repeats", repeated)
            continue
        whole = _whole(drafts, relations, i)
        if whole is not None:
            relations[i] = ("part_of", whole)
            continue
        updated = _updates(drafts, relations, i)
        if updated is not None:
            relations[i] = ("updates", updated)
    for i in range(len(drafts)):
        _supersede(drafts, relations, i)
    return relations


def _supersede(drafts: Sequence[Draft], relations: list[tuple[RelationType, int] | None], i: int) -> None:
    """ "Nine dead, up from six": the nine, or what it repeats, updates the six, or what that repeats."""
    a = drafts[i]
    if a.finding.rule != EARLIER:
        return
    now = next(
        (
            j
            for j in range(i - 1, -1, -1)
            if drafts[j].finding.sentence is a.finding.sentence and drafts[j].finding.harm == a.finding.harm
        ),
        None,
    )
    if now is None:
        return
    new, old = (_first_told(relations, n) for n in (now, i))
    if new != old and (relations[new] or ("updates", 0))[0] == "updates":
        relations[new] = ("updates", old)


def _first_told(relations: Sequence[tuple[RelationType, int] | None], i: int) -> int:
    relation = relations[i]
    return relation[1] if relation is not None and relation[0] == "repeats" else i


def _part_again(
    drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], parents: Sequence[int | None], i: int
) -> int | None:
    """The same part of the same number, told before: "11 dead, including a nurse" twice."""
    a, parent = drafts[i], parents[i]
    if parent is None or a.finding.count.qualifier in _VAGUE:
        return None
    whole = relations[parent]
    for j in range(i):
        b, theirs = drafts[j], parents[j]
        if theirs is None or b.finding.harm != a.finding.harm or (relations[j] or ("", 0))[0] == "repeats":
            continue
        same_whole = whole == ("repeats", theirs) or (_same_event(a, b) and theirs != parent)
        counts = a.finding.count, b.finding.count
        if same_whole and (counts[0].low, counts[0].high) == (counts[1].low, counts[1].high) and _same_people(a, b):
            return j
    return None


def _repeats(
    drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], parents: Sequence[int | None], i: int
) -> int | None:
    a = drafts[i]
    best: tuple[int, int] | None = None
    for j, b in enumerate(drafts):
        if j == i or b.finding.harm != a.finding.harm or b.scope != a.scope or not _same_event(a, b):
            continue
        if relations[j] == ("repeats", i) or (parents[j] is not None and parents[i] is None):
            continue
        if parents[i] == j or parents[j] == i:
            continue
        if a.finding.sentence is b.finding.sentence and a.finding.count.qualifier not in _VAGUE:
            continue
        how = _same_count(a, b, earlier=j < i)
        if how and _same_people(a, b) and not _doubt_differs(a, b):
            target = j
            while (r := relations[target]) is not None and r[0] == "repeats" and r[1] != i:
                target = r[1]
            if target == i:
                continue
            if best is None or how > best[0]:
                best = (how, target)
    return best[1] if best else None


def _same_event(a: Draft, b: Draft) -> bool:
    if a.scope == "total" or a.thread == b.thread:
        return True
    later = max(a, b, key=lambda d: d.finding.count.start)
    if OTHER.search(later.finding.sentence.passage.text):
        return False  # "last week another raid killed 20": the same number by chance
    x, y = a.finding.count, b.finding.count  # one number of the same people, told again beside another place
    if (x.low, x.high) != (y.low, y.high) or (x.low or 0) < 3 or x.qualifier == "vague" or _head(a) != _head(b):
        return False
    return a.date is None or b.date is None or dates_agree(a.date, b.date) > 0


def _same_count(a: Draft, b: Draft, earlier: bool) -> int:
    """2: the same number said before; 1: a vaguer wording of a number that stands elsewhere."""
    x, y = a.finding.count, b.finding.count
    if (x.low, x.high) == (y.low, y.high):
        return 2 if earlier else 0
    if (
        x.low == y.low
        and x.low is not None
        and earlier
        and {x.qualifier, y.qualifier} <= {"exact", "at_least", "about"}
    ):
        return 2
    if x.qualifier in _VAGUE and (y.qualifier not in _VAGUE or (x.qualifier == "unstated" and y.qualifier == "vague")):
        low = y.low if y.low is not None else y.high
        if low is not None and x.low is not None and low >= x.low and a.scope != "total":
            return 1
    return 0


def _head(draft: Draft) -> str:
    phrase = draft.finding.phrase
    if phrase is None:
        return ""
    return singular(draft.finding.sentence.words[phrase.head])[0]


def _same_people(a: Draft, b: Draft) -> bool:
    first, second = a.finding.phrase, b.finding.phrase
    x, y = _head(a), _head(b)
    status = {a.who.status, b.who.status}
    if {"civilian", "combatant"} <= status:
        return False
    ga, gb = set(a.who.groups) & _TELLING, set(b.who.groups) & _TELLING
    if ga != gb and (ga and gb or (a.finding.count.high == 1 or b.finding.count.high == 1)):
        return False
    if a.finding.count.high == 1 and b.finding.count.high == 1 and first and second:
        if _refers_back(a):
            return second.form != "name" or bool(_name_words(a) & _name_words(b))
        if "name" in (first.form, second.form):
            return _name_words(a) & _name_words(b) != set() or "pronoun" in (first.form, second.form)
        return x == y or x in _GENERIC and y in _GENERIC or "pronoun" in (first.form, second.form)
    if ga != gb and not (
        x in _GENERIC or y in _GENERIC or "elliptic" in (first.form if first else "", second.form if second else "")
    ):
        return a.finding.count.low == b.finding.count.low and (a.finding.count.low or 0) > 4
    return True


def _refers_back(draft: Draft) -> bool:
    """ "the man", "the targeted individual": somebody told of before."""
    phrase, s = draft.finding.phrase, draft.finding.sentence
    return phrase is not None and phrase.form == "singular" and s.words[phrase.first] in ("the", "this", "that")


def names_the_counted(draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether a name only says who somebody was that a number of the same incident has counted already: no claim."""
    phrase = draft.finding.phrase
    if phrase is None or phrase.form != "name":
        return False
    for other in before:
        theirs = other.finding.phrase
        if (
            other.thread != draft.thread
            or other.finding.harm != draft.finding.harm
            or theirs is None
            or theirs.form in ("name", "pronoun")
        ):
            continue
        if other.finding.count.high != 0 and not _refers_back(other) and other.stance == draft.stance:
            return True
    return False


_TELLING = frozenset(
    ["children", "women", "men", "elderly", "medics", "journalists", "aid_workers", "perpetrators", "police"]
)


def _name_words(draft: Draft) -> set[str]:
    phrase = draft.finding.phrase
    if phrase is None:
        return set()
    words = draft.finding.sentence.words[phrase.first : phrase.last + 1]
    return {w for w in words if len(w) > 2 and w.isalpha() and w not in ("the", "and", "mrs")}


def _doubt_differs(a: Draft, b: Draft) -> bool:
    return {a.stance, b.stance} & {"denied", "retracted"} != set() and a.stance != b.stance


def _whole(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], i: int) -> int | None:
    """ "Four of the dead were children", a sentence or more after the number that they belong to."""
    a = drafts[i]
    s, phrase = a.finding.sentence, a.finding.phrase
    size = a.finding.count.high or a.finding.count.low
    if phrase is None or not size:
        return None
    begin, end = a.finding.count.start - s.passage.start, a.finding.count.end - s.passage.start
    begin, end = max(0, begin - 25), end + 60
    near = s.passage.text[begin:end]
    others = {c.end + 1 - s.passage.start for _, _, c in s.counts if c.start != a.finding.count.start}
    # "killed three, two of them children": of the three are the two
    telling = any(m.start() not in others for m in _OF_THOSE.finditer(s.passage.text, begin, end))
    single = phrase.form == "singular" and size == 1
    kin = single and s.words[phrase.first] in _POSSESSIVE and _head(a) in _KIN
    definite = single and s.words[phrase.first] == "the"
    kind = phrase.form in ("plural", "singular") and bool(set(a.who.groups) & _KINDS) and not _FURTHER.search(near)
    if not (telling or kin or definite or kind):
        return None
    for j in range(i - 1, -1, -1):
        b = drafts[j]
        low = b.finding.count.low or b.finding.count.high or 0
        summed = telling and b.scope == "total" and 0 < s.index - b.finding.sentence.index <= 2
        if (b.thread != a.thread and not summed) or low <= size or (relations[j] or ("", 0))[0] == "part_of":
            continue
        if b.finding.harm not in (a.finding.harm, "casualties") and a.finding.harm != "casualties":
            continue
        everybody = _head(b) in _GENERIC or b.finding.phrase is None or b.finding.phrase.form == "elliptic"
        if kind and everybody and relations[j] is None and b.finding.sentence is not s and b.stance == a.stance:
            return j  # "21 people were killed. … We pulled out the bodies of seven children"
        if telling and relations[j] is None or definite and _head(b) == _head(a):
            return j
        if kin and b.finding.phrase is not None and _head(b) in _FAMILIES:
            return j
    return None


_KINDS = frozenset(["children", "women", "elderly", "medics", "journalists"])
_FURTHER = re.compile(
    r"\b(?:also|another|earlier|elsewhere|more|other|others|separately|third|fourth)\b", re.IGNORECASE
)
_POSSESSIVE = frozenset(["my", "his", "her", "their", "our"])
_KIN = frozenset(
    ["wife", "husband", "son", "daughter", "mother", "father", "sister", "brother", "child", "baby", "cousin", "nephew"]
)
_FAMILIES = frozenset(["family", "member", "relative", "family member", "household", "child", "sibling"])


def _updates(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], i: int) -> int | None:
    a = drafts[i]
    if not _RISE.search(a.finding.sentence.passage.text):
        return None
    for j in range(i - 1, -1, -1):
        b = drafts[j]
        if (
            b.thread == a.thread
            and b.finding.harm == a.finding.harm
            and b.finding.count.low != a.finding.count.low
            and b.finding.sentence is not a.finding.sentence
            and (relations[j] or ("", 0))[0] != "part_of"
        ):
            return j
    return None

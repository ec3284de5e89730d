"""How the claims of one document stand to each other: part of, repeated, updated."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.grammar.people import person_noun
from tollbook.find.harm.rivals import EARLIER, LATER
from tollbook.find.likeness import GENERIC, head_of, is_headline_of, refers_back, same_people, told_words
from tollbook.find.parts import summed_by, tells_share, whole_of
from tollbook.find.setting.days import dates_agree
from tollbook.find.setting.gathering import OTHER
from tollbook.find.setting.outcomes import settle_outcomes
from tollbook.find.setting.sites import rank, within
from tollbook.find.setting.story import Draft, in_lead
from tollbook.records import RelationType

_SPOT = 4.0  # what ranks above is a province or more
_RISE = re.compile(
    r"\b(?:rose|risen|rises|rising|climbed|climbs|climbing|increased|increases|jumped|updated|revised|"
    r"grew|grown|bringing|brings|brought|raising|raised|"
    r"(?:taking|takes|took) the (?:death )?toll|now stands|up from|total number of victims)\b",
    re.IGNORECASE,
)
_VAGUE = ("unstated", "vague")
_ROUNDED = 1.25  # how far a headline may round down


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
        corrected = _corrects(drafts, parents, i)
        if corrected is not None:
            relations[i] = ("updates", corrected)
            continue
        repeated = _repeats(drafts, relations, parents, i)
        whole = whole_of(drafts, relations, i)
        share = repeated is not None and whole is not None and tells_share(drafts[i])
        if share and repeated is not None and not _of_one_kind(drafts[i], drafts[repeated]):
            repeated = None  # "two of those killed were girls", and two were dead before the others
        if repeated is not None:
            relations[i] = ("repeats", repeated)
            continue
        if whole is not None:
            relations[i] = ("part_of", whole)
            continue
        raised = _raised(drafts, i)
        if raised is not None:
            relations[i] = ("part_of", raised)
            continue
        updated = _updates(drafts, relations, i)
        if updated is not None:
            relations[i] = ("updates", updated)
    for i in range(len(drafts)):
        _supersede(drafts, relations, i)
        for j in summed_by(drafts, relations, i):
            relations[j] = ("part_of", i)
    return relations


def _of_one_kind(a: Draft, b: Draft) -> bool:
    return not set(a.who.groups).isdisjoint(b.who.groups)


def _supersede(drafts: Sequence[Draft], relations: list[tuple[RelationType, int] | None], i: int) -> None:
    """ "Nine dead, up from six", "six on Monday and nine on Tuesday": the nine, or what it repeats, updates the six, or
    what that repeats."""
    a = drafts[i]
    if a.finding.rule not in (EARLIER, LATER):
        return
    other = next(
        (
            j
            for j in range(i - 1, -1, -1)
            if drafts[j].finding.sentence is a.finding.sentence and drafts[j].finding.harm == a.finding.harm
        ),
        None,
    )
    if other is None:
        return
    new, old = (_first_told(relations, n) for n in ((other, i) if a.finding.rule == EARLIER else (i, other)))
    if new != old and (relations[new] or ("updates", 0))[0] == "updates":
        relations[new] = ("updates", old)


def _first_told(relations: Sequence[tuple[RelationType, int] | None], i: int) -> int:
    relation = relations[i]
    return relation[1] if relation is not None and relation[0] == "repeats" else i


def _corrects(drafts: Sequence[Draft], parents: Sequence[int | None], i: int) -> int | None:
    """ "We reported that twelve were killed. We have since confirmed that the total number of victims was ten."."""
    a = drafts[i]
    before = [j for j in range(i) if parents[j] is None and drafts[j].finding.harm == a.finding.harm]
    if not before or a.stance != "asserted" or not _RISE.search(a.finding.sentence.passage.text):
        return None
    b = drafts[before[-1]]
    same = b.thread == a.thread and b.finding.count.low != a.finding.count.low
    return before[-1] if same and b.stance == "retracted" else None


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
        if _doubt_differs(a, b):
            continue
        if same_whole and (counts[0].low, counts[0].high) == (counts[1].low, counts[1].high) and same_people(a, b):
            return j
    return None


def _repeats(
    drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], parents: Sequence[int | None], i: int
) -> int | None:
    a = drafts[i]
    best: tuple[int, int] | None = None
    for j, b in enumerate(drafts):
        if j == i or b.finding.harm != a.finding.harm or b.scope != a.scope:
            continue
        if relations[j] == ("repeats", i) or (parents[j] is not None and parents[i] is None):
            continue
        if parents[i] == j or parents[j] == i:
            continue
        if a.finding.sentence is b.finding.sentence:
            continue
        how = _same_count(a, b, earlier=j < i)
        if how and _same_event(a, b) and same_people(a, b) and not _doubt_differs(a, b):
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
    if _summed_up(a, b) or _summed_up(b, a):
        return True
    x, y = a.finding.count, b.finding.count  # one number of the same people, told again beside another place
    if (x.low, x.high) != (y.low, y.high) or (x.low or 0) < 3 or x.qualifier == "vague":
        return False
    if head_of(a) != head_of(b) and not is_headline_of(b, a):
        return False
    later = max(a, b, key=lambda d: d.finding.count.start)  # looked through last: it is a sentence, for each pair
    if OTHER.search(later.finding.sentence.passage.text):
        return False  # "last week another raid killed 20": the same number by chance
    return a.date is None or b.date is None or dates_agree(a.date, b.date) > 0


def _summed_up(lead: Draft, later: Draft) -> bool:
    """A headline or first sentence tells in the same words what the text then tells of a place: "A regime soldier and
    two guards were killed in separate incidents. … A regime soldier was killed near the dam"."""
    if not in_lead(lead) or in_lead(later) or lead.finding.count.low != later.finding.count.low:
        return False
    if later.place is None or _has_spot(lead):
        return False
    words = told_words(lead)
    apart = "separate" in lead.finding.sentence.words and head_of(lead) not in GENERIC
    if len(words) < (1 if apart else 2) or words != told_words(later) or lead.stance != later.stance:
        return False
    return lead.date is None or later.date is None or dates_agree(lead.date, later.date) > 0


def lend_places(drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None]) -> None:
    """A number of the headline or the first sentences was where the text tells it again with a spot; one told again
    without a place was where it was told first; a part was where the whole of its own sentence was, unless it says
    otherwise. Sets ``place``."""
    for i, lead in enumerate(drafts):
        if not in_lead(lead) or _has_spot(lead):
            continue
        told = [
            d.place
            for j, d in enumerate(drafts)
            if d.place is not None and _has_spot(d) and not in_lead(d)
            if ("repeats", i) == relations[j] or ("repeats", j) == relations[i] or _same_root(relations, i, j)
        ]
        fitting = [p for p in told if lead.place is None or not _says_place(lead) or within(p, lead.place)]
        if fitting and len({p.name for p in fitting}) == 1:
            lead.place = fitting[0]
    for again, relation in zip(drafts, relations, strict=True):
        if again.place is None and relation is not None and relation[0] == "repeats":
            again.place = drafts[relation[1]].place
    for part, relation in zip(drafts, relations, strict=True):
        if relation is None or relation[0] != "part_of" or _says_place(part):
            continue
        whole = drafts[relation[1]]
        if whole.finding.sentence is part.finding.sentence:
            part.place = whole.place


def _same_root(relations: Sequence[tuple[RelationType, int] | None], i: int, j: int) -> bool:
    return relations[i] is not None and relations[i] == relations[j] and (relations[i] or ("", 0))[0] == "repeats"


def _has_spot(draft: Draft) -> bool:
    """Whether a number's own sentence says where, more closely than a province."""
    return draft.place is not None and rank(draft.place) <= _SPOT and _says_place(draft)


def _says_place(draft: Draft) -> bool:
    passage = draft.finding.sentence.passage
    return draft.place is not None and passage.start <= draft.place.start < passage.end


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
    if earlier and b.region == "title" != a.region and y.high is None and x.low is not None and y.low is not None:
        return 2 if x.low == x.high and y.low <= x.low <= _ROUNDED * y.low else 0  # "over 100 hurt", "111 injured"
    if a.who.status == "combatant" != b.who.status and not in_lead(a):
        return 0  # "several gunmen" of the army are not the 14 people of the mayor
    if x.qualifier in _VAGUE and (y.qualifier not in _VAGUE or (x.qualifier == "unstated" and y.qualifier == "vague")):
        low = y.low if y.low is not None else y.high
        open_end = y.qualifier == "at_least" and x.qualifier == "unstated"  # "civilians", "at least a civilian"
        ahead = earlier or a.region == "title" or a.finding.sentence.index <= 1
        if ahead and low is not None and x.low is not None and (low >= x.low or open_end) and a.scope != "total":
            return 1
    return 0


def without_pronouns(
    drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None]
) -> tuple[list[Draft], list[tuple[RelationType, int] | None]]:
    """Drop what repeats a number by a mere "he" or "her", which refers back to somebody counted; renumber the rest."""
    back = [(r or ("",))[0] == "repeats" and _is_pronoun(d) for d, r in zip(drafts, relations, strict=True)]
    kept = [i for i, dropped in enumerate(back) if not dropped]
    place = {old: new for new, old in enumerate(kept)}

    def link(i: int) -> tuple[RelationType, int] | None:
        relation = relations[i]
        while relation is not None and back[relation[1]]:  # what is said of "him" is said of the one he is
            onward = relations[relation[1]]
            relation = (relation[0], onward[1]) if onward is not None else None
        return (relation[0], place[relation[1]]) if relation is not None else None

    return [drafts[i] for i in kept], [link(i) for i in kept]


def _is_pronoun(draft: Draft) -> bool:
    """ "He was shot in the leg"; not "Loft was shot in the neck and taken to a clinic, where he died": that is Loft."""
    s, phrase = draft.finding.sentence, draft.finding.phrase
    if phrase is None or phrase.form != "pronoun":
        return False
    return not any(s.tags[k][:3] == "NNP" or person_noun(s.words[k]) is not None for k in range(phrase.first))


def names_the_counted(draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether a name only says who somebody was that a number of the same incident has counted already: no claim."""
    phrase = draft.finding.phrase
    if phrase is None or phrase.form != "name" or phrase.count is not None:  # "more than 300 Tutsi" are nobody's name
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
        if other.finding.count.high != 0 and not refers_back(other) and other.stance == draft.stance:
            return True
    return False


def _doubt_differs(a: Draft, b: Draft) -> bool:
    return {a.stance, b.stance} & {"denied", "retracted"} != set() and a.stance != b.stance


_MORE = re.compile(r"\b(?:additional|another|further|more|others?)\b", re.IGNORECASE)


def _raised(drafts: Sequence[Draft], i: int) -> int | None:
    """ "The toll has risen to 15 after three more people died": the three are among the fifteen."""
    a, count = drafts[i], drafts[i].finding.count
    start = a.finding.sentence.passage.start
    near = a.finding.sentence.passage.text[max(0, count.start - start - 12) : count.end - start + 12]
    size = count.high or count.low
    if not size or not _MORE.search(near):
        return None
    for j, b in enumerate(drafts):
        beside = abs(b.finding.sentence.index - a.finding.sentence.index) <= 1
        risen = b.finding.rule in ("toll", "number of dead") and _RISE.search(b.finding.sentence.passage.text)
        one = b.thread == a.thread and b.finding.harm == a.finding.harm
        if beside and risen and one and (b.finding.count.low or 0) > size:
            return j
    return None


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

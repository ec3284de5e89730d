"""What became of those who were shot or taken to hospital, where the report says it elsewhere.

"Four people were shot … one of them died": four casualties, of whom one was killed. "Reyes was taken to hospital …
Reyes was pronounced dead": killed. "Shot" alone, with nobody said to have died, stays an injury, unless
soldiers shot and nobody in the report is wounded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tollbook import lexicon
from tollbook.find.grammar.arguments import is_passive, subject_of
from tollbook.find.grammar.people import person_noun, singular
from tollbook.find.harm.harms import Finding
from tollbook.find.harm.wounds import LIMBS
from tollbook.find.setting.story import Draft

# Words and rules that say that somebody was hit, not what became of them.
_WORDS = lexicon.load("grammar")["outcomes"]
_SHOT: frozenset[str] = frozenset(_WORDS["shot"])
_FURTHER = frozenset(["other", "others", "another", "more", "additional", "else"])
_OPEN_RULES = frozenset(["taken to hospital", "injuries suffered", "in a condition", "hit by shrapnel"])
_OF_THOSE = re.compile(
    r"\S+ of (?:them|those|the (?:\w+ )?(?:victims?|wounded|injured|men|women|people|\w+ shot))\b", re.IGNORECASE
)
_AGE = re.compile(r"\b(\d{1,3})[- ]?year[- ]old|\baged? (\d{1,3})\b|,\s(\d{1,3})(?=[,;.)\s])", re.IGNORECASE)


def settle_outcomes(drafts: Sequence[Draft], parents: list[int | None]) -> None:
    """Give drafts of the same incident the outcome that the report tells; sets ``finding`` and ``parents``."""
    _victims_died(drafts)
    _soldiers_shot(drafts)
    threads: dict[int, list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        if draft.stance == "asserted":
            threads[draft.thread].append(i)
    for members in threads.values():
        killed = [i for i in members if drafts[i].finding.harm == "killed"]
        if killed:
            _died_later(drafts, members, killed)
            _shot_and_killed(drafts, members, killed, parents)


def _victims_died(drafts: Sequence[Draft]) -> None:
    """ "69,000 victims", in a report that tells of dead and of nobody wounded: as many dead."""
    if any(d.finding.harm == "injured" for d in drafts) or not any(d.finding.harm == "killed" for d in drafts):
        return
    for draft in drafts:
        finding = draft.finding
        if finding.harm == "casualties" and finding.sentence.words[finding.trigger] == "victims":
            draft.finding = replace(finding, harm="killed")


def _soldiers_shot(drafts: Sequence[Draft]) -> None:
    """ "Soldiers shot five farmers", and nobody in the report is wounded: whom soldiers shoot they kill."""
    shot = [d for d in drafts if d.finding.harm == "injured" and _only_hit(d.finding)]
    if not shot or any(d.finding.harm == "injured" and not _only_hit(d.finding) for d in drafts):
        return
    for draft in shot:
        if _by_soldiers(draft.finding):
            draft.finding = replace(draft.finding, harm="killed")


def _by_soldiers(finding: Finding) -> bool:
    s, i = finding.sentence, finding.trigger
    if not _WOUNDED.isdisjoint(s.words) or s.words[i] not in ("shot", "shoot", "shooting"):
        return False
    passive = is_passive(s, i)
    by = s.child(i, "agent") if passive else None
    agent = s.child(by, "pobj") if by is not None else None if passive else subject_of(s, i)
    noun = person_noun(s.words[agent]) if agent is not None else None
    return noun is not None and noun.status == "combatant" and s.words[agent or 0] not in ("gunman", "gunmen")


_WOUNDED = frozenset(["hospital", "injured", "survived", "wounded", "wounding", *LIMBS])


def _died_later(drafts: Sequence[Draft], members: Sequence[int], killed: Sequence[int]) -> None:
    for i in members:
        finding = drafts[i].finding
        if (
            finding.harm != "injured"
            or finding.count.high != 1
            or not (_only_hit(finding) or finding.rule in _OPEN_RULES)
        ):
            continue
        if any(_one_person(finding, drafts[k].finding) for k in killed):
            drafts[i].finding = replace(finding, harm="killed")


def _shot_and_killed(
    drafts: Sequence[Draft], members: Sequence[int], killed: Sequence[int], parents: list[int | None]
) -> None:
    dead = max(drafts[i].finding.count.low or 0 for i in killed)
    hurt = [i for i in members if drafts[i].finding.harm == "injured"]
    told = {f.count.low for i in hurt if not _may_have_died(f := drafts[i].finding)}
    for i in [*hurt]:  # "the three fighters were shot", of whom the lead says that three were killed
        finding = drafts[i].finding
        size = finding.count.low or 0
        alike = any(drafts[k].finding.count.low == size for k in killed)
        if alike and size > 1 and _only_hit(finding) and size not in told and not _others(finding):
            drafts[i].finding = replace(finding, harm="killed")
            hurt.remove(i)
    wholes = [i for i in hurt if _is_whole(drafts, i, killed, dead, told) and parents[i] is None]
    sizes = {drafts[i].finding.count.low for i in wholes}
    more = [i for i in hurt if i not in wholes and drafts[i].finding.count.low in sizes]
    wholes += [i for i in more if _again(drafts[i].finding, dead, told) and parents[i] is None]
    for i in sorted(wholes):
        drafts[i].finding = replace(drafts[i].finding, harm="casualties")
        size = drafts[i].finding.count.low or 0
        for k in members:
            other = drafts[k].finding
            part = other.harm == "killed" or (other.harm == "injured" and other.count.low == size - dead)
            if part and k > i and parents[k] is None and (other.count.low or 0) <= size:
                parents[k] = i


def _is_whole(drafts: Sequence[Draft], i: int, killed: Sequence[int], dead: int, told: set[int | None]) -> bool:
    """Whether a number of people shot or brought to hospital has the dead among it."""
    finding = drafts[i].finding
    size = finding.count.low or 0
    if size < max(2, dead) or _others(finding):
        return False
    if not _may_have_died(finding):
        return False
    if size - dead in told:
        return True  # "four were shot … three were wounded" beside one dead
    if size in told:
        return False
    if not _only_hit(finding):
        return _dead_among(drafts, i, killed)
    beside = [drafts[k].finding for k in killed if drafts[k].finding.sentence is finding.sentence]
    return not any(0 < finding.trigger - f.trigger < 7 for f in beside)  # "killed one and shot four"


def _again(finding: Finding, dead: int, told: set[int | None]) -> bool:
    """The same number said again, of the shot or even of the wounded: "six wounded, two mortally"."""
    return not _others(finding) and (_may_have_died(finding) or (finding.count.low or 0) - dead in told)


def _may_have_died(finding: Finding) -> bool:
    return _only_hit(finding) or finding.rule in _OPEN_RULES


def _dead_among(drafts: Sequence[Draft], i: int, killed: Sequence[int]) -> bool:
    """ "Three men were found with gunshot wounds. Two of those men died": the dead are among the three."""
    later = [drafts[k].finding for k in killed if k > i]
    return any(_OF_THOSE.search(_before_verb(f)) for f in later)


def _before_verb(finding: Finding) -> str:
    s = finding.sentence
    start = finding.count.start - s.passage.start
    return s.passage.text[start : start + 40]


def _only_hit(finding: Finding) -> bool:
    """Whether the words say that somebody was hit, and not what became of them; who is hit in the leg lives."""
    words, i = finding.sentence.words, finding.trigger
    in_a_limb = words[i + 1 : i + 2] == ("in",) and not LIMBS.isdisjoint(words[i + 2 : i + 5])
    return words[i] in _SHOT and not in_a_limb


def _others(finding: Finding) -> bool:
    phrase = finding.phrase
    if phrase is None:
        return False
    return not _FURTHER.isdisjoint(finding.sentence.words[phrase.first : phrase.last + 1])


def _one_person(hurt: Finding, dead: Finding) -> bool:
    """Whether a person hurt and a person killed bear one name, or one age."""
    if dead.count.high != 1 or hurt.phrase is None or dead.phrase is None or _others(hurt):
        return False
    names = _names(hurt) & _names(dead)
    if names:
        return True
    a, b = _age(hurt), _age(dead)
    return a is not None and a == b and not (_names(hurt) and _names(dead))


def _names(finding: Finding) -> set[str]:
    phrase, s = finding.phrase, finding.sentence
    if phrase is None:
        return set()
    names = [s.words[k] for k in range(phrase.first, phrase.last + 1) if s.tags[k] == "NNP"]
    return {name for name in names if len(name) > 2 and singular(name)[0] != "police"}


def _age(finding: Finding) -> str | None:
    phrase, s = finding.phrase, finding.sentence
    if phrase is None:
        return None
    text = s.text(phrase.first, min(phrase.last + 4, len(s.words) - 1))
    match = _AGE.search(text)
    return next((g for g in match.groups() if g), None) if match else None

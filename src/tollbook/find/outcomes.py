"""What became of those who were shot or taken to hospital, where the report says it elsewhere.

"Four people were shot … one of them died": four casualties, of whom one was killed. "Reyes was taken to hospital … Reyes
was pronounced dead": killed. "Shot" alone, with nobody said to have died, stays an injury.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tollbook.find.harms import Finding
from tollbook.find.people import singular
from tollbook.find.story import Draft

# Words and rules that say that somebody was hit, not what became of them.
_SHOT = frozenset(["shot", "shooting", "shoot", "shoots", "stabbed", "stabbing", "hit", "struck", "hitting", "striking"])
_FURTHER = frozenset(["other", "others", "another", "more", "additional", "else"])
_OPEN_RULES = frozenset(["taken to hospital", "injuries suffered", "in a condition", "hit by shrapnel"])
_OF_THOSE = re.compile(r"\S+ of (?:them|those|the (?:\w+ )?(?:victims?|wounded|injured|men|women|people|\w+ shot))\b", re.IGNORECASE)
_AGE = re.compile(r"\b(\d{1,3})[- ]?year[- ]old|\baged? (\d{1,3})\b|,\s(\d{1,3})(?=[,;.)\s])", re.IGNORECASE)


def settle_outcomes(drafts: Sequence[Draft], parents: list[int | None]) -> None:
    """Give drafts of the same incident the outcome that the report tells; sets ``finding`` and ``parents``."""
    threads: dict[int, list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        if draft.stance == "asserted":
            threads[draft.thread].append(i)
    for members in threads.values():
        killed = [i for i in members if drafts[i].finding.harm == "killed"]
        if killed:
            _died_later(drafts, members, killed)
            _shot_and_killed(drafts, members, killed, parents)


def _died_later(drafts: Sequence[Draft], members: Sequence[int], killed: Sequence[int]) -> None:
    for i in members:
        finding = drafts[i].finding
        if finding.harm != "injured" or finding.count.high != 1 or not (_only_hit(finding) or finding.rule in _OPEN_RULES):
            continue
        if any(_one_person(finding, drafts[k].finding) for k in killed):
            drafts[i].finding = replace(finding, harm="killed")


def _shot_and_killed(
    drafts: Sequence[Draft], members: Sequence[int], killed: Sequence[int], parents: list[int | None]
) -> None:
    dead = max(drafts[i].finding.count.low or 0 for i in killed)
    hurt = [drafts[i].finding for i in members if drafts[i].finding.harm == "injured"]
    wounded = {f.count.low for f in hurt if not _only_hit(f)}
    for i in members:
        finding = drafts[i].finding
        size = finding.count.low or 0
        if finding.harm != "injured" or size < 2 or _others(finding) or size < dead:
            continue
        if not _only_hit(finding) and not (finding.rule in _OPEN_RULES and _dead_among(drafts, i, killed, size - dead in wounded)):
            continue
        if size in wounded or parents[i] is not None:
            continue
        beside = [k for k in killed if drafts[k].finding.sentence is finding.sentence]
        if any(drafts[k].finding.trigger < finding.trigger for k in beside) and size - dead not in wounded:
            continue  # "killed one and shot four"
        drafts[i].finding = replace(finding, harm="casualties")
        for k in members:
            other = drafts[k].finding
            part = other.harm == "killed" or (other.harm == "injured" and other.count.low == size - dead)
            if part and k > i and parents[k] is None and (other.count.low or 0) <= size:
                parents[k] = i


def _dead_among(drafts: Sequence[Draft], i: int, killed: Sequence[int], told: bool) -> bool:
    """"Three men were found with gunshot wounds. Two of those men died": the dead are among those taken to hospital."""
    later = [drafts[k].finding for k in killed if k > i]
    return bool(later) and (told or any(_OF_THOSE.search(_before_verb(f)) for f in later))


def _before_verb(finding: Finding) -> str:
    s = finding.sentence
    start = finding.count.start - s.passage.start
    return s.passage.text[start : start + 40]


def _only_hit(finding: Finding) -> bool:
    return finding.sentence.words[finding.trigger] in _SHOT


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

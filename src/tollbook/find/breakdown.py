"""Sentences that only take a sum apart: "UNSMIL documented 39 casualties. Victims included seven men killed"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.harm.victims import Who, bind
from tollbook.find.setting.story import Draft, names_own_event

_NEAR = 4  # sentences, headings among them
_TAKES_APART = re.compile(
    r"\W*(?:The )?(?:(?:casualties|dead|deaths|fatalities|killed|those killed|victims|wounded) "
    r"(?:are|comprise[ds]?|include[ds]?|were|consist(?:ed)? of)\b|majority\b|most (?:of (?:them|these|the \w+)|were)\b|"
    r"(?:These|This|They|Of these|Of those) (?:comprise[ds]?|include[ds]?)\b|"
    r"Of (?:these|those|the (?:casualties|dead|injured|killed|victims|wounded)),)",
    re.IGNORECASE,
)


def break_down(drafts: Sequence[Draft], parents: list[int | None]) -> None:
    """A sentence that takes the sum before it apart has its days, place and scope; its numbers are parts of that sum.

    Sets fields of ``drafts`` and ``parents``.
    """
    for i, draft in enumerate(drafts):
        s = draft.finding.sentence
        if draft.scope == "total" or not _TAKES_APART.match(s.passage.text):
            continue
        sums = [
            j
            for j in range(i)
            if drafts[j].scope == "total"
            and 0 < s.index - drafts[j].finding.sentence.index <= _NEAR
            and drafts[j].finding.part_of is None
        ]
        if not sums:
            continue
        size = draft.finding.count.low or 0
        same = [j for j in sums if drafts[j].finding.harm == draft.finding.harm]
        whole = next((j for j in same if (drafts[j].finding.count.low or 0) >= size), sums[0])
        told = drafts[whole]
        draft.scope, draft.date, draft.place = told.scope, told.date, told.place
        if not names_own_event(draft):
            draft.event = told.event
        if draft.who.status == "unknown" and told.who.status == "civilian":
            draft.who = Who("civilian", "context", draft.who.groups)
            draft.victims = bind(draft.finding, draft.victims, draft.who)
        if whole in same and parents[i] is None:
            parents[i] = whole
    _dead_and_wounded(drafts, parents)


# A period told again ("over the period", "the report also records"): what a report of sums goes on with.
_SAME_PERIOD = re.compile(
    r"\b(?:in|over|during) (?:the|this|that) (?:same |reporting )?period\b|\baccounted for (?:a further|another)\b|"
    r"\b(?:centre|center|mission|monitor|network|office|organi[sz]ation|report|it) (?:also )?"
    r"(?:counted|documented|documents|listed|lists|recorded|records|registered|registers|verified)\b",
    re.IGNORECASE,
)
# "ISIS: killed 188 civilians", "- Clashes: 12 dead": a line of a list.
_LISTED = re.compile(r"[^.:\n]{2,60}: [^.]*\.?\Z")


def carry_on(drafts: Sequence[Draft]) -> None:
    """After a sum, numbers without a day, a spot or a deed of their own that go on in its list, or speak of its period,
    are sums of it too; sets ``scope``, ``date`` and ``place``.
    """
    last: Draft | None = None
    for draft in drafts:
        if draft.scope == "total":
            last = draft
        elif last is not None and _goes_on(draft, last):
            draft.scope = "total"
            draft.date, draft.place = draft.date or last.date, draft.place or last.place
            last = draft


def _goes_on(draft: Draft, last: Draft) -> bool:
    s, before = draft.finding.sentence, last.finding.sentence
    if draft.region == "title" or not 0 <= s.index - before.index <= _NEAR:
        return False
    if draft.date is not None and draft.date is not last.date or names_own_event(draft) and not _by_count(draft):
        return False
    if s is before:
        return draft.place is None and last.finding.count.end < draft.finding.count.start
    return _SAME_PERIOD.search(s.passage.text) is not None or (
        draft.place is None and _LISTED.match(s.passage.text) is not None
    )


def _by_count(draft: Draft) -> bool:
    """ "40 by execution", "170 kidnapped": how each of many died is no one event."""
    return draft.event is not None and draft.event.type in ("abduction", "execution", "other")


def _dead_and_wounded(drafts: Sequence[Draft], parents: list[int | None]) -> None:
    """ "39 casualties – 11 deaths and 28 injuries": the two are parts of the first."""
    for i, whole in enumerate(drafts):
        count = whole.finding.count
        if whole.finding.harm != "casualties" or count.low is None or count.low != count.high:
            continue
        after = [
            j for j in range(i + 1, min(len(drafts), i + 3)) if drafts[j].finding.sentence is whole.finding.sentence
        ]
        harms = [drafts[j].finding.harm for j in after]
        if sorted(harms) == ["injured", "killed"] and sum(drafts[j].finding.count.low or 0 for j in after) == count.low:
            for j in after:
                parents[j] = i if parents[j] is None else parents[j]
                drafts[j].scope = whole.scope
                if drafts[j].who.status == "unknown" and whole.who.status != "unknown":
                    drafts[j].who = Who(whole.who.status, "context", drafts[j].who.groups)
                    drafts[j].victims = bind(drafts[j].finding, drafts[j].victims, drafts[j].who)

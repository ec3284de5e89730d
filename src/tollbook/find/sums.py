"""Numbers that add up to one that was told before are its parts.

"Eighteen martyrs in Hakkari. Ten soldiers and eight civilians were martyred": 10 + 8 = 18.
"""

from __future__ import annotations

from collections.abc import Sequence

from tollbook.find.setting.days import dates_agree
from tollbook.find.setting.story import Draft
from tollbook.records import RelationType

_MOST = 7  # parts
_NEAR = 1  # sentences between one part and the next


def add_sums(drafts: Sequence[Draft], relations: list[tuple[RelationType, int] | None]) -> set[int]:
    """Make runs of numbers of one harm part of an earlier number that they add up to.

    Sets ``relations``; returns which drafts became parts.
    """
    found: set[int] = set()
    for harm in sorted({d.finding.harm for d in drafts}):
        runs: list[list[int]] = [[]]
        for i, draft in enumerate(drafts):
            if draft.finding.harm != harm:
                continue
            last = drafts[runs[-1][-1]] if runs[-1] else None
            if last is not None and draft.finding.sentence.index - last.finding.sentence.index > _NEAR:
                runs.append([])
            free = relations[i] is None or (relations[i] or ("", 0))[0] == "part_of"
            if free and _is_number(draft) and draft.finding.part_of is None:
                runs[-1].append(i)
            elif draft.finding.part_of is None:
                runs.append([])
        for run in runs:
            found |= _add_run(drafts, relations, run)
    return found


def _add_run(drafts: Sequence[Draft], relations: list[tuple[RelationType, int] | None], run: Sequence[int]) -> set[int]:
    found: set[int] = set()
    first = 0
    while first < len(run) - 1:
        for last in range(min(len(run), first + _MOST), first + 1, -1):
            parts = run[first:last]
            whole = _whole_of(drafts, relations, parts)
            if whole is not None:
                for i in parts:
                    relations[i] = ("part_of", whole)
                    found.add(i)
                first = last - 1
                break
        first += 1
    return found


def _whole_of(
    drafts: Sequence[Draft], relations: Sequence[tuple[RelationType, int] | None], parts: Sequence[int]
) -> int | None:
    size = sum(drafts[i].finding.count.low or 0 for i in parts)
    a = drafts[parts[0]]
    if len({drafts[i].thread for i in parts}) > 1 and len({drafts[i].finding.sentence.index for i in parts}) > 1:
        return None  # of several incidents only where one sentence adds them up
    for j in range(parts[0] - 1, -1, -1):
        b = drafts[j]
        if b.finding.harm != a.finding.harm or b.finding.count.low != size or b.finding.sentence is a.finding.sentence:
            continue
        if b.finding.count.qualifier not in ("exact", "at_least") or (relations[j] or ("", 0))[0] == "part_of":
            continue
        if b.finding.count.high is not None and any(drafts[i].finding.count.high is None for i in parts):
            continue
        if any(relations[i] not in (None, ("part_of", j)) for i in parts):
            continue
        if b.stance != a.stance or (b.thread != a.thread and not (size > 2 and _same_time(drafts, j, parts))):
            continue
        if (head := _head(b)) in (heads := {_head(drafts[i]) for i in parts}) and len(heads) > 1 and head:
            continue  # fifteen soldiers are not six soldiers and nine guards
        if "children" in b.who.groups and any(_head(drafts[i]) in _GROWN for i in parts):
            continue  # "a husband, wife and their two children": the couple are not the children
        return j
    return None


_GROWN = frozenset(
    ["couple", "father", "grandfather", "grandmother", "husband", "man", "mother", "parents", "wife", "woman"]
)


def _same_time(drafts: Sequence[Draft], whole: int, parts: Sequence[int]) -> bool:
    date = drafts[whole].date
    days = [drafts[i].date for i in parts]
    return date is None or any(d is None or dates_agree(d, date) > 0 for d in days)


def _head(draft: Draft) -> str:
    phrase = draft.finding.phrase
    return "" if phrase is None or phrase.form == "elliptic" else draft.finding.sentence.words[phrase.head]


def _is_number(draft: Draft) -> bool:
    if "perpetrators" in draft.who.groups:
        return False  # "shot two neighbours and himself": the three victims told before are others
    return draft.finding.count.qualifier in ("exact", "at_least") and (draft.finding.count.low or 0) > 0

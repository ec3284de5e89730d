"""The period of a monitor's report: what it counts without a day of its own happened in the period that it reports on.

"Between July and September 1,200 people were killed. … Some 170 were kidnapped for ransom." The report has a period
where the first numbers below its headline are sums over one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tollbook.find.setting.days import BACKGROUND, is_open
from tollbook.find.setting.sites import rank
from tollbook.find.setting.story import Draft
from tollbook.records import When

_LEAD = 3  # sentences
_LONG = 6  # days


def report_period(drafts: Sequence[Draft], undated: Iterable[int]) -> When | None:
    """The period of the report; ``undated``: the drafts, by number, whose own sentences have no date."""
    without = set(undated)
    told = [
        (i, d) for i, d in enumerate(drafts) if d.finding.sentence.index <= _LEAD and not _is_headline(d, i, without)
    ]
    if not told or told[0][0] in without:
        return None
    first = [d for i, d in told if d.finding.sentence is told[0][1].finding.sentence and i not in without]
    dates = [d.date for d in first if d.date is not None and d.scope == "total" and _is_long(d.date)]
    return dates[0] if len(dates) == len(first) else None


def _is_headline(draft: Draft, i: int, without: set[int]) -> bool:
    return i in without and (draft.region == "title" or draft.finding.sentence.index == 0)


def _is_long(date: When) -> bool:
    if date.from_ is None or date.to is None or is_open(date):
        return False  # "since May": the report may tell of one day of it
    return date.precision in BACKGROUND or (date.to - date.from_).days >= _LONG


def lend_period(drafts: Sequence[Draft], undated: Iterable[int], period: When) -> None:
    """Sets ``date`` of sums that have none, and of numbers that would have that of an incident told further down."""
    for i in undated:
        draft = drafts[i]
        passage = draft.finding.sentence.passage
        spot = draft.place is not None and rank(draft.place) <= 4 and passage.start <= draft.place.start < passage.end
        ahead = draft.date is not None and draft.date.start >= passage.end
        if draft.date is None or (ahead and not spot):
            draft.date = period

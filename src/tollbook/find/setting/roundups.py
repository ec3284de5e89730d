"""A day's round-up: the lead sums several attacks, the paragraphs below tell each with its own place and number.

"Bombs and gunmen killed nine in Zenda province on Thursday. Four soldiers died in Zalba. … Two guards died in Zorna."
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.layers import Layers
from tollbook.find.setting.sites import rank
from tollbook.find.setting.story import Draft, in_lead
from tollbook.records import PlaceMention

# Not "strikes", "raids": waves of one party's, told as one event.
_ATTACKS = re.compile(
    r"\b(?:ambushes|assaults|attacks|blasts|bombings|bombs|clashes|explosions|incidents|shootings)\b", re.IGNORECASE
)
_MOST = 12  # numbers of a lead: each is weighed against all below
_CORNER = 0.1  # degrees
_SPOT = 4  # the rank of a town, and what is near one
_OF_ALL = 0.5  # a sum is at least so much of its lead: fewer are some of those who died in one attack of many spots


def find_round_up(drafts: Sequence[Draft], layers: Layers) -> None:
    """Set ``scope`` of a lead's numbers where the text below tells the separate attacks that they sum."""
    if len(drafts) < 3:
        return
    leads = [d for d in drafts if in_lead(d) and _can_be_sum(d)][:_MOST]
    summed = {d.finding.sentence.index for d in leads if _is_told_apart(d, drafts)}
    for draft in leads:
        if draft.finding.sentence.index in summed:
            draft.scope = "total"
            draft.event = layers.event_for(draft.finding, True, None)
            if draft.region == "title":
                _as_in_lead(draft, leads)


def _as_in_lead(headline: Draft, leads: Sequence[Draft]) -> None:
    """A headline's sum has the day and the province of the sentence below that tells the same number."""
    for lead in leads:
        same = lead.finding.harm == headline.finding.harm and lead.finding.count.low == headline.finding.count.low
        if same and lead.region != "title":
            headline.date = headline.date or lead.date
            headline.place = lead.place or headline.place
            return


def _can_be_sum(draft: Draft) -> bool:
    finding = draft.finding
    return (
        draft.scope == "incident"
        and finding.part_of is None
        and (draft.place is None or rank(draft.place) > _SPOT)
        and _ATTACKS.search(finding.sentence.passage.text) is not None
    )


def _is_told_apart(whole: Draft, drafts: Sequence[Draft]) -> bool:
    size, index = whole.finding.count.low or 0, whole.finding.sentence.index
    sites: list[PlaceMention] = []
    told = 0
    for draft in drafts:
        low = draft.finding.count.low or 0
        if draft.finding.harm != whole.finding.harm or draft.finding.part_of is not None:
            continue
        if draft.finding.sentence.index <= index or draft.scope == "total" or not 0 < low < size:
            continue
        told += low
        site = draft.place if draft.place is not None and rank(draft.place) <= _SPOT else None
        if site is not None and len(sites) < 2 and all(_apart(site, s) for s in sites):
            sites.append(site)
    return len(sites) > 1 and _OF_ALL * size <= told <= size


def _apart(a: PlaceMention, b: PlaceMention) -> bool:
    """Two names, unless one is a corner of the other."""
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return a.name != b.name
    return a.name != b.name and abs(a.lat - b.lat) + abs(a.lon - b.lon) > _CORNER

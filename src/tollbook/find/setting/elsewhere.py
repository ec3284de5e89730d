"""What happened elsewhere, at no time that the report tells: no day is lent to it.

"Shells killed six in Derna on Monday. … A mine killed two near Tobruk, police said." Nothing says when that
was. A time of day does: "In Tobruk two were shot shortly before midnight."
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from tollbook.find.layers import Layers, inside
from tollbook.find.setting.sites import is_site, rank, strangers
from tollbook.find.setting.story import Draft, names_own_event
from tollbook.records import PlaceMention

# An hour, or a word that takes the sentence along with what was told before.
_SAME_TIME = re.compile(
    r"\b(?:dawn|dusk|midnight|noon|midday|morning|afternoon|evening|night|overnight|sunrise|sunset|hours?|minutes|"
    r"o'clock|\d{1,2}[:.]\d{2}|\d{1,2} ?[ap]\.?m|same|meanwhile|later|earlier|then|simultaneously|day|"
    r"moreover|furthermore)\b",
    re.IGNORECASE,
)


# "The airstrike, which hit a street in the town of Zalba, also wounded six": the one told of, wherever that lies.
ALSO = re.compile(
    r"(?:The|This|That) (?:[\w-]+ ){0,2}?(?:air ?strike|ambush|assault|attack|blast|bomb|bombing|explosion|raid|"
    r"shelling|shooting|strike)\b[^.;]* also (?:\w+ed|hurt|left)\b"
)
_AHEAD = re.compile(r"\b(?:could|will)\b", re.IGNORECASE)


def take_back_days(
    drafts: Sequence[Draft], undated: Iterable[int], sites: Mapping[int, PlaceMention | None], layers: Layers
) -> None:
    """Sets ``date`` to none where another incident lent it.

    ``undated``: the drafts, by number, whose own sentences have none; ``sites``: the place that each one's own
    sentence names, by number.
    """
    for i in undated:
        draft, site = drafts[i], sites[i]
        if site is None or rank(site) > 4 or draft.date is None or draft.scope == "total":
            continue
        passage = draft.finding.sentence.passage
        if draft.date.start >= passage.start or _SAME_TIME.search(passage.text) or not _names_event(draft, layers):
            continue
        if ALSO.match(passage.text):
            continue
        if _elsewhere(draft, site, layers):
            draft.date = None


def take_back_days_ahead(drafts: Iterable[Draft]) -> None:
    """What has not happened has no day."""
    for draft in drafts:
        if draft.stance == "hypothetical" and _AHEAD.search(draft.finding.sentence.passage.text):
            draft.date = None


def _names_event(draft: Draft, layers: Layers) -> bool:
    """Whether its own sentence says what happened: "the hit village", "gunshot wounds" may go on with what was told."""
    if draft.event is None or not names_own_event(draft):
        return False
    return any(e.type and not e.weak for e in inside(layers.events, draft.event.start, draft.event.end))


def _elsewhere(draft: Draft, site: PlaceMention, layers: Layers) -> bool:
    """Whether the day was told, in another paragraph, of places too far from this one."""
    assert draft.date is not None
    day = draft.date.start
    told = next((p for p in layers.passages if p.start <= day < p.end), None)
    if told is None or told.paragraph == draft.finding.sentence.passage.paragraph:
        return False
    places = [p for p in inside(layers.places, told.start, told.end) if is_site(p, told, layers)]
    return strangers([site], places, False)

"""Who fought in a clash, who lost men in it, and who "neutralised" somebody, as one sentence tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tollbook import lexicon
from tollbook.find.event.tie import Culprit
from tollbook.records import ActorMention, EventMention

_OWN_WORDS = "|".join(lexicon.load("events")["ties"]["own_words"])
_UNARMED = frozenset({"adjective", "seat", "people", "observer", "state", "unidentified", "body"})
_LOST = re.compile(
    r"\b(?:lost|losing|loses|loss of)\s+(?!(?:their|his|her|its|a)\s+(?:lives|life|li[mn]b|leg|arm|home|control))"
    r"(?:\w+[\s-]+){0,3}?(?:of (?:its|their)(?: own)?|soldiers?|men|fighters|troops|officers?|policem[ae]n)\b|"
    r"\b(?:places?|placed|puts?|gave|gives) (?:its|their) (?:own )?(?:casualties|dead|losses|toll)\b"
)
_NEUTRALISED = re.compile(
    r"\b(?:was|were|been|terrorists|militants|members)\s+[\"'“‘]?(neutrali[sz]ed|eliminated|liquidated)\b"
)
_SPEAKS = re.compile(
    r"(?i)\A(?:['’]s)?(?:[\s,]+(?!and\b|have\b|had\b|killed\b|were\b)[\w.’'-]+){0,5}?[\s,]+"
    rf"(?:{_OWN_WORDS}|told|added|put)\b"
)
_SPOKEN = re.compile(r"(?i)(?:according to|\bsaid)\s+(?:the\s+)?\Z")


def sides(
    text: str,
    sentence: tuple[int, int],
    events: Sequence[EventMention],
    actors: Sequence[ActorMention],
    found: Sequence[Culprit],
) -> Iterator[Culprit]:
    """Who fought, where the sentence tells of a clash; who lost men, where it says so; who "neutralised" somebody.

    Whoever only speaks is left out.
    """
    start, end = sentence
    stretch = text[start:end]
    lost = _LOST.search(stretch) if "los" in stretch or " its " in stretch or " their " in stretch else None
    clash = next((e for e in events if e.type == "clash"), None)
    if clash or lost:
        armed = [a for a in actors if a.party and a.role not in _UNARMED]
        for a in armed:
            if speaks(text, start, end, a):
                continue
            link = (clash.start, clash.end) if clash else (a.start, a.end)
            yield Culprit(a, link, clash, "inferred", None, 0, "side")
        before = [a for a in armed if lost and a.start < start + lost.start()]
        acting = [a for a in before if any(c.actor is a and c.word != "side" for c in found)]
        if lost and before:
            at = (start + lost.start(), start + lost.end())
            yield Culprit((acting or before)[-1], at, clash, None, None, 2, "lost")
    undone = _NEUTRALISED.search(stretch)
    if undone is not None:
        said = next((a for a in actors if a.role in ("body", "force") and speaks(text, start, end, a)), None)
        if said is not None and said.party is not None:
            at = (start + undone.start(1), start + undone.end(1))
            yield Culprit(said, at, None, "admitted", None, 2)


def speaks(text: str, start: int, end: int, a: ActorMention) -> bool:
    """Whether an actor is only who says so: "the army said", "according to the police", "...: ARMY"."""
    after = text[a.end : end][:60]
    before = text[start : a.start][-25:]
    last = before.rstrip().endswith(":") and not after.strip()
    return last or _SPEAKS.match(after) is not None or _SPOKEN.search(before) is not None

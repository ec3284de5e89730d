"""One report's thread, parted where its own words tell of several events.

A reader that took two events for one joins all that others say of either: in one war a report tells of a market shelled
in the morning and of a house bombed in the evening. Two passages are of different events where at least two things that
they say themselves differ: the place, the hour, what happened, numbers that cannot both be right, a heading, a turn of
speech ("elsewhere", "hours earlier"). Rival numbers alone part too, but may find together again: see :func:`cut`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tollbook.link.claims import WIDE, LinkClaim, Site
from tollbook.link.hours import days_of, hours_of
from tollbook.link.places import place_names

APART = 2  # differences from which two passages are of two events
_BACK = 2  # paragraphs without a number before one with it that tell of the same
_NEAR = 2000  # letters before a sentence that tell of what it tells of
_LINE = 8  # words that a paragraph has, other than a heading or a line of page furniture

_DEED = r"(?:air ?strikes?|attack|strike|raid|shelling|bombing|shooting|explosion|blast|bomb|shell|rocket|incident)"
_TURN = re.compile(
    r"\W*(?:\w+ ){0,3}?(?:meanwhile|elsewhere|separately|(?:hours?|days?) (?:earlier|before)|"
    r"in an?(?:other)? (?:separate|related|second|different|similar)|"
    r"(?:earlier|later) (?:in the|that|the same|on the same) (?:day|evening|morning|afternoon|night|week)|"
    rf"(?:another|(?:a|the) (?:second|third|separate|different)) {_DEED})\b",
    re.IGNORECASE,
)
# Another's number for what has just been told: "a neighbour put the number of dead at seven".
_SAME_TOLL = re.compile(
    r"\b(?:puts?|putting|gave|gives|given|giving) (?:the|a|its|their) "
    r"(?:\w+ )?(?:number|toll|figure|count|tally|dead)\b",
    re.IGNORECASE,
)
_AS_FOR = re.compile(r"\W*as for (?:the )?[A-Z]", re.IGNORECASE)
_FIGHT = frozenset({"shooting", "clash", "ground_attack", "execution"})  # one report calls a fight by many names
_COUNTED = frozenset({"killed", "injured", "casualties"})
# A round-up names each place before it speaks of it: "KESRA: a shell …", "2) Marda, around seven", "5 May, Kesra
# market, artillery: ten killed".
_NAMED = re.compile(r"\W*(?:\d{1,2}[.)]\s*)?([A-Z][A-Z' -]{2,30}):")
_NUMBERED = re.compile(r"\W*(\d{1,2})[.)]\s+[A-Z]")
_ENTRY = re.compile(r"\W*(\d{1,2} [A-Z][a-z]{2,8},[^:.;\n]{3,80}):")
_STATED = re.compile(
    r"\b(?:breaking|correction|editor|exclusive|live|note|original|photos?|post|update[ds]?|video|watch)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Claims that stand in one sentence, or one part of it, and what that says; ``near``: with what leads to it."""

    claims: tuple[LinkClaim, ...]
    start: int
    end: int
    paragraph: int
    near: str
    heading: tuple[str, str] | None
    turn: int  # 1 where it may turn to another event, 2 where it does
    hours: frozenset[int]
    days: frozenset[str]
    sites: frozenset[Site]
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Strand:
    """A part of a thread. ``other``: of another event than the parts before it by its own words, not only by numbers
    that rival theirs, which other speakers may have given of the same event.
    """

    claims: tuple[LinkClaim, ...]
    other: bool = False
    passages: tuple[Passage, ...] = ()

    @property
    def hours(self) -> frozenset[int]:
        """Those of the day that it names."""
        return _all(self.passages, "hours")


def cut(claims: Sequence[LinkClaim], text: str | None) -> list[Strand]:
    """The parts of one thread, in the order of the text."""
    if text is None or any(c.quote is None for c in claims):
        return [Strand(tuple(claims))]
    parts: list[tuple[bool, list[Passage]]] = []
    for here in passages(claims, text):
        home = _home(parts, here)
        if home is None:
            parts.append((bool(parts) and all(apart(p, here) for _, p in parts), [here]))
        else:
            home.append(here)
    several = any(other for other, _ in parts)
    return [
        Strand(tuple(_own(part, [p for _, p in parts if p is not part], several)), other, tuple(part))
        for other, part in parts
    ]


def parted(one: Strand, other: Strand) -> bool:
    """Whether two strands of one report, the earlier first, are of two events by what they say themselves."""
    return bool(one.passages and other.passages) and apart(one.passages, other.passages[0])


def _home(parts: Sequence[tuple[bool, list[Passage]]], here: Passage) -> list[Passage] | None:
    """The part that a passage belongs to: that of its whole or of what it updates, else the last that it may be of."""
    tied = {c.relation_to for c in here.claims if c.relation in ("part_of", "updates")}
    for _, part in parts:
        if any(c.id in tied for p in part for c in p.claims) and not apart(part, here):
            return part
    return next((part for _, part in reversed(parts) if not rivals(part, here) and not apart(part, here)), None)


def passages(claims: Sequence[LinkClaim], text: str) -> Iterator[Passage]:
    """The passages of a thread's claims, in order; a sentence with rival numbers is taken apart at its semicolons."""
    by_place: dict[tuple[int, int], list[LinkClaim]] = {}
    for claim in claims:
        assert claim.quote is not None
        by_place.setdefault(claim.quote[1:], []).append(claim)
    done = 0
    for (start, end), inside in sorted(by_place.items()):
        line = text.rfind("\n", 0, start) + 1
        turns = _TURN.match(text, line, end) or _AS_FOR.match(text, line, end)  # nothing before leads to it
        before = _lead(text, max(done, 0), line) if line > done and not turns else ""
        lead = (before + text[max(line, done) : start])[-_NEAR:]
        for first, last, mine in _clauses(text, start, end, inside):
            near = lead + text[first:last]
            lead = ""
            yield _passage(mine, (first, last), text.count("\n", 0, start), near, text[line:end], text[first:last])
        done = end


def _lead(text: str, since: int, line: int) -> str:
    """The paragraphs without numbers that lead to one with them: "A plane hit a house in Marda a little after four"."""
    kept: list[str] = []
    for paragraph in reversed(text[since : max(line - 1, since)].split("\n")):
        if not paragraph.strip():
            continue
        if len(kept) == _BACK or len(paragraph.split()) < _LINE:
            break
        kept.append(paragraph)
    return "".join(p + "\n" for p in reversed(kept))


def _clauses(text: str, start: int, end: int, claims: Sequence[LinkClaim]) -> list[tuple[int, int, list[LinkClaim]]]:
    """A sentence as it is, or its parts between semicolons where each has numbers of its own."""
    stops = [m.end() for m in re.finditer(";", text[start:end])]
    if not stops or any(c.at is None for c in claims):
        return [(start, end, list(claims))]
    edges = [start, *(start + stop for stop in stops), end]
    found = []
    for first, last in zip(edges, edges[1:], strict=False):
        mine = [c for c in claims if c.at is not None and first <= c.at < last]
        if mine:
            found.append((first, last, mine))
    whole = sum(len(mine) for _, _, mine in found) == len(claims) and len(found) > 1
    return found if whole else [(start, end, list(claims))]


def _passage(
    claims: Sequence[LinkClaim], place: tuple[int, int], paragraph: int, near: str, line: str, sentence: str
) -> Passage:
    low = near.lower()
    return Passage(
        claims=tuple(claims),
        start=place[0],
        end=place[1],
        paragraph=paragraph,
        near=near,
        heading=_heading(line) if paragraph else None,
        turn=_turn(near, sentence),
        hours=hours_of(near),
        days=days_of(near),
        sites=frozenset(c.site for c in claims if c.site is not None and _stands(c.site, low)),
        events=frozenset(c.event for c in claims if c.event and c.event_text and c.event_text.lower() in low),
    )


def _turn(near: str, sentence: str) -> int:
    openings = (sentence, near.rsplit("\n", 1)[-1])
    return 2 if any(map(_AS_FOR.match, openings)) else int(any(map(_TURN.match, openings)))


def _heading(line: str) -> tuple[str, str] | None:
    """The kind and the words of what a paragraph opens with, where that is a heading; none of "UPDATE:"."""
    for kind, shape in (("named", _NAMED), ("numbered", _NUMBERED), ("entry", _ENTRY)):
        match = shape.match(line)
        if match and not _STATED.search(match[1]):
            return kind, match[1].lower()
    return None


def _stands(site: Site, text: str) -> bool:
    """Whether a place's own words stand in a text, rather than somewhere else in the report."""
    return any(name and name.lower() in text for name in (site.text, site.detail))


def apart(part: Sequence[Passage], here: Passage) -> bool:
    """Whether a passage tells of another event than those before by its own words."""
    heading = next((p.heading for p in reversed(part) if p.heading), None)
    found = here.turn
    if heading and here.heading and heading[0] == here.heading[0] and heading != here.heading:
        found += 2
    found += _elsewhere(_all(part, "sites"), here.sites)
    found += any(
        before and now and before.isdisjoint(now)
        for before, now in ((_all(part, kind), getattr(here, kind)) for kind in ("hours", "days"))
    )
    events = _all(part, "events")
    found += bool(events and here.events and events.isdisjoint(here.events) and not (events | here.events) <= _FIGHT)
    return found >= APART or (found == APART - 1 and rivals(part, here))


def _all(part: Sequence[Passage], kind: str) -> frozenset[Any]:
    return frozenset(value for passage in part for value in getattr(passage, kind))


def _elsewhere(one: frozenset[Site], other: frozenset[Site]) -> bool:
    """Two small places with different names."""
    mine, theirs = (
        [s for s in sites if s.precision not in WIDE | {"city", "admin1", "district"}] for sites in (one, other)
    )
    return bool(mine and theirs) and all(
        (x := place_names(a)) and (y := place_names(b)) and x.isdisjoint(y) for a in mine for b in theirs
    )


def rivals(before: Sequence[Passage], here: Passage) -> bool:
    """Whether two passages give numbers of several people that cannot both be right, and no update of each other."""
    known = [c for p in before for c in p.claims]
    ids = {c.id for c in known}
    if any(c.relation in ("updates", "repeats", "part_of") and c.relation_to in ids for c in here.claims):
        return False
    if here.claims[0].quote is not None and _SAME_TOLL.search(here.claims[0].quote[0]):
        return False
    return any(
        a.harm == b.harm and a.harm in _COUNTED and a.low is not None and b.low is not None and min(a.low, b.low) > 1
        and a.high is not None and b.high is not None and (a.low > b.high or b.low > a.high)
        for a in known for b in here.claims if a.relation != "part_of" and b.relation != "part_of"
    )  # fmt: skip


def _own(part: Sequence[Passage], others: Sequence[Sequence[Passage]], several: bool) -> list[LinkClaim]:
    """The claims of a part, without the places and kinds of event that it was lent by a part of another event."""
    claims = [c for p in part for c in p.claims]
    if not several:
        return claims
    near = " ".join(p.near for p in part).lower()
    far = " ".join(p.near for other in others for p in other).lower()
    known = frozenset(e for p in part for e in p.events)
    kept = []
    for c in claims:
        if (
            c.site is not None
            and not _stands(c.site, near)
            and _stands(c.site, far)
            and c.site.precision not in WIDE | {"city", "admin1"}
        ):
            c = replace(c, site=None)
        if c.event_text and c.event_text.lower() not in near and known:
            c = replace(c, event=None, event_text=None)
        kept.append(c)
    return kept

"""The incidents of one document with what its claims add up to, harm by harm."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tollbook.records import Claim, Document, Harm
from tollbook.tally.adding import Range, add_up

COUNTED: tuple[Harm, ...] = ("killed", "injured", "missing", "abducted", "displaced", "detained", "casualties")


@dataclass(frozen=True, slots=True)
class Tally:
    """One incident of a document. A harm that the document does not count is ``None``."""

    key: str
    killed: Range | None
    injured: Range | None
    missing: Range | None
    abducted: Range | None
    displaced: Range | None
    detained: Range | None
    casualties: Range | None
    date: dt.date | None
    place: str | None
    claims: tuple[str, ...]


def tally(document: Document, claims: Sequence[Claim], threads: Sequence[int]) -> list[Tally]:
    """The incidents of a document, the main one first: the one its opening and most of its claims speak of."""
    by_thread: dict[int, list[Claim]] = defaultdict(list)
    for claim, thread in zip(claims, threads, strict=True):
        if claim.scope == "incident":
            by_thread[thread].append(claim)
    for thread in sorted(by_thread):
        apart = _set_against(document.text, by_thread[thread])
        if apart:
            by_thread[max(by_thread) + 1] = apart
            contested = {c.id for c in apart}
            by_thread[thread] = [c for c in by_thread[thread] if c.id not in contested]
    order = sorted(by_thread, key=lambda t: (-_weight(by_thread[t], len(document.text)), t))
    return [_row(document, by_thread[t]) for t in order]


_NEAR = 600  # code points
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied|ying)|dismiss(?:es|ed|ing)?|reject(?:s|ed|ing)?)\b", re.IGNORECASE)


def _set_against(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """ "The ministry denied that it had struck a market. It said that it had killed 20 militants": no toll of the
    market, where others count people there who are no fighters."""
    found = []
    people = [o for o in claims if not _is_armed(o) and (o.count.high or 2) > 1]
    for c in claims:
        if c.stance != "asserted" or not _is_armed(c) or not c.attribution or c.quote is None:
            continue
        first, last = max(0, c.quote.start - _NEAR), c.quote.end + _NEAR  # a paragraph can be the whole text
        start, end = max(first, text.rfind("\n", first, c.quote.start) + 1), text.find("\n", c.quote.end, last)
        others = any(o.harm == c.harm and o.attribution[:1] != c.attribution[:1] for o in people)
        if others and _DENIAL.search(text, start, end if end >= 0 else last):
            found.append(c)
    return found


def _is_armed(claim: Claim) -> bool:
    return claim.victims is not None and claim.victims.status == "combatant"


def _weight(claims: Sequence[Claim], length: int) -> float:
    """How much a document is about an incident: its claims, those near the beginning counting more, arrests less."""
    told = sum((1.0 if c.count.start > 0.3 * length else 2.0) * (0.25 if c.harm == "detained" else 1.0) for c in claims)
    hurt = [c.count.start for c in claims if c.harm != "detained"]
    return told + (3.0 if hurt and min(hurt) < 0.15 * length + 200 else 0.0)


def _row(document: Document, claims: Sequence[Claim]) -> Tally:
    ranges: dict[str, Any] = {harm: add_up([c for c in claims if c.harm == harm], claims) for harm in COUNTED}
    ranges["injured"] = survivors(ranges["killed"], ranges["injured"], ranges["casualties"])
    date = next((c.date.from_ for c in claims if c.date and c.date.from_), None)
    place = next((c.place.name for c in claims if c.place and c.place.name), None)
    return Tally(key=document.source.key, date=date, place=place, claims=tuple(c.id for c in claims), **ranges)


def survivors(killed: Range | None, injured: Range | None, casualties: Range | None) -> Range | None:
    """ "Four people were shot, one fatally": three were hurt. A number of wounded that the report gives itself stands.

    >>> survivors(Range(1, 1), None, Range(4, 4))
    Range(low=3, high=3)
    """
    if casualties is None or casualties.low is None or casualties.low != casualties.high:
        return injured
    if killed is None:  # nobody is said to have died
        if injured is None:
            return Range(None, casualties.high)
        return injured if _whole(injured, casualties.low) else casualties
    if killed.low is None or killed.low != killed.high:
        return injured
    rest = casualties.low - killed.low
    if rest < 1 or (injured is not None and _whole(injured, rest)):
        return injured
    return Range(rest, rest)


def _whole(injured: Range, rest: int) -> bool:
    """Whether a number of injured stands by itself rather than telling of one or two of ``rest``."""
    size = injured.low if injured.low is not None else injured.high
    return size is None or size >= rest or injured.high not in (None, 0, 1)

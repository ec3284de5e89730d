"""Statements brought together: a reason to the deed that it explains, two wordings of one statement to one record."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.find.passages import Passage
from tollbook.records import Document, Statement

_WORD = re.compile(r"[^\W\d_]{4,}")
_NEAR = 3  # passages between a deed and the reason that its doer gives for it


def explained(found: Sequence[Statement], passages: Sequence[Passage]) -> list[Statement]:
    """An explanation that follows its speaker's admission is the reason of that admission."""
    kept: list[Statement] = []
    order = {p.start: n for n, p in enumerate(passages)}
    for statement in found:
        deed = next((s for s in reversed(kept) if s.kind == "admission" and _one_voice(s, statement)), None)
        near = deed is not None and 0 <= order[statement.quote.start] - order[deed.quote.start] <= _NEAR
        if statement.kind == "explanation" and deed is not None and near and deed.reason is None:
            kept[kept.index(deed)] = replace(
                deed,
                reason=statement.reason,
                date=deed.date or statement.date,
                place=deed.place or statement.place,
                target=deed.target or statement.target,
            )
            continue
        kept.append(statement)
    return kept


def _one_voice(a: Statement, b: Statement) -> bool:
    x, y = a.attribution[0], b.attribution[0]
    return x.name == y.name or (x.body is not None and x.body == y.body)


def merged(found: Sequence[Statement], document: Document) -> list[Statement]:
    """One record for what is said twice: one kind, one voice, much the same words; the fullest wording stands."""
    kept: list[Statement] = []
    for statement in found:
        same = next((s for s in kept if s.kind == statement.kind and _alike(s, statement, document)), None)
        if same is None:
            kept.append(statement)
            continue
        first, second = (
            (same, statement) if _fullness(same, document) >= _fullness(statement, document) else (statement, same)
        )
        kept[kept.index(same)] = replace(
            first,
            said=first.said or second.said,
            event=first.event or second.event,
            date=first.date or second.date,
            place=first.place or second.place,
            target=first.target or second.target,
            reason=first.reason or second.reason,
        )
    return kept


def _alike(a: Statement, b: Statement, document: Document) -> bool:
    if a.quote.text == b.quote.text and (a.cue.start == b.cue.start or a.cue.text == b.cue.text):
        return True
    if a.quote.start == b.quote.start and _one_voice(a, b):
        return True
    if not _one_voice(a, b) and not _one_country(a, b):
        return False
    x, y = ({_stem(w) for w in _WORD.findall(s.quote.text.lower())} for s in (a, b))
    if not x or not y:
        return False
    shared = len(x & y)
    if "title" in (document.region(a.quote.start), document.region(b.quote.start)):
        return shared >= 1  # what a headline says stands below it again, whatever its words
    return shared >= 3 and shared >= 0.5 * min(len(x), len(y))


def _one_country(a: Statement, b: Statement) -> bool:
    """ "Norland calls on" in the headline, its minister in the text."""
    x, y = a.attribution[0], b.attribution[0]
    return any(
        one.role is None and one.body == one.name and other.body is not None and other.body[:4] == one.name[:4]
        for one, other in ((x, y), (y, x))
    )


def _stem(word: str) -> str:
    return word[:6]


def _fullness(s: Statement, document: Document) -> tuple[bool, bool, int, float]:
    slots = (s.said, s.event, s.date, s.place, s.target, s.reason)
    return (
        document.region(s.quote.start) != "title",
        s.attribution[0].role is not None,
        sum(slot is not None for slot in slots) + 2 * (s.attribution[0].mode == "direct"),
        s.score,
    )

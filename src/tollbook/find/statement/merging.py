"""Statements brought together: a reason to the deed that it explains, two wordings of one statement to one record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tollbook.find.grammar.passages import Passage
from tollbook.records import Document, Statement

_WORD = re.compile(r"[^\W\d_]{4,}")
_REMEMBERED = 60  # statements of one kind that a new one is compared with; more than any report repeats itself over
_NEAR = 3  # passages between a deed and the reason that its doer gives for it


def explained(found: Sequence[Statement], passages: Sequence[Passage]) -> list[Statement]:
    """An explanation that follows its speaker's admission is the reason of that admission."""
    kept: list[Statement] = []
    order = {p.start: n for n, p in enumerate(passages)}
    for statement in found:
        at = order[statement.quote.start]
        deed = None
        for n in range(len(kept) - 1, -1, -1) if statement.kind == "explanation" else ():
            if at - order[kept[n].quote.start] > _NEAR:
                break
            if kept[n].kind == "admission" and kept[n].reason is None and _one_voice(kept[n], statement):
                deed = n
                break
        if deed is None:
            kept.append(statement)
            continue
        kept[deed] = replace(
            kept[deed],
            reason=statement.reason,
            date=kept[deed].date or statement.date,
            place=kept[deed].place or statement.place,
            target=kept[deed].target or statement.target,
        )
    return kept


def _one_voice(a: Statement, b: Statement) -> bool:
    x, y = a.attribution[0], b.attribution[0]
    return x.name == y.name or (x.body is not None and x.body == y.body)


def merged(found: Sequence[Statement], document: Document) -> list[Statement]:
    """One record for what is said twice: one kind, one voice, much the same words; the fullest wording stands."""
    kept: list[Statement] = []
    by_kind: dict[str, list[int]] = defaultdict(list)
    for statement in found:
        known = by_kind[statement.kind]
        same = next((n for n in known[-_REMEMBERED:] if _alike(kept[n], statement, document)), None)
        if same is None:
            known.append(len(kept))
            kept.append(statement)
            continue
        first, second = kept[same], statement
        if _fullness(statement, document) > _fullness(kept[same], document):
            first, second = statement, kept[same]
        kept[same] = replace(
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

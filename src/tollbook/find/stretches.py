"""A long text as stretches, each read as if it were a text of its own, so that time and memory grow with its length.

Within a document every number is held against every other, every day, place and speaker: in an article a few hundred
pairs, in a page of a million numbers (a data dump, an attack) more than a machine can do. A report of ordinary length
is one stretch. In a longer one incidents, speakers and settings do not reach across the seams, which fall between
paragraphs where they can. What is longer still than anybody reads as one report is refused, and the reason is given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from tollbook.errors import InputError
from tollbook.find.grammar.passages import Passage
from tollbook.find.reader import Reading
from tollbook.records import Claim, Document, Reason, Region, Relation, Statement, claim_id, statement_id

LENGTH = 60_000  # code points of a stretch: a report of ten thousand words
HARMS = 400  # words of harm in a stretch
MOST_HARMS = 2_000  # words of harm in a document: a year of weekly lists has some thousand; 20 s for all commands
MOST_PARSED = 600_000  # code points in passages with such words
MOST_SENTENCES = 300_000  # in a document: 10 MB of prose has a third of that
_SEAM = 0.7  # a stretch this full ends with its paragraph

# What can end a sentence or a line; as cheap to find as anything.
_END = re.compile(r"[.!?…]['’\"”»)\]]*(?=\s)|\n\s*")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a document as a document; ``start`` is where it begins in the whole."""

    document: Document
    start: int


def refuse_endless(document: Document) -> None:
    """Raises ``InputError`` for a text of more sentences than anybody writes, before they are taken apart: a million
    sentences of a letter each cost as much as a million of a line."""
    text = document.text
    if sum(map(text.count, ".!?…\n")) <= MOST_SENTENCES:
        return
    ends = sum(1 for _ in _END.finditer(text))
    if ends > MOST_SENTENCES:
        reason = f"{ends} sentences or lines (the limit is {MOST_SENTENCES} a document): divide it"
        raise InputError(document.source.key, reason)


def divide(document: Document, passages: Sequence[Passage], harms: Sequence[int]) -> list[Stretch]:
    """The stretches of a document in order; one, the document itself, for all but the longest. ``harms``: how many
    words of harm each passage has.

    Raises ``InputError`` for a document with more words of harm than can be read as one.
    """
    _refuse(document.source.key, passages, harms)
    if len(document.text) <= LENGTH and sum(harms) <= HARMS:
        return [Stretch(document, 0)]
    return [Stretch(_part(document, start, end), start) for start, end in _bounds(passages, harms)]


def _refuse(key: str, passages: Sequence[Passage], harms: Sequence[int]) -> None:
    if sum(harms) > MOST_HARMS:
        raise InputError(key, f"{sum(harms)} words of harm (the limit is {MOST_HARMS} a document): divide it")
    parsed = sum(len(p.text) for p, n in zip(passages, harms, strict=True) if n)
    if parsed > MOST_PARSED:
        reason = f"{parsed} characters in sentences with words of harm (the limit is {MOST_PARSED} a document)"
        raise InputError(key, f"{reason}: divide it")


def _bounds(passages: Sequence[Passage], harms: Sequence[int]) -> Iterator[tuple[int, int]]:
    first, told = 0, 0
    for i, passage in enumerate(passages):
        length = passage.end - passages[first].start
        full = length > LENGTH or told + harms[i] > HARMS
        seam = i > 0 and passage.paragraph != passages[i - 1].paragraph
        nearly = length > _SEAM * LENGTH or told + harms[i] > _SEAM * HARMS
        if i > first and (full or (seam and nearly)):
            yield passages[first].start, passages[i - 1].end
            first, told = i, 0
        told += harms[i]
    if passages:
        yield passages[first].start, passages[-1].end


def _part(document: Document, start: int, end: int) -> Document:
    regions = tuple(
        Region(r.kind, max(r.start, start) - start, min(r.end, end) - start)
        for r in document.regions
        if r.start < end and start < r.end
    )
    return Document(document.source, document.text[start:end], "", (), (), regions)


def moved(record: T, by: int) -> T:
    """The record with every span in it ``by`` code points further on.

    >>> from tollbook.records import Span
    >>> moved((Span("43", 4, 6), None), 10)
    (Span(text='43', start=14, end=16), None)
    """
    if isinstance(record, tuple):
        return cast("T", tuple(moved(item, by) for item in record))  # mypy does not follow T into a tuple
    if not is_dataclass(record) or isinstance(record, type):
        return record
    changed: dict[str, Any] = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in ("start", "end", "bare_start", "bare_end"):
            changed[field.name] = value + by
        elif isinstance(value, tuple) or is_dataclass(value):
            new = moved(value, by)
            if new is not value:
                changed[field.name] = new
    return replace(record, **changed) if changed else record


def join_claims(parts: Iterable[tuple[Stretch, Reading]]) -> Reading:
    """The claims of all stretches as those of one document: their spans, ids and incidents are the whole document's."""
    claims: list[Claim] = []
    threads: list[int] = []
    reasons: dict[str, tuple[Reason, ...]] = {}
    seen: Counter[str] = Counter()
    for stretch, reading in parts:
        there = [moved(claim, stretch.start) for claim in reading.claims]
        ids = {claim.id: _claim_id(claim, seen) for claim in there}
        for claim in there:
            relation = Relation(claim.relation.type, ids[claim.relation.claim]) if claim.relation else None
            claims.append(replace(claim, id=ids[claim.id], relation=relation))
            reasons[ids[claim.id]] = moved(reading.reasons[claim.id], stretch.start)
        after = max(threads, default=-1) + 1
        threads += [after + thread for thread in reading.threads]
    return Reading(tuple(claims), tuple(threads), reasons)


def _claim_id(claim: Claim, seen: Counter[str]) -> str:
    victims = claim.victims
    spans = ((claim.count.start, claim.count.end), (victims.start, victims.end) if victims else (-1, -1))
    key = f"{claim.harm}{spans}"
    seen[key] += 1
    return claim_id(claim.document.id, claim.harm, spans, seen[key] - 1)


def join_statements(parts: Iterable[tuple[Stretch, Sequence[Statement]]]) -> tuple[Statement, ...]:
    """The statements of all stretches with the spans and ids of the whole document."""
    found: list[Statement] = []
    seen: Counter[str] = Counter()
    for stretch, statements in parts:
        for statement in (moved(s, stretch.start) for s in statements):
            origin = statement.attribution[0]
            spans = ((origin.start, origin.end), (statement.cue.start, statement.cue.end))
            key = f"{statement.kind}{spans}"
            found.append(replace(statement, id=statement_id(statement.document.id, statement.kind, spans, seen[key])))
            seen[key] += 1
    return tuple(found)

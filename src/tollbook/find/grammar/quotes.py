"""Stretches inside quotation marks, over sentences and paragraphs.

Straight and typographic marks, « » and „ “ are read alike, nested quotations belong to the outer one, and an
apostrophe opens nothing. A quotation left open at the end of a paragraph goes on where the next paragraph opens with
a mark of its own (the habit of English newspapers); else it ends with its paragraph. One pass over the marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tollbook.records import Span

SCARE_WORDS = 3  # up to so many words in marks may be a term at arm's length rather than somebody's speech

_MARK = re.compile(r"[\"“”„«»‘’'‚‹›]|''|``")
_OPENS = "“„«‘‚‹"
_DOUBLE = '"“”„«»'
_BREAK = re.compile(r"\n[ \t\r\f\v]*(?:\n\s*)?")
_ENDS = ".!?…:\"”»’')"
_WORD = re.compile(r"\w+")
_LOOKAHEAD = 400  # how far a single mark looks for its partner


@dataclass(frozen=True, slots=True)
class _Mark:
    at: int
    double: bool
    can_open: bool
    can_close: bool


def find_quotations(text: str) -> tuple[Span, ...]:
    """The outermost quotations in order, marks included, never overlapping.

    >>> [q.text for q in find_quotations('“It’s us,” he said. “We came." Nobody \\'else\\' did.')]
    ['“It’s us,”', '“We came."', "'else'"]
    """
    spans: list[tuple[int, int]] = []
    carried: int | None = None  # where a quotation began that the paragraph before left open
    for start, end in _paragraphs(text):
        marks = list(_marks(text, start, end))
        first = next((m for m in marks if m.at < start + 2), None)
        if carried is not None and (first is None or not first.can_open or not first.double):
            spans.append((carried, _last_end(text, start)))
            carried = None
        found, left = _pair(marks, start, end)
        if carried is not None:  # this paragraph opens with a mark: its first quotation is the carried one
            if found and first is not None and found[0][0] == first.at:
                found[0] = (carried, found[0][1])
                carried = None
            elif left is not None and first is not None and left == first.at:
                left = carried
        spans.extend(found)
        carried = left
    if carried is not None:
        spans.append((carried, len(text.rstrip()) if text.rstrip() else len(text)))
    return tuple(Span(text[a:b], a, b) for a, b in spans if b > a)


def is_scare_quote(quotation: Span) -> bool:
    """One to three words without a stop: a term, perhaps, not speech.

    >>> is_scare_quote(Span('"terrorists"', 0, 12)), is_scare_quote(Span('"We left."', 0, 10))
    (True, False)
    """
    inner = quotation.text.strip(_DOUBLE + "‘’'‚‹›` ")
    return len(_WORD.findall(inner)) <= SCARE_WORDS and not inner.endswith((".", "!", "?", ","))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Blank lines end a paragraph; so does a line break after a stop or before a quotation mark (not wrapped text)."""
    start = 0
    for gap in _BREAK.finditer(text):
        before = text[max(start, gap.start() - 20) : gap.start()].rstrip()[-1:]
        after = text[gap.end() : gap.end() + 1]
        if gap[0].count("\n") < 2 and before not in _ENDS and after not in _OPENS + '"':
            continue
        if before:
            yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _last_end(text: str, start: int) -> int:
    """The end of the paragraph before ``start``."""
    while start > 0 and text[start - 1].isspace():
        start -= 1
    return start


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for m in _MARK.finditer(text, start, end):
        before = text[m.start() - 1] if m.start() > start else " "
        after = text[m.end()] if m.end() < end else " "
        double = m[0] in _DOUBLE or len(m[0]) == 2
        word_before, word_after = before.isalnum(), after.isalnum()
        if word_before and word_after and m[0] not in "“„«»":
            continue  # an apostrophe, or a mark inside a word
        opens = not word_before and not after.isspace() and m[0] not in "”›"
        closes = not word_after and not before.isspace() and m[0] not in "„«‘‚‹"
        if m[0] in "“«„":
            closes = closes and m[0] == "“" and not word_after and not opens
            opens = opens or not closes
        if m[0] == "”":
            opens, closes = False, True
        if m[0] == "»":
            opens, closes = word_after and not word_before, not word_after
        if m[0] == "’":
            opens = opens and before in ' ("“' and word_after and not after.isdigit()
        if opens or closes:
            yield _Mark(m.start(), double, opens, closes)


def _pair(marks: list[_Mark], start: int, end: int) -> tuple[list[tuple[int, int]], int | None]:
    """Outermost pairs of one paragraph and where an unclosed one began."""
    found: list[tuple[int, int]] = []
    open_at: int | None = None
    open_double = False
    closers = _next_single_closers(marks)
    for index, mark in enumerate(marks):
        if open_at is None:
            if mark.can_open and (mark.double or _partner(marks, closers, index)):
                open_at, open_double = mark.at, mark.double
        elif mark.double == open_double and mark.can_close:
            if not mark.double and not mark.at - open_at > 1:
                continue
            found.append((open_at, mark.at + 1))
            open_at = None
        elif mark.double and not open_double and mark.can_open:
            open_at, open_double = mark.at, True  # the single mark was an apostrophe after all
    if open_at is not None and not open_double:
        open_at = None
    return found, open_at


def _next_single_closers(marks: list[_Mark]) -> list[int]:
    """For each mark the position of the next single mark that can close, or -1."""
    following, out = -1, [-1] * len(marks)
    for index in range(len(marks) - 1, -1, -1):
        out[index] = following
        if not marks[index].double and marks[index].can_close:
            following = marks[index].at
    return out


def _partner(marks: list[_Mark], closers: list[int], index: int) -> bool:
    return 0 <= closers[index] - marks[index].at <= _LOOKAHEAD

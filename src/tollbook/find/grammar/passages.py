"""A text as passages (sentences) with their offsets.

Paragraphs are split first: a parser that sees headline, caption and body in one breath merges them. The splitter
is our own because it must keep every offset and because wire copy ends sentences inside quotation marks, after
initials and after abbreviations ("Gen. Joseph", "the U.S. said").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tollbook import lexicon

LONGEST = 1500  # code points; a "sentence" beyond this is cut at white space, so that no parser sees a megabyte


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence; ``text == document.text[start:end]``. ``paragraph`` counts from 0."""

    text: str
    start: int
    end: int
    paragraph: int


_STOP = re.compile(r"[.!?…]['’\"”»)\]]*(?=\s)")
_WORD_BEFORE = re.compile(r"[\w.’'-]{0,20}\Z")
_NEXT = re.compile(r"\s+[\"“”«'‘’(\[]*(\w*)")
_ABBREVIATIONS = frozenset(lexicon.words("abbreviations"))
_OPENERS = frozenset(lexicon.words("abbreviations", "openers"))


def split_passages(text: str) -> list[Passage]:
    """The sentences of a text in order; white space between them belongs to none.

    >>> [p.text for p in split_passages('Gen. Ali spoke. "It was us." Two died.')]
    ['Gen. Ali spoke.', '"It was us."', 'Two died.']
    """
    passages = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        for a, b in _sentences(text, start, end):
            passages.append(Passage(text[a:b], a, b, number))
    return passages


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Line breaks end a paragraph, except inside text that was wrapped at a column (a line ends in mid-sentence and
    the next begins in lower case, or all lines of the block are about equally long)."""
    start = 0
    for block in re.split(r"(\n[ \t\r]*(?:\n[ \t\r]*)+)", text):
        if block.strip():
            yield from _lines(block, start)
        start += len(block)


def _lines(block: str, offset: int) -> Iterator[tuple[int, int]]:
    lines = block.split("\n")
    wrapped = len(lines) > 1 and _is_wrapped(lines)
    if wrapped:
        yield offset, offset + len(block)
        return
    for line in lines:
        if line.strip():
            yield offset, offset + len(line)
        offset += len(line) + 1


def _is_wrapped(lines: list[str]) -> bool:
    full = [len(line.rstrip()) for line in lines[:-1] if line.strip()]
    return bool(full) and 40 <= max(full) <= 100 and min(full) >= max(full) * 0.6 and len(lines[-1]) <= max(full) + 2


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if _ends_sentence(text, stop, end):
            yield from _cut(text, begin, stop.end())
            begin = stop.end()
    yield from _cut(text, begin, end)


def _ends_sentence(text: str, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), end)
    word = following[1] if following else ""
    if text[stop.start()] != ".":
        return not word[:1].islower()
    if word[:1].islower():
        return False
    before = _WORD_BEFORE.search(text, max(0, stop.start() - 20), stop.start())
    token = before[0].lower().lstrip("'’") if before else ""
    if stop.end() - stop.start() > 1:  # a closing mark after the stop
        return True
    if len(token) == 1 and token.isalpha():  # an initial
        return False
    if token in _ABBREVIATIONS or (token == "no" and word.isdigit()):
        return False
    if "." in token.strip("."):  # "U.S." and its like
        return word.lower() in _OPENERS
    return True


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:
        space = text.rfind(" ", start, start + LONGEST)
        middle = space if space > start else start + LONGEST
        yield start, middle
        start = middle
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end

"""Entries of a bulletin and of a round-up: paragraphs that open with the place, or the day and the place, they tell of.

"4 May, Zalba market, artillery: nine killed." "Zalba, 4 May, about 16:10. A bomb destroyed a house." "ZALBA: two dead."
Each entry is an incident of its own, and what its heading says holds for all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tollbook.find.grammar.passages import Passage
from tollbook.find.layers import Entry, inside
from tollbook.records import PlaceMention

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*"
_DAY = rf"(?:\d{{1,2}} {_MONTHS}|{_MONTHS} \d{{1,2}})(?:,? \d{{4}})?"
_BULLET = r"(?:[-•–*]\s*|\d{1,2}[.)]\s*)?"
# A quarter may be named after a day: "1 May, 26 September district, shelling: two killed".
_NAME = rf"(?:(?:[a-z]{{2}}-)?[A-Z][^,:;.\n]{{2,50}}|\d{{1,2}} {_MONTHS}(?: [a-z]+)?|port|market)"
_DATED = re.compile(rf"{_BULLET}{_DAY}, (?P<where>{_NAME}), (?=(?P<rest>[^.:\n]{{3,90}}):|[^:\n]{{0,40}}\babout \d)")
_PLACED = re.compile(
    rf"{_BULLET}(?P<where>{_NAME})(?:, {_NAME}){{0,2}}, {_DAY}(?:, (?:\w+ ){{0,2}}(?:\d{{1,2}}[:.]\d{{2}}|\d{{1,2}})"
    r"(?: ?[ap]\.?m)?| at \w+)?[.:]\s"
)
_NAMED = re.compile(r"\W*(?P<where>[A-Z][A-Z'’ -]{2,30})(?=:\s)")
_LISTED = re.compile(rf"[-•–—*]\s*(?P<where>{_NAME})(?=:\s)")
_NUMBERED = re.compile(r"\W*\d{1,2}[.)]\s+(?P<where>[A-Z][A-Z'’ -]{2,30})(?=[,:.]\s)")
_SHAPES = (_DATED, _PLACED, _NUMBERED, _LISTED, _NAMED)


_NO_PLACE = re.compile(
    r"(?:casualties|civilians?|damage|dead|deaths?|destroyed|injured|injuries|killed|missing|note|source|summary|total|"
    r"toll|update|victims?|wounded)\b",
    re.IGNORECASE,
)


# Names of places in running text, of which a heading in capitals may be one ("shells on the quarter of Zalba").
_PLACE_WORDS = re.compile(
    r"\b(?:in|on|at|of|and|from|near) (?:the )?(?:[a-z]{2}-)?([A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)?)"
)


def find_entries(
    text: str, passages: Sequence[Passage], places: Sequence[PlaceMention], home: str | None
) -> dict[int, Entry]:
    """The entries of a text by their paragraphs; ``home``: the country of a place that no list has.

    >>> from tollbook.find.grammar.passages import split_passages
    >>> text = "4 May, Zalba market, artillery: nine killed.\\n\\n5 May, 1 June district, gunfire: two killed."
    >>> [e.place.text for e in find_entries(text, split_passages(text), [], None).values()]
    ['Zalba market', '1 June district']
    """
    headings = list(_headings(text, passages, places))
    named = frozenset(m[1].lower() for m in _PLACE_WORDS.finditer(text)) if headings else frozenset()
    certain = {h for h in headings if _is_place(h, named)}  # not "UPDATE:", "Summary, 4 May."
    # Where one of a row is a place, the others are too; of a list ("- Zalba: two dead"), where two are.
    rows = {h.heading.re for h in certain if h.heading.re in (_NUMBERED, _PLACED)}
    if sum(h.heading.re is _LISTED for h in certain) > 1:
        rows.add(_LISTED)
    found = [h for h in headings if h in certain or (h.heading.re in rows and not _NO_PLACE.match(h.heading["where"]))]
    if len(found) == 1 and found[0].paragraph <= 1 < passages[-1].paragraph:
        return {}  # "SRINAGAR, Aug 6: Militants …" and no other: the report's dateline
    return {h.paragraph: Entry(_place(text, h, home), h.start, _end(h.heading)) for h in found}


def _is_place(h: _Heading, named: frozenset[str]) -> bool:
    """Whether a heading is a place: by its shape, by the gazetteer, or as the report names it in running text."""
    if h.heading.re is _DATED or h.heading["where"].lower() in named:
        return True
    return h.opens_with_place or (h.heading.re is _PLACED and bool(h.known))


@dataclass(frozen=True, slots=True, eq=False)
class _Heading:
    """What may be the heading of an entry; ``known``: the places that stand in it."""

    paragraph: int
    start: int
    heading: re.Match[str]
    known: tuple[PlaceMention, ...]

    @property
    def opens_with_place(self) -> bool:
        return any(p.bare_start == self.heading.start("where") and not p.metonym for p in self.known)


def _headings(text: str, passages: Sequence[Passage], places: Sequence[PlaceMention]) -> Iterator[_Heading]:
    done = -1
    for passage in passages:
        if passage.paragraph == done:
            continue
        done = passage.paragraph
        heading = next((m for shape in _SHAPES if (m := shape.match(text, passage.start))), None)
        if heading is not None:
            known = inside(places, passage.start, heading.end())
            yield _Heading(done, passage.start, heading, tuple(known))


def _end(heading: re.Match[str]) -> int:
    """Where the heading ends: at its colon, or after the place."""
    return heading.end("rest") if heading.groupdict().get("rest") else heading.end()


def _place(text: str, h: _Heading, home: str | None) -> PlaceMention:
    """The place that the gazetteer knows by just these words, else one that is only named."""
    start, end = h.heading.span("where")
    where = text[start:end]
    same = [p for p in h.known if start <= p.bare_start and p.bare_end <= end]
    if len(same) == 1 and same[0].bare == where:
        return same[0]
    return PlaceMention(where, start, end, where, start, end, where, home, None, None, None, "exact", None, None)

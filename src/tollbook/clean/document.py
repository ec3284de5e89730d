"""A page as a document: the cleaned text, the way back into the raw text, and what was left out."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence

from tollbook.clean.furniture import mark_furniture
from tollbook.clean.head import NOTHING, Head
from tollbook.clean.language import identify_language
from tollbook.clean.lines import Unit, as_seen, cut_lines, is_glued, key_of, shadow_of, split_units
from tollbook.clean.metadata import Found, find_metadata
from tollbook.records import (
    Document,
    Furniture,
    Page,
    Piece,
    Region,
    Source,
    document_id,
)

_SURROGATE = re.compile("[\ud800-\udfff]")
_OTHER_BREAKS = "\r\x0b\x0c\x85\u2028\u2029"
_OTHER_BREAK = re.compile(f"\r\n|[{_OTHER_BREAKS}]")
_BEFORE_TITLE = 4  # words of a kicker that may stand above the title

Where = Callable[[int], bool]  # of an offset in the raw text
Told = Callable[[str], bool]  # of what a page says


def clean_page(page: Page, as_is: bool = False) -> Document:
    """The article of a page. ``as_is`` takes the text as it stands: nothing is added, nothing left out.

    Raises ``InputError`` for HTML nested too deeply to be read.

    >>> text = "Ferry hit\\n\\nTwo people were killed in the harbour.\\n\\nShare this"
    >>> document = clean_page(Page("p", text.encode(), text, "text"))
    >>> document.text
    'Ferry hit\\n\\nTwo people were killed in the harbour.'
    >>> [(f.text, f.reason) for f in document.furniture]
    [('Share this', 'share')]
    """
    document = clean_page_if(page, _always, _always, as_is)
    assert document is not None
    return document


def clean_page_if(page: Page, named: Told, told: Told, as_is: bool = False) -> Document | None:
    """The same if ``named`` and then ``told`` say so of all that the page says, titles included, a paragraph a line;
    else ``None``, and its article has not been looked for. ``told`` gets lines as the cleaned text has them.

    Raises ``InputError`` as ``clean_page``.
    """
    content = _writable(page.content)
    head = NOTHING
    outside: Where = _nowhere
    pictured: Where = _nowhere
    if page.media == "html":
        from tollbook.clean import html  # lxml and trafilatura: only for those who have HTML

        said = html.read_html(page.key, content)
        if not _is_wanted(named, told, page.title or said.head.title, said.raw if as_is else said.candidates()):
            return None
        extract = html.extract_html(said)
        raw, head, outside, pictured = extract.raw, extract.head, extract.is_outside, extract.is_pictured
    else:
        raw = content if as_is else as_seen(content.replace("\0", "\ufffd"))
        if not _is_wanted(named, told, page.title, raw):
            return None
    title = " ".join(as_seen(_writable(page.title or head.title or "")).split()) or None
    units = split_units(raw)
    marks: list[str | None] = [None] * len(units)
    if not as_is:
        marks = ["outside" if outside(unit.start) else None for unit in units]
        inside = [i for i, mark in enumerate(marks) if mark is None]
        for i, mark in zip(inside, mark_furniture([units[i] for i in inside], title), strict=True):
            marks[i] = mark
    heading = _title_unit(units, marks, title)
    found = find_metadata(units, marks, title, pictured)
    text, pieces, places = raw, [Piece(0, 0, len(raw))], [(0, len(raw), 0)]
    if not as_is:
        text, pieces, places = _assemble(raw, units, marks, title if heading is None else None)
    regions = [Region(kind, *span) for kind, a, b in found.regions if (span := _placed(places, a, b))]
    if title and heading is not None:
        a = heading.start + heading.text.index(heading.text.lstrip()[:1])
        span = _placed(places, a, min(a + len(title), heading.end))
        regions += [Region("title", *span)] if span else []
    elif title and not as_is:
        regions.append(Region("title", 0, len(title)))
    return Document(
        source=_source(page, head, found, text, title),
        text=text,
        raw=raw,
        pieces=tuple(piece for piece in pieces if piece.length),
        furniture=tuple(Furniture(u.text, u.start, u.end, mark) for u, mark in zip(units, marks, strict=True) if mark),
        regions=tuple(sorted(regions, key=lambda region: (region.start, region.end))),
    )


def _writable(said: str) -> str:
    """Without halves of characters, which JSON can name and no encoding writes. Writing is faster than looking."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", said)
    return said


def _always(_: str) -> bool:
    return True


def _is_wanted(named: Told, told: Told, title: str | None, lines: str) -> bool:
    """Whatever the text that is made of a page says stands in its title and its lines, but where a button is glued to
    a word."""
    if named is _always:
        return True
    said = " ".join(as_seen(title or "").split()) + "\n\n" + lines
    if any(sign in said for sign in _OTHER_BREAKS):
        said = _OTHER_BREAK.sub("\n", said)
    return is_glued(said) or (named(said) and told(cut_lines(said)))


def _nowhere(_: int) -> bool:
    return False


def _title_unit(units: Sequence[Unit], marks: Sequence[str | None], title: str | None) -> Unit | None:
    """The unit that the text begins with, if it says the title; a short kicker may stand above it."""
    if title is None:
        return None
    wanted = key_of(shadow_of(title))
    kept = (unit for unit, mark in zip(units, marks, strict=True) if mark is None)
    for number, unit in enumerate(kept):
        if unit.key.startswith(wanted):
            return unit
        if number > 1 or unit.words > _BEFORE_TITLE:
            return None
    return None


def _assemble(
    raw: str, units: Sequence[Unit], marks: Sequence[str | None], added: str | None
) -> tuple[str, list[Piece], list[tuple[int, int, int]]]:
    """The text, its pieces, and for each kept unit where it stands: raw start, raw end, start in the text."""
    parts: list[str] = []
    pieces: list[Piece] = []
    places: list[tuple[int, int, int]] = []
    position = 0

    def put(text: str, raw_start: int | None) -> None:
        nonlocal position
        last = pieces[-1] if pieces else None
        if raw_start is not None and last and last.raw_start is not None and last.raw_start + last.length == raw_start:
            pieces[-1] = Piece(last.start, last.raw_start, last.length + len(text))
        else:
            pieces.append(Piece(position, raw_start, len(text)))
        parts.append(text)
        position += len(text)

    if added:
        put(added, None)
    last, gap = -1, True
    for i, unit in enumerate(units):
        gap = gap or unit.gap
        if marks[i] is not None:
            continue
        if parts:
            between = raw[units[last].end : unit.start] if last >= 0 else ""
            wanted = between if unit.inline and last == i - 1 else "\n\n" if gap else "\n"
            if wanted:
                put(wanted, units[last].end if between == wanted else None)
        places.append((unit.start, unit.end, position))
        put(unit.text, unit.start)
        last, gap = i, False
    return "".join(parts), pieces, places


def _placed(places: Sequence[tuple[int, int, int]], start: int, end: int) -> tuple[int, int] | None:
    """A stretch of the raw text in the cleaned text."""
    at = bisect_right(places, (start, float("inf"), 0)) - 1
    if at < 0:
        return None
    raw_start, raw_end, text_start = places[at]
    if not raw_start <= start < end <= raw_end:
        return None
    return text_start + start - raw_start, text_start + end - raw_start


def _source(page: Page, head: Head, found: Found, text: str, title: str | None) -> Source:
    outlet = page.outlet or head.outlet
    url = page.url or head.url
    days = (
        (page.published, page.published_from or "option"),
        (head.published, head.published_from),
        (found.published, found.published_from),
    )
    published, published_from = next((said for said in days if said[0] is not None), (None, None))
    return Source(
        key=page.key,
        id=document_id(page.raw, outlet, url),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        raw_sha256=hashlib.sha256(page.raw).hexdigest(),
        outlet=outlet,
        outlet_from=(page.outlet_from or "option") if page.outlet else "meta" if outlet else None,
        title=title or found.title,
        url=url,
        archive_url=page.archive_url,
        language=page.language or identify_language(text) or head.language,
        published=published,
        published_from=published_from,
        captured=page.captured,
        translation_of=page.translation_of,
    )

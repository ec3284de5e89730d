"""HTML as one fixed plain extraction of everything visible, and which of its lines are the article.

Trafilatura knows best which paragraphs of a page are its article, but gives no offsets; so its output only decides
about the lines of our own extraction, by what they say.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

import lxml.etree
import lxml.html
from trafilatura import extract

from tollbook.clean.head import Head, read_head
from tollbook.clean.lines import as_seen
from tollbook.errors import InputError

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "label",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_HIDDEN = frozenset(
    [
        "audio",
        "canvas",
        "datalist",
        "head",
        "iframe",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "video",
    ]
)
# What an element makes of the lines in it, beside a caption by its class.
_ROLES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("aside", "button", "footer", "form", "menu", "nav"), ("apart",)),
    "figcaption": ("caption",),
    "h1": ("heading",),
    "a": ("link",),
    "pre": ("pre",),
}
_SPACED = frozenset(["img", "input", "td", "th"])
_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")  # whatever is not single spaces already
_NO_WORD = re.compile(r"[\W_]+")
_STYLE_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_SHINGLE = 4  # words
_SHARE = 0.6  # of a line's shingles that the article must have
_LEAST = 200  # code points of an article; less is no answer
_PROSE = 80  # code points of a paragraph that is kept between article lines

# Every element of one class, as trafilatura wants it: lxml.html asks Python for the class of each, which takes a third
# of the time that walking a page takes.
_CLASSES = lxml.etree.ElementDefaultClassLookup(
    element=lxml.html.HtmlElement,
    comment=lxml.html.HtmlComment,
    pi=lxml.html.HtmlProcessingInstruction,
    entity=lxml.html.HtmlEntity,
)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is said by our own errors


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the extraction: where it starts, what markup it stands in, how much of it is links."""

    start: int
    text: str
    apart: bool
    caption: bool
    heading: bool
    linked: float


# A news page has some thousand elements. trafilatura takes 60 µs for each, and the square of them for some.
MOST_ELEMENTS = 200_000
_MOST_EXTRACTED = 20_000


@dataclass(frozen=True, slots=True)
class Extract:
    """``raw``, and for each of its lines whether it is outside the article or a caption."""

    raw: str
    head: Head
    starts: tuple[int, ...]
    outside: tuple[bool, ...]
    pictured: tuple[bool, ...]

    def is_outside(self, offset: int) -> bool:
        """Whether the line at an offset of ``raw`` is not part of the article."""
        return self.outside[bisect_right(self.starts, offset) - 1]

    def is_pictured(self, offset: int) -> bool:
        """Whether the markup makes the line at an offset of ``raw`` a caption."""
        return self.pictured[bisect_right(self.starts, offset) - 1]


@dataclass(frozen=True, slots=True)
class Said:
    """A parsed page and everything that a reader sees of it."""

    root: lxml.html.HtmlElement
    elements: int
    head: Head
    raw: str
    lines: list[Line]

    def candidates(self) -> str:
        """The lines of which the article is chosen, with a blank line where one stands between them."""
        lines = [line for line in self.lines if not line.apart] or self.lines
        parts: list[str] = []
        end = 0
        for line in lines:
            parts += ("\n" if line.start - end == 1 else "\n\n", line.text)
            end = line.start + len(line.text)
        return "".join(parts)


def read_html(key: str, content: str) -> Said:
    """Everything that a reader sees of a page, block by block; ``key`` names the page in errors.

    Raises ``InputError`` for markup that cannot be parsed, for more elements than any page has, and for markup nested
    more than 2,000 deep: the parser stops there, and half a page read in silence is worse than none.
    """
    parser = lxml.etree.HTMLParser(huge_tree=True, encoding="utf-8")
    parser.set_element_class_lookup(_CLASSES)
    try:
        root = lxml.html.document_fromstring(content.replace("\0", "\ufffd").encode(), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise InputError(key, f"HTML that cannot be read: {str(error)[:100]}") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise InputError(key, "HTML nested too deeply")
    elements = sum(1 for _ in root.iter())
    if elements > MOST_ELEMENTS:
        raise InputError(key, f"HTML of {elements} elements (the limit is {MOST_ELEMENTS} a page)")
    head = read_head(root)
    collector = _Collector()
    collector.walk(root)
    lines = collector.lines
    if not lines:
        raise InputError(key, "HTML without any text")
    return Said(root, elements, head, "".join(collector.parts), lines)


def extract_html(page: Said) -> Extract:
    """Which lines of a page are its article."""
    lines = page.lines
    outside = _outside(lines, _article(page.root) if page.elements <= _MOST_EXTRACTED else [])
    return Extract(
        page.raw,
        page.head,
        tuple(line.start for line in lines),
        tuple(outside),
        tuple(line.caption for line in lines),
    )


class _Collector:
    """Gathers lines while the tree is walked without recursion."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self._length = 0
        self._words: list[str] = []
        self._linked = 0
        self._break = ""
        self._inside = {"apart": 0, "caption": 0, "heading": 0, "link": 0, "pre": 0}

    def walk(self, root: lxml.html.HtmlElement) -> None:
        walker = lxml.etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        roles: list[tuple[str, ...] | None] = []  # of the elements that are open; ``None`` for one that is hidden
        for event, element in walker:
            if event == "start":
                tag, names = element.tag, element.keys()  # most have no attribute that matters: asking each takes long
                if tag in _HIDDEN or (names and _is_hidden(element, names)):
                    walker.skip_subtree()
                    roles.append(None)
                    continue
                if tag == "br":
                    self._flush("\n")
                elif tag in _BLOCKS:
                    self._flush("\n\n")
                elif tag in _SPACED:
                    self._words.append(" ")
                own = _ROLES.get(tag, ())
                if "class" in names and tag != "figcaption" and "caption" in element.get("class").lower():
                    own = (*own, "caption")
                for role in own:
                    self._inside[role] += 1
                roles.append(own)
                if element.text:
                    self._add(element.text)
                continue
            if event == "end":
                closed = roles.pop()
                if closed is not None:
                    tag = element.tag
                    if tag in _BLOCKS:
                        self._flush("\n\n")
                    elif tag == "td" or tag == "th":
                        self._words.append(" ")
                    for role in closed:
                        self._inside[role] -= 1
            if element.tail and element is not root:
                self._add(element.tail)
        self._flush("")

    def _add(self, text: str) -> None:
        if self._inside["pre"]:
            first, *more = re.split(r"\r\n|\n|\r", text)
            self._words.append(first)
            for line in more:
                self._flush("\n")
                self._words.append(line)
            return
        self._words.append(text)
        if self._inside["link"]:
            self._linked += len(_single_spaced(text))

    def _flush(self, separator: str) -> None:
        words = self._words
        if not words:
            if len(separator) > len(self._break):
                self._break = separator
            return
        text = _single_spaced(as_seen("".join(words))).strip(" ")
        if text:
            if self.lines:
                self.parts.append(self._break)
                self._length += len(self._break)
            inside = self._inside
            self.lines.append(
                Line(self._length, text, inside["apart"] > 0, inside["caption"] > 0, inside["heading"] > 0,
                     self._linked / len(text))
            )  # fmt: skip
            self.parts.append(text)
            self._length += len(text)
            self._break = separator or "\n"
        elif len(separator) > len(self._break):
            self._break = separator
        self._words = []
        self._linked = 0


def _single_spaced(text: str) -> str:
    """Most lines are so already: to look for each sign takes a tenth of the time that the pattern takes."""
    uneven = "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text
    return _SPACE.sub(" ", text) if uneven else text


def _is_hidden(element: lxml.html.HtmlElement, names: list[str]) -> bool:
    return "hidden" in names or ("style" in names and _STYLE_HIDDEN.search(element.get("style").lower()) is not None)


def _article(root: lxml.html.HtmlElement) -> list[str]:
    """The lines that trafilatura takes for the article; none where it fails."""
    try:
        text = extract(root, favor_precision=True, include_comments=False)
    except Exception:  # whatever a third party's parser stumbles over, the page is still read by our own filter
        return []
    return text.splitlines() if text and len(text) >= _LEAST else []


def _words_of(text: str) -> list[str]:
    return _NO_WORD.sub(" ", text.lower()).split()


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[i : i + _SHINGLE]) for i in range(len(words) - _SHINGLE + 1)]


def _outside(lines: list[Line], article: list[str]) -> list[bool]:
    if not article:
        return [line.apart for line in lines] if not all(line.apart for line in lines) else [False] * len(lines)
    said = [_words_of(line) for line in article]
    whole = {tuple(words) for words in said}
    known = {shingle for words in said for shingle in _shingles(words)}
    inside = [_is_said(_words_of(line.text), whole, known) and not line.apart for line in lines]
    if not any(inside):
        return [line.apart for line in lines]
    first = inside.index(True)
    last = len(inside) - 1 - inside[::-1].index(True)
    top = max((i for i in range(first) if lines[i].heading and not lines[i].apart), default=first)
    prose = next((i for i in range(first, last + 1) if inside[i] and _is_prose(lines[i])), first)
    for i in range(top, last + 1):
        line = lines[i]
        if not inside[i] and not line.apart:
            above = i < prose and (line.heading or (len(line.text) < 300 and line.linked < 0.5))
            inside[i] = line.caption or above or _is_prose(line)
    for i in range(last + 1, len(lines)):
        if not _is_prose(lines[i]) or lines[i].apart:
            break
        inside[i] = True
    return [not kept for kept in inside]


def _is_said(words: list[str], whole: set[tuple[str, ...]], known: set[tuple[str, ...]]) -> bool:
    if tuple(words) in whole:
        return True
    shingles = _shingles(words)
    return len(shingles) > 2 and sum(shingle in known for shingle in shingles) >= _SHARE * len(shingles)


def _is_prose(line: Line) -> bool:
    return len(line.text) >= _PROSE and line.linked < 0.5 and line.text.rstrip("\"'”’»)* ")[-1:] in ".!?…"

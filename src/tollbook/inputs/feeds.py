"""RSS and Atom files as pages, an item a page: a stream, parsed by libxml2 without entities, DTDs or network.

An item is named by its address and day, or by file and number where it has no address. What a feed carries of an
article is what is read, which is often its first sentences only.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO, Final

from lxml import etree

from tollbook.errors import InputError, Notice, naming
from tollbook.inputs.record import Given, make_page
from tollbook.records import Media, Page

ATOM: Final = "http://www.w3.org/2005/Atom"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_DC_DATE = "{http://purl.org/dc/elements/1.1/}date"
_XHTML = "{http://www.w3.org/1999/xhtml}div"
_ROOTS = ("rss", "RDF", "feed")
_FEED = re.compile(r"<(?:rss|rdf:RDF|feed)\b")
_ASIDE = (("<?", "?>"), ("<!--", "-->"))
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:\w+|#\d+|#x[0-9a-fA-F]+);")

OnError = Callable[[InputError], None]


def is_feed(head: bytes) -> bool:
    """Whether a file that begins so is a feed.

    >>> is_feed(b'<?xml version="1.0"?><!-- made by hand --> <rss version="2.0">'), is_feed(b"<html>"), is_feed(b"<!--")
    (True, False, False)
    """
    text, at = head.decode("utf-8", "replace").lstrip("\ufeff"), 0
    while at < len(text):
        at += len(text) - at - len(text[at:].lstrip())
        end = next((end for begin, end in _ASIDE if text.startswith(begin, at)), None)
        if end is None:
            return _FEED.match(text, at) is not None
        at = text.find(end, at) + len(end)
        if at < len(end):
            return False
    return False


def read_feed(key: str, stream: BinaryIO, given: Given, on_error: OnError) -> Iterator[Page]:
    """The items of an RSS (0.9 to 2.0) or Atom file. An item that cannot be read goes to ``on_error``.

    Raises ``InputError`` for what is no feed, and where it is damaged; the items before are given.
    """
    number, outlet = 0, None
    try:
        for _, element in _events(stream):
            name, parent = _local(element), element.getparent()
            if parent is None:
                if name not in _ROOTS:
                    raise InputError(key, f"no RSS and no Atom (its root is <{name[:40]}>)")
            elif name == "title" and _local(parent) in ("channel", "feed"):
                outlet = outlet or _words(element)
            elif name in ("item", "entry"):
                number += 1
                try:
                    yield _page(f"{key}:{number}", element, outlet, given, on_error)
                except InputError as error:
                    on_error(error)
                _forget(element)
    except etree.XMLSyntaxError as error:
        said = " ".join(str(error.msg).split())[:80] + ("; what follows is not read" if number else "")
        raise InputError(key, f"damaged, or no feed: line {error.lineno}: {said}") from error
    if not number:
        raise InputError(key, "no item in it")


def _events(stream: BinaryIO) -> Iterator[tuple[str, Any]]:
    options: dict[str, Any] = {
        "resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False, "remove_comments": True,
        "remove_pis": True,
    }  # fmt: skip
    yield from etree.iterparse(stream, events=("end",), **options)


def _forget(element: Any) -> None:
    """Items that were read, and what stood before them, leave the memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _page(where: str, item: Any, outlet: str | None, given: Given, on_error: OnError) -> Page:
    with naming(where):
        content, media = _content(item)
        if not content.strip():
            raise InputError(where, "no text in this item")
        try:
            published = _published(item)
        except ValueError as error:  # a feed that writes its days badly is still a feed of reports
            published = None
            on_error(Notice(where, f"published: {error}; read without a day"))
        url = _link(item)
        source = next((_words(child) for child in item if _local(child) == "source"), None)
        record = {
            "title": next((_title(child) for child in item if _local(child) == "title"), None),
            "url": url,
            "published": published.isoformat() if published else None,
            # Its own source first, then what the option says, then the name of the feed.
            "outlet": source or given.outlet or outlet,
        }
        name = f"{url} {published}" if url and published else url or where
        return make_page(name, (content.encode("utf-8", "surrogatepass"), content, media), record, given)


def _content(item: Any) -> tuple[str, Media]:
    """The longest that an item carries: the whole article where it does, else its summary."""
    found: list[tuple[str, Media]] = []
    for child in item:
        name = _local(child)
        if child.tag == _CONTENT or name in ("description", "summary") or (name == "content" and _is_atom(child)):
            found.append(_body(child))
    return max(found, key=lambda body: len(body[0]), default=("", "text"))


def _body(element: Any) -> tuple[str, Media]:
    kind = element.get("type", "") if _is_atom(element) else ""
    if kind == "xhtml":
        inner = element.find(_XHTML)
        return (etree.tostring(inner, encoding="unicode", with_tail=False) if inner is not None else ""), "html"
    if kind not in ("", "text", "html", "text/html", "text/plain"):
        return "", "text"
    text = _all_words(element)
    return text, "html" if kind.endswith("html") or (not kind and _MARKUP.search(text)) else "text"


def _published(item: Any) -> dt.date | None:
    """When it was published; of an Atom entry that does not say, when it was last changed.

    Raises ``ValueError`` for words that are no day.
    """
    said = {
        _local(child): _words(child) for child in item if _local(child) in ("pubDate", "published", "updated", "issued")
    }
    said["date"] = next((_words(child) for child in item if child.tag == _DC_DATE), None)
    if said.get("pubDate"):
        try:
            return parsedate_to_datetime(said["pubDate"] or "").date()
        except (ValueError, TypeError, IndexError):
            return _iso(said["pubDate"])
    return _iso(said.get("published") or said.get("issued") or said["date"] or said.get("updated"))


def _iso(words: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(words[:10]) if words else None
    except ValueError:
        raise ValueError(f"not a date: {(words or '')[:40]!r}") from None


def _link(item: Any) -> str | None:
    for child in item:
        if _local(child) == "link":
            if _is_atom(child):
                if child.get("rel", "alternate") == "alternate" and child.get("href"):
                    return str(child.get("href")).strip()
            elif _words(child):
                return _words(child)
    guid = next((child for child in item if _local(child) == "guid" and child.get("isPermaLink") != "false"), None)
    words = _words(guid) if guid is not None else None
    return words if words and words.startswith(("http:", "https:")) else None


def _title(element: Any) -> str | None:
    """A title in words: feeds escape markup in it."""
    from lxml import html

    words = _words(element)
    if words and _MARKUP.search(words):
        words = " ".join("".join(map(str, html.fromstring(f"<p>{words}</p>").itertext())).split())
    return words


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _is_atom(element: Any) -> bool:
    return bool(etree.QName(element).namespace == ATOM)


def _all_words(element: Any) -> str:
    """The text; entities that were not resolved are left out."""
    return "".join(part for part in element.itertext(etree.Element) if isinstance(part, str))


def _words(element: Any) -> str | None:
    return " ".join(_all_words(element).split()) or None

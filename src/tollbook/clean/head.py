"""What the head of an HTML page says of the page: ``<meta>``, JSON-LD, ``<time>``, ``<link>``."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DAY = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_PUBLISHED = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "date_published",
    "publish-date", "publish_date", "publishdate", "pubdate", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "article.published", "cxenseparse:recs:publishtime",
    "date",
)  # fmt: skip
_ARTICLES = ("Article", "Posting", "Report", "Liveblog")
_SAVED = re.compile(r"saved from url=\(\d{4}\)(https?://\S+)")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_MOST_JSON = 1_000_000


@dataclass(frozen=True, slots=True)
class Head:
    """``published_from`` is ``meta``, ``jsonld`` or ``time``."""

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    published: dt.date | None = None
    published_from: str | None = None


NOTHING = Head()


def read_head(root: HtmlElement) -> Head:
    """Reads the metadata of a parsed page; what it does not say is ``None``."""
    meta = _meta(root)
    articles = list(_articles(root))
    published, how = _published(root, meta, articles)
    title = _title(_heading(root), meta.get("og:title") or _first(articles, "headline") or _page_title(root))
    outlet = meta.get("og:site_name") or _first(articles, "publisher") or meta.get("application-name")
    language = _LANGUAGE.match((root.get("lang") or meta.get("og:locale") or "").lower())
    return Head(title, outlet, _url(root, meta), language[0] if language else None, published, how)


def _meta(root: HtmlElement) -> dict[str, str]:
    """The first value of each name, names in lower case."""
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name, content)
    return found


def _articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        text = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or len(text) > _MOST_JSON:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):  # half of the pages out there have broken JSON-LD somewhere
            continue
        items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict) and any(kind in str(item.get("@type")) for kind in _ARTICLES):
                yield item


def _first(articles: list[dict[str, Any]], field: str) -> str | None:
    for article in articles:
        value = article.get(field)
        if isinstance(value, list):
            value = value[0] if value else None
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None


def _published(
    root: HtmlElement, meta: dict[str, str], articles: list[dict[str, Any]]
) -> tuple[dt.date | None, str | None]:
    for name in _PUBLISHED:
        if (day := read_day(meta.get(name, ""))) is not None:
            return day, "meta"
    if (day := read_day(_first(articles, "datePublished") or "")) is not None:
        return day, "jsonld"
    times = list(root.iter("time"))
    for element in times:
        says = " ".join(element.get(name) or "" for name in ("itemprop", "class", "pubdate")).lower()
        if ("publish" in says or "pubdate" in says or element.get("pubdate") is not None or len(times) == 1) and (
            day := read_day(element.get("datetime") or "")
        ) is not None:
            return day, "time"
    return None, None


def read_day(text: str) -> dt.date | None:
    """The local day of an ISO 8601 date or timestamp; ``None`` for anything else.

    >>> read_day("2018-11-05T23:40:00+03:00"), read_day("20181105"), read_day("2018-13-05")
    (datetime.date(2018, 11, 5), datetime.date(2018, 11, 5), None)
    """
    found = _DAY.match(text)
    if not found:
        return None
    try:
        return dt.date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _title(heading: str | None, stated: str | None) -> str | None:
    """The heading that readers see, if it is the article's: a site's name as heading shares no words with the title
    that the page's head states, which is often longer by the outlet's name."""
    if heading is None or stated is None:
        return heading or stated
    seen, said = set(heading.lower().split()), set(stated.lower().split())
    return heading if 2 * len(seen & said) >= min(len(seen), len(said)) else stated


def _heading(root: HtmlElement) -> str | None:
    headings = [" ".join("".join(h.itertext()).split()) for h in root.iter("h1")]
    long = [heading for heading in headings if len(heading) > 15]
    return long[0] if len(long) == 1 else None


def _page_title(root: HtmlElement) -> str | None:
    """``<title>`` without the outlet's name after the last bar or dash."""
    title = next(root.iter("title"), None)
    text = " ".join("".join(title.itertext()).split()) if title is not None else ""
    parts = re.split(r"\s[|–—-]\s(?=[^|–—]*$)", text)
    return (parts[0] if len(parts) > 1 and len(parts[0]) > len(parts[1]) else text) or None


def _url(root: HtmlElement, meta: dict[str, str]) -> str | None:
    links = [link.get("href") or "" for link in root.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for address in (*links, meta.get("og:url", "")):
        if address.startswith(("https://", "http://")):
            return address
    before = root.getroottree().getroot().getprevious()
    while before is not None:
        saved = _SAVED.search(before.text or "")
        if saved:
            return saved[1]
        before = before.getprevious()
    return None

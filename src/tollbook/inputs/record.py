"""One page from its bytes, its record and the options."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tollbook.errors import InputError
from tollbook.records import GivenBy, Media, Page

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ].*)?", re.ASCII | re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Given:
    """What the options say of files that do not say it themselves; a record's own value comes first.

    ``table`` is the one to read of a database or workbook, ``saved`` where the pages of a list of addresses are.
    """

    published: dt.date | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    table: str | None = None
    saved: str | None = None


def parse_published(text: str) -> dt.date | None:
    """The local day of an ISO 8601 day or timestamp, ``None`` for an empty text.

    Raises ``ValueError`` with a message for the reader if there is no such day.

    >>> parse_published("2018-11-05T23:40:00+03:00")
    datetime.date(2018, 11, 5)
    """
    text = text.strip()
    if not text:
        return None
    if not _DAY.fullmatch(text):
        raise ValueError(f"not a date (year-month-day is needed): {text[:40]!r}")
    try:
        day = dt.date.fromisoformat(text[:10])
        if len(text) > 10:
            dt.datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"a date that does not exist: {text[:40]!r}") from None
    return day


def make_page(key: str, body: tuple[bytes, str, Media], record: Mapping[str, Any], given: Given) -> Page:
    """A page of raw bytes, content and media. Raises ``InputError`` for a record's field of a wrong kind."""
    raw, content, media = body
    title, title_from = _either(_text(key, record, "title"), given.title)
    outlet, outlet_from = _either(_text(key, record, "outlet"), given.outlet)
    url, url_from = _either(_text(key, record, "url"), given.url)
    written = _text(key, record, "published")
    try:
        published = parse_published(written) if written else None
    except ValueError as error:
        raise InputError(key, f"published: {error}") from error
    published_from: GivenBy | None = "record" if published else "option" if given.published else None
    return Page(
        key=key,
        raw=raw,
        content=content,
        media=media,
        title=title,
        title_from=title_from,
        outlet=outlet,
        outlet_from=outlet_from,
        published=published or given.published,
        published_from=published_from,
        url=url,
        url_from=url_from,
        archive_url=_text(key, record, "archive_url"),
        captured=_text(key, record, "captured"),
        language=_text(key, record, "language"),
        translation_of=_text(key, record, "translation_of"),
    )


def _either(own: str | None, option: str | None) -> tuple[str | None, GivenBy | None]:
    if own:
        return own, "record"
    return (option, "option") if option else (None, None)


def _text(key: str, record: Mapping[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(key, f"{name}: a text is needed, not {type(value).__name__}")
    return _SURROGATE.sub("\ufffd", value).strip() or None

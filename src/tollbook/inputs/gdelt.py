"""Rows of GDELT's Global Knowledge Graph (2.1) as pages, where their pages are saved.

A row says where an article stood, not what it said: its address, its site, when GDELT saw it and what its title was.
The text comes from the pages that ``--saved`` names. GDELT's own counts (``KILL#12#…``) are a program's reading of text
that is not at hand: they are no claims, and are not taken for any.

Columns: http://data.gdeltproject.org/documentation/GDELT-Global_Knowledge_Graph_Codebook-V2.1.pdf
"""

from __future__ import annotations

import datetime as dt
import html
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from tollbook.errors import InputError
from tollbook.inputs.lists import ListOf, read_records
from tollbook.inputs.office import BROKEN
from tollbook.inputs.record import Given
from tollbook.records import Page

GKG = (".gkg.csv", ".gkgv21.csv", ".gkg.csv.zip", ".gkgv21.csv.zip")
_COLUMNS = 27
_DATE, _COLLECTION, _SITE, _ADDRESS, _TRANSLATION, _EXTRAS = 1, 2, 3, 4, 25, 26
_WEB = "1"
_LONGEST = 4_000_000  # of a row: some list thousands of names
_UNPACKED = 2_000_000_000
_PUBLISHED = re.compile(r"<PAGE_PRECISEPUBTIMESTAMP>(\d{8})(?:\d{6})?</PAGE_PRECISEPUBTIMESTAMP>")
_LANGUAGE = re.compile(r"srclc:(\w{2,3})")

OnError = Callable[[InputError], None]


def is_gkg(name: str) -> bool:
    """Whether a file is one by its name.

    >>> is_gkg("20240305101500.gkg.csv"), is_gkg("20240305101500.translation.gkg.csv.zip"), is_gkg("list.csv")
    (True, True, False)
    """
    return name.lower().endswith(GKG)


def read_gkg(key: str, stream: BinaryIO, given: Given, on_error: OnError) -> Iterator[Page]:
    """The saved pages of the rows of a GKG file, zipped as GDELT gives it or not.

    Raises ``InputError`` for what is none; a row that is broken, or without a saved page, goes to ``on_error``.
    """
    if given.saved is None:
        raise InputError(key, "GDELT gives addresses, not texts: name the saved pages with --saved")
    if stream.read(4) == b"PK\x03\x04":
        stream.seek(0)
        try:
            with zipfile.ZipFile(stream) as archive:
                parts = archive.infolist()
                if len(parts) != 1 or parts[0].file_size > _UNPACKED:
                    raise InputError(key, "no GKG file (a ZIP of one table is needed)")
                with archive.open(parts[0]) as part:
                    yield from _pages(key, part, given, on_error)
        except BROKEN as error:
            raise InputError(key, f"damaged ({error})") from error
        return
    stream.seek(0)
    yield from _pages(key, stream, given, on_error)


def _pages(key: str, stream: Any, given: Given, on_error: OnError) -> Iterator[Page]:
    listed = ListOf(key, "", given, on_error)
    yield from read_records(listed, _records(key, stream, on_error))


def _records(key: str, stream: Any, on_error: OnError) -> Iterator[tuple[int, Mapping[str, Any]]]:
    number = good = 0
    while line := stream.readline(_LONGEST):
        number += 1
        where = f"{key}:{number}"
        if not line.endswith(b"\n") and len(line) == _LONGEST:
            raise InputError(where, "no GKG file (a row without an end)")
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        try:
            if len(cells) != _COLUMNS:
                raise InputError(where, f"{len(cells)} columns; GKG 2.1 has {_COLUMNS}")
            record = _record(where, cells)
        except InputError as error:
            if not good and number >= 20:
                raise InputError(key, f"no GKG 2.1 file: none of its first {number} rows is one") from error
            on_error(error)
            continue
        good += 1
        yield number, record
    if not number:
        raise InputError(key, "empty")


def _record(where: str, cells: list[str]) -> dict[str, Any]:
    """What a row says of its page. When GDELT saw it is not when it was published."""
    if cells[_COLLECTION] != _WEB:
        raise InputError(where, f"no web page (source collection {cells[_COLLECTION][:20]!r})")
    try:
        seen = dt.datetime.strptime(cells[_DATE], "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        raise InputError(where, f"column B: no date of 14 digits: {cells[_DATE][:20]!r}") from None
    address = cells[_ADDRESS].strip()
    if not address.startswith(("http:", "https:")):
        raise InputError(where, f"column E: no address of a page: {address[:60]!r}")
    extras = cells[_EXTRAS]
    title, published = _between(extras, "<PAGE_TITLE>", "</PAGE_TITLE>"), _PUBLISHED.search(extras)
    language = _LANGUAGE.search(cells[_TRANSLATION])
    return {
        "url": address,
        "outlet": cells[_SITE].strip() or None,
        "captured": seen.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": html.unescape(title).strip() if title is not None else None,
        "published": _day(published[1]) if published else None,
        "language": language[1] if language else None,
    }


def _between(text: str, opening: str, closing: str) -> str | None:
    """What stands between the first opening and its end; an opening without an end is looked for only once."""
    start = text.find(opening)
    end = text.find(closing, start) if start >= 0 else -1
    return text[start + len(opening) : end] if end >= 0 else None


def _day(digits: str) -> str | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").date().isoformat()
    except ValueError:
        return None

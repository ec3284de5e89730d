"""Pages that a list or a GDELT file only names, looked for in what ``--saved`` holds.

The rows wait in a temporary SQLite database on disk, by address; the saved pages stream past them. So memory grows with
neither.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

from tollbook.errors import InputError, naming
from tollbook.inputs.record import Given, make_page
from tollbook.records import Page

_NAMED = 5  # rows without a page that are named one by one; of the others it is said how many they are

OnError = Callable[[InputError], None]


class Wanted:
    """Rows that wait for their page. To be used in a ``with`` statement."""

    def __init__(self, key: str, given: Given, on_error: OnError) -> None:
        self._key, self._given, self._on_error = key, given, on_error
        self._rows = sqlite3.connect("")  # a database of its own, on disk as soon as it grows, gone when closed
        self._rows.execute("create table row (address text, place text, record text, found integer default 0)")
        self._count = 0

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Forgets the rows."""
        self._rows.close()

    def put(self, where: str, record: Mapping[str, Any]) -> None:
        """A row that has an address and no page."""
        address = address_of(str(record["url"]))
        self._rows.execute("insert into row values (?, ?, ?, 0)", (address, where, json.dumps(dict(record))))
        self._count += 1

    def found(self) -> Iterator[Page]:
        """The saved pages of the rows, in the order of what is saved; rows without one go to ``on_error``."""
        if not self._count:
            return
        self._rows.execute("create index by_address on row (address)")
        if self._given.saved is not None:
            yield from self._among(self._given.saved)
        self._missing()

    def _among(self, saved: str) -> Iterator[Page]:
        from tollbook.inputs import read_pages

        if not os.path.exists(saved):
            raise InputError(saved, "no such file (it is where --saved should find the pages)")
        for page in read_pages([saved], replace(self._given, saved=None, table=None), self._on_error):
            if page.url is None:
                continue
            asked = "select rowid, place, record, found from row where address = ?"
            for rowid, where, record, found in self._rows.execute(asked, (address_of(page.url),)).fetchall():
                if found:
                    self._on_error(InputError(page.key, f"another capture of {page.url[:200]}: the first one is read"))
                    continue
                try:
                    with naming(where):
                        yield _joined(where, json.loads(record), page)
                except InputError as error:
                    self._on_error(error)
                self._rows.execute("update row set found = 1 where rowid = ?", (rowid,))

    def _missing(self) -> None:
        said = "not among the saved pages" if self._given.saved else "no saved page (nothing is fetched; see --saved)"
        missing = self._rows.execute("select count(*) from row where not found").fetchone()[0]
        with closing(self._rows.execute("select place, record from row where not found order by rowid")) as rows:
            for where, record in rows.fetchmany(_NAMED if missing > _NAMED + 1 else missing):
                self._on_error(InputError(where, f"{str(json.loads(record)['url'])[:200]}: {said}"))
        if missing > _NAMED + 1:
            self._on_error(InputError(self._key, f"{missing - _NAMED:,} more rows: {said}"))


def _joined(where: str, record: Mapping[str, Any], page: Page) -> Page:
    """The saved page with what its row says of it; what the row leaves open is the page's own."""
    own = {
        "title": page.title,
        "outlet": page.outlet,
        "published": page.published.isoformat() if page.published else None,
        "archive_url": page.archive_url,
        "language": page.language,
        "translation_of": page.translation_of,
    }
    # When the page at hand was captured is the page's to say.
    said = {**own, **{k: v for k, v in record.items() if v}, "captured": page.captured or record.get("captured")}
    made = make_page(str(record.get("id") or "") or where, (page.raw, page.content, page.media), said, Given())
    marks: dict[str, Any] = {}
    for field in ("title", "outlet", "published"):
        if not record.get(field):
            marks[f"{field}_from"] = getattr(page, f"{field}_from")
    return replace(made, **marks)


def address_of(url: str) -> str:
    """An address as it is compared: without scheme, ``www.``, default port, fragment and a slash at its end.

    >>> address_of("HTTPS://www.Post.example:443/a/?b=1#c") == address_of("http://post.example/a?b=1")
    True
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}" if host else url.strip()

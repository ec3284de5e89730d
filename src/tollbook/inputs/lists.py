"""Tables of pages, from CSV, Excel or SQLite: a row is a page, with its text in a cell, in a saved file, or in an
archive that ``--saved`` names.

Columns are known by several names, in any case. A saved file has to lie in the folder of the list or below it, whatever
a cell says, and nothing is ever fetched: an address alone is no page.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from tollbook.errors import InputError, naming
from tollbook.inputs.bodies import LARGEST, LARGEST_FILE, kind_of, page_of, too_large
from tollbook.inputs.json_lines import record_page
from tollbook.inputs.record import Given
from tollbook.inputs.saved import Wanted
from tollbook.inputs.sheets import headings_of, read_rows
from tollbook.records import Page

# The fields of a page and the headings that people give them, the first that is there counting.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "key"),
    "text": ("text", "body", "content"),
    "html": ("html",),
    "file": ("file", "path", "saved_page", "saved", "filename"),
    "url": ("url", "link", "address"),
    "title": ("title", "headline"),
    "published": ("published", "date", "published_at", "publication_date"),
    "outlet": ("outlet", "source", "publisher"),
    "archive_url": ("archive_url", "archived"),
    "captured": ("captured", "captured_at"),
    "language": ("language", "lang"),
    "translation_of": ("translation_of",),
}
HOLDING = ("text", "html", "file", "url")  # one of these makes a row a page

OnError = Callable[[InputError], None]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list: its name, the folder that its saved files lie in, and what the options say."""

    key: str
    folder: str
    given: Given
    on_error: OnError


def columns_of(headings: Iterable[str]) -> dict[str, str]:
    """The heading of each field that a table has.

    >>> columns_of(["URL", "Date", "Saved page"])
    {'file': 'Saved page', 'url': 'URL', 'published': 'Date'}
    """
    plain = {heading.strip().lower().replace(" ", "_"): heading for heading in headings}
    found = {field: next((plain[n] for n in names if n in plain), None) for field, names in COLUMNS.items()}
    return {field: heading for field, heading in found.items() if heading is not None}


def read_list(key: str, path: str, stream: BinaryIO, given: Given, on_error: OnError) -> Iterator[Page]:
    """The pages of a CSV or Excel list at ``path``; a row that cannot be read goes to ``on_error``.

    Raises ``InputError`` for a table without a column that a page could come from.
    """
    rows = read_rows(key, stream, on_error, given.table)
    first = next(rows, None)
    if first is None:
        raise InputError(key, "empty")
    headings = headings_of(key, first)
    columns = columns_of(h for h in headings if h)
    require_page(key, columns, [h for h in headings if h])
    places = {field: headings.index(heading) for field, heading in columns.items()}
    records = (
        (number, {field: cells[at] for field, at in places.items() if at < len(cells)}) for number, cells in rows
    )
    yield from read_records(ListOf(key, os.path.dirname(os.path.abspath(path)), given, on_error), records)


def require_page(key: str, columns: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raises ``InputError`` where no column holds a page or says where it is."""
    if not any(field in columns for field in HOLDING):
        shown = ", ".join(headings[:8]) + (", …" if len(headings) > 8 else "")
        raise InputError(
            key, f'no list of pages: it has no column "url", "file", "text" or "html", but {shown or "none"} '
            "(records that somebody coded go through `tollbook import coded`)"
        )  # fmt: skip


def read_records(listed: ListOf, records: Iterable[tuple[int, Mapping[str, Any]]]) -> Iterator[Page]:
    """Pages of rows by field; rows that give an address only are looked for in what ``--saved`` names."""
    number = None
    with Wanted(listed.key, listed.given, listed.on_error) as wanted:
        for number, record in records:
            where = f"{listed.key}:{number}"
            try:
                with naming(where):
                    page = _page(listed, where, record)
                    if page is not None:
                        yield page
                    elif record.get("url"):
                        wanted.put(where, record)
                    else:
                        raise InputError(where, "neither an address nor a text nor a saved file")
            except InputError as error:
                listed.on_error(error)
        if number is None:
            raise InputError(listed.key, "no row in it that can be read")
        yield from wanted.found()


def _page(listed: ListOf, where: str, record: Mapping[str, Any]) -> Page | None:
    if record.get("text") or record.get("html"):
        return record_page(where, record, listed.given)
    if not record.get("file"):
        return None
    name = str(record["file"])
    path = confined(listed.folder, name)
    if path is None:
        raise InputError(where, f"{name[:80]!r} does not lie in the folder of the list")
    known = {field: value for field, value in record.items() if field != "file"}
    id = str(known.get("id") or "") or where
    return page_of(id, _saved(where, name, path), listed.given, kind=kind_of(name), record=known)


def confined(folder: str, name: str) -> str | None:
    """The path of a file that a list names; ``None`` for one outside of the list's folder, links followed.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [confined(folder, name) is None for name in ("../etc/passwd", "/etc/passwd", "a/../../b", "a/b.html")]
    [True, True, True, False]
    """
    base = os.path.realpath(folder)
    if "\0" in name:
        return None
    for spelling in (name, name.replace("\\", "/")):  # lists made on Windows
        path = os.path.realpath(os.path.join(base, spelling))
        inside = path.startswith(base.rstrip(os.sep) + os.sep)
        if not inside or os.path.exists(path) or spelling == name.replace("\\", "/"):
            return path if inside else None
    return None


def _saved(where: str, name: str, path: str) -> bytes:
    try:
        with open(path, "rb", opener=_plain_only) as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode):
                raise InputError(where, f"{name[:80]!r} is no file")
            largest = LARGEST_FILE if kind_of(name) in ("pdf", "docx") else LARGEST
            if state.st_size > largest:
                raise InputError(where, too_large(state.st_size, largest, "page"))
            return file.read(largest + 1)
    except OSError as error:
        raise InputError(where, f"{name[:80]!r}: {error.strerror or 'cannot be read'}") from error


def _plain_only(path: str, flags: int) -> int:
    """Opens without waiting for a pipe's other end, and without following a link that was put there meanwhile."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))

"""Files of every kind, folders and standard input as pages: a stream, one page in memory at a time.

What cannot be read is handed to ``on_error`` with its name and the reason; the others go on. Nothing is ever written,
and no path is taken from what an article says.

Limits: a page of more than ``LARGEST`` bytes is refused, a PDF, DOCX or mail of more than ``LARGEST_FILE``; a file of
many pages (JSON lines, a feed, a list, an archive) may be of any size, the limit holds for each of them.
"""

from __future__ import annotations

import datetime as dt
import errno
import io
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from typing import BinaryIO

from tollbook.errors import InputError, UsageError, naming
from tollbook.inputs.bodies import DOCX, HTML, LARGEST, LARGEST_FILE, PDF, TEXT, kind_of, page_of, too_large
from tollbook.inputs.json_lines import read_json_lines
from tollbook.inputs.record import Given, parse_published
from tollbook.records import Page

__all__ = ["HTML", "LARGEST", "Given", "Meter", "Page", "pages_in", "published_option", "read_pages", "too_large"]

JSON_LINES = (".jsonl", ".ndjson")
PARQUET = (".parquet",)
ARCHIVES = (".warc", ".warc.gz", ".wacz")
MAIL = (".eml",)
FEEDS = (".rss", ".atom")
LISTS = (".csv", ".tsv", ".xlsx", ".xlsm")
SQLITE = (".db", ".sqlite", ".sqlite3")
# A folder may hold anything (a page saved by a browser brings its style sheets along): only these are read from one,
# and files without any suffix. A file that is named on its own is read whatever it is called; lists and databases only
# so, since the pages that they name would be read twice.
READABLE = (*HTML, *TEXT, *PDF, *DOCX, *JSON_LINES, *PARQUET, *ARCHIVES, *MAIL, *FEEDS)

OnError = Callable[[InputError], None]
_JSON_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")


def published_option(text: str) -> dt.date | None:
    """The ``--published`` of the command line; raises ``UsageError`` for a day that does not exist."""
    try:
        return parse_published(text)
    except ValueError as error:
        raise UsageError(f"--published: {error}") from error


@dataclass(slots=True)
class Meter:
    """How far a reading is, in bytes of the files: ``total`` is ``None`` where it cannot be known (standard input)."""

    total: int | None = None
    before: int = 0  # of the files that are done
    within: int = 0  # of the file that is being read

    def fraction(self) -> float | None:
        """The share that is done."""
        return min(1.0, (self.before + self.within) / self.total) if self.total else None


def read_pages(paths: Sequence[str], given: Given, on_error: OnError, meter: Meter | None = None) -> Iterator[Page]:
    """The pages of files, folders and standard input (``-``), in the order given; folders sorted, hidden files and
    linked folders left out. A ``meter`` is kept up to date.

    >>> list(read_pages(["/no/such/file"], Given(), print))
    /no/such/file: no such file
    []
    """
    meter = meter or Meter()
    meter.total = _size(paths)
    for path in paths:
        if path == "-":
            yield from _guarded("-", _read_stream("-", sys.stdin.buffer, given, on_error), on_error)
        elif os.path.isdir(path):
            for name in _files(path, on_error):
                yield from _guarded(_name(name), _read_file(name, given, on_error, meter), on_error)
        else:
            yield from _guarded(_name(path), _read_file(path, given, on_error, meter), on_error)


def _size(paths: Sequence[str]) -> int | None:
    """Bytes of all files, as far as they can be known beforehand."""
    total = 0
    for path in paths:
        try:
            for name in _files(path, _ignore) if os.path.isdir(path) else (path,):
                state = os.stat(name)
                if path == "-" or not stat.S_ISREG(state.st_mode):
                    return None
                total += state.st_size
        except (OSError, ValueError):  # it is named when its turn comes
            continue
    return total


def _ignore(_: InputError) -> None:
    return None


def _name(path: str) -> str:
    """A path as text that can be printed and stored, whatever bytes its name has."""
    return os.fsencode(path).decode("utf-8", "replace")


def _guarded(key: str, pages: Iterator[Page], on_error: OnError) -> Iterator[Page]:
    try:
        yield from pages
    except InputError as error:
        on_error(error)
    except OSError as error:
        on_error(InputError(key, _why(error)))
    except ValueError:  # a NUL in a path
        on_error(InputError(key, "not a path"))


def _why(error: OSError) -> str:
    reasons = {
        errno.ENOENT: "no such file",
        errno.EACCES: "no permission to read it",
        errno.ELOOP: "a link that leads to itself",
        errno.EISDIR: "a folder",
    }
    return reasons.get(error.errno or 0, error.strerror or "cannot be read")


def _files(folder: str, on_error: OnError) -> Iterator[str]:
    def failed(error: OSError) -> None:
        on_error(InputError(_name(os.fspath(error.filename or folder)), _why(error)))

    for root, folders, names in os.walk(folder, onerror=failed, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or not ("." not in name or name.lower().endswith(READABLE)):
                continue
            path = os.path.join(root, name)
            if os.path.isfile(path) or os.path.islink(path):  # no pipes, no devices: they would never end
                yield path


def _read_file(path: str, given: Given, on_error: OnError, meter: Meter) -> Iterator[Page]:
    with open(path, "rb") as stream:
        regular = stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
        for page in _pages_of(path, stream, given, on_error):
            if regular:
                meter.within = stream.tell()
            yield page
        meter.before, meter.within = meter.before + (stream.tell() if regular else 0), 0


def _pages_of(path: str, stream: BufferedReader, given: Given, on_error: OnError) -> Iterator[Page]:
    key, lower = _name(path), path.lower()
    if lower.endswith(ARCHIVES):
        from tollbook.inputs.archives import read_wacz, read_warc

        reader = read_wacz if lower.endswith(".wacz") else read_warc
        with naming(key):
            yield from reader(key, stream, given, on_error, LARGEST)
        return
    if lower.endswith(PARQUET):
        from tollbook.inputs.tables import read_parquet

        yield from read_parquet(key, stream, given, on_error)
        return
    state = os.fstat(stream.fileno())
    if lower.endswith(JSON_LINES):
        yield from read_json_lines(key, stream, given, on_error, LARGEST)
    elif not stat.S_ISREG(state.st_mode):
        yield from _read_stream(key, stream, given, on_error)
    elif (many := _many(path, stream, given, on_error)) is not None:
        with naming(key):
            yield from many
    elif lower.endswith(".json") and _JSON_OBJECT.match(stream.peek(64)):
        yield from read_json_lines(key, stream, given, on_error, LARGEST)
    else:
        kind = kind_of(lower)
        largest, unit = (LARGEST, "page") if kind in (None, "html") else (LARGEST_FILE, "file")
        if state.st_size > largest:
            raise InputError(key, too_large(state.st_size, largest, unit))
        yield page_of(key, stream.read(largest + 1), given, kind=kind)


def _many(path: str, stream: BufferedReader, given: Given, on_error: OnError) -> Iterator[Page] | None:
    """The pages of a file that holds or names several; ``None`` for a file that is a page itself."""
    key, lower = _name(path), path.lower()
    if lower.endswith(MAIL):
        from tollbook.inputs.mail import read_mail

        return read_mail(key, stream, given, on_error)
    if lower.endswith((".csv", ".csv.zip")):
        from tollbook.inputs.gdelt import is_gkg, read_gkg

        if is_gkg(lower):
            return read_gkg(key, stream, given, on_error)
    if lower.endswith(LISTS):
        from tollbook.inputs.lists import read_list

        return read_list(key, path, stream, given, on_error)
    if lower.endswith(SQLITE):
        from tollbook.inputs.databases import read_database

        return read_database(key, path, given, on_error)
    if lower.endswith((*FEEDS, ".xml", ".rdf")):
        from tollbook.inputs.feeds import is_feed, read_feed

        if lower.endswith(FEEDS) or is_feed(stream.peek(4096)[:4096]):
            return read_feed(key, stream, given, on_error)
    return None


def pages_in(key: str, raw: bytes, given: Given, on_error: OnError) -> Iterator[Page]:
    """The pages in a file that somebody handed in: its bytes, and a name that is only a name. Lists and archives, which
    lead to other files, are not taken.

    Raises ``InputError`` for what cannot be read at all; a part that cannot goes to ``on_error``.
    """
    lower, stream = key.lower(), io.BytesIO(raw)
    if lower.endswith(JSON_LINES):
        yield from read_json_lines(key, stream, given, on_error, LARGEST)
    elif lower.endswith(MAIL):
        from tollbook.inputs.mail import read_mail

        yield from read_mail(key, stream, given, on_error)
    elif lower.endswith(FEEDS):
        from tollbook.inputs.feeds import read_feed

        yield from read_feed(key, stream, given, on_error)
    elif lower.endswith((*LISTS, *SQLITE, *ARCHIVES, *PARQUET)):
        raise InputError(key, "lists, databases and archives are added on the command line: tollbook add")
    else:
        yield page_of(key, raw, given, kind=kind_of(lower))


def _read_stream(key: str, stream: BinaryIO, given: Given, on_error: OnError) -> Iterator[Page]:
    """Standard input or a pipe: JSON lines if it begins like an object, else one page."""
    first = b""
    while not first.strip() and len(first) <= LARGEST:  # leading blank lines
        line = stream.readline(LARGEST + 1)
        if not line:
            break
        first += line
    if _JSON_OBJECT.match(first):
        yield from read_json_lines(key, _Ahead(first, stream), given, on_error, LARGEST)
        return
    raw = first + stream.read(LARGEST + 1 - min(len(first), LARGEST))
    yield page_of(key, raw, given)


@dataclass(slots=True)
class _Ahead:
    """A stream whose first lines were read already."""

    first: bytes
    stream: BinaryIO

    def readline(self, limit: int) -> bytes:
        """The next line, at most ``limit`` bytes of it."""
        if not self.first:
            return self.stream.readline(limit)
        end = self.first.find(b"\n") + 1 or len(self.first)
        end = min(end, limit)
        line, self.first = self.first[:end], self.first[end:]
        return line if line.endswith(b"\n") or self.first or len(line) == limit else line + self.stream.readline(limit)

"""Files, folders, JSON lines, Parquet and standard input as pages: a stream, one page in memory at a time.

What cannot be read is handed to ``on_error`` with its name and the reason; the others go on. Nothing is ever written,
and no path is taken from what an article says.

Limits: a page of more than ``LARGEST`` bytes is refused (an article has thousands of bytes, a saved page some million);
a JSON lines file may be of any size, the limit holds for each line.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BufferedReader
from typing import BinaryIO

from tollbook.errors import InputError, UsageError, naming
from tollbook.inputs.decoding import decode_text, not_text, sniff_media
from tollbook.inputs.json_lines import read_json_lines
from tollbook.inputs.record import Given, make_page, parse_published
from tollbook.records import Media, Page

__all__ = ["LARGEST", "Given", "Meter", "Page", "published_option", "read_pages"]

LARGEST = 10_000_000
HTML = (".html", ".htm", ".xhtml")
TEXT = (".txt", ".text", ".md")
JSON_LINES = (".jsonl", ".ndjson")
PARQUET = (".parquet",)
ARCHIVES = (".warc", ".warc.gz", ".wacz")
# A folder may hold anything (a page saved by a browser brings its style sheets along): only these are read from one,
# and files without any suffix. A file that is named on its own is read whatever it is called.
READABLE = (*HTML, *TEXT, *JSON_LINES, *PARQUET, *ARCHIVES)

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
    elif stat.S_ISREG(state.st_mode):
        if lower.endswith(".json") and _JSON_OBJECT.match(stream.peek(64)):
            yield from read_json_lines(key, stream, given, on_error, LARGEST)
            return
        if state.st_size > LARGEST:
            raise InputError(key, too_large(state.st_size))
        media: Media | None = "html" if lower.endswith(HTML) else None
        yield _page(key, stream.read(LARGEST + 1), given, media)
    else:
        yield from _read_stream(key, stream, given, on_error)


def too_large(size: int) -> str:
    """Why a page of so many bytes is refused."""
    return f"too large ({size / 1e6:.0f} MB; the limit is {LARGEST // 1_000_000} MB a page)"


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
    yield _page(key, raw, given, None)


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


def _page(key: str, raw: bytes, given: Given, media: Media | None) -> Page:
    if len(raw) > LARGEST:
        raise InputError(key, too_large(len(raw)))
    with naming(key):
        kind = not_text(raw)
        if kind:
            raise InputError(key, f"{kind}, not text")
        content = decode_text(raw)
        if content is None:
            raise InputError(key, "not text (a binary file, or an unknown encoding)")
        if not content.strip():
            raise InputError(key, "empty")
        return make_page(key, (raw, content, media or sniff_media(content)), {}, given)

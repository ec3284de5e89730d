"""JSON lines as pages: ``{"id", "text" | "html", "title", "published", "outlet", "url"}``, one object a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Protocol

from tollbook.errors import InputError, naming
from tollbook.inputs.record import Given, make_page
from tollbook.records import Media, Page

_MARK = b"\xef\xbb\xbf"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Lines(Protocol):
    """The one thing that is asked of a stream."""

    def readline(self, limit: int, /) -> bytes: ...


def read_json_lines(
    key: str, stream: Lines, given: Given, on_error: Callable[[InputError], None], largest: int, first: int = 1
) -> Iterator[Page]:
    """Pages line by line; a line that cannot be read is named ``key:number`` and the next ones go on. ``first`` is the
    number of the stream's first line."""
    number = first - 1
    any_line = False
    while line := stream.readline(largest + 1):
        number += 1
        where = f"{key}:{number}"
        if number == 1:
            if line.startswith(_UTF16):
                raise InputError(key, "JSON lines must be UTF-8, not UTF-16")
            line = line.removeprefix(_MARK)
        if len(line) > largest:
            while line and not line.endswith(b"\n"):
                line = stream.readline(largest)
            on_error(InputError(where, f"too large (the limit is {largest // 1_000_000} MB a line)"))
            any_line = True
            continue
        if not line.strip():
            continue
        any_line = True
        try:
            with naming(where):
                page = _page(where, line, given)
        except InputError as error:
            on_error(error)
        else:
            yield page
    if not any_line:
        raise InputError(key, "empty")


def _page(where: str, line: bytes, given: Given) -> Page:
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(where, "not UTF-8") from error
    except RecursionError as error:
        raise InputError(where, "JSON nested too deeply") from error
    except ValueError as error:
        raise InputError(where, f"broken JSON ({str(error)[:80]})") from error
    if not isinstance(record, dict):
        raise InputError(where, "not a JSON object")
    return record_page(where, record, given)


def record_page(where: str, record: Mapping[str, Any], given: Given) -> Page:
    """The page of one record, ``where`` its name if it brings none. Raises ``InputError``."""
    key = _key(record, where)
    media: Media = "text" if record.get("text") else "html"
    content = record.get(media)
    if content is not None and not isinstance(content, str):
        raise InputError(key, f"{media}: a text is needed, not {type(content).__name__}")
    if not content or not content.strip():
        raise InputError(key, 'neither "text" nor "html" holds anything')
    raw = content.encode("utf-8", "surrogatepass")
    return make_page(key, (raw, content, media), record, given)


def _key(record: Mapping[str, Any], where: str) -> str:
    value = record.get("id")
    if value is None or value == "":
        return where
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise InputError(where, "id: a text or a number is needed")
    return str(value).encode("utf-8", "replace").decode() if isinstance(value, str) else str(value)

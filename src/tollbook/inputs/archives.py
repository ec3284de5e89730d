"""Web archives as pages: WARC, gzipped or not, and WACZ, which is a ZIP of them. Needs the extra ``warc``.

Only HTML that a server sent with status 200 is read; images, scripts, redirects and what crawlers note for themselves
are passed over. A page is named by its address and the time of its capture.

An archive is hostile input like any other: it is read as a stream, and what a few bytes inflate to is bounded, in each
header line, each record's headers and each page, so that memory does not depend on what an archive says of itself.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import Message
from typing import IO, Any, BinaryIO, Protocol

from tollbook.errors import InputError, MissingExtra, TollbookError, naming
from tollbook.inputs.decoding import decode_text
from tollbook.inputs.office import BROKEN
from tollbook.inputs.record import Given, make_page
from tollbook.records import Page

_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 16
_LONGEST_HEADERS = 1 << 20
_HTML = ("text/html", "application/xhtml+xml")
# gzip, zlib, and the bare deflate that some servers send under the same name
_INFLATERS = {"gzip": (31,), "x-gzip": (31,), "deflate": (15, -15)}
_WARC = (".warc", ".warc.gz")

OnError = Callable[[InputError], None]


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Damaged(TollbookError):
    """The archive cannot be read beyond this point; the message says why. Never leaves this module."""


def read_wacz(key: str, stream: BinaryIO, given: Given, on_error: OnError, largest: int) -> Iterator[Page]:
    """The pages of every WARC in a WACZ. Raises ``InputError`` for what is none."""
    try:
        bundle = zipfile.ZipFile(stream)
    except BROKEN as error:
        raise InputError(key, "damaged, or not a WACZ") from error
    with bundle:
        names = sorted(name for name in bundle.namelist() if name.lower().endswith(_WARC))
        if not names:
            raise InputError(key, "no WARC in it")
        for name in names:
            where = f"{key}/{name}"
            try:
                with naming(where), _member(where, bundle, name) as part:
                    yield from read_warc(where, part, given, on_error, largest)
            except InputError as error:
                on_error(error)


def _member(where: str, bundle: zipfile.ZipFile, name: str) -> IO[bytes]:
    try:
        return bundle.open(name)
    except BROKEN as error:
        raise InputError(where, f"damaged, or locked ({' '.join(str(error).split())[:80]})") from None


def read_warc(key: str, stream: _Readable, given: Given, on_error: OnError, largest: int) -> Iterator[Page]:
    """The pages of a WARC. A page that cannot be read goes to ``on_error``.

    Raises ``InputError`` for what is no WARC or holds no page, and where it is damaged; the pages before are given.
    """
    plain = _Plain(stream)
    records = pages = 0
    try:
        for record in _records(key, plain):
            records += 1
            where = _name(record) or key
            try:
                page = _page(where, record, given, largest)
                _pass_over(record)
            except InputError as error:
                on_error(error)
                pages += 1
                _pass_over(record)
                continue
            except _Damaged as error:
                raise InputError(where, f"{error}; what follows in {key} is not read") from error
            if page is not None:
                pages += 1
                yield page
    except _Damaged as error:
        reason = f"damaged after {records} records ({error})" if records else "damaged, or not a web archive"
        raise InputError(key, reason) from error
    if not pages:
        raise InputError(key, "no HTML page in it" if records else "empty")


def _records(key: str, plain: _Plain) -> Iterator[Any]:
    try:
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.recordloader import ArcWarcRecordLoader
    except ImportError as error:
        raise InputError(key, str(MissingExtra("reading web archives", "warc"))) from error
    loader = ArcWarcRecordLoader(verify_http=False)
    while True:
        plain.begin_headers()
        line = b"\r\n"
        while line and not line.strip():
            line = plain.readline()
        if not line:
            if plain.damage:
                raise _Damaged(plain.damage)
            return
        try:
            # Its own HTTP parsing would lose the way to the next record where a page's headers are broken.
            record = loader.parse_record_stream(plain, line, "warc", no_record_parse=True)
        except (ArchiveLoadFailed, EOFError) as error:
            raise _Damaged(plain.damage or "no record where one should begin") from error
        if not hasattr(record.raw_stream, "limit"):
            raise _Damaged(plain.damage or "a record cut off in its headers, or without a length")
        record.parse_http = loader.http_parser.parse
        yield record


def _name(record: Any) -> str | None:
    uri, date = (record.rec_headers.get_header(name) for name in ("WARC-Target-URI", "WARC-Date"))
    return f"{uri} {date}" if uri and date else uri


def _pass_over(record: Any) -> None:
    """Reads to the end of a record. Raises ``_Damaged`` where the archive ends first."""
    while record.raw_stream.limit > 0:
        if not record.raw_stream.read(_CHUNK):
            raise _Damaged("cut off in the middle")


def _page(where: str, record: Any, given: Given, largest: int) -> Page | None:
    """The page of a record; ``None`` for a record that is none."""
    uri = record.rec_headers.get_header("WARC-Target-URI") or ""
    if record.rec_type != "response" or not uri.startswith(("http:", "https:")):
        return None
    with naming(where):
        try:
            headers = record.parse_http(record.raw_stream)
        except EOFError as error:
            _pass_over(record)
            raise InputError(where, "without what the server said of it") from error
        kind = Message()
        kind["Content-Type"] = headers.get_header("Content-Type") or ""
        if headers.get_statuscode() != "200" or kind.get_content_type() not in _HTML:
            return None
        raw = _body(where, record, headers, largest)
        content = decode_text(raw, kind.get_content_charset())
        if content is None:
            raise InputError(where, "not text (a binary file, or an unknown encoding)")
        if not content.strip():
            raise InputError(where, "empty")
        said = {"url": uri, "captured": record.rec_headers.get_header("WARC-Date")}
        return make_page(where, (raw, content, "html"), said, given)


def _body(where: str, record: Any, headers: Any, largest: int) -> bytes:
    """What a server sent, without its transfer and content encodings."""
    sent = bytearray()
    while len(sent) <= largest and (chunk := record.raw_stream.read(_CHUNK)):
        sent += chunk
    if len(sent) <= largest and record.raw_stream.limit > 0:
        raise _Damaged("cut off in the middle")
    body: bytes | None = bytes(sent)
    if (headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        body = _unchunked(bytes(sent))
    encoding = (headers.get_header("Content-Encoding") or "identity").strip().lower()
    if body is not None and encoding != "identity":
        if encoding not in _INFLATERS:
            raise InputError(where, f"compressed in a way that cannot be read ({encoding[:20]})")
        body = _inflated(body, _INFLATERS[encoding], largest)
    if body is None:
        raise InputError(where, f"content that is not {encoding}, as its headers say")
    if len(body) > largest or len(sent) > largest:
        raise InputError(where, f"too large (the limit is {largest // 1_000_000} MB a page)")
    return body


def _unchunked(sent: bytes) -> bytes:
    """The chunks of a body put together; the body itself where it has none (crawlers that put them together
    themselves leave the header standing).

    >>> _unchunked(b"3\\r\\nTwo\\r\\n5;x=1\\r\\n dead\\r\\n0\\r\\n\\r\\n"), _unchunked(b"Two dead")
    (b'Two dead', b'Two dead')
    """
    parts: list[bytes] = []
    position = 0
    while position < len(sent):
        end = sent.find(b"\r\n", position, position + 64)
        digits = sent[position : max(end, position)].split(b";")[0].strip()
        if not digits or digits.strip(b"0123456789abcdefABCDEF"):
            return b"".join(parts) or sent
        size = int(digits, 16)
        if size == 0:
            break
        parts.append(sent[end + 2 : end + 2 + size])
        position = end + 2 + size + 2
    return b"".join(parts)


def _inflated(body: bytes, ways: tuple[int, ...], largest: int) -> bytes | None:
    """At most one byte more than ``largest``, whatever it would inflate to; the body itself where it is not
    compressed after all, as some crawlers leave it; ``None`` where it is damaged."""
    for way in ways:
        inflater = zlib.decompressobj(way)
        try:
            content = inflater.decompress(body, largest + 1)
        except zlib.error:
            continue
        return content if inflater.eof or len(content) > largest else None
    return body if body.lstrip()[:1] == b"<" else None


class _Plain:
    """A stream of an archive's bytes, gunzipped where they are gzipped, member by member; a part of a block at a time,
    whatever it inflates to. Where it is damaged it ends, and ``damage`` says why."""

    def __init__(self, source: _Readable) -> None:
        self.damage: str | None = None
        self._source = source
        self._ready = b""  # bytes to give
        self._sent = self._fetch()  # bytes as they came
        self._gunzip = zlib.decompressobj(31) if self._sent.startswith(b"\x1f\x8b") else None
        self._headers = 0
        self._at = 0

    def begin_headers(self) -> None:
        """A record begins: its headers have to end somewhere."""
        self._headers = 0

    def tell(self) -> int:
        """How many bytes were given."""
        return self._at

    def read(self, size: int) -> bytes:
        """At most ``size`` bytes; none at the end."""
        if not self._ready:
            self._fill()
        given, self._ready = self._ready[:size], self._ready[size:]
        self._at += len(given)
        return given

    def readline(self, size: int = _LONGEST_LINE) -> bytes:
        """A line of a header, with its end. Raises ``_Damaged`` for one that does not end."""
        parts: list[bytes] = []
        left = min(size, _LONGEST_LINE)
        while left > 0 and not (parts and parts[-1].endswith(b"\n")):
            if not self._ready:
                self._fill()
                if not self._ready:
                    break
            end = self._ready.find(b"\n", 0, left) + 1 or min(left, len(self._ready))
            parts.append(self.read(end))
            left -= end
        line = b"".join(parts)
        self._headers += len(line)
        if self._headers > _LONGEST_HEADERS or (len(line) == _LONGEST_LINE and not line.endswith(b"\n")):
            raise _Damaged("headers without an end")
        return line

    def _fetch(self) -> bytes:
        try:
            return self._source.read(_CHUNK)
        except BROKEN as error:
            self.damage = " ".join(str(error).split())[:100] or "cannot be read"
            return b""

    def _fill(self) -> None:
        while not self._ready:
            if self._gunzip is not None and self._gunzip.eof:  # the next member, after padding that some tools write
                self._sent = self._gunzip.unused_data.lstrip(b"\0") or self._fetch().lstrip(b"\0")
                if not self._sent:
                    return
                self._gunzip = zlib.decompressobj(31)
            sent, self._sent = self._sent or self._fetch(), b""
            if not sent:
                if self._gunzip is not None and not self.damage:
                    self.damage = "cut off in the middle"
                return
            if self._gunzip is None:
                self._ready = sent
                return
            try:
                self._ready = self._gunzip.decompress(sent, _CHUNK)
            except zlib.error:
                self.damage = "compressed data that is damaged"
                return
            self._sent = self._gunzip.unconsumed_tail

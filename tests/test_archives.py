"""Web archives: their HTML pages are read as a stream; what is damaged is named, what was read before is kept."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from tollbook.cli import run
from tollbook.errors import InputError
from tollbook.inputs import Given, Page, read_pages
from tollbook.inputs.archives import read_warc

DATE = "2024-03-05T10:00:00Z"
WORDS = "Two dockers were killed in a rocket attack on the harbour of Latakia on Tuesday, the port authority said."
PAGE = f"<html><head><title>Harbour hit</title></head><body><p>{WORDS}</p></body></html>".encode()
NOTHING = Given()


def warc(*records: tuple[str, bytes, dict[str, str]], gz: bool = True, status: str = "200 OK") -> bytes:
    """An archive of responses: address, body, headers that differ from those of a plain page."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gz)
    out_headers = {"WARC-Date": DATE}
    writer.write_record(writer.create_warcinfo_record("a.warc.gz", {"software": "a crawler"}))
    for url, body, headers in records:
        http = StatusAndHeaders(status, list({"Content-Type": "text/html", **headers}.items()), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=out_headers
            )
        )
    return out.getvalue()


def by_hand(
    body: bytes, length: int | None = None, http: bytes = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
) -> bytes:
    """A record as no library writes it."""
    block = http + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Date: {DATE}\r\n"
    return f"{head}Content-Length: {len(block) if length is None else length}\r\n\r\n".encode() + block + b"\r\n\r\n"


def read(raw: bytes, largest: int = 100_000, options: Given = NOTHING) -> tuple[list[Page], list[str]]:
    """Pages, and errors in words; the last error may be that of the archive."""
    errors: list[InputError] = []
    pages = []
    try:
        pages += read_warc("a.warc", io.BytesIO(raw), options, errors.append, largest)
    except InputError as error:
        errors.append(error)
    return pages, [str(error) for error in errors]


@pytest.mark.parametrize("gz", [True, False])
def test_pages_are_named_by_address_and_time(gz: bool) -> None:
    """HTML with status 200 is a page with its address and its capture; the raw bytes are the server's."""
    pages, errors = read(warc(("http://a.example/1", PAGE, {}), ("http://a.example/2", PAGE, {}), gz=gz))
    assert errors == []
    assert [page.key for page in pages] == [f"http://a.example/{n} {DATE}" for n in (1, 2)]
    assert {(page.raw, page.media, page.captured, page.url_from) for page in pages} == {(PAGE, "html", DATE, "record")}


def test_a_file_gzipped_as_a_whole_is_read_too() -> None:
    """Not one member a record, as the standard wants it: padding between members does no harm either."""
    plain = warc(("http://a.example/1", PAGE, {}), gz=False)
    assert len(read(gzip.compress(plain))[0]) == 1
    assert len(read(gzip.compress(plain) + b"\0" * 100 + gzip.compress(plain))[0]) == 2


def test_what_is_no_page_is_passed_over() -> None:
    """Images, errors, redirects, other protocols: no pages, no complaints."""
    image = ("http://a.example/i", PAGE, {"Content-Type": "image/png"})
    name = ("dns:a.example", b"a.example. 60 IN A 192.0.2.1", {})
    pages, errors = read(warc(image, name, ("http://a.example/1", PAGE, {"Content-Type": "text/html; charset=utf-8"})))
    assert (len(pages), errors) == (1, [])
    for status in ("404 Not Found", "301 Moved"):
        assert read(warc(("http://a.example/1", PAGE, {}), status=status)) == ([], ["a.warc: no HTML page in it"])


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE), {"Content-Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content-Encoding": "deflate"}),
        (zlib.compress(PAGE)[2:-4], {"Content-Encoding": "deflate"}),
        (PAGE, {"Content-Encoding": "gzip"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), {"Transfer-Encoding": "chunked"}),
        (PAGE, {"Transfer-Encoding": "chunked"}),
    ],
)
def test_encodings_of_servers(body: bytes, headers: dict[str, str]) -> None:
    """Compressed and chunked bodies, and headers that crawlers left standing after they undid both."""
    ((page,), errors) = read(warc(("http://a.example/1", body, headers)))
    assert (page.raw, errors) == (PAGE, [])


def test_the_server_names_the_charset() -> None:
    """Before a guess, where the page does not say."""
    text = "<html><p>Обстрел порта унёс жизни двух рабочих</p></html>"
    ((page,), _) = read(
        warc(("http://a.example/1", text.encode("koi8-r"), {"Content-Type": "text/html; charset=koi8-r"}))
    )
    assert page.content == text


@pytest.mark.parametrize("gz", [True, False])
@pytest.mark.parametrize("cut", [3, 40, len(PAGE) + 10])
def test_an_archive_that_was_cut_off(gz: bool, cut: int) -> None:
    """The record it was cut in is named, the pages before it are kept."""
    raw = warc(("http://a.example/1", PAGE, {}), ("http://a.example/2", PAGE, {}), gz=gz)
    if not gz:
        cut += 4  # the line ends after the record
    pages, (error,) = read(raw[:-cut])
    assert [page.url for page in pages] == ["http://a.example/1"] if cut > 8 or not gz else len(pages) == 2
    assert "cut off in the middle" in error


def test_every_cut_is_told() -> None:
    """Wherever an archive is cut, except between two records: no page is half, and something is said."""
    raw = warc(("http://a.example/1", PAGE, {}), ("http://a.example/2", PAGE, {}), gz=False)
    ends = [at + len(b"\r\n\r\n") for at in range(len(raw)) if raw.startswith(b"\r\n\r\nWARC/", at)] + [len(raw)]
    for cut in range(len(raw)):
        pages, errors = read(raw[:cut])
        assert all(page.raw == PAGE for page in pages)
        assert len(errors) == 1 or any(end - 4 <= cut <= end for end in ends), (cut, errors)


def test_bytes_that_went_bad() -> None:
    """Compressed data that is damaged ends the archive with a message; the pages before it are kept."""
    raw = bytearray(warc(*((f"http://a.example/{n}", os.urandom(20).hex().encode() + PAGE, {}) for n in range(9))))
    raw[len(raw) // 2] ^= 0xFF
    pages, errors = read(bytes(raw))
    assert 0 < len(pages) < 9
    assert len(errors) == 1 and "damaged" in errors[0] or "cut off" in errors[0]


def test_one_bad_page_does_not_stop_the_others() -> None:
    """Broken compression, binary content, empty pages: each is named, the rest is read."""
    raw = warc(
        ("http://a.example/1", gzip.compress(PAGE)[:-20], {"Content-Encoding": "gzip"}),
        ("http://a.example/2", PAGE, {"Content-Encoding": "zebra"}),
        ("http://a.example/3", bytes(range(256)) * 4, {}),
        ("http://a.example/4", b" ", {}),
        ("http://a.example/5", PAGE * 1000, {}),
        ("http://a.example/6", PAGE, {}),
    )
    pages, errors = read(raw)
    assert [page.url for page in pages] == ["http://a.example/6"]
    assert [error.split(f" {DATE}: ")[1] for error in errors] == [
        "content that is not gzip, as its headers say",
        "compressed in a way that cannot be read (zebra)",
        "not text (a binary file, or an unknown encoding)",
        "empty",
        "too large (the limit is 0 MB a page)",
    ]


def test_bombs_do_not_fill_memory() -> None:
    """What inflates without measure is refused or passed over in little memory: a page, an image, a header line."""
    zeros = bytes(60_000_000)
    page = warc(
        ("http://a.example/1", gzip.compress(zeros), {"Content-Encoding": "gzip"}), ("http://a.example/2", PAGE, {})
    )
    chunked = warc(("http://a.example/1", b"7fffffff\r\n" + PAGE, {"Transfer-Encoding": "chunked"}))
    image = gzip.compress(by_hand(zeros, http=b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"))
    header = gzip.compress(b"WARC/1.0\r\nWARC-Type: " + zeros)
    headers = gzip.compress(b"WARC/1.0\r\n" + b"A: b\r\n" * 5_000_000)
    del zeros
    tracemalloc.start()
    try:
        archives = (page, chunked, image + gzip.compress(by_hand(PAGE)), header, headers)
        assert [len(read(raw)[0]) for raw in archives] == [1, 1, 1, 0, 0]
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "a.warc: empty"),
        (b"WARC", "a.warc: damaged, or not a web archive"),
        (b"Two dockers were killed.", "a.warc: damaged, or not a web archive"),
        (b"\x1f\x8b", "a.warc: damaged, or not a web archive"),
        (os.urandom(0) + bytes(5000), "a.warc: damaged, or not a web archive"),
        (by_hand(PAGE, length=-1), None),
        (by_hand(PAGE, http=b"nonsense\r\n"), None),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "a.warc: damaged, or not a web archive"),
    ],
)
def test_what_is_no_archive(raw: bytes, reason: str | None) -> None:
    """Is refused with a reason."""
    pages, errors = read(raw)
    assert pages == []
    assert errors if reason is None else errors == [reason]


@given(st.binary(max_size=400), st.integers(0, 2000), st.booleans())
def test_any_bytes(raw: bytes, at: int, gz: bool) -> None:
    """Bytes put anywhere into an archive raise nothing but an error with a name."""
    whole = warc(("http://a.example/1", PAGE, {}), ("http://a.example/2", PAGE, {}), gz=gz)
    pages, errors = read(whole[:at] + raw + whole[at + len(raw) // 2 :])
    assert not [error for error in errors if "fault" in error]


def bundle(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        for name, raw in parts.items():
            out.writestr(name, raw)
    return path


def test_wacz(tmp_path: Path) -> None:
    """Each WARC of a bundle; what is damaged among them is named, the others go on."""
    good = warc(("http://a.example/1", PAGE, {}))
    path = bundle(tmp_path / "a.wacz", {"archive/1.warc.gz": good, "archive/2.warc": b"no", "pages/pages.jsonl": b"{}"})
    errors: list[InputError] = []
    pages = list(read_pages([str(tmp_path)], NOTHING, errors.append))
    assert [page.url for page in pages] == ["http://a.example/1"]
    assert [str(error) for error in errors] == [f"{path}/archive/2.warc: damaged, or not a web archive"]
    for raw, reason in ((b"no", "damaged, or not a WACZ"), (path.read_bytes()[:-30], "damaged, or not a WACZ")):
        path.write_bytes(raw)
        errors.clear()
        assert list(read_pages([str(path)], NOTHING, errors.append)) == []
        assert [error.reason for error in errors] == [reason]
    bundle(path, {"readme.txt": b"nothing"})
    errors.clear()
    assert list(read_pages([str(path)], NOTHING, errors.append)) == []
    assert [error.reason for error in errors] == ["no WARC in it"]


def test_the_command_reads_an_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Claims with address and capture; exit status 3 where a part is damaged; options fill in what is not said."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warc(("http://a.example/1", PAGE, {}), ("http://a.example/2", PAGE, {}))[:-20])
    assert run(["read", str(path), "--jsonl", "--published", "2024-03-06", "--outlet", "Northern Post"]) == 3
    out, err = capsys.readouterr()
    document = json.loads(out.splitlines()[0])["document"]
    assert (document["key"], document["url"], document["captured"]) == (
        f"http://a.example/1 {DATE}", "http://a.example/1", DATE,
    )  # fmt: skip
    assert (document["published"], document["outlet"]) == ("2024-03-06", "Northern Post")
    assert "cut off in the middle" in err


def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The message has the command that installs it, and other files are read."""
    for name in [name for name in sys.modules if name.split(".")[0] == "warcio"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "warcio", None)
    (tmp_path / "a.warc").write_bytes(warc(("http://a.example/1", PAGE, {})))
    (tmp_path / "b.txt").write_text(WORDS, "utf-8")
    assert run(["read", str(tmp_path), "--jsonl"]) == 3
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 1
    assert 'a.warc: reading web archives needs an extra: pip install "tollbook[warc]"' in err

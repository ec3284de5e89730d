"""Inputs: what becomes a page, what is refused by name, and that the others go on."""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook import inputs
from tollbook.clean import clean_page
from tollbook.errors import InputError, UsageError
from tollbook.inputs import Given, Page, published_option, read_pages

TEXT = "Two dockers were killed in the harbour of Haven Bay on Tuesday, the port said."
NOTHING = Given()


def read(*paths: object, given: Given = NOTHING) -> tuple[list[Page], list[InputError]]:
    """Pages and errors."""
    errors: list[InputError] = []
    return list(read_pages([str(path) for path in paths], given, errors.append)), errors


def only(path: Path, given: Given = NOTHING) -> Page:
    """The one page of a path."""
    pages, errors = read(path, given=given)
    assert errors == []
    (page,) = pages
    return page


def fail(error: InputError) -> None:
    """For tests in which nothing may be refused."""
    raise error


def refused(path: Path) -> str:
    """The reason why the one page of a path is refused."""
    pages, errors = read(path)
    assert pages == []
    (error,) = errors
    assert error.key == str(path)
    return error.reason


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
    ],
)
def test_unicode_encodings(tmp_path: Path, raw: bytes) -> None:
    """With and without a mark; the raw bytes are kept."""
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    page = only(path)
    assert (page.content, page.raw, page.media, page.key) == (TEXT, raw, "text", str(path))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The café’s owner said “nobody” was hurt in Zürich — not one of them.", "cp1252"),
        ("Обстрел порта унёс жизни двух рабочих, сообщил начальник порта во вторник вечером журналистам.", "cp1251"),
        ("قتل عاملان في قصف على ميناء المدينة يوم الثلاثاء، حسبما قال مدير الميناء للصحفيين مساء اليوم.", "cp1256"),
    ],
)
def test_other_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    """Guessed from the bytes; what HTML declares is believed."""
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert only(path).content == text
    page = tmp_path / "a.html"
    page.write_bytes(f'<html><head><meta charset="{encoding}"></head><p>{text}</p></html>'.encode(encoding))
    assert text in only(page).content


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image, not text"),
        (b"\xff\xd8\xff\xe0" + bytes(range(256)), "a JPEG image, not text"),
        (b"%PDF-1.7\n1 0 obj", "a PDF, not text"),
        (b"PK\x03\x04" + bytes(50), "a ZIP archive or an office document, not text"),
        (bytes(range(256)) * 20, "not text (a binary file, or an unknown encoding)"),
        (os.urandom(0) + bytes(3000), "not text (a binary file, or an unknown encoding)"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, raw: bytes, reason: str) -> None:
    """Whatever its name promises."""
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    assert refused(path) == reason


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    """Missing, forbidden, a link to itself, a broken link, no path at all."""
    assert refused(tmp_path / "none.txt") == "no such file"
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    assert refused(loop) == "a link that leads to itself"
    _, errors = read("a\0b")
    assert [error.reason for error in errors] == ["not a path"]
    if os.geteuid() != 0:
        path = tmp_path / "secret.txt"
        path.write_text(TEXT)
        path.chmod(0)
        assert refused(path) == "no permission to read it"


def test_a_text_too_large_is_refused_unread(tmp_path: Path) -> None:
    """By its size alone."""
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(inputs.LARGEST + 1)
    assert refused(path) == "too large (10 MB; the limit is 10 MB a page)"


@pytest.mark.parametrize(
    ("name", "content", "media"),
    [
        ("a.html", "<p>x</p>", "html"),
        ("a.HTM", "x", "html"),
        ("a.xhtml", "x", "html"),
        ("a.txt", "<!-- saved -->\n<!DOCTYPE html><html>x</html>", "html"),
        ("a", "  <html>x</html>", "html"),
        ("a.txt", "<2 people died", "text"),
        ("a", TEXT, "text"),
    ],
)
def test_html_by_name_or_by_beginning(tmp_path: Path, name: str, content: str, media: str) -> None:
    """A suffix or a doctype."""
    path = tmp_path / name
    path.write_text(content)
    assert only(path).media == media


def test_json_lines(tmp_path: Path) -> None:
    """A record's own values come first, the options fill in; keys are ids, else path and line."""
    path = tmp_path / "a.jsonl"
    rows = [
        {"id": "one", "text": TEXT, "published": "2018-11-05T23:40:00+03:00", "outlet": "Northern Post"},
        {"text": TEXT, "published": None, "title": "Harbour hit"},
        {"id": 7, "html": "<p>x</p>", "url": "https://northernpost.example/7", "language": "en"},
        {"id": "one", "text": TEXT},
    ]
    path.write_bytes(b"\xef\xbb\xbf" + "\n\n".join(json.dumps(row) for row in rows).encode())
    pages, errors = read(path, given=Given(dt.date(2020, 1, 1), "Option", None, None))
    assert errors == []
    assert [page.key for page in pages] == ["one", f"{path}:3", "7", "one"]
    assert [(p.published, p.published_from) for p in pages[:2]] == [
        (dt.date(2018, 11, 5), "record"),
        (dt.date(2020, 1, 1), "option"),
    ]
    assert [(p.outlet, p.outlet_from) for p in pages[:2]] == [("Northern Post", "record"), ("Option", "option")]
    assert (pages[1].title, pages[1].title_from, pages[0].title_from) == ("Harbour hit", "record", None)
    assert (pages[2].media, pages[2].url, pages[2].language) == ("html", "https://northernpost.example/7", "en")
    assert pages[0].raw == TEXT.encode()


def test_a_broken_line_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    """Broken JSON, no object, no text, wrong kinds, days that do not exist, bytes that are no UTF-8."""
    path = tmp_path / "a.jsonl"
    good = json.dumps({"id": "good", "text": TEXT})
    lines = [
        '{"id": "x", "text": ',
        "[1]",
        '{"id": "no text"}',
        '{"id": "t", "text": 3}',
        '{"id": [1], "text": "x"}',
        '{"id": "d", "text": "x", "published": "2019-02-30"}',
        '{"id": "e", "text": "x", "published": "yesterday"}',
        '{"id": "f", "text": "x", "published": 2019}',
        '{"id": "g", "text": "  "}',
        "[" * 200_000,
        "NaN",
        '{"id": "h", "text": "x", "title": ["a"]}',
        '{"id": ' + "9" * 5000 + ', "text": "x"}',
    ]
    path.write_bytes("\n".join([good, *lines]).encode() + b'\n{"text": "\xff"}\n' + good.encode())
    pages, errors = read(path)
    assert [page.key for page in pages] == ["good", "good"]
    assert [error.key for error in errors] == [
        f"{path}:2",
        f"{path}:3",
        "no text",
        "t",
        f"{path}:6",
        "d",
        "e",
        "f",
        "g",
        f"{path}:11",
        f"{path}:12",
        "h",
        f"{path}:14",
        f"{path}:15",
    ]
    reasons = [error.reason for error in errors]
    assert reasons[5] == "published: a date that does not exist: '2019-02-30'"
    assert reasons[9] == "JSON nested too deeply"
    assert reasons[-1] == "not UTF-8"


def test_lone_surrogates_of_json(tmp_path: Path) -> None:
    """They reach neither keys nor titles, and the text is cleaned without an error."""
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a\\ud800", "text": "Two died\\ud800.", "title": "t\\udfff"}')
    page = only(path)
    assert (page.key, page.title) == ("a?", "t\ufffd")
    clean_page(page).text.encode()


def test_a_line_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being read as a whole; the next one is read."""
    monkeypatch.setattr(inputs, "LARGEST", 1000)
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "x" * 5000}) + "\n" + json.dumps({"id": "b", "text": TEXT}))
    pages, errors = read(path)
    assert [page.key for page in pages] == ["b"]
    assert [error.key for error in errors] == [f"{path}:1"]


def test_json_lines_are_a_stream(tmp_path: Path) -> None:
    """The first page is there before the file ends: here a pipe that nobody has closed."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    asked = threading.Event()

    def write() -> None:
        with path.open("w") as stream:
            stream.write(json.dumps({"id": "first", "text": TEXT}) + "\n")
            stream.flush()
            asked.wait(10)
            stream.write(json.dumps({"id": "second", "text": TEXT}) + "\n")

    writer = threading.Thread(target=write)
    writer.start()
    pages = read_pages([str(path)], NOTHING, fail)
    assert next(pages).key == "first"
    asked.set()
    assert [page.key for page in pages] == ["second"]
    writer.join()


def test_folders(tmp_path: Path) -> None:
    """Sorted, with their folders; hidden files, linked folders, pipes and other kinds of files left out."""
    for name in ("b.txt", "a.html", "c/d.txt", "c/.hidden.txt", ".git/e.txt", "style.css", "f.jsonl", "README"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps({"id": "json", "text": TEXT}) if name.endswith("l") else TEXT)
    (tmp_path / "c" / "loop").symlink_to(tmp_path)
    (tmp_path / "broken.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    pages, errors = read(tmp_path)
    names = [page.key.removeprefix(f"{tmp_path}/") for page in pages]
    assert names == ["README", "a.html", "b.txt", "json", "c/d.txt"]
    assert [error.key for error in errors] == [f"{tmp_path}/broken.txt"]


def test_a_name_that_is_no_unicode(tmp_path: Path) -> None:
    """The key can still be printed."""
    path = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(path)).write_text(TEXT)
    pages, _ = read(os.fsdecode(path))
    assert pages[0].key.endswith("/\ufffd.txt")


@pytest.mark.parametrize(
    ("raw", "keys", "media"),
    [
        (TEXT.encode(), ["-"], "text"),
        (b"\n\n" + TEXT.encode() + b"\nMore.", ["-"], "text"),
        (b"<html><p>x</p></html>", ["-"], "html"),
        (b'\n{"id": "a", "text": "x"}\n{"text": "y"}', ["a", "-:3"], "text"),
        (b'{"text": "x"}', ["-:1"], "text"),
        (b"{Two people died}", ["-"], "text"),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, raw: bytes, keys: list[str], media: str) -> None:
    """Text, HTML or JSON lines by how it begins."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
    pages, errors = read("-")
    assert errors == []
    assert [page.key for page in pages] == keys
    assert {page.media for page in pages} == {media}


def test_empty_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    """Is an error of "-"."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\n")))
    _, errors = read("-")
    assert [(error.key, error.reason) for error in errors] == [("-", "empty")]


def test_the_option_for_the_day() -> None:
    """A timestamp gives its local day; a day that does not exist is wrong use."""
    assert published_option("2018-11-05T23:40:00-08:00") == dt.date(2018, 11, 5)
    for wrong in ("2018-02-30", "8 June 2017", "2018-11-05T99:00", "20181105", "٢٠١٨-١١-٠٥"):
        with pytest.raises(UsageError):
            published_option(wrong)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_page_or_an_error(tmp_path_factory: pytest.TempPathFactory, raw: bytes) -> None:
    """Never anything else, and a page can be cleaned."""
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.txt", "a.jsonl", "a.html"):
        path = folder / name
        path.write_bytes(raw)
        pages, errors = read(path)
        assert pages or errors
        for page in pages:
            try:
                clean_page(page)
            except InputError as error:
                assert error.key == str(path)

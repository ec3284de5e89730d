"""Whatever bytes stand in a file of whatever kind: pages or an error that names the file, and nothing else."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inputs.made import WORDS, docx, pdf, read
from tests.inputs.test_feeds import ATOM, RSS
from tests.inputs.test_gdelt import EXTRAS, row
from tests.inputs.test_mail import HTML, mail
from tollbook.errors import InputError
from tollbook.inputs import Given
from tollbook.inputs.office import check_office


def _mail() -> bytes:
    made = mail()
    made.add_alternative(HTML, subtype="html")
    made.add_attachment(pdf(WORDS), maintype="application", subtype="pdf", filename="a.pdf")
    return made.as_bytes()


def _book() -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for cells in (("url", "text"), ("https://post.example/a", WORDS)):
        book.active.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _database() -> bytes:
    with sqlite3.connect(":memory:") as made:
        made.execute("create table t (id integer primary key, text text, url text)")
        made.executemany("insert into t (text) values (?)", [(WORDS,)] * 40)
        return made.serialize()


FILES = {
    "a.pdf": pdf(WORDS, "A second page."),
    "a.docx": docx(WORDS, table=("Killed", "2")),
    "a.eml": _mail(),
    "a.rss": RSS.encode(),
    "a.atom": ATOM.encode(),
    "a.csv": f'url,text,date\nhttps://post.example/a,"{WORDS}",2024-03-05\n'.encode(),
    "a.xlsx": _book(),
    "a.db": _database(),
    "a.gkg.csv": (row("https://post.example/1", extras=EXTRAS) + "\n").encode(),
}


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_damaged_files(name: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bytes changed, a stretch taken out, a stretch put in, the end cut off."""
    raw = bytearray(FILES[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(len(raw) - 1, 0)))
        length = data.draw(st.integers(0, 30))
        raw[at : at + length] = data.draw(st.binary(max_size=30))
    if data.draw(st.booleans()):
        del raw[data.draw(st.integers(0, len(raw))) :]
    folder = tmp_path_factory.mktemp("damaged")
    path: Path = folder / name
    path.write_bytes(bytes(raw))
    (folder / "saved.jsonl").write_text('{"text": "x", "url": "https://post.example/1"}')
    pages, errors = read(path, given=Given(saved=str(folder / "saved.jsonl")))
    assert pages or errors
    for error in errors:
        assert error.reason and "\n" not in str(error)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, deadline=None)
@given(raw=st.binary(max_size=300))
def test_any_bytes(name: str, raw: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Under every name that says what they should be."""
    path = tmp_path_factory.mktemp("any") / name
    for tried in (raw, FILES[name][:20] + raw):
        path.write_bytes(tried)
        pages, errors = read(path, given=Given(saved=str(path.parent)))
        assert pages or errors


def _packed(method: int, damage: bytes | None = None, flags: int = 0, as_method: int | None = None) -> bytes:
    """A ZIP of one part, then with its packed bytes overwritten, its flags or its method changed in both headers."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("word/document.xml", "<a>" + "Two died. " * 300 + "</a>")
    made = bytearray(out.getvalue())
    if damage is not None:
        made[60 : 60 + len(damage)] = damage
    for header, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = made.index(header) + at
        made[start] |= flags
        if as_method is not None:
            made[start + 2 : start + 4] = as_method.to_bytes(2, "little")
    return bytes(made)


@pytest.mark.parametrize(
    "raw",
    [
        _packed(zipfile.ZIP_DEFLATED, b"\xff" * 20),
        _packed(zipfile.ZIP_LZMA, b"\xff" * 30),
        _packed(zipfile.ZIP_BZIP2, b"\xff" * 30),
        _packed(zipfile.ZIP_DEFLATED, flags=1),
        _packed(zipfile.ZIP_DEFLATED, as_method=99),
        _packed(zipfile.ZIP_STORED)[:-30],
    ],
    ids=["deflate", "lzma", "bzip2", "locked", "packed in an unknown way", "cut off"],
)
def test_every_way_for_a_zip_to_be_broken(raw: bytes) -> None:
    """Each raises another error of the library; whoever gave the file is told that it is damaged."""
    with pytest.raises(InputError, match="damaged, or no DOCX"):
        check_office("a.docx", io.BytesIO(raw), "DOCX")

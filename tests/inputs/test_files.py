"""PDF and DOCX: their text, and what is refused before it does harm."""

from __future__ import annotations

import json
import sys
import tracemalloc
import zlib
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from tests.inputs.made import NOTHING, WORDS, docx, pages, pdf, read, refused, saved, with_part
from tollbook import pipeline
from tollbook.errors import InputError
from tollbook.inputs import office, pages_in
from tollbook.inputs import pdf as pdf_module
from tollbook.inputs.docx import docx_text


def test_a_pdf(tmp_path: Path) -> None:
    """Page by page, wrapped lines joined when it is cleaned; its claims stand in its text."""
    wrapped = WORDS.replace("attack on the", "attack on the\n") + "\nNobody else was hurt in town that day, it added."
    (page,) = pages(saved(tmp_path, "a.pdf", pdf("Harbour hit", wrapped)))
    assert (page.media, page.title, page.published) == ("text", None, None)
    assert page.raw.startswith(b"%PDF-")
    (document,) = pipeline.clean_documents([page], as_is=False, on_error=_fail)
    claims = pipeline.read_document(document).claims
    assert [(c.harm, c.count.low) for c in claims][:1] == [("killed", 2)]
    assert claims[0].quote is not None and "rocket attack on the" in claims[0].quote.text


def _fail(error: Exception) -> None:
    raise error


def test_a_pdf_that_cannot_be_read(tmp_path: Path) -> None:
    """Damaged, cut off, locked, a scan, another file under that name: each is named, the next one is read."""
    good = pdf(WORDS)
    assert "no PDF" in refused(saved(tmp_path, "a.pdf", b"not a PDF"))
    assert "a.pdf: " in refused(saved(tmp_path, "a.pdf", good[:150]))
    assert "no text in it (scanned pages" in refused(saved(tmp_path, "a.pdf", pdf("")))
    writer = PdfWriter(clone_from=PdfReader(saved(tmp_path, "b.pdf", good)))
    writer.encrypt("secret", algorithm="RC4-128")
    with (tmp_path / "locked.pdf").open("wb") as file:
        writer.write(file)
    assert "locked with a password" in refused(tmp_path / "locked.pdf")
    found, errors = read(tmp_path)
    assert [page.key for page in found] == [str(tmp_path / "b.pdf")] and len(errors) == 2


def test_a_pdf_that_inflates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of some kilobytes that says it is 100 MB is refused, and a text too long is."""
    bomb = zlib.compress(b"BT " + b" " * 100_000_000 + b"ET", 9)
    assert len(bomb) < 200_000
    said = refused(saved(tmp_path, "bomb.pdf", pdf("", packed=bomb)))
    assert "bomb.pdf: damaged, or no PDF" in said and "imit" in said
    monkeypatch.setattr(pdf_module, "LARGEST", 50)
    assert "page 1: more text than" in refused(saved(tmp_path, "long.pdf", pdf(WORDS)))
    monkeypatch.setattr(pdf_module, "_PAGES", 1)
    assert "more than 1 pages" in refused(saved(tmp_path, "many.pdf", pdf("One.", "Two.")))


def test_a_docx(tmp_path: Path) -> None:
    """Paragraphs and the cells of tables, in their order."""
    (page,) = pages(saved(tmp_path, "a.docx", docx("Harbour hit", "", WORDS, table=("Killed", "2"))))
    assert page.content == f"Harbour hit\n\n{WORDS}\n\nKilled\n\n2"
    assert "empty" in refused(saved(tmp_path, "b.docx", docx()))


def test_a_docx_that_cannot_be_read(tmp_path: Path) -> None:
    """No ZIP, a ZIP of something else, cut off, broken XML."""
    good = docx(WORDS)
    assert "damaged, or no DOCX" in refused(saved(tmp_path, "a.docx", b"PK\x03\x04nonsense"))
    assert "damaged, or no DOCX" in refused(saved(tmp_path, "a.docx", good[: len(good) // 2]))
    assert "damaged, or no DOCX" in refused(saved(tmp_path, "a.docx", with_part(good, "word/document.xml", b"<w:")))


def test_a_docx_with_wide_and_broken_cells(tmp_path: Path) -> None:
    """A cell is read once however many columns and rows it says it covers; a document without a body is damaged."""

    def table(cell: str) -> bytes:
        row = f"<w:tr><w:tc><w:tcPr>{cell}</w:tcPr><w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p></w:tc></w:tr>"
        merged = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>"
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        body = f'<w:document xmlns:w="{space}"><w:body><w:tbl>{row}{merged}</w:tbl></w:body></w:document>'
        return with_part(docx(), "word/document.xml", body.encode())

    wide = table('<w:gridSpan w:val="10000000"/><w:vMerge w:val="restart"/>')
    tracemalloc.start()
    assert docx_text("a.docx", wide) == WORDS and tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    empty = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    assert "damaged, or no DOCX" in refused(saved(tmp_path, "b.docx", with_part(docx(), "word/document.xml", empty)))


def test_a_docx_that_inflates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip bomb, and entities that refer to each other, are refused before any library sees them."""
    bomb = with_part(docx(WORDS), "word/media/a.png", bytes(office.UNPACKED))
    assert len(bomb) < 1_000_000
    assert "unpacks to 201 MB" in refused(saved(tmp_path, "a.docx", bomb))
    laughs = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><a>&b;</a>'
    assert "defines entities" in refused(saved(tmp_path, "a.docx", with_part(docx(WORDS), "word/document.xml", laughs)))
    monkeypatch.setattr(office, "_PARTS", 3)
    assert "no DOCX has more than 3" in refused(saved(tmp_path, "a.docx", docx(WORDS)))


@pytest.mark.parametrize(("name", "library", "extra"), [("a.pdf", "pypdf", "pdf"), ("a.docx", "docx", "docx")])
def test_a_missing_extra(name: str, library: str, extra: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one command that installs it is named, and the other files are read."""
    monkeypatch.setitem(sys.modules, library, None)
    saved(tmp_path, "b.txt", WORDS)
    saved(tmp_path, name, pdf(WORDS) if extra == "pdf" else b"PK")
    found, (error,) = read(tmp_path)
    assert len(found) == 1 and f'pip install "tollbook[{extra}]"' in str(error)


def test_files_that_are_handed_in() -> None:
    """What comes over the network has bytes and a name: the same kinds, but nothing that leads to other files."""
    errors: list[InputError] = []

    def handed(name: str, raw: bytes) -> list[str]:
        return [page.content.strip() for page in pages_in(name, raw, NOTHING, errors.append)]

    assert handed("a.pdf", pdf(WORDS)) == handed("a.docx", docx(WORDS)) == handed("a.txt", WORDS.encode()) == [WORDS]
    assert handed("a.eml", f"Subject: x\n\n{WORDS}".encode()) == [WORDS]
    feed = f"<rss><channel><item><description>{WORDS}</description></item></channel></rss>"
    assert handed("a.rss", feed.encode()) == handed("a.jsonl", json.dumps({"text": WORDS}).encode()) == [WORDS]
    for name in ("a.csv", "a.xlsx", "a.db", "a.warc.gz", "a.parquet"):
        with pytest.raises(InputError, match="on the command line"):
            handed(name, b"x")
    assert errors == []

"""GDELT GKG rows: what they say of a page; a text only where the page is saved; GDELT's counts are no claims."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

from tests.inputs.made import read, refused, saved
from tests.test_archives import DATE, PAGE, warc
from tollbook.inputs import Given


def row(address: str, *, seen: str = "20240305101500", extras: str = "", translation: str = "", kind: str = "1") -> str:
    """A GKG row."""
    cells = [""] * 27
    cells[0:5] = ["20240305101500-1", seen, kind, "post.example", address]
    cells[5] = "KILL#12##4#Haven Bay#XX##1#1#-1;"
    cells[25], cells[26] = translation, extras
    return "\t".join(cells)


EXTRAS = (
    "<PAGE_PRECISEPUBTIMESTAMP>20240304230000</PAGE_PRECISEPUBTIMESTAMP><PAGE_TITLE>Harbour &amp; town hit</PAGE_TITLE>"
)


def test_rows_with_saved_pages(tmp_path: Path) -> None:
    """The text is the archive's; the day is the page's own where GDELT gives it, never the day it was seen."""
    archive = saved(
        tmp_path, "a.warc.gz", warc(("https://post.example/1", PAGE, {}), ("https://post.example/2", PAGE, {}))
    )
    rows = [row("https://post.example/1", extras=EXTRAS), row("https://post.example/2"), row("https://post.example/3")]
    path = saved(tmp_path, "20240305101500.gkg.csv", "\n".join(rows) + "\n")
    (first, second), (error,) = read(path, given=Given(saved=str(archive)))
    assert first.key == f"{path}:1" and first.raw == PAGE
    assert (first.title, first.outlet, first.published) == ("Harbour & town hit", "post.example", dt.date(2024, 3, 4))
    assert second.published is None and second.captured == DATE
    assert str(error) == f"{path}:3: https://post.example/3: not among the saved pages"
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(path, path.name)
    found, _ = read(saved(tmp_path, "b.gkg.csv.zip", zipped.getvalue()), given=Given(saved=str(archive)))
    assert len(found) == 2


def test_a_row_alone_has_no_text(tmp_path: Path) -> None:
    """Nothing is fetched, and no claim is made of a program's counts."""
    assert "name the saved pages with --saved" in refused(saved(tmp_path, "a.gkg.csv", row("https://post.example/1")))


def test_broken_rows(tmp_path: Path) -> None:
    """Too few columns, a date that is none, no web page, no address: each named; a file of something else is told."""
    archive = Given(saved=str(saved(tmp_path, "a.warc.gz", warc(("https://post.example/1", PAGE, {})))))
    rows = [
        "a\tb",
        row("https://post.example/1", seen="2024"),
        row("x", kind="2"),
        row("ftp://x"),
        row("https://post.example/1"),
    ]
    found, errors = read(saved(tmp_path, "a.gkg.csv", "\n".join(rows)), given=archive)
    assert len(found) == 1
    assert [str(e).split(": ", 1)[1] for e in errors] == [
        "2 columns; GKG 2.1 has 27",
        "column B: no date of 14 digits: '2024'",
        "no web page (source collection '2')",
        "column E: no address of a page: 'ftp://x'",
    ]
    found, errors = read(saved(tmp_path, "b.gkg.csv", "a,b\n" * 100), given=archive)
    assert found == [] and "no GKG 2.1 file" in str(errors[-1]) and len(errors) == 20
    assert "empty" in refused(saved(tmp_path, "c.gkg.csv", ""), archive)
    assert "damaged" in refused(saved(tmp_path, "d.gkg.csv.zip", b"PK\x03\x04xxxx"), archive)


def test_a_translated_page_keeps_its_language(tmp_path: Path) -> None:
    """GDELT read a translation; the saved page is in its own language, which is not read as English."""
    archive = saved(tmp_path, "a.warc.gz", warc(("https://post.example/1", PAGE, {})))
    path = saved(tmp_path, "a.gkg.csv", row("https://post.example/1", translation="srclc:ara;eng:Moses"))
    ((page,), _) = read(path, given=Given(saved=str(archive)))
    assert page.language == "ara"


def test_titles_without_an_end(tmp_path: Path) -> None:
    """A row full of opened titles takes time by its length, and has none."""
    archive = saved(tmp_path, "a.warc.gz", warc(("https://post.example/1", PAGE, {})))
    path = saved(tmp_path, "a.gkg.csv", row("https://post.example/1", extras="<PAGE_TITLE>" * 300_000) + "\n")
    (page,), errors = read(path, given=Given(saved=str(archive)))
    assert page.title is None and errors == []

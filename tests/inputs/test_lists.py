"""Lists of pages in CSV and Excel: saved files, texts in cells, addresses whose pages are saved elsewhere."""

from __future__ import annotations

import datetime as dt
import json
import os
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.inputs.made import WORDS, docx, pages, pdf, read, refused, saved, with_part
from tests.test_archives import DATE, PAGE, warc
from tollbook.inputs import Given, lists, office, sheets
from tollbook.inputs.lists import confined
from tollbook.inputs.saved import address_of

HTML = f"<html><body><p>{WORDS}</p></body></html>"


def book(path: Path, *rows: tuple[object, ...], sheet: str | None = None) -> Path:
    """A workbook; the rows stand in its first sheet, or in a second one of that name."""
    made = openpyxl.Workbook()
    active = made.active if sheet is None else made.create_sheet(sheet)
    assert active is not None
    for row in rows:
        active.append(row)
    made.save(path)
    return path


def test_saved_pages(tmp_path: Path) -> None:
    """Headings in any case; HTML, PDF, DOCX and text below the list; a page is named by its row."""
    for name, content in (("p/a.html", HTML), ("p/b.pdf", pdf(WORDS)), ("c.docx", docx(WORDS)), ("d.txt", WORDS)):
        saved(tmp_path, name, content)
    text = (
        "URL,Saved Page,DATE,Outlet,notes\n"
        "https://post.example/a,p/a.html,2024-03-05,Northern Post,x\n"
        ",p\\b.pdf,,,\n\n"
        'https://post.example/c,c.docx,2024-03-06T10:00:00Z,"Post, the",\n'
        "https://post.example/d,d.txt,,,\n"
    )
    found = pages(saved(tmp_path, "list.csv", text), given=Given(outlet="Option"))
    assert [p.key.removeprefix(f"{tmp_path}/") for p in found] == [f"list.csv:{n}" for n in (2, 3, 5, 6)]
    assert [p.outlet for p in found] == ["Northern Post", "Option", "Post, the", "Option"]
    assert [p.published for p in found[:3]] == [dt.date(2024, 3, 5), None, dt.date(2024, 3, 6)]
    assert found[0].raw == HTML.encode() and found[0].media == "html" and WORDS in found[1].content


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_and_encodings(separator: str, tmp_path: Path) -> None:
    """As Excel saves them: semicolons, tabs, UTF-16, a mark at the beginning."""
    text = f'id{separator}text{separator}title\n7{separator}"{WORDS}"{separator}Häfen\n'
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        (page,) = pages(saved(tmp_path, "list.csv", text.encode(encoding)))
        assert (page.key, page.content, page.title) == ("7", WORDS, "Häfen")


def test_no_path_leads_out_of_the_folder(tmp_path: Path) -> None:
    """Up, absolute, over a link, into a pipe: refused; the others are read."""
    secret = saved(tmp_path, "secret.txt", "SECRET")
    folder = tmp_path / "list"
    saved(folder, "a.txt", WORDS)
    (folder / "link.txt").symlink_to(secret)
    (folder / "out").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    names = ["../secret.txt", str(secret), "link.txt", "out/secret.txt", "..\\secret.txt", "a/../../secret.txt", "",
             "pipe", ".", "none.txt", "a\0b", "a.txt"]  # fmt: skip
    found, errors = read(saved(folder, "list.csv", "file\n" + "\n".join(names) + "\n"))
    assert [page.content for page in found] == [WORDS]
    assert len(errors) == 10 and not any("SECRET" in str(error) for error in errors)
    assert sum("does not lie in the folder of the list" in str(error) for error in errors) == 8
    assert "'pipe' is no file" in str(errors[6]) or "pipe" in str(errors[6])


@given(st.text(max_size=30), st.lists(st.sampled_from(["..", ".", "a", "/", "\\", "~", ""]), max_size=8))
def test_confined_whatever_the_name(tmp_path_factory: pytest.TempPathFactory, name: str, parts: list[str]) -> None:
    """What is given lies below the folder, on any input."""
    folder = str(tmp_path_factory.getbasetemp())
    for tried in (name, "/".join(parts), "\\".join(parts) + name):
        try:
            path = confined(folder, tried)
        except (ValueError, OSError):  # a lone surrogate, a name too long: no file of this machine
            continue
        assert path is None or os.path.commonpath([os.path.realpath(folder), path]) == os.path.realpath(folder)


def test_rows_that_cannot_be_read(tmp_path: Path) -> None:
    """Each named with its row, the others read."""
    rows = [
        "id,url,text,published",
        f'a,,"{WORDS}",05/03/2024',
        f'b,,"{WORDS}",2024-02-30',
        "c,,,",
        "d,https://post.example/d,,",
        f'e,,"{WORDS}",2024-03-05',
    ]
    found, errors = read(saved(tmp_path, "list.csv", "\n".join(rows)))
    assert [page.key for page in found] == ["e"]
    said = [str(error).removeprefix(f"{tmp_path}/") for error in errors]
    assert said == [
        "a: published: not a date (year-month-day is needed): '05/03/2024'",
        "b: published: a date that does not exist: '2024-02-30'",
        "list.csv:4: neither an address nor a text nor a saved file",
        "list.csv:5: https://post.example/d: no saved page (nothing is fetched; see --saved)",
    ]


def test_tables_that_are_no_lists(tmp_path: Path) -> None:
    """No heading of a page, one twice, nothing at all, another encoding, a quotation that never ends."""
    for content, said in (
        ("country,deaths\nSY,3\n", 'it has no column "url", "file", "text" or "html", but country, deaths'),
        ("url,URL\n", "row 1: two columns are headed 'url'"),
        ("", "empty"),
        ("url,text\n,\n", "no row in it that can be read"),
        ('url,text\nx,"never closed\n', "row 2: unexpected end of data"),
    ):
        assert said in refused(saved(tmp_path, "list.csv", content))
    latin = f'id,text\na,"Café {WORDS}"\nb,"{WORDS}"\n'.encode("latin-1")
    found, (error,) = read(saved(tmp_path, "list.csv", latin))
    assert [page.key for page in found] == ["b"] and "row 2, column B: is no UTF-8" in str(error)


def test_excel(tmp_path: Path) -> None:
    """Dates and numbers as cells, a sheet by its name."""
    rows = (("ID", "Text", "Published"), (7, WORDS, dt.datetime(2024, 3, 5)), (8.0, WORDS, "2024-03-06"))
    found = pages(book(tmp_path / "a.xlsx", *rows))
    assert [(p.key, p.published) for p in found] == [("7", dt.date(2024, 3, 5)), ("8", dt.date(2024, 3, 6))]
    second = book(tmp_path / "b.xlsx", *rows, sheet="Pages")
    assert len(pages(second, given=Given(table="Pages"))) == 2
    assert "there is no sheet 'Other', but Sheet, Pages" in refused(second, Given(table="Other"))


def test_formulas_are_not_computed(tmp_path: Path) -> None:
    """A row with a formula is refused by its cell, the others are read."""
    link = '=HYPERLINK("https://post.example/a")'
    path = book(tmp_path / "a.xlsx", ("url", "text"), (link, WORDS), ("https://post.example/b", WORDS))
    found, (error,) = read(path)
    assert len(found) == 1
    assert "row 2, column A: holds a formula, which is not computed; paste its value instead" in str(error)
    # In a CSV there are no formulas, only text: it stays one.
    (page,) = pages(saved(tmp_path, "a.csv", f'title,text\n=1+1,"{WORDS}"\n'))
    assert page.title == "=1+1"


def test_a_sheet_that_misstates_its_size(tmp_path: Path) -> None:
    """Rows behind the end that it gives are read; a row that no sheet has is refused, and ends the reading."""
    good = book(tmp_path / "good.xlsx", ("title", "text"), ("a", WORDS), ("b", WORDS))
    with zipfile.ZipFile(good) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b'<dimension ref="A1:B3"' in sheet

    def changed(before: bytes, after: bytes) -> Path:
        content = with_part(good.read_bytes(), "xl/worksheets/sheet1.xml", sheet.replace(before, after))
        return saved(tmp_path, "a.xlsx", content)

    assert [page.title for page in pages(changed(b"A1:B3", b"A1:A2"))] == ["a", "b"]
    assert [page.title for page in pages(changed(b"A1:B3", b"A1:XFD900000000"))] == ["a", "b"]
    found, errors = read(changed(b'<row r="3"', b'<row r="900000000"'))
    assert len(found) == 1 and "more than 1,048,576 rows" in str(errors[-1])


def test_workbooks_that_do_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip bomb, entities, a damaged one, one that is none."""
    good = book(tmp_path / "good.xlsx", ("text",), (WORDS,)).read_bytes()
    bomb = with_part(good, "xl/worksheets/sheet1.xml", b"<x>" + bytes(office.UNPACKED))
    assert len(bomb) < 1_000_000 and "unpacks to 200 MB" in refused(saved(tmp_path, "a.xlsx", bomb))
    laughs = b'<!DOCTYPE a [<!ENTITY a "ha">]><a>&a;</a>'
    assert "defines entities" in refused(saved(tmp_path, "a.xlsx", with_part(good, "xl/sharedStrings.xml", laughs)))
    assert "damaged, or no Excel workbook" in refused(saved(tmp_path, "a.xlsx", good[:300]))
    assert "is no Excel workbook" in refused(saved(tmp_path, "a.xlsx", with_part(good, "xl/workbook.xml", b"<x/>")))
    # What a ZIP says of a part's size is all that is unpacked of it.
    lying = bytearray(with_part(good, "xl/worksheets/sheet1.xml", b"<x>" + b" " * 1_000_000))
    place = lying.index(b"PK\x01\x02")
    while not lying[place + 46 :].startswith(b"xl/worksheets/sheet1.xml"):
        place = lying.index(b"PK\x01\x02", place + 4)
    lying[place + 24 : place + 28] = (100).to_bytes(4, "little")
    assert "good" not in refused(saved(tmp_path, "a.xlsx", bytes(lying)))


def test_a_list_of_addresses_and_an_archive(tmp_path: Path) -> None:
    """The archive's pages with what the list says of them; what is missing is named, at last by number only."""
    addresses = [f"http://post.example/{n}" for n in range(3)]
    archive = saved(tmp_path, "a.warc.gz", warc(*((url, PAGE, {}) for url in addresses[:2])))
    rows = [
        "url,outlet,published",
        "https://www.post.example/1/#top,Northern Post,2024-03-05",
        "http://post.example/0,,",
        *(f"http://gone.example/{n},," for n in range(9)),
    ]
    given = Given(saved=str(archive), outlet="Option")
    found, errors = read(saved(tmp_path, "list.csv", "\n".join(rows)), given=given)
    assert [(p.key.removeprefix(f"{tmp_path}/"), p.outlet, p.captured) for p in found] == [
        ("list.csv:3", "Option", DATE),
        ("list.csv:2", "Northern Post", DATE),
    ]
    assert (found[1].published, found[1].published_from) == (dt.date(2024, 3, 5), "record")
    assert (found[0].outlet_from, found[1].outlet_from) == ("option", "record")
    assert len(errors) == 6 and "4 more rows: not among the saved pages" in str(errors[-1])
    assert "list.csv:4: http://gone.example/0: not among the saved pages" in str(errors[0])
    assert "no such file" in str(read(tmp_path / "list.csv", given=Given(saved="/none"))[1][0])


def test_addresses() -> None:
    """What differs only in how it is written is one; what differs in path or question is not."""
    assert address_of("http://post.example") == address_of("https://www.post.example/")
    assert address_of("http://post.example/a?b=1") != address_of("http://post.example/a?b=2")
    assert address_of("http://post.example:8080/a") != address_of("http://post.example/a")
    assert address_of("http://[broken") == "http://[broken"


def test_rows_stream(tmp_path: Path) -> None:
    """The first page is there before a long list was read to its end."""
    path = saved(tmp_path, "list.csv", "text\n" + f'"{WORDS}"\n' * 50_000)
    with path.open("rb") as stream:
        first = next(lists.read_list("list.csv", str(path), stream, Given(), _fail))
        assert first.key == "list.csv:2" and stream.tell() < 200_000


def _fail(error: Exception) -> None:
    raise error


def test_a_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cell of gigabytes is refused before it fills the memory."""
    monkeypatch.setattr(sheets, "LARGEST_CELL", 1000)
    assert "field larger than field limit" in refused(saved(tmp_path, "list.csv", "text\n" + "x" * 5000))
    monkeypatch.setattr(sheets, "_LONGEST_LINE", 500)
    for encoding in ("utf-8", "utf-16"):
        raw = ("text\n" + "x" * 5000).encode(encoding)
        assert "row 2: a line of more than" in refused(saved(tmp_path, "list.csv", raw))
    monkeypatch.undo()
    assert len(pages(saved(tmp_path, "list.csv", "text\n" + "x" * 200_000))) == 1


def test_json_lines_as_what_is_saved(tmp_path: Path) -> None:
    """Any input can hold the pages."""
    row = {"id": "x", "text": WORDS, "url": "https://post.example/a", "title": "Harbour hit"}
    stored = saved(tmp_path, "pages.jsonl", json.dumps(row))
    (page,) = pages(saved(tmp_path, "list.csv", "url\nhttp://post.example/a\n"), given=Given(saved=str(stored)))
    assert (page.title, page.content, page.url) == ("Harbour hit", WORDS, "http://post.example/a")


def test_two_captures_of_one_address(tmp_path: Path) -> None:
    """The first is the page; the second is named, and makes no second page of one row."""
    address = "http://a.example/1"
    archive = saved(tmp_path, "a.warc.gz", warc((address, PAGE, {}), (address, PAGE, {})))
    listed = saved(tmp_path, "list.csv", f"url\n{address}\n")
    found, errors = read(listed, given=Given(saved=str(archive)))
    assert len(found) == 1
    assert [error for error in errors if "another capture" in str(error)]


def test_a_wrong_byte_in_a_cell_of_many_lines(tmp_path: Path) -> None:
    """The whole row is refused: what the rest of its cell says is no row of its own."""
    cell = b'"First line \xff\nhttp://a.example/2,Fifty were killed."'
    raw = b"url,text\nhttp://a.example/1," + cell + b"\nhttp://a.example/3,Two died.\n"
    found, errors = read(saved(tmp_path, "list.csv", raw))
    assert [page.url for page in found] == ["http://a.example/3"]
    assert len(errors) == 1 and "row 2" in str(errors[0])


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ('"one, two, three café",b', "A"),
        ('"a, ""b"", c",café', "B"),
        ('"first, line\nsecond, café line",b', "A"),
        ('"first, line\nsecond, line",b,café', "C"),
    ],
)
def test_a_wrong_byte_is_named_by_its_column(row: str, column: str, tmp_path: Path) -> None:
    """Commas within quotation marks part no cells, in cells of many lines neither."""
    path = saved(tmp_path, "list.csv", f"text,url,title\n{row}\n".encode("latin-1"))
    assert f"row 2, column {column}: is no UTF-8" in str(read(path)[1][0])

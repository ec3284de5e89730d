"""What is written: where it may be, what it is called, and that no cell of it runs in a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.hostile.planted import FORMULAS, fill
from tests.web import made
from tests.web.made import desk_of
from tollbook.cli import run
from tollbook.exports import Wants, exporter, names
from tollbook.exports.csv import _FORMULA
from tollbook.ledger import Ledger
from tollbook.sharing import export_ledger

REPORT = "Two people were killed in an airstrike in Idlib on 3 March 2031, the ministry said."
OUT = ("../../out.html", "/tmp/out.html", "..\\..\\out.html", "C:\\out.html", "a/../../out", "~/.bashrc", "$(touch x)",
       "file:///etc/passwd", "con", ".", "..", "-o", "--help", "a\nb", "out\x00.html", "%2e%2e%2fout",
       "nul.txt")  # fmt: skip


@pytest.mark.parametrize("put", FORMULAS)
def test_no_cell_begins_like_a_formula(tmp_path: Path, put: str) -> None:
    """A formula in every field, in each format that a spreadsheet opens, and in the web application's lists."""
    out = tmp_path / "out"
    out.mkdir()
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        fill(ledger, put, put)
        wants = Wants(names=True, inferred=True, reviewers=True)
        for name in names():
            for rows in ("claims", "incidents"):
                if exporter(name).SUFFIX in (".csv", ".xlsx"):
                    there = out / f"{name}-{rows}{exporter(name).SUFFIX}"
                    export_ledger(ledger, name, there, None, Wants(**{**_as(wants), "rows": rows}))
    texts = [path.read_text("utf-8-sig") for path in out.glob("*.csv")]
    with made.client(tmp_path) as (opened, _):
        fill(desk_of(opened).ledger, put, put)
        texts += [opened.get(f"/{kind}.csv").text for kind in ("incidents", "claims", "documents")]
    assert len(texts) >= 8
    for text in texts:
        for row in csv.reader(io.StringIO(text, newline="")):
            assert not [cell for cell in row if cell.startswith(_FORMULA) and not _number(cell)], row
    for path in out.glob("*.xlsx"):
        for row in openpyxl.load_workbook(path).active.iter_rows():
            assert not [cell.value for cell in row if cell.data_type == "f"]


def _as(wants: Wants) -> dict[str, object]:
    return {name: getattr(wants, name) for name in wants.__dataclass_fields__}


def _number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _tree(folder: Path) -> set[str]:
    return {os.path.relpath(os.path.join(at, name), folder) for at, _, found in os.walk(folder) for name in found}


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A working folder deep in another one, in which every file that appears is counted."""
    folder = tmp_path / "a/b/c"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    yield folder


def _warc() -> bytes:
    records = []
    for name in OUT:
        uri = name.replace("\n", "").replace("\x00", "")
        body = f"<html><title>{uri}</title><p>{REPORT} {uri}"
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
        head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {uri}\r\nWARC-Filename: {uri}\r\n"
        head += f"WARC-Record-ID: <urn:uuid:{uri}>\r\nContent-Type: application/http\r\n"
        records.append(f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n")
    return b"".join(records)


def test_no_name_of_a_file_or_record_leads_out(inside: Path, tmp_path: Path) -> None:
    """Names in JSON lines, WARC records, members of a WACZ, and titles, that look like paths: read, added, exported in
    every format, they are only ever text. Nothing appears but the ledger and what was named with ``-o``."""
    lines = [json.dumps({"id": name, "title": name, "outlet": name, "url": name, "text": f"{REPORT} {n}"})
             for n, name in enumerate(OUT)]  # fmt: skip
    (inside / "in.jsonl").write_text("\n".join(lines), "utf-8")
    (inside / "in.warc").write_bytes(_warc())
    with zipfile.ZipFile(inside / "in.wacz", "w") as archive:
        for name in OUT:
            archive.writestr(name.replace("\x00", ""), REPORT)
            archive.writestr(f"archive/{name.replace(chr(0), '')}.warc", _warc())
    (inside / "-rf.txt").write_text(REPORT, "utf-8")
    before = _tree(tmp_path)
    assert run(["add", "in.jsonl", "in.warc", "in.wacz", "./-rf.txt", "--ledger", "ledger.db"]) in (0, 3)
    assert run(["read", "in.jsonl", "in.warc", "--html", "page.html"]) in (0, 3)
    out = inside / "out"
    out.mkdir()
    for name in names():
        assert run(["export", name, "--ledger", "ledger.db", "-o", str(out / f"x{exporter(name).SUFFIX}")]) == 0
    appeared = {one for one in _tree(tmp_path) - before if not one.startswith("home/.cache")}
    assert {one for one in appeared if not one.startswith(("a/b/c/ledger.db", "a/b/c/out/x"))} == {"a/b/c/page.html"}
    with zipfile.ZipFile(out / "x.zip") as pack:
        assert not [name for name in pack.namelist() if name.startswith(("/", "\\")) or ".." in name or ":" in name]
    with Ledger.open(inside / "ledger.db") as ledger:
        assert ledger.count("documents") > len(OUT)


def test_a_file_that_leads_out_is_not_followed(inside: Path) -> None:
    """A link in a folder of reports that points at a device or in a circle: no hang, each named."""
    (inside / "reports").mkdir()
    (inside / "reports/good.txt").write_text(REPORT, "utf-8")
    (inside / "reports/loop").symlink_to(inside / "reports")
    (inside / "reports/zero.txt").symlink_to("/dev/zero")
    (inside / "reports/gone.txt").symlink_to("/nothing/there")
    os.mkfifo(inside / "reports/pipe.txt")
    assert run(["add", "reports", "--ledger", "ledger.db"]) == 3
    with Ledger.open(inside / "ledger.db") as ledger:
        assert ledger.count("documents") == 1

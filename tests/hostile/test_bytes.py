"""Files of every kind that is read, broken at random: pages or errors that name the file, never anything else."""

from __future__ import annotations

import csv
import gzip
import io
import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from tests.inputs.made import docx, pdf
from tollbook.errors import InputError
from tollbook.inputs import Given, read_pages

REPORT = "Two dockers were killed in a rocket attack on the harbour of Latakia on Tuesday, the port authority said."
# "make trust" asks for more; the files are the same in every run.
ROUNDS = int(os.environ.get("TOLLBOOK_TRUST_FILES", "60"))


def _zip(names: tuple[str, ...], body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, body)
    return out.getvalue()


def _warc() -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>{REPORT}".encode()
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
    head += (
        f"WARC-Date: 2031-01-01T00:00:00Z\r\nContent-Type: application/http\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _table() -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "text", "title"], ["a", REPORT, "A"], ["b", REPORT, "B"]])
    return out.getvalue().encode()


MAIL = (
    "From: a@b.example\r\nTo: c@d.example\r\nSubject: News\r\nDate: Tue, 4 May 2031 10:00:00 +0000\r\n"
    "MIME-Version: 1.0\r\n"
    f"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n{REPORT}\r\n--x\r\n"
    f"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>{REPORT}\r\n--x--\r\n"
)
FEED = f"<rss version='2.0'><channel><item><title>A</title><link>http://a.example/</link><description>{REPORT}</description>"
FILES = {
    "a.pdf": pdf(REPORT, REPORT), "a.docx": docx(REPORT, table=(REPORT, "x")), "a.eml": MAIL.encode(),
    "a.mbox": f"From a@b.example Tue May  4 10:00:00 2031\n{MAIL}\n".encode(), "a.warc": _warc(),
    "a.warc.gz": gzip.compress(_warc()), "a.wacz": _zip(("archive/a.warc", "pages/pages.jsonl"), _warc()),
    "a.csv": _table(), "a.rss": f"{FEED}</item></channel></rss>".encode(), "a.html": f"<html><p>{REPORT}".encode(),
    "a.mhtml": MAIL.replace("mixed", "related").encode(),
    "a.jsonl": f'{{"id": "a", "text": "{REPORT}"}}\n'.encode() * 3,
    "a.xlsx": _zip(("xl/workbook.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"), REPORT.encode()),
    "a.parquet": b"PAR1" + REPORT.encode() + b"PAR1", "a.zip": _zip(("a.txt", "b.html"), REPORT.encode()),
    "a.txt": REPORT.encode(), "a.json": f'[{{"text": "{REPORT}"}}]'.encode(),
    "a.db": b"SQLite format 3\0" + b"\1" * 4096,
}  # fmt: skip


def broken(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with some changed, cut, doubled or moved, also inside an archive's members."""
    if raw[:2] == b"PK" and chance.random() < 0.5:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice(sorted(parts))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for one, body in parts.items():
                archive.writestr(one, broken(body, chance) if one == name else body)
        return out.getvalue()
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(raw) + 1)
        put = chance.choice(
            (chance.randbytes(1), chance.randbytes(4), b"\0" * 8, b"\xff" * 4, b"<", b"&x;", b"9" * 12, b"")
        )
        raw = raw[:at] + put + raw[at + chance.choice((0, len(put), 1, 50)) :]
        if chance.random() < 0.1:
            raw = raw[: chance.randrange(len(raw) + 1)]
        if chance.random() < 0.05:
            raw += raw
    return raw


@pytest.mark.parametrize("name", FILES)
def test_a_broken_file_is_read_or_refused_by_name(tmp_path: Path, name: str) -> None:
    """Whole, the file is read or refused; broken sixty times, it is read or refused by its own name, in seconds, and a
    good file beside it is read."""
    chance = random.Random(name)
    good = tmp_path / "good.txt"
    good.write_text(REPORT, "utf-8")
    for number in range(ROUNDS):
        path = tmp_path / name
        path.write_bytes(FILES[name] if number == 0 else broken(FILES[name], chance))
        errors: list[InputError] = []
        begun = time.process_time()
        found = list(read_pages([str(path), str(good)], Given(), errors.append))
        assert time.process_time() - begun < 5, number
        assert found and found[-1].key == str(good), number
        assert not [error for error in errors if "fault" in error.reason], (number, errors)
        for page in found:
            page.content.encode("utf-8", "surrogatepass")

"""Files made for the tests, and how they are read."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from tollbook.errors import InputError
from tollbook.inputs import Given, read_pages
from tollbook.records import Page

NOTHING = Given()
WORDS = "Two dockers were killed in a rocket attack on the harbour of Haven Bay on Tuesday, the port authority said."


def read(*paths: object, given: Given = NOTHING) -> tuple[list[Page], list[InputError]]:
    """Pages and errors."""
    errors: list[InputError] = []
    return list(read_pages([str(path) for path in paths], given, errors.append)), errors


def pages(*paths: object, given: Given = NOTHING) -> list[Page]:
    """Pages, where nothing may be refused."""
    found, errors = read(*paths, given=given)
    assert errors == []
    return found


def refused(path: object, given: Given = NOTHING) -> str:
    """The reason why a file without any page is refused."""
    found, errors = read(path, given=given)
    assert found == []
    (error,) = errors
    return str(error)


def pdf(*texts: str, packed: bytes | None = None) -> bytes:
    """A PDF of one page a text; lines are kept. ``packed`` stands for the contents of the last page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for n, text in enumerate(texts):
        shown = " ".join(f"({line}) Tj 0 -14 Td" for line in text.split("\n"))
        content = zlib.compress(f"BT /F1 11 Tf 40 800 Td {shown} ET".encode("latin-1"))
        if packed is not None and n == len(texts) - 1:
            content = packed
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            b"/Contents %d 0 R >>" % (len(objects) + 2)
        )
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(content), content))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % k for k in kids))
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def docx(*paragraphs: str, table: tuple[str, ...] = ()) -> bytes:
    """A DOCX of paragraphs and then a table of one row."""
    import docx as library

    document = library.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        row = document.add_table(1, len(table)).rows[0]
        for cell, words in zip(row.cells, table, strict=True):
            cell.text = words
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(archive: bytes, name: str, content: bytes) -> bytes:
    """An office document with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for part in before.infolist():
            if part.filename != name:
                after.writestr(part, before.read(part))
        after.writestr(name, content)
    return out.getvalue()


def saved(folder: Path, name: str, content: bytes | str) -> Path:
    """A file."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path

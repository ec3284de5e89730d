"""One page from the bytes of one file, whatever it is: text, HTML, PDF or DOCX."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from tollbook.errors import InputError, naming
from tollbook.inputs.decoding import decode_text, not_text, sniff_media
from tollbook.inputs.record import Given, make_page
from tollbook.records import Media, Page

LARGEST = 10_000_000  # bytes of a page of text or HTML: an article has thousands, a saved page some million
LARGEST_FILE = 100_000_000  # of a file that holds pictures too: PDF, DOCX, a mail with attachments

HTML = (".html", ".htm", ".xhtml")
TEXT = (".txt", ".text", ".md")
PDF = (".pdf",)
DOCX = (".docx",)

Kind = Literal["html", "pdf", "docx"]


def kind_of(name: str) -> Kind | None:
    """What a file is by its name; ``None``: text or HTML, by how it begins.

    >>> kind_of("Report.PDF"), kind_of("saved.htm"), kind_of("notes.txt")
    ('pdf', 'html', None)
    """
    lower = name.lower()
    return (
        "html" if lower.endswith(HTML) else "pdf" if lower.endswith(PDF) else "docx" if lower.endswith(DOCX) else None
    )


def too_large(size: int, largest: int = LARGEST, unit: str = "page") -> str:
    """Why so many bytes are refused."""
    return f"too large ({size / 1e6:.0f} MB; the limit is {largest // 1_000_000} MB a {unit})"


def page_of(
    key: str, raw: bytes, given: Given, *, kind: Kind | None = None, record: Mapping[str, Any] | None = None,
    charset: str | None = None,
) -> Page:  # fmt: skip
    """The page of a file's bytes. ``record``: what is said of it beside it; ``charset``: what its sender says it is in.

    Raises ``InputError`` for what holds no text, and for what needs an extra that is not installed.
    """
    content, media = body_of(key, raw, kind, charset)
    with naming(key):
        return make_page(key, (raw, content, media), record or {}, given)


def body_of(key: str, raw: bytes, kind: Kind | None, charset: str | None = None) -> tuple[str, Media]:
    """The text or HTML in a file's bytes."""
    with naming(key):
        if kind == "pdf":
            from tollbook.inputs.pdf import pdf_text

            return _filled(key, pdf_text(key, raw)), "text"
        if kind == "docx":
            from tollbook.inputs.docx import docx_text

            return _filled(key, docx_text(key, raw)), "text"
        if len(raw) > LARGEST:
            raise InputError(key, too_large(len(raw)))
        other = not_text(raw)
        if other:
            raise InputError(key, f"{other}, not text")
        content = decode_text(raw, charset)
        if content is None:
            raise InputError(key, "not text (a binary file, or an unknown encoding)")
        return _filled(key, content), "html" if kind == "html" else sniff_media(content)


def _filled(key: str, content: str) -> str:
    if not content.strip():
        raise InputError(key, "empty")
    return content

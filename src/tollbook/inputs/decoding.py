"""Bytes as text: encodings, and what is no text at all."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from tollbook.records import Media

_SAMPLE = 200_000  # bytes that an encoding is guessed from
_FEW = 0.05  # share of bytes above 127 below which Western European is likelier than anything that is guessed
_CONTROLS = bytes(set(range(32)) - {8, 9, 10, 11, 12, 13, 26, 27})
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"), (b"\xff\xd8\xff", "a JPEG image"), (b"GIF8", "a GIF image"),
    (b"BM", "a BMP image"), (b"II*\0", "a TIFF image"), (b"MM\0*", "a TIFF image"), (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an office document"), (b"Rar!", "a RAR archive"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"\x7fELF", "a program"), (b"MZ", "a program"),
    (b"ID3", "a sound file"), (b"OggS", "a sound file"), (b"SQLite format 3\0", "a database"),
)  # fmt: skip
_HTML = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_COMMENT = re.compile(r"\s*<!--.{0,2000}?-->", re.DOTALL)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)


def not_text(raw: bytes) -> str | None:
    """What some bytes are if they are no text, in words for the reader; ``None`` if they may be text.

    >>> not_text(b"\\x89PNG\\r\\n\\x1a\\n....."), not_text("Zwölf Tote".encode("latin-1"))
    ('a PNG image', None)
    """
    for magic, name in _MAGIC:
        # Two letters may begin a text ("BM", "MZ"): only with a NUL near by are they an image or a program.
        if raw.startswith(magic) and (len(magic) > 3 or b"\0" in raw[:64] or magic[0] > 127 or magic[0] < 32):
            return name
    if raw[4:8] == b"ftyp":
        return "a video"
    if raw[:4] == b"RIFF":
        return "an image, a sound or a video"
    return None


def decode_text(raw: bytes, charset: str | None = None) -> str | None:
    """The text of some bytes: UTF-8 or UTF-16 and -32 by their marks, UTF-8, UTF-16 by its NULs, the ``charset`` that
    came with them, the one that HTML declares, else a guess. ``None`` for bytes that are no text.

    >>> decode_text(b"caf\\xe9"), decode_text("\\ufefften".encode("utf-16-le")), decode_text(bytes(range(32)))
    ('café', 'ten', None)
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _try(raw, encoding)
    nuls = raw[:4096].count(0)
    if not nuls:
        found = _try(raw, "utf-8")
        if found is not None:
            return found if not _is_binary(raw) else None
        return _guess(raw, charset)
    half = min(len(raw), 4096) // 2
    if nuls >= 0.3 * half:
        even, odd = raw[:4096:2].count(0), raw[1:4096:2].count(0)
        text = _try(raw, "utf-16-le" if odd > even else "utf-16-be") if min(even, odd) * 10 < max(even, odd) else None
        return text
    text = _try(raw, "utf-8")  # a stray NUL in a text
    return text if text is not None and nuls <= len(raw[:4096]) // 200 and not _is_binary(raw) else None


def sniff_media(content: str) -> Media:
    """Whether a text is HTML, by how it begins.

    >>> sniff_media("\\n<!DOCTYPE html><html>"), sniff_media("<2 dead")
    ('html', 'text')
    """
    start = content[:5000]
    while comment := _COMMENT.match(start):  # "saved from url" stands above the page
        start = start[comment.end() :]
    return "html" if _HTML.match(start) else "text"


def _is_binary(raw: bytes) -> bool:
    sample = raw[:4096]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > len(sample) // 50


def _guess(raw: bytes, charset: str | None) -> str | None:
    if _is_binary(raw):
        return None
    declared = _DECLARED.search(raw[:4096])
    for encoding in (charset, (declared[1] or declared[2]).decode("ascii") if declared else None):
        text = _try(raw, encoding) if encoding else None
        if text is not None:
            return text
    sample = raw[:_SAMPLE]
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    if high <= _FEW * len(sample) or high < 4:
        western = _try(raw, "cp1252")
        if western is not None:
            return western
    best = from_bytes(sample).best()
    return raw.decode(best.encoding, "replace") if best else None


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError, UnicodeError):
        return None

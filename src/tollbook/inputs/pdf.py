"""The text of a PDF, page by page. Extra ``pdf``.

A PDF says where letters stand, not what a paragraph is: lines are given as they stand, and cleaning joins what was
wrapped. Scanned pages have no text; nothing is guessed from pictures. Nothing in a PDF is run.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tollbook.errors import InputError, MissingExtra
from tollbook.inputs.bodies import LARGEST, LARGEST_FILE, too_large

if TYPE_CHECKING:
    from pypdf import PdfReader

_PAGES = 2_000
# A page of text is thousands of bytes; drawings can take millions. What inflates to more is refused.
_STREAM = 20_000_000
_WORK = 500_000


def pdf_text(key: str, raw: bytes) -> str:
    """The text, a blank line between pages. Raises ``InputError`` for what is damaged, locked, too long or has none."""
    try:
        from pypdf import PdfReader, apply_configuration
        from pypdf.errors import DependencyError, PyPdfError
    except ImportError as error:
        raise InputError(key, str(MissingExtra("reading PDF", "pdf"))) from error
    if len(raw) > LARGEST_FILE:
        raise InputError(key, too_large(len(raw), LARGEST_FILE, "PDF"))
    if b"%PDF-" not in raw[:1024]:
        raise InputError(key, "damaged, or no PDF")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains of every second PDF, without naming it
    limits: dict[str, Any] = {
        "array_based_stream_maximum_output_length": _STREAM,
        "lzw_maximum_output_length": _STREAM,
        "run_length_maximum_output_length": _STREAM,
        "zlib_maximum_output_length": _STREAM,
        "stream_parsing_work_maximum_count": _WORK,
        "jbig2dec_binary": None,  # no program is started
        "disable_legacy_handling": True,
    }
    try:
        with apply_configuration(**limits):
            reader = PdfReader(io.BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(key, "locked with a password")
            text = "\n\n".join(_pages(key, reader))
    except DependencyError as error:
        raise InputError(key, f"locked in a way that needs more: {error}") from error
    except (  # beside its own errors, what the library raises where a file is broken
        PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        NotImplementedError,
        TypeError,
        ValueError,
    ) as error:
        raise InputError(key, f"damaged, or no PDF ({' '.join(str(error).split())[:80]})") from error
    if not text.strip():
        raise InputError(key, "no text in it (scanned pages are pictures; make them readable with OCR first)")
    return text


def _pages(key: str, reader: PdfReader) -> Iterator[str]:
    size = 0
    for number, page in enumerate(reader.pages, 1):
        if number > _PAGES:
            raise InputError(key, f"more than {_PAGES:,} pages")
        text = page.extract_text().strip()
        size += len(text)
        if size > LARGEST:
            raise InputError(key, f"page {number}: more text than {LARGEST // 1_000_000} MB")
        if text:
            yield text

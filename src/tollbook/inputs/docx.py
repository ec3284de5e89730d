"""The text of a DOCX: its paragraphs and tables in their order. Extra ``docx``.

Headers, footers, comments and what was deleted while changes were tracked are left out.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tollbook.errors import InputError, MissingExtra
from tollbook.inputs.office import BROKEN, check_office

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

_DEEPEST = 5  # tables in tables


def docx_text(key: str, raw: bytes) -> str:
    """Paragraphs, a blank line between them; the cells of a table are paragraphs, row by row. Raises ``InputError``."""
    try:
        import docx
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise InputError(key, str(MissingExtra("reading DOCX", "docx"))) from error
    stream = io.BytesIO(raw)
    check_office(key, stream, "DOCX")
    try:
        document = docx.Document(stream)
    except (OpcError, KeyError, SyntaxError, *BROKEN) as error:  # lxml's errors are syntax errors
        raise InputError(key, f"damaged, or no DOCX ({' '.join(str(error).split())[:80]})") from error
    return "\n\n".join(_paragraphs(document, 0))


def _paragraphs(holder: Document | _Cell, depth: int) -> Iterator[str]:
    from docx.table import Table

    for item in holder.iter_inner_content():
        if isinstance(item, Table):
            yield from _cells(item, depth)
        elif item.text.strip():
            yield item.text


def _cells(table: Table, depth: int) -> Iterator[str]:
    if depth >= _DEEPEST:
        return
    for row in table.rows:
        last = None
        for cell in row.cells:
            if cell._tc is last:  # a merged cell is given once for each column that it covers
                continue
            last = cell._tc
            yield from _paragraphs(cell, depth + 1)

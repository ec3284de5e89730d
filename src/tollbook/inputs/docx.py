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
        from docx.exceptions import PythonDocxError
        from docx.opc.exceptions import OpcError
    except ImportError as error:
        raise InputError(key, str(MissingExtra("reading DOCX", "docx"))) from error
    stream = io.BytesIO(raw)
    check_office(key, stream, "DOCX")
    try:
        return "\n\n".join(_paragraphs(docx.Document(stream), 0))
    # lxml's errors are syntax errors; a part that lacks what each has is an attribute of nothing.
    except (OpcError, PythonDocxError, KeyError, AttributeError, TypeError, SyntaxError, *BROKEN) as error:
        raise InputError(key, f"damaged, or no DOCX ({' '.join(str(error).split())[:80]})") from error


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
    from docx.table import _Cell

    for row in table._tbl.tr_lst:
        for cell in row.tc_lst:  # the library's own list of cells has one for each column that a cell says it covers
            if cell.vMerge != "continue":  # what a merged cell says stands in the first of its rows
                yield from _paragraphs(_Cell(cell, table), depth + 1)

"""Excel: the same rows as CSV, every text a text. Written as it streams; no library holds the sheet in memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from tollbook.errors import UsageError
from tollbook.exports.columns import Cell
from tollbook.exports.contract import Material, Wants, Written
from tollbook.exports.csv import header, rows
from tollbook.exports.writing import Sidecar

NAME = "xlsx"
SUFFIX = ".xlsx"
MEANING = "the same as csv, for Excel and LibreOffice"

ROWS = 1_048_575  # under the headings, by the format
_LONGEST = 32_767  # characters of a cell
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # "_x0041_" in a text would be read as a character

_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView '
    'workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
    "</sheetViews><sheetData>"
)


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes the workbook, and beside it what columns cannot hold. Raises ``UsageError`` above Excel's limit."""
    with Sidecar(out) as sidecar:
        written = workbook(out, wants.rows, header(wants), _fitting(rows(material, wants, sidecar), sidecar))
    return Written(written)


def workbook(out: Path, name: str, headings: Iterable[str], lines: Iterable[tuple[Cell, ...]]) -> int:
    """One sheet with these headings and rows; returns how many rows there were."""
    written = 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path, xml in _PARTS.items():
            archive.writestr(_member(path), _HEAD + xml.replace("{name}", name))
        with archive.open(_member("xl/worksheets/sheet1.xml"), "w", force_zip64=True) as sheet:
            sheet.write((_HEAD + _OPEN + _row(tuple(headings))).encode())
            for cells in lines:
                written += 1
                if written > ROWS:
                    raise UsageError(f"a sheet holds {ROWS:,} rows: choose fewer, or export csv or parquet")
                sheet.write(_row(cells).encode())
            sheet.write(b"</sheetData></worksheet>")
    return written


def _member(path: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))  # no clock: the same rows give the same bytes
    member.compress_type = zipfile.ZIP_DEFLATED
    return member


def _row(cells: tuple[Cell, ...]) -> str:
    return "<row>" + "".join(map(_cell, cells)) + "</row>"


def _cell(value: Cell) -> str:
    """Texts are inline texts, which no program evaluates; a formula would be another element."""
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        words = escape(_ESCAPE.sub("_x005F_", _FORBIDDEN.sub("\ufffd", value[:_LONGEST])))
        return f'<c t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def _fitting(lines: Iterable[tuple[Cell, ...]], sidecar: Sidecar) -> Iterator[tuple[Cell, ...]]:
    """Cells that Excel cuts off or cannot hold are kept whole in the sidecar."""
    for cells in lines:
        for value in cells:
            if isinstance(value, str) and (len(value) > _LONGEST or _FORBIDDEN.search(value)):
                sidecar.put(str(cells[0]), cell=value)
        yield cells

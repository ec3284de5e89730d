"""Exports: the formats that the field uses, one module each. ``docs/exports.md`` says what is in them.

>>> from tollbook.exports import names
>>> names()[:3]
('csv', 'xlsx', 'jsonl')
"""

from tollbook.exports.contract import Exporter, ExportFilter, Material, Wants, Written
from tollbook.exports.registry import Exported, export, exporter, names

__all__ = ["Exported", "Exporter", "ExportFilter", "Material", "Wants", "Written", "export", "exporter", "names"]

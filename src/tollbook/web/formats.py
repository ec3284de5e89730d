"""One list, four formats: JSON, JSON lines, CSV and GeoJSON, streaming."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tollbook.exports.csv import escaped

Row = Mapping[str, Any]
SUFFIXES = ("json", "jsonl", "csv", "geojson")
MEDIA: Mapping[str, str] = {
    "json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
}  # fmt: skip
# How far from its coordinates something "in" a place of this precision may have happened, in metres.
METRES: Mapping[str, int] = {
    "exact": 500, "neighbourhood": 3_000, "town": 5_000, "city": 15_000, "near": 25_000, "district": 40_000,
    "admin1": 150_000, "country": 500_000, "region": 1_000_000,
}  # fmt: skip


def stream(suffix: str, rows: Iterable[Row], nest: Callable[[Row], Row], names: Sequence[str]) -> Iterator[bytes]:
    """The rows in a format; ``nest`` makes the public JSON of one, the other formats stay flat.

    ``names``: the columns of a table, which stand there even where there is no row.
    """
    if suffix == "jsonl":
        return (_json(nest(row)) + b"\n" for row in rows)
    if suffix == "json":
        return _array((_json(nest(row)) for row in rows), b"[", b"]\n")
    if suffix == "geojson":
        features = (_json(_feature(row)) for row in rows)
        return _array(features, b'{"type":"FeatureCollection","features":[', b"]}\n")
    return _csv(rows, names)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _array(parts: Iterable[bytes], before: bytes, after: bytes) -> Iterator[bytes]:
    yield before
    for number, part in enumerate(parts):
        yield (b"\n" if number == 0 else b",\n") + part
    yield b"\n" + after


def _feature(row: Row) -> Row:
    lat, lon = row.get("lat"), row.get("lon")
    point = {"type": "Point", "coordinates": [lon, lat]} if lat is not None and lon is not None else None
    flat = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    return {
        "type": "Feature", "id": row["id"], "geometry": point,
        "properties": {**flat, "precision_m": METRES.get(str(row.get("precision")))},
    }  # fmt: skip


def _csv(rows: Iterable[Row], names: Sequence[str]) -> Iterator[bytes]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(names)
    for row in rows:
        writer.writerow([cell(row[name]) for name in names])
        if buffer.tell() > 32_000:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


def cell(value: Any) -> Any:
    """A value as a cell that no spreadsheet takes for a formula.

    >>> cell("=1+1"), cell("＝1+1"), cell(-3), cell(None)
    ("'=1+1", "'＝1+1", -3, '')
    """
    return "" if value is None else escaped(value)

"""Writing files: whole or not at all, with a sidecar for what a format cannot hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

import orjson

from tollbook.exports.contract import ClaimRow, Json


def dumps(value: Any) -> str:
    """Compact JSON. Lone surrogates, which no UTF-8 holds, are escaped.

    >>> dumps({"text": "Ḥalab \\ud800"}), dumps({"text": "Ḥalab"})
    ('{"text":"\\\\u1e24alab \\\\ud800"}', '{"text":"Ḥalab"}')
    """
    try:
        return orjson.dumps(value).decode()
    except TypeError:  # a lone surrogate, an integer of more than 64 bits
        words = _ENCODER.encode(value)
        try:
            words.encode()
        except UnicodeEncodeError:
            return json.dumps(value, separators=(",", ":"))
        return words


def line(value: Any) -> str:
    """JSON on one line."""
    return dumps(value) + "\n"


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def clean(text: str) -> str:
    """Text that every file can hold: lone surrogates become U+FFFD."""
    return text.encode("utf-8", "replace").decode()


class Sidecar:
    """``OUT.lossy.jsonl``: a line for each row of which something did not fit. No line, no file. OUT with its suffix:
    ``out.csv`` and ``out.geojson`` have one each."""

    def __init__(self, out: Path) -> None:
        self.path = out.with_name(out.name + ".lossy.jsonl")
        self._file: TextIO | None = None
        self.lines = 0

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes the file."""
        if self._file is not None:
            self._file.close()

    def put(self, row: str, **values: Any) -> None:
        """Says what of a row did not fit; empty values are left out."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8", newline="\n")
        self._file.write(line({"row": row, **{name: value for name, value in values.items() if value}}))
        self.lines += 1


_SPANS = ("count", "victims", "event", "date", "said", "place")


def beyond_columns(row: ClaimRow) -> dict[str, Any]:
    """What the columns of a table do not show of a claim: where its words stand, the links of its chain, its
    versions."""
    claim = row.json
    spans = {name: [claim[name]["start"], claim[name]["end"]] for name in _SPANS if claim[name] is not None}
    if claim["quote"] is not None:
        spans["quote"] = [claim["quote"]["start"], claim["quote"]["end"]]
    return {
        "spans": spans,
        "blamed": claim["blamed"],
        "attribution": claim["attribution"],
        "said": claim["said"],
        "made_by": claim["made_by"],
        "more": _more(claim),
        "as_read": changed_fields(row),
    }


def whole(row: ClaimRow) -> dict[str, Any]:
    """A claim as it is, for formats that hold little of it: its public JSON, and what the machine had read of it."""
    return {"claim": row.json, "as_read": changed_fields(row)}


_MORE = {
    "victims": ("status_basis",),
    "date": ("anchored_to",),
    "document": ("outlet_from", "published_from", "captured", "translation_of"),
}


def _more(claim: Json) -> dict[str, Any]:
    """The values of a claim that have no column: on what grounds others were read, and what kind of record it is."""
    found = {
        name: known
        for name, keys in _MORE.items()
        if claim[name] and (known := {key: claim[name][key] for key in keys if claim[name][key] is not None})
    }
    return {"schema": claim["schema"], **found}


def changed_fields(row: ClaimRow) -> dict[str, Any]:
    """What the machine had read in the fields that people corrected."""
    if row.json is row.as_read:
        return {}
    before: Mapping[str, Any] = row.as_read
    return {name: before[name] for name in before if before[name] != row.json.get(name) and name != "document"}

"""What a format cannot hold stands beside it: no value of a claim, an incident or a document is dropped silently."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import openpyxl
import pyarrow.parquet as pq
import pytest

from tests.exports.conftest import Export
from tests.exports.made import courier
from tests.exports.test_lossless import lines_of
from tollbook.exports import exporter
from tollbook.exports.contract import ClaimRow, Material, Stored, Wants
from tollbook.ledger import Ledger
from tollbook.records import claim_json

# Of these the formats make codes, days and names: any word would not do.
_WORDS = ("harm", "kind", "id", "published", "language", "country")
_PATHS = ("date.from", "date.to", "date.precision", "said.from", "said.to", "place.precision", "stance", "scope")


class OneClaim:
    """Material of one claim, each value of which is found nowhere else; ``marks``: the value at each path."""

    def __init__(self) -> None:
        _, _, (claim, *_) = courier()
        said = {"text": "", "start": 0, "end": 0, "from": "2031-05-04", "to": "2031-05-04", "precision": "day"}
        made = claim_json(claim) | {"said": said | {"anchored_to": "text"}, "relation": {"type": "", "claim": ""}}
        made["document"] |= dict.fromkeys(("url", "archive_url", "captured", "translation_of", "title", "outlet"), "")
        made["victims"] |= {"groups": [""], "nationality": ""}
        self.marks: dict[str, str] = {}
        self.claim = self._marked(made, ())

    def _marked(self, value: Any, path: tuple[str, ...]) -> Any:
        if isinstance(value, dict):
            return {key: self._marked(one, (*path, key)) for key, one in value.items()}
        if isinstance(value, list):
            return [self._marked(one, (*path, str(n))) for n, one in enumerate(value)]
        where, last = ".".join(path), path[-1]
        if last in _WORDS or where in _PATHS:
            return value
        number = 7_000_001 + 3 * len(self.marks)
        made: Any = f"https://mark{number}/" if last in ("url", "archive_url") else f"mark{number}x"
        if last in ("start", "end", "low", "high"):
            made = number
        elif last in ("lat", "lon", "score"):
            made = number / 1e7
        self.marks[where] = str(made)
        return made

    def claims(self, *, rejected: bool = False) -> Iterator[ClaimRow]:
        yield ClaimRow(self.claim["id"], 1, None, False, "i-00000000000000aa", self.claim, self.claim)

    def documents(self) -> Iterator[Stored]:
        yield Stored(self.claim["document"]["id"], 1, "read", self.claim["document"], False)

    def incidents(self) -> Iterator[Any]:
        return iter(())

    judgements = incidents


def text_of(path: Path) -> str:
    """Everything that a file holds, as text."""
    if path.suffix == ".xlsx":
        return str([[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].rows])
    if path.suffix == ".parquet":
        return json.dumps(pq.read_table(path).to_pylist(), default=str)
    if path.suffix == ".db":
        with closing(sqlite3.connect(path)) as database:
            return "\n".join(database.iterdump())
    return path.read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["csv", "xlsx", "jsonl", "parquet", "geojson", "jsonld", "ftm", "sqlite", "claimreview"]
)
def test_every_value_of_a_claim(name: str, tmp_path: Path) -> None:
    """Each value stands in the file or in one beside it."""
    material = OneClaim()
    exporter(name).write(cast(Material, material), tmp_path / f"out{exporter(name).SUFFIX}", Wants())
    text = "".join(text_of(path) for path in sorted(tmp_path.iterdir()))
    assert [path for path, value in material.marks.items() if value not in text] == []


def test_a_database_keeps_incidents_and_documents_whole(export: Export, ledger: Ledger) -> None:
    """What tables do not show of an incident stands beside them; a document says where its day comes from."""
    out = export("sqlite")
    beside = {line["row"]: line["incident"] for line in lines_of(out.with_name("sqlite.db.lossy.jsonl"))}
    assert beside == {line["id"]: line for line in lines_of(export("jsonl", rows="incidents"))}
    with closing(sqlite3.connect(out)) as database:
        told = dict(database.execute("SELECT id, published_from FROM documents"))
    assert told == {one.id: ledger.document(one.id).source.published_from for one in ledger.documents()}


def test_parquet_keeps_what_the_machine_had_read(export: Export) -> None:
    """Where people corrected a claim, its first reading stands beside the file."""
    (line,) = lines_of(export("parquet").with_name("parquet.parquet.lossy.jsonl"))
    assert line["as_read"]["count"]["text"] == "7"

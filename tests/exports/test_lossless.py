"""Formats that lose nothing give back what went in: JSON lines, Parquet, FollowTheMoney."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pyarrow.parquet as pq
from followthemoney import model
from followthemoney.proxy import EntityProxy

from tests.exports.conftest import Export
from tests.exports.made import STRIKE, beacon, clashes, courier, vague
from tollbook.decode import decode_claim
from tollbook.exports.parquet import claim_json_of
from tollbook.ledger import Ledger, apply_judgements
from tollbook.records import claim_json
from tollbook.schema import json_schema
from tollbook.sharing import export_ledger


def lines_of(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_json_lines_are_the_public_json(export: Export, ledger: Ledger) -> None:
    """Each line is valid by the schema, and is the claim as it was read, corrected or not; nothing is missing."""
    lines = lines_of(export("jsonl", names=True, inferred=True))
    schema = json_schema("claim")
    for line in lines:
        jsonschema.validate(line, schema)
        assert claim_json(decode_claim(line)) == line
    assert lines == [claim.json for claim in ledger.claims()]


def test_judgements_beside_the_claims_can_be_applied(export: Export, tmp_path: Path) -> None:
    """What was exported makes the same reviews in another ledger that has read the same documents."""
    out = export("jsonl", names=True, reviewers=True)
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        for doc, raw, claims in (courier(), beacon(), clashes(), vague()):
            other.add_document(doc, claims, raw)
        beside = out.with_name("jsonl.judgements.jsonl").read_text("utf-8").splitlines()
        outcomes = [done.outcome for done in apply_judgements(other, beside)]
        assert outcomes[:3] == ["applied"] * 3  # those on incidents wait for a linker
        assert {claim.review for claim in other.claims()} == {"accepted", "corrected", "rejected", None}


def test_incidents_are_what_the_program_prints(export: Export) -> None:
    """The keys of cli.md, with what people said."""
    incidents = {line["id"]: line for line in lines_of(export("jsonl", rows="incidents"))}
    strike = incidents[STRIKE]
    assert strike["killed"] == {"low": 9, "high": 12}
    assert strike["origins"] == {"low": 2, "high": 2}
    assert (strike["status"], strike["grade"]) == ("confirmed", "fair")
    assert strike["date"] == {"from": "2031-05-03", "to": "2031-05-03", "precision": "day"}
    assert [one["field"] for one in strike["contradictions"]] == []  # type: ignore[attr-defined]


def test_parquet_gives_every_claim_back(export: Export, ledger: Ledger) -> None:
    """pyarrow reads the file, and from a row the claim's own JSON can be made again, to the last null."""
    table = pq.read_table(export("parquet", names=True, inferred=True))
    rows = table.to_pylist()
    judged = {row["id"]: row for row in rows}
    fixed = next(claim.id for claim in ledger.claims() if claim.review == "corrected")
    for claim in ledger.claims():
        if claim.id != fixed:
            assert claim_json_of(judged[claim.id]) == claim.json
    assert judged[fixed]["count"]["low"] == 8
    assert str(table.schema.field("count").type) == "struct<low: int64, high: int64, qualifier: string>"
    assert str(table.schema.field("date").type.field("from").type) == "date32[day]"


def test_duckdb_reads_it(export: Export) -> None:
    """SQL over the structure, without any preparation."""
    out = export("parquet")
    found = duckdb.sql(f"SELECT sum(count.low) FROM '{out}' WHERE harm = 'killed' AND review IS NULL").fetchall()
    assert found == [(9 + 3 + 1 + 10,)]
    assert duckdb.sql(f"SELECT count(*) FROM '{export('parquet', rows='incidents')}'").fetchall() == [(3,)]


def test_followthemoney_drops_nothing(export: Export) -> None:
    """The library leaves out values that it takes for wrong without a word: what it reads is what was written."""
    written = lines_of(export("ftm"))
    schemata = set()
    for line in written:
        proxy = EntityProxy.from_dict(line, cleaned=False)
        proxy.schema.validate(line)
        kept = {name: sorted(proxy.get(name)) for name in line["properties"]}  # type: ignore[attr-defined]
        assert kept == {name: sorted(values) for name, values in line["properties"].items()}, line["id"]  # type: ignore[attr-defined]
        assert model.get(proxy.schema.name) is not None
        schemata.add(proxy.schema.name)
    assert schemata == {"Article", "Event", "Address", "Documentation", "Organization", "PublicBody"}
    known = {line["id"] for line in written}
    points = [value for line in written for name in ("document", "entity", "involved", "addressEntity", "proof")
              for value in line["properties"].get(name, ())]  # type: ignore[attr-defined]  # fmt: skip
    assert points and set(points) <= known


def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger, tmp_path: Path) -> None:
    """No clock and no chance in the files of any format."""
    from tollbook.exports import exporter, names

    for name in names():
        if name in ("sqlite", "parquet"):  # their files hold the version of their library
            continue
        digests = []
        for n in (1, 2):
            folder = tmp_path / f"{name}{n}"
            folder.mkdir()
            done = export_ledger(ledger, name, folder / f"out{exporter(name).SUFFIX}")
            digests.append({path.name: sum_ for path, sum_ in done.files.items() if "about" not in path.name})
        if name != "pack":  # the log has grown by the export itself
            assert digests[0] == digests[1], name

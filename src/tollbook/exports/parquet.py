"""Parquet: one row a claim with its structure: counts as structs, evidence as a list of structs, days as dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tollbook.errors import MissingExtra
from tollbook.exports.contract import ClaimRow, Material, Wants, Written
from tollbook.exports.jsonl import incident_json
from tollbook.exports.writing import Sidecar, changed_fields, dumps
from tollbook.incidents.figures import HARMS

if TYPE_CHECKING:
    import pyarrow as pa

NAME = "parquet"
SUFFIX = ".parquet"
MEANING = "claims (or incidents) with their structure, for DuckDB, pandas, polars and Spark"

BATCH = 5_000
_SLOTS = ("quote", "count", "victims", "event", "date", "said", "place")


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes in batches, so that memory stays small."""
    try:
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingExtra("Parquet", "parquet") from None
    written = 0
    schema = schema_of(wants.rows)
    with pq.ParquetWriter(out, schema, compression="zstd") as writer, Sidecar(out) as sidecar:
        for batch in batches(material, wants.rows, sidecar):
            writer.write_batch(batch)
            written += batch.num_rows
    return Written(written)


def batches(material: Material, rows: str, sidecar: Sidecar | None = None) -> Iterator[pa.RecordBatch]:
    """Claims or incidents as Arrow record batches; into ``sidecar`` goes what the machine had read where people
    corrected it."""
    import pyarrow as pa

    lines = claim_structs(material, sidecar) if rows == "claims" else incident_structs(material)
    schema = schema_of(rows)
    while some := list(islice(lines, BATCH)):
        yield pa.RecordBatch.from_pylist(some, schema=schema)


def claim_structs(material: Material, sidecar: Sidecar | None = None) -> Iterator[dict[str, Any]]:
    """Claims in the shape of :func:`schema_of`."""
    for claim in material.claims(rejected=True):
        before = changed_fields(claim) if sidecar is not None else {}
        if before and sidecar is not None:
            sidecar.put(claim.id, as_read=before)
        yield claim_struct(claim)


def incident_structs(material: Material) -> Iterator[dict[str, Any]]:
    """Incidents in the shape of :func:`schema_of`."""
    return (incident_struct(incident_json(incident)) for incident in material.incidents())


def schema_of(rows: str) -> pa.Schema:
    """The columns with their types. A claim's own JSON can be made again from them: nothing is lost."""
    import pyarrow as pa

    text, number, day = pa.string(), pa.int64(), pa.date32()
    bounds = pa.struct([("low", number), ("high", number)])
    place = [
        ("text", text), ("start", number), ("end", number), ("name", text), ("country", text), ("admin1", text),
        ("lat", pa.float64()), ("lon", pa.float64()), ("precision", text), ("gazetteer_id", text),
    ]  # fmt: skip
    if rows == "incidents":
        fine = [field for field in place if field[0] not in ("text", "start", "end")]
        return pa.schema([
            ("id", text), ("revision", number), ("status", text), ("grade", text), ("grade_note", text),
            ("title", text),
            ("sentence", text), ("event", text), *((harm, bounds) for harm in HARMS), ("date_from", day),
            ("date_to", day), ("date_precision", text), ("place", pa.struct(fine)), ("blamed", pa.list_(text)),
            ("claimants", pa.list_(text)), ("outlets", number), ("origins", bounds),
            ("documents", pa.list_(pa.struct([("key", text), ("rank", number)]))), ("claims", pa.list_(text)),
            ("rejected", pa.list_(text)), ("totals", pa.list_(text)), *((name, text) for name in _AS_JSON),
        ])  # fmt: skip
    spans = [("text", text), ("start", number), ("end", number)]
    interval = [("from", day), ("to", day), ("precision", text), ("anchored_to", text)]
    link = [("name", text), ("role", text), ("body", text), ("kind", text), ("cue", text), ("mode", text)]
    source = [
        ("key", text), ("id", text), ("sha256", text), ("raw_sha256", text), ("outlet", text), ("outlet_from", text),
        ("title", text), ("url", text), ("archive_url", text), ("language", text), ("published", day),
        ("published_from", text), ("captured", text), ("translation_of", text),
    ]  # fmt: skip
    return pa.schema([
        ("id", text), ("revision", number), ("review", text), ("incident", text), ("harm", text),
        ("count", pa.struct([*bounds, ("qualifier", text)])),
        ("victims", pa.struct([
            ("status", text), ("status_basis", text), ("groups", pa.list_(text)), ("nationality", text),
        ])),
        ("event", pa.struct([("type", text)])),
        ("date", pa.struct(interval)), ("said", pa.struct(interval)),
        ("place", pa.struct([f for f in place if f[0] not in ("text", "start", "end")])),
        ("blamed", pa.list_(pa.struct([*spans, ("name", text), ("basis", text), ("by", text)]))),
        ("attribution", pa.list_(pa.struct([*spans, *link]))),
        ("stance", text), ("scope", text), ("relation", pa.struct([("type", text), ("claim", text)])),
        ("score", pa.float64()), ("evidence", pa.list_(pa.struct([("slot", text), *spans]))),
        ("document", pa.struct(source)),
        ("made_by", pa.struct([("reader", text), ("model", text), ("lexicon", text), ("gazetteer", text)])),
        ("schema", text),
    ])  # fmt: skip


def claim_struct(row: ClaimRow) -> dict[str, Any]:
    """One claim in the shape of :func:`schema_of`: the words of its slots are gathered in ``evidence``."""
    claim = row.json
    made: dict[str, Any] = dict(claim)
    made |= {"revision": row.rev, "review": row.review, "incident": row.incident}
    made["evidence"] = [
        {"slot": slot, "text": claim[slot]["text"], "start": claim[slot]["start"], "end": claim[slot]["end"]}
        for slot in _SLOTS
        if claim[slot] is not None
    ]
    for slot in ("date", "said"):
        if claim[slot] is not None:
            made[slot] = {**claim[slot], "from": _day(claim[slot]["from"]), "to": _day(claim[slot]["to"])}
    made["document"] = {**claim["document"], "published": _day(claim["document"]["published"])}
    return made


def claim_json_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A claim's public JSON from its Parquet row; the opposite of :func:`claim_struct`."""
    evidence = {item["slot"]: {key: item[key] for key in ("text", "start", "end")} for item in row["evidence"]}
    made = {key: value for key, value in row.items() if key not in ("revision", "review", "incident", "evidence")}
    for slot in _SLOTS:
        made[slot] = {**evidence[slot], **(row.get(slot) or {})} if slot in evidence else None
    for slot in ("date", "said"):
        if made[slot] is not None:
            made[slot] = {**made[slot], "from": _iso(made[slot]["from"]), "to": _iso(made[slot]["to"])}
    made["document"] = {**row["document"], "published": _iso(row["document"]["published"])}
    return made


def incident_struct(incident: dict[str, Any]) -> dict[str, Any]:
    """One incident in the shape of :func:`schema_of`."""
    date = incident["date"] or {"from": None, "to": None, "precision": None}
    dates = {"date_from": _day(date["from"]), "date_to": _day(date["to"]), "date_precision": date["precision"]}
    deep = {name: dumps(incident[name]) for name in _AS_JSON}
    return {**incident, **incident["others"], **dates, **deep}


_AS_JSON = ("by_origin", "over_time", "contradictions")  # deep, and asked for only now and then


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _iso(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()

"""Linking on Apache Spark: the pairs are scored by Splink's Spark backend with the same model, part by part.

The claims come as JSON lines in the public JSON, or as Parquet as ``tollbook spark read`` writes them. Accounts and
keys are made on the driver (some kilobytes an account); the pairs, which are many times more, on the cluster. A part is
all pairs whose first account falls into it; it writes its own folder:

    OUTPUT/pairs/part-<n>/           the pairs of a part that are likely enough to count, with their bits
    OUTPUT/incidents/part-0.parquet  the incidents, each with its claims and its public JSON
    OUTPUT/_done/<run>-<n>           written last: what a restart skips

The clusters are made of the pairs on the driver: the incidents are those of ``tollbook incidents --claims``.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tollbook.errors import InputError, MissingExtra, TollbookError, UsageError
from tollbook.exports.parquet import claim_json_of
from tollbook.incidents import incident_row, link_reports
from tollbook.incidents.reports import reports_of_claims
from tollbook.link.bulk import FLOOR
from tollbook.link.columns import Row
from tollbook.link.likely import Likely, Pair
from tollbook.link.score import PLACES, Weights
from tollbook.link.splink_engine import settings, table_of
from tollbook.pipeline import made_by
from tollbook.spark_files import files_in, filesystem_of, names_in

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

PER_PART = 50_000  # accounts whose pairs are one part


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run: what was linked, the parts that were scored now, and how many had been before."""

    claims: int
    incidents: int
    pairs: int
    scored: int
    skipped: int


def link(
    spark: SparkSession, inputs: Sequence[str], output: str, weights: Weights | None = None, per_part: int = PER_PART
) -> Result:
    """Links the claims of the inputs into the tables below ``output``; parts that an earlier run finished are skipped.

    Raises ``UsageError`` where there is nothing to link or the output holds what is not of these claims,
    :class:`InputError` for what is no claim, ``TollbookError`` where Spark gives up.
    """
    claims = [claim for path in inputs for file, _, _ in files_in(path) for claim in _claims(file)]
    if not claims:
        raise UsageError(f"{', '.join(inputs)}: no claim in it")
    run = _fingerprint(claims, weights)
    reports = reports_of_claims(claims)
    fs, root = filesystem_of(output)
    for folder in ("pairs", "incidents", "_done"):
        fs.create_dir(f"{root}/{folder}", recursive=True)
    done = set(names_in(fs, f"{root}/_done"))
    if any(not name.startswith(run) for name in done):
        raise UsageError(
            f"{output} holds parts that were made of other claims, by another version or with other weights; "
            "name an empty folder"
        )
    told: dict[str, int] = {}

    def score(rows: Sequence[Row], keys: Mapping[str, tuple[str, ...]], used: Weights) -> Likely:
        parts = max(1, -(-len(rows) // per_part))
        left = [n for n in range(parts) if f"{run}-{n}" not in done]
        told.update(scored=len(left), skipped=parts - len(left))
        if left:
            frame = _frame(spark, rows, keys, parts)
            for n in left:
                _score(spark, frame, n, used, f"{output.rstrip('/')}/pairs/part-{n}")
                with fs.open_output_stream(f"{root}/_done/{run}-{n}") as stream:
                    stream.write(b"")
        scored = (pair for n in range(parts) for pair in _pairs(fs, f"{root}/pairs/part-{n}"))
        found = Likely.gathered((row.id for row in rows), scored)
        told["pairs"] = len(found)
        return found

    linked = link_reports(reports, weights=weights, scorer=score)
    rows = [incident_row(incident) for incident in linked.incidents]
    _write(fs, f"{root}/incidents", rows)
    return Result(len(claims), len(rows), told["pairs"], told["scored"], told["skipped"])


def _claims(path: str) -> Iterator[dict[str, Any]]:
    """The claims of one file in the public JSON."""
    import pyarrow.parquet as pq

    fs, inner = filesystem_of(path)
    if path.lower().endswith((".parquet", ".pq")):
        with fs.open_input_file(inner) as file:
            table = pq.ParquetFile(file)
            if "harm" not in table.schema_arrow.names:
                return  # the documents and failures that stand beside the claims
            for batch in table.iter_batches():
                yield from (claim_json_of(row) for row in batch.to_pylist())
        return
    with fs.open_input_stream(inner) as stream:
        for number, line in enumerate(stream.read().split(b"\n"), 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8"))
            except ValueError as error:
                raise InputError(f"{path}:{number}", f"broken JSON ({error})") from error
            if not isinstance(row, dict):
                raise InputError(f"{path}:{number}", "not a JSON object")
            yield row


def _fingerprint(claims: Sequence[Mapping[str, Any]], weights: Weights | None) -> str:
    """Whatever the result depends on, in sixteen letters."""
    known = hashlib.sha256(repr((made_by(), weights)).encode("utf-8", "replace"))
    for text in sorted(json.dumps(claim, sort_keys=True) for claim in claims):
        known.update(text.encode("utf-8", "replace"))
    return known.hexdigest()[:16]


def _frame(spark: SparkSession, rows: Sequence[Row], keys: Mapping[str, tuple[str, ...]], parts: int) -> DataFrame:
    """The rows on the cluster, each with the part that its pairs belong to."""
    import pyarrow as pa

    table = table_of(rows, keys)
    part = [int(hashlib.sha256(row.id.encode("utf-8", "replace")).hexdigest()[:8], 16) % parts for row in rows]
    frame: DataFrame = spark.createDataFrame(table.append_column("part", pa.array(part, pa.int64())))
    return frame


def _score(spark: SparkSession, frame: DataFrame, part: int, weights: Weights, path: str) -> None:
    """Scores the pairs of one part into a folder; what a run that was ended left there is overwritten."""
    try:
        from pyspark.errors import PySparkException
        from splink import Linker, SparkAPI
    except ImportError as error:
        raise MissingExtra("linking on Spark", "link,spark") from error
    logging.getLogger("splink").setLevel(logging.ERROR)
    backend: Any = SparkAPI  # has no types
    try:
        database = backend(
            spark_session=spark, break_lineage_method="persist", register_udfs_automatically=False,
            num_partitions_on_repartition=max(spark.sparkContext.defaultParallelism, 2),
        )  # fmt: skip
        model = Linker(
            database.register(frame), settings(weights, "spark", f" AND l.part = {part}"),
            log_level=logging.ERROR, validate_settings=False,
        )  # fmt: skip
        found = model.inference.predict().as_spark_dataframe()
        likely = found.selectExpr("id_l", "id_r", f"round(match_weight, {PLACES}) AS bits").where(f"bits > {FLOOR}")
        likely.write.mode("overwrite").parquet(path)
        spark.catalog.clearCache()
    except PySparkException as error:
        raise TollbookError(f"Spark gave up: {' '.join(str(error).split())[-300:]}") from error


def _pairs(fs: Any, folder: str) -> Iterator[tuple[Pair, float]]:
    """The pairs of one part, the smaller id first."""
    import pyarrow.parquet as pq

    for name in sorted(names_in(fs, folder)):
        if not name.endswith(".parquet") or name.startswith(("_", ".")):
            continue
        with fs.open_input_file(f"{folder}/{name}") as file:
            columns = pq.read_table(file).to_pydict()
        for one, other, bits in zip(columns["id_l"], columns["id_r"], columns["bits"], strict=True):
            yield (one, other) if one <= other else (other, one), bits


def _write(fs: Any, folder: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """The incidents as one table: what is asked for often as columns, everything as public JSON."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    def ends(row: Mapping[str, Any], harm: str, end: str) -> int | None:
        found: int | None = (row[harm] or {}).get(end)
        return found

    table = pa.table(
        {
            "id": pa.array([row["id"] for row in rows], pa.string()),
            "title": pa.array([row["title"] for row in rows], pa.string()),
            **{
                f"{harm}_{end}": pa.array([ends(row, harm, end) for row in rows], pa.int64())
                for harm in ("killed", "injured") for end in ("low", "high")
            },
            "claims": pa.array([row["claims"] for row in rows], pa.list_(pa.string())),
            "totals": pa.array([row["totals"] for row in rows], pa.list_(pa.string())),
            "json": pa.array([json.dumps(row, ensure_ascii=False) for row in rows], pa.string()),
        }
    )  # fmt: skip
    pq.write_table(table, f"{folder}/_draft.parquet", filesystem=fs, compression="zstd")
    fs.move(f"{folder}/_draft.parquet", f"{folder}/part-0.parquet")

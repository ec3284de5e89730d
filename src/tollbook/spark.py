"""The reader on Apache Spark: JSON lines, Parquet and web archives in, Parquet out, the same claims as on one machine.

The input is cut into *splits*: a stretch of whole lines, some row groups, or one archive. A split is one Spark task; it
reads its pages with the functions that the command ``read`` uses, inside ``mapInArrow``, and writes its own files:

    OUTPUT/claims/part-<split>.parquet      the claims, in the shape of ``tollbook export parquet``
    OUTPUT/documents/part-<split>.parquet   every document that was read, with its number of claims
    OUTPUT/failures/part-<split>.parquet    every document that could not be read, and why
    OUTPUT/_done/<split>.json               written last: what a restart skips

Files are reached through pyarrow: local paths, ``s3://``, ``gs://``, ``hdfs://``. Extra ``spark``; Java 17.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from tollbook.errors import InputError, MissingExtra, TollbookError, UsageError
from tollbook.exports.contract import ClaimRow
from tollbook.exports.parquet import claim_struct, schema_of
from tollbook.inputs import ARCHIVES, JSON_LINES, LARGEST, PARQUET, Given
from tollbook.inputs.archives import read_wacz, read_warc
from tollbook.inputs.json_lines import read_json_lines
from tollbook.inputs.tables import read_parquet
from tollbook.parallel import OnError, spread
from tollbook.pipeline import made_by, read_documents
from tollbook.records import Claim, Document, Page, claim_json, to_json
from tollbook.spark_files import files_in, filesystem_of, names_in

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import SparkSession

SPLIT = 16_000_000  # bytes of a split: some thousand articles, a minute or so
ATTEMPTS = 4  # of a task, as on a cluster
_BATCH = 2_000  # rows written at a time
_TABLES = ("claims", "documents", "failures")


@dataclass(frozen=True, slots=True)
class Split:
    """What one task reads. ``start`` and ``end`` are bytes of JSON lines or row groups of Parquet, ``first`` the number
    of the first line or row. The ``id`` names the file's version and the stretch of it."""

    id: str
    path: str
    start: int
    end: int
    first: int


@dataclass(frozen=True, slots=True)
class Order:
    """What every task has to know."""

    output: str
    given: Given
    as_is: bool


@dataclass(frozen=True, slots=True)
class Done:
    """What a split gave. ``named`` are the first few that failed, with the reasons."""

    id: str
    documents: int
    claims: int
    failures: int
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """A whole run: the splits that were read now, and how many had been before."""

    read: tuple[Done, ...]
    skipped: int


def session(master: str | None = None, settings: Sequence[tuple[str, str]] = ()) -> SparkSession:
    """A Spark session: the one that ``spark-submit`` prepared, else on ``master``, else on this machine.

    Raises ``MissingExtra``, and ``TollbookError`` where Spark does not start.
    """
    try:
        from pyspark import SparkConf
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra("reading on Spark", "spark") from error
    conf = SparkConf()
    master = master or conf.get("spark.master")
    if master is None or master == "local":
        master = f"local[{os.cpu_count() or 1}]"
    if master.startswith("local[") and "," not in master:  # else one crash of a worker would end the run
        master = f"{master[:-1]},{ATTEMPTS}]"
    if master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    conf.setMaster(master).setIfMissing("spark.app.name", "tollbook")
    conf.setIfMissing("spark.ui.enabled", "false")
    conf.setIfMissing("spark.log.level", "OFF")  # what goes wrong is said by name, here
    if master.startswith("local"):  # the JVM only hands out work: a careful compiler would take a core for minutes
        conf.setIfMissing("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    for name, value in settings:
        conf.set(name, value)
    try:
        return SparkSession.builder.config(conf=conf).getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        raise TollbookError(f"Spark does not start ({' '.join(str(error).split())[:200]}); it needs Java 17") from error


def read(
    spark: SparkSession,
    inputs: Sequence[str],
    order: Order,
    split: int = SPLIT,
    stage: Callable[..., Iterator[tuple[Document, tuple[Claim, ...]]]] = read_documents,
) -> Result:
    """Reads the inputs into the tables below ``order.output``; what an earlier run has finished is skipped.
    ``stage`` is what makes claims of pages.

    Raises ``UsageError`` where there is nothing to read, or where the output holds what is not of these inputs.
    """
    files = [file for path in inputs for file in files_in(path)]
    planned = list(_planned(spark, files, split, _fingerprint(order)))
    fs, root = filesystem_of(order.output)
    for table in (*_TABLES, "_done"):
        fs.create_dir(f"{root}/{table}", recursive=True)
    done = {name.removesuffix(".json") for name in names_in(fs, f"{root}/_done")}
    strange = done - {s.id for s in planned}
    if strange:
        raise UsageError(
            f"{order.output} holds {len(strange)} parts that were read from other files, by another version or with "
            "other options; name an empty folder"
        )
    left = [s for s in planned if s.id not in done]
    rows = (
        _mapped(spark, left, functools.partial(_read_split, order=order, stage=stage), "result string") if left else []
    )
    return Result(tuple(_done(json.loads(row)) for row in rows), len(planned) - len(left))


def _done(row: dict[str, Any]) -> Done:
    return Done(**{**row, "named": tuple(row["named"])})


def _fingerprint(order: Order) -> str:
    """Whatever else the result depends on."""
    return repr((order.given, order.as_is, made_by()))


# --- what there is to read ---------------------------------------------------------------------------------------


def _planned(
    spark: SparkSession, files: Sequence[tuple[str, int, str]], split: int, fingerprint: str
) -> Iterator[Split]:
    """The splits of all files, in order. Large files are looked through on the cluster: where their lines begin."""
    large = [path for path, size, _ in files if size > split and not path.lower().endswith(ARCHIVES)]
    cuts: dict[str, list[tuple[int, int, int]]] = {}
    if large:
        for row in _mapped(spark, large, functools.partial(_cut, split=split), "result string"):
            path, stretches = json.loads(row)
            cuts[path] = [(start, end, first) for start, end, first in stretches]
    for path, size, changed in files:
        for start, end, first in cuts.get(path, [(0, -1, 1)]):
            named = repr((path, size, changed, start, end, first, fingerprint))
            yield Split(hashlib.sha256(named.encode("utf-8", "replace")).hexdigest()[:16], path, start, end, first)


def _cut(path: str, split: int) -> Iterator[str]:
    """A file as JSON: its path and the stretches of whole lines (or row groups), each with its first line's number."""
    fs, inner = filesystem_of(path)
    stretches: list[tuple[int, int, int]] = []
    start, first = 0, 1
    if path.lower().endswith(PARQUET):
        import pyarrow.parquet as pq

        with fs.open_input_file(inner) as raw:
            meta = pq.read_metadata(raw)
        size = rows = 0
        for group in range(meta.num_row_groups):
            size += meta.row_group(group).total_byte_size
            rows += meta.row_group(group).num_rows
            if size >= split or group == meta.num_row_groups - 1:
                stretches.append((start, group + 1, first))
                start, first, size, rows = group + 1, first + rows, 0, 0
    else:
        with fs.open_input_stream(inner) as stream:
            at = number = 0
            while chunk := stream.read(min(split, 1 << 20)):
                if at + len(chunk) - start > split and (end := chunk.rfind(b"\n") + 1):
                    lines = chunk.count(b"\n", 0, end)
                    stretches.append((start, at + end, first))
                    start, first = at + end, number + lines + 1
                number += chunk.count(b"\n")
                at += len(chunk)
            if at > start:
                stretches.append((start, at, first))
    yield json.dumps([path, stretches])


# --- a task ------------------------------------------------------------------------------------------------------


def _mapped(spark: SparkSession, items: Sequence[Any], work: Any, schema: str) -> list[str]:
    """``work`` on each item, one task each; the first column of what it yields. Raises ``TollbookError``."""
    from pyspark.errors import PySparkException

    given = [item if isinstance(item, str) else asdict(item) for item in items]
    # A range is made by Spark itself. Rows handed over from Python would go through Python workers of their own, and
    # whichever worker is free takes the next task: twice as many would each load the parser.
    frame = spark.range(0, len(given), 1, len(given))
    try:
        return [row[0] for row in frame.mapInArrow(functools.partial(_each, given=given, work=work), schema).collect()]
    except PySparkException as error:
        said = " ".join(str(error).split())
        raise TollbookError(f"Spark gave up: {said[-300:]}") from error
    except Exception as error:  # of py4j, of its sockets, of pickling: no base class
        raise TollbookError(f"Spark gave up: {' '.join(str(error).split())[:300]}") from error


def _each(batches: Iterable[pa.RecordBatch], given: Sequence[Any], work: Any) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for batch in batches:
        for number in batch.column(0).to_pylist():
            for result in work(given[number]):
                yield pa.RecordBatch.from_pydict({"result": [result]})


def _read_split(item: dict[str, Any], order: Order, stage: Any) -> Iterator[str]:
    """Reads one split into its files and says what it gave, as JSON."""
    from pyspark import TaskContext

    task = TaskContext.get()
    attempt = task.attemptNumber() if task is not None else 0
    split = Split(**item)
    errors: list[InputError] = []
    pages = _pages(split, order.given, errors.append)
    # The first attempt reads in this process. Where that was ended by some page, the next one keeps the reader apart,
    # so that this page alone is lost, by name.
    readings = spread(
        functools.partial(stage, as_is=order.as_is), pages, jobs=1, on_error=errors.append, apart=attempt > 0
    )
    fs, root = filesystem_of(order.output)
    writers = {table: _Writer(fs, root, table, _draft(split, attempt)) for table in _TABLES}
    try:
        for document, claims in readings:
            writers["documents"].write([_document(document, len(claims))])
            writers["claims"].write([_row(claim) for claim in claims])
            while errors:
                writers["failures"].write([_failure(errors.pop(0), split)])
        for error in errors:
            writers["failures"].write([_failure(error, split)])
        for writer in writers.values():
            writer.close()
    except BaseException:
        for writer in writers.values():
            writer.abandon()
        raise
    for table, writer in writers.items():
        fs.move(writer.path, f"{root}/{table}/part-{split.id}.parquet")
        _sweep(fs, [f"{root}/{table}/{_draft(split, earlier)}" for earlier in range(attempt)])
    documents, found, failures = (writers[table].written for table in ("documents", "claims", "failures"))
    result = json.dumps(asdict(Done(split.id, documents, found, failures, tuple(writers["failures"].first))))
    with fs.open_output_stream(f"{root}/_done/{split.id}.json") as stream:
        stream.write(result.encode())
    yield result


def _pages(split: Split, given: Given, on_error: OnError) -> Iterator[Page]:
    """The pages of a split, as ``tollbook.inputs`` gives them for the whole file."""
    path, lower = split.path, split.path.lower()
    fs, inner = filesystem_of(path)
    whole = split.end < 0
    try:
        if lower.endswith(PARQUET):
            groups = None if whole else list(range(split.start, split.end))
            with fs.open_input_file(inner) as file:
                yield from read_parquet(path, file, given, on_error, groups, split.first)
        elif lower.endswith(JSON_LINES):
            with fs.open_input_file(inner) as file:
                file.seek(split.start)
                lines = _Lines(file, (file.size() if whole else split.end) - split.start)
                yield from read_json_lines(path, lines, given, on_error, LARGEST, split.first)
        else:
            reader = read_wacz if lower.endswith(".wacz") else read_warc
            with (
                fs.open_input_file(inner)
                if lower.endswith(".wacz")
                else fs.open_input_stream(inner, compression=None) as file
            ):
                yield from reader(path, file, given, on_error, LARGEST)
    except InputError as error:
        on_error(error)
    except OSError as error:
        on_error(InputError(path, error.strerror or "cannot be read"))


class _Lines:
    """So many bytes of a file, line by line: pyarrow's own files read lines a byte at a time."""

    def __init__(self, file: Any, left: int) -> None:
        self._file = file
        self._left = left
        self._held = b""
        self._at = 0

    def readline(self, limit: int, /) -> bytes:
        """The next line with its end, at most ``limit`` bytes of it; empty at the end."""
        while True:
            end = self._held.find(b"\n", self._at) + 1
            if end or len(self._held) - self._at >= limit or not self._left:
                end = min(end or len(self._held), self._at + limit)
                line, self._at = self._held[self._at : end], end
                return line
            more = self._file.read(min(self._left, 1 << 20))
            self._left = self._left - len(more) if more else 0
            self._held, self._at = self._held[self._at :] + more, 0


# --- what is written ---------------------------------------------------------------------------------------------


def _draft(split: Split, attempt: int) -> str:
    """A name that readers of a table pass over."""
    return f"_{split.id}-{attempt}.parquet"


def _sweep(fs: Any, paths: Sequence[str]) -> None:
    """What attempts left behind that were ended."""
    from pyarrow.fs import FileType

    for info in fs.get_file_info(list(paths)):
        if info.type == FileType.File:
            fs.delete_file(info.path)


class _Writer:
    """One file of a table, a draft until it is whole."""

    def __init__(self, fs: Any, root: str, table: str, name: str) -> None:
        import pyarrow.parquet as pq

        self.path = f"{root}/{table}/{name}"
        self.written = 0
        self.first: list[str] = []
        self._fs = fs
        self._schema = _schema(table)
        self._file = pq.ParquetWriter(self.path, self._schema, filesystem=fs, compression="zstd")
        self._rows: list[dict[str, Any]] = []

    def write(self, rows: Sequence[dict[str, Any]]) -> None:
        """Adds rows; so many are written at once."""
        self._rows += rows
        self.written += len(rows)
        if "reason" in self._schema.names and len(self.first) < 3:
            self.first += [f"{row['key']}: {row['reason']}" for row in rows]
        if len(self._rows) >= _BATCH:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        self._file.write_batch(pa.RecordBatch.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        """Writes what is left."""
        self._flush()
        self._file.close()

    def abandon(self) -> None:
        """Leaves nothing behind."""
        self._file.close()
        self._fs.delete_file(self.path)


def _schema(table: str) -> pa.Schema:
    import pyarrow as pa

    claims = schema_of("claims")
    if table == "claims":
        return claims
    if table == "documents":
        return pa.schema([*claims.field("document").type, ("claims", pa.int64())])
    return pa.schema([("key", pa.string()), ("reason", pa.string()), ("path", pa.string())])


def _row(claim: Claim) -> dict[str, Any]:
    public = claim_json(claim)
    return claim_struct(ClaimRow(claim.id, 0, None, False, None, public, public))


def _document(document: Document, claims: int) -> dict[str, Any]:
    return {**to_json(document.source), "published": document.source.published, "claims": claims}


def _failure(error: InputError, split: Split) -> dict[str, Any]:
    return {"key": error.key, "reason": error.reason, "path": split.path}

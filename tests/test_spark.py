"""The reader on a real Spark with two workers: the same claims as on one machine, whatever goes wrong in between.

Spark is started once, by these tests. Java comes from Debian's packages: as root in CI it is installed when missing,
elsewhere these tests are skipped without it and say so.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from tests.conftest import ROOT
from tests.golden import load
from tollbook import spark as engine
from tollbook.errors import InputError, UsageError
from tollbook.exports.parquet import claim_json_of
from tollbook.inputs import Given, read_pages
from tollbook.parallel import OnError
from tollbook.pipeline import read_documents
from tollbook.records import Claim, Document, Page, claim_json, to_json

GIVEN = Given(outlet="Northern Post")


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the golden reports as JSON lines, some broken, and as Parquet, and what is not to be read."""
    folder = tmp_path_factory.mktemp("inputs")
    rows = [
        {"text": report["text"], "published": report.get("published")} for report in load("open") if "text" in report
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines[3:3] = ["{broken", "", '{"text": 7}']
    lines.append(json.dumps({"id": "poison", "text": "poison"}))
    (folder / "b.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "deep").mkdir()
    (folder / "deep" / "a.jsonl").write_bytes((ROOT / "examples/one-strike-three-outlets.jsonl").read_bytes())
    (folder / "_temporary.jsonl").write_text("{", "utf-8")
    table = pa.Table.from_pylist([{"id": f"row-{n}" if n % 2 else None, **row} for n, row in enumerate(rows[:20])])
    pq.write_table(table, folder / "c.parquet", row_group_size=4)
    return folder


def fatal(pages: Iterable[Page], *, as_is: bool, on_error: OnError) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """The reader, in a process that one document ends."""
    for page in pages:
        if page.content == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        yield from read_documents([page], as_is=as_is, on_error=on_error)


def on_one_machine(folder: Path) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """Claims by id, documents by key and failures by key, as ``tollbook read`` gives them."""
    errors: list[InputError] = []
    paths = [str(path) for path in (folder / "b.jsonl", folder / "deep", folder / "c.parquet")]
    found = list(read_documents(read_pages(paths, GIVEN, errors.append), as_is=False, on_error=errors.append))
    claims = {
        claim.id + claim.document.key: json.loads(json.dumps(claim_json(claim))) for _, cs in found for claim in cs
    }
    documents = {d.source.key: {**to_json(d.source), "claims": len(cs)} for d, cs in found}
    return claims, documents, {error.key: error.reason for error in errors}


def rows(output: Path, table: str) -> list[dict[str, Any]]:
    """One of the tables, read as a whole folder."""
    found: list[dict[str, Any]] = ds.dataset(output / table, format="parquet").to_table().to_pylist()
    return found


def tables(output: Path) -> tuple[dict[str, Any], dict[str, Any], dict[str, str]]:
    """As ``on_one_machine``; no row may come twice."""
    claims = [claim_json_of(row) for row in rows(output, "claims")]
    documents = [
        {**row, "published": str(row["published"]) if row["published"] else None} for row in rows(output, "documents")
    ]
    failures = rows(output, "failures")
    by_id = {claim["id"] + claim["document"]["key"]: claim for claim in claims}
    by_key, failed = {row["key"]: row for row in documents}, {row["key"]: row["reason"] for row in failures}
    assert (len(claims), len(documents), len(failures)) == (len(by_id), len(by_key), len(failed))
    return by_id, by_key, failed


def test_the_same_claims_and_a_restart(spark: Any, inputs: Path, tmp_path: Path) -> None:
    """Every claim, document and failure is the one of one machine, though files are cut and one document ends its
    process; after a restart only what was missing is read, and the tables are the same."""
    order = engine.Order(str(tmp_path / "out"), GIVEN, False)
    result = engine.read(spark, [str(inputs)], order, 20_000, fatal)
    assert len(result.read) > 4 and result.skipped == 0
    claims, documents, failures = on_one_machine(inputs)
    del documents["poison"]
    failures["poison"] = "ended the process that read it (SIGKILL)"
    assert len(claims) > 200 and len(failures) == 3
    assert tables(tmp_path / "out") == (claims, documents, failures)

    done = sorted((tmp_path / "out" / "_done").iterdir())
    for part in done[:2]:
        part.unlink()
        (tmp_path / "out" / "claims" / f"part-{part.stem}.parquet").write_bytes(b"half")
    again = engine.read(spark, [str(inputs)], order, 20_000, fatal)
    assert {one.id for one in again.read} == {part.stem for part in done[:2]}
    assert again.skipped == len(done) - 2
    assert tables(tmp_path / "out") == (claims, documents, failures)
    with pytest.raises(UsageError, match="name an empty folder"):
        engine.read(spark, [str(inputs)], engine.Order(order.output, Given(), False), 20_000, fatal)
    left = [path.name for path in (tmp_path / "out").rglob("_*") if path.is_file()]
    assert not left, "drafts are left"


def test_a_table_that_spark_reads(spark: Any, inputs: Path, tmp_path: Path) -> None:
    """What is written is a Parquet table like any other to Spark, drafts and marks passed over."""
    order = engine.Order(str(tmp_path), GIVEN, False)
    result = engine.read(spark, [str(inputs / "deep")], order)
    frame = spark.read.parquet(str(tmp_path / "claims"))
    assert frame.count() == sum(done.claims for done in result.read) > 0
    assert frame.where("harm = 'killed' and count.low > 0").count() > 0


def test_what_cannot_be_read(spark: Any, tmp_path: Path) -> None:
    """Inputs that are not there or of no known kind are wrong use."""
    (tmp_path / "a.txt").write_text("Two killed.", "utf-8")
    for path in ("missing", "a.txt", "."):
        with pytest.raises(UsageError):
            engine.read(spark, [str(tmp_path / path)], engine.Order(str(tmp_path / "out"), GIVEN, False))

"""Linking on a real Spark with two workers: the incidents of one machine, and a restart that scores nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.link.made import claim, many, speaker
from tollbook import spark_link
from tollbook.errors import InputError, UsageError
from tollbook.incidents import incident_row, link_reports
from tollbook.incidents.reports import reports_of_claims

pytest.importorskip("splink")


def incidents(output: Path) -> list[dict[str, Any]]:
    """The public JSON in the table of incidents."""
    return [json.loads(text) for text in pq.read_table(output / "incidents" / "part-0.parquet")["json"].to_pylist()]


def test_the_same_incidents_and_a_restart(spark: Any, tmp_path: Path) -> None:
    """Every incident is the one of one machine, to the byte; after a restart only the missing part is scored."""
    rows = many(160)
    file, output = tmp_path / "claims.jsonl", tmp_path / "out"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    here = [incident_row(incident) for incident in link_reports(reports_of_claims(rows)).incidents]
    first = spark_link.link(spark, [str(file)], str(output), per_part=80)
    assert incidents(output) == json.loads(json.dumps(here))
    assert (first.claims, first.incidents, first.scored, first.skipped) == (160, len(here), 2, 0)
    (last,) = [path for path in (output / "_done").iterdir() if path.name.endswith("-1")]
    last.unlink()
    again = spark_link.link(spark, [str(file)], str(output), per_part=80)
    assert (again.scored, again.skipped, again.pairs) == (1, 1, first.pairs)
    assert incidents(output) == json.loads(json.dumps(here))
    file.write_text("".join(json.dumps(row) + "\n" for row in rows[1:]), "utf-8")
    with pytest.raises(UsageError, match="other claims"):
        spark_link.link(spark, [str(file)], str(output))


def test_what_cannot_be_linked(spark: Any, tmp_path: Path) -> None:
    """Broken lines and what is no claim are named; tables that stand beside the claims are passed over."""
    file = tmp_path / "claims.jsonl"
    file.write_text(json.dumps(claim("c-1", "a", attribution=speaker("Ministry"))) + "\n{broken\n", "utf-8")
    with pytest.raises(InputError, match=r"claims\.jsonl:2"):
        spark_link.link(spark, [str(file)], str(tmp_path / "out"))
    file.write_text('{"id": "c-1"}\n', "utf-8")
    with pytest.raises(InputError, match="no claim in the public JSON"):
        spark_link.link(spark, [str(file)], str(tmp_path / "out"))
    folder = tmp_path / "read"
    folder.mkdir()
    pq.write_table(pa.table({"key": ["a"], "reason": ["broken"]}), folder / "failures.parquet")
    with pytest.raises(UsageError, match="no claim in it"):
        spark_link.link(spark, [str(folder)], str(tmp_path / "out"))

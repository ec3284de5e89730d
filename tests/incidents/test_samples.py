"""The two reports that the project came from, linked: four incidents, one total, one origin, nothing contradicted."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tollbook import pipeline
from tollbook.incidents import Linked, incident_row, link_reports
from tollbook.incidents.reports import report_of, reports_of_claims
from tollbook.inputs import Given, read_pages
from tollbook.records import claim_json

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples lie beside the project's own checkout only")


def documents(dated: bool) -> list[dict[str, Any]]:
    """The documents, with the claims that were expected."""
    rows = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    return [{**row, "options": row["options"] if dated else {}} for row in rows if "document" in row]


def link(dated: bool) -> tuple[Linked, Linked]:
    """Both samples linked, from their texts and from their claims alone."""
    reports, claims = [], []
    for row in documents(dated):
        published = row["options"].get("published")
        given = Given(dt.date.fromisoformat(published) if published else None, row["options"].get("outlet"))
        pages = read_pages([str(SAMPLES / row["document"])], given, print)
        (document,) = pipeline.clean_documents(pages, as_is=False, on_error=print)
        reading = pipeline.read_document(document)
        reports.append(report_of(document, reading.claims, reading.threads))
        claims += [claim_json(claim) for claim in reading.claims]
    return link_reports(reports), link_reports(reports_of_claims(claims))


def test_with_their_publication_days() -> None:
    """The total covers one incident of each report and is no member of any."""
    for linked in link(dated=True):
        rows = [incident_row(incident) for incident in linked.incidents]
        assert sorted((r["killed"]["low"], r["killed"]["high"] or 0) for r in rows) == [
            (20, 20), (31, 0), (35, 35), (43, 43),
        ]  # fmt: skip
        assert len(linked.totals) == 1
        assert {r["killed"]["low"] for r in rows if r["totals"] == [linked.totals[0].id]} == {20, 43}
        assert all(r["origins"] == {"low": 1, "high": 1} and r["contradictions"] == [] for r in rows)
        assert {r["by_origin"][0]["origin"] for r in rows} == {"Russian Foreign Ministry"}


def test_without_any_year() -> None:
    """As plain files that do not say when they were printed, "June 3" and "May 27" are two days all the same."""
    for linked in link(dated=False):
        rows = [incident_row(incident) for incident in linked.incidents]
        assert len(rows) == 4 and len(linked.totals) == 1
        assert all(r["date"] is None and r["contradictions"] == [] and r["origins"]["high"] == 1 for r in rows)

"""The two reports that the project came from, if they lie beside the checkout: every slot, with and without options."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from tollbook import pipeline
from tollbook.inputs import Given, read_pages
from tollbook.records import Claim, Document

SAMPLES = Path(__file__).resolve().parents[2] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples lie beside the project's own checkout only")


def expected() -> list[dict[str, Any]]:
    if not SAMPLES.is_dir():
        return []
    rows = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    return [row for row in rows if "document" in row]


def read(row: dict[str, Any], with_options: bool) -> tuple[Document, tuple[Claim, ...]]:
    options = row["options"] if with_options else {}
    published = dt.date.fromisoformat(options["published"]) if options else None
    failed: list[Exception] = []
    pages = read_pages([str(SAMPLES / row["document"])], Given(published, options.get("outlet")), failed.append)
    (result,) = pipeline.read_documents(pages, as_is=False, on_error=failed.append)
    assert not failed
    return result


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["outlet"])
def test_every_slot_of_every_claim(row: dict[str, Any]) -> None:
    """Exactly the expected claims, each slot right."""
    _, claims = read(row, with_options=True)
    assert [c.count.text for c in claims] == [e["count_text"] for e in row["claims"]]
    for claim, want in zip(claims, row["claims"], strict=True):
        assert (
            claim.place is not None and claim.event is not None and claim.date is not None and claim.victims is not None
        )
        days = want["date"] if isinstance(want["date"], list) else [want["date"], want["date"]]
        got = {
            "harm": claim.harm,
            "count": [claim.count.low, claim.count.high],
            "victims": claim.victims.text,
            "status": claim.victims.status,
            "event": claim.event.type,
            "dates": [str(claim.date.from_), str(claim.date.to)],
            "country": claim.place.country,
            "blamed": [b.name for b in claim.blamed],
            "attribution": [a.name for a in claim.attribution],
            "body": claim.attribution[0].body,
            "stance": claim.stance,
            "scope": claim.scope,
        }
        assert got == {
            "harm": want["harm"],
            "count": want["count"],
            "victims": want["victims"],
            "status": want["status"],
            "event": want["event"],
            "dates": days,
            "country": want["country"],
            "blamed": [want["blamed"]],
            "attribution": want["attribution"],
            "body": want["body"],
            "stance": want["stance"],
            "scope": want["scope"],
        }
        assert want["place"] in claim.place.text
        if "place_precision" in want:
            assert claim.place.precision == want["place_precision"]


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["outlet"])
def test_nothing_is_invented_without_options(row: dict[str, Any]) -> None:
    """Without a publication date the dates stay open, and the photograph's 2017 is no publication date."""
    document, claims = read(row, with_options=False)
    assert document.source.published is None
    assert [c.count.text for c in claims] == [e["count_text"] for e in row["claims"]]
    assert all(c.date is not None and c.date.text and c.date.from_ is None and c.date.to is None for c in claims)


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["outlet"])
def test_furniture_goes_and_the_article_stays(row: dict[str, Any]) -> None:
    """What expected.json names as furniture is left out, with its words and a reason; non-claims give no claim."""
    document, claims = read(row, with_options=True)
    left_out = "\n".join(f.text for f in document.furniture)
    for line in row["furniture"]:
        assert line in left_out
        assert line not in document.text
    for words in row["not_claims"]:
        assert not any(
            claim.count.text in words and words in document.text and claim.quote.text == words
            for claim in claims
            if claim.quote
        )

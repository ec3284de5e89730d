"""Tollbook as a library: one function, cheap to import, that fails in one way."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path

import pytest

import tollbook
from tollbook.cli import run
from tollbook.errors import InputError, UsageError
from tollbook.records import claim_json

REPORT = "Two dockers were killed in a rocket attack on the harbour of Latakia on 3 March, the port authority said."


def test_it_reads_what_the_command_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same claims with the same ids, apart from the name of the document."""
    path = tmp_path / "a.txt"
    path.write_text(REPORT, "utf-8")
    assert run(["read", str(path), "--jsonl", "--published", "2024-03-05", "--outlet", "Northern Post"]) == 0
    (printed,) = map(json.loads, capsys.readouterr().out.splitlines())
    for day in ("2024-03-05", dt.date(2024, 3, 5)):
        (claim,) = tollbook.read(REPORT, published=day, outlet="Northern Post")
        found = json.loads(json.dumps(claim_json(claim)))
        assert found.pop("document") == {**printed["document"], "key": "text"}
        assert found == {name: value for name, value in printed.items() if name != "document"}


def test_html_and_titles() -> None:
    """A page is recognised; a title that the text lacks stands first, and claims in it count."""
    assert [
        claim.count.text for claim in tollbook.read(f"<!DOCTYPE html><html><body><p>{REPORT}</p></body></html>")
    ] == ["Two"]
    (first, *_) = tollbook.read(REPORT, title="Harbour strike kills two dockers in Latakia")
    assert first.document.title == "Harbour strike kills two dockers in Latakia"
    assert first.count.text == "two"


@pytest.mark.parametrize(
    "text", ["", " \n", "Talks were held in Astana in May.", "Zwei Menschen wurden am Dienstag getötet."]
)
def test_no_claims(text: str) -> None:
    """Nothing in it: an empty list."""
    assert tollbook.read(text) == []


def test_what_it_raises() -> None:
    """A day that does not exist is wrong use; a page that cannot be read is named."""
    with pytest.raises(UsageError, match="does not exist"):
        tollbook.read(REPORT, published="2024-02-30")
    with pytest.raises(InputError, match="nested too deeply"):
        tollbook.read("<html><body>" + "<div>" * 100_000 + REPORT)


def test_importing_is_cheap() -> None:
    """Neither the parser nor any other heavy library is loaded before something is read."""
    heavy = ("spacy", "numpy", "lxml", "sqlalchemy", "rich", "tollbook.pipeline")
    code = f"import sys, tollbook; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"

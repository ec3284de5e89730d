"""``diff`` and ``check``: names, flags, exit statuses, and that the example of the help answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tollbook.cli import run

REPORT = "An air strike killed 43 civilians in Raqqa on 3 June 2017, the Norwegian Foreign Ministry said.\n"


@pytest.fixture(autouse=True)
def _in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(REPORT, "utf-8")
    Path("b.txt").write_text(REPORT.replace("43", "35"), "utf-8")


def test_check_on_reports(capsys: pytest.CaptureFixture[str]) -> None:
    """Supported by the one, contradicted by the other, silent on another town."""
    assert run(["check", "43 killed in Raqqa on 3 June 2017", "a.txt"]) == 0
    out = capsys.readouterr().out
    assert ": supported" in out and "Norwegian Foreign Ministry" in out and "43 civilians" in out
    assert run(["check", "43 killed in Raqqa on 3 June 2017", "b.txt", "--jsonl"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert row["verdict"] == "contradicted" and row["asked"]["count"]["low"] == 43
    assert row["evidence"][0]["field"] == "number"
    run(["check", "43 killed in Mosul on 3 June 2017", "a.txt", "--jsonl"])
    assert json.loads(capsys.readouterr().out)["verdict"] == "silent"


def test_check_on_a_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    """The claims of a ledger answer as those of the reports do."""
    assert run(["add", "a.txt", "b.txt", "--ledger", "ledger.db"]) == 0
    capsys.readouterr()
    assert run(["check", "43 killed in Raqqa on 3 June 2017", "--ledger", "ledger.db", "--jsonl"]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["verdict"], row["disputed"]) == ("supported", True)
    assert {e["document"] for e in row["evidence"]} == {"a.txt", "b.txt"}


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "43 killed in Raqqa"],
        ["check", "43 killed in Raqqa", "a.txt", "--ledger", "ledger.db"],
        ["check", "nothing at all", "a.txt"],
        ["check", "43 people were killed", "a.txt"],
        ["diff", "a.txt"],
    ],
)
def test_wrong_use(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit status 2 and a sentence that says what is wrong."""
    assert run(arguments) == 2
    assert capsys.readouterr().err


def test_diff(capsys: pytest.CaptureFixture[str]) -> None:
    """Side by side in words, and one row a line as JSON."""
    assert run(["diff", "a.txt", "b.txt"]) == 0
    out = capsys.readouterr().out
    assert "Claims" in out and "killed: 43 / 35" in out.replace("\n", " ").replace("  ", " ")
    assert run(["diff", "a.txt", "b.txt", "--jsonl"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {row["what"] for row in rows} >= {"speaker", "claim"}
    assert next(row for row in rows if row["what"] == "claim")["relation"] == "contradicts"


def test_diff_of_what_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there fails by its name."""
    assert run(["diff", "a.txt", "none.txt"]) in (1, 3)
    assert "none.txt" in capsys.readouterr().err

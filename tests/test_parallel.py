"""Several processes: the same results in the same order, and what goes wrong in one of them costs one document."""

from __future__ import annotations

import copy
import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tollbook.cli import run
from tollbook.errors import InputError, TollbookError
from tollbook.ledger import Ledger
from tollbook.parallel import AHEAD, WINDOW, OnError, spread
from tollbook.pipeline import read_documents
from tollbook.records import Page


def page(number: int, text: str = "") -> Page:
    """A page that says its number."""
    return Page(f"p{number}", b"x" * 1000, text or str(number), "text")


def fail(error: InputError) -> None:
    raise error


def told(pages: Iterable[Page], *, on_error: OnError) -> Iterator[str]:
    """A stage that does what its page says."""
    for one in pages:
        word = one.content
        if word == "bad":
            on_error(InputError(one.key, "cannot be read"))
        elif word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif word == "halt":
            raise TollbookError("nothing can be read here")
        else:
            if word == "slow":
                time.sleep(0.5)
            yield from (f"{one.key} {word}", "again")


def outcome(pages: Iterable[Page], jobs: int) -> tuple[list[str], list[str]]:
    """Results and errors."""
    errors: list[InputError] = []
    return list(spread(told, pages, jobs=jobs, on_error=errors.append)), [str(e) for e in errors]


def test_order_and_errors_are_those_of_one_process() -> None:
    """A slow page holds nobody up and still comes in its place; none of the results is lost, none comes twice."""
    pages = [page(n, {0: "slow", 7: "bad", 90: "bad", 150: "slow"}.get(n, "")) for n in range(400)]
    assert outcome(pages, 3) == outcome(pages, 1)


def test_records_cross_as_they_are() -> None:
    """Documents and claims with all that is in them are the same on the other side, and a copy is one too."""
    text = "Zalba, 4 May 2031 - Shells killed three traders and hurt two guards in Zalba, the ministry said."
    (read,) = read_documents([Page("p", text.encode(), text, "text")], as_is=False, on_error=fail)
    assert len(read[1]) == 2
    for protocol in (2, pickle.HIGHEST_PROTOCOL):
        assert pickle.loads(pickle.dumps(read, protocol)) == read
    assert copy.deepcopy(read) == read


def test_a_page_that_ends_its_process_fails_alone() -> None:
    """It is named; those that waited behind it are read by another process."""
    pages = [page(n, "die" if n in (5, 6, 60) else "") for n in range(100)]
    results, errors = outcome(pages, 2)
    expected, _ = outcome([p for p in pages if p.content != "die"], 1)
    assert results == expected
    assert errors == [f"p{n}: ended the process that read it (SIGKILL)" for n in (5, 6, 60)]


def test_a_process_that_is_ended_from_outside_costs_no_page(tmp_path: Path) -> None:
    """A page is blamed only if it ends a second process as well."""
    errors: list[InputError] = []
    first = Page("p", b"", str(tmp_path / "mark"), "text")
    assert list(spread(dies_once, [first, page(1)], jobs=2, on_error=errors.append)) == ["p", "p1"]
    assert errors == []


def dies_once(pages: Iterable[Page], *, on_error: OnError) -> Iterator[str]:
    """A stage whose process somebody ends, once."""
    for one in pages:
        if one.key == "p" and not os.path.exists(one.content):
            Path(one.content).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield one.key


def test_what_is_no_fault_of_a_page_ends_the_run() -> None:
    """A missing model, say: said once, not for each page."""
    with pytest.raises(TollbookError, match="nothing can be read here"):
        outcome([page(0), page(1, "halt"), page(2)], 2)


def test_pages_are_taken_as_they_are_needed() -> None:
    """However long the input, only so many pages are in flight."""
    taken = 0

    def endless() -> Iterator[Page]:
        nonlocal taken
        while True:
            taken += 1
            yield page(taken)

    results = spread(told, endless(), jobs=2, on_error=lambda error: None)
    for _ in range(2000):
        next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken <= 1000 + 2 * WINDOW + 2 * AHEAD


def test_no_pages() -> None:
    """Nothing in, nothing out, nothing started."""
    assert outcome([], 4) == ([], [])


def test_read_and_tally_print_the_same_from_two_processes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """The real reader: every byte, in every form, with what fails in between."""
    broken = tmp_path / "broken.html"
    broken.write_text("<html><body>" + "<div>" * 50_000 + "Two killed", "utf-8")
    paths = [str(ROOT / "examples"), str(broken), str(ROOT / "examples/one-strike-three-outlets.jsonl")]
    for command in (["read", "--jsonl", "--statements", "--explain"], ["read"], ["tally", "--jsonl"]):
        printed = []
        for jobs in ("1", "2"):
            status = run([*command, *paths, "--jobs", jobs])
            printed.append((status, *capsys.readouterr()))
        assert printed[0] == printed[1]
        assert printed[0][0] == 3 and len(printed[0][1]) > 1000


def test_add_keeps_the_same_from_two_processes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two ledgers hold the same claims in the same order, and adding again reads nothing."""
    held: list[Any] = []
    for jobs in ("1", "2"):
        place = str(tmp_path / f"{jobs}.db")
        assert run(["add", str(ROOT / "examples"), "--ledger", place, "--jobs", jobs]) == 0
        with Ledger.open(place, read_only=True) as ledger:
            held.append([claim.json for claim in ledger.claims()])
    assert held[0] == held[1] and held[0]
    capsys.readouterr()
    assert run(["add", str(ROOT / "examples"), "--ledger", str(tmp_path / "2.db"), "--jobs", "2"]) == 0
    said = capsys.readouterr().err
    assert "known" in said and "added" not in said


@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_interrupted(tmp_path: Path) -> None:
    """Ctrl-C reaches the whole group: 130, whole lines, nothing said by the workers, no process left."""
    path = tmp_path / "many.jsonl"
    text = (ROOT / "examples/one-strike-three-outlets.jsonl").read_text("utf-8")
    path.write_text(text * 2000, "utf-8")
    command = [sys.executable, "-m", "tollbook", "read", str(path), "--jsonl", "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    assert process.stdout is not None and process.stderr is not None
    first = process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)
    rest, said = process.stdout.read(), process.stderr.read()
    assert process.wait(20) == 130
    assert said == b"tollbook: interrupted\n"
    assert all(json.loads(line) for line in (first + rest).splitlines())
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    pytest.fail("a process is left")

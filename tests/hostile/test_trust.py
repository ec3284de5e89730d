"""The page on security: every test that it names is there, and its figures are written by the runner."""

from __future__ import annotations

import re

from tests.hostile.trust import BEGIN, END, PAGE, ROOT, STEPS, summed_up, table, written


def test_every_test_that_the_page_names_is_there() -> None:
    """A promise whose test was renamed or dropped is no promise."""
    named = set(re.findall(r"`((?:tests|benchmarks|scripts|src)/[\w/.]+)`", PAGE.read_text("utf-8")))
    assert len(named) > 20
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_every_hostile_test_is_named_on_the_page() -> None:
    """What is attacked is promised."""
    page = PAGE.read_text("utf-8")
    tests = {f"tests/hostile/{path.name}" for path in (ROOT / "tests/hostile").glob("test_*.py")}
    assert [name for name in sorted(tests - {"tests/hostile/test_trust.py"}) if name not in page] == []


def test_figures_are_put_between_the_markers() -> None:
    """A step that was not run is told as that, never left out; what stands around the figures stays."""
    page = written(PAGE.read_text("utf-8"), table({}))
    between = page.split(BEGIN)[1].split(END)[0]
    assert between.count("not measured yet") == len(STEPS)
    assert written(page, "put here").replace("put here", table({})) == page
    row = "| attacks | 7 tests | 0 let anything through | 2026-01-01, load 1.0 |"
    assert row in table({}, f"| step | tried |\n{row}\n").splitlines()  # on another machine: what stands there stays
    rows = [{"seconds": 21.0, "outcome": "read: x", "peak": 5, "shape": "a"},
            {"seconds": 1.0, "outcome": "refused: y", "peak": 9, "shape": "b"}]  # fmt: skip
    assert summed_up(rows) == {"documents": 2, "over": 1, "read": 1, "refused": 1, "slowest": 21.0,
                               "slowest shape": "a", "most memory": 9}  # fmt: skip

"""The golden reports are consistent: each label's words stand in the text, numbers and dates agree with them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.golden import FOLDERS, Part, load, paths
from tests.golden.check import problems

CASES = [(part, path.stem, report) for part in FOLDERS for path, report in zip(paths(part), load(part), strict=True)]


@pytest.mark.parametrize(("part", "name", "report"), CASES, ids=[f"{part}-{name}" for part, name, _ in CASES])
def test_a_report_is_consistent(part: Part, name: str, report: dict[str, Any]) -> None:
    """No label breaks a rule of check.py."""
    assert list(problems(report, name)) == []


def test_names_are_unique() -> None:
    """No report stands in both parts."""
    names = [name for _, name, _ in CASES]
    assert len(names) == len(set(names))


def test_a_slip_is_seen() -> None:
    """The check itself can fail: a count that the text does not have, a wrong weekday, a part larger than its whole."""
    report = next(r for r in load("open") if r["id"] == "part-of-children")
    broken = [dict(claim) for claim in report["claims"]]
    broken[1]["count_text"] = "at least 15"
    broken[2]["low"] = broken[2]["high"] = 6
    broken[3]["date_from"] = broken[3]["date_to"] = "2016-06-07"
    broken[4] |= {"low": 30, "high": 30}
    found = "\n".join(problems(report | {"claims": broken}, "part-of-children"))
    for words in ("does not stand in the quote", "is not 2016-06-07", "a part larger than the whole"):
        assert words in found

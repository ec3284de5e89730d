"""No regular expression of the package backtracks without end."""

from __future__ import annotations

import re
import subprocess
import sys

from tests.hostile.patterns import slowest


def test_a_bad_pattern_is_found() -> None:
    """The attack finds exponential and cubic backtracking, and lets a linear pattern pass."""
    assert slowest(r"(?:a+)+b", 32)[0] > 1
    assert slowest(r"\s*\w*\s*\w*\s*x", 32)[0] > 1
    assert slowest(r"\bkilled (?:two|three)\b", 32)[0] < 0.2


def test_no_pattern_is_slow() -> None:
    """Every pattern that reading and showing compiles, on strings made from its own repetitions."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.patterns", "--shown", "0", "--length", "800"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout
    tried = re.search(r"^(\d+) ", done.stderr, re.MULTILINE)  # a library may warn above it
    assert tried is not None and int(tried[1]) > 300

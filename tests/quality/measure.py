"""Run the installed program over a set of labelled data and return its figures by name."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.golden import FOLDERS, Part, load, paths
from tests.quality.scorer import Figures, Read, score

EVAL = Path(os.environ.get("TOLLBOOK_EVAL", Path(__file__).parents[3] / "shared" / "eval"))
PROGRAM = (sys.executable, "-m", "tollbook")


class MeasureError(Exception):
    """The program or its scorer did not run to its end; the message holds what it said."""


@dataclass(frozen=True, slots=True)
class Set:
    """What is measured: ``kind`` is ``golden`` or a set of the evaluation's scorer, ``limit`` the first N documents."""

    name: str
    kind: str
    data: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """Figures by name; ``sha256`` is over exactly the documents measured."""

    set: Set
    sha256: str
    documents: int
    seconds: float
    figures: dict[str, float]


def present(one: Set) -> bool:
    """Whether the set's data is on this machine; the evaluation data is not part of the project."""
    return one.kind == "golden" or (EVAL / "score.py").exists() and (EVAL / "data" / one.data).exists()


def fingerprint(one: Set) -> str:
    """SHA-256 over the documents of a set."""
    digest = hashlib.sha256()
    if one.kind == "golden":
        for path in paths(_part(one)):
            digest.update(path.read_bytes())
    else:
        for line in _lines(one):
            digest.update(line)
    return digest.hexdigest()


def measure(one: Set) -> Measured:
    """The figures of one set, from the program's own command line."""
    begin = time.perf_counter()
    if one.kind == "golden":
        figures = golden(_part(one))
        flat, documents = figures.flat(), figures.documents
    else:
        flat, documents = _evaluate(one), len(_lines(one))
    return Measured(one, fingerprint(one), documents, time.perf_counter() - begin, flat)


def golden(part: Part) -> Figures:
    """The golden reports read and scored."""
    reports = load(part)
    return score(reports, read(reports))


def read(reports: Sequence[dict[str, Any]]) -> dict[str, list[Read]]:
    """What the program reads in these documents, by document key."""
    kept = ("id", "text", "html", "title", "published", "outlet", "url")
    lines = [json.dumps({k: r[k] for k in kept if r.get(k)}, ensure_ascii=False) + "\n" for r in reports]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        path.write_text("".join(lines), encoding="utf-8")
        output = _run([*PROGRAM, "read", str(path), "--jsonl"], ok=(0,))
    claims: dict[str, list[Read]] = defaultdict(list)
    for line in output.split("\n"):
        if line.strip():
            claim = json.loads(line)
            claims[claim["document"]["key"]].append(claim)
    return claims


def evaluation_outcomes(data: str) -> Figures:
    """Our own scorer on labelled claims of the evaluation data, for the reliability of scores."""
    reports = [json.loads(line) for line in (EVAL / "data" / data).read_text(encoding="utf-8").splitlines()]
    return score(reports, read(reports))


def _evaluate(one: Set) -> dict[str, float]:
    limit = ["--limit", str(one.limit)] if one.limit else []
    program = ["--program", " ".join(PROGRAM)]
    output = _run([sys.executable, str(EVAL / "score.py"), one.kind, str(EVAL / "data" / one.data), *program, *limit])
    return flatten(json.loads(output))


def flatten(result: dict[str, Any], prefix: str = "") -> dict[str, float]:
    """Nested figures by path: ``{"found": {"f1": .8}}`` gives ``{"found f1": .8}``; counts of things are left out.

    >>> flatten({"set": "toll", "documents": 9, "killed": {"documents": 4, "exact": 0.75}})
    {'killed exact': 0.75}
    """
    flat: dict[str, float] = {}
    for key, value in result.items():
        name = f"{prefix} {key}".strip()
        if isinstance(value, dict):
            flat |= flatten(value, name)
        elif isinstance(value, float):
            flat[name] = value
    return flat


def _lines(one: Set) -> list[bytes]:
    return (EVAL / "data" / one.data).read_bytes().splitlines(keepends=True)[: one.limit]


def _part(one: Set) -> Part:
    return next(part for part in FOLDERS if part == one.data)


def _run(command: list[str], ok: tuple[int, ...] = (0,)) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode not in ok:
        raise MeasureError(f"{' '.join(command[:4])}: exit {done.returncode}\n{done.stderr[-2000:]}")
    return done.stdout

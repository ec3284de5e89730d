"""Every figure of ``docs/security.md``: ``python -m tests.hostile.trust [--seconds 120] [--write] [STEP…]``.

Each step attacks something and counts: what was tried, what broke, what was lost. The figures are printed, kept in
``build/trust.json`` and, with ``--write``, put between the markers of the page. A step that is not run keeps the
figures that it had, there or on the page; each says when it was measured and how busy the machine was. ``--every
--kept FILE`` takes the documents that FILE holds the rows of as measured (``benchmarks.worst --kept``).
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tests import services

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/security.md"
KEPT = ROOT / "build/trust.json"
BEGIN, END = "<!-- figures: written by tests/hostile/trust.py -->", "<!-- end of figures -->"
Figures = Mapping[str, Any]

FAULTS = ("tests/ledger/test_faults.py", "tests/ledger/test_log.py", "tests/ledger/test_seal.py",
          "tests/ledger/test_transfer.py", "tests/ledger/test_store.py", "tests/hostile/test_ends.py")  # fmt: skip
ATTACKS = ("tests/web/test_security.py", "tests/web/test_fetch.py", "tests/hostile/test_scripts.py",
           "tests/hostile/test_files.py", "tests/hostile/test_privacy.py", "tests/test_archives.py")  # fmt: skip
# One of each kind that was slow once; "python -m benchmarks.worst --size 9900000" does all, for two hours.
SHAPES = (
    "dead, in a report", "said, in a report", "dot spaces, in a report", "newlines", "<br>", "quotes, in a report",
    "two killed", "one claim a line", "half a dozen, in a report", "bytes", "deep html", "capitalised", "people",
)  # fmt: skip


def _run(module: str, *arguments: str) -> tuple[int, str, str]:
    command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": _path()})
    return done.returncode, done.stdout, done.stderr


def _path() -> str:
    return os.pathsep.join([str(ROOT / "src"), str(ROOT)])


def _json(module: str, *arguments: str) -> dict[str, Any]:
    status, out, err = _run(module, *arguments)
    if not out.strip():
        return {"failed": True, "said": err[-2000:]}
    return {**json.loads(out.strip().splitlines()[-1]), "failed": bool(status)}


@contextlib.contextmanager
def _databases() -> Iterator[Callable[[str], str]]:
    """Makes new PostgreSQL databases."""
    with services.postgres() as cluster:

        def new(name: str) -> str:
            cluster.sql(f"CREATE DATABASE {name}")
            return cluster.url(name)

        yield new


def _pytest(files: tuple[str, ...]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        status, out, _ = _run("pytest", "-q", "-p", "no:cacheprovider", "-n", "2", f"--junitxml={report}", *files)
        suite = ElementTree.parse(report).getroot().find("testsuite")
        assert suite is not None
        counts = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    broken = counts["failures"] + counts["errors"]
    said = out[-2000:] if status else ""
    return {"tests": counts["tests"] - counts["skipped"], "broken": broken, "skipped": counts["skipped"],
            "failed": bool(status), "said": said}  # fmt: skip


# --- steps -------------------------------------------------------------------------------------------------------


def texts(asked: argparse.Namespace) -> Figures:
    """Mutated reports and bytes through the whole reader."""
    return _json("tests.hostile.fuzz", "--seconds", str(asked.seconds), "--seed", str(asked.seed))


def patterns(asked: argparse.Namespace) -> Figures:
    """Every regular expression on its worst strings."""
    status, out, err = _run("tests.hostile.patterns", "--length", "3000", "--shown", "1")
    words = err.strip().splitlines()[-1].split()
    slowest = max((json.loads(line)["seconds"] for line in out.splitlines()), default=None)
    return {"patterns": int(words[0]), "slow": int(words[3]), "slowest": slowest, "failed": bool(status)}


def worst(asked: argparse.Namespace) -> Figures:
    """Documents of 10 MB made of the worst repetitions."""
    kept = ("--kept", str(asked.kept.resolve())) if asked.kept else ()
    shapes = () if asked.every else SHAPES
    status, out, _ = _run("benchmarks.worst", "--size", "9900000", "--jsonl", *kept, *shapes)
    return summed_up([json.loads(line) for line in out.splitlines()]) | {"failed": bool(status)}


def summed_up(rows: list[Figures]) -> dict[str, Any]:
    """The figures of the worst documents."""
    slowest = max(rows, key=lambda row: row["seconds"])
    return {
        "documents": len(rows), "over": sum(row["seconds"] > 20 for row in rows),
        "read": sum(row["outcome"].startswith("read") for row in rows),
        "refused": sum(row["outcome"].startswith("refused") for row in rows),
        "slowest": round(slowest["seconds"], 1), "slowest shape": slowest["shape"],
        "most memory": max(row["peak"] for row in rows),
    }  # fmt: skip


def requests(asked: argparse.Namespace) -> Figures:
    """Requests made from the application's own description, on both engines."""
    with _databases() as new:
        both = [_json("tests.hostile.requests", "--seconds", str(asked.seconds / 2), "--seed", str(asked.seed), *more)
                for more in ((), ("--ledger", new("requests")))]  # fmt: skip
    if any("requests" not in one for one in both):
        return {"failed": True, "said": str(both)}
    return {
        "requests": sum(one["requests"] for one in both), "found": [one["found"] for one in both if one["found"]],
        "failed": any(one["failed"] for one in both),
    }  # fmt: skip


def kills(asked: argparse.Namespace) -> Figures:
    """An import killed at random moments, on both engines."""
    with _databases() as new:
        both = [_json("benchmarks.kill_add", "--rounds", str(asked.rounds), "--documents", str(8 * asked.rounds), *more)
                for more in ((), ("--ledger", new("kills")))]  # fmt: skip
    if any("killed" not in one for one in both):
        return {"failed": True, "said": str(both)}
    names = ("killed", "lost", "doubled", "damaged")
    return {name: sum(one[name] for one in both) for name in names} | {"failed": any(one["failed"] for one in both)}


def faults(asked: argparse.Namespace) -> Figures:
    """Full disks, cut files, restarts, tampering and the like."""
    return _pytest(FAULTS)


def attacks(asked: argparse.Namespace) -> Figures:
    """Roles, forged requests, planted payloads, names, paths, addresses."""
    return _pytest(ATTACKS)


def load(asked: argparse.Namespace) -> Figures:
    """A team at work on both engines."""
    with _databases() as new:
        both = [_json("benchmarks.load", "--seconds", str(asked.load), *more)
                for more in ((), ("--ledger", new("load")))]  # fmt: skip
    return {"both": both, "failed": any(one["failed"] for one in both)}


STEPS: Mapping[str, Callable[[argparse.Namespace], Figures]] = {
    "texts": texts, "patterns": patterns, "worst": worst, "requests": requests, "attacks": attacks, "kills": kills,
    "faults": faults, "load": load,
}  # fmt: skip


# --- the page ----------------------------------------------------------------------------------------------------


def table(known: Mapping[str, Figures], page: str = "") -> str:
    """The figures as a table. A step that was not run here keeps its row of the page; without one it says so."""
    before = {line.split(" | ")[0].removeprefix("| "): line for line in page.splitlines() if line.startswith("| ")}
    rows = []
    for name, tell in _TOLD.items():
        figures = known.get(name)
        if figures is None:
            rows.append(before.get(name, f"| {name} | not measured yet | | |"))
            continue
        tried, broke = tell(figures)
        rows.append(f"| {name} | {tried} | {broke} | {figures['at']}, load {figures['busy']} |")
    return "\n".join(["| step | tried | broke or lost | measured |", "|---|---|---|---|", *rows])


def _of_load(figures: Figures) -> tuple[str, str]:
    tried, broke = [], []
    for one in figures["both"]:
        tried.append(
            f"{one['engine']}: {one['readers']} readers and {one['reviewers']} reviewers for {one['seconds']} s, "
            f"{one['requests']:,} requests and {one['judgements']:,} judgements; a page {one['reading p95 ms']:,} ms, "
            f"a decision {one['judging p95 ms']:,} ms (95th percentile)"
        )
        broke.append(f"{one['errors']} errors, {one['lost']} lost, {one['doubled']} doubled")
    return "; ".join(tried), "; ".join(broke)


_TOLD: Mapping[str, Callable[[Figures], tuple[str, str]]] = {
    "texts": lambda f: (
        f"{f['inputs']:,} mutated reports ({f['bytes'] / 1e6:,.0f} MB), {f['claims']:,} claims, "
        f"the slowest {f['slowest'][0]:.1f} s",
        f"{sum(f['found'].values())} faults or spans that do not hold",
    ),
    "patterns": lambda f: (f"{f['patterns']:,} regular expressions on 3,000 characters of their own worst, the slowest "
                           f"{f['slowest']:.2f} s", f"{f['slow']} slow"),
    "worst": lambda f: (
        f"{f['documents']} documents of 9.9 MB ({f['read']} read, {f['refused']} refused), the slowest "
        f"{f['slowest']:.1f} s of processor time (“{f['slowest shape']}”), at most {f['most memory'] / 1e6:,.0f} MB",
        f"{f['over']} over 20 s",
    ),
    "requests": lambda f: (f"{f['requests']:,} requests by chance, SQLite and PostgreSQL", f"{len(f['found'])} faults"),
    "attacks": lambda f: (f"{f['tests']} tests of the web application, its pages, exports and archives",
                          f"{f['broken']} let anything through"),
    "kills": lambda f: (f"{f['killed']} kills of an import, SQLite and PostgreSQL",
                        f"{f['lost']} lost, {f['doubled']} doubled, {f['damaged']} damaged"),
    "faults": lambda f: (f"{f['tests']} faults of disks, files, servers, clocks and people",
                         f"{f['broken']} not survived or not told"),
    "load": _of_load,
}  # fmt: skip


def written(page: str, figures: str) -> str:
    """The page with new figures between its markers.

    >>> print(written(f"a\\n{BEGIN}\\nold\\n{END}\\nb", "new"))
    a
    <!-- figures: written by tests/hostile/trust.py -->
    new
    <!-- end of figures -->
    b
    """
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    return f"{before}{BEGIN}\n{figures}\n{END}{after}"


def main() -> int:
    """Runs the steps that are asked for, or all."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("steps", nargs="*", choices=[*STEPS, []], metavar="STEP", help=", ".join(STEPS))
    options.add_argument("--seconds", type=float, default=120, help="for texts and for requests")
    options.add_argument("--load", type=float, default=300, help="seconds of a team at work, on each engine")
    options.add_argument("--rounds", type=int, default=25, help="kills on each engine")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--every", action="store_true", help="every document of 10 MB, for two hours")
    options.add_argument("--kept", type=Path, help="rows of documents that were measured before")
    options.add_argument("--write", action="store_true", help="put the figures into docs/security.md")
    asked = options.parse_args()
    known: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    broken = []
    for name in asked.steps or STEPS:
        figures = dict(STEPS[name](asked))
        stamp = {"at": dt.datetime.now(dt.UTC).date().isoformat(), "busy": round(os.getloadavg()[0], 1)}
        if figures.pop("failed"):
            broken.append(name)
            print(f"{name}: BROKEN: {json.dumps(figures, ensure_ascii=False)}", flush=True)
            continue
        known[name] = figures | stamp
        tried, broke = _TOLD[name](known[name])
        print(f"{name}: {tried}; {broke}", flush=True)
        KEPT.parent.mkdir(exist_ok=True)
        KEPT.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if asked.write:
        page = PAGE.read_text("utf-8")
        figures_before = page.split(BEGIN)[1].split(END)[0]
        PAGE.write_text(written(page, table(known, figures_before)), "utf-8")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())

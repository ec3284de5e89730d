"""How fast the reader is: ``python -m benchmarks.reader [DOCUMENTS.jsonl] [--limit 400] [--rounds 5] [--ask 3]``.

Measures the whole reader (cleaning, reading, values, claims) against spaCy's full small English pipeline over the same
texts, in one process on one core, by turns, so that whatever else the machine does falls on both. Without a file the
golden reports and the examples are read. Then, in fresh processes: one report cold, and ``tollbook --help``.

Prints one JSON object; exit status 1 where the ratio is below what is asked. ``--profile`` prints where the time goes
instead.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from tests.golden import FOLDERS, load
from tollbook import pipeline
from tollbook.errors import InputError
from tollbook.inputs import Given, read_pages
from tollbook.records import Page
from tollbook.resources import nlp

ROOT = Path(__file__).parent.parent
_CHILD = """
import os, sys, time
begun = time.perf_counter()
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, 1, 0)])
_, status, used = os.wait4(child, 0)
print(time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss)
sys.exit(status != 0)
"""


def fail(error: InputError) -> None:
    raise error


def documents(path: Path | None, limit: int) -> list[Page]:
    """The pages that are read: text only, so that spaCy gets the same."""
    if path is not None:
        pages = [page for page, _ in zip(read_pages([str(path)], Given(), fail), range(limit), strict=False)]
    else:
        files = [str(file) for file in sorted((ROOT / "examples").glob("*.txt"))]
        golden = [
            Page(key=report["id"], raw=report["text"].encode(), content=report["text"], media="text")
            for part in FOLDERS
            for report in load(part)
            if "text" in report
        ]
        pages = [*read_pages(files, Given(), fail), *golden]
        pages = (pages * (limit // len(pages) + 1))[:limit]
    return [page for page in pages if page.media == "text"]


def rounds(pages: list[Page], number: int) -> dict[str, Any]:
    """Median documents a second of both, and the median ratio of the rounds."""
    name = next(name for name in nlp.MODELS if spacy.util.is_package(name))
    full = spacy.load(name)
    texts = [page.content for page in pages]

    def reader() -> int:
        done = pipeline.read_only_claims(pages, as_is=False, on_error=fail)
        return sum(len(reading.claims) for reading in done)

    def other() -> int:
        return sum(len(doc) for doc in full.pipe(texts))

    claims = pipeline.read_documents(pages[:20], as_is=False, on_error=fail)
    _ = list(claims), list(full.pipe(texts[:20]))  # everything is loaded
    pipeline._copies = pipeline._Copies(0)  # every round is to read every document
    ours, theirs = [], []
    found = 0
    for _ in range(number):
        seconds, found = timed(reader)
        ours.append(len(pages) / seconds)
        theirs.append(len(pages) / timed(other)[0])
    return {
        "documents": len(pages),
        "claims": found,
        "reader_per_s": round(statistics.median(ours), 1),
        "spacy_per_s": round(statistics.median(theirs), 1),
        "ratio": round(statistics.median(a / b for a, b in zip(ours, theirs, strict=True)), 2),
        "ratios": [round(a / b, 2) for a, b in zip(ours, theirs, strict=True)],
        "load": round(os.getloadavg()[0], 1),
    }


def timed(work: Callable[[], int]) -> tuple[float, int]:
    """Seconds of processor time, and the result."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def fresh(*arguments: str) -> dict[str, float]:
    """Wall seconds, processor seconds and megabytes of a command in a process of its own; medians of five."""
    command = [sys.executable, "-m", "tollbook", *arguments]
    rows = []
    for _ in range(5):
        # By a small process in between: a process inherits the peak of memory of the one that it was forked from.
        said = subprocess.run([sys.executable, "-c", _CHILD, *command], capture_output=True, text=True, check=True)
        rows.append([float(word) for word in said.stdout.split()])
    walls, cpus, sizes = zip(*rows, strict=True)
    return {
        "wall_s": round(statistics.median(walls), 2),
        "cpu_s": round(statistics.median(cpus), 2),
        "mb": round(statistics.median(sizes) / (1024 if sys.platform != "darwin" else 1 << 20)),
    }


def profile(pages: list[Page]) -> None:
    """Where the time of the reader goes, by function, own time first."""
    list(pipeline.read_only_claims(pages[:20], as_is=False, on_error=fail))
    profiler = cProfile.Profile()
    profiler.enable()
    list(pipeline.read_only_claims(pages, as_is=False, on_error=fail))
    profiler.disable()
    stats = pstats.Stats(profiler)
    stats.sort_stats("tottime").print_stats(40)
    stats.sort_stats("cumtime").print_stats("tollbook|pipes", 50)


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", type=Path, metavar="DOCUMENTS.jsonl")
    parser.add_argument("--limit", type=int, default=400, help="only the first so many documents")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ask", type=float, default=0.0, help="the least ratio that is good enough (3 for a file)")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    chosen = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    pages = documents(chosen.path, chosen.limit)
    if chosen.profile:
        profile(pages)
        return 0
    figures = rounds(pages, chosen.rounds)
    example = str(ROOT / "examples" / "ministry-via-agency.txt")
    figures |= {"cold": fresh("read", example), "help": fresh("--help")}
    figures["megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures))
    # The golden reports are nothing but claims, so that nearly all of them is parsed: a ratio is asked of news only.
    return 0 if figures["ratio"] >= (chosen.ask or (3.0 if chosen.path else 0.0)) else 1


if __name__ == "__main__":
    sys.exit(main())

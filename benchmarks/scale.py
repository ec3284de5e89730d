"""What it costs to read much: ``python -m benchmarks.scale [gate] [mix] [violent] [html] [jobs] [memory] [spark]
[link]``.

Each part prints one JSON object with a ratio against a baseline that is measured in the same run, by turns, so that
whatever else the machine does falls on both; the figures are medians of the rounds. Texts are made (``news.py``): one
report in ten tells of violence.

    mix, violent   documents a second, one core, against spaCy's full small English pipeline on the same texts
    html           time from HTML to claims against trafilatura alone on the same pages
    jobs           documents a second with two processes against one
    memory         peak memory of ``tollbook read`` over ten times as many documents
    spark          documents a second on Spark with two workers against --jobs 2, what starting takes left out
    link           how the time of linking claims grows from size to size, against n log n; the largest size once
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import islice
from operator import itemgetter
from pathlib import Path
from typing import Any

import spacy
import trafilatura

from benchmarks import gate, link
from benchmarks.charts import chart
from benchmarks.machine import machine
from benchmarks.news import pages, records
from tollbook import pipeline
from tollbook.errors import InputError
from tollbook.inputs import Given, read_pages
from tollbook.parallel import spread
from tollbook.records import Page
from tollbook.resources import nlp

PARTS = ("gate", "mix", "violent", "html", "jobs", "memory", "spark", "link")


def fail(error: InputError) -> None:
    raise error


def alone() -> None:
    """One core for both sides of a comparison."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def turns(
    ours: Callable[[], Any], theirs: Callable[[], Any], rounds: int, clock: Callable[[], float]
) -> dict[str, Any]:
    """Seconds of both, by turns."""
    times: list[tuple[float, float]] = []
    for _ in range(rounds):
        a = clock()
        ours()
        b = clock()
        theirs()
        times.append((b - a, clock() - b))
    one, other = (statistics.median(column) for column in zip(*times, strict=True))
    return {"ours_s": one, "theirs_s": other, "faster": statistics.median(b / a for a, b in times)}


def reader(number: int, rounds: int, violent: bool | None) -> dict[str, Any]:
    """The whole reader against spaCy's full small pipeline."""
    mix = list(pages(number, violent))
    full = spacy.load(next(name for name in nlp.MODELS if spacy.util.is_package(name)))
    given = [page.content for page in mix]
    read = partial(pipeline.read_only_claims, as_is=False, on_error=fail)
    claims = sum(len(reading.claims) for reading in read(mix[: number // 10]))
    list(full.pipe(given[:20]))
    # Copies are read once; here every document is to be read.
    pipeline._copies = pipeline._Copies(0)
    said = turns(lambda: list(read(mix)), lambda: list(full.pipe(given)), rounds, time.process_time)
    return {
        "documents": number,
        "claims_in_a_tenth": claims,
        "reader_per_s": round(number / said["ours_s"], 1),
        "spacy_per_s": round(number / said["theirs_s"], 1),
        "ratio": {"reader against spaCy's full small pipeline": round(said["faster"], 1)},
    }


def web(number: int, rounds: int) -> dict[str, Any]:
    """HTML to claims against trafilatura alone."""
    mix = list(pages(number, media="html"))
    pipeline._copies = pipeline._Copies(0)
    read = partial(pipeline.read_only_claims, as_is=False, on_error=fail)

    def extract(some: list[Page]) -> None:
        for page in some:
            trafilatura.extract(page.content, favor_precision=True, include_comments=False)

    list(read(mix[:20]))
    extract(mix[:20])
    said = turns(lambda: list(read(mix)), lambda: extract(mix), rounds, time.process_time)
    return {
        "pages": number,
        "kilobytes": round(statistics.mean(len(page.raw) for page in mix) / 1000, 1),
        "claims_ms": round(said["ours_s"] / number * 1000, 2),
        "trafilatura_ms": round(said["theirs_s"] / number * 1000, 2),
        "ratio": {"HTML to claims against trafilatura alone": round(1 / said["faster"], 2)},
    }


def write(path: Path, number: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for row in records(number):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


STARTING = 500  # documents after which every process has loaded its parser and filled its caches


def through(path: Path, jobs: int) -> float:
    """Documents a second by the clock; what starting takes is left out, with the first documents."""
    stage = partial(pipeline.read_documents, as_is=False)
    results = spread(stage, read_pages([str(path)], Given(), fail), jobs=jobs, on_error=fail)
    for _ in islice(results, STARTING):
        pass
    begun = time.perf_counter()
    return sum(1 for _ in results) / (time.perf_counter() - begun)


_THROUGH = """
import sys
from pathlib import Path
from benchmarks.scale import through
if __name__ == "__main__":
    print(through(Path(sys.argv[1]), int(sys.argv[2])))
"""


def afresh(path: Path, jobs: int) -> float:
    """The same in a process of its own, which finds no other's caches."""
    command = [sys.executable, "-c", _THROUGH, str(path), str(jobs)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def jobs(number: int, rounds: int) -> dict[str, Any]:
    """Two processes against one."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "mix.jsonl", number)
        rates = [(afresh(path, 2), afresh(path, 1)) for _ in range(rounds)]
    two, one = (statistics.median(column) for column in zip(*rates, strict=True))
    return {
        "documents": number,
        "two_per_s": round(two, 1),
        "one_per_s": round(one, 1),
        "ratio": {"two jobs against one": round(statistics.median(a / b for a, b in rates), 2)},
    }


_PEAK = """
import os, resource, subprocess, sys
with open(os.devnull, "w") as nothing:
    subprocess.run(sys.argv[1:], stdout=nothing, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def memory(number: int) -> dict[str, Any]:
    """Peak memory of the largest process, over a tenth of the documents and over all."""
    found: dict[str, int] = {}
    with tempfile.TemporaryDirectory() as folder:
        for some in (number // 10, number):
            path = write(Path(folder) / f"{some}.jsonl", some)
            for processes in ("1", "2"):
                command = [sys.executable, "-m", "tollbook", "read", str(path), "--jsonl", "--jobs", processes]
                said = subprocess.run(
                    [sys.executable, "-c", _PEAK, *command], capture_output=True, text=True, check=True
                )
                found[f"{some} documents, {processes} jobs"] = int(said.stdout)
    first = found[f"{number // 10} documents, 1 jobs"]
    return {
        "megabytes": found,
        "ratio": {"ten times the documents": round(found[f"{number} documents, 1 jobs"] / first, 3)},
    }


def on_spark(number: int, rounds: int) -> dict[str, Any]:
    """Two Spark workers against two jobs."""
    from tollbook import spark as engine

    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "mix.jsonl", number)
        warm = write(Path(folder) / "warm.jsonl", 40)
        size = path.stat().st_size // 16
        session = engine.session("local[2]", [("spark.ui.showConsoleProgress", "false")])
        try:
            # Both workers load the parser before the clock starts.
            engine.read(session, [str(warm)], engine.Order(f"{folder}/warm", Given(), False), warm.stat().st_size // 4)
            rates = []
            for n in range(rounds):
                begun = time.perf_counter()
                engine.read(session, [str(path)], engine.Order(f"{folder}/{n}", Given(), False), size)
                rates.append((number / (time.perf_counter() - begun), afresh(path, 2)))
        finally:
            session.stop()
    ours, theirs = (statistics.median(column) for column in zip(*rates, strict=True))
    return {
        "documents": number,
        "spark_per_s": round(ours, 1),
        "jobs_per_s": round(theirs, 1),
        "ratio": {"two Spark workers against two jobs": round(statistics.median(a / b for a, b in rates), 2)},
    }


def linking(number: int, rounds: int) -> dict[str, Any]:
    """Claims at three sizes, each as thinly spread over years as the first, and closer together, all of one year."""
    found: dict[str, dict[str, Any]] = {}
    for factor, years in ((1, 1), (10, 1), (10, 10), (100, 1), (100, 100)):
        times = 1 if factor == 100 else rounds
        measured = [link.apart(number * factor, years) for _ in range(times)]
        spread_over = "one year" if years == 1 else f"{years} years"
        median = sorted(measured, key=itemgetter("processor_s"))[times // 2]
        found[f"{number * factor:,} claims, {spread_over}"] = median
    (name, first), *others = found.items()
    ratio = {f"{other}: time against n log n of {name}": link.growth(first, row) for other, row in others}
    return {"sizes": found, "ratio": ratio}


def bars(part: str, found: dict[str, Any]) -> tuple[str, list[tuple[str, float, str]]]:
    """The title of a part's chart and its bars, ours first."""
    if part == "gate":
        rates = found["megabytes_per_s"]
        names = sorted((name for name in rates if name != "read"), key=lambda name: name != "re, as it is")
        return "The gate, megabytes a second", [(name, rates[name], f"{rates[name]:g}") for name in names]
    if part in ("mix", "violent"):
        what = "News, one report in ten of violence" if part == "mix" else "Violent reports only"
        pairs = (("Tollbook", "reader_per_s"), ("spaCy's full small pipeline", "spacy_per_s"))
        return f"{what}: documents a second", [(n, found[key], f"{found[key]:g}") for n, key in pairs]
    if part == "html":
        pairs = (("HTML to claims", "claims_ms"), ("trafilatura alone", "trafilatura_ms"))
        return "Web pages: milliseconds a page", [(n, found[key], f"{found[key]:g} ms") for n, key in pairs]
    if part == "memory":
        sizes = {n: mb for n, mb in found["megabytes"].items() if n.endswith(" 1 jobs")}
        rows = [(n.removesuffix(", 1 jobs"), float(mb), f"{mb} MB") for n, mb in reversed(sizes.items())]
        return "Peak memory of tollbook read", rows
    if part == "link":
        rows = []
        for name, row in reversed(found["sizes"].items()):
            each = 1000 * row["processor_s"] / row["claims"]
            rows.append((name, each, f"{each:.2f} ms, {row['gigabytes']:g} GB"))
        return "Linking: milliseconds of one core a claim, peak memory", rows
    pairs = (("two jobs", "two_per_s"), ("one job", "one_per_s"))
    if part == "spark":
        pairs = (("two Spark workers", "spark_per_s"), ("two jobs", "jobs_per_s"))
    return "Documents a second", [(n, found[key], f"{found[key]:g}") for n, key in pairs]


def draw(folder: Path, part: str, row: dict[str, Any]) -> None:
    """The figures of a part and their chart, as files."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{part}.json").write_text(json.dumps(row, indent=1) + "\n", "utf-8")
    title, rows = bars(part, row[part])
    at = row["machine"]
    note = (
        f"{at['processor']}, {at['cores']} cores, load {at['load']}; Python {at['python']}, spaCy {at['spacy']}, "
        f"trafilatura {at['trafilatura']}, Tollbook {at['tollbook']}"
    )
    (folder / f"scale-{part}.svg").write_text(chart(title, rows, note), "utf-8")


def main() -> None:
    """Measures and prints, a line a part; each part in a process of its own, so that none finds another's caches."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; all without any")
    parser.add_argument("--documents", type=int, default=2000, help="made documents; more for jobs, memory and spark")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--charts", type=Path, metavar="FOLDER", help="write figures and charts there")
    chosen = parser.parse_args()
    wanted = chosen.parts or PARTS
    if set(wanted) - set(PARTS):
        parser.error(f"parts are {', '.join(PARTS)}")
    if len(wanted) > 1:
        again = [sys.executable, "-m", "benchmarks.scale", "--documents", str(chosen.documents)]
        if chosen.charts is not None:
            again += ["--charts", str(chosen.charts)]
        for part in wanted:
            subprocess.run([*again, "--rounds", str(chosen.rounds), part], check=True)
        return
    number, rounds = chosen.documents, chosen.rounds
    (part,) = wanted
    if part in ("gate", "mix", "violent", "html"):
        alone()
    ways: dict[str, Callable[[], dict[str, Any]]] = {
        "gate": lambda: gate.measure(number, rounds),
        "mix": lambda: reader(number // 2, rounds, None),
        "violent": lambda: reader(number // 8, rounds, True),
        "html": lambda: web(number // 4, rounds),
        "jobs": lambda: jobs(number * 8, rounds),
        "memory": lambda: memory(number * 5),
        "spark": lambda: on_spark(number * 8, rounds),
        "link": lambda: linking(number * 5, rounds),
    }
    row = {part: ways[part](), "machine": machine()}
    print(json.dumps(row), flush=True)
    if chosen.charts is not None:
        draw(chosen.charts, part, row)


if __name__ == "__main__":
    main()

"""How long the worst documents take: ``python -m benchmarks.worst [SHAPE…] [--size 1000000] [--limit 20]``.

Each document of ``tests/hostile/worst.py`` goes through everything that the commands do with one, in a process of its
own, which is stopped at four times the limit; then it says where it was. Prints the slowest first; ``--jsonl`` prints
each row as it is measured. All of them take an hour and more: ``--kept FILE`` keeps each row at once, and what stands
there at that size is not measured again. All seconds are the processor's, since the machine may be busy with other
work. Exit status 1 where one took more than the limit, needed more memory, or failed.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import multiprocessing
import resource
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

MEMORY = 2_000_000_000  # bytes that one document may need, the parser and the gazetteer included


def _child(shape: str, size: int, limit: float, pipe: Any, stacks: str) -> None:
    from tests.hostile.worst import SHAPES, Times, whole

    times = Times()
    whole(b"Two people were killed in Idlib, the army said.", Times())  # parser and gazetteer are loaded once a run
    raw = SHAPES[shape](size)
    with open(stacks, "w") as stream:
        _stop_after(4 * limit, stream)
        begun = time.process_time()
        try:
            outcome = whole(raw, times)
        except BaseException as error:
            frames = traceback.extract_tb(error.__traceback__)
            outcome = f"FAULT: {type(error).__name__}: {str(error)[:100]} at {frames[-1].filename}:{frames[-1].lineno}"
        took = time.process_time() - begun
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pipe.send({"seconds": took, "peak": peak, "outcome": outcome, "stages": times.seconds})


def _stop_after(seconds: float, stream: Any) -> None:
    """Ends this process when it has worked so long, and writes down where it was."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    faulthandler.register(signal.SIGXCPU, file=stream, all_threads=False, chain=True)
    used = time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, resource.RLIM_INFINITY))


def measure(shape: str, size: int, limit: float) -> dict[str, Any]:
    """One shape in a process of its own."""
    context = multiprocessing.get_context("fork" if "spacy" in sys.modules else "spawn")
    ours, theirs = context.Pipe(duplex=False)
    stacks = f"/tmp/worst-{abs(hash((shape, size)))}.txt"
    process = context.Process(target=_child, args=(shape, size, limit, theirs, stacks))
    process.start()
    theirs.close()
    try:
        row: dict[str, Any] = ours.recv()
    except EOFError:
        process.join()
        with open(stacks) as stream:
            where = " < ".join(line.strip().replace("File ", "").split("/")[-1] for line in stream.readlines()[1:9])
        row = {"seconds": 4 * limit, "peak": 0, "outcome": f"STOPPED in {where}", "stages": {}}
    process.join()
    return {"shape": shape, "size": size} | row


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("shapes", nargs="*")
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=20.0)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--jsonl", action="store_true")
    parser.add_argument("--kept", type=Path, help="a file of rows, to go on with after a break")
    asked = parser.parse_args()
    from tests.hostile.worst import SHAPES, Times, whole

    whole(b"Two people were killed in Idlib, the army said.", Times())
    rows = []
    for row in _rows(asked, asked.shapes or list(SHAPES)):
        rows.append(row)
        if asked.jsonl:
            print(json.dumps(row), flush=True)
        elif row["seconds"] > asked.limit / 4 or row["outcome"].startswith(("FAULT", "STOPPED")):
            print(_line(row), file=sys.stderr, flush=True)
    if not asked.jsonl:
        for row in sorted(rows, key=lambda row: -row["seconds"]):
            print(_line(row))
    bad = [
        row for row in rows
        if row["seconds"] > asked.limit or row["peak"] > MEMORY or row["outcome"].startswith(("FAULT", "STOPPED"))
    ]  # fmt: skip
    print(f"{len(rows)} documents of {asked.size} bytes, {len(bad)} over the limit", file=sys.stderr)
    return bool(bad)


def _rows(asked: argparse.Namespace, names: list[str]) -> Iterator[dict[str, Any]]:
    """The rows that are kept, then those that are measured, each kept at once."""
    kept = asked.kept.read_text("utf-8").splitlines() if asked.kept and asked.kept.exists() else []
    known = {row["shape"]: row for row in map(json.loads, kept) if row["size"] == asked.size}
    yield from (known[name] for name in names if name in known)
    missing = [name for name in names if name not in known]
    with ThreadPoolExecutor(asked.jobs) as pool:
        for row in pool.map(lambda name: measure(name, asked.size, asked.limit), missing):
            if asked.kept:
                with asked.kept.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(row) + "\n")
            yield row


def _line(row: dict[str, Any]) -> str:
    slowest = sorted(row["stages"].items(), key=lambda item: -item[1])[:2]
    stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in slowest)
    return f"{row['seconds']:7.2f} s {row['peak'] / 1e6:6.0f} MB  {row['shape']:36}  {row['outcome']}  ({stages})"


if __name__ == "__main__":
    sys.exit(main())

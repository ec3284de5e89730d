"""How linking grows: processor time and peak memory for made claims, each size in a process of its own.

Run ``python -m benchmarks.link 10000 100000 [--engine splink] [--years N] [--words N]``. The claims are of 155 towns:
those of one year stand closer together the more they are, which is harder than more of the same kind; ``--years``
spreads them. ``--words`` gives each a quote of so many made words.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

from tests.link.made import TOWNS, stream
from tollbook.incidents import link_reports, score_here
from tollbook.incidents.reports import reports_of_claims

VOCABULARY = 50_000


def quoted(rows: Iterable[dict[str, Any]], words: int) -> Iterator[dict[str, Any]]:
    """The claims, each with a quote of made words, a few of them said by most and most by few, as words are."""
    chance = random.Random(7)
    for row in rows:
        text = " ".join(made_word(int(VOCABULARY ** chance.random())) for _ in range(words))
        yield {**row, "quote": {"text": text, "start": 0, "end": len(text)}}


def made_word(number: int) -> str:
    """The how-manieth word of a language that nobody speaks.

    >>> made_word(1), made_word(4711)
    ('fa', 'fudu')
    """
    word = ""
    while number:
        number, at = divmod(number, 75)
        word += "bfdgklmnprstvzc"[at % 15] + "aeiou"[at // 15]
    return word


def measure(claims: int, years: int = 1, engine: str = "here", words: int = 0) -> dict[str, Any]:
    """Seconds of the processor and by the clock for linking, and the peak memory of the process, claims included."""
    scorer = score_here
    if engine == "splink":
        from tollbook.link.splink_engine import score_with_splink

        scorer = score_with_splink
    for n in range(150):  # a war of many towns
        TOWNS[f"Town{n}a"] = (30 + (n % 13) * 0.6, 36 + (n // 13) * 0.7)
    rows = stream(claims, years=years)
    reports = reports_of_claims(quoted(rows, words) if words else rows)
    start, wall = time.process_time(), time.perf_counter()
    linked = link_reports(reports, scorer=scorer)
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    return {
        "claims": claims,
        "years": years,
        "words": words,
        "incidents": len(linked.incidents),
        "pairs_to_review": len(linked.doubts),
        "processor_s": round(seconds, 1),
        "clock_s": round(wall, 1),
        "gigabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2),
    }


def apart(claims: int, years: int = 1, engine: str = "here", words: int = 0) -> dict[str, Any]:
    """As :func:`measure`, in a process of its own, so that the peak is its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.link",
        str(claims),
        "--years",
        str(years),
        "--engine",
        engine,
        "--words",
        str(words),
        "--here",
    ]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return found


def growth(before: dict[str, Any], after: dict[str, Any]) -> float:
    """How many times as fast as n log n the time grows from one size to another."""
    one, other = (row["processor_s"] / (row["claims"] * math.log(row["claims"])) for row in (before, after))
    return round(other / one, 2)


def main() -> None:
    """One JSON object a size, then how time grows against n log n."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--engine", choices=["here", "splink"], default="here")
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--words", type=int, default=0)
    parser.add_argument("--here", action="store_true", help="in this process")
    options = parser.parse_args()
    way = measure if options.here else apart
    rows: list[dict[str, Any]] = []
    for size in options.sizes:
        rows.append(way(size, options.years, options.engine, options.words))
        print(json.dumps(rows[-1]), flush=True)
        if len(rows) > 1:
            print(f"growth against n log n: {growth(*rows[-2:])}", flush=True)


if __name__ == "__main__":
    main()

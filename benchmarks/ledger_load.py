"""How long a ledger takes for many claims: ``python -m benchmarks.ledger_load --claims 100000``.

Adds documents of forty claims, groups them into incidents of three, then asks for the first page of incidents, for one
claim, streams all claims, plays the log again and verifies. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from benchmarks.kill_add import documents
from tollbook.ledger import ClaimFilter, Cluster, Ledger

T = TypeVar("T")


def timed(work: Callable[[], T], times: int = 1) -> tuple[float, T]:
    """Median seconds over a number of runs, and the last result."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        result = work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken), result


def measure(place: str, number: int) -> dict[str, float]:
    """Seconds for each step."""
    figures: dict[str, float] = {}
    with Ledger.open(place, create=True) as ledger:
        readings = list(documents(number // 40))
        figures["claims"] = number // 40 * 40

        def add() -> None:
            for document, claims, raw in readings:
                ledger.add_document(document, claims, raw)

        figures["add_s"], _ = timed(add)
        figures["stream_s"], ids = timed(lambda: [claim.id for claim in ledger.claims()])
        clusters = [
            Cluster(f"i-{n:016x}", tuple(ids[n : n + 3]), {"date": {"from": f"20{n % 80 + 10}-01-01", "to": None}})
            for n in range(0, len(ids), 3)
        ]
        figures["incidents"] = len(clusters)
        figures["put_clusters_s"], _ = timed(lambda: ledger.put_clusters(clusters, "benchmark"))
        figures["put_same_clusters_s"], _ = timed(lambda: ledger.put_clusters(clusters, "benchmark"))
        figures["first_page_ms"] = timed(lambda: list(ledger.incidents(limit=50)), 9)[0] * 1000
        figures["one_claim_ms"] = timed(lambda: list(ledger.claims(ClaimFilter(ids=(ids[-1],)))), 9)[0] * 1000
        figures["rebuild_s"], _ = timed(ledger.rebuild)
        figures["verify_s"], report = timed(ledger.verify)
        figures["damaged"] = report.damaged
    return {name: round(value, 2) for name, value in figures.items()}


def main() -> None:
    """Measures in a temporary file, or where it is told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--ledger", help="an empty PostgreSQL database, say")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.ledger or str(Path(folder) / "ledger.db")
        print(json.dumps(measure(place, chosen.claims)))


if __name__ == "__main__":
    main()

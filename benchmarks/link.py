"""How linking grows: processor time and memory for made claims.

Run ``python benchmarks/link.py 10000 100000 [--engine splink]``.
"""

from __future__ import annotations

import argparse
import math
import resource
import time

from tests.link.made import TOWNS, stream
from tollbook.incidents import link_reports, score_here
from tollbook.incidents.reports import reports_of_claims


def main() -> None:
    """One line a size, then how time grows against n log n."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--engine", choices=["here", "splink"], default="here")
    options = parser.parse_args()
    scorer = score_here
    if options.engine == "splink":
        from tollbook.link.splink_engine import score_with_splink

        scorer = score_with_splink
    for n in range(150):  # a war of many towns over one year
        TOWNS[f"Town{n}a"] = (30 + (n % 13) * 0.6, 36 + (n // 13) * 0.7)
    before = None
    for size in options.sizes:
        reports = reports_of_claims(stream(size))
        start, wall = time.process_time(), time.perf_counter()
        linked = link_reports(reports, scorer=scorer)
        seconds, wall = time.process_time() - start, time.perf_counter() - wall
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{size:>8} claims {len(linked.incidents):>8} incidents {seconds:8.1f} s of one processor, {wall:.1f} s by "
            f"the clock, {memory:.2f} GB",
            flush=True,
        )
        del linked, reports
        if before is not None:
            growth = (seconds / before[1]) / (size * math.log(size) / (before[0] * math.log(before[0])))
            print(f"         growth against n log n: {growth:.2f} (at most 1 wanted)")
        before = (size, seconds)


if __name__ == "__main__":
    main()

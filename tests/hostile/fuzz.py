"""Fuzzing for as long as one likes: ``python -m tests.hostile.fuzz [--seconds 120] [--seed 1] [--keep FOLDER]``.

Prints how many inputs were tried and what was found, as one JSON object; each input that breaks a promise is kept.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.hostile.texts import hold, mutated


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--seconds", type=float, default=120)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("build/hostile"))
    asked = options.parse_args()
    found: Counter[str] = Counter()
    tried = claims = size = 0
    slowest = (0.0, 0)
    begun = time.monotonic()
    while time.monotonic() - begun < asked.seconds:
        seed = asked.seed * 1_000_000 + tried
        raw = mutated(random.Random(seed))
        tried += 1
        size += len(raw)
        started = time.process_time()
        try:
            claims += hold(raw, shown=tried % 5 == 0)
        except Exception as error:
            last = traceback.extract_tb((error.__cause__ or error).__traceback__)[-1]
            name = f"{type(error.__cause__ or error).__name__} at {Path(last.filename).name}:{last.lineno}"
            if not found[name]:
                asked.keep.mkdir(parents=True, exist_ok=True)
                (asked.keep / f"{seed}.bin").write_bytes(raw)
                print(f"{name}: {str(error)[:300]} ({asked.keep / f'{seed}.bin'})", file=sys.stderr, flush=True)
            found[name] += 1
        slowest = max(slowest, (time.process_time() - started, seed))
    result = {"inputs": tried, "bytes": size, "claims": claims, "slowest": slowest, "found": dict(found)}
    print(json.dumps(result))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())

"""The gate: ``python -m tests.quality.gate [--propose] [--against REVISION] [SET ...]``.

Measures the sets that have floors and stand on this machine, says which figure fell, and writes every figure to
build/quality.json. Exit status 0: nothing fell; 1: something fell, or a floor was lowered; 2: it could not be measured.
``--propose`` prints floors for what is measured (all sets that can be) and compares nothing.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

from tests.quality import floors
from tests.quality.measure import Measured, MeasureError, Set, measure, present
from tests.quality.sets import GATE

OUT = Path("build/quality.json")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.gate", description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET", help="only these sets")
    parser.add_argument("--propose", action="store_true", help="print floors for today's figures, compare nothing")
    parser.add_argument("--against", default="HEAD", metavar="REVISION", help="whose floors may not be lowered")
    asked = parser.parse_args(arguments)
    pinned = floors.load()
    chosen = [
        one for one in GATE if (not asked.sets or one.name in asked.sets) and (asked.propose or one.name in pinned)
    ]
    measured, broken = _measure(chosen)
    if asked.propose:
        print(floors.proposal(measured), end="")
        return 2 if broken else 0
    wrong = list(floors.lowered(floors.committed(asked.against), pinned))
    for one in measured:
        wrong += floors.fallen(one, pinned[one.set.name])
    _write(measured, wrong)
    for problem in wrong:
        print(f"FELL  {problem}", file=sys.stderr)
    return 2 if broken else 1 if wrong else 0


def _measure(chosen: list[Set]) -> tuple[list[Measured], bool]:
    measured, broken = [], False
    for one in chosen:
        if not present(one):
            print(f"skip  {one.name}: its data is not on this machine", file=sys.stderr)
            continue
        try:
            result = measure(one)
        except MeasureError as error:
            print(f"BROKE {one.name}: {error}", file=sys.stderr)
            broken = True
            continue
        measured.append(result)
        print(f"done  {one.name}: {result.documents} documents, {result.seconds:.0f} s", file=sys.stderr)
    return measured, broken


def _write(measured: list[Measured], wrong: list[str]) -> None:
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(
        json.dumps({"fell": wrong, "sets": [asdict(m) for m in measured]}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

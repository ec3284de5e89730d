"""Check every golden report and, with a path, write JSON lines: ``python -m tests.golden [open|held] [OUT]``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.golden import FOLDERS, Part, load, paths
from tests.golden.check import problems


def main(arguments: list[str]) -> int:
    parts: tuple[Part, ...] = tuple(p for p in FOLDERS if p in arguments) or tuple(FOLDERS)
    out = [Path(a) for a in arguments if a not in FOLDERS]
    found, reports = 0, []
    for part in parts:
        for path, report in zip(paths(part), load(part), strict=True):
            reports.append(report)
            for problem in problems(report, path.stem):
                found += 1
                print(f"{part}/{path.stem}: {problem}", file=sys.stderr)
        claims = sum(len(r["claims"]) for r in load(part))
        print(f"{part}: {len(paths(part))} reports, {claims} claims", file=sys.stderr)
    if out:
        lines = (json.dumps(report, ensure_ascii=False) + "\n" for report in reports)
        out[0].write_text("".join(lines), encoding="utf-8")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

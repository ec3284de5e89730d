"""Every regular expression of the package, and the strings that each would be slowest on.

``python -m tests.hostile.patterns`` compiles what reading, cleaning, keeping, serving, exporting and redacting a few
reports compiles, by watching ``re``, and times each pattern on strings made from its own repetitions: what leads to
one, then the repeated part many times, then a character that lets it fail. A pattern that backtracks takes the square
of the length, or worse.
"""

from __future__ import annotations

import argparse
import importlib
import json
import pkgutil
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

# What text is made of; tried on every pattern beside its own repetitions.
PLAIN = (
    " ",
    "a",
    "A",
    "1",
    ",",
    "\n",
    "a ",
    "A ",
    "Ab ",
    "1,",
    "1 ",
    '"',
    "'",
    ".",
    ". ",
    "-",
    "and ",
    "the ",
    "(",
    "<",
    "of ",
)
LENGTH = 3_000  # code points: twice the longest passage
LIMIT = 1.0  # seconds


def collect() -> dict[tuple[str, int], set[str]]:
    """Each pattern with its flags, and the modules that compile it."""
    found: dict[tuple[str, int], set[str]] = {}
    real = re._compile  # type: ignore[attr-defined]

    def watching(pattern: Any, flags: int) -> Any:
        compiled = real(pattern, flags)
        frame = sys._getframe(2)
        module = frame.f_globals.get("__name__", "")
        if module.startswith("tollbook") and isinstance(compiled.pattern, str):
            found.setdefault((compiled.pattern, compiled.flags), set()).add(module)
        return compiled

    re._compile = watching  # type: ignore[attr-defined]
    try:
        import tollbook

        for info in pkgutil.walk_packages(tollbook.__path__, "tollbook."):
            if not info.name.startswith(("tollbook.ledger.migrations", "tollbook.spark", "tollbook.__main__")):
                try:
                    importlib.import_module(info.name)
                except ImportError:  # an extra that is not installed
                    continue
        from tests.golden import FOLDERS, load
        from tests.hostile.worst import Times, whole

        for part in FOLDERS:
            for report in load(part)[:25]:
                whole((report.get("text") or report["html"]).encode(), Times(), shown=False)
        _keep_serve_and_export()
    finally:
        re._compile = real  # type: ignore[attr-defined]
    return found


def _keep_serve_and_export() -> None:
    """What is done with a ledger: some patterns are made where they are needed, of names that stand in it."""
    import random

    from tests.hostile.requests import attacked
    from tollbook.exports import exporter, names
    from tollbook.sharing import export_ledger

    with tempfile.TemporaryDirectory() as folder, attacked(Path(folder)) as attacker:
        chance = random.Random(1)
        for _ in range(150):
            attacker.one(chance)
        ledger = attacker.client.app.state.desk.ledger
        for name in names():
            export_ledger(ledger, name, Path(folder) / f"x{exporter(name).SUFFIX}")
        ledger.redact(name="Salim Qadri", actor="Ines Okoye", reason="a wish")


def attacks(pattern: str, flags: int) -> set[tuple[str, str]]:
    """What to begin with and what to repeat, for each open repetition of a pattern."""
    found = {("", plain) for plain in PLAIN}
    tree = parser.parse(pattern, flags & ~re.DEBUG)
    for before, body in _repeats(tree, ""):
        for choice in (0, 1):
            part = _sample(body, choice)
            if part:
                found |= {(before, part), ("", part), ("", before + part)}
    return {(a, b) for a, b in found if len(b) <= 200}


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, Any]]:
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, getattr(sre, "POSSESSIVE_REPEAT", None)):
            if value[1] >= 20:
                yield before, value[2]
            yield from _repeats(value[2], before)
        elif op is sre.SUBPATTERN:
            yield from _repeats(value[-1], before)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(value[1], before)
        before += _one(op, value, 0)


def _sample(tree: Any, choice: int) -> str:
    return "".join(_one(op, value, choice) for op, value in tree)


def _one(op: Any, value: Any, choice: int) -> str:
    """A string that one part of a pattern can match; ``choice`` says which of several."""
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if op is sre.ANY:
        return "a"
    if op is sre.IN:
        return _of_set(value, choice)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT):
        return _sample(value[2], choice) * max(value[0], 1 if choice else 0)
    if op is sre.SUBPATTERN:
        return _sample(value[-1], choice)
    if op is sre.BRANCH:
        return _sample(value[1][choice % len(value[1])], choice)
    return ""


_CLASSES = {
    "CATEGORY_DIGIT": "1",
    "CATEGORY_SPACE": " ",
    "CATEGORY_WORD": "a",
    "CATEGORY_NOT_SPACE": "a",
    "CATEGORY_NOT_WORD": ",",
}


def _of_set(items: Any, choice: int) -> str:
    if items and items[0][0] is sre.NEGATE:
        banned = re.compile("[" + "".join(_escaped(op, v) for op, v in items[1:]) + "]")
        options = [c for c in 'a1 ,A\n"' if not banned.match(c)]
        return options[choice % len(options)] if options else ""
    options = []
    for op, value in items:
        if op is sre.LITERAL:
            options.append(chr(value))
        elif op is sre.RANGE:
            options.append(chr(value[0]))
        elif op is sre.CATEGORY:
            options.append(_CLASSES.get(str(value), "a"))
    return options[choice % len(options)] if options else ""


def _escaped(op: Any, value: Any) -> str:
    if op is sre.LITERAL:
        return re.escape(chr(value))
    if op is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    return {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
            "CATEGORY_NOT_SPACE": r"\S", "CATEGORY_NOT_DIGIT": r"\D"}.get(str(value), "")  # fmt: skip


class TooLong(Exception):
    """A pattern was stopped."""


def _stop(*_: object) -> None:
    raise TooLong


def slowest(pattern: str, flags: int, length: int = LENGTH) -> tuple[float, str]:
    """The seconds that the worst attack takes, and which it is. Short strings first: some never end on long ones."""
    compiled = re.compile(pattern, flags)
    worst = (0.0, "")
    signal.signal(signal.SIGVTALRM, _stop)
    for before, part in sorted(attacks(pattern, flags)):
        for size in (length // 20, length):
            text = before + part * (size // len(part)) + "\x00"
            begun = time.process_time()
            signal.setitimer(signal.ITIMER_VIRTUAL, 2 * LIMIT)
            try:
                for _ in compiled.finditer(text):
                    pass
            except TooLong:
                return 2 * LIMIT, f"{before!r} then {part!r}, {size} characters"
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            took = time.process_time() - begun
            worst = max(worst, (took, f"{before!r} then {part!r}, {size} characters"))
    return worst


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--length", type=int, default=LENGTH)
    options.add_argument("--shown", type=int, default=10)
    asked = options.parse_args()
    found = collect()
    rows = []
    for (pattern, flags), modules in found.items():
        seconds, attack = slowest(pattern, flags, asked.length)
        rows.append(
            {"seconds": round(seconds, 3), "modules": sorted(modules), "pattern": pattern[:160], "attack": attack}
        )
    rows.sort(key=lambda row: -row["seconds"])  # type: ignore[operator,arg-type,return-value]
    slow = [row for row in rows if row["seconds"] > LIMIT]  # type: ignore[operator]
    for row in [*slow, *rows[len(slow) : asked.shown]]:
        print(json.dumps(row, ensure_ascii=False))
    print(f"{len(rows)} regular expressions, {len(slow)} slow on {asked.length} characters", file=sys.stderr)
    return bool(slow)


if __name__ == "__main__":
    sys.exit(main())

"""The gate against reading the bytes, and engines for it: ``python -m benchmarks.gate [--documents N] [--rounds N]``.

Ratio: the time of the gate over a news mix against the time of reading the same bytes from a file and decoding them.
``ahocorasick_rs`` and ``hyperscan`` are tried where they are installed. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.machine import machine
from benchmarks.news import texts
from tollbook.find import gate
from tollbook.find.grammar.passages import split_passages

PATTERN = gate._HARM.pattern
BODY = PATTERN.removeprefix("(?<![^\\W_])(?=[a-z])")


def matchers(passages: list[str]) -> dict[str, Callable[[], int]]:
    """Each engine as a function that counts the passages that pass; all have to agree with the gate."""
    found: dict[str, Callable[[], int]] = {"re, as it is": lambda: sum(map(gate.can_hold_claim, passages))}
    with contextlib.suppress(ImportError):
        import ahocorasick_rs

        words = [w for w in re.split(r"\|", BODY[3:-1]) if re.fullmatch(r"[a-z' ]+", w.replace("\\ ", " "))]
        trie = ahocorasick_rs.AhoCorasick([w.replace("\\ ", " ") for w in words])
        # A first look only: whatever it lets through, re decides. Words that are patterns stay with re altogether.
        rest = re.compile("|".join(w for w in re.split(r"\|", BODY[3:-1]) if w not in words) or "(?!)", re.IGNORECASE)

        def both() -> int:
            return sum(
                bool((trie.find_matches_as_indexes(p.lower()) or rest.search(p)) and gate.can_hold_claim(p))
                for p in passages
            )

        found["ahocorasick_rs, then re"] = both
    with contextlib.suppress(ImportError):
        import hyperscan

        flags = hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_UTF8
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        database.compile(expressions=[BODY.encode()], ids=[0], elements=1, flags=[flags])
        hits: list[int] = []

        def heard(*_: Any) -> bool:
            hits.append(1)
            return True

        def scanned() -> int:
            number = 0
            for p in passages:
                hits.clear()
                with contextlib.suppress(hyperscan.ScanTerminated):
                    database.scan(p.encode(), match_event_handler=heard)
                number += bool(hits and gate.can_hold_claim(p))
            return number

        found["hyperscan, then re"] = scanned
    return found


def measure(number: int, rounds: int) -> dict[str, Any]:
    """Medians over rounds, by turns; seconds of processor time."""
    mix = [text for _, _, text in texts(number)]
    passages = [p.text for text in mix for p in split_passages(text)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mix.txt"
        path.write_text("\n".join(mix), "utf-8")
        engines = matchers(passages)
        ways: dict[str, Callable[[], int]] = {"read": lambda: len(path.read_bytes().decode()), **engines}
        taken: dict[str, list[float]] = {name: [] for name in ways}
        counts: dict[str, int] = {}
        for _ in range(rounds):
            for name, way in ways.items():
                begun = time.process_time()
                counts[name] = way()
                taken[name].append(time.process_time() - begun)
    medians = {name: statistics.median(times) for name, times in taken.items()}
    assert len({counts[name] for name in engines}) == 1, counts
    megabytes = sum(len(text.encode()) for text in mix) / 1e6
    return {
        "passages": len(passages),
        "passed": counts["re, as it is"],
        "megabytes_per_s": {name: round(megabytes / seconds, 1) for name, seconds in medians.items()},
        "ratio": {"gate against reading the bytes": round(medians["re, as it is"] / medians["read"], 1)},
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    print(json.dumps({"gate": measure(chosen.documents, chosen.rounds), "machine": machine()}))


if __name__ == "__main__":
    main()

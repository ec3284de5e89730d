"""Kills an import at random moments and counts what is lost: ``python -m benchmarks.kill_add --rounds 50``.

A process adds documents and says after each that it was added; it is killed with SIGKILL at a random moment; another
one resumes. After every kill the ledger has to verify, and everything that was said to be added has to be there, once.
At the end it has to hold the same rows as a ledger that nobody interrupted.
"""

from __future__ import annotations

import argparse
import dataclasses
import hashlib
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tollbook.ledger import ClaimFilter, Ledger
from tollbook.records import Claim, Count, Document, MadeBy, Piece, Source, Span, claim_id, document_id

READER = MadeBy("rules 1", "model 1", "1", "gazetteer 1")


@dataclasses.dataclass(frozen=True)
class Tally:
    """What the kills did."""

    rounds: int
    killed: int  # the others had finished before
    documents: int
    lost: int
    doubled: int
    damaged: int
    same: bool  # the end is what an import without kills makes


def documents(number: int) -> Iterator[tuple[Document, list[Claim], bytes]]:
    """Documents of differing length, each with forty claims, so that a kill can fall between two rows."""
    for n in range(number):
        text = " ".join(f"Shells killed {k} people in street {n}-{k}." for k in range(2, 42)) + " More." * (n % 7 * 900)
        raw = text.encode()
        known = {"sha256": hashlib.sha256(raw).hexdigest(), "raw_sha256": hashlib.sha256(raw).hexdigest()}
        source = Source(key=f"{n}.txt", id=document_id(raw, "Valley Courier", None), outlet="Valley Courier", **known)
        document = Document(source, text, text, (Piece(0, 0, len(text)),), (), ())
        yield document, [claim(document, k) for k in range(2, 42)], raw


def claim(document: Document, number: int) -> Claim:
    """The claim that ``number`` people were killed."""
    at = document.text.index(f"killed {number} people") + 7
    words = str(number)
    spans = ((at, at + len(words)),)
    return Claim(
        id=claim_id(document.source.id, "killed", spans, 0),
        document=document.source,
        quote=Span(document.text[at - 7 : at + len(words)], at - 7, at + len(words)),
        harm="killed",
        count=Count(words, at, at + len(words), number, number, "exact"),
        victims=None,
        event=None,
        date=None,
        said=None,
        place=None,
        blamed=(),
        attribution=(),
        stance="asserted",
        scope="incident",
        relation=None,
        score=0.9,
        made_by=READER,
    )


def add(place: str, number: int) -> None:
    """The process that is killed: adds, and says so, one id a line."""
    with Ledger.open(place, create=True) as ledger:
        print("open", flush=True)
        for document, claims, raw in documents(number):
            if not ledger.has_read(document.source.id, READER):
                ledger.add_document(document, claims, raw)
            print(document.source.id, flush=True)


def run(place: str, rounds: int, number: int, seed: int = 1) -> Tally:
    """Kills, checks, resumes."""
    chance = random.Random(seed)
    command = [sys.executable, "-m", "benchmarks.kill_add", "--add", place, "--documents", str(number)]
    span = None
    said: set[str] = set()
    killed = lost = doubled = damaged = 0
    for _ in range(rounds):
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        first = process.stdout.readline()  # from here on it writes; loading Python is not what is tested
        begun = time.monotonic()
        if span is not None or first:
            time.sleep(chance.uniform(0, span if span is not None else 0.5))
        process.send_signal(signal.SIGKILL)
        said |= {line.strip() for line in process.stdout} - {"open"}
        killed += process.wait() == -signal.SIGKILL
        span = span or max(0.05, time.monotonic() - begun)
        with Ledger.open(place, create=True) as ledger:
            damaged += ledger.verify().damaged
            there = [row.id for row in ledger.documents() if row.claims == 40]
            lost += len(said - set(there))
            counts = Counter(c.id for c in ledger.claims(ClaimFilter(superseded=True)))
            doubled += sum(count > 1 for count in counts.values()) + (len(counts) != 40 * len(there))
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with tempfile.TemporaryDirectory() as folder:
        whole = str(Path(folder) / "whole.db")
        subprocess.run([*command[:4], whole, *command[5:]], check=True, stdout=subprocess.DEVNULL)
        with Ledger.open(whole) as one, Ledger.open(place) as other:
            same = _content(one) == _content(other)
            damaged += other.verify().damaged
    return Tally(rounds, killed, number, lost, doubled, damaged, same)


def _content(ledger: Ledger) -> list[object]:
    return [list(ledger.documents()), list(ledger.claims(ClaimFilter(superseded=True))), ledger.head()[0]]


def main() -> None:
    """Either role."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--ledger", help="where, instead of a temporary file: an empty PostgreSQL database, say")
    parser.add_argument("--add", metavar="PLACE", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.add:
        add(chosen.add, chosen.documents)
        return
    with tempfile.TemporaryDirectory() as folder:
        tally = run(chosen.ledger or str(Path(folder) / "ledger.db"), chosen.rounds, chosen.documents)
    print(json.dumps(dataclasses.asdict(tally)))
    if tally.lost or tally.doubled or tally.damaged or not tally.same:
        sys.exit(1)


if __name__ == "__main__":
    main()

"""How fast the web application answers: a made ledger of 100,000 incidents and 300,000 claims, 20 users at once.

    python -m benchmarks.web                      the whole measure (makes build/web-bench.db once, some minutes)
    python -m benchmarks.web --incidents 2000     a small one

Each user asks for a page, thinks for a second, asks for the next. The projections are filled directly: how a ledger
grows through its log is measured by benchmarks/ledger_load.py.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert

from tests.ledger.made import document, raw_of
from tollbook.ledger import Ledger, tables
from tollbook.ledger.events import canonical
from tollbook.records import document_id

COUNTRIES = ["SY", "IQ", "YE", "UA", "AF", "ML", "SD", "SO", "MM", "ET"]
EVENTS = ["airstrike", "shelling", "drone_strike", "bombing", "shooting", "clash", "landmine"]
PARTIES = [f"Party {letter}" for letter in "ABCDEFGHIJKLMN"]
BODIES = [f"Ministry {n}" for n in range(40)] + [f"Monitor {n}" for n in range(20)]
OUTLETS = [f"Outlet {n}" for n in range(120)]
WORDS = [
    "market",
    "hospital",
    "convoy",
    "village",
    "night",
    "bridge",
    "school",
    "camp",
    "mosque",
    "road",
    "harbour",
    "mill",
]
PAGES = {
    "incidents": "/incidents", "by country": "/incidents?country=SY",
    "two facets": "/incidents?country=IQ&event=airstrike",
    "search": "/incidents?q=hospital+bridge", "period": "/incidents?since=2021-03-01&until=2021-06-30",
    "by toll": "/incidents?sort=toll", "page 40": "/incidents?page=40", "blamed": "/incidents?blamed=Party+C",
    "claims": "/claims", "claims searched": "/claims?q=market", "claims by origin": "/claims?origin=Ministry+7",
    "spots": "/incidents/spots", "spots of a country": "/incidents/spots?country=YE", "corpus": "/documents",
    "incident": "/incidents/{incident}", "incident as JSON": "/incidents/{incident}.json",
    "article": "/documents/{document}",
    "review": "/review/{claim}",
}  # fmt: skip


REAL = 500  # incidents one of whose claims stands in a document that can be opened


def make(path: Path, incidents: int) -> None:
    """Fills the projections of a new ledger; a few documents are real, so that articles can be opened."""
    chance = random.Random(7)
    real = []
    with Ledger.open(path, create=True) as ledger:
        for n in range(50):
            text = (
                f"Report {n}. 12 people were killed in a {chance.choice(WORDS)} on 3 May 2021, a ministry said. " * 12
            )
            doc = document(text, outlet=OUTLETS[n], key=f"real-{n}.txt")
            ledger.add_document(doc, (), raw_of(doc))
            real.append(doc.source.id)
    engine = create_engine(f"sqlite:///{path}")
    spots = [(round(chance.uniform(5, 50), 2), round(chance.uniform(-10, 70), 2)) for _ in range(4_000)]
    for first in range(0, incidents, 2_000):
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for n in range(first, min(first + 2_000, incidents)):
            _incident(rows, n, chance, spots, real)
        with engine.begin() as connection:
            for name, some in rows.items():
                connection.execute(insert(tables.metadata.tables[name]), some)


def _incident(
    rows: dict[str, list[dict[str, Any]]], n: int, chance: random.Random, spots: Any, real: list[str]
) -> None:
    country, event, party = chance.choice(COUNTRIES), chance.choice(EVENTS), chance.choice(PARTIES)
    day = (dt.date(2012, 1, 1) + dt.timedelta(days=chance.randrange(4_700))).isoformat()
    lat, lon = chance.choice(spots)
    name, low = f"{chance.choice(WORDS).title()} {n % 900}", chance.randrange(1, 60)
    ids = []
    for part in range(3):
        outlet, opens = chance.choice(OUTLETS), part == 0 and n < REAL
        document = real[n % 50] if opens else document_id(b"%d %d" % (n, part), None, None)
        id = f"c-{n * 3 + part:016x}"
        ids.append(id)
        claim = _claim(id, (document, outlet, n), (country, event, party, name), (day, lat, lon, low + part), chance)
        common = {"id": id, "seq": 1, "position": part, "document": document, "by_hand": 0, "harm": "killed"}
        rows["claims"].append(
            common | {"low": low + part, "high": low + part, "event_type": event, "date_from": day, "date_to": day,
                      "country": country, "stance": "asserted", "scope": "incident", "json": canonical(claim).decode()}
        )  # fmt: skip
        if not opens:
            rows["documents"].append(
                {"id": document, "seq": 1, "first_seq": n, "readings": 1, "state": "read", "key": f"{n}-{part}",
                 "outlet": outlet, "title": claim["document"]["title"], "language": "en", "published": day,
                 "sha256": f"{n:032x}{part:032x}", "raw_sha256": f"{n:064x}", "raw_kept": 0,
                 "claims": 1, "statements": 0}
            )  # fmt: skip
    incident = f"i-{n:016x}"
    summary = {
        "killed": {"low": low, "high": low + 2}, "injured": None, "date": {"from": day, "to": day, "precision": "day"},
        "place": {"name": name, "country": country, "lat": lat, "lon": lon, "precision": "town"}, "outlets": 3,
        "origins": {"low": 2, "high": 3}, "contradictions": [],
    }  # fmt: skip
    rows["incidents"].append({"id": incident, "seq": 1, "status": "candidate", "claims": 3, "date_from": day,
                              "date_to": day, "country": country, "json": json.dumps(summary)})  # fmt: skip
    rows["members"] += [{"claim": id, "incident": incident} for id in ids]


def _claim(id: str, source: Any, what: Any, values: Any, chance: random.Random) -> dict[str, Any]:
    (document, outlet, n), (country, event, party, name), (day, lat, lon, number) = source, what, values
    words = " ".join(chance.sample(WORDS, 5))
    text = f"{number} people were killed when the {words} in {name} was hit on {day}, officials said."
    at = {"text": str(number), "start": 0, "end": len(str(number))}
    return {
        "schema": "tollbook.claim/1", "id": id,
        "document": {"key": f"{n}", "id": document, "sha256": "0" * 64, "raw_sha256": "0" * 64, "outlet": outlet,
                     "outlet_from": None, "title": f"{number} dead in {name}", "url": None, "archive_url": None,
                     "language": "en", "published": day, "published_from": None, "captured": None,
                     "translation_of": None},
        "quote": {"text": text, "start": 0, "end": len(text)}, "harm": "killed",
        "count": {**at, "low": number, "high": number, "qualifier": "exact"}, "victims": None,
        "event": {**at, "type": event}, "said": None,
        "date": {**at, "from": day, "to": day, "precision": "day", "anchored_to": "text"},
        "place": {**at, "name": name, "country": country, "admin1": None, "lat": lat, "lon": lon, "precision": "town",
                  "gazetteer_id": None},
        "blamed": [{**at, "name": party, "basis": "accused", "by": None}],
        "attribution": [{**at, "name": "official", "role": None, "body": chance.choice(BODIES), "kind": "government",
                         "cue": "said", "mode": "indirect"}],
        "stance": "asserted", "scope": "incident", "relation": None, "score": round(chance.uniform(0.5, 1), 2),
        "made_by": {"reader": "r", "model": "m", "lexicon": "1", "gazetteer": "g"},
    }  # fmt: skip


def measure(base: str, seconds: float, users: int, incidents: int) -> dict[str, list[float]]:
    """Seconds that each page took, as each of the users saw it."""
    took: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds

    def user(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.random())
        while time.monotonic() < until:
            name, at = chance.choice(list(PAGES.items()))
            n = chance.randrange(incidents)
            ids = {
                "incident": f"i-{n:016x}",
                "claim": f"c-{n % REAL * 3:016x}",
                "document": DOCUMENTS[n % len(DOCUMENTS)],
            }
            started = time.perf_counter()
            request = urllib.request.Request(base + at.format(**ids), headers={"Accept-Encoding": "gzip"})
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    answer.read()
                took[name].append(time.perf_counter() - started)
            except OSError as error:
                took[f"FAILED {name} {error}"].append(time.perf_counter() - started)
            time.sleep(1)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


DOCUMENTS: list[str] = []


def main() -> None:
    """Makes the ledger where there is none, serves it, asks it, and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    path = Path(f"build/web-bench-{given.incidents}.db")
    path.parent.mkdir(exist_ok=True)
    if not path.exists():
        started = time.perf_counter()
        make(path, given.incidents)
        took = time.perf_counter() - started
        print(f"made {given.incidents:,} incidents and {given.incidents * 3:,} claims in {took:.0f} s")
    with Ledger.open(path, read_only=True) as ledger:
        DOCUMENTS.extend(one.id for one in ledger.documents() if one.key and one.key.startswith("real-"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    code = f"from tollbook.cli.serving import serve; serve(['--ledger', {str(path)!r}, '--port', '{port}'])"
    server = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{base}/add", timeout=60).close()
                break
            except OSError:
                time.sleep(0.2)
        print(f"serving after {time.perf_counter() - started:.1f} s")
        report(measure(base, given.seconds, given.users, given.incidents))
    finally:
        server.terminate()
        server.wait(30)


def report(took: dict[str, list[float]]) -> None:
    """A line a page: how often, median, 95th percentile, worst, in milliseconds."""
    for name, some in sorted(took.items(), key=lambda pair: -_p95(pair[1])):
        print(f"{name:20} {len(some):5}  median {statistics.median(some) * 1e3:6.0f}  p95 {_p95(some) * 1e3:6.0f}  "
              f"worst {max(some) * 1e3:6.0f} ms")  # fmt: skip
    every = [one for some in took.values() for one in some]
    print(f"{'all':20} {len(every):5}  median {statistics.median(every) * 1e3:6.0f}  p95 {_p95(every) * 1e3:6.0f} ms")


def _p95(some: list[float]) -> float:
    return sorted(some)[int(len(some) * 0.95)] if len(some) > 1 else some[0]


if __name__ == "__main__":
    main()

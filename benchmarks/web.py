"""How fast the web application answers: a made ledger of 100,000 incidents and 300,000 claims, 20 users at once.

    python -m benchmarks.web                      the whole measure (makes build/web-bench.db once, some minutes)
    python -m benchmarks.web --incidents 2000     a small one
    python -m benchmarks.web --alone 1500         processor time of each page, whatever else the machine does
    python -m benchmarks.web --postgres           in a PostgreSQL server of its own, gone when it ends

Each user asks for a page, thinks for a second, asks for the next; hardly two ask the same, and one judges a claim each
time, so that nothing can be answered from memory. The projections are filled directly: how a ledger
grows through its log is measured by benchmarks/ledger_load.py.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import re
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from tests.ledger.made import document, raw_of
from tests.services import postgres
from tollbook.errors import LedgerError
from tollbook.ledger import Ledger, tables
from tollbook.ledger.engine import locate, make_engine
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


def pages(chance: random.Random) -> dict[str, str]:
    """Questions of each kind; what they ask for differs every time, so that no answer is remembered from before."""
    country, event, party = chance.choice(COUNTRIES), chance.choice(EVENTS), chance.choice(PARTIES).replace(" ", "+")
    body, outlet = chance.choice(BODIES).replace(" ", "+"), chance.choice(OUTLETS).replace(" ", "+")
    day = dt.date(2012, 1, 1) + dt.timedelta(days=chance.randrange(4_000))
    until = day + dt.timedelta(days=chance.randrange(20, 600))
    words = "+".join(chance.sample(WORDS, 2))
    west, south = chance.randrange(-10, 50), chance.randrange(5, 40)
    return {
        "incidents": "/incidents", "by country": f"/incidents?country={country}&since={day}",
        "two facets": f"/incidents?country={country}&event={event}&until={until}",
        "three facets": f"/incidents?country={country}&blamed={party}&outlet={outlet}",
        "search": f"/incidents?q={words}", "broad search": f"/incidents?q={chance.choice(WORDS)}&since={day}",
        "period": f"/incidents?since={day}&until={until}",
        "area": f"/incidents?box={west},{south},{west + 9},{south + 7}",
        "by toll": f"/incidents?sort=toll&event={event}&page={chance.randrange(1, 9)}",
        "far page": f"/incidents?page={chance.randrange(2, 1_500)}", "blamed": f"/incidents?blamed={party}&since={day}",
        "claims": "/claims", "claims searched": f"/claims?q={words}",
        "claims broadly searched": f"/claims?q={words[:4]}",
        "claims by origin": f"/claims?origin={body}&sort=toll", "claims of an outlet": f"/claims?outlet={outlet}",
        "spots": "/incidents/spots", "spots of a question": f"/incidents/spots?country={country}&since={day}",
        "spots of claims": f"/claims/spots?q={words}", "corpus": "/documents",
        "corpus searched": f"/documents?q={chance.choice(WORDS)}+{chance.randrange(900)}",
        "corpus by outlet": f"/documents?outlet={outlet}&sort=claims",
        "incident": "/incidents/{incident}", "incident as JSON": "/incidents/{incident}.json",
        "article": "/documents/{document}", "review": "/review/{claim}",
        "next to review": "/review?document={document}",
        "latest decisions": "/review/decisions", "all values of a facet": f"/claims?all=origin&country={country}",
    }  # fmt: skip


REAL = 500  # incidents one of whose claims stands in a document that can be opened


def make(where: Path | str, incidents: int) -> None:
    """Fills the projections of a new ledger; a few documents are real, so that articles can be opened."""
    chance = random.Random(7)
    real = []
    with Ledger.open(where, create=True) as ledger:
        for n in range(50):
            text = (
                f"Report {n}. 12 people were killed in a {chance.choice(WORDS)} on 3 May 2021, a ministry said. " * 12
            )
            doc = document(text, outlet=OUTLETS[n], key=f"real-{n}.txt")
            ledger.add_document(doc, (), raw_of(doc))
            real.append(doc.source.id)
    engine = make_engine(locate(where), create=False, read_only=False)
    spots = [(round(chance.uniform(5, 50), 2), round(chance.uniform(-10, 70), 2)) for _ in range(4_000)]
    for first in range(0, incidents, 2_000):
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for n in range(first, min(first + 2_000, incidents)):
            _incident(rows, n, chance, spots, real)
        with engine.begin() as connection:
            for name, some in rows.items():
                connection.execute(insert(tables.metadata.tables[name]), some)
    engine.dispose()


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
    """Seconds that each page took, as each of the users saw it; one of them judges a claim each time."""
    took: dict[str, list[float]] = defaultdict(list)
    until = time.monotonic() + seconds

    def asked(name: str, request: urllib.request.Request) -> bytes:
        started = time.perf_counter()
        try:
            with OPENER.open(request, timeout=60) as answer:
                body: bytes = answer.read()
            took[name].append(time.perf_counter() - started)
        except OSError as error:
            if isinstance(error, urllib.error.HTTPError) and error.code == 303:  # where a decision leads
                took[name].append(time.perf_counter() - started)
                return b""
            if isinstance(error, urllib.error.HTTPError):
                print(re.sub(r"(?s).*<main[^>]*>|</main>.*|<[^>]+>", " ", error.read().decode()).strip()[:300])
            took[f"FAILED {name} {error}"].append(time.perf_counter() - started)
            body = b""
        return body

    def user(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.random())
        while time.monotonic() < until:
            if number == 0:
                _judge(base, f"c-{chance.randrange(REAL) * 3:016x}", asked)
            else:
                name, at = chance.choice(list(pages(chance).items()))
                n = chance.randrange(incidents)
                ids = {"incident": f"i-{n:016x}", "claim": f"c-{n % REAL * 3:016x}",
                       "document": DOCUMENTS[n % len(DOCUMENTS)]}  # fmt: skip
                asked(name, urllib.request.Request(base + at.format(**ids), headers={"Accept-Encoding": "gzip"}))
            time.sleep(1)

    threads = [threading.Thread(target=user, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def _judge(base: str, claim: str, asked: Callable[[str, urllib.request.Request], bytes]) -> None:
    """What an editor does: opens a claim and says that it was read correctly."""
    with urllib.request.urlopen(f"{base}/review/{claim}", timeout=60) as answer:
        cookie = answer.headers["Set-Cookie"].split(";")[0]
        text = answer.read().decode()
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', text)) | {"kind": "accept"}
    headers = {"Cookie": cookie, "Origin": base}
    asked("judging", urllib.request.Request(f"{base}/review/{claim}", urllib.parse.urlencode(form).encode(), headers))


DOCUMENTS: list[str] = []


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Nowhere: that is a page of its own."""


OPENER = urllib.request.build_opener(_Stay)


def main() -> None:
    """Makes the ledger where there is none, serves it, asks it, and prints what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--incidents", type=int, default=100_000)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--alone", type=int, metavar="N", help="processor time of N requests, one after another")
    parser.add_argument("--ledger", help="an empty PostgreSQL database, or one that an earlier measure filled")
    parser.add_argument("--postgres", action="store_true", help="in a PostgreSQL server of its own")
    given = parser.parse_args()
    if given.postgres:
        with postgres() as cluster:
            cluster.sql("CREATE DATABASE tolls")
            _all(cluster.url("tolls"), given)
    else:
        _all(given.ledger or f"build/web-bench-{given.incidents}.db", given)


def _all(where: str, given: argparse.Namespace) -> None:
    if "://" not in where:
        Path(where).parent.mkdir(parents=True, exist_ok=True)
    if not _filled(where):
        started = time.perf_counter()
        make(where, given.incidents)
        took = time.perf_counter() - started
        print(f"made {given.incidents:,} incidents and {given.incidents * 3:,} claims in {took:.0f} s", flush=True)
    with Ledger.open(where, read_only=True) as ledger:
        DOCUMENTS.extend(one.id for one in ledger.documents() if one.key and one.key.startswith("real-"))
    if given.alone:
        report(alone(where, given.alone, given.incidents))
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = time.perf_counter()
    code = f"from tollbook.cli.serving import serve; serve(['--ledger', {where!r}, '--port', '{port}'])"
    server = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                urllib.request.urlopen(f"{base}/add", timeout=60).close()
                break
            except OSError:
                time.sleep(0.2)
        print(f"serving after {time.perf_counter() - started:.0f} s and {_spent(server.pid)}", flush=True)
        busy = os.getloadavg()[0]
        report(measure(base, given.seconds, given.users, given.incidents))
        print(f"server: {_spent(server.pid)}; other work on the machine: load {busy:.0f} before")
    finally:
        server.terminate()
        server.wait(30)


def alone(where: str, number: int, incidents: int) -> dict[str, list[float]]:
    """Seconds of processor time that each page takes, which other work on the machine leaves as it is.

    Asked within this process; what asking itself costs, some milliseconds, is in it. A judgement comes every twentieth
    time.
    """
    from fastapi.testclient import TestClient

    from tollbook.web.app import create_app
    from tollbook.web.config import Config

    took: dict[str, list[float]] = defaultdict(list)
    chance = random.Random(1)
    with TestClient(
        create_app(Config(ledger=where)), base_url="http://127.0.0.1:8000", follow_redirects=False
    ) as client:
        for turn in range(number):
            name, at = chance.choice(list(pages(chance).items()))
            n = chance.randrange(incidents)
            at = at.format(
                incident=f"i-{n:016x}", claim=f"c-{n % REAL * 3:016x}", document=DOCUMENTS[n % len(DOCUMENTS)]
            )
            data = None
            if turn % 20 == 19:
                name, at = "judging", f"/review/c-{n % REAL * 3:016x}"
                found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', client.get(at).text)
                data = dict(found) | {"kind": "accept"}
            before = time.process_time()
            answer = client.request(
                "POST" if data else "GET", at, data=data, headers={"Origin": "http://127.0.0.1:8000"}
            )
            took[name].append(time.process_time() - before)
            assert answer.status_code in (200, 303), (at, answer.status_code)
    return took


def _filled(where: str) -> bool:
    try:
        with Ledger.open(where, read_only=True) as ledger:
            return ledger.count("claims") > 0
    except LedgerError:
        return False


def _spent(pid: int) -> str:
    """Processor time and largest memory of a process so far, from Linux's own records."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    status = Path(f"/proc/{pid}/status").read_text()
    memory = int(status.split("VmHWM:")[1].split()[0]) // 1024
    return (
        f"{(int(ticks[11]) + int(ticks[12])) / os.sysconf('SC_CLK_TCK'):.0f} s of processor time, at most {memory} MB"
    )


def report(took: dict[str, list[float]]) -> None:
    """A line a page: how often, median, 95th percentile, worst, in milliseconds."""
    for name, some in sorted(took.items(), key=lambda pair: -_p95(pair[1])):
        print(f"{name:24} {len(some):5}  median {statistics.median(some) * 1e3:6.0f}  p95 {_p95(some) * 1e3:6.0f}  "
              f"worst {max(some) * 1e3:6.0f} ms")  # fmt: skip
    print(f"{'worst page':24}                        p95 {max(map(_p95, took.values())) * 1e3:6.0f} ms")
    every = [one for some in took.values() for one in some]
    print(f"{'all':24} {len(every):5}  median {statistics.median(every) * 1e3:6.0f}  p95 {_p95(every) * 1e3:6.0f} ms")


def _p95(some: list[float]) -> float:
    return sorted(some)[int(len(some) * 0.95)] if len(some) > 1 else some[0]


if __name__ == "__main__":
    main()

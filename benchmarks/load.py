"""A team at work: ``python -m benchmarks.load [--readers 50] [--reviewers 5] [--seconds 300] [--ledger URL]``.

A server process over a ledger with accounts. Readers ask for one page after another, thinking in between; reviewers
sign in and judge one claim after another by the forms of the pages, as browsers do. Afterwards the server is killed:
the ledger has to verify, and every decision that was acknowledged has to stand in it, once, under its reviewer's name.
Prints one JSON object; exit status 1 where anything was answered wrongly or lost.
"""

from __future__ import annotations

import argparse
import contextlib
import html
import http.client
import json
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.kill_add import documents
from benchmarks.machine import machine
from tollbook.ledger import Cluster, Ledger
from tollbook.web.accounts import Accounts

PASSWORD = "a password for the load"
PAGES = (
    "/incidents", "/incidents?sort=toll", "/incidents?q=street", "/incidents/spots", "/claims", "/claims?q=people",
    "/claims?harm=killed&sort=toll", "/claims.json?q=shells", "/documents", "/documents.csv", "/incidents/{incident}",
    "/incidents/{incident}.json", "/documents/{document}", "/claims/{claim}.json",
)  # fmt: skip


@dataclass
class Result:
    """What happened, over all users."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"reading": [], "judging": []})
    wrong: Counter[str] = field(default_factory=Counter)
    acknowledged: list[tuple[str, str, str]] = field(default_factory=list)  # reviewer, claim, kind
    refused: int = 0  # decisions that another reviewer had taken before, which is told
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, seconds: float) -> None:
        with self.lock:
            self.seconds[kind].append(seconds)


class Browser:
    """As much of one as is needed: a connection that stays open, a cookie, and the forms' token."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._cookie = ""

    def ask(self, method: str, at: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text and the address that it leads to."""
        headers = {"Cookie": self._cookie, "Accept-Encoding": "identity"}
        body = None
        if form is not None:
            body, headers["Content-Type"] = urlencode(form), "application/x-www-form-urlencoded"
        self._connection.request(method, at, body, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        if cookie := answer.getheader("Set-Cookie"):
            self._cookie = cookie.split(";")[0]
        return answer.status, text, answer.getheader("Location") or ""

    def sign_in(self, name: str) -> None:
        _, text, _ = self.ask("GET", "/sign-in")
        status, _, _ = self.ask("POST", "/sign-in", {"csrf": _token(text), "name": name, "password": PASSWORD})
        assert status == 303, f"{name} could not sign in: {status}"


def _token(text: str) -> str:
    found = re.search(r'data-csrf="([^"]*)"', text)
    return html.unescape(found[1]) if found else ""


def make(place: str, number: int) -> dict[str, list[str]]:
    """A ledger of ``number`` claims in incidents of three; returns ids to ask for."""
    with Ledger.open(place, create=True) as ledger:
        for document, claims, raw in documents(number // 40):
            ledger.add_document(document, claims, raw)
        ids = [claim.id for claim in ledger.claims()]
        clusters = [
            Cluster(f"i-{n:016x}", tuple(ids[n : n + 3]), {"date": {"from": f"20{n % 80 + 10}-01-01", "to": None}})
            for n in range(0, len(ids), 3)
        ]
        ledger.put_clusters(clusters, "load")
        return {"claim": ids, "incident": [one.id for one in clusters], "document": [d.id for d in ledger.documents()]}


def read(port: int, name: str, ids: dict[str, list[str]], until: float, result: Result) -> None:
    """A reader: a page, a moment, the next page."""
    chance = random.Random(name)
    time.sleep(chance.random() * 2)
    browser = Browser(port)
    browser.sign_in(name)
    while time.monotonic() < until:
        at = chance.choice(PAGES).format(**{kind: chance.choice(some) for kind, some in ids.items()})
        begun = time.perf_counter()
        status, text, _ = browser.ask("GET", at)
        result.took("reading", time.perf_counter() - begun)
        if status != 200 or not text:
            result.wrong[f"GET {at.split('?')[0].split('/')[1]}: {status}"] += 1
        time.sleep(chance.uniform(0.5, 1.5))


def review(port: int, name: str, claims: list[str], until: float, result: Result) -> None:
    """A reviewer: the next claim, a look at it, a decision; now and then an undo."""
    chance = random.Random(name)
    browser = Browser(port)
    browser.sign_in(name)
    for claim in claims:
        if time.monotonic() > until:
            return
        begun = time.perf_counter()
        status, text, _ = browser.ask("GET", f"/review/{claim}")
        if status != 200:
            result.wrong[f"GET /review: {status}"] += 1
            continue
        seen = re.search(r'name="revision" value="(\d+)"', text)
        time.sleep(chance.uniform(0, 0.3))
        kind = chance.choice(("accept", "reject", "unsure"))
        form = {"csrf": _token(text), "kind": kind, "revision": seen[1] if seen else "", "note": f"by {name}"}
        status, _, to = browser.ask("POST", f"/review/{claim}", form)
        result.took("judging", time.perf_counter() - begun)
        with result.lock:
            if status == 303 and "last=j-" in to:
                result.acknowledged.append((name, claim, kind))
            elif status == 409:
                result.refused += 1
            else:
                result.wrong[f"POST /review: {status}"] += 1
        time.sleep(chance.uniform(0.2, 0.8))


@contextlib.contextmanager
def serving(place: str, folder: Path) -> Iterator[int]:
    """The server as people start it; killed at the end, as by a power cut."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = ["--ledger", place, "--port", str(port), "--accounts", str(folder / "team.db")]
    code = f"from tollbook.cli.serving import serve; serve({given!r})"
    with open(folder / "server.log", "w") as log:
        server = subprocess.Popen([sys.executable, "-c", code], stderr=log)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=5).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "server.log").read_text()
                time.sleep(0.1)
        yield port
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()


def run(place: str, *, readers: int, reviewers: int, seconds: float, claims: int = 6_000) -> dict[str, object]:
    """The whole measure over a new ledger at ``place``."""
    result = Result()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ids = make(place, claims)
        team = Accounts(folder / "team.db")
        names = [f"reviewer {n}" for n in range(reviewers)]
        for one in names:
            team.put(one, "editor", PASSWORD)
        for n in range(readers):
            team.put(f"reader {n}", "viewer", PASSWORD)
        team.close()
        with serving(place, folder) as port:
            until = time.monotonic() + seconds
            # Each reviewer has claims of their own, and a tenth that all of them have.
            shared = ids["claim"][::10]
            own = [[c for c in ids["claim"] if c not in set(shared)][n::reviewers] for n in range(reviewers)]
            for n, some in enumerate(own):
                some[:] = [claim for pair in zip(some, shared * 20, strict=False) for claim in pair][: len(some)]
                random.Random(n).shuffle(some)
            threads = [threading.Thread(target=_safe, args=(result, read, port, f"reader {n}", ids, until, result))
                       for n in range(readers)]  # fmt: skip
            threads += [threading.Thread(target=_safe, args=(result, review, port, name_, some, until, result))
                        for name_, some in zip(names, own, strict=True)]  # fmt: skip
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        log = (folder / "server.log").read_text()
    with Ledger.open(place) as ledger:
        there = Counter((j.judgement.by, j.judgement.subject, j.judgement.kind) for j in ledger.judgements())
        clean = ledger.verify().clean
    told = Counter(result.acknowledged)
    figures: dict[str, object] = {
        "engine": "PostgreSQL" if "://" in place else "SQLite", "readers": readers, "reviewers": reviewers,
        "seconds": round(seconds), "requests": sum(map(len, result.seconds.values())),
        "errors": sum(result.wrong.values()), "judgements": len(result.acknowledged), "told too late": result.refused,
        "lost": len(told - there), "doubled": sum(count > 1 for count in there.values()), "clean": clean,
        "faults in the log": log.count("Traceback"), "wrong": dict(result.wrong),
    }  # fmt: skip
    for kind, taken in result.seconds.items():
        if len(taken) > 1:
            figures[f"{kind} median ms"] = round(statistics.median(taken) * 1000)
            figures[f"{kind} p95 ms"] = round(statistics.quantiles(taken, n=20)[-1] * 1000)
    return figures


def _safe(result: Result, work: Callable[..., None], *given: object) -> None:
    try:
        work(*given)
    except Exception as error:
        with result.lock:
            result.wrong[f"{type(error).__name__}: {error}"[:120]] += 1


def main() -> int:
    """Measures in a temporary file, or where it is told to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reviewers", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=300)
    parser.add_argument("--claims", type=int, default=6_000)
    parser.add_argument("--ledger", help="an empty PostgreSQL database, instead of a temporary file")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = chosen.ledger or str(Path(folder) / "ledger.db")
        numbers = {name: getattr(chosen, name) for name in ("readers", "reviewers", "seconds", "claims")}
        figures = run(place, **numbers) | {"machine": machine()}
    print(json.dumps(figures))
    return bool(figures["errors"] or figures["lost"] or figures["doubled"] or not figures["clean"])


if __name__ == "__main__":
    sys.exit(main())

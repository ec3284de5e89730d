"""Requests made from the application's own description (``/openapi.json``): right ones, wrong ones and attacks.

``python -m tests.hostile.requests --seconds 60`` tries as many as it can and prints how many, and what was found.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.hostile.texts import EVIL
from tests.web import made
from tests.web.made import desk_of
from tollbook.web.security import HEADERS

MARK = "<pwn9>"  # a tag of nobody's: where it stands in a page as it is, anything could
INJECTIONS = (
    "' OR 1=1 --", '" OR ""="', "'); DROP TABLE claim; --", "1; DELETE FROM events", "\\'; SELECT pg_sleep(9)--",
    "x' UNION SELECT password FROM account--", "%' AND '%'='", "a\x00b", "\x00", '"', '""', "*", "a*b", "NEAR(a b)",
    "col:x", "a AND", "OR", "NOT x", "^x", "(", "{}", "-", "--", "/*", "%00", "%s%n", "${7*7}", "{{7*7}}", "{% raw %}",
    "=1+1", "@x", "../../etc/passwd", "..%2f..%2fetc", "\\\\host\\share", "file:///etc/passwd", "CON",
    "http://169.254.169.254/", f"\"'>{MARK}<script>alert(1)</script>", f"javascript:{MARK}",
    f"x\r\nSet-Cookie: a={MARK}", "x\nLocation: http://evil.example", "9" * 400, "-1", "1e309", "nan", "inf", "٣", "²",
    "0x10", "true", "null", "[]", "0001-01-01", "9999-12-31", "2024-02-30", "2024-W01-1", "20240101", "1,2,3,4",
    "-180,-90,180,90", "nan,0,1,1", "c-", "d-", "i-", "j-", "~" * 50, "a" * 5_000, "", " ",
)  # fmt: skip
_BROKEN = ("Traceback (most", "sqlite3.", "psycopg", "sqlalchemy", "site-packages", "OperationalError", "jinja2")


@dataclass(frozen=True)
class Operation:
    """One method at one path, with what it takes."""

    method: str
    path: str
    query: dict[str, Any]
    form: dict[str, Any]


def operations(spec: dict[str, Any]) -> list[Operation]:
    """Everything that the description says can be asked."""
    found = []
    for path, methods in spec["paths"].items():
        for method, said in methods.items():
            query = {one["name"]: one["schema"] for one in said.get("parameters", ()) if one["in"] == "query"}
            bodies = list(said.get("requestBody", {}).get("content", {}).values())
            form = bodies[0]["schema"]["properties"] if bodies else {}
            found.append(Operation(method.upper(), path, query, form))
    return found


class Attacker:
    """Makes requests by chance and says what is wrong with the answers."""

    def __init__(self, client: Any, ids: dict[str, str]) -> None:
        self.client, self.ids = client, list(ids.values())
        self.operations = operations(client.get("/openapi.json").json())
        self.token = made.token(client)
        self.tried: Counter[str] = Counter()

    def one(self, chance: random.Random) -> list[str]:
        """One request. Returns what is wrong with the answer: nothing, it is hoped."""
        operation = chance.choice(self.operations)
        at = operation.path
        for name in ("{id}", "{suffix}"):
            while name in at:
                at = at.replace(name, quote(self._segment(name, chance).encode("utf-8", "surrogatepass"), safe=""), 1)
        query = [
            (name, self._value(schema, chance)) for name, schema in operation.query.items() if chance.random() < 0.4
        ]
        if chance.random() < 0.2:
            query.append((chance.choice(INJECTIONS) or "x", chance.choice(INJECTIONS)))
        headers = {} if chance.random() < 0.8 else {chance.choice(_HEADERS): _latin(chance.choice(INJECTIONS))}
        form = {name: self._value(schema, chance) for name, schema in operation.form.items() if chance.random() < 0.8}
        if chance.random() < 0.9:
            form["csrf"] = self.token
        files = [("files", (name, chance.randbytes(20))) for name in ["a.txt"] if "files" in form] and self._files(
            chance
        )
        form.pop("files", None)
        head = self.client.app.state.desk.ledger.head()
        before = time.monotonic()
        answer = self.client.request(
            operation.method, at, params=query, headers=headers,
            **({"data": form, "files": files} if operation.method == "POST" else {}),
        )  # fmt: skip
        took = time.monotonic() - before
        self.tried[f"{answer.status_code // 100}xx"] += 1
        wrong = []
        if answer.status_code >= 500:
            wrong.append(f"status {answer.status_code}")
        wrong += [f"no {name}" for name, value in HEADERS.items() if answer.headers.get(name) != value]
        if "html" in answer.headers.get("content-type", "") and MARK in answer.text:
            wrong.append("a payload stands in a page as it is")
        wrong += [f"says {word}" for word in _BROKEN if word in answer.text]
        if any(MARK in value or name.lower() == "location" and value.startswith(("http://evil", "//"))
               for name, value in answer.headers.items()):  # fmt: skip
            wrong.append("a payload stands in a header")
        if took > 20:
            wrong.append(f"took {took:.0f} s")
        if operation.method == "GET" and self.client.app.state.desk.ledger.head() != head:
            wrong.append("asking changed something")
        told = f"{operation.method} {at} {query} {form} {headers}"
        return [f"{what}: {told[:600]}" for what in wrong]

    def _segment(self, name: str, chance: random.Random) -> str:
        if name == "{suffix}":
            return chance.choice(("json", "jsonl", "csv", "geojson", chance.choice(INJECTIONS) or "x"))
        return chance.choice(self.ids) if chance.random() < 0.7 else chance.choice((*INJECTIONS, *EVIL)) or "x"

    def _value(self, schema: dict[str, Any], chance: random.Random) -> str:
        right = schema.get("enum") or schema.get("items", {}).get("enum")
        if chance.random() < 0.6:
            if right:
                return str(chance.choice(right))
            if schema.get("format") == "date":
                return chance.choice(("2031-05-03", "2031-05-04", "0001-01-01", "9999-12-31"))
            if "pattern" in schema or schema.get("type") == "integer":
                return chance.choice(("1", "12", "0", "999999999", "2000"))
            return chance.choice((*self.ids, "SY", "Tellhaf", "airstrike", _SLOTS, "-", "none", "Ines Okoye"))
        put = chance.choice((*INJECTIONS, *EVIL))
        return put.encode("utf-8", "replace").decode()

    def _files(self, chance: random.Random) -> list[Any]:
        name = (chance.choice(INJECTIONS).replace("\x00", "") or "x") + chance.choice(("", ".html", ".jsonl", ".txt"))
        body = chance.choice(
            (b"", chance.randbytes(200), made.NAMED.encode(), b'{"id": "\\u0000", "text": "Two died."}\n' * 3)
        )
        return [("files", (name.encode("utf-8", "replace").decode(), body))]


_SLOTS = json.dumps({"count": {"start": 45, "end": 47}, "place": {"start": 20, "end": 27}})
_HEADERS = ("authorization", "origin", "referer", "cookie", "x-csrf-token", "sec-fetch-site", "hx-request", "accept",
            "if-none-match", "range", "x-forwarded-for", "content-type", "accept-encoding")  # fmt: skip


def _latin(text: str) -> bytes:
    """What can stand in a header at all."""
    return text.replace("\r", "").replace("\n", "").replace("\x00", "").strip().encode("latin-1", "replace")


@contextlib.contextmanager
def attacked(folder: Path, place: str | None = None) -> Iterator[Attacker]:
    """An application over a ledger with everything in it, and somebody who attacks it."""
    from fastapi.testclient import TestClient

    with made.client(folder, place=place, allow_fetch=False) as (opened, ids):
        desk_of(opened).imports.start = lambda *_: _NotRead()
        yield Attacker(TestClient(opened.app, base_url=made.BASE, raise_server_exceptions=False, follow_redirects=False,
                                  cookies=opened.cookies), ids)  # fmt: skip


class _NotRead:
    """Reading is attacked elsewhere; here it would only take the time."""

    id = "0"


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--ledger", help="an empty PostgreSQL database, say")
    asked = options.parse_args()
    found: Counter[str] = Counter()
    begun, chance = time.monotonic(), random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder, attacked(Path(folder), asked.ledger) as attacker:
        while time.monotonic() - begun < asked.seconds:
            for wrong in attacker.one(chance):
                what = wrong.split(":")[0]
                if not found[what]:
                    print(wrong, file=sys.stderr, flush=True)
                found[what] += 1
        clean = attacker.client.app.state.desk.ledger.verify().clean
    requests = sum(attacker.tried.values())
    print(json.dumps({"requests": requests, "answers": dict(attacker.tried), "found": dict(found), "clean": clean}))
    return bool(found) or not clean


if __name__ == "__main__":
    sys.exit(main())

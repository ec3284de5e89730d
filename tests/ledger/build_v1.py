"""Builds ``v1.sql``, a ledger as schema version 1 wrote it: ``python -m tests.ledger.build_v1``.

It makes the tables with the revision of that version and writes the chain by hand, as that version did, not with
today's code, so that the file stays what it was. It was run once; the tests read the file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tempfile
import zlib
from pathlib import Path
from typing import Any

from tests.ledger.made import judgement, raw_of, reading
from tollbook.judgements import judgement_json
from tollbook.ledger.engine import locate, make_engine, write
from tollbook.ledger.schema import _upgrade
from tollbook.records import claim_json, to_json

FILE = Path(__file__).with_name("v1.sql")


def packed(value: Any) -> bytes:
    """Canonical JSON as version 1 made it."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()


def chain(connection: sqlite3.Connection, payloads: list[tuple[str, dict[str, Any], str]]) -> None:
    """Events and payloads, with fixed salts and times."""
    previous = "0" * 64
    for seq, (kind, payload, name) in enumerate(payloads, 1):
        salt, at = f"{seq:064x}", f"2031-06-0{seq}T10:00:00.000000+00:00"
        actor = "p-" + hashlib.sha256(bytes.fromhex("ab" * 32) + packed(name)).hexdigest()[:32]
        connection.execute("INSERT OR IGNORE INTO actors VALUES (?, ?, ?)", (actor, "ab" * 32, name))
        digest = hashlib.sha256(bytes.fromhex(salt) + packed(payload)).hexdigest()
        header = [seq, kind, at, actor, previous, digest]
        hash_ = hashlib.sha256(packed(["tollbook.event/1", *header])).hexdigest()
        connection.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", (*header, hash_))
        connection.execute("INSERT INTO payloads VALUES (?, ?, ?)", (seq, salt, zlib.compress(packed(payload))))
        previous = hash_
    connection.execute("INSERT INTO head VALUES (1, ?, ?, 1)", (len(payloads), previous))


def main() -> None:
    """Writes the file."""
    doc, claims = reading()
    read = {
        "document": to_json(doc),
        "claims": [claim_json(claim) for claim in claims],
        "statements": [],
        "made_by": to_json(claims[0].made_by),
        "reading": "0" * 64,
        "raw_kept": True,
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "v1.db"
        engine = make_engine(locate(path), create=True, read_only=False)
        with write(engine) as connection:
            _upgrade(connection, "0001")
        engine.dispose()
        plain = sqlite3.connect(path)
        accept = {"judgement": judgement_json(judgement("accept", claims[0].id))}
        chain(plain, [("created", {"ledger": "11" * 16}, "tollbook"), ("document_added", read, "tollbook"),
                      ("judged", accept, "Ines")])  # fmt: skip
        raw = raw_of(doc)
        plain.execute("INSERT INTO blobs VALUES (?, ?, ?)", (doc.source.raw_sha256, len(raw), zlib.compress(raw)))
        plain.commit()
        FILE.write_text("\n".join(plain.iterdump()) + "\n", "utf-8")
        plain.close()


if __name__ == "__main__":
    main()

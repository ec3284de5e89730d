"""An evidence pack: a ZIP in which every number can be followed down to the archived bytes, with ``VERIFY.txt``.

It holds raw bytes, cleaned texts, claims, judgements, the chain of the log and a manifest of SHA-256 sums. Documents
that are known to name a victim are listed by their hashes only, unless names are asked for.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from tollbook.exports.coding import CREDITS
from tollbook.exports.contract import Json, Material, Stored, Wants, Written
from tollbook.exports.jsonl import incident_json, judgement_lines
from tollbook.exports.writing import dumps, line

NAME = "pack"
SUFFIX = ".zip"
MEANING = "an evidence pack: pages, texts, claims, judgements and the log, to be checked without Tollbook"

PACK_SCHEMA = "tollbook.pack/1"

VERIFY = """\
HOW TO CHECK THIS EVIDENCE PACK

You need sha256sum and a plain Python 3 (no packages, no network, no Tollbook).

    sha256sum -c MANIFEST.sha256      every file is the one that was packed
    python3 verify.py                 every number stands in its text, every text comes from its page, the log is whole
    python3 verify.py i-...           where the numbers of one incident come from, with their words

By hand, for one number:

 1. incidents.jsonl lists the claims of an incident; claims.jsonl has each of them, one a line.
 2. A claim's "quote", "count" and every other {text, start, end} are words of documents/<document id>/text.txt,
    counted in characters (code points) from 0, the end exclusive.
 3. sha256sum documents/<id>/text.txt is the claim's document.sha256; sha256sum documents/<id>/page.bin is its
    document.raw_sha256: the bytes as they were archived. Where documents.jsonl says "masked", people put a name out of
    sight later: the text is then the one in events/<event>.json, which a "redacted" event vouches for.
 4. visible.txt is everything that was visible on the page; map.json says which stretch of it each stretch of text.txt
    is ([start in text, start in visible, length]), and what was left out as page furniture, with the reason.
 5. events.jsonl is the whole log, one header a line. The hash of an event is the SHA-256 of the canonical JSON (sorted
    keys, no blanks, ASCII) of ["tollbook.event/1", seq, kind, at, actor, previous, digest]; "previous" is the hash of
    the event before; "digest" is the SHA-256 of the salt's bytes followed by the bytes of events/<seq>.json, which is
    what the event says. documents.jsonl names the event in which each document was read. An event of the kind
    "redacted" lists the digests of payloads that people replaced.
 6. manifest.json names the last event of the log and its hash. If you were given a seal of the log earlier, its hash
    has to be one of those in events.jsonl.

What is not here: events/<seq>.json of events about other documents; {left_out}
"actor" is a number for a person, so that reviewers' names can be left out and the log still verifies.

A claim is what a report states. Nothing in this pack says that a claim is true.
{credits}
"""


class _Archive:
    """A ZIP that remembers the sum of each file."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.sums: dict[str, str] = {}

    def put(self, name: str, data: bytes) -> None:
        member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))  # no clock: the same ledger gives the same bytes
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        self._archive.writestr(member, data)
        self.sums[name] = hashlib.sha256(data).hexdigest()

    def lines(self, name: str, rows: Iterable[str]) -> int:
        """Streams lines into a member; returns how many."""
        member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        member.compress_type = zipfile.ZIP_DEFLATED
        member.external_attr = 0o644 << 16
        written, summed = 0, hashlib.sha256()
        with self._archive.open(member, "w", force_zip64=True) as file:
            for row in rows:
                data = row.encode()
                file.write(data)
                summed.update(data)
                written += 1
        self.sums[name] = summed.hexdigest()
        return written


def write(material: Material, out: Path, wants: Wants) -> Written:
    """Writes the pack."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as opened:
        archive = _Archive(opened)
        held, payloads, withheld = _documents(archive, material, wants)
        claims = archive.lines("claims.jsonl", (line(claim.as_read) for claim in material.claims(rejected=True)))
        incidents = archive.lines("incidents.jsonl", (line(incident_json(row)) for row in material.incidents()))
        decided = {decision.seq for decision in material.judgements()} if wants.reviewers else set()
        archive.lines("judgements.jsonl", judgement_lines(material))
        archive.lines("events.jsonl", _events(archive, material, frozenset(payloads | decided)))
        about = {
            "schema": PACK_SCHEMA,
            "head": dict(zip(("seq", "hash"), material.head, strict=True)),
            "claims": claims,
            "incidents": incidents,
            "documents": held,
            "withheld": withheld,
            "credits": CREDITS,
        }
        archive.put("manifest.json", (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode())
        left = (
            f"{len(withheld)} documents that name a victim (their hashes are in documents.jsonl)." if withheld else ""
        )
        archive.put("VERIFY.txt", VERIFY.replace("{left_out}", left or "raw bytes that were never kept.").replace(
            "{credits}", CREDITS).encode())  # fmt: skip
        archive.put("verify.py", (files(__package__) / "verify_pack.txt").read_bytes())
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(archive.sums.items()))
        archive.put("MANIFEST.sha256", sums.encode())
    notes = (f"{len(withheld)} documents name a victim and are listed by hash only; --with-names packs them",)
    return Written(claims, notes if withheld else ())


def _documents(archive: _Archive, material: Material, wants: Wants) -> tuple[int, set[int], list[str]]:
    """Pages and texts; returns how many, the events that read them, and the ids of those withheld."""
    rows, payloads, withheld = [], set[int](), list[str]()
    for stored in material.documents():
        hidden = not wants.quotes or (not wants.names and material.named(stored.id))
        raw = None
        if hidden:
            withheld.append(stored.id)
        else:
            raw = material.raw(stored.id) if stored.raw_kept else None
            payloads.add(stored.seq)
            _document(archive, material, stored, raw)
        rows.append(line(_listed(stored, hidden, raw is not None)))
    archive.lines("documents.jsonl", rows)
    return len(rows), payloads, withheld


def _document(archive: _Archive, material: Material, stored: Stored, raw: bytes | None) -> None:
    document = material.document(stored.id)
    folder = f"documents/{stored.id}/"
    archive.put(folder + "text.txt", document.text.encode("utf-8", "replace"))
    archive.put(folder + "visible.txt", document.raw.encode("utf-8", "replace"))
    pieces = [[piece.start, piece.raw_start, piece.length] for piece in document.pieces]
    furniture = [[item.start, item.end, item.reason] for item in document.furniture]
    archive.put(folder + "map.json", (dumps({"pieces": pieces, "furniture": furniture}) + "\n").encode())
    if raw is not None:
        archive.put(folder + "page.bin", raw)


def _listed(stored: Stored, hidden: bool, raw: bool) -> Json:
    listed: dict[str, Any] = {
        "id": stored.id,
        "event": stored.seq,
        "state": stored.state,
        "withheld": hidden,
        "raw": raw,
    }
    return {**listed, "source": stored.source}


def _events(archive: _Archive, material: Material, payloads: frozenset[int]) -> list[str]:
    """Headers of the whole log, and the payloads of our events beside them."""
    rows = []
    for link in material.chain(payloads):
        header: dict[str, Any] = {
            "seq": link.seq, "kind": link.kind, "at": link.at, "actor": link.actor, "previous": link.previous,
            "digest": link.digest, "hash": link.hash,
        }  # fmt: skip
        if link.payload is not None:
            header["salt"] = link.salt
            archive.put(f"events/{link.seq}.json", link.payload)
        rows.append(line(header))
    return rows

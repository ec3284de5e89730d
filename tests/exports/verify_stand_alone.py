"""Checks an evidence pack as somebody would who has never seen Tollbook: with hashlib and json, from VERIFY.txt alone.

Written apart from the pack's own verify.py, so that a mistake in one shows in the other.
"""

import hashlib
import json
import sys
from pathlib import Path


def objects(name):
    """The objects of a JSON-lines file."""
    path = Path(sys.argv[1]) / name
    return [json.loads(line) for line in path.read_bytes().decode("utf-8").split("\n") if line]


def sha(data):
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def main():
    """Follows every number."""
    folder_ = Path(sys.argv[1])
    assert not any(name.startswith("tollbook") for name in sys.modules)
    for line in (folder_ / "MANIFEST.sha256").read_text().splitlines():
        digest, name = line.split("  ")
        assert sha((folder_ / name).read_bytes()) == digest, name

    # the log
    last = "0" * 64
    events = {}
    for event in objects("events.jsonl"):
        head = [
            "tollbook.event/1",
            event["seq"],
            event["kind"],
            event["at"],
            event["actor"],
            event["previous"],
            event["digest"],
        ]
        assert event["previous"] == last
        last = sha(json.dumps(head, sort_keys=True, separators=(",", ":")).encode("ascii"))
        assert last == event["hash"]
        events[event["seq"]] = event
    assert json.loads((folder_ / "manifest.json").read_text("utf-8"))["head"]["hash"] == last

    # from each number to its words, to its text, to its page, to the event that says so
    claims = {claim["id"]: claim for claim in objects("claims.jsonl")}
    documents = {document["id"]: document for document in objects("documents.jsonl")}
    followed = 0
    for incident in objects("incidents.jsonl"):
        for id in incident["claims"]:
            claim = claims[id]
            document = documents[claim["document"]["id"]]
            if document["withheld"]:
                continue
            folder = folder_ / "documents" / document["id"]
            text = (folder / "text.txt").read_bytes()
            assert sha(text) == claim["document"]["sha256"]
            for words in (claim["quote"], claim["count"]):
                assert text.decode("utf-8")[words["start"] : words["end"]] == words["text"]
            assert sha((folder / "page.bin").read_bytes()) == claim["document"]["raw_sha256"]
            event = events[document["event"]]
            body = (folder_ / "events" / f"{event['seq']}.json").read_bytes()
            assert sha(bytes.fromhex(event["salt"]) + body) == event["digest"]
            logged = {one["id"]: one for one in json.loads(body)["claims"]}
            assert logged[id]["count"] == claim["count"]
            followed += 1
    print(followed, "numbers followed")


if __name__ == "__main__":
    main()

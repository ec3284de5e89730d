#!/usr/bin/env bash
# The installed program, away from its source: scripts/smoke.sh BIN-FOLDER EMPTY-FOLDER
set -euo pipefail
bin=$1
examples=$(cd "$(dirname "$0")/../examples" && pwd)
cd "$2"
"$bin/tollbook" --version
"$bin/tollbook" schema claim > claim.schema.json
"$bin/tollbook" read "$examples" --jsonl > claims.jsonl
"$bin/tollbook" read "$examples" --html page.html
"$bin/tollbook" spans "$examples" --layer places --jsonl > places.jsonl
"$bin/tollbook" tally "$examples" --jsonl > tallies.jsonl
"$bin/python" - <<'PY'
import importlib.resources as resources, json, pathlib
claims = [json.loads(line) for line in open("claims.jsonl", encoding="utf-8")]
places = [json.loads(line) for line in open("places.jsonl", encoding="utf-8")]
assert claims, "the wheel reads no claim in examples/"
assert any(place.get("gazetteer_id") for place in places), "the wheel knows no place: is the gazetteer in it?"
assert (resources.files("tollbook") / "py.typed").is_file(), "py.typed is missing from the wheel"
assert "<script" not in pathlib.Path("page.html").read_text("utf-8")
print(f"the wheel reads {len(claims)} claims and {len(places)} places in examples/")
PY

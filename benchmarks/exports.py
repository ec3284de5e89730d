"""How long each format takes for many claims: ``python -m benchmarks.exports --claims 300000``.

Makes a ledger of invented documents with twenty claims each, three claims an incident, as a linker would sum them up,
and exports it once in every format with one core. Prints one JSON object.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.exports.made import beacon, courier, document
from tollbook.exports import Wants, exporter, names
from tollbook.judgements import Judgement
from tollbook.ledger import Cluster, Ledger
from tollbook.records import Claim, Document, claim_id
from tollbook.sharing import export_ledger


def reading(number: int) -> tuple[Document, list[Claim], bytes]:
    """A document with twenty claims whose words are those of an invented report."""
    doc, _, claims = courier() if number % 2 else beacon()
    made, raw = document(
        doc.text, f"Outlet {number % 40}", url=f"https://outlet.example/{number}", title=f"Strike {number}"
    )
    copies = []
    for n in range(20):
        claim = claims[n % 2]
        spans = ((claim.count.start, claim.count.end),)
        copies.append(
            replace(claim, id=claim_id(made.source.id, claim.harm, spans, n), document=made.source, relation=None)
        )
    return made, copies, raw


def summary(n: int) -> dict[str, object]:
    """What a linker says of an incident."""
    return {
        "title": "airstrike, Tellhaf", "sentence": "Two outlets, one origin.",
        "documents": [{"key": f"{n}", "rank": 0}],
        "killed": {"low": 9, "high": 12}, "injured": None, "others": {}, "origins": {"low": 1, "high": 2},
        "date": {"from": f"20{n % 60 + 30}-05-03", "to": None}, "place": {"country": "SY"}, "contradictions": [],
    }  # fmt: skip


def fill(path: Path, number: int) -> None:
    """The ledger."""
    with Ledger.open(path, create=True) as ledger:
        ids: list[str] = []
        for n in range(number // 20):
            made, claims, raw = reading(n)
            ledger.add_document(made, claims, raw)
            ids += [claim.id for claim in claims]
        clusters = [
            Cluster(f"i-{n:016x}", tuple(ids[3 * n : 3 * n + 3]), summary(n)) for n in range((len(ids) + 2) // 3)
        ]
        ledger.put_clusters(clusters, "benchmark")
        ledger.judge(Judgement("reject", ids[0], "Ines Okoye", "2031-06-01T10:00:00+00:00"))


def main() -> None:
    """Measures in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=300_000)
    parser.add_argument("--formats", nargs="*", default=list(names()))
    chosen = parser.parse_args()
    figures: dict[str, object] = {"claims": chosen.claims}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.db"
        begun = time.perf_counter()
        fill(path, chosen.claims)
        figures["fill_s"] = round(time.perf_counter() - begun, 1)
        for name in chosen.formats:
            out = Path(folder) / f"out{exporter(name).SUFFIX}"
            with Ledger.open(path) as ledger:
                begun, used = time.perf_counter(), time.process_time()
                done = export_ledger(ledger, name, out, wants=Wants(candidates=True))
                figures[name] = {
                    "s": round(time.perf_counter() - begun, 1),
                    "cpu_s": round(time.process_time() - used, 1),
                    "rows": done.rows,
                    "mb": round(sum(file.stat().st_size for file in done.files) / 1e6, 1),
                }
            for file in done.files:
                file.unlink()
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()

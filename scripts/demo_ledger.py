"""Makes a small ledger of the invented reports in examples/, to look at in the browser.

python scripts/demo_ledger.py build/demo.db
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections import defaultdict
from pathlib import Path

from tollbook import pipeline
from tollbook.grouping import regroup
from tollbook.inputs import Given, read_pages
from tollbook.judgements import Judgement, Kind
from tollbook.ledger import ClaimFilter, Cluster, Ledger
from tollbook.records import Claim
from tollbook.web.facts import facts

ROOT = Path(__file__).resolve().parent.parent


def demo(path: Path) -> None:
    """Reads the examples into a new ledger, groups their claims and judges a few."""
    with Ledger.open(path, create=True) as ledger, contextlib.chdir(ROOT):
        for page in read_pages(["examples"], Given(), print):
            for document in pipeline.clean_documents([page], as_is=False, on_error=print):
                reading, statements = pipeline.read_whole(document)
                ledger.add_document(
                    document, reading.claims, page.raw, statements=statements, made_by=pipeline.made_by()
                )
        if regroup(ledger) is None:
            ledger.put_clusters(_by_country_and_month(ledger), "scripts/demo_ledger.py")
        _judge(ledger)


def _by_country_and_month(ledger: Ledger) -> list[Cluster]:
    """A stand-in where no linker is installed; good enough for six reports."""
    groups: dict[tuple[str | None, str], list[Claim]] = defaultdict(list)
    for stored in ledger.claims(ClaimFilter(scope="incident")):
        claim = stored.record()
        day = claim.date.from_.isoformat() if claim.date and claim.date.from_ else stored.document
        groups[claim.place.country if claim.place else None, day[:7]].append(claim)
    made = []
    for claims in groups.values():
        ids = tuple(sorted(claim.id for claim in claims))
        found = facts({}, [one.json for one in ledger.claims(ClaimFilter(ids=ids))], judged=False)
        summary = {
            "killed": found.killed and {"low": found.killed[0], "high": found.killed[1]},
            "injured": found.injured and {"low": found.injured[0], "high": found.injured[1]},
            "date": found.date,
            "place": found.place,
            "outlets": len(found.outlets),
            "origins": {"low": found.origins[0], "high": found.origins[1]},
            "contradictions": [],
        }
        made.append(Cluster("i-" + hashlib.sha256("".join(ids).encode()).hexdigest()[:16], ids, summary))
    return made


def _judge(ledger: Ledger) -> None:
    """Some decisions of invented people, so that there is a history to see."""
    incidents = sorted(ledger.incidents(), key=lambda one: (-len(one.claims), one.id))
    first = incidents[0]
    times = iter(f"2024-03-20T10:{minute:02d}:00+00:00" for minute in range(60))
    kinds: tuple[Kind, ...] = ("accept", "accept", "unsure", "accept")
    for claim, kind in zip(first.claims, kinds, strict=False):
        ledger.judge(Judgement(kind, claim, "Ines Okoye", next(times)))
    ledger.judge(Judgement("confirm", first.id, "Ines Okoye", next(times)))
    ledger.judge(
        Judgement("grade", first.id, "Tomas Brandl", next(times), value="contested", note="two counts, two origins")
    )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    demo(Path(sys.argv[1]))

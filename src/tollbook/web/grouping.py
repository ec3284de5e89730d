"""Grouping a ledger's claims into incidents anew, with what people decided of them."""

from __future__ import annotations

from collections import defaultdict

from tollbook.errors import LedgerError
from tollbook.incidents import Verdict, incident_row, link_reports
from tollbook.incidents.reports import reports_of_claims
from tollbook.judgements import Judgement, judged_claim
from tollbook.ledger import Cluster, Ledger

MADE_BY = "tollbook.incidents"


def regroup(ledger: Ledger) -> int | None:
    """Brings the incidents up to the claims; returns the event's number, ``None`` where nothing changed.

    Rejected claims are left out, corrections count, and pairs that people called the same or different stay so.
    """
    standing: dict[str, list[Judgement]] = defaultdict(list)
    verdicts = []
    for stored in ledger.judgements(standing=True):
        judgement = stored.judgement
        if judgement.kind in ("same", "different") and judgement.other is not None:
            verdicts.append(Verdict(judgement.subject, judgement.other, judgement.kind == "same"))
        else:
            standing[judgement.key].append(judgement)
    claims = [now for one in ledger.claims() if (now := judged_claim(one.json, standing.get(one.id, ()))) is not None]
    texts: dict[str, str] = {}
    for id in {claim["document"]["id"] for claim in claims if claim["quote"] is not None}:
        try:
            texts[id] = ledger.document(id).text
        except LedgerError:
            continue  # erased meanwhile
    linked = link_reports(reports_of_claims(claims, texts), verdicts)
    rows = [incident_row(incident) for incident in linked.incidents]
    return ledger.put_clusters([Cluster(row["id"], tuple(row["claims"]), row) for row in rows], MADE_BY)

"""Grouping a ledger's claims into incidents, with what people decided of them: one place for every way to add."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from tollbook.errors import LedgerError
from tollbook.incidents import Linked, Scorer, Verdict, incident_row, link_reports, score_here
from tollbook.incidents.reports import reports_of_claims
from tollbook.judgements import Judgement, judged_claim
from tollbook.ledger import Cluster, Ledger
from tollbook.ledger.tables import claims as claim_table
from tollbook.ledger.tables import events as event_table
from tollbook.ledger.tables import members as member_table
from tollbook.link.accounts import Report
from tollbook.link.score import Weights

MADE_BY = "tollbook.incidents"


def regroup(ledger: Ledger, scorer: Scorer = score_here) -> int | None:
    """Brings the incidents up to the claims; returns the event's number, ``None`` where nothing changed.

    Rejected claims are left out, corrections count, and pairs that people called the same or different stay so.
    """
    rows = [incident_row(incident) for incident in link_ledger(ledger, scorer=scorer).incidents]
    return ledger.put_clusters([Cluster(row["id"], tuple(row["claims"]), row) for row in rows], MADE_BY)


def link_ledger(ledger: Ledger, weights: Weights | None = None, scorer: Scorer = score_here) -> Linked:
    """Links what the ledger holds; nothing is written."""
    reports, verdicts = material(ledger)
    return link_reports(reports, verdicts, weights, scorer)


def material(ledger: Ledger) -> tuple[list[Report], list[Verdict]]:
    """The ledger's claims as people left them, by document, and what people called the same or different."""
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
    return reports_of_claims(claims, texts), verdicts


def ungrouped(ledger: Ledger) -> bool:
    """Whether claims of incidents stand in no incident yet: an import was interrupted, or asked not to group."""
    c = claim_table.c
    query = (
        select(c.id)
        .where(c.superseded_by.is_(None), c.scope == "incident", func.coalesce(c.review, "") != "rejected")
        .where(~select(member_table.c.claim).where(member_table.c.claim == c.id).exists())
        .limit(1)
    )
    return ledger._ask(lambda connection: connection.execute(query).first()) is not None


def incident_rows(ledger: Ledger) -> list[dict[str, Any]]:
    """The incidents in public JSON, as the ledger holds them; linked anew where claims or judgements came since.

    ``status`` is what people decided. Nothing is written.
    """
    stored = {one.id: one for one in ledger.incidents()}
    if not _outdated(ledger) and all(one.summary.get("schema") for one in stored.values()):
        return [{**one.summary, "status": one.status} for one in stored.values()]
    return [
        incident_row(incident, stored[incident.id].status if incident.id in stored else "candidate")
        for incident in link_ledger(ledger).incidents
    ]


def _outdated(ledger: Ledger) -> bool:
    query = select(event_table.c.kind, func.max(event_table.c.seq)).group_by(event_table.c.kind)
    last = {str(kind): int(seq) for kind, seq in ledger._ask(lambda connection: connection.execute(query).all())}
    return ungrouped(ledger) or max(last.get("judged", 0), last.get("redacted", 0)) > last.get("clustered", 0)

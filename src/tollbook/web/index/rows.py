"""Rows of the copy, made from what the ledger hands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tollbook.ledger import StoredClaim, StoredDocument, StoredIncident
from tollbook.link.origins import Origin
from tollbook.web.facts import Facts, code, openly

Row = dict[str, Any]


def document_row(one: StoredDocument) -> Row:
    """A document as the corpus lists it."""
    return {
        "id": one.id, "seq": one.seq, "first_seq": one.first_seq, "state": one.state, "key": one.key,
        "outlet": one.outlet, "title": one.title, "url": one.url, "language": one.language, "published": one.published,
        "sha256": one.sha256, "raw_sha256": one.raw_sha256, "raw_kept": int(one.raw_kept), "readings": one.readings,
        "claims": one.claims, "statements": one.statements,
    }  # fmt: skip


def claim_row(
    stored: StoredClaim, now: Mapping[str, Any] | None, incident: str | None, origin: Origin
) -> tuple[Row, str]:
    """A claim with its corrections (as it was read, where people rejected it), and the words it is found by."""
    claim = now or stored.json
    count, date, place = claim["count"], claim["date"] or {}, claim["place"] or {}
    victims, event = claim["victims"] or {}, claim["event"] or {}
    day = date.get("from") or date.get("to")
    row = {
        "id": stored.id, "document": stored.document, "outlet": claim["document"]["outlet"],
        "published": claim["document"]["published"], "incident": incident, "seq": stored.seq,
        "position": claim["count"]["start"], "harm": claim["harm"], "low": count["low"], "high": count["high"],
        "qualifier": count["qualifier"], "status": victims.get("status"), "event": event.get("type"),
        "date_from": date.get("from"), "date_to": date.get("to"), "date_precision": date.get("precision"),
        "place": place.get("name") or place.get("text"), "country": place.get("country"), "lat": place.get("lat"),
        "lon": place.get("lon"), "precision": place.get("precision"),
        "blamed": "; ".join(dict.fromkeys(party["name"] for party in claim["blamed"] if openly(party))) or None,
        "origin": origin.name if origin.known else None, "stance": claim["stance"], "scope": claim["scope"],
        "review": stored.review or "none", "by_hand": int(stored.by_hand), "score": claim["score"],
        "doubt": _doubt(claim), "year": day[:4] if day else None,
    }  # fmt: skip
    words = [claim["quote"]["text"] if claim["quote"] else None, row["place"], row["blamed"], origin.name]
    words += [party["name"] for party in claim["attribution"]] + [claim["document"]["title"]]
    return row, "\n".join(dict.fromkeys(str(word) for word in words if word))


def _doubt(claim: Mapping[str, Any]) -> int:
    """How soon a person should look at it: an unsure reading first, then repetitions and sums last."""
    doubt = round((1 - float(claim["score"])) * 100)
    doubt += 15 * (claim["date"] is None) + 10 * (claim["place"] is None)
    relation = claim["relation"] or {}
    return int(doubt - 40 * (relation.get("type") == "repeats") - 20 * (claim["scope"] == "total"))


def incident_row(one: StoredIncident, found: Facts, claims: Sequence[Mapping[str, Any]], waiting: int) -> Row:
    """An incident as lists show it; ``waiting``: how many of its claims nobody has judged for good."""
    date, place = found.date or {}, found.place or {}
    killed, injured = found.killed or (None, None), found.injured or (None, None)
    day = date.get("from") or date.get("to")
    headline = next((claim["document"]["title"] for claim in claims if claim["document"]["title"]), None)
    return {
        "id": one.id, "code": code(one.id, found.date, place.get("country")), "seq": one.seq, "status": one.status,
        "grade": one.grade, "date_from": date.get("from"), "date_to": date.get("to"),
        "date_precision": date.get("precision"), "year": day[:4] if day else None,
        "place": place.get("name") or place.get("text"), "country": place.get("country"), "lat": place.get("lat"),
        "lon": place.get("lon"), "precision": place.get("precision"), "event": found.event,
        "killed_low": killed[0], "killed_high": killed[1], "injured_low": injured[0], "injured_high": injured[1],
        "killed": int(found.killed is not None), "injured": int(found.injured is not None),
        "blamed": "; ".join(found.blamed) or None, "documents": len({claim["document"]["id"] for claim in claims}),
        "outlets": len(found.outlets), "origins_low": found.origins[0], "origins_high": found.origins[1],
        "claims": len(one.claims), "waiting": waiting, "contradictions": found.contradictions,
        "review": "done" if not waiting else "none" if waiting == len(one.claims) else "part",
        "headline": headline,
    }  # fmt: skip

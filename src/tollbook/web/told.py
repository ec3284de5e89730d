"""The claims of an incident as they stand after the judgements, in the order in which they were published."""

from __future__ import annotations

from tollbook.decode import decode_claim
from tollbook.judgements import judged_claim
from tollbook.ledger import ClaimFilter, Ledger, StoredIncident
from tollbook.web.incident import Told
from tollbook.web.masks import Masks


def told_of(ledger: Ledger, stored: StoredIncident, masks: Masks | None) -> tuple[list[Told], list[Told]]:
    """Those that count, and those that people rejected, all numbered; with ``masks``, victims' names are masked."""
    found = sorted(
        ledger.claims(ClaimFilter(ids=stored.claims)),
        key=lambda one: (one.json["document"]["published"] or "9999", one.document, one.json["count"]["start"]),
    )
    told, rejected = list[Told](), list[Told]()
    for number, one in enumerate(found, 1):
        standing = [j.judgement for j in ledger.judgements(one.id, standing=True)] if one.review else []
        now = judged_claim(one.json, standing)
        shown = one.json if now is None else now
        shown = masks.claim(shown, one.document) if masks is not None else shown  # a correction can name somebody too
        made = Told(number, decode_claim(shown), one.review or "none", one.seq)
        (told if now is not None else rejected).append(made)
    return told, rejected

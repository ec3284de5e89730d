"""Claims as they stand after the judgements; those of an incident in the order in which they were published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tollbook.decode import decode_claim
from tollbook.judgements import Judgement, judged_claim
from tollbook.ledger import ClaimFilter, Ledger, StoredClaim, StoredIncident
from tollbook.records import Claim
from tollbook.web.deciding import worded
from tollbook.web.incident import Told
from tollbook.web.masks import Masks
from tollbook.web.public import without_words


def corrections(ledger: Ledger, stored: StoredClaim) -> dict[str, Judgement]:
    """What people corrected of a claim, by field."""
    if stored.review != "corrected":
        return {}
    standing = (one.judgement for one in ledger.judgements(stored.id, standing=True))
    return {one.field: one for one in standing if one.kind == "correct" and one.field is not None}


def as_corrected(stored: StoredClaim, corrected: Mapping[str, Judgement], masker: Masks | None = None) -> Claim:
    """A claim with its corrections; with ``masker``, names are masked, since a correction can name somebody too."""
    plain = {**stored.json, **{field: one.value for field, one in corrected.items()}}
    return decode_claim(plain if masker is None else masker.claim(plain, stored.document))


def claim_out_of(ledger: Ledger, stored: StoredClaim, masks: Masks | None = None) -> dict[str, Any]:
    """The public JSON of a claim as it was read, and beside it what people corrected, by field.

    With ``masks``, for those who see figures only: without the article's words, names masked.
    """
    read: Mapping[str, Any] = stored.json
    given: Mapping[str, Any] = {field: one.value for field, one in corrections(ledger, stored).items()}
    if masks is not None:
        read, given = (without_words(masks.claim(some, stored.document)) for some in (read, given))
    return {**read, "corrections": given}


def now_reads(stored: StoredClaim, judgement: Judgement) -> str:
    """What a correction made of a field, in words; nothing for other decisions."""
    if judgement.kind != "correct" or judgement.field is None:
        return ""
    return f": now “{worded(as_corrected(stored, {judgement.field: judgement}), judgement.field)}”"


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

"""One article: its text with the claims marked, and the claims beside it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tollbook.errors import LedgerError
from tollbook.judgements import Judgement
from tollbook.ledger import ClaimFilter
from tollbook.records import Claim
from tollbook.schema import document_json
from tollbook.show import words as show
from tollbook.web.article import blocks, raw_blocks
from tollbook.web.deciding import worded
from tollbook.web.described import one_of, query
from tollbook.web.desk import Desk, desk_of
from tollbook.web.incident import who
from tollbook.web.index import ask
from tollbook.web.public import claim_out, document_out
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs, Refused
from tollbook.web.told import as_corrected, claim_out_of, corrections

router = APIRouter()
READ = Depends(Needs("read"))


@router.get("/documents/{id}.json")
def document_record(request: Request, id: str, visitor: Visitor = READ) -> Response:
    """The document and its claims as JSON; without words for those who only see figures."""
    desk = desk_of(request)
    row = _row(desk, id)
    masks = None if visitor.may("words") else desk.masks
    claims = [claim_out_of(desk.ledger, one, masks) for one in desk.ledger.claims(ClaimFilter(document=id))]
    if masks is not None:
        return JSONResponse({**document_out(masks.source(row)), "claims": claims})
    try:
        document = document_json(desk.ledger.document(id))
    except LedgerError as error:
        raise Refused(410, str(error)) from None
    return JSONResponse({**document, "claims": claims})


@router.get("/documents/{id}", response_class=HTMLResponse, openapi_extra=query(view=one_of("raw"), words=one_of("1")))
def document(request: Request, id: str, visitor: Visitor = READ) -> Response:
    """The article screen. ``view=raw`` shows the text before cleaning; ``words=1`` the words, to those who ask."""
    return show_document(request, desk_of(request), id, visitor)


@dataclasses.dataclass(frozen=True, slots=True)
class Unkept:
    """A claim that a person filled in and that could not be kept: why, what the form held, and the selected words."""

    why: str
    form: Mapping[str, str]
    words: Mapping[str, str]


def show_document(
    request: Request, desk: Desk, id: str, visitor: Visitor, unkept: Unkept | None = None, status: int = 200
) -> Response:
    """The page of an article, with a form that could not be kept as it was filled in."""
    row = _row(desk, id)
    if row["state"] == "erased":
        raise Refused(410, "this document was erased; its number is kept so that it is not added again")
    raw = request.query_params.get("view") == "raw"
    words = visitor.may("words") or request.query_params.get("words") == "1"
    stored = sorted(desk.ledger.claims(ClaimFilter(document=id)), key=lambda one: one.json["count"]["start"])
    text = desk.ledger.document(id) if words else None
    masks = None if visitor.may("words") else desk.masks
    fixed = {one.id: corrections(desk.ledger, one) for one in stored}
    claims = [as_corrected(one, fixed[one.id], masks) for one in stored]
    if masks is not None:
        row = masks.source(row)
        stored = [dataclasses.replace(one, json=masks.claim(one.json, id)) for one in stored]
        text = masks.document(text) if text is not None else None
    records = [one.record() for one in stored]
    numbers = {one.id: n for n, one in enumerate(stored, 1)}
    rows = ask.claim_rows(desk.index, list(numbers))
    cards = [
        {
            "n": n, "stored": one, "claim": claim, "row": rows.get(one.id, {}), "fields": _fields(claim, words=words),
            "badges": show.marks(record, numbers),
            "count": show.count_words(claim.count) if words else _figure(claim),
            "was": _was(record, fixed[one.id], words=words),
        }
        for n, (one, record, claim) in enumerate(zip(stored, records, claims, strict=True), 1)
    ]  # fmt: skip
    context = {
        "row": row, "cards": cards, "words": words, "raw": raw, "reprints": ask.reprints(desk.index, row),
        "blocks": [] if text is None else raw_blocks(text) if raw else blocks(text, records),
        "orphaned": _orphaned(desk, row), "incidents": ask.incidents_of(desk.index, id),
        "statements": _statements(desk, id, masked=not visitor.may("words")) if words else [],
        "found": show.found_words(text, len(stored)) if text else "", "unkept": unkept,
        "waiting": sum(one.review is None for one in stored),
    }  # fmt: skip
    return page(request, "document.html", context, status)


def _was(record: Claim, fixed: Mapping[str, Judgement], *, words: bool) -> list[tuple[str, str]]:
    """What the machine read where people corrected it: field and value; figures only where words are not shown."""
    return [(name, worded(record, name)) for name in fixed if words or name in ("harm", "stance", "scope", "event")]


def _fields(claim: Any, *, words: bool) -> list[tuple[str, str, str]]:
    """Field, role of its words, value in words."""
    return [
        ("Victims", "victims", show.victims_words(claim.victims) if words else who(claim)),
        ("What happened", "event", show.event_words(claim.event)),
        ("When", "date", show.date_words(claim.date)),
        ("Where", "place", show.place_words(claim.place)),
        ("Blamed", "blamed", show.blamed_words(claim.blamed)),
        ("Who says it", "speaker", show.chain_words(claim.attribution)),
        ("When it was said", "said", show.date_words(claim.said)),
    ]


def _statements(desk: Desk, id: str, *, masked: bool) -> list[tuple[str, str, str]]:
    """What is said without a number: kind, who says it, the words; victims' names masked where the whole text is."""
    found = []
    for stored in desk.ledger.statements(id):
        who_ = "; ".join(dict.fromkeys(link["name"] for link in stored.json["attribution"])) or "the report itself"
        words = stored.json["quote"]["text"]
        mask = desk.masks.of(id).text if masked else str
        found.append((str(stored.json["kind"]), mask(who_), mask(words)))
    return found


def _figure(claim: Any) -> str:
    return show.range_words(claim.count.low, claim.count.high)


def _orphaned(desk: Desk, row: Any) -> list[Any]:
    """Judgements whose words no longer make the claim that they judged; they are shown, never moved."""
    if row["readings"] < 2:
        return []
    ever = {one.id for one in desk.ledger.claims(ClaimFilter(document=row["id"], superseded=True))}
    found = (stored for id in sorted(ever) for stored in desk.ledger.judgements(id))
    return [stored for stored in found if stored.orphaned_by is not None and stored.undone_by is None]


def _row(desk: Desk, id: str) -> Any:
    row = ask.one(desk.index, "documents", id)
    if row is None:
        raise Refused(404, f"there is no document {id[:40]} in this ledger")
    return row


@router.get("/claims/{id}.json")
def claim_record(request: Request, id: str, visitor: Visitor = READ) -> Response:
    """One claim: its public JSON as it was read, and where judgements leave it."""
    desk = desk_of(request)
    stored = next(desk.ledger.claims(ClaimFilter(ids=(id,))), None)
    row = ask.one(desk.index, "claims", id)
    if stored is None or row is None:
        raise Refused(404, f"there is no claim {id[:40]} in this ledger")
    shown = claim_out_of(desk.ledger, stored, None if visitor.may("words") else desk.masks)
    return JSONResponse(
        {**shown, "review": row["review"], "incident": row["incident"], "revision": desk.ledger.revision(id)}
    )


@router.get("/claims/{id}")
def claim(request: Request, id: str, visitor: Visitor = READ) -> Response:
    """A claim's permalink leads to its place in the article."""
    desk = desk_of(request)
    row = ask.one(desk.index, "claims", id)
    if row is None:
        raise Refused(404, f"there is no claim {id[:40]} in this ledger")
    out = claim_out(row)
    return RedirectResponse(f"/documents/{out['document']}#{row['id']}", 303)

"""Review: one decision at a time, with the words it rests on and why it is here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tollbook.errors import JudgementError, LedgerError, RevisionError, UsageError
from tollbook.judgements import CORRECTABLE, GRADES, Judgement, Kind
from tollbook.ledger import ClaimFilter, StoredClaim
from tollbook.review import added_claim
from tollbook.show import words as show
from tollbook.web.article import Block, around, blocks
from tollbook.web.corrections import CHOICES, corrected, missed
from tollbook.web.described import DAY, NUMBER, TEXT, fields, one_of, query
from tollbook.web.desk import Desk, desk_of, now
from tollbook.web.incident import ICONS, compared
from tollbook.web.index import ask, overview
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs, Refused

router = APIRouter()
JUDGE = Depends(Needs("judge"))
_SIMPLE: dict[str, Kind] = {"accept": "accept", "reject": "reject", "unsure": "unsure"}
_OF_A_PAIR: dict[str, Kind] = {"same": "same", "different": "different"}
_OF_AN_INCIDENT: dict[str, Kind] = {"confirm": "confirm", "grade": "grade"}
# What the forms hold, for the description of the application.
_JUDGED = {"note": TEXT, "revision": NUMBER}
_VALUES = {"low": NUMBER, "high": NUMBER, "from": DAY, "to": DAY, **_JUDGED}
_PAIR = fields(kind=one_of(*_OF_A_PAIR), one=TEXT, other=TEXT, passed=TEXT, **_JUDGED)
_CLAIM = fields(
    kind=one_of(*_SIMPLE, "correct"), field=one_of(*CORRECTABLE), value=TEXT, absent=one_of("1"), **_VALUES
)  # fmt: skip
_INCIDENT = fields(kind=one_of(*_OF_AN_INCIDENT), value=one_of(*GRADES), **_JUDGED)
_MISSED = fields(
    slots=TEXT, harm=one_of(*CHOICES["harm"]), status=one_of(*CHOICES["victims"]), event=one_of(*CHOICES["event"]),
    total=one_of("1"), **_VALUES,
)  # fmt: skip


@router.get("/review", response_class=HTMLResponse, openapi_extra=query(document=TEXT, after=TEXT, last=TEXT, key=TEXT))
def queue(request: Request, visitor: Visitor = JUDGE) -> Response:
    """The next claim that nobody has judged: whoever comes back goes on where they left off."""
    desk = desk_of(request)
    document, after = request.query_params.get("document"), request.query_params.get("after")
    row = ask.next_claim(desk.index, after, document)
    if row is None and after:
        row = ask.next_claim(desk.index, None, document)
    if row is None:
        return page(request, "reviewed.html", {"last": _last(desk, request), "document": document})
    return _show(request, desk, row["id"])


@router.get(
    "/review/pairs",
    response_class=HTMLResponse,
    openapi_extra=query(incident=TEXT, claim=TEXT, near=one_of("1"), passed=TEXT),
)
def pairs(request: Request, visitor: Visitor = JUDGE) -> Response:
    """Two claims of different articles: do they tell of one incident?"""
    return _pair_page(request, desk_of(request))


@router.get("/review/{id}", response_class=HTMLResponse, openapi_extra=query(document=TEXT))
def one(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """One claim to judge."""
    return _show(request, desk_of(request), id)


def _claim(desk: Desk, id: str) -> StoredClaim:
    stored = next(desk.ledger.claims(ClaimFilter(ids=(id,))), None)
    if stored is None:
        raise Refused(404, f"there is no claim {id[:40]} in this ledger; its article may have been read anew")
    return stored


def _show(request: Request, desk: Desk, id: str, told: str = "", status: int = 200) -> Response:
    stored = _claim(desk, id)
    record = stored.record()
    document = desk.ledger.document(stored.document)
    row = ask.one(desk.index, "claims", id)
    start, end = (record.quote.start, record.quote.end) if record.quote else (record.count.start, record.count.end)
    first, last = around(document.text, start, end)
    shown = [cut for block in blocks(document, [record]) if block.reason is None and (cut := _cut(block, first, last))]
    fields = [(n, name, _worded(record, name)) for n, name in enumerate(CORRECTABLE, 1)]
    limited = request.query_params.get("document")
    waiting = ask.waiting(desk.index, limited) if limited else overview.waiting(desk.index)
    context = {
        "stored": stored, "claim": record, "row": row, "document": document.source, "blocks": shown, "fields": fields,
        "why": _why(desk, row, record), "earlier": list(desk.ledger.judgements(id)),
        "revision": desk.ledger.revision(id),
        "waiting": waiting, "limited": limited, "last": _last(desk, request), "told": told,
        "choices": CHOICES, "count": show.count_words(record.count),
    }  # fmt: skip
    return page(request, "review.html", context, status)


def _cut(block: Block, first: int, last: int) -> Block | None:
    """A paragraph without what lies outside of a stretch."""
    pieces = []
    for piece in block.pieces:
        length = 1 if piece.steers else len(piece.text)
        a, b = max(first, piece.start), min(last, piece.start + length)
        if a >= b:
            continue
        words = piece.text if piece.steers else piece.text[a - piece.start : b - piece.start]
        begins = piece.begins if a == piece.start else ()
        pieces.append(type(piece)(a, words, piece.claims, piece.roles, piece.title, begins, piece.steers))
    return Block(block.start, block.role, tuple(pieces)) if pieces else None


def _worded(claim: Any, field: str) -> str:
    makers: Mapping[str, Any] = {
        "harm": lambda: claim.harm, "count": lambda: show.count_words(claim.count),
        "victims": lambda: show.victims_words(claim.victims), "event": lambda: show.event_words(claim.event),
        "date": lambda: show.date_words(claim.date), "said": lambda: show.date_words(claim.said),
        "place": lambda: show.place_words(claim.place), "blamed": lambda: show.blamed_words(claim.blamed),
        "attribution": lambda: show.chain_words(claim.attribution), "stance": lambda: claim.stance,
        "scope": lambda: claim.scope,
    }  # fmt: skip
    return str(makers[field]())


def _why(desk: Desk, row: Any, claim: Any) -> list[str]:
    """Why a claim is asked about."""
    why = [f"extraction score {claim.score:.2f}"]
    if claim.date is None:
        why.append("no date was read")
    if claim.place is None:
        why.append("no place was read")
    elif claim.place.lat is None:
        why.append("its place is not in the gazetteer")
    if claim.stance != "asserted":
        why.append(f"said to be {claim.stance}")
    if row is not None and row["incident"]:
        incident = ask.one(desk.index, "incidents", row["incident"])
        if incident is not None and incident["contradictions"]:
            why.append("numbers differ within its incident")
    return why


def _last(desk: Desk, request: Request) -> Any:
    """The decision just made, for undoing it."""
    id = request.query_params.get("last", "")
    if not id.startswith("j-") or len(id) > 40:
        return None
    key = request.query_params.get("key", "")
    return next((one for one in desk.ledger.judgements(key) if one.judgement.id == id and one.undone_by is None), None)


# --- deciding ----------------------------------------------------------------------------------------------------


@router.post("/review/undo", openapi_extra=fields(judgement=TEXT, back=TEXT))
async def undo(request: Request, visitor: Visitor = JUDGE) -> Response:
    """Takes a decision back: a new event, nothing is deleted."""
    form = await request.form()
    desk, id = desk_of(request), str(form.get("judgement", ""))
    done = await run_in_threadpool(desk.ledger.judge, Judgement("undo", id, visitor.name, now()))
    back = str(form.get("back", ""))
    return RedirectResponse(f"/review/{back}" if _is_id(back, "c-") else "/review" if done else "/", 303)


@router.post("/review/pairs", openapi_extra=_PAIR)
async def judge_pair(request: Request, visitor: Visitor = JUDGE) -> Response:
    """Same incident, or different ones."""
    form = await request.form()
    desk = desk_of(request)
    kind = str(form.get("kind", ""))
    if kind not in _OF_A_PAIR:
        raise UsageError("two claims are the same or different")
    one, other = str(form.get("one", "")), str(form.get("other", ""))
    judgement = Judgement(_OF_A_PAIR[kind], one, visitor.name, now(), other=other, note=_note(form))
    try:
        await run_in_threadpool(desk.ledger.judge, judgement, revision=_revision(form))
    except (JudgementError, RevisionError) as refused:
        return _pair_page(request, desk, told=str(refused), status=409)
    passed = f"{form.get('passed', '')} {judgement.key.replace(' ', '~')}".strip()
    return RedirectResponse(str(request.url.replace_query_params(**{**request.query_params, "passed": passed})), 303)


@router.post("/review/{id}", openapi_extra=_CLAIM)
async def judge(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """One decision on a claim; the later of two people is told what the earlier one decided."""
    form = await request.form()
    desk = desk_of(request)
    try:
        judgement = await run_in_threadpool(_judgement, desk, id, form, visitor)
        done = await run_in_threadpool(desk.ledger.judge, judgement, revision=_revision(form))
    except (JudgementError, RevisionError, UsageError) as refused:
        desk.index.refresh()
        status = 400 if isinstance(refused, UsageError) else 409
        return await run_in_threadpool(_show, request, desk, id, str(refused), status)
    limited = request.query_params.get("document")
    after = f"after={id}&last={done.judgement.id}&key={id}"
    return RedirectResponse(f"/review?{f'document={limited}&' if _is_id(limited, 'd-') else ''}{after}", 303)


def _judgement(desk: Desk, id: str, form: Mapping[str, Any], visitor: Visitor) -> Judgement:
    kind = str(form.get("kind", ""))
    if kind in _SIMPLE:
        return Judgement(_SIMPLE[kind], id, visitor.name, now(), note=_note(form))
    if kind != "correct":
        raise UsageError(f"{kind[:20]!r} is no decision on a claim")
    field = str(form.get("field", ""))
    if field not in CORRECTABLE:
        raise UsageError(f"{field[:20]!r} cannot be corrected")
    value = corrected(field, form, _claim(desk, id).json.get(field))
    return Judgement("correct", id, visitor.name, now(), field=field, value=value, note=_note(form))


def _note(form: Mapping[str, Any]) -> str | None:
    return str(form.get("note", "")).strip()[:2000] or None


def _revision(form: Mapping[str, Any]) -> int | None:
    """What the judge had seen. A form always says it; a program that does not is not held to it."""
    text = str(form.get("revision", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _is_id(value: Any, prefix: str) -> bool:
    return (
        isinstance(value, str)
        and value.startswith(prefix)
        and value[2:].isalnum()
        and value.isascii()
        and len(value) < 40
    )


@router.post("/incidents/{id}/judge", openapi_extra=_INCIDENT)
async def judge_incident(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """Confirms or grades an incident."""
    form = await request.form()
    desk, kind = desk_of(request), str(form.get("kind", ""))
    if kind not in _OF_AN_INCIDENT:
        raise UsageError("an incident is confirmed or graded")
    stored = desk.ledger.incident(id)
    if stored is None:
        raise Refused(404, "there is no such incident any more; grouping anew may have changed its name")
    value = str(form.get("value", "")) if kind == "grade" else None
    note, basis = _note(form), stored.claims
    judgement = Judgement(_OF_AN_INCIDENT[kind], id, visitor.name, now(), value=value, note=note, basis=basis)
    await run_in_threadpool(desk.ledger.judge, judgement, revision=_revision(form))
    return RedirectResponse(f"/incidents/{id}", 303)


@router.post("/documents/{id}/missed", openapi_extra=_MISSED)
async def add_missed(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """Adds a claim that the machine did not see: words selected by a person, in any language."""
    form = await request.form()
    desk = desk_of(request)
    done = await run_in_threadpool(_add_missed, desk, id, form, visitor)
    return RedirectResponse(f"/documents/{id}#{done}", 303)


def _add_missed(desk: Desk, id: str, form: Mapping[str, Any], visitor: Visitor) -> str:
    seen, row = _revision(form), ask.one(desk.index, "documents", id)
    if row is None:
        raise Refused(404, "there is no such document")
    if seen is not None and row["seq"] != seen:
        raise RevisionError("the article was read anew since you looked; load it again and select the words again")
    try:
        slots = json.loads(str(form.get("slots", "")) or "{}")
    except ValueError:
        raise UsageError("the selected words cannot be read") from None
    if not isinstance(slots, dict):
        raise UsageError("the selected words cannot be read")
    try:
        document = desk.ledger.document(id)
    except LedgerError as error:
        raise Refused(410, str(error)) from None
    from tollbook.records import to_json

    filled = missed(form, slots, document.text)
    value = added_claim(to_json(document.source), filled)
    for ordinal in range(1, 10):  # the same words can be read twice: killed and injured, say, or added and undone
        if next(desk.ledger.claims(ClaimFilter(ids=(value["id"],), superseded=True)), None) is None:
            break
        value = added_claim(to_json(document.source), filled, ordinal)
    judgement = Judgement("add", value["id"], visitor.name, now(), value=value, note=_note(form))
    desk.ledger.judge(judgement)
    return str(value["id"])


# --- pairs -------------------------------------------------------------------------------------------------------


def _pair_page(request: Request, desk: Desk, told: str = "", status: int = 200) -> Response:
    passed = set(request.query_params.get("passed", "").split())
    incident, claim = request.query_params.get("incident"), request.query_params.get("claim")
    found = _candidates(desk, incident, claim, near=request.query_params.get("near") == "1")
    open_ = [pair for pair in found if "~".join(sorted(pair)) not in passed and not _decided(desk, pair)]
    if not open_:
        return page(request, "reviewed.html", {"last": None, "document": None}, status)
    sides, claims = [], []
    for id in open_[0]:
        stored = _claim(desk, id)
        record = stored.record()
        document = desk.ledger.document(stored.document)
        start, end = (record.quote.start, record.quote.end) if record.quote else (record.count.start, record.count.end)
        cut = [
            c
            for block in blocks(document, [record])
            if block.reason is None and (c := _cut(block, *around(document.text, start, end, 1)))
        ]
        sides.append({"stored": stored, "document": document.source, "blocks": cut})
        claims.append(record)
    key = " ".join(sorted(open_[0]))
    context = {
        "sides": sides, "lines": compared(*claims), "says": [show.chain_words(claim.attribution) for claim in claims],
        "icons": ICONS, "one": open_[0][0], "other": open_[0][1], "left": len(open_), "told": told,
        "passed": request.query_params.get("passed", ""), "revision": desk.ledger.revision(key), "key": key,
        "query": request.url.query,
        "skip": request.url.include_query_params(passed=" ".join([*passed, key.replace(" ", "~")])).query,
    }  # fmt: skip
    return page(request, "pair.html", context, status)


def _candidates(desk: Desk, incident: str | None, claim: str | None, *, near: bool) -> list[tuple[str, str]]:
    """Pairs worth asking about: between articles of one incident, or between one claim and incidents near its own."""
    row = ask.one(desk.index, "claims", claim) if claim else None
    here = incident or (row["incident"] if row else None)
    if here is None or (one := ask.one(desk.index, "incidents", here)) is None:
        return []
    first = _representatives(desk, here)
    if near:
        mine = claim or (first[0] if first else None)
        others = [id for other in ask.near_incidents(desk.index, one) for id in _representatives(desk, other["id"])[:1]]
        return [(mine, other) for other in others] if mine else []
    if claim is not None and row is not None:
        return [(claim, other) for other in _representatives(desk, here, apart_from=row["document"])]
    return list(zip(first, first[1:], strict=False))


def _representatives(desk: Desk, incident: str, apart_from: str | None = None) -> list[str]:
    """The first claim of each article in an incident."""
    claims, _ = ask.members(desk.index, [incident]).get(incident, ([], []))
    rows = ask.claim_rows(desk.index, claims)
    first: dict[str, str] = {}
    for id in claims:
        if rows[id]["document"] != apart_from and rows[id]["review"] != "rejected":
            first.setdefault(rows[id]["document"], id)
    return list(first.values())


def _decided(desk: Desk, pair: tuple[str, str]) -> bool:
    return next(desk.ledger.judgements(" ".join(sorted(pair)), standing=True), None) is not None

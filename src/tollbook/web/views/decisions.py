"""What people decided last, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tollbook.errors import UsageError
from tollbook.judgements import Judgement
from tollbook.ledger import ClaimFilter, StoredJudgement
from tollbook.web.deciding import way_back
from tollbook.web.described import NUMBER, TEXT, fields, query
from tollbook.web.desk import Desk, desk_of, now
from tollbook.web.index import ask
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs
from tollbook.web.told import now_reads

router = APIRouter()
JUDGE = Depends(Needs("judge"))
_SHOWN = 50


@router.get("/review/decisions", response_class=HTMLResponse, openapi_extra=query(before=NUMBER))
def latest(request: Request, visitor: Visitor = JUDGE) -> Response:
    """The latest decisions of everybody, each with what it is about and a way to take it back."""
    desk, text = desk_of(request), request.query_params.get("before", "")
    if text and not (text.isascii() and text.isdigit() and len(text) < 16):
        raise UsageError("before has to be the number of an event")
    found = desk.ledger.latest_judgements(_SHOWN + 1, int(text) if text else None)
    shown = found[:_SHOWN]
    context = {
        "decisions": shown, "about": _about(desk, shown), "reads": _reads(desk, shown),
        "more": shown[-1].seq if len(found) > _SHOWN else None,
        "back": f"/review/decisions?before={text}" if text else "/review/decisions",
    }  # fmt: skip
    return page(request, "decisions.html", context)


def _about(desk: Desk, decisions: Sequence[StoredJudgement]) -> dict[str, dict[str, Any]]:
    """The claims and incidents that decisions are about, by id, as the lists show them."""
    ids = {id for one in decisions for id in (one.judgement.subject, one.judgement.other) if id is not None}
    rows = ask.claim_rows(desk.index, sorted(id for id in ids if id.startswith("c-")))
    incidents = (ask.one(desk.index, "incidents", id) for id in ids if id.startswith("i-"))
    return {id: dict(row) for id, row in rows.items()} | {row["id"]: dict(row) for row in incidents if row is not None}


def _reads(desk: Desk, decisions: Sequence[StoredJudgement]) -> dict[str, str]:
    """What each correction made of its field, by the id of the decision."""
    ids = tuple({one.judgement.subject for one in decisions if one.judgement.kind == "correct"})
    claims = {one.id: one for one in desk.ledger.claims(ClaimFilter(ids=ids))} if ids else {}
    about = ((one.judgement, claims.get(one.judgement.subject)) for one in decisions)
    return {judgement.id: now_reads(claim, judgement) for judgement, claim in about if claim is not None}


@router.post("/review/undo", openapi_extra=fields(judgement=TEXT, back=TEXT))
async def undo(request: Request, visitor: Visitor = JUDGE) -> Response:
    """Takes a decision back: a new event, nothing is deleted."""
    form = await request.form()
    desk, id = desk_of(request), str(form.get("judgement", ""))
    await run_in_threadpool(desk.ledger.judge, Judgement("undo", id, visitor.name, now()))
    return RedirectResponse(way_back(form), 303)

"""Review: one decision at a time, with the words it rests on and why it is here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tollbook.errors import JudgementError, RevisionError, UsageError
from tollbook.judgements import CORRECTABLE, Judgement, Kind
from tollbook.ledger import ClaimFilter, StoredClaim
from tollbook.web.article import passage
from tollbook.web.corrections import CHOICES, corrected
from tollbook.web.deciding import Refusal, is_id, note, refusal, revision, worded
from tollbook.web.described import DAY, NUMBER, TEXT, fields, one_of, query
from tollbook.web.desk import Desk, desk_of, now
from tollbook.web.index import ask, overview
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs, Refused
from tollbook.web.told import as_corrected, corrections

router = APIRouter()
JUDGE = Depends(Needs("judge"))
_SIMPLE: dict[str, Kind] = {"accept": "accept", "reject": "reject", "unsure": "unsure"}
# What the forms hold, for the description of the application.
JUDGED = {"note": TEXT, "revision": NUMBER}
VALUES = {"low": NUMBER, "high": NUMBER, "from": DAY, "to": DAY, **JUDGED}
_CLAIM = fields(
    kind=one_of(*_SIMPLE, "correct"), field=one_of(*CORRECTABLE), value=TEXT, absent=one_of("1"), **VALUES
)  # fmt: skip
_WITHIN = {"document": TEXT, "incident": TEXT}


@router.get("/review", response_class=HTMLResponse, openapi_extra=query(**_WITHIN, after=TEXT, last=TEXT, key=TEXT))
def queue(request: Request, visitor: Visitor = JUDGE) -> Response:
    """The next claim that nobody has judged: whoever comes back goes on where they left off."""
    desk, (name, id) = desk_of(request), _within(request)
    after = request.query_params.get("after")
    row = ask.next_claim(desk.index, after, name, id)
    if row is None and after:
        row = ask.next_claim(desk.index, None, name, id)
    if row is None:
        context = {
            "last": _last(desk, request),
            "within": name,
            "where": id,
            "pairs": False,
            "pending": desk.pending(visitor),
        }
        return page(request, "reviewed.html", context)
    return _show(request, desk, row["id"])


def _within(request: Request) -> tuple[str, str]:
    """What the review keeps to: the claims of one article or of one incident, else all."""
    for name in ("document", "incident"):
        id = request.query_params.get(name)
        if is_id(id, f"{name[0]}-"):
            return name, str(id)
    return "", ""


@router.get(
    "/review/{id}", response_class=HTMLResponse, openapi_extra=query(**_WITHIN, last=TEXT, key=TEXT)
)  # fmt: skip
def one(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """One claim to judge."""
    return _show(request, desk_of(request), id)


def claim_of(desk: Desk, id: str) -> StoredClaim:
    """A claim by its id."""
    stored = next(desk.ledger.claims(ClaimFilter(ids=(id,))), None)
    if stored is None:
        raise Refused(404, f"there is no claim {id[:40]} in this ledger; its article may have been read anew")
    return stored


def _show(
    request: Request,
    desk: Desk,
    id: str,
    told: Refusal | None = None,
    status: int = 200,
    tried: Mapping[str, str] | None = None,
) -> Response:
    """The page of a claim; ``tried`` is a form that was refused, so that nothing has to be filled in again."""
    stored = claim_of(desk, id)
    machine, fixed = stored.record(), corrections(desk.ledger, stored)
    record = as_corrected(stored, fixed)
    document = desk.ledger.document(stored.document)
    row = ask.one(desk.index, "claims", id)
    fields = [
        (n, name, worded(record, name), worded(machine, name) if name in fixed else None)
        for n, name in enumerate(CORRECTABLE, 1)
    ]
    name, where = _within(request)
    waiting = ask.waiting(desk.index, name, where) if name else overview.waiting(desk.index)
    context = {
        "stored": stored, "claim": record, "values": {**stored.json, **{n: one.value for n, one in fixed.items()}},
        "row": row, "document": document.source, "blocks": passage(document, machine), "fields": fields,
        "why": _why(desk, row, record), "earlier": list(desk.ledger.judgements(id)),
        "revision": desk.ledger.revision(id), "waiting": waiting, "within": f"{name}={where}" if name else "",
        "within_what": name, "last": _last(desk, request), "told": told, "choices": CHOICES,
        "tried": tried or {},
    }  # fmt: skip
    return page(request, "review.html", context, status)


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
    return last_decision(desk, request.query_params.get("last", ""), request.query_params.get("key", ""))


def last_decision(desk: Desk, id: str, key: str) -> Any:
    """A decision on a claim or a pair while it stands."""
    if not id.startswith("j-") or len(id) > 40:
        return None
    return next((one for one in desk.ledger.judgements(key) if one.judgement.id == id and one.undone_by is None), None)


# --- deciding ----------------------------------------------------------------------------------------------------


@router.post("/review/{id}", openapi_extra=_CLAIM)
async def judge(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """One decision on a claim; the later of two people is told what the earlier one decided.

    After a correction the same claim is shown again, for what else is wrong with it; after any other the next one.
    """
    form = await request.form()
    desk = desk_of(request)
    try:
        judgement = await run_in_threadpool(_judgement, desk, id, form, visitor)
        done = await run_in_threadpool(desk.ledger.judge, judgement, revision=revision(form))
    except (JudgementError, RevisionError, UsageError) as refused:
        desk.index.refresh()
        status = 400 if isinstance(refused, UsageError) else 409
        tried = {name: str(value)[:2000] for name, value in form.items()}
        return await run_in_threadpool(_show, request, desk, id, refusal(refused), status, tried)
    name, where = _within(request)
    within = f"{name}={where}&" if name else ""
    last = f"last={done.judgement.id}&key={id}"
    if judgement.kind == "correct":
        return RedirectResponse(f"/review/{id}?{within}{last}", 303)
    return RedirectResponse(f"/review?{within}after={id}&{last}", 303)


def _judgement(desk: Desk, id: str, form: Mapping[str, Any], visitor: Visitor) -> Judgement:
    kind = str(form.get("kind", ""))
    if kind in _SIMPLE:
        return Judgement(_SIMPLE[kind], id, visitor.name, now(), note=note(form))
    if kind != "correct":
        raise UsageError(f"{kind[:20]!r} is no decision on a claim")
    field = str(form.get("field", ""))
    if field not in CORRECTABLE:
        raise UsageError(f"{field[:20]!r} cannot be corrected")
    value = corrected(field, form, claim_of(desk, id).json.get(field))
    return Judgement("correct", id, visitor.name, now(), field=field, value=value, note=note(form))

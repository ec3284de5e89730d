"""Pairs of claims: do they tell of one incident, or of two?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tollbook.errors import JudgementError, RevisionError, UsageError
from tollbook.judgements import Judgement, Kind
from tollbook.ledger import ClaimFilter
from tollbook.show import words as show
from tollbook.web.article import passage
from tollbook.web.deciding import Refusal, note, refusal, revision
from tollbook.web.described import TEXT, fields, one_of, query
from tollbook.web.desk import Desk, desk_of, now
from tollbook.web.incident import ICONS, compared
from tollbook.web.index import ask
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs
from tollbook.web.told import as_corrected, corrections
from tollbook.web.views.review import JUDGED, claim_of, last_decision

router = APIRouter()
JUDGE = Depends(Needs("judge"))
_OF_A_PAIR: dict[str, Kind] = {"same": "same", "different": "different"}
_QUESTION = ("incident", "claim", "near", "passed")
_PAIR = fields(kind=one_of(*_OF_A_PAIR), one=TEXT, other=TEXT, passed=TEXT, **JUDGED)


@router.get(
    "/review/pairs",
    response_class=HTMLResponse,
    openapi_extra=query(incident=TEXT, claim=TEXT, near=one_of("1"), passed=TEXT, last=TEXT, key=TEXT),
)
def pairs(request: Request, visitor: Visitor = JUDGE) -> Response:
    """Two claims: do they tell of one incident?"""
    return _show(request, desk_of(request))


@router.post("/review/pairs", openapi_extra=_PAIR)
async def judge(request: Request, visitor: Visitor = JUDGE) -> Response:
    """Same incident, or different ones."""
    form = await request.form()
    desk = desk_of(request)
    kind = str(form.get("kind", ""))
    if kind not in _OF_A_PAIR:
        raise UsageError("two claims are the same or different")
    one, other = str(form.get("one", "")), str(form.get("other", ""))
    judgement = Judgement(_OF_A_PAIR[kind], one, visitor.name, now(), other=other, note=note(form))
    try:
        done = await run_in_threadpool(desk.ledger.judge, judgement, revision=revision(form))
    except (JudgementError, RevisionError) as refused:
        return await run_in_threadpool(_show, request, desk, refusal(refused), 409)
    passed = f"{form.get('passed', '')} {judgement.key.replace(' ', '~')}".strip()
    asked = _asked(request, passed=passed) | {"last": done.judgement.id, "key": judgement.key}
    return RedirectResponse(f"/review/pairs?{urlencode(asked)}", 303)


def _asked(request: Request, **changed: str) -> dict[str, str]:
    """The question of the page without the decision that was made last."""
    given = {name: request.query_params[name] for name in _QUESTION if name in request.query_params}
    return given | changed


def _show(request: Request, desk: Desk, told: Refusal | None = None, status: int = 200) -> Response:
    passed = request.query_params.get("passed", "").split()
    incident, claim = request.query_params.get("incident"), request.query_params.get("claim")
    found = _candidates(desk, incident, claim, near=request.query_params.get("near") == "1")
    open_ = [pair for pair in found if "~".join(sorted(pair)) not in passed and not _decided(desk, pair)]
    last = last_decision(desk, request.query_params.get("last", ""), request.query_params.get("key", ""))
    back = f"/review/pairs?{urlencode({n: v for n, v in _asked(request).items() if n != 'passed'})}"
    if not open_:
        context = {"last": last, "within": "", "where": "", "pairs": True, "back": back, "incident": incident}
        context |= {"pending": desk.pending(request.state.visitor)}
        return page(request, "reviewed.html", context, status)
    sides, claims = [], []
    for id in open_[0]:
        stored = claim_of(desk, id)
        document = desk.ledger.document(stored.document)
        sides.append({"stored": stored, "document": document.source, "blocks": passage(document, stored.record(), 1)})
        claims.append(as_corrected(stored, corrections(desk.ledger, stored)))
    key = " ".join(sorted(open_[0]))
    context = {
        "sides": sides, "lines": compared(*claims), "says": [show.chain_words(claim.attribution) for claim in claims],
        "icons": ICONS, "one": open_[0][0], "other": open_[0][1], "left": len(open_), "told": told, "last": last,
        "passed": " ".join(passed), "revision": desk.ledger.revision(key), "back": back,
        "query": urlencode(_asked(request)),
        "skip": urlencode(_asked(request, passed=" ".join([*passed, key.replace(" ", "~")]))),
    }  # fmt: skip
    return page(request, "pair.html", context, status)


def _candidates(desk: Desk, incident: str | None, claim: str | None, *, near: bool) -> list[tuple[str, str]]:
    """Pairs worth asking about: between what tells of one incident, or between one claim and incidents near its own."""
    row = ask.one(desk.index, "claims", claim) if claim else None
    here = incident or (row["incident"] if row else None)
    one = ask.one(desk.index, "incidents", here) if here else None
    if near:
        around = one or (dict(row, id="") if row else None)  # a claim that a person added may stand in no incident yet
        mine = claim or next(iter(_tellers(desk, here)), None) if here else claim
        if around is None or mine is None:
            return []
        others = [id for other in ask.near_incidents(desk.index, around) for id in _tellers(desk, other["id"])[:1]]
        return [(mine, other) for other in others if other != mine]
    if here is None or one is None:
        return []
    first = _tellers(desk, here)
    if claim is not None and row is not None:
        own = [id for id in _of_article(desk, here, row["document"]) if id != claim]
        return [(claim, other) for other in [*_tellers(desk, here, apart_from=row["document"]), *own]]
    return list(zip(first, first[1:], strict=False))


def _tellers(desk: Desk, incident: str, apart_from: str | None = None) -> list[str]:
    """One claim of each article in an incident: the one that says most of when and where."""
    claims, _ = ask.members(desk.index, [incident]).get(incident, ([], []))
    rows = ask.claim_rows(desk.index, claims)
    best: dict[str, str] = {}
    for id in sorted(claims, key=lambda id: _silence(rows[id])):
        if rows[id]["document"] != apart_from and rows[id]["review"] != "rejected":
            best.setdefault(rows[id]["document"], id)
    return [id for id in claims if id in best.values()]


def _silence(row: Mapping[str, Any]) -> int:
    return (row["date_from"] is None) + (row["place"] is None) + (row["event"] is None)


def _of_article(desk: Desk, incident: str, document: str) -> list[str]:
    """The claims of one article in an incident that stand for themselves: an article can tell of two."""
    claims, _ = ask.members(desk.index, [incident]).get(incident, ([], []))
    mine = [id for id, row in ask.claim_rows(desk.index, claims).items() if row["document"] == document]
    found = desk.ledger.claims(ClaimFilter(ids=tuple(mine)))
    return [one.id for one in found if one.json["relation"] is None and one.review != "rejected"]


def _decided(desk: Desk, pair: tuple[str, str]) -> bool:
    return next(desk.ledger.judgements(" ".join(sorted(pair)), standing=True), None) is not None

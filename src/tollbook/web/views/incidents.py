"""One incident: who claims what, from whom they have it, where they agree, and what people decided."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from tollbook.errors import JudgementError, RevisionError, UsageError
from tollbook.judgements import GRADES, Judgement, Kind
from tollbook.ledger import ClaimFilter, StoredIncident, StoredJudgement
from tollbook.show.words import count_words
from tollbook.web import charts, pictures
from tollbook.web import incident as view
from tollbook.web.charts import world
from tollbook.web.deciding import Refusal, note, refusal, revision
from tollbook.web.described import NUMBER, TEXT, fields, one_of, query
from tollbook.web.desk import Desk, desk_of, now
from tollbook.web.formats import METRES
from tollbook.web.index import ask
from tollbook.web.public import incident_out
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs, Refused
from tollbook.web.told import claim_out_of, now_reads, told_of
from tollbook.web.towns import towns

router = APIRouter()
READ, JUDGE = Depends(Needs("read")), Depends(Needs("judge"))
_KINDS: dict[str, Kind] = {"confirm": "confirm", "grade": "grade"}
_JUDGED = fields(kind=one_of(*_KINDS), value=one_of(*GRADES), note=TEXT, revision=NUMBER)
_DRAWN = ("killed", "injured", "casualties", "missing", "abducted", "detained", "displaced")


@router.get("/incidents/{id}.json")
def incident_record(request: Request, id: str, visitor: Visitor = READ) -> Response:
    """The incident with its claims as JSON."""
    desk = desk_of(request)
    row, stored = _incident(desk, id)
    members = ask.members(desk.index, [id]).get(id, ([], []))
    masks = None if visitor.may("words") else desk.masks
    claims = list(desk.ledger.claims(ClaimFilter(ids=stored.claims)))
    shown = [claim_out_of(desk.ledger, claim, masks) for claim in claims]
    return JSONResponse({**incident_out(row, members), "claims": shown})


@router.get("/incidents/{id}/ranges.svg")
def incident_picture(request: Request, id: str, visitor: Visitor = READ) -> Response:
    """Who says how many, as a picture for a report."""
    desk = desk_of(request)
    _incident(desk, id)
    return Response(pictures.ranges(desk.ledger, id), media_type="image/svg+xml")


@router.get("/incidents/{id}", response_class=HTMLResponse, openapi_extra=query(words=one_of("1")))
def incident(request: Request, id: str, visitor: Visitor = READ) -> Response:
    """The incident screen."""
    return _show(request, desk_of(request), id, visitor)


def _show(
    request: Request, desk: Desk, id: str, visitor: Visitor, told_why: Refusal | None = None, status: int = 200
) -> Response:
    row, stored = _incident(desk, id)
    words = visitor.may("words") or request.query_params.get("words") == "1"
    told, rejected = told_of(desk.ledger, stored, None if visitor.may("words") else desk.masks)
    harms = [(harm, *view.origins(told, harm)) for harm in _DRAWN]
    documents = ask.documents_of(desk.index, sorted({one.claim.document.id for one in told + rejected}))
    if not visitor.may("words"):
        documents = {id: desk.masks.source(document) for id, document in documents.items()}
    totals = ask.covering_totals(desk.index, row, list(stored.summary.get("totals") or ()))
    steps = view.steps(told)
    axis = charts.scale([value for one in steps for value in _ends(one.told.claim)])
    context = {
        "row": row, "stored": stored, "told": told, "rejected": rejected, "words": words,
        "sentence": view.sentence(told), "harms": [(harm, axis_, found) for harm, axis_, found in harms if found],
        "lines": view.matrix(told, words=words),
        "steps": [(step, _bar(axis, step.told.claim)) for step in steps], "axis": axis, "map": _map(row),
        "totals": totals,
        "documents": documents, "near": ask.near_incidents(desk.index, row), "history": _history(desk, stored, visitor),
        "statements": _denials(desk, documents, words=words, public=not visitor.may("words")),
        "contradictions": _contradictions(stored, told), "revision": desk.ledger.revision(id), "event": desk.index.seen,
        "refused": told_why, "pending": desk.pending(visitor),
        "waiting": ask.waiting(desk.index, "incident", id) if visitor.may("judge") else 0,
    }  # fmt: skip
    return page(request, "incident.html", context, status)


@router.post("/incidents/{id}/judge", openapi_extra=_JUDGED)
async def judge(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """Confirms or grades an incident."""
    form = await request.form()
    desk, kind, value = desk_of(request), str(form.get("kind", "")), str(form.get("value", ""))
    if kind not in _KINDS:
        raise UsageError("an incident is confirmed or graded")
    if kind == "grade" and value not in GRADES:
        raise UsageError(f"a grade has to be one of {', '.join(GRADES)}")
    _, stored = _incident(desk, id)
    judgement = Judgement(
        _KINDS[kind], id, visitor.name, now(), value=value if kind == "grade" else None, note=note(form),
        basis=stored.claims,
    )  # fmt: skip
    try:
        await run_in_threadpool(desk.ledger.judge, judgement, revision=revision(form))
    except (JudgementError, RevisionError) as refused:
        desk.index.refresh()
        return await run_in_threadpool(_show, request, desk, id, visitor, refusal(refused), 409)
    return RedirectResponse(f"/incidents/{id}", 303)


def _map(row: Any) -> charts.Svg | None:
    """A small map of where it was, where that is known."""
    if row["lat"] is None or not world.is_there():
        return None
    metres = METRES.get(row["precision"] or "", 50_000)
    return charts.locator(row["lat"], row["lon"], row["precision"], metres, towns())


def _denials(desk: Desk, documents: dict[str, Any], *, words: bool, public: bool) -> list[tuple[Any, str, str, str]]:
    """Who admits or denies in the articles that tell of it: document, kind, who, the words (where they are shown)."""
    found = []
    for id, document in documents.items():
        for stored in desk.ledger.statements(id) if document["statements"] else ():
            plain = stored.json
            if plain["kind"] not in ("admission", "denial", "explanation"):
                continue
            said_by = "; ".join(dict.fromkeys(link["name"] for link in plain["attribution"])) or "the report itself"
            text = plain["quote"]["text"] if words else ""
            mask = desk.masks.of(id).text if public else str
            found.append((document, str(plain["kind"]), mask(said_by), mask(text)))
    return found


def _ends(claim: Any) -> list[int]:
    return [value for value in (claim.count.low, claim.count.high) if value is not None]


def _bar(axis: charts.Scale, claim: Any) -> charts.Bar:
    return axis.bar(claim.count.low, claim.count.high, count_words(claim.count))


def _incident(desk: Desk, id: str) -> tuple[Any, StoredIncident]:
    row, stored = ask.one(desk.index, "incidents", id), desk.ledger.incident(id)
    if row is None or stored is None:
        raise Refused(404, f"there is no incident {id[:40]} in this ledger; grouping anew may have changed its name")
    return row, stored


def _history(desk: Desk, stored: StoredIncident, visitor: Visitor) -> list[tuple[StoredJudgement, str]]:
    """Judgements on the incident and on its claims, the latest first, each with what it is about."""
    found = [(one, "the incident") for one in desk.ledger.judgements(stored.id)]
    found += [(one, "two claims") for one in desk.ledger.pair_judgements(stored.claims)]
    for claim in desk.ledger.claims(ClaimFilter(ids=stored.claims)):
        if claim.review is not None or claim.by_hand:
            about = f"“{claim.json['count']['text']}” {claim.json['harm']}" if visitor.may("words") else "a claim"
            for one in desk.ledger.judgements(claim.id):
                found.append((one, f"{about}{now_reads(claim, one.judgement) if visitor.may('words') else ''}"))
    return sorted(found, key=lambda pair: -pair[0].seq)


def _contradictions(stored: StoredIncident, told: list[view.Told]) -> list[tuple[str, list[view.Told]]]:
    """What the linker found to contradict, with the claims that do."""
    by_id = {one.claim.id: one for one in told}
    made = []
    for one in stored.summary.get("contradictions") or ():
        claims = [by_id[id] for id in one.get("claims", ()) if id in by_id]
        if len(claims) > 1:
            made.append((str(one.get("field", "")), claims))
    return made

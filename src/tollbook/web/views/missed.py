"""Adding what the machine missed: words selected by a person, in any language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from tollbook.errors import JudgementError, LedgerError, RevisionError, UsageError
from tollbook.judgements import Judgement
from tollbook.ledger import ClaimFilter
from tollbook.records import to_json
from tollbook.review import added_claim
from tollbook.web.corrections import CHOICES, missed, span_of
from tollbook.web.deciding import note, revision
from tollbook.web.described import TEXT, fields, one_of
from tollbook.web.desk import Desk, desk_of, now
from tollbook.web.index import ask
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs, Refused
from tollbook.web.views.documents import Unkept, show_document
from tollbook.web.views.review import VALUES

router = APIRouter()
JUDGE = Depends(Needs("judge"))
_MISSED = fields(
    slots=TEXT, harm=one_of(*CHOICES["harm"]), status=one_of(*CHOICES["victims"]), event=one_of(*CHOICES["event"]),
    total=one_of("1"), **VALUES,
)  # fmt: skip


@router.post("/documents/{id}/missed", openapi_extra=_MISSED)
async def add_missed(request: Request, id: str, visitor: Visitor = JUDGE) -> Response:
    """Adds a claim that the machine did not see. What cannot be kept comes back as it was filled in."""
    form = await request.form()
    desk = desk_of(request)
    try:
        done = await run_in_threadpool(_add, desk, id, form, visitor)
    except (JudgementError, RevisionError, UsageError) as error:
        status = 400 if isinstance(error, UsageError) else 409
        unkept = _unkept(desk, id, form, error)
        return await run_in_threadpool(show_document, request, desk, id, visitor, unkept, status)
    return RedirectResponse(f"/documents/{id}#{done}", 303)


def _unkept(desk: Desk, id: str, form: Mapping[str, Any], error: Exception) -> Unkept:
    """What was filled in; words that were selected in an older text are not laid on a newer one."""
    given = {name: str(value)[:2000] for name, value in form.items() if name not in ("csrf", "revision")}
    words: dict[str, str] = {}
    if not isinstance(error, RevisionError):
        text = desk.ledger.document(id).text
        try:
            words = {name: span_of(text, where)["text"] for name, where in _slots(form).items()}
        except UsageError:
            words = {}
    return Unkept(str(error), given if words else given | {"slots": ""}, words)


def _slots(form: Mapping[str, Any]) -> dict[str, Any]:
    try:
        slots = json.loads(str(form.get("slots", "")) or "{}")
    except ValueError:
        raise UsageError("the selected words cannot be read") from None
    if not isinstance(slots, dict):
        raise UsageError("the selected words cannot be read")
    return slots


def _add(desk: Desk, id: str, form: Mapping[str, Any], visitor: Visitor) -> str:
    seen, row = revision(form), ask.one(desk.index, "documents", id)
    if row is None:
        raise Refused(404, "there is no such document")
    if seen is not None and row["seq"] != seen:
        raise RevisionError("the article was read anew since you looked; look at it again and select the words again")
    slots = _slots(form)
    try:
        document = desk.ledger.document(id)
    except LedgerError as error:
        raise Refused(410, str(error)) from None
    filled = missed(form, slots, document.text)
    value = added_claim(to_json(document.source), filled)
    for ordinal in range(1, 10):  # the same words can be read twice: killed and injured, say, or added and undone
        if next(desk.ledger.claims(ClaimFilter(ids=(value["id"],), superseded=True)), None) is None:
            break
        value = added_claim(to_json(document.source), filled, ordinal)
    desk.ledger.judge(Judgement("add", value["id"], visitor.name, now(), value=value, note=note(form)))
    return str(value["id"])

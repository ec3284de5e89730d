"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tollbook.web.accounts import Throttled
from tollbook.web.described import TEXT, fields
from tollbook.web.desk import Desk
from tollbook.web.render import page, set_session
from tollbook.web.roles import Visitor
from tollbook.web.security import COOKIE, Needs, Refused

router = APIRouter()
OPEN = Depends(Needs("open"))


@router.get("/sign-in", response_class=HTMLResponse)
def form(request: Request, visitor: Visitor = OPEN) -> Response:
    """The form."""
    if visitor.role is not None:
        return RedirectResponse("/", 303)
    return page(request, "signin.html", {"told": ""})


@router.post("/sign-in", openapi_extra=fields(name=TEXT, password=TEXT))
async def sign_in(request: Request, visitor: Visitor = OPEN) -> Response:
    """Begins a session under a new secret, whatever cookie the browser brought."""
    desk: Desk = request.app.state.desk
    if desk.accounts is None:
        return RedirectResponse("/", 303)
    filled = await request.form()
    address = request.client.host if request.client else "unknown"
    name, password = str(filled.get("name", ""))[:200], str(filled.get("password", ""))[:1000]
    try:
        secret = await run_in_threadpool(desk.accounts.sign_in, name, password, address)
    except Throttled as throttled:
        raise Refused(429, str(throttled), throttled.wait) from None
    if secret is None:
        return page(request, "signin.html", {"told": "Name and password do not fit."}, 401)
    response = RedirectResponse("/", 303)
    set_session(response, secret, desk.config.secure)
    return response


@router.post("/sign-out", openapi_extra=fields())
async def sign_out(request: Request, visitor: Visitor = OPEN) -> Response:
    """Ends the session."""
    desk: Desk = request.app.state.desk
    cookie = request.cookies.get(COOKIE)
    if desk.accounts is not None and cookie:
        await run_in_threadpool(desk.accounts.sign_out, cookie)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, path="/")
    return response

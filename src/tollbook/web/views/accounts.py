"""One's own account with its API tokens; for owners, everybody's account."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tollbook.errors import UsageError
from tollbook.web.accounts import Accounts
from tollbook.web.described import TEXT, fields, one_of
from tollbook.web.render import page
from tollbook.web.roles import ROLES, Visitor
from tollbook.web.security import Needs, Refused

router = APIRouter()
READ, OWN = Depends(Needs("read")), Depends(Needs("accounts"))


def _accounts(request: Request) -> Accounts:
    accounts: Accounts | None = request.app.state.desk.accounts
    if accounts is None:
        raise Refused(404, "nobody needs an account here")
    return accounts


@router.get("/account", response_class=HTMLResponse)
def account(request: Request, visitor: Visitor = READ) -> Response:
    """One's role and tokens."""
    return _page(request, visitor)


def _page(request: Request, visitor: Visitor, secret: str = "") -> Response:
    accounts = _accounts(request)
    everybody = accounts.all() if visitor.may("accounts") else []
    context: dict[str, Any] = {
        "tokens": accounts.tokens(visitor.name), "everybody": everybody, "roles": ROLES, "secret": secret,
        "allowed": ROLES[: ROLES.index(visitor.role) + 1] if visitor.role else (),
    }  # fmt: skip
    return page(request, "account.html", context)


@router.post("/account/tokens", openapi_extra=fields(role=one_of(*ROLES), label=TEXT))
async def make_token(request: Request, visitor: Visitor = READ) -> Response:
    """A new API token, shown once."""
    if visitor.how == "token":
        raise Refused(403, "a token cannot make tokens")
    filled = await request.form()
    role = str(filled.get("role", ""))
    if role not in ROLES:
        raise UsageError(f"role has to be one of {', '.join(ROLES)}")
    label = str(filled.get("label", "")).strip() or "token"
    secret = await run_in_threadpool(_accounts(request).make_token, visitor.name, role, label)
    return await run_in_threadpool(_page, request, visitor, secret)


@router.post("/account/tokens/drop", openapi_extra=fields(id=TEXT))
async def drop_token(request: Request, visitor: Visitor = READ) -> Response:
    """Takes a token away."""
    filled = await request.form()
    await run_in_threadpool(_accounts(request).drop_token, visitor.name, str(filled.get("id", "")))
    return RedirectResponse("/account", 303)


@router.post("/accounts", openapi_extra=fields(name=TEXT, role=one_of(*ROLES), password=TEXT))
async def put(request: Request, visitor: Visitor = OWN) -> Response:
    """Makes an account, or changes its role or password."""
    filled = await request.form()
    accounts = _accounts(request)
    name, role, password = (str(filled.get(key, "")) for key in ("name", "role", "password"))
    if password or accounts.account(name) is None:
        await run_in_threadpool(accounts.put, name, role, password)
    else:
        await run_in_threadpool(accounts.set_role, name, role)
    return RedirectResponse("/account", 303)


@router.post("/accounts/remove", openapi_extra=fields(name=TEXT))
async def remove(request: Request, visitor: Visitor = OWN) -> Response:
    """Takes an account away."""
    filled = await request.form()
    await run_in_threadpool(_accounts(request).remove, str(filled.get("name", "")))
    return RedirectResponse("/account", 303)

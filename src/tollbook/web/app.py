"""The application: layers, routes, and errors as pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from tollbook import __version__
from tollbook.errors import InputError, JudgementError, LedgerError, RevisionError, TollbookError, UsageError
from tollbook.grouping import regroup
from tollbook.ledger import Ledger
from tollbook.web.accounts import Accounts
from tollbook.web.config import Config
from tollbook.web.described import ANSWERS, describe
from tollbook.web.desk import Desk
from tollbook.web.imports import Imports
from tollbook.web.index import Index
from tollbook.web.masks import Masks
from tollbook.web.render import STATIC, page, prepare
from tollbook.web.security import Refused, Shield, check_meant, check_text, visitor_of
from tollbook.web.views import (
    accounts,
    adding,
    decisions,
    documents,
    incidents,
    lists,
    missed,
    pairs,
    review,
    signin,
)

_STATUS = ((RevisionError, 409), (JudgementError, 409), (UsageError, 400), (InputError, 422), (LedgerError, 503))


# Pages are work for the processor: more of them at once would only make each slower.
_THREADS = 8


class Files(StaticFiles):
    """Our own files; their addresses change with their content, so a browser may keep them."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file."""
        response = await super().get_response(path, scope)
        fixed = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if fixed else "no-cache"
        return response


async def identify(request: Request) -> None:
    """Before anything else: who asks, and whether an unsafe request was meant."""
    desk: Desk = request.app.state.desk
    visitor = visitor_of(request, desk)
    request.state.visitor = visitor
    await check_meant(request, desk, visitor)
    await check_text(request)


def create_app(config: Config) -> FastAPI:
    """The application over one ledger; it closes what it opened when it ends.

    Raises :class:`LedgerError` where there is no ledger, before anything is served.
    """
    ledger = Ledger.open(config.ledger, read_only=config.read_only)
    needed = config.accounts is not None and not config.read_only
    masks = Masks(ledger)
    desk = Desk(
        config=config,
        ledger=ledger,
        index=Index(ledger, masks if config.public else None),
        masks=masks,
        accounts=Accounts(config.accounts) if needed and config.accounts is not None else None,
        imports=Imports(ledger, lambda: regroup(ledger)),
    )

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = _THREADS
        prepare()
        yield
        desk.close()

    app = FastAPI(
        title="Tollbook", version=__version__, docs_url=None, redoc_url=None, openapi_url="/openapi.json",
        dependencies=[Depends(identify)], lifespan=life,
    )  # fmt: skip
    app.state.desk = desk
    app.mount("/static", Files(directory=STATIC), name="static")
    for module in (lists, documents, missed, incidents, decisions, pairs, review, adding, signin, accounts):
        app.include_router(module.router, responses=ANSWERS)
    describe(app)
    for kind in (TollbookError, Refused, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _failed)
    app.add_middleware(GZipMiddleware, minimum_size=1_000, compresslevel=5)
    app.add_middleware(Shield, config=config, failed=_failed)
    return app


async def _failed(request: Request, error: Exception) -> Response:
    """An error as a page that says what to do, or as JSON where JSON was asked for."""
    status, why, wait = _told(error)
    headers = {"Retry-After": str(wait)} if wait is not None else {}
    data = (
        request.url.path.rsplit(".", 1)[-1] in ("json", "jsonl", "csv", "geojson") or "authorization" in request.headers
    )
    if data:
        return JSONResponse({"error": why}, status, headers)
    if status == 401 and request.method == "GET":
        return RedirectResponse("/sign-in", 303)
    response = page(request, "failed.html", {"status": status, "why": why}, status)
    response.headers.update(headers)
    return response


def _told(error: Exception) -> tuple[int, str, int | None]:
    if isinstance(error, Refused):
        return error.status, error.why, error.wait
    if isinstance(error, HTTPException):
        words = {404: "there is nothing at this address", 405: "this address does not take that"}
        return error.status_code, words.get(error.status_code, str(error.detail)), None
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return 422, f"{'.'.join(map(str, first.get('loc', ())))}: {first.get('msg', 'cannot be read')}", None
    for kind, status in _STATUS:
        if isinstance(error, kind):
            return status, str(error), None
    return 500, f"internal error ({type(error).__name__}); the server's log says more", None

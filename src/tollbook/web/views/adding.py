"""Adding articles from the browser, and reading them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tollbook.errors import InputError, UsageError
from tollbook.inputs import LARGEST, Given
from tollbook.inputs.record import parse_published
from tollbook.web.described import DAY, FILES, TEXT, fields
from tollbook.web.desk import desk_of
from tollbook.web.fetch import fetch
from tollbook.web.index import ask
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs, Refused

router = APIRouter()
_HANDED_IN = fields(files=FILES, text=TEXT, url=TEXT, fetch=TEXT, title=TEXT, outlet=TEXT, published=DAY)
ADD, LINK = Depends(Needs("add")), Depends(Needs("link"))


@router.get("/add", response_class=HTMLResponse)
def form(request: Request, visitor: Visitor = ADD) -> Response:
    """Where articles are handed in."""
    return _form(request)


def _form(request: Request, told: str = "", filled: Mapping[str, Any] | None = None, status: int = 200) -> Response:
    """The form, with what was filled in where it could not be taken (files have to be chosen again)."""
    given = {
        name: str((filled or {}).get(name, "")) for name in ("text", "outlet", "published", "title", "url", "fetch")
    }
    context = {"allow_fetch": desk_of(request).config.allow_fetch, "told": told, "given": given}
    return page(request, "add.html", context, status)


@router.post("/documents", openapi_extra=_HANDED_IN)
async def add(request: Request, visitor: Visitor = ADD) -> Response:
    """Takes files, a text or an address, and reads them in the background."""
    filled = await request.form()
    try:
        return await _taken(request, filled, visitor)
    except UsageError as error:
        return _form(request, str(error), filled, 400)


async def _taken(request: Request, filled: FormData, visitor: Visitor) -> Response:
    desk = desk_of(request)
    given = _given(filled)
    sources: list[Callable[[], tuple[str, bytes]]] = []
    for item in filled.getlist("files"):
        if isinstance(item, UploadFile) and item.filename:
            sources.append(partial(_as_is, item.filename, await item.read()))
    text = str(filled.get("text", ""))
    if text.strip():
        sources.append(partial(_as_is, given.title or "pasted text", text.encode("utf-8", "replace")))
    url = str(filled.get("url", "")).strip()
    fetching = str(filled.get("fetch", "")).strip()
    if fetching:
        if not desk.config.allow_fetch:
            raise Refused(
                403, "this server does not fetch pages; start it with --allow-fetch, or save the page and drop it here"
            )
        given = Given(given.published, given.outlet, given.title, fetching)
        sources.append(partial(_fetched, fetching))
    if not sources:
        raise UsageError(
            f"choose a file or paste a text{', or give an address to fetch' if desk.config.allow_fetch else ''}"
            + (" (a web address alone is not fetched)" if url else "")
        )
    made = desk.imports.start(visitor.name, sources, given)
    return RedirectResponse(f"/imports/{made.id}", 303)


def _as_is(name: str, body: bytes) -> tuple[str, bytes]:
    return name, body


def _fetched(url: str) -> tuple[str, bytes]:
    found = fetch(url, LARGEST)
    return (f"{url}.html" if "html" in found.media else url).replace("/", "\u2215"), found.body


def _given(filled: Mapping[str, Any]) -> Given:
    def words(name: str) -> str | None:
        return str(filled.get(name, "")).strip()[:2000] or None

    try:
        published = parse_published(str(filled.get("published", "")))
    except ValueError as error:
        raise UsageError(f"published: {error}") from error
    return Given(published, words("outlet"), words("title"), words("url"))


@router.get("/imports/{id}", response_class=HTMLResponse)
def progress(request: Request, id: str, visitor: Visitor = ADD) -> Response:
    """How far an import is, and what failed for which reason."""
    desk = desk_of(request)
    made = desk.imports.get(id)
    if made is None:
        raise Refused(404, "this import is not known any more; what it read is among the articles")
    return page(request, "import.html", {"made": made})


@router.post("/documents/{id}/reread", openapi_extra=fields())
async def reread(request: Request, id: str, visitor: Visitor = LINK) -> Response:
    """Reads a document again with this version; judgements stay with the words that they were about."""
    desk = desk_of(request)
    row = ask.one(desk.index, "documents", id)
    raw = await run_in_threadpool(desk.ledger.raw, id) if row is not None else None
    if row is None or raw is None:
        raise InputError(id[:40], "its bytes were not kept, so it cannot be read again here")
    given = Given(parse_published(row["published"] or ""), row["outlet"], row["title"], row["url"])
    made = desk.imports.start(visitor.name, [partial(_as_is, row["key"] or id, raw)], given)
    return RedirectResponse(f"/imports/{made.id}", 303)


@router.post("/regroup", openapi_extra=fields())
async def group(request: Request, visitor: Visitor = LINK) -> Response:
    """Groups claims into incidents anew, in the background."""
    made = desk_of(request).imports.group(visitor.name)
    await run_in_threadpool(made.over.wait, 1)  # a small ledger is grouped before the page is drawn
    return RedirectResponse(f"/imports/{made.id}", 303)

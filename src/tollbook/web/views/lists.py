"""The lists (incidents, claims, documents): pages with facets, and the same question in four formats."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse

from tollbook.web import charts, formats, pictures
from tollbook.web.described import asked
from tollbook.web.desk import Desk, desk_of
from tollbook.web.filters import PAGE, SORTS, Kind, read_filter
from tollbook.web.index import ask, overview
from tollbook.web.public import COLUMNS, claim_out, document_out, incident_out
from tollbook.web.render import page
from tollbook.web.roles import Visitor
from tollbook.web.security import Needs, Refused
from tollbook.web.told import claim_out_of
from tollbook.web.towns import towns

router = APIRouter()
READ = Depends(Needs("read"))
Row = Mapping[str, Any]


@router.get("/")
def home(request: Request, visitor: Visitor = READ) -> Response:
    """Where one begins: incidents, or the corpus while there are none."""
    desk = desk_of(request)
    empty = desk.index.connection().execute("SELECT 1 FROM incident LIMIT 1").fetchone() is None
    return RedirectResponse("/documents" if empty else "/incidents", 303)


@router.get("/incidents", response_class=HTMLResponse, openapi_extra=asked("incidents"))
def incidents(request: Request, visitor: Visitor = READ) -> Response:
    """Explore: incidents on a map, on a timeline and in a table."""
    return _page(request, "incidents", visitor)


@router.get("/claims", response_class=HTMLResponse, openapi_extra=asked("claims"))
def claims(request: Request, visitor: Visitor = READ) -> Response:
    """Explore: claims."""
    return _page(request, "claims", visitor)


@router.get("/documents", response_class=HTMLResponse, openapi_extra=asked("documents"))
def documents(request: Request, visitor: Visitor = READ) -> Response:
    """The corpus."""
    return _page(request, "documents", visitor)


def _page(request: Request, kind: Kind, visitor: Visitor) -> Response:
    desk = desk_of(request)
    f = read_filter(kind, request.query_params.multi_items())
    with desk.index.reading():
        rows, seen = overview.page(desk.index, f), overview.overview(desk.index, f)
        if kind == "documents":
            originals = ask.documents_of(desk.index, [row["reprint_of"] for row in rows if row["reprint_of"]])
        else:
            originals = {}
        narrow = kind == "incidents" and seen.unit == "day"
        dots = charts.dots(overview.few(desk.index, f, charts.MOST_DOTS), f.since, f.until) if narrow else None
        found = overview.found_words(desk.index, f, rows) if visitor.may("words") else {}
    if kind == "documents" and not visitor.may("words"):
        rows = [desk.masks.source(row) for row in rows]
    columns, ticks = charts.columns(seen.unit, seen.bins)
    context = {
        "f": f, "kind": kind, "rows": rows, "total": seen.total, "facets": seen.facets, "trays": seen.trays,
        "columns": columns, "ticks": ticks, "dots": dots, "unit": seen.unit, "sorts": SORTS[kind],
        "pages": max(1, -(-seen.total // PAGE)), "originals": originals, "found": found, "suffixes": formats.SUFFIXES,
        "allow_fetch": desk.config.allow_fetch,
        "imports": [one for one in desk.imports.latest() if not one.grouping][:3] if kind == "documents" else [],
        "pending": desk.pending(visitor) if kind == "incidents" else 0,
    }  # fmt: skip
    return page(request, "documents.html" if kind == "documents" else "explore.html", context)


@router.get("/map/towns")
def map_towns(request: Request, visitor: Visitor = READ) -> Response:
    """The towns that the map names, the largest first."""
    return JSONResponse(towns(), headers={"Cache-Control": "private, max-age=86400"})


@router.get("/incidents/spots", openapi_extra=asked("incidents"))
def incident_spots(request: Request, visitor: Visitor = READ) -> Response:
    """Places of the incidents that are asked for, for the map."""
    return _spots(request, "incidents")


@router.get("/claims/spots", openapi_extra=asked("claims"))
def claim_spots(request: Request, visitor: Visitor = READ) -> Response:
    """Places of the claims that are asked for, for the map."""
    return _spots(request, "claims")


def _spots(request: Request, kind: Kind) -> Response:
    desk = desk_of(request)
    f = dataclasses.replace(read_filter(kind, request.query_params.multi_items()), box=None)
    return JSONResponse({"metres": formats.METRES, "spots": overview.spots(desk.index, f)})


@router.get("/incidents/{picture}.svg", openapi_extra=asked("incidents"))
def incident_picture(request: Request, picture: Literal["timeline", "map"], visitor: Visitor = READ) -> Response:
    """When or where the incidents are that are asked for, as a picture for a report."""
    return _picture(request, "incidents", picture)


@router.get("/claims/{picture}.svg", openapi_extra=asked("claims"))
def claim_picture(request: Request, picture: Literal["timeline", "map"], visitor: Visitor = READ) -> Response:
    """When or where the claims are that are asked for, as a picture for a report."""
    return _picture(request, "claims", picture)


def _picture(request: Request, kind: Kind, picture: str) -> Response:
    desk = desk_of(request)
    draw = pictures.timeline if picture == "timeline" else pictures.map_
    drawn = draw(desk.index, read_filter(kind, request.query_params.multi_items()))
    return Response(drawn, media_type="image/svg+xml")


@router.get("/incidents.{suffix}", openapi_extra=asked("incidents"))
def incident_list(request: Request, suffix: str, visitor: Visitor = READ) -> Response:
    """Incidents as JSON, JSON lines, CSV or GeoJSON."""
    return _list(request, "incidents", suffix, visitor)


@router.get("/claims.{suffix}", openapi_extra=asked("claims"))
def claim_list(request: Request, suffix: str, visitor: Visitor = READ) -> Response:
    """Claims as JSON, JSON lines, CSV or GeoJSON."""
    return _list(request, "claims", suffix, visitor)


@router.get("/documents.{suffix}", openapi_extra=asked("documents"))
def document_list(request: Request, suffix: str, visitor: Visitor = READ) -> Response:
    """Documents as JSON, JSON lines, CSV or GeoJSON."""
    return _list(request, "documents", suffix, visitor)


def _list(request: Request, kind: Kind, suffix: str, visitor: Visitor) -> Response:
    if suffix not in formats.SUFFIXES:
        raise Refused(404, f"a list can be had as {', '.join(formats.SUFFIXES)}")
    desk = desk_of(request)
    f = read_filter(kind, request.query_params.multi_items())
    out: dict[str, Callable[[Row], Row]] = {
        "incidents": incident_out, "claims": claim_out, "documents": document_out,
    }  # fmt: skip
    nest: Callable[[Row], Row] = dict
    rows: Iterable[Row] = ask.every(desk.index, f)
    if kind == "claims" and suffix in ("json", "jsonl"):
        rows = _with_claims(desk, rows, visitor)
    elif kind == "incidents" and suffix in ("json", "jsonl"):
        rows = _with_members(desk, rows)
    else:
        if kind == "documents" and not visitor.may("words"):
            rows = (desk.masks.source(row) for row in rows)
        rows = (out[kind](row) for row in rows)
    disposition = f'attachment; filename="{kind}.{suffix}"' if suffix == "csv" else "inline"
    return StreamingResponse(
        formats.stream(suffix, rows, nest, COLUMNS[kind]), media_type=formats.MEDIA[suffix],
        headers={"Content-Disposition": disposition},
    )  # fmt: skip


def _with_claims(desk: Desk, rows: Iterable[Row], visitor: Visitor) -> Iterator[Row]:
    """The public JSON of claims as they were read, with where judgements leave them."""
    from tollbook.ledger import ClaimFilter

    rest = iter(rows)
    while some := list(islice(rest, 200)):
        stored = {claim.id: claim for claim in desk.ledger.claims(ClaimFilter(ids=tuple(row["id"] for row in some)))}
        for row in some:
            if row["id"] in stored:
                plain = claim_out_of(desk.ledger, stored[row["id"]], None if visitor.may("words") else desk.masks)
                more = {"review": row["review"], "incident": row["incident"], "revision": row["seq"]}
                yield {**plain, **more, "href": f"/claims/{row['id']}"}


def _with_members(desk: Desk, rows: Iterable[Row]) -> Iterator[Row]:
    rest = iter(rows)
    while some := list(islice(rest, 200)):
        members = ask.members(desk.index, [row["id"] for row in some])
        for row in some:
            yield incident_out(row, members.get(row["id"], ([], [])))

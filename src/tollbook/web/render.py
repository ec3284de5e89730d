"""Pages from templates, and what every page knows: who looks, where the style sheet is, a token for its forms."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from tollbook import __version__
from tollbook.judgements import GRADES
from tollbook.show.safe import visible
from tollbook.show.words import NOT_STATED, range_words
from tollbook.web import words
from tollbook.web.charts import world
from tollbook.web.roles import MEANINGS, Visitor
from tollbook.web.security import COOKIE, csrf_token
from tollbook.web.towns import towns

HERE = Path(__file__).parent
STATIC = HERE / "static"
_NOBODY = Visitor("", None, None, "nobody")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {
        "seen": lambda text: visible(str(text)),
        "days": words.days,
        "label": words.label,
        "country": words.country,
        "language": words.language,
        "web": lambda url: url if is_web(url) else None,
        "several": words.several,
        "short": lambda text: str(text)[:10],
    }
    made.globals |= {
        "range_words": range_words, "NOT_STATED": NOT_STATED, "static": static_url, "version": __version__,
        "GRADES": GRADES, "ROLE_MEANINGS": MEANINGS, "toll": words.toll, "FIELD_NAMES": words.FIELD_NAMES,
    }  # fmt: skip
    return made


def prepare() -> None:
    """Loads what pages need, so that whoever comes first does not wait for it: templates, names of countries, maps."""
    for name in _environment().list_templates():
        _environment().get_template(name)
    words.country("SY")
    towns()
    if world.is_there():
        world.load()


@cache
def static_url(name: str) -> str:
    """The address of a file of ours, which changes when the file does."""
    path = STATIC / name
    mark = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "missing"
    return f"/static/{name}?v={mark}"


def is_web(url: str | None) -> bool:
    """Whether an address leads to the web: ``javascript:`` and its like stay text."""
    try:
        return url is not None and urlsplit(url).scheme in ("http", "https")
    except ValueError:
        return False


def page(request: Request, template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A whole page, or only its changing part where htmx asks for that."""
    desk = request.app.state.desk
    visitor: Visitor = getattr(request.state, "visitor", _NOBODY)
    config = desk.config
    token = csrf_token(desk.secret, visitor.session) if visitor.session and not config.read_only else ""
    values = {
        "request": request, "visitor": visitor, "csrf": token, "public": config.public, "read_only": config.read_only,
        "accounts": desk.accounts is not None, "as_of": desk.index.seen, "here": request.url.path,
        "htmx_config": json.dumps({"includeIndicatorStyles": False, "allowEval": False, "selfRequestsOnly": True,
                                   "historyCacheSize": 0, "refreshOnHistoryMiss": True}),
        **context,
    }  # fmt: skip
    response = HTMLResponse(_environment().get_template(template).render(values), status)
    response.headers["Vary"] = "HX-Request, Cookie"
    if token and visitor.session != request.cookies.get(COOKIE):
        set_session(response, str(visitor.session), config.secure)
    return response


def set_session(response: Any, secret: str, secure: bool) -> None:
    """The session's cookie: for this site only, out of reach of scripts."""
    response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=secure, path="/")

"""What every request passes through: host, size, headers, who it is, whether it may, and whether it was meant."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData, Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tollbook.inputs import LARGEST
from tollbook.web.config import LOOPBACK, Config
from tollbook.web.roles import Right, Visitor

if TYPE_CHECKING:
    from tollbook.web.desk import Desk

COOKIE = "tollbook_session"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex",
}
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Refused(Exception):
    """A request that is not answered: a status, and why in words."""

    def __init__(self, status: int, why: str, wait: int | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.why = why
        self.wait = wait


class Shield:
    """Outermost layer: refuses foreign host names and bodies that are too large, puts the headers on every answer.

    ``failed`` makes the answer to a fault of ours: made any further out, it would go out without the headers.
    """

    def __init__(
        self, app: ASGIApp, config: Config, failed: Callable[[Request, Exception], Awaitable[Response]]
    ) -> None:
        self.app = app
        self.config = config
        self._failed = failed
        self._hosts = frozenset(config.hosts) | LOOPBACK

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers, begun = Headers(scope=scope), False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                out = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    out[name] = value
                if self.config.secure:
                    out["Strict-Transport-Security"] = "max-age=31536000"
                if "cache-control" not in out:
                    out["Cache-Control"] = "no-store" if not self.config.public else "no-cache"
            await send(message)

        why = self._fault(headers)
        if why is not None:
            await _plain(guarded, *why)
            return
        try:
            await self.app(scope, self._counted(receive), guarded)
        except Exception as error:  # whatever a view raises: the answer has the same headers, and tells nobody why
            if not begun:
                response = await self._failed(Request(scope), error)
                await response(scope, receive, guarded)
            raise  # so that the server's log tells it

    def _fault(self, headers: Headers) -> tuple[int, str] | None:
        if not _known_host(headers.get("host", ""), self._hosts, self.config):
            return 400, "this server does not go by that name"
        size = headers.get("content-length")
        if size is not None and not _at_most(size, self.config.largest_upload):
            return 413, f"too large: the limit is {self.config.largest_upload // 1_000_000} MB"
        return None

    def _counted(self, receive: Receive) -> Receive:
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self.config.largest_upload:
                raise Refused(413, f"too large: the limit is {self.config.largest_upload // 1_000_000} MB")
            return message

        return counted


def _known_host(host: str, known: frozenset[str], config: Config) -> bool:
    """A name that leads to us by somebody else's DNS is not ours: else any page could read a ledger on a laptop."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        return False
    return name is not None and (name in known or "*" in config.hosts)


def _at_most(size: str, most: int) -> bool:
    """Whether a size, as a header gives it, is a number up to a limit.

    >>> _at_most("12", 20), _at_most("21", 20), _at_most("²", 20), _at_most("9" * 5000, 20)
    (True, False, False, False)
    """
    return size.isascii() and size.isdigit() and len(size) < 20 and int(size) <= most


async def _plain(send: Send, status: int, why: str) -> None:
    body = why.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


# --- who ---------------------------------------------------------------------------------------------------------


def visitor_of(request: Request, desk: Desk) -> Visitor:
    """Who asks: by session cookie, by API token, or, where no account is needed, whoever sits there."""
    cookie = request.cookies.get(COOKIE)
    session = cookie if cookie is not None and 20 <= len(cookie) <= 100 else secrets.token_urlsafe(32)
    config = desk.config
    if config.read_only:
        return Visitor("", "data", session, "public")
    if desk.accounts is None:
        return Visitor(config.by, "owner", session, "loopback")
    bearer = request.headers.get("authorization", "")
    if bearer[:7].lower() == "bearer ":
        found = desk.accounts.token(bearer[7:].strip())
        if found is None:
            raise Refused(401, "this token is unknown or was taken away")
        return Visitor(found.shown, found.role, None, "token")
    known = desk.accounts.session(cookie) if cookie is not None else None
    if known is None:
        return Visitor("", None, session, "nobody")
    return Visitor(known.shown, known.role, session, "account")


class Needs:
    """A dependency that lets a request pass only with a right. ``right`` is read by the test of every route."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, request: Request) -> Visitor:
        """The visitor, or :class:`Refused`."""
        visitor: Visitor = request.state.visitor
        if not visitor.may(self.right):
            if visitor.how == "nobody":
                raise Refused(401, "sign in first")
            raise Refused(403, f"your role ({visitor.role}) may not do that")
        return visitor


# --- meant -------------------------------------------------------------------------------------------------------


def csrf_token(secret: bytes, session: str) -> str:
    """A token for the forms of one session, another one each time, so that compression betrays nothing of it."""
    salt = secrets.token_hex(8)
    return f"{salt}.{_mac(secret, session, salt)}"


def _mac(secret: bytes, session: str, salt: str) -> str:
    return hmac.new(secret, f"{salt} {session}".encode(), hashlib.sha256).hexdigest()


def csrf_fits(secret: bytes, session: str, token: object) -> bool:
    """Whether a form's token belongs to the session.

    >>> csrf_fits(b"k", "s", csrf_token(b"k", "s")), csrf_fits(b"k", "other", csrf_token(b"k", "s"))
    (True, False)
    """
    if not isinstance(token, str) or "." not in token:
        return False
    salt, mac = token.split(".", 1)
    return hmac.compare_digest(mac.encode(), _mac(secret, session, salt).encode())


def _host_of(origin: str) -> str | None:
    """The host and port of an origin; ``None`` where it is none.

    >>> _host_of("http://127.0.0.1:8000"), _host_of("http://[::1")
    ('127.0.0.1:8000', None)
    """
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


async def check_meant(request: Request, desk: Desk, visitor: Visitor) -> None:
    """Refuses a request that would change something and that another site may have made the browser send."""
    if request.method in _SAFE or visitor.session is None:
        return
    if desk.config.read_only:
        raise Refused(403, "this copy is for reading only")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "this request came from another site")
    origin = request.headers.get("origin")
    if origin not in (None, "null") and _host_of(str(origin)) != request.headers.get("host"):
        raise Refused(403, "this request came from another site")
    token: object = request.headers.get("x-csrf-token")  # of a form it may be a file
    if token is None:
        token = (await _form(request)).get("csrf")
    if not csrf_fits(desk.secret, visitor.session, token):
        raise Refused(403, "the form is out of date; go back, load the page again and repeat")


async def check_text(request: Request) -> None:
    """Refuses the character zero, which no name, number or note has and PostgreSQL does not take."""
    if "\0" in request.url.path:
        raise Refused(404, "there is nothing at this address")
    given = [*request.query_params.multi_items()]
    if request.method not in _SAFE:
        given += [(name, value) for name, value in (await _form(request)).multi_items() if isinstance(value, str)]
    if any("\0" in name or "\0" in value for name, value in given):
        raise Refused(400, "the character zero is no part of any text")


async def _form(request: Request) -> FormData:
    return await request.form(max_files=500, max_fields=200, max_part_size=LARGEST)

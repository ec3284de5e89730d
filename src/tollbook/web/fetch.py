"""Fetching a page that a user named, without lending the server's own network to anybody.

The name is looked up once, every address it has must be public, and the connection goes to the address that was
checked: a name that points elsewhere a moment later changes nothing. Each redirection is checked in the same way.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from tollbook.errors import InputError

REDIRECTS = 5
SECONDS = 20.0
AGENT = "Tollbook (reads a page that a person named)"
Lookup = Callable[[str, int], Sequence[str]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# All that is given out to the public. Beside it lie site-local, IPv4-compatible and translated addresses, some of which
# Python calls global. https://www.iana.org/assignments/ipv6-address-space
_UNICAST = ipaddress.ip_network("2000::/3")
_NOT_GLOBAL = tuple(map(ipaddress.ip_network, ("3fff::/20", "192.88.99.0/24")))  # documentation; 6to4 relays


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page's bytes and the address that they came from in the end."""

    url: str
    body: bytes
    media: str


def look_up(host: str, port: int) -> list[str]:
    """Every address of a name."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an address is one that anybody on the internet can reach; one wrapped into IPv6 counts as what it is.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1")]
    [True, False, False, False, False]
    >>> [is_public(a) for a in ("2606:4700::1111", "::127.0.0.1", "fec0::1", "64:ff9b:1::a00:1")]
    [True, False, False, False]
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if found not in _UNICAST:
            return False
    if any(found in network for network in _NOT_GLOBAL if network.version == found.version):
        return False
    return found.is_global and not found.is_multicast


def fetch(url: str, most: int, lookup: Lookup = look_up) -> Fetched:
    """The page at ``url``. Raises :class:`InputError` where it may not or cannot be fetched."""
    until = time.monotonic() + SECONDS
    for _ in range(REDIRECTS + 1):
        status, headers, body = _get(url, most, lookup, until)
        if status in (301, 302, 303, 307, 308) and headers.get("location"):
            url = _led(url, headers["location"])
            continue
        if status != 200:
            raise InputError(url, f"the server answered {status}")
        media = headers.get("content-type", "").split(";")[0].strip().lower()
        if media and not (media.startswith("text/") or media in ("application/xhtml+xml", "application/xml")):
            raise InputError(url, f"is {media}, not a page of text")
        return Fetched(url, body, media)
    raise InputError(url, f"more than {REDIRECTS} redirections")


def _led(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise InputError(url, "leads to an address that is none") from None


def _get(url: str, most: int, lookup: Lookup, until: float) -> tuple[int, dict[str, str], bytes]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise InputError(url, "is no address of the web") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.password:
        raise InputError(url, "only plain http and https addresses are fetched")
    if port not in (80, 443):
        raise InputError(url, "only the ports 80 and 443 are asked")
    try:
        addresses = lookup(parts.hostname, port)
    except (OSError, UnicodeError):
        raise InputError(url, "its host is not known") from None
    if not addresses or not all(is_public(address) for address in addresses):
        raise InputError(url, "its host is not on the public internet")
    try:
        connection = _connection(parts.scheme, parts.hostname, port, addresses[0])
    except OSError as error:
        raise InputError(url, f"cannot be reached ({str(error) or type(error).__name__})") from error
    # A server that sends a letter now and then would keep us in the headers for as long as it likes.
    # (The socket, since the connection lets go of it where the server says "Connection: close".)
    late = threading.Timer(max(0.0, until - time.monotonic()), _hang_up, [connection.sock])
    late.daemon = True
    late.start()
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(
            "GET", path, headers={"User-Agent": AGENT, "Accept": "text/html, text/plain", "Accept-Encoding": "identity"}
        )
        answer = connection.getresponse()
        return (
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            _body(url, answer, most, until),
        )
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() > until:
            raise InputError(url, f"took longer than {SECONDS:g} seconds") from error
        raise InputError(url, f"cannot be fetched ({str(error) or type(error).__name__})") from error
    finally:
        late.cancel()
        connection.close()


def _hang_up(opened: socket.socket) -> None:
    with contextlib.suppress(OSError):
        opened.shutdown(socket.SHUT_RDWR)


def _body(url: str, answer: http.client.HTTPResponse, most: int, until: float) -> bytes:
    parts, size = [], 0
    while piece := answer.read1(65_536):
        parts.append(piece)
        size += len(piece)
        if size > most:
            raise InputError(url, f"too large; the limit is {most // 1_000_000} MB")
    if time.monotonic() > until:  # we hung up
        raise InputError(url, f"took longer than {SECONDS:g} seconds")
    if answer.length:  # half a list of deaths, kept as the whole, is worse than none
        raise InputError(url, f"broke off, {answer.length} bytes before its end")
    return b"".join(parts)


def _connection(scheme: str, host: str, port: int, address: str) -> http.client.HTTPConnection:
    """A connection to exactly this address, which still asks for the host by its name and checks its certificate."""
    made = http.client.HTTPConnection(host, port, timeout=10)
    plain = socket.create_connection((address, port), timeout=10)
    made.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
    return made

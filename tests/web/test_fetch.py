"""Fetching a page that a user named: no way into the server's own network, and nothing kept that is not whole.

A real server on this machine stands for the web: only the last step, where a connection is opened, leads to it.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tollbook.errors import InputError
from tollbook.web import fetch as module
from tollbook.web.fetch import fetch, is_public

PUBLIC = "93.184.216.34"
PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255",
    "224.0.0.1", "192.0.2.1", "198.18.0.1", "192.88.99.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0",
    "fd00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
    "::127.0.0.1", "::10.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::7f00:1", "2002:7f00:1::", "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "3fff::1", "100::1", "5f00::1", "not an address", "",
]  # fmt: skip


@dataclass
class Net:
    """What the pretended web answers, by host, and what was asked of it."""

    answers: dict[str, bytes | list[bytes]] = field(default_factory=dict)
    names: dict[str, list[list[str]]] = field(default_factory=dict)  # addresses at the first question, the second, …
    asked: list[tuple[str, int]] = field(default_factory=list)  # addresses that were connected to
    looked: list[str] = field(default_factory=list)

    def lookup(self, host: str, port: int) -> list[str]:
        self.looked.append(host)
        rounds = self.names[host]
        return rounds.pop(0) if len(rounds) > 1 else rounds[0]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    """Every connection that is opened ends at a server here, whatever address it was meant for."""
    made = Net()
    listening = socket.create_server(("127.0.0.1", 0))
    stopped = threading.Event()

    def serve() -> None:
        while not stopped.is_set():
            try:
                one, _ = listening.accept()
            except OSError:
                return
            with one:
                request = b""
                while b"\r\n\r\n" not in request and (part := one.recv(65_536)):
                    request += part
                if b"\r\n\r\n" not in request:
                    continue  # hung up without asking
                host = request.lower().split(b"host: ")[1].split(b"\r\n")[0].decode()
                answer = made.answers[host]
                try:
                    for part in [answer] if isinstance(answer, bytes) else answer:
                        one.sendall(part)
                        if part is not answer:
                            stopped.wait(0.1)
                except OSError:
                    continue

    real = socket.create_connection

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        made.asked.append(address)
        return real(listening.getsockname(), timeout=timeout)

    monkeypatch.setattr(module.socket, "create_connection", connect)
    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield made
    stopped.set()
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


def page(body: bytes = b"<p>Hello", status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", "Connection: close", *(f"{n.replace('_', '-')}: {v}" for n, v in headers.items())]
    if "Content_Length" not in headers:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def test_a_public_page_is_fetched(net: Net) -> None:
    """The tests below would prove nothing if this did not work."""
    net.names["page.example"] = [[PUBLIC]]
    net.answers["page.example"] = page(Content_Type="text/html; charset=utf-8")
    found = fetch("http://page.example/a?b=c", 1_000, net.lookup)
    assert (found.body, found.media, net.asked) == (b"<p>Hello", "text/html", [(PUBLIC, 80)])


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_never_asked(net: Net, address: str) -> None:
    """Loopback, private, link-local, shared, multicast and reserved addresses, also wrapped into IPv6; one such among
    public ones is enough, and so is one that stands in the URL itself."""
    assert not is_public(address)
    net.names["page.example"] = [[PUBLIC, address]]
    with pytest.raises(InputError, match="not on the public internet"):
        fetch("https://page.example/", 1_000, net.lookup)
    assert net.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "[::ffff:169.254.169.254]", "0", "0x7f000001", "2130706433",
                                  "127.1", "localhost", "LOCALHOST.", "①②⑦.⓪.⓪.①"])  # fmt: skip
def test_this_machine_is_not_asked_under_any_spelling(net: Net, host: str) -> None:
    """By the system's own look-up, which knows old spellings of addresses too."""
    with pytest.raises(InputError, match="not on the public internet|not known"):
        fetch(f"http://{host}/", 1_000)
    assert net.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "ftp://a.example/", "http://u:p@a.example/", "http://a.example:22/", "gopher://x",
        "http://", "http://[::1", "http://a.example:99999/", "http://a.example:x/", "//a.example/", "",
        "http://a.example/ HTTP/1.1\r\nX: y", "http://a.example/\x00", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(net: Net, url: str) -> None:
    """No other scheme, no credentials, no other port, nothing smuggled into the request."""
    net.names["a.example"] = [[PUBLIC]]
    net.answers["a.example"] = page()
    with pytest.raises(InputError):
        fetch(url, 1_000, net.lookup)


@pytest.mark.parametrize("location", ["http://inside.example/", "//inside.example/x", "http://10.0.0.1/", "file:///x",
                                      "http://[::1", "http://page.example:6379/"])  # fmt: skip
def test_a_redirection_is_checked_like_the_first_address(net: Net, location: str) -> None:
    """A public page that leads to a private one, or out of the web, leads nowhere."""
    net.names |= {"page.example": [[PUBLIC]], "inside.example": [["10.0.0.1"]], "10.0.0.1": [["10.0.0.1"]]}
    net.answers["page.example"] = page(status="302 Found", Location=location)
    with pytest.raises(InputError):
        fetch("http://page.example/", 1_000, net.lookup)
    assert net.asked == [(PUBLIC, 80)]


def test_redirections_end(net: Net) -> None:
    """A page that leads to itself is left after five times."""
    net.names["page.example"] = [[PUBLIC]]
    net.answers["page.example"] = page(status="301 Moved", Location="/again")
    with pytest.raises(InputError, match="more than 5 redirections"):
        fetch("http://page.example/", 1_000, net.lookup)
    assert len(net.asked) == 6


def test_a_name_that_changes_between_check_and_connection(net: Net) -> None:
    """The name is looked up once, and the connection goes to the address that was checked, not to the name."""
    net.names["page.example"] = [[PUBLIC], ["127.0.0.1"]]
    net.answers["page.example"] = page()
    assert fetch("http://page.example/", 1_000, net.lookup).body
    assert net.asked == [(PUBLIC, 80)] and net.looked == ["page.example"]
    with pytest.raises(InputError, match="not on the public internet"):
        fetch("http://page.example/", 1_000, net.lookup)
    assert net.asked == [(PUBLIC, 80)]


def test_too_large_broken_off_or_no_text(net: Net) -> None:
    """A page that goes on for ever, one that ends in the middle, one that is no text: refused, never kept in part."""
    net.names["page.example"] = [[PUBLIC]]
    for answer, why in (
        (page(b"x" * 2_000), "too large"),
        (page(b"half", Content_Length="900"), "broke off, 896 bytes"),
        (page(b"\x89PNG", Content_Type="image/png"), "image/png"),
        (page(status="404 Not Found"), "404"),
        (b"no http\r\n\r\n", "cannot be fetched"),
    ):
        net.answers["page.example"] = answer
        with pytest.raises(InputError, match=why):
            fetch("http://page.example/", 1_000, net.lookup)


@pytest.mark.parametrize("before", [b"HTTP/1.1 200 OK\r\n", page(Content_Length="1000")], ids=["headers", "body"])
def test_a_server_that_dawdles_is_left(net: Net, monkeypatch: pytest.MonkeyPatch, before: bytes) -> None:
    """A letter now and then, in the headers or in the body: not longer than the limit in all."""
    monkeypatch.setattr(module, "SECONDS", 1.0)
    net.names["page.example"] = [[PUBLIC]]
    net.answers["page.example"] = [before, *[b"a"] * 100]
    begun = time.monotonic()
    with pytest.raises(InputError, match="took longer than 1 seconds"):
        fetch("http://page.example/", 100_000, net.lookup)
    assert time.monotonic() - begun < 5

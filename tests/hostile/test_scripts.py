"""Nothing of a report, a name, a note, a file or an address runs in a browser, on any screen and from any export.

The content security policy is switched off here, so that escaping is what is tested; ``tests/web/test_browser.py``
tests the policy.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from tests.hostile.planted import ADDRESS, ALL, PAYLOADS, write
from tests.web.conftest import served
from tests.web.made import PASSWORD
from tests.web.test_security import ROUTES
from tollbook.exports import Wants, exporter, names
from tollbook.ledger import Ledger
from tollbook.sharing import export_ledger
from tollbook.web.accounts import Accounts
from tollbook.web.config import Config

_ASKED = urlencode(
    {"q": ALL, "country": ALL, "event": ALL, "outlet": ALL, "blamed": ALL, "origin": ALL, "language": ALL}
)
# Every page with a screen: the addresses to open. A new one that is not here fails the test below.
SCREENS: dict[str, tuple[str, ...]] = {
    "/": ("/",),
    **{
        f"/{kind}": (f"/{kind}", f"/{kind}?{_ASKED}", *(f"/{kind}?{name}={quote(ALL)}" for name in
                     ("since", "until", "box", "missing", "sort", "page")))
        for kind in ("incidents", "claims", "documents")
    },
    **{f"/{kind}/{{picture}}.svg": (f"/{kind}/timeline.svg?{_ASKED}", f"/{kind}/map.svg?{_ASKED}")
       for kind in ("incidents", "claims")},
    "/incidents/{id}/ranges.svg": ("/incidents/{incident}/ranges.svg",),
    "/documents/{id}": ("/documents/{document}", "/documents/{document}?view=raw", "/documents/" + quote(ALL, safe="")),
    "/incidents/{id}": ("/incidents/{incident}", "/incidents/" + quote(ALL, safe="")),
    "/claims/{id}": ("/claims/{claim}", "/claims/" + quote(ALL, safe="")),
    "/review": ("/review", "/review?document={document}", f"/review?document={quote(ALL)}&after={quote(ALL)}",
                f"/review?last=j-{quote(ALL)}&key={quote(ALL)}"),
    "/review/pairs": ("/review/pairs?incident={incident}", f"/review/pairs?incident={{incident}}&passed={quote(ALL)}",
                      f"/review/pairs?claim={quote(ALL)}&near=1"),
    "/review/decisions": ("/review/decisions", f"/review/decisions?before={quote(ALL)}"),
    "/review/{id}": ("/review/{claim}", f"/review/{{claim}}?document={quote(ALL)}", "/review/" + quote(ALL, safe="")),
    "/add": ("/add",), "/imports/{id}": ("{import}", "/imports/" + quote(ALL, safe="")),
    "/account": ("/account",), "/sign-in": ("/sign-in",),
}  # fmt: skip
DATA = {
    "/map/towns", "/incidents/spots", "/claims/spots", "/incidents.{suffix}", "/claims.{suffix}", "/documents.{suffix}",
    "/documents/{id}.json", "/claims/{id}.json", "/incidents/{id}.json", "/static/{path}", "/openapi.json",
}  # fmt: skip


def test_no_screen_is_forgotten() -> None:
    """The table above holds every page that can be asked for."""
    assert {path for method, path in ROUTES if method == "GET"} == SCREENS.keys() | DATA


_LINKS = """[...document.querySelectorAll('[href],[src],[action],[formaction]')].flatMap(
    e => ['href', 'src', 'action', 'formaction'].map(name => e.getAttribute(name)))"""


class Victim:
    """A person whose browser opens what was planted, with the policy switched off, and what happens to them."""

    def __init__(self, browser: Any, base: str) -> None:
        self.base = base
        self.context = browser.new_context(bypass_csp=True, accept_downloads=True)
        self.page = self.context.new_page()
        self.trouble: list[str] = []
        self.opened = 0
        self.page.on("request", lambda request: self._asked(request.url))
        self.page.on("dialog", lambda dialog: (self.trouble.append("a dialog"), dialog.dismiss()))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.base, "data:", "blob:", "about:")):
            self.trouble.append(f"asked {url}")

    def see(self, at: str) -> Any:
        """Opens an address, waits for what its scripts do, and looks whether anything got through."""
        with contextlib.suppress(Exception):  # a download is no page
            self.page.goto(self.base + at)
        if self.page.locator("html[data-ready]").count() == 0 and self.page.locator("script[src*='app.js']").count():
            self.page.wait_for_selector("html[data-ready]", state="attached")
        if self.page.locator("#map").count():
            self.page.wait_for_selector(".map-ready")
        self.opened += 1
        self.look(at)
        return self.page

    def look(self, at: str) -> None:
        """Whether anything got through."""
        got = self.page.evaluate("[window.pwn9 ?? null, document.querySelectorAll('#pwn9, [hx-get^=\"//\"]').length]")
        assert got == [None, 0], (at, got)
        assert not self.trouble, (at, self.trouble)
        assert "50337" not in self.page.content(), at  # 7 * 7191: a template was filled in
        links = self.page.evaluate(_LINKS)
        assert not [link for link in links if link and link.strip().lower().startswith(("javascript:", "//evil"))], at


@pytest.mark.parametrize("name", ["element", "attribute", "script", "rest", "boost", "turned"])
def test_what_gets_through_is_seen(browser: Any, name: str) -> None:
    """Each payload, put into a page as it is, is caught by the look that the tests below take."""
    victim = Victim(browser, "about:blank")
    with contextlib.suppress(Exception):  # what it asks for is not there
        victim.page.set_content(f"<p>{PAYLOADS[name]}", timeout=3_000)
    with pytest.raises(AssertionError):
        victim.look(name)
    victim.context.close()


def test_nothing_planted_runs_on_any_screen(browser: Any, tmp_path: Path) -> None:
    """Stored in texts, titles, outlets, file names, addresses, places, parties, speakers, notes, reviewers and
    accounts, and reflected from every parameter: signed in as the owner, each screen shows it and runs none of it."""
    path, ids = write(tmp_path)
    accounts = Accounts(tmp_path / "accounts.db")
    accounts.put("Ana", "owner", PASSWORD)
    accounts.put(PAYLOADS["element"], "editor", PASSWORD)
    accounts.make_token("Ana", "owner", ALL)
    accounts.close()
    with served(Config(ledger=str(path), accounts=tmp_path / "accounts.db")) as base:
        victim = Victim(browser, base)
        page = victim.see("/sign-in")
        page.fill("[name=name]", PAYLOADS["attribute"])
        page.fill("[name=password]", "x")
        page.click("main button")
        victim.look("a failed sign-in")
        page.fill("[name=name]", "Ana")
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page = victim.see("/add")
        report = f"<title>{ALL}</title><p>{ALL} Two people were killed in Idlib on 3 March 2031, the {ALL} said."
        bodies = {".html": report.encode(), ".bin": b"\0", ".jsonl": b"{"}
        files = [
            {"name": f"{put.replace('/', '-')[:80]}{end}", "mimeType": "text/html", "buffer": body}
            for put in PAYLOADS.values()
            for end, body in bodies.items()
        ]
        page.set_input_files("input[type=file]", files)
        typed = ALL.replace("\0", "")  # a zero is refused before anything is shown
        for name, value in (("outlet", typed), ("title", typed), ("url", ADDRESS)):
            page.fill(f"#add-form [name={name}]", value)
        with page.expect_navigation():
            page.click("#add-form button")
        victim.look("an import that runs")
        ids["import"] = page.url.removeprefix(base)
        for _ in range(300):
            if page.locator("h1").inner_text() != "Reading":
                break
            time.sleep(0.2)
            page.reload()
        assert page.locator("h1").inner_text() == "Read", page.inner_text("main")
        victim.look("an import that is done")
        for addresses in SCREENS.values():
            for at in addresses:
                for name, id in ids.items():
                    at = at.replace(f"{{{name}}}", id)
                victim.see(at)
        victim.see("/claims")  # a popup of the map is made by a script
        if page.locator("#map path.leaflet-interactive").count():
            page.locator("#map path.leaflet-interactive").first.click(force=True)
            page.wait_for_selector(".leaflet-popup")
            victim.look("a popup of the map")
        assert victim.opened > 40
        victim.context.close()


@pytest.mark.parametrize("read_only", [False, True], ids=["laptop", "public"])
def test_nothing_planted_runs_from_a_list_in_another_format(browser: Any, tmp_path: Path, read_only: bool) -> None:
    """Opened in a browser as an address, JSON, JSON lines, CSV and GeoJSON run nothing, and say what they are."""
    path, ids = write(tmp_path)
    with served(Config(ledger=str(path), read_only=read_only)) as base:
        victim = Victim(browser, base)
        victim.see("/incidents")
        for at in [f"/{kind}.{suffix}" for kind in ("incidents", "claims", "documents")
                   for suffix in ("json", "jsonl", "csv", "geojson")]:  # fmt: skip
            victim.see(at)
            answer = victim.context.request.get(base + at)
            assert "html" not in answer.headers["content-type"]
            assert answer.headers["x-content-type-options"] == "nosniff"
        for at in (f"/documents/{ids['document']}", f"/incidents/{ids['incident']}", f"/claims/{ids['claim']}"):
            victim.see(f"{at}.json")
            victim.see(f"{at}?words=1")
        victim.context.close()


def test_nothing_planted_runs_from_an_export(browser: Any, tmp_path: Path) -> None:
    """Every format, and the page of ``read --html``, opened from the disk: a browser that guesses what a file is finds
    no page in it, and the page runs nothing."""
    path, _ = write(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    with Ledger.open(path) as ledger:
        wants = Wants(names=True, inferred=True, reviewers=True)
        for name in names():
            export_ledger(ledger, name, out / f"{name}{exporter(name).SUFFIX}", None, wants)
    source = tmp_path / f"{PAYLOADS['boost'].replace('/', '-')}.txt"
    source.write_text(f"{ALL}\n\nTwo people were killed in Idlib on 3 March 2031, the {ALL} said.", "utf-8")
    from tollbook.cli import run

    assert run(["read", str(source), "--html", str(out / "page.html"), "--outlet", ALL, "--url", ADDRESS]) == 0
    victim = Victim(browser, f"file://{out}")
    written = sorted(one for one in out.iterdir() if one.is_file())
    assert len(written) > len(names())
    for one in written:
        victim.see("/" + quote(one.name))
        if one.suffix not in (".html", ".zip", ".xlsx", ".db", ".parquet"):
            assert one.read_bytes().lstrip()[:1] != b"<", one.name
    victim.context.close()

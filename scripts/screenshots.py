"""Pictures of every screen, light and dark, wide and narrow, into docs/images/ (``make screenshots``).

Needs Chromium (Debian: apt-get install chromium) and the packages of the group "dev".
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Literal

import uvicorn
from demo_ledger import demo
from playwright.sync_api import Page, sync_playwright

from tollbook.ledger import Ledger, StoredIncident
from tollbook.web.app import create_app
from tollbook.web.config import Config

IMAGES = Path(__file__).resolve().parent.parent / "docs/images"
PORT = 8911
SIZES = {"wide": (1280, 860), "narrow": (390, 844)}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def main(only: set[str]) -> None:
    """Serves a demo ledger to a browser of our own and takes the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "demo.db"
        demo(ledger)
        app = create_app(Config(ledger=str(ledger), by="Ines Okoye"))
        server = uvicorn.Server(uvicorn.Config(app, port=PORT, log_level="error"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        try:
            _all(_addresses(ledger), only)
        finally:
            server.should_exit = True
            thread.join()


def _addresses(path: Path) -> dict[str, str]:
    with Ledger.open(path, read_only=True) as ledger:
        incident = max(ledger.incidents(), key=_telling)
        document = max(ledger.documents(), key=lambda one: (one.claims, one.id))
    return {
        "explore": "/incidents", "claims": "/claims", "article": f"/documents/{document.id}",
        "incident": f"/incidents/{incident.id}", "review": "/review", "corpus": "/documents",
    }  # fmt: skip


def _telling(one: StoredIncident) -> tuple[bool, int, int, str]:
    """How much there is to see of an incident: a place on the map, several outlets, many claims."""
    placed = (one.summary.get("place") or {}).get("lat") is not None
    return placed, int(one.summary.get("outlets") or 0), len(one.claims), one.id


def _all(addresses: dict[str, str], only: set[str]) -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--headless=new", "--no-sandbox", "--force-color-profile=srgb"]
        )
        for size, (width, height) in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for name, address in addresses.items():
                    if only and name not in only:
                        continue
                    _one(page, f"http://127.0.0.1:{PORT}{address}", IMAGES / f"{name}-{size}-{scheme}.png")
                context.close()
        browser.close()


def _one(page: Page, address: str, path: Path) -> None:
    page.goto(address, wait_until="networkidle")
    if page.locator(".map-frame").count():
        page.wait_for_selector(".map-ready", timeout=10_000)
        page.wait_for_timeout(500)
    if page.locator("#article .card").count():
        page.locator("#article .card button.n").first.click()
        page.wait_for_timeout(600)
        page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path)
    print(path)


if __name__ == "__main__":
    main(set(sys.argv[1:]))

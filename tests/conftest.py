"""What all tests share: repeatable random input, a place for data that stands beside a checkout, a browser, Spark."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Random input is the same in every run: a failure here is a failure for everybody. The profile "search" looks further.
settings.register_profile(
    "default",
    deadline=None,
    derandomize=True,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("ci", settings.get_profile("default"), max_examples=100)
settings.register_profile("search", settings.get_profile("default"), derandomize=False, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# A shell that runs the tests in the background has Ctrl-C ignored by them and by whatever they start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody's own settings or terminal decide over a test."""
    for name in [name for name in os.environ if name.startswith("TOLLBOOK_")] + ["NO_COLOR", "FORCE_COLOR", "COLUMNS"]:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _nothing_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test reads its texts anew, whatever others have read."""
    pipeline = sys.modules.get("tollbook.pipeline")
    if pipeline is not None:
        monkeypatch.setattr(pipeline, "_copies", pipeline._Copies(256))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Data beside the checkout, which a fresh clone need not have."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no data beside this checkout")
    return folder


def find_chromium() -> str:
    """Debian's browser; installed here where that is our business (as root, in CI)."""
    for attempt in ("look", "install"):
        found = shutil.which("chromium") or shutil.which("chromium-browser")
        if found:
            return found
        if attempt == "look" and os.geteuid() == 0 and os.environ.get("CI") and shutil.which("apt-get"):
            subprocess.run(["apt-get", "update", "-qq"], check=True)
            subprocess.run(["apt-get", "install", "-qq", "-y", "chromium"], check=True)
    if os.environ.get("CI"):
        raise RuntimeError("Chromium is not installed; on Debian: apt-get install chromium")
    pytest.skip("Chromium is not installed; on Debian: apt-get install chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all tests of a process: Playwright allows no second one."""
    from playwright.sync_api import sync_playwright

    path = find_chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--headless=new", "--no-sandbox"])
        yield opened
        opened.close()


def java() -> None:
    """There is one, or the test is skipped."""
    if shutil.which("java") or os.environ.get("JAVA_HOME"):
        return
    if os.geteuid() == 0 and os.environ.get("CI") and shutil.which("apt-get"):
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "install", "-qq", "-y", "default-jre-headless"], env=env, **quiet)
        return
    pytest.skip("Java is not installed; on Debian: apt-get install default-jre-headless")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session with two workers."""
    java()
    from tollbook import spark as engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{ROOT}{os.pathsep}{ROOT / 'src'}")  # the workers find these sources and stages
        session = engine.session("local[2]", [("spark.ui.showConsoleProgress", "false")])
        yield session
        session.stop()

"""Servers and a browser for the tests of the web application."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from tests.web import made
from tollbook.ledger import Ledger
from tollbook.web.app import create_app
from tollbook.web.config import Config


@pytest.fixture
def web(tmp_path: Path) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """The application as on a laptop: one owner, no sign-in."""
    with made.client(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """The same for tests that only look."""
    with made.client(tmp_path_factory.mktemp("shown")) as opened:
        yield opened


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """The application as it is published."""
    with made.client(tmp_path_factory.mktemp("public"), read_only=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an account of every role."""
    path = tmp_path_factory.mktemp("accounts") / "accounts.db"
    made.accounts(path)
    return path


@pytest.fixture
def team(tmp_path: Path, everybody: Path) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """The application of a team: an account of every role."""
    shutil.copy(everybody, tmp_path / "accounts.db")
    with made.client(tmp_path, accounts=tmp_path / "accounts.db") as opened:
        yield opened


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[str, dict[str, str], Path]]:
    """A running server: its address, the ids in its ledger, and the ledger."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        ids = made.fill(ledger)
    with served(Config(ledger=str(path), by="Ines Okoye")) as base:
        yield base, ids, path


@contextlib.contextmanager
def served(config: Config) -> Iterator[str]:
    """A running server, and where it is."""
    server = uvicorn.Server(uvicorn.Config(create_app(config), port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()

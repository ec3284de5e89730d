"""One suite, two engines: every test that takes ``place`` runs on a SQLite file and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import services
from tollbook.ledger import Ledger

_number = itertools.count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[services.Cluster]:
    """A PostgreSQL server of our own. In CI its absence is a failure, elsewhere a reason to skip."""
    try:
        manager = services.postgres()
        running = manager.__enter__()
    except services.NoServer as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))
    try:
        yield running
    finally:
        manager.__exit__(None, None, None)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a new ledger can be begun."""
    if request.param == "sqlite":
        yield str(tmp_path / "ledger.db")
        return
    server: services.Cluster = request.getfixturevalue("cluster")
    name = f"ledger{next(_number)}"
    server.sql(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """A new ledger."""
    with Ledger.open(place, create=True, wait=5) as opened:
        yield opened

"""One invented ledger for all tests of a module, and a way to export it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.exports.made import fill
from tollbook.exports import ExportFilter, Wants, exporter
from tollbook.ledger import Ledger
from tollbook.sharing import export_ledger

Export = Callable[..., Path]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The corpus of :mod:`tests.exports.made` with its incidents and judgements."""
    with fill(tmp_path_factory.mktemp("ledger") / "ledger.db") as opened:
        yield opened


@pytest.fixture
def export(ledger: Ledger, tmp_path: Path) -> Export:
    """Exports a format and returns the file; the files beside it lie in the same folder."""

    def write(name: str, where: ExportFilter | None = None, **wants: object) -> Path:
        out = tmp_path / f"{name}{exporter(name).SUFFIX}"
        export_ledger(ledger, name, out, where, Wants(**wants))  # type: ignore[arg-type]
        return out

    return write

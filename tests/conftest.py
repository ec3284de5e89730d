"""What all tests share: repeatable random input, and a place for data that stands beside a checkout."""

from __future__ import annotations

import os
import sys
from pathlib import Path

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

"""Settings: who wins, and what cannot be meant."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from tollbook.errors import UsageError
from tollbook.settings import MEANINGS, Settings, resolve


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tollbook.toml where the program is started."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "tollbook.toml"
    path.write_text('outlet = "From file"\ncolor = "never"\nas_is = true\n', "utf-8")
    return path


def test_order_of_strength(config: Path) -> None:
    """Flags over variables over file over defaults, and each value says where it comes from."""
    found = resolve({"outlet": "From flag", "color": None}, {"TOLLBOOK_OUTLET": "x", "TOLLBOOK_COLOR": "always"})
    assert found.settings == Settings(as_is=True, color="always", outlet="From flag", progress=True)
    assert found.origins == {
        "as_is": "tollbook.toml",
        "color": "TOLLBOOK_COLOR",
        "outlet": "flag",
        "progress": "default",
    }


def test_a_named_file_replaces_the_one_at_hand(config: Path, tmp_path: Path) -> None:
    """--config and TOLLBOOK_CONFIG name another file."""
    other = tmp_path / "other.toml"
    other.write_text("progress = false\n", "utf-8")
    assert resolve({}, {}, other).settings == Settings(progress=False)
    assert resolve({}, {"TOLLBOOK_CONFIG": str(other)}).settings == Settings(progress=False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('outlett = "x"', 'did you mean "outlet"'),
        ("xyzzy = 1", "known are"),
        ('color = "blue"', "auto, always or never"),
        ("as_is = 1", "true or false"),
        ("outlet = 3", "has to be text"),
        ("not toml", "not a readable TOML file"),
    ],
)
def test_what_cannot_be_meant(config: Path, text: str, message: str) -> None:
    """Each mistake names the file and says what would be right."""
    config.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=message) as caught:
        resolve({}, {})
    assert "tollbook.toml" in str(caught.value)


def test_variables_are_checked_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable with a wrong value is named; an empty one is none."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="TOLLBOOK_PROGRESS"):
        resolve({}, {"TOLLBOOK_PROGRESS": "maybe"})
    assert resolve({}, {"TOLLBOOK_PROGRESS": "no", "TOLLBOOK_OUTLET": ""}).settings == Settings(progress=False)


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    """A file that was named has to be there."""
    with pytest.raises(UsageError, match="no such configuration file"):
        resolve({}, {}, tmp_path / "none.toml")


def test_every_setting_has_a_meaning() -> None:
    """`config show` can explain each of them."""
    assert {f.name for f in fields(Settings)} == set(MEANINGS)

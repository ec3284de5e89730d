"""Frozen settings, passed explicitly: flags over ``TOLLBOOK_*`` variables over ``tollbook.toml`` over the defaults.

Nothing here is global: the command line resolves the settings once and hands them on.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

from tollbook.errors import UsageError

CONFIG_FILE = "tollbook.toml"
CONFIG_VARIABLE = "TOLLBOOK_CONFIG"

Color = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user can set once instead of saying it each time."""

    as_is: bool = False
    color: Color = "auto"
    outlet: str | None = None
    progress: bool = True


MEANINGS: Mapping[str, str] = {
    "as_is": "take every text as it stands: no cleaning, no title put first",
    "color": "colours in the terminal: auto, always or never",
    "outlet": "the outlet of files that do not name theirs",
    "progress": "show progress on the terminal while a long input is read",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """The settings in force, and for each the place its value comes from."""

    settings: Settings
    origins: Mapping[str, str]


def resolve(flags: Mapping[str, Any], environment: Mapping[str, str], config: Path | None = None) -> Resolved:
    """Settings from flags (``None``: not given), environment and configuration file, in this order of strength.

    ``config`` names the file; without it ``TOLLBOOK_CONFIG`` does, and without that ``tollbook.toml`` is read where
    the program was started, if there is one. Raises ``UsageError`` on a value or a name that cannot be meant.

    >>> r = resolve({"color": "never"}, {"TOLLBOOK_OUTLET": "Northern Post"}, None)
    >>> r.settings.color, r.origins["color"], r.settings.outlet, r.origins["outlet"]
    ('never', 'flag', 'Northern Post', 'TOLLBOOK_OUTLET')
    """
    values: dict[str, Any] = {}
    origins = {field.name: "default" for field in fields(Settings)}
    path = _config_path(environment, config)
    if path is not None:
        for name, value in _read(path).items():
            values[name], origins[name] = _checked(name, value, str(path)), str(path)
    for name in origins:
        variable = f"TOLLBOOK_{name.upper()}"
        if environment.get(variable):
            values[name], origins[name] = _checked(name, _parsed(name, environment[variable]), variable), variable
    for name, value in flags.items():
        if value is not None:
            values[name], origins[name] = _checked(name, value, "flag"), "flag"
    return Resolved(replace(Settings(), **values), origins)


def _config_path(environment: Mapping[str, str], config: Path | None) -> Path | None:
    named = config or (Path(environment[CONFIG_VARIABLE]) if environment.get(CONFIG_VARIABLE) else None)
    if named is not None:
        if not named.is_file():
            raise UsageError(f"{named}: there is no such configuration file")
        return named
    return Path(CONFIG_FILE) if Path(CONFIG_FILE).is_file() else None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: not a readable TOML file ({error})") from error


def _parsed(name: str, text: str) -> Any:
    if name in ("as_is", "progress"):
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}.get(text.lower(), text)
    return text


def _checked(name: str, value: Any, origin: str) -> Any:
    """The value, if the setting exists and the value is of its kind."""
    if name not in MEANINGS:
        close = difflib.get_close_matches(name, MEANINGS, n=1)
        hint = f'; did you mean "{close[0]}"?' if close else f"; known are {', '.join(MEANINGS)}"
        raise UsageError(f'{origin}: no setting is called "{name}"{hint}')
    wanted = {"as_is": "true or false", "progress": "true or false", "color": "auto, always or never"}.get(name, "text")
    fits = {
        "true or false": isinstance(value, bool),
        "auto, always or never": value in get_args(Color),
        "text": isinstance(value, str),
    }[wanted]
    if not fits:
        raise UsageError(f"{origin}: {name} has to be {wanted}, not {value!r}")
    return value

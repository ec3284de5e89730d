"""Word lists and other reviewable data, as TOML files beside this module.

A file ``NAME.toml`` is read once. A comment beside an entry gives the sentence that made it necessary.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

VERSION = "1"


@cache
def load(name: str) -> dict[str, Any]:
    """The tables of ``NAME.toml``."""
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text("utf-8"))


@cache
def words(name: str, key: str = "words") -> tuple[str, ...]:
    """One list of ``NAME.toml``."""
    return tuple(load(name)[key])


@cache
def countries() -> frozenset[str]:
    """The names of countries, in lower case."""
    rows = load("demonyms")["countries"]
    return frozenset(name.lower() for row in rows for name in (row["name"], *row.get("names", ())))

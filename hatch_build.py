"""Compiles the gazetteer into the wheel, and in a checkout when it is installed editable (docs/gazetteer.md)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = (
    "src/tollbook/lexicon/gazetteer-supplement.tsv",
    "src/tollbook/lexicon/place-countries.toml",
    "src/tollbook/resources/gazetteer.py",
    "src/tollbook/resources/gazetteer_build.py",
)


class GazetteerHook(BuildHookInterface[Any]):
    """Runs before a wheel is built, editable or not; compiles only what is missing or older than its sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from tollbook.resources.gazetteer_build import build

            target = root / "src/tollbook/resources/gazetteer.sqlite"
            newest = max((root / source).stat().st_mtime for source in SOURCES)
            if not target.exists() or target.stat().st_mtime < newest:
                build(target)
        finally:
            sys.path.remove(str(root / "src"))
        build_data["artifacts"].append("src/tollbook/resources/gazetteer.sqlite")

"""What the wheel brings that is not in git: the compiled gazetteer and the browser's libraries (docs/web.md).

In a checkout the same happens when it is installed editable. An sdist carries the browser's libraries, so that a wheel
built from it fetches nothing.
"""

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


class Hook(BuildHookInterface[Any]):
    """Runs before a wheel (editable or not) or an sdist is built; makes only what is missing or out of date."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        sys.path.insert(0, str(root / "scripts"))
        try:
            from vendor import vendor

            vendor()
        finally:
            sys.path.remove(str(root / "scripts"))
        build_data["artifacts"].append("src/tollbook/web/static/vendor/")
        if self.target_name == "wheel":
            self._gazetteer(root, build_data)

    def _gazetteer(self, root: Path, build_data: dict[str, Any]) -> None:
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

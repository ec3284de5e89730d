"""Golden reports: articles of our own, each written for one or two named difficulties and labelled by hand.

Every report, person and incident here is invented; places and parties are real so that they can be looked up. The
labels follow docs/glossary.md ("What a claim is") and were made by reading, never by running the program.

A report is one JSON file named after its difficulty::

    {"id", "difficulty": [...], "published", "outlet", "title", "text" | "html",
     "claims": [{"quote", "count_text", "harm", "low", "high", "qualifier", "victims_text", "status", "groups",
                 "event_type", "date_text", "date_from", "date_to", "place_text", "place_name", "country",
                 "blamed", "attribution", "stance", "scope", "relation": null | {"type", "to": index}}],
     "furniture": [beginnings of lines that are no part of the article],
     "aliases": [[names of one party or speaker, any of which is right], ...]}     # optional

``held/`` holds a third of them. Nobody looks at those while working on rules: they are used for figures only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

Report = dict[str, Any]
Part = Literal["open", "held"]

HERE = Path(__file__).parent
FOLDERS: dict[Part, Path] = {"open": HERE, "held": HERE / "held"}


def load(part: Part) -> list[Report]:
    """The reports of one part, in the order of their names."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths(part)]


def paths(part: Part) -> list[Path]:
    return sorted(FOLDERS[part].glob("*.json"))

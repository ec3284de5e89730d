"""The floors: which figure may not fall below what, and on which data that was measured.

A floor is worth something only while its data is the same, so each set carries the hash of the documents it was
measured on; other data means measuring again and writing the file by hand, in a change that somebody reviews.
"""

from __future__ import annotations

import math
import subprocess
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.quality.measure import Measured
from tests.quality.sets import GUARDED

PATH = Path(__file__).with_name("floors.toml")
SLACK = 0.0005  # figures are rounded to four places


@dataclass(frozen=True, slots=True)
class Floors:
    """The floors of one set, by the figure's name."""

    sha256: str
    documents: int
    figures: Mapping[str, float]


def parse(text: str) -> dict[str, Floors]:
    """The floors by set."""
    raw = tomllib.loads(text)
    return {name: Floors(one["sha256"], one["documents"], one["floors"]) for name, one in raw.items()}


def load() -> dict[str, Floors]:
    return parse(PATH.read_text(encoding="utf-8"))


def fallen(measured: Measured, floors: Floors) -> Iterator[str]:
    """What is wrong with a measurement, in words: other data, a figure that fell or is gone."""
    name = measured.set.name
    if measured.sha256 != floors.sha256:
        yield f"{name}: the data is not what the floors were measured on ({floors.sha256[:12]}); measure again"
        return
    for figure, floor in floors.figures.items():
        value = measured.figures.get(figure)
        if value is None:
            yield f"{name}: {figure} is not measured any more (floor {floor:.4f})"
        elif value < floor - SLACK:
            yield f"{name}: {figure} fell to {value:.4f} (floor {floor:.4f})"


def lowered(before: Mapping[str, Floors], after: Mapping[str, Floors]) -> Iterator[str]:
    """Floors that a change takes down or away without saying that the data is other data."""
    for name, old in before.items():
        new = after.get(name)
        if new is None:
            yield f"{name}: its floors were removed"
        elif new.sha256 == old.sha256:
            for figure, floor in old.figures.items():
                if new.figures.get(figure, -1.0) < floor:
                    yield f"{name}: the floor of {figure} was lowered from {floor:.4f}"


def committed(revision: str) -> dict[str, Floors]:
    """The floors as they stand in a revision; none where git or the file is missing."""
    command = ["git", "show", f"{revision}:tests/quality/floors.toml"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=PATH.parent, check=False)
    return parse(done.stdout) if done.returncode == 0 else {}


def proposal(measured: Sequence[Measured]) -> str:
    """floors.toml as today's figures would have it, cut to three places: to be read, then copied by hand."""
    blocks = []
    for one in measured:
        lines = [f"[{one.set.name}]", f'sha256 = "{one.sha256}"', f"documents = {one.documents}"]
        lines.append(f"[{one.set.name}.floors]")
        for figure in GUARDED[one.set.kind]:
            if figure in one.figures:
                lines.append(f'"{figure}" = {math.floor(one.figures[figure] * 1000) / 1000:.3f}')
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"

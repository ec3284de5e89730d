"""A monitor's records beside a ledger, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from tollbook.show.safe import visible
from tollbook.show.words import NOT_STATED, range_words

if TYPE_CHECKING:
    from rich.console import Console

_NAMED = 3  # ids in a cell


def print_matches(console: Console, matches: Sequence[Any], monitor: str) -> None:
    """Four tables, those with rows: numbers that differ, numbers that agree, only the monitor, only the ledger.

    ``matches`` are those of ``coded.against``.
    """
    parts = (
        ("Both have it, numbers differ", [m for m in matches if m.who == "both" and m.differs]),
        ("Both have it", [m for m in matches if m.who == "both" and not m.differs]),
        (f"Only {monitor} has it", [m for m in matches if m.who == "monitor"]),
        ("Only the ledger has it", [m for m in matches if m.who == "ledger"]),
    )
    for heading, rows in parts:
        if not rows:
            continue
        console.print(Text(visible(f"{heading}: {len(rows):,}"), style="bold"))
        table = Table(box=None, expand=True, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column("when and where", ratio=3, overflow="fold")
        sides = [s for s in ("ledger", "monitor") if any(getattr(m, s) is not None for m in rows)]
        for side in sides:
            table.add_column(visible(monitor) if side == "monitor" else "ledger", ratio=4, overflow="fold")
        for match in rows:
            one = match.ledger or match.monitor
            two = match.monitor or match.ledger
            place = one.place or two.place or "place not stated"
            when = Text(f"{one.first or two.first or 'day not stated'}\n{visible(place)}")
            perhaps = f"\nperhaps {', '.join(match.perhaps[:_NAMED])}, which fits another" if match.perhaps else ""
            table.add_row(
                when + Text(visible(perhaps, keep="\n")),
                *(Text(visible(_side(getattr(match, s), match), keep="\n")) for s in sides),
            )
        console.print(table)
        console.print()


def _side(side: Any, match: Any) -> str:
    """Its numbers, each with a mark where the other side's exclude it, and its ids."""
    told = [
        f"{harm} {range_words(low, high)}" + (" ≠" if match.relations.get(harm) == "differs" else "")
        for harm, (low, high) in side.harms.items()
    ]
    ids = ", ".join(side.ids[:_NAMED]) + (f" and {len(side.ids) - _NAMED} more" if len(side.ids) > _NAMED else "")
    return f"{'; '.join(told) or NOT_STATED}\n{ids}"

"""Statements on a terminal, below the claims: who says what of what, and the words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from tollbook.show.safe import visible
from tollbook.show.words import chain_words, date_words, event_words, place_words

if TYPE_CHECKING:
    from rich.console import Console

    from tollbook.records import Statement

_KIND, _CUE, _SPEAKER = "bold", "bold red", "magenta"  # the colours that the words of claims have for their like


def print_statements(console: Console, statements: Sequence[Statement]) -> None:
    """Each statement: its kind and speaker, what it says beside them, and its passage with the telling words marked;
    nothing at all where there is none."""
    if not statements:
        return
    console.print(Text("Statements without a number", style="dim"))
    console.print()
    for statement in statements:
        lead = Text.assemble((statement.kind, _KIND), "  ", (visible(chain_words(statement.attribution)), _SPEAKER))
        console.print(lead)
        slots = "; ".join(f"{name}: {value}" for name, value in slots_of(statement))
        if slots:
            console.print(Padding(Text(visible(slots)), (0, 0, 0, 4)))
        console.print(Padding(_quote(statement), (0, 2, 0, 4)))
        console.print()


def slots_of(statement: Statement) -> Iterator[tuple[str, str]]:
    """The slots that the document fills, each with its value in words."""
    if statement.said is not None:
        yield "said", date_words(statement.said)
    if statement.event is not None:
        yield "event", event_words(statement.event)
    if statement.date is not None:
        yield "date", date_words(statement.date)
    if statement.place is not None:
        yield "place", place_words(statement.place)
    if statement.target is not None:
        yield "target", statement.target.text
    if statement.reason is not None:
        yield "reason", statement.reason.text


def _quote(statement: Statement) -> Text:
    quote, cue = statement.quote, statement.cue
    a, b = cue.start - quote.start, cue.end - quote.start
    if not 0 <= a < b <= len(quote.text):  # the telling words of a merged statement can stand elsewhere
        a = b = 0
    parts = (quote.text[:a], quote.text[a:b], quote.text[b:])
    return Text.assemble("“", visible(parts[0]), (visible(parts[1]), _CUE), visible(parts[2]), "”", overflow="fold")

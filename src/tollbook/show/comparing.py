"""Comparisons and answers on a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tollbook.show.safe import visible
from tollbook.show.words import count_words, date_words, place_words

if TYPE_CHECKING:
    from rich.console import Console

    from tollbook.records import Claim, Source

_HEADINGS = {
    "speaker": "Speakers",
    "quotation": "Shared quotations",
    "claim": "Claims",
    "statement": "Statements",
    "wording": "Words for the same thing",
}
_STYLES = {"supported": "bold green", "contradicted": "bold red", "silent": "bold"}


def print_comparison(console: Console, a: Source, b: Source, rows: Sequence[Any]) -> None:
    """The two reports in two columns, kind by kind; ``rows`` are those of ``compare_reports``."""
    for name, source in (("A", a), ("B", b)):
        console.print(Text(visible(f"{name}  {source.title or source.key} · {source.outlet or 'outlet not stated'}")))
    console.print()
    for what, heading in _HEADINGS.items():
        found = [row for row in rows if row.what == what]
        if not found:
            continue
        console.print(Text(heading, style="bold"))
        table = Table(box=None, expand=True, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
        for ratio in (2, 4, 4):
            table.add_column(ratio=ratio, overflow="fold")
        for row in found:
            relation = row.relation or f"only {row.side.upper()}"
            lead = Text.assemble(visible(row.name), ("\n" if row.name else "") + relation)
            table.add_row(lead, *(Text(visible(_words(spans))) for spans in (row.a, row.b)))
        console.print(Padding(table, (0, 0, 1, 2)))


def _words(spans: Sequence[Any]) -> str:
    return ", ".join(f"“{span.text}”" for span in spans) or "—"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def print_check(console: Console, asked: Claim, answer: Any) -> None:
    """The answer, how many say so, and each claim with its words; ``answer`` is what ``check_claim`` gives."""
    parts = [f"{asked.harm} {count_words(asked.count)}"]
    parts += [date_words(asked.date)] if asked.date else []
    parts += [place_words(asked.place)] if asked.place else []
    verdict = answer.verdict + (", and contradicted" if answer.disputed else "")
    console.print(Text.assemble(visible(", ".join(parts)), ": ", (verdict, _STYLES[answer.verdict])))
    if answer.documents:
        low, high = answer.origins["low"], answer.origins["high"]
        origins = _counted(high, "independent origin") if low == high else f"{low} to {high} independent origins"
        said = (_counted(answer.documents, "document"), _counted(answer.outlets, "outlet"), origins)
        console.print(f"by {', '.join(said)}")
    for e in answer.evidence:
        origin = e.origin if e.origin_known else f"{e.origin}, of unknown independence"
        field = f" ({e.field})" if e.field else ""
        console.print(Text(visible(f"{e.relation}{field}: {e.why}; origin {origin}; {e.document}")))
        if e.quote:
            console.print(Padding(Text(visible(f"“{e.quote}”")), (0, 2, 0, 4)))
    if not answer.evidence:
        console.print("No claim speaks of this day and place.")
    console.print()

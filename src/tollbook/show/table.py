"""Claims and settings as tables on a terminal, through rich, with nothing of an article interpreted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tollbook.show.explain import explain
from tollbook.show.safe import visible
from tollbook.show.spans import marked, segments
from tollbook.show.words import (
    blamed_words,
    chain_words,
    count_words,
    date_words,
    event_words,
    found_words,
    marks,
    place_words,
    victims_words,
)

if TYPE_CHECKING:
    from tollbook.records import Claim, Document, Reason

# The strongest first: where two roles share words, the first of them gives the colour.
STYLES: Mapping[str, str] = {
    "count": "bold red",
    "place": "green",
    "date": "cyan",
    "speaker": "magenta",
    "victims": "yellow",
}


def print_claims(
    console: Console,
    document: Document,
    claims: tuple[Claim, ...],
    reasons: Mapping[str, tuple[Reason, ...]] | None = None,
) -> None:
    """One document: a heading, then each claim as a row with its quote below; with ``reasons`` also where each field
    comes from."""
    console.print(_heading(document, len(claims)))
    numbers = {claim.id: number for number, claim in enumerate(claims, 1)}
    for number, claim in enumerate(claims, 1):
        console.print(_row(claim, number, header=number == 1))
        remarks = marks(claim, numbers)
        if remarks:
            console.print(Padding(Text(visible(", ".join(remarks)), style="italic"), (0, 0, 0, 4)))
        if claim.quote is not None:
            console.print(Padding(_quote(document, claim), (0, 2, 0, 4)))
        if reasons is not None:
            console.print(Padding(_grounds(claim, reasons.get(claim.id, ())), (0, 0, 0, 4)))
        console.print()
    if claims and not console.no_color:
        legend = Text("    ").join(Text(role, style=style) for role, style in STYLES.items())
        console.print(Padding(legend, (0, 0, 1, 4)))


def print_nothing(console: Console) -> None:
    """Said where a folder or a file holds no document at all."""
    console.print(Text("No documents in what was given."))


def print_settings(console: Console, rows: Iterable[tuple[str, Any, str, str]]) -> None:
    """Name, value, origin and meaning of each setting."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("setting", "value", "from", "meaning"):
        table.add_column(heading, overflow="fold")
    for name, value, origin, meaning in rows:
        shown = "not set" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
        table.add_row(*(Text(visible(cell)) for cell in (name, shown, origin, meaning)))
    console.print(table)


def _heading(document: Document, count: int) -> Text:
    source = document.source
    published = f"{source.published.isoformat()}" if source.published else "publication day not stated"
    parts = [source.outlet or "outlet not stated", published, source.key]
    title = Text(visible(source.title or source.key), style="bold", overflow="fold")
    parts.append(found_words(document, count))
    return Text.assemble(title, "\n", (visible(" · ".join(parts)), "dim"), "\n")


def _row(claim: Claim, number: int, header: bool) -> Table:
    table = Table(box=None, show_header=header, expand=True, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("", width=3, no_wrap=True)
    # Two short values share a column, one above the other: eight columns would not fit into eighty characters.
    columns: tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...] = (
        ("harm, count", 11, (("harm", claim.harm), ("count", count_words(claim.count)))),
        ("victims", 12, (("victims", victims_words(claim.victims)),)),
        ("event, date", 13, (("event", event_words(claim.event)), ("date", date_words(claim.date)))),
        ("place", 13, (("place", place_words(claim.place)),)),
        ("blamed", 13, (("blamed", blamed_words(claim.blamed)),)),
        ("who says", 16, (("speaker", chain_words(claim.attribution)),)),
    )
    cells = [Text(str(number))]
    for heading, ratio, values in columns:
        table.add_column(heading, ratio=ratio, overflow="fold")
        cells.append(Text("\n").join(Text(visible(words), style=STYLES.get(role, "")) for role, words in values))
    table.add_row(*cells)
    return table


def _quote(document: Document, claim: Claim) -> Text:
    """The passage with its count, victims, place, date and speaker picked out."""
    assert claim.quote is not None
    start, end = claim.quote.start, claim.quote.end
    shown = Text("“", overflow="fold")
    for a, b, covering in segments(start, end, marked(claim, 1)):
        roles = {m.role for m in covering}
        style = next((style for role, style in STYLES.items() if role in roles), "")
        shown.append(visible(document.text[a:b]), style=style)
    shown.append("”")
    return shown


def _grounds(claim: Claim, reasons: tuple[Reason, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("field", "value", "from the words", "at", "rule"):
        table.add_column(heading, overflow="fold")
    for ground in explain(claim, reasons):
        where = f"{ground.start}–{ground.end}" if ground.text and ground.start is not None else ""
        words = f"“{ground.text}”" if ground.text else ""
        cells = (ground.field, ground.value, words, where, ground.rule or "")
        table.add_row(*(Text(visible(cell)) for cell in cells))
    return table

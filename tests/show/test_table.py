"""Claims on a terminal: complete, plain where plain is wanted, and deaf to what an article says."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from tests.show.build import claim, document, market
from tollbook.records import Claim, Document, Relation
from tollbook.show.table import print_claims


def shown(doc: Document, claims: tuple[Claim, ...], width: int = 100, color: bool = False, **more: object) -> str:
    """What is printed."""
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        color_system="standard" if color else None,
        force_terminal=color,
        no_color=not color,
        markup=False,
        highlight=False,
        emoji=False,
    )
    print_claims(console, doc, claims, **more)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_every_value_and_the_quote_are_there(width: int) -> None:
    """Nothing is cut off, however narrow: values and quote wrap."""
    doc, claims = market()
    text = " ".join(shown(doc, claims, width).split())
    for words in (
        "killed",
        "injured",
        "traders",
        "airstrike",
        "Tell Marsa",
        "Nine traders were",
        "2 claims",
        "market.txt",
    ):
        assert words in text
    assert "…" not in text


def test_plain_output_has_no_escape() -> None:
    """Without colours there is not one escape sequence; with colours the count is picked out."""
    doc, claims = market()
    assert "\x1b" not in shown(doc, claims, reasons={})
    assert "\x1b[1;31mNine\x1b[0m" in shown(doc, claims, color=True)


@pytest.mark.parametrize("color", [False, True])
def test_hostile_text_has_no_effect(color: bool) -> None:
    """Escapes, table markup and direction overrides in title, quote, names and keys are shown, not obeyed."""
    evil = "\x1b]0;owned\x07 [bold red]x[/] :skull: \u202e43 \x9b31m"
    text = f"Title {evil}\n\nNine {evil} traders were killed in Tell Marsa."
    doc = document(text, outlet=evil, key=evil)
    hit = claim(doc, text.split("\n\n")[1], "Nine", (9, 9), place="Tell Marsa", victims=f"{evil} traders")
    out = shown(doc, (hit,), 200, color, reasons={})
    assert not {"\x07", "\x9b", "\u202e"} & set(out)
    assert "\x1b]" not in out
    assert "[bold red]x[/] :skull:" in out
    assert "⟨U+001B⟩]0;owned⟨U+0007⟩" in out


def test_marks_and_no_claims() -> None:
    """A denial and a part are said so; a report without a claim too."""
    doc, (killed, wounded) = market()
    part = replace(wounded, relation=Relation("part_of", killed.id), stance="denied")
    assert "denied, part of no. 1" in shown(doc, (killed, part))
    assert "no claims" in shown(doc, ())
    assert "not read: its language is ar" in shown(document(language="ar"), ())


def test_a_coded_claim_has_no_quote() -> None:
    """A claim without a quote is printed without one."""
    doc, (killed, _) = market()
    assert "“" not in shown(doc, (replace(killed, quote=None),))

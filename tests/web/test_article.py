"""The article's text is cut into pieces that add up to it, whatever its characters and however claims overlap."""

from __future__ import annotations

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.made import claim, document
from tollbook.records import Claim, Document, Span, Victims
from tollbook.show.safe import visible
from tollbook.web.article import around, blocks, raw_blocks

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


def made(text: str, spans: list[tuple[int, int]]) -> tuple[Document, list[Claim]]:
    """A document with a claim on each stretch, the quote being a bit wider."""
    doc = document(f"5 {text}")
    claims = []
    for start, end in spans:
        start, end = sorted((min(start, len(doc.text)), min(end, len(doc.text))))
        quote = Span(doc.text[max(0, start - 3) : end], max(0, start - 3), end)
        victims = Victims(doc.text[start:end], start, end, "unknown", None, (), None)
        claims.append(dataclasses.replace(claim(doc, "5"), quote=quote, victims=victims))
    return doc, claims


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_pieces_add_up_to_the_text_and_know_where_they_stand(text: str, spans: list[tuple[int, int]]) -> None:
    """Each piece shows exactly the characters from its offset on; steering characters are named, one a piece."""
    doc, claims = made(text, spans)
    for block in blocks(doc, claims):
        at = block.start
        for piece in block.pieces:
            assert piece.start == at
            length = 1 if piece.steers else len(piece.text)
            assert piece.text == visible(doc.text[at : at + length])
            for number in piece.claims:
                one = claims[number - 1]
                stretches = [one.quote, one.victims, one.count]
                assert any(s and s.start <= at and at + length <= s.end for s in stretches)
            at += length


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_every_claim_finds_all_its_words(text: str, spans: list[tuple[int, int]]) -> None:
    """The pieces of a claim's victims are exactly the victims' words, lines apart."""
    doc, claims = made(text, spans)
    pieces = [piece for block in blocks(doc, claims) for piece in block.pieces]
    for number, one in enumerate(claims, 1):
        assert one.victims is not None
        words = doc.text[one.victims.start : one.victims.end]
        mine = [p for p in pieces if number in p.claims and one.victims.start <= p.start < one.victims.end]
        lines = words.split("\n")
        if all(line.strip() for line in doc.text.split("\n")):
            assert "".join(p.text for p in mine) == "".join(visible(line) for line in lines)


@given(TEXTS)
def test_the_raw_view_shows_all_that_came_in(text: str) -> None:
    """Nothing of the raw text is lost, white space at the edges apart."""
    doc = document(f"5 {text}")
    shown = "".join(piece.text for block in raw_blocks(doc) for piece in block.pieces)
    assert shown.strip("\n") == visible(doc.raw, keep="\n").strip("\n")


def test_an_empty_line_is_no_sentence() -> None:
    """Two sentences before and after, in whatever paragraphs they stand."""
    text = "One.\n\nTwo.\n\nThree dead.\n\nFour.\n\nFive.\n\nSix."
    start = text.index("Three")
    assert text[slice(*around(text, start, start + 11))] == "One.\n\nTwo.\n\nThree dead.\n\nFour.\n\nFive."


@given(TEXTS, st.integers(0, 60), st.integers(0, 60))
def test_the_surroundings_hold_the_passage(text: str, start: int, end: int) -> None:
    """What is shown around a passage begins before it and ends after it, within the text."""
    start, end = sorted((min(start, len(text)), min(end, len(text))))
    first, last = around(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)

"""A text that stands on several pages is read once, and every page gets the claims that it would have had alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conftest import ROOT
from tollbook import pipeline
from tollbook.clean import clean_page
from tollbook.find.reader import Reading
from tollbook.records import Document, Page
from tollbook.resources import nlp

TEXT = (ROOT / "examples/ministry-via-agency.txt").read_text("utf-8")


def document(key: str, outlet: str | None = None, url: str | None = None) -> Document:
    """The example under a name and an address."""
    return clean_page(Page(key, TEXT.encode(), TEXT, "text", outlet=outlet, url=url))


def fresh(one: Document, monkeypatch: pytest.MonkeyPatch) -> Reading:
    """What is read with nothing known."""
    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "_copies", pipeline._Copies(1))
        return pipeline.read_document(one)


def test_a_copy_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is parsed for it; names, addresses, ids and relations are its own."""
    monkeypatch.setattr(pipeline, "_copies", pipeline._Copies(4))
    first, copy = document("a"), document("b", url="https://example.org/b")
    alone = fresh(copy, monkeypatch)
    pipeline.read_document(first)
    monkeypatch.setattr(pipeline, "parse_passages", lambda passages: pytest.fail("parsed again"))
    again = pipeline.read_document(copy)
    assert again == alone
    assert {claim.document.key for claim in again.claims} == {"b"}


def test_what_a_reading_depends_on_makes_no_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another outlet can be another speaker: it is read for itself. So is a text whose hash is not its own."""
    monkeypatch.setattr(pipeline, "_copies", pipeline._Copies(4))
    pipeline.read_document(document("a"))
    assert pipeline._copies.get(document("a", outlet="Northern Post")) is None
    assert pipeline._copies.get(replace(document("a"), text="Other.")) is None
    assert pipeline._copies.get(document("c")) is not None


def test_only_the_last_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory does not grow with the number of texts."""
    copies = pipeline._Copies(2)
    one = document("a")
    reading = fresh(one, monkeypatch)
    for name in "abc":
        copies.keep(document(name, outlet=name), reading)
    assert [copies.get(document("x", outlet=name)) is not None for name in "abc"] == [False, True, True]


def test_the_parser_forgets_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is loaded anew where it has met too many, and parses as before."""
    sentence = "Nine traders were killed in Zorvandil."
    before = [(t.tag_, t.dep_, t.head.i) for t in next(nlp.parse([sentence]))]
    old = nlp.pipeline()
    monkeypatch.setattr(nlp, "MOST_WORDS", 5)
    assert [(t.tag_, t.dep_, t.head.i) for t in next(nlp.parse([sentence]))] == before
    assert nlp.pipeline() is not old

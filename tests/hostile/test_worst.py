"""The worst repetitions, small enough for every run: time grows with the length, and what is too much is refused."""

from __future__ import annotations

import time

import pytest

from tests.hostile.worst import SHAPES, Times, whole
from tollbook import pipeline
from tollbook.clean import clean_page
from tollbook.errors import InputError
from tollbook.find import stretches
from tollbook.records import Page

# One of each kind that was slow once.
ONCE_SLOW = (
    "half a dozen", "quotes", "said, in a report", "newlines", "spaces, in a report", "<br>", "styles", "names",
    "one claim a line", "dead", "<div>", "json-ld, deep", "an attribute", "long word",
    "groups, all different", "villages, said again", "sponsors in capitals, in a report",
    "mines, in a report", "taken",
)  # fmt: skip


@pytest.mark.parametrize("shape", ONCE_SLOW)
def test_a_document_of_100_kb_takes_seconds(shape: str) -> None:
    """In seconds of the processor; ``python -m benchmarks.worst --size 10000000`` does all, at full size."""
    begun = time.process_time()
    assert whole(SHAPES[shape](100_000), Times()).startswith(("read: ", "refused: "))
    assert time.process_time() - begun < 10


def test_a_million_claims_are_refused_by_name() -> None:
    """The reason says what the limit is and what to do."""
    content = "two killed, " * 800_000
    document = clean_page(Page("dump", content.encode(), content, "text"))
    with pytest.raises(InputError, match=r"dump: 800000 words of harm \(the limit is 2000 a document\): divide it"):
        pipeline.read_document(document)


def test_too_much_in_sentences_of_harm_is_refused_by_name() -> None:
    """Few words of harm, but more around them than anybody reads as one report."""
    content = ". ".join("Two were killed and " + "so on and " * 130 for _ in range(600))
    document = clean_page(Page("dump", content.encode(), content, "text"))
    with pytest.raises(InputError, match=r"dump: \d+ characters in sentences with words of harm \(the limit is 600000"):
        pipeline.read_document(document)


def test_too_many_sentences_are_refused_by_name() -> None:
    """Half a million sentences of a letter; a text with as many dots that end nothing is read."""
    for content in ("A b. " * 400_000, "Ab\n" * 400_000, ". " * 500_000):
        document = clean_page(Page("dump", content.encode(), content, "text"), as_is=True)
        with pytest.raises(InputError, match=r"dump: \d+ sentences or lines \(the limit is 300000 a document\)"):
            pipeline.read_whole(document)
    content = "Two were killed. " + "1.5" * 400_000
    document = clean_page(Page("dots", content.encode(), content, "text"), as_is=True)
    assert len(pipeline.read_document(document).claims) == 1


def test_too_many_elements_are_refused_by_name() -> None:
    """A page of a quarter of a million elements, small as it is."""
    content = "<html><body><p>Two were killed.</p>" + "<br>" * 250_000
    with pytest.raises(InputError, match=r"dump: HTML of \d+ elements \(the limit is 200000 a page\)"):
        clean_page(Page("dump", content.encode(), content, "html"))


def _long() -> str:
    towns = ("Idlib", "Aleppo", "Homs", "Hama", "Mosul", "Raqqa")
    return "\n\n".join(
        f"On May {n % 28 + 1} {n + 2} people were killed in an airstrike near {towns[n % 6]}, the ministry said."
        for n in range(40)
    )


def test_a_long_text_is_read_in_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the stretches are, each number is read once, its words stand where it says, and its id is its own."""
    text = _long()
    document = clean_page(Page("long", text.encode(), text, "text"), as_is=True)
    once = pipeline.read_document(document)
    monkeypatch.setattr(stretches, "HARMS", 9)
    gated = pipeline._gated(document)
    assert len(stretches.divide(document, gated.passages, gated.harms)) > 4
    parts = pipeline.read_document(document)
    assert [c.count for c in parts.claims] == [c.count for c in once.claims]
    assert [c.id for c in parts.claims] == [c.id for c in once.claims]
    assert [c.place for c in parts.claims] == [c.place for c in once.claims]
    assert parts.reasons.keys() == once.reasons.keys() == {c.id for c in once.claims}
    for claim in parts.claims:
        for span in (claim.quote, claim.count, claim.victims, claim.place, claim.date, *claim.attribution):
            assert span is None or text[span.start : span.end] == span.text


def test_a_report_of_ordinary_length_is_one_stretch() -> None:
    """Nothing changes for what newspapers print."""
    text = _long()
    document = clean_page(Page("short", text.encode(), text, "text"), as_is=True)
    gated = pipeline._gated(document)
    assert [s.document for s in stretches.divide(document, gated.passages, gated.harms)] == [document]

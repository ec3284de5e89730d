"""Mutated reports, and any bytes, through the whole reader: nothing breaks, every span holds."""

from __future__ import annotations

import os
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.texts import EVIL, hold, mutated
from tests.hostile.worst import UNITS
from tollbook import pipeline

# "make trust" asks for more; the inputs are the same in every run.
MUTANTS = int(os.environ.get("TOLLBOOK_TRUST_MUTANTS", "60"))
PIECES = st.sampled_from([*UNITS.values(), *EVIL]) | st.text(max_size=6)


def test_mutated_reports_are_read_or_refused() -> None:
    """Examples and golden reports with parts removed, doubled, moved, spliced and poisoned: no fault, spans hold."""
    claims = sum(hold(mutated(random.Random(seed)), shown=seed % 5 == 0) for seed in range(MUTANTS))
    assert claims > MUTANTS  # they were worth reading


@settings(max_examples=settings.default.max_examples // 2)
@given(st.lists(PIECES, max_size=30), st.booleans())
def test_pieces_of_every_kind_are_read_or_refused(pieces: list[str], report: bool) -> None:
    """What each stage likes least, in any order, alone or after a report."""
    text = "Ten people were killed in Idlib on Monday, the army said. " * report + "".join(pieces)
    claims = hold(text.encode("utf-8", "surrogatepass"), shown=False)
    assert claims >= 0


def test_what_only_looks_alike_invents_nothing() -> None:
    """Letters of another script and signs without room: the words are given as they stand, no place and no number is
    read out of them that a reader would not see; the rest of the sentence is read."""

    def told(text: str) -> list[tuple[str, int | None, int | None, bool]]:
        claims = pipeline.read_sentence(text)
        assert all(claim.quote is not None and claim.quote.text in text for claim in claims)
        return [(c.count.text, c.count.low, c.count.high, c.place is not None) for c in claims]

    assert told("Ten people were killed in Raqqa.") == [("Ten", 10, 10, True)]
    assert told("Ten people were killed in R\u0430qqa.") == [("Ten", 10, 10, False)]
    for number in ("\u0422en", "1\u041e", "1\u00ad0", "10\u200b0"):
        assert told(f"{number} people were killed in Raqqa.") == [(f"{number} people", 2, None, True)]


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    """Whatever a file holds."""
    hold(raw, shown=False)
    hold(b"Ten people were killed in Idlib on Monday. " + raw, shown=False)

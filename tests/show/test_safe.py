"""Text of strangers cannot steer what shows it."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tollbook.show.safe import visible


@given(st.text())
def test_nothing_that_controls_is_left(text: str) -> None:
    """No control character, override, isolate or lone surrogate comes through, whatever the text."""
    for character in visible(text):
        assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            "LRE",
            "RLE",
            "LRO",
            "RLO",
            "PDF",
            "LRI",
            "RLI",
            "FSI",
            "PDI",
        )


@given(st.text(alphabet=st.characters(categories=("L", "N", "P", "S"))))
def test_plain_text_is_untouched(text: str) -> None:
    """Letters, digits, marks of punctuation and symbols of any script stay as they are."""
    assert visible(text) == text


def test_joiners_stay() -> None:
    """Persian needs its non-joiner, and right-to-left marks turn nothing around."""
    assert visible("می\u200cخواهم\u200f") == "می\u200cخواهم\u200f"

"""The lists of furniture are in the form that the look-ups need."""

from __future__ import annotations

from tollbook import lexicon
from tollbook.clean.lines import key_of, shadow_of


def test_phrases_are_plain() -> None:
    """As a line's key is: lower case, straight marks, single spaces; otherwise a phrase could never match."""
    for table, reasons in lexicon.load("furniture").items():
        for phrases in reasons.values():
            for phrase in phrases:
                assert key_of(shadow_of(phrase)) == phrase.rstrip(), (table, phrase)


def test_no_phrase_has_two_reasons() -> None:
    """Within one table a phrase says one thing."""
    for table, reasons in lexicon.load("furniture").items():
        phrases = [phrase for group in reasons.values() for phrase in group]
        assert len(phrases) == len(set(phrases)), (table, sorted(p for p in phrases if phrases.count(p) > 1))


def test_starting_phrases_are_no_common_words() -> None:
    """A phrase that starts furniture has at least two words or a mark: one word starts too many sentences."""
    starts = [phrase for group in lexicon.load("furniture")["start"].values() for phrase in group]
    assert [phrase for phrase in starts if phrase.isalpha()] == []

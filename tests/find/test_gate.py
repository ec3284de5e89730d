"""The gate lets through whatever the grammar can read, and little else."""

from __future__ import annotations

import pytest

from tests.find import test_idioms
from tollbook.find.gate import can_hold_claim

IDIOMS = [case[0] for case in test_idioms.test_idioms.pytestmark[0].args[1]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", IDIOMS)
def test_idioms_pass(text: str) -> None:
    """No sentence that an idiom reads is stopped before the parser."""
    assert can_hold_claim(text)


@pytest.mark.parametrize("text", ["Talks were held in Astana in May.", "The road to the coast reopened on Friday.", ""])
def test_other_sentences_stop(text: str) -> None:
    """Sentences without any word of harm are not parsed."""
    assert not can_hold_claim(text)

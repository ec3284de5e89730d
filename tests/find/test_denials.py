"""A denial in the sentence after the allegation, on the denier's own page."""

from __future__ import annotations

import datetime as dt

import pytest

from tollbook.clean import clean_page
from tollbook.pipeline import read_document
from tollbook.records import Page

_ALLEGED = "The Command has seen reports alleging that an air strike in Zalba killed ten civilians on Thursday. "


@pytest.mark.parametrize(
    ("outlet", "text", "stance"),
    [
        ("Northern Defence Command", _ALLEGED + "The Command categorically denies this.", "denied"),
        ("Northern Defence Command", _ALLEGED + "The Northern Command rejects these claims.", "denied"),
        ("Northern Defence Command", _ALLEGED + "The Command opened an inquiry.", "asserted"),
        ("Zalba Gazette", _ALLEGED + "The Command categorically denies this.", "asserted"),
    ],
)
def test_the_next_sentence_denies_it(outlet: str, text: str, stance: str) -> None:
    """A newspaper tells of both; the number stays that of those who gave it."""
    day = dt.date(2022, 5, 9)
    page = Page("test", text.encode(), text, "text", outlet=outlet, published=day, published_from="record")
    (claim,) = read_document(clean_page(page, as_is=True)).claims
    assert claim.stance == stance

"""The gate lets through whatever the grammar can read, and little else."""

from __future__ import annotations

import re

import pytest

from tests.clock import seconds
from tests.find import test_idioms
from tollbook import lexicon
from tollbook.find import gate
from tollbook.find.gate import can_hold_claim
from tollbook.find.page import names_harm
from tollbook.find.statement.kinds import can_hold_statement, names_topic

IDIOMS = [case[0] for case in test_idioms.test_idioms.pytestmark[0].args[1]]  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", IDIOMS)
def test_idioms_pass(text: str) -> None:
    """No sentence that an idiom reads is stopped before the parser."""
    assert can_hold_claim(text)


@pytest.mark.parametrize("text", ["Talks were held in Astana in May.", "The road to the coast reopened on Friday.", ""])
def test_other_sentences_stop(text: str) -> None:
    """Sentences without any word of harm are not parsed."""
    assert not can_hold_claim(text)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        ("He ended up shooting three neighbours.", True),
        ("Soldiers were shooting at least four prisoners a day.", True),
        ("The shooting of five men shook Valjevo.", True),
        ("The shooting began at dawn.", False),
        ("The quality of life in the town, and the lives of its people, are what the council is for.", False),
        ("The war has cost the village, by its own count, the lives of nine men.", True),
        ("Nine lives were lost.", True),
        ("The company lost some 12 million euros.", False),
        ("The brigade lost 12 of its men.", True),
        ("Economic conditions are good; talks were held on one condition.", False),
        ("Four are in critical but stable condition.", True),
        ("The deadline is Friday, and the fleet will sail to San Diego on diesel.", False),
        ("Witnesses described heavy shooting.", False),
        ("Six people were rushed by taxi to the only hospital.", True),
        ("They put two girls in hospital.", True),
        ("The minister opened a hospital in Bitola.", False),
    ],
)  # fmt: skip
def test_words_that_need_others(text: str, passes: bool) -> None:
    """A shooting that happens to nobody and a hospital that nobody is brought to harm nobody."""
    assert can_hold_claim(text) == passes


def begins_with_a_letter(pattern: str) -> bool:
    """Whether each alternative of a pattern does, "'ll" apart."""
    if pattern.startswith("(?:"):
        return all(map(begins_with_a_letter, pattern[3 : pattern.index(")")].split("|")))
    return re.match(r"[^\W\d_]|['’]l", pattern) is not None


def test_marks_cost_next_to_nothing() -> None:
    """The gates try their words only where a letter stands, so each word has to begin with one: else it is lost. A
    page of quotation marks, where it was slow, is passed over."""
    statements = lexicon.load("statements")
    keys = ("phrases", "claims", "help", "outright", "quoted", "own_phrases", "words", "inquiries")
    listed = [p for rows in statements.values() if isinstance(rows, dict) for key in keys for p in rows.get(key, ())]
    listed += gate._ALL
    assert [pattern for pattern in listed if not begins_with_a_letter(pattern)] == []
    text = '" ' * 50_000
    assert not can_hold_claim(text) and not can_hold_statement(text) and not names_topic(text)
    assert seconds(lambda _: (can_hold_claim(text), can_hold_statement(text), names_topic(text))) < 0.05


def test_words_are_listed_in_lower_case() -> None:
    """They are held against a text in lower case, so a capital would never be found."""
    assert [pattern for pattern in gate._ALL if re.search(r"(?<!\\)[A-Z]", pattern)] == []
    assert can_hold_claim("TWO MEN WERE SHOT DEAD")


def test_a_page_of_wrapped_lines_is_not_judged_by_its_lines() -> None:
    """A sentence over two lines between which a line is left out may have words that stand together only then."""
    assert names_harm("The guards who had come down from the hills\nfor the market bought bread.")
    assert not names_harm("Markets\n\nThe guards bought bread.")

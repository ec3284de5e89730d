"""Stance: harm that somebody doubts, imagines, denies or takes back is told apart from harm that is asserted."""

from __future__ import annotations

import pytest

from tollbook.find.grammar.passages import split_passages
from tollbook.find.grammar.sentences import parse_passages
from tollbook.find.harm.harms import find_harms
from tollbook.find.voice.stance import stance_of


def stances(text: str) -> list[str]:
    s = next(iter(parse_passages(enumerate(split_passages(text)))))
    return [stance_of(f, False) for f in find_harms(s)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The shelling killed nine people.", "asserted"),
        ("Police are looking into whether it is linked to the killing of nine traders.", "asserted"),
        ("Police are looking into whether the shelling killed nine traders.", "questioned"),
        ("Suspected rebel gunmen shot dead two nurses in Tamba.", "asserted"),
        ("The militia denied involvement and said that nine villagers had been killed by a mine.", "asserted"),
        ("The strike may have killed nine people.", "questioned"),
        ("Unconfirmed reports from the town said that nine people had been killed.", "questioned"),
        ("The command is looking into reports that nine civilians were killed.", "questioned"),
        ("Officials are not confident that they killed nine fighters.", "questioned"),
        ("The ministry could not confirm that nine people had been killed.", "questioned"),
        ("Floods and shelling could kill nine people a day, the engineer warned.", "hypothetical"),
        ("They threatened to kill nine hostages.", "hypothetical"),
        ("There were two attempts to kill nine hostages.", "hypothetical"),
        ("The army denied that its shells had killed nine people.", "denied"),
        (
            "A source denied that the market had been hit and said that planes had struck a depot, killing nine.",
            "asserted",
        ),
        ("The army denied that its shells had killed nine people and that a clinic was hit.", "denied"),
        ("The claim that nine people were killed is entirely false.", "denied"),
        ("A spokesman withdrew his statement that nine people had been killed.", "retracted"),
        ("An earlier version of this report said nine people had been killed.", "retracted"),
    ],
)
def test_stance(text: str, expected: str) -> None:
    """By the grammar and the words of one sentence."""
    found = stances(text)
    assert found and set(found) == {expected}


def test_only_the_wrong_figure_is_taken_back() -> None:
    """In "eight, not 19" the eight stand."""
    found = stances("CORRECTION: Raid on Lomba killed eight people, not 19 people.")
    assert found[0] == "asserted"
    assert "retracted" in found

"""Violence: accidents, disasters and figures of speech are none, judged by sentence, surroundings and document."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import seconds
from tollbook.find.event.violence import is_violence
from tollbook.pipeline import read_sentence


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nine people died in the shelling of Tamba.", True),
        ("Nine people died when a bus overturned near Tamba.", False),
        ("Stones thrown out by the eruption killed nine climbers.", False),
        ("Heavy rains killed nine people in Tamba.", False),
        ("Since the eruption of the crisis nine people have been killed.", True),
        ("Since the eruption of fighting nine people have been killed.", True),
        ("Nine people froze to death in Tamba.", False),
        ("Nine passengers died when the coach left the icy road and fell into a ravine.", False),
        ("Cholera has killed nine people.", False),
        ("The goalkeeper was slaughtered by nine shots.", False),
        ("Nine people were killed.", True),
        ("A flood hit Tamba, killing nine people and injuring four.", False),
        ("An earthquake struck Tamba, killing nine people.", False),
        ("Rockets hit Tamba during the floods, killing nine people.", True),
        ("The truck overturned, killing six soldiers.", False),
        ("Six soldiers were killed in an avalanche.", False),
        ("Six soldiers were killed when their helicopter crashed in fog.", False),
        ("Six soldiers were killed when their helicopter crashed after being hit by a missile.", True),
        ("Six troops died when a helicopter crashed. The militia said it had shot it down.", True),
        ("Troops tried to storm the post, killing six people.", True),
    ],
)
def test_one_sentence(sentence: str, expected: bool) -> None:
    """What the words of the sentence say."""
    assert is_violence(sentence, sentence) is expected


def test_an_accident_beside_a_mine() -> None:
    """One report of both: each sentence, and a sentence without a word by its own paragraph."""
    crash = "At least nine died when their lorry skidded and plunged into a gorge on an icy road."
    hurt = "Thirty were taken to hospitals."
    mine = "Elsewhere a landmine killed four soldiers."
    report = f"{crash} {hurt}\n\n{mine}"
    assert [is_violence(s, report) for s in (crash, hurt, mine)] == [False, False, True]


@pytest.mark.parametrize(
    ("sentence", "around"),
    [
        ("We got murdered.", "Two goals before the break put the home side top of the league. {} The captain agreed."),
        (
            "Two of our bets got killed.",
            "Shares fell as investors sold; the index lost 3 percent. {} So said a dealer.",
        ),
    ],
)
def test_figures_of_speech(sentence: str, around: str) -> None:
    """A match or a market around the sentence makes its harm a figure."""
    assert not is_violence(sentence, around.format(sentence))


def test_a_shooting_at_a_match_is_violence() -> None:
    """Words of sport do not hide police and hospitals."""
    sentence = "Two people were killed outside the ground after the match, police said."
    around = f"The league match had ended in a draw, two goals each. {sentence} The squad was taken to a hospital."
    assert is_violence(sentence, around)


@given(st.text(max_size=80), st.text(max_size=200))
def test_any_text(sentence: str, document: str) -> None:
    """Any sentence, in the document or not: an answer and no exception."""
    assert is_violence(sentence, document + sentence) in (True, False)
    assert is_violence(sentence, document) in (True, False)


def test_time_is_linear() -> None:
    """Asking for every sentence of a long text reads the text once."""
    sentences = [f"Shells killed {n} people in village {n}." for n in range(3000)]
    text = " ".join(sentences)
    assert all(is_violence(s, text) for s in sentences)
    assert seconds(lambda run: [is_violence(s, f"{text} {run}") for s in sentences]) < 5


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ada Loft, a former mayor of Zalba, has died at 79.", 0),
        ("Ada Loft, a former mayor of Zalba, died aged 79. Gunmen killed one man in Idlib.", 1),
        ("The couple lost their first child in May 2006.", 0),
        ("Ada Loft died of her wounds on Monday.", 1),
        ("Two men died in Zalba on Monday.", 1),
        ("A mine went off near Zalba. A farmer died.", 1),
    ],
)
def test_who_died_in_bed(text: str, told: int) -> None:
    """A death that nobody counts is no claim where nothing speaks of violence."""
    assert len(read_sentence(text)) == told


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("Police arrested 13 people in the night for drunken driving.", 0),
        ("A Zalba man was arrested on two counts of burglary.", 0),
        ("Soldiers arrested 13 people in the night.", 1),
        ("Police arrested 13 people at a protest in Zalba.", 1),
        ("A house fire in Zalba killed four children on Monday.", 0),
        ("Four people died when fire swept through a hotel.", 0),
        ("He wept for four children killed in a trailer fire.", 0),
        ("Four people were killed by mortar fire.", 1),
        ("Four people were killed in a fire after shells hit the camp.", 1),
        ("Shells hit the hotel. Four guests were killed in the fire.", 1),
    ],
)
def test_courts_and_fires(sentence: str, number: int) -> None:
    """An arrest in a report without a word of war is a court's matter, a house fire an accident; gunfire is none."""
    assert len(read_sentence(sentence)) == number


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("The sanctions have hurt millions of people, he said after the attack.", 0),
        ("Shells that hurt five people fell on the market.", 1),
        ("The minister was hospitalized for pneumonia, days after the attack.", 0),
        ("Two soldiers are recovering from a fever in the besieged town.", 0),
        ("Two soldiers are recovering from gunshot wounds.", 1),
    ],
)
def test_hurt_by_no_weapon(sentence: str, number: int) -> None:
    """Policies and illness wound nobody."""
    assert len(read_sentence(sentence)) == number

"""What became of the people shot and of the "victims", as far as the rest of the report tells."""

from __future__ import annotations

from tests.find.told import document
from tollbook.pipeline import read_document


def harms(text: str) -> list[tuple[str, int | None]]:
    return [(c.harm, c.count.low) for c in read_document(document(text)).claims]


def test_victims_among_the_dead() -> None:
    """In a report of dead and of nobody wounded, "victims" are dead; beside wounded they may be either."""
    raid = "Rebels killed nine herders in Zalba. "
    assert harms(raid + "A lawyer counts 40 victims since May.") == [("killed", 9), ("killed", 40)]
    assert ("casualties", 40) in harms(raid + "Six were wounded. A lawyer counts 40 victims since May.")


def test_whom_soldiers_shot() -> None:
    """Whom soldiers shoot they kill, unless the report tells of wounded or of a leg that was hit."""
    assert harms("Soldiers burnt the mill in Zalba and shot five farmers.") == [("killed", 5)]
    assert harms("Soldiers shot five farmers in the legs in Zalba.") == [("injured", 5)]
    assert harms("A man shot five farmers in Zalba.") == [("injured", 5)]


def test_the_same_number_shot_and_killed() -> None:
    """Three killed in the lead and "the three rebels were shot" below are dead both times."""
    text = "Three rebels were killed in a clash in Zalba. In the exchange the three rebels were shot."
    assert {harm for harm, _ in harms(text)} == {"killed"}


def test_victims_of_execution() -> None:
    """Victims of execution are dead whoever was wounded; all the victims are those told of before."""
    text = "In Zalba 38 millers have been victims of summary execution. Six were wounded."
    assert harms(text) == [("killed", 38), ("injured", 6)]
    text = "Rebels killed nine herders in Zalba. The bodies of all the victims were found."
    assert harms(text) == [("killed", 9)]


def test_what_is_no_number_of_people() -> None:
    """No evidence of deaths, deaths counted one by one, one of them who hit a mine, a life that is lost."""
    raid = "A raid on Zalba killed nine herders. "
    assert harms(raid + "The army had no evidence of civilian deaths.") == [("killed", 9)]
    assert harms("The office has recorded 420 deaths, one by one, in raids since May.") == [("killed", 420)]
    assert harms("Two brothers were killed when one of them hit a mine.") == [("killed", 2)]
    lost = "A woman lost her life and her infant was wounded when a mine blew up."
    assert all(low == 1 for _, low in harms(lost)) and len(harms(lost)) == 2


def test_who_is_hit_in_the_leg_lives() -> None:
    """ "Two were hit in the legs" beside two dead are wounded; so are those who lie in hospital."""
    text = "Gunmen killed two millers in Ebo on Monday. Two of their companions were hit in the legs."
    assert [c.harm for c in read_document(document(text)).claims] == ["killed", "injured"]
    text = "Gunmen killed two millers in Ebo on Monday. Fourteen people are in hospital."
    assert [c.harm for c in read_document(document(text)).claims] == ["killed", "injured"]

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

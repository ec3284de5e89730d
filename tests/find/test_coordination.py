"""Several victims of one harm: lists, appositions, families, numbers told apart by place."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import findings, harms, shares


def names(text: str) -> list[str]:
    """The words counted, in order."""
    return [f.count.text for f in findings(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The strike killed Samir Adel, Omar Farid and Zaki Noor.", ["Samir Adel", "Omar Farid", "Zaki Noor"]),
        ("The strike killed the mayor, her deputy, Lina Aziz, as well as their driver.",
         ["the mayor", "her deputy", "their driver"]),
        ("Both Bassel and his daughter died from gunshot wounds.", ["Bassel", "his daughter"]),
        ("The drone killed him and another individual, likely a member.", ["him", "another individual"]),
        ("He shot dead his fiancee, Jane Poe, 34, and their 2-year-old son.", ["his fiancee", "their 2-year-old son"]),
        ("Man, 3-year-old child dead in raid on Zalba", ["Man", "3-year-old child"]),
        ("Lina and her three children were shot dead by gunmen on Monday.", ["Lina", "three"]),
        ("A 36-year-old male, and a 34-year-old male were killed.", ["A 36-year-old male", "a 34-year-old male"]),
        ("Mara Odell, 55, Dina Odell, 29 and pregnant, and Omar Odell, eight years old, were fatally shot at home.",
         ["Mara Odell", "Dina Odell", "Omar Odell"]),
        ("The army killed 12 rebels, soldiers and police said on Monday.", ["12"]),
        ("Two soldiers, a clerk and three millers were killed.", ["Two", "a clerk", "three"]),
        ("Among the dead were two nurses, a doctor and three drivers.", ["two", "a doctor", "three"]),
        ("Shells killed a woman, two of her sons and a neighbour.", ["a woman", "two", "a neighbour"]),
        ("A baker died and five clerks, two millers and a judge were hurt.", ["A baker", "five", "two", "a judge"]),
        ("Gunmen killed five clerks, two millers and a judge were hurt.", ["five", "two", "a judge"]),
        ("Two men, one of them a baker, and a girl were killed by gunmen.", ["Two", "one", "a girl"]),
    ],
)  # fmt: skip
def test_lists(text: str, expected: list[str]) -> None:
    """Each member with a name, an article or an owner of its own counts; a name in apposition does not."""
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("3 juveniles among 5 dead in Zalba shooting", 5, [("killed", 3)]),
        ("Herders among 22 dead in village raid", 22, [("killed", 2)]),
        ("Two nurses were among the 11 people killed.", 11, [("killed", 2)]),
    ],
)
def test_parts_named_before_their_whole(text: str, whole: int, part: list[tuple[str, int | None]]) -> None:
    """ "Herders among 22 dead": twenty-two, of whom some were herders."""
    assert harms(text) == [("killed", whole, whole)]
    assert shares(text) == part


def test_what_a_strike_does_next_is_another_harm() -> None:
    """The verbs of a headline stand after commas."""
    assert harms("Zalba Strike Kills 3, Wounds 2, Police Say") == [("killed", 3, 3), ("injured", 2, 2)]


def test_a_number_broken_down_between_dashes() -> None:
    """Where what follows the dash are people, and no more than were counted."""
    text = "At least 131 civilians – 102 men, 17 women and 12 children – were killed."
    assert shares(text) == [("killed", 102), ("killed", 17), ("killed", 12)]
    assert shares("A raid killed 12 people – 40 nurses and nine clerks had fled.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people, two soldiers and a clerk, were killed.", [("killed", 2), ("killed", 1)]),
        ("Three people (two soldiers and a clerk) were killed.", [("killed", 2), ("killed", 1)]),
        ("Shells killed four people: a man, his wife and their two sons.",
         [("killed", 1), ("killed", 1), ("killed", 2)]),
        ("Rebels killed six of one family - a miller, his wife and four children.",
         [("killed", 1), ("killed", 1), ("killed", 4)]),
        ("Twelve people died in the raid on Zalba, nine men, two women and a child.",
         [("killed", 9), ("killed", 2), ("killed", 1)]),
        ("Two brothers, a baker and a judge, were shot dead.", []),
        ("Five clerks, two millers and a judge were shot dead.", []),
        ("Three people, two soldiers and four clerks, were killed.", []),
    ],
)  # fmt: skip
def test_a_list_that_adds_up(text: str, expected: list[tuple[str, int | None]]) -> None:
    """Its numbers are parts of the one before it; who two people were, and what does not add up, is none."""
    assert shares(text) == expected


def test_numbers_told_apart_by_place() -> None:
    """One verb, several places: each number is its own."""
    assert [h[1] for h in harms("Seven were wounded in Afra, four in Zam and two in Tell Oro.")] == [7, 4, 2]


def test_a_family_by_its_members() -> None:
    """The members are counted instead of the family."""
    assert harms("A family of a mother and four children was injured by shelling.") == [
        ("injured", 1, 1),
        ("injured", 4, 4),
    ]


def test_those_beside_whom_somebody_died_are_not_dead() -> None:
    """ "Friends, including the boy who was killed": the boy was, the friends were not."""
    assert harms("The girl was there with about 10 friends, including the boy who was killed.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two guards and two passers-by were injured.", [("injured", 2, 2), ("injured", 2, 2)]),
        ("The shell killed his mother-in-law and a cousin.", [("killed", 1, 1), ("killed", 1, 1)]),
        ("Karim's son-in-law and grandson were killed.", [("killed", 1, 1), ("killed", 1, 1)]),
    ],
)
def test_words_with_hyphens_in_a_list(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Passers-by and those in law are one word each, whatever the parser takes for its head."""
    assert harms(text) == expected

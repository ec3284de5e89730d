"""How the numbers of one report stand to each other across its sentences."""

from __future__ import annotations

import pytest

from tests.find.told import document
from tollbook.pipeline import read_document


@pytest.mark.parametrize(
    ("text", "count", "relation"),
    [
        (
            "A raid on Zalba in Syria killed 21 people on Monday. Rescuers pulled out the bodies of seven children.",
            "seven",
            "part_of",
        ),
        ("A raid on Zalba in Syria killed 21 people on Monday. Two nurses were among the dead.", "Two", "part_of"),
        (
            "A raid on Zalba in Syria hurt 21 people on Monday. Four of the most seriously injured were flown to Homs.",
            "Four",
            "part_of",
        ),
        (
            "Two men were killed on Monday in Zalba, Syria. By Tuesday nine had died. Two of those killed were girls.",
            "Two",
            "part_of",
        ),
        (
            "A raid on Zalba in Syria killed 21 people on Monday. Among those killed was a mother of three.",
            "a mother",
            "part_of",
        ),
        (
            "A raid on Zalba in Syria killed 21 people on Monday. Separately, a shell killed two children in Homs.",
            "two",
            None,
        ),
        (
            'A raid on Zalba in Syria killed 21 people on Monday. "I buried my brother there," said a baker.',
            "my brother",
            "part_of",
        ),
        (
            "A raid on Zalba in Syria killed 21 people on Monday. A baker who lost two sons said that he saw the jet.",
            "two",
            "part_of",
        ),
        (
            "A raid on Zalba in Syria killed 21 people on Monday.\n\nRadio Homs says five of those killed were guards.",
            "five",
            "part_of",
        ),
        (
            "A raid on Homs in Syria killed 34 people. Among the dead are nine children and a nurse, a baker and "
            "two traders.",
            "two",
            "part_of",
        ),
        (
            "Two children killed by mine in Homs\n\nTwo brothers aged nine and 12 were killed in Homs, Syria, when "
            "one of them hit a mine with a hoe.",
            "Two",
            "repeats",
        ),
        (
            "Blast in Homs: 20 dead, over 100 hurt\n\nA blast in Homs, Syria, killed 20 people and injured 111.",
            "111",
            "repeats",
        ),
        (
            "A man shot his wife before turning the gun on himself in Tulsa, leaving police to find the two dead.",
            "himself",
            "part_of",
        ),
        (
            "Teenager shot dead in Homs\n\nA 16-year-old boy was shot dead by soldiers in Homs, Syria, on Monday.",
            "A 16-year-old boy",
            "repeats",
        ),
        (
            "Rockets killed 34 pilgrims in Homs, Syria, on Monday. Girls and nuns from the hostel were among the dead.",
            "Girls",
            "part_of",
        ),
        (
            "Three cadets among the dead of the barracks blast\n\nA lorry bomb at a barracks in Homs, Syria, killed 26 "
            "people on Monday.",
            "Three",
            "part_of",
        ),
        (
            "Raiders wounded 12 soldiers in Homs, Syria, on Monday. The guards drove off the attackers, wounding "
            "two of them.",
            "two",
            None,
        ),
        (
            "Mortars wounded six civilians in Homs, Syria, on Monday. Ten gunmen and one civilian woman were hurt, a "
            "rebel said.",
            "one",
            None,
        ),
        (
            "Raiders killed 12 herders in Homs, Syria, on Monday. A patrol met them at the ford, killing two of them.",
            "two",
            None,
        ),
        (
            "A mine lamed a mule in Homs, Syria, on Monday. The police came. Several people were hurt, a baker said. "
            "The mayor, Ali Zarn, spoke of 16 people hurt.",
            "Several",
            None,
        ),
        (
            "A bomb killed nine people in Kano, Nigeria, on Monday. The nine dead included a baker.",
            "a baker",
            "part_of",
        ),
        (
            "A raid near Hajjah in Yemen killed 12 people on Monday. A later strike killed two medics.",
            "two",
            None,
        ),
        (
            "A bomb in Kano, Nigeria, killed nine and wounded 20 people on Monday. Three of the wounded died.",
            "Three",
            None,
        ),
        (
            "Three soldiers were killed and six wounded in Mali on Monday. Two of the wounded died on Tuesday, taking "
            "the toll to five.",
            "Two",
            "part_of",
        ),
        (
            "Three soldiers were killed and six wounded in Mali on Monday. Two of the wounded died on Tuesday, taking "
            "the toll to five.",
            "five",
            "updates",
        ),
        (
            "Teenager shot dead in Homs\n\nA policeman was shot dead by rebels in Homs, Syria, on Monday.",
            "A policeman",
            None,
        ),
    ],
)
def test_part_of_a_number_told_before(text: str, count: str, relation: str | None) -> None:
    """Children, nurses and those "among the dead" belong to the toll before; those of another place do not."""
    claims = {c.count.text: c for c in read_document(document(text)).claims}
    found = claims[count].relation
    assert (found.type if found else None) == relation


def test_another_raid_with_the_same_number_is_another() -> None:
    text = (
        "A raid on a wedding in Hajjah in Yemen killed at least 20 people on Sunday, medics said.\n\n"
        "Last week, another raid hit a bus in Taiz, killing at least 20 people."
    )
    claims = read_document(document(text)).claims
    assert [(c.count.low, c.relation) for c in claims] == [(20, None), (20, None)]


def test_a_toll_is_not_of_those_told_before() -> None:
    """It updates the toll, not a part of it, and counts not only the attackers of the sentence before."""
    text = (
        "A bomb in Mogadishu killed 12 people, among them a deputy minister. Four attackers were shot dead.\n\n"
        "Police later gave the toll as 15, raising an earlier count."
    )
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert claims[15].victims is None and claims[15].attribution[0].name == "Police"
    assert claims[15].relation is not None and claims[15].relation.claim in (claims[12].id, claims[4].id)


def test_one_day_for_all_whom_one_strike_harmed() -> None:
    """Though the day stands closer to the second number; and another paragraph is about other people."""
    text = (
        "Shells killed a woman in Khawkhah in Yemen on 3 May.\n\nSix fishermen were killed and two are missing after a "
        "boat was hit by a missile off Khawkhah on 2 May.\n\nThe group lost nine men, a member said.\n\nEleven wounded "
        "were taken to Aden, a nurse said."
    )
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert claims[6].date is not None and claims[6].date.text == "2 May"
    assert claims[11].victims is None or claims[11].victims.status == "unknown"


def test_those_by_whom_a_toll_has_risen_are_part_of_it() -> None:
    text = (
        "A raid on Manbij in Syria killed 12 people on Saturday. The death toll has risen to 15 after three more "
        "people died in hospital."
    )
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    for low, kind, of in ((15, "updates", 12), (3, "part_of", 15)):
        relation = claims[low].relation
        assert relation is not None and (relation.type, relation.claim) == (kind, claims[of].id)


def test_of_them_belongs_to_the_number_before_it() -> None:
    """The three are no part of the sum before because two "of them" are children."""
    text = (
        "Raids on Syria have killed 146 people since October. On Friday another strike in Zalba killed three tailors, "
        "two of them women."
    )
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert (claims[3].scope, claims[3].relation) == ("incident", None)
    assert claims[2].relation is not None and claims[2].relation.type == "part_of"


def test_grown_people_are_no_part_of_children() -> None:
    """A husband and his wife are two, but not the two children of the headline."""
    text = "Two children dead in Zalba raid\n\nA husband, his wife and their two children were killed on Monday."
    claims = read_document(document(text)).claims
    related = {c.count.text: c.relation.type if c.relation else None for c in claims}
    assert related["A husband"] is related["his wife"] is None


def test_a_part_of_a_sum_is_one() -> None:
    """ "At least 17 of those killed were children", after a sum over a month."""
    text = "Raids on Syria have killed 120 people over the past month. At least 17 of those killed were children."
    claims = {c.count.low: c for c in read_document(document(text)).claims}
    assert (claims[17].scope, claims[17].relation and claims[17].relation.type) == ("total", "part_of")


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Eighteen people died in Zalba, Syria, on Monday. Ten soldiers and eight nurses were killed by a bomb.",
            [None, "part_of", "part_of"],
        ),
        (
            "Eighteen people died in Zalba, Syria, on Monday. Ten soldiers and nine drivers were killed by a bomb.",
            [None, None, None],
        ),
        (
            "The army said 15 soldiers were killed by shells in Syria. A monitor said six soldiers and nine guards "
            "were killed.",
            [None, None, None],
        ),
        (
            "Shots into the air in Syria hurt 20 people. The wounded were distributed as follows: seven wounded in "
            "Hama and four in Homs.",
            [None, "part_of", "part_of"],
        ),
        ("A shell on Zalba in Syria injured four children, with one paralysed.", [None, "part_of"]),
        (
            "Three guards were killed in Zalba, Syria, on Monday. Dara Ruvo and the two other guards were killed by a "
            "drone, the town said.",
            [None, "part_of"],
        ),
        (
            "A shell hurt six members of the Ruvo family in Zalba, Syria. His wife was injured, and two other family "
            "members were wounded.",
            [None, "part_of", "part_of"],
        ),
    ],
)
def test_parts_by_their_sum_or_by_words(text: str, relations: list[str | None]) -> None:
    """Parts add up to a number told before, of one kind of people, or the words make them parts."""
    claims = read_document(document(text)).claims
    assert [c.relation.type if c.relation else None for c in claims] == relations


def test_a_number_taken_back_is_updated() -> None:
    """The right number is an update of the one taken back, and its parts repeat none of the wrong one's."""
    text = (
        "At least ten people, including three girls, were killed by shells in Zalba, Syria, on Monday.\n\n"
        "* We previously published a report that 12 people, including three girls, were killed by shells in Zalba on "
        "Monday. We have since confirmed that the total number of victims was 10, including three girls."
    )
    claims = read_document(document(text)).claims
    assert [c.relation.type if c.relation else None for c in claims] == [
        None,
        "part_of",
        None,
        "part_of",
        "updates",
        "repeats",
    ]


def test_a_lead_that_sums_up_is_told_again_with_places() -> None:
    """One in the lead is the one told below in the same words, and was where that one was."""
    text = (
        "A customs officer and three road workers were killed in separate incidents in Syria on Sunday.\n\n"
        "The three road workers were shot near the village of Zalba, a mayor said.\n\n"
        "Shells fell on Sarmin for hours. A monitor said that a customs officer was killed in the village of Kafr Ruvo."
    )
    officers = [c for c in read_document(document(text)).claims if "officer" in c.count.text]
    assert [c.relation.type if c.relation else None for c in officers] == [None, "repeats"]
    assert [c.place.name if c.place else None for c in officers] == ["Kafr Ruvo", "Kafr Ruvo"]


def test_whoever_is_named_beside_the_word_for_him() -> None:
    """ "The group's leader, Anton Ruvo" and "Ruvo" are one man."""
    text = (
        "A raid in Syria in 2019 killed the group's first leader, Anton Ruvo. The group confirmed in November 2019 "
        "that Ruvo had been killed."
    )
    claims = read_document(document(text)).claims
    assert [c.relation.type if c.relation else None for c in claims] == [None, "repeats"]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("A girl was killed by a shell in Zalba, Syria. She died on the way to a clinic.", ["A girl"]),
        ("A guard was killed by a shell in Zalba, Syria. He died on the way to a clinic.", ["A guard"]),
        ("A man was killed by a shell in Zalba, Syria. She died on the way to a clinic.", ["A man", "She"]),
        ("A man was shot in Zalba in Syria on Monday. He was shot in the leg.", ["A man"]),
        ("He was shot in Zalba in Syria on Monday by soldiers.", ["He"]),
    ],
)
def test_one_person_and_a_pronoun(text: str, counts: list[str]) -> None:
    """ "She" is the girl told of before, not the man; who refers back is no claim."""
    assert [c.count.text for c in read_document(document(text)).claims] == counts

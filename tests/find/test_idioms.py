"""Harm told by idiom: wounds, hospitals, conditions, tolls, lives, bodies, those who end their own."""

from __future__ import annotations

import pytest

from tests.find.harm_cases import findings, harms, shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Three people were taken to Mercy Hospital in critical condition.", [("injured", 3, 3)]),
        ("Two are in critical condition.", [("injured", 2, 2)]),
        ("Two men were struck by gunfire and a third was grazed by a bullet.", [("injured", 2, 2), ("injured", 1, 1)]),
        ("Officers found four men with gunshot wounds.", [("injured", 4, 4)]),
        ("Four victims suffering from gunshot wounds were found.", [("injured", 4, 4)]),
        ("A boy of 11 had lost a foot.", [("injured", 1, 1)]),
        ("His wife's leg was broken.", [("injured", 1, 1)]),
        ("Two people are dead and three others are recovering.", [("killed", 2, 2), ("injured", 3, 3)]),
        ("Four of the dead were conscripts.", [("killed", 4, 4)]),
        ("Among the dead was a boy who sold figs.", [("killed", 1, 1)]),
        ("Six of his relatives were among the civilians hurt in the attack.", [("injured", 6, 6)]),
        ("The number of people killed when a tanker blew up climbed to 31 on Monday.", [("killed", 31, 31)]),
        ("The number of miners killed in a raid on a pit has gone up to 21, police said.", [("killed", 21, 21)]),
        ("No fewer than 18 farmers died.", [("killed", 18, None)]),
        ("Villagers marched, carrying the bodies of six people.", [("killed", 6, 6)]),
        ("The blast killed 12 women and children.", [("killed", 12, 12)]),
        ("The number of rebels killed this year has gone past 200.", [("killed", 200, 200)]),
        ("It is not known how many people were killed.", []),
        ("In Darun a sniper shot dead a 12-year-old girl fetching water.", [("killed", 1, 1)]),
        ("Snipers shot dead two young bakers.", [("killed", 2, 2)]),
        ("The governor would not say how many had died.", []),
        ("The raid killed a soldier and civilians.", [("killed", 1, 1), ("killed", 2, None)]),
        ("The spokesman put the casualty figure at nine.", [("casualties", 9, 9)]),
        ("There were six women among the dead.", [("killed", 6, 6)]),
        ("An unknown number of civilians died.", [("killed", 2, None)]),
        ("A fourth body, that of a baker, had been pulled from the rubble.", [("killed", 1, 1)]),
        ("Another body was recovered from the well.", [("killed", 1, 1)]),
        ("The attendant put the dead at seven or eight.", [("killed", 7, 8)]),
        ("The death toll rose to 12.", [("killed", 12, 12)]),
        ("We buried 13 of the family.", [("killed", 13, 13)]),
        ("The blast claimed the lives of five guards.", [("killed", 5, 5)]),
        ("The bodies of nine men were found in a well.", [("killed", 9, 9)]),
        ("Troops killed ten rebels and lost two of their own men.", [("killed", 10, 10), ("killed", 2, 2)]),
        ("More than 4,500 people have been driven from their homes.", [("displaced", 4501, None)]),
        ("As many as 35 women may have been carried off.", [("abducted", None, 35)]),
        ("The group lost 22 of its fighters, among them 4 who blew themselves up.", [("killed", 22, 22)]),
        ("Six of the martyred were civilians and two policemen.", [("killed", 6, 6), ("killed", 2, 2)]),
        (
            "The enemy lost up to 60 servicemen killed and wounded, two trucks and a howitzer.",
            [("casualties", None, 60)],
        ),
        ("A man fell, bringing to 140 the number of its troops killed.", [("killed", 140, 140)]),
        ("About 900 were killed and 130 taken hostage.", [("killed", 900, 900), ("abducted", 130, 130)]),
        ("Four medics among the victims in Zalba", [("killed", 4, 4)]),
        ("The army killed 25 rebels, and the army lost three.", [("killed", 25, 25), ("killed", 3, 3)]),
        ("A list of the dead had the names of 12 men and four women.", [("killed", 12, 12), ("killed", 4, 4)]),
        ("The attackers had taken away around a dozen young men.", [("abducted", 12, 12)]),
        ("The war has forced more than 8 million from their homes.", [("displaced", 8000001, None)]),
        ("It puts that of the dead at 1,250.", [("killed", 1250, 1250)]),
        ("Shells fell, causing injuries of varying severity to 15 civilians.", [("injured", 15, 15)]),
        ("Nineteen people lost their lives and scores more were hurt.", [("killed", 19, 19), ("injured", 40, None)]),
        ("Civilians suffered no losses.", [("casualties", 0, 0)]),
        ("No civilians were harmed in it.", [("casualties", 0, 0)]),
        ("One soldier was killed and another injured by rifle fire.", [("killed", 1, 1), ("injured", 1, 1)]),
        ("Three fighters joined the caravan of martyrs.", [("killed", 3, 3)]),
        ("Only two mujahideen had embraced martyrdom.", [("killed", 2, 2)]),
        ("12 bodies and 48 injured people had been delivered.", [("killed", 12, 12), ("injured", 48, 48)]),
        ("He had lost his nephew.", [("killed", 1, 1)]),
        ("Two children, ages 3 and 5, and their mother have been found dead.", [("killed", 2, 2), ("killed", 1, 1)]),
        ("A shell cost two paramedics their lives.", [("killed", 2, 2)]),
        ("It released the names of 51 servicemen who fell.", [("killed", 51, 51)]),
        ("A raid caused the deaths of seven displaced people.", [("killed", 7, 7)]),
        ("Committees recorded 111 civilian deaths and 357 injuries.", [("killed", 111, 111), ("injured", 357, 357)]),
        ("Bandits kill 14, abduct 23 in Zalba", [("killed", 14, 14), ("abducted", 23, 23)]),
        ("It attributed 115 civilian deaths and injuries to air raids.", [("casualties", 115, 115)]),
        ("The strike left dozens of fighters dead and wounded.", [("casualties", 24, None)]),
        ("Doctors assess the condition of four people as serious.", [("injured", 4, 4)]),
        ("His brother died along with a 12-year-old boy.", [("killed", 1, 1), ("killed", 1, 1)]),
    ],
)
def test_idioms(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Each idiom finds its people, its number and its harm."""
    assert harms(text) == expected


def test_who_ends_his_own_life() -> None:
    """The perpetrator who dies by his own hand is counted beside the others."""
    assert harms("The gunman killed two women before taking his own life.") == [("killed", 2, 2), ("killed", 1, 1)]
    assert harms("He shot and killed a clerk before turning the gun on himself.") == [
        ("killed", 1, 1),
        ("killed", 1, 1),
    ]
    assert findings("He accidentally shot himself in the foot.")[0].harm == "injured"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police say an 8-year-old boy accidentally shot himself.", [("injured", 1, 1)]),
        ("Boy, 12, shot himself in Zalba home", [("injured", 1, 1)]),
        ("They found a child who shot himself while playing with a rifle.", [("injured", 1, 1)]),
        ("Friends said that the victim shot himself.", []),
        ("A four-year-old fatally shot himself in Zalba on Monday.", [("killed", 1, 1)]),
        ("The gunman shot himself as troops closed in.", [("killed", 1, 1)]),
        ("Boy, 14, dies after raid on Zalba.", [("killed", 1, 1)]),
    ],
)
def test_who_shoots_himself_by_mishap(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """A child that shot itself is hurt, as far as this goes; whoever was told of before is not counted again."""
    assert harms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A man was accused of a double murder in Zalba.", [("killed", 2, 2)]),
        ("The triple homicide shook the town.", [("killed", 3, 3)]),
        ("Three cousins were found dead after the triple murder.", [("killed", 3, 3)]),
        ("A double murder-suicide is being looked into.", []),
        ("He won the double.", []),
        ("Triple-homicide suspect was ill, warrant says", [("killed", 3, 3)]),
        ("Men were charged in the fatal shootings of two teens last year.", [("killed", 2, 2)]),
        ("The fatal stabbing of a baker shook the town.", [("killed", 1, 1)]),
        ("The fatal stabbing of the man is being looked into.", []),
        ("The two year old who was hit by a shell has died.", [("killed", 1, 1)]),
    ],
)
def test_how_many_died_in_one_deed(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """ "A double murder" states two, where its sentence does not count the dead itself."""
    assert harms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The bodies were taken to a hospital in Darun.",
        "The victims were taken to a hospital in Darun.",
        "The county medical examiner was called.",
        "The suspect was taken to a hospital.",
        "The road is in critical condition.",
    ],
)
def test_what_is_no_injury(text: str) -> None:
    """Bodies, references back, offices, suspects and things in hospitals and conditions are no injuries."""
    assert harms(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raids killed 31 people on Monday, twelve of them from one family.", [("killed", 12)]),
        ("At least 14 villagers were killed, six of them in Kalba.", [("killed", 6)]),
        ("Five others were wounded, two of them critically.", [("injured", 2)]),
        ("Six people were shot, two of them fatally, outside a bar.", [("killed", 2)]),
        ("They buried 12 dead, three of whom belonged to the guard.", [("killed", 3)]),
        ("A list counts 63 dead, of whom 11 children.", [("killed", 11)]),
        ("Raids have killed 310 people, of whom 98 are children, since May.", [("killed", 98)]),
        ("The assault has cost the lives of 190 civilians, 31 of them children.", [("killed", 31)]),
        ("The group lost 22 of its fighters, among them 4 who blew themselves up.", [("killed", 4)]),
        (
            "It recorded the death of 16 persons, they are 9 members of one family, and 7 fighters.",
            [("killed", 9), ("killed", 7)],
        ),
        ("Jets had hit two houses late on Saturday, leaving six people, two women among them, dead.", [("killed", 2)]),
    ],
)
def test_shares_of_many_forms(text: str, expected: list[tuple[str, int]]) -> None:
    """Shares told by place, manner, family or a relative clause are part of the number before."""
    assert shares(text) == expected


def test_who_is_taken_to_safety_is_not_taken() -> None:
    """Rescued, not abducted; and what an army loses besides men."""
    assert harms("Rescuers took away 300 people to safety after the shelling.") == []
    assert harms("The army said it lost three, points in the ranking.") == []


def test_conditions_are_shares() -> None:
    """The conditions of those injured are shares of their number."""
    text = "Nine people were injured: one is in critical condition and eight are in good condition."
    assert shares(text) == [("injured", 1), ("injured", 8)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The chief reports nine people taken hostage.", [("abducted", 9, 9)]),
        ("Thirty-four people are still being treated.", [("injured", 34, 34)]),
        ("Thirty-four people are still being treated for cholera.", []),
        ('The army said it had "taken down 22 terrorists" in the hills.', [("killed", 22, 22)]),
        ("The guards were taken down the road with 22 terrorists.", []),
        ("One rebel died and two were captured.", [("killed", 1, 1), ("detained", 2, 2)]),
        ("Two of the tanks were captured.", []),
    ],
)
def test_taken_and_treated(text: str, expected: list[tuple[str, int, int]]) -> None:
    """Hostages after their number, the wounded under treatment, enemies "taken down", a bare number after people."""
    assert harms(text) == expected

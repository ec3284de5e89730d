"""Scope: one event that goes on is an incident; a period, a war or several attacks together are a total."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.find import told
from tollbook.find.grammar.passages import split_passages
from tollbook.find.grammar.sentences import parse_passages
from tollbook.find.harm.harms import find_harms
from tollbook.find.scope import scope_of
from tollbook.pipeline import read_document
from tollbook.records import When


def scope(text: str) -> str:
    s = next(iter(parse_passages(enumerate(split_passages(text)))))
    return scope_of(find_harms(s)[0], None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed when a shell hit a bakery.", "incident"),
        ("At least 72 people were killed and 114 injured in the past 24 hours, the ministry says.", "total"),
        ("Four people were killed in shelling of Avdo over the past day.", "incident"),
        ("Two civilians died and 14 were hurt by rebel fire in 24 hours.", "total"),
        ("Nine soldiers were killed in clashes at Avdo in the past 24 hours.", "incident"),
        ("Nine people have been killed since the siege began on Monday.", "incident"),
        ("Nine soldiers were killed in fighting in the same quarter since Friday.", "incident"),
        ("Some 200 people have fled Zalba since the strike, an elder said.", "incident"),
        ("Ninety people have been killed in the province since the clashes began on Sunday.", "incident"),
        ("Ninety people were killed in fighting for Zalba since Sunday, hospital sources said.", "incident"),
        ("The hospital has received ninety dead since Monday, its head said.", "total"),
        ("In all, ninety soldiers have been killed this month.", "total"),
        ("A round hit a house in the Zalba quarter, killing nine.", "incident"),
        ("Nine people were killed in the second quarter, the group said.", "total"),
        ("The agency has since reported that the strike killed nine people.", "incident"),
        ("A bomb wounded nine guards in the worst such attack this year.", "incident"),
        (
            "A shell fell in one of the deadliest raids since the war began in May, in which nine guards died.",
            "incident",
        ),
        ("In the worst month since May, with raids on four towns, ninety guards were killed.", "total"),
        ("Currently, 37 people are in hospitals.", "incident"),
        ("Currently, 37 are displaced.", "total"),
        ("The raid on Zalba opened a campaign in which 30,000 people were killed.", "total"),
        ("After days of fighting, a rocket killed three people in Zalba.", "incident"),
        ("The office recorded a total of 1,006 casualties in Norland.", "total"),
        ("It was the deadliest raid since the one in which nine guards were killed.", "incident"),
        ("If the dam broke, the wave could kill 3,000 people.", "incident"),
        ("Some 4,000 people have been displaced since Thursday, when gunmen burned two villages.", "incident"),
        ("Ninety people have been killed across the province since the fighting resumed on Monday.", "total"),
        ("Two fighters have died since the offensive was launched on 3 June.", "incident"),
        ("Some 4,000 people have fled the town since fighting broke out again last week.", "incident"),
        ("Since the war broke out the militia has killed 400 people.", "total"),
        ("Ninety people were killed in three months, the group said.", "total"),
        ("Ninety people were killed in eight months, the group said.", "total"),
        ("Nine people have been killed since the village was stormed.", "incident"),
        ("Ninety people were killed in May alone, the group said.", "total"),
        ("Ninety people were killed in the seven days to Sunday.", "total"),
        ("The health office says the week's toll is ninety.", "total"),
        ("In a week of bombardment, ninety civilians have died.", "total"),
        ("The monitors documented 90 people killed in the district this week.", "total"),
        ("Ninety people have been killed over the past month.", "total"),
        ("A wave of bombings has killed ninety people.", "total"),
        ("The war has killed 90,000 people.", "total"),
        ("The shelling of towns and the killings of mayors must end.", "total"),
        ("The killings of two mayors must be looked into.", "incident"),
        ("At least 14 civilians have been killed by shelling in Avdo this month.", "total"),
        ("The front, which has fought the army since May, said it had killed 14 soldiers in Avdo.", "incident"),
        ("Forty bomb attacks claimed 80 lives, the institute says.", "total"),
        ("A report says 45 attacks killed 80 people.", "total"),
        ("The Security Operations Command said 80 people were killed.", "incident"),
    ],
)
def test_scope(text: str, expected: str) -> None:
    """By the words of the clause, without a resolved date."""
    assert scope(text) == expected


MAY = When("May", 0, 3, dt.date(2021, 5, 1), dt.date(2021, 5, 31), "month", "published")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The centre documented the killing of 31 civilians in May.", "total"),
        ("412 civilians killed in the governorate in May.", "total"),
        ("An air raid in May killed 412 civilians.", "incident"),
        ("Four bakers were killed in May.", "incident"),
    ],
)
def test_a_month(text: str, expected: str) -> None:
    """What a month adds up to, where somebody keeps count or many died of no one event."""
    s = next(iter(parse_passages(enumerate(split_passages(text)))))
    assert scope_of(find_harms(s)[0], MAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A raid killed 27 people, the latest in a string of attacks on farms.", "incident"),
        ("A string of attacks on farms killed 27 people.", "total"),
        ("Eleven people have been killed in air strikes since dawn.", "total"),
        ("The raids of the last three weeks killed 27 people.", "total"),
        ("The raids came after a day of shelling that killed nine people.", "incident"),
        ("Two weeks of shelling killed nine people in all this month.", "total"),
        ("The war began with the raid of 3 May in which about 1,400 people were killed and 90 taken.", "incident"),
        ("Since the raid of 3 May the war has killed 14,000 people.", "total"),
        ("Monday's sweep is among the bloodiest; 130 villagers have died in such raids.", "total"),
        ("More than 600 residents have fled to the fields.", "incident"),
        ("Some 12,400 people fled their homes in four towns.", "incident"),
        ("More than 600,000 people have fled to the south.", "total"),
        ("Nine gunmen were killed since last night.", "incident"),
    ],
)
def test_one_of_several(text: str, expected: str) -> None:
    """The latest of several attacks is one; one attack can drive out thousands, but not hundreds of thousands."""
    assert scope(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raids in the past month killed 40 people in Zalba. Twelve others were wounded.", ["total", "total"]),
        (
            "Raids in the past month killed 40 people in Zalba. Another 12 were wounded on Monday.",
            ["total", "incident"],
        ),
        ("A raid on Monday killed 40 people in Zalba. Twelve others were wounded.", ["incident", "incident"]),
    ],
)
def test_others_of_a_sum(text: str, expected: list[str]) -> None:
    """Who is counted on right after a sum is of it, unless a day is given."""
    assert [c.scope for c in read_document(told.document(text)).claims] == expected

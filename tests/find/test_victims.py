"""Who the people harmed were: status, its basis, groups, in the document's own words."""

from __future__ import annotations

import pytest

from tests.find import told
from tests.find.harm_cases import findings
from tollbook.find.harm.victims import Who, describe
from tollbook.pipeline import read_document


def who(text: str) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """Victims' words, status and groups of each finding, in order."""
    before: list[Who] = []
    found = []
    for f in findings(text):
        victims, person = describe(f, [], before)
        before.append(person)
        found.append((victims.text if victims else None, person.status, person.groups))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("43 civilians were killed.", ("civilians", "civilian", ())),
        ("Two soldiers were killed.", ("soldiers", "combatant", ("soldiers",))),
        ("Three militants were killed.", ("militants", "combatant", ("militants",))),
        ("Six children were killed.", ("children", "civilian", ("children",))),
        ("Four of them children were killed.", ("children", "civilian", ("children",))),
        ("Nine people were killed.", ("people", "unknown", ())),
        ("Two policemen were killed.", ("policemen", "unknown", ("police",))),
        ("Four shepherds were killed.", ("shepherds", "civilian", ())),
        ("A navy officer was killed.", ("A navy officer", "combatant", ("soldiers",))),
        (
            "Some 70 rebels, guards and farmers were hurt.",
            ("rebels, guards and farmers", "mixed", ("security_forces", "militants")),
        ),
        ("A private was killed.", ("A private", "combatant", ("soldiers",))),
        ("A 16-year-old youth was killed.", ("A 16-year-old youth", "civilian", ("children",))),
        ("A 26-year-old youth was killed.", ("A 26-year-old youth", "unknown", ())),
        ("The brigade killed 46 of its men.", ("its men", "combatant", ("men", "soldiers"))),
        ("Three service members were killed.", ("service members", "combatant", ("soldiers",))),
        ("There were 406 civil casualties.", ("civil casualties", "civilian", ())),
        ("A raid killed 23 soldiers and clerks.", ("soldiers and clerks", "mixed", ("soldiers",))),
        ("A raid killed 23 women and children.", ("women and children", "civilian", ("children", "women"))),
        ("Three of the dead were students.", ("the dead were students", "civilian", ())),
        ("Two pharmacists were killed.", ("pharmacists", "civilian", ("medics",))),
    ],
)
def test_status(text: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    """Status and groups follow the noun."""
    assert who(text)[0] == expected


def test_who_ends_his_own_life_is_a_perpetrator() -> None:
    """The gunman who takes his own life is counted, with the group that tells him apart."""
    assert who("The gunman killed two women before taking his own life.")[1][2] == ("perpetrators",)


def test_others_take_after_those_before() -> None:
    """ "Three others" are of the kind just named."""
    assert [w[1] for w in who("Two civilians were killed and three others were wounded.")] == ["civilian", "civilian"]


def test_an_officer_beside_soldiers_is_one() -> None:
    """ "One officer and two soldiers" are of the army, "one officer" alone may be of the police."""
    assert who("One officer and two soldiers were killed.")[0][1] == "combatant"
    assert who("One officer was killed.")[0][1] == "unknown"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A married couple were killed.", "civilian"),
        ("A local man was killed.", "civilian"),
        ("Forty Military Council personnel were killed.", "combatant"),
        ("Seven gendarmes were killed.", "unknown"),
    ],
)
def test_couples_locals_and_gendarmes(text: str, status: str) -> None:
    """A couple and a local are civilians, an army's personnel soldiers, gendarmes police."""
    found = findings(text)[0]
    assert describe(found, [], [])[1].status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("One soldier was killed and another wounded.", ["combatant", "combatant"]),
        ("Gunmen shot dead two teachers and wounded a third.", ["civilian", "civilian"]),
        ("The patrol came upon the attackers and shot four of them dead.", ["combatant"]),
        ("The protesters threw stones and the police wounded four of them.", ["civilian"]),
        ("An air strike killed 19 members of one family.", ["civilian"]),
        ("A drone killed five firefighters.", ["civilian"]),
        ("Two staff members of a charity were abducted.", ["civilian"]),
        ("Three elderly men were shot dead.", ["civilian"]),
    ],
)
def test_another_some_of_them_and_families(text: str, status: list[str]) -> None:
    """ "Another" is of those before, "of them" of whom the sentence has just told, not of who harmed them."""
    assert [w[1] for w in who(text)] == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Nine members of the security forces have been killed in Iraq.", "unknown"),
        ("Nine members of the regime forces were killed in Syria.", "combatant"),
        ("Two members of the Kurdish-led SDF were killed in Syria.", "combatant"),
        ("A strike killed nine members of families of Islamic State fighters in Syria.", "civilian"),
        ("Seven gendarmes were killed by a mine in Mali.", "unknown"),
        ("At least one Malian and four Senegalese soldiers were killed.", "combatant"),
    ],
)
def test_members(text: str, status: str) -> None:
    """Members are what the body is that they belong to; families are nobody's fighters."""
    claims = read_document(told.document(text)).claims
    assert {c.victims.status if c.victims else None for c in claims} == {status}


def test_whom_a_hospital_counts() -> None:
    """ "Two others were wounded" goes on with the farmers of the sentence before; "received 41 wounded" counts anew."""
    text = "A shell killed nine farmers near Zalba in Sudan. {}"
    for after, status in [("Two others were wounded.", "civilian"), ("The hospital received 41 wounded.", "unknown")]:
        claims = read_document(told.document(text.format(after))).claims
        victims = claims[-1].victims
        assert (victims.status if victims else "unknown") == status


@pytest.mark.parametrize(
    ("text", "count", "status"),
    [
        ("Seven of the dead were under 18, a doctor said.", "Seven", "civilian"),
        ("Soldiers wounded four men, two of them elderly, in Zalba.", "two", "civilian"),
        ("They had buried 12 dead in Yemen, three of whom belonged to the Houthi movement.", "three", "combatant"),
        ("The bombing killed 22 people, ten of them from one family.", "ten", "civilian"),
        ("Gunmen kidnapped a union leader in Zalba.", "a union leader", "civilian"),
        ("Gunmen kidnapped a rebel leader in Zalba.", "a rebel leader", "combatant"),
        ("Editor Ramiro Quintal was gunned down in Zalba.", "Editor Ramiro Quintal", "civilian"),
        ("Al-Shabaab said that two of its members were killed in Zalba.", "two", "combatant"),
    ],
)
def test_what_is_said_of_some(text: str, count: str, status: str) -> None:
    """An age, a family, a movement that some of the dead are said to be of; heads of civil bodies; its own members."""
    claims = read_document(told.document(text)).claims
    found = next(c for c in claims if c.count.text == count)
    assert found.victims is not None and found.victims.status == status


@pytest.mark.parametrize(
    ("text", "count", "victims", "status"),
    [
        ("The Houthis suffered 48 casualties in Zalba.", "48", "The Houthis", "combatant"),
        ("In Zalba the rebels sustained 31 dead and 20 wounded.", "20", "the rebels", "combatant"),
        (
            "Rebels claim to have inflicted 40 casualties on army troops.",
            "40",
            "army troops",
            "combatant",
        ),
        ("There are 26 dead and 65 wounded among the civilians of Zalba.", "26", "the civilians", "civilian"),
        ("The shelling caused 15 casualties among civilians and soldiers.", "15", "civilians and soldiers", "mixed"),
        ("Among the rebels there were 12 dead, the army said.", "12", "the rebels", "combatant"),
        ("Over 100 casualties were inflicted upon the rebels of Zalba.", "Over 100", "the rebels", "combatant"),
        ("The brigade reports nine dead among its ranks.", "nine", "its ranks", "combatant"),
    ],
)
def test_whose_dead_a_bare_number_counts(text: str, count: str, victims: str, status: str) -> None:
    """Who suffered the losses, on whom they were inflicted, among whom they are counted."""
    claims = read_document(told.document(text)).claims
    found = next(c for c in claims if c.count.text == count)
    assert found.victims is not None
    assert (found.victims.text, found.victims.status) == (victims, status)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Four officers of the paratroop battalion were killed.", ("combatant", ("soldiers",))),
        ("Two members of the 3rd brigade were killed.", ("combatant", ("soldiers",))),
        ("The attorney general was shot dead.", ("civilian", ())),
        ("A general was shot dead.", ("combatant", ("soldiers",))),
    ],
)
def test_officers_of_units_and_generals(text: str, expected: tuple[str, tuple[str, ...]]) -> None:
    """Whose officers they are says what they are; an attorney general leads no troops."""
    assert who(text)[0][1:] == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Gunmen attacked farmers near Zalba on Monday, killing seven.", "civilian"),
        ("Gunmen opened fire on worshippers in Zalba, killing seven.", "civilian"),
        ("Gunmen ambushed soldiers on Monday, killing seven.", "combatant"),
        ("A bomb hit a bus carrying pilgrims on Monday, killing seven.", "civilian"),
        ("Troops fired into a crowd of students, leaving three dead.", "civilian"),
        ("A drone struck a convoy of fighters near Zalba, killing six.", "combatant"),
        ("Gunmen attacked a village near Zalba, killing seven.", "unknown"),
        ("Soldiers shelled Zalba, killing seven.", "unknown"),
    ],
)
def test_who_was_attacked(text: str, status: str) -> None:
    """A bare number is of those who were attacked, as far as the sentence names people; never of the attackers."""
    assert who(text)[0][1] == status

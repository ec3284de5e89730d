"""Verbs, nouns and adjectives of harm: who is harmed, how many, and which words state no harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.find.harm_cases import findings, harms, shares


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen killed two soldiers and three civilians near Darun.", [("killed", 2, 2), ("killed", 3, 3)]),
        ("Two soldiers killed in raid", [("killed", 2, 2)]),
        (
            "A nurse, a baker and two children were killed in Darun.",
            [("killed", 1, 1), ("killed", 1, 1), ("killed", 2, 2)],
        ),
        ("Gunmen shot dead a nurse, a baker and a former judge.", [("killed", 1, 1)] * 3),
        ("A nurse, a mother of two and a poet, was shot dead in Darun.", [("killed", 1, 1)]),
        ("Gunmen killed a guard, a member of the council, and wounded two.", [("killed", 1, 1), ("injured", 2, 2)]),
        ("Three victims, a nurse, a baker and a judge, were shot dead.", [("killed", 3, 3)]),
        ("Bombs on Darun kill 11, rescuers say", [("killed", 11, 11)]),
        ("Witnesses told the CMO that IS executed three bakers.", [("killed", 3, 3)]),
        ("Rebels kill four porters, abduct headmaster in Darun", [("killed", 4, 4), ("abducted", 1, 1)]),
        ("Two porters were left badly injured by the blast.", [("injured", 2, 2)]),
        ("Rescuers dug up six bodies in two pits.", [("killed", 6, 6)]),
        ("A film shows at least 21 bodies heaped against a wall.", [("killed", 21, None)]),
        ("Nine bodies, some on the road and some inside two cars, were counted.", [("killed", 9, 9)]),
        ("All but one of the dead have yet to be named.", []),
        ("The factory put job losses at 400 workers after the shelling of Darun.", []),
        ("The wounded were treated by staff, including four doctors.", []),
        ("It reopened the road to 12 villages, the number of people killed there reached 31.", [("killed", 31, 31)]),
        ("Shells killed seven clerks in a camp in Darun, some 190 kilometres to the north.", [("killed", 7, 7)]),
        ('"Our men pushed back those who left 20 dead," one of them said.', [("killed", 20, 20)]),
        ("We have found 12 bodies and 16 people are missing.", [("killed", 12, 12), ("missing", 16, 16)]),
        ("Six were shot dead. A seventh suffered a gunshot wound.", [("killed", 6, 6), ("injured", 1, 1)]),
        ("It rose to nine, including four women, the number of persons who were killed.", [("killed", 9, 9)]),
        (
            "Officials reported 30 deaths, 277 injuries and 1,515 arrests in the riots.",
            [("killed", 30, 30), ("injured", 277, 277), ("detained", 1515, 1515)],
        ),
        ('"No one should be killed or injured for being on strike," the group said.', []),
        ("At least 20 people were wounded when shells hit the market.", [("injured", 20, None)]),
        ("The blast left 20 people dead and 14 wounded.", [("killed", 20, 20), ("injured", 14, 14)]),
        ("The raid led to the deaths of nine villagers.", [("killed", 9, 9)]),
        ("Soldier and passer-by stabbed at checkpoint", [("injured", 1, 1), ("injured", 1, 1)]),
        ("Eight officers opened fire and shot Rennick dead.", [("killed", 1, 1)]),
        ("Two traders were beaten to death in the market.", [("killed", 2, 2)]),
        ("He shot and fatally wounded four friends.", [("killed", 4, 4)]),
        ("A 24-year-old man was shot in the leg.", [("injured", 1, 1)]),
        ("A man was shot at a party.", [("injured", 1, 1)]),
        ("DARUN, Dec 3: Seven Norland sailors were ambushed and killed on Friday.", [("killed", 7, 7)]),
        ("Darun, 7 May: A baker on a bicycle and a guard were killed by bombs.", [("killed", 1, 1), ("killed", 1, 1)]),
        ("The raids have cost the district 70 lives.", [("killed", 70, 70)]),
        ("It said six of its men at a post in the east of Darun had been wounded by shots.", [("injured", 6, 6)]),
        ("Clashes cost villages of Darun Local Government Area 34 lives and 50 huts.", [("killed", 34, 34)]),
        ("Hunt for killers of teenage baker, governor orders", [("killed", 1, 1)]),
        ("Police seek the killers of two farmers.", [("killed", 2, 2)]),
        ("Killers of women are seldom tried.", []),
        ("The killers of the priest fled.", []),
        ("In that area 12 fighters were killed.", [("killed", 12, 12)]),
        ("Militias slaughter farmers in Darun", [("killed", 2, None)]),
        ("The throats of three villagers had been slit.", [("killed", 3, 3)]),
        ("The corpse of a six-year-old girl was left in the market.", [("killed", 1, 1)]),
        ("They killed nine, threw some of the bodies into a well and burned others.", [("killed", 9, 9)]),
        ("Raids on Darun have left hundreds dead, wounded or homeless.", [("casualties", 200, None)]),
        ("A farmer, one Sunday Rennick, was shot dead.", [("killed", 1, 1)]),
        ("Ada Loft, 61, lost a son of 19 in the massacre.", [("killed", 1, 1)]),
    ],
)
def test_words_of_harm(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Passives, headlines, participles, nouns and fatal verbs find their people and their number."""
    assert harms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Her daughter was not injured.",
        "He was shot at by soldiers.",
        "Gunmen shot at the police.",
        "Police investigate a shooting outside Harbor club.",
        "He faces one felony count of murder.",
        "The man killed in the raid was a baker.",
        "There are no reports that anyone was injured.",
        "The mob burned three lorries.",
        "They were beaten at the station.",
        "The death penalty was restored.",
        "There were no reports on the casualties of the attack.",
        "There was no word on casualties in the town.",
        "The rebels are aware of their casualties.",
    ],
)
def test_no_harm(text: str) -> None:
    """Negated harm of one person, near misses, charges, references back, things: no number of people harmed."""
    assert [h for h in harms(text) if h[0] in ("killed", "injured", "casualties")] == []


def test_one_number_for_both_harms() -> None:
    """One number for the dead and the wounded together is of casualties; two numbers are two."""
    assert harms("Five people were killed or wounded.") == [("casualties", 5, 5)]
    assert harms("The attack left three dead and injured nine.") == [("killed", 3, 3), ("injured", 9, 9)]


def test_the_worst_outcome_stands() -> None:
    """Somebody shot who died in the same sentence is one person killed."""
    assert harms("A man was shot in the chest and later died at a clinic.") == [("killed", 1, 1)]


def test_shares_of_a_number_do_not_stand_alone() -> None:
    """Those in a critical condition are among those shot; "including" and brackets make parts."""
    assert shares("Five people were shot, two critically injured.") == [("injured", 2)]
    assert shares("35 people were killed, including 8 children.") == [("killed", 8)]
    assert harms("So far, 11 civilians have been killed (1 journalist) and 6 injured (2 medics).") == [
        ("killed", 11, 11),
        ("injured", 6, 6),
    ]


def test_the_person_beside_the_participle() -> None:
    """ "Left 17 people wounded" is about the 17, whoever the parser takes for the subject."""
    assert harms("One of the gunmen in the shooting that left 17 people wounded fled.") == [("injured", 17, 17)]


def test_spans_are_the_documents_words() -> None:
    """The count of each finding is cut from the text."""
    text = "Seven were wounded in Afra, four in Zam and two in Tell Oro."
    for f in findings(text):
        assert text[f.count.start : f.count.end] == f.count.text


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    """Text in any script neither breaks the grammar nor yields words that are not its own."""
    for f in findings(text):
        assert text[f.count.start : f.count.end] == f.count.text
        assert f.count.low is None or f.count.high is None or f.count.low <= f.count.high


def test_victims_are_not_joined_by_others() -> None:
    """ "Four victims, two suspects and four witnesses": only the victims were harmed."""
    assert harms("There were four victims, two suspects, and four witnesses.") == [("casualties", 4, 4)]


@pytest.mark.parametrize(
    "text",
    ["A girl, 16, died from an asthma attack after the shooting.", "His mother had died of cancer during the war."],
)
def test_deaths_of_a_disease(text: str) -> None:
    """What somebody died of decides, in a sentence about violence too."""
    assert harms(text) == []


def test_those_shot_and_pronounced_dead() -> None:
    """The subject of the first verb is whom the second is said of; a suspect can be dead as well."""
    assert harms("Two men, 25 and 30, were shot in the head and pronounced dead at a clinic.") == [("killed", 2, 2)]
    assert harms("5 murdered in Zalba; suspect dead") == [("killed", 5, 5), ("killed", 1, 1)]


def test_shot_dead_with_words_between() -> None:
    """ "Shot four of them dead" kills the four, not the patrol."""
    assert harms("A patrol shot four of them dead.") == [("killed", 4, 4)]


def test_findings_stand_in_the_order_of_their_numbers() -> None:
    """Whatever rule found them: "others" come after those whom they take after, parts still belong to their wholes."""
    found = findings("Twelve citizens attained martyrdom and eleven others, including four girls, were wounded.")
    assert [f.count.low for f in found] == [12, 11, 4]
    assert [f.part_of for f in found] == [None, None, 1]


@pytest.mark.parametrize(
    "text",
    [
        "The army is looking into whether or not it killed a farmer.",
        "Two officials said they are not sure they killed a commander.",
    ],
)
def test_a_not_that_is_not_of_the_harm(text: str) -> None:
    """Somebody is in doubt; nobody says that none was killed."""
    (finding,) = findings(text)
    assert (finding.count.low, finding.count.high) == (1, 1)


def test_who_says_it_is_not_who_was_harmed() -> None:
    """ "Police: …" tells, and doctors who pronounce somebody dead are well."""
    assert harms("Boy killed after game turns fatal: police") == [("killed", 1, 1)]
    assert ("killed", 2, None) not in harms("Police: Zalba teen shot during game dies")
    assert harms("Medics pronounced him dead at the scene.") == [("killed", 1, 1)]
    assert harms("Army: Two soldiers killed in raid") == [("killed", 2, 2)]


def test_both_and_those_hit_then_killed() -> None:
    """Two by one word; the worse of two participles."""
    assert harms("Both were pronounced dead within an hour.") == [("killed", 2, 2)]
    assert harms("Four people shot in the head, killed in Zalba") == [("killed", 4, 4)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Overhead, the pilots shot down 18 fighters and 29 bombers.", []),
        ("Rebels shot down four civilians in the street.", [("killed", 4, 4)]),
        ("With France neutralised, the fleet sailed.", []),
        ("The aim was to eliminate the Soviet Union as a power.", []),
        ("The army executed a modified version of the plan.", []),
        ("They executed 12 prisoners and a priest.", [("killed", 12, 12), ("killed", 1, 1)]),
        ("The plan eliminated 40 positions.", []),
        ("The general was killed in an automobile accident.", []),
        ("The villagers buried their dead on Sunday.", []),
        ("The villagers buried three men on Sunday.", [("killed", 3, 3)]),
        ("It suffered 7,470 casualties including 940 dead.", [("casualties", 7470, 7470), ("killed", 940, 940)]),
        ("The division lost 40 dead and wounded.", [("casualties", 40, 40)]),
        ("They crossed at night, capturing 900 men at Zalba on December 26, 1776.", [("detained", 900, 900)]),
        ("On the night of 20 June 1791 the family fled.", []),
        ("The war took between 117 000 and 250 000 lives.", [("killed", 117000, 250000)]),
        ("The agency said 3 500 people had been killed.", [("killed", 3500, 3500)]),
        ("On May 12 300 people were killed.", [("killed", 300, 300)]),
        ("Many volunteer bodies found new members.", []),
        ("The spokesman shot back that it was a lie.", []),
        ("The scandal hurt Ada Loft more than others.", []),
        ("The blast hurt three children.", [("injured", 3, 3)]),
    ],
)  # fmt: skip
def test_things_and_states(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Aircraft, plans, posts, countries and victims of accidents are nobody killed in war."""
    assert harms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The clashes have not resulted in any deaths.", [("killed", 0, 0)]),
        ("The raid did not lead to any civilian casualties.", [("casualties", 0, 0)]),
        ("There are no reports of any casualties.", [("casualties", 0, 0)]),
        ("No government or rebel casualties have been reported.", [("casualties", 0, 0)]),
        ("No damage or casualties resulted from the attack.", [("casualties", 0, 0)]),
        ("Luckily there were no deaths or injuries.", [("casualties", 0, 0)]),
        ("There were civilian and military casualties in the raid.", [("casualties", 2, None)]),
    ],
)
def test_none_of_several(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """One "no" or "not" denies what is joined, and what "any" counts further on."""
    assert harms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ZALBA - A 27-year-old city man was shot twice, police said.", ["A 27-year-old city man"]),
        ("Northern Zalba, KNA – Three bakers, among them a child, were wounded on Monday.", ["Three", "a child"]),
        ("A gunman shot dead police constable Ravi Kumar in the market.", ["police constable Ravi Kumar"]),
        ("A clash ensued, and Juan Zurra, Cesar Orbo and Ana Bel were killed.", ["Ana Bel"]),
    ],
)
def test_where_the_words_of_a_number_begin(text: str, expected: list[str]) -> None:
    """A dateline, "dead" and the event before are no part of who was harmed."""
    assert [f.count.text for f in sorted(findings(text), key=lambda f: f.count.start)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 17-year-old girl and a 20-year-old man were not injured.", []),
        ("A boy was shot in the hand, but was not fatally wounded.", [("injured", 1, 1)]),
        ("The raid did not kill a single soldier.", [("killed", 0, 0)]),
        ("Some 327 people were killed in car crashes in the years of war.", []),
        ("Over 300 people lost their lives in road accidents in the years of war.", []),
    ],
)
def test_people_unhurt_and_the_names_of_outlets(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Who was not hurt counts nobody, nor does an outlet that the title ends with; roads kill by accident."""
    assert harms(text) == expected


def test_outlets_in_a_title_are_nobody() -> None:
    """ "News, Weather, Sports" behind a headline are no victims."""
    found = findings("Mother shot in head by rebels - KZLB.com, Zalba News, Weather, Sports")
    assert not [f for f in found if {"News", "Weather", "Sports", "KZLB.com"} & set(f.count.text.split())]


@pytest.mark.parametrize("outlet", ["- Zalba News", "– Zalba Times", "| Zalba Times", "- Zalba24.com"])
def test_a_number_before_the_outlet_of_a_title(outlet: str) -> None:
    """The outlet behind a headline takes no number from it; "12 - year - old" does."""
    assert harms(f"Rocket attack on market kills 12 {outlet}") == [("killed", 12, 12)]
    assert harms("Rocket attack kills a 12 - year - old boy") == [("killed", 1, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Death squads killed scores of thousands of civilians.", [("killed", 40000, None)]),
        ("A few hundred villagers were killed.", [("killed", 300, None)]),
        ("Several thousands were wounded in the siege.", [("injured", 3000, None)]),
        ("Gunmen killed a group of farmers.", [("killed", 2, None)]),
        ("A team of medics was abducted.", [("abducted", 2, None)]),
        ("None of the four priests and 100 refugees was hurt when a rocket hit it.", [("injured", 0, 0)]),
        ("No civilians and two soldiers were killed.", [("killed", 0, 0), ("killed", 2, 2)]),
    ],
)
def test_how_many_a_measure_stands_for(text: str, expected: list[tuple[str, int | None, int | None]]) -> None:
    """Scores of thousands, a few hundred; a group or a team is several; none of some and others is nobody of both."""
    assert [h for h in harms(text) if h[0] != "displaced"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Five Kachin Independence Army (KIA) fighters were killed.", [("killed", 5, 5)]),
        ("Some 40 Sudan People's Liberation Army (SPLA) troops were wounded.", [("injured", 40, 40)]),
        ("The report did not mention casualties, the second such report in two days.", []),
        ("Without reporting casualties, the army spoke of a clash.", []),
        ("We are killing one another.", []),
        ("They shot each other.", []),
        ("Veterans were killing themselves.", []),
    ],
)
def test_names_with_initials_and_nobody_in_particular(
    text: str, expected: list[tuple[str, int | None, int | None]]
) -> None:
    """A number before a name and its initials; casualties that nobody reports; people who harm one another."""
    assert harms(text) == expected


def test_among_whom_stands_for_the_number_before_it() -> None:
    """ "Killed one soldier and wounded 11, among them a policeman": he was wounded."""
    assert shares("The rebels killed one soldier and seriously wounded 11, among them a policeman.") == [("injured", 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The first two blasts killed nine and four people.", [("killed", 4, 4)]),
        ("One hundred and four people were killed.", [("killed", 104, 104)]),
        ("Two warplanes were shot down.", []),
        ("Two gunships were hit and one shot down.", []),
        ("Poachers killed five elephants.", []),
    ],
)
def test_two_numbers_are_no_sum_and_aircraft_nobody(
    text: str, expected: list[tuple[str, int | None, int | None]]
) -> None:
    """ "Nine and four" is not thirteen; warplanes, gunships and elephants are no people."""
    assert harms(text) == expected

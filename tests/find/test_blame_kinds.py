"""Blame where the sentence that counts names nobody: wars and periods, the sides of a clash, those who only fight."""

from __future__ import annotations

import pytest

from tests.find import told
from tollbook.pipeline import read_document


def names(text: str) -> dict[str, list[str]]:
    """Who is blamed for each count."""
    return {c.count.text: [b.name for b in c.blamed] for c in read_document(told.document(text)).claims}


STRIKE = "An Israeli air strike killed three people in Bint Jbeil in southern Lebanon on Monday, a nurse said."


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        (f"{STRIKE}\n\nSince October 8 at least 412 people have been killed in Lebanon.", "412", ["Israel"]),
        (
            f"{STRIKE} Hezbollah fighters killed two shepherds in Lebanon on Sunday.\n\nSince October 8 at least 412 "
            "people have been killed in Lebanon.",
            "412",
            [],
        ),
        (
            "Boko Haram fighters shot dead nine farmers in Zalba, Nigeria, on Monday.\n\nSince 2009 more than 30,000 "
            "people have been killed in Nigeria, a charity says.",
            "30,000",
            [],
        ),
        (
            "Rapid Support Forces men shot dead nine farmers in Zalba, Sudan, on Monday.\n\nThe war between the army "
            "and the Rapid Support Forces, which broke out in April 2023, has killed 18,000 people across Sudan.",
            "18,000",
            ["Sudanese army", "Rapid Support Forces"],
        ),
        (f"{STRIKE}\n\nA wider war could kill 5,000 people in Lebanon, she warned.", "5,000", []),
    ],
)
def test_the_dead_of_a_war(text: str, count: str, expected: list[str]) -> None:
    """A period is blamed on the one state from abroad whose attacks the report tells of, a war on the two that its
    sentence names; not on who did one attack at home, and what has not happened on nobody."""
    found = names(text)
    assert next(v for k, v in found.items() if count in k) == expected


def test_fallen_enemies_of_a_year() -> None:
    """The forces that the report tells of have felled them."""
    text = (
        "Nigerian troops captured five insurgents near Zalba on Monday.\n\nSince 1 April 134 "
        "insurgents have been eliminated, a spokesman said."
    )
    assert names(text)["134"] == ["Nigerian troops"]


CLASH = "Clashes between Boko Haram and the Nigerian army broke out near Zalba on Monday."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{CLASH} Three officers lost their lives in the fighting.", ["Boko Haram"]),
        (f"{CLASH} Nine jihadists were killed in the fighting.", ["Nigerian army"]),
        (f"{CLASH} Two bakers were killed in the crossfire.", ["Boko Haram", "Nigerian army"]),
    ],
)
def test_the_other_side_of_a_clash(text: str, expected: list[str]) -> None:
    """What the victims are says which side they were on, though no word names their party."""
    assert list(names(text).values()) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('Gunmen killed nine herders on Monday. Elders blamed the "Tarok militia" for the attack.', ["Tarok militia"]),
        (
            "Gunmen shot nine farmers dead. They pulled them from a bus, accused them of backing the rebels, beat them "
            "and shot them.",
            [],
        ),
        ("According to Boko Haram, troops stole into Zalba in Nigeria and killed nine farmers.", ["Nigeria"]),
        (
            "Boko Haram set off a bomb near Zalba, Nigeria. Some soldiers received shrapnel wounds and nine died.",
            ["Boko Haram"],
        ),
        ("Paramilitaries executed nine peasants accused of working with the FARC.", ["paramilitaries"]),
        ("The men wore the caps of the Nigerian army. They killed nine herders.", []),
        ("It was plain that they were no Nigerian soldiers. They killed nine herders.", []),
    ],
)
def test_who_is_named_in_passing(text: str, expected: list[str]) -> None:
    """Not whose uniform the killers wore, nor with whom their victims sided; a militia in quotation marks is one."""
    assert names(text)["nine"] == expected


def test_who_lost_men_is_no_speaker() -> None:
    """After a dateline's colon stands who acts, not who speaks; in a headline the speaker ends the line."""
    text = (
        "ZALBA, Oct 25: Security forces killed nine Taliban militants and lost three men in clashes near Zalba in "
        "Pakistan."
    )
    assert names(text) == {"nine": ["Pakistani security forces"], "three": ["Tehrik-i-Taliban Pakistan"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Insurgents beheaded nine farmers near Zalba on Monday. A tenth farmer was wounded.", ["insurgents"]),
        (
            "Insurgents beheaded nine farmers near Zalba on Monday. The Islamic State claimed responsibility.",
            ["Islamic State"],
        ),
        ("Gunmen beheaded nine farmers near Zalba on Monday.", []),
    ],
)
def test_insurgents(text: str, expected: list[str]) -> None:
    """ "Insurgents" are blamed by that word, unless the report has a name for them; gunmen are nobody."""
    assert names(text)["nine"] == expected


def test_a_stabbing_is_no_unseen_hand() -> None:
    """Who is told to have raided the village has hacked its people to death."""
    text = (
        "Boko Haram fighters raided the village of Zalba in Nigeria on Monday.\n\nNine farmers were hacked to death "
        "with machetes, a survivor said."
    )
    assert names(text) == {"Nine": ["Boko Haram"]}


def test_the_driven_out() -> None:
    """Who attacked the village has driven its people out."""
    text = (
        "Boko Haram fighters attacked the village of Zalba in Nigeria on Monday and killed nine farmers.\n\nSome 400 "
        "people have fled their homes."
    )
    assert names(text)["Some 400"] == ["Boko Haram"]


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("A suicide bomber of the Islamic State killed nine people in Zalba, Iraq.", "nine", ["Islamic State"]),
        (
            "Al-Shabaab fighters raided Zalba in Somalia on Monday and beheaded a teacher. In the next village "
            "the gunmen shot dead nine herders.",
            "nine",
            ["Al-Shabaab"],
        ),
        (
            "Al-Shabaab fighters raided Zalba in Somalia on Monday and beheaded a teacher. In the next village "
            "gunmen shot dead nine herders.",
            "nine",
            [],
        ),
        (
            "Since January 36 people have been killed in Zalba in Nigeria, nine of them by Boko Haram.",
            "36",
            [],
        ),
        ("Boko Haram ambushed an army convoy near Zalba in Nigeria. Nine soldiers died.", "Nine", ["Boko Haram"]),
        (
            "Boko Haram fighters burned a school near Zalba in Nigeria.\n\nNine soldiers were shot dead by two men "
            "with pistols at a checkpoint.",
            "Nine",
            [],
        ),
        (
            "A boy stabbed a guard in Zalba in Israel before a soldier shot him dead.\n\nTwo bakers were stabbed.",
            "Two",
            [],
        ),
    ],
)
def test_who_is_meant(text: str, count: str, expected: list[str]) -> None:
    """Whose the bomber is, whom "the gunmen" point back to, whose share "of them by" gives, whom the soldiers fought;
    nobody where the sentence says that it was two men, and who shot the knifeman did not stab."""
    assert names(text)[count] == expected


def test_a_general_staff_counts_those_whom_its_army_felled() -> None:
    """The general staff of a country speaks for its army."""
    text = "The Turkish General Staff said that 12 terrorists were neutralized in airstrikes on Zalba in northern Iraq."
    assert names(text)["12"] == ["Turkey"]


def test_an_attack_of_the_group_may_be_the_bombing() -> None:
    """A group's attack of no named kind is the bombing that the same report tells of; warplanes are no answer to it."""
    text = (
        "Nine people died in a car bomb blast at a checkpoint in Zalba in Iraq on Monday.\n\nThe Islamic "
        "State attack was the second this month."
    )
    assert names(text)["Nine"] == ["Islamic State"]
    assert names(text.replace("Islamic State attack", "Turkish air strike"))["Nine"] == []


def test_what_is_told_later_weighs_less() -> None:
    """Who acts in the sentences after has seldom done what was told before."""
    text = (
        "Saudi-led coalition warplanes bombed a market in Hajja in Yemen on Monday, killing nine people.\n\nIn Saada "
        "four people died last Sunday when a rocket of the aircraft hit their tent. For their part, the Houthis fired "
        "rockets at an army camp."
    )
    assert names(text)["four"] == ["Saudi-led Coalition"]


def test_armies_of_one_acronym() -> None:
    """The SLA of a report from Sri Lanka is its army; the committees beside an army are a party of their own."""
    text = "SLA shells hit a hospital near Mullaitivu in Sri Lanka, killing nine civilians."
    assert names(text)["nine"] == ["Sri Lankan army"]
    text = "The army and the Popular Committees fired rockets at a camp near Saada in Yemen, killing nine soldiers."
    assert names(text)["nine"] == ["Yemeni government", "Popular Committees"]


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        (
            "Two conscripts were killed in Zalba, Egypt, on Monday. Egypt's army said it had killed 19 militants.",
            "Two",
            ["militants"],
        ),
        (
            "Al-Shabaab fighters stormed an army base in Zalba, Somalia, on Friday, killing seven. The army said 18 of "
            "the attackers were killed.",
            "18",
            ["Somali government"],
        ),
        ("Boko Haram fighters attacked Zalba in Nigeria on Monday, killing nine. Two suicide bombers died.", "Two", []),
    ],
)
def test_nobody_falls_to_his_own(text: str, count: str, expected: list[str]) -> None:
    """Soldiers did not fall to the army that a report tells of, nor the attackers to those who attacked."""
    assert names(text)[count] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine women killed in S. Afghan airstrike", []),
        ("Turkish forces 'neutralised' nine PKK members in northern Iraq.", ["Turkey"]),
        ("The Ukrainian air force shot down 30 drones over Odesa. Debris killed nine women.", []),
        ("The Taliban shot down an army helicopter in Zabul, killing nine soldiers.", ["Taliban"]),
        (
            "The ADF, a group allied with the Islamic State, are accused of killing nine women in Mukondi.",
            ["Allied Democratic Forces"],
        ),
        (
            "Raiders burned nine women in Umm Dukhun. The attackers, whom survivors named as the Taliban, fled.",
            ["Taliban"],
        ),
        (
            "Fighters of the Islamic State attacked Zalba. A baker was killed by fire of the Syrian army.",
            ["Syrian government"],
        ),
        ("Gunmen ambushed a convoy carrying Mexican soldiers in Sinaloa, killing nine.", []),
        ("Nine women were hacked to death in Mugina. The killers were Interahamwe militiamen.", ["Interahamwe"]),
        ("She condemned the shelling of Zalba by the Armed Forces of Ukraine, which killed six women.", ["Ukraine"]),
        ("Nine women died in Zalba. An elder said they had been killed by the Los Ardores gang.", ["Los Ardores gang"]),
        (
            "Armed men killed nine women. Fighting with the M23 goes on. He blamed the ADF.",
            ["Allied Democratic Forces"],
        ),
    ],
)
def test_said_in_other_words(text: str, expected: list[str]) -> None:
    """The killers by name, the doer behind the place of the deed, a gang that no list knows, "he blamed"."""
    assert next(iter(names(text).values())) == expected


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        (
            "Armed men burst into Zalba in Mali on Sunday, killing nine people. The assault has not been "
            "claimed.\n\nLast March an ambush by the Islamic State in the Greater Sahara cost 27 soldiers their lives.",
            "nine",
            [],
        ),
        (
            "Al-Shabaab fighters decapitated five men in Zalba on Monday.\n\nIn Tessit the gunmen hacked two women to "
            "death on Friday.",
            "two",
            ["Al-Shabaab"],
        ),
        (
            "Security forces killed nine militants near Makeen in Pakistan on Monday.\n\nVillagers said jets had hit a "
            "house in Zalba, leaving six women dead.",
            "six",
            ["Pakistani security forces"],
        ),
        (
            "Resistance fighters stormed an outpost in Zalba in Myanmar on Monday; junta troops drove them out. One "
            "resistance member died.",
            "One",
            ["Myanmar military"],
        ),
        (
            "The police, during operations against gangs in Haiti, killed 69 people, among whom were six children.",
            "six",
            ["Haitian police"],
        ),
    ],
)
def test_of_several_incidents(text: str, count: str, expected: list[str]) -> None:
    """Who did something long before did not do this; "the gunmen" are those last told of; jets are the state's."""
    assert names(text)[count] == expected


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("The bodies of nine Maoist rebels, three of them women, were found after the clash.", "three", "combatant"),
        ("The attackers shot dead 21 villagers, among whom were a chief and two guards.", "a chief", "civilian"),
        ("Nine people, three of them women, were killed in the raid.", "three", "civilian"),
    ],
)
def test_a_part_is_of_the_kind_of_its_whole(text: str, count: str, expected: str) -> None:
    """Women of the rebels are no civilians, a chief among villagers is one."""
    claims = read_document(told.document(text)).claims
    assert next(c.victims.status for c in claims if c.count.text == count and c.victims) == expected


def only(text: str) -> list[str]:
    """Who is blamed for the first count."""
    return next(iter(names(text).values()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A bomb attack on an elite Philippine army unit left three soldiers dead in Zamboanga on Monday.", []),
        ("It was a raid on a village in which Boko Haram killed ten people.", ["Boko Haram"]),
        ("After an attack on a base the Philippine army killed ten farmers.", ["Philippine army"]),
        ("Gunmen ambushed a police convoy in Mexico and killed seven officers.", []),
        ("The Zuwa Army, which fights the Taliban in Kunar, said it had killed nine fighters there.", []),
        ("Israel bombed Gaza on Monday after rockets killed two people in Sderot.", []),
        ("Turkey called its raids retaliation for an attack that killed six people in Ankara on Monday.", []),
        ("Israel bombed Gaza after rocket fire on Monday, killing two people.", ["Israel"]),
        ("The Russians shelled Kherson on Monday, killing a woman.", ["Russia"]),
        ("Two women were killed by the Russians in Kherson on Monday.", ["Russia"]),
        ("Two Russians were killed in Kherson on Monday.", []),
        ("African Union troops fired on a bus in Marka, Somalia, killing two.", ["African Union Mission in Somalia"]),
        ("Robbers waylaid an army patrol near Gao, killing two soldiers.", []),
        ("The Azerbaijani side claims the strike on Ganja wounded ten people on Monday.", []),
        ("Hamas claimed the attack near Ashkelon which killed two people on Monday.", ["Hamas"]),
        ("Two men were murdered by loyalist paramilitaries in Belfast on 3 May 1991.", ["loyalist paramilitaries"]),
        ("A woman was killed by a Serb shell in Gorazde on Monday.", ["Serb forces"]),
        ("Three people were killed by fire from Saudi border guards in Saada on Monday.", ["Saudi Arabia"]),
        ("Gunmen suspected to be members of al-Shabaab killed 12 masons in Mandera on Tuesday.", ["Al-Shabaab"]),
        ("Jihadists linked to al-Shabaab hacked two clerks to death in Mandera on Monday.", ["Al-Shabaab"]),
        ("Nine nuns died in a grenade attack in Jos on Monday. Boko Haram had threatened to attack nuns.", []),
        ("Security personnel opened fire on a crowd in Zalba on Monday, killing three clerks.", ["security personnel"]),
    ],
)
def test_whose_deed_the_words_tell(text: str, expected: list[str]) -> None:
    """Not of whoever is struck, only threatens or claims that others struck; of the party behind a shell."""
    assert only(text) == expected


def test_a_country_only_faces_violence() -> None:
    """A headline's country undergoes what another party did."""
    text = (
        "PKK kills four soldiers as Turkey faces violence\n\nFour soldiers were killed at Hakkari Monday in attacks "
        "carried out by the PKK, the governor said."
    )
    assert names(text) == {"four": ["Kurdistan Workers' Party"], "Four": ["Kurdistan Workers' Party"]}


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("It was not possible to verify the claim that nine soldiers were killed near Zalba.", "questioned"),
        ("The rebels put the number of soldiers killed at 40, a claim the army called false.", "denied"),
    ],
)
def test_a_number_that_others_doubt(text: str, stance: str) -> None:
    """In the words that tell it, behind it or before it."""
    assert [c.stance for c in read_document(told.document(text)).claims] == [stance]

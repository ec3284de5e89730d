"""Blame: that grammar gives the party responsible, targets and victims are never blamed, and strangers are nobody."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.find import told
from tollbook.find.event.blame import find_blamed
from tollbook.find.event.culprits import find_culprits
from tollbook.find.event.events import choose_event, find_events
from tollbook.find.event.harmed import Harmed
from tollbook.find.grammar.passages import split_passages
from tollbook.pipeline import read_document
from tollbook.records import Blamed
from tollbook.resolve.actors import find_actors


def blamed(text: str, harm: str, victims: str, **more: object) -> tuple[Blamed, ...]:
    kinds = {"detained": "detained", "kidnapped": "abducted", "abducted": "abducted"}
    more = {"harm_kind": kinds.get(harm, "killed"), **more}
    at, who = text.index(harm), text.index(victims)
    passages = split_passages(text)
    events, actors = find_events(text), find_actors(text)
    p = next(p for p in passages if p.start <= at < p.end)
    span = (p.start, p.end)
    event = choose_event(span, (at, at + len(harm)), events)
    ties = find_culprits(text, [(q.start, q.end) for q in passages], actors, events)
    return find_blamed(Harmed(span, (at, at + len(harm)), (who, who + len(victims)), event, **more), ties, actors)  # type: ignore[arg-type]


CASES = [
    (
        "A car bomb killed 20. The U.S. military confirmed the attack. The war began with the U.S.-led invasion.",
        "killed",
        "20",
        [],
    ),
    ("A strike killed nine in a house. The Turkish army confirmed the strike.", "killed", "nine", ["Turkey"]),
    (
        "A soldier was killed by a landmine. A caller said the Provisional IRA had done it.",
        "killed",
        "A soldier",
        ["Irish Republican Army"],
    ),
    ("Nine were killed by a bomb. Police asked whether the ELN was behind it.", "killed", "Nine", []),
    (
        "A man was shot dead at home. The Ulster Freedom Fighters say they carried out the attack.",
        "shot dead",
        "A man",
        ["Ulster Defence Association"],
    ),
    ("A car bomb killed 12. The attack bore the hallmarks of the ELN.", "killed", "12", ["ELN"]),
    (
        "Shells killed nine in a queue. The rounds had come from Serb positions.",
        "killed",
        "nine",
        ["Serb forces"],
    ),
    (
        "A strike killed nine people. The Israeli army said it was looking into the report.",
        "killed",
        "nine people",
        ["Israel"],
    ),
    (
        "Two farmers were killed by a mine. It had been planted by the Houthis.",
        "killed",
        "Two farmers",
        ["Houthis"],
    ),
    (
        "Men of the AUC came before dawn and left 16 peasants dead.",
        "dead",
        "16 peasants",
        ["United Self-Defense Forces of Colombia"],
    ),
    (
        "He told of the attack that ISIS gangs launched on the barracks. Ten guards were killed.",
        "killed",
        "Ten guards",
        ["Islamic State"],
    ),
    ("In another instance, the United States wrongly killed ten people.", "killed", "ten people", ["United States"]),
    (
        "The Turkish army and its gangs carry on with their attacks. A shell killed six.",
        "killed",
        "six",
        ["Turkey"],
    ),
    (
        "Nine people died during an exchange of heavy artillery between the Israeli army and Hezbollah.",
        "died",
        "Nine people",
        ["Israel", "Hezbollah"],
    ),
    ("Damascus bombing kills nine.", "kills", "nine", []),
    ("In Syria, regime shelling of Avdo killed nine.", "killed", "nine", ["Syrian government"]),
    ("A nurse in Sri Lanka said army shelling had killed nine.", "killed", "nine", ["Sri Lanka"]),
    ("The army base in Sri Lanka was hit. A shell killed nine.", "killed", "nine", []),
    ("Boko Haram has been blamed for the killing of dozens since May.", "killing", "dozens", ["Boko Haram"]),
    ("M23, accused of executing nine men, said nothing.", "executing", "nine men", ["M23"]),
    ("Gunmen killed 22. Boko Haram has been blamed for other attacks.", "killed", "22", []),
    ("SDF evacuates wounded from the town. A shell killed six.", "killed", "six", []),
    ("Rebels of the LURD butchered at least 30 men.", "butchered", "men", ["LURD"]),
    ("Four boys were killed in an incursion of the Israeli army.", "killed", "Four boys", ["Israel"]),
    ("The Viet Cong executed at least nine elders.", "executed", "elders", ["Viet Cong"]),
    (
        "A bomb went off at the pier and killed 12 people. Abu Sayyaf planted the device.",
        "killed",
        "people",
        ["Abu Sayyaf"],
    ),
    ("A Russian missile hit a cafe in Kharkiv on Friday, killing 12 people.", "killing", "12 people", ["Russia"]),
    (
        "Twelve people were killed when Russian forces shelled the Ukrainian city of Nikopol.",
        "killed",
        "Twelve people",
        ["Russia"],
    ),
    (
        "Ukrainian shelling of Donetsk killed four civilians, the Moscow-backed mayor said.",
        "killed",
        "four civilians",
        ["Ukraine"],
    ),
    (
        "Russia launched 60 Shahed drones overnight, wounding seven people in Odesa.",
        "wounding",
        "seven people",
        ["Russia"],
    ),
    ("Three people died after a Russian glide bomb struck a house in Sumy.", "died", "Three people", ["Russia"]),
    (
        "Israeli airstrikes on the Nuseirat refugee camp killed at least 30 Palestinians, Gaza's health ministry said.",
        "killed",
        "30 Palestinians",
        ["Israel"],
    ),
    ("Two Israeli soldiers were killed by Hamas gunmen near Rafah.", "killed", "Two Israeli soldiers", ["Hamas"]),
    (
        "At least nine people waiting for aid were shot dead by Israeli troops, witnesses said.",
        "shot dead",
        "nine people",
        ["Israel"],
    ),
    ("A Hezbollah rocket killed a farmer in northern Israel.", "killed", "a farmer", ["Hezbollah"]),
    (
        "A suicide bomber killed 21 people in Mogadishu; al-Shabaab claimed responsibility.",
        "killed",
        "21 people",
        ["Al-Shabaab"],
    ),
    ("A car bomb exploded outside a mosque in Kabul, killing 15.", "killing", "15", []),
    ("Unidentified gunmen killed two teachers in the Pattani province.", "killed", "two teachers", []),
    (
        "The Rapid Support Forces shelled El Fasher's market, killing 20, the Sudanese army said.",
        "killing",
        "20",
        ["Rapid Support Forces"],
    ),
    ("Sudanese army warplanes bombed Nyala, leaving 35 people dead.", "dead", "35 people", ["Sudanese army"]),
    (
        "Saudi-led coalition air strikes killed 11 people in Saada, Houthi media said.",
        "killed",
        "11 people",
        ["Saudi-led Coalition"],
    ),
    ("Seven fishermen were killed in an attack blamed on the Houthis.", "killed", "Seven fishermen", ["Houthis"]),
    ("The Taliban ambushed a convoy, killing 14 Afghan soldiers.", "killing", "14 Afghan soldiers", ["Taliban"]),
    ("NATO forces killed eight civilians in an air strike in Kunduz.", "killed", "eight civilians", ["NATO"]),
    ("Boko Haram fighters beheaded 10 farmers in Borno state.", "beheaded", "10 farmers", ["Boko Haram"]),
    ("FARC GUERRILLAS KILLED FIVE POLICEMEN IN AN AMBUSH IN CAQUETA.", "KILLED", "FIVE POLICEMEN", ["FARC"]),
    (
        "THREE PEASANTS WERE MURDERED BY MEMBERS OF THE SALVADORAN ARMY.",
        "MURDERED",
        "THREE PEASANTS",
        ["Salvadoran government"],
    ),
    (
        "Clashes between the army and M23 rebels killed 12 soldiers near Goma in DR Congo.",
        "killed",
        "12 soldiers",
        ["M23"],
    ),
    (
        "Fighting between RSF and SAF killed 30 civilians in Khartoum.",
        "killed",
        "30 civilians",
        ["Rapid Support Forces", "Sudanese army"],
    ),
    (
        "Myanmar's military bombed a school in Sagaing, killing 17 children.",
        "killing",
        "17 children",
        ["Myanmar military"],
    ),
    ("An attack on Wagner mercenaries killed 22 people in northern Mali.", "killed", "22 people", []),
    (
        "Palestinian militants fired rockets at Ashkelon, injuring three.",
        "injuring",
        "three",
        ["Palestinian militants"],
    ),
    (
        "Jewish settlers shot and killed a Palestinian shepherd near Nablus.",
        "shot and killed",
        "a Palestinian shepherd",
        ["Israeli settlers"],
    ),
    (
        "The White Helmets said Russian jets had bombed the market and that 9 people died.",
        "died",
        "9 people",
        ["Russia"],
    ),
    (
        "Ankara said 18 PKK members were neutralised in Turkish air operations in northern Iraq.",
        "neutralised",
        "18 PKK members",
        ["Turkey"],
    ),
    ("A landmine left by Islamic State killed two children in Anbar.", "killed", "two children", ["Islamic State"]),
    ("Police shot dead a protester in Nairobi.", "shot dead", "a protester", ["police"]),
    (
        "The police department said a 19-year-old man was fatally shot on Oak Street.",
        "fatally shot",
        "a 19-year-old man",
        [],
    ),
    ("Myanmar junta troops burned down the village, killing five.", "killing", "five", ["Myanmar military"]),
    (
        "Iran-backed militias attacked the base, wounding three American soldiers.",
        "wounding",
        "three American soldiers",
        ["Iran-backed militias"],
    ),
    ("Pakistan's army said its troops killed seven militants in a raid.", "killed", "seven militants", ["Pakistan"]),
    (
        "Ethiopian troops and Eritrean soldiers massacred dozens of people in Axum, Amnesty International said.",
        "massacred",
        "dozens of people",
        ["Ethiopian government", "Eritrea"],
    ),
    (
        "Kyiv's forces struck a dormitory in Starobilsk, killing four, Russian-installed officials said.",
        "killing",
        "four",
        ["Ukraine"],
    ),
    (
        "Two people were killed in what Lebanese media called an Israeli drone strike on a car in Tyre.",
        "killed",
        "Two people",
        ["Israel"],
    ),
    ("Colombia's ELN kidnapped two engineers.", "kidnapped", "two engineers", ["ELN"]),
    ("Turkish police detained 40 people.", "detained", "40 people", ["Turkey"]),
    (
        "A Turkish drone hit a car near Amuda.\n\nThe attack killed a driver, medics said.",
        "killed",
        "a driver",
        ["Turkey"],
    ),
    (
        "An Israeli drone strike hit Khan Younis. Rescuers said five members of one family were among the dead.",
        "dead",
        "five members of one family",
        ["Israel"],
    ),
    (
        "Syria accused Israel of firing missiles at Homs. Three soldiers were killed, state media said.",
        "killed",
        "Three soldiers",
        ["Israel"],
    ),
    (
        "Yemen's Houthis said US warplanes had struck Hodeidah. At least eight people were wounded.",
        "wounded",
        "eight people",
        ["United States"],
    ),
    (
        "The army said it killed four militants in the Jenin camp. The Israeli military said troops came under fire.",
        "killed",
        "four militants",
        ["Israel"],
    ),
    (
        "Gunmen opened fire on worshippers in Kaduna, killing 16. Nobody has claimed responsibility.",
        "killing",
        "16",
        [],
    ),
    (
        "The Islamic State group claimed responsibility for a bombing that killed 20 people in Sadr City.",
        "killed",
        "20 people",
        ["Islamic State"],
    ),
    ("A strike against Hezbollah commanders killed seven people in Beirut.", "killed", "seven people", []),
    ("Seven people were killed in a strike on a Hezbollah position.", "killed", "Seven people", []),
    ("Kyiv blamed Moscow for the missile attack, which killed 40 people.", "killed", "40 people", ["Russia"]),
    (
        "Residents held the army responsible for the shelling that killed six in Myawaddy, Myanmar.",
        "killed",
        "six",
        ["Myanmar military"],
    ),
    ("A US-made bomb dropped by Saudi jets killed 40 children.", "killed", "40 children", ["Saudi Arabia"]),
    ("Iranian-made drones launched by Russia killed two people in Dnipro.", "killed", "two people", ["Russia"]),
    ("Eleven people were killed by shelling from Armenian forces near Ganja.", "killed", "Eleven people", ["Armenia"]),
    (
        "JNIM fighters raided the village of Barsalogho, Burkina Faso, killing dozens of villagers.",
        "killing",
        "dozens of villagers",
        ["Jama'at Nusrat al-Islam wal-Muslimin"],
    ),
    (
        "ADF rebels hacked to death 13 people in North Kivu, Congo's army said.",
        "hacked to death",
        "13 people",
        ["Allied Democratic Forces"],
    ),
    (
        "Six migrants were killed when Mexican soldiers opened fire on a truck in Chiapas.",
        "killed",
        "Six migrants",
        ["Mexico"],
    ),
    (
        "Afghan officials said Pakistani air strikes had killed 46 people in Paktika.",
        "killed",
        "46 people",
        ["Pakistan"],
    ),
    (
        "Pakistan said Indian shelling along the Line of Control wounded two villagers.",
        "wounded",
        "two villagers",
        ["India"],
    ),
    (
        "The Syrian Observatory for Human Rights said that regime rocket fire killed two farmers in Idlib, Syria.",
        "killed",
        "two farmers",
        ["Syrian government"],
    ),
    (
        "SHINING PATH GUERRILLAS DETONATED A CAR BOMB IN LIMA, KILLING NINE PEOPLE.",
        "KILLING",
        "NINE PEOPLE",
        ["Shining Path"],
    ),
    ("TWO POLICEMEN WERE SHOT TO DEATH BY UNIDENTIFIED INDIVIDUALS IN MEDELLIN.", "SHOT TO DEATH", "TWO POLICEMEN", []),
    ("THE EXTRADITABLES CLAIMED CREDIT FOR THE KILLING OF THE JUDGE.", "KILLING", "THE JUDGE", ["Medellin Cartel"]),
    ("CONTRAS AMBUSHED A CIVILIAN TRUCK, KILLING SIX PEASANTS.", "KILLING", "SIX PEASANTS", ["Contras"]),
    (
        "The IRA planted the bomb that killed two soldiers in Belfast.",
        "killed",
        "two soldiers",
        ["Irish Republican Army"],
    ),
    ("Serb forces shelled the market in Sarajevo, killing 43.", "killing", "43", ["Serb forces"]),
    ("Tamil Tigers fought government troops at Kilinochchi; 12 rebels died.", "died", "12 rebels", []),
    (
        "Suspected Fulani herders attacked a village in Plateau state, Nigeria, killing 30.",
        "killing",
        "30",
        ["Fulani herders"],
    ),
    (
        "At least 22 people were killed in Israeli fire near an aid site, Gaza's civil defence said.",
        "killed",
        "22 people",
        ["Israel"],
    ),
    ("Haitian gangs killed 70 people in Pont-Sonde.", "killed", "70 people", ["Haitian gangs"]),
    (
        "The US military said it had killed six men in a strike on a boat in the Caribbean.",
        "killed",
        "six men",
        ["United States"],
    ),
    ("Russian air defences shot down a jet; 38 people died.", "died", "38 people", ["Russia"]),
    ("A teenager was stabbed to death in Marseille.", "stabbed to death", "A teenager", []),
    (
        "Two brothers were shot dead by Israeli settlers, the Palestinian health ministry said.",
        "shot dead",
        "Two brothers",
        ["Israeli settlers"],
    ),
    (
        "Fifteen miners were abducted by the Islamic State West Africa Province.",
        "abducted",
        "Fifteen miners",
        ["Islamic State West Africa Province"],
    ),
    # a group that no list has, named where it claims, is suspected or is blamed
    (
        "A bomb killed nine people. A little-known outfit, the Sons of Marwa, said that it was behind the blast.",
        "killed",
        "nine people",
        ["Sons of Marwa"],
    ),
    (
        "A bomb killed nine people. The Black Heron Front, which had threatened the city, claimed the bombing.",
        "killed",
        "nine people",
        ["Black Heron Front"],
    ),
    ("Gunmen killed nine people. The mayor blamed the eastern front of the ELN.", "killed", "nine people", ["ELN"]),
    ("A bomb killed nine people. Police suspect the ELN, which said nothing.", "killed", "nine people", ["ELN"]),
    ("A bomb killed nine people. Police, who usually suspect the ELN, would not comment.", "killed", "nine people", []),
    ("A bomb killed nine people. The ELN has not claimed the bombing.", "killed", "nine people", []),
    (
        "Shells killed nine people; they came from the direction of the RSF positions.",
        "killed",
        "nine people",
        ["Rapid Support Forces"],
    ),
    ("A mine killed nine people. Nobody doubted that the Taliban had laid it.", "killed", "nine people", ["Taliban"]),
    # denials accuse
    ("Mali's army denied that one of its jets had killed nine people.", "killed", "nine people", ["Mali"]),
    # the sides of a clash
    (
        "Nine Taliban fighters and four government soldiers died in a battle near Tamba, Afghanistan, the police said.",
        "died",
        "Nine Taliban fighters",
        ["Afghanistan"],
    ),
    (
        "Nine Taliban fighters died in a battle with Afghan troops. Two bakers were killed in the crossfire.",
        "killed",
        "Two bakers",
        ["Afghanistan", "Taliban"],
    ),
    (
        "Sri Lankan troops killed ten Tamil Tiger rebels and lost two of their own men.",
        "lost",
        "two of their own men",
        ["Liberation Tigers of Tamil Eelam"],
    ),
    # what soldiers and police at home did
    (
        "Nigerian soldiers were ambushed in Borno. Air support came, killing seven of them.",
        "killing",
        "seven",
        ["Nigeria"],
    ),
    (
        "Security forces detained 38 youths in Bulen in Ethiopia.",
        "detained",
        "38 youths",
        ["Ethiopian government"],
    ),
    (
        "Six fighters were neutralised in Iraq, the Turkish Defense Ministry announced.",
        "neutralised",
        "Six fighters",
        ["Turkey"],
    ),
    ("Soldiers torched a school in Kenya and shot five boys.", "shot", "five boys", ["Kenya"]),
    # one person is no party, a country can be the place only
    ("A 17-year-old Palestinian stabbed a guard in the neck.", "stabbed", "a guard", []),
    ("Kenya villages attacked: nine people killed.", "killed", "nine people", []),
    (
        "A man with a knife killed three people in a church before he was shot and wounded by French police.",
        "killed",
        "three people",
        [],
    ),
    # "rebels" are those of the group that the report has named so
    (
        "Black Heron Front rebels left. On Monday the rebels killed nine people.",
        "killed",
        "nine people",
        ["Black Heron Front"],
    ),
    ("Syrian opposition factions shelled Nubl, wounding five.", "wounding", "five", ["Syrian opposition factions"]),
]


@pytest.mark.parametrize(("text", "harm", "victims", "names"), CASES)
def test_who_is_blamed(text: str, harm: str, victims: str, names: list[str]) -> None:
    """One sentence or two, of many wars: the party that the words make responsible."""
    found = blamed(text, harm, victims)
    assert sorted(b.name for b in found) == sorted(names)
    assert all(text[b.start : b.end] == b.text for b in found)


@pytest.mark.parametrize(
    ("text", "basis", "more"),
    [
        ("Turkish shelling killed two shepherds.", "acting", {}),
        ("Turkish shelling killed two shepherds, the doctor said.", "accused", {"attributed": True}),
        ("Turkey said its drones killed two shepherds.", "admitted", {"attributed": True, "speaker": "Turkey"}),
        ("Islamic State claimed responsibility for the blast that killed two shepherds.", "admitted", {}),
        ("Clashes between Hamas and Fatah killed two shepherds.", "inferred", {}),
        ("The mayor blamed Turkey for the shelling that killed two shepherds.", "accused", {}),
    ],
)
def test_basis(text: str, basis: str, more: dict[str, object]) -> None:
    """Plain fact, accusation, admission and inference are told apart."""
    found = blamed(text, "killed", "two shepherds", **more)
    assert {b.basis for b in found} == {basis}


@pytest.mark.parametrize(
    "text",
    [
        "Police say he shot and killed two men on Elm Street.",
        "Police arrested a man after two men were killed on Elm Street.",
        "Police are looking for whoever killed two men on Elm Street.",
        "A car stopped by police held two men who had been killed.",
        "A strike on the Israeli army killed two men.",
        "Two men were killed in northern Syria.",
        "A leader of Boko Haram was near when two men were killed.",
        "Two men were killed, Reuters reported.",
    ],
)
def test_nobody_is_blamed(text: str) -> None:
    """Those who investigate, arrest, report, are struck, or only say where, are no culprits."""
    assert blamed(text, "killed", "two men" if "two men" in text else "Two men") == ()


def test_accuser() -> None:
    """Who accuses is kept beside who is accused."""
    found = blamed("Pakistan accused India of shelling a village and killing two farmers.", "killing", "two farmers")
    assert [(b.name, b.by) for b in found] == [("India", "Pakistan")]


def test_a_total_is_not_blamed_on_the_last_attacker() -> None:
    """A sum over a war has the culprit that its own sentence names, or none."""
    text = "A Turkish drone hit a van. The war has killed 90,000 people."
    assert blamed(text, "killed", "90,000 people", total=True) == ()


def test_police_at_home_keep_their_name() -> None:
    """Abroad the state is blamed, at home its police."""
    text = "Security forces detained 38 youths in Bulen in Ethiopia."
    assert [b.name for b in blamed(text, "detained", "38 youths", home="ET")] == ["Ethiopian security forces"]


def test_a_claim_of_one_attack_claims_no_total() -> None:
    """Who claimed the bombing has not claimed the year's dead."""
    text = "Boko Haram claimed responsibility for the blast in a year in which raids have killed 300 people."
    assert blamed(text, "killed", "300 people", total=True) == ()


@given(st.text(max_size=200), st.integers(0, 200), st.integers(0, 20))
def test_any_text(text: str, at: int, length: int) -> None:
    """Any text, any harm span: no exception, spans hold."""
    events, actors = find_events(text), find_actors(text)
    ties = find_culprits(text, [(p.start, p.end) for p in split_passages(text)], actors, events)
    span = (0, len(text))
    harm = (min(at, len(text)), min(at + length, len(text)))
    for b in find_blamed(Harmed(span, harm, None, choose_event(span, harm, events)), ties, actors):
        assert text[b.start : b.end] == b.text


_WORDS = st.sampled_from(
    [
        "Turkish",
        "drone",
        "strike",
        "killed",
        "by",
        "the",
        "army",
        "of",
        "Syria",
        "and",
        "Hamas",
        "fighters",
        "said",
        "it",
        "blamed",
        "accused",
        "Israel",
        "on",
        "clashes",
        "between",
        "positions",
        "was",
        "two",
        "shepherds",
        ".",
        ",",
        "shelling",
        "claimed",
        "responsibility",
    ]
)


@given(st.lists(_WORDS, max_size=40))
def test_any_words(words: list[str]) -> None:
    """Words that matter, in any order: no exception, and nobody is blamed twice."""
    text = " ".join(words)
    events, actors = find_events(text), find_actors(text)
    ties = find_culprits(text, [(p.start, p.end) for p in split_passages(text)], actors, events)
    found = find_blamed(
        Harmed((0, len(text)), (0, 5), None, choose_event((0, len(text)), (0, 5), events)), ties, actors
    )
    assert len({b.name for b in found}) == len(found)


def test_of_three_parties_the_other_camp_is_blamed() -> None:
    """Where an army fights two groups, the dead of one group are not laid at the other's door."""
    text = (
        "Clashes broke out at Mora. Nigerian troops fought Boko Haram and fighters of Ansaru. "
        "Four Boko Haram fighters were killed in the clashes."
    )
    found = blamed(text, "killed", "Boko Haram fighters")
    assert [b.name for b in found] == ["Nigeria"]


def test_who_counts_fallen_enemies_has_felled_them() -> None:
    """A ministry that tells of terrorists neutralised speaks of its own side's deeds; of its own dead it does not."""
    text = "Forty-five terrorists were neutralised in the north, the Turkish Defence Ministry said."
    named = blamed(text, "neutralised", "Forty-five terrorists", speaker="Turkey", foes=True)
    assert [(b.name, b.basis) for b in named] == [("Turkey", "admitted")]
    text = "Forty-five Turkish soldiers were lost in the north, the Turkish Defence Ministry said."
    assert blamed(text, "lost", "Forty-five Turkish soldiers", speaker="Turkey", foes=True) == ()


def test_a_state_at_home_and_abroad() -> None:
    """At home an army is blamed under its own name, abroad as the state."""
    text = "The Nigerian army shelled a market, killing nine."
    assert [b.name for b in blamed(text, "killing", "nine", home="NG")] == ["Nigerian army"]
    assert [b.name for b in blamed(text, "killing", "nine", home="CM")] == ["Nigeria"]


def test_who_killed_elsewhere_is_not_blamed_here() -> None:
    """The coalition's strike on the port says nothing of the shelling of the market."""
    text = (
        "Shelling of the market in Zalba, Yemen, killed 11 on Monday, a doctor said.\n\nThe Saudi-led coalition has "
        "acknowledged one error, the strike near Hays that killed four civilians last Wednesday."
    )
    found = {c.count.text: [b.name for b in c.blamed] for c in read_document(told.document(text)).claims}
    assert found == {"11": [], "four": ["Saudi-led Coalition"]}


def test_a_deed_claimed_in_one_item_is_not_the_next_ones() -> None:
    """Items of a bulletin: who set off one mine is not said to have fired the bullet of another town."""
    text = (
        "A soldier was killed when a landmine was set off near Newry, Northern Ireland, on Sunday, and two were "
        "hurt. In a call to a station in Dublin a man said that the Provisional IRA had done it, and that more of"
        " the same would follow in the weeks to come wherever patrols were sent out along the border, whatever "
        "their number was. The government in London said that it had expected nothing else and that it would go "
        "on as before, with more troops if that was what was needed, and that it would not speak with those who "
        "lay mines on roads that children use. The road will be closed until the army has looked at every yard of"
        " it, which can take the whole of the week.\n\nIn Londonderry a constable was wounded on Monday when a "
        "parcel bomb went off in a shop in the city's centre."
    )
    found = {c.count.text: [b.name for b in c.blamed] for c in read_document(told.document(text)).claims}
    assert found["A soldier"] == ["Irish Republican Army"]
    assert found["a constable"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Boko Haram fighters came to Zalba at dusk. They shot nine herders dead.", ["Boko Haram"]),
        ("Boko Haram men stopped a bus. They separated the men from the women and led away nine men.", ["Boko Haram"]),
        ("Boko Haram fighters came to Zalba at dusk. They heard that nine herders had been shot dead.", []),
        ("The villagers of Zalba fear Boko Haram. Nine herders there died when they shot at a snake.", []),
        ("Nine herders were massacred in the night from Sunday to Monday by Boko Haram fighters.", ["Boko Haram"]),
    ],
)
def test_they(text: str, expected: list[str]) -> None:
    """ "They" are those under arms of whom the sentence before told, where they do something; a time may part "by" from
    its verb."""
    names = [[b.name for b in c.blamed] for c in read_document(told.document(text)).claims]
    assert names == [expected]


def test_nobody_says_who() -> None:
    """Where the text says that nobody knows who did it, the party blamed for another strike is not meant."""
    text = (
        "A drone strike on the market of Zalba in Sudan killed nine people on Monday, and the government accused the "
        "Rapid Support Forces of carrying it out.\n\nLast Thursday four bakers died when a drone hit a bus near "
        "El Obeid, a doctor said, without saying who had fired."
    )
    found = {c.count.text: [b.name for b in c.blamed] for c in read_document(told.document(text)).claims}
    assert found == {"nine": ["Rapid Support Forces"], "four": []}


def test_who_shot_the_attacker_did_not_do_what_he_did() -> None:
    """Police that shot one of the attackers are blamed for that one only, here and in the sentences after."""
    text = (
        "Militants hurled grenades at a camp near Pahalgam in India on Tuesday, killing nine, before one of the "
        "attackers was gunned down by the CRPF.\n\nTwo women were among the dead, a doctor said."
    )
    found = {c.count.text: [b.name for b in c.blamed] for c in read_document(told.document(text)).claims}
    assert found["one"] == ["India"] and found["nine"] == ["militants"] and "India" not in found["Two"]


@pytest.mark.parametrize(
    "text",
    [
        "Nine men were shot dead in Nanduli. The Taliban denied that it had killed them. The Islamic State claimed the "
        "attack.",
        "Nine men were beheaded in Nanduli. The Islamic State, to which the rebels swore loyalty, claimed the attack.",
        "Nine men were shot dead in Nanduli. A man who spoke for the Islamic State told a station that his group was "
        "behind it.",
        "A mine killed nine men in Nanduli. Nobody has said it laid the device, but locals hold the Islamic State "
        "responsible.",
    ],
)
def test_who_says_so_himself_or_is_held_responsible(text: str) -> None:
    """A claim beside another's denial, after a relative clause, by a caller; "hold X responsible"."""
    claims = read_document(told.document(text)).claims
    assert [[b.name for b in c.blamed] for c in claims] == [["Islamic State"]]
    assert not claims[0].attribution


@pytest.mark.parametrize(
    "text",
    [
        "Drones hit a convoy of the Malian army near Boni in Mali on Sunday, killing 17 soldiers.",
        "A mine hit a vehicle of the Nigerian army near Damboa in Nigeria on Sunday, killing three soldiers.",
        "A depot of the Malian army near Boni in Mali was hit on Sunday, killing three soldiers.",
        "A Sudanese army depot in Bara in Sudan was hit by drones on Sunday, killing 17 soldiers.",
    ],
)
def test_whose_convoy_is_hit_did_not_do_it(text: str) -> None:
    """Nor is an army inferred to have fought soldiers, because it is blamed under its own name."""
    assert [c.blamed for c in read_document(told.document(text)).claims] == [()]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("According to the army, the Houthis suffered 48 casualties (33 dead and 15 wounded) in Zalba.", {"Houthis"}),
        ("The Yemeni army sustained 7 dead and 11 wounded near Zalba on Saturday.", {"Yemeni government"}),
    ],
)
def test_who_sustains_losses_did_not_inflict_them(text: str, names: set[str]) -> None:
    """ "Suffered 15 wounded" wounds nobody."""
    claims = read_document(told.document(text)).claims
    assert claims and not any(b.name in names for c in claims for b in c.blamed)


@pytest.mark.parametrize(
    "text",
    [
        "Spain's foreign minister left Zalba. The inquiry requested by the Spanish government into the murder of two.",
        "A Czech pistol was found in Zalba in Sudan. A sergeant was killed on Monday.",
        "Uganda expressed its sorrow over the attack that killed nine people in Zalba.",
        "Nine people were killed in Zalba in Sudan. The Ugandan embassy launched an appeal for blood.",
        "A girl in Zalba in Sudan told police that a neighbour shot her.",
    ],
)
def test_who_asks_mourns_helps_or_is_told_did_nothing(text: str) -> None:
    """Inquiries, sorrow, an embassy, the make of a pistol, a policeman who is told: none of it is a deed."""
    claims = read_document(told.document(text)).claims
    assert claims and not any(c.blamed for c in claims)


@pytest.mark.parametrize(
    "text",
    [
        "The army rescued 30 kidnapped girls near Zalba in Sudan.",
        "Police in Zalba in Sudan recovered the bodies of four murdered men.",
        "Soldiers evacuated 12 wounded villagers from Zalba in Sudan.",
    ],
)
def test_who_rescues_the_kidnapped_did_not_kidnap_them(text: str) -> None:
    """A participle behind a number says what had befallen them, not what the subject did."""
    claims = read_document(told.document(text)).claims
    assert claims and not any(c.blamed for c in claims)

"""Events: that words of violence are found, weak ones take a type from strong ones, and a number gets its own event."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.find.told import document
from tollbook import lexicon
from tollbook.find.event.events import choose_event, find_events
from tollbook.find.grammar.passages import split_passages
from tollbook.find.grammar.sentences import parse_passages
from tollbook.pipeline import read_document
from tollbook.records import Event


def event(text: str, harm: str, total: bool = False, parsed: bool = True) -> Event | None:
    at = text.index(harm)
    p = next(p for p in split_passages(text) if p.start <= at < p.end)
    sentence = next(parse_passages([(0, p)])) if parsed else None
    return choose_event((p.start, p.end), (at, at + len(harm)), find_events(text), sentence, total)


@pytest.mark.parametrize(
    ("text", "harm", "kind"),
    [
        ("An air raid on Derna killed four.", "killed", "airstrike"),
        ("A drone fired on their car, killing four.", "killing", "drone_strike"),
        ("Explosive barrels fell on Derna and killed four.", "killed", "airstrike"),
        ("Soldiers raided Derna, killing four.", "killing", "ground_attack"),
        ("A raid by warplanes on Derna killed four.", "killed", "airstrike"),
        ("The air force bombed a school, killing four.", "killing", "airstrike"),
        ("A bombing in the bazaar killed four.", "killed", "bombing"),
        ("A UAV dropped a grenade, wounding two.", "wounding", "drone_strike"),
        ("A missile fired by a drone killed four.", "killed", "drone_strike"),
        ("An Iskander hit the depot, killing four.", "killing", "missile_strike"),
        ("Grad rockets killed four.", "killed", "shelling"),
        ("Four died when a mortar round landed.", "died", "shelling"),
        ("An IED killed four soldiers.", "killed", "bombing"),
        ("A rocket of an aircraft hit the tent and killed four.", "killed", "airstrike"),
        ("Two of them had blown themselves up, killing four.", "killing", "suicide_bombing"),
        ("At the end of the encounter, four rebels were killed.", "killed", "clash"),
        ("He blew himself up, killing four.", "killing", "suicide_bombing"),
        ("Unexploded ordnance killed two boys.", "killed", "landmine"),
        ("Two boys died when a mine exploded.", "died", "landmine"),
        ("A man was fatally shot outside a bar.", "fatally shot", "shooting"),
        ("FOUR PEASANTS WERE GUNNED DOWN IN A CANTINA.", "GUNNED DOWN", "shooting"),
        ("Chlorine killed 12.", "killed", "chemical_attack"),
        ("He was hacked to death.", "death", "stabbing"),
        ("They set fire to the huts and eight died.", "died", "arson"),
        ("Eight died in the raid and the huts were set on fire.", "died", "ground_attack"),
        ("Eight died when a girl set off explosives strapped to her body.", "died", "suicide_bombing"),
        ("Militants beheaded two farmers.", "beheaded", "execution"),
        ("Bandits kidnapped nine pupils.", "kidnapped", "abduction"),
        ("Clashes near the pass killed four.", "killed", "clash"),
        ("A bomb hidden in a cart exploded, killing four.", "killing", "bombing"),
        ("Four died when a bomb fell on a house.", "died", "airstrike"),
        ("Air support arrived, killing four.", "killing", "airstrike"),
        ("Mortar fire on the quay killed four.", "killed", "shelling"),
        ("A roadside bomb struck a van, wounding four.", "wounding", "bombing"),
        ("Rebel gunmen in canoes attacked the island, killing four.", "killing", "ground_attack"),
        ("Drones attacked the village, killing four.", "killing", "drone_strike"),
        ("Bandits invaded communities near Derna and killed four.", "killed", "ground_attack"),
        ("Gunmen kill four in a fresh attack on a hill community.", "kill", "ground_attack"),
        ("Four died in an attack by suspected rebels on Derna camp.", "died", "ground_attack"),
        ("Four died in a drone attack by rebels on Derna camp.", "died", "drone_strike"),
        ("Four died when men burst into a bar and opened fire.", "died", "shooting"),
        ("Men with rifles and machetes took four lives.", "lives", "ground_attack"),
        ("Gunmen killed four.", "killed", "shooting"),
        ("Men rammed the gate and opened fire, killing four.", "killing", "shooting"),
        ("Four men were found handcuffed and shot.", "found", "execution"),
        ("A man armed with a knife killed four.", "killed", "stabbing"),
        ("Spotted by a drone, four were killed in an air raid.", "killed", "airstrike"),
        ("Four died when it was blown up.", "died", "bombing"),
        ("A suicide bomber set off his car bomb, killing four.", "killing", "suicide_bombing"),
        ("Rockets filled with a nerve agent killed four.", "killed", "chemical_attack"),
        ("Militants threw grenades and opened fire on pilgrims, killing four.", "killing", "ground_attack"),
        ("Men opened fire and threw grenades, killing four.", "killing", "ground_attack"),
        ("A grenade thrown at a shop killed four.", "killed", "bombing"),
        ("Fighters killed four, going house to house.", "killed", "ground_attack"),
        ("Four died when an Antonov bombed the market.", "died", "airstrike"),
        ("Militants attacked an army convoy, killing four.", "killing", "ground_attack"),
        ("Militants attacked an army convoy with a roadside bomb, killing four.", "killing", "bombing"),
        ("Four died in an attack by gunmen on a hotel.", "died", "ground_attack"),
        ("Rubber bullets wounded four.", "wounded", "shooting"),
        ("A mortar bomb killed four.", "killed", "shelling"),
        ("Clans fought over a well and four died.", "died", "clash"),
        ("The siege of Lomba killed four.", "killed", "ground_attack"),
        ("An attack in Tuz killed four.", "killed", None),
        ("The civil war has killed thousands.", "killed", None),
        ("Three people were killed.", "killed", None),
    ],
)
@pytest.mark.parametrize("parsed", [True, False])
def test_one_sentence(text: str, harm: str, kind: str | None, parsed: bool) -> None:
    """The type from the words of one sentence, with the parser and without."""
    found = event(text, harm, parsed=parsed)
    assert (found.type if found else None) == kind


@pytest.mark.parametrize(
    "text",
    [
        "A bus of the Ministry of Mines stood at the gold mines.",
        "The execution of this operation went well.",
        "They observed a ceasefire after the hunger strike.",
        "Air defences shot down nothing at the missile defence base.",
    ],
)
def test_no_event(text: str) -> None:
    """Longer phrases that hold an event word and mean something else."""
    assert all(e.type is None for e in find_events(text))


def test_the_attack_is_the_one_before() -> None:
    """A weak word takes the type of what the document has spoken of, and keeps its own words and place."""
    text = "A drone hit a van near Amuda. The attack killed two men."
    found = event(text, "killed")
    assert found is not None and (found.type, found.text) == ("drone_strike", "attack")
    assert text[found.start : found.end] == found.text


def test_a_headline_looks_forward() -> None:
    """A headline's "strike" is what the body says it was."""
    text = "Strike kills five\n\nWarplanes bombed the market on Sunday. Warplanes came back at noon."
    found = event(text, "kills")
    assert found is not None and found.type == "airstrike"


def test_another_attack_is_not_that_one() -> None:
    """ "Another attack" does not take the type of the attack before."""
    found = event("A drone hit a van. Another attack killed two in Jalula.", "killed")
    assert found is not None and found.type is None
    own = event("Shells fell on Avdo. Another drone strike killed two in Jalula.", "killed")
    assert own is not None and own.type == "drone_strike"


def test_a_pit_is_no_landmine() -> None:
    found = event("Gunmen fired rockets at the mines. Four miners were killed.", "killed")
    assert found is not None and found.type == "shelling"
    found = event("Shepherds walked among the mines. Four of them were killed.", "killed")
    assert found is not None and found.type == "landmine"


def test_the_nearer_of_two_events() -> None:
    """Two events in one sentence: each number has its own."""
    text = "Shelling killed three people in Avdo, while snipers wounded two in Beri."
    first, second = event(text, "killed"), event(text, "wounded")
    assert first is not None and second is not None
    assert (first.type, second.type) == ("shelling", "shooting")


def test_a_sentence_without_a_word_goes_on() -> None:
    """A sentence with no event word goes on about the document's event; a total does not."""
    text = "Artillery hit the camp. Five people were killed, a nurse said."
    found = event(text, "killed")
    assert found is not None and found.type == "shelling"
    assert event(text, "killed", total=True) is None


def test_what_goes_on_keeps_its_carrier() -> None:
    """Missiles that a drone fired are a drone strike three sentences further on too."""
    text = "A drone fired two missiles at a farm near Hama.\n\nBy the evening eleven people were dead."
    found = event(text, "dead")
    assert found is not None and found.type == "drone_strike"


def test_what_was_avenged_is_no_event_of_the_report() -> None:
    """A bombing in revenge for air raids is a bombing."""
    text = "A bombing killed four. It was revenge for air raids and for earlier air raids. Two more died."
    found = event(text, "died")
    assert found is None or found.type != "airstrike"


def test_a_separate_incident_takes_no_event_from_the_one_before() -> None:
    """What the sentence does not name is not known."""
    assert event("A suicide bomber killed four. Separately, troops killed two men.", "killed two") is None


def test_a_sum_of_several_kinds_has_no_type() -> None:
    """Ambushes, bombings and air raids together are no one kind of event."""
    found = event("Ambushes, bombings and air raids have killed 300 since May.", "killed", total=True)
    assert found is not None and found.type is None


def test_a_plane_speaks_for_an_airstrike() -> None:
    """A later sentence about "the strike" goes back to the plane, not to shells that it was not."""
    found = event("A plane hit a house; these were not shells. Five died in the strike.", "died")
    assert found is not None and found.type == "airstrike"


def test_who_storms_a_village_shoots_there() -> None:
    """What a raid on a village was done with is no event of its own; in an operation somebody may be shot."""
    stormed = "Rebels stormed Derna at dawn. They fired into the huts. They fired on whoever ran.\n\nNine died."
    found = event(stormed, "died")
    assert found is not None and found.type == "ground_attack"
    manoeuvre = "During an incursion into Derna, troops fired on a car. Snipers fired too.\n\nNine died."
    found = event(manoeuvre, "died")
    assert found is not None and found.type == "shooting"


def test_gunmen_are_those_who_came() -> None:
    """ "Gunmen" says how it was done only where nothing else does."""
    found = event(
        "Gunmen kill nine in Derna\n\nThey attacked the village. Rebels attacked the village at dawn.", "kill"
    )
    assert found is not None and found.type == "ground_attack"


def test_lexicon_has_each_word_once() -> None:
    """One phrase, one meaning."""
    data = lexicon.load("events")
    words = [w for kind in data["strong"].values() for w in kind]
    words += [w for row in data["weak"].values() for w in row["words"]] + data["war"]["words"] + data["not"]["words"]
    assert sorted({w for w in words if words.count(w) > 1}) == []


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Any text in any script: no exception, spans hold, nothing overlaps."""
    end = 0
    for m in find_events(text):
        assert text[m.start : m.end] == m.text and m.start >= end
        end = m.end


def test_what_stood_in_the_sentence_before_bombs_nobody() -> None:
    """ "… said the military. A bomb went off": the bomb did not come from the air."""
    found = find_events("It was quiet, said the military. A bomb went off in the yard, killing four.")
    assert [m.type for m in found if m.type] == ["bombing"]


def test_a_general_word_in_a_sum_takes_no_type_from_elsewhere() -> None:
    """What a whole offensive cost was not done by the shells of another sentence."""
    text = "Shells fell on Derna. The offensive has cost 2,000 lives."
    found = event(text, "lives", total=True)
    assert found is None or found.type is None


def test_the_same_incident_goes_before_the_rest() -> None:
    """A number without a word for its event has that of the stretches which tell of its incident."""
    text = "Warplanes and more warplanes struck Derna. Shells fell on Zalba. Four people died there."
    at = text.index("died")
    p = split_passages(text)[-1]
    found = choose_event((p.start, p.end), (at, at + 4), find_events(text), near=[(43, len(text))])
    assert found is not None and found.type == "shelling"


def test_what_there_was_not() -> None:
    """ "There was no fighting here": no event."""
    assert find_events("There was no fighting here.") == ()


def test_a_sum_of_attacks_has_no_one_kind() -> None:
    """ "In attacks by the army since May": of every kind."""
    found = event("Shells hit Derna.\n\nFour hundred died in attacks by the army since May.", "died", total=True)
    assert found is not None and found.type is None


def test_fighting_around_is_no_event_of_its_own() -> None:
    """ "As fighting spread" stands behind what the sentence tells; "killed as clashes broke out" is what happened."""
    text = "Nine died when a drone hit a market on Tuesday, as fighting spread. A doctor put the dead at 11."
    assert [e.type for e in find_events(text) if e.text == "fighting"] == [None]
    text = "Nine were killed as clashes broke out in the west."
    assert [e.type for e in find_events(text) if e.text == "clashes"] == ["clash"]


@pytest.mark.parametrize(
    ("text", "count", "kind"),
    [
        (
            "Six soldiers died in a gun battle in Derna on Monday.\n\nAn explosive device went off under their lorry "
            "near Beri. Four drivers died.",
            "Four",
            "bombing",
        ),
        (
            "Shells killed six people in Derna on Monday.\n\nWarplanes bombed two houses in Beri. Four people were "
            "killed in the attack.",
            "Four",
            "airstrike",
        ),
        (
            "Drones killed six people in Derna on Monday. Drones came back at noon, and drones fired again.\n\n"
            "The air strike hit a bakery. Four people were killed.",
            "Four",
            "drone_strike",
        ),
    ],
)
def test_what_a_paragraph_has_just_told(text: str, count: str, kind: str) -> None:
    """It goes before what the rest of the report tells, unless that says more of the same."""
    found = {c.count.text: c.event for c in read_document(document(text)).claims}[count]
    assert found is not None and found.type == kind


@pytest.mark.parametrize(
    ("text", "count", "kind"),
    [
        ("Soldiers shot four rebels dead in an exchange of fire in Derna on Monday.", "four", "clash"),
        ("Jets bombed Derna on Monday.\n\nIts troops had killed four gunmen at Beri, the army said.", "four", "clash"),
        ("Jets bombed Derna on Monday.\n\nFour gunmen were killed, the army said.", "Four", "airstrike"),
        ("Bandits kill nine, abduct four\n\nBandits stormed Derna on Monday, killing nine.", "nine", "ground_attack"),
    ],
)
def test_how_fighters_and_their_victims_died(text: str, count: str, kind: str) -> None:
    """In a clash who was shot in it, and fighters whom soldiers killed; of being taken nobody dies."""
    found = {c.count.text: c.event for c in read_document(document(text)).claims}[count]
    assert found is not None and found.type == kind


@pytest.mark.parametrize(
    ("text", "count", "kind"),
    [
        ("Since the fighting erupted on 3 March, 90 people have been killed in Derna.", "90", None),
        ("Since the fighting erupted on 14 June, 90 people have been killed in Derna.", "90", "clash"),
        ("Soldiers killed 188 people in Derna in May, of them 40 by execution.", "40", "execution"),
        ("The army lost 27 men in the battle for Derna, among them three who blew themselves up.", "27", "clash"),
        ("Jets bombed Derna on Monday, killing six.\n\nIn 2019 the same men killed 16 herders near Beri.", "16", None),
        ("A raid by troops on Derna on Monday killed four, two of them in a drone strike.", "two", "drone_strike"),
        ("A raid by troops on Derna on Monday killed four, two of them in a drone strike.", "four", "ground_attack"),
        ("Gunmen stormed Derna on Monday and abducted nine pupils.", "nine", "ground_attack"),
        ("Rebels set off a claymore near Derna on Monday. The attack killed nine clerks.", "nine", "bombing"),
        ("Mine attacks have left nine dead near Derna.", "nine", "landmine"),
        ("Rebels fired rockets at Beri. Jets hit Derna on Monday. The strike killed nine.", "nine", "airstrike"),
        ("Missiles kill nine in Derna\n\nA drone fired missiles at a farm in Derna on Monday, killing nine.", "nine",
         "drone_strike"),
        ("Nine rebels gunned down in Derna\n\nNine rebels were killed in an encounter with troops in Derna on Monday.",
         "Nine", "clash"),
        ("Car bomb kills nine in Derna\n\nA suicide bomber drove a car into a post in Derna on Monday, killing nine.",
         "nine", "suicide_bombing"),
    ],
)  # fmt: skip
def test_what_a_sum_a_part_and_a_headline_leave_open(text: str, count: str, kind: str | None) -> None:
    """Fighting of weeks is of every kind; a part says how it came to harm; other words of the incident say more."""
    found = next(c.event for c in read_document(document(text)).claims if c.count.text == count)
    assert (found.type if found else None) == kind

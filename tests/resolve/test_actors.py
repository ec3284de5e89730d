"""Actors: that names, descriptions and pronoun-like words are found, told apart and blamed under one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import seconds
from tollbook import lexicon
from tollbook.resolve.actor_words import countries
from tollbook.resolve.actors import find_actors, name_actor, setting_of


@pytest.mark.parametrize(
    ("text", "words", "name", "party"),
    [
        ("The Israeli army fired.", "Israeli army", "Israeli army", "Israel"),
        ("Israel's military fired.", "Israel's military", "Israeli military", "Israel"),
        ("An IDF tank fired.", "IDF tank", "Israeli army", "Israel"),
        ("Turkish drones circled.", "Turkish drones", "Turkey", "Turkey"),
        ("Russian fixed-wing warplanes came.", "Russian fixed-wing warplanes", "Russia", "Russia"),
        ("U.S. troops left.", "U.S. troops", "US troops", "United States"),
        ("Centcom would not say.", "Centcom", "US Central Command", "United States"),
        ("the U.S.-led coalition denied it", "U.S.-led coalition", "US-led Coalition", "US-led Coalition"),
        ("Iran-backed Houthi rebels left", "Iran-backed Houthi rebels", "Houthis", "Houthis"),
        ("Iranian-backed militias left", "Iranian-backed militias", "Iran-backed militias", "Iran-backed militias"),
        ("Turkish-backed factions of the Syrian National Army", "Turkish-backed factions of the Syrian National Army",
         "Syrian National Army", "Syrian National Army"),
        ("mercenaries of the Turkish occupation", "mercenaries of the Turkish occupation",
         "Turkish-backed mercenaries", "Turkish-backed mercenaries"),
        ("Russia's Ministry of Defence said", "Russia's Ministry of Defence", "Russian Defense Ministry", "Russia"),
        ("the Ministry of Defence of Ukraine", "Ministry of Defence of Ukraine",
         "Ukrainian Defense Ministry", "Ukraine"),
        ("TERRORISTS OF THE FMLN ATTACKED", "TERRORISTS OF THE FMLN", "FMLN", "FMLN"),
        ("Kurdish fighters held the hill", "Kurdish fighters", "Kurdish fighters", "Kurdish fighters"),
        ("a Daesh cell", "Daesh", "Islamic State", "Islamic State"),
        ("Iranian state media reported", "Iranian state media", "Iranian state media", None),
        ("unidentified gunmen fled", "unidentified gunmen", "unidentified gunmen", None),
        ("the Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights",
         "Syrian Observatory for Human Rights", None),
    ],
)  # fmt: skip
def test_one_actor(text: str, words: str, name: str, party: str | None) -> None:
    """A body keeps its own name and is blamed as its state; a group as itself; an observer never."""
    mention = find_actors(text)[0]
    assert (mention.text, mention.name, mention.party) == (words, name, party)


@pytest.mark.parametrize(
    "text",
    [
        "It is for us to say who is right, and as it is a cat that sat.",  # is, us, who: no acronyms
        "We ate turkey under a polish lamp.",
        "Jordan Baker and Chad Lowe opened a shop.",
        "THIS IS FOR US TO SAY WHO WAS RIGHT",
        "military sources and army bases",
    ],
)
def test_no_actor(text: str) -> None:
    """Words that only look like an actor."""
    assert find_actors(text) == ()


def test_shouted_headline() -> None:
    """In capitals "US DRONE" is a country's drone, "KILLED US" is not, and "U.S." always is."""
    found = find_actors("US DRONE KILLED THEM AND NEARLY KILLED US NEAR HERAT, U.S. SENATORS CLAIM")
    assert [m.text for m in found if m.country == "US"] == ["US DRONE", "U.S."]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Sons of Marwa claimed responsibility.", "Sons of Marwa"),
        ("A smaller group, the Marwa Brigade, later claimed responsibility.", "Marwa Brigade"),
        ("The Sons of Marwa, who want the port, claimed the bombing.", "Sons of Marwa"),
        ("A group calling itself Dawn of Marwa fired.", "Dawn of Marwa"),
        ("Lashkar-e-Marwa said in a call that it was behind the blast.", "Lashkar-e-Marwa"),
        ("Four men, presumably members of the Raya Kecil, fled.", "Raya Kecil"),
        ("The Marwa Liberation Front (MLF) fled. MLF fighters came back.", "Marwa Liberation Front"),
        ("Fighters of the Mwana Defence Force fled.", "Mwana Defence Force"),
    ],
)
def test_a_group_that_no_list_has(text: str, name: str) -> None:
    """Known by what is said of it, and by its short form from there on."""
    found = [m for m in find_actors(text) if m.name == name]
    assert found and all(m.party == name and m.role == "group" for m in found)
    assert len(found) == 1 + text.count("MLF")


@pytest.mark.parametrize(
    "text",
    [
        "Peter Lomba claimed responsibility.",
        "The Western Front was quiet.",
        "A shop in Front Street burned.",
        "The Civil Rights Movement marched.",
        "Members of the Security Council met.",
    ],
)
def test_no_group(text: str) -> None:
    """Persons, streets, theatres of war and councils are none."""
    assert not [m for m in find_actors(text) if m.role == "group"]


def test_rebels_of_the_named_group() -> None:
    """ "The rebels" are blamed as the group whose rebels were named; with two such groups as nobody's."""
    one = find_actors("Shining Path rebels came. The rebels fired.")
    two = find_actors("Shining Path rebels and FARC rebels came. The rebels fired.")
    assert one[-1].party == "Shining Path"
    assert two[-1].party == "rebels"


def test_a_led_strike_is_a_coalition_s() -> None:
    """A country leads a coalition whether or not the word is said; a dateline is no adjective."""
    assert [m.name for m in find_actors("A Saudi-led air strike hit a farm.")] == ["Saudi-led Coalition"]
    assert "Peruvian guerrillas" not in [m.name for m in find_actors("LIMA, Peru - Guerrillas fired.")]


def test_the_army_is_the_one_named_before() -> None:
    """ "The army" after "the Israeli army" is that army, wherever the report is set."""
    found = find_actors("The Israeli army entered Tyre. Later the army withdrew.", setting="LB")
    assert found[-1].name == "Israeli army"


def test_the_army_of_a_headline_is_named_below() -> None:
    """A headline's "Army" waits for the lead to say whose."""
    found = find_actors("Army kills three\n\nColombian troops killed three people on Monday.")
    assert found[0].party == "Colombian government" or found[0].country == "CO"


@pytest.mark.parametrize(
    ("setting", "party"), [("SY", "Syrian government"), ("YE", "Yemeni government"), (None, "government forces")]
)
def test_government_forces_belong_to_the_setting(setting: str | None, party: str) -> None:
    """ "Government forces" are those of the country the report is set in; without one they stay unnamed."""
    assert find_actors("Government forces advanced.", setting)[0].party == party


@pytest.mark.parametrize(
    ("text", "setting", "name"),
    [
        ("The SNA advanced.", "SY", "Syrian National Army"),
        ("The SNA advanced.", "SO", "Somali National Army"),
        ("The ADF attacked.", "CD", "Allied Democratic Forces"),
        ("The ADF attacked.", "AU", "Australian Defence Force"),
        ("The RSF and Reporters Without Borders spoke.", "FR", "Reporters Without Borders"),
        ("The RSF advanced.", "SD", "Rapid Support Forces"),
    ],
)
def test_one_acronym_two_actors(text: str, setting: str, name: str) -> None:
    """The setting, or the full name elsewhere, decides between two actors of one acronym."""
    assert find_actors(text, setting)[0].name == name


def test_the_coalition() -> None:
    """ "The coalition" is the one named, else the one that fights in the country."""
    assert find_actors("The Saudi-led coalition struck. The coalition was silent.")[-1].name == "Saudi-led Coalition"
    assert find_actors("The coalition struck.", "IQ")[0].name == "US-led Coalition"


@pytest.mark.parametrize(
    ("phrase", "name", "kind"),
    [
        ("a spokesman for the Turkish Ministry of National Defense", "Turkish Defense Ministry", "military"),
        ("Gaza's health ministry", "Gaza Health Ministry", "government"),
        ("the AFP news agency", "Agence France-Presse", "media"),
        ("Médecins Sans Frontières", "Médecins Sans Frontières", "ngo"),
        ("the U.N. human rights office", "OHCHR", "un"),
        ("the GIA", "Armed Islamic Group", "armed_group"),
        ("the Phalangist militia", "Lebanese Phalangists", "armed_group"),
    ],
)
def test_name_actor(phrase: str, name: str, kind: str) -> None:
    """A speaker's phrase gives the body that speaks, and its kind."""
    actor = name_actor(phrase)
    assert actor is not None and (actor.name, actor.kind) == (name, kind)


def test_name_actor_of_nobody() -> None:
    """A person, a nationality or strangers are no organised actor."""
    assert [name_actor(p) for p in ("a Syrian shepherd", "unknown gunmen", "her neighbour")] == [None, None, None]


def test_setting() -> None:
    """The country most named as a place, not the one most blamed; none where none is named."""
    assert setting_of("Turkish drones struck northern Syria. Turkish officials said Turkish forces left.") == "SY"
    assert setting_of("A fire broke out.") is None
    assert setting_of("Nine peacekeepers from Tanzania were hurt at their base, MONUSCO said.") == "CD"


def test_lexicon_is_consistent() -> None:
    """No alias is listed twice for one actor, every country code exists, and years do not run backwards."""
    for row in lexicon.load("actors")["actors"]:
        assert len(row["aliases"]) == len(set(row["aliases"])), row["name"]
        assert row.get("country") is None or row["country"] in countries(), row["name"]
        assert row.get("from", 0) <= row.get("to", 9999), row["name"]
    codes = [row["code"] for row in lexicon.load("demonyms")["countries"]]
    assert len(codes) == len(set(codes))


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    """Any text in any script: no exception, spans hold, nothing overlaps."""
    end = 0
    for m in find_actors(text):
        assert text[m.start : m.end] == m.text and m.start >= end
        end = m.end


_WORDS = st.sampled_from(
    [
        "Turkish",
        "Turkey's",
        "US",
        "U.S.",
        "the",
        "army",
        "-backed",
        "factions",
        "of",
        "SDF",
        "(SNA)",
        "IS",
        "is",
        "forces",
        "drone",
        "regime",
        "Ministry",
        "Defence",
        ",",
        ".",
        "\n",
        "Syrian",
        "government",
        "mercenaries",
        "occupation",
        "Jordan",
        "coalition",
        "led",
        "Israeli",
        "Russian's",
    ]
)


@given(st.lists(_WORDS, max_size=60))
def test_any_words(words: list[str]) -> None:
    """Words of the lexicon in any order and neighbourhood."""
    text = " ".join(words)
    assert all(text[m.start : m.end] == m.text for m in find_actors(text))


def test_time_is_linear() -> None:
    """Twice the text takes about twice the time, whatever repeats in it."""
    unit = "Turkish-backed Syrian opposition rebel groups of the the US-led of "

    def taken(n: int) -> float:
        return seconds(lambda run: find_actors(unit * n + f"{n} {run}"))

    assert taken(1600) < 12 * taken(400) + 0.05


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They fled when Murle youths came.", ["Murle youths"]),
        ("Suspected Lendu militiamen and the Los Ardores gang fought.", ["Lendu militiamen", "Los Ardores gang"]),
        (
            "In Zalba militants fled. On Monday militants came. Suspected rebels ran.",
            ["militants", "militants", "rebels"],
        ),
        ("Youths threw stones, and hunters fled.", []),
    ],
)
def test_a_people_before_armed_men(text: str, names: list[str]) -> None:
    """A people, a clan or a gang that no list knows names those who follow; a place or a day does not."""
    assert [m.name for m in find_actors(text)] == names


def test_a_country_named_in_passing_is_no_setting() -> None:
    """Where the report's towns lie goes before a country that it names once."""
    text = "Nine people were shot in Carthage, police said. In March a man shot twelve people in Germany."
    assert next(a.name for a in find_actors(text, placed="US") if a.text == "police") == "US police"

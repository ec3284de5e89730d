"""Speakers within a document: who "the diplomat", "she" and "the ministry" are."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.records import Kind, Span, Speaker
from tollbook.resolve.people import name_speakers
from tollbook.resolve.people_phrases import kind_of, proper_core, spelled_out, take_apart


@dataclass(frozen=True)
class Actor:
    name: str
    kind: Kind


ACTORS = {"RWG": Actor("Ruvan Watch Group", "monitor"), "Ruvan Watch Group": Actor("Ruvan Watch Group", "monitor")}


def actor(phrase: str) -> Actor | None:
    return next((a for word, a in ACTORS.items() if word in phrase), None)


def speakers(text: str, *phrases: str, outlet: str | None = None) -> list[Speaker]:
    """The speakers of phrases that stand in the text in this order."""
    spans, at = [], 0
    for phrase in phrases:
        at = text.index(phrase, at)
        spans.append(Span(phrase, at, at + len(phrase)))
        at += len(phrase)
    found = name_speakers(text, spans, actor, outlet)
    return [found[s.start, s.end] for s in spans]


def test_one_person_in_many_words() -> None:
    """The diplomat, she, the surname and the official are the spokeswoman who was introduced."""
    text = (
        "Norish Foreign Ministry spokeswoman Ada Loft said so. The diplomat added it. She repeated it. "
        "Loft went on. The official left."
    )
    phrases = ("Norish Foreign Ministry spokeswoman Ada Loft", "The diplomat", "She", "Loft", "The official")
    for got in speakers(text, *phrases):
        assert got == Speaker("Ada Loft", "spokesperson", "Norish Foreign Ministry", "government")


def test_pronouns_keep_to_their_gender() -> None:
    """ "He" is not the spokeswoman."""
    text = "Spokesman Ali Sefo said no. Spokeswoman Ada Loft said yes. He repeated it."
    assert speakers(text, "Spokesman Ali Sefo", "Spokeswoman Ada Loft", "He")[2].name == "Ali Sefo"


def test_nationality_has_to_agree() -> None:
    """The Russian official is not the Turkish one, however recent."""
    text = "Russian minister Ivan Petrov spoke. Turkish minister Ali Sefo spoke. The Russian official added five."
    got = speakers(text, "Russian minister Ivan Petrov", "Turkish minister Ali Sefo", "The Russian official")
    assert got[2].name == "Ivan Petrov"


def test_a_governor_governs_one_region() -> None:
    first = "Ruvan regional governor Ada Loft said three died. "
    there, here = "In the Teral region two more fell, the regional governor said.", "Two more fell, the governor said."
    assert speakers(first + there, "Ruvan regional governor Ada Loft", "the regional governor")[1].name != "Ada Loft"
    assert speakers(first + here, "Ruvan regional governor Ada Loft", "the governor")[1].name == "Ada Loft"


def test_a_preliminary_inquiry_is_its_makers() -> None:
    [found] = speakers("A preliminary RWG inquiry found 40 bodies.", "A preliminary RWG inquiry")
    assert (found.name, found.body) == ("Ruvan Watch Group", "Ruvan Watch Group")


def test_a_name_that_comes_later() -> None:
    """ "The mayor said" of the lead is the mayor named below."""
    text = "Five died, the mayor said. The mayor, Ada Loft, was in tears."
    assert speakers(text, "the mayor", "The mayor, Ada Loft")[0].name == "Ada Loft"


@pytest.mark.parametrize(
    ("phrase", "person", "role", "body"),
    [
        ("Captain Ali Sefo, a spokesman for the Ruvan Guard", "Ali Sefo", "spokesperson", "Ruvan Guard"),
        ("the commander-in-chief of the Ruvan Defence Forces (RDF) Ali Sefo", "Ali Sefo", "commander", None),
        ("activist Abu Omar al-Ruvani", "Abu Omar al-Ruvani", "activist", None),
        ("Ada Loft, chair of the Ruvan Watch Group", "Ada Loft", "chairperson", "Ruvan Watch Group"),
        ("a teacher on the island, Ada Loft", "Ada Loft", None, None),
        ("One of them, Ada", "Ada", None, None),
    ],
)
def test_descriptions_taken_apart(phrase: str, person: str, role: str | None, body: str | None) -> None:
    """Name, role and body from both sides of the name."""
    got = take_apart(phrase)
    assert (got.person, got.role) == (person, role)
    assert body is None or got.body == body


def test_a_spokesman_without_a_name_is_his_organisation() -> None:
    """The organisation speaks; the role is kept."""
    assert speakers("An RWG spokesperson said so.", "An RWG spokesperson")[0] == Speaker(
        "Ruvan Watch Group", "spokesperson", "Ruvan Watch Group", "monitor"
    )


def test_statements_speak_for_their_authors() -> None:
    """ "A statement by the RWG" and "the RWG's report" are the RWG; "the statement" is whoever spoke last."""
    text = "A statement on the raid by the RWG said so. The statement added more."
    assert [s.name for s in speakers(text, "A statement on the raid by the RWG", "The statement")] == [
        "Ruvan Watch Group",
        "Ruvan Watch Group",
    ]


def test_sources_keep_their_words() -> None:
    """An unnamed source is named as worded, without its article; the same source comes back."""
    text = "A medical source at the Ruvan hospital said five. A military source said six. The medical source added one."
    got = speakers(text, "A medical source at the Ruvan hospital", "A military source", "The medical source")
    assert got[0].name == got[2].name == "medical source at the Ruvan hospital"
    assert got[0].kind == "medical"
    assert got[1].kind == "military"


def test_we_are_the_outlet() -> None:
    """The outlet that counts for itself is the speaker; "our contact" is somebody else."""
    text = "We counted nine. Our researchers found ten. Our contact says eleven."
    got = speakers(text, "We", "Our researchers", "Our contact", outlet="RWG")
    assert [s.name for s in got[:2]] == ["Ruvan Watch Group", "Ruvan Watch Group"]
    assert got[2].name != "Ruvan Watch Group"


def test_descriptions_fall_off_names() -> None:
    """Where it is based and what it is are no part of a name."""
    assert proper_core("Norland-based Ruvan Watch Group (RWG), a war monitor") == "Ruvan Watch Group"
    assert proper_core("state news agency RUNA") == "RUNA"
    assert spelled_out("the Ruvan Media Centre (RMC) said") == {"RMC": "Ruvan Media Centre"}


@pytest.mark.parametrize(
    ("phrase", "kind"),
    [
        ("a doctor at the clinic", "medical"),
        ("local residents", "witness"),
        ("local officials", "government"),
        ("his brother", "relative"),
        ("a human rights monitor", "monitor"),
        ("the White Helmets", "rescue"),
        ("rebels", "armed_group"),
        ("somebody", "unknown"),
    ],
)
def test_kinds(phrase: str, kind: str) -> None:
    """The telling word decides."""
    assert kind_of(phrase) == kind


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=6))
def test_any_words_get_a_speaker(parts: list[str]) -> None:
    """No source phrase in any script raises, and each gets a speaker."""
    text, spans = "", []
    for part in parts:
        spans.append(Span(part, len(text), len(text) + len(part)))
        text += part + " "
    assert set(name_speakers(text, spans, actor)) == {(s.start, s.end) for s in spans}


@pytest.mark.parametrize(
    ("text", "sources", "name"),
    [
        (
            "Ada Loft, spokeswoman for the harbour office, spoke. The office added three.",
            ["Ada Loft, spokeswoman for the harbour office", "The office"],
            "harbour office",
        ),
        (
            "Activists of the Ruvan Toll Observatory counted two.",
            ["Activists of the Ruvan Toll Observatory"],
            "Ruvan Toll Observatory",
        ),
        ("In the yard, Um Jaber al-Tawil sat. She had lost two sons.", ["She"], "Um Jaber al-Tawil"),
        ("One of them, a teacher who hid, saw five.", ["One of them, a teacher who hid"], "teacher"),
        ("Reporting from Zalba, Ada Loft saw five.", ["Reporting from Zalba, Ada Loft"], "Ada Loft"),
        (
            "The Ruvan Toll Observatory counted two. The RTO added three.",
            ["The Ruvan Toll Observatory", "The RTO"],
            "Ruvan Toll Observatory",
        ),
    ],
)
def test_who_stands_behind_the_words(text: str, sources: list[str], name: str) -> None:
    """A body behind its spokeswoman, those for whom activists count, who sat there, what one of them is."""
    spans = [Span(s, text.index(s), text.index(s) + len(s)) for s in sources]
    found = name_speakers(text, spans, lambda phrase: None)
    assert found[spans[-1].start, spans[-1].end].name == name


@pytest.mark.parametrize(
    ("between", "who"),
    [
        ("\n\nA Ruvan Watch Group spokesman denied it. ", "Ruvan Watch Group"),
        (" A Ruvan Watch Group spokesman denied it. ", "Emil Stad"),
        (" A medic denied it. ", "medic"),
    ],
)
def test_a_pronoun_goes_on_with_who_spoke_last(between: str, who: str) -> None:
    """Unnamed, too: where who has a name spoke in another paragraph, or where it is a medic or the like."""
    text = f"Dr Emil Stad put the injured at nine.{between}He said four had died."
    last = between.strip().partition(" denied")[0]
    assert speakers(text, "Dr Emil Stad", last, "He")[2].name == who


def test_it_is_who_spoke_in_the_paragraph() -> None:
    """ "The camp's emergency room": a body without a name, nearer than the army of the paragraph before."""
    text = "The army denied it, the army said.\n\nSix died, said the camp's emergency room. It said 412 had died."
    assert speakers(text, "the army", "the camp's emergency room", "It")[2].name == "camp's emergency room"

"""Whose number it is where the words of saying stand inside the sentence, or no such word does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.find.told import document
from tollbook.pipeline import read_document


def origins(text: str) -> list[str | None]:
    """The first of each chain, by the number's place."""
    return [c.attribution[0].name if c.attribution else None for c in read_document(document(text)).claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Troops hit back in Zalba, Ada Loft said, killing at least four rebels.", ["Ada Loft"]),
        ("Rebels raided Zalba over Easter, a rights group said Sunday, and 110 were killed.", ["rights group"]),
        ("Since May, by the count of the Ruvan Rights Desk, 36 have been killed in raids.", ["Ruvan Rights Desk"]),
        ("By the count of the Ruvan Rights Desk, 36 were killed in raids.", ["Ruvan Rights Desk"]),
        ("The Ruvan Rights Desk believes that 14 civilians died in the raid on Zalba.", ["Ruvan Rights Desk"]),
        ("The Ruvan Rights Desk knows of nine deaths in the raid on Zalba.", ["Ruvan Rights Desk"]),
        ("The Ruvan Rights Desk logged 420 deaths in raids.", ["Ruvan Rights Desk"]),
        ("Some 171 residents have died in attacks by the army, the governor said earlier.", ["governor"]),
    ],
)  # fmt: skip
def test_whose_number(text: str, expected: list[str]) -> None:
    """The one voice that interrupts a sentence holds all of it; a count, a log, a belief are their owner's word."""
    assert origins(text) == expected


@pytest.mark.parametrize("head", ["Aleppo Province", "ALEPPO", "Moscow"])
def test_a_place_before_a_colon(head: str) -> None:
    """It says where, and nobody speaks."""
    assert origins(f"{head}: Two women were killed by a mortar round near Tafas on Monday.") == [None]


def test_what_follows_a_source_that_is_only_named() -> None:
    """Behind "according to X" a clause of its own is the reporter's."""
    text = "Rebels killed two millers in Zalba, according to two officials, a day after a raid killed one weaver."
    assert origins(text)[-1] is None


def test_it_is_no_human_being() -> None:
    """ "It" is the group that spoke and not the leader of whom it spoke; "as for X, it" is X."""
    text = (
        "A gang leader ordered a massacre in Zalba, a rights group said on Sunday. A medic said the leader fled.\n\n"
        "Sixty people were killed on Friday, it said."
    )
    assert origins(text)[-1] == "rights group"
    text = (
        "Shells killed nine people in Zalba, the Ruvan Civil Defence said.\n\n"
        "As for SANA, it said that rockets had killed two people in Ruvan."
    )
    assert origins(text)[-1] == "SANA"


def test_a_commissioner_is_named_behind_his_office() -> None:
    """ "The Deputy Commissioner, Mr. Adil Loft" is Adil Loft."""
    text = "Two women were killed by shells in Zalba, the Deputy Commissioner, Mr. Adil Loft, told reporters."
    assert origins(text) == ["Adil Loft"]


def test_what_is_promised_counts_nobody() -> None:
    """Who vows to avenge six dead, or offers to pay for 20 wounded, is not who counts them."""
    assert origins("The rebels vowed to avenge the death of six fighters killed in Zalba.") == [None]
    assert origins("The union offered to pay for 20 people wounded in the shelling of Zalba.") == [None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Village elders have drawn up a register with the names of 71 dead of the raid.", ["Village elders"]),
        ("The Ruvan defence ministry has so far released the names of 22 fallen troops.", ["Ruvan defence ministry"]),
        ("The Ruvan defence ministry released the names and ages of 22 people killed.", ["Ruvan defence ministry"]),
        ("Police found the bodies of six men, shot in the head, in Zalba.", ["Police"]),
        ("The Ruvan Mission received reports that 18 bodies were found after the raid.", ["Ruvan Mission"]),
        ("A police report seen by the Ruvan Tribune says two rebels were killed in Zalba.", ["police"]),
    ],
)  # fmt: skip
def test_whose_list_or_find(text: str, expected: list[str]) -> None:
    """Who publishes names, finds bodies or has reports is the source of their number."""
    assert origins(text) == expected


def test_a_list_that_a_speaker_opens() -> None:
    """Each entry is in the voice that opened the list, unless it names its own; what follows the list is not."""
    text = (
        "The team of the Ruvan Rights Desk documented the following in Norland on Monday:\n\n"
        "– Zalba: Eight civilians were killed by shells.\n\n"
        "– Ebo: Troops shot two weavers, a nurse said.\n\n"
        "Soldiers killed a miller in Orun."
    )
    assert origins(text) == ["Ruvan Rights Desk", "nurse", None]
    text = (
        "The Ruvan Rights Desk documented the killing of 40 civilians by shells in May.\n\n"
        "The toll was distributed according to the perpetrators as follows:\n\n"
        "Ruritanian forces: killed 24 civilians.\n\n"
        "Rebels: killed 16 civilians."
    )
    assert origins(text) == ["Ruvan Rights Desk"] * 3


def test_the_region_of_a_town_is_no_speaker() -> None:
    """ "in Zalba, North Ruvan, the network said" is the network; "sources at the hospital:" are the sources."""
    text = "Shells killed two millers in Zalba, North Ruvan, the Ruvan Doctors Network said."
    assert origins(text) == ["Ruvan Doctors Network"]
    assert origins("Medical sources at Ruvan hospital: 34 people killed by shells since dawn.") == [
        "Medical sources at Ruvan hospital"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army denied it. The ministry put it otherwise: the raid, it said, killed 9 rebels.", "ministry"),
        ("A medic said five died by shells. NATO offered another account. It said nine rebels were killed.", "NATO"),
        ("Ana Loft said shells hit Zalba and killed a boy. The driver was wounded, she added.", "Ana Loft"),
        (
            "A hit killed six. Rebel spokesman Adil Loft, calling from Ebo, had left. Two rebels died, he said.",
            "Adil Loft",
        ),
        ("A nurse said a raid killed four in Zalba. The same source reports nine abducted.", "nurse"),
    ],
)
def test_whom_a_pronoun_means(text: str, expected: str) -> None:
    """The body or the person that the words just before speak of; who adds something has spoken before."""
    assert origins(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed on Monday, police in Quetta, Pakistan said.", "police in Quetta"),
        ("Two people were hurt on Monday, police in Newark, New Jersey said.", "police in Newark"),
        ("Two people were hurt on Monday, said a nurse from Idlib, Syria.", "nurse from Idlib, Syria"),
        ("Two people were hurt on Monday, a nurse in Idlib, Ada Loft, said.", "Ada Loft"),
    ],
)
def test_where_a_speaker_lives_is_no_speaker(text: str, expected: str) -> None:
    """ "Police in X, Y said": the police, and Y is where X lies, unless it is somebody's name."""
    assert origins(text) == [expected]


def sources(text: str) -> list[tuple[str, str | None, str]]:
    """Name, body and kind of the first of each chain, by the number's place."""
    found = (c.attribution[0] for c in read_document(document(text)).claims if c.attribution)
    return [(a.name, a.body, a.kind) for a in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A surgeon, Omar Said, came from Qana on foot. Said told us that a mine killed five porters in Qana.",
         ("Omar Said", None, "medical")),
        ("A raid on Qana wounded eight porters, Dr K Orlow said.", ("K Orlow", None, "medical")),
        ("Qana police chief Lina Orlow walked in. Gunmen killed one porter at the mill, Orlow said.",
         ("Lina Orlow", "Qana police", "government")),
        ("Few read the Qana Courier newspaper. The Qana Courier said that a raid killed six porters.",
         ("Qana Courier", "Qana Courier", "media")),
        ("The General Prosecutor's Office of Orlow reported that a mortar killed one porter in Qana.",
         ("General Prosecutor's Office of Orlow", "General Prosecutor's Office of Orlow", "government")),
        ("A local charity said gunmen killed six porters in Qana.", ("local charity", None, "ngo")),
        ("Mortars killed six porters in Qana, Orlow's mayor told us.", ("Orlow's mayor", "Orlow", "government")),
        ("Raids killed six porters in Qana, a defence spokesman, Col. Omar Said, said on Sunday.",
         ("Omar Said", None, "military")),
        ("Raids killed six porters in Qana, aid workers say.", ("aid workers", None, "ngo")),
        ("Mortars killed six porters, Orlow's UN-backed government said.",
         ("Orlow's UN-backed government", "Orlow's UN-backed government", "government")),
        ("The Kenyan side says that mortars killed six porters in Qana.",
         ("Kenyan side", "Kenyan side", "government")),
        ("Mortars killed six porters in Qana, an envoy of the Norish Trade Ministry Lina Orlow said.",
         ("Lina Orlow", "Norish Trade Ministry", "government")),
        ("General Lina Orlow came. Mortars killed a porter and a clerk in Qana, Orlow and two other officers said.",
         ("Lina Orlow", None, "military")),
        ("Boris Orlow saw the raid. Mortars killed six porters, Orlow said.\n\nIt was condemned by police chief Lina "
         "Orlow.", ("Boris Orlow", None, "unknown")),
        ("Mortars killed six porters in Qana, Dr Boris Orlow, the trade minister, said.",
         ("trade minister", None, "government")),
        ("Mortars killed six porters in Qana, Dr Boris Orlow said.", ("Boris Orlow", None, "medical")),
        ("Mortars killed six porters in Qana, a Kenyan minister said.", ("Kenyan minister", "Kenyan", "government")),
        ("Mortars killed six porters in Qana, Rupol said.\n\nThe daily Rupol was founded in 1990.",
         ("Rupol", "Rupol", "media")),
    ],
)  # fmt: skip
def test_who_the_source_is(text: str, expected: tuple[str, str | None, str]) -> None:
    """What the document says of a name elsewhere says what kind of source it is."""
    assert sources(text)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mortar attack claims life of clerk in Qana", [None]),
        ("Two porters died when their cart ran over a mine near Qana, an army source who asked not to be named said.",
         ["army source"]),
        ("Police put the toll of the raid at nine, but a nurse in Qana said she had counted 15 bodies.",
         ["Police", "nurse in Qana"]),
        ("Officials said ten rebels were killed in Qana; rebels claimed to have killed nine soldiers.",
         ["Officials", "rebels"]),
        ("Mortar fire kills two in Qana - mayor", ["mayor"]),
        ("Mortar fire kills two in Qana: Breaking News and Analysis", [None]),
        ("Orlowski said mortars killed six porters in Qana. He said seven more were wounded.", ["Orlowski"] * 2),
        ("Mortars killed three porters in Qana, and the count may grow according to the injuries.", [None]),
        ("The Kenyan Defence Ministry reported on the killing of seven porters in a raid on Qana.",
         ["Kenyan Defense Ministry"]),
        ("Last week the rebels raided a mill in Qana that grocers and clerks said killed 60 porters.",
         ["grocers and clerks"]),
        ("A colonel said mortars killed six porters in Qana. The army said it had killed two rebels in Qana.",
         ["colonel", "Egyptian army"]),
        ("Rebels killed 60 porters and razed a mill to the ground in Qana, three sources told Ruvan Wire.",
         ["three sources"]),
        ("The deaths raised the toll in Qana to 60.", [None]),
        ("The Ruvan Health Office had earlier given a toll of 60 dead.", ["Ruvan Health Office"]),
        ("Firemen came to the mill that was hit by a bomb which clerks say left 60 porters dead.", ["clerks"]),
    ],
)  # fmt: skip
def test_who_is_a_source(text: str, expected: list[str | None]) -> None:
    """An attack that claims a life and the injuries of the hurt say nothing; who reports on a killing does."""
    assert origins(text) == expected


def test_a_denial_and_what_is_said_instead() -> None:
    """Of a number that somebody rejects and one that he puts in its place, the first alone is denied."""
    text = "The governor, Lina Orlow, denied that 60 porters were killed in the raid, saying mortars killed 12 of them."
    claims = read_document(document(text)).claims
    assert [(c.count.text, c.stance, c.attribution[0].name) for c in claims] == [
        ("60", "denied", "Lina Orlow"),
        ("12", "asserted", "Lina Orlow"),
    ]


def test_nobody_passes_on_another_clause() -> None:
    """Behind a semicolon or "but" another speaker begins; "this paper" is nobody who passes on."""
    for text in (
        "Police put the toll of the raid at nine, but a nurse in Qana said she had counted 15 bodies.",
        "Officials said ten rebels were killed in Qana; rebels claimed to have killed nine soldiers.",
        "Witnesses told this newspaper that mortars had killed six porters in Qana.",
    ):
        assert all(len(c.attribution) == 1 for c in read_document(document(text)).claims), text


def test_he_is_not_the_outlet_that_he_told() -> None:
    """ "The clerk, Omar, told Ruvan …. He had given a toll …": Omar, not the outlet."""
    text = "The clerk, Omar, told Ruvan that mortars killed 60 porters. He had given a toll of 40 dead on Monday."
    one = replace(document(text), source=replace(document(text).source, outlet="Ruvan Wire"))
    assert [c.attribution[0].name for c in read_document(one).claims] == ["Omar", "Omar"]

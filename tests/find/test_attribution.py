"""Attributions: who says what in which words, with a parse and without; and whose voice a number is in.

The sentences are invented for the purpose; each shows one construction of news English.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.find.grammar.passages import split_passages
from tollbook.find.voice.attribution import find_attributions
from tollbook.find.voice.cues import cue_verbs
from tollbook.find.voice.voices import Voices, voices_of
from tollbook.pipeline import read_sentence
from tollbook.records import Attribution, AttributionMention, Speaker
from tollbook.resources.nlp import parse


def mentions_of(text: str, parsed: bool = True) -> tuple[AttributionMention, ...]:
    passages = split_passages(text)
    docs = dict(enumerate(parse(p.text for p in passages))) if parsed else {}
    return find_attributions(text, passages, docs)


def only(text: str, parsed: bool = True) -> tuple[str, str, str]:
    """Source, cue and content of the first attribution; pieces joined by a bar."""
    mention = mentions_of(text, parsed)[0]
    groups = (mention.sources, mention.cues, mention.contents)
    source, cue, content = ("|".join(s.text for s in spans) for spans in groups)
    return source, cue, content


CONSTRUCTIONS = [
    # sentence, source, cue, words of the content, words that are not
    ("The army said that ten men had died.", "The army", "said", "ten men had died", "army"),
    ("Ten men died, the army said on Monday.", "the army", "said", "Ten men died", "Monday"),
    ("Ten men died, said the army.", "the army", "said", "Ten men died", "army"),
    ("Ten men died, according to the Ruvan clinic.", "the Ruvan clinic", "according to", "Ten men", "Ruvan"),
    ("According to a nurse, ten men died.", "a nurse", "According to", "ten men died", "nurse"),
    ("A nurse told the Ruvan Post that ten men had died.", "A nurse", "told", "ten men had died", "Post"),
    ("The ministry denied having bombed the camp.", "The ministry", "denied", "bombed the camp", "ministry"),
    ("The army accused rebels of killing five farmers.", "The army", "accused", "killing five farmers", "army"),
    ("The governor claimed at the time that no one was killed.", "The governor", "claimed", "no one", "governor"),
    ("No one died, the governor, Ada Loft, wrote on Monday.", "the governor, Ada Loft", "wrote", "No one died", "Loft"),
    ("Shells fell, wounding nine, medics and residents said.", "medics and residents", "said", "nine", "medics"),
    ("A medic put the number of dead at nine.", "A medic", "put", "nine", "medic"),
    ("Three sheds burned, by the count of a neighbour.", "a neighbour", "by the count of", "Three sheds", "neighbour"),
]  # fmt: skip


UNPARSED = [
    ("Earlier this week, the mayor's office announced that the bridge would close.", "the mayor's office"),
    ("The family also said it would sue.", "The family"),
    ("Investigators said the road was clear, but Loft told the Ruvan Post it was not.", "Investigators"),
    ("While the army rarely comments on raids, it has acknowledged hundreds.", "it"),
    ("He and his brother moved there in May, the Ruvan Post reported.", "the Ruvan Post"),
    ("Ada Loft, 34, said her cousin Mira was on her way home.", "Ada Loft, 34"),
    ("Karl Brin, who runs the clinic, said beds were scarce.", "Karl Brin"),
    ("“The road is closed,” said Lt. Ada Loft, of the Ruvan police.", "Lt. Ada Loft"),
    ("A local source in the province reported that a convoy passed.", "A local source in the province"),
]
NO_SPEAKERS = [
    "Through these acts, forces have, without doubt, broken the rules.",
    "Because our state has yet to agree, the task is left.",
    "Loft could not be reached for comment.",
    "Leave a reply.",
    "The envoy voiced concern over reports of looting.",
    "Partners trucked water to 14 distribution points.",
    "The house is a federally recognised monument.",
]


@pytest.mark.parametrize(("sentence", "source"), UNPARSED)
def test_speakers_without_a_parse(sentence: str, source: str) -> None:
    """Most sentences of a report have no parse: the noun phrase beside the verb speaks, and nothing around it."""
    assert only(sentence, parsed=False)[0] == source


@pytest.mark.parametrize("sentence", NO_SPEAKERS)
def test_nobody_speaks_without_a_parse(sentence: str) -> None:
    """A noun, an infinitive or a participle that looks like a verb of saying makes nobody a speaker."""
    assert mentions_of(sentence, parsed=False) == ()


@pytest.mark.parametrize(("sentence", "source", "cue", "within", "without"), CONSTRUCTIONS)
def test_constructions(sentence: str, source: str, cue: str, within: str, without: str) -> None:
    """Each construction gives its source, its cue and its content."""
    got_source, got_cue, content = only(sentence)
    assert got_source == source
    assert cue in got_cue
    assert within in content
    assert without not in content


def test_word_order_alone() -> None:
    """Without a parse the plain constructions are still seen."""
    assert only("Ten men died, the army said.", parsed=False) == ("the army", "said", "Ten men died")
    assert only("The army said ten men had died.", parsed=False) == ("The army", "said", "ten men had died.")
    assert only("Ten men died, according to the clinic.", parsed=False)[0] == "the clinic"


def test_reported_without_a_source() -> None:
    """ "It was reported that", "is reported to have" and "reportedly" have a content and nobody behind it."""
    for text in ("It was reported that five men had died.", "The army is reported to have killed five men."):
        mention = mentions_of(text)[0]
        assert mention.sources == ()
        assert "five men" in mention.contents[-1].text
    assert mentions_of("Five men were reportedly killed.")[0].cue_class == "hedge"


def test_a_quotation_is_content_as_a_whole() -> None:
    """Over several sentences, and the sentences behind the speaker too."""
    text = "“We saw smoke. Then we ran,” said Ada Loft. “Two of us were hit.”"
    mention = mentions_of(text)[0]
    assert mention.mode == "direct"
    assert [c.text for c in mention.contents] == ["“We saw smoke. Then we ran,”", "“Two of us were hit.”"]


def test_relay() -> None:
    """ "X quoted Y as saying": Y speaks, X passes it on; "told X" and "said, quoting Y" likewise."""
    mention = mentions_of("The agency quoted a medic as saying five were dead.")[0]
    assert mention.sources[0].text == "a medic"
    assert mention.relays[0].text == "The agency"
    assert mention.mode == "relayed"
    assert mentions_of("A guard told the agency that five were dead.")[0].relays[0].text == "the agency"


def test_two_voices_set_against_each_other() -> None:
    """What one says does not run into what the other says."""
    first, second = mentions_of("The army said it killed nine fighters, while the office said eight farmers died.")
    assert "farmers" not in first.contents[0].text
    assert second.sources[0].text == "the office"


def test_negation() -> None:
    """ "did not say" is kept apart from "said"."""
    assert mentions_of("The army did not say that farmers were killed.")[0].negated
    assert not mentions_of("The army said that farmers were killed.")[0].negated


def test_posts() -> None:
    """A signature below a post makes the paragraph above it the signer's, and its twin too."""
    text = "Four dead in Ruvan.\n\n— Ada Loft (@adaloft) May 3, 2031\n\nFour dead in Ruvan."
    mention = next(m for m in mentions_of(text) if m.sources[0].text == "Ada Loft")
    assert [c.start for c in mention.contents] == [0, text.rindex("Four")]


def test_colon_headlines() -> None:
    """ "X: …" and "…: X" name a speaker where X can be one, and not where it is a place or a label."""
    assert only("RWG: five killed in Ruvan market")[0] == "RWG"
    assert only("Five killed in Ruvan market: ministry")[0] == "ministry"
    assert mentions_of("Kenya: two herders hurt in Mando") == ()
    assert mentions_of("A burnt bus in Ruvan. Image source: Ruvan Press") == ()


def test_strikes_claim_lives() -> None:
    """An idiom of death is no statement."""
    assert mentions_of("The strikes claimed the lives of five men.") == ()
    assert mentions_of("A strike that claimed the life of a girl in Zalba is being looked into.") == ()


def test_lexicon() -> None:
    """Classes that statements are read from hold their verbs."""
    verbs = cue_verbs()
    classes = {form: verbs[form].cue_class for form in ("said", "denied", "admitted", "condemned", "accused", "urged")}
    expected = {"said": "say", "denied": "deny", "admitted": "admit", "condemned": "condemn"}
    assert classes == {**expected, "accused": "blame", "urged": "demand"}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=120) | st.text(alphabet=st.sampled_from('"“”,.: saidXY\n@()—'), max_size=120))
def test_spans_hold(text: str) -> None:
    """On any text in any script every span is its stretch of the text."""
    for parsed in (False, True):
        for m in mentions_of(text, parsed):
            for s in (*m.sources, *m.cues, *m.contents, *m.relays):
                assert text[s.start : s.end] == s.text


# Voices


def chain(text: str, words: str, outlet: str | None = None, kinds: dict[str, str] | None = None) -> list[Attribution]:
    """The chain for the first occurrence of ``words``; every source speaks under its own words."""
    passages = split_passages(text)
    mentions = find_attributions(text, passages, dict(enumerate(parse(p.text for p in passages))))
    kinds = kinds or {}
    speakers = {}
    for s in {s for m in mentions for s in (*m.sources, *m.relays)}:
        name = s.text.removeprefix("The ").removeprefix("the ").removeprefix("a ").removeprefix("A ")
        speakers[s.start, s.end] = Speaker(name, None, None, kinds.get(name, "unknown"))  # type: ignore[arg-type]
    at = text.index(words)
    return list(voices_of(at, at + len(words), Voices(text, passages, mentions, speakers, outlet)))


def names(text: str, words: str, **more: object) -> list[str]:
    return [a.name for a in chain(text, words, **more)]  # type: ignore[arg-type]


def test_the_innermost_content_is_the_origin() -> None:
    """Who said it first, then who passed it on."""
    text = "A medic said five were dead, the Ruvan Agency reported."
    got = chain(text, "five")
    assert [a.name for a in got] == ["medic", "Ruvan Agency"]
    assert [a.mode for a in got] == ["indirect", "relayed"]


def test_another_outlet_that_was_told_passes_on() -> None:
    """ "told the agency" adds the agency, unless it prints the report itself."""
    text, kinds = "A guard told Ruvan Agency that five were dead.", {"Ruvan Agency": "media"}
    assert names(text, "five", kinds=kinds) == ["guard", "Ruvan Agency"]
    assert names(text, "five", kinds=kinds, outlet="Ruvan Agency") == ["guard"]


def test_the_reporters_own_voice_is_empty() -> None:
    """A plain sentence, and a clause around what somebody wants, have no speaker."""
    assert names("Five men died in Ruvan on Monday.", "Five") == []
    assert names("The council called on the army to withdraw after five men were killed.", "five") == []


def test_indirect_speech_carries_on_from_its_opening() -> None:
    """A plain sentence behind "X said that …" is still X's; behind "…, X said." it is the reporter's again."""
    assert names("The army said that ten men had died. Five others were hurt.", "Five") == ["army"]
    assert names("Ten men died, the army said. Five others were hurt.", "Five") == []
    assert names("Ten men died, the army said. Moreover, five others were hurt.", "five") == ["army"]


def test_a_sentence_between_two_of_one_speaker() -> None:
    """An unattributed paragraph between two of the same speaker is that speaker's."""
    text = "The Ruvan Post reported that a raid hit.\n\nFive men were hurt.\n\nRuvan Post added that two cars burned."
    assert names(text, "Five")[:1] == ["Ruvan Post"]


def test_it_ends_with_the_passage() -> None:
    """Two paragraphs on, nobody speaks any more."""
    text = "The army said that ten men had died.\n\nRuvan lies on a river.\n\nFive men were hurt in June."
    assert names(text, "Five men") == []


def test_denial_and_background() -> None:
    """A dated sentence of background is not the speaker's."""
    text = "The army said that ten men had died. In March, nine men were killed in Ruvan."
    assert names(text, "nine") == []


def test_a_flourish_of_the_outlet_is_no_attribution() -> None:
    """ "…, the Post can reveal" in the Post."""
    assert names("A raid killed five men, the Ruvan Post can reveal.", "five", outlet="The Ruvan Post") == []


def test_a_place_before_a_colon_is_no_speaker() -> None:
    """A heading's place, which the text names as one, and a doer before its deed speak of nothing."""
    for text in (
        "Puerto Alto: 30 dead in shelling\n\nThirty people died in Puerto Alto on Sunday.",
        "Coastal Front Forces: killed 58 civilians.",
    ):
        assert mentions_of(text) == ()


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("This week we recorded 38 air raids.", "we"),
        ("Since May we have documented 40 raids.", "we"),
        ("Five died, he said.", "he"),
    ],
)
def test_a_pronoun_speaks_without_the_words_before_it(text: str, source: str) -> None:
    """Also where the passage was not parsed."""
    assert [m.sources[0].text for m in find_attributions(text, split_passages(text), {})] == [source]


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The Turkish army said in a statement that 12 weavers were killed in Zalba.", "The Turkish army"),
        ("Two weavers were killed in Zalba, Ruvan radio reports.", "Ruvan radio"),
        ("Two weavers were killed in Zalba, the Ministry of Defence (MoD) reported.", "the Ministry of Defence (MoD)"),
    ],
)
def test_what_a_parser_takes_for_a_noun(sentence: str, source: str) -> None:
    """A statement is no speaker, "reports" at the end is a verb, and an abbreviation is part of the name."""
    found = mentions_of(sentence)
    assert source in [s.text for m in found for s in m.sources]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("KESRA, 7 May (KNA) -- [Text] Police sources said that two peasants were killed.", "Police sources"),
        ("[Text] [Passage omitted] The army said that two peasants were killed.", "army"),
        ("In the capital, Zalba, the rebel-run Veldt TV said that two peasants were killed.", "Veldt TV"),
        (
            "A clerk died, and another four sustained injuries, Ada Loft, head of the regional office, said on X.",
            "Ada Loft",
        ),
        ("In the capital, Zalba, residents said that two peasants were killed.", "residents"),
        ("Nine people died, said Jonas Keller. Investigators said four others were shot.", "Investigators"),
    ],
)
def test_where_the_words_of_a_speaker_begin(sentence: str, name: str) -> None:
    """An editor's mark and the sentence before are no part of who says it."""
    assert read_sentence(sentence)[-1].attribution[0].name == name

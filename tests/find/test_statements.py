"""Statements: each kind from its grammar, with who, when, what and why; and the many sayings that are none."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook import pipeline
from tollbook.decode import decode
from tollbook.find.statement.kinds import can_hold_statement
from tollbook.inputs import Given, read_pages
from tollbook.records import Document, Page, Statement, statement_json
from tollbook.schema import json_schema

PUBLISHED = dt.date(2021, 3, 12)  # a Friday


def document(text: str, published: dt.date | None = PUBLISHED) -> Document:
    """A text as it stands."""
    raw = text.encode("utf-8", "replace")
    page = Page(key="row", raw=raw, content=text, media="text", published=published, published_from="option")
    (made,) = pipeline.clean_documents([page], as_is=True, on_error=print)
    return made


def read(text: str) -> tuple[Statement, ...]:
    """Its statements."""
    return pipeline.read_statements(document(text))


def kinds(text: str) -> list[tuple[str, str]]:
    """Kind and speaker of each."""
    return [(s.kind, s.attribution[0].name) for s in read(text)]


SPOKEN = [
    ("Turkey condemned the air strike on the market in Idlib.", "condemnation"),
    ("The attack was a war crime, Foreign Minister Ada Loft said.", "condemnation"),
    ('"We strongly condemn these raids," Foreign Minister Ada Loft said.', "condemnation"),
    ("The United Nations called on all parties to stop shelling the town.", "demand"),
    ('"The bombing of hospitals must stop," UN envoy Ada Loft said.', "demand"),
    ("The European Union urged Israel to halt its offensive in Gaza.", "demand"),
    ("The Israeli army denied that it had bombed the school.", "denial"),
    ('"Reports of an attack on the village are baseless," the Russian Defense Ministry said.', "denial"),
    ("The Syrian army rejected accusations that it shelled the camp.", "denial"),
    ("The Turkish Defense Ministry said its warplanes had struck a depot near Kobani.", "admission"),
    ("The Turkish Defense Ministry acknowledged that its drone had hit a house.", "admission"),
    ("Al-Shabaab claimed responsibility for the bombing in Mogadishu.", "admission"),
    ("The Pentagon opened an investigation into the air strike on the village.", "announcement"),
    ("The US military said it would investigate the drone strike.", "announcement"),
    ("Iran vowed to retaliate for the air strike on its consulate.", "announcement"),
    ("The strikes were a violation of Syrian sovereignty, Foreign Minister Ada Loft said.", "position"),
    ("Russia said the US air strikes were carried out without the consent of Damascus.", "position"),
    ("Ukraine accused Russia of shelling a hospital in Kherson.", "position"),
    ("The Israeli army defended its air strike on the tower in Gaza.", "explanation"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), SPOKEN, ids=[t[:50] for t, _ in SPOKEN])
def test_each_kind_is_read_from_its_grammar(text: str, kind: str) -> None:
    """One statement, of this kind, by somebody, in the words of the text."""
    (statement,) = read(text)
    assert statement.kind == kind
    assert statement.quote.text == text
    assert statement.attribution[0].body is not None


SILENT = [
    "Coach Ada Loft condemned the referee after the striker was shot down in the penalty area in the world cup.",
    "The bank said it had struck a deal with its creditors.",
    "Foreign Minister Ada Loft said that she had met her counterpart.",
    "The army killed five people, a hospital said.",
    "The Turkish Defense Ministry said it had killed 20 militants.",
    "The army refused to acknowledge that its shells hit the school.",
    "The army did not deny the air strike.",
    "The guards denied entry to the wounded after the shelling.",
    "No group has claimed responsibility for the bombing.",
    "An agency video shows the attack, a war crime.",
    "Ada Loft urged shareholders to sell.",
    "The army said militants had shelled the town.",
    "The coalition has rarely admitted mistakes in three years of bombing.",
    "Prosecutors will say whether the raid was a war crime.",
    "The minister believes that the strike was illegal.",
]


@pytest.mark.parametrize("text", SILENT, ids=[t[:50] for t in SILENT])
def test_what_is_no_statement(text: str) -> None:
    """Sport, business, bare tolls, what nobody says, what somebody does not say or only thinks."""
    assert kinds(text) == []


def test_an_admission_has_its_day_place_target_and_reason() -> None:
    """Who struck what, where and when, in the words of the text, and why, though that stands in the sentence below."""
    text = (
        "On March 9, the Turkish Defense Ministry said its air force had delivered a strike at a convoy of fighters.\n"
        "\nThe ministry explained the attack by saying the convoy had entered a buffer zone near Kobani.\n"
    )
    (statement,) = read(text)
    assert statement.kind == "admission"
    assert statement.event is not None and statement.event.type == "airstrike"
    assert statement.date is not None and statement.date.from_ == dt.date(2021, 3, 9)
    assert statement.place is not None and "Kobani" in statement.place.text
    assert statement.target is not None and statement.target.text == "a convoy of fighters"
    assert statement.reason is not None and statement.reason.text.startswith("the convoy had entered a buffer zone")


def test_a_reason_in_the_same_sentence() -> None:
    """The clause behind "because", "after" or "in response to"; a date behind "after" is none."""
    (because,) = read("The Israeli army said it struck the house because militants had used it as a base.")
    assert because.reason is not None and because.reason.text == "militants had used it as a base"
    (response,) = read("The Israeli army said it struck two posts in response to rocket fire from Gaza.")
    assert response.reason is not None and response.reason.text == "in response to rocket fire from Gaza"
    (after,) = read("The Israeli army said it struck two posts after March 3.")
    assert after.reason is None


def test_a_demand_says_whom_it_calls_on() -> None:
    """The addressee, without what is asked of them."""
    (statement,) = read("The United Nations called on the Syrian government to stop shelling the town.")
    assert statement.target is not None and statement.target.text == "the Syrian government"


def test_when_it_was_said() -> None:
    """The day beside the words of saying is when it was said, the other one when it happened; a quotation that goes on
    was said on the same day."""
    text = (
        '"Such raids are unacceptable," Foreign Minister Ada Loft told reporters on March 11. '
        '"We condemn the bombing of the bridge on March 2."\n'
    )
    for statement in read(text):
        assert statement.said is not None and statement.said.from_ == dt.date(2021, 3, 11)
    assert [s.date.text for s in read(text) if s.date] == ["March 2"]


def test_nobody_says_a_thing_twice() -> None:
    """Headline, lead and quotation are one statement, in its fullest words, and a state is its own minister."""
    text = (
        "Norway urges Turkey to halt shelling of Kobani\n\n"
        "Norway urges Turkey to halt the shelling of Kobani at once, Foreign Minister Ada Loft of Norway said.\n\n"
        '"We urge Turkey to halt the shelling of Kobani at once," the Norwegian Foreign Ministry said on Thursday.\n'
    )
    found = read(text)
    assert [s.kind for s in found] == ["demand"]
    assert found[0].said is not None


def test_who_passed_it_on() -> None:
    """The speaker first, then the agency."""
    (statement,) = read('"The raid was a war crime," Foreign Minister Ada Loft told Reuters.')
    assert [a.name for a in statement.attribution] == ["Ada Loft", "Reuters"]
    assert statement.attribution[1].mode == "relayed"


def test_a_passage_with_a_claim_can_hold_a_statement() -> None:
    """The number is the claim's, the condemnation a statement; reading statements changes no claim."""
    text = 'The air strike killed nine people, Foreign Minister Ada Loft said, calling it a "war crime".'
    made = document(text)
    reading, statements = pipeline.read_whole(made)
    assert [c.count.text for c in reading.claims] == ["nine"]
    assert [s.kind for s in statements] == ["condemnation"]
    assert reading.claims == pipeline.read_document(made).claims


def test_nothing_is_invented_without_a_day() -> None:
    """Without a publication date a weekday keeps its words and has no day."""
    (statement,) = pipeline.read_statements(document("Turkey on Friday condemned the bombing.", published=None))
    assert statement.said is not None and statement.said.text == "Friday" and statement.said.from_ is None


def test_the_public_json() -> None:
    """It fits the schema, and reads back as the same record."""
    import jsonschema

    (statement,) = read("The Israeli army said it struck two posts near Gaza in response to rocket fire on Thursday.")
    plain = json.loads(json.dumps(statement_json(statement)))
    assert next(iter(plain)) == "schema" and plain["schema"] == "tollbook.statement/1"
    jsonschema.Draft202012Validator(json_schema("statement")).validate(plain)
    assert decode(Statement, plain) == statement


def test_ids_follow_the_words() -> None:
    """The same bytes give the same ids; two statements never share one."""
    text = "Turkey condemned the raid. The raid was a war crime, Foreign Minister Ada Loft said."
    first, second = read(text), read(text)
    assert [s.id for s in first] == [s.id for s in second]
    assert len({s.id for s in first}) == len(first) == 2


def test_other_languages_are_not_read() -> None:
    """As with claims."""
    text = "Le ministre a condamné le bombardement de la ville. " * 20
    assert read(text) == ()


WORDS = st.sampled_from(
    ["The army", "Turkey", "said", "denied", "condemned", "that", "it", "had struck", "the air strike", "on", "March 3",
     "“We", "condemn”", '"', "because", "Kobani", ",", ".", "\n\n", "called on", "to stop", "9", "Ḥalab", "空爆",
     "\u202e", "of"]
)  # fmt: skip


@given(st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=300)))
def test_every_span_holds_on_any_text(text: str) -> None:
    """No input raises, and every word of every statement stands where it says."""
    made = document(text)
    for statement in pipeline.read_statements(made):
        spans = [statement.quote, statement.cue, statement.target, statement.reason, statement.said, statement.event]
        for span in (*spans, statement.date, statement.place, *statement.attribution):
            if span is not None:
                assert made.text[span.start : span.end] == span.text
        assert statement.attribution
        assert can_hold_statement(statement.quote.text)


SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


def expected() -> list[dict[str, Any]]:
    """The samples' rows, where they lie beside the checkout."""
    if not SAMPLES.is_dir():
        return []
    return [row for row in json.loads((SAMPLES / "expected.json").read_text("utf-8")) if "statements" in row]


@pytest.mark.parametrize("row", expected(), ids=lambda row: row["outlet"])
def test_the_samples(row: dict[str, Any]) -> None:
    """Every statement that is wanted of the two reports comes out, with every slot that is named."""
    given_ = Given(dt.date.fromisoformat(row["options"]["published"]), row["options"]["outlet"])
    pages = read_pages([str(SAMPLES / row["document"])], given_, print)
    (made,) = pipeline.clean_documents(pages, as_is=False, on_error=print)
    found = pipeline.read_statements(made)
    for want in row["statements"]:
        assert any(fits(statement, want) for statement in found), want


def fits(statement: Statement, want: dict[str, Any]) -> bool:
    """Whether a statement is the wanted one, slot by slot."""
    speaker = statement.attribution[0]
    named = f"{speaker.name} {speaker.text}"
    got = {
        "kind": statement.kind == want["kind"],
        "speaker": all(word in named for word in want["speaker"].split()),
        "body": "body" not in want or speaker.body == want["body"],
        "said": "said" not in want or (statement.said is not None and str(statement.said.from_) == want["said"]),
        "event": "event" not in want or (statement.event is not None and statement.event.type == want["event"]),
        "date": "date" not in want or (statement.date is not None and str(statement.date.from_) == want["date"]),
        "place": "place" not in want or (statement.place is not None and want["place"] in statement.place.text),
        "target": "target" not in want or (statement.target is not None and want["target"] in statement.target.text),
        "reason": "reason" not in want
        or (statement.reason is not None and statement.reason.text[:40] == want["reason"][:40]),
    }
    return all(got.values())

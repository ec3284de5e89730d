"""The rules of judgements, without a database: contradictions, undo, pairs that reach through others, carrying over."""

from __future__ import annotations

import json
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.made import NIGHT, document, judgement, reading
from tollbook.errors import InputError, JudgementError
from tollbook.judgements import Judgement, in_force, judged_claim, judgement_json, read_judgement, review_state
from tollbook.records import claim_json, to_json
from tollbook.review import added_claim, carry, carry_incident, check, check_value, completed, describe, misplaced_spans

ACCEPT = judgement("accept", "c-1")


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        (ACCEPT, judgement("reject", "c-1", "Ben", 1)),
        (ACCEPT, judgement("correct", "c-1", "Ben", 1, field="harm", value="injured")),
        (judgement("reject", "c-1"), judgement("accept", "c-1", "Ines", 1)),
        (judgement("reject", "c-1"), judgement("unsure", "c-1", "Ben", 1)),
        (
            judgement("correct", "c-1", field="harm", value="killed"),
            judgement("correct", "c-1", "Ben", 1, field="harm", value="injured"),
        ),
        (judgement("same", "c-1", other="c-2"), judgement("different", "c-2", "Ben", 1, other="c-1")),
        (judgement("grade", "i-1", value="weak"), judgement("grade", "i-1", "Ben", 1, value="fair")),
    ],
)
def test_a_contradiction_is_refused_and_the_earlier_one_named(earlier: Judgement, new: Judgement) -> None:
    """Whoever says the contrary is told who said what, when, and how to undo it."""
    with pytest.raises(JudgementError, match=earlier.id) as refused:
        check(new, [earlier])
    assert refused.value.earlier == earlier.id
    assert "Ines" in str(refused.value) and "2031-06-01" in str(refused.value)


@pytest.mark.parametrize(
    ("earlier", "new"),
    [
        (ACCEPT, judgement("accept", "c-1", "Ben", 1)),
        (ACCEPT, judgement("reject", "c-2", "Ben", 1)),
        (judgement("unsure", "c-1"), judgement("reject", "c-1", "Ben", 1)),
        (
            judgement("correct", "c-1", field="harm", value="killed"),
            judgement("correct", "c-1", "Ben", 1, field="stance", value="denied"),
        ),
        (judgement("same", "c-1", other="c-2"), judgement("same", "c-2", "Ben", 1, other="c-3")),
        (judgement("confirm", "i-1", basis=("c-1",)), judgement("grade", "i-1", value="fair")),
    ],
)
def test_what_does_not_contradict_may_stand_beside(earlier: Judgement, new: Judgement) -> None:
    """A second person who agrees, another claim, another field, another pair."""
    assert check(new, [earlier]) is None


def test_saying_it_again_is_nothing_new() -> None:
    """The same person, the same words: the standing judgement is returned instead of a second one."""
    assert check(judgement("accept", "c-1", minute=5), [ACCEPT]) == ACCEPT


def test_undo_is_a_judgement_of_its_own() -> None:
    """What was undone no longer stands in the way; it cannot be undone twice."""
    undo = judgement("undo", ACCEPT.id, "Ben", 1)
    assert check(undo, [ACCEPT]) is None
    assert in_force([ACCEPT, undo]) == []
    assert check(judgement("reject", "c-1", "Ben", 2), in_force([ACCEPT, undo])) is None
    with pytest.raises(JudgementError, match="not in force"):
        check(judgement("undo", ACCEPT.id, "Ben", 3), in_force([ACCEPT, undo]))


def test_an_added_claim_is_not_undone_under_what_rests_on_it() -> None:
    """First the judgements on the claim, then the claim."""
    add = judgement("add", "c-1", value={"id": "c-1"})
    pair = judgement("same", "c-1", other="c-2")
    with pytest.raises(JudgementError, match=pair.id):
        check(judgement("undo", add.id), [add, pair])


def test_pairs_reach_through_other_claims() -> None:
    """1 = 2 and 2 = 3 forbid 1 ≠ 3; 1 = 2 and 1 ≠ 3 forbid 2 = 3."""
    one, two = judgement("same", "c-1", other="c-2"), judgement("same", "c-2", other="c-3", minute=1)
    with pytest.raises(JudgementError, match="through other claims"):
        check(judgement("different", "c-1", other="c-3"), [one, two])
    apart = judgement("different", "c-1", other="c-3")
    with pytest.raises(JudgementError, match=apart.id):
        check(judgement("same", "c-2", other="c-3"), [one, apart])


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.integers(0, 6)).filter(lambda p: p[1] != p[2])))
def test_accepted_pairs_never_contradict(pairs: list[tuple[bool, int, int]]) -> None:
    """Whatever order pairs come in: of those let in, no "different" lies within the claims that "same" joins, and what
    is refused would have done so (networkx as the oracle)."""
    standing: list[Judgement] = []
    equal = networkx.Graph()
    equal.add_nodes_from(range(7))
    apart: set[tuple[int, int]] = set()
    for minute, (same, a, b) in enumerate(pairs):
        new = judgement("same" if same else "different", f"c-{a}", f"p{minute}", other=f"c-{b}")
        trial = equal.copy()
        wanted = set(apart)
        if same:
            trial.add_edge(a, b)
        else:
            wanted.add((a, b))
        fits = not any(networkx.has_path(trial, x, y) for x, y in wanted)
        try:
            check(new, standing)
        except JudgementError as refused:
            assert not fits
            assert refused.earlier in {j.id for j in standing}
        else:
            assert fits
            standing.append(new)
            equal, apart = trial, wanted


@pytest.mark.parametrize(
    "wrong",
    [
        judgement("accept", "c-1", " "),
        judgement("same", "c-1"),
        judgement("same", "c-1", other="c-1"),
        judgement("accept", "c-1", other="c-2"),
        judgement("correct", "c-1", field="id", value="c-2"),
        judgement("accept", "c-1", field="harm"),
        judgement("grade", "i-1", value="true"),
    ],
)
def test_a_judgement_without_its_parts_is_refused(wrong: Judgement) -> None:
    """A name, two claims for a pair, a field that exists, a grade that is defined."""
    with pytest.raises(JudgementError):
        check(wrong, [])


def test_the_public_json_of_a_judgement_comes_back() -> None:
    """Out and in again, id and all; a pair has one order."""
    given_ = judgement("same", "c-2", other="c-1", note="the same night")
    assert given_.key == "c-1 c-2"
    assert read_judgement(json.loads(json.dumps(judgement_json(given_)))) == given_


@pytest.mark.parametrize(
    "damage",
    [{"kind": "praise"}, {"by": None}, {"schema": "x"}, {"extra": 1}, {"basis": "c-1"}, {"note": 5}, {"subject": 7}],
)
def test_foreign_json_is_checked(damage: dict[str, Any]) -> None:
    """Judgements come from other people's files; what is wrong with them is named."""
    with pytest.raises(InputError):
        read_judgement({**judgement_json(ACCEPT), **damage})
    with pytest.raises(InputError):
        read_judgement([])


def test_corrections_leave_the_machine_value() -> None:
    """The judged claim has the person's value, the claim itself keeps its own."""
    _, (killed, _) = reading()
    claim = claim_json(killed)
    value = completed("count", {"low": 13, "high": 13}, claim["count"])
    fix = judgement("correct", killed.id, field="count", value=value)
    judged = judged_claim(claim, [fix])
    assert judged is not None and judged["count"]["low"] == 13 and judged["count"]["text"] == "12"
    assert claim["count"]["low"] == 12
    assert judged_claim(claim, [judgement("reject", killed.id)]) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("harm", "hurt"),
        ("count", {"text": "12", "start": 0, "end": 2, "low": 12, "high": 12, "qualifier": "exact"}),
        ("count", {"low": 9, "high": 5}),
        ("count", None),
        ("blamed", [{"name": "Northern Front", "basis": "guessed"}]),
        ("date", {"from": "yesterday"}),
        ("place", {"mood": "bad"}),
    ],
)
def test_a_correction_is_checked(field: str, value: Any) -> None:
    """Unknown words, words that do not stand there, a low above the high, a claim without a number: refused."""
    doc, (killed, _) = reading()
    claim = claim_json(killed)
    whole = completed(field, value, claim[field])
    with pytest.raises(JudgementError):
        check_value(judgement("correct", killed.id, field=field, value=whole), claim, doc.text)


def test_a_correction_may_rest_on_no_words() -> None:
    """A value that the text does not word has the empty span, which stands in every text."""
    doc, (_, hurt) = reading()
    value = completed("date", {"from": "2031-05-03", "to": "2031-05-03", "precision": "day"}, None)
    check_value(judgement("correct", hurt.id, field="date", value=value), claim_json(hurt), doc.text)
    assert value["text"] == doc.text[value["start"] : value["end"]] == ""


def test_a_claim_that_a_person_reads() -> None:
    """Words selected, slots filled; the rest is not stated. It has the id a machine would give it."""
    doc, (killed, _) = reading()
    quote = {"text": doc.text, "start": 0, "end": len(doc.text)}
    slots = {"quote": quote, "harm": "killed", "count": to_json(killed.count), "victims": to_json(killed.victims)}
    value = added_claim(to_json(doc.source), slots)
    check_value(judgement("add", value["id"], value=value), None, doc.text)
    assert value["date"] is None and value["blamed"] == [] and value["made_by"]["reader"] == "person"
    with pytest.raises(JudgementError, match="harm"):
        added_claim(to_json(doc.source), {"quote": quote, "count": to_json(killed.count)})
    with pytest.raises(JudgementError, match="colour"):
        added_claim(to_json(doc.source), {**slots, "colour": "red"})
    with pytest.raises(JudgementError, match="speaks of"):
        check_value(judgement("add", "c-0", value=value), None, doc.text)


def test_carrying_over() -> None:
    """Same id and words: carried, and what is read otherwise is named. Other words or no claim: orphaned."""
    _, (killed, _) = reading()
    before = claim_json(killed)
    accept = judgement("accept", killed.id)
    assert carry(accept, before, before).changed == ()
    elsewhere = {**before, "place": None, "score": 0.1}
    assert carry(accept, before, elsewhere).changed == ("place",)
    fix = judgement("correct", killed.id, field="harm", value="injured")
    assert carry(fix, before, elsewhere).changed == ()
    assert carry(accept, before, None).orphaned
    assert carry(accept, before, {**before, "count": {**before["count"], "text": "13"}}).orphaned


def test_carrying_over_on_incidents() -> None:
    """Claims that stay together keep what was said of them; a split or a merge that outnumbers them does not."""
    assert carry_incident(("c-1", "c-2"), {"c-1": "i-9", "c-2": "i-9"}, {"i-9": 3}) == "i-9"
    assert carry_incident(("c-1", "c-2"), {"c-1": "i-9", "c-2": "i-8"}, {"i-9": 1, "i-8": 1}) is None
    assert carry_incident(("c-1", "c-2"), {"c-1": "i-9", "c-2": "i-9"}, {"i-9": 4}) is None
    assert carry_incident(("c-1", "c-2"), {"c-1": "i-9"}, {"i-9": 1}) is None
    assert carry_incident((), {}, {}) is None


def test_states_and_words() -> None:
    """Where the judgements on a claim leave it, and a judgement in words."""
    assert review_state([]) is None
    assert review_state([ACCEPT]) == "accepted"
    assert review_state([judgement("unsure", "c-1"), judgement("reject", "c-1")]) == "rejected"
    assert describe(judgement("grade", "i-1", value="weak")).startswith("Ines graded it weak on 2031-06-01")


def test_misplaced_words_are_found_at_any_depth() -> None:
    """Every ``{text,start,end}`` in a record is compared with the text."""
    doc = document(NIGHT)
    record = {"attribution": [{"text": "Amal", "start": 0, "end": 4}], "quote": {"text": "An", "start": 0, "end": 2}}
    assert list(misplaced_spans(record, doc.text)) == ["Amal"]

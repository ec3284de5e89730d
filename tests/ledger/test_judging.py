"""Judgements in a ledger: recorded, refused, undone, moved, and told of what others decided; on both engines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ledger.made import claim, document, judgement, reading, tables
from tollbook.errors import JudgementError, LedgerError, RevisionError
from tollbook.judgements import judgement_json
from tollbook.ledger import ClaimFilter, Cluster, Ledger, apply_judgements, export_judgements
from tollbook.records import to_json
from tollbook.review import added_claim


@pytest.fixture
def claims(ledger: Ledger) -> tuple[str, str]:
    """The ids of two claims in the ledger."""
    doc, (killed, hurt) = reading()
    ledger.add_document(doc, (killed, hurt))
    return killed.id, hurt.id


def test_judgements_show_on_the_claim(ledger: Ledger, claims: tuple[str, str]) -> None:
    """Accept, then undo, then reject; the claim's state follows, every step is an event."""
    killed, _ = claims
    accepted = ledger.judge(judgement("accept", killed, note="read it twice"))

    def state() -> str | None:
        return next(ledger.claims(ClaimFilter(ids=(killed,)))).review

    assert state() == "accepted"
    with pytest.raises(JudgementError, match=accepted.judgement.id):
        ledger.judge(judgement("reject", killed, "Ben", 1))
    ledger.judge(judgement("undo", accepted.judgement.id, minute=2))
    assert state() is None
    ledger.judge(judgement("reject", killed, "Ben", 3))
    assert state() == "rejected"
    assert [e.kind for e in ledger.events()][2:] == ["judged"] * 3
    assert [e.actor for e in ledger.events()][2:] == ["Ines", "Ines", "Ben"]
    assert [s.standing for s in ledger.judgements()] == [False, False, True]
    assert ledger.verify().clean


def test_judging_twice_changes_nothing(ledger: Ledger, claims: tuple[str, str]) -> None:
    """The same record, or the same words of the same person: no second event."""
    first = ledger.judge(judgement("accept", claims[0]))
    before = tables(ledger)
    assert ledger.judge(judgement("accept", claims[0])).known
    assert ledger.judge(judgement("accept", claims[0], minute=9)).seq == first.seq
    assert tables(ledger) == before


def test_a_correction_keeps_the_machine_value(ledger: Ledger, claims: tuple[str, str]) -> None:
    """What the person leaves out is completed from the machine's value, which is recorded beside it."""
    made = ledger.judge(judgement("correct", claims[0], field="count", value={"low": 13, "high": 14})).judgement
    assert (made.value["text"], made.value["low"], made.machine["low"]) == ("12", 13, 12)
    (stored,) = ledger.judgements(claims[0])
    assert stored.judgement == made
    assert next(ledger.claims(ClaimFilter(review="corrected"))).json["count"]["low"] == 12
    with pytest.raises(JudgementError, match="refused"):
        ledger.judge(judgement("correct", claims[0], minute=1, field="harm", value="bruised"))


def test_only_what_is_there_can_be_judged(ledger: Ledger, claims: tuple[str, str]) -> None:
    """Unknown claims, incidents and judgements, and claims that a newer reading no longer makes."""
    with pytest.raises(JudgementError, match="no such claim"):
        ledger.judge(judgement("accept", "c-0000000000000000"))
    with pytest.raises(JudgementError, match="no such claim"):
        ledger.judge(judgement("same", claims[0], other="c-0000000000000000"))
    with pytest.raises(JudgementError, match="no such incident"):
        ledger.judge(judgement("confirm", "i-0000000000000000"))
    with pytest.raises(JudgementError, match="not in force"):
        ledger.judge(judgement("undo", "j-0000000000000000"))
    doc, (killed, _) = reading()
    ledger.add_document(doc, (killed,))
    with pytest.raises(JudgementError, match="newer reading"):
        ledger.judge(judgement("accept", claims[1]))


def test_the_later_of_two_reviewers_is_told(ledger: Ledger, claims: tuple[str, str]) -> None:
    """Both looked at the same revision; the second learns who decided what in the meantime."""
    seen = ledger.revision(claims[0])
    made = ledger.judge(judgement("unsure", claims[0], "Ines"), revision=seen)
    with pytest.raises(RevisionError, match="Ines was unsure"):
        ledger.judge(judgement("reject", claims[0], "Ben", 1), revision=seen)
    ledger.judge(judgement("accept", claims[1], "Ben", 2), revision=seen)
    now = ledger.revision(claims[0])
    ledger.judge(judgement("undo", made.judgement.id, "Ines", 3), revision=now)
    with pytest.raises(RevisionError, match="was undone"):
        ledger.judge(judgement("reject", claims[0], "Ben", 4), revision=now)
    ledger.judge(judgement("reject", claims[0], "Ben", 5), revision=ledger.revision(claims[0]))
    seen = ledger.revision(claims[1])
    doc, both = reading()
    ledger.add_document(doc, both[1:])
    with pytest.raises(RevisionError, match="read or linked anew"):
        ledger.judge(judgement("correct", claims[1], field="harm", value="killed"), revision=seen)


def _added(text: str, number: str = "12") -> tuple[str, dict[str, object]]:
    doc = document(text)
    at = doc.text.index(number)
    words = {"text": number, "start": at, "end": at + len(number)}
    count = {**words, "low": int(number), "high": int(number), "qualifier": "exact"}
    quote = {"text": doc.text, "start": 0, "end": len(doc.text)}
    value = added_claim(to_json(doc.source), {"quote": quote, "harm": "killed", "count": count})
    return value["id"], value


def test_a_claim_that_a_person_adds(ledger: Ledger) -> None:
    """In any language; it is a claim like others, survives a new reading, and goes when it is undone."""
    text = "Авиаудар по Телхафу: 12 человек убиты."
    doc = document(text)
    ledger.add_document(doc, ())
    id, value = _added(text)
    made = ledger.judge(judgement("add", id, value=value)).judgement
    (stored,) = ledger.claims()
    assert (stored.id, stored.by_hand, stored.review) == (id, True, "accepted")
    with pytest.raises(JudgementError, match="read already"):
        ledger.judge(judgement("add", id, "Ben", 1, value=value))
    again = ledger.add_document(document(text, title="Now with a title"), ())
    assert (again.outcome, again.carried) == ("superseded", (made.id,))
    assert [c.id for c in ledger.claims()] == [id]
    ledger.judge(judgement("undo", made.id, minute=2))
    assert list(ledger.claims()) == []
    assert ledger.verify().clean


def test_an_added_claim_makes_way_for_the_same_claim_of_a_machine(ledger: Ledger) -> None:
    """A later reader finds the same words: one claim, not two; what people said of it stays."""
    doc = document()
    ledger.add_document(doc, ())
    id, value = _added(doc.text)
    ledger.judge(judgement("add", id, value=value))
    assert ledger.add_document(doc, [claim(doc, "12")]).orphaned == ()
    (stored,) = ledger.claims()
    assert (stored.by_hand, stored.review) == (False, "accepted")


def test_judgements_on_incidents_follow_their_claims(ledger: Ledger, claims: tuple[str, str]) -> None:
    """A new linking under another id keeps the confirmation; a split lets it go; joining again brings it back."""
    both = Cluster("i-0000000000000001", claims, {"date": {"from": "2031-05-03", "to": "2031-05-03"}})
    assert ledger.put_clusters([both], "test") is not None
    assert ledger.put_clusters([both], "test") is None
    ledger.judge(judgement("confirm", both.id))
    graded = ledger.judge(judgement("grade", both.id, minute=1, value="fair", note="two sources")).judgement
    assert graded.basis == tuple(sorted(claims))

    def states() -> list[tuple[str, str, str | None]]:
        return [(i.id, i.status, i.grade) for i in ledger.incidents()]

    assert states() == [(both.id, "confirmed", "fair")]
    moved = Cluster("i-0000000000000002", claims)
    ledger.put_clusters([moved], "test")
    assert states() == [(moved.id, "confirmed", "fair")]
    with pytest.raises(JudgementError, match=graded.id):
        ledger.judge(judgement("grade", moved.id, "Ben", 2, value="weak"))
    ledger.put_clusters([Cluster("i-0000000000000003", claims[:1]), Cluster("i-0000000000000004", claims[1:])], "test")
    assert {state[1:] for state in states()} == {("candidate", None)}
    ledger.put_clusters([moved], "test")
    assert states() == [(moved.id, "confirmed", "fair")]
    ledger.judge(judgement("undo", graded.id, minute=3))
    assert states() == [(moved.id, "confirmed", None)]
    assert ledger.incident(moved.id) == next(ledger.incidents())
    assert ledger.verify().clean


def test_a_partition_respects_people(ledger: Ledger, claims: tuple[str, str]) -> None:
    """Different claims are not joined; no claim is in two incidents; no claim is unknown."""
    ledger.judge(judgement("different", claims[0], other=claims[1]))
    for wrong in (
        [Cluster("i-1", claims)],
        [Cluster("i-1", claims[:1]), Cluster("i-2", claims[:1])],
        [Cluster("i-1", ("c-0000000000000000",))],
        [Cluster("i-1", claims[:1]), Cluster("i-1", claims[1:])],
    ):
        with pytest.raises(LedgerError):
            ledger.put_clusters(wrong, "test")
    assert list(ledger.incidents()) == []


def test_judgements_move_between_ledgers(ledger: Ledger, claims: tuple[str, str], tmp_path: Path) -> None:
    """Exported and applied elsewhere: same ids, undone ones undone; twice is once; what does not fit is named."""
    ledger.judge(judgement("correct", claims[0], field="count", value={"low": 13, "high": 13}))
    wrong = ledger.judge(judgement("reject", claims[1], minute=1)).judgement
    ledger.judge(judgement("undo", wrong.id, minute=2))
    ledger.judge(judgement("same", claims[0], other=claims[1], minute=3))
    lines = [json.dumps(row) for row in export_judgements(ledger)]
    with Ledger.open(tmp_path / "other.db", create=True) as other:
        assert {a.outcome for a in apply_judgements(other, lines)} == {"refused"}
        doc, both = reading()
        other.add_document(doc, both)
        assert [a.outcome for a in apply_judgements(other, lines)] == ["applied"] * 4
        assert [a.outcome for a in apply_judgements(other, lines)] == ["known"] * 4
        assert [json.dumps(row) for row in export_judgements(other)] == lines
        bad = ["{", json.dumps({"schema": "x"}), "", json.dumps(judgement_json(judgement("accept", claims[0])))]
        assert [(a.line, a.outcome) for a in apply_judgements(other, bad)] == [
            (1, "refused"), (2, "refused"), (4, "refused"),
        ]  # fmt: skip

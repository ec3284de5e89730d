"""Assessments: a candidate until somebody confirms, claims as corrected, nothing that was undone."""

from __future__ import annotations

from tests.ledger.made import judgement, reading
from tollbook.assess import assess
from tollbook.judgements import Judgement
from tollbook.records import claim_json

_, (KILLED, HURT) = reading()
CLAIMS = [claim_json(KILLED), claim_json(HURT)]


def test_a_machine_makes_candidates() -> None:
    """Without a person every incident is a candidate, ungraded, with its claims as read."""
    found = assess("i-1", CLAIMS, [])
    assert (found.status, found.grade, found.reviewed) == ("candidate", None, 0)
    assert list(found.claims) == CLAIMS


def test_judgements_make_the_assessment() -> None:
    """Confirmed, graded with its note, one claim corrected and one rejected; other incidents' judgements pass by."""
    judgements: list[Judgement] = [
        judgement("confirm", "i-1", basis=(KILLED.id, HURT.id)),
        judgement("grade", "i-1", value="fair", note="two sources"),
        judgement("correct", KILLED.id, field="harm", value="injured"),
        judgement("reject", HURT.id),
        judgement("grade", "i-2", value="discounted"),
    ]
    found = assess("i-1", CLAIMS, judgements)
    assert (found.status, found.grade, found.grade_note) == ("confirmed", "fair", "two sources")
    assert [claim["harm"] for claim in found.claims] == ["injured"]
    assert (found.rejected, found.reviewed) == ((HURT.id,), 2)
    assert CLAIMS[0]["harm"] == "killed"


def test_what_was_undone_does_not_count() -> None:
    """Undo takes a confirmation and a rejection back; being unsure is no review."""
    confirm, reject = judgement("confirm", "i-1"), judgement("reject", HURT.id)
    undone = [judgement("undo", made.id, minute=n) for n, made in enumerate((confirm, reject), 1)]
    found = assess("i-1", CLAIMS, [confirm, reject, *undone, judgement("unsure", KILLED.id)])
    assert (found.status, found.rejected, found.unsure, found.reviewed) == ("candidate", (), (KILLED.id,), 0)


def test_saying_it_twice_changes_nothing() -> None:
    """Property 4: the same judgements again, the same assessment."""
    judgements = [judgement("confirm", "i-1"), judgement("accept", KILLED.id)]
    assert assess("i-1", CLAIMS, judgements * 2) == assess("i-1", CLAIMS, judgements)

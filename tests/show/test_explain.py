"""Each field of a claim with its words and its rule."""

from __future__ import annotations

from tests.show.build import market
from tollbook.records import Reason
from tollbook.show.explain import explain


def test_a_claim_explains_itself() -> None:
    """Without a reason from the reader, every field that has words names them, and no rule is made up."""
    doc, (killed, _) = market()
    grounds = {ground.field: ground for ground in explain(killed)}
    assert (grounds["count"].value, grounds["count"].text) == ("9", "Nine")
    assert all(g.text == doc.text[g.start : g.end] for g in grounds.values() if g.start is not None)
    assert {g.rule for g in grounds.values()} == {None}
    assert {"harm", "stance", "scope"} <= set(grounds)


def test_reasons_take_precedence_and_none_is_lost() -> None:
    """A rule stands beside its field; one for a field that is empty is shown all the same."""
    _, (killed, _) = market()
    reasons = (
        Reason("count", "number before a noun of people", "Nine", 43, 47),
        Reason("count.qualifier", "no qualifier", "", 43, 43),
        Reason("said", "no day beside the cue", "said", 150, 154),
    )
    grounds = explain(killed, reasons)
    assert [(g.field, g.rule) for g in grounds if g.rule] == [(r.field, r.rule) for r in reasons]
    assert sum(g.field == "count" for g in grounds) == 1

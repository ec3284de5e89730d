"""Sentences that take a sum apart."""

from __future__ import annotations

from tests.find import told
from tollbook.pipeline import read_document


def test_the_parts_of_a_sum_have_its_days_and_scope() -> None:
    """ "Victims included seven men killed" is of the month that the sum was counted for, and part of it."""
    text = (
        "Between 1 and 28 May, the mission documented 39 civilian casualties – 11 deaths and 28 injuries – in Libya. "
        "Victims included seven men killed and 20 injured."
    )
    claims = {c.count.text: c for c in read_document(told.document(text)).claims}
    whole, dead, men = claims["39"], claims["11"], claims["seven"]
    assert {c.scope for c in claims.values()} == {"total"}
    assert men.date is not None and men.date == whole.date
    assert dead.relation is not None and dead.relation.claim == whole.id
    assert men.relation is not None and men.relation.claim == dead.id
    assert men.victims is not None and men.victims.status == "civilian"


def test_a_sentence_about_the_dead_of_one_attack_stays_its_own() -> None:
    """Without a sum before it nothing is taken apart."""
    text = "A shell hit a market in Idlib on Monday. Victims included seven men killed."
    assert {c.scope for c in read_document(told.document(text)).claims} == {"incident"}


def test_a_report_of_sums_goes_on() -> None:
    """Lines of a list, the same period and a body that records are sums too; a raid on a day is an incident."""
    text = (
        "The centre documented the killing of 412 civilians in Homs governorate, Syria, in April 2021.\n\n"
        "Army: killed 188 civilians.\n\nThe report also records 27 arrests. Some 31 people were kidnapped over the "
        "period.\n\nOn 18 April jets struck a house in Rastan, killing 19 people."
    )
    claims = {c.count.text: c for c in read_document(told.document(text)).claims}
    assert [claims[n].scope for n in ("412", "188", "Some 31", "19")] == ["total", "total", "total", "incident"]
    assert claims["188"].date == claims["412"].date and claims["188"].place == claims["412"].place

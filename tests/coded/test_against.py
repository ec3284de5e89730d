"""Pairing events with incidents: the best first, each once, people's word before any weight."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.coded.made import GED
from tollbook.coded.against import Chosen, Held, Match, compare_records, relation_of, summary_of
from tollbook.coded.chart import MOST, chart
from tollbook.coded.mapping import load_mapping
from tollbook.coded.records import code_record
from tollbook.incidents import Verdict
from tollbook.incidents.reports import reports_of_claims
from tollbook.records import Claim, claim_json


def record(id: str, **changed: str) -> tuple[Claim, ...]:
    """A GED record."""
    return code_record(load_mapping("ged"), {**GED, "id": id, **changed}).claims


def held(*records: tuple[Claim, ...], verdicts: tuple[Verdict, ...] = ()) -> Held:
    """A ledger that has these records from somebody else, each an incident."""
    other = [replace(c, document=replace(c.document, outlet="Other monitor")) for claims in records for c in claims]
    reports = reports_of_claims(map(claim_json, other))
    return Held(reports, verdicts, {f"i-{n}": [c.id for c in claims] for n, claims in enumerate(records)})


def pairs(matches: list[Match]) -> set[tuple[str | None, str | None]]:
    """Incident and record of each line."""
    return {
        (m.ledger.ids[0] if m.ledger else None, m.monitor.ids[0].removeprefix("UCDP GED ") if m.monitor else None)
        for m in matches
    }


def test_each_once_the_best_first() -> None:
    """Two strikes of one day and town: each is paired with its own; a third is only theirs, and named as near."""
    ours = held(*(record(e, low=n, high=n, deaths_civilians=n) for e, n in (("a", "9"), ("b", "30"))))
    theirs = {e: record(e, low=n, high=n, deaths_civilians=n) for e, n in (("1", "30"), ("2", "9"), ("3", "9"))}
    matches = compare_records(ours, theirs)
    assert pairs(matches) == {("i-0", "2"), ("i-1", "1"), (None, "3")}
    assert next(m for m in matches if m.ledger is None).perhaps == ("i-0",)
    assert not any(m.differs for m in matches)


def test_people_come_first() -> None:
    """Two that people called different are not paired; two that they called the same are, whatever the weights."""
    mine, theirs = record("a"), record("1")
    apart = compare_records(held(mine, verdicts=(Verdict(mine[0].id, theirs[0].id, False),)), {"1": theirs})
    assert pairs(apart) == {("i-0", None), (None, "1")}
    far = record(
        "1", date_start="2035-01-01", date_end="2035-01-01", where_coordinates="Belis", latitude="1", longitude="1"
    )
    same = compare_records(held(mine, verdicts=(Verdict(far[0].id, mine[0].id, True),)), {"1": far})
    assert pairs(same) == {("i-0", "1")} and same[0].bits is None


def test_several_records_of_one_event() -> None:
    """Reports that a monitor grouped are one event: their numbers are a range, not a sum."""
    theirs = {"e": [*record("1", low="8", high="8"), *record("2", low="12", high="12", source_original="Police")]}
    (match,) = compare_records(held(record("a")), theirs)
    assert match.monitor is not None and match.monitor.harms["killed"] == (8, 12) and match.monitor.documents == 2


def test_nothing_on_one_side() -> None:
    """An empty ledger, an empty file, a period without anything."""
    assert [m.who for m in compare_records(held(), {"1": record("1")})] == ["monitor"]
    assert [m.who for m in compare_records(held(record("a")), {})] == ["ledger"]
    assert compare_records(held(record("a")), {"1": record("1")}, Chosen(country="YE")) == []
    assert "0 incidents in both" in chart([], "UCDP GED")


ends = st.one_of(st.none(), st.integers(0, 30))


@given(ends, ends, ends, ends)
def test_relations_are_symmetric_and_true(a: int | None, b: int | None, c: int | None, d: int | None) -> None:
    """Ranges differ exactly where no number is in both."""
    if (a is not None and b is not None and a > b) or (c is not None and d is not None and c > d):
        return
    one, other = (a, b), (c, d)
    assert relation_of(one, other) == relation_of(other, one)

    def holds(ends: tuple[int | None, int | None], n: int) -> bool:
        return (ends[0] or 0) <= n <= (99 if ends[1] is None else ends[1])

    within = [n for n in range(99) if holds(one, n) and holds(other, n)]
    assert (relation_of(one, other) == "differs") == (not within)


def test_the_chart_draws_what_there_is() -> None:
    """A bar for each side of each incident, the differing ones first, and says how many it leaves out."""
    (match,) = compare_records(held(record("a")), {"1": record("1", low="40", high="44")})
    assert match.differs
    picture = chart([match] * (MOST + 2), "UCDP GED")
    assert picture.count("<title>") == 2 * MOST and "and 2 more, which are not drawn" in picture
    assert summary_of([match]).differing == 1

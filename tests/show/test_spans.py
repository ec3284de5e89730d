"""A text cut where marks begin and end, against the naive way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.show.build import market
from tollbook.show.spans import Marked, marked, segments


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20))), st.integers(0, 30), st.integers(1, 30))
def test_each_point_is_covered_by_its_marks(spans: list[tuple[int, int]], start: int, length: int) -> None:
    """The pieces follow one another without a gap, and each has exactly the marks that cover its every character."""
    marks = [Marked(a, a + n, "count", number) for number, (a, n) in enumerate(spans, 1)]
    pieces = list(segments(start, start + length, marks))
    assert [a for a, _, _ in pieces] == [start, *(b for _, b, _ in pieces[:-1])]
    assert pieces[-1][1] == start + length
    for a, b, covering in pieces:
        for point in range(a, b):
            assert {m.claim for m in covering} == {m.claim for m in marks if m.start <= point < m.end}


def test_all_words_of_a_claim_are_marked() -> None:
    """Every part of a claim that has words is there, with those words."""
    doc, (killed, _) = market()
    found = {m.role: doc.text[m.start : m.end] for m in marked(killed, 1)}
    assert found["count"] == "Nine"
    assert found["speaker"] == "the health ministry"
    assert {"quote", "victims", "event", "date", "place"} <= set(found)

"""Two reports side by side: what is shared, what only one has, what differs, and who calls a thing what."""

from __future__ import annotations

import datetime as dt

from tollbook import pipeline
from tollbook.compare.reports import Report, Row, compare_reports
from tollbook.records import Page

FIRST = """Strike on Kobani market kills 12

Norway's Foreign Minister Ada Loft told reporters on Thursday that 12 civilians died in an air strike on Kobani on
March 9. "Such ill-thought raids exacerbate the suffering of the people of Kobani," she said.

"We have seen far too many funerals in this small town," Loft said.

The Islamic State group was not in the town, she said.
"""
SECOND = """Norway condemns raid

An air strike on Kobani in Syria on March 9 killed 15 civilians, Norwegian Foreign Minister Ada Loft said on Thursday.

"These ill-conceived raids must stop," Loft said. "We have seen far too many burials in this small town."

The Turkish Defense Ministry said it had struck a depot of the YPG near Kobani. There was no Daesh there, she said.
"""


def report(text: str) -> Report:
    """One side."""
    page = Page(
        key="row",
        raw=text.encode(),
        content=text,
        media="text",
        published=dt.date(2023, 3, 10),
        published_from="option",
    )
    (document,) = pipeline.clean_documents([page], as_is=True, on_error=print)
    return pipeline.read_for_comparing(document)


def rows(what: str) -> list[Row]:
    """The rows of one kind for the two reports."""
    return [row for row in compare_reports(report(FIRST), report(SECOND)) if row.what == what]


def words(found: list[Row]) -> list[tuple[str, str]]:
    """The words of either side."""
    return [(", ".join(s.text for s in row.a), ", ".join(s.text for s in row.b)) for row in found]


def test_speakers() -> None:
    """The minister speaks in both, the Turkish ministry in one."""
    found = [(row.side, row.name) for row in rows("speaker")]
    assert ("both", "Ada Loft (Norwegian Foreign Ministry)") in found
    assert any(side == "b" and "Turkish Defense Ministry" in name for side, name in found)


def test_a_quotation_that_both_have() -> None:
    """Told with another word in one of them, which is named."""
    (shared,) = rows("quotation")
    assert shared.relation == "differs"
    assert ("funerals", "burials") in words(rows("wording"))


def test_numbers_that_differ() -> None:
    """12 here and 15 there of one strike."""
    both = [row for row in rows("claim") if row.side == "both"]
    assert [(row.name, row.relation) for row in both] == [("killed: 12 / 15", "contradicts")]


def test_statements_of_one() -> None:
    """The condemnation is in both, the admission only in the second."""
    found = {(row.side, row.name) for row in rows("statement")}
    assert ("b", "admission: Turkish Defense Ministry") in found


def test_the_words_of_each_for_one_thing() -> None:
    """The minister's adjective, and the names of one group."""
    found = words(rows("wording"))
    assert ("ill-thought", "ill-conceived") in found
    assert any("Islamic State" in a and "Daesh" in b for a, b in found)


def test_a_report_and_itself() -> None:
    """Everything is shared and nothing differs."""
    one = report(FIRST)
    for row in compare_reports(one, one):
        assert (row.side, row.relation, row.a) == ("both", "same", row.b)


def test_two_sides_are_equal() -> None:
    """Exchanging the reports exchanges the sides."""
    one, other = report(FIRST), report(SECOND)
    turn = {"a": "b", "b": "a", "both": "both"}
    there = {(r.what, r.side, r.relation, r.a, r.b) for r in compare_reports(one, other)}
    back = {(r.what, turn[r.side], r.relation, r.b, r.a) for r in compare_reports(other, one)}
    assert there == back


def test_every_word_stands_where_it_says() -> None:
    """The spans hold in the report that they are of."""
    one, other = report(FIRST), report(SECOND)
    for row in compare_reports(one, other):
        for side, spans in ((one, row.a), (other, row.b)):
            assert all(side.document.text[s.start : s.end] == s.text for s in spans)

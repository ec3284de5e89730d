"""What the claims of one incident add up to, as a reader of the report would add them."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.pipeline import made_by
from tollbook.records import Attribution, Claim, Count, Document, Harm, Qualifier, Relation, Source, Span, Victims
from tollbook.tally import Range, add_up, tally
from tollbook.tally.rows import survivors

_NUMBER = itertools.count()
_SOURCE = Source("report", "d-0", "0", "0")


def claim(words: str, low: int | None, high: int | None = None, **given_: Any) -> Claim:
    """A claim that stands in a passage of its own (``at`` puts two in one) with ``words`` for its victims."""
    number = next(_NUMBER)
    at: int = given_.pop("at", number * 100)
    harm: Harm = given_.pop("harm", "killed")
    qualifier: Qualifier = given_.pop("qualifier", "exact")
    speaker: str | None = given_.pop("speaker", None)
    relation: tuple[str, Claim] | None = given_.pop("relation", None)
    quote: str = given_.pop("quote", words).ljust(60)
    chain = (
        () if speaker is None else (Attribution(speaker, 0, 0, speaker, None, speaker, "unknown", "said", "indirect"),)
    )
    high = low if high is None and qualifier in ("exact", "about") else high
    return Claim(
        id=f"c-{number}", document=_SOURCE, quote=Span(quote, at, at + len(quote)), harm=harm,
        count=Count(str(low), at, at + 1, low, high, qualifier),
        victims=Victims(words, at + 1, at + 1 + len(words), "unknown", None, given_.pop("groups", ()), None),
        event=None, date=None, said=None,
        place=None, blamed=(), attribution=chain, stance=given_.pop("stance", "asserted"), scope="incident",
        relation=Relation(relation[0], relation[1].id) if relation else None, score=0.9, made_by=made_by(),
    )  # fmt: skip


def test_disjoint_groups_of_one_statement_add() -> None:
    """ "Two soldiers and three civilians": five."""
    assert add_up([claim("soldiers", 2, at=0), claim("civilians", 3, at=0)]) == Range(5, 5)


def test_parts_and_repeats_do_not_add() -> None:
    """ "35 people, including 8 children" said twice: 35."""
    whole = claim("people", 35)
    part, again = claim("children", 8, relation=("part_of", whole)), claim("people", 35, relation=("repeats", whole))
    assert add_up([whole, part, again]) == Range(35, 35)


def test_updated_numbers_give_way() -> None:
    """ "The toll rose to 12": the nine are no longer asserted."""
    early = claim("people", 9)
    assert add_up([early, claim("people", 12, relation=("updates", early))]) == Range(12, 12)


def test_rival_origins_span_a_range() -> None:
    """The ministry's nine and the monitor's twelve stand side by side."""
    assert add_up([claim("people", 9, speaker="the ministry"), claim("people", 12, speaker="the monitor")]) == Range(
        9, 12
    )


def test_a_hospital_is_no_rival() -> None:
    """The three brought to one hospital are among the six shot."""
    six = claim("people", 6, harm="injured", speaker="police")
    three = claim("victims", 3, harm="injured", speaker="a hospital", quote="Three victims were taken to a hospital.")
    assert add_up([six, three]) == Range(6, 6)


def test_compatible_numbers_become_the_most_specific() -> None:
    """ "At least two" and "two": two; "several" and "five": five."""
    assert add_up([claim("people", 2, qualifier="at_least"), claim("people", 2)]) == Range(2, 2)
    assert add_up([claim("people", 3, qualifier="vague"), claim("people", 5)]) == Range(5, 5)
    assert add_up([claim("people", 20, qualifier="at_least")]) == Range(20, None)


def test_people_told_of_one_by_one() -> None:
    """A man, later named, and a woman are two; "another man" is one more."""
    man, named, woman = claim("A man", 1), claim("Samir Adel", 1), claim("A woman", 1)
    assert add_up([man, named, woman]) == Range(2, 2)
    assert add_up([man, named, woman, claim("Another man", 1)]) == Range(3, 3)


def test_whoever_cannot_be_among_a_number_is_one_more() -> None:
    """Whoever killed "three children" and then himself is none of them; a boy is none of two women."""
    himself = claim("himself", 1, groups=("perpetrators",))
    assert add_up([claim("children", 3), himself]) == Range(4, 4)
    assert add_up([claim("his wife", 1, at=0), claim("his daughter", 1, at=0), himself]) == Range(3, 3)
    assert add_up([claim("women", 2), claim("A boy", 1), claim("A toddler", 1)]) == Range(3, 3)
    assert add_up([claim("people", 3), himself]) == Range(3, 3)
    assert add_up([claim("men", 3), himself]) == Range(3, 3)


def test_a_man_and_a_child_are_two() -> None:
    """Of a teenager one report says "boy" and "man"; of a child nobody does."""
    assert add_up([claim("Man", 1), claim("a 17-month-old child", 1)]) == Range(2, 2)
    assert add_up([claim("A man", 1), claim("a 17-year-old boy", 1)]) == Range(1, 1)


def test_a_number_of_anybody_has_those_of_one_kind_among_it() -> None:
    """ "Two children" twice and "four bodies" once: four."""
    children, again = claim("children", 2), claim("children", 2)
    assert add_up([children, again, claim("bodies", 4)]) == Range(4, 4)


def test_a_fifth_victim_makes_five() -> None:
    """After four killed a fifth who died is the fifth; a third who was shot may be the third of all."""
    assert add_up([claim("people", 4), claim("A fifth victim", 1)]) == Range(5, 5)
    assert add_up([claim("people", 2, harm="injured"), claim("A third victim", 1, harm="injured")]) == Range(2, 2)


def test_fighters_whom_a_denial_counts_are_no_toll_of_what_it_denies() -> None:
    """The office counts twelve at the market; the ministry denies it and tells of twenty militants."""
    text = "Twelve people died at the market.\nIt denied the strike. It said that 20 militants were killed."
    twelve = claim("people", 12, at=0, speaker="the office")
    militants = replace(claim("militants", 20, at=text.index("It said"), speaker="the ministry", quote=text[57:]))
    assert militants.victims is not None
    militants = replace(militants, victims=replace(militants.victims, status="combatant"))
    rows = tally(Document(_SOURCE, text, "", (), (), ()), [twelve, militants], [0, 0])
    assert [r.killed for r in rows] == [Range(12, 12), Range(20, 20)]


def test_what_a_passage_adds_to_what_it_repeats() -> None:
    """ "Killed his daughter", then "killed his daughter and himself": two."""
    first = claim("his daughter", 1)
    again = claim("his daughter", 1, at=10**6, relation=("repeats", first))
    assert add_up([first, again, claim("himself", 1, at=10**6)]) == Range(2, 2)


def test_denied_and_doubted_numbers_are_not_asserted() -> None:
    """Only what is asserted adds up; nothing asserted is ``None``, never 0."""
    assert add_up([claim("people", 9, stance="denied")]) is None
    assert add_up([]) is None


@pytest.mark.parametrize(
    ("killed", "injured", "casualties", "expected"),
    [
        (Range(1, 1), None, Range(4, 4), Range(3, 3)),
        (Range(1, 1), Range(3, 3), Range(4, 4), Range(3, 3)),
        (Range(1, 1), Range(1, 1), Range(4, 4), Range(3, 3)),
        (Range(4, 4), None, Range(4, 4), None),
        (None, None, Range(4, 4), Range(None, 4)),
        (Range(1, None), None, Range(4, 4), None),
        (Range(1, 1), None, None, None),
    ],
)
def test_survivors(
    killed: Range | None, injured: Range | None, casualties: Range | None, expected: Range | None
) -> None:
    """Of four shot one died: three are hurt; where nobody is said to have died, at most four are."""
    assert survivors(killed, injured, casualties) == expected


def test_the_main_incident_comes_first() -> None:
    """What the report opens with and says most of stands before its background; arrests weigh little."""
    document = Document(_SOURCE, "x" * 4000, "", (), (), ())
    main = [claim("people", 3, at=0), claim("people", 7, harm="injured", at=0)]
    past = [claim("people", 13, at=3500)]
    arrests = [claim("men", n, harm="detained", at=2000 + n) for n in (2, 3, 4)]
    rows = tally(document, [*past, *arrests, *main], [0] + [1] * 3 + [2] * 2)
    assert [(r.killed, r.injured) for r in rows][0] == (Range(3, 3), Range(7, 7))


_STATED = st.tuples(st.sampled_from(["people", "a man", "women", "others"]), st.integers(0, 50), st.booleans())


@given(st.lists(_STATED, max_size=8))
def test_any_claims(given_: list[tuple[str, int, bool]]) -> None:
    """The ends of a range are in order, and adding the same claims again changes nothing."""
    claims = [claim(w, n, qualifier="at_least" if open_ else "exact") for w, n, open_ in given_]
    total = add_up(claims)
    if total is not None and total.low is not None and total.high is not None:
        assert total.low <= total.high
    again = [replace(c, id=f"{c.id}b", relation=Relation("repeats", c.id)) for c in claims]
    if total is not None and not any(open_ for _, _, open_ in given_) and len(claims) == 1:
        assert add_up([*claims, *again]) == total

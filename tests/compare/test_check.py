"""One sentence against many claims: the table of what contradicts, row by row, and what is counted."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.compare.check import check_claim
from tollbook.errors import InputError

RAQQA = {"text": "Raqqa", "name": "Ar Raqqah", "country": "SY", "lat": 35.95, "lon": 39.01, "precision": "city"}
RAQQA |= {"gazetteer_id": "geonames:172955"}
MOSUL = {"text": "Mosul", "name": "Mosul", "country": "IQ", "lat": 36.34, "lon": 43.12, "precision": "city"}
SYRIA = {"text": "Syria", "name": "Syria", "country": "SY", "lat": 35.0, "lon": 38.0, "precision": "country"}


def day(text: str) -> dict[str, Any]:
    """A day."""
    return {"from": text, "to": text, "precision": "day"}


def claim(low: int | None, high: int | None, name: str = "c-1", **more: Any) -> dict[str, Any]:
    """A claim of the dead of Raqqa on 3 June, as the outlet "Post" has it from the ministry."""
    qualifier = more.pop("qualifier", "exact")
    document = {
        "key": f"{name}.txt",
        "id": f"d-{name}",
        "outlet": more.pop("outlet", "Post"),
        "published": "2017-06-08",
    }
    body = more.pop("body", "Norland Ministry")
    voice = [{"name": body, "body": body, "kind": "government", "mode": "indirect"}] if body else []
    base = {"id": name, "document": document, "harm": "killed", "date": day("2017-06-03"), "place": RAQQA}
    return {**base, "count": {"low": low, "high": high, "qualifier": qualifier}, "attribution": voice, **more}


ASKED = claim(43, 43, "asked")

TABLE = [
    ("the same number", claim(43, 43), "supported"),
    ("at least 20 and 43 are compatible", claim(20, None, qualifier="at_least"), "silent"),
    ("another number", claim(35, 35), "contradicted"),
    ("about 50 is 40 to 60", claim(50, 50, qualifier="about"), "silent"),
    ("about 100 is not", claim(100, 100, qualifier="about"), "contradicted"),
    ("another day", claim(43, 43, date=day("2017-06-05")), "silent"),
    ("another place", claim(43, 43, place=MOSUL), "silent"),
    ("another harm", claim(43, 43, harm="injured"), "silent"),
    ("another kind of event", claim(35, 35, event={"type": "stabbing"}), "contradicted"),
    ("only the country is said, the same number", claim(43, 43, place=SYRIA), "supported"),
    ("only the country is said, another number", claim(35, 35, place=SYRIA), "silent"),
    ("no day is said, another number", claim(35, 35, date=None), "silent"),
    ("only the children", claim(8, 8, victims={"status": "civilian", "groups": ["children"]}), "silent"),
    ("a part", claim(8, 8, relation={"type": "part_of", "claim": "c-0"}), "silent"),
    ("it has not happened", claim(43, 43, stance="hypothetical"), "silent"),
    ("taken back", claim(43, 43, stance="retracted"), "silent"),
    ("denied", claim(43, 43, stance="denied"), "contradicted"),
    ("told as possible", claim(43, 43, stance="questioned"), "silent"),
    ("a total over a month", claim(200, None, scope="total"), "silent"),
]


@pytest.mark.parametrize(("told", "verdict"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_the_table(told: dict[str, Any], verdict: str) -> None:
    """What one claim makes of the question."""
    assert check_claim(ASKED, [told]).verdict == verdict


def test_an_open_question_is_supported_by_a_number_inside_it() -> None:
    """Asked "at least 20", 43 supports; asked 43, "at least 20" only does not exclude it."""
    answer = check_claim(claim(20, None, "asked", qualifier="at_least"), [claim(43, 43)])
    assert answer.verdict == "supported"
    (evidence,) = check_claim(ASKED, [claim(20, None, qualifier="at_least")]).evidence
    assert evidence.relation == "compatible"


def test_two_outlets_with_one_ministry_are_one_origin() -> None:
    """Documents, outlets and origins are counted apart; nobody named is of unknown independence."""
    told = [claim(43, 43, "c-1"), claim(43, 43, "c-2", outlet="Herald"), claim(43, 43, "c-3", outlet="Star", body=None)]
    answer = check_claim(ASKED, told)
    assert (answer.documents, answer.outlets, dict(answer.origins)) == (3, 3, {"low": 1, "high": 2})


def test_support_and_contradiction_together() -> None:
    """Rival numbers of two origins: supported and disputed, both named."""
    answer = check_claim(ASKED, [claim(43, 43, "c-1"), claim(35, 35, "c-2", body="Ruvan Monitor")])
    assert (answer.verdict, answer.disputed) == ("supported", True)
    assert [(e.relation, e.field) for e in answer.evidence] == [("supports", None), ("contradicts", "number")]


def test_a_later_number_of_one_origin_supersedes() -> None:
    """9 on Monday and 12 on Tuesday of one ministry: the 9 is superseded, so 12 is supported and 9 contradicted."""
    told = [claim(9, 9, "c-1", said=day("2017-06-04")), claim(12, 12, "c-2", said=day("2017-06-05"))]
    later = check_claim(claim(12, 12, "asked"), told)
    assert (later.verdict, later.disputed) == ("supported", False)
    earlier = check_claim(claim(9, 9, "asked"), told)
    assert earlier.verdict == "contradicted"
    assert {e.relation for e in earlier.evidence} == {"superseded", "contradicts"}


def test_civilians_are_no_fighters() -> None:
    """The same number of other people: the victims' status is contradicted."""
    asked = claim(35, 35, "asked", victims={"status": "civilian"})
    (evidence,) = check_claim(asked, [claim(35, 35, victims={"status": "combatant"})]).evidence
    assert (evidence.relation, evidence.field) == ("contradicts", "status")


def test_blame_is_contradicted_by_another_party() -> None:
    """Killed by X, killed by Y; a shorter name of the same party is no other party."""
    asked = claim(43, 43, "asked", blamed=[{"name": "coalition", "basis": "acting", "by": None}])
    other = claim(43, 43, blamed=[{"name": "Russia", "basis": "accused", "by": None}])
    same = claim(43, 43, blamed=[{"name": "US-led Coalition", "basis": "accused", "by": None}])
    assert check_claim(asked, [other]).evidence[0].field == "blame"
    assert check_claim(asked, [same]).verdict == "supported"


def test_parts_of_one_sentence_add_up() -> None:
    """Two soldiers and three civilians are five people, and neither of them contradicts the five."""
    quote = {"text": "two soldiers and three civilians", "start": 0, "end": 32}
    soldiers = claim(2, 2, "c-1", quote=quote, victims={"status": "combatant", "groups": ["soldiers"]})
    civilians = claim(3, 3, "c-2", quote=quote, victims={"status": "civilian"})
    civilians["document"] = soldiers["document"]
    answer = check_claim(claim(5, 5, "asked"), [soldiers, civilians])
    assert (answer.verdict, answer.evidence[0].claims) == ("supported", ("c-1", "c-2"))


def test_a_question_without_day_and_place_asks_nothing() -> None:
    """Every report of 43 dead would support it."""
    assert check_claim(claim(43, 43, "asked", date=None, place=None), [claim(43, 43)]).verdict == "silent"


def test_what_is_no_claim_is_named() -> None:
    """A row that lacks its number is an error that says so."""
    with pytest.raises(InputError):
        check_claim(ASKED, [{"id": "c-9", "document": {"key": "a"}}])


ROWS = st.builds(
    claim,
    st.one_of(st.none(), st.integers(0, 60)),
    st.none(),
    st.uuids().map(str),
    outlet=st.sampled_from(["Post", "Herald"]),
    body=st.sampled_from([None, "Norland Ministry", "Ruvan Monitor"]),
    date=st.sampled_from([None, day("2017-06-03"), day("2017-06-04")]),
    place=st.sampled_from([None, RAQQA, MOSUL, SYRIA]),
)


@given(st.lists(ROWS, max_size=8, unique_by=lambda row: row["id"]), st.integers())
def test_the_order_of_the_claims_does_not_matter(rows: list[dict[str, Any]], seed: int) -> None:
    """Nor does saying a thing twice."""
    mixed = [*rows, *rows]
    random.Random(seed).shuffle(mixed)
    one, other = check_claim(ASKED, rows), check_claim(ASKED, mixed)
    assert (one.verdict, one.disputed, one.documents, one.origins) == (
        other.verdict, other.disputed, other.documents, other.origins,
    )  # fmt: skip

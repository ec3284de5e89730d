"""The scorer says what it should of readings that are right, nearly right and wrong; it is tested on fakes."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.golden import load
from tests.quality.names import alike, canonical
from tests.quality.scorer import SLOTS, fit, score


def as_read(label: dict[str, Any], number: int) -> dict[str, Any]:
    """The public JSON of a reader that reads a label perfectly."""
    place = {"text": label["place_text"], "name": label["place_name"], "country": label["country"]}
    return {
        "id": f"c-{number}",
        "quote": {"text": label["quote"]},
        "harm": label["harm"],
        "count": {"text": label["count_text"], "low": label["low"], "high": label["high"]},
        "victims": {"text": label["victims_text"], "status": label["status"]},
        "event": {"type": label["event_type"]} if label["event_type"] else None,
        "date": {"from": label["date_from"], "to": label["date_to"]} if label["date_text"] else None,
        "place": place if label["place_text"] else None,
        "blamed": [{"name": name} for name in label["blamed"]],
        "attribution": [{"name": name} for name in label["attribution"]],
        "stance": label["stance"],
        "scope": label["scope"],
        "relation": label["relation"],
        "score": 0.9,
    }


def perfect() -> dict[str, list[dict[str, Any]]]:
    return {report["id"]: [as_read(c, i) for i, c in enumerate(report["claims"])] for report in load("open")}


def one_report() -> dict[str, Any]:
    return next(r for r in load("open") if r["id"] == "part-of-children")


def test_a_perfect_reading_scores_one() -> None:
    """Every figure is 1 and nothing is missed, over all open reports: the labels are consistent with the matching."""
    figures = score(load("open"), perfect())
    assert set(figures.flat().values()) == {1.0}
    assert figures.misses == []


def test_an_empty_reading_scores_zero() -> None:
    """No claim read: no precision, no recall, no slot, and no division by zero."""
    figures = score(load("open"), {})
    assert set(figures.flat().values()) == {0.0}
    assert len(figures.misses) == figures.gold > 100


@pytest.mark.parametrize("slot", SLOTS)
def test_one_wrong_slot_costs_that_slot_alone(slot: str) -> None:
    """A single mistake lowers its own slot and the whole claim, and leaves the other slots alone."""
    report = one_report()
    read = [as_read(c, i) for i, c in enumerate(report["claims"])]
    spoil: dict[str, dict[str, Any]] = {
        "count": {"count": {"text": "at least 14", "low": 14, "high": 14}},
        "status": {"victims": {"status": "combatant"}},
        "event": {"event": {"type": "bombing"}},
        "date": {"date": {"from": "2016-06-09", "to": "2016-06-09"}},
        "place": {"place": {"text": "Sanaa", "name": "Sanaa"}},
        "blamed": {"blamed": [{"name": "Houthis"}, {"name": "Saudi-led Coalition"}]},
        "origin": {"attribution": []},
        "stance": {"stance": "denied"},
        "scope": {"scope": "total"},
        "relation": {"relation": None},
    }
    read[1] |= spoil[slot]
    figures = score([report], {report["id"]: read})
    flat = figures.flat()
    assert {s for s in SLOTS if flat[s] < 1} == {slot}
    assert flat["found f1"] == 1.0
    assert figures.whole == figures.gold - 1
    assert [miss["wrong"] for miss in figures.misses] == [[slot]]


def test_what_is_no_claim_costs_precision() -> None:
    """A reading too many lowers precision, keeps recall, and stands among the outcomes as not found."""
    report = one_report()
    read = [as_read(c, i) for i, c in enumerate(report["claims"])]
    extra = copy.deepcopy(read[0]) | {"quote": {"text": "Shopkeepers said the market had reopened."}, "score": 0.2}
    figures = score([report], {report["id"]: [*read, extra]})
    assert figures.flat()["found recall"] == 1.0
    assert figures.flat()["found precision"] == round(5 / 6, 4)
    assert [(o.score, o.found) for o in figures.outcomes if not o.found] == [(0.2, False)]


def test_order_does_not_matter() -> None:
    """Claims read in reverse order give the same figures."""
    backwards = {key: claims[::-1] for key, claims in perfect().items()}
    assert score(load("open"), backwards).flat() == score(load("open"), perfect()).flat()


def test_one_label_takes_one_claim() -> None:
    """The same claim read twice is one claim found and one too many."""
    report = one_report()
    label = report["claims"][1]
    figures = score([report | {"claims": [label]}], {report["id"]: [as_read(label, 0), as_read(label, 1)]})
    assert (figures.found, figures.read) == (1, 2)
    assert figures.flat()["found precision"] == 0.5


def test_fit_wants_harm_and_number() -> None:
    """Another harm never fits; another number fits only with common words in the count."""
    label = one_report()["claims"][1]
    claim = as_read(label, 0)
    assert fit(label, claim) == 3.0
    assert fit(label, claim | {"harm": "injured"}) == 0.0
    assert fit(label, claim | {"count": {"text": "nine", "low": 9, "high": 9}}) == 0.0


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Russia", "Russian forces", True),
        ("Myanmar military", "the Burmese army", True),
        ("Houthis", "Houthi rebels", True),
        ("Islamic State", "ISIS", True),
        ("Syrian government", "Syrian army", True),
        ("US military", "U.S. forces", True),
        ("United States", "US Central Command", True),
        ("US-led Coalition", "the U.S.-led international coalition", True),
        ("Israel", "Israel Defense Forces", True),
        ("Yemeni Defence Ministry", "Yemen's Defense Ministry", True),
        ("Yemeni Defence Ministry", "Yemeni army", False),
        ("Syria", "Syrian Democratic Forces", False),
        ("Israel", "Hamas", False),
        ("Turkey", "Turkish-backed mercenaries", False),
        ("US-led Coalition", "United States", False),
        ("Sudan", "South Sudan's army", False),
    ],
)
def test_parties_alike(one: str, other: str, same: bool) -> None:
    """A state's army is the state; its proxies, its opponents and its neighbours are not."""
    assert alike(one, other, loose=False) is same


def test_a_reports_own_names() -> None:
    """Names that a report lists as equally right are, and only for that report."""
    assert alike("junta", "Myanmar military", [["Myanmar military", "junta"]])
    assert not alike("junta", "Myanmar military")


def test_canonical_keeps_what_it_does_not_know() -> None:
    """An unknown name is only folded."""
    assert canonical("the Sons of the Ridge") == "sons of the ridge"

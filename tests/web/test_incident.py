"""The incident screen: the sentence, the origins, the matrix, and what people decided."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.ledger.made import claim, document, raw_of
from tests.web.made import desk_of, night
from tollbook.ledger import Ledger
from tollbook.records import Place, When
from tollbook.web.charts import locator
from tollbook.web.incident import Told, compared, matrix, origins, sentence, steps

Web = tuple[TestClient, dict[str, str]]


def told(*reports: tuple[str, str]) -> list[Told]:
    """Outlets with the numbers that they give."""
    return [Told(n, night(outlet, number)[1], "none", 1) for n, (outlet, number) in enumerate(reports, 1)]


def test_the_sentence_counts_outlets_and_origins_apart() -> None:
    """Three outlets that have it from one ministry are one origin."""
    claims = told(("A", "12"), ("B", "12"), ("C", "31"))
    assert sentence(claims) == "Three outlets, one origin, blame Norland."


def test_the_sentence_names_the_silent() -> None:
    """An outlet that blames nobody is counted as silent, not as agreeing."""
    claims = told(("A", "12"), ("B", "12"))
    silent = dataclasses.replace(claims[1].claim, blamed=())
    assert sentence([claims[0], dataclasses.replace(claims[1], claim=silent)]) == (
        "One outlet, one origin, blames Norland; one is silent on who did it."
    )
    assert sentence([dataclasses.replace(claims[1], claim=silent)]) == "One outlet tells of it; nobody is blamed."


def test_what_one_origin_says_twice_is_folded() -> None:
    """Two outlets with the ministry's 12 are one bar with one more behind it; its 31 is a bar of its own."""
    _, found = origins(told(("A", "12"), ("B", "12"), ("C", "31")), "killed")
    assert [origin.name for origin in found] == ["Valley Ministry"]
    assert sorted((same.bar.label, len(same.others)) for same in found[0].figures) == [("12", 1), ("31", 0)]


def test_the_matrix_says_agrees_differs_or_silent() -> None:
    """Against what most origins say, in a word and a sign."""
    lines = matrix(told(("A", "31"), ("B", "12")))
    assert {line.cells[0].verdict for line in lines} == {"agrees", "differs"}
    assert {cell.verdict for line in lines for cell in line.cells[2:]} == {"agrees"}
    assert {line.cells[1].verdict for line in lines} == {"silent"}
    assert all(cell.icon for line in lines for cell in line.cells)


def test_two_claims_are_laid_side_by_side() -> None:
    """Field by field: agree, differ, or one is silent; numbers of different harms are not compared."""
    one, other = night("A", "12")[1], night("B", "31")[1]
    assert [(field, verdict) for field, _, _, verdict in compared(one, other)] == [
        ("number", "differs"), ("victims", "silent"), ("event", "agrees"), ("date", "agrees"), ("place", "agrees"),
        ("blamed", "agrees"),
    ]  # fmt: skip
    hurt = dataclasses.replace(other, harm="injured", place=None)
    found = {field: (left, right, verdict) for field, left, right, verdict in compared(one, hurt)}
    assert found["number"] == ("12 killed", "31 injured", "silent") and found["place"][1:] == ("not stated", "silent")


def test_the_toll_moves_only_where_days_are_known() -> None:
    """What was said on one day, or on no day, did not move; what an article says twice is one step."""
    first, second = (night("A", "12")[1], night("B", "31", published=dt.date(2031, 5, 6))[1])
    undated = dataclasses.replace(first, document=dataclasses.replace(first.document, published=None))
    again = dataclasses.replace(first, id="c-0000000000000009")
    assert steps([Told(1, first, "none", 1), Told(2, again, "none", 1)]) == []
    assert steps([Told(1, undated, "none", 1), Told(2, undated, "none", 1)]) == []
    moved = steps([Told(n, one, "none", 1) for n, one in enumerate((second, first, again, undated), 1)])
    assert [(step.told.claim.count.low, step.day and step.day.day) for step in moved] == [(12, 4), (31, 6), (12, None)]


def test_a_place_is_shown_on_a_small_map(shown: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disc for a town; somewhere within, for an area; no map where the place is not known."""
    opened, ids = shown
    text = opened.get(f"/incidents/{ids['incident']}").text
    assert text.count('class="spot"') == 1 and 'class="land"' in text and "In this town." in text
    assert 'class="locator"' not in opened.get(f"/incidents/{ids['named incident']}").text
    monkeypatch.setattr("tollbook.web.charts.world._FOLDER", Path("/nowhere"))  # a checkout without the map's files
    assert 'class="locator"' not in opened.get(f"/incidents/{ids['incident']}").text
    monkeypatch.undo()
    wide = locator(33.0, 44.0, "admin1", 150_000, [("<b>", 33.5, 44.5)])
    assert 'class="area"' in wide and 'class="spot"' not in wide and "&lt;b&gt;" in wide


def test_the_page_says_all_of_it(shown: Web) -> None:
    """Sentence, bars, matrix, contradictions, sources with hashes, history, citation."""
    opened, ids = shown
    text = opened.get(f"/incidents/{ids['incident']}").text
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))
    for part in (
        "Three outlets, one origin, blame Norland.", "Killed, by who says it", "+1 with the same origin", "differs",
        "contradict each other", "How the toll moved", "SHA-256 of the text", "grouped as it stands", "How to cite",
    ):  # fmt: skip
        assert part in words, part


def test_a_total_that_covers_it_is_shown_apart(web: Web) -> None:
    """A sum over the month and the country stands beside the incident and in none of its figures."""
    opened, ids = web
    doc = document("In May 2031 at least 480 people were killed in Syria.", outlet="Hill Post", key="month.txt")
    month = When("May 2031", 3, 11, dt.date(2031, 5, 1), dt.date(2031, 5, 31), "month", "text")
    land = Place("Syria", doc.text.index("Syria"), len(doc.text) - 1, "Syria", "SY", None, 35.0, 38.0, "country", None)
    ledger: Ledger = desk_of(opened).ledger
    ledger.add_document(doc, [claim(doc, "480", scope="total", date=month, place=land)], raw_of(doc))
    before, _, after = opened.get(f"/incidents/{ids['incident']}").text.partition("Totals that cover it")
    assert "480" not in before and "480 killed" in after and "May 2031" in after
    assert opened.get(f"/incidents/{ids['incident']}.json").json()["killed"] == {"low": 12, "high": 31}


def test_payloads_stay_text_on_the_incident_page(shown: Web) -> None:
    """Names of places, parties and speakers are never markup."""
    opened, ids = shown
    for at in (
        f"/incidents/{ids['evil incident']}",
        f"/incidents/{ids['incident']}",
        f"/documents/{ids['evil']}",
        f"/review/{ids['bad']}",
        "/review/decisions",
    ):
        text = opened.get(at).text
        assert "<img src=x" not in text and "<script>document" not in text and 'href="javascript' not in text
    assert "⟨U+202E⟩" in opened.get(f"/documents/{ids['evil']}").text

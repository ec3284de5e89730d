"""Lists: the same question answers as a page and in four formats; facets, trays, search and the map agree with it."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.made import PAYLOAD, desk_of

Web = tuple[TestClient, dict[str, str]]
QUESTIONS = [
    "",
    "?country=SY",
    "?q=Tellhaf",
    "?since=2031-05-01&until=2031-05-30",
    "?missing=place",
    "?country=-",
    "?q=nosuchword",
]


@pytest.mark.parametrize("kind", ["incidents", "claims", "documents"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_format_answers_the_same(shown: Web, kind: str, question: str) -> None:
    """One query, five answers, the same rows in the same order."""
    opened, _ = shown
    if kind == "documents" and ("country" in question or "place" in question):
        question = (
            question.replace("missing=place", "missing=date")
            .replace("country=SY", "outlet=Hill+Post")
            .replace("country=-", "outlet=-")
        )
    rows = opened.get(f"/{kind}.json{question}").json()
    ids = [row["id"] for row in rows]
    lines = opened.get(f"/{kind}.jsonl{question}").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids
    table = list(csv.DictReader(io.StringIO(opened.get(f"/{kind}.csv{question}").text, newline="")))
    assert [row["id"] for row in table] == ids
    found = opened.get(f"/{kind}.geojson{question}").json()
    assert [feature["id"] for feature in found["features"]] == ids
    text = opened.get(f"/{kind}{question}").text
    at = [text.index(f'href="/{kind}/{id}"') for id in ids]
    assert at == sorted(at)


def test_facets_count_what_choosing_them_gives(shown: Web) -> None:
    """The number beside a value is the number of rows after choosing it."""
    from tollbook.web.filters import read_filter
    from tollbook.web.index import overview

    opened, _ = shown
    index = desk_of(opened).index
    for kind in ("incidents", "claims", "documents"):
        for question in ([], [("q", "Tellhaf")]):
            f = read_filter(kind, question)  # type: ignore[arg-type]
            for facet in overview.facets(index, f):
                for value in facet.values:
                    chosen = read_filter(kind, [*question, (facet.name, value.value)])  # type: ignore[arg-type]
                    assert overview.count(index, chosen) == value.count, (kind, facet.name, value)


def test_what_has_no_place_is_in_its_tray_and_not_on_the_map(shown: Web) -> None:
    """Map and tray together hold every row, once."""
    opened, _ = shown
    for kind in ("incidents", "claims"):
        spots = opened.get(f"/{kind}/spots").json()["spots"]
        tray = opened.get(f"/{kind}.json?missing=place").json()
        assert sum(rows for _, _, _, _, rows, _, _ in spots) + len(tray) == len(opened.get(f"/{kind}.json").json())


def test_search_finds_words_accents_aside_and_quotations(shown: Web) -> None:
    """Every word has to occur, accents do not matter, quoted words stand together, the last word may go on."""
    opened, ids = shown
    assert [row["id"] for row in opened.get("/documents.json?q=تل حاف").json()] == [ids["arabic"]]
    assert len(opened.get("/claims.json?q=valley minis").json()) == 3
    assert opened.get('/claims.json?q="ministry valley"').json() == []
    for odd in ('"', "*", "a AND", "NEAR(", "'; DROP TABLE claim; --", "body:x", "^", "-x"):
        assert opened.get("/claims", params={"q": odd}).status_code == 200


def test_searching_articles_searches_their_texts_and_shows_the_words(shown: Web, public: Web) -> None:
    """A word from the middle of a text finds it; the words are marked, and escaped; strangers do not see them."""
    opened, ids = shown
    found = opened.get("/documents?q=of Norland struck").text
    assert found.count("data-row") == 3 and '<mark class="quote">Norland</mark>' in found
    assert [row["id"] for row in opened.get("/documents.json?q=القصف").json()] == [ids["arabic"]]
    evil = opened.get("/documents?q=hurt").text
    assert '<mark class="quote">hurt</mark>' in evil and PAYLOAD not in evil and "⟨U+001B⟩" in evil
    seen = public[0].get("/documents?q=of Norland struck").text
    assert seen.count("data-row") == 3 and "<mark" not in seen
    assert public[0].get("/documents?q=Qadri").text.count("data-row") == 0


@pytest.mark.parametrize(
    "question", ["since=2031-13-01", "page=0", "page=x", "sort=x", "box=1,2,3", "box=a,b,c,d", "missing=x"]
)
def test_a_question_that_cannot_be_meant_is_refused_in_words(shown: Web, question: str) -> None:
    """A wrong parameter is 400 with a reason, never a traceback or an empty list."""
    answer = shown[0].get(f"/incidents?{question}")
    assert answer.status_code == 400 and "has to be" in answer.text
    assert shown[0].get(f"/incidents.json?{question}").json()["error"]


def test_injected_sql_is_only_a_value(shown: Web) -> None:
    """Every filter binds its values."""
    opened, _ = shown
    before = len(opened.get("/claims.json").json())
    evil = "x' OR 1=1 --"
    for name in ("country", "event", "harm", "origin", "outlet", "stance", "scope", "review", "year"):
        assert opened.get("/claims.json", params={name: evil}).json() == [], name
    for name in ("blamed", "outlet", "grade", "status"):
        assert opened.get("/incidents.json", params={name: evil}).json() == [], name
    assert len(opened.get("/claims.json").json()) == before


def test_csv_holds_no_formula(shown: Web) -> None:
    """Cells that a spreadsheet would run are quoted."""
    opened, _ = shown
    from tollbook.web.formats import cell

    assert all(cell(f"{sign}1").startswith("'") for sign in "=+-@\t\r")
    table = csv.reader(io.StringIO(opened.get("/claims.csv").text, newline=""))
    assert not [value for row in table for value in row if value[:1] in "=+@" and value]


def test_payloads_stay_text_on_every_list(shown: Web) -> None:
    """No list turns an article's words into markup."""
    opened, _ = shown
    for at in ("/incidents", "/claims", "/documents", "/claims?q=onerror", f"/incidents?blamed={PAYLOAD}"):
        text = opened.get(at).text
        assert "<img src=x" not in text and "<script>document" not in text


def test_unknown_is_written_not_stated_never_0(shown: Web) -> None:
    """An incident that nobody counted injured in says so."""
    opened, ids = shown
    row = next(row for row in opened.get("/incidents.json").json() if row["id"] == ids["incident"])
    assert row["injured"] is None and row["killed"] == {"low": 12, "high": 31}
    assert 'data-label="Injured" class="num none">not stated' in opened.get("/incidents").text


def test_permalinks(shown: Web) -> None:
    """Claims, incidents and documents have an address and a revision, as a page and as JSON."""
    opened, ids = shown
    assert opened.get(f"/claims/{ids['one']}").headers["location"] == f"/documents/{ids['first']}#{ids['one']}"
    for at in (f"/claims/{ids['one']}.json", f"/incidents/{ids['incident']}.json"):
        found: dict[str, Any] = opened.get(at).json()
        assert found["revision"] > 0
    assert opened.get(f"/documents/{ids['first']}.json").json()["id"] == ids["first"]
    for at in ("/claims/c-0", "/claims/c-0.json", "/incidents/i-0", "/documents/d-0", "/nothing"):
        assert opened.get(at).status_code == 404


def test_the_other_list_is_asked_the_same(shown: Web) -> None:
    """From incidents to claims and back, what both know stays chosen."""
    opened, _ = shown
    page = opened.get("/incidents?country=SY&status=candidate&since=2031-01-01&q=camp&sort=toll").text
    assert 'href="/claims?country=SY&amp;q=camp&amp;since=2031-01-01"' in page
    page = opened.get("/claims?country=SY&harm=killed&missing=date").text
    assert 'href="/incidents?country=SY&amp;missing=date"' in page
    assert opened.get("/incidents?all=harm").status_code == 400 and opened.get("/claims?all=harm").status_code == 200


def test_an_empty_table_has_its_columns(shown: Web) -> None:
    """What finds nothing is still a table that a program can read."""
    opened, _ = shown
    for kind in ("incidents", "claims", "documents"):
        full, none = (opened.get(f"/{kind}.csv{query}").text.splitlines() for query in ("", "?q=xyzzy"))
        assert none == full[:1] and none[0].startswith("id,")

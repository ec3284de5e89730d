"""Decisions can be seen and taken back wherever they are told of; what was corrected shows beside what was read."""

from __future__ import annotations

import html
import re

import pytest
from fastapi.testclient import TestClient

from tests.ledger.made import document, raw_of
from tests.web.made import ARABIC, desk_of, token
from tests.web.test_review import form_of, slots
from tollbook.ledger import ClaimFilter, Cluster, Ledger

Web = tuple[TestClient, dict[str, str]]


def undo_forms(page: str) -> list[dict[str, str]]:
    """What each undo button of a page sends."""
    forms = re.findall(r'<form class="undo".*?</form>', page, re.S)
    return [
        {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
        for form in forms
    ]


def decide(opened: TestClient, at: str, **filled: str) -> str:
    """Sends a decision from a page and returns where it leads."""
    form = {**form_of(opened, at), **filled}
    answer = opened.post(f"{at}/judge" if at.startswith("/incidents") else at, data=form)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_grade_is_taken_back_where_it_is_refused_and_where_it_is_told(web: Web) -> None:
    """Whoever grades otherwise is told on the incident's own page, with a button that undoes the earlier grade."""
    opened, ids = web
    at = f"/incidents/{ids['incident']}"
    decide(opened, at, kind="grade", value="weak")
    refused = opened.post(f"{at}/judge", data={**form_of(opened, at), "kind": "grade", "value": "fair"})
    assert (
        refused.status_code == 409
        and "Ines Okoye graded it weak" in refused.text
        and "j-" not in re.findall(r'role="alert"><p>(.*?)</p>', refused.text)[0]
    )
    way = opened.post("/review/undo", data=undo_forms(refused.text)[0])
    assert way.headers["location"] == at
    decide(opened, at, kind="grade", value="fair")
    last = undo_forms(opened.get(at).text)
    assert len(last) == 2  # the grade and what was said of a claim before; what was undone cannot be undone again
    opened.post("/review/undo", data=last[0])
    assert opened.get(f"{at}.json").json()["grade"] is None


def test_a_grade_that_was_not_chosen_is_no_conflict(web: Web) -> None:
    """Nothing chosen is a mistake in the form, not somebody else's decision."""
    opened, ids = web
    at = f"/incidents/{ids['incident']}"
    answer = opened.post(f"{at}/judge", data={**form_of(opened, at), "kind": "grade"})
    assert answer.status_code == 400 and "has to be one of" in answer.text


def test_a_pair_is_taken_back(web: Web) -> None:
    """The page after a decision on a pair undoes it; so does the incident's history."""
    opened, ids = web
    at = f"/review/pairs?incident={ids['incident']}"
    page = opened.get(at).text
    names = dict(re.findall(r'name="(one|other|revision|passed)" value="([^"]*)"', page))
    done = opened.post(at, data={"csrf": token(opened), **names, "kind": "different"})
    (form,) = undo_forms(opened.get(done.headers["location"]).text)
    assert [one["judgement"] for one in undo_forms(opened.get(f"/incidents/{ids['incident']}").text)][:1] == [
        form["judgement"]
    ]
    assert opened.post("/review/undo", data=form).headers["location"] == at
    again = dict(re.findall(r'name="(one|other)" value="([^"]*)"', opened.get(at).text))
    assert again == {name: names[name] for name in ("one", "other")}


def test_a_correction_shows_beside_what_was_read_and_the_claim_stays(web: Web) -> None:
    """More than one field can be wrong: the claim is shown again, with the value given and the value read."""
    opened, ids = web
    at = f"/review/{ids['two']}"
    way = decide(opened, at, kind="correct", field="count", low="14", high="16")
    assert way.startswith(f"{at}?last=j-")
    page = opened.get(way).text
    assert "14–16" in page and "read as <bdi>12</bdi>" in page and "Kept: corrected (number)" in page
    decide(opened, at, kind="correct", field="place", value="Aleppo")
    article = opened.get(f"/documents/{ids['second']}").text
    assert "14–16" in article and "number: <bdi>12</bdi>" in article and "Read correctly" not in opened.get(at).text
    latest = opened.get("/review/decisions").text
    assert "corrected (number)" in latest and "now “14–16”" in latest
    assert "now “14–16”" in opened.get(f"/incidents/{ids['incident']}").text


def test_the_latest_decisions_can_all_be_taken_back(web: Web) -> None:
    """Of claims, pairs and incidents, the latest first."""
    opened, ids = web
    decide(opened, f"/review/{ids['two']}", kind="reject", note="a mistake")
    decide(opened, f"/incidents/{ids['incident']}", kind="confirm")
    page = opened.get("/review/decisions").text
    forms = undo_forms(page)
    assert page.index("confirmed") < page.index("a mistake") and len(forms) == 3  # one was judged before
    for form in forms:
        assert opened.post("/review/undo", data=form).headers["location"] == "/review/decisions"
    assert not undo_forms(opened.get("/review/decisions").text)
    assert opened.get("/review/decisions?before=x").status_code == 400


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/review", "/review/../static", "/\\evil", ""])
def test_undo_leads_nowhere_else(web: Web, back: str) -> None:
    """The way back is a page of ours, whatever a form says."""
    opened, ids = web
    decide(opened, f"/review/{ids['two']}", kind="reject")
    form = undo_forms(opened.get("/review/decisions").text)[0]
    assert opened.post("/review/undo", data={**form, "back": back}).headers["location"] == "/review"


@pytest.mark.parametrize("name", ["document", "incident"])
def test_a_review_keeps_to_an_article_or_an_incident(web: Web, name: str) -> None:
    """Its page leads there, every step stays there, undo too, and its end leads back."""
    opened, ids = web
    where = ids["second" if name == "document" else "incident"]
    at = f"/{name}s/{where}"
    assert f"/review?{name}={where}" in opened.get(at).text
    seen = []
    while "Read correctly" in (page := opened.get(f"/review?{name}={where}").text):
        seen += re.findall(rf'class="desk" action="/review/(c-\w+)\?{name}={where}', page)
        to = f"/review/{seen[-1]}?{name}={where}"
        done = opened.post(to, data={**form_of(opened, to), "kind": "accept"}).headers["location"]
        assert done.startswith(f"/review?{name}={where}&")
        (form, *_) = undo_forms(opened.get(done).text)
        if len(seen) == 1:
            assert opened.post("/review/undo", data=form).headers["location"] == to
            opened.post(to, data={**form_of(opened, to), "kind": "accept"})
    assert f'href="{at}"' in page and len(set(seen)) == len(seen) >= 1
    assert set(seen) <= {ids["two"]} if name == "document" else {ids["two"], ids["three"]} <= set(seen)


def test_decisions_that_can_move_claims_are_told_until_claims_are_grouped_anew(web: Web) -> None:
    """A claim called different stays where it is until then: the page says so, and offers it."""
    opened, ids = web
    assert "since claims were last grouped" not in opened.get("/incidents").text
    decide(opened, f"/review/{ids['two']}", kind="accept")
    assert "since claims were last grouped" not in opened.get("/incidents").text
    decide(opened, f"/review/{ids['three']}", kind="reject")
    assert "1 decision made since claims were last grouped" in opened.get("/incidents").text
    done = opened.post("/regroup", data={"csrf": token(opened)})
    desk_of(opened).imports.get(done.headers["location"].split("/")[-1]).over.wait(60)
    assert "Claims are grouped" in opened.get(done.headers["location"]).text
    assert "since claims were last grouped" not in opened.get("/incidents").text


def test_what_could_not_be_kept_comes_back_as_it_was_filled_in(web: Web) -> None:
    """A number that cannot be meant, the words selected already: nothing has to be selected again."""
    opened, ids = web
    at = f"/documents/{ids['arabic']}"
    where = slots(ARABIC, count="١٢", place="تل حاف")
    filled = {**form_of(opened, at), "slots": where, "harm": "injured", "note": "see line 2", "low": "9", "high": "3"}
    answer = opened.post(f"{at}/missed", data=filled)
    assert answer.status_code == 400 and "the low figure is above the high one" in answer.text
    assert "“<bdi>١٢</bdi>”" in answer.text and "“<bdi>تل حاف</bdi>”" in answer.text and "see line 2" in answer.text
    assert 'value="injured" selected' in answer.text and html.escape(where) in answer.text.replace("&#34;", "&quot;")


@pytest.mark.parametrize(
    ("words", "low", "high", "qualifier"),
    [("At least 9", 9, None, "at_least"), ("9", 9, 9, "exact"), ("dozens", 24, None, "vague")],
)
def test_numbers_in_words_are_read_where_nobody_fills_them_in(
    web: Web, words: str, low: int, high: int | None, qualifier: str
) -> None:
    """ "At least 9" is not nine; a word keeps the meaning that it has when the machine reads it."""
    opened, _ = web
    text = f"{words} people died in the night in Tellhaf, said a farmer."
    doc = document(text, outlet="River Echo", key=f"{words}.txt")
    desk_of(opened).ledger.add_document(doc, [], raw_of(doc))
    at = f"/documents/{doc.source.id}"
    filled = {**form_of(opened, at), "slots": slots(doc.text, count=words), "harm": "killed", "low": "", "high": ""}
    answer = opened.post(f"{at}/missed", data=filled)
    found = opened.get(f"/claims/{answer.headers['location'].split('#')[1]}.json").json()["count"]
    assert (found["low"], found["high"], found["qualifier"]) == (low, high, qualifier)


def test_a_correction_that_is_refused_stays_filled_in(web: Web) -> None:
    """A slip of the finger costs one letter, not the whole form; so does somebody who was quicker."""
    opened, ids = web
    at = f"/review/{ids['two']}"
    form = {**form_of(opened, at), "kind": "correct", "field": "count", "low": "1o", "high": "16", "note": "line 3"}
    answer = opened.post(at, data=form)
    assert answer.status_code == 400 and 'value="1o"' in answer.text and 'value="16"' in answer.text
    assert 'data-field="2" open' in answer.text and 'value="line 3"' in answer.text
    decide(opened, at, kind="accept")
    answer = opened.post(at, data={**form_of(opened, at), "kind": "reject", "note": "a second thought"})
    assert answer.status_code == 409 and 'value="a second thought"' in answer.text


def test_corrections_stand_beside_what_was_read_in_json_too(web: Web) -> None:
    """A program that takes claims as JSON gets both values, as a person does, and the CSV the right one."""
    opened, ids = web
    decide(opened, f"/review/{ids['two']}", kind="correct", field="count", low="14", high="16")
    lists = (
        [opened.get(f"/claims/{ids['two']}.json").json()],
        opened.get("/claims.json").json(),
        opened.get(f"/incidents/{ids['incident']}.json").json()["claims"],
        opened.get(f"/documents/{ids['second']}.json").json()["claims"],
    )
    for found in (next(one for one in some if one["id"] == ids["two"]) for some in lists):
        assert (found["count"]["low"], found["corrections"]["count"]["low"]) == (12, 14)
    assert opened.get(f"/claims/{ids['one']}.json").json()["corrections"] == {}
    row = next(line for line in opened.get("/claims.csv").text.splitlines() if line.startswith(ids["two"]))
    assert ",14,16," in row


def test_a_claim_that_was_added_can_be_merged_and_one_article_split(web: Web) -> None:
    """What a person added stands in no incident yet, and an article can tell of two: both can be said."""
    opened, ids = web
    at = f"/documents/{ids['arabic']}"
    filled = {**form_of(opened, at), "slots": slots(ARABIC, count="١٢"), "harm": "killed", "from": "2031-05-03"}
    added = opened.post(f"{at}/missed", data=filled).headers["location"].split("#")[1]
    decide(opened, f"/review/{added}", kind="correct", field="place", value="Aleppo")
    assert f"/review/pairs?claim={added}&near=1" in opened.get(f"/review/{added}").text
    near = opened.get(f"/review/pairs?claim={added}&near=1").text
    assert "Do these two tell of one incident?" in near and "Tellhaf" in near
    ledger: Ledger = desk_of(opened).ledger
    two = [one.id for one in ledger.claims(ClaimFilter(document=ids["plain"]))]
    others = [Cluster(one.id, one.claims, one.summary) for one in ledger.incidents()]
    ledger.put_clusters([*others, Cluster("i-00000000000000dd", tuple(two), {})], "test")
    page = opened.get(f"/review/pairs?claim={two[0]}").text
    assert set(re.findall(r'name="(?:one|other)" value="(c-\w+)"', page)) == set(two)

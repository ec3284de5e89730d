"""Review: decisions keep who made them, the later of two people is told, undo is an event, words can be added."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.web import made
from tests.web.made import ARABIC, desk_of, token
from tollbook.judgements import Judgement
from tollbook.ledger import Ledger

Web = tuple[TestClient, dict[str, str]]


def form_of(opened: TestClient, at: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    text = opened.get(at).text
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("csrf", "revision")}  # type: ignore[index]


def test_a_decision_is_kept_and_the_next_claim_comes(web: Web) -> None:
    """Accept, reject, unsure: each leads on, and what was judged does not come again."""
    opened, ids = web
    seen = []
    for kind in ("accept", "reject", "accept"):
        page = opened.get("/review").text
        id = re.search(r'action="/review/(c-\w+)"', page)[1]  # type: ignore[index]
        answer = opened.post(f"/review/{id}", data={**form_of(opened, f"/review/{id}"), "kind": kind, "note": "seen"})
        assert answer.status_code == 303 and answer.headers["location"].startswith("/review?after=")
        seen.append(id)
    assert len(set(seen)) == 3
    found = desk_of(opened).ledger.judgements(seen[1])
    assert [(one.judgement.kind, one.judgement.by, one.judgement.note) for one in found] == [
        ("reject", "Ines Okoye", "seen")
    ]
    queue = opened.get("/review").text
    assert not any(f'action="/review/{id}"' in queue for id in seen)


def test_the_later_of_two_people_is_told(web: Web) -> None:
    """Somebody decided since the page was loaded: nothing is overwritten, and the page says who decided what."""
    opened, ids = web
    form = form_of(opened, f"/review/{ids['two']}")
    ledger: Ledger = desk_of(opened).ledger
    ledger.judge(Judgement("accept", ids["two"], "Tomas Brandl", "2031-06-02T10:00:00+00:00"))
    answer = opened.post(f"/review/{ids['two']}", data={**form, "kind": "reject"})
    assert answer.status_code == 409
    assert "Changed since you looked: Tomas Brandl accepted it" in answer.text
    again = opened.post(f"/review/{ids['two']}", data={**form_of(opened, f"/review/{ids['two']}"), "kind": "reject"})
    assert again.status_code == 409 and "Undo that one first" in again.text
    assert opened.get(f"/claims/{ids['two']}.json").json()["review"] == "accepted"


def test_undo_is_a_new_event(web: Web) -> None:
    """The decision stays in the log, struck out; the claim is as before."""
    opened, ids = web
    done = opened.post(f"/review/{ids['two']}", data={**form_of(opened, f"/review/{ids['two']}"), "kind": "reject"})
    page = opened.get(done.headers["location"]).text
    judgement = re.search(r'name="judgement" value="(j-\w+)"', page)[1]  # type: ignore[index]
    back = opened.post(
        "/review/undo", data={"csrf": token(opened), "judgement": judgement, "back": f"/review/{ids['two']}"}
    )
    assert back.headers["location"] == f"/review/{ids['two']}"
    assert opened.get(f"/claims/{ids['two']}.json").json()["review"] == "none"
    assert 'class="undone"' in opened.get(f"/review/{ids['two']}").text


CORRECTIONS = [
    ("count", {"low": "14", "high": "16"}, {"low": 14, "high": 16, "qualifier": "range"}),
    ("count", {"low": "14", "high": ""}, {"low": 14, "high": None, "qualifier": "at_least"}),
    ("harm", {"value": "injured"}, "injured"),
    ("victims", {"value": "civilian"}, {"status": "civilian"}),
    ("event", {"value": "shelling"}, {"type": "shelling"}),
    ("date", {"from": "2031-05-01", "to": "2031-05-03"}, {"from": "2031-05-01", "precision": "days"}),
    ("date", {"absent": "1"}, None),
    ("place", {"value": "Aleppo"}, {"country": "SY", "precision": "city"}),  # not the province of that name
    ("place", {"value": "Tripoli, Lebanon"}, {"country": "LB", "precision": "city"}),
    ("place", {"value": "Springfield, Illinois"}, {"country": "US", "admin1": "Illinois"}),
    ("place", {"value": "Nowhereville at all"}, {"name": "Nowhereville at all", "lat": None}),
    ("blamed", {"value": "Norland; Southland"}, ["Norland", "Southland"]),
    ("blamed", {"absent": "1"}, []),
    ("attribution", {"value": "Dr. Amal"}, ["Dr. Amal"]),
    ("stance", {"value": "denied"}, "denied"),
    ("scope", {"value": "total"}, "total"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "filled", "wanted"), CORRECTIONS)
def test_each_field_can_be_corrected(web: Web, field: str, filled: dict[str, str], wanted: object) -> None:
    """The right value is kept whole, beside what the machine had read."""
    opened, ids = web
    form = {**form_of(opened, f"/review/{ids['two']}"), "kind": "correct", "field": field, **filled}
    answer = opened.post(f"/review/{ids['two']}", data=form)
    assert answer.status_code == 303, answer.text
    (one,) = desk_of(opened).ledger.judgements(ids["two"])
    value = one.judgement.value
    if isinstance(wanted, dict):
        assert {name: value[name] for name in wanted} == wanted
    elif isinstance(wanted, list):
        assert [party["name"] for party in value] == wanted
    else:
        assert value == wanted


@pytest.mark.parametrize(
    "filled",
    [
        {"field": "count", "low": "20", "high": "10"}, {"field": "count", "low": "", "high": ""},
        {"field": "count", "low": "-1"}, {"field": "harm", "value": "hurt"}, {"field": "harm", "absent": "1"},
        {"field": "date", "from": "yesterday"}, {"field": "date", "from": "2031-05-03", "to": "2031-05-01"},
        {"field": "place", "value": " "}, {"field": "id", "value": "x"}, {"field": "blamed", "value": ";"},
        {"kind": "confirm"}, {"kind": ""},
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_meant_is_refused_in_words(web: Web, filled: dict[str, str]) -> None:
    """The same page comes back and says why; nothing is kept."""
    opened, ids = web
    form = {**form_of(opened, f"/review/{ids['two']}"), "kind": "correct", **filled}
    answer = opened.post(f"/review/{ids['two']}", data=form)
    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert not list(desk_of(opened).ledger.judgements(ids["two"]))


def test_corrections_reach_the_lists_and_the_incident(web: Web) -> None:
    """The copy that lists are answered from follows every decision; a rejected claim is left out of the incident."""
    opened, ids = web
    form = {**form_of(opened, f"/review/{ids['three']}"), "kind": "reject"}
    opened.post(f"/review/{ids['three']}", data=form)
    row = next(row for row in opened.get("/incidents.json").json() if row["id"] == ids["incident"])
    assert row["killed"] == {"low": 12, "high": 12}
    assert "Rejected by people" in opened.get(f"/incidents/{ids['incident']}").text
    assert [row["id"] for row in opened.get("/claims.json?review=rejected").json()] == [ids["three"]]


def test_the_copy_is_the_same_brought_up_or_made_anew(web: Web) -> None:
    """After any decisions, what was updated bit by bit equals a copy made from scratch."""
    from tollbook.web.index import Index

    opened, ids = web
    for id, kind in ((ids["one"], "accept"), (ids["three"], "reject"), (ids["bad"], "unsure")):
        opened.post(f"/review/{id}", data={**form_of(opened, f"/review/{id}"), "kind": kind})
    form = {**form_of(opened, f"/incidents/{ids['incident']}"), "kind": "grade", "value": "fair"}
    assert opened.post(f"/incidents/{ids['incident']}/judge", data=form).status_code == 303
    desk = desk_of(opened)
    desk.index.refresh()
    fresh = Index(desk.ledger)
    for table in ("document", "claim", "incident"):
        one, other = (
            sorted(tuple(row)[1:] for row in index.connection().execute(f"SELECT * FROM {table}"))
            for index in (desk.index, fresh)
        )
        assert repr(one) == repr(other), table
    for table in ("party", "told"):
        one, other = (
            sorted(tuple(row) for row in index.connection().execute(
                f"SELECT i.id, x.* FROM {table} AS x JOIN incident AS i ON i.n = x.incident"))
            for index in (desk.index, fresh)
        )  # fmt: skip
        assert [(row[0], row[2]) for row in one] == [(row[0], row[2]) for row in other], table
    fresh.close()


def test_an_incident_is_confirmed_and_graded_by_a_person_only(web: Web) -> None:
    """Confirm, then grade; another grade names the one that stands."""
    opened, ids = web
    at = f"/incidents/{ids['incident']}"
    for filled in ({"kind": "confirm"}, {"kind": "grade", "value": "weak"}):
        assert opened.post(f"{at}/judge", data={**form_of(opened, at), **filled}).status_code == 303
    text = opened.get(at).text
    assert "confirmed" in text and "a single source, or sources that trace back to one" in text
    refused = opened.post(f"{at}/judge", data={**form_of(opened, at), "kind": "grade", "value": "fair"})
    assert refused.status_code == 409 and "graded it weak" in refused.text


def test_pairs_and_a_merge_that_contradicts(web: Web) -> None:
    """Same or different, one pair at a time; a "same" that joins what was called different names that decision."""
    opened, ids = web
    at = f"/review/pairs?incident={ids['incident']}"
    page = opened.get(at)
    assert "Do these two tell of one incident?" in page.text
    ledger: Ledger = desk_of(opened).ledger
    times = (f"2031-06-03T10:0{n}:00+00:00" for n in range(9))
    ledger.judge(Judgement("same", ids["one"], "Ana", next(times), other=ids["two"]))
    ledger.judge(Judgement("different", ids["one"], "Ana", next(times), other=ids["three"]))
    form = {**form_of(opened, "/review"), "one": ids["two"], "other": ids["three"], "kind": "same", "revision": ""}
    refused = opened.post(at, data=form)
    assert refused.status_code == 409 and "called the two different" in refused.text and "Ana" in refused.text


# --- what the machine missed -------------------------------------------------------------------------------------


def slots(text: str, **words: str) -> str:
    """Where words stand, in code points, as the browser sends it."""
    return json.dumps(
        {name: {"start": text.index(word), "end": text.index(word) + len(word)} for name, word in words.items()}
    )


def test_words_in_arabic_become_a_claim(web: Web) -> None:
    """Selected words in any script, behind an emoji or before it; the reader's own claim would have the same id."""
    opened, ids = web
    at = f"/documents/{ids['arabic']}"
    filled = {
        **form_of(opened, at),
        "slots": slots(ARABIC, count="١٢", victims="مدنيًا", date="يوم ٣ أيار", attribution="الأهالي", place="تل حاف"),
        "harm": "killed", "low": "12", "high": "12", "status": "civilian", "from": "2031-05-03",
    }  # fmt: skip
    answer = opened.post(f"{at}/missed", data=filled)
    assert answer.status_code == 303, answer.text
    id = answer.headers["location"].split("#")[1]
    found = opened.get(f"/claims/{id}.json").json()
    assert found["count"]["text"] == "١٢" and found["count"]["low"] == 12
    assert found["attribution"][0]["text"] == "الأهالي" and found["made_by"]["reader"] == "person"
    page = opened.get(at).text
    assert 'dir="auto"' in page and ">١٢</mark>" in page and "read by a person" in page
    assert [row["id"] for row in opened.get("/claims.json?q=الأهالي").json()] == [id]


@pytest.mark.parametrize(
    "filled",
    [
        {"slots": ""}, {"slots": "{"}, {"slots": "[]"}, {"slots": '{"count": {"start": 5, "end": 5}}'},
        {"slots": '{"count": {"start": -1, "end": 5}}'}, {"slots": '{"count": {"start": 0, "end": 99999}}'},
        {"slots": '{"count": {"start": "0", "end": 5}}'}, {"slots": '{"count": 3}'},
        {"low": "", "high": "", "slots": slots(ARABIC, count="الأهالي")},  # words that give no number
        {"harm": "sad"},
    ],
)  # fmt: skip
def test_words_that_do_not_stand_there_are_refused(web: Web, filled: dict[str, str]) -> None:
    """Nothing is added that the text does not say."""
    opened, ids = web
    at = f"/documents/{ids['arabic']}"
    form = {
        **form_of(opened, at),
        "slots": slots(ARABIC, count="١٢"),
        "harm": "killed",
        "low": "12",
        "high": "12",
        **filled,
    }
    assert opened.post(f"{at}/missed", data=form).status_code == 400


def test_an_article_that_was_read_anew_meanwhile_is_not_guessed_at(web: Web) -> None:
    """Words selected in an older text are not laid on a newer one."""
    opened, ids = web
    at = f"/documents/{ids['arabic']}"
    form = {**form_of(opened, at), "slots": slots(ARABIC, count="١٢"), "harm": "killed", "low": "12", "revision": "1"}
    answer = opened.post(f"{at}/missed", data=form)
    assert answer.status_code == 409 and "read anew since you looked" in answer.text


def test_adding_undoing_and_adding_again(web: Web) -> None:
    """The same words can be added after an addition was taken back."""
    opened, ids = web
    at = f"/documents/{ids['arabic']}"
    found = set()
    for _n in range(2):
        form = {**form_of(opened, at), "slots": slots(ARABIC, count="١٢"), "harm": "killed", "low": "12", "high": "12"}
        id = opened.post(f"{at}/missed", data=form).headers["location"].split("#")[1]
        (one,) = desk_of(opened).ledger.judgements(id)
        opened.post("/review/undo", data={"csrf": token(opened), "judgement": one.judgement.id})
        found.add(id)
    assert len(found) == 2 and opened.get("/claims.json?q=الأهالي").json() == []


def test_a_redacted_name_leaves_the_copy(tmp_path: Path) -> None:
    """After a redaction the copy is made anew: the search finds nothing of it."""
    with made.client(tmp_path) as (opened, _):
        assert opened.get("/claims.json?q=Amal Haddad").json()
        ledger: Ledger = desk_of(opened).ledger
        ledger.redact(name="Amal Haddad", actor="Ines", reason="asked")
        assert opened.get("/claims.json?q=Amal Haddad").json() == []
        assert "Amal" not in opened.get("/documents").text + opened.get("/claims.jsonl").text

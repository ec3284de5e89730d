"""Requests made from the application's own description: no fault, no payload let through, nothing changed by asking."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.requests import MARK, attacked, operations
from tests.web import made
from tests.web.test_security import rights

# "make trust" asks for more; the requests are the same in every run.
REQUESTS = int(os.environ.get("TOLLBOOK_TRUST_REQUESTS", "300"))


def test_requests_by_chance(place: str, tmp_path: Path) -> None:
    """Right values, wrong ones, injections into every filter, path, field and header, over SQLite and PostgreSQL: an
    answer without a fault, with all headers, with no payload as it is; asking changes nothing, the ledger verifies."""
    chance = random.Random(1)
    with attacked(tmp_path, place) as attacker:
        wrong = [what for _ in range(REQUESTS) for what in attacker.one(chance)]
        assert wrong == []
        assert attacker.tried["2xx"] > REQUESTS / 10 and attacker.tried["3xx"] > 0  # some were right
        assert attacker.client.app.state.desk.ledger.verify().clean


def test_the_description_is_whole(tmp_path: Path) -> None:
    """Every route is described, lists with their filters, and what changes something with the fields of its form."""
    with attacked(tmp_path) as attacker:
        described = {(one.method, one.path): one for one in attacker.operations}
        known = {route for route in rights(attacker.client.app) if route[1] not in ("/static/{path}", "/openapi.json")}
        assert described.keys() == known
        assert {"country", "q", "box"} <= described["GET", "/incidents.{suffix}"].query.keys()
        assert all("csrf" in one.form for one in described.values() if one.method == "POST")
        assert operations({"paths": {}}) == []


def test_an_attack_that_works_is_seen(tmp_path: Path) -> None:
    """The check finds a payload that stands in a page as it is, and a fault."""
    with attacked(tmp_path) as attacker:

        class Careless:
            app = attacker.client.app

            def request(self, *_: object, **__: object) -> object:
                return Answer()

        class Answer:
            status_code, text, headers = 500, f"<p>{MARK}", {"content-type": "text/html"}

        attacker.client = Careless()
        found = " ".join(attacker.one(random.Random(1)))
        assert "as it is" in found and "status 500" in found and "no Content-Security-Policy" in found


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """One application for all examples."""
    with made.client(tmp_path_factory.mktemp("searched")) as (opened, _):
        yield opened


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_in_a_search(searched: TestClient, q: str, country: str) -> None:
    """Whatever is typed into the search is a search, or is refused."""
    for kind in ("incidents", "claims", "documents"):
        answer = searched.get(f"/{kind}.jsonl", params={"q": q, "country": country})
        assert answer.status_code == (400 if "\0" in q + country else 200), answer.text


@pytest.mark.parametrize("at", ["/documents/%00", "/claims?q=%00", "/claims?%00=1", "/review?document=a%00"])
def test_the_character_zero_is_refused(searched: TestClient, at: str) -> None:
    """PostgreSQL takes no text with it: told, not tried."""
    assert searched.get(at).status_code in (400, 404)
    form = {"csrf": made.token(searched), "kind": "accept", "note": "a\0b"}
    assert searched.post("/review/c-0", data=form).status_code == 400

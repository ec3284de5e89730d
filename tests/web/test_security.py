"""What the server lets in and gives out: roles, tokens, forged requests, foreign names, headers, sizes."""

from __future__ import annotations

import re
import shutil
import sqlite3
import threading
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from starlette.routing import Mount

from tests.web import made
from tests.web.made import BASE, PASSWORD, desk_of, sign_in, token
from tollbook.errors import UsageError
from tollbook.web.accounts import Accounts, Throttled
from tollbook.web.roles import ROLES, Visitor
from tollbook.web.security import HEADERS, Needs

Web = tuple[TestClient, dict[str, str]]
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)  # for tests that are not about hashing

# Every route with the right that it needs. A route that is not here fails the test below.
ROUTES: dict[tuple[str, str], str] = {
    ("GET", "/"): "read", ("GET", "/incidents"): "read", ("GET", "/claims"): "read", ("GET", "/documents"): "read",
    ("GET", "/map/towns"): "read", ("GET", "/incidents/{id}/ranges.svg"): "read",
    ("GET", "/incidents/{picture}.svg"): "read", ("GET", "/claims/{picture}.svg"): "read",
    ("GET", "/incidents/spots"): "read", ("GET", "/claims/spots"): "read", ("GET", "/incidents.{suffix}"): "read",
    ("GET", "/claims.{suffix}"): "read", ("GET", "/documents.{suffix}"): "read",
    ("GET", "/documents/{id}.json"): "read",
    ("GET", "/documents/{id}"): "read", ("GET", "/claims/{id}.json"): "read", ("GET", "/claims/{id}"): "read",
    ("GET", "/incidents/{id}.json"): "read", ("GET", "/incidents/{id}"): "read",
    ("GET", "/review"): "judge", ("GET", "/review/pairs"): "judge", ("GET", "/review/decisions"): "judge",
    ("GET", "/review/{id}"): "judge",
    ("POST", "/review/undo"): "judge", ("POST", "/review/pairs"): "judge", ("POST", "/review/{id}"): "judge",
    ("POST", "/incidents/{id}/judge"): "judge", ("POST", "/documents/{id}/missed"): "judge",
    ("GET", "/add"): "add", ("POST", "/documents"): "add", ("GET", "/imports/{id}"): "add",
    ("POST", "/documents/{id}/reread"): "link", ("POST", "/regroup"): "link",
    ("GET", "/account"): "read", ("POST", "/account/tokens"): "read", ("POST", "/account/tokens/drop"): "read",
    ("POST", "/accounts"): "accounts", ("POST", "/accounts/remove"): "accounts",
    ("GET", "/static/{path}"): "open", ("GET", "/openapi.json"): "open",  # the program's own, the same everywhere
    ("GET", "/sign-in"): "open", ("POST", "/sign-in"): "open", ("POST", "/sign-out"): "open",  # last: who asks changes
}  # fmt: skip
_OF_ROLE = {"data": {"read"}, "viewer": set(), "editor": {"judge", "add"}, "manager": {"link"}, "owner": {"accounts"}}
MAY = {"nobody": {"open"}, "public": {"open", "read"}} | {
    role: {"open"}.union(*[_OF_ROLE[lesser] for lesser in ROLES[: number + 1]]) for number, role in enumerate(ROLES)
}


def rights(app: Any) -> dict[tuple[str, str], str]:
    """Every route of the application with the right that it asks for; what asks for none is open."""
    found: dict[tuple[str, str], str] = {}

    def walk(some: Any) -> None:
        for route in some:
            if hasattr(route, "original_router"):
                walk(route.original_router.routes)
            elif isinstance(route, Mount):
                found["GET", f"{route.path}/{{path}}"] = "open"
            else:
                asked = [one.call.right for one in getattr(route, "dependant", NOTHING).dependencies
                         if isinstance(one.call, Needs)]  # fmt: skip
                for method in route.methods - {"HEAD"}:
                    found[method, route.path] = asked[0] if len(asked) == 1 else str(asked or "open")

    walk(app.router.routes)
    return found


def held(desk: Any) -> object:
    """What a refused request may not have changed, once what was allowed before it has ended."""
    for made_before in desk.imports.latest():
        assert made_before.over.wait(60)
    accounts = desk.accounts
    tokens = [one.id for role in ROLES for one in accounts.tokens(role)] if accounts else []
    return desk.ledger.head(), accounts and accounts.all(), tokens


NOTHING = SimpleNamespace(dependencies=[])
WHO = ["nobody", "public", *ROLES, *[f"{role} by token" for role in ROLES]]


@pytest.mark.parametrize("who", WHO)
def test_every_route_by_every_role(tmp_path: Path, everybody: Path, who: str) -> None:
    """The table is whole; whoever lacks the right is sent to sign in or refused, and changes nothing; whoever has it
    is not refused. Signed in, by API token, as nobody, and at a copy that is published for reading."""
    shutil.copy(everybody, tmp_path / "accounts.db")
    role, headers = who.split()[0], {}
    with made.client(tmp_path, read_only=who == "public", accounts=tmp_path / "accounts.db") as (opened, ids):
        desk = desk_of(opened)
        assert rights(opened.app) == ROUTES
        form = {} if who == "public" else {"csrf": token(opened, "/sign-in")}
        if who in ROLES:
            assert sign_in(opened, role).status_code == 303
            form = {"csrf": token(opened, "/documents")}
        elif who.endswith("token"):
            headers = {"authorization": f"Bearer {desk.accounts.make_token(role, role, 'script')}"}
            opened.cookies.clear()
            form = {}
        for (method, path), right in ROUTES.items():
            if who.endswith("token") and path in ("/sign-in", "/sign-out"):
                continue  # these are for browsers
            kind = "documents" if "documents" in path else "incidents" if "incidents" in path else "claims"
            id = {"documents": ids["first"], "incidents": ids["incident"], "claims": ids["two"]}[kind]
            at = path.replace("{id}", "xx" if path == "/imports/{id}" else id).replace("{suffix}", "json")
            at = at.replace("{path}", "app.css").replace("{picture}", "map")
            data = form | ({"name": "data", "password": PASSWORD} if at == "/sign-in" else {})
            before = held(desk)
            answer = opened.request(method, at, data=data if method == "POST" else None, headers=headers)
            if at == "/sign-in" and method == "POST" and who != "public":
                form = {"csrf": token(opened)}
            told = (who, method, at, answer.status_code, answer.text[-300:])
            if right in MAY[role] and not (who == "public" and method == "POST"):
                # A token makes no tokens, and the published copy knows no accounts.
                if not (who.endswith("token") and at == "/account/tokens"):
                    assert answer.status_code not in (401, 403), told
                continue
            assert held(desk) == before, told
            if who == "nobody":
                assert answer.status_code == 401 or answer.headers.get("location") == "/sign-in", told
            else:
                assert answer.status_code == 403, told


def test_the_public_copy_asks_for_nothing(public: Web) -> None:
    """Nobody is asked to sign in, and nobody gets a cookie."""
    opened, _ = public
    answer = opened.get("/incidents")
    assert answer.status_code == 200 and "set-cookie" not in answer.headers


# --- forged, foreign, too large ----------------------------------------------------------------------------------


def test_a_forged_form_is_refused(web: Web) -> None:
    """Without the session's own token, from another site, or with another session's token: nothing happens."""
    opened, ids = web
    at, good = f"/review/{ids['two']}", token(opened)
    form = {"kind": "accept", "csrf": good}
    for bad in (
        {"kind": "accept"},
        {**form, "csrf": "x.y"},
        {**form, "csrf": good[:-1] + ("0" if good[-1] != "0" else "1")},
    ):
        assert opened.post(at, data=bad).status_code == 403
    for headers in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://[::1"},
        {"origin": "http://127.0.0.1:8001"},
    ):
        assert opened.post(at, data=form, headers=headers).status_code == 403
    opened.cookies.clear()
    assert opened.post(at, data=form).status_code == 403
    assert opened.get(f"/claims/{ids['two']}.json").json()["review"] == "none"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::1"])
def test_a_foreign_host_name_is_refused(shown: Web, host: str) -> None:
    """A name that somebody's DNS leads to us is not ours: no page of theirs can read a ledger on a laptop."""
    assert shown[0].get("/incidents", headers={"host": host}).status_code == 400


def test_headers_stand_on_every_answer(shown: Web) -> None:
    """Pages, lists, files, errors: the policy and its companions are always there, and forbid inline scripts."""
    opened, ids = shown
    for at in (
        "/incidents",
        "/incidents.json",
        "/static/app.css",
        "/nothing",
        f"/documents/{ids['evil']}",
        "/incidents?page=x",
    ):
        answer = opened.get(at)
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, (at, name)
    assert "unsafe" not in HEADERS["Content-Security-Policy"] and "http" not in HEADERS["Content-Security-Policy"]


def test_headers_stand_on_a_fault_of_ours_too(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error page is a page: the policy covers it, it says no more than it must, and the log has the rest."""
    opened, ids = web
    monkeypatch.setattr("tollbook.web.views.lists.overview.page", lambda *_: {}["of Salim Qadri"])
    quiet = TestClient(opened.app, base_url=BASE, raise_server_exceptions=False)
    for at in ("/claims", "/claims?q=x"):
        answer = quiet.get(at)
        assert answer.status_code == 500 and "Qadri" not in answer.text and "Traceback" not in answer.text
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, name
    with pytest.raises(KeyError):  # it is not swallowed
        opened.get("/claims")


def test_no_page_has_inline_script_or_style(shown: Web) -> None:
    """The policy would block them; nothing may depend on it."""
    opened, ids = shown
    pages = [
        "/incidents",
        "/claims",
        "/documents",
        f"/documents/{ids['first']}",
        f"/incidents/{ids['incident']}",
        "/review",
        "/review/decisions",
        "/add",
    ]
    for at in pages:
        text = opened.get(at).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|<[^>]*\sstyle=|<[^>]*\son\w+=|<[^>]*javascript:", text), at
        assert not re.search(r'(?:src|action)="(?:https?:)?//', text), at


def test_a_body_that_is_too_large_is_refused(tmp_path: Path) -> None:
    """By its announced size, and where it announces none, by what arrives."""
    with made.client(tmp_path, largest_upload=10_000) as (opened, _):
        assert opened.post("/documents", content=b"x" * 20_000).status_code == 413
        kind = {"content-type": "application/x-www-form-urlencoded"}
        assert opened.post("/documents", content=(b"x" * 1_000 for _ in range(20)), headers=kind).status_code == 413


def test_an_error_tells_no_more_than_it_must(shown: Web) -> None:
    """No traceback, no path of the server."""
    text = shown[0].get("/documents/../../etc/passwd").text + shown[0].get("/static/../app.py").text
    assert "Traceback" not in text and "site-packages" not in text and "def " not in text


# --- accounts ----------------------------------------------------------------------------------------------------


def test_signing_in_begins_a_new_session(team: Web) -> None:
    """A session id that somebody planted before is worth nothing afterwards."""
    opened, _ = team
    planted = "p" * 43
    opened.cookies.set("tollbook_session", planted, domain="127.0.0.1")
    page = opened.get("/sign-in").text
    csrf = page.split('data-csrf="')[1].split('"')[0]
    answer = opened.post("/sign-in", data={"csrf": csrf, "name": "editor", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 303 and planted not in cookie
    assert "HttpOnly" in cookie and "samesite=strict" in cookie.lower()
    fresh = TestClient(opened.app, base_url=BASE, cookies={"tollbook_session": planted}, follow_redirects=False)
    assert fresh.get("/incidents").headers["location"] == "/sign-in"


def test_signing_out_ends_it(team: Web) -> None:
    """The cookie that was used before opens nothing any more."""
    opened, _ = team
    sign_in(opened, "viewer")
    old = dict(opened.cookies)
    opened.post("/sign-out", data={"csrf": token(opened)})
    again = TestClient(opened.app, base_url=BASE, cookies=old, follow_redirects=False)
    assert again.get("/incidents").status_code == 303


def test_wrong_passwords_are_throttled_by_name(team: Web) -> None:
    """After five failures the right password has to wait too, and the answer says how long."""
    opened, _ = team
    for _n in range(5):
        assert sign_in(opened, "manager", "wrong").status_code == 401
    refused = sign_in(opened, "Ｍanager", PASSWORD)
    assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
    assert sign_in(opened, "viewer").status_code == 303


def test_throttling_passes_and_unknown_names_cost_the_same(tmp_path: Path) -> None:
    """The window moves on; an unknown name is throttled like a known one."""
    now = [1_000.0]
    accounts = Accounts(tmp_path / "a.db", clock=lambda: now[0], hasher=QUICK)
    accounts.put("Ana", "editor", PASSWORD)
    for name in ("Ana", "Nobody"):
        for _n in range(5):
            assert accounts.sign_in(name, "x", "1.2.3.4") is None
        with pytest.raises(Throttled):
            accounts.sign_in(name, PASSWORD, "1.2.3.4")
    now[0] += 901
    assert accounts.sign_in("Ana", PASSWORD, "1.2.3.4")
    accounts.close()


def test_many_attempts_at_once_are_no_more_than_five(tmp_path: Path) -> None:
    """Forty guesses in the same moment are looked at one after another; forty right ones are all let in."""
    accounts = Accounts(tmp_path / "a.db", hasher=QUICK)
    accounts.put("Ana", "editor", PASSWORD)
    told: list[object] = []
    at_once = threading.Barrier(40)

    def guess(name: str = "Ana", password: str = "wrong") -> None:
        at_once.wait()
        try:
            told.append(accounts.sign_in(name, password, "1.2.3.4"))
        except Throttled:
            told.append("throttled")

    threads = [threading.Thread(target=guess) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (told.count(None), told.count("throttled")) == (5, 35)
    accounts.put("Bo", "editor", PASSWORD)
    at_once.reset()
    threads = [threading.Thread(target=guess, args=("Bo", PASSWORD)) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 80 and len(set(told)) == 42
    accounts.close()


def test_a_right_password_counts_for_nothing(tmp_path: Path) -> None:
    """Signing in a hundred times a minute from one address locks nobody out."""
    accounts = Accounts(tmp_path / "a.db", clock=lambda: 1_000.0, hasher=QUICK)
    accounts.put("Ana", "editor", PASSWORD)
    assert all(accounts.sign_in("Ana", PASSWORD, "1.2.3.4") for _ in range(100))
    accounts.close()


def test_a_clock_that_jumps(tmp_path: Path) -> None:
    """Ahead and back again: nobody is locked out for the time between, and no session lives longer for it."""
    now = [1_000_000.0]
    accounts = Accounts(tmp_path / "a.db", clock=lambda: now[0], hasher=QUICK)
    accounts.put("Ana", "editor", PASSWORD)
    early = accounts.sign_in("Ana", PASSWORD, "x")
    now[0] += 10 * 365 * 86_400
    late = accounts.sign_in("Ana", PASSWORD, "x")
    assert early and late and accounts.session(late) and accounts.session(early) is None
    for _ in range(5):
        accounts.sign_in("Ana", "wrong", "x")
    now[0] -= 10 * 365 * 86_400
    assert accounts.session(late) is None
    assert accounts.sign_in("Ana", PASSWORD, "x")
    accounts.close()


def test_the_file_of_accounts_lets_nobody_in(tmp_path: Path) -> None:
    """It holds hashes only, and only its owner may read it."""
    path = tmp_path / "a.db"
    accounts = Accounts(path)
    accounts.put("Ana", "owner", PASSWORD)
    session, secret = accounts.sign_in("Ana", PASSWORD, "x"), accounts.make_token("Ana", "editor", "script")
    accounts.close()
    dump = "\n".join(sqlite3.connect(path).iterdump())
    assert session and session not in dump and secret not in dump and PASSWORD not in dump and "$argon2id$" in dump
    assert path.stat().st_mode & 0o077 == 0


def test_a_session_ends(tmp_path: Path) -> None:
    """After twelve hours without a request, and after a week in any case."""
    now = [0.0]
    accounts = Accounts(tmp_path / "a.db", clock=lambda: now[0], hasher=QUICK)
    accounts.put("Ana", "editor", PASSWORD)
    secret = accounts.sign_in("Ana", PASSWORD, "x")
    assert secret is not None
    for _n in range(20):
        now[0] += 11 * 3600
        found = accounts.session(secret)
        assert (found is not None) == (now[0] < 7 * 24 * 3600), now[0]
    accounts.close()


def test_tokens_do_what_their_role_and_owner_allow(team: Web) -> None:
    """A token needs no CSRF token, can do no more than either role, and ends with its owner's right."""
    opened, ids = team
    accounts: Accounts = desk_of(opened).accounts
    secret = accounts.make_token("editor", "editor", "script")
    opened.cookies.clear()
    key = {"authorization": f"Bearer {secret}"}
    assert opened.post(f"/review/{ids['two']}", data={"kind": "accept"}, headers=key).status_code == 303
    assert opened.post("/regroup", headers=key).status_code == 403
    accounts.set_role("editor", "viewer")
    assert opened.post(f"/review/{ids['three']}", data={"kind": "accept"}, headers=key).status_code == 403
    assert opened.get("/claims.json", headers={"authorization": "Bearer tb_x"}).status_code == 401
    with pytest.raises(UsageError, match="cannot do more"):
        accounts.make_token("viewer", "owner", "too much")


def test_the_last_owner_stays(team: Web) -> None:
    """Nobody can lock everybody out."""
    opened, _ = team
    sign_in(opened, "owner")
    csrf = token(opened)
    assert opened.post("/accounts/remove", data={"csrf": csrf, "name": "owner"}).status_code == 400
    assert opened.post("/accounts", data={"csrf": csrf, "name": "owner", "role": "viewer"}).status_code == 400
    again = {"csrf": csrf, "name": "OWNER", "role": "viewer", "password": PASSWORD}
    assert opened.post("/accounts", data=again).status_code == 400
    made_ = {"csrf": csrf, "name": "Noor", "role": "owner", "password": PASSWORD}
    assert opened.post("/accounts", data=made_).status_code == 303
    assert opened.post("/accounts/remove", data={"csrf": csrf, "name": "owner"}).status_code == 303


def test_rights_grow_with_roles() -> None:
    """Each role can do what the one before it can."""
    for lesser, greater in zip(ROLES, ROLES[1:], strict=False):
        for right in ("read", "words", "names", "judge", "add", "link", "accounts"):
            if Visitor("a", lesser, "s", "account").may(right):  # type: ignore[arg-type]
                assert Visitor("a", greater, "s", "account").may(right)  # type: ignore[arg-type]


# --- names -------------------------------------------------------------------------------------------------------


def test_victims_and_reviewers_stand_on_no_public_page(public: Web) -> None:
    """Planted names are looked for in every page and list of the public copy, asked for words or not."""
    opened, ids = public
    pages = ["/incidents", "/claims", "/documents", "/claims?q=Qadri", "/documents?q=Salim", "/incidents?q=nurse"]
    pages += [
        f"/{kind}.{suffix}"
        for kind in ("incidents", "claims", "documents")
        for suffix in ("json", "jsonl", "csv", "geojson")
    ]
    for name in ("named", "first"):
        pages += [f"/documents/{ids[name]}{end}" for end in ("", ".json", "?words=1", "?words=1&view=raw")]
    for name in ("named incident", "incident"):
        pages += [f"/incidents/{ids[name]}{end}" for end in ("", ".json", "?words=1")]
    for at in pages:
        text = opened.get(at).text
        for name in ("Salim", "Qadri", "Zdenka"):
            assert name not in re.sub(r'(?:href|value)="[^"]*"|q=\w+|“<bdi>\w+</bdi>”', "", text), (at, name)
    assert opened.get("/claims.json?q=Qadri").json() == []


def test_words_are_not_shown_unasked_on_the_public_view(public: Web) -> None:
    """The article's text comes only when it is asked for."""
    opened, ids = public
    assert "Warplanes" not in opened.get(f"/documents/{ids['first']}").text
    shown = opened.get(f"/documents/{ids['first']}?words=1").text
    assert "Warplanes of Norland" in re.sub(r"<[^>]+>", "", shown)
    assert "Warplanes" not in opened.get("/claims.json").text


def test_a_data_only_viewer_sees_no_names(team: Web) -> None:
    """Signed in with the least role: figures, no words, no reviewers."""
    opened, ids = team
    sign_in(opened, "data")
    text = "".join(
        opened.get(at).text for at in (f"/incidents/{ids['incident']}", f"/documents/{ids['named']}", "/documents")
    )
    assert "Zdenka" not in text and "Qadri" not in text
    sign_in(opened, "viewer")
    assert "Zdenka" in opened.get(f"/incidents/{ids['incident']}").text


def test_fetching_is_off_unless_allowed(web: Web) -> None:
    """A form that asks for it anyway is refused."""
    opened, _ = web
    answer = opened.post("/documents", data={"csrf": token(opened), "fetch": "https://page.example/"})
    assert answer.status_code == 403 and "--allow-fetch" in answer.text

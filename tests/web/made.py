"""A ledger to serve: invented reports with everything that is hard to show, and accounts of every role."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.ledger.made import NIGHT, claim, document, judgement, raw_of, reading
from tollbook.ledger import Cluster, Ledger
from tollbook.records import Attribution, Blamed, Claim, Document, Event, Place, Victims, When
from tollbook.web.accounts import Accounts
from tollbook.web.app import create_app
from tollbook.web.config import Config
from tollbook.web.desk import Desk
from tollbook.web.roles import ROLES

BASE = "http://127.0.0.1:8000"
PAYLOAD = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
NAMED = "Salim Qadri, 34, was among 5 people killed in Tellhaf on 4 May 2031, a nurse said."
ARABIC = "قُتل ١٢ مدنيًا في تل حاف يوم ٣ أيار 🕊️ وقال الأهالي إن القصف استمر."
PASSWORD = "a long enough password"


def night(outlet: str, number: str = "12", **more: Any) -> tuple[Document, Claim]:
    """An outlet's report of one night: a number, a town, a day, who says it and who is blamed."""
    text = (
        f"Warplanes of Norland struck Tellhaf on 3 May 2031. {number} people were killed, the Valley Ministry said 🕯️."
    )
    doc = document(text, outlet=outlet, key=f"{outlet}.txt", title=f"Night over Tellhaf ({outlet})", **more)

    def at(words: str) -> dict[str, Any]:
        start = text.index(words)
        return {"text": words, "start": start, "end": start + len(words)}

    day = dt.date(2031, 5, 3)
    made = claim(
        doc,
        number,
        victims=Victims(**at("people"), status="unknown", status_basis=None, groups=(), nationality=None),
        event=Event("airstrike", **at("struck")),
        date=When(**at("3 May 2031"), from_=day, to=day, precision="day", anchored_to="text"),
        place=Place(
            **at("Tellhaf"), name="Tellhaf", country="SY", admin1=None, lat=35.0, lon=39.0, precision="town",
            gazetteer_id=None,
        ),
        blamed=(Blamed(**at("Norland"), name="Norland", basis="acting", by=None),),
        attribution=(
            Attribution(
                **at("the Valley Ministry"), name="Valley Ministry", role=None, body="Valley Ministry",
                kind="government", cue="said", mode="indirect",
            ),
        ),
    )  # fmt: skip
    return doc, made


def fill(ledger: Ledger) -> dict[str, str]:
    """Puts everything in; returns names → ids."""
    ids: dict[str, str] = {}
    first, one = night("Valley Courier")
    second, two = night("Hill Post")
    rival, three = night("Coast Radio", "31", published=dt.date(2031, 5, 6))
    for name, (doc, claims) in {
        "first": (first, [one]), "second": (second, [two]), "rival": (rival, [three]),
        "plain": reading(NIGHT, outlet="River Echo", key="plain.txt"),
    }.items():  # fmt: skip
        ledger.add_document(doc, claims, raw_of(doc))
        ids[name] = doc.source.id
    evil = document(
        f"{PAYLOAD} At least 9 people died, \u202eyas yeht\u202c said {PAYLOAD}. Also \x1b[31m7 hurt.",
        outlet=f"Evil {PAYLOAD}", title=f"Title {PAYLOAD}", key=f"../../{PAYLOAD}.html", url="javascript:alert(1)",
    )  # fmt: skip
    start = evil.text.index("people")
    place = Place(
        "Also", evil.text.index("Also"), evil.text.index("Also") + 4, PAYLOAD, "IQ", None, 33.0, 44.0, "city", None
    )
    harmed = Victims("people", start, start + 6, "civilian", "stated", (), None)
    said = evil.text.index("said")
    blamed = (Blamed("said", said, said + 4, PAYLOAD, "accused", None),)
    speaker = (Attribution("said", said, said + 4, PAYLOAD, None, PAYLOAD, "media", "said", "indirect"),)
    bad = claim(evil, "9", victims=harmed, place=place, blamed=blamed, attribution=speaker)
    ledger.add_document(evil, [bad], raw_of(evil))
    named = document(NAMED, outlet="Valley Courier", title="Salim Qadri, 34, killed in Tellhaf", key="named.txt")
    person = NAMED.index("people")
    victims = Victims("people", person, person + 6, "civilian", "category", (), None)
    five = claim(named, "5", victims=victims)
    ledger.add_document(named, [five], raw_of(named))
    arabic = document(ARABIC, outlet="صوت الوادي", title="ليلة تل حاف", language="ar", key="arabic.txt")
    ledger.add_document(arabic, [], raw_of(arabic))
    ids |= {"evil": evil.source.id, "named": named.source.id, "arabic": arabic.source.id}
    ids |= {"one": one.id, "two": two.id, "three": three.id, "bad": bad.id, "five": five.id}
    summary = {
        "killed": {"low": 12, "high": 31}, "injured": None, "outlets": 3, "origins": {"low": 1, "high": 1},
        "date": {"from": "2031-05-03", "to": "2031-05-03", "precision": "day"},
        "place": {"name": "Tellhaf", "country": "SY", "lat": 35.0, "lon": 39.0, "precision": "town"},
        "contradictions": [{"field": "killed", "claims": [one.id, three.id]}],
    }  # fmt: skip
    clusters = [
        Cluster("i-00000000000000aa", (one.id, two.id, three.id), summary),
        Cluster("i-00000000000000bb", (bad.id,), {}),
    ]
    clusters.append(Cluster("i-00000000000000cc", (five.id,), {}))
    ledger.put_clusters(clusters, "test")
    ids |= {
        "incident": "i-00000000000000aa",
        "evil incident": "i-00000000000000bb",
        "named incident": "i-00000000000000cc",
    }
    ledger.judge(judgement("unsure", one.id, by="Zdenka Reviewer", note=f"hm {PAYLOAD}"))
    return ids


@contextlib.contextmanager
def client(folder: Path, place: str | None = None, **config: Any) -> Iterator[tuple[TestClient, dict[str, str]]]:
    """A client of an application over a new ledger, in a file in the folder or at another place."""
    place = place or str(folder / "ledger.db")
    with Ledger.open(place, create=True) as ledger:
        ids = fill(ledger)
    with serving(place, **config) as opened:
        yield opened, ids


@contextlib.contextmanager
def serving(place: str, **config: Any) -> Iterator[TestClient]:
    """A client of an application over a ledger that there is."""
    app = create_app(Config(ledger=place, by="Ines Okoye", **config))
    with TestClient(app, base_url=BASE, follow_redirects=False) as opened:
        yield opened


def desk_of(opened: TestClient) -> Desk:
    """What the application behind a client works with."""
    desk: Desk = cast(FastAPI, opened.app).state.desk
    return desk


def token(opened: TestClient, at: str = "/documents") -> str:
    """The CSRF token of a page."""
    text = opened.get(at).text
    return text.split('data-csrf="')[1].split('"')[0]


def accounts(path: Path) -> None:
    """An account of each role, named after it."""
    made = Accounts(path)
    for role in ROLES:
        made.put(role, role, PASSWORD)
    made.close()


def sign_in(opened: TestClient, name: str, password: str = PASSWORD) -> Any:
    """Signs in; the client keeps the cookie."""
    opened.cookies.clear()
    form = {"csrf": token(opened, "/sign-in"), "name": name, "password": password}
    return opened.post("/sign-in", data=form)

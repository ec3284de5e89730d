"""Planted names of a victim and of reviewers: looked for in everything that strangers see, and gone when redacted."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.exports.test_masking import contents
from tests.hostile.test_scripts import DATA, SCREENS
from tests.ledger.made import READER, claim, document, judgement, raw_of, tables
from tests.web import made
from tests.web.conftest import everybody
from tests.web.made import desk_of, sign_in
from tollbook.exports import Wants, exporter, names
from tollbook.ledger import Cluster, Ledger
from tollbook.records import Attribution, Place, Span, Statement, Victims, statement_id, to_json
from tollbook.review import added_claim
from tollbook.sharing import export_ledger

__all__ = ["everybody"]

VICTIM = "Salim Qadri"
REVIEWER = "Zdenka Novakova"
NAMES = re.compile("salim|qadri|zdenka|novakova", re.IGNORECASE)
TEXT = (
    f"Relatives mourn {VICTIM}\n\n{VICTIM}, 34, was among 5 people killed in Tellhaf on 4 May 2031, a nurse said. "
    f"One woman was killed too. “{VICTIM} was no fighter”, his brother said. Qadri leaves two children."
)


def fill(ledger: Ledger) -> dict[str, str]:
    """A report that names a victim wherever one can be named, and people who judged it and name him too."""
    where = "https://news.example/2031/05/salim-qadri-34-killed?who=Salim%20Qadri"
    doc = document(
        TEXT, title=f"{VICTIM}, 34, killed in Tellhaf", key="reports/Salim_Qadri.html", url=where,
        archive_url=f"https://archive.example/{where}", language="en",
    )  # fmt: skip
    town, people = TEXT.index("Tellhaf"), TEXT.index("people")
    five = claim(
        doc, "5",
        victims=Victims("people", people, people + 6, "civilian", "category", (), None),
        place=Place("Tellhaf", town, town + 7, "Tellhaf", "XX", None, 35.0, 39.0, "town", None),
    )  # fmt: skip
    last = TEXT.index("“")
    quote = Span(TEXT[last:], last, len(TEXT))
    brother = TEXT.index("his brother")
    said = Attribution(
        "his brother", brother, brother + 11, "brother", None, None, "family", "said", "direct"
    )  # fmt: skip
    statement = Statement(
        id=statement_id(doc.source.id, "denial", ((last, len(TEXT)),), 0), document=doc.source, kind="denial",
        quote=quote, attribution=(said,), cue=quote, said=None, event=None, date=None, place=None, target=quote,
        reason=None, score=0.9, made_by=READER,
    )  # fmt: skip
    ledger.add_document(doc, [five], raw_of(doc), statements=[statement])
    summary = {"place": {"name": "Tellhaf", "country": "XX", "lat": 35.0, "lon": 39.0, "precision": "town"}}
    ledger.put_clusters([Cluster("i-00000000000000aa", (five.id,), summary)], "test")
    note = f"{REVIEWER} spoke to the family of {VICTIM}"
    house = {"name": f"house of {VICTIM}", "country": "XX", "admin1": None, "lat": None, "lon": None,
             "precision": None, "gazetteer_id": None}  # fmt: skip
    one = TEXT.index("One")
    filled = {
        "harm": "killed",
        "count": {"text": "One", "start": one, "end": one + 3, "low": 1, "high": 1, "qualifier": "exact"},
        "quote": {"text": TEXT[:last], "start": 0, "end": last},
        "victims": {"text": VICTIM, "start": 16, "end": 27, "status": "civilian"},
    }  # fmt: skip
    by_hand = added_claim(to_json(doc.source), filled)
    for minute, (kind, subject, more) in enumerate((
        ("accept", five.id, {}), ("undo", None, {}),
        ("correct", five.id, {"field": "place", "value": house}),
        ("add", by_hand["id"], {"value": by_hand}),
        ("confirm", "i-00000000000000aa", {}), ("grade", "i-00000000000000aa", {"value": "fair"}),
    )):  # fmt: skip
        subject = subject or next(iter(ledger.judgements(five.id))).judgement.id
        ledger.judge(
            judgement(kind, subject, by=REVIEWER, minute=minute, note=None if kind == "undo" else note, **more)
        )
    return {"document": doc.source.id, "claim": five.id, "added": by_hand["id"], "incident": "i-00000000000000aa"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The ledger."""
    there = tmp_path_factory.mktemp("private") / "ledger.db"
    with Ledger.open(there, create=True) as ledger:
        return there, fill(ledger)


def addresses(ids: dict[str, str]) -> Iterator[str]:
    """Everything that can be asked for, from the table of all routes."""
    patterns = {path: found for path, found in SCREENS.items() if path not in ("/imports/{id}", "/sign-in")}
    patterns |= {path: (path,) for path in DATA if path != "/static/{path}"}
    for pattern, found in patterns.items():
        kind = "document" if "documents" in pattern else "incident" if "incidents" in pattern else "claim"
        for at in found:
            for one in (ids[kind], ids["added"]) if kind == "claim" else (ids[kind],):
                for suffix in ("json", "jsonl", "csv", "geojson") if "{suffix}" in at else ("",):
                    made_ = at.replace("{suffix}", suffix).replace("{id}", one)
                    for name, id in ids.items():
                        made_ = made_.replace(f"{{{name}}}", id)
                    yield made_
                    if "%" not in made_:
                        yield f"{made_}{'&' if '?' in made_ else '?'}words=1"
                        yield f"{made_}{'&' if '?' in made_ else '?'}words=1&view=raw"


@pytest.mark.parametrize("who", ["public", "data", "data by token"])
def test_no_public_page_or_list_names_anybody(
    path: tuple[Path, dict[str, str]], tmp_path: Path, everybody: Path, who: str
) -> None:
    """Every route that strangers, and those who may see figures only, can ask for, in every format, words asked for or
    not, and in the search."""
    ledger, ids = path
    everybody = Path(shutil.copy(everybody, tmp_path / "accounts.db"))
    config: dict[str, Any] = {"read_only": True} if who == "public" else {"accounts": everybody}
    with made.serving(str(ledger), **config) as opened:
        headers = {}
        if who == "data":
            sign_in(opened, "data")
        elif who == "data by token":
            secret = desk_of(opened).accounts.make_token("data", "data", "script")
            headers = {"authorization": f"Bearer {secret}"}
        seen = 0
        for at in addresses(ids):
            answer = opened.get(at, headers=headers)
            seen += answer.status_code == 200
            found = NAMES.search(answer.text) or NAMES.search(str(answer.headers))
            assert not found, (at, answer.text[max(0, found.start() - 200) : found.end() + 100])
        assert seen > 40
        for q in ("Qadri", "Salim", "Zdenka"):
            for kind in ("claims", "incidents", "documents"):
                assert opened.get(f"/{kind}.json?q={q}", headers=headers).json() == []
        if who != "public":
            sign_in(opened, "viewer")
            assert VICTIM in re.sub("<[^>]*>", "", opened.get(f"/documents/{ids['document']}").text)  # it is there


@pytest.mark.parametrize("name", names())
def test_no_export_names_anybody(path: tuple[Path, dict[str, str]], tmp_path: Path, name: str) -> None:
    """Every format, rows of claims and of incidents, the files beside them: as they are without further wishes, and
    without passages. With all wishes the names are there."""
    found: dict[str, bool] = {}
    with Ledger.open(path[0]) as ledger:
        for label, wants in (
            ("plain", Wants()), ("incidents", Wants(rows="incidents")), ("no quotes", Wants(quotes=False)),
            ("all", Wants(names=True, reviewers=True, inferred=True)),
        ):  # fmt: skip
            out = tmp_path / label
            out.mkdir()
            export_ledger(ledger, name, out / f"x{exporter(name).SUFFIX}", None, wants, actor=REVIEWER)
            parts = [part for one in out.iterdir() for part in contents(one)]
            hits = [NAMES.search(part.decode("utf-8", "replace")) for part in parts]
            found[label] = any(hits)
            if label != "all":
                assert not found[label], [hit.string[max(0, hit.start() - 300) : hit.end() + 50] for hit in hits if hit]
    assert found["all"] or name in ("ged", "acled", "hxl")


def test_no_log_names_anybody(path: tuple[Path, dict[str, str]], tmp_path: Path, everybody: Path) -> None:
    """A server that is asked for names, fed wrong passwords and unknown tokens writes none of that down."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    given = ["--ledger", str(path[0]), "--port", str(port), "--accounts", str(everybody)]
    code = f"from tollbook.cli.serving import serve; serve({given!r})"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        asked = 0
        for at in ("/sign-in", "/claims.json?q=Salim+Qadri", "/Salim-Qadri", "/documents/Salim", "/claims?page=Zdenka",
                   "/incidents?since=Qadri", "/%ff%fe"):  # fmt: skip
            for _ in range(300):
                try:
                    request = urllib.request.Request(f"http://127.0.0.1:{port}{at}")
                    request.add_header("Authorization", "Bearer tb_Qadri-secret")
                    with urllib.request.urlopen(request, timeout=10):
                        break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    time.sleep(0.1)
            asked += 1
        server.terminate()
        said = "".join(server.communicate(timeout=30))
    assert asked == 7 and "http://127.0.0.1" in said
    assert not NAMES.search(said) and "secret" not in said, said


def test_a_redacted_name_is_gone_everywhere_and_the_chain_holds(place: str, tmp_path: Path) -> None:
    """After ``redact --name`` for the victim and for the reviewer, even those who may see everything find neither: no
    page, no list, no export with all wishes, no row of any table; and the ledger verifies, also from a backup."""
    with Ledger.open(place, create=True) as ledger:
        ids = fill(ledger)
        head = ledger.head()
        for name in (VICTIM, "Qadri", REVIEWER):
            ledger.redact(name=name, actor="Ines Okoye", reason="at the wish of the family")
        assert ledger.verify().clean and ledger.head()[0] == head[0] + 3
        for name in names():
            out = tmp_path / f"x{exporter(name).SUFFIX}"
            export_ledger(ledger, name, out, None, Wants(names=True, reviewers=True, inferred=True))
        ledger.backup(tmp_path / "backup.db")
        assert not NAMES.search(repr([tables(ledger), list(ledger.events())]))
    for one in tmp_path.iterdir():
        for part in contents(one) if one.suffix != ".db" else [one.read_bytes()]:
            assert not NAMES.search(part.decode("utf-8", "replace")), one.name
    with made.serving(place) as opened:
        for at in addresses(ids):
            assert not NAMES.search(opened.get(at).text), at
        assert "█" * len(VICTIM) in re.sub("<[^>]*>", "", opened.get(f"/documents/{ids['document']}").text)
    with Ledger.open(tmp_path / "backup.db", read_only=True) as copy:
        assert copy.verify().clean


def test_an_erased_document_is_gone_everywhere_and_the_chain_holds(place: str, tmp_path: Path) -> None:
    """After ``redact --document`` nothing of it is on any page or in any export, and its address says so."""
    with Ledger.open(place, create=True) as ledger:
        ids = fill(ledger)
        ledger.redact(document=ids["document"], actor="Ines Okoye", reason="at the wish of the family")
        assert ledger.verify().clean
        for name in names():
            out = tmp_path / f"x{exporter(name).SUFFIX}"
            export_ledger(ledger, name, out, None, Wants(names=True, inferred=True))
    gone = re.compile("salim|qadri|tellhaf", re.IGNORECASE)
    for one in tmp_path.glob("x*"):
        for part in contents(one):
            assert not gone.search(part.decode("utf-8", "replace")), one.name
    with made.serving(place) as opened:
        for at in addresses(ids):
            assert not gone.search(opened.get(at).text), at
        assert opened.get(f"/documents/{ids['document']}").status_code == 410

"""An invented corpus for the exports: one strike told by three outlets, a clash, and claims that formats stumble
over."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

from tollbook.judgements import Judgement
from tollbook.ledger import Cluster, Ledger
from tollbook.records import (
    Attribution,
    Blamed,
    Claim,
    Count,
    Document,
    Event,
    MadeBy,
    Piece,
    Place,
    Relation,
    Source,
    Span,
    Victims,
    When,
    claim_id,
    document_id,
)

READER = MadeBy("rules 1", "model 1", "1", "gazetteer 1")
STRIKE, CLASH, VAGUE = "i-00000000000000a1", "i-00000000000000b2", "i-00000000000000c3"

COURIER = (
    "=Air strike kills 12 in Tellhaf\n"
    "An air strike killed 12 civilians, including 3 children, in Tellhaf on 3 May 2031, the Ministry of Health said. "
    "Omar Saleh, 34, was among them. The Velmar Alliance carried out the strike, it said."
)
BEACON = (
    "At least 9 people were killed in Tellhaf on Saturday, the Valley Monitor said, blaming the Velmar Alliance. "
    "7 others were hurt. \N{MATHEMATICAL BOLD CAPITAL A} \u0645\u0631\u062d\u0628\u0627"
)
CLASHES = (
    "Dozens of fighters were killed in clashes near Qasr in early May, a tribal leader said. Ten civilians died too."
)


def document(text: str, outlet: str | None, page: bytes | None = None, **known: Any) -> tuple[Document, bytes]:
    """A document with this text and the bytes it was read from."""
    raw = page if page is not None else text.encode()
    source = Source(
        key=known.pop("key", f"{outlet}.txt"),
        id=document_id(raw, outlet, known.get("url")),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        outlet=outlet,
        language="en",
        published=known.pop("published", dt.date(2031, 5, 4)),
        **known,
    )
    return Document(source, text, text, (Piece(0, 0, len(text)),), (), ()), raw


class Words:
    """Finds words of one document and makes the parts of claims of them."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc

    def at(self, words: str) -> tuple[str, int, int]:
        start = self.doc.text.index(words)
        return words, start, start + len(words)

    def quote(self, words: str) -> Span:
        line = next(line for line in self.doc.text.split("\n") if words in line)
        return Span(*self.at(line))

    def count(self, words: str, low: int | None, high: int | None, qualifier: Any = "exact") -> Count:
        return Count(*self.at(words), low, high, qualifier)

    def victims(self, words: str, status: Any = "civilian", groups: tuple[str, ...] = ()) -> Victims:
        return Victims(*self.at(words), status, "stated" if status != "unknown" else None, groups, None)

    def place(self, words: str, name: str, **known: Any) -> Place:
        values: dict[str, Any] = {
            "country": "SY", "admin1": "Ar-Raqqah", "lat": 35.95, "lon": 39.01, "precision": "town",
            "gazetteer_id": None,
        } | known  # fmt: skip
        return Place(*self.at(words), name, **values)

    def date(self, words: str, first: dt.date, last: dt.date, precision: Any = "day") -> When:
        return When(*self.at(words), first, last, precision, "text")

    def said(self, words: str, kind: Any, cue: str = "said", body: str | None = None) -> Attribution:
        return Attribution(*self.at(words), words.removeprefix("the "), None, body, kind, cue, "indirect")

    def blamed(self, words: str, name: str, basis: Any = "accused") -> Blamed:
        return Blamed(*self.at(words), name, basis, None)

    def claim(self, count: Count, harm: Any = "killed", **slots: Any) -> Claim:
        values: dict[str, Any] = {
            "quote": self.quote(count.text), "victims": None, "event": None, "date": None, "said": None, "place": None,
            "blamed": (), "attribution": (), "stance": "asserted", "scope": "incident", "relation": None, "score": 0.9,
        } | slots  # fmt: skip
        id = claim_id(self.doc.source.id, harm, ((count.start, count.end),), 0)
        return Claim(id=id, document=self.doc.source, harm=harm, count=count, made_by=READER, **values)


def courier() -> tuple[Document, bytes, list[Claim]]:
    """HTML with a title that looks like a formula, a named victim, a part, blame stated and blame inferred."""
    page = f"<html><body><h1>{COURIER.split(chr(10))[0]}</h1><p>{COURIER.split(chr(10))[1]}</p></body></html>"
    doc, raw = document(
        COURIER,
        "Valley Courier",
        page.encode(),
        title="=Air strike kills 12 in Tellhaf",
        url="https://courier.example/1",
    )
    w = Words(doc)
    day = dt.date(2031, 5, 3)
    slots: dict[str, Any] = {
        "event": Event("airstrike", *w.at("Air strike")),
        "date": w.date("3 May 2031", day, day),
        "place": w.place("Tellhaf", "Tellhaf"),
        "attribution": (w.said("the Ministry of Health", "government", body="Syrian Ministry of Health"),),
        "blamed": (w.blamed("Velmar Alliance", "Velmar Alliance"),),
    }
    body = COURIER.index("killed 12") + len("killed ")
    twelve = Count("12", body, body + 2, 12, 12, "exact")
    whole = w.claim(twelve, victims=w.victims("civilians"), **slots)
    whole = _with(whole, quote=w.quote("An air strike"))
    part = w.claim(
        w.count("3", 3, 3), victims=w.victims("children", groups=("children",)), relation=Relation("part_of", whole.id)
    )
    part = _with(part, quote=w.quote("An air strike"), place=slots["place"], date=slots["date"])
    named = Count(*w.at("Omar Saleh"), 1, 1, "exact")
    one = w.claim(
        named, victims=w.victims("Omar Saleh", "unknown"), relation=Relation("part_of", whole.id),
        blamed=(w.blamed("Velmar Alliance", "Velmar Alliance", "inferred"),),
    )  # fmt: skip
    return doc, raw, [whole, part, _with(one, quote=w.quote("An air strike"))]


def _with(claim: Claim, **slots: Any) -> Claim:
    import dataclasses

    return dataclasses.replace(claim, **slots)


def beacon() -> tuple[Document, bytes, list[Claim]]:
    """A rival number, an open end, letters beyond the first plane, no title."""
    doc, raw = document(BEACON, "Evening Beacon", url="https://beacon.example/2", published=dt.date(2031, 5, 5))
    w = Words(doc)
    day = dt.date(2031, 5, 3)
    slots: dict[str, Any] = {
        "date": w.date("Saturday", day, day),
        "place": w.place("Tellhaf", "Tellhaf"),
        "attribution": (w.said("the Valley Monitor", "monitor"),),
        "blamed": (w.blamed("Velmar Alliance", "Velmar Alliance"),),
    }
    killed = w.claim(w.count("At least 9", 9, None, "at_least"), victims=w.victims("people", "unknown"), **slots)
    hurt = w.claim(w.count("7", 7, 7), "injured", **slots)
    return doc, raw, [killed, hurt]


def clashes() -> tuple[Document, bytes, list[Claim]]:
    """No outlet, a vague number, a region without coordinates, a date of days."""
    doc, raw = document(CLASHES, None, published=None, key="-notes.txt")
    w = Words(doc)
    slots: dict[str, Any] = {
        "event": Event("clash", *w.at("clashes")),
        "date": w.date("early May", dt.date(2031, 5, 1), dt.date(2031, 5, 10), "month"),
        "place": w.place("near Qasr", "Qasr", lat=None, lon=None, precision="region", country="YE", admin1=None),
        "attribution": (w.said("a tribal leader", "unknown"),),
    }
    fighters = w.claim(w.count("Dozens", 24, None, "vague"), victims=w.victims("fighters", "combatant"), **slots)
    ten = w.claim(w.count("Ten", 10, 10), victims=w.victims("civilians"), **slots)
    return doc, raw, [fighters, ten]


def vague() -> tuple[Document, bytes, list[Claim]]:
    """No date, no place, nobody killed."""
    doc, raw = document("Police detained 4 men.", "Evening Beacon", title="Arrests")
    w = Words(doc)
    return doc, raw, [w.claim(w.count("4", 4, 4), "detained", victims=w.victims("men", "unknown", ("men",)))]


def at(minute: int) -> str:
    """A time."""
    return f"2031-06-01T10:{minute:02d}:00+00:00"


def summary(first: str, last: str, country: str) -> dict[str, Any]:
    """As much of a linker's summary as the ledger asks for."""
    return {"date": {"from": first, "to": last}, "place": {"country": country}}


def fill(path: Path | str) -> Ledger:
    """A ledger with the whole corpus, three incidents, corrections, a rejection, a confirmation and a grade."""
    ledger = Ledger.open(path, create=True)
    read = [courier(), beacon(), clashes(), vague()]
    for doc, raw, claims in read:
        ledger.add_document(doc, claims, raw)
    (strike, rival, fight, arrest) = ([claim.id for claim in claims] for _, _, claims in read)
    ledger.put_clusters(
        [
            Cluster(
                STRIKE,
                (*strike, *rival),
                {"date": {"from": "2031-05-03", "to": "2031-05-03"}, "place": {"country": "SY"}},
            ),
            Cluster(
                CLASH, tuple(fight), {"date": {"from": "2031-05-01", "to": "2031-05-10"}, "place": {"country": "YE"}}
            ),
            Cluster(VAGUE, tuple(arrest), {}),
        ],
        "test",
    )
    fixed = {"low": 11, "high": 11, "qualifier": "exact"}
    for n, judgement in enumerate(
        (
            Judgement("accept", strike[0], "Ines Okoye", at(1)),
            Judgement("correct", rival[1], "Ines Okoye", at(2), field="count", value={**fixed, "low": 8, "high": 8}),
            Judgement("reject", fight[0], "Ines Okoye", at(3), note="Omar Saleh told me"),
            Judgement("confirm", STRIKE, "Ines Okoye", at(4)),
            Judgement("grade", STRIKE, "Ines Okoye", at(5), value="fair", note="two sources"),
        )
    ):
        assert ledger.judge(judgement).seq > n
    return ledger

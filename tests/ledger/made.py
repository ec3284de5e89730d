"""Small documents and claims to put into ledgers; all invented."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from sqlalchemy import select

from tollbook.judgements import Judgement
from tollbook.ledger import Ledger
from tollbook.ledger.tables import PROJECTIONS
from tollbook.records import (
    Attribution,
    Claim,
    Count,
    Document,
    MadeBy,
    Piece,
    Place,
    Source,
    Span,
    Victims,
    When,
    claim_id,
    document_id,
)

READER = MadeBy("rules 1", "model 1", "1", "gazetteer 1")
NEWER = MadeBy("rules 2", "model 1", "1", "gazetteer 1")
NIGHT = "An air strike killed 12 people in Tellhaf on 3 May 2031. Amal Haddad, a medic, said 7 others were hurt."


def document(text: str = NIGHT, outlet: str | None = "Valley Courier", **known: Any) -> Document:
    """A document with this text; its raw bytes are :func:`raw_of` of it."""
    raw = text.encode()
    published = known.pop("published", dt.date(2031, 5, 4))
    source = Source(
        key=known.pop("key", "night.txt"),
        id=document_id(raw, outlet, known.get("url")),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        outlet=outlet,
        published=published,
        **known,
    )
    return Document(source, text, text, (Piece(0, 0, len(text)),), (), ())


def raw_of(doc: Document) -> bytes:
    """The bytes it was read from."""
    return doc.raw.encode()


def claim(doc: Document, number: str, harm: str = "killed", made_by: MadeBy = READER, **changed: Any) -> Claim:
    """A claim on the first occurrence of ``number`` in the text."""
    at = doc.text.index(number)
    spans = ((at, at + len(number)),)
    values: dict[str, Any] = {
        "id": claim_id(doc.source.id, harm, spans, 0),
        "document": doc.source,
        "quote": Span(doc.text, 0, len(doc.text)),
        "harm": harm,
        "count": Count(number, at, at + len(number), int(number), int(number), "exact"),
        "victims": None,
        "event": None,
        "date": None,
        "said": None,
        "place": None,
        "blamed": (),
        "attribution": (),
        "stance": "asserted",
        "scope": "incident",
        "relation": None,
        "score": 0.9,
        "made_by": made_by,
    }
    return Claim(**{**values, **changed})


def reading(text: str = NIGHT, **known: Any) -> tuple[Document, tuple[Claim, Claim]]:
    """A document with two claims in it: one killed-claim with date and place, one injured-claim with a speaker."""
    doc = document(text, **known)
    day, town, name = text.index("3 May 2031"), text.index("Tellhaf"), text.index("Amal Haddad")
    people = text.index("people")
    killed = claim(
        doc,
        "12",
        victims=Victims("people", people, people + 6, "unknown", None, (), None),
        date=When("3 May 2031", day, day + 10, dt.date(2031, 5, 3), dt.date(2031, 5, 3), "day", "text"),
        place=Place("Tellhaf", town, town + 7, "Tellhaf", "XX", None, 35.0, 39.0, "town", None),
    )
    said = Attribution("Amal Haddad", name, name + 11, "Amal Haddad", "medic", None, "medical", "said", "indirect")
    return doc, (killed, claim(doc, "7", "injured", attribution=(said,)))


def judgement(kind: Any, subject: str, by: str = "Ines", minute: int = 0, **more: Any) -> Judgement:
    """A judgement at a fixed time."""
    return Judgement(kind, subject, by, f"2031-06-01T10:{minute:02d}:00+00:00", **more)


def tables(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every projection."""
    with ledger._engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in PROJECTIONS
        }

"""Documents and claims made by hand, to test what people see; words are found in the text, so offsets hold."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from tollbook.records import (
    Attribution,
    Blamed,
    Claim,
    Count,
    Document,
    Event,
    Furniture,
    MadeBy,
    Piece,
    Place,
    Region,
    Source,
    Span,
    Statement,
    Victims,
    When,
    claim_id,
    document_id,
    statement_id,
)

TEXT = """Strike on Tell Marsa market kills traders

Nine traders were killed and 14 others wounded in an airstrike on Tell Marsa on Tuesday, the health ministry said.
"""


def document(text: str = TEXT, furniture: tuple[str, ...] = (), **known: Any) -> Document:
    """A document whose raw text is the text with the furniture in front."""
    lead = "".join(stretch + "\n" for stretch in furniture)
    raw = lead + text
    left_out, at = [], 0
    for stretch in furniture:
        left_out.append(Furniture(stretch, at, at + len(stretch), "menu"))
        at += len(stretch) + 1
    source = Source(
        key=known.pop("key", "market.txt"),
        id=document_id(raw.encode("utf-8", "replace"), None, None),
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        raw_sha256=hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest(),
        **{"title": text.split("\n")[0], "published": dt.date(2024, 3, 6), **known},
    )
    title = Region("title", 0, len(text.split("\n")[0]))
    return Document(source, text, raw, (Piece(0, len(lead), len(text)),), tuple(left_out), (title,))


def claim(doc: Document, quote: str, count: str, numbers: tuple[int | None, int | None], **more: Any) -> Claim:
    """A claim of ``doc``; each word given in ``more`` is looked up in the quote."""
    start = doc.text.index(quote)

    def span(words: str) -> tuple[str, int, int]:
        at = start + quote.index(words)
        return words, at, at + len(words)

    victims, event, date, place = (more.pop(k, None) for k in ("victims", "event", "date", "place"))
    blamed, speaker = more.pop("blamed", None), more.pop("speaker", None)
    day = dt.date(2024, 3, 5)
    defaults: dict[str, Any] = {
        "harm": "killed",
        "victims": Victims(*span(victims), "unknown", None, (), None) if victims else None,
        "event": Event("airstrike", *span(event)) if event else None,
        "date": When(*span(date), day, day, "day", "published") if date else None,
        "said": None,
        "place": Place(*span(place), place, "SY", None, 35.0, 39.0, "town", "geonames:1") if place else None,
        "blamed": (Blamed(*span(blamed), blamed, "accused", None),) if blamed else (),
        "attribution": (Attribution(*span(speaker), speaker, None, None, "government", "said", "indirect"),)
        if speaker
        else (),
        "stance": "asserted",
        "scope": "incident",
        "relation": None,
        "score": 0.9,
        "made_by": MadeBy("rules 0", "model 0", "0", "gazetteer 0"),
    }
    made = {**defaults, **more}
    counted = Count(*span(count), *numbers, made.pop("qualifier", "exact"))
    spans = ((counted.start, counted.end),)
    return Claim(
        id=claim_id(doc.source.id, made["harm"], spans, 0),
        document=doc.source,
        quote=Span(quote, start, start + len(quote)),
        count=counted,
        **made,
    )


def market() -> tuple[Document, tuple[Claim, Claim]]:
    """A report with two claims in one sentence."""
    doc = document(furniture=("Home | News | Sport",))
    quote = TEXT.strip().split("\n")[-1]
    common: dict[str, Any] = {
        "event": "airstrike",
        "date": "Tuesday",
        "place": "Tell Marsa",
        "speaker": "the health ministry",
    }
    killed = claim(doc, quote, "Nine", (9, 9), victims="traders", **common)
    wounded = claim(doc, quote, "14", (14, 14), victims="others", harm="injured", **common)
    return doc, (killed, wounded)


def statement(doc: Document, words: str = "The ministry condemned the raid.") -> Statement:
    """A condemnation, where ``words`` stand in ``doc``."""
    start = doc.text.index(words)

    def span(part: str) -> Span:
        at = start + words.index(part)
        return Span(part, at, at + len(part))

    who, cue = span("The ministry"), span("condemned")
    at = (who.text, who.start, who.end)
    speaker = Attribution(*at, "Ministry", None, "Ministry", "government", cue.text, "indirect")
    spans = ((who.start, who.end), (cue.start, cue.end))
    return Statement(
        id=statement_id(doc.source.id, "condemnation", spans, 0),
        document=doc.source,
        kind="condemnation",
        quote=Span(words, start, start + len(words)),
        attribution=(speaker,),
        cue=cue,
        said=None,
        event=None,
        date=None,
        place=None,
        target=span("the raid"),
        reason=None,
        score=0.9,
        made_by=MadeBy("rules 0", "model 0", "0", "gazetteer 0"),
    )

"""Reports read whole, for the tests of where and when: what each number is said to be, by the words of its count."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tollbook.clean import clean_page
from tollbook.find.grammar.passages import split_passages
from tollbook.find.grammar.sentences import parse_passages
from tollbook.find.layers import Layers
from tollbook.layering import layers_of
from tollbook.pipeline import read_document
from tollbook.records import Document, Page

PUBLISHED = dt.date(2021, 6, 17)  # a Thursday


@dataclass(frozen=True)
class Told:
    """Where and when one number was told of, and its incident."""

    place: str | None
    day: str | None
    last_day: str | None
    thread: int


def document(text: str, published: dt.date | None = PUBLISHED) -> Document:
    page = Page(
        "test", text.encode(), text, "text", published=published, published_from="record" if published else None
    )
    return clean_page(page, as_is=True)


def tell(text: str, published: dt.date | None = PUBLISHED) -> dict[str, Told]:
    """By the words of the count; of several alike the first."""
    reading = read_document(document(text, published))
    found: dict[str, Told] = {}
    for claim, thread in zip(reading.claims, reading.threads, strict=True):
        start = claim.date.from_.isoformat() if claim.date and claim.date.from_ else None
        end = claim.date.to.isoformat() if claim.date and claim.date.to else None
        found.setdefault(claim.count.text, Told(claim.place.text if claim.place else None, start, end, thread))
    return found


def layers(text: str, published: dt.date | None = PUBLISHED) -> Layers:
    """Every layer of a text, parsed throughout."""
    passages = split_passages(text)
    sentences = list(parse_passages(enumerate(passages)))
    return layers_of(document(text, published), passages, sentences)

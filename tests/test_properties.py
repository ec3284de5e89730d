"""Properties 1 to 3, over the whole reader: spans hold, low is not above high, the same bytes give the same records.

The texts are drawn from a small grammar of reports, so that claims with all their parts come out, with anything between
them: other scripts, marks that combine, surrogates, furniture, broken sentences.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook import pipeline
from tollbook.cli.reading import LAYERS
from tollbook.inputs.decoding import sniff_media
from tollbook.records import Claim, Document, Page, Region, claim_json, to_json

DRAWN = {
    "count": "Two|43|at least twenty|more than 200|up to 30|dozens of|between 10 and 15|a|no|٤٣",
    "who": "people|civilians|soldiers|children|fighters of the group|dockers, including two women,|😀",
    "harm": "were killed|died|were wounded|went missing|were abducted|lost their lives|weren’t hurt",
    "by": "in an airstrike|when a car bomb exploded|by gunmen|in clashes with the army|in shelling by rebels",
    "where": "in Raqqa|near Al-Tanf|in the Zāwiya village south of Idlib|in Cali, Colombia|in Ḥalab|in حلب",
    "when": "on June 3|yesterday|over the past month|in early May 2017|overnight|on 31 February",
    "says": ", the ministry said.|, according to SOHR.|. The army denied it.|, Reuters reported, citing a medic.|.|"
    ', including 8 children.|," she added.| — medics|؟',
}
SENTENCE = st.tuples(*(st.sampled_from(words.split("|")) for words in DRAWN.values())).map(" ".join)
BETWEEN = st.sampled_from([" ", "\n", "\n\n", "\r\n", "\u00a0", "\u200f", "\u00ad", "\nShare this\n", "\n* * *\n", "“"])
ANYTHING = st.text(max_size=25)
TEXT = st.lists(st.one_of(SENTENCE, SENTENCE, SENTENCE, BETWEEN, BETWEEN, ANYTHING), min_size=1, max_size=9).map(
    "".join
)
DAYS = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


@st.composite
def pages(draw: st.DrawFn, key: str = "page") -> Page:
    """A page of a drawn text, as text or as HTML, with or without what is known of it."""
    text = draw(TEXT)
    if draw(st.booleans()):
        text = "<html><body><h1>A report</h1><p>" + text.replace("\n\n", "</p><p>") + "</p></body></html>"
    day = draw(DAYS)
    return Page(
        key=key,
        raw=text.encode("utf-8", "surrogatepass"),
        content=text,
        media=sniff_media(text),
        title=draw(st.none() | SENTENCE),
        outlet=draw(st.sampled_from([None, "Northern Post"])),
        published=day,
        published_from="option" if day else None,
    )


def read(some: list[Page], as_is: bool = False) -> list[tuple[Document, tuple[Claim, ...]]]:
    """What is read; nothing may fail."""
    failed: list[Exception] = []
    done = list(pipeline.read_documents(some, as_is=as_is, on_error=failed.append))
    assert failed == []
    return done


def parts(record: Any) -> Iterator[Any]:
    """A record and every record in it."""
    if isinstance(record, (tuple, list)):
        for item in record:
            yield from parts(item)
    elif is_dataclass(record):
        yield record
        for field in fields(record):
            yield from parts(getattr(record, field.name))


def spans_in(row: Any) -> Iterator[tuple[str, int, int]]:
    """Every ``{"text", "start", "end"}`` of some JSON."""
    if isinstance(row, list):
        for item in row:
            yield from spans_in(item)
    elif isinstance(row, dict):
        if {"text", "start", "end"} <= row.keys():
            yield row["text"], row["start"], row["end"]
        for value in row.values():
            yield from spans_in(value)


seen: dict[str, int] = {}


@settings(max_examples=2 * settings.default.max_examples)
@given(pages(), st.booleans())
def test_spans_hold_and_low_is_not_above_high(page: Page, as_is: bool) -> None:
    """``document.text[start:end] == text`` for every span of claims, reasons, documents and layers."""
    ((document, claims, reasons),) = pipeline.read_explained([page], as_is=as_is, on_error=print)
    text = document.text
    text.encode()
    for part in parts([claims, [list(why) for why in reasons.values()]]):
        kind = type(part).__name__
        seen[kind] = seen.get(kind, 0) + 1
        if hasattr(part, "start"):
            assert 0 <= part.start < part.end <= len(text), part
            assert text[part.start : part.end] == part.text, part
        if hasattr(part, "low"):
            assert part.low is None or part.high is None or 0 <= part.low <= part.high, part
            assert part.low is not None or part.high is not None, part
        if hasattr(part, "from_"):
            assert part.from_ is None or part.to is None or part.from_ <= part.to, part
    for left_out in document.furniture:
        assert document.raw[left_out.start : left_out.end] == left_out.text
    for piece in document.pieces:
        if piece.raw_start is not None:
            came = document.raw[piece.raw_start : piece.raw_start + piece.length]
            assert text[piece.start : piece.start + piece.length] == came
    assert all(
        isinstance(region, Region) and 0 <= region.start < region.end <= len(text) for region in document.regions
    )
    ids = [claim.id for claim in claims]
    assert len(set(ids)) == len(ids)
    assert all(claim.relation is None or claim.relation.claim in ids for claim in claims)
    for layer in LAYERS:
        for row in pipeline.spans(document, layer):
            for words, start, end in spans_in(row):
                assert text[start:end] == words, (layer, row)


def test_the_texts_were_worth_reading() -> None:
    """The test above has seen claims with all their parts."""
    wanted = {"Claim", "Count", "Victims", "Event", "When", "Place", "Blamed", "Attribution", "Relation", "Reason"}
    if seen:  # in the same process
        assert {kind for kind in wanted if seen.get(kind, 0) > 10} == wanted, seen


@settings(max_examples=settings.default.max_examples // 2)
@given(st.lists(pages(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_the_same_bytes_give_the_same_records(drawn: list[Page], random: Any) -> None:
    """In any order, alone or among others, twice: the same documents, claims and tallies to the byte."""
    some = [replace(page, key=str(number)) for number, page in enumerate(drawn)]
    alone = {page.key: read([page])[0] for page in some}
    shuffled = some * 2
    random.shuffle(shuffled)
    for document, claims in read(shuffled):
        assert (document, claims) == alone[document.source.key]
        assert [claim_json(claim) for claim in claims] == [claim_json(claim) for claim in alone[document.source.key][1]]
    tallies = pipeline.tally_documents(shuffled, as_is=False, on_error=print)
    by_key: dict[str, Any] = {}
    for page, rows in zip(shuffled, tallies, strict=True):
        assert by_key.setdefault(page.key, rows) == to_json(rows)

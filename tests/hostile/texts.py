"""Texts to mutate, how they are mutated, and what has to hold of whatever comes of it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.golden import FOLDERS, load
from tests.hostile.worst import UNITS, Times, whole
from tollbook import pipeline
from tollbook.clean import clean_page
from tollbook.errors import InputError
from tollbook.inputs.decoding import decode_text, not_text, sniff_media
from tollbook.records import Document, Page

ROOT = Path(__file__).parents[2]
# What encodings, terminals, browsers, parsers and databases stumble over.
EVIL = (
    "\u202e",
    "\u2066",
    "\u200f",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\u0301" * 5,
    "İ",
    "ſ",
    "ﬁ",
    "ß",
    "\U0001f468\u200d\U0001f469",
    "\x00",
    "\x07",
    "\x1b[31m",
    "\x85",
    "\u2028",
    "\ud800",
    "\udfff",
    "\U0010ffff",
    "\ufffd",
    "٤٣",
    "१२",
    "²",
    "½",
    "Ⅻ",
    "①",
    "Rаqqa",
    "Ｒａｑｑａ",
    "９９",
    "999999999999999999999",
    "0",
    "00",
    "-1",
    "1,2,3",
    "1.5",
    "1e9",
    "31 February",
    "May 0",
    "February 29, 2023",
    "99 May 9999",
    "in 0000",
    "on 1/1/1",
    "one hundred million billion",
    "half a half",
    "and and",
    "<b>",
    "</p>",
    "<!--",
    "]]>",
    "&#0;",
    "&#xd800;",
    "<script>",
    "<style>",
    "{",
    "}",
    '{"text":',
    "\\",
    "%s",
    "{0}",
    "$(x)",
    "=1+1",
    "'; --",
    "” said “",
    "((",
    "))",
    "“",
    "”",
    "\r",
    "\t",
    "\n\n",
    " ",
    ".",
    "...",
    "St.",
    "U.S.",
    "—",
    "––",
)


LAYERS = ("counts", "dates", "places", "actors", "attributions")


@cache
def corpus() -> tuple[bytes, ...]:
    """The examples and the golden reports, as bytes."""
    files = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".txt", ".html", ".jsonl"))
    reports = [report for part in FOLDERS for report in load(part)]
    golden = [(report.get("text") or report["html"]).encode() for report in reports]
    return (*(path.read_bytes() for path in files), *golden)


def mutated(chance: random.Random) -> bytes:
    """A text of the corpus, or two, with some parts taken out, doubled, moved, swapped or replaced by evil ones."""
    text = chance.choice(corpus()).decode("utf-8", "replace")
    for _ in range(chance.choice((1, 2, 4, 8, 20))):
        text = chance.choice(_CHANGES)(text, chance)[:20_000]
    raw = text.encode("utf-8", "surrogatepass")
    for _ in range(chance.choice((0, 0, 0, 1, 5))):
        at = chance.randrange(len(raw) + 1)
        raw = raw[:at] + chance.randbytes(chance.choice((1, 1, 2, 4))) + raw[at + chance.choice((0, 1)) :]
    if chance.random() < 0.03:
        raw = text.encode(chance.choice(("utf-16", "utf-32", "cp1252", "utf-7", "koi8-r")), "ignore")
    return raw


def _cut(text: str, chance: random.Random) -> tuple[int, int]:
    """A stretch: some characters, a word or more, a sentence or so."""
    start = chance.randrange(len(text) + 1)
    end = min(len(text), start + chance.choice((1, 3, 8, 30, 120, 600)))
    if chance.random() < 0.5:
        start, end = text.rfind(" ", 0, start) + 1, (text.find(" ", end) + 1) or len(text)
    return start, max(start, end)


def _removed(text: str, chance: random.Random) -> str:
    a, b = _cut(text, chance)
    return text[:a] + text[b:]


def _repeated(text: str, chance: random.Random) -> str:
    a, b = _cut(text, chance)
    return text[:b] + text[a:b] * chance.choice((1, 2, 9, 30)) + text[b:]


def _moved(text: str, chance: random.Random) -> str:
    a, b = _cut(text, chance)
    rest = text[:a] + text[b:]
    at = chance.randrange(len(rest) + 1)
    return rest[:at] + text[a:b] + rest[at:]


def _spliced(text: str, chance: random.Random) -> str:
    other = chance.choice(corpus()).decode("utf-8", "replace")
    a, b = _cut(other, chance)
    at = chance.randrange(len(text) + 1)
    return text[:at] + other[a:b] + text[at:]


def _evil(text: str, chance: random.Random) -> str:
    a, b = _cut(text, chance)
    put = chance.choice(EVIL) if chance.random() < 0.7 else chance.choice(_UNITS) * chance.choice((1, 1, 3, 40))
    return text[:a] + put + text[b if chance.random() < 0.5 else a :]


def _cased(text: str, chance: random.Random) -> str:
    a, b = _cut(text, chance)
    return text[:a] + chance.choice((str.upper, str.lower, str.title, str.swapcase))(text[a:b]) + text[b:]


def _spaced(text: str, chance: random.Random) -> str:
    a, b = _cut(text, chance)
    return text[:a] + text[a:b].replace(" ", chance.choice(("\n", "", "\u00a0", "  ", "\n\n", "-", ", "))) + text[b:]


_UNITS = tuple(UNITS.values())
_CHANGES = (_removed, _repeated, _moved, _spliced, _evil, _evil, _cased, _spaced)


def hold(raw: bytes, *, shown: bool = True) -> int:
    """Asserts what is promised for any bytes; returns the number of claims.

    The reader reads them or refuses them without a fault; every span holds; low is not above high; ids are unique;
    with ``shown``, the layers' too, and page, table and tally are made.
    """
    if shown:
        whole(raw, Times())
    content = None if not_text(raw) else decode_text(raw)
    if content is None:
        return 0
    try:
        document = clean_page(Page("page", raw, content, sniff_media(content)))
        reading, statements = pipeline.read_whole(document)
        check_spans(document, [reading.claims, list(reading.reasons.values()), statements])
        for layer in LAYERS if shown else ():
            for row in pipeline.spans(document, layer):
                _check_rows(document.text, row)
    except InputError as error:
        if error.__cause__ is not None:
            raise
        return 0
    ids = [claim.id for claim in reading.claims]
    assert len(set(ids)) == len(ids)
    assert all(claim.relation is None or claim.relation.claim in ids for claim in reading.claims)
    assert len({statement.id for statement in statements}) == len(statements)
    assert len(reading.threads) == len(ids)
    return len(ids)


def check_spans(document: Document, records: Any) -> None:
    """Every span of some records is in the document, word for word."""
    document.text.encode()
    for part in _parts(records):
        if hasattr(part, "start"):
            assert document.text[part.start : part.end] == part.text, part
            assert 0 <= part.start < part.end, part
        if hasattr(part, "low"):
            assert part.low is None or part.high is None or 0 <= part.low <= part.high, part
        if hasattr(part, "from_"):
            assert part.from_ is None or part.to is None or part.from_ <= part.to, part


def _parts(record: Any) -> Iterator[Any]:
    if isinstance(record, (tuple, list)):
        for item in record:
            yield from _parts(item)
    elif is_dataclass(record):
        yield record
        for field in fields(record):
            yield from _parts(getattr(record, field.name))


def _check_rows(text: str, row: Any) -> None:
    if isinstance(row, list):
        for item in row:
            _check_rows(text, item)
    elif isinstance(row, dict):
        if {"text", "start", "end"} <= row.keys():
            assert text[row["start"] : row["end"]] == row["text"], row
        for value in row.values():
            _check_rows(text, value)

"""Documents made of the worst repetitions that we can think of, for every stage of the reader, in any size.

``SHAPES`` holds a function from a size in bytes to a page of about that size, by name. ``Everything`` that the commands
do with a page is done by :func:`whole`, stage by stage, each with its time.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tollbook import pipeline
from tollbook.clean import clean_page
from tollbook.errors import InputError
from tollbook.find.gate import count_harms
from tollbook.find.stretches import MOST_HARMS, MOST_PARSED
from tollbook.inputs.decoding import decode_text, not_text, sniff_media
from tollbook.records import Page, claim_json, statement_json, to_json

Shape = Callable[[int], bytes]
SHAPES: dict[str, Shape] = {}

# One unit of each, repeated to the size asked for. What is behind a unit: the stage that it is meant for.
UNITS = {
    # numbers
    "digits": "1234567890",
    "short numbers": "12 ",
    "numbers with commas": "123,",
    "grouped number": ",123",
    "number words": "twenty-one hundred and ",
    "ranges": "10 to 15 and between ",
    "half a dozen": "half a ",
    "ages": "aged 3, 4 and 5, ",
    "at least": "at least ",
    "dozens": "dozens of ",
    "sponsors in capitals": "US-LED ",
    "mines": "mines ",
    # quotation
    "quotes": '"',
    "open quotes": "“",
    "close quotes": "”",
    "apostrophes": "'",
    "quoted words": '"killed" ',
    "nested quotes": "“he said ‘two died’ ",
    "said": "said ",
    "said that he": "he said that ",
    "according to": "according to ",
    "told": "the ministry told Reuters, ",
    "attributed": "Ten people were killed, the ministry said, citing the army. ",
    "as saying": "quoted him as saying ",
    # harm
    "killed": "killed ",
    "killed and": "killed and ",
    "were killed": "were killed ",
    "two killed": "two killed ",
    "two were killed, ": "two were killed, ",
    "killed two": "killed two soldiers and three civilians and ",
    "including": "including two children, ",
    "of them": "two of them, three of whom, ",
    "dead": "5 dead. ",
    "wounded list": "A man was wounded. ",
    "one claim a line": "Ten people were killed in Idlib on Monday.\n",
    "one claim a paragraph": "Ten people were killed in an airstrike in Idlib on Monday, the ministry said.\n\n",
    "updates": "The toll rose to 12 dead. ",
    "censored": "k1lled ",
    "capitals": "KILLED ",
    "taken": "taken ",
    "displaced": "2,000 displaced from their homes ",
    "none": "no casualties, ",
    "bodies": "bodies were found ",
    "names": "Adam Berg, 34, Eva Dahl, 5, ",
    "a named victim": "Adam Berg, 34, was killed. ",
    # dates
    "months": "May ",
    "date words": "Monday ",
    "on the": "on the ",
    "day numbers": "1 May 2 ",
    "slashes": "1/",
    "iso": "2019-03-",
    "over the past": "over the past month ",
    "between dates": "between May 1 and ",
    "from to": "from March to ",
    "days ago": "two days ago, ",
    "early": "early mid late ",
    "century": "2017 ",
    # places
    "places": "Raqqa ",
    "places and commas": "Raqqa, Syria, ",
    "near": "near the town of ",
    "south of": "south of ",
    "in the": "in the village of Idlib in ",
    "capital letters": "A ",
    "capitalised": "Ab ",
    "long name": "Ab-",
    "al-": "al-",
    "of the": "of the ",
    "and places": "Idlib and ",
    "streets": "Main Street Square Market ",
    "province": "province of the district of ",
    "kilometres": "5 km north of ",
    "sites": "at a hospital in the market of the school in ",
    # actors, blame
    "actors": "Syria Russia Israel ",
    "army": "the Israeli army ",
    "by": "by ",
    "blame": "blamed the army for ",
    "actor claims": "Israel killed two. Russia killed three. ",
    "led coalition": "US-led ",
    "airstrike": "airstrike ",
    "airstrikes by": "an airstrike by the Russian army killed ",
    "denied": "denied that ",
    "denies": "The army denied it. ",
    "did not": "did not ",
    "may have": "may have ",
    "not": "not ",
    "if": "if ",
    "another": "another attack, a separate raid, ",
    "spokesman": "spokesman for the ministry of ",
    "titles": "President General Dr. Mr. ",
    "the diplomat": "The diplomat said he was there. ",
    "people": "John Smith said. He said. ",
    # shape
    "newlines": "\n",
    "blank lines": "\n \n\t\n",
    "carriage returns": "\r\n",
    "spaces": " ",
    "tabs": "\t",
    "no-break spaces": "\u00a0",
    "line separators": "\u2028",
    "commas": ",",
    "comma spaces": ", ",
    "and": "and ",
    "and and": "two and three and ",
    "opening parentheses": "(",
    "parentheses": "() ",
    "nested": "(two ",
    "brackets": "[",
    "dots": ".",
    "dot spaces": ". ",
    "short sentences": "Ab. ",
    "ellipses": "…",
    "hyphens": "-",
    "dashes": " — ",
    "colons": ": ",
    "semicolons": "; ",
    "slashes only": "/",
    "at signs": "a@",
    "hashes": "#a ",
    "stars": "*",
    "underscores": "_",
    "long word": "a",
    "long capital word": "A",
    "long word of harm": "killed",
    "initials": "A. ",
    "abbreviations": "U.S. ",
    "urls": "http://a.b/",
    "zero width": "\u200b",
    "bidi": "\u202e",
    "combining": "e\u0301",
    "stacked marks": "\u0301",
    "emoji": "😀",
    "family emoji": "👨‍👩‍👧‍👦 ",
    "arabic digits": "٤٣ ",
    "arabic": "قتل ",
    "chinese": "死",
    "dotted capital i": "İ",
    "soft hyphens": "\u00ad",
    "replacement": "\ufffd",
    "controls": "\x01\x02",
    "wrapped": "two people were killed in the town of Idlib on Monday, the army said in\n",
    # furniture
    "share": "Share this\n",
    "read more": "Read more: Ten killed in Idlib\n",
    "comments": "Leave a Reply\n",
    "cookies": "We use cookies. Accept cookies",
    "glued": "Accept cookiesTen people died.",
    "related": "Related articles\nTwo killed\n",
    "captions": "Photo: AFP\n",
    "bylines": "By John Smith\n",
    "datelines": "IDLIB, Syria (AP) — Two died.\n\n",
    "breadcrumbs": "Home > News > ",
    "links": "* Ten killed\n",
    # HTML
    "<div>": "<div>",
    "<p>": "<p>Two people were killed.",
    "<b>": "<b>a",
    "<a href>": '<a href="x">Two killed</a> ',
    "<br>": "<br>",
    "<": "<",
    "&": "&amp;",
    "entities": "&#x1F600;",
    "comments of html": "<!-- ",
    "<table>": "<table><tr><td>",
    "<li>": "<ul><li>two killed",
    "<script>": "<script>",
    "attributes": "<p a='1' b='2' c>",
    "styles": '<p style="display:none; color: red">a</p>',
    "figcaptions": "<figure><figcaption>Two killed</figcaption></figure>",
    "headings": "<h1>Ten killed in Idlib</h1>",
    "metas": '<meta property="og:title" content="Two killed">',
    "json-ld": '<script type="application/ld+json">{"@type":"NewsArticle","headline":"a"}</script>',
    "cdata": "<![CDATA[",
    "doctypes": "<!DOCTYPE html [<!ENTITY a 'b'>",
}
_HTML_FROM = list(UNITS).index("<div>")
# What opens the gates: without it much is never read.
_LEAD = "Ten people were killed in an airstrike in Idlib, Syria, on Monday, the ministry said. "


def _repeated(unit: str, size: int) -> str:
    return unit * (size // len(unit.encode()) + 1)


def _bare(unit: str) -> Shape:
    return lambda size: _repeated(unit, size).encode()


def _led(unit: str) -> Shape:
    """After a real report, in its sentence, and with another report at the end."""
    return lambda size: (_LEAD + "Two people were killed " + _repeated(unit, size) + ". " + _LEAD).encode()


def _html(unit: str) -> Shape:
    return lambda size: ("<html><body><p>" + _LEAD + "</p>" + _repeated(unit, size)).encode()


for _number, (_name, _unit) in enumerate(UNITS.items()):
    if _number < _HTML_FROM:
        SHAPES[_name] = _bare(_unit)
        SHAPES[f"{_name}, in a report"] = _led(_unit)
    else:
        SHAPES[_name] = _html(_unit)


def _numbered(template: str) -> Shape:
    """The template with numbers in it, so that no two are alike and nothing is furniture for being repeated."""

    def make(size: int) -> bytes:
        made, length = [], 0
        for n in itertools.count(2):
            made.append(template.format(n=n, m=n % 900 + 2, name=_NAMES[n % len(_NAMES)], x=_letters(n)))
            length += len(made[-1])
            if length > size:
                return "".join(made).encode()
        raise AssertionError

    return make


_NAMES = ("Idlib", "Aleppo", "Raqqa", "Mosul", "Homs", "Hama", "Kobani", "Afrin", "Gaza", "Kabul", "Aden", "Sanaa")


def _letters(n: int) -> str:
    word = ""
    while n:
        n, rest = divmod(n, 26)
        word += chr(97 + rest)
    return word.capitalize()


SHAPES["claims, all different"] = _numbered("{n} people were killed in {name}.\n")
SHAPES["claims, different and dated"] = _numbered("On May {m}, {n} people were killed in {name}, {x} said.\n\n")
SHAPES["claims, one paragraph"] = _numbered("{n} people were killed in {name}. ")
SHAPES["claims, one sentence"] = _numbered("{n} people were killed in {name}, ")
SHAPES["claims, of named people"] = _numbered("{x} Berg, {m}, was killed. ")
SHAPES["claims, with parts"] = _numbered("{n} people were killed, including {m} children, in {name}. ")
SHAPES["claims, two killers"] = _numbered("Israel killed {n} soldiers; Hamas wounded {m} civilians in {name}. ")
SHAPES["claims, all speakers different"] = _numbered("{x} Berg, a spokesman, said {n} people were killed. ")
SHAPES["claims, all updates"] = _numbered("The death toll rose to {n}. ")
SHAPES["statements, all different"] = _numbered("{x} Berg denied the airstrike on {name}. The army condemned it. ")
SHAPES["speakers, all different"] = _numbered("{x} Berg said so. The spokesman denied it. ")
SHAPES["names, all different"] = _numbered("{x} Berg ")
SHAPES["places, all different"] = _numbered("in {x} near {name}, ")
SHAPES["villages, said again"] = _numbered("in the village of {x}, to {x}, ")
SHAPES["villages of one report"] = _numbered("{n} people were killed in the village of {x}, on the road to {x}. ")
SHAPES["groups, all different"] = _numbered("The {x} Brigade claimed responsibility. ")
SHAPES["groups with short names"] = _numbered("The Army of the {x} ({x}A) attacked the {x}A. ")
SHAPES["labels, all different"] = _numbered("{x} Berg: two dead in {name}.\n")
SHAPES["datelines, all different"] = _numbered("{x}, May {m} — Two died.\n\n")
SHAPES["quotations, all different"] = _numbered("“{n} of us in {name},” said {x} Berg. ")
SHAPES["days, all different"] = _numbered("on May {m} {n}, ")
SHAPES["lines, all different"] = _numbered("{x} and {n}\n")
SHAPES["headlines"] = _numbered("{n} killed in {name}\n")


def _filled(template: str) -> Shape:
    """As much of the template as is not refused, with nothing but weather behind it: the most work there can be."""

    def make(size: int) -> bytes:
        words, length, made = 0, 0, []
        weather = _numbered("Snow lay on the hills for {n} days, and few in the valley could remember so much of it. ")
        for n in itertools.count(2):
            row = template.format(n=n, m=n % 28 + 2, name=_NAMES[n % len(_NAMES)], x=_letters(n))
            words, length = words + count_harms(row), length + len(row)
            if words > MOST_HARMS or length > min(MOST_PARSED, size):
                break
            made.append(row)
        rest = size - len("".join(made))
        return "".join(made).encode() + (weather(rest) if rest > 0 else b"")

    return make


# What is dear in one sentence, and what is dear in many: each just below what is refused.
_DEAR = {
    "claims": "On May {m}, {n} people were killed in an airstrike on {name}, {x} Berg, a spokesman of the army, said. ",
    "lists": "{n} people were killed in {name}.\n",
    "parts": "{n} people were killed, including {m} children, in the village of {x}, {name}, the ministry said. ",
    "victims": "{x} Berg, {m}, was killed in {name} by the Israeli army. ",
    "quotations": "“{n} of us were killed in {name},” said {x} Berg, “and nobody helped.” He said no more. ",
    "clashes": "{n} soldiers were killed in a clash with the {x} Brigade in {name}, the Army of {x} ({x}A) said. ",
}
_LONG = {
    "numbers": "{n} soldiers and ", "number words": "two and three and ", "commas": "two, ", "ranges": "10 to 15 or ",
    "ages": "aged 3, ", "names": "{x} Berg, {m}, ", "places": "in the village of {x}, ", "towns": "{name} and ",
    "days": "on May {m}, ", "months": "from March to ", "actors": "the Israeli army, Hamas, ", "events": "a raid, ",
    "speakers": "the ministry said, ", "sources": "according to the {x} Brigade, ", "he": "he said that ",
    "including": "including two children, ", "of them": "two of them, ", "brackets": "(two ", "dashes": "two — ",
    "denials": "denied that ", "doubt": "may have, if not ", "by": "by the {x} Brigade, ", "who": "who told him that ",
}  # fmt: skip
for _name, _unit in _DEAR.items():
    SHAPES[f"as many {_name} as are read"] = _filled(_unit)
for _name, _unit in _LONG.items():
    SHAPES[f"{_name}, long sentences"] = _filled(
        "Ten people were killed in {name}, " + 2_000 // len(_unit) * _unit + "too. "
    )

SHAPES["paragraphs of html"] = _numbered("<p>{n} people were killed in {name} on Monday.</p>")
SHAPES["deep html"] = lambda size: (_repeated("<div>", size // 2) + _LEAD + _repeated("</div>", size // 2)).encode()
SHAPES["deep inline html"] = lambda size: ("<p>" + _repeated("<i>two killed ", size)).encode()
SHAPES["a script of html"] = lambda size: ("<p>" + _LEAD + "<script>" + _repeated("a<b ", size)).encode()
SHAPES["an attribute"] = lambda size: ("<p title='" + _repeated("two killed ", size) + "'>" + _LEAD).encode()
SHAPES["an open tag"] = lambda size: ("<p>" + _LEAD + "<" + _repeated("a ", size)).encode()
SHAPES["json-ld, deep"] = lambda size: (
    "<script type='application/ld+json'>" + _repeated("[", size) + "</script><p>" + _LEAD
).encode()
SHAPES["json-ld, a long day"] = lambda size: (
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"'
    + _repeated("1", size) + '","headline":"' + _repeated("a ", 99) + '"}</script><p>' + _LEAD
).encode()  # fmt: skip
SHAPES["a long title"] = lambda size: ("<title>" + _repeated("Ten killed - ", size) + "</title><p>" + _LEAD).encode()
SHAPES["a long heading"] = lambda size: ("<h1>" + _repeated("Ten killed in Idlib ", size) + "</h1><p>" + _LEAD).encode()
SHAPES["bytes"] = lambda size: random.Random(8).randbytes(size)
SHAPES["words by chance"] = lambda size: _by_chance(size, [unit for unit in UNITS.values() if len(unit) > 2])
SHAPES["html by chance"] = lambda size: b"<html>" + _by_chance(size, list(UNITS.values()))
SHAPES["UTF-16"] = lambda size: _repeated("Two killed. ", size // 2).encode("utf-16")
SHAPES["Latin-1"] = lambda size: _repeated("Two killed in Köln. ", size).encode("latin-1")
SHAPES["continuation bytes"] = lambda size: b"Two killed " + b"\x80" * size


def _by_chance(size: int, units: list[str]) -> bytes:
    chance, made, length = random.Random(8), [], 0
    while length < size:
        made.append(chance.choice(units) * chance.choice((1, 1, 1, 2, 9)))
        length += len(made[-1].encode())
    return "".join(made).encode()


class Times:
    """How long each stage took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun


def whole(raw: bytes, times: Times, *, shown: bool = True) -> str:
    """Everything that ``read``, ``tally`` and ``clean`` do with the bytes of one file. Returns what came of it.

    Raises whatever is raised that is no refusal, a fault that the reader has turned into an ``InputError`` included.
    """
    try:
        with times.stage("decode"):
            kind = not_text(raw)
            content = None if kind else decode_text(raw)
        if content is None:
            return f"refused: {kind or 'not text'}"
        page = Page("page", raw, content, sniff_media(content))
        with times.stage("clean"):
            document = clean_page(page)
        with times.stage("read"):
            reading, statements = pipeline.read_whole(document)
        with times.stage("tally"):
            rows = [to_json(row) for row in pipeline.tally(document, reading.claims, reading.threads)]
        with times.stage("json"):
            for claim in reading.claims:
                json.dumps(claim_json(claim), ensure_ascii=False)
            for statement in statements:
                json.dumps(statement_json(statement), ensure_ascii=False)
        if shown:
            _show(document, reading, statements, times)
    except InputError as error:
        if error.__cause__ is not None:
            raise error.__cause__ from error
        return f"refused: {error.reason}"
    return f"read: {len(document.text)} characters, {len(reading.claims)} claims, {len(rows)} incidents"


def _show(document: object, reading: object, statements: object, times: Times) -> None:
    from rich.console import Console

    from tollbook.show.page import Article, page
    from tollbook.show.statements import print_statements
    from tollbook.show.table import print_claims

    with times.stage("html"):
        page([Article(document, reading.claims, reading.reasons)]).encode()  # type: ignore[attr-defined,arg-type]
    with times.stage("table"):
        console = Console(file=io.StringIO(), width=100)
        print_claims(console, document, reading.claims, None)  # type: ignore[attr-defined,arg-type]
        print_statements(console, statements)  # type: ignore[arg-type]

"""clean_page: what stays, what goes, and that nothing is lost without a record."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clean.pages import ARTICLE, check, html_page, page, regions
from tests.clock import seconds
from tollbook.clean import clean_page
from tollbook.clean.document import clean_page_if
from tollbook.errors import InputError
from tollbook.inputs import Given, read_pages

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"


def test_an_article_without_furniture_stays_as_it_is() -> None:
    """One piece, the same text, the first line its title."""
    document = clean_page(page(*ARTICLE))
    check(document)
    assert document.text == document.raw
    assert len(document.pieces) == 1
    assert document.furniture == ()
    assert document.source.title == ARTICLE[0]
    assert regions(document) == [("title", ARTICLE[0]), ("dateline", "HAVEN BAY, Freedonia (NWA) —")]


def test_a_title_that_the_text_lacks_stands_first() -> None:
    """The given title is added with no place in the raw text, and is the title's region."""
    document = clean_page(page(*ARTICLE[1:], title="Shell  hits\nharbour", title_from="option"))
    check(document)
    assert document.text == "Shell hits harbour\n\n" + "\n\n".join(ARTICLE[1:])
    assert document.pieces[0].raw_start is None
    assert regions(document)[0] == ("title", "Shell hits harbour")


@pytest.mark.parametrize("title", [ARTICLE[0], ARTICLE[0].upper(), "Two dockers killed as shell hits harbour"])
def test_a_title_that_the_text_begins_with_is_not_added(title: str) -> None:
    """Neither in other letters nor where the first line says more."""
    document = clean_page(page(*ARTICLE, title=title))
    assert document.text == document.raw


def test_as_is_takes_every_character() -> None:
    """Nothing is added or left out; only a lone surrogate is replaced, one for one."""
    text = "Accept cookies\r\n\r\n  Two died.\0\u00ad\u200f\ud800\u00a0e\u0301\n\n\nShare this\n"
    document = clean_page(page(text, title="Another title"), as_is=True)
    assert document.text == text.replace("\ud800", "\ufffd")
    assert document.furniture == ()
    check(document)


def test_characters_inside_lines_stay() -> None:
    """Decomposed accents and joiners, by which words and signs are seen, are the article's."""
    line = "The cafe\u0301 of the Mi\u200cKhan family was hit, two people died there on the same day."
    document = clean_page(page(ARTICLE[0], line, "Share this"))
    assert line in document.text
    check(document)


@pytest.mark.parametrize("sign", ["\u00ad", "\u200b", "\u200f", "\u202b", "\u2060", "\u2068", "\ufeff"])
def test_what_nobody_sees_is_left_out(sign: str) -> None:
    """Inside words, beside them and in titles; as it is, the text keeps it."""
    line = f"At least 12 people were kil{sign}led in {sign}Kipao{sign} on Monday,{sign} the mayor said."
    seen = line.replace(sign, "")
    document = clean_page(page(ARTICLE[0], line))
    assert document.text == f"{ARTICLE[0]}\n\n{seen}"
    check(document)
    assert line in clean_page(page(ARTICLE[0], line), as_is=True).text
    marked = html_page(f"<title>{line}</title><p>" + "</p><p>".join([*ARTICLE, line]) + "</p>")
    found = clean_page(marked)
    assert seen in found.text and found.source.title == seen
    for made in (page(ARTICLE[0], line), marked):
        assert clean_page_if(made, lambda said: seen in said, lambda said: seen in said) is not None


def test_spaces_of_other_widths_are_plain_ones() -> None:
    """One for one, so that every rule finds the words beside them; as it is, the text keeps its own."""
    line = "At\u00a0least 12\u202fpeople were killed in New\u2009York on 3\u00a0June\u00a02025, the\u2003mayor said."
    document = clean_page(page(ARTICLE[0], line))
    assert (
        document.text == f"{ARTICLE[0]}\n\nAt least 12 people were killed in New York on 3 June 2025, the mayor said."
    )
    check(document)
    assert line in clean_page(page(ARTICLE[0], line), as_is=True).text
    marked = html_page("<p>" + "</p><p>".join([*ARTICLE, "On 3&nbsp;June&#8239;2025 it was&nbsp; calm."]) + "</p>")
    assert "On 3 June 2025 it was calm." in clean_page(marked).text


def test_line_breaks_of_other_systems() -> None:
    """CRLF, CR and Unicode's separators become line feeds in the text, the raw text keeps its own."""
    raw = ARTICLE[0] + "\r\n\r\n" + ARTICLE[1] + "\r\r" + ARTICLE[2] + "\u2028\u2028" + ARTICLE[3]
    document = clean_page(page(raw))
    check(document)
    assert document.text == "\n\n".join(ARTICLE)
    assert document.raw == raw


def test_a_button_glued_to_the_article_is_cut_off() -> None:
    """The words beside it stay."""
    document = clean_page(page("Accept cookies" + ARTICLE[1], ARTICLE[2], ARTICLE[3] + "Read more"))
    check(document)
    assert document.text == "\n\n".join(ARTICLE[1:])
    assert [f.reason for f in document.furniture] == ["cookies", "related"]


def test_a_furniture_sentence_in_the_line_of_an_article_is_cut_off() -> None:
    """At the head and at the tail of a long line."""
    long = ARTICLE[1] + " " + ARTICLE[2] + " " + ARTICLE[3]
    document = clean_page(page("This website uses cookies. " + long + " Copyright 2019 Northern Post."))
    check(document)
    assert document.text.strip() == long
    assert {f.reason for f in document.furniture} == {"cookies", "copyright"}


def test_ids_hash_bytes_outlet_and_address() -> None:
    """Two outlets that print one text are two documents; a key changes nothing."""
    one = clean_page(page(*ARTICLE, outlet="A")).source
    assert one.id == clean_page(page(*ARTICLE, outlet="A", key="other")).source.id
    assert one.id != clean_page(page(*ARTICLE, outlet="B")).source.id
    assert one.sha256 == clean_page(page(*ARTICLE, outlet="B")).source.sha256


def test_the_day_that_was_given_comes_first() -> None:
    """And says where it came from; the text's own day comes where nothing is given."""
    dated = ("Published 8 June 2017", *ARTICLE)
    assert clean_page(page(*dated)).source.published == dt.date(2017, 6, 8)
    assert clean_page(page(*dated)).source.published_from == "line"
    told = clean_page(page(*dated, published=dt.date(2018, 1, 2), published_from="option")).source
    assert (told.published, told.published_from) == (dt.date(2018, 1, 2), "option")
    assert clean_page(page(*ARTICLE)).source.published is None
    assert clean_page(page(*ARTICLE)).source.published_from is None


def fail(error: InputError) -> None:
    """For tests in which nothing may be refused."""
    raise error


WORDS = [
    "Accept cookies",
    "Leave a Reply",
    "Read more",
    "Related news",
    "Ten died.",
    "NEWS",
    "Tags",
    "(AFP)",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u2028",
    "HAVEN BAY (NWA) — ",
    "Share this",
    "By Ada Stone",
    "8 June 2017",
    " ",
    "  ",
    "مقتل عشرة",
    "İ",
    "ß",
    "\ud800",
    "\0",
    "\u200b",
    "›",
    "| ",
    "> ",
    ": ",
    "- ",
    "©",
    "A long sentence that has many words in it.",
]


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=40).map("".join)),
    st.one_of(st.none(), st.text(max_size=40)),
    st.booleans(),
)
def test_nothing_is_lost_on_any_text(text: str, title: str | None, as_is: bool) -> None:
    """Every character that is not white space is in the text or in the furniture, and all offsets hold."""
    check(clean_page(page(text, title=title), as_is))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_cleaning_twice_gives_the_same(text: str) -> None:
    """The same page gives the same document."""
    assert clean_page(page(text)) == clean_page(page(text))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "Accept cookies",
        "Leave a Reply\n",
        "(",
        "Read more\n\n",
        "By A\n",
        "x. ",
        "\n",
        "A-",
        "Date: 1 May 2017\n",
        "A > B > ",
        "aB",
        "Share on X Facebook\n",
        "HAVEN BAY - ",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    """A megabyte of anything is done within seconds."""
    text = unit * (1_000_000 // len(unit))
    assert seconds(lambda _: check(clean_page(page(text)))) < 20


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the saved pages are not part of the project")
def test_real_pages_lose_their_furniture_and_nothing_else() -> None:
    """Lines that the pages' keeper calls furniture go; every other line stays."""
    entries = json.loads((SAMPLES / "expected.json").read_text("utf-8"))
    expected = {entry["document"]: entry for entry in entries if "document" in entry}
    assert expected
    for name, entry in expected.items():
        (source,) = read_pages([str(SAMPLES / name)], Given(), fail)
        document = clean_page(source)
        check(document)
        starts = tuple(entry["furniture"])
        assert not [line for line in document.text.splitlines() if line.startswith(starts)]
        assert document.source.published is None
        gone = [f.text for f in document.furniture if not f.text.startswith(starts)]
        assert all(f.reason == "comments" for f in document.furniture if f.text in gone)

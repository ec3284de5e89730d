"""Titles, bylines, datelines, captions and days of publication in plain text."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clean.pages import ARTICLE, page, regions
from tollbook.clean import clean_page
from tollbook.clean.metadata import parse_day, read_dateline


@pytest.mark.parametrize(
    "dateline",
    [
        "HAVEN BAY, Freedonia (NWA) —",
        "Haven Bay, Nov. 20, 2022 –",
        "Haven Bay, Freedonia, 3 May –",
        "HAVEN BAY --",
        "HAVEN BAY —",
        "HAVEN BAY, Nov 5 (Meridian) -",
        "HAVEN BAY, Freedonia, June 20 (NWA) -",
        "OLD MARKET/HAVEN BAY, 11 November –",
        "Haven Bay (NWA) –",
        "(July 5, 2022 / NWA)",
        "Haven Bay, NWA-",
        "SAN MARCO, 3 JAN 90 -- [REPORT]",
        "SAN MARCO (FREEDONIA), 3 JAN 90 (RADIO-NORTE) -- [COMMUNIQUE] [TEXT]",
    ],
)
def test_datelines_of_wires(dateline: str) -> None:
    """Place, day and agency in the usual orders, up to the dash."""
    text = dateline + ("" if dateline.endswith("NWA-") else " ") + "Two dockers were killed on Tuesday, the port said."
    end = read_dateline(text)
    assert end is not None
    assert text[:end] == dateline


@pytest.mark.parametrize(
    "text",
    [
        "The army — which denied it — left the town.",
        "THE ARMY -- WHICH DENIED IT -- LEFT THE TOWN.",
        "On September 1, 1939, Ruritania and Freedonia - neighbours - fought.",
        "Brandt said — and nobody denied it — that two died.",
        "Two well-known dockers died.",
        "On Monday, May 3 – the third day – two died.",
        "— Olga Brandt (@brandt) July 24, 2022",
        "",
        "-",
    ],
)
def test_dashes_in_running_text(text: str) -> None:
    """Make no dateline."""
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    "line",
    [
        "Published 8 June 2017",
        "Published: June 8, 2017, 10:41 am GMT",
        "First published on 8th June 2017",
        "Posted on 2017-06-08",
        "Thursday, 8 June 2017, 17:23",
        "8 June، 2017",
        "Northern Post | Thu 8 Jun 2017, 11:40",
        "By Ada Stone, June 8, 2017",
        "Haven Bay, 8 June 2017",
        "Updated: 8 June 2017",
    ],
)
def test_publication_lines(line: str) -> None:
    """A line that is one, above the article."""
    source = clean_page(page(ARTICLE[0], line, *ARTICLE[1:])).source
    assert (source.published, source.published_from) == (dt.date(2017, 6, 8), "line")


@pytest.mark.parametrize(
    "line",
    [
        "The harbour on 8 June 2017 (Photo: Northern Post)",
        "File photo, 8 June 2017",
        "Photo taken on 8 June 2017",
        "A video grab released on 8 June 2017 shows the crane.",
        "The truce was signed on 8 June 2017.",
        "The law was published on 8 June 2017, and nobody has obeyed it since.",
        "Published 31 June 2017",
        "Published 08/06/2017",
        "Published 8 June",
        "The crane falls. (Published Thursday, June 8, 2017)",
    ],
)
def test_other_days(line: str) -> None:
    """Of pictures, of events, ambiguous or impossible ones: the day of publication stays unknown."""
    source = clean_page(page(ARTICLE[0], line, *ARTICLE[1:])).source
    assert (source.published, source.published_from) == (None, None)


def test_published_before_updated() -> None:
    """Whatever their order."""
    for lines in (("Updated 9 June 2017", "Published 8 June 2017"), ("Published 8 June 2017", "Updated 9 June 2017")):
        assert clean_page(page(ARTICLE[0], *lines, *ARTICLE[1:])).source.published == dt.date(2017, 6, 8)


def test_a_day_further_down_heads_an_entry() -> None:
    """A diary is not published on the day of one of its entries."""
    assert clean_page(page(*ARTICLE, "8 June 2017", ARTICLE[2])).source.published is None


def test_captions_are_kept_and_marked() -> None:
    """By their words, by their credit, or because they stand twice."""
    captions = (
        "File photo: the harbour of Haven Bay.",
        "Harbour master Olga Brandt.",
        "Harbour master Olga Brandt.",
        "The crane after the shelling (Photo: Northern Post)",
        "Smoke over Old Market [Ada Stone/Reuters]",
        "A street in Old Market Credit: Alamy",
    )
    document = clean_page(page(*ARTICLE[:2], *captions, *ARTICLE[2:]))
    assert document.furniture == ()
    assert [text for kind, text in regions(document) if kind == "caption"] == list(captions)


@pytest.mark.parametrize(
    "line", ["By Ada Stone", "Reporting by Ada Stone in Haven Bay; editing by Ivo Marsh", "Written by: Ada Stone"]
)
def test_bylines(line: str) -> None:
    """Above or below the article; they are kept."""
    for lines in ((ARTICLE[0], line, *ARTICLE[1:]), (*ARTICLE, line)):
        assert ("byline", line) in regions(clean_page(page(*lines)))


@pytest.mark.parametrize(
    "line", ["By Tuesday the harbour was closed.", "By then two had died, the port said in the evening."]
)
def test_sentences_that_begin_like_a_byline(line: str) -> None:
    """Are none."""
    assert "byline" not in {kind for kind, _ in regions(clean_page(page(*ARTICLE, line)))}


@pytest.mark.parametrize(
    "first", [ARTICLE[1], "HAVEN BAY —", "8 June 2017", "By Ada Stone", "File photo: the harbour of old"]
)
def test_a_first_line_that_is_no_headline(first: str) -> None:
    """Gives no title."""
    assert clean_page(page(first, *ARTICLE[2:])).source.title is None


@given(st.text(max_size=150))
def test_any_text_has_a_day_and_a_dateline_or_none(text: str) -> None:
    """No exception, and the end lies within the text."""
    assert parse_day(text) is None or isinstance(parse_day(text), dt.date)
    end = read_dateline(text)
    assert end is None or 0 < end <= len(text)

"""HTML pages: one plain extraction, the article's lines chosen from it, the head's metadata."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clean.pages import ARTICLE, check, html_page, regions
from tollbook.clean import clean_page
from tollbook.errors import InputError

HEAD = """<head><title>Two dockers killed | Northern Post</title>
<meta property="og:site_name" content="Northern Post"><link rel="canonical" href="https://northernpost.example/1">
<meta property="article:published_time" content="2019-03-05T23:40:00+03:00"></head>"""
PAGE = f"""<!DOCTYPE html><html lang="en">{HEAD}<body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<div id="cookies">We use cookies. <button>Accept cookies</button></div>
<main><article><h1>{ARTICLE[0]}</h1><p class="byline">By Ada Stone</p>
<figure><img src="a.jpg"><figcaption>The crane, photographed on 1 March 2019.</figcaption></figure>
<p>{ARTICLE[1]}</p><p>{ARTICLE[2].replace("five", "<b>five</b>")}</p><script>var killed = 99;</script>
<p style="display: none">Ninety people were killed, says text that nobody sees, in a paragraph that is long enough.</p>
<p>{ARTICLE[3]}<br>The port is closed until further notice, the harbour master said in the evening.</p></article></main>
<aside><h3>Related news</h3><ul><li><a href="/2">Six killed in drone strike on Old Market</a></li></ul></aside>
<footer>© 2019 Northern Post</footer></body></html>"""


def test_the_article_of_a_page() -> None:
    """Its headline, byline, caption and paragraphs stay, everything around goes with a record."""
    document = clean_page(html_page(PAGE))
    check(document)
    assert document.text.startswith(ARTICLE[0] + "\n\nBy Ada Stone")
    for paragraph in ARTICLE[1:]:
        assert paragraph in document.text
    assert "\nThe port is closed" in document.text
    for gone in ("Home", "cookies", "Six killed", "© 2019"):
        assert gone not in document.text
        assert gone in document.raw
    assert "99" not in document.raw
    assert "Ninety" not in document.raw


def test_what_the_head_says() -> None:
    """Title, outlet, address, local day, and how we know."""
    source = clean_page(html_page(PAGE)).source
    assert source.title == ARTICLE[0]
    assert (source.outlet, source.outlet_from) == ("Northern Post", "meta")
    assert source.url == "https://northernpost.example/1"
    assert (source.published, source.published_from) == (dt.date(2019, 3, 5), "meta")
    assert source.language == "en"


def test_regions_of_a_page() -> None:
    """Title, byline, caption and dateline; the caption's day is not the day of publication."""
    bare = PAGE.replace(HEAD, "")
    document = clean_page(html_page(bare))
    assert regions(document) == [
        ("title", ARTICLE[0]),
        ("byline", "By Ada Stone"),
        ("caption", "The crane, photographed on 1 March 2019."),
        ("dateline", "HAVEN BAY, Freedonia (NWA) —"),
    ]
    assert document.source.published is None
    assert document.source.outlet is None


@pytest.mark.parametrize(
    ("head", "how"),
    [
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle",'
            ' "datePublished": "2019-03-05T01:00Z"}]}</script>',
            "jsonld",
        ),
        ('<meta name="pubdate" content="20190305">', "meta"),
        ('<meta itemprop="datePublished" content="2019-03-05">', "meta"),
        ("</head><body><time datetime='2019-03-05T10:00'>5 March</time>", "time"),
        ("</head><body><p>Published: 5 March 2019</p>", "line"),
    ],
)
def test_days_of_publication(head: str, how: str) -> None:
    """Wherever the page states it."""
    source = clean_page(html_page(PAGE.replace(HEAD, f"<head>{head}"))).source
    assert (source.published, source.published_from) == (dt.date(2019, 3, 5), how)


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2019-02-30">',
        '<meta property="article:modified_time" content="2019-03-05">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": </script>',
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        '<script type="application/ld+json">[1, null, {"@type": 3, "headline": {"a": 1}}]</script>',
    ],
)
def test_a_broken_head_says_nothing(head: str) -> None:
    """Days that do not exist, days of a change, broken or absurd JSON: unknown, not invented."""
    source = clean_page(html_page(PAGE.replace(HEAD, f"<head>{head}</head>"))).source
    assert (source.published, source.published_from) == (None, None)


def test_a_page_without_paragraph_tags() -> None:
    """Line breaks alone carry the article."""
    body = "<br><br>".join(ARTICLE)
    document = clean_page(html_page(f"<html><body><div>{body}</div></body></html>"))
    check(document)
    for paragraph in ARTICLE:
        assert paragraph in document.text


def test_as_is_keeps_everything_that_is_seen() -> None:
    """The whole extraction, menus and all."""
    document = clean_page(html_page(PAGE), as_is=True)
    check(document)
    assert document.text == document.raw
    assert document.furniture == ()


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        (ARTICLE[0] + " | Northern Post", ARTICLE[0]),
        ("Shell kills two dockers of Haven Bay harbour", ARTICLE[0]),
        ("Ferry sinks off the cape", "Ferry sinks off the cape"),
    ],
)
def test_the_title_that_readers_see(stated: str, title: str) -> None:
    """The heading, unless it has nothing to do with what the head states; a title that is not seen is added."""
    head = f'<head><meta property="og:title" content="{stated}"></head>'
    document = clean_page(html_page(PAGE.replace(HEAD, head)))
    check(document)
    assert document.source.title == title
    assert document.text.startswith(title)
    assert document.text.count(ARTICLE[0]) == 1


@pytest.mark.parametrize("html", ["<html></html>", "<html><body><script>x</script></body></html>", "<!-- -->"])
def test_a_page_without_words_is_an_error(html: str) -> None:
    """It names the document."""
    with pytest.raises(InputError) as error:
        clean_page(html_page(html, key="empty.html"))
    assert error.value.key == "empty.html"


def test_deep_nesting_is_refused() -> None:
    """A hundred thousand levels neither crash the parser nor give half a page."""
    with pytest.raises(InputError, match="deep"):
        clean_page(html_page("<div>" * 100_000 + ARTICLE[1] + "</div>" * 100_000))
    document = clean_page(html_page("<div>" * 1_500 + "<p>" + ARTICLE[1] + "</p>" + "</div>" * 1_500))
    assert ARTICLE[1] in document.text


def test_a_declared_encoding_does_not_mislead() -> None:
    """The content is text already, whatever the page says of its bytes."""
    declared = '<?xml version="1.0" encoding="iso-8859-1"?><html><head><meta charset="windows-1251"></head>'
    html = declared + "<body><p>Zakhó — “سوريا”</p></body></html>"
    assert "Zakhó — “سوريا”" in clean_page(html_page(html)).text


PARTS = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<br>",
    "<a href=x>",
    "</a>",
    "<h1>",
    "</h1>",
    "<nav>",
    "</nav>",
    "<table><tr><td>",
    "</table>",
    "<figcaption>",
    "</figcaption>",
    "<pre>",
    "</pre>",
    "\n",
    "<script>",
    "</script>",
    "<!-- ",
    " -->",
    "<ul><li>",
    "</ul>",
    "&amp;",
    "&#0;",
    "Accept cookies",
    "Ten people died in the harbour on Tuesday, the port said.",
    "Share this",
    "İ",
    "\u2028",
    "\ud800",
    "\0",
    "<",
    "<?x ?>",
    ARTICLE[1],
    ARTICLE[2],
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join), st.booleans())
def test_nothing_is_lost_on_any_markup(html: str, as_is: bool) -> None:
    """Every visible character is in the text or the furniture, or the page is refused by name."""
    try:
        document = clean_page(html_page(html), as_is)
    except InputError:
        return
    check(document)

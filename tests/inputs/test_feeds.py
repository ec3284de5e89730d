"""RSS and Atom files: items as pages, hostile ones without harm."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from pathlib import Path

from tests.inputs.made import WORDS, pages, read, refused, saved
from tollbook.clean import clean_page
from tollbook.errors import Notice
from tollbook.inputs import Given

RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Northern Post</title><link>https://post.example/</link>
<image><title>A picture</title></image>
<item><title>Harbour &amp;amp; town hit</title><link>https://post.example/1</link>
 <pubDate>Tue, 05 Mar 2024 23:40:00 -0800</pubDate>
 <description>Short.</description><content:encoded><![CDATA[<p>{WORDS}</p><p>More follows.</p>]]></content:encoded>
</item>
<item><title>Second</title><guid>https://post.example/2</guid><dc:date>2024-03-06T01:00:00Z</dc:date>
 <description>{WORDS}</description><source url="https://wire.example">The Wire</source></item>
<item><title>Nothing in it</title></item>
<item><description>{WORDS} Again.</description><pubDate>yesterday</pubDate></item>
</channel></rss>"""

ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Evening Beacon</title>
<entry><title>One</title><link rel="self" href="https://x.example"/><link href="https://beacon.example/1"/>
 <updated>2024-03-07T00:00:00Z</updated><published>2024-03-06T00:00:00Z</published><summary>Short.</summary>
 <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></div></content></entry>
<entry><title>Two</title><link href="https://beacon.example/2"/><updated>2024-03-08T00:00:00Z</updated>
 <content type="text">{WORDS} 2 &lt; 3.</content></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    """The longest text of each item, its day in its own zone, its source before the feed's name; others go on. A day
    that cannot be read is unknown, and told."""
    found, errors = read(saved(tmp_path, "feed.rss", RSS))
    first, second, third = found
    assert (third.published, third.published_from) == (None, None) and third.key.endswith("feed.rss:4")
    assert [isinstance(error, Notice) for error in errors] == [False, True]
    assert first.key == "https://post.example/1 2024-03-05" and first.title == "Harbour & town hit"
    assert (first.outlet, first.published, first.media) == ("Northern Post", dt.date(2024, 3, 5), "html")
    assert WORDS in clean_page(first).text
    assert (second.url, second.outlet, second.media) == ("https://post.example/2", "The Wire", "text")
    assert second.published == dt.date(2024, 3, 6)
    assert [str(error).removeprefix(f"{tmp_path}/") for error in errors] == [
        "feed.rss:3: no text in this item",
        "feed.rss:4: published: not a date: 'yesterday'; read without a day",
    ]


def test_atom(tmp_path: Path) -> None:
    """XHTML and text, the address that is the page's, published before updated; an option before the feed's name."""
    first, second = pages(saved(tmp_path, "feed.xml", ATOM), given=Given(outlet="Option"))
    assert (first.url, first.published, first.outlet) == ("https://beacon.example/1", dt.date(2024, 3, 6), "Option")
    assert first.media == "html" and WORDS in clean_page(first).text
    assert second.content == f"{WORDS} 2 < 3." and second.published == dt.date(2024, 3, 8)


def test_xml_that_is_no_feed_is_read_as_before(tmp_path: Path) -> None:
    """A suffix alone makes no feed of a page."""
    (page,) = pages(saved(tmp_path, "a.xml", f'<?xml version="1.0"?><html><p>{WORDS}</p></html>'))
    assert page.media == "html"
    assert "no RSS and no Atom (its root is <html>)" in refused(saved(tmp_path, "a.rss", "<html/>"))
    assert "no item in it" in refused(saved(tmp_path, "b.rss", "<rss><channel/></rss>"))
    assert "damaged, or no feed: line" in refused(saved(tmp_path, "c.atom", "nothing"))


def test_a_feed_cut_in_the_middle(tmp_path: Path) -> None:
    """What was whole is given; the item that was cut is not."""
    cut = RSS[: RSS.index("More follows")]
    assert "what follows is not read" not in refused(saved(tmp_path, "a.rss", cut))
    found, (error,) = read(saved(tmp_path, "b.rss", RSS[: RSS.index("Nothing in it")]))
    assert len(found) == 2 and "what follows is not read" in str(error)


def test_entities_are_left_alone(tmp_path: Path) -> None:
    """Neither a file of this machine nor a text of gigabytes comes in through an entity."""
    secret = saved(tmp_path, "secret.txt", "SECRET")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    hostile = f"""<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY l0 "haha">{laughs}]>
    <rss><channel><item><title>&x;</title><description>{WORDS} &x; &l9;</description></item></channel></rss>"""
    found, errors = read(saved(tmp_path, "a.rss", hostile))
    assert "SECRET" not in repr([(p.title, p.content) for p in found]) + repr(errors)
    assert all(len(page.content) < 1000 for page in found)


def test_a_long_feed_is_a_stream(tmp_path: Path) -> None:
    """Items that were read leave the memory."""
    path = tmp_path / "long.rss"
    with path.open("w") as file:
        file.write("<rss><channel>")
        for n in range(20_000):
            file.write(f"<item><link>https://post.example/{n}</link><description>{WORDS} {n}</description></item>")
        file.write("</channel></rss>")
    from tollbook.inputs import read_pages

    tracemalloc.start()
    number = sum(1 for _ in read_pages([str(path)], Given(), _fail))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 20_000 and peak < 3_000_000


def _fail(error: Exception) -> None:
    raise error

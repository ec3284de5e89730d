"""The page: complete, well formed, asking nothing of anybody, and safe with the text of strangers."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from tests.show.build import claim, document, market
from tollbook.records import Furniture, Piece, Reason
from tollbook.show.page import Article, page

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</style><script>alert(2)</script>",
    "<!--",
    "]]>",
    "&lt;b&gt; &amp;",
    "javascript:alert(1)",
    "\x1b[31m",
    "\u202e43",
    "\ud800",
)
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Reader(HTMLParser):
    """Reads a page as a browser would: its elements, its text, its ids and links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment came through: {data}")

    def handle_data(self, data: str) -> None:
        self.text.append((self.open[-1] if self.open else "", data))

    def all(self, name: str) -> list[str]:
        """The values of one attribute."""
        return [str(attrs[name]) for _, attrs in self.tags if name in attrs]


def read(text: str) -> Reader:
    """The page read, and found well formed."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [], "an element is not closed"
    ids = reader.all("id")
    assert len(ids) == len(set(ids)), "an id occurs twice"
    for link in reader.all("href"):
        assert not link.startswith("#") or link[1:] in ids, f"{link} leads nowhere"
    return reader


def test_the_whole_text_stands_on_the_page() -> None:
    """Marks change nothing of the text, and each claim has a card and a number in the text."""
    doc, claims = market()
    reader = read(page([Article(doc, claims)]))
    body = "".join(data for tag, data in reader.text if tag in ("p", "mark"))
    for line in doc.text.split("\n"):
        assert line in body
    assert {"d1c1", "d1c2", "d1w1", "d1w2"} <= set(reader.all("id"))
    assert "Nine" in [data for tag, data in reader.text if tag == "mark"]


def test_several_documents_make_one_page() -> None:
    """Ids do not collide, and the contents list every document."""
    doc, claims = market()
    reader = read(page([Article(doc, claims), Article(doc, ())]))
    assert "no claims" in [data for _, data in reader.text]
    assert {"#d1", "#d2"} <= set(reader.all("href"))


def test_nothing_is_asked_from_anywhere() -> None:
    """No script, no source, no style attribute; the policy forbids all but our own style, by its hash."""
    doc, claims = market()
    text = page([Article(doc, claims)])
    reader = read(text)
    assert not {"script", "img", "link", "iframe", "object", "form", "base"} & {tag for tag, _ in reader.tags}
    assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on") or name in ("src", "style")]
    policy = next(str(a["content"]) for t, a in reader.tags if a.get("http-equiv") == "Content-Security-Policy")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1] and "@import" not in style[1]


def hostile(payload: str) -> str:
    """A page on which the payload stands wherever text of strangers can."""
    text = f"Title {payload}\n\nNine {payload} traders were killed in Tell Marsa, the ministry {payload} said."
    doc = document(
        text, (f"Menu {payload}",), title=payload, outlet=payload, url=payload, key=payload, language=payload
    )
    hit = claim(
        doc,
        text.split("\n\n")[1],
        "Nine",
        (9, 9),
        victims=f"{payload} traders",
        place="Tell Marsa",
        speaker=f"the ministry {payload}",
        blamed=f"Nine {payload}",
    )
    return page([Article(doc, (hit,), {hit.id: (Reason("count", payload, payload, 0, 1),)})] * 2)


def test_payloads_are_text() -> None:
    """Markup in a title, outlet, address, key, quote, name, furniture or rule makes no element, attribute or link."""
    doc, claims = market()
    harmless = {tag for tag, _ in read(page([Article(doc, claims)] * 2)).tags}
    for payload in PAYLOADS:
        text = hostile(payload)
        reader = read(text)
        assert {tag for tag, _ in reader.tags} <= harmless | {"a"}
        assert not [name for _, attrs in reader.tags for name in attrs if name.startswith("on")]
        assert not [link for link in reader.all("href") if not link.startswith("#")]
        assert not {"\x1b", "\u202e"} & set(text)
        text.encode("utf-8")


@given(st.text(min_size=1).filter(lambda s: s.strip() and "\n" not in s))
def test_any_text_makes_a_well_formed_page(payload: str) -> None:
    """Whatever stands in an article, the page reads back as the elements that we wrote."""
    read(hostile(payload))


def test_only_web_addresses_are_links() -> None:
    """A web address is a link that tells the other side nothing."""
    doc = document(url="https://northern-post.example/a?b=1&c=<2>")
    links = [attrs for tag, attrs in read(page([Article(doc, ())])).tags if tag == "a"]
    assert [a["href"] for a in links] == ["https://northern-post.example/a?b=1&c=<2>"]
    assert "noreferrer" in str(links[0]["rel"])


def test_overlapping_claims() -> None:
    """Two claims that cross each other: the text stays whole, and what both use carries both."""
    doc = document("One two three four five.")
    first = claim(doc, "One two three", "One", (1, 1))
    second = claim(doc, "two three four", "four", (4, 4))
    reader = read(page([Article(doc, (first, second))]))
    marks = [attrs["class"] or "" for tag, attrs in reader.tags if tag == "mark"]
    assert any("k1" in css.split() and "k2" in css.split() for css in marks)
    assert "One two three four five." in "".join(data for tag, data in reader.text if tag in ("p", "mark"))


def test_furniture_is_folded_where_it_stood() -> None:
    """What was left out between two paragraphs stands there, folded, with its reason."""
    doc = document("First.\nSecond.\n")
    raw = "Menu\nFirst.\nShare this\nSecond.\nCookies\n"

    def left(words: str, reason: str) -> Furniture:
        at = raw.index(words)
        return Furniture(words, at, at + len(words), reason)

    doc = replace(
        doc,
        raw=raw,
        pieces=(Piece(0, 5, 7), Piece(7, 23, 8)),
        furniture=(left("Menu", "menu"), left("Share this", "share buttons"), left("Cookies", "cookie notice")),
    )
    text = page([Article(doc, ())])
    text = text[text.index('<section class="text"') :]
    order = [text.index(words) for words in (">Menu<", ">First.<", ">Share this<", ">Second.<", ">Cookies<")]
    assert order == sorted(order)
    assert "Left out: share buttons" in text

"""One self-contained HTML page: each text with its claims marked, and a card for each claim beside it.

The page asks for nothing from anywhere, runs no script, and forbids both by its own content security policy. All text
of articles goes through ``_safe``; ids, classes and style rules are made from our own numbers only.
"""

from __future__ import annotations

import base64
import hashlib
import html
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from urllib.parse import urlsplit

from tollbook import __version__
from tollbook.records import Claim, Document, Furniture, Reason
from tollbook.show.explain import explain
from tollbook.show.safe import visible
from tollbook.show.spans import Marked, marked, segments
from tollbook.show.words import (
    NOT_STATED,
    blamed_words,
    chain_words,
    count_words,
    date_words,
    event_words,
    found_words,
    marks,
    place_words,
    victims_words,
)

# Roles that get a style of their own; the others only belong to the highlighted words of their claim.
_STYLED = ("count", "victims", "date", "place", "speaker")


@dataclass(frozen=True, slots=True)
class Article:
    """A document with its claims, and the reasons of each claim by its id where they are wanted."""

    document: Document
    claims: tuple[Claim, ...]
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)


def page(articles: Sequence[Article]) -> str:
    """The whole page, in UTF-8 once written."""
    style = (files(__package__) / "page.css").read_text("utf-8") + "".join(
        _rule(number, claim) for number, a in enumerate(articles, 1) for claim in range(1, len(a.claims) + 1)
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    total = sum(len(article.claims) for article in articles)
    found = f"{_several(total, 'claim')} in {_several(len(articles), 'document')}"
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        '<meta name="referrer" content="no-referrer">\n<meta name="color-scheme" content="light dark">\n',
        f"<title>{found}</title>\n<style>{style}</style>\n</head>\n<body>\n<header>\n<h1>{found}</h1>\n",
        '<p class="note">What reports claim, and the words that claim it. Nothing here says that it is true.</p>\n',
        f'<p class="note legend">{_legend()}</p>\n</header>\n',
        _contents(articles),
        "<main>\n",
        *(_article(article, number) for number, article in enumerate(articles, 1)),
        f"</main>\n<footer>Made by Tollbook {__version__}.</footer>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _safe(text: str) -> str:
    """Text of an article as HTML: markup, control characters and direction overrides without effect."""
    return html.escape(visible(text), quote=True)


def _rule(number: int, claim: int) -> str:
    """Pointing at a card, or going to it, lights up its claim's quote and frames the words that give its values."""
    here = f"d{number}"
    chosen = f"#{here}:has(#{here}c{claim}:hover,#{here}c{claim}:target,#{here}w{claim}:target)"
    return f"{chosen} .k{claim}{{background:var(--chosen)}}\n{chosen} .o{claim}{{outline:2px solid var(--link)}}\n"


def _legend() -> str:
    return "".join(f'<span><mark class="{role}">{role}</mark></span>' for role in _STYLED)


def _contents(articles: Sequence[Article]) -> str:
    if len(articles) < 2:
        return ""
    rows = (
        f'<li><a href="#d{number}"><bdi>{_safe(_title(a))}</bdi></a> ({_several(len(a.claims), "claim")})</li>\n'
        for number, a in enumerate(articles, 1)
    )
    return f'<nav aria-label="Documents">\n<ol>\n{"".join(rows)}</ol>\n</nav>\n'


def _article(article: Article, number: int) -> str:
    source = article.document.source
    published = source.published.isoformat() if source.published else NOT_STATED
    about = f"<bdi>{_safe(source.outlet or 'outlet not stated')}</bdi> · published {published}"
    none = f'<p class="note">{_safe(found_words(article.document, 0))}</p>\n'
    cards = "".join(_cards(article, number)) or none
    made = "; ".join(sorted({_made_by(claim) for claim in article.claims}))
    return (
        f'<article id="d{number}">\n<h2 dir="auto">{_safe(_title(article))}</h2>\n<p class="about">{about}</p>\n'
        f'<div class="sides">\n<section class="text" aria-label="Text">\n{"".join(_text(article, number))}</section>\n'
        f'<aside class="claims" aria-label="Claims">\n{cards}</aside>\n</div>\n'
        f"<footer>{_address(source.url)} <bdi>{_safe(source.key)}</bdi> · document {_safe(source.id)} · "
        f"SHA-256 of the text {_safe(source.sha256)}{' · ' + _safe(made) if made else ''}</footer>\n</article>\n"
    )


def _title(article: Article) -> str:
    return article.document.source.title or article.document.source.key


def _made_by(claim: Claim) -> str:
    made = claim.made_by
    return f"read by {made.reader}, {made.model}, lexicon {made.lexicon}, {made.gazetteer}"


def _address(url: str | None) -> str:
    """A link only where it leads to the web: ``javascript:`` and its like stay text."""
    if url is None:
        return ""
    try:
        web = urlsplit(url).scheme in ("http", "https")
    except ValueError:
        web = False
    shown = _safe(url)
    return f'<a href="{shown}" rel="noopener noreferrer nofollow">{shown}</a> ·' if web else f"<bdi>{shown}</bdi> ·"


def _text(article: Article, number: int) -> Iterator[str]:
    """The text paragraph by paragraph, with what was left out folded away where it stood."""
    document = article.document
    found = [m for n, claim in enumerate(article.claims, 1) for m in marked(claim, n)]
    found.sort(key=lambda m: (m.start, m.end))
    quotes: dict[int, list[int]] = {}
    for n, claim in enumerate(article.claims, 1):
        if claim.quote is not None:
            quotes.setdefault(claim.quote.start, []).append(n)
    left_out = deque(_placed(document))
    coming, live = deque(found), list[Marked]()
    start = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        if left_out and left_out[0][0] <= end:
            yield _folded(_taken(left_out, end))
        while coming and coming[0].start <= end:
            live.append(coming.popleft())
        live = [m for m in live if m.end > start]
        if line.strip():
            role = document.region(start)
            css = f' class="{role}"' if role else ""
            yield f'<p dir="auto"{css}>{"".join(_marked_up(document.text, (start, end), live, quotes, number))}</p>\n'
        start = end + 1
    if left_out:
        yield _folded(_taken(left_out, start))


def _taken(left_out: deque[tuple[int, Furniture]], end: int) -> Iterator[Furniture]:
    while left_out and left_out[0][0] <= end:
        yield left_out.popleft()[1]


def _marked_up(
    text: str, stretch: tuple[int, int], found: Sequence[Marked], quotes: Mapping[int, list[int]], number: int
) -> Iterator[str]:
    """A stretch of text in flat pieces, so that claims may overlap in any way; each quote begins with its number."""
    for start, end, covering in segments(*stretch, found):
        for claim in quotes.get(start, ()):
            label = f'aria-label="Claim {claim}"'
            yield f'<a class="n" id="d{number}w{claim}" href="#d{number}c{claim}" {label}>{claim}</a>'
        if not covering:
            yield _safe(text[start:end])
            continue
        roles = {m.role for m in covering}
        css = sorted({f"{'k' if m.role == 'quote' else 'o'}{m.claim}" for m in covering})
        css += [role for role in ("quote", *_STYLED) if role in roles]
        own = sorted({f"{m.role} of claim {m.claim}" for m in covering if m.role != "quote"})
        title = f' title="{", ".join(own)}"' if own else ""
        yield f'<mark class="{" ".join(css)}"{title}>{_safe(text[start:end])}</mark>'


def _placed(document: Document) -> list[tuple[int, Furniture]]:
    """Furniture with the place in the cleaned text that it stood before."""
    kept = sorted((piece.raw_start, piece.start) for piece in document.pieces if piece.raw_start is not None)
    placed = []
    following = 0
    for left in sorted(document.furniture, key=lambda f: f.start):
        while following < len(kept) and kept[following][0] < left.start:
            following += 1
        placed.append((kept[following][1] if following < len(kept) else len(document.text) + 1, left))
    return sorted(placed, key=lambda pair: pair[0])


def _folded(left_out: Iterable[Furniture]) -> str:
    rows = list(left_out)
    reasons = ", ".join(dict.fromkeys(row.reason for row in rows))
    body = "".join(f'<p dir="auto">{_safe(row.text)}</p>\n' for row in rows)
    return f'<details class="furniture"><summary>Left out: {_safe(reasons)}</summary>\n{body}</details>\n'


def _cards(article: Article, number: int) -> Iterator[str]:
    numbers = {claim.id: n for n, claim in enumerate(article.claims, 1)}
    for n, claim in enumerate(article.claims, 1):
        badges = "".join(f' <span class="badge">{_safe(mark)}</span>' for mark in marks(claim, numbers))
        rows = (
            ("victims", victims_words(claim.victims)),
            ("event", event_words(claim.event)),
            ("date", date_words(claim.date)),
            ("place", place_words(claim.place)),
            ("blamed", blamed_words(claim.blamed)),
            ("who says", chain_words(claim.attribution)),
            ("said", date_words(claim.said)),
            ("extraction score", f"{claim.score:.2f}"),
        )
        values = "".join(f"<dt>{name}</dt><dd><bdi>{_safe(value)}</bdi></dd>" for name, value in rows)
        quote = f'<blockquote dir="auto">{_safe(claim.quote.text)}</blockquote>' if claim.quote else ""
        back = f'<a class="n" href="#d{number}w{n}" aria-label="Claim {n} in the text">{n}</a>'
        yield (
            f'<section class="card" id="d{number}c{n}">\n<h3>{back} {_safe(claim.harm)} '
            f"<bdi>{_safe(count_words(claim.count))}</bdi>{badges}</h3>\n<dl>{values}</dl>\n{quote}\n"
            f"{_why(claim, article.reasons.get(claim.id, ()))}</section>\n"
        )


def _why(claim: Claim, reasons: tuple[Reason, ...]) -> str:
    rows = "".join(
        f"<tr><td>{_safe(ground.field)}</td><td><bdi>{_safe(ground.text or '')}</bdi></td>"
        f"<td>{'' if ground.text is None else f'{ground.start}–{ground.end}'}</td>"
        f"<td>{_safe(ground.rule or '')}</td></tr>\n"
        for ground in explain(claim, reasons)
    )
    head = "<tr><th>field</th><th>words</th><th>at</th><th>rule</th></tr>"
    table = f"<table>{head}\n{rows}</table>"
    return f"<details><summary>Where it comes from</summary>\n{table}\n<p>{_safe(claim.id)}</p></details>\n"


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}{'s' * (number != 1)}"

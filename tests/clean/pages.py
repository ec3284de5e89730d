"""Invented pages that the tests of cleaning share."""

from __future__ import annotations

from tollbook.records import Document, Page

ARTICLE = (
    "Two dockers killed as shell hits harbour of Haven Bay",
    "HAVEN BAY, Freedonia (NWA) — A shell fired from across the strait killed two dockers on Tuesday, the port said.",
    "Harbour master Olga Brandt told reporters that five more people were wounded when the crane came down.",
    "Both sides have denied firing at the port since the truce was signed in the spring, and neither answered calls.",
)


def page(*lines: str, key: str = "p", **given: object) -> Page:
    """A plain-text page of paragraphs."""
    text = "\n\n".join(lines)
    return Page(key, text.encode("utf-8", "surrogatepass"), text, "text", **given)  # type: ignore[arg-type]


def html_page(html: str, key: str = "p", **given: object) -> Page:
    """An HTML page."""
    return Page(key, html.encode("utf-8", "surrogatepass"), html, "html", **given)  # type: ignore[arg-type]


def regions(document: Document) -> list[tuple[str, str]]:
    """Regions as their words."""
    return [(r.kind, document.text[r.start : r.end]) for r in document.regions]


def check(document: Document) -> None:
    """What holds of every document: the map back, the furniture's words, nothing lost."""
    kept = bytearray(len(document.raw))
    at = 0
    for piece in document.pieces:
        assert piece.start == at
        at += piece.length
        if piece.raw_start is not None:
            a, b = piece.raw_start, piece.raw_start + piece.length
            assert document.text[piece.start : at] == document.raw[a:b]
            kept[a:b] = b"\1" * (b - a)
    assert at == len(document.text)
    for f in document.furniture:
        assert document.raw[f.start : f.end] == f.text
        assert not any(kept[f.start : f.end])
        kept[f.start : f.end] = b"\1" * (f.end - f.start)
    lost = [c for c, k in zip(document.raw, kept, strict=True) if not k and not c.isspace()]
    assert lost == []
    for region in document.regions:
        assert 0 <= region.start < region.end <= len(document.text)

"""Stretches of tokens in one parsed passage: cut, joined, taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Range = tuple[int, int]  # tokens, end exclusive


def subtree(token: Token, cue: Token) -> Range:
    """The clause below ``token``, cut so that it does not swallow the cue."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    if start <= cue.i < end:
        return (cue.i + 1, end) if token.i > cue.i else (start, cue.i)
    return start, end


def clip(span: Range, end: int) -> Range:
    return span[0], max(span[0] + 1, min(span[1], end))


def without(whole: Range, hole: Range) -> tuple[Range, ...]:
    parts = ((whole[0], min(whole[1], hole[0])), (max(whole[0], hole[1]), whole[1]))
    return tuple(p for p in parts if p[0] < p[1])


def merge(ranges: list[Range]) -> tuple[Range, ...]:
    out: list[Range] = []
    for start, end in sorted(r for r in ranges if r[0] < r[1]):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def inside(index: int, ranges: tuple[Range, ...]) -> bool:
    return any(a <= index < b for a, b in ranges)


def clause_end(doc: Doc, start: int) -> int:
    end = len(doc)
    while end > start + 1 and doc[end - 1].is_punct:
        end -= 1
    return end


def behind_town(doc: Doc, span: Range) -> Range:
    """ "In the capital, Zalba, the state television [said]": the television, where the parser joins the two names."""
    start, end = span
    comma = next((k for k in range(start, end) if doc[k].text == ","), end - 1)
    named = start > 2 and doc[start - 1].text == "," and doc[start - 2].lower_ in _TOWNS
    within = named and all(t.tag_[:3] == "NNP" for t in doc[start:comma])
    return (comma + 1, end) if within and comma < end - 1 else span


_TOWNS = frozenset(["capital", "city", "district", "neighbourhood", "port", "province", "region", "town", "village"])

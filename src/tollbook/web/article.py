"""An article as the screen shows it: its text in flat pieces, each with the claims whose words it is part of.

Offsets count code points; the server cuts the text, so that no browser has to count. Each piece carries the offset it
begins at, which is how a selection finds its way back.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tollbook.records import Claim, Document, Furniture
from tollbook.show.safe import UNSAFE, visible
from tollbook.show.spans import Marked, marked, segments

_STYLED = ("count", "victims", "event", "date", "place", "blamed", "speaker")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same claims cover. ``claims`` are numbers from 1; ``roles`` what the words say there.

    ``steers``: one character that would steer the reader's screen, shown as its code point instead.
    """

    start: int
    text: str
    claims: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    title: str = ""
    begins: tuple[int, ...] = ()  # claims whose quote begins here
    steers: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or furniture (``reason`` given) that stood at this place."""

    start: int
    role: str | None
    pieces: tuple[Piece, ...]
    reason: str | None = None


def blocks(document: Document, claims: Sequence[Claim]) -> list[Block]:
    """The whole text, paragraph by paragraph, with what was left out where it stood.

    >>> from tests.ledger.made import reading
    >>> doc, claims = reading()
    >>> "".join(piece.text for piece in blocks(doc, claims)[0].pieces) == doc.text
    True
    """
    found = sorted((m for n, claim in enumerate(claims, 1) for m in marked(claim, n)), key=lambda m: (m.start, m.end))
    quotes: dict[int, list[int]] = {}
    for n, claim in enumerate(claims, 1):
        if claim.quote is not None:
            quotes.setdefault(claim.quote.start, []).append(n)
    left_out, coming, live = deque(_placed(document)), deque(found), list[Marked]()
    made: list[Block] = []
    start = 0
    for line in document.text.split("\n"):
        end = start + len(line)
        while left_out and left_out[0][0] <= end:
            made.append(_furniture(left_out.popleft()[1]))
        while coming and coming[0].start <= end:
            live.append(coming.popleft())
        live = [m for m in live if m.end > start]
        if line.strip():
            pieces = tuple(_pieces(document.text, (start, end), live, quotes))
            made.append(Block(start, document.region(start), pieces))
        start = end + 1
    return _folded(made + [_furniture(left) for _, left in left_out])


def _folded(found: Sequence[Block]) -> list[Block]:
    """Furniture that stood together, as one block."""
    made: list[Block] = []
    for block in found:
        if block.reason is not None and made and made[-1].reason is not None:
            before = made.pop()
            reasons = dict.fromkeys((*str(before.reason).split(", "), block.reason))
            block = Block(-1, "furniture", (*before.pieces, Piece(-1, "\n"), *block.pieces), ", ".join(reasons))
        made.append(block)
    return made


def _pieces(
    text: str, stretch: tuple[int, int], live: Sequence[Marked], quotes: Mapping[int, list[int]]
) -> Iterator[Piece]:
    for start, end, covering in segments(*stretch, live):
        numbers = tuple(sorted({m.claim for m in covering}))
        roles = [role for role in _STYLED if any(m.role == role for m in covering)]
        roles += ["quote"] if any(m.role == "quote" for m in covering) else []
        own = dict.fromkeys(f"{_called(m.role)} of claim {m.claim}" for m in covering if m.role != "quote")
        begins = tuple(quotes.get(start, ()))
        for at, words, steers in _parts(text[start:end]):
            first = begins if at == 0 else ()
            yield Piece(start + at, words, numbers, tuple(roles), ", ".join(own), first, steers)


def _called(role: str) -> str:
    return {"said": "when it was said", "speaker": "who says it"}.get(role, role)


def _parts(text: str) -> Iterator[tuple[int, str, bool]]:
    """The text with every character that could steer a screen on its own."""
    last = 0
    for match in UNSAFE.finditer(text):
        if match[0] in "\t\n\v\f\r\u2028\u2029":
            continue
        if last < match.start():
            yield last, visible(text[last : match.start()]), False
        yield match.start(), visible(match[0]), True
        last = match.end()
    if last < len(text):
        yield last, visible(text[last:]), False


def _furniture(left: Furniture) -> Block:
    return Block(
        -1, "furniture", tuple(Piece(-1, words, steers=steers) for _, words, steers in _parts(left.text)), left.reason
    )


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


def raw_blocks(document: Document) -> list[Block]:
    """The raw text as it came, what was left out greyed with its reason."""
    made: list[Block] = []
    at = 0
    for left in [*sorted(document.furniture, key=lambda f: f.start), None]:
        end = left.start if left is not None else len(document.raw)
        if at < end and document.raw[at:end].strip():
            words = visible(document.raw[at:end], keep="\n").strip("\n")
            made.append(Block(at, None, (Piece(at, words),)))
        if left is not None:
            made.append(_furniture(left))
            at = max(at, left.end)
    return _folded(made)


def cut(block: Block, first: int, last: int) -> Block | None:
    """A paragraph without what lies outside of a stretch."""
    pieces = []
    for piece in block.pieces:
        length = 1 if piece.steers else len(piece.text)
        a, b = max(first, piece.start), min(last, piece.start + length)
        if a >= b:
            continue
        words = piece.text if piece.steers else piece.text[a - piece.start : b - piece.start]
        begins = piece.begins if a == piece.start else ()
        pieces.append(Piece(a, words, piece.claims, piece.roles, piece.title, begins, piece.steers))
    return Block(block.start, block.role, tuple(pieces)) if pieces else None


def passage(document: Document, claim: Claim, sentences: int = 2) -> list[Block]:
    """The words of a claim with some sentences before and after them; nothing that was left out."""
    start, end = (claim.quote.start, claim.quote.end) if claim.quote else (claim.count.start, claim.count.end)
    first, last = around(document.text, start, end, sentences)
    kept = (block for block in blocks(document, [claim]) if block.reason is None)
    return [part for block in kept if (part := cut(block, first, last)) is not None]


def around(text: str, start: int, end: int, sentences: int = 2) -> tuple[int, int]:
    """A passage with some sentences before and after it.

    >>> text = "One. Two. Three dead. Four. Five. Six."
    >>> text[slice(*around(text, 10, 21))]
    'One. Two. Three dead. Four. Five.'
    """
    first, last = start, end
    for _ in range(sentences):
        cut = max(text.rfind(mark, 0, max(0, first - 2)) for mark in (". ", "? ", "! ", "\n"))
        first = 0 if cut < 0 else cut + 1
        while last < len(text) and text[last].isspace():  # an empty line is no sentence
            last += 1
        after = [at for mark in (". ", "? ", "! ", "\n") if (at := text.find(mark, last)) >= 0]
        last = min(after) + 1 if after else len(text)
    first, last = max(0, first), min(len(text), last)
    while last > end and text[last - 1].isspace():
        last -= 1
    while first < start and text[first].isspace():
        first += 1
    return first, last

"""A raw text as units: its lines, except that prose wrapped at a column is one unit and that a button which copying
glued to the words beside it stands on its own. Offsets are into the raw text; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tollbook import lexicon
from tollbook.clean.phrases import starting_reason

LONG = 160  # code points from which a line may hold furniture and article sentences side by side
_SIDE = 400  # how far into a long line a furniture sentence is looked for, from either end

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# A stop, closing marks, and what a monitoring service adds: "… of the capital. [continued]".
_CLOSED = re.compile(r"(?<!\.\.)[.!]['\")\]*]*(?:\s*\[[\w ]{1,30}\])?\s*\Z")
_SENTENCE = re.compile(r"[.!?]['\")\]]*\s+(?=\S)")
_TAIL = 40
_BULLETS = " \u200b\ufeff•·»›>*|→▶►×✕↑-"
_SPACES = re.compile(r"\s{2,}")
_SPACES_OF_WIDTH = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# Where a word or line may break, and which way it runs. The joiners stay: Persian words and emoji are seen by them.
_UNSEEN = "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_GLUED = tuple(sorted(lexicon.load("furniture")["glued"]["phrases"], key=len, reverse=True))
_LEAST_GLUED = [a for a in _GLUED if not any(b in a for b in _GLUED if b != a)]  # no text has another without one
# Matching is done on a copy with one plain character for each fancy one, so offsets hold. U+0130 is the only
# character whose lower case is longer than itself.
_PLAIN = tuple({
    "’": "'", "‘": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "″": '"', "–": "-", "—": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "\u00a0": " ", "\u2007": " ", "\u2009": " ",
    "\u202f": " ", "İ": "i",
}.items())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unit:
    """``raw[start:end]``. ``key`` is its plain lower-case copy without bullets, for matching; ``gap``: a blank line
    stands before it; ``inline``: it goes on in the line of the unit before; ``wrapped``: prose over several lines."""

    start: int
    end: int
    text: str
    key: str
    words: int
    closed: bool
    gap: bool = False
    inline: bool = False
    wrapped: bool = False

    @property
    def sentence(self) -> bool:
        """Running text rather than a heading, a label or a headline."""
        return self.wrapped or (self.closed and self.words >= 5 and len(self.key) >= 30)


def shadow_of(raw: str) -> str:
    """Lower case, straight quotation marks, hyphens for dashes; as long as ``raw``, character by character.

    >>> shadow_of("“İdlib”\\u00a0— NOW")
    '"idlib" - now'
    """
    if not raw.isascii():
        for fancy, plain in _PLAIN:  # three times as fast as str.translate
            raw = raw.replace(fancy, plain)
    return raw.replace("\t", " ").replace("`", "'").lower()


def as_seen(text: str) -> str:
    """One plain space for each space of another width, and nothing for characters that nobody sees: the words are the
    same.

    >>> as_seen("12\u202fpeople were kil\u00adled on 3\u00a0June")
    '12 people were killed on 3 June'
    """
    if not text.isascii():
        for space in _SPACES_OF_WIDTH:
            text = text.replace(space, " ")
        for sign in _UNSEEN:
            text = text.replace(sign, "")
    return text


def key_of(shadow: str) -> str:
    """A shadow as a key for matching: single spaces, no bullets in front."""
    key = _SPACES.sub(" ", shadow.strip()).lstrip(_BULLETS).rstrip()
    return key[2:] if key.startswith('" ') else key  # "» Most read"


def is_glued(raw: str) -> bool:
    """Whether a text has a phrase that copying glues to the words beside it."""
    shadow = shadow_of(raw)
    return any(phrase in shadow for phrase in _LEAST_GLUED)


def cut_lines(raw: str) -> str:
    """A text, without such phrases, each of its lines cut as ``split_units`` cuts it."""
    found: list[str] = []
    for line in raw.split("\n"):
        if len(line) > LONG:
            found += [line[a:b] for a, b in _parts(line, shadow_of(line), 0, len(line), ())]
        else:
            found.append(line)
    return "\n".join(found)


def split_units(raw: str) -> list[Unit]:
    """The units of a raw text in order; together they hold every character that is not white space.

    >>> [u.text for u in split_units("Accept cookiesTen people died.\\n\\nRead more")]
    ['Accept cookies', 'Ten people died.', 'Read more']
    """
    shadow = shadow_of(raw)
    glued = tuple(phrase for phrase in _GLUED if phrase in shadow)
    units: list[Unit] = []
    for block in _blocks(raw):
        if _is_wrapped(raw, block):
            units.append(_unit(raw, shadow, block[0][0], block[-1][1], gap=True, wrapped=True))
            continue
        for number, (start, end) in enumerate(block):
            bounds = _parts(raw, shadow, start, end, glued)
            for part, (a, b) in enumerate(bounds):
                units.append(_unit(raw, shadow, a, b, gap=number == 0 and part == 0, inline=part > 0))
    return units


def _unit(raw: str, shadow: str, start: int, end: int, **flags: bool) -> Unit:
    key = key_of(shadow[start:end])
    return Unit(start, end, raw[start:end], key, key.count(" ") + 1, bool(_CLOSED.search(key[-_TAIL:])), **flags)


def _blocks(raw: str) -> Iterator[list[tuple[int, int]]]:
    """Lines with words on them, grouped by blank lines."""
    block: list[tuple[int, int]] = []
    for line in _LINE.finditer(raw):
        if line[0].isspace():
            continue
        between = raw[block[-1][1] : line.start()] if block else ""
        if between not in ("", "\n", "\r\n") and (between == "\n\n" or len(_BREAK.findall(between)) > 1):
            yield block
            block = []
        block.append((line.start(), line.end()))
    if block:
        yield block


def _is_wrapped(raw: str, block: list[tuple[int, int]]) -> bool:
    """Wire copy is broken at a column: the lines are about equally long and most of them end in mid-sentence. A list
    of headlines looks alike, but each begins with a capital letter."""
    if len(block) < 2:
        return False
    full = [end - start for start, end in block[:-1]]
    longest = max(full)
    if not 40 <= longest <= 100 or block[-1][1] - block[-1][0] > longest + 2:
        return False
    if sum(length >= 0.6 * longest for length in full) < 0.75 * len(full):
        return False
    text = raw[block[0][0] : block[-1][1]]
    if text.isupper():
        return len(block) > 2 or _CLOSED.search(text[-_TAIL:]) is not None
    begins = [raw[start:end].lstrip()[:1] for start, end in block[1:]]
    return sum(not letter.isupper() for letter in begins) >= 0.4 * len(begins)


def _parts(raw: str, shadow: str, start: int, end: int, glued: tuple[str, ...]) -> list[tuple[int, int]]:
    """A line cut where furniture is glued to its head or tail, and after or before furniture sentences."""
    heads: list[tuple[int, int]] = []
    tails: list[tuple[int, int]] = []
    while (cut := _head(raw, shadow, start, end, glued)) is not None:
        heads.append((start, cut))
        start = cut
    while (cut := _tail(raw, shadow, start, end, glued)) is not None:
        tails.append((cut, end))
        end = cut
    return [*heads, (start, end), *reversed(tails)]


def _head(raw: str, shadow: str, start: int, end: int, glued: tuple[str, ...]) -> int | None:
    while start < end and raw[start].isspace():
        start += 1
    for phrase in glued:
        after = start + len(phrase)
        if after < end and shadow.startswith(phrase, start) and (raw[after].isupper() or raw[after] in "\"“'‘«("):
            return after
    if end - start > LONG and starting_reason(key_of(shadow[start : start + 60])):
        stop = _SENTENCE.search(shadow, start, min(end, start + _SIDE))
        return stop.end() if stop and stop.end() < end else None
    return None


def _tail(raw: str, shadow: str, start: int, end: int, glued: tuple[str, ...]) -> int | None:
    while end > start and raw[end - 1].isspace():
        end -= 1
    for phrase in glued:
        at = end - len(phrase)
        if at > start and shadow.endswith(phrase, start, end) and raw[at].isupper() and not raw[at - 1].isspace():
            return at
    if end - start > LONG:
        last = None
        for stop in _SENTENCE.finditer(shadow, max(start, end - _SIDE), end - 1):
            last = stop.end()
        if last is not None and last > start and starting_reason(key_of(shadow[last : last + 60])):
            return last
    return None

"""Who says what in a document: the parse, quotation marks and word order as three witnesses.

The parse (``attribution_parse``) gives most of it where a passage was parsed; word order (``attribution_patterns``)
the rest. Quotation marks then correct both: a parser opens the next sentence with a closing mark, and a quotation
belongs to its speaker as a whole, over sentences and paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tollbook.find.grammar.passages import Passage
from tollbook.find.grammar.quotes import find_quotations, is_scare_quote
from tollbook.find.voice.lists import opened_lists
from tollbook.find.voice.parse import Found, parse_attributions
from tollbook.find.voice.patterns import Pattern, colon_speaker, counted_by, posts, trailing_speaker, word_order
from tollbook.find.voice.ranges import Range
from tollbook.lexicon.phrases import lower
from tollbook.records import AttributionMention, Span, Voice

if TYPE_CHECKING:
    from spacy.tokens import Doc

_EDGE = " \t\r\n,;:-–—"
_CLOSING = "\"”»'’"
_INTERRUPTED = 4  # paragraphs of captions and adverts that may stand inside one quotation
_NEAR = 3  # characters between a quotation and the words beside it
_DATELINE = re.compile(r"(?:\([^()\n]{2,60}\)\s|[A-Z][A-Z’'-]{2,30}[^–—\n.]{0,60}\s?(?:[–—]|--|-\s))\s*(?:[–—-]\s*)?")
_JOINT = re.compile(r"(?:and|but|or)\s+", re.IGNORECASE)
_REGION = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}, (?=(?:the|an?) )")
_IN_TOWN = re.compile(r"\b(?:at|in|near|of|outside) [A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}, \Z")
_MARKS = re.compile(r"(?:\[[^\[\]\n]{1,60}\]\s*)+")
_SELF = frozenset(
    {"i", "you", "we", "he", "she", "they", "it", "people", "who", "everybody", "everyone", "nobody", "somebody"}
)
_PASSED_ON = re.compile(r",?\s(?:quoted|cited|interviewed) by\s|\swho (?:spoke|talked) (?:to|with)\s")
_CHARACTERS = tuple[int, int]


def find_attributions(
    text: str, passages: Sequence[Passage], parsed: Mapping[int, Doc]
) -> tuple[AttributionMention, ...]:
    """Every attribution, in the order of the cues. ``parsed`` maps the index of a passage to its parse.

    >>> from tollbook.find.grammar.passages import split_passages
    >>> text = 'Two men died, according to the Ruvan Health Office. “We buried them,” said Ada Loft.'
    >>> for found in find_attributions(text, split_passages(text), {}):
    ...     print(found.sources[0].text, '|', found.cues[0].text, '|', found.contents[0].text)
    the Ruvan Health Office | according to | Two men died
    Ada Loft | said | “We buried them,”
    """
    quotations = find_quotations(text)
    starts = [q.start for q in quotations]
    lists = opened_lists(passages)
    mentions = []
    for index, passage in enumerate(passages):
        beside = quotations[max(0, bisect_left(starts, passage.start) - 1) : bisect_right(starts, passage.end)]
        beside = tuple(q for q in beside if q.end > passage.start - _NEAR)
        doc = parsed.get(index)
        found = [_drawn(f, doc, passage) for f in parse_attributions(doc)] if doc is not None else []
        if doc is None:
            found = list(word_order(passage))
        elif passage.text.isupper():  # wire copy in capitals, which no parser was trained on
            found = list(word_order(replace(passage, text=lower(passage.text))))
        found.extend(counted_by(passage))
        ends = trailing_speaker(passage)
        if ends is not None and not any(_same_cue(f, ends) and not _broken_off(text, f, ends) for f in found):
            found = [f for f in found if not _broken_off(text, f, ends)]
            found.append(ends)
        listed = passage.paragraph in lists and not beside  # "Ruritanian forces: 58 civilians" under "as follows:"
        colon = colon_speaker(passage, first=_opens_paragraph(passages, index) and not listed)
        if colon is not None and not found and not _is_where(text, colon):
            found.append(colon)
        for one in found:
            mention = _mention(text, passage, one, beside)
            if mention is not None and not _is_order(mention):
                mentions.append(mention)
    mentions.extend(_mention_of_post(text, post) for post in posts(text, passages))
    mentions = _continued(text, passages, mentions, quotations)
    return tuple(sorted(mentions, key=_order))


_SORTED = (
    "arranged",
    "classified",
    "distributed",
    "divided",
    "grouped",
    "listed",
    "sorted",
    "varied",
    "varies",
    "vary",
)


def _is_order(mention: AttributionMention) -> bool:
    """ "The toll was distributed according to the perpetrators": how it was, and nobody who says so."""
    cue = mention.cues[0].text.lower() if mention.cues else ""
    return cue == "according to" and mention.contents[0].text.endswith(_SORTED)


def _same_cue(one: Pattern, other: Pattern) -> bool:
    return any(a < other.cues[0][1] and other.cues[0][0] < b for a, b in one.cues)


def _broken_off(text: str, one: Pattern, whole: Pattern) -> bool:
    """Whether the parse has no words that were said, nobody who said them, or only the speaker's abbreviation, where
    word order has all of it."""
    if not _same_cue(one, whole):
        return False
    if not one.contents:
        return True
    return not one.sources or (text[one.sources[0][1] - 1] == ")" and "(" not in text[slice(*one.sources[0])])


def _is_where(text: str, colon: Pattern) -> bool:
    """ "El Norte: 30 dead", where the text below says "in El Norte": a place before a colon is no speaker."""
    start, end = colon.sources[0]
    label = re.escape(text[start:end])
    return re.search(rf"\b(?:around|at|from|in|inside|near|outside) (?:the )?{label}\b", text[end:]) is not None


def _order(mention: AttributionMention) -> tuple[int, int]:
    first = mention.cues[0] if mention.cues else mention.contents[0]
    return first.start, first.end


def _opens_paragraph(passages: Sequence[Passage], index: int) -> bool:
    return index == 0 or passages[index - 1].paragraph != passages[index].paragraph


def _drawn(found: Found, doc: Doc, passage: Passage) -> Pattern:
    """Tokens as characters of the document."""

    def characters(ranges: tuple[Range, ...]) -> tuple[_CHARACTERS, ...]:
        return tuple(
            (passage.start + doc[a].idx, passage.start + doc[b - 1].idx + len(doc[b - 1])) for a, b in ranges if a < b
        )

    return Pattern(
        characters(found.sources),
        characters(found.cues),
        characters(found.contents),
        characters(found.relays),
        found.cue_class,
        found.negated,
        found.quotable,
    )


def _mention(text: str, passage: Passage, found: Pattern, beside: tuple[Span, ...]) -> AttributionMention | None:
    """The pattern with its quotations, trimmed; ``None`` where nothing is left of the content."""
    cue = found.cues[0]
    inside = next((q for q in beside if q.start <= cue[0] and cue[1] <= q.end and not is_scare_quote(q)), None)
    if inside is not None and not _told_in_speech(text, found):
        return None
    speech = [q for q in beside if not (q.start <= cue[0] < q.end)]
    contents = [c for c in found.contents if c[0] < c[1]]
    if found.quotable:
        contents.extend((q.start, q.end) for q in speech if _speaks(text, q, found, contents))
    contents = [_whole_quotation(c, speech) for c in contents]
    hard = [*found.cues, *found.sources]
    pieces = _subtract(_union(contents), hard)
    if inside is not None:
        pieces = [(max(a, inside.start), min(b, inside.end)) for a, b in pieces]
    spans = _spans(text, pieces)
    if not spans:
        return None
    sources = [_alone(text, _undated(text, passage, s)) for s in found.sources]
    relays = list(found.relays)
    if sources and not any(c.isalpha() for c in text[slice(*sources[0])]):
        return None  # "rejected that 60 had died, putting the number at 12"
    for at, (start, end) in enumerate(sources):
        passed = _PASSED_ON.search(text, start, end)
        if passed:  # "a doctor quoted by the agency said"
            sources[at] = (start, passed.start())
            relays.append((passed.end(), end))
    return AttributionMention(
        _spans(text, sources, " \t\r\n,;:"),
        _spans(text, found.cues, " \t\r\n,"),
        spans,
        _spans(text, relays, " \t\r\n,;:"),
        "relayed" if found.cue_class == "relay" else _mode(spans, beside),
        found.cue_class,
        found.negated,
    )


def _told_in_speech(text: str, found: Pattern) -> bool:
    """Inside a quotation only reports of others count: "doctors told me", not "I think we have to say"."""
    if found.cue_class not in ("say", "report", "relay", "confirm", "admit", "deny", "claim") or not found.sources:
        return False
    cue = text[slice(*found.cues[-1])].lower()
    source = text[slice(*found.sources[0])].lower()
    return (
        source not in _SELF and cue.endswith(("ed", "said", "told", "say", "says", "to")) and not cue.startswith("to ")
    )


def _undated(text: str, passage: Passage, source: _CHARACTERS) -> _CHARACTERS:
    """A source without the dateline before it: "RUVAN, Norland (Agency) – The army"."""
    line = _DATELINE.match(text, passage.start, source[1]) if source[0] - passage.start < 60 else None
    return (max(source[0], line.end()), source[1]) if line else source


def _alone(text: str, source: _CHARACTERS) -> _CHARACTERS:
    """A source without an editor's mark ("[Text] The army") and without the "and" that joins it to what is before."""
    for lead in (_MARKS, _JOINT):
        found = lead.match(text, *source)
        source = (found.end(), source[1]) if found and found.end() < source[1] else source
    region = _REGION.match(text, *source)  # "in El Fasher, North Darfur, the Ruvan Doctors said"
    if region and _IN_TOWN.search(text, max(0, source[0] - 60), source[0]):
        source = (region.end(), source[1])
    return source


def _speaks(text: str, quotation: Span, found: Pattern, contents: list[_CHARACTERS]) -> bool:
    """Whether a quotation stands right beside the source or the cue: '"…," X said', 'X said: "…'."""
    group = [*found.cues, *found.sources]
    first, last = min(a for a, _ in group), max(b for _, b in group)
    if 0 <= first - quotation.end <= _NEAR and not text[quotation.end : first].strip(" \t,"):
        return not is_scare_quote(quotation)
    between = text[last : quotation.start]
    if quotation.start >= last and len(between) < 60 and not is_scare_quote(quotation):
        tail = between.rstrip()
        return tail.endswith((":", ",")) or (not tail and not contents)
    return False


def _whole_quotation(content: _CHARACTERS, quotations: Sequence[Span]) -> _CHARACTERS:
    """A content that runs into a quotation takes in all of it."""
    start, end = content
    for q in quotations:
        if q.start < end and start < q.end and not is_scare_quote(q):
            start, end = min(start, q.start), max(end, q.end)
        elif 0 <= q.start - end <= 1 or 0 <= start - q.end <= 1:
            if is_scare_quote(q):
                continue
            start, end = min(start, q.start), max(end, q.end)
    return start, end


def _mode(contents: tuple[Span, ...], quotations: Sequence[Span]) -> Voice:
    quoted = sum(max(0, min(c.end, q.end) - max(c.start, q.start)) for c in contents for q in quotations)
    share = quoted / max(1, sum(c.end - c.start for c in contents))
    return "direct" if share > 0.8 else "mixed" if share > 0.1 else "indirect"


def _union(pieces: list[_CHARACTERS]) -> list[_CHARACTERS]:
    out: list[_CHARACTERS] = []
    for start, end in sorted(pieces):
        if out and start <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        elif start < end:
            out.append((start, end))
    return out


def _subtract(pieces: list[_CHARACTERS], holes: Sequence[_CHARACTERS]) -> list[_CHARACTERS]:
    for a, b in holes:
        cut = []
        for start, end in pieces:
            cut.extend([(start, end)] if b <= start or end <= a else [(start, max(start, a)), (min(end, b), end)])
        pieces = [p for p in cut if p[0] < p[1]]
    return pieces


def _spans(text: str, pieces: Sequence[_CHARACTERS], edge: str = _EDGE) -> tuple[Span, ...]:
    out = []
    for start, end in pieces:
        while start < end and text[start] in edge:
            start += 1
        while end > start and text[end - 1] in edge:
            end -= 1
        if any(c.isalnum() for c in text[start:end]) or text[start:end] == ":":
            out.append(Span(text[start:end], start, end))
    return tuple(out)


def _mention_of_post(text: str, post: Pattern) -> AttributionMention:
    return AttributionMention(
        _spans(text, post.sources), (), _spans(text, post.contents), (), "direct", post.cue_class, False
    )


def _continued(
    text: str, passages: Sequence[Passage], mentions: list[AttributionMention], quotations: Sequence[Span]
) -> list[AttributionMention]:
    """A quotation with nobody beside it goes on from the speaker before it in its paragraph, or, where it fills its
    own paragraph, from the one who ended the paragraph before."""
    mentions = sorted(mentions, key=_order)
    paragraph_of = [p.paragraph for p in passages]
    starts = [p.start for p in passages]

    def paragraph(at: int) -> int:
        return paragraph_of[max(0, bisect_right(starts, at) - 1)]

    ordered = [_order(m)[0] for m in mentions]
    covered = _union([(s.start, s.end) for m in mentions for s in (*m.contents, *m.sources)])
    for q in _loose(quotations, covered):
        last = bisect_left(ordered, q.start) - 1
        for index in range(last, max(-1, last - 4), -1):
            mention = mentions[index]
            if (
                mention.mode not in ("direct", "mixed", "indirect")
                or not mention.sources
                or mention.cue_class == "hedge"
            ):
                continue
            apart = paragraph(q.start) - paragraph(ordered[index])
            left_open = text[mention.contents[-1].end - 1] not in _CLOSING and apart <= _INTERRUPTED
            spoken = mention.mode in ("direct", "mixed")
            if apart == 0 or (spoken and _fills(text, q) and (apart == 1 or left_open)):
                spans = _spans(text, [(q.start, q.end)])
                mentions[index] = replace(mention, contents=(*mention.contents, *spans))
            break
    return mentions


def _loose(quotations: Sequence[Span], covered: list[_CHARACTERS]) -> Iterator[Span]:
    """Quotations that speak and touch no content yet."""
    ends = [b for _, b in covered]
    for q in quotations:
        if is_scare_quote(q):
            continue
        at = bisect_right(ends, q.start)
        if at == len(covered) or covered[at][0] >= q.end:
            yield q


def _fills(text: str, quotation: Span) -> bool:
    line = text.rfind("\n", 0, quotation.start) + 1
    return not text[line : quotation.start].strip()

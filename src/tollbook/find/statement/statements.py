"""Statements: what somebody says of violence without a number, put together from attributions, words and the parse.

The layers are those of the claims; a few passages with the words of statements are parsed beside them. A statement that
a report makes twice (in its headline, its lead and its body) is one record, with what any of the wordings adds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tollbook.find.event.events import choose_event
from tollbook.find.event.violence import is_violence
from tollbook.find.grammar.passages import Passage
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.layers import Layers, inside
from tollbook.find.setting.days import names_a_day
from tollbook.find.setting.said import said_dates
from tollbook.find.setting.sites import best_place, is_site
from tollbook.find.statement.deeds import Piece
from tollbook.find.statement.kinds import Told, is_topical, kind_of
from tollbook.find.statement.merging import explained, merged
from tollbook.find.statement.slots import reason_of, target_of
from tollbook.records import (
    Attribution,
    AttributionMention,
    Document,
    Event,
    MadeBy,
    Mode,
    Place,
    PlaceMention,
    Span,
    Speaker,
    Statement,
    When,
    statement_id,
)

_THINGS = re.compile(
    r"\b(?:video|footage|photos?|photographs?|images?|map|data|figures|poll|survey|reports?|documents?|records|article|review|inquiry|investigation|"
    r"law)\b",
    re.IGNORECASE,
)
_BROAD = frozenset({"month", "year", "longer"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing", "many", "some"})
_ONLOOKERS = frozenset({"witness", "relative", "unknown"})
_OF_EVENTS = frozenset({"admission", "denial", "explanation"})
_OF_ANYBODY = frozenset({"condemnation", "demand", "position"})


@dataclass(frozen=True, slots=True)
class Speakers:
    """Who the sources are. ``party`` names the party that somebody belongs to; ``doers`` those tied to violence."""

    named: Mapping[tuple[int, int], Speaker]
    party: Callable[[str], str | None]
    doers: frozenset[str]


def read_statements(
    document: Document, sentences: Sequence[Sentence], layers: Layers, speakers: Speakers, made_by: MadeBy
) -> tuple[Statement, ...]:
    """Every statement of a document, in the order of the text. ``sentences``: the parsed passages."""
    parsed = {s.index: s for s in sentences}
    reader = _Reader(document, parsed, layers, speakers, made_by)
    found = sorted(reader.statements(), key=lambda s: (s.cue.start, s.cue.end, s.kind))
    return tuple(_numbered(merged(explained(found, layers.passages), document), document))


class _Reader:
    """One document."""

    def __init__(
        self,
        document: Document,
        parsed: Mapping[int, Sentence],
        layers: Layers,
        speakers: Speakers,
        made_by: MadeBy,
    ) -> None:
        self.document, self.parsed, self.layers = document, parsed, layers
        self.speakers, self.made_by = speakers, made_by
        self.starts = [p.start for p in layers.passages]
        self.dates_of_saying: dict[int, set[int]] = {}
        self.said = self._said_by_speaker()

    def statements(self) -> Iterator[Statement]:
        """Each mention in each passage that it speaks in."""
        for mention in self.layers.attributions:
            chain = self.chain(mention)
            if not chain or not mention.contents or chain[0].kind == "media":
                continue
            if mention.sources[0].text.split()[0].lower() in _NOBODY:
                continue
            source = mention.sources[0].text
            if _THINGS.search(source) and (chain[0].body is None or _THINGS.search(source.split()[-1])):
                continue
            party = self.speakers.party(chain[0].body or chain[0].name)
            for index, stretches in self.pieces(mention):
                passage = self.layers.passages[index]
                if index in self.layers.captions:
                    continue
                did = party is not None and party in self.speakers.doers
                piece = Piece(mention, passage, self.parsed.get(index), stretches, party, did)
                told = kind_of(piece, self.layers)
                if told is None or not is_topical(piece, self.layers, told, self.before(index)):
                    continue
                if not is_violence(passage.text, self.document.text):
                    continue
                if (
                    chain[0].kind in _ONLOOKERS
                    and chain[0].body is None
                    and not (told.kind in _OF_ANYBODY and (told.by_verb or mention.mode == "direct"))
                ):
                    continue
                yield self.statement(piece, told, chain, index)

    def chain(self, mention: AttributionMention) -> tuple[Attribution, ...]:
        """Who says it, from the origin outwards. A state inside what its own minister says ("Norland calls on …, the
        minister said") is the minister."""
        if not mention.sources:
            return ()
        source = mention.sources[0]
        speaker = self.speakers.named.get((source.start, source.end))
        around = self.layers.voices(source.start, source.end)
        if speaker is None:
            return around
        outer = [a for a in around if a.name != speaker.name and not (a.kind == "media" and a.name.islower())]
        if outer and self._same_party(speaker, outer[0]):
            return tuple(outer)
        mode: Mode = "direct" if mention.mode == "direct" else "indirect"
        cue = " ".join(c.text for c in mention.cues) or None
        own = Attribution(
            source.text, source.start, source.end, speaker.name, speaker.role, speaker.body, speaker.kind, cue, mode
        )
        chain = [own, *(replace(a, mode="relayed") for a in outer)]
        known = {a.name for a in chain}
        for span in mention.relays:
            passing = self.speakers.named.get((span.start, span.end))
            if passing is None or passing.kind != "media" or passing.name.islower() or passing.name in known:
                continue
            role, body = passing.role, passing.body
            chain.append(
                Attribution(span.text, span.start, span.end, passing.name, role, body, "media", cue, "relayed")
            )
        return tuple(chain)

    def _same_party(self, speaker: Speaker, other: Attribution) -> bool:
        mine, theirs = self.speakers.party(speaker.body or speaker.name), self.speakers.party(other.body or other.name)
        return mine is not None and mine == theirs and other.kind != "media"

    def pieces(self, mention: AttributionMention) -> Iterator[tuple[int, tuple[tuple[int, int], ...]]]:
        """The passages that the contents of a mention reach into, with what lies in each."""
        found: dict[int, list[tuple[int, int]]] = {}
        for content in mention.contents:
            index = self.index(content.start)
            while index < len(self.layers.passages) and self.layers.passages[index].start < content.end:
                passage = self.layers.passages[index]
                a, b = max(content.start, passage.start), min(content.end, passage.end)
                if a < b:
                    found.setdefault(index, []).append((a, b))
                index += 1
        for index in sorted(found):
            yield index, tuple(found[index])

    def index(self, at: int) -> int:
        """The passage that a character lies in."""
        return max(0, bisect_right(self.starts, at) - 1)

    def before(self, index: int) -> list[Passage]:
        """The passages just before one: those that "this" can point back to."""
        passages = self.layers.passages
        return [p for p in passages[max(0, index - 2) : index] if passages[index].paragraph - p.paragraph <= 1]

    def statement(self, piece: Piece, told: Told, chain: tuple[Attribution, ...], index: int) -> Statement:
        """The record, its id still open."""
        passage, layers, text = piece.passage, self.layers, self.document.text
        said = self.said_in(passage)
        cue = Span(text[told.start : told.end], told.start, told.end)
        event = self.event(piece, told)
        reason, target = reason_of(piece, told, layers), target_of(piece, told, layers)
        located = event is not None or told.kind in _OF_EVENTS
        return Statement(
            id="",
            document=self.document.source,
            kind=told.kind,
            quote=Span(passage.text, passage.start, passage.end),
            attribution=chain,
            cue=cue,
            said=self.when_said(piece, chain),
            event=event,
            date=self.date(piece, said) if located else None,
            place=self.place(piece, target if told.kind not in _OF_EVENTS else None) if located else None,
            target=target,
            reason=reason if told.kind != "explanation" or reason is not None else self.whole(piece),
            score=self.score(piece, told, chain),
            made_by=self.made_by,
        )

    def whole(self, piece: Piece) -> Span:
        """An explanation is its own reason."""
        a, b = piece.stretches[0]
        return Span(self.document.text[a:b], a, b)

    def event(self, piece: Piece, told: Told) -> Event | None:
        """The event that the words name; one that they only point back to where they are an admission or a denial."""
        passage = piece.passage
        words = (told.start, told.end)
        event = choose_event((passage.start, passage.end), words, self.layers.events, piece.sentence)
        named = event is not None and passage.start <= event.start < passage.end
        return event if named or told.kind in _OF_EVENTS else None

    def date(self, piece: Piece, said: set[int]) -> When | None:
        """The day of what is spoken of: inside what is said first, then anywhere in the passage."""
        dates = inside(self.layers.dates, piece.passage.start, piece.passage.end)
        dates = [d for d in dates if d.start not in said and names_a_day(d)]
        within = [d for d in dates if any(a <= d.start < b for a, b in piece.stretches)]
        return next(iter(within or dates), None)

    def place(self, piece: Piece, addressed: Span | None) -> Place | None:
        """The finest place inside what is said, else before it; whoever is addressed is none."""
        passage = piece.passage
        sites = [p for p in inside(self.layers.places, passage.start, passage.end) if is_site(p, passage, self.layers)]
        if addressed is not None:
            sites = [p for p in sites if not addressed.start <= p.start < addressed.end]
        within = [p for p in sites if any(a <= p.start < b for a, b in piece.stretches)]
        best = best_place(within or sites)
        return _place(best) if best is not None else None

    def when_said(self, piece: Piece, chain: tuple[Attribution, ...]) -> When | None:
        """The date beside the words of saying; else the only one on which the report lets this speaker speak."""
        for source in piece.mention.sources:
            within = inside(self.layers.dates, source.start, source.end)
            if within:  # "the commander on Sunday called on …"
                return within[0]
        for cue in piece.mention.cues:
            passage = self.layers.passages[self.index(cue.start)]
            said = self.said_in(passage)
            dates = [d for d in inside(self.layers.dates, passage.start, passage.end) if d.start in said]
            found = next((d for d in dates if not _within(d, piece.mention)), None)
            if found is not None:
                return found
        known = self.said.get(chain[0].name, [])
        return known[0] if len(known) == 1 else None

    def said_in(self, passage: Passage) -> set[int]:
        """Where the dates of a passage start that say when something was said."""
        if passage.start not in self.dates_of_saying:
            self.dates_of_saying[passage.start] = said_dates(passage, self.layers)
        return self.dates_of_saying[passage.start]

    def _said_by_speaker(self) -> dict[str, list[When]]:
        found: dict[str, list[When]] = {}
        for mention in self.layers.attributions:
            if not mention.sources or not mention.cues:
                continue
            speaker = self.speakers.named.get((mention.sources[0].start, mention.sources[0].end))
            passage = self.layers.passages[self.index(mention.cues[0].start)]
            said = self.said_in(passage)
            for d in inside(self.layers.dates, passage.start, passage.end):
                if speaker is None or d.start not in said or _within(d, mention):
                    continue
                if d not in found.setdefault(speaker.name, []):
                    found[speaker.name].append(d)
        return found

    def score(self, piece: Piece, told: Told, chain: tuple[Attribution, ...]) -> float:
        """How sure the reader is that this is a statement of this kind."""
        score = 0.88 if told.by_verb or told.act is not None else 0.74
        score += 0.05 if piece.mention.mode == "direct" else 0.0
        score -= 0.0 if chain[0].body is not None else 0.12
        return round(min(0.99, max(0.05, score)), 2)


def _within(date: When, mention: AttributionMention) -> bool:
    """A month or a year inside what is said is not when it was said."""
    return date.precision in _BROAD and any(c.start <= date.start < c.end for c in mention.contents)


def _place(p: PlaceMention) -> Place:
    return Place(p.text, p.start, p.end, p.name, p.country, p.admin1, p.lat, p.lon, p.precision, p.gazetteer_id)


def _numbered(found: Sequence[Statement], document: Document) -> Iterator[Statement]:
    seen: Counter[str] = Counter()
    for statement in found:
        origin = statement.attribution[0]
        spans = ((origin.start, origin.end), (statement.cue.start, statement.cue.end))
        key = f"{statement.kind}{spans}"
        yield replace(statement, id=statement_id(document.source.id, statement.kind, spans, seen[key]))
        seen[key] += 1

"""The order of the stages: page → document → mentions → claims → tallies. One process; pure functions throughout."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache, wraps
from threading import Lock
from typing import Any, TypeVar

from tollbook import __version__, lexicon
from tollbook.clean import clean_page, clean_page_if
from tollbook.compare.reports import Report
from tollbook.errors import InputError, naming
from tollbook.find.event.culprits import find_culprits
from tollbook.find.event.events import find_events
from tollbook.find.event.violence import is_violence
from tollbook.find.gate import count_harms
from tollbook.find.grammar.counts import find_counts
from tollbook.find.grammar.passages import Passage, split_passages
from tollbook.find.grammar.sentences import Sentence, parse_passages
from tollbook.find.harm.harms import find_harms
from tollbook.find.layers import inside
from tollbook.find.page import may_tell_harm, names_harm, states_harm
from tollbook.find.reader import Reading, read_claims
from tollbook.find.statement.kinds import can_hold_statement, names_topic
from tollbook.find.statement.statements import Speakers
from tollbook.find.statement.statements import read_statements as find_statements
from tollbook.find.stretches import Stretch, divide, join_claims, join_statements, refuse_endless
from tollbook.find.voice.attribution import find_attributions
from tollbook.find.voice.stance import is_generic
from tollbook.find.voice.voices import voices_of
from tollbook.layering import layers_of, voices_in
from tollbook.records import (
    Claim,
    Document,
    MadeBy,
    Page,
    Reason,
    Statement,
    to_json,
)
from tollbook.resolve.actors import find_actors, name_actor
from tollbook.resolve.dates import find_dates
from tollbook.resolve.places import find_places
from tollbook.resources import nlp
from tollbook.resources.gazetteer import gazetteer
from tollbook.tally import tally

READER = f"rules {__version__}"
OnError = Callable[[InputError], None]
T = TypeVar("T")


def _named(stage: Callable[[Document], T]) -> Callable[[Document], T]:
    """A stage over one document, which raises nothing but what names the document."""

    @wraps(stage)
    def guarded(document: Document) -> T:
        with naming(document.source.key):
            return stage(document)

    return guarded


@cache
def made_by() -> MadeBy:
    """The versions that every claim names."""
    return MadeBy(READER, nlp.model_name(), lexicon.VERSION, gazetteer().version())


def clean_documents(pages: Iterable[Page], *, as_is: bool, on_error: OnError) -> Iterator[Document]:
    """Pages as documents; a page that cannot be cleaned goes to ``on_error`` and the next one follows."""
    for page in pages:
        try:
            with naming(page.key):
                document = clean_page(page, as_is=as_is)
        except InputError as error:
            on_error(error)
        else:
            yield document


def read_documents(
    pages: Iterable[Page], *, as_is: bool, on_error: OnError
) -> Iterator[tuple[Document, tuple[Claim, ...]]]:
    """Each page's document with its claims."""
    for document, reading in _readings(pages, as_is, on_error):
        yield document, reading.claims


def read_only_claims(pages: Iterable[Page], *, as_is: bool, on_error: OnError) -> Iterator[Reading]:
    """The claims of each page, with their reasons; where the document itself is not wanted. A page without any word of
    harm by violence, the most of the news, is not cleaned for it."""
    for _, reading in _skimmed(pages, as_is, on_error):
        yield reading


def read_explained(
    pages: Iterable[Page], *, as_is: bool, on_error: OnError
) -> Iterator[tuple[Document, tuple[Claim, ...], Mapping[str, tuple[Reason, ...]]]]:
    """As ``read_documents``, with the reasons for each claim's fields by claim id."""
    for document, reading in _readings(pages, as_is, on_error):
        yield document, reading.claims, reading.reasons


def read_stated(
    pages: Iterable[Page], *, as_is: bool, on_error: OnError
) -> Iterator[tuple[Document, Reading, tuple[Statement, ...]]]:
    """Each page's document with its claims, the reasons for their fields, and its statements."""
    for document in clean_documents(pages, as_is=as_is, on_error=on_error):
        try:
            reading, statements = read_whole(document)
        except InputError as error:
            on_error(error)
        else:
            yield document, reading, statements


def tally_documents(pages: Iterable[Page], *, as_is: bool, on_error: OnError) -> Iterator[list[dict[str, Any]]]:
    """For each document the rows of ``tollbook tally``: one an incident, the main one first."""
    for document, reading in _skimmed(pages, as_is, on_error):
        if document is None:
            yield []
            continue
        try:
            with naming(document.source.key):
                rows = [to_json(row) for row in tally(document, reading.claims, reading.threads)]
        except InputError as error:
            on_error(error)
        else:
            yield rows


def _readings(pages: Iterable[Page], as_is: bool, on_error: OnError) -> Iterator[tuple[Document, Reading]]:
    for document in clean_documents(pages, as_is=as_is, on_error=on_error):
        try:
            reading = read_document(document)
        except InputError as error:
            on_error(error)
        else:
            yield document, reading


def _skimmed(pages: Iterable[Page], as_is: bool, on_error: OnError) -> Iterator[tuple[Document | None, Reading]]:
    """As ``_readings``, without the document of a page that tells of no harm."""
    for page in pages:
        try:
            with naming(page.key):
                told = states_harm if page.media == "html" else may_tell_harm
                document = clean_page_if(page, names_harm, told, as_is=as_is)
            reading = read_document(document) if document is not None else Reading((), (), {})
        except InputError as error:
            on_error(error)
        else:
            yield document, reading


class _Copies:
    """Readings of the last few texts with claims: wire copy stands on many pages, and is read once.

    What a reading depends on is the text with its regions, the day and the outlet; the address, the name and with them
    the ids are each copy's own.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[object, tuple[str, Reading]] = OrderedDict()
        self._lock = Lock()

    @staticmethod
    def _key(document: Document) -> object:
        source = document.source
        return source.sha256, source.outlet, source.published, document.regions

    def get(self, document: Document) -> Reading | None:
        """The reading of a copy, as if it had been read."""
        key = self._key(document)
        with self._lock:
            found = self._kept.get(key)
        if found is None or found[0] != document.text:  # the hash is whoever made the document's
            return None
        reading = found[1]
        claims = tuple(replace(claim, document=document.source) for claim in reading.claims)
        return join_claims([(Stretch(document, 0), replace(reading, claims=claims))])

    def keep(self, document: Document, reading: Reading) -> Reading:
        """Keeps a reading that has claims."""
        if reading.claims:
            with self._lock:
                self._kept[self._key(document)] = (document.text, reading)
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return reading


_copies = _Copies(256)


@_named
def read_document(document: Document) -> Reading:
    """Every claim of one document. Raises ``InputError``, whatever goes wrong in it."""
    if document.source.language not in (None, "en"):
        return Reading((), (), {})
    known = _copies.get(document)
    if known is not None:
        return known
    refuse_endless(document)
    gated = _gated(document)
    stretches = divide(document, gated.passages, gated.harms)
    if len(stretches) == 1:
        return _copies.keep(document, _read_claims(document, gated))
    return join_claims((s, _read_claims(s.document, _gated(s.document))) for s in stretches)


@dataclass(frozen=True, slots=True)
class _Gated:
    """The passages of a document, and how many words of harm each has."""

    passages: list[Passage]
    harms: list[int]

    @property
    def numbered(self) -> list[tuple[int, Passage]]:
        """Those that have any, with their numbers."""
        return [(i, p) for i, p in enumerate(self.passages) if self.harms[i]]


def _gated(document: Document) -> _Gated:
    passages = split_passages(document.text)
    return _Gated(passages, [count_harms(p.text) for p in passages])


def _read_claims(document: Document, gated: _Gated) -> Reading:
    numbered = gated.numbered
    if not any(is_violence(p.text, document.text) for _, p in numbered):
        return Reading((), (), {})
    sentences = list(parse_passages(numbered))
    if not _tells_of_harm(document, sentences):
        return Reading((), (), {})
    return read_claims(document, sentences, layers_of(document, gated.passages, sentences), made_by())


def _tells_of_harm(document: Document, sentences: Sequence[Sentence]) -> bool:
    """Whether any sentence has what a claim is made of. Most news with a word of harm in it has none, and then the
    rest, which takes longer than the parsing, need not be looked for."""
    return any(
        is_violence(s.passage.text, document.text) and any(not is_generic(finding) for finding in find_harms(s))
        for s in sentences
    )


def read_statements(document: Document) -> tuple[Statement, ...]:
    """Every statement of one document: who admits, denies, explains, condemns, demands, takes a position, announces."""
    return read_whole(document)[1]


@_named
def read_whole(document: Document) -> tuple[Reading, tuple[Statement, ...]]:
    """The claims and the statements of one document. The claims are those of ``read_document``: the few passages that
    are parsed for statements only do not touch them."""
    if document.source.language not in (None, "en"):
        return Reading((), (), {}), ()
    refuse_endless(document)
    gated = _gated(document)
    stretches = divide(document, gated.passages, gated.harms)
    if len(stretches) == 1:
        return _read_whole(document, gated)
    parts = [(s, _read_whole(s.document, _gated(s.document))) for s in stretches]
    return join_claims((s, read[0]) for s, read in parts), join_statements((s, read[1]) for s, read in parts)


def _read_whole(document: Document, gated: _Gated) -> tuple[Reading, tuple[Statement, ...]]:
    reading: Reading = Reading((), (), {})
    passages, numbered = gated.passages, gated.numbered
    further = [(i, p) for i, p in enumerate(passages) if not gated.harms[i] and can_hold_statement(p.text)]
    if not numbered and not further:
        return reading, ()
    sentences = list(parse_passages(numbered))
    if not _tells_of_harm(document, sentences) and not find_events(document.text):
        return reading, ()
    layers = layers_of(document, passages, sentences)
    if numbered:
        reading = read_claims(document, sentences, layers, made_by())
    if not layers.events:
        return reading, ()
    near = [
        (i, p) for i, p in further if names_topic(p.text) or inside(layers.events, passages[max(0, i - 2)].start, p.end)
    ]
    sentences = sorted([*sentences, *parse_passages(near)], key=lambda s: s.index)
    named = [*layers.places, *layers.datelines.values()]
    voices = voices_in(document, passages, sentences, layers.actors, places=named)
    culprits = find_culprits(document.text, [(p.start, p.end) for p in passages], layers.actors, layers.events)
    speakers = Speakers(voices.speakers, _party, frozenset(c.actor.party for c in culprits if c.actor.party))
    told = replace(layers, attributions=voices.mentions, voices=lambda start, end: voices_of(start, end, voices))
    return reading, find_statements(document, sentences, told, speakers, made_by())


def read_for_comparing(document: Document) -> Report:
    """One document as one side of a comparison."""
    reading, statements = read_whole(document)
    published = document.source.published
    actors = find_actors(document.text, year=published.year if published else None)
    return Report(document, reading.claims, statements, find_places(document.text, gazetteer()), actors)


def read_sentence(sentence: str) -> tuple[Claim, ...]:
    """The claims of one sentence that somebody types in, repeated numbers once; its days have to be complete in it."""
    page = Page(key="sentence", raw=sentence.encode("utf-8", "replace"), content=sentence, media="text", language="en")
    return tuple(c for c in read_document(clean_page(page, as_is=True)).claims if c.relation is None)


@lru_cache(maxsize=1000)
def _party(name: str) -> str | None:
    """The party that somebody's body belongs to."""
    actor = name_actor(name)
    return actor.party if actor is not None else None


def spans(document: Document, layer: str) -> list[dict[str, Any]]:
    """Every mention of one layer in the whole text as JSON rows, claim or not. Raises ``InputError``."""
    with naming(document.source.key):
        return list(_spans(document, layer))


def _spans(document: Document, layer: str) -> Iterator[dict[str, Any]]:
    text, key = document.text, document.source.key
    published = document.source.published
    rows: Iterable[Any]
    if layer == "counts":
        rows = find_counts(text)
    elif layer == "dates":
        rows = find_dates(text, published, ranges="ends")
    elif layer == "places":
        rows = find_places(text, gazetteer(), demonyms=True)
    elif layer == "actors":
        rows = find_actors(text, year=published.year if published else None)
    else:
        yield from _attribution_rows(document)
        return
    for row in rows:
        yield {"key": key, **to_json(row)}


def _attribution_rows(document: Document) -> Iterator[dict[str, Any]]:
    refuse_endless(document)
    passages = split_passages(document.text)
    parsed = {s.index: s.doc for s in parse_passages(enumerate(passages))}
    for mention in find_attributions(document.text, passages, parsed):
        row = {"source": mention.sources, "cue": mention.cues, "content": mention.contents}
        flat = {k: (v[0] if len(v) == 1 else v or None) for k, v in row.items()}
        yield {
            "key": document.source.key,
            **to_json(flat),
            "mode": mention.mode,
            "class": mention.cue_class,
            "negated": mention.negated,
        }

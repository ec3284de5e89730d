"""A document's layers: every place, day, actor, event and voice, and what ties them to one harm."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from tollbook.find.event.blame import find_blamed
from tollbook.find.event.culprits import find_culprits
from tollbook.find.event.events import choose_event, find_events, names_kind, nearer, refers_back, within
from tollbook.find.event.harmed import Harmed
from tollbook.find.grammar.passages import Passage
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.harms import Finding
from tollbook.find.layers import Asked, Entry, Layers
from tollbook.find.setting.days import is_stamp
from tollbook.find.setting.entries import find_entries
from tollbook.find.statement.acts import with_acts
from tollbook.find.voice.attribution import find_attributions
from tollbook.find.voice.voices import Voices, voices_of
from tollbook.records import (
    ActorMention,
    Attribution,
    AttributionMention,
    Blamed,
    Document,
    Event,
    EventMention,
    PlaceMention,
    When,
)
from tollbook.resolve.actors import find_actors, name_actor, setting_of
from tollbook.resolve.date_calendar import precision
from tollbook.resolve.date_document import day_written
from tollbook.resolve.date_weeks import counted_back
from tollbook.resolve.dates import find_dates, reanchor, up_to
from tollbook.resolve.people import name_speakers
from tollbook.resolve.places import find_places
from tollbook.resources.gazetteer import gazetteer

_NO_SOURCE = ("nobody", "no one", "no-one")


def voices_in(
    document: Document,
    passages: list[Passage],
    sentences: Sequence[Sentence],
    actors: Sequence[ActorMention] | None = None,
    known: Sequence[ActorMention] = (),
    places: Sequence[PlaceMention] = (),
) -> Voices:
    """Attributions and who their sources are; where ``actors`` are known already, for the statements, with what bodies
    open or take upon themselves. ``places``: those of the document."""
    text, outlet = document.text, document.source.outlet
    attributions = find_attributions(text, passages, {s.index: s.doc for s in sentences})
    attributions = _without_places(text, attributions, places, actors or known)
    if actors is not None:
        attributions = with_acts(attributions, sentences)
    spoken = {s for m in attributions for s in (*m.sources, *m.relays) if not s.text.lower().startswith(_NO_SOURCE)}
    sources = sorted(spoken, key=lambda s: (s.start, s.end))
    known = known or actors or find_actors(text)
    return Voices(text, passages, attributions, name_speakers(text, sources, name_actor, outlet, known), outlet)


def _without_places(
    text: str,
    attributions: Sequence[AttributionMention],
    places: Sequence[PlaceMention],
    actors: Sequence[ActorMention],
) -> tuple[AttributionMention, ...]:
    """ "Aleppo Province: five were killed" says where; "Moscow: five were killed" who says so; "MOSCOW:" where."""
    seats = {(a.start, a.end) for a in actors if a.role == "seat" and not a.text.isupper()}
    headed = {(p.start, p.end) for p in places if text.startswith(":", p.end)} - seats
    return tuple(m for m in attributions if not any((s.start, s.end) in headed for s in m.sources))


def _silent(document: Document, passages: list[Passage]) -> Voices:
    """Nobody's: where no sentence tells of harm, nobody need be found who says how much."""
    return Voices(document.text, passages, (), {}, document.source.outlet)


def layers_of(document: Document, passages: list[Passage], sentences: list[Sentence]) -> Layers:
    """Every mention of one document by its layer, and the functions that tie them to one harm."""
    text, published = document.text, document.source.published
    told_of = setting_of(text)
    places = find_places(text, gazetteer(), countries=[told_of] if told_of else [])
    placed = _lies_in(places)
    actors = find_actors(text, year=published.year if published else None, placed=placed)
    voices = _silent(document, passages)
    if sentences:
        voices = voices_in(document, passages, sentences, known=actors, places=places)
    entries = find_entries(text, passages, places, placed or told_of)
    openers = {p.start: (n, p) for n, p in _datelines(text, passages, places, entries)}
    dates = _dates(text, published)
    # where and when it was written, not what it tells
    aside = [r for r in document.regions if r.kind in ("dateline", "byline")]
    stamps = [p for p in passages if is_stamp(p, dates, published, document.source.outlet)]
    days = [d for d in dates if d.precision == "day" and not any(p.start <= d.start < p.end for p in stamps)]
    if not days:  # "Sirte Now, Monday 7 April" above a post that names no day is all that there is
        stamps = [p for p in passages if is_stamp(p, dates, published)]
    ends = [p.end for p in stamps]
    named = _named_after_days(text, [*(e.place for e in entries.values()), *places], dates)

    headed = {m.start() for m in _HEAD.finditer(text)}

    def tells(start: int) -> bool:
        at = bisect_right(ends, start)
        stamped = at < len(stamps) and stamps[at].start <= start
        opening = text.rfind("(", max(0, start - 72, text.rfind(")", max(0, start - 72), start)), start)
        return not stamped and opening not in headed and not any(r.start <= start < r.end for r in aside)

    return Layers(
        passages=passages,
        captions=frozenset(i for i, p in enumerate(passages) if document.region(p.start) == "caption"),
        dates=[d for d in dates if tells(d.start) and d.start not in named],
        places=[p for p in places if p.start not in openers and tells(p.start)],
        datelines=dict(openers.values()),
        entries=entries,
        attributions=voices.mentions,
        voices=lambda start, end: voices_of(start, end, voices),
        **_parties(document, passages, actors, placed or told_of, (len(openers) > 1, not entries)),
    )


def _dates(text: str, published: dt.date | None) -> list[When]:
    """The dates of a report of what has happened: "this year" ends with it, "to this day" is none."""
    found = [d for d in find_dates(text, published) if d.text != "this day" or text[d.start - 3 : d.start] != "to "]
    if published is None:
        return found
    written = day_written(found, text, published)
    if written is not None:
        now = {d.start for d in found if d.anchored_to == "published" and _FROM_NOW.search(d.text)}
        found = [reanchor(d, written) if d.start in now else d for d in found]
    found = [up_to(d, published) if _OPEN_PERIOD.match(d.text) else d for d in found]
    return sorted(_since(counted_back(found, text, published), text, published), key=lambda d: d.start)


def _since(found: Sequence[When], text: str, published: dt.date) -> Iterator[When]:
    """ "Since the escalation of 23 May", and "since then": until the report."""
    for d in found:
        begins = _SINCE.search(text, max(0, d.start - 100), d.start)
        if (
            begins is not None
            and d.from_ is not None
            and d.from_ < published
            and "week" not in d.text
            and not d.text.lower().startswith("since")
        ):
            period = replace(d, text=text[begins.start() : d.end], start=begins.start(), to=published)
            yield replace(period, precision=precision((d.from_, published)))
        else:
            yield d
    known = [d for d in found if d.from_ is not None]
    ends = [d.end for d in known]
    for then in _SINCE_THEN.finditer(text):
        at = bisect_right(ends, then.start()) - 1
        last = known[at].from_ if at >= 0 and then.start() - ends[at] < _BACK else None
        if last is not None and last < published:
            span = (last, published)
            yield When(then[0], then.start(), then.end(), *span, precision(span), "mention")


# "Since the coup of", "since troops raided a hideout in Zenda on"; the day of a killing is that of its dead.
_SINCE = re.compile(
    r"\b(?<!missing )[Ss]ince (?:the |an? )?(?:(?:[a-z-]+ ){1,4}(?:of|on) |"
    r"(?!(?:[\w'’-]+ ){1,13}(?:abduct\w*|di(?:ed|e)|hurt|injur\w+|kidnap\w*|kill\w*|\w*murder\w*|shot|wound\w*) )"
    r"(?:[\w'’-]+ ){1,4}?(?:[a-z]{2,}ed|became|began|broke|came|fell|fled|left|sent|set|struck|swept|took|went|won) "
    r"(?:[\w'’-]+ ){0,8}?(?:in |on |of )?)\Z"
)
_BACK = 250  # code points: what "then" was further back is anybody's guess
# Counted from the day that the report was written on, which its dateline gives, and not from that of its printing.
_FROM_NOW = re.compile(
    r"(?i)\b(?:ago|overnight|today|tonight|yesterday|(?:earlier|last|past|this) (?:\w+ )?"
    r"(?:afternoon|days?|evening|hours|morning|night))\b"
)
_JUST = 1000  # code points: of a long paragraph, what counts as just told
_SINCE_THEN = re.compile(r"\b[Ss]ince then\b")
_OPEN_PERIOD = re.compile(r"(?i)(?:so far |earlier |since the start of )?this (?:month|week|year)\Z")
# "(Dakar, May 25, 2023) – ": where and when a rights group gave its report out.
_HEAD = re.compile(r"^\([A-Z][^()\n]{1,70}\) ?[–—-]", re.MULTILINE)
_DATELINE_END = re.compile(r"[^.\n]{0,60}?(?:\)\s*[-–—:]*|\s[-–—]{1,2}|\s?—|:)\s")


def _datelines(
    text: str, passages: list[Passage], places: Sequence[PlaceMention], entries: Mapping[int, Entry]
) -> Iterator[tuple[int, PlaceMention]]:
    """The place that a paragraph opens with, in capitals before a dash ("KIRKUK, Iraq -") or as an entry."""
    starts = {p.start: p for p in places}
    seen: set[int] = set()
    for passage in passages:
        if passage.paragraph in seen:
            continue
        seen.add(passage.paragraph)
        if passage.paragraph in entries:
            yield passage.paragraph, entries[passage.paragraph].place
            continue
        place = starts.get(passage.start)
        if place is None:
            continue
        town = place.precision in ("city", "town") and text.startswith(": ", place.end)  # "Srinagar: Four militants …"
        if town or place.bare.isupper() and _DATELINE_END.match(text, place.end):
            yield passage.paragraph, place


_DAY_NAME = re.compile(r"\b\d{1,2} [A-Z][a-z]+\b")


def _named_after_days(text: str, places: Sequence[PlaceMention], dates: Sequence[When]) -> frozenset[int]:
    """Where the dates begin that are names of places: "the district of 26 September", and "26 September" elsewhere in
    the same report, but for "on 26 September"."""
    found: set[int] = set()
    names: set[str] = set()
    for place in places:
        for match in _DAY_NAME.finditer(place.text):
            names.add(match[0])
            found.add(place.start + match.start())
    found.update(d.start for d in dates if d.text in names and text[max(0, d.start - 3) : d.start] != "on ")
    return frozenset(found)


def _lies_in(places: Sequence[PlaceMention]) -> str | None:
    """The country that most towns of a document lie in; ``None`` where they are too few or too scattered to say."""
    votes = Counter(p.country for p in places if p.country and p.precision != "country" and not p.metonym)
    if not votes:
        return None
    country, most = votes.most_common(1)[0]
    return country if most > 1 and most > 0.7 * votes.total() else None


def _parties(
    document: Document,
    passages: list[Passage],
    actors: Sequence[ActorMention],
    home: str | None,
    kind: tuple[bool, bool],
) -> dict[str, Any]:
    """Actors and events, and the two functions that tie them to one harm; ``home``: the country told of; ``kind``:
    whether it is a round-up, and whether it has no headed entries."""
    text = document.text
    round_up, apart = kind[0], all(kind)
    events = find_events(text)
    bloody = tuple(e for e in events if e.type != "abduction")  # nobody dies of being taken
    paragraphs = {p.paragraph: (p.start, p.end) for p in reversed(passages)}  # where each begins
    paragraphs |= {p.paragraph: (paragraphs[p.paragraph][0], p.end) for p in passages}
    culprits = find_culprits(text, [(p.start, p.end) for p in passages], actors, events)

    def event_for(finding: Finding, total: bool, near: tuple[tuple[int, int], ...] | None) -> Event | None:
        s = finding.sentence
        told = _of_this_harm(finding, bloody if finding.harm in _BLOODY else events)
        if apart:  # each paragraph tells of its own
            near = (*(near or ()), paragraphs[s.passage.paragraph])
            told = [e for e in told if any(a <= e.start < b for a, b in near)]
        span, harm = (s.passage.start, s.passage.end), _words(finding)
        said = within(told, *span)
        back = not total and refers_back(said)
        if back and _felled(finding):
            start, end = (said[0].start, said[0].end) if said else harm
            return Event("clash", text[start:end], start, end)
        event = choose_event(span, harm, told, s, total, near)
        begin = max(paragraphs[s.passage.paragraph][0], s.passage.start - _JUST)
        if not back or not names_kind(within(told, begin, s.passage.start)):
            return event
        return nearer(choose_event(span, harm, told, s, total, ((begin, s.passage.end),)), event)

    def blamed_for(
        finding: Finding,
        event: Event | None,
        origin: Attribution | None,
        asked: Asked,
    ) -> tuple[Blamed, ...]:
        s = finding.sentence
        harmed = Harmed(
            passage=(s.passage.start, s.passage.end),
            harm=_words(finding),
            victims=(s.start(finding.phrase.first), s.end(finding.phrase.last)) if finding.phrase else None,
            event=event,
            attributed=origin is not None,
            speaker=_party_of(origin, actors) if origin else None,
            total=asked.near == (),
            foretold=asked.foretold,
            harm_kind=finding.harm,
            near=asked.near or None,
            home=asked.country or home,
            strict=round_up,
            words=s.passage.text,
            unsaid=_nobody_says(text, s.passage),
            foes=_foes(finding),
            groups=asked.groups,
            unhurt=finding.count.high == 0,
        )
        return find_blamed(harmed, culprits, actors)

    return {"actors": actors, "events": events, "event_for": event_for, "blamed_for": blamed_for}


def _party_of(origin: Attribution, actors: Sequence[ActorMention]) -> str | None:
    """The party that a speaker speaks for: by the words of the name, else as the report names it ("the ministry")."""
    name = origin.body or origin.name
    body = name_actor(name)
    if body is not None and body.party is not None:
        return body.party
    told = (a for a in actors if a.name == name or a.start < origin.end and origin.start < a.end)
    return next((a.party for a in told if a.party is not None and a.role != "people"), None)


_UNSAID = re.compile(
    r"\bwithout (?:saying|naming|specifying|identifying|blaming|attributing) (?:who|whom|which|those|any|the)\b|"
    r"\b(?:not|n['’]t|never) (?:immediately )?(?:clear|determine|establish|identify|known|name|said|say|specify) "
    r"(?:who|which)\b|"
    r"\bunclear who\b|\bnobody (?:has )?sa(?:id|ys) who\b|"
    r"\b(?:ambushed|killed|murdered|shot|shot dead|gunned down|stabbed|wounded) by "
    r"(?:an?|two|three|four|five|several|some|unknown|unidentified) (?:[\w-]+ ){0,2}(?:m[ae]n|people|persons|youths?)\b"
)


_NEXT = re.compile(r"[^.!?\n]{0,300}")


def _nobody_says(text: str, passage: Passage) -> bool:
    """Whether a sentence, or the one after it in the paragraph, says that it is not known who did it."""
    after = _NEXT.match(text, passage.end)
    return any(_UNSAID.search(t) for t in (passage.text, after[0] if after else ""))


def _of_this_harm(finding: Finding, events: Sequence[EventMention]) -> Sequence[EventMention]:
    """Without the words that name the victims ("seven gunmen"), and what was done to others ("130 taken hostage")."""
    phrase, s = finding.phrase, finding.sentence
    first, last = (s.start(phrase.first), s.end(phrase.last)) if phrase is not None else (-1, -1)
    other = finding.harm not in ("abducted", "missing")
    here = within(events, s.passage.start, s.passage.end)
    others = other and any(e.type != "abduction" for e in here)
    dropped = {e.start for e in here if first <= e.start < last and e.text.lower() in _PEOPLE}
    stormed = any(e.type == "ground_attack" and not e.another for e in here)
    # Of those who raid a village and take people with them the raid is what happened.
    dropped |= {e.start for e in here if (others or stormed) and e.type == "abduction"}
    first, last, own = _part(finding)
    within_it = {e.start for e in here if first <= e.start < last}
    if not own:
        dropped |= within_it
    elif any(e.type and e.start in within_it for e in here):
        dropped |= {e.start for e in here} - within_it
    return [e for e in events if e.start not in dropped] if dropped else events


# "188 people, of them 40 by execution", "…, among them three who blew themselves up": how these died, not the others.
_PART = re.compile(
    r"\b(?:[\w-]+ )?(?:among|of) (?:them|which|whom)\b[^.;]*?(?=[.;]|\Z|,(?! (?:among|of) ))|"
    r"\bincluding (?:\w+ ){1,4}?(?:executed|killed|shot|who)\b[^.,;]*"
)


_TURN = re.compile(r"[,;]| (?:after|and|as|before|while) ")


def _part(finding: Finding) -> tuple[int, int, bool]:
    """Where the sentence tells how a part of those counted came to harm, and whether the finding is that part."""
    s, end = finding.sentence, finding.count.end
    part = _PART.search(s.passage.text, end - s.passage.start)
    if part is None:
        return 0, 0, False
    begin, stop = s.passage.start + part.start(), s.passage.start + part.end()
    own = begin <= end + 1  # "two of them"
    if own:
        turn = _TURN.search(s.passage.text, part.start(), part.end())
        stop = s.passage.start + turn.start() if turn else stop
    counted = any(c.start >= begin for _, _, c in s.counts)
    return (begin, stop, own) if own or (counted and finding.part_of is None) else (0, 0, False)


_BLOODY = frozenset({"casualties", "injured", "killed"})
_PEOPLE = frozenset({"gunman", "gunmen", "suicide bomber", "suicide bombers", "sniper", "snipers"})
_FELLED = frozenset({"eliminated", "eliminating", "liquidated", "neutralised", "neutralized"})
_FOES = re.compile(
    r"\b(?:enem(?:y|ies)|foes?|terrorists?|militants?|insurgents?|mercenar(?:y|ies)|gunm[ae]n|jihadists?|rebels?|bandits?)\b"
)


def _foes(finding: Finding) -> bool:
    """Whether the words for the victims, or for what was done to them, are those that a side has for its enemies."""
    phrase, s = finding.phrase, finding.sentence
    if (
        s.words[finding.trigger] in _FELLED
        or finding.rule == "number of dead"
        and _FOES.search(" ".join(s.words[finding.trigger : finding.trigger + 5]))
    ):
        return True
    told = " ".join(s.words[phrase.first : phrase.last + 1]) if phrase is not None else ""
    return _FOES.search(told) is not None or "enemy" in s.words[max(0, finding.trigger - 4) : finding.trigger]


_ON_FOOT = frozenset({
    "army", "commandos", "fighters", "forces", "guards", "marines", "officers", "operatives", "police", "soldiers",
    "troops",
})  # fmt: skip


def _felled(finding: Finding) -> bool:
    """ "Troops killed seven gunmen": soldiers who killed fighters fought them, where nothing says how they died."""
    s = finding.sentence
    subject = s.child(finding.trigger, "nsubj")
    return subject is not None and s.words[subject] in _ON_FOOT and finding.harm != "detained" and _foes(finding)


def _words(finding: Finding) -> tuple[int, int]:
    """Where the word of harm stands."""
    return finding.sentence.start(finding.trigger), finding.sentence.end(finding.trigger)

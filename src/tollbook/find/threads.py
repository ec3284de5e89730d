"""The incidents of one document: which claims speak of the same event, and what that event's date and place are.

A report names the day in its first sentence and the village in its fifth. Claims are threaded in the order of the
text; a thread's date and place then serve every claim in it that has none of its own, or a coarser one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tollbook.find.harms import Finding
from tollbook.find.layers import Layers
from tollbook.find.slots import far_apart, inside, is_site, names_a_day, rank, said_dates, within
from tollbook.find.victims import Who
from tollbook.records import Event, EventMention, PlaceMention, RegionKind, Scope, Stance, Victims, When

_OTHER = re.compile(r"\b(?:another|a separate|in separate|separately|elsewhere|a second|a third|a different|a similar|also (?:on|in)|previous(?:ly)?|(?:a|an) earlier (?:attack|strike|incident|shooting|raid)|meanwhile|in a related)\b", re.IGNORECASE)  # fmt: skip
_STRUCK = re.compile(r"\b(?:struck|hit|target(?:ed|ing)?|attack(?:ed|s)?|strikes?|explosions?|blasts?|raid(?:ed|s)?|shooting|incident|assault)\b", re.IGNORECASE)
_SAME = re.compile(r"\b(?:the|this|that) (?:attack|strike|airstrike|air strike|bombing|blast|explosion|shooting|incident|raid|bombardment|shelling|massacre|operation|clash|clashes|assault|fire|toll|death toll|victims|dead|wounded)\b|\b(?:as a result|initial reports|the toll)\b", re.IGNORECASE)  # fmt: skip


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    finding: Finding
    who: Who
    victims: Victims | None
    region: RegionKind | None
    event: Event | None
    date: When | None
    said: When | None
    place: PlaceMention | None
    stance: Stance
    scope: Scope
    thread: int = -1


@dataclass(slots=True)
class Thread:
    """One incident as the document tells it."""

    number: int
    drafts: list[Draft] = field(default_factory=list)
    dates: list[When] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    last: int = 0  # index of the last passage
    paragraph: int = 0


@dataclass(slots=True)
class Story:
    """The threads so far and the one that the text speaks of just now."""

    layers: Layers
    threads: list[Thread] = field(default_factory=list)
    current: Thread | None = None

    def begin(self) -> Thread:
        """A new thread."""
        thread = Thread(len(self.threads))
        self.threads.append(thread)
        return thread


def thread_drafts(drafts: Sequence[Draft], layers: Layers) -> list[Thread]:
    """Put each draft in a thread and let threads lend dates and places. Totals stand apart, each in a thread of its own.

    Sets ``thread``, ``date`` and ``place`` of the drafts; returns the threads in the order of the text.
    """
    story = Story(layers)
    by_passage: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_passage.setdefault(draft.finding.sentence.index, []).append(draft)
        if draft.place is None and len(layers.datelines) > 1:  # a round-up: each paragraph opens with its place
            draft.place = layers.datelines.get(draft.finding.sentence.passage.paragraph)
    for index in range(len(layers.passages)):
        counted = [d for d in by_passage.get(index, ()) if d.scope != "total"]
        for draft in counted:
            _join(draft, story)
        if index not in by_passage:
            _gather(story, index)
    threads = [t for t in story.threads if t.drafts]
    for number, thread in enumerate(threads):
        thread.number = number
        for draft in thread.drafts:
            draft.thread = number
    _date_from_before(threads, layers)
    opener = _dateline(layers)
    scattered = _spots([d.place for d in drafts if d.place is not None]) >= 3
    for thread in threads:
        _lend(thread, scattered, opener)
    number = len(threads)
    for draft in drafts:
        if draft.scope == "total":
            thread = Thread(number, [draft])
            draft.thread = number
            threads.append(thread)
            number += 1
    return threads


def _dateline(layers: Layers) -> PlaceMention | None:
    """The place of a single dateline where it can be the scene: in the country that the report tells of most."""
    if len(layers.datelines) != 1:
        return None
    place = next(iter(layers.datelines.values()))
    told = Counter(p.country for p in layers.places if p.country and not p.metonym and not p.demonym)
    return place if not told or told.most_common(1)[0][0] == place.country else None


def _join(draft: Draft, story: Story) -> None:
    threads = story.threads
    scored = [(score, t.number) for t in threads if (score := _fit(draft, t, t is story.current)) > 0]
    if scored:
        thread = threads[max(scored)[1]]
    else:
        thread = story.begin()
        if draft.place is None:
            draft.place = _place_before(draft, story.layers)
    story.current = thread
    thread.drafts.append(draft)
    s = draft.finding.sentence
    thread.last, thread.paragraph = s.index, s.passage.paragraph
    if draft.date is not None:
        thread.dates.append(draft.date)
    if draft.place is not None:
        thread.places.append(draft.place)
    if draft.event is not None and draft.event.type and _is_own(draft):
        thread.events.append(draft.event)


def _date_from_before(threads: Sequence[Thread], layers: Layers) -> None:
    """An incident without a day of its own has that of the one told before it; the first one that of the lead."""
    if threads and not threads[0].dates:
        lead = [d for p in layers.passages[:4] for d in inside(layers.dates, p.start, p.end) if d.start not in said_dates(p, layers)]
        threads[0].dates.extend([d for d in lead if d.precision == "day"][:1])
    for before, thread in zip(threads, threads[1:], strict=False):
        date = best_date(before.dates)
        if not thread.dates and date is not None and date.precision not in _BACKGROUND:
            thread.dates.append(date)


def _place_before(draft: Draft, layers: Layers) -> PlaceMention | None:
    """A new incident without a place happens where the sentence before it, in the same paragraph, has just been."""
    s = draft.finding.sentence
    for index in range(s.index - 1, max(-1, s.index - 3), -1):
        passage = layers.passages[index]
        if passage.paragraph != s.passage.paragraph:
            return None
        sites = [p for p in inside(layers.places, passage.start, passage.end) if is_site(p, passage, layers)]
        if sites:
            return sites[-1]
    return None


def _fit(draft: Draft, thread: Thread, latest: bool) -> float:
    """How well a draft fits a thread; at most 0 means that it does not."""
    s = draft.finding.sentence
    score = 0.0
    same_passage = thread.last == s.index
    if draft.date is not None and thread.dates:
        agreement = [dates_agree(draft.date, d) for d in thread.dates]
        if any(a == 2 for a in agreement):
            score += 2
        elif any(a == 0 for a in agreement):
            return 0
        else:
            score += 0.5
    elif draft.date is not None and not thread.dates:
        score -= 2 if draft.date.precision in _BACKGROUND else 0.5 if not _headline_only(thread) else 0
    elif draft.date is None and thread.dates and all(d.precision in _BACKGROUND for d in thread.dates) and not same_passage:
        score -= 0.5 if latest and s.passage.paragraph == thread.paragraph else 1.5
    if draft.place is not None and thread.places:
        if _strangers([draft.place], thread.places):
            return 0 if draft.date is None or not thread.dates or score < 2 or rank(draft.place) < 5 else score - 1
        score += 1 if rank(draft.place) < 5 else 0.3
    if draft.event is not None and draft.event.type and thread.events:
        types = [e.type for e in thread.events]
        strange = not _kin(draft.event.type, types)
        score += 0.5 if draft.event.type in types else (-2.2 if _is_own(draft) else -0.7) if strange else 0
    other = bool(_OTHER.search(s.passage.text[: draft.finding.count.end - s.passage.start]))
    if other and not same_passage:
        score -= 1.5
    if _SAME.search(s.passage.text):
        score += 0.5
    if _same_number(draft, thread):
        score += 1.2
    elif _rival_number(draft, thread):
        score -= 0.2
    if same_passage:
        score += 2
    elif latest:
        score += 1.4 if s.passage.paragraph - thread.paragraph <= 1 else 0.6
    elif thread.number == 0:
        score += 0.3
    if draft.date is None and draft.place is None:
        score += 0.3
    return score


_BACKGROUND = ("month", "year", "longer")


def _headline_only(thread: Thread) -> bool:
    return all(d.region == "title" or d.finding.sentence.passage.paragraph == 0 for d in thread.drafts)


_KIN = ({"airstrike", "drone_strike", "missile_strike", "shelling", "bombing"}, {"shooting", "clash", "ground_attack", "execution"}, {"bombing", "suicide_bombing", "landmine"}, {"clash", "shelling", "airstrike"})  # fmt: skip


def _is_own(draft: Draft) -> bool:
    """Whether the event is named in the draft's own passage rather than carried over."""
    passage = draft.finding.sentence.passage
    return draft.event is not None and passage.start <= draft.event.start < passage.end


def _kin(event: str, events: Sequence[str | None]) -> bool:
    return any(event in family and other in family for family in _KIN for other in events)


def _same_number(draft: Draft, thread: Thread) -> bool:
    c = draft.finding.count
    return any(
        d.finding.harm == draft.finding.harm and (d.finding.count.low, d.finding.count.high) == (c.low, c.high) and (c.low or 0) > 1
        for d in thread.drafts
    )


def _rival_number(draft: Draft, thread: Thread) -> bool:
    c = draft.finding.count
    return any(d.finding.harm == draft.finding.harm and d.finding.count.low != c.low for d in thread.drafts)


def dates_agree(a: When, b: When) -> int:
    """2: the same days; 1: compatible or not comparable; 0: different days."""
    if a.from_ and a.to and b.from_ and b.to:
        if a.from_ == b.from_ and a.to == b.to:
            return 2
        if (abs((a.from_ - b.from_).days) <= 1 and a.precision == b.precision == "day") and _night(a, b):
            return 1
        if a.from_ <= b.to and b.from_ <= a.to:
            return 1
        return 0
    x, y = _features(a.text), _features(b.text)
    if not x or not y:
        return 0 if {a.precision, b.precision} & set(_BACKGROUND) and a.precision != b.precision else 1
    shared = x.keys() & y.keys()
    if shared:
        return 2 if all(x[k] == y[k] for k in shared) else 0
    near, past = ({"weekday", "deixis"}, {"year", "month"})
    if (x.keys() & near and y.keys() & past and "day" not in y) or (y.keys() & near and x.keys() & past and "day" not in x):
        return 0
    return 0 if {"last week", "last month", "last year"} & {x.get("deixis"), y.get("deixis")} else 1


def _night(a: When, b: When) -> bool:
    return all(any(w in d.text.lower() for w in ("night", "late", "early", "dawn", "morning", "evening")) for d in (a, b))


_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_MONTH = re.compile(r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\b", re.IGNORECASE)
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_DEIXIS = re.compile(r"\b(today|yesterday|overnight|tonight|(?:last|this|earlier this) (?:week|month|year))\b", re.IGNORECASE)


def _features(text: str) -> dict[str, str]:
    """What an unresolved date names: weekday, day of the month, month, year."""
    found = {}
    for name, pattern in (("weekday", _WEEKDAY), ("month", _MONTH), ("day", _DAY), ("year", _YEAR), ("deixis", _DEIXIS)):
        match = pattern.search(text)
        if match:
            found[name] = match[1].lower()
    return found


def _gather(story: Story, index: int) -> None:
    """A passage without a number that tells of an event gives the current incident its date and place, or turns to another."""
    layers = story.layers
    if index in layers.captions:
        return
    passage = layers.passages[index]
    events = inside(layers.events, passage.start, passage.end)
    if not _SAME.search(passage.text) and not any((e.type and not e.weak) or _STRUCK.search(e.text) for e in events):
        return
    said = said_dates(passage, layers)
    dates = [d for d in inside(layers.dates, passage.start, passage.end) if d.start not in said and not _is_window(d) and names_a_day(d)]
    places = [p for p in inside(layers.places, passage.start, passage.end) if is_site(p, passage, layers)]
    current = story.current
    if current is None or not _agrees(current, dates, places, events) or _OTHER.search(passage.text):
        if not dates and not places:
            return
        fitting = [t for t in story.threads if t is not current and _agrees(t, dates, places, events) and _told(t, dates, places)]
        current = fitting[0] if fitting and not _OTHER.search(passage.text) else story.begin()
        story.current = current
    current.dates.extend(dates[:1])
    if index - current.last > 3 and current.last and not _SAME.search(passage.text):
        return
    close = [p for p in places if not _strangers([p], current.places)]
    current.places.extend(sorted(close, key=rank)[:1])
    current.events.extend(Event(e.type, e.text, e.start, e.end) for e in events[:1] if e.type and not e.weak)
    current.last, current.paragraph = index, passage.paragraph


def _strangers(some: Sequence[PlaceMention], others: Sequence[PlaceMention]) -> bool:
    """Whether two lists of places cannot speak of one site; where both name spots, the spots decide."""
    fine_some, fine_others = [p for p in some if rank(p) <= 4], [p for p in others if rank(p) <= 4]
    if fine_some and fine_others:
        some, others = fine_some, fine_others
    return bool(some and others) and all(far_apart(a, b) for a in some for b in others)


def _told(thread: Thread, dates: Sequence[When], places: Sequence[PlaceMention]) -> bool:
    """Whether a passage says something that the thread says too, or that it leaves open."""
    if dates and thread.dates:
        return any(dates_agree(d, own) == 2 for d in dates for own in thread.dates)
    if places and thread.places:
        return not dates or not any(d.precision in _BACKGROUND for d in dates)
    return False


def _agrees(thread: Thread, dates: Sequence[When], places: Sequence[PlaceMention], events: Sequence[EventMention]) -> bool:
    """Whether a passage can speak of a thread's incident."""
    if any(dates_agree(d, own) == 0 for d in dates for own in thread.dates):
        return False
    if any(d.precision in _BACKGROUND for d in dates) and not any(dates_agree(d, own) == 2 for d in dates for own in thread.dates):
        return False
    if _strangers(places, thread.places):
        return False
    strong = [e.type for e in events if e.type and not e.weak]
    types = [e.type for e in thread.events]
    return not (strong and types and all(e not in types and not _kin(e, types) for e in strong))


_WINDOW = re.compile(r"^(?:since|over|in the (?:past|last)|during|for|throughout|until|before|after)\b", re.IGNORECASE)


def _is_window(date: When) -> bool:
    return bool(_WINDOW.match(date.text))


def _lend(thread: Thread, scattered: bool, opener: PlaceMention | None) -> None:
    """Give the thread's drafts its event, day and site. ``scattered``: the document tells of many sites, so that a number
    without one may belong to all of them.
    """
    date, site = best_date(thread.dates), _site(thread)
    types = Counter(e.type for e in thread.events)
    last: Draft | None = None
    for draft in thread.drafts:
        if types and not _is_own(draft) and (draft.event is None or draft.event.type not in types) and draft.finding.harm not in _OWN_EVENT:
            main = types.most_common(1)[0][0]
            draft.event = next(e for e in thread.events if e.type == main)
        if date is not None and (draft.date is None or (draft.date is not date and _coarser(draft.date, date))):
            draft.date = date
        own = draft.place
        draft.place = _borrowed(draft, thread, site, last if scattered else None, scattered)
        if opener is not None and (draft.place is None or (rank(draft.place) > rank(opener) and within(opener, draft.place))):
            draft.place = opener
        if own is not None:
            last = draft


def _borrowed(
    draft: Draft, thread: Thread, site: PlaceMention | None, last: Draft | None, scattered: bool
) -> PlaceMention | None:
    """The place of a draft: its own spot, else the one told with the same number, else the site of its incident."""
    own = draft.place
    if own is not None and rank(own) < 2.5:
        return own
    same = _place_for(draft, thread)
    if same is not None and (own is None or (rank(same) < rank(own) and within(same, own))):
        return same
    if scattered and own is None:
        if last is not None and last.finding.sentence.passage.paragraph == draft.finding.sentence.passage.paragraph:
            return last.place
        wide = [p for p in thread.places if rank(p) > 4]
        return best_place(wide)
    if site is None or (own is not None and (rank(own) <= rank(site) or not within(site, own))):
        return own
    return site


def _spots(places: Sequence[PlaceMention]) -> int:
    """How many sites far from each other a document's numbers are told of."""
    kept: list[PlaceMention] = []
    for place in places:
        if rank(place) <= 4 and all(far_apart(place, k) for k in kept):
            kept.append(place)
    return len(kept)


def _place_for(draft: Draft, thread: Thread) -> PlaceMention | None:
    """The place told with the same number elsewhere in the thread."""
    c = draft.finding.count
    same = [
        d.place for d in thread.drafts
        if d is not draft and d.place is not None and d.finding.harm == draft.finding.harm and (d.finding.count.low, d.finding.count.high) == (c.low, c.high) and (c.low or 0) > 1
    ]  # fmt: skip
    fine = [p for p in same if rank(p) <= 4]
    return best_place(fine) if fine else None


def best_date(dates: Sequence[When]) -> When | None:
    """The most precise; of equals the first."""
    order = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "longer": 5, None: 6}
    return min(dates, key=lambda d: (order[d.precision], d.from_ is None), default=None)


def _site(thread: Thread) -> PlaceMention | None:
    """Where the thread's incident happened: the spot told with its numbers, or a finer one told near it."""
    own = [d.place for d in thread.drafts if d.place is not None]
    spots = [p for p in own if rank(p) <= 4]
    if not spots:
        return best_place(thread.places)
    first = best_place(spots)
    assert first is not None
    return best_place([p for p in thread.places if not far_apart(p, first)] or spots)


_OWN_EVENT = ("displaced", "detained", "abducted")


def _coarser(a: When, b: When) -> bool:
    """Whether ``b`` lies inside ``a`` and says more."""
    if a.from_ is None:
        return b.from_ is not None and b.precision == a.precision
    if b.from_ is None or a.to is None or b.to is None:
        return False
    return a.from_ <= b.from_ and b.to <= a.to and (a.to - a.from_) > (b.to - b.from_)


def best_place(places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The most specific; of equals the one named most, then the first."""

    def weight(p: PlaceMention) -> tuple[float, int, int]:
        return (rank(p), -sum(1 for q in places if q.name == p.name), p.start)

    return min(places, key=weight, default=None)

"""What an incident lends to its numbers: its event, its day, its site."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from tollbook.find.layers import Layers, inside
from tollbook.find.setting.days import BACKGROUND, best_date, coarser, is_window
from tollbook.find.setting.lands import COUNTRYWIDE
from tollbook.find.setting.nested import share_before
from tollbook.find.setting.said import said_dates
from tollbook.find.setting.sites import best_place, far_apart, is_site, lies_in_province, rank, within
from tollbook.find.setting.story import Draft, Thread, names_own_event
from tollbook.records import Event, EventType, PlaceMention, When

_ADDED = re.compile(r"\b(?:also|areas|furthermore|in addition|moreover)\b", re.IGNORECASE)
_REACH = 10  # sentences
# "So far ten have died in different areas": more than the one spot.
_SUMS = re.compile(rf"{_ADDED.pattern}|\b(?:across|different|so far|throughout|various)\b", re.IGNORECASE)
# "Clashes in three Sudanese towns left 30 dead": whichever of them is told of next, it is not the one.
_TOWNS = re.compile(
    r"\bin (?:two|three|four|five|six|seven|eight|nine|ten|several|\d+) (?:[\w-]+ )?"
    r"(?:cities|districts|provinces|states|towns|villages)\b",
    re.IGNORECASE,
)
_GOES_ON = 4  # sentences
_OWN_EVENT = ("displaced", "detained", "abducted")


def opening_place(layers: Layers) -> PlaceMention | None:
    """The place of a single dateline where it can be the scene: in the country that the report tells of most."""
    if len(layers.datelines) != 1:
        return None
    place = next(iter(layers.datelines.values()))
    told = Counter(p.country for p in layers.places if p.country and not p.metonym and not p.demonym)
    return place if not told or told.most_common(1)[0][0] == place.country else None


def headline_place(layers: Layers) -> PlaceMention | None:
    """The one spot that the headline names ("A week of shells around Sake"), where no country is told of."""
    if not layers.passages or any(p.precision == "country" and not p.metonym for p in layers.places):
        return None
    first = layers.passages[0]
    spots = [p for p in inside(layers.places, first.start, first.end) if is_site(p, first, layers)]
    return spots[0] if len(spots) == 1 and not first.text.endswith(".") else None


def lend_days(threads: Sequence[Thread], layers: Layers) -> None:
    """An incident without a day of its own has that of the one told before it; the first one that of the lead (or its
    days: "since last night")."""
    if threads and not threads[0].dates and len(layers.datelines) < 2:
        lead = [
            d
            for p in layers.passages[:4]
            for d in inside(layers.dates, p.start, p.end)
            if d.start not in said_dates(p, layers)
        ]
        threads[0].dates.extend([d for d in lead if d.precision in ("day", "days")][:1])
    if len(layers.datelines) > 1 and threads:  # a round-up of a day
        head = [d for p in layers.passages[:4] for d in inside(layers.dates, p.start, p.end) if d.precision == "day"]
        for thread in threads:
            thread.dates.extend(head[:1] if not thread.dates else ())
    for before, thread in zip(threads, threads[1:], strict=False):
        date = best_date(before.dates)
        if not thread.dates and not thread.earlier and date is not None and date.precision not in BACKGROUND:
            thread.dates.append(date)


# Strong words that leave open what another word of the same incident says.
_SAYS_MORE: tuple[tuple[EventType, EventType], ...] = (
    ("abduction", "ground_attack"),
    ("bombing", "suicide_bombing"),
    ("missile_strike", "drone_strike"),
    ("missile_strike", "airstrike"),
)


def _in_other_words(event: Event, draft: Draft, types: Container[EventType | None], layers: Layers) -> Event:
    """ "Missiles flatten compound", of what the lead calls a drone's; "12 gunned down", in what it calls a clash."""
    if any(e.weak for e in inside(layers.events, event.start, event.end)):
        return event
    if draft.region == "title" and event.type == "shooting" and "clash" in types:
        return replace(event, type="clash")
    more = next((kind for one, kind in _SAYS_MORE if one == event.type and kind in types), None)
    return replace(event, type=more) if more else event


def lend(thread: Thread, scattered: bool, opener: PlaceMention | None, layers: Layers) -> None:
    """Give the thread's drafts its event, day and site.

    ``scattered``: the document tells of many sites, so that a number without one may belong to all of them.
    """
    date, site = _day(thread), _site(thread, scattered)
    only = _only_spot(thread, site) if scattered else None
    types = Counter(e.type for e in thread.events)
    last: Draft | None = None
    told = [(d.place.name, d.finding.count.low or 0) for d in thread.drafts if d.place is not None]
    for draft in thread.drafts:
        if (
            types
            and not names_own_event(draft)
            and (draft.event is None or draft.event.type not in types)
            and draft.finding.harm not in _OWN_EVENT
        ):
            main = types.most_common(1)[0][0]
            draft.event = next(e for e in thread.events if e.type == main)
        elif draft.event is not None and draft.event.type is not None:
            draft.event = _in_other_words(draft.event, draft, types, layers)
        if date is not None and (
            draft.date is None or (draft.date is not date and not is_window(draft.date) and coarser(draft.date, date))
        ):
            draft.date = date
        own = draft.place
        on = last if scattered and _follows_on(last, draft, layers) else None
        alone = only is not None and own is None and on is None
        if only is not None and alone and _place_for(draft, thread) is None and _still_there(draft, only, layers):
            draft.place = only
        else:
            draft.place = _borrowed(draft, thread, site, on, scattered, told)
        if (
            opener is not None
            and not scattered
            and (draft.place is None or (draft.place.precision == "country" and within(opener, draft.place)))
        ):
            draft.place = opener
        if own is not None:
            last = draft


def _borrowed(
    draft: Draft,
    thread: Thread,
    site: PlaceMention | None,
    last: Draft | None,
    scattered: bool,
    told: Sequence[tuple[str, int]],
) -> PlaceMention | None:
    """The place of a draft: its own spot, else the one told with the same number, else the site of its incident."""
    own = draft.place
    if own is None and _TOWNS.search(draft.finding.sentence.passage.text):
        return None
    if own is not None and (own.lat is None or rank(own) < (2.5 if scattered else 2.0)):
        return own
    if own is not None and site is not None and share_before(site, draft.finding.sentence.passage) is not None:
        return own
    same = _place_for(draft, thread)
    if scattered and own is None and _SUMS.search(draft.finding.sentence.passage.text):
        same = None
    if same is not None and (own is None or (rank(same) < rank(own) and within(same, own))):
        return same
    if scattered and own is not None and rank(own) > 5 and not any(lies_in_province(p, own) for p in thread.places):
        return own
    if scattered and own is None:
        if last is not None:
            return last.place
        return best_place([p for p in thread.places if rank(p) > 4])
    if site is not None and own is not None and own.start < site.start and lies_in_province(site, own):
        return site
    if own is not None and site is not None and (_of_fewer(site, draft, told) or _shared_out(site, draft, thread)):
        return own
    if own is not None and own.precision == "country" and COUNTRYWIDE.search(draft.finding.sentence.passage.text):
        return own
    if site is None or (own is not None and (rank(own) <= rank(site) or not within(site, own))):
        return own
    if own is not None and _another_spot(own, site, draft):
        return own
    return site


_AROUND = re.compile(
    r"\b(?:area|central|countryside|edge|outskirts|parts?|rural|suburbs?|(?:north|south|east|west)\w*)\b", re.I
)


def _another_spot(own: PlaceMention, site: PlaceMention, draft: Draft) -> bool:
    """ "… in Zalba. Earlier on Monday, a shell fell in Zenda": a town named after the spot is no wider word for it."""
    called = own.precision == "district" and own.name.split()[-1] not in own.text  # "Zenda", listed as "Zenda District"
    if own.name == site.name or (rank(own) > 3 and not called):
        return False
    if site.start > own.start or _AROUND.search(own.relation or ""):
        return False
    return draft.finding.sentence.passage.start > site.end and site.precision in ("city", "near", "town")


def _only_spot(thread: Thread, site: PlaceMention | None) -> PlaceMention | None:
    """The spot of an incident that was told with no other."""
    spots = [p for p in thread.places if rank(p) <= 4]
    return site if site is not None and spots and not any(far_apart(site, p) for p in spots) else None


def _still_there(draft: Draft, spot: PlaceMention, layers: Layers) -> bool:
    """Whether a number stands not far from the spot of its incident, sums nothing, and no place elsewhere was named
    in between."""
    s = draft.finding.sentence
    named = bisect_right(layers.passages, spot.start, key=lambda p: p.start) - 1
    if abs(s.index - named) > _REACH or _SUMS.search(s.passage.text):
        return False
    between = inside(layers.places, spot.end, s.passage.start)
    return not any(p.precision != "country" and not p.metonym and far_apart(spot, p) for p in between)


def _day(thread: Thread) -> When | None:
    """The day that the incident was told with first, or a later one that lies inside it; a later one besides is
    another incident's that the report mentions."""
    known = [d for d in thread.dates if d.from_ is not None and d.precision in ("day", "days")]
    if not known:
        return best_date(thread.dates)
    first = known[0]
    return next((d for d in known[1:] if coarser(first, d)), first)


def _follows_on(last: Draft | None, draft: Draft, layers: Layers) -> bool:
    """Whether a number goes on about the one before: in one paragraph, or a few sentences on with no site between."""
    if last is None:
        return False
    one, other = last.finding.sentence, draft.finding.sentence
    if one.passage.paragraph == other.passage.paragraph:
        return True
    if names_own_event(draft) or _ADDED.search(other.passage.text):
        return False
    between = layers.passages[one.index + 1 : other.index + 1]
    return len(between) <= _GOES_ON and not any(
        is_site(p, passage, layers) for passage in between for p in inside(layers.places, passage.start, passage.end)
    )


def _of_fewer(site: PlaceMention, draft: Draft, told: Sequence[tuple[str, int]]) -> bool:
    """Whether a quarter was told only of some of those counted for the whole city.

    ``told``: the places that the numbers of the incident came with, each with its number.
    """
    there = [size for name, size in told if name == site.name]
    size = draft.finding.count.low or 0
    if draft.place is None or rank(draft.place) > 3 or not there:
        return False
    one = draft.event is not None and draft.event.type != "clash"  # a battle has many spots
    return max(there) < size or (0 < size not in there and one and site.start > draft.place.end)


def _shared_out(site: PlaceMention, draft: Draft, thread: Thread) -> bool:
    """ "Twelve died in Zenda district: eight in Zalba and four in Zorna": the twelve were not all in Zalba."""
    own, passage = draft.place, draft.finding.sentence.passage
    if own is None or rank(own) < 4 or own.precision in ("country", "region"):
        return False
    there = [
        d.finding.count.low or 0
        for d in thread.drafts
        if d.place is not None and d.place.name == site.name and d.finding.harm == draft.finding.harm
    ]
    stated = passage.start <= own.start < passage.end
    return stated and bool(there) and 1 < max(there) < (draft.finding.count.low or 0)


def _place_for(draft: Draft, thread: Thread) -> PlaceMention | None:
    """The place told with the same number elsewhere in the thread."""
    c = draft.finding.count
    same = [
        d.place
        for d in thread.drafts
        if d is not draft and d.place is not None and d.finding.harm == draft.finding.harm
        if (d.finding.count.low, d.finding.count.high) == (c.low, c.high) and (c.low or 0) > 1
    ]
    fine = [p for p in same if rank(p) <= 4]
    return best_place(fine) if fine else None


def _site(thread: Thread, scattered: bool) -> PlaceMention | None:
    """Where the thread's incident happened: the spot told with its numbers, or a finer one told near it."""
    harmed = [d for d in thread.drafts if d.finding.harm != "displaced"] or thread.drafts
    own = [d.place for d in harmed if d.place is not None]
    spots = [p for p in own if rank(p) <= 4]
    if not spots:
        return best_place(thread.places)
    first = best_place(spots)
    assert first is not None
    near = [p for p in thread.places if not far_apart(p, first, scattered)] or spots
    return best_place([p for p in near if not any(lies_in_province(q, p) for q in near)])

"""The incidents of one document: which claims speak of the same event, and what that event's date and place are.

A report names the day in its first sentence and the village in its fifth. Claims are threaded in the order of the
text; a thread's date and place then serve every claim in it that has none of its own, or a coarser one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.days import BACKGROUND, best_date, dates_agree, is_window, names_a_day
from tollbook.find.layers import Layers, inside
from tollbook.find.lending import headline_place, lend, lend_days, opening_place
from tollbook.find.passages import Passage
from tollbook.find.sites import are_listed, are_scattered, is_site, rank, strangers
from tollbook.find.slots import said_dates
from tollbook.find.story import Draft, Story, Thread, names_own_event
from tollbook.records import Event, EventMention, PlaceMention, When

_OTHER = re.compile(
    r"\b(?:another|a separate|in separate|separately|elsewhere|a second|a third|a different|a similar|"
    r"also (?:on|in)|previous(?:ly)?|(?:a|an) earlier (?:attack|strike|incident|shooting|raid)|"
    r"meanwhile|in a related)\b",
    re.IGNORECASE,
)
_STRUCK = re.compile(
    r"\b(?:struck|hit|target(?:ed|ing)?|attack(?:ed|s)?|strikes?|explosions?|blasts?|raid(?:ed|s)?|"
    r"shooting|incident|assault)\b",
    re.IGNORECASE,
)
_SAME = re.compile(
    r"\b(?:the|this|that) (?:attack|strike|airstrike|air strike|bombing|blast|explosion|shooting|"
    r"incident|raid|bombardment|shelling|massacre|operation|clash|clashes|assault|fire|toll|death toll|"
    r"victims|dead|wounded)\b|\b(?:as a result|initial reports|the toll)\b",
    re.IGNORECASE,
)


def thread_drafts(drafts: Sequence[Draft], layers: Layers) -> list[Thread]:
    """Put each draft in a thread and let threads lend dates and places; each total stands in a thread of its own.

    Sets ``thread``, ``date`` and ``place`` of the drafts; returns the threads in the order of the text.
    """
    story = Story(layers, are_scattered([d.place for d in drafts if d.place is not None and d.scope != "total"]))
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
    lend_days(threads, layers)
    opener = opening_place(layers)
    for thread in threads:
        lend(thread, story.scattered, opener)
    headline = headline_place(layers)
    for thread in threads:
        for draft in thread.drafts:
            draft.place = draft.place or headline
    number = len(threads)
    for draft in drafts:
        if draft.scope == "total":
            thread = Thread(number, [draft])
            draft.thread = number
            threads.append(thread)
            number += 1
    return threads


def _join(draft: Draft, story: Story) -> None:
    threads = story.threads
    scored = [(score, t.number) for t in threads if (score := _fit(draft, t, story)) > 0]
    if scored:
        thread = threads[max(scored)[1]]
    else:
        thread = story.begin()
        if draft.place is None:
            draft.place = _place_before(draft, story.layers)
        if draft.date is None:
            thread.dates.extend(_day_before(draft, story.layers))
    story.current = thread
    thread.drafts.append(draft)
    s = draft.finding.sentence
    thread.last, thread.paragraph = s.index, s.passage.paragraph
    if draft.date is not None:
        thread.dates.append(draft.date)
    if draft.place is not None:
        thread.places.append(draft.place)
    if draft.event is not None and draft.event.type and names_own_event(draft):
        thread.events.append(draft.event)


def _day_before(draft: Draft, layers: Layers) -> list[When]:
    """ "Thursday began quietly. At nine a shell fell": the day that the paragraph has just named."""
    s = draft.finding.sentence
    for index in range(s.index - 1, max(-1, s.index - 3), -1):
        passage = layers.passages[index]
        if passage.paragraph != s.passage.paragraph:
            break
        said = said_dates(passage, layers)
        dates = [d for d in inside(layers.dates, passage.start, passage.end) if d.start not in said]
        if dates:
            return [d for d in dates if d.precision in ("day", "days")][-1:]
    return []


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


def _fit(draft: Draft, thread: Thread, story: Story) -> float:
    """How well a draft fits a thread; at most 0 means that it does not."""
    latest = thread is story.current
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
    elif draft.date is not None and not thread.dates and same_passage and draft.date.precision in BACKGROUND:
        return 0  # "killed two, days after it came out that dozens died in 2019"
    elif draft.date is not None and not thread.dates:
        score -= 2 if draft.date.precision in BACKGROUND else 0.5 if not _headline_only(thread) else 0
    elif (
        draft.date is None
        and thread.dates
        and all(d.precision in BACKGROUND for d in thread.dates)
        and not same_passage
    ):
        score -= 0.5 if latest and s.passage.paragraph == thread.paragraph else 1.5
    if draft.place is not None and thread.places:
        if strangers([draft.place], thread.places, story.scattered):
            return 0 if draft.date is None or not thread.dates or score < 2 or rank(draft.place) < 5 else score - 1
        score += 1 if rank(draft.place) < 5 else 0.3
        score += 0.7 if any(p.text.lower() == draft.place.text.lower() for p in thread.places) else 0
    if draft.event is not None and draft.event.type and thread.events:
        types = [e.type for e in thread.events]
        strange = not _kin(draft.event.type, types)
        score += (
            0.5
            if draft.event.type in types
            else (-2.2 if _told_apart(draft) else -1.3 if names_own_event(draft) else -0.7)
            if strange
            else 0
        )
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


def _told_apart(draft: Draft) -> bool:
    """Whether a number comes with an event of its own, and a day or place to it."""
    return names_own_event(draft) and (draft.date is not None or draft.place is not None)


def _headline_only(thread: Thread) -> bool:
    return all(d.region == "title" or d.finding.sentence.passage.paragraph == 0 for d in thread.drafts)


_KIN = (
    {"airstrike", "drone_strike", "missile_strike", "shelling", "bombing"},
    {"shooting", "clash", "ground_attack", "execution"},
    {"bombing", "suicide_bombing", "landmine"},
    {"clash", "shelling", "airstrike"},
)


def _kin(event: str, events: Sequence[str | None]) -> bool:
    return any(event in family and other in family for family in _KIN for other in events)


def _same_number(draft: Draft, thread: Thread) -> bool:
    c = draft.finding.count
    return c.qualifier not in ("unstated", "vague") and any(
        d.finding.harm == draft.finding.harm
        and (d.finding.count.low, d.finding.count.high) == (c.low, c.high)
        and (c.low or 0) > 1
        for d in thread.drafts
    )


def _rival_number(draft: Draft, thread: Thread) -> bool:
    c = draft.finding.count
    return any(d.finding.harm == draft.finding.harm and d.finding.count.low != c.low for d in thread.drafts)


def _gather(story: Story, index: int) -> None:
    """A passage without a number gives the current incident its date and place, or turns to another incident."""
    layers = story.layers
    if index in layers.captions:
        return
    passage = layers.passages[index]
    events = inside(layers.events, passage.start, passage.end)
    if not _SAME.search(passage.text) and not any((e.type and not e.weak) or _STRUCK.search(e.text) for e in events):
        if not _OTHER.search(passage.text):
            _settle(story, index)
        return
    said = said_dates(passage, layers)
    dates = [
        d
        for d in inside(layers.dates, passage.start, passage.end)
        if d.start not in said and not is_window(d) and names_a_day(d)
    ]
    places = [p for p in inside(layers.places, passage.start, passage.end) if is_site(p, passage, layers)]
    if are_listed(passage, layers):  # "shelling hit areas of A, B, C and D": no one spot
        places = [p for p in places if rank(p) > 4]
        if story.current is not None and any(rank(p) <= 4 for p in story.current.places):
            story.current = story.begin()
            windows = [d for d in inside(layers.dates, passage.start, passage.end) if d.start not in said]
            story.current.dates.extend(windows[:1])
            story.current.places.extend(places)
            story.current.listed = True
            story.current.last, story.current.paragraph = index, passage.paragraph
            return
    if events and all(e.text.endswith("s") for e in events) and dates and all(d.precision in BACKGROUND for d in dates):
        return  # "has carried out air strikes this year": no incident
    current = story.current
    same = [t for t in story.threads if any(dates_agree(d, own) == 2 for d in dates for own in t.dates)]
    if same and current not in same and _agrees(same[-1], dates, places, events, story.scattered):
        story.current = current = same[-1]
    if current is None or not _agrees(current, dates, places, events, story.scattered) or _OTHER.search(passage.text):
        if not dates and not places:
            return
        fitting = [
            t
            for t in story.threads
            if t is not current and _agrees(t, dates, places, events, story.scattered) and _told(t, dates, places)
        ]
        current = fitting[0] if fitting and not _OTHER.search(passage.text) else story.begin()
        story.current = current
    best = next((d for d in dates if d.precision in ("day", "days")), best_date(dates))
    current.dates.extend([best] if best is not None else [])
    if current.listed or (index - current.last > 3 and current.last and not _SAME.search(passage.text)):
        return
    close = [p for p in places if not strangers([p], current.places, story.scattered)]
    current.places.extend(sorted(close, key=rank)[:1])
    current.events.extend(Event(e.type, e.text, e.start, e.end) for e in events[:1] if e.type and not e.weak)
    current.last, current.paragraph = index, passage.paragraph


_ELSEWHERE = re.compile(
    r"\b(?:hospitals?|clinic|taken|rushed|evacuated|transferred|fled|moved|lives?|lived|living|home|house|family|born|"
    r"residents?|return(?:ed)?|office|called|spoke|interview|condition|stable|lies|away from|funeral|buried|"
    r"cemetery)\b",
    re.IGNORECASE,
)


def _settle(story: Story, index: int) -> None:
    """The sentences after a count tell its day and its spot in other words ("the bodies lay on a path outside X")."""
    thread, layers = story.current, story.layers
    passage = layers.passages[index]
    if thread is None or story.scattered or passage.paragraph - thread.paragraph > 3:
        return
    said = said_dates(passage, layers)
    days = [
        d
        for d in inside(layers.dates, passage.start, passage.end)
        if d.start not in said and d.precision == "day" and not is_window(d) and names_a_day(d)
    ]
    if not thread.dates and len(days) == 1 and index - thread.last <= 2:
        thread.dates.append(days[0])
    if _ELSEWHERE.search(passage.text) or min((rank(p) for p in thread.places), default=9) < 2.5:
        return
    sites = [p for p in inside(layers.places, passage.start, passage.end) if is_site(p, passage, layers)]
    spots = [p for p in sites if rank(p) < 2.5 and _placed(p, passage)]
    if len(spots) == 1 and not strangers(spots, thread.places, False):
        thread.places.append(spots[0])


_PLACED = re.compile(r"\b(?:in|at|near|outside|around|on)\s(?:the\s)?\Z", re.IGNORECASE)


def _placed(place: PlaceMention, passage: Passage) -> bool:
    """After "in" or "near", or opening with it."""
    start = place.start - passage.start
    return place.relation is not None or bool(_PLACED.search(passage.text[max(0, start - 12) : start]))


def _told(thread: Thread, dates: Sequence[When], places: Sequence[PlaceMention]) -> bool:
    """Whether a passage says something that the thread says too, or that it leaves open."""
    if dates and thread.dates:
        return any(dates_agree(d, own) == 2 for d in dates for own in thread.dates)
    if places and thread.places:
        return not dates or not any(d.precision in BACKGROUND for d in dates)
    return False


def _agrees(
    thread: Thread,
    dates: Sequence[When],
    places: Sequence[PlaceMention],
    events: Sequence[EventMention],
    scattered: bool,
) -> bool:
    """Whether a passage can speak of a thread's incident."""
    if any(dates_agree(d, own) == 0 for d in dates for own in thread.dates):
        return False
    if any(d.precision in BACKGROUND for d in dates) and not any(
        dates_agree(d, own) == 2 for d in dates for own in thread.dates
    ):
        return False
    if strangers(places, thread.places, scattered):
        return False
    strong = [e.type for e in events if e.type and not e.weak]
    types = [e.type for e in thread.events]
    return not (strong and types and all(e not in types and not _kin(e, types) for e in strong))

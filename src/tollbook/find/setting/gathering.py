"""Passages without numbers: what they add to the incident that the text speaks of, and where they turn to another."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.grammar.passages import Passage
from tollbook.find.layers import inside
from tollbook.find.setting.days import BACKGROUND, best_date, coarser, dates_agree, is_window, names_a_day
from tollbook.find.setting.nested import without_holders
from tollbook.find.setting.said import said_dates
from tollbook.find.setting.sites import are_listed, home_of_speakers, is_site, placed, rank, single, strangers
from tollbook.find.setting.story import Story, Thread
from tollbook.records import Event, EventMention, PlaceMention, When

OTHER = re.compile(
    r"\b(?:another|a separate|in separate|separately|elsewhere|a second|a third|a different|a similar|"
    r"also (?:on|in)|previous(?:ly)?|(?:a|an) earlier (?:attack|strike|incident|shooting|raid)|"
    r"meanwhile|in a related)\b|"
    r"\A\W*(?:as for\b|in (?:the same|another|a related|a similar) (?:context|development|regard|vein)\b|"
    r"(?:\w+ )?hours? (?:earlier|before)|(?:the|\w+) (?:days?|evening|night|weeks?) (?:before|earlier)\b|"
    r"(?:on )?the previous (?:day|evening|night|week)\b|"
    r"(?:earlier|later) (?:in the|that|the same) (?:day|evening|morning|night)\b)",
    re.IGNORECASE,
)
SEPARATE = re.compile(
    r"\W*(?:in (?:an?|another|yet another)(?: (?:different|separate|unrelated))? (?:attack|incident|strike)\b|"
    r"separately\b|elsewhere\b)",
    re.IGNORECASE,
)
_STRUCK = re.compile(
    r"\b(?:struck|hit|bombard(?:ed|s)?|target(?:ed|ing)?|attack(?:ed|s)?|strikes?|explosions?|blasts?|raid(?:ed|s)?|"
    r"shooting|incident|assault|detonated|exploded|went off|opened fire|stormed)\b",
    re.IGNORECASE,
)
SAME = re.compile(
    r"\b(?:the|this|that) (?:attack|strike|airstrike|air strike|bombing|blast|explosion|shooting|"
    r"incident|raid|bombardment|shelling|massacre|operation|clash|clashes|assault|fire|toll|death toll|"
    r"victims|dead|wounded)\b|\b(?:as a result|initial reports|the toll)\b",
    re.IGNORECASE,
)


_KIN = (
    {"airstrike", "drone_strike", "missile_strike", "shelling", "bombing"},
    {"shooting", "clash", "ground_attack", "execution"},
    {"bombing", "suicide_bombing", "landmine"},
    {"clash", "shelling", "airstrike"},
)


def kin(event: str, events: Sequence[str | None]) -> bool:
    return any(event in family and other in family for family in _KIN for other in events)


def gather(story: Story, index: int) -> None:
    """A passage without a number gives the current incident its date and place, or turns to another incident."""
    layers = story.layers
    paragraph = layers.passages[index].paragraph
    if paragraph in layers.entries and (story.current is None or story.current.entry != paragraph):
        open_entry(story, index)
    elif index not in layers.captions:
        _turn(story, index)
    if story.current is not None:
        story.current.told.append(index)


def open_entry(story: Story, index: int) -> None:
    """A bulletin's entry begins: an incident with the place and the day of the heading."""
    layers = story.layers
    passage = layers.passages[index]
    entry = layers.entries[passage.paragraph]
    story.current = thread = story.begin()
    thread.entry = thread.paragraph = passage.paragraph
    thread.last = index
    thread.places.append(entry.place)
    thread.dates.extend(inside(layers.dates, entry.start, entry.end)[:1])
    events = inside(layers.events, passage.start, passage.end)
    thread.events.extend(Event(e.type, e.text, e.start, e.end) for e in events[:1] if e.type and not e.weak)


def _turn(story: Story, index: int) -> None:
    layers = story.layers
    passage = layers.passages[index]
    events = inside(layers.events, passage.start, passage.end)
    if _AHEAD.search(passage.text):
        return  # "It works on the toll of Tuesday and will publish it"
    if not SAME.search(passage.text) and not any((e.type and not e.weak) or _STRUCK.search(e.text) for e in events):
        if not OTHER.search(passage.text):
            _settle(story, index)
        return
    said = said_dates(passage, layers)
    dates = [
        d
        for d in inside(layers.dates, passage.start, passage.end)
        if d.start not in said and not is_window(d) and names_a_day(d)
    ]
    if SAME.search(passage.text):  # "the group, which was founded in 2019, claimed the attack"
        dates = [d for d in dates if d.precision not in BACKGROUND or not _IN_PASSING.search(_before(d, passage))]
    places = [p for p in inside(layers.places, passage.start, passage.end) if is_site(p, passage, layers)]
    places = without_holders(places, passage)
    if not places and (home := home_of_speakers(passage, layers)) is not None:
        places = [home]  # "Residents of Zalba said that bombs fell on a group of houses."
    if not are_listed(passage, layers):
        places = single(places, passage)
    else:  # "shelling hit areas of A, B, C and D": no one spot
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
    if current is None or not _agrees(current, dates, places, events, story.scattered) or OTHER.search(passage.text):
        if not dates and not places:
            return
        fitting = [
            t
            for t in story.threads
            if t is not current and _agrees(t, dates, places, events, story.scattered) and _told(t, dates, places)
        ]
        current = fitting[0] if fitting and not OTHER.search(passage.text) else story.begin()
        story.current = current
    best = next((d for d in dates if d.precision in ("day", "days")), best_date(dates))
    current.dates.extend([best] if best is not None else [])
    far = index - current.last > 3 and current.last and current not in same
    if current.listed or (far and not SAME.search(passage.text)):
        return
    close = [p for p in places if not strangers([p], current.places, story.scattered)]
    current.places.extend(sorted(close, key=rank)[:1])
    current.events.extend(Event(e.type, e.text, e.start, e.end) for e in events[:1] if e.type and not e.weak)
    current.last, current.paragraph = index, passage.paragraph


# "The rebels were preparing to attack the valley"
_AHEAD = re.compile(
    r"\b(?:will|shall)\b|\b(?:about|intended|intending|planned|planning|preparing|seeking|trying|wanted) to "
    r"(?:attack|bomb|carry out|infiltrate|launch|raid|storm|strike|target)\b"
)
_IN_PASSING = re.compile(r"\b(?:which|who|whom|whose)\b[^,;]{0,60}\Z")


def _before(date: When, passage: Passage) -> str:
    return passage.text[max(0, date.start - passage.start - 90) : date.start - passage.start]


_ELSEWHERE = re.compile(
    r"\b(?:hospitals?|clinic|taken|rushed|evacuated|transferred|fled|lives?|lived|living|home|house|family|born|"
    r"residents?|return(?:ed)?|office|spoke|interview|condition|stable|lies|away from|funeral|buried|"
    r"cemetery)\b",
    re.IGNORECASE,
)


# "The post lies in the Zalba area."
_LIES = re.compile(
    r"The (?:[\w-]+ ){0,2}?[\w-]+ (?:is (?:located|situated)|lies|sits|stands|was (?:located|situated))"
    r"(?: (?:about|just|some))?(?: [\w,.]+ (?:km|kilomet\w+|miles))? (?:at|close to|in|near|on|outside)\b",
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
    lies = _LIES.match(passage.text)
    known = min((rank(p) for p in thread.places), default=9)
    if (_ELSEWHERE.search(passage.text) and not lies) or known < 2.5:
        return
    sites = [p for p in inside(layers.places, passage.start, passage.end) if is_site(p, passage, layers)]
    spots = [p for p in single(sites, passage) if rank(p) < (known if lies else 2.5) and placed(p, passage)]
    chain = all(b.start - a.end < 5 for a, b in zip(spots, spots[1:], strict=False))  # "in X, near the town of Y"
    if spots and chain and not strangers(spots[:1], thread.places, False):
        thread.places.append(min(spots, key=rank))


def _told(thread: Thread, dates: Sequence[When], places: Sequence[PlaceMention]) -> bool:
    """Whether a passage says something that the thread says too, or that it leaves open."""
    if dates and thread.dates:
        return any(dates_agree(d, own) == 2 or _closer(d, own) for d in dates for own in thread.dates)
    if places and thread.places:
        return not dates or not any(d.precision in BACKGROUND for d in dates)
    return False


def _closer(date: When, own: When) -> bool:
    """ "in March 2019", where the incident was told so far of 2019."""
    return own.precision in BACKGROUND and date.precision in BACKGROUND and coarser(own, date)


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
        dates_agree(d, own) == 2 or _closer(d, own) for d in dates for own in thread.dates
    ):
        return False
    if strangers(places, thread.places, scattered):
        return False
    strong = [e.type for e in events if e.type and not e.weak]
    types = [e.type for e in thread.events]
    return not (strong and types and all(e not in types and not kin(e, types) for e in strong))

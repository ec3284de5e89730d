"""The incidents of one document: which claims speak of the same event, and what that event's date and place are.

A report names the day in its first sentence and the village in its fifth. Claims are threaded in the order of the
text; a thread's date and place then serve every claim in it that has none of its own, or a coarser one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.grammar.phrases import RANKS
from tollbook.find.layers import Layers, inside
from tollbook.find.setting.days import BACKGROUND, dates_agree, is_open
from tollbook.find.setting.elsewhere import ALSO, take_back_days, take_back_days_ahead
from tollbook.find.setting.gathering import OTHER, SAME, SEPARATE, gather, kin
from tollbook.find.setting.lending import headline_place, lend, lend_days, opening_place
from tollbook.find.setting.nearby import lend_nearby
from tollbook.find.setting.nested import without_holders
from tollbook.find.setting.periods import lend_period, report_period
from tollbook.find.setting.roundups import find_round_up
from tollbook.find.setting.said import said_dates
from tollbook.find.setting.sites import are_scattered, is_site, rank, strangers
from tollbook.find.setting.slots import LOOKS_BACK
from tollbook.find.setting.story import Draft, Story, Thread, names_own_event
from tollbook.records import PlaceMention, When


def thread_drafts(drafts: Sequence[Draft], layers: Layers) -> list[Thread]:
    """Put each draft in a thread and let threads lend dates and places; each total stands in a thread of its own.

    Sets ``thread``, ``date`` and ``place`` of the drafts; returns the threads in the order of the text.
    """
    by_passage: dict[int, list[Draft]] = {}
    find_round_up(drafts, layers)
    _sum_in_headline(drafts)
    undated = [i for i, d in enumerate(drafts) if d.date is None]
    unplaced = [i for i, d in enumerate(drafts) if d.place is None]
    sites = {i: drafts[i].place for i in undated}
    for draft in drafts:
        by_passage.setdefault(draft.finding.sentence.index, []).append(draft)
        _head(draft, layers)
    story = Story(layers, are_scattered([d.place for d in drafts if d.place is not None and d.scope != "total"]))
    for index in range(len(layers.passages)):
        _resume(story, layers.passages[index].paragraph)
        counted = [d for d in by_passage.get(index, ()) if d.scope != "total"]
        for draft in counted:
            _join(draft, story)
        if index not in by_passage:
            gather(story, index)
    threads = [t for t in story.threads if t.drafts]
    for number, thread in enumerate(threads):
        thread.number = number
        for draft in thread.drafts:
            draft.thread = number
    lend_days(threads, layers)
    opener = opening_place(layers)
    for thread in threads:
        lend(thread, story.scattered, opener, layers)
    headline = headline_place(layers)
    for thread in threads:
        for draft in thread.drafts:
            draft.place = draft.place or headline
    lend_nearby(drafts, undated, unplaced, layers)
    take_back_days(drafts, undated, sites, layers)
    period = report_period(drafts, undated)
    if period is not None:
        lend_period(drafts, undated, period)
    take_back_days_ahead(drafts)
    number = len(threads)
    for draft in drafts:
        if draft.scope == "total":
            thread = Thread(number, [draft])
            draft.thread = number
            threads.append(thread)
            number += 1
    return threads


_LEAD = 3  # sentences


def _sum_in_headline(drafts: Sequence[Draft]) -> None:
    """A headline whose number the lead tells as a sum tells the same sum: "Army executed 62 civilians in Zalba"."""
    for draft in drafts:
        size = draft.finding.count.low
        if draft.region != "title" or draft.scope == "total" or (size or 0) < 2:
            continue
        for other in drafts:
            c = other.finding.count
            lead = 0 < other.finding.sentence.index <= _LEAD and other.scope == "total"
            if lead and other.finding.harm == draft.finding.harm and c.low == size:
                draft.scope, draft.date = "total", draft.date or other.date
                draft.place = other.place or draft.place
                break


def _head(draft: Draft, layers: Layers) -> None:
    """In a round-up each paragraph opens with its place; in a bulletin's entry the first name of the heading is it."""
    paragraph = draft.finding.sentence.passage.paragraph
    entry = layers.entries.get(paragraph)
    if draft.place is None and len(layers.datelines) > 1:
        draft.place = layers.datelines.get(paragraph)
    elif draft.place is not None and entry is not None:
        on_the_road = (draft.place.relation or "").lower().startswith("on the ")  # "on the road to Zenda"
        if on_the_road or entry.start <= draft.place.start < entry.end:
            draft.place = entry.place


def _resume(story: Story, paragraph: int) -> None:
    """After a look back, a new paragraph goes on with what the text was about."""
    now = story.current
    if now is not None and now.earlier and now.paragraph != paragraph and story.after is not None:
        story.current = story.after


def _join(draft: Draft, story: Story) -> None:
    threads = story.threads
    scored = [(score, t.number) for t in threads if (score := _fit(draft, t, story)) > 0]
    if scored:
        thread = threads[max(scored)[1]]
    else:
        thread = story.begin()
        thread.entry = _entry_of(draft, story.layers)
        passage = draft.finding.sentence.passage
        thread.earlier = LOOKS_BACK.search(passage.text[: draft.finding.count.end - passage.start]) is not None
        if draft.place is None:
            draft.place = _place_before(draft, story.layers)
        if draft.date is None:
            thread.dates.extend(_day_before(draft, story.layers))
    if thread.earlier and not (story.current is not None and story.current.earlier):
        story.after = story.current
    story.current = thread
    thread.drafts.append(draft)
    s = draft.finding.sentence
    thread.last, thread.paragraph = s.index, s.passage.paragraph
    if draft.finding.harm == "displaced" and len(thread.drafts) > 1:
        return  # people flee from more than the one spot, and for longer
    if draft.date is not None and not (is_open(draft.date) and len(thread.drafts) > 1):
        thread.dates.append(draft.date)  # what has gone on since Sunday says no day of what was told before it
    if draft.place is not None:
        thread.places.append(draft.place)
    if draft.event is not None and draft.event.type and names_own_event(draft):
        thread.events.append(draft.event)


def _entry_of(draft: Draft, layers: Layers) -> int | None:
    paragraph = draft.finding.sentence.passage.paragraph
    return paragraph if paragraph in layers.entries else None


def _day_before(draft: Draft, layers: Layers) -> list[When]:
    """ "Thursday began quietly. At nine a shell fell": the day that the paragraph has just named."""
    s = draft.finding.sentence
    entry = layers.entries.get(s.passage.paragraph)
    headed = inside(layers.dates, entry.start, entry.end) if entry is not None else []
    if headed:
        return headed[:1]
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
            return without_holders(sites, passage)[-1]
    return None


# "Following the report, the army admitted that it may have killed 80": on with what was just told of.
_AFTER_IT = re.compile(r"(?:After|Following) (?:its|that|the|their|these|this)\b|In (?:reaction|response)\b")


# "A mine hurt two herders, three days after an attack on the well hurt nine"
_DAYS_AFTER = re.compile(
    r"\b(?:an?|one|two|three|four|five|six|several|\d+) (?:days?|weeks?|months?|years?) after "
    r"(?:(?:an?|another) )?(?:[\w-]+ )?(?:assault|attack|blast|bombing|explosion|massacre|raid|shooting|strike)\b",
    re.IGNORECASE,
)


def _fit(draft: Draft, thread: Thread, story: Story) -> float:
    """How well a draft fits a thread; at most 0 means that it does not."""
    latest = thread is story.current
    s = draft.finding.sentence
    entry = _entry_of(draft, story.layers)
    if entry != thread.entry and (entry is not None or (thread.entry is not None and _told_apart(draft))):
        return 0  # each entry of a bulletin is an incident of its own
    if _counts_on(draft, thread) or _told_in_headline(draft, thread):
        return 4
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
    elif draft.date is not None and not thread.dates and same_passage and _of_old(draft, thread):
        return 0  # "killed two, days after it came out that dozens died in 2019"
    elif draft.date is not None and not thread.dates:
        score -= (
            _late(draft, thread) if draft.date.precision in BACKGROUND else 0.5 if not _headline_only(thread) else 0
        )
    elif (
        draft.date is None
        and thread.dates
        and all(d.precision in BACKGROUND for d in thread.dates)
        and not same_passage
    ):
        on = s.passage.paragraph == thread.paragraph or _AFTER_IT.match(s.passage.text)
        score -= 0.5 if latest and on else 1.5
    if draft.place is not None and thread.places:
        again = latest and ALSO.match(s.passage.text) is not None
        if not again and strangers([draft.place], thread.places, story.scattered):
            return 0 if draft.date is None or not thread.dates or score < 2 or rank(draft.place) < 5 else score - 1
        score += 1 if rank(draft.place) < 5 else 0.3
        score += 0.7 if any(p.text.lower() == draft.place.text.lower() for p in thread.places) else 0
    score += _event_fit(draft, thread)
    told = s.passage.text[: draft.finding.count.end - s.passage.start]
    earlier = LOOKS_BACK.search(told) is not None
    turn = _DAYS_AFTER.search(told) if same_passage else None
    if turn is not None and thread.drafts[-1].finding.count.start < s.passage.start + turn.start():
        return 0
    if not same_passage and SEPARATE.match(told) and not _same_number(draft, thread):
        return 0
    if (earlier or OTHER.search(told)) and not same_passage:
        score -= 3 if earlier and latest else 1.5
    if SAME.search(s.passage.text) and not earlier:
        score += 0.5
    if _same_number(draft, thread):
        score += 1.2 if (draft.finding.count.low or 0) > 3 else 0.6  # "two" is many a number
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


def _counts_on(draft: Draft, thread: Thread) -> bool:
    """ "A fifth victim died on Tuesday" goes on with the four of Monday."""
    finding, phrase = draft.finding, draft.finding.phrase
    if phrase is None or phrase.first + 1 > phrase.last or finding.sentence.words[phrase.first] not in ("a", "the"):
        return False
    nth = RANKS.get(finding.sentence.words[phrase.first + 1], 0)
    return nth > 2 and any(
        d.finding.harm == finding.harm and d.finding.count.low == nth - 1 and d.scope != "total" for d in thread.drafts
    )


def _event_fit(draft: Draft, thread: Thread) -> float:
    """What the kind of violence says: shelling is no stabbing, but either may be told in other words."""
    if draft.event is None or not draft.event.type or not thread.events:
        return 0.0
    types = [e.type for e in thread.events]
    if draft.event.type in types:
        return 0.5
    if kin(draft.event.type, types):
        return 0.0
    return -2.2 if _told_apart(draft) else -1.3 if names_own_event(draft) else -0.7


def _told_apart(draft: Draft) -> bool:
    """Whether a number comes with an event of its own, and a day or place to it."""
    return names_own_event(draft) and (draft.date is not None or draft.place is not None)


def _of_old(draft: Draft, thread: Thread) -> bool:
    """Whether a month or year parts a number from the one before it in the sentence: "and hurt two" goes on with it."""
    if draft.date is None or draft.date.precision not in BACKGROUND:
        return False
    s, last = draft.finding.sentence, thread.drafts[-1].finding
    if last.sentence is not s or last.count.end > draft.finding.count.start:
        return True
    between = s.passage.text[last.count.end - s.passage.start : draft.finding.count.start - s.passage.start]
    return _GOES_ON.search(between) is None


_GOES_ON = re.compile(r"^[^,;:]*\band (?:\w+ ){0,3}\Z")


def _late(draft: Draft, thread: Thread) -> float:
    """What a month or a year weighs against an incident told so far without a day: "In March, ... had killed two"."""
    assert draft.date is not None
    told = not _headline_only(thread) and draft.finding.sentence.passage.paragraph != thread.paragraph
    return 3.0 if told and "this" not in draft.date.text.lower().split() else 2.0


def _headline_only(thread: Thread) -> bool:
    return all(d.region == "title" or d.finding.sentence.passage.paragraph == 0 for d in thread.drafts)


def _told_in_headline(draft: Draft, thread: Thread) -> bool:
    """Whether the lead tells again the number of a headline, however it names the place."""
    c = draft.finding.count
    if draft.finding.sentence.index > _LEAD or c.qualifier in ("unstated", "vague") or not _headline_only(thread):
        return False
    if OTHER.search(draft.finding.sentence.passage.text) or (draft.date is not None and thread.dates):
        return False  # "another raid hit a bus, killing 20 too"
    if any(d.finding.sentence.passage.text.rstrip().endswith(".") for d in thread.drafts):
        return False  # a first sentence is no headline: "another raid hit a bus, killing 20" too
    low = c.low or 0
    return low > 1 and any(d.finding.harm == draft.finding.harm and _amounts_to(d, low) for d in thread.drafts)


def _amounts_to(headline: Draft, low: int) -> bool:
    """ "15 killed", and "hundreds" of more than three hundred."""
    count = headline.finding.count
    return count.low == low or (count.qualifier == "vague" and count.low is not None and count.low <= low)


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

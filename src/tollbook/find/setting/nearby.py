"""What the sentences around a number say of its day and its site, where its own sentence says nothing.

What the paragraph has just told goes before what the incident lends; and where the incident has nothing to lend, what
was told last is better than nothing. Both orders were measured: docs/quality.md, "A learned
component: what was tried".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from tollbook import lexicon
from tollbook.find.layers import Layers, inside
from tollbook.find.setting.days import BACKGROUND, dates_agree, first_day, is_open, is_window
from tollbook.find.setting.nested import without_holders
from tollbook.find.setting.said import said_dates
from tollbook.find.setting.sites import counted_by, far_apart, is_site, rank, within
from tollbook.find.setting.story import Draft
from tollbook.records import PlaceMention, When

_JUST_BEFORE = 2  # sentences of the same paragraph
_NEAR = 3  # sentences
_FAR = 60
_WIDE = 5  # the rank of a province
_CLAUSE = 4  # words
_YEARS = ("year", "longer")
Told = Callable[[int], list[When]]  # the dates that a passage, by its number, tells of what happened


def lend_nearby(drafts: Sequence[Draft], undated: Iterable[int], unplaced: Iterable[int], layers: Layers) -> None:
    """Sets ``date`` and ``place`` of drafts whose own sentences have none: ``undated`` and ``unplaced``, by number.

    Where the document tells of one incident only, a place just before counts only if a sentence opens with it or tells
    it with a day: the site of that one is what every number is about, whatever hospital or home town is named between.
    """
    told = _told_in(layers)
    since = cache(lambda: _since_war(layers))
    several = len({d.thread for d in drafts if d.scope != "total"}) > 1
    for i in unplaced:
        if drafts[i].scope == "total" and drafts[i].place is None:
            drafts[i].place = counted_by(drafts[i].finding.sentence.passage, layers)
        if drafts[i].scope != "total" and not _is_headline(drafts[i]):
            _give_place(drafts[i], _site_just_before(drafts[i], layers, several, told))
    for i in undated:
        draft = drafts[i]
        if not _is_headline(draft):
            _give_date(draft, _day_just_before(draft, layers, told))
        if draft.date is None:
            total = draft.scope == "total"
            _give_date(draft, _period(draft, layers, told) if total else _last_day(draft, layers, told))
        if draft.date is None and draft.scope == "total" and _WAR_TOLL.search(draft.finding.sentence.passage.text):
            _give_date(draft, since())
        if draft.date is not None and draft.scope != "total" and _names_deed(draft.date):
            draft.date = first_day(draft.date)


def _names_deed(date: When) -> bool:
    """ "Since troops raided a farm on Saturday" names the day of the raid; "since the fighting began" goes on."""
    return len(date.text.split()) > _CLAUSE and _BEGAN.search(date.text) is None


_BEGAN = re.compile(r"\b(?:began|broke out|erupted|escalated|resumed|started)\b")


def lend_last_site(draft: Draft, layers: Layers) -> None:
    """Sets ``place`` where the document has neither a site nor a country for a number: the place named last before, for
    one incident within its paragraph."""
    total = draft.scope == "total"
    last: PlaceMention | None = None
    for k in _back_from(draft, _FAR if total else _NEAR):
        if not total and layers.passages[k].paragraph != draft.finding.sentence.passage.paragraph:
            return
        sites = _sites(k, layers, every=total)
        if total:  # a sum is rather one of the whole province than of the spot named last
            wide = [p for p in sites if rank(p) >= _WIDE]
            if wide:
                _give_place(draft, wide[-1])
                return
            last = last or (sites[-1] if sites else None)
        elif sites:
            _give_place(draft, sites[-1])
            return
    if last is not None:
        _give_place(draft, last)


def _give_date(draft: Draft, date: When | None) -> None:
    if date is not None:
        draft.date = date
        draft.nearby |= {"date"}


def _give_place(draft: Draft, place: PlaceMention | None) -> None:
    if place is not None:
        draft.place = place
        draft.nearby |= {"place"}


def _is_headline(draft: Draft) -> bool:
    return draft.region == "title" or draft.finding.sentence.index == 0


def _day_just_before(draft: Draft, layers: Layers, told: Told) -> When | None:
    """ "On Tuesday a mine went off there. Two men died": the date that the paragraph told last; no incident has a year
    for its day."""
    last = next((told(k)[-1] for k in _just_before(draft, layers) if told(k)), None)
    return last if last is None or draft.scope == "total" or last.precision not in _YEARS else None


def _site_just_before(draft: Draft, layers: Layers, several: bool, told: Told) -> PlaceMention | None:
    """The spot that the paragraph named last; ``None`` where the draft's place says more of the same. Where the
    document tells of one incident only (not ``several``), one that a sentence opens with or tells with a day."""
    lent = draft.place
    for k in _just_before(draft, layers):
        sites = _sites(k, layers)
        if not sites:
            continue
        passage = layers.passages[k]
        opens = _OPENS.fullmatch(passage.text, 0, sites[0].start - passage.start) is not None
        if not several and not opens and not told(k):
            return None
        if opens and rank(sites[0]) <= 4 and _begins_paragraph(k, layers):
            return min(
                (p for p in sites if within(p, sites[0])), key=lambda p: (rank(p), -p.start)
            )  # "In Zalba, ...": the text has gone there
        named = sites[0] if opens and not several else sites[-1]
        other_day = draft.date is not None and any(dates_agree(d, draft.date) == 0 for d in told(k))
        if other_day and rank(named) <= 4 and (lent is None or all(p.name != lent.name for p in sites)):
            return named  # "Yesterday a shell fell near Zalba. Two were hurt": not where the dead of today lay
        finer = lent is not None and rank(lent) < rank(named) and within(lent, named)
        return None if finer and lent is not None and not far_apart(lent, named, False) else named
    return None


def _begins_paragraph(k: int, layers: Layers) -> bool:
    return k == 0 or layers.passages[k - 1].paragraph != layers.passages[k].paragraph


_OPENS = re.compile(
    r"\W*(?:Meanwhile, )?(?:Also )?(?:As (?:for|to) )?(?:[Aa]t|[Ii]n|[Nn]ear|[Oo]n|[Oo]utside|[Aa]round)? ?"
    r"(?:the )?(?:front (?:at|in|of) (?:the )?)?"
)


def _last_day(draft: Draft, layers: Layers, told: Told) -> When | None:
    """The date told last, a few sentences before; a year is background. No further: a wrong day parts reports of one
    incident, which no day does not."""
    for k in _back_from(draft, _NEAR):
        days = [d for d in told(k) if d.precision not in _YEARS]
        if days:
            return days[-1]
    return None


def _period(draft: Draft, layers: Layers, told: Told) -> When | None:
    """The period that a sum's own sentence tells, or the one before in its paragraph ("Since May 40 villages have been
    shelled. A million people have fled")."""
    s = draft.finding.sentence
    for k in (s.index, s.index - 1):
        if k >= 0 and layers.passages[k].paragraph == s.passage.paragraph:
            periods = [d for d in told(k) if d.precision in BACKGROUND or is_window(d)]
            if periods:
                return periods[0]
    return None


_WAR = r"(?:conflict|crisis|fighting|hostilities|insurgency|uprising|war)"
# "The war has killed thousands": since it began, where the text says since when there is war.
_WAR_TOLL = re.compile(
    rf"\b(?:the|this) (?:[\w-]+ )?{_WAR}\b[^.;]{{0,40}}? (?:has|have) (?:\w+ ){{0,2}}?"
    rf"(?:{'|'.join(lexicon.load('dates')['wars']['cost'])})\b|"
    rf"\bso far in (?:the|this) (?:[\w-]+ )?{_WAR}\b",
    re.IGNORECASE,
)
_OF_WAR = re.compile(rf"\b(?:aggression|invasion|offensive|{_WAR})\b", re.IGNORECASE)


def _since_war(layers: Layers) -> When | None:
    """The longest time "since" that the document tells beside a word for war."""
    known = []
    for p in layers.passages:
        for d in inside(layers.dates, p.start, p.end):
            told = p.text[max(0, d.start - p.start - 60) : d.end - p.start + 40]
            if d.from_ is not None and is_open(d) and _OF_WAR.search(told):
                known.append((d.from_, d.start, d))
    return min(known, key=lambda k: k[:2])[2] if known else None


def _just_before(draft: Draft, layers: Layers) -> list[int]:
    s = draft.finding.sentence
    before = range(s.index - 1, max(-1, s.index - 1 - _JUST_BEFORE), -1)
    return [k for k in before if layers.passages[k].paragraph == s.passage.paragraph]


def _back_from(draft: Draft, reach: int) -> range:
    """Numbers of the draft's own passage and of those before it."""
    index = draft.finding.sentence.index
    return range(index, max(-1, index - 1 - reach), -1)


def _told_in(layers: Layers) -> Told:
    @cache
    def told(k: int) -> list[When]:
        passage = layers.passages[k]
        dates = inside(layers.dates, passage.start, passage.end)
        said = said_dates(passage, layers) if dates else ()
        return [d for d in dates if d.start not in said and d.from_ is not None]

    return told


def _sites(k: int, layers: Layers, every: bool = False) -> list[PlaceMention]:
    """The sites that a passage names; unless ``every`` is wanted, without those that only say where another lies."""
    passage = layers.passages[k]
    places = inside(layers.places, passage.start, passage.end)
    own = places if every else without_holders(places, passage)
    return [p for p in own if is_site(p, passage, layers)]

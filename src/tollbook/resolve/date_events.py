"""Days that a report counts from what happened: "four days after troops opened fire", "the sixth day of a siege".

Such words name the event's day by the day they are written on, or by a date just before them ("on 22 August, six days
after an air raid"). An account of the past counts from what it has told, so that nothing is done there.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from tollbook import lexicon
from tollbook.records import When
from tollbook.resolve import date_calendar as cal
from tollbook.resolve.date_words import number

HEAD = 700  # further down "two days after the vote" counts from something that the text has told
_AFTER = re.compile(r"(?:(?:just|only|barely|nearly|about|some) )?(?:(\w+) )?(day|week)s? after\Z")
_OPENS = re.compile(r"(?:\A|[.!?—–-][”\"')]*\s|\n\s*)(?:just |only |barely |nearly |about |some )?\Z")
_STOP = re.compile(r"[.!?][”\"')]*\s|\n")
_EVENT = re.compile(r"\s+(?:(?:an?|the|another|their|its|his|her)\s)?(?!being\b|taking\b|\w+ing\b)(?:\d{1,4} )?[a-z]")
_LESS = re.compile(r"\b(?:less|more) than (?:a )?\Z")  # "less than a week after": no day
_DAY_OF = re.compile(
    r"\b(?:(?:the|its|their|for a|into (?:a|its|the))\s+)?(?P<nth>\w{3,8}|\d{1,2}(?:st|nd|rd|th))\s+"
    r"(?:(?:straight|consecutive|successive)\s+)?day\s+of\s+(?:(?:an?|the|its|their|this|heavy|fierce|intense)\s+)?"
    r"(?:[\w-]+\s+){0,2}?"
    r"(?:siege|fighting|clash(?:es)?|battles?|offensive|assault|operation|bombardment|bombing|violence|unrest|shelling|"
    r"(?:air)?strikes|campaign|attacks?|crackdown|protests?|riots?|war)\b"
)
_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
        "tenth": 10, "eleventh": 11, "twelfth": 12}  # fmt: skip


def count_from_events(found: Sequence[When], text: str, low: str, published: dt.date | None) -> list[When]:
    """The mentions with those that an event is counted by resolved, and the spans of its days added, in order.

    >>> from tollbook.resolve.dates import find_dates
    >>> text = "Four days after troops opened fire, nobody knows how many died."
    >>> find_dates(text, dt.date(2003, 10, 14))[0].from_
    datetime.date(2003, 10, 10)
    """
    out: list[When] = []
    for when in found:
        out.append(_past_midnight(_counted(when, out, low, published), low))
    spans: list[When] = []
    for span in (
        *_spans(found, text, low, published),
        *_from_to(found, text, low, published),
        *_days_to(found, text, low),
        *_quarters(text, low, published),
        *_half_months(text, low, published),
        *_opening_months(text, low, published),
        *_since_dawn(text, low, published),
        *_since_it_began(found, text, low, published),
    ):
        spans.append(span)
    return _laid_over(out, spans)


def _laid_over(found: Sequence[When], spans: Sequence[When]) -> list[When]:
    """The mentions in order, those under a span left out; of spans that overlap the first."""
    kept: list[When] = []
    for span in sorted(spans, key=lambda w: (w.start, -w.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    ends = [w.end for w in kept]

    def free(when: When) -> bool:
        at = bisect_right(ends, when.start)
        return at == len(kept) or kept[at].start >= when.end

    return sorted([*kept, *(w for w in found if free(w))], key=lambda w: w.start)


_AND = re.compile(r" and (?:(?:on|the|early|late|small|hours|of|morning|evening|night|dawn) ){0,5}")
_BEGUN = re.compile(r"\b(?:began|begun|broke out|erupted|launched|started)\b[^.;\n]{0,60}? (?:on )?\Z")
_ENDED = re.compile(r",? (?:and|but) (?:ended|finished|lasted|went on)\b[^.;\n]{0,50}? (?:on|till|until) ")
_TO_DATE = re.compile(r" (?:to date|until now|up to now|to the present|to this day|onwards?)\b")


def _from_to(found: Sequence[When], text: str, low: str, published: dt.date | None) -> Iterator[When]:
    """ "between Saturday night and the early hours of Sunday", "from 13 November to date".

    >>> from tollbook.resolve.dates import find_dates
    >>> find_dates("Ten died from 3 May to date.", dt.date(2021, 6, 1))[0].to
    datetime.date(2021, 6, 1)
    """
    for a, b in zip(found, found[1:], strict=False):
        between = low[max(0, a.start - 8) : a.start] == "between " and _AND.fullmatch(low, a.end, b.start)
        over = b.start - a.end < 80 and _ENDED.fullmatch(low, a.end, b.start) is not None
        begun = over and _BEGUN.search(low, max(0, a.start - 80), a.start) is not None
        if begun and a.from_ and b.to and a.from_ < b.to:
            whole = (a.from_, b.to)  # "erupted on 6 May and ended on 9 May"
            yield When(text[a.start : b.end], a.start, b.end, *whole, cal.precision(whole), b.anchored_to)
            continue
        if between and a.precision == b.precision == "day" and a.from_ and b.to and a.from_ <= b.to:
            whole = (a.from_, b.to)
            start = a.start - 8
            yield When(text[start : b.end], start, b.end, *whole, cal.precision(whole), b.anchored_to)
    for a in found:
        behind = _TO_DATE.match(low, a.end)
        opens = low[max(0, a.start - 6) : a.start].endswith(("from ", "since "))
        if opens and behind and published is not None and a.from_ is not None and a.from_ <= published:
            whole = (a.from_, published)
            end = behind.end()
            yield When(text[a.start : end], a.start, end, *whole, cal.precision(whole), a.anchored_to)


_DAYS_TO = re.compile(r"\b(?:in|over|during) the (\w+ )?(day|week)s? to (?:last )?\Z")


def _days_to(found: Sequence[When], text: str, low: str) -> Iterator[When]:
    """ "in the seven days to Sunday", "in the week to 3 May": the days that end there.

    >>> from tollbook.resolve.dates import find_dates
    >>> find_dates("Ten died in the seven days to Sunday.", dt.date(2021, 6, 1))[0].from_
    datetime.date(2021, 5, 24)
    """
    for day in found:
        before = max(0, day.start - 40)
        match = _DAYS_TO.search(low[before : day.start]) if day.precision == "day" and day.to is not None else None
        amount = number((match[1] or "one").strip()) if match else None
        if match and amount and day.to is not None:
            start = before + match.start()
            whole = (day.to - dt.timedelta(days=amount * (7 if match[2] == "week" else 1) - 1), day.to)
            yield When(text[start : day.end], start, day.end, *whole, cal.precision(whole), day.anchored_to)


_QUARTER = re.compile(  # a half needs its year: halves are of matches, months and nights too
    r"\b(?:in|during|over) the (?:(?P<nth>first|second|third|fourth) quarter"
    r"(?:(?: of (?:the year|this year|(?P<year>(?:19|20)\d\d)))\b|(?! of\b)(?=[,.;]|\Z| (?:alone|including)))"
    r"|(?P<half>first|second) half of (?:the year|this year|(?P<half_year>(?:19|20)\d\d))\b)"
)
_MONTHS: dict[str, int] = lexicon.load("dates")["months"]
_HALF_MONTH = re.compile(
    rf"\b(?P<half>first|second) half of (?P<month>{'|'.join(_MONTHS)})(?:,? (?P<year>(?:19|20)\d\d))?\b"
)
_PLACE = {"first": 0, "second": 1, "third": 2, "fourth": 3}


def _quarters(text: str, low: str, published: dt.date | None) -> Iterator[When]:
    """ "in the first quarter", "in the second half of 2019"; ahead of the day of publication it is the year before's.

    >>> from tollbook.resolve.dates import find_dates
    >>> find_dates("Ten died in the first quarter.", dt.date(2021, 6, 1))[0].to
    datetime.date(2021, 3, 31)
    """
    for match in _QUARTER.finditer(low):
        said = match["year"] or match["half_year"]
        year = int(said) if said else published.year if published else None
        months = 3 if match["nth"] else 6
        nth = _PLACE[match["nth"] or match["half"]]
        if year is not None and published is not None and not said and nth * months + 1 > published.month:
            year -= 1
        if year is None or not 1 <= year < 9999:
            continue
        first = dt.date(year, nth * months + 1, 1)
        after = dt.date(year + (nth + 1) * months // 12, (nth + 1) * months % 12 + 1, 1)
        whole = (first, after - dt.timedelta(days=1))
        yield When(text[slice(*match.span())], *match.span(), *whole, cal.precision(whole), "published")


def _half_months(text: str, low: str, published: dt.date | None) -> Iterator[When]:
    """ "in the second half of May": the 16th to the last; a month ahead of the publication is the year before's."""
    for match in _HALF_MONTH.finditer(low):
        month = _MONTHS[match["month"]]
        year = int(match["year"]) if match["year"] else published.year if published else None
        if year is not None and published is not None and not match["year"] and month > published.month:
            year -= 1
        if year is None or not 1 <= year < 9999:
            continue
        last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        first, end = (1, 15) if match["half"] == "first" else (16, last.day)
        whole = (dt.date(year, month, first), dt.date(year, month, end))
        how: Literal["text", "published"] = "text" if match["year"] else "published"
        yield When(text[slice(*match.span())], *match.span(), *whole, cal.precision(whole), how)


_WARS = (
    r"assault|bombardment|campaign|conflict|crackdown|fighting|genocide|hostilities|insurgency|invasion|offensive|"
    r"operation|siege|uprising|war"
)
_BEGAN = r"began|begun|started|erupted|broke out|(?:was |were )?(?:launched|triggered|sparked)"
_SINCE = re.compile(rf"\bsince (?:the )?(?:[\w-]+ ){{0,3}}(?P<what>{_WARS}) (?:[\w-]+ ){{0,3}}?(?:{_BEGAN})\b")
_BEGINNING = re.compile(rf"\b(?P<what>{_WARS})\b[^.\n;]{{0,60}}?\b(?:{_BEGAN})\b")


_SO_FAR = re.compile(
    rf"[^.;\n]{{0,60}}?\b(?:has|have) (?:\w+ ){{0,2}}?(?:{'|'.join(lexicon.load('dates')['wars']['cost'])})\b"
)


_OPENING = re.compile(
    r"\b(?:(?:in|during|over|within) )?(?:the )?(?P<which>closing|early|final|first|last|opening) (?:(?P<n>\w{1,6}) )?"
    r"(?P<unit>days|months|weeks) of (?P<year>the year|this year|last year|(?:19|20)\d\d)\b"
)


def _opening_months(text: str, low: str, published: dt.date | None) -> Iterator[When]:
    """ "The first months of the year", "the last three weeks of 2018"; as far as the report can know.

    >>> from tollbook.resolve.dates import find_dates
    >>> find_dates("Ninety died in the first two months of 2018.", dt.date(2021, 6, 1))[0].to
    datetime.date(2018, 2, 28)
    """
    if "s of " not in low:
        return
    for match in _OPENING.finditer(low):
        told = match["year"]
        amount = number(match["n"]) if match["n"] else None
        if (match["n"] and not amount) or (published is None and not told.isdigit()):
            continue
        year = int(told) if told.isdigit() else published.year - (told == "last year")  # type: ignore[union-attr]
        last = match["which"] in ("closing", "final", "last")
        length = _length(match["unit"], amount)
        first, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if last:
            first = dt.date(year, 13 - length, 1) if match["unit"] == "months" else end - dt.timedelta(days=length - 1)
        elif match["unit"] == "months":
            end = dt.date(year, length + 1, 1) - dt.timedelta(days=1) if length < 12 else end
        else:
            end = first + dt.timedelta(days=length - 1)
        whole = (first, min(end, published) if published is not None else end)
        if first <= whole[1]:
            yield When(text[slice(*match.span())], *match.span(), *whole, cal.precision(whole), "text")


def _length(unit: str, amount: int | None) -> int:
    """In months or days; where the text gives no number, a third of the year, a month of weeks, ten days."""
    if unit == "months":
        return min(amount or 4, 12)
    return min((amount or 4) * 7 if unit == "weeks" else amount or 10, 365)


_DAWN = re.compile(r"\bsince (?:dawn|daybreak|midnight|sunrise|(?:early|the) (?:in the )?morning)\b(?! (?:of|on)\b)")


def _since_dawn(text: str, low: str, published: dt.date | None) -> Iterator[When]:
    """ "Eleven have been killed since dawn": on the day of the report.

    >>> from tollbook.resolve.dates import find_dates
    >>> find_dates("Eleven have been killed since dawn.", dt.date(2021, 6, 1))[0].from_
    datetime.date(2021, 6, 1)
    """
    for match in _DAWN.finditer(low) if published is not None else ():
        yield When(text[slice(*match.span())], *match.span(), published, published, "day", "inferred")


_DURING = re.compile(r"\b(?:during|in) (?:the|a|its|this) (?:[\w-]+ ){0,2}\Z")


def _since_it_began(found: Sequence[When], text: str, low: str, published: dt.date | None) -> Iterator[When]:
    """ "since the war began", where another sentence says on which day it did.

    >>> from tollbook.resolve.dates import find_dates
    >>> text = "The war broke out on 3 May 2021. Since the war began, 90 have died."
    >>> find_dates(text, dt.date(2021, 6, 1))[-1].from_
    datetime.date(2021, 5, 3)
    """
    if published is None:
        return
    told_of = list(_BEGINNING.finditer(low))
    if not told_of:
        return
    days = [w for w in found if w.precision == "day" and w.from_ is not None]
    starts, all_starts = [w.start for w in days], [w.start for w in found]
    began: dict[str, tuple[int, dt.date]] = {}
    for told in told_of:
        at = bisect_left(starts, told.end())
        day = days[at] if at < len(days) and days[at].start < told.end() + 50 else None
        if day is not None and day.from_ is not None and not _STOP.search(low, told.end(), day.start):
            began.setdefault(told["what"], (told.start(), day.from_))
            during = _DURING.search(low, max(0, told.start() - 40), told.start())
            if day.from_ <= published and (during or _SO_FAR.match(low, day.end)):
                # "the war, which broke out on 3 May, has so far killed 90", "during the siege, which began on 3 May"
                whole = (day.from_, published)
                yield replace(day, from_=whole[0], to=whole[1], precision=cal.precision(whole))
    for match in _SINCE.finditer(low):
        at = bisect_left(all_starts, match.end())
        if at < len(all_starts) and all_starts[at] < match.end() + 12:
            continue  # "since the war began in May"
        known = began.get(match["what"]) or _only(began)
        if known is not None and known[0] != match.start("what") and known[1] <= published:
            whole = (known[1], published)
            start, end = match.span()
            yield When(text[start:end], start, end, *whole, cal.precision(whole), "mention")


def _only(began: Mapping[str, tuple[int, dt.date]]) -> tuple[int, dt.date] | None:
    """ "The offensive was launched on 3 May. … since the operation began": one thing began, whatever it is called."""
    return next(iter(began.values())) if len({day for _, day in began.values()}) == 1 else None


def _counted(when: When, told: list[When], low: str, published: dt.date | None) -> When:
    match = _AFTER.fullmatch(low, when.start, when.end) if when.from_ is None else None
    if match is None or not _EVENT.match(low, when.end) or _LESS.search(low, max(0, when.start - 12), when.start):
        return when
    amount = number(match[1] or "one")
    if amount is None:
        return when
    days = [w for w in told[-3:] if w.precision == "day" and w.from_ and not _STOP.search(low[w.end : when.start])]
    if days and days[-1].from_ and when.start - days[-1].end < 200:  # "on Thursday, one day after a raid killed"
        base, anchor = days[-1].from_, days[-1].anchored_to
    elif published is not None and when.start < HEAD and _OPENS.search(low, max(0, when.start - 12), when.start):
        base, anchor = published, "inferred"
    else:
        return when
    day = base - dt.timedelta(days=amount * (7 if match[2] == "week" else 1))
    return replace(when, from_=day, to=day, precision="day", anchored_to=anchor)


def _past_midnight(when: When, low: str) -> When:
    """ "after midnight of Thursday - Friday": Friday."""
    two = when.from_ is not None and when.to is not None and (when.to - when.from_).days == 1
    if not two or not low[max(0, when.start - 24) : when.start].rstrip().endswith(
        ("midnight of", "midnight", "midnight on")
    ):
        return when
    return replace(when, from_=when.to, precision="day")


def _spans(found: Sequence[When], text: str, low: str, published: dt.date | None) -> Iterator[When]:
    for match in _DAY_OF.finditer(low):
        digits = match["nth"][:-2]
        nth = _NTH.get(match["nth"]) or (int(digits) if digits.isdigit() else None)
        if nth is None or not 1 < nth < 60:
            continue
        near = [
            w.from_ for w in found
            if w.precision == "day" and w.from_ and 0 <= match.start() - w.end < 60
            and "." not in low[w.end : match.start()]
        ]  # fmt: skip
        last = near[-1] if near else published
        if last is None:
            continue
        first = last - dt.timedelta(days=nth - 1)
        start, end = match.span()
        yield When(text[start:end], start, end, first, last, cal.precision((first, last)), "inferred")

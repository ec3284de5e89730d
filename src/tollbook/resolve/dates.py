"""Date expressions of a text as intervals of days: ``find_dates``.

Three things can anchor what a text leaves out: the day of publication (news: "on Wednesday", "last month"), an earlier
date of the text ("the following day", and "in June" in an account that named the year a page before), or nothing, and
then the words are kept and ``from_`` and ``to`` stay ``None``.

>>> [w.from_.isoformat() for w in find_dates("Raided on Monday; June 3 was worse.", dt.date(2017, 6, 8)) if w.from_]
['2017-06-05', '2017-06-03']
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Literal

from tollbook.lexicon.phrases import lower
from tollbook.records import Anchor, When
from tollbook.resolve import date_calendar as cal
from tollbook.resolve.date_anchor import Context, resolve
from tollbook.resolve.date_document import (
    dateline,
    dates_ahead,
    day_first,
    ends,
    is_first_name,
    is_narrative,
    share_years,
    stated,
    without_places,
)
from tollbook.resolve.date_events import count_from_events
from tollbook.resolve.date_grammar import Expression, parse
from tollbook.resolve.date_words import find_tokens

Kind = Literal["absolute", "relative", "window", "mention"]


def find_dates(
    text: str, published: dt.date | None = None, *, ranges: Literal["whole", "ends"] = "whole"
) -> tuple[When, ...]:
    """Every date expression in order, never overlapping; unknown ends are ``None``, nothing is invented.

    ``ranges="ends"`` tells the two ends of a range apart where each can stand alone ("July 1 to August 3",
    "1926–1928"), as TimeML does; "May 25–27" is one expression either way.

    >>> find_dates("It happened on Tuesday.")[0].from_ is None
    True
    >>> find_dates("over the past month", dt.date(2017, 6, 8))[0].from_
    datetime.date(2017, 5, 8)
    """
    low = lower(text)
    tokens, row = find_tokens(text, low)
    expressions = list(parse(tokens, row, low))
    if ranges == "ends":
        expressions = [end for e in expressions for end in ends(e)]
    expressions = without_places(share_years(expressions, low), low, published)
    expressions = [e for e in expressions if not is_first_name(e, text)]
    known: Anchor = "published"
    if published is None:
        published = dateline(expressions, text)
        known = "inferred"
    context = Context(text, low, published, is_narrative(expressions, published), known, day_first(tokens, published))
    found = []
    context.stated = stated(expressions) if published is None else None
    context.ahead = dates_ahead(expressions) if context.narrative else []
    for context.index, expression in enumerate(expressions):
        when = resolve(expression, context)
        if when is not None:
            found.append(when)
    return tuple(found if context.narrative else count_from_events(found, text, low, published))


def kind(mention: When) -> Kind:
    """What a mention needs: nothing (``absolute``), the day it was said (``relative``: "on Monday", "last month", "June
    3"; ``window``: "over the past month"), or another date of the text (``mention``: "the following day").

    >>> kind(find_dates("over the past month")[0])
    'window'
    """
    e = _parse_one(mention.text)
    if e is None or e.fields.decade is not None:
        return "absolute"
    if e.how == "window":
        return "window"
    if e.how in ("date", "season") and (e.fields.year or e.fields.two_digit_year is not None):
        return "absolute"
    return "mention" if e.toward == "mention" or e.unit == "c" and e.how == "date" and not e.amount else "relative"


def reanchor(mention: When, anchor: dt.date) -> When:
    """The same words counted from another day, such as the day when the speaker said them; absolute dates stay.

    >>> said = dt.date(2017, 6, 8)
    >>> reanchor(find_dates("over the past month", dt.date(2017, 7, 1))[0], said).from_
    datetime.date(2017, 5, 8)
    """
    if kind(mention) not in ("relative", "window"):
        return mention
    e = _parse_one(mention.text)
    if e is None:
        return mention
    again = resolve(e, Context(mention.text, lower(mention.text), anchor, narrative=False))
    if again is None or again.from_ is None:
        return mention
    return replace(mention, from_=again.from_, to=again.to, precision=again.precision, anchored_to="mention")


def up_to(mention: When, day: dt.date) -> When:
    """A mention cut at a day that it holds: "this week" in a report of what has happened ends with the report."""
    if mention.from_ is None or mention.to is None or not mention.from_ <= day < mention.to:
        return mention
    if mention.precision == "week" and mention.from_ == day:
        return mention  # "this week", of a Monday, is hardly that Monday
    return replace(mention, to=day, precision=cal.precision((mention.from_, day)))


def _parse_one(words: str) -> Expression | None:
    low = lower(words)
    tokens, row = find_tokens(words, low)
    return next(parse(tokens, row, low), None)

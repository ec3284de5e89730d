"""The grammar of date expressions: rules over the row of tokens, and what each says before any anchor is known.

A rule is a regular expression over ``gap kind gap kind …`` (see ``date_words``), so that parsing is one linear pass in
C; the few tokens of a match are then read into an ``Expression``. Rules stand in order: the longest reading first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from tollbook import lexicon
from tollbook.resolve.date_words import Token

How = Literal["date", "weekday", "day", "calendar", "point", "window", "unit", "season"]
Toward = Literal["published", "mention", "either"]


@dataclass(frozen=True, slots=True)
class Fields:
    """What a date names of itself."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    decade: int | None = None
    two_digit_year: int | None = None


@dataclass(frozen=True, slots=True)
class Expression:
    """One date expression, unanchored.

    ``how``: ``date`` names (part of) a date; ``weekday`` a weekday; ``day`` counts days from the anchor (today);
    ``calendar`` the unit that holds the anchor or its neighbour (last month); ``point`` a distance from the anchor (two
    days ago); ``window`` the time up to the anchor (the past month); ``season`` a season.
    ``amount`` is signed; 0 in a ``point`` or ``window``: the document does not say how many.
    """

    start: int
    end: int
    how: How
    toward: Toward
    fields: Fields = Fields()
    until: Fields | None = None
    part: str | None = None
    unit: str | None = None
    amount: int = 0
    share: tuple[int, int] | None = None  # the second of four quarters: (2, 4); a day or week of a month: (1, 0)
    since: bool = False
    direction: int = 0  # -1 "last", 1 "next" before a weekday, month or season
    night: bool = False
    cut: tuple[int, int] = (0, 0)  # of a range: where its first end stops and its second starts
    of: Fields | None = None  # "two days after June 3"


_YEARREF = r"(?:(?:[ ,o](?:H Z|H|Z|T)| [LQV]) c)"
_YEAR = rf"(?:[ ,o-][Yy]|{_YEARREF})"
_PRE = r"(?:[eGBPh][ o-]){0,4}"  # bounded, as every repetition here, so that time stays linear
_MD = r"(?:M [Dd]|[Dd][ o-]M)"
_U = r"[uwmckhgf]"

_RULES = {
    "range": _PRE
    + "(?:"
    + "|".join(
        [
            rf"b M [Dd][-t&][Dd]{_YEAR}?",
            rf"M [Dd][-t][Dd](?!-){_YEAR}?",
            rf"b [Dd][-t&][Dd][ o]M{_YEAR}?",
            rf"[Dd][-t][Dd][ o]M{_YEAR}?",
            rf"b {_MD}{_YEAR}?[-t&]{_MD}{_YEAR}?",
            rf"{_MD}{_YEAR}?[-t]{_MD}{_YEAR}?",
            rf"b M{_YEAR}?[-t&]M{_YEAR}?",
            rf"M{_YEAR}?[-t]M{_YEAR}?",
            "b Y[-t&]Y",
            "Y[-t]Y",
            "Y-[DN]",
            "Y[-t]y",
            "b [IS][-t&][IS]",
            "[IS]t[IS]",
            "b W[-t&]W",
            "W[-t]W",
        ]
    )
    + ")",
    "list": rf"M [Dd](?:,[Dd]){{0,8}}&[Dd]{_YEAR}?|[Dd](?:,[Dd]){{0,8}}&[Dd][ o]M{_YEAR}?",
    "beside": rf"(?:[nDNa][ o])?{_U} [BG] (?:{_MD}{_YEAR}?|[IS])",
    "date": (
        rf"{_PRE}(?:W[ ,](?:P[ ,o])?)?(?:{_MD}(?:{_YEAR}|-[DN]| N)?|[IS])(?:[ ,]P)?"
        rf"|(?:[rLV] [quwg]o|{_PRE})(?:M(?:{_YEAR}| N))"
        rf"|{_PRE}roM(?:{_YEAR})?"
        rf"|r [qwug]oY|{_PRE}J(?:{_YEAR})?(?: P)?"
    ),
    "weekweek": r"(?:[eGBP][ o]){0,3}W(?: P)?[ ,o][LTVQp] w",
    "weekday": r"(?:[eGBP][ o]){0,3}(?:T C |T [Lp] |[LpQVFCT] )?W(?:[ ,o]P)?",
    "ago": rf"[nDNa][ o]{_U} A",
    "deictic": r"(?:u [BG] )?(?:[eGBP][ o]){0,3}R(?: P)?",
    "offset": rf"(?:[nDNa][ o])?{_U} [BG]|P [BG]|[uwmc] F",
    "window": rf"[LpQVFC] [nDN][ o]?{_U}|p {_U}",
    "calendar": rf"(?:[eGB][ o]){{0,3}}(?:T p|T C|H Z|[LQVFCTHZ]) (?:{_U}|P|K|M)(?: P)?|[rL] [quwg]o(?:c|m)",
    "ofmonth": r"do(?:H Z|H|Z|T) m",
    "unit": r"[eGBr][ o](?:[wmcuk]|P)",
    "weekend": "g",
    "season": rf"(?:[eGB][ o-]){{0,3}}K(?:{_YEAR}|&K{_YEAR})?",
    "month": rf"(?:[rLV] [quwg]o|{_PRE})M",
    "year": r"(?:[eGB][ o-]){0,3}(?:[YE]|y)",
    "nth": r"d",
}
_GRAMMAR = re.compile("(?<=[ ,o|t&.-])(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in _RULES.items()) + ")")


def parse(tokens: list[Token], row: str, low: str) -> Iterator[Expression]:
    """The date expressions of a row of tokens, in order, never overlapping."""
    for match in _GRAMMAR.finditer(row):
        if match.start() % 2 == 0:  # a gap sign that looks like a kind
            continue
        first = match.start() // 2
        words = tokens[first : (match.end() + 1) // 2]
        name = match.lastgroup or ""
        gaps = match[0]
        origin = _since(tokens, first, row[match.start() - 1], low)
        for expression in _BUILD[name](words, gaps, low):
            yield (
                expression
                if origin is None or _then(low, origin, expression.start, expression.end)
                else replace(expression, start=origin, since=True)
            )


_BEGAN = re.compile(
    r"since (?:[\w'’-]+ ){1,14}(?:began|started|erupted|broke out|(?:was |were )?launched|outbreak|start|beginning|"
    r"escalated|flared(?: up)?|intensified|opened|restarted|resumed|worsened|seized|took)\s"
    r"(?:(?:[\w'’-]+ ){0,7}?(?:back )?(?:in|on|of)\s)?(?:the\s)?\Z"
    r"|since the (?:[\w'’-]+ ){1,3}(?:of|on) (?:the )?\Z"  # "since the coup of 1 February 2021"
)
_WHEN = re.compile(r",? (?:in which|when) ")
_MOST = "|".join(lexicon.load("dates")["compared"]["words"])
_COMPARED = re.compile(rf"\b(?:{_MOST})\b(?:[^.;,]|[.](?! [a-z])){{0,70}}\Z")


def _then(low: str, since: int, begin: int, end: int) -> bool:
    """ "The deadliest attack since April, when 64 died": of what the month is told; since April nothing is counted."""
    told = _WHEN.match(low, end)
    war = told is not None and "when" not in told[0] and _BEGAN.match(low[since:begin]) is not None
    return told is not None and not war and _COMPARED.search(low, max(0, since - 90), since) is not None


def _since(tokens: list[Token], first: int, gap: str, low: str) -> int | None:
    """Where "since" stands that governs token ``first``: "since May", "since the war began in May"."""
    if not first:
        return None
    before = next((t for t in (tokens[first - 1], tokens[max(0, first - 2)]) if t.kind == "s"), None)
    if before is None:
        return None
    if before is tokens[first - 1] and gap in " ,o":
        return before.start
    begin = tokens[first].start
    return before.start if begin - before.start < 140 and _BEGAN.match(low[before.start : begin]) else None


def _fields(words: list[Token]) -> Fields:
    year = month = day = weekday = decade = two = None
    for word in words:
        if word.kind == "Y":
            year = word.value
        elif word.kind == "y":
            two = word.value
        elif word.kind == "M":
            month = word.value
        elif (word.kind in "Dd" or (word.kind == "r" and word.value > 0)) and day is None:
            day = word.value
        elif word.kind in "DN":
            two = word.value
        elif word.kind == "W":
            weekday = word.value
        elif word.kind == "E":
            decade = word.value
        elif word.kind == "J":
            month, day = word.value
        elif word.kind == "I":
            year, month, day = (int(x) for x in word.value.split("-"))
        elif word.kind == "S":
            return _slashed(word.value)
    return Fields(year, month, day, weekday, decade, two)


def _slashed(value: str) -> Fields:
    """03/06/2017: unambiguous only where one number cannot be a month; else day and month stay unknown (``-1``)."""
    a, b, year = (int(x) for x in re.split("[/.]", value))
    full = year if year > 99 else (1900 if year > 40 else 2000) + year
    if b > 12 >= a:
        return Fields(full, a, b)
    if a > 12 >= b or "." in value:
        return Fields(full, b, a)
    if a == b:
        return Fields(full, a, b)
    return Fields(full, -a, -b)


def _yearref(words: list[Token]) -> int | None:
    """ "June last year": -1; "of that year": 0 years from the anchor."""
    for first, second in zip(words, words[1:], strict=False):
        if second.kind == "c":
            return {"L": -1, "Q": -1, "V": 1}.get(first.kind, 0)
    return None


def _part(words: list[Token]) -> str | None:
    return next((str(w.value) for w in words if w.kind == "e"), None)


def _night(words: list[Token]) -> bool:
    return any(w.kind == "P" and w.value == "night" for w in words)


def _share(words: list[Token]) -> tuple[tuple[int, int] | None, str | None]:
    """ "the first half of": (1, 2); "the last week of": (-1, 0) and the unit."""
    if len(words) < 3 or words[0].kind not in "rLV" or words[1].kind not in "quwg":
        return None, None
    nth = int(words[0].value) if words[0].kind == "r" else -1
    return ((nth, words[1].value), None) if words[1].kind == "q" else ((nth, 0), words[1].kind)


def _date(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    share, unit = _share(words)
    reference = _yearref(words)
    own = any(a.kind == "T" and b.kind == "c" for a, b in zip(words, words[1:], strict=False))  # "April 25 this year"
    yield Expression(
        words[0].start, words[-1].end, "date", "published" if own else "either", _fields(words), None,
        None if any(w.kind in "DdIS" for w in words) else _part(words),
        unit if share else ("c" if reference is not None else None), reference or 0, share, night=_night(words),
    )  # fmt: skip


def _range(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    night = _night(words)
    while words[0].kind in "bPeGBh":
        words, gaps = words[1:], gaps[2:]
    cut = next((i for i in range(1, len(words)) if gaps[2 * i - 1] in "-t&" and _splits(words, i)), 0)
    if not cut:
        return
    a, b = _fields(words[:cut]), _fields(words[cut:])
    apart = (a.month is None) == (b.month is None)  # each end can stand alone
    if words[0].kind == "Y" and b.year is None:
        two = words[cut].value
        year = (a.year or 0) // 100 * 100 + two
        if not (a.year or 0) < year:
            return
        b = Fields(year=year)
    if words[0].kind in "Dd" and words[cut].kind in "Dd" and a.month is None:
        a = replace(a, month=b.month)
    if b.month is None and a.month is not None:
        b = replace(b, month=a.month, day=words[cut].value)
    if a.year is None and b.year is not None:
        a = replace(a, year=b.year - ((a.month or 0) > (b.month or 0)))
    elif b.year is None and a.year is not None and a.month is not None:
        b = replace(b, year=a.year + ((a.month or 0) > (b.month or 0)))
    reference = _yearref(words)
    how: How = "weekday" if a.weekday is not None and a.month is None else "date"
    yield Expression(
        words[0].start, words[-1].end, how, "either", a, b, unit="c" if reference is not None else None,
        amount=reference or 0, night=night, cut=(words[cut - 1].end, words[cut].start) if apart else (0, 0),
    )  # fmt: skip


def _splits(words: list[Token], i: int) -> bool:
    """Whether the sign before token ``i`` joins two dates and not the numbers of one ("3-JUN")."""
    pair = words[i - 1].kind + words[i].kind
    if pair in {"DM", "dM"}:
        return any(w.kind == "M" for w in words[:i])
    return pair not in {"MY", "My"}


def _list(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    shared = _fields([w for w in words if w.kind in "MYy"])
    days = [w for w in words if w.kind in "Dd"]
    for word in days:
        start = words[0].start if word is days[0] else word.start
        end = words[-1].end if word is days[-1] else word.end
        yield Expression(start, end, "date", "either", replace(shared, day=word.value))


def _beside(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    at = next(i for i, w in enumerate(words) if w.kind in "BG" and i)
    sign = -1 if words[at].kind == "B" else 1
    amount = words[0].value if words[0].kind in "nDNa" else 1
    unit = words[at - 1].kind
    yield Expression(
        words[0].start, words[-1].end, "point", "either", unit=unit, amount=sign * amount, of=_fields(words[at + 1 :])
    )


def _weekday(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    kinds = "".join(w.kind for w in words)
    direction = -1 if any(k in "LpQ" for k in kinds) else 1 if any(k in "VCF" for k in kinds) else 0
    yield Expression(words[0].start, words[-1].end, "weekday", "mention" if "F" in kinds else "either", _fields(words),
                     direction=direction, night=_night(words))  # fmt: skip


def _weekweek(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    amount = {"L": -1, "p": -1, "Q": -1, "V": 1}.get(words[-2].kind, 0)
    yield Expression(words[0].start, words[-1].end, "weekday", "either", _fields(words), unit="w", amount=amount)


def _ago(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    yield Expression(words[0].start, words[-1].end, "point", "published", unit=words[1].kind, amount=-words[0].value)


# "the day before the attack", "two days after it was hit"; but "the day before, he said", "two days after he fled"
_OF_ANOTHER = re.compile(r" (?!and\b|but\b|that\b|when\b|(?:he|she|they|it)\b(?! (?:had|was|were)\b))\w")


def _offset(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    if words[0].kind in "nDNa":
        amount, unit = words[0].value, words[1].kind
        plural = words[1].value
    else:
        amount, unit, plural = 1, words[0].kind, bool(words[0].value is True)
        before = low[max(0, words[0].start - 4) : words[0].start]
        if not plural and before != "the ":
            return
        if plural:
            amount = 0
    if words[-1].value in ("before", "after"):
        if plural and not amount:
            return
        if _OF_ANOTHER.match(low, words[-1].end):
            amount = 0  # "the day before the attack": of another day than the last one told
    sign = -1 if words[-1].kind == "B" else 1
    yield Expression(
        words[0].start, words[-1].end, "point", "mention", unit="u" if unit == "P" else unit, amount=sign * amount
    )


# Always matches, if only the end itself: its match is never None.
_OVER = re.compile(r"(?:\b(?:(?:over|in|during|for|within)\s)?(?:the|these|this)\s)?\Z")


def _window(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    sign = 1 if words[0].kind in "VFC" else -1
    amount = words[1].value if words[1].kind in "nDN" else 0 if words[1].value is True else 1
    toward: Toward = "mention" if words[0].kind in "QF" else "published"
    start = words[0].start - len(_OVER.search(low, max(0, words[0].start - 12), words[0].start)[0])  # type: ignore[index]
    if words[-1].kind == "g" and amount == 1 and sign < 0:  # "over the past weekend"
        yield Expression(start, words[-1].end, "calendar", "published", unit="g", direction=-1)
        return
    yield Expression(start, words[-1].end, "window", toward, unit=words[-1].kind, amount=sign * amount)


def _deictic(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    word = next(w for w in words if w.kind == "R")
    first, last = word.value
    if words[0].kind == "u":
        shift = -1 if words[1].kind == "B" else 1
        first, last = first + shift, last + shift
    yield Expression(words[0].start, words[-1].end, "day", "published", amount=first, share=(first, last))


def _calendar(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    start, end = words[0].start, words[-1].end
    share, small = _share(words)
    if share:  # the first half of the year
        yield Expression(
            start, end, "unit", "either", unit=small or words[-1].kind, amount=0, share=share, part=words[-1].kind
        )
        return
    part = next((str(w.value) for w in words if w.kind == "e"), None)
    body = [w for w in words if w.kind not in "eGB" or w is words[-1]]
    kinds = "".join(w.kind for w in body)
    lead = kinds[0]
    named = next(w for w in body if w.kind in "uwmckhgfPKM")
    amount = {"L": -1, "Q": -1, "V": 1, "F": 1, "C": 1}.get(lead, 1 if kinds.startswith("TC") else 0)
    toward: Toward = "published" if lead in "LTC" else "either" if lead == "V" else "mention"
    definite = low[max(0, start - 4) : start] == "the "
    if lead == "V" and (definite or named.kind in "uP"):
        toward = "mention"
    if named.kind == "M":
        yield Expression(start, end, "date", toward, _fields([named]), None, part, direction=amount)
    elif named.kind == "K":
        yield Expression(start, end, "season", toward, part=part, amount=named.value, direction=amount)
    elif named.kind == "P":
        yield Expression(
            start,
            end,
            "day",
            "published" if lead in "LT" else "mention",
            amount=amount,
            share=(amount, amount),
            night=_night(words),
        )
    elif named.kind == "h" or named.value is True:
        return
    elif lead == "L" and definite or kinds.startswith("Tp"):
        start -= len(_OVER.search(low, max(0, start - 12), start)[0])  # type: ignore[index]
        yield Expression(start, end, "window", "published", unit=named.kind, amount=-1)
    else:
        yield Expression(start, end, "calendar", toward, unit=named.kind, amount=amount, part=part)


def _ofmonth(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    own = any(w.kind == "T" for w in words)  # "the 12th of this month"
    toward: Toward = "published" if own else "mention"
    yield Expression(words[0].start, words[-1].end, "date", toward, Fields(day=words[0].value))


def _unit(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    """ "the end of the month", "later in the year", "the early morning" (which is no date)."""
    named = words[-1]
    if named.kind == "P" or named.value is True or gaps[1] != "o" or words[0].kind == "r":
        return
    if low[max(0, named.start - 4) : named.start] != "the ":
        return
    yield Expression(words[0].start, words[-1].end, "calendar", "either", unit=named.kind, amount=0, part=_part(words))


_OVER_THE = re.compile(r"\b(?:over|at|during|on|since) the \Z")
_WHICH = re.compile(r" (?:after|before|when|that|of)\b")


def _weekend(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    """ "over the weekend": the one before the report, or the one that it is written on."""
    word = words[0]
    before, after = low[max(0, word.start - 12) : word.start], low[word.end : word.end + 8]
    if word.value is not True and _OVER_THE.search(before) and not _WHICH.match(after):
        yield Expression(word.start - 4, word.end, "calendar", "published", unit="g", direction=-1)


def _season(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    season = next(w for w in words if w.kind == "K")
    reference = _yearref(words)
    fields = _fields([w for w in words if w.kind in "Yy"])
    yield Expression(words[0].start, words[-1].end, "season", "either", fields, None, _part(words),
                     "c" if reference is not None else None, season.value, share=(reference or 0, 0))  # fmt: skip


def _nth(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    """ "on the 20th": only where nothing follows that it could count ("the 13th Brigade")."""
    word = words[0]
    if not re.search(r"\b(?:on|by|of|until|from|to|since|and) the \Z", low[max(0, word.start - 12) : word.start]):
        return
    if re.match(r"\s*(?:[.,;:)]|and\b|but\b|when\b|the\b|in\b|at\b|\Z)", low[word.end : word.end + 8]):
        yield Expression(word.start, word.end, "date", "mention", Fields(day=word.value))


_YEAR_AFTER = re.compile(
    r"(?:\b(?:in|of|since|throughout|by|until|till|before|after|during|between|to|through|around|circa|about|year|years|the|from|and"
    r"|early|mid|late|than|for|as|'s|’s|into|its|their|his|was|a|an|on|next)[ \n-]|[(–-]|\A|\n|[.] )\s?\Z"
)
_YEAR_BEFORE = re.compile(r"['’]s\s|[)–,;]|\s*(?:\n|\Z)|\s(?:saw|was|were|brought|marked|would|the)\b")
_ADJECTIVE = re.compile(r"\b(?:a|an|the|its|their|his|her|['’]s) [a-z-]+ \Z")
_COUNTED = re.compile(
    r"\s(?:(?!with|in|to|as|the|when|of|by|for|and|on|at|from|were|was|that|their|his|its)(?!\w+ing\b)\w+\s)?(?:people|men|women|children|soldiers?|troops?|civilians?|fighters?|dead|killed|wounded|injured|deaths|tons?|tonnes?"
    r"|miles?|metres?|meters?|kilomet\w+|km|feet|yards|guns|tanks|aircraft|planes|ships|prisoners?|men|casualties|houses|families|refugees|dollars|pounds"
    r"|block|members|times|hours|days|weeks|months|years|others|units|bombs|rounds|rockets|shells|missiles|homes|cases|vehicles|strikes|attacks|airstrikes|raids)\b"
)


def _year(words: list[Token], gaps: str, low: str) -> Iterator[Expression]:
    word = words[-1]
    if word.kind == "Y" and len(words) == 1:
        before, after = low[max(0, word.start - 12) : word.start], low[word.end : word.end + 34]
        if not (_YEAR_AFTER.search(before) or _YEAR_BEFORE.match(after)
                or _ADJECTIVE.search(low[max(0, word.start - 24) : word.start])):  # fmt: skip
            return
        if not 1700 <= word.value <= 2050 and not re.search(
            r"\b(?:in|of|since|by|until|from|before|after)\s\Z", before
        ):
            return
        if _COUNTED.match(after) and not re.search(r"\b(?:in|since|during|until|throughout)\s\Z", before):
            return
        if re.search(r"(?:resolution|no\.|number|article|flight|room|protocol)\s\Z", before):
            return
    yield Expression(words[0].start, word.end, "date", "either", _fields([word]), None, _part(words))


_BUILD: dict[str, Callable[[list[Token], str, str], Iterator[Expression]]] = {
    "range": _range,
    "list": _list,
    "beside": _beside,
    "date": _date,
    "weekweek": _weekweek,
    "weekday": _weekday,
    "ago": _ago,
    "deictic": _deictic,
    "offset": _offset,
    "window": _window,
    "calendar": _calendar,
    "ofmonth": _ofmonth,
    "unit": _unit,
    "weekend": _weekend,
    "season": _season,
    "month": _date,
    "year": _year,
    "nth": _nth,
}

"""What is compared between two accounts, and the levels of agreement: once in Python, once in SQL, tested equal.

A level is a word ("same day"); where either side is silent there is none, and silence weighs nothing. The SQL is for
Splink: it speaks of ``l.`` and ``r.`` as Splink's ``_l`` and ``_r`` columns and uses only what DuckDB and Spark share
or what :mod:`tollbook.link.splink_engine` translates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tollbook.link.columns import Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared.

    ``level`` gives the level of two rows, ``None`` where either is silent. In SQL the same: silent where ``missing``
    holds, else the first of ``conditions`` (a condition for each level) that holds.
    """

    name: str
    level: Callable[[Row, Row], str | None]
    missing: str
    conditions: tuple[tuple[str, str], ...]

    @property
    def levels(self) -> tuple[str, ...]:
        """Every level that it knows."""
        return tuple(level for level, _ in self.conditions)


def _share(name: str) -> Comparison:
    def level(a: Row, b: Row) -> str | None:
        x, y = getattr(a, name), getattr(b, name)
        if not x or not y:
            return None
        return "shared" if not x.isdisjoint(y) else "different"

    missing = f"len(l.{name}) = 0 OR len(r.{name}) = 0"
    return Comparison(name, level, missing, (("shared", f"list_has_any(l.{name}, r.{name})"), ("different", "TRUE")))


_DAYS = ("same day", "same busy day", "same very busy day")


_YEARLESS = ("same day, no year", "next day, no year", "other day, no year")


def _date(a: Row, b: Row) -> str | None:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        if a.yearless is None or b.yearless is None:
            return None
        return _YEARLESS[min(abs(a.yearless - b.yearless), 2)]
    width = max(a.last - a.first, b.last - b.first)
    gap = max(a.first - b.last, b.first - a.last)
    if gap <= 0:
        if width == 0:
            return _DAYS[max(a.day_crowd, b.day_crowd)]
        return "days overlap" if width <= 7 else "long period overlaps"
    if width > 7 and gap <= 30:
        return "outside the period"
    if gap <= 1:
        return "next day"
    limit = next((limit for limit in _LIMITS if gap <= limit), None)
    return _APART[limit, a.stated and b.stated]


_LIMITS = (3, 7, 30)
_WORDS = {3: "2 or 3 days apart", 7: "4 to 7 days apart", 30: "8 to 30 days apart", None: "over 30 days apart"}
_APART = {
    (limit, sure): words + (", both stated" if sure else "")
    for limit, words in _WORDS.items()
    for sure in (False, True)
}


_GAP = "greatest(l.first - r.last, r.first - l.last)"
_WIDTH = "greatest(l.last - l.first, r.last - r.first)"
_UNDATED = "(l.first IS NULL OR r.first IS NULL OR l.last IS NULL OR r.last IS NULL)"
_DATE = Comparison(
    "date",
    _date,
    f"{_UNDATED} AND (l.yearless IS NULL OR r.yearless IS NULL)",
    (
        (_YEARLESS[0], f"{_UNDATED} AND l.yearless = r.yearless"),
        (_YEARLESS[1], f"{_UNDATED} AND abs(l.yearless - r.yearless) = 1"),
        (_YEARLESS[2], _UNDATED),
        *(
            (name, f"{_GAP} <= 0 AND {_WIDTH} = 0 AND greatest(l.day_crowd, r.day_crowd) = {n}")
            for n, name in enumerate(_DAYS)
        ),
        ("days overlap", f"{_GAP} <= 0 AND {_WIDTH} <= 7"),
        ("long period overlaps", f"{_GAP} <= 0"),
        ("outside the period", f"{_WIDTH} > 7 AND {_GAP} <= 30"),
        ("next day", f"{_GAP} <= 1"),
        *(
            (
                _APART[limit, sure],
                f"{_GAP} <= {limit or 10**9} AND " + ("" if sure else "NOT ") + "(l.stated AND r.stated)",
            )
            for limit in (*_LIMITS, None)
            for sure in (False, True)
        ),
    ),
)


def _published(a: Row, b: Row) -> str | None:
    """When they were printed: tells little where both give the day, much where one does not."""
    if a.published is None or b.published is None:
        return None
    before = [
        d for p, d in ((a, b), (b, a)) if p.published is not None and d.first is not None and p.published < d.first - 1
    ]
    if before:
        return "printed before a stated day" if any(d.stated for d in before) else "printed before it happened"
    if a.first is not None and b.first is not None:
        return "within three days" if abs(a.published - b.published) <= 3 else "later"
    gap = abs(a.published - b.published)
    for limit, level in (
        (1, "undated, next day"),
        (3, "undated, 2 or 3 days"),
        (7, "undated, 4 to 7 days"),
        (30, "undated, 8 to 30 days"),
        (365, "undated, a year"),
    ):
        if gap <= limit:
            return level
    return "undated, longer"


_PRINTED = "abs(l.published - r.published)"
_DATED = "l.first IS NOT NULL AND r.first IS NOT NULL"
_PUBLISHED = Comparison(
    "published",
    _published,
    "l.published IS NULL OR r.published IS NULL",
    (
        (
            "printed before a stated day",
            "coalesce(r.stated AND l.published < r.first - 1, FALSE) "
            "OR coalesce(l.stated AND r.published < l.first - 1, FALSE)",
        ),
        (
            "printed before it happened",
            "coalesce(l.published < r.first - 1, FALSE) OR coalesce(r.published < l.first - 1, FALSE)",
        ),
        ("within three days", f"{_DATED} AND {_PRINTED} <= 3"),
        ("later", _DATED),
        ("undated, next day", f"{_PRINTED} <= 1"),
        ("undated, 2 or 3 days", f"{_PRINTED} <= 3"),
        ("undated, 4 to 7 days", f"{_PRINTED} <= 7"),
        ("undated, 8 to 30 days", f"{_PRINTED} <= 30"),
        ("undated, a year", f"{_PRINTED} <= 365"),
        ("undated, longer", "TRUE"),
    ),
)

EARTH = 12742.0


def kilometres(a: Row, b: Row) -> float | None:
    """The distance of two points, to the hundred metres, so that every engine gets the same."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    la, lb = math.radians(a.lat), math.radians(b.lat)
    north, east = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    h = math.sin(north / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(east / 2) ** 2
    return round(EARTH * math.asin(math.sqrt(min(1.0, h))), 1)


_KM = (
    f"round({EARTH} * asin(sqrt(least(1.0, pow(sin(radians(r.lat - l.lat) / 2), 2) + cos(radians(l.lat)) * "
    "cos(radians(r.lat)) * pow(sin(radians(r.lon - l.lon) / 2), 2)))), 1)"
)


_COMMON = ("", ", a common one", ", a very common one")


def _place(a: Row, b: Row) -> str | None:
    if a.country is not None and b.country is not None and a.country != b.country:
        return "other country"
    if a.wide or b.wide:
        return "only a country" if a.country is not None and b.country is not None else None
    shared = not a.names.isdisjoint(b.names)
    distance = kilometres(a, b)
    if distance is None or a.radius is None or b.radius is None:
        if not a.names or not b.names:
            return None
        if shared or a.small == b.small:
            return "same name" if shared else "other small place" if a.small else "other name"
        return None  # a town that is on no map may be in the city
    if shared and distance <= 25:
        size = "same small place" if max(a.radius, b.radius) <= 10 else "same place"
        return size + _COMMON[max(a.place_crowd, b.place_crowd)]
    if a.small and b.small and not shared and 1 < distance <= 25:  # one point may have two names
        return "other small place"
    if distance <= 25 or distance <= a.radius + b.radius:
        return "near or around"
    return "within 100 km" if distance <= 100 else "far apart"


_POINTS = (
    "(l.lat IS NOT NULL AND r.lat IS NOT NULL AND l.lon IS NOT NULL AND r.lon IS NOT NULL "
    "AND l.radius IS NOT NULL AND r.radius IS NOT NULL)"
)
_NAMED = "list_has_any(l.names, r.names)"
_COUNTRIES = "(l.country IS NOT NULL AND r.country IS NOT NULL)"
_PLACE = Comparison(
    "place",
    _place,
    f"NOT coalesce(l.country <> r.country, FALSE) AND (((l.wide OR r.wide) AND NOT {_COUNTRIES}) "
    f"OR (NOT (l.wide OR r.wide) AND NOT {_POINTS} AND (len(l.names) = 0 OR len(r.names) = 0 "
    f"OR (l.small <> r.small AND NOT {_NAMED}))))",
    (
        ("other country", "coalesce(l.country <> r.country, FALSE)"),
        ("only a country", "l.wide OR r.wide"),
        ("same name", f"NOT {_POINTS} AND {_NAMED}"),
        (
            "other small place",
            f"l.small AND r.small AND NOT {_NAMED} AND (NOT {_POINTS} OR ({_KM} > 1 AND {_KM} <= 25))",
        ),
        ("other name", f"NOT {_POINTS}"),
        *(
            (
                size + common,
                f"{_NAMED} AND {_KM} <= 25 AND greatest(l.radius, r.radius) {fits} "
                f"AND greatest(l.place_crowd, r.place_crowd) = {n}",
            )
            for size, fits in (("same small place", "<= 10"), ("same place", "> 10"))
            for n, common in enumerate(_COMMON)
        ),
        ("near or around", f"{_KM} <= 25 OR {_KM} <= l.radius + r.radius"),
        ("within 100 km", f"{_KM} <= 100"),
        ("far apart", "TRUE"),
    ),
)


def _event(a: Row, b: Row) -> str | None:
    if not a.events or not b.events:
        return None
    if not a.events.isdisjoint(b.events):
        return "same"
    return "akin" if not a.kin.isdisjoint(b.kin) else "different"


_EVENT = Comparison(
    "event",
    _event,
    "len(l.events) = 0 OR len(r.events) = 0",
    (("same", "list_has_any(l.events, r.events)"), ("akin", "list_has_any(l.kin, r.kin)"), ("different", "TRUE")),
)


def _counts(harm: str) -> Comparison:
    low, high, few, many = (f"{harm}_{name}" for name in ("low", "high", "few", "many"))

    def level(a: Row, b: Row) -> str | None:
        found = count_level((getattr(a, low), getattr(a, high)), (getattr(b, low), getattr(b, high)))
        if found is None or found in ("none", "one"):
            return found
        if found == "equal, 5 and more" or not getattr(a, many).isdisjoint(getattr(b, many)):
            return "equal, 5 and more"
        return found if getattr(a, few).isdisjoint(getattr(b, few)) else "equal, below 5"

    x, y = f"coalesce(l.{low}, l.{high})", f"coalesce(r.{low}, r.{high})"
    least, most = f"least({x}, {y})", f"greatest({x}, {y})"
    equal = f"coalesce(l.{low} = l.{high} AND r.{low} = r.{high} AND l.{low} = r.{low}, FALSE)"
    meet = (
        f"greatest(coalesce(l.{low}, 0), coalesce(r.{low}, 0)) <= "
        f"least(coalesce(l.{high}, 1000000000), coalesce(r.{high}, 1000000000))"
    )
    conditions = (
        ("none", f"{equal} AND l.{low} = 0"),
        ("one", f"{equal} AND l.{low} = 1"),
        ("equal, 5 and more", f"list_has_any(l.{many}, r.{many}) OR ({equal} AND l.{low} >= 5)"),
        ("equal, below 5", f"list_has_any(l.{few}, r.{few}) OR {equal}"),
        ("compatible", meet),
        ("some and none", f"{least} = 0"),
        ("close", f"2 * {most} <= 3 * {least} OR {most} - {least} <= 1"),
        ("differ", f"{most} <= 3 * {least}"),
        ("far apart", "TRUE"),
    )
    return Comparison(harm, level, f"{x} IS NULL OR {y} IS NULL", conditions)


def count_level(x: tuple[int | None, int | None], y: tuple[int | None, int | None]) -> str | None:
    """How two numbers of people agree.

    >>> count_level((20, None), (43, 43)), count_level((43, 43), (35, 35)), count_level((7, 7), (7, 7))
    ('compatible', 'close', 'equal, 5 and more')
    """
    one = x[0] if x[0] is not None else x[1]
    other = y[0] if y[0] is not None else y[1]
    if one is None or other is None:
        return None
    if x[0] == x[1] == y[0] == y[1]:
        return "none" if one == 0 else "one" if one == 1 else "equal, below 5" if one < 5 else "equal, 5 and more"
    ends = [end for end in (x[1], y[1]) if end is not None]
    if max(x[0] or 0, y[0] or 0) <= min(ends, default=1_000_000_000):
        return "compatible"
    least, most = min(one, other), max(one, other)
    if least == 0:
        return "some and none"
    if 2 * most <= 3 * least or most - least <= 1:
        return "close"
    return "differ" if most <= 3 * least else "far apart"


_STEPS = (1, 3, 5, 7, 9, 12, 15, 19, 24, 32)
# Of each comparison of words the column, the steps, and whether it is only for two reports of which neither tells of
# several events (False), or one does (True).
WORD_STEPS: Mapping[str, tuple[str, tuple[int, ...], bool | None]] = {
    "words": ("words", _STEPS, False),
    "whole reports": ("words", _STEPS, True),
    "own": ("own", (0, 1, 2, 4, 6, 9, 13, 20), True),
    "fields": ("fields", (1, 3, 5, 7, 10), None),
}


def _overlap(name: str) -> Comparison:
    """Copies of telling words that both have, each worth four bits of rarity, between two reports."""
    column, limits, cut = WORD_STEPS[name]
    labels = tuple(f"up to {limit}" for limit in limits) + (f"over {limits[-1]}",)

    def level(a: Row, b: Row) -> str | None:
        x, y = getattr(a, column), getattr(b, column)
        if not x or not y or (cut is not None and cut != (a.cut or b.cut)):
            return None
        if a.document == b.document if column != "own" else min(len(x), len(y)) < SHORT:
            return None
        shared = len(set(x).intersection(y))
        return next((label for limit, label in zip(limits, labels, strict=False) if shared <= limit), labels[-1])

    count = f"len(list_intersect(l.{column}, r.{column}))"
    conditions = [(label, f"{count} <= {limit}") for limit, label in zip(limits, labels, strict=False)]
    silent = [f"len(l.{column}) = 0", f"len(r.{column}) = 0"]
    if cut is not None:
        silent.append("NOT (l.cut OR r.cut)" if cut else "(l.cut OR r.cut)")
    silent.append("l.document = r.document" if column != "own" else f"least(len(l.own), len(r.own)) < {SHORT}")
    return Comparison(name, level, " OR ".join(silent), (*conditions, (labels[-1], "TRUE")))


SHORT = 12  # copies of words of a passage so short that it can share few


def _brief() -> Comparison:
    """What the shorter of two passages shares of its telling words, where it has so few that their number says little:
    a line of a bulletin, a heading.
    """

    def level(a: Row, b: Row) -> str | None:
        least = min(len(a.own), len(b.own))
        if not 0 < least < SHORT or not (a.cut or b.cut):
            return None
        shared = len(set(a.own).intersection(b.own))
        return (
            "none" if not shared else "half" if 2 * shared >= least else "a quarter" if 4 * shared >= least else "less"
        )

    least, shared = "least(len(l.own), len(r.own))", "len(list_intersect(l.own, r.own))"
    return Comparison(
        "brief",
        level,
        f"{least} = 0 OR {least} >= {SHORT} OR NOT (l.cut OR r.cut)",
        (
            ("none", f"{shared} = 0"),
            ("half", f"2 * {shared} >= {least}"),
            ("a quarter", f"4 * {shared} >= {least}"),
            ("less", "TRUE"),
        ),
    )


def _apart(a: Row, b: Row) -> bool:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return a.yearless is not None and b.yearless is not None and a.yearless != b.yearless
    return max(a.first - b.last, b.first - a.last) > 0


def _document(a: Row, b: Row) -> str | None:
    if a.document != b.document:
        return None
    if a.thread == b.thread:
        return "told as one"
    return "told apart, on other days" if _apart(a, b) else "told apart"


def _outlet(a: Row, b: Row) -> str | None:
    """Reports of one outlet share words for reasons of their own: its style, its reporters, its page."""
    if a.outlet is None or b.outlet is None or a.document == b.document:
        return None
    return "same outlet" if a.outlet == b.outlet else "other outlet"


COMPARISONS: tuple[Comparison, ...] = (
    _DATE,
    _share("hours"),
    _PUBLISHED,
    _PLACE,
    _EVENT,
    _share("blamed"),
    _share("bodies"),
    _share("groups"),
    _counts("killed"),
    _counts("injured"),
    _overlap("words"),
    _overlap("whole reports"),
    _overlap("own"),
    _brief(),
    _overlap("fields"),
    Comparison(
        "outlet", _outlet, "l.outlet IS NULL OR r.outlet IS NULL OR l.document = r.document",
        (("same outlet", "l.outlet = r.outlet"), ("other outlet", "TRUE")),
    ),
    Comparison(
        "report", _document, "l.document <> r.document", (
            ("told as one", "l.thread = r.thread"),
            (
                "told apart, on other days",
                f"coalesce(CASE WHEN {_UNDATED} THEN l.yearless <> r.yearless ELSE {_GAP} > 0 END, FALSE)",
            ),
            ("told apart", "TRUE"),
        ),
    ),
)  # fmt: skip

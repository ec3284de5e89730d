"""What is compared between two accounts, and the levels of agreement: once in Python, once in SQL, tested equal.

A level is a word ("same day"); where either side is silent there is none, and silence weighs nothing. The SQL is for
Splink: it speaks of ``l.`` and ``r.`` as Splink's ``_l`` and ``_r`` columns and uses only what DuckDB and Spark share
or what :mod:`tollbook.link.splink_engine` translates.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from tollbook.link.accounts import Account
from tollbook.link.claims import WIDE, Site
from tollbook.link.words import ARTICLES, fold, skeleton

# Words of a place's kind and position: two places do not share a name because both are towns.
_PLACE_KINDS = frozenset(
    "camp center centre city coast countryside country county crossing district east eastern governorate highway "
    "in market municipality near neighborhood neighbourhood north northeast northeastern northern northwest northwestern "
    "of on outskirts province quarter region road south southeast southeastern southern southwest southwestern street "
    "subdistrict suburb suburbs town village west western area around between".split()
)
_NAME = re.compile(r"[^\W_][\w'’]*")

# Kinds of event that one reporter calls this and another that.
KIN = (
    {"airstrike", "drone_strike", "missile_strike", "shelling", "bombing"},
    {"shooting", "clash", "ground_attack", "execution"},
    {"bombing", "suicide_bombing", "landmine"},
    {"clash", "shelling", "airstrike"},
)


@dataclass(frozen=True, slots=True)
class Row:
    """An account as flat columns, the same for every engine. ``None`` and empty mean: not said."""

    id: str
    document: str
    outlet: str | None
    thread: int
    first: int | None
    last: int | None
    published: int | None
    lat: float | None
    lon: float | None
    radius: float | None
    wide: bool
    country: str | None
    admin1: str | None
    names: frozenset[str]
    day_crowd: int
    place_crowd: int
    events: frozenset[str]
    kin: frozenset[str]
    blamed: frozenset[str]
    bodies: frozenset[str]
    groups: frozenset[str]
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    cut: bool
    words: frozenset[str]
    own: frozenset[str]
    fields: frozenset[str]
    vague: bool


CROWDS = (0.01, 0.05)  # shares of all accounts from which a day is a busy, a very busy one
PLACE_CROWDS = (0.03, 0.15)  # … a place a common, a very common one
SETTING = 50  # accounts that are thought to stand beside those at hand, so that two reports alone are no crowd


class Crowds:
    """How many accounts give one day or one place name: to agree on a common value says less (term frequency)."""

    __slots__ = ("_days", "_names", "_number")

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._days = Counter(a.days.first for a in accounts if a.days)
        self._names = Counter(n for a in accounts if a.site for n in place_names(a.site))
        self._number = len(accounts) + SETTING

    def day(self, account: Account) -> int:
        """0, 1 or 2: how busy its first day is."""
        return self._grade(self._days[account.days.first], CROWDS) if account.days else 0

    def place(self, account: Account) -> int:
        """0, 1 or 2: how common the rarest of its place's names is."""
        counts = [self._names[n] for n in place_names(account.site)] if account.site else []
        return self._grade(min(counts, default=0), PLACE_CROWDS)

    def _grade(self, count: int, steps: tuple[float, float]) -> int:
        return sum(count > 2 and count / self._number > step for step in steps)


def rows_of(accounts: Sequence[Account]) -> list[Row]:
    """The columns of accounts that are linked together."""
    crowds = Crowds(accounts)
    return [row_of(account, crowds) for account in accounts]


def row_of(account: Account, crowds: Crowds) -> Row:
    """The columns of an account."""
    site, days = account.site, account.days
    point = site.radius is not None if site else False
    words = _copies(account.words)
    killed, injured = account.killed or (None, None), account.injured or (None, None)
    return Row(
        id=account.id,
        document=account.document,
        outlet=fold(account.outlet) if account.outlet else None,
        thread=account.thread,
        first=days.first if days else None,
        last=days.last if days else None,
        published=account.published,
        lat=site.lat if site and point else None,
        lon=site.lon if site and point else None,
        radius=site.radius if site else None,
        wide=bool(site and (site.precision in WIDE or not place_names(site))),
        country=site.country if site else None,
        admin1=site.admin1 if site else None,
        names=frozenset(place_names(site)) if site else frozenset(),
        day_crowd=crowds.day(account),
        place_crowd=crowds.place(account),
        events=account.events,
        kin=frozenset(str(n) for n, family in enumerate(KIN) if family & account.events),
        blamed=account.blamed,
        bodies=account.bodies,
        groups=account.groups,
        killed_low=killed[0],
        killed_high=killed[1],
        injured_low=injured[0],
        injured_high=injured[1],
        cut=account.cut,
        words=frozenset(c for c in words if ":" not in c),
        own=_copies(account.own) if account.cut else frozenset(c for c in words if ":" not in c),
        fields=frozenset(c for c in words if ":" in c),
        vague=account.vague,
    )


def _copies(words: Mapping[str, int]) -> frozenset[str]:
    return frozenset(f"{word}#{n}" for word, number in words.items() for n in range(number))


def place_names(site: Site) -> set[str]:
    """The names of a place, spelling aside; none for a whole country.

    >>> sorted(place_names(Site("al-Rabsa market", None, None, "YE", None, None, None, "neighbourhood", None)))
    ['rbs']
    """
    if site.precision in WIDE:
        return set()
    found = set()
    for name in (site.name, site.text, site.detail):
        for match in _NAME.finditer(name or ""):
            plain = fold(match[0])
            if plain not in _PLACE_KINDS and plain not in ARTICLES and (len(plain) > 1 or plain.isdigit()):
                found.add(skeleton(plain) or plain)
    return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing that is compared. ``level`` and ``sql`` give the same word, or ``None`` and NULL, for any two rows."""

    name: str
    levels: tuple[str, ...]
    level: Callable[[Row, Row], str | None]
    sql: str


def _share(name: str) -> Comparison:
    def level(a: Row, b: Row) -> str | None:
        x, y = getattr(a, name), getattr(b, name)
        if not x or not y:
            return None
        return "shared" if not x.isdisjoint(y) else "different"

    sql = f"CASE WHEN len(l.{name}) = 0 OR len(r.{name}) = 0 THEN NULL WHEN list_has_any(l.{name}, r.{name}) THEN 'shared' ELSE 'different' END"
    return Comparison(name, ("shared", "different"), level, sql)


_DAYS = ("same day", "same busy day", "same very busy day")


def _date(a: Row, b: Row) -> str | None:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return None
    width = max(a.last - a.first, b.last - b.first)
    gap = max(a.first - b.last, b.first - a.last)
    if gap <= 0:
        if width == 0:
            return _DAYS[max(a.day_crowd, b.day_crowd)]
        return "days overlap" if width <= 7 else "long period overlaps"
    if width > 7:
        return "outside the period"
    for limit, level in ((1, "next day"), (3, "2 or 3 days apart"), (7, "4 to 7 days apart"), (30, "8 to 30 days apart")):
        if gap <= limit:
            return level
    return "over 30 days apart"


_DATE = Comparison(
    "date",
    (*_DAYS, "days overlap", "long period overlaps", "outside the period", "next day", "2 or 3 days apart",
     "4 to 7 days apart", "8 to 30 days apart", "over 30 days apart"),
    _date,
    "CASE WHEN l.first IS NULL OR r.first IS NULL THEN NULL "
    "WHEN greatest(l.first - r.last, r.first - l.last) <= 0 THEN "
    "(CASE WHEN greatest(l.last - l.first, r.last - r.first) = 0 THEN "
    "(CASE greatest(l.day_crowd, r.day_crowd) WHEN 0 THEN 'same day' WHEN 1 THEN 'same busy day' ELSE 'same very busy day' END) "
    "WHEN greatest(l.last - l.first, r.last - r.first) <= 7 THEN 'days overlap' ELSE 'long period overlaps' END) "
    "WHEN greatest(l.last - l.first, r.last - r.first) > 7 THEN 'outside the period' "
    "WHEN greatest(l.first - r.last, r.first - l.last) <= 1 THEN 'next day' "
    "WHEN greatest(l.first - r.last, r.first - l.last) <= 3 THEN '2 or 3 days apart' "
    "WHEN greatest(l.first - r.last, r.first - l.last) <= 7 THEN '4 to 7 days apart' "
    "WHEN greatest(l.first - r.last, r.first - l.last) <= 30 THEN '8 to 30 days apart' ELSE 'over 30 days apart' END",
)  # fmt: skip


def _published(a: Row, b: Row) -> str | None:
    """When they were printed: tells little where both give the day, much where one does not."""
    if a.published is None or b.published is None:
        return None
    if (b.first is not None and a.published < b.first - 1) or (a.first is not None and b.published < a.first - 1):
        return "printed before it happened"
    if a.first is not None and b.first is not None:
        return "within three days" if abs(a.published - b.published) <= 3 else "later"
    gap = abs(a.published - b.published)
    for limit, level in ((1, "undated, next day"), (3, "undated, 2 or 3 days"), (7, "undated, 4 to 7 days"), (30, "undated, 8 to 30 days"), (365, "undated, a year")):
        if gap <= limit:
            return level
    return "undated, longer"


_PUBLISHED = Comparison(
    "published",
    ("printed before it happened", "within three days", "later", "undated, next day", "undated, 2 or 3 days",
     "undated, 4 to 7 days", "undated, 8 to 30 days", "undated, a year", "undated, longer"),
    _published,
    "CASE WHEN l.published IS NULL OR r.published IS NULL THEN NULL "
    "WHEN (r.first IS NOT NULL AND l.published < r.first - 1) OR (l.first IS NOT NULL AND r.published < l.first - 1) "
    "THEN 'printed before it happened' WHEN l.first IS NOT NULL AND r.first IS NOT NULL THEN "
    "(CASE WHEN abs(l.published - r.published) <= 3 THEN 'within three days' ELSE 'later' END) "
    "WHEN abs(l.published - r.published) <= 1 THEN 'undated, next day' "
    "WHEN abs(l.published - r.published) <= 3 THEN 'undated, 2 or 3 days' "
    "WHEN abs(l.published - r.published) <= 7 THEN 'undated, 4 to 7 days' "
    "WHEN abs(l.published - r.published) <= 30 THEN 'undated, 8 to 30 days' "
    "WHEN abs(l.published - r.published) <= 365 THEN 'undated, a year' ELSE 'undated, longer' END",
)  # fmt: skip

_EARTH = 12742.0


def kilometres(a: Row, b: Row) -> float | None:
    """The distance of two points, to the hundred metres, so that every engine gets the same."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    la, lb = math.radians(a.lat), math.radians(b.lat)
    north, east = math.radians(b.lat - a.lat), math.radians(b.lon - a.lon)
    h = math.sin(north / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin(east / 2) ** 2
    return round(_EARTH * math.asin(math.sqrt(min(1.0, h))), 1)


_KM = (
    f"round({_EARTH} * asin(sqrt(least(1.0, pow(sin(radians(r.lat - l.lat) / 2), 2) + cos(radians(l.lat)) * "
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
        return "same name" if shared else "other name"
    if shared and distance <= 25:
        size = "same small place" if max(a.radius, b.radius) <= 10 else "same place"
        return size + _COMMON[max(a.place_crowd, b.place_crowd)]
    if distance <= 25 or distance <= a.radius + b.radius:
        return "near or around"
    return "within 100 km" if distance <= 100 else "far apart"


_PLACE = Comparison(
    "place",
    (*(size + common for size in ("same small place", "same place") for common in _COMMON), "same name", "near or around", "only a country", "other name", "within 100 km",
     "far apart", "other country"),
    _place,
    "CASE WHEN l.country IS NOT NULL AND r.country IS NOT NULL AND l.country <> r.country THEN 'other country' "
    "WHEN l.wide OR r.wide THEN "
    "(CASE WHEN l.country IS NOT NULL AND r.country IS NOT NULL THEN 'only a country' ELSE NULL END) "
    "WHEN l.lat IS NULL OR r.lat IS NULL OR l.lon IS NULL OR r.lon IS NULL OR l.radius IS NULL OR r.radius IS NULL THEN "
    "(CASE WHEN len(l.names) = 0 OR len(r.names) = 0 THEN NULL "
    "WHEN list_has_any(l.names, r.names) THEN 'same name' ELSE 'other name' END) "
    f"WHEN list_has_any(l.names, r.names) AND {_KM} <= 25 THEN "
    "(CASE WHEN greatest(l.radius, r.radius) <= 10 THEN 'same small place' ELSE 'same place' END || "
    "CASE greatest(l.place_crowd, r.place_crowd) WHEN 0 THEN '' WHEN 1 THEN ', a common one' ELSE ', a very common one' END) "
    f"WHEN {_KM} <= 25 OR {_KM} <= l.radius + r.radius THEN 'near or around' "
    f"WHEN {_KM} <= 100 THEN 'within 100 km' ELSE 'far apart' END",
)  # fmt: skip


def _event(a: Row, b: Row) -> str | None:
    if not a.events or not b.events:
        return None
    if not a.events.isdisjoint(b.events):
        return "same"
    return "akin" if not a.kin.isdisjoint(b.kin) else "different"


_EVENT = Comparison(
    "event",
    ("same", "akin", "different"),
    _event,
    "CASE WHEN len(l.events) = 0 OR len(r.events) = 0 THEN NULL WHEN list_has_any(l.events, r.events) THEN 'same' "
    "WHEN list_has_any(l.kin, r.kin) THEN 'akin' ELSE 'different' END",
)


def _counts(harm: str) -> Comparison:
    low, high = f"{harm}_low", f"{harm}_high"

    def level(a: Row, b: Row) -> str | None:
        return count_level((getattr(a, low), getattr(a, high)), (getattr(b, low), getattr(b, high)))

    x, y = f"coalesce(l.{low}, l.{high})", f"coalesce(r.{low}, r.{high})"
    least, most = f"least({x}, {y})", f"greatest({x}, {y})"
    sql = (
        f"CASE WHEN {x} IS NULL OR {y} IS NULL THEN NULL "
        f"WHEN l.{low} = l.{high} AND r.{low} = r.{high} AND l.{low} = r.{low} THEN "
        f"(CASE WHEN l.{low} = 0 THEN 'none' WHEN l.{low} = 1 THEN 'one' WHEN l.{low} < 5 THEN 'equal, below 5' "
        f"ELSE 'equal, 5 and more' END) "
        f"WHEN greatest(coalesce(l.{low}, 0), coalesce(r.{low}, 0)) <= "
        f"least(coalesce(l.{high}, 1000000000), coalesce(r.{high}, 1000000000)) THEN 'compatible' "
        f"WHEN {least} = 0 THEN 'some and none' WHEN 2 * {most} <= 3 * {least} OR {most} - {least} <= 1 THEN 'close' "
        f"WHEN {most} <= 3 * {least} THEN 'differ' ELSE 'far apart' END"
    )
    levels = ("none", "one", "equal, below 5", "equal, 5 and more", "compatible", "some and none", "close", "differ", "far apart")
    return Comparison(harm, levels, level, sql)


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


def _overlap(name: str, steps: Iterable[int], pieces: bool = False) -> Comparison:
    """Copies of telling words that both have, each worth four bits of rarity. ``pieces``: only where a report is cut."""
    limits = tuple(steps)
    labels = tuple(f"up to {limit}" for limit in limits) + (f"over {limits[-1]}",)

    def level(a: Row, b: Row) -> str | None:
        x, y = getattr(a, name), getattr(b, name)
        if not x or not y:
            return None
        if not (a.cut or b.cut) if pieces else a.document == b.document:
            return None
        shared = len(x & y)
        return next((label for limit, label in zip(limits, labels, strict=False) if shared <= limit), labels[-1])

    count = f"len(list_intersect(l.{name}, r.{name}))"
    cases = " ".join(f"WHEN {count} <= {limit} THEN '{label}'" for limit, label in zip(limits, labels, strict=False))
    fits = f"len(l.{name}) > 0 AND len(r.{name}) > 0" + (" AND (l.cut OR r.cut)" if pieces else " AND l.document <> r.document")
    return Comparison(name, labels, level, f"CASE WHEN NOT ({fits}) THEN NULL {cases} ELSE '{labels[-1]}' END")


def _document(a: Row, b: Row) -> str | None:
    if a.document != b.document:
        return None
    return "told as one" if a.thread == b.thread else "told apart"


def _outlet(a: Row, b: Row) -> str | None:
    """Reports of one outlet share words for reasons of their own: its style, its reporters, its page."""
    return "same outlet" if a.outlet is not None and a.outlet == b.outlet and a.document != b.document else None


COMPARISONS: tuple[Comparison, ...] = (
    _DATE,
    _PUBLISHED,
    _PLACE,
    _EVENT,
    _share("blamed"),
    _share("bodies"),
    _share("groups"),
    _counts("killed"),
    _counts("injured"),
    _overlap("words", (1, 3, 5, 7, 9, 12, 15, 19, 24, 32)),
    _overlap("own", (0, 1, 2, 4, 6, 9, 13, 20), pieces=True),
    _overlap("fields", (1, 3, 5, 7, 10)),
    Comparison("outlet", ("same outlet",), _outlet, "CASE WHEN l.outlet = r.outlet AND l.document <> r.document THEN 'same outlet' END"),
    Comparison(
        "report", ("told as one", "told apart"), _document,
        "CASE WHEN l.document <> r.document THEN NULL WHEN l.thread = r.thread THEN 'told as one' ELSE 'told apart' END",
    ),
)  # fmt: skip

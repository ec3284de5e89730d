"""An account as flat columns, the same for every engine that scores pairs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.link.accounts import Account
from tollbook.link.claims import SMALL, WIDE, Days
from tollbook.link.places import place_names
from tollbook.link.words import fold, once

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
    stated: bool
    yearless: int | None
    hours: frozenset[str]
    published: int | None
    lat: float | None
    lon: float | None
    radius: float | None
    wide: bool
    small: bool
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
    killed_few: frozenset[str]
    killed_many: frozenset[str]
    injured_few: frozenset[str]
    injured_many: frozenset[str]
    cut: bool
    words: tuple[str, ...]
    own: tuple[str, ...]
    fields: tuple[str, ...]
    vague: bool


_NONE = once(frozenset())
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
    coded = any(":" in word for word in account.words[:1])  # the words of its fields, of which a text has none
    words = () if coded else account.words
    names = once(frozenset(place_names(site))) if site else _NONE
    killed, injured = account.killed or (None, None), account.injured or (None, None)
    return Row(
        id=account.id,
        document=account.document,
        outlet=fold(account.outlet) if account.outlet else None,
        thread=account.thread,
        first=days.first if days else None,
        last=days.last if days else None,
        stated=bool(days and days.stated),
        yearless=_day_of_year(days) if days else account.yearless,
        hours=once(frozenset(str(hour) for hour in account.hours)),
        published=account.published,
        lat=site.lat if site and point else None,
        lon=site.lon if site and point else None,
        radius=site.radius if site else None,
        wide=bool(site and (site.precision in WIDE or not names)),
        small=bool(site and site.precision in SMALL and names),
        country=site.country if site else None,
        admin1=site.admin1 if site else None,
        names=names,
        day_crowd=crowds.day(account),
        place_crowd=crowds.place(account),
        events=account.events,
        kin=once(frozenset(str(n) for n, family in enumerate(KIN) if family & account.events)),
        blamed=account.blamed,
        bodies=account.bodies,
        groups=account.groups,
        killed_low=killed[0],
        killed_high=killed[1],
        injured_low=injured[0],
        injured_high=injured[1],
        killed_few=_numbers(account, "killed", 2, 4),
        killed_many=_numbers(account, "killed", 5, None),
        injured_few=_numbers(account, "injured", 2, 4),
        injured_many=_numbers(account, "injured", 5, None),
        cut=account.cut,
        words=words,
        own=account.own if account.cut else words,
        fields=account.words if coded else (),
        vague=account.vague,
    )


def _day_of_year(days: Days) -> int | None:
    """A single day as the how-manieth of a leap year, to be held against a day without a year."""
    if days.first != days.last:
        return None
    day = dt.date.fromordinal(days.first)
    return day.replace(year=2000).timetuple().tm_yday


def _numbers(account: Account, harm: str, least: int, most: int | None) -> frozenset[str]:
    """The exact numbers of one size, as text: every engine has lists of that."""
    return once(frozenset(str(n) for n in account.numbers.get(harm, ()) if n >= least and (most is None or n <= most)))

"""What linking sees of a claim, made from its public JSON: of a reader's claim and of one coded elsewhere alike.

A coded claim has ``quote: null`` and may lack fields; what is not there is ``None`` or empty, never a default.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import Any

from tollbook import lexicon
from tollbook.errors import InputError

# How far from its coordinates something said to be "in" a place of this precision may have happened, in kilometres.
RADIUS = {
    "exact": 1.0,
    "neighbourhood": 4.0,
    "town": 10.0,
    "city": 20.0,
    "near": 25.0,
    "district": 40.0,
    "admin1": 150.0,
}
WIDE = frozenset({"country", "region"})
SMALL = frozenset({"exact", "neighbourhood", "town"})  # what has another name is another place


@dataclass(frozen=True, slots=True)
class Days:
    """An interval of days as ordinals, both ends inclusive, with the UCDP precision that it was read with.

    ``stated``: it stands in the passage with the number, rather than somewhere else in the report.
    """

    first: int
    last: int
    precision: str
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """Where: the names as worded and as listed, and a point with the radius that it stands for."""

    text: str | None
    name: str | None
    detail: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    gazetteer_id: str | None

    @property
    def radius(self) -> float | None:
        """Kilometres around the point; ``None`` where there is no point or it stands for a whole country."""
        if self.lat is None or self.lon is None or self.precision in WIDE:
            return None
        return RADIUS.get(self.precision or "city", 20.0)


@dataclass(frozen=True, slots=True)
class Party:
    """Who is blamed, how (``accused``, ``acting`` …), and by whom where that is another than the speaker."""

    name: str
    basis: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """One link of an attribution chain."""

    name: str
    body: str | None
    kind: str
    mode: str | None


@dataclass(frozen=True, slots=True)
class LinkClaim:
    """A claim as far as linking, origins and contradictions need it."""

    id: str
    document: str  # its id
    key: str
    outlet: str | None
    published: int | None
    harm: str
    low: int | None
    high: int | None
    qualifier: str
    status: str | None
    groups: tuple[str, ...]
    event: str | None
    event_text: str | None
    date: Days | None
    yearless: int | None  # a day without a year, as the how-manieth of a leap year, where there is no date
    said: Days | None
    site: Site | None
    blamed: tuple[Party, ...]
    voices: tuple[Voice, ...]
    stance: str
    scope: str
    relation: str | None
    relation_to: str | None
    quote: tuple[str, int, int] | None
    at: int | None = None  # where its number stands in the text

    @property
    def stated(self) -> bool:
        """Whether it gives a number, rather than a bare plural or a vague word."""
        return self.qualifier not in ("unstated", "vague")


def link_claim(row: Mapping[str, Any], where: str = "claim") -> LinkClaim:
    """The view of one claim in public JSON; :class:`InputError` names what cannot be read.

    >>> link_claim({"id": "c-1", "document": {"key": "a"}, "harm": "killed", "count": {"low": 3, "high": 3}}).low
    3
    """
    try:
        return _claim(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(where, f"is no claim in the public JSON ({type(error).__name__}: {error})") from error


def _claim(row: Mapping[str, Any]) -> LinkClaim:
    document, count = row["document"], row.get("count") or {}
    victims, event = row.get("victims") or {}, row.get("event") or {}
    relation, quote = row.get("relation") or {}, row.get("quote")
    return LinkClaim(
        id=str(row["id"]),
        document=str(document.get("id") or document["key"]),
        key=str(document["key"]),
        outlet=_name(document.get("outlet")),
        published=_ordinal(document.get("published")),
        harm=_name(row["harm"]),
        low=count.get("low"),
        high=count.get("high"),
        qualifier=_name(count.get("qualifier") or "exact"),
        status=_name(victims.get("status")),
        groups=tuple(victims.get("groups") or ()),
        event=_name(event.get("type")),
        event_text=event.get("text"),
        date=_days(row.get("date"), quote),
        yearless=_yearless(row.get("date")),
        said=_days(row.get("said"), None),
        site=_site(row.get("place")),
        blamed=tuple(_party(b["name"], b.get("basis"), b.get("by")) for b in row.get("blamed") or () if b.get("name")),
        voices=tuple(_voices(row.get("attribution") or ())),
        stance=_name(row.get("stance") or "asserted"),
        scope=_name(row.get("scope") or "incident"),
        relation=_name(relation.get("type")),
        relation_to=relation.get("claim"),
        quote=(quote["text"], quote["start"], quote["end"]) if quote and quote.get("start") is not None else None,
        at=count.get("start"),
    )


def _name(value: Any) -> Any:
    """A word that many claims have in common, as one object for all of them."""
    return intern(value) if type(value) is str else value


# Claims of one incident, one town or one speaker say the same: each such value is one object, not one a claim.
_MANY = 100_000
_one_period = lru_cache(_MANY, typed=True)(Days)
_one_site = lru_cache(_MANY, typed=True)(Site)
_party = lru_cache(_MANY, typed=True)(Party)
_voice = lru_cache(_MANY, typed=True)(Voice)


@lru_cache(_MANY)
def _ordinal(value: str | None) -> int | None:
    return dt.date.fromisoformat(value[:10]).toordinal() if value else None


def _days(value: Mapping[str, Any] | None, quote: Mapping[str, Any] | None) -> Days | None:
    if not value:
        return None
    first, last = _ordinal(value.get("from")), _ordinal(value.get("to"))
    if first is None or last is None:
        return None
    start = value.get("start")
    stated = quote is None or start is None or quote.get("start") is None or quote["start"] <= start < quote["end"]
    return _one_period(first, last, value.get("precision") or ("day" if first == last else "days"), stated)


MONTHS: dict[str, int] = lexicon.load("dates")["months"]
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
DAY_OF_MONTH = re.compile(
    rf"\b(?:({_MONTH})\.? (\d{{1,2}})|(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({_MONTH}))(?!\w)", re.IGNORECASE
)
_LEAP_YEAR = 2000


def _yearless(value: Mapping[str, Any] | None) -> int | None:
    """The day of "June 3" in a report that gives no year and no day of its own to count from.

    >>> _yearless({"text": "June 3", "from": None}), _yearless({"text": "the 1st of March", "from": None})
    (155, 61)
    """
    if not value or value.get("from") or value.get("precision") not in (None, "day"):
        return None
    match = DAY_OF_MONTH.search(value.get("text") or "")
    if match is None:
        return None
    try:
        day = dt.date(_LEAP_YEAR, MONTHS[(match[1] or match[4]).lower()], int(match[2] or match[3]))
    except ValueError:
        return None
    return day.timetuple().tm_yday


def _site(value: Mapping[str, Any] | None) -> Site | None:
    if not value:
        return None
    site = _one_site(
        value.get("text"), value.get("name"), value.get("detail"), value.get("country"), value.get("admin1"),
        value.get("lat"), value.get("lon"), value.get("precision"), value.get("gazetteer_id"),
    )  # fmt: skip
    return site if any((site.text, site.name, site.detail, site.country, site.lat)) else None


def _voices(chain: Sequence[Mapping[str, Any]]) -> list[Voice]:
    return [
        _voice(v.get("name") or v.get("text") or "", v.get("body"), v.get("kind") or "unknown", v.get("mode"))
        for v in chain
        if v.get("name") or v.get("text") or v.get("body")
    ]

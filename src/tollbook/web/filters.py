"""What is asked of a list: everything stands in the URL, so that a view can be sent to a colleague or come back to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from urllib.parse import urlencode

from tollbook.errors import UsageError

Kind = Literal["incidents", "claims", "documents"]
NOT_STATED = "-"  # in a URL, the value of a facet that a row does not have
PAGE = 50
LAST_PAGE = 2_000

# The facets of each list: parameter → what people call it.
FACETS: Mapping[str, Mapping[str, str]] = {
    "incidents": {
        "country": "Country", "event": "What happened", "blamed": "Blamed", "year": "Year", "outlet": "Outlet",
        "status": "Status", "grade": "Grade", "review": "Review",
    },
    "claims": {
        "harm": "Harm", "country": "Country", "event": "What happened", "origin": "Who says it", "year": "Year",
        "outlet": "Outlet", "stance": "Stance", "scope": "Scope", "review": "Review",
    },
    "documents": {"outlet": "Outlet", "language": "Language", "state": "State"},
}  # fmt: skip
SORTS: Mapping[str, Mapping[str, str]] = {
    "incidents": {
        "date": "latest first",
        "oldest": "earliest first",
        "toll": "most killed",
        "conflict": "most contradicted",
    },
    "claims": {
        "date": "latest first",
        "oldest": "earliest first",
        "toll": "highest number",
        "doubt": "least sure first",
    },
    "documents": {"added": "added last", "published": "latest first", "claims": "most claims", "outlet": "outlet"},
}
# Facets that mean the same in each list that has them (a review state does not).
_SHARED = frozenset({"country", "event", "year", "outlet"})
TRAYS: Mapping[str, Sequence[str]] = {
    "incidents": ("place", "date"),
    "claims": ("place", "date"),
    "documents": ("date",),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """A question to one list. ``box`` is west, south, east, north in degrees; ``missing`` one of the trays;
    ``all`` a facet of which every value is shown."""

    kind: Kind
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    q: str = ""
    since: str | None = None
    until: str | None = None
    box: tuple[float, float, float, float] | None = None
    missing: str | None = None
    all: str | None = None
    sort: str = ""
    page: int = 1

    @property
    def key(self) -> tuple[object, ...]:
        """What answers hang on, the page and the order apart."""
        facets = tuple(sorted((name, tuple(sorted(values))) for name, values in self.facets.items()))
        return (self.kind, facets, self.q, self.since, self.until, self.box, self.missing, self.all)

    @property
    def narrowed(self) -> bool:
        """Whether it leaves anything out."""
        return bool(self.facets or self.q or self.since or self.until or self.box or self.missing)

    def without(self, facet: str) -> Filter:
        """The same question without one facet."""
        return replace(self, facets={name: values for name, values in self.facets.items() if name != facet})

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters that ask this."""
        found = [(name, value) for name, values in self.facets.items() for value in values]
        if self.q:
            found.append(("q", self.q))
        found += [(name, value) for name, value in (("since", self.since), ("until", self.until)) if value]
        if self.box:
            found.append(("box", ",".join(f"{edge:g}" for edge in self.box)))
        if self.missing:
            found.append(("missing", self.missing))
        if self.all:
            found.append(("all", self.all))
        if self.sort and self.sort != next(iter(SORTS[self.kind])):
            found.append(("sort", self.sort))
        if self.page > 1:
            found.append(("page", str(self.page)))
        return found

    def query(self, **changed: object) -> str:
        """The query string with some of its parts changed, ``?`` first; another question begins at page one.

        >>> Filter("incidents", q="camp", page=3).query(sort="toll")
        '?q=camp&sort=toll'
        """
        new: Filter = replace(self, **{"page": 1, **changed})  # type: ignore[arg-type]
        text = urlencode(new.pairs())
        return f"?{text}" if text else ""

    def among(self, kind: Kind) -> str:
        """The query string that asks the same of another list, as far as that list knows what is asked.

        >>> Filter("incidents", {"country": ("SY",), "blamed": ("Army",)}, q="camp").among("claims")
        '?country=SY&q=camp'
        """
        facets = {name: values for name, values in self.facets.items() if name in _SHARED and name in FACETS[kind]}
        missing = self.missing if self.missing in TRAYS[kind] else None
        return self.query(kind=kind, facets=facets, missing=missing, all=None, sort="")

    def toggled(self, facet: str, value: str) -> str:
        """The query string with one value of a facet taken in or out."""
        now = self.facets.get(facet, ())
        values = tuple(v for v in now if v != value) if value in now else (*now, value)
        facets = {**self.facets, facet: values} if values else self.without(facet).facets
        return self.query(facets=facets)


def read_filter(kind: Kind, pairs: Iterable[tuple[str, str]]) -> Filter:
    """The question that a URL's parameters ask; those of other pages are passed over.

    Raises :class:`UsageError` for a value that cannot be meant.

    >>> read_filter("incidents", [("country", "UA"), ("since", "2024-02-01"), ("x", "1")]).query()
    '?country=UA&since=2024-02-01'
    """
    facets: dict[str, tuple[str, ...]] = {}
    plain: dict[str, str] = {}
    for name, raw in pairs:
        value = raw.strip()
        if not value:
            continue
        if name in FACETS[kind]:
            facets[name] = tuple(dict.fromkeys((*facets.get(name, ()), value[:300])))[:50]
        else:
            plain[name] = value
    missing = plain.get("missing")
    if missing is not None and missing not in TRAYS[kind]:
        raise UsageError(f"missing has to be one of {', '.join(TRAYS[kind])}")
    whole = plain.get("all")
    if whole is not None and whole not in FACETS[kind]:
        raise UsageError(f"all has to be one of {', '.join(FACETS[kind])}")
    sort = plain.get("sort") or next(iter(SORTS[kind]))
    if sort not in SORTS[kind]:
        raise UsageError(f"sort has to be one of {', '.join(SORTS[kind])}")
    return Filter(
        kind=kind, facets=facets, q=plain.get("q", "")[:300], since=_day(plain, "since"), until=_day(plain, "until"),
        box=_box(plain.get("box")), missing=missing, all=whole, sort=sort, page=_page(plain.get("page", "1")),
    )  # fmt: skip


def _day(plain: Mapping[str, str], name: str) -> str | None:
    value = plain.get(name)
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value).isoformat()
    except ValueError:
        raise UsageError(f"{name} has to be a day such as 2024-02-24, not {value[:40]!r}") from None


def _page(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value[:9]) <= LAST_PAGE:
        raise UsageError(f"page has to be a number from 1 to {LAST_PAGE}")
    return int(value)


def _box(value: str | None) -> tuple[float, float, float, float] | None:
    if value is None:
        return None
    try:
        west, south, east, north = (round(float(part), 4) for part in value.split(","))
    except ValueError:
        west, south, east, north = 1.0, 1.0, 0.0, 0.0
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):
        raise UsageError("box has to be west,south,east,north in degrees")
    return (west, south, east, north)

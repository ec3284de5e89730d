"""What an incident's claims add up to on the screen: figures, place, day, origins. Pure: claims' JSON in, facts out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tollbook.decode import decode_claim
from tollbook.link.claims import link_claim
from tollbook.link.origins import Origin
from tollbook.link.origins import origin_of as link_origin
from tollbook.tally import add_up
from tollbook.tally.rows import survivors

Json = Mapping[str, Any]
Range = tuple[int | None, int | None]
FINE = ("exact", "neighbourhood", "town", "city", "near", "district", "admin1", "country", "region")
SHARP = ("day", "days", "week", "month", "year", "longer")
PINNED = frozenset({"exact", "neighbourhood", "town", "city"})


@dataclass(frozen=True, slots=True)
class Facts:
    """An incident as lists show it. ``killed`` and ``injured`` are (low, high) or ``None``: not stated."""

    killed: Range | None
    injured: Range | None
    date: Json | None
    place: Json | None
    event: str | None
    blamed: tuple[str, ...]
    outlets: tuple[str, ...]
    origins: tuple[int, int]
    contradictions: int


def facts(summary: Json, claims: Sequence[Json], *, judged: bool) -> Facts:
    """Facts of an incident from its linker's ``summary`` where that still holds, else from its ``claims``.

    ``judged``: people rejected, corrected or added some of the claims, so that the summary's figures are stale.
    """
    own = {} if judged else summary
    told = [claim for claim in claims if claim["scope"] != "total"]
    killed, injured = _given(own, "killed"), _given(own, "injured")
    if "killed" not in own:
        killed, injured = _added(told)
    origins = own.get("origins")
    return Facts(
        killed=killed,
        injured=injured,
        date=_date(own) or _best_date(told),
        place=_place(own) or _best_place(told),
        event=_most(claim["event"]["type"] for claim in told if claim["event"]),
        blamed=tuple(dict.fromkeys(party["name"] for claim in told for party in claim["blamed"] if openly(party))),
        outlets=tuple(sorted({claim["document"]["outlet"] or "" for claim in claims})),
        origins=(origins["low"], origins["high"]) if isinstance(origins, Mapping) else _origins(claims),
        contradictions=len(own.get("contradictions") or ()),
    )


def openly(party: Json) -> bool:
    """Whether a report blames somebody in words; what is only inferred stands in the article's panel, nowhere else."""
    return bool(party["name"]) and party["basis"] != "inferred"


def origin_of(claim: Json) -> Origin:
    """Where a number comes from, as the linker tells origins apart; an article without an outlet goes by its title.

    >>> source = {"outlet": "Post", "key": "a"}
    >>> origin_of({"id": "c-1", "harm": "killed", "count": {}, "attribution": [], "document": source})
    Origin(key='outlet:post', name='Post', known=False, kind='outlet')
    """
    origin = link_origin(link_claim(claim))
    title = claim["document"].get("title")
    return replace(origin, name=title) if not origin.known and not claim["document"]["outlet"] and title else origin


def _origins(claims: Sequence[Json]) -> tuple[int, int]:
    found = {origin.key: origin.known for origin in map(origin_of, claims)}
    return sum(found.values()), len(found)


def _given(summary: Json, harm: str) -> Range | None:
    value = summary.get(harm)
    return (value.get("low"), value.get("high")) if isinstance(value, Mapping) else None


def _added(claims: Sequence[Json]) -> tuple[Range | None, Range | None]:
    """Killed and injured over several articles: each adds up for itself, the range spans what they come to."""
    documents: dict[str, list[Any]] = {}
    for claim in claims:
        documents.setdefault(claim["document"]["id"], []).append(decode_claim(claim))
    dead, hurt = list[Any](), list[Any]()
    for records in documents.values():
        killed, injured, casualties = (
            add_up([record for record in records if record.harm == harm], records)
            for harm in ("killed", "injured", "casualties")
        )
        dead.append(killed)
        hurt.append(survivors(killed, injured, casualties))
    return _span(dead), _span(hurt)


def _span(ranges: Sequence[Any]) -> Range | None:
    known = [one for one in ranges if one is not None]
    if not known:
        return None
    lows = [one.low for one in known if one.low is not None]
    highs = [one.high for one in known]
    top = None if any(high is None for high in highs) else max(highs)
    return (min(lows) if lows else None, top)


def _date(summary: Json) -> Json | None:
    value = summary.get("date")
    if isinstance(value, str):
        return {"from": value, "to": value, "precision": "day"}
    return value if isinstance(value, Mapping) and (value.get("from") or value.get("to")) else None


def _place(summary: Json) -> Json | None:
    value = summary.get("place")
    return value if isinstance(value, Mapping) and (value.get("name") or value.get("text")) else None


def _best_date(claims: Sequence[Json]) -> Json | None:
    dates = [claim["date"] for claim in claims if claim["date"] and (claim["date"]["from"] or claim["date"]["to"])]
    counts = Counter((date["from"], date["to"]) for date in dates)
    return min(
        dates,
        key=lambda date: (_rank(SHARP, date["precision"]), -counts[date["from"], date["to"]], str(date["from"])),
        default=None,
    )


def _best_place(claims: Sequence[Json]) -> Json | None:
    places = [claim["place"] for claim in claims if claim["place"]]
    counts = Counter(place["name"] for place in places)
    return min(
        places,
        key=lambda place: (
            place["lat"] is None,
            _rank(FINE, place["precision"]),
            -counts[place["name"]],
            place["text"],
        ),
        default=None,
    )


def _rank(order: Sequence[str], value: str | None) -> int:
    return order.index(value) if value in order else len(order)


def _most(values: Any) -> str | None:
    counts = Counter(value for value in values if value)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def code(id: str, date: Json | None, country: str | None) -> str:
    """A short name that people can say: country, day as far as it is known, and the beginning of the id.

    >>> code("i-3fa9c2", {"from": "2024-02-24", "to": "2024-02-24"}, "UA"), code("i-3fa9c2", None, None)
    ('UA-20240224-3FA9', 'XX-0000-3FA9')
    """
    day = str((date or {}).get("from") or (date or {}).get("to") or "0000").replace("-", "")
    return f"{country or 'XX'}-{day}-{id.split('-')[-1][:4].upper()}"

"""What an incident says when its claims are put together: its toll, its day, its place, who claims and who is blamed."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tollbook.decode import decode_claim
from tollbook.exports.contract import ClaimRow, IncidentRow, Json
from tollbook.tally import add_up

HARMS = ("killed", "injured", "missing", "abducted", "displaced", "detained", "casualties")
_FINE = ("exact", "neighbourhood", "town", "city", "near", "district", "admin1", "region", "country")
_SHARP = ("day", "days", "week", "month", "year", "longer")

Toll = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Digest:
    """An incident in one view. ``tolls`` lacks the harms that nobody counts; dates are ISO; ``place`` is a claim's."""

    tolls: Mapping[str, Toll]
    first: str | None
    last: str | None
    date_precision: str | None
    place: Json | None
    events: tuple[str, ...]
    blamed: tuple[str, ...]
    claimants: tuple[str, ...]
    outlets: tuple[str, ...]
    documents: tuple[Json, ...]
    origins: tuple[int, int]
    contradictions: tuple[Json, ...]


def digest(row: IncidentRow) -> Digest:
    """The incident in one view: the linker's sums where they still hold, else added up from the claims that count."""
    claims = [c.json for c in row.claims]
    first, last, precision = _days(claims)
    documents = {c["document"]["id"]: c["document"] for c in claims}
    ordered = tuple(sorted(documents.values(), key=lambda d: (d["published"] or "9999", d["id"])))
    return Digest(
        tolls=tolls(row),
        first=first,
        last=last,
        date_precision=precision,
        place=_place(claims),
        events=_by_votes(c["event"]["type"] for c in claims if c["event"] and c["event"]["type"]),
        blamed=_by_votes(b["name"] for c in claims for b in c["blamed"] if b["basis"] != "inferred"),
        claimants=_by_votes(name for c in claims if (name := claimant(c)) is not None),
        outlets=tuple(dict.fromkeys(d["outlet"] for d in ordered if d["outlet"])),
        documents=ordered,
        origins=_origins(row, claims),
        contradictions=tuple(row.summary.get("contradictions") or ()),
    )


def claimant(claim: Json) -> str | None:
    """Who says it first: the body at the first link of the chain, or that speaker; ``None`` in the report's own voice."""
    if not claim["attribution"]:
        return None
    first = claim["attribution"][0]
    name: str | None = first["body"] or first["name"]
    return name


def _by_votes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def tolls(row: IncidentRow) -> dict[str, Toll]:
    """A low and a high of each harm that is counted."""
    found: dict[str, Toll] = {}
    if not row.touched and "killed" in row.summary:
        for harm in HARMS:
            stated = row.summary.get(harm)
            if stated is not None:
                found[harm] = (stated["low"], stated["high"])
        return found
    return summed([c.json for c in row.claims])


def summed(claims: Sequence[Json]) -> dict[str, Toll]:
    """Each document adds up by itself; the range spans what the documents say. An open end anywhere stays open."""
    by_document: dict[str, list[Any]] = defaultdict(list)
    for claim in claims:
        if claim["scope"] == "incident":
            by_document[claim["document"]["id"]].append(decode_claim(claim))
    found: dict[str, Toll] = {}
    for harm in HARMS:
        ranges = [add_up([c for c in told if c.harm == harm], told) for told in by_document.values()]
        stated = [r for r in ranges if r is not None]
        if not stated:
            continue
        lows = [r.low for r in stated if r.low is not None]
        highs = [r.high for r in stated if r.high is not None]
        found[harm] = (min(lows) if lows else None, max(highs) if len(highs) == len(stated) else None)
    return found


def civilians_killed(row: IncidentRow) -> tuple[int, int]:
    """The highest low figures of civilians and of fighters killed that any claim states."""
    most = {"civilian": 0, "combatant": 0}
    for claim in row.claims:
        victims, low = claim.json["victims"], claim.json["count"]["low"]
        if claim.json["harm"] != "killed" or claim.json["stance"] != "asserted" or victims is None or low is None:
            continue
        if victims["status"] in most and claim.json["scope"] == "incident":
            most[victims["status"]] = max(most[victims["status"]], low)
    return most["civilian"], most["combatant"]


def highest_stated(row: IncidentRow) -> int:
    """The highest number of killed that any claim about this incident states, 0 where none does."""
    told = [c.json for c in row.claims if c.json["harm"] == "killed" and c.json["stance"] == "asserted"]
    stated = [bound for c in told if c["scope"] == "incident" for bound in (c["count"]["low"], c["count"]["high"])]
    return max((bound for bound in stated if bound is not None), default=0)


def _days(claims: Sequence[Json]) -> tuple[str | None, str | None, str | None]:
    """The sharpest interval; of equals the one that most claims give, then the earliest."""
    votes: Counter[tuple[str, str, str]] = Counter()
    for claim in claims:
        date = claim["date"]
        if date and date["from"] and date["to"]:
            votes[date["from"], date["to"], date["precision"] or precision_of(date["from"], date["to"])] += 1
    if not votes:
        return None, None, None
    return min(votes, key=lambda d: (_SHARP.index(d[2]), -votes[d], d))


def precision_of(first: str, last: str) -> str:
    """The UCDP class of an interval that bears none.

    >>> precision_of("2024-03-05", "2024-03-05"), precision_of("2024-03-01", "2024-03-31")
    ('day', 'month')
    """
    days = (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days + 1
    for top, name in ((1, "day"), (6, "days"), (7, "week"), (31, "month"), (366, "year")):
        if days <= top:
            return name
    return "longer"


def _place(claims: Sequence[Json]) -> Json | None:
    """The finest place; of equals the one that most claims give, then by name. One with coordinates before one without."""
    votes: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], Json] = {}
    for claim in claims:
        place = claim["place"]
        if place is not None:
            key = (place["name"] or place["text"], place["country"] or "")
            votes[key] += 1
            if key not in places or (places[key]["lat"] is None and place["lat"] is not None):
                places[key] = place

    def rank(key: tuple[str, str]) -> tuple[bool, int, int, tuple[str, str]]:
        precision = places[key]["precision"]
        fine = _FINE.index(precision) if precision in _FINE else len(_FINE)
        return places[key]["lat"] is None and fine > 5, fine, -votes[key], key

    return places[min(votes, key=rank)] if votes else None


def _origins(row: IncidentRow, claims: Sequence[Json]) -> tuple[int, int]:
    """Independent origins: known bodies, and with each outlet that names none."""
    stated = row.summary.get("origins")
    if stated is not None and not row.touched:
        return stated["low"], stated["high"]
    bodies = {name for c in claims if (name := claimant(c)) is not None}
    unattributed = {c["document"]["outlet"] or c["document"]["id"] for c in claims if not c["attribution"]}
    return len(bodies), len(bodies) + len(unattributed)


def statuses(row: IncidentRow) -> tuple[str, ...]:
    """Who was killed, as the claims call them."""
    return _by_votes(
        c.json["victims"]["status"] for c in row.claims if c.json["victims"] and c.json["harm"] == "killed"
    )


def toll_of(found: Mapping[str, Toll], harm: str) -> Toll:
    """A harm's low and high, both ``None`` where nobody counts it."""
    return found.get(harm, (None, None))


def by_document(rows: Iterable[ClaimRow]) -> dict[str, list[ClaimRow]]:
    """Claims by the document they stand in."""
    found: dict[str, list[ClaimRow]] = {}
    for row in rows:
        found.setdefault(row.json["document"]["id"], []).append(row)
    return found

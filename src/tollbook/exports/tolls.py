"""What an incident says when its claims are put together: its toll, its day, its place, who claims and who is
blamed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tollbook.exports.contract import IncidentRow, Json
from tollbook.incidents.contradict import contradictions
from tollbook.incidents.figures import HARMS, figures_of, span, standing
from tollbook.incidents.sentence import sentence
from tollbook.link.claims import link_claim
from tollbook.link.origins import count_origins, quoted_bodies

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
    sums: Json


def digest(row: IncidentRow) -> Digest:
    """The incident in one view: the linker's sums where they still hold, else added up from the claims that count."""
    claims = [c.json for c in row.claims]
    first, last, precision = _days(claims)
    added = sums(row)
    documents = {c["document"]["id"]: c["document"] for c in claims}
    ordered = tuple(sorted(documents.values(), key=lambda d: (d["published"] or "9999", d["id"])))
    return Digest(
        tolls=tolls_of(added),
        first=first,
        last=last,
        date_precision=precision,
        place=_place(claims),
        events=_by_votes(c["event"]["type"] for c in claims if c["event"] and c["event"]["type"]),
        blamed=_blamed(claims),
        claimants=_by_votes(name for c in claims if (name := claimant(c)) is not None),
        outlets=tuple(dict.fromkeys(d["outlet"] for d in ordered if d["outlet"])),
        documents=ordered,
        origins=(added["origins"]["low"], added["origins"]["high"]),
        contradictions=tuple(added.get("contradictions") or ()),
        sums=added,
    )


def claimant(claim: Json) -> str | None:
    """Who says it first: the body at the first link of the chain, or that speaker; ``None`` in the report's own
    voice."""
    if not claim["attribution"]:
        return None
    first = claim["attribution"][0]
    name: str | None = first["body"] or first["name"]
    return name


def _by_votes(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name, _ in sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def sums(row: IncidentRow) -> Json:
    """What the claims add up to, in the words of ``tollbook incidents``: the linker's own where it still holds."""
    if not row.touched and "origins" in row.summary:
        return row.summary
    claims = [link_claim(c.json) for c in row.claims if c.json["scope"] == "incident"]
    origins = count_origins(claims, {}, quoted_bodies(claims))
    figures = figures_of(claims, origins.of)
    by_harm = {harm: last for harm in HARMS if (last := standing(figures, harm))}
    against = contradictions(claims, figures, origins.of)
    blamed = _blamed(c.json for c in row.claims)
    ranges = {harm: _bounds(span(by_harm.get(harm, {}))) for harm in HARMS}
    return {
        "title": row.summary.get("title"),
        "sentence": sentence(origins, by_harm, blamed, against) if claims else None,
        "killed": ranges["killed"],
        "injured": ranges["injured"],
        "others": {harm: ranges[harm] for harm in HARMS[2:] if ranges[harm] is not None},
        "origins": {"low": origins.low, "high": origins.high} if claims else {"low": 0, "high": 0},
        "contradictions": [{"field": one.field, "claims": list(one.claims)} for one in against],
        "totals": list(row.summary.get("totals") or ()),
    }


def tolls_of(found: Json) -> dict[str, Toll]:
    """A low and a high of each harm that is counted."""
    stated = {"killed": found.get("killed"), "injured": found.get("injured"), **(found.get("others") or {})}
    return {harm: (stated[harm]["low"], stated[harm]["high"]) for harm in HARMS if stated.get(harm) is not None}


def summed(claims: Sequence[Json], harm: str) -> Toll:
    """The low and the high of one harm over some of an incident's claims; both ``None`` where none counts it."""
    linked = [link_claim(claim) for claim in claims if claim["scope"] == "incident"]
    origins = count_origins(linked, {}, quoted_bodies(linked))
    found = span(standing(figures_of(linked, origins.of), harm))
    return found if found is not None else (None, None)


def _bounds(found: Toll | None) -> dict[str, int | None] | None:
    return None if found is None else {"low": found[0], "high": found[1]}


def _blamed(claims: Iterable[Json]) -> tuple[str, ...]:
    return _by_votes(party["name"] for claim in claims for party in claim["blamed"] if party["basis"] != "inferred")


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
    """The finest place; of equals the one that most claims give, then by name. One with coordinates before one
    without."""
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


def statuses(row: IncidentRow) -> tuple[str, ...]:
    """Who was killed, as the claims call them."""
    return _by_votes(
        c.json["victims"]["status"] for c in row.claims if c.json["victims"] and c.json["harm"] == "killed"
    )


def toll_of(found: Mapping[str, Toll], harm: str) -> Toll:
    """A harm's low and high, both ``None`` where nobody counts it."""
    return found.get(harm, (None, None))

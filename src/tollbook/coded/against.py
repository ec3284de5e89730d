"""A monitor's coded records beside the incidents of a ledger: what both have, what only one has, where numbers differ.

The ledger's incidents stay as they are, and so do the monitor's events. An event and an incident are paired by the
weights that link reports (``tollbook.link``): the best pair first, each at most once. Nobody is right by being
compared: a difference is a question, not an error of either side.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tollbook.incidents import Verdict
from tollbook.incidents.figures import HARMS, figures_of, span, standing
from tollbook.incidents.reports import reports_of_claims
from tollbook.link.accounts import Report, accounts_of, best_days, best_site, words_of
from tollbook.link.block import block
from tollbook.link.claims import LinkClaim
from tollbook.link.columns import rows_of
from tollbook.link.origins import count_origins
from tollbook.link.score import Weights, score_pairs, shipped
from tollbook.link.words import Rarity
from tollbook.records import Claim, claim_json
from tollbook.schema import COMPARISON_SCHEMA

# Accounts that one key brings together: more than in linking, since only pairs across the two sides are looked at.
_CROWD = 400

Who = Literal["both", "monitor", "ledger"]
Relation = Literal["same", "compatible", "differs"]
Range = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Side:
    """What one side has of an incident: the ids of its records or incidents, and a range for each harm it counts."""

    ids: tuple[str, ...]
    harms: Mapping[str, Range]
    documents: int
    first: str | None
    last: str | None
    place: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """One incident as both sides have it, or one of them. ``relations``: how the ranges of a harm that both count stand
    to each other: ``same``, ``compatible`` (they overlap) or ``differs``. ``perhaps``: incidents of the ledger that an
    event fits too, but less well than the event that they are paired with. ``bits``: how much speaks for the pair."""

    who: Who
    ledger: Side | None
    monitor: Side | None
    relations: Mapping[str, Relation]
    perhaps: tuple[str, ...] = ()
    bits: float | None = None

    @property
    def differs(self) -> bool:
        """Whether any of its numbers exclude each other."""
        return "differs" in self.relations.values()

    @property
    def day(self) -> str:
        """A day to sort by."""
        sides = [side.first for side in (self.ledger, self.monitor) if side is not None and side.first]
        return min(sides, default="9999")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which incidents of either side are looked at: those that may be of a period and of a country."""

    since: dt.date | None = None
    until: dt.date | None = None
    country: str | None = None

    def holds(self, claims: Sequence[LinkClaim]) -> bool:
        """Whether an account is among them; without a day or a country it may be of any."""
        days, site = best_days(claims), best_site(claims)
        if days is not None:
            if self.since is not None and days.last < self.since.toordinal():
                return False
            if self.until is not None and days.first > self.until.toordinal():
                return False
        elif self.since is not None or self.until is not None:
            return False
        return self.country is None or (site is not None and site.country == self.country)


@dataclass(frozen=True, slots=True)
class Held:
    """What a ledger has: its reports and verdicts (``grouping.material``), and the claims of each incident by id."""

    reports: Sequence[Report]
    verdicts: Sequence[Verdict]
    incidents: Mapping[str, Sequence[str]]


EVERYTHING = Chosen()


def compare_records(
    held: Held, events: Mapping[str, Sequence[Claim]], chosen: Chosen = EVERYTHING, weights: Weights | None = None
) -> list[Match]:
    """Every incident of either side, by day. ``events``: the monitor's claims by event.

    A record that was imported into the ledger is the monitor's here, so that nothing is compared with itself.
    """
    theirs = reports_of_claims(claim_json(claim) for claims in events.values() for claim in claims)
    mine = {report.id for report in theirs}
    ours = [report for report in held.reports if report.id not in mine]
    claims = {c.id: c for report in (*ours, *theirs) for c in report.claims}
    event_of = {claim.id: event for event, some in events.items() for claim in some}
    here = {c.id for report in ours for c in report.claims}
    incident_of = {id: name for name, ids in held.incidents.items() for id in ids if id in here}
    bits = _bits([*ours, *theirs], event_of, incident_of, weights)
    bits |= _judged(held.verdicts, event_of, incident_of)
    paired = _paired(bits)
    by_event, by_incident = _by_name(event_of, claims), _by_name(incident_of, claims)
    taken = set(paired.values())
    near: dict[str, list[str]] = defaultdict(list)
    for (event, incident), weight in bits.items():
        if weight > -math.inf:
            near[event].append(incident)
    matches: list[Match | None] = []
    for event, told in by_event.items():
        fit = paired.get(event)
        perhaps = tuple(sorted(near[event])) if fit is None else ()
        ours_too = (fit, by_incident.get(fit or ""))
        matches.append(_match(ours_too, (told, perhaps), chosen, bits.get((event, fit or ""))))
    for incident, told in by_incident.items():
        if incident not in taken:
            matches.append(_match((incident, told), ([], ()), chosen, None))
    return sorted((m for m in matches if m is not None), key=lambda m: (m.day, _first_id(m)))


def _bits(
    reports: Sequence[Report], event_of: Mapping[str, str], incident_of: Mapping[str, str], weights: Weights | None
) -> dict[tuple[str, str], float]:
    """The strongest link between each event and each incident, of those above the threshold."""
    bags = [words_of(report) for report in reports]
    rarity = Rarity(found.whole for found in bags)
    accounts = [a for report, found in zip(reports, bags, strict=True) for a in accounts_of(report, found, rarity)]
    rows = rows_of(accounts)
    used = weights or shipped("read" if any(report.text is not None for report in reports) else "coded")
    events = {a.id: {event_of[c.id] for c in a.claims if c.id in event_of} for a in accounts}
    incidents = {a.id: {incident_of[c.id] for c in a.claims if c.id in incident_of} for a in accounts}
    between = _across(block(rows, _CROWD), events, incidents)
    found: dict[tuple[str, str], float] = {}
    for (one, other), bits in score_pairs(rows, between, used).items():
        if bits >= used.threshold:
            for pair in ((event, incident) for event in events[one] for incident in incidents[other]):
                found[pair] = max(bits, found.get(pair, bits))
    return found


def _across(
    keys: Mapping[str, Sequence[str]], events: Mapping[str, set[str]], incidents: Mapping[str, set[str]]
) -> list[tuple[str, str]]:
    """Candidate pairs of one account of each side. Pairs within a side, of which a large data set has many more, are
    never made."""
    theirs, ours = defaultdict(list), defaultdict(list)
    for id, some in keys.items():
        for key in some:
            if events[id]:
                theirs[key].append(id)
            if incidents[id]:
                ours[key].append(id)
    return sorted({(one, other) for key, held in ours.items() for other in held for one in theirs.get(key, ())})


def _judged(
    verdicts: Iterable[Verdict], event_of: Mapping[str, str], incident_of: Mapping[str, str]
) -> dict[tuple[str, str], float]:
    """What people said of a record's claim and one of the ledger counts before any weight."""
    found = {}
    for verdict in verdicts:
        for one, other in ((verdict.one, verdict.other), (verdict.other, verdict.one)):
            if one in event_of and other in incident_of:
                found[event_of[one], incident_of[other]] = math.inf if verdict.same else -math.inf
    return found


def _paired(bits: Mapping[tuple[str, str], float]) -> dict[str, str]:
    """Events with their incident: the best pair first, each once."""
    paired: dict[str, str] = {}
    taken: set[str] = set()
    for (event, incident), weight in sorted(bits.items(), key=lambda item: (-item[1], item[0])):
        if weight > -math.inf and event not in paired and incident not in taken:
            paired[event] = incident
            taken.add(incident)
    return paired


def _by_name(of: Mapping[str, str], claims: Mapping[str, LinkClaim]) -> dict[str, list[LinkClaim]]:
    found: dict[str, list[LinkClaim]] = defaultdict(list)
    for id, name in of.items():
        if id in claims and claims[id].scope != "total":
            found[name].append(claims[id])
    return found


def _first_id(match: Match) -> str:
    return min(id for side in (match.ledger, match.monitor) if side is not None for id in side.ids)


def _match(
    ours: tuple[str | None, Sequence[LinkClaim] | None],
    theirs: tuple[Sequence[LinkClaim], tuple[str, ...]],
    chosen: Chosen,
    bits: float | None,
) -> Match | None:
    """A line of the comparison; ``None`` for what is not looked at."""
    incident, told = ours
    records, perhaps = theirs
    if not any(chosen.holds(some) for some in (told, records) if some):
        return None
    monitor = _side(records, {c.key for c in records}) if records else None
    ledger = _side(told, {incident or ""}) if told else None
    relations: dict[str, Relation] = {}
    if monitor is not None and ledger is not None:
        for harm in HARMS:
            if harm in monitor.harms and harm in ledger.harms:
                relations[harm] = relation_of(ledger.harms[harm], monitor.harms[harm])
    who: Who = "both" if monitor and ledger else "monitor" if monitor else "ledger"
    return Match(who, ledger, monitor, relations, perhaps, bits if bits is not None and math.isfinite(bits) else None)


def _side(claims: Sequence[LinkClaim], ids: set[str]) -> Side:
    ordered = sorted(claims, key=lambda c: (c.published or 0, c.id))
    origins = count_origins(ordered, {}, frozenset())
    figures = figures_of(ordered, origins.of)
    ranges = {harm: found for harm in HARMS if (found := span(standing(figures, harm))) is not None}
    days, site = best_days(ordered), best_site(ordered)
    return Side(
        ids=tuple(sorted(ids)),
        harms={harm: ends for harm, ends in ranges.items() if ends != (None, None)},
        documents=len({c.document for c in claims}),
        first=dt.date.fromordinal(days.first).isoformat() if days else None,
        last=dt.date.fromordinal(days.last).isoformat() if days else None,
        place=(site.name or site.text) if site else None,
        country=site.country if site else None,
    )


def relation_of(one: Range, other: Range) -> Relation:
    """How two ranges stand to each other; an open end reaches as far as it may.

    >>> relation_of((3, 5), (3, 5)), relation_of((3, 5), (5, None)), relation_of((3, 5), (6, 6))
    ('same', 'compatible', 'differs')
    """
    if one == other:
        return "same"
    (a, b), (c, d) = one, other
    apart = (b is not None and c is not None and c > b) or (d is not None and a is not None and a > d)
    return "differs" if apart else "compatible"


def match_row(match: Match) -> dict[str, object]:
    """A match as public JSON."""
    return {
        "schema": COMPARISON_SCHEMA,
        "who": match.who,
        "differs": match.differs,
        "relations": dict(match.relations),
        "ledger": _side_row(match.ledger, "incidents"),
        "monitor": _side_row(match.monitor, "records"),
        "perhaps": list(match.perhaps),
        "bits": match.bits,
    }


def _side_row(side: Side | None, ids: str) -> dict[str, object] | None:
    if side is None:
        return None
    harms = {harm: {"low": low, "high": high} for harm, (low, high) in side.harms.items()}
    return {
        ids: list(side.ids), "documents": side.documents, "from": side.first, "to": side.last, "place": side.place,
        "country": side.country, "harms": harms,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Summary:
    """How many incidents both have, only the monitor, only the ledger; in how many of both a number differs."""

    both: int
    differing: int
    monitor: int
    ledger: int


def summary_of(matches: Sequence[Match]) -> Summary:
    """The counts."""
    who = [match.who for match in matches]
    return Summary(who.count("both"), sum(m.differs for m in matches), who.count("monitor"), who.count("ledger"))

"""Reports into incidents: accounts linked and clustered, totals attached, origins counted, contradictions named.

A machine's incident is a candidate until a person confirms it: when in doubt accounts stay apart, and the pair is
offered for review, because a wrong merge erases deaths.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tollbook.incidents.contradict import Contradiction, contradictions
from tollbook.incidents.figures import HARMS, Figure, figures_of, standing
from tollbook.link.accounts import Account, Report, all_accounts, best_days, best_site
from tollbook.link.block import block, pairs
from tollbook.link.bulk import FEW, score_in_bulk
from tollbook.link.claims import Days, LinkClaim, Site
from tollbook.link.cluster import Judged, cluster, doubtful, pair_of
from tollbook.link.columns import Row, rows_of
from tollbook.link.likely import Doubt, Pair
from tollbook.link.origins import Origins, count_origins, quoted_bodies
from tollbook.link.places import covers
from tollbook.link.reprints import families, resembling, sharing_quotations
from tollbook.link.score import Weights, score_pairs, shipped
from tollbook.records import digest

Scorer = Callable[[Sequence[Row], Mapping[str, tuple[str, ...]], Weights], Mapping[Pair, float]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person said of two claims: one incident, or not."""

    one: str
    other: str
    same: bool


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened once, as far as reports tell. ``totals`` are ids of claims that cover it and are never added."""

    id: str
    accounts: tuple[Account, ...]
    claims: tuple[LinkClaim, ...]
    totals: tuple[str, ...]
    days: Days | None
    site: Site | None
    event: str | None
    blamed: tuple[str, ...]
    origins: Origins
    figures: tuple[Figure, ...]
    by_harm: Mapping[str, Mapping[str, Figure]]
    contradictions: tuple[Contradiction, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """The result of linking: incidents, the totals of all reports, pairs for review, and what ``why`` needs."""

    incidents: tuple[Incident, ...]
    totals: tuple[LinkClaim, ...]
    doubts: Sequence[Doubt]
    rows: Mapping[str, Row]
    weights: Weights


def score_here(rows: Sequence[Row], keys: Mapping[str, tuple[str, ...]], weights: Weights) -> Mapping[Pair, float]:
    """The scores of the candidate pairs in this process: of few all, of many those that are likely enough to count."""
    return score_pairs(rows, pairs(keys), weights) if len(rows) < FEW else score_in_bulk(rows, keys, weights)


def link_reports(
    reports: Iterable[Report],
    verdicts: Iterable[Verdict] = (),
    weights: Weights | None = None,
    scorer: Scorer = score_here,
) -> Linked:
    """The incidents that reports tell of, in a fixed order, whatever the order of the reports.

    ``weights``: those shipped, for texts or for coded records as the reports are. ``scorer`` is the engine.
    """
    with uncollected():
        return _link(sorted(reports, key=lambda r: (r.id, r.key)), list(verdicts), weights, scorer)


def _link(reports: list[Report], verdicts: list[Verdict], weights: Weights | None, scorer: Scorer) -> Linked:
    known = _split(reports, [v for v in verdicts if not v.same])
    if weights is None:
        weights = shipped("read" if any(r.text is not None for r in known) else "coded")
    accounts = _accounts(known)
    rows = rows_of(list(accounts.values()))
    scores = scorer(rows, block(rows), weights)
    groups = cluster(
        accounts, scores, weights.threshold, _judged(accounts, verdicts), frozenset(r.id for r in rows if r.vague),
        weights.by_best,
    )  # fmt: skip
    incidents = _incidents(known, [[accounts[id] for id in group] for group in groups])
    doubts = doubtful(groups, scores, weights.threshold)
    totals = tuple(c for r in known for c in r.claims if c.scope == "total")
    return Linked(tuple(incidents), totals, doubts, {row.id: row for row in rows}, weights)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: records have none, and to look millions of them through takes a third of it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _accounts(reports: Sequence[Report]) -> dict[str, Account]:
    return {account.id: account for account in all_accounts(reports)}


def _split(reports: list[Report], different: Sequence[Verdict]) -> list[Report]:
    """Claims of one account that people called different are parted, with their parts and repetitions."""
    at = {c.id: n for n, r in enumerate(reports) for c in r.claims}
    for verdict in sorted(different, key=lambda v: pair_of(v.one, v.other)):
        n = at.get(verdict.one)
        if n is None or at.get(verdict.other) != n:
            continue
        report = reports[n]
        threads = dict(zip((c.id for c in report.claims), report.threads, strict=True))
        if threads[verdict.one] != threads[verdict.other]:
            continue
        gone = {max(verdict.one, verdict.other)}
        for claim in report.claims:
            if claim.relation_to in gone and claim.id != min(verdict.one, verdict.other):
                gone.add(claim.id)
        fresh = max(report.threads) + 1
        reports[n] = replace(
            report,
            threads=tuple(fresh if c.id in gone else t for c, t in zip(report.claims, report.threads, strict=True)),
        )
    return reports


def _judged(accounts: Mapping[str, Account], verdicts: Iterable[Verdict]) -> Judged:
    of = {c.id: a.id for a in accounts.values() for c in a.claims}
    same: set[Pair] = set()
    different: set[Pair] = set()
    for v in verdicts:
        one, other = of.get(v.one), of.get(v.other)
        if one is not None and other is not None and one != other:
            (same if v.same else different).add(pair_of(one, other))
    return Judged(frozenset(same), frozenset((different | _parted(accounts.values())) - same))


def _parted(accounts: Iterable[Account]) -> set[Pair]:
    """Accounts that one report tells as other events in its own words: no likeness to third reports joins them."""
    return {pair_of(account.id, other) for account in accounts for other in account.parted}


def _incidents(reports: Sequence[Report], groups: Iterable[Sequence[Account]]) -> list[Incident]:
    family = _families(reports)
    claims = [c for r in reports for c in r.claims]
    bodies = quoted_bodies(claims)
    totals = _Totals([c for c in claims if c.scope == "total"])
    return [_incident(accounts, family, bodies, totals) for accounts in groups]


def _families(reports: Sequence[Report]) -> dict[str, str]:
    texts = {r.id: r.text for r in reports if r.text is not None}
    ties: list[Sequence[object]] = [*resembling(texts), *sharing_quotations(texts)]
    return families((r.id for r in reports), ties)


class _Totals:
    """Totals by the month that their period touches, to be looked up by incident."""

    def __init__(self, totals: Sequence[LinkClaim]) -> None:
        self._by_month: dict[int, list[LinkClaim]] = defaultdict(list)
        for total in totals:
            if total.date is not None and total.site is not None and total.date.last - total.date.first < 40_000:
                for month in range(total.date.first // 30, total.date.last // 30 + 1):
                    self._by_month[month].append(total)

    def over(self, days: Days | None, site: Site | None) -> tuple[str, ...]:
        """The ids of the totals whose period and area cover an incident."""
        if days is None or site is None:
            return ()
        held = self._by_month.get(days.first // 30, ())
        return tuple(sorted(
            t.id for t in held
            if t.date is not None and t.date.first <= days.first and days.last <= t.date.last and covers(t.site, site)
        ))  # fmt: skip


def _incident(
    accounts: Sequence[Account], family: Mapping[str, str], bodies: frozenset[str], totals: _Totals
) -> Incident:
    ordered = sorted(accounts, key=lambda a: (a.published or 0, a.id))
    claims = [c for a in ordered for c in a.claims]
    origins = count_origins(claims, family, bodies)
    figures = figures_of(claims, origins.of)
    days, site = best_days(claims), best_site(claims)
    events = Counter(c.event for c in claims if c.event)
    blamed = Counter(
        p.name
        for a in ordered
        for p in {p.name: p for c in a.claims for p in c.blamed if p.basis != "inferred"}.values()
    )
    first = min(c.id for c in claims)
    return Incident(
        id="i-" + digest(first),
        accounts=tuple(ordered),
        claims=tuple(claims),
        totals=totals.over(days, site),
        days=days,
        site=site,
        event=min(events, key=lambda e: (-events[e], e), default=None),
        blamed=tuple(sorted(blamed, key=lambda name: (-blamed[name], name))),
        origins=origins,
        figures=tuple(figures),
        by_harm={harm: last for harm in HARMS if (last := standing(figures, harm))},
        contradictions=contradictions(claims, figures, origins.of),
    )

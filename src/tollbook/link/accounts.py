"""Accounts: what one document says of one incident. Linking brings accounts together, not single claims.

A document's own threads are kept: claims that it tells as one event stay one account. A total is no account.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tollbook.link.claims import WIDE, Days, LinkClaim, Site
from tollbook.link.words import Rarity, bag

_FINE = {"exact": 0, "neighbourhood": 1, "town": 2, "city": 3, "near": 4, "district": 5, None: 6, "admin1": 7, "country": 8, "region": 9}
_SHARP = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "longer": 5}


@dataclass(frozen=True, slots=True)
class Report:
    """One document as linking needs it. ``threads`` numbers the incident of each claim, ``text`` is ``None`` for coded
    claims. ``main`` is the thread that the document is mostly about."""

    key: str
    id: str
    outlet: str | None
    published: int | None
    text: str | None
    claims: tuple[LinkClaim, ...]
    threads: tuple[int, ...]
    order: tuple[int, ...]  # threads, the main one first


@dataclass(frozen=True, slots=True)
class Account:
    """What one document says of one incident, summed up for comparison."""

    id: str  # the smallest of its claims' ids, which do not depend on what else is linked
    key: str
    document: str
    rank: int
    claims: tuple[LinkClaim, ...]
    published: int | None
    days: Days | None
    site: Site | None
    events: frozenset[str]
    blamed: frozenset[str]
    bodies: frozenset[str]
    killed: tuple[int | None, int | None] | None
    injured: tuple[int | None, int | None] | None
    groups: frozenset[str]
    words: Mapping[str, int] = field(default_factory=dict)

    @property
    def vague(self) -> bool:
        """Whether it says too little to join others: no day, or no place and no telling words."""
        return self.days is None and (self.site is None or self.site.precision in WIDE)


def accounts_of(report: Report, bags: Mapping[int, Mapping[str, int]], rarity: Rarity) -> list[Account]:
    """The accounts of one document, the main one first; ``bags`` are the words that :func:`words_of` gave its threads."""
    by_thread: dict[int, list[LinkClaim]] = defaultdict(list)
    for claim, thread in zip(report.claims, report.threads, strict=True):
        if claim.scope != "total":
            by_thread[thread].append(claim)
    threads = [t for t in report.order if t in by_thread] + sorted(t for t in by_thread if t not in report.order)
    return [
        _account(report, rank, by_thread[thread], rarity.telling(bags.get(thread, {})))
        for rank, thread in enumerate(threads)
    ]


def words_of(report: Report) -> dict[int, Counter[str]]:
    """The words that a document says about each of its incidents; about a coded one the words of its fields."""
    if report.text is None:
        fields: dict[int, Counter[str]] = defaultdict(Counter)
        for claim, thread in zip(report.claims, report.threads, strict=True):
            fields[thread].update(dict.fromkeys(_coded_words(claim), 1))
        return {t: Counter(dict.fromkeys(words, 1)) for t, words in fields.items()}
    threads = {t for c, t in zip(report.claims, report.threads, strict=True) if c.scope != "total"}
    if len(threads) == 1:
        return {threads.pop(): bag(report.text)}
    return {t: bag(" ".join(parts)) for t, parts in _parts(report, report.text).items()}


def _parts(report: Report, text: str) -> dict[int, list[str]]:
    """Paragraphs by the incident that they tell of: their own numbers', else that of the numbers before them."""
    quotes = sorted(
        (c.quote[1], c.quote[2], t)
        for c, t in zip(report.claims, report.threads, strict=True)
        if c.quote is not None and c.scope != "total"
    )
    parts: dict[int, list[str]] = defaultdict(list)
    current = report.order[0] if report.order else 0
    position, at = 0, 0
    for paragraph in text.split("\n"):
        start, end = position, position + len(paragraph)
        position = end + 1
        here = []
        while at < len(quotes) and quotes[at][0] < position:
            here.append(quotes[at])
            at += 1
        told = {t for _, _, t in here}
        if len(told) <= 1:
            current = told.pop() if told else current
            parts[current].append(text[start:end])
            continue
        for first, last, thread in here:
            parts[thread].append(text[first:last])
        current = here[-1][2]
    return parts


def _coded_words(claim: LinkClaim) -> Iterable[str]:
    site = claim.site
    names = [site.name, site.detail, site.admin1] if site else []
    yield from (f"place:{w}" for n in names if n for w in bag(n))
    for party in claim.blamed:
        yield from (f"actor:{w}" for w in bag(party.name))
    if claim.event_text:
        yield from (f"event:{w}" for w in bag(claim.event_text))


def _account(report: Report, rank: int, claims: Sequence[LinkClaim], words: Mapping[str, int]) -> Account:
    return Account(
        id=min(c.id for c in claims),
        key=report.key,
        document=report.id,
        rank=rank,
        claims=tuple(claims),
        published=report.published,
        days=best_days(claims),
        site=best_site(claims),
        events=frozenset(c.event for c in claims if c.event and c.event != "other"),
        blamed=frozenset(p.name for c in claims for p in c.blamed),
        bodies=frozenset(v.body for c in claims for v in c.voices[:1] if v.body),
        killed=summed(claims, "killed"),
        injured=summed(claims, "injured"),
        groups=frozenset(g for c in claims for g in c.groups),
        words=words,
    )


def best_days(claims: Sequence[LinkClaim]) -> Days | None:
    """The most precise date; of equals the one that most claims give, then the earliest."""
    dates = Counter(c.date for c in claims if c.date is not None)
    return min(dates, key=lambda d: (_SHARP.get(d.precision, 5), -dates[d], d.first, d.last), default=None)


def best_site(claims: Sequence[LinkClaim]) -> Site | None:
    """The finest place; of equals the one that most claims give, then by name."""
    sites = Counter(c.site for c in claims if c.site is not None)

    def grade(site: Site) -> tuple[int, int, str, str]:
        fineness = _FINE.get(site.precision, 6) if site.name or site.text or site.detail else 8
        return (fineness, -sites[site], site.name or "", site.text or "")

    return min(sites, key=grade, default=None)


def summed(claims: Sequence[LinkClaim], harm: str) -> tuple[int | None, int | None] | None:
    """A low and a high over what the claims of one harm say, parts and repetitions apart; ``None`` if it is not counted."""
    whole = [c for c in claims if c.harm == harm and c.relation not in ("part_of", "repeats")]
    stated = [c for c in whole if c.stated] or whole
    if not stated:
        return None
    lows = [c.low for c in stated if c.low is not None]
    highs = [c.high for c in stated]
    high = None if any(h is None for h in highs) else max(h for h in highs if h is not None)
    return (min(lows) if lows else None, high)

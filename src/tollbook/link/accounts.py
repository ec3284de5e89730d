"""Accounts: what one document says of one incident. Linking brings accounts together, not single claims.

A document's own threads are kept: claims that it tells as one event stay one account. A total is no account.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import combinations

from tollbook.link.claims import WIDE, Days, LinkClaim, Site
from tollbook.link.strands import Strand, cut, parted
from tollbook.link.words import Rarity, bag, once

_FINE = {
    "exact": 0,
    "neighbourhood": 1,
    "town": 2,
    "city": 3,
    "near": 4,
    "district": 5,
    None: 6,
    "admin1": 7,
    "country": 8,
    "region": 9,
}
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
    outlet: str | None
    rank: int
    thread: int
    claims: tuple[LinkClaim, ...]
    published: int | None
    days: Days | None
    yearless: int | None  # see LinkClaim; where there are days, nothing
    site: Site | None
    events: frozenset[str]
    blamed: frozenset[str]
    bodies: frozenset[str]
    killed: tuple[int | None, int | None] | None
    injured: tuple[int | None, int | None] | None
    groups: frozenset[str]
    numbers: Mapping[str, frozenset[int]] = field(default_factory=dict)  # killed and injured, as exactly given
    words: tuple[str, ...] = ()  # of the whole report, see Rarity.telling
    own: tuple[str, ...] = ()  # of its own paragraphs
    cut: bool = False  # whether the report has other accounts besides
    hours: frozenset[int] = frozenset()  # of the day, that it names
    parted: frozenset[str] = frozenset()  # ids of accounts of the same report that are of other events by its words

    @property
    def vague(self) -> bool:
        """Whether it says too little to join others: no day, or no place and no telling words."""
        return self.days is None and self.yearless is None and (self.site is None or self.site.precision in WIDE)


Piece = tuple[int, int]  # a thread, and the how-manieth account it was cut into


def pieces_of(report: Report) -> dict[Piece, Strand]:
    """The claims of each account: those of one thread, cut where its passages tell of several events or give numbers
    that cannot both be right: see :mod:`tollbook.link.strands`.

    A reader that took two events for one is corrected so. Parts with rival numbers that are one after all find together
    again, being told as one; what is another event by its own words is a thread of its own.
    """
    by_thread: dict[int, list[LinkClaim]] = defaultdict(list)
    for claim, thread in zip(report.claims, report.threads, strict=True):
        if claim.scope != "total":
            by_thread[thread].append(claim)
    order = [t for t in report.order if t in by_thread] + sorted(t for t in by_thread if t not in report.order)
    fresh = max(report.threads, default=0) + 1
    found: dict[Piece, Strand] = {}
    for thread in order:
        for n, strand in enumerate(cut(by_thread[thread], report.text)):
            if strand.other:
                found[fresh, 0] = strand
                fresh += 1
            else:
                found[thread, n] = strand
    return found


@dataclass(frozen=True, slots=True)
class Bags:
    """The words of a report, and of each of its accounts; of a coded record the words of its fields."""

    whole: Counter[str]
    own: Mapping[Piece, Counter[str]]


def accounts_of(report: Report, bags: Bags, rarity: Rarity) -> list[Account]:
    """The accounts of one document, the main one first; ``bags`` are its words, see :func:`words_of`."""
    whole = rarity.telling(bags.whole)
    pieces = pieces_of(report)
    others = _parted(list(pieces.values()))
    return [
        _account(
            report,
            (rank, piece[0], len(pieces) > 1),
            strand,
            (whole, rarity.telling(bags.own[piece]) if piece in bags.own else whole),
            others[rank],
        )
        for rank, (piece, strand) in enumerate(pieces.items())
    ]


def _parted(strands: Sequence[Strand]) -> list[frozenset[str]]:
    """For each strand the ids of those that are of other events."""
    found: list[set[str]] = [set() for _ in strands]
    ids = [_id(strand) for strand in strands]
    for x, y in combinations(range(len(strands)), 2):
        first, second = sorted((x, y), key=lambda n: strands[n].passages[0].start if strands[n].passages else 0)
        if parted(strands[first], strands[second]):
            found[x].add(ids[y])
            found[y].add(ids[x])
    return [once(frozenset(one)) for one in found]


def _id(strand: Strand) -> str:
    """The smallest of its claims' ids, which do not depend on what else is linked."""
    return min(c.id for c in strand.claims)


def all_accounts(reports: Sequence[Report]) -> list[Account]:
    """The accounts of reports that are linked together. Their words are looked up twice, once for how rare each is:
    to keep those of all would take more memory than all else.
    """
    rarity = Rarity(map(_whole, reports))
    return [account for report in reports for account in accounts_of(report, words_of(report), rarity)]


def words_of(report: Report) -> Bags:
    """The words that a document says, and those that it says about each of its incidents."""
    pieces = pieces_of(report)
    whole = _whole(report)
    if len(pieces) <= 1:
        return Bags(whole, {})
    if report.text is None:
        return Bags(whole, _of_quotes(report, pieces))
    own = {p: bag(" ".join(parts)) for p, parts in _parts(pieces, report.text).items()}
    return Bags(whole, {p: own.get(p, Counter()) for p in pieces})


def _whole(report: Report) -> Counter[str]:
    """The words of a text; of claims alone those of their quotes, each once, or of their fields."""
    if report.text is not None:
        return bag(report.text)
    if all(c.quote is None for c in report.claims):
        return Counter({w for c in report.claims for w in _coded_words(c)})
    return _quoted(report.claims)


def _of_quotes(report: Report, pieces: Mapping[Piece, Strand]) -> dict[Piece, Counter[str]]:
    if all(c.quote is None for c in report.claims):
        return {}
    return {p: _quoted(strand.claims) for p, strand in pieces.items()}


def _quoted(claims: Iterable[LinkClaim]) -> Counter[str]:
    return bag(" ".join(dict.fromkeys(c.quote[0] for c in claims if c.quote)))


def _parts(pieces: Mapping[Piece, Strand], text: str) -> dict[Piece, list[str]]:
    """Paragraphs by the incident that they tell of: their own numbers', else that of the numbers before them."""
    quotes = sorted(
        (c.quote[1], c.quote[2], p) for p, strand in pieces.items() for c in strand.claims if c.quote is not None
    )
    parts: dict[Piece, list[str]] = defaultdict(list)
    current = next(iter(pieces), (0, 0))
    position, at = 0, 0
    for paragraph in text.split("\n"):
        start, end = position, position + len(paragraph)
        position = end + 1
        here = []
        while at < len(quotes) and quotes[at][0] < position:
            here.append(quotes[at])
            at += 1
        told = {p for _, _, p in here}
        if len(told) <= 1:
            current = told.pop() if told else current
            parts[current].append(text[start:end])
            continue
        for first, last, piece in here:
            parts[piece].append(text[first:last])
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


def _account(
    report: Report,
    place: tuple[int, int, bool],
    strand: Strand,
    words: tuple[tuple[str, ...], tuple[str, ...]],
    others: frozenset[str],
) -> Account:
    claims = strand.claims
    days = best_days(claims)
    yearless = Counter(c.yearless for c in claims if c.yearless is not None)
    killed = exact(claims, "killed")
    return Account(
        id=_id(strand),
        key=report.key,
        document=report.id,
        outlet=report.outlet,
        rank=place[0],
        thread=place[1],
        claims=claims,
        published=report.published,
        days=days,
        yearless=min(yearless, key=lambda d: (-yearless[d], d), default=None) if days is None else None,
        site=best_site(claims),
        events=once(frozenset(c.event for c in claims if c.event and c.event != "other")),
        blamed=once(frozenset(p.name for c in claims for p in c.blamed)),
        bodies=once(frozenset(v.body for c in claims for v in c.voices[:1] if v.body)),
        killed=summed(claims, "killed"),
        injured=summed(claims, "injured"),
        numbers=_numbers(len(killed), *sorted(killed), *sorted(exact(claims, "injured"))),
        groups=once(frozenset(g for c in claims for g in c.groups)),
        words=words[0],
        own=words[1],
        cut=place[2],
        hours=strand.hours,
        parted=others,
    )


@lru_cache(maxsize=100_000, typed=True)
def _numbers(killed: int, *given: int) -> Mapping[str, frozenset[int]]:
    """The exact numbers by harm, the first so many of the killed: one object for all accounts that give them."""
    return {"killed": frozenset(given[:killed]), "injured": frozenset(given[killed:])}


def best_days(claims: Sequence[LinkClaim]) -> Days | None:
    """The most precise date; of equals the one that most claims give, then the earliest."""
    dates = Counter(c.date for c in claims if c.date is not None)
    return min(
        dates, key=lambda d: (_SHARP.get(d.precision, 5), -dates[d], not d.stated, d.first, d.last), default=None
    )


def best_site(claims: Sequence[LinkClaim]) -> Site | None:
    """The finest place; of equals the one that most claims give, then by name."""
    sites = Counter(c.site for c in claims if c.site is not None)

    def grade(site: Site) -> tuple[int, int, str, str]:
        fineness = _FINE.get(site.precision, 6) if site.name or site.text or site.detail else 8
        return (fineness, -sites[site], site.name or "", site.text or "")

    return min(sites, key=grade, default=None)


def exact(claims: Sequence[LinkClaim], harm: str) -> frozenset[int]:
    """The exact numbers that the claims of one harm give, parts aside: rival counts each, of which another report may
    have one.
    """
    return frozenset(
        c.low
        for c in claims
        if c.harm == harm and c.low is not None and c.low == c.high and c.stated and c.relation != "part_of"
    )


def summed(claims: Sequence[LinkClaim], harm: str) -> tuple[int | None, int | None] | None:
    """A low and a high over what the claims of one harm say, without parts and repeats; ``None`` if not counted."""
    ids = {c.id for c in claims}
    whole = [
        c for c in claims if c.harm == harm and not (c.relation in ("part_of", "repeats") and c.relation_to in ids)
    ]
    stated = [c for c in whole if c.stated] or whole
    if not stated:
        return None
    lows = [c.low for c in stated if c.low is not None]
    highs = [c.high for c in stated]
    high = None if any(h is None for h in highs) else max(h for h in highs if h is not None)
    return (min(lows) if lows else None, high)

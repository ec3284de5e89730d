"""Accounts: what one document says of one incident. Linking brings accounts together, not single claims.

A document's own threads are kept: claims that it tells as one event stay one account. A total is no account.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tollbook.link.claims import WIDE, Days, LinkClaim, Site
from tollbook.link.words import Rarity, bag

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
    words: Mapping[str, int] = field(default_factory=dict)  # of the whole report
    own: Mapping[str, int] = field(default_factory=dict)  # of its own paragraphs
    cut: bool = False  # whether the report has other accounts besides

    @property
    def vague(self) -> bool:
        """Whether it says too little to join others: no day, or no place and no telling words."""
        return self.days is None and self.yearless is None and (self.site is None or self.site.precision in WIDE)


Piece = tuple[int, int]  # a thread, and the how-manieth account it was cut into


def pieces_of(report: Report) -> dict[Piece, list[LinkClaim]]:
    """The claims of each account: those of one thread, cut where one paragraph gives other numbers than those before.

    A reader that took two events for one is corrected so by what other reports tell; pieces that are one after all
    find together again, being told as one.
    """
    by_thread: dict[int, list[LinkClaim]] = defaultdict(list)
    for claim, thread in zip(report.claims, report.threads, strict=True):
        if claim.scope != "total":
            by_thread[thread].append(claim)
    order = [t for t in report.order if t in by_thread] + sorted(t for t in by_thread if t not in report.order)
    found: dict[Piece, list[LinkClaim]] = {}
    for thread in order:
        for n, claims in enumerate(_cut(by_thread[thread], report.text)):
            found[thread, n] = claims
    return found


def _cut(claims: Sequence[LinkClaim], text: str | None) -> list[list[LinkClaim]]:
    if text is None or any(c.quote is None for c in claims):
        return [list(claims)]
    paragraphs: dict[int, list[LinkClaim]] = defaultdict(list)
    for claim in claims:
        assert claim.quote is not None
        paragraphs[text.count("\n", 0, claim.quote[1])].append(claim)
    cut: list[list[LinkClaim]] = []
    for _, here in sorted(paragraphs.items()):
        home = next((p for p in reversed(cut) if not _rivals(p, here)), None)
        if home is None or not cut:
            cut.append(list(here))
        else:
            home.extend(here)
    return cut


def _rivals(before: Sequence[LinkClaim], here: Sequence[LinkClaim]) -> bool:
    """Whether two paragraphs give numbers of several people that cannot both be right, and no update of each other."""
    ids = {c.id for c in before}
    if any(c.relation in ("updates", "repeats", "part_of") and c.relation_to in ids for c in here):
        return False
    return any(
        a.harm == b.harm and a.low is not None and b.low is not None and min(a.low, b.low) > 1
        and a.high is not None and b.high is not None and (a.low > b.high or b.low > a.high)
        for a in before for b in here if a.relation != "part_of" and b.relation != "part_of"
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bags:
    """The words of a report, and of each of its accounts; of a coded record the words of its fields."""

    whole: Counter[str]
    own: Mapping[Piece, Counter[str]]


def accounts_of(report: Report, bags: Bags, rarity: Rarity) -> list[Account]:
    """The accounts of one document, the main one first; ``bags`` are its words, see :func:`words_of`."""
    whole = rarity.telling(bags.whole)
    pieces = pieces_of(report)
    return [
        _account(
            report,
            (rank, piece[0], len(pieces) > 1),
            claims,
            (whole, rarity.telling(bags.own[piece]) if piece in bags.own else whole),
        )
        for rank, (piece, claims) in enumerate(pieces.items())
    ]


def words_of(report: Report) -> Bags:
    """The words that a document says, and those that it says about each of its incidents."""
    pieces = pieces_of(report)
    if report.text is None:
        return _without_text(report, pieces)
    whole = bag(report.text)
    if len(pieces) <= 1:
        return Bags(whole, {})
    own = {p: bag(" ".join(parts)) for p, parts in _parts(pieces, report.text).items()}
    return Bags(whole, {p: own.get(p, Counter()) for p in pieces})


def _without_text(report: Report, pieces: Mapping[Piece, Sequence[LinkClaim]]) -> Bags:
    """Of claims alone their quotes, each once, or the words of their fields."""
    if all(c.quote is None for c in report.claims):
        return Bags(Counter({w for c in report.claims for w in _coded_words(c)}), {})
    quotes = {p: bag(" ".join(dict.fromkeys(c.quote[0] for c in claims if c.quote))) for p, claims in pieces.items()}
    whole = bag(" ".join(dict.fromkeys(c.quote[0] for c in report.claims if c.quote)))
    return Bags(whole, quotes if len(pieces) > 1 else {})


def _parts(pieces: Mapping[Piece, Sequence[LinkClaim]], text: str) -> dict[Piece, list[str]]:
    """Paragraphs by the incident that they tell of: their own numbers', else that of the numbers before them."""
    quotes = sorted((c.quote[1], c.quote[2], p) for p, claims in pieces.items() for c in claims if c.quote is not None)
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
    claims: Sequence[LinkClaim],
    words: tuple[Mapping[str, int], Mapping[str, int]],
) -> Account:
    days = best_days(claims)
    yearless = Counter(c.yearless for c in claims if c.yearless is not None)
    return Account(
        id=min(c.id for c in claims),
        key=report.key,
        document=report.id,
        outlet=report.outlet,
        rank=place[0],
        thread=place[1],
        claims=tuple(claims),
        published=report.published,
        days=days,
        yearless=min(yearless, key=lambda d: (-yearless[d], d), default=None) if days is None else None,
        site=best_site(claims),
        events=frozenset(c.event for c in claims if c.event and c.event != "other"),
        blamed=frozenset(p.name for c in claims for p in c.blamed),
        bodies=frozenset(v.body for c in claims for v in c.voices[:1] if v.body),
        killed=summed(claims, "killed"),
        injured=summed(claims, "injured"),
        groups=frozenset(g for c in claims for g in c.groups),
        words=words[0],
        own=words[1],
        cut=place[2],
    )


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


def summed(claims: Sequence[LinkClaim], harm: str) -> tuple[int | None, int | None] | None:
    """A low and a high over what the claims of one harm say, without parts and repeats; ``None`` if not counted."""
    whole = [c for c in claims if c.harm == harm and c.relation not in ("part_of", "repeats")]
    stated = [c for c in whole if c.stated] or whole
    if not stated:
        return None
    lows = [c.low for c in stated if c.low is not None]
    highs = [c.high for c in stated]
    high = None if any(h is None for h in highs) else max(h for h in highs if h is not None)
    return (min(lows) if lows else None, high)

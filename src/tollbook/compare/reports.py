"""Two reports side by side: what both say, what only one says, where numbers differ, and who calls a thing what."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from tollbook.compare.matching import Fit, numbers, one_crowd, same_event
from tollbook.find.grammar.quotes import find_quotations
from tollbook.find.statement.kinds import KINDS, phrases
from tollbook.link.claims import LinkClaim, link_claim
from tollbook.link.words import fold
from tollbook.records import ActorMention, Attribution, Claim, Document, PlaceMention, Span, Statement, claim_json

What = Literal["speaker", "quotation", "claim", "statement", "wording"]
Side = Literal["both", "a", "b"]

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_QUOTED = 4  # words: shorter quotations are terms, which reports share by chance
_ALIKE = 0.6  # share of the shorter quotation's words that the other has too
_SWAPPED = 3  # words on either side of what stands for each other in two quotations
_ONE_CUE = 0.4  # likeness of two expressions for one thing: "ill-thought", "ill-conceived"
_SMALL = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "is", "it", "its", "of", "on",
     "or", "that", "the", "they", "this", "to", "was", "we", "were", "with"]
)  # fmt: skip
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Report:
    """One report as far as comparing needs it."""

    document: Document
    claims: Sequence[Claim]
    statements: Sequence[Statement]
    places: Sequence[PlaceMention]
    actors: Sequence[ActorMention]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a comparison. ``a`` and ``b`` are the words of either report, empty where it has none.

    ``name`` says what the line is about (a speaker, a harm, a kind of statement, an actor or a place), ``relation`` how
    the two stand to each other: ``same``, ``differs``, ``compatible``, ``contradicts``; ``None`` where only one speaks.
    """

    what: What
    side: Side
    name: str
    relation: str | None
    a: tuple[Span, ...]
    b: tuple[Span, ...]


def compare_reports(a: Report, b: Report) -> tuple[Row, ...]:
    """Every row: speakers, quotations, claims and statements that both have before those of one, then the wordings."""
    quoted = _quotations(a, b)
    stated, pairs = _statements(a, b)
    rows = [*_speakers(a, b), *quoted, *_claims(a, b), *stated]
    wordings = [*_swapped(quoted), *_judging_words(pairs), *_namings(a, b)]
    order = {"both": 0, "a": 1, "b": 2}
    rows.sort(key=lambda r: (_ORDER.index(r.what), order[r.side]))
    return (*rows, *dict.fromkeys(wordings))


_ORDER = ("speaker", "quotation", "claim", "statement", "wording")


def _row(what: What, name: str, relation: str, a: Span | None, b: Span | None) -> Row:
    side: Side = "both" if a is not None and b is not None else "a" if a is not None else "b"
    found = ((a,) if a is not None else (), (b,) if b is not None else ())
    return Row(what, side, name, relation if side == "both" else None, *found)


# --- speakers ----------------------------------------------------------------------------------------------------


def _speakers(a: Report, b: Report) -> Iterator[Row]:
    mine, theirs = list(_voices(a).values()), list(_voices(b).values())

    def likeness(x: Attribution, y: Attribution) -> float:
        return float(_one_voice(x, y))

    for one, other in _paired(mine, theirs, likeness):
        known = one if one is not None else other
        assert known is not None
        body = f" ({known.body})" if known.body and known.body != known.name else ""
        yield _row("speaker", known.name + body, "same", _span(one), _span(other))


def _voices(report: Report) -> dict[str, Attribution]:
    found: dict[str, Attribution] = {}
    records: list[Claim | Statement] = [*report.claims, *report.statements]
    for record in records:
        for link in record.attribution[:1]:
            found.setdefault(link.name, link)
    return found


def _one_voice(a: Attribution, b: Attribution) -> bool:
    if fold(a.name) == fold(b.name):
        return True
    return a.body is not None and a.body == b.body and (a.name == a.body or b.name == b.body)


def _span(link: Attribution | None) -> Span | None:
    return Span(link.text, link.start, link.end) if link is not None else None


# --- quotations --------------------------------------------------------------------------------------------------


def _quotations(a: Report, b: Report) -> list[Row]:
    def quotations(report: Report) -> list[Span]:
        return [q for q in find_quotations(report.document.text) if len(_words(q.text)) >= _QUOTED]

    pairs = _paired(quotations(a), quotations(b), _likeness)
    return [
        _row("quotation", "", "same" if _words(x.text) == _words(y.text) else "differs", x, y)
        for x, y in pairs
        if x is not None and y is not None
    ]


def _words(text: str) -> list[str]:
    return [fold(w) for w in _WORD.findall(text)]


def _likeness(a: Span, b: Span) -> float:
    x, y = set(_words(a.text)) - _SMALL, set(_words(b.text)) - _SMALL
    shared = len(x & y)
    share = shared / min(len(x), len(y)) if x and y else 0.0
    return share if shared >= _QUOTED - 1 and share >= _ALIKE else 0.0


def _swapped(quoted: Sequence[Row]) -> Iterator[Row]:
    """Words that stand for each other in two versions of one quotation."""
    for row in quoted:
        (x,), (y,) = row.a, row.b
        left, right = list(_WORD.finditer(x.text)), list(_WORD.finditer(y.text))
        matcher = difflib.SequenceMatcher(None, [fold(m[0]) for m in left], [fold(m[0]) for m in right], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "replace" and j - i <= _SWAPPED and m - k <= _SWAPPED:
                yield _row("wording", "quotation", "differs", _cut(x, left[i:j]), _cut(y, right[k:m]))


def _cut(span: Span, words: Sequence[re.Match[str]]) -> Span:
    start, end = words[0].start(), words[-1].end()
    return Span(span.text[start:end], span.start + start, span.start + end)


# --- claims ------------------------------------------------------------------------------------------------------


def _claims(a: Report, b: Report) -> Iterator[Row]:
    views = {c.id: link_claim(claim_json(c)) for c in (*a.claims, *b.claims)}
    fits: dict[Fit, float] = {"same": 2.0, "vague": 1.0, "other": 0.0}

    def likeness(x: Claim, y: Claim) -> float:
        one, other = views[x.id], views[y.id]
        if x.scope != y.scope or not one_crowd(one, other) or not (_placed(one) and _placed(other)):
            return 0.0
        fit = min(fits[same_event(one, other)], fits[same_event(other, one)])
        return fit + (0.5 if fit and numbers(one, other) != "contradicts" else 0.0)

    mine, theirs = ([c for c in r.claims if not (c.relation and c.relation.type == "repeats")] for r in (a, b))
    for x, y in _paired(mine, theirs, likeness):
        relation = "same"
        if x is not None and y is not None:
            standing = {numbers(views[x.id], views[y.id]), numbers(views[y.id], views[x.id])}
            relation = "same" if standing == {"supports"} else "compatible"
            relation = "contradicts" if "contradicts" in standing else relation
        known = x or y
        assert known is not None
        counts = " / ".join(c.count.text for c in (x, y) if c is not None)
        yield _row("claim", f"{known.harm}: {counts}", relation, _told(x), _told(y))


def _placed(claim: LinkClaim) -> bool:
    return claim.date is not None or claim.site is not None


def _told(claim: Claim | None) -> Span | None:
    if claim is None:
        return None
    return claim.quote or Span(claim.count.text, claim.count.start, claim.count.end)


# --- statements --------------------------------------------------------------------------------------------------


def _statements(a: Report, b: Report) -> tuple[list[Row], list[tuple[Statement, Statement]]]:
    def likeness(x: Statement, y: Statement) -> float:
        if x.kind != y.kind or not _one_voice(x.attribution[0], y.attribution[0]):
            return 0.0
        mine, theirs = set(_words(x.quote.text)) - _SMALL, set(_words(y.quote.text)) - _SMALL
        cues = difflib.SequenceMatcher(None, x.cue.text.lower(), y.cue.text.lower(), autojunk=False).ratio()
        return 0.1 + len(mine & theirs) / max(1, len(mine | theirs)) + cues

    rows, pairs = [], []
    for x, y in _paired(list(a.statements), list(b.statements), likeness):
        known = x or y
        assert known is not None
        relation = "same"
        if x is not None and y is not None:
            pairs.append((x, y))
            relation = "same" if _words(x.quote.text) == _words(y.quote.text) else "differs"
        name = f"{known.kind}: {known.attribution[0].name}"
        rows.append(_row("statement", name, relation, x.quote if x else None, y.quote if y else None))
    return rows, pairs


def _judging_words(pairs: Sequence[tuple[Statement, Statement]]) -> Iterator[Row]:
    """What one speaker is quoted with in either report: "ill-thought" here, "ill-conceived" there."""
    groups: dict[tuple[str, str], tuple[list[Span], list[Span]]] = defaultdict(lambda: ([], []))
    for pair in pairs:
        for at, statement in enumerate(pair):
            groups[statement.kind, pair[0].attribution[0].name][at].extend(_expressions(statement))
    for (_, name), (mine, theirs) in groups.items():
        for x, y in _paired(mine, theirs, _one_expression):
            if x is not None and y is not None and _words(x.text) != _words(y.text):
                yield _row("wording", name, "differs", x, y)


def _expressions(statement: Statement) -> Iterator[Span]:
    at = statement.quote.start
    for kind in KINDS:
        if kind in ("condemnation", "position"):
            for m in phrases(kind).finditer(statement.quote.text):
                yield Span(m[0], at + m.start(), at + m.end())


def _one_expression(a: Span, b: Span) -> float:
    x, y = a.text.lower(), b.text.lower()
    ratio = difflib.SequenceMatcher(None, x, y, autojunk=False).ratio()
    return ratio if ratio >= _ONE_CUE and x[:3] == y[:3] else 0.0


# --- names -------------------------------------------------------------------------------------------------------


def _namings(a: Report, b: Report) -> Iterator[Row]:
    """Actors and places that both name, each in words of its own."""
    seen: set[str] = set()
    for mine, theirs in ((_by_actor(a), _by_actor(b)), (_by_place(a), _by_place(b))):
        for name in mine:
            if name not in theirs or name in seen:
                continue
            seen.add(name)
            x, y = {_bare(s.text) for s in mine[name]}, {_bare(s.text) for s in theirs[name]}
            if not x & y:
                yield Row("wording", "both", name, "differs", _distinct(mine[name]), _distinct(theirs[name]))


def _by_actor(report: Report) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = defaultdict(list)
    for m in report.actors:
        if m.role not in ("adjective", "people", "unidentified", "members"):
            found[m.name].append(Span(m.text, m.start, m.end))
    return found


def _by_place(report: Report) -> dict[str, list[Span]]:
    ids: dict[str, list[Span]] = defaultdict(list)
    for m in report.places:
        if m.gazetteer_id is not None and not m.metonym and not m.demonym:
            ids[m.name].append(Span(m.bare, m.bare_start, m.bare_end))
    return ids


def _bare(text: str) -> str:
    return fold(text.lower().removeprefix("the ").replace(".", ""))


def _distinct(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple({_bare(s.text): s for s in reversed(list(spans))}.values())[::-1]


def _paired(
    mine: Sequence[T], theirs: Sequence[T], likeness: Callable[[T, T], float]
) -> Iterator[tuple[T | None, T | None]]:
    """The likest pairs first, each record in one pair at most, in the order of ``mine``; then those left alone."""
    scored = [(likeness(x, y), i, k) for i, x in enumerate(mine) for k, y in enumerate(theirs)]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, k in sorted(scored, key=lambda s: (-s[0], s[1], s[2])):
        if score > 0 and i not in partner and k not in taken:
            partner[i] = k
            taken.add(k)
    for i, x in enumerate(mine):
        yield x, theirs[partner[i]] if i in partner else None
    for k, y in enumerate(theirs):
        if k not in taken:
            yield None, y

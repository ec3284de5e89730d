"""One sentence against many claims: supported, contradicted, or nothing is said of it.

Nothing here says what is true: an answer is what the claims at hand say, with their words and how many independent
origins they have. A later number of the same origin supersedes its earlier one, and neither contradicts the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from tollbook.compare.matching import blames_others, numbers, one_crowd, opposed, same_event
from tollbook.link.claims import LinkClaim, link_claim
from tollbook.link.origins import Origin, origin_of

Verdict = Literal["supported", "contradicted", "silent"]
Relation = Literal["supports", "contradicts", "compatible", "superseded", "total"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim that bears on the question. ``field`` is what it contradicts: ``number``, ``status``, ``blame`` or
    ``happened``. ``claims`` has more than one id where one sentence gives the number in parts."""

    relation: Relation
    field: str | None
    why: str
    claims: tuple[str, ...]
    document: str
    outlet: str | None
    origin: str
    origin_known: bool
    low: int | None
    high: int | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class Check:
    """The answer. ``documents``, ``outlets`` and ``origins`` count what supports it; origins from ``low``, those known
    apart, to ``high``, with those of unknown independence. ``disputed``: some claims support it, others contradict."""

    verdict: Verdict
    disputed: bool
    evidence: tuple[Evidence, ...]
    documents: int
    outlets: int
    origins: Mapping[str, int]


def check_claim(asked: Mapping[str, Any], claims: Iterable[Mapping[str, Any]]) -> Check:
    """What claims say of one claim, all in their public JSON. Raises ``InputError`` for a claim that is none.

    >>> def row(id, low, **more):
    ...     return {"id": id, "document": {"key": "a.txt", "outlet": "Post"}, "harm": "killed", "count": {"low": low,
    ...             "high": low}, "date": {"from": "2024-03-05", "to": "2024-03-05", "precision": "day"}, **more}
    >>> check_claim(row("c-1", 9), [row("c-2", 9)]).verdict, check_claim(row("c-1", 9), [row("c-2", 12)]).verdict
    ('supported', 'contradicted')
    """
    question = link_claim(asked)
    told = [c for c in (link_claim(row) for row in claims) if c.stance not in ("hypothetical", "retracted")]
    near = [(c, same_event(question, c)) for c in told]
    evidence = [_total(question, c) for c, fit in near if fit != "other" and c.scope == "total" != question.scope]
    bearing = [(c, fit == "vague") for c, fit in near if fit != "other" and c.scope == question.scope]
    bearing = _with_sums(question, bearing)
    old = _superseded([c for c, vague in bearing if not vague])
    for claim, vague in bearing:
        found = _weigh(question, claim, vague, old.get(claim.id))
        if found is not None:
            evidence.append(found)
    return _answer(_once(evidence))


def _with_sums(asked: LinkClaim, bearing: list[tuple[LinkClaim, bool]]) -> list[tuple[LinkClaim, bool]]:
    """Numbers that one sentence gives for disjoint people, added: "two soldiers and three civilians" are five."""
    if asked.groups or asked.status in ("civilian", "combatant"):
        return bearing
    by_quote: dict[tuple[str, int], list[tuple[LinkClaim, bool]]] = defaultdict(list)
    out = []
    for claim, vague in bearing:
        if claim.quote is None or claim.relation is not None or claim.stance != "asserted":
            out.append((claim, vague))
        else:
            by_quote[claim.document, claim.quote[1]].append((claim, vague))
    for group in by_quote.values():
        first = group[0][0]
        apart = len({(c.status, c.groups) for c, _ in group}) == len(group) > 1
        if not apart:
            out.extend(group)
            continue
        lows, highs = [c.low for c, _ in group], [c.high for c, _ in group]
        low = sum(n for n in lows if n is not None) if any(n is not None for n in lows) else None
        high = None if None in highs else sum(n for n in highs if n is not None)
        ids = " ".join(c.id for c, _ in group)
        whole = replace(first, id=ids, low=low, high=high, status=None, groups=(), qualifier="range")
        out.append((whole, group[0][1]))
    return out


def _superseded(claims: Sequence[LinkClaim]) -> dict[str, LinkClaim]:
    """For each claim that its own origin has replaced: the claim that did."""
    by_origin: dict[str, list[LinkClaim]] = defaultdict(list)
    for claim in claims:
        origin = origin_of(claim)
        if origin.known and claim.stance == "asserted" and _when(claim) is not None and claim.relation != "part_of":
            by_origin[f"{origin.key} {sorted(claim.groups)}"].append(claim)
    out = {}
    for group in by_origin.values():
        last = max(group, key=lambda c: (_when(c) or 0, c.id))
        for claim in group:
            earlier = (_when(claim) or 0) < (_when(last) or 0)
            if earlier and numbers(last, claim) == "contradicts":
                out[claim.id] = last
    return out


def _when(claim: LinkClaim) -> int | None:
    return claim.said.last if claim.said is not None else claim.published


def _weigh(asked: LinkClaim, told: LinkClaim, vague: bool, by: LinkClaim | None) -> Evidence | None:
    """How one claim bears on the question; ``None``: it counts other people, or says too little to contradict."""
    if not one_crowd(asked, told):
        return None
    standing = numbers(asked, told)
    if by is not None:
        return _evidence(told, "superseded", None, f"replaced later by the same origin, with {_range(by)}")
    if told.stance == "denied":
        agrees = standing != "contradicts" and not vague
        return _evidence(told, "contradicts", "happened", "denied") if agrees else None
    if opposed(asked, told):
        same = standing == "supports" and not vague
        return _evidence(told, "contradicts", "status", f"the dead are {told.status}s here") if same else None
    if standing == "contradicts":
        return None if vague else _evidence(told, "contradicts", "number", f"another number, {_range(told)}")
    if blames_others(asked, told):
        names = ", ".join(p.name for p in told.blamed)
        return None if vague else _evidence(told, "contradicts", "blame", f"blames {names}")
    if told.stance == "questioned":
        return _evidence(told, "compatible", None, "told as possible only")
    if standing == "supports" and not (vague and told.low != told.high):
        return _evidence(told, "supports", None, "vague of day or place" if vague else "the same number")
    return _evidence(told, "compatible", None, f"does not exclude it, {_range(told)}")


def _total(asked: LinkClaim, told: LinkClaim) -> Evidence:
    return _evidence(told, "total", None, "a total that can hold it; never added to it")


def _range(claim: LinkClaim) -> str:
    low, high = claim.low, claim.high
    if low is None or high is None:
        return f"at most {high}" if low is None else f"{low} or more"
    return str(low) if low == high else f"{low} to {high}"


def _evidence(claim: LinkClaim, relation: Relation, field: str | None, why: str) -> Evidence:
    origin: Origin = origin_of(claim)
    quote = claim.quote[0] if claim.quote is not None else None
    return Evidence(
        relation, field, why, tuple(claim.id.split()), claim.key, claim.outlet, origin.name, origin.known, claim.low,
        claim.high, quote,
    )  # fmt: skip


def _once(evidence: Iterable[Evidence]) -> list[Evidence]:
    """One row for what one document says twice in the same sense."""
    kept: dict[tuple[str, str, str, int | None, int | None], Evidence] = {}
    for e in evidence:
        kept.setdefault((e.document, e.relation, e.origin, e.low, e.high), e)
    return list(kept.values())


_ORDER = ("supports", "contradicts", "compatible", "superseded", "total")


def _answer(evidence: list[Evidence]) -> Check:
    supporting = [e for e in evidence if e.relation == "supports"]
    against = any(e.relation == "contradicts" for e in evidence)
    known = {e.origin for e in supporting if e.origin_known}
    unknown = {e.origin for e in supporting if not e.origin_known}
    verdict: Verdict = "supported" if supporting else "contradicted" if against else "silent"
    ordered = sorted(evidence, key=lambda e: (_ORDER.index(e.relation), e.document, e.claims))
    return Check(
        verdict,
        bool(supporting) and against,
        tuple(ordered),
        len({e.document for e in supporting}),
        len({e.outlet or e.document for e in supporting}),
        {"low": len(known), "high": len(known) + len(unknown)},
    )

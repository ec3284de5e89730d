"""Reports for linking: from documents as they are read, or from claims alone in the public JSON, one a line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tollbook.errors import InputError
from tollbook.link.accounts import Report
from tollbook.link.claims import LinkClaim, link_claim
from tollbook.records import Claim, Document, claim_json
from tollbook.tally import tally


def report_of(document: Document, claims: Sequence[Claim], threads: Sequence[int]) -> Report:
    """A document with its claims and the incident of each, the main incident being the first of ``tally``."""
    source = document.source
    of = {c.id: t for c, t in zip(claims, threads, strict=True)}
    order = tuple(dict.fromkeys(of[row.claims[0]] for row in tally(document, claims, threads) if row.claims))
    return Report(
        key=source.key,
        id=source.id,
        outlet=source.outlet,
        published=source.published.toordinal() if source.published else None,
        text=document.text,
        claims=tuple(link_claim(claim_json(c), source.key) for c in claims),
        threads=tuple(threads),
        order=order,
    )


def reports_of_claims(rows: Iterable[Mapping[str, Any]], texts: Mapping[str, str] | None = None) -> list[Report]:
    """Claims in the public JSON by document. A coded document tells of one incident; claims that were read from a text
    are of one incident where they agree on the day and the place. ``texts``: cleaned texts by document id, where known.

    Raises :class:`InputError` for what is no claim, and where two claims have one id.
    """
    by_document: dict[tuple[str, str], list[LinkClaim]] = defaultdict(list)
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        claim = link_claim(row, f"claim {number}")
        if claim.id in seen:
            raise InputError(f"claim {number}", f"the id {claim.id} was given before")
        seen.add(claim.id)
        by_document[claim.document, claim.key].append(claim)
    return [_report(claims, (texts or {}).get(document)) for (document, _), claims in sorted(by_document.items())]


def _report(claims: Sequence[LinkClaim], text: str | None) -> Report:
    threads = (0,) * len(claims) if all(c.quote is None for c in claims) else threads_by_value(claims)
    first = claims[0]
    sizes = {t: sum(1 for x in threads if x == t) for t in threads}
    order = tuple(sorted(sizes, key=lambda t: (-sizes[t], t)))
    return Report(first.key, first.document, first.outlet, first.published, text, tuple(claims), tuple(threads), order)


def threads_by_value(claims: Sequence[LinkClaim]) -> tuple[int, ...]:
    """The incident of each claim of one document by what the claims say: one day and one place are one incident, a
    claim without both goes with the one before it, a part with its whole.
    """
    thread: dict[str, int] = {}
    values: list[tuple[object, object]] = []
    for claim in sorted(claims, key=lambda c: (c.quote[1] if c.quote else -1, c.id)):
        known = thread.get(claim.relation_to or "")
        if known is None:
            site = claim.site and (claim.site.gazetteer_id or claim.site.name or claim.site.text)
            day = claim.date or claim.yearless
            known = next((n for n, v in enumerate(values) if _agree(v, (day, site))), None)
            if known is None:
                known = len(values)
                values.append((day, site))
        thread[claim.id] = known
    return tuple(thread[c.id] for c in claims)


def _agree(one: tuple[object, object], other: tuple[object, object]) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))

"""Where each field of a claim comes from: its words, its place in the text and the rule that read it.

The reader hands over a ``Reason`` for what it decided; every field that has words of its own can be explained without
one, because the claim carries them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tollbook.records import Claim, Reason
from tollbook.show.words import (
    blamed_words,
    chain_words,
    count_words,
    date_words,
    event_words,
    place_words,
    victims_words,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """One row of an explanation. ``rule`` is ``None`` where the reader named none, ``text`` where it read no words."""

    field: str
    value: str
    rule: str | None
    text: str | None
    start: int | None
    end: int | None


def explain(claim: Claim, reasons: Iterable[Reason] = ()) -> tuple[Ground, ...]:
    """The grounds of a claim in the order of its fields, then those reasons that belong to no field listed here."""
    given = tuple(reasons)
    rows: list[Ground] = []
    values = dict(_values(claim))
    for field, (value, words) in values.items():
        own = [r for r in given if r.field.split(".")[0] == field]
        rows += [Ground(r.field, value, r.rule, r.text or None, r.start, r.end) for r in own]
        if not own:
            rows += [Ground(field, value, None, *word) for word in words]
        if not own and not words:
            rows.append(Ground(field, value, None, None, None, None))
    other = [r for r in given if r.field.split(".")[0] not in values]
    rows += [Ground(r.field, "", r.rule, r.text or None, r.start, r.end) for r in other]
    return tuple(rows)


Words = list[tuple[str, int, int]]


def _values(claim: Claim) -> Iterator[tuple[str, tuple[str, Words]]]:
    """Each field with its value in words and the stretches of text that it carries."""
    yield "harm", (claim.harm, [])
    yield "count", (count_words(claim.count), _words(claim.count.text, claim.count.start, claim.count.end))
    if claim.victims is not None:
        basis = f", {claim.victims.status_basis}" if claim.victims.status_basis else ""
        value = victims_words(claim.victims) + basis
        yield "victims", (value, _words(claim.victims.text, claim.victims.start, claim.victims.end))
    if claim.event is not None:
        yield "event", (event_words(claim.event), _words(claim.event.text, claim.event.start, claim.event.end))
    for name, when in (("date", claim.date), ("said", claim.said)):
        if when is not None:
            anchor = f", by {when.anchored_to}" if when.anchored_to else ""
            yield name, (date_words(when) + anchor, _words(when.text, when.start, when.end))
    if claim.place is not None:
        source = f", {claim.place.gazetteer_id}" if claim.place.gazetteer_id else ""
        yield "place", (place_words(claim.place) + source, _words(claim.place.text, claim.place.start, claim.place.end))
    if claim.blamed:
        yield "blamed", (blamed_words(claim.blamed), [(b.text, b.start, b.end) for b in claim.blamed])
    yield "attribution", (chain_words(claim.attribution), [(a.text, a.start, a.end) for a in claim.attribution])
    yield "stance", (claim.stance, [])
    yield "scope", (claim.scope, [])
    if claim.relation is not None:
        yield "relation", (f"{claim.relation.type} {claim.relation.claim}", [])


def _words(text: str, start: int, end: int) -> Words:
    return [(text, start, end)]

"""An incident as the screen shows it: who claims what, from whom they have it, where they agree. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tollbook.link.origins import Origin as LinkOrigin
from tollbook.records import Claim, claim_json
from tollbook.show.words import (
    NOT_STATED,
    blamed_words,
    count_words,
    date_words,
    event_words,
    place_words,
    victims_words,
)
from tollbook.web.charts import Bar, Scale, scale
from tollbook.web.facts import origin_of as json_origin

Verdict = Literal["agrees", "differs", "silent", "part"]
ICONS: Mapping[str, str] = {"agrees": "✓", "differs": "≠", "silent": "–", "part": "⊂"}
FIELDS = ("number", "victims", "event", "date", "place", "blamed")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WIDE = frozenset({"admin1", "country", "region", "district"})


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the number that it is shown under on the page."""

    number: int
    claim: Claim
    review: str
    revision: int


@dataclass(frozen=True, slots=True)
class Same:
    """One figure of one origin, and the further documents that give the same: folded, since they add nothing."""

    first: Told
    others: tuple[Told, ...]
    bar: Bar


@dataclass(frozen=True, slots=True)
class Origin:
    """A body that numbers come from. ``known`` is false where a report names nobody: its independence is unknown."""

    name: str
    known: bool
    kind: str
    documents: int
    figures: tuple[Same, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of one claim, against what most origins say."""

    words: str
    verdict: Verdict

    @property
    def icon(self) -> str:
        """A sign beside the word, so that neither colour nor sign alone has to be understood."""
        return ICONS[self.verdict]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the matrix."""

    told: Told
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What was said when, for how the toll moved."""

    told: Told
    day: dt.date | None
    said: bool  # the day is when it was said, not when it was published


def origin_of(claim: Claim) -> LinkOrigin:
    """Where a number comes from, as the linker tells origins apart."""
    return json_origin(claim_json(claim))


def json_of(told: Told) -> Mapping[str, Any]:
    """The public JSON of a claim as it stands."""
    return claim_json(told.claim)


def called(claim: Claim) -> str:
    """What the article that a claim stands in is called: its outlet, else its title, else its key."""
    return claim.document.outlet or claim.document.title or claim.document.key


def whole(claims: Iterable[Told]) -> list[Told]:
    """Those that tell of the incident itself: no sums, no parts. Two killed of "three casualties" are a part of these,
    and all the killed that are told of."""
    every = list(claims)
    harms = {told.claim.id: told.claim.harm for told in every}
    return [
        told
        for told in every
        if told.claim.scope != "total"
        and (
            told.claim.relation is None
            or told.claim.relation.type != "part_of"
            or harms.get(told.claim.relation.claim, told.claim.harm) != told.claim.harm
        )
    ]


def origins(claims: Sequence[Told], harm: str) -> tuple[Scale, list[Origin]]:
    """The figures of one harm by origin, on one axis; what one origin says twice is folded."""
    here = [told for told in whole(claims) if told.claim.harm == harm]
    axis = scale(
        [value for told in here for value in (told.claim.count.low, told.claim.count.high) if value is not None]
    )
    groups: dict[str, list[Told]] = defaultdict(list)
    by_key: dict[str, LinkOrigin] = {}
    for told in here:
        origin = origin_of(told.claim)
        groups[by_key.setdefault(origin.key, origin).key].append(told)
    made = []
    for key, members in groups.items():
        name, known = by_key[key].name, by_key[key].known
        figures: dict[tuple[int | None, int | None, str], list[Told]] = defaultdict(list)
        for told in sorted(members, key=_when):
            figures[told.claim.count.low, told.claim.count.high, told.claim.stance].append(told)
        same = tuple(Same(some[0], tuple(some[1:]), _bar(axis, some[0].claim)) for some in figures.values())
        kind = members[0].claim.attribution[0].kind if known and members[0].claim.attribution else "outlet"
        made.append(Origin(name, known, kind, len({told.claim.document.id for told in members}), same))
    made.sort(key=lambda origin: (not origin.known, -origin.documents, origin.name))
    return axis, made


def _bar(axis: Scale, claim: Claim) -> Bar:
    tone = "doubt" if claim.stance != "asserted" else ""
    return axis.bar(claim.count.low, claim.count.high, count_words(claim.count), tone=tone)


def _when(told: Told) -> tuple[str, int]:
    said = told.claim.said
    day = (said.to or said.from_) if said else told.claim.document.published
    return (day.isoformat() if day else "9999", told.number)


def steps(claims: Sequence[Told]) -> list[Step]:
    """What was said of the killed, in the order in which it was said; nothing where fewer than two days are known."""
    here = [told for told in whole(claims) if told.claim.harm == "killed"]
    made = []
    for told in sorted(here, key=_when):
        said = told.claim.said
        day = (said.to or said.from_) if said else None
        made.append(Step(told, day or told.claim.document.published, day is not None))
    first: dict[tuple[dt.date | None, int | None, int | None, str], Step] = {}
    for step in sorted(made, key=lambda step: not step.said):  # what an article says twice is one step
        count = step.told.claim.count
        first.setdefault((step.day, count.low, count.high, called(step.told.claim)), step)
    kept = [step for step in made if step in first.values()]
    return kept if len({step.day for step in kept if step.day}) > 1 else []


# --- the sentence ------------------------------------------------------------------------------------------------


def sentence(claims: Sequence[Told]) -> str:
    """Who claims what, in one sentence: outlets and the origins behind them, for each party that is blamed."""
    outlets: dict[str, list[Claim]] = defaultdict(list)
    for told in claims:
        if told.claim.scope != "total":
            outlets[called(told.claim)].append(told.claim)
    if not outlets:
        return "Nothing is told of it."
    blame: dict[str, set[str]] = defaultdict(set)
    behind: dict[str, dict[str, bool]] = defaultdict(dict)
    for outlet, told_by in outlets.items():
        for claim in told_by:
            for party in (one for one in claim.blamed if one.basis != "inferred"):
                blame[party.name].add(outlet)
                origin = origin_of(claim)
                behind[party.name] |= {party.by: True} if party.by else {origin.key: origin.known}
    parts = []
    for name, who in sorted(blame.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        verb = "blames" if len(who) == 1 else "blame"
        parts.append(f"{_several(len(who), 'outlet')}, {_origins(behind[name])}, {verb} {name}")
    denials = {outlet for outlet, told_by in outlets.items() if any(c.stance == "denied" for c in told_by)}
    if denials:
        parts.append(f"{_several(len(denials), 'outlet')} {'reports' if len(denials) == 1 else 'report'} a denial")
    silent = len(outlets) - len(set().union(*blame.values()))
    if silent:
        each = "is silent on who did it" if silent == 1 else "are silent on who did it"
        parts.append(
            f"{_number(silent)} {each}"
            if blame
            else f"{_several(silent, 'outlet')} {_tell(silent)} of it; nobody is blamed"
        )
    text = "; ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _origins(found: Mapping[str, bool]) -> str:
    """How many origins; those of unknown independence make it a range.

    >>> _origins({"ministry": True, "outlet": False})
    'one or two origins'
    """
    low, high = max(1, sum(found.values())), len(found)
    if low == high:
        return _several(high, "origin")
    return f"{_number(low)} {'or' if high == low + 1 else 'to'} {_several(high, 'origin')}"


def _tell(number: int) -> str:
    return "tells" if number == 1 else "tell"


def _number(number: int) -> str:
    return _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"


def _several(number: int, thing: str) -> str:
    """A number of things in words.

    >>> _several(2, "outlet"), _several(1, "origin"), _several(12, "origin")
    ('two outlets', 'one origin', '12 origins')
    """
    return f"{_number(number)} {thing}{'s' * (number != 1)}"


# --- the matrix --------------------------------------------------------------------------------------------------


def matrix(claims: Sequence[Told], *, words: bool = True) -> list[Line]:
    """Claims by fields: what each says, and whether that agrees with what most origins say."""
    shown = [told for told in claims if told.claim.scope != "total"]
    most = {field: _most(shown, field) for field in FIELDS if field != "number"}
    figures = {harm: _figure(shown, harm) for harm in {told.claim.harm for told in shown}}
    lines = []
    for told in shown:
        claim = told.claim
        cells = [Cell(count_words(claim.count), _number_verdict(claim, figures[claim.harm]))]
        for field in FIELDS[1:]:
            value = _value(claim, field)
            verdict: Verdict = (
                "silent" if value is None else "agrees" if _fits(field, claim, most[field]) else "differs"
            )
            cells.append(Cell(_worded(claim, field, words=words), verdict))
        lines.append(Line(told, tuple(cells)))
    return lines


def _figure(claims: Sequence[Told], harm: str) -> Claim | None:
    here = [told.claim for told in whole(claims) if told.claim.harm == harm and told.claim.stance == "asserted"]
    votes: dict[tuple[int | None, int | None], set[str]] = defaultdict(set)
    for claim in here:
        votes[claim.count.low, claim.count.high].add(origin_of(claim).key)
    stated = [claim for claim in here if claim.count.qualifier not in ("unstated", "vague")] or here
    return max(stated, key=lambda c: (len(votes[c.count.low, c.count.high]), c.count.low or 0), default=None)


def _number_verdict(claim: Claim, figure: Claim | None) -> Verdict:
    if claim.relation is not None and claim.relation.type == "part_of":
        return "part"
    if claim.count.low is None and claim.count.high is None:
        return "silent"
    return "agrees" if figure is None or compatible(claim, figure) else "differs"


def compatible(one: Claim, other: Claim) -> bool:
    """Whether two numbers can both be right; "about" leaves a fifth either way."""
    low1, high1 = _widened(one)
    low2, high2 = _widened(other)
    return low1 <= high2 and low2 <= high1


def _widened(claim: Claim) -> tuple[float, float]:
    low = float(claim.count.low) if claim.count.low is not None else 0.0
    high = float(claim.count.high) if claim.count.high is not None else float("inf")
    return (low * 0.8, high * 1.2) if claim.count.qualifier == "about" else (low, high)


def _value(claim: Claim, field: str) -> Any:
    if field == "victims":
        return claim.victims.status if claim.victims and claim.victims.status != "unknown" else None
    if field == "event":
        return claim.event.type if claim.event and claim.event.type != "other" else None
    if field == "date":
        return (claim.date.from_, claim.date.to) if claim.date and claim.date.from_ and claim.date.to else None
    if field == "place":
        return (claim.place.name or claim.place.text) if claim.place else None
    return tuple(sorted(party.name for party in claim.blamed if party.basis != "inferred")) or None


def _most(claims: Sequence[Told], field: str) -> Claim | None:
    """The claim whose value most origins share."""
    votes: dict[Any, set[str]] = defaultdict(set)
    example: dict[Any, Claim] = {}
    for told in claims:
        value = _value(told.claim, field)
        if value is not None:
            votes[value].add(origin_of(told.claim).key)
            example.setdefault(value, told.claim)
    claimed = Counter(_value(told.claim, field) for told in claims)
    best = max(votes, key=lambda value: (len(votes[value]), claimed[value], str(value)), default=None)
    return example[best] if best is not None else None


def _fits(field: str, claim: Claim, most: Claim | None) -> bool:
    if most is None:
        return True
    if field == "date" and claim.date and most.date:
        one, other = claim.date, most.date
        return bool(
            one.from_ and one.to and other.from_ and other.to and one.from_ <= other.to and other.from_ <= one.to
        )
    if field == "place" and claim.place and most.place:
        one_place, other_place = claim.place, most.place
        coarse = one_place.precision in _WIDE or other_place.precision in _WIDE
        return _value(claim, field) == _value(most, field) or (coarse and one_place.country == other_place.country)
    if field == "blamed":
        return bool(set(_value(claim, field)) & set(_value(most, field)))
    return bool(_value(claim, field) == _value(most, field))


def compared(one: Claim, other: Claim) -> list[tuple[str, str, str, Verdict]]:
    """Two claims field by field: what each says, and whether they agree; open where one is silent."""
    lines: list[tuple[str, str, str, Verdict]] = []
    for field in FIELDS:
        if field == "number":
            stated = one.harm == other.harm  # nothing follows from the killed for the injured
            same = compatible(one, other)
            both = [f"{count_words(claim.count)} {claim.harm}" for claim in (one, other)]
        else:
            stated = _value(one, field) is not None and _value(other, field) is not None
            same = stated and _fits(field, one, other)
            both = [_worded(claim, field, words=True) for claim in (one, other)]
        lines.append((field, both[0], both[1], "silent" if not stated else "agrees" if same else "differs"))
    return lines


def _worded(claim: Claim, field: str, *, words: bool) -> str:
    if field == "victims":
        if claim.victims is None:
            return NOT_STATED
        return victims_words(claim.victims) if words else who(claim)
    if field == "event":
        return event_words(claim.event)
    if field == "date":
        return date_words(claim.date)
    if field == "place":
        return place_words(claim.place)
    return blamed_words(claim.blamed)


def who(claim: Claim) -> str:
    """Who was harmed without the article's own words, which may be a name.

    >>> from tests.ledger.made import reading
    >>> who(reading()[1][0])
    'status not stated'
    """
    victims = claim.victims
    if victims is None:
        return NOT_STATED
    parts = [group.replace("_", " ") for group in victims.groups]
    parts += [victims.status] if victims.status != "unknown" else []
    return ", ".join(parts) or "status not stated"

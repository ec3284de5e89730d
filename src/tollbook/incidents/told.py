"""One incident as lines of text: who claims what, the range by origin, how many tell of it, what covers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tollbook.incidents.figures import HARMS
from tollbook.incidents.sentence import counted, figure_words
from tollbook.link.claims import Days, LinkClaim

Json = Mapping[str, Any]


def incident_lines(row: Json, claims: Mapping[str, LinkClaim]) -> Iterator[str]:
    """The lines on ``row``, an incident in public JSON; ``claims``: its claims and the totals that cover it, by id."""
    yield f"{row['id']}  {row['title']}  ({row['status']})"
    yield f"    {row['sentence']}"
    yield from _ranges(row)
    yield ""
    if row["blamed"]:
        yield f"blamed: {' or '.join(row['blamed'])}"
    yield f"told by {counted(len(row['documents']), 'document')} of {origins(row)}"
    for one in row["contradictions"]:
        yield f"contradiction in {one['field']}: {', '.join(one['claims'])}"
    if row["totals"]:
        yield f"covered by {counted(len(row['totals']), 'total')}, not added:"
        for id in row["totals"]:
            yield from _claim(id, claims.get(id))
    yield "claims:"
    for id in sorted(row["claims"], key=lambda id: _place_of(claims.get(id), id)):
        yield from _claim(id, claims.get(id))


def origins(row: Json) -> str:
    """How many outlets and independent origins.

    >>> origins({"outlets": 2, "origins": {"low": 1, "high": 2}})
    'two outlets; one or two independent origins'
    """
    low, high = row["origins"]["low"], row["origins"]["high"]
    most = counted(high, "independent origin")
    link = "or" if high == low + 1 else "to"
    number = most if low == high else f"{counted(low, 'origin').split()[0]} {link} {most}"
    return f"{counted(row['outlets'], 'outlet')}; {number}"


def _ranges(row: Json) -> Iterator[str]:
    ranges = {"killed": row["killed"], "injured": row["injured"], **row["others"]}
    for harm in HARMS:
        if ranges.get(harm) is None:
            continue
        yield ""
        yield figure_words(ranges[harm]["low"], ranges[harm]["high"], harm)
        for figure in row["by_origin"]:
            if figure["harm"] == harm:
                yield _figure(figure)


def _figure(figure: Json) -> str:
    who = figure["origin"] if figure["known"] else f"{figure['origin']}, which names no source"
    said = f", {day_words(dt.date.fromisoformat(figure['said']))}" if figure["said"] else ""
    number = figure_words(figure["low"], figure["high"], figure["harm"])
    return f"    {number}: {who}{said}  {' '.join(figure['claims'])}"


def _claim(id: str, claim: LinkClaim | None) -> Iterator[str]:
    if claim is None:
        yield f"    {id}  (not in this input)"
        return
    who = " ← ".join(voice.body or voice.name for voice in claim.voices) or "no source named"
    told: list[str | None] = [figure_words(claim.low, claim.high, claim.harm)]
    told += [f"{claim.relation.replace('_', ' ')} {claim.relation_to}"] if claim.relation else []
    told += [claim.stance] if claim.stance != "asserted" else []
    told += [days_words(claim.date), _where(claim)] if claim.scope == "total" else []
    day = f", {day_words(dt.date.fromordinal(claim.published))}" if claim.published else ""
    yield f"    {id}  {'; '.join(word for word in told if word)} ({who}; {claim.outlet or claim.key}{day})"
    if claim.quote is not None:
        yield f"        “{' '.join(claim.quote[0].split())}”"


def _where(claim: LinkClaim) -> str | None:
    return (claim.site.name or claim.site.text) if claim.site else None


def _place_of(claim: LinkClaim | None, id: str) -> tuple[Any, ...]:
    """By day of the report, then as they stand in it."""
    if claim is None:
        return (1, 0, "", 0, id)
    return (0, claim.published or 0, claim.document, claim.quote[1] if claim.quote else -1, id)


def days_words(days: Days | None) -> str | None:
    """A period in words.

    >>> days_words(Days(736483, 736483, "day")), days_words(None)
    ('3 June 2017', None)
    """
    if days is None:
        return None
    first, last = (day_words(dt.date.fromordinal(day)) for day in (days.first, days.last))
    return first if first == last else f"{first} to {last}"


def day_words(day: dt.date) -> str:
    """A day in words.

    >>> day_words(dt.date(2017, 6, 3))
    '3 June 2017'
    """
    return f"{day.day} {day:%B %Y}"


def chosen(rows: Sequence[Json], beginning: str) -> list[Json]:
    """The incidents whose id is this, or begins so."""
    return [row for row in rows if row["id"] == beginning] or [row for row in rows if row["id"].startswith(beginning)]

"""An incident in a sentence: how many outlets and origins, what they say, whom they blame, what they differ in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from tollbook.incidents.contradict import Contradiction
from tollbook.incidents.figures import Figure
from tollbook.link.origins import Origins

_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_DIFFER = {
    "number": "the number", "status": "who the victims were", "date": "the day", "place": "the place",
    "blamed": "who did it", "happened": "whether it happened",
}  # fmt: skip


def counted(number: int, noun: str) -> str:
    """A small number in words with its noun.

    >>> counted(2, "outlet"), counted(1, "origin"), counted(40, "document")
    ('two outlets', 'one origin', '40 documents')
    """
    return f"{_SMALL[number] if number < len(_SMALL) else number} {noun}{'' if number == 1 else 's'}"


def figure_words(low: int | None, high: int | None, harm: str) -> str:
    """A range with its harm.

    >>> figure_words(9, 35, "killed"), figure_words(20, None, "injured"), figure_words(0, 0, "killed")
    ('9 to 35 killed', 'at least 20 injured', 'nobody killed')
    """
    if low is None and high is None:
        return f"people {harm}"
    if high is None:
        return f"at least {low:,} {harm}"
    if low is None:
        return f"up to {high:,} {harm}"
    if high == 0:
        return f"nobody {harm}"
    return f"{low:,} {harm}" if low == high else f"{low:,} to {high:,} {harm}"


def origin_words(origins: Origins) -> str:
    """How many outlets and origins.

    >>> origin_words(Origins({}, 1, 2, 2, 3))
    'two outlets, one or two origins'
    """
    outlets = counted(origins.outlets, "outlet")
    if origins.low == origins.high:
        return f"{outlets}, {counted(origins.low, 'origin')}"
    link = "or" if origins.high == origins.low + 1 else "to"
    low = counted(origins.low, "origin").removesuffix("s").removesuffix(" origin")
    return f"{outlets}, {low} {link} {counted(origins.high, 'origin')}"


def sentence(
    origins: Origins,
    by_harm: Mapping[str, Mapping[str, Figure]],
    blamed: Sequence[str],
    differ: Sequence[Contradiction],
) -> str:
    """One or two sentences on an incident."""
    words = origin_words(origins)
    head = words[0].upper() + words[1:]
    if blamed:
        head += (" blames " if origins.outlets == origins.high == 1 else " blame ") + " or ".join(blamed)
    parts = [head]
    said: list[str] = []
    for harm in ("killed", "injured", "casualties"):
        figures = sorted(by_harm.get(harm, {}).values(), key=lambda f: (-f.told, f.origin.name))
        if harm == "injured" and said:
            continue
        groups: dict[str, list[str]] = {}
        for f in figures:
            groups.setdefault(figure_words(f.low, f.high, f.harm), []).append(f.origin.name)
        said += [
            f"{_listed(names)} {'gives' if len(names) == 1 else 'give'} {figure}"
            for figure, names in list(groups.items())[:4]
        ]
    if said:
        parts.append("; ".join(said))
    if differ:
        parts.append("they differ on " + _listed([_DIFFER[c.field] for c in differ]))
    return "; ".join(parts) + "."


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]


def headline(event: str | None, place: str | None, days: tuple[int, int] | None) -> str:
    """What, where and when, as far as it is said.

    >>> headline("airstrike", "Ar Raqqah", (736483, 736483))
    'Airstrike, Ar Raqqah, 3 June 2017'
    """
    what = (event or "incident").replace("_", " ").capitalize()
    when = None
    if days is not None:
        first, last = (dt.date.fromordinal(day) for day in days)
        when = f"{first.day} {first:%B %Y}" if first == last else f"{first.isoformat()} to {last.isoformat()}"
    return ", ".join(part for part in (what, place or "place not stated", when or "date not stated") if part)

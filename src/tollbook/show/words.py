"""Values of a claim in words. Unknown is "not stated", never 0; ranges are drawn, not averaged.

The words are not escaped here: whoever prints them passes them through ``visible`` or an HTML escape.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from typing import Any

from tollbook.records import Attribution, Blamed, Claim, Count, Document, Event, Place, Victims, When

NOT_STATED = "not stated"

# Harms that a tally names only where the report counts them.
_OTHERS = ("missing", "abducted", "displaced", "detained", "casualties")

# Places wider than a city are named as what they are, so that nobody takes the middle of a country for the spot.
_WIDE = {
    "near": "near",
    "district": "district",
    "admin1": "province",
    "country": "country",
    "region": "region",
    "neighbourhood": "neighbourhood",
}


def range_words(low: int | None, high: int | None) -> str:
    """A low and a high, either of which can be open.

    >>> range_words(31, None), range_words(None, 30), range_words(10, 15), range_words(0, 0), range_words(None, None)
    ('31+', '≤ 30', '10–15', '0', 'not stated')
    """
    if low is None:
        return NOT_STATED if high is None else f"≤ {high:,}"
    if high is None:
        return f"{low:,}+"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def count_words(count: Count) -> str:
    """A count; "about" keeps its ≈, a vague word stands beside the numbers it is read as, a bare plural has no number.

    >>> count_words(Count("about 50", 0, 8, 50, 50, "about"))
    '≈ 50'
    >>> count_words(Count("dozens", 0, 6, 24, None, "vague"))
    '24+ (“dozens”)'
    >>> count_words(Count("civilians", 0, 9, 2, None, "unstated"))
    'not stated (2+)'
    """
    numbers = range_words(count.low, count.high)
    if count.qualifier == "about" and numbers != NOT_STATED:
        return f"≈ {numbers}"
    if count.qualifier == "vague":
        return f"{numbers} (“{count.text}”)"
    if count.qualifier == "unstated" and numbers != NOT_STATED:
        return f"{NOT_STATED} ({numbers})"
    return numbers


def victims_words(victims: Victims | None) -> str:
    """Who was harmed, with the status unless the word itself is the status.

    >>> victims_words(Victims("shepherds", 0, 9, "civilian", "category", (), None))
    'shepherds (civilian)'
    """
    if victims is None:
        return NOT_STATED
    known = victims.status != "unknown" and victims.status not in victims.text.lower()
    return f"{victims.text} ({victims.status})" if known else victims.text


def event_words(event: Event | None) -> str:
    """The kind of violence, else the document's word for it."""
    if event is None:
        return NOT_STATED
    return event.type.replace("_", " ") if event.type and event.type != "other" else event.text


def date_words(when: When | None) -> str:
    """The interval in as few words as it takes.

    >>> day = dt.date(2024, 3, 5)
    >>> date_words(When("Tuesday", 0, 7, day, day, "day", "published"))
    '5 March 2024'
    >>> date_words(When("in March", 0, 8, dt.date(2024, 3, 1), dt.date(2024, 3, 31), "month", "published"))
    'March 2024'
    >>> date_words(When("June 3", 0, 6, None, None, "day", None))
    '“June 3”, year not stated'
    """
    if when is None:
        return NOT_STATED
    if when.from_ is None and when.to is None:
        return f"“{when.text}”, year not stated"
    if when.from_ is None or when.to is None:
        return f"until {_day(when.to)}" if when.to else f"from {_day(when.from_)}"
    return days_words(when.from_, when.to)


def days_words(first: dt.date, last: dt.date) -> str:
    """Two days, the second not before the first, as an interval.

    >>> days_words(dt.date(2024, 3, 5), dt.date(2024, 3, 7)), days_words(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    ('5–7 March 2024', '2024')
    """
    if first == last:
        return _day(first)
    same_year, same_month = first.year == last.year, (first.year, first.month) == (last.year, last.month)
    if same_month:
        if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
            return f"{last:%B} {last.year}"
        return f"{first.day}–{_day(last)}"
    if same_year:
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
            return str(last.year)
        return f"{first.day} {first:%B} – {_day(last)}"
    return f"{_day(first)} – {_day(last)}"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else NOT_STATED


def place_words(place: Place | None) -> str:
    """The place as the document words it, with the gazetteer's name where it differs, the country, and how coarse.

    >>> place_words(Place("Raqqa", 0, 5, "Ar Raqqah", "SY", None, 35.9, 39.0, "city", "x"))
    'Raqqa (Ar Raqqah, SY)'
    >>> place_words(Place("Syria", 0, 5, "Syria", "SY", None, 35.0, 38.0, "country", "x"))
    'Syria (SY; country)'
    """
    if place is None:
        return NOT_STATED
    known = [place.name] if place.name and place.name.casefold() not in place.text.casefold() else []
    known += [place.country] if place.country else []
    notes = [", ".join(known)] if known else []
    notes += [_WIDE[place.precision]] if place.precision in _WIDE else []
    return f"{place.text} ({'; '.join(notes)})" if notes else place.text


def blamed_words(blamed: tuple[Blamed, ...]) -> str:
    """Everyone made responsible, and how; nobody: "nobody named"."""
    parts = [f"{b.name} ({b.basis}{f' by {b.by}' if b.by else ''})" for b in blamed]
    return "; ".join(parts) if parts else "nobody named"


def chain_words(chain: tuple[Attribution, ...]) -> str:
    """Who says it, from the origin outwards; a parallel speaker stands behind a "+".

    >>> speaker = Attribution("she", 0, 3, "Ida Holt", "minister", "Health Ministry", "government", "said", "indirect")
    >>> agency = Attribution("NPA", 20, 23, "NPA", None, "NPA", "media", "reports", "relayed")
    >>> chain_words((speaker, agency)), chain_words(())
    ('Ida Holt (Health Ministry) → NPA', 'the report itself')
    """
    if not chain:
        return "the report itself"
    words = ""
    for link in chain:
        joint = "" if not words else " + " if link.mode == "also" else " → "
        body = f" ({link.body})" if link.body and link.body.casefold() != link.name.casefold() else ""
        words += f"{joint}{link.name}{body}"
    return words


def found_words(document: Document, claims: int) -> str:
    """How many claims a document has; one in another language was not read, which is not the same as having none."""
    language = document.source.language
    if not claims and language not in (None, "en"):
        return f"not read: its language is {language}, and only English is read"
    return f"{claims} claim{'s' * (claims != 1)}" if claims else "no claims"


def marks(claim: Claim, numbers: Mapping[str, int]) -> list[str]:
    """What sets a claim apart from a plain one: doubt, denial, a sum, or being part of an earlier claim.

    ``numbers`` gives the number that each claim of the document is shown under.
    """
    found = []
    if claim.stance != "asserted":
        found.append({"hypothetical": "has not happened"}.get(claim.stance, claim.stance))
    if claim.scope == "total":
        found.append("total over several incidents")
    if claim.relation is not None:
        of = f"no. {numbers[claim.relation.claim]}" if claim.relation.claim in numbers else "another claim"
        found.append(f"{claim.relation.type.replace('_', ' ')} {of}")
    return found


def mention_line(row: Mapping[str, Any]) -> str:
    """A row of ``spans`` on one line: where, the words, and what they were read as."""
    known = {k: v for k, v in row.items() if k not in ("key", "text", "start", "end") and v not in (None, [], "")}
    text = " ".join(str(row.get("text") or "").split())
    return f"{row.get('start')}–{row.get('end')}\t{text}\t" + ", ".join(f"{k} {_plain(v)}" for k, v in known.items())


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"“{value['text']}”" if "text" in value else ", ".join(f"{k} {_plain(v)}" for k, v in value.items())
    return " … ".join(_plain(v) for v in value) if isinstance(value, list) else str(value)


def tally_line(row: Mapping[str, Any]) -> str:
    """A row of ``tally`` on one line.

    >>> tally_line({"key": "a.txt", "killed": {"low": 43, "high": None}, "injured": None, "date": None, "place": None})
    'a.txt\\tkilled 43+, injured not stated\\tnot stated\\tnot stated'
    """
    asked = ("killed", "injured", *(harm for harm in _OTHERS if row.get(harm)))
    harms = (f"{harm} {_range(row.get(harm))}" for harm in asked)
    day = _day(dt.date.fromisoformat(row["date"])) if row.get("date") else NOT_STATED
    return f"{row.get('key')}\t{', '.join(harms)}\t{day}\t{row.get('place') or NOT_STATED}"


def _range(value: Mapping[str, Any] | None) -> str:
    return NOT_STATED if value is None else range_words(value.get("low"), value.get("high"))

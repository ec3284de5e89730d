"""Cells that a person changed, as values of a claim's fields. Pure; an :class:`InputError` names the column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

from tollbook.errors import InputError
from tollbook.exports.columns import NUMBERS, Cell
from tollbook.exports.tolls import precision_of
from tollbook.records import VICTIM_GROUPS

# Columns of a claim's fields: field → column → key of the field's JSON.
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "harm": {"harm": ""},
    "stance": {"stance": ""},
    "scope": {"scope": ""},
    "count": {"count_low": "low", "count_high": "high", "count_qualifier": "qualifier"},
    "victims": {"victims_status": "status", "victims_groups": "groups", "victims_nationality": "nationality"},
    "event": {"event_type": "type"},
    "date": {"date_from": "from", "date_to": "to", "date_precision": "precision"},
    "place": {
        "place_name": "name", "country": "country", "admin1": "admin1", "lat": "lat", "lon": "lon",
        "place_precision": "precision",
    },
    "blamed": {"blamed": "name", "blamed_basis": "basis"},
}  # fmt: skip
CLAIM_EDITS = frozenset(column for columns in _FIELDS.values() for column in columns) | {"review"}
INCIDENT_EDITS = frozenset({"status", "grade", "grade_note"})


def plain(cell: Cell) -> str:
    """A cell as it is compared: spreadsheets write 12 as 12.0 and put blanks at ends.

    >>> plain(12), plain("12.0"), plain(None), plain(" a "), plain(35.95)
    ('12', '12', '', 'a', '35.95')
    """
    if cell is None:
        return ""
    text = str(cell).strip().replace("\r\n", "\n")
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else str(number)


_WRITTEN = re.compile(r"(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})(?:[ T]0?0:00(?::00)?)?", re.ASCII)
_DAYS = ("date_from", "date_to", "published")


def unchanged(column: str, cell: str, before: Cell) -> bool:
    """Whether a cell says what was handed out, also as a spreadsheet of another country writes it back.

    >>> unchanged("date_from", "5/3/2024", "2024-03-05"), unchanged("lat", "35,95", 35.95), unchanged("lat", "", 35.95)
    (True, True, False)
    >>> unchanged("date_from", "3/5/24", "2024-03-05"), unchanged("date_from", "6.3.2024", "2024-03-05")
    (True, False)
    """
    was = plain(before)
    if plain(cell) == was:
        return True
    if column in NUMBERS:
        return bool(was) and plain(cell.replace(",", ".")) == was
    match = _WRITTEN.fullmatch(cell.strip()) if column in _DAYS else None
    return match is not None and was in _days(match[1], match[2], match[3])


def _days(*parts: str) -> set[str]:
    """The days that three numbers can be: day first, month first, year first."""
    one, two, three = parts
    found = set()
    for year, month, day in ((three, two, one), (three, one, two), (one, two, three)):
        whole = f"{'20' if int(year) < 70 else '19'}{year}" if len(year) == 2 else year
        found.add(f"{whole}-{month:0>2}-{day:0>2}")
    return found


def changed_fields(
    claim: Mapping[str, Any], edited: Mapping[str, str], before: Mapping[str, Cell]
) -> dict[str, tuple[Any, tuple[str, ...]]]:
    """The new value of each field that an edited cell belongs to, and the columns that were edited.

    ``claim`` is the public JSON with earlier corrections; ``before`` the row as it was handed out.

    >>> changed_fields({"harm": "killed"}, {"harm": "injured"}, {"harm": "killed"})
    {'harm': ('injured', ('harm',))}
    """
    found: dict[str, tuple[Any, tuple[str, ...]]] = {}
    for field, columns in _FIELDS.items():
        cells = {column: edited[column] for column in columns if column in edited}
        if not cells:
            continue
        if field == "blamed":
            made = _blamed(claim["blamed"], cells, str(before["blamed"] or ""))
        else:
            made = _MAKERS.get(field, _simple)(claim.get(field), cells, columns)
        found[field] = (made, tuple(cells))
    return found


def _simple(now: Any, cells: Mapping[str, str], columns: Mapping[str, str]) -> Any:
    if list(columns.values()) == [""]:
        return next(iter(cells.values())).lower()
    return {**(now or {}), **{columns[column]: text.lower() or None for column, text in cells.items()}}


def _count(now: Any, cells: Mapping[str, str], columns: Mapping[str, str]) -> Any:
    made = {**now, **{columns[c]: _whole(c, text) for c, text in cells.items() if c != "count_qualifier"}}
    low, high = made["low"], made["high"]
    if low is not None and high is not None and low > high:
        raise InputError("count_low", f"the low {low} is above the high {high}")
    if "count_qualifier" in cells:
        made["qualifier"] = cells["count_qualifier"].lower()
    elif low is None or high is None:
        made["qualifier"] = "at_least" if low is not None else "up_to" if high is not None else "unstated"
    else:
        made["qualifier"] = "exact" if low == high else "range"
    return made


def _whole(column: str, text: str) -> int | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        raise InputError(column, f"{text!r} is no number") from None
    if number < 0 or not number.is_integer():
        raise InputError(column, f"{text!r} is no number of people")
    return int(number)


def _victims(now: Any, cells: Mapping[str, str], columns: Mapping[str, str]) -> Any:
    made = dict(now or {})
    if "victims_status" in cells:
        made |= {"status": cells["victims_status"].lower() or "unknown", "status_basis": None}
    if "victims_groups" in cells:
        made["groups"] = _several(cells["victims_groups"].lower())
        strange = next((group for group in made["groups"] if group not in VICTIM_GROUPS), None)
        if strange is not None:
            raise InputError("victims_groups", f"{strange!r} is none of {', '.join(VICTIM_GROUPS)}")
    if "victims_nationality" in cells:
        made["nationality"] = cells["victims_nationality"] or None
    return made


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.replace(",", ";").split(";") if part.strip()]


def _date(now: Any, cells: Mapping[str, str], columns: Mapping[str, str]) -> Any:
    made = {"from": None, "to": None, "precision": None, **(now or {})}
    for column, key in (("date_from", "from"), ("date_to", "to")):
        if column in cells:
            made[key] = _day(column, cells[column])
    first, last = made["from"], made["to"]
    if first is not None and last is not None and first > last:
        raise InputError("date_from", f"{first} is after {last}")
    if "date_precision" in cells:
        made["precision"] = cells["date_precision"].lower() or None
    else:
        made["precision"] = precision_of(first, last) if first is not None and last is not None else None
    return made


def _day(column: str, text: str) -> str | None:
    if not text:
        return None
    try:
        # A spreadsheet that took the day for a date gives it back with a time.
        return dt.date.fromisoformat(text.removesuffix(" 00:00:00")).isoformat()
    except ValueError:
        raise InputError(column, f"{text!r} is no day; write it as YYYY-MM-DD") from None


def _place(now: Any, cells: Mapping[str, str], columns: Mapping[str, str]) -> Any:
    made = dict(now or {})
    if "place_name" in cells:  # coordinates that nobody gave anew belong to the other place
        made |= {"name": cells["place_name"] or None, "lat": None, "lon": None, "gazetteer_id": None}
    for column, top in (("lat", 90.0), ("lon", 180.0)):
        if column in cells:
            made |= {columns[column]: _degrees(column, cells[column], top), "gazetteer_id": None}
    if "country" in cells:
        code = cells["country"].upper()
        if code and (len(code) != 2 or not code.isalpha()):
            raise InputError("country", f"{cells['country']!r} is no country code of two letters")
        made["country"] = code or None
    if "admin1" in cells:
        made["admin1"] = cells["admin1"] or None
    if "place_precision" in cells:
        made["precision"] = cells["place_precision"].lower() or None
    return made


def _degrees(column: str, text: str, top: float) -> float | None:
    if not text:
        return None
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise InputError(column, f"{text!r} is no number of degrees") from None
    if abs(number) > top:
        raise InputError(column, f"{text} is beyond {top:g} degrees")
    return number


def _blamed(now: Any, cells: Mapping[str, str], shown: str) -> Any:
    """Those named, each with its basis; whoever the table did not show stays."""
    known = {party["name"].replace(";", ","): party for party in now}
    before = _names(shown)
    names = _names(cells["blamed"]) if "blamed" in cells else before
    bases = _several(cells.get("blamed_basis", "").lower())
    if bases and len(bases) != len(names):
        raise InputError("blamed_basis", f"{len(bases)} bases for {len(names)} parties")
    made = [dict(known.get(name, {"name": name, "basis": "accused"})) for name in names]
    for party, basis in zip(made, bases, strict=False):
        party["basis"] = basis
    return made + [party for name, party in known.items() if name not in (*before, *names)]


def _names(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


_MAKERS = {"count": _count, "victims": _victims, "date": _date, "place": _place}

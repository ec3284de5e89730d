"""What a person filled into a form, as values of the public JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from tollbook.errors import UsageError
from tollbook.find.grammar.counts import find_counts
from tollbook.records import EventType, Harm, PlacePrecision, Scope, Stance, Status
from tollbook.resources.gazetteer import Entry, gazetteer

Form = Mapping[str, Any]
CHOICES: Mapping[str, Sequence[str]] = {
    "harm": get_args(Harm), "event": get_args(EventType), "stance": get_args(Stance), "scope": get_args(Scope),
    "victims": get_args(Status), "precision": get_args(PlacePrecision),
}  # fmt: skip
_NULLABLE = frozenset({"victims", "event", "date", "said", "place"})


def corrected(field: str, form: Form, machine: Any) -> Any:
    """The right value of a field, whole; ``None`` where the form says "not stated". Raises :class:`UsageError`.

    >>> corrected("count", {"low": "10", "high": "20"}, None)
    {'low': 10, 'high': 20, 'qualifier': 'range'}
    """
    if form.get("absent") == "1":
        if field in ("blamed", "attribution"):
            return []
        if field not in _NULLABLE:
            raise UsageError(f"{field} cannot be “not stated”")
        return None
    if field == "count":
        return count(form)
    if field in ("harm", "stance", "scope"):
        return _choice(field, form.get("value"))
    if field == "event":
        return {"type": _choice("event", form.get("value"))}
    if field == "victims":
        return {"status": _choice("victims", form.get("value")), "status_basis": "stated"}
    if field in ("date", "said"):
        return days(form)
    if field == "place":
        return place(str(form.get("value", "")), machine)
    if field in ("blamed", "attribution"):
        return _parties(field, str(form.get("value", "")), machine)
    raise UsageError(f"{field!r} cannot be corrected")


def _choice(name: str, value: Any) -> str:
    if value not in CHOICES[name]:
        raise UsageError(f"{name} has to be one of {', '.join(CHOICES[name])}")
    return str(value)


def count(form: Form) -> dict[str, Any]:
    """A low and a high; an empty one is an open end."""
    low, high = _number(form.get("low")), _number(form.get("high"))
    if low is None and high is None:
        raise UsageError("a number needs at least one of its ends")
    if low is not None and high is not None and low > high:
        raise UsageError("the low figure is above the high one")
    qualifier = "at_least" if high is None else "up_to" if low is None else "exact" if low == high else "range"
    return {"low": low, "high": high, "qualifier": qualifier}


def _number(value: Any) -> int | None:
    text = str(value or "").strip().replace(",", "")
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UsageError(f"{text[:20]!r} is no number of people")
    return int(text)


def days(form: Form) -> dict[str, Any]:
    """An interval of days with its precision."""
    import datetime as dt

    try:
        first = dt.date.fromisoformat(str(form.get("from", "")))
        last = dt.date.fromisoformat(str(form.get("to") or form.get("from")))
    except ValueError:
        raise UsageError("a day is written year-month-day") from None
    if last < first:
        raise UsageError("the last day is before the first")
    length = (last - first).days + 1
    bounds = ((1, "day"), (6, "days"), (7, "week"), (31, "month"), (366, "year"))
    precision = next((name for most, name in bounds if length <= most), "longer")
    return {"from": first.isoformat(), "to": last.isoformat(), "precision": precision, "anchored_to": "text"}


def place(name: str, machine: Any) -> dict[str, Any]:
    """A place by its name, looked up: in the country that was read if it is there, else the largest of that name.

    What stands behind a comma says which of several is meant: a country or a province. The town is meant where a
    province bears its name.

    >>> place("Tripoli, Lebanon", None)["country"], place("Aleppo", None)["precision"]
    ('LB', 'city')
    """
    name = name.strip()
    if not name or len(name) > 200:
        raise UsageError("a place needs a name")
    wanted = machine.get("country") if isinstance(machine, Mapping) else None
    entry = _town_of(_entries(name), wanted)
    if entry is None:
        return {"name": name, "country": wanted, "admin1": None, "lat": None, "lon": None, "precision": None,
                "gazetteer_id": None}  # fmt: skip
    return {"name": entry.name, "country": entry.country, "admin1": entry.admin1, "lat": entry.lat, "lon": entry.lon,
            "precision": entry.kind, "gazetteer_id": entry.id}  # fmt: skip


def _entries(name: str) -> Sequence[Entry]:
    """The places of a name; of "Tripoli, Lebanon" those that lie there."""
    found = gazetteer().find(name)
    if found or "," not in name:
        return found
    own, _, around = (part.strip() for part in name.rpartition(","))
    lands = {one.country for one in gazetteer().find(around) if one.kind == "country"} or {around.upper()}
    regions = {(one.country, one.admin1) for one in gazetteer().find(around) if one.kind == "admin1"}
    return [one for one in _entries(own) if one.country in lands or (one.country, one.admin1) in regions]


def _town_of(found: Sequence[Entry], wanted: str | None) -> Entry | None:
    """The place that is meant: in the country that is wanted if one lies there; the town before its province."""
    inside = [one for one in found if one.country == wanted] or found
    largest = max(inside, key=lambda one: one.population, default=None)
    if largest is None or largest.kind not in ("admin1", "district"):
        return largest
    towns = [
        one
        for one in inside
        if one.kind in ("town", "city") and (one.country, one.admin1) == (largest.country, largest.admin1)
    ]
    return max(towns, key=lambda one: one.population, default=largest)


def _parties(field: str, text: str, machine: Any) -> list[dict[str, Any]]:
    names = [name.strip() for name in text.split(";") if name.strip()]
    if not names or any(len(name) > 300 for name in names):
        raise UsageError("name at least one; several are divided by a semicolon")
    known = {item["name"]: item for item in machine or () if isinstance(item, Mapping)}
    return [dict(known.get(name, {"name": name})) for name in names]


def missed(form: Form, slots: Mapping[str, Mapping[str, int]], text: str) -> dict[str, Any]:
    """The slots of a claim that a person read: what was selected in the text, and what the form says of it."""
    spans = {name: span_of(text, where) for name, where in slots.items()}
    if "count" not in spans:
        raise UsageError("select the words that give the number")
    number = _read(spans["count"]["text"]) if not (form.get("low") or form.get("high")) else None
    given = count(form) if number is None else number
    made: dict[str, Any] = {"harm": _choice("harm", form.get("harm")), "count": {**spans["count"], **given}}
    first, last = _sentence(text, spans["count"]["start"], max(span["end"] for span in spans.values()))
    first = min([first, *(span["start"] for span in spans.values() if span["start"] > first - 400)])
    made["quote"] = {"text": text[first:last], "start": first, "end": last}
    if "victims" in spans:
        made["victims"] = {**spans["victims"], "status": _choice("victims", form.get("status") or "unknown")}
    if "event" in spans or form.get("event"):
        kind = _choice("event", form.get("event")) if form.get("event") else None
        made["event"] = {**spans.get("event", {}), "type": kind}
    if "date" in spans or form.get("from"):
        made["date"] = {**spans.get("date", {}), **(days(form) if form.get("from") else {})}
    if "place" in spans:
        made["place"] = {**spans["place"], **place(spans["place"]["text"], None)}
    if "blamed" in spans:
        made["blamed"] = [{**spans["blamed"], "name": spans["blamed"]["text"]}]
    if "attribution" in spans:
        made["attribution"] = [{**spans["attribution"], "name": spans["attribution"]["text"]}]
    made["scope"] = "total" if form.get("total") == "1" else "incident"
    return made


def _read(words: str) -> dict[str, Any] | None:
    """The number that English words give, where they give one.

    >>> _read("at least ten"), _read("عشرة")
    ({'low': 10, 'high': None, 'qualifier': 'at_least'}, None)
    """
    found = find_counts(words)
    if len(found) != 1:
        return None
    return {"low": found[0].low, "high": found[0].high, "qualifier": found[0].qualifier}


def span_of(text: str, where: Any) -> dict[str, Any]:
    """Words of a text by where they stand, without the blanks around them."""
    start, end = (where.get(name) if isinstance(where, Mapping) else None for name in ("start", "end"))
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(text) or end - start > 500:
        raise UsageError("the selected words do not stand in the text")
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise UsageError("the selected words are empty")
    return {"text": text[start:end], "start": start, "end": end}


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence around the words, in any script: to the full stop or the end of the line."""
    stops = ".!?\n।。！？؟۔"
    first = max((text.rfind(stop, 0, start) for stop in stops), default=-1) + 1
    ends = [at for stop in stops if (at := text.find(stop, end)) >= 0]
    last = min(ends) + 1 if ends else len(text)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last

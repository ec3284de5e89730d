"""One coded record as a document and its claims.

The document of a record is the record: its cells, a line each. A claim's words are the words of its cells, and stand in
that text; it has no quote, since nobody said it so. The raw bytes are the row as canonical JSON. A record keeps its ids
when it is revised, so that a later edition of the data set supersedes the earlier one and judgements carry over.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from tollbook import __version__
from tollbook.coded.cells import Cells, widened
from tollbook.coded.mapping import CodedMapping, Counted
from tollbook.errors import InputError
from tollbook.exports.tolls import precision_of
from tollbook.records import (
    CODED_SCHEMA,
    Attribution,
    Blamed,
    Claim,
    Count,
    DatePrecision,
    Document,
    Event,
    EventType,
    Kind,
    MadeBy,
    Piece,
    Place,
    PlacePrecision,
    Qualifier,
    Relation,
    Source,
    Stance,
    Status,
    Victims,
    When,
    claim_id,
    digest,
)


@dataclass(frozen=True, slots=True)
class Coded:
    """A record: its document, the bytes of its row, and its claims; none where it states no number. ``event`` is what
    records of one event have in common; where the data set has no such column, the record itself."""

    document: Document
    raw: bytes
    claims: tuple[Claim, ...]
    made_by: MadeBy
    event: str


@dataclass(slots=True)
class _Text:
    """The record as a text, and where the cell of each column stands in it."""

    text: str = ""
    cells: dict[str, tuple[str, int, int]] = field(default_factory=dict)

    def put(self, column: str, cell: str) -> None:
        words = " ".join(cell.split())
        start = len(self.text) + len(column) + 2
        self.text += f"{column}: {words}\n"
        self.cells[column] = (words, start, start + len(words))

    def at(self, column: str | None, words: str | None = None) -> tuple[str, int, int]:
        """A cell, or words in it; a value that stands in no cell has no words."""
        cell, start, end = self.cells.get(column or "", ("", 0, 0))
        if words is None or words == cell:
            return cell, start, end
        at = cell.find(words)
        return ("", 0, 0) if at < 0 else (words, start + at, start + at + len(words))


def code_record(mapping: CodedMapping, row: Mapping[str, str]) -> Coded:
    """A row by its headings as a record. Raises ``InputError`` with the column as its key."""
    cells, text = Cells(mapping, row), _Text()
    cells.check_known()
    for column, cell in row.items():
        if column and cell.strip():
            text.put(column, cell)
    source, raw = _source(mapping, cells, row, text)
    document = Document(source, text.text, text.text, (Piece(0, 0, len(text.text)),), (), ())
    made_by = MadeBy(f"tollbook {__version__} import", f"mapping {mapping.name}", mapping.digest, "none")
    shared = {
        "document": source, "quote": None, "event": _event(mapping, cells, text), "date": _date(mapping, cells, text),
        "said": None, "place": _place(mapping, cells, text), "blamed": _blamed(mapping, cells, text),
        "attribution": _attribution(mapping, cells, text), "stance": cast(Stance, cells.text("stance") or "asserted"),
        "scope": "incident", "score": 1.0, "made_by": made_by, "schema": CODED_SCHEMA,
    }  # fmt: skip
    event = cells.text("record.event") or source.key
    return Coded(document, raw, _claims(mapping, cells, text, shared), made_by, event)


def _source(mapping: CodedMapping, cells: Cells, row: Mapping[str, str], text: _Text) -> tuple[Source, bytes]:
    id = cells.text("record.id")
    if id is None:
        raise InputError(mapping.fields["record.id"].column or "", "has no id")
    raw = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")
    outlet = cells.text("record.outlet")
    published = cells.day("record.published")
    source = Source(
        key=f"{mapping.name} {id}",
        id="d-" + digest("coded", mapping.name, id),
        sha256=hashlib.sha256(text.text.encode()).hexdigest(),
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        outlet=outlet or mapping.name,
        outlet_from="record" if outlet else "mapping",
        title=cells.text("record.title"),
        url=cells.text("record.url"),
        published=published,
        published_from="record" if published else None,
    )
    return source, raw


def _claims(mapping: CodedMapping, cells: Cells, text: _Text, shared: Mapping[str, Any]) -> tuple[Claim, ...]:
    made: list[Claim] = []
    wholes: dict[str, str] = {}
    said_nothing = False
    for n, counted in enumerate(mapping.claims):
        count, zero = _count(counted, cells, text)
        said_nothing |= zero and not counted.part  # a part of 0 leaves open what the whole is
        if count is None:
            continue
        whole = wholes.get(counted.harm) if counted.part else None
        id = claim_id(shared["document"].id, counted.harm, (), n)
        relation = Relation("part_of", whole) if whole is not None else None
        victims = _victims(counted, cells, text)
        made.append(Claim(id=id, harm=counted.harm, count=count, victims=victims, relation=relation, **shared))
        if not counted.part:
            wholes.setdefault(counted.harm, id)
    if not made and not said_nothing:
        columns = list(dict.fromkeys(f.column for c in mapping.claims for f in (c.low, c.high) if f.column))
        raise InputError(columns[0], f"no harm: nothing stands in {', '.join(columns[:6])}")
    return tuple(made)


def _count(counted: Counted, cells: Cells, text: _Text) -> tuple[Count | None, bool]:
    """The count, and whether there is none because a 0 says nothing here."""
    low, high = cells.number(counted.low), cells.number(counted.high)
    if low is not None and high is not None and low > high:
        raise InputError(counted.low.column or "", f"the low {low} is above the high {high} in {counted.high.column}")
    if low is None and high is None:
        return None, False
    if counted.zero == "nothing" and not low and not high:
        return None, True
    qualifier: Qualifier = (
        "up_to" if low is None else "at_least" if high is None else "exact" if low == high else "range"
    )
    return Count(*text.at((counted.low if low is not None else counted.high).column), low, high, qualifier), False


def _victims(counted: Counted, cells: Cells, text: _Text) -> Victims | None:
    status = cells.said(counted.status)
    if status is None and not counted.groups:
        return None
    words = text.at(counted.status.column if counted.status is not None else None)
    return Victims(*words, cast(Status, status or "unknown"), "category" if status else None, counted.groups, None)


def _event(mapping: CodedMapping, cells: Cells, text: _Text) -> Event | None:
    kind, words = cells.text("event.type"), cells.text("event.text")
    if kind is None and words is None:
        return None
    named = mapping.fields.get("event.text") or mapping.fields.get("event.type")
    return Event(cast(EventType | None, kind), *text.at(named.column if named is not None else None))


def _date(mapping: CodedMapping, cells: Cells, text: _Text) -> When | None:
    first, last = cells.day("date.from"), cells.day("date.to")
    precision = cast(DatePrecision | None, cells.text("date.precision"))
    column = mapping.fields["date.from"].column if "date.from" in mapping.fields else None
    if first is None:
        if last is not None:
            raise InputError(column or "", f"no day, but an end ({last})")
        return None
    if last is None:
        first, last = widened(first, precision) if mapping.widen else (first, first)
    elif first > last:
        raise InputError(column or "", f"{first} is after {last}")
    made = precision or cast(DatePrecision, precision_of(first.isoformat(), last.isoformat()))
    return When(*text.at(column), first, last, made, "text")


def _place(mapping: CodedMapping, cells: Cells, text: _Text) -> Place | None:
    lat, lon = cells.degrees("place.lat", 90.0), cells.degrees("place.lon", 180.0)
    if (lat is None) != (lon is None):
        field = mapping.fields["place.lat" if lat is None else "place.lon"]
        raise InputError(field.column or "", "half of a pair of coordinates is missing")
    name, country = cells.text("place.name") or cells.text("place.text"), cells.text("place.country")
    admin1 = cells.text("place.admin1")
    if name is None and country is None and admin1 is None and lat is None:
        return None
    precision = cells.text("place.precision")
    said = (mapping.fields.get(f"place.{part}") for part in ("text", "name", "admin1", "country"))
    column = next((field.column for field in said if cells.said(field) is not None and field is not None), None)
    return Place(*text.at(column), name, country, admin1, lat, lon, cast(PlacePrecision | None, precision), None)


def _blamed(mapping: CodedMapping, cells: Cells, text: _Text) -> tuple[Blamed, ...]:
    made: dict[str, Blamed] = {}
    for party in mapping.blamed:
        if not cells.holds(party.when):
            continue
        for name in cells.several(party.name):
            if name.lower() not in party.but:
                made.setdefault(name, Blamed(*text.at(party.name.column, name), name, party.basis, None))
    return tuple(made.values())


def _attribution(mapping: CodedMapping, cells: Cells, text: _Text) -> tuple[Attribution, ...]:
    made: list[Attribution] = []
    for named, kind in mapping.attribution:
        for name in cells.several(named):
            mode = "also" if made else "indirect"
            words = text.at(named.column, name)
            said = cast(Kind, cells.said(kind) or "unknown")
            made.append(Attribution(*words, name, None, None, said, None, "also" if mode == "also" else "indirect"))
    return tuple(made)

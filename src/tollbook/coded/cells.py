"""One cell of a coded record: a number of people, a day, a coordinate, a code. Pure; a fault names its column."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from functools import cache

from tollbook.coded.mapping import CodedMapping, Field
from tollbook.errors import InputError
from tollbook.exports.coding import countries

Row = Mapping[str, str]
_NUMBER = re.compile(r"\d{1,15}(?:\.0+)?", re.ASCII)
_MOST = 100_000_000  # people: a larger number is a typing error, or a date


class Cells:
    """The cells of one record as its mapping reads them. An ``InputError`` has the column as its key."""

    def __init__(self, mapping: CodedMapping, row: Row) -> None:
        self._mapping = mapping
        self._row = row

    def said(self, field: Field | None) -> str | None:
        """What a field says: the cell, or our word for its code; ``None`` where it says nothing."""
        if field is None:
            return None
        if field.column is None:
            return field.value
        cell = self._row.get(field.column, "").strip()
        if cell.lower() in self._mapping.unknown:
            return None
        if field.pattern is not None:
            match = field.pattern.search(cell)
            if match is None or match[1] is None:
                return None
            cell = match[1].strip()
        return self._coded(field, cell) if field.codes is not None or field.among is not None else cell or None

    def _coded(self, field: Field, cell: str) -> str | None:
        plain = cell.removesuffix(".0").lower()  # spreadsheets write 3 as 3.0
        codes = field.codes or {}
        if plain in codes:
            return codes[plain] or None
        if field.among is not None and plain in code_list(field.among):
            return code_list(field.among)[plain]
        if "*" in codes:
            return codes["*"] or None
        known = [*([f"the list {field.among}"] if field.among else []), *codes]
        raise _unknown(field.column or "", cell, field.where, known)

    def check_known(self) -> None:
        """Raises ``InputError`` where a cell holds a code that the mapping does not list for its column."""
        for column, known in self._mapping.known.items():
            cell = self._row.get(column, "").strip()
            if cell.lower() not in self._mapping.unknown and cell.removesuffix(".0").lower() not in known:
                raise _unknown(column, cell, "this column", known)

    def text(self, name: str) -> str | None:
        """What the field of this name says, if the mapping has it."""
        return self.said(self._mapping.fields.get(name))

    def number(self, field: Field) -> int | None:
        """A number of people."""
        said = self.said(field)
        if said is None:
            return None
        if _NUMBER.fullmatch(said) is None:
            raise InputError(field.column or "", f"{said[:40]!r} is no number of people")
        number = int(said.partition(".")[0])
        if number > _MOST:
            raise InputError(field.column or "", f"{said[:40]!r} is no number of people")
        return number

    def day(self, name: str) -> dt.date | None:
        """A day, written as the mapping says; a time after it is left out."""
        field = self._mapping.fields.get(name)
        said = self.said(field)
        if field is None or said is None:
            return None
        for form in self._mapping.days:
            for words in (said, said.split("T")[0].split(" ")[0]):
                try:
                    return dt.datetime.strptime(words, form).date()
                except ValueError:
                    continue
        raise InputError(field.column or "", f"{said[:40]!r} is no day written as {' or '.join(self._mapping.days)}")

    def degrees(self, name: str, top: float) -> float | None:
        """A coordinate."""
        field = self._mapping.fields.get(name)
        said = self.said(field)
        if field is None or said is None:
            return None
        try:
            number = float(said)
        except ValueError:
            raise InputError(field.column or "", f"{said[:40]!r} is no number of degrees") from None
        if not abs(number) <= top:
            raise InputError(field.column or "", f"{said[:40]} is beyond {top:g} degrees")
        return number

    def holds(self, when: Mapping[str, tuple[str, ...]]) -> bool:
        """Whether the record is one of those that a condition names."""
        return all(self._row.get(c, "").strip().removesuffix(".0").lower() in values for c, values in when.items())

    def several(self, field: Field) -> list[str]:
        """The values of a cell that holds several, each once."""
        said = self.said(field)
        parts = [part.strip() for part in (said or "").split(self._mapping.separator)]
        return list(dict.fromkeys(part for part in parts if part and part.lower() not in self._mapping.unknown))


def _unknown(column: str, cell: str, where: str, known: Sequence[str]) -> InputError:
    shown = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
    return InputError(column, f"unknown code {cell[:40]!r} for {where}; known are {shown}")


@cache
def code_list(name: str) -> Mapping[str, str]:
    """ISO alpha-2 codes by the codes of another list, in small letters.

    >>> code_list("gw")["652"], code_list("iso-numeric")["760"], code_list("country-name")["syria"]
    ('SY', 'SY', 'SY')
    """
    found: dict[str, str] = {}
    for country in countries().values():
        codes = {
            "gw": (country.gw,), "iso2": (country.iso2,), "iso3": (country.iso3,), "iso-numeric": (country.iso,),
            "country-name": (country.name, country.ucdp_name, country.acled_name),
        }[name]  # fmt: skip
        found |= {str(code).lower(): country.iso2 for code in codes if code is not None}
    return found


def widened(day: dt.date, precision: str | None) -> tuple[dt.date, dt.date]:
    """What one day stands for where the data set puts a day for a whole week, month or year.

    >>> widened(dt.date(2024, 2, 15), "month"), widened(dt.date(2024, 2, 15), "day")[1]
    ((datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)), datetime.date(2024, 2, 15))
    """
    if precision in ("days", "week"):  # any day of it was taken: it may have begun, or ended, six days off
        return day - dt.timedelta(days=6), day + dt.timedelta(days=6)
    if precision == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if precision == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    return day, day

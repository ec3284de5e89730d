"""Plain JSON values back into the frozen records; the opposite of :func:`tollbook.records.to_json`.

Strict, because judgements and claims also arrive from other people's files: a wrong type, an unknown word of a closed
list or a missing field is an :class:`~tollbook.errors.InputError` that names the field.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from tollbook.errors import InputError
from tollbook.records import Claim, Document

R = TypeVar("R")


def decode(kind: type[R], value: Any, where: str = "record") -> R:
    """The record of type ``kind`` that ``to_json`` turned into ``value``.

    >>> from tollbook.records import Span
    >>> decode(Span, {"text": "43", "start": 4, "end": 6})
    Span(text='43', start=4, end=6)
    """
    record: R = _decode(kind, value, where)
    return record


def decode_claim(value: Any, where: str = "claim") -> Claim:
    """A claim from its public JSON. Keys that this version does not know are an error, not silently lost."""
    return decode(Claim, value, where)


def decode_document(value: Any, where: str = "document") -> Document:
    """A document with its text and its map into the raw text."""
    return decode(Document, value, where)


def _decode(kind: Any, value: Any, where: str) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _optional(kind, value, where)
    if origin is Literal:
        if value not in get_args(kind):
            raise InputError(where, f"{value!r} is none of {', '.join(map(str, get_args(kind)))}")
        return value
    if origin is tuple:
        if not isinstance(value, list):
            raise InputError(where, "a list is needed")
        return tuple(_decode(get_args(kind)[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if is_dataclass(kind):
        return _record(kind, value, where)
    if kind is dt.date:
        return _date(value, where)
    return _plain(kind, value, where)


def _optional(kind: Any, value: Any, where: str) -> Any:
    options = get_args(kind)
    if value is None and NoneType in options:
        return None
    return _decode(next(option for option in options if option is not NoneType), value, where)


def _record(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, Mapping):
        raise InputError(where, f"an object with the fields of a {kind.__name__.lower()} is needed")
    hints, known = _hints(kind)
    unknown = value.keys() - known.keys()
    if unknown:
        raise InputError(where, f"unknown field {sorted(map(str, unknown))[0]!r}")
    given = {}
    for name, field in known.items():
        if name in value:
            given[field.name] = _decode(hints[field.name], value[name], f"{where}.{name}")
        elif field.default is MISSING:
            raise InputError(where, f"the field {name!r} is missing")
    return kind(**given)


@cache
def _hints(kind: Any) -> tuple[dict[str, Any], dict[str, Field[Any]]]:
    return get_type_hints(kind), {field.name.rstrip("_"): field for field in fields(kind)}


def _date(value: Any, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise InputError(where, f"{value!r} is no date (YYYY-MM-DD)") from None


def _plain(kind: Any, value: Any, where: str) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, bool) != (kind is bool) or not isinstance(value, kind):
        raise InputError(where, f"{value!r} is no {kind.__name__}")
    return value

"""A mapping: which columns of a table of coded records say what, and what their codes mean. TOML, checked when read.

Shipped mappings stand in ``mappings/``; ``tollbook import mapping ged`` prints one to begin with.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal, get_args

from tollbook.errors import InputError, UsageError
from tollbook.records import (
    VICTIM_GROUPS,
    Basis,
    DatePrecision,
    EventType,
    Harm,
    Kind,
    PlacePrecision,
    Stance,
    Status,
)

MAPPING_SCHEMA = "tollbook.mapping/1"
SHIPPED = ("acled", "airwars", "ged", "maverick")

Zero = Literal["number", "nothing"]
# Code lists that need not be written into a mapping.
LISTS = ("gw", "iso2", "iso3", "iso-numeric", "country-name")
_WORDS: Mapping[str, tuple[str, ...]] = {
    "date.precision": get_args(DatePrecision),
    "place.precision": get_args(PlacePrecision),
    "event.type": get_args(EventType),
    "stance": get_args(Stance),
    "claims.status": get_args(Status),
    "attribution.kind": get_args(Kind),
}


@dataclass(frozen=True, slots=True)
class Field:
    """Where a value comes from: a column, or the same ``value`` in every record.

    ``codes`` turns what a cell says (in any case) into our word, the empty word meaning that nothing is said; ``*``
    stands for any other code. ``among`` is a list of ``LISTS``. ``pattern`` takes its first group out of the cell.
    """

    where: str  # in the mapping, for messages: "date.from"
    column: str | None
    value: str | None = None
    codes: Mapping[str, str] | None = None
    among: str | None = None
    pattern: re.Pattern[str] | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody blamed: on which ``basis``, in which records (``when``: column and values), and which names are none."""

    name: Field
    basis: Basis
    when: Mapping[str, tuple[str, ...]]
    but: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """One number of a record. ``part``: it is part of the record's first number of the same harm.

    ``zero`` says whether a 0 counts as a number ("nobody was killed") or says nothing, as where a data set writes 0 for
    not known.
    """

    harm: Harm
    low: Field
    high: Field
    status: Field | None
    groups: tuple[str, ...]
    part: bool
    zero: Zero


@dataclass(frozen=True, slots=True)
class CodedMapping:
    """What a mapping says, checked. ``name`` is who coded: the outlet of the claims where no column gives another."""

    name: str
    about: str
    digest: str
    unknown: frozenset[str]
    days: tuple[str, ...]
    separator: str
    widen: bool
    fields: Mapping[str, Field]  # "record.id", "date.from", "place.lat" …
    blamed: tuple[Party, ...]
    attribution: tuple[tuple[Field, Field], ...]  # name and kind
    claims: tuple[Counted, ...]
    known: Mapping[str, tuple[str, ...]]  # column: every code that it can hold, where no field has a list of them

    def columns(self) -> Iterator[tuple[str, str, bool]]:
        """Every column that it names, with where it does and whether it may be missing."""
        found = [*self.fields.values(), *(field for pair in self.attribution for field in pair)]
        found += [party.name for party in self.blamed]
        for counted in self.claims:
            found += [f for f in (counted.low, counted.high, counted.status) if f is not None]
        for field in found:
            if field.column is not None:
                yield field.column, field.where, field.optional
        for party in self.blamed:
            for column in party.when:
                yield column, f"{party.name.where} when", party.name.optional


def load_mapping(name: str) -> CodedMapping:
    """A shipped mapping by its name, else the file. Raises ``UsageError`` for neither, ``InputError`` for a fault."""
    if name in SHIPPED:
        return parse_mapping(mapping_text(name), f"{name}.toml")
    path = Path(name)
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(name, "is no UTF-8") from error
    except OSError as error:
        close = difflib.get_close_matches(name, SHIPPED, n=1, cutoff=0.5)
        hint = f'did you mean "{close[0]}"?' if close else f"shipped are {', '.join(SHIPPED)}"
        raise UsageError(f"no mapping is called {name!r}, and no file ({error.strerror}); {hint}") from error
    return parse_mapping(text, name)


def mapping_text(name: str) -> str:
    """A shipped mapping as it is written."""
    if name not in SHIPPED:
        raise UsageError(f"no mapping of that name is shipped: {name!r}; there are {', '.join(SHIPPED)}")
    return (files(__package__) / "mappings" / f"{name}.toml").read_text("utf-8")


def parse_mapping(text: str, name: str) -> CodedMapping:
    """What a mapping says. Raises ``InputError``, which names the file and the place in it."""
    try:
        plain = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(name, f"is no TOML: {error}") from error
    return _Reader(name).mapping(plain, hashlib.sha256(text.encode()).hexdigest()[:12])


_RECORD = ("id", "event", "outlet", "title", "url", "published")
_DATE = ("from", "to", "precision")
_PLACE = ("name", "text", "admin1", "country", "lat", "lon", "precision")
_EVENT = ("type", "text")


class _Reader:
    """Takes a mapping apart; ``name`` is the file's."""

    def __init__(self, name: str) -> None:
        self._name = name

    def fail(self, where: str, reason: str) -> InputError:
        return InputError(self._name, f"{where}: {reason}")

    def mapping(self, plain: Mapping[str, Any], digest: str) -> CodedMapping:
        top = ("schema", "name", "about", "values", "record", "date", "place", "event", "stance", "blamed",
               "attribution", "claims", "known")  # fmt: skip
        self.keys("the mapping", plain, top)
        if plain.get("schema") != MAPPING_SCHEMA:
            raise self.fail("schema", f'"{MAPPING_SCHEMA}" is needed, not {plain.get("schema")!r}')
        values, date = self.table(plain, "values"), self.table(plain, "date")
        self.keys("values", values, ("unknown", "days", "separator"))
        fields: dict[str, Field] = {}
        for part, known in (("record", _RECORD), ("date", _DATE), ("place", _PLACE), ("event", _EVENT)):
            table = self.table(plain, part)
            self.keys(part, table, (*known, "widen") if part == "date" else known)
            fields |= {f"{part}.{key}": self.field(f"{part}.{key}", table[key]) for key in known if key in table}
        if "stance" in plain:
            fields["stance"] = self.field("stance", plain["stance"])
        if "record.id" not in fields:
            raise self.fail("record", "id is missing: which column tells records apart?")
        claims = tuple(self.counted(n, row) for n, row in enumerate(self.tables(plain, "claims"), 1))
        if not claims or claims[0].part:
            raise self.fail("claims", "at least one is needed, and the first is no part of another")
        return CodedMapping(
            name=self.text("name", plain.get("name")),
            about=self.text("about", plain.get("about", "")) if plain.get("about") else "",
            digest=digest,
            unknown=frozenset(word.strip().lower() for word in self.texts("values.unknown", values.get("unknown", [])))
            | {""},
            days=tuple(self.texts("values.days", values.get("days", ["%Y-%m-%d"]))),
            separator=self.text("values.separator", values.get("separator", ";")),
            widen=self.flag("date.widen", date.get("widen", False)),
            fields=fields,
            blamed=tuple(self.party(n, row) for n, row in enumerate(self.tables(plain, "blamed"), 1)),
            attribution=tuple(self.voice(n, row) for n, row in enumerate(self.tables(plain, "attribution"), 1)),
            claims=claims,
            known={_heading(k): self.words(f"known.{k}", v) for k, v in self.table(plain, "known").items()},
        )

    # --- parts ---------------------------------------------------------------------------------------------------

    def field(self, where: str, given: Any, words: str | None = None) -> Field:
        if isinstance(given, str):
            given = {"column": given}
        if not isinstance(given, Mapping):
            raise self.fail(where, "the name of a column is needed, or a table")
        self.keys(where, given, ("column", "value", "codes", "among", "pattern", "optional"))
        if ("column" in given) == ("value" in given):
            raise self.fail(where, "either a column or a value is needed")
        codes = given.get("codes")
        if codes is not None and not isinstance(codes, Mapping):
            raise self.fail(where, "codes: a table is needed")
        plain = {str(k).strip().lower(): self.text(f"{where}.codes", v, empty=True) for k, v in (codes or {}).items()}
        allowed = _WORDS.get(words or where)
        said = [*plain.values(), *([self.text(where, given["value"])] if "value" in given else [])]
        for word in said if allowed is not None else ():
            if word and word not in (allowed or ()):
                raise self.fail(where, f"{word!r} is none of {', '.join(allowed or ())}")
        if given.get("among") is not None and given["among"] not in LISTS:
            raise self.fail(where, f"among: {given['among']!r} is none of {', '.join(LISTS)}")
        return Field(
            where=where,
            column=_heading(self.text(where, given["column"])) if "column" in given else None,
            value=self.text(where, given["value"]) if "value" in given else None,
            codes=plain if codes is not None else None,
            among=given.get("among"),
            pattern=self.pattern(where, given.get("pattern")),
            optional=self.flag(where, given.get("optional", False)),
        )

    def counted(self, number: int, row: Mapping[str, Any]) -> Counted:
        where = f"claims {number}"
        self.keys(where, row, ("harm", "low", "high", "count", "status", "groups", "part", "zero", "optional"))
        if row.get("harm") not in get_args(Harm):
            raise self.fail(where, f"harm: {row.get('harm')!r} is none of {', '.join(get_args(Harm))}")
        if ("count" in row) == bool({"low", "high"} & row.keys()):
            raise self.fail(where, "either count (one column) or low and high are needed")
        if "count" not in row and not {"low", "high"} <= row.keys():
            raise self.fail(where, "low and high go together; a data set with one number has a count")
        if row.get("zero", "number") not in get_args(Zero):
            raise self.fail(where, f"zero: {row['zero']!r} is none of {', '.join(get_args(Zero))}")
        groups = tuple(self.texts(f"{where}.groups", row.get("groups", [])))
        strange = next((group for group in groups if group not in VICTIM_GROUPS), None)
        if strange is not None:
            raise self.fail(where, f"groups: {strange!r} is none of {', '.join(VICTIM_GROUPS)}")
        optional = self.flag(where, row.get("optional", False))

        def column(key: str) -> Field:
            given = row[key if key in row else "count"]
            made = {"column": given} if isinstance(given, str) else given
            return self.field(f"{where}.{key}", {**made, "optional": optional} if isinstance(made, Mapping) else made)

        status = row.get("status")
        if isinstance(status, str):
            status = {"value": status}
        return Counted(
            harm=row["harm"],
            low=column("low"),
            high=column("high"),
            status=self.field(f"{where}.status", status, "claims.status") if status is not None else None,
            groups=groups,
            part=self.flag(f"{where}.part", row.get("part", False)),
            zero=row.get("zero", "number"),
        )

    def party(self, number: int, row: Mapping[str, Any]) -> Party:
        where = f"blamed {number}"
        self.keys(where, row, ("name", "basis", "when", "but"))
        if "name" not in row:
            raise self.fail(where, "name is missing: which column names who is blamed?")
        basis = row.get("basis", "accused")
        if basis not in get_args(Basis):
            raise self.fail(where, f"basis: {basis!r} is none of {', '.join(get_args(Basis))}")
        when = self.table(row, "when")
        return Party(
            name=self.field(f"{where}.name", row["name"]),
            basis=basis,
            when={
                _heading(k): tuple(w.strip().lower() for w in self.texts(f"{where}.when", v)) for k, v in when.items()
            },
            but=self.words(f"{where}.but", row.get("but", [])),
        )

    def voice(self, number: int, row: Mapping[str, Any]) -> tuple[Field, Field]:
        where = f"attribution {number}"
        self.keys(where, row, ("name", "kind"))
        if "name" not in row:
            raise self.fail(where, "name is missing: which column names who says it?")
        kind = row.get("kind", "unknown")
        kind = {"value": kind} if isinstance(kind, str) else kind
        return self.field(f"{where}.name", row["name"]), self.field(f"{where}.kind", kind, "attribution.kind")

    # --- kinds of values -----------------------------------------------------------------------------------------

    def keys(self, where: str, given: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in given:
            if key not in known:
                close = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
                hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(known)}"
                raise self.fail(where, f"unknown key {key!r}; {hint}")

    def table(self, given: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = given.get(key, {})
        if not isinstance(found, Mapping):
            raise self.fail(key, "a table is needed")
        return found

    def tables(self, given: Mapping[str, Any], key: str) -> Sequence[Mapping[str, Any]]:
        found = given.get(key, [])
        if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
            raise self.fail(key, f"a list of tables is needed: [[{key}]]")
        return found

    def text(self, where: str, given: Any, empty: bool = False) -> str:
        if not isinstance(given, str) or not (given.strip() or empty):
            raise self.fail(where, f"a text is needed, not {given!r}")
        return given.strip() or given

    def texts(self, where: str, given: Any) -> list[str]:
        if not isinstance(given, list):
            raise self.fail(where, "a list of texts is needed")
        return [self.text(where, item, empty=True) for item in given]

    def words(self, where: str, given: Any) -> tuple[str, ...]:
        return tuple(word.strip().lower() for word in self.texts(where, given))

    def flag(self, where: str, given: Any) -> bool:
        if not isinstance(given, bool):
            raise self.fail(where, f"true or false is needed, not {given!r}")
        return given

    def pattern(self, where: str, given: Any) -> re.Pattern[str] | None:
        if given is None:
            return None
        try:
            made = re.compile(self.text(where, given))
        except re.error as error:
            raise self.fail(where, f"pattern: {error}") from error
        if made.groups != 1:
            raise self.fail(where, "pattern: one group in brackets is needed, for what is taken out")
        return made


def _heading(column: str) -> str:
    """A column as headings are compared."""
    return column.strip().lower().replace(" ", "_")

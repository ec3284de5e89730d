"""The public JSON as JSON Schema, made from the records themselves so that the two cannot drift apart."""

from __future__ import annotations

import datetime as dt
import difflib
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from tollbook.errors import UsageError
from tollbook.records import (
    CLAIM_SCHEMA,
    CODED_SCHEMA,
    DOCUMENT_SCHEMA,
    STATEMENT_SCHEMA,
    Claim,
    Document,
    Harm,
    Reason,
    Source,
    Statement,
    to_json,
)

SPAN_SCHEMA = "tollbook.span/1"
TALLY_SCHEMA = "tollbook.tally/1"
COMPARISON_SCHEMA = "tollbook.comparison/1"

NAMES: Mapping[str, str] = {
    CLAIM_SCHEMA: "a claim, as `tollbook read --jsonl` prints it",
    STATEMENT_SCHEMA: "a statement, as `tollbook read --jsonl --statements` prints it",
    DOCUMENT_SCHEMA: "a document, as `tollbook clean --jsonl` prints it",
    SPAN_SCHEMA: "a mention, as `tollbook spans --jsonl` prints it",
    TALLY_SCHEMA: "a tally, as `tollbook tally --jsonl` prints it",
    CODED_SCHEMA: "a claim that a monitor coded, as `tollbook import coded --jsonl` prints it",
    COMPARISON_SCHEMA: "an incident of a ledger, a monitor or both, as `tollbook compare --jsonl` prints it",
}

Schema = dict[str, Any]

# What the types cannot say, by "Record.field" or by the field alone.
_CONSTRAINTS: Mapping[str, Schema] = {
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "length": {"minimum": 0},
    "low": {"minimum": 0},
    "high": {"minimum": 0},
    "raw_start": {"minimum": 0},
    "lat": {"minimum": -90, "maximum": 90},
    "lon": {"minimum": -180, "maximum": 180},
    "score": {"minimum": 0, "maximum": 1},
    "sha256": {"pattern": "^[0-9a-f]{64}$"},
    "raw_sha256": {"pattern": "^[0-9a-f]{64}$"},
    "country": {"pattern": "^[A-Z]{2}$"},
    "Claim.id": {"pattern": "^c-[0-9a-f]{16}$"},
    "Statement.id": {"pattern": "^s-[0-9a-f]{16}$"},
    "Source.id": {"pattern": "^d-[0-9a-f]{16}$"},
    "Relation.claim": {"pattern": "^c-[0-9a-f]{16}$"},
}

_MEANINGS: Mapping[str, str] = {
    "key": "What the caller named the document: the id of its JSON line, else the path.",
    "start": "First code point, counted from 0 in the cleaned text.",
    "end": "One past the last code point.",
    "low": "Lowest number, inclusive; null: open.",
    "high": "Highest number, inclusive; null: open.",
    "quote": "The passage that states it; null in a claim coded by somebody else.",
    "attribution": "Who passed it to whom, from its origin outwards; empty: the report's own voice.",
    "blamed": "Whom the document makes responsible for this harm.",
    "said": "When the speaker said it.",
    "date": "When it happened.",
    "score": "How sure the extraction is; says nothing about truth.",
    "published": "Day of publication; null: not known. Never today.",
    "sha256": "Of the cleaned text, in UTF-8.",
    "raw_sha256": "Of the bytes.",
    "text": "The words as they stand in the text.",
    "raw": "The text before cleaning; furniture counts in it.",
    "pieces": "How the cleaned text maps back into the raw text.",
    "cue": "The words that say it, or that make it a statement of its kind.",
    "Statement.reason": "The reason that the speaker gives.",
    "target": "What was struck, or whom or what the statement is addressed to or speaks of.",
    "relation": "How the claim stands to an earlier one of the document.",
}


def json_schema(name: str) -> Schema:
    """The schema of one kind of line; ``claim`` stands for ``tollbook.claim/1``. Raises ``UsageError``.

    >>> json_schema("claim")["properties"]["harm"]["enum"][:2]
    ['killed', 'injured']
    """
    full = name if name in NAMES else f"tollbook.{name}/1"
    if full not in NAMES:
        close = difflib.get_close_matches(full, NAMES, n=1, cutoff=0.5)
        hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(NAMES)}"
        raise UsageError(f'no schema is called "{name}"; {hint}')
    makers: Mapping[str, Callable[[], Schema]] = {
        CLAIM_SCHEMA: _claim,
        STATEMENT_SCHEMA: _statement,
        DOCUMENT_SCHEMA: _document,
        SPAN_SCHEMA: _span,
        TALLY_SCHEMA: _tally,
        CODED_SCHEMA: _coded,
        COMPARISON_SCHEMA: _comparison,
    }
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{full.replace('/', ':').replace('.', ':')}",
        "title": full,
        "description": NAMES[full].replace("`", ""),
    }
    return head | makers[full]()


def document_json(document: Document) -> dict[str, Any]:
    """The public JSON of a document: what is known of it, its text, and the raw text with what was left out of it."""
    body = {key: value for key, value in to_json(document).items() if key != "source"}
    return {"schema": DOCUMENT_SCHEMA, **to_json(document.source), **body}


def _claim() -> Schema:
    definitions: Schema = {}
    made = _record(Claim, definitions)
    made["properties"] |= {"schema": {"const": CLAIM_SCHEMA}}
    made["properties"]["reasons"] = {
        "description": "Only with --explain: the rule and the words behind each field.",
        "type": "array",
        "items": _type(Reason, definitions),
    }
    return made | {"$defs": definitions}


def _coded() -> Schema:
    """A claim without a quote: nobody said it so. Its words are those of the record's cells."""
    made = _claim()
    del made["properties"]["reasons"]
    return made | {"properties": made["properties"] | {"schema": {"const": CODED_SCHEMA}, "quote": {"type": "null"}}}


def _statement() -> Schema:
    definitions: Schema = {}
    made = _record(Statement, definitions)
    made["properties"] |= {"schema": {"const": STATEMENT_SCHEMA}}
    return made | {"$defs": definitions}


def _document() -> Schema:
    definitions: Schema = {}
    source, made = _record(Source, definitions), _record(Document, definitions)
    del made["properties"]["source"], definitions["Source"]
    properties = {"schema": {"const": DOCUMENT_SCHEMA}, **source["properties"], **made["properties"]}
    return made | {"properties": properties, "required": list(properties), "$defs": definitions}


def _span() -> Schema:
    """Rows of every layer: the first four fields are common, the rest is the layer's own."""
    definitions: Schema = {}
    own = {name: _field("Span", name, hint, definitions) for name, hint in _SPAN_FIELDS.items()}
    words = {
        "anyOf": [
            {"$ref": "#/$defs/Words"},
            {"type": "array", "items": {"$ref": "#/$defs/Words"}},
            {"type": "null"},
        ]
    }
    definitions["Words"] = {
        "type": "object",
        "properties": {name: own[name] for name in ("text", "start", "end")},
        "required": ["text", "start", "end"],
    }
    properties = own | {"source": words, "cue": words, "content": words}
    return {
        "type": "object",
        "properties": properties,
        "required": ["key", "text", "start", "end"],
        "$defs": definitions,
    }


_SPAN_FIELDS: Mapping[str, Any] = {
    "key": str,
    "text": str,
    "start": int,
    "end": int,
    "low": int | None,
    "high": int | None,
    "from": dt.date | None,
    "to": dt.date | None,
    "precision": str | None,
    "name": str | None,
    "country": str | None,
    "lat": float | None,
    "lon": float | None,
    "gazetteer_id": str | None,
}


def _tally() -> Schema:
    numbers = {
        "type": "object",
        "properties": {name: _field("Tally", name, int | None, {}) for name in ("low", "high")},
        "required": ["low", "high"],
    }
    harm = {"anyOf": [numbers, {"type": "null"}], "description": "null: the document does not count it."}
    claim = {"type": "string", **_CONSTRAINTS["Claim.id"]}
    properties = {
        "key": {"type": "string", "description": _MEANINGS["key"]},
        **dict.fromkeys(get_args(Harm), harm),
        "date": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
        "place": {"type": ["string", "null"]},
        "claims": {"type": "array", "items": claim, "description": "The ids of the claims that it adds up."},
    }
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _comparison() -> Schema:
    numbers = _closed({name: _field("Tally", name, int | None, {}) for name in ("low", "high")})
    day = {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]}
    texts, harms = {"type": "array", "items": {"type": "string"}}, {"enum": list(get_args(Harm))}
    word = {"type": ["string", "null"]}

    def side(ids: str) -> Schema:
        held = {
            ids: texts, "documents": {"type": "integer"}, "from": day, "to": day, "place": word, "country": word,
            "harms": {"type": "object", "propertyNames": harms, "additionalProperties": numbers},
        }  # fmt: skip
        return {"anyOf": [_closed(held), {"type": "null"}]}

    relation = {"enum": ["same", "compatible", "differs"]}
    return _closed({
        "schema": {"const": COMPARISON_SCHEMA},
        "who": {"enum": ["both", "monitor", "ledger"]},
        "differs": {"type": "boolean", "description": "Whether any number of one side excludes the other's."},
        "relations": {"type": "object", "additionalProperties": relation, "description": "Harms that both count."},
        "ledger": side("incidents"),
        "monitor": side("records"),
        "perhaps": {**texts, "description": "Incidents that it fits too, which another record fits better."},
        "bits": {"type": ["number", "null"], "description": "How much speaks for the pair; null: people said so."},
    })  # fmt: skip


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _record(record: type[Any], definitions: Schema) -> Schema:
    hints = get_type_hints(record)
    properties = {
        f.name.rstrip("_"): _field(record.__name__, f.name, hints[f.name], definitions) for f in fields(record)
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _field(record: str, name: str, hint: Any, definitions: Schema) -> Schema:
    made = _type(hint, definitions)
    constraint = _CONSTRAINTS.get(f"{record}.{name}") or _CONSTRAINTS.get(name)
    if constraint:
        known = next((option for option in made.get("anyOf", ()) if option != {"type": "null"}), made)
        known.update(constraint)
    meaning = _MEANINGS.get(f"{record}.{name}") or _MEANINGS.get(name.rstrip("_"))
    return {"description": meaning, **made} if meaning else made


def _type(hint: Any, definitions: Schema) -> Schema:
    """The schema of a Python type that occurs in records."""
    if is_dataclass(hint) and isinstance(hint, type):
        if hint.__name__ not in definitions:
            definitions[hint.__name__] = {}  # holds the place while its own fields are looked at
            definitions[hint.__name__] = _record(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_type(option, definitions) for option in arguments]}
    if origin is tuple:
        return {"type": "array", "items": _type(arguments[0], definitions)}
    plain: Mapping[Any, Schema] = {
        str: {"type": "string"},
        int: {"type": "integer"},
        float: {"type": "number"},
        dt.date: {"type": "string", "format": "date"},
        type(None): {"type": "null"},
    }
    return dict(plain[hint])

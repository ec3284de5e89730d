"""The published schemas say what the commands print, neither more nor less."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from typing import Any

import jsonschema
import pytest
from jsonschema import Draft202012Validator

from tests.show.build import market
from tollbook.errors import UsageError
from tollbook.records import Attribution, Blamed, Claim, Relation, claim_json
from tollbook.schema import NAMES, json_schema


def validator(name: str) -> Draft202012Validator:
    """A validator that knows what a date is."""
    return Draft202012Validator(json_schema(name), format_checker=jsonschema.FormatChecker())


def a_claim() -> dict[str, Any]:
    """A claim with every part."""
    _, (killed, wounded) = market()
    full = replace(
        wounded,
        said=killed.date,
        blamed=(Blamed("x", 0, 1, "the army", "accused", None),),
        attribution=(Attribution("x", 0, 1, "x", None, "x", "media", None, "relayed"),),
        relation=Relation("part_of", killed.id),
    )
    row: dict[str, Any] = json.loads(json.dumps(claim_json(full)))
    return row


@pytest.mark.parametrize("name", NAMES)
def test_each_schema_is_one(name: str) -> None:
    """Each is a valid schema of draft 2020-12 with an id and a title that names its version."""
    schema = json_schema(name)
    Draft202012Validator.check_schema(schema)
    assert schema["title"] == name
    assert schema["$id"].startswith("urn:tollbook:")


def test_a_claim_fits() -> None:
    """A claim with every part, and one with every part that can be absent absent."""
    validator("claim").validate(a_claim())
    bare = a_claim() | dict.fromkeys(("quote", "victims", "event", "date", "said", "place", "relation"))
    validator("claim").validate(bare | {"blamed": [], "attribution": []})


@pytest.mark.parametrize(
    "wrong",
    [
        {"harm": "annoyed"},
        {"id": "17"},
        {"schema": "tollbook.claim/2"},
        {"score": 1.5},
        {"count": {"text": "x", "start": 0, "end": 1, "low": "3", "high": 3, "qualifier": "exact"}},
        {"count": {"text": "x", "start": -1, "end": 1, "low": 3, "high": 3, "qualifier": "exact"}},
        {"date": {"text": "x"}},
        {"blamed": None},
        {"surprise": 1},
    ],
)
def test_a_wrong_claim_does_not_fit(wrong: dict[str, Any]) -> None:
    """Wrong values, missing parts and unknown fields are found."""
    with pytest.raises(jsonschema.ValidationError):
        validator("claim").validate(a_claim() | wrong)


def test_no_field_can_be_left_out() -> None:
    """Unknown is null, never an absent field."""
    for name in a_claim():
        with pytest.raises(jsonschema.ValidationError):
            validator("claim").validate({k: v for k, v in a_claim().items() if k != name})


def test_dates_are_dates() -> None:
    """The 31st of February is no day."""
    row = a_claim()
    row["date"] |= {"from": "2024-02-31"}
    with pytest.raises(jsonschema.ValidationError):
        validator("claim").validate(row)


def test_the_schema_has_every_field_of_the_record() -> None:
    """A field that is added to the record cannot be forgotten in the schema."""
    assert {f.name for f in fields(Claim)} <= set(json_schema("claim")["properties"])


def test_a_tally_fits() -> None:
    """A harm that is not counted is null."""
    row = dict.fromkeys(json_schema("tally")["properties"]) | {
        "key": "a",
        "killed": {"low": 3, "high": None},
        "claims": [],
    }
    validator("tally").validate(row)
    with pytest.raises(jsonschema.ValidationError):
        validator("tally").validate(row | {"killed": 3})


def test_short_names_and_unknown_ones() -> None:
    """ "claim" is enough; a name that is near to one is told."""
    assert json_schema("claim") == json_schema("tollbook.claim/1")
    with pytest.raises(UsageError, match="did you mean"):
        json_schema("claims")

"""The formats of the field: UCDP GED, ACLED, HXL, GeoJSON, by their own validators."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import hxl
from frictionless import Resource, Schema
from geojson_pydantic import FeatureCollection

from tests.exports.conftest import Export
from tests.exports.made import CLASH, STRIKE
from tests.exports.test_tables import rows_of
from tollbook import lexicon
from tollbook.exports import acled, ged
from tollbook.exports.coding import EVENT_TYPES, countries, inter_code

INTEGERS = [
    "id", "year", "active_year", "type_of_violence", "conflict_dset_id", "conflict_new_id", "dyad_dset_id",
    "dyad_new_id", "side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "number_of_sources",
    "where_prec", "priogrid_gid", "country_id", "event_clarity", "date_prec", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob", "x_origins",
]  # fmt: skip


def valid(path: Path, fields: dict[str, dict[str, object]], columns: list[str]) -> list[dict[str, str]]:
    """The rows, once frictionless has nothing against them."""
    schema = Schema.from_descriptor({"fields": [{"name": c, "type": "string", **fields.get(c, {})} for c in columns]})
    resource = Resource(path=path.name, basepath=str(path.parent), schema=schema)
    report = resource.validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    return rows_of(path)


def ged_rows(path: Path) -> list[dict[str, str]]:
    fields: dict[str, dict[str, object]] = {
        name: {"type": "integer", "constraints": {"minimum": 0}} for name in INTEGERS
    }
    fields |= {name: {"type": "number"} for name in ("latitude", "longitude")}
    fields |= {name: {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S.%f"} for name in ("date_start", "date_end")}
    fields["where_prec"] = {"type": "integer", "constraints": {"minimum": 1, "maximum": 7}}
    fields["date_prec"] = {"type": "integer", "constraints": {"minimum": 1, "maximum": 5}}
    fields["event_clarity"] = {"type": "integer", "constraints": {"enum": [1, 2]}}
    rows = valid(path, fields, [*ged.COLUMNS, *ged.EXTRA])
    for row in rows:
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"])
        assert sum(int(row[f"deaths_{who}"]) for who in ("a", "b", "civilians", "unknown")) == int(row["best"])
    return rows


def test_ged_has_the_49_columns_in_order() -> None:
    """Their number and a few of them by position; the order is the codebook's."""
    assert len(ged.COLUMNS) == 49 and ged.COLUMNS[0] == "id" and ged.COLUMNS[48] == "gwnob"
    assert ged.COLUMNS.index("where_prec") == 24 and ged.COLUMNS.index("best") == 44
    assert len(acled.COLUMNS) == 31 and acled.COLUMNS[-1] == "timestamp" and acled.COLUMNS.index("fatalities") == 28


def test_ged_codes_an_assessed_event(export: Export) -> None:
    """Only the confirmed incident; claimant, outlets, precision classes and the low as best; low <= best <= high."""
    (row,) = ged_rows(export("ged"))
    assert row["relid"] == STRIKE and row["code_status"] == "Clear"
    assert [int(row[name]) for name in ("low", "best", "high")] == [9, 9, 12]
    assert int(row["deaths_civilians"]) + int(row["deaths_unknown"]) == int(row["best"])
    assert row["source_original"] == "Valley Monitor; Syrian Ministry of Health"
    assert row["source_office"] == "Valley Courier; Evening Beacon" and row["number_of_sources"] == "2"
    assert (row["where_prec"], row["date_prec"], row["event_clarity"], row["x_origins"]) == ("1", "1", "1", "2")
    assert row["date_start"] == "2031-05-03 00:00:00.000"
    assert (row["country"], row["country_id"], row["region"]) == ("Syria", "652", "Middle East")
    assert row["geom_wkt"] == "POINT (39.010000 35.950000)" and row["priogrid_gid"] == "181159"
    assert row["side_a"] == "Velmar Alliance"


def test_ged_names_every_null_that_became_0(export: Export) -> None:
    """UCDP's own ids are never invented; the sidecar lists them, and holds the whole incident."""
    out = export("ged")
    (beside,) = [json.loads(line) for line in (out.parent / "ged.csv.lossy.jsonl").read_text("utf-8").splitlines()]
    (row,) = rows_of(out)
    for name in beside["null_as_zero"]:
        assert row[name] == "0"
    assert {"conflict_new_id", "dyad_new_id", "side_a_new_id", "gwnoa", "type_of_violence"} <= set(
        beside["null_as_zero"]
    )
    assert beside["incident"]["killed"] == {"low": 9, "high": 12}


def test_candidates_come_only_when_asked_for(export: Export) -> None:
    """Without a death or a date an incident is no GED event; the sidecar keeps it and says why."""
    out = export("ged", candidates=True)
    rows = {row["relid"]: row for row in ged_rows(out)}
    assert set(rows) == {STRIKE, CLASH} and rows[CLASH]["code_status"] == "Check"
    assert (rows[CLASH]["where_prec"], rows[CLASH]["date_prec"], rows[CLASH]["latitude"]) == ("5", "4", "")
    left = [json.loads(line) for line in (out.parent / "ged.csv.lossy.jsonl").read_text("utf-8").splitlines()]
    assert [line["not_written"] for line in left if "not_written" in line] == ["no death"]
    assert len({row["id"] for row in rows.values()}) == 2


def acled_rows(path: Path) -> list[dict[str, str]]:
    whole = ("year", "time_precision", "inter1", "inter2", "interaction", "iso", "geo_precision", "fatalities")
    fields: dict[str, dict[str, object]] = {name: {"type": "integer"} for name in whole}
    fields |= {name: {"type": "number"} for name in ("latitude", "longitude")}
    fields["event_date"] = {"type": "date"}
    fields["event_type"] = {"type": "string", "constraints": {"enum": sorted(EVENT_TYPES)}}
    fields["time_precision"] = {"type": "integer", "constraints": {"enum": [1, 2, 3]}}
    fields["geo_precision"] = {"type": "integer", "constraints": {"enum": [1, 2, 3]}}
    return valid(path, fields, list(acled.COLUMNS))


def test_acled_shape(export: Export) -> None:
    """Types, codes, the low as fatalities and the range in the notes; an unknown party has no code."""
    rows = {row["event_id_cnty"]: row for row in acled_rows(export("acled", candidates=True))}
    strike, clash = rows[STRIKE], rows[CLASH]
    assert (strike["event_type"], strike["sub_event_type"]) == ("Explosions/Remote violence", "Air/drone strike")
    assert (strike["fatalities"], strike["iso"], strike["region"]) == ("9", "760", "Middle East")
    assert "killed 9 to 12" in strike["notes"] and "Valley Monitor" in strike["notes"]
    assert (strike["actor1"], strike["inter1"]) == ("Velmar Alliance", "")
    assert (clash["event_type"], clash["time_precision"], clash["geo_precision"]) == ("Battles", "3", "3")


def test_inferred_blame_stays_out(export: Export) -> None:
    """It is in no format unless it is asked for."""
    assert "inferred" not in export("jsonl").read_text("utf-8")
    assert "inferred" in export("jsonl", inferred=True).read_text("utf-8")


def test_hxl_is_read_by_its_library(export: Export) -> None:
    """libhxl finds the tags, and an unknown number is an empty cell."""
    text = export("hxl").read_text("utf-8")
    source = hxl.data(io.BytesIO(text.encode()), hxl.InputOptions(allow_local=True))
    rows = {row.get("#event+id"): row for row in source}
    assert set(rows) == {STRIKE, CLASH, "i-00000000000000c3"}
    assert rows[STRIKE].get("#affected+killed+min") == "9"
    # Twelve civilians by one origin, nine people by another: never more civilians than people.
    assert rows[STRIKE].get("#affected+killed+civilians+min") == "9"
    assert rows[STRIKE].get("#affected+killed+civilians+max") == "12"
    assert rows["i-00000000000000c3"].get("#affected+killed+min") in (None, "")
    assert rows[STRIKE].get("#group+name") == "Velmar Alliance"
    assert len(next(csv.reader(io.StringIO(text)))) == 22


def test_geojson_is_valid_and_honest_about_places(export: Export) -> None:
    """Two layers; longitude first; a place without coordinates, or as wide as a country, has no geometry."""
    text = export("geojson").read_text("utf-8")
    FeatureCollection.model_validate_json(text)
    features = json.loads(text)["features"]
    assert {feature["properties"]["layer"] for feature in features} == {"incident", "claim"}
    by_id = {feature["id"]: feature for feature in features}
    assert by_id[STRIKE]["geometry"] == {"type": "Point", "coordinates": [39.01, 35.95]}
    assert by_id[STRIKE]["properties"]["precision_m"] == 5000
    assert by_id[CLASH]["geometry"] is None
    assert all(not isinstance(value, (dict, list)) for feature in features for value in feature["properties"].values())


def test_coordinates_can_be_coarsened(export: Export) -> None:
    """Rounded in every place where they stand, and the precision says so."""
    out = export("geojson", decimals=1)
    everything = out.read_text("utf-8") + (out.parent / "geojson.geojson.lossy.jsonl").read_text("utf-8")
    assert "35.95" not in everything and "[39.0,36.0]" in everything.replace(" ", "")
    assert '"near"' in everything


def test_acled_counts_vague_words_its_own_way(export: Export) -> None:
    """Dozens are 12 with ACLED, 24 with us."""
    rows = rows_of(export("csv", convention="acled"))
    assert next(row["count_low"] for row in rows if row["count_text"] == "Dozens") == "12"


def test_inter_codes_of_states_and_their_forces() -> None:
    """At home a state's forces are 1, abroad 8, by whatever name they are blamed; whom nobody knows has no code."""
    codes = [inter_code(name, "MM") for name in ("Myanmar military", "Burmese army", "Turkey", "United Kingdom")]
    assert codes == [1, 1, 8, 8]
    assert inter_code("Haitian police", "HT") == 1 and inter_code("armed men", "HT") is None


def test_countries_bear_the_names_of_each_data_set() -> None:
    """So that a file can be laid under the real one; a territory without a number has a region all the same."""
    every = countries()
    assert (every["RU"].ucdp_name, every["RU"].acled_name) == ("Russia (Soviet Union)", "Russia")
    assert (every["CI"].ucdp_name, every["SZ"].acled_name, every["PS"].ucdp_region) == (
        "Ivory Coast", "eSwatini", "Middle East",
    )  # fmt: skip


def test_countries_are_whole() -> None:
    """Every country has its codes once."""
    every = countries()
    spoken = {row["code"] for row in lexicon.load("demonyms")["countries"]}
    assert spoken <= every.keys() and len(every) == 250
    assert (every["GB"].gw, every["GR"].gw, every["CZ"].gw) == (200, 350, 316)
    assert all(one.ucdp_region for one in every.values() if one.acled_region)
    assert every["YE"].gw == 678 and every["SY"].iso3 == "SYR"
    assert len({one.iso3 for one in every.values()}) == len(every)
    numbers = [one.gw for one in every.values() if one.gw is not None]
    assert len(set(numbers)) == len(numbers)

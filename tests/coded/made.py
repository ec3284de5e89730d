"""Invented records in the shapes of the data sets that Tollbook knows."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from tollbook.coded.mapping import CodedMapping, parse_mapping
from tollbook.exports import acled, ged

GED = {
    "id": "501", "type_of_violence": "3", "side_a": "Velmar Alliance", "side_b": "Civilians",
    "source_headline": "Strike",
    "source_office": "Valley Courier;Evening Beacon", "source_original": "Ministry of Health;Valley Monitor",
    "where_prec": "1", "where_coordinates": "Tellhaf town", "adm_1": "Ar Raqqah", "latitude": "35.95",
    "longitude": "39.01", "country": "Syria", "country_id": "652", "date_prec": "1",
    "date_start": "2031-05-03 00:00:00.000",
    "date_end": "2031-05-03 00:00:00.000", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "9",
    "deaths_unknown": "0",
    "best": "9", "low": "9", "high": "12",
}  # fmt: skip

ACLED = {
    "event_id_cnty": "SYR900", "event_date": "03 May 2031", "time_precision": "1",
    "event_type": "Explosions/Remote violence",
    "sub_event_type": "Air/drone strike", "actor1": "Velmar Alliance", "actor2": "Civilians (Syria)", "iso": "760",
    "country": "Syria", "admin1": "Ar Raqqah", "location": "Tellhaf", "latitude": "35.95", "longitude": "39.01",
    "geo_precision": "1", "fatalities": "11", "notes": "On 3 May, an air strike hit Tellhaf.",
}  # fmt: skip

AIRWARS = {
    "code": "R1077", "title": "Tellhaf market", "url": "https://monitor.example/R1077", "date_start": "2031-05-03",
    "location": "Tellhaf", "country": "Syria", "latitude": "35.95", "longitude": "39.01",
    "geolocation_accuracy": "Neighbourhood/area", "strike_type": "Airstrike", "civilian_harm_status": "Fair",
    "belligerent": "Velmar Alliance; Tarn Front", "civilians_killed_min": "9", "civilians_killed_max": "12",
    "civilians_injured_min": "", "civilians_injured_max": "", "children_killed_min": "3", "children_killed_max": "3",
}  # fmt: skip

MAVERICK = {
    "id": "5f-1", "event_id": "CIV-9", "country": "Ivory Coast", "date_start": "2031-05-03", "date_end": "2031-05-04",
    "city": "Abidjan", "location": "a market in Abobo", "latitude": "5.42", "longitude": "-4.02",
    "geo_precision": "4.0",
    "actor1": "Unknown gunmen", "event_context": "Rally", "deaths_low": "2", "deaths_high": "4", "injuries_low": "0",
    "injuries_high": "0", "source": "Valley Courier (2031-05-05) Two die at a rally",
}  # fmt: skip

SHAPES = {"ged": GED, "acled": ACLED, "airwars": AIRWARS, "maverick": MAVERICK}
COLUMNS = {"ged": ged.COLUMNS, "acled": acled.COLUMNS}


def table(name: str, *rows: dict[str, str]) -> bytes:
    """A CSV in the shape of a data set, each row that data set's record with what differs from it."""
    columns = [*COLUMNS.get(name, SHAPES[name])]
    columns += [column for row in rows for column in row if column not in columns]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="")
    writer.writeheader()
    writer.writerows({**SHAPES[name], **row} for row in rows)
    return out.getvalue().encode()


def file(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    """The same as a file."""
    path = folder / f"{name}.csv"
    path.write_bytes(table(name, *rows))
    return path


SMALL = """schema = "tollbook.mapping/1"
name = "Ours"
[record]
id = "nr"
[date]
from = "day"
[place]
country = { column = "land", among = "iso2" }
[event]
type = { column = "kind", codes = { 1 = "airstrike", 2 = "shelling", 9 = "" } }
[[claims]]
harm = "killed"
low = "least"
high = "most"
"""


def small() -> CodedMapping:
    """A mapping of one's own."""
    return parse_mapping(SMALL, "ours.toml")

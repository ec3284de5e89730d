"""Coded records as claims: what each data set's columns become, and what is wrong with its row and column."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.coded.made import COLUMNS, SHAPES, file, small
from tests.inputs.made import with_part
from tollbook.coded.mapping import CodedMapping, load_mapping
from tollbook.coded.reading import Fault, read_coded
from tollbook.coded.records import CODED_SCHEMA, Coded, code_record
from tollbook.decode import decode_claim
from tollbook.errors import InputError
from tollbook.inputs import office
from tollbook.records import claim_json
from tollbook.review import misplaced_spans


def read(path: Path, mapping: CodedMapping) -> tuple[list[Coded], list[str]]:
    """Records, and faults in words."""
    faults: list[Fault] = []
    return [coded for _, coded in read_coded(path, mapping, faults.append)], [str(fault) for fault in faults]


def one(tmp_path: Path, name: str, **changed: str) -> Coded:
    """One record of a data set."""
    (coded,), faults = read(file(tmp_path, name, changed), load_mapping(name))
    assert faults == []
    return coded


def test_ged(tmp_path: Path) -> None:
    """Low to high, civilians as a part, the claimants as origins, GW numbers as countries, precision classes."""
    coded = one(tmp_path, "ged")
    whole, part = coded.claims
    assert (whole.harm, whole.count.low, whole.count.high, whole.count.qualifier) == ("killed", 9, 12, "range")
    assert part.relation is not None and part.relation.claim == whole.id and part.count.low == 9
    assert part.victims is not None and part.victims.status == "civilian"
    assert whole.date is not None and (whole.date.from_, whole.date.precision) == (dt.date(2031, 5, 3), "day")
    assert whole.place is not None and (whole.place.country, whole.place.precision) == ("SY", "town")
    assert [voice.name for voice in whole.attribution] == ["Ministry of Health", "Valley Monitor"]
    assert [(b.name, b.basis) for b in whole.blamed] == [("Velmar Alliance", "acting")]
    assert (whole.quote, whole.schema, whole.score) == (None, CODED_SCHEMA, 1.0)
    battle = one(tmp_path, "ged", type_of_violence="1", side_b="Tarn Front")
    assert [(b.name, b.basis) for b in battle.claims[0].blamed] == [
        ("Velmar Alliance", "inferred"), ("Tarn Front", "inferred"),
    ]  # fmt: skip


def test_acled(tmp_path: Path) -> None:
    """One number; 0 says nothing; a day that stands for a month is the month; kinds of events by their names."""
    (claim,) = one(tmp_path, "acled").claims
    assert (claim.count.low, claim.count.high, claim.count.qualifier) == (11, 11, "exact")
    assert claim.event is not None and (claim.event.type, claim.event.text) == ("airstrike", "Air/drone strike")
    assert claim.place is not None and claim.place.country == "SY"
    assert one(tmp_path, "acled", fatalities="0").claims == ()
    (month,) = one(tmp_path, "acled", time_precision="3").claims
    assert month.date is not None and (month.date.from_, month.date.to) == (dt.date(2031, 5, 1), dt.date(2031, 5, 31))
    (week,) = one(tmp_path, "acled", time_precision="2").claims
    assert week.date is not None and week.date.to == dt.date(2031, 5, 9) and week.date.precision == "week"


def test_airwars(tmp_path: Path) -> None:
    """A least and a most, children as a part, an assessment as the stance, an empty pair as not said."""
    killed, children = one(tmp_path, "airwars").claims
    assert (killed.count.low, killed.count.high, killed.stance) == (9, 12, "asserted")
    assert children.victims is not None and children.victims.groups == ("children",)
    assert [b.name for b in killed.blamed] == ["Velmar Alliance", "Tarn Front"]
    assert killed.document.url == "https://monitor.example/R1077"
    contested = one(tmp_path, "airwars", civilian_harm_status="Contested", civilians_killed_max="")
    assert contested.claims[0].stance == "questioned"
    assert (contested.claims[0].count.high, contested.claims[0].count.qualifier) == (None, "at_least")


def test_maverick(tmp_path: Path) -> None:
    """A record is a report: its outlet, day and title stand in one cell; an event has several."""
    coded = one(tmp_path, "maverick")
    source = coded.document.source
    assert (source.outlet, source.published, source.title) == (
        "Valley Courier",
        dt.date(2031, 5, 5),
        "Two die at a rally",
    )
    assert coded.event == "CIV-9" and [c.count.low for c in coded.claims] == [2, 0]
    assert one(tmp_path, "maverick", source="somewhere").document.source.outlet == "MAVERICK"


@pytest.mark.parametrize("name", SHAPES)
def test_words_stand_in_the_record(name: str, tmp_path: Path) -> None:
    """The record is the document: every word of a claim stands in it, and the claim is one that a ledger takes."""
    coded = one(tmp_path, name)
    assert coded.document.text.endswith("\n") and json.loads(coded.raw)
    for claim in coded.claims:
        plain = claim_json(claim)
        assert list(misplaced_spans(plain, coded.document.text)) == []
        assert decode_claim(plain) == claim


CELLS = st.one_of(st.text(max_size=12), st.sampled_from(["-1", "1e9", "nan", "inf", "3.5", "0", "NA", "9" * 400]))


@given(st.lists(CELLS, min_size=60, max_size=60))
def test_any_cells_are_a_record_or_a_fault(values: list[str]) -> None:
    """Whatever stands in the cells: words that hold, low below high, or a fault that names the column."""
    for name, shape in SHAPES.items():
        mapping = load_mapping(name)
        for n, column in enumerate(shape):
            row = {**dict.fromkeys(COLUMNS.get(name, ()), ""), **shape, column: values[n]}
            try:
                coded = code_record(mapping, row)
            except InputError as error:
                assert error.key in row and error.reason
                continue
            for claim in coded.claims:
                assert list(misplaced_spans(claim_json(claim), coded.document.text)) == []
                low, high = claim.count.low, claim.count.high
                assert low is None or high is None or 0 <= low <= high


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("ged", {"low": "13"}, "row 2, column low: the low 13 is above the high 12 in high"),
        (
            "ged",
            {"low": "", "high": "", "deaths_civilians": ""},
            "row 2, column low: no harm: nothing stands in low, high",
        ),
        ("ged", {"low": "many"}, "row 2, column low: 'many' is no number"),
        ("ged", {"low": "1_0"}, "row 2, column low: '1_0' is no number of people"),
        ("ged", {"high": "12.5"}, "row 2, column high: '12.5' is no number of people"),
        ("ged", {"low": "-3"}, "row 2, column low: '-3' is no number of people"),
        (
            "ged",
            {"date_prec": "7"},
            "row 2, column date_prec: unknown code '7' for date.precision; known are 1, 2, 3, 4, 5",
        ),
        ("ged", {"country_id": "9999"}, "row 2, column country_id: unknown code '9999' for place.country"),
        ("ged", {"date_start": "3 May"}, "row 2, column date_start: '3 May' is no day written as %Y-%m-%d or %m/%d/%Y"),
        ("ged", {"date_start": "2031-05-04"}, "row 2, column date_start: 2031-05-04 is after 2031-05-03"),
        ("ged", {"latitude": "95"}, "row 2, column latitude: 95 is beyond 90 degrees"),
        ("ged", {"latitude": ""}, "row 2, column latitude: half of a pair of coordinates is missing"),
        ("ged", {"id": ""}, "row 2, column id: has no id"),
        ("acled", {"sub_event_type": "Sorcery"}, "row 2, column sub_event_type: unknown code 'Sorcery' for event.type"),
        ("ged", {"type_of_violence": "4"}, "row 2, column type_of_violence: unknown code '4' for this column"),
        ("acled", {"event_type": "Weather"}, "row 2, column event_type: unknown code 'Weather' for this column"),
        ("acled", {"fatalities": ""}, "row 2, column fatalities: no harm"),
        ("airwars", {"civilian_harm_status": "maybe"}, "row 2, column civilian_harm_status: unknown code 'maybe'"),
    ],
)
def test_what_is_wrong_with_a_record(name: str, changed: dict[str, str], said: str, tmp_path: Path) -> None:
    """Row and column; the other records are read."""
    other = {next(iter(SHAPES[name])): "other"}
    found, faults = read(file(tmp_path, name, changed, other), load_mapping(name))
    assert len(found) == 1 and len(faults) == 1 and faults[0].startswith(said)


def test_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    """Ids twice, cells without a heading, an encoding, columns that are not there, nothing at all, no file."""
    mapping = small()
    path = tmp_path / "ours.csv"
    head = "nr,day,land,kind,least,most\n"
    rows = "1,2031-05-03,SY,1,2,3\n1,2031-05-03,SY,1,2,3\n2,2031-05-03,SY,1,2,3,4\n3,2031-05-03,SY,9,2,3\n"
    path.write_text(head + rows)
    found, faults = read(path, mapping)
    assert len(found) == 2 and found[1].claims[0].event is None
    assert faults == [
        "row 3, column nr: the id stands in row 2 already",
        "row 4: has 7 cells under 6 headings",
    ]
    path.write_bytes((head + "1,2031-05-03,SY,1,2,3\n2,2031-05-03,Sÿ,1,2,3\n").encode("latin-1"))
    assert read(path, mapping)[1] == ["row 3, column C: is no UTF-8; save the table as “CSV UTF-8”"]
    path.write_text("nr,day,country,kind,leest,most\n")
    with pytest.raises(InputError, match="row 1: the mapping Ours names columns that are not there: 'land'") as caught:
        read(path, mapping)
    assert "'least' for claims 1.low (did you mean \"leest\"?)" in str(caught.value)
    path.write_text(head)
    assert read(path, mapping)[1] == ["row 1: no record in it"]
    path.write_text("")
    with pytest.raises(InputError, match="is empty"):
        read(path, mapping)
    with pytest.raises(InputError, match="No such file"):
        read(tmp_path / "none.csv", mapping)


def test_a_file_of_one_wrong_record_has_one_fault(tmp_path: Path) -> None:
    """That no record is left is no second fault."""
    found, faults = read(file(tmp_path, "ged", {"low": "many"}), load_mapping("ged"))
    assert not found and len(faults) == 1


def test_serbia_and_montenegro_in_ged(tmp_path: Path) -> None:
    """UCDP keeps 345, the number of Yugoslavia; a real file has such rows."""
    place = one(tmp_path, "ged", country_id="345").claims[0].place
    assert place is not None and place.country == "RS"


def test_headings_in_any_case_and_excel(tmp_path: Path) -> None:
    """A workbook with dates as cells; a formula, an error and a zip bomb are refused by their cell or as a whole."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["NR", "Day", "Land", "Kind", "Least", "Most"])
    sheet.append([1, dt.datetime(2031, 5, 3), "sy", 1.0, 2, 3])
    sheet.append([2, dt.datetime(2031, 5, 3), "SY", 1, "=1+1", 3])
    path = tmp_path / "ours.xlsx"
    book.save(path)
    found, faults = read(path, small())
    assert len(found) == 1 and found[0].claims[0].count.low == 2
    assert faults == ["row 3, column E: holds a formula, which is not computed; paste its value instead"]
    path.write_bytes(with_part(path.read_bytes(), "xl/media/a.png", bytes(office.UNPACKED)))
    with pytest.raises(InputError, match="unpacks to"):
        read(path, small())


def test_json_lines(tmp_path: Path) -> None:
    """Numbers as numbers; broken lines and lacking fields are named."""
    path = tmp_path / "ours.jsonl"
    good = {"nr": 1, "Day": "2031-05-03", "land": "SY", "kind": 2, "least": 2.0, "most": None}
    rows = [json.dumps(good), "{", "[]", json.dumps({**good, "nr": 2, "kind": 9}), json.dumps({"nr": 3})]
    path.write_text("\n".join(rows))
    found, faults = read(path, small())
    assert [c.claims[0].count.qualifier for c in found] == ["at_least", "at_least"]
    assert [fault.split(":")[0] for fault in faults] == ["row 2", "row 3", "row 5, column day"]


def test_json_lines_of_doubtful_making(tmp_path: Path) -> None:
    """A byte order mark is no fault; a name twice and half a character are."""
    path = tmp_path / "ours.jsonl"
    good = {"nr": 1, "Day": "2031-05-03", "land": "SY", "kind": 2, "least": 2, "most": None}
    rows = [json.dumps(good), json.dumps({**good, "LEAST": 9}), json.dumps({**good, "nr": "3\ud800"})]
    path.write_text("\ufeff" + "\n".join(rows))
    found, faults = read(path, small())
    assert [c.claims[0].count.low for c in found] == [2]
    assert faults == ["row 2: has two columns of one name", "row 3, column nr: holds half a character"]


def test_ids_stay_when_a_record_is_revised(tmp_path: Path) -> None:
    """A later edition of a data set is another reading of the same record, not another record."""
    before, after = one(tmp_path, "ged"), one(tmp_path, "ged", high="14", source_headline="Strike, corrected at length")
    assert before.document.source.id == after.document.source.id
    assert [c.id for c in before.claims] == [c.id for c in after.claims]
    assert before.document.source.raw_sha256 != after.document.source.raw_sha256

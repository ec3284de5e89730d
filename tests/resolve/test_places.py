"""Which words of a text are places, and which place each is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import seconds
from tollbook.records import PlaceMention
from tollbook.resolve.places import find_places
from tollbook.resources.gazetteer import gazetteer


def places(text: str, **options: object) -> tuple[PlaceMention, ...]:
    return find_places(text, gazetteer(), **options)  # type: ignore[arg-type]


def names(text: str) -> list[str]:
    return [m.bare for m in places(text)]


def only(text: str, bare: str) -> PlaceMention:
    return next(m for m in places(text) if m.bare == bare)


WORDS = [
    "Raqqa", "Idlib,", "Syria", "in", "near", "the", "village", "of", "al-Zarn", "camp", "TOWN", "OF",
    "Paris,", "Texas.", "U.S.", "«", "“", "—", "Ma'arrat", "said", "St.", "W.", "Va.", "US",
    "\n",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(), st.lists(st.sampled_from(WORDS)).map(" ".join), st.lists(st.sampled_from(WORDS)).map("".join))
)
def test_spans_hold_on_any_text(text: str) -> None:
    """Whatever the script: the words are where the record says, in order, and no two overlap."""
    found = find_places(text, gazetteer(), demonyms=True)
    end = 0
    for m in found:
        assert text[m.start : m.end] == m.text
        assert text[m.bare_start : m.bare_end] == m.bare
        assert m.start <= m.bare_start < m.bare_end <= m.end
        assert m.start >= end
        end = m.end


def test_the_same_text_gives_the_same_places() -> None:
    """The gazetteer's memory of earlier texts changes nothing."""
    text = "Two died in Springfield, and one in Paris, near the Lamar County line."
    first = places(text)
    places("Paris, France. Springfield, Ohio.")
    assert places(text) == first


@pytest.mark.parametrize(
    ("text", "bare", "phrase", "precision"),
    [
        ("Shells fell near the town of Sarmada.", "Sarmada", "near the town of Sarmada", "near"),
        ("It hit a farm 12 km south of Idlib.", "Idlib", "12 km south of Idlib", "near"),
        ("Jets struck the northern countryside of Aleppo.", "Aleppo", "the northern countryside of Aleppo", "near"),
        ("Drones struck Aleppo's western countryside.", "Aleppo", "Aleppo's western countryside", "near"),
        ("A bomb went off on the outskirts of Mosul.", "Mosul", "the outskirts of Mosul", "near"),
        ("A raid in Idlib province killed two.", "Idlib", "Idlib province", "admin1"),
        ("A raid in the city of Idlib killed two.", "Idlib", "the city of Idlib", "city"),
        ("Clashes in eastern Ghouta went on.", "Ghouta", "eastern Ghouta", "region"),
        ("A mine killed two in the province of Hakkari.", "Hakkari", "the province of Hakkari", "admin1"),
        ("A strike in northern Syria killed two.", "Syria", "northern Syria", "country"),
        ("Mortars hit the Yarmouk camp in Damascus.", "Yarmouk", "Yarmouk camp", "neighbourhood"),
    ],
)
def test_phrases_and_precision(text: str, bare: str, phrase: str, precision: str) -> None:
    """The words that move a place away from a name, or say what sort of place it is, belong to the phrase."""
    m = only(text, bare)
    assert (m.text, m.precision) == (phrase, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Mr London met Jordan Perkins and Paris Winfield on Tuesday in May.",
        "Gen. Lincoln and Sgt. York were promoted.",
        "The Washington Post and the Aleppo Media Network carried it.",
        "Syrian and Turkish officers met American envoys.",
        "Force alone won't bring change. Over the week it was said again. But Commerce fell.",
        "The Islamic State and the Red Cross did not comment.",
    ],
)
def test_what_is_no_place(text: str) -> None:
    """People, papers, peoples and common words share names with villages."""
    assert names(text) == []


def test_a_surname_once_introduced_is_no_place() -> None:
    """ "Carla Jackson said"; later "Jackson said" is she."""
    assert names("Carla Jackson lives in Tucson. Jackson said that she heard a shot.") == ["Tucson"]


def test_a_name_with_an_age_is_no_place() -> None:
    """ "Larkin, 18," is somebody; the halves of a double surname are no towns."""
    assert names("He lived in Fort Worth. Larkin, 18, was shot. Two died: Larkin and a friend.") == ["Fort Worth"]
    assert names("The dead in Albuquerque are Juan Carlos Saenz-Ponce and Daniel Ruvo.") == ["Albuquerque"]


@pytest.mark.parametrize(
    ("text", "bare", "country", "admin1"),
    [
        ("A man from Paris was held. Lamar County deputies said the Texas man fled.", "Paris", "US", "Texas"),
        ("France's president spoke in Paris.", "Paris", "FR", "Île-de-France"),
        ("Tbilisi lies in Georgia, far from Russia.", "Georgia", "GE", None),
        ("Atlanta and Savannah are in Georgia.", "Georgia", "US", "Georgia"),
        ("Tripoli, in northern Lebanon, was calm; Beirut was not.", "Tripoli", "LB", None),
        ("Tripoli and Benghazi saw clashes, Libyan officials said.", "Tripoli", "LY", None),
        ("Washington rejected the report.", "Washington", "US", None),
        ("Two died in Hama and in Salamiyah, the Syrian agency said.", "Hama", "SY", None),
    ],
)
def test_the_rest_of_the_article_decides(text: str, bare: str, country: str, admin1: str | None) -> None:
    """Containment, countries, peoples and neighbours choose among places of one name."""
    m = only(text, bare)
    assert m.country == country
    assert admin1 is None or m.admin1 == admin1


def test_outlet_hint_decides_where_the_text_does_not() -> None:
    """An outlet's own country speaks where nothing else does."""
    text = "Two people were shot in Tripoli on Monday."
    assert [m.country for m in places(text)] == ["LY"]
    assert [m.country for m in places(text, countries=("LB",))] == ["LB"]


def test_one_sense_a_document() -> None:
    """The state named once holds for the later mentions."""
    text = "PARIS, Texas (AP) — A fire broke out. Firemen in Paris put it out."
    assert {m.admin1 for m in places(text) if m.bare.lower() == "paris"} == {"Texas"}


@pytest.mark.parametrize(
    ("text", "bare", "precision"),
    [
        ("Gunmen killed two herders outside Tinzaroukou on Tuesday, Mali's army said.", "Tinzaroukou", "near"),
        ("Ukrainian troops held a trench near Vorobalivka.", "Vorobalivka", "near"),
        ("The women were shot in the fields at Kibumbwa, Congolese officials said.", "Kibumbwa", "town"),
        ("In nearby Tinzarou, Malian soldiers shot a herder.", "Tinzarou", "near"),
        ("Malian gunmen descended on Tinzarou and shot a herder.", "Tinzarou", "town"),
        ("Malian soldiers said the raid on Tinzarou went on.", "Tinzarou", "town"),
        ("Residents of Tinzarou accuse Malian soldiers.", "Tinzarou", "town"),
        ("A Malian herder was shot at the market of Tinzarou in April.", "Tinzarou", "town"),
        ("A Malian herder was shot on the road to Tinzarou on Friday.", "Tinzarou", "near"),
        ("A Malian herder was shot on the Tinzarou axis.", "Tinzarou", "town"),
        ("A Malian herder was shot on the Tinzarou estate.", "Tinzarou", "neighbourhood"),
        ("A Malian herder was shot in the Tinzarou hills.", "Tinzarou hills", "region"),
        ("Two Malians were shot in Fort Noir on Monday.", "Fort Noir", "town"),
        ("A Malian herder stepped on a mine near Tinzarou today.", "Tinzarou", "near"),
    ],
)
def test_a_village_told_plainly(text: str, bare: str, precision: str) -> None:
    """Far from the gazetteer's lists, a name after "near" or "at" is a place without coordinates."""
    m = only(text, bare)
    assert (m.precision, m.gazetteer_id, m.lat) == (precision, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Ohio police arrested him at Zubraware on Monday.",
        "Malian aid workers at Interpol and in Hamas were named in Ramadan.",
        "Malian police hold men of the Zubrani Estate in Operation Zubrani Dawn.",
        "Syrians believe in Zubrani himself, and in Zubrani Foundation money.",
        "Malian officials met Col. Amadou Tinzaro. They laid hopes in Tinzaro on Monday.",
    ],
)
def test_a_name_that_is_no_village(text: str) -> None:
    """Shops where every town is listed, bodies, feasts, and people whom the text has named."""
    assert not {"Zubraware", "Interpol", "Hamas", "Ramadan", "Zubrani", "Tinzaro"} & set(names(text))


@pytest.mark.parametrize(
    ("text", "bare", "precision"),
    [
        ("Shells fell in the 9 Nisan neighbourhood, Iraqi police said. Baghdad was calm.", "9 Nisan", "neighbourhood"),
        ("A nurse was shot in 7 July while crossing, medics in Yemen said.", "7 July", "neighbourhood"),
        ("A jet hit a bus in Zubrani Street, medics in Yemen said.", "Zubrani Street", "exact"),
        ("A mine went off at the Zubra 16 junction, medics in Yemen said.", "Zubra 16 junction", "exact"),
    ],
)
def test_quarters_named_after_days_and_streets(text: str, bare: str, precision: str) -> None:
    """Where no gazetteer reaches, the noun beside the name says what it is."""
    assert only(text, bare).precision == precision


def test_a_street_of_a_country_whose_towns_are_listed_is_none() -> None:
    """A shooting "in Zubrani Street" of an Ohio town is told by the town."""
    assert names("Police in Columbus, Ohio, found him in Zubrani Street.") == ["Columbus", "Ohio"]


def test_names_of_towns_abroad() -> None:
    """A name that a far town bears too is a village of the story's own country; so is "the village of" a province."""
    assert only("Mali's army said the column was hit near Boni in central Mali.", "Boni").country == "ML"
    village = only("Gunmen burned Borno village. Nigeria's army came to the state of Borno.", "Borno")
    assert (village.country, village.gazetteer_id) == ("NG", None)


def test_dateline_container_and_metonym() -> None:
    """A dateline's country only says where the town lies; a capital that speaks is a government."""
    found = {m.bare: m for m in places("RAQQA, Syria — Two died. Damascus denied the strike in Manbij.")}
    assert found["Syria"].container and not found["RAQQA"].container
    assert found["Damascus"].metonym and not found["Manbij"].metonym
    assert not only("Doctors in Damascus said two died.", "Damascus").metonym
    assert only("The army accused Damascus of laying mines.", "Damascus").metonym
    assert only("The mines broke the Ottawa convention, it said.", "Ottawa").metonym


@pytest.mark.parametrize(
    ("text", "bare", "precision"),
    [
        ("A drone hit the village of Tal Zubrani in northern Syria.", "Tal Zubrani", "town"),
        ("A drone hit Zubrani village in northern Syria.", "Zubrani", "town"),
        ("Tents burned in the Kuwait al-Zubra camp, Idlib, Syria.", "Kuwait al-Zubra", "exact"),
        ("A market in Kafr Zubra, in Idlib province, was hit.", "Kafr Zubra", "town"),
    ],
)
def test_a_place_that_no_gazetteer_has(text: str, bare: str, precision: str) -> None:
    """Named, with the setting's country; no coordinates are invented."""
    m = only(text, bare)
    assert (m.name, m.country, m.lat, m.gazetteer_id, m.precision) == (bare, "SY", None, None, precision)


@pytest.mark.parametrize(
    "spelling",
    [
        "Deir Ezzor",
        "Deir ez-Zor",
        "Dayr az Zawr",
        "Tel Rifat",
        "Til Rifet",
        "Sere Kaniye",
        "Serê Kaniyê",
        "Maaret Misreen",
    ],
)
def test_spellings(spelling: str) -> None:
    """Newspapers spell as they hear."""
    (m,) = (m for m in places(f"Two people were killed in {spelling}, Syria.") if m.bare == spelling)
    assert m.country == "SY" and m.gazetteer_id is not None


def test_wire_copy_in_capitals() -> None:
    """Where every letter is a capital, gazetteer, prepositions and datelines decide."""
    text = (
        "SAN SALVADOR, 4 MAY 90 (TEXT) -- GUERRILLAS ATTACKED SOYAPANGO AND THE TOWN OF ZUBRANQUIN "
        "IN MORAZAN DEPARTMENT TODAY. COLONEL JUAN SANDOVAL SAID THAT THE ARMY "
        "CAN AND WILL GO ON. SANDOVAL LEFT FOR HONDURAS."
    )
    found = {m.bare: m for m in places(text)}
    assert set(found) == {"SAN SALVADOR", "SOYAPANGO", "ZUBRANQUIN", "MORAZAN", "HONDURAS"}
    assert {m.country for m in found.values()} == {"SV", "HN"}
    assert found["MORAZAN"].precision == "admin1"


def test_demonyms_only_where_asked_for() -> None:
    """ "Syrian" and "US troops" are adjectives; they can be had, flagged."""
    text = "Syrian and US troops left Raqqa."
    assert [m.bare for m in places(text)] == ["Raqqa"]
    with_them = places(text, demonyms=True)
    assert [(m.bare, m.country, m.demonym) for m in with_them] == [
        ("Syrian", "SY", True),
        ("US", "US", True),
        ("Raqqa", "SY", False),
    ]


def test_time_grows_with_length_only() -> None:
    """Ten times the text takes about ten times as long, not a hundred."""
    unit = (
        "RAQQA, Syria. Two died NEAR THE VILLAGE OF AL-ZUBRA\n north of Aleppo, "
        "Paris, San Jose and the Town of New Ark. "
    )
    places(unit)
    assert seconds(lambda _: places(unit * 400)) < 40 * seconds(lambda _: places(unit * 40)) + 0.2


def test_an_unlisted_village_lies_where_the_story_does() -> None:
    """Not where the jets came from."""
    text = "Russian jets bombed the village of Tal Zubrani. Russian officers denied it. Rescuers came from Idlib."
    assert only(text, "Tal Zubrani").country == "SY"


def test_a_village_is_found_again() -> None:
    """Told plainly once, it is a place in "the market of" it too."""
    found = list(places("Malian soldiers held men near Tinzarou. Two died in the market of Tinzarou."))
    assert [m.bare for m in found].count("Tinzarou") == 2


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("A raid in Idlib\n\nTwo men died in Idlib province, Syria.", ["admin1", "admin1", "country"]),
        ("A raid in Idlib\n\nTwo men died near Idlib, in Idlib province.", ["city", "near", "admin1"]),
    ],
)
def test_a_name_of_a_town_and_of_its_province(text: str, kinds: list[str]) -> None:
    """The province, where the text speaks of it and never of the town."""
    assert [m.precision for m in places(text)] == kinds


def test_a_town_of_a_region_is_the_site() -> None:
    """ "The central Gaza town of Deir al-Balah": the first only holds the second."""
    found = {m.bare: m.container for m in places("Two died in the central Gaza town of Deir al-Balah on Friday.")}
    assert found == {"Gaza": True, "Deir al-Balah": False}


def test_no_small_namesake_abroad() -> None:
    """A comma says which country a village lies in, though no list has it."""
    assert only("Bandits struck Baga, Borno State, on Sunday.", "Baga").country == "NG"


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("A drone hit a post next to Kibbutz Zubrit in Israel.", "Zubrit"),
        ("The men entered Telbanat, northwest of the state capital Wad Madani.", "Telbanat"),
    ],
)
def test_villages_by_the_words_beside_them(text: str, bare: str) -> None:
    """A kibbutz, and a name with a direction behind its comma."""
    assert bare in [m.bare for m in places(text)]


def test_a_village_has_its_whole_name() -> None:
    """Though the gazetteer knows a district by its first word."""
    found = only("Jets bombed Thayet Kan village in Sagaing, Myanmar.", "Thayet Kan")
    assert (found.name, found.country, found.gazetteer_id) == ("Thayet Kan", "MM", None)


@pytest.mark.parametrize(
    ("text", "bare", "precision"),
    [
        ("Two died in Syria, in the village of Khan Zubran, south of Idlib.", "Khan Zubran", "town"),
        ("In Syria a raid on al-Zarnuq, a rebel-held quarter in the east, killed two.", "al-Zarnuq", "neighbourhood"),
        ("Rebels in Mali burnt down Wadazubra, a small village near Kidal, on Monday.", "Wadazubra", "town"),
        ("In Syria two died in the Kunj Zarnuq area of Idlib province.", "Kunj Zarnuq", "town"),
        ("In Ethiopia the Kembrayan town of Tagoga was bombed.", "Tagoga", "town"),
        ("Nine died in Kornubra LGA of Zamfara State, Nigeria.", "Kornubra", "district"),
        ("Soldiers in Mali fell in the attack on Gourma-Rharous.", "Gourma-Rharous", "town"),
        ("Jets in Syria hit the market of Tal Zubran on Monday.", "Tal Zubran", "town"),
        ("Israeli forces raided Tubas and shot two Palestinians near Hebron.", "Tubas", "town"),
    ],
)  # fmt: skip
def test_names_that_look_like_other_words(text: str, bare: str, precision: str) -> None:
    """A name that begins like a person's or is a word of the language is a place where the words beside it say so."""
    assert only(text, bare).precision == precision


def test_who_lives_in_a_village_is_none() -> None:
    """ "Musa Zubra, a village elder": a person; nor is a newspaper a village."""
    assert names("The opposition paper Deir Hafer counted nine dead in Syria.") == ["Syria"]
    assert names("Musa Zubra, a village elder in Syria, and Ali Zarn, a district judge, died.") == ["Syria"]


def test_another_spelling_across_the_border() -> None:
    """Where the rest of the report speaks for it, a place of the second country is known by another spelling too."""
    text = (
        "Rockets fired from Gaza killed a man in the Israeli town of Sderot. Israel answered with air strikes on Khan "
        "Younis that injured five."
    )
    assert only(text, "Khan Younis").country == "PS"


def test_what_a_person_owns_lies_in_no_town_of_that_name() -> None:
    """ "In Medina's yard", "the residence of Medina", where the report names a Carlos Medina."""
    text = "Governor Carlos Medina left Cali. Two men were shot in Medina's yard, near the residence of Medina."
    assert names(text) == ["Cali"]
    assert names("Two men were shot in Medina.") == ["Medina"]


@pytest.mark.parametrize(
    ("text", "bare", "name", "precision"),
    [
        ("Two died when rockets struck the Kharkiv region of Ukraine.", "Kharkiv", "Kharkiv Oblast", "admin1"),
        ("A strike on the Kharkiv region. Nine died in shelling of Kharkiv, Ukraine.", "Kharkiv", "Kharkiv", "city"),
        ("Air strikes in southern Gaza killed nine.", "Gaza", "Gaza Strip", "region"),
        ("Air strikes on Gaza City killed nine.", "Gaza City", "Gaza", "city"),
        ("A drone hurt two women in Russia's Kursk region.", "Kursk", "Kurskaya oblast'", "admin1"),
        ("A mine sank a boat off the coast of Hodeida, Yemen.", "Hodeida", "Al Ḩudaydah", "near"),
        ("A blast shook Sanaa, Yemen. It hit a school in the Hadda quarter.", "Hadda", "Hadda", "neighbourhood"),
        ("Raiders in Ituri, Congo, killed nine in Bunia and two in Zubra.", "Zubra", "Zubra", "town"),
        ("Nine died in the occupied Palestinian territory.", "occupied Palestinian territory", "Palestinian Territory",
         "country"),
        ("Raiders struck Zubra Kebele in the Zarn zone of Ethiopia.", "Zarn", "Zarn", "district"),
        ("Raiders held the Kasuwa-Zubra Town in Nigeria.", "Kasuwa-Zubra", "Kasuwa-Zubra", "town"),
        ("Three were held on Sunday in Cerro Las Zarnas, in Ecuador.", "Cerro Las Zarnas", "Cerro Las Zarnas", "town"),
        ("Two mines exploded in the area of Wadi Zubra in Lebanon.", "Wadi Zubra", "Wadi Zubra", "town"),
        ("On Friday mortars hit Zubrania in northern Syria.", "Zubrania", "Zubrania", "town"),
        ("Five died in Taiz, Yemen, and its Al-Qahirah district was shelled.", "Al-Qahirah", "Al-Qahirah", "district"),
        ("The depot is nine miles away from both Palmyra and the border, in Syria.", "Palmyra", "Palmyra", "near"),
    ],
)  # fmt: skip
def test_what_a_name_stands_for(text: str, bare: str, name: str, precision: str) -> None:
    """The region of a province, the Strip, a quarter named after a capital abroad, a spot away from a town."""
    last = [m for m in places(text) if m.bare == bare][-1]
    assert (last.name, last.precision) == (name, precision)


def test_what_bears_the_name_of_a_place() -> None:
    """A gate, an old town and a family are no place of that name; a sea says where a port lies."""
    assert names("Police shot a man at the Damascus Gate in Israel.") == ["Israel"]
    assert [m.text for m in places("Two men were stabbed in Jerusalem's Old City.")] == ["Jerusalem's Old City"]
    assert names("Neighbours of the Tubas family in Rafah heard jets.") == ["Rafah"]
    found = {m.bare: m.container for m in places("A strike on the Red Sea port of Hodeida killed nine.")}
    assert found == {"Red Sea": True, "Hodeida": False}


def test_no_small_town_of_a_country_that_the_report_does_not_tell_of() -> None:
    """There is a Zubra in Ukraine."""
    found = only("Raiders in Ituri, Congo, killed nine in Bunia and two in Zubra.", "Zubra")
    assert found.country == "CD" and found.gazetteer_id is None

"""The word lists that tell place names from other capitalised words, as sets."""

from __future__ import annotations

import re

from tollbook import lexicon
from tollbook.resources.gazetteer import fold


def _set(key: str, name: str = "place-words") -> frozenset[str]:
    return frozenset(lexicon.words(name, key))


PREPOSITIONS = _set("prepositions")
INSIDE = _set("inside")
SETTLEMENTS = _set("settlements")
CAMPS = _set("camps")
NEIGHBOURHOODS = _set("neighbourhoods")
FIRST_LEVEL = _set("first_level")
SECOND_LEVEL = _set("second_level")
AREAS = _set("areas")
DIRECTIONS = _set("directions")
SPEAKS = _set("speaks")
ADDRESSED = _set("addressed")
PAPERS = _set("papers")
ORGANISATIONS = _set("organisations")
LOCAL_BODIES = _set("local_bodies")
COMMON = _set("words", "place-common")
THINGS = _set("things")
NEVER = frozenset(fold(word) for word in _set("never")) | frozenset(
    fold(alias)
    for row in lexicon.load("actors")["actors"]
    if row["role"] == "group"
    for alias in row["aliases"]
    if len(alias) > 3
)  # "Hamas", "the Taliban"
FUNCTION = _set("function_words") - {"us"}
GIVEN = _set("given", "place-people")
SURNAMES = _set("surnames", "place-people")
SHARED = _set("shared", "place-people")
TITLES = _set("titles", "place-people")
TYPES = SETTLEMENTS | FIRST_LEVEL | SECOND_LEVEL | AREAS
ABBREVIATIONS: dict[str, str] = lexicon.load("place-words")["abbreviations"]
POSTAL: dict[str, str] = lexicon.load("place-words")["postal"]
ARTICLES = _set("articles")
CONNECTORS = ARTICLES | _set("connectors")
NOT_NAMES = _set("not_names")
BESIDE = _set("beside")
DWELLERS = _set("dwellers")
WAYS = _set("ways")
CAME = _set("came")
ASSAULTS = _set("assaults")
ATTACKED = _set("attacked")
HIT = _set("hit")
KIN = _set("kin")
TOLD_FOR: dict[str, str] = lexicon.load("place-words")["told_for"]
CALLED = _set("called")
FIRST_PARTS = _set("first_parts")
LANDS = _set("lands")
PERSONAL = _set("personal")
OWNED = _set("owned")


def _bodies() -> frozenset[str]:
    """Names of armed groups, agencies and the like: "in Hamas", "at Interpol"."""
    names = (n for row in lexicon.load("actors")["actors"] for n in (row["name"], *row.get("aliases", ())))
    return frozenset(n.lower() for n in names if len(n) > 3) | _set("bodies")


def _adjectives() -> dict[str, str]:
    out: dict[str, str] = {}
    for country, row in lexicon.load("place-countries").items():
        for word in row.get("adjectives", ()):
            out[word.lower()] = country
            out[word.lower() + "s"] = country
    return out


DEMONYMS = _adjectives()
BODIES = _bodies()
LISTED = _set("every_town_listed")
# Names of countries that stand before a noun as an adjective does: "US troops".
BOTH = frozenset({"us", "u.s", "uk", "u.k", "usa", "uae", "eu"})
# Everything that can stand beside a place name with a capital letter and be no part of it.
PLAIN = (
    COMMON
    | TITLES
    | DIRECTIONS
    | TYPES
    | LOCAL_BODIES
    | PREPOSITIONS
    | frozenset(DEMONYMS)
    | frozenset(["the", "a", "an", "and", "or", "but"])
)

NO_SURNAMES = TYPES | LOCAL_BODIES | DIRECTIONS | PREPOSITIONS | TITLES | FUNCTION | ORGANISATIONS
_OF_TOWNS = (
    r"(?:(?:border|coastal|market|mountain|small|rebel|rebel-held|government-held|regime-held|opposition-held|occupied|"
    r"besieged|central|nearby|strategic|key|main|largest|second|third|capital|major|port|refugee|neighbou?ring|historic|"
    r"ancient|old|holy) ){0,3}"
)
_PLACE_TYPE = _OF_TOWNS + (
    r"(?:city|cities|town|towns|village|villages|province|provinces|governorate|governorates|district|districts|region|"
    r"area|areas|neighbou?rhoods?|suburbs?|camps?|county|state|states|oblast|enclave|hamlet|port|island|capital)"
)
_POINT = r"(?:(?:north|south)-?(?:east|west)?|east|west)(?:ern)?"
_WHERE = (
    rf"(?:countryside|outskirts|suburbs?|vicinity|surroundings|environs|edges?|hinterland|"
    rf"rural areas?|(?:rural )?parts?|"
    rf"(?:city )?cent(?:er|re)|{_POINT}|heart|border|area)"
)
_SIDE = (
    r"(?:(?:north|south|east|west|central|rural|downtown|greater|upper|lower|mid)(?:-?(?:east|west))?(?:ern)?|"
    r"NE|NW|SE|SW|nearby|occupied|besieged)"
)
_DISTANCE = r"(?:\w+ (?:km|kms|kilomet(?:er|re)s|miles?) )?"
_NEAR = (
    rf"(?:near(?:by)?|(?:away )?from both|away from|close to|around|outside|just outside|"
    rf"off (?:the )?(?:\w+ )?(?:coast|shores?) of|"
    rf"(?:to )?(?:the )?(?:{_SIDE} )?{_WHERE} of|"
    rf"on the (?:road|way) to|not far from)"
)
# What may stand before a name and belong to the phrase; anchored at its end, every part bounded.
BEFORE = re.compile(
    rf"(?<![\w-])(?:(?P<near>{_DISTANCE}{_NEAR} )(?:the )?|the )?(?P<type>{_PLACE_TYPE} of )?(?:the )?"
    rf"(?P<side>{_SIDE}(?: (?:and|or) {_SIDE})? )?[“\"'‘]?\Z",
    re.I,
)
# The words that BEFORE can end with: looked at first, because the pattern costs more than the rest of a mention.
BEFORE_LAST = DIRECTIONS | {"both", "near", "nearby", "to", "around", "outside", "of", "from", "the"}
AFTER = re.compile(
    rf"(?:['’]s)?[”\"'’]?(?P<where>(?: {_SIDE})? (?:countryside|outskirts|suburbs?|hinterland))?"
    r"(?P<type> (?:province|governorate|(?:sub-?)?district|(?:sub)?county|parish|region|state|oblast|raion|city|town|"
    r"village|cercle|chiefdom|commune|LGA|local government area|municipality|old (?:city|town)|payam|territory|woreda|"
    r"kebele|zone|"
    r"neighbou?rhood|(?:refugee |IDP |displacement )?camp|area|enclave|department|township|suburb|(?:air)?port|prison|"
    r"airfield|air ?base|"
    r"harbou?r|junction|(?:border )?crossing|checkpoint|refinery)\b)?",
    re.I,
)
AWAY = re.compile(
    r"\b(?:near(?:by)?|away from|close to|from both|coast|shores?|around|outside|not far|outskirts|countryside|"
    r"suburbs?|vicinity|surroundings|environs|"
    r"edges?|hinterland|rural|road|way|km|kms|kilomet(?:er|re)s|miles?|border|"
    r"(?:(?:south|north)-?(?:east|west)?|east|west) of)\b",
    re.I,
)

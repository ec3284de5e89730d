"""The word lists that tell place names from other capitalised words, as sets."""

from __future__ import annotations

import re

from tollbook import lexicon
from tollbook.resources.gazetteer import fold


def _set(key: str, name: str = "place-words") -> frozenset[str]:
    return frozenset(lexicon.words(name, key))


PREPOSITIONS = _set("prepositions")
SETTLEMENTS = _set("settlements")
CAMPS = _set("camps")
NEIGHBOURHOODS = _set("neighbourhoods")
FIRST_LEVEL = _set("first_level")
SECOND_LEVEL = _set("second_level")
AREAS = _set("areas")
DIRECTIONS = _set("directions")
SPEAKS = _set("speaks")
ORGANISATIONS = _set("organisations")
LOCAL_BODIES = _set("local_bodies")
COMMON = _set("words", "place-common")
NEVER = frozenset(fold(word) for word in _set("never"))
FUNCTION = _set("function_words") - {"us"}
GIVEN = _set("given", "place-people")
SURNAMES = _set("surnames", "place-people")
TITLES = _set("titles", "place-people")
TYPES = SETTLEMENTS | FIRST_LEVEL | SECOND_LEVEL | AREAS
ABBREVIATIONS: dict[str, str] = lexicon.load("place-words")["abbreviations"]
POSTAL: dict[str, str] = lexicon.load("place-words")["postal"]
ARTICLES = frozenset("al el ar as ash ad adh an at ath az ez er es".split())
CONNECTORS = ARTICLES | frozenset("of the de del la las los du des sur upon on and le les da do dos di und am".split())


def _adjectives() -> dict[str, str]:
    out: dict[str, str] = {}
    for country, row in lexicon.load("place-countries").items():
        for word in row.get("adjectives", ()):
            out[word.lower()] = country
            out[word.lower() + "s"] = country
    return out


DEMONYMS = _adjectives()
# Names of countries that stand before a noun as an adjective does: "US troops".
BOTH = frozenset({"us", "u.s", "uk", "u.k", "usa", "uae", "eu"})
# Everything that can stand beside a place name with a capital letter and be no part of it.
PLAIN = COMMON | TITLES | DIRECTIONS | TYPES | LOCAL_BODIES | PREPOSITIONS | frozenset(DEMONYMS) | frozenset("the a an and or but".split())

_PLACE_TYPE = r"(?:(?:border|coastal|market|mountain|small|rebel|rebel-held|government-held|regime-held|occupied|besieged|central|nearby|strategic|key|main|largest|second|third|capital|major|port|refugee|opposition-held|neighbou?ring|historic|ancient|old|holy) ){0,3}(?:city|cities|town|towns|village|villages|province|provinces|governorate|governorates|district|districts|region|area|areas|neighbou?rhoods?|suburbs?|camps?|county|state|states|oblast|enclave|hamlet|port|island|capital)"  # noqa: E501
_WHERE = r"(?:countryside|outskirts|suburbs?|vicinity|surroundings|environs|edge|edges|hinterland|rural areas?|rural parts?|parts?|city cent(?:er|re)|cent(?:er|re)|south|north|east|west|south-?east|south-?west|north-?east|north-?west|southern|northern|eastern|western|heart|border|area)"  # noqa: E501
_SIDE = r"(?:(?:north|south|east|west|central|rural|downtown|greater|upper|lower|mid)(?:-?(?:east|west))?(?:ern)?|NE|NW|SE|SW|nearby|occupied|besieged)"  # noqa: E501
# What may stand before a name and belong to the phrase; anchored at its end, every part bounded.
BEFORE = re.compile(
    rf"(?:(?P<near>(?:(?:\d+|\w+) (?:km|kms|kilomet(?:er|re)s|miles?)\s)?(?:near(?:by)?|close to|around|outside|just outside|(?:to the )?{_WHERE} of|{_SIDE} {_WHERE} of|on the road to|on the way to|not far from) )"  # noqa: E501
    rf"(?:the )?|(?P<the>the ))?(?P<type>{_PLACE_TYPE} of )?(?:the )?(?P<side>{_SIDE}(?: (?:and|or) {_SIDE})? )?[“\"'‘]?\Z",
    re.I,
)
BEFORE_LAST = DIRECTIONS | frozenset("near nearby to around outside of from the".split())  # how BEFORE can end
AFTER = re.compile(
    rf"(?:['’]s)?[”\"'’]?(?P<where>(?: {_SIDE})? (?:countryside|outskirts|suburbs?|hinterland))?"
    r"(?P<type> (?:province|governorate|district|county|parish|region|state|oblast|raion|city|town|village|neighbou?rhood|"
    r"(?:refugee |IDP |displacement )?camp|area|enclave|department|township|suburb|airport|prison)\b)?",
    re.I,
)
AWAY = re.compile(r"\b(?:near(?:by)?|close to|around|outside|not far|outskirts|countryside|suburbs?|vicinity|surroundings|environs|edges?|"
                  r"hinterland|rural|road|way|km|kms|kilomet(?:er|re)s|miles?|(?:south|north)-?(?:east|west)? of|(?:east|west) of|border)\b", re.I)  # fmt: skip

"""Places as sites: how much each says, which can lie in which, and which mentions can be where something happened."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tollbook.find.grammar.passages import Passage
from tollbook.find.layers import Layers, inside
from tollbook.records import PlaceMention, PlacePrecision

COARSE = ("country", "region", "admin1", "district")
_RANK = {
    "exact": 0.0,
    "neighbourhood": 1.0,
    "town": 2.0,
    "near": 2.5,
    "city": 3.0,
    "district": 4.0,
    "admin1": 5.0,
    "region": 6.0,
    "country": 7.0,
}
_WAY = re.compile(r"\b(?:expressway|highway|motorway)\Z", re.IGNORECASE)
_FACILITY = re.compile(
    r"\b(?:airport|airfield|air ?base|port|harbou?r|prison|market|junction|crossing|checkpoint|refinery|dam|station)\Z",
    re.IGNORECASE,
)
_CENTRE = re.compile(r"\b(?:cent(?:re|er)|heart|downtown|edge)\b", re.IGNORECASE)
_VILLAGE = re.compile(r"\b(?:villages?|towns?|neighbou?rhood|camp)\b", re.IGNORECASE)
_IN = re.compile(
    r"\b(?:in|across|inside|into|throughout|over|within|around|of|on|near|targeting|hit|hits|shook|"
    r"rocked|for)\s+(?:(?:the|war-torn|neighbouring|neighboring|northern|southern|eastern|western|"
    r"central|northwest\w*|northeast\w*|southwest\w*|southeast\w*|north|south|east|west|both|"
    r"parts of)\s+)*\Z",
    re.IGNORECASE,
)
_REGION = re.compile(
    r"\s*(?:\w+[- ])?(?:north|south|east|west|central|capital|border|coast|countryside|territory)", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:from|(?:across|over) the border in|affiliated (?:with|to)|part of|belong(?:s|ing) to|"
    r"subordinate to|native of|"
    r"born in(?: \d{4},? in)?|fled|fled to|escaped to|left|resident of|residents of|citizen of|based in|hospital in|"
    r"hospitals in)\s+(?:the\s+)?(?:city of |town of |village of )?(?:al |el )?\Z",
    re.IGNORECASE,
)


# "Shelled the maternity hospital in Zalba": the hospital is what was hit.
_HIT = re.compile(
    r"\b(?:bomb(?:ed|ing|s)?|fell|hit|raid(?:ed)?|(?:air ?)?strikes?|struck|shell(?:ed|ing|s)?|stormed|"
    r"target(?:ed|ing))\b[^.,;]{0,60} hospitals? in (?:the )?\Z",
    re.IGNORECASE,
)
_ROAD_TO = re.compile(
    r"\b(?:roads?|highway|motorway|route|track|path|leading|leads|way|bound|travell?ing|travell?ed|heading|headed|"
    r"en route|returning|on (?:his|her|its|their) way(?: home)?|flying|driving)"
    r"(?: from [A-Z][\w'’ -]{2,30}?)? (?:to|from|towards?|for) (?:the )?\Z",
    re.IGNORECASE,
)
_OWNED = re.compile(r"(?:['’]s)? (?:government|regime|authorities|administration|ministry|parliament)\b", re.IGNORECASE)
_BROUGHT = re.compile(
    r"\b(?:taken|rushed|brought|evacuated|transferred|flown|airlifted|driven|carried|ferried|sent|shifted|referred|admitted|"
    r"(?:been|being|is|are|was|were) moved)"
    r"(?: [\w-]+){0,3} (?:to|in|into) (?:(?:a|the|its) )?(?:[\w-]+ ){0,2}?(?:(?:hospitals?|clinics?) (?:in|at|of) )?\Z",
    re.IGNORECASE,
)
_FLED_TO = re.compile(
    r"\b(?:(?:escaped|evacuated|fled) (?:to|into|towards?)|(?:sought|taken|took) refuge in) (?:the )?(?:[\w-]+ ){0,2}"
    r"(?:of )?\Z",
    re.IGNORECASE,
)
_DONE_BY = re.compile(
    r"\b(?:captured|controlled|held|recaptured|retaken|ruled|seized|taken) by (?:the )?\Z", re.IGNORECASE
)
_SPOKE = re.compile(
    r"\b(?:(?:telling|told) (?:a |the )?(?:[\w-]+ ){1,3}|(?:briefing|conference|interview|speaking|spoke|statement|"
    r"said|says|announced|stated) )in \Z|"
    r"\b(?:interviewed|questioned|speaking|spoke)(?: by (?:tele)?phone)?"
    r"(?: (?:after|as|when|while)(?: (?:he|she|they))?(?: had)? (?:arriv|cross|enter|reach)\w+)?"
    r"(?: (?:at|from|in|into|to))?(?: the)? \Z",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"\b(?:clinics|hospitals|morgues)(?: and (?:[\w-]+ )?[\w-]+ in| in and)(?: and)? \Z|"
    r"\b(?:in surgery|treated|under treatment|in intensive care|hospitali[sz]ed|operated on|succumbed|"
    r"refuge|shelter)(?: [\w-]+){0,4} (?:in|at)\s\Z|\bat (?:its|their|a|the) (?:clinic|hospital)s? in\s\Z",
    re.IGNORECASE,
)


# "An accord signed by both presidents in Zenda": where they met.
_MET = re.compile(
    r"\b(?:brokered|concluded|mediated|negotiated|signed)\b"
    r"(?:(?!attack|bomb|clash|died|fight|injur|kill|opened fire|raid|shell|shot|shoot|strike|struck|wound|"
    r"\b(?:was|were|when|where|while)\b)[^.;]){0,80} in \Z",
    re.IGNORECASE,
)
# "In Ruritania's offensive": what it does to others; not "in Ruritania's deadliest attack".
_ASSAULTS = re.compile(
    r"['’]s? (?:(?!bloodiest|deadliest|first|largest|latest|recent|second|worst)[\w-]+ ){0,2}?"
    r"(?:air ?strikes?|assault|bombardment|bombing|campaign|invasion|offensive|operations?|raids?|shelling|strikes?)\b",
    re.IGNORECASE,
)


_UNIT = re.compile(
    r" (?:battalion|brigade|company|division|regiment)s?\b(?! (?:base|camp|headquarters))", re.IGNORECASE
)


def is_site(place: PlaceMention, passage: Passage, layers: Layers) -> bool:
    """Whether a place mention can be where something happened."""
    if place.metonym or place.container or place.demonym:
        return False
    before = passage.text[max(0, place.start - passage.start - 40) : place.start - passage.start]
    if _UNIT.match(passage.text, place.end - passage.start):
        return False
    if _FROM.search(before) and not _HIT.search(passage.text, 0, place.start - passage.start):
        return False
    if any(elsewhere.search(before) for elsewhere in (_BROUGHT, _ROAD_TO, _TREATED, _FLED_TO, _DONE_BY, _SPOKE)):
        return False
    if before[-4:].lower() == " in " and _MET.search(passage.text, 0, place.start - passage.start):
        return False
    if place.precision in ("country", "city") and _OWNED.match(passage.text, place.end - passage.start):
        return False
    if place.precision == "country" and _outside(place):
        return False
    if place.precision == "country" and not place.relation:
        after = passage.text[place.end - passage.start : place.end - passage.start + 2]
        owner = after[:1] in ("'", "’") and any(
            0 < p.start - place.end < 30 and not inside(layers.events, place.end, p.start)
            for p in inside(layers.places, place.end, place.end + 30)
        )  # "Ukraine's Kharkiv region", but not "Ruritania's bombardment of Zenda"
        region = after[:1] in ("'", "’") and _REGION.match(passage.text, place.end - passage.start + 2)
        if after[:1] in ("'", "’") and not owner and _ASSAULTS.match(passage.text, place.end - passage.start):
            return False
        if not (
            _IN.search(before) or owner or region or after[:1] == ":" or (after[:1] in ("", ".") and not before.strip())
        ):
            return False
    for mention in layers.attributions:
        speaker = next((s for s in mention.sources if s.start <= place.start and place.end <= s.end), None)
        if speaker is not None and not inside(layers.events, speaker.start, place.start):
            return False  # but in "a strike near X" nobody speaks
    around = inside(layers.actors, place.start - 60, place.end)
    length = place.end - place.start
    return not any(a.start <= place.start and place.end <= a.end and a.end - a.start > length for a in around)


def _outside(place: PlaceMention) -> bool:
    """ "Pages outside Ruritania"."""
    return (place.relation or "").lower().startswith("outside")


_PLACED = re.compile(
    r"\b(?:in|at|near|outside|around|on|entered|invaded|overran|raided|reached|stormed)\s(?:the\s)?\Z", re.IGNORECASE
)


def placed(place: PlaceMention, passage: Passage) -> bool:
    """Whether a place stands after "in" or "near", or its phrase opens with such words."""
    start = place.start - passage.start
    return place.relation is not None or bool(_PLACED.search(passage.text[max(0, start - 14) : start]))


def rank(place: PlaceMention) -> float:
    """0 for an exact site … 7 for a country; a part of a country ("northern Syria") says more than the country."""
    return _rank(place.text, place.precision, place.relation, place.gazetteer_id is not None)


@lru_cache(maxsize=4096)  # each place is held against each other of its report
def _rank(text: str, precision: PlacePrecision, relation: str | None, listed: bool) -> float:
    if precision in ("town", "city") and text.lower().endswith(
        (" district", " countryside", " area", " region", " canton", " cercle", " commune", " territory", " township")
    ):
        return _RANK["district"] if listed else 2.9
    if precision == "district" and not listed:
        return 2.9  # one that no list has is mostly a city's
    if precision == "exact" and not listed and _WAY.search(text):
        return 3.4  # a road says less than the city that it runs through
    if precision in ("city", "town") and _FACILITY.search(text):
        return 1.8
    if precision in ("city", "near") and relation and _CENTRE.search(relation):
        return 2.4
    if precision == "near":
        return 2.2 if _VILLAGE.search(text) else 2.8
    if precision == "town" and "village" in text.lower():
        return 1.9
    return _RANK[precision] - (0.5 if precision == "country" and relation else 0.0)


_WRONG_SIDE = 0.7  # degrees beyond the middle of the country


def within(fine: PlaceMention, coarse: PlaceMention) -> bool:
    """Whether the finer place can lie in the coarser one, as far as both are known."""
    if fine.country is None or coarse.country is None:
        return True
    if fine.country != coarse.country or _on_another_side(fine, coarse):
        return False
    if coarse.precision in ("country", "region") or fine.admin1 is None or coarse.admin1 is None:
        return True
    return fine.admin1 == coarse.admin1


def _on_another_side(fine: PlaceMention, coarse: PlaceMention) -> bool:
    """A town in the east of a country is not "in the northwest" of it; one far in the north may be, whatever the
    country's shape."""
    if coarse.precision != "country" or not coarse.relation or coarse.lat is None or coarse.lon is None:
        return False
    if fine.lat is None or fine.lon is None:
        return False
    sides = coarse.relation.lower()
    along = (fine.lat - coarse.lat) * (("north" in sides) - ("south" in sides))
    along += (fine.lon - coarse.lon) * (("east" in sides) - ("west" in sides))
    return along < -_WRONG_SIDE


def far_apart(a: PlaceMention, b: PlaceMention, scattered: bool = True) -> bool:
    """Whether two places cannot be the site of one incident. A village that no list has may lie beside any town, unless
    the document tells of many sites (``scattered``)."""
    if a.country and b.country and a.country != b.country:
        return True
    fine_a, fine_b = rank(a) <= 4, rank(b) <= 4
    if fine_a and fine_b:
        if not scattered and _one_province(a, b):
            return False
        if a.lat is not None and b.lat is not None and a.lon is not None and b.lon is not None:
            return abs(a.lat - b.lat) + abs(a.lon - b.lon) * 0.8 > 0.35
        if a.lat is None and b.lat is None:
            return not _same_name(a, b) and rank(a) < 2.9 and rank(b) < 2.9
        unknown, other = (a, b) if a.lat is None else (b, a)
        if not scattered and rank(unknown) < rank(other):
            return False
        return not _names_province(other) and not _same_name(unknown, other)
    if rank(a) == rank(b) == 5:
        return a.name != b.name
    fine, coarse = (a, b) if rank(a) < rank(b) else (b, a)
    if scattered and rank(coarse) == 5 and fine.lat is None and fine.admin1 is None and rank(fine) <= 4:
        return True  # a village that no list has, and a province: of many sites, not one
    return not within(fine, coarse)


def _names_province(place: PlaceMention) -> bool:
    """ "Idlib" may be the province; "Idlib city" and "south of Idlib" are not."""
    if place.precision != "city" or place.relation or "city" in place.text.lower():
        return False
    return place.admin1 is not None and place.bare.lower()[:5] in place.admin1.lower()


def lies_in_province(fine: PlaceMention, wide: PlaceMention) -> bool:
    """ "Herat" in the headline, and the text has a district of the province of that name."""
    known = fine.admin1 is not None and fine.admin1 == wide.admin1 and fine.name != wide.name
    return known and rank(fine) <= 4 and _names_province(wide) and not _names_province(fine)


def _one_province(a: PlaceMention, b: PlaceMention) -> bool:
    """ "A strike in Idlib": the province, where the other place lies in it."""
    known = a.admin1 is not None and a.admin1 == b.admin1
    return known and a.name != b.name and (_names_province(a) or _names_province(b))


def _same_name(a: PlaceMention, b: PlaceMention) -> bool:
    return not _words_of(a.bare).isdisjoint(_words_of(b.bare))


@lru_cache(maxsize=4096)  # as often as ranks are asked for
def _words_of(name: str) -> frozenset[str]:
    return frozenset(name.lower().split())


def strangers(some: Sequence[PlaceMention], others: Sequence[PlaceMention], scattered: bool) -> bool:
    """Whether two lists of places cannot speak of one site; where both name spots, the spots decide."""
    fine_some, fine_others = [p for p in some if rank(p) <= 4], [p for p in others if rank(p) <= 4]
    if fine_some and fine_others:
        some, others = fine_some, fine_others
    return bool(some and others) and all(far_apart(a, b, scattered) for a in some for b in others)


def are_scattered(places: Sequence[PlaceMention]) -> bool:
    """Whether a document's numbers are told of three sites or more, far from each other."""
    kept: dict[bool, list[PlaceMention]] = {True: [], False: []}
    for place in places:  # villages that no list has are counted apart: they may belong to any town
        same = kept[place.lat is not None]
        if rank(place) <= 4 and all(far_apart(place, k) for k in same):
            same.append(place)
    known, unlisted = len(kept[True]), len(kept[False])
    return max(known, unlisted) >= 3 or (known == 2 and unlisted > 0)


_BACK = re.compile(
    r"\b(?:(?:the|this|that|same)(?: (?:same|nearby|besieged|stricken))? (?P<noun>village|town|city|camp|"
    r"neighbou?rhood|district|quarter|governorate|province)\b(?! of\b)|"
    r"\bin (?P<area>the area)\b(?! of\b)|"
    r"(?<=[\w,] )there\b(?! (?:is|are|was|were|has|have|had)\b))",
    re.IGNORECASE,
)  # fmt: skip
_SPOTS = ("neighbourhood", "district", "exact", "town", "near")
_MEANT = {
    "village": ("town", "near", "exact"),
    "town": ("town", "near", "city"),
    "city": ("city", "near", "town"),
    "camp": ("exact", "neighbourhood", "town"),
    "governorate": ("admin1", "city"),
    "province": ("admin1", "city"),
}


def back_reference(index: int, layers: Layers) -> PlaceMention | None:
    """The place named before that "there", "the village", "the same district" of passage ``index`` stands for."""
    match = _BACK.search(layers.passages[index].text)
    if match is None:
        return None
    noun = (match["noun"] or "").lower()
    meant = _MEANT.get(noun, _SPOTS if noun else (*_SPOTS, "city"))
    often = Counter(p.name for p in layers.places)
    for k in range(index - 1, max(-1, index - 12), -1):
        before = layers.passages[k]
        if not noun and layers.passages[index].paragraph - before.paragraph > 0:
            return None
        found = [p for p in inside(layers.places, before.start, before.end) if is_site(p, before, layers)]
        fitting = [p for p in found if p.precision in meant]
        if fitting:
            return min(fitting, key=lambda p: (meant.index(p.precision) if noun else 0, -often[p.name], -p.start))
    return None


_DWELLERS = re.compile(
    r"\b(?:residents|villagers|inhabitants|farmers|herders|locals) (?:of|in) (?:the )?\Z", re.IGNORECASE
)


def home_of_speakers(passage: Passage, layers: Layers) -> PlaceMention | None:
    """ "Residents of Zalba said that soldiers shot two men": who lives there tells what happened there."""
    for place in inside(layers.places, passage.start, passage.end):
        before = passage.text[max(0, place.start - passage.start - 30) : place.start - passage.start]
        if rank(place) <= 5 and not (place.metonym or place.demonym) and _DWELLERS.search(before):
            return place
    return None


_COUNTS = re.compile(
    r"(?:['’]s)? (?:[\w-]+ ){0,2}?(?:health (?:authorities|department|ministry|office|officials)|"
    r"civil defen[cs]e|medics)\b",
    re.IGNORECASE,
)


def counted_by(passage: Passage, layers: Layers) -> PlaceMention | None:
    """ "The Zenda health ministry said that 9,000 had died since May": a sum of what such a body counts in its area."""
    for place in inside(layers.places, passage.start, passage.end):
        if _COUNTS.match(passage.text, place.end - passage.start):
            return place
    return None


_AND = re.compile(
    r"(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+|\s*/\s*)(?:also\s+|in\s+|near\s+|the\s+|of\s+|towns?\s+|villages?\s+){0,4}",
    re.IGNORECASE,
)


def are_listed(passage: Passage, layers: Layers) -> bool:
    """ "in Tal Zubrani, Kafr Zubra and Sarmin": three spots or more in a row, none of them the one."""
    spots = [p for p in inside(layers.places, passage.start, passage.end) if rank(p) <= 4 and not p.demonym]
    joined = sum(
        bool(_AND.fullmatch(passage.text, a.end - passage.start, b.start - passage.start))
        for a, b in zip(spots, spots[1:], strict=False)
    )
    return joined >= 2 and are_scattered(spots)


_JOINED = re.compile(r",?\s+(?:and|or)\s+(?:[a-z]+\s+){0,4}")
_PLURAL = re.compile(r"\s+(?:areas|camps|districts|neighbou?rhoods|quarters|suburbs|towns|villages)\b", re.IGNORECASE)


def single(places: Sequence[PlaceMention], passage: Passage) -> list[PlaceMention]:
    """The places of a passage that may be the one spot: not those of "near A and around B", "the A and B quarters"."""
    several: set[int] = set()
    for a, b in zip(places, places[1:], strict=False):
        if _JOINED.fullmatch(passage.text, a.end - passage.start, b.start - passage.start) and far_apart(a, b):
            several |= {a.start, b.start}
    return [p for p in places if p.start not in several and not _PLURAL.match(passage.text, p.end - passage.start)]


def setting_of(layers: Layers) -> PlaceMention | None:
    """The country that most of the document's sites lie in, for numbers that no place is told of."""
    named: Counter[str] = Counter()
    stated: dict[str, list[PlaceMention]] = {}
    for passage in layers.passages:
        for place in inside(layers.places, passage.start, passage.end):
            if place.country is None or place.metonym or place.demonym:
                continue
            site = is_site(place, passage, layers)
            named[place.country] += 3 if site else 0 if _fights(place, passage) else 1
            if place.precision in ("country", "region") and not _outside(place):
                stated.setdefault(place.country, []).append(place)
    most = max(named.values(), default=0)
    for country, weight in named.most_common(2):
        if country in stated and 2 * weight >= most:
            return min(stated[country], key=lambda p: (p.precision != "country", p.relation is not None, p.start))
    return None


_WAR = re.compile(r"\b(?:war|conflict|fighting|tensions?|ceasefire|truce) (?:between|with|against) (?:[\w-]+ ){0,5}\Z")


def _fights(place: PlaceMention, passage: Passage) -> bool:
    """ "the war between Ruritania and ...", "Ruritania's Defense Ministry": a party, not a place."""
    start = place.start - passage.start
    if _WAR.search(passage.text[max(0, start - 60) : start]):
        return True
    return passage.text[place.end - passage.start :].startswith(("'s Def", "’s Def", "'s army", "’s army", "'s milit"))


def best_place(places: Sequence[PlaceMention]) -> PlaceMention | None:
    """The most specific; of equals the one named most, then the first."""

    named = Counter(p.name for p in places)

    def weight(p: PlaceMention) -> tuple[float, int, int]:
        return (rank(p), -named[p.name], p.start)

    return min(places, key=weight, default=None)

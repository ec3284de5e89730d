"""Every place that a text names, and where it is.

Names come from capital letters, the words around them and the gazetteer (``place_scan``); which of several places of
one name is meant comes from the rest of the article (``place_choose``). No parser is needed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tollbook.records import PlaceMention, PlacePrecision
from tollbook.resolve import place_words as w
from tollbook.resolve.place_choose import Group, choose
from tollbook.resolve.place_scan import PROVINCE_KINDS, WELL_KNOWN, Mention, Scan, Token, scan
from tollbook.resolve.place_unlisted import unlisted
from tollbook.resolve.standing import standing
from tollbook.resources.gazetteer import Entry, Gazetteer, fold

POINTS = frozenset(("city", "town", "neighbourhood", "exact"))  # near which something can be
ENOUGH_SUPPORT = 3.0  # for a small place without a word beside it that says "place"
CLEAR_SUPPORT = 20.0  # for another spelling of a place outside the country that the text is most about
_LAST_WORD = re.compile(r"([\w-]+) [“\"'‘]?\Z")


def find_places(
    text: str, gazetteer: Gazetteer, *, countries: Iterable[str] = (), demonyms: bool = False
) -> tuple[PlaceMention, ...]:
    """The places of a text in order; ``text[m.start:m.end] == m.text`` for each, and none overlap.

    ``countries``: ISO codes that the outlet speaks for, a hint where a name is ambiguous. ``demonyms``: also give
    "Syrian" and "US" before a noun, flagged, with the country's coordinates.

    >>> from tollbook.resources.gazetteer import gazetteer
    >>> [(m.text, m.name, m.country) for m in find_places("Two died near the town of Kobani, Syria.", gazetteer())]
    [('near the town of Kobani', '‘Ayn al ‘Arab', 'SY'), ('Syria', 'Syria', 'SY')]
    """
    found = scan(text, gazetteer)
    groups = choose(found.mentions, (d.demonym for d in found.demonyms if d.demonym), countries)
    setting = _setting(groups, found, countries)
    out: list[PlaceMention] = []
    for group in groups:
        entry = group.choice
        wider = _wider(group.mentions[0].key, entry, gazetteer)
        for m in group.mentions:
            if _is_house(m, entry, found):
                continue
            if _is_half(m, entry, found, setting):
                found.mentions.remove(m)
                continue
            land = wider if not m.kinds else _province_of(m, entry, gazetteer)
            if land is not None:
                out.append(_mention(text, m, land, found.tokens))
            elif _believed(m, group, entry, setting):
                out.append(_mention(text, m, entry, found.tokens))
            elif any(x.within for x in group.mentions) and (not setting or setting[0] not in w.LISTED):
                held = next(x.within for x in group.mentions if x.within)
                out.append(_named(text, m.start, m.end, _kind_of(m), held[0].country))
            elif setting and (
                m.kinds is not None
                or m.generic
                or (m.inside and _alone_abroad(group, entry, setting))
                or _beside(m, entry, found, setting)
            ):
                # "the village of X", and the only X known is in a country far from the story
                out.append(_named(text, m.start, m.end, _kind_of(m), setting[0]))
    sizes = {group.choice.id: group.choice.population for group in groups}
    out = _in_full(text, out, _unlisted(text, found, gazetteer, setting))
    out += _said_again(text, out, setting)
    out += _named_after_days(text, setting) + _occupied(text, gazetteer)
    out = _as_provinces(text, _one_sense(_holding(text, out, sizes), setting), sizes)
    if setting and setting[0] not in w.LISTED:
        out = _with_roads(text, out, setting[0])
    if demonyms:
        out += _demonyms(found, gazetteer, out)
    else:
        out = [m for m in out if not m.demonym]
    return tuple(_apart(sorted(_at_home(out, setting), key=lambda m: (m.bare_start, m.bare_end))))


_SMALL = 50_000  # people
_ALIKE = 4  # letters


def _is_house(m: Mention, entry: Entry, found: Scan) -> bool:
    """ "Neighbours of the Zubra family", though a village bears the name."""
    after = found.tokens[m.last] if m.last < len(found.tokens) else None
    if after is None or after.gap != " " or after.low not in w.KIN:
        return False
    return entry.kind not in ("country", "region", "admin1") and entry.population < _SMALL


def _is_half(m: Mention, entry: Entry, found: Scan, setting: list[str]) -> bool:
    """ "Kasuwa-Zubra": a name of its own, though there is a Zubra abroad."""
    if m.first == 0 or found.tokens[m.first].gap != "-" or entry.country in setting[:1] or entry.kind == "country":
        return False
    before = found.tokens[m.first - 1]
    return before.cap and before.low not in w.PLAIN and all(x.last != m.first for x in found.mentions)


def _wider(key: str, entry: Entry, gazetteer: Gazetteer) -> Entry | None:
    """What a city's name stands for in the news: "in Gaza" is somewhere in the Strip."""
    name = w.TOLD_FOR.get(key)
    if name is None or entry.kind not in ("city", "admin1"):
        return None
    alike = [e for e in gazetteer.find_keys([fold(name)]).get(fold(name), ()) if e.country == entry.country]
    return alike[0] if alike else None


def _province_of(m: Mention, entry: Entry, gazetteer: Gazetteer) -> Entry | None:
    """ "The Belgorod region", which the gazetteer has under its adjective, is not the city."""
    if m.kinds != PROVINCE_KINDS or entry.kind not in ("city", "town") or not entry.admin1:
        return None
    key = fold(entry.admin1)
    alike = gazetteer.find_keys([key]).get(key, ()) if key[:_ALIKE] == fold(entry.name)[:_ALIKE] else ()
    return next((e for e in alike if e.kind == "admin1" and e.country == entry.country), None)


_HOLDERS = frozenset(("country", "region", "admin1", "city"))
_TYPE_OF = re.compile(
    r" (?:(?:border|coastal|holiday|market|mining|port|resort) )?"
    r"(?:town|city|village|port|resort|(?P<part>suburb|neighbou?rhood|quarter|district)) of (?:the )?"
)


def _holding(text: str, found: list[PlaceMention], sizes: Mapping[str, int]) -> list[PlaceMention]:
    """ "the central Gaza town of Deir al-Balah", "the Damascus suburb of Jaramana": the first holds the second.

    ``sizes``: how many live in a place, by its id: "the Jaramana suburb of Damascus" is the other way round.
    """
    starts = {m.bare_start: m for m in found}
    out = []
    for m in found:
        behind = _TYPE_OF.match(text, m.bare_end) if m.precision in _HOLDERS or m.relation else None
        other = starts.get(behind.end()) if behind is not None else None
        if behind is None or other is None:
            out.append(m)
            continue
        holder = _size(m, sizes) > _size(other, sizes) if behind["part"] else m.precision in _HOLDERS
        out.append(replace(m, container=True) if holder else m)
    return out


def _size(m: PlaceMention, sizes: Mapping[str, int]) -> int:
    return sizes.get(m.gazetteer_id or "", 0)


def _in_full(text: str, listed: list[PlaceMention], unlisted: list[PlaceMention]) -> list[PlaceMention]:
    """ "Thayet Kan village": one name, though there is a Thayet and no Kan."""
    ends = {m.end: m for m in listed if m.precision in (*POINTS, "district") and " " not in m.text}
    out: list[PlaceMention] = []
    for m in unlisted:
        first = (
            ends.get(m.start - 1) if m.precision == "town" and m.start == m.bare_start < m.bare_end < m.end else None
        )
        if first is None or text[first.end] != " ":
            out.append(m)
            continue
        listed.remove(first)
        bare = text[first.start : m.bare_end]
        whole = text[first.start : m.end]
        out.append(replace(m, text=whole, start=first.start, bare=bare, bare_start=first.start, name=bare))
    return listed + out


def _one_sense(found: list[PlaceMention], setting: list[str]) -> list[PlaceMention]:
    """ "The El Zubra neighbourhood … in El Zubra": a name of the country told of is not abroad later."""
    home = {m.bare: m for m in found if m.country in setting[:1] and m.precision in POINTS}
    out = []
    for m in found:
        known = home.get(m.bare)
        if known is None or m.country == known.country or m.precision not in POINTS:
            out.append(m)
        else:
            out.append(
                replace(known, text=m.text, start=m.start, end=m.end, bare_start=m.bare_start, bare_end=m.bare_end)
            )
    return out


_GREAT_CITY = 300_000  # people: "shelling of Kharkiv" is the city's, whatever the text says of its region


def _as_provinces(text: str, found: list[PlaceMention], sizes: Mapping[str, int]) -> list[PlaceMention]:
    """ "Raid in Zubra" above a text that speaks of "Zubra province", and of no town of that name: the province."""
    wide: dict[str, PlaceMention] = {}
    told: set[tuple[str, int]] = set()  # names and the lines in which they are provinces
    for m in found:
        name, _, kind = m.bare.rpartition(" ")
        called = name if kind.lower() in w.TYPES else m.bare if m.text != m.bare else ""
        if called and m.precision in ("admin1", "district"):
            wide[called] = m
            told.add((called, text.rfind("\n", 0, m.start)))
    for m in found if wide else ():
        if m.precision not in ("admin1", "district") and (m.relation or m.text != m.bare):
            wide.pop(m.bare, None)  # "the city of Zubra", "south of Zubra"
    if not wide:
        return found
    out = []
    for m in found:
        of = wide.get(m.bare)
        same = of is not None and of.country == m.country not in w.LISTED and m.precision in ("city", "town")
        same = same and _size(m, sizes) < _GREAT_CITY
        if of is not None and same and (m.bare, text.rfind("\n", 0, m.start)) not in told:
            m = replace(
                m, name=of.name, admin1=of.admin1, lat=of.lat, lon=of.lon, precision=of.precision,
                gazetteer_id=of.gazetteer_id, relation=None,
            )  # fmt: skip
        out.append(m)
    return out


def _at_home(found: list[PlaceMention], setting: list[str]) -> list[PlaceMention]:
    """Villages that no list has lie where the towns told of lie, not where the jets came from."""
    told: dict[str, float] = defaultdict(float)
    for m in found:
        if m.gazetteer_id is not None and m.country and not (m.metonym or m.demonym):
            told[m.country] += 1.0 if m.precision != "country" else 0.7
    if not told:
        return found
    home = max(told, key=lambda c: (told[c], c in setting[:1], c))
    return [replace(m, country=home) if m.gazetteer_id is None and m.country else m for m in found]


def _believed(m: Mention, group: Group, entry: Entry, setting: list[str]) -> bool:
    """Whether the words beside a name, its size and the rest of the article make it the place."""
    if entry.kind in ("country", "region"):
        return True
    within = next((x.within for x in group.mentions if x.within), [])
    if within:  # "Sereba, Borno State": no small Sereba of another country
        return entry.population >= WELL_KNOWN or any(e.country in (None, entry.country) for e in within)
    known = any(x.strong for x in group.mentions)
    at_home = not setting or entry.country in setting
    if m.generic:
        return entry.country in setting[:1]
    if m.kinds and "neighbourhood" in m.kinds and entry.kind not in m.kinds and "town" not in m.kinds:
        return entry.country in setting[:1]
    if entry.kind == "admin1" and m.kinds and "neighbourhood" in m.kinds and entry.country not in setting[:1]:
        return False  # "the Qahirah district" of Taiz is not Cairo
    if entry.kind == "admin1" or entry.capital:
        return entry.capital or known or at_home or entry.population > 1_000_000
    if not known and group.support < ENOUGH_SUPPORT and (entry.population < WELL_KNOWN or m.upper):
        return False
    alias = fold(entry.name) != m.key
    enough = 400_000 if setting and setting[0] not in w.LISTED else 50_000
    # "Khan Younis" in a report of Israel: everything else there speaks for it.
    abroad = entry.country in setting[1:] and w.LISTED.isdisjoint((setting[0], entry.country))
    beside = abroad and group.support >= CLEAR_SUPPORT
    if alias and not beside and entry.population < enough and setting and entry.country != setting[0]:
        return False  # "Roj" is Roy, but not where the United States only lead a coalition
    if m.kinds and setting and entry.country != setting[0] and any(e.country == setting[0] for e in m.entries):
        return False  # "Borno village", and the town of that name is abroad
    if _alone_abroad(group, entry, setting):
        return False
    if at_home:
        return True
    small = 1_000 if any(x.inside for x in group.mentions) and not m.upper and fold(entry.name) == m.key else 50_000
    return entry.population >= small and not (m.kinds and "city" in m.kinds and entry.population < 20_000)


def _alone_abroad(group: Group, entry: Entry, setting: list[str]) -> bool:
    """ "Five were killed in Zubra", and the only Zubra known is a small town of a country that nothing else is in."""
    if not setting or setting[0] in w.LISTED or entry.country == setting[0] or entry.kind not in ("city", "town"):
        return False
    small = entry.population < WELL_KNOWN and group.support < ENOUGH_SUPPORT
    return small and not any(m.upper or m.kinds for m in group.mentions)


def _beside(m: Mention, entry: Entry, found: Scan, setting: list[str]) -> bool:
    """ "near Boni" in Mali: the Boni that the gazetteer knows is Bonn, so it is a village."""
    if m.upper or m.first == 0 or setting[0] in w.LISTED or fold(entry.name) == m.key:
        return False
    return found.tokens[m.first - 1].low in w.BESIDE and found.tokens[m.first].gap == " "


def _kind_of(m: Mention) -> PlacePrecision:
    kinds = m.kinds or frozenset()
    if m.generic or "admin1" in kinds:
        return "district" if "neighbourhood" in kinds else "admin1"
    return "town" if "town" in kinds or not kinds else "neighbourhood"


def _setting(groups: list[Group], found: Scan, hints: Iterable[str]) -> list[str]:
    """The countries that the text is about, the first first; those with less than a seventh of the weight left out."""
    weight: dict[str, float] = defaultdict(float)
    for group in groups:
        if code := group.choice.country:
            weight[code] += group.force
    for d in found.demonyms:
        weight[d.demonym or ""] += 0.3
    for code in hints:
        weight[code] += 1.0
    total = sum(weight.values())
    return [code for code in sorted(weight, key=lambda c: (-weight[c], c)) if code and weight[code] > total / 7]


def _unlisted(text: str, found: Scan, gazetteer: Gazetteer, setting: list[str]) -> list[PlaceMention]:
    """Names that the gazetteer has under another spelling in the countries of the text, or not at all."""
    out = []
    for place in unlisted(found):
        start, end = found.tokens[place.first].start, found.tokens[place.last - 1].end
        alike = gazetteer.find_loose(text[start:end], setting) if setting else ()
        if (
            place.typed and place.precision == "neighbourhood"
        ):  # "the Hadda quarter" is no district of that name elsewhere
            alike = tuple(e for e in alike if e.kind in ("neighbourhood", "exact", "town", "city"))
        if alike:
            m = Mention(start, end, "", alike, first=place.first, last=place.last)
            out.append(
                _mention(
                    text,
                    m,
                    min(alike, key=lambda e: (setting.index(e.country or ""), -e.population, e.id)),
                    found.tokens,
                )
            )
        elif place.typed or (
            place.plain
            and setting
            and setting[0] not in w.LISTED
            and found.people.isdisjoint(range(place.first, place.last))
            and found.tokens[place.last - 1].low not in found.surnames
        ):
            out.append(_named(text, start, end, place.precision, setting[0] if setting else None))
    return out


_DAY_QUARTER = re.compile(
    r"\b(\d{1,2} (?:de )?[A-Z][a-z]{2,9}) (?:neighbou?rhood|district|quarter|area|suburb|camp)\b|"
    r"\b(?:neighbou?rhood|district|quarter) of (\d{1,2} (?:de )?[A-Z][a-z]{2,9})\b|"
    r"\bin (\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December))\b(?! \d)"
)
_ROAD = re.compile(
    r"\b(?:in|at|on|near|outside|along|inside|around|hit|struck) (?:the )?"
    r"((?:[A-Z][\w'’-]{2,20} (?:\d{1,3} )?){1,3}(?:Street|Square|Avenue|Bridge|Junction|Crossing|Market|Bazaar|"
    r"Roundabout|Road|Highway|junction|crossing|checkpoint|roundabout|bazaar|market))\b(?! [A-Z])"
)


def _with_roads(text: str, found: list[PlaceMention], country: str) -> list[PlaceMention]:
    """Also streets, squares, junctions and markets by name ("in Zubrani Street", "at the Kilo 16 junction")."""
    out = list(found)
    for match in _ROAD.finditer(text):
        start, end = match.span(1)
        known = [m for m in found if m.bare_start < end and start < m.bare_end]
        rest = text[known[0].bare_end : end].strip() if known else ""
        if rest.isalpha() and rest.islower():  # "the Hodeidah market": told by the town
            continue
        out = [m for m in out if m not in known]
        out.append(_named(text, start, end, "exact", country))
    return out


_AGAIN = re.compile(
    r"\b(?:around|at|bombed|entered|fled|from|hit|in|into|left|near|of|on|outside|shelled|struck|the|to) (?=(\w*))"
)


def _said_again(text: str, found: list[PlaceMention], setting: list[str]) -> list[PlaceMention]:
    """ "Soldiers held men in Zubrani. … in the market of Zubrani": a village told plainly once is one elsewhere too."""
    taken = {m.bare_start for m in found}
    told = {m.bare: m.precision for m in found if m.gazetteer_id is None and len(m.bare) > 3}
    out = []
    for bare, starts in standing(text, told, _AGAIN).items():
        kind: PlacePrecision = "town" if told[bare] == "near" else told[bare]
        for start in starts:
            if start not in taken:
                out.append(_named(text, start, start + len(bare), kind, setting[0] if setting else None))
    return out


def _named_after_days(text: str, setting: list[str]) -> list[PlaceMention]:
    """Quarters named after days: "the 7 July neighbourhood"."""
    out = []
    for match in _DAY_QUARTER.finditer(text):
        group = match.lastindex or 1
        out.append(_named(text, match.start(group), match.end(group), "neighbourhood", setting[0] if setting else None))
    return out


_OCCUPIED = re.compile(r"\b(?:(?:occupied )?Palestinian territor(?:y|ies)|oPt)\b")


def _occupied(text: str, gazetteer: Gazetteer) -> list[PlaceMention]:
    """ "The occupied Palestinian territory", "oPt", as the United Nations write."""
    told = "Palestinian terr" in text or "oPt" in text
    entry = gazetteer.country("PS") if told else None
    if entry is None:
        return []
    return [
        PlaceMention(
            match[0], *match.span(), match[0], *match.span(), entry.name, entry.country, None,
            entry.lat, entry.lon, "country", entry.id,
        )
        for match in _OCCUPIED.finditer(text)
    ]  # fmt: skip


def _named(text: str, start: int, end: int, precision: PlacePrecision, country: str | None) -> PlaceMention:
    a, b, relation = _phrase(text, start, end)
    if relation and w.AWAY.search(relation) and precision in POINTS:
        precision = "near"
    bare = text[start:end]
    return PlaceMention(
        text[a:b], a, b, bare, start, end, bare, country, None, None, None, precision, None, relation
    )  # fmt: skip


def _phrase(text: str, start: int, end: int) -> tuple[int, int, str | None]:
    """The phrase around a name: "the outskirts of the town of X", "X's northern countryside"; what moves it away."""
    word = _LAST_WORD.search(text, max(0, start - 24), start)
    begins = word is not None and word[1].lower() in w.BEFORE_LAST
    before = w.BEFORE.search(text, max(0, start - 90), start) if begins else None
    after = w.AFTER.match(text, end)
    relation = " ".join(
        part for part in (before["near"] if before else None, after["where"] if after else None) if part
    ).strip()
    if not relation and before and before["side"]:
        relation = before["side"].strip()
    a = before.start() if before and (before["near"] or before["type"] or before["side"]) else start
    b = after.end() if after and (after["type"] or after["where"]) else end
    return a, b, relation or None


def _mention(text: str, m: Mention, entry: Entry, tokens: list[Token]) -> PlaceMention:
    start, end, relation = _phrase(text, m.start, m.end)
    following = tokens[m.last] if m.last < len(tokens) else None
    behind = following.low if following is not None and following.gap == " " else ""
    before = tokens[m.first - 1].low if m.first > 0 and tokens[m.first].gap == " " else ""
    rules = (behind in w.SPEAKS or before in w.ADDRESSED) and (entry.kind == "country" or entry.capital)
    adjective = _is_adjective(text, m, following)
    return PlaceMention(
        text[start:end], start, end, text[m.start : m.end], m.start, m.end, entry.name, entry.country, entry.admin1,
        entry.lat, entry.lon, _precision(entry, relation, text[start:end]), entry.id, relation,
        metonym=behind in w.PAPERS or (rules and not m.cue and not relation),
        container=m.container, demonym=adjective,
    )  # fmt: skip


_PROVINCE = re.compile(r"\b(?:province|governorate|oblast)\b", re.IGNORECASE)


def _precision(entry: Entry, relation: str | None, text: str) -> PlacePrecision:
    if relation and w.AWAY.search(relation) and entry.kind in POINTS:
        return "near"
    if entry.kind == "district" and _PROVINCE.search(text):
        return "admin1"  # the gazetteer takes some provinces for districts
    return entry.kind


def _is_adjective(text: str, m: Mention, following: Token | None) -> bool:
    """ "US troops", "the UK-based": the short names of countries before a noun."""
    word = text[m.start : m.end].lower()
    if word not in w.BOTH or following is None:
        return False
    gap = following.gap.lstrip(".")
    return gap.startswith("-") or (
        gap == " " and following.low not in w.PLAIN and following.low not in w.SPEAKS and len(following.low) > 3
    )


def _demonyms(found: Scan, gazetteer: Gazetteer, others: list[PlaceMention]) -> list[PlaceMention]:
    taken = {m.bare_start for m in others}
    out = []
    for d in found.demonyms:
        token = found.tokens[d.first]
        entry = gazetteer.country(d.demonym or "")
        if entry is None or token.start in taken:
            continue
        out.append(
            PlaceMention(
                token.text, token.start, token.end, token.text, token.start, token.end, entry.name, entry.country, None,
                entry.lat, entry.lon, "country", entry.id, demonym=True,
            )
        )  # fmt: skip
    return out


def _apart(mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Phrases that would overlap shrink to their names; a name inside another is left out."""
    out: list[PlaceMention] = []
    for m in mentions:
        if out and m.bare_start < out[-1].bare_end:
            continue
        if out and m.start < out[-1].end:
            m = replace(m, text=m.text[m.bare_start - m.start :], start=m.bare_start)
            if m.start < out[-1].end:
                out[-1] = _cut(out[-1], m.start)
        out.append(m)
    return out


def _cut(m: PlaceMention, end: int) -> PlaceMention:
    end = max(end, m.bare_end)
    return replace(m, text=m.text[: end - m.start], end=end)

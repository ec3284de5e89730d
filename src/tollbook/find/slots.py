"""Which date and which place of a passage belong to a harm, by the arcs of the parse and by distance.

A date beside the verb of saying is when it was said ("told reporters on June 8"), not when it happened; a place in
the name of a speaker or after "from" is where somebody comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence

from tollbook.find.harms import Finding
from tollbook.find.layers import Layers
from tollbook.find.passages import Passage
from tollbook.find.sentences import Sentence
from tollbook.records import AttributionMention, PlaceMention, When

_COARSE = ("country", "region", "admin1", "district")
_SAID_GAP = re.compile(r"[\s,\"'”’]*(?:(?:told|to|the|reporters?|journalists?|media|agency|in|a|an|statement|news|conference|press|briefing|late|early|on|its|his|her|website|telegram|twitter|tweet|post|\w+tv|state|television|tv|reuters|afp|ap|released|issued|published)[\s,]*){0,7}\Z", re.IGNORECASE)  # fmt: skip
_IN = re.compile(r"\b(?:in|across|inside|into|throughout|over|within|around|of|on|near|targeting|hit|hits|shook|rocked|for)\s+(?:(?:the|war-torn|neighbouring|neighboring|northern|southern|eastern|western|central|northwest\w*|northeast\w*|southwest\w*|southeast\w*|north|south|east|west|both|parts of)\s+)*\Z", re.IGNORECASE)  # fmt: skip
_SAYING = re.compile(
    r"\b(?:said|says|told(?: \w+){1,4}|announced|reported|stated|tweeted|wrote|added|confirmed|declared|(?:statement|tweet|post|interview|briefing|report|communiqu[eé])(?: (?:issued|released|published|posted))?)"
    r"(?: (?:late|early|on|earlier))*\s\Z",
    re.IGNORECASE,
)
_REGION = re.compile(r"\s*(?:\w+[- ])?(?:north|south|east|west|central|capital|border|coast|countryside|territory)", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|affiliated (?:with|to)|part of|belong(?:s|ing) to|subordinate to|native of|born in(?: \d{4},? in)?|fled|left|resident of|residents of|citizen of|based in|hospital in|hospitals in|house in)\s+(?:the\s+)?(?:city of |town of |village of )?\Z", re.IGNORECASE)


def inside(mentions: Sequence, start: int, end: int) -> list:  # type: ignore[type-arg]
    """The mentions that lie in a stretch of the text."""
    i = bisect_left(mentions, start, key=lambda m: m.start)
    found = []
    while i < len(mentions) and mentions[i].start < end:
        found.append(mentions[i])
        i += 1
    return found


def said_dates(passage: Passage, layers: Layers) -> set[int]:
    """Start offsets of the dates in a passage that tell when something was said."""
    found: set[int] = set()
    dates: list[When] = inside(layers.dates, passage.start, passage.end)
    if not dates:
        return found
    for date in dates:
        if _SAYING.search(passage.text[max(0, date.start - passage.start - 60) : date.start - passage.start]):
            found.add(date.start)
    for mention in _around(layers, passage):
        for date in dates:
            if _is_said(date, mention, passage, layers):
                found.add(date.start)
    return found


def _around(layers: Layers, passage: Passage) -> Iterator[AttributionMention]:
    for mention in layers.attributions:
        if any(passage.start <= c.start < passage.end for c in mention.cues):
            yield mention


def _is_said(date: When, mention: AttributionMention, passage: Passage, layers: Layers) -> bool:
    if any(c.start <= date.start < c.end and not _leads(c.start, date, passage) for c in mention.contents):
        return False
    if any(s.start <= date.start < s.end for s in mention.sources):
        return False
    for cue in mention.cues:
        if cue.end <= date.start and date.start - cue.end < 90:
            between = passage.text[cue.end - passage.start : date.start - passage.start]
            if _SAID_GAP.match(between):
                return True
        if date.end <= cue.start and cue.start - date.end < 4:
            return True
        source = mention.sources[-1] if mention.sources else None
        if source is not None and source.end <= date.start <= cue.start and date.start - source.end < 12:
            return True
    return False


def _leads(content: int, date: When, passage: Passage) -> bool:
    """"said on Wednesday a drone hit …": the date opens the content, but it tells when it was said."""
    return passage.text[content - passage.start : date.start - passage.start].strip().lower() in ("", "on", "early", "late")


def _token(s: Sentence, offset: int) -> int:
    local = offset - s.passage.start
    last = 0
    for token in s.doc:
        if token.idx > local:
            break
        last = token.i
    return last


def _distance(s: Sentence, finding: Finding, offset: int, end: int) -> float:
    """Arcs between a mention and the harm, with word distance as a tie-break; crossing another number costs."""
    token = _token(s, end - 1)
    arcs = min(_arcs(s, token, finding.trigger), 1 + _arcs(s, token, finding.phrase.top if finding.phrase else finding.trigger))
    words = min(abs(token - finding.trigger), abs(token - (finding.phrase.head if finding.phrase else finding.trigger)))
    low, high = sorted((token, finding.trigger))
    crossed = sum(1 for a, _, c in s.counts if low < a < high and c is not finding.count and (c.low or 0) > 0)
    clause = 1.5 * sum(1 for k in range(low, high) if s.words[k] in (";", "while", "whereas", "whilst"))
    return arcs + 0.12 * words + 0.8 * crossed + clause


def _arcs(s: Sentence, a: int, b: int) -> int:
    up: dict[int, int] = {}
    steps = 0
    while a not in up:
        up[a] = steps
        a = s.heads[a]
        steps += 1
    steps = 0
    seen: set[int] = set()
    while b not in up and b not in seen:
        seen.add(b)
        b = s.heads[b]
        steps += 1
    return steps + up.get(b, 12)


def own_date(finding: Finding, others: Sequence[Finding], layers: Layers, said: Container[int]) -> When | None:
    """The date in the finding's own passage that belongs to it, and no closer to another number (``others``)."""
    s = finding.sentence
    options = [d for d in inside(layers.dates, s.passage.start, s.passage.end) if d.start not in said and not _is_age(d, s) and names_a_day(d)]
    ranked = [(_distance(s, finding, d.start, d.end) + _outside(d.start, finding, layers), d.start, d) for d in options]
    near = [r for r in ranked if all(r[0] <= _slack(s, finding, o, _token(s, r[2].end - 1)) + _distance(s, o, r[2].start, r[2].end) for o in others)]
    return min(near, key=lambda r: r[:2])[2] if near else None


def _slack(s: Sentence, finding: Finding, other: Finding, token: int) -> float:
    """How much closer to another number a mention may be: coordinated harms share what is said of their clause, separate
    clauses do not; nor does a clause with a subject of its own share what stands inside the other's subject or object.
    """
    if other.part_of is not None or finding.part_of is not None:
        return 3.5
    if _arcs(s, finding.trigger, other.trigger) > 1:
        return 1.2
    if s.child(finding.trigger, "nsubj", "nsubjpass") is not None and s.heads[finding.trigger] == other.trigger:
        step = token
        for _ in range(12):
            if s.heads[step] == other.trigger:
                return 0.0 if s.deps[step] in ("nsubj", "nsubjpass", "dobj") else 3.5
            if s.heads[step] == step:
                break
            step = s.heads[step]
    return 3.5


def _outside(start: int, finding: Finding, layers: Layers) -> float:
    """A cost for what stands outside the words that the speaker of this number is said to have said."""
    passage = finding.sentence.passage
    for mention in layers.attributions:
        for content in mention.contents:
            if content.start <= finding.count.start < content.end:
                lead = passage.start <= start < content.start
                return 2.5 if lead and any(passage.start <= c.start < content.start for c in mention.cues) else 0.0
    return 0.0


def _follows(finding: Finding, place: PlaceMention) -> bool:
    """"140 in Idlib": a number told apart by its place."""
    s = finding.sentence
    if finding.phrase is None or finding.phrase.form != "elliptic":
        return False
    between = s.passage.text[finding.count.end - s.passage.start : place.start - s.passage.start].strip().lower()
    return between in ("in", "at", "near", "from", "")


def _is_victim(finding: Finding, place: PlaceMention) -> bool:
    """Surnames that are towns too."""
    phrase, s = finding.phrase, finding.sentence
    return phrase is not None and phrase.form == "name" and s.start(phrase.first) <= place.start < s.end(phrase.last)


_NAMES = re.compile(r"day\b|week|month|year|night|morning|evening|noon|\d{4}|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|today|decade)", re.IGNORECASE)  # fmt: skip


def names_a_day(date: When) -> bool:
    """Whether the words point to days at all: "hours later" does not, until something anchors it."""
    return date.from_ is not None or bool(_NAMES.search(date.text) and not re.match(r"\w+ (?:months?|years?|weeks?|days?) (?:after|before|later|earlier)\b", date.text, re.IGNORECASE))


def _is_age(date: When, s: Sentence) -> bool:
    before = s.passage.text[max(0, date.start - s.passage.start - 9) : date.start - s.passage.start].lower()
    return "born" in before


def said_date(finding: Finding, layers: Layers, said: Container[int]) -> When | None:
    """When the number was given, where the passage says it."""
    s = finding.sentence
    dates = [d for d in inside(layers.dates, s.passage.start, s.passage.end) if d.start in said]
    return dates[0] if dates else None


def own_place(finding: Finding, others: Sequence[Finding], layers: Layers) -> PlaceMention | None:
    """The place in the finding's own passage that belongs to it: the nearest, refined by a finer one inside it."""
    s = finding.sentence
    options = [p for p in inside(layers.places, s.passage.start, s.passage.end) if is_site(p, s.passage, layers)]
    beside = [p for p in options if 0 <= p.start - finding.count.end <= 8 and _follows(finding, p)]
    if beside:
        return beside[0]
    options = [p for p in options if not _is_victim(finding, p)]
    far = [(_distance(s, finding, p.bare_start, p.bare_end) + _outside(p.start, finding, layers), p.start, p) for p in options]
    near = [r for r in far if all(r[0] <= _slack(s, finding, o, _token(s, r[2].bare_end - 1)) + _distance(s, o, r[2].bare_start, r[2].bare_end) for o in others)]
    if not near:
        return None
    ranked = [p for _, _, p in sorted(near, key=lambda r: (round(r[0], 3), r[1]))]
    best = ranked[0]
    if best.precision in _COARSE:
        finer = [p for p in ranked[1:] if rank(p) < rank(best) and within(p, best)]
        near = [p for p in finer if _joined(s, p, best)]
        if near:
            return near[0]
    return best


def _joined(s: Sentence, fine: PlaceMention, coarse: PlaceMention) -> bool:
    """"in northern Syria, on a road near Kobani": no number and no verb of harm between the two."""
    low, high = sorted((fine, coarse), key=lambda p: p.start)
    if high.start - low.end > 60:
        return False
    return not any(low.end <= c.start < high.start for _, _, c in s.counts)


def is_site(place: PlaceMention, passage: Passage, layers: Layers) -> bool:
    """Whether a place mention can be where something happened."""
    if place.metonym or place.container or place.demonym:
        return False
    before = passage.text[max(0, place.start - passage.start - 40) : place.start - passage.start]
    if _FROM.search(before):
        return False
    if place.precision == "country" and not place.relation:
        after = passage.text[place.end - passage.start : place.end - passage.start + 2]
        owner = after[:1] in ("'", "’") and any(0 < p.start - place.end < 30 for p in inside(layers.places, place.end, place.end + 30))
        region = after[:1] in ("'", "’") and _REGION.match(passage.text, place.end - passage.start + 2)
        if not (_IN.search(before) or owner or region or after[:1] == ":" or (after[:1] in ("", ".") and not before.strip())):
            return False
    for mention in layers.attributions:
        if any(s.start <= place.start and place.end <= s.end for s in mention.sources):
            return False
    return not any(a.start <= place.start and place.end <= a.end and a.end - a.start > place.end - place.start for a in inside(layers.actors, place.start - 60, place.end))  # fmt: skip


_RANK = {"exact": 0.0, "neighbourhood": 1.0, "town": 2.0, "near": 2.5, "city": 3.0, "district": 4.0, "admin1": 5.0, "region": 6.0, "country": 7.0}


def rank(place: PlaceMention) -> float:
    """0 for an exact site … 7 for a country; a part of a country ("northern Syria") says more than the country."""
    if place.precision in ("town", "city") and place.text.lower().endswith((" district", " countryside", " area", " region", " canton")):
        return _RANK["district"]
    if place.precision == "near":
        return 2.2 if _VILLAGE.search(place.text) else 2.8
    if place.precision == "town" and "village" in place.text.lower():
        return 1.9
    return _RANK[place.precision] - (0.5 if place.precision == "country" and place.relation else 0.0)


_VILLAGE = re.compile(r"\b(?:villages?|towns?|neighbou?rhood|camp)\b", re.IGNORECASE)


def within(fine: PlaceMention, coarse: PlaceMention) -> bool:
    """Whether the finer place can lie in the coarser one, as far as both are known."""
    if fine.country is None or coarse.country is None:
        return True
    if fine.country != coarse.country:
        return False
    if coarse.precision in ("country", "region") or fine.admin1 is None or coarse.admin1 is None:
        return True
    return fine.admin1 == coarse.admin1


def far_apart(a: PlaceMention, b: PlaceMention) -> bool:
    """Whether two places cannot be the site of one incident."""
    if a.country and b.country and a.country != b.country:
        return True
    fine_a, fine_b = rank(a) <= 4, rank(b) <= 4
    if fine_a and fine_b:
        if a.lat is not None and b.lat is not None and a.lon is not None and b.lon is not None:
            return abs(a.lat - b.lat) + abs(a.lon - b.lon) * 0.8 > 0.35
        unknown, other = (a, b) if a.lat is None else (b, a)
        return not _names_province(other) and not _same_name(unknown, other)
    if rank(a) == rank(b) == 5:
        return a.name != b.name
    fine, coarse = (a, b) if rank(a) < rank(b) else (b, a)
    return not within(fine, coarse)


def _names_province(place: PlaceMention) -> bool:
    """"Idlib" may be the province; "Idlib city" and "south of Idlib" are not."""
    if place.precision != "city" or place.relation or "city" in place.text.lower():
        return False
    return place.admin1 is not None and place.name.lower()[:5] in place.admin1.lower()


def _same_name(a: PlaceMention, b: PlaceMention) -> bool:
    x, y = a.bare.lower().split(), b.bare.lower().split()
    return bool(set(x) & set(y))

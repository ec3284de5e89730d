"""What happened: every event word of a text, and which of them a number belongs to.

Strong words name a type ("airstrike", "gunned down"); weak ones ("attack", "strike", "explosion") get theirs from a
strong word beside them or elsewhere in the document, and stay open where there is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tollbook import lexicon
from tollbook.find.event.assaults import beside_guns, beside_shots, is_assault
from tollbook.lexicon.phrases import Entry, Table, Word, entry, spells, split, table
from tollbook.records import ActorMention, Event, EventMention, EventType

if TYPE_CHECKING:
    from tollbook.find.grammar.sentences import Sentence

M = TypeVar("M", EventMention, ActorMention)

# Who carries beats what is carried: a drone firing a missile is a drone strike, warplanes with rockets an airstrike.
_CARRIER = {"drone_strike": 2, "airstrike": 1}
_AIRCRAFT = ("plane", "jet", "aircraft", "aviation", "gunship", "bomber", "wing")
_SENTENCE = re.compile(r"[.!?;:]\s")
_BESIDE = 100  # code points
_ANOTHER = frozenset(
    {"also", "another", "separate", "second", "earlier", "previous", "other", "subsequent", "different"}
)
_OPENING = 600  # code points: title and lead
_REACH = 20_000  # code points: beyond them a long document is about something else
_RECENT = 400  # code points: what was said last
_APART = re.compile(r"(?i)(?:\W|in )*(?:separately|elsewhere|a separate|a different|another incident|an unrelated)\b")
_CARRIED = frozenset({"missile_strike", "shelling", "bombing"})
_FIRED = frozenset(
    {
        "machine gunned",
        "machine-gunned",
        "machinegunned",
        "fired on",
        "fired at",
        "fired into",
        "fired upon",
        "firing at",
        "firing on",
        "opened fire",
    }
)


@dataclass(frozen=True, slots=True)
class _Weak:
    types: frozenset[str]
    default: EventType | None


@cache
def _table() -> Table:
    data = lexicon.load("events")
    entries = [entry(p, "strong", kind) for kind, phrases in data["strong"].items() for p in phrases]
    entries += [entry(p, "weak", kind) for kind, row in data["weak"].items() for p in row["words"]]
    entries += [entry(p, "war", None) for p in data["war"]["words"]]
    entries += [entry(p.lower(), "not", None) for p in data["not"]["words"]]
    return table(entries)


@cache
def _weak_words() -> dict[str, _Weak]:
    out = {}
    for row in lexicon.load("events")["weak"].values():
        for phrase in row["words"]:
            out[" ".join(w.key for w in split(phrase))] = _Weak(frozenset(row["types"]), row.get("default"))
    return out


def within(mentions: Sequence[M], start: int, end: int) -> Sequence[M]:
    """Those that begin in a stretch; ``mentions`` are in order."""
    first = bisect_left(mentions, start, key=_start)
    return mentions[first : bisect_left(mentions, end, first, key=_start)]


def _start(mention: EventMention | ActorMention) -> int:
    return mention.start


@cache
def _set(*keys: str) -> frozenset[str]:
    """A list of the lexicon, by the names of the tables that hold it."""
    found: Any = lexicon.load("events")
    for key in keys:
        found = found[key]
    return frozenset(found)


@cache
def _dug() -> re.Pattern[str]:
    """What says that the mines of a text are pits."""
    return re.compile(rf"\b(?:{'|'.join(sorted(_set('pits', 'near')))})\b", re.IGNORECASE)


_WORN = re.compile(
    r"(?i)\b(?:carrying|found|seized|wearing|wore|with)\s(?:an?|the|their|his|two|three|several|\d+)?\s?\Z"
)
_BLOWN = re.compile(r"(?i)\b(?:blew|blow\w*|deton\w+|explo\w+|set off)\b")
_ARTICLES = frozenset({"a", "one", "large", "powerful", "huge", "small"})
_WEAPONS = frozenset({"drone_strike", "missile_strike", "shelling", "bombing"})


def find_events(text: str) -> tuple[EventMention, ...]:
    """Event words in order, none overlapping another. A war or conflict is a mention without a type that is not weak.

    >>> [(m.text, m.type, m.weak) for m in find_events("A drone hit a car. The attack killed two.")]
    [('drone', 'drone_strike', False), ('hit', None, True), ('attack', None, True)]
    """
    words, phrases = split(text), _table()
    dug: bool | None = None  # asked once, where it matters: the whole text is looked through for it
    out = []
    i = 0
    while i < len(words):
        e = next((e for e in phrases.get(words[i].key, ()) if spells(text, words, i, e) and _cased(words, i, e)), None)
        if e is None:
            w = words[i]
            if w.key == "mine" and text[max(0, w.start - 2) : w.start] == ", " and text[w.end : w.end + 1] == ":":
                out.append(
                    EventMention(w.raw, w.start, w.end, "landmine", False)
                )  # "4 May, Zalba road, mine: two dead"
            i += 1
            continue
        last = i + len(e.words)
        if e.sort != "not":
            start, end = words[i].start, words[last - 1].end
            kind = cast(EventType, e.value) if e.sort == "strong" else None
            before = [w.key for w in words[max(0, i - 3) : i]]
            if kind in _WEAPONS and (before[-1:] == ["not"] or any(k in _set("idle", "before") for k in before)):
                i = last
                continue
            if kind == "suicide_bombing" and _only_worn(text, start, end):
                i = last
                continue
            if kind == "landmine" and text[start:end].lower() in _set("pits", "words"):
                dug = _dug().search(text) is not None if dug is None else dug
                if dug:
                    i = last
                    continue
            if before[-1:] == ["no"]:  # "there was no fighting here"
                i = last
                continue
            apart = (
                _SENTENCE.search(text, words[max(0, i - 3)].end, start) is not None
            )  # "said the army. A bomb went off"
            bombed = e.value in ("bombed", "bombing") and not apart
            if bombed and any(k in _set("weak", "bombed", "after") for k in before):
                kind = "airstrike"
            elif words[i].key == "bomb" and kind is None and before[-1:] and before[-1] in _ARTICLES:
                kind = "bombing"
            elif (
                is_assault(text, words, i, last)
                if e.sort == "weak"
                else (kind == "stabbing" and beside_guns(text, start, end))
                or (kind == "bombing" and beside_shots(text, start, end))
            ):
                kind = "ground_attack"
            another = any(k in _ANOTHER for k in before[-2:]) and words[i].key not in _PARTICIPLES
            another = another and before[-2:] != ["the", "second"]  # of two told of, one kind
            another = another or any(k in _set("background", "before") for k in before)
            if kind == "clash" and _is_backdrop(text, start, out):
                kind = None  # like a war
            out.append(EventMention(text[start:end], start, end, kind, e.sort == "weak" and not kind, another))
        i = last
    return tuple(out)


_AS = re.compile(r"\b(?:amid|as|while)\s(?:[\w-]+\s){0,3}\Z", re.IGNORECASE)


def _is_backdrop(text: str, start: int, before: Sequence[EventMention]) -> bool:
    """ "A drone hit a market, as fighting spread": the fighting around what the sentence has just told of."""
    told = next((e for e in reversed(before) if e.type is not None and not e.weak), None)
    beside = told is not None and told.type != "clash" and _SENTENCE.search(text, told.end, start) is None
    return beside and _AS.search(text, max(0, start - 60), start) is not None


# "… one on Monday and another targeting a farm": another of the same kind.
_PARTICIPLES = frozenset({"targeting", "hitting", "striking", "attacking"})


def _only_worn(text: str, start: int, end: int) -> bool:
    """ "One of them wore an explosive belt": nothing is said to have gone off."""
    return _WORN.search(text, max(0, start - 30), start) is not None and not _BLOWN.search(text, end, end + 80)


def _cased(words: tuple[Word, ...], i: int, e: Entry) -> bool:
    return all(
        c == "-" or (words[i + k].raw.isupper() if c == "U" else words[i + k].raw[:1].isupper())
        for k, c in enumerate(e.case)
    )


_ATTACKS = frozenset({"assault", "attack", "attacked", "raid", "raided"})


def choose_event(
    passage: tuple[int, int],
    harm: tuple[int, int],
    events: Sequence[EventMention],
    parse: Sentence | None = None,
    total: bool = False,
    near: Sequence[tuple[int, int]] | None = None,
) -> Event | None:
    """The event of one claim; ``None``: the sentence has no word for it and nothing elsewhere fits.

    ``passage`` and ``harm`` are where the sentence and its words of harm stand, ``events`` all mentions of the
    document, ``parse``: the parsed passage. A ``total`` has the event that its own sentence names, or none. ``near``:
    the stretches that tell of the same incident, where that is known; what they name goes before the rest.
    """
    inside = _in_clause(within(events, *passage), passage[0], harm, parse)
    ranked = sorted(inside, key=lambda e: (_distance(passage[0], harm, e, parse), e.start))
    if not ranked:
        apart = parse is not None and _APART.match(parse.passage.text) is not None
        return None if total or apart else _carried(passage, _told_near(events, near))
    first = ranked[0]
    if first.type == "arson" and not total:  # "killed in the raid, and houses were set on fire"
        first = next((e for e in ranked if e.weak and not e.another and e.text.lower() in _ATTACKS), first)
    if total and _listed(first, inside, passage, parse):
        return _event(None, first)
    if first.text.lower() in _set("bearers", "words"):
        told = _main(_told_near(events, near), passage[0], _ARMED)
        return _event(told.type if told else first.type, first)
    fought = next((e for e in ranked if e.type == "clash" and not e.another), None)
    if first.type == "shooting" and fought is not None:  # "gunned down 12 militants in two encounters"
        return _event(fought.type, fought)
    stormed = next(
        (e for e in ranked if e.type == "ground_attack" and not e.another and not _MANOEUVRE.search(e.text)), None
    )
    if first.type in ("shooting", "stabbing", "arson") and stormed is not None:  # "stormed the camp and opened fire"
        return _event(stormed.type, stormed)
    if not first.weak:
        return _event(_refined(first, ranked), first)
    weak = _weak(first)
    general = first.text.lower() in _set("general", "words")
    if total and general and not any(e.type in weak.types for e in ranked[1:]):
        return _event(weak.default, first)  # a sum has the event that its own sentence names
    if first.another:  # "another drone strike" says what it is, "another strike" does not
        own = [e for e in ranked[1:] if not e.weak and e.type in weak.types and 0 <= first.start - e.end < 2]
        return _event(own[0].type if own else weak.default, first)
    # a strong word of a fitting type in the same sentence says what the weak one is
    for e in ranked[1:]:
        if not e.weak and e.type in weak.types and (weak.default != "ground_attack" or _flies(e)):
            return _event(_refined(e, ranked), e)
    if total and weak.default is None and not _names_one(first, parse):
        return _event(None, first)  # "in attacks by the army since May": of every kind
    return _antecedent(first, _narrowed(weak, ranked), passage, _told_near(events, near))


# What a paragraph has just told, and as what the report tells of the incident elsewhere: the second says more of it.
_SAYS_MORE = frozenset({("airstrike", "drone_strike"), ("shooting", "execution"), ("shooting", "ground_attack")})


def _names_one(e: EventMention, parse: Sentence | None) -> bool:
    """ "14,000 have fled since the attack": one that the text has told of."""
    if parse is None or e.text.endswith("s"):
        return False
    return parse.passage.text[: e.start - parse.passage.start].endswith((" the ", " that "))


def names_kind(told: Sequence[EventMention]) -> bool:
    """Whether any of these says what happened."""
    return any(e.type is not None and not e.weak and not e.another for e in told)


def refers_back(own: Sequence[EventMention]) -> bool:
    """Whether the words of a sentence leave it to the text before it what happened: it has none, or "the attack"."""
    return all(e.weak and not e.another and _weak(e).default is None for e in own)


def nearer(just: Event | None, incident: Event | None) -> Event | None:
    """ "A device went off under the pickup. Both died": what the paragraph has ``just`` told goes before the rest of
    the ``incident``, unless that is the same in a word that says more."""
    if just is None or incident is None or (just.type, incident.type) in _SAYS_MORE:
        return incident
    return just


def _in_clause(
    inside: Sequence[EventMention], start: int, harm: tuple[int, int], parse: Sentence | None
) -> Sequence[EventMention]:
    """Those between the semicolons that the harm stands between, where there are any: "shells killed two; jets six"."""
    text = parse.passage.text if parse is not None else ""
    if ";" not in text:
        return inside
    first = text.rfind(";", 0, max(0, harm[0] - start)) + 1 + start
    last = text.find(";", max(0, harm[0] - start))
    own = within(inside, first, last + start if last >= 0 else start + len(text))
    return own or inside


def _told_near(events: Sequence[EventMention], near: Sequence[tuple[int, int]] | None) -> Sequence[EventMention]:
    """The mentions that tell of one incident, where any of them says what kind it was; else all."""
    if not near:
        return events
    own = [e for e in events if any(a <= e.start < b for a, b in near)]
    told = any((e.type is not None and not e.weak) or (e.weak and _flies(e)) for e in own)
    return [replace(e, another=False) if e.another else e for e in own] if told else events


def _listed(e: EventMention, inside: Sequence[EventMention], passage: tuple[int, int], parse: Sentence | None) -> bool:
    """Whether a sum names several kinds side by side: "ambushes, bombings and air raids have killed"."""
    if parse is None:
        return False
    for a, b in zip(inside, inside[1:], strict=False):
        between = parse.passage.text[a.end - passage[0] : b.start - passage[0]]
        if e in (a, b) and a.type != b.type and re.fullmatch(r",? (?:and|or) |, (?:\w+,? (?:and )?)?", between):
            return True
    return False


def _narrowed(weak: _Weak, near: Sequence[EventMention]) -> _Weak:
    """ "The strike hit a farm": a strike, not whatever hits."""
    types, default = weak.types, weak.default
    for e in near[1:]:
        if e.weak and types & _weak(e).types:
            types, default = types & _weak(e).types, default or _weak(e).default
            if default not in types:
                default = _weak(e).default
    return _Weak(types, default)


def _flies(e: EventMention) -> bool:
    """Whether the words name aircraft: "raid" and "warplanes" are one event, "raid" and "airstrike" need not be."""
    return any(part in e.text.lower() for part in _AIRCRAFT)


def _event(kind: EventType | None, e: EventMention) -> Event:
    return Event(kind, e.text, e.start, e.end)


def _weak(e: EventMention) -> _Weak:
    return _weak_words().get(" ".join(w.key for w in split(e.text)), _Weak(frozenset(), None))


def _refined(e: EventMention, near: Sequence[EventMention]) -> EventType | None:
    """A missile or a grenade from a drone named in the same sentence is a drone strike; a car bomb beside it is not."""
    beside = [x.type for x in near if not x.weak and not x.another]
    if e.type in _CARRIED and "chemical_attack" in beside:
        return "chemical_attack"  # "rockets carrying a nerve agent"
    if e.type == "bombing" and "suicide_bombing" in beside and "grenade" not in e.text.lower():
        return "suicide_bombing"  # "a suicide bomber blew up his car bomb"
    reach = 60 if e.type in ("bombing", "shooting") else 1500
    if e.type in _CARRIED or e.text.lower() in _FIRED:  # "a drone fired on their car"
        carriers = [x.type for x in near if x.type in _CARRIER and abs(x.start - e.start) < reach]
        carriers += ["airstrike" for x in near if x.weak and x is not e and e.type != "bombing" and _flies(x)]
        if e.text.lower() in _FIRED and any("helicopter" in x.text.lower() and x.start < e.start for x in near):
            carriers.append("airstrike")  # "an Apache helicopter opened fire on their boat"
        if carriers:
            return max(carriers, key=lambda t: _CARRIER[t or ""])
    return e.type


def _distance(start: int, harm: tuple[int, int], e: EventMention, parse: Sentence | None) -> float:
    gap = max(e.start - harm[1], harm[0] - e.end, 0)
    if parse is not None and e.start > harm[1] and " before " in parse.passage.text[harm[1] - start : e.start - start]:
        return 1000.0 + gap  # "killing nine before one of them was gunned down": what came later
    cost = gap / 6.0 + (3.0 if e.weak else 0.0)
    if parse is not None:
        a, b = _above(parse, *harm), _above(parse, e.start, e.end)
        if a and b:
            cost = gap / 20.0 + 3.0 * _steps(a, b) + (2.0 if e.weak else 0.0)
    return cost


def _above(parse: Sentence, start: int, end: int) -> list[int]:
    """The head of the words between two offsets, and what it depends on, up to the root."""
    return min((parse.ancestry(i) for i in parse.between(start, end)), key=len, default=[])


def _steps(a: list[int], b: list[int]) -> int:
    """Edges between two words of a tree."""
    place = {token: n for n, token in enumerate(a)}
    for n, token in enumerate(b):
        if token in place:
            return n + place[token]
    return 12


def _main(events: Sequence[EventMention], before: int, types: frozenset[str] | None = None) -> EventMention | None:
    """The mention of the type that the document speaks of most; its opening and what was said last count more."""
    votes: dict[str, float] = defaultdict(float)
    last: EventMention | None = None
    near = within(events, max(0, before - _REACH), before + _REACH)
    lead = within(events, 0, min(_OPENING, near[0].start) if near else _OPENING)
    told = stormed = False
    for e in (*lead, *near):
        stormed = stormed or (e.type == "ground_attack" and not e.another and _MANOEUVRE.search(e.text) is None)
        if e.weak and not e.another and "airstrike" in (types or _FLOWN) and _flies(e):
            votes["airstrike"] += 1  # "a plane hit a house"
            told = True
            if e.type is None and types is None and before - _RECENT <= e.start < before:
                last = EventMention(e.text, e.start, e.end, "airstrike", False)
        if e.type == "other" and types is None:
            continue  # tear gas, torture: of those of whom it is told only
        if e.type is not None and (types is None or e.type in types):
            told = told or not e.another
            weight = (2 if e.start < _OPENING else 1) * (1 if e.another else 2)
            votes[e.type] += weight if e.type != "arson" else 0.5  # houses burn in many an attack
            if not e.another and e.type != "arson" and before - _RECENT <= e.start < before:
                last = e
    if not told:
        return None
    executed = votes.get("execution", 0) > votes.get("ground_attack", 0)  # then the shots may be those
    if last is not None and last.type is not None:
        votes[last.type] += 12 if types else 6  # "the attack" is rather the last one than silence is
    if "ground_attack" in votes:  # who storms a village shoots, stabs and burns; in an operation somebody may be shot
        means = sum(votes.get(kind, 0) for kind in ("shooting", "stabbing", "arson"))
        votes["ground_attack"] += means if stormed and not executed else votes.get("shooting", 0) / 2
    best = max(votes, key=lambda t: (votes[t], _CARRIER.get(t, 0)))
    return next((e for e in (*lead, *near) if e.type == best), None) or _flown((*lead, *near))


# Soldiers on the move, which says nothing of how somebody died meanwhile.
_MANOEUVRE = re.compile(
    r"\b(?:drop|incursions?|infiltrat\w+|invasion|offensive|operations?|(?:commando|ground|helicopter) raids?)\b",
    re.IGNORECASE,
)
_ARMED: frozenset[str] = frozenset({"ground_attack", "shooting"})
_FLOWN = frozenset({"airstrike"})


def _flown(events: Sequence[EventMention]) -> EventMention:
    """The aircraft that stand for an airstrike where nothing else names one."""
    e = next(e for e in events if e.weak and _flies(e))
    return EventMention(e.text, e.start, e.end, "airstrike", False)


def _carried(passage: tuple[int, int], events: Sequence[EventMention]) -> Event | None:
    """The event that a sentence without any word for it goes on about."""
    found = _main(events, passage[0])
    if found is None:
        return None
    beside = within(events, found.start - _BESIDE, found.end + _BESIDE)  # "a drone fired three missiles at a farm"
    return _event(_refined(found, beside), found)


def _antecedent(e: EventMention, weak: _Weak, passage: tuple[int, int], events: Sequence[EventMention]) -> Event:
    """What "the attack" refers back (in a headline, forward) to."""
    if weak.default == "ground_attack" and any(
        x.type == "ground_attack" for x in within(events, passage[0] - _REACH, passage[1] + _REACH)
    ):
        return _event(weak.default, e)  # soldiers are about: a raid is theirs
    if e.text.lower().endswith(("strike", "strikes")):  # who fires rockets or mortars is not said to strike
        events = [x for x in events if x.type != "shelling" or _ROCKETS.search(x.text) is None]
    found = _main(events, passage[0], weak.types)
    return _event(found.type if found else weak.default, e)


_ROCKETS = re.compile(r"(?i)grads?\b|katyusha|mortar|qassam|rocket")

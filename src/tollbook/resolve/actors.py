"""Who is who: every mention of an organised actor, with its own name and the name of the party that is blamed for it.

A state's forces are blamed as the state ("Turkish drone": Turkey), an armed group as itself; as speakers bodies keep
their own names ("Russian Defense Ministry"). Words like "the army" or "regime forces" are read from what the document
has named, then from the country it is set in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from tollbook.lexicon.phrases import Word
from tollbook.records import ActorMention, ActorRole, Kind
from tollbook.resolve.actor_scan import COUNTRY, Sighting, scan
from tollbook.resolve.actor_unlisted import find_unlisted
from tollbook.resolve.actor_words import Actor, canonical, countries

_SENT = frozenset(
    ["citizens", "contingent", "engineers", "migrants", "nationals", "peacekeepers", "refugees", "soldiers", "troops"]
)
_INSIDE = frozenset(
    [
        "in",
        "inside",
        "across",
        "throughout",
        "near",
        "central",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
    ]
)
_COALITION_OF = {"SY": "US-led Coalition", "IQ": "US-led Coalition", "YE": "Saudi-led Coalition", "AF": "NATO"}
_CERTAIN = 6  # votes; local news has its police, and names of countries by chance
_PLURAL = {
    "bandit": "bandits", "extremist": "extremists", "faction": "factions", "gang": "gangs", "group": "groups",
    "guerrilla": "guerrillas", "insurgent": "insurgents", "jihadist": "jihadists", "mercenary": "mercenaries",
    "militant": "militants", "militia": "militias", "rebel": "rebels", "settler": "settlers", "terrorist": "terrorists",
    "vigilante": "vigilantes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NamedActor:
    """An actor without a place in a text; fields as in ``ActorMention``."""

    name: str
    party: str | None
    kind: Kind
    country: str | None
    role: ActorRole


@dataclass(slots=True)
class _Context:
    """What the document has named so far."""

    setting: str | None
    stated: bool  # the caller named the setting
    sure: bool
    year: int | None
    full: frozenset[str]  # names that stand in full somewhere in the document
    first_army: str | None = None  # of the whole document: a headline's "army" is named below it
    first_invader: str | None = None  # whose "invasion" or "occupation" the document speaks of
    army: str | None = None  # country whose forces were named last
    group: NamedActor | None = None
    coalition: NamedActor | None = None
    proxies: NamedActor | None = None
    state: NamedActor | None = None  # the Islamic State, where the document names it
    insurgents: Mapping[str, Actor] = field(default_factory=dict)  # "rebels": whose rebels they are, by the noun
    ministries: dict[str, str] = field(default_factory=dict)


def find_actors(
    text: str, setting: str | None = None, year: int | None = None, placed: str | None = None
) -> tuple[ActorMention, ...]:
    """Mentions of organised actors in order; none overlaps another.

    ``setting`` is the ISO code of the country the document is set in (``None``: the country it names most as a place,
    and where it names none, ``placed``: where its towns lie); ``year`` decides between actors that shared a name.

    >>> [(m.text, m.name, m.party) for m in find_actors("Turkish drones struck, the SDF said.")]
    [('Turkish drones', 'Turkey', 'Turkey'), ('SDF', 'Syrian Democratic Forces', 'Syrian Democratic Forces')]
    """
    words, sightings = scan(text)
    sightings = _with_unlisted(text, words, sightings)
    guess, votes = (setting, _CERTAIN) if setting else _setting(words, sightings)
    once = sum(s.code == guess or s.sort == "actor" and guess in s.actors[0].where for s in sightings) < 2
    if placed is not None and (votes < _CERTAIN or once):  # "a teenager shot twelve in Ruritania", in passing
        guess, votes = placed, _CERTAIN
    elif guess is None:
        guess = _battlefield(sightings)
    context = _Context(
        guess, setting is not None, votes >= _CERTAIN, year, _full_names(sightings), _first_army(sightings)
    )
    context.insurgents = _insurgents(words, sightings)
    context.first_invader = _first_invader(words, sightings)
    mentions = []
    for n, s in enumerate(sightings):
        if s.sort == "rebels" and n and sightings[n - 1].last == s.first and sightings[n - 1].sort in COUNTRY:
            continue  # "Turkish terrorist bombardment" has one actor
        actor = _resolve(s, context)
        if actor is None:
            continue
        _remember(s, actor, context)
        start, end = words[s.first].start, words[s.last - 1].end
        mentions.append(
            ActorMention(text[start:end], start, end, actor.name, actor.party, actor.kind, actor.country, actor.role)
        )
    return tuple(mentions)


_MEN = frozenset({
    "a policeman", "a soldier", "air support", "another policeman", "another soldier", "army patrol", "army patrols",
    "gendarmes", "military patrol", "patrol", "police officers", "policemen", "soldiers", "troops",
})  # fmt: skip
_FOLLOWERS = frozenset(
    {"commandos", "fighters", "guerrillas", "gunmen", "insurgents", "militants", "rebels", "separatists"}
)
_GIVES_WAY = COUNTRY | {"rebels", "unidentified", "group", "folk", "forces"}


def _with_unlisted(text: str, words: Sequence[Word], sightings: list[Sighting]) -> list[Sighting]:
    """The sightings and the groups that no lexicon lists; a listed name and a state's forces go before them."""
    unlisted = find_unlisted(text)
    if not unlisted:
        return sightings
    starts = [w.start for w in words]
    added = []
    for u in unlisted:
        first, last = bisect_left(starts, u.start), bisect_left(starts, u.end)
        if last < len(words) and words[last].key in _FOLLOWERS and text[u.end : words[last].start] == " ":
            last += 1  # "Coast Front rebels"
        across = [s for s in sightings if s.first < last and first < s.last]
        if first == last or any(s.sort not in _GIVES_WAY for s in across):
            continue
        actor = Actor(u.name, "armed_group", "group", None, (), None, None, None)
        added.append(Sighting(first, last, "actor", actors=(actor,)))
        sightings = [s for s in sightings if s not in across]
    return sorted([*sightings, *added], key=lambda s: s.first)


@lru_cache(maxsize=4096)  # documents ask again and again for "police", "the ministry"
def name_actor(text: str, setting: str | None = None) -> NamedActor | None:
    """Who one phrase names: the longest mention in it; a country's adjective or people alone name nobody.

    >>> name_actor("a spokesman for Russia's Ministry of Defence").name
    'Russian Defense Ministry'
    >>> name_actor("a local baker") is None
    True
    """
    mentions = [m for m in find_actors(text, setting) if m.role not in ("adjective", "people", "unidentified")]
    if not mentions:
        return None
    best = max(mentions, key=lambda m: (m.role not in ("state", "seat"), len(m.text)))
    return NamedActor(best.name, best.party, best.kind, best.country, best.role)


def setting_of(text: str) -> str | None:
    """ISO code of the country that a text names most as a place; ``None`` where it names none.

    >>> setting_of("Shells fell in northern Syria, Turkey said.")
    'SY'
    """
    return _setting(*scan(text))[0]


def _setting(words: Sequence[Word], sightings: Iterable[Sighting]) -> tuple[str | None, int]:
    """The country named most as a place, and how much speaks for it."""
    votes: Counter[str] = Counter()
    for s in sightings:
        if s.sort == "name" and s.code:
            before = words[s.first - 1].key if s.first else ""
            after = [w.key for w in words[s.last : s.last + 2]]
            if before == "from" and s.first > 1 and words[s.first - 2].key in _SENT:
                continue  # "peacekeepers from Ruritania" are abroad
            inside = before in _INSIDE or (after[:1] == ["s"] and after[-1] in _INSIDE)
            votes[s.code] += 6 if inside else 2
        elif s.sort in ("adjective", "people") and s.code:
            votes[s.code] += 1
        elif s.sort == "actor" and len(s.actors[0].where) == 1:
            votes[s.actors[0].where[0]] += 2
        elif s.sort == "actor" and s.actors[0].kind == "un" and s.actors[0].country:
            votes[s.actors[0].country] += 2  # a mission to one country
        elif s.sort == "actor" and s.actors[0].role == "group" and s.actors[0].country:
            votes[s.actors[0].country] += 1
    best = votes.most_common(2)
    if not best or best[0][1] < 2:  # an adjective alone is no setting
        return None, 0
    rival = best[1][1] if len(best) > 1 else 0  # a war of two states names both
    return best[0][0], best[0][1] if best[0][1] * 2 > rival * 3 else min(best[0][1], _CERTAIN - 1)


def _battlefield(sightings: Iterable[Sighting]) -> str | None:
    """The country that the groups named fight in most."""
    votes = Counter(
        s.actors[0].where[0]
        for s in sightings
        if s.sort == "actor" and s.actors[0].role == "group" and s.actors[0].where
    )
    return votes.most_common(1)[0][0] if votes else None


def _full_names(sightings: Iterable[Sighting]) -> frozenset[str]:
    return frozenset(s.actors[0].name for s in sightings if s.sort == "actor" and len(s.actors) == 1)


_INSURGENTS = frozenset({"guerrilla", "insurgent", "jihadist", "militant", "rebel", "separatist", "terrorist"})


def _insurgents(words: Sequence[Word], sightings: Sequence[Sighting]) -> Mapping[str, Actor]:
    """Whose "rebels" a document speaks of, by the noun.

    Those of the one group whose name has stood with it ("Coast Front rebels"); for "guerrillas" the only group named.
    """
    by_noun: dict[str, dict[str, Actor]] = {}
    groups: dict[str, Actor] = {}
    for s in sightings:
        if s.sort == "actor" and s.actors[0].role == "group":
            groups[s.actors[0].name] = s.actors[0]
            for w in (words[s.first], words[s.last - 1]):
                noun = w.key.removesuffix("s")
                if noun in _INSURGENTS:
                    by_noun.setdefault(noun, {})[s.actors[0].name] = s.actors[0]
    armed = [g for name, g in groups.items() if "Self-Defen" in name]
    if len(armed) == 1 < len(groups) <= 2:  # "paramilitaries" beside guerrillas
        others = {name: g for name, g in groups.items() if g is not armed[0]}
        by_noun.setdefault("guerrilla", others)
        for noun in ("paramilitary", "paramilitarie"):
            by_noun.setdefault(noun, {armed[0].name: armed[0]})
    if len(groups) == 1:
        by_noun.setdefault("guerrilla", groups)
        if _GUERRILLAS.isdisjoint(next(iter(groups)).split()):
            for noun in ("paramilitary", "paramilitarie"):
                by_noun.setdefault(noun, groups)
    return {noun: next(iter(named.values())) for noun, named in by_noun.items() if len(named) == 1}


_GUERRILLAS = frozenset(["ELN", "EPL", "FARC", "Liberation", "Maoist", "Maoists", "Revolutionary", "Shining"])


def _first_invader(words: Sequence[Word], sightings: Sequence[Sighting]) -> str | None:
    """ "The Turkish state's invasion", "Turkish invaders": the country."""
    for s in sightings:
        after = [w.key for w in words[s.first : s.last + 3]]
        if s.code and s.sort in ("adjective", "name", "head") and any(k.startswith(("inva", "occup")) for k in after):
            return s.code
    return None


def _first_army(sightings: Iterable[Sighting]) -> str | None:
    bodies = ("army", "forces")
    return next((s.code for s in sightings if s.sort == "head" and any(h[0] in bodies for h in s.heads)), None)


def _resolve(s: Sighting, context: _Context) -> NamedActor | None:
    if s.sort == "actor":
        return _known(_choose(s.actors, context))
    if s.sort in COUNTRY or s.sort == "head":
        return _of_country(s, s.code or "", context)
    if s.sort == "backed":
        return _backed(s)
    if s.sort == "ministry":
        return _ministry(s, context)
    if s.sort == "folk":
        return _of_people(s, context)
    if s.sort == "unidentified":
        return NamedActor(s.word, None, "unknown", None, "unidentified")
    return _generic(s, context)


def _choose(actors: Sequence[Actor], context: _Context) -> Actor:
    """Between actors of one alias: named in full elsewhere, then the setting, then the year."""

    def fit(a: Actor) -> tuple[bool, bool, bool]:
        home = context.setting is not None and (context.setting in a.where or context.setting == a.country)
        year = context.year
        alive = year is None or ((a.first or year) <= year <= (a.last or year))
        return a.name in context.full, home, alive

    return max(actors, key=fit)


def _known(a: Actor) -> NamedActor:
    party = a.party
    if party is None and a.role in ("group", "coalition"):
        party = a.name
    elif party is None and a.role in ("force", "body") and a.country:
        party = countries()[a.country].party
    return NamedActor(a.name, party, cast(Kind, a.kind), a.country, cast(ActorRole, a.role))


def _of_country(s: Sighting, code: str, context: _Context) -> NamedActor:
    c = countries()[code]
    if s.sort != "head":
        role = {"name": "state", "adjective": "adjective", "people": "people", "seat": "seat"}[s.sort]
        return NamedActor(c.name, c.party, "government", code, cast(ActorRole, role))
    sort, head = next((h for h in s.heads if h[0] != "weapons"), s.heads[0])
    if sort == "state" and len(s.heads) > 1:  # "Turkish occupation army": the army
        sort, head = next((h for h in s.heads if h[0] not in ("weapons", "state")), (sort, head))
    if sort == "media":
        return NamedActor(f"{c.adjective} {canonical(head)}", None, "media", code, "observer")
    if sort == "weapons":
        return NamedActor(c.name, c.party, "military", code, "force")
    if sort == "state":
        return NamedActor(c.party if "government" in c.party else c.name, c.party, "government", code, "state")
    if sort == "proxies" and code == context.setting:  # its own paramilitaries are those of the one group named
        known = context.insurgents.get(head.removesuffix("s"))
        if known is not None:
            return NamedActor(known.name, known.party or known.name, "armed_group", code, "group")
    if sort == "proxies":
        name = f"{c.backed}-backed {_PLURAL.get(head, head)}"
        return NamedActor(name, name, "armed_group", code, "group")
    if sort == "irregulars":
        name = f"{c.adjective} {head}"
        return NamedActor(name, name, "armed_group", code, "group")
    if sort == "members":
        return NamedActor(f"{c.adjective} {head}", c.party, "military", code, "members")
    body = canonical(head)
    if code in ("US", "GB") and body == "army":
        body = "military" if head != "army" else "army"
    kind: Kind = "government" if "police" in body or sort == "agencies" else "military"
    return NamedActor(f"{c.adjective} {body}", c.party, kind, code, "force")


def _of_people(s: Sighting, context: _Context) -> NamedActor:
    """ "Serb gunners": those of the one group of that people that the document names, else by these words."""
    sort, head = s.heads[-1]
    name = f"{s.word} {'forces' if sort == 'weapons' else head}"
    named = [n for n in context.full if s.word in n.split()]
    party = named[0] if len(named) == 1 else name
    return NamedActor(name, party, "armed_group", None, "group")


def _backed(s: Sighting) -> NamedActor:
    c = countries()[s.code or ""]
    tie, group = s.word.split(" ", 1)
    group = _PLURAL.get(group, group)
    if tie == "led" and group in ("coalition", "alliance"):
        name = f"{c.adjective}-led Coalition"
        return NamedActor(name, name, "military", c.code, "coalition")
    prefix = c.backed if tie == "backed" else c.adjective
    name = f"{prefix}-{tie} {group}"
    return NamedActor(name, name, "armed_group", c.code, "group")


def _ministry(s: Sighting, context: _Context) -> NamedActor:
    code = s.code or context.ministries.get(s.word) or (context.setting if context.stated else None)
    kind: Kind = "military" if s.word == "Defense" else "government"
    if code is None:
        return NamedActor(f"{s.word} Ministry", None, kind, None, "body")
    c = countries()[code]
    return NamedActor(f"{c.adjective} {s.word} Ministry", c.party, kind, code, "body")


def _generic(s: Sighting, context: _Context) -> NamedActor | None:
    """Who "the army", "the coalition", "rebels" is in this document."""
    if s.sort == "group":
        if "organi" in s.word and context.state is not None:
            return context.state  # in the Arab press "the organization" is the one
        return context.group
    if s.sort == "coalition":
        name = _COALITION_OF.get(context.setting or "", "coalition")
        return context.coalition or NamedActor(name, name, "military", None, "coalition")
    if s.sort == "rebels":
        if context.proxies and ("mercenar" in s.word or "proxies" in s.word or s.word.startswith("allied")):
            return context.proxies
        name = _PLURAL.get(s.word, s.word)
        known = context.insurgents.get(name.split()[-1].removesuffix("s"))
        if known is not None:
            return NamedActor(name, known.party or known.name, "armed_group", known.country, "group")
        if "settler" in name and context.setting in ("IL", "PS", "SY", "LB"):
            return NamedActor("Israeli settlers", "Israeli settlers", "armed_group", "IL", "group")
        return NamedActor(name, name, "armed_group", None, "group")
    elsewhere = (
        context.army or (context.setting if context.stated or context.sure else context.first_army) or context.setting
    )
    code = context.setting if s.sort == "government" else elsewhere
    if "occupation" in s.word or "inva" in s.word:
        code = context.army or context.first_invader
    if "police" in s.word:
        code = context.setting if context.sure else None
    bare = s.word.removeprefix("the ")
    members = bare in _MEN
    role: ActorRole = "members" if members else "force"
    kind: Kind = "government" if "police" in bare else "military"
    if code is None:
        return NamedActor(bare, bare, kind, None, role)
    c = countries()[code]
    if s.sort == "government":
        if bare in ("regime", "regime side", "junta"):
            return NamedActor(f"{c.adjective} government", c.party, "government", code, "state")
        return NamedActor(f"{c.adjective} {bare}", c.party, "military", code, role)
    return NamedActor(f"{c.adjective} {canonical(bare)}", c.party, kind, code, role)


def _remember(s: Sighting, actor: NamedActor, context: _Context) -> None:
    if s.sort == "head" and actor.role in ("force", "members") or (s.sort == "actor" and actor.role == "force"):
        context.army = actor.country or context.army
    if s.sort in ("actor", "backed") and actor.role == "group":
        context.group = actor
    if actor.name in ("Islamic State", "Islamic State of Iraq"):
        context.state = actor
    if actor.role == "coalition" and actor.name != "coalition":
        context.coalition = actor
    if actor.role == "group" and ("backed" in actor.name or s.sort == "backed"):
        context.proxies = actor
    if s.sort == "ministry" and actor.country:
        context.ministries[s.word] = actor.country

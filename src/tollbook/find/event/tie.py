"""What ties an actor to a deed: the tie as a record, and the verbs that make one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from tollbook import lexicon
from tollbook.lexicon.phrases import Table, entry, table
from tollbook.records import ActorMention, Basis, EventMention


@dataclass(frozen=True, slots=True)
class Culprit:
    """An actor and the word it is tied to.

    ``basis`` is set where the tie itself says it ("blamed", "claimed responsibility"), ``by`` is who accuses;
    ``weight`` is how sure the tie is, 1 to 3; ``word`` is the verb that an active subject has.
    """

    actor: ActorMention
    link: tuple[int, int]
    event: EventMention | None
    basis: Basis | None
    by: str | None
    weight: int
    word: str = ""
    past: bool = False  # its sentence tells of a time before


@cache
def verbs() -> Table:
    data = lexicon.load("events")["verbs"]
    entries = [entry(p, sort, p) for sort in ("harm", "light") for p in data[sort]]
    return table(entries)


@cache
def passive_and_reporting() -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon.load("events")
    return frozenset(data["verbs"]["passive"]), frozenset(data["reporting"]["words"])


# "An attack on an elite unit of X": struck, whatever stands between.
STRUCK_AT = re.compile(
    r"(?i)\b(?:ambush|assault|attack|blast|bombing|explosion|raid|strike)(?:e?s)? (?:against|at|on) "
    r"(?:an?|the|its|their|one|two|several) "
    r"(?:(?!(?:that|the|when|where|which|while|whom?)\b)[\w-]+ ){1,3}(?:(?<= of )the )?\Z"
)
# "The front, which fights the army, said it …": not the army.
ASIDE = re.compile(r", (?:which|who|whose) [^,;.]*\Z")
# "The Ruritanians shelled Zalba", "killed by the Ruritanians": their army.
_ARMY_DOES = re.compile(
    r"[ ](?:(?:again|also|had|have|then) )*(?:attacked|bombarded|bombed|dropped|fired|hit|launched|shelled|struck)\b"
)


def as_army(a: ActorMention, text: str) -> ActorMention:
    """The people of a state as the state where the words tell of what only armies do."""
    if a.role != "people" or a.country is None:
        return a
    by_the = text[max(0, a.start - 7) : a.start].lower() == "by the "
    return replace(a, role="force") if by_the or _ARMY_DOES.match(text, a.end) else a


# "Ruritania faces violence": a country that only undergoes it.
_UNDERGOES = frozenset({
    "condemned", "condemns", "endures", "faced", "faces", "fears", "hit", "marks", "mourns", "probes", "reeling",
    "reels", "rocked", "saw", "sees", "shaken", "suffered", "suffers", "witnessed", "witnesses",
})  # fmt: skip
_RECEIVED = frozenset({"received", "suffered", "sustained"})  # "soldiers received shrapnel wounds"
# "had threatened to attack": only meant.
MEANT = frozenset({"plan", "planned", "plans", "pledged", "promised", "threatened", "threatens", "vowed", "vows"})
SHOTS = frozenset({"bullets", "fire", "rounds", "shots"})
# One man of a country is not the country: "a Turkish man stabbed two".
PERSONS = frozenset({
    "assailant", "attacker", "boy", "citizen", "civilian", "driver", "girl", "gunman", "immigrant", "knifeman", "man",
    "migrant", "national", "refugee", "resident", "student", "suspect", "teenager", "woman", "worker", "youth",
})  # fmt: skip
VIOLENT = frozenset({
    "abducted", "beheaded", "burned", "burnt", "executed", "gunned", "hacked", "kidnapped", "killed", "massacred",
    "murdered", "shot", "slaughtered", "stabbed",
})  # fmt: skip
# "it targets headquarters only" is a habit, "the army strikes" in a headline is not.
BARE = frozenset({"attack", "bomb", "shell", "storm", "strike", "target", "targets"})
BEFORE_BARE = frozenset(
    {"to", "and", "did", "will", "would", "forces", "troops", "jets", "drones", "fighters", "planes"}
)
# "They had painted faces and the caps of the army", "they were no regular soldiers": it is not the army that did it.
DRESSED = re.compile(
    r"(?i)\b(?:badges|berets|camouflage|caps|clothes|clothing|dress|fatigues|headbands|helmets|insignia|outfits|patches|"
    r"uniforms?) (?:of|from) (?:the )?(?:\w+['’]s )?\Z|\b(?:are|were) (?:no|not) (?:\w+ )?\Z"
)
# "Accused them of supporting the guerrillas, beat them", "land held by the rebels": named in passing.
_SIDED = re.compile(
    r"(?i)\b(?:(?:aid|assist|back|feed|harbou?r|help|hid|shelter|support)ing|sympathi[sz](?:ing with|ers of)|"
    r"(?:collaborat|cooperat|co-operat|work)ing with|"
    r"(?:areas?|districts?|ground|lands?|regions?|territor(?:y|ies)|towns?|villages?|zones?) "
    r"(?:controlled|held|occupied|run) by) (?:the )?\Z"
)
_CITED = re.compile(r"(?i)\baccording to [^,.;]*\Z")
_OWN = re.compile(r"(?: \(\w+\))?\)?, (?:it|its|their|they)\b")


def undergoes(a: ActorMention, verb: str, what: str) -> bool:
    """Whether a verb and the event word behind it tell what is done to an actor."""
    return verb in _UNDERGOES if a.role == "state" else verb in _RECEIVED and ("wound" in what or "shrapnel" in what)


def in_passing(before: str, after: str) -> bool:
    """Whether the words before an actor, and those behind, only cite it or say with whom somebody sided.

    >>> in_passing("According to the ", ", troops shot nine"), in_passing("According to the ", ", its men shot nine")
    (True, False)
    """
    return _SIDED.search(before) is not None or _CITED.search(before) is not None and _OWN.match(after) is None


# "Air defences shot down six drones": nobody sits in them.
DOWNED = re.compile(r"(?i)sho(?:o?ts?) down (?:[\w-]+ ){0,4}(?:drones?|missiles?|rockets?|uavs?)\b")
# "The Front, a group allied with X, is accused of": not X.
ALLIED = re.compile(r"(?i)\b(?:affiliated|allegiance|allied|close|linked|loyal)\s(?:to|with)\s(?:the\s)?\Z")
# "The raiders, whom survivors named as X": who they were.
KNOWN_AS = re.compile(
    r"(?i)\b(?:assailants|attackers|gunmen|killers|perpetrators|raiders|shooters)\b[^.;]{0,40}?\b"
    r"(?:described|identified|known|named|recognised|recognized)\s(?:by\s\w+\s)?as\s(?:the\s|members\sof\s)*\Z"
)
# "In S. Ruritanian airstrike": where it was.
REGION = re.compile(r"\b(?:[NSEW]\.|(?:(?:north|south)-?(?:east|west)?|east|west)(?:ern)?|central) \Z", re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_BEFORE = re.compile(
    rf"\b[Ll]ast (?:year|month|week|spring|summer|autumn|winter|{_MONTHS})\b|\b[Ii]n (?:{_MONTHS}|(?:19|20)\d\d)\b|"
    r"\b(?:day|week|month|year)s? (?:ago|earlier|before)\b|\b[Ee]arlier (?:this|in the) (?:week|month|year)\b|"
    r"\b(?:previous|similar|earlier) (?:attack|assault|bombing|incident|raid|strike)s?\b"
)


def looks_back(sentence: str) -> bool:
    """Whether a sentence tells of a time before the incident in hand, for all that its words say.

    >>> looks_back("Last March the Front shot nine."), looks_back("On Monday the Front shot nine.")
    (True, False)
    """
    return _BEFORE.search(sentence) is not None

"""What a word of harm says of things, states and victims of accidents rather than of people harmed by violence."""

from __future__ import annotations

from functools import cache

from tollbook import lexicon
from tollbook.find.event.violence import is_violent
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import Phrase
from tollbook.find.grammar.sentences import Sentence

_AIRCRAFT = frozenset(["bomber", "bombers", "fighter", "fighters"])
_FLYING = frozenset(["aircraft", "drones", "gunships", "helicopters", "jets", "missiles", "planes", "warplanes"])
SHOOT = frozenset(["shoot", "shooting", "shoots", "shot"])
_HURT = frozenset(["hurt", "hurting", "hurts"])
_DEEDS: frozenset[str] = frozenset(lexicon.load("grammar")["harms"]["deeds"])
_ACCIDENTS = frozenset(["accident", "accidents", "collision", "collisions", "crash", "crashes", "wreck", "wrecks"])
_ROADS = frozenset(
    [
        "auto",
        "automobile",
        "bus",
        "car",
        "climbing",
        "highway",
        "motor",
        "motorcycle",
        "plane",
        "road",
        "traffic",
        "train",
        "vehicle",
    ]
)


def is_thing(s: Sentence, trigger: int, member: Phrase) -> bool:
    """ "The scandal hurt Loft", "shot down 18 fighters and 29 bombers", "executed a version of the plan"."""
    if s.words[member.head] in ("life", "lives") and member.count is None:
        return True  # "a woman lost her life and her infant was wounded"
    if s.words[trigger] in _HURT and member.first > trigger and (member.form == "name" or _hurts_nobody(s, trigger)):
        return True
    if s.words[trigger + 1 : trigger + 2] == ("down",):  # "two warplanes were shot down", "… and one shot down"
        bare = member.form == "elliptic" and s.words[trigger] in SHOOT and not _FLYING.isdisjoint(s.words)
        if bare or s.words[member.head] in _AIRCRAFT:
            return True
    if member.noun is not None or s.words[trigger][:6] not in ("execut", "elimin", "neutra"):
        return False
    return member.form == "plural" or not _DEEDS.isdisjoint(s.words[member.first : member.last + 1])


def others_of_things(s: Sentence, phrase: Phrase) -> bool:
    """ "Threw bodies into the river and burned others", "looted some of the huts and burned others": more of those."""
    if s.words[phrase.head] not in ("others", "rest"):
        return False
    for k in range(phrase.first - 1, max(0, phrase.first - 14), -1):
        if s.tags[k] == "NNS" and s.deps[k] in ("dobj", "pobj") and s.words[k] not in _WAYS:
            noun = person_noun(s.words[k])
            return noun is None or not noun.known or s.words[k] in _DEAD
    return False


_DEAD = frozenset(["bodies", "corpses", "remains"])
_WAYS = frozenset(["hours", "minutes", "stones", "sticks", "weapons"])


def _hurts_nobody(s: Sentence, trigger: int) -> bool:
    """ "Sanctions hurt millions", "that hurt him"; not "shells that hurt five"."""
    subject = s.child(trigger, "nsubj")
    return subject is not None and s.words[subject] in _ABSTRACT and s.deps[trigger] not in ("relcl", "acl")


_ABSTRACT: frozenset[str] = frozenset(lexicon.load("grammar")["harms"]["abstract"])


def is_state(s: Sentence, member: Phrase) -> bool:
    """ "With France neutralised", "the Soviet Union was dead": a country falls otherwise than people do."""
    if member.form != "name":
        return False
    words = s.words[member.first + (s.words[member.first] == "the") : member.last + 1]
    while len(words) > 1 and words[0] in ("imperial", "nazi", "fascist", "communist", "revolutionary"):
        words = words[1:]
    return " ".join(words) in _states()


@cache
def _states() -> frozenset[str]:
    lists = lexicon.load("demonyms")
    names = {name.lower() for row in lists["countries"] for name in (row["name"], *row.get("names", ()))}
    people = {name.lower() for name in lists["given_names"]}
    return frozenset(names | {"czechoslovakia"}) - people


def by_accident(s: Sentence, trigger: int) -> bool:
    """ "Killed in an automobile accident", "died in road crashes", whatever war stands around it."""
    at = trigger + (3 if s.words[trigger + 1 : trigger + 3] == ("their", "lives") else 1)
    if s.words[at : at + 1] not in (("in",), ("by",)):
        return False
    article = s.words[at + 1 : at + 2] in (("a",), ("an",), ("the",))
    begin = at + 1 + article
    for k in range(begin, min(begin + 4, len(s.words))):
        if s.words[k] in _ACCIDENTS and (article or s.words[k][-1] == "s"):
            any_road = article and s.words[k][:8] == "accident"
            return any_road or not _ROADS.isdisjoint(s.words[begin:k])
        if s.tags[k][:2] not in ("NN", "JJ", "HY"):
            return False
    return False


_FIRES = frozenset(["blaze", "fire", "inferno"])
_BURN: frozenset[str] = frozenset(lexicon.load("grammar")["harms"]["burn"])


def by_fire(s: Sentence, trigger: int) -> bool:
    """ "A house fire killed four", "died in a fire": an accident, unless the sentence tells of violence too.

    "The fire" is one told before, and may be that of a shell; "mortar fire" burns nothing.
    """
    at = next((k for k in range(len(s.words)) if s.words[k] in _FIRES and s.tags[k][:2] == "NN"), None)
    if at is None or is_violent(s.passage.text):
        return False
    first = at
    while first > 0 and (s.words[first - 1] in _BURN or s.words[first - 1] == "-"):
        first -= 1
    lead = s.words[first - 1] if first else ""
    if lead == "the" or (first and s.tags[first - 1][:2] in ("NN", "JJ", "HY") or s.tags[first - 1] == "POS"):
        return False
    if at < trigger:
        return s.heads[at] == trigger or (s.heads[trigger] == at and s.deps[trigger] == "relcl")
    return not _BEFORE_FIRE.isdisjoint(s.words[max(0, first - 2) : first])


_BEFORE_FIRE = frozenset(["after", "as", "by", "in", "when"])

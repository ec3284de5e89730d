"""Who the people harmed were, in the document's own words: status, the reason for it, groups, nationality."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tollbook import lexicon
from tollbook.find.grammar.people import Noun, groups_of, person_noun, singular
from tollbook.find.grammar.phrases import Phrase, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.bearers import attacked, bearer
from tollbook.find.harm.harms import Finding
from tollbook.records import ActorMention, Status, StatusBasis, Victims

_ARMED = frozenset(["armed_group", "military"])
_WORDS = lexicon.load("grammar")["victims"]
_MEMBERS: frozenset[str] = frozenset(_WORDS["members"])
_ARMED_WORDS: frozenset[str] = frozenset(_WORDS["armed_words"])
_CIVIL_WORDS = frozenset(
    ["civilian", "civilians", "innocent", "unarmed", "pregnant", "displaced", "non-combatant", "schoolchildren"]
)


@dataclass(frozen=True, slots=True)
class Who:
    """What is known of the people harmed, before it is bound to words."""

    status: Status
    basis: StatusBasis | None
    groups: tuple[str, ...]


def describe(finding: Finding, actors: Sequence[ActorMention], before: Sequence[Who]) -> tuple[Victims | None, Who]:
    """The victims of a finding. ``before``: those of the findings before it in the passage, which "others" and bare
    numbers ("and six injured") take after.
    """
    s, phrase = finding.sentence, finding.phrase
    if phrase is None:
        return None, Who("unknown", None, ())
    if finding.rule == "own life":
        return _bare(s, phrase, own := Who("unknown", None, ("perpetrators",))), own
    who = _who(s, phrase, actors, finding.harm == "displaced", finding.rule)
    if who.status == "unknown" and s.words[finding.trigger].startswith("neutrali"):  # what armies say of armed men
        who = Who("combatant", "context", who.groups)
    counted = _counted_people(s, finding) if finding.rule == "number of dead" and phrase.form == "elliptic" else None
    if counted is not None:  # "the number of its troops killed rose to 105"
        who = _who(s, counted, actors, finding.harm == "displaced", finding.rule)
        text = s.text(counted.first, counted.last)
        return Victims(text, s.start(counted.first), s.end(counted.last), who.status, who.basis, who.groups, None), who
    if phrase.form == "elliptic" and (whose := bearer(s, phrase.first, finding.trigger)) is not None:
        return _bare(s, whose, who := _who(s, whose, actors, driven_out=False)), who
    if says_nothing(s, phrase) and who.status == "unknown":
        who = _said_of(s, phrase, actors) or _inherited(finding, before) or _of_them(s, phrase, finding.trigger) or who
        if who.status == "unknown" and not before and (struck := attacked(s, finding.trigger)) is not None:
            theirs = _who(s, struck, actors, driven_out=False)
            who = replace(theirs, basis="context") if theirs.status != "unknown" else theirs
        if phrase.form == "elliptic" and s.words[phrase.head] != "others":
            return None if who.status == "unknown" else _bare(s, phrase, who), who
    first = _after_count(s, phrase)
    if first > phrase.last:
        return _bare(s, phrase, who), who
    text = s.text(first, phrase.last)
    nationality = _nationality(s, phrase, actors)
    return Victims(text, s.start(first), s.end(phrase.last), who.status, who.basis, who.groups, nationality), who


def _counted_people(s: Sentence, finding: Finding) -> Phrase | None:
    """The people of "the number of civilians killed", before the word that says what became of them."""
    of = finding.trigger + 1
    if s.words[of : of + 1] != ("of",):
        return None
    if s.words[of + 2 : of + 3] in (("among",), ("of",)):  # "the number of deaths among civilians"
        of += 2
    top = next_noun(s, of + 1)
    found = noun_phrase(s, top) if top is not None and top < of + 5 else None
    return found if found is not None and found.noun is not None and found.noun.known else None


def _bare(s: Sentence, phrase: Phrase, who: Who) -> Victims | None:
    """Victims named by their number alone: the words are the number's."""
    text = s.text(phrase.first, phrase.last)
    return Victims(text, s.start(phrase.first), s.end(phrase.last), who.status, who.basis, who.groups, None)


def bind(finding: Finding, victims: Victims | None, who: Who) -> Victims | None:
    """The victims with what was learnt of them later; a bare number's words are the number's."""
    if victims is not None:
        return replace(victims, status=who.status, status_basis=who.basis, groups=who.groups)
    return _bare(finding.sentence, finding.phrase, who) if finding.phrase is not None else None


_NO_NOUN = frozenset(
    ["another", "fifth", "fourth", "more", "other", "others", "sixth", "third"]
)  # "and wounded a third"


def says_nothing(s: Sentence, phrase: Phrase) -> bool:
    """Whether the words are only a number, "others", "another"."""
    return phrase.form == "elliptic" or s.words[phrase.head] in _NO_NOUN


def _inherited(finding: Finding, before: Sequence[Who]) -> Who | None:
    if not before:
        return None
    last = before[-1]
    return Who(
        last.status, "context" if last.status != "unknown" else None, last.groups if last.status == "combatant" else ()
    )


_SAID = re.compile(
    r"(?:of (?:them|whom|those \w+|the (?:dead|injured|killed|victims|wounded)) )(?:, )?"
    r"(?:(?:is|are|was|were|all|both) )*(?P<of>(?:[\w'’-]+ ){0,6})"
)
_YOUNG = re.compile(r"(?:under|below) (?:the age of )?(?:\d|1[0-8]|ten|twelve|fourteen|fifteen|sixteen|eighteen) ")


def _civil_losses(words: Sequence[str]) -> bool:
    """ "406 civil casualties", as translations have it; "three civil defence workers" are not meant."""
    return any(a == "civil" and b in _LOSSES for a, b in pairwise(words))


_LOSSES = frozenset(["casualties", "dead", "deaths", "fatalities", "injured", "losses", "victims", "wounded"])


def _said_of(s: Sentence, phrase: Phrase, actors: Sequence[ActorMention]) -> Who | None:
    """ "Seven of the dead were under 18", "two of them elderly", "three of whom belonged to X"."""
    end = min(len(s.words), phrase.last + 14)
    said = _SAID.match(" ".join(s.words[phrase.last + 1 : end]) + " ")
    if said is None:
        return None
    of = said["of"]
    if _YOUNG.match(of):
        return Who("civilian", "category", ("children",))
    if of.startswith(
        ("elderly ", "from one family ", "from the same family ", "a husband and wife ", "of one family ")
    ):
        return Who("civilian", "category", ("elderly",) if of.startswith("elderly") else ())
    if of.startswith("belonged to "):
        armed = _armed_actor(s, phrase.last + 1, end - 1, actors)
        return Who("combatant", "category", ("militants",)) if armed is not None and armed.role == "group" else None
    return None


def _of_them(s: Sentence, phrase: Phrase, verb: int) -> Who | None:
    """ "Came upon the attackers and shot four of them": those who were spoken of last, where their noun says what they
    are."""
    if s.words[phrase.last + 1 : phrase.last + 3] != ("of", "them"):
        return None
    for k in range(phrase.first - 1, -1, -1):
        noun = person_noun(singular(s.words[k])[0]) if s.tags[k] == "NNS" else None
        if noun is not None and noun.known and k + 1 != verb and (s.heads[k], s.deps[k]) != (verb, "nsubj"):
            groups = _sorted(dict.fromkeys(groups_of(singular(s.words[k])[0]))) if noun.status == "combatant" else ()
            return Who(noun.status, "context", groups) if noun.status != "unknown" else None
    return None


def _after_count(s: Sentence, phrase: Phrase) -> int:
    """The words without their number: "43 civilians", "four of them civilians", "three of whom were civilians" →
    "civilians"; "members of a family" stays whole."""
    count = phrase.count
    first = phrase.first
    if count is None:
        return first
    while first <= phrase.last and s.start(first) < count.end:
        first += 1
    if s.words[first : first + 1] == ("of",) and first <= phrase.last:
        first += 1
        if s.words[first] in ("them", "whom"):
            first += 1
            while first < phrase.last and s.words[first] in ("all", "are", "both", "is", "was", "were"):
                first += 1
    return first


def _who(s: Sentence, phrase: Phrase, actors: Sequence[ActorMention], driven_out: bool, finding_rule: str = "") -> Who:
    last = _with_of(s, phrase)
    words = s.words[phrase.first : last + 1]
    base = singular(s.words[phrase.head])[0]
    if base == "general" and s.words[phrase.head - 1] in _CIVIL_GENERALS:  # "the attorney general"
        return Who("civilian", "category", ())
    groups = dict.fromkeys(g for k in range(phrase.first, phrase.last + 1) for g in groups_of(singular(s.words[k])[0]))
    noun = phrase.noun
    apposed = _apposition(s, phrase)
    if apposed is not None:
        groups |= dict.fromkeys(groups_of(apposed))
        noun = noun or person_noun(apposed)
        if noun is not None and noun.status == "unknown" and (other := person_noun(apposed)) is not None:
            noun, base = other, apposed
    status: Status = noun.status if noun else "unknown"
    basis = noun.basis if noun else None
    kinds = _kinds_joined(s, phrase)
    if len(kinds) > 1:  # "23 soldiers and officials"
        both = "unknown" not in kinds or {"civilian", "combatant"} <= kinds
        return Who("mixed" if both else "unknown", "stated" if both else None, _sorted(groups))
    if any(w in _CIVIL_WORDS for w in words) or _civil_losses(words):
        return Who("civilian", "stated" if "civilian" in words or "civilians" in words else "category", _sorted(groups))
    if status == "civilian" and basis == "stated":
        return Who(status, basis, _sorted(groups))
    if _both_sides(s, phrase):
        return Who("mixed", "stated", _sorted(groups))
    if base in _OF_A_UNIT and not _UNITS.isdisjoint(words[phrase.head - phrase.first + 1 :]):
        return Who("combatant", "category", _sorted({"soldiers": None}))  # "officers of the paratroop battalion"
    if base == "officer" and not _SERVICES.isdisjoint(words):
        return Who("combatant", "category", _sorted({"soldiers": None}))  # "a navy officer"
    if base == "officer" and not _SOLDIERLY.isdisjoint(s.words[phrase.last + 1 : phrase.last + 6]):
        return Who("combatant", "context", _sorted({"soldiers": None}))  # "one officer and two gallant soldiers"
    if "police" in groups and status != "combatant" or "police" in words[:-1]:
        return Who("unknown", None, _sorted(groups | {"police": None}))
    if status == "unknown" and _KIN & set(words):  # "members of one family", whoever its head fought for
        return Who("civilian", "category", _sorted(groups))
    apposed_end = _apposition_end(s, phrase)
    armed = _armed_actor(s, phrase.first, max(last, apposed_end), actors)
    if armed is not None and (status == "combatant" or _joins(base, noun, phrase)):
        if base in ("member", "personnel") and armed.name.lower().endswith(("police", "security forces")):
            return Who("unknown", None, _sorted(groups | {"security_forces": None}))
        group = "soldiers" if armed.kind == "military" else "militants"
        if base in ("gendarme", "guard", "officer", "policeman") and armed.kind != "armed_group":
            return Who("unknown", None, _sorted(groups))
        known = groups.keys() & {"soldiers", "militants"}
        return Who("combatant", "category", _sorted(groups if known else groups | {group: None}))
    theirs = (
        finding_rule in _MEN_LOST or s.words[phrase.head - 1] in ("its", "their") or words[:1] in (("its",), ("their",))
    )
    if s.words[phrase.head] in ("men", "ranks") and theirs:  # "federal troops lost 31 men", "killed 462 of its men"
        return Who("combatant", "context", _sorted(groups | {"soldiers": None}))
    if any(w in _ARMED_WORDS for w in words) and base not in ("child", "civilian"):
        return Who(
            "combatant", "category", _sorted(groups | {"militants": None} if "soldiers" not in groups else groups)
        )
    if status == "civilian" and groups.keys() & {"militants", "soldiers"}:
        status, basis = "combatant", "category"
    if base == "member" and s.words[phrase.head - 1] in ("its", "their"):  # "the X said that two of its members died"
        units = _armed_actor(s, max(0, phrase.first - 30), phrase.first, actors)
        if units is not None and units.role == "group":
            return Who("combatant", "category", _sorted(groups | {"militants": None}))
    if status == "unknown" and base in _HEADS and not _CIVIL_BODIES.isdisjoint(words):
        status, basis = "civilian", "category"
    if status == "unknown" and phrase.form == "name" and (of := person_noun(words[0])) and of.status == "civilian":
        status, basis = of.status, of.basis  # "Editor Karim Hadad"
    if status == "unknown" and ("elderly" in groups or base == "member" and "staff" in words):
        status, basis = "civilian", "category"
    if status == "unknown" and (base == "couple" or base in ("man", "woman") and "local" in words):
        status, basis = "civilian", "category"
    if status == "unknown" and _MILITARY.get(base) in words:
        return Who("combatant", "category", _sorted(groups | {"soldiers": None}))
    if status == "unknown" and _minor(s, phrase):
        groups["children"] = None
    if status == "unknown" and ("children" in groups or words[0] in _MADAM):
        status, basis = "civilian", "category"
        groups |= {"women": None} if words[0] in _MADAM else {}
    if status == "unknown" and (noun is None or not noun.known) and base not in _NO_NOUN and _OCCUPATION.search(base):
        status, basis = "civilian", "category"
    if driven_out and status == "unknown":
        status, basis = "civilian", "category"
    if status == "combatant" and not groups.keys() & {"soldiers", "militants", "perpetrators", "security_forces"}:
        groups["militants"] = None
    if status == "unknown" and groups.keys() & {"journalists", "medics", "aid_workers", "refugees"}:
        status, basis = "civilian", "category"
    return Who(status, basis, _sorted(groups))


def _kinds_joined(s: Sentence, phrase: Phrase) -> set[Status]:
    """What the nouns say that share one number; nothing where there is but one noun."""
    if "and" not in s.words[phrase.head : phrase.last]:
        return set()
    nouns = (person_noun(w) for w in s.words[phrase.head : phrase.last + 1])
    return {noun.status for noun in nouns if noun is not None}


_CIVIL_GENERALS = frozenset(
    ["attorney", "auditor", "consul", "director", "procurator", "prosecutor", "secretary", "solicitor", "surgeon"]
)
_SERVICES = frozenset(["army", "military", "naval", "navy"])
_OF_A_UNIT = frozenset(["crewman", "deputy", "man", "member", "officer", "operative", "personnel"])
_UNITS = frozenset(
    ["airborne", "army", "battalion", "brigade", "commandos", "garrison", "infantry", "marines", "navy", "paratroopers",
     "paratroops", "platoon", "regiment", "squadron"]
)  # fmt: skip
_MILITARY = {"personnel": "military", "member": "service"}
_SOLDIERLY = frozenset(["conscripts", "men", "other ranks", "privates", "sergeants", "soldier", "soldiers", "troops"])
_MEN_LOST = frozenset(["people lost", "losses"])
_AGE = re.compile(r"\b(\d{1,2})[- ](?:year|month|week|day)s?[- ]old\b|\baged? (\d{1,2})\b|\bof (\d{1,2})\Z")


def _minor(s: Sentence, phrase: Phrase) -> bool:
    """Whether an age under 18 stands with the words: "a 17-year-old", "a youth of 16", "a waiter, aged 15,"."""
    end = min(len(s.words) - 1, phrase.last + 3)
    own, after = s.text(phrase.first, phrase.last), s.text(phrase.last, end)
    m = _AGE.search(own) or (_AGE.search(s.text(phrase.last, min(end, phrase.last + 2))) or _AGE.search(after))
    if m is None or phrase.form == "plural":
        return False
    return int(next(g for g in m.groups() if g)) < 18 or m[0].split("-")[1:2] in (["month"], ["week"], ["day"])


_HEADS = frozenset(["chairman", "chief", "director", "head", "leader", "president", "representative", "secretary"])
_CIVIL_BODIES = frozenset(
    ["association", "board", "clinic", "college", "community", "council", "hospital", "municipality", "school", "trade",
     "union", "university", "village"]
)  # fmt: skip
_KIN = frozenset(["family", "families", "relatives"])
_MADAM = frozenset(["mrs.", "mrs", "miss", "ms.", "madam"])
_OCCUPATION = re.compile(r"(?:[^aeiou]er|or|ist|man|keeper|monger|smith|wright|herd|hand)\Z")


def _joins(base: str, noun: Noun | None, phrase: Phrase) -> bool:
    """Whether an armed group named beside somebody makes them one of it: "an IS smuggler", "Karim, its head"."""
    if noun is None or base in _MEMBERS or base in ("member", "person", "man", "woman", "officer", "personnel"):
        return True
    return noun.status == "unknown" and base not in _HELD and phrase.form in ("singular", "plural")


_HELD = frozenset(
    ["captive", "detainee", "hostage", "prisoner", "victim", "relative", "inmate", "defector", "abductee", "casualty",
     "boy", "youth", "suspect", "survivor", "supporter", "witness", "other", "individual"]
)  # fmt: skip


def _both_sides(s: Sentence, phrase: Phrase) -> bool:
    """ "Nineteen people, fighters and civilians alike": an apposition that names both."""
    after = s.words[phrase.last + 1 : phrase.last + 9]
    if not after or after[0] not in (",", "-", "(", "\u2014") or phrase.noun is None or phrase.noun.status != "unknown":
        return False
    upto = next((k for k in range(1, len(after)) if after[k] in (",", ")", "were", "was", "-")), len(after))
    kinds = {n.status for w in after[1:upto] if (n := person_noun(w)) is not None}
    return {"civilian", "combatant"} <= kinds and "and" in after[:upto]


def _apposition_end(s: Sentence, phrase: Phrase) -> int:
    """Where "…, the leader of the group" ends that says who a name is; the phrase's own end where there is none."""
    i = phrase.last + 1
    if (
        phrase.form != "name"
        or i + 1 >= len(s.words)
        or s.words[i] != ","
        or s.words[i + 1] not in ("a", "an", "the", "one")
    ):
        return phrase.last
    end = next(
        (k for k in range(i + 1, len(s.words)) if s.words[k] in (",", ".", "was", "were", "has", "had", "who")),
        len(s.words),
    )
    return min(end - 1, i + 12)


_ORDER = (
    "children",
    "women",
    "men",
    "elderly",
    "medics",
    "journalists",
    "aid_workers",
    "refugees",
    "detainees",
    "security_forces",
    "militants",
    "soldiers",
    "police",
    "perpetrators",
)


def _sorted(groups: dict[str, None]) -> tuple[str, ...]:
    return tuple(g for g in _ORDER if g in groups)


def _with_of(s: Sentence, phrase: Phrase) -> int:
    """The last token of "members of the SDF", "fighters from the Democratic Forces"."""
    last = phrase.last
    if last + 2 < len(s.words) and s.words[last + 1] in ("of", "from", "with", "belonging"):
        end = last + 2
        while end < len(s.words) and (
            s.tags[end][:2] in ("NN", "JJ", "DT", "PR", "PO", "HY")
            or s.words[end] in ("-", "'s", "of", "the", "(", "'", "one", "two", "three")
            or (s.words[end - 1] == "-" and s.tags[end] == "VBN")
        ):
            end += 1
        return end - 1
    return last


def _apposition(s: Sentence, phrase: Phrase) -> str | None:
    """ "Ali Hassan, a 37-year-old farmer": farmer."""
    i = phrase.last + 1
    if i >= len(s.words) or s.words[i] != ",":
        return None
    for k in range(i + 1, min(len(s.words), i + 9)):
        if s.words[k] in (",", "and", "who", "was", "were") or s.tags[k][0] == "V" and s.tags[k] != "VBN":
            return None
        if (
            s.tags[k] in ("NN", "NNS")
            and person_noun(s.words[k]) is not None
            and s.words[i + 1] in ("a", "an", "the", "one", "both")
            or (s.tags[k] in ("NN", "NNS") and phrase.form == "name" and person_noun(s.words[k]) is not None)
        ):
            return singular(s.words[k])[0]
    return None


def _armed_actor(s: Sentence, first: int, last: int, actors: Sequence[ActorMention]) -> ActorMention | None:
    start, end = s.start(first), s.end(last)
    i = bisect_left(actors, start, key=lambda a: a.end)
    while i < len(actors) and actors[i].start < end:
        if actors[i].end > start and actors[i].kind in _ARMED and actors[i].role not in ("observer",):
            return actors[i]
        i += 1
    return None


def _nationality(s: Sentence, phrase: Phrase, actors: Sequence[ActorMention]) -> str | None:
    start, end = s.start(phrase.first), s.end(phrase.last)
    for actor in actors:
        if actor.start >= end:
            break
        if actor.end > start and actor.country and actor.role in ("adjective", "people", "members"):
            return actor.country
    return None

"""Harm to people in one sentence: which words state it, who was harmed, how many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tollbook import lexicon
from tollbook.find.grammar.arguments import (
    after_verb,
    further_subjects,
    is_passive,
    objects_of,
    of_phrase,
    people_beside,
    possessor_of,
    subjects_of,
)
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import Phrase, how_many, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm import idioms, predicates, rivals, things
from tollbook.find.harm.coordination import coordinated
from tollbook.find.harm.shares import parts, peers_by_place, whole_of
from tollbook.find.harm.triggers import Trigger, count_before, triggers
from tollbook.records import Count, Harm


@dataclass(frozen=True, slots=True)
class Finding:
    """One number of people harmed. ``part_of`` indexes the finding of the same sentence that it belongs to."""

    sentence: Sentence
    harm: Harm
    trigger: int
    count: Count
    phrase: Phrase | None
    part_of: int | None
    rule: str


@lru_cache(maxsize=128)
def find_harms(s: Sentence) -> Sequence[Finding]:
    """Every number of people harmed that the sentence states, in order of their words. Those of the last sentences are
    kept: it is asked first whether a document has any."""
    findings: list[Finding] = []
    for trigger in triggers(s):
        for phrase, rule in _victims(s, trigger):
            _add(findings, s, trigger, phrase, rule)
    for harm, token, who, count, rule in idioms.find(s):
        if who is not None:
            _add(findings, s, Trigger(token, harm, frozenset()), who, rule)
        elif count is not None:
            findings.append(Finding(s, harm, token, count, None, None, rule))
    if any(f.harm == "killed" and f.rule != idioms.MANIFOLD for f in findings):
        findings = [f for f in findings if f.rule != idioms.MANIFOLD]  # "three were found dead after the triple murder"
    found = _shares(_distinct(findings))
    given = [(f.harm, f.count.start) for f in found if f.part_of is None and f.count.qualifier != "unstated"]
    taken = {f.count.start for f in found}
    for harm, token, who, _, rule in rivals.rivals_of(s, given):
        if who is not None and who.count is not None and who.count.start not in taken:
            found.append(Finding(s, harm, token, who.count, who, None, rule))
    return _in_order(found)


def told_again(s: Sentence, harm: Harm) -> list[Finding]:
    """Bare numbers of a sentence that names no harm itself, after one that does."""
    told = rivals.told_again(s, harm)
    return [Finding(s, h, at, who.count, who, None, rule) for h, at, who, _, rule in told if who and who.count]


def _in_order(findings: list[Finding]) -> list[Finding]:
    """By the place of their numbers, so that "eleven others" comes after those whom it takes after."""
    order = sorted(range(len(findings)), key=lambda i: (findings[i].count.start, i))
    new = {old: place for place, old in enumerate(order)}
    return [f if f.part_of is None else replace(f, part_of=new[f.part_of]) for f in (findings[i] for i in order)]


_WORDS = lexicon.load("grammar")["harms"]


def _victims(s: Sentence, t: Trigger) -> list[tuple[Phrase, str]]:
    i, tag = t.token, s.tags[t.token]
    if s.words[i] in ("shooting", "stabbing") and i + 1 < len(s.tags) and s.tags[i + 1][:2] == "NN":
        return []  # "49 shooting victims", "two shooting incidents"
    described = tag in ("JJ", "VBN", "VBD") and s.deps[i] == "amod" and s.heads[i] == i + 1
    people = noun_phrase(s, i + 1) if described else None
    if people is not None and people.noun is not None and people.noun.known and people.count is not None:
        return [(people, "described")]  # "a list of 71 slain servicemen"
    if count_before(s, i) and tag[0] in "VJN" and "nouns" not in t.roles and not _has_own_victims(s, i):
        last = next(b for _, b, _ in reversed(s.counts) if b in (i - 1, i - 2))
        phrase = _bare_number(s, last)
        if phrase is not None:
            return [(phrase, "number before the word of harm")]
    headline = s.words[i] in _HEADLINE_VERBS and (tag[:2] in ("NN", "JJ") or s.child(i, "dobj", "obj") is None)
    if headline and any(a == i + 1 for a, _, _ in s.counts):
        return [(p, "object of the verb") for p in after_verb(s, i)]  # "Bombs on the market kill 11, rescuers say"
    if headline and s.words[i - 1 : i] == (",",) and (one := _bare_one(s, i + 1)) is not None:
        return [(one, "object of the verb")]  # "Mortars kill two clerks, wound baker"
    if headline and (people := _bare_many(s, i)) is not None:
        return [(people, "object of the verb")]
    another = s.words[i - 1 : i] == ("another",) and tag in ("VBN", "VBD", "JJ")
    if another and i > 2 and s.words[i - 2] in ("and", ",") and "object" in t.roles and not _has_own_victims(s, i):
        count = Count(s.text(i - 1, i - 1), s.start(i - 1), s.end(i - 1), 1, 1, "exact")
        return [(Phrase(i - 1, i - 1, i - 1, i - 1, "elliptic", None, count), "number before the word of harm")]
    if "nouns" in t.roles and tag[:2] == "NN":
        return _by_noun(s, t)
    if i + 1 < len(s.tags) and tag in ("JJ", "VBN", "VBD") and s.deps[i] == "amod" and s.heads[i] > i:
        phrase = noun_phrase(s, s.heads[i])  # "two wounded soldiers"
        return (
            [(phrase, "described")]
            if phrase is not None and (phrase.count or s.words[phrase.first] in ("a", "an")) and phrase.noun is not None
            else []
        )
    if s.words[i] == "burned":  # lorries burn more often than people
        whom = [p for p in objects_of(s, i) if p.noun is not None or p.form == "pronoun"]
        return [(p, "object of the verb") for p in whom if not things.others_of_things(s, p)]
    if s.words[i] in ("shot", "stabbed") and (dead := _felled(s, i)) is not None:
        return [(dead, "object of the verb")]
    if s.words[i] in ("shooting", "stabbing"):  # a noun more often than a verb: "Sunday shooting View photos"
        return [(p, "object of the verb") for p in objects_of(s, i) if p.noun is not None or p.count is not None]
    if s.words[i] == "shot" and tag in ("NN", "JJ") and (people := people_beside(s, i)) is not None:
        return [(people, "object of the verb")]  # "Four people shot outside flats"
    if s.deps[i] in ("advcl", "oprd") and s.words[s.heads[i]] == "left" and is_passive(s, s.heads[i]):
        return [(p, "said of the subject") for p in predicates.predicate_subject(s, i)]  # "two were left injured"
    if "object" in t.roles and tag != "NN":
        whom = objects_of(s, i)
        whom += [*_along_with(s, i), *further_subjects(s, i)] if whom and is_passive(s, i) else []
        if whom or t.harm != "casualties" or "dead" not in (s.words[i], s.words[s.heads[i]]):
            return [(p, "object of the verb") for p in whom]
        left = predicates.predicate_subject(s, i) or predicates.predicate_subject(s, s.heads[i])
        return [(p, "said of the subject") for p in left]  # "left many dead and wounded"
    if "subject" in t.roles:
        return [(p, "subject of the verb") for p in [*subjects_of(s, i), *_along_with(s, i), *further_subjects(s, i)]]
    if "adjectives" in t.roles and s.words[i] == "dead" and i and s.tags[i - 1][:2] == "NN":
        beside = noun_phrase(s, i - 1)  # "speaks of 41 soldiers dead"
        if beside is not None and beside.count is not None and beside.noun is not None and beside.last == i - 1:
            return [(beside, "said of the subject")]
    if "adjectives" in t.roles:
        return [(p, "said of the subject") for p in [*predicates.predicate_subject(s, i), *_along_with(s, i)]]
    return []


def _bare_one(s: Sentence, at: int) -> Phrase | None:
    """A single person without an article, as headlines have it."""
    noun = person_noun(s.words[at]) if at < len(s.words) and s.words[-1] not in (".", "!", "?", '"') else None
    single = noun is not None and noun.known and not noun.plural and s.tags[at] == "NN"
    return Phrase(at, at, at, at, "singular", noun, None) if single else None


def _bare_many(s: Sentence, i: int) -> Phrase | None:
    """ "Rebels slaughter farmers in raid": whom the parser takes for the rebels' object, the verb for an adjective."""
    if (
        s.tags[i] != "JJ"
        or not 0 < i < 4
        or s.tags[i - 1] not in ("NNS", "NNPS")
        or s.words[-1] in (".", "!", "?", '"')
    ):
        return None
    top = next_noun(s, i + 1)
    phrase = noun_phrase(s, top) if top is not None else None
    known = phrase is not None and phrase.noun is not None and phrase.noun.known
    return replace(phrase, first=i + 1) if phrase is not None and known else None


def _felled(s: Sentence, i: int) -> Phrase | None:
    """ "A sniper shot dead a girl": the parser takes "shot" for a noun and the sniper for who is dead."""
    if s.words[i + 1 : i + 3] == ("to", "death") and not is_passive(s, i):
        return _stabbed(s, i + 3)
    if s.words[i + 1 : i + 2] != ("dead",) or s.tags[i + 2 : i + 3] not in (("DT",), ("CD",), ("PRP$",)):
        return None
    for k in range(i + 3, min(i + 9, len(s.words))):
        noun = person_noun(s.words[k])
        if noun is not None and noun.known and s.tags[k][:2] == "NN":
            count = next((c for a, _, c in s.counts if a == i + 2), None)
            return Phrase(i + 2, k, k, k, "plural" if noun.plural else "singular", noun, count)
    return None


def _stabbed(s: Sentence, at: int) -> Phrase | None:
    """ "Omar Said, 33, reportedly stabbed to death a baker": the baker, right behind the words."""
    if s.tags[at : at + 1] not in (("DT",), ("CD",), ("PRP$",), ("NNP",)) or s.words[at] in ("this", "that"):
        return None
    top = next_noun(s, at)
    phrase = noun_phrase(s, top) if top is not None else None
    named = phrase is not None and phrase.form == "name" and phrase.top > at  # not "stabbed to death Sunday"
    known = named or phrase is not None and phrase.noun is not None and phrase.noun.known
    return replace(phrase, first=at) if phrase is not None and known else None


def _along_with(s: Sentence, i: int) -> list[Phrase]:
    """ "his brother died along with a 13-year-old boy": the boy."""
    at = i + 1 + (s.words[i + 1 : i + 2] in (("dead",), ("down",)))
    if s.words[at : at + 2] not in (("along", "with"), ("together", "with")):
        return []
    top = next_noun(s, at + 2)
    phrase = noun_phrase(s, top) if top is not None else None
    return [phrase] if phrase is not None and phrase.noun is not None and s.words[phrase.first] != "the" else []


_HEADLINE_VERBS: frozenset[str] = frozenset(_WORDS["headline_verbs"])


def _has_own_victims(s: Sentence, i: int) -> bool:
    """An active verb with a number before it and an object after ("in 2019 killed 80")."""
    if s.words[i + 1 : i + 2] == ("(",):  # "6 injured (2 journalists)"
        return False
    return s.child(i, "dobj") is not None and not is_passive(s, i)


def _bare_number(s: Sentence, last: int) -> Phrase | None:
    phrase = noun_phrase(s, last)
    if phrase is not None:
        return phrase
    count = next(c for _, b, c in s.counts if b == last)
    first = next(a for a, b, _ in s.counts if b == last)
    return Phrase(first, last, last, last, "elliptic", None, count)


def _is_elsewhere(s: Sentence, k: int) -> bool:
    """ "Fire in many places and civilian casualties": the many are places."""
    return s.tags[k] == "NNS" and person_noun(s.words[k]) is None and s.words[k] not in _DEATHS


_DEATHS = frozenset(["deaths", "fatalities", "injuries", "killings"])
_VICTIMS_OF_LESS = frozenset(["abducted", "abduction", "kidnap", "kidnapped", "kidnapping", "rape", "trafficking"])
_COURT: frozenset[str] = frozenset(_WORDS["court"])


def _by_noun(s: Sentence, t: Trigger) -> list[tuple[Phrase, str]]:
    i = t.token
    plural = s.words[i].endswith("s")
    own = next(
        (
            c
            for a, b, c in s.counts
            if b < i
            and b >= i - 5
            and all(
                s.tags[k][:2] in ("JJ", "NN", "VB", "HY") and s.words[k] not in _COURT or s.words[k] in ("of", "and")
                for k in range(b + 1, i)
            )
            and not any(s.words[k] == "and" and _is_elsewhere(s, k - 1) for k in range(b + 2, i))
        ),
        None,
    )
    if s.words[i] == "victims" and s.words[i - 1] in _VICTIMS_OF_LESS:
        return []  # "rescued 16 kidnapped victims"
    if own is not None and (plural or own.high == 1):
        first = next(a for a, _, c in s.counts if c is own)
        return [(Phrase(first, i, i, i, "elliptic", None, own), "deaths counted")]
    if t.harm == "casualties" and s.words[i] == "victims":
        return []
    of = of_phrase(s, i) if s.words[max(0, i - 2) : i] != ("number", "of") else []
    if of:
        return [(p, "the death of") for p in of if p.form != "plural" or p.count or t.harm != "casualties"]
    owners = possessor_of(s, i)
    if owners and not plural:
        return [
            (p, "their death")
            for p in owners
            if p.form in ("name", "singular")
            and s.words[i] in ("death", "killing", "murder", "assassination", "martyrdom")
        ]
    bare = predicates.bare_noun(s, i)
    return [(bare, "casualties without a number")] if bare is not None else []


def _add(findings: list[Finding], s: Sentence, t: Trigger, phrase: Phrase, rule: str) -> None:
    phrase = whole_of(s, phrase)
    negated = predicates.negated(s, t.token)
    nobody = False
    alone = rule == "deaths counted" and t.harm == "casualties"  # "four victims, two suspects and four witnesses"
    members = [phrase] if alone else _family(s, phrase, t.token) or coordinated(s, phrase, t.token)
    members += peers_by_place(s, members[-1], t.token)
    if _refers_back(s, t, phrase, rule, len(members)) or _named_only(s, t, phrase):
        return
    if things.by_accident(s, t.token) or things.by_fire(s, t.token):
        return
    for member in members:
        if _otherwise_harmed(s, t, member) or _is_source(s, t, member) or _is_self(s, t, member, rule):
            continue
        if things.is_thing(s, t.token, member) or things.is_state(s, member):
            continue
        if rule == "lives claimed" and member.first > phrase.last and (member.noun is None or not member.noun.known):
            continue  # "cost the town 34 lives and 50 huts"
        count = how_many(s, member, negated)
        if nobody and count is not None and count.qualifier == "unstated":  # "no soldiers or civilians"
            count = replace(count, low=0, high=0, qualifier="exact")
        if nobody and members[0].noun is not None and s.words[members[0].first] == "none":
            continue  # "none of the four priests and 100 refugees was hurt"
        nobody = count is not None and count.high == 0
        if count is None or not _plausible(s, t, member, count) or (negated and count.high == 1):
            continue  # "her daughter was not injured"
        if negated and member.last < t.token and s.words[member.first] in ("a", "an", "another"):
            continue  # "a girl and a man were not injured"
        if count.qualifier == "unstated" and s.words[max(0, member.first - 2) : member.first] == ("number", "of"):
            continue  # "raised the number of people killed to 16"
        findings.append(Finding(s, t.harm, t.token, count, member, None, rule))
        whole = len(findings) - 1
        for part in parts(s, member, t.token):
            part_count = how_many(s, part, negated=False)
            if part_count is None or t.harm in _WEAK and part_count.qualifier == "unstated":
                continue  # "1,400 people, mainly women and children, have fled"
            if part_count.start != count.start:
                after = s.words[part.last + 1 : part.last + 7]
                fatal = not _FATALLY.isdisjoint(after[:3]) or "not" in after[:5] and not _LIVE.isdisjoint(after)
                harm: Harm = "killed" if fatal else t.harm
                findings.append(Finding(s, harm, t.token, part_count, part, whole, "part of the number before"))


def _family(s: Sentence, phrase: Phrase, trigger: int) -> list[Phrase]:
    """ "a family of a mother and four children": the members rather than the family."""
    of = phrase.head + 1
    if (
        s.words[phrase.head] != "family"
        or s.words[of : of + 1] != ("of",)
        or s.words[of + 1 : of + 2] not in (("a",), ("an",))
    ):
        return []
    top = next_noun(s, of + 1)
    first = noun_phrase(s, top) if top is not None else None
    return coordinated(s, first, trigger) if first is not None and first.noun is not None else []


_FATALLY = frozenset(["fatally", "mortally"])  # "two of them fatally", "three of whom did not survive"
_LIVE = frozenset(["make", "survive"])
_LIFELESS = frozenset(["bodies", "body", "corpse", "corpses"])
_INJURIES = frozenset(["injuries", "injured", "wounded"])
_TAKINGS = frozenset(["abductions", "arrests", "detentions", "disappearances", "kidnappings"])
_HURT_WORDS = frozenset(["injured", "wounded"])


def _otherwise_harmed(s: Sentence, t: Trigger, member: Phrase) -> bool:
    """ "12 bodies and 48 injured people were brought in": the bodies are not injured, the injured no bodies."""
    words = s.words[member.first : member.head + 1]
    if t.harm in _HURT and s.words[member.head] in _TAKINGS:
        return True  # "30 deaths and 1,515 arrests"
    if t.harm in ("injured", "missing", "detained", "abducted"):
        return not _LIFELESS.isdisjoint(words)
    if t.harm == "killed" and s.words[member.head] in _INJURIES:
        return True  # "111 deaths and 357 injuries"
    return s.words[t.token] in _LIFELESS and not _HURT_WORDS.isdisjoint(words)


def _is_source(s: Sentence, t: Trigger, member: Phrase) -> bool:
    """ "Police: boy dies after shot", "Boy killed in Zalba: police": who says it, set apart by a colon."""
    if member.count is not None or member.form not in ("plural", "name"):
        return False
    if member.first > t.token and s.words[member.last + 1 : member.last + 2] in _SAID:
        return True  # "killed two men, Loft and fellow officers said"
    if member.last < t.token:
        return s.words[member.last + 1] == ":"
    return member.first > t.token and s.words[member.first - 1] == ":" and member.last >= len(s.words) - 2


_SAID = tuple((w,) for w in ("announced", "confirmed", "reported", "said", "say", "says", "told"))


def _is_self(s: Sentence, t: Trigger, member: Phrase, rule: str) -> bool:
    """ "Shot himself": whom that is, and whether he died of it, is for the idioms. "Kill one another" counts nobody."""
    if s.words[member.first : member.first + 2] in _ONE_ANOTHER or s.words[member.head] in ("ourselves", "themselves"):
        return True
    return rule == "object of the verb" and s.words[member.head] in _SELF and s.words[t.token] in things.SHOOT


_ONE_ANOTHER = (("one", "another"), ("each", "other"))
_SELF = frozenset(["herself", "himself"])
_ANYBODY = frozenset(["anyone", "anybody", "someone", "somebody", "everyone", "everybody", "whoever"])


def _refers_back(s: Sentence, t: Trigger, phrase: Phrase, rule: str, members: int) -> bool:
    """ "the man killed in the strike", "the woman who died": who they are is not told here but taken as known."""
    if s.words[phrase.head] in _ANYBODY:
        return True
    alone = members == 1 and phrase.last == phrase.first + 1 and s.words[phrase.first] == "the"
    if rule == "the death of" and alone and s.words[phrase.head] in _SOMEBODY:
        return True  # "with the death of the boy, the toll rises to 43"
    if (
        phrase.form == "singular"
        and s.words[phrase.first] == "the"
        and members == 1
        and s.deps[t.token] in ("acl", "relcl")
    ):
        between = s.words[phrase.last + 1 : t.token]
        return phrase.last < t.token and all(
            w in ("who", "that", "was", "had", "been", "were", "fatally", "later") for w in between
        )
    return False


def _named_only(s: Sentence, t: Trigger, phrase: Phrase) -> bool:
    """ "The other two killed were named by police as Omar Said and Lina Orlow": who they are, not that they were."""
    k = max(t.token, phrase.last) + 1
    while s.words[k : k + 1] and s.words[k] in ("been", "had", "has", "have", "later", "was", "were"):
        k += 1
    return s.words[phrase.first] in ("the", "both") and s.words[k : k + 1] in (("identified",), ("named",))


_INTRODUCE: frozenset[str] = frozenset(_WORDS["introduce"])
_SOMEBODY: frozenset[str] = frozenset(_WORDS["somebody"])
_OUGHT = frozenset(["must", "ought", "shall", "should"])
_WEAK = frozenset(["displaced", "detained", "missing"])


def _plausible(s: Sentence, t: Trigger, phrase: Phrase, count: Count) -> bool:
    """Weak words need a number or a known kind of person; unknown nouns need a number or a strong word."""
    if t.harm in _WEAK and (count.qualifier == "unstated" or count.high == 0):
        return False  # "so far there are no persons detained"
    if t.harm == "displaced":  # "three men fled in a van"
        return (count.low or count.high or 0) >= (10 if s.words[t.token] in ("fled", "flee", "fleeing") else 2)
    if phrase.form in ("name", "pronoun") and t.harm in ("detained", "displaced"):
        return False
    if count.high == 0 and not _OUGHT.isdisjoint(s.words[phrase.last + 1 : t.token]):
        return False  # "no one should be killed for this"
    if phrase.form == "plural" and phrase.noun is None and phrase.count is None:
        return s.tags[phrase.head] == "NNPS" or count.high == 0
    if phrase.form == "singular" and phrase.noun is None and s.words[phrase.first] not in _INTRODUCE:
        return False  # "three shot outside Harbor tavern"
    return not (phrase.form == "singular" and phrase.noun is None and count.qualifier != "exact")


def _distinct(findings: list[Finding]) -> list[Finding]:
    """One finding for one number: of several harms to the same people the worst; `part_of` follows its target."""
    kept: list[Finding] = []
    moved: dict[int, int] = {}
    for i, finding in enumerate(findings):
        same = next((j for j, k in enumerate(kept) if _clash(k, finding)), None)
        if same is not None:
            moved[i] = same
            part = finding.part_of is not None and moved.get(finding.part_of) not in (None, same)
            if kept[same].part_of is None and finding.part_of is not None and part:
                kept[same] = replace(kept[same], part_of=moved[finding.part_of])
            if _RANK[finding.harm] < _RANK[kept[same].harm] and finding.rule != "deaths counted":
                kept[same] = replace(finding, part_of=kept[same].part_of)
            continue
        moved[i] = len(kept)
        target = moved.get(finding.part_of) if finding.part_of is not None else None
        kept.append(replace(finding, part_of=target))
    return kept


_SHARE_RULES = frozenset(["in a condition", "taken to hospital", "injuries suffered"])
_GRAVE = frozenset(["critically", "seriously", "severely", "gravely", "slightly", "lightly"])


def _shares(findings: list[Finding]) -> list[Finding]:
    """ "Five were shot, two critically injured", "nine were hurt: one is in serious condition": shares."""
    found = list(findings)
    for i, f in enumerate(found):
        told = f.rule in _SHARE_RULES or (f.trigger > 0 and f.sentence.words[f.trigger - 1] in _GRAVE)
        if f.harm != "injured" or f.part_of is not None or not told or f.phrase is None or _others(f):
            continue
        bare = f.phrase.form == "elliptic" or f.sentence.words[f.phrase.head] in (
            "person",
            "people",
            "victims",
            "victim",
        )
        size = f.count.low or 0
        for j, g in enumerate(found):
            bare_too = g.phrase is None or g.phrase.form == "elliptic"
            hurt = (
                g.harm in ("injured", "casualties") and g.part_of is None and not (bare_too and g.rule in _SHARE_RULES)
            )
            if bare and hurt and g.count.start < f.count.start and (g.count.low or 0) > size > 0:
                found[i] = replace(f, part_of=j)
                break
    return found


def _others(f: Finding) -> bool:
    phrase = f.phrase
    return phrase is not None and not {"other", "others", "another", "more"}.isdisjoint(
        f.sentence.words[phrase.first : phrase.last + 1]
    )


_RANK = {"killed": 0, "injured": 1, "casualties": 2, "abducted": 3, "missing": 4, "displaced": 5, "detained": 6}
_HURT = frozenset(["killed", "injured", "casualties"])


def _clash(a: Finding, b: Finding) -> bool:
    if a.count.start >= b.count.end or b.count.start >= a.count.end:
        return False
    if {a.harm, b.harm} in ({"missing", "detained"}, {"missing", "killed"}):
        return True  # "two students arrested last month are still missing", "the body of a nun reported missing"
    return (
        a.harm == b.harm or {a.harm, b.harm} <= _HURT or "displaced" in (a.harm, b.harm)
    )  # "killed two displaced men"

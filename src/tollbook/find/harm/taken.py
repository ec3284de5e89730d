"""People taken away, driven out or gone: hostages, carried off, homes left, refugees, nobody heard of since."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tollbook import lexicon
from tollbook.find.grammar.arguments import is_passive, objects_of, of_phrase, subject_of, subject_phrase
from tollbook.find.grammar.phrases import Phrase, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.tolls import Idiom
from tollbook.records import Harm

_WORDS = lexicon.load("grammar")["taken"]
_CAPTORS: frozenset[str] = frozenset(_WORDS["captors"])
_PLACES: frozenset[str] = frozenset(_WORDS["places"])
_WAR: frozenset[str] = frozenset(_WORDS["war"])
_HARM: frozenset[str] = frozenset(_WORDS["harm"])
_BACK: frozenset[str] = frozenset(_WORDS["back"])
_LET_IN: frozenset[str] = frozenset(_WORDS["let_in"])
_MANY = 20  # so many who leave a town at once leave it for a reason; five may be on their way to work


def taken(s: Sentence, i: int) -> Iterator[Idiom]:
    if s.words[i] == "custody" and "into" not in s.words[max(0, i - 2) : i]:
        return
    harm: Harm = "detained" if s.words[i] == "custody" else "abducted"
    verb = next(
        (
            k
            for k in range(i - 1, max(-1, i - 9), -1)
            if s.words[k] in ("taken", "took", "take", "taking", "held", "holding", "seized")
        ),
        None,
    )
    if verb is None:
        return
    for phrase in objects_of(s, verb):
        if phrase.head != i and (phrase.noun is not None or phrase.count is not None):
            yield harm, verb, phrase, None, "taken hostage"
            return
    before = noun_phrase(s, verb - 1) if verb and s.tags[verb - 1][:2] == "NN" else None
    if before is not None and before.count is not None and before.noun is not None and before.last == verb - 1:
        yield harm, verb, before, None, "taken hostage"  # "reports nine people taken hostage"
        return
    own = next((c for a, b, c in s.counts if b == i - 1), None)
    if own is not None:
        yield harm, verb, Phrase(i - 1, i, i, i, "elliptic", None, own), None, "taken hostage"
        return
    bare = next(((a, b, c) for a, b, c in s.counts if b == verb - 1), None)
    if bare is not None:  # "900 were killed and 130 taken hostage"
        yield harm, verb, Phrase(bare[0], bare[1], bare[1], bare[1], "elliptic", None, bare[2]), None, "taken hostage"


def refugees(s: Sentence, i: int) -> Iterator[Idiom]:
    phrase = noun_phrase(s, i)
    if phrase is None or phrase.count is None or (phrase.count.low or 0) < 24:
        top = next((a for a, b, _ in s.counts if b == i - 2 and s.words[i - 1] == "of"), None)
        phrase = noun_phrase(s, i - 2) if top is not None else None
    if (
        phrase is not None
        and phrase.count is not None
        and (phrase.count.low or 0) >= 24
        and not _moved_on(s, i, phrase)
    ):
        yield "displaced", i, phrase, None, "refugees counted"


def _moved_on(s: Sentence, i: int, phrase: Phrase) -> bool:
    """ "1,100 refugees returned", "has accepted 10,000 refugees": nobody was driven out by it."""
    head = s.heads[phrase.top]
    deciding = s.words[head] if s.tags[head][:2] == "VB" else ""
    behind = next((w for w in s.words[i + 1 : i + 4] if w not in ("had", "has", "have", "later", "then")), "")
    return deciding in _LET_IN or behind in _BACK or (deciding in _BACK and phrase.last < head)


def driven_out(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "4,500 people were driven from their homes", "forced 8 million from their homes": ``i`` is "homes"."""
    verb = next(
        (
            k
            for k in range(i - 1, max(-1, i - 10), -1)
            if s.words[k] in ("driven", "forced", "drove", "driving", "forcing", "expelled")
        ),
        None,
    )
    if verb is None:
        return
    right = next(((a, b, c) for a, b, c in s.counts if a == verb + 1), None)
    if right is not None:
        top = next_noun(s, right[1] + 1)
        phrase = noun_phrase(s, top) if top is not None and top < i else None
        bare = Phrase(right[0], right[1], right[1], right[1], "elliptic", None, right[2])
        yield (
            "displaced",
            verb,
            phrase if phrase is not None and phrase.count is right[2] else bare,
            None,
            ("driven from home"),
        )
        return
    for phrase in objects_of(s, verb):
        if phrase.count is not None:
            yield "displaced", verb, phrase, None, "driven from home"


def carried_off(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "35 women may have been carried off", "took away a dozen young men": ``i`` is "off" or "away"."""
    if s.words[max(0, i - 1)] not in (
        "carried",
        "carrying",
        "dragged",
        "led",
        "marched",
        "spirited",
        "taken",
        "taking",
        "took",
        "whisked",
    ):
        return
    if s.words[i - 1] in ("led", "taken", "taking", "took") and s.words[i] == "off":
        return
    after = next(((a, b, c) for a, b, c in s.counts if a == i + 1), None)
    top = next_noun(s, after[1] + 1) if after is not None else None
    taken = noun_phrase(s, top) if top is not None else None
    saved = s.words[taken.last + 1 : taken.last + 2] == ("to",) if taken is not None else False  # "to safety"
    if saved:
        return
    if taken is not None and taken.noun is not None and taken.noun.known:
        yield "abducted", i - 1, taken, None, "carried off"
        return
    for phrase in objects_of(s, i - 1):
        if phrase.noun is not None and phrase.noun.known:
            yield "abducted", i - 1, phrase, None, "carried off"


def seized(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "Troops seized 20 villagers", "masked men dragged a teacher from a bakery": not who was dragged out and shot."""
    if s.words[i][:4] in ("drag", "took") or s.words[i] in ("taken", "taking"):
        if not _HARM.isdisjoint(s.words) or s.words[i][:1] == "t" and not _by_force(s, i):
            return
        if s.words[i][:4] == "drag" and "from" not in s.words[i : i + 16]:
            return
    for phrase in objects_of(s, i):
        if _people(s, phrase):
            yield "abducted", i, phrase, None, "seized"


def seizure(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "the seizure, on Monday, of 17 passengers": ``i`` is "seizure"."""
    of = next((k for k in range(i + 1, min(len(s.words) - 1, i + 9)) if s.words[k] == "of"), None)
    if of is None or of > i + 1 and s.words[i + 1] != ",":
        return
    top = next_noun(s, of + 1)
    phrase = noun_phrase(s, top) if top is not None else None
    if phrase is not None and phrase.count is not None and _people(s, phrase):
        yield "abducted", i, phrase, None, "seized"


def held(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "123 people were being held by armed groups", "are holding 12 nurses hostage": ``i`` is the verb."""
    if s.words[i] == "held":
        by = s.words[i + 1 : i + 7]
        if by[:1] != ("by",) or _CAPTORS.isdisjoint(by) or not is_passive(s, i):
            return
        for phrase in objects_of(s, i):
            if _people(s, phrase):
                yield "abducted", i, phrase, None, "held"
        return
    captor = subject_of(s, i)
    if captor is not None and s.words[captor] in _CAPTORS and (whom := s.child(i, "dobj")) is not None:
        prey = noun_phrase(s, whom)  # "the bandits are still holding a Dutch engineer and five others"
        if prey is not None and _people(s, prey):
            yield "abducted", i, prey, None, "held"
        return
    own = next(((a, b, c) for a, b, c in s.counts if a == i + 1), None)
    top = own[1] + 1 if own is not None else None
    captives = noun_phrase(s, top) if top is not None and s.words[top + 1 : top + 2] in _AS_HOSTAGES else None
    if captives is not None and _people(s, captives):
        yield "abducted", i, captives, None, "held"


def left(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "2,500 people left the town", "4,000 people have arrived in Zalba since fighting broke out"."""
    war = not _WAR.isdisjoint(s.words)
    after = s.words[i + 1 : i + 3]
    if s.words[i] in ("left", "leave", "leaving", "abandoned"):
        theirs = after[:1] in (("the",), ("their",)) and not _PLACES.isdisjoint(s.words[i + 2 : i + 5])
        if not theirs and not (war and s.tags[i + 1 : i + 2] == ("NNP",)):
            return
    elif s.words[i] in STAYING:
        camped = s.words[i][:4] in ("camp", "shel") and war
        if not camped and _SHELTERS.isdisjoint(s.words[i + 1 : i + 9]):
            return
    elif s.words[i] in ("crossed", "entered"):
        border = after == ("the", "border") or after[:1] == ("into",) or s.words[i] == "entered"
        abroad = border and any(t == "NNP" for t in s.tags[i + 1 : i + 4])
        phrase = subject_phrase(s, i)
        if abroad and phrase is not None and (phrase.count is None or (phrase.count.low or 0) >= _STREAM):
            yield from _many(s, i, phrase)
            return
        if not war or s.words[i] == "entered":
            return
    elif s.words[i] != "evacuated" and not war:
        return
    if s.words[i] == "evacuated" and not is_passive(s, i):
        return
    yield from _many(s, i, subject_phrase(s, i))


def exodus(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "an exodus of 40,000 people"."""
    for phrase in of_phrase(s, i):
        yield from _many(s, i, phrase)


def made_to_leave(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "caused 120 families to leave the quarter", "sent 900 people fleeing", "900 were forced to leave": ``i`` is the
    first verb."""
    if s.words[i + 1 : i + 2] == ("to",) and is_passive(s, i):
        if s.words[i + 2 : i + 3] and s.words[i + 2] in _LEAVE:
            yield from _many(s, i, subject_phrase(s, i))
        return
    span = next(((a, b) for a, b, _ in s.counts if a == i + 1), None)
    top = next_noun(s, span[1] + 1) if span is not None and span[1] + 1 < len(s.words) else None
    phrase = noun_phrase(s, top) if top is not None else None
    if top is None or phrase is None:
        return
    after = s.words[phrase.last + 1 : phrase.last + 3]
    moved = after[1:] == ("move",) and s.tags[phrase.last + 3 : phrase.last + 4] in (("DT",), ("PRP$",))  # moved things
    leave = len(after) == 2 and after[0] == "to" and after[1] in _LEAVE and not moved and s.words[i][:3] != "sen"
    if after[:1] == ("fleeing",) or leave:
        yield from _many(s, i, phrase)


def unheard_of(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "There is no trace of three men", "the whereabouts of 12 miners are unknown", "not seen since", "no word
    from the other seven", "two have not been found"."""
    if s.words[i] in ("trace", "whereabouts", "word"):
        if s.words[i] != "whereabouts" and s.words[i - 1] != "no":
            return
        link = s.words[i + 1 : i + 2] in (("on",), ("from",), ("about",)) and i + 2 < len(s.words)
        top = next_noun(s, i + 2) if link else None
        named = noun_phrase(s, top) if top is not None else None
        phrases = [named] if named is not None else of_phrase(s, i)
    elif s.words[i] == "found":
        if s.words[i - 2 : i] not in (("not", "been"), ("n't", "been"), ("never", "been"), ("to", "be")):
            return
        if s.words[i - 1] == "be" and s.words[i - 3 : i - 2] != ("yet",):
            return
        phrases = [p for p in (subject_phrase(s, i),) if p is not None]
    elif s.words[i - 2 : i] in (("not", "been"), ("n't", "been"), ("never", "been")) and "since" in s.words[i : i + 4]:
        phrases = [p for p in (subject_phrase(s, i),) if p is not None]
    else:
        return
    for phrase in phrases:
        bare = phrase.form == "elliptic" and s.words[i] == "word"  # "no word on the remaining seven"
        if phrase.count is not None and (bare or _people(s, phrase)):
            yield "missing", i, phrase, None, "nobody heard of"


STAYING = frozenset(["camped", "camping", "living", "sheltering", "sheltered", "sleeping", "staying"])
_SHELTERS: frozenset[str] = frozenset(_WORDS["shelters"])
_STREAM = 100  # so many that a bare number of those who cross a border is one of people driven over it
_AS_HOSTAGES = (("hostage",), ("hostages",), ("captive",), ("prisoner",))
_HOME = frozenset(["home", "homes", "house"])
_OPENING = frozenset(["a", "an", "another", "her", "his", "my", "our", "their"])
_NOT_DRIVEN_OUT = frozenset(["injured", "prisoners", "sick", "soldiers", "troops", "wounded"])
_LEAVE = frozenset(["abandon", "evacuate", "flee", "leave", "move", "relocate"])


def _by_force(s: Sentence, i: int) -> bool:
    """Words after "took" that say that nobody went of their own will."""
    after = s.words[i + 1 : i + 14]
    pairs = list(pairwise(after))
    if any(p in (("by", "force"), ("at", "gunpoint"), ("with", "them")) for p in pairs):
        return True
    home = not _HOME.isdisjoint(after)
    return home and any(a == "from" and b in ("his", "her", "their") for a, b in pairs)


def _people(s: Sentence, phrase: Phrase) -> bool:
    """Whether people are told of anew: a number of them, or somebody with an article."""
    if phrase.noun is None or not phrase.noun.known or phrase.form in ("pronoun", "elliptic"):
        return False
    return phrase.count is not None or s.words[phrase.first] in _OPENING


def _many(s: Sentence, i: int, phrase: Phrase | None) -> Iterator[Idiom]:
    """Many people who are no soldiers; a bare number where it is of hundreds."""
    if phrase is None or phrase.count is None:
        return
    bare = phrase.noun is None and phrase.form == "elliptic"
    if bare and (phrase.count.low or 0) >= _STREAM:
        yield "displaced", i, phrase, None, "driven from home"
    if phrase.noun is None or not phrase.noun.known:
        return
    families = s.words[phrase.head] in ("families", "households")
    if phrase.noun.status == "combatant" or (phrase.count.low or 0) < (2 if families else _MANY):
        return
    if _NOT_DRIVEN_OUT.isdisjoint(s.words[phrase.first : phrase.last + 1]):
        yield "displaced", i, phrase, None, "driven from home"

"""Harm stated by idiom rather than by a verb: lives claimed, bodies found, hostages taken, lives of one's own ended."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from tollbook import lexicon
from tollbook.find.grammar.arguments import (
    after_verb,
    is_passive,
    left_top,
    objects_of,
    of_phrase,
    possessor_of,
    subject_of,
)
from tollbook.find.grammar.people import groups_of, person_noun, singular
from tollbook.find.grammar.phrases import ORDINALS, Phrase, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm import fates, taken, tolls, wounds
from tollbook.find.harm.tolls import HARMED, Idiom
from tollbook.records import Count

_WORDS = lexicon.load("grammar")["idioms"]
_TAKE_LIVES: frozenset[str] = frozenset(_WORDS["take_lives"])
_LOSE = frozenset(["lost", "lose", "loses", "losing", "loss", "laid"])
_FOUND = ("nsubjpass", "dobj")
_FIND: frozenset[str] = frozenset(_WORDS["find"])
_LIFE_ENDED = frozenset(["took", "take", "taking", "takes", "taken", "ended", "ending"])


def find(s: Sentence) -> Iterator[Idiom]:
    """Harms that no single word of the lexicon states."""
    for i, word in enumerate(s.words):
        if word in _BY_WORD:
            for idiom in _BY_WORD[word]:
                yield from idiom(s, i)
        elif word[0] == "k" and _CENSORED.fullmatch(word) and word != "killed":
            yield from _censored(s, i)


def _lives(s: Sentence, i: int) -> Iterator[Idiom]:
    window = range(max(0, i - 8), i)
    take = next((k for k in reversed(window) if s.words[k] in _TAKE_LIVES), None)
    lose = next((k for k in reversed(window) if s.words[k] in _LOSE), None)
    own = next((c for a, b, c in s.counts if b < i and b >= i - 3), None)
    if take is None and lose is None:
        after = s.words[i + 1 : i + 4]
        if own is not None and after[:2] in (("were", "lost"), ("have", "been")):
            yield "killed", i, Phrase(i, i, i, i, "elliptic", None, own), None, "lives lost"
        return
    trigger = take if take is not None else lose
    assert trigger is not None
    if own is not None:
        first = next(a for a, _, c in s.counts if c is own)
        yield "killed", trigger, Phrase(first, i, i, i, "elliptic", None, own), None, "lives claimed"
        return
    phrases = of_phrase(s, i) or possessor_of(s, i)
    if not phrases and take is not None and s.tags[i - 1] == "PRP$" and s.words[take][:4] == "cost":
        phrases = [p for p in after_verb(s, take) if p.noun is not None]  # "cost two paramedics their lives"
    if phrases:
        for phrase in phrases:
            yield "killed", trigger, phrase, None, "lives claimed"
    elif lose is not None and s.words[lose] in ("lost", "lose", "losing", "loses", "laid") and s.tags[i - 1] == "PRP$":
        subject = subject_of(s, lose)
        top = subject if subject is not None else left_top(s, lose)
        subject_phrase = noun_phrase(s, top) if top is not None else None
        if subject_phrase is not None:
            yield "killed", lose, subject_phrase, None, "lost their lives"


_ORGANISED = frozenset([
    "aid", "governing", "government", "international", "official", "professional", "public", "religious", "rights",
    "student", "un", "volunteer",
])  # fmt: skip


def _bodies(s: Sentence, i: int) -> Iterator[Idiom]:
    if s.words[i - 1 : i] and s.words[i - 1] in _ORGANISED:
        return
    if not any(w in _FIND for w in s.words):  # "a video of the bodies of five children"
        for phrase in of_phrase(s, i) if s.words[i + 1 : i + 2] == ("of",) else ():
            left = s.words[phrase.first] in ("a", "an") and not _LEFT.isdisjoint(s.words)
            if (phrase.count is not None or left) and phrase.noun is not None and phrase.noun.known:
                yield "killed", i, phrase, None, "bodies found"
        return
    own = next(
        (
            c
            for a, b, c in s.counts
            if b < i
            and b >= i - 3
            and all(s.tags[k][:2] in ("JJ", "NN", "VB") or s.words[k] == "of" for k in range(b + 1, i))
        ),
        None,
    )
    if own is not None:
        first = next(a for a, _, c in s.counts if c is own)
        of = of_phrase(s, i)
        yield (
            "killed",
            i,
            Phrase(
                first,
                of[0].last if of else i,
                of[0].head if of else i,
                i,
                "elliptic" if not of else of[0].form,
                of[0].noun if of else None,
                own,
            ),
            None,
            "bodies found",
        )
        return
    named = of_phrase(s, i)
    if s.words[i + 1 : i + 3] == ("belonging", "to"):
        named = after_verb(s, i + 2)  # "human remains belonging to six people"
    if not named and (one := _one_more(s, i)) is not None:
        yield "killed", i, one, None, "bodies found"
    for phrase in named:
        if phrase.noun is not None or phrase.count is not None or phrase.form == "name":
            yield "killed", i, phrase, None, "bodies found"


_LEFT = frozenset(["abandoned", "left"])  # "the corpse of a boy was left in the street"


def _one_more(s: Sentence, i: int) -> Phrase | None:
    """ "A fourth body was pulled from the rubble": what was found is one of the dead, not a body that finds."""
    if s.words[i] not in ("body", "corpse") or s.words[s.heads[i]] not in _FIND or s.deps[i] not in _FOUND:
        return None
    another = s.words[i - 1] == "another" and s.deps[i] == "nsubjpass"
    if another or s.words[i - 1] in ORDINALS and s.words[i - 2] == "a":
        return Phrase(i - 1, i, i, i, "singular", person_noun("person"), None)
    return None


def _fell(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "fell martyr", "joined the caravan of martyrs"."""
    verb = next((k for k in range(i - 1, max(-1, i - 3), -1) if s.words[k] in ("fell", "fallen")), None)
    joined = next((k for k in range(i - 1, max(-1, i - 6), -1) if s.words[k] in ("joined", "join")), None)
    if verb is None and joined is not None and s.words[i - 1] in ("of", "the"):
        verb = joined
    if verb is None:
        return
    subject = subject_of(s, verb)
    phrase = noun_phrase(s, subject) if subject is not None else None
    if phrase is not None:
        yield "killed", verb, phrase, None, "fell martyr"


def _martyrdom(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "two fighters embraced martyrdom": ``i`` is "martyrdom"."""
    verb = next((k for k in range(i - 1, max(-1, i - 3), -1) if s.words[k] in _EMBRACE), None)
    subject = subject_of(s, verb) if verb is not None else None
    phrase = noun_phrase(s, subject) if subject is not None else None
    if verb is not None and phrase is not None and (phrase.noun is not None or phrase.count is not None):
        yield "killed", verb, phrase, None, "fell martyr"


_EMBRACE = frozenset(["achieved", "attained", "embraced", "embracing", "gained", "won"])


def _wiped_out(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "taken out by a missile", "wiped out three fighters", "took down four": killed, where people are meant."""
    if s.words[i] == "down" and (s.words[i - 1][:2] != "ta" and s.words[i - 1] != "took" or _on(s, i)):
        return
    if s.words[max(0, i - 1)] not in ("wiped", "wipes", "taken", "took", "takes", "wiping", "taking"):
        return
    for phrase in objects_of(s, i - 1):
        if phrase.noun is not None and phrase.noun.known:
            yield "killed", i - 1, phrase, None, "taken out"


def _on(s: Sentence, i: int) -> bool:
    """Whether a way follows: "taken down the road", "down to the river"."""
    return s.words[i + 1 : i + 2] in (("the",), ("to",), ("into",), ("a",), ("from",), ("in",), ("for",))


def _censored(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "ki*led": the platforms' censored spelling."""
    phrases = objects_of(s, i)
    own = next((c for a, b, c in s.counts if b == i - 1), None)
    if phrases:
        yield "killed", i, phrases[0], None, "censored spelling"
    elif own is not None:
        yield "killed", i, Phrase(i - 1, i - 1, i - 1, i - 1, "elliptic", None, own), None, "censored spelling"


def _himself(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "killed three before taking his own life", "then shot himself": the perpetrator, where others are harmed too."""
    word = s.words[i]
    if word == "own":
        verb = next((k for k in range(i - 1, max(-1, i - 3), -1) if s.words[k] in _LIFE_ENDED), None)
        if verb is None or s.words[i + 1 : i + 2] not in (("life",), ("lives",)):
            return
        yield "killed", verb, Phrase(i - 1, i + 1, i - 1, i + 1, "pronoun", None, None), None, "own life"
    elif s.words[i - 1] in _SHOOT and not wounds.LIMBS.isdisjoint(s.words[max(0, i - 4) : i + 5]):
        yield "injured", i - 1, Phrase(i, i, i, i, "pronoun", None, None), None, "hurt himself"
    elif s.words[i - 1] in _SHOOT and _by_mishap(s, i):
        yield from _hurt_himself(s, i)
    elif _ends_himself(s, i):
        yield "killed", i - 1, Phrase(i, i, i, i, "pronoun", None, None), None, "own life"


def _ends_himself(s: Sentence, i: int) -> bool:
    before = s.words[max(0, i - 6) : i]
    if s.words[i - 1] in ("killing", "killed", "kills", "kill") or ("gun" in before and "on" in before):
        return True
    return (
        s.words[i - 1] in _SHOOT
        or s.words[i - 1] in ("and", "then")
        and any(w in ("killed", "killing", "kills") for w in s.words[:i])
    )


_SHOOT = frozenset(["shooting", "shoots", "shot"])
_MISHAP: frozenset[str] = frozenset(_WORDS["mishap"])


def _by_mishap(s: Sentence, i: int) -> bool:
    """ "A boy shot himself", "he accidentally shot himself": nobody who ends his life, and he may live."""
    if s.words[max(0, i - 2)] == "fatally":
        return False
    if not _MISHAP.isdisjoint(s.words):
        return True
    phrase = _shooter(s, i - 1)
    if phrase is None:
        return False
    words = s.words[phrase.first : phrase.last + 1]
    return s.words[phrase.head] == "victim" or any("children" in groups_of(singular(w)[0]) for w in words)


def _shooter(s: Sentence, verb: int) -> Phrase | None:
    """Who shot himself: the nearest person before, where the parser gives no subject ("Boy, 12, shot himself")."""
    top = subject_of(s, verb)
    phrase = noun_phrase(s, top) if top is not None else None
    if phrase is not None and (phrase.noun is not None or phrase.form == "pronoun"):
        return phrase
    for k in range(verb - 1, max(-1, verb - 9), -1):
        owner = s.words[k + 1] in ("'s", "’s")
        if s.tags[k][:2] in ("NN", "JJ") and not owner and (noun := person_noun(s.words[k])) is not None and noun.known:
            return noun_phrase(s, k)
    return phrase


def _hurt_himself(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "An 8-year-old accidentally shot himself": hurt, as far as this goes; "the boy shot himself" refers back."""
    phrase = _shooter(s, i - 1)
    if phrase is None or phrase.noun is None or not phrase.noun.known or phrase.form == "plural":
        return
    if s.words[phrase.first] not in ("the", "that", "this"):
        yield "injured", i - 1, phrase, None, "hurt himself"


def _blew_up(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "two of its fighters had blown themselves up": ``i`` is "themselves"; one bomber is told by those he killed."""
    verb = i - 1
    if s.words[verb] not in ("blew", "blow", "blowing", "blown", "detonated", "detonating", "exploded", "immolated"):
        return
    subject = subject_of(s, verb)
    phrase = noun_phrase(s, subject) if subject is not None else None
    if phrase is not None and phrase.count is not None and phrase.count.high != 1:
        yield "killed", verb, phrase, None, "own life"


_FORCES = frozenset(["army", "forces", "guard", "militia", "mobilisation", "mobilization", "police", "troops"])


def _soldiers_fell(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "nine soldiers fell": of fighters, with nothing said of where or how far."""
    after = s.words[i + 1 : i + 2]
    if after and after[0] not in (",", ".", ";", "and", "in", "while", "on", "during", "there", "at"):
        return
    if s.words[i + 1 : i + 3] in (("in", "love"), ("on", "the"), ("at", "the"), ("in", "line"), ("on", "a")):
        return
    subject = subject_of(s, i)
    phrase = noun_phrase(s, subject) if subject is not None else None
    if phrase is None or phrase.count is None or phrase.noun is None:
        return
    if s.words[i] == "fallen" and s.words[i - 1] not in ("have", "has", "had"):
        return
    of_forces = s.words[phrase.last] == "members" and not _FORCES.isdisjoint(s.words[phrase.last + 1 : i])
    if of_forces or phrase.noun.status == "combatant" or "militants" in phrase.noun.groups:
        yield "killed", i, phrase, None, "fell"


def _lost_men(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "lost two of their own men", "for the loss of one officer": people lost are people killed."""
    for phrase in objects_of(s, i) if s.words[i] != "loss" else of_phrase(s, i):
        people = phrase.noun is not None and phrase.noun.known
        nationals = phrase.count is not None and s.tags[phrase.head] == "NNPS"  # "we have lost ten Kenyans"
        fallen_one = s.words[i] == "lost" and is_passive(s, i) and people and s.words[phrase.first] in ("a", "an")
        if not (people or nationals) or phrase.last < i and not fallen_one:
            continue
        if phrase.count is not None or _own_kin(s, phrase) or fallen_one:
            behind = s.words[phrase.last + 1 : phrase.last + 4]
            fallen = behind[:1] in (("killed",), ("dead",)) and behind[2:] in (("wounded",), ("injured",))
            both = fallen or s.words[phrase.head] == "dead" and behind[:2] in (("and", "wounded"), ("and", "injured"))
            yield "casualties" if both else "killed", i, phrase, None, "people lost"
    bare = next(((a, b, c) for a, b, c in s.counts if a == i + 1 and s.words[i] == "lost"), None)
    after = s.words[bare[1] + 1 : bare[1] + 3] if bare is not None else ()
    ends = bare is not None and (after[:1] in ((".",), ()) or after == (",", '"'))
    if bare is not None and ends and any(w in _SIDES for w in s.words[max(0, i - 3) : i]):  # "the army lost three"
        yield "killed", i, Phrase(bare[0], bare[1], bare[1], bare[1], "elliptic", None, bare[2]), None, "people lost"


_KIN: frozenset[str] = frozenset(_WORDS["kin"])
_SIDES: frozenset[str] = frozenset(_WORDS["sides"])


def _own_kin(s: Sentence, phrase: Phrase) -> bool:
    """ "lost his nephew", "Mara Loft lost a son": one of the speaker's family."""
    if s.words[phrase.first] in ("a", "an"):
        return s.words[phrase.head] in _BORN and s.words[phrase.last + 1 : phrase.last + 2] != ("to",)
    return s.words[phrase.first] in ("his", "her", "my", "their", "our") and s.words[phrase.head] in _KIN


_BORN = _KIN - {"baby", "child"}  # "lost a baby" is told of pregnancies


def _no_losses(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "civilians suffered no losses": ``i`` is "losses"."""
    if s.words[max(0, i - 1)] != "no":
        return
    verb = next((k for k in range(i - 2, max(-1, i - 5), -1) if s.words[k] in ("suffered", "sustained")), None)
    subject = subject_of(s, verb) if verb is not None else None
    phrase = noun_phrase(s, subject) if subject is not None else None
    if phrase is not None and phrase.noun is not None and phrase.noun.known:
        yield "casualties", i, None, Count(s.text(i - 1, i), s.start(i - 1), s.end(i), 0, 0, "exact"), "nobody harmed"


def _names(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "a list of the dead with the names of 12 men and four women": ``i`` is "names"."""
    around = [*range(i - 1, max(-1, i - 9), -1), *range(i + 1, min(len(s.words), i + 9))]
    listed = next((s.words[k] for k in around if s.words[k] in HARMED or s.words[k] == "fell"), None)
    if listed is None:
        return
    for phrase in of_phrase(s, i):
        if phrase.count is not None and phrase.noun is not None:
            yield HARMED.get(listed, "killed"), i, phrase, None, "names listed"


def _claimed(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "The war claimed around 7,000", "a blast that claimed two more victims": not what somebody claims."""
    span = next(((a, b, c) for a, b, c in s.counts if a == i + 1), None)
    subject = subject_of(s, i)
    if span is None or subject is None or s.words[subject] not in _DEEDS:
        return
    at = span[1] + 1 + (s.words[span[1] + 1 : span[1] + 2] == ("more",))
    bare = at >= len(s.words) or s.words[at] in (".", ",", ";", "in", "since", "on", "victims")
    if bare:
        yield "killed", i, Phrase(span[0], span[1], span[1], span[1], "elliptic", None, span[2]), None, "lives claimed"


_DEEDS: frozenset[str] = frozenset(_WORDS["claiming"])


def _cost(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "The shelling cost the enemy two soldiers": ``i`` is "cost"."""
    loser, lost = s.child(i, "dative"), s.child(i, "dobj")
    phrase = noun_phrase(s, lost) if loser is not None and lost is not None else None
    if phrase is not None and phrase.count is not None and phrase.noun is not None and phrase.noun.known:
        yield "killed", i, phrase, None, "people lost"


def _injuries_to(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "causing injuries of varying severity to 15 civilians": ``i`` is "injuries"."""
    to = next((k for k in range(i + 1, min(len(s.words), i + 6)) if s.words[k] == "to"), None)
    top = next_noun(s, to + 1) if to is not None and to + 1 < len(s.words) else None
    phrase = noun_phrase(s, top) if top is not None else None
    if phrase is not None and phrase.noun is not None and phrase.count is not None:
        yield "injured", i, phrase, None, "injuries to"


def _buried(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "we buried 13 of the family", "ten were buried on Sunday": not those "buried under rubble"."""
    top = s.child(i, "dobj")
    if top is None and s.words[i] == "buried" and (own := s.child(i, "nsubjpass")) is not None:
        top = own if any(b == own or a == own for a, b, _ in s.counts) else None
    if top is None or any(w in ("rubble", "alive", "debris", "under", "beneath") for w in s.words[i:]):
        return
    phrase = noun_phrase(s, top)
    if phrase is not None and phrase.count is None and (phrase.form == "plural" or s.words[phrase.head] == "dead"):
        return  # "buried their dead", "burying whole families"
    if phrase is not None and (
        phrase.noun is not None and phrase.noun.known or phrase.count is not None and phrase.form == "elliptic"
    ):
        yield "killed", i, phrase, None, "buried"


def _manifold(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "A double murder", "the triple killing": ``i`` is "double"."""
    deed = i + 1 + (s.words[i + 1 : i + 2] == ("-",))
    if s.words[deed : deed + 1] and s.words[deed] in _MANIFOLD_DEEDS and s.words[deed + 1 : deed + 2] != ("-",):
        size = _MANIFOLD[s.words[i]]
        count = Count(s.text(i, i), s.start(i), s.end(i), size, size, "exact")
        yield "killed", deed, None, count, MANIFOLD


def _fatal(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "The fatal shooting of a teacher", "the fatal stabbings of two guards": ``i`` is "fatal"."""
    if s.words[i + 1 : i + 2] and s.words[i + 1] in _FATAL_DEEDS and s.words[i + 2 : i + 3] == ("of",):
        for phrase in of_phrase(s, i + 1):
            known = phrase.noun is not None and phrase.noun.known and s.words[phrase.first] != "the"
            if known or phrase.form == "name" or phrase.count is not None:
                yield "killed", i + 1, phrase, None, "the death of"


def _killers(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "Hunt for killers of two bakers", "Find killers of teenage boy": ``i`` is the killers."""
    headline = s.words[-1] not in (".", "!", "?", '"')
    for phrase in of_phrase(s, i) if s.words[i + 1 : i + 2] == ("of",) else ():
        one = phrase.form == "singular" and (headline or s.words[phrase.first] in ("a", "an"))
        anew = phrase.count is not None or one and s.words[phrase.first] != "the"
        if anew and phrase.noun is not None and phrase.noun.known:
            yield "killed", i, phrase, None, "the death of"


_FATAL_DEEDS: frozenset[str] = frozenset(_WORDS["fatal_deeds"])


MANIFOLD = "manifold deed"
_MANIFOLD: dict[str, int] = lexicon.load("numbers")["manifold"]
_MANIFOLD_DEEDS: frozenset[str] = frozenset(_WORDS["manifold_deeds"])


_CENSORED = re.compile(r"k[i1!*][l1!*]{1,2}ed")
_IDIOMS: tuple[tuple[Callable[[Sentence, int], Iterator[Idiom]], tuple[str, ...]], ...] = (
    (tolls.toll, ("toll", "figure", "figures")),
    (tolls.sums, tolls.SUMS),
    (tolls.losses, ("losses",)),
    (tolls.number_of, ("number", "count", "total")),
    (tolls.told_behind, (*HARMED, "murdered")),
    (tolls.among_those_who, ("among",)),
    (tolls.put_at, tuple(HARMED)),
    (tolls.of_the_dead, tuple(HARMED)),
    (_lives, ("life", "lives")),
    (_bodies, ("bodies", "body", "coffins", "corpses", "corpse", "remains", "skulls")),
    (wounds.injuries, tuple(wounds.WOUNDS)),
    (wounds.hospital, tuple(wounds.HOSPITALS)),
    (wounds.under_treatment, ("treated",)),
    (wounds.condition, ("condition",)),
    (wounds.hit, tuple(wounds.HITS)),
    (wounds.limb, tuple(wounds.LIMBS)),
    (wounds.broken, ("broken", "amputated", "blown", "ripped", "torn", "crushed", "fractured", "severed", "shattered")),
    (wounds.throats, ("throat", "throats")),
    (wounds.recovering, ("recovering",)),
    (taken.taken, ("hostage", "hostages", "captive", "custody")),
    (_fell, ("martyr", "martyrs")),
    (_martyrdom, ("martyrdom",)),
    (_wiped_out, ("out", "down")),
    (taken.refugees, ("refugees", "idps", "evacuees")),
    (_himself, ("himself", "herself", "themselves", "own")),
    (_blew_up, ("himself", "herself", "themselves")),
    (_soldiers_fell, ("fell", "fallen")),
    (_lost_men, ("lost", "loss")),
    (_no_losses, ("losses",)),
    (_names, ("names",)),
    (_claimed, ("claim", "claimed", "claims", "claiming")),
    (_cost, ("cost",)),
    (_injuries_to, ("injuries", "wounds")),
    (_buried, ("buried", "bury", "burying")),
    (taken.driven_out, ("homes", "houses", "villages")),
    (taken.carried_off, ("off", "away")),
    (taken.seized, ("seized", "seize", "seizing", "dragged", "took", "taken", "taking")),
    (taken.seizure, ("seizure",)),
    (taken.held, ("held", "holding")),
    (
        taken.left,
        ("left", "leave", "leaving", "abandoned", "arrived", "crossed", "entered", "evacuated", *taken.STAYING),
    ),
    (taken.exodus, ("exodus",)),
    (
        taken.made_to_leave,
        ("caused", "causing", "compelled", "forced", "obliged", "forcing", "led", "pushed", "sending", "sent"),
    ),
    (taken.unheard_of, ("trace", "whereabouts", "word", "found", "seen", "heard")),
    (_manifold, tuple(_MANIFOLD)),
    (_fatal, ("fatal",)),
    (_killers, ("killers", "murderers")),
    (fates.fate, tuple(fates.table())),
)
_BY_WORD = {w: tuple(f for f, ws in _IDIOMS if w in ws) for _, words in _IDIOMS for w in words}

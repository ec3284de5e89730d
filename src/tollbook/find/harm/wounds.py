"""Injuries told by the body rather than by a verb of harm: wounds suffered, limbs lost, hospitals, conditions, hits."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook import lexicon
from tollbook.find.grammar.arguments import subject_phrase
from tollbook.find.grammar.phrases import RANKS, Phrase, next_noun, noun_phrase, told_by_role
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.tolls import Idiom
from tollbook.find.harm.triggers import of_a_disease

WOUNDS = frozenset(["injuries", "injury", "wounds", "wound", "burns"])
_WORDS = lexicon.load("grammar")["wounds"]
CONDITIONS: frozenset[str] = frozenset(_WORDS["conditions"])
HOSPITALS = frozenset(["hospital", "hospitals", "clinic", "infirmary", "medical", "trauma"])
HITS = frozenset(["hit", "struck", "grazed", "hitting", "striking", "grazing"])
LIMBS: frozenset[str] = frozenset(_WORDS["limbs"])
_BODY = LIMBS | frozenset(
    [
        "head",
        "chest",
        "back",
        "neck",
        "face",
        "shoulder",
        "thigh",
        "abdomen",
        "stomach",
        "torso",
        "buttocks",
        "ankle",
        "knee",
        "hip",
        "groin",
        "jaw",
        "wrist",
        "calf",
        "body",
        "skull",
        "cheek",
        "spine",
        "elbow",
        "forearm",
    ]
)
_SUFFER: frozenset[str] = frozenset(_WORDS["suffer"])
_SHARP: frozenset[str] = frozenset(_WORDS["sharp"])
_THROWN: frozenset[str] = frozenset(_WORDS["thrown"])
_TAKEN: frozenset[str] = frozenset(_WORDS["taken"])
_SENT: frozenset[str] = frozenset(_WORDS["sent"])
BROUGHT = _TAKEN | _SENT
_DIE: frozenset[str] = frozenset(_WORDS["die"])
_STAY: frozenset[str] = frozenset(_WORDS["stay"])


_MORTAL = frozenset(["fatal", "mortal"])
_MORTALLY = frozenset(["fatally", "mortally"])


def _told(s: Sentence, phrase: Phrase | None) -> bool:
    """Whether a phrase tells of people anew: a number, a name, or somebody with "a"; "the victims" refers back."""
    if phrase is None or phrase.form == "pronoun":
        return phrase is not None and told_by_role(s, phrase)
    if phrase.count is not None:
        return phrase.noun is not None or phrase.form == "elliptic" and not _refers_back(s, phrase)
    if phrase.form == "name":
        return phrase.noun is None or phrase.noun.known
    told = s.words[phrase.first] in ("a", "an", "another", "his", "her") or told_by_role(s, phrase)
    return phrase.noun is not None and phrase.noun.known and told


def _refers_back(s: Sentence, phrase: Phrase) -> bool:
    """ "All six are recovering", "the four are in hospital": those told of before."""
    return not _ALL.isdisjoint(s.words[max(0, phrase.first - 1) : phrase.first + 1])


_ALL = frozenset(["all", "both", "the"])


def _of(s: Sentence, token: int | None) -> Phrase | None:
    return noun_phrase(s, token) if token is not None else None


def injuries(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "four suffered gunshot wounds", "found two men with bullet wounds": ``i`` is the wound."""
    verb = next((k for k in range(i - 1, max(-1, i - 8), -1) if s.words[k] in _SUFFER and s.tags[k][0] == "V"), None)
    if verb is not None and (taken_in := s.child(verb, "dobj")) is not None and taken_in < i:
        named = noun_phrase(s, taken_in)
        if named is not None and named.noun is not None and named.noun.known:
            verb = None  # "the clinic received nine people with gunshot wounds"
    if verb is not None and s.deps[verb] in ("aux", "auxpass"):
        return  # "23 people had been treated for injuries"
    if verb is not None and not any(s.words[k] in (",", ";") for k in range(verb, i)):
        phrase = subject_phrase(s, verb)
        if (
            phrase is not None
            and phrase.form != "pronoun"
            and (phrase.noun is not None or phrase.count is not None or phrase.form == "name" or _is_next(s, phrase))
        ):
            mortal = any(s.words[k] in _MORTAL and s.words[k - 1] != "-" for k in range(verb + 1, i))
            yield "killed" if mortal else "injured", verb, phrase, None, "injuries suffered"
        return
    near = range(i - 1, max(-1, i - 14), -1)
    link = next((k for k in near if s.words[k] == "with" and s.tags[k] == "IN"), None)
    if link is None or any(s.words[k] in (",", ";", "and") for k in range(link, i)):
        return
    for phrase in _bearers(s, link):
        yield "injured", link, phrase, None, "injuries suffered"


def _is_next(s: Sentence, phrase: Phrase) -> bool:
    """ "A seventh suffered wounds", after six."""
    return s.words[phrase.first] == "a" and phrase.last == phrase.first + 1 and s.words[phrase.last] in RANKS


def _bearers(s: Sentence, link: int) -> list[Phrase]:
    """Who is "with wounds": the noun before, or the subject or object of the verb that "with" hangs on."""
    governor = s.heads[link]
    if s.words[governor] in _DIE:
        return []
    before = link - 1
    if s.tags[before][:2] in ("NN", "CD"):
        phrase = _of(s, before)
        place = phrase is not None and phrase.noun is None and s.tags[phrase.first - 1] in ("IN", "TO")
        if _told(s, phrase) and not place:  # "turned up at a clinic with a wound": who turned up
            return [phrase] if phrase is not None else []
    if s.tags[governor][:2] in ("NN", "CD"):
        phrase = _of(s, governor)
        if phrase is None or phrase.noun is None and phrase.count is None:  # "came to a clinic with wounds": who came
            verb = next((k for k in s.ancestry(governor) if s.tags[k][0] == "V"), None)
            phrase = subject_phrase(s, verb) if verb is not None else None
    elif s.tags[governor][0] == "V":
        phrase = _of(s, s.child(governor, "dobj"))
        phrase = phrase if phrase is not None and _told(s, phrase) else subject_phrase(s, governor)
    else:
        return []
    return [phrase] if phrase is not None and _told(s, phrase) else []


def hospital(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "three people were taken to hospital", "sent five people to the hospital"; nobody alive is a body."""
    lies = next((k for k in range(i - 1, max(0, i - 6), -1) if s.words[k] in ("in", "at")), 0)
    bare = next((a for a, b, _ in s.counts if lies and b == lies - 1), None)
    if bare is not None and s.words[-1] not in (".", "!", "?", '"'):  # "One dead, two in hospital after attack"
        if (phrase := _of(s, lies - 1)) is not None:
            yield "injured", lies, phrase, None, "in hospital"
        return
    if lies and s.words[lies - 1] in _LIES:  # "Eleven remain in the Zalba Medical Center"
        phrase = subject_phrase(s, lies - 1)
        medics = phrase is not None and phrase.noun is not None and "medics" in phrase.noun.groups
        if phrase is not None and phrase.count is not None and _told(s, phrase) and not medics:
            yield "injured", lies, phrase, None, "in hospital"
            return
    verb = next((k for k in range(i - 1, max(-1, i - 14), -1) if s.words[k] in BROUGHT), None)
    if (
        verb is None
        or any(s.words[k] in (";", "said", "says", "told") for k in range(verb, i))
        or s.words[i + 1 : i + 2] == ("examiner",)
    ):
        return
    if not any(s.words[k] in ("to", "at", "in", "into") for k in range(verb, i)):
        return
    active = s.child(verb, "dobj")
    if active is not None and s.words[verb] in _SENT:
        phrase = _of(s, active)
    elif s.tags[verb] in ("VBN", "VBD") and s.words[verb] in _TAKEN and active is None:
        phrase = subject_phrase(s, verb)
    else:
        return
    if phrase is not None and _told(s, phrase) and not _lifeless(s, phrase):
        yield "injured", verb, phrase, None, "taken to hospital"


_LIES = frozenset(["are", "is", "remain", "remained", "remains", "still", "stay", "stayed", "were"])


def _lifeless(s: Sentence, phrase: Phrase) -> bool:
    return bool(
        {"bodies", "body", "corpses", "corpse", "remains", "suspect", "suspects"}
        & set(s.words[phrase.first : phrase.last + 1])
    )


def condition(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "two are in critical condition", "leaving one in serious condition": ``i`` is "condition"."""
    if s.words[i + 1 : i + 2] == ("of",) and any(w in CONDITIONS for w in s.words[i + 2 : i + 8]):
        of = next((c for c in s.children[i] if s.words[c] == "of"), None)
        phrase = _of(s, s.child(of, "pobj")) if of is not None else None
        if phrase is not None and phrase.count is not None:  # "assess the condition of four people as serious"
            yield "injured", i, phrase, None, "in a condition"
        return
    if not any(w in CONDITIONS for w in s.words[max(0, i - 4) : i]):
        return
    link = next((k for k in range(i - 1, max(-1, i - 7), -1) if s.words[k] == "in"), None)
    if link is None:
        return
    governor = s.heads[link]
    phrase = None
    if s.words[governor] in ("leaving", "left", "leaves", "put"):
        phrase = _of(s, s.child(governor, "dobj"))
    elif s.words[governor] in _STAY:
        phrase = subject_phrase(s, governor)
    elif s.tags[governor][:2] in ("NN", "CD"):
        phrase = _of(s, governor)
    before = link - 1
    if phrase is None and any(b == before for _, b, _ in s.counts):
        phrase = _of(s, before)
    if phrase is not None and _told(s, phrase) and s.words[phrase.head] not in CONDITIONS:
        yield "injured", link, phrase, None, "in a condition"


def hit(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "was hit by shrapnel", "grazed in the leg", "fired into the crowd, hitting four people"."""
    tag = s.tags[i]
    window = s.words[i + 1 : i + 8]
    if window[:1] in (("back",), ("out",)):
        return  # "troops hit back"
    mortal = not _MORTALLY.isdisjoint(s.words[max(0, i - 2) : i])  # "fatally hitting four passers-by"
    shots = mortal or any(w in _SHARP or w in ("fired", "shooting", "gunman", "gunmen") for w in s.words)
    if tag in ("VBN", "VBD") and s.child(i, "dobj") is None:
        sharp = "by" in window[:2] and any(w in _SHARP or w in _THROWN for w in window)
        body = "in" in window[:3] and any(w in _BODY for w in window)
        if not (sharp or body or (shots and s.child(i, "nsubjpass") is not None and "by" not in window[:2])):
            return
        phrase = subject_phrase(s, i)
    elif shots or s.words[i] in ("grazed", "grazing"):
        phrase = _of(s, s.child(i, "dobj"))
    else:
        return
    if (
        phrase is not None
        and phrase.form != "pronoun"
        and (
            phrase.noun is not None
            and phrase.noun.known
            or phrase.form == "elliptic"
            or phrase.form == "name"
            and tag == "VBN"
        )
    ):
        yield "killed" if mortal else "injured", i, phrase, None, "hit by shrapnel"


def limb(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "a herdsman lost a leg", "was pulled out with crushed legs", "had his arm broken": ``i`` is the limb."""
    broken_limb = s.words[i - 1] in _BROKEN
    if broken_limb and (link := next((k for k in range(i - 2, max(-1, i - 5), -1) if s.words[k] == "with"), None)):
        for bearer in _bearers(s, link):
            yield "injured", link, bearer, None, "broken limb"
        return
    after = s.words[i + 1 : i + 3]
    if (
        s.tags[i - 1] in ("PRP$", "DT")
        and s.words[i - 2] in ("had", "has", "have")
        and after[:1]
        and after[0] in _BROKEN
    ):
        owner = subject_phrase(s, i - 2)
        if _told(s, owner):
            yield "injured", i - 2, owner, None, "broken limb"
        return
    if any(w in _MAIM for w in s.words[max(0, i - 5) : i]):
        yield from _maimed(s, i)
        return
    verb = next(
        (k for k in range(i - 1, max(-1, i - 6), -1) if s.words[k] in ("lost", "lose", "losing", "loses")), None
    )
    if verb is None or s.tags[verb][0] != "V":
        return
    phrase = subject_phrase(s, verb)
    if phrase is None:
        return
    somebody = phrase.noun is not None or phrase.count is not None or phrase.form == "name"
    if somebody or told_by_role(s, phrase):
        yield "injured", verb, phrase, None, "lost a limb"


def _maimed(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "tore off a girl's leg", "amputated the legs of two boys": whose limb it is."""
    owner = s.child(i, "poss")
    top = owner if owner is not None and s.tags[owner] != "PRP$" else None
    if top is None and s.words[i + 1 : i + 2] == ("of",) and i + 2 < len(s.words):
        top = next_noun(s, i + 2)
    phrase = _of(s, top)
    if phrase is not None and phrase.noun is not None and phrase.noun.known and _told(s, phrase):
        yield "injured", i, phrase, None, "lost a limb"


_BROKEN: frozenset[str] = frozenset(_WORDS["broken"])
_MAIM: frozenset[str] = frozenset(_WORDS["maim"])


def broken(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "his wife's leg was broken", "a weaver whose hand was severed": the owner of the limb."""
    subject = s.child(i, "nsubjpass", "nsubj")
    if subject is None or s.words[subject] not in _BODY:
        return
    owner = s.child(subject, "poss")
    if owner is not None and s.words[owner] == "whose" and s.deps[i] == "relcl":
        owner = s.heads[i]
    phrase = _of(s, owner)
    if phrase is not None and phrase.form != "pronoun" and s.tags[phrase.head] != "PRP$":
        yield "injured", i, phrase, None, "broken limb"


_CUT = frozenset(["cut", "cutting", "slashed", "slit", "slitting"])
_BEEN = frozenset(["been", "was", "were"])


def throats(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "They slit the throats of three herders", "the throat of a boy had been cut": ``i`` is the throat."""
    behind = range(i + 1, min(len(s.words), i + 10))
    passive = s.deps[i][:5] == "nsubj" and any(s.words[k] in _CUT and s.words[k - 1] in _BEEN for k in behind)
    if not passive and _CUT.isdisjoint(s.words[max(0, i - 3) : i]):
        return
    top = next_noun(s, i + 2) if s.words[i + 1 : i + 2] == ("of",) and i + 2 < len(s.words) else s.child(i, "poss")
    phrase = _of(s, top)
    if phrase is None or not _told(s, phrase):
        return
    if phrase.form == "elliptic" or phrase.noun is not None and phrase.noun.known:
        yield "killed", i, phrase, None, "throats cut"


def under_treatment(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "34 people are still being treated", but not "for cholera": ``i`` is "treated"."""
    if s.words[i - 1] != "being" or s.words[i + 1 : i + 2] == ("as",):
        return
    if s.words[i + 1 : i + 2] == ("for",) and not any(w in WOUNDS or w in _SHARP for w in s.words[i + 2 : i + 6]):
        return
    phrase = subject_phrase(s, i)
    if phrase is not None and _told(s, phrase) and not _lifeless(s, phrase):
        yield "injured", i, phrase, None, "under treatment"


def recovering(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "three others are recovering" after violence."""
    phrase = subject_phrase(s, i) if not of_a_disease(s, i) else None
    if s.tags[i] == "VBG" and s.words[max(0, i - 1)] in ("are", "is", "were", "was", "still") and _told(s, phrase):
        yield "injured", i, phrase, None, "recovering"

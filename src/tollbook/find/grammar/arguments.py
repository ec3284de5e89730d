"""From a word of harm to the people it speaks of: arcs of the parse first, word order where they mislead.

Known errors of the small parser that word order repairs: a relative clause hung on the nearest date ("on May 27,
which left 20 killed"), an elliptical second victim split off ("… and thirty-five injured"), participles of headlines
taken for active verbs ("Two soldiers killed in raid").
"""

from __future__ import annotations

from dataclasses import replace

from tollbook import lexicon
from tollbook.find.grammar.people import COLLECTIVES, person_noun
from tollbook.find.grammar.phrases import DASHES, Phrase, aged_before, is_spaced, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence

_WORDS = lexicon.load("grammar")["arguments"]
_BE: frozenset[str] = frozenset(_WORDS["be"])
_HAVE = frozenset(["has", "have", "had", "having", "'ve"])
_SKIP_LEFT: frozenset[str] = frozenset(_WORDS["skip_left"])
_AFTER_PASSIVE: frozenset[str] = frozenset(_WORDS["after_passive"])
_RELATIVE = frozenset(["who", "which", "that", "whom"])
_OF_THEM = (("of", "them"), ("of", "whom"))
_STOPPED = frozenset(["those", "these", "the"])
_TIME_NOUNS: frozenset[str] = frozenset(_WORDS["time_nouns"])


def objects_of(s: Sentence, i: int) -> list[Phrase]:
    """Whom a verb such as "killed" harms: its object, or its subject where it is passive."""
    tag = s.tags[i]
    if s.deps[i] == "compound" and i and s.words[i - 1] == "," and s.heads[i] > i:
        taken = noun_phrase(s, s.heads[i])  # "Rebels kill four, abduct headmaster"
        return (
            [replace(taken, first=i + 1)] if taken is not None and taken.first == i and taken.noun is not None else []
        )
    if _then_killed(s, i):
        return objects_of(s, s.heads[i])
    passive = is_passive(s, i)
    active = None if passive else s.child(i, "dobj", "obj")
    if active is not None and tag == "VBN" and s.deps[i] == "acl" and "," in s.words[i:active]:
        active = None  # "Seven men killed in a raid, attack repelled"
    if active is None and not passive and tag != "VBN":
        dative = s.child(i, "dative")
        active = dative
    if active is None and not passive and tag == "VBD" and (whom := _taken_for_speakers(s, i)):
        return whom
    candidates: list[int] = []
    if active is not None:
        candidates.append(active)
    elif not passive and s.deps[i] == "relcl" and s.heads[i] < i and _own_subject(s, i):
        return _choose(s, [s.heads[i]], None)  # "the 30 people they took captive"
    elif passive or tag in ("VBN", "VBD", "JJ", "VB", "VBP", "NN"):
        subject = subject_of(s, i)
        if subject is not None:
            if s.words[subject] in _STOPPED:
                return []
            candidates.append(subject)
    before = left_top(s, i) if passive or (active is None and _may_be_passive(s, i)) else None
    if passive and s.child(i, "auxpass") is not None and s.child(i, "nsubjpass", "nsubj") is None:
        own = _before_auxiliary(s, i)
        if own is not None:
            return [own]  # "… after five people, including a baby, were injured": no subject by arcs
    after = None if passive or (before is not None and _may_be_passive(s, i)) else right_top(s, i)
    if not passive and (active is None and _may_be_passive(s, i) or active is not None and _is_thing(s, active)):
        beside = people_beside(s, i)
        if beside is not None and beside.top not in candidates:
            return [beside]  # "one of the men who left 17 people wounded", "the brother of the woman killed"
    return _choose(s, candidates, before if before is not None else after)


def _taken_for_speakers(s: Sentence, i: int) -> list[Phrase]:
    """ "Raiders abducted 100 girls, officials said": the parser makes the girls speak."""
    top = next_noun(s, i + 1) if any(a in (i + 1, i + 2) for a, _, _ in s.counts) else None
    if top is None or s.deps[top] != "nsubj" or s.heads[top] <= top or s.words[top + 1 : top + 2] != (",",):
        return []
    phrase = noun_phrase(s, top)
    known = phrase is not None and phrase.noun is not None and phrase.noun.known
    return [phrase] if phrase is not None and phrase.count is not None and known else []


def _own_subject(s: Sentence, i: int) -> bool:
    """Whether a relative clause has a subject beside what it hangs on: "men whom soldiers shot"."""
    subject = s.child(i, "nsubj")
    return subject is not None and s.words[subject] not in _RELATIVE


def _then_killed(s: Sentence, i: int) -> bool:
    """ "Four people shot in the head, killed": the four."""
    governor = s.heads[i]
    return (
        s.tags[i] == "VBN"
        and s.deps[i] in ("advcl", "conj")
        and s.words[i - 1] == ","
        and governor < i
        and s.words[governor] in _SHOT
        and not any(s.deps[c] in ("dobj", "nsubj", "nsubjpass", "auxpass") for c in s.children[i])
    )


_SHOT = frozenset(["beaten", "burned", "burnt", "hacked", "shot", "stabbed"])


def _before_auxiliary(s: Sentence, i: int) -> Phrase | None:
    j = i - 1
    while j >= 0 and (s.words[j] in _BE or s.tags[j] == "RB"):
        j -= 1
    j = _before_aside(s, j)
    j -= 1 if j > 0 and s.words[j] == "," else 0
    span = next(((a, b, c) for a, b, c in s.counts if b == j), None)
    if span is not None and s.words[j] in ("more", "others"):  # "and scores more were hurt"
        return Phrase(span[0], span[1], span[1], span[1], "elliptic", None, span[2])
    phrase = noun_phrase(s, j) if j >= 0 and s.tags[j][:2] == "NN" else None
    return phrase if phrase is not None and phrase.noun is not None and phrase.noun.known else None


def _is_thing(s: Sentence, top: int) -> bool:
    """ "Four people shot outside flats": what the parser takes for the object is nobody."""
    phrase = noun_phrase(s, top)
    return phrase is None or (phrase.noun is None and phrase.count is None and phrase.form == "plural")


def after_verb(s: Sentence, i: int) -> list[Phrase]:
    """The people that stand right after a word, whatever the parser makes of it."""
    return _choose(s, [], right_top(s, i))


def people_beside(s: Sentence, i: int) -> Phrase | None:
    """The person right before a participle, where the parser took somebody further off."""
    noun = i - 1
    while noun > 0 and s.tags[noun] == "RB":
        noun -= 1
    if noun < 0 or s.tags[noun][:2] != "NN":
        return None
    phrase = noun_phrase(s, noun)
    if phrase is None or phrase.noun is None or not phrase.noun.known or phrase.head != noun:
        return None
    of = phrase.first > 0 and s.words[phrase.first - 1] == "of" and s.words[phrase.first] == "the"
    return phrase if phrase.count is not None or of else None


def subjects_of(s: Sentence, i: int) -> list[Phrase]:
    """Whom a verb such as "died" harms: its subject."""
    subject = subject_of(s, i)
    if subject is not None and s.words[subject] in _STOPPED:
        return []
    return _choose(s, [subject] if subject is not None else [], left_top(s, i))


def further_subjects(s: Sentence, i: int) -> list[Phrase]:
    """ "Two soldiers of the Rapid Battalion, RBN, and three rebels were killed": the rebels, whom the parser makes a
    second subject of the verb."""
    found = [c for c in s.children[i] if s.deps[c] in ("nsubjpass", "nsubj") and c < i]
    if len(found) != 2 or s.words[found[0] + 1 : found[0] + 3] in _OF_THEM:
        return []
    first, other = noun_phrase(s, found[0]), noun_phrase(s, found[1])
    if first is None or other is None or first.noun is None or other.count is None or other.noun is None:
        return []
    return [other] if s.words[other.first - 1] == "and" and first.count is not other.count else []


def of_phrase(s: Sentence, i: int) -> list[Phrase]:
    """Whom a noun harms: "the death of two", "the killing of Ali and his wife"."""
    links = ("of", "among", "to") if s.words[i] in ("injury", "injuries") else ("of", "among")
    of = next((c for c in s.children[i] if s.words[c] in links and c > i), None)
    candidates = [below] if of is not None and (below := s.child(of, "pobj")) is not None else []
    order = None
    if i + 2 < len(s.words) and s.words[i + 1] in links:
        order = next_noun(s, i + 2)
        if s.words[i + 2] == "what":  # "the deaths of what is estimated to be at least 64 civilians"
            order = next((next_noun(s, b) for a, b, _ in s.counts if i + 3 < a < i + 10), None)
    return [
        p
        for p in _choose(s, candidates, order)
        if p.noun is not None or p.count is not None or p.form in ("name", "elliptic") or s.tags[p.head] == "NNPS"
    ]


def possessor_of(s: Sentence, i: int) -> list[Phrase]:
    """ "Yusuf's death": Yusuf. Pronouns refer back and are no victims of their own here."""
    owner = s.child(i, "poss")
    if owner is None or s.tags[owner] == "PRP$":
        return []
    return _choose(s, [owner], None)


def is_passive(s: Sentence, i: int) -> bool:
    """Whether the verb stands in the passive, by its arcs or by a form of "be" before it."""
    if s.tags[i] not in ("VBN", "VBD", "JJ", "VB"):
        return False
    kids = [s.deps[c] for c in s.children[i]]
    if "auxpass" in kids or "nsubjpass" in kids:
        return True
    if (
        s.deps[i] == "conj"
        and is_passive(s, s.heads[i])
        and not any(d in ("dobj", "nsubj", "aux") for d in kids)
        and s.tags[i] in ("VBN", "VBD")
    ):
        return not _object_follows(s, i)
    for j in range(i - 1, max(-1, i - 5), -1):
        if s.words[j] in _BE:
            return s.tags[i] in ("VBN", "VBD", "JJ")
        if s.words[j] in _HAVE:
            return False
        if (
            s.tags[j] not in ("RB", "JJ")
            and s.words[j] not in _SKIP_LEFT
            and s.words[j] not in ("and", "or", "killed", "wounded", "injured", ",")
        ):
            return False
    return False


def _object_follows(s: Sentence, i: int) -> bool:
    j = i + 1
    while j < len(s.words) and s.tags[j] == "RB":
        j += 1
    return (
        j < len(s.words)
        and (s.tags[j] in ("CD", "DT", "PRP", "PRP$") or any(a == j for a, _, _ in s.counts))
        and s.words[j] not in ("this", "that")
    )


def _may_be_passive(s: Sentence, i: int) -> bool:
    """A participle without its auxiliary: "Two soldiers killed in raid", "the 20 people wounded"."""
    if s.tags[i] not in ("VBN", "VBD", "JJ", "NN"):
        return False
    if any(s.words[j] in _HAVE for j in range(max(0, i - 3), i)):
        return False
    return (
        i + 1 >= len(s.words)
        or s.words[i + 1] in _AFTER_PASSIVE
        or s.tags[i + 1] in ("IN", "RB", "VBN", "VBD", ".", ",", ":", "CC", "''")
    )


def subject_of(s: Sentence, i: int) -> int | None:
    """The subject by arcs; the antecedent of a relative pronoun; the noun that a participle hangs on."""
    subjects = [c for c in s.children[i] if s.deps[c] in ("nsubjpass", "nsubj", "csubj")]
    subject = subjects[0] if subjects else None
    if len(subjects) > 1 and subjects[1] < i and _dash_between(s, subjects[0], subjects[1]):
        subject = subjects[1]  # "ZALBA, Nov. 8 (KNA) -- Ten people were killed"
    elif len(subjects) > 1 and subjects[-1] < i and s.words[subjects[0] + 1 : subjects[0] + 3] in _OF_THEM:
        subject = subjects[-1]  # "20 were hurt, three of them badly, and 600 residents fled": who fled
    if subject is not None and (s.words[subject] in _RELATIVE or s.tags[subject] in ("WP", "WDT")):
        who = s.words[subject] == "who"
        subject = s.heads[i] if s.deps[i] in ("relcl", "acl") else _left_noun(s, subject)
        subject = _somebody(s, subject) if who and subject is not None else subject
    if subject is not None:
        return _behind_dateline(s, _whole_before(s, subject), i)
    if s.deps[i] in ("acl", "relcl") and s.tags[s.heads[i]][:2] in ("NN", "CD", "DT"):
        return s.heads[i]
    if s.deps[i] == "conj" and s.heads[i] < i and s.tags[s.heads[i]][0] == "V":
        cut_off = _cut_off(s, i)
        return cut_off if cut_off is not None else subject_of(s, s.heads[i])
    if s.deps[i] in ("xcomp", "ccomp", "oprd", "advcl") and s.tags[i] in ("VBN", "VB", "JJ"):
        governor = s.heads[i]
        if s.words[governor] in ("left", "leaving", "leaves", "leave", "saw") or (
            s.words[governor] == "had" and "to" not in s.words[governor:i]
        ):
            return s.child(governor, "dobj")
        said = s.child(governor, "dobj") if s.deps[i] == "ccomp" and is_passive(s, i) else None
        if said is not None and governor < said < i and any(a <= said <= b for a, b, _ in s.counts):
            return said  # "said six of its men at a post had been wounded": not what was said
        if s.tags[governor][0] == "V" and s.deps[i] == "xcomp":  # "was found dead", "were believed to have died"
            return s.child(governor, "nsubjpass", "nsubj")
    return None


def _dash_between(s: Sentence, a: int, b: int) -> bool:
    """Whether a dash parts two words: "a 10-year-old boy" has hyphens only."""
    return any(s.words[k] in DASHES and (s.words[k] != "-" or is_spaced(s, k)) for k in range(a, b))


def _cut_off(s: Sentence, i: int) -> int | None:
    """ "… lost their lives, and eight millers, among them a boy, were rushed to hospital": the millers, whom the parser
    counts with the lives."""
    aux = s.child(i, "auxpass")
    if aux is None or aux < 2:
        return None
    j = aux - 1
    if s.words[j] == ",":
        j = next((k - 1 for k in range(j - 1, max(0, j - 14), -1) if s.words[k] == ","), 0)
    j -= 2 if s.words[j - 1 : j + 1] == ("-", "by") else 0
    bare = next((a for a, b, _ in s.counts if b == j), None)
    if bare is not None and s.words[bare - 1] in ("and", "while", "but"):
        return j  # "four died of bullet wounds and dozens were rounded up": the dozens
    phrase = noun_phrase(s, j) if j > 0 and s.tags[j][:2] == "NN" else None
    counted = phrase is not None and phrase.count is not None and phrase.noun is not None and phrase.noun.known
    return j if phrase is not None and counted and s.words[phrase.first - 1] in ("and", "while", "but") else None


def _whole_before(s: Sentence, subject: int) -> int:
    """ "18 people, most of them women, were killed": the eighteen, where the parser takes "most" for the subject."""
    if s.words[subject - 2 : subject] in _OF_THEM and subject > 4 and s.words[subject - 4] == ",":
        return subject - 5 if s.tags[subject - 5][:2] == "NN" else subject  # "18 clerks, six of them women"
    if s.words[subject + 1 : subject + 3] not in _OF_THEM or subject < 2 or s.words[subject - 1] != ",":
        return subject
    return subject - 2 if s.tags[subject - 2][:2] == "NN" else subject


def _behind_dateline(s: Sentence, subject: int, i: int) -> int:
    """ "Northern Zalba, QANA – Three bakers, among them a child, were hurt", "QANA, 3 May: A boy": the bakers."""
    dashes = [k for k in range(subject + 1, i) if s.words[k] in DASHES and is_spaced(s, k)]
    if not dashes and subject < 6 and "CD" in s.tags[:8]:
        dashes = [k for k in range(subject + 1, min(i, 9)) if s.words[k] == ":" and "CD" in s.tags[:k]]
    if len(dashes) != 1 or dashes[0] > 12 or not all(s.tags[k] in _DATELINE for k in range(dashes[0])):
        return subject  # two of them: "Loft - nicknamed the butcher - was killed"
    top = next_noun(s, dashes[0] + 1)
    return top if top is not None and top < i else subject


_DATELINE = frozenset(["NNP", "NNPS", "NN", "JJ", "CD", ",", ".", "-LRB-", "-RRB-", "VBN", "HYPH"])


def _somebody(s: Sentence, i: int) -> int:
    """ "an engineer working for an agency, who was seized": who is the engineer."""
    if s.tags[i] != "NN" or person_noun(s.words[i]) is not None or s.words[i] in COLLECTIVES:
        return i
    for k in range(i - 1, max(-1, i - 9), -1):
        if s.tags[k][:2] == "NN" and (noun := person_noun(s.words[k])) is not None and noun.known:
            return k
    return i


def _left_noun(s: Sentence, i: int) -> int | None:
    j = i - 1
    while j >= 0 and s.words[j] in (",", '"', "of", "all", "both", "some"):
        j -= 1
    return j if j >= 0 and s.tags[j][:2] in ("NN", "CD") else None


def subject_phrase(s: Sentence, i: int) -> Phrase | None:
    """The subject by arcs, else the nearest noun to the left."""
    top = subject_of(s, i)
    top = left_top(s, i) if top is None else top
    return noun_phrase(s, top) if top is not None and top != i else None


def left_top(s: Sentence, i: int) -> int | None:
    """The nearest noun to the left that no preposition governs, over auxiliaries, adverbs and short asides."""
    if (aged := aged_before(s, i)) is not None:
        return aged
    j = i - 1
    while j > 0 and s.words[j] in _BE:
        j -= 1
    aside = _before_aside(s, j)
    j = aside if aside < j else _before_aside(s, i - 1)
    for _ in range(3):
        while j >= 0 and (
            s.words[j] in _BE
            or s.words[j] in _HAVE
            or s.words[j] in _SKIP_LEFT
            or s.tags[j] in ("RB", "MD", "''", "``")
        ):
            j -= 1
        if j < 0 or s.tags[j][:2] not in ("NN", "CD", "PR", "JJ", "DT"):
            return None
        start = j
        while start > 0 and (
            s.tags[start - 1][:2] in ("NN", "CD", "JJ", "DT")
            or s.words[start - 1] in ("-", "'s")
            or s.tags[start - 1] in ("PRP$", "HYPH", "POS")
        ):
            start -= 1
        inside_count = any(a <= start <= b and a < start for a, b, _ in s.counts)
        governed = start > 0 and s.tags[start - 1] in ("IN", "TO") and not inside_count
        if governed and s.words[start - 1] == "of" and start >= 2:
            j = start - 2
            if s.tags[j][:2] in ("NN", "CD") or any(a <= j <= b for a, b, _ in s.counts):
                return j
            return None
        if governed or s.words[j] in _TIME_NOUNS:
            j = start - 2 if governed else start - 1
            continue
        return j
    return None


def _before_aside(s: Sentence, j: int) -> int:
    """The word before ", among them a boy," and ", including two girls,", where ``j`` is its last comma."""
    if j < 0 or s.words[j] != ",":
        return j
    opens = next((k for k in range(j - 1, max(-1, j - 12), -1) if s.words[k] == ","), None)
    if opens is None:
        return j
    of_them = s.words[opens + 2 : opens + 4] in _OF_THEM  # "six clerks, four of them women and two men, were killed"
    return opens - 1 if of_them or s.words[opens + 1] in ("among", "including") else j


def right_top(s: Sentence, i: int) -> int | None:
    j = i + 1
    while j < len(s.words) and (
        s.words[j] in ('"', "'", "as", "up", "at")
        and not any(a == j for a, _, _ in s.counts)
        and s.words[j] in ('"', "'")
        or (s.tags[j] == "RB" and not any(a <= j <= b for a, b, _ in s.counts))
    ):
        j += 1
    span = next(((a, b) for a, b, _ in s.counts if a == j), None)
    if span is not None:
        after = next_noun(s, span[1])
        return after if after is not None else span[1]
    if j < len(s.words) and s.tags[j] in ("DT", "CD", "JJ", "NN", "NNS", "NNP", "NNPS", "PRP$"):
        top = next_noun(s, j)
        return top if top is None or s.words[top] not in _TIME_NOUNS else None
    return None


def _choose(s: Sentence, by_arcs: list[int], by_order: int | None) -> list[Phrase]:
    """The first candidate that means people; word order wins where only it finds a number."""
    arcs = [p for c in by_arcs if s.words[c] not in _TIME_NOUNS and (p := noun_phrase(s, c)) is not None]
    order = noun_phrase(s, by_order) if by_order is not None and by_order not in by_arcs else None
    if arcs:
        first = arcs[0]
        if order is not None and first.count is None and order.count is not None and first.noun is None:
            return [order]
        return [first]
    return [order] if order is not None else []

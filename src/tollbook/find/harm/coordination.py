"""Several victims of one harm: "two soldiers and three civilians", "35 people, including 8 children"."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

from tollbook import lexicon
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import DASHES, TAGGED_ADJECTIVE, Phrase, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence

_JOINTS = (
    ("and",),
    (",", "and"),
    (",",),
    ("as", "well", "as"),
    (",", "as", "well", "as"),
    ("along", "with"),
    ("together", "with"),
    ("in", "addition", "to"),
    ("plus",),
    ("&",),
    ("or",),
    ("nor",),
    (",", "along", "with"),
    ("alongside",),
)
_NOUNS_TOO = TAGGED_ADJECTIVE | {"old", "olds"}  # "including a 7-year-old"
_WORDS = lexicon.load("grammar")["coordination"]
_HARM_WORDS: frozenset[str] = frozenset(_WORDS["harm_words"])
_NEXT_HARM: frozenset[str] = frozenset(_WORDS["next_harm"])


def coordinated(s: Sentence, phrase: Phrase, trigger: int) -> list[Phrase]:
    """The phrase and those joined to it, each with a number, a name or an article of its own.

    >>> # "killing two soldiers and three civilians" gives both phrases
    """
    members = [phrase]
    if (last := _of_three_kinds(s, phrase, trigger)) is not None:
        return [replace(phrase, last=last)]
    while len(members) < 12:
        following = _joined_after(s, members[-1], trigger)
        if following is None:
            break
        if _counted_together(s, members[-1], following):
            members[-1] = replace(members[-1], last=following.last)
        else:
            members.append(following)
    members = [_elliptic(s, a, b) for a, b in pairwise(members)] + members[-1:]
    before = _all_before(s, phrase)
    while more := _listed_before(s, (before or members)[0]):
        before = [*more, *before]
    if trigger < phrase.first:  # "killing a midwife and two babies": the parser takes her for what kind they are
        before = [replace(p, first=p.first - 1) if s.words[p.first - 1] in ("a", "an") else p for p in before]
        before = [p for p in before if p.first == trigger + 1 and p.noun is not None and p.count is not phrase.count]
    return [*before, *members]


def _elliptic(s: Sentence, one: Phrase, other: Phrase) -> Phrase:
    """ "One Norlander and four Ruritanian soldiers": soldiers both, of the two nations."""
    shared = one.noun is None or not one.noun.known
    if not shared or one.count is None or other.count is None or other.noun is None or not other.noun.known:
        return one
    nation = s.words[other.head - 1]
    both = s.words[one.last] in _nations() and nation in _nations() and s.words[one.last + 1 : other.first] == ("and",)
    return replace(one, noun=other.noun) if both else one


@cache
def _nations() -> frozenset[str]:
    rows = lexicon.load("demonyms")["countries"]
    return frozenset(w.lower() for row in rows for w in row.get("adjectives", ()))


def _of_three_kinds(s: Sentence, phrase: Phrase, trigger: int) -> int | None:
    """ "Some 70 rebels, guards and farmers": one number for all of them; the last of its words."""
    k = phrase.last
    kinds = (k + 2, k + 4 + (s.words[k + 3 : k + 4] == (",",)))
    if phrase.count is None or (phrase.count.low or phrase.count.high or 0) < 4 or phrase.form != "plural":
        return None
    if s.words[k + 1 : k + 2] != (",",) or kinds[1] >= len(s.words) or s.words[kinds[1] - 1] != "and":
        return None
    if trigger < phrase.first and s.tags[kinds[1] + 1 : kinds[1] + 2] in (("VBD",), ("VBP",), ("VBZ",), ("MD",)):
        return None  # "killed 12 rebels, soldiers and police said"
    nouns = [person_noun(s.words[at]) for at in kinds]
    known = all(
        n is not None and n.known and (n.plural or s.words[at] == "police") for n, at in zip(nouns, kinds, strict=True)
    )
    return kinds[1] if known and s.tags[kinds[1] + 1 : kinds[1] + 2] not in (("NN",), ("NNS",)) else None


def _counted_together(s: Sentence, phrase: Phrase, other: Phrase) -> bool:
    """ "23 soldiers and officials", "dozens of women and children": one number for both."""
    joined = s.words[phrase.last + 1 : other.first] == ("and",)
    size = (phrase.count.low or phrase.count.high or 0) if phrase.count is not None else 0
    counted = size > 2 and phrase.form == other.form == "plural"
    return joined and counted and other.count is None and other.first == other.head


def _joined_after(s: Sentence, phrase: Phrase, trigger: int) -> Phrase | None:
    position = _after_modifiers(s, phrase, trigger)
    for joint in sorted(_JOINTS, key=len, reverse=True):
        end = position + len(joint)
        if s.words[position:end] != joint or end >= len(s.words):
            continue
        if s.words[end] in _NEXT_HARM and any(a == end + 1 for a, _, _ in s.counts):
            return None  # "Strike kills 3, wounds 2"
        if s.tags[end].startswith("VB") and not any(a == end for a, _, _ in s.counts):
            return None
        top = top_from(s, end)
        if top is None or (trigger > phrase.last and top > trigger):
            return None
        if _starts_clause(s, top, trigger):
            return None
        other = noun_phrase(s, top)
        if other is None or other.first > end + 1 or not _counts_itself(s, other):
            return None
        behind_place = position > phrase.last + 1 and phrase.form != "name"
        if behind_place and other.form == "name" and other.noun is None and other.count is None:
            return None  # "235 civilians in North and East Ruritania"
        if other.form == "elliptic" and s.words[other.first] == "some":
            return None  # "nine bodies, some on the road and some in a car"
        if other.form == "elliptic" and not GRAVELY.isdisjoint(s.words[other.last + 1 : other.last + 5]):
            return None  # "four people shot, two in serious condition"
        if joint == (",",) and _says_again(s, phrase, other, trigger, position):
            return None
        return other
    return None


GRAVELY = frozenset(["condition", "critically", "seriously", "fatally", "mortally", "severely", "critical", "serious"])


def _says_again(s: Sentence, phrase: Phrase, other: Phrase, trigger: int, comma: int) -> bool:
    """An apposition: "Ali, a farmer", "Ali, one of the leaders", "three people, two soldiers and a policeman"."""
    if spelled_out(s, phrase, comma):
        return True
    if s.words[other.first] == "one" and s.tags[other.head] == "NNP" and phrase.form == "singular":
        return True  # "a farmer, one Musa Sule, was shot": his name
    of = s.words[other.top + 1 : other.top + 2] == ("of",)
    kin = of and phrase.form in ("name", "singular") and s.tags[other.top + 2 : other.top + 3] == ("PRP$",)
    if other.count is not None and (not of or (kin and (other.count.low or 0) > 1)):
        return False  # "a woman, two of her sons and a neighbour"
    return not _is_listed(s, phrase, other, trigger)


def spelled_out(s: Sentence, phrase: Phrase, opener: int) -> list[Phrase]:
    """ "Three people, two soldiers and a policeman, were killed": those of a list that adds up to the number before it;
    ``opener`` is the comma, colon, dash or bracket."""
    whole = phrase.count.low if phrase.count is not None else None
    if whole is None or whole < 2 or s.words[opener] not in OPENS_LIST:
        return []
    found: list[Phrase] = []
    sum_, start, closed = 0, opener + 1, False
    while sum_ < whole and not closed:
        top = top_from(s, start) if start < len(s.words) else None
        one = noun_phrase(s, top) if top is not None else None
        if one is None or one.first != start or one.noun is None:
            return []
        single = one.form == "singular" and s.words[start] in _SINGLE
        sum_ += (one.count.low or 0) if one.count is not None else single
        closed = bool(found and s.words[start - 1] == "and")
        found.append(one)
        start = one.last + (3 if s.words[one.last + 1 : one.last + 3] == (",", "and") else 2)
    return found if closed and sum_ == whole else []


OPENS_LIST = DASHES | {",", ":", "("}
_SINGLE = frozenset(["a", "an", "another", "her", "his", "one", "their"])
_ANY = frozenset(["individuals", "members", "others", "people", "persons", "victims"])


def _is_listed(s: Sentence, phrase: Phrase, other: Phrase, trigger: int) -> bool:
    """ "killed Ali Hassan, Omar Said and Zaid Noor", "the mayor, her deputy and their driver": a list goes on."""
    alike = phrase.form == other.form == "name" and phrase.noun is None and other.noun is None
    bare = s.words[other.first] not in ("a", "an", "the") and phrase.form == "singular" and phrase.noun is not None
    owned = other.form == "singular" and other.noun is not None and bare  # "a man, woman and child", "his wife, her …"
    end = _after_modifiers(s, other, trigger)
    goes_on = s.words[end : end + 1] in (("and",), (",",)) or s.words[end : end + 3] == ("as", "well", "as")
    if (alike or owned) and goes_on:
        return True
    several = phrase.form == "plural" and phrase.count is not None and s.words[phrase.head] not in _ANY
    one_more = (several or phrase.form == "singular") and s.words[other.first] in ("a", "an")
    if one_more and _is_series(s, other, end, trigger):
        return True
    headline = s.words[-1] not in (".", '"', "!", "?")  # "Soldier, 12-year-old boy dead in attack"
    side_by_side = bare and other.form == "singular" and s.words[other.first] not in ("a", "an", "the")
    return headline and side_by_side and other.noun is not None and other.noun.known and other.last + 1 == trigger


def _is_series(s: Sentence, other: Phrase, end: int, trigger: int) -> bool:
    """ "A nurse, a teacher and two children were killed"; not "a nurse, a mother of two, was killed"."""
    aged = s.tags[other.top + 2 : other.top + 3] == ("CD",)  # "a boy of 12"; not "a mother of two"
    if s.words[other.top + 1 : other.top + 2] == ("of",) and not (aged and s.words[other.top + 2].isdigit()):
        return False
    begins = end + (2 if s.words[end : end + 2] == (",", "and") else 1)
    more = s.words[begins - 1 : begins] in (("and",), (",",)) and s.tags[begins : begins + 1] in _BEGINS_PHRASE
    return more and (trigger < other.first or _ONE.isdisjoint(s.words[max(begins, trigger - 3) : trigger]))


_BEGINS_PHRASE = (("DT",), ("CD",), ("PRP$",))
_ONE = frozenset(["has", "is", "was"])


def _all_before(s: Sentence, phrase: Phrase) -> list[Phrase]:
    """ "A boy and his sisters and another man killed in the raid": all of them, where one is joined to the next."""
    found = _joined_before(s, phrase)
    while found and len(found) < 12 and s.words[found[0].first - 1] == "and":
        further = _joined_before(s, found[0])
        if not further:
            break
        found = [*further, *found]
    return found


def _joined_before(s: Sentence, phrase: Phrase) -> list[Phrase]:
    """In the passive the parser sometimes gives only the last of several subjects."""
    j = phrase.first - 1
    headline = s.words[-1] not in (".", '"', "!", "?")
    if j < 1 or not (s.words[j] == "and" or (s.words[j] == "," and headline)):
        return []
    k = j - 1
    if s.words[k] == "," and k > 3 and s.words[k - 2] == "," and s.tags[k - 1] == "CD" and s.tags[k - 3] == "NNP":
        k -= 3  # "Omar Said, 40, and his brother were shot"
    elif s.words[k] == ",":  # ", and six were injured" begins a clause of its own
        k -= 1
        if s.words[j] != "and" or k < 0 or not _share_verb(s, k, phrase.top):
            return []
    if s.words[k] == ")":
        while k > 0 and s.words[k] != "(":
            k -= 1
        k -= 1
    if k < 0 or (s.tags[k][:2] not in ("NN", "CD") and s.words[k] not in ("old", "olds")):
        return []
    other = noun_phrase(s, k)
    if other is None or not _counts_itself(s, other) or s.words[max(0, other.first - 1)] == "by":
        return []  # "one was killed by the guards and three others were hurt"
    both = s.words[max(0, other.first - 1)] == "both"  # "both Bass and his daughter died"
    of = s.words[phrase.first + 1 : phrase.first + 3]
    kin = s.words[phrase.first] in ("her", "his") or of in (("of", "his"), ("of", "her"))
    owner = other.form == "name" and kin  # "Lina and her three children", "Karim and three of his sons"
    return [other] if other.noun is not None or both or owner else []


def _listed_before(s: Sentence, phrase: Phrase) -> list[Phrase]:
    """ "... died, and five policemen, two firefighters and a journalist were wounded": the five, before the two."""
    comma = phrase.first - 1
    if comma < 2 or s.words[comma] != "," or phrase.count is None or s.tags[comma - 1] != "NNS":
        return []
    goes_on = s.words[phrase.last + 1 : phrase.last + 2] in ((",",), ("and",))
    other = noun_phrase(s, comma - 1) if goes_on and s.words[comma - 1] not in _ANY else None
    if other is None or other.count is None or other.noun is None or not other.noun.known:
        return []
    if spelled_out(s, other, comma):
        return []
    return [other] if other.first == 0 or s.words[other.first - 1] in ("and", ",", "while") else []


def _share_verb(s: Sentence, k: int, top: int) -> bool:
    """ "A baker, and a miller were killed": both are subjects of one verb."""
    return s.deps[k] in ("nsubj", "nsubjpass") and s.deps[top] == s.deps[k] and s.heads[top] == s.heads[k]


def _counts_itself(s: Sentence, phrase: Phrase) -> bool:
    if phrase.count is not None or phrase.form in ("name", "pronoun"):
        return True
    return (phrase.noun is not None and phrase.noun.known) and s.words[phrase.first] != "the"


def _after_modifiers(s: Sentence, phrase: Phrase, trigger: int) -> int:
    """The position after a phrase's own short modifiers: "members of the SDF", "(aged 5)", "from Idlib"."""
    i = phrase.last + 1
    limit = min(len(s.words), i + 14)
    while i < limit:
        word = s.words[i]
        if word == "(":
            close = next((k for k in range(i, limit) if s.words[k] == ")"), None)
            if close is None:
                return i
            i = close + 1
        elif s.tags[i] == "IN" and word in ("of", "from", "with", "in", "at", "on", "near") and i != trigger:
            top = next_noun(s, i + 1)
            if top is None:
                return i
            i = top + 1
        elif s.tags[i] == "NNP" and i == phrase.last + 1 and phrase.form == "singular" and phrase.count is None:
            while i < limit and s.tags[i] == "NNP":  # "the teacher Ana Ruiz and three of her pupils"
                i += 1
        elif word == "," and (end := _apposition_end(s, phrase, i)) is not None:
            i = end
        elif word == "," and (s.words[i + 1 : i + 2] in (("aged",), ("ages",)) or s.words[i + 2 : i + 4] == _OF_THEM):
            # "two women, aged 39 and 64, and a boy", "two men, one of them a baker, and a boy"
            close = next((k for k in range(i + 2, limit) if s.words[k] == ","), None)
            if close is None:
                return i
            i = close if s.words[close + 1 : close + 2] != ("and",) else close + 1
        elif s.tags[i] == "CD" and i + 1 < len(s.words) and s.words[i + 1] in (",", "and"):  # "Ali, 30, and"
            i += 1
        elif word in ("under", "over") and s.tags[i + 1 : i + 2] == ("CD",):  # "three children under five and a woman"
            i += 2
        elif _is_aged_and(s, i):
            i += 4
        elif word == "," and i + 2 < len(s.words) and s.tags[i + 1] == "CD" and s.words[i + 2] in (",", "and"):
            i += 3 if s.words[i + 2] == "," and i + 3 < len(s.words) and s.words[i + 3] == "and" else 2
        else:
            return i
    return i


_OF_THEM = ("of", "them")


def _is_aged_and(s: Sentence, i: int) -> bool:
    """ "Dina Odell, 29 and pregnant, and her son"."""
    aged = s.words[i] == "," and s.tags[i + 1 : i + 2] == ("CD",) and s.words[i + 2 : i + 3] == ("and",)
    return aged and s.tags[i + 3 : i + 4] == ("JJ",) and s.words[i + 4 : i + 5] == (",",)


def _apposition_end(s: Sentence, phrase: Phrase, comma: int) -> int | None:
    """The comma or "and" after a name beside a noun: "her deputy, Lina Aziz, 34, and their driver"."""
    if phrase.form == "name" and phrase.noun is None or phrase.count is not None:
        return None
    k = comma + 1
    while k < len(s.words) and k < comma + 6 and s.tags[k] in ("NNP", "HYPH", "POS", "''", "``"):
        k += 1
    if k == comma + 1 or k >= len(s.words):
        return None
    if s.words[k] == "," and k + 2 < len(s.words) and s.tags[k + 1] == "CD" and s.words[k + 2] in (",", "and"):
        k += 2
    joint = (
        s.words[k] == "and"
        or s.words[k : k + 2] == (",", "and")
        or s.words[k : k + 3] in ((",", "as", "well"), ("as", "well", "as"))
    )
    return k if joint else None


def top_from(s: Sentence, start: int) -> int | None:
    while start < len(s.words) and s.words[start] in ("also", "a", "an", "another", '"') and s.words[start] == '"':
        start += 1
    span = next(((a, b) for a, b, _ in s.counts if a == start), None)
    if span is not None:
        top = next_noun(s, span[1])
        top = span[1] if top is None else top
    else:
        top = next_noun(s, start)
    if top is not None and s.tags[top][:2] not in ("NN", "CD") and s.words[top] not in _NOUNS_TOO and top > start:
        return top - 1 if s.tags[top - 1][:2] == "NN" else None
    return top


def _starts_clause(s: Sentence, top: int, trigger: int) -> bool:
    """Whether the noun is the subject of another verb: "killed two, and three houses burned"."""
    governor = s.heads[top]
    if trigger < top and s.deps[top] in ("nsubj", "nsubjpass") and s.tags[governor][0] == "V" and governor > top:
        return True
    j = top + 1
    if trigger > top:
        return any(s.words[k] in _HARM_WORDS for k in range(j, trigger)) or (
            "," in s.words[j:trigger] and "who" in s.words[j:trigger]
        )
    if s.deps[top] == "conj" and trigger < 0 and _has_subject_before(s, j, top):
        return False  # "nine porters including three clerks and a midwife were killed"
    if s.words[j : j + 1] == (",",) and s.words[j + 1 : j + 2] in (("among",), ("including",)):
        close = next((k for k in range(j + 2, min(len(s.words), j + 12)) if s.words[k] == ","), j)
        j = close + 1  # "killed a clerk, and 50 others, including bakers, were hurt"
    return j < len(s.words) and s.words[j] in (
        "was",
        "were",
        "wounded",
        "injured",
        "hurt",
        "killed",
        "dead",
        "arrested",
        "detained",
        "missing",
        "kidnapped",
        "abducted",
        "displaced",
    )


def _has_subject_before(s: Sentence, verb: int, top: int) -> bool:
    """Whether the verb at a place, or the one that it helps, has a subject before a noun."""
    if verb >= len(s.words):
        return False
    subject = s.child(s.heads[verb] if s.deps[verb] == "auxpass" else verb, "nsubjpass", "nsubj")
    return subject is not None and subject < top

"""Several victims of one harm: "two soldiers and three civilians", "35 people, including 8 children"."""

from __future__ import annotations

from dataclasses import replace

from tollbook import lexicon
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import TAGGED_ADJECTIVE, Phrase, next_noun, noun_phrase
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
_WORDS = lexicon.load("grammar")["coordination"]
_HARM_WORDS: frozenset[str] = frozenset(_WORDS["harm_words"])
_NEXT_HARM: frozenset[str] = frozenset(_WORDS["next_harm"])
_PART_MARKS = (
    ("including",),
    ("among", "them"),
    ("amongst", "them"),
    ("among", "whom"),
    ("among", "which"),
    ("among", "those"),
    ("mostly",),
    ("mainly",),
    ("most", "of", "them"),
    ("including", "at", "least"),
    ("at", "least", "including"),
    ("amongst", "whom"),
    ("inc",),
    ("among", "the", "dead"),
    ("they", "are"),
    ("they", "were"),
)


def coordinated(s: Sentence, phrase: Phrase, trigger: int) -> list[Phrase]:
    """The phrase and those joined to it, each with a number, a name or an article of its own.

    >>> # "killing two soldiers and three civilians" gives both phrases
    """
    members = [phrase]
    while len(members) < 12:
        following = _joined_after(s, members[-1], trigger)
        if following is None:
            break
        if _counted_together(s, members[-1], following):
            members[-1] = replace(members[-1], last=following.last)
        else:
            members.append(following)
    before = _joined_before(s, phrase)
    return [*before, *members] if trigger > phrase.last else members


def _counted_together(s: Sentence, phrase: Phrase, other: Phrase) -> bool:
    """ "23 soldiers and officials", "dozens of women and children": one number for both."""
    joined = s.words[phrase.last + 1 : other.first] == ("and",)
    counted = phrase.count is not None and (phrase.count.low or 0) > 2 and phrase.form == other.form == "plural"
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
        top = _top_from(s, end)
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
        if other.form == "elliptic" and not _GRAVELY.isdisjoint(s.words[other.last + 1 : other.last + 5]):
            return None  # "four people shot, two in serious condition"
        listed = _is_listed(s, phrase, other, trigger)
        if (
            joint == (",",)
            and not listed
            and (other.count is None or s.words[other.top + 1 : other.top + 2] == ("of",))
        ):
            return None  # an apposition: "Ali, a farmer", "Ali, one of the leaders"
        return other
    return None


_GRAVELY = frozenset(["condition", "critically", "seriously", "fatally", "mortally", "severely", "critical", "serious"])


def _is_listed(s: Sentence, phrase: Phrase, other: Phrase, trigger: int) -> bool:
    """ "killed Ali Hassan, Omar Said and Zaid Noor", "the mayor, her deputy and their driver": a list goes on."""
    alike = phrase.form == other.form == "name" and phrase.noun is None and other.noun is None
    bare = s.words[other.first] not in ("a", "an", "the") and phrase.form == "singular" and phrase.noun is not None
    owned = other.form == "singular" and other.noun is not None and bare  # "a man, woman and child", "his wife, her …"
    end = _after_modifiers(s, other, trigger)
    goes_on = s.words[end : end + 1] in (("and",), (",",)) or s.words[end : end + 3] == ("as", "well", "as")
    if (alike or owned) and goes_on:
        return True
    headline = s.words[-1] not in (".", '"', "!", "?")  # "Soldier, 12-year-old boy dead in attack"
    side_by_side = bare and other.form == "singular" and s.words[other.first] not in ("a", "an", "the")
    return headline and side_by_side and other.noun is not None and other.noun.known and other.last + 1 == trigger


def _joined_before(s: Sentence, phrase: Phrase) -> list[Phrase]:
    """In the passive the parser sometimes gives only the last of several subjects."""
    j = phrase.first - 1
    headline = s.words[-1] not in (".", '"', "!", "?")
    if j < 1 or not (s.words[j] == "and" or (s.words[j] == "," and headline)):
        return []
    k = j - 1
    if s.words[k] == ",":  # ", and six were injured" begins a clause of its own
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
    if other is None or not _counts_itself(s, other):
        return []
    both = s.words[max(0, other.first - 1)] == "both"  # "both Bass and his daughter died"
    owner = other.form == "name" and s.words[phrase.first] in ("her", "his")  # "Lina and her three children"
    return [other] if other.noun is not None or both or owner else []


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
        elif word == "," and s.words[i + 1 : i + 2] in (("aged",), ("ages",)):  # "two women, aged 39 and 64, and a boy"
            close = next((k for k in range(i + 2, limit) if s.words[k] == ","), None)
            if close is None:
                return i
            i = close if s.words[close + 1 : close + 2] != ("and",) else close + 1
        elif s.tags[i] == "CD" and i + 1 < len(s.words) and s.words[i + 1] in (",", "and"):  # "Ali, 30, and"
            i += 1
        elif _is_aged_and(s, i):
            i += 4
        elif word == "," and i + 2 < len(s.words) and s.tags[i + 1] == "CD" and s.words[i + 2] in (",", "and"):
            i += 3 if s.words[i + 2] == "," and i + 3 < len(s.words) and s.words[i + 3] == "and" else 2
        else:
            return i
    return i


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


def _top_from(s: Sentence, start: int) -> int | None:
    while start < len(s.words) and s.words[start] in ("also", "a", "an", "another", '"') and s.words[start] == '"':
        start += 1
    span = next(((a, b) for a, b, _ in s.counts if a == start), None)
    if span is not None:
        top = next_noun(s, span[1])
        top = span[1] if top is None else top
    else:
        top = next_noun(s, start)
    if top is not None and s.tags[top][:2] not in ("NN", "CD") and s.words[top] not in TAGGED_ADJECTIVE and top > start:
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


def parts(s: Sentence, phrase: Phrase, trigger: int) -> list[Phrase]:
    """The people named as part of a number: "including 8 children", "four of them women", "(2 journalists)"."""
    found: list[Phrase] = _ahead(s, phrase)
    i = phrase.last + 1
    end = len(s.words)
    while i < end:
        if s.words[i] == ":" or (s.words[i] == "," and "including" in s.words[i : i + 2]):
            shares = _by_place(s, i + 1 + (s.words[i] == ","))
            if shares:
                return [*found, *shares]
        mark = next((m for m in _PART_MARKS if s.words[i : i + len(m)] == m), None)
        if mark is not None and _belongs(s, phrase, i):
            found += _list_from(s, i + len(mark), trigger)
            later = next((k for k in range(i + 1, end) if s.words[k] == "including"), None)
            if later is not None:
                found += _by_place(s, later + 1)
            break
        inserted = next((a for a, b, c in s.counts if i == b + 2 and c is not phrase.count), None)
        if (
            s.words[i : i + 2] == ("among", "them") and inserted == phrase.last + 2
        ):  # "six people, two women among them,"
            among = noun_phrase(s, i - 1)
            if among is not None and among.noun is not None and among.count is not None:
                found.append(among)
                break
        if s.words[i] in ("of",) and s.words[i + 1 : i + 2] and s.words[i + 1] in ("them", "whom", "which"):
            part = _of_them(s, i) or _of_whom(s, i)
            if part is not None and _belongs(s, phrase, i):
                found.append(part)
        if s.words[i] == "(" and (i <= phrase.last + 4 or i == trigger + 1) and any(a == i + 1 for a, _, _ in s.counts):
            found += _list_from(s, i + 1, trigger)
            break
        if s.words[i] in _DASHES and i == phrase.last + 1 and _breaks_down(s, i, phrase):
            found += _list_from(s, i + 1, trigger)
            break
        if i > phrase.last + 25 or s.words[i] in (";",):
            break
        i += 1
    return found


def _ahead(s: Sentence, phrase: Phrase) -> list[Phrase]:
    """ "Three herders among 22 dead", "a nurse was among the eleven people killed": those named before."""
    among = phrase.first - 1
    if among < 1 or s.words[among] != "among" or phrase.count is None:
        return []
    k = among - 1
    while k > 0 and s.words[k] in _BEING:
        k -= 1
    part = noun_phrase(s, k) if s.tags[k][:2] == "NN" else None
    if part is None or part.noun is None or not part.noun.known or s.words[part.first] in ("the", "those"):
        return []
    return [part] if part.count is None or (part.count.low or 0) < (phrase.count.low or 0) else []


_DASHES = frozenset(["-", "–", "—", "--"])


def _breaks_down(s: Sentence, dash: int, phrase: Phrase) -> bool:
    """ "killed 131 civilians – 102 men, 17 women and 12 children": smaller numbers of people up to the next dash."""
    end = next((k for k in range(dash + 1, len(s.words)) if s.words[k] in _DASHES or s.words[k] == "."), len(s.words))
    shares = [(b, c) for a, b, c in s.counts if dash < a and b < end]
    if len(shares) < 2 or phrase.count is None or not phrase.count.low:
        return False
    people = all(person_noun(s.words[b + 1]) is not None for b, _ in shares if b + 1 < end)
    return people and sum(c.low or 0 for _, c in shares) <= phrase.count.low


def _belongs(s: Sentence, phrase: Phrase, mark: int) -> bool:
    """No other counted people between the number and the mark that the mark could speak of."""
    for a, b, c in s.counts:
        if c is not phrase.count and phrase.last < a and b < mark - 1 and (c.low or 0) > 1:
            near = range(b, min(b + 4, mark))
            noun = next((person_noun(s.words[k]) for k in near if person_noun(s.words[k])), None)
            noun = noun or next((n for k in near if (n := person_noun("-".join(s.words[k : k + 3 : 2])))), None)
            verb = any(s.words[k] in _OTHER_PEOPLE for k in range(b + 1, min(b + 4, mark)))
            if noun is not None or verb:
                return False
    return True


_OTHER_PEOPLE: frozenset[str] = frozenset(_WORDS["other_people"])


def _of_them(s: Sentence, of: int) -> Phrase | None:
    """ "four of them children", "three of whom were women": the number before, the noun after."""
    span = next(((a, b, c) for a, b, c in s.counts if b == of - 1), None)
    if span is None:
        return None
    start = of + 2
    while start < len(s.words) and s.words[start] in ("were", "was", "are", "is", "being"):
        start += 1
    if s.words[start : start + 2] == ("those", "of"):  # "seven bodies, three of them those of children"
        start += 2
    start += s.words[start : start + 1] in (("the",), ("a",), ("an",))
    head = next_noun(s, start) if start < len(s.words) else None
    noun = person_noun(s.words[head]) if head is not None else None
    if head is None or noun is None:
        said = s.words[of + 2 : of + 3]
        told = said and (
            said[0] in _SHARED_BY or said[0] in _GRAVELY or s.tags[of + 2][0] == "V" and said[0] not in _BEING
        )
        return Phrase(*span[:2], span[1], span[1], "elliptic", None, span[2]) if told else None
    return Phrase(span[0], head, head, span[1], "plural" if noun.plural else "singular", noun, span[2])


_BEING = frozenset(["are", "been", "being", "is", "was", "were"])
_SHARED_BY = frozenset(["aged", "at", "by", "from", "in", "inside", "near", "on", "outside", "under", "while", "with"])


def _of_whom(s: Sentence, of: int) -> Phrase | None:
    """ "of whom 87 are children", "of whom 40 were from one family": the number behind."""
    span = next(((a, b, c) for a, b, c in s.counts if a == of + 2), None)
    if span is None or span[1] + 2 >= len(s.words):
        return None
    be = s.words[span[1] + 1] in ("are", "were", "was", "is")
    head = next_noun(s, span[1] + 1 + be)
    if not be and (head is None or person_noun(s.words[head]) is None):
        return None
    noun = person_noun(s.words[head]) if head is not None else None
    if head is None or noun is None:
        return Phrase(*span[:2], span[1], span[1], "elliptic", None, span[2])
    return Phrase(span[0], head, head, span[1], "plural" if noun.plural else "singular", noun, span[2])


def _list_from(s: Sentence, start: int, trigger: int) -> list[Phrase]:
    shares = _by_place(s, start)
    if shares:
        return shares
    bare = next(((a, b, c) for a, b, c in s.counts if a == start), None)
    if bare is not None and s.words[bare[1] + 1 : bare[1] + 2] in (
        ("who",),
        ("by",),
    ):  # "among them 4 who blew themselves up"
        return [Phrase(bare[0], bare[1], bare[1], bare[1], "elliptic", None, bare[2])]
    top = _top_from(s, start)
    if top is None:
        return []
    first = noun_phrase(s, top)
    if first is None or first.first > start + 2 or (first.noun is None and first.form != "name"):
        return []
    if first.form == "name" and first.noun is None:
        return []
    return [first, *[m for m in coordinated(s, first, -1)[1:] if m.noun is not None or m.form == "elliptic"]]


def whole_of(s: Sentence, phrase: Phrase) -> Phrase:
    """ "3,037 civilians, including 924 children, who were killed": the verb speaks of the civilians."""
    j = phrase.first - 1
    if j > 3 and s.words[j - 1 : j + 1] == ("of", "them") and s.words[phrase.last + 1 : phrase.last + 2] == (",",):
        start = next((a for a, b, _ in s.counts if b == j - 2), None)  # "nine civilians, four of them women, killed by"
        outer = noun_phrase(s, start - 2) if start is not None and start > 1 and s.words[start - 1] == "," else None
        return outer if outer is not None and outer.count is not None else phrase
    if j < 2 or s.words[j] != "including" or s.words[phrase.last + 1 : phrase.last + 2] == ("who",):
        return phrase  # "friends, including the boy who was killed"
    k = j - 1
    while k > 0 and s.words[k] in (",", "("):
        k -= 1
    if s.tags[k][:2] not in ("NN", "CD"):
        return phrase
    whole = noun_phrase(s, k)
    if whole is not None and s.words[whole.head] in ("casualties", "losses"):
        return phrase  # "57,470 casualties including 19,240 dead"
    return whole if whole is not None and (whole.count is not None or whole.noun is not None) else phrase


def _by_place(s: Sentence, start: int) -> list[Phrase]:
    """ "including 140 in Idlib, 782 in Aleppo and 33 in Homs": numbers told apart by place."""
    found: list[Phrase] = []
    for a, b, count in s.counts:
        if a < start or b + 2 >= len(s.words) or s.words[b + 1] not in ("in", "at", "from", "near"):
            continue
        if not found and a > start + 1:
            break
        if found and a - found[-1].last > 12:
            break
        found.append(Phrase(a, b, b, b, "elliptic", None, count))
    return found if len(found) > 1 else []


def peers_by_place(s: Sentence, phrase: Phrase, trigger: int) -> list[Phrase]:
    """ "seven were wounded in Afrin, four in Azaz and two in Jarablus": the numbers after the first, by place."""
    found: list[Phrase] = []
    at = next(
        (
            k
            for k in range(max(trigger, phrase.last) + 1, min(len(s.words), trigger + 5))
            if s.words[k] in _AT or _on_a_day(s, k)
        ),
        None,
    )
    if at is None or phrase.count is None:
        return []
    last = at
    for a, b, count in s.counts:
        if a <= at or b + 2 >= len(s.words):
            continue
        each = s.words[b + 1] == "each"
        there = s.words[b + 1 + each] in _AT or _on_a_day(s, b + 1 + each)
        linked = s.words[a - 1] in (",", "and", ";") and there
        if not linked or a - last > 14 or not _GRAVELY.isdisjoint(s.words[b + 1 : b + 6]):
            break
        found.append(Phrase(a, b + each, b, b, "elliptic", None, count))
        last = b
    return found


def _on_a_day(s: Sentence, k: int) -> bool:
    """ "sixty were killed on Friday and 50 on Saturday"."""
    return s.words[k] == "on" and any(w in _DAYS for w in s.words[k + 1 : k + 2])


_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_AT = frozenset(["in", "at", "near", "outside", "around"])

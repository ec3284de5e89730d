"""Numbers told as parts of one: "35 people, including 8 children", "five were hurt, two of them badly"."""

from __future__ import annotations

from tollbook import lexicon
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import DASHES, Phrase, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.harm.coordination import GRAVELY, OPENS_LIST, coordinated, spelled_out, top_from
from tollbook.records import Count

_WORDS = lexicon.load("grammar")["shares"]
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
    ("among", "whom", "are"),
    ("among", "whom", "were"),
    ("from", "them"),
    ("from", "among", "them"),
    ("notably",),
    ("inc",),
    ("among", "the", "dead"),
    ("they", "are"),
    ("they", "were"),
)


_BY_FIRST = {
    mark[0]: sorted((m for m in _PART_MARKS if m[0] == mark[0]), key=len, reverse=True) for mark in _PART_MARKS
}


def parts(s: Sentence, phrase: Phrase, trigger: int) -> list[Phrase]:
    """The people named as part of a number: "including 8 children", "four of them women", "(2 journalists)"."""
    found: list[Phrase] = _ahead(s, phrase)
    i = phrase.last + 1
    end = len(s.words)
    several = phrase.count is not None and (phrase.count.low or 0) > 1
    while i < end:
        spelled = spelled_out(s, phrase, i) if several and s.words[i] in OPENS_LIST else []
        if any(one.count is not None for one in spelled) and _belongs(s, phrase, i):
            found += spelled  # not "two passers-by, a vendor and a schoolboy", which says who they were
            break
        if s.words[i] == ":" or (s.words[i] == "," and "including" in s.words[i : i + 2]):
            shares = _by_place(s, i + 1 + (s.words[i] == ","))
            if shares:
                return [*found, *shares]
        inserted = _inserted(s, phrase, i)
        if inserted is not None:
            found.append(inserted)
            break
        mark = next((m for m in _BY_FIRST.get(s.words[i], ()) if s.words[i : i + len(m)] == m), None)
        asked = mark is not None and mark[0] == "they" and s.words[i - 1] in ("if", "whether")  # "whether they were"
        if mark is not None and not asked and _belongs(s, phrase, i):
            found += _list_from(s, i + len(mark), trigger)
            later = next((k for k in range(i + 1, end) if s.words[k] == "including"), None)
            if later is not None:
                found += _by_place(s, later + 1)
            if later is not None and s.words[later - 1] == "but":  # "mostly rebels but including 60 clerks"
                found += _list_from(s, later + 1, trigger)
            break
        if s.words[i] in ("of",) and s.words[i + 1 : i + 2] and s.words[i + 1] in ("them", "whom", "which"):
            part = _of_them(s, i) or _of_whom(s, i) or _half_of_them(s, phrase, i)
            if part is not None and _belongs(s, phrase, i):
                found.append(part)
                found += _and_another(s, part) or _and_others(s, phrase, part)
        if s.words[i] == "," and _belongs(s, phrase, i):
            one = _one_a(s, i) or _gravely(s, phrase, i)
            found += [one] if one is not None else []
        if s.words[i] == "(" and (i <= phrase.last + 4 or i == trigger + 1) and any(a == i + 1 for a, _, _ in s.counts):
            found += _list_from(s, i + 1, trigger)
            break
        if s.words[i] in DASHES and i == phrase.last + 1 and _breaks_down(s, i, phrase):
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


def _breaks_down(s: Sentence, dash: int, phrase: Phrase) -> bool:
    """ "killed 131 civilians – 102 men, 17 women and 12 children": smaller numbers of people up to the next dash."""
    end = next((k for k in range(dash + 1, len(s.words)) if s.words[k] in DASHES or s.words[k] == "."), len(s.words))
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
            if (
                noun is not None
                or verb
                or (b == mark - 1 - (s.words[mark - 1] == ",") and s.words[a - 1] in _OTHER_PEOPLE)
            ):
                return False  # "killed one soldier and wounded 11, among them a policeman"
    return True


_OTHER_PEOPLE: frozenset[str] = frozenset(_WORDS["other_people"])


def _inserted(s: Sentence, phrase: Phrase, i: int) -> Phrase | None:
    """ "six people, two women among them,", "nine people were hurt, a girl of five among them": ``i`` is "among"."""
    if s.words[i : i + 2] != ("among", "them"):
        return None
    start = next((k + 1 for k in range(i - 1, max(phrase.last, i - 10), -1) if s.words[k] in (",", *DASHES)), None)
    top = next_noun(s, start) if start is not None and start < i else None
    among = noun_phrase(s, top) if top is not None else None
    if among is None or among.noun is None or among.first != start or not _belongs(s, phrase, start):
        return None
    named = s.words[among.first] == "the" and among.form == "singular" and s.words[among.last + 1] == "of"
    return among if among.count is not None or s.words[among.first] in ("a", "an") or named else None


def _one_a(s: Sentence, comma: int) -> Phrase | None:
    """ "nine people were killed, one a nurse"."""
    span = next(((a, b, c) for a, b, c in s.counts if a == b == comma + 1 and c.high == 1), None)
    if span is None or s.words[comma + 2 : comma + 3] not in (("a",), ("an",)):
        return None
    top = next_noun(s, comma + 2)
    noun = person_noun(s.words[top]) if top is not None else None
    known = top is not None and noun is not None and noun.known
    return Phrase(span[0], top, top, span[1], "singular", noun, span[2]) if known and top is not None else None


def _gravely(s: Sentence, phrase: Phrase, comma: int) -> Phrase | None:
    """ "injuring seven, two seriously"."""
    span = next(((a, b, c) for a, b, c in s.counts if a == comma + 1), None)
    if span is None or s.words[span[1] + 1 : span[1] + 2] == () or s.words[span[1] + 1] not in GRAVELY:
        return None
    if s.words[span[1] + 2 : span[1] + 3] and s.tags[span[1] + 2] in ("VBN", "VBD", "JJ"):
        return None  # "two seriously injured" are told by their own word
    fewer = phrase.count is not None and (span[2].low or 0) < (phrase.count.low or 0)
    return Phrase(span[0], span[1], span[1], span[1], "elliptic", None, span[2]) if fewer else None


def _and_another(s: Sentence, part: Phrase) -> list[Phrase]:
    """ "one of them a nurse and another a priest": the priest."""
    at = part.last + 1
    if s.words[at : at + 1] != ("and",) or s.words[at + 1 : at + 2] not in (("another",), ("one",)):
        return []
    if s.words[at + 2 : at + 3] not in (("a",), ("an",)):
        return []
    top = next_noun(s, at + 2)
    other = noun_phrase(s, top) if top is not None else None
    return [other] if other is not None and other.noun is not None else []


def _and_others(s: Sentence, whole: Phrase, part: Phrase) -> list[Phrase]:
    """ "Six clerks, four of them women and two men": the men, who make up the six."""
    at = part.last + 1
    span = next(((a, c) for a, _, c in s.counts if a == at + 1), None) if s.words[at : at + 1] == ("and",) else None
    if span is None or whole.count is None or part.count is None:
        return []
    top = next_noun(s, span[0])
    other = noun_phrase(s, top) if top is not None else None
    known = other is not None and other.count is span[1] and other.noun is not None and other.noun.known
    adds_up = (part.count.low or 0) + (span[1].low or 0) == whole.count.low
    return [other] if other is not None and known and adds_up else []


def _half_of_them(s: Sentence, phrase: Phrase, of: int) -> Phrase | None:
    """ "700,000 people, half of them children": half of the number, of "more than 700,000" too."""
    whole = phrase.count
    if s.words[of - 2 : of] != (",", "half") or whole is None or whole.low is None:
        return None  # "almost half of them"
    said = whole.low - (whole.qualifier == "more_than")
    if said % 2 or whole.qualifier not in ("exact", "about", "more_than", "at_least"):
        return None
    top = next_noun(s, of + 2) if of + 2 < len(s.words) else None
    noun = person_noun(s.words[top]) if top is not None else None
    if top is None or noun is None:
        return None
    half = Count(s.text(of - 1, of - 1), s.start(of - 1), s.end(of - 1), said // 2, said // 2, "about")
    return Phrase(of - 1, top, top, of - 1, "plural", noun, half)


def _of_them(s: Sentence, of: int) -> Phrase | None:
    """ "four of them children", "three of whom were women": the number before, the noun after."""
    span = next(((a, b, c) for a, b, c in s.counts if b == of - 1), None)
    if span is None or s.words[span[0] - 1] in _NO_SHARE:  # "all but one of them", "said one of them"
        return None
    start = of + 2
    while start < len(s.words) and s.words[start] in ("were", "was", "are", "is", "being"):
        start += 1
    if s.words[start : start + 2] == ("those", "of"):  # "seven bodies, three of them those of children"
        start += 2
    if s.words[start : start + 1] == (",",) and s.words[start + 1 : start + 2] in (("a",), ("an",)):
        start += 1  # "one of them, a girl of nine, was pulled out"
    start += s.words[start : start + 1] in (("the",), ("a",), ("an",))
    head = next_noun(s, start) if start < len(s.words) else None
    noun = person_noun(s.words[head]) if head is not None else None
    if head is None or noun is None:
        said = s.words[of + 2 : of + 3]
        told = (
            said
            and (
                said[0] in _SHARED_BY
                or said[0] in GRAVELY
                or s.tags[of + 2] == "JJ"  # "two of them elderly"
                or s.tags[of + 2][0] == "V"
                and said[0] not in _BEING
                and said[0] not in _SAYS_OR_GOES  # "one of them said", "one of them went missing"
                or said[0] in _BEING
                and s.words[of + 3 : of + 4]
                and (s.words[of + 3] in ("under", "over", "aged") or s.tags[of + 3] == "JJ")
            )
        )
        return Phrase(*span[:2], span[1], span[1], "elliptic", None, span[2]) if told else None
    return Phrase(span[0], head, head, span[1], "plural" if noun.plural else "singular", noun, span[2])


_NO_SHARE = frozenset([
    "added", "after", "although", "because", "before", "but", "if", "not", "recalled", "said", "says", "since", "told",
    "when", "while",
])  # fmt: skip
_SAYS_OR_GOES = frozenset(["added", "recalled", "said", "says", "told", "went"])
_BEING = frozenset(["are", "been", "being", "is", "was", "were"])
_SHARED_BY = frozenset(
    ["aged", "at", "over", "by", "from", "in", "inside", "near", "on", "outside", "under", "while", "with"]
)


def _of_whom(s: Sentence, of: int) -> Phrase | None:
    """ "of whom 87 are children", "of whom 40 were from one family": the number behind."""
    span = next(((a, b, c) for a, b, c in s.counts if a == of + 2), None)
    if span is None or span[1] + 2 >= len(s.words):
        return None
    be = s.words[span[1] + 1] in ("are", "were", "was", "is")
    if s.words[span[1] + 1] in GRAVELY or s.words[span[1] + 1] in _SHARED_BY:  # "of whom four seriously"
        return Phrase(*span[:2], span[1], span[1], "elliptic", None, span[2])
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
    after = s.words[bare[1] + 1 : bare[1] + 2] if bare is not None else ()
    if (
        bare is not None and after and (after[0] == "who" or after[0] in _SHARED_BY)
    ):  # "among them 4 who blew themselves"
        return [Phrase(bare[0], bare[1], bare[1], bare[1], "elliptic", None, bare[2])]
    top = top_from(s, start)
    if top is None:
        return []
    first = noun_phrase(s, top)
    if first is None or first.first > start + 2 or (first.noun is None and first.form != "name"):
        return []
    if first.form == "name" and first.noun is None:
        return []
    listed = [first, *[m for m in coordinated(s, first, -1)[1:] if m.noun is not None or m.form == "elliptic"]]
    further = _behind_clause(s, listed[-1])
    return listed if further is None else [*listed, further]


def _behind_clause(s: Sentence, phrase: Phrase) -> Phrase | None:
    """ "including a baker crushed by a beam in a cellar and a nurse who fell": the nurse, whom the parser joins to the
    cellar."""
    verb = phrase.last + 1
    if s.tags[verb : verb + 1] != ("VBN",):
        return None
    for k in range(verb + 1, min(len(s.words) - 2, verb + 14)):
        if s.words[k] in (",", ";", "who") or s.tags[k] in ("VBD", "VBZ", "VBP"):
            return None
        if s.words[k] == "and" and s.words[k + 1] in ("a", "an", "another"):
            top = next_noun(s, k + 1)
            other = noun_phrase(s, top) if top is not None else None
            return other if other is not None and other.noun is not None and other.noun.known else None
    return None


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
        return phrase  # "5,200 casualties including 1,900 dead"
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
        if not linked or a - last > 14 or not GRAVELY.isdisjoint(s.words[b + 1 : b + 6]):
            break
        found.append(Phrase(a, b + each, b, b, "elliptic", None, count))
        last = b
    return found


def _on_a_day(s: Sentence, k: int) -> bool:
    """ "sixty were killed on Friday and 50 on Saturday"."""
    return s.words[k] == "on" and any(w in _DAYS for w in s.words[k + 1 : k + 2])


_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_AT = frozenset(["in", "at", "near", "outside", "around"])

"""Tolls: "the toll rose to 12", "the number of people killed climbed to 31", "four of the dead were conscripts"."""

from __future__ import annotations

from collections.abc import Iterator

from tollbook import lexicon
from tollbook.find.grammar.people import person_noun
from tollbook.find.grammar.phrases import Phrase, next_noun, noun_phrase
from tollbook.find.grammar.sentences import Sentence
from tollbook.records import Count, Harm

Idiom = tuple[Harm, int, Phrase | None, Count | None, str]

# Words that name those harmed, and their harm.
HARMED: dict[str, Harm] = {
    **dict.fromkeys(
        ["dead", "killed", "deaths", "slain", "fatalities", "martyrs", "martyred", "deceased", "fallen"], "killed"
    ),
    **dict.fromkeys(["wounded", "injured", "injuries", "hurt"], "injured"),
    **dict.fromkeys(["casualties", "victims", "neutralized", "neutralised"], "casualties"),
    "missing": "missing",
    "displaced": "displaced",
    "fled": "displaced",
    "detainees": "detained",
    "detained": "detained",
    "arrested": "detained",
    "abducted": "abducted",
    "kidnapped": "abducted",
}
_WORDS = lexicon.load("grammar")["tolls"]
_LINKS: frozenset[str] = frozenset(_WORDS["links"])
_LOSERS: frozenset[str] = frozenset(_WORDS["losers"])
_MONEY = frozenset(["%", "billion", "dollars", "euros", "million", "percent", "pounds"])
_DAYS = frozenset(["least", "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"])
_NUMBER_LINKS: frozenset[str] = frozenset(_WORDS["number_links"])
_TIMES = frozenset(["years", "days", "hours", "weeks", "months"])
_PUT = frozenset([
    "bring", "bringing", "brings", "brought", "gave", "numbered", "placed", "put", "puts", "putting", "raised",
    "raises", "raising",
])  # fmt: skip
_BE = frozenset(["was", "were", "is", "are", "included", "includes", "include"])


def toll(s: Sentence, i: int) -> Iterator[Idiom]:
    """The number that a toll or a "casualty figure" stands at."""
    before = s.words[max(0, i - 3) : i]
    if s.words[i] != "toll" and before[-1:] not in (("casualty",), ("death",), ("fatality",), ("injury",)):
        return
    following = s.words[i : i + 6]
    wounded = "injury" in before or "wounded" in following or "injured" in following and "killed" not in following
    harm: Harm = "injured" if wounded else "casualties" if "casualty" in before else "killed"
    end = next((k for k in range(i + 1, min(len(s.words), i + 30)) if s.words[k] == ";"), min(len(s.words), i + 30))
    for a, b, count in s.counts:
        if not i < a < end:
            continue
        lead = s.words[a] if s.words[a] in ("over", "above") else s.words[a - 1]
        if s.words[a - 1] == "from" and s.words[b + 1 : b + 2] == ("to",) and any(x == b + 2 for x, _, _ in s.counts):
            continue  # "rose from four to six": the six
        if a == i + 1 or lead in _LINKS or s.words[a] in _LINKS or (a - 1 > i and lead in _DAYS):
            if b + 1 < len(s.words) and s.words[b + 1] in _TIMES:
                continue
            yield harm, i, _counted(s, a, b, count), None, "toll"
            return


def _counted(s: Sentence, a: int, b: int, count: Count) -> Phrase:
    phrase = noun_phrase(s, b) or Phrase(a, b, b, b, "elliptic", None, count)
    if b + 1 < len(s.words) and s.tags[b + 1][:2] in ("NN", "JJ"):
        top = next_noun(s, b)
        better = noun_phrase(s, top) if top is not None and top > b else None
        if better is not None and better.noun is not None:
            return better
    return phrase


_SUMS: dict[str, Harm] = {
    **dict.fromkeys(["deaths", "fatalities", "killings"], "killed"),
    **dict.fromkeys(["abductions", "kidnappings"], "abducted"),
    **dict.fromkeys(["arrests", "detentions"], "detained"),
    "casualties": "casualties",
    "disappearances": "missing",
    "injuries": "injured",
}
SUMS = tuple(_SUMS)
_CAME: frozenset[str] = frozenset(_WORDS["came"])


def sums(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "Casualties in May totalled 2,258", "deaths rose by a third to 307", "arrests: 12": ``i`` is the noun."""
    if any(b == i - 1 for _, b, _ in s.counts):
        return
    for a, b, count in s.counts:
        rest = a == i + 2 and s.words[i + 1] == "(" and not _REST.isdisjoint(s.words[max(0, i - 4) : i])
        if rest and s.words[b + 1 : b + 2] == (")",):  # "the remaining deaths (350)"
            yield _SUMS[s.words[i]], i, Phrase(a, b, b, b, "elliptic", None, count), None, "toll"
            return
        if not i < a < i + 22 or s.words[b + 1 : b + 2] and s.words[b + 1] in _TIMES | _MONEY:
            continue
        came = next((k for k in range(a - 1, i, -1) if s.words[k] in _CAME), None)
        if came is None and not _PUT.isdisjoint(s.words[max(0, i - 4) : i]):  # "bringing the fatalities to five"
            came = i - 1
        straight = came == a - 1 and s.words[came] not in _MOVED
        lead = a - 2 if s.words[a - 1] == '"' else a - 1  # deaths put at "not more than four"
        if straight or came is not None and s.words[lead] in ("to", "at") or a == i + 2 and s.words[i + 1] == ":":
            if any(s.words[k] in (";", "said", "when") for k in range(i, a)):
                return
            yield _SUMS[s.words[i]], i, Phrase(a, b, b, b, "elliptic", None, count), None, "toll"
            return


_REST = frozenset(["other", "remaining", "rest", "total"])
_MOVED = frozenset(["climbed", "dropped", "fell", "increased", "jumped", "rise", "rose", "stood", "went"])


def losses(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "put rebel losses at 26", "army losses exceeded 40": ``i`` is "losses"."""
    owned = s.words[i - 1] in _LOSERS
    for a, b, count in s.counts:
        if a == i + 1 or i < a < i + 6 and s.words[a - 1] in _AT_LOSSES:  # "enemy losses 12"
            if not _MONEY.isdisjoint(s.words[b : b + 2]) or s.words[a - 1] == "$":
                return
            phrase = _counted(s, a, b, count)
            if (
                owned or phrase.noun is not None and phrase.noun.status == "combatant"
            ):  # "Ruritanian losses reached 140 soldiers"
                yield "killed", i, phrase, None, "losses"
            return


_AT_LOSSES = frozenset(
    [":", "as", "at", "exceed", "exceeded", "of", "reach", "reached", "surpassed", "to", "totaled", "totalled"]
)


def number_of(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "the number of dead rose to 12", "the number of people killed in the blast climbed to 31", "gave the number of
    dead as 26"."""
    bare = s.words[i + 1 : i + 2] != () and s.words[i + 1] in ("killed", "injured", "wounded") and i > 2
    if not bare and s.words[i + 1 : i + 2] != ("of",) or s.words[max(0, i - 1)] in ("a", "large", "small", "any"):
        return
    near = range(i + 2 - bare, min(len(s.words), i + 7))
    kind = next((k for k in near if s.words[k] in HARMED or s.words[k] in _DIE), None)
    if kind is None:
        return
    # "It rose to 9, two of them women, the number of people killed"
    ahead = s.words[0] == "it" and s.words[i - 2 : i] == (",", "the")
    left = next(
        ((a, b, c) for a, b, c in s.counts if (b == i - 2 or ahead and a == 3) and s.words[a - 1] == "to"), None
    )
    if left is not None and s.words[kind] != "victims":  # "bringing to 140 the number of its troops killed"
        yield (
            HARMED.get(s.words[kind], "killed"),
            i,
            Phrase(left[0], left[1], left[1], left[1], "elliptic", None, left[2]),
            None,
            ("number of dead"),
        )
        return
    if bare:
        return
    for a, b, count in s.counts:
        if s.words[a - 1] == "from" and s.words[b + 1 : b + 2] == ("to",):
            continue  # "revised from 302 to 358": the latter
        lead = a - 2 if s.tags[a - 1] == "RB" and s.words[a - 1] not in _NUMBER_LINKS else a - 1  # "is presently 61"
        given = s.words[lead] in ("as", "at") and any(w in _PUT for w in s.words[max(0, i - 4) : i])
        if kind < a < i + 40 and (given or s.words[lead] in _NUMBER_LINKS):
            if b + 1 < len(s.words) and s.words[b + 1] in _TIMES:
                continue
            harm: Harm = "killed" if s.words[kind] == "victims" else HARMED.get(s.words[kind], "killed")
            yield harm, i, Phrase(a, b, b, b, "elliptic", None, count), None, "number of dead"
            return


def _shared_out(s: Sentence, i: int, harm: Harm) -> Iterator[Idiom]:
    """ "Of the injured, 31 were hit by rubber bullets and 14 by live ammunition"."""
    for a, b, count in s.counts:
        behind = s.tags[b + 1 : b + 2]
        if a > i and behind and (behind[0][0] == "V" or behind[0] in ("MD", "RB") or s.words[b + 1] in ("by", "with")):
            yield harm, i, Phrase(a, b, b, b, "elliptic", None, count), None, "of the dead"


_ROSE = frozenset(["climbed", "increased", "jumped", "risen", "rose", "went"])


def put_at(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "puts civilian deaths at 6,500 and those wounded at 14,000", "The injured, put at eight by a nurse"."""
    harm = HARMED[s.words[i]]
    if s.words[i + 1 : i + 4] == (",", "put", "at") and s.words[i - 1] == "the":
        at: int | None = i + 3
    elif s.words[i + 1 : i + 3] == (",", "numbering") and s.words[i - 1] == "the":
        at = i + 2
    elif s.words[i] in ("deaths", "fatalities") and any(w in _PUT for w in s.words[max(0, i - 4) : i]):
        at = next((k for k in range(i + 1, min(len(s.words), i + 9)) if s.words[k] == "at"), None)
    elif s.words[i - 2 : i] == ("and", "those") and s.words[i + 1 : i + 2] == ("at",):
        at = i + 1
    elif s.words[i - 2 : i] in (("and", "the"), ("of", "the")) and s.words[i + 1 : i + 2] == ("to",):
        at = (
            i + 1 if not _ROSE.isdisjoint(s.words[:i]) else None
        )  # "the number of dead rose to 12 and the injured to 30"
    else:
        return
    span = next(((a, b, c) for a, b, c in s.counts if at is not None and a == at + 1), None)
    if span is not None:
        yield harm, i, Phrase(span[0], span[1], span[1], span[1], "elliptic", None, span[2]), None, "number of dead"


_SAY = frozenset([",", ":", "said", "say", "says", "that"])


def told_behind(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "The dead included three children", "Those killed were four women", "Also killed were", "Killed: 16"."""
    if s.words[i + 1 : i + 2] == (":",) and i < 2:
        span = next(((a, b, c) for a, b, c in s.counts if a == i + 2), None)
        if span is not None and s.words[span[1] + 1 : span[1] + 2] in ((), (".",), (",",), (";",)):
            yield (
                HARMED.get(s.words[i], "killed"),
                i,
                Phrase(span[0], span[1], span[1], span[1], "elliptic", None, span[2]),
                None,
                "toll",
            )
        return
    if s.words[i + 1 : i + 2] == () or s.words[i + 1] not in _BE:
        return
    if i > 3 and (s.words[i - 2] not in _SAY or s.words[i - 1] not in ("the", "those")):
        return
    numbered = any(b == i - 1 and s.words[a - 1] == "the" for a, b, _ in s.counts if a)  # "the seven hurt were"
    if i and s.words[i - 1] not in ("the", "those", "also", "two", "other") and not numbered:
        return
    top = next_noun(s, i + 2) if i + 2 < len(s.words) else None
    phrase = noun_phrase(s, top) if top is not None else None
    if phrase is None or phrase.first != i + 2 or phrase.noun is None or not phrase.noun.known:
        phrase = _listed_behind(s, i + 1)
    if phrase is None:
        return
    listed = s.words[phrase.first] == "the" and s.words[phrase.last + 1 : phrase.last + 2] in ((",",), ("and",))
    if phrase.count is not None or (s.words[phrase.first] in ("a", "an") or listed) and s.words[i] != "victims":
        yield HARMED.get(s.words[i], "killed"), i, phrase, None, "the dead"


def _listed_behind(s: Sentence, verb: int) -> Phrase | None:
    """ "The slain were young, including four bakers", "the murdered included Omar Said and seven porters"."""
    end = min(len(s.words), verb + 30)
    at = next((k + 1 for k in range(verb + 2, min(end, verb + 14)) if s.words[k] == "including"), None)
    if at is None and s.words[verb][:6] == "includ" and s.tags[verb + 1] == "NNP":
        at = next((a for a, _, _ in s.counts if verb < a < end and s.words[a - 1] == "and"), None)
    if at is None or at >= end or "by" in s.words[verb:at]:  # "were treated by staff, including four doctors"
        return None
    top = next_noun(s, at)
    phrase = noun_phrase(s, top) if top is not None else None
    known = phrase is not None and phrase.count is not None and phrase.noun is not None and phrase.noun.known
    return phrase if known and phrase is not None and phrase.first == at else None


def among_those_who(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "Three children were among those who died": ``i`` is "among"."""
    if s.words[i : i + 3] != ("among", "those", "who") or not {"died", "killed", "perished"} & set(
        s.words[i + 3 : i + 6]
    ):
        return
    k = i - 1
    while k > 0 and (s.words[k] in _BE or s.tags[k] in ("RB", "VBN")):
        k -= 1
    phrase = noun_phrase(s, k) if s.tags[k][:2] == "NN" else None
    if phrase is not None and phrase.noun is not None and phrase.noun.known and phrase.count is not None:
        yield "killed", i, phrase, None, "among the dead"


def of_the_dead(s: Sentence, i: int) -> Iterator[Idiom]:
    """ "four of the dead were conscripts", "put the dead at seven", "among the dead was a boy": ``i`` is "dead"."""
    harm = HARMED[s.words[i]]
    among = next((k for k in range(i - 1, max(-1, i - 5), -1) if s.words[k] == "among"), None)
    if among is not None and s.words[among + 1] in ("the", "those"):
        yield from _among(s, among, i, harm)
        return
    if harm == "injured" and _died(s, i):
        harm = "killed"
    if 1 < i < 5 and s.words[0] == "of" and s.words[i + 1 : i + 2] == (",",):
        yield from _shared_out(s, i, harm)
        return
    owned = i > 2 and s.words[i - 1] in ("'s", "’s") and s.words[i - 3] == "of"  # "two of Monday's wounded"
    lead = i - 1
    while lead > 0 and s.tags[lead] in ("RB", "RBS"):
        lead -= 1  # "four of the most seriously injured"
    if (
        s.words[max(0, lead)] not in ("the", "those", "them")
        and not owned
        or s.words[i] == "victims"
        and (s.words[i - 2 : i - 1] != ("of",) or s.words[i + 1 : i + 2] not in _SAID_OF_VICTIMS)
    ):
        return
    if i + 1 < len(s.words) and s.tags[i + 1][:2] == "NN":
        return
    if s.words[i] == "dead" and s.words[i - 1] == "the" and s.words[i + 1 : i + 2] in (("were",), ("are",)):
        last = next((b for a, b, _ in s.counts if a == i + 2), None)
        top = next_noun(s, last + 1) if last is not None and last + 1 < len(s.words) else None
        phrase = noun_phrase(s, top) if top is not None else None
        if phrase is not None and phrase.count is not None and phrase.noun is not None:
            yield "killed", i, phrase, None, "the dead"  # "the dead were eight labourers on their way home"
            return
    j = lead - 1 - owned
    that = s.words[max(0, j - 1) : j + 1] == ("that", "of")
    if j >= 0 and s.words[j] == "of" and not that:
        more = s.words[j - 1] in ("more", "others")  # "two more of the wounded died"
        span = next(((a, b, c) for a, b, c in s.counts if b == j - 1 - more or b == j - 1), None)
        if span is not None and s.words[max(0, span[0] - 2) : span[0]] != ("all", "but"):
            both = s.words[i + 1 : i + 2] in (("and",), ("or",)) and HARMED.get(s.words[min(i + 2, len(s.words) - 1)])
            kind: Harm = (
                "casualties" if both == "injured" and harm == "killed" else harm
            )  # "dozens of them dead and hurt"
            yield kind, i, _of_a_kind(s, i, span), None, "of the dead"
            yield from _and_others(s, i, kind)
    elif j >= 0 and (s.words[j] in _PUT or that):
        at = next(((a, b, c) for a, b, c in s.counts if i < a <= i + 6 and "at" in s.words[i:a]), None)
        if at is not None:
            yield harm, i, Phrase(at[0], at[1], at[1], at[1], "elliptic", None, at[2]), None, "number of dead"


_SAID_OF_VICTIMS = (("are",), ("died",), ("fell",), ("had",), ("were",))  # not "she knew some of the victims"
_DIE = frozenset(["lost", "died", "die", "dies", "perished", "succumbed"])


def _died(s: Sentence, i: int) -> bool:
    """Whether the wounded told of died: "two of the wounded did not make it"."""
    after = s.words[i + 1 : i + 7]
    if after[:1] and (after[0] in _DIE or after[:2] == ("have", "died") or after[:2] == ("later", "died")):
        return True
    at = next((k for k in range(len(after) - 1) if after[k : k + 2] == ("make", "it")), None)
    return at is not None and any(w in ("not", "n't", "nt", "n’t") for w in after[:at])


def _of_a_kind(s: Sentence, i: int, span: tuple[int, int, Count]) -> Phrase:
    """ "three of the dead were students": the number with what they were."""
    first, last, count = span
    top = next_noun(s, i + 2) if s.words[i + 1 : i + 2] in (("were",), ("are",), ("was",), ("is",)) else None
    noun = person_noun(s.words[top]) if top is not None and top < i + 5 else None
    if top is None or noun is None:
        return Phrase(first, last, last, last, "elliptic", None, count)
    return Phrase(first, top, top, last, "plural" if noun.plural else "singular", noun, count)


def _and_others(s: Sentence, i: int, harm: Harm) -> Iterator[Idiom]:
    """ "Five of the dead were civilians and three policemen": the three."""
    if s.words[i + 1 : i + 2] not in (("were",), ("are",)):
        return
    for a, b, count in s.counts:
        if i < a < i + 8 and s.words[a - 1] == "and":
            top = next_noun(s, b + 1)
            phrase = noun_phrase(s, top) if top is not None else None
            if phrase is not None and phrase.count is count and phrase.noun is not None:
                yield harm, i, phrase, None, "of the dead"


def _among(s: Sentence, among: int, i: int, harm: Harm) -> Iterator[Idiom]:
    """ "Among the dead was a boy", "six farmers were among the dead", "Four medics among the victims"."""
    harm = "killed" if harm == "casualties" and s.words[i] != "casualties" else harm
    if among == 0 and s.words[i + 1 : i + 2] == (",",):
        yield from _shared_out(s, i, harm)
        return
    if among and s.tags[among - 1][:2] == "NN" and s.words[-1] not in (",", ":"):
        phrase = noun_phrase(s, among - 1)
        opens = phrase is not None and s.words[: phrase.first] in ((), ("there", "were"), ("there", "was"))
        headline = phrase is not None and phrase.first == 0 and s.words[-1] not in (".", "!", "?", '"')
        told = phrase is not None and (phrase.count is not None or headline)
        if phrase is not None and opens and told and phrase.noun is not None and phrase.noun.known:
            yield harm, i, phrase, None, "among the dead"
            return
    after = i + 1
    while after < len(s.words) and s.words[after] not in _BE and after < i + 4:
        after += 1
    if after < len(s.words) and s.words[after] in _BE and among <= 1:
        top = next_noun(s, after + 1)
        phrase = noun_phrase(s, top) if top is not None else None
        if phrase is not None and (phrase.noun is not None or phrase.count is not None or phrase.form == "name"):
            yield harm, i, phrase, None, "among the dead"
        return
    verb = s.heads[among]
    if s.words[verb] in ("was", "were", "is", "are", "be", "been"):
        subject = s.child(verb, "nsubj")
        phrase = noun_phrase(s, subject) if subject is not None else None
        if phrase is None or s.words[max(0, phrase.first - 1)] in ("if", "whether"):
            return  # "nobody knows whether the baker was among the dead"
        if phrase.noun is not None or phrase.count is not None or phrase.form == "name":
            yield harm, i, phrase, None, "among the dead"

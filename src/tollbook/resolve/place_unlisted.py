"""Places that no gazetteer lists, known by the words around them: "the village of X", "X camp", "in al-X"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tollbook.records import PlacePrecision
from tollbook.resolve import place_words as w
from tollbook.resolve.place_scan import Mention, Scan, Token

MOST_WORDS = 4
_TYPED = w.SETTLEMENTS | w.SECOND_LEVEL | {"countryside", "governorate", "province"}
_TYPED_LOW = frozenset(["area", "axis", "estate"])  # "the Zubrani estate", but "the Third Estate", "the European Axis"
_OF = _TYPED | {
    "area",
    "locality",
    "municipality",
    "oblast",
    "outskirts",
    "sector",
    "settlement",
    "state",
    "vicinity",
}  # "the central state of X"
_HELD = frozenset(["city", "town", "village"])
_JOIN = re.compile(r"[ \u00a0\n]\Z|-\Z")


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Tokens ``first:last`` name a place of a kind."""

    first: int
    last: int
    precision: PlacePrecision
    typed: bool  # "village", "camp" stands beside it; else only "in al-X"
    plain: bool = False  # "near X on Monday": enough where the gazetteer cannot have every village


def unlisted(found: Scan) -> list[Unlisted]:
    """Runs of capitalised words outside the mentions that the words beside them call a place, in order."""
    tokens = found.tokens
    taken = _taken(found.mentions)
    out: list[Unlisted] = []
    i = 0
    while i < len(tokens):
        run = _run(tokens, i, taken)
        if run is None:
            i += 1
            continue
        if (place := _named(tokens, i, run, taken)) is not None:
            out.append(place)
        i = run
    return out


def _tells(tokens: list[Token], i: int, j: int) -> bool:
    """Whether a run after "near", "raided" or "residents of" can be nothing but a village: no person, no body, no word
    of the language."""
    run = tokens[i:j]
    named = run[1:] if len(run) > 1 and run[0].low in w.FIRST_PARTS else run
    if j - i > 3 or any(t.low in w.NEVER - w.FIRST_PARTS or t.low in w.BODIES for t in named) or not _is_name(run):
        return False
    if any(t.text.isupper() for t in run) or " ".join(t.low for t in run) in w.BODIES:
        return False
    if not tokens[i - 1].text.islower() and tokens[i - 1].gap == " ":  # "More In News"
        return False
    if tokens[i].low in w.GIVEN or tokens[j - 1].low in w.SURNAMES:
        return False
    if j == len(tokens):
        return True
    after = tokens[j]
    if after.gap in (" ", "\u00a0"):
        return not (after.cap or after.low in w.SPEAKS or after.low in w.PERSONAL or _is_body(after))
    return not after.gap.startswith((" and ", "-", "'", "’", "/"))


def _is_name(run: list[Token]) -> bool:
    """One word that is none of the language; or several of which one is, in no body's name ("Fort Noir", "Tan Se")."""
    if len(run) > 1 and (run[-1].low in _NAMED_BODIES or run[0].low in w.DEMONYMS or run[0].low in w.TITLES):
        return False
    return any(t.low not in w.PLAIN and len(t.text) > 2 for t in run)


_STREETS = frozenset(["avenue", "ave", "blvd", "boulevard", "drive", "lane", "street", "way"])
_NAMED_BODIES = (w.ORGANISATIONS | w.THINGS | w.LOCAL_BODIES | w.TYPES | w.TITLES) - _STREETS


def _is_body(after: Token) -> bool:
    """ "Zubrani Hospital", but "near Zubrani today"."""
    return after.low in w.ORGANISATIONS and (after.cap or after.low != "today")


def _taken(mentions: list[Mention]) -> set[int]:
    return {k for m in mentions for k in range(m.first, m.last)}


def _opens(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    if token.title or token.low in w.FUNCTION:
        return False
    if token.cap:
        return True
    return (
        token.low in w.ARTICLES
        and i + 1 < len(tokens)
        and tokens[i + 1].cap
        and _JOIN.match(tokens[i + 1].gap) is not None
    )


def _run(tokens: list[Token], i: int, taken: set[int]) -> int | None:
    """The end of the capitalised run that begins here."""
    if (
        i in taken
        or not _opens(tokens, i)
        or (tokens[i].low in w.PLAIN and not _begins_name(tokens, i, taken))
        or tokens[i].low in w.FUNCTION
        or tokens[i].low in w.NOT_NAMES
    ):
        return None
    if tokens[i].upper and not (i > 1 and tokens[i - 1].low == "of" and tokens[i - 2].low in _TYPED):
        return None  # in capitals only "THE TOWN OF X"
    j = i + 1
    while j < len(tokens) and j - i < MOST_WORDS and j not in taken:
        token = tokens[j]
        if token.upper and token.low in w.PLAIN:
            break
        if (
            _is_lga(tokens, j)
            or not _JOIN.match(token.gap)
            or token.low in _TYPED
            or token.low in w.NOT_NAMES
            or not _opens(tokens, j)
        ):
            break
        j += 1
    return j


def _is_lga(tokens: list[Token], k: int) -> bool:
    """Whether "Local Government Area" stands at ``k``, as Nigeria calls its districts."""
    return (
        k < len(tokens)
        and tokens[k].low == "local"
        and tuple(t.low for t in tokens[k : k + 3]) == ("local", "government", "area")
    )


def _cap_after_of(tokens: list[Token], k: int) -> bool:
    """Whether "of" and a name stand at ``k``."""
    return (
        k + 1 < len(tokens)
        and tokens[k].low == "of"
        and tokens[k].gap == tokens[k + 1].gap == " "
        and tokens[k + 1].cap
    )


def _begins_name(tokens: list[Token], i: int, taken: set[int]) -> bool:
    """ "The village of Nova Zubra": after such words "Nova" is part of a name; "in Alto Zubra": "Alto" is."""
    if i < 2 or i + 1 >= len(tokens) or i + 1 in taken:
        return False
    after = tokens[i + 1]
    named = after.cap and after.gap == " " and after.low not in w.PLAIN
    if tokens[i].low in _FIRST_WORDS:
        return named and tokens[i - 1].low in ("at", "in", "near", "of")
    if tokens[i - 1].low != "of":
        return False
    return named and tokens[i - 2].low in _TYPED and tokens[i].gap == tokens[i - 1].gap == " "


_FIRST_WORDS = frozenset(["alta", "alto", "baja", "bajo", "boca", "costa", "monte", "nova", "nueva", "nuevo", "villa"])


def _named(tokens: list[Token], i: int, j: int, taken: set[int]) -> Unlisted | None:
    word = ""
    if _is_lga(tokens, j):
        return Unlisted(i, j, "district", True)
    k = j
    while k < len(tokens) and tokens[k].low in w.NOT_NAMES and tokens[k].gap == " ":
        k += 1
    after = tokens[k] if k < len(tokens) and tokens[k].gap in (" ", "-", "” ", '" ') else None
    if after is not None and after.text == "area" and not _tells(tokens, i, j):
        return None
    if after is not None and after.low in _HELD and _cap_after_of(tokens, k + 1):
        return None  # "the Tigrayan town of Zubra"
    if after is not None and (after.low in _TYPED or after.text in _TYPED_LOW):
        word = after.low
    elif i > 1 and tokens[i - 1].low == "of" and tokens[i - 2].low in _OF and tokens[i].gap.strip(" “\"'‘") == "":
        word = tokens[i - 2].low
    elif (
        i
        and tokens[i - 1].low in _TYPED
        and tokens[i].gap in (" “", ' "', " ")
        and tokens[i - 1].low in w.SETTLEMENTS
        and (not tokens[i - 1].cap or tokens[i - 1].low in ("kibbutz", "moshav"))
    ):
        word = tokens[i - 1].low
    if word:
        return Unlisted(i, j, _precision(word), True)
    if word := _said_to_be(tokens, j):
        return Unlisted(i, j, _precision(word), False, True)
    if j + 1 < len(tokens) and tokens[j].gap == ", " and tokens[j].low in w.DIRECTIONS and tokens[j + 1].low == "of":
        return Unlisted(i, j, "town", False, True)  # "entered Wad Zubra, northwest of the state capital"
    if i and j < len(tokens) and tokens[j].gap == ", " and tokens[i].gap == " ":
        k = j + 1 if tokens[j].low in ("in", "near") else j
        if tokens[i - 1].low in ("in", "near", "at", "outside"):
            if k in taken and not (k > j and tokens[k].gap != " "):  # "in X, Idlib", "in X, in Idlib province"
                return Unlisted(i, j, "town", True)
            if k > j and _is_name(tokens[i:j]) and tokens[i].low not in _NO_SITES and _part_of_land(tokens, k, taken):
                return Unlisted(i, j, "town", False, True)
        elif k > j and i > 1 and _lived_in(tokens, i) and (k in taken or _part_of_land(tokens, k, taken)):
            return Unlisted(i, j, "town", False, True)  # "the people of X, in the south of Ruritania"
    beside = j + 2 < len(tokens) and tokens[j].low == "in" and tokens[j].gap == " "
    held = beside and not taken.isdisjoint((j + 1, j + 2))
    if i > 1 and tokens[i].gap == " " and tokens[i - 1].gap == " ":
        if held and tokens[i - 1].low in w.HIT and _tells(tokens, i, j):
            return Unlisted(i, j, "town", True)  # "hit Zubrani in northern Ruritania"
        if (_struck(tokens, i) or _lived_in(tokens, i)) and _tells(tokens, i, j):
            return Unlisted(i, j, "town", False, True)
        if (end := _land(tokens, i, j)) is not None:
            return Unlisted(i, end, "region", False, True)
    article = tokens[i].low in w.ARTICLES or (not tokens[i].text[0].isupper() and "-" in tokens[i].text)
    before = tokens[i - 1].low if i and tokens[i].gap == " " else ""
    if before in w.BESIDE or (article and before in w.PREPOSITIONS):
        if after is not None and (_is_body(after) or after.cap):
            return None
        return Unlisted(i, j, "town", False, before in w.BESIDE and _tells(tokens, i, j))
    return None


_ADJECTIVES = 4  # "a small rebel-held border town"
_LIES = frozenset(
    ["about", "around", "at", "close", "controlled", "from", "held", "in", "inside", "just", "located", "near", "of",
     "on", "outside", "roughly", "some", "that", "under", "where", "which", "with", "within"]
)  # fmt: skip


def _said_to_be(tokens: list[Token], j: int) -> str:
    """ "Zubrani, a rebel-held quarter in the east of …": the word that says what lies there; empty where none does.
    Not "Zubrani, a village elder"."""
    if j >= len(tokens) or tokens[j].gap != ", " or tokens[j].low not in ("a", "an", "another"):
        return ""
    for k in range(j + 1, min(j + 2 + _ADJECTIVES, len(tokens))):
        if tokens[k].cap or tokens[k].gap not in (" ", "-"):
            return ""
        if tokens[k].low in _TYPED or tokens[k].text == "area":
            after = tokens[k + 1] if k + 1 < len(tokens) else None
            alone = after is None or after.gap != " " or after.low in _LIES or after.low in w.DIRECTIONS
            return tokens[k].low if alone else ""
    return ""


def _part_of_land(tokens: list[Token], k: int, taken: set[int]) -> bool:
    """ "(in X, in) the western department of Idlib", "the south of Ruritania"."""
    if k >= len(tokens) or tokens[k].low != "the":
        return False
    for at in range(k + 1, min(k + 5, len(tokens))):
        if at in taken:
            return at > k + 1 or tokens[at].low in w.DIRECTIONS
        if tokens[at].gap != " " or not (
            tokens[at].low in w.DIRECTIONS or tokens[at].low in _OF or tokens[at].low in _IN
        ):
            return False
    return False


_NO_SITES = frozenset(["easter", "holy", "operation", "ramadan"])
_IN = frozenset(["department", "of", "region"])
_FIRE = frozenset(["bombs", "missiles", "mortars", "rockets", "shells"])


def _struck(tokens: list[Token], i: int) -> bool:
    """ "dropped barrel bombs on X", "raided X", "descended on X", "an air raid on X"."""
    before, first = tokens[i - 1].low, tokens[i - 2].low
    if before in w.ATTACKED or (before in ("at", "in", "on") and first in _FIRE):
        return True
    return (before in ("into", "on") and first in w.CAME) or (before in ("of", "on") and first in w.ASSAULTS)


def _lived_in(tokens: list[Token], i: int) -> bool:
    """ "Residents of X", "the market of X", "the road to X"."""
    before, first = tokens[i - 1].low, tokens[i - 2].low
    return (before == "of" and first in w.DWELLERS) or (before == "to" and first in w.WAYS)


def _land(tokens: list[Token], i: int, j: int) -> int | None:
    """The end of "in the X Delta", "across the X mountains"."""
    k = i - 2 if tokens[i - 1].low == "the" else i - 1
    if tokens[k].low not in ("across", "at", "from", "in", "of", "on", "through"):
        return None
    if j - i > 1 and tokens[j - 1].low in w.LANDS:
        return j if tokens[i].low not in w.PLAIN else None
    named = j < len(tokens) and tokens[j].gap == " " and tokens[j].low in w.LANDS
    return j + 1 if named and _is_name(tokens[i:j]) else None


def _precision(word: str) -> PlacePrecision:
    if word in w.CAMPS:
        return "exact"
    if word in w.NEIGHBOURHOODS or word == "estate":
        return "neighbourhood"
    if word in w.SECOND_LEVEL or word == "countryside":
        return "district"
    if word in w.FIRST_LEVEL:
        return "admin1"
    return "city" if word in ("city", "cities", "port") else "town"

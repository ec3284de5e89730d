"""Where a text names places: capitalised words that the gazetteer knows and whose surroundings allow a place."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from tollbook.resolve import place_words as w
from tollbook.resources.gazetteer import Entry, Gazetteer, fold

LONGEST = 5  # words in a name
PROVINCE_KINDS = frozenset(("admin1", "district", "region"))  # what "province" and "region" allow
WELL_KNOWN = 15_000  # people; a smaller place needs a word beside it that says "place"
_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"  # with accents written apart
_TOKEN = re.compile(
    rf"(?:\b(?:[aA][lrstdnz]|[eE][lrszdn]|[aA]sh|[aA]dh|[aA]th)-)?{_LETTERS}(?:(?:[.ʼʿʾ‘`]|['’](?![sS]\b)){_LETTERS})*"
)  # hyphens part words ("R-Concord", "Aleppo-Damascus"), except after an article
_ARTICLE = re.compile(r"(?:al|el|ar|as|ash|ad|adh|an|at|ath|az|ez|er|es)[-’'‘ʿ]", re.I)
_ALONE = w.ARTICLES - {"as", "at", "an", "the", "es", "ad"}  # written apart in lower case: "al Zer"
_SPANISH = frozenset(("la", "el", "los", "las", "al", "san"))
_CONTRACTION = re.compile(r"['’](?:ve|re|ll|d|m|t)$")
# Behind a place and a day, or behind these words.
_AGENCY = re.compile(
    r"^[A-Z][^\n()]{3,40}\((?P<line>[A-Z][\w-]+)\) ?[-–—]|\b(?i:news agency),? \(?(?P<called>[A-Z][\w-]+)",
    re.MULTILINE,
)
_UPPER_LINE = re.compile(r"[^\n]+")


@dataclass(slots=True)
class Token:
    text: str
    start: int
    end: int
    low: str
    cap: bool
    gap: str  # what stands between it and the token before
    upper: bool  # stands in a line that says nothing by capital letters
    title: bool  # stands in a headline that capitalises most words


@dataclass(slots=True)
class Mention:
    """A name that may be a place, with the places of that name."""

    start: int
    end: int
    key: str
    entries: tuple[Entry, ...]
    kinds: frozenset[str] | None = None  # what the type word beside it allows
    strong: bool = False
    within: list[Entry] = field(default_factory=list)  # what a comma says it lies in
    container: bool = False
    first: int = 0
    last: int = 0
    demonym: str | None = None
    cue: bool = False  # after a preposition
    inside: bool = False  # after "in" or "near", or a type word beside it
    upper: bool = False  # stands where capital letters say nothing
    generic: bool = False  # "Central Region", "Eastern Province": every country has one


@dataclass(slots=True)
class Scan:
    tokens: list[Token]
    mentions: list[Mention]
    demonyms: list[Mention]
    people: set[int]  # tokens inside people's names
    surnames: set[str]


def tokens_of(text: str) -> list[Token]:
    """The words of a text; possessive endings belong to none."""
    upper, title = _line_kinds(text)
    out: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        cap = word[0].isupper()
        if not cap and not word.isalpha() and (article := _ARTICLE.match(word)):  # "al-Bab"
            cap = word[article.end() :][:1].isupper()
        gap = text[at:start] if start - at < 8 else text[at : at + 4] + "\n"
        loud = bool(upper) and _inside(upper, start)
        out.append(Token(word, start, match.end(), word.lower(), cap, gap, loud, bool(title) and _inside(title, start)))
        at = match.end()
    return out


def _inside(stretches: list[tuple[int, int]], at: int) -> bool:
    i = bisect_right(stretches, (at, 1 << 60)) - 1
    return i >= 0 and at < stretches[i][1]


def _line_kinds(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    upper: list[tuple[int, int]] = []
    title: list[tuple[int, int]] = []
    for line in _UPPER_LINE.finditer(text):
        part = line[0]
        ups = sum(map(str.isupper, part))
        if ups < 4:
            continue
        letters = sum(map(str.isalpha, part))
        if ups > 0.7 * letters and letters > 20:
            upper.append(line.span())
        elif len(part) < 200 and part.rstrip()[-1:] != ".":
            words = [t for t in part.split() if len(t) > 3 and t[0].isalpha()]
            if len(words) > 3 and sum(t[0].isupper() for t in words) > 0.75 * len(words):
                title.append(line.span())
    return upper, title


def scan(text: str, gazetteer: Gazetteer) -> Scan:
    """Every mention in order of place; none overlap."""
    tokens = tokens_of(text)
    grams, demonyms = _grams(tokens)
    found = gazetteer.find_keys(key for by_end in grams.values() for key in by_end.values())
    hits = {
        i: known for i, by_end in grams.items() if (known := {j: found[k] for j, k in by_end.items() if k in found})
    }
    people, surnames = _people(tokens, hits)
    surnames |= _aged(text, tokens)
    judge = _Judge(text, tokens, hits, people, surnames)
    mentions: list[Mention] = []
    i = 0
    while i < len(tokens):
        taken = None
        if i in hits:
            for j in sorted(hits[i], reverse=True):
                if (taken := judge.mention(i, j)) is not None:
                    break
        if taken is None:
            i += 1
            continue
        taken.key = grams[i][taken.last]
        mentions.append(taken)
        judge.ends.add(taken.last)
        i = taken.last
    agencies = {m["line"] or m["called"] for m in _AGENCY.finditer(text)}
    if agencies:  # "SANA'A, Jan. 14 (Saba) -", "an official told Saba"
        mentions = [m for m in mentions if m.inside or text[m.start : m.end] not in agencies]
    inside = {m.first: m for m in mentions}
    for m in mentions:
        if m.within and (holder := inside.get(m.last)):
            holder.container = True
    return Scan(tokens, mentions, demonyms, people, surnames)


def _grams(tokens: list[Token]) -> tuple[dict[int, dict[int, str]], list[Mention]]:
    """For each start the keys by end (exclusive): runs of capitalised words with small words between them."""
    grams: dict[int, dict[int, str]] = {}
    demonyms: list[Mention] = []
    for i, token in enumerate(tokens):
        if (
            token.low in w.FUNCTION
            or (token.upper and token.low in w.CONNECTORS - _SPANISH)
            or _CONTRACTION.search(token.low)
        ):
            continue
        if not (
            token.cap
            or (token.low in _ALONE and i + 1 < len(tokens) and tokens[i + 1].cap and tokens[i + 1].gap == " ")
        ):
            continue
        if (country := w.DEMONYMS.get(token.low)) and token.cap:
            demonyms.append(Mention(token.start, token.end, token.low, (), first=i, last=i + 1, demonym=country))
        by_end: dict[int, str] = {}
        words: list[str] = []
        for j in range(i, min(i + LONGEST, len(tokens))):
            other = tokens[j]
            if j > i and not _joined(tokens[j - 1], other):
                break
            if not other.cap and other.low not in w.CONNECTORS:
                break
            if token.upper and other.low in w.FUNCTION and other.low not in ("of", "and", "the"):
                break
            words.append(other.text)
            if other.cap and not (
                (token.upper or token.title) and (other.low in w.FUNCTION or other.low in w.CONNECTORS)
            ):
                key = fold(" ".join(words))
                if len(key) > 1 and key not in w.NEVER:
                    by_end[j + 1] = key
        if token.upper and token.low in w.COMMON:  # no place without a word of its own
            by_end = {j: k for j, k in by_end.items() if any(tokens[x].low not in w.COMMON for x in range(i, j))}
        if i + 1 in by_end and (
            country or token.low in w.ORGANISATIONS or token.low in w.TYPES or token.low in w.DIRECTIONS
        ):
            del by_end[i + 1]
        if state := w.ABBREVIATIONS.get(token.text):
            by_end[i + 1] = fold(state)
        elif token.text == "W" and i + 1 < len(tokens) and tokens[i + 1].text == "Va":
            by_end[i + 2] = fold(w.ABBREVIATIONS["W.Va"])
        elif token.text in w.POSTAL and token.gap in (", ", " ") and not token.upper:
            by_end[i + 1] = fold(w.POSTAL[token.text])
        if by_end:
            grams[i] = by_end
    return grams, demonyms


def _joined(before: Token, token: Token) -> bool:
    gap = token.gap
    return gap in (" ", "-", "\u00a0", "\n", "  ") or (gap == ". " and before.low in ("st", "ste", "mt", "ft", "w"))


def _people(tokens: list[Token], hits: dict[int, dict[int, tuple[Entry, ...]]]) -> tuple[set[int], set[str]]:
    """Tokens inside people's names, and their surnames."""
    people: set[int] = set()
    surnames: set[str] = set()
    for i, token in enumerate(tokens):
        if not token.cap or i in people:
            continue
        given = token.low in w.GIVEN
        if not given and token.low not in w.TITLES:
            continue
        if given and _big(hits.get(i), i):
            continue
        if _place_called(tokens, i, hits.get(i, {})):
            continue
        j = i + 1
        while j < len(tokens) and j - i < 4 and _follows(tokens[j - 1], tokens[j]):
            j += 1
        if j == i + 1 or (
            given
            and i
            and tokens[i - 1].low in w.PREPOSITIONS
            and j - i == 2
            and i in hits
            and tokens[j - 1].low in w.PLAIN
        ):
            continue
        start = i if given else i + 1
        people.update(range(start, j))
        if tokens[j - 1].low not in w.PLAIN:
            surnames.add(tokens[j - 1].low)
    return people, surnames


_AGE = re.compile(r", (?:aged )?[1-9]\d(?:,|\.\s| and [A-Z])")


def _aged(text: str, tokens: list[Token]) -> set[str]:
    """ "Larkin, 18, thought of": a name with an age is a person's."""
    found = set()
    for before, token in zip(tokens, tokens[1:], strict=False):
        name = token.cap and not token.upper and token.low not in w.PLAIN and before.low not in w.PREPOSITIONS
        if name and _AGE.match(text, token.end):
            found.add(token.low)
    return found


def _place_called(tokens: list[Token], i: int, ends: dict[int, tuple[Entry, ...]]) -> bool:
    """ "in Glen Ellyn", "the Sheikh Maqsoud neighbourhood": a known place that begins like a person."""
    longer = [j for j in ends if j > i + 1]
    if not longer:
        return False
    after = tokens[max(longer)].low if max(longer) < len(tokens) else ""
    return (i > 0 and tokens[i - 1].low in w.PREPOSITIONS) or after in w.TYPES


def _big(ends: dict[int, tuple[Entry, ...]] | None, i: int) -> bool:
    return bool(ends) and any(j > i + 1 and e[0].population >= 50_000 for j, e in (ends or {}).items())


def _follows(before: Token, token: Token) -> bool:
    """A next part of a person's name."""
    joined = token.gap in (" ", "-", "\u00a0") or (token.gap == ". " and (len(before.low) < 4))
    if not joined or not token.cap:
        return False
    if token.low in w.PLAIN or token.low in w.ORGANISATIONS:
        common = token.low in w.COMMON and token.low not in w.NO_SURNAMES and len(token.low) > 3
        return common and not (token.upper or token.title)  # "Hill", "Brown"
    return True


class _Judge:
    """Says of a run of words whether it may be a place here."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        hits: dict[int, dict[int, tuple[Entry, ...]]],
        people: set[int],
        surnames: set[str],
    ) -> None:
        self.text, self.tokens, self.hits, self.people, self.surnames = text, tokens, hits, people, surnames
        self.ends: set[int] = set()  # where the mentions so far end

    def mention(self, i: int, j: int) -> Mention | None:
        tokens, entries = self.tokens, self.hits[i][j]
        first, last = tokens[i], tokens[j - 1]
        before, after = self._beside(i, j)
        kinds = self._kinds(i, j, after)
        if j - i == 1 and (first.text in w.ABBREVIATIONS or first.text in w.POSTAL):
            kinds = frozenset(("admin1",))
        within = self._within(j)
        cue = self._cue(i) or kinds is not None
        top = entries[0]
        land = any(e.kind in ("country", "admin1", "region") for e in entries)
        single = j - i == 1
        abbreviated = single and first.text in w.ABBREVIATIONS
        if abbreviated and not self._state(first, j):
            return None
        if first.upper and first.text == "US":  # "THEY TOLD US"
            return None
        called = after is not None and kinds is not None and after.text.islower()  # "Kafr Zubra village": no Zubra
        sure = (cue and not called) or within or land or i in self.ends
        if before is not None and not sure and _is_name_part(before):
            return None
        if i and first.gap == " " and not single and tokens[i - 1].low in w.CALLED:
            return None  # "the opposition paper Tal Zubra"
        if single and first.text in w.POSTAL and not first.gap.startswith(","):
            return None
        if single and first.text.isupper() and len(first.text) < 5 and not first.upper and not land:
            return None
        if self._is_person(i, j, cue or bool(within), land):
            return None
        if after is not None and self._is_other(i, j, after, land):
            return None
        if j < len(tokens) and tokens[j].gap in (" ", "-") and _goes_on(tokens, j):
            return None
        strong = bool(cue or within or self._struck(i))
        if not single and not strong and top.population < 50_000 and all(t.low in w.COMMON for t in tokens[i:j]):
            return None
        if single and first.low in w.COMMON and not within and not self._common_place(i, kinds, top):
            return None
        if first.upper and not strong and not (land or top.population > 100_000):
            return None
        country = any(e.kind in ("country", "region") for e in entries)
        return Mention(
            first.start, last.end, "", entries, kinds, strong or country, within, False, i, j,
            cue=self._cue(i), inside=kinds is not None or self._cue(i, w.INSIDE), upper=first.upper or first.title,
            generic=all(t.low in w.DIRECTIONS or t.low in w.TYPES or t.low == "the" for t in tokens[i:j]),
        )  # fmt: skip

    def _beside(self, i: int, j: int) -> tuple[Token | None, Token | None]:
        tokens = self.tokens
        before = tokens[i - 1] if i and tokens[i].gap in (" ", "\u00a0", "\n") else None
        after = tokens[j] if j < len(tokens) and tokens[j].gap in (" ", "\u00a0", "\n", "' ", "’ ") else None
        return before, after

    def _kinds(self, i: int, j: int, after: Token | None) -> frozenset[str] | None:
        """What "X province", "the village of X" allow."""
        words = []
        if after is not None:
            words.append(after.low)
        k = i - 1
        while k >= 0 and self.tokens[k].low in ("the", *w.DIRECTIONS) and i - k < 4:
            k -= 1
        if k > 0 and self.tokens[k].low == "of":
            words.append(self.tokens[k - 1].low)
        for word in words:
            if word in w.NEIGHBOURHOODS:
                return frozenset(("neighbourhood", "exact"))
            if word in w.SETTLEMENTS:
                return frozenset(("city", "town", "neighbourhood", "exact"))
            if word in w.FIRST_LEVEL or word == "region":
                return PROVINCE_KINDS
            if word in w.SECOND_LEVEL:
                return frozenset(("district", "admin1", "neighbourhood", "region"))
            if word in ("countryside", "outskirts", "suburbs", "area", "areas"):
                return frozenset()
        return None

    def _within(self, j: int) -> list[Entry]:
        """The countries, regions and districts that a comma names: "Paris, Texas", "Idlib (Syria)"."""
        tokens = self.tokens
        if j >= len(tokens) or tokens[j].gap not in (", ", ". , ", " (", ",", "., ") or j not in self.hits:
            return []
        best = max(self.hits[j])
        return [e for e in self.hits[j][best] if e.kind in ("country", "admin1", "district")]

    def _cue(self, i: int, words: frozenset[str] = w.PREPOSITIONS) -> bool:
        k = i - 1
        while k >= 0 and i - k < 4 and self.tokens[k].low in ("the", *w.DIRECTIONS):
            k -= 1
        if k < 0:
            return False
        gap = self.tokens[k + 1].gap
        return self.tokens[k].low in words and "." not in gap and "," not in gap and "\n\n" not in gap

    def _struck(self, i: int) -> bool:
        """ "The attack on Zubra"."""
        before = self.tokens[max(0, i - 2) : i]
        return (
            len(before) == 2
            and before[1].low == "on"
            and (before[0].low in w.ASSAULTS or before[0].low[:6] == "attack")
        )

    def _state(self, token: Token, j: int) -> bool:
        """ "Pa." after a comma or hyphen, "W.Va." anywhere, "Ga. pastor" in the middle of a sentence."""
        if self.text[token.end : token.end + 1] != ".":
            return False
        if token.gap.startswith((",", "-")) or "." in token.text:
            return True
        follows = self.tokens[j].text[:1].islower() if j < len(self.tokens) else False
        return follows and "." not in token.gap and "\n" not in token.gap

    def _common_place(self, i: int, kinds: frozenset[str] | None, top: Entry) -> bool:
        """A place with the name of an English word needs "in" or "the town of" before it, in running text."""
        first = self.tokens[i]
        if first.low in w.NEVER or first.upper or first.title:
            return False
        before = self.tokens[i - 1].low if i and first.gap == " " else ""
        there = before in ("around", "in", "near", "outside") or before in w.ATTACKED
        return (bool(kinds) and before == "of") or (there and top.population > 2000)

    def _is_person(self, i: int, j: int, cue: bool, land: bool) -> bool:
        tokens = self.tokens
        if any(k in self.people for k in range(i, j)):
            return True
        if i > 1 and tokens[i - 2].low == "one" and tokens[i - 1].cap and tokens[i].gap == " " == tokens[i - 1].gap:
            return True  # "his brother, one Friday Dutse"
        if j - i > 1:
            return False
        low = tokens[i].low
        if low in self.surnames and (not cue or self._is_owner(i)):
            return True
        if not cue and (low in w.GIVEN or low in w.SURNAMES):
            return not any(
                e.population > 200_000 and (e.kind == "admin1" or fold(e.name) == low) for e in self.hits[i][j]
            )
        return False

    def _is_owner(self, i: int) -> bool:
        """ "In Loft's yard", "the residence of Loft", where the report names an Ada Loft."""
        owned = self.text[self.tokens[i].end : self.tokens[i].end + 2] in ("'s", "’s")
        return owned or (i > 1 and self.tokens[i - 1].low == "of" and self.tokens[i - 2].low in w.OWNED)

    def _land_at(self, j: int) -> bool:
        return any(e.kind in ("country", "admin1") for entries in self.hits.get(j, {}).values() for e in entries)

    def _is_other(self, i: int, j: int, after: Token, land: bool) -> bool:
        """Part of a longer name: an organisation's, a street's, a person's."""
        first = self.tokens[i]
        if after.cap and not after.title and self._organisation(j):
            return True
        if first.upper or first.title:
            return after.low in w.ORGANISATIONS and not after.upper
        if not after.cap or after.low in w.PLAIN or self._land_at(j):
            return False
        return not land or first.low in w.SHARED

    def _organisation(self, j: int) -> bool:
        """ "Post"; "Media Network": one of the next capitalised words makes it an organisation."""
        tokens = self.tokens
        if tokens[j].upper:
            return tokens[j].low in w.ORGANISATIONS
        for k in range(j, min(j + 3, len(tokens))):
            if not tokens[k].cap or (k > j and tokens[k].gap != " "):
                return False
            if tokens[k].low in w.ORGANISATIONS or tokens[k].low in w.THINGS:
                return True
        return False


def _is_name_part(token: Token) -> bool:
    """A capitalised word that is nothing else: what follows it belongs to its name ("Kafr Zubra", "Paris Winfield")."""
    return token.cap and not (token.upper or token.title or token.low in w.PLAIN or token.low in w.FUNCTION)


def _goes_on(tokens: list[Token], j: int) -> bool:
    """ "Kuwait al-Rahma", "Tal al-X": an article makes one name of both."""
    token = tokens[j]
    if token.cap and token.text[0].islower():
        return True
    return (
        token.low in w.ARTICLES
        and token.text.islower()
        and token.low not in ("as", "at", "an")
        and j + 1 < len(tokens)
        and tokens[j + 1].cap
    )

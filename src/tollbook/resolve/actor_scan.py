"""Every place of a text where an actor may be named, before anybody asks who it is.

Three kinds of words: names of the lexicon ("SDF"), a country with what follows it ("Turkish-backed factions", "Russia's
Ministry of Defence", "Israeli air force jets"), and words that want a context ("the army", "regime forces", "gunmen").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tollbook import lexicon
from tollbook.lexicon.phrases import Entry, Table, Word, joined, spells, split
from tollbook.resolve.actor_words import Actor, head_table, main_table, ministry_table, sets

COUNTRY = frozenset({"name", "adjective", "people", "seat"})
_MINISTRY = frozenset({"ministry", "ministries", "minister", "ministers", "department"})
_CREW = frozenset({"forces", "weapons", "members", "irregulars", "proxies"})
_LOOSE = frozenset({"backed", "led", "supported", "allied", "aligned"})  # without a hyphen too
# "a Ruritanian-led air strike": whoever flew, a coalition did it.
_FLOWN = frozenset({
    "air", "airstrike", "airstrikes", "bombardment", "bombing", "campaign", "jets", "planes", "raid", "raids", "strike",
    "strikes", "warplanes",
})  # fmt: skip
_MONTHS = frozenset(lexicon.load("dates")["months"])
_SIDES = frozenset({"government", "rebel"})  # a side only beside what it does: "government shelling"
_GROUND = frozenset({"controlled", "held", "lines", "positions", "side", "territory", "trenches"})
# What stands between these and armed men is a place, or no name.
_WHERE = frozenset({"around", "at", "from", "in", "inside", "near", "of", "on", "outside", "over", "throughout", "to"})
_WITHIN = re.compile(r"(?<=[a-z,] )[A-Z]\w+")
_NO_PEOPLE = _MONTHS | {
    "friday", "islamic", "islamist", "monday", "saturday", "sunday", "thursday", "tuesday", "wednesday",
}  # fmt: skip
_LINKS = frozenset({"of", "by", "from", "affiliated", "backed", "allied", "loyal", "belonging", "to", "with", "the"})


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words ``first`` to ``last`` (exclusive) of the text.

    ``sort`` says which rule saw them: ``actor`` (``actors``: all that the alias may mean), ``head`` (a country's army,
    warplanes; ``heads``: sort and words of each), ``backed``, ``ministry``, a bare ``name``, ``adjective``, ``people``
    or ``seat`` of a country, ``folk`` (with ``heads``), or a generic sort.
    """

    first: int
    last: int
    sort: str
    code: str | None = None
    word: str = ""
    heads: tuple[tuple[str, str], ...] = ()
    actors: tuple[Actor, ...] = ()


def scan(text: str) -> tuple[tuple[Word, ...], list[Sighting]]:
    """The words of a text and the sightings among them, in order, none overlapping another."""
    return split(text), list(_sightings(text))


@lru_cache(maxsize=4)  # of one document its actors, its speakers and its setting are asked for
def _sightings(text: str) -> tuple[Sighting, ...]:
    return tuple(Scanner(text, split(text)).run())


class Scanner:
    """Looks things up at a word; ``text`` and ``words`` do not change."""

    def __init__(self, text: str, words: tuple[Word, ...]) -> None:
        self.text = text
        self.words = words
        self.within: frozenset[str] | None = None  # the words with a capital inside of sentences, once asked for
        self.main, self.heads, self.topics, self.sets = main_table(), head_table(), ministry_table(), sets()

    def run(self) -> Iterator[Sighting]:
        i = 0
        while i < len(self.words):
            key = self.words[i].key
            if key not in self.main and key not in self.topics and key != "ministry":  # most words: asked here, quickly
                i += 1
                continue
            seen = self.at(i)
            if seen:
                if seen.sort != "never":
                    yield seen
                i = seen.last
            else:
                i += 1

    def at(self, i: int) -> Sighting | None:
        """What begins at word ``i``."""
        key = self.words[i].key
        if key == "ministry" or key in self.topics:
            ministry = self.ministry(i)
            if ministry:
                return ministry
        entries = self.look(self.main, i) if key in self.main else []
        if not entries:
            return None
        e, end = entries[0], i + len(entries[0].words)
        if e.sort == "actor" and self.dated(i, end):
            return None
        if e.sort == "actor":
            return self.crew(Sighting(i, end, "actor", actors=tuple(x.value for x in entries if x.sort == "actor")))
        if e.sort in COUNTRY:
            seen = self.country(i, end, e)
            return None if seen.last == end and self.person(i, end) else seen
        if e.sort == "folk":
            heads, last = self.chain(end)
            irregular = any(sort in ("irregulars", "proxies", "forces", "weapons") for sort, _ in heads)
            if not irregular and (self.held_by(i, end) or self.attacks(end)):
                return Sighting(i, end, "folk", word=e.value, heads=(("forces", "forces"),))
            return Sighting(i, last, "folk", word=e.value, heads=heads) if irregular else None
        if e.sort == "never":
            return Sighting(i, end, "never")
        return self.generic(i, end, e)

    def held_by(self, i: int, end: int) -> bool:
        """ "fired from Serb positions", "came from the Serb side", "from Serb-held ground"."""
        if not self.next(end - 1, end) or self.words[end].key not in _GROUND:
            return False
        return any(w.key == "from" for w in self.words[max(0, i - 3) : i])

    # look-ups

    def next(self, i: int, j: int) -> bool:
        """Whether word ``j`` exists and follows word ``i`` within one phrase."""
        if not (0 <= i < j < len(self.words) and joined(self.text, self.words[i], self.words[j])):
            return False
        gap = self.text[self.words[i].end : self.words[j].start]
        return len(gap) == 1 or gap.strip() not in ("-", "–", "‑") or gap == gap.strip()  # "LIMA, Peru - Guerrillas"

    def look(self, where: Table, i: int, plain: bool = False) -> list[Entry]:
        """The longest entries that begin at word ``i`` (several if they share an alias); ``plain`` ignores case."""
        found: list[Entry] = []
        for e in where.get(self.words[i].key, ()):
            if found and len(e.words) < len(found[0].words):
                break
            if spells(self.text, self.words, i, e) and (plain or self.cased(e, i)):
                found.append(e)
        return found

    def cased(self, e: Entry, i: int) -> bool:
        for k, want in enumerate(e.case):
            raw = self.words[i + k].raw
            if want == "U" and not raw.isupper():
                return False
            if want == "C" and not raw[0].isupper():
                return False
        if len(e.words) > 1 or e.words[0] not in self.sets["ambiguous"] or "." in self.words[i].raw:
            return True
        return not self.shouted(i) or (e.sort in COUNTRY and self.owns(i))

    def owns(self, i: int) -> bool:
        """Whether what follows a country at word ``i`` is its own: "US MILITARY", "US-LED COALITION"."""
        j = i + 1
        if self.next(i, j) and self.words[j].key == "s" and self.text[self.words[j].start - 1] in "'’":
            j += 1
        if not self.next(j - 1, j):
            return False
        hyphen = self.text[self.words[j].start - 1] in "-–‑" or self.words[j].key in _LOOSE
        tied = hyphen and self.words[j].key in self.sets["ties"] and self.next(j, j + 1)
        return tied or self.ministry(j) is not None or bool(self.chain(j)[0])

    def shouted(self, i: int) -> bool:
        """Whether the words around stand wholly in capitals, as in wire copy and some headlines."""
        around = [w.raw for w in self.words[max(0, i - 4) : i + 5] if len(w.raw) > 2 and w.raw.isalpha()]
        return len(around) > 1 and all(w.isupper() for w in around)

    # rules

    def country(self, i: int, end: int, e: Entry) -> Sighting:
        """A country and what is said to be its own."""
        code: str = e.value
        start = end
        if self.next(end - 1, end) and self.words[end].key == "s" and self.text[self.words[end].start - 1] in "'’":
            start = end + 1
        if not self.next(start - 1, start):
            return Sighting(i, end, e.sort, code)
        backed = self.backed(i, start, code) if start == end else None
        if backed:
            return backed
        ministry = self.ministry(start)
        if ministry:
            return replace(ministry, first=i, code=code)
        heads, last = self.chain(start)
        if heads and e.sort != "seat":
            return Sighting(i, last, "head", code, heads=heads)
        if not heads and e.sort == "adjective" and start == end:
            named = self.named(start)  # "the Lebanese Hezbollah"
            if named and any(a.country == code or code in a.where for a in named.actors):
                return replace(named, first=i)
        return Sighting(i, end, e.sort, code)

    def named(self, i: int) -> Sighting | None:
        """A named actor at word ``i``."""
        if i >= len(self.words):
            return None
        entries = [e for e in self.look(self.main, i) if e.sort == "actor"]
        if not entries:
            return None
        return Sighting(i, i + len(entries[0].words), "actor", actors=tuple(e.value for e in entries))

    def chain(self, i: int) -> tuple[tuple[tuple[str, str], ...], int]:
        """Heads from word ``i`` on ("air force", "jets"), with a few fillers between them, and where they end."""
        heads: list[tuple[str, str]] = []
        last = j = i
        skipped = 0
        while j < len(self.words) and skipped < 4 and len(heads) < 4 and self.next(j - 1, j):
            found = self.look(self.heads, j, plain=True)
            if found:
                heads.append((found[0].sort, found[0].value))
                j = last = j + len(found[0].words)
                skipped = 0
            elif self.words[j].key in self.sets["fillers"]:
                j += 1
                skipped += 1
            else:
                break
        return tuple(heads), last

    def backed(self, i: int, tie: int, code: str) -> Sighting | None:
        """Sponsor and client: "Turkish-backed factions [of the SNA]", "US-led coalition", "Iran-backed Houthis"."""
        if self.words[tie].key not in self.sets["ties"] or not self.next(tie, tie + 1):
            return None
        if self.text[self.words[tie].start - 1] not in "-–‑" and self.words[tie].key not in _LOOSE:
            return None
        j = tie + 1
        if self.words[tie].key == "led" and self.words[j].key in _FLOWN:
            return Sighting(i, tie + 1, "backed", code, word="led coalition")
        while j < min(tie + 6, len(self.words)) and self.next(j - 1, j):
            named = self.named(j)
            if named:
                return replace(named, first=i)
            if self.words[j].key in self.sets["tie groups"]:
                return self.members_of(i, self.group_end(j), tie, code)
            if self.words[j].key not in self.sets["tie fillers"] and not self.look(self.main, j):
                return None
            j += 1
        return None

    def group_end(self, j: int) -> int:
        """Behind the last of several group words: "rebel factions"."""
        while self.next(j, j + 1) and self.words[j + 1].key in self.sets["tie groups"]:
            j += 1
        return j + 1

    def members_of(self, i: int, end: int, tie: int, code: str) -> Sighting:
        named = self.members_named(end)
        if named:
            return replace(named, first=i)
        return Sighting(i, end, "backed", code, word=f"{self.words[tie].key} {self.words[end - 1].key}")

    def members_named(self, j: int) -> Sighting | None:
        """At word ``j``: "(terrorists) of the FMLN", "(fighters) from Boko Haram"."""
        if not self.next(j - 1, j) or self.words[j].key not in ("of", "from"):
            return None
        j += 2 if self.next(j, j + 1) and self.words[j + 1].key == "the" else 1
        named = self.named(j)
        return named if named and named.actors[0].role in ("group", "force") else None

    def ministry(self, i: int) -> Sighting | None:
        """From word ``i``: "Defence Ministry", "Ministry of Health [of Ukraine]"."""
        if self.words[i].key == "ministry":
            if not (self.next(i, i + 1) and self.words[i + 1].key in ("of", "for") and self.next(i + 1, i + 2)):
                return None
            topic = self.look(self.topics, i + 2, plain=True)
            if not topic:
                return None
            end = i + 2 + len(topic[0].words)
            owner = self.owner(end)
            return Sighting(i, owner[1], "ministry", owner[0], word=topic[0].sort)
        topic = self.look(self.topics, i, plain=True)
        if not topic:
            return None
        end = i + len(topic[0].words)
        if not self.next(end - 1, end) or self.words[end].key not in _MINISTRY:
            return None
        return Sighting(i, end + 1, "ministry", word=topic[0].sort)

    def owner(self, i: int) -> tuple[str | None, int]:
        """At word ``i``: "... of Ukraine", "... of the Russian Federation"; the country and where it ends."""
        if self.next(i - 1, i) and self.words[i].key in ("of", "in"):
            j = i + 2 if self.next(i, i + 1) and self.words[i + 1].key == "the" else i + 1
            if j < len(self.words):
                found = [e for e in self.look(self.main, j) if e.sort == "name"]
                if found:
                    return found[0].value, j + len(found[0].words)
        return None, i

    def crew(self, seen: Sighting) -> Sighting:
        """A named actor with its people and weapons: "SDF fighters", "Houthi drones"."""
        heads, last = self.chain(seen.last)
        if heads and all(sort in _CREW for sort, _ in heads):
            return replace(seen, last=last, heads=heads)
        return seen

    def person(self, i: int, end: int) -> bool:
        """Whether a country's name at word ``i`` is somebody's: "Jordan Smith", "Mr Chad"."""
        if self.words[i].key not in self.sets["given names"] or self.shouted(i):
            return False
        return self.next(end - 1, end) and self.words[end].raw.istitle() and self.text[self.words[end].start - 1] == " "

    def generic(self, i: int, end: int, e: Entry) -> Sighting | None:
        if e.sort == "army" and len(e.words) == 1 and not self.opens_line(i) and not self.attacks(end):
            return None  # "military sources", "army base"; but "Army kills three" opens a headline
        if e.words[0] in _SIDES and len(e.words) == 1 and not self.attacks(end):
            return None
        if e.words[-1] == "occupation" and self.next(end - 1, end) and self.words[end].key == "of":
            return None  # "the occupation of the port" is what somebody does
        if e.sort in ("rebels", "irregular"):
            named = self.members_named(end) if e.sort == "rebels" else None
            if named:
                return replace(named, first=i)
            first = self.people_before(i)
            if first < i:
                name = self.text[self.words[first].start : self.words[i - 1].end]
                return Sighting(first, end, "folk", word=name, heads=(("irregulars", e.value),))
            if e.sort == "irregular":
                return None
            code, last = self.sponsor(end)
            if code:
                return Sighting(i, last, "backed", code, word="backed " + e.words[-1])
        return Sighting(i, end, e.sort, word=e.value)

    def people_before(self, i: int) -> int:
        """Where the people, clan or gang begins that a text names right before armed men at word ``i``; ``i`` where it
        names none: "Murle youths", "the Lendu militia"."""
        first = i
        while first and i - first < 3 and not self.words[i].raw[0].isupper() and self.names_people(first - 1):
            first -= 1
        before = self.words[first - 1] if first and self.next(first - 1, first) else None
        return i if before is not None and before.key in _WHERE else first  # "in Zalba militants ..."

    def names_people(self, i: int) -> bool:
        """Whether word ``i`` may name those who follow: a capital that does not only open a sentence ("Suspected")."""
        name, start = self.words[i].raw, self.words[i].start
        plain = name[0].isupper() and name.isalpha() and len(name) > 2 and not name.isupper()
        if not plain or self.words[i].key in _NO_PEOPLE or not self.next(i, i + 1) or self.look(self.main, i):
            return False
        end = self.words[i + 1].end
        quoted = (
            self.text[start - 2 : start] in (' "', " “")
            and self.text[start - 3].isalpha()
            and self.text[end : end + 1] in ('"', "”")
        )
        if quoted:
            return True  # 'blamed the "Lendu militia" for it'
        return self.text[start - 1 : start] == " " and self.next(i - 1, i) or self.known_name(name)

    def known_name(self, name: str) -> bool:
        """Whether a word that opens a sentence stands with a capital within another one too."""
        if self.within is None:
            self.within = frozenset(_WITHIN.findall(self.text))
        return name in self.within

    def dated(self, i: int, end: int) -> bool:
        """Whether a name that is a day of the year is one here: "November 17, 2018", "on 17 November", "Friday, …"."""
        if _MONTHS.isdisjoint(w.key for w in self.words[i:end]):
            return False
        year = end < len(self.words) and re.fullmatch(r"(?:19|20)\d\d", self.words[end].raw) is not None
        before = self.words[i - 1].key if i else ""
        return year or before in ("on", "since", "until", "of", "from") or before.endswith("day")

    def attacks(self, i: int) -> bool:
        """Whether word ``i`` is what a side does or does it with: "army shelling", "government air strikes"."""
        if not self.next(i - 1, i):
            return False
        key = self.words[i].key
        far = key == "air" and self.next(i, i + 1) and self.words[i + 1].key in ("strike", "strikes", "raid", "raids")
        return far or key in self.sets["attacks"]

    def opens_line(self, i: int) -> bool:
        before = self.text[max(0, self.words[i].start - 1) : self.words[i].start]
        return before in ("", "\n") and self.words[i].raw[0].isupper()

    def sponsor(self, i: int) -> tuple[str | None, int]:
        """At word ``i``: "(mercenaries) of the Turkish occupation", "(militias) backed by Iran"."""
        j = i
        while j < min(i + 3, len(self.words)) and self.next(j - 1, j) and self.words[j].key in _LINKS:
            j += 1
        if j == i or j >= len(self.words) or not self.next(j - 1, j) or self.words[i].key == "the":
            return None, i
        found = [e for e in self.look(self.main, j) if e.sort in ("name", "adjective")]
        if not found:
            return None, i
        end = j + len(found[0].words)
        heads, last = self.chain(end)
        if found[0].sort == "adjective" and not any(sort == "state" for sort, _ in heads):
            return None, i
        if found[0].sort == "name" and self.words[j - 1].key in ("of", "from", "the"):
            return None, i  # "rebels of Syria" are not Syria's
        return found[0].value, last

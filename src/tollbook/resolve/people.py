"""Who a source phrase stands for within its document.

"The diplomat", "she", "Zakharova" and "the Russian official" are one person once she has been introduced. Sources are
resolved in the order of the text against those introduced before; what cannot be resolved keeps its own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tollbook import lexicon
from tollbook.records import ActorMention, Kind, Span, Speaker
from tollbook.resolve.people_described import Described
from tollbook.resolve.people_names import (
    Names,
    compatible,
    could_be_person,
    ends_common,
    head_only,
    last_name,
    names_all,
)
from tollbook.resolve.people_nearby import NEAR, body_before, body_opening, people_opening, person_before
from tollbook.resolve.people_phrases import (
    NamedActor,
    Phrase,
    gender_of,
    kind_of,
    listed,
    nation_words,
    nations,
    proper_core,
    roles,
    spelled_out,
    take_apart,
)

NameActor = Callable[[str], NamedActor | None]
Key = tuple[int, int]

_HE = frozenset({"he", "him", "his"})
_SHE = frozenset({"she", "her", "hers"})
_IT = frozenset({"it", "its"})
_THEY = frozenset({"they", "them", "their"})
_PRONOUNS = _HE | _SHE | _IT | _THEY
_WE = frozenset(
    {"we", "us", "i", "me", "our correspondent", "our correspondents", "our reporter", "our own correspondent"}
)
_REMEMBERED = 300  # speakers a document is kept in mind of; more than any report has
_EITHER = frozenset({"authorities", "forces", "police"})  # plural in form, one in meaning
_SOMEBODY_SAID = frozenset(
    {"activist", "doctor", "medic", "nurse", "officer", "official", "resident", "source", "witness"}
)
_PARTS = frozenset(
    {"board", "branch", "bureau", "commission", "committee", "council", "department", "directorate", "office"}
)
_PART_OF = re.compile(r"(?:[A-Z][\w’'-]+ )+?(?P<head>[A-Z][\w’'-]+) of (?:the )?[A-Z]")
_OFFICES = frozenset({"administration", "council", "governor", "head", "mayor", "prefect", "prosecutor"})
_REGION = re.compile(
    r"\b([A-Z][\w’'-]+) (?:[Dd]istrict|[Gg]overnorate|[Oo]blast|[Pp]refecture|[Pp]rovince|[Rr]egion)\b"
)
_SPOKEN_FOR = frozenset({"spokesperson", "correspondent"})
_GOES_ON = re.compile(r" (?:also |then )?(?:added|adds|continued|continues|went on)\b")  # who spoke before
_ALONE = frozenset({"boss", "chief", "commander", "fighter", "leader", "warlord"})  # speak for themselves
_RELATIVES = frozenset({"who", "which", "that"})


_ONE_SOLDIER = listed("titles", "military") | {"commander", "officer"}


@dataclass(slots=True)
class _Known:
    """Somebody introduced, with every word used for them so far."""

    speaker: Speaker
    words: set[str]
    person: bool
    plural: bool
    gender: str | None
    last: int
    head: str | None = None


def name_speakers(
    text: str,
    sources: Sequence[Span],
    name_actor: NameActor,
    outlet: str | None = None,
    actors: Sequence[ActorMention] = (),
) -> Mapping[Key, Speaker]:
    """The speaker behind each source, by the source's (start, end). ``outlet`` is who "we" are in the document's own
    voice; ``actors``, where given, are the document's, and tell whose "the army" is.

    >>> text = "Norland Foreign Ministry spokeswoman Ada Loft spoke. The diplomat said five died."
    >>> found = name_speakers(text, [Span(text[0:46], 0, 46), Span(text[53:65], 53, 65)], lambda phrase: None)
    >>> found[53, 65].name, found[53, 65].role, found[53, 65].body, found[53, 65].kind
    ('Ada Loft', 'spokesperson', 'Norland Foreign Ministry', 'government')
    """
    document = _Document(text, name_actor, outlet, actors)
    found: dict[Key, _Known] = {}
    for source in sorted(set(sources), key=lambda s: (s.start, s.end)):
        found[source.start, source.end] = document.resolve(source)
    named = {key: known.speaker for key, known in found.items()}  # read last: a name can stand below "the mayor said"
    bodies = {a.name for a in actors if a.role == "body"}
    named = {k: _in_full(s, bodies) for k, s in named.items()}
    monitors = {s.name for s in named.values() if s.kind == "monitor" and s.name[:1].isupper() and s.name == s.body}
    if len(monitors) == 1:  # "a war monitor" of the lead is the one that the text names later
        monitor = next(s for s in named.values() if s.name in monitors)
        named = {k: monitor if _only_described(s) else s for k, s in named.items()}
    return named


def _in_full(speaker: Speaker, bodies: set[str]) -> Speaker:
    """ "Foreign Ministry" where the document names but one: "Norland Foreign Ministry"."""
    body = speaker.body
    if body is None or " " not in body:
        return speaker
    fuller = [name for name in bodies if name.endswith(" " + body)]
    return replace(speaker, body=fuller[0]) if len(fuller) == 1 else speaker


def _only_described(speaker: Speaker) -> bool:
    return (
        speaker.kind == "monitor"
        and speaker.role is None
        and speaker.name.split()[-1] in ("monitor", "watchdog", "observatory")
    )


class _Document:
    """What has been introduced so far; one pass over the sources of one document."""

    def __init__(
        self, text: str, name_actor: NameActor, outlet: str | None, actors: Sequence[ActorMention] = ()
    ) -> None:
        self.mentions = sorted(actors, key=lambda a: a.start)
        self.starts = [a.start for a in self.mentions]
        self.text = text
        self.name_actor = name_actor
        self.outlet = outlet
        self.known: list[_Known] = []
        self.abbreviations = spelled_out(text)
        self.actors: dict[str, NamedActor | None] = {}
        self.names = Names(text)
        self.described = Described(text)

    def resolve(self, source: Span) -> _Known:
        phrase = take_apart(source.text)
        low = phrase.text.lower()
        first, _, rest = low.partition(" ")
        if low in _WE or first == "we" or (first == "our" and (rest.split(" ")[-1] in listed("ourselves"))):
            return self._ourselves(phrase)
        found = self._pronoun(low, source)
        if low in _IT:
            body = body_opening(self.text, source.start)
            body = body or body_before(self.text, source.start, found.last if found is not None else -1)
            phrase, found = (body, None) if body is not None else (phrase, found)
        if low in _THEY and (people := people_opening(self.text, source.start, found.last if found else 0)) is not None:
            phrase, found = people, None
        goes_on = found is not None and _GOES_ON.match(self.text, source.end) is not None
        if low in _HE | _SHE and (found is None or not found.person) and not goes_on:
            nearest = person_before(self.text, source.start, found.last if found is not None else -1)
            phrase, found = (nearest, None) if nearest is not None else (phrase, found)
        if found is None and phrase.person is None and self._refers(phrase):
            found = self._referent(phrase)
            if found is not None and phrase.head in _OFFICES and self._elsewhere(source, found):
                found = None
        if found is None and low.startswith("the same ") and phrase.head in {*_refers(), "station"}:
            found = _latest(self.known)  # "the same source", "the same station"
        if found is None and phrase.person is not None:
            found = self._same_name(phrase.person) or self._unnamed(phrase)
        if found is None and phrase.person is None:
            found = self._surname(phrase)
        if found is not None and found.person and phrase.person is None and phrase.role is None:
            behind = self._body_behind(found, phrase)
            if behind is not None:
                return self._introduce(behind, source)
        if found is not None:
            if found.speaker.name.islower() and found.speaker.role is None and not found.person:
                found.speaker = self._in_context(found.speaker, source)
            return self._again(found, phrase, source.start)
        return self._introduce(phrase, source)

    def _elsewhere(self, source: Span, known: _Known) -> bool:
        """ "In Teral region …, the governor said" is not the governor of Ruvan, who spoke before."""
        before = self.text[max(0, source.start - NEAR) : source.start]
        regions = [m[1].lower() for m in _REGION.finditer(re.split(r"[.!?][”\"]?\s|\n", before)[-1])]
        own = {w.lower() for w in re.findall(r"[A-Z][\w’'-]+", known.speaker.body or "")}
        return bool(regions and own) and known.words.isdisjoint(regions) and own.isdisjoint(regions)

    def _body_behind(self, known: _Known, phrase: Phrase) -> Phrase | None:
        """ "Ada Loft, spokeswoman for the prosecutor's office, said … the office added": the office, not she."""
        body = known.speaker.body
        if body is None or phrase.head is None or phrase.head not in listed("bodies") or phrase.head in roles():
            return None
        return take_apart(body) if phrase.head in re.findall(r"[\w-]+", body.lower()) else None

    def _ourselves(self, phrase: Phrase) -> _Known:
        speaker = Speaker(phrase.core, phrase.role, None, "media")
        if self.outlet:
            actor = self._actor(self.outlet)
            name = actor.name if actor is not None else self.outlet
            speaker = Speaker(name, phrase.role, name, actor.kind if actor is not None else "media")
        return _Known(speaker, set(), False, False, None, -1)

    def _pronoun(self, low: str, source: Span) -> _Known | None:
        if low in _HE | _SHE:
            gender = "woman" if low in _SHE else "man"
            people = [k for k in self.known if k.person and k.gender in (None, gender)]
            unnamed = [k for k in self.known if not k.person and k.gender in (None, gender) and _human(k)]
            found, nearer = _latest(people), _latest(unnamed)
            if found is None or (nearer is not None and self._goes_on(nearer, found, source)):
                found = nearer
            called = self._called_a_person(source)
            if called is not None and (found is None or called.last > found.last):
                found = called
            if found is not None:
                found.gender = gender
            return found
        if low in _IT:
            things = [k for k in self.known if not k.person and not k.plural]
            named = [k for k in things if k.speaker.body or k.speaker.role]
            # "A gang leader …, a rights group said …, it said": no human being, unless one that speaks for a body
            bodies = [k for k in things if k.head not in _ALONE and (k.speaker.body or not _human(k))]
            paragraph = self.text.rfind("\n", 0, source.start)
            here = [k for k in bodies if k.last > paragraph]  # "the emergency room said … It said": no role, but near
            speaking = [k for k in here or bodies if k.speaker.body or k.speaker.role]
            return _latest(speaking or here or bodies or named or things or self.known)
        if low in _THEY:
            return _latest([k for k in self.known if k.plural]) or _latest([k for k in self.known if not k.person])
        return _latest(self.known) if low in _RELATIVES else None

    def _called_a_person(self, pronoun: Span) -> _Known | None:
        """ "Ada Loft said a shell hit the mill, she said": a name that might be a body's is hers."""
        last = _latest([k for k in self.known if not k.plural])
        if last is None or last.person or last.speaker.name != last.speaker.body or last.speaker.kind != "unknown":
            return None
        name = last.speaker.name
        if not could_be_person(name) or "\n" in self.text[last.last : pronoun.start] or name in (self.outlet or ""):
            return None
        last.person, last.speaker = True, replace(last.speaker, body=None)
        return last

    def _goes_on(self, unnamed: _Known, named: _Known, pronoun: Span) -> bool:
        """Whether "he" is rather somebody unnamed who spoke last: "a medic said … he said"; "a spokesman for the army
        denied it. He said …", where who has a name spoke in another paragraph."""
        if unnamed.last <= named.last:
            return False
        if unnamed.head in _SOMEBODY_SAID:
            return True
        apart = "\n" in self.text[named.last : unnamed.last]
        return apart and unnamed.speaker.role is not None and "\n" not in self.text[unnamed.last : pronoun.start]

    def _unnamed(self, phrase: Phrase) -> _Known | None:
        """Somebody who spoke before being named: "the mayor said … Mayor Ada Loft"."""
        described = phrase.words - {w.lower() for w in (phrase.person or "").split()}
        for known in reversed(self.known):
            head = known.head
            if (
                head is None
                or known.person
                or known.plural
                or head not in described
                or known.speaker.name[:1].isupper()
            ):
                continue
            if head not in listed("many") or phrase.definite:
                known.person = True
                known.speaker = replace(known.speaker, name=self.names.fullest(phrase.person or ""))
                return known
        return None

    def _refers(self, phrase: Phrase) -> bool:
        if phrase.utterance:
            return phrase.definite
        if not phrase.definite or phrase.head is None:
            return False
        if phrase.role is None and self._actor(phrase.core) is not None:
            proper = all(w[:1].isupper() for w in phrase.core.split()) and phrase.head not in _refers()
            national = any(w.lower().strip(".") in nation_words() for w in phrase.core.split() if w[:1].isupper())
            if proper or national:
                return False  # "the SDF" names itself, even after "an SDF spokesman"; so does "the US military"
        return phrase.head in _refers() or any(phrase.head in k.words for k in self.known)

    def _referent(self, phrase: Phrase) -> _Known | None:
        if phrase.utterance:
            return _latest(self.known)
        head = phrase.head or ""
        capitals = {w.lower() for w in phrase.core.split() if w[:1].isupper()}
        adjectives = capitals & nation_words()
        wanted = set(_refers().get(head, ())) | {head}
        qualities = phrase.words - wanted - listed("fillers") - adjectives - {"of", "for", "in", "at", "s"}
        strange = {w for w in capitals - adjectives if "-" not in w}
        fits = []
        for known in self.known:
            if adjectives and not _same_nation(adjectives, known):
                continue
            if not strange <= known.words:
                continue
            exact = head in known.words
            if head in ("source", "sources", "officials", "authorities") and qualities - known.words:
                continue
            if not exact and not self._of_kind(wanted, known):
                continue
            uneven = phrase.plural != known.plural and not known.person
            if uneven and head not in _EITHER and (phrase.plural or head in ("source", "official")):
                continue
            if phrase.plural and known.person:
                continue
            fits.append((len(qualities & known.words), exact, known.last, known))
        return max(fits, key=lambda f: f[:3])[3] if fits else None

    def _of_kind(self, wanted: set[str], known: _Known) -> bool:
        if f"<{known.speaker.kind}>" in wanted and not known.person:  # "a commander" is not "the army"
            return known.plural or known.speaker.body is not None or known.words.isdisjoint(_ONE_SOLDIER)
        return ("person" in wanted and known.person) or bool(wanted & known.words - {"person"})

    def _same_name(self, person: str) -> _Known | None:
        last = last_name(person)
        for known in reversed(self.known):
            if known.person and last_name(known.speaker.name) == last and compatible(known.speaker.name, person):
                return known
        return None

    def _surname(self, phrase: Phrase) -> _Known | None:
        tokens = phrase.core.split()
        if (
            phrase.role is not None
            or not 1 <= len(tokens) <= 4
            or not phrase.core[:1].isupper()
            and "-" not in phrase.core
        ):
            return None
        low = phrase.core.lower()
        for known in reversed(self.known):
            name = known.speaker.name.lower()
            if known.person and (name == low or name.endswith((" " + low, "-" + low)) or name.startswith(low + " ")):
                return known
        return None

    def _again(self, known: _Known, phrase: Phrase, at: int) -> _Known:
        known.last = max(known.last, at)
        known.words |= phrase.words - listed("fillers")
        speaker = known.speaker
        name = (
            phrase.person if phrase.person and len(phrase.person) > len(speaker.name) and known.person else speaker.name
        )
        body, kind = speaker.body, speaker.kind
        if body is None and phrase.body is not None:
            body, kind = self._body(phrase.body, kind)
        known.speaker = Speaker(name, speaker.role or phrase.role, body, kind)
        known.gender = known.gender or gender_of(phrase)
        return known

    def _introduce(self, phrase: Phrase, source: Span) -> _Known:
        at = source.start
        speaker, person = self._told_of(*self._speaker(phrase))
        if not person and phrase.role is None and speaker.name.islower():
            speaker = self._in_context(speaker, source)
        described = re.findall(r"[\w.-]+", head_only(phrase.core).lower())
        apposed = phrase.text.lower().split(", ")[1:3]
        words = {w.strip(".") for w in described} | {w for part in apposed for w in re.findall(r"[\w-]+", part)}
        words |= {w for w in phrase.words if phrase.person is not None}
        words = words - listed("fillers") | ({phrase.head} if phrase.head else set())
        words.update(w.lower() for part in (speaker.name, speaker.body or "") for w in re.findall(r"[\w-]+", part))
        same = next((k for k in self.known if k.speaker.name == speaker.name and k.person == person), None)
        if same is not None:
            same.last = max(same.last, at)
            same.words |= words
            return same
        known = _Known(speaker, words, person, phrase.plural and not person, gender_of(phrase), at, phrase.head)
        if not phrase.utterance and phrase.text.lower() not in _PRONOUNS:
            del self.known[: max(0, len(self.known) - _REMEMBERED)]
            self.known.append(known)
        return known

    def _told_of(self, speaker: Speaker, person: bool) -> tuple[Speaker, bool]:
        """Who a bare name is, where the document says so elsewhere."""
        if speaker.kind != "unknown" or speaker.role is not None:
            return speaker, person
        if speaker.name.endswith(" side") and any(w in nation_words() for w in speaker.name.lower().split()):
            return replace(speaker, kind="government"), person  # "the Ruritanian side claims"
        if not person:
            outlet = speaker.name[:1].isupper() and self.described.is_outlet(speaker.name)
            return (replace(speaker, kind="media") if outlet else speaker), person
        told = self.described.person(speaker.name) if speaker.body is None else None
        return (replace(self._speaker(told)[0], name=speaker.name) if told is not None else speaker), person

    def _in_context(self, speaker: Speaker, source: Span) -> Speaker:
        """Whose "the army" is, as the document's actors have it."""
        at = bisect_left(self.starts, source.start)
        for mention in self.mentions[at : at + 3]:
            inside = mention.end <= source.end and mention.role in ("force", "body", "coalition")
            inside = inside and _bare(source.text) == _bare(mention.text)  # "the regional police" are not the nation's
            if inside and any(c.isupper() for c in mention.name):
                return replace(speaker, name=mention.name, body=mention.name, kind=mention.kind)
        return speaker

    def _speaker(self, phrase: Phrase) -> tuple[Speaker, bool]:
        if phrase.person is not None:
            body, kind = self._body(phrase.body, "unknown") if phrase.body else (None, kind_of(phrase.text))
            kind = kind if kind != "unknown" else kind_of(phrase.text)
            return Speaker(self.names.fullest(phrase.person), phrase.role, body, kind), True
        actor = self._actor(phrase.core)
        core = proper_core(phrase.core)
        head = phrase.head or ""
        if actor is not None and phrase.role is None and head.islower() and ends_common(head_only(phrase.core)):
            actor = actor if head in listed("bodies") else None  # "a priest on the Norish side" is not Norland
        core = core.lower() if core.isupper() and core.lower() in listed("bodies") else core
        if phrase.role is not None:
            body, kind = self._body(phrase.body, "unknown") if phrase.body else (None, "unknown")
            if body is None and actor is not None:
                body, kind = actor.name, actor.kind
            if phrase.role == "correspondent" and kind == "unknown":
                kind = "media"
            if phrase.role in _SPOKEN_FOR and body is not None:
                return Speaker(body, phrase.role, body, kind), False
            own = kind_of(head_only(phrase.core))
            if own in ("unknown", "government") and kind != "unknown":
                return Speaker(phrase.core, phrase.role, body, kind), False
            return Speaker(phrase.core, phrase.role, body, kind_of(phrase.core)), False
        part = _PART_OF.match(core)
        if actor is not None and part is not None and part["head"].lower() in _PARTS:
            return Speaker(core, None, core, actor.kind), False  # "Health Board of the Ruvan Administration"
        if actor is not None:
            proper = core[:1].isupper() and not ends_common(head_only(core))
            return Speaker(actor.name if proper else phrase.core, None, actor.name, actor.kind), False
        name = self.abbreviations.get(core) or self._spelled_by(core) or core
        if name == core and could_be_person(core) and core.lower() not in _PRONOUNS:
            full = self.names.fullest(core)
            if full != core or self.names.speaks_alone(core):
                return Speaker(full, None, None, "unknown"), True
        institution = name[:1].isupper() or (phrase.head or "") in listed("bodies")
        return Speaker(name, None, name if institution else None, kind_of(phrase.core, phrase.text)), False

    def _spelled_by(self, core: str) -> str | None:
        """The body introduced before whose initials spell an abbreviation that nobody explains."""
        if not (core.isupper() and core.isalpha() and 2 < len(core) < 8):
            return None
        for known in self.known:
            body = known.speaker.body or ""
            if "".join(w[0] for w in re.split(r"[\s-]+", body) if w[:1].isupper()) == core:
                return body
        return None

    def _body(self, body: str, kind: Kind) -> tuple[str, Kind]:
        body = re.sub(r"[’']s$", "", body)  # "Ruvan's mayor" speaks for Ruvan
        actor = self._actor(body)
        if actor is not None:
            return actor.name, actor.kind
        core = proper_core(body)
        name = self.abbreviations.get(core, core)
        found = kind_of(name, body)
        return name, found if found != "unknown" else kind

    def _actor(self, phrase: str) -> NamedActor | None:
        if phrase not in self.actors:
            core = proper_core(phrase)
            actor = self.name_actor(core)
            if actor is not None and actor.kind == "un" and _BACKED.search(core):
                actor = self.name_actor(_BACKED.sub("", core))  # "the UN-backed government" is no part of it
            self.actors[phrase] = actor if actor is not None and names_all(core, actor.name) else None
        return self.actors[phrase]


_BACKED = re.compile(r"(?:United Nations|U\.?N\.?) ?-[a-z]+ed ")


def _bare(words: str) -> str:
    return words.lower().removeprefix("the ")


def _human(known: _Known) -> bool:
    """Somebody unnamed: "a priest in the town"; no body, no outlet, no paper."""
    head = known.head or ""
    if known.plural or known.speaker.kind == "media" or head in listed("bodies") or head in listed("utterances"):
        return False
    return known.speaker.body is None or known.speaker.role is not None


def _latest(known: Sequence[_Known]) -> _Known | None:
    return max(known, key=lambda k: k.last, default=None)


def _same_nation(adjectives: set[str], known: _Known) -> bool:
    wanted = {nations().get(n, n) for n in adjectives}
    have = {nations()[w] for w in known.words if w in nations()}
    return bool(wanted & have)


@cache
def _refers() -> dict[str, list[str]]:
    table: dict[str, list[str]] = lexicon.load("speakers")["refers"]
    return table

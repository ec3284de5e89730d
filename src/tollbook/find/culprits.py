"""Who a document says does what: an actor tied by grammar to an event word or a verb of harm.

Read from word order, once for a document and without a parser: "Turkish drone strike", "killed by the army", "the SDF carried
out a raid", "shelling blamed on X", "X claimed responsibility". Whoever is struck ("strikes on X", "X was hit") is no culprit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.lexicon.phrases import Table, entry, spells, split, table
from tollbook.records import ActorMention, Basis, EventMention

_FUNCTION = frozenset(
    "a an the in on at of to and or but against was were is are be been by from that who which has have had with for as near "
    "after before during while when where into over under between among than not it its their his her said says".split()
)
_BY = re.compile(
    r"(?i)\b(\w+)\s+by\s+(?:(?:the|a|an|its|their|some|several|two|three|alleged(?:ly)?|suspected|presumed|unidentified|members|"
    r"units|elements|forces|fighters|gunmen|militants|terrorists|groups?|factions?|of|from|belonging|to|both|pro|heavy|"
    r"indiscriminate|armed|what|appeared|be|were|was|stray|local|fellow|so-called|brutal|repeated|combined|joint|fixed-wing)"
    r"[\s-]+){0,6}[\"'“‘]?\Z"
)
_CAUSE = re.compile(
    r"(?i)\b(?:as a result of|result of|due to|because of|at the hands of|hands of|in|during|following|after|from|under|to|of)\s+"
    r"(?:(?:the|a|an|heavy|intense|indiscriminate|alleged|suspected|ongoing|repeated|recent|latest|deadly|random|separate|"
    r"new|massive|another|two|three)\s+){0,3}[\"'“‘]?\Z"
)
_ACCUSED = re.compile(
    r"(?i)\b(?:accus(?:e|es|ed|ing)|blam(?:e|es|ed|ing)(?: \w+){0,4} on|blam(?:e|es|ed|ing)|suspects?|suspected(?: of being)?|"
    r"believed? (?:that )?(?:it |they )?(?:to be|to have been|was|were|is|are)|believed to belong to|held|holds|holding|"
    r"alleged(?:ly)?|attributed(?: \w+){0,3} to|pointed (?:the|a) finger at|points? to|responsibility (?:of|lies with)|"
    r"thought to be|presumably|probably|apparently|appears? to be|appeared to be)\s+(?:the\s+|by\s+)?\Z"
)
_ADMITS = re.compile(
    r"(?i)\A[\s,]*(?:\(\w+\)\s*)?(?:\w+\s+){0,3}?(?:claimed|claims|accepted|took|has taken|assumed|admitted|acknowledged|"
    r"acknowledges|admits|confirmed)\s+(?:\w+\s+){0,3}?(?:responsibility|responsible|killing|carrying|striking|bombing|the "
    r"(?:attack|strike|killing|raid|bombing))"
)
_TARGET = re.compile(
    r"(?i)\b(?:against|targeting|on|at|toward|towards|into|inside|killing|wounding|injuring|striking|hitting|killed|wounded|"
    r"injured|target|targets|target of|targeted|hit|struck|near|attacked|bombed|shelled|attacking|bombing|raided|stormed|"
    r"shelling of|bombing of|bombardment of|killing of|attack on|strike on|between)\s+(?:(?:the|a|an|suspected|alleged|senior|"
    r"several|many|some|two|three|four|five|six|seven|top|local|former|members? of|positions? of|sites? of)\s+){0,4}\Z"
)
_SITES = re.compile(
    r"(?i)\A['’]?s?\s+(?:[\w-]+\s+){0,2}?(?:positions?|sites?|posts?|bases?|headquarters|targets?|vehicles?|convoys?|stronghold"
    r"s?|territory|areas?|held|controlled|leaders?|commanders?|operatives?|members?|officials?|civilians?|nationals?|citizens?|"
    r"journalists?|embassy|consulate|authorities|border|village|town|city|cities|province|countryside|people|families|family|"
    r"refugees|camps?|checkpoints?|barracks|prisoners?|detainees|workers?|children|women|men|man|woman|girl|boy)\b"
)


@dataclass(frozen=True, slots=True)
class Culprit:
    """An actor and the word it is tied to. ``basis`` is set where the tie itself says it ("blamed", "claimed responsibility");
    ``by`` is who accuses. ``weight``: how sure the tie is, 0 to 3."""

    actor: ActorMention
    link: tuple[int, int]
    event: EventMention | None
    basis: Basis | None
    by: str | None
    weight: int


@cache
def _verbs() -> Table:
    data = lexicon.load("events")["verbs"]
    entries = [entry(p, sort, p) for sort in ("harm", "light") for p in data[sort]]
    return table(entries)


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon.load("events")
    return frozenset(data["verbs"]["passive"]), frozenset(data["reporting"]["words"])


def find_culprits(
    text: str,
    passages: Sequence[tuple[int, int]],
    actors: Sequence[ActorMention],
    events: Sequence[EventMention],
) -> tuple[Culprit, ...]:
    """Every tie of a document, in order. ``passages``: start and end of its sentences."""
    out: list[Culprit] = []
    for start, end in passages:
        here = [a for a in actors if start <= a.start < end and a.role not in ("observer", "people")]
        if not here:
            continue
        told = [e for e in events if start <= e.start < end]
        sentence = _Sentence(text, start, end, told)
        for a in here:
            found = sentence.tie(a, here)
            if found:
                out.append(found)
    return tuple(out)


class _Sentence:
    """One sentence and its event words."""

    def __init__(self, text: str, start: int, end: int, events: list[EventMention]) -> None:
        self.text, self.start, self.end, self.events = text, start, end, events
        self.passive, self.reporting = _lists()

    def tie(self, a: ActorMention, actors: list[ActorMention]) -> Culprit | None:
        before, after = self.text[self.start : a.start][-90:], self.text[a.end : self.end][:120]
        if _ADMITS.match(after) and a.role != "adjective":
            return Culprit(a, (a.start, a.end), None, "admitted", None, 3)
        accused = _ACCUSED.search(before)
        if accused:
            by = next((x.name for x in actors if x.end <= self.start + len(self.text[self.start : a.start]) - 1), None)
            near = self.modified(a)
            return Culprit(a, (a.start, a.end), near, "accused", by if "accus" in accused[0].lower() else None, 3)
        by_whom = _BY.search(before)
        if by_whom and by_whom[1].lower() not in self.reporting and not _SITES.match(after):
            at = a.start - len(before) + by_whom.start()
            return Culprit(a, (at, at + len(by_whom[1])), self.modified(a) or self.at(at), None, None, 3)
        if by_whom:
            return None
        inside = next((e for e in self.events if a.start <= e.start < a.end), None)
        if inside is not None and not _TARGET.search(before):
            return Culprit(a, (inside.start, inside.end), inside, None, None, 3)
        near = self.modified(a)
        if near is not None and not self.struck(near):
            return Culprit(a, (near.start, near.end), near, None, None, 3)
        if _TARGET.search(before) or a.role == "adjective":
            return None
        return self.subject(a)

    def at(self, position: int) -> EventMention | None:
        return next((e for e in self.events if e.start <= position < e.end), None)

    def modified(self, a: ActorMention) -> EventMention | None:
        """The event noun of which the actor is a modifier, or the event verb that follows it at once."""
        for e in self.events:
            if e.start < a.end:
                if e.start >= a.start:
                    return e
                continue
            gap = self.text[a.end : e.start]
            words = gap.replace("’", "'").removeprefix("'s").removeprefix("'").split()
            plain = all(w.strip("\"“”'-").isalnum() or "-" in w for w in words)
            if len(words) > 3 or not plain or any(w.lower() in _FUNCTION for w in words):
                return None
            return e
        return None

    def struck(self, e: EventMention) -> bool:
        """Whether the event word after an actor is a passive: "SDF fighters targeted by", "the convoy was hit"."""
        verb = e.text.lower().endswith("ed") or e.text.lower() in ("hit", "struck", "shot", "shot dead", "killed in")
        if not verb:
            return False
        following = self.text[e.end : self.end].split()[:2]
        return bool(following) and following[0].lower() in ("by", "in", "during", "near", "when", "as", "while")

    def subject(self, a: ActorMention) -> Culprit | None:
        """An active verb of harm or of doing, or an event verb, after the actor and before the clause ends."""
        words = split(self.text[a.end : min(self.end, a.end + 160)])
        tail = self.text[a.end : min(self.end, a.end + 160)]
        verbs = _verbs()
        previous: list[str] = []
        for i, w in enumerate(words[:14]):
            found = next((e for e in verbs.get(w.key, ()) if spells(tail, words, i, e)), None)
            at = a.end + w.start
            event = self.at(at)
            if found or (event is not None and (event.text.lower().endswith("ed") or event.text.lower() in ("struck",))):
                if any(p in self.passive for p in previous[-2:]):
                    return None
                last = words[i + (len(found.words) if found else 1) - 1]
                rest = tail[last.end :].split()[:1]
                if not previous and rest and rest[0].lower().strip(",") in ("in", "by", "near", "during", "after", "as", "when"):
                    return None  # "SDF fighters killed in ..."
                return Culprit(a, (at, a.end + last.end), event or self.after(at), None, None, 2)
            if w.key in ("said", "says", "told", "reported", "announced", "added", "denied", "condemned", "warned", "claimed"):
                return None
            gap = tail[words[i - 1].end if i else 0 : w.start]
            if ";" in gap or ". " in gap or ": " in gap:
                return None
            previous.append(w.key)
        return None

    def after(self, position: int) -> EventMention | None:
        """The strong event word that follows, or any: "carried out a drone strike"."""
        later = [e for e in self.events if position <= e.start < position + 90]
        return next((e for e in later if not e.weak), later[0] if later else None)

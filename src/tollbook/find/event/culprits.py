"""Who a document says does what: an actor tied by grammar to an event word or a verb of harm.

Read from word order, once for a document and without a parser: "Turkish drone strike", "killed by the army", "the SDF
carried out a raid", "shelling blamed on X", "X claimed responsibility". Whoever is struck ("strikes on X", "X was hit")
is no culprit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tollbook import lexicon
from tollbook.find.event.events import within
from tollbook.find.event.fights import sides, speaks
from tollbook.find.event.tie import (
    ALLIED,
    ASIDE,
    BARE,
    BEFORE_BARE,
    DOWNED,
    DRESSED,
    KNOWN_AS,
    MEANT,
    PERSONS,
    REGION,
    SHOTS,
    STRUCK_AT,
    VIOLENT,
    Culprit,
    as_army,
    in_passing,
    looks_back,
    passive_and_reporting,
    undergoes,
    verbs,
)
from tollbook.find.event.timed import without_time
from tollbook.lexicon.phrases import spells, words_of
from tollbook.records import ActorMention, EventMention

_TIES = lexicon.load("events")["ties"]


def _any(key: str) -> str:
    return "|".join(_TIES[key])


_FUNCTION = frozenset(_TIES["function"])
_STOPS = frozenset(_TIES["stops"])
_SPEECH = frozenset(_TIES["speech"])
_MAKES = frozenset(_TIES["makes"])
_AGENTIVE = frozenset(_TIES["agentive"])
_PASSIVE_BEFORE = frozenset(_TIES["passive_before"])
# All are matched against at most 90 code points before an actor, or 120 behind it.
_BY = re.compile(rf"(?i)\b(\w+)\s+(by|from)\s+(?:(?:{_any('by_between')})[\s-]+){{0,6}}[\"'“‘]?\Z")
# "blamed [the northern front of] the X"
_ACCUSED = re.compile(
    rf"(?i)\b(?:{_any('accusing')})\s+(?:the\s+|by\s+)?(?:(?:\w+\s+){{0,3}}(?:of|from)\s+(?:the\s+)?)?"
    r"(?:(?:armed|banned|extremist|insurgent|jihadist|militant|outlawed|rebel|separatist|terrorist)\s+){0,2}[\"“'‘]?\Z"
)
_VAGUE = re.compile(r"(?i)alleged|suspected|presum|probab|apparent")
_WHO_SUSPECTS = re.compile(
    r"(?i)\b(?:authorities|commanders?|forces|he|investigators|military|officers?|officials?|police|residents|she|they|we|"
    r"witnesses)\s\Z"
)
# "Police usually suspect X", "X has claimed similar attacks", "X has not claimed": none of it is about this one.
_ELSEWHERE = re.compile(rf"(?i)\b(?:{_any('elsewhere')})\b|n['’]t\s")
# "The shells came from the direction of the X positions", "was fired from X-held areas".
_CAME_FROM = re.compile(rf"(?i)\b(?:{_any('coming')})\s+from\s+(?:(?:{_any('coming_between')})\s+){{0,4}}\Z")
# "denied that one of its jets had killed", "denies bombing": others say so.
_DENIES = re.compile(
    rf"(?i)\A(?:\s+(?!who\b|which\b)[\w'’]+){{0,4}}?\s+(?:{_any('denying')})\s+"
    r"(?:(?:any\s+)?(?:responsibility|involvement)|(?:that\s+)?(?:\w+\s+){0,3}?(?:it|its|they|their)\s|(?=\w+ing\b))"
)
_RESPONSIBLE = re.compile(r"(?i)\W*(?:\w+\s+){0,3}?(?:responsible|accountable)\b")
# "The army claims the strike on Zalba killed ten" claims no strike of its own.
_HARMS_THEN = (
    r"(?:\s(?!that\b|which\b|who\b)[\w'’-]+){0,5}?\s(?:caused|hit|injured|killed|left|targeted|was|were|wounded)\b"
)
_ADMITS = re.compile(
    rf"(?i)\A[\s,]*(?:\(\w+\)\s*)?(?:(?:(?:to|of|with|for|from)\s)?(?:whom?|which|whose)\s[^,.;]{{1,100}},\s+)?"
    r"(?:\w+\s+){0,3}?"
    rf"(?:(?:{_any('admitting')})\s+(?:\w+\s+){{0,3}}?(?:{_any('admitted')})\b(?!{_HARMS_THEN})"
    rf"|confirm(?:ed|s)\s+(?:\w+\s+){{0,3}}?(?:{_any('confirmed')})\b"
    r"|(?:say|said|says|told|announced|declared)\b[^.;]{0,70}?\s"
    r"(?:it|they|(?:its|their)\s\w+|(?:his|her|the)\s(?:outfit|group|organi[sz]ation|movement|front))\s(?:(?:was|were|had\sbeen)\s"
    r"(?:behind|responsible)|(?:had\s)?(?:carried\sout|done|fired|laid|planted|staged)\s(?:it|them|the|this)\b))"
)
# "X was to blame", "X had done it", unless somebody only asks whether.
_GUILTY = re.compile(rf"(?i)\A(?:\s(?:fighters|forces|gunmen|men|militants|rebels))?\s(?:{_any('guilty')})\b")
_ASKS = re.compile(r"(?i)\b(?:if|whether|evidence that|denied|denies|no indication)\b[^.;]{0,40}\Z")
# "The army said it was targeting a commander", "... was looking into the report".
_LOOKS_INTO = re.compile(
    r"(?i)\A(?:\s(?!who\b|which\b)[\w'’]+){0,3}?\s(?:said|says|say|claims?|claimed)(?:\sthat)?\s(?:it|they)\s"
    rf"(?:(?:is|are|was|were)\s)?(?:{_any('looks_into')})\b"
)
_NO_DOERS = frozenset({"observer", "people"})
_FLYING = frozenset({"airstrike", "drone_strike", "missile_strike", "shelling"})
_LAID_BY = frozenset({"buried", "laid", "left", "placed", "planted", "set"})
_HOURS = frozenset({"dark", "dawn", "daybreak", "dusk", "midnight", "nightfall", "noon", "sunrise", "sunset"})
_LEFT_DEAD = re.compile(r"(?i)(?:left|leaving) (?:[\w-]+ ){1,5}?(?:dead|wounded|injured)\b")
# "X has been blamed for the killing of", "X, accused of shelling".
_CHARGED = re.compile(
    r"(?i)\A(?:,\s(?!and\b|but\b)[^,.;]{1,80},)?[\s,]*(?:(?:who|which)\s)?(?:(?:is|are|was|were|has|have|had|been|being|also|often|repeatedly|widely)\s+)*"
    r"(accused\s+of|blamed\s+(?:for|in)|held\s+responsible\s+for)\b"
)
_TARGET = re.compile(rf"(?i)\b(?:{_any('target_before')})[\s-]+(?:(?:{_any('target_between')})\s+){{0,4}}\Z")
_AGAINST = re.compile(rf"(?i)\b(?:{_any('against')})[\s-]+(?:the\s+)?\Z")
# "The army said it had killed ...", "Turkey announced that its drones struck ...": who speaks is who did it.
_ITSELF = re.compile(
    r"(?i)\A(?:\s\(\w{1,12}\))?(?:,\s(?!and\b|but\b)[^,.;]{1,80},)?"
    rf"(?:\s+(?!who\b|which\b|that\b|suspect|accus|blam)[\w'’]+,?){{0,9}}?\s+(?:{_any('own_words')})\s+"
    r"(?:to\s+have\s|(?:(?!its\b|it\b|they\b|their\b)\w+\s+){0,3}?(?:it|they|its \w+|their \w+)\s)"
)
_MADE = re.compile(
    r"(?i)[- ](?:made|built|supplied|provided|style|manufactured|designed|bought|related|linked|held|controlled)\b"
)
_PLACE = re.compile(rf"(?i)(?:\b(?:{_any('place_before')}|(?:in|of|from|to|between) [\w.-]+(?: [\w.-]+)? and)|,)\s*\Z")
_BESIDE = re.compile(
    rf"(?i)\A[\s,]*(?:\(\w+\)[\s,]*)?(?:{_any('beside')})[\s,]*(?:(?:the|its|their|by|allied)\s+){{0,2}}\Z"
)
_SITES = re.compile(rf"(?i)\A['’]?s?\s+(?:(?!\w*(?:ed|ing)\b)[\w-]+\s+)?(?:{_any('sites')})\b")
_BUILDING = re.compile(rf"(?i)\A['’]?s?\s+(?:{_any('buildings')})\b")
_BETWEEN = re.compile(r"(?i)\b(?:between|among)\s+(?:the\s+)?(?:[\w'’().-]+\s+){0,8}?(?:and\s+(?:the\s+)?)?\Z")

# "the attack that X launched"
_THAT = re.compile(r"(?i)\b(\w+),? (?:that|which) (?:the )?\Z")
_CARRIED_OUT = re.compile(
    r"(?i)\A (?:\w+ )?(?:carried out|committed|conducted|launched|mounted|perpetrated|staged|waged)\b"
)
_AFTER_NO_NAME = re.compile(r"\b(?:[a-z]+|[A-Z][a-z]+day|20\d\d|19\d\d), (?:the )?\Z")
_DID = re.compile(r" (?:\w+ly |has |had )?(?:attacked|bombed|fired|killed|shelled|shot|struck|targeted|wounded)\b")
_RULERS = re.compile(r"(?i)\b(?:occupation|regime|government|enemy|invaders?|state)\b")
# (the attack) "which was" claimed by
_WAS = re.compile(r",? (?:(?:which|that) )?(?:(?:has|had|have|was|were|been|later|also|both) ){0,4}")
# "(the shelling) of the town of" Zalba by the army
_ITS_OBJECT = re.compile(r" (?:against|in|of|on) (?:[\w'’-]+ ){0,5}")
_CAPTIVE = re.compile(r"(?i)\b(?:abduct|captiv|captor|hostage|kidnap)")
_ITS = re.compile(r"(?<!\band)(?<!,) (?:its|their) \Z")
_AND_ITS = re.compile(r" and (?:its|their) (?:\w+ ){0,2}")
_EXCHANGE = re.compile(r"(?i)\bexchanges? of (?:\w+ ){0,2}?(?:fire|artillery|shell\w*|rockets?|gunfire) between\b")
_HARMED = frozenset({"dead", "injured", "killed", "shot", "stabbed", "wounded"})
_DEVICES = frozenset({"bombing", "landmine"})
_BASE = re.compile(r"(?i)['’]?s?\s+(?:base|camp|garrison|outpost|position|post)s?\b")
_LAID = re.compile(
    r"(?i)(?:laid|planted|placed|left|buried|detonated|set off) "
    r"(?:it|them|the (?:\w+ )?(?:bombs?|charges?|devices?|explosives?|mines?))\b"
)
_AT_LEAST = re.compile(r"\s+at (?:least|most)\b")
# "an incursion of the X forces", "warplanes of the X": the doer, where the word before cannot be what was done to them.
_OF_WHOM = re.compile(rf"(?i)\b(?:{_any('of_whom')})\s+of\s+(?:the\s+|a\s+)?\Z")
_NEGATIONS = frozenset({"never", "not", "neither"})
_COUNTED = re.compile(
    r"\d[\d,]*|" + "|".join(lexicon.load("numbers")["units"]) + "|dozens?|hundreds?|several|many|some"
)
_RELATIVE = frozenset({"that", "which", "who"})
# "A girl told police that her brother had shot her": whom somebody tells did nothing.
_TOLD = re.compile(r"(?i)\b(?:informed|tell|telling|tells|told)\s+(?:the\s+)?\Z")
_ALSO = re.compile(r"\band (?:then |later |also )?(?=(\w+))")
# "One of the attackers was shot dead by police": says nothing of whom the attackers killed.
_FOE = re.compile(
    r"(?i)\b(?:assailants?|attackers?|bandits?|bombers?|gunm[ae]n|insurgents?|militants?|rebels?|suspects?|terrorists?)\b"
    r"[^,;:]{0,60}\Z"
)
_FELLED = re.compile(r"(?i)\b(?:gunned|mowed|mown|shot) down\Z")
_THEY = re.compile(r"\b[Tt]hey\b")
_BANDS = frozenset({"force", "group", "coalition", "members", "unidentified"})
_THEY_TOOK = re.compile(  # "They separated the men from the others and led away 15"
    r" (?:(?:also|then|even|later|had) )?(?:\w+ed\b[^.;]{0,80}? and )?(?:then )?"
    r"(ambushed|bombed|captured|dragged|fired|led|opened fire|raided|rounded up|seized|shelled|stormed|took|torched)\b"
)


def find_culprits(
    text: str,
    passages: Sequence[tuple[int, int]],
    actors: Sequence[ActorMention],
    events: Sequence[EventMention],
) -> tuple[Culprit, ...]:
    """Every tie of a document, in order. ``passages``: start and end of its sentences."""
    out: list[Culprit] = []
    before_it: Sequence[ActorMention] = ()  # those of the two sentences before who may be "they"
    older: Sequence[ActorMention] = ()
    for start, end in passages:
        here = [a for a in (as_army(a, text) for a in within(actors, start, end)) if a.role not in _NO_DOERS]
        told = [e for e in within(events, start, end) if e.type is not None or e.weak]
        sentence = _Sentence(text, start, end, told, here)
        if "report" in text[start:end] or "target" in text[start:end] or "incident" in text[start:end]:
            sentence.flown = next(
                (
                    e
                    for e in reversed(within(events, start - 600, end))
                    if e.type in _FLYING or e.text.lower() in ("strike", "strikes")
                ),
                None,
            )
        known = len(out)
        out += sentence.they([*older, *before_it])
        older, before_it = before_it, [a for a in here if a.role in _BANDS and not sentence.speaks(a)]
        if not here:
            continue
        if "it" in text[start:end] or "the" in text[start:end]:
            sentence.device = next((e for e in reversed(within(events, start - 600, end)) if e.type in _DEVICES), None)
        last: Culprit | None = None
        before: ActorMention | None = None
        for a in here:
            found = sentence.tie(a)
            if found is None and last is not None and a.role not in ("adjective", "seat") and last.weight > 1:
                gap = text[last.actor.end : a.start]
                if _BESIDE.match(gap) and gap.strip(" ,"):
                    found = Culprit(a, last.link, last.event, last.basis, last.by, 1)
            if found:
                if before is not None and found.link[0] >= a.end and _AND_ITS.fullmatch(text[before.end : a.start]):
                    out.append(replace(found, actor=before))  # "the Ruritanian army and its militias shelled"
                out.append(found)
                last = found
                out += sentence.also(found)
            before = a if found is None and a.party is not None else None
        out += sides(text, (start, end), told, here, out)
        if len(out) > known and looks_back(text[start:end]):
            out[known:] = [replace(c, past=True) for c in out[known:]]
    return tuple(sorted(out, key=lambda c: c.actor.start))


class _Sentence:
    """One sentence, its event words and its actors."""

    def __init__(self, text: str, start: int, end: int, events: list[EventMention], actors: list[ActorMention]) -> None:
        self.text, self.start, self.end, self.events, self.actors = text, start, end, events, actors
        self.device: EventMention | None = None  # the bomb or mine spoken of last
        self.flown: EventMention | None = None  # the strike from afar spoken of last
        self.passive, self.reporting = passive_and_reporting()

    def tie(self, a: ActorMention) -> Culprit | None:
        before, after = self.text[self.start : a.start][-90:], self.text[a.end : self.end][:120]
        admits = _ADMITS.match(after)
        if _ITS.search(before) and a.name.islower() and any(x.end < a.start and x.party for x in self.actors):
            return None  # "the Front said its commandos had"
        if admits and a.role != "adjective" and not _ELSEWHERE.search(after[: admits.end() + 40]):
            return Culprit(a, (a.start, a.end), None, "admitted", None, 3)
        accused = _ACCUSED.search(before[-70:])
        if accused and accused[0][:4].lower() in ("held", "hold") and not _RESPONSIBLE.match(after):
            accused = None
        if accused and _ELSEWHERE.search(before[-95:]):
            accused = None
        allied = before[-6:].lower().endswith(("to ", "with ", "the ")) and ALLIED.search(before[-40:])
        if allied and before.count(",") == 1 or in_passing(before[-60:], after):
            return None  # "the Front, a group allied with X, is accused of"
        if a.role not in ("adjective", "observer", "people") and _GUILTY.match(after) and not _ASKS.search(before):
            return Culprit(a, (a.start, a.end), None, "accused", None, 3, "guilty")
        if " as " in before[-24:].lower() and KNOWN_AS.search(before):
            return Culprit(a, (a.start, a.end), None, "accused", None, 3)
        armed = a.role in ("force", "coalition") and a.kind == "military"
        if armed and self.flown is not None and _LOOKS_INTO.match(after):
            return Culprit(a, (a.start, a.end), self.flown, "accused", None, 2)
        near = self.modified(a)
        vague = accused is not None and a.role in ("group", "members") and _VAGUE.match(accused[0]) is not None
        vague = vague and accused is not None and not _WHO_SUSPECTS.search(before[-70:], 0, accused.start())
        came = _CAME_FROM.search(before[-70:])
        if came:
            return Culprit(a, (a.start, a.end), None, "accused", None, 3)
        if accused and (near is not None or not vague):
            by = next((x.name for x in self.actors if x.end < a.start), None)
            return Culprit(a, (a.start, a.end), near, "accused", by if "accus" in accused[0].lower() else None, 3)
        clash = next((e for e in self.events if e.type == "clash"), None)
        between = _BETWEEN.search(before) if a.role not in ("adjective", "seat") else None
        if clash is not None and between is not None:
            return Culprit(a, (clash.start, clash.end), clash, "inferred", None, 3)
        exchange = _EXCHANGE.search(before) if between is not None else None
        if exchange is not None:
            at = a.start - len(before) + exchange.start()
            return Culprit(a, (at, at + 8), self.after(at), "inferred", None, 3)
        by_whom = _BY.search(before)
        at = a.start - len(before) + by_whom.start() if by_whom else 0
        if by_whom and by_whom[2].lower() == "from" and by_whom[1].lower() not in SHOTS and self.at(at) is None:
            by_whom = None
        claimed = self.ending(at, _WAS) if by_whom and by_whom[1].lower() == "claimed" else None
        if claimed is not None:
            return Culprit(a, (claimed.start, claimed.end), claimed, "admitted", None, 3)
        if by_whom and not self.agent(by_whom[1], before[: by_whom.start()], at):
            return None
        if by_whom and not _SITES.match(after):
            word = by_whom[1].lower()
            felled = word == "down" and _FELLED.search(before[: by_whom.end(1)]) is not None
            word = "shot" if felled else word if word in _HARMED else ""
            word = "foe" if word and _FOE.search(before[: by_whom.start()]) else word
            done = self.device if by_whom[1].lower() in _LAID_BY else self.ending(at, _ITS_OBJECT)
            return Culprit(a, (at, at + len(by_whom[1])), self.modified(a) or self.at(at) or done, None, None, 3, word)
        if by_whom:
            return None
        inside = next((e for e in self.events if a.start <= e.start < a.end), None)
        if inside is not None and not inside.weak and not _TARGET.search(before[-50:]) and not _BASE.match(after):
            return Culprit(a, (inside.start, inside.end), inside, None, None, 3)
        if self.object(a) or self.place(a, before) or _BUILDING.match(after) or STRUCK_AT.search(before[-60:]):
            return None
        armed = a.role in ("force", "group", "coalition") or (a.role == "state" and _RULERS.search(a.text) is not None)
        of = _OF_WHOM.search(before) if armed and not (_SITES.match(after) or _TARGET.search(before[-50:])) else None
        if of is not None:
            at = a.start - len(before) + of.start()
            return Culprit(a, (at, a.start), self.at(at) or self.modified(a), None, None, 2)
        denies = _DENIES.match(after)
        if denies and a.role not in ("adjective", "state"):
            later = self.after(a.end + denies.end())
            return Culprit(a, (a.start, a.end), later, "accused", None, 2, "denied")
        charged = _CHARGED.match(after)
        if charged and a.role not in ("adjective", "people"):
            span = (a.end + charged.start(1), a.end + charged.end())
            return Culprit(a, span, self.after(span[1]), "accused", None, 3, "charged")
        owns = self.text[a.end : a.end + 2] in ("'s", "’s")
        near = self.modified(a) if a.role != "seat" or owns else None  # "the Mogadishu bombing" says where
        if near is not None and self.suffers(a, near):
            return None
        if near is not None and not self.struck(near) and not _AGAINST.search(before[-20:]):
            return Culprit(a, (near.start, near.end), near, None, None, 3)
        whose = _THAT.search(before) if a.role != "adjective" and _CARRIED_OUT.match(after) else None
        done = self.at(a.start - len(before) + whose.start(1)) if whose else None
        if done is not None:
            return Culprit(a, (done.start, done.end), done, None, None, 3)
        if _TARGET.search(before[-50:]) or a.role in ("adjective", "seat"):
            return None
        if a.role == "state" and self.text[a.end : a.end + 2] in (" (", ", ", " -"):
            return None
        if a.role in ("state", "group") and self.text[a.end : a.end + 2] in ("'s", "’s"):
            return None
        if _TOLD.search(before[-20:]):
            return None
        itself = _ITSELF.match(after)
        if itself and not ("," in itself[0] and ASIDE.search(before)):
            found = self.subject(a, a.end + itself.end())
            return replace(found, basis="admitted") if found and found.word not in BARE else None
        return self.subject(a, a.end)

    def they(self, before: Sequence[ActorMention]) -> Iterator[Culprit]:
        """ "They shot my husband": those who were spoken of last, where they carry arms."""
        for m in _THEY.finditer(self.text, self.start, self.end):
            known = [a for a in (*before, *self.actors) if a.end <= m.start() and a.role in _BANDS]
            known = [a for a in known if not DRESSED.search(self.text, max(0, a.start - 40), a.start)]
            if not known or self.speaks(known[-1]):
                continue
            actor = replace(known[-1], text=m[0], start=m.start(), end=m.end())
            found = self.subject(actor, m.end())
            taken = _THEY_TOOK.match(self.text, m.end(), self.end)
            if found is not None and found.word in VIOLENT:
                yield found
            elif taken is not None:
                yield Culprit(actor, taken.span(1), self.at(taken.start(1)), None, None, 2, taken[1].lower())

    def also(self, first: Culprit) -> Iterator[Culprit]:
        """What the same subject did besides: "torched houses and shot five"."""
        if first.basis is not None or first.link[0] < first.actor.end:
            return
        end = min(self.end, first.link[1] + 140)
        for m in _ALSO.finditer(self.text, first.link[1], end):
            event = self.at(m.end())
            word = m[1].lower()
            past = event is not None and (word.endswith("ed") or word == "shot")
            if past and not any(first.actor.end < a.start < m.start() for a in self.actors if a.role == "group"):
                yield replace(first, link=(m.end(), m.end(1)), event=event, weight=1, word=word)

    def speaks(self, a: ActorMention) -> bool:
        """Whether an actor is only who says so."""
        return speaks(self.text, self.start, self.end, a)

    def agent(self, word: str, before: str, at: int) -> bool:
        """Whether "by" follows a word of violence: "killed by", "captured on Monday by", not "stopped by"."""
        if word.lower() == "held" and _CAPTIVE.search(self.text, max(0, self.start - 600), self.end):
            return True
        if word.lower() in self.reporting:
            return False
        if self.at(at) is not None:
            return True
        told = without_time(f"{before}{word}")
        keys = [w.key for w in words_of(told)[-7:]]
        return any(k in _AGENTIVE or k in verbs() for k in keys) or self.ending(at, _ITS_OBJECT) is not None

    def ending(self, at: int, between: re.Pattern[str]) -> EventMention | None:
        """The last event word before a word, where nothing but such words stands between."""
        e = next((e for e in reversed(self.events) if e.end < at), None)
        return e if e is not None and between.fullmatch(self.text, e.end, at) else None

    def place(self, a: ActorMention, before: str) -> bool:
        """Whether a country or its capital only says where; "US" and "U.K." serve as adjectives."""
        if a.role == "state" and any(x.end == a.start - 1 for x in self.actors):
            return True  # "US Syria bombings"
        if a.role == "state" and _AFTER_NO_NAME.search(before) and _DID.match(self.text, a.end):
            return False  # "In another instance, the United States wrongly killed ten"
        short = len(a.text.replace(".", "")) <= 3 or _RULERS.search(a.text) is not None  # "In Syria, regime shelling"
        return a.role in ("state", "seat") and not short and _PLACE.search(before[-40:]) is not None

    def object(self, a: ActorMention) -> bool:
        """Whether a verb of violence stands right before the actor: "droning Syria", "attacked Israel"."""
        return any(
            e.text.lower().endswith(("ing", "ed")) and not self.text[e.end : a.start].strip().removeprefix("the")
            for e in self.events
            if e.end < a.start <= e.end + 5 and a.role in ("state", "group", "force")
        )

    def at(self, position: int) -> EventMention | None:
        return next((e for e in self.events if e.start <= position < e.end), None)

    def modified(self, a: ActorMention) -> EventMention | None:
        """The event noun of which the actor is a modifier, or the event verb that follows it at once."""
        if a.role == "adjective" and REGION.search(self.text[self.start : a.start]):
            return None  # "in S. Ruritanian airstrike" says where
        for e in self.events:
            if e.start < a.end:
                if e.start >= a.start and not e.weak:
                    return e
                continue
            gap = self.text[a.end : e.start]
            words = gap.replace("’", "'").removeprefix("'s").removeprefix("'").split()
            if any(a.end < x.start < e.start and x.role != "state" for x in self.actors) or _MADE.match(gap):
                return None
            if words and undergoes(a, words[0].lower(), e.text.lower()):
                return None
            if "--" in gap or "–" in gap or "—" in gap or DOWNED.search(gap + e.text):
                return None
            plain = all(w.strip("\"“”'-").isalnum() or "-" in w for w in words)
            if len(words) > 3 or not plain or any(w.lower() in _FUNCTION for w in words):
                return None
            if words and e.text.lower().endswith("ed") and _COUNTED.fullmatch(words[-1].lower()):
                return None  # "the army rescued 30 kidnapped girls"
            return None if a.role == "adjective" and not words and e.text.lower() in _MAKES else e
        return None

    def suffers(self, a: ActorMention, e: EventMention) -> bool:
        """ "Ruritania villages attacked": a country that only says where; "a 17-year-old Ruritanian stabbed a guard":
        one person, no party."""
        verb = e.text.lower().endswith(("ed", "shot", "hit", "struck"))
        between = self.text[a.end : e.start].split()
        if a.role == "state" and verb and between and between[0] not in ("'s", "’s"):
            return True
        person = bool(between) and between[-1].lower() in PERSONS or e.text.lower() in PERSONS
        return a.role in ("adjective", "people") and (person or verb and not between)

    def struck(self, e: EventMention) -> bool:
        """Whether the event word after an actor is a passive: "SDF fighters targeted by", "the convoy was hit"."""
        verb = e.text.lower().endswith("ed") or e.text.lower() in ("hit", "struck", "shot", "shot dead", "killed in")
        if not verb:
            return False
        following = self.text[e.end : self.end].split()[:2]
        return bool(following) and following[0].lower() in _PASSIVE_BEFORE

    def subject(self, a: ActorMention, start: int) -> Culprit | None:
        """An active verb of harm or of doing, or an event verb, from ``start`` on and before the clause ends."""
        tail = self.text[start : min(self.end, start + 160)]
        words = words_of(tail)
        known = verbs()
        previous: list[str] = []
        for i, w in enumerate(words[:14]):
            found = next((e for e in known.get(w.key, ()) if spells(tail, words, i, e)), None)
            at = start + w.start
            event = self.at(at)
            if i and w.key in _RELATIVE and self.at(start + words[i - 1].start) is not None:
                return None  # "expressed its sorrow over the attack that killed nine"
            if previous and w.key.endswith("ed") and _COUNTED.fullmatch(previous[-1]):
                previous.append(w.key)
                continue
            noun = bool(previous) and previous[-1] in ("the", "a", "of", "in", "for") and w.key.endswith(("ing", "ed"))
            noun = noun or previous[-1:] == ["to"] and not MEANT.isdisjoint(previous[-2:-1])
            noun = noun or (w.key in BARE and bool(previous) and previous[-1] not in BEFORE_BARE)
            if w.key in _NEGATIONS and i < 6 or DOWNED.match(tail, w.start):
                return None
            idle = found is not None and found.sort == "light" and (event or self.after(at)) is None
            if idle and self.device is not None and _LAID.match(tail, w.start):
                return Culprit(a, (at, start + w.end), self.device, "accused", None, 2, w.key)
            if w.key in ("left", "leaving") and _LEFT_DEAD.match(tail, w.start):
                return Culprit(a, (at, start + w.end), self.after(at), None, None, 2, "killed")
            if noun or idle:
                previous.append(w.key)
                continue
            if found or (event is not None and event.text.lower().endswith("ed")):
                if any(p in self.passive for p in previous[-6:]):
                    return None
                last = words[i + (len(found.words) if found else 1) - 1]
                rest = tail[last.end :].split()[:1]
                had = any(p in ("has", "have", "had") for p in previous[-3:])
                counted = _AT_LEAST.match(tail, last.end) is not None  # "executed at least 86 men"
                behind = rest[0].lower().strip(",") if rest else ""
                brought = w.key in _HARMED and behind in ("from", "to")  # "the guards evacuate wounded from Zalba"
                if not had and not counted and (behind in _PASSIVE_BEFORE or brought):
                    return None  # "SDF fighters killed in ..."
                return Culprit(a, (at, start + last.end), event or self.after(at), None, None, 2, w.key)
            hour = i + 1 < len(words) and words[i + 1].key in _HOURS  # "went in before dawn and left six dead"
            if (w.key in _STOPS and not hour) or w.key in _SPEECH or (w.key == "that" and previous[-1:] == ["and"]):
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

"""Who the document makes responsible for one number of people harmed.

First the ties of the sentence itself, the one nearest to the harm; then what the document says of the same event. Where
nobody is named, or "unknown gunmen", nobody is blamed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from tollbook.find.event.events import within
from tollbook.find.event.harmed import (
    ANYBODY,
    FOLK,
    NO_SIDE,
    NOBODY,
    STATE_ROLES,
    Harmed,
    blamed_name,
    inferred,
    is_bystander,
    names_of_victims,
    side_of_victims,
)
from tollbook.find.event.sides import foes_of, is_own, opponents
from tollbook.find.event.tie import Culprit, looks_back
from tollbook.find.event.wars import attacker_from_abroad, sides_of_war
from tollbook.records import ActorMention, Basis, Blamed, EventType

# Words that one report uses for one event.
_FAMILIES = (
    frozenset({"airstrike", "drone_strike", "missile_strike"}),
    frozenset({"shelling", "missile_strike"}),
    frozenset({"shooting", "ground_attack", "clash", "execution"}),
    frozenset({"abduction", "ground_attack", "execution"}),
    frozenset({"arson", "execution", "ground_attack", "shooting", "stabbing"}),
)
_OWN_HARM = frozenset(["dead", "foe", "injured", "killed", "shot", "stabbed", "wounded"])
_CUSTODY = frozenset(["arrested", "arresting", "arrests", "captured", "detained", "detaining", "detains", "seized"])
_REACH = 20_000  # code points: beyond them a long document is about something else
_OPENING = 600
_RECENT = 500
_NEXT = 150
_SINCE = 1500
_SHOT = frozenset({"dead", "gunned", "shot"})
_FLOWN = frozenset({"airstrike", "drone_strike", "missile_strike"})
# Violence of an unseen hand: nobody is blamed for it because somebody was for something else.
_UNSEEN = frozenset({"bombing", "landmine", "suicide_bombing"})


def find_blamed(claim: Harmed, culprits: Sequence[Culprit], actors: Sequence[ActorMention]) -> tuple[Blamed, ...]:
    """Those whom the document blames for this harm, in order; empty where it names nobody."""
    theirs = side_of_victims(claim, actors)
    told = _between(culprits, *claim.passage)
    here = _in_clause([c for c in told if c.word != "side" and not _barred(c, claim, theirs)], claim)
    if claim.total:
        here = [c for c in here if not _claims(c)]
    culprits = [c for c in culprits if not _charged_with_much(c)]
    event = claim.event
    if _by_own_hand(claim):
        return ()
    sides = sides_of_war(claim, actors, theirs) if claim.total and not claim.foretold else ()
    if sides:
        return inferred(sides, claim.home)
    if here:
        best = min(here, key=lambda c: (c.basis not in ("accused", "admitted"), _distance(c, claim)))
        best = _whose(best, here, claim)
        repelled = _repelled(best, claim, actors)
        if repelled:
            return repelled
        if best.word == "lost":
            return opponents(claim, told, actors, best.actor.party)
        named_here = _named([c for c in here if c is best or _beside(c, best) and _whose(c, here, claim) is c], claim)
        nameless = named_here and all(b.name.lower() in ANYBODY for b in named_here)
        if (
            (named_here and not nameless)
            or claim.total
            or best.actor.role != "unidentified"
            and best.actor.party is None
        ):
            return named_here
        back = _points_back(best, claim)  # "the gunmen": those of whom it has told
        said = _of_this(
            [c for c in culprits if c.basis in ("accused", "admitted") or back and c.actor.role == "group"], claim
        )
        known = _known(claim, said)  # "gunmen", whom the report names further down
        if known is None and back:
            told_before = _between(culprits, claim.passage[0] - _SINCE, claim.passage[0])
            known = next((c for c in reversed(told_before) if _may_be_meant(c)), None)
        return _named([known], claim) if known is not None else named_here
    carried = event is None or not claim.passage[0] <= event.start < claim.passage[1]
    clash = event is not None and event.type == "clash" and not claim.total
    boasted = _boasted(claim, actors, theirs) if claim.foes else ()
    if clash and not (carried and _is_accused_next(culprits, claim)):
        others = opponents(claim, told, actors, theirs)
        return others if len(others) == 1 else boasted or others
    named = event is not None and event.type is not None and not carried
    war = _of_the_war(claim, culprits, actors, theirs) if claim.total and not named else ()
    if war:
        return war
    if claim.harm_kind in ("displaced", "detained") and claim.total:
        return ()
    if boasted:
        return boasted
    if claim.total and not named:
        return ()
    if claim.total:  # who claims one attack has not claimed all
        culprits = [c for c in culprits if not _claims(c)]
    if claim.unsaid:
        culprits = _of_this([c for c in culprits if c.basis in ("accused", "admitted")], claim)
    known = _known(claim, [c for c in culprits if not is_own(c.actor, claim, actors)])
    if known is not None and known.actor.party == theirs:
        return foes_of(claim, actors) if claim.foes else ()  # "three of the bandits were neutralised"
    if known is None:
        return _who_flew(claim, culprits) or _who_fought(claim, actors, theirs)
    place = _place(known)
    return _named([known, *(c for c in _between(culprits, place - 200, place + 200) if _beside(c, known))], claim)


def _who_flew(claim: Harmed, culprits: Sequence[Culprit]) -> tuple[Blamed, ...]:
    """Of an air strike that nobody is tied to, in a report where one state's forces fight: theirs were the jets."""
    if claim.event is None or claim.event.type != "airstrike" or claim.harm_kind not in _HURT or claim.unsaid:
        return ()
    start = claim.passage[0]
    near = _between(culprits, start - _REACH, start + _REACH)
    flew = [c for c in near if c.actor.role in STATE_ROLES or c.actor.role == "coalition"]
    states = {c.actor.party: c for c in reversed(flew)}
    return inferred([c.actor for c in states.values()], claim.home) if len(states) == 1 else ()


def _who_fought(claim: Harmed, actors: Sequence[ActorMention], theirs: str | None) -> tuple[Blamed, ...]:
    """Of soldiers or fighters, where nothing ties anybody to them: the side that fights theirs, else the one that
    counts them as its prisoners."""
    if claim.camp is None or claim.unhurt or claim.unsaid or claim.foretold:
        return ()
    open_fight = claim.event is None or claim.event.type not in _UNSEEN
    fought = foes_of(claim, actors) if open_fight else ()
    taken = theirs is not None and claim.harm_kind == "detained"
    enemies = taken and any(a.party == claim.speaker and a.kind in _BELLIGERENT for a in actors)
    return fought or (_boasted(claim, actors, theirs) if enemies else ())


# "killed by the army in Zenda and 141 others were injured": of one deed.
_ADDED = re.compile(
    r"\A[^,;:]*?,? and (?:(?:\w+ ){0,2}(?:\d[\d,]*|\w+)) (?:more |others? |more people |other people )?"
    r"(?:were |was )?\w+\Z"
)


def _in_clause(here: list[Culprit], claim: Harmed) -> list[Culprit]:
    """Those between the semicolons that the harm stands between, where there are any."""
    if ";" not in claim.words:
        return here
    start, at = claim.passage[0], claim.harm[0] - claim.passage[0]
    first, last = claim.words.rfind(";", 0, max(0, at)) + 1, claim.words.find(";", max(0, at))
    return [c for c in here if first <= c.actor.start - start < (last if last >= 0 else len(claim.words))] or here


def _of_this(culprits: Sequence[Culprit], claim: Harmed) -> Sequence[Culprit]:
    """Those whom the text names where it tells of the same incident, where it tells of several."""
    if not claim.near:
        return culprits
    return [c for c in culprits if any(a <= c.actor.start < b for a, b in claim.near)]


def _of_the_war(
    claim: Harmed, culprits: Sequence[Culprit], actors: Sequence[ActorMention], theirs: str | None
) -> tuple[Blamed, ...]:
    """Who is blamed for the dead of a war or of a period, where the sentence that sums them ties nobody to them."""
    if claim.foretold or claim.harm_kind == "detained":
        return ()
    if claim.foes:
        return _felled_by_the_state(claim, culprits)
    if claim.harm_kind == "displaced":
        return ()
    people = any(a.country == claim.home for a in names_of_victims(claim, actors))
    parties = [c for c in culprits if c.actor.name not in _HANGERS_ON and c.actor.name.lower() not in NO_SIDE]
    abroad = attacker_from_abroad(parties, claim.home, theirs, people)
    return _named([abroad], claim) if abroad is not None else ()


def _felled_by_the_state(claim: Harmed, culprits: Sequence[Culprit]) -> tuple[Blamed, ...]:
    """ "134 insurgents have been eliminated this year": by the one party's forces that the report tells of."""
    forces = {c.actor.party: c for c in reversed(culprits) if c.actor.role in STATE_ROLES and c.actor.party}
    return _named(list(forces.values()), claim) if len(forces) == 1 else ()


def _may_be_meant(c: Culprit) -> bool:
    """Whether "the gunmen" of a later sentence may be these: a group with a name that did something."""
    return c.actor.role == "group" and (c.actor.party or "").lower() not in NO_SIDE and c.word not in ("side", "lost")


def _points_back(best: Culprit, claim: Harmed) -> bool:
    before = claim.words[: best.actor.start - claim.passage[0]]
    nobody = best.actor.role == "unidentified" or (best.actor.party or "").lower() in NO_SIDE
    return nobody and before.lower().endswith(("the ", "these ", "those "))


_BLEW_UP = re.compile(r"(?i)\W*(?:who|that) (?:had )?(?:blew|blown|detonated) (?:him|her|them)sel(?:f|ves)\b")


def _repelled(best: Culprit, claim: Harmed, actors: Sequence[ActorMention]) -> tuple[Blamed, ...]:
    """ "Soldiers repelled an attack by the Front, killing nine insurgents": not by the Front."""
    harmed = best.word in _OWN_HARM or abs(best.link[0] - claim.harm[0]) < 2
    if not claim.foes or best.actor.role != "group" or harmed or _REPELLED.search(claim.words) is None:
        return ()
    return foes_of(claim, within(actors, *claim.passage))


_REPELLED = re.compile(
    r"\b(?:beat|beaten|drove|driven|fended|fought|pushed|threw|thrown) (?:back|off)\b|"
    r"\b(?:foil|repel|repuls|thwart)\w*\b"
)


def _by_own_hand(claim: Harmed) -> bool:
    """ "Two bombers died", "four of them who blew themselves up": nobody else did it."""
    v = claim.victims
    if v is None or claim.camp != "rebels":
        return False
    blast = claim.event is not None and claim.event.type == "suicide_bombing" and "perpetrators" in claim.groups
    return blast or _BLEW_UP.match(claim.words, v[1] - claim.passage[0]) is not None


def _is_accused_next(culprits: Sequence[Culprit], claim: Harmed) -> bool:
    """ "Nine were killed overnight, he said. He blamed the Front": said in the next sentence or the one before."""
    first, last = claim.passage[0] - _NEXT, claim.passage[1] + _NEXT
    return any(c.basis in ("accused", "admitted") and first < c.actor.start < last for c in culprits)


_OF = re.compile(
    r"(?:,? (?:alleged|believed|said|suspected|thought)(?: to be| of being)?)?"
    r"(?: (?:fighters|loyalists|members|militants))?"
    r" (?:affiliated (?:to|with)|allied (?:to|with)|belonging to|from|linked (?:to|with)|loyal to|of|with) (?:the )?"
)


def _whose(best: Culprit, here: Sequence[Culprit], claim: Harmed) -> Culprit:
    """ "A suicide bomber of the Front", "gunmen loyal to X": whose they are, where they have no name themselves."""
    nameless = best.actor.role == "group" and (best.actor.party or "").islower()
    if best.actor.role != "unidentified" and not nameless:
        return best
    start = claim.passage[0]
    of = (
        c for c in here if c.actor.party and _OF.fullmatch(claim.words[best.actor.end - start : c.actor.start - start])
    )
    return next(of, best)


_BELLIGERENT = frozenset({"armed_group", "military"})
_HURT = frozenset({"killed", "injured", "casualties", "detained"})


def _boasted(claim: Harmed, actors: Sequence[ActorMention], theirs: str | None) -> tuple[Blamed, ...]:
    """Who counts fallen enemies has felled them: "45 of them were neutralised, the ministry said"."""
    if claim.speaker is None or claim.speaker == theirs or claim.harm_kind not in _HURT:
        return ()
    own = [a for a in actors if a.party == claim.speaker and a.role not in ("people", "adjective")]
    if not own or own[0].kind in ("media", "monitor"):
        return ()
    nearest = min(own, key=lambda a: abs(a.start - claim.harm[0]))
    return (Blamed(nearest.text, nearest.start, nearest.end, blamed_name(nearest, claim.home), "admitted", None),)


def _claims(c: Culprit) -> bool:
    """Whether somebody claims responsibility, whatever for."""
    return c.basis == "admitted" and c.link[0] == c.actor.start


def _charged_with_much(c: Culprit) -> bool:
    """ "X has been blamed for the killing of dozens this year": says nothing of the one attack told of elsewhere."""
    return c.word == "charged" and (c.event is None or c.event.type is None)


def _between(culprits: Sequence[Culprit], start: int, end: int) -> Sequence[Culprit]:
    """Those whose actor begins in a stretch; ``culprits`` are in order."""
    first = bisect_left(culprits, start, key=_place)
    return culprits[first : bisect_left(culprits, end, first, key=_place)]


def _place(c: Culprit) -> int:
    return c.actor.start


# "36 have been killed, twelve of them by the rebels": says nothing of the other 24.
_SHARE_BY = re.compile(
    r"(?:\b(?:including|among them) [\w,]{1,20}|\b[\w,]{1,20} of (?:them|whom|those|these)) by (?:the )?\Z"
)


# "In retaliation for an attack that killed six", "after rockets killed two": done by those whom the deed answers.
_ANSWERS = re.compile(
    r"\b(?:answered|avenge[ds]?|avenging|reprisals? for|response to|responding to|retaliation for|revenge for)\b|"
    r"\bafter (?:(?:an?|the|several|some|two|its) )?(?:[\w-]+ ){0,2}?(?:ambush|attack|bomb|bombing|drone|gunmen|"
    r"militants|missile|mortar|rocket|shell|sniper|strike)s?\b[^,;]{0,160}\Z"
)


def _barred(c: Culprit, claim: Harmed, theirs: str | None) -> bool:
    """The victims themselves, their side of a clash, and for a death whoever arrested somebody."""
    v = claim.victims
    if v is not None and c.actor.start < v[1] and v[0] < c.actor.end:
        return True
    if (c.basis == "inferred" or (c.event is not None and c.event.type == "clash")) and c.actor.party == theirs:
        return True
    between = claim.words[max(0, c.actor.end - claim.passage[0]) : max(0, claim.harm[0] - claim.passage[0])]
    if c.actor.start >= claim.passage[0] and _ANSWERS.search(between):
        return True
    share = _SHARE_BY.search(claim.words[: max(0, c.actor.start - claim.passage[0])])
    if share is not None and v is not None and not share.start() <= v[0] - claim.passage[0] < share.end():
        return True
    if c.word == "lost":
        return not c.link[0] <= claim.harm[0] < c.link[1] + 30
    if c.word in _OWN_HARM and claim.passage[0] <= c.link[0] < claim.passage[1]:
        far = max(c.link[0] - claim.harm[1], claim.harm[0] - c.link[1]) > 40  # "... before he was shot by police"
        return far and not _ADDED.search(claim.words[c.actor.end - claim.passage[0] : claim.harm[1] - claim.passage[0]])
    return c.word in _CUSTODY and claim.harm_kind not in ("detained", "abducted", "displaced")


def _distance(c: Culprit, claim: Harmed) -> float:
    start, end = c.link
    gap = max(start - claim.harm[1], claim.harm[0] - end, 0)
    if claim.event is not None and start < claim.event.end and claim.event.start < end:
        gap = 0
    if c.word == "lost" and start <= claim.harm[0] < end:
        gap = -100  # who lost three men did not kill them
    return gap - 25 * c.weight


def _beside(c: Culprit, best: Culprit) -> bool:
    """Whether two culprits share one tie: "killed by X and Y"."""
    return c.link == best.link and c.actor.party != best.actor.party


def _basis(c: Culprit, claim: Harmed) -> Basis:
    if c.basis == "admitted" or (claim.attributed and claim.speaker is not None and claim.speaker == c.actor.party):
        return "admitted"
    return c.basis or ("accused" if claim.attributed else "acting")


def _named(culprits: Sequence[Culprit], claim: Harmed) -> tuple[Blamed, ...]:
    out: dict[str, Blamed] = {}
    for c in culprits:
        a = c.actor
        if a.party is not None and a.party.lower() not in NOBODY and a.party not in out:
            out[a.party] = Blamed(a.text, a.start, a.end, blamed_name(a, claim.home), _basis(c, claim), c.by)
    if any(name.lower() not in NO_SIDE for name in out):  # "the Front and its militants": the Front
        out = {name: b for name, b in out.items() if name.lower() not in NO_SIDE}
    if any(b.name == "gangs" for b in out.values()) and len(out) > 1:  # "the army and its gangs": the army
        return tuple(b for b in out.values() if b.name != "gangs")
    return tuple(out.values())


_FIRED = frozenset({"fired at", "fired into", "fired on", "opened fire"})
_HANGERS_ON = FOLK | {"mercenaries", "militias"}  # what they do their master is blamed for


def _opened_fire(c: Culprit, start: int) -> bool:
    """ "Police opened fire. Three people died": told just before, no need to name whose police."""
    return c.event is not None and c.event.text.lower() in _FIRED and start - _RECENT <= c.actor.start < start


def _fits(c: Culprit, kind: EventType | None) -> bool:
    """Whether who did one thing may have done the other: warplanes are no answer to who fired a mortar."""
    done = c.event.type if c.event else None
    if kind == "stabbing" and (c.word in _SHOT or done == "shooting"):
        return False  # "before he was shot dead by a guard"
    rebels = c.actor.role == "group" and (c.actor.party or "").islower()
    if kind == "airstrike" and rebels and c.basis is None and done != kind:
        return False  # "rebels", "bandits" have no jets
    if kind in _UNSEEN:
        return done == kind or c.basis in ("accused", "admitted")
    return done is None or kind is None or done == kind or any(done in f and kind in f for f in _FAMILIES)


def _bombed_too(c: Culprit, kind: EventType | None, claim: Harmed) -> bool:
    """Whether a group's "attack", of no kind, may be the bombing of the same incident."""
    group = c.actor.role == "group" and c.event is not None and (c.actor.party or "").lower() not in NO_SIDE
    told = not claim.near or any(a <= c.actor.start < b for a, b in claim.near)
    return kind in _UNSEEN and group and told and c.event is not None and c.event.type is None


def _known(claim: Harmed, culprits: Sequence[Culprit]) -> Culprit | None:
    """The party that the document ties most to the same kind of event, what was said last and first counting more."""
    fit: list[tuple[Culprit, int]] = []
    kind = claim.event.type if claim.event else None
    start, back = claim.passage[0], looks_back(claim.words)
    near = _between(culprits, max(0, start - _REACH), start + _REACH)
    lead = _between(culprits, 0, min(_OPENING, _place(near[0])) if near else _OPENING)
    for c in (*lead, *near):
        if (
            c.actor.party is None
            or c.word in ("side", "lost")
            or c.word == "foe"
            and not claim.foes
            or not (_fits(c, kind) or _bombed_too(c, kind, claim))
            or _barred(c, claim, None)
            or (is_bystander(c.actor) and not _opened_fire(c, start))
        ):
            continue
        told_here = claim.near is not None and any(a <= c.actor.start < b for a, b in claim.near)
        if not told_here and c.past and not back and (claim.near or c.basis is None):
            continue
        if claim.near and not told_here and kind is None and c.event is not None and c.event.type in _FLOWN:
            continue
        if c.basis == "inferred" and kind != "clash" and claim.near and not told_here:
            continue  # who fights elsewhere
        own = c.word in _OWN_HARM or c.word == "guilty" or c.basis == "admitted"
        if claim.near is not None and not told_here and (claim.strict or claim.near and own):
            continue  # "the coalition killed four in Zalba" says nothing of those killed elsewhere
        unseen = kind in _UNSEEN and start > _OPENING and not (c.event is not None and c.event.type == kind)
        if claim.near and not told_here and unseen:
            continue
        after = c.basis is None and c.actor.start >= claim.passage[1]
        weight = (3 if after else 7) if told_here else 1
        if c.actor.party.lower() in ANYBODY and claim.near and not told_here:
            continue
        if kind is not None and c.event is not None and c.event.type == kind:
            weight += 2
        if c.actor.start < _OPENING:
            weight += 1
        if start - _RECENT <= c.actor.start < start:
            weight += 2
        fit.append((c, weight))
    if any(c.basis == "admitted" for c, _ in fit):  # one denies it, another owns up to it
        fit = [(c, weight) for c, weight in fit if c.word != "denied"]
    votes: Counter[str | None] = Counter()
    for c, weight in fit:
        votes[c.actor.party] += weight
    if not votes:
        return None
    best = votes.most_common(1)[0][0]
    theirs = [c for c, _ in fit if c.actor.party == best]
    before = [c for c in theirs if c.actor.start < start]
    return before[-1] if before else theirs[0]

"""The other side of a clash: who fought those who were harmed in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.event.events import within
from tollbook.find.event.harmed import FOLK, NO_SIDE, STATE_ROLES, Harmed, inferred, is_bystander, names_of_victims
from tollbook.find.event.tie import Culprit
from tollbook.records import ActorMention, Blamed

_UNNAMED = re.compile(
    r"(?i)\b(?:assailants?|attackers?|bandits?|criminals?|gunm[ae]n|insurgents?|militants?|rebels?|terrorists?)\b"
)
_ARMED = frozenset({"group", "force", "coalition", "members"})
_EVERYWHERE = (0, 10**9)


def opponents(
    claim: Harmed, told: Sequence[Culprit], actors: Sequence[ActorMention], theirs: str | None
) -> tuple[Blamed, ...]:
    """The parties to a clash, less that of the victims; both where the victims belong to none.

    Those of the sentence; where it names at most one, those that the incident, else the document, names.
    """
    sides: dict[str, ActorMention] = {}
    for c in told:
        if c.basis == "inferred" and c.actor.party is not None and c.actor.party.lower() not in NO_SIDE:
            sides.setdefault(c.actor.party, c.actor)
    others = [a for party, a in sides.items() if party != theirs]
    camp = _camp(claim, actors)
    against = _against(others, camp, claim, actors)
    if theirs is None and len(sides) > 1 and len(against) == 1:  # "19 gunmen": not by their own
        return inferred(against, claim.home)
    unnamed = theirs is not None and theirs.lower() in NO_SIDE  # "19 terrorists": the other side is the one it names
    if (len(sides) < 2 and not unnamed) or not others:
        stretches = [*(claim.near or ()), _EVERYWHERE]
        for number, stretch in enumerate(stretches):
            _enlist(sides, stretch, actors)
            others = [a for party, a in sides.items() if party != theirs]
            if len(sides) > 1 and number >= len(stretches) - 2:
                break
        if len(sides) != 2 or (theirs is None and camp is not None):
            others = _against(others, camp, claim, actors)
            others = others if len(others) == 1 else []
    return inferred(others, claim.home)


def foes_of(claim: Harmed, actors: Sequence[ActorMention]) -> tuple[Blamed, ...]:
    """Whom soldiers or fighters were fighting, where their incident names one party that fights them."""
    found: dict[str, ActorMention] = {}
    for stretch in claim.near or (_EVERYWHERE,):
        _enlist(found, stretch, actors)
    others = _against(list(found.values()), _camp(claim, actors), claim, actors)
    return inferred(others, claim.home) if len(others) == 1 else ()


def _enlist(found: dict[str, ActorMention], stretch: tuple[int, int], actors: Sequence[ActorMention]) -> None:
    """Add the armed parties that a stretch names, each by its first mention."""
    for a in within(actors, *stretch):
        if a.party is not None and a.name not in FOLK and a.role in _ARMED and not is_bystander(a):
            found.setdefault(a.party, a)


def is_own(a: ActorMention, claim: Harmed, actors: Sequence[ActorMention]) -> bool:
    """Whether the victims, whom no words of theirs give a party, fought on this one's side: the country's soldiers did
    not fall to its army, nor the attackers to those who attacked."""
    if claim.unhurt:
        return False
    if "perpetrators" in claim.groups:
        return not _of_the_state(a) and a.role != "coalition"
    if claim.camp == "rebels" and a.name.islower() and a.name.split()[0] in _victims_words(claim).lower().split():
        return True  # "a resistance member", where resistance fighters attacked
    if claim.foes and claim.camp == "rebels" and a.name.islower() and not a.name.endswith(("forces", "troops")):
        return all(x.name.islower() for x in names_of_victims(claim, actors))  # "one rebel was killed"
    if claim.camp == "state" and not names_of_victims(claim, actors):
        counted = a.party == claim.speaker and a.role != "group"  # "the ministry confirmed the death of a soldier"
        return counted or _of_the_state(a) and a.country in (None, claim.home)
    return False


def _victims_words(claim: Harmed) -> str:
    if claim.victims is None:
        return ""
    start, end = (x - claim.passage[0] for x in claim.victims)
    return claim.words[max(0, start) : max(0, end)]


def _camp(claim: Harmed, actors: Sequence[ActorMention]) -> str | None:
    """Whether the victims are of the state's forces or of those who fight them."""
    if claim.camp is not None:
        return claim.camp
    own = names_of_victims(claim, actors)
    if own:
        return "state" if _of_the_state(own[0]) else "rebels"
    return "rebels" if _UNNAMED.search(_victims_words(claim)) else None


def _of_the_state(actor: ActorMention) -> bool:
    """Also an army that is blamed under its own name, being one side of a war in its country."""
    return actor.role in STATE_ROLES or actor.kind == "military"


def _against(
    others: Sequence[ActorMention], camp: str | None, claim: Harmed, actors: Sequence[ActorMention]
) -> list[ActorMention]:
    """Those who fight a camp; of those who fight the state the named ones, where any has a name."""
    own = {a.party for a in names_of_victims(claim, actors)}
    if camp == "rebels":
        return [a for a in others if _of_the_state(a) and a.party not in own]
    if camp == "state":
        found = [a for a in others if not _of_the_state(a) and a.party not in own]
        named = [a for a in found if not (a.party or "").islower()]
        if len(named) == 2 and named[1].start == named[0].end + 1:  # "X/Y": two names of one
            return named[:1]
        return named or found[:1]
    return []

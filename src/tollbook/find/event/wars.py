"""Whom a report blames for the dead of a whole war or of a period, where the sentence that counts them ties nobody to
them.

"Since October 8 at least 400 people have been killed in Ruritania", in a report of strikes by one state on another:
that state. "The war between the army and the rebels has killed 3,000": both. Who fights at home, in a report of one
attack, has not killed all who died in the war, and then nobody is blamed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.event.events import within
from tollbook.find.event.harmed import Harmed
from tollbook.find.event.tie import Culprit
from tollbook.records import ActorMention

_BETWEEN = re.compile(r"(?i)\b(?:battles?|clash(?:es)?|conflict|fighting|hostilities|violence|war) between\b")
_SIDES = frozenset({"coalition", "force", "group", "state"})
_FROM_ABROAD = frozenset({"adjective", "coalition", "force", "state"})
_NO_DEED = frozenset({"foe", "lost", "side"})


def sides_of_war(claim: Harmed, actors: Sequence[ActorMention], theirs: str | None) -> tuple[ActorMention, ...]:
    """The two sides that a sentence names with its war, less that of the victims; empty where it names no two."""
    war = _BETWEEN.search(claim.words) if " between" in claim.words else None
    if war is None:
        return ()
    start, end = claim.passage
    named: dict[str, ActorMention] = {}
    for a in within(actors, start + war.end(), end):
        if a.party is not None and a.role in _SIDES and len(named) < 2:
            named.setdefault(a.party, a)
    if len(named) < 2:
        return ()
    return tuple(a for party, a in named.items() if party != theirs)


def attacker_from_abroad(
    culprits: Sequence[Culprit], home: str | None, theirs: str | None, people: bool
) -> Culprit | None:
    """The one state from abroad whose attacks the report tells of, the first time that it tells of them.

    ``home``: the country that the victims died in. A report that tells as well of what a party at home did blames
    neither, unless the victims are that country's ``people``.
    """
    if home is None:
        return None
    found: dict[str, Culprit] = {}
    for c in culprits:
        a = c.actor
        if a.party is None or c.word in _NO_DEED or a.party == theirs:
            continue
        if a.country == home or a.role == "state" and c.basis is not None:
            if a.role in _SIDES and a.role != "state" and not people:
                return None
            continue
        found.setdefault(a.party, c)
    only = next(iter(found.values())) if len(found) == 1 else None
    return only if only is not None and only.actor.role in _FROM_ABROAD else None

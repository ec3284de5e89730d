"""What ties an actor to a deed: the tie as a record, and the verbs that make one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.lexicon.phrases import Table, entry, table
from tollbook.records import ActorMention, Basis, EventMention


@dataclass(frozen=True, slots=True)
class Culprit:
    """An actor and the word it is tied to.

    ``basis`` is set where the tie itself says it ("blamed", "claimed responsibility"), ``by`` is who accuses;
    ``weight`` is how sure the tie is, 1 to 3; ``word`` is the verb that an active subject has.
    """

    actor: ActorMention
    link: tuple[int, int]
    event: EventMention | None
    basis: Basis | None
    by: str | None
    weight: int
    word: str = ""


@cache
def verbs() -> Table:
    data = lexicon.load("events")["verbs"]
    entries = [entry(p, sort, p) for sort in ("harm", "light") for p in data[sort]]
    return table(entries)


@cache
def passive_and_reporting() -> tuple[frozenset[str], frozenset[str]]:
    data = lexicon.load("events")
    return frozenset(data["verbs"]["passive"]), frozenset(data["reporting"]["words"])

"""What blame asks of one number of people harmed, and the names under which those who harmed them are blamed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tollbook import lexicon
from tollbook.find.event.events import within
from tollbook.records import ActorMention, Blamed, Event, Harm

NOBODY = frozenset({"armed men", "assailants", "attackers", "gang", "gunmen", "terrorist", "terrorists"})
# Those who say that they fight, without a name: blamed by these words where the report has no better ones.
ANYBODY = frozenset({"insurgent", "insurgents", "militant", "militants"})
NO_SIDE = NOBODY | ANYBODY
FOLK = frozenset({"gangs", "herders", "settlers", "tribesmen", "vigilantes"})  # no side of a war by themselves

_STATES = frozenset(lexicon.load("demonyms")["states"])
_FIGHTERS = frozenset({"militants", "perpetrators"})
_STATE_GROUPS = frozenset({"police", "security_forces", "soldiers"})
STATE_ROLES = frozenset({"force", "members"})


@dataclass(frozen=True, slots=True)
class Harmed:
    """What is known of a claim when blame is asked; spans are (start, end) in the document.

    ``attributed``: it has a speaker; ``speaker``: the party that this speaker belongs to; ``total``: its scope.
    ``near``: the stretches that tell of the same incident (``None``: the whole document); ``home``: the country it is
    set in; ``groups``: what the victims are, as the public JSON names it.
    """

    passage: tuple[int, int]
    harm: tuple[int, int]
    victims: tuple[int, int] | None
    event: Event | None
    attributed: bool = False
    speaker: str | None = None
    total: bool = False
    foretold: bool = False  # it has not happened
    harm_kind: Harm = "killed"
    near: tuple[tuple[int, int], ...] | None = None
    home: str | None = None
    strict: bool = False  # a round-up: nothing of one incident says anything of another
    words: str = ""  # the passage
    unsaid: bool = False  # the text says that nobody knows, or says, who did it
    foes: bool = False  # the words for the victims are those that a side has for its enemies
    groups: tuple[str, ...] = ()
    unhurt: bool = False  # nobody was harmed: "no soldiers were hurt"

    @property
    def camp(self) -> str | None:
        """``state`` for soldiers and police, ``rebels`` for those who fight them, as far as the victims' words say."""
        if not _FIGHTERS.isdisjoint(self.groups):
            return "rebels"
        return "state" if _STATE_GROUPS.intersection(self.groups) else None


def names_of_victims(claim: Harmed, actors: Sequence[ActorMention]) -> Sequence[ActorMention]:
    """The actors that the victims' own words name."""
    v = claim.victims
    return [a for a in within(actors, max(0, v[0] - 200), v[1]) if v[0] < a.end] if v is not None else []


def side_of_victims(claim: Harmed, actors: Sequence[ActorMention]) -> str | None:
    """The party that the victims belong to, where their words name it or call them a speaker's own ("its fighters")."""
    named = next((a.party for a in names_of_victims(claim, actors) if a.party is not None), None)
    return named or _side_of_speaker(claim, actors)


# "The Front said that two of its fighters were killed"
_THEIR = re.compile(
    r"\b(?:its|our|their) (?:own )?(?:[\w-]+ ){0,2}?(?:cadres|combatants?|commanders?|comrades|fighters?|forces|"
    r"guerrillas|members?|men|militants?|officers?|personnel|policemen|servicemen|soldiers?|troops)\b"
)
_SAID = re.compile(
    r"[^.;]{0,60}?\b(?:acknowledged|added|admitted|announced|claimed|confirmed|declared|mourned|reported|said|says|stated)\b"
)
_NO_SPEAKERS = frozenset({"adjective", "observer", "people", "unidentified"})


def _side_of_speaker(claim: Harmed, actors: Sequence[ActorMention]) -> str | None:
    """Whose "its fighters" are: of the party that speaks in the sentence, else of whoever gives the number."""
    v, start = claim.victims, claim.passage[0]
    if v is None or _THEIR.search(claim.words, max(0, v[0] - start - 8), v[1] - start + 1) is None:
        return None
    own = [a for a in within(actors, start, v[0]) if a.party is not None and a.role not in _NO_SPEAKERS]
    speaks = (a.party for a in own if _SAID.match(claim.words, a.end - start, v[0] - start))
    return next(speaks, own[-1].party if own else claim.speaker)


def blamed_name(a: ActorMention, home: str | None) -> str:
    """A state abroad is blamed as the state; its army or police at home under their own name.

    Where the lexicon gives the state's side of a civil war a name of its own ("Syrian government"), that name stands.
    """
    police = a.name.endswith(("police", "security forces"))
    own = a.role == "force" and a.country == home and a.party is not None
    own = own and (police or not (a.party or "").endswith(("government", "military")) and home not in _STATES)
    if own and " " in a.name and a.party is not None and a.party[:4] == a.name[:4]:
        return a.name
    return a.party or a.name


def inferred(actors: Sequence[ActorMention], home: str | None) -> tuple[Blamed, ...]:
    """These parties as blamed by what the report lets infer."""
    return tuple(Blamed(a.text, a.start, a.end, blamed_name(a, home), "inferred", None) for a in actors)


def is_bystander(a: ActorMention) -> bool:
    """ "Police" of no named country are in every local report and seldom did it: a sentence has to say so."""
    return a.kind == "government" and a.country is None

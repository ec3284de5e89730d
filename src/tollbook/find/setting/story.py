"""A claim in the making, and the incident of its document that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field

from tollbook.find.harm.harms import Finding
from tollbook.find.harm.victims import Who
from tollbook.find.layers import Layers
from tollbook.records import Event, PlaceMention, RegionKind, Scope, Stance, Victims, When

_LEAD = 2  # the headline, what stands under it, the first sentence


@dataclass(slots=True)
class Draft:
    """A claim in the making."""

    finding: Finding
    who: Who
    victims: Victims | None
    region: RegionKind | None
    event: Event | None
    date: When | None
    said: When | None
    place: PlaceMention | None
    stance: Stance
    scope: Scope
    thread: int = -1
    nearby: frozenset[str] = frozenset()  # "date", "place": read in the sentences around, not lent by the incident


@dataclass(slots=True)
class Thread:
    """One incident as the document tells it."""

    number: int
    drafts: list[Draft] = field(default_factory=list)
    dates: list[When] = field(default_factory=list)
    places: list[PlaceMention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    last: int = 0  # index of the last passage
    paragraph: int = 0
    told: list[int] = field(default_factory=list)  # passages without a number that tell of it
    entry: int | None = None  # the paragraph of the bulletin's entry that it is
    earlier: bool = False  # told as what came before another ("the strike came after a day of violence that …")
    listed: bool = False  # told of many sites at once ("shells hit A, B, C and D")


@dataclass(slots=True)
class Story:
    """The threads so far and the one that the text speaks of just now."""

    layers: Layers
    scattered: bool = False  # the document tells of many sites, so that a number without one may belong to all of them
    threads: list[Thread] = field(default_factory=list)
    current: Thread | None = None
    after: Thread | None = None  # what an incident told in passing came before: the next paragraph goes on with it

    def begin(self) -> Thread:
        """A new thread."""
        thread = Thread(len(self.threads))
        self.threads.append(thread)
        return thread


def names_own_event(draft: Draft) -> bool:
    """Whether the event is named in the draft's own passage rather than carried over."""
    passage = draft.finding.sentence.passage
    return draft.event is not None and passage.start <= draft.event.start < passage.end


def in_lead(draft: Draft) -> bool:
    """Whether a number stands in the headline or the first sentences, which tell shortly what the text tells again."""
    return draft.region == "title" or draft.finding.sentence.index <= _LEAD

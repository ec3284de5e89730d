"""What the other stages have found in a document, handed to the reader as plain records.

``find`` imports nothing of ``resolve``; the pipeline fills this record and injects the functions that need both.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from tollbook.find.grammar.passages import Passage
from tollbook.find.harm.harms import Finding
from tollbook.records import (
    ActorMention,
    Attribution,
    AttributionMention,
    Blamed,
    Event,
    EventMention,
    PlaceMention,
    When,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph of a bulletin that opens with the place it tells of: that place, and where the heading stands."""

    place: PlaceMention
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader knows of a claim when it asks whom to blame: the stretches that tell of the same incident, empty
    for a total, ``None`` for the whole document; the country that the harm was done in; whether it has not happened,
    or is a sum of no war; what the victims are."""

    near: tuple[tuple[int, int], ...] | None
    country: str | None
    foretold: bool
    groups: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """Every mention of each kind, in order of the text."""

    passages: Sequence[Passage]
    captions: frozenset[int]  # indexes of passages that stand under pictures
    dates: Sequence[When]
    places: Sequence[PlaceMention]  # without those of the datelines
    datelines: Mapping[int, PlaceMention]  # the place that a paragraph opens with ("KIRKUK, Iraq -"), by paragraph
    entries: Mapping[int, Entry]  # those of a bulletin, each an incident of its own, by paragraph
    actors: Sequence[ActorMention]
    events: Sequence[EventMention]
    attributions: Sequence[AttributionMention]
    voices: Callable[[int, int], tuple[Attribution, ...]]
    event_for: Callable[[Finding, bool, tuple[tuple[int, int], ...] | None], Event | None]
    blamed_for: Callable[[Finding, Event | None, Attribution | None, Asked], tuple[Blamed, ...]]


class Mention(Protocol):
    """Anything that stands somewhere in the text."""

    @property
    def start(self) -> int:
        """Its first character."""


M = TypeVar("M", bound=Mention)


def inside(mentions: Sequence[M], start: int, end: int) -> list[M]:
    """The mentions (in order) that begin in a stretch of the text."""
    i = bisect_left(mentions, start, key=lambda m: m.start)
    found = []
    while i < len(mentions) and mentions[i].start < end:
        found.append(mentions[i])
        i += 1
    return found

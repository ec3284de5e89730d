"""What an export is given and what it gives back: the one interface of every format, a plug-in's too.

A format is a module (or any object) with ``NAME``, ``SUFFIX``, ``MEANING`` and ``write``: an :class:`Exporter`. It
asks a :class:`Material` for rows and writes files into the folder of ``out``; it knows no database. A plug-in names its
object in the entry point group ``tollbook.exports``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol

from tollbook.records import Document

Json = Mapping[str, Any]
Rows = Literal["claims", "incidents"]
Convention = Literal["tollbook-1", "acled"]


@dataclass(frozen=True, slots=True)
class ExportFilter:
    """Which rows: every field that is given has to hold. The first eleven speak of a claim, ``status`` and ``grade`` of
    its incident; an incident is chosen if one of its claims is. ``since`` and ``until`` are ISO days that the date may
    touch. ``review`` is a state or ``"none"``."""

    document: str | None = None
    ids: tuple[str, ...] | None = None
    outlet: str | None = None
    harm: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    scope: str | None = None
    stance: str | None = None
    event_type: str | None = None
    review: str | None = None
    incident: str | None = None
    status: str | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Wants:
    """How it is written. ``candidates``: incidents that nobody confirmed too, where a format holds only assessed ones.

    Without ``names`` recognised victims' names are masked, without ``quotes`` no passage is given at all, without
    ``inferred`` blame that only follows from the kind of weapon stays out, without ``reviewers`` people who judged
    stand as the log's numbers for them. ``decimals`` coarsens coordinates, ``convention`` says how vague words are
    counted.
    """

    rows: Rows = "claims"
    candidates: bool = False
    names: bool = False
    quotes: bool = True
    inferred: bool = False
    reviewers: bool = False
    bom: bool = False
    decimals: int | None = None
    convention: Convention = "tollbook-1"

    @property
    def view(self) -> str:
        """Which values an edited table is to be compared with, in a word; :func:`wants_of` reads it.

        >>> Wants().view, Wants(names=True, decimals=1).view
        ('public', 'names decimals=1')
        """
        said = [name for name in ("names", "inferred") if getattr(self, name)]
        said += [f"decimals={self.decimals}"] if self.decimals is not None else []
        said += [f"convention={self.convention}"] if self.convention != "tollbook-1" else []
        return " ".join(said) or "public"


def wants_of(view: str) -> Wants:
    """The wishes that a ``view`` names. Raises ``ValueError``.

    >>> wants_of("names decimals=1") == Wants(names=True, decimals=1)
    True
    """
    given: dict[str, Any] = {}
    for word in view.split():
        name, _, value = word.partition("=")
        if name not in ("public", "names", "inferred", "decimals", "convention"):
            raise ValueError(word)
        if name != "public":
            given[name] = int(value) if name == "decimals" else value or True
    return Wants(**given)


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim: ``json`` is its public JSON with people's corrections, ``as_read`` without them; ``rev`` its
    revision."""

    id: str
    rev: int
    review: str | None
    by_hand: bool
    incident: str | None
    json: Json
    as_read: Json
    view: str = "public"


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident: the claims that count (rejected ones do not) and what a linker (``summary``) and people said of it.

    ``touched``: people or the wish for another convention changed a claim, so that the linker's sums no longer hold.
    """

    id: str
    rev: int
    status: str
    grade: str | None
    grade_note: str | None
    claims: tuple[ClaimRow, ...]
    rejected: tuple[str, ...]
    reviewed: int
    summary: Json
    touched: bool
    view: str = "public"


@dataclass(slots=True)
class Withheld:
    """What was left out on purpose, counted."""

    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Stored:
    """A document as the corpus knows it; ``state`` is ``read`` or ``masked``."""

    id: str
    seq: int
    state: str
    source: Json
    raw_kept: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement (public JSON) with the number of its event and whether it stands."""

    seq: int
    standing: bool
    json: Json


@dataclass(frozen=True, slots=True)
class Link:
    """An event of the log: its header, and its salt and canonical payload where they are asked for and kept."""

    seq: int
    kind: str
    at: str
    actor: str
    previous: str
    digest: str
    hash: str
    salt: str | None = None
    payload: bytes | None = None


class Material(Protocol):
    """What an exporter can ask for; every answer streams and has been through the filter and the wishes."""

    @property
    def withheld(self) -> Withheld:
        """What was left out so far."""

    @property
    def head(self) -> tuple[int, str]:
        """Number and hash of the log's last event."""

    def claims(self, *, rejected: bool = False) -> Iterator[ClaimRow]:
        """The claims, in the order in which they were read; those that people rejected only where they are asked
        for."""

    def incidents(self) -> Iterator[IncidentRow]:
        """The incidents, the latest first."""

    def documents(self) -> Iterator[Stored]:
        """The documents that chosen claims stand in."""

    def document(self, id: str) -> Document:
        """One document with its text."""

    def raw(self, id: str) -> bytes | None:
        """Its bytes, where they were kept."""

    def named(self, id: str) -> bool:
        """Whether a document is known to name a victim (only where names are to be left out)."""

    def judgements(self) -> Iterator[Decision]:
        """The judgements on chosen claims, on pairs of them and on their incidents."""

    def chain(self, payloads: frozenset[int]) -> Iterator[Link]:
        """The whole log; payloads only of the events named."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many rows were written, and what a person should know of them."""

    rows: int
    notes: tuple[str, ...] = ()


class Exporter(Protocol):
    """One format. ``write`` puts its files into the folder of ``out``, which is new and empty."""

    NAME: str
    SUFFIX: str
    MEANING: str

    def write(self, material: Material, out: Path, wants: Wants) -> Written:
        """Writes everything; raises a :class:`~tollbook.errors.TollbookError` that says what to do instead."""

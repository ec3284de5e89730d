"""The frozen records of the project: the whole vocabulary in one file.

The words are those of ``docs/glossary.md``. Offsets count Unicode code points in the cleaned text of the
document, end exclusive, and ``document.text[start:end] == text`` holds for every record that has them.
``None`` means that the document does not say; it is never replaced by 0, by today or by a default.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any, Literal

CLAIM_SCHEMA = "tollbook.claim/1"
CODED_SCHEMA = "tollbook.coded-claim/1"
STATEMENT_SCHEMA = "tollbook.statement/1"
DOCUMENT_SCHEMA = "tollbook.document/1"

Harm = Literal["killed", "injured", "missing", "abducted", "displaced", "detained", "casualties"]
Qualifier = Literal["exact", "at_least", "more_than", "up_to", "fewer_than", "about", "range", "vague", "unstated"]
# Groups that victims can belong to; a record can name several.
VICTIM_GROUPS = (
    "children", "women", "men", "elderly", "medics", "journalists", "aid_workers", "refugees", "detainees",
    "security_forces", "militants", "soldiers", "police", "perpetrators",
)  # fmt: skip
Status = Literal["civilian", "combatant", "mixed", "unknown"]
StatusBasis = Literal["stated", "category", "context"]
EventType = Literal[
    "airstrike", "drone_strike", "missile_strike", "shelling", "bombing", "suicide_bombing", "landmine", "shooting",
    "ground_attack", "chemical_attack", "stabbing", "arson", "execution", "abduction", "clash", "other",
]  # fmt: skip
DatePrecision = Literal["day", "days", "week", "month", "year", "longer"]
Anchor = Literal["text", "published", "mention", "inferred"]
PlacePrecision = Literal["exact", "neighbourhood", "town", "city", "near", "district", "admin1", "country", "region"]
Basis = Literal["accused", "admitted", "acting", "inferred"]
Kind = Literal[
    "government", "military", "armed_group", "monitor", "medical", "rescue", "un", "ngo", "media", "activist",
    "witness", "relative", "unknown",
]  # fmt: skip
Mode = Literal["direct", "indirect", "relayed", "also"]
Voice = Literal["direct", "indirect", "relayed", "mixed"]
Stance = Literal["asserted", "questioned", "hypothetical", "denied", "retracted"]
Scope = Literal["incident", "total"]
RelationType = Literal["part_of", "repeats", "updates"]
StatementKind = Literal["admission", "denial", "explanation", "condemnation", "demand", "position", "announcement"]
RegionKind = Literal["title", "byline", "dateline", "caption"]
ActorRole = Literal[
    "state", "force", "body", "group", "coalition", "members", "observer", "unidentified", "adjective", "people",
    "seat",
]  # fmt: skip
Media = Literal["text", "html"]
GivenBy = Literal["option", "record"]


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a document and where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people. ``low`` and ``high`` are inclusive; ``None`` is an open end."""

    text: str
    start: int
    end: int
    low: int | None
    high: int | None
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class Victims:
    """Who was harmed, in the document's own words."""

    text: str
    start: int
    end: int
    status: Status
    status_basis: StatusBasis | None
    groups: tuple[str, ...]
    nationality: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """What happened."""

    type: EventType | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends inclusive. Both ends ``None``: the words are kept, nothing is invented."""

    text: str
    start: int
    end: int
    from_: dt.date | None
    to: dt.date | None
    precision: DatePrecision | None
    anchored_to: Anchor | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place as worded, and the gazetteer's entry for it where one was found. Degrees, WGS 84."""

    text: str
    start: int
    end: int
    name: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    gazetteer_id: str | None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named anywhere in a document, resolved as far as the document allows. Degrees, WGS 84.

    ``text`` is the phrase ("near the town of Afrin"), ``bare`` the name in it ("Afrin"), each with its offsets.
    ``relation`` holds the words that move the place away from the name ("south of", "countryside"). Without
    ``gazetteer_id`` the place is named and unknown: ``country`` is then the setting's, ``lat`` and ``lon`` ``None``.
    """

    text: str
    start: int
    end: int
    bare: str
    bare_start: int
    bare_end: int
    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    gazetteer_id: str | None
    relation: str | None = None
    metonym: bool = False  # "Damascus says": a government
    container: bool = False  # "Syria" in "Idlib, Syria": says only where the place before it lies
    demonym: bool = False  # "Syrian": only where asked for


@dataclass(frozen=True, slots=True)
class Blamed:
    """A party that the document makes responsible. ``by`` is who blames, where that is another than who counts."""

    text: str
    start: int
    end: int
    name: str
    basis: Basis
    by: str | None


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain from the origin of a number outwards."""

    text: str
    start: int
    end: int
    name: str
    role: str | None
    body: str | None
    kind: Kind
    cue: str | None
    mode: Mode


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a source phrase stands for within the document: "the diplomat" is Maria Zakharova of her ministry."""

    name: str
    role: str | None
    body: str | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class AttributionMention:
    """Somebody is said to have said something: who, the words that say so, and what.

    Each is a tuple, because other words can interrupt it, and empty where the document has none ("it was reported").
    ``relays`` are those who passed it on ("told *Reuters*", "*the agency* quoted the ministry as saying").
    ``cue_class`` is a class of ``lexicon/cues.toml``; ``negated`` covers "did not say" and its like.
    """

    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    relays: tuple[Span, ...]
    mode: Voice
    cue_class: str
    negated: bool


@dataclass(frozen=True, slots=True)
class Relation:
    """How a claim stands to an earlier claim of the same document."""

    type: RelationType
    claim: str


@dataclass(frozen=True, slots=True)
class MadeBy:
    """Versions of everything that made a record."""

    reader: str
    model: str
    lexicon: str
    gazetteer: str


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of a document apart from its text; this object stands in every claim as ``document``."""

    key: str
    id: str
    sha256: str
    raw_sha256: str
    outlet: str | None = None
    outlet_from: str | None = None
    title: str | None = None
    url: str | None = None
    archive_url: str | None = None
    language: str | None = None
    published: dt.date | None = None
    published_from: str | None = None
    captured: str | None = None
    translation_of: str | None = None


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the *raw* text that was left out of the cleaned text, and why."""

    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the cleaned text with a role of its own."""

    kind: RegionKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """``text[start:start+length]`` of the cleaned text stands at ``raw_start`` of the raw text (``None``: nowhere)."""

    start: int
    raw_start: int | None
    length: int


@dataclass(frozen=True, slots=True)
class Page:
    """What came in, before any cleaning: the bytes, what they decode to, and what the caller said of them.

    ``raw`` is what the ids hash: the bytes of a file, or the UTF-8 of a JSON line's ``text`` or ``html``, so that one
    text has one id however it came. A ``…_from`` says whether a value is the record's own or a run-wide option.
    """

    key: str
    raw: bytes
    content: str
    media: Media
    title: str | None = None
    title_from: GivenBy | None = None
    outlet: str | None = None
    outlet_from: GivenBy | None = None
    published: dt.date | None = None
    published_from: GivenBy | None = None
    url: str | None = None
    url_from: GivenBy | None = None
    archive_url: str | None = None
    captured: str | None = None
    language: str | None = None
    translation_of: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One article: its cleaned text, fixed for ever by ``source.sha256``, with a map back into the raw text."""

    source: Source
    text: str
    raw: str
    pieces: tuple[Piece, ...]
    furniture: tuple[Furniture, ...]
    regions: tuple[Region, ...]

    def region(self, start: int) -> RegionKind | None:
        """The role of the stretch that ``start`` lies in; ``None`` in the body."""
        return next((r.kind for r in self.regions if r.start <= start < r.end), None)


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An organised actor as worded. ``name`` is its own canonical name ("Israeli army"), ``party`` the name it is
    blamed under ("Israel"), ``None`` where it cannot be blamed (an agency, "unknown gunmen"). ``role`` is what it is: a
    ``state``, an armed ``force`` of one, another ``body`` of one, an armed ``group``, a ``coalition``, ``members``
    ("Russian soldier", as often harmed as harming), an ``observer`` that counts and reports, ``unidentified``, or no
    more than a country's ``adjective``, its ``people`` or the ``seat`` of its government ("Ankara")."""

    text: str
    start: int
    end: int
    name: str
    party: str | None
    kind: Kind
    country: str | None
    role: ActorRole


@dataclass(frozen=True, slots=True)
class EventMention:
    """Words for something that happened. A ``weak`` word ("attack", "strike", "explosion") has the type that stronger
    words give it, or none; ``another`` one ("a separate raid") is not what the document spoke of before."""

    text: str
    start: int
    end: int
    type: EventType | None
    weak: bool
    another: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """One number of people harmed, as one document states it, with the words that state it."""

    id: str
    document: Source
    quote: Span | None
    harm: Harm
    count: Count
    victims: Victims | None
    event: Event | None
    date: When | None
    said: When | None
    place: Place | None
    blamed: tuple[Blamed, ...]
    attribution: tuple[Attribution, ...]
    stance: Stance
    scope: Scope
    relation: Relation | None
    score: float
    made_by: MadeBy
    schema: str = CLAIM_SCHEMA


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody says of violence or its conduct without a number, with the words that say it; never a claim.

    ``quote`` is the passage, ``cue`` the words that make it one of its kind. ``target`` is what was struck where
    the statement is an admission, a denial or an explanation; else whom or what it is addressed to or speaks of.
    """

    id: str
    document: Source
    kind: StatementKind
    quote: Span
    attribution: tuple[Attribution, ...]
    cue: Span
    said: When | None
    event: Event | None
    date: When | None
    place: Place | None
    target: Span | None
    reason: Span | None
    score: float
    made_by: MadeBy
    schema: str = STATEMENT_SCHEMA


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a field of a claim has its value: the rule that set it, and the words that it read. Not part of a claim."""

    field: str
    rule: str
    text: str
    start: int
    end: int


def _cross_lightly(record: Any) -> None:
    """A record goes to another process as its class and its values. What ``dataclass`` gives slotted records for it
    looks the names of their fields up each time, which takes twice as long."""
    values = attrgetter(*(f.name for f in fields(record)))
    record.__reduce__ = lambda self: (record, values(self))


for _value in list(vars().values()):
    if isinstance(_value, type) and is_dataclass(_value):
        _cross_lightly(_value)


def digest(*parts: str | bytes) -> str:
    """Sixteen hex digits of SHA-256 over the parts, each preceded by its length so that no two lists collide."""
    h = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode()
        h.update(len(data).to_bytes(8, "big") + data)
    return h.hexdigest()[:16]


def document_id(raw: bytes, outlet: str | None, url: str | None) -> str:
    """Raw bytes, outlet and URL: two outlets that print one text are two documents."""
    return "d-" + digest(raw, outlet or "", url or "")


def claim_id(document: str, harm: str, spans: tuple[tuple[int, int], ...], ordinal: int) -> str:
    """Document, harm, count and victims spans and an ordinal, not the values read from them."""
    return "c-" + digest(document, harm, repr(spans), str(ordinal))


def statement_id(document: str, kind: str, spans: tuple[tuple[int, int], ...], ordinal: int) -> str:
    """Document, kind, the spans of the speaker's and the telling words and an ordinal."""
    return "s-" + digest(document, kind, repr(spans), str(ordinal))


def to_json(record: Any) -> Any:
    """A record as plain JSON values: ``from_`` becomes ``from``, dates ISO strings, tuples lists."""
    if is_dataclass(record) and not isinstance(record, type):
        return {f.name.rstrip("_"): to_json(getattr(record, f.name)) for f in fields(record)}
    if isinstance(record, dt.date):
        return record.isoformat()
    if isinstance(record, (tuple, list)):
        return [to_json(item) for item in record]
    if isinstance(record, dict):
        return {key: to_json(value) for key, value in record.items()}
    return record


def claim_json(claim: Claim) -> dict[str, Any]:
    """The public JSON of a claim, schema first."""
    return {"schema": claim.schema, **{k: v for k, v in to_json(claim).items() if k != "schema"}}


def statement_json(statement: Statement) -> dict[str, Any]:
    """The public JSON of a statement, schema first."""
    return {"schema": statement.schema, **{k: v for k, v in to_json(statement).items() if k != "schema"}}

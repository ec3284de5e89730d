"""The ledger: documents, claims and judgements, kept for ever in an append-only log.

The only module that others need. What is long stands in the modules beside it and takes a connection.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlalchemy import Connection, select

from tollbook.decode import decode_document
from tollbook.errors import LedgerError, UsageError
from tollbook.judgements import Judgement
from tollbook.ledger import adding, asking, clustering, judging, schema, transfer
from tollbook.ledger.engine import WAIT, Location, guard, is_lost_connection, locate, make_engine, read, write
from tollbook.ledger.events import Clock, Event, append, payload_of, read_events, unpack, utc_now
from tollbook.ledger.project import rebuild as replay
from tollbook.ledger.redact import Order, Redaction, erase_document, mask_name
from tollbook.ledger.redact import scrub as scrub_files
from tollbook.ledger.rows import (
    AddResult,
    ClaimFilter,
    Cluster,
    IncidentFilter,
    Judged,
    StoredClaim,
    StoredDocument,
    StoredIncident,
    StoredJudgement,
    StoredStatement,
)
from tollbook.ledger.seal import Seal, Signer, Stamper, problems
from tollbook.ledger.seal import seal as make_seal
from tollbook.ledger.tables import blobs, documents, head
from tollbook.ledger.verify import Report
from tollbook.ledger.verify import verify as check_all
from tollbook.records import Document, MadeBy

T = TypeVar("T")
_PAUSES = (0.5, 2.0, 8.0)  # seconds between tries when a server went away: a restart takes a few


class Ledger:
    """An open ledger. Use it in a ``with`` statement; it may be shared by threads, not by processes."""

    def __init__(self, location: Location, *, read_only: bool, create: bool, wait: float, clock: Clock) -> None:
        self.location = location
        self._clock = clock
        self._read_only = read_only
        with guard(location):
            self._engine = make_engine(location, create=create, read_only=read_only, wait=wait)
            try:
                schema.prepare(self._engine, location, None if read_only else clock, create=create)
            except BaseException:
                self._engine.dispose()
                raise

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        create: bool = False,
        read_only: bool = False,
        wait: float = WAIT,
        clock: Clock = utc_now,
    ) -> Self:
        """The ledger in a SQLite file or at ``postgresql://…``.

        ``create`` begins a new one where there is none; an older one is upgraded. A writer that finds the ledger locked
        waits ``wait`` seconds, then says so. Raises :class:`LedgerError`, or :class:`MissingExtra` for PostgreSQL
        without its driver.
        """
        return cls(locate(where), read_only=read_only, create=create, wait=wait, clock=clock)

    def close(self) -> None:
        """Lets go of the file or the server."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Closes it; a transaction in progress is given up."""
        self.close()

    # --- writing -----------------------------------------------------------------------------------------------

    def _write(self, work: Callable[[Connection], T]) -> T:
        """One transaction, tried again when a server went away in the middle: every ``work`` here may be repeated,
        since what was committed before the answer was lost is then found as known."""
        for pause in (*_PAUSES, None):
            try:
                with guard(self.location), write(self._engine) as connection:
                    return work(connection)
            except LedgerError as error:
                if pause is None or not is_lost_connection(error):
                    raise
                time.sleep(pause)
        raise AssertionError("unreachable")

    def record(self, kind: str, payload: dict[str, Any], actor: str = "tollbook") -> int:
        """Notes something in the log that changes no table (an export and its filter, say); returns its number."""
        if kind in adding.RESERVED:
            raise UsageError(f"events of the kind {kind!r} are written by the ledger itself")
        return self._write(lambda connection: append(connection, kind, payload, actor, self._clock))

    def add_document(
        self,
        document: Document,
        claims: Sequence[Any],
        raw: bytes | None = None,
        *,
        statements: Sequence[Any] = (),
        made_by: MadeBy | None = None,
    ) -> AddResult:
        """Adds one reading of a document, whole or not at all; repeating it writes nothing.

        ``claims`` and ``statements`` are records or their public JSON. ``raw``: its bytes, kept compressed; ``None``
        keeps only their hash. ``made_by`` lets :meth:`has_read` answer for documents without a claim too. Raises
        :class:`InputError` where a record's words do not stand in the text.
        """
        reading = adding.reading(document, claims, statements, raw, made_by)
        return self._write(lambda connection: adding.add(connection, reading, raw, self._clock))

    def add_all(self, read: Callable[[], Iterable[tuple[Document, Sequence[Any], bytes, MadeBy]]]) -> list[AddResult]:
        """Adds many readings in one transaction: all of them or none, also where ``read`` fails half-way.

        ``read`` gives documents, claims, raw bytes and versions, and is called again where a server went away.
        """

        def work(connection: Connection) -> list[AddResult]:
            done = []
            for document, claims, raw, made_by in read():
                payload = adding.reading(document, claims, (), raw, made_by)
                done.append(adding.add(connection, payload, raw, self._clock))
            return done

        return self._write(work)

    def judge(self, judgement: Judgement, *, revision: int | None = None) -> Judged:
        """Records a judgement. ``revision`` is what :meth:`revision` said when the judge looked; if the subject has
        changed since, :class:`RevisionError` tells what. A contradiction is a :class:`JudgementError`."""
        return self._write(lambda connection: judging.judge(connection, judgement, revision, self._clock))

    def put_clusters(self, clusters: Sequence[Cluster], made_by: str) -> int | None:
        """Makes this partition the incidents of the ledger; only what differs is written (``None``: nothing did)."""
        return self._write(lambda connection: clustering.put(connection, clusters, made_by, self._clock))

    def redact(self, *, document: str | None = None, name: str | None = None, actor: str, reason: str) -> Redaction:
        """Erases a document, or a name wherever it stands. The chain still verifies; see ``docs/ledger.md``."""
        if (document is None) == (name is None):
            raise UsageError("redact either a document or a name")

        def work(connection: Connection) -> Redaction:
            if document is not None:
                return erase_document(connection, document, Order(actor, reason, self._clock))
            return mask_name(connection, name or "", Order(actor, reason, self._clock))

        done = self._write(work)
        try:
            self.scrub()
        except LedgerError as error:
            raise LedgerError(
                f"the redaction is done (event {done.seq}), but what was erased may linger in the database's files: "
                f"{error} Close other programs, then run: tollbook ledger scrub"
            ) from error
        return done

    def scrub(self) -> None:
        """Overwrites what was erased in the database's files too; :meth:`redact` does so itself."""
        with guard(self.location):
            scrub_files(self._engine)

    def backup(self, path: str | Path) -> int:
        """Copies the ledger, while others use it, into a new SQLite file; returns the number of its last event."""
        with guard(self.location):
            return transfer.backup(self._engine, Path(path))

    def rebuild(self) -> int:
        """Makes every projection again from the log; returns the number of events played."""
        return self._write(replay)

    def seal(self, signer: Signer, stamper: Stamper | None = None) -> Seal:
        """Signs the end of the chain, has it stamped where a stamper is given, and notes it in the log."""
        return self._write(lambda connection: make_seal(connection, signer, stamper, self._clock))

    # --- reading -----------------------------------------------------------------------------------------------

    def _stream(self, ask: Callable[[Connection], Iterator[T]]) -> Iterator[T]:
        with guard(self.location), read(self._engine) as connection:
            yield from ask(connection)

    def _ask(self, ask: Callable[[Connection], T]) -> T:
        with guard(self.location), read(self._engine) as connection:
            return ask(connection)

    def events(self, after: int = 0, *, with_payload: bool = True) -> Iterator[Event]:
        """The log, oldest first."""
        return self._stream(lambda connection: read_events(connection, after, with_payload=with_payload))

    def head(self) -> tuple[int, str]:
        """Number and hash of the last event."""
        row = self._ask(lambda connection: connection.execute(select(head.c.seq, head.c.hash)).one())
        return int(row.seq), str(row.hash)

    def documents(self, ids: Sequence[str] | None = None) -> Iterator[StoredDocument]:
        """The corpus in the order in which it was first added, erased documents as tombstones."""
        return self._stream(lambda connection: asking.documents(connection, ids))

    def document(self, id: str) -> Document:
        """The document with its text. Raises :class:`LedgerError` where it is unknown or erased."""
        return decode_document(self._reading(id)["document"])

    def texts(self, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        """The cleaned texts of some documents, id and text; those that are unknown or erased are passed over."""
        return self._stream(lambda connection: asking.texts(connection, ids))

    def _reading(self, id: str) -> dict[str, Any]:
        def ask(connection: Connection) -> dict[str, Any] | None:
            seq = connection.execute(select(documents.c.seq).where(documents.c.id == id)).scalar()
            return None if seq is None else payload_of(connection, seq)

        payload = self._ask(ask)
        if payload is None or "document" not in payload:
            raise LedgerError(f"the document {id} is not in this ledger, or was erased")
        return payload

    def raw(self, id: str) -> bytes | None:
        """The bytes a document was read from; ``None`` where only their hash was kept."""
        query = select(blobs.c.body).join(documents, documents.c.raw_sha256 == blobs.c.sha256)
        body = self._ask(lambda c: c.execute(query.where(documents.c.id == id, documents.c.raw_kept == 1)).scalar())
        return None if body is None else unpack(body)

    def has_read(self, id: str, made_by: Any) -> bool:
        """Whether a document stands here as read by these versions already: an interrupted import can skip it."""
        query = select(documents.c.made_by, documents.c.state).where(documents.c.id == id)
        row = self._ask(lambda connection: connection.execute(query).one_or_none())
        return row is not None and (row.state != "read" or row.made_by == adding.versions(made_by))

    def claims(
        self, where: ClaimFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Iterator[StoredClaim]:
        """Claims, streaming, in the order in which they were read."""
        return self._stream(lambda connection: asking.claims(connection, where or ClaimFilter(), limit, offset))

    def statements(self, document: str | None = None) -> Iterator[StoredStatement]:
        """The statements of the current readings."""
        return self._stream(lambda connection: asking.statements(connection, document))

    def judgements(self, key: str | None = None, *, standing: bool = False) -> Iterator[StoredJudgement]:
        """Judgements in their order, of one key (a claim, a pair ``"c-1 c-2"``, an incident) or all of them."""
        return self._stream(lambda connection: asking.judgements(connection, key, standing=standing))

    def pair_judgements(self, claims: Sequence[str]) -> list[StoredJudgement]:
        """Judgements on pairs of which one claim is among these, in their order."""
        return self._ask(lambda connection: list(asking.pair_judgements(connection, claims)))

    def latest_judgements(self, most: int, before: int | None = None) -> list[StoredJudgement]:
        """The last ``most`` judgements, the latest first, those before an event where one is given."""
        return self._ask(lambda connection: list(asking.latest_judgements(connection, most, before)))

    def since_grouping(self, after: int = 0) -> int:
        """How many judgements that can move claims between incidents came after the incidents were last written.

        ``after``: an event that a grouping took in without having to write anything.
        """
        return self._ask(lambda connection: asking.since_grouping(connection, after))

    def incidents(
        self, where: IncidentFilter | None = None, *, limit: int | None = None, offset: int = 0
    ) -> Iterator[StoredIncident]:
        """Incidents, the latest first, those without a date last."""
        return self._stream(lambda connection: asking.incidents(connection, where or IncidentFilter(), limit, offset))

    def incident_of(self) -> dict[str, str]:
        """The incident of each claim that stands in one."""
        return dict(self._stream(asking.memberships))

    def incident(self, id: str) -> StoredIncident | None:
        """One incident."""
        return self._ask(lambda connection: asking.incident(connection, id))

    def incidents_like(self, beginning: str) -> list[str]:
        """The incident of this id, or up to three ids that begin so, in their order."""
        return self._ask(lambda connection: asking.incidents_like(connection, beginning))

    def revision(self, key: str) -> int:
        """The number of the last event that concerned a claim, a pair or an incident; 0 for one never heard of."""
        return self._ask(lambda connection: judging.revision(connection, key))

    def count(self, what: str) -> int:
        """How many current rows of ``documents``, ``claims``, ``statements``, ``judgements`` or ``incidents``."""
        return self._ask(lambda connection: asking.count(connection, what))

    def check_seal(self, made: Seal, *, public_key: str | None = None, roots: bytes | None = None) -> Sequence[str]:
        """What speaks against a seal that was given away, in words; empty: it holds.

        ``public_key``: the one you were given (base64); ``roots``: the time-stamping authority's certificates (PEM).
        """
        return self._ask(lambda connection: problems(connection, made, public_key=public_key, roots=roots))

    def verify(self, *, projections: bool = True) -> Report:
        """Checks the chain, every payload, every stored byte and (by playing the log again) every projection."""
        with guard(self.location):
            return check_all(self._engine, projections=projections)

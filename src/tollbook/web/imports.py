"""Adding documents from the browser: one worker reads them one after another; each says how it went."""

from __future__ import annotations

import queue
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tollbook.errors import InputError, TollbookError
from tollbook.inputs import Given, pages_in
from tollbook.ledger import Ledger
from tollbook.records import Page

Source = Callable[[], tuple[str, bytes]]  # name and bytes, when its turn comes
_KEPT = 50  # imports that are remembered


@dataclass(slots=True)
class Item:
    """One document of an import, or one file that could not be read."""

    key: str
    outcome: str  # added, known, superseded, redacted, failed
    document: str | None = None
    reason: str | None = None
    claims: int = 0


@dataclass(slots=True)
class Import:
    """What somebody handed in, and how far it is."""

    id: str
    by: str
    files: int
    items: list[Item] = field(default_factory=list)
    read: int = 0
    done: bool = False
    reason: str | None = None
    grouping: bool = False  # nothing was handed in: claims are grouped into incidents anew
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def failed(self) -> int:
        """How many could not be read."""
        return sum(item.outcome == "failed" for item in self.items)


def pages_of(name: str, body: bytes, given: Given, on_error: Callable[[InputError], None]) -> Iterator[Page]:
    """The pages in a file that was handed in; its name is only a name."""
    key = name.replace("\\", "/").rsplit("/", 1)[-1].strip() or "pasted text"
    yield from pages_in(key, body, given, on_error)


class Imports:
    """The worker. Reading is the heavy part: one at a time leaves the server free to answer."""

    def __init__(self, ledger: Ledger, after: Callable[[], object]) -> None:
        self._ledger = ledger
        self._after = after
        self._jobs: queue.Queue[tuple[Import, Sequence[Source], Given] | None] = queue.Queue(maxsize=20)
        self._known: dict[str, Import] = {}
        self._worker: threading.Thread | None = None
        self.grouped = 0  # the last event that a grouping of this run took in

    def start(self, by: str, sources: Sequence[Source], given: Given) -> Import:
        """Queues what was handed in. Raises :class:`InputError` where too much is waiting already."""
        return self._queue(Import(secrets.token_hex(8), by, len(sources)), sources, given)

    def group(self, by: str) -> Import:
        """Queues a new grouping of the claims, which takes minutes in a large ledger."""
        return self._queue(Import(secrets.token_hex(8), by, 0, grouping=True), (), Given())

    def _queue(self, made: Import, sources: Sequence[Source], given: Given) -> Import:
        try:
            self._jobs.put_nowait((made, sources, given))
        except queue.Full:
            raise InputError("import", "too many imports are waiting; try again when some are done") from None
        self._known[made.id] = made
        for old in list(self._known)[:-_KEPT]:
            del self._known[old]
        if self._worker is None or not self._worker.is_alive():
            self._worker = threading.Thread(target=self._run, name="tollbook-import", daemon=True)
            self._worker.start()
        return made

    def get(self, id: str) -> Import | None:
        """An import of this run of the server."""
        return self._known.get(id)

    def latest(self) -> list[Import]:
        """Those of this run, the newest first."""
        return list(reversed(self._known.values()))

    def close(self) -> None:
        """Ends after the document in hand; what is acknowledged is kept."""
        if self._worker is not None and self._worker.is_alive():
            self._jobs.put(None)
            self._worker.join(timeout=30)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            made, sources, given = job
            try:
                self._read(made, sources, given)
            except Exception as error:  # the worker outlives whatever one import does
                made.reason = (
                    str(error) if isinstance(error, TollbookError) else f"internal error ({type(error).__name__})"
                )
            made.done = True
            made.over.set()

    def _read(self, made: Import, sources: Sequence[Source], given: Given) -> None:
        changed = False
        for source in sources:
            try:
                name, body = source()
                for page in pages_of(name, body, given, lambda error: _failed(made, error)):
                    changed |= self._one(made, page)
            except InputError as error:
                _failed(made, error)
            made.read += 1
        if changed or made.grouping:
            head, _ = self._ledger.head()
            self._after()
            self.grouped = head

    def _one(self, made: Import, page: Page) -> bool:
        from tollbook import pipeline

        added = False
        for document in pipeline.clean_documents([page], as_is=False, on_error=lambda error: _failed(made, error)):
            try:
                reading, statements = pipeline.read_whole(document)
                result = self._ledger.add_document(
                    document, reading.claims, page.raw, statements=statements, made_by=pipeline.made_by()
                )
            except InputError as error:
                _failed(made, error)
                continue
            made.items.append(Item(page.key, result.outcome, document.source.id, claims=len(reading.claims)))
            added |= result.outcome in ("added", "superseded")
        return added


def _failed(made: Import, error: InputError) -> None:
    made.items.append(Item(error.key, "failed", reason=error.reason))

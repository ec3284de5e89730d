"""One stage over many pages in several processes: results in the order of the pages, the same as from one process.

Each worker is a fresh process that loads the parser once. A page that ends its worker (a crash in a library, the system
out of memory) is tried once more in a new one and, if that ends too, fails alone; what was waiting behind it goes on.
What is in flight is bounded, in pages and in bytes, so memory does not grow with the number of pages.
"""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from tollbook.errors import InputError, TollbookError
from tollbook.records import Page

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
OnError = Callable[[InputError], None]

AHEAD = 16  # pages that wait at a worker: enough that it never waits for the next one
TOGETHER = 8  # pages in one message, once the input has shown itself to be long: each message wakes the worker up
WINDOW = 128  # pages a worker, between the oldest that is not done and the newest that is begun
BYTES = 64_000_000  # of pages in flight; one page may be larger
TRIES = 2  # a worker that was ended from outside (to free memory, say) costs no page


class Stage(Protocol[T_co]):
    """A stage as :mod:`tollbook.pipeline` has them, with its other options bound; it can be pickled."""

    def __call__(self, pages: Iterable[Page], *, on_error: OnError) -> Iterator[T_co]: ...


def spread(stage: Stage[T], pages: Iterable[Page], *, jobs: int, on_error: OnError, apart: bool = False) -> Iterator[T]:
    """What ``stage`` makes of the pages, in their order, from so many processes; with one, in this process, unless it
    is to be kept ``apart``.

    The stage is called with one page at a time. Its errors are handed on in the order of the pages as well. Ends its
    workers when it is closed, interrupted or done. Raises ``TollbookError`` where a worker cannot work at all.
    """
    if jobs <= 1 and not apart:
        yield from stage(pages, on_error=on_error)
        return
    rest = iter(pages)
    first = list(islice(rest, max(1, jobs)))
    if not first:
        return
    pool = _Pool(stage, len(first))  # no more processes than pages
    try:
        for results, errors in pool.run(chain(first, rest)):
            for error in errors:
                on_error(error)
            yield from results
    finally:
        pool.close()


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    connection: Connection
    waiting: deque[int] = field(default_factory=deque)  # numbers of its pages; the first is being read
    ready: bool = False


Done = tuple[list[Any], list[InputError]]


class _Pool:
    """The parent's side: which page lies where, and what has come back."""

    def __init__(self, stage: Stage[Any], jobs: int) -> None:
        self._stage = stage
        self._jobs = jobs
        self._context = get_context("spawn")
        self._workers: list[_Worker] = []
        self._pages: dict[int, Page] = {}  # in flight
        self._tries: dict[int, int] = {}
        self._done: dict[int, Done] = {}
        self._bytes = 0

    def run(self, pages: Iterator[Page]) -> Iterator[Done]:
        """What each page gave, in order."""
        begun = given = 0
        more = True
        while True:
            while given in self._done:
                yield self._done.pop(given)
                given += 1
            while more and begun - given < WINDOW * self._jobs and (worker := self._free()) is not None:
                numbers = []
                for page in islice(pages, min(TOGETHER, 1 + begun // (AHEAD * self._jobs))):
                    self._pages[begun] = page
                    self._bytes += len(page.raw)
                    numbers.append(begun)
                    begun += 1
                    if self._bytes >= BYTES:
                        break
                if not numbers:
                    more = False
                    break
                self._send(worker, numbers)
            if given == begun and not more:
                return
            if given not in self._done:
                self._receive()

    def close(self) -> None:
        """Ends every worker."""
        for worker in self._workers:
            worker.connection.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
        self._workers.clear()

    def _free(self) -> _Worker | None:
        """The worker with the fewest pages waiting, if there is room for one more."""
        while len(self._workers) < self._jobs:
            self._start()
        if self._pages and self._bytes >= BYTES:
            return None
        # Sending to one that does not listen yet would keep the others waiting.
        listening = [worker for worker in self._workers if worker.ready and len(worker.waiting) <= AHEAD - TOGETHER]
        return min(listening, key=lambda worker: len(worker.waiting), default=None)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_work, args=(theirs, self._stage), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(_Worker(process, ours))
        return self._workers[-1]

    def _send(self, worker: _Worker, numbers: Iterable[int]) -> None:
        together = [(number, self._pages[number]) for number in numbers]
        worker.waiting.extend(number for number, _ in together)
        # A worker that has ended is seen by _receive, which sends its pages elsewhere.
        with contextlib.suppress(OSError):
            worker.connection.send(together)

    def _receive(self) -> None:
        by_connection: dict[object, _Worker] = {worker.connection: worker for worker in self._workers}
        for connection in wait([worker.connection for worker in self._workers]):
            worker = by_connection[connection]
            try:
                said = worker.connection.recv()
            except (EOFError, OSError):
                self._bury(worker)
            else:
                self._take(worker, said)

    def _take(self, worker: _Worker, said: Any) -> None:
        if said is None:
            worker.ready = True
            return
        number, results, errors, fatal = said
        if fatal is not None:
            raise TollbookError(fatal)
        worker.waiting.remove(number)
        self._finish(number, (results, [InputError(key, reason) for key, reason in errors]))

    def _finish(self, number: int, done: Done) -> None:
        self._bytes -= len(self._pages.pop(number).raw)
        self._tries.pop(number, None)
        self._done[number] = done

    def _bury(self, worker: _Worker) -> None:
        """A worker has ended: the page that it was reading is tried again or fails, the others go to a new one."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join()
        if not worker.ready:
            raise TollbookError(f"a process for --jobs could not begin ({_ending(worker.process.exitcode)})")
        if not worker.waiting:
            return
        first = worker.waiting[0]
        self._tries[first] = self._tries.get(first, 0) + 1
        if self._tries[first] >= TRIES:
            worker.waiting.popleft()
            reason = f"ended the process that read it ({_ending(worker.process.exitcode)})"
            self._finish(first, ([], [InputError(self._pages[first].key, reason)]))
        if worker.waiting:
            self._send(self._start(), worker.waiting)


def _ending(code: int | None) -> str:
    """How a process ended.

    >>> _ending(-9), _ending(3)
    ('SIGKILL', 'exit status 3')
    """
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit status {code}"


# --- the worker's side -------------------------------------------------------------------------------------------


def _work(connection: Connection, stage: Stage[Any]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    pages: SimpleQueue[tuple[int, Page]] = SimpleQueue()
    connection.send(None)
    threading.Thread(target=_listen, args=(connection, pages), daemon=True).start()
    while True:
        number, page = pages.get()
        errors: list[tuple[str, str]] = []
        results: list[Any] = []
        fatal: str | None = None
        try:
            # B023: list() has called the lambda for the last time before ``errors`` is another list.
            results = list(stage([page], on_error=lambda error: errors.append((error.key, error.reason))))  # noqa: B023
        except TollbookError as error:
            fatal = str(error)
        # Whatever it is, it is no fault of the page (those are InputErrors), and the parent has to hear of it.
        except Exception as error:
            fatal = f"{page.key}: internal error, {type(error).__name__}: {error}"
        try:
            connection.send((number, results, errors, fatal))
        except OSError:
            os._exit(1)


def _listen(connection: Connection, pages: SimpleQueue[tuple[int, Page]]) -> None:
    """Takes pages in while the worker reads, so that the parent's sending never waits for its receiving; ends the
    process when the parent is gone."""
    try:
        while True:
            for page in connection.recv():
                pages.put(page)
    except (EOFError, OSError):
        os._exit(0)

"""What commands print and where: data on standard output, messages on standard error, control characters in neither."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import time
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tollbook.errors import InputError, Notice, TollbookError
from tollbook.settings import Settings
from tollbook.show.safe import visible

if TYPE_CHECKING:
    from rich.console import Console

    from tollbook.inputs import Meter

# JSON escapes C0 itself; the rest of what can steer a terminal, turn the direction of text or break a line is
# escaped too, which changes no value. Lone surrogates cannot be written as UTF-8 at all.
_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def pacify() -> None:
    """Standard output in UTF-8 with plain line ends whatever the locale; nothing that is printed can fail to encode."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def json_line(row: Mapping[str, Any]) -> str:
    """One object as one line of JSON.

    >>> json_line({"text": "Ḥalab \u202e43"})
    '{"text": "Ḥalab \\\\u202e43"}'
    """
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(row, ensure_ascii=False))


def print_line(row: Mapping[str, Any]) -> None:
    """One JSON line on standard output; ``flush`` sends it."""
    sys.stdout.write(json_line(row) + "\n")


def print_text(text: str) -> None:
    """Text of a document: exact where a program reads it, with control characters made visible on a terminal."""
    sys.stdout.write((visible(text, keep="\n\t") if sys.stdout.isatty() else text) + "\n")


def flush() -> None:
    """After each document, so that whoever reads our output sees it at once."""
    sys.stdout.flush()


def complain(message: str, advice: str = "") -> None:
    """A message for a person, on standard error; ``advice`` is a second line that says what to do next."""
    sys.stderr.write(f"tollbook: {visible(message)}\n" + (f"          {visible(advice)}\n" if advice else ""))
    sys.stderr.flush()


def console(settings: Settings) -> Console:
    """A rich console on standard output that writes no escape sequence unless colours are wanted."""
    from rich.console import Console

    class PipeConsole(Console):
        """A console that lets a closed pipe be known, instead of ending the program by itself."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    coloured = settings.color == "always" or (
        settings.color == "auto"
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and sys.stdout.isatty()
    )
    width = None if sys.stdout.isatty() or os.environ.get("COLUMNS") else 100
    return PipeConsole(
        file=sys.stdout,
        color_system=("auto" if sys.stdout.isatty() else "standard") if coloured else None,
        force_terminal=coloured,
        no_color=not coloured,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
    )


def progress_words(documents: int, seconds: float, fraction: float | None) -> str:
    """How many documents, how fast, and for how much longer where the share that is done is known.

    >>> progress_words(1200, 60, 0.25), progress_words(3, 30, None)
    ('documents read: 1,200, 20 a second, 3 min left', 'documents read: 3, 0.1 a second')
    """
    rate = documents / seconds if seconds > 0 else 0.0
    words = f"documents read: {documents:,}, {rate:{'.1f' if rate < 10 else '.0f'}} a second"
    if not fraction:
        return words
    left = seconds * (1 - fraction) / fraction
    return words + (
        f", {left / 3600:.1f} h left"
        if left >= 5400
        else f", {left / 60:.0f} min left"
        if left >= 90
        else f", {left:.0f} s left"
    )


class Progress:
    """A line on a terminal's standard error that counts documents; silent anywhere else, and names what failed.

    An instance is the ``on_error`` of the stages: it prints each failure and remembers that there was one.
    """

    def __init__(self, settings: Settings, meter: Meter | None = None) -> None:
        # Beside a table on the same terminal the line would only flicker.
        self._shown = settings.progress and sys.stderr.isatty() and not sys.stdout.isatty()
        self._begun = self._last = time.monotonic()
        self._meter = meter
        self.documents = 0
        self.failed = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def __call__(self, error: TollbookError) -> None:
        self._clear()
        self.failed += not isinstance(error, Notice)
        message = str(error) if isinstance(error, InputError) else f"a document: {error}"
        complain(message)
        if error.__cause__ is not None and os.environ.get("TOLLBOOK_DEBUG"):
            traceback.print_exception(error.__cause__)

    def step(self) -> None:
        """One more document is done."""
        self.documents += 1
        if self._shown and time.monotonic() - self._last > 0.2:
            self._last = time.monotonic()
            fraction = self._meter.fraction() if self._meter is not None else None
            sys.stderr.write(f"\r{progress_words(self.documents, self._last - self._begun, fraction)}\x1b[K")
            sys.stderr.flush()

    def status(self) -> int:
        """The exit status of a command that went through documents."""
        if self.failed:
            self._clear()
            complain(f"{self.failed} of {self.failed + self.documents} documents could not be read")
        return 3 if self.failed else 0

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")

"""Everything that Tollbook raises on purpose.

::

    TollbookError
    ├── InputError        a page that cannot be read; names the document
    │   └── Notice        a page that is read, but not all that it says of itself; names what is left out
    ├── UsageError        a wrong option or a wrong combination of options
    ├── LedgerError       a ledger that cannot be opened, read or written; says what to do next
    │   └── RevisionError somebody else decided in the meantime; names what
    ├── JudgementError    a judgement that cannot stand; names the earlier one that it contradicts
    └── MissingExtra      a heavy dependency that is not installed; says the command that installs it
"""

from collections.abc import Iterator
from contextlib import contextmanager


class TollbookError(Exception):
    """Base of all errors meant for the person in front of the program."""


class InputError(TollbookError):
    """A document that cannot be read. ``key`` names it, ``reason`` says why in one line."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


class Notice(InputError):
    """What is not taken over of a document that is read all the same: it is told, and nothing has failed."""


@contextmanager
def naming(key: str) -> Iterator[None]:
    """Whatever goes wrong inside is the failure of the document ``key``, an ``InputError``; its cause is kept.

    Errors that are not a document's (a missing extra, a ledger) pass through.

    >>> with naming("page-7"):
    ...     [][0]
    Traceback (most recent call last):
        ...
    tollbook.errors.InputError: page-7: a fault of the reader, IndexError: list index out of range
    """
    try:
        yield
    except TollbookError:
        raise
    except RecursionError as error:
        raise InputError(key, "nested too deeply to be read") from error
    except MemoryError as error:
        raise InputError(key, "needs more memory than there is") from error
    # Broad on purpose: what people save from the web breaks parsers in ways nobody lists, in our code and in the
    # libraries below it. One page in a hundred thousand must not end the run, and it must not vanish: it is named.
    except Exception as error:
        said = " ".join(str(error).split())[:100]
        raise InputError(key, f"a fault of the reader, {type(error).__name__}{f': {said}' if said else ''}") from error


class UsageError(TollbookError):
    """The program was called in a way that cannot work; the message says what to do instead."""


class MissingExtra(TollbookError):
    """An optional dependency is absent."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} needs an extra: pip install "tollbook[{extra}]"')
        self.extra = extra


class LedgerError(TollbookError):
    """A ledger that cannot be opened, read or written. The message says what to do next."""


class RevisionError(LedgerError):
    """The subject of a judgement has changed since the judge looked at it."""


class JudgementError(TollbookError):
    """A judgement that cannot stand. ``earlier`` is the id of the judgement in its way, where there is one."""

    def __init__(self, reason: str, earlier: str | None = None) -> None:
        super().__init__(reason)
        self.earlier = earlier

"""Everything that Tollbook raises on purpose.

::

    TollbookError
    ├── InputError        a page that cannot be read; names the document
    ├── UsageError        a wrong option or a wrong combination of options
    └── MissingExtra      a heavy dependency that is not installed; says the command that installs it
"""


class TollbookError(Exception):
    """Base of all errors meant for the person in front of the program."""


class InputError(TollbookError):
    """A document that cannot be read. ``key`` names it, ``reason`` says why in one line."""

    def __init__(self, key: str, reason: str) -> None:
        super().__init__(f"{key}: {reason}")
        self.key = key
        self.reason = reason


class UsageError(TollbookError):
    """The program was called in a way that cannot work; the message says what to do instead."""


class MissingExtra(TollbookError):
    """An optional dependency is absent."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} needs an extra: pip install "tollbook[{extra}]"')
        self.extra = extra

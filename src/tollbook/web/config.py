"""How the application is served: frozen, made once by whoever starts it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Config:
    """``ledger``: a file or a PostgreSQL URL. ``by``: whose judgements these are where nobody signs in.

    ``accounts``: the file of accounts; ``None`` where none are needed (the loopback address, or ``read_only``).
    ``allow_fetch``: whether the server may fetch web pages that a user names. ``hosts``: names it may be called by.
    ``secure``: it is reached over HTTPS, so that cookies can say so.
    """

    ledger: str
    read_only: bool = False
    by: str = "owner"
    accounts: Path | None = None
    allow_fetch: bool = False
    hosts: tuple[str, ...] = ()
    secure: bool = False
    largest_upload: int = 20_000_000

    @property
    def public(self) -> bool:
        """Whether strangers read it: no words and no names unasked."""
        return self.read_only

"""What the views work with: the open ledger, its copy for lists, accounts, and how the application was started."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field

from fastapi import Request

from tollbook.ledger import Ledger
from tollbook.web.accounts import Accounts
from tollbook.web.config import Config
from tollbook.web.imports import Imports
from tollbook.web.index import Index
from tollbook.web.masks import Masks


@dataclass(slots=True)
class Desk:
    """One open ledger, served."""

    config: Config
    ledger: Ledger
    index: Index
    accounts: Accounts | None
    imports: Imports
    masks: Masks
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32))

    def close(self) -> None:
        """Lets go of everything."""
        self.imports.close()
        self.index.close()
        self.ledger.close()
        if self.accounts is not None:
            self.accounts.close()


def desk_of(request: Request) -> Desk:
    """The desk of the application that answers, its copy up to date."""
    desk: Desk = request.app.state.desk
    if desk.index.refresh():
        desk.masks.forget()
    return desk


def now() -> str:
    """The time of a judgement."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")

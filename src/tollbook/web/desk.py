"""What the views work with: the open ledger, its copy for lists, accounts, and how the application was started."""

from __future__ import annotations

import dataclasses
import datetime as dt
import secrets
import threading
from dataclasses import dataclass, field

from fastapi import Request

from tollbook.ledger import Ledger
from tollbook.web.accounts import Accounts
from tollbook.web.config import Config
from tollbook.web.imports import Imports
from tollbook.web.index import Index
from tollbook.web.masks import Masks
from tollbook.web.roles import Visitor


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
    _figures: Index | None = None
    _making: threading.Lock = field(default_factory=threading.Lock)

    def for_figures(self) -> Desk:
        """The same desk with a copy in which victims' names are masked, for those who see figures only. It is made
        when the first of them comes."""
        with self._making:
            if self._figures is None:
                self._figures = Index(self.ledger, self.masks)
        return dataclasses.replace(self, index=self._figures)

    def pending(self, visitor: Visitor) -> int:
        """How many decisions the grouping of claims does not know of yet, for those who decide."""
        if not visitor.may("judge"):
            return 0
        grouped = self.imports.grouped
        return self.index.kept(("pending", grouped), lambda: self.ledger.since_grouping(grouped))

    def close(self) -> None:
        """Lets go of everything."""
        self.imports.close()
        self.index.close()
        if self._figures is not None:
            self._figures.close()
        self.ledger.close()
        if self.accounts is not None:
            self.accounts.close()


def desk_of(request: Request) -> Desk:
    """The desk of the application that answers whoever asks, its copy up to date."""
    desk: Desk = request.app.state.desk
    visitor: Visitor = request.state.visitor
    if not visitor.may("words") and not desk.config.public:  # the copy of a public desk is masked as it is
        desk = desk.for_figures()
    if desk.index.refresh():
        desk.masks.forget()
    return desk


def now() -> str:
    """The time of a judgement."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")

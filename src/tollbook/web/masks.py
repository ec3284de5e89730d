"""Victims' names out of sight of those who only see figures: letter for letter, so that every offset still holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tollbook.exports.masking import Masker, names_in
from tollbook.ledger import ClaimFilter, Ledger
from tollbook.records import Document


class Masks:
    """The names that each document's claims show, found when a document is first asked for."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.of = lru_cache(maxsize=5_000)(self._of)

    def forget(self) -> None:
        """Something was added or read anew: other names may show."""
        self.of.cache_clear()

    def _of(self, document: str) -> Masker:
        """The masker of a document: whatever name any reading of it showed."""
        claims = self._ledger.claims(ClaimFilter(document=document, superseded=True))
        return Masker({name for claim in claims for name in names_in(claim.json)})

    def claim(self, claim: Mapping[str, Any], document: str) -> Mapping[str, Any]:
        """A claim's public JSON with the names masked."""
        masker = self.of(document)
        masked: Mapping[str, Any] = masker.apply(claim) if masker.names else claim
        return masked

    def source(self, row: Mapping[str, Any]) -> Mapping[str, Any]:
        """A document's row with the names masked in its title, its file's name and its address."""
        masker = self.of(row["id"])
        return masker.source(row) if masker.names else row

    def document(self, document: Document) -> Document:
        """A document with the names masked wherever they stand in its texts."""
        masker = self.of(document.source.id)
        if not masker.names:
            return document
        return dataclasses.replace(
            document,
            source=dataclasses.replace(
                document.source,
                title=masker.text(document.source.title or "") or None,
                key=masker.address(document.source.key),
                url=masker.address(document.source.url or "") or None,
                archive_url=masker.address(document.source.archive_url or "") or None,
            ),
            text=masker.text(document.text),
            raw=masker.text(document.raw),
            furniture=tuple(dataclasses.replace(one, text=masker.text(one.text)) for one in document.furniture),
        )

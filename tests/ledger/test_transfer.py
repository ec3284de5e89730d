"""Backup while in use, restore after the original is gone, and moving from one engine to the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ledger.made import NIGHT, document, raw_of, reading, tables
from tests.ledger.test_log import fill
from tollbook.errors import LedgerError
from tollbook.ledger import Ledger, restore


def test_a_backup_is_the_whole_ledger(place: str, tmp_path: Path) -> None:
    """Made while the ledger is open and written to afterwards; the original destroyed; everything is back."""
    copy, new = tmp_path / "copy.db", tmp_path / "new.db"
    with Ledger.open(place, create=True) as ledger:
        fill(ledger)
        before, head = tables(ledger), ledger.head()
        assert ledger.backup(copy) == head[0]
        late = document(NIGHT + " Late.")
        ledger.add_document(late, ())
    if "://" not in place:
        for path in tmp_path.glob("ledger.db*"):
            path.unlink()
    assert restore(copy, new) == head[0]
    with Ledger.open(new) as back:
        assert (tables(back), back.head()) == (before, head)
        assert back.verify().clean
        doc, _ = reading()
        assert back.raw(doc.source.id) == raw_of(doc)
    assert not list(tmp_path.glob("*.partial*"))


def test_a_laptop_moves_to_a_server_and_back(place: str, tmp_path: Path) -> None:
    """From a file into either engine: the same events, hashes and rows."""
    laptop = tmp_path / "laptop.db"
    with Ledger.open(laptop, create=True) as ledger:
        fill(ledger)
        before, head = tables(ledger), ledger.head()
    restore(laptop, place)
    with Ledger.open(place) as ledger:
        assert (tables(ledger), ledger.head()) == (before, head)
        assert ledger.verify().clean


def test_nothing_is_overwritten(place: str, tmp_path: Path) -> None:
    """Neither a backup nor a restore goes over what is there."""
    copy = tmp_path / "copy.db"
    with Ledger.open(place, create=True) as ledger:
        fill(ledger)
        ledger.backup(copy)
        with pytest.raises(LedgerError, match="never overwrites"):
            ledger.backup(copy)
    with pytest.raises(LedgerError, match=r"exists already|holds a ledger already"):
        restore(copy, place)
    with pytest.raises(LedgerError, match="no ledger"):
        restore(tmp_path / "nowhere.db", tmp_path / "new.db")

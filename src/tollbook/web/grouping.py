"""Grouping claims into incidents after something was added, with whatever linker this version has."""

from __future__ import annotations

from tollbook.ledger import Ledger


def regroup(ledger: Ledger) -> int | None:
    """Brings the incidents up to the claims; returns the event's number, ``None`` where nothing changed or no linker is
    there."""
    try:
        from tollbook import pipeline

        link = pipeline.link_ledger  # type: ignore[attr-defined]
    except (ImportError, AttributeError):
        return None
    done: int | None = link(ledger)
    return done

"""Both kinds of ledger for what is attacked."""

from tests.ledger.conftest import cluster, place

__all__ = ["cluster", "place"]

"""Candidate pairs: none that matters is lost, and their number does not grow with the square."""

from __future__ import annotations

from tests.link.made import claim, many, reports
from tollbook.link.accounts import all_accounts
from tollbook.link.block import block, pairs
from tollbook.link.columns import rows_of


def test_same_day_and_country_meet() -> None:
    """Two reports of one day and country are compared, however differently they name the place."""
    rows = rows_of(all_accounts(reports(claim("c-1", "a"), claim("c-2", "b", town="Tamra", day="2031-03-06"))))
    assert pairs(block(rows)) == [("c-1", "c-2")]


def test_a_crowded_key_is_cut() -> None:
    """A thousand reports of one day and town give some ten thousand pairs, not half a million."""
    rows = rows_of(all_accounts(reports(*(claim(f"c-{n:04}", f"d{n:04}", low=n % 40 + 1) for n in range(1000)))))
    assert 10_000 < len(pairs(block(rows))) < 120_000


def test_pairs_do_not_depend_on_order() -> None:
    """The accounts in any order have the same keys."""
    rows = rows_of(all_accounts(reports(*many(200))))
    assert pairs(block(rows)) == pairs(block(rows[::-1]))

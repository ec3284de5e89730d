"""One model, two engines: Splink on DuckDB gives every pair the score that this process gives it."""

from __future__ import annotations

import pytest

from tests.link.made import many, reports
from tollbook.incidents import incident_row, link_reports
from tollbook.link.block import block, pairs
from tollbook.link.columns import rows_of
from tollbook.link.score import score_pairs, shipped
from tollbook.link.training import all_accounts

pytest.importorskip("splink")


@pytest.mark.parametrize("kind", ["read", "coded"])
def test_splink_scores_as_we_do(kind: str) -> None:
    """The same pairs, and the same scores to the last rounded decimal."""
    from tollbook.link.splink_engine import score_with_splink

    rows = rows_of(all_accounts(reports(*many(300))))
    keys = block(rows)
    here = score_pairs(rows, pairs(keys), shipped(kind))
    there = score_with_splink(rows, keys, shipped(kind))
    assert here.keys() == there.keys()
    assert max(abs(here[p] - there[p]) for p in here) < 2e-6


def test_incidents_are_the_same_by_either_engine() -> None:
    """Scores are rounded before the threshold, so the incidents are equal too."""
    from tollbook.link.splink_engine import score_with_splink

    made = reports(*many(200, seed=2))
    assert [incident_row(i) for i in link_reports(made).incidents] == [
        incident_row(i) for i in link_reports(made, scorer=score_with_splink).incidents
    ]

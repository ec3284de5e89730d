"""One model, three engines: Splink on DuckDB, and numpy over columns, give every pair the score that it has alone."""

from __future__ import annotations

import pytest

from tests.incidents.besieged import as_reports
from tests.link.made import many, reports
from tollbook.incidents import incident_row, link_reports
from tollbook.link.accounts import Report, all_accounts
from tollbook.link.block import block, pairs
from tollbook.link.bulk import FLOOR, Pairs, Table, candidates, levels, score_in_bulk
from tollbook.link.columns import rows_of
from tollbook.link.compare import COMPARISONS
from tollbook.link.score import score_pairs, shipped


@pytest.fixture(scope="module", params=["coded", "read"])
def some(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[Report]:
    """Claims alone, and reports with their texts."""
    return reports(*many(300)) if request.param == "coded" else as_reports(tmp_path_factory.mktemp("besieged"))


@pytest.mark.parametrize("kind", ["read", "coded"])
def test_in_bulk_as_pair_by_pair(kind: str, some: list[Report]) -> None:
    """Every pair over the floor, no other, with the very score; every level is the one that the pair has alone."""
    rows = rows_of(all_accounts(some))
    keys = block(rows)
    alone = score_pairs(rows, pairs(keys), shipped(kind))
    assert score_in_bulk(rows, keys, shipped(kind)) == {p: bits for p, bits in alone.items() if bits > FLOOR}
    table = Table(rows)
    for left, right in candidates(table.ids, keys):
        for comparison in COMPARISONS:
            names = (*comparison.levels, None)
            for one, other, n in zip(left, right, levels(comparison, Pairs(table, left, right)), strict=True):
                assert names[n] == comparison.level(table.rows[one], table.rows[other])


def test_candidates_are_the_pairs_that_share_a_key() -> None:
    """Each once, however many keys they share, however few are in hand at once."""
    rows = rows_of(all_accounts(reports(*many(500, seed=3))))
    keys = block(rows)
    ids = sorted(row.id for row in rows)
    found = [(ids[a], ids[b]) for left, right in candidates(ids, keys, 1000) for a, b in zip(left, right, strict=True)]
    assert sorted(found) == pairs(keys) and len(set(found)) == len(found)


@pytest.mark.parametrize("kind", ["read", "coded"])
def test_splink_scores_as_we_do(kind: str, some: list[Report]) -> None:
    """The same pairs, and the same scores to the last rounded decimal."""
    pytest.importorskip("splink")
    from tollbook.link.splink_engine import score_with_splink

    rows = rows_of(all_accounts(some))
    keys = block(rows)
    here = score_pairs(rows, pairs(keys), shipped(kind))
    there = score_with_splink(rows, keys, shipped(kind))
    assert here.keys() == there.keys()
    assert max(abs(here[p] - there[p]) for p in here) < 2e-6


def test_incidents_are_the_same_by_either_engine() -> None:
    """Scores are rounded before the threshold, so the incidents are equal too."""
    pytest.importorskip("splink")
    from tollbook.link.splink_engine import score_with_splink

    made = reports(*many(200, seed=2))
    assert [incident_row(i) for i in link_reports(made).incidents] == [
        incident_row(i) for i in link_reports(made, scorer=score_with_splink).incidents
    ]

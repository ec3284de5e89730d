"""One city, one week, many incidents: what belongs together is together, and wrong merges are few.

A wrong merge erases deaths, so the limit on them stands first. The reports: :mod:`tests.incidents.besieged`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

import pytest

from tests.incidents.besieged import INCIDENTS, as_reports, truth_of
from tollbook.incidents import Incident, link_reports

Linked = tuple[dict[str, str], tuple[Incident, ...]]


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Linked:
    """The incident that each claim is of, and what linking makes of the claims."""
    reports = as_reports(tmp_path_factory.mktemp("besieged"))
    return truth_of(reports), link_reports(reports).incidents


def test_few_are_merged_that_are_not_one(linked: Linked) -> None:
    """Of the pairs of claims that linking joins, hardly any are of two incidents; most that are of one are joined."""
    truth, incidents = linked
    assert len(truth) >= 50
    joined = [
        (truth[a.id], truth[b.id])
        for incident in incidents for a, b in combinations([c for c in incident.claims if c.id in truth], 2)
    ]  # fmt: skip
    wrong = sum(one != other for one, other in joined)
    sizes = Counter(name for name in truth.values() if not name.startswith("T"))
    assert wrong <= 0.08 * len(joined)
    assert len(joined) - wrong >= 0.75 * sum(n * (n - 1) // 2 for n in sizes.values())


def test_two_raids_on_one_quarter_in_one_day_stay_two(linked: Linked) -> None:
    """Only the hour and what was hit tell them apart, and no report mixes them."""
    truth, incidents = linked
    for incident in incidents:
        by_document: dict[str, set[str]] = defaultdict(set)
        for claim in incident.claims:
            by_document[claim.document].add(truth.get(claim.id, "?"))
        assert not any({"K6", "K7"} <= names for names in by_document.values())


def test_origins_and_contradictions(linked: Linked) -> None:
    """Reprints and relays add no origin; of what the origins differ in most is found, and little is made up."""
    truth, incidents = linked
    right = found = said = 0
    for name, (origins, differ) in INCIDENTS.items():
        home = max(incidents, key=lambda i: sum(truth.get(c.id) == name for c in i.claims))
        right += home.origins.low <= origins <= home.origins.high and home.origins.high - home.origins.low <= 2
        fields = {c.field for c in home.contradictions}
        said += len(fields)
        found += len(fields & differ)
    assert right >= 3
    assert found >= 4 and found >= 0.6 * said

"""What is counted over columns is what one would count over the rows themselves, whatever is asked and judged."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks.web import make
from tests.ledger.made import judgement
from tollbook.ledger import ClaimFilter, Ledger
from tollbook.web.filters import FACETS, NOT_STATED, PAGE, SORTS, TRAYS, Filter, read_filter
from tollbook.web.index import Index, ask, overview


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of 120 incidents with 360 claims."""
    path = tmp_path_factory.mktemp("overview") / "ledger.db"
    make(path, 120)
    return path


def _questions(kind: Any, chance: random.Random, seen: list[Any]) -> list[Filter]:
    """Questions of all kinds; values are those of rows, so that most find something."""
    asked = []
    for _ in range(40):
        pairs = []
        for name in chance.sample(sorted(FACETS[kind]), chance.randrange(3)):
            for row in chance.sample(seen, chance.randrange(1, 3)):
                value = row.get(name)
                pairs.append((name, str(value).split("; ")[0] if value is not None else NOT_STATED))
        if chance.random() < 0.3:
            pairs.append(("q", chance.choice(["market", "hospital brid", '"people were killed"', "nosuchword"])))
        if chance.random() < 0.3:
            pairs += [("since", "2015-02-01"), ("until", "2022-06-30")]
        if chance.random() < 0.2 and kind != "documents":
            pairs.append(("box", "0,10,40,40"))
        if chance.random() < 0.2:
            pairs.append(("missing", chance.choice(TRAYS[kind])))
        pairs.append(("sort", chance.choice(list(SORTS[kind]))))
        asked.append(read_filter(kind, pairs))
    return asked


def _check(index: Index, f: Filter) -> None:
    rows = list(ask.every(index, f))
    seen = overview.overview(index, f)
    assert seen.total == len(rows), f
    assert [row["id"] for row in overview.page(index, f)] == [row["id"] for row in rows[:PAGE]], f
    day = "published" if f.kind == "documents" else "date_from"
    assert sum(one.count for one in seen.bins) == sum(row[day] is not None for row in rows), f
    for facet in seen.facets:
        if facet.name in f.facets:
            continue
        told: Counter[str] = Counter()
        for row in rows:
            if (f.kind, facet.name) in {("incidents", "blamed"), ("incidents", "outlet")}:
                table, column = {"blamed": ("party", "name"), "outlet": ("told", "outlet")}[facet.name]
                sql = f"SELECT {column} FROM {table} WHERE incident = ? AND {column} <> ''"
                values = [one[0] for one in index.connection().execute(sql, [row["n"]])] or [NOT_STATED]
            else:
                values = [row[facet.name] or NOT_STATED]
            told.update(values)
        assert {value.value: value.count for value in facet.values}.items() <= told.items(), (f, facet.name)
        assert len(facet.values) + facet.more == len(told)
    if f.kind != "documents":
        placed = [row for row in rows if row["lat"] is not None]
        spots = overview.spots(index, f)
        assert Counter((row["lat"], row["lon"], row["precision"]) for row in placed) == {
            (spot.lat, spot.lon, spot.precision): spot.rows for spot in spots
        }
        single = {spot.id for spot in spots if spot.rows == 1}
        assert single <= {row["id"] for row in placed} and None not in single
        if f.kind == "incidents":
            assert sum(spot.killed for spot in spots) == sum(row["killed_low"] or 0 for row in placed)


def test_columns_answer_as_the_rows_do(made: Path) -> None:
    """Random questions to each list: totals, order, facets, timeline and map are those of the rows."""
    with Ledger.open(made, read_only=True) as ledger:
        index = Index(ledger)
        chance = random.Random(11)
        for kind in FACETS:
            for f in _questions(kind, chance, list(ask.every(index, read_filter(kind, [])))):
                _check(index, f)
        index.close()


def test_columns_follow_the_ledger(tmp_path: Path) -> None:
    """After judgements and corrections only some columns are read again; they answer as a copy made anew does."""
    path = tmp_path / "ledger.db"
    make(path, 60)
    chance = random.Random(5)
    with Ledger.open(path) as ledger:
        index = Index(ledger)
        before = index.columns["claims"]
        some = list(ledger.claims(ClaimFilter(country="SY")))[:6]
        for n, claim in enumerate(some):
            kind = ("accept", "reject", "unsure")[n % 3]
            ledger.judge(judgement(kind, claim.id, minute=n))
        assert index.refresh()
        assert index.columns["documents"] is not None and index.columns["claims"] is not before
        assert index.columns["claims"].order("toll") is before.order("toll")  # no judgement changes a number
        fresh = Index(ledger)
        for kind in FACETS:
            for f in _questions(kind, chance, list(ask.every(index, read_filter(kind, [])))):
                _check(index, f)
                assert overview.overview(index, f) == overview.overview(fresh, f)
        index.close()
        fresh.close()

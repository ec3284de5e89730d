"""Claims made for the tests: invented places, people and outlets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from tollbook.incidents.reports import reports_of_claims
from tollbook.link.accounts import Report

TOWNS = {
    "Marda": (35.1, 40.2),
    "Kesra": (35.9, 39.1),
    "Ouled": (34.2, 41.0),
    "Tamra": (33.5, 36.3),
    "Belis": (36.8, 38.0),
}
EVENTS = ("airstrike", "shelling", "shooting", "landmine")


def claim(id: str, key: str, **values: Any) -> dict[str, Any]:
    """A claim in the public JSON; ``values`` replace its fields, those of ``document`` and ``count`` by their names."""
    town = values.pop("town", "Marda")
    day = values.pop("day", "2031-03-05")
    low = values.pop("low", 7)
    place = (
        None
        if town is None
        else {
            "text": town,
            "name": town,
            "country": "XA",
            "lat": TOWNS[town][0],
            "lon": TOWNS[town][1],
            "precision": "town",
        }
    )
    row: dict[str, Any] = {
        "schema": "tollbook.claim/1",
        "id": id,
        "document": {
            "key": key,
            "id": "d-" + key,
            "outlet": values.pop("outlet", key),
            "published": values.pop("published", "2031-03-06"),
        },
        "quote": None,
        "harm": "killed",
        "count": {"low": low, "high": values.pop("high", low), "qualifier": values.pop("qualifier", "exact")},
        "victims": {"status": values.pop("status", "unknown"), "groups": []},
        "event": {"type": "airstrike"},
        "date": None if day is None else {"from": day, "to": day, "precision": "day"},
        "place": place,
        "blamed": [],
        "attribution": [],
        "stance": "asserted",
        "scope": "incident",
        "relation": None,
    }
    row.update(values)
    return row


def speaker(body: str, kind: str = "government") -> list[dict[str, Any]]:
    """An attribution to one body."""
    return [{"name": body, "body": body, "kind": kind, "mode": "indirect"}]


def said(chance: random.Random) -> list[dict[str, Any]]:
    """One of three bodies, or nobody."""
    return speaker(chance.choice(("Health Office", "Ministry", "Monitor"))) if chance.random() < 0.6 else []


def reports(*rows: dict[str, Any]) -> list[Report]:
    """Reports of these claims."""
    return reports_of_claims(rows)


def many(number: int, seed: int = 1) -> list[dict[str, Any]]:
    """Claims of made incidents, one to four reports each, with the errors that reports have."""
    return list(stream(number, seed))


def stream(number: int, seed: int = 1, years: int = 1) -> Iterator[dict[str, Any]]:
    """As :func:`many`, one at a time, over a year or several."""
    chance = random.Random(seed)
    made = 0
    while made < number:
        town, month, day, low = (
            chance.choice(list(TOWNS)),
            chance.randint(1, 12),
            chance.randint(1, 28),
            chance.randint(1, 60),
        )
        event = chance.choice(EVENTS)
        date = f"{2031 + (chance.randrange(years) if years > 1 else 0)}-{month:02}-{day:02}"
        for _ in range(chance.choice((1, 1, 2, 3, 4))):
            n, made = made, made + 1
            row = (
                claim(
                    f"c-{n:06}", f"doc{n:06}", outlet=f"Outlet {chance.randint(1, 40)}",
                    town=None if chance.random() < 0.1 else town,
                    day=None if chance.random() < 0.1 else date,
                    published=date, low=max(1, low + chance.choice((0, 0, 0, 1, -2))),
                    event={"type": event}, attribution=said(chance),
                )
            )  # fmt: skip
            if n < number:
                yield row

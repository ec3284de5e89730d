"""What is measured: in the gate, which has to be quick, and in the report, which measures everything."""

from __future__ import annotations

from tests.quality.measure import Set

GOLDEN = (Set("golden-open", "golden", "open"), Set("golden-held", "golden", "held"))

# The gate's evaluation sets. A limit is the first N documents of the file; six minutes on two cores is the budget.
GATE = (
    *GOLDEN,
    Set("claims", "claims", "claims.jsonl"),
    Set("toll-400", "toll", "gva.jsonl", 400),
    Set("muc-200", "muc", "muc4.jsonl", 200),
    Set("siege", "siege", "siege.jsonl"),
    Set("link-400", "link", "gva.jsonl", 400),
    Set("records", "records", "maverick-claims.jsonl"),
    Set("attributions-40", "attributions", "attributions-dev.jsonl", 40),
    Set("places-150", "places", "places-lgl.jsonl", 150),
    Set("dates", "dates", "dates-wikiwars.jsonl"),
)

REPORT = (
    *GOLDEN,
    Set("claims", "claims", "claims.jsonl"),
    Set("toll", "toll", "gva.jsonl"),
    Set("muc", "muc", "muc4.jsonl"),
    Set("siege", "siege", "siege.jsonl"),
    Set("link", "link", "gva.jsonl"),
    Set("records", "records", "maverick-claims.jsonl"),
    Set("attributions-dev", "attributions", "attributions-dev.jsonl"),
    Set("attributions-train", "attributions", "attributions-train.jsonl"),
    Set("places", "places", "places-lgl.jsonl"),
    Set("dates", "dates", "dates-wikiwars.jsonl"),
)

# What each set shows, for a reader of docs/quality.md.
SHOWS = {
    "golden-open": "our own reports, one difficulty each; rules are written against them",
    "golden-held": "our own reports that nobody writes rules against",
    "claims": "web reports of strikes and attacks in Syria, 2021-26, every claim labelled",
    "toll": "local reports of shootings in the United States: killed and injured in the main incident",
    "muc": "agency dispatches from Latin America, 1988-91, in capitals: groups of victims",
    "siege": "invented reports of one besieged city: incidents, rival counts, reprints, denials",
    "link": "the shooting reports again: which tell of one incident",
    "records": "coded records of election violence: which tell of one event",
    "attributions": "source, cue and content of every attribution in news",
    "places": "place names of local news, with coordinates",
    "dates": "date expressions in accounts of wars",
}

# The figures of each kind that carry a floor. The rest is printed and may move.
GUARDED: dict[str, tuple[str, ...]] = {
    "golden": (
        *("found precision", "found recall", "found f1", "count", "status", "event", "date", "place"),
        *("blamed", "origin", "stance", "scope", "relation", "whole f1"),
    ),
    "claims": (
        "found precision",
        "found recall",
        "found f1",
        *(f"slots, of those found {slot}" for slot in ("count", "status", "event", "date", "place", "blamed")),
        *(f"slots, of those found {slot}" for slot in ("origin", "stance", "scope", "relation")),
        "whole claim right f1",
    ),
    "toll": ("killed exact", "killed overlap", "injured exact", "injured overlap"),
    "muc": ("recall",),
    "siege": ("claims found", "stance right", "b-cubed f1", "pairs f1", "origins right", "contradictions f1"),
    "link": ("b-cubed f1", "pairs f1"),
    "records": ("b-cubed f1", "pairs f1"),
    "attributions": ("source f1", "cue f1", "content f1"),
    "places": ("found f1", "found and right f1"),
    "dates": ("found f1", "found and right f1"),
}

"""An invented city under siege, in the words of seven outlets: eighteen reports of seven incidents in one week.

The reports stand in besieged.txt. Written for the tests and for fitting the weights: two shellings of one quarter on
different days, two air raids on another in one day, reprints, rival counts, denials, a total and something of two years
before. Every number is marked ``<<words|incident|origin|harm|scope|stance>>``; harm, scope and stance are "killed",
"incident" and "asserted" where they are left out. ``T`` is a total, ``B`` what happened long ago.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tollbook import pipeline
from tollbook.incidents.reports import report_of
from tollbook.inputs import Given, read_pages
from tollbook.link.accounts import Report


@dataclass(frozen=True, slots=True)
class Marked:
    """One number: where it stands, its incident, who gives it."""

    start: int
    end: int
    incident: str
    origin: str
    harm: str
    scope: str
    stance: str


@dataclass(frozen=True, slots=True)
class Told:
    """One report without the marks, and its numbers."""

    key: str
    outlet: str
    published: str
    title: str
    text: str
    numbers: tuple[Marked, ...]


_MARK = re.compile(r"<<(.*?)>>")


def told() -> list[Told]:
    """The reports in the order in which they were printed."""
    parts = Path(__file__).with_suffix(".txt").read_text("utf-8").split("=== ")[1:]
    return [_unmarked(*part.partition("\n")[0].split(" | "), part.partition("\n")[2].rstrip("\n")) for part in parts]


def _unmarked(key: str, outlet: str, published: str, title: str, body: str) -> Told:
    text, numbers, at = "", [], 0
    for match in _MARK.finditer(body):
        text += body[at : match.start()]
        words, incident, origin, *rest = match[1].split("|")
        harm, scope, stance = (*rest, *("killed", "incident", "asserted")[len(rest) :])
        numbers.append(Marked(len(text), len(text) + len(words), incident, origin, harm, scope, stance))
        text += words
        at = match.end()
    return Told(key, outlet, published, title, text + body[at:], tuple(numbers))


def as_reports(folder: Path) -> list[Report]:
    """The reports as they are read, for linking; ``folder`` is for the file that they are read from."""
    file = folder / "reports.jsonl"
    rows = (
        {"id": r.key, "text": r.text, "title": r.title, "outlet": r.outlet, "published": r.published} for r in told()
    )
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    found = []
    for document in pipeline.clean_documents(read_pages([str(file)], Given(), print), as_is=False, on_error=print):
        reading = pipeline.read_document(document)
        found.append(report_of(document, reading.claims, reading.threads))
    return found


def truth_of(reports: Iterable[Report]) -> dict[str, str]:
    """The incident of each claim that was marked."""
    written = {one.key: one for one in told()}
    truth = {}
    for report in reports:
        one = written[report.key]
        for claim in report.claims:
            assert claim.at is not None and claim.quote is not None
            at = claim.at - claim.quote[1] + one.text.index(claim.quote[0])
            for number in one.numbers:
                if number.start <= at < number.end and number.harm == claim.harm:
                    truth[claim.id] = number.incident
    return truth


# How many origins each incident has, and in what they differ.
INCIDENTS = {
    "K1": (4, {"number", "blamed"}),
    "K2": (4, {"number", "status"}),
    "K3": (5, {"number"}),
    "K4": (3, {"blamed"}),
    "K5": (3, set()),
    "K6": (3, set()),
    "K7": (3, {"number", "happened"}),
}

"""One text printed twice is one origin, whoever prints it."""

from __future__ import annotations

from tests.link.made import claim
from tollbook.incidents import incident_row, link_reports
from tollbook.incidents.reports import reports_of_claims

TEXT = (
    "Seven people died in Marda on Wednesday when aircraft struck the covered market just after the morning prayer.\n"
    "Shopkeepers dug with their hands through the collapsed roof of the spice hall until the rescuers came at noon.\n"
    "The bridge over the river had been closed for a week, and the ambulances had to take the long road by the quarry."
)
OTHER = (
    "An air raid on Marda on Wednesday left seven dead.\n"
    "Our correspondent saw two craters beside the old mill, and a bus that had burnt out.\n"
    "Schools in the district will stay shut until further notice, a teacher wrote."
)


def origins(one: str, other: str) -> dict[str, int]:
    """How many origins two reports without a speaker have."""
    claims = [claim("c-1", "a"), claim("c-2", "b")]
    for row, text in zip(claims, (one, other), strict=True):
        words = text.split("\n", 1)[0]
        row["quote"] = {"text": words, "start": 0, "end": len(words)}
    linked = link_reports(reports_of_claims(claims, {"d-a": one, "d-b": other}))
    (row,) = [incident_row(incident) for incident in linked.incidents]
    assert row["outlets"] == 2
    found: dict[str, int] = row["origins"]
    return found


def test_a_reprint_is_no_second_origin() -> None:
    """The same words under another name, whole or cut, add nothing; a text of its own may."""
    assert origins(TEXT, TEXT) == {"low": 1, "high": 1}
    assert origins(TEXT, "Marda report.\n" + TEXT.rsplit("\n", 1)[0]) == {"low": 1, "high": 1}
    assert origins(TEXT, OTHER) == {"low": 1, "high": 2}

"""Incidents across documents: what reports tell of one event, from how many origins, and in what they contradict."""

from tollbook.incidents.assemble import Incident, Linked, Scorer, Verdict, link_reports, score_here
from tollbook.incidents.rows import INCIDENT_SCHEMA, incident_row
from tollbook.link.likely import Doubt

__all__ = [
    "INCIDENT_SCHEMA", "Doubt", "Incident", "Linked", "Scorer", "Verdict", "incident_row", "link_reports", "score_here",
]  # fmt: skip

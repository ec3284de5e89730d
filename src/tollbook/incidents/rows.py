"""An incident as public JSON: one object a line of ``tollbook incidents --jsonl``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tollbook.incidents.assemble import Incident
from tollbook.incidents.figures import HARMS, Figure, span
from tollbook.incidents.sentence import headline, sentence
from tollbook.link.claims import Days, Site

INCIDENT_SCHEMA = "tollbook.incident/1"


def incident_row(incident: Incident, status: str = "candidate") -> dict[str, Any]:
    """The public JSON of an incident. A harm that nobody counts is ``null``, never 0."""
    ranks: dict[str, int] = {}
    for account in incident.accounts:
        ranks[account.key] = min(account.rank, ranks.get(account.key, account.rank))
    days, site = incident.days, incident.site
    place = (site.name or site.text or site.detail) if site else None
    return {
        "schema": INCIDENT_SCHEMA,
        "id": incident.id,
        "title": headline(incident.event, place, (days.first, days.last) if days else None),
        "sentence": sentence(incident.origins, incident.by_harm, incident.blamed, incident.contradictions),
        "documents": [{"key": key, "rank": rank} for key, rank in sorted(ranks.items())],
        "killed": _range(incident.by_harm.get("killed")),
        "injured": _range(incident.by_harm.get("injured")),
        "others": {h: _range(incident.by_harm[h]) for h in HARMS[2:] if h in incident.by_harm},
        "date": _date(days),
        "place": _place(site),
        "event": incident.event,
        "blamed": list(incident.blamed),
        "status": status,
        "outlets": incident.origins.outlets,
        "origins": {"low": incident.origins.low, "high": incident.origins.high},
        "by_origin": [_figure(f) for last in incident.by_harm.values() for f in last.values()],
        "over_time": [_figure(f) for f in incident.figures],
        "contradictions": [{"field": c.field, "claims": list(c.claims)} for c in incident.contradictions],
        "claims": sorted(c.id for c in incident.claims),
        "totals": list(incident.totals),
    }


def _range(figures: Mapping[str, Figure] | None) -> dict[str, int | None] | None:
    found = span(figures or {})
    return None if found is None else {"low": found[0], "high": found[1]}


def _day(ordinal: int) -> str | None:
    return dt.date.fromordinal(ordinal).isoformat() if ordinal else None


def _date(days: Days | None) -> dict[str, Any] | None:
    return None if days is None else {"from": _day(days.first), "to": _day(days.last), "precision": days.precision}


def _place(site: Site | None) -> dict[str, Any] | None:
    if site is None:
        return None
    return {
        "name": site.name or site.text, "country": site.country, "admin1": site.admin1,
        "lat": site.lat, "lon": site.lon, "precision": site.precision,
    }  # fmt: skip


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "origin": figure.origin.name, "known": figure.origin.known, "harm": figure.harm,
        "low": figure.low, "high": figure.high, "said": _day(figure.told), "claims": list(figure.claims),
    }  # fmt: skip

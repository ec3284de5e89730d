"""Claims, documents and incidents to look at in a notebook.

``%load_ext tollbook.notebook`` makes Jupyter draw them by itself; :func:`show` draws one where that is not wanted. All
text of articles is escaped; nothing is fetched and no script runs.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tollbook.decode import decode_claim
from tollbook.errors import UsageError
from tollbook.exports.contract import IncidentRow
from tollbook.exports.jsonl import incident_json
from tollbook.records import Claim, Document
from tollbook.show.safe import visible
from tollbook.show.words import (
    NOT_STATED,
    blamed_words,
    chain_words,
    count_words,
    date_words,
    event_words,
    place_words,
    range_words,
    victims_words,
)

_MARK = "background:#fff3b0;color:#222;padding:0 .15em"
_BOX = "border-left:3px solid #888;padding:.2em .8em;margin:.4em 0;max-width:60em"
_NOTE = "color:#666;font-size:90%"


@dataclass(frozen=True, slots=True)
class Shown:
    """HTML that a notebook draws."""

    html: str

    def _repr_html_(self) -> str:
        return self.html


def show(thing: Any) -> Shown:
    """A claim, a document or an incident, of a reader or of a ledger, as HTML. Raises ``UsageError`` for anything
    else."""
    from tollbook.ledger import StoredClaim, StoredIncident

    if isinstance(thing, StoredClaim):
        return Shown(claim_html(thing.record(), thing.review))
    if isinstance(thing, StoredIncident):
        said = {"status": thing.status, "grade": thing.grade, "claims": list(thing.claims)}
        return Shown(incident_html({"id": thing.id, **thing.summary, **said}))
    if isinstance(thing, IncidentRow):
        return Shown(incident_html(incident_json(thing), [decode_claim(row.json) for row in thing.claims]))
    if isinstance(thing, Claim):
        return Shown(claim_html(thing))
    if isinstance(thing, Document):
        return Shown(document_html(thing))
    raise UsageError(f"a {type(thing).__name__} is no claim, no document and no incident")


def claim_html(claim: Claim, review: str | None = None) -> str:
    """A claim: the passage with its number marked, then what was read."""
    rows = [
        (claim.harm, count_words(claim.count)),
        ("victims", victims_words(claim.victims)),
        ("event", event_words(claim.event)),
        ("date", date_words(claim.date)),
        ("place", place_words(claim.place)),
        ("blamed", blamed_words(claim.blamed)),
        ("who says", chain_words(claim.attribution)),
    ]
    if claim.stance != "asserted":
        rows.append(("stance", claim.stance))
    if review is not None:
        rows.append(("review", review))
    source = claim.document
    about = " · ".join(
        _safe(part) for part in (source.outlet or "outlet not stated", str(source.published or ""), claim.id) if part
    )
    return (
        f'<div style="{_BOX}"><blockquote dir="auto" style="margin:.2em 0">{_passage(claim)}</blockquote>'
        f'{_table(rows)}<div style="{_NOTE}">{about}. What the report claims, not what is true.</div></div>'
    )


def _passage(claim: Claim) -> str:
    if claim.quote is None:
        return "<i>coded elsewhere, without words</i>"
    text, first = claim.quote.text, claim.count.start - claim.quote.start
    last = first + len(claim.count.text)
    if not 0 <= first <= last <= len(text):
        return _safe(text)
    return f'{_safe(text[:first])}<mark style="{_MARK}">{_safe(text[first:last])}</mark>{_safe(text[last:])}'


def document_html(document: Document, claims: Sequence[Claim] = (), longest: int = 2000) -> str:
    """A document: its head, and its text (the first ``longest`` characters) with the numbers of ``claims`` marked."""
    source = document.source
    spans = sorted({(c.count.start, c.count.end) for c in claims if c.count.end <= longest})
    parts, at = [], 0
    for start, end in spans:
        if start >= at:
            parts += [
                _safe(document.text[at:start], "\n"),
                f'<mark style="{_MARK}">{_safe(document.text[start:end])}</mark>',
            ]
            at = end
    parts.append(_safe(document.text[at:longest], "\n"))
    more = f" … {len(document.text) - longest:,} more characters" if len(document.text) > longest else ""
    head = " · ".join(
        _safe(str(part)) for part in (source.outlet, source.published, source.language, source.id) if part
    )
    return (
        f'<div style="{_BOX}"><b dir="auto">{_safe(source.title or source.key)}</b><div style="{_NOTE}">{head}</div>'
        f'<div dir="auto" style="white-space:pre-wrap">{"".join(parts)}{more}</div>'
        f'<div style="{_NOTE}">SHA-256 of the text {_safe(source.sha256)}</div></div>'
    )


def incident_html(incident: Mapping[str, Any], claims: Sequence[Claim] = ()) -> str:
    """An incident in public JSON, with its claims below where they are given."""
    tolls = {"killed": incident.get("killed"), "injured": incident.get("injured"), **(incident.get("others") or {})}
    rows = [(harm, range_words(toll["low"], toll["high"]) if toll else NOT_STATED) for harm, toll in tolls.items()]
    date, place, origins = (incident.get(name) or {} for name in ("date", "place", "origins"))
    days = f"{date.get('from')} – {date.get('to')}" if date.get("from") != date.get("to") else date.get("from")
    rows += [
        ("when", str(days) if date else NOT_STATED),
        ("where", str(place.get("name") or place.get("country") or NOT_STATED)),
        ("blamed", ", ".join(incident.get("blamed") or ()) or NOT_STATED),
        ("origins", range_words(origins.get("low"), origins.get("high"))),
        (
            "status",
            f"{incident.get('status', 'candidate')}{', ' + str(incident['grade']) if incident.get('grade') else ''}",
        ),
    ]
    title = incident.get("title") or incident["id"]
    told = f"<p>{_safe(str(incident['sentence']))}</p>" if incident.get("sentence") else ""
    return (
        f'<div style="{_BOX}"><b>{_safe(str(title))}</b>{told}{_table(rows)}'
        f'<div style="{_NOTE}">{_safe(str(incident["id"]))} · {len(incident.get("claims") or ())} claims</div>'
        f"{''.join(claim_html(claim) for claim in claims)}</div>"
    )


def _table(rows: Sequence[tuple[str, str]]) -> str:
    cells = "".join(
        f'<tr><th scope="row" style="text-align:left;font-weight:normal;color:#666">{_safe(name)}</th>'
        f'<td style="text-align:left"><bdi>{_safe(words)}</bdi></td></tr>'
        for name, words in rows
    )
    return f'<table style="margin:.3em 0">{cells}</table>'


def _safe(text: str, keep: str = "") -> str:
    return html.escape(visible(text, keep), quote=True)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext tollbook.notebook``: from now on the records draw themselves."""
    formatter = shell.display_formatter.formatters["text/html"]
    for module, name in (
        ("tollbook.records", "Claim"), ("tollbook.records", "Document"), ("tollbook.ledger.rows", "StoredClaim"),
        ("tollbook.ledger.rows", "StoredIncident"), ("tollbook.exports.contract", "IncidentRow"),
    ):  # fmt: skip
        formatter.for_type_by_name(module, name, lambda thing: show(thing).html)

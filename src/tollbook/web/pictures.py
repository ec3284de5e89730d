"""Pictures of a ledger for reports: what a question finds over time and on a map, and the ranges of one incident."""

from __future__ import annotations

from pathlib import Path

from tollbook import __version__
from tollbook.errors import MissingExtra, UsageError
from tollbook.ledger import Ledger
from tollbook.show.words import range_words
from tollbook.web import charts, words
from tollbook.web import incident as view
from tollbook.web.charts import report
from tollbook.web.facts import facts
from tollbook.web.filters import FACETS, Filter
from tollbook.web.formats import METRES
from tollbook.web.index import Index, overview
from tollbook.web.masks import Masks
from tollbook.web.told import told_of
from tollbook.web.towns import towns

WIDTH = 960
_DRAWN = ("killed", "injured", "casualties", "missing", "abducted", "detained", "displaced")
_NAMES = frozenset({"outlet", "blamed", "origin"})  # facets of names, which stand as they are
_FONT = Path(__file__).parent / "static/vendor/DejaVuSans.ttf"
_CAVEAT = "A claim is what a report says, never what is true."


def timeline(index: Index, f: Filter, width: float = WIDTH) -> str:
    """When: each incident as a dot where the stretch is narrow, bars otherwise. SVG."""
    seen = overview.overview(index, f)
    columns, ticks = charts.columns(seen.unit, seen.bins)
    narrow = f.kind == "incidents" and seen.unit == "day"
    dots = charts.dots(overview.few(index, f, charts.MOST_DOTS), f.since, f.until) if narrow else None
    return report.timeline(_caption(index, f, "date"), columns, ticks, dots, width)


def map_(index: Index, f: Filter, width: float = WIDTH) -> str:
    """Where: every place of what the question finds, on the base map. SVG."""
    spots = [report.Spot(spot.lat, spot.lon, spot.precision, spot.rows, METRES.get(spot.precision or "", 50_000))
             for spot in overview.spots(index, f)]  # fmt: skip
    return report.map_(_caption(index, f, "place"), spots, towns(), width)


def ranges(ledger: Ledger, id: str, width: float = WIDTH) -> str:
    """Who says how many of one incident, on one axis. SVG; victims' names that a report shows are masked.

    Raises :class:`UsageError` where there is no such incident.
    """
    stored = ledger.incident(id)
    if stored is None:
        raise UsageError(f"there is no incident {id[:40]} in this ledger; tollbook incidents --ledger lists them")
    told, _ = told_of(ledger, stored, Masks(ledger))
    found = facts(stored.summary, [view.json_of(one) for one in told], judged=False)
    date, place = found.date or {}, found.place or {}
    groups = []
    for harm in _DRAWN:
        axis, origins = view.origins(told, harm)
        lines = []
        for origin in origins:
            for n, same in enumerate(origin.figures):
                note = words.label(origin.kind) if origin.known else "names no source; independence unknown"
                note = note if n == 0 else "also says"
                more = f"; {words.several(len(same.others), 'repetition')}" if same.others else ""
                claim = same.first.claim
                doubt = "" if claim.stance == "asserted" else f"; {words.label(claim.stance)}"
                bar = axis.bar(claim.count.low, claim.count.high, range_words(claim.count.low, claim.count.high),
                               tone=same.bar.tone)  # fmt: skip
                lines.append((origin.name if n == 0 else "", f"{note}{doubt}{more}", bar))
        if lines:
            groups.append(report.Ranges(words.label(harm), axis, tuple(lines)))
    what = words.label(found.event).capitalize() if found.event else "Incident"
    where = place.get("name") or place.get("text") or "place not stated"
    day = words.days(date.get("from"), date.get("to")) if date else "date not stated"
    status = (
        "" if stored.status == "confirmed" else " A machine put these claims together; nobody has confirmed it yet."
    )
    notes = (_CAVEAT + status, f"Tollbook {__version__}, incident {stored.id}, revision {ledger.revision(id)}")
    caption = report.Caption(f"{what}, {where}, {day}", view.sentence(told), notes)
    return report.ranges(caption, groups, width)


def png(picture: str, scale: float = 2.0) -> bytes:
    """An SVG as PNG, ``scale`` pixels for each of its own. Needs the extra ``plot``."""
    try:
        import resvg_py
    except ImportError as error:
        raise MissingExtra("PNG", "plot") from error
    return bytes(resvg_py.svg_to_bytes(svg_string=picture, zoom=scale, font_files=[str(_FONT)]))


def _caption(index: Index, f: Filter, tray: str) -> report.Caption:
    seen = overview.overview(index, f)
    thing = "incident" if f.kind == "incidents" else "claim"
    left_out = seen.trays.get(tray, 0)
    missing = f"{words.several(left_out, thing)} without a {tray} cannot be shown here. " if left_out else ""
    notes = (f"{missing}{_CAVEAT}", f"Tollbook {__version__}, as of event {index.seen} of the ledger")
    return report.Caption(words.several(seen.total, thing), _asked(f), notes)


def _asked(f: Filter) -> str:
    """The question in words.

    >>> _asked(Filter("incidents", {"country": ("UA",), "event": ("drone_strike", "-")}, since="2024-01-01"))
    'Country: Ukraine; What happened: drone strike or not stated; from 1 January 2024'
    """
    parts = []
    for name, values in f.facets.items():
        shown = (words.country(v) if name == "country" else v if name in _NAMES and v != "-" else words.label(v)
                 for v in values)  # fmt: skip
        parts.append(f"{FACETS[f.kind][name]}: {' or '.join(shown)}")
    if f.q:
        parts.append(f"with the words “{f.q}”")
    if f.since or f.until:
        stretch = (
            f.since and f"from {words.days(f.since, f.since)}",
            f.until and f"until {words.days(f.until, f.until)}",
        )
        parts.append(" ".join(filter(None, stretch)))
    if f.box:
        parts.append("within {:g}° to {:g}° east, {:g}° to {:g}° north".format(*f.box[::2], *f.box[1::2]))
    return "; ".join(parts) or "All of the ledger"

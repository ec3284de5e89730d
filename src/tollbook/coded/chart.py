"""A comparison as one SVG picture: how many incidents each side has, and the ranges of those that both have.

Every word of a file or an article is escaped; the picture loads nothing and runs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tollbook.coded.against import Match, Range, Side, summary_of
from tollbook.show.safe import visible
from tollbook.show.words import range_words

MOST = 60  # incidents that are drawn; the table has them all
_WIDTH, _LEFT, _RIGHT, _ROW = 860, 290, 720, 34

_STYLE = (
    "text{font:12px sans-serif;fill:#222}.h{font-weight:bold}.n{fill:#666}.ledger{fill:#3b6ea5}.monitor{fill:#c77b30}"
    ".both{fill:#6b7f5e}.mark{font-weight:bold;fill:#8a1f1f}"
)


def chart(matches: Sequence[Match], monitor: str) -> str:
    """The picture; incidents whose numbers differ stand first, then by day."""
    shared = sorted((m for m in matches if m.who == "both" and _harm(m)), key=lambda m: (not m.differs, m.day))
    parts = _counts(matches, monitor)
    y = 118
    shown = shared[:MOST]
    top = max((_top(match) for match in shown), default=1)
    if shown:
        parts.append(_text(8, y, f"Both have them: ledger above, {monitor} below", "h"))
        y += 26
    for match in shown:
        parts += _match(match, y, top, monitor)
        y += _ROW
    if len(shared) > MOST:
        parts.append(_text(8, y, f"and {len(shared) - MOST:,} more, which are not drawn", "n"))
        y += _ROW
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y + 8}" viewBox="0 0 {_WIDTH} {y + 8}" '
        f'role="img" aria-label="{_safe(_told(matches, monitor))}">'
    )
    return f"{head}<style>{_STYLE}</style>{''.join(parts)}</svg>\n"


def _told(matches: Sequence[Match], monitor: str) -> str:
    s = summary_of(matches)
    return (
        f"{s.both:,} incidents in both, {s.differing:,} of them with numbers that differ; "
        f"{s.monitor:,} only in {monitor}; {s.ledger:,} only in the ledger"
    )


def _counts(matches: Sequence[Match], monitor: str) -> list[str]:
    s = summary_of(matches)
    parts = [_text(8, 20, _told(matches, monitor), "h")]
    x, whole = 8.0, max(s.both + s.monitor + s.ledger, 1)
    named = (
        ("ledger", f"only the ledger: {s.ledger:,}", s.ledger),
        ("both", f"both: {s.both:,}", s.both),
        ("monitor", f"only {monitor}: {s.monitor:,}", s.monitor),
    )
    for kind, _, number in named:
        width = number / whole * (_WIDTH - 16)
        if number:
            parts.append(f'<rect x="{x:.1f}" y="32" width="{width:.1f}" height="22" class="{kind}"/>')
        x += width
    x = 8.0
    for kind, words, _ in named:
        parts.append(f'<rect x="{x:.1f}" y="64" width="12" height="12" class="{kind}"/>')
        parts.append(_text(x + 18, 75, words))
        x += 40 + 7 * len(words)
    return parts


def _match(match: Match, y: int, top: int, monitor: str) -> list[str]:
    assert match.ledger is not None and match.monitor is not None
    harm = _harm(match)
    side = match.monitor if match.monitor.place else match.ledger
    where = f"{match.ledger.first or match.monitor.first or 'no day'}  {side.place or 'no place'}"
    parts = [_text(8, y, where[:46], "mark" if match.differs else ""), _text(8, y + 13, harm, "n")]
    for at, (kind, name, held) in enumerate((("ledger", "ledger", match.ledger), ("monitor", monitor, match.monitor))):
        low, high = held.harms[harm]
        start, end = _place(low or 0, top), _place(high if high is not None else top, top)
        title = f"<title>{_safe(f'{name}: {harm} {range_words(low, high)} ({_ids(held)})')}</title>"
        width = max(end - start, 3.0)
        box = f'x="{start:.1f}" y="{y - 10 + 13 * at}" width="{width:.1f}" height="10"'
        parts.append(f'<rect {box} class="{kind}">{title}</rect>')
        parts.append(_text(max(end, start + width) + 6, y - 1 + 13 * at, range_words(low, high)))
    return parts


def _ids(side: Side) -> str:
    return ", ".join(side.ids[:3]) + (", …" if len(side.ids) > 3 else "")


def _harm(match: Match) -> str:
    """What is drawn: the first harm that differs, else the first that both count."""
    differing = next((harm for harm, relation in match.relations.items() if relation == "differs"), None)
    return differing or next(iter(match.relations), "")


def _top(match: Match) -> int:
    assert match.ledger is not None and match.monitor is not None
    ranges: list[Range] = [side.harms[_harm(match)] for side in (match.ledger, match.monitor)]
    return max((end for ends in ranges for end in ends if end is not None), default=1) or 1


def _place(value: int, top: int) -> float:
    """A number of people across the picture: by its square root, so that small incidents are seen beside large ones."""
    return float(_LEFT + (_RIGHT - _LEFT) * (max(value, 0) / top) ** 0.5)


def _text(x: float, y: float, words: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}>{_safe(words)}</text>'


def _safe(words: str) -> str:
    return escape(visible(words), quote=True)

"""A figure against its baseline as a small SVG for the documentation, in the colours of a light or a dark screen."""

from __future__ import annotations

import html
from collections.abc import Sequence

_STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#333}.bar{fill:#7a8ba3}.ours{fill:#b4552d}.note{fill:#777}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.bar{fill:#8fa3c0}.ours{fill:#e08a5f}.note{fill:#999}}"
)
_WIDTH, _LEFT, _ROW = 640, 250, 30


def chart(title: str, bars: Sequence[tuple[str, float, str]], note: str) -> str:
    """Bars as ``(label, length, words at its end)``; the first is ours. ``note`` names machine and versions."""
    longest = max(length for _, length, _ in bars) or 1.0
    height = 66 + _ROW * len(bars)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{html.escape(title)}"><style>{_STYLE}</style>',
        f'<text x="8" y="22" font-weight="600">{html.escape(title)}</text>',
    ]
    for i, (label, length, said) in enumerate(bars):
        y, width = 38 + _ROW * i, round((_WIDTH - _LEFT - 110) * length / longest, 1)
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 15}" text-anchor="end">{html.escape(label)}</text>')
        lines.append(
            f'<rect class="{"bar" if i else "ours"}" x="{_LEFT}" y="{y}" width="{max(width, 1)}" height="20" rx="2"/>'
        )
        lines.append(f'<text x="{_LEFT + width + 6}" y="{y + 15}">{html.escape(said)}</text>')
    lines.append(f'<text class="note" x="8" y="{height - 10}" font-size="11">{html.escape(note)}</text></svg>')
    return "\n".join(lines) + "\n"

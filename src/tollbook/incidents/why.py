"""Why claims are one incident: the weights of its links, as rows for a table and as a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from tollbook.incidents.assemble import Incident, Linked
from tollbook.link.score import Reason, reasons, score


@dataclass(frozen=True, slots=True)
class Link:
    """One account and the account of the same incident that it fits best: why it belongs."""

    account: str
    key: str
    other: str
    other_key: str
    bits: float
    prior: float
    reasons: tuple[Reason, ...]


def links_of(incident: Incident, linked: Linked) -> list[Link]:
    """For each account but the first the strongest link to one before it, the reasons that weigh most first."""
    found = []
    accounts = incident.accounts
    for n, account in enumerate(accounts[1:], 1):
        row = linked.rows[account.id]
        bits, best = max(
            ((score(linked.rows[a.id], row, linked.weights), a) for a in accounts[:n]), key=lambda x: (x[0], x[1].id)
        )
        why = reasons(linked.rows[best.id], row, linked.weights)
        found.append(Link(account.id, account.key, best.id, best.key, bits, linked.weights.prior, why))
    return found


_WIDTH = 20


def link_lines(link: Link) -> list[str]:
    """A link as lines of text: each comparison with its weight and a bar, to the right for, to the left against.

    >>> from tollbook.link.score import Reason
    >>> print(link_lines(Link("a", "A", "b", "B", 2.5, -1.5, (Reason("date", "same day", 4.0),)))[-2])
      date         same day                            +4.0                     |████████
    """
    lines = [f"{link.key}  with  {link.other_key}"]
    rows = [("before all", "any two accounts", link.prior), *((r.comparison, r.level, r.bits) for r in link.reasons)]
    for name, level, bits in rows:
        length = min(round(abs(bits) * 2), _WIDTH)
        bar = "█" * length
        left, right = (" " * _WIDTH, bar) if bits >= 0 else (bar.rjust(_WIDTH), "")
        lines.append(f"  {name:<12} {level:<34} {bits:+5.1f} {left}|{right}".rstrip())
    lines.append(f"  {'together':<12} {'':<34} {link.bits:+5.1f}  bits for one incident")
    return lines


def chart(links: Sequence[Link]) -> str:
    """The links as one SVG picture, readable without colour: right of the line speaks for, left of it against."""
    row, middle, unit = 18, 420, 14.0
    parts, y = [], 24
    for link in links:
        parts.append(f'<text x="8" y="{y}" class="h">{escape(link.key)} — {escape(link.other_key)}</text>')
        rows = [
            ("before all", "any two accounts", link.prior),
            *((r.comparison, r.level, r.bits) for r in link.reasons),
            ("together", "", link.bits),
        ]
        for name, level, bits in rows:
            y += row
            width = min(abs(bits), 20.0) * unit
            x = middle if bits >= 0 else middle - width
            kind = "for" if bits >= 0 else "against"
            parts.append(f'<text x="16" y="{y}">{escape(name)}: {escape(level)}</text>')
            parts.append(f'<rect x="{x:.1f}" y="{y - 11}" width="{width:.1f}" height="12" class="{kind}"/>')
            parts.append(f'<text x="{(x + width + 4 if bits >= 0 else x - 34):.1f}" y="{y}">{bits:+.1f}</text>')
        y += 2 * row
    style = "text{font:12px sans-serif;fill:#222}.h{font-weight:bold}.for{fill:#3b6ea5}.against{fill:#c77b30}"
    line = f'<line x1="{middle}" y1="8" x2="{middle}" y2="{y}" stroke="#888"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="760" height="{y}" role="img" '
        'aria-label="Match weights in bits">'
        f"<style>{style}</style>{line}{''.join(parts)}</svg>\n"
    )

"""Writing SVG: elements as text that is always escaped, for pictures that stand alone in a report."""

from __future__ import annotations

from html import escape
from typing import Any

from tollbook.show.safe import visible

FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
INK, SOFT, LINE, PAPER = "#1b1e21", "#585d63", "#d5d5ce", "#ffffff"
BAR, PALE, COUNT = "#2b6f99", "#9fc0d4", "#9d1b1b"


class Svg(str):
    """Finished SVG; any other string is somebody's words and is escaped before it becomes part of a picture."""

    __slots__ = ()

    def __html__(self) -> str:
        """As part of a page: it is escaped already."""
        return self


def tag(name: str, *children: str, **attributes: Any) -> Svg:
    """An element. Underscores in names of attributes become hyphens; ``None`` leaves one out.

    >>> tag("text", "<script>", text_anchor="end", x=1.50, y=None)
    '<text text-anchor="end" x="1.5">&lt;script&gt;</text>'
    """
    parts = [name]
    for key, value in attributes.items():
        if value is not None:
            shown = f"{round(value, 2):g}" if isinstance(value, float) else visible(str(value))
            parts.append(f'{key.rstrip("_").replace("_", "-")}="{escape(shown)}"')
    inside = "".join(one if isinstance(one, Svg) else escape(visible(one), quote=False) for one in children)
    return Svg(f"<{' '.join(parts)}>{inside}</{name}>" if inside else f"<{' '.join(parts)}/>")


def words(text: str, x: float, y: float, size: float = 13, **attributes: Any) -> Svg:
    """A line of text. Its direction is its own: a name in Arabic does not turn the numbers beside it."""
    return tag("text", text, x=float(x), y=float(y), font_size=size, **({"fill": INK} | attributes))


def document(width: float, height: float, title: str, description: str, *children: Svg) -> str:
    """A picture on white paper, with what it shows in words for those who cannot see it."""
    return str(
        tag(
            "svg", tag("title", title), tag("desc", description),
            tag("rect", width="100%", height="100%", fill=PAPER), *children,
            xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width:g} {height:g}", width=float(width),
            height=float(height), role="img", font_family=FONT,
        )
    ) + "\n"  # fmt: skip


def cut(text: str, size: float, room: float) -> str:
    """A text that fits into a room of some pixels, as far as one can tell without its font.

    >>> cut("Ministry of the Interior", 12, 90)
    'Ministry of …'
    """
    most = max(1, int(room / (size * 0.58)))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()} …"


def wrapped(text: str, size: float, room: float) -> list[str]:
    """A text in lines that fit."""
    most, lines = max(8, int(room / (size * 0.56))), [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines

"""Captions and image credits in plain text. A caption stays, marked; a bare credit is furniture."""

from __future__ import annotations

import re

from tollbook import lexicon

_TABLE = lexicon.load("furniture")["credits"]
_STARTS = tuple(_TABLE["caption_starts"])
_AGENCIES = "|".join(re.escape(name) for name in sorted(_TABLE["agencies"], key=len, reverse=True))
_LONGEST = 500
_SOURCES = r"(?:twitter|facebook|telegram|instagram|social media|" + _AGENCIES + ")"

# At the end of a line: "(Photo: …)", "(via AFP)", "Credit: …", "/Image Source: …", "[Name/Reuters]", "via Twitter".
_CREDIT_END = re.compile(
    r"(?:\((?:[\w.' -]{0,40}\b)?(?:photos?|image|picture|file|credit|via|courtesy|handout|screengrab)\b[^()]{0,90}\)"
    r"|\[[^\[\]]{0,60}(?:" + _AGENCIES + r")[^\[\]]{0,30}\]"
    r"|\([^()]{0,60}/(?:" + _AGENCIES + r")[^()]{0,30}\)"
    r"|\b(?:photo credit|image credit|image source|photo by|credit|photo|photograph|picture|image): ?[^.:]{1,60}"
    r"|\bvia " + _SOURCES + r"\)?"
    r"|(?:/ ?(?:" + _AGENCIES + r")){1,3})\.?\Z"
)
# The same, but a paragraph may end with it too ("…, he said. (AFP)"): only where no sentence ends before it.
_WEAK_END = re.compile(r"[^.!?\"\s] ?\((?:(?:" + _AGENCIES + r")|[^()/]{2,30}/[^()/]{2,40})\)\.?\Z")
_MAY = re.compile(r"[)\]]\.\Z|photo|image|picture|credit|/|\bvia\b")
_ONLY = re.compile(
    r"\(?(?:photo|image|picture|photo credit|image credit|credit|courtesy|photos? by)(?: ?: ?| )[^():.]{1,60}\)?"
    r"|[\w.', -]{0,40}[/|] ?(?:[\w.' -]{1,30}[/|] ?)?(?:" + _AGENCIES + r")\.?"
    r"|[^/]{0,40}/(?:" + _AGENCIES + r")/[\w .'-]{1,30}"
)


def is_caption(key: str) -> bool:
    """Whether a line describes a picture.

    >>> is_caption("smoke over the harbour on tuesday (photo: port authority)"), is_caption("ten died, he said. (afp)")
    (True, False)
    """
    if len(key) > _LONGEST:
        return False
    tail = key[-130:]
    if key[-1:] not in ")]" and not _MAY.search(tail):  # most lines are done here
        return key.startswith(_STARTS)
    return key.startswith(_STARTS) or _CREDIT_END.search(tail) is not None or _WEAK_END.search(tail) is not None


def is_credit(key: str) -> bool:
    """Whether a line is a picture's credit and nothing else.

    >>> is_credit("staff/afp/getty images"), is_credit("(photo: stringer)"), is_credit("the photo was taken in may")
    (True, True, False)
    """
    return len(key) <= 90 and key.count(" ") < 8 and _ONLY.fullmatch(key) is not None

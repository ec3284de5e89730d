"""Denials in a sentence of their own: "… alleging that a raid killed ten. The Command categorically denies this."

Only where the page is the denier's own: a report of both sides gives the number of the one and the denial of the other.
"""

from __future__ import annotations

import re

from tollbook import lexicon
from tollbook.find.harm.harms import Finding
from tollbook.find.layers import Layers
from tollbook.records import Document

_ALLEGED = re.compile(
    r"\b(?:alleg\w+|claims?|claimed|claiming|accus\w+|asserti\w+|assert(?:s|ed)|purport\w*)\b", re.IGNORECASE
)
_DENIES = re.compile(
    r"\A(?:the |our |this )?[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,5} (?:of (?:the )?[A-Z][\w'’-]* )?(?:[a-z]+ly )?"
    r"(?:den(?:ies|ied)|dismiss(?:es|ed)|refut(?:es|ed)|reject(?:s|ed)) "
    r"(?:this|that|these|it|them|the (?:accusations?|allegations?|claims?|reports?))\b",
)
_WORD = re.compile(r"\w+")


def is_denied_next(finding: Finding, layers: Layers, document: Document) -> bool:
    """Whether a number that the page calls an allegation is denied by the page itself in the next sentence."""
    passage = finding.sentence.passage
    following = finding.sentence.index + 1
    if following >= len(layers.passages) or not _ALLEGED.search(passage.text):
        return False
    return _DENIES.match(layers.passages[following].text) is not None and _speaks_for_itself(document.source.outlet)


def _speaks_for_itself(outlet: str | None) -> bool:
    """Whether a page's publisher decides or counts for itself rather than reports: "Ministry of Defence"."""
    words = {w.lower() for w in _WORD.findall(outlet or "")}
    return bool(words & set(lexicon.words("origins")))

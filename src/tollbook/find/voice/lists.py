"""Lists that a speaker opens: "The Centre documented the following:", and a line for each incident."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tollbook.find.grammar.passages import Passage

# "– Zalba: two weavers were killed", "3. On the way out", "ISIS: killed 188 civilians".
_ENTRY = re.compile(r"[\s\"“]*(?:[-–—•*▪●·]|\(?\d{1,2}[.)]|\(?[a-z]\)|[A-Z][^.:\n]{1,58}:)\s")
_OPENS = re.compile(r"(?::|\b(?:as follows|following|these (?:events|facts|incidents))\b[^\n.]{0,120}\.?)\W*\Z")

_TAIL = 170  # code points: where the words that open a list stand


def opened_lists(passages: Sequence[Passage]) -> Mapping[int, int]:
    """By paragraph: the passage that opens the list of which the paragraph is an entry.

    >>> from tollbook.find.grammar.passages import split_passages
    >>> opened_lists(split_passages("It documented the following:\\n\\n- Ebo: Two died.\\n\\nDay broke."))
    {1: 0}
    """
    lists: dict[int, int] = {}
    opener: int | None = None
    for index, passage in enumerate(passages):
        if index and passages[index - 1].paragraph == passage.paragraph:
            if passage.paragraph not in lists:
                opener = index if _opens(passage.text) else None
        elif opener is not None and _ENTRY.match(passage.text):
            lists[passage.paragraph] = opener
        else:
            opener = index if _opens(passage.text) else None
    return lists


def _opens(text: str) -> bool:
    tail = text[-_TAIL:]
    return (":" in tail[-4:] or "follow" in tail or "these " in tail) and _OPENS.search(tail) is not None

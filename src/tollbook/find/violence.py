"""Deaths by accident, disease or disaster, and harm in figures of speech, are no claims."""

from __future__ import annotations

import re

from tollbook import lexicon


def _pattern(key: str) -> re.Pattern[str]:
    words = sorted(lexicon.words("violence", key), key=len, reverse=True)
    alternatives = "|".join(re.escape(w).replace("\\ ", r"\s+") for w in words)
    return re.compile(rf"\b(?:{alternatives})\b", re.IGNORECASE)


_VIOLENT = _pattern("violent")
_OTHER = _pattern("other")
_FIGURES = _pattern("figures")


def is_violence(sentence: str, document: str) -> bool:
    """Whether harm told in ``sentence`` was done by violence, judged by its words and then by its document's.

    >>> is_violence("Three people died when the bus overturned.", "")
    False
    >>> is_violence("Three people died in the shelling.", "")
    True
    """
    if _FIGURES.search(sentence):
        return False
    violent, other = len(_VIOLENT.findall(sentence)), len(_OTHER.findall(sentence))
    if violent and violent >= other:
        return True
    if other > violent:
        return False
    return len(_VIOLENT.findall(document[:20000])) >= len(_OTHER.findall(document[:20000]))

"""Whether a page can hold a claim, by all that it says, before its article is looked for.

The text that is made of a page leaves lines out and adds nothing. So where no line of a page has a sentence with a word
of harm that may be violence, its text has none either, and the page, as most of the news, is done with.
"""

from __future__ import annotations

import re

from tollbook.find.event.violence import is_told_otherwise
from tollbook.find.gate import can_hold_claim
from tollbook.find.grammar.passages import split_passages

# A line that may be wrapped prose. Where lines are joined, leaving one out brings words together that stood apart.
_WRAPPED = re.compile(r"(?<![^\n])[^\n]{24,100}\n[^\n]")


def names_harm(said: str) -> bool:
    """Whether there is any word of harm in it, or it cannot be told line by line.

    >>> names_harm("Home\\nTalks were held in Astana."), names_harm("Home\\nFive were shot.")
    (False, True)
    """
    return can_hold_claim(said) or _WRAPPED.search(said) is not None


def may_tell_harm(said: str) -> bool:
    """Whether a sentence in one of its lines may tell of harm by violence, as far as the sentence itself says.

    >>> may_tell_harm("Home\\nTwo died when the bus overturned."), may_tell_harm("Home\\nTwo died.")
    (False, True)
    """
    if _WRAPPED.search(said) is not None:
        return True
    lines = (line for line in said.split("\n") if can_hold_claim(line))
    return any(
        can_hold_claim(passage.text) and not is_told_otherwise(passage.text)
        for line in lines
        for passage in split_passages(line)
    )

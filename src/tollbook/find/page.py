"""Whether a page can hold a claim, by all that it says, before its article is looked for.

The text that is made of a page leaves lines out and adds nothing. So where no line of a page has a sentence with a word
of harm that may be violence, its text has none either, and the page, as most of the news, is done with.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

from tollbook.find.event.violence import is_told_otherwise
from tollbook.find.gate import can_hold_claim
from tollbook.find.grammar.passages import Passage, split_passages
from tollbook.find.grammar.sentences import parse_passages
from tollbook.find.harm.harms import find_harms
from tollbook.find.voice.stance import is_generic

_WRAPPED = range(24, 101)  # code points of a line that may be wrapped prose
_MOST = 5  # sentences parsed before an article is looked for; a page that has more is likely to tell of harm


def names_harm(said: str) -> bool:
    """Whether there is any word of harm in it, or it cannot be told line by line.

    >>> names_harm("Home\\nTalks were held in Astana."), names_harm("Home\\nFive were shot.")
    (False, True)
    """
    return can_hold_claim(said) or _is_wrapped(said)


def may_tell_harm(said: str) -> bool:
    """Whether a sentence in one of its lines may tell of harm by violence, as far as the sentence itself says.

    >>> may_tell_harm("Home\\nTwo died when the bus overturned."), may_tell_harm("Home\\nTwo died.")
    (False, True)
    """
    return _is_wrapped(said) or any(True for _ in _suspects(said))


def states_harm(said: str) -> bool:
    """Whether one of those sentences states a number of people harmed, by its parse. Parsing some sentences takes less
    time than finding the article of a web page among its lines.

    >>> states_harm("Home\\nThe plan was killed in May."), states_harm("Home\\nTwo died.")
    (False, True)
    """
    suspects = list(islice(_suspects(said), _MOST + 1))
    if len(suspects) > _MOST or _is_wrapped(said):
        return True
    return any(
        not is_generic(finding)
        for passage in suspects  # one by one: in most reports of violence the first does
        for sentence in parse_passages([(0, passage)])
        for finding in find_harms(sentence)
    )


def _is_wrapped(said: str) -> bool:
    """Whether a line may go on in the next. Where lines are joined, leaving one out brings words together that stood
    apart."""
    return any(after and len(line) in _WRAPPED for line, after in pairwise(said.split("\n")))


def _suspects(said: str) -> Iterator[Passage]:
    """The sentences that may tell of harm by violence."""
    lines = (line for line in said.split("\n") if can_hold_claim(line))
    return (
        passage
        for line in lines
        for passage in split_passages(line)
        if can_hold_claim(passage.text) and not is_told_otherwise(passage.text)
    )

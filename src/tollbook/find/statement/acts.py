"""Statements that nobody is said to say: "the ministry opened an investigation", "the group took responsibility"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from tollbook import lexicon
from tollbook.find.grammar.arguments import subject_of
from tollbook.find.grammar.sentences import Sentence
from tollbook.records import AttributionMention, Span

_TAKEN = frozenset(
    {"accepted", "accepts", "assumed", "assumes", "claimed", "claims", "claiming", "took", "takes", "taken", "taking"}
)
_OWN = frozenset({"responsibility", "credit"})

_CLASS = ("announce", "own")  # classes that no verb of saying has


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(lexicon.load("statements")["announcement"][key])


def with_acts(mentions: Sequence[AttributionMention], sentences: Sequence[Sentence]) -> tuple[AttributionMention, ...]:
    """The mentions and, in the order of the text, such acts among them, wherever no mention has that cue."""
    cues = {c.start for m in mentions for c in m.cues}
    further = [m for s in sentences for m in _acts(s) if m.cues[0].start not in cues]
    return tuple(sorted([*mentions, *further], key=_order))


def _order(mention: AttributionMention) -> tuple[int, int]:
    first = mention.cues[0] if mention.cues else mention.contents[0]
    return first.start, first.end


def _acts(s: Sentence) -> Iterator[AttributionMention]:
    for i, word in enumerate(s.words):
        wanted = _listed("inquiries") if word in _listed("opens") else _OWN if word in _TAKEN else None
        if wanted is None or s.tags[i][:2] != "VB":
            continue
        found = next((c for c in s.children[i] if s.deps[c] in ("dobj", "obj") and s.words[c] in wanted), None)
        subject = subject_of(s, i)
        if found is None or subject is None or s.tags[subject] in ("WP", "WDT"):
            continue
        source, cue, content = _phrase(s, subject, i), _span(s, i, i), _phrase(s, found, len(s.words))
        negated = any(s.deps[c] == "neg" for c in s.children[i])
        yield AttributionMention((source,), (cue,), (content,), (), "indirect", _CLASS[wanted is _OWN], negated)


def _phrase(s: Sentence, token: int, limit: int) -> Span:
    first, last = s.doc[token].left_edge.i, s.doc[token].right_edge.i
    return _span(s, first, min(last, limit - 1) if token < limit else last)


def _span(s: Sentence, first: int, last: int) -> Span:
    return Span(s.text(first, last), s.start(first), s.end(last))

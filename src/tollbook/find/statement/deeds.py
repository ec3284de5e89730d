"""What a speaker says that its own side did: the doer of a verb of violence is who speaks.

Read from the parse: "said the Air Force of the coalition had delivered a strike", said by the coalition; "said it
struck"; "denied bombing". A toll alone ("said it had killed 20") is a claim and no deed of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.find.grammar.arguments import is_passive, subject_of
from tollbook.find.grammar.passages import Passage
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.layers import Layers, inside
from tollbook.records import AttributionMention

_UNDONE = frozenset(
    {"will", "would", "could", "may", "might", "should", "can", "must", "shall", "wo", "'ll", "’ll", "to", "if"}
)
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "none", "neither"})
_OURS = frozenset({"we", "our", "ours"})
_BACK = frozenset({"it", "they"})
_BACK_OWNER = frozenset({"its", "their"})
_MEANS = re.compile(r"\b(?:in|during|with|by|through)\s+(?:[\w-]+\s+){0,4}\Z")
_TRANSITIVE = ("targeted", "targeting", "struck", "striking", "hit", "hitting", "destroyed")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one mention says in one passage: ``stretches`` are its contents there, as characters of the document."""

    mention: AttributionMention
    passage: Passage
    sentence: Sentence | None
    stretches: tuple[tuple[int, int], ...]
    party: str | None  # the party that the speaker belongs to
    did: bool  # the document ties that party to violence

    @property
    def has_cue(self) -> bool:
        """Whether the words of saying stand in this passage too."""
        return any(self.passage.start <= c.start < self.passage.end for c in self.mention.cues)


@cache
def listed(key: str) -> frozenset[str]:
    """One list of ``[admission]``."""
    return frozenset(lexicon.load("statements")["admission"][key])


def own_act(piece: Piece, layers: Layers, tolls: bool = False) -> tuple[int, bool] | None:
    """The token of what the speaker says that its own side did, and whether it says that it did not. ``tolls``: killing
    so many counts too; outside of denials and admissions that is a claim and no more."""
    s = piece.sentence
    if s is None:
        return None
    plain, light = listed("acts"), listed("acts_with_event")
    for i, word in enumerate(s.words):
        if not (word in plain or word in light) or s.tags[i][:2] != "VB" or not _within(s.start(i), piece):
            continue
        if s.deps[i] in ("relcl", "acl"):
            continue  # "a strike that killed": which strike, not who did it
        if "down" in s.words[i + 1 : i + 6] or any(s.words[c] in _UNDONE and c < i for c in s.children[i]):
            continue
        if s.tags[i] in ("VB", "VBP") and "did" not in s.words[max(0, i - 4) : i]:
            continue
        if not (word in plain or _has_event(s, i, layers)) or not _by_speaker(s, i, piece, layers):
            continue
        if not tolls and word in listed("tolls") and not _other_event(s, i, piece, layers):
            continue
        return i, any(s.words[c] in _NOT for c in s.children[i]) or any(w in _NOT for w in s.words[max(0, i - 2) : i])
    return None


def _within(at: int, piece: Piece) -> bool:
    return any(a <= at < b for a, b in piece.stretches)


def _subtree(s: Sentence, token: int) -> tuple[int, int]:
    t = s.doc[token]
    return t.left_edge.i, t.right_edge.i


def _has_event(s: Sentence, i: int, layers: Layers) -> bool:
    for c in s.children[i]:
        if s.deps[c] in ("dobj", "nsubjpass", "obj"):
            first, last = _subtree(s, c)
            if inside(layers.events, s.start(first), s.end(last)):
                return True
    return False


def _other_event(s: Sentence, i: int, piece: Piece, layers: Layers) -> bool:
    """ "Killed two in a raid": the raid is what was done; "killed two who laid a bomb": nothing but a toll."""
    at, base = s.start(i), s.passage.start
    return any(
        e.start != at
        and _within(e.start, piece)
        and (e.start < at or _MEANS.search(s.passage.text[: e.start - base][-60:]))
        for e in inside(layers.events, base, s.passage.end)
    )


def _by_speaker(s: Sentence, i: int, piece: Piece, layers: Layers) -> bool:
    """Whether the doer of a verb is the one who speaks."""
    if is_passive(s, i):
        by = next((c for c in s.children[i] if s.words[c] == "by"), None)
        doer = s.child(by, "pobj") if by is not None else None
    else:
        doer = subject_of(s, i)
        if doer is None and s.tags[i] == "VBG" and s.deps[i] in ("xcomp", "pcomp", "ccomp"):
            return _is_cue(s, s.heads[i], piece) or _is_cue(s, s.heads[s.heads[i]], piece)
    if doer is None:
        return False
    first, last = _subtree(s, doer)
    last = min(last, i - 1) if doer < i else last
    words = s.words[first : last + 1]
    if any(w in _OURS for w in words):
        return piece.mention.mode in ("direct", "mixed") or s.words[doer] in _OURS
    if s.words[doer] in _BACK or words[:1] and words[0] in _BACK_OWNER:
        return _first_named(s, first, piece)
    actors = inside(layers.actors, s.start(first), s.end(last))
    if any(a.party is not None and a.party == piece.party for a in actors):
        return True
    told = any(e.start <= s.start(doer) < e.end for e in inside(layers.events, s.start(first), s.end(last)))
    return told and piece.did and not actors and s.words[i] in _TRANSITIVE


def _is_cue(s: Sentence, token: int, piece: Piece) -> bool:
    return any(c.start <= s.start(token) < c.end for c in piece.mention.cues)


def _first_named(s: Sentence, token: int, piece: Piece) -> bool:
    """Whether "it" or "its" is the first who is named in what is said, and so the speaker."""
    begin = next((a for a, b in piece.stretches if a <= s.start(token) < b), None)
    if begin is None:
        return False
    between = [k for k in range(token) if s.start(k) >= begin]
    return not any(
        s.tags[k] in ("NNP", "NNS", "NN", "NNPS", "PRP") and s.deps[k] in ("nsubj", "nsubjpass", "dobj")
        for k in between
    )

"""Which kind of statement somebody makes in one passage, and the words that make it one.

A verb of saying can name the kind by itself ("denied", "calls on"); else what is said does ("unacceptable", "without
consent"); an admission is read from the parse: who is said to have struck is who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tollbook import lexicon
from tollbook.find.arguments import is_passive, subject_of
from tollbook.find.attribution_cues import voice_classes
from tollbook.find.layers import Layers, inside
from tollbook.find.passages import Passage
from tollbook.find.sentences import Sentence
from tollbook.records import AttributionMention, StatementKind

KINDS: tuple[StatementKind, ...] = (
    "denial", "admission", "condemnation", "demand", "announcement", "position", "explanation",
)  # fmt: skip
_SILENT = frozenset({"hedge", "praise", "seem", "think"})  # what somebody believes or wants is no statement of theirs
_OF_CLASS: Mapping[str, StatementKind] = {"condemn": "condemnation", "demand": "demand", "deny": "denial"}
_OF_ACTS: Mapping[str, StatementKind] = {"announce": "announcement", "own": "admission"}
_TAKEN = re.compile(r"(?:accept|assum|claim|tak|took)\w*$")
_RESPONSIBLE = re.compile(r"(?:full |the )?(?:responsibility|credit)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:whether|if|investigat\w+|amount(?:s|ed)? to|allegations? of|accus\w+)\b[^,;.]*\Z", re.IGNORECASE
)
_WITH_PREPOSITION = frozenset({"appeal", "call", "plead", "press"})
_ENTRY = re.compile(
    r"(?:the |them |him |her |us |\w+ )?(?:access|aid|bail|entry|food|permission|visas?|water)\b", re.IGNORECASE
)
_UNDONE = frozenset(
    {"will", "would", "could", "may", "might", "should", "can", "must", "shall", "wo", "'ll", "’ll", "to", "if"}
)
_NOT = frozenset({"not", "n't", "n’t", "never", "no", "none", "neither"})
_OURS = frozenset({"we", "our", "ours"})
_BACK = frozenset({"it", "they"})
_BACK_OWNER = frozenset({"its", "their"})
_OUTRIGHT = frozenset({"condemnation", "demand", "denial"})
_SELF = re.compile(r"\b(?:we|our|it|its|they|their|he|she|i)\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Told:
    """A kind and the words that decide it. ``act`` is the token of what the speaker is said to have done."""

    kind: StatementKind
    start: int
    end: int
    by_verb: bool
    act: int | None = None


@cache
def _verbs() -> dict[str, tuple[StatementKind, str, bool]]:
    """Each form: its kind, its base form, and whether it wants something said for its object."""
    table: dict[str, tuple[StatementKind, str, bool]] = {}
    for kind in KINDS:
        rows = lexicon.load("statements")[kind]
        for key, of_claims in (("verbs", False), ("verbs_of_claims", True)):
            for line in rows.get(key, ()):
                forms = line.split()
                table.update(dict.fromkeys(forms, (kind, forms[0], of_claims)))
    return table


@cache
def phrases(kind: str, key: str = "phrases") -> re.Pattern[str]:
    """The words of one kind as a pattern."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(lexicon.load('statements')[kind][key])})(?![\w-])", re.IGNORECASE)


@cache
def _listed(kind: str, key: str) -> frozenset[str]:
    return frozenset(lexicon.load("statements")[kind][key])


@cache
def cue_words() -> re.Pattern[str]:
    """Any word that a passage with a statement has; cheap, so that only these are parsed."""
    forms = "|".join(sorted(map(re.escape, _verbs()), key=len, reverse=True))
    inner = "|".join(phrases(kind).pattern for kind in KINDS)
    acts = "|".join(sorted(_listed("admission", "acts") | _listed("admission", "acts_with_event")))
    inquiry = "|".join(_listed("announcement", "inquiries"))
    return re.compile(rf"(?<![\w-])(?:{forms}|{acts}|{inquiry})(?![\w-])|{inner}", re.IGNORECASE)


def kind_of(piece: Piece, layers: Layers) -> Told | None:
    """The statement that a piece makes, if it makes one."""
    if piece.mention.cue_class in _SILENT:
        return None
    if piece.has_cue:
        named, silent = _by_verb(piece, layers)
        if named is not None or silent:
            return named
    return _by_content(piece, layers)


def _by_verb(piece: Piece, layers: Layers) -> tuple[Told | None, bool]:
    """What the verb of saying says by itself; ``True``: it says that nothing is stated."""
    mention = piece.mention
    text = " ".join(c.text.lower() for c in mention.cues)
    cue = next((c for c in mention.cues if piece.passage.start <= c.start < piece.passage.end), mention.cues[0])
    said = _content(piece)
    acts = _OF_ACTS.get(mention.cue_class)
    if acts is None and _TAKEN.search(text) and _RESPONSIBLE.match(said):
        acts = "admission"
    if acts is not None:
        return (None, True) if mention.negated else (Told(acts, cue.start, cue.end, True), False)
    verb = next((_verbs()[w] for w in text.split() if w in _verbs()), None)
    if verb is None:
        kind = _OF_CLASS.get(mention.cue_class)
        noun = kind is not None and len(text.split()) <= 2 and text.split()[0] in _nouns(mention.cue_class)
        return (Told(kind, cue.start, cue.end, True), False) if kind is not None and noun else (None, False)
    kind, base, of_claims = verb
    if mention.negated or text.startswith(("refused to", "failed to", "declined to")):
        return None, True
    if base in _WITH_PREPOSITION and not re.search(r"\b(?:on|upon|for|to|with)$", text):
        return None, True
    if of_claims and not phrases("denial", "claims").search(said):
        told = Told("position", cue.start, cue.end, True) if base == "reject" else None
        return told, told is None
    if base == "deny" and _ENTRY.match(said):
        return None, True
    act = own_act(piece, layers, tolls=True)
    violent = any(inside(layers.events, a, b) for a, b in piece.stretches)
    if kind == "admission" and act is None and not (piece.did and violent and not phrases("denial").search(said)):
        return None, True
    if kind == "explanation" and not (piece.did or violent):
        return None, True
    return Told(kind, cue.start, cue.end, True, act[0] if act else None), False


@cache
def _nouns(cue_class: str) -> frozenset[str]:
    return frozenset(lexicon.load("cues")["nouns"].get(cue_class, ()))


def _content(piece: Piece) -> str:
    base = piece.passage.start
    return " ".join(piece.passage.text[a - base : b - base] for a, b in piece.stretches)


def _by_content(piece: Piece, layers: Layers) -> Told | None:
    if piece.mention.negated:
        return None
    if piece.mention.cue_class not in voice_classes() and piece.mention.cue_class not in ("condemn", "relay"):
        return None
    violent = any(inside(layers.events, a, b) for a, b in piece.stretches)
    act = own_act(piece, layers)
    if act is not None:
        token, denied = act
        assert piece.sentence is not None
        start, end = piece.sentence.start(token), piece.sentence.end(token)
        return Told("denial" if denied else "admission", start, end, False, token)
    for kind in KINDS:
        found = _search(piece, phrases(kind, "outright")) if kind in _OUTRIGHT else None
        if found is not None:
            return Told(kind, *found, False)
    for kind in KINDS:
        if kind == "explanation" and not (piece.did and violent):
            continue
        found = _search(piece, phrases(kind))
        if found is None and kind == "condemnation" and piece.mention.mode == "direct":
            found = _search(piece, phrases(kind, "quoted"))
        if found is None and kind == "denial":
            found = _own_denial(piece, layers)
        if found is not None:
            return Told(kind, *found, False)
    return None


def _own_denial(piece: Piece, layers: Layers) -> tuple[int, int] | None:
    """ "It had no role in the attack": said of the speaker's own side."""
    found = _search(piece, phrases("denial", "own_phrases"))
    if found is None:
        return None
    begin = max(a for a, _ in piece.stretches if a <= found[0])
    lead = piece.passage.text[begin - piece.passage.start : found[0] - piece.passage.start][-80:]
    own = any(a.party is not None and a.party == piece.party for a in inside(layers.actors, found[0] - 80, found[0]))
    return found if own or _SELF.search(lead) else None


def _search(piece: Piece, pattern: re.Pattern[str]) -> tuple[int, int] | None:
    base = piece.passage.start
    for a, b in piece.stretches:
        match = pattern.search(piece.passage.text, a - base, b - base)
        if match and not _OPEN.search(piece.passage.text, max(a - base, match.start() - 60), match.start()):
            return base + match.start(), base + match.end()
    return None


def own_act(piece: Piece, layers: Layers, tolls: bool = False) -> tuple[int, bool] | None:
    """The token of what the speaker says that its own side did, and whether it says that it did not. ``tolls``: killing
    so many counts too; outside of denials and admissions that is a claim and no more."""
    s = piece.sentence
    if s is None:
        return None
    plain, light = _listed("admission", "acts"), _listed("admission", "acts_with_event")
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
        if not tolls and word in _listed("admission", "tolls") and not _other_event(s, i, piece, layers):
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


def is_topical(piece: Piece, layers: Layers, told: Told, before: Sequence[Passage]) -> bool:
    """Whether a statement is about violence, its conduct or its parties; "this is unacceptable" is about what was said
    just before (``before``: the passage before in the same paragraph or the one above)."""
    topics = phrases("topics", "words")
    base = piece.passage.start
    for a, b in piece.stretches:
        if any(e for e in inside(layers.events, a, b)) or topics.search(piece.passage.text, a - base, b - base):
            return True
    if told.kind in ("admission", "denial") and inside(layers.events, piece.passage.start, piece.passage.end):
        return True
    opening = _content(piece).lstrip("\"'“”‘’ ")[:60]
    if not _ANAPHOR.match(opening):
        return False
    return any(inside(layers.events, p.start, p.end) for p in before)


_ANAPHOR = re.compile(
    r"(?:we (?:\w+ ){1,2}|i (?:\w+ ){1,2}|that )?(?:(?:this|that|these|those|it|they|which)(?: \w+)? (?:is|was|are|"
    r"were|has|have|will|must|cannot|should|constitutes?|shows?|amounts?|proves?)|the (?:perpetrators?|attackers?))\b",
    re.IGNORECASE,
)

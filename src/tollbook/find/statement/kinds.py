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
from tollbook.find.grammar.passages import Passage
from tollbook.find.layers import Layers, inside
from tollbook.find.statement.deeds import Piece, listed, own_act
from tollbook.find.voice.cues import reporting_forms, voice_classes
from tollbook.lexicon.alternatives import either
from tollbook.records import StatementKind

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
_UNSAID = re.compile(
    r"\b(?:refus\w+ to|fail\w+ to|declin\w+ to|without|stopped short of|yet to|not|not yet|never)\s+\Z", re.IGNORECASE
)
_EXPLAINS = re.compile(r"\b(defend\w+|excus\w+|explain\w+|justif\w+)\b[^.;:]{0,80}\bby\s\Z", re.IGNORECASE)
_SELDOM = re.compile(r"\b(?:rarely|seldom|hardly|few)\b")
_WITH_PREPOSITION = frozenset({"appeal", "call", "plead", "press"})
_ENTRY = re.compile(
    r"(?:the |them |him |her |us |\w+ )?(?:access|aid|bail|entry|food|permission|visas?|water)\b", re.IGNORECASE
)
_OUTRIGHT = frozenset({"condemnation", "demand", "denial"})
_SELF = re.compile(r"\b(?:we|our|it|its|they|their|he|she|i)\b", re.IGNORECASE)


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


# Every phrase begins with a letter ("'ll" apart): saying so first spares marks, digits and blanks the whole list.
_BEGINS = r"(?=[^\W\d_]|['’]l)"


@cache
def phrases(kind: str, key: str = "phrases") -> re.Pattern[str]:
    """The words of one kind as a pattern."""
    words = "|".join(lexicon.load("statements")[kind][key])
    return re.compile(rf"{_BEGINS}(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE)


@cache
def _gate() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words that make a statement by themselves, words that do inside speech, and what speech shows by."""
    forms = [*map(re.escape, _verbs()), *lexicon.load("statements")["announcement"]["inquiries"], "responsibility"]
    acts = listed("acts") | listed("acts_with_event")
    inner = [phrase for kind in KINDS for phrase in lexicon.load("statements")[kind]["phrases"]]
    return (
        re.compile(rf"{_BEGINS}(?<![\w-]){either(forms)}(?![\w-])", re.IGNORECASE),
        re.compile(rf"{_BEGINS}(?<![\w-]){either([*acts, *inner])}(?![\w-])", re.IGNORECASE),
        re.compile(rf"[\"“”«»]|\baccording to\b|\b{either(sorted(reporting_forms()))}\b", re.IGNORECASE),
    )


def can_hold_statement(passage: str) -> bool:
    """Whether a passage has words that statements are made with; cheap, so that only such passages are parsed.

    >>> can_hold_statement("The minister condemned the raid."), can_hold_statement("The minister arrived in May.")
    (True, False)
    """
    alone, inside_speech, speech = _gate()
    return bool(alone.search(passage) or (speech.search(passage) and inside_speech.search(passage)))


def names_topic(passage: str) -> bool:
    """Whether a passage has a word for violence, its conduct or its parties, beside the event words.

    >>> names_topic("They called for a ceasefire."), names_topic("They called for a vote.")
    (True, False)
    """
    return bool(phrases("topics", "words").search(passage))


def kind_of(piece: Piece, layers: Layers) -> Told | None:
    """The statement that a piece makes, if it makes one."""
    if piece.has_cue:
        named, silent = _by_verb(piece, layers)
        if named is not None or silent:
            return named
    return None if piece.mention.cue_class in _SILENT else _by_content(piece, layers)


def _by_verb(piece: Piece, layers: Layers) -> tuple[Told | None, bool]:
    """What the verb of saying says by itself; ``True``: it says that nothing is stated."""
    mention = piece.mention
    text = " ".join(c.text.lower() for c in mention.cues)
    cue = next((c for c in mention.cues if piece.passage.start <= c.start < piece.passage.end), mention.cues[0])
    said = _content(piece)
    acts = _OF_ACTS.get(mention.cue_class)
    if acts is None and _TAKEN.search(text) and _RESPONSIBLE.match(said):
        acts = "admission"
    before = piece.passage.text[: max(0, cue.start - piece.passage.start)]
    if acts is not None:
        return (
            (None, True)
            if mention.negated or _UNSAID.search(before[-20:])
            else (Told(acts, cue.start, cue.end, True), False)
        )
    explains = _EXPLAINS.search(before)
    if explains is not None:
        at = piece.passage.start + explains.start(1)
        return Told("explanation", at, at + len(explains[1]), True), False
    verb = next((_verbs()[w] for w in text.split() if w in _verbs()), None)
    if verb is None:
        kind = _OF_CLASS.get(mention.cue_class)
        noun = kind is not None and len(text.split()) <= 2 and text.split()[0] in _nouns(mention.cue_class)
        return (Told(kind, cue.start, cue.end, True), False) if kind is not None and noun else (None, False)
    kind, base, of_claims = verb
    if mention.negated or _UNSAID.search(before[-20:]) or _SELDOM.search(f"{text} {said[:12]}"):
        return None, True
    if base == "call" and mention.cue_class == "say":
        return None, False  # "calling it a war crime"
    if base in _WITH_PREPOSITION and not re.search(r"\b(?:on|upon|for|to|with)$", text):
        return None, True
    if of_claims and not phrases("denial", "claims").search(said):
        told = Told("position", cue.start, cue.end, True) if base == "reject" else None
        return told, told is None
    if base == "deny" and _ENTRY.match(said) or base == "call" and phrases("demand", "help").match(said):
        return None, True
    if kind == "announcement" and mention.sources and mention.sources[0].text.endswith(("'s", "’s")):
        return None, True  # "the army's promises"
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
    if piece.mention.cue_class not in voice_classes() - {"deny"} | {"condemn", "relay"}:
        return None  # "refused to say that it struck" says nothing
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

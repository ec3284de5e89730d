"""What a statement says beside its kind: what was struck or who is addressed, and for what reason."""

from __future__ import annotations

import re
from functools import cache

from tollbook import lexicon
from tollbook.find.grammar.sentences import Sentence
from tollbook.find.layers import Layers, inside
from tollbook.find.statement.deeds import Piece
from tollbook.find.statement.kinds import Told
from tollbook.records import Span

_DEEDS = frozenset({"admission", "announcement", "explanation"})
_LONGEST = 160  # code points of a target; a clause is no noun phrase
_AIMED = frozenset({"against", "at", "on", "targeting", "toward", "towards", "into"})
_OBJECTS = ("dobj", "obj", "pobj", "nsubjpass")
_ENDS = re.compile(
    r"[,;:–—(]|\s[\"“”]|\s(?:who|which|that|where|when|while|after|because|since|following|as|amid|over|"
    r"in (?:response|retaliation)|saying|killing|wounding|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|"
    r"\s(?:fighting|involved|located)\s",
    re.IGNORECASE,
)
_BY_SAYING = re.compile(r"\bby (?:arguing|claiming|insisting|saying|stating)\s+(?:that\s+)?")
_CLAUSE_ENDS = re.compile(r"[;–—]|\.\s|,\s(?:adding|according|and (?:that|said)|but|while|saying)\b")
_TO_DO = re.compile(r"\s[\"“]?(?:not\s)?to\s+(?:\w+ly\s)?[a-z]+|\sfor\s|\s(?:must|should)\s", re.IGNORECASE)
_OF = re.compile(r"\s(?:of|for)\s", re.IGNORECASE)
_ADDRESSING = re.compile(r"\b(?:on|upon|to|urg\w+|exhort\w*|implor\w+|begg?\w*|press\w*)$", re.IGNORECASE)
_STARTS_DATE = 3  # characters between "after" and a date that make it no reason: "after midnight"


@cache
def _reasons(deed: bool) -> re.Pattern[str]:
    rows = lexicon.load("statements")["reasons"]
    words = [*rows["words"], *(rows["of_deeds"] if deed else ())]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])\s*", re.IGNORECASE)


def reason_of(piece: Piece, told: Told, layers: Layers) -> Span | None:
    """The clause that gives the reason, without the word that opens it ("because", "after"); a whole phrase
    ("in retaliation for …") keeps its own."""
    base, text = piece.passage.start, piece.passage.text
    for a, b in piece.stretches if told.kind == "explanation" else ():
        saying = _BY_SAYING.search(text, a - base, b - base)
        if saying:
            return _span(text, base, base + saying.end(), b)
    for a, b in piece.stretches:
        begin = max(a, told.end) if a <= told.start < b else a
        for match in _reasons(told.kind in _DEEDS).finditer(text, begin - base, b - base):
            start, end = base + match.end(), _clause_end(text, match.end(), b - base) + base
            if any(d.start - start <= _STARTS_DATE for d in inside(layers.dates, start - len(match[0]), end)):
                continue
            if match[0].lower().startswith(("in ", "to ", "as ")):
                start = base + match.start()
            if match[0].lower().startswith("to ") and told.kind == "announcement":
                continue  # "vowed to avenge them": what is announced, not why
            if end - start > 8:
                return _span(text, base, start, end)
    return None


def _clause_end(text: str, start: int, end: int) -> int:
    stop = _CLAUSE_ENDS.search(text, start, end)
    return stop.start() if stop else end


def target_of(piece: Piece, told: Told, layers: Layers) -> Span | None:
    """What was struck; for a demand who is called on; for what is condemned, blamed or opposed its object."""
    if told.kind in ("admission", "denial", "explanation"):
        return _struck(piece, told, layers)
    if told.kind == "announcement" or not (told.by_verb or told.kind == "demand"):
        return None
    start, end = next(((max(a, told.end), b) for a, b in piece.stretches if b > told.end), (0, 0))
    if not end:
        return None
    base, text = piece.passage.start, piece.passage.text
    if told.kind == "demand":
        cue = text[told.start - base : told.end - base]
        stop = _TO_DO.search(text, start - base, end - base)
        if not _ADDRESSING.search(cue) or stop is None:
            return None
        end = min(base + stop.start(), start + _LONGEST)
    elif text[told.start - base : told.end - base].lower().rpartition(" ")[2].startswith("accus"):
        stop = _OF.search(text, start - base, end - base)
        end = base + stop.start() if stop else end
    return _trimmed(text, base, start, end)


def _struck(piece: Piece, told: Told, layers: Layers) -> Span | None:
    s = piece.sentence
    if s is None:
        return None
    act = told.act if told.act is not None else _nearest_event(s, piece, layers)
    if act is None:
        return None
    reach = [act, *(c for c in s.children[act] if s.deps[c] in ("dobj", "prt", "prep", "acl", "relcl"))]
    for token in reach:
        for c in s.children[token]:
            if s.words[c] in _AIMED and c > act:
                aim = next((k for k in s.children[c] if s.deps[k] in _OBJECTS), None)
                if aim is not None and not _is_time(s, aim, layers):
                    return _phrase(s, aim)
    aim = next((c for c in s.children[act] if s.deps[c] in ("dobj", "obj") and c > act), None)
    if aim is not None and not inside(layers.events, s.start(aim), s.end(aim)) and s.tags[aim][:2] == "NN":
        return _phrase(s, aim)
    return None


def _nearest_event(s: Sentence, piece: Piece, layers: Layers) -> int | None:
    found = [e for a, b in piece.stretches for e in inside(layers.events, a, b)]
    if not found:
        return None
    return next((i for i in range(len(s.words)) if s.start(i) <= found[0].end - 1 < s.end(i)), None)


def _is_time(s: Sentence, token: int, layers: Layers) -> bool:
    at = s.start(token)
    return any(d.start <= at < d.end for d in inside(layers.dates, at - 40, s.end(token)))


def _phrase(s: Sentence, token: int) -> Span | None:
    first, last = s.doc[token].left_edge.i, s.doc[token].right_edge.i
    return _trimmed(s.passage.text, s.passage.start, s.start(first), s.end(last), s.end(token))


def _trimmed(text: str, base: int, start: int, end: int, keep: int = 0) -> Span | None:
    """A noun phrase without the clauses that hang on it; up to ``keep`` nothing is cut."""
    stop = _ENDS.search(text, max(start, keep) - base, end - base)
    return _span(text, base, start, min(base + stop.start() if stop else end, start + _LONGEST))


def _span(text: str, base: int, start: int, end: int) -> Span | None:
    a, b = start - base, end - base
    while a < b and not (text[a].isalnum() or text[a] in "($"):
        a += 1
    while b > a and text[b - 1] in " \t\r\n\u00a0,;:.–—-\"“”'":
        b -= 1
    return Span(text[a:b], base + a, base + b) if any(c.isalnum() for c in text[a:b]) else None

"""What the order of words says of a verb of saying where the parser cannot be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.find.voice.cues import cue_verbs, reporting_forms, words_of
from tollbook.find.voice.ranges import Range, clause_end, without

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BREAKS = words_of("phrases", "breaks")
_CONTRASTS = frozenset({"while", "whereas", "but", "though", "although", ";"})
_TELLS = frozenset({"told", "tell", "tells"})
_REPORTING = reporting_forms()


def by_order(token: Token, subject: Token, contents: tuple[Range, ...]) -> tuple[Range, ...]:
    """What word order says of a verb with a subject: "X said [on Friday] that …" and "…, X said [on Friday]."."""
    doc = token.doc
    if token.lower_ not in _REPORTING:
        return ()
    right = [c for c in contents if c[0] > token.i]
    if token.tag_ in ("VBZ", "VBP") and doc[-1].text not in ".!?\"'" and subject.i < token.i < clause_end(doc, 1) - 1:
        return ((token.i + 1, _headline_end(doc, token.i + 1)),)
    that = _that(token)
    if that is not None and not right:
        right = [(that, clause_end(doc, that))]
    right = [_uncontrasted(doc, r) for r in right]
    if right:
        last = max(b for _, b in right)
        return (*[c for c in contents if c[1] <= token.i], *_grown(doc, right, last))
    if subject.i > token.i and token.i > 2 and not contents and doc[token.i - 1].text in (",", '"', "''"):
        return ((0, token.i),)  # "…, said a nurse"
    if token.lower_ in _TELLS and not contents and token.i + 3 < len(doc) and doc[token.i + 1].tag_ in ("PRP", "PRP$"):
        return ((token.i + 2, clause_end(doc, token.i + 2)),)  # "told her six were dead": not "her six"
    return ()


def _headline_end(doc: Doc, start: int) -> int:
    """Up to what another says in one headline: "Army says ten killed, fishermen speak of 60"."""
    comma = None
    for t in doc[start:]:
        if t.text == ",":
            comma = t.i
        elif comma is not None and t.tag_ in ("VBZ", "VBP") and t.lower_ in cue_verbs():
            return comma
    return clause_end(doc, start)


def _uncontrasted(doc: Doc, content: Range) -> Range:
    """Content without what another speaker sets against it: "…, while the office said"."""
    start, end = content
    for t in doc[start + 1 : end]:
        if t.lower_ not in _CONTRASTS:
            continue
        for other in doc[t.i + 1 : min(len(doc), t.i + 25)]:
            if other.lower_ in _REPORTING and other.tag_ in ("VBD", "VBZ", "VBP"):
                if any(c.dep_ == "nsubj" and t.i < c.i < other.i for c in other.children):
                    return start, t.i
                break
    return content


def _that(token: Token) -> int | None:
    """ "claimed at the time that": the clause the parser hung on a noun of the phrase between."""
    for t in token.doc[token.i + 1 : token.i + 9]:
        if t.lower_ == "that":
            return t.i
        if t.tag_[:2] == "VB" or t.text in (",", '"', ";"):
            return None
    return None


def _grown(doc: Doc, right: list[Range], last: int) -> tuple[Range, ...]:
    """Indirect speech runs to the end of its sentence unless something else begins."""
    end = clause_end(doc, last)
    if end <= last:
        return tuple(right)
    for t in doc[last:end]:
        if t.lower_ in _BREAKS or t.lower_ in _REPORTING or t.lower_ in ("according", "adding", "saying", "citing"):
            return tuple(right)
    at = max(range(len(right)), key=lambda i: right[i][1])
    return tuple((a, end) if i == at else (a, b) for i, (a, b) in enumerate(right))


def vouched_for(token: Token, start: int, end: int) -> tuple[Range, ...]:
    """What "according to X" at ``[start, end)`` vouches for: all before it in its sentence, or, where no verb stands
    before it, all behind it."""
    doc = token.doc
    before = [t.i for t in doc[:start] if t.tag_ in ("VBD", "VBZ", "VBP", "VBN", "MD")]
    if start and doc[start - 1].lower_ in ("which", "who", "that", "whose"):  # vouches for its relative clause only
        return ((end, token.head.right_edge.i + 1),) if token.head.i >= end else ()
    if not before:
        return without((0, len(doc)), (start, end))
    first = 0
    for t in doc[:start]:
        other = (
            t.lower_ in _REPORTING and t.tag_ in ("VBD", "VBZ", "VBP") and any(c.dep_ == "nsubj" for c in t.children)
        )
        if t.text == ";" or (t.dep_ == "cc" and other):
            first = t.i + 1
    comma = doc[start - 1].text in (",", "-", "--", "(") if start else False
    after = doc[end : end + 1]
    if not comma and token.head.i > token.i and token.head.tag_[:2] == "VB":  # "and according to X, nobody was hurt"
        return ((end, min(clause_end(doc, end), token.head.right_edge.i + 1)),)
    if (
        start
        and doc[start - 1].lower_ in ("and", "but", "while")
        or (start and after and after[0].text == "," and doc[start - 1].lower_ in _BREAKS)
    ):
        return ((end, clause_end(doc, end)),)
    return ((first, start),)

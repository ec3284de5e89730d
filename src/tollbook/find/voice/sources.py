"""Who the subject of a verb of saying is: its own, the one it shares, the noun a relative clause hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.find.voice.cues import reporting_forms, words_of
from tollbook.find.voice.ranges import Range, behind_town

if TYPE_CHECKING:
    from spacy.tokens import Token

_BREAKS = words_of("phrases", "breaks")
_NEVER = words_of("phrases", "never_sources")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_REPORTING = reporting_forms()


def subject_of(token: Token, subject: Token) -> tuple[Range, ...]:
    whose = subject.lower_ in _RELATIVE or any(t.lower_ == "whom" for t in subject.subtree)  # "both of whom said"
    if whose and token.dep_ in ("relcl", "acl"):
        antecedent = token.head
        left, right = noun_phrase(antecedent)
        return ((left, max(left + 1, min(right, token.left_edge.i))),)
    for other in token.children:
        shared = other.dep_ == "nsubj" and other.i < subject.i < token.i
        if shared and not any(t.tag_[:2] in ("VB", "MD") for t in token.doc[other.i : subject.i]):
            return ((noun_phrase(other)[0], noun_phrase(subject)[1]),)  # "the agency RNA said" has two to the parser
    return (behind_town(token.doc, noun_phrase(subject)),)


def inherited(token: Token, depth: int = 0) -> tuple[Range, ...]:
    """The subject of the verb above ("…, adding that", "said … and warned")."""
    head = token.head
    if head is token or depth > 4:
        return ()
    if token.dep_ in ("acl", "relcl") and head.tag_[:2] == "NN":
        left, right = noun_phrase(head)
        return ((left, max(left + 1, min(right, token.left_edge.i))),)
    if token.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep", "acl", "ccomp", "dep"):
        return ()
    if token.dep_ == "ccomp" and token.tag_ not in ("VBG", "VB"):
        return ()
    if token.dep_ == "conj" and token.tag_ == "VBD" and head.tag_ != "VBD" and _governor(head) is not None:
        head = _governor(head) or head  # "said they had left and vowed": who said vowed
    for child in reversed(list(head.children)):
        if child.dep_ in ("nsubj", "nsubjpass") and child is not token:
            above = _governor(head) if child.lower_ in _NEVER else None
            return subject_of(head, child) if above is None else _inherited_from(above)
    if head.tag_[:2] == "NN" and token.dep_ in ("advcl", "prep"):
        return ()
    return inherited(head, depth + 1)


def _inherited_from(verb: Token) -> tuple[Range, ...]:
    subject = next((c for c in reversed(list(verb.children)) if c.dep_ == "nsubj"), None)
    return subject_of(verb, subject) if subject is not None else ()


def _governor(token: Token) -> Token | None:
    """The verb of saying above a clause."""
    for above in token.ancestors:
        if above.lower_ in _REPORTING and above.tag_ == "VBD":
            return above
    return None


def noun_phrase(token: Token) -> Range:
    """A noun phrase with its appositions, without the comma that follows."""
    if token.tag_ == "PRP":
        return token.i, token.i + 1  # "This week we recorded" has "week we" to the parser
    start, end = token.left_edge.i, token.right_edge.i + 1
    doc = token.doc
    while end < len(doc) and not doc[end - 1].whitespace_ and doc[end].text == "-" and not doc[end].whitespace_:
        end = min(len(doc), end + 2)  # "al-Watan" is three tokens, and the parser may part them
    for t in doc[start : token.i]:
        if t.lower_ in _BREAKS or (t.lower_ in _REPORTING and t.tag_ == "VBD"):
            start = t.i + 1  # the parser hung another clause on the subject
    while end > start + 1 and (doc[end - 1].is_punct and doc[end - 1].text not in (")", '"')):
        end -= 1
    while start < end - 1 and doc[start].is_punct and doc[start].text not in ("(", '"'):
        start += 1
    return start, end

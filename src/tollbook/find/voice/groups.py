"""The words between two commas that speak: "…, the regional governor, Ada Loft, wrote on Monday.".

A small parser hangs such words on whatever stands before them ("five children, medics and residents said"). Commas and
tags tell the group better than its arcs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tollbook.find.voice.cues import reporting_forms, words_of
from tollbook.find.voice.ranges import Range, behind_town, clause_end

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_REPORTING = reporting_forms()
_BREAKS = words_of("phrases", "breaks")
_MARKS = frozenset("-–—•*·▪►●")  # a dash between words, or what opens a line of a list
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_EDGES = frozenset({",", '"', "''", ";", ":", "--", "("})
_TELLS = frozenset({"told", "tells"})
_RELATIVE = frozenset({"who", "which", "whose", "that"})
_WITHIN = frozenset({"at", "from", "in", "near"})
_LONGEST = 14  # tokens in one part of a group
_TAIL = 9  # tokens behind the verb: "on Monday", "in a telephone interview"


def trailing(token: Token) -> tuple[Range, tuple[Range, ...]] | None:
    """Speaker and content of a verb at the end of what it reports; ``None`` where it stands before it."""
    doc, i = token.doc, token.i
    if token.lower_ not in _REPORTING or token.tag_ not in ("VBD", "VBZ", "VBP", "VBN") or i < 3:
        return None
    if doc[i - 1].lower_ in _RELATIVE or any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children):
        return None
    inverted = _inverted(token)
    if inverted is not None:
        return inverted
    tail = _tail_end(token)
    if tail is None:
        return None
    group = speaking_group(token)
    if group is None or group[0] < 2 or doc[group[0] - 1].text not in (",", '"', "''"):
        return None
    left = doc[: group[0]]
    headline = doc[-1].text not in ".!?" and clause_end(doc, i) == i + 1  # "Raid kills five, rescuers say"
    if not headline and not any(t.tag_ in _FINITE or t.tag_ == "VBN" for t in left):
        return None
    return group, _contents(doc, group[0], tail)


def _contents(doc: Doc, start: int, tail: int) -> tuple[Range, ...]:
    """All before the speaker, and what goes on behind: "…, he said, including two boys"."""
    end = clause_end(doc, tail)
    behind = doc[tail + 1 : end]
    if (
        not len(behind)
        or behind[0].lower_ in _BREAKS
        or (behind[0].tag_ in ("VBG", "CC") and behind[0].lower_ != "including")
    ):
        return ((0, start),)
    if any(t.lower_ in _REPORTING or t.lower_ == "according" for t in behind):
        return ((0, start),)
    return ((0, start), (tail + 1, end))


def speaking_group(token: Token) -> Range | None:
    """The noun phrase before a verb with a name in apposition: "the governor, Ada Loft, [said]"."""
    doc, i = token.doc, token.i
    end = i
    while end > 0 and doc[end - 1].tag_ in ("RB", "MD") or (end > 0 and doc[end - 1].dep_ == "aux" and end > i - 3):
        end -= 1  # "also said", "has said"
    if end > 1 and doc[end - 1].text == ",":
        start = _part(doc, end - 1)
        if start is None or start < 2 or doc[start - 1].text != ",":
            return None
        before = _part(doc, start - 1)
        if before is None or before == start - 1:
            return None
        named = is_name(doc, start, end - 1)
        if named and doc[before].tag_ == "IN":  # "In Ruvan the interior minister, Ada Loft, said"
            before = next((t.i for t in doc[before : start - 1] if t.tag_ in ("DT", "PRP$")), before)
        if (named and is_phrase(doc, before, start - 1)) or (is_name(doc, before, start - 1) and not named):
            return before, end - 1
        return None
    start = _part(doc, end)
    if start is not None and start < end and doc[end - 1].tag_ == "PRP":
        return end - 1, end  # "Last month they said"
    if start is None or start == end or not is_phrase(doc, start, end):
        return None
    if doc[start].tag_ == "DT" and start > 2 and doc[start - 1].text == ",":
        before = _part(doc, start - 1)
        if before is not None and start - 1 - before >= 2 and is_name(doc, before, start - 1):
            return behind_town(doc, (before, end))  # "Ali Sefo, the guard's spokesman said"
    if is_name(doc, start, end) and start > 3 and doc[start - 1].text == ",":
        before = _part(doc, start - 1)
        opens = before is not None and (before == 0 or doc[before - 1].text in _EDGES)
        if before is not None and opens and doc[before].tag_ == "DT" and is_phrase(doc, before, start - 1):
            return before, end  # "The head of the board, Ada Loft told"
        if before is not None and _ends_in_a_town(doc, before, start - 1):
            return before, end  # "police in Zalba, Norland said"
    return start, end


def _ends_in_a_town(doc: Doc, start: int, end: int) -> bool:
    """ "police in Zalba", "a doctor at a hospital in Zalba": the name behind the next comma is where the town lies."""
    at = next((k for k in range(end - 1, start, -1) if doc[k].lower_ in _WITHIN), None)
    described = at is not None and is_name(doc, at + 1, end) and doc[at - 1].tag_ in ("NN", "NNS")
    return described and is_phrase(doc, start, end)


def _part(doc: Doc, end: int) -> int | None:
    """Where the words before ``end`` begin, back to a comma or a quotation mark; ``None`` if a verb is among them."""
    start = end
    while start > 0 and doc[start - 1].text not in _EDGES:
        word = doc[start - 1]
        if word.text in _MARKS and word.whitespace_ and (start == 1 or doc[start - 2].whitespace_):
            break
        if word.tag_ in _FINITE or end - start > _LONGEST:
            return None
        start -= 1
    return start


def is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether the tokens are a proper name and nothing else."""
    return 0 < end - start <= 7 and all(t.tag_ in ("NNP", "NNPS", "HYPH") or t.text in ".-'" for t in doc[start:end])


_FEW = frozenset(["two", "three", "four", "five", "six"])  # "three sources"


def is_phrase(doc: Doc, start: int, end: int) -> bool:
    """A noun phrase: a noun or a pronoun, not opened by a conjunction, a number ("three" apart) or a preposition."""
    first = doc[start]
    if first.tag_ in ("CC", "IN", "CD", "WDT", "WP", "WRB", "TO", "VBG") and first.lower_ not in _FEW:
        return False
    return any(t.tag_[:2] == "NN" or t.tag_ == "PRP" for t in doc[start:end])


def _tail_end(token: Token) -> int | None:
    """The comma or the end behind "said on Monday"; ``None`` where content follows."""
    doc = token.doc
    end = token.i + 1
    while end < len(doc) and doc[end].text not in (",", ".", '"', ";"):
        if doc[end].tag_ in _FINITE or end - token.i > _TAIL:
            return None
        end += 1
    rest = doc[token.i + 1 : end]
    if len(rest) and rest[0].tag_ not in ("IN", "RB", "NNP", "TO", "RP") and token.lower_ not in _TELLS:
        return None
    if len(rest) and rest[0].lower_ in ("that", "of", "about"):
        return None
    return end


def _inverted(token: Token) -> tuple[Range, tuple[Range, ...]] | None:
    """ "…, said Ada Loft, who runs it.": a comma or a mark before the verb, a noun phrase and no verb behind."""
    doc, i = token.doc, token.i
    if doc[i - 1].text not in (",", '"', "''") or i + 1 >= len(doc) or token.lower_ in _TELLS:
        return None
    if doc[i + 1].tag_ not in ("NNP", "DT", "PRP$", "PRP", "NNS", "NN", "JJ"):
        return None
    end = i + 1
    while end < len(doc) and doc[end].text not in (",", ".", '"', ";") and doc[end].lower_ not in _RELATIVE:
        if doc[end].tag_ in _FINITE or end - i > _LONGEST:
            return None
        end += 1
    if not any(t.tag_[:2] == "NN" or t.tag_ == "PRP" for t in doc[i + 1 : end]):
        return None
    if not any(t.tag_ in _FINITE or t.tag_ == "VBN" for t in doc[: i - 1]):
        return None
    start = _part(doc, i - 1) if doc[i - 1].text == "," else None
    if start is not None and start > 1 and doc[start - 1].text == "," and is_name(doc, start, i - 1):
        return None  # "the minister, Ada Loft, said the guard …"
    return (i + 1, end), ((0, i),)

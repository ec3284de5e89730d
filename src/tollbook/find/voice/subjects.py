"""Who stands before or behind a verb of saying, as far as the order of words tells without a parse.

Most sentences of a report are not parsed. What may be a verb there may be a noun ("without doubt", "the state police"),
and what stands before it may be a whole clause; nobody is a better answer than half a sentence.
"""

from __future__ import annotations

import re
from functools import cache

from tollbook.find.voice.cues import reporting_forms, words_of

Characters = tuple[int, int]

_LAST_WORD = re.compile(r"([\w’'.-]+)\W*\Z")
# Behind one of these stands a noun, an infinitive, a participle or the second of two verbs.
_NO_SUBJECTS = words_of("order", "no_subjects")
_NOUNS = words_of("order", "nouns")  # forms that are nouns as well
_AUXILIARY = re.compile(
    r"\s+(?:has|have|had|also|(?!(?:ally|anomaly|assembly|family|supply)\b)[a-z]+ly|later|then|again|earlier|often|today|yesterday|now|since|already|never|always|"
    r"(?:(?:early|late) )?(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|afternoon|evening|night))?|"
    r"in an? (?:\w+ )?(?:statement|tweet|post|interview|report|email|letter))\Z"
)
_OPENER = re.compile(
    rf"(?i:{'|'.join(sorted(words_of('order', 'openers')))})\b[^,“”\"]{{0,90}},\s+|"
    r"(?!Family|Italy|July)[A-Z][a-z]+ly,\s+"
)
_NEW_CLAUSE = re.compile(
    r"(?i)(?:[“”\"‘]|[;:]\s|\s[–—-]+\s|,\s+and\s|\b(?:after|before|while|because|when|if|whether|but|where|whereas|although|"
    r"though|until|so|as|than|saying|and (?=(?:the|an?|one|some|his|her|their|its|he|she|they|it|we|I)\b))\b,?)\s*"
)
_FINITE = re.compile(
    r"(?i)\b(?:was|were|is|are|am|be|been|being|has|have|had|did|does|do|will|would|can|could|may|might|must|should|"
    r"cannot|\w+n[’']t|not|that|which|who|whom|killed|wounded|injured)\b"
)
_FAR = 500  # code points: what stands farther before a verb is not its subject
_EDGE = re.compile(r"[\s,]+\Z")
_EDGE_BEFORE = re.compile(r"[\s,]*(?:that\s+)?")
_LONGEST = 16  # words of a speaker: "Ada Loft, the deputy head of the civil defence of the province of Ruvan"
_BEHIND = re.compile(
    r"(?i)\s+(?:about|against|as|at|because|by|during|earlier|for|from|here|him|how|if|in|into|last|later|me|of|off|on|"
    r"out|over|since|that|them|there|through|to|today|toward|until|up|us|what|when|where|whether|which|with|yesterday|you|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)


def is_verb(text: str, start: int, end: int) -> bool:
    """Whether the form at ``start`` is one that somebody before it can be the subject of.

    >>> [is_verb(t, t.index("report"), t.index("report") + len("reports"))
    ...  for t in ("The agency reports that it fell", "He spoke of reports of shelling", "Local media reports vary")]
    [True, False, False]
    """
    word = text[start:end].lower()
    before = _LAST_WORD.search(text, max(0, start - 40), start)
    if word.endswith("ing") or before is None or before[1].lower() in _NO_SUBJECTS or text.startswith(" by ", end):
        return False
    if word in _NOUNS:
        return text.startswith(" that ", end) or (word.endswith("s") and before[1][:1].isupper())
    return True


def tells(word: str) -> bool:
    """Whether a form in lower case is a finite verb and no noun, wherever it stands.

    >>> tells("said"), tells("saying"), tells("reports")
    (True, False, False)
    """
    return word not in _NOUNS and not word.endswith("ing")


def speaker_before(text: str, begin: int, end: int) -> Characters | None:
    """The speaker that ends at ``end``, of a sentence that begins at ``begin``; ``None`` where a clause stands there.

    >>> for said in ("In May, the army's spokesman also ", "He said the family ", "Through this, forces without "):
    ...     span = speaker_before(said, 0, len(said))
    ...     print(said[slice(*span)] if span else None)
    the army's spokesman
    the family
    None
    """
    begin = max(begin, end - _FAR)
    while trimmed := _AUXILIARY.search(text, begin, end) or _EDGE.search(text, begin, end):
        end = trimmed.start()
    while opener := _OPENER.match(text, begin, end):
        begin = opener.end()
    told = max((m.end() for m in _forms().finditer(text, begin, end) if is_verb(text, *m.span())), default=begin)
    begin = max(told, max((m.end() for m in _NEW_CLAUSE.finditer(text, begin, end)), default=begin))
    if edge := _EDGE_BEFORE.match(text, begin, end):
        begin = edge.end()
    if is_clause(text, begin, end):  # "the head has been Abu Karim, the group": the group says it
        comma = text.rfind(", ", begin, end)
        if comma < 0 or is_clause(text, comma + 2, end):
            return None
        begin = comma + 2
    last = _LAST_WORD.search(text, begin, end)
    if last is None or last[1].lower() in _NO_SUBJECTS or len(text[begin:end].split()) > _LONGEST:
        return None
    return begin, end


def is_clause(text: str, start: int, end: int) -> bool:
    """Whether there is a verb in it that is not one of the nouns of the lists."""
    if _FINITE.search(text, start, end):
        return True
    return any(is_verb(text, *m.span()) for m in _forms().finditer(text, start, end))


def is_speaker_behind(text: str, start: int, end: int) -> bool:
    """Whether what stands behind ", said" is who said it: no preposition, no clause.

    >>> [is_speaker_behind(t, 4, len(t)) for t in ("said Ada Loft", "said on Sunday", "said they were hit")]
    [True, False, False]
    """
    return _BEHIND.match(text, start, end) is None and not is_clause(text, start, end)


@cache
def _forms() -> re.Pattern[str]:
    """Forms of the verbs of saying that are nothing else."""
    said = sorted(f for f in reporting_forms() if f.endswith("ed") and f not in _NOUNS)
    forms = [*said, "said", "says", "told", "tells", "wrote", "writes"]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")

"""Look-ups in ``lexicon/furniture.toml``: which words, standing where, give a line away as furniture."""

from __future__ import annotations

import re

from tollbook import lexicon

LONGEST = 320  # code points; a longer line is not furniture for holding one phrase of the list

_LINE = 120  # the same for a line that is a phrase, or several, and nothing else

_TABLES = lexicon.load("furniture")


def _by_phrase(table: str) -> dict[str, str]:
    return {phrase: reason for reason, phrases in _TABLES[table].items() for phrase in phrases}


_WHOLE = _by_phrase("whole")
_SECTION = _by_phrase("section")
_ONE = _by_phrase("section_one")
_CONTAINS = _by_phrase("contains")
_CUT = frozenset(_TABLES["cut"]["comments"])
_SECTION_STARTS = tuple(_TABLES["section_start"]["related"])
LABELS = frozenset(_TABLES["labels"]["words"])
_PREFIX = 3
_STARTS: dict[str, list[tuple[str, str]]] = {}
_SHORT_STARTS: list[tuple[str, str]] = []
for _phrase, _reason in _by_phrase("start").items():
    if len(_phrase) < _PREFIX:
        _SHORT_STARTS.append((_phrase, _reason))
    else:
        _STARTS.setdefault(_phrase[:_PREFIX], []).append((_phrase, _reason))

_TRIM = " .,:;…|/-–→←↑↓▶►×✕+()[]"
_NUMBER = re.compile(r"^\d[\d,.]*k?\s+")
_TOOLS = frozenset(
    word for phrase in (*_TABLES["whole"]["share"], "comments", "comment") for word in phrase.split() if word
)
_SEPARATOR = re.compile(r"\s*[|•·]\s*|\s+[>›/]\s+")
_CRUMB = re.compile(r"\s+(?:>|\"|›|/|\|)\s+|\s*[>›]\s*")
_DIGIT = re.compile(r"\d")
_NO_MENU = re.compile(r"[.,] |[@#\"“”]|://|\bpic\.")
_CAMEL = re.compile(r"[a-z][A-Z]")
_CONTACT = re.compile(
    r"\(?[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,4}\)?"
    r"|(?:\(\d{3}\) ?|(?:\d{3}[-. ])?)\d{3}[-.]\d{4}|\+\d[\d ().-]{7,18}"
)


def whole_reason(key: str) -> str | None:
    """The reason if the line is one of the list's and nothing else.

    >>> whole_reason("0 comments"), whole_reason("facebook twitter print"), whole_reason("raqqa")
    ('comments', 'share', None)
    """
    if len(key) > _LINE:
        return None
    bare = _NUMBER.sub("", key).strip(_TRIM)
    found = _WHOLE.get(bare)
    if found:
        return found
    parts = _SEPARATOR.split(bare)
    if len(parts) > 1 and all(not p or p.isdigit() or _NUMBER.sub("", p).strip(_TRIM) in _WHOLE for p in parts):
        return "navigation"
    tokens = bare.split()
    if 1 < len(tokens) <= 16 and all(t in _TOOLS or t.isdigit() for t in tokens):
        return "share"
    return None


def starting_reason(key: str) -> str | None:
    """The reason if the line (or sentence) begins with a phrase of the list.

    >>> starting_reason("read more: bridge reopens"), starting_reason("readers fled the library")
    ('related', None)
    """
    for phrase, reason in _STARTS.get(key[:_PREFIX], ()):
        if key.startswith(phrase):
            return reason
    return next((reason for phrase, reason in _SHORT_STARTS if key.startswith(phrase)), None)


def present_phrases(shadow: str) -> list[tuple[str, str]]:
    """The ``contains`` phrases that the whole text has somewhere, with their reasons: one fast search each."""
    return [(phrase, reason) for phrase, reason in _CONTAINS.items() if phrase in shadow]


def is_section(key: str) -> str | None:
    """The reason for the lines under this heading; ``None`` where it heads none."""
    bare = key.strip(_TRIM)
    found = _SECTION.get(bare)
    if found is None and len(bare) <= 60 and bare.startswith(_SECTION_STARTS) and key[-1:] not in ".!?":
        return "related"
    return found


def heads_one(key: str) -> bool:
    """Whether one headline follows ("Next post")."""
    return key.strip(_TRIM) in _ONE


def is_cut(key: str) -> bool:
    """Whether the comment form begins here."""
    bare = key.strip(_TRIM)
    return bare in _CUT or (len(bare) < 60 and bare.startswith(("leave a reply", "leave a comment")))


def is_breadcrumb(key: str) -> bool:
    """ "Home > World > Middle East".

    >>> is_breadcrumb("home > world > middle east"), is_breadcrumb("10 killed > 20 hurt > more feared")
    (True, False)
    """
    if len(key) > _LINE or not _CRUMB.search(key) or _DIGIT.search(key):
        return False
    parts = [part for part in _CRUMB.split(key) if part]
    return len(parts) > 2 and all(part.count(" ") < 4 and part[-1:] not in ".!?" for part in parts)


def is_glued_menu(text: str) -> bool:
    """A menu whose entries lost the space between them: "PoliticsCongressElection".

    >>> is_glued_menu("SportsTennisGolfRugbyBoxing"), is_glued_menu("McDonald met al-Sheikh, the YPG said.")
    (True, False)
    """
    return len(text) <= LONGEST and len(_CAMEL.findall(text)) >= 3 and not _NO_MENU.search(text)


def is_contact(key: str) -> bool:
    """An e-mail address or a telephone number alone on a line."""
    return len(key) <= 80 and _CONTACT.fullmatch(key) is not None

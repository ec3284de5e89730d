"""The words of date expressions as a row of one-letter tokens, so that the grammar of dates is a regular expression.

``"late on 3 June"`` becomes ``"e", "D", "M"`` with what stands between them (``" "``); everything else in a text is
``"|"``. Numbers inside other numbers ("2,017", "F-2019", "10:30", "$20"), words that only look like a month or a
weekday ("may", "the Women's March", "sat") and ages ("20-year-old") are no tokens at all.

Kinds: ``M`` month, ``D`` number 1–31, ``d`` the same with its ending ("3rd"), ``Y`` year, ``y`` year of two digits
("'90"), ``N`` other number, ``n`` number in words, ``a`` the article before a unit, ``E`` decade ("1990s"), ``I`` ISO
date, ``S`` date with slashes, ``W`` weekday, ``u w m c k x h g f`` units (day, week, month, year, decade, century,
hour, weekend, fortnight), ``q`` half or quarter, ``P`` part of the day, ``K`` season, ``R`` today and its like, ``J``
holiday, ``r`` ordinal, ``e`` early/mid/late; the modifiers' letters stand in ``lexicon/dates.toml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tollbook import lexicon

YEARS = range(1400, 2101)  # a bare number outside is no year


@dataclass(frozen=True, slots=True)
class Token:
    """One word or number; ``value`` is what the lexicon or the digits say."""

    kind: str
    start: int
    end: int
    value: Any


_UNIT_KIND = {"day": "u", "week": "w", "month": "m", "year": "c", "decade": "k", "century": "x", "hour": "h",
              "weekend": "g", "fortnight": "f"}  # fmt: skip


def _vocabulary() -> dict[str, tuple[str, Any]]:
    lists = lexicon.load("dates")
    found: dict[str, tuple[str, Any]] = {}
    for name, kind in (("numbers", "n"), ("ordinals", "r"), ("parts", "e"), ("months", "M"), ("weekdays", "W"),
                       ("halves", "q"), ("parts_of_day", "P"), ("seasons", "K"), ("deictics", "R"),
                       ("holidays", "J")):  # fmt: skip
        for word, value in lists[name].items():
            found.setdefault(word, (kind, value))
    for word, unit in lists["units"].items():
        found[word] = (_UNIT_KIND[unit], word.endswith("s"))
    for word, kind in lists["modifiers"].items():
        found[word] = (kind, word)
    return found


VOCABULARY = _vocabulary()
_MONTHS = {word for word, (kind, _) in VOCABULARY.items() if kind == "M"}
# words too short or too common to be believed without a neighbour
_SHORT_MONTHS = {"may", "march", "jan", "mar", "jun", "sep", "dec", "august"}
_SHORT_DAYS = {"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun"}
_UNITS = "days?|weeks?|months?|years?|decades?|hours?|weekends?|fortnight|century"
_DEMONSTRATED = rf"(?=\s+(?:same|coming|past|{_UNITS}|night|morning|afternoon|evening|summer|winter|spring|autumn|" + (
    "|".join(sorted((w for w, (k, _) in VOCABULARY.items() if k in "MW" and len(w) > 3), reverse=True)) + r")\b)"
)
_GUARDED = {
    "this": "this" + _DEMONSTRATED,
    "that": "that" + _DEMONSTRATED,
    **{w: w + r"(?=\s+of\b)" for w in ("beginning", "start", "end", "middle", "outset")},
    "same": rf"same(?=\s+(?:{_UNITS}|night|morning|afternoon|evening)\b)",
}


def _words_pattern() -> str:
    by_letter: dict[str, list[str]] = {}
    for word in sorted(VOCABULARY, key=len, reverse=True):
        stop = (
            r"\b\.?"
            if word in _MONTHS | _SHORT_DAYS
            and len(word) <= 5
            and word not in {"may", "march", "april", "june", "july"}
            else r"\b"
        )
        by_letter.setdefault(word[0], []).append(_GUARDED.get(word, re.escape(word)) + stop)
    by_letter.setdefault("c", []).append(r"century\b|centuries\b")
    return "|".join(
        f"{letter}(?:{'|'.join(w[len(letter) :] for w in words)})" for letter, words in sorted(by_letter.items())
    )


_TOKEN = re.compile(
    r"\b(?:"
    r"(?P<iso>[0-9]{4}-[01][0-9]-[0-3][0-9](?![0-9-]))"
    r"|(?P<slash>[0-9]{1,2}(?P<sep>[/.])[0-9]{1,2}(?P=sep)(?:[0-9]{4}|[0-9]{2})(?![0-9/]))"
    r"|(?P<num>[0-9]++(?P<suffix>st|nd|rd|th|s)?+)\b"
    rf"|(?P<art>an?(?=\s+(?:{_UNITS})\b))"
    rf"|(?P<word>{_words_pattern()}))"
    r"|(?<!\w)['’](?P<short>[0-9]{2})(?P<shorts>s)?\b"
)  # fmt: skip

_GAP = {
    "": " ", " ": " ", " the ": " ", " on ": " ", " on the ": " ", "\n": " ", " a ": " ",
    ", ": ",", ",": ",", ",\n": ",", ", on ": ",", " (": ",", ", the ": ",",
    " of ": "o", " of the ": "o", " in ": "o", " in the ": "o", " during the ": "o", ", in ": "o", " by ": "|",
    "-": "-", "–": "-", "—": "-", " - ": "t", " – ": "t", " — ": "t", "/": "-",
    " to ": "t", " to the ": "t", " until ": "t", " till ": "t", " through ": "t", " into ": "t",
    " and ": "&", " & ": "&", " and the ": "&", " or ": "&", " and on ": "&", " and in ": "&",
}  # fmt: skip
_SPACES = re.compile(r"[ \t]*\n[ \t]*(?!\s)|[ \u00a0]+")
_COUNTING = frozenset(",.: %pagk")
_AGE = re.compile(r"[- –]?years?[- –]old")
_BC = re.compile(r"\s?b\.?c\b")
_COUNTED = re.compile(r",[0-9]{3}|[.][0-9]|:[0-9]|\s?%|\s?(?:per ?cent|[ap]\.?m\b|hrs?\b|gmt|km|mm\b|kg|o.clock)")
_DIALLED = re.compile(r"[0-9]-[0-9]{1,4}-\Z")  # 555-010-2020
_BEFORE_MONTH = re.compile(r"\b(?:in|of|by|since|until|till|from|last|next|early|mid|late|this|that|to|between|during|"
                           r"through|following|previous|before|after|and|on)[\s-](?:the\s)?\Z")  # fmt: skip


def find_tokens(text: str, low: str) -> tuple[list[Token], str]:
    """The tokens of a text and the row ``gap kind gap kind …`` for the grammar: token *i* is at ``2 * i + 1``."""
    tokens: list[Token] = []
    row: list[str] = []
    upper = _mostly_upper(text)
    last = 0
    for match in _TOKEN.finditer(low):
        token = _token(match, text, low, upper, last if tokens else -1)
        if token is None:
            continue
        width = token.start - last
        gap = "|" if width > 12 or not tokens else _GAP.get(_SPACES.sub(" ", low[last : token.start]), "|")
        row.append(gap + token.kind)
        tokens.append(token)
        last = token.end
    return tokens, "".join(row)


def _mostly_upper(text: str) -> bool:
    """Wire copy in capitals: a capital says nothing of a word then."""
    head = text[:2000]
    letters = sum(map(str.isalpha, head))
    return letters > 0 and sum(map(str.isupper, head)) > 0.7 * letters


def _token(match: re.Match[str], text: str, low: str, upper: bool, last: int) -> Token | None:
    start, end = match.span()
    group = match.lastgroup
    if group == "word":
        return _word(match["word"], start, end, (text, low, upper, last))
    if group == "art":
        return Token("a", start, end, 1)
    if group == "iso":
        return Token("I", start, end, match["iso"]) if _stands_alone(low, start, end, last) else None
    if match["short"]:
        return Token("E" if match["shorts"] else "y", start, end, int(match["short"]))
    if match["slash"]:
        return Token("S", start, end, match["slash"])
    return _number(match, low, last)


def _stands_alone(low: str, start: int, end: int, last: int) -> bool:
    before = low[start - 1 : start]
    if before and (before in "$£€#@" or (before in ",.:/" and low[start - 2 : start - 1].isdigit())):
        return False
    if before in ("-", "–", "/", "_") and last != start - 1 and low[start - 2 : start - 1].isalnum():
        return False
    return not (low[end : end + 1] in _COUNTING and _COUNTED.match(low, end))


def _number(match: re.Match[str], low: str, last: int) -> Token | None:
    start, end = match.span()
    digits = match["num"]
    suffix = match["suffix"] or ""
    if (
        len(digits) - len(suffix) > 4
        or _DIALLED.search(low, max(0, start - 7), start)
        or not _stands_alone(low, start, end, last)
    ):
        return None
    if _AGE.match(low, end) or _BC.match(low, end):
        return None
    value = int(digits[: len(digits) - len(suffix)])
    if suffix == "s":
        return Token("E", start, end, value) if len(digits) == 5 and value % 10 == 0 else None
    if suffix:
        return (
            Token("d", start, end, value)
            if 1 <= value <= 31
            else Token("x", start, end, value)
            if low.startswith(" century", end)
            else None
        )
    if 1 <= value <= 31 and len(digits) <= 2:
        return Token("D", start, end, value)
    return Token("Y" if value in YEARS else "N", start, end, value)


_MONTH_NAME = "(?:jan|feb|mar|apr|may|ju[nl]|aug|sep|oct|nov|dec)"
_DAY_MONTH_AFTER = re.compile(rf"\.?,? ?(?:[0-9]|{_MONTH_NAME})")
_NUMBER_AFTER = re.compile(r"\.?(?:,? |-|/)?(?:the )?[0-9]")
_MONTH_AFTER = re.compile(rf"\s?[-–]\s?{_MONTH_NAME}")
_NUMBER_BEFORE = re.compile(r"[0-9](?:st|nd|rd|th)?(?:,? |-| of )\Z")
_ARTICLE_BEFORE = re.compile(r"\b(?:a|the|its|that)\s\Z")
_NOUN_AFTER = re.compile(r" (?!for|on|to|of|through|by|from|in|at|was|is)[a-z]")
_YEAR_OF = re.compile(r" of [0-9]{4}")
_FALL_OF_YEAR = re.compile(r"(?: of)? [0-9]{4}\b")
_HOLIDAY_BEFORE = re.compile(r"\b(?:on|at|by|since|before|after|until|in|of|this|last|next|around) \Z")
_HOLIDAY_AFTER = re.compile(r" (?:[0-9]{4}|night|morning)\b")
_CAPITAL_BEFORE = re.compile(r"[A-Z]\w* \Z")


def _word(word: str, start: int, end: int, where: tuple[str, str, bool, int]) -> Token | None:
    text, low, upper, _ = where
    bare = word.rstrip(".")
    if bare not in VOCABULARY:  # century
        return None
    kind, value = VOCABULARY[bare]
    if kind in "MW" and not _is_named(bare, start, end, where):
        return None
    if kind == "M" and word.endswith(".") and not low[end : end + 4].strip():
        end -= 1  # the stop of the sentence
    if kind == "J" and not (_HOLIDAY_AFTER.match(low, end) or _HOLIDAY_BEFORE.search(low, max(0, start - 8), start)):
        return None  # "the Christmas Offensive"
    if kind == "R" and not upper and text[start].isupper() and _CAPITAL_BEFORE.search(text, max(0, start - 24), start):
        return None  # a newspaper's name
    if (kind == "n" and _AGE.match(low, end)) or (bare == "fall" and not _FALL_OF_YEAR.match(low, end)):
        return None
    return Token(kind, start, end, value)


_RANK_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Capt|Captain|Col|Colonel|Gen|General|Lt|Lieutenant|Maj|Major|Sgt|Sergeant|Commander|Chief|"
    r"Minister|President|Senator|Governor|Professor|Pastor|Bishop|Inspector|Corporal|Marshal|Brigadier)\.? \Z"
)


def _is_forename(start: int, end: int, text: str) -> bool:
    """ "Captain Sunday Okoro": a rank before, a surname after."""
    return bool(_RANK_BEFORE.search(text, max(0, start - 16), start) and re.match(r" [A-Z]", text[end : end + 2]))


def _is_named(word: str, start: int, end: int, where: tuple[str, str, bool, int]) -> bool:
    """Whether a month or weekday is one: its capital, and for "May", "March", "Sat" a neighbour that says so."""
    text, low, upper, _ = where
    near = max(0, start - 14)
    if not text[start].isupper():  # careless posts write "on monday" and "3 june", and "may" is a verb
        if word in _SHORT_DAYS or word in _SHORT_MONTHS:
            return len(word) > 3 and bool(_NUMBER_BEFORE.search(low, near, start)) and word in _MONTHS
        return word not in _MONTHS or bool(
            _BEFORE_MONTH.search(low, near, start) or _NUMBER_BEFORE.search(low, near, start)
        )
    if word in _SHORT_DAYS:
        return bool(_DAY_MONTH_AFTER.match(low, end)) or (len(word) > 3 and low[max(0, start - 3) : start] == "on ")
    if word not in _SHORT_MONTHS:
        return upper or not _is_forename(start, end, text)
    if _NUMBER_AFTER.match(low, end) or _MONTH_AFTER.match(low, end) or _NUMBER_BEFORE.search(low, near, start):
        return True
    if word in ("jan", "mar", "jun") and not upper:
        return False
    if _YEAR_OF.match(low, end) or (_ARTICLE_BEFORE.search(low, near, start) and _NOUN_AFTER.match(text, end)):
        return True
    return bool(_BEFORE_MONTH.search(low, near, start)) and (upper or not text[end : end + 2].strip()[:1].isupper())


def number(word: str) -> int | None:
    """A small number in words or figures.

    >>> number("three"), number("12"), number("a"), number("dozens")
    (3, 12, 1, None)
    """
    if word.isdigit() and len(word) < 3:
        return int(word)
    if word in ("a", "the", "one"):
        return 1
    kind, value = VOCABULARY.get(word, ("", None))
    return value if kind == "n" and isinstance(value, int) and 0 < value < 60 else None

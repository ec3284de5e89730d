"""Numbers of people in running text: digits, words, ranges, qualifiers and the vague words of `tollbook-1`.

A measured comparison of libraries (text2num, word2number, quantulum3) is in ``docs/methodology.md``: none reads
"dozens", "at least" or "half a dozen".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tollbook import lexicon
from tollbook.records import Count, Qualifier

_UNITS: dict[str, int] = lexicon.load("numbers")["units"]
_SCALES: dict[str, int] = lexicon.load("numbers")["scales"]
_VAGUE: dict[str, int] = lexicon.load("numbers")["vague"]
_QUALIFIERS: dict[str, Qualifier] = {
    phrase: name for name, phrases in lexicon.load("numbers")["qualifiers"].items() for phrase in phrases
}
_AFTER: dict[str, Qualifier] = {p: name for name, phrases in lexicon.load("numbers")["after"].items() for p in phrases}


def _alternatives(words: Iterator[str] | list[str]) -> str:
    return "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


_UNIT = _alternatives(list(_UNITS))
_SCALE = _alternatives([s for s in _SCALES if len(s) > 1])
_GROUPED = r"\d{1,3}(?: \d{3})+(?!\d|[.,]\d)"  # "250 000 people"
_DIGITS = rf"\d{{1,3}}(?:[,\u00a0\u2009\u202f]\d{{3}})+(?!\d)|{_GROUPED}|" + r"\d{1,9}(?:\.\d{1,3})?(?!\d)"
# "a hundred and four" is one number, "nine and four" are two
_AND = r"(?:(?<=hundred)|(?<=thousand)|(?<=million)|(?<=billion))\s+and\s+"
_WORDS = (
    rf"(?:half\s+a\s+(?:{_SCALE})|(?:a\s+)?quarter\s+of\s+a\s+million|an?\s+(?:{_SCALE})(?!\s+of\b)|(?:{_UNIT}|{_SCALE}))"
    rf"(?:(?:[-\s]|{_AND})(?:{_UNIT}|{_SCALE})){{0,8}}"
)
_NUMBER = rf"(?:(?:{_DIGITS})(?:[km](?![\w-])|(?:\s+|-)(?:{_SCALE})\b(?:s\b)?)?|(?:{_WORDS})\b)"
_SIMPLE = re.compile(
    rf"(?<![\w$€£#@/.,+])(?<![\w)]-)(?<!\d[:–])(?P<first>{_NUMBER})"
    rf"(?:\s*(?:[-–—]|\bto\b|\band\b|\bor\b)\s*(?P<second>{_NUMBER}))?"
    rf"(?P<after>\s+(?:{_alternatives(list(_AFTER))})\b|\+)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(rf"(?:(?<=\W)|^)(?P<q>{_alternatives(list(_QUALIFIERS))})\s*$", re.IGNORECASE)
_EXCEEDED = re.compile(r"\b(?:exceed(?:ed|ing|s)?|passed|has crossed|surpass(?:ed|es|ing)?|topped) +$", re.IGNORECASE)
_RISEN = re.compile(r"\b(?:go|goes|going|gone|went|shot|crept|inched|moved|edged|jumped|now)\s+$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+$", re.IGNORECASE)
_VAGUE_WORD = re.compile(
    rf"(?<![\w-])(?P<v>{_alternatives(list(_VAGUE))})(?:\s+more(?!\s+than))?\b(?![-’']\w)", re.IGNORECASE
)
# Behind a hyphen with spaces, beside the measures of numbers.toml: "12 - MEMBER crew"; but "kills 12 - Zalba Times".
_COMPOUND = r"(?:man|member|millimet(?:er|re)|person|round|seat|seater|story|storey|volt)s?"
_MEASURES = re.compile(
    rf"[\s-]{{0,20}}(?:{_alternatives(list(lexicon.load('numbers')['measures']['words']))})\b|\s*[%°$€£]|-\s*[A-Za-z]|\s+-[A-Za-z]|\s+-\s+(?:{_COMPOUND})\b|/\d|:\d\d|(?:st|nd|rd|th|['’]?s)\b",
    re.IGNORECASE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE_BEFORE = re.compile(rf"\b{_MONTH}\s*$", re.IGNORECASE)
_DAY_BEFORE = re.compile(rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s*\Z", re.IGNORECASE)  # "December 26, 1776"
_DATE_AFTER = re.compile(rf"\s+(?:of\s+)?{_MONTH}(?![a-z])", re.IGNORECASE)
_AGE_BEFORE = re.compile(
    r"[^\W\d_],\s+(?:then\s+)?\Z|[^\W\d_],\s+\d{1,2}\s+and\s+\Z|\b(?:then|both|ages?|aged)\s+\Z|[^\W\d_]\s\(\Z"
)
_AGES = re.compile(
    r"\bage[sd]?\b(?:\s+(?:of|between|from|ranging|were|are|is))*:?\s+(?:\d{1,3}(?:\s*,\s*|\s+(?:and|or|to)\s+|\s*-\s*|,\s+and\s+))*\Z",
    re.IGNORECASE,
)
_AGE_AFTER = re.compile(
    r"[,;.)]|\s+and\s+\d{1,2}(?=\s*,)|\s*\Z|\s+(?:was|of(?!\s+(?:them|whom|which)\b)|from|who|has|had|is|were)\b"
)
# "In Homs, 31 were killed", "Of the injured, 96 had": after such an opening no name stands that an age could be of.
_ROSE = re.compile(
    r"\b(?:climb(?:ed|s)|grew|grown|increased?|increases|jumped|lowered|raised|raises|revised|rise|risen|rises|rose|updated|"
    r"up)\b[^.;:\n]{0,120}?\bfrom \Z"
)
_OPENED = re.compile(
    r"(?:\A|[.!?:;\n]\s{0,3}[\"“'(•*–-]{0,2}\s{0,3})(?:Across|After|Among|Around|At|Between|By|During|Earlier|Elsewhere|From|"
    r"In|Inside|Last|Later|Meanwhile|Near|Of|On|Outside|Over|Overall|Separately|Since|This|Today|Yesterday)\b[^,.;:\n]*,\s+\Z"
)
_LISTED = re.compile(r"\b[a-z]+, \Z")  # "96 had inhaled gas, 31 were hit"
_CLAUSE_GOES_ON = re.compile(r"\s+(?:from|had|has|is|of|was|were|who)\b")
_LABEL_BEFORE = re.compile(
    r"\b(?:no|nos|number|section|article|resolution|route|highway|chapter|page|unit|age|aged|phase|area|"
    r"district|block|zone|room|channel|flight|top|group of|g)[.\s-]*$",
    re.IGNORECASE,
)
# "The raids cost the district 70 lives", "in that area 12 fighters died": no number of the place, people behind.
_UNNUMBERED = re.compile(
    r"\b(?:the|this|that|same|whole|our|their)\s(?:[a-z]+\s)?(?:area|block|district|unit|zone)\s\Z|\bGovernment\sArea\s\Z"
)
_PEOPLE_AFTER = re.compile(r"\s(?:[a-z]+\s)?(?:people|men|women|children|[a-z]{3,}s)\b")
_LONE_LETTER = re.compile(r"[^\W\d_]\b")
_NO_ROOM = frozenset(("Cf", "Me", "Mn"))  # soft hyphens, joiners, turns of direction, marks above and through letters


@dataclass(frozen=True, slots=True)
class _Value:
    low: int | None
    high: int | None
    qualifier: Qualifier


def find_counts(text: str) -> tuple[Count, ...]:
    """Every number in ``text`` that can count people, with its qualifier, in order and without overlaps.

    Ages, dates, measures, money, percentages and the numbers in compound words ("three-storey") are left out.

    >>> [(c.text, c.low, c.high, c.qualifier) for c in find_counts("At least 20 people died, between 10 and 15 fled.")]
    [('At least 20', 20, None, 'at_least'), ('between 10 and 15', 10, 15, 'range')]
    """
    found = sorted([*_shares(text), *_numbers(text), *_vague(text)], key=lambda c: (c.start, -c.end))
    kept: list[Count] = []
    for count in found:
        if not kept or count.start >= kept[-1].end:
            kept.append(count)
        elif count.end > kept[-1].end and count.start == kept[-1].start:
            kept[-1] = count
    return tuple(kept)


_OR_MORE = re.compile(r"\s[a-z-]{3,20}(?:\s[a-z-]{3,20})? or more\b")  # "seven people or more"


def _numbers(text: str) -> Iterator[Count]:
    position = 0
    while match := _SIMPLE.search(text, position):
        start, end = match.span()
        second = match["second"]
        spaced = " " in match["first"] and match["first"][0].isdigit()
        if spaced and _DATE_BEFORE.search(text, max(0, start - 16), start):  # "On May 12 300 people fled"
            position = start + match["first"].index(" ")
            continue
        if second and _DATE_BEFORE.search(text, max(0, start - 16), start) and len(match["first"]) < 3:
            position = match.start("second")  # "raised the toll since March 7 to 3,206"
            continue
        if second and not _is_range(text, match):
            second, end = None, match.end("first")
        position = max(end, start + 1)
        if _is_no_count(text, start, match.end("second") if second else match.end("first")):
            continue
        low = _value(match["first"])
        high = _value(second) if second else low
        if low is None or high is None:
            continue
        if second and low < high and _value_is_partial(match["first"], second):
            low = _scaled(low, second)
        before = _BEFORE.search(text, max(0, start - 24), start)
        if before and before["q"].lower() == "up to" and _RISEN.search(text, max(0, start - 24), before.start("q")):
            before = None  # "has gone up to 21"
        between = _BETWEEN.search(text, max(0, start - 12), start) if second else None
        if between:
            start = between.start()
        after = match["after"] if end == match.end() else None
        said = before["q"] if before else None
        if said is None and _EXCEEDED.search(text, max(0, start - 12), start):  # the verb is no part of the number
            said = "more than"
        if said is None and after is None and _OR_MORE.match(text, end):  # the people between are no part of the number
            said = "at least"
        value = _qualify(low, high, said, after, bool(second))
        if before and value.qualifier != "range":
            start = before.start("q")
        yield Count(text[start:end], start, end, value.low, value.high, value.qualifier)


def _is_range(text: str, match: re.Match[str]) -> bool:
    """ "10 to 15" and "two or three" are ranges; "10 and 15" only after "between", "from 10 to 15" always."""
    link = text[match.end("first") : match.start("second")].strip().lower()
    low, high = _value(match["first"]), _value(match["second"])
    if low is None or high is None or low >= high:
        return False
    if link == "and":
        return bool(re.search(r"\bbetween\s+$", text[: match.start()][-12:], re.IGNORECASE))
    if link == "to" and _ROSE.search(text, max(0, match.start() - 160), match.start()):
        return False  # "raised the toll from four to six"
    if link == "or":
        return high - low <= max(2, low)
    return True


def _is_cut(text: str, start: int, end: int) -> bool:
    """Whether it is the part of a number that a reader sees whole: digits or letters go on behind signs that take no
    room ("10", a soft hyphen, "0"), or what looks like a digit follows ("1O")."""
    if text[end - 1].isdigit() and _LONE_LETTER.match(text, end):
        return True
    before, after = start, end
    while before and unicodedata.category(text[before - 1]) in _NO_ROOM:
        before -= 1
    while after < len(text) and unicodedata.category(text[after]) in _NO_ROOM:
        after += 1
    cut_before = 0 < before < start and _alike(text[before - 1], text[start])
    return cut_before or (end < after < len(text) and _alike(text[end - 1], text[after]))


def _alike(a: str, b: str) -> bool:
    return (a.isdigit() and b.isdigit()) or (a.isalpha() and b.isalpha())


_NO_NOUN = re.compile(r"\W*(?:\Z|\W\s|\s(?:and|at|from|had|has|in|is|on|to|was|were|who|with)\b)")
_OF_AGE = re.compile(
    r"\b(?:a|the|her|his|their|another|one|young) (?:[\w-]+ )?(?:baby|boy|child|daughter|girl|grand\w+|infant|lad|man|"
    r"minor|mother|father|nephew|niece|son|teenager|toddler|woman|youth) of \Z",
    re.IGNORECASE,
)


def _is_no_count(text: str, start: int, end: int) -> bool:
    if _is_cut(text, start, end):
        return True
    if _OF_AGE.search(text, max(0, start - 40), start) and _NO_NOUN.match(text, end):
        return True  # "a girl of sixteen", but "a mother of six children"
    if _MEASURES.match(text, end):
        return not re.match(r"\s*(?:seconds?|point|points)\b", text[end : end + 9]) or text[start:end].isdigit()
    before = text[max(0, start - 16) : start]
    digits = re.sub(r"[, ]", "", text[start:end])
    if digits.isdigit():
        if _DATE_BEFORE.search(before) and (int(digits) <= 31 or len(digits) == 4 == end - start):
            return True
        if int(digits) <= 31 and _DATE_AFTER.match(text, end):
            return True
        if int(digits) < 120 and _AGES.search(text[max(0, start - 60) : start]):
            return True
        if int(digits) < 120 and _AGE_BEFORE.search(before) and _AGE_AFTER.match(text, end):
            opened = _CLAUSE_GOES_ON.match(text, end) and _OPENED.search(text, max(0, start - 90), start)
            return not (opened or _LISTED.search(before) and text.startswith(" were ", end))
        if _LABEL_BEFORE.search(before) or re.search(r"[A-Z][-.]?$", before[-2:]):
            return not (_UNNUMBERED.search(text, max(0, start - 40), start) and _PEOPLE_AFTER.match(text, end))
        if len(digits) == 4 == end - start and _DAY_BEFORE.search(before):
            return True
        if "," not in text[start:end] and 1900 <= int(digits) <= 2100:
            return _looks_like_year(text, start, end)
    return bool(_DATE_AFTER.match(text, end)) and len(text[start:end]) < 12 and not digits.isdigit()


def _looks_like_year(text: str, start: int, end: int) -> bool:
    """A four-digit number in the years is a year unless a plural noun follows ("2014 people")."""
    before = text[max(0, start - 12) : start].lower()
    if re.search(r"(?:at least|more than|over|about|some|up to|nearly|almost|around)\s$", before):
        return False
    return not re.match(r"\s+(?:people|civilians|children|soldiers|deaths|fighters|casualties)\b", text[end : end + 14])


def _value(words: str | None) -> int | None:
    """The integer that a number stands for; ``None`` for a decimal fraction without a scale ("2.5")."""
    if not words:
        return None
    words = re.sub(r"\s+", " ", words.strip().lower())
    if match := re.fullmatch(rf"([\d,. \u00a0\u2009\u202f]+?)(?:[\s-]?({_SCALE}|[km])s?)?", words):
        number = re.sub(r"[, \u00a0\u2009\u202f]", "", match[1])
        if not match[2] and re.fullmatch(r"\d{1,3}\.\d{3}", number):  # "3.500 people" in translated reports
            number = number.replace(".", "")
        value = float(number) * (_SCALES[match[2]] if match[2] else 1)
        return int(value) if value == int(value) and value < 10**10 else None
    if words.startswith("half a "):
        return _SCALES[words.split()[2]] // 2
    if "quarter of a million" in words:
        return 250_000
    total = part = 0
    for word in re.split(r"[-\s]+", words):
        if word in _UNITS:
            part += _UNITS[word]
        elif word in ("hundred", "dozen", "score"):
            part = max(part, 1) * _SCALES[word]
        elif word in _SCALES:
            total, part = total + max(part, 1) * _SCALES[word], 0
    return total + part


def _value_is_partial(first: str, second: str) -> bool:
    """ "two to three million": the scale belongs to both."""
    scale = re.search(rf"({_SCALE})s?$", second, re.IGNORECASE)
    return bool(scale) and not re.search(_SCALE, first, re.IGNORECASE)


def _scaled(low: int, second: str) -> int:
    scale = re.search(rf"({_SCALE})s?$", second.lower())
    return low * _SCALES[scale[1]] if scale and low < _SCALES[scale[1]] else low


def _qualify(low: int, high: int, before: str | None, after: str | None, is_range: bool) -> _Value:
    name: Qualifier | None = None
    if before:
        name = _QUALIFIERS[re.sub(r"\s+", " ", before.lower())]
    elif after:
        name = "at_least" if after.strip() == "+" else _AFTER[re.sub(r"\s+", " ", after.strip().lower())]
    if is_range:
        return _Value(low, high, "range")
    if name == "at_least":
        return _Value(low, None, name)
    if name == "more_than":
        return _Value(low + 1, None, name)
    if name == "up_to":
        return _Value(None, high, name)
    if name == "fewer_than":
        return _Value(None, high - 1, name)
    return _Value(low, high, name or "exact")


_SHARE = re.compile(
    r"\b(?P<part>half|a third|one third|two thirds|a quarter) (?:of )?(?:the |its |their )?(?:[\w’'-]+ ){0,5}"
    rf"population of (?:about |some )?(?P<n>{_NUMBER})",
    re.IGNORECASE,
)
_PARTS = {"half": (1, 2), "a third": (1, 3), "one third": (1, 3), "two thirds": (2, 3), "a quarter": (1, 4)}


def _shares(text: str) -> Iterator[Count]:
    """ "half the country's population of 23 million"."""
    for match in _SHARE.finditer(text):
        whole = _value(match["n"])
        if whole is not None:
            over, under = _PARTS[match["part"].lower()]
            value = whole * over // under
            yield Count(match[0], match.start(), match.end(), value, value, "exact")


def _vague(text: str) -> Iterator[Count]:
    for match in _VAGUE_WORD.finditer(text):
        low = _VAGUE[re.sub(r"\s+", " ", match["v"].lower())]
        start, end = match.span()
        if text[max(0, start - 4) : start].lower() == "how ":
            continue  # "would not say how many had died"
        if match["v"].lower() == "some" and text[end : end + 1] == " " and text[end + 1 : end + 2].isdigit():
            continue  # "some 190 kilometres away" counts nobody
        couple = match["v"].lower().endswith("couple")
        before = _BEFORE.search(text, max(0, start - 24), start)
        if before and match["v"].lower() != "some":
            start = before.start("q")
        yield Count(text[start:end], start, end, low, 2 if couple else None, "vague")

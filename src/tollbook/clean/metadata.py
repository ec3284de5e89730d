"""What a plain text says of itself: title, byline, dateline, day of publication.

Only a line that is clearly one counts. A day in a caption, or of a photograph, is never the day of publication.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tollbook import lexicon
from tollbook.clean.captions import is_caption
from tollbook.clean.lines import Unit, key_of, shadow_of
from tollbook.records import RegionKind

_TOP = 10  # units from the top among which a publication line or a title is looked for
_MONTHS: dict[str, int] = lexicon.load("dates")["months"]
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\.?"
_DATE = re.compile(
    r"\b(?:(?P<y1>\d{4})-(?P<m1>\d{2})-(?P<d1>\d{2})"
    r"|(?P<d2>\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?(?P<m2>" + _MONTH + r")[,،]?[ -]?(?P<y2>\d{4}|\d{2}(?!\d|:))"
    r"|(?P<m3>" + _MONTH + r") (?P<d3>\d{1,2})(?:st|nd|rd|th)?[,،]? (?P<y3>\d{4})"
    r"|(?P<d4>\d{1,2})[/.](?P<m4>\d{1,2})[/.](?P<y4>\d{4}))(?!\d)"
)  # fmt: skip
_DAY = re.compile(r"\b" + _MONTH + r" \d{1,2}\b|\b\d{1,2} " + _MONTH + r"|\bno date\b")
_LEAD = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|publication date|date published|date posted|date|issued|filed)"
    r"(?: on| at| date)?|(?:last )?(?:updated|modified)(?: on| at)?) ?:? ?"
)
_POSTED = re.compile(r"(?<!\()\b(?:Published|Posted|PUBLISHED|POSTED)(?: on)?:? ?(?:[A-Z][a-z]+day,? )?")
# What may stand beside the date of a line that is nothing but one.
_BESIDE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?\b"
    r"|\b[ap]\.?m\b\.?|\b(?:gmt|utc|bst|cet|cest|eest|eet|est|edt|cst|cdt|mst|mdt|pst|pdt|msk|ist|ast|local time|at|on"
    r"|updated|last|published|posted|date|time|hrs?)\b|[+-]\d{2}:?\d{2}\b|[\s,،|:()./-]"
)
_PICTURED = re.compile(r"\b(?:taken|captured|photo|picture|image|file|footage|pictured|screenshot|video|archive)\b")
_BYLINE = re.compile(r"(?:by|reporting by|written by|story by|words by|report by|from our correspondent) ?:? ?(?=\S)")
_YEAR = re.compile(r"\d{4}")
_COLUMN = re.compile(r"\s[|/-]\s")
_DASH = re.compile(r"\s?(?:—|–|--|-(?=\s|$)|-(?=[A-Z]))\s?")
_AGENCY_FIRST = re.compile(r"\((?P<date>[^()/]{6,24})/\s?[A-Za-z][\w .-]{1,20}\)")
_TAGS = re.compile(r"\s*(?:\[[A-Z][^\[\]]{2,60}\]\s*){1,4}")
_PARENS = re.compile(r"\(([^()]{2,60})\)")


@dataclass(frozen=True, slots=True)
class Found:
    """What the text says; regions are offsets into the raw text."""

    title: str | None
    published: dt.date | None
    published_from: str | None
    regions: tuple[tuple[RegionKind, int, int], ...]


def find_metadata(
    units: Sequence[Unit], marks: Sequence[str | None], title: str | None, pictured: Callable[[int], bool]
) -> Found:
    """Reads the units that are article; ``title`` is the one that the caller or the page's head gave, ``pictured``
    tells of an offset whether the page's own markup makes it a caption.

    The day of publication comes from a line of its own, else from a dateline with a year in it, else it is ``None``.
    """
    kept = [unit for unit, mark in zip(units, marks, strict=True) if mark is None]
    regions: list[tuple[RegionKind, int, int]] = []
    heading = _title_unit(kept) if title is None else None
    if heading is not None:
        regions.append(("title", *_bounds(heading)))
    captions = _captions(kept, title, heading, pictured)
    regions += [("caption", *_bounds(unit)) for unit in captions]
    apart = {unit.start for unit in captions} | ({heading.start} if heading else set())
    rest = [unit for unit in kept if unit.start not in apart]
    regions += [("byline", *_bounds(unit)) for unit in (*rest[:_TOP], *rest[_TOP:][-3:]) if is_byline(unit)]
    published, how = _published_line(units[:_TOP], {unit.start for unit in captions}), "line"
    dateline, day = _first_dateline(rest)
    if dateline is not None:
        regions.append(("dateline", *dateline))
    if published is None and day is not None:
        published, how = day, "dateline"
    return Found(
        title=_one_line(heading.text) if heading else None,
        published=published,
        published_from=how if published else None,
        regions=tuple(sorted(regions, key=lambda region: region[1])),
    )


def _bounds(unit: Unit) -> tuple[int, int]:
    left = len(unit.text) - len(unit.text.lstrip())
    return unit.start + left, unit.start + len(unit.text.rstrip())


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _title_unit(kept: Sequence[Unit]) -> Unit | None:
    """The first line if it looks like a headline and an article follows."""
    if len(kept) < 2:
        return None
    first = kept[0]
    headline = (
        2 < first.words <= 35 and len(first.key) <= 220 and not first.closed and not first.wrapped
        and first.key[-1:] not in ":,;" and not is_caption(first.key) and not is_byline(first)
        and read_dateline(first.text) is None and find_date_line(first) is None
    )  # fmt: skip
    return first if headline and any(unit.sentence for unit in kept[1:]) else None


def _captions(
    kept: Sequence[Unit], title: str | None, heading: Unit | None, pictured: Callable[[int], bool]
) -> list[Unit]:
    """Lines that describe a picture by their words, and short lines that stand twice in a row: the picture's text and
    the caption under it."""
    headline = key_of(shadow_of(title)) if title else (heading.key if heading else "")
    found = []
    for i, unit in enumerate(kept):
        if unit.wrapped or unit is heading or unit.key == headline:
            continue
        if pictured(unit.start):
            found.append(unit)
            continue
        twice = (i and kept[i - 1].key == unit.key) or (i + 1 < len(kept) and kept[i + 1].key == unit.key)
        if (twice and len(unit.key) <= 300 and unit.key[:1] not in "\"'") or is_caption(unit.key):
            found.append(unit)
    return found


def is_byline(unit: Unit) -> bool:
    """Whether a line names the reporter: "By Jane Roe", "Reporting by ...; editing by ..."."""
    lead = _BYLINE.match(unit.key)
    if not lead or unit.wrapped or len(unit.key) > 300:
        return False
    name = unit.text.lstrip()[lead.end() :].lstrip()[:1]
    reporting = unit.key.startswith("reporting by")
    return name.isupper() and (reporting or (unit.words <= 14 and not unit.sentence))


def parse_day(text: str) -> dt.date | None:
    """The full date in some words, if there is one and it exists; day and month by number only where they cannot be
    mistaken for each other. Two-digit years are those of wire datelines: 50 to 99 is the last century.

    >>> parse_day("Friday, 16 June 2023"), parse_day("3 JAN 90"), parse_day("08/06/2017"), parse_day("June 3")
    (datetime.date(2023, 6, 16), datetime.date(1990, 1, 3), None, None)
    """
    found = _DATE.search(shadow_of(text))
    return _day(found) if found else None


def _day(found: re.Match[str]) -> dt.date | None:
    parts = found.groupdict()
    which = next(n for n in "1234" if parts[f"y{n}"])
    year, month, day = parts[f"y{which}"], parts[f"m{which}"], int(parts[f"d{which}"])
    number = _MONTHS[month[:3]] if month[:1].isalpha() else int(month)
    if which == "4":
        if day <= 12 and number <= 12 and day != number:
            return None
        if number > 12:
            day, number = number, day
    whole = int(year) if len(year) == 4 else int(year) + (1900 if int(year) >= 50 else 2000)
    try:
        return dt.date(whole, number, day) if 1800 <= whole <= 2200 else None
    except ValueError:
        return None


def find_date_line(unit: Unit) -> dt.date | None:
    """The day if a line says when the page was published: "Published 8 June 2017", "Friday, 16 June 2023, 17:23"."""
    key = unit.key
    if len(key) > 150 or unit.wrapped or not _YEAR.search(key) or _PICTURED.search(key):
        return None
    lead = _LEAD.match(key)
    start = lead.end() if lead else 0
    found = _DATE.search(key, start)
    if not found or not (found["y1"] or len(found["y2"] or found["y3"] or found["y4"]) == 4):
        return None
    if lead:
        return _day(found) if not _BESIDE.sub("", key[start : found.start()]) else None
    beside = _COLUMN.split(key[: found.start()] + " | " + key[found.end() :])
    left = [words for part in beside if (words := _BESIDE.sub(" ", part).split())]
    outlet = "|" in key and len(left) <= 2 and sum(map(len, left)) <= 5
    reporter = key.startswith("by ") and len(left) == 1
    place = not key[found.end() :].strip(" .") and key[: found.start()].endswith(", ") and key.count(" ") < 6
    return _day(found) if not left or (len(key) <= 90 and (outlet or reporter or place)) else None


def _published_line(top: Sequence[Unit], captions: set[int]) -> dt.date | None:
    updated = None
    sentences = 0
    for number, unit in enumerate(top):
        sentences += unit.sentence
        if sentences > 2:  # a day alone further down heads an entry of a diary
            break
        if unit.start in captions or is_caption(unit.key):
            continue
        day = find_date_line(unit)
        if day is None and number < 3 and not _PICTURED.search(unit.key[:300]):
            posted = _POSTED.search(unit.text[:600])
            after = shadow_of(unit.text[posted.end() : posted.end() + 40]) if posted else ""
            found = _DATE.match(after)
            day = _day(found) if found else None
        if day is not None and not unit.key.startswith(("updated", "last updated", "modified", "last modified")):
            return day
        updated = updated or day
    return updated


def _first_dateline(rest: Sequence[Unit]) -> tuple[tuple[int, int] | None, dt.date | None]:
    for unit in rest[:6]:
        length = read_dateline(unit.text)
        if length is not None:
            start, _ = _bounds(unit)
            return (start, unit.start + length), parse_day(unit.text[:length])
    return None, None


def read_dateline(text: str) -> int | None:
    """Where the dateline that a paragraph begins with ends, its dash included.

    >>> text = "HAVEN BAY, Freedonia (AP) — Two people died."
    >>> text[: read_dateline(text)]
    'HAVEN BAY, Freedonia (AP) —'
    >>> read_dateline("The army — which denied it — left.") is None
    True
    """
    left = len(text) - len(text.lstrip())
    head = text[left : left + 110]
    first = _AGENCY_FIRST.match(head)
    if first and parse_day(first["date"]):
        return left + first.end()
    colon = _COLON_LINE.match(head)
    if colon:
        return left + colon.end()
    for dash in _DASH.finditer(head):
        if head.count("(", 0, dash.start()) > head.count(")", 0, dash.start()):
            continue  # "(ACAN-EFE)"
        if _is_dateline(head[: dash.start()]):
            end = left + dash.end()
            tags = _TAGS.match(text, end, end + 300)
            return tags.end() - _trailing(tags[0]) if tags else end - _trailing(dash[0])
        if dash.start() > 0 and head[dash.start()].isspace():
            return None  # a dash in running text: what follows is no dateline either
    return None


_PLACE_FIRST = re.compile(
    r"(?!(?:After|At|Before|By|From|In|Near|Of|On|Since|The|Until) )[A-Z][\w’'-]+(?:[ /-][A-Z][\w’'-]+){0,3}"
    r"(?:, [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)?,\s+"
)
_YEAR_LONG = len(", 2022 ")
_COLON_LINE = re.compile(  # "TANK, Oct 25:"
    r"[A-Z][A-Z .'’-]{2,30}(?:, [A-Z][\w .]{2,20})?, "
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.? \d{1,2}:(?= )"
)


def _trailing(text: str) -> int:
    return len(text) - len(text.rstrip())


def _is_dateline(head: str) -> bool:
    """ "RAQQA, Syria, June 20 (Reuters)": a place in capitals, or any place with the agency beside it."""
    agency = _PARENS.search(head)
    bare = _PARENS.sub("", head).strip()
    places = [part.strip() for part in bare.split(",")]
    if not places[0] or not places[0][0].isupper() or len(places) > 4 or any(p.count(" ") > 4 for p in places):
        return False
    shadow = shadow_of(bare)
    day = _DATE.search(shadow) or _DAY.search(shadow)
    if agency and agency.end() < len(head.rstrip()):
        agency = agency if day else None
    if not all(p[:1].isupper() or p[:1].isdigit() for p in places if p):
        return False
    if head.isupper():  # in upper-case copy "THE ARMY -- WHICH" is no dateline
        short = len(places) == 1 and places[0].count(" ") < 3 and not places[0].startswith(("THE ", "A "))
        return bool(agency or day or (short and len(places[0]) > 2))
    capitals = places[0].isupper() and len(places[0]) > 2
    if day and _PLACE_FIRST.fullmatch(bare, 0, day.start()) and len(bare) - day.end() < _YEAR_LONG:
        return True  # "Bogota, Nov. 20, 2022 –"
    return capitals or bool(agency and places[0].count(" ") < 4) or (len(places) == 2 and places[1].isupper())

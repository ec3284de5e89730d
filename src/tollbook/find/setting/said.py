"""Which dates of a passage tell when something was said, seen or published, and not when it happened.

"Ten were killed, he told reporters on June 8"; "on Wednesday rescuers were still digging".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator

from tollbook import lexicon
from tollbook.find.grammar.passages import Passage
from tollbook.find.harm.harms import Finding
from tollbook.find.layers import Layers, inside
from tollbook.find.setting.days import RECENT, is_open, is_when_seen, is_window
from tollbook.records import AttributionMention, When

_SAID_GAP = re.compile(
    r"[\s,\"'”’]*+(?:(?:told|to|the|reporters?|journalists?|media|agency|in|a|an|statement|news|"
    r"conference|press|briefing|late|early|on|its|his|her|website|telegram|twitter|tweet|post|\w+tv|"
    r"state|television|tv|reuters|afp|ap|released|issued|published)[\s,]*+){0,7}\Z",
    re.IGNORECASE,
)
_SAYING = re.compile(
    r"\b(?:said|says|(?:told|telling)(?: [\w’'-]+){1,5}|announced|reported|stated|tweeted|wrote|added|confirmed|"
    r"declared|dated|as (?:at|of)|known by|"
    r"(?:statement|tweet|post|interview|briefing|report|communiqu[eé]|release|bulletin|broadcast|letter)"
    r"(?: (?:issued|released|published|"
    r"posted))?)"
    r"(?: (?:late|early|on|earlier))*\s\Z",
    re.IGNORECASE,
)


_TOLL = re.compile(
    r"\b(?:rose|risen|rises|climb(?:s|ed)|jumped|grew|grown|increased|mounted|stood|stands|reached|reaches|"
    r"clarified|updated|revised)\b[^.;]{0,60}?\s\Z"
)


# "He had given a figure of six dead on Monday and nine on Tuesday"
_GIVEN = re.compile(
    r"\b(?:gave|given|gives|giving) (?:a|the|its|an earlier) (?:\w+ )?(?:figure|number|toll|count)\b[^.;]*?"
    r"\b(?:\d+|\w{3,9})(?: (?:dead|deaths|killed|wounded|injured))? on \Z"
)
_PUBLISHES = re.compile(  # "Police on Tuesday released the names of"
    r",? (?:the|their) (?:count|figure|number|tally|(?:death )?toll)\b|"  # "By Sunday the figure stood at 27"
    r" (?:released|published|issued|identified|named|listed|revised|updated|raised|lowered|put|confirmed|announced|"
    r"(?:said|reported)(?! to\b)|told|denied|acknowledged|admitted|blamed|accused|"
    r"cited|quoted|revealed|can reveal|insisted)\b"
)


# "The worst bloodshed since April": how bad it was, not when it was.
_COMPARED = re.compile(
    rf"\b(?:{'|'.join(lexicon.load('dates')['compared']['words'])})\b(?:[^.;,]|[.](?! [A-Z])){{0,70}}\Z", re.IGNORECASE
)
_THIS = ("this decade", "this month", "this week", "this year")
# A picture's line in running text: "…, January 13, 2024.", "…, January 13, 2024. X Wire/Ada Loft"
_CREDIT = re.compile(r"[.)]?(?: (?:[A-Z][\w-]* ?){1,3}/(?:[A-Z][\w-]* ?){1,3})?\Z")
_IN_FULL = re.compile(r"\d.* \d{4}\Z")
# "By Wednesday morning two more had been found"
_BY = ("By ", "by early ", "By early ", "By late ")
_HAD = re.compile(r"[^.;]{0,60}? (?:had|have|has)\b")
# "The city, besieged by rebels since June": how long that has been so.
_HELD = re.compile(
    r"\b(?:besieged|blockaded|controlled|governed|held|occupied|ruled|"
    r"under (?:\w+ )?(?:blockade|control|occupation|rule|siege))\b[^.;,]{0,60}\Z"
)
# "Rescuers were still digging on Wednesday": what went on after it.
_STILL = re.compile(r"\bstill \w[^.;,]{0,70} (?:on |early |late )*\Z")


def said_dates(passage: Passage, layers: Layers) -> set[int]:
    """Start offsets of the dates in a passage that tell when something was said."""
    found: set[int] = set()
    dates: list[When] = inside(layers.dates, passage.start, passage.end)
    if not dates:
        return found
    pictured = bisect_left(layers.passages, passage.start, key=lambda p: p.start) in layers.captions
    for date in dates:
        before = passage.text[max(0, date.start - passage.start - 80) : date.start - passage.start]
        after = passage.text[date.end - passage.start : date.end - passage.start + 60]
        toll = _TOLL.search(before) and not is_window(date) or _GIVEN.search(before)
        seen = is_when_seen(date, before, after, inside(layers.dates, passage.start - RECENT, passage.start))
        line = any(c.isdigit() for c in date.text) if pictured else _CREDIT.match(after) and _IN_FULL.search(date.text)
        photo = line and passage.paragraph > 0 and before.endswith(", ")
        compared = (is_open(date) or date.text.lower() in _THIS) and _COMPARED.search(before)
        aside = photo or compared or _STILL.search(before) or is_open(date) and _HELD.search(before)
        by = before.endswith(_BY) and date.precision == "day" and _HAD.match(passage.text, date.end - passage.start)
        if by or _SAYING.search(before[-60:]) or toll or seen or aside or _PUBLISHES.match(after):
            found.add(date.start)
    for mention in _around(layers, passage):
        for date in dates:
            if _is_said(date, mention, passage, layers):
                found.add(date.start)
    for one, other in zip(dates, dates[1:], strict=False):  # "said on Sunday, the ninth day of the offensive"
        between = passage.text[one.end - passage.start : other.start - passage.start]
        if one.start in found and between == ", " and " day of " in other.text.lower():
            found.add(other.start)
    return found


def _around(layers: Layers, passage: Passage) -> Iterator[AttributionMention]:
    for mention in layers.attributions:
        if any(passage.start <= c.start < passage.end for c in mention.cues):
            yield mention


def _is_said(date: When, mention: AttributionMention, passage: Passage, layers: Layers) -> bool:
    if any(c.start <= date.start < c.end and not _leads(c.start, date, passage) for c in mention.contents):
        return False
    if any(s.start <= date.start < s.end for s in mention.sources):
        return False
    if any(date.start <= c.start and c.end <= date.end for c in mention.contents):
        return False  # "an airstrike called in on Saturday": a date is nothing that anybody says
    for cue in mention.cues:
        if cue.end <= date.start and date.start - cue.end < 90:
            between = passage.text[cue.end - passage.start : date.start - passage.start]
            if _SAID_GAP.match(between):
                return True
        if date.end <= cue.start and cue.start - date.end < 4 and not cue.text.endswith("ing"):
            return True  # but in "killed two on 3 February, accusing them" it is the day of the killing
        source = mention.sources[-1] if mention.sources else None
        if source is not None and 0 <= source.start - date.end < 6 and date.start - passage.start < 12:
            told = [
                c for c in mention.contents if c.start > cue.end
            ]  # "Last month, the paper wrote that in March 2019"
            if any(c.start <= d.start < c.end for c in told for d in inside(layers.dates, cue.end, passage.end)):
                return True
        if source is not None and source.end <= date.start <= cue.start and date.start - source.end < 12:
            return True
    return False


def _leads(content: int, date: When, passage: Passage) -> bool:
    """ "said on Wednesday a drone hit …": the date opens the content, but it tells when it was said."""
    return passage.text[content - passage.start : date.start - passage.start].strip().lower() in (
        "",
        "on",
        "early",
        "late",
    )


def said_date(finding: Finding, layers: Layers, said: Container[int]) -> When | None:
    """When the number was given, where the passage says it."""
    s = finding.sentence
    dates = [d for d in inside(layers.dates, s.passage.start, s.passage.end) if d.start in said]
    return dates[0] if dates else None

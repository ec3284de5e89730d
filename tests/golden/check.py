"""What makes a golden report consistent: a label that breaks one of these rules is a slip of the pen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any, get_args

from tests.golden import Report
from tollbook.records import EventType, Harm, Qualifier, RelationType, Scope, Stance, Status

FIELDS = frozenset(
    [
        "quote",
        "count_text",
        "harm",
        "low",
        "high",
        "qualifier",
        "victims_text",
        "status",
        "groups",
        "event_type",
        "date_text",
        "date_from",
        "date_to",
        "place_text",
        "place_name",
        "country",
        "blamed",
        "attribution",
        "stance",
        "scope",
        "relation",
    ]
)
GROUPS = frozenset(
    [
        "children",
        "women",
        "men",
        "elderly",
        "medics",
        "journalists",
        "aid_workers",
        "refugees",
        "detainees",
        "security_forces",
        "militants",
        "soldiers",
        "police",
        "perpetrators",
    ]
)
ALLOWED: dict[str, frozenset[Any]] = {
    "harm": frozenset(get_args(Harm)),
    "qualifier": frozenset(get_args(Qualifier)),
    "status": frozenset(get_args(Status)),
    "event_type": frozenset(get_args(EventType)) | {None},
    "stance": frozenset(get_args(Stance)),
    "scope": frozenset(get_args(Scope)),
}
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "h1",
        "h2",
        "h3",
        "h4",
        "li",
        "br",
        "figcaption",
        "section",
        "article",
        "td",
        "tr",
        "time",
        "button",
        "blockquote",
        "aside",
        "footer",
        "header",
        "nav",
    ]
)
_SILENT = frozenset(["script", "style", "noscript", "svg", "head", "template"])


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.out.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in _SILENT
        if tag in _BLOCKS:
            self.out.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.out.append(re.sub(r"\s+", " ", data))


def visible(html: str) -> str:
    """The words of a page that a reader sees, blocks apart."""
    parser = _Visible()
    parser.feed(html)
    return re.sub(r" *\n\s*", "\n\n", "".join(parser.out)).strip()


def words(report: Report) -> str:
    """Title and text of a report as one string."""
    body = visible(report["html"]) if report.get("html") else report["text"]
    title = report.get("title")
    return f"{title}\n\n{body}" if title and not body.startswith(title) else str(body)


def problems(report: Report, name: str) -> Iterator[str]:
    """Every inconsistency of a report, in words."""
    if report["id"] != name:
        yield f"id {report['id']!r} is not the file's name"
    if not report.get("difficulty"):
        yield "no difficulty named"
    if ("text" in report) == ("html" in report):
        yield "neither or both of text and html"
    text = words(report)
    if not 60 <= len(text.split()) <= 420:
        yield f"{len(text.split())} words"
    for line in report["furniture"]:
        if not any(one.strip().startswith(line) for one in text.split("\n")):
            yield f"no line begins with {line!r}"
    for index, claim in enumerate(report["claims"]):
        for problem in _claim_problems(claim, index, report, text):
            yield f"claim {index} ({claim.get('count_text')!r}): {problem}"


def _claim_problems(claim: dict[str, Any], index: int, report: Report, text: str) -> Iterator[str]:
    if set(claim) != FIELDS:
        yield f"fields {sorted(set(claim) ^ FIELDS)}"
        return
    for field, allowed in ALLOWED.items():
        if claim[field] not in allowed:
            yield f"{field} {claim[field]!r}"
    if unknown := set(claim["groups"]) - GROUPS:
        yield f"groups {sorted(unknown)}"
    if claim["quote"] not in text:
        yield "the quote does not stand in the text"
    if claim["count_text"] not in claim["quote"]:
        yield "the count does not stand in the quote"
    for field in ("victims_text", "place_text"):
        if claim[field] and claim[field] not in text:
            yield f"{field} {claim[field]!r} does not stand in the text"
    if any(claim["quote"].startswith(line) for line in report["furniture"]):
        yield "the quote is furniture"
    yield from _number_problems(claim)
    yield from _date_problems(claim, report, text)
    yield from _relation_problems(claim["relation"], index, report["claims"])


def _number_problems(claim: dict[str, Any]) -> Iterator[str]:
    low, high, qualifier = claim["low"], claim["high"], claim["qualifier"]
    if low is None and high is None:
        yield "no number"
    if low is not None and high is not None and low > high:
        yield "low > high"
    if qualifier in ("exact", "about") and low != high:
        yield f"{qualifier}, but {low} to {high}"
    if qualifier in ("at_least", "more_than", "unstated") and (low is None or high is not None):
        yield f"{qualifier}, but {low} to {high}"
    if qualifier in ("up_to", "fewer_than") and (low is not None or high is None):
        yield f"{qualifier}, but {low} to {high}"
    if (digits := re.fullmatch(r"[\d,]+", claim["count_text"])) and int(digits[0].replace(",", "")) != low:
        yield f"{claim['count_text']} read as {low}"


def _date_problems(claim: dict[str, Any], report: Report, text: str) -> Iterator[str]:
    start, end = (claim[key] and dt.date.fromisoformat(claim[key]) for key in ("date_from", "date_to"))
    if claim["date_text"] and claim["date_text"] not in text:
        yield f"date {claim['date_text']!r} does not stand in the text"
    if start and end and start > end:
        yield "the date ends before it begins"
    if (start or end) and not claim["date_text"]:
        yield "a date without words"
    published = report.get("published")
    if start and published and start > dt.date.fromisoformat(published[:10]) and claim["stance"] != "hypothetical":
        yield f"{start} is after publication"
    named = [day for day in WEEKDAYS if day in (claim["date_text"] or "").lower()]
    if len(named) == 1 and start and start == end and WEEKDAYS[start.weekday()] != named[0]:
        yield f"{claim['date_text']!r} is not {start} ({WEEKDAYS[start.weekday()]})"


def _relation_problems(relation: dict[str, Any] | None, index: int, claims: list[dict[str, Any]]) -> Iterator[str]:
    if relation is None:
        return
    if relation["type"] not in get_args(RelationType):
        yield f"relation {relation['type']!r}"
    if not 0 <= relation["to"] < index:
        yield f"relation to {relation['to']}"
        return
    other = claims[relation["to"]]
    if relation["type"] in ("repeats", "updates") and other["harm"] != claims[index]["harm"]:
        yield f"{relation['type']} a claim of another harm"
    if relation["type"] == "part_of" and other["high"] is not None and (claims[index]["low"] or 0) > other["high"]:
        yield "a part larger than the whole"

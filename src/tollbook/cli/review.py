"""``tollbook review``: claims that nobody has judged, one at a time, by key."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.help import ExamplesFirst
from tollbook.cli.ledger import ledger_option
from tollbook.cli.output import print_text
from tollbook.errors import JudgementError, RevisionError, UsageError
from tollbook.judgements import CORRECTABLE, Judgement, Kind
from tollbook.show.safe import visible

if TYPE_CHECKING:
    from tollbook.ledger import Ledger, StoredClaim

KEYS = "a read correctly (not: true)   x reject   e correct   u unsure   space skip   z undo   ? help   q quit"
_KINDS: dict[str, Kind] = {"a": "accept", "x": "reject", "u": "unsure"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Where the reviewer sits: a name, how a key is read, how a line is asked for, where words are shown."""

    by: str
    key: Callable[[], str]
    ask: Callable[[str], str]
    show: Callable[[str], None]
    now: Callable[[], str]


@click.command(
    cls=ExamplesFirst,
    short_help="Judge claims in the terminal, one at a time.",
    examples=('tollbook review --ledger ledger.db --by "Ines Okoye"',),
)
@ledger_option
@click.option("--by", required=True, metavar="NAME", envvar="TOLLBOOK_REVIEWER", help="Whose judgements these are.")
@click.option("--document", metavar="ID", help="Only the claims of this document.")
def review(place: str, by: str, document: str | None) -> int:
    """Judge claims that nobody has judged yet, one at a time, by key. Every decision is kept at once."""
    from tollbook.ledger import ClaimFilter, Ledger

    desk = Desk(by, click.getchar, lambda words: str(click.prompt(words, default="", err=True)), print_text, _now)
    with Ledger.open(place) as ledger:
        waiting = [claim.id for claim in ledger.claims(ClaimFilter(document=document, review="none"))]
        if waiting and not sys.stdin.isatty():
            raise UsageError(
                f"{len(waiting)} claims to look at, and nobody is here to press keys: run it in a terminal, or judge "
                "in the browser (tollbook serve) or in a table (tollbook export, then tollbook import edits)"
            )
        desk.show(f"{len(waiting)} claims to look at.  {KEYS}")
        decided = go_through(ledger, waiting, desk)
    desk.show(f"{decided} judgements made.")
    return 0


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="microseconds")


def go_through(ledger: Ledger, waiting: list[str], desk: Desk) -> int:
    """Shows each claim and does what the keys say; returns how many judgements were made."""
    from tollbook.ledger import ClaimFilter

    made: list[Judgement] = []
    decided = place = 0
    while place < len(waiting):
        claim = next(ledger.claims(ClaimFilter(ids=(waiting[place],))), None)
        if claim is None:  # somebody read the document anew meanwhile
            place += 1
            continue
        revision = ledger.revision(claim.id)
        desk.show("\n".join(described(claim, f"{place + 1} of {len(waiting)}")))
        key = desk.key()
        if key in ("q", "\x03", "\x04"):
            break
        if key == "?":
            desk.show(KEYS)
        elif key == " ":
            place += 1
        elif key == "z" and made:
            last = made.pop()
            if _judge(ledger, Judgement("undo", last.id, desk.by, desk.now()), None, desk):
                decided += 1
                place = waiting.index(last.subject)
        elif key in _KINDS or key == "e":
            judgement = _correction(claim, desk) if key == "e" else _simple(claim, key, desk)
            if judgement is not None and (done := _judge(ledger, judgement, revision, desk)):
                made.append(done)
                decided += 1
                place += 1
    return decided


def _simple(claim: StoredClaim, key: str, desk: Desk) -> Judgement:
    return Judgement(_KINDS[key], claim.id, desk.by, desk.now())


def _judge(ledger: Ledger, judgement: Judgement, revision: int | None, desk: Desk) -> Judgement | None:
    try:
        return ledger.judge(judgement, revision=revision).judgement
    except (JudgementError, RevisionError) as refused:
        desk.show(str(refused))
        return None


def _correction(claim: StoredClaim, desk: Desk) -> Judgement | None:
    desk.show("  ".join(f"{n} {field}" for n, field in enumerate(CORRECTABLE, 1)))
    chosen = desk.ask("Field (number or word)")
    field = CORRECTABLE[int(chosen) - 1] if chosen.isdigit() and 0 < int(chosen) <= len(CORRECTABLE) else chosen
    if field not in CORRECTABLE:
        return None
    value = typed(field, desk.ask("Right value (a number, 10-20, a word, null, or JSON)"))
    return Judgement("correct", claim.id, desk.by, desk.now(), field=field, value=value)


def typed(field: str, words: str) -> Any:
    """What a person typed for a field, as a value of the public JSON.

    >>> typed("count", "10-20")
    {'low': 10, 'high': 20, 'qualifier': 'range'}
    >>> typed("harm", "injured")
    'injured'
    """
    number = re.fullmatch(r"(\d{1,9})(?:\s*[-–]\s*(\d{1,9}))?", words.strip()) if field == "count" else None
    if number is not None:
        low, high = int(number[1]), int(number[2] or number[1])
        return {"low": low, "high": high, "qualifier": "range" if number[2] else "exact"}
    try:
        return json.loads(words)
    except ValueError:
        return words.strip()


def described(claim: StoredClaim, where: str) -> Iterator[str]:
    """A claim in a few lines: its words, then its fields; what the document does not say is "not stated"."""
    json_ = claim.json
    yield ""
    yield f"── {where} · {claim.id} · {visible(str(json_['document']['outlet'] or 'outlet not stated'))}"
    yield visible((json_["quote"] or {"text": "(coded, no words)"})["text"])
    count = json_["count"]
    low, high = count["low"], count["high"]
    figure = str(low) if low == high else f"{'?' if low is None else low} to {'?' if high is None else high}"
    yield f"   {json_['harm']}: {figure} ({count['qualifier']}), {json_['stance']}, {json_['scope']}"
    for field in ("victims", "event", "date", "place", "blamed", "attribution"):
        yield f"   {field}: {visible(_worded(json_[field]))}"


def _worded(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_worded(item) for item in value) or "not stated"
    if not isinstance(value, Mapping):
        return "not stated" if value is None else str(value)
    named = value.get("name") or value.get("type") or value.get("status") or value.get("from")
    words = value["text"]
    return f"{words} → {named}" if named and named != words else words or str(named)

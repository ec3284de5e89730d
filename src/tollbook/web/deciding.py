"""What the forms of a decision have in common: who goes where afterwards, and a refusal with the way out of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tollbook.errors import JudgementError
from tollbook.records import Claim
from tollbook.show import words as show
from tollbook.web.words import label

# The pages that a decision may lead back to: paths of ours with plain parameters, never another host.
_BACK = re.compile(r"/(?:review|incidents|documents)(?:/[\w~-]{1,60}){0,2}(?:\?[\w=&%~+.,-]{0,4000})?", re.ASCII)
_IDS = re.compile(r" \((?:undo )?j-[0-9a-f]+\)")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a decision was not kept, in words; ``earlier`` is the decision in its way, which can be undone."""

    words: str
    earlier: str | None = None


def refusal(error: Exception) -> Refusal:
    """An error as a page tells it: ids of decisions are for programs, a page has a button.

    >>> refusal(JudgementError("grade of i-1 is refused: Ana graded it fair (j-0a). Undo that one first (undo j-0a).",
    ...                        "j-0a"))
    Refusal(words='Refused: Ana graded it fair. Undo that one first.', earlier='j-0a')
    """
    words = re.sub(r"^\w+ of [cij]-\S+(?: c-\S+)? is refused: ", "Refused: ", _IDS.sub("", str(error)))
    words = re.sub(
        r"^[cij]-\S+(?: c-\S+)? has changed since you looked \(event \d+\)", "Changed since you looked", words
    )
    return Refusal(words, error.earlier if isinstance(error, JudgementError) else None)


def note(form: Mapping[str, Any]) -> str | None:
    """Why somebody decided so."""
    return str(form.get("note", "")).strip()[:2000] or None


def revision(form: Mapping[str, Any]) -> int | None:
    """What the judge had seen. A form always says it; a program that does not is not held to it."""
    text = str(form.get("revision", ""))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def is_id(value: Any, prefix: str) -> bool:
    """Whether something can be an id of ours."""
    return (
        isinstance(value, str)
        and value.startswith(prefix)
        and value[2:].isalnum()
        and value.isascii()
        and len(value) < 40
    )


def way_back(form: Mapping[str, Any]) -> str:
    """Where the form says that one came from; the review where it says nothing that can be meant.

    >>> way_back({"back": "/review/c-1?document=d-2"}), way_back({"back": "//evil.example/review"})
    ('/review/c-1?document=d-2', '/review')
    """
    back = str(form.get("back", ""))
    return back if _BACK.fullmatch(back) else "/review"


def worded(claim: Claim, field: str) -> str:
    """One field of a claim in words.

    >>> from tests.ledger.made import reading
    >>> worded(reading()[1][0], "count")
    '12'
    """
    if field in ("harm", "stance", "scope"):
        return label(getattr(claim, field))
    makers: Mapping[str, Any] = {
        "count": show.count_words, "victims": show.victims_words, "event": show.event_words, "date": show.date_words,
        "said": show.date_words, "place": show.place_words, "blamed": show.blamed_words,
        "attribution": show.chain_words,
    }  # fmt: skip
    words = str(makers[field](getattr(claim, field))).strip()
    # What a person gave where the report has no word of its own stands alone, not in brackets after nothing.
    return words[1:-1] if words.startswith("(") and words.endswith(")") else words

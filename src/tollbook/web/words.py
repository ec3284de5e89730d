"""Values as people read them on the screen."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from tollbook.show.words import NOT_STATED, days_words, range_words

_LABELS = {
    "-": "not stated", "none": "nobody has looked", "part": "partly judged", "done": "all judged",
    "accepted": "read correctly", "rejected": "rejected", "corrected": "corrected", "unsure": "unsure",
    "admin1": "province", "read": "read", "masked": "a name masked", "erased": "erased",
    "incident": "one incident", "total": "total over several", "casualties": "killed or injured",
    "accept": "read correctly", "reject": "rejected", "correct": "corrected", "add": "added", "same": "same incident",
    "different": "different incidents", "undo": "undone", "grade": "graded", "confirm": "confirmed",
    "data": "data-only viewer",
}  # fmt: skip


FIELD_NAMES = {
    "harm": "Harm", "count": "Number", "victims": "Victims", "event": "What happened", "date": "When",
    "said": "When it was said", "place": "Where", "blamed": "Blamed", "attribution": "Who says it", "stance": "Stance",
    "scope": "Scope",
}  # fmt: skip


def label(value: Any) -> str:
    """A value of a closed list in words.

    >>> label("drone_strike"), label("-"), label(None)
    ('drone strike', 'not stated', 'not stated')
    """
    if value is None or value == "":
        return NOT_STATED
    return _LABELS.get(str(value), str(value).replace("_", " "))


# As people call the languages of reports; another is shown by its code.
_LANGUAGES = {
    "am": "Amharic", "ar": "Arabic", "bn": "Bengali", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian",
    "fr": "French", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ku": "Kurdish",
    "my": "Burmese", "nl": "Dutch", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ru": "Russian", "so": "Somali",
    "sw": "Swahili", "ti": "Tigrinya", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "zh": "Chinese",
}  # fmt: skip


def language(code: str | None) -> str:
    """The name of a language.

    >>> language("uk"), language("tlh"), language(None)
    ('Ukrainian', 'tlh', 'not stated')
    """
    return NOT_STATED if not code or code == "-" else _LANGUAGES.get(code.split("-")[0], code)


def days(first: str | None, last: str | None) -> str:
    """An interval of ISO days in words.

    >>> days("2024-02-24", "2024-02-24"), days(None, None)
    ('24 February 2024', 'not stated')
    """
    one, other = (dt.date.fromisoformat(day) if day else None for day in (first, last))
    if one and other:
        return days_words(*sorted((one, other)))
    known = one or other
    return NOT_STATED if known is None else f"{'from' if one else 'until'} {days_words(known, known)}"


def toll(row: Any, harm: str) -> str:
    """Killed or injured of a row: a range, or "not stated" (which is not 0)."""
    return range_words(row[f"{harm}_low"], row[f"{harm}_high"]) if row[harm] else NOT_STATED


def several(number: int, thing: str) -> str:
    """A number of things.

    >>> several(1, "claim"), several(1200, "claim")
    ('1 claim', '1,200 claims')
    """
    return f"{number:,} {thing}{'s' * (number != 1)}"


@cache
def country(code: str | None) -> str:
    """The name of a country.

    >>> country("UA"), country(None)
    ('Ukraine', 'not stated')
    """
    if not code or code == "-":
        return NOT_STATED
    from tollbook.resources.gazetteer import gazetteer

    entry = gazetteer().country(code) if len(code) == 2 else None
    return entry.name if entry is not None else code

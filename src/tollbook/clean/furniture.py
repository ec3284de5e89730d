"""Page furniture in plain text: which units of a page copied out of a browser are not the article.

Phrases give away most of it (lexicon/furniture.toml); structure gives away the rest: lists under a heading such as
"Related news", runs of short lines at either end, headlines after the last paragraph. To lose a line of the article is
worse than to keep one of the page, so every rule that goes by structure alone stops at the first running sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from tollbook.clean import phrases
from tollbook.clean.captions import is_caption, is_credit
from tollbook.clean.lines import Unit, key_of, shadow_of

_PARAGRAPH = 120  # code points of a paragraph that shows that the article goes on after a comment form
_GO_ON = 3  # how many of them
_TITLE = 15  # code points from which a title is specific enough to protect a line
_STAMP = re.compile(
    r"(?:(?:\d+|an?) (?:second|sec|minute|min|hour|hr|day|week|month)s? ago|just now|yesterday|today"
    r"|[a-z]{3,9}\.? \d{1,2}(?:, \d{4})?(?:,? (?:at )?\d{1,2}:\d{2}(?: ?[ap]\.?m\.?)?(?: [a-z]{2,4})?)?"
    r"|\d{1,2} [a-z]{3,9}\.?(?: \d{4})?(?:,? \d{1,2}:\d{2})?|\d{1,2}:\d{2}(?: ?[ap]m)?(?: [a-z]{2,4})?)"
)
_LISTED = re.compile(r"[:-] ?[\d.,]+%?\Z|^[\w ]{2,25} - ")
_BYLINE = re.compile(r"(?:by|reporting by|written by|edited by|editing by|writing by) ")
_BIO = re.compile(
    r"(?:[\w.'-]+ ){1,5}(?:is|was) (?:an? |the )(?:[\w'&/-]+ ){0,8}?"
    r"(?:reporter|correspondent|journalist|editor|freelancer|columnist|producer|staff writer|contributor|writer|"
    r"photojournalist|bureau chief|anchor)\b[^.]{0,160}(?:\b(?:at|for|with|covering|based|in)\b|\.)"
)


def mark_furniture(units: Sequence[Unit], title: str | None = None) -> list[str | None]:
    """For each unit the reason why it is furniture, ``None`` where it belongs to the article.

    ``title`` is the article's, where it is known: a line that says it is never furniture.
    """
    marks = [_by_itself(unit) for unit in units]
    _mark_contained(units, marks)
    _mark_repeated(units, marks)
    protected = _protected(units, title)
    for index in protected:
        marks[index] = None
    if units and marks[0] == "related" and units[0].words > 4:  # "WATCH: ..." may head the article itself
        marks[0] = None
    _mark_sections(units, marks, protected)
    _mark_comment_form(units, marks, protected)
    _mark_bios(units, marks)
    body = [i for i, unit in enumerate(units) if unit.sentence and marks[i] is None]
    _mark_shouts(units, marks, body, protected)
    _mark_leading_menu(units, marks, body, protected)
    _mark_tail(units, marks, body, protected)
    return marks


def _by_itself(unit: Unit) -> str | None:
    key = unit.key
    if not key:  # bullets, rules and arrows
        return None if unit.wrapped else "navigation"
    if len(key) > phrases.LONGEST and not unit.inline:
        return phrases.starting_reason(key) if len(key) < 2 * phrases.LONGEST and unit.closed and _one(key) else None
    found = phrases.whole_reason(key) or phrases.starting_reason(key)
    if found is None and not unit.closed:
        if phrases.is_breadcrumb(key) or phrases.is_glued_menu(unit.text):
            return "navigation"
        if is_credit(key):
            return "credit"
        if phrases.is_contact(key):
            return "bio"
    return found


def _one(key: str) -> bool:
    return ". " not in key


def _mark_contained(units: Sequence[Unit], marks: list[str | None]) -> None:
    present = phrases.present_phrases("\n".join(unit.key for unit in units if len(unit.key) <= phrases.LONGEST))
    if not present:
        return
    for i, unit in enumerate(units):
        if marks[i] is None and len(unit.key) <= phrases.LONGEST:
            marks[i] = next((reason for phrase, reason in present if phrase in unit.key), None)


def _mark_repeated(units: Sequence[Unit], marks: list[str | None]) -> None:
    """A short label that comes back between paragraphs, four times or more. Twice is a headline or a caption."""
    counts = Counter(unit.key for unit in units if unit.words <= 5 and not unit.closed)
    often = {key for key, count in counts.items() if count >= 4 and not any(c.isdigit() for c in key)}
    if not often:
        return
    for i, unit in enumerate(units):
        alone = not (i and units[i - 1].key in often) and not (i + 1 < len(units) and units[i + 1].key in often)
        if unit.key in often and alone and marks[i] is None:
            marks[i] = "repeated"


def _protected(units: Sequence[Unit], title: str | None) -> frozenset[int]:
    wanted = key_of(shadow_of(title)) if title else ""
    if len(wanted) < _TITLE:
        return frozenset()
    return frozenset(i for i, unit in enumerate(units) if unit.key.startswith(wanted[:200]))


def _mark_sections(units: Sequence[Unit], marks: list[str | None], protected: frozenset[int]) -> None:
    i = 0
    headline = False
    while i < len(units):
        unit = units[i]
        reason = phrases.is_section(unit.key)
        if reason is None and phrases.heads_one(unit.key):
            marks[i] = "related"
            if i + 1 < len(units) and _in_list(units[i + 1], marks[i + 1], "related") and i + 1 not in protected:
                marks[i + 1] = "related"
        elif reason is not None and i not in protected:
            i = _sweep(units, marks, (i, reason), protected, headline)
            continue
        headline = headline or (marks[i] is None and unit.words >= 5)
        i += 1


def _sweep(
    units: Sequence[Unit], marks: list[str | None], heading: tuple[int, str], protected: frozenset[int], headline: bool
) -> int:
    """Marks a heading and the list under it; the index after the list."""
    start, reason = heading
    marks[start] = reason
    j = start + 1
    while j < len(units) and j not in protected and _in_list(units[j], marks[j], reason):
        j += 1
    last = j
    # A menu may end right above the article's own headline: where none has come yet, the last line is spared.
    if not headline and j < len(units) and j - 1 > start and units[j - 1].words >= 5 and reason == "related":
        last = j - 1
    for k in range(start + 1, last):
        marks[k] = marks[k] or reason
    return max(last, start + 1)


def _in_list(unit: Unit, mark: str | None, reason: str) -> bool:
    if mark is not None:
        return True
    if unit.sentence or unit.key.endswith(":"):
        return False
    return unit.words <= 5 if reason == "tags" else unit.words <= 25


def _mark_comment_form(units: Sequence[Unit], marks: list[str | None], protected: frozenset[int]) -> None:
    cuts = [i for i, unit in enumerate(units) if i not in protected and phrases.is_cut(unit.key)]
    if not cuts:
        return
    for i in cuts:
        marks[i] = "comments"
    article = [i for i, unit in enumerate(units) if marks[i] is None and _is_paragraph(unit)]
    text = next((i for i, unit in enumerate(units) if marks[i] is None and unit.sentence), len(units))
    for i in cuts:
        if i > text and len(article) - bisect_right(article, i) < _GO_ON:
            for j in range(i + 1, len(units)):
                marks[j] = marks[j] or "comments"
            return


def _is_paragraph(unit: Unit) -> bool:
    return unit.sentence and len(unit.key) >= _PARAGRAPH


def _mark_bios(units: Sequence[Unit], marks: list[str | None]) -> None:
    """ "Jane Roe is a correspondent covering ..." below the last paragraph of the article."""
    for i in range(len(units) - 1, len(units) // 2, -1):
        if marks[i] is not None:
            continue
        if len(units[i].key) <= 400 and _BIO.match(units[i].key):
            marks[i] = "bio"
        elif _is_paragraph(units[i]):
            return


def _mark_shouts(
    units: Sequence[Unit], marks: list[str | None], body: Sequence[int], protected: frozenset[int]
) -> None:
    """Links to other reports in capitals between paragraphs that are not; cross-heads are shorter."""
    if len(body) < 3 or sum(units[i].text.isupper() for i in body) > len(body) // 3:
        return
    for i in range(body[0] + 1, body[-1]):
        unit = units[i]
        headline = 6 <= unit.words <= 25 and not unit.closed and unit.text.isupper()
        headline = headline and unit.key[-1:] != ":"
        if headline and marks[i] is None and i not in protected:
            marks[i] = "related"


def _mark_leading_menu(
    units: Sequence[Unit], marks: list[str | None], body: Sequence[int], protected: frozenset[int]
) -> None:
    run = []
    known = 0
    for i in range(body[0] if body else len(units)):
        if marks[i] is None and (i in protected or not _is_label(units[i])):
            break
        run.append(i)
        known += marks[i] is not None or units[i].key in phrases.LABELS
    labels = [i for i in run if marks[i] is None]
    if known and len(run) == 1:
        labels = [i for i in labels if units[i].key in phrases.LABELS]
    elif len(run) < (2 if known else 5):
        return
    for i in labels:
        marks[i] = "navigation"


def _is_label(unit: Unit) -> bool:
    return (
        unit.words <= 4
        and len(unit.key) <= 40
        and unit.key[-1:] not in ".!?:,;"
        and not any(letter.isdigit() for letter in unit.key)
        and not _BYLINE.match(unit.key)
    )


def _is_headline(unit: Unit) -> bool:
    words = 4 < unit.words <= 25 and not unit.closed and unit.key[-1:] not in ":,;"
    first = unit.text.lstrip()[:1]
    words = words and not first.islower() and first != "("  # no sentence that was broken, no editor's note
    return words and not _BYLINE.match(unit.key) and not is_caption(unit.key)


def _opens_list(units: Sequence[Unit], marks: list[str | None], i: int) -> bool:
    unit = units[i]
    if unit.key.endswith(":"):
        return i + 1 < len(units) and marks[i + 1] is None
    return bool(_LISTED.search(unit.key)) or unit.text.lstrip()[:1] in "•-*–"


def _mark_tail(units: Sequence[Unit], marks: list[str | None], body: Sequence[int], protected: frozenset[int]) -> None:
    """What stands below the last paragraph: other headlines with their hours, tags, buttons."""
    first = next((i for i, mark in enumerate(marks) if mark and i), len(units)) if not body else body[-1] + 1
    if body and units[body[-1]].key.endswith(":"):
        return
    tail = [i for i in range(first, len(units)) if marks[i] is None and i not in protected]
    if any(_opens_list(units, marks, i) for i in tail):
        return  # a list that belongs to the article: "Dead: 6", "Age - 17", "The victims are as follows:"
    seen = {units[i].key for i in range(first)}
    headlines = [i for i in tail if _is_headline(units[i]) and units[i].key not in seen]
    stamps = [i for i in tail if len(units[i].key) <= 40 and _STAMP.fullmatch(units[i].key)]
    labels = [i for i in tail if _is_label(units[i]) and i not in stamps]
    known = any(marks[i] for i in range(first, len(units)))
    if len(headlines) > 2 or (headlines and len(headlines) + len(stamps) + known > 2):
        for i in (*headlines, *stamps):
            marks[i] = "related"
    menu = any(units[i].key in phrases.LABELS for i in labels)
    if menu or (known and len(labels) > 1):
        for i in labels:
            marks[i] = "tags"
    for i in tail:  # a longer tag among tags, the outlet's name between two buttons
        unit = units[i]
        short = unit.words <= 6 and not unit.closed and not _BYLINE.match(unit.key) and not is_caption(unit.key)
        if short and all(marks[i - 1 : i] + marks[i + 1 : i + 2]) and i + 1 < len(units):
            marks[i] = marks[i] or "tags"

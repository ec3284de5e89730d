"""Of places that a passage names together, which is the spot and which only say where the spot lies.

"In Zalba, in Zenda province", "Zalba, south of Zenda", "Zenda's Zalba district": Zalba, each time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tollbook.find.grammar.passages import Passage
from tollbook.find.setting.sites import rank, within
from tollbook.records import PlaceMention

_SPOT = 3  # less than a city
_PROVINCE = 5
_LIES_IN = re.compile(
    r",? (?:(?:at|in|on) )?(?:the [a-z]+['’]s )?(?:an? |the )?"
    r"(?:(?!and\b|or\b)(?:[\w-]+ )?(?!and\b|\d)[a-z]{4,} (?:of|in) )?(?:the )?",
    re.IGNORECASE,
)
_MEASURE = (
    r"(?:(?:about|almost|around|just|nearly|only|over|roughly|some) )?(?:[\w.,-]+ ?(?:km|kms|kilomet\w+|miles?) )?"
)
# "Zalba, a town some 100 km (62 miles) northwest of Zenda", "Zalba, near Zenda"
_LIES_OFF = re.compile(
    rf"(?:, | \()(?:(?:an?|the) (?:[\w-]+ ){{0,3}}?(?:city|community|district|hamlet|settlement|suburb|town|village) )?"
    rf"(?:located |on )?{_MEASURE}(?:\([^)]{{1,20}}\) )?"
)
_OWNS = re.compile(r"['’]s (?:(?:\w+ )?(?:city|town|village|district|area) of )?")


def without_holders(places: Sequence[PlaceMention], passage: Passage) -> list[PlaceMention]:
    """The places of a passage, in order, without those that only say where the one beside them lies."""
    kept: list[PlaceMention] = []
    before: PlaceMention | None = None
    for place in places:
        if before is None or not (_holds(before, place, passage) or _is_gloss(before, before.end, place, passage)):
            if kept and kept[-1] is before and _owns(kept[-1], place, passage):
                kept.pop()
            kept.append(place)
        before = place
    return kept


def without_glosses(places: Sequence[PlaceMention], passage: Passage) -> list[PlaceMention]:
    """The places of a passage, in order, without those that only say how a spot lies to another ("Zalba, south of
    Zenda")."""
    kept: list[PlaceMention] = []
    spot: PlaceMention | None = None
    end = 0
    for place in places:
        if spot is None or not _is_gloss(spot, end, place, passage):
            kept.append(place)
        if not place.container:  # "Zalba, Ruritania, 9 km south of Zenda"
            spot = place
        end = place.end
    return kept


def _holds(fine: PlaceMention, wide: PlaceMention, passage: Passage) -> bool:
    """ "near Zalba, in Zenda", "Zalba village, Zenda Township": the second says where the first lies."""
    between = passage.text[fine.end - passage.start : wide.start - passage.start]
    if fine.container:
        return False  # "the Zenda town of Zalba"
    if between in (" of ", " of the ", ", a ", ", an ") or (between == ", in " and rank(fine) < _SPOT):
        return True
    if not _LIES_IN.fullmatch(between) or rank(fine) > rank(wide):
        return False
    return within(fine, wide) or (wide.precision in ("admin1", "district") and fine.country == wide.country)


def _is_gloss(spot: PlaceMention, end: int, off: PlaceMention, passage: Passage) -> bool:
    """ "Zalba, south of Zenda"; ``end``: where the spot, or the country told with it, ends."""
    if off.precision != "near" or rank(spot) > _PROVINCE or spot.container:
        return False
    return _LIES_OFF.fullmatch(passage.text, end - passage.start, off.start - passage.start) is not None


def _owns(wide: PlaceMention, fine: PlaceMention, passage: Passage) -> bool:
    """ "Zenda's Zalba district"."""
    return _OWNS.fullmatch(passage.text, wide.end - passage.start, fine.start - passage.start) is not None


# "Left 90 dead, 30 of them in Zalba": where the 30 were, and not the 90.
_SHARE_IN = re.compile(
    r"(?:[\w,]+ )?[\w,]+ of (?:them|these|those|whom|the dead|the victims)(?: alone| killed| were)?(?: in| at)? "
    r"(?:the )?\Z"
)


def share_before(place: PlaceMention, passage: Passage) -> re.Match[str] | None:
    """The words before a place that tell of whom among those counted it is the place; offsets are the passage's."""
    at = place.start - passage.start
    return _SHARE_IN.search(passage.text, max(0, at - 50), at) if 0 <= at < len(passage.text) else None

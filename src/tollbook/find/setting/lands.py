"""The land that a sum counts in, where its sentence only says "the region", "the country", "the province"."""

from __future__ import annotations

import re

from tollbook.find.harm.harms import Finding
from tollbook.find.layers import Layers, inside
from tollbook.find.setting.sites import is_site, setting_of
from tollbook.records import PlaceMention, Scope

_LAND = re.compile(
    r"\b(?:across|around|from|in|inside|over|throughout|within) the (?:entire |same |whole )?(?P<noun>country|county|"
    r"department|enclave|governorate|island|oblast|peninsula|province|region|state|territory|valley)"
    r"(?=[,.;:)\s]|\Z)(?! (?:of|[a-z]+ (?:agency|media|radio|television))\b)",
    re.IGNORECASE,
)
# What no one spot can be: "elsewhere in the country", "nationwide".
COUNTRYWIDE = re.compile(
    r"\b(?:(?:all over|elsewhere in|throughout|(?:in )?(?:different|many|other|several|various) parts of) the country|"
    r"countrywide|nation-?wide)\b",
    re.IGNORECASE,
)
_WIDE = ("region", "admin1")
_OR_DISTRICT = ("county", "department", "territory")  # what the gazetteer may have as districts
_REACH = 40  # sentences


def land_meant(finding: Finding, scope: Scope, layers: Layers) -> PlaceMention | None:
    """ "Since May 40 have been killed in the region": the region that the text named last; ``None`` where the sentence
    says none, or another site between the number and it. Of one incident only the country, where it was all over it."""
    s = finding.sentence
    if scope != "total":
        said = s.passage.text.lower()
        wide = ("country" in said or "wide" in said) and COUNTRYWIDE.search(said) is not None
        sites = wide and any(
            is_site(p, s.passage, layers) for p in inside(layers.places, s.passage.start, s.passage.end)
        )
        return setting_of(layers) if wide and not sites else None
    at = finding.count.start - s.passage.start
    match = _LAND.search(s.passage.text, at) or _LAND.search(s.passage.text)
    if match is None:
        return None
    start = s.passage.start + match.start()
    low, high = sorted((finding.count.start, start))
    if any(is_site(p, s.passage, layers) for p in inside(layers.places, low, high)):
        return None
    noun = match["noun"].lower()
    return setting_of(layers) if noun == "country" else _named_last(noun, start, s.index, layers)


def _named_last(noun: str, before: int, index: int, layers: Layers) -> PlaceMention | None:
    """The last place that is called so ("Zalba region"), else the last wide one."""
    begin = layers.passages[max(0, index - _REACH)].start
    meant = (*_WIDE, "district") if noun in _OR_DISTRICT else _WIDE
    wide = [p for p in inside(layers.places, begin, before) if p.precision in meant and not (p.metonym or p.demonym)]
    called = [p for p in wide if noun in p.text.lower().split()]
    return next(reversed(called or wide), None)

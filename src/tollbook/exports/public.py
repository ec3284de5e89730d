"""A claim as it may leave the house: names masked, inferred blame out, places coarsened, vague words counted as
asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from tollbook.exports.contract import Json, Wants
from tollbook.exports.masking import Masker

# What ACLED counts where a report has only a word: https://acleddata.com/methodology, "Fatalities".
_ACLED = {"tens": 10, "dozens": 12, "hundreds": 100}


def published(claim: Json, wants: Wants, masker: Masker | None, counts: Counter[str]) -> Json:
    """The claim as ``wants`` allow it; the very same object where nothing has to be left out. ``counts`` tells what
    was."""
    changed: dict[str, Any] = {}
    if not wants.inferred and any(party["basis"] == "inferred" for party in claim["blamed"]):
        changed["blamed"] = [party for party in claim["blamed"] if party["basis"] != "inferred"]
        counts["inferred_blame"] += 1
    if wants.decimals is not None and claim["place"] is not None and claim["place"]["lat"] is not None:
        changed["place"] = coarse(claim["place"], wants.decimals)
        counts["coarsened_places"] += 1
    if wants.convention == "acled" and claim["count"]["qualifier"] == "vague":
        changed["count"] = recounted(claim["count"])
    if not wants.quotes and claim["quote"] is not None:
        changed["quote"] = None
        counts["quotes"] += 1
    made = {**claim, **changed} if changed else claim
    if masker is None or not masker.names:
        return made
    masked = masker.claim(made)
    counts["claims_with_masked_names"] += masked != made
    return masked


def coarse(place: Json, decimals: int) -> dict[str, Any]:
    """A place whose coordinates are rounded: one decimal is about eleven kilometres.

    >>> coarse({"lat": 35.95, "lon": 39.013, "precision": "exact"}, 1)
    {'lat': 36.0, 'lon': 39.0, 'precision': 'near'}
    """
    fine = place["precision"] in ("exact", "neighbourhood", "town", "city") and decimals < 3
    return {
        **place,
        "lat": round(place["lat"], decimals),
        "lon": round(place["lon"], decimals),
        "precision": "near" if fine else place["precision"],
    }


def recounted(count: Mapping[str, Any]) -> dict[str, Any]:
    """A vague count by ACLED's convention.

    >>> recounted({"text": "Dozens", "low": 24, "high": None, "qualifier": "vague"})["low"]
    12
    """
    words = count["text"].lower()
    low = next((number for word, number in _ACLED.items() if word in words.split()), count["low"])
    return {**count, "low": low}

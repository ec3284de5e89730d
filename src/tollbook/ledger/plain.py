"""JSON that the ledger stored, back into plain values, quickly: exports and indexes read every one."""

from __future__ import annotations

import json
from typing import Any

import orjson


def plain_json(text: str) -> Any:
    """The value of a text that the ledger wrote. What is checked against a hash is read by ``json`` instead.

    >>> plain_json('{"low":43,"text":"\\\\ud800"}')["low"]
    43
    """
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:  # a lone surrogate, which a hostile page can bring into a text
        return json.loads(text)

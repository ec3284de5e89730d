"""Reads one invented sentence and lists the harms found in it, for the tests of the finding modules."""

from __future__ import annotations

from tollbook.find.grammar.passages import split_passages
from tollbook.find.grammar.sentences import parse_passages
from tollbook.find.harm.harms import Finding, find_harms


def findings(text: str) -> list[Finding]:
    """Every finding of every sentence of ``text``."""
    return [f for s in parse_passages(enumerate(split_passages(text))) for f in find_harms(s)]


def harms(text: str) -> list[tuple[str, int | None, int | None]]:
    """``(harm, low, high)`` of every finding that is no part of another, in the order of the text."""
    found = [f for f in findings(text) if f.part_of is None]
    return [(f.harm, f.count.low, f.count.high) for f in sorted(found, key=lambda f: f.count.start)]


def shares(text: str) -> list[tuple[str, int | None]]:
    """``(harm, low)`` of every finding that is part of another."""
    return [(f.harm, f.count.low) for f in findings(text) if f.part_of is not None]

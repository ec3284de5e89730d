"""Tollbook turns news reports into a record that can be checked.

``read`` is the main job as one function; everything else is in the modules of its stages (docs/architecture.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # what reads is imported when something is read, so that ``import tollbook`` costs nothing
    import datetime as dt

    from tollbook.records import Claim

__all__ = ["__version__", "read"]
__version__ = "0.1.0"


def read(
    text: str, *, published: dt.date | str | None = None, outlet: str | None = None, title: str | None = None
) -> list[Claim]:
    """The claims of one news report: who says how many people were harmed, where, when and by whom.

    ``text`` is the report as plain text or as HTML; page furniture is left out. ``published`` (a day, or a text like
    ``"2024-03-05"``) gives a day without a year its year; without it such a day stays open. ``outlet`` and ``title``
    are taken where the page does not say them.

    The claims stand in the order of the text. A report in another language than English has none. Offsets count in the
    cleaned text, whose hash each claim names; ``tollbook.records.claim_json`` gives the public JSON of a claim.

    Raises ``tollbook.errors.UsageError`` for a day that does not exist, ``tollbook.errors.InputError`` for a text that
    cannot be read. The first call loads the parser, which takes about a second.

    >>> import tollbook
    >>> report = "At least nine traders were killed when warplanes struck a market in Raqqa on 3 March, a medic said."
    >>> (claim,) = tollbook.read(report, published="2024-03-05", outlet="Northern Post")
    >>> claim.harm, claim.count.low, claim.count.high, claim.count.text
    ('killed', 9, None, 'At least nine')
    >>> str(claim.date.from_), claim.place.name, claim.attribution[0].text
    ('2024-03-03', 'Ar Raqqah', 'a medic')
    >>> report[claim.count.start : claim.count.end] == claim.count.text
    True
    """
    from tollbook import pipeline
    from tollbook.errors import InputError, UsageError
    from tollbook.inputs.decoding import sniff_media
    from tollbook.inputs.record import parse_published
    from tollbook.records import Page

    try:
        day = parse_published(published) if isinstance(published, str) else published
    except ValueError as error:
        raise UsageError(f"published: {error}") from error
    if not text.strip():
        return []
    page = Page(
        key="text",
        raw=text.encode("utf-8", "surrogatepass"),
        content=text,
        media=sniff_media(text),
        title=title,
        title_from="option" if title else None,
        outlet=outlet,
        outlet_from="option" if outlet else None,
        published=day,
        published_from="option" if day else None,
    )
    failed: list[InputError] = []
    claims = [
        claim
        for found in pipeline.read_only_claims([page], as_is=False, on_error=failed.append)
        for claim in found.claims
    ]
    if failed:
        raise failed[0]
    return claims

"""``tollbook plot``: pictures of a ledger for reports."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import click

from tollbook.cli.exporting import whole_id
from tollbook.cli.help import ExamplesFirst, ExamplesFirstGroup
from tollbook.cli.ledger import ledger_option
from tollbook.cli.output import complain
from tollbook.errors import UsageError

EXAMPLES = (
    "tollbook plot timeline --ledger ledger.db -o when.svg",
    "tollbook plot map --ledger ledger.db --query 'country=SY&since=2024-01-01' -o where.png",
    "tollbook plot ranges i-3fa9c2… --ledger ledger.db -o who-says.svg",
)


@click.group(cls=ExamplesFirstGroup, short_help="Pictures of a ledger for reports: SVG or PNG.", examples=EXAMPLES)
def plot() -> None:
    """Pictures of a ledger for reports: when, where, and who says how many. SVG, or PNG with the extra plot."""


def _options(command: Callable[..., int]) -> Callable[..., int]:
    """Where a picture goes and how large it is."""
    for option in (
        click.option("--scale", default=2.0, show_default=True, type=click.FloatRange(0.5, 8), help="PNG: sharpness."),
        click.option("--width", default=960, show_default=True, type=click.IntRange(320, 4000), help="In pixels."),
        click.option(
            "-o",
            "--output",
            required=True,
            type=click.Path(path_type=Path, dir_okay=False),
            help="A .svg or .png file.",
        ),
    ):
        command = option(command)
    return ledger_option(command)


def _question(command: Callable[..., int]) -> Callable[..., int]:
    """Of what: the words behind the ? of an address of the web application."""
    query = click.option(
        "--query", default="", metavar="QUERY", help="What to show, as in the web application's address, behind the ?."
    )
    claims = click.option("--claims", is_flag=True, help="Claims instead of incidents.")
    return query(claims(command))


@plot.command(cls=ExamplesFirst, examples=(EXAMPLES[0],), short_help="When: a dot for each incident, or bars.")
@_question
@_options
def timeline(**options: Any) -> int:
    """When: each incident as a dot where no more than 250 lie in a hundred days, bars otherwise."""
    from tollbook.web import pictures

    with _found(options) as (index, f):
        return _write(pictures.timeline(index, f, options["width"]), options)


@plot.command("map", cls=ExamplesFirst, examples=(EXAMPLES[1],), short_help="Where: places and areas on a map.")
@_question
@_options
def map_(**options: Any) -> int:
    """Where: places as discs and areas as dashed circles, on an outline of the world with rivers and towns."""
    from tollbook.web import pictures

    with _found(options) as (index, f):
        return _write(pictures.map_(index, f, options["width"]), options)


@plot.command(cls=ExamplesFirst, examples=(EXAMPLES[2],), short_help="Who says how many of one incident.")
@click.argument("incident", metavar="INCIDENT")
@_options
def ranges(incident: str, **options: Any) -> int:
    """Who says how many of one incident: each figure as a range on one axis, by where it comes from."""
    from tollbook.ledger import Ledger
    from tollbook.web import pictures

    _check(options)
    with Ledger.open(options["place"], read_only=True) as ledger:
        id = whole_id(ledger, incident, "INCIDENT")
        return _write(pictures.ranges(ledger, id, options["width"]), options)


@contextmanager
def _found(options: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """The ledger's copy for lists, and the question to it."""
    from tollbook.ledger import Ledger
    from tollbook.web.filters import read_filter
    from tollbook.web.index import Index

    _check(options)
    f = read_filter("claims" if options["claims"] else "incidents", parse_qsl(options["query"].lstrip("?")))
    with Ledger.open(options["place"], read_only=True) as ledger:
        index = Index(ledger)
        try:
            yield index, f
        finally:
            index.close()


def _check(options: dict[str, Any]) -> None:
    if options["output"].suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{options['output']}: a picture's name ends in .svg or .png")


def _write(picture: str, options: dict[str, Any]) -> int:
    from tollbook.web.pictures import png

    output: Path = options["output"]
    data = png(picture, options["scale"]) if output.suffix.lower() == ".png" else picture.encode()
    draft = output.with_name(output.name + ".part")
    try:
        draft.write_bytes(data)
        draft.replace(output)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"{output}: cannot be written ({error.strerror})") from error
    complain(f"{output}: {len(data):,} bytes")
    return 0

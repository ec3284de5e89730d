"""``diff`` and ``check``: one report against another, one sentence against many claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.help import ExamplesFirst
from tollbook.cli.output import Progress, console, flush, print_line
from tollbook.cli.reading import Day, settings_of
from tollbook.errors import UsageError

if TYPE_CHECKING:
    import datetime as dt

    from tollbook.inputs import Page
    from tollbook.settings import Settings


@click.command(
    cls=ExamplesFirst,
    short_help="Lay two reports side by side.",
    examples=(
        "tollbook diff first.html second.html",
        "tollbook diff first.txt second.txt --published 2024-03-05 --jsonl",
    ),
)
@click.argument("a", metavar="A", type=click.Path())
@click.argument("b", metavar="B", type=click.Path())
@click.option("--published", type=Day(), metavar="DATE", help="Publication day of a report that does not say.")
@click.option("--jsonl", is_flag=True, help="JSON, one row a line.")
@click.pass_context
def diff(context: click.Context, a: str, b: str, published: dt.date | None, jsonl: bool) -> int:
    """Lay two reports side by side: the speakers and quotations that they share, the claims and statements that only
    one of them has, the numbers that differ, and the words that each uses for the same thing.

    A and B are files of one report each, of any kind that "tollbook read" takes.
    """
    from tollbook import pipeline
    from tollbook.compare.reports import compare_reports
    from tollbook.records import to_json
    from tollbook.show.comparing import print_comparison

    settings = settings_of(context)
    with Progress(settings) as progress:
        sides = []
        for path in (a, b):
            found = list(_documents([path], published, settings, progress))
            if len(found) != 1:
                if progress.failed:
                    return progress.status()
                raise UsageError(f"{path} holds {len(found) or 'no'} documents; one is needed")
            sides.append(pipeline.read_for_comparing(found[0]))
        rows = compare_reports(*sides)
        if jsonl:
            for row in rows:
                print_line(to_json(row))
        else:
            print_comparison(console(settings), sides[0].document.source, sides[1].document.source, rows)
        flush()
        return progress.status()


@click.command(
    cls=ExamplesFirst,
    short_help="Ask what claims say of a sentence.",
    examples=(
        'tollbook check "43 killed in Raqqa on 3 June 2017" articles/',
        'tollbook check "43 killed in Raqqa on 3 June 2017" --ledger ledger.db',
        'tollbook check "At least 20 civilians were killed in Raqqa in June 2017" articles/ --jsonl',
    ),
)
@click.argument("sentence")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(allow_dash=True))
@click.option("--ledger", "place", metavar="FILE", help="Ask the claims of a ledger.")
@click.option("--published", type=Day(), metavar="DATE", help="Publication day of reports that do not say.")
@click.option("--jsonl", is_flag=True, help="JSON, one answer a line for each number in the sentence.")
@click.pass_context
def check(context: click.Context, /, sentence: str, paths: tuple[str, ...], place: str | None, **options: Any) -> int:
    """Ask what claims say of SENTENCE: supported, contradicted or silent, with the claims, their origins and words.

    The sentence is read as a claim: a number of people, a harm, and a day or a place. The claims are those of the
    reports that PATH names, or of a ledger. "Supported" means that a report says so, never that it is true.
    """
    from tollbook import pipeline
    from tollbook.compare.check import check_claim
    from tollbook.records import claim_json, to_json
    from tollbook.show.comparing import print_check

    if bool(paths) == (place is not None):
        raise UsageError("say whose claims are asked: paths of reports, or --ledger FILE")
    settings = settings_of(context)
    asked = pipeline.read_sentence(sentence)
    if not asked:
        raise UsageError("no number of people harmed is read in the sentence; write it as in “43 killed in Raqqa”")
    if not any(claim.date or claim.place for claim in asked):
        raise UsageError("the sentence names neither a day nor a place")
    with Progress(settings) as progress:
        rows = list(_of_ledger(place) if place is not None else _of_reports(paths, options, settings, progress))
        screen = console(settings)
        for claim in asked:
            answer = check_claim(claim_json(claim), rows)
            if options["jsonl"]:
                print_line({"asked": claim_json(claim), **to_json(answer)})
            else:
                print_check(screen, claim, answer)
        flush()
        return progress.status()


def _of_reports(
    paths: Iterable[str], options: dict[str, Any], settings: Settings, progress: Progress
) -> Iterator[dict[str, Any]]:
    from tollbook import pipeline
    from tollbook.records import claim_json

    pages = _pages(paths, options["published"], progress)
    for reading in pipeline.read_only_claims(pages, as_is=settings.as_is, on_error=progress):
        progress.step()
        yield from (claim_json(claim) for claim in reading.claims)


def _of_ledger(place: str) -> Iterator[dict[str, Any]]:
    from tollbook.ledger import Ledger

    with Ledger.open(place) as ledger:
        for stored in ledger.claims():
            if stored.review != "reject":
                yield dict(stored.json)


def _documents(
    paths: Iterable[str], published: dt.date | None, settings: Settings, progress: Progress
) -> Iterator[Any]:
    from tollbook import pipeline

    pages = _pages(paths, published, progress)
    yield from pipeline.clean_documents(pages, as_is=settings.as_is, on_error=progress)


def _pages(paths: Iterable[str], published: dt.date | None, progress: Progress) -> Iterator[Page]:
    from tollbook.inputs import Given, read_pages

    return read_pages(tuple(paths), Given(published=published), progress)

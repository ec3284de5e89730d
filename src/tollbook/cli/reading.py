"""``read``, ``clean``, ``spans`` and ``tally``: the commands that go through documents."""

from __future__ import annotations

import datetime as dt
import functools
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.help import ExamplesFirst
from tollbook.cli.output import Progress, complain, console, flush, json_line, print_line, print_text
from tollbook.errors import InputError, UsageError
from tollbook.settings import Settings, resolve

if TYPE_CHECKING:
    from tollbook.inputs import Page
    from tollbook.parallel import OnError
    from tollbook.records import Claim, Document, Reason, Statement

    Row = tuple[Document, tuple[Claim, ...], Mapping[str, tuple[Reason, ...]], tuple[Statement, ...]]

LAYERS = ("counts", "dates", "places", "actors", "attributions")

Command = Callable[..., int]


class Day(click.ParamType[dt.date | None]):
    """A calendar day, ``2024-03-05``, or a timestamp of which the day counts."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date | None:
        """The day, or wrong use."""
        from tollbook.inputs.record import parse_published

        try:
            return parse_published(value)
        except ValueError as error:
            self.fail(f"{error}; write it as year-month-day, such as 2024-03-05", param, ctx)


def documents(command: Command) -> Command:
    """The paths and options that every command on documents takes; the command gets ``settings`` and ``pages``."""

    @click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(allow_dash=True))
    @click.option("--published", type=Day(), metavar="DATE", help="Publication day of a file that does not say.")
    @click.option("--outlet", metavar="NAME", help="Who published it, where the file does not say.")
    @click.option("--title", metavar="TEXT", help="Its title, where the file does not say.")
    @click.option("--url", metavar="URL", help="Its address, where the file does not say.")
    @click.option("--table", metavar="NAME", help="Which table of a database, which sheet of a workbook.")
    @click.option(
        "--saved", type=click.Path(), metavar="PATH", help="Where the pages are that a list or GDELT file only names."
    )
    @click.option("--as-is/--clean", "as_is", default=None, help="The text as it stands, or cleaned (the default).")
    @click.option("--jsonl", is_flag=True, help="JSON, one object a line.")
    @click.pass_context
    @functools.wraps(command)
    def wrapped(context: click.Context, /, **options: Any) -> int:
        from tollbook.inputs import Given, Meter, read_pages

        settings = settings_of(context, as_is=options.pop("as_is"), outlet=options.pop("outlet"))
        given = Given(
            published=options.pop("published"),
            outlet=settings.outlet,
            title=options.pop("title"),
            url=options.pop("url"),
            table=options.pop("table"),
            saved=options.pop("saved"),
        )
        paths = options.pop("paths")
        meter = Meter()
        with Progress(settings, meter) as progress:
            pages = read_pages(paths, given, progress, meter)
            return command(settings=settings, pages=pages, progress=progress, **options)

    return wrapped


def jobs_option(command: Command) -> Command:
    """``--jobs``: in how many processes the documents are read; the command gets ``jobs``."""

    @click.option(
        "--jobs", type=click.IntRange(min=0), default=1, show_default=True, metavar="N",
        help="Processes to read in; 0: one for each core. What is printed does not depend on it.",
    )  # fmt: skip
    @functools.wraps(command)
    def wrapped(*args: Any, jobs: int, **options: Any) -> int:
        return command(*args, jobs=jobs or _cores(), **options)

    return wrapped


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def settings_of(context: click.Context, **flags: Any) -> Settings:
    """The settings in force for a command: its own flags with those of the root command."""
    root = context.find_root().obj or {"config": None, "flags": {}}
    return resolve({**root["flags"], **flags}, os.environ, root["config"]).settings


@click.command(
    cls=ExamplesFirst,
    short_help="Print the claims of news reports.",
    examples=(
        "tollbook read article.html",
        "tollbook read articles/ --jsonl > claims.jsonl",
        "tollbook read march.warc.gz --jobs 4 --jsonl > claims.jsonl",
        "tollbook read reports.pdf mail.eml feed.rss",
        "tollbook read links.csv --saved march.warc.gz",
        "tollbook read march/ --html march.html",
        'tollbook read article.txt --published 2024-03-05 --outlet "Northern Post" --explain',
        "tollbook read articles/ --jsonl --statements | jq .kind",
    ),
)
@documents
@jobs_option
@click.option("--html", "html_path", metavar="FILE", help="A page with each text and its claims side by side.")
@click.option("--explain", is_flag=True, help="For each field of each claim the words and the rule it comes from.")
@click.option("--statements", is_flag=True, help="With --jsonl: the statements too, after the claims of each document.")
def read(settings: Settings, pages: Iterator[Page], progress: Progress, **options: Any) -> int:
    """Read news reports and print their claims: how many people were harmed, and who says so.

    Below them stand the statements: who admits, denies, explains, condemns, demands, takes a position or announces
    something, without a number.

    PATH is a text, an HTML file, a PDF, a DOCX, a mail (.eml), an RSS or Atom file, JSON lines (one document a line:
    "text" or "html", and if known "id", "title", "published", "outlet", "url"), Parquet, a web archive (WARC or WACZ),
    a list of pages (CSV or Excel), a table of a SQLite database, a GDELT GKG file, a folder, or "-" for standard input.
    Only English is read. What each of them gives, and which extra it needs, stands in docs/inputs.md.

    A day without a year ("on June 3") gets its year from the publication day; where none is known, it is left open.
    """
    from tollbook.parallel import spread

    html_path, jsonl, explain, jobs = options["html_path"], options["jsonl"], options["explain"], options["jobs"]
    if html_path is not None and jsonl:
        raise UsageError("--html and --jsonl are two outputs: ask for one at a time")
    claims_only = functools.partial(_read, as_is=settings.as_is, explain=explain)
    stated = functools.partial(_read_stated, as_is=settings.as_is, explain=explain)
    if html_path is not None:
        return _html(spread(claims_only, pages, jobs=jobs, on_error=progress), html_path, progress)
    if jsonl:
        stage = _stated_lines if options["statements"] else _claim_lines
        lines = functools.partial(stage, as_is=settings.as_is, explain=explain)
        for text in spread(lines, pages, jobs=jobs, on_error=progress):
            sys.stdout.write(text)
            flush()
            progress.step()
        return progress.status()
    from tollbook.show.statements import print_statements
    from tollbook.show.table import print_claims, print_nothing

    screen = console(settings)
    for document, claims, reasons, statements in spread(stated, pages, jobs=jobs, on_error=progress):
        print_claims(screen, document, claims, reasons if explain else None)
        print_statements(screen, statements)
        flush()
        progress.step()
    if not progress.documents and not progress.failed:
        print_nothing(screen)
    return progress.status()


def _read(pages: Iterable[Page], *, on_error: OnError, as_is: bool, explain: bool) -> Iterator[Row]:
    """Documents with their claims, and with the reasons by claim id where they are asked for."""
    from tollbook import pipeline

    if explain:
        for document, claims, reasons in pipeline.read_explained(pages, as_is=as_is, on_error=on_error):
            yield document, claims, reasons, ()
        return
    for document, claims in pipeline.read_documents(pages, as_is=as_is, on_error=on_error):
        yield document, claims, {}, ()


def _read_stated(pages: Iterable[Page], *, on_error: OnError, as_is: bool, explain: bool) -> Iterator[Row]:
    """As ``_read``, with the statements."""
    from tollbook import pipeline

    for document, reading, statements in pipeline.read_stated(pages, as_is=as_is, on_error=on_error):
        yield document, reading.claims, reading.reasons if explain else {}, statements


def _claim_lines(pages: Iterable[Page], *, on_error: OnError, as_is: bool, explain: bool) -> Iterator[str]:
    """The claims of each document as JSON lines: written where it is read, so that a process hands over text only."""
    from tollbook import pipeline

    for reading in pipeline.read_only_claims(pages, as_is=as_is, on_error=on_error):
        yield _lines(reading.claims, reading.reasons if explain else None)


def _stated_lines(pages: Iterable[Page], *, on_error: OnError, as_is: bool, explain: bool) -> Iterator[str]:
    """The same, with the statements after the claims."""
    from tollbook.records import statement_json

    for _, claims, reasons, statements in _read_stated(pages, on_error=on_error, as_is=as_is, explain=explain):
        said = "".join(json_line(statement_json(statement)) + "\n" for statement in statements)
        yield _lines(claims, reasons if explain else None) + said


def _lines(claims: Iterable[Claim], reasons: Mapping[str, tuple[Reason, ...]] | None) -> str:
    """A claim a line, with its reasons where they are given."""
    from tollbook.records import claim_json, to_json

    found = []
    for claim in claims:
        why = {"reasons": to_json(reasons.get(claim.id, ()))} if reasons is not None else {}
        found.append(json_line({**claim_json(claim), **why}) + "\n")
    return "".join(found)


def _html(rows: Iterator[Row], html_path: str, progress: Progress) -> int:
    from tollbook.show.page import Article, page

    articles = []
    for document, claims, reasons, _ in rows:
        articles.append(Article(document, tuple(claims), reasons))
        progress.step()
    text = page(articles)
    if html_path == "-":
        sys.stdout.write(text)
        return progress.status()
    target = Path(html_path)
    draft = target.with_name(target.name + ".part")
    try:
        draft.write_text(text, "utf-8", newline="\n")
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        complain(f"{html_path}: cannot be written ({error.strerror})", "Name a file in a folder that you may write to.")
        return 1
    found = sum(len(article.claims) for article in articles)
    complain(f"{html_path}: {len(articles)} document{'s' * (len(articles) != 1)}, {found} claim{'s' * (found != 1)}")
    return progress.status()


@click.command(
    cls=ExamplesFirst,
    short_help="Print the text without menus, cookie notices and the like.",
    examples=(
        "tollbook clean article.html",
        "tollbook clean articles/ --jsonl | jq .furniture",
    ),
)
@documents
def clean(settings: Settings, pages: Iterator[Page], progress: Progress, jsonl: bool) -> int:
    """Print the text of each document without menus, cookie notices, comments and the like.

    With --jsonl the whole document record: the text that every offset counts in, and what was left out ("furniture")
    with its place in the raw text and the reason.
    """
    from tollbook import pipeline
    from tollbook.schema import document_json

    for document in pipeline.clean_documents(pages, as_is=settings.as_is, on_error=progress):
        if jsonl:
            print_line(document_json(document))
        else:
            print_text(document.text)
        flush()
        progress.step()
    return progress.status()


@click.command(
    cls=ExamplesFirst,
    short_help="Print every date, place, count, actor or attribution.",
    examples=(
        "tollbook spans article.html --layer dates",
        "tollbook spans article.txt --layer places --jsonl --as-is",
    ),
)
@documents
@click.option("--layer", type=click.Choice(LAYERS), required=True, help="Which mentions.")
def spans(settings: Settings, pages: Iterator[Page], progress: Progress, jsonl: bool, layer: str) -> int:
    """Print every mention of one layer in the whole text, whether a claim uses it or not."""
    from tollbook import pipeline
    from tollbook.show.words import mention_line

    for document in pipeline.clean_documents(pages, as_is=settings.as_is, on_error=progress):
        try:
            rows = pipeline.spans(document, layer)
        except InputError as error:
            progress(error)
            continue
        for row in rows:
            if jsonl:
                print_line(row)
            else:
                print_text(mention_line(row))
        flush()
        progress.step()
    return progress.status()


@click.command(
    cls=ExamplesFirst,
    short_help="Print what the claims of a report add up to.",
    examples=(
        "tollbook tally article.html",
        "tollbook tally articles/ --jsonl > tallies.jsonl",
    ),
)
@documents
@jobs_option
def tally(settings: Settings, pages: Iterator[Page], progress: Progress, jsonl: bool, jobs: int) -> int:
    """Print what the claims of a document add up to: killed and injured, one line an incident, the main incident first.

    A harm that the document does not count is left open ("not stated"), never 0.
    """
    from tollbook.parallel import spread
    from tollbook.show.words import tally_line

    stage = functools.partial(_tally, as_is=settings.as_is)
    for rows in spread(stage, pages, jobs=jobs, on_error=progress):
        for row in rows:
            if jsonl:
                print_line(row)
            else:
                print_text(tally_line(row))
        flush()
        progress.step()
    return progress.status()


def _tally(pages: Iterable[Page], *, on_error: OnError, as_is: bool) -> Iterator[list[dict[str, Any]]]:
    from tollbook import pipeline

    return pipeline.tally_documents(pages, as_is=as_is, on_error=on_error)

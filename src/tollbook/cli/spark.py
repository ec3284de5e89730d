"""``tollbook spark``: the reader, and linking, on a cluster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from tollbook.cli.help import ExamplesFirst, ExamplesFirstGroup
from tollbook.cli.output import complain
from tollbook.cli.reading import Day, settings_of
from tollbook.errors import MissingExtra, UsageError


@click.group(
    cls=ExamplesFirstGroup,
    short_help="Read and link on Apache Spark.",
    examples=("tollbook spark read crawl/ claims/", "tollbook spark link claims/claims/ incidents/"),
)
def spark() -> None:
    """Read and link on Apache Spark: what "read" and "incidents" give, from as many machines as there are."""


def _on_a_cluster(command: Callable[..., Any]) -> Callable[..., Any]:
    """What goes in, where it goes, and which cluster does it."""
    for parameter in reversed((
        click.argument("inputs", metavar="INPUT...", nargs=-1, required=True),
        click.argument("output"),
        click.option(
            "--master", metavar="URL", help="The cluster; without it the one that spark-submit names, or this machine."
        ),
        click.option(
            "--conf", "confs", multiple=True, metavar="KEY=VALUE", help="A setting of Spark; may be given again."
        ),
    )):  # fmt: skip
        command = parameter(command)
    return command


@spark.command(
    cls=ExamplesFirst,
    short_help="Read files into Parquet tables.",
    examples=(
        "tollbook spark read crawl/ claims/                                  on this machine, all cores",
        "tollbook spark read s3://bucket/crawl s3://bucket/claims --master spark://head:7077",
        'tollbook spark read march.jsonl claims/ --master "local[2]" --conf spark.driver.memory=2g',
    ),
)
@_on_a_cluster
@click.option("--published", type=Day(), metavar="DATE", help="Publication day of documents that do not say.")
@click.option("--outlet", metavar="NAME", help="Who published them, where they do not say.")
@click.option("--as-is/--clean", "as_is", default=None, help="The texts as they stand, or cleaned (the default).")
@click.option(
    "--split", type=click.IntRange(min=1), default=16, show_default=True, metavar="MB",
    help="Size of what one task reads of JSON lines or Parquet; an archive is read whole.",
)  # fmt: skip
@click.pass_context
def read(context: click.Context, /, inputs: tuple[str, ...], output: str, **options: Any) -> int:
    """Read INPUT into Parquet tables below the folder OUTPUT: claims, documents, failures.

    INPUT is JSON lines (.jsonl), Parquet with the same fields as columns, a web archive (.warc, .warc.gz, .wacz), or a
    folder of them; OUTPUT a folder. Both can be local or at s3://, gs:// or hdfs://.

    After an interruption the same command goes on where it was: what is finished is not read again. A document that
    cannot be read fails alone.
    """
    published: dt.date | None = options["published"]
    _needs("reading on Spark", "spark", "pyarrow", "pyspark")
    from tollbook import spark as engine
    from tollbook.inputs import Given

    settings = settings_of(context, as_is=options["as_is"], outlet=options["outlet"])
    order = engine.Order(output, Given(published=published, outlet=settings.outlet), settings.as_is)
    session = engine.session(options["master"], _settings(options["confs"]))
    try:
        result = engine.read(session, inputs, order, options["split"] * 1_000_000)
    finally:
        session.stop()
    failures = sum(done.failures for done in result.read)
    named = [words for done in result.read for words in done.named]
    for words in named[:20]:
        complain(words)
    if failures > len(named[:20]):
        complain(f"and {failures - len(named[:20])} more, in {output.rstrip('/')}/failures")
    documents, claims = (sum(getattr(done, name) for done in result.read) for name in ("documents", "claims"))
    before = (
        f"; {result.skipped} of {result.skipped + len(result.read)} parts were read before" if result.skipped else ""
    )
    complain(f"{output}: {documents} documents, {claims} claims, {failures} failures{before}")
    return 3 if failures else 0


def _needs(what: str, extra: str, *packages: str) -> None:
    """Says which extra is missing before anything is begun."""
    if any(find_spec(package) is None for package in packages):
        raise MissingExtra(what, extra)


def _settings(confs: Sequence[str]) -> list[tuple[str, str]]:
    pairs = [conf.partition("=") for conf in confs]
    if not all(mark for _, mark, _ in pairs):
        raise UsageError("--conf: write it as spark.executor.memory=4g")
    return [(name, value) for name, _, value in pairs]


@spark.command(
    cls=ExamplesFirst,
    short_help="Link claims into incidents.",
    examples=(
        "tollbook spark link claims/claims/ incidents/                       on this machine, all cores",
        "tollbook spark link s3://bucket/claims/claims s3://bucket/incidents --master spark://head:7077",
    ),
)
@_on_a_cluster
@click.option(
    "--weights", "weights_file", type=click.Path(path_type=Path), metavar="FILE",
    help="Weights of your own, from `tollbook link train`.",
)  # fmt: skip
@click.option(
    "--part", type=click.IntRange(min=1), default=50_000, show_default=True, metavar="N",
    help="Accounts (what one report tells of one event) whose pairs are one part.",
)  # fmt: skip
def link(inputs: tuple[str, ...], output: str, **options: Any) -> int:
    """Link the claims of INPUT into incidents, in tables below the folder OUTPUT: incidents, and the pairs behind them.

    INPUT is claims as "spark read" writes them (the folder claims/), or JSON lines in the public JSON. The incidents
    are those of "tollbook incidents --claims"; the pairs are scored by Splink on Spark with the same weights.

    After an interruption the same command goes on where it was: parts that are finished are not scored again.
    """
    _needs("linking on Spark", "link,spark", "pyarrow", "pyspark", "splink")
    from tollbook import spark as engine
    from tollbook import spark_link
    from tollbook.cli.linking import weights_of

    weights = weights_of(options["weights_file"])
    session = engine.session(options["master"], _settings(options["confs"]))
    try:
        result = spark_link.link(session, inputs, output, weights, options["part"])
    finally:
        session.stop()
    before = (
        f"; {result.skipped} of {result.skipped + result.scored} parts were scored before" if result.skipped else ""
    )
    complain(f"{output}: {result.claims} claims, {result.pairs} likely pairs, {result.incidents} incidents{before}")
    return 0

"""``incidents``, ``why`` and ``link``: what reports tell of one event, and why they are thought to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.help import ExamplesFirst, ExamplesFirstGroup
from tollbook.cli.output import Progress, complain, print_line, print_text
from tollbook.cli.reading import Day, settings_of
from tollbook.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from tollbook.incidents import Linked, Scorer, Verdict
    from tollbook.link.accounts import Report
    from tollbook.link.score import Weights

    Command = Callable[..., int]


def linked_input(command: Any) -> Any:
    """The options that say what is linked: documents, claims alone, or what a ledger holds."""
    for option in reversed((
        click.option(
            "--ledger", "place", metavar="FILE", help="The claims of a ledger: a file, or postgresql://… for a team.",
        ),
        click.option(
            "--claims", "claims_file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE",
            help="Claims in the public JSON, one a line, read or coded.",
        ),
        click.option("--published", type=Day(), metavar="DATE", help="Publication day of a file that does not say."),
        click.option("--outlet", metavar="NAME", help="Who published it, where the file does not say."),
        click.option("--as-is/--clean", "as_is", default=None, help="The text as it stands, or cleaned (the default)."),
        click.option(
            "--weights", "weights_file", type=click.Path(path_type=Path), metavar="FILE",
            help="Weights of your own, from `tollbook link train`.",
        ),
        click.option(
            "--engine", type=click.Choice(["auto", "here", "splink"]), default="auto",
            help="What scores the pairs; the result is the same.",
        ),
    )):  # fmt: skip
        command = option(command)
    return command


@click.command(
    cls=ExamplesFirst,
    short_help="Bring claims of one event together, across reports.",
    examples=(
        "tollbook incidents articles/",
        "tollbook incidents articles/ --jsonl > incidents.jsonl",
        "tollbook incidents --claims coded.jsonl --jsonl",
        "tollbook incidents --ledger ledger.db --jsonl",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(allow_dash=True))
@linked_input
@click.option("--doubts", is_flag=True, help="Also the pairs that came close and were left apart.")
@click.option("--jsonl", is_flag=True, help="JSON, one object a line.")
@click.pass_context
def incidents(context: click.Context, /, paths: tuple[str, ...], doubts: bool, jsonl: bool, **options: Any) -> int:
    """Bring claims of one event together, across reports: candidates, until a person confirms them.

    For each incident: what each origin says, how many documents, outlets and independent origins tell of it, and in
    what they contradict each other. Totals over a period are named beside the incidents that they cover, and never
    added. Of a ledger, what it holds, with what people decided.
    """
    from tollbook.incidents import incident_row
    from tollbook.incidents.sentence import counted

    with Progress(settings_of(context, as_is=options.get("as_is"), outlet=options.get("outlet"))) as progress:
        if options["place"] is not None and not doubts and options["weights_file"] is None:
            rows = _held(paths, options)
            told = counted(len(rows), "incident")
        else:
            linked = link_input(context, paths, options, progress)
            rows = [incident_row(incident) for incident in linked.incidents]
            told = (
                f"{counted(len(rows), 'candidate incident')}, {counted(len(linked.totals), 'total')} kept apart, "
                f"{counted(len(linked.doubts), 'pair')} to review"
            )
        for row in rows:
            if jsonl:
                print_line(row)
            else:
                _print_incident(row)
        if doubts:
            for doubt in linked.doubts:
                complain(f"perhaps one incident, left apart ({doubt.bits:+.1f} bits): {doubt.one} {doubt.other}")
        if not jsonl:
            complain(told)
        return progress.status()


def _held(paths: tuple[str, ...], options: dict[str, Any]) -> list[dict[str, Any]]:
    from tollbook.grouping import incident_rows
    from tollbook.ledger import Ledger

    check_one(paths, options)
    with Ledger.open(options["place"], read_only=True) as ledger:
        return incident_rows(ledger)


def _print_incident(row: dict[str, Any]) -> None:
    from tollbook.incidents.sentence import counted

    print_text(f"{row['id']}  {row['title']}")
    print_text(f"    {row['sentence']}")
    for field in row["contradictions"]:
        print_text(f"    contradiction in {field['field']}: {', '.join(field['claims'])}")
    if row["totals"]:
        totals = counted(len(row["totals"]), "total")
        print_text(f"    covered by {totals}, not added: {', '.join(row['totals'])}")


@click.command(
    cls=ExamplesFirst,
    short_help="Say why claims are one incident.",
    examples=("tollbook why i-3f2a… articles/", "tollbook why i-3f2a… --claims coded.jsonl --svg why.svg"),
)
@click.argument("incident", metavar="INCIDENT")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(allow_dash=True))
@linked_input
@click.option("--svg", "svg_file", type=click.Path(path_type=Path), help="Also a chart, as a picture.")
@click.option("--jsonl", is_flag=True, help="JSON, one link a line.")
@click.pass_context
def why(
    context: click.Context, /, incident: str, paths: tuple[str, ...], svg_file: Path | None, jsonl: bool, **options: Any
) -> int:
    """Say why claims are one incident: for each account the one it fits best, and what speaks for and against.

    Weights are in bits: +1 makes it twice as likely that both tell of one event, -1 half as likely. INCIDENT is an id
    that `tollbook incidents` prints for the same input; its beginning is enough.
    """
    from tollbook.incidents.why import chart, link_lines, links_of
    from tollbook.records import to_json

    with Progress(settings_of(context, as_is=options.get("as_is"), outlet=options.get("outlet"))) as progress:
        linked = link_input(context, paths, options, progress)
        found = [i for i in linked.incidents if i.id.startswith(incident.rstrip("…"))]
        if len(found) != 1:
            raise UsageError(
                f"{incident}: {'no incident of this input' if not found else 'the beginning of several ids'}"
            )
        links = links_of(found[0], linked)
        for link in links:
            if jsonl:
                print_line(to_json(link))
            else:
                print_text("\n".join(link_lines(link)) + "\n")
        if not links:
            complain(f"{found[0].id} has one account only ({found[0].accounts[0].key}): nothing was joined")
        if svg_file is not None:
            svg_file.write_text(chart(links), "utf-8")
        return progress.status()


@click.group(
    cls=ExamplesFirstGroup,
    short_help="Learn the weights of linking.",
    examples=("tollbook link train --claims claims.jsonl --labels labels.jsonl -o weights.json",),
)
def link() -> None:
    """Learn the weights of linking from claims of your own."""


@link.command(
    cls=ExamplesFirst,
    examples=(
        "tollbook link train --claims claims.jsonl -o weights.json",
        "tollbook link train articles/ --labels labels.jsonl -o weights.json",
    ),
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(allow_dash=True))
@linked_input
@click.option(
    "--labels",
    "labels_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help='JSON lines: {"key" or "claim": …, "incident": …}.',
)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Where the weights go.")
@click.pass_context
def train(
    context: click.Context, /, paths: tuple[str, ...], labels_file: Path | None, output: Path, **options: Any
) -> int:
    """Learn weights: from labels, or without any by Splink's expectation maximisation on a large collection.

    A label gives the incident of a claim, or of a document's main incident by its key.
    """
    from tollbook.link.score import weights_json
    from tollbook.link.training import learn_from_labels, learn_unlabelled

    with Progress(settings_of(context, as_is=options.get("as_is"), outlet=options.get("outlet"))) as progress:
        reports = list(_reports(context, paths, options, progress))
        if labels_file is not None:
            weights = learn_from_labels(reports, list(_json_lines(labels_file)))
        else:
            weights = learn_unlabelled(reports, weights_of(options.get("weights_file")))
        output.write_text(json.dumps(weights_json(weights), indent=1) + "\n", "utf-8")
        complain(f"{output}: {weights.made_by}")
        return progress.status()


def link_input(context: click.Context, paths: tuple[str, ...], options: dict[str, Any], progress: Progress) -> Linked:
    """What the options name, linked here and now. Raises ``UsageError`` unless it is one thing."""
    from tollbook.incidents import link_reports

    verdicts: list[Verdict] = []
    reports = list(_reports(context, paths, options, progress, verdicts))
    weights = weights_of(options.get("weights_file"))
    return link_reports(reports, verdicts, weights, _engine(options["engine"]))


def _engine(name: str) -> Scorer:
    from tollbook.incidents import score_here

    if name != "splink":  # numpy over columns is quicker than DuckDB at every size that was measured
        return score_here
    from tollbook.link.splink_engine import score_with_splink

    return score_with_splink


def weights_of(file: Path | None) -> Weights | None:
    """The weights of a file, where one is named."""
    if file is None:
        return None
    from tollbook.link.score import read_weights

    try:
        return read_weights(json.loads(file.read_text("utf-8")), str(file))
    except ValueError as error:
        raise InputError(str(file), f"broken JSON ({error})") from error


def check_one(paths: tuple[str, ...], options: dict[str, Any]) -> None:
    """Raises ``UsageError`` unless documents, claims or a ledger are named, and only one of them."""
    if sum((bool(paths), options["claims_file"] is not None, options["place"] is not None)) != 1:
        raise UsageError("name documents to read, or claims with --claims FILE, or a ledger with --ledger FILE")


def _reports(
    context: click.Context,
    paths: tuple[str, ...],
    options: dict[str, Any],
    progress: Progress,
    verdicts: list[Verdict] | None = None,
) -> Iterator[Report]:
    """What is to be linked; what people decided of a ledger's claims is put into ``verdicts``."""
    check_one(paths, options)
    if options["place"] is not None:
        from tollbook.grouping import material
        from tollbook.ledger import Ledger

        with Ledger.open(options["place"], read_only=True) as ledger:
            reports, judged = material(ledger)
        if verdicts is not None:
            verdicts.extend(judged)
        yield from reports
        return
    if options["claims_file"] is not None:
        from tollbook.incidents.reports import reports_of_claims

        yield from reports_of_claims(_json_lines(options["claims_file"]))
        return
    from tollbook import pipeline
    from tollbook.incidents.reports import report_of
    from tollbook.inputs import Given, read_pages

    settings = settings_of(context, as_is=options["as_is"], outlet=options["outlet"])
    pages = read_pages(paths, Given(published=options["published"], outlet=settings.outlet), progress)
    for document in pipeline.clean_documents(pages, as_is=settings.as_is, on_error=progress):
        try:
            reading = pipeline.read_document(document)
        except InputError as error:
            progress(error)
            continue
        progress.step()
        if reading.claims:
            yield report_of(document, reading.claims, reading.threads)


def _json_lines(file: Path) -> Iterator[dict[str, Any]]:
    with click.open_file(str(file), encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{file}:{number}", f"broken JSON ({error})") from error
            if not isinstance(row, dict):
                raise InputError(f"{file}:{number}", "not a JSON object")
            yield row

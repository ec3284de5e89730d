"""``export``: a ledger in the formats that others use."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from tollbook.cli.help import ExamplesFirst
from tollbook.cli.ledger import ledger_option
from tollbook.cli.output import complain, print_line
from tollbook.cli.reading import Day
from tollbook.errors import UsageError

_FILTERS = (
    ("document", "ID", "Only claims of this document."),
    ("outlet", "NAME", "Only claims that this outlet published."),
    ("harm", "WORD", "Only this harm: killed, injured, missing, abducted, displaced, detained, casualties."),
    ("country", "CODE", "Only this country (ISO, two letters)."),
    ("event_type", "WORD", "Only this kind of event."),
    ("stance", "WORD", "Only this stance: asserted, questioned, denied …"),
    ("scope", "WORD", "Only incident, or only total."),
    ("review", "STATE", "Only accepted, corrected, rejected, unsure, or none."),
    ("incident", "ID", "Only this incident; the beginning of its id is enough."),
    ("status", "WORD", "Only candidate, or only confirmed incidents."),
    ("grade", "WORD", "Only incidents with this grade."),
)


def filters(command: Any) -> Any:
    """The filters of the explorer, as options."""
    for name, metavar, meaning in reversed(_FILTERS):
        command = click.option(f"--{name.replace('_', '-')}", metavar=metavar, help=meaning)(command)
    for name, meaning in (
        ("until", "Only what can be until then."),
        ("since", "Only what can be from then on."),
    ):
        command = click.option(f"--{name}", type=Day(), metavar="DATE", help=meaning)(command)
    return command


def chosen(options: dict[str, Any]) -> Any:
    """The filter that the options make; they are taken out of ``options``."""
    from typing import get_args

    from tollbook.exports import ExportFilter
    from tollbook.exports.coding import country
    from tollbook.judgements import GRADES
    from tollbook.records import EventType, Harm, Scope, Stance

    given = {name: options.pop(name) for name, _, _ in _FILTERS}
    words = {
        "harm": get_args(Harm), "event_type": get_args(EventType), "stance": get_args(Stance),
        "scope": get_args(Scope), "review": ("accepted", "corrected", "rejected", "unsure", "none"),
        "status": ("candidate", "confirmed"), "grade": tuple(GRADES),
    }  # fmt: skip
    for name, known in words.items():
        if given[name] is not None and given[name] not in known:
            said = f"no such word; it is one of {', '.join(known)}"
            raise UsageError(f"--{name.replace('_', '-')} {given[name]}: {said}")
    given["country"] = given["country"] and given["country"].upper()
    if given["country"] and country(given["country"]) is None:
        raise UsageError(f"--country {given['country']}: no country of ISO 3166 with two letters, such as SY")
    days = {name: day.isoformat() if (day := options.pop(name)) is not None else None for name in ("since", "until")}
    return ExportFilter(**given, **days)


def whole_id(ledger: Any, beginning: str, what: str) -> str:
    """The id of the one incident of a ledger that begins so. Raises ``UsageError``, which says ``what`` was asked."""
    found: list[str] = ledger.incidents_like(beginning.rstrip("…"))
    if len(found) != 1:
        several = f"the beginning of several ids ({', '.join(found)} …)"
        raise UsageError(f"{what} {beginning}: {several if found else 'no incident of this ledger'}")
    return found[0]


def _nothing(ledger: Any, where: Any) -> str | None:
    """Why an export has no row, where it is the filter that leaves no claim."""
    from tollbook.sharing import LedgerMaterial

    given = {name: value for name, value in asdict(where).items() if value is not None}
    if not given or next(LedgerMaterial(ledger, where).claims(rejected=True), None) is not None:
        return None
    return "0 rows: no claim matches " + " ".join(f"--{name.replace('_', '-')} {v}" for name, v in given.items())


class Format(click.ParamType[str]):
    """The name of a format; plug-ins count."""

    name = "format"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from tollbook.exports.registry import FORMATS, exporter

        try:
            if value not in FORMATS:
                exporter(str(value))
        except UsageError as error:
            self.fail(str(error), param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        from tollbook.exports.registry import FORMATS

        return [CompletionItem(name, help=words) for name, words in FORMATS.items() if name.startswith(incomplete)]


@click.command(
    cls=ExamplesFirst,
    short_help="Write a ledger in the formats that others use.",
    examples=(
        "tollbook export csv --ledger ledger.db -o claims.csv",
        "tollbook export csv --incidents --ledger ledger.db -o incidents.csv --bom",
        "tollbook export ged --ledger ledger.db -o ged.csv --since 2024-01-01 --country SY",
        "tollbook export pack --ledger ledger.db -o evidence.zip --incident i-3f2a…",
    ),
)
@click.argument("format", type=Format(), metavar="FORMAT")
@ledger_option
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Where it goes.")
@click.option("--incidents", is_flag=True, help="One row an incident, in formats that hold one or the other.")
@filters
@click.option("--candidates", is_flag=True, help="Also incidents that nobody confirmed, in ged and acled.")
@click.option(
    "--with-names", is_flag=True, help="Keep victims' names; without it those that are recognised are masked."
)
@click.option("--with-inferred", is_flag=True, help="Keep blame that is only inferred.")
@click.option("--with-reviewers", is_flag=True, help="Keep the names of people who judged.")
@click.option("--no-quotes", is_flag=True, help="No passage of any report.")
@click.option("--decimals", type=click.IntRange(0, 6), metavar="N", help="Round coordinates; 1 is about 11 km.")
@click.option(
    "--convention", type=click.Choice(["tollbook-1", "acled"]), default="tollbook-1", help="How vague words count."
)
@click.option("--bom", is_flag=True, help="Begin CSV with a byte-order mark, so that Excel reads it as UTF-8.")
@click.option("--by", metavar="NAME", default="tollbook", envvar="TOLLBOOK_REVIEWER", help="Who exports, for the log.")
@click.option("--jsonl", is_flag=True, help="Print the files and their SHA-256 sums as JSON, one a line.")
def export(format: str, place: str, output: Path, by: str, jsonl: bool, **options: Any) -> int:
    """Write a ledger in the formats that others use, with what they cannot hold in a file beside.

    FORMAT is csv, xlsx, jsonl, parquet, geojson, ged, acled, hxl, jsonld, ftm, sqlite, pack, claimreview, or one that a
    plug-in brings. Every export is noted in the ledger's log with its filter and the sums of its files.
    """
    from tollbook.exports import Wants
    from tollbook.ledger import Ledger
    from tollbook.sharing import export_ledger

    where = chosen(options)
    wants = Wants(
        rows="incidents" if options["incidents"] else "claims",
        candidates=options["candidates"],
        names=options["with_names"],
        quotes=not options["no_quotes"],
        inferred=options["with_inferred"],
        reviewers=options["with_reviewers"],
        bom=options["bom"],
        decimals=options["decimals"],
        convention=options["convention"],
    )
    with Ledger.open(place) as ledger:
        if where.incident is not None:
            where = replace(where, incident=whole_id(ledger, where.incident, "--incident"))
        done = export_ledger(ledger, format, output, where, wants, by)
        nothing = _nothing(ledger, where) if not done.rows else None
    for path, digest in done.files.items():
        if jsonl:
            print_line({"file": str(path), "sha256": digest, "rows": done.rows})
    for note in (*done.notes, *([nothing] if nothing else [])):
        complain(note)
    beside = ", ".join(path.name for path in done.files if path != output)
    complain(f"{output}: {done.rows} rows; beside it {beside}")
    return 0

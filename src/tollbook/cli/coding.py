"""``import coded``, ``import mapping`` and ``compare``: records that others coded."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.editing import importing
from tollbook.cli.help import ExamplesFirst
from tollbook.cli.output import Progress, complain, console, print_line, print_text
from tollbook.cli.reading import Day, settings_of
from tollbook.errors import InputError, LedgerError, UsageError

if TYPE_CHECKING:
    from tollbook.coded.mapping import CodedMapping
    from tollbook.coded.reading import Fault
    from tollbook.coded.records import Coded
    from tollbook.records import Claim, Document, MadeBy

_BESIDE = dt.timedelta(days=31)
_SHOWN = 5  # records that a dry run shows
_FAULTS = 20  # faults that are told one by one


def mapping_option(command: Callable[..., int]) -> Callable[..., int]:
    """``--mapping``, ``--table`` and ``--skip-faulty``: how a table of coded records is read."""
    for option in reversed((
        click.option("--mapping", "mapping_name", metavar="NAME|FILE", required=True,
                     help="acled, airwars, ged, maverick, or a TOML file of your own."),
        click.option("--table", metavar="NAME", help="Which sheet of a workbook."),
        click.option("--skip-faulty", is_flag=True, help="Leave out records with a fault, and take the others."),
    )):  # fmt: skip
        command = option(command)
    return command


@importing.command(
    cls=ExamplesFirst,
    short_help="Take records that a monitor coded as claims without a text.",
    examples=(
        "tollbook import coded GEDEvent_v24_1.csv --mapping ged",
        "tollbook import coded GEDEvent_v24_1.csv --mapping ged --ledger ledger.db",
        "tollbook import coded ours.xlsx --mapping ours.toml --ledger ledger.db --yes",
        "tollbook import coded acled.csv --mapping acled --jsonl > coded.jsonl",
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@mapping_option
@click.option("--ledger", "place", metavar="FILE", envvar="TOLLBOOK_LEDGER", show_envvar=True,
              help="Where they go; without it they are only looked at.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what they would become, and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--jsonl", is_flag=True, help="The claims as JSON, one a line.")
def coded(file: Path, mapping_name: str, table: str | None, skip_faulty: bool, **options: Any) -> int:
    """Take records that a monitor coded (UCDP GED, ACLED, Airwars, MAVERICK, or your own) as claims without a text.

    FILE is CSV, Excel or JSON lines, a record a row. The mapping says which column is what; what it makes of the
    records is shown first. If a record is wrong (no harm, low above high, an unknown code), row and column are named
    and nothing at all is taken, unless --skip-faulty says so. A record that stands in the ledger already is brought up
    to its new values, and judgements on it carry over.
    """
    from tollbook.coded.mapping import load_mapping

    if options["jsonl"] and options["place"] is not None and not options["dry_run"]:
        raise UsageError("--jsonl prints what would become of the records: add --dry-run, or leave out --ledger")
    mapping = load_mapping(mapping_name)
    seen = _Seen(mapping, jsonl=options["jsonl"])
    for number, record in _records(file, mapping, table, seen):
        seen.record(number, record)
    seen.tell(file)
    if seen.faults and not skip_faulty:
        complain(f"{file}: nothing was taken; mend the rows, or leave them out with --skip-faulty")
        return 1
    if options["place"] is None or options["dry_run"]:
        if not options["jsonl"]:
            complain("nothing was written; --ledger FILE takes them" if options["place"] is None else "dry run")
        return 3 if seen.faults else 0
    if not seen.records:
        complain(f"{file}: nothing to take")
        return 1
    if not options["yes"]:
        if not sys.stdin.isatty():
            raise UsageError("nobody is here to ask: say --yes to take these records, or --dry-run")
        click.confirm(f"Take these {seen.records:,} records?", abort=True, err=True)
    _take(file, mapping, table, options["place"])
    return 3 if seen.faults else 0


class _Seen:
    """What a first reading found: counts, the first records in words, the faults."""

    def __init__(self, mapping: CodedMapping, jsonl: bool) -> None:
        self.mapping, self.jsonl = mapping, jsonl
        self.records = self.claims = self.silent = self.faults = 0

    def fault(self, fault: Fault) -> None:
        """A record that cannot be taken."""
        self.faults += 1
        if self.faults <= _FAULTS:
            complain(str(fault))

    def record(self, number: int, record: Coded) -> None:
        """A record that can; one that states no number of people makes no claim."""
        if not record.claims:
            self.silent += 1
            return
        self.records += 1
        self.claims += len(record.claims)
        if self.jsonl:
            from tollbook.records import claim_json

            for claim in record.claims:
                print_line(claim_json(claim))
        elif self.records <= _SHOWN:
            _show(number, record)

    def tell(self, file: Path) -> None:
        """The counts."""
        if self.faults > _FAULTS:
            complain(f"and {self.faults - _FAULTS:,} more faults")
        words = f"{file}, as {self.mapping.name}: {self.records:,} records, {self.claims:,} claims"
        words += f"; {self.silent:,} records state no number" if self.silent else ""
        complain(words + (f"; {self.faults:,} records have a fault" if self.faults else ""))


def _show(number: int, record: Coded) -> None:
    from tollbook.show.words import count_words, date_words, place_words

    print_text(f"row {number}  {record.document.source.key}")
    for claim in record.claims:
        who = f" {claim.victims.status}" if claim.victims else ""
        group = f" ({', '.join(claim.victims.groups)})" if claim.victims and claim.victims.groups else ""
        part = ", part of the first" if claim.relation else ""
        print_text(f"    {claim.harm} {count_words(claim.count)}{who}{group}{part}")
    first = record.claims[0]
    kind = first.event.type if first.event else None
    print_text(f"    {date_words(first.date)} · {place_words(first.place)} · {kind or 'kind of event not stated'}")
    blamed = ", ".join(f"{party.name} ({party.basis})" for party in first.blamed)
    said = ", ".join(voice.name for voice in first.attribution)
    print_text(f"    blamed: {blamed or 'nobody'}; according to: {said or 'not stated'}")


def _records(
    file: Path, mapping: CodedMapping, table: str | None, seen: _Seen | None = None
) -> Iterator[tuple[int, Coded]]:
    from tollbook.coded.reading import read_coded

    return read_coded(file, mapping, seen.fault if seen is not None else _ignored, table)


def _ignored(_: object) -> None:
    return None


def _take(file: Path, mapping: CodedMapping, table: str | None, place: str) -> None:
    """All of them in one transaction, or none; then they are grouped with what stands there."""
    from collections import Counter

    from tollbook.grouping import regroup
    from tollbook.ledger import Ledger

    def readings() -> Iterator[tuple[Document, tuple[Claim, ...], bytes, MadeBy]]:
        for _, record in _records(file, mapping, table):
            if record.claims:
                yield record.document, record.claims, record.raw, record.made_by

    with Ledger.open(place, create=True) as ledger:
        done = ledger.add_all(readings)
        outcomes = Counter(result.outcome for result in done)
        for result in done:
            for judgement in result.orphaned:
                complain(f"{result.document}: the number that {judgement} judged is another now")
        complain(f"{place}: {', '.join(f'{number:,} {outcome}' for outcome, number in outcomes.items())}")
        if outcomes.keys() & {"added", "superseded"}:
            try:
                regroup(ledger)
            except LedgerError as error:  # somebody else adds meanwhile, and groups in turn
                complain(f"the records are added, but not grouped: {error}")


@importing.command(
    cls=ExamplesFirst,
    short_help="Print a mapping, to begin your own with.",
    examples=("tollbook import mapping", "tollbook import mapping ged > ours.toml"),
)
@click.argument("name", required=False)
def mapping(name: str | None) -> int:
    """Print a mapping that Tollbook ships, to begin your own with; without a name, which there are."""
    from tollbook.coded.mapping import SHIPPED, load_mapping, mapping_text

    if name is not None:
        sys.stdout.write(mapping_text(name))
        return 0
    for shipped in SHIPPED:
        print_text(f"{shipped:<10} {load_mapping(shipped).name}: {load_mapping(shipped).about}")
    return 0


@click.command(
    cls=ExamplesFirst,
    short_help="Lay a monitor's coded records beside a ledger.",
    examples=(
        "tollbook compare ledger.db GEDEvent_v24_1.csv --mapping ged --country SY --since 2017-01-01",
        "tollbook compare ledger.db acled.csv --mapping acled --jsonl > compared.jsonl",
        "tollbook compare ledger.db ours.xlsx --mapping ours.toml --svg compared.svg",
    ),
)
@click.argument("place", metavar="LEDGER")
@click.argument("file", type=click.Path(path_type=Path))
@mapping_option
@click.option("--since", type=Day(), metavar="DATE", help="Only incidents that can be from then on.")
@click.option("--until", type=Day(), metavar="DATE", help="Only incidents that can be until then.")
@click.option("--country", metavar="CODE", help="Only this country (ISO, two letters).")
@click.option("--svg", "svg_file", type=click.Path(path_type=Path), help="Also a chart, as a picture.")
@click.option("--jsonl", is_flag=True, help="JSON, one incident a line.")
@click.pass_context
def compare(context: click.Context, /, place: str, file: Path, mapping_name: str, **options: Any) -> int:
    """Lay a monitor's coded records (FILE) beside the incidents of a LEDGER: what both have, what only one of them
    has, and where their numbers differ.

    An event of theirs and an incident of ours are paired by the weights of `tollbook incidents`, the best pair first,
    each at most once. Nothing is written into the ledger. A difference is a question, not an error of either side. If
    a record is wrong, it is named and nothing is compared, unless --skip-faulty says so.
    """
    from tollbook.coded.against import Chosen, Held, compare_records, match_row, summary_of
    from tollbook.coded.chart import chart
    from tollbook.coded.mapping import load_mapping
    from tollbook.coded.reading import covers
    from tollbook.grouping import incident_rows, material
    from tollbook.ledger import Ledger
    from tollbook.show.monitors import print_matches

    settings = settings_of(context)
    country = options["country"].upper() if options["country"] else None
    since, until = options["since"], options["until"]
    # What may pair with one inside the window may lie a little outside; which pairs are shown is decided after pairing.
    earliest = since and since - min(_BESIDE, since - dt.date.min)
    latest = until and until + min(_BESIDE, dt.date.max - until)
    mapping = load_mapping(mapping_name)
    seen = _Seen(mapping, jsonl=False)
    events: dict[str, list[Claim]] = {}
    for _, record in _records(file, mapping, options["table"], seen):
        if record.claims and covers(record, earliest, latest, None):
            events.setdefault(record.event, []).extend(record.claims)
    if seen.faults and not options["skip_faulty"]:
        raise InputError(str(file), f"{seen.faults:,} records have a fault; --skip-faulty leaves them out")
    with Ledger.open(place, read_only=True) as ledger, Progress(settings):
        held = Held(*material(ledger), {row["id"]: row["claims"] for row in incident_rows(ledger)})
    matches = compare_records(held, events, Chosen(since, until, country))
    if options["jsonl"]:
        for match in matches:
            print_line(match_row(match))
    else:
        print_matches(console(settings), matches, mapping.name)
    if options["svg_file"] is not None:
        _write(options["svg_file"], chart(matches, mapping.name))
    s = summary_of(matches)
    complain(
        f"both {s.both:,} (numbers differ in {s.differing:,}), only {mapping.name} {s.monitor:,}, "
        f"only the ledger {s.ledger:,}"
    )
    return 3 if seen.faults else 0


def _write(path: Path, words: str) -> None:
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_text(words, "utf-8", newline="\n")
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from error

"""``add``, ``ledger …`` and ``judgements …``: the commands on a ledger."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.help import ExamplesFirst, ExamplesFirstGroup
from tollbook.cli.output import Progress, complain, flush, print_line, print_text
from tollbook.cli.reading import documents, jobs_option
from tollbook.errors import InputError, LedgerError, UsageError
from tollbook.settings import Settings

if TYPE_CHECKING:
    from tollbook.ledger import AddResult, Ledger
    from tollbook.parallel import OnError
    from tollbook.records import Claim, Document, MadeBy, Page, Statement

    Told = tuple[tuple[Claim, ...], tuple[Statement, ...]]
    Readable = tuple[Document, Callable[[], Told], bytes | None]

Command = Callable[..., int]


def ledger_option(command: Command) -> Command:
    """``--ledger``: a file, or the URL of a PostgreSQL database; the command gets ``place``."""

    @click.option(
        "--ledger", "place", metavar="FILE", required=True, envvar="TOLLBOOK_LEDGER", show_envvar=True,
        help="The ledger: a file, or postgresql://… for a team.",
    )  # fmt: skip
    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> int:
        return command(*args, **options)

    return wrapped


# --- add ---------------------------------------------------------------------------------------------------------


@click.command(
    cls=ExamplesFirst,
    short_help="Read news reports into a ledger.",
    examples=(
        "tollbook add articles/ --ledger ledger.db",
        "tollbook add march.warc.gz --jobs 4 --ledger postgresql://team@db/tolls",
        "tollbook add secret/ --ledger ledger.db --hash-only",
    ),
)
@ledger_option
@documents
@jobs_option
@click.option("--hash-only", is_flag=True, help="Keep only the hash of the raw bytes, not the bytes.")
@click.option("--group/--no-group", default=True, help="Bring the claims into incidents at the end (the default).")
def add(settings: Settings, pages: Iterator[Page], progress: Progress, place: str, **options: Any) -> int:
    """Read news reports into a ledger. Safe to repeat, to interrupt and to resume.

    Each document is added whole or not at all. What this version has read before is skipped; what an older version
    read is read again, the old claims are kept, and judgements whose words no longer make their claim are named.
    """
    from tollbook import pipeline
    from tollbook.ledger import Ledger
    from tollbook.parallel import spread

    counts: dict[str, int] = {}
    with Ledger.open(place, create=True) as ledger:
        keep_raw, jobs = not options["hash_only"], options["jobs"]
        if jobs > 1:
            stage = functools.partial(_read_unknown, place=place, as_is=settings.as_is, keep_raw=keep_raw)
            readable = spread(stage, pages, jobs=jobs, on_error=progress)
        else:
            readable = _readable(pages, settings.as_is, keep_raw, progress)
        for result in add_documents(ledger, readable, pipeline.made_by(), progress):
            counts[result.outcome] = counts.get(result.outcome, 0) + 1
            _told(result, options["jsonl"])
            progress.step()
        if options["group"]:
            _group(ledger, changed=bool(counts.keys() & {"added", "superseded"}))
    said = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
    complain(f"{place}: {said or 'nothing to add'}")
    return progress.status()


def _group(ledger: Ledger, *, changed: bool) -> None:
    """Brings incidents up to the claims, those of an import that was interrupted too."""
    from tollbook.grouping import regroup, ungrouped

    if not changed and not ungrouped(ledger):
        return
    try:
        regroup(ledger)
    except LedgerError as error:  # somebody else adds meanwhile, and groups in turn
        complain(f"the claims are added, but not grouped: {error}")


def add_documents(
    ledger: Ledger, readable: Iterable[Readable], made_by: MadeBy, on_error: Callable[[InputError], None]
) -> Iterator[AddResult]:
    """Adds documents, each in a transaction of its own. The claims are asked for only where they are not yet known."""
    from tollbook.ledger import AddResult

    for document, read, raw in readable:
        id = document.source.id
        if ledger.has_read(id, made_by):
            yield AddResult("known", id, 0)
            continue
        try:
            claims, statements = read()
            yield ledger.add_document(document, claims, raw, statements=statements, made_by=made_by)
        except InputError as error:
            on_error(error)


def _readable(pages: Iterable[Page], as_is: bool, keep_raw: bool, progress: Progress) -> Iterator[Readable]:
    from tollbook import pipeline

    for page in pages:
        for document in pipeline.clean_documents([page], as_is=as_is, on_error=progress):
            read = functools.partial(_told_in, document)
            yield document, read, page.raw if keep_raw else None


def _told_in(document: Document) -> Told:
    """The claims of a document, and its statements without a number."""
    from tollbook import pipeline

    reading, statements = pipeline.read_whole(document)
    return reading.claims, statements


def _read_unknown(
    pages: Iterable[Page], *, on_error: OnError, place: str, as_is: bool, keep_raw: bool
) -> Iterator[Readable]:
    """As ``_readable``, in a process of its own: there the claims are read at once, unless the ledger has them."""
    from tollbook import pipeline

    known = _opened(place)
    for page in pages:
        for document in pipeline.clean_documents([page], as_is=as_is, on_error=on_error):
            try:
                seen = known.has_read(document.source.id, pipeline.made_by())
                told: Told = ((), ()) if seen else _told_in(document)
            except InputError as error:
                on_error(error)
            else:
                yield document, functools.partial(_same, told), page.raw if keep_raw else None


@functools.cache
def _opened(place: str) -> Ledger:
    """The ledger of a process that reads for another: opened once, only asked."""
    from tollbook.ledger import Ledger

    return Ledger.open(place, read_only=True)


def _same(told: Told) -> Told:
    return told


def _told(result: AddResult, jsonl: bool) -> None:
    from tollbook.records import to_json

    if jsonl:
        print_line(to_json(result))
        flush()
    for judgement in result.orphaned:
        complain(f"{result.document}: the words of {judgement} no longer make the claim that it judged")
    for judgement in result.changed:
        complain(f"{result.document}: the claim of {judgement} is read otherwise now; look at it again")
    if result.outcome == "redacted":
        complain(f"{result.document}: was redacted here and is not added again")


# --- ledger ------------------------------------------------------------------------------------------------------


@click.group(
    cls=ExamplesFirstGroup,
    short_help="Check, seal, copy and redact a ledger.",
    examples=(
        "tollbook ledger verify --ledger ledger.db",
        "tollbook ledger backup copy.db --ledger ledger.db",
        "tollbook ledger seal --key key.pem --ledger ledger.db -o seal.json",
    ),
)
def ledger() -> None:
    """Check, seal, copy and redact a ledger."""


@ledger.command(
    cls=ExamplesFirst,
    short_help="Say whether everything is as it was written.",
    examples=(
        "tollbook ledger verify --ledger ledger.db",
        'tollbook ledger verify --ledger ledger.db --seal seal.json --public-key "$KEY"',
    ),
)
@ledger_option
@click.option("--tables/--no-tables", default=True, help="Compare every table with the log played again.")
@click.option("--seal", "seal_file", type=click.File(encoding="utf-8"), help="A seal that was given away.")
@click.option("--public-key", metavar="BASE64", help="The key that the seal has to be made with.")
@click.option("--tsa-roots", type=click.File("rb"), help="Certificates (PEM) that its time stamp has to lead to.")
@click.option("--jsonl", is_flag=True, help="JSON, one object a line.")
def verify(place: str, tables: bool, seal_file: Any, public_key: str | None, tsa_roots: Any, jsonl: bool) -> int:
    """Say whether everything is as it was written, and exactly what is not. Exit status 1 if something is not."""
    from tollbook.ledger import Damage, Ledger
    from tollbook.ledger.seal import read_seal
    from tollbook.records import to_json

    with Ledger.open(place, read_only=True) as opened:
        report = opened.verify(projections=tables)
        found = list(report.damages)
        if seal_file is not None:
            made = read_seal(seal_file.read())
            roots = tsa_roots.read() if tsa_roots is not None else None
            against = opened.check_seal(made, public_key=public_key, roots=roots)
            found += [Damage("seal", words) for words in against]
    if jsonl:
        print_line({**to_json(report), "damages": to_json(tuple(found))})
        return 1 if found else 0
    for damage in found:
        print_text(f"{damage.where}: {damage.what}")
    for note in report.notes:
        print_text(f"note: {note}")
    if report.damaged > len(report.damages):
        print_text(f"and {report.damaged - len(report.damages)} more")
    print_text(
        f"{'DAMAGED' if found else 'clean'}: {report.events} events, {report.payloads} payloads "
        f"({report.redacted} redacted), {report.blobs} raw files, {report.seals} seals; ends with {report.head}"
    )
    return 1 if found else 0


@ledger.command(
    cls=ExamplesFirst,
    short_help="Make every table again from the log.",
    examples=("tollbook ledger rebuild --ledger ledger.db",),
)
@ledger_option
def rebuild(place: str) -> int:
    """Make every table again from the log."""
    from tollbook.ledger import Ledger

    with Ledger.open(place) as opened:
        complain(f"{place}: {opened.rebuild()} events played again")
    return 0


@ledger.command(
    cls=ExamplesFirst,
    short_help="Print the log, oldest first.",
    examples=(
        "tollbook ledger log --ledger ledger.db",
        "tollbook ledger log --ledger ledger.db --payloads --jsonl > log.jsonl",
    ),
)
@ledger_option
@click.option("--after", type=int, default=0, metavar="NUMBER", help="Only events after this one.")
@click.option("--payloads", is_flag=True, help="With what each event says: texts, notes and names.")
@click.option("--jsonl", is_flag=True, help="JSON, one object a line.")
def log(place: str, after: int, payloads: bool, jsonl: bool) -> int:
    """Print the log, oldest first; without --payloads it shows that something was done, not what."""
    from tollbook.ledger import Ledger
    from tollbook.records import to_json

    with Ledger.open(place, read_only=True) as opened:
        for event in opened.events(after, with_payload=payloads):
            row = to_json(event)
            if not payloads:
                del row["payload"]
            if jsonl:
                print_line(row)
            else:
                print_text(f"{event.seq:>8}  {event.at[:19]}  {event.kind:<15} {event.actor or '(erased)'}")
                if payloads:
                    print_line(row["payload"] or {})
    return 0


@ledger.command(
    cls=ExamplesFirst,
    short_help="Sign the end of the log.",
    examples=(
        "tollbook ledger seal --new-key key.pem --ledger ledger.db -o seal.json",
        "tollbook ledger seal --key key.pem --ledger ledger.db -o seal.json",
    ),
)
@ledger_option
@click.option("--key", type=click.Path(path_type=Path), help="Ed25519 private key (PEM) to sign with.")
@click.option("--new-key", type=click.Path(path_type=Path), help="Make a key there first, and sign with it.")
@click.option("--tsa", metavar="URL", help="Time-stamping authority (RFC 3161).")
@click.option("--tsa-roots", type=click.File("rb"), help="Certificates (PEM) that its stamp has to lead to.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the seal there instead of printing it.")
def seal(
    place: str, key: Path | None, new_key: Path | None, tsa: str | None, tsa_roots: Any, output: Path | None
) -> int:
    """Sign the end of the log. Give the seal away: whoever holds it can see that nothing before it was changed."""
    from tollbook.ledger import Ledger, Signer, Stamper
    from tollbook.ledger.seal import seal_json

    if (key is None) == (new_key is None):
        raise UsageError("name the key to sign with (--key), or where to make one (--new-key)")
    if (tsa is None) != (tsa_roots is None):
        raise UsageError("--tsa and --tsa-roots belong together: a stamp that cannot be checked proves nothing")
    with Ledger.open(place) as opened:
        signer = Signer.load(key) if key is not None else Signer.new(new_key or "")
        stamper = Stamper(tsa, tsa_roots.read()) if tsa is not None else None
        words = seal_json(opened.seal(signer, stamper))
    if output is not None:
        output.write_text(words + "\n", "utf-8")
    else:
        print_text(words)
    complain(f"sealed with the public key {signer.public_key()}")
    return 0


@ledger.command(
    cls=ExamplesFirst,
    short_help="Copy the ledger into a new file.",
    examples=("tollbook ledger backup copy.db --ledger ledger.db",),
)
@ledger_option
@click.argument("file", type=click.Path(path_type=Path))
def backup(place: str, file: Path) -> int:
    """Copy the ledger, while others use it, into a new file."""
    from tollbook.ledger import Ledger

    with Ledger.open(place, read_only=True) as opened:
        complain(f"{file}: {opened.backup(file)} events")
    return 0


@ledger.command(
    cls=ExamplesFirst,
    short_help="Fill a new ledger from a backup.",
    examples=(
        "tollbook ledger restore copy.db --ledger new.db",
        "tollbook ledger restore copy.db --ledger postgresql://team@db/tolls",
    ),
)
@ledger_option
@click.argument("file", type=click.Path(path_type=Path))
def restore(place: str, file: Path) -> int:
    """Fill a new ledger from a backup; also from a laptop's file into a team's database."""
    from tollbook.ledger import restore

    complain(f"{place}: {restore(file, place)} events")
    return 0


@ledger.command(
    cls=ExamplesFirst,
    short_help="Erase a document, or mask a name.",
    examples=(
        'tollbook ledger redact --ledger ledger.db --document d-0f1e2d3c4b5a6978 --by Ines --reason "her family asked"',
        'tollbook ledger redact --ledger ledger.db --name - --by Ines --reason "a witness at risk"',
    ),
)
@ledger_option
@click.option("--document", metavar="ID", help="Erase this document.")
@click.option("--name", metavar="NAME", help='Mask this name everywhere; "-" reads it from standard input.')
@click.option("--by", required=True, metavar="NAME", help="Who redacts; stays readable.")
@click.option("--reason", required=True, metavar="TEXT", help="Why; stays readable, so leave the name out.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def redact(place: str, document: str | None, name: str | None, by: str, reason: str, yes: bool) -> int:
    """Erase a document, or mask a name wherever it stands. It cannot be undone; the log still verifies.

    Backups and exports made before are not touched. A name on the command line stays in the history of the shell.
    """
    from tollbook.ledger import Ledger

    if name == "-":
        name = sys.stdin.read().strip()
    elif not yes:
        click.confirm("This cannot be undone. Go on?", abort=True, err=True)
    with Ledger.open(place) as opened:
        done = opened.redact(document=document, name=name, actor=by, reason=reason)
    complain(
        f"event {done.seq}: {done.payloads} payloads, {len(done.blobs)} raw files, "
        f"{len(done.erased)} documents erased, {len(done.masked)} masked"
    )
    return 0


@ledger.command(
    cls=ExamplesFirst,
    short_help="Write the database's files anew.",
    examples=("tollbook ledger scrub --ledger ledger.db",),
)
@ledger_option
def scrub(place: str) -> int:
    """Write the database's files anew, so that nothing that was redacted lingers in them; "redact" does so itself."""
    from tollbook.ledger import Ledger

    with Ledger.open(place) as opened:
        opened.scrub()
    return 0


# --- judgements --------------------------------------------------------------------------------------------------


@click.group(
    cls=ExamplesFirstGroup,
    short_help="Move judgements between ledgers.",
    examples=(
        "tollbook judgements export --ledger ledger.db > judgements.jsonl",
        "tollbook judgements apply judgements.jsonl --ledger other.db",
    ),
)
def judgements() -> None:
    """Move judgements between ledgers, as JSON lines."""


@judgements.command(
    cls=ExamplesFirst,
    short_help="Print every judgement as JSON lines.",
    examples=("tollbook judgements export --ledger ledger.db > judgements.jsonl",),
)
@ledger_option
def export(place: str) -> int:
    """Print every judgement, undone ones too, with the names of those who judged."""
    from tollbook.ledger import Ledger, export_judgements

    with Ledger.open(place, read_only=True) as opened:
        for row in export_judgements(opened):
            print_line(row)
    return 0


@judgements.command(
    cls=ExamplesFirst,
    short_help="Take judgements from another ledger.",
    examples=("tollbook judgements apply judgements.jsonl --ledger other.db",),
)
@ledger_option
@click.argument("file", type=click.File(encoding="utf-8"))
def apply(place: str, file: Any) -> int:
    """Take judgements from another ledger. Twice is once; what does not fit is named, the rest is done."""
    from tollbook.ledger import Ledger, apply_judgements

    counts = {"applied": 0, "known": 0, "refused": 0}
    with Ledger.open(place) as opened:
        for done in apply_judgements(opened, file):
            counts[done.outcome] += 1
            if done.reason is not None:
                complain(f"line {done.line}: {done.reason}")
    complain(f"{place}: " + ", ".join(f"{number} {outcome}" for outcome, number in counts.items()))
    return 3 if counts["refused"] else 0

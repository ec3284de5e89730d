"""``import``: a table that people edited, back into the ledger as judgements; records that others coded, as claims."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

import click

from tollbook.cli.help import ExamplesFirst, ExamplesFirstGroup
from tollbook.cli.ledger import ledger_option
from tollbook.cli.output import complain, print_line, print_text
from tollbook.errors import UsageError


@click.group(
    "import",
    cls=ExamplesFirstGroup,
    short_help="Take edited tables and coded records into a ledger.",
    examples=(
        'tollbook import edits claims.csv --ledger ledger.db --by "Ines Okoye" --dry-run',
        'tollbook import edits claims.csv --ledger ledger.db --by "Ines Okoye"',
        "tollbook import coded GEDEvent_v24_1.csv --mapping ged",
        "tollbook import coded GEDEvent_v24_1.csv --mapping ged --ledger ledger.db",
    ),
)
def importing() -> None:
    """Take what people edited, or what others coded, into a ledger."""


@importing.command(
    cls=ExamplesFirst,
    short_help="Take an edited table of claims or incidents as judgements.",
    examples=(
        "tollbook export csv --ledger ledger.db -o claims.csv",
        'tollbook import edits claims.csv --ledger ledger.db --by "Ines Okoye" --dry-run',
        'tollbook import edits incidents.xlsx --ledger ledger.db --by "Ines Okoye" --yes',
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@ledger_option
@click.option("--by", required=True, metavar="NAME", envvar="TOLLBOOK_REVIEWER", help="Whose judgements these are.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--jsonl", is_flag=True, help="The differences as JSON, one a line.")
def edits(file: Path, place: str, by: str, dry_run: bool, yes: bool, jsonl: bool) -> int:
    """Take a table that `tollbook export csv` (or xlsx) wrote and people edited: every changed cell is a judgement.

    The differences are shown first. A row that changed in the ledger meanwhile is refused (exit status 3), the others
    are taken; if anything in the file is wrong, nothing is. What can be edited: the values of a claim, its review
    (accepted, rejected, unsure), a note; the status, grade and grade_note of an incident.
    """
    from tollbook.edits import Desk, apply, plan
    from tollbook.edits.tables import read_table
    from tollbook.ledger import Ledger

    desk = Desk(by, lambda: dt.datetime.now(dt.UTC).isoformat(timespec="microseconds"))
    with Ledger.open(place) as ledger:
        made = plan(ledger, read_table(file), desk)
        for change in made.changes:
            if jsonl:
                shown = {"row": change.row, "id": change.subject, "what": change.what}
                print_line({**shown, "before": change.before, "after": change.after})
            else:
                arrow = f"{change.before or '(empty)'} → {change.after or '(empty)'}"
                print_text(f"row {change.row}  {change.subject}  {change.what}: {arrow}")
        for problem in (*made.ignored, *made.stale, *made.problems):
            complain(str(problem))
        if made.problems:
            complain(f"{file}: {_counted(len(made.problems), 'fault')}; nothing was taken")
            return 1
        if not made.changes or dry_run:
            told = f"{_counted(len(made.changes), 'change')}, {_counted(len(made.stale), 'row')} refused"
            complain(f"{file}: {told}; nothing was written")
            return 3 if made.stale else 0
        if not yes:
            if not sys.stdin.isatty():
                raise UsageError("nobody is here to ask: say --yes to take these changes, or --dry-run")
            click.confirm(
                f"Take {'this' if len(made.changes) == 1 else 'these'} {_counted(len(made.changes), 'change')}?",
                abort=True,
                err=True,
            )
        refused = [(change, why) for change, why in apply(ledger, made) if why is not None]
    for change, why in refused:
        complain(f"row {change.row}: {why}")
    taken = len(made.changes) - len(refused)
    complain(f"{file}: {_counted(taken, 'change')} taken, {len(refused) + len(made.stale)} refused")
    return 3 if refused or made.stale else 0


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"

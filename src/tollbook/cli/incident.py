"""``incident``: one incident in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from tollbook.cli.help import ExamplesFirst
from tollbook.cli.linking import check_one, link_input, linked_input
from tollbook.cli.output import Progress, print_line, print_text
from tollbook.cli.reading import settings_of
from tollbook.errors import UsageError

if TYPE_CHECKING:
    from tollbook.link.claims import LinkClaim


@click.command(
    cls=ExamplesFirst,
    short_help="Print one incident: who says what, by origin.",
    examples=(
        "tollbook incident i-3f2a… --ledger ledger.db",
        "tollbook incident i-3f2a… articles/",
        "tollbook incident i-3f2a… --ledger ledger.db --json",
    ),
)
@click.argument("incident", metavar="INCIDENT")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(allow_dash=True))
@linked_input
@click.option("--json", "--jsonl", "as_json", is_flag=True, help="The line that `incidents --jsonl` has of it.")
@click.pass_context
def incident(context: click.Context, /, incident: str, paths: tuple[str, ...], as_json: bool, **options: Any) -> int:
    """Print one incident: who claims what, the range of each harm with the figure of each origin, how many documents,
    outlets and independent origins tell of it, the totals that cover it, and its claims with their words.

    INCIDENT is an id that `tollbook incidents` prints for the same input; its beginning is enough.
    """
    from tollbook.incidents.told import incident_lines

    with Progress(settings_of(context, as_is=options.get("as_is"), outlet=options.get("outlet"))) as progress:
        if options["place"] is not None and options["weights_file"] is None:
            check_one(paths, options)
            rows, claims = _held(options["place"], incident.rstrip("…"))
        else:
            rows, claims = _linked(link_input(context, paths, options, progress), incident.rstrip("…"))
        if len(rows) != 1:
            several = f"the beginning of several ids ({', '.join(row['id'] for row in rows[:3])} …)"
            raise UsageError(f"{incident}: {several if rows else 'no incident of this input'}")
        if as_json:
            print_line(rows[0])
        else:
            print_text("\n".join(incident_lines(rows[0], claims)))
        return progress.status()


def _linked(linked: Any, beginning: str) -> tuple[list[Any], Mapping[str, LinkClaim]]:
    from tollbook.incidents import incident_row

    found = [one for one in linked.incidents if one.id.startswith(beginning)]
    claims = {claim.id: claim for one in found[:1] for claim in (*one.claims, *linked.totals)}
    return [incident_row(one) for one in found], claims


def _held(place: str, beginning: str) -> tuple[list[Any], Mapping[str, LinkClaim]]:
    """What a ledger holds, with people's corrections."""
    from tollbook.exports import ExportFilter, Wants
    from tollbook.grouping import incident_rows
    from tollbook.incidents.told import chosen
    from tollbook.ledger import Ledger
    from tollbook.link.claims import link_claim
    from tollbook.sharing import LedgerMaterial

    with Ledger.open(place, read_only=True) as ledger:
        rows = chosen(incident_rows(ledger), beginning)
        ids = tuple(id for row in rows[:1] for id in (*row["claims"], *row["totals"]))
        material = LedgerMaterial(ledger, ExportFilter(ids=ids), Wants(names=True, inferred=True))
        return list(rows), {row.id: link_claim(row.json) for row in material.claims(rejected=True)}

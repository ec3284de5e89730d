"""The command line: parse, call, print. Nothing is decided here.

Commands import what they need when they run, so that ``tollbook --help`` answers at once. Data goes to standard
output, everything else to standard error.

Exit status: 0 all well, 1 failure, 2 wrong use, 3 some documents failed, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tollbook import __version__
from tollbook.cli import ledger, review  # the modules: their commands have the same names
from tollbook.cli.about import completion, config, schema
from tollbook.cli.coding import compare
from tollbook.cli.comparing import check, diff
from tollbook.cli.editing import importing
from tollbook.cli.exporting import export
from tollbook.cli.help import ExamplesFirstGroup
from tollbook.cli.incident import incident
from tollbook.cli.linking import incidents, link, why
from tollbook.cli.output import complain, pacify
from tollbook.cli.plotting import plot
from tollbook.cli.reading import clean, read, spans, tally
from tollbook.cli.serving import accounts, serve
from tollbook.cli.spark import spark
from tollbook.errors import TollbookError, UsageError

EXAMPLES = (
    "tollbook read article.html                        the claims of one article, each with its words",
    "tollbook read articles/ --jsonl > claims.jsonl    a whole folder, one claim a line",
    "tollbook read article.txt --published 2024-03-05 --html claims.html",
    "tollbook read - < article.txt                     from standard input",
    "tollbook tally article.html                       killed and injured, incident by incident",
)


@click.group(
    cls=ExamplesFirstGroup,
    examples=EXAMPLES,
    context_settings={"max_content_width": 100},
    epilog="Exit status: 0 all well, 1 failure, 2 wrong use, 3 some documents failed (each is named), 130 interrupted.",
)
@click.version_option(__version__, "-V", "--version", message="tollbook %(version)s")
@click.option(
    "--config", "config_file", type=click.Path(path_type=Path), help="Settings file, instead of ./tollbook.toml."
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), help="Colours in the terminal.")
@click.option("--progress/--no-progress", default=None, help="Progress on the terminal while a long input is read.")
@click.pass_context
def tollbook(context: click.Context, config_file: Path | None, color: str | None, progress: bool | None) -> None:
    """Read news reports: who says how many people were harmed, where, when and by whom.

    Tollbook reports what is claimed, never what is true.
    """
    context.obj = {"config": config_file, "flags": {"color": color, "progress": progress}}


ON_DOCUMENTS = (read, clean, spans, tally)
ON_INCIDENTS = (incidents, incident, why, link)
ON_A_LEDGER = (ledger.add, ledger.ledger, review.review, ledger.judgements, serve, accounts, plot, export, importing)

for command in (*ON_DOCUMENTS, diff, check, compare, *ON_INCIDENTS, *ON_A_LEDGER, spark, schema, config, completion):
    tollbook.add_command(command)


def main() -> None:
    """Run the command line and exit."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; nothing escapes as a traceback unless ``TOLLBOOK_DEBUG`` is set."""
    pacify()
    try:
        if "_TOLLBOOK_COMPLETE" in os.environ:
            tollbook.main(prog_name="tollbook")  # answers the shell and exits
        # Not click's own main(): it would turn a closed pipe into a failure.
        with tollbook.make_context("tollbook", list(arguments)) as context:
            status = tollbook.invoke(context)
        sys.stdout.flush()
        return int(status or 0)
    except click.exceptions.Exit as done:
        return done.exit_code
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return 130
    except BrokenPipeError:  # whoever reads our output has seen enough
        _discard_output()
        return 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except UsageError as error:
        complain(str(error))
        return 2
    except TollbookError as error:
        complain(str(error))
        return 1
    except Exception as error:  # the last resort: a sentence and an exit status, a traceback with TOLLBOOK_DEBUG
        return _unexpected(error)


def _unexpected(error: Exception) -> int:
    if os.environ.get("TOLLBOOK_DEBUG"):
        raise error
    if isinstance(error, OSError) and error.strerror:
        _discard_output()
        complain(f"{error.filename or 'standard output'}: {error.strerror}")
        return 1
    complain(
        f"internal error, {type(error).__name__}: {error}",
        "This is a fault of Tollbook: please run it again with TOLLBOOK_DEBUG=1 and report what it prints.",
    )
    return 1


def _discard_output() -> None:
    """What is still in the buffer has nowhere to go; Python would complain of it on exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

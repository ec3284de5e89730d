"""Writes the reference of the command line from its own --help: scripts/write_cli_reference.py docs/cli.md"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from tollbook.cli import tollbook

HEAD = """\
# The command line

This page is written by `make docs` from what `--help` prints; change the help, not the page.

Data goes to standard output, in UTF-8; messages and progress go to standard error, progress only on a terminal. With
`--jsonl` each line is one JSON object, sent as soon as its document is done; `tollbook schema` prints what the objects
hold. `key` is the `id` that a JSON line brought, else the path as given.

| exit status | meaning |
|---|---|
| 0 | all well |
| 1 | failure |
| 2 | wrong use |
| 3 | some documents failed: each is named on standard error with the reason, the rest is done |
| 130 | interrupted: what was printed before is complete |

Settings come from flags, `TOLLBOOK_*` variables and `tollbook.toml`, the first of these that has one; `NO_COLOR` is
honoured. Control characters and direction overrides in article text are shown (`⟨U+001B⟩`), never sent to a terminal.
"""


def commands(command: click.Command, name: str, parent: click.Context | None) -> Iterator[tuple[str, str]]:
    """Every command with its help, the root first."""
    settings = {**command.context_settings, "terminal_width": 100, "max_content_width": 100}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for child in sorted(command.commands):
            yield from commands(command.commands[child], child, context)


def reference() -> str:
    """The page."""
    parts = [HEAD]
    for path, text in commands(tollbook, "tollbook", None):
        body = "\n".join(line.rstrip() for line in text.splitlines())
        parts.append(f"## {path}\n\n```text\n{body}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), "utf-8")

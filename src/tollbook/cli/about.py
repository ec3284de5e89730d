"""``schema``, ``config`` and ``completion``: the commands about the program itself."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import fields

import click

from tollbook.cli.help import ExamplesFirst, ExamplesFirstGroup
from tollbook.cli.output import console, print_line
from tollbook.errors import UsageError
from tollbook.settings import MEANINGS, Settings, resolve


@click.command(
    cls=ExamplesFirst,
    short_help="Print the JSON Schema of what --jsonl prints.",
    examples=(
        "tollbook schema                 the names",
        "tollbook schema claim           the JSON Schema of a claim",
        "tollbook schema tollbook.document/1 > document.schema.json",
    ),
)
@click.argument("name", required=False)
def schema(name: str | None) -> int:
    """Print the JSON Schema (draft 2020-12) of what the commands print with --jsonl."""
    from tollbook.schema import NAMES, json_schema

    if name is None:
        for full, meaning in NAMES.items():
            sys.stdout.write(f"{full:24} {meaning}\n")
        return 0
    sys.stdout.write(json.dumps(json_schema(name), ensure_ascii=False, indent=2) + "\n")
    return 0


@click.group(
    cls=ExamplesFirstGroup,
    short_help="Show the settings and where they come from.",
    examples=(
        "tollbook config show",
        'TOLLBOOK_OUTLET="Northern Post" tollbook config show',
    ),
)
def config() -> None:
    """Settings: flags win over TOLLBOOK_* variables, these over tollbook.toml, that over the defaults."""


@config.command(
    cls=ExamplesFirst,
    short_help="Print every setting with its value and origin.",
    examples=(
        "tollbook config show",
        "tollbook --color never config show --jsonl",
    ),
)
@click.option("--jsonl", is_flag=True, help="JSON, one setting a line.")
@click.pass_context
def show(context: click.Context, jsonl: bool) -> int:
    """Print every setting with its value and where the value comes from."""
    root = context.find_root().obj
    resolved = resolve(root["flags"], os.environ, root["config"])
    rows = [(f.name, getattr(resolved.settings, f.name), resolved.origins[f.name]) for f in fields(Settings)]
    if jsonl:
        for name, value, origin in rows:
            print_line({"name": name, "value": value, "origin": origin})
        return 0
    from tollbook.show.table import print_settings

    print_settings(console(resolved.settings), [(*row, MEANINGS[row[0]]) for row in rows])
    return 0


@click.command(
    cls=ExamplesFirst,
    short_help="Make the Tab key complete commands and options.",
    examples=(
        "tollbook completion bash >> ~/.bashrc",
        "tollbook completion zsh >> ~/.zshrc",
        "tollbook completion fish > ~/.config/fish/completions/tollbook.fish",
    ),
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the lines that make the Tab key complete commands, options and layers in your shell."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise UsageError(f"{shell}: no completion for this shell; there is one for bash, zsh and fish")
    from tollbook.cli import tollbook

    sys.stdout.write(found(tollbook, {}, "tollbook", "_TOLLBOOK_COMPLETE").source() + "\n")
    return 0

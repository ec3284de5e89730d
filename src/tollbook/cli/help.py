"""Help that begins with examples: most people copy one and change it."""

from __future__ import annotations

from typing import Any

import click


class ExamplesFirst(click.Command):
    """A command whose help begins with ``examples``, lines that can be copied as they stand."""

    def __init__(self, *args: Any, examples: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here, not only at the root: a command that is run by itself has the same -h.
        self.context_settings.setdefault("help_option_names", ["-h", "--help"])
        self.examples = examples

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Examples, then what click writes."""
        formatter.write("Examples:\n" + "".join(f"  {line}\n" for line in self.examples) + "\n")
        super().format_help(ctx, formatter)


class ExamplesFirstGroup(ExamplesFirst, click.Group):
    """The same for a group of commands."""

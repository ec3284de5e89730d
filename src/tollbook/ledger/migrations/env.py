"""Runs the revisions on the connection that :func:`tollbook.ledger.schema.migrate` hands in."""

from __future__ import annotations

from alembic import context

from tollbook.ledger.tables import metadata


def run() -> None:
    """Every revision that is due, within the caller's transaction."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name that Alembic gives it; importing it otherwise (to collect tests, say) does nothing
    run()

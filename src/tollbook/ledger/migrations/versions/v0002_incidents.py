"""Incidents, and where a judgement on an incident stands now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Forward; there is no way back, an older program says so when it meets a newer ledger."""
    op.add_column("judgements", sa.Column("incident", sa.String(64)))
    op.create_table(
        "incidents",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("grade", sa.Text),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("date_from", sa.Text),
        sa.Column("date_to", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("incidents_date", "incidents", ["date_from", "id"])
    op.create_table(
        "members",
        sa.Column("claim", sa.String(64), primary_key=True),
        sa.Column("incident", sa.String(64), nullable=False),
    )
    op.create_index("members_incident", "members", ["incident"])

"""The log, what it keeps, and the first projections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Forward; there is no way back, an older program says so when it meets a newer ledger."""
    op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("projection", sa.Integer, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor", sa.String(64), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_table(
        "payloads",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "blobs",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "actors",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "documents",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("first_seq", sa.Integer, nullable=False),
        sa.Column("readings", sa.Integer, nullable=False),
        sa.Column("reading", sa.String(64)),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("outlet", sa.Text),
        sa.Column("title", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("sha256", sa.String(64)),
        sa.Column("raw_sha256", sa.String(64)),
        sa.Column("raw_kept", sa.Integer, nullable=False),
        sa.Column("made_by", sa.Text),
        sa.Column("claims", sa.Integer, nullable=False),
        sa.Column("statements", sa.Integer, nullable=False),
    )
    op.create_index("documents_outlet", "documents", ["outlet"])
    op.create_index("documents_published", "documents", ["published", "id"])
    op.create_table(
        "claims",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("superseded_by", sa.Integer),
        sa.Column("by_hand", sa.Integer, nullable=False),
        sa.Column("review", sa.Text),
        sa.Column("harm", sa.Text, nullable=False),
        sa.Column("low", sa.Integer),
        sa.Column("high", sa.Integer),
        sa.Column("event_type", sa.Text),
        sa.Column("date_from", sa.Text),
        sa.Column("date_to", sa.Text),
        sa.Column("country", sa.Text),
        sa.Column("stance", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("claims_document", "claims", ["document", "superseded_by"])
    op.create_index("claims_date", "claims", ["date_from"])
    op.create_table(
        "statements",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("superseded_by", sa.Integer),
        sa.Column("kind", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("statements_document", "statements", ["document", "superseded_by"])
    op.create_table(
        "judgements",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.String(130), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("other", sa.String(64)),
        sa.Column("undone_by", sa.Integer),
        sa.Column("orphaned_by", sa.Integer),
        sa.Column("changed", sa.Text),
        sa.Column("judged_as", sa.Text),
        sa.Column("json", sa.Text, nullable=False),
    )
    op.create_index("judgements_key", "judgements", ["key"])
    op.create_index("judgements_subject", "judgements", ["subject"])
    op.create_index("judgements_other", "judgements", ["other"])

"""The tables of a ledger. Two kinds: what is kept for ever, and what can be made again from it.

Kept: ``events`` (the hash chain), ``payloads`` (what the events say; erasable), ``blobs`` (raw bytes; erasable),
``actors`` (names behind the ids in the chain; erasable) and ``head`` (the end of the chain, which writers queue for).
Everything else is a projection: ``rebuild`` empties it and plays the log again. Only types that SQLite and PostgreSQL
share are used; JSON is kept as text, so that two engines and two rebuilds agree to the byte.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

PROJECTION = 2  # raise it when a projection changes: ledgers made before are rebuilt from their log when next opened

metadata = MetaData()

head = Table(
    "head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("seq", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("projection", Integer, nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),  # UTC, ISO 8601, microseconds
    Column("actor", String(64), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),  # SHA-256 of salt and payload
    Column("hash", String(64), nullable=False),
)

payloads = Table(
    "payloads",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("salt", String(64), nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib over canonical JSON
)

blobs = Table(
    "blobs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib over the raw bytes
)

actors = Table(
    "actors",
    metadata,
    Column("id", String(64), primary_key=True),  # "p-" and 32 hex digits of SHA-256 over salt and name
    Column("salt", String(64), nullable=False),
    Column("name", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),  # the event of the current reading: the document's revision
    Column("first_seq", Integer, nullable=False),
    Column("readings", Integer, nullable=False),
    Column("reading", String(64)),  # digest of what was read; None where it was erased
    Column("state", Text, nullable=False),  # read, masked, erased
    Column("key", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("url", Text),
    Column("language", Text),
    Column("published", Text),
    Column("sha256", String(64)),
    Column("raw_sha256", String(64)),
    Column("raw_kept", Integer, nullable=False),
    Column("made_by", Text),
    Column("claims", Integer, nullable=False),
    Column("statements", Integer, nullable=False),
)
Index("documents_outlet", documents.c.outlet)
Index("documents_published", documents.c.published, documents.c.id)

claims = Table(
    "claims",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),  # the event that it was read in
    Column("position", Integer, nullable=False),
    Column("document", String(64), nullable=False),
    Column("superseded_by", Integer),  # the event that ended it; None: current
    Column("by_hand", Integer, nullable=False),
    Column("review", Text),  # accepted, rejected, corrected, unsure; None: nobody has judged it
    Column("harm", Text, nullable=False),
    Column("low", Integer),
    Column("high", Integer),
    Column("event_type", Text),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("country", Text),
    Column("stance", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("json", Text, nullable=False),
)
Index("claims_document", claims.c.document, claims.c.superseded_by)
Index("claims_date", claims.c.date_from)

statements = Table(
    "statements",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("document", String(64), nullable=False),
    Column("superseded_by", Integer),
    Column("kind", Text),
    Column("json", Text, nullable=False),
)
Index("statements_document", statements.c.document, statements.c.superseded_by)

judgements = Table(
    "judgements",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", String(130), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("other", String(64)),
    Column("undone_by", Integer),  # the event that undid it
    Column("orphaned_by", Integer),  # the event after which the words no longer made that claim
    Column("changed", Text),  # fields that the same words were later read otherwise in, a JSON list
    Column("incident", String(64)),  # where a judgement on an incident stands now
    Column("judged_as", Text),  # the claims as they were when judged, a JSON list
    Column("json", Text, nullable=False),
)
Index("judgements_key", judgements.c.key)
Index("judgements_subject", judgements.c.subject)
Index("judgements_other", judgements.c.other)

incidents = Table(
    "incidents",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),  # the event that last changed it: its revision
    Column("status", Text, nullable=False),  # candidate, confirmed
    Column("grade", Text),
    Column("claims", Integer, nullable=False),
    Column("date_from", Text),
    Column("date_to", Text),
    Column("country", Text),
    Column("json", Text, nullable=False),
)
Index("incidents_date", incidents.c.date_from, incidents.c.id)

members = Table(
    "members",
    metadata,
    Column("claim", String(64), primary_key=True),
    Column("incident", String(64), nullable=False),
)
Index("members_incident", members.c.incident)

KEPT = (head, events, payloads, blobs, actors)
PROJECTIONS = (documents, claims, statements, judgements, incidents, members)

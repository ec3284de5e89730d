"""Taking a linker's partition into the ledger; only what differs from the last one is written."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from tollbook.errors import LedgerError
from tollbook.ledger.events import Clock, canonical, lock
from tollbook.ledger.project import record
from tollbook.ledger.rows import Cluster
from tollbook.ledger.tables import claims, incidents, judgements, members


def put(connection: Connection, clusters: Sequence[Cluster], made_by: str, clock: Clock) -> int | None:
    """Makes ``clusters`` the incidents; returns the event's number, ``None`` where nothing differs.

    Raises :class:`LedgerError` for a claim in two incidents, an unknown or superseded claim, or a pair that people
    called different in one incident.
    """
    lock(connection)
    incident_of = _partition(clusters)
    _check_claims(connection, incident_of)
    _check_pairs(connection, incident_of)
    stands = {row.id: row.json for row in connection.execute(select(incidents.c.id, incidents.c.json))}
    held: dict[str, set[str]] = {}
    for row in connection.execute(select(members)):
        held.setdefault(row.incident, set()).add(row.claim)
    put_ = [
        {"id": cluster.id, "claims": sorted(cluster.claims), "summary": dict(cluster.summary)}
        for cluster in clusters
        if stands.get(cluster.id) != canonical(dict(cluster.summary)).decode("ascii")
        or held.get(cluster.id) != set(cluster.claims)
    ]
    drop = sorted(stands.keys() - {cluster.id for cluster in clusters})
    if not put_ and not drop:
        return None
    return record(connection, "clustered", {"made_by": made_by, "put": put_, "drop": drop}, "tollbook", clock)


def _partition(clusters: Sequence[Cluster]) -> dict[str, str]:
    incident_of: dict[str, str] = {}
    if len({cluster.id for cluster in clusters}) != len(clusters):
        raise LedgerError("two incidents of one partition have the same id; nothing was written")
    for cluster in clusters:
        for claim in cluster.claims:
            if incident_of.setdefault(claim, cluster.id) != cluster.id:
                raise LedgerError(f"the claim {claim} is in two incidents of one partition; nothing was written")
    return incident_of


def _check_claims(connection: Connection, incident_of: dict[str, str]) -> None:
    current = set(connection.execute(select(claims.c.id).where(claims.c.superseded_by.is_(None))).scalars())
    unknown = sorted(incident_of.keys() - current)
    if unknown:
        raise LedgerError(
            f"{len(unknown)} claims of the partition are unknown or superseded here ({unknown[0]}, …): "
            "the ledger has changed since they were read; link again"
        )


def _check_pairs(connection: Connection, incident_of: dict[str, str]) -> None:
    query = select(judgements.c.id, judgements.c.subject, judgements.c.other).where(
        judgements.c.kind == "different", judgements.c.undone_by.is_(None), judgements.c.orphaned_by.is_(None)
    )
    for row in connection.execute(query):
        if incident_of.get(row.subject) is not None and incident_of.get(row.subject) == incident_of.get(row.other):
            raise LedgerError(
                f"the partition joins {row.subject} and {row.other}, which people called different ({row.id}); "
                "link again"
            )

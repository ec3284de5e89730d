"""The ledger: an append-only log of readings and judgements, in a SQLite file or in PostgreSQL.

>>> import tempfile, pathlib
>>> with Ledger.open(pathlib.Path(tempfile.mkdtemp()) / "ledger.db", create=True) as ledger:
...     ledger.verify().clean, ledger.head()[0]
(True, 1)
"""

from tollbook.ledger.moving import Applied, apply_judgements, export_judgements
from tollbook.ledger.rows import (
    AddResult,
    ClaimFilter,
    Cluster,
    IncidentFilter,
    Judged,
    StoredClaim,
    StoredDocument,
    StoredIncident,
    StoredJudgement,
    StoredStatement,
)
from tollbook.ledger.seal import Seal, Signer, Stamper
from tollbook.ledger.store import Ledger
from tollbook.ledger.transfer import restore
from tollbook.ledger.verify import Damage, Report

__all__ = [
    "AddResult", "Applied", "ClaimFilter", "Cluster", "Damage", "IncidentFilter", "Judged", "Ledger", "Report", "Seal",
    "Signer", "Stamper", "StoredClaim", "StoredDocument", "StoredIncident", "StoredJudgement", "StoredStatement",
    "apply_judgements", "export_judgements", "restore",
]  # fmt: skip

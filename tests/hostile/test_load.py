"""A team at work, for some seconds; ``python -m benchmarks.load`` does it with 55 people for five minutes."""

from __future__ import annotations

from benchmarks.load import run


def test_a_team_at_work_loses_nothing(place: str) -> None:
    """Readers and reviewers at once, over SQLite and PostgreSQL; then the server is killed: no error, every decision
    that was acknowledged stands there once, under its reviewer's name, and the ledger verifies."""
    found = run(place, readers=8, reviewers=3, seconds=8, claims=400)
    assert found["wrong"] == {} and found["faults in the log"] == 0
    assert (found["lost"], found["doubled"], found["clean"]) == (0, 0, True)
    assert isinstance(found["judgements"], int) and found["judgements"] > 0
    assert isinstance(found["requests"], int) and found["requests"] > 20

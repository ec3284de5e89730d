"""The log: what is tampered with is found, what is redacted is gone, and playing it again makes the same tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from tests.ledger.made import NIGHT, document, judgement, raw_of, reading, tables
from tollbook.errors import JudgementError, LedgerError, UsageError
from tollbook.ledger import Cluster, Ledger, StoredDocument


def fill(ledger: Ledger) -> None:
    """Two documents, one read again, judgements of all kinds, incidents."""
    doc, (killed, hurt) = reading()
    ledger.add_document(doc, (killed, hurt), raw_of(doc))
    other, (there, _) = reading(outlet="Harbour Post")
    ledger.add_document(other, (there,), raw_of(other))
    ledger.judge(judgement("accept", killed.id, note="checked with Amal Haddad"))
    ledger.judge(judgement("same", killed.id, "Ben", 1, other=there.id))
    ledger.put_clusters([Cluster("i-1", (killed.id, there.id)), Cluster("i-2", (hurt.id,))], "test")
    ledger.judge(judgement("confirm", "i-1", minute=2))
    ledger.add_document(doc, (killed,))
    ledger.record("exported", {"format": "csv", "filter": {}}, "Ines")


def execute(ledger: Ledger, statement: str, **values: Any) -> None:
    """What somebody with access to the database does behind the ledger's back."""
    with ledger._engine.connect().execution_options(ledger_write=True) as connection, connection.begin():
        assert connection.execute(text(statement), values).rowcount > 0


def damages(ledger: Ledger) -> str:
    """What ``verify`` says, in one string."""
    report = ledger.verify()
    assert report.clean == (not report.damages)
    return "; ".join(f"{damage.where}: {damage.what}" for damage in report.damages)


def test_a_full_ledger_is_clean_and_rebuilds_exactly(ledger: Ledger) -> None:
    """Every row of every projection is the same after playing the log again."""
    fill(ledger)
    report = ledger.verify()
    assert report.clean and (report.events, report.blobs, report.redacted) == (9, 1, 0)
    before = tables(ledger)
    assert ledger.rebuild() == 9
    assert tables(ledger) == before
    assert all(before[name] for name in before if name != "statements")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE events SET at = '2031-01-01' WHERE seq = 3", "event 3: changed after it was written"),
        ("UPDATE events SET kind = 'judged' WHERE seq = 9", "event 9: changed after it was written"),
        ("UPDATE events SET actor = (SELECT actor FROM events WHERE seq = 1) WHERE seq = 4", "event 4: changed"),
        ("UPDATE payloads SET salt = (SELECT salt FROM payloads WHERE seq = 3) WHERE seq = 2", "event 2: its payload"),
        ("UPDATE payloads SET body = (SELECT body FROM payloads WHERE seq = 4) WHERE seq = 5", "event 5: its payload"),
        ("DELETE FROM payloads WHERE seq = 4", "event 4: its payload is missing, and no redaction"),
        ("DELETE FROM events WHERE seq = 4", "event 4: missing"),
        ("DELETE FROM events WHERE seq = 9", "head: says that the log ends with event 9, but it ends with event 8"),
        ("UPDATE actors SET name = 'Somebody' WHERE name = 'Ben'", "the name was changed"),
        ("DELETE FROM actors WHERE name = 'Ben'", "the name is missing, and no redaction"),
        ("UPDATE blobs SET body = (SELECT body FROM payloads WHERE seq = 3)", "the raw bytes were changed"),
        ("DELETE FROM blobs", "its raw bytes are missing"),
        ("UPDATE claims SET low = 99 WHERE low = 12", "differs from what the log says"),
        ("DELETE FROM judgements WHERE kind = 'accept'", "is in the log but not in the table"),
        ("UPDATE incidents SET id = 'i-3' WHERE id = 'i-2'", "incidents i-3: is in the table but not in the log"),
    ],
)
def test_what_was_tampered_with_is_found_and_named(ledger: Ledger, statement: str, words: str) -> None:
    """Whatever is changed, dropped or put in by hand: the report names the event, the name, the file or the row."""
    fill(ledger)
    execute(ledger, statement)
    assert words in damages(ledger)


def test_a_rewritten_projection_is_mended_from_the_log(ledger: Ledger) -> None:
    """Tables are only what the log adds up to."""
    fill(ledger)
    before = tables(ledger)
    execute(ledger, "UPDATE claims SET low = 99, review = NULL")
    ledger.rebuild()
    assert tables(ledger) == before and ledger.verify().clean


def test_a_clock_that_jumps_is_a_note(place: str) -> None:
    """Order comes from numbers; a time before the last one is told, and is no damage."""
    times = iter([dt.datetime(2031, 5, day, tzinfo=dt.UTC) for day in (9, 3, 12, 13, 14)])
    with Ledger.open(place, create=True, clock=lambda: next(times)) as ledger:
        doc, claims = reading()
        ledger.add_document(doc, claims)
        report = ledger.verify()
        assert report.clean
        assert "event 2" in report.notes[0] and "clock" in report.notes[0]


def test_the_ledger_writes_its_own_kinds_of_events_alone(ledger: Ledger) -> None:
    """Nobody puts a judgement into the log past the rules."""
    with pytest.raises(UsageError):
        ledger.record("judged", {})


# --- redaction ---------------------------------------------------------------------------------------------------


def everything(place: str, ledger: Ledger) -> bytes:
    """All bytes that the ledger's payloads, tables and (for a file) free pages hold, unpacked where they are packed."""
    import zlib

    found = []
    with ledger._engine.connect() as connection:
        for body in connection.execute(text("SELECT body FROM payloads UNION ALL SELECT body FROM blobs")).scalars():
            found.append(zlib.decompress(bytes(body)))
        for name in ("documents", "claims", "statements", "judgements", "incidents", "actors"):
            found += [repr(tuple(row)).encode() for row in connection.execute(text(f"SELECT * FROM {name}"))]
    if "://" not in place:
        found += [path.read_bytes() for path in Path(place).parent.iterdir()]
    return b"\n".join(found)


def test_a_document_is_erased(place: str, ledger: Ledger) -> None:
    """Text, claims, judgements and raw bytes are gone, the chain verifies, a tombstone stays and keeps it out."""
    fill(ledger)
    doc, claims = reading()
    chain = [event.hash for event in ledger.events()]
    done = ledger.redact(document=doc.source.id, actor="Noor", reason="the editor asked for it")
    assert done.erased == (doc.source.id,) and done.payloads == 5  # two readings, two judgements, one linking
    assert ledger.verify().clean and ledger.verify().redacted == 5
    assert [event.hash for event in ledger.events()][:-1] == chain
    assert [event.payload for event in ledger.events()][1] is None
    (other, tombstone) = sorted(ledger.documents(), key=lambda d: d.state == "erased")
    assert (tombstone.state, tombstone.title, tombstone.claims) == ("erased", None, 0)
    assert [c.document for c in ledger.claims()] == [other.id]
    assert ledger.raw(other.id) == raw_of(doc)  # the other outlet printed the same bytes
    assert [i.id for i in ledger.incidents()] == []
    assert ledger.add_document(doc, claims, raw_of(doc)).outcome == "redacted"
    with pytest.raises(LedgerError, match="erased"):
        ledger.document(doc.source.id)
    with pytest.raises(LedgerError, match="already"):
        ledger.redact(document=doc.source.id, actor="Noor", reason="again")
    with pytest.raises(LedgerError, match="no document"):
        ledger.redact(document="d-0", actor="Noor", reason="again")
    ledger.redact(document=other.id, actor="Noor", reason="this one too")
    assert b"Tellhaf" not in everything(place, ledger)
    before = tables(ledger)
    ledger.rebuild()
    assert tables(ledger) == before and ledger.verify().clean


def test_a_name_is_masked_everywhere(place: str, ledger: Ledger) -> None:
    """Text, speaker, note, file name and raw bytes: the name is gone, every offset holds, the chain verifies."""
    fill(ledger)
    third = document("No names here.", key="people/amal-haddad.txt", url="https://example.org/AMAL%20HADDAD")
    ledger.add_document(third, (), raw_of(third))
    assert b"Amal Haddad" in everything(place, ledger)
    done = ledger.redact(name="Amal  haddad", actor="Noor", reason="she asked for it")
    assert len(done.masked) == 3 and len(done.blobs) == 2
    held = everything(place, ledger).lower()
    assert not [form for form in (b"amal haddad", b"amal-haddad", b"amal%20haddad", b"haddad") if form in held]
    doc, claims = reading()
    masked = ledger.document(doc.source.id)
    assert len(masked.text) == len(doc.text) and "█" * 11 in masked.text
    for stored in ledger.claims():
        count = stored.json["count"]
        assert ledger.document(stored.document).text[count["start"] : count["end"]] == count["text"]
    assert ledger.raw(doc.source.id) is None
    assert ledger.add_document(doc, claims).outcome == "redacted"  # it would bring the name back
    assert ledger.verify().clean
    before = tables(ledger)
    ledger.rebuild()
    assert tables(ledger) == before
    with pytest.raises(LedgerError, match="nowhere"):
        ledger.redact(name="Amal Haddad", actor="Noor", reason="again")


def test_the_name_of_a_reviewer_is_masked(place: str, ledger: Ledger) -> None:
    """The chain holds ids for people, not names: the name goes, the judgement and its rights stay."""
    fill(ledger)
    done = ledger.redact(name="Ines", actor="Noor", reason="for her safety")
    assert len(done.actors) == 1
    assert b"Ines" not in everything(place, ledger)
    assert ledger.verify().clean
    assert {e.actor for e in ledger.events() if e.kind == "judged"} == {None, "Ben"}
    stored = next(j for j in ledger.judgements() if j.judgement.kind == "accept")
    with pytest.raises(JudgementError, match=stored.judgement.id):
        ledger.judge(judgement("reject", stored.judgement.subject, "Ben", 7))


def test_a_reader_in_the_way_of_a_redaction_is_told(tmp_path: Path) -> None:
    """While somebody reads, erased bytes stay in the write-ahead file: said, not passed over, and mended afterwards."""
    place = str(tmp_path / "ledger.db")
    with Ledger.open(place, create=True, wait=0.2) as ledger, Ledger.open(place, read_only=True) as reader:
        fill(ledger)
        reading_on = reader.claims()
        next(reading_on)
        with pytest.raises(LedgerError, match=r"redaction is done.*ledger scrub"):
            ledger.redact(name="Amal Haddad", actor="Noor", reason="she asked for it")
        reading_on.close()  # type: ignore[attr-defined]
        ledger.scrub()
        assert b"Amal Haddad" not in everything(place, ledger)
        assert ledger.verify().clean


def test_redaction_covers_nothing_else(ledger: Ledger) -> None:
    """Erasing a payload by hand, or putting another in its place, is found even where redactions have been."""
    fill(ledger)
    ledger.redact(name="Amal Haddad", actor="Noor", reason="she asked for it")
    execute(ledger, "UPDATE payloads SET body = (SELECT body FROM payloads WHERE seq = 3) WHERE seq = 2")
    assert "event 2: its payload was changed" in damages(ledger)
    execute(ledger, "DELETE FROM payloads WHERE seq = 2")
    assert "event 2: its payload is missing" in damages(ledger)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ({"name": "Al"}, "three letters"),
        ({"name": "killed"}, "word of the records"),
        ({"name": "Amal Haddad", "reason": "Amal Haddad wrote"}, "leave the redacted name out"),
        ({}, "either"),
        ({"name": "Amal Haddad", "document": "d-1"}, "either"),
    ],
)
def test_orders_that_would_do_harm_are_refused(ledger: Ledger, order: dict[str, str], words: str) -> None:
    """Too short a name, a word of the records' own, a reason that repeats the name, both at once or neither."""
    fill(ledger)
    with pytest.raises(UsageError, match=words):
        ledger.redact(**{"actor": "Noor", "reason": "because", **order})


# --- any history -------------------------------------------------------------------------------------------------

TEXTS = [f"{NIGHT} Edition {n}." for n in range(3)]
some = st.integers(0, 5)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 2), st.integers(0, 3)),
        st.tuples(st.just("judge"), st.sampled_from(["accept", "reject", "unsure"]), st.integers(0, 5)),
        st.tuples(st.just("pair"), st.sampled_from(["same", "different"]), st.tuples(some, some)),
        st.tuples(st.just("undo"), st.just(""), st.integers(0, 5)),
        st.tuples(st.just("link"), st.just(""), st.integers(1, 3)),
        st.tuples(st.just("confirm"), st.just(""), st.integers(0, 2)),
        st.tuples(st.just("erase"), st.just(""), st.integers(0, 2)),
        st.tuples(st.just("mask"), st.sampled_from(["Amal Haddad", "Ines"]), st.just(0)),
    ),
    max_size=14,
)


def play(ledger: Ledger, history: list[Any]) -> None:
    """Does what a history says; what the rules refuse is left out."""
    for minute, (what, first, second) in enumerate(history):
        current = [stored.id for stored in ledger.claims()]
        try:
            if what == "add":
                doc, both = reading(TEXTS[first])
                ledger.add_document(doc, both[: 2 - second // 2] if second else (), raw_of(doc) if second % 2 else None)
            elif what == "judge":
                ledger.judge(judgement(first, current[second % len(current)], minute=minute))
            elif what == "pair":
                one, two = (current[n % len(current)] for n in second)
                ledger.judge(judgement(first, one, minute=minute, other=two))
            elif what == "undo":
                known = list(ledger.judgements())
                ledger.judge(judgement("undo", known[second % len(known)].judgement.id, minute=minute))
            elif what == "link":
                groups = [current[n::second] for n in range(second)]
                ledger.put_clusters([Cluster(f"i-{n}", tuple(g)) for n, g in enumerate(groups) if g], "test")
            elif what == "confirm":
                ledger.judge(judgement("confirm", f"i-{second}", minute=minute))
            elif what == "erase":
                ledger.redact(document=document(TEXTS[second]).source.id, actor="Noor", reason="asked")
            elif what == "mask":
                ledger.redact(name=first, actor="Noor", reason="asked")
        except (JudgementError, LedgerError, ZeroDivisionError):
            continue


@settings(max_examples=40)
@given(steps)
def test_any_history_rebuilds_exactly(tmp_path_factory: pytest.TempPathFactory, history: list[Any]) -> None:
    """Property 7: whatever was added, judged, linked and redacted, the log makes the same tables again."""
    with Ledger.open(tmp_path_factory.mktemp("any") / "ledger.db", create=True) as ledger:
        play(ledger, history)
        before = tables(ledger)
        assert ledger.verify().damages == ()
        ledger.rebuild()
        assert tables(ledger) == before


@settings(max_examples=20)
@given(steps)
def test_adding_everything_again_changes_nothing(tmp_path_factory: pytest.TempPathFactory, history: list[Any]) -> None:
    """Property 4: reading what the ledger holds once more, whole, leaves every table and the log as they were."""
    with Ledger.open(tmp_path_factory.mktemp("any") / "ledger.db", create=True) as ledger:
        play(ledger, history)
        before, head = tables(ledger), ledger.head()
        for row in list(ledger.documents()):
            again(ledger, row)
        assert (tables(ledger), ledger.head()) == (before, head)


def again(ledger: Ledger, row: StoredDocument) -> None:
    """Adds the document of a row once more, as it was read last."""
    if row.state == "erased":
        return
    machine = [stored.json for stored in ledger.claims() if stored.document == row.id and not stored.by_hand]
    ledger.add_document(ledger.document(row.id), machine) if row.state == "read" else None

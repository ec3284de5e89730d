"""Documents and claims: what goes in comes out, nothing twice, old readings kept; on both engines."""

from __future__ import annotations

import dataclasses
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.made import NEWER, NIGHT, READER, claim, document, judgement, raw_of, reading, tables
from tollbook.errors import InputError, LedgerError, UsageError
from tollbook.ledger import ClaimFilter, Ledger
from tollbook.records import claim_json


def test_a_document_comes_back_as_it_went_in(ledger: Ledger) -> None:
    """Document, claims and raw bytes are the same objects after a round trip through the database."""
    doc, claims = reading()
    assert ledger.add_document(doc, claims, raw_of(doc)).outcome == "added"
    assert ledger.document(doc.source.id) == doc
    assert ledger.raw(doc.source.id) == raw_of(doc)
    assert [stored.record() for stored in ledger.claims()] == list(claims)
    assert [stored.json for stored in ledger.claims()] == [claim_json(c) for c in claims]
    (row,) = ledger.documents()
    assert (row.claims, row.readings, row.state, row.outlet) == (2, 1, "read", "Valley Courier")


def test_adding_twice_changes_nothing(ledger: Ledger) -> None:
    """A second add, also from another path, writes no event and changes no row."""
    doc, claims = reading()
    ledger.add_document(doc, claims, raw_of(doc))
    before, head = tables(ledger), ledger.head()
    moved = dataclasses.replace(doc, source=dataclasses.replace(doc.source, key="elsewhere/night.txt"))
    again = [dataclasses.replace(c, document=moved.source) for c in claims]
    assert ledger.add_document(doc, claims, raw_of(doc)).outcome == "known"
    assert ledger.add_document(moved, again, raw_of(doc)).outcome == "known"
    assert (tables(ledger), ledger.head()) == (before, head)


def test_raw_bytes_can_be_left_out(ledger: Ledger) -> None:
    """Without raw bytes only their hash is kept, and that is no damage."""
    doc, claims = reading()
    ledger.add_document(doc, claims)
    assert ledger.raw(doc.source.id) is None
    assert ledger.verify().clean


def test_a_newer_reading_supersedes_and_keeps_the_old(ledger: Ledger) -> None:
    """The old claims stay, marked; judgements go with words that still make the claim and are named where not."""
    doc, (killed, hurt) = reading()
    ledger.add_document(doc, (killed, hurt), made_by=READER)
    kept = ledger.judge(judgement("accept", killed.id)).judgement
    lost = ledger.judge(judgement("accept", hurt.id, minute=1)).judgement
    better = dataclasses.replace(killed, made_by=NEWER, place=None)
    result = ledger.add_document(doc, [better], made_by=NEWER)
    assert result.outcome == "superseded"
    assert (result.carried, result.orphaned, result.changed) == ((kept.id,), (lost.id,), (kept.id,))
    assert [(c.id, c.review) for c in ledger.claims()] == [(killed.id, "accepted")]
    everything = list(ledger.claims(ClaimFilter(superseded=True)))
    assert sorted(c.superseded_by is None for c in everything) == [False, False, True]
    (stored,) = ledger.judgements(killed.id)
    assert stored.changed == ("place",)
    back = ledger.add_document(doc, (killed, hurt))
    assert (set(back.carried), back.orphaned) == ({kept.id, lost.id}, ())
    assert {c.id: c.review for c in ledger.claims()} == {killed.id: "accepted", hurt.id: "accepted"}
    assert ledger.verify().clean


def test_what_was_read_by_these_versions_can_be_skipped(ledger: Ledger) -> None:
    """An interrupted import knows what it need not read again, documents without a claim included."""
    doc = document("Nothing happened.")
    ledger.add_document(doc, (), made_by=READER)
    assert ledger.has_read(doc.source.id, READER)
    assert not ledger.has_read(doc.source.id, NEWER)
    assert not ledger.has_read("d-0000000000000000", READER)


def test_words_that_do_not_stand_in_the_text_are_refused(ledger: Ledger) -> None:
    """No claim enters whose words are not in the document; the error names the document."""
    doc, (killed, _) = reading()
    moved = dataclasses.replace(killed, count=dataclasses.replace(killed.count, start=0, end=2))
    with pytest.raises(InputError, match=r"night\.txt"):
        ledger.add_document(doc, [moved])
    with pytest.raises(InputError, match="hash"):
        ledger.add_document(dataclasses.replace(doc, text=doc.text + " "), ())
    with pytest.raises(InputError, match="hash"):
        ledger.add_document(doc, (), b"other bytes")
    with pytest.raises(InputError, match="two records"):
        ledger.add_document(doc, (killed, killed))
    assert ledger.head()[0] == 1


def test_filters(ledger: Ledger) -> None:
    """Claims can be asked for by what they say and by where judgements leave them."""
    doc, (killed, hurt) = reading()
    ledger.add_document(doc, (killed, hurt))
    ledger.judge(judgement("reject", hurt.id))

    def ids(**where: object) -> list[str]:
        return [c.id for c in ledger.claims(ClaimFilter(**where))]  # type: ignore[arg-type]

    assert ids(harm="killed") == ids(country="XX") == ids(review="none") == [killed.id]
    assert ids(since="2031-05-03", until="2031-05-03") == [killed.id]
    assert ids(since="2031-05-04") == []
    assert ids(review="rejected") == ids(ids=(hurt.id,)) == [hurt.id]
    assert [c.id for c in ledger.claims(limit=1, offset=1)] == [hurt.id]
    assert ledger.count("claims") == 2
    with pytest.raises(UsageError):
        ledger.count("events")


def test_statements_are_kept_beside_claims(ledger: Ledger) -> None:
    """Statements are generic: any record with an id, superseded like claims."""
    doc, claims = reading()
    words = {"text": "Amal Haddad", "start": doc.text.index("Amal"), "end": doc.text.index("Amal") + 11}
    statement = {"id": "s-0123456789abcdef", "kind": "denial", "speaker": words}
    ledger.add_document(doc, claims, statements=[statement])
    assert [s.json for s in ledger.statements(doc.source.id)] == [statement]
    ledger.add_document(doc, claims)
    assert list(ledger.statements()) == []


@given(st.text(max_size=80), st.text(max_size=20))
def test_any_text_survives(tmp_path_factory: pytest.TempPathFactory, text: str, title: str) -> None:
    """Whatever characters a text, a title or a path has, they come back; NUL and lone surrogates do no harm."""
    with Ledger.open(tmp_path_factory.mktemp("any") / "ledger.db", create=True) as ledger:
        doc = document(text, title=title + "\0\ud800", key="caf\udce9.txt")
        ledger.add_document(doc, ())
        assert ledger.document(doc.source.id) == doc
        assert ledger.verify().clean


def test_odd_characters_on_both_engines(ledger: Ledger) -> None:
    """PostgreSQL takes no NUL in text; the ledger does."""
    doc = document("two \u0000 killed \U0001f54a", title="\0\ud800", key="caf\udce9.txt")
    ledger.add_document(doc, ())
    assert ledger.document(doc.source.id) == doc
    assert ledger.verify().clean


def test_many_writers_make_one_chain(place: str) -> None:
    """Four threads with ledgers of their own, one database: every document arrives once, the chain holds."""
    Ledger.open(place, create=True).close()

    def write(worker: int) -> None:
        with Ledger.open(place, wait=60) as mine:
            for n in range(6):
                doc = document(f"{NIGHT} Number {n if n < 3 else 10 * worker + n}.")
                mine.add_document(doc, [claim(doc, "12")])

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Ledger.open(place) as ledger:
        assert ledger.count("documents") == 3 + 4 * 3
        assert ledger.verify().clean


def test_a_ledger_is_not_made_by_looking_for_it(place: str, tmp_path: Path) -> None:
    """Only ``create`` makes one; the message says how."""
    with pytest.raises(LedgerError, match="tollbook add"):
        Ledger.open(place)
    with pytest.raises(LedgerError, match="does not exist"):
        Ledger.open(tmp_path / "nowhere" / "ledger.db", create=True)
    with pytest.raises(LedgerError, match="folder"):
        Ledger.open(tmp_path, create=True)
    with pytest.raises(UsageError, match="mysql"):
        Ledger.open("mysql://root@localhost/x")


def test_a_read_only_ledger_is_read(place: str) -> None:
    """Opened for reading it answers, and refuses to write in words."""
    doc, claims = reading()
    with Ledger.open(place, create=True) as ledger:
        ledger.add_document(doc, claims)
    with Ledger.open(place, read_only=True) as ledger:
        assert ledger.count("claims") == 2
        assert ledger.verify().clean
        with pytest.raises(LedgerError, match="read-only"):
            ledger.judge(judgement("accept", claims[0].id))

"""Faults: kills, a lock that is not let go, full and read-only disks, a server restarted, a file cut short."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from benchmarks.kill_add import run as kill_and_resume
from tests import services
from tests.ledger.made import NIGHT, document, judgement, raw_of, reading, tables
from tests.ledger.test_log import fill
from tollbook.errors import LedgerError
from tollbook.ledger import Ledger, restore
from tollbook.ledger.engine import locate, make_engine, write
from tollbook.ledger.events import lock

ROOT = Path(__file__).parents[2]


def test_kills_lose_and_double_nothing(place: str) -> None:
    """An import killed six times at random moments: nothing that was said to be added is missing, nothing is
    there twice, every check is clean, and the end is what an uninterrupted import makes."""
    tally = kill_and_resume(place, rounds=6, number=30)
    assert tally.killed > 0
    assert (tally.lost, tally.doubled, tally.damaged, tally.same) == (0, 0, 0, True)


def test_a_failure_in_the_middle_of_a_document_leaves_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The event is written, then the tables fail: neither is kept, and the same document can be added afterwards."""
    doc, claims = reading()
    with Ledger.open(place, create=True) as ledger:
        before = tables(ledger), ledger.head()
        with monkeypatch.context() as patch:
            patch.setattr("tollbook.ledger.project._insert_claims", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                ledger.add_document(doc, claims, raw_of(doc))
        assert (tables(ledger), ledger.head()) == before
        assert ledger.verify().clean
        assert ledger.add_document(doc, claims, raw_of(doc)).outcome == "added"


def test_a_lock_is_waited_for_and_then_told(place: str) -> None:
    """A writer waits for another; if that one never ends, it says so. Readers go on meanwhile."""
    doc, claims = reading()
    with Ledger.open(place, create=True) as ledger:
        ledger.add_document(doc, claims)
        engine = make_engine(locate(place), create=False, read_only=False)
        with Ledger.open(place, wait=0.3) as hasty, Ledger.open(place, wait=20) as patient:
            with write(engine) as connection:
                lock(connection)
                assert hasty.count("claims") == 2
                with pytest.raises(LedgerError, match=r"locked.*ry again"):
                    hasty.judge(judgement("accept", claims[0].id))
                done = threading.Thread(target=patient.judge, args=(judgement("accept", claims[0].id),))
                done.start()
                time.sleep(0.2)
                assert done.is_alive()
            done.join()
            assert patient.count("judgements") == 1
        engine.dispose()


def test_a_server_restarted_in_the_middle_of_an_import(cluster: services.Cluster) -> None:
    """The import waits for it and goes on; nothing is lost or doubled, although the server was stopped like a kill."""
    cluster.sql("CREATE DATABASE restarted")
    place = cluster.url("restarted")
    with Ledger.open(place, create=True) as ledger:
        added: list[str] = []

        def work() -> None:
            for n in range(300):
                doc = document(f"{NIGHT} Page {n}.")
                ledger.add_document(doc, ())
                added.append(doc.source.id)

        importing = threading.Thread(target=work)
        importing.start()
        while len(added) < 40:
            time.sleep(0.01)
        cluster.stop("immediate")
        cluster.start()
        importing.join()
        assert len(added) == 300
        assert [row.id for row in ledger.documents()] == added
        assert ledger.verify().clean
    cluster.sql("DROP DATABASE restarted WITH (FORCE)")


def test_a_server_that_stays_away_is_told(cluster: services.Cluster) -> None:
    """No traceback of a driver: what happened, what is kept, what to do."""
    with pytest.raises(LedgerError, match="cannot be reached"):
        Ledger.open("postgresql://nobody@127.0.0.1:9/none")
    with pytest.raises(LedgerError, match="createdb"):
        Ledger.open(cluster.url("never_made"))


def test_a_password_is_not_shown() -> None:
    """An error names the place, not the secret."""
    with pytest.raises(LedgerError) as told:
        Ledger.open("postgresql://ana:opensesame@127.0.0.1:9/none")
    assert "opensesame" not in str(told.value)


# --- files -------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A ledger in a file, closed."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    return path


def test_a_file_cut_short_says_so(filled: Path) -> None:
    """Half the file gone: opening or verifying says that it is damaged; the backup brings everything back."""
    with Ledger.open(filled) as ledger:
        ledger.backup(filled.with_name("copy.db"))
        head = ledger.head()
    whole = filled.read_bytes()
    filled.write_bytes(whole[: len(whole) // 2 // 4096 * 4096])
    said = ""
    try:
        with Ledger.open(filled) as ledger:
            report = ledger.verify()
            assert not report.clean
            said = " ".join(damage.what for damage in report.damages)
    except LedgerError as error:
        said = str(error)
    assert said
    restore(filled.with_name("copy.db"), filled.with_name("new.db"))
    with Ledger.open(filled.with_name("new.db")) as ledger:
        assert ledger.head() == head and ledger.verify().clean


def test_every_page_overwritten_is_found_or_harmless(filled: Path) -> None:
    """Zeroes over any page of the file: told, or (a free page) nothing is missing. Never silently wrong."""
    whole = filled.read_bytes()
    silent = []
    for at in range(0, len(whole), 4096):
        filled.write_bytes(whole[:at] + bytes(4096) + whole[at + 4096 :])
        try:
            with Ledger.open(filled) as ledger:
                if ledger.verify().clean and any(whole[at : at + 4096]):
                    silent.append(at // 4096)
        except LedgerError:
            continue
    assert silent == []


IN_A_SMALL_WORLD = """
import sys
from tests.ledger.made import NIGHT, document, raw_of, reading
from tests.ledger.test_log import fill
from tollbook.errors import LedgerError
from tollbook.ledger import Ledger
"""
FULL_DISK = (
    IN_A_SMALL_WORLD
    + """
import random
added = []
noise = random.Random(1)
with Ledger.open(sys.argv[1] + "/ledger.db", create=True) as ledger:
    try:
        while True:
            text = NIGHT + " ".join(str(noise.random()) for _ in range(3000))
            doc = document(text)
            ledger.add_document(doc, (), raw_of(doc))
            added.append(doc.source.id)
    except LedgerError as error:
        assert "full" in str(error), error
    assert len(added) > 3
with Ledger.open(sys.argv[1] + "/ledger.db") as ledger:
    assert [row.id for row in ledger.documents()] == added
    report = ledger.verify(projections=False)
    assert report.clean, report
"""
)
READ_ONLY_DISK = (
    IN_A_SMALL_WORLD
    + """
import subprocess
place = sys.argv[1] + "/ledger.db"
with Ledger.open(place, create=True) as ledger:
    fill(ledger)
    head = ledger.head()
subprocess.run(["mount", "-o", "remount,ro", sys.argv[1]], check=True)
with Ledger.open(place, read_only=True) as ledger:
    assert ledger.head() == head and ledger.verify().clean
try:
    with Ledger.open(place) as ledger:
        ledger.rebuild()
    raise SystemExit("wrote to a read-only disk")
except LedgerError as error:
    assert "read-only" in str(error) or "cannot be opened" in str(error), error
"""
)


@pytest.mark.parametrize("script", [FULL_DISK, READ_ONLY_DISK], ids=["full", "read-only"])
def test_a_disk_that_takes_nothing_more(script: str, tmp_path: Path) -> None:
    """A real small disk, full or read-only: said in words; what was acknowledged is there, and it verifies."""
    if not shutil.which("unshare") or subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk of its own (root)")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = f"mount -t tmpfs -o size=3m none {disk} && exec {sys.executable} - {disk}"
    command = ["unshare", "-m", "sh", "-c", mount]
    done = subprocess.run(command, input=script, text=True, capture_output=True, cwd=ROOT, check=False)
    if "mount:" in done.stderr:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    assert done.returncode == 0, done.stderr

"""Ends that nobody planned: the program killed, cut short, out of space or doubled, in the middle of what it does.

After each the ledger verifies, or says what is damaged, and everything that was acknowledged is there.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.ledger.made import NIGHT, document, judgement, raw_of, reading
from tests.ledger.test_log import fill
from tollbook.errors import LedgerError
from tollbook.ledger import Ledger, Signer, restore

ROOT = Path(__file__).parents[2]
WRITER = """
import sys
from tests.ledger.made import NIGHT, document, raw_of
from tollbook.ledger import Ledger
with Ledger.open(sys.argv[1], create=True) as ledger:
    for n in range(int(sys.argv[2]), 100_000):
        doc = document(f"{NIGHT} Page {n}. " + "x" * 3_000)
        ledger.add_document(doc, (), raw_of(doc))
        print(doc.source.id, flush=True)
"""


def started(code: str, *arguments: str) -> subprocess.Popen[str]:
    """A Python process of its own."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT)


def said(process: subprocess.Popen[str]) -> list[str]:
    """What a process that was killed had said to the last whole line."""
    assert process.stdout is not None
    return [line.strip() for line in process.stdout if line.endswith("\n")]


def killed_after(process: subprocess.Popen[str], lines: int) -> list[str]:
    """Kills a process when it has said so many lines; returns all it said."""
    assert process.stdout is not None
    first = [process.stdout.readline().strip() for _ in range(lines)]
    process.send_signal(signal.SIGKILL)
    rest = said(process)
    process.wait()
    return first + rest


def ids(ledger: Ledger) -> list[str]:
    return [row.id for row in ledger.documents()]


def test_two_writers_killed_at_once(place: str) -> None:
    """Two processes write to one ledger; both are killed in the middle; what either was told is there, once."""
    Ledger.open(place, create=True).close()
    writers = [started(WRITER, place, str(n)) for n in (0, 50_000)]
    told = []
    threads = [threading.Thread(target=lambda one=one: told.extend(killed_after(one, 15))) for one in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Ledger.open(place) as ledger:
        there = ids(ledger)
        assert len(told) >= 30 and set(told) <= set(there) and len(there) == len(set(there))
        assert ledger.verify().clean
        assert ledger.add_document(document(NIGHT), ()).outcome == "added"  # and it goes on


def test_a_backup_while_others_write_and_the_original_destroyed(place: str, tmp_path: Path) -> None:
    """What was acknowledged before the backup began is in it; it verifies; a ledger restored from it goes on."""
    Ledger.open(place, create=True).close()
    writer = started(WRITER, place, "0")
    assert writer.stdout is not None
    before = [writer.stdout.readline().strip() for _ in range(20)]
    with Ledger.open(place) as ledger:
        last = ledger.backup(tmp_path / "copy.db")
    writer.kill()
    writer.wait()
    for path in tmp_path.glob("ledger.db*"):
        path.write_bytes(os.urandom(4096))
    assert restore(tmp_path / "copy.db", tmp_path / "new.db") == last
    with Ledger.open(tmp_path / "new.db") as ledger:
        assert set(before) <= set(ids(ledger)) and ledger.verify().clean
        assert ledger.add_document(document(NIGHT), ()).outcome == "added"


@pytest.mark.parametrize("what", ["backup", "redact", "restore", "rebuild"])
def test_killed_in_the_middle_of(what: str, tmp_path: Path) -> None:
    """A backup that is killed leaves no file of that name; a redaction, a restoration and a rebuilding are done or not
    done, and whatever stands there verifies."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        for n in range(150):
            doc = document(f"{NIGHT} Page {n}. " + "x " * 2_000)
            ledger.add_document(doc, (), raw_of(doc))
        ledger.backup(tmp_path / "whole.db")
        head = ledger.head()[0]
    code = f"""
import sys
from tollbook.ledger import Ledger, restore
place, folder = sys.argv[1:]
print("begun", flush=True)
if {what!r} == "restore":
    restore(folder + "/whole.db", folder + "/new.db")
else:
    with Ledger.open(place) as ledger:
        if {what!r} == "backup": ledger.backup(folder + "/copy.db")
        if {what!r} == "rebuild": ledger.rebuild()
        if {what!r} == "redact": ledger.redact(name="Amal Haddad", actor="Ines", reason="a wish")
print("done", flush=True)
"""
    chance, killed, begun = random.Random(1), 0, time.monotonic()
    span = 0.0
    for _ in range(4):
        for left in (tmp_path / "copy.db", tmp_path / "new.db"):
            for one in tmp_path.glob(f"{left.name}*"):
                one.unlink()
        process = started(code, str(path), str(tmp_path))
        assert process.stdout is not None and process.stdout.readline()
        time.sleep(chance.uniform(0, span or 0.15))
        process.send_signal(signal.SIGKILL)
        done = "done" in said(process)
        killed += process.wait() == -signal.SIGKILL
        for there in (path, tmp_path / "copy.db"):
            if there.exists():
                with Ledger.open(there) as ledger:
                    assert ledger.verify().clean and len(ids(ledger)) == 150
                    redacted = ledger.head()[0] - head
                    assert redacted >= (done and what == "redact")
                    named = "Amal Haddad" in repr(list(ledger.events()))
                    assert named == (redacted == 0), "half redacted"
        assert not (done and what == "backup") or (tmp_path / "copy.db").exists()
        try:
            with Ledger.open(tmp_path / "new.db") as ledger:
                assert ledger.verify().clean and len(ids(ledger)) in ((150,) if done else (0, 150))
        except LedgerError as error:
            assert not (done and what == "restore") and "no ledger" in str(error)  # told
        if what == "redact" and done:
            break
    assert killed or time.monotonic() - begun < 60


def test_a_file_cut_at_any_length(tmp_path: Path) -> None:
    """From an empty file to the last byte: told when it is opened or verified. Only where
    nothing is missing but free pages it may pass; then everything is there."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
        head, there = ledger.head(), ids(ledger)
    whole = path.read_bytes()
    chance = random.Random(1)
    cuts = [0, 1, 99, 100, 4095, 4096, 4097, len(whole) - 4096, len(whole) - 1]
    silent = []
    for cut in [*cuts, *(chance.randrange(len(whole)) for _ in range(25))]:
        path.write_bytes(whole[:cut])
        try:
            with Ledger.open(path) as ledger:
                report = ledger.verify()
                if report.clean and (ledger.head(), ids(ledger)) != (head, there):
                    silent.append(cut)
        except LedgerError:
            continue
    assert silent == []


def test_a_write_ahead_file_that_is_lost_shows_by_a_seal(tmp_path: Path) -> None:
    """After a kill the last steps stand in the write-ahead file. Where that is taken away the chain is a shorter one,
    whole in itself: a seal in other hands says that it was cut."""
    path = tmp_path / "ledger.db"
    told = killed_after(started(WRITER, str(path), "0"), 25)
    wal = path.with_name("ledger.db-wal")
    assert wal.exists()
    with Ledger.open(tmp_path / "ledger.db", read_only=True) as ledger:
        assert set(told) <= set(ids(ledger))
    code = "import sys, os\nfrom tollbook.ledger import Ledger, Signer\nfrom tollbook.ledger.seal import seal_json\n"
    code += "from pathlib import Path\nledger = Ledger.open(sys.argv[1])\n"
    code += "print(seal_json(ledger.seal(Signer.new(Path(sys.argv[1] + '.key')))), flush=True)\nos._exit(0)"
    made = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, cwd=ROOT, check=True)
    from tollbook.ledger.seal import read_seal

    seal = read_seal(made.stdout)
    for left in (wal, path.with_name("ledger.db-shm")):
        left.unlink(missing_ok=True)
    try:
        with Ledger.open(path) as ledger:
            gone = set(told) - set(ids(ledger))
            found = [*ledger.check_seal(seal), *ledger.verify().damages]
    except LedgerError:
        return  # told at once
    assert not gone or found
    assert Signer.load(Path(f"{path}.key"))


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from tollbook.cli import run
sys.exit(run(sys.argv[2:]))
"""


def limited(size: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command where no file may grow beyond a size, as on a full disk; needs no rights."""
    command = [sys.executable, "-c", LIMITED, str(size), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, stdin=subprocess.DEVNULL)


@pytest.mark.parametrize("size", [100_000, 250_000])
def test_add_where_there_is_no_room(tmp_path: Path, size: int) -> None:
    """``add`` says in words that there is no room, ends with status 1, and what it said was added is there; with room
    again the rest is added and nothing is doubled."""
    lines = []
    for n in range(12):
        text = f"{n + 2} people were killed in Idlib on Monday. {os.urandom(12_000).hex()}"
        lines.append(json.dumps({"id": f"n{n}", "text": text}))
    (tmp_path / "in.jsonl").write_text("\n".join(lines))
    place = str(tmp_path / "ledger.db")
    done = limited(size, "add", str(tmp_path / "in.jsonl"), "--ledger", place)
    assert done.returncode == 1, done.stderr
    assert "full" in done.stderr or "could not be read or written" in done.stderr or "cannot be" in done.stderr
    assert "Traceback" not in done.stderr
    before = 0
    if Path(place).exists() and Path(place).stat().st_size:
        with Ledger.open(place, create=True) as ledger:
            assert ledger.verify().clean
            before = ledger.count("documents")
    again = subprocess.run([sys.executable, "-m", "tollbook", "add", str(tmp_path / "in.jsonl"), "--ledger", place],
                           capture_output=True, text=True, cwd=ROOT, check=True)  # fmt: skip
    assert f"{12 - before} added" in again.stderr, again.stderr
    with Ledger.open(place) as ledger:
        assert ledger.verify().clean and ledger.count("documents") == 12


@pytest.mark.parametrize("name", ["csv", "jsonl", "pack", "sqlite", "xlsx", "parquet"])
def test_an_export_where_there_is_no_room(tmp_path: Path, name: str) -> None:
    """No half of an export is left under its name, and the log does not say that there was one."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        for n in range(60):
            doc, claims = reading(f"{NIGHT} Page {n}. " + os.urandom(3_000).hex())
            ledger.add_document(doc, claims, raw_of(doc))
        ledger.judge(judgement("accept", claims[0].id))
    (tmp_path / "out").mkdir()
    done = limited(20_000, "export", name, "--ledger", str(path), "-o", str(tmp_path / "out/x"))
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert list((tmp_path / "out").iterdir()) == []
    with Ledger.open(path) as ledger:
        assert ledger.verify().clean
        assert not [event for event in ledger.events() if event.kind == "exported"]


def test_two_imports_of_the_same_folder_at_once(place: str, tmp_path: Path) -> None:
    """Two people add the same articles in the same moment: each is there once, and neither import fails."""
    for n in range(12):
        (tmp_path / f"{n}.txt").write_text(f"{n + 2} people were killed in an airstrike in Idlib on Monday.")
    command = [sys.executable, "-m", "tollbook", "add", *map(str, sorted(tmp_path.glob("*.txt"))), "--ledger", place]
    both = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    words = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], words
    with Ledger.open(place) as ledger:
        assert ledger.count("documents") == 12 and ledger.verify().clean


def test_the_limit_of_the_tests_is_one() -> None:
    """Writing beyond the limit fails, rather than killing the process: what the tests above rest on."""
    code = "import resource,tempfile\nresource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
    code += "with tempfile.TemporaryFile(buffering=0) as file:\n    file.write(b'x' * 10)\n    file.write(b'x')\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "File too large" in done.stderr and resource.RLIMIT_FSIZE

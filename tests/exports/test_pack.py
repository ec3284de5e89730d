"""The evidence pack: followed to the bytes without Tollbook, by two scripts, and every change in it is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.exports.conftest import Export
from tests.exports.made import STRIKE, clashes, courier
from tollbook.exports import ExportFilter
from tollbook.ledger import Ledger
from tollbook.sharing import export_ledger


def plain_python(*arguments: object) -> subprocess.CompletedProcess[str]:
    """A Python that sees no installed package: -I ignores the environment, -S the site packages."""
    command = [sys.executable, "-I", "-S", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


@pytest.fixture
def folder(export: Export, tmp_path: Path) -> Path:
    """A pack of everything, unpacked."""
    with zipfile.ZipFile(export("pack", names=True)) as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def test_a_stranger_follows_every_number(folder: Path) -> None:
    """A script that imports nothing of ours follows each number to its words, its text, its page and its event."""
    done = plain_python(Path(__file__).with_name("verify_stand_alone.py"), folder)
    assert (done.returncode, done.stdout.strip()) == (0, "7 numbers followed"), done.stderr


def test_its_own_script_says_the_same(folder: Path) -> None:
    """verify.py needs only the pack; asked for an incident it shows the words behind its numbers."""
    done = plain_python(folder / "verify.py")
    assert done.returncode == 0, done.stdout
    assert "8 claims (8 found literally in the bytes), 3 incidents" in done.stdout
    shown = plain_python(folder / "verify.py", STRIKE).stdout
    assert "An air strike killed 12 civilians" in shown and "said by: Ministry of Health" in shown
    assert plain_python(folder / "verify.py", STRIKE[:-1] + "…").stdout == shown  # the beginning is enough
    strange = plain_python(folder / "verify.py", "i-0123")
    assert strange.returncode == 1 and "i-0123: no incident and no claim of this pack" in strange.stdout
    assert shutil.which("sha256sum") is not None
    sums = subprocess.run(["sha256sum", "--quiet", "-c", "MANIFEST.sha256"], cwd=folder, capture_output=True, text=True)
    assert (sums.returncode, sums.stdout) == (0, "")
    assert len((folder / "VERIFY.txt").read_text("utf-8").splitlines()) < 60


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("claims.jsonl", '"start":53', '"start":52'),
        ("events.jsonl", '"kind":"judged"', '"kind":"redacted"'),
        ("documents/{doc}/text.txt", "12", "21"),
        ("documents/{doc}/page.bin", "12", "21"),
        ("events/2.json", "12", "21"),
        ("incidents.jsonl", "c-", "c-0"),
    ],
)
def test_what_is_changed_is_found(folder: Path, name: str, old: str, new: str) -> None:
    """Even where the manifest was made to agree with the change, something else does not hold."""
    path = folder / name.format(doc=courier()[0].source.id)
    changed = path.read_bytes().replace(old.encode(), new.encode(), 1)
    assert changed != path.read_bytes()
    path.write_bytes(changed)
    assert "not the file that was packed" in plain_python(folder / "verify.py").stdout
    agreed = subprocess.run(
        "find . -type f ! -name MANIFEST.sha256 -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum",
        shell=True, cwd=folder, capture_output=True, text=True, check=True,
    )  # fmt: skip
    (folder / "MANIFEST.sha256").write_text(agreed.stdout)
    done = plain_python(folder / "verify.py")
    assert done.returncode == 1 and "DOES NOT HOLD" in done.stdout


def test_without_names_a_document_that_names_a_victim_is_a_hash(export: Export, tmp_path: Path) -> None:
    """Its text, its page and its event are not packed, its claims are masked; the rest still verifies."""
    out = export("pack")
    with zipfile.ZipFile(out) as archive:
        for name in archive.namelist():
            assert b"Omar Saleh" not in archive.read(name), name
        assert not any(courier()[0].source.id in name for name in archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    done = plain_python(tmp_path / "unpacked" / "verify.py")
    assert done.returncode == 0, done.stdout


def test_a_pack_of_one_incident(export: Export) -> None:
    """Only its documents and claims; the whole chain of headers, so that it still leads to the head."""
    out = export("pack", ExportFilter(incident="i-00000000000000b2"), names=True)
    with zipfile.ZipFile(out) as archive:
        held = {name.split("/")[1] for name in archive.namelist() if name.startswith("documents/")}
        assert held == {clashes()[0].source.id}
        assert len(archive.read("claims.jsonl").splitlines()) == 2
        assert len(archive.read("incidents.jsonl").splitlines()) == 1


def test_redacted_ledgers_verify_too(tmp_path: Path) -> None:
    """A payload that a redaction replaced is recognised by the redaction's own event."""
    from tests.exports.made import fill

    with fill(tmp_path / "ledger.db") as ledger:
        ledger.redact(name="Omar Saleh", actor="Ines Okoye", reason="asked to")
        export_ledger(ledger, "pack", tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        archive.extractall(tmp_path / "unpacked")
    done = plain_python(tmp_path / "unpacked" / "verify.py")
    assert done.returncode == 0, done.stdout


def test_unread_bytes_are_no_obstacle(tmp_path: Path) -> None:
    """A ledger that keeps only hashes makes a pack without pages."""
    doc, _, claims = clashes()
    with Ledger.open(tmp_path / "ledger.db", create=True) as ledger:
        ledger.add_document(doc, claims)
        export_ledger(ledger, "pack", tmp_path / "pack.zip")
    with zipfile.ZipFile(tmp_path / "pack.zip") as archive:
        assert not any(name.endswith("page.bin") for name in archive.namelist())
        archive.extractall(tmp_path / "unpacked")
    assert plain_python(tmp_path / "unpacked" / "verify.py").returncode == 0

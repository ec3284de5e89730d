"""Seals: signed with a key, stamped by an authority of our own, and what they show of a rewritten log."""

from __future__ import annotations

import dataclasses
import stat
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.ledger.made import reading
from tests.ledger.test_log import damages, execute, fill
from tollbook.errors import LedgerError, UsageError
from tollbook.ledger import Ledger, Signer, Stamper
from tollbook.ledger.seal import post, read_seal, seal_json

CONFIG = """
[req]
distinguished_name = dn
[dn]
[tsa]
default_tsa = tsa1
[tsa1]
dir = {folder}
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[stamps]
extendedKeyUsage = critical, timeStamping
"""


def openssl(folder: Path, *arguments: str) -> None:
    """Runs OpenSSL in a folder."""
    subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, bytes]]:
    """A time-stamping authority on this machine: its address, and the certificate that it leads back to."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    new = ("req", "-newkey", "rsa:2048", "-nodes", "-config", "tsa.cnf")
    try:
        openssl(folder, *new, "-x509", "-days", "2", "-subj", "/CN=Test root", "-keyout", "ca.key", "-out", "ca.pem",
                "-extensions", "ca")  # fmt: skip
        openssl(folder, *new, "-subj", "/CN=Test stamps", "-keyout", "tsa.key", "-out", "tsa.csr")
        openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial",
                "-days", "2", "-out", "tsa.pem", "-extfile", "tsa.cnf", "-extensions", "stamps")  # fmt: skip
    except FileNotFoundError:
        pytest.skip("openssl is not installed")

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            (folder / "query").write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
            openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-out", "answer")
            self.send_response(200)
            self.end_headers()
            self.wfile.write((folder / "answer").read_bytes())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", (folder / "ca.pem").read_bytes()
        server.shutdown()
        thread.join()


@pytest.fixture
def signer(tmp_path: Path) -> Signer:
    """A new key."""
    return Signer.new(tmp_path / "key.pem")


def test_a_key_is_its_owners(tmp_path: Path) -> None:
    """Only its owner may read it, it is never overwritten, and what is no such key is refused."""
    made = Signer.new(tmp_path / "key.pem")
    assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    assert Signer.load(tmp_path / "key.pem").public_key() == made.public_key()
    with pytest.raises(LedgerError, match="exists"):
        Signer.new(tmp_path / "key.pem")
    (tmp_path / "no.pem").write_text("no key")
    with pytest.raises(LedgerError, match="no key"):
        Signer.load(tmp_path / "no.pem")


def test_a_seal_holds_and_goes_into_the_log(ledger: Ledger, signer: Signer) -> None:
    """Signed, noted as an event, given away as JSON and checked with the public key that one was given."""
    fill(ledger)
    end = ledger.head()
    made = ledger.seal(signer)
    assert (made.seq, made.hash) == end
    assert read_seal(seal_json(made)) == made
    assert list(ledger.check_seal(made, public_key=signer.public_key())) == []
    report = ledger.verify()
    assert report.clean and report.seals == 1
    fill_more, _ = reading("12 people died in Tellhaf on 3 May 2031; Amal Haddad spoke of 7 hurt.")
    ledger.add_document(fill_more, ())
    assert list(ledger.check_seal(made, public_key=signer.public_key())) == []


def test_a_seal_that_was_given_away_shows_a_rewritten_log(ledger: Ledger, signer: Signer, tmp_path: Path) -> None:
    """Whoever makes the whole chain anew, hashes and all, cannot make it fit a seal in somebody else's hands."""
    fill(ledger)
    made = ledger.seal(signer)
    with Ledger.open(tmp_path / "forged.db", create=True) as forged:
        fill(forged)
        assert forged.verify().clean
        found = " ".join(forged.check_seal(made, public_key=signer.public_key()))
        assert "rewritten" in found and "another ledger" in found
    execute(ledger, "DELETE FROM events WHERE seq >= 9")
    assert "cut short" in " ".join(ledger.check_seal(made))
    other = Signer.new(tmp_path / "other.pem")
    assert "another key" in " ".join(ledger.check_seal(made, public_key=other.public_key()))
    claimed = dataclasses.replace(made, public_key=other.public_key())
    assert "signature" in " ".join(ledger.check_seal(claimed, public_key=other.public_key()))


def test_verify_checks_the_seals_in_the_log(ledger: Ledger, signer: Signer) -> None:
    """A log changed before a seal does not fit it, whatever else was repaired."""
    fill(ledger)
    ledger.seal(signer)
    execute(ledger, "UPDATE events SET hash = (SELECT hash FROM events WHERE seq = 3) WHERE seq = 9")
    assert "seal of event 9" in damages(ledger)


def test_a_time_stamp_by_an_authority(ledger: Ledger, signer: Signer, authority: tuple[str, bytes]) -> None:
    """RFC 3161: asked over HTTP, checked against the authority's certificate, kept in the seal."""
    url, roots = authority
    fill(ledger)
    made = ledger.seal(signer, Stamper(url, roots))
    assert made.authority == url
    assert list(ledger.check_seal(made, public_key=signer.public_key(), roots=roots)) == []
    moved = dataclasses.replace(made, signature=ledger.seal(signer).signature)
    assert any("time stamp" in words for words in ledger.check_seal(moved, roots=roots))
    bare = dataclasses.replace(made, stamp=None)
    assert "bears no time stamp" in " ".join(ledger.check_seal(bare, roots=roots))


def test_a_foreign_stamp_is_refused(ledger: Ledger, signer: Signer, authority: tuple[str, bytes]) -> None:
    """An answer to another question, or no answer: nothing is sealed."""
    url, roots = authority
    stale: list[bytes] = []

    def remember(address: str, body: bytes) -> bytes:
        stale.append(post(address, body))
        return stale[0]

    head = ledger.head()[0]
    ledger.seal(signer, Stamper(url, roots, remember))
    with pytest.raises(LedgerError, match="does not hold"):
        ledger.seal(signer, Stamper(url, roots, remember))
    with pytest.raises(LedgerError, match="does not hold"):
        ledger.seal(signer, Stamper(url, roots, lambda *_: b"no stamp"))
    with pytest.raises(LedgerError, match="does not answer"):
        ledger.seal(signer, Stamper("http://127.0.0.1:9/", roots))
    with pytest.raises(UsageError):
        ledger.seal(signer, Stamper("file:///etc/passwd", roots))
    assert ledger.head()[0] == head + 1


def test_what_is_no_seal() -> None:
    """A file that is something else says so."""
    for words in ("", "[]", "{}", '{"schema": "tollbook.seal/1", "seq": 1}'):
        with pytest.raises(LedgerError, match="no seal"):
            read_seal(words)

"""Seals: a signature under the end of the chain, and a time stamp from somebody else.

A chain that its owner can compute anew proves little. A seal that was given away, or a stamp by an authority, pins the
chain as it was then: no event up to there can be changed, dropped or put in without the seal failing.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from tollbook.errors import LedgerError, MissingExtra, UsageError
from tollbook.ledger.events import Clock, canonical, lock, payload_of
from tollbook.ledger.project import record
from tollbook.ledger.tables import events, head

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SEAL_SCHEMA = "tollbook.seal/1"


@dataclass(frozen=True, slots=True)
class Seal:
    """The end of a chain, signed. ``public_key`` and ``signature`` are base64; so is ``stamp``, the RFC 3161 answer
    over the signature (``None``: not stamped), with the address of its authority."""

    ledger: str
    seq: int
    hash: str
    at: str
    public_key: str
    signature: str
    stamp: str | None = None
    authority: str | None = None

    def message(self) -> bytes:
        """What is signed."""
        return canonical([SEAL_SCHEMA, self.ledger, self.seq, self.hash, self.at])


@dataclass(frozen=True, slots=True)
class Signer:
    """An Ed25519 key."""

    key: Ed25519PrivateKey

    @classmethod
    def load(cls, path: str | Path) -> Signer:
        """The private key in a PEM file."""
        serialization, ed25519 = _cryptography()
        try:
            key = serialization.load_pem_private_key(Path(path).read_bytes(), password=None)
        except (OSError, ValueError, TypeError) as error:
            raise LedgerError(f"no key can be read from {path}: {error}") from None
        if not isinstance(key, ed25519.Ed25519PrivateKey):
            raise LedgerError(f"the key in {path} is no Ed25519 key; make one: tollbook ledger seal --new-key PATH")
        return cls(key)

    @classmethod
    def new(cls, path: str | Path) -> Signer:
        """Makes a key and writes it to a new file that only its owner can read."""
        serialization, ed25519 = _cryptography()
        key = ed25519.Ed25519PrivateKey.generate()
        pem = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            raise LedgerError(f"the key cannot be written to {path}: {error.strerror}") from None
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
        return cls(key)

    def public_key(self) -> str:
        """The public half, 32 bytes in base64: what others need to check a seal."""
        return base64.b64encode(self.key.public_key().public_bytes_raw()).decode()


Post = Callable[[str, bytes], bytes]


def post(url: str, body: bytes) -> bytes:
    """Sends a time-stamp query over HTTP(S) and returns the answer's bytes."""
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url!r} is no address of a time-stamping authority (http or https)")
    headers = {"Content-Type": "application/timestamp-query"}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=30) as answer:
            return bytes(answer.read(1_000_000))
    except (urllib.error.URLError, OSError) as error:
        raise LedgerError(f"the time-stamping authority {url} does not answer: {error}; nothing was sealed") from None


@dataclass(frozen=True, slots=True)
class Stamper:
    """A time-stamping authority: its address and the certificates (PEM) that its answers have to lead back to."""

    url: str
    roots: bytes
    post: Post = post

    def stamp(self, data: bytes) -> bytes:
        """The authority's answer over ``data``, checked."""
        client, _ = _rfc3161()
        query = client.TimestampRequestBuilder(data=data).build()
        answer = self.post(self.url, query.as_bytes())
        check_stamp(answer, data, self.roots, nonce=query.nonce)
        return answer


def check_stamp(answer: bytes, data: bytes, roots: bytes, nonce: int | None = None) -> str:
    """The time (ISO) that an RFC 3161 answer gives for ``data``. Raises :class:`LedgerError` where it does not hold."""
    client, x509 = _rfc3161()
    try:
        builder = client.VerifierBuilder(nonce=nonce)
        for certificate in x509.load_pem_x509_certificates(roots):
            builder = builder.add_root_certificate(certificate)
        decoded = client.decode_timestamp_response(answer)
        builder.build().verify_message(decoded, data)
        return str(decoded.tst_info.gen_time.isoformat())
    except (ValueError, client.VerificationError) as error:
        raise LedgerError(f"the time stamp does not hold: {error}") from None


def seal(connection: Connection, signer: Signer, stamper: Stamper | None, clock: Clock) -> Seal:
    """Signs the end of the chain; the seal goes into the log as the next event."""
    lock(connection)
    seq, digest = connection.execute(select(head.c.seq, head.c.hash)).one()
    at = clock().isoformat(timespec="microseconds")
    made = Seal(ledger_id(connection), seq, digest, at, signer.public_key(), "")
    signature = signer.key.sign(made.message())
    stamp = base64.b64encode(stamper.stamp(signature)).decode() if stamper is not None else None
    values = {**asdict(made), "signature": base64.b64encode(signature).decode(), "stamp": stamp}
    made = Seal(**{**values, "authority": stamper.url if stamper is not None else None})
    record(connection, "sealed", {"seal": asdict(made)}, "tollbook", clock)
    return made


def ledger_id(connection: Connection) -> str:
    """The random name that a ledger was given when it was begun."""
    payload = payload_of(connection, 1)
    return "" if payload is None else str(payload.get("ledger"))


def seal_json(made: Seal) -> str:
    """A seal as it is given away."""
    return json.dumps({"schema": SEAL_SCHEMA, **asdict(made)}, indent=2)


def read_seal(text: str) -> Seal:
    """The opposite of :func:`seal_json`."""
    try:
        values = json.loads(text)
        if values.pop("schema") != SEAL_SCHEMA:
            raise ValueError("another schema")
        return Seal(**values)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise LedgerError(f"this is no seal of a ledger: {error}") from None


def problems(
    connection: Connection, made: Seal, *, public_key: str | None = None, roots: bytes | None = None
) -> Sequence[str]:
    """What speaks against a seal, in words; empty: it holds. ``public_key``: the one you were given (base64); without
    it, the seal only shows that somebody signed. ``roots``: the authority's certificates; without them, no stamp is
    checked."""
    found = []
    if public_key is not None and public_key != made.public_key:
        found.append(f"the seal of event {made.seq} was made with another key")
    if not _signed(made):
        found.append(f"the signature of the seal of event {made.seq} does not hold")
    digest = connection.execute(select(events.c.hash).where(events.c.seq == made.seq)).scalar()
    if digest is None:
        found.append(f"event {made.seq}, which was sealed, is missing: the log was cut short")
    elif digest != made.hash:
        found.append(f"event {made.seq} is not the one that was sealed: the log was rewritten")
    if made.ledger != ledger_id(connection):
        found.append(f"the seal of event {made.seq} is of another ledger")
    if roots is not None:
        found.extend(_stamp_problems(made, roots))
    return found


def _stamp_problems(made: Seal, roots: bytes) -> Sequence[str]:
    if made.stamp is None:
        return [f"the seal of event {made.seq} bears no time stamp"]
    try:
        check_stamp(base64.b64decode(made.stamp), base64.b64decode(made.signature), roots)
    except (LedgerError, ValueError) as error:
        return [f"the seal of event {made.seq}: {error}"]
    return []


def _signed(made: Seal) -> bool:
    from cryptography.exceptions import InvalidSignature

    _, ed25519 = _cryptography()
    try:
        key = ed25519.Ed25519PublicKey.from_public_bytes(base64.b64decode(made.public_key))
        key.verify(base64.b64decode(made.signature), made.message())
    except (ValueError, InvalidSignature):
        return False
    return True


def fingerprint(public_key: str) -> str:
    """A public key, short enough to read out."""
    return hashlib.sha256(public_key.encode()).hexdigest()[:16]


def from_payload(payload: Mapping[str, Any]) -> Seal:
    """The seal in a ``sealed`` event."""
    return Seal(**payload["seal"])


def _cryptography() -> tuple[Any, Any]:
    try:
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import ed25519
    except ImportError:
        raise MissingExtra("sealing a ledger", "seal") from None
    return serialization, ed25519


def _rfc3161() -> tuple[Any, Any]:
    try:
        import rfc3161_client
        from cryptography import x509
    except ImportError:
        raise MissingExtra("a time stamp", "seal") from None
    return rfc3161_client, x509

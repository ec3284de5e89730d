"""Accounts, sessions and API tokens, in a small SQLite file of their own beside the ledger.

They are no part of the ledger: a backup or a copy that is given away holds no password. Passwords are kept as Argon2id
hashes, sessions and tokens as SHA-256 of random 256-bit secrets, so that the file lets nobody in who reads it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
import time
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from tollbook.errors import UsageError
from tollbook.web.roles import ROLES, Role

SESSION = 12 * 3600  # seconds without a request after which a session ends
LONGEST = 7 * 24 * 3600  # seconds after which it ends in any case
SLACK = 300  # seconds that the clock may go back before sessions of the future end
SHORTEST_PASSWORD = 12
_TRIES, _WINDOW = 5, 900  # failed sign-ins for one name, or ten times as many from one address, in so many seconds

_SCHEMA = """
CREATE TABLE IF NOT EXISTS account (name TEXT PRIMARY KEY, shown TEXT NOT NULL, role TEXT NOT NULL,
  password TEXT NOT NULL, made REAL NOT NULL);
CREATE TABLE IF NOT EXISTS session (id TEXT PRIMARY KEY, name TEXT NOT NULL, made REAL NOT NULL, seen REAL NOT NULL);
CREATE TABLE IF NOT EXISTS token (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, label TEXT NOT NULL,
  made REAL NOT NULL, seen REAL);
CREATE TABLE IF NOT EXISTS failure (key TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS failure_key ON failure (key, at);
"""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in. ``shown`` is the name as it was given."""

    name: str
    shown: str
    role: Role


@dataclass(frozen=True, slots=True)
class Token:
    """An API token as lists show it: never the secret."""

    id: str
    name: str
    role: Role
    label: str
    made: float
    seen: float | None


class Throttled(Exception):
    """Too many failed sign-ins. ``wait`` is how many seconds to wait."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"too many failed attempts; try again in {wait} seconds")
        self.wait = wait


def plain_name(name: str) -> str:
    """The form under which a name is one name: no look-alike widths, no case.

    >>> plain_name("  Ａna ")
    'ana'
    """
    return unicodedata.normalize("NFKC", name).casefold().strip()


class Accounts:
    """The file of accounts. Safe to share between threads."""

    def __init__(
        self, path: Path, clock: Callable[[], float] = time.time, hasher: PasswordHasher | None = None
    ) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self._turns = [threading.Lock() for _ in range(64)]
        self._hasher = hasher or PasswordHasher()
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None, timeout=10)
        self._db.row_factory = sqlite3.Row
        self._db.executescript(_SCHEMA)
        self._decoy = self._hasher.hash(secrets.token_hex(16))  # unknown names take as long as known ones

    def close(self) -> None:
        """Closes the file."""
        self._db.close()

    def _do(self, sql: str, *values: object) -> list[sqlite3.Row]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def _together(self) -> Iterator[None]:
        """What is asked and then done is one step, for other threads and for other processes."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    # --- accounts ----------------------------------------------------------------------------------------------

    def put(self, name: str, role: str, password: str) -> None:
        """Makes an account, or changes its role and password; its sessions end. The last owner stays owner."""
        if role not in ROLES:
            raise UsageError(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
        if len(password) < SHORTEST_PASSWORD:
            raise UsageError(f"a password needs at least {SHORTEST_PASSWORD} characters")
        if not plain_name(name) or len(name) > 100:
            raise UsageError("an account needs a name of at most 100 characters")
        hashed = self._hasher.hash(password)
        with self._together():
            self._keep_an_owner(name, role)
            self._do(
                "INSERT INTO account VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET shown = excluded.shown, "
                "role = excluded.role, password = excluded.password",
                plain_name(name), name.strip(), role, hashed, self._clock(),
            )  # fmt: skip
            self._do("DELETE FROM session WHERE name = ?", plain_name(name))

    def set_role(self, name: str, role: str) -> None:
        """Changes what somebody may do. The last owner stays owner."""
        if role not in ROLES:
            raise UsageError(f"{role!r} is no role; choose one of {', '.join(ROLES)}")
        with self._together():
            self._keep_an_owner(name, role)
            self._do("UPDATE account SET role = ? WHERE name = ?", role, plain_name(name))

    def remove(self, name: str) -> None:
        """Takes an account away, with its sessions and tokens. The last owner stays."""
        with self._together():
            self._keep_an_owner(name, None)
            for table in ("account", "session", "token"):
                self._do(f"DELETE FROM {table} WHERE name = ?", plain_name(name))

    def _keep_an_owner(self, name: str, role: str | None) -> None:
        others = [one for one in self.all() if one.role == "owner" and one.name != plain_name(name)]
        here = self.account(name)
        if here is not None and here.role == "owner" and role != "owner" and not others:
            raise UsageError("the last owner cannot be taken away; make another one first")

    def account(self, name: str) -> Account | None:
        """One account."""
        rows = self._do("SELECT name, shown, role FROM account WHERE name = ?", plain_name(name))
        return Account(*rows[0]) if rows else None

    def all(self) -> list[Account]:
        """Every account."""
        return [Account(*row) for row in self._do("SELECT name, shown, role FROM account ORDER BY name")]

    # --- signing in --------------------------------------------------------------------------------------------

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """The secret of a new session, ``None`` where name and password do not fit. Raises :class:`Throttled`.

        Attempts under one name are looked at one after another: many guesses at once are no more than a few.
        """
        turn = self._turns[zlib.crc32(plain_name(name).encode()) % len(self._turns)]
        if not turn.acquire(timeout=30):
            raise Throttled(30)
        try:
            return self._sign_in(name, password, address)
        finally:
            turn.release()

    def _sign_in(self, name: str, password: str, address: str) -> str | None:
        keys, now = {f"name {plain_name(name)}": _TRIES, f"address {address}": _TRIES * 10}, self._clock()
        # What lies in the future was counted by a clock that was wrong.
        self._do("DELETE FROM failure WHERE at < ? OR at > ?", now - _WINDOW, now + SLACK)
        for key, most in keys.items():
            failed = self._do("SELECT count(*), max(at) FROM failure WHERE key = ?", key)[0]
            if failed[0] >= most:
                raise Throttled(max(1, int(failed[1] + _WINDOW - now)))
        rows = self._do("SELECT name, password FROM account WHERE name = ?", plain_name(name))
        hashed = rows[0]["password"] if rows else self._decoy
        if not self._fits(hashed, password) or not rows:
            for key in keys:
                self._do("INSERT INTO failure VALUES (?, ?)", key, now)
            return None
        self._do("DELETE FROM failure WHERE key = ?", f"name {plain_name(name)}")
        if self._hasher.check_needs_rehash(hashed):
            self._do("UPDATE account SET password = ? WHERE name = ?", self._hasher.hash(password), rows[0]["name"])
        secret = secrets.token_urlsafe(32)
        old = (now - SESSION, now - LONGEST, now + SLACK)
        self._do("DELETE FROM session WHERE seen <= ? OR made <= ? OR made > ?", *old)
        self._do("INSERT INTO session VALUES (?, ?, ?, ?)", _hash(secret), rows[0]["name"], now, now)
        return secret

    def _fits(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (Argon2Error, InvalidHashError):
            return False

    def session(self, secret: str) -> Account | None:
        """Who a session belongs to, ``None`` where it ended."""
        now = self._clock()
        rows = self._do(
            "SELECT a.name, a.shown, a.role, s.seen FROM session AS s JOIN account AS a ON a.name = s.name "
            "WHERE s.id = ? AND s.seen > ? AND s.made > ? AND s.made <= ?",
            _hash(secret), now - SESSION, now - LONGEST, now + SLACK,
        )  # fmt: skip
        if not rows:
            return None
        if abs(now - rows[0]["seen"]) > 60:
            self._do("UPDATE session SET seen = ? WHERE id = ?", now, _hash(secret))
        return Account(rows[0]["name"], rows[0]["shown"], rows[0]["role"])

    def sign_out(self, secret: str) -> None:
        """Ends a session."""
        self._do("DELETE FROM session WHERE id = ?", _hash(secret))

    # --- tokens ------------------------------------------------------------------------------------------------

    def make_token(self, name: str, role: Role, label: str) -> str:
        """A new API token, which is shown once. It can do at most what its owner may, whatever is asked."""
        owner = self.account(name)
        if owner is None or ROLES.index(role) > ROLES.index(owner.role):
            raise UsageError("a token cannot do more than the one who makes it")
        secret = "tb_" + secrets.token_urlsafe(32)
        values = (_hash(secret), owner.name, role, label[:100], self._clock())
        self._do("INSERT INTO token VALUES (?, ?, ?, ?, ?, NULL)", *values)
        return secret

    def token(self, secret: str) -> Account | None:
        """Who a token speaks for, with the lesser of the token's role and its owner's role now."""
        rows = self._do(
            "SELECT a.name, a.shown, a.role, t.role AS asked FROM token AS t JOIN account AS a ON a.name = t.name "
            "WHERE t.id = ?",
            _hash(secret),
        )
        if not rows:
            return None
        self._do("UPDATE token SET seen = ? WHERE id = ?", self._clock(), _hash(secret))
        role = min(rows[0]["role"], rows[0]["asked"], key=ROLES.index)
        return Account(rows[0]["name"], rows[0]["shown"], role)

    def tokens(self, name: str) -> list[Token]:
        """Somebody's tokens."""
        return [Token(*row) for row in self._do("SELECT * FROM token WHERE name = ? ORDER BY made", plain_name(name))]

    def drop_token(self, name: str, id: str) -> None:
        """Takes one of somebody's tokens away."""
        self._do("DELETE FROM token WHERE name = ? AND id = ?", plain_name(name), id)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

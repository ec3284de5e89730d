"""A real PostgreSQL for the tests: a private cluster in a temporary directory, gone when they end.

The server comes from Debian's packages. As root in CI they are installed when missing; elsewhere the tests that need
the server are skipped and say how to get it. ``initdb`` refuses root, so root runs it as the user ``postgres``.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg


class NoServer(Exception):
    """No PostgreSQL can be had here; the message says why."""


@dataclass(frozen=True)
class Cluster:
    """A running server that listens on a socket in its own folder."""

    folder: Path
    programs: Path

    def url(self, database: str) -> str:
        """The URL of one of its databases."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def sql(self, statement: str) -> None:
        """Runs one statement outside a transaction."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=50"
        self._control("start", "-o", options, "-l", str(self.folder / "log"))

    def stop(self, mode: str = "fast") -> None:
        """Stops it; ``immediate`` is as if it had been killed."""
        self._control("stop", "-m", mode)

    def _control(self, *arguments: str) -> None:
        run(as_server([str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w", *arguments]))


def run(command: list[str]) -> None:
    """Runs a command; its words are in the error if it fails."""
    # A file, not a pipe: the server that pg_ctl leaves running would hold a pipe open.
    with tempfile.TemporaryFile() as words:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=words, stderr=words, cwd="/", check=False)
        if done.returncode:
            words.seek(0)
            raise NoServer(f"{' '.join(command)}: {words.read().decode(errors='replace').strip()}")


def as_server(command: list[str]) -> list[str]:
    """The command as the user who may run a server."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def find_programs() -> Path:
    """Where ``initdb`` lies; installs Debian's package first where that is our business (as root, in CI)."""
    for attempt in ("look", "install"):
        named = os.path.dirname(os.path.realpath(shutil.which("initdb") or "initdb"))
        for place in [named, *sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]:
            if all((Path(place) / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
                return Path(place)
        if attempt == "look" and os.geteuid() == 0 and os.environ.get("CI") and shutil.which("apt-get"):
            run(["apt-get", "update", "-qq"])
            run(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qq", "-y", "postgresql"])
    raise NoServer("PostgreSQL's server is not installed; on Debian: apt-get install postgresql")


@contextlib.contextmanager
def postgres() -> Iterator[Cluster]:
    """A running cluster. Raises :class:`NoServer` where there can be none."""
    programs = find_programs()
    folder = Path(tempfile.mkdtemp(prefix="tollbook-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        folder.chmod(0o755)
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        run(as_server([str(programs / "initdb"), "-D", str(folder / "data"), *options]))
        cluster = Cluster(folder, programs)
        cluster.start()
        try:
            yield cluster
        finally:
            with contextlib.suppress(NoServer):
                cluster.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)

"""``tollbook serve`` and ``tollbook accounts``: what is refused before anything is served; a server that answers."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.web.made import PASSWORD, fill
from tollbook.cli.serving import accounts, serve
from tollbook.errors import LedgerError, UsageError
from tollbook.ledger import Ledger


def called(*arguments: str) -> object:
    """Runs the command; what it raises comes through."""
    return CliRunner().invoke(serve, arguments, catch_exceptions=False)


def test_another_address_needs_accounts_or_read_only(tmp_path: Path) -> None:
    """A ledger is never open to a network by accident."""
    place = str(tmp_path / "ledger.db")
    with pytest.raises(UsageError, match="--accounts"):
        called("--ledger", place, "--host", "0.0.0.0", "--name", "x.example")
    with pytest.raises(UsageError, match="--name"):
        called("--ledger", place, "--host", "0.0.0.0", "--read-only")
    with pytest.raises(LedgerError, match="no ledger"):
        called("--ledger", place)


def test_a_port_that_is_taken_is_told_before_anything_is_announced(tmp_path: Path) -> None:
    """Nobody is sent to an address where another program answers."""
    path = tmp_path / "ledger.db"
    Ledger.open(path, create=True).close()
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        run = CliRunner().invoke(serve, ["--ledger", str(path), "--port", port])
    assert isinstance(run.exception, UsageError) and f"port {port}" in str(run.exception)
    assert "--port" in str(run.exception) and "http://" not in run.output


def test_accounts_on_the_command_line(tmp_path: Path) -> None:
    """Made, listed, taken away; the last owner stays."""
    file = ["--accounts", str(tmp_path / "team.db")]
    run = CliRunner()
    assert run.invoke(accounts, ["add", "Ines", "--role", "owner", "--password", PASSWORD, *file]).exit_code == 0
    assert run.invoke(accounts, ["list", *file]).output.startswith("owner\tInes")
    with pytest.raises(UsageError, match="last owner"):
        run.invoke(accounts, ["remove", "Ines", *file], catch_exceptions=False)
    with pytest.raises(UsageError, match="12 characters"):
        run.invoke(accounts, ["add", "Bo", "--role", "viewer", "--password", "short", *file], catch_exceptions=False)


def test_a_server_answers_and_ends(tmp_path: Path) -> None:
    """Started as people start it, read-only: it serves the incidents, refuses changes, and stops when asked."""
    path = tmp_path / "ledger.db"
    with Ledger.open(path, create=True) as ledger:
        fill(ledger)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    code = (
        f"from tollbook.cli.serving import serve; serve(['--ledger', {str(path)!r}, '--port', '{port}', '--read-only'])"
    )
    server = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)
    try:
        for _n in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/incidents", timeout=5) as answer:
                    assert b"3 incidents" in answer.read()
                break
            except urllib.error.URLError:
                assert server.poll() is None, server.stderr and server.stderr.read()
                time.sleep(0.1)
        else:
            raise AssertionError("the server did not answer")
    finally:
        server.terminate()
        server.wait(20)

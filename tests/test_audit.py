"""The audit of what others wrote: hashes have to be there, known faults are told, silence is told too."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


def audit() -> Any:
    """The script."""
    spec = importlib.util.spec_from_file_location("audit", ROOT / "scripts/audit.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def database() -> Iterator[str]:
    """A server that answers as OSV documents it (https://google.github.io/osv.dev/post-v1-querybatch/): a list as long
    as the questions, with ``vulns`` where there are any. It knows of one fault, of jinja2 1.0."""

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            bad = {"package": {"name": "jinja2", "ecosystem": "PyPI"}, "version": "1.0"}
            results = [{"vulns": [{"id": "GHSA-test", "modified": "2031-01-01"}]} if q == bad else {} for q in asked]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": results}).encode())

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("lock", "status", "said"),
    [
        ("jinja2==1.0 \\\n    --hash=sha256:00\nclick==8.0 \\\n    --hash=sha256:11\n", 1, "jinja2 1.0: GHSA-test"),
        ("jinja2==2.0 \\\n    --hash=sha256:00\n", 0, "1 packages, all pinned by hash; 0 with known faults"),
        ("jinja2==2.0 \\\n    --hash=sha256:00\nclick==8.0\n", 1, "without a hash: click"),
        ("", 1, "no requirement at all"),
    ],
)
def test_what_is_locked_is_asked_for(
    tmp_path: Path, database: str, capsys: pytest.CaptureFixture[str], lock: str, status: int, said: str
) -> None:
    """Each locked version, by name; a requirement without a hash is a fault by itself."""
    (tmp_path / "a.lock").write_text(lock)
    assert audit().main([str(tmp_path / "a.lock"), "--url", database]) == status
    printed = capsys.readouterr()
    assert said in printed.out + printed.err


def test_our_own_locks_are_pinned_and_silence_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Every requirement of the project has a hash; where nobody answers, that is what is said."""
    locks = [str(ROOT / name) for name in ("requirements.lock", "requirements-dev.lock")]
    assert audit().main([*locks, "--url", "http://127.0.0.1:9/"]) == 0
    said = capsys.readouterr().out
    assert "could not be asked for" in said and int(said.split()[0]) > 100

"""Fetches the browser's libraries and the outline of the world that src/tollbook/web/vendor.lock.json names.

    python scripts/vendor.py            what is missing or differs, checked against the lock
    python scripts/vendor.py --dev      also what only the tests need (axe-core)
    python scripts/vendor.py --check    whether everything is there as the lock says; fetches nothing

Needs only Python: npm's registry hands out plain tar archives. NPM_CONFIG_REGISTRY names another registry.
The build hook calls :func:`vendor` too; a wheel built from an sdist finds the files there and fetches nothing.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import sys
import tarfile
import time
import urllib.request
from pathlib import Path
from typing import Any

WEB = Path(__file__).resolve().parent.parent / "src/tollbook/web"
LOCK = WEB / "vendor.lock.json"
LARGEST = 50_000_000


def vendor(*, dev: bool = False, check: bool = False) -> list[str]:
    """Brings the files in; returns the names of what was fetched (``check``: of what is not as it should be)."""
    lock = json.loads(LOCK.read_text("utf-8"))
    wanting: list[str] = []
    for name, package in lock["packages"].items():
        if package.get("dev") and not dev:
            continue
        missing = [file for file in package["files"] if not _stands(file)]
        if missing and not check:
            _fetch(name, package)
        wanting += [file["to"] for file in missing]
    return wanting


def _stands(file: dict[str, Any]) -> bool:
    path = _target(file)
    return path.is_file() and hashlib.sha512(path.read_bytes()).hexdigest() == file["sha512"]


def _target(file: dict[str, Any]) -> Path:
    return WEB / file["to"]


def _fetch(name: str, package: dict[str, Any]) -> None:
    registry = os.environ.get("NPM_CONFIG_REGISTRY", "https://registry.npmjs.org").rstrip("/")
    address = f"{registry}/{name}/-/{name}-{package['version']}.tgz"
    body = _get(address)
    found = "sha512-" + base64.b64encode(hashlib.sha512(body).digest()).decode()
    if found != package["integrity"]:
        raise SystemExit(f"{address}: is not what the lock names ({found})")
    with tarfile.open(fileobj=io.BytesIO(body), mode="r:gz") as archive:
        for file in package["files"]:
            member = archive.extractfile(f"package/{file['from']}")
            assert member is not None, file["from"]
            data = member.read(LARGEST)
            if hashlib.sha512(data).hexdigest() != file["sha512"]:
                raise SystemExit(f"{name}/{file['from']}: is not what the lock names")
            target = _target(file)
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(target.name + ".part")
            draft.write_bytes(data)
            draft.replace(target)


def _get(address: str) -> bytes:
    for pause in (1, 3, 9, None):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                return bytes(answer.read(LARGEST))
        except OSError as error:
            if pause is None:
                raise SystemExit(f"{address}: cannot be fetched ({error})") from error
            time.sleep(pause)
    raise AssertionError


if __name__ == "__main__":
    given = set(sys.argv[1:])
    if given - {"--dev", "--check"}:
        sys.exit(__doc__)
    names = vendor(dev="--dev" in given, check="--check" in given)
    print("\n".join(names) or "everything is there")
    sys.exit(1 if names and "--check" in given else 0)

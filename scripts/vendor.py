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
            if "objects" in file:
                data = cut(data, file["objects"])
            if hashlib.sha512(data).hexdigest() != file["sha512"]:
                raise SystemExit(f"{name}/{file['from']}: is not what the lock names")
            target = _target(file)
            target.parent.mkdir(parents=True, exist_ok=True)
            draft = target.with_name(target.name + ".part")
            draft.write_bytes(data)
            draft.replace(target)


def cut(topology: bytes, objects: list[str]) -> bytes:
    """Some objects of a TopoJSON file with the arcs that they need, and nothing else; always the same bytes.

    >>> whole = {"objects": {"a": {"geometries": [{"type": "LineString", "arcs": [~1]}]}}, "arcs": [[[0, 0]], [[1, 1]]]}
    >>> json.loads(cut(json.dumps(whole).encode(), ["a"]))["arcs"]
    [[[1, 1]]]
    """
    known = json.loads(topology)
    numbers: dict[int, int] = {}

    def kept(arcs: Any) -> Any:
        if isinstance(arcs, list):
            return [kept(one) for one in arcs]
        number = numbers.setdefault(arcs if arcs >= 0 else ~arcs, len(numbers))
        return number if arcs >= 0 else ~number

    made = {
        name: {"type": "GeometryCollection", "geometries": [
            {"type": one["type"], "arcs": kept(one["arcs"])}
            for one in known["objects"][name]["geometries"] if "arcs" in one]}
        for name in objects
    }  # fmt: skip
    parts = {"type": "Topology", "transform": known.get("transform"), "objects": made,
             "arcs": [known["arcs"][number] for number in numbers]}  # fmt: skip
    return json.dumps(parts, separators=(",", ":")).encode()


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

"""Known faults of the locked versions: ``scripts/audit.py [--url URL] [LOCK…]``, asked of OSV (https://osv.dev).

That is the database which ``pip-audit --service osv`` asks; asking it takes no package. Exit status 1 where a locked
version has a known fault, or a requirement stands there without a hash. Where the database cannot be reached this is
said, and the pinned hashes are what stands.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

URL = "https://api.osv.dev/v1/querybatch"
LOCKS = ("requirements.lock", "requirements-dev.lock")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def pins(text: str) -> dict[str, tuple[str, bool]]:
    """Each package of a lock file with its version, and whether there is a hash.

    >>> pins("a==1.0 \\\\\\n    --hash=sha256:00\\nb==2 ; python_version < '3.12'\\n")
    {'a': ('1.0', True), 'b': ('2', False)}
    """
    parts = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    found = [(pin, part) for part in parts if (pin := _PIN.match(part))]
    return {pin[1].lower(): (pin[2], "--hash=sha256:" in part) for pin, part in found}


def known_faults(packages: dict[str, str], url: str) -> dict[str, list[str]]:
    """The names of the known faults of packages at versions. Raises ``OSError`` where nobody answers."""
    queries = [{"package": {"name": n, "ecosystem": "PyPI"}, "version": v} for n, v in packages.items()]
    body = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        results = json.load(answer)["results"]
    return {
        name: [fault["id"] for fault in result["vulns"]]
        for name, result in zip(packages, results, strict=True)
        if result.get("vulns")
    }


def main(given: list[str] | None = None) -> int:
    """Audits the lock files."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("locks", nargs="*", type=Path, default=[Path(name) for name in LOCKS])
    options.add_argument("--url", default=URL)
    asked = options.parse_args(given)
    found: dict[str, tuple[str, bool]] = {}
    for lock in asked.locks:
        found |= pins(lock.read_text("utf-8"))
    bare = [name for name, (_, hashed) in found.items() if not hashed]
    if bare or not found:
        print(f"without a hash: {', '.join(bare) or 'there is no requirement at all'}", file=sys.stderr)
        return 1
    try:
        faults = known_faults({name: version for name, (version, _) in found.items()}, asked.url)
    except (OSError, ValueError, KeyError) as error:
        print(f"{len(found)} packages, all pinned by hash; known faults could not be asked for ({error})")
        return 0
    for name, ids in faults.items():
        print(f"{name} {found[name][0]}: {', '.join(ids)}", file=sys.stderr)
    print(f"{len(found)} packages, all pinned by hash; {len(faults)} with known faults")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())

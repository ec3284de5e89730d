"""What comes from elsewhere is named, licensed, hashed and small."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys

from tests.conftest import ROOT
from tollbook.web.render import STATIC

WEB = ROOT / "src/tollbook/web"


def test_the_lock_names_version_licence_and_hashes() -> None:
    """Each package has a version, a licence with its text, npm's integrity, and a hash for every file that is taken."""
    lock = json.loads((WEB / "vendor.lock.json").read_text("utf-8"))
    for name, package in lock["packages"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", package["version"]) and package["licence"], name
        assert package["integrity"].startswith("sha512-"), name
        assert any("LICENSE" in file["from"] for file in package["files"]), name
        assert all(re.fullmatch("[0-9a-f]{128}", file["sha512"]) for file in package["files"]), name


def test_what_is_there_is_what_the_lock_names() -> None:
    """The files in this checkout have those hashes, and none of them is in git."""
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/vendor.py", "--check", "--dev"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout
    if (ROOT / ".git").exists():
        kept = subprocess.run(
            ["git", "ls-files", "src/tollbook/web/static/vendor"], cwd=ROOT, capture_output=True, text=True
        )
        assert kept.stdout == ""


def test_the_first_page_brings_less_than_100_kb_of_javascript() -> None:
    """Everything that Explore loads, its map included, gzipped."""
    scripts = ["theme.js", "app.js", "keys.js", "map.js", "timeline.js", "vendor/htmx.min.js", "vendor/leaflet.js"]
    scripts.append("vendor/topojson-client.min.js")
    size = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in scripts)
    assert size < 100_000, size
